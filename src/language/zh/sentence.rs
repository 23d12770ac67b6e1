//! Sentence boundaries in Chinese.

use crate::language::push_trimmed;
use crate::text::Span;

/// By the first byte of a character: zero where it may end a sentence, else how many bytes can be passed.
static STEPS: [u8; 256] = {
    let mut table = [1; 256];
    let mut b = 0xe4;
    while b <= 0xe9 {
        table[b] = 3;
        b += 1;
    }
    let mut stops = "。！？!?｡\n…".as_bytes();
    while let [b, rest @ ..] = stops {
        // Those of a character that are not its first are `10xxxxxx`.
        if *b & 0xc0 != 0x80 {
            table[*b as usize] = 0;
        }
        stops = rest;
    }
    table
};

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '。' | '！' | '？' | '!' | '?' | '”' | '’' | '」' | '』' | '）' | ')' | '】' | '》' | '"' | '…'
    )
}

/// The text after the end of a Markdown link, `](…)`, that it may begin with: a sentence in a link ends with the link.
fn link_target(text: &str) -> &str {
    let bold = text.trim_start_matches('*');
    let end = bold.strip_prefix("](").and_then(|target| target.find([')', '\n']));
    match end {
        Some(end) if bold[2 + end..].starts_with(')') => bold[end + 3..].trim_start_matches(is_closing),
        _ => text,
    }
}

/// The sentences of a Chinese text: cut after `。！？` and `…… ` runs and the closing quotes and brackets that follow, and at
/// line ends. Semicolons do not end a sentence.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(&b) = text.as_bytes().get(at) {
        // A step of one byte may end inside a character, whose other bytes begin none of these.
        let step = STEPS[usize::from(b)];
        if step > 0 {
            at += usize::from(step);
            continue;
        }
        let rest = &text[at..];
        let c = rest.chars().next().unwrap_or_default();
        let after = &rest[c.len_utf8()..];
        at += c.len_utf8();
        let ends = match c {
            '。' | '！' | '？' | '｡' => true,
            // A line may be wrapped behind a comma.
            '\n' => !text[start..at - 1].ends_with(['，', '、']),
            // `!try` and `?a=1` go on.
            '!' | '?' => !after.starts_with(|c: char| c.is_ascii_alphanumeric()),
            '…' => after.is_empty() || after.starts_with('\n'),
            _ => false,
        };
        if ends {
            at = text.len() - link_target(after.trim_start_matches(is_closing)).len();
            push_trimmed(text, start, at, &mut out);
            start = at;
        }
    }
    push_trimmed(text, start, text.len(), &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn cuts_after_stops_and_closing_marks() {
        assert_eq!(
            cut("众擎易举。他说：“来吧！”\n走？！好"),
            ["众擎易举。", "他说：“来吧！”", "走？！", "好"]
        );
        assert_eq!(
            cut("[为什么？](#为什么)[怎么办？](#怎么办)。好"),
            ["[为什么？](#为什么)", "[怎么办？](#怎么办)。", "好"]
        );
    }

    #[test]
    fn decimals_and_semicolons_do_not_cut() {
        assert_eq!(cut("增长3.5%；下降2%。"), ["增长3.5%；下降2%。"]);
    }

    #[test]
    fn wrapped_lines_do_not_cut() {
        assert_eq!(
            cut("在许可证的约束下，\n您可以修改。好"),
            ["在许可证的约束下，\n您可以修改。", "好"]
        );
        assert_eq!(cut("文件\n文件夹"), ["文件", "文件夹"]);
    }

    #[test]
    fn marks_in_code_do_not_cut() {
        assert_eq!(cut("同一 `!try` 语句 page?a=1 中。").len(), 1);
        assert_eq!(cut("好!他来了").len(), 2);
    }
}
