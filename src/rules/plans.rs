//! Five-year plans with the years that follow their number: 十五五规划（2026—2030年）.

use super::PairContext;
use crate::language::quantity::{Bound, Kind, Quantity};
use crate::text::{Side, Span};

/// A plan and the span of years that follows its number.
pub struct Period<'a> {
    /// The plan.
    pub plan: &'a Quantity,
    /// Bytes from the first year to the last.
    pub years: Span,
    /// First and last year as written.
    pub written: (i32, i32),
}

/// Most bytes between the plan's number and the years: “Plan period (”, 规划时期（.
const REACH: usize = 40;

/// The plans of one side that are followed by a span of years.
pub fn periods<'a>(ctx: &PairContext<'a>, side: Side) -> impl Iterator<Item = Period<'a>> {
    let quantities = ctx.quantities(side);
    quantities
        .iter()
        .enumerate()
        .filter(|(_, q)| q.kind == Kind::Plan)
        .filter_map(move |(i, plan)| {
            let (first, last) = (quantities.get(i + 1)?, quantities.get(i + 2)?);
            let between = ctx.text(side).get(plan.span.end..first.span.start)?;
            let near = between.len() <= REACH && !between.contains(['.', '。', ';', '；']);
            let range = first.bound == Some(Bound::Lower) && last.bound == Some(Bound::Upper);
            let written = (first.as_date()?.year?, last.as_date()?.year?);
            (near && range).then(|| Period {
                plan,
                years: first.span.cover(last.span),
                written,
            })
        })
}
