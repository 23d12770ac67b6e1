//! Marks in the text that are layout or code rather than prose: section markers, list markers, headings, tags,
//! addresses, placeholders.

use crate::document::BlockKind;
use crate::text::Span;
use crate::text::bytes::Stops;
use crate::text::script::is_han;

/// Whether a whole line is a section marker or a production note: `【序】（68字）`, `（全文配音共615字）`,
/// `[Preface] (68 words)`, also as the title of a container, `::: tip【相关词汇】`.
pub fn is_structure(line: &str) -> bool {
    let line = line.trim();
    let line = match line.strip_prefix(":::") {
        Some(container) => container
            .trim_start()
            .trim_start_matches(|c: char| c.is_ascii_alphabetic())
            .trim_start(),
        None => line,
    };
    if line.len() > 160 {
        return false;
    }
    match bracketed(line, &[('【', '】'), ('[', ']'), ('〔', '〕')]) {
        Some((inside, rest)) if inside.chars().count() <= 40 && !inside.trim().is_empty() => {
            rest.trim().is_empty() || is_count(rest)
        }
        _ => is_count(line),
    }
}

/// `（…68字）` or `(… 68 words …)` and nothing else.
fn is_count(line: &str) -> bool {
    let Some((inside, rest)) = bracketed(line.trim(), &[('（', '）'), ('(', ')')]) else {
        return false;
    };
    rest.trim().is_empty() && inside.chars().count() <= 40 && counts_words(inside)
}

/// Whether a number is followed by `字` or by `word(s)` or `character(s)`.
fn counts_words(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        rest = rest[at..].trim_start_matches(|c: char| c.is_ascii_digit() || c == ',');
        let unit = rest.trim_start();
        if unit.starts_with('字') || unit.starts_with("个字") || unit.starts_with("word") || unit.starts_with("char")
        {
            return true;
        }
    }
    false
}

/// The text in the brackets that `text` begins with, and the text after them.
fn bracketed<'a>(text: &'a str, brackets: &[(char, char)]) -> Option<(&'a str, &'a str)> {
    let first = text.chars().next()?;
    let &(open, close) = brackets.iter().find(|(open, _)| *open == first)?;
    let inside = &text[open.len_utf8()..];
    let end = inside.find(close)?;
    let after = &inside[end + close.len_utf8()..];
    (!inside[..end].contains(open)).then_some((&inside[..end], after))
}

/// Whether the line has neither a letter nor a digit: a rule such as `----` or `＊＊＊`.
pub fn is_ornament(line: &str) -> bool {
    !line.chars().any(char::is_alphanumeric)
}

/// Whether the text begins with a comment to the linter, as tables hold them: `# bilint: …`.
pub fn is_directive(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|rest| rest.trim_start_matches(' ').starts_with("bilint:"))
}

/// The line without a comment to the linter at its end: `<!-- bilint: … -->`.
pub fn without_directive(line: &str) -> &str {
    match line.rfind("<!--") {
        Some(at) if line.ends_with("-->") && line[at + 4..].trim_start().starts_with("bilint:") => {
            line[..at].trim_end()
        }
        _ => line,
    }
}

const NUMERALS: &str = "一二三四五六七八九十";

/// Bytes of the list marker that the line (without leading space) begins with, with the space after it; 0 if there is
/// none. `- `, `• `, `1. `, `2、`, `（三）`, `(4)`, `五、`, `⑥`.
pub fn list_marker(line: &str) -> usize {
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return 0 };
    let width = match first {
        '-' | '*' | '+' | '–' if chars.next().is_some_and(char::is_whitespace) => 1,
        '•' | '●' | '○' | '■' | '□' | '◆' | '▪' | '‣' | '·' | '①'..='⑳' => first.len_utf8(),
        '（' | '(' => parenthesised(line, first),
        _ => numbered(line),
    };
    if width == 0 {
        return 0;
    }
    let width = if line.starts_with('–') {
        '–'.len_utf8()
    } else {
        width
    };
    let after = &line[width..];
    // A marker with nothing after it is no marker.
    if after.trim().is_empty() {
        return 0;
    }
    width + (after.len() - after.trim_start().len())
}

fn parenthesised(line: &str, open: char) -> usize {
    let inside = &line[open.len_utf8()..];
    let Some((at, close)) = inside.char_indices().take(4).find(|&(_, c)| matches!(c, '）' | ')')) else {
        return 0;
    };
    let number = &inside[..at];
    let counts = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || NUMERALS.contains(c));
    if counts {
        open.len_utf8() + at + close.len_utf8()
    } else {
        0
    }
}

