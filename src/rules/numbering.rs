//! The numbers of headings and items: 第三章, 一、, （二）, 1.2, Chapter 4, IV., (b).

use crate::language::quantity::leading_number;
use crate::text::Side;

/// The number that a text begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbering {
    /// Its parts: 1 and 2 of 1.2.
    pub parts: Vec<i64>,
    /// Bytes of the text up to the end of the number, without what separates it from the title.
    pub end: usize,
}

/// Higher numbers are years or quantities.
const HIGHEST: i64 = 199;

/// Words after a number with 第, and words before a number without it.
const ZH_UNITS: [&str; 12] = ["章", "节", "条", "部分", "编", "篇", "卷", "讲", "课", "回", "册", "幕"];
const ZH_LABELS: [&str; 7] = ["附件", "附录", "附表", "附图", "表", "图", "专栏"];
const EN_LABELS: [&str; 16] = [
    "chapter",
    "section",
    "article",
    "part",
    "volume",
    "lesson",
    "book",
    "unit",
    "annex",
    "appendix",
    "attachment",
    "table",
    "figure",
    "box",
    "act",
    "lecture",
];

/// The numbering of a text in the language of `side`.
pub fn numbering(text: &str, side: Side) -> Option<Numbering> {
    let found = match side {
        Side::Zh => chinese(text),
        Side::En => english(text),
    };
    found.filter(|n| n.parts.iter().all(|p| (1..=HIGHEST).contains(p)))
}

fn single(number: i64, end: usize) -> Numbering {
    Numbering {
        parts: vec![number],
        end,
    }
}

fn chinese(text: &str) -> Option<Numbering> {
    if let Some(rest) = text.strip_prefix('第') {
        let (number, len) = leading_number(rest, Side::Zh)?;
        let behind = rest[len..].trim_start();
        let unit = ZH_UNITS.iter().find(|u| behind.starts_with(**u))?;
        return Some(single(number, text.len() - behind.len() + unit.len()));
    }
    if let Some(label) = ZH_LABELS.iter().find(|l| text.starts_with(**l)) {
        let rest = text[label.len()..].trim_start();
        let (number, len) = leading_number(rest, Side::Zh)?;
        return Some(single(number, text.len() - rest.len() + len));
    }
    if let Some(found) = bracketed(text, Side::Zh).or_else(|| dotted(text)) {
        return Some(found);
    }
    let (number, len) = leading_number(text, Side::Zh)?;
    let mut behind = text[len..].chars();
    let separator = behind.next()?;
    // 三、四月 is a list of months.
    let is_list = behind
        .next()
        .is_some_and(|c| leading_number(c.encode_utf8(&mut [0; 4]), Side::Zh).is_some());
    (matches!(separator, '、' | '．' | '.' | '）' | ')') && !is_list).then(|| single(number, len))
}

fn english(text: &str) -> Option<Numbering> {
    let word = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if EN_LABELS.iter().any(|label| label.eq_ignore_ascii_case(&text[..word])) {
        let rest = text[word..].strip_prefix(' ')?;
        let (number, len) = english_number(rest)?;
        let ends = !rest[len..].starts_with(|c: char| c.is_alphanumeric());
        return ends.then(|| single(number, text.len() - rest.len() + len));
    }
    if let Some(found) = bracketed(text, Side::En).or_else(|| dotted(text)) {
        return Some(found);
    }
    let (number, len) = english_number(text)?;
    let in_words = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let mut behind = text[len..].chars();
    let ends = match behind.next()? {
        // First, we will …
        ',' => in_words && len > 2,
        '.' | ')' => !in_words || len <= 4 && text[..len].bytes().all(|b| b.is_ascii_uppercase()),
        _ => false,
    };
    (ends && behind.next().is_none_or(char::is_whitespace)).then(|| single(number, len))
}

