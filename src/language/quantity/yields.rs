//! Yields: by the mu in Chinese, by the hectare in English.

use super::equal::Equality;
use super::{Dimension, Quantity, Rational};

/// How many mu a hectare has.
const MU_PER_HECTARE: i64 = 15;
/// How many characters before the figure a text may say that it is one by the mu.
const NEAR: usize = 8;

/// 亩产提升10.1斤 is “the yield per hectare rose by 76 kilograms”, rounded to one percent.
pub(super) fn per_hectare(zh_text: &str, zh: &Quantity, en_text: &str, en: &Quantity) -> Option<Equality> {
    let (unit, other) = (zh.unit?, en.unit?);
    if unit.dimension() != Dimension::Mass || other.dimension() != Dimension::Mass {
        return None;
    }
    let (before, after) = (&zh_text[..zh.span.start], &zh_text[zh.span.end..]);
    let near = before
        .char_indices()
        .rev()
        .take(NEAR)
        .last()
        .map_or(before, |(at, _)| &before[at..]);
    let is_by_mu = near.contains("亩产") || near.contains("每亩") || after.starts_with("/亩");
    if !is_by_mu || !en_text.contains("hectare") {
        return None;
    }
    let all = unit
        .to_base(zh.as_number()?)?
        .checked_mul(Rational::integer(MU_PER_HECTARE))?;
    let off = all.checked_sub(other.to_base(en.as_number()?)?)?.abs()?;
    (off <= all.checked_mul(Rational::new(1, 100)?)?).then_some(Equality::Rounded)
}
