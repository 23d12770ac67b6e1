//! Both columns, with marks on what the findings point at.

use maud::{Markup, html};

use super::findings;
use crate::document::BlockKind;
use crate::output::page::text;
use crate::run::{DOUBTFUL, Mark, Review, ReviewedBlock, ReviewedPair, ReviewedText};
use crate::text::{Side, Span};

/// A page of more pairs than this shows those that need a look: a browser would take long over all.
const MOST_PAIRS: usize = 5000;

/// Whether a pair is in the page.
pub(super) type IsShown = fn(&ReviewedPair) -> bool;

/// Which pairs are in the page: all of them, unless they are too many.
pub(super) fn is_shown(review: &Review) -> IsShown {
    let pairs: usize = review.texts.iter().map(|t| t.pairs.len()).sum();
    if pairs > MOST_PAIRS {
        |pair| !pair.findings.is_empty() || is_alone(pair) || is_doubtful(pair)
    } else {
        |_| true
    }
}

/// Whether one side of the pair has no text.
pub(super) fn is_alone(pair: &ReviewedPair) -> bool {
    pair.number.is_some() && pair.is_alone()
}

/// Whether the aligner is not sure of the pair.
pub(super) fn is_doubtful(pair: &ReviewedPair) -> bool {
    pair.number.is_some() && !pair.is_alone() && pair.confidence < DOUBTFUL
}

/// All texts.
pub(super) fn texts(review: &Review) -> Markup {
    let is_shown = is_shown(review);
    html! {
        @for (number, of) in review.texts.iter().enumerate() {
            section.text data-text=(number) {
                h2 { (text(&of.name)) @if let Some(id) = &of.id { " · " (text(id)) } }
                div.columns aria-hidden="true" { span {} span lang="zh" { "中文" } span { "English" } }
                @for (index, pair) in of.pairs.iter().enumerate().filter(|(_, pair)| is_shown(pair)) {
                    (pair_row(review, number, index, pair))
                }
            }
        }
    }
}

/// The id of a pair in the page.
pub(super) fn anchor(text: usize, index: usize) -> String {
    format!("p-{}-{}", text + 1, index + 1)
}

/// What people call a pair: its record's id, or its number from 1.
pub(super) fn label(of: &ReviewedText, pair: &ReviewedPair) -> String {
    match (&pair.id, pair.number) {
        (Some(id), _) if of.id.is_none() => id.to_string(),
        (_, Some(number)) => (number + 1).to_string(),
        (_, None) => String::new(),
    }
}

fn pair_row(review: &Review, number: usize, index: usize, pair: &ReviewedPair) -> Markup {
    let class = if pair.number.is_none() { "pair layout" } else { "pair" };
    let label = label(&review.texts[number], pair);
    html! {
        article class=(class) id=(anchor(number, index)) tabindex="-1" aria-label=[(!label.is_empty()).then(|| format!("Pair {label}"))] {
            div.number {
                (text(&label))
                @if is_doubtful(pair) {
                    span.doubt title="The aligner is not sure that these belong together" { " ? " span.aside { "doubtful pair" } }
                }
            }
            @for side in [Side::Zh, Side::En] {
                div lang=(if side == Side::Zh { "zh" } else { "en" }) {
                    @for block in &pair.blocks[side] { (block_text(review, block)) }
                    @if pair.blocks[side].is_empty() && pair.number.is_some() {
                        p.missing lang="en" { "nothing on this side" }
                    }
                }
            }
            @if !pair.findings.is_empty() {
                div.findings {
                    (findings::list(review, &pair.findings))
                    @if !pair.figures.is_empty() { (findings::figures(pair)) }
                }
            }
        }
    }
}

fn block_text(review: &Review, block: &ReviewedBlock) -> Markup {
    let class = match block.kind {
        BlockKind::Heading(_) => Some("heading"),
        BlockKind::ListItem => Some("item"),
        _ => None,
    };
    html! {
        p class=[class] title=(format!("{}:{}", block.file, block.start.line)) {
            @for part in parts(&block.text, &block.marks) {
                @if part.marks.is_empty() {
                    (text(part.span.of(&block.text)))
                } @else {
                    mark class=(worst(review, &part.marks)) data-findings=(numbers(&part.marks)) { (text(part.span.of(&block.text))) }
                }
                @for finding in part.ends {
                    a.ref href={ "#f-" (finding + 1) } aria-label={ "finding " (finding + 1) } { (finding + 1) }
                }
            }
        }
    }
}

/// A stretch of text under the same marks.
struct Part {
    span: Span,
    /// The findings that mark it.
    marks: Vec<usize>,
    /// The findings whose marks end with it.
    ends: Vec<usize>,
}

/// The text, cut wherever a mark begins or ends.
fn parts(text: &str, marks: &[Mark]) -> Vec<Part> {
    let mut cuts: Vec<usize> = marks.iter().flat_map(|m| [m.span.start, m.span.end]).collect();
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let ends_at = |at: usize| marks.iter().filter(move |m| m.span.end == at).map(|m| m.finding);
    let mut parts = vec![Part {
        span: Span::default(),
        marks: Vec::new(),
        ends: ends_at(0).collect(),
    }];
    parts.extend(cuts.windows(2).map(|two| {
        let span = Span::new(two[0], two[1]);
        let covers = |m: &&Mark| m.span.start <= span.start && span.end <= m.span.end;
        Part {
            span,
            marks: marks.iter().filter(covers).map(|m| m.finding).collect(),
            ends: ends_at(span.end).collect(),
        }
    }));
    parts
}

fn worst(review: &Review, marks: &[usize]) -> &'static str {
    let severities = marks.iter().map(|&i| review.report.findings[i].severity);
    severities.max().map_or("note", crate::finding::Severity::name)
}

fn numbers(marks: &[usize]) -> String {
    let numbers: Vec<String> = marks.iter().map(|i| (i + 1).to_string()).collect();
    numbers.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, marks: &[(usize, usize)]) -> Vec<(String, Vec<usize>, Vec<usize>)> {
        let mark = |(finding, &(start, end)): (usize, &(usize, usize))| Mark {
            span: Span::new(start, end),
            finding,
        };
        let marks: Vec<Mark> = marks.iter().enumerate().map(mark).collect();
        let parts = parts(text, &marks).into_iter();
        parts
            .filter(|p| !p.span.is_empty() || !p.ends.is_empty())
            .map(|p| (p.span.of(text).to_owned(), p.marks, p.ends))
            .collect()
    }

    #[test]
    fn marks_may_overlap_and_be_empty() {
        let part = |text: &str, marks: &[usize], ends: &[usize]| (text.to_owned(), marks.to_vec(), ends.to_vec());
        assert_eq!(
            cut("abcdef", &[(1, 4), (2, 6)]),
            [
                part("a", &[], &[]),
                part("b", &[0], &[]),
                part("cd", &[0, 1], &[0]),
                part("ef", &[1], &[1])
            ]
        );
        assert_eq!(cut("ab", &[(0, 0)]), [part("", &[], &[0]), part("ab", &[], &[])]);
        assert_eq!(cut("", &[(0, 0)]), [part("", &[], &[0])]);
        assert_eq!(cut("ab", &[]), [part("ab", &[], &[])]);
    }
}
