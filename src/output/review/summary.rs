//! The head of the page: the counts, the score, and what could not be checked.

use maud::{Markup, html};

use super::texts::{anchor, is_alone, is_doubtful, is_shown, label};
use crate::output::page::{place, text};
use crate::output::{count, summary::score_lines};
use crate::run::{Review, ReviewedPair};

/// Links to pairs that are listed before the rest is only counted.
const LISTED: usize = 40;

/// How many findings there are in how many pairs.
pub(super) fn counts(review: &Review) -> Markup {
    let s = &review.report.summary;
    let severities = [(s.errors, "error"), (s.warnings, "warning"), (s.notes, "note")];
    let found: Vec<String> = severities
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|&(n, noun)| count(n, noun))
        .collect();
    let found = if found.is_empty() {
        "No findings".to_owned()
    } else {
        found.join(", ")
    };
    let hidden = [
        (review.report.suppressed, "suppressed or waived"),
        (review.report.baselined, "in the baseline"),
        (review.report.untouched, "about text that did not change"),
    ];
    let is_shown = is_shown(review);
    let left_out = review
        .texts
        .iter()
        .flat_map(|t| &t.pairs)
        .filter(|p| !is_shown(p))
        .count();
    html! {
        p {
            (found) " in " (count(s.files, "file")) ", " (count(s.pairs, "pair"))
            @if s.concepts > 0 { "; " (count(s.concepts_seen, "concept")) " of " (text(&s.glossary)) }
            @for (n, what) in hidden.iter().filter(|(n, _)| *n > 0) { "; " (n) " " (what) }
            "."
            @if left_out > 0 { " " (count(left_out, "pair")) " without findings are not on this page." }
        }
    }
}

/// The score of the confirmed findings, which the script keeps up to date, and of all.
pub(super) fn score(review: &Review) -> Markup {
    html! {
        @if let Some(score) = &review.report.score {
            @let [head, confirmed, automatic] = score_lines(score);
            section aria-label="Score" {
                p { (head) }
                ul { li id="confirmed" { (confirmed) } li { (automatic) } }
            }
        }
    }
}

/// What became of the findings of the review before, and what waivers hide.
pub(super) fn before(review: &Review) -> Markup {
    let waived = &review.report.waived;
    html! {
        @if let Some(round) = &review.round {
            section id="round" {
                h2 { "Since the review before" }
                p { (count(round.count_new(), "new finding")) ", " (round.solved.len()) " solved, " (waived.len()) " waived." }
                @if !round.solved.is_empty() {
                    details {
                        summary { "Solved" }
                        ul { @for a in &round.solved { li { (text(&format!("{}:{}: {}", a.file, a.line, a.message))) } } }
                    }
                }
            }
        }
        @if !waived.is_empty() {
            section id="waived" {
                h2 { "Waived" }
                ul {
                    @for w in waived {
                        li {
                            (text(&place(&w.finding))) ": " (text(&w.finding.message)) " — "
                            @if w.reason.is_empty() { "no reason given" } @else { (text(&w.reason)) }
                            @if let Some(who) = &w.who { " (" (text(who)) ")" }
                            @if let Some(until) = w.until { ", until " (until) }
                        }
                    }
                }
            }
        }
    }
}

/// What nobody may take as checked: files that were not read, text without a counterpart, pairs that are a guess.
pub(super) fn unchecked(review: &Review) -> Markup {
    let summary = &review.report.summary;
    let alone = links(review, is_alone);
    let doubtful = links(review, is_doubtful);
    let files: Vec<_> = summary.skipped.iter().chain(&summary.not_read).collect();
    html! {
        section id="unchecked" {
            h2 { "Not checked" }
            @if let Some(reason) = &review.report.nothing_checked { p { (text(&reason.to_string())) } }
            @if files.is_empty() && alone.is_none() && doubtful.is_none() {
                p { "Every file was read, and every paragraph has a counterpart." }
            }
            @if !files.is_empty() {
                ul { @for file in files { li { (text(&file.file)) ": " (text(&file.reason)) } } }
            }
            @if let Some(links) = alone { p { "Text without a counterpart, compared with nothing: " (links) } }
            @if let Some(links) = doubtful { p { "Pairs that the aligner is not sure of: " (links) } }
        }
    }
}

/// Links to the pairs that are meant; `None` if there are none.
fn links(review: &Review, is_meant: impl Fn(&ReviewedPair) -> bool) -> Option<Markup> {
    let mut found = Vec::new();
    for (t, of) in review.texts.iter().enumerate() {
        for (p, pair) in of.pairs.iter().enumerate().filter(|(_, pair)| is_meant(pair)) {
            found.push((anchor(t, p), label(of, pair)));
        }
    }
    let rest = found.len().saturating_sub(LISTED);
    (!found.is_empty()).then(|| {
        html! {
            @for (i, (anchor, label)) in found.iter().take(LISTED).enumerate() {
                @if i > 0 { ", " }
                a href={ "#" (anchor) } { "pair " (text(label)) }
            }
            @if rest > 0 { " and " (rest) " more" }
        }
    })
}
