//! What makes two texts the same text, as one number: capitals, white space, quotation marks and the punctuation at the
//! end do not count.

use xxhash_rust::xxh3::xxh3_64;

use crate::text::Side;
use crate::text::normalize::halfwidth;
use crate::text::script::is_han;

/// Fewest Han characters of a text that is compared.
const MIN_HAN: usize = 4;
/// Fewest English words of a text that is compared.
const MIN_WORDS: usize = 3;

/// What the characters of ASCII are compared as: lower case, one kind of quotation mark, one kind of white space.
static ASCII: [u8; 128] = {
    let mut table = [0; 128];
    let mut b = 0;
    while b < 128 {
        table[b] = match b as u8 {
            b'"' => b'\'',
            b'\t'..=b'\r' => b' ',
            b => b.to_ascii_lowercase(),
        };
        b += 1;
    }
    table
};

/// What any other character is compared as.
fn folded(c: char) -> char {
    if is_han(c) {
        return c;
    }
    match halfwidth(c) {
        c if c.is_ascii() => char::from(ASCII[c as usize]),
        c if c.is_whitespace() => ' ',
        '“' | '”' | '‘' | '’' | '「' | '」' => '\'',
        '–' | '—' | '‐' | '\u{2011}' => '-',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// The digest of a text; `None` for one too short to be compared.
pub fn of(text: &str, side: Side) -> Option<u64> {
    let mut buffer = String::with_capacity(text.len() + text.len() / 4);
    let (mut han, mut words) = (0, 0);
    // White space since the last sign that counts.
    let mut gap = false;
    let mut at = 0;
    while let Some(&b) = text.as_bytes().get(at) {
        let c = if b.is_ascii() {
            at += 1;
            char::from(ASCII[usize::from(b)])
        } else {
            let c = text[at..].chars().next().unwrap_or_default();
            at += c.len_utf8();
            folded(c)
        };
        if c == ' ' {
            gap = true;
            continue;
        }
        if side == Side::En && (gap || buffer.is_empty()) {
            words += usize::from(c.is_alphabetic());
            buffer.push(' ');
        }
        gap = false;
        han += usize::from(is_han(c));
        buffer.push(c);
    }
    let long = match side {
        Side::Zh => han >= MIN_HAN,
        Side::En => words >= MIN_WORDS,
    };
    let ends = |c: char| {
        matches!(
            c,
            '.' | '。' | '!' | '?' | ':' | ';' | ',' | '、' | '\'' | '…' | ' ' | '-' | '．'
        )
    };
    long.then(|| {
        xxh3_64(
            without_acronym(buffer.trim_matches(ends))
                .trim_end_matches(ends)
                .as_bytes(),
        )
    })
}

/// A name with its acronym in brackets behind it is the name: whether it carries one is a matter of place.
fn without_acronym(text: &str) -> &str {
    let inner = text.strip_suffix(')').and_then(|t| t.rsplit_once('('));
    match inner {
        Some((name, acronym)) if !name.trim().is_empty() && acronym.len() <= 12 && !acronym.contains(' ') => name,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_count_does_not_change_it() {
        for (a, b) in [
            ("The Open  Science “Plan”.", "the open science \"plan\""),
            ("The New Facility (FAST)", "the new facility"),
            ("ＡＢＣ open science", "abc open science"),
        ] {
            assert!(of(a, Side::En).is_some());
            assert_eq!(of(a, Side::En), of(b, Side::En), "{a} | {b}");
        }
        assert_eq!(of("开放 科学。", Side::Zh), of("开放科学", Side::Zh));
        assert_ne!(of("开放科学", Side::Zh), of("开放课堂", Side::Zh));
        assert_eq!(of("合计", Side::Zh), None);
        assert_eq!(of("N/A", Side::En), None);
    }
}