fn numbered(line: &str) -> usize {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) {
        let rest = &line[digits..];
        let mut chars = rest.chars();
        return match (chars.next(), chars.next()) {
            (Some('.' | ')'), Some(c)) if c.is_whitespace() || is_han(c) => digits + 1,
            (Some(c @ ('、' | '）' | '．')), Some(_)) => digits + c.len_utf8(),
            _ => 0,
        };
    }
    // “一、总体要求”, but not “一、二号机组”.
    let mut numeral = 0;
    for (at, c) in line.char_indices().take(4) {
        if NUMERALS.contains(c) {
            numeral = at + c.len_utf8();
        } else if c == '、' && numeral > 0 {
            let after = at + c.len_utf8();
            let more = line[after..].chars().next().is_some_and(|c| NUMERALS.contains(c));
            return if more { 0 } else { after };
        } else {
            return 0;
        }
    }
    0
}

/// The level of a heading in plain text and the bytes of its marker: `# …` as in Markdown, or `第三章 …`, `Chapter 3`
/// (level 0, nothing to strip).
pub fn heading(line: &str) -> Option<(u8, usize)> {
    let hashes = line.bytes().take_while(|&b| b == b'#').count();
    if (1..=6).contains(&hashes) && line[hashes..].starts_with(' ') {
        let marker = hashes + (line[hashes..].len() - line[hashes..].trim_start().len());
        return Some((hashes as u8, marker));
    }
    if line.len() > 120 || line.ends_with(['。', '.', '；', ';', '，', ',']) {
        return None;
    }
    let counted = |rest: &str| {
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十百〇零".contains(c));
        number.len() < rest.len() && number.starts_with(['章', '节', '編', '编', '篇', '部'])
    };
    let chapter = line.strip_prefix('第').is_some_and(counted)
        || ["Chapter ", "Part ", "Section "].iter().any(|w| {
            line.strip_prefix(w)
                .and_then(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next())
                .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit() || b"IVXLC".contains(&b)))
        });
    chapter.then_some((0, 0))
}

/// What a paragraph is by its text alone.
pub fn kind(paragraph: &str) -> BlockKind {
    if is_structure(paragraph) {
        return BlockKind::Structure;
    }
    heading(paragraph).map_or(BlockKind::Paragraph, |(level, _)| BlockKind::Heading(level))
}

/// Whether the backtick that `text` begins with is one of `these' quotation marks, as messages of GNU programs have them: the
/// next apostrophe comes before the next backtick and ends a word.
fn is_gnu_quote(text: &str) -> bool {
    let Some(close) = text[1..].find(['`', '\'', '\n']).map(|i| 1 + i) else {
        return false;
    };
    let after = text[close + 1..].chars().next();
    text[close..].starts_with('\'')
        && close > 1
        && !text[1..close].ends_with(['(', '[', '=', ',', ' '])
        && after.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '`' | '\''))
}

/// How many backticks `text` begins with, and the bytes of the Markdown code from them to as many that close it, both
/// included; `None` where nothing closes it.
pub fn backticks(text: &str) -> (usize, Option<usize>) {
    let ticks = text.bytes().take_while(|&b| b == b'`').count();
    if ticks == 1 && is_gnu_quote(text) {
        return (1, None);
    }
    let close = text[ticks..].find(&text[..ticks]);
    (ticks, close.map(|close| 2 * ticks + close))
}

/// The parts of a text that are not prose: tags, addresses, placeholders. In order, disjoint.
pub fn not_prose(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    let mut stops = Stops::new(text, *b"<{%:");
    while let Some(start) = stops.next(at) {
        let (from, end) = match bytes[start] {
            b'<' => (start, tag(bytes, start)),
            b'{' => {
                let dollar = start > at && bytes[start - 1] == b'$';
                (
                    start - usize::from(dollar),
                    braces(bytes, start).max(shortcode(text, start)),
                )
            }
            b'%' => (start, printf(bytes, start)),
            _ => address(bytes, at, start),
        };
        if end > start {
            out.push(Span::new(from, end));
            at = end;
        } else {
            at = start + 1;
        }
    }
    out
}

/// The end of a tag such as `<a href="…">`, `</b>`, `<br/>`, `<!-- … -->` that opens at `start`; `start` if none does. It may hold a
/// Hugo shortcode: `<a href="{{< ref "page" >}}">`.
fn tag(bytes: &[u8], start: usize) -> usize {
    // Long enough for any tag, short enough that a text full of `<` stays linear.
    let window = &bytes[start..bytes.len().min(start + 1024)];
    let name = window.get(1).copied().unwrap_or(b' ');
    let opens = name.is_ascii_alphabetic() || (matches!(name, b'/' | b'!') && window.len() > 3);
    if !opens {
        return start;
    }
    let is_of_shortcode = |i: usize| window[..i].ends_with(b"{{") || window[i + 1..].starts_with(b"}}");
    (1..window.len())
        .find(|&i| matches!(window[i], b'>' | b'<') && !is_of_shortcode(i))
        .filter(|&i| window[i] == b'>')
        .map_or(start, |i| start + i + 1)
}

