//! The names that belong in a paragraph because its translation names the same things.

use std::collections::BTreeSet;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, MarkupContent, MarkupKind, TextEdit,
};

use super::hover::describe;
use super::positions::Unit;
use super::spot::{Spot, named};
use crate::glossary::{Concept, Status};
use crate::rules::label;
use crate::text::{Side, Span};

/// The accepted names, on the side of the cursor, of the concepts that the other side names. Those of concepts that this side
/// does not name yet come first.
pub fn complete(spot: &Spot<'_>, unit: Unit) -> Vec<CompletionItem> {
    let (pair, side) = (&spot.pair, spot.side);
    let here: BTreeSet<usize> = named(pair, side).into_iter().map(|(concept, _)| concept).collect();
    let mut seen = BTreeSet::new();
    let mut items = Vec::new();
    for (concept, span) in named(pair, side.other()) {
        if !seen.insert(concept) {
            continue;
        }
        let is_here = here.contains(&concept);
        let entry = &pair.doc.glossary.concepts()[concept];
        for (rank, name) in accepted_names(entry, side).into_iter().enumerate() {
            let typed = typed(&spot.text()[..spot.offset], name, side);
            let at = label(pair, side, Span::new(spot.offset - typed, spot.offset));
            items.push(CompletionItem {
                label: name.to_owned(),
                kind: Some(CompletionItemKind::VALUE),
                detail: Some(span.of(pair.text(side.other())).to_owned()),
                documentation: Some(Documentation::MarkupContent(MarkupContent {
                    kind: MarkupKind::Markdown,
                    value: describe(entry),
                })),
                sort_text: Some(format!("{}{:04}{rank:02}", u8::from(is_here), seen.len())),
                text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(
                    unit.range_of(&at),
                    name.to_owned(),
                ))),
                ..CompletionItem::default()
            });
        }
    }
    items
}

/// The names that a text may use, the preferred ones first, and the acronym.
fn accepted_names(concept: &Concept, side: Side) -> Vec<&str> {
    let mut accepted: Vec<_> = concept.names(side).iter().filter(|n| n.status.is_accepted()).collect();
    accepted.sort_by_key(|n| n.status != Status::Preferred);
    let acronym = concept.acronym.iter().filter(|_| side == Side::En);
    accepted
        .into_iter()
        .map(|n| &*n.text)
        .chain(acronym.map(|a| &**a))
        .collect()
}

/// How many bytes at the end of `before` are the beginning of the name, or else of any word.
fn typed(before: &str, name: &str, side: Side) -> usize {
    let starts = before.char_indices().rev().map(|(at, _)| at).take(name.chars().count());
    let begins_word = |at: usize| side == Side::Zh || !before[..at].ends_with(char::is_alphanumeric);
    let begins_name = |at: &usize| {
        let typed = before[*at..].to_lowercase();
        begins_word(*at) && name.to_lowercase().starts_with(&typed)
    };
    if let Some(start) = starts.filter(begins_name).last() {
        return before.len() - start;
    }
    match side {
        Side::Zh => 0,
        Side::En => before.len() - before.trim_end_matches(char::is_alphanumeric).len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_of_a_name_is_replaced() {
        let name = "Chinese Academy of Sciences";
        for (before, typed_part) in [
            ("The chinese acad", "chinese acad"),
            ("of the Chinese ", "Chinese "),
            ("a non-Chi", "Chi"),
            ("the Acad", "Acad"),
            ("the ", ""),
        ] {
            assert_eq!(typed(before, name, Side::En), typed_part.len(), "{before}");
        }
        assert_eq!(typed("来自中国科", "中国科学院", Side::Zh), "中国科".len());
        assert_eq!(typed("来自", "中国科学院", Side::Zh), 0);
    }
}
