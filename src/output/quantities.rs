//! The quantities of a text as data.

use serde::Serialize;

use crate::language::quantity::{self, Bound, Hedge, Kind};
use crate::text::Side;

/// A quantity of a text.
#[derive(Debug, Serialize)]
pub struct Row<'a> {
    /// The whole expression.
    pub text: &'a str,
    /// Its first code point in the text.
    pub start: usize,
    /// Its end in code points (exclusive).
    pub end: usize,
    /// What kind of quantity it is.
    pub kind: Kind,
    /// The value as messages show it.
    pub value: String,
    /// The symbol of the unit.
    pub unit: Option<&'static str>,
    /// How the text qualifies it.
    pub hedge: Hedge,
    /// Which end of a range it is, if of one.
    pub range: Option<Bound>,
    /// Whether nothing follows from its absence in a translation.
    pub common_word: bool,
}

/// The quantities of a text in the language of `side`, in order.
pub fn rows(text: &str, side: Side) -> Vec<Row<'_>> {
    let (mut bytes, mut chars) = (0, 0);
    let mut position = |offset: usize| {
        // Quantities come in order, so that counting goes on where it stopped.
        if offset < bytes {
            (bytes, chars) = (0, 0);
        }
        chars += text[bytes..offset].chars().count();
        bytes = offset;
        chars
    };
    let found = quantity::parse(text, side);
    let rows = found.iter().map(|q| Row {
        text: q.span.of(text),
        start: position(q.span.start),
        end: position(q.span.end),
        kind: q.kind,
        value: q.display_value(),
        unit: q.unit.map(|u| u.def().symbol),
        hedge: q.hedge,
        range: q.bound,
        common_word: q.weak,
    });
    rows.collect()
}
