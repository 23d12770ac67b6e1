//! Scales in the labels of figures, in tables and before colons: 人口（亿人）, “Population (billion)”.

use super::PairContext;
use crate::language::quantity::{self, Quantity, Rational};
use crate::text::{Side, Sides};

/// Pairs before a figure in a cell of its own that are searched for its label: the cells of the row and the header.
const CELLS: isize = 64;

/// Whether two figures are equal once each is multiplied by the scale in its label.
pub fn are_equal_with_labels(ctx: &PairContext<'_>, zh: &Quantity, en: &Quantity) -> bool {
    let (Some(a), Some(b)) = (zh.as_number(), en.as_number()) else {
        return false;
    };
    // Labels only shift the decimal point.
    if zh.unit != en.unit || a.power_of_ten_over(b).is_none_or(|k| k == 0) {
        return false;
    }
    let alone = ctx.zh().trim() == zh.span.of(ctx.zh()) && ctx.en().trim() == en.span.of(ctx.en());
    let labels = if alone { 1..=CELLS } else { 0..=0 };
    labels
        .filter_map(|by| if by == 0 { Some(*ctx) } else { ctx.neighbour(-by) })
        .any(|label| {
            let factors = [(label.zh(), Side::Zh), (label.en(), Side::En)].map(|(text, side)| factor(text, side));
            let [Some(x), Some(y)] = factors else { return false };
            a.checked_mul(x).is_some_and(|a| b.checked_mul(y) == Some(a))
        })
}

/// The scale in the brackets at the end of a label, 1 for a unit without one; `None` without such brackets.
fn factor(text: &str, side: Side) -> Option<Rational> {
    let from = text.rfind(['（', '('])?;
    let inside = text[from..].trim_start_matches(['（', '(']);
    let inside = &inside[..inside.find(['）', ')'])?];
    let space = Sides::new("", " ")[side];
    let first = quantity::parse(&format!("1{space}{inside}"), side).into_iter().next();
    first.filter(|q| q.figure.start == 0)?.as_number()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::look_at;

    fn differ(zh: [&str; 2], en: [&str; 2]) -> bool {
        look_at(&zh, &en, |ctx| ctx.iter().any(|pair| !pair.differences().is_empty()))
    }

    #[test]
    fn allows_figures_that_their_labels_make_equal() {
        for (zh, en) in [
            (["人口（亿人）：14.08", "完"], ["Population (billion): 1.408", "End"]),
            (["粮食产量（万吨）", "7065"], ["Grain output (million tonnes)", "70.65"]),
        ] {
            assert!(!differ(zh, en), "{zh:?}");
        }
    }

    #[test]
    fn reports_figures_that_their_labels_do_not_make_equal() {
        assert!(differ(
            ["粮食产量（万吨）", "7065"],
            ["Grain output (million tonnes)", "706.5"]
        ));
        assert!(differ(["人口：14.08", "完"], ["Population: 1.408", "End"]));
    }
}
