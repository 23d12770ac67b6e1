//! Punctuation and length of a unit, in terms that both languages share.

use crate::text::bytes::ByteSet;
use crate::text::script::{is_han, leads_han};

/// Number of punctuation marks that are compared.
pub(super) const MARKS: usize = 8;
/// The marks that count only at the start of a bead, and those that count only at its end.
pub(super) const OPENING_MARKS: &[usize] = &[3];
pub(super) const CLOSING_MARKS: &[usize] = &[4, 6];

/// Number of full stops, question and exclamation marks, colons and semicolons at the end or before white space (in
/// Chinese: anywhere) in a text.
pub(super) fn ends(text: &str) -> u16 {
    let mut count = 0;
    let mut before = ' ';
    for c in text.chars().chain([' ']) {
        // Quotation marks and brackets close after the end. A row of marks counts once.
        if c.is_whitespace() && matches!(before, '.' | '!' | '?' | ':' | ';') {
            count += 1;
        }
        if matches!(c, '。' | '！' | '？' | '：' | '；') && !matches!(before, '。' | '！' | '？' | '：' | '；')
        {
            count += 1;
        }
        if !matches!(c, '"' | '”' | '’' | '\'' | ')') {
            before = c;
        }
    }
    count
}

/// The bytes where the clauses of a text end: behind commas, colons, dashes and ends of sentences, and the quotation marks and
/// brackets that close there. In English such a mark is before white space.
pub(super) fn clause_ends(text: &str) -> impl Iterator<Item = usize> {
    const CLOSING: [char; 7] = ['"', '”', '’', '\'', ')', '」', '』'];
    let after = |at: usize| text[at..].trim_start_matches(CLOSING);
    let end_of_clause = move |(at, c): (usize, char)| {
        let rest = match c {
            '，' | '；' | '：' | '。' | '？' | '！' | '…' | '—' => after(at + c.len_utf8()),
            ',' | ';' | ':' | '.' | '?' | '!' => {
                let rest = after(at + 1);
                rest.starts_with(char::is_whitespace).then_some(rest)?
            }
            _ => return None,
        };
        (!rest.is_empty()).then_some(text.len() - rest.len())
    };
    text.char_indices().filter_map(end_of_clause).chain([text.len()])
}

/// The marks of a text, one bit each: question, exclamation, quotation, opening quotation, closing quotation, ellipsis,
/// colon at the end, parenthesis.
pub(super) fn marks(text: &str) -> u8 {
    /// The first byte of full-width forms of ASCII in UTF-8.
    const FULL_WIDTH: &[u8] = b"\xef";
    const OPENING: [char; 5] = ['“', '"', '‘', '「', '『'];
    const CLOSING: [char; 5] = ['”', '"', '’', '」', '』'];
    let text = text.trim();
    // Search for a mark beyond ASCII only if the text has its first byte.
    let bytes = ByteSet::of(text);
    let has = |ascii: &[u8], first: &[u8], set: &[char]| {
        bytes.has_any(ByteSet::list(ascii)) || bytes.has_any(ByteSet::list(first)) && text.contains(set)
    };
    let single = bytes.has_any(ByteSet::list(b"'"));
    let opens = text.starts_with(OPENING) || single && text.starts_with('\'');
    let closes = text.ends_with(CLOSING) || single && text.ends_with('\'');
    let features: [bool; MARKS] = [
        has(b"?", FULL_WIDTH, &['？']),
        has(b"!", FULL_WIDTH, &['！']),
        has(b"\"", b"\xe2\xe3", &['“', '”', '‘', '「', '『']) || single && (opens || closes || single_quotes(text)),
        opens,
        closes,
        has(b"", b"\xe2", &['…']) || text.contains("...") || text.contains(". . ."),
        text.ends_with(['：', ':']),
        has(b"(", FULL_WIDTH, &['（']),
    ];
    features.iter().rev().fold(0, |bits, &f| bits << 1 | u8::from(f))
}

/// Whether the text has speech between single quotes, as in British books: a quote between a space and a letter, or between
/// a punctuation mark and a space. The apostrophes of "don't" and "boys'" do not match.
fn single_quotes(text: &str) -> bool {
    text.as_bytes().windows(3).any(|w| {
        w[1] == b'\''
            && (w[0] == b' ' && w[2].is_ascii_alphabetic() || matches!(w[0], b',' | b'.' | b'?' | b'!') && w[2] == b' ')
    })
}

/// The length of a Chinese text: in Han characters, and in characters that a translation copies.
pub(super) fn chinese_weight(text: &str) -> (f32, f32) {
    let (mut han, mut copied) = (0.0, 0.0);
    let (bytes, mut at) = (text.as_bytes(), 0);
    while at < bytes.len() {
        if leads_han(bytes, at) {
            han += 1.0;
            at += 3;
            continue;
        }
        let c = text[at..].chars().next().unwrap_or_default();
        at += c.len_utf8();
        match c {
            c if is_han(c) => han += 1.0,
            c if c.is_alphanumeric() => copied += 1.0,
            c if c.is_ascii() => copied += 0.5,
            c if c.is_whitespace() => {}
            _ => han += 0.2,
        }
    }
    (han, copied)
}

/// The length of an English text: 1 for a letter or digit, 0.5 for any other character.
pub(super) fn english_weight(text: &str) -> f32 {
    let weight = |c: char| if c.is_alphanumeric() { 1.0 } else { 0.5 };
    if text.is_ascii() {
        text.bytes().map(|b| weight(char::from(b))).sum()
    } else {
        text.chars().map(weight).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_the_same_in_both_scripts() {
        assert_eq!(marks("“走？”"), marks("“Go?”"));
        assert_ne!(marks("走（了）"), marks("Go"));
        assert_eq!(marks("“走？”"), marks("'Go?'"));
        assert_eq!(marks("他说：“走？”好。"), marks("He said, 'Go?' and so."));
        assert_eq!(marks("我不走。"), marks("I don't go to the boys' school."));
    }

    #[test]
    fn clauses_end_behind_closing_marks() {
        let clauses = |text: &str| {
            let mut start = 0;
            let clause = |end| text[std::mem::replace(&mut start, end)..end].to_owned();
            clause_ends(text).map(clause).collect::<Vec<_>>()
        };
        assert_eq!(
            clauses("他说：“走。”转身，走了。"),
            ["他说：", "“走。”", "转身，", "走了。"]
        );
        assert_eq!(clauses("\"Go,\" he said: 3,000."), ["\"Go,\"", " he said:", " 3,000."]);
    }

    #[test]
    fn ends_of_sentences_are_counted_in_both_scripts() {
        assert_eq!(ends("走吧。“好！”他说：走！！"), 4);
        assert_eq!(ends("Let us go. \"Yes!\" he said: go!"), 4);
        assert_eq!(ends("Version 3.5 of www.example.org"), 0);
    }
}