/// A number in digits or words, or a Roman numeral.
fn english_number(text: &str) -> Option<(i64, usize)> {
    let roman_digit = |c: char| match c.to_ascii_lowercase() {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        _ => None,
    };
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some('O'), _) if text.starts_with("One") => Some((1, 3)),
        (Some('F'), _) if text.starts_with("First") => Some((1, 5)),
        (Some(c), next) if !next.is_some_and(char::is_alphanumeric) && roman_digit(c).is_some() => {
            roman_digit(c).map(|number| (number, 1))
        }
        _ => leading_number(text, Side::En),
    }
}

/// （一）, (2), (b), (iv).
fn bracketed(text: &str, side: Side) -> Option<Numbering> {
    let inner = text.strip_prefix(['（', '('])?;
    let start = text.len() - inner.len();
    let (number, len) = match side {
        Side::Zh => leading_number(inner, side)?,
        Side::En => {
            let letters = inner.bytes().take_while(u8::is_ascii_lowercase).count();
            let roman = inner[..letters].to_ascii_uppercase();
            match (letters, inner.bytes().next()) {
                (1, Some(letter @ b'a'..=b'h')) => (i64::from(letter - b'a') + 1, 1),
                (1.., _) => (english_number(&roman)?.0, letters),
                _ => english_number(inner)?,
            }
        }
    };
    let close = inner[len..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    Some(single(number, start + len + close.len_utf8()))
}

/// 1.2 or 3.1.4 before a title. Without a title it is a decimal fraction.
fn dotted(text: &str) -> Option<Numbering> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(text.len());
    let number = text[..end].trim_end_matches('.');
    let parts: Option<Vec<i64>> = number.split('.').map(|p| p.parse().ok()).collect();
    let parts = parts.filter(|p| p.len() > 2 || p.len() == 2 && text[end..].starts_with(char::is_whitespace))?;
    // 3.5 million
    let title = text[end..].trim_start().chars().next()?;
    (!title.is_lowercase()).then_some(Numbering {
        parts,
        end: number.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, side: Side) -> Vec<i64> {
        numbering(text, side).map(|n| n.parts).unwrap_or_default()
    }

    #[test]
    fn numbers_of_headings_are_read_in_both_languages() {
        for (zh, en, number) in [
            ("第三章 开放合作", "Chapter 3 Open Cooperation", vec![3]),
            ("第十二条", "Article 12", vec![12]),
            ("第一部分 总则", "Part One: General Provisions", vec![1]),
            ("第四编", "Part IV", vec![4]),
            ("一、总体要求", "I. General Requirements", vec![1]),
            ("二、主要任务", "Second, the main tasks are", vec![2]),
            ("（三）保障措施", "(3) Safeguards", vec![3]),
            ("（二）", "(b) Tasks", vec![2]),
            ("（四）", "(iv) Tasks", vec![4]),
            ("2. 主要任务", "2. Main tasks", vec![2]),
            ("1.2 范围", "1.2 Scope", vec![1, 2]),
            ("3.1.4范围", "3.1.4 Scope", vec![3, 1, 4]),
            ("附件2", "Annex II", vec![2]),
            ("表3 主要指标", "Table 3: Main indicators", vec![3]),
        ] {
            assert_eq!(parts(zh, Side::Zh), number, "{zh}");
            assert_eq!(parts(en, Side::En), number, "{en}");
        }
    }

    #[test]
    fn quantities_are_no_numbering() {
        for zh in [
            "三、四月间",
            "第三次会议",
            "第三季度",
            "2026年",
            "二〇二六年",
            "1.2亿人",
            "图书馆",
            "一些",
            "",
        ] {
            assert_eq!(numbering(zh, Side::Zh), None, "{zh}");
        }
        for en in [
            "Three facilities",
            "1.2 million people",
            "2026. A year",
            "I think so",
            "Part of it",
            "Section heads",
            "A. Wang",
            "",
            "Chapter",
        ] {
            assert_eq!(numbering(en, Side::En), None, "{en}");
        }
    }
}
