//! Sentence boundaries in Chinese.

use crate::language::push_trimmed;
use crate::text::Span;

/// The sentences of a Chinese text: cut after `。！？` and `…… ` runs and the closing quotes and brackets that follow, and at
/// line ends. Semicolons do not end a sentence.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = match c {
            '。' | '！' | '？' | '!' | '?' | '｡' | '\n' => true,
            '…' => chars.peek().is_none_or(|&(_, n)| n == '\n'),
            _ => false,
        };
        if !ends {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(i, n)) = chars.peek() {
            if matches!(
                n,
                '。' | '！' | '？' | '!' | '?' | '”' | '’' | '」' | '』' | '）' | ')' | '】' | '》' | '"' | '…'
            ) {
                end = i + n.len_utf8();
                chars.next();
            } else {
                break;
            }
        }
        push_trimmed(text, start, end, &mut out);
        start = end;
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
    }

    #[test]
    fn decimals_and_semicolons_do_not_cut() {
        assert_eq!(cut("增长3.5%；下降2%。"), ["增长3.5%；下降2%。"]);
    }
}
