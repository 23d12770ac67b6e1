//! Words that are translated as their opposites: 南 as “north”, 半小时 as “an hour”.

use super::PairContext;
use super::wording::ZhTable;
use crate::text::{Side, Span};

/// A word with its opposites.
pub struct Opposite {
    /// The Chinese words.
    pub zh: &'static [&'static str],
    /// Chinese words that rule the comparison out.
    pub unless: &'static [&'static str],
    /// English words of which a right translation has one.
    pub right: &'static [&'static str],
    /// English words of which a wrong one has one.
    pub wrong: &'static [&'static str],
}

/// The Chinese words of a pair that are translated as their opposites, each with the English ones.
pub fn find_opposites(ctx: &PairContext<'_>, table: &'static ZhTable<Opposite>) -> Vec<(Span, Span)> {
    let mut reported: Vec<(Span, Span)> = Vec::new();
    if !ctx.is_paired() || ctx.is_structure() {
        return reported;
    }
    let zh = ctx.zh();
    for (place, row) in table.find(zh) {
        let wording = ctx.wording();
        if row.unless.iter().any(|word| zh.contains(word)) || wording.has(row.right) {
            continue;
        }
        let found = wording.find(row.wrong);
        let Some(span) = found.filter(|span| reported.iter().all(|(_, known)| known != span)) else {
            continue;
        };
        if ctx.terms().names(Side::Zh).overlaps(place) && ctx.terms().names(Side::En).overlaps(span) {
            continue;
        }
        reported.push((place, span));
    }
    reported
}
