//! What the server says about the name or the figure under the cursor.

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use super::positions::Unit;
use super::spot::Spot;
use crate::glossary::{Concept, Name};
use crate::rules::label;
use crate::text::{Side, Span, escape_markdown};

/// What there is to say about the place of the cursor.
pub fn hover(spot: &Spot<'_>, unit: Unit) -> Option<Hover> {
    let (text, span) = match spot.name() {
        Some((concept, span)) => (describe(&spot.pair.doc.glossary.concepts()[concept]), span),
        None => figure(spot)?,
    };
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value: text,
        }),
        range: Some(unit.range_of(&label(&spot.pair, spot.side, span))),
    })
}

/// The names of a concept with their status, and where they come from.
pub fn describe(concept: &Concept) -> String {
    let names = |names: &[Name]| -> String {
        let names = names
            .iter()
            .map(|n| format!("{} ({})", escape_markdown(&n.text), n.status.name()));
        names.collect::<Vec<_>>().join(", ")
    };
    let mut lines = vec![
        format!("**{}** ({})", escape_markdown(&concept.id), concept.kind.name()),
        String::new(),
        format!("- Chinese: {}", names(&concept.zh)),
        format!("- English: {}", names(&concept.en)),
    ];
    let grade = concept.grade.map(|grade| format!("grade {}", grade.name()));
    let fields = [
        ("Acronym", &concept.acronym),
        ("Authority", &concept.authority),
        ("Source", &concept.citation),
        ("Valid from", &concept.valid_from),
        ("Valid to", &concept.valid_to),
        ("Note", &concept.note),
    ];
    for (name, text) in fields {
        if let Some(text) = text {
            let grade = grade.as_ref().filter(|_| name == "Source");
            let grade = grade.map_or_else(String::new, |grade| format!(" ({grade})"));
            lines.push(format!("- {name}: {}{grade}", escape_markdown(text)));
        }
    }
    lines.push(format!("- Entry: {}", escape_markdown(&concept.place.to_string())));
    lines.join("\n")
}

/// The value of the figure under the cursor, and its counterpart.
fn figure(spot: &Spot<'_>) -> Option<(String, Span)> {
    let (pair, side) = (&spot.pair, spot.side);
    let quantities = pair.quantities(side);
    let (number, quantity) = quantities.iter().enumerate().find(|(_, q)| spot.is_in(q.span))?;
    let own = |zh: usize, en: usize| match side {
        Side::Zh => (zh, en),
        Side::En => (en, zh),
    };
    let comparison = pair.comparison();
    let equal = comparison.matches.iter().map(|&(zh, en)| (own(zh, en), true));
    let clashes = comparison.differences.iter().filter_map(|d| d.zh.zip(d.en));
    let clashes = clashes.map(|(zh, en)| (own(zh, en), false));
    let partner = equal.chain(clashes).find(|&((own, _), _)| own == number);
    let other = side.other();
    let counterpart = match partner {
        Some(((_, partner), is_equal)) => {
            let partner = &pair.quantities(other)[partner];
            let sign = if is_equal { "=" } else { "≠" };
            let text = partner.span.of(pair.text(other)).trim();
            format!("{sign} {} `{}`", escape_markdown(text), partner.display_value())
        }
        None => format!("nothing equal in the {}", other.name()),
    };
    let text = quantity.span.of(spot.text()).trim();
    let value = quantity.display_value();
    Some((
        format!("{} `{value}`\n\n{counterpart}", escape_markdown(text)),
        quantity.span,
    ))
}
