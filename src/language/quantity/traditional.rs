//! How texts of Hong Kong and Taiwan write figures: in Chinese, mostly in traditional characters, and in the English beside it.

use super::Quantity;
use super::equal::Equality;
use crate::text::simplified::is_traditional;

/// Words by which a text in simplified characters is of Hong Kong.
const OF_HONG_KONG: [&str; 4] = ["香港", "本港", "全港", "港府"];

/// 元 in traditional characters, or in a text of Hong Kong, is mostly the local dollar.
pub(super) fn local_dollars(zh_text: &str, zh: &Quantity, en: &Quantity) -> Option<Equality> {
    let symbols = (zh.unit?.def().symbol, en.unit?.def().symbol);
    let is_local = matches!(
        symbols,
        ("yuan", "dollars" | "Hong Kong dollars" | "New Taiwan dollars")
    );
    let is_local_text = || is_traditional(zh_text) || OF_HONG_KONG.iter().any(|word| zh_text.contains(word));
    let is_meant = || zh.span.of(zh_text).ends_with('元') && is_local_text();
    (is_local && zh.value == en.value && is_meant()).then_some(Equality::Form)
}

/// “73 000 students”, as English in Hong Kong sets thousands apart, which is a misprint elsewhere.
pub(super) fn spaced_thousands(zh_text: &str, zh: &Quantity, en_text: &str, en: &Quantity) -> Option<Equality> {
    let value = zh.as_number()?.to_i64().filter(|n| (1000..1_000_000).contains(n))?;
    if en.as_number()?.to_i64() != Some(value / 1000) || !is_traditional(zh_text) {
        return None;
    }
    let written = format!("{} {:03}", value / 1000, value % 1000);
    let is_written = en_text.get(en.figure.start..)?.starts_with(&written);
    is_written.then_some(Equality::Form)
}

/// Whether a figure is the second part of one whose thousands are set apart so.
pub(super) fn is_group_of_thousands(zh_text: &str, en_text: &str, en: &Quantity) -> bool {
    let before = en_text[..en.figure.start].strip_suffix(' ');
    en.figure.len() == 3
        && before.is_some_and(|text| text.ends_with(|c: char| c.is_ascii_digit()))
        && is_traditional(zh_text)
}