/// The end of `{name}` or `{{name}}`: no space and nothing but ASCII inside.
fn braces(bytes: &[u8], start: usize) -> usize {
    let window = &bytes[start..bytes.len().min(start + 80)];
    let opening = window.iter().take_while(|&&b| b == b'{').count();
    let name = window[opening..]
        .iter()
        .take_while(|b| b.is_ascii_graphic() && !matches!(b, b'{' | b'}'))
        .count();
    let closing = window[opening + name..].iter().take_while(|&&b| b == b'}').count();
    if opening <= 2 && closing >= opening {
        start + opening + name + opening
    } else {
        start
    }
}

/// The end of a Hugo shortcode: `{{< relref "page" >}}`, `{{% note %}}`.
fn shortcode(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let close = match rest.as_bytes() {
        [b'{', b'{', b'<', ..] => ">}}",
        [b'{', b'{', b'%', ..] => "%}}",
        _ => return start,
    };
    // Longer than any, so that a text full of braces stays linear.
    let end = rest.char_indices().map(|(at, _)| at).nth(512).unwrap_or(rest.len());
    rest[..end].find(close).map_or(start, |at| start + at + close.len())
}

/// Whether a text consists of Hugo shortcodes alone: `{{< include "page" >}} {{% note %}}`.
pub fn is_shortcodes(text: &str) -> bool {
    let mut rest = text.trim_start();
    loop {
        let len = shortcode(rest, 0);
        if len == 0 {
            return false;
        }
        rest = rest[len..].trim_start();
        if rest.is_empty() {
            return true;
        }
    }
}

/// The end of a printf conversion: `%s`, `%d`, `%.1f`, `%1$s`, `%(name)s`, `%{name}`. A percentage is none.
fn printf(bytes: &[u8], start: usize) -> usize {
    let window = &bytes[start..bytes.len().min(start + 64)];
    if start > 0 && bytes[start - 1].is_ascii_digit() {
        return start;
    }
    let mut at = 1;
    match window.get(1) {
        Some(b'{') => {
            let end = window.iter().position(|&b| b == b'}');
            return end.map_or(start, |i| start + i + 1);
        }
        Some(b'(') => match window.iter().position(|&b| b == b')') {
            Some(i) => at = i + 1,
            None => return start,
        },
        _ => {
            let digits = window[1..].iter().take_while(|b| b.is_ascii_digit()).count();
            if digits > 0 && window.get(1 + digits) == Some(&b'$') {
                at = digits + 2;
            }
        }
    }
    let mut numbered = at > 1;
    // %-10s, %02d, %.1f: flags, width and precision. A blank is no flag here: “50 % of it”.
    let skip = |at: usize, of: &[u8]| {
        let rest = &window[at.min(window.len())..];
        at + rest.iter().take_while(|b| of.contains(b)).count()
    };
    at = skip(skip(at, b"-+#0"), b"0123456789*");
    if window.get(at) == Some(&b'.') {
        let precision = skip(at + 1, b"0123456789*");
        numbered |= precision > at + 1;
        at = precision;
    }
    // %ld, %2$lu, %zu
    at += window[at.min(window.len())..]
        .iter()
        .take(2)
        .take_while(|b| matches!(b, b'l' | b'h' | b'z'))
        .count();
    let converts = matches!(
        window.get(at),
        Some(b's' | b'd' | b'i' | b'u' | b'f' | b'e' | b'g' | b'c' | b'x' | b'X' | b'@')
    );
    // A number or a precision makes a placeholder of whatever follows: %2$dms, %.1fx.
    let ends = numbered || window.get(at + 1).is_none_or(|b| !b.is_ascii_alphanumeric());
    // %1, %2 of Qt.
    let digits = window[1..].iter().take_while(|b| b.is_ascii_digit()).count();
    match (converts && ends, digits) {
        (true, _) => start + at + 1,
        (false, 1 | 2) if window[1] != b'0' => start + 1 + digits,
        _ => start,
    }
}

