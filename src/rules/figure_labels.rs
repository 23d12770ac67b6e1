//! Scales and units in the labels of figures, in tables, before colons and in lines of their own: 人口（亿人）, “Population
//! (billion)”, 单位：万元.

use super::{PairContext, Report, quote};
use crate::finding::Severity;
use crate::language::quantity::{self, Quantity, Rational};
use crate::rules::Meta;
use crate::text::{Side, Sides, Span};

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

/// The scale in a unit line or in the brackets of a label, 1 for a unit without one; `None` where a text has neither.
fn factor(text: &str, side: Side) -> Option<Rational> {
    if let Some((_, unit)) = unit_of_label(text, side) {
        return unit.as_number();
    }
    let inside = in_brackets(text)?;
    let space = Sides::new("", " ")[side];
    let first = quantity::parse(&format!("1{space}{}", inside.of(text)), side)
        .into_iter()
        .next();
    first.filter(|q| q.figure.start == 0)?.as_number()
}

/// The text in the last brackets.
fn in_brackets(text: &str) -> Option<Span> {
    let open = text.rfind(['（', '('])?;
    let from = open + text[open..].chars().next()?.len_utf8();
    let len = text[from..].find(['）', ')'])?;
    Some(Span::new(from, from + len))
}

/// What is wrong with the unit of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelFault {
    /// Another power of ten: 万元, “RMB million”.
    Scale,
    /// Another unit: 小时, “minutes”.
    Unit,
}

/// Reports a unit line or the label of a column whose unit differs from that of its translation, unless the figures below are
/// converted. Where none are there to see, the finding is a warning.
pub fn report_label(ctx: &PairContext<'_>, meta: &'static Meta, wanted: LabelFault, report: &mut Report) {
    if !ctx.is_paired() {
        return;
    }
    let Some((span_zh, zh)) = unit_of_label(ctx.zh(), Side::Zh) else {
        return;
    };
    let Some((span_en, en)) = unit_of_label(ctx.en(), Side::En) else {
        return;
    };
    let (Some(x), Some(y)) = (zh.as_number(), en.as_number()) else {
        return;
    };
    let fault = match (zh.unit, en.unit) {
        (a, b) if a == b && x != y => LabelFault::Scale,
        (Some(a), Some(b)) if a != b => LabelFault::Unit,
        _ => return,
    };
    let converted = zh.unit.zip(en.unit).and_then(|(a, b)| a.convert(x, b)).unwrap_or(x);
    if fault != wanted || fault == LabelFault::Unit && converted == y {
        return;
    }
    let severity = match are_figures_copied(ctx, converted, y) {
        Some(false) => return,
        Some(true) => Severity::Error,
        None => Severity::Warning,
    };
    let message = format!(
        "the units of the figures differ: {}, {}",
        quote::text(span_zh.of(ctx.zh())),
        quote::text(span_en.of(ctx.en()))
    );
    report
        .finding(meta, ctx, Side::En, span_en, message)
        .severity(severity)
        .label(ctx, Side::Zh, span_zh)
        .help("correct the unit, or convert the figures below")
        .found(span_en.of(ctx.en()))
        .emit();
}

/// Whether the first figure below a label is the same on both sides, rather than multiplied as the labels `x` and `y` say;
/// `None` where no figure shows it.
fn are_figures_copied(ctx: &PairContext<'_>, x: Rational, y: Rational) -> Option<bool> {
    let below = (1..=CELLS).map_while(|by| ctx.neighbour(by));
    let mut figures = below.filter_map(|pair| {
        let [zh] = pair.quantities(Side::Zh) else { return None };
        let [en] = pair.quantities(Side::En) else { return None };
        zh.as_number().zip(en.as_number())
    });
    figures.find_map(|(a, b)| {
        let is_converted = a.checked_mul(x) == b.checked_mul(y);
        (is_converted || a == b).then_some(!is_converted)
    })
}

/// The unit that a line or label gives for its figures, as the quantity that one of them is, and its place.
fn unit_of_label(text: &str, side: Side) -> Option<(Span, Quantity)> {
    let trimmed = text.trim_end();
    let headings: &[&str] = match side {
        Side::Zh => &["单位：", "单位:"],
        Side::En => &["Unit:", "Units:", "unit:"],
    };
    let span = match after_heading(trimmed, headings) {
        Some(span) => span,
        None if trimmed.ends_with(['）', ')']) => in_brackets(trimmed)?,
        None => return None,
    };
    let inside = span.of(trimmed).trim().trim_end_matches(['）', ')', '。', '.']);
    if inside.is_empty() || inside.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let written = match side {
        Side::Zh => format!("1{}", inside.trim_start_matches("人民币").trim_start()),
        Side::En => as_english_quantity(inside),
    };
    let [q] = quantity::parse(&written, side).try_into().ok()?;
    (q.span == Span::new(0, written.len())).then_some((span, q))
}

/// What comes after one of these headings, which has a few characters before it at most: 金额单位：万元.
fn after_heading(text: &str, headings: &[&str]) -> Option<Span> {
    let mut starts = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= 12);
    let from = starts.find_map(|at| {
        let heading = headings.iter().find(|heading| text[at..].starts_with(**heading))?;
        Some(at + heading.len())
    })?;
    Some(Span::new(from, text.len()))
}

/// “in millions of RMB”, “RMB million” and “RMB'000” as the quantity “RMB 1 million”.
fn as_english_quantity(unit: &str) -> String {
    const CURRENCIES: [&str; 8] = ["RMB", "CNY", "US$", "USD", "HK$", "EUR", "€", "¥"];
    let unit = unit
        .strip_prefix("in ")
        .unwrap_or(unit)
        .replace("'000", " thousand")
        .replace("’000", " thousand");
    let words = unit.split_whitespace().filter(|word| *word != "of");
    let singular = words.map(|word| match word {
        "thousands" => "thousand",
        "millions" => "million",
        "billions" => "billion",
        word => word,
    });
    let unit = singular.collect::<Vec<_>>().join(" ");
    match CURRENCIES.iter().find_map(|c| Some((*c, unit.strip_prefix(c)?))) {
        Some((currency, rest)) => format!("{currency} 1{rest}"),
        None => format!("1 {unit}"),
    }
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