/// Where an address such as `https://…` or `mailto:…` whose colon is at `colon` starts and ends.
fn address(bytes: &[u8], from: usize, colon: usize) -> (usize, usize) {
    let scheme = bytes[from..colon]
        .iter()
        .rev()
        .take(10)
        .take_while(|b| b.is_ascii_alphabetic())
        .count();
    let start = colon - scheme;
    let name = &bytes[start..colon];
    if scheme == 0 || !(bytes[colon..].starts_with(b"://") || name == b"mailto") {
        return (start, start);
    }
    let rest = &bytes[colon..];
    let length = rest
        .iter()
        .take_while(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'`'))
        .count();
    let trailing = rest[..length]
        .iter()
        .rev()
        .take_while(|b| matches!(b, b'.' | b',' | b';' | b')' | b'!' | b'?' | b'\'' | b']' | b':'))
        .count();
    (start, colon + length - trailing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn section_markers_and_production_notes_are_structure() {
        for line in [
            "【序】（68字）",
            "【中方行动】",
            "（全文配音共615字）",
            "[Preface] (68 words)",
            "（共1,234字）",
            " 【尾声】(137字) ",
            "::: tip【相关词汇】",
        ] {
            assert!(is_structure(line), "{line}");
        }
        for line in [
            "【重要提示】请勿触摸。",
            "（完）后记",
            "众擎易举，独力难成。",
            "(FAST)",
            "::: tip 请勿触摸",
            "（2026年）",
            "",
        ] {
            assert!(!is_structure(line), "{line}");
        }
    }

    #[test]
    fn comments_to_the_linter_are_no_text() {
        assert!(is_directive("# bilint: ignore[x] y\n"));
        assert!(!is_directive("# heading\tbilint:"));
        assert_eq!(without_directive("开放 <!-- bilint: ignore[x] y -->"), "开放");
        assert_eq!(without_directive("<!-- bilint: ignore[x] y -->"), "");
        assert_eq!(without_directive("开放 <!-- later -->"), "开放 <!-- later -->");
    }

    #[test]
    fn list_markers_are_measured_with_their_space() {
        for (line, marker) in [
            ("- 子午工程", "- "),
            ("• CMP", "• "),
            ("1. First", "1. "),
            ("2、其次", "2、"),
            ("（三）加强合作", "（三）"),
            ("(4) Fourth", "(4) "),
            ("五、保障措施", "五、"),
            ("⑥ 其他", "⑥ "),
            ("– dash", "– "),
        ] {
            assert_eq!(&line[..list_marker(line)], marker, "{line}");
        }
        for line in [
            "1.5亿元",
            "500米口径",
            "2026年",
            "一、二号机组",
            "一带一路",
            "-5℃",
            "（北京）",
            "——《计划》",
            "1.",
            "10 GW",
        ] {
            assert_eq!(list_marker(line), 0, "{line}");
        }
    }

    #[test]
    fn headings_in_plain_text() {
        assert_eq!(heading("## 序"), Some((2, 3)));
        assert_eq!(heading("第三章 国际合作"), Some((0, 0)));
        assert_eq!(heading("Chapter III International cooperation"), Some((0, 0)));
        assert_eq!(heading("第三次会议"), None);
        assert_eq!(heading("Part of the plan"), None);
        assert_eq!(heading("#tag"), None);
    }

    #[test]
    fn tags_addresses_and_placeholders_are_not_prose() {
        let of = |t: &'static str| not_prose(t).into_iter().map(|s| s.of(t)).collect::<Vec<_>>();
        assert_eq!(
            of(r#"欢迎发送<a href="mailto:%contacts">反馈</a>。"#),
            [r#"<a href="mailto:%contacts">"#, "</a>"]
        );
        assert_eq!(of("see https://example.org/a(b). Then"), ["https://example.org/a(b"]);
        assert_eq!(of("{count} of {{total}} and ${x}"), ["{count}", "{{total}}", "${x}"]);
        assert_eq!(of("%s has %1$d and %(name)s"), ["%s", "%1$d", "%(name)s"]);
        assert_eq!(
            of("%.1f MB, %5.2fx, %02d:%-10s, 50% fees, 20%-30% off"),
            ["%.1f", "%5.2f", "%02d", "%-10s"]
        );
        assert_eq!(of("renamed '%1' to %2; %3% of 100%20"), ["%1", "%2", "%3"]);
        assert_eq!(of("增长5%d，a < b，5% of it：{ 集合 } 12:30 时间: x"), [] as [&str; 0]);
        assert_eq!(
            of("见 {{< relref \"/docs/5-pods\" >}} 与 {{% note %}}。"),
            ["{{< relref \"/docs/5-pods\" >}}", "{{% note %}}"]
        );
        assert_eq!(of("plain"), [] as [&str; 0]);
    }
}
