//! The page of `bilint review`: both columns, the findings on the very characters, and what a reviewer decides.
//!
//! It is a readable report without scripts. The script adds filters, keys and decisions; it gets its data from a block
//! of JSON.

mod data;
mod findings;
mod summary;
mod texts;

use std::io::{self, Write};

use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use super::page::{page, text};
use super::printable_lines;
use crate::run::{Review, RuleSummary};

const SCRIPT: &str = include_str!("script.js");

/// Writes the page.
///
/// # Errors
/// Those of `out`.
pub fn write(review: &Review, out: &mut dyn Write) -> io::Result<()> {
    let title = format!("Review of {}", name(review));
    let body = html! {
        a.skip href="#texts" { "Skip to the texts" }
        header {
            h1 { (text(&title)) }
            (summary::counts(review))
        }
        main {
            (summary::score(review))
            (summary::before(review))
            (summary::unchecked(review))
            (controls(review))
            div id="texts" tabindex="-1" {
                (texts::texts(review))
                @if !review.elsewhere.is_empty() {
                    section.text {
                        h2 { "About no text" }
                        (findings::list(review, &review.elsewhere))
                    }
                }
            }
            (rules(review))
        }
        footer { "Written by bilint " (env!("CARGO_PKG_VERSION")) ". This page loads nothing and sends nothing." }
        (findings::template())
        script type="application/json" id="data" { (PreEscaped(data::json(review)?)) }
    };
    out.write_all(page(&title, &body, Some(SCRIPT)).into_string().as_bytes())
}

/// What was reviewed: the one text, or how many.
fn name(review: &Review) -> String {
    match &review.texts[..] {
        [] => "nothing".to_owned(),
        [one] => printable_lines(&one.name).into_owned(),
        [first, rest @ ..] if rest.iter().all(|t| t.name == first.name) => printable_lines(&first.name).into_owned(),
        all => format!("{} texts", all.len()),
    }
}

/// The rules that reported, in the order of the registry.
fn reporting(review: &Review) -> impl Iterator<Item = &RuleSummary> {
    review.report.summary.rules.iter().filter(|r| r.findings > 0)
}

/// What only the script can use: filters, the reviewer's name, saving. Hidden until it runs.
fn controls(review: &Review) -> Markup {
    let mut files: Vec<&str> = review.report.findings.iter().map(|f| &*f.primary().file).collect();
    files.sort_unstable();
    files.dedup();
    let filter = |name: &str, label: &str, options: Markup| {
        html! {
            label { (label) " " select data-filter=(name) { option value="" { "all" } (options) } }
        }
    };
    let rule_options = html! { @for rule in reporting(review) { option { (rule.id) } } };
    let severity_options = html! { @for s in ["error", "warning", "note"] { option { (s) } } };
    let file_options = html! { @for file in files { option { (text(file)) } } };
    let state_options = html! {
        @for (value, label) in [("open", "open"), ("accepted", "accepted"), ("waived", "waived"), ("not-an-error", "not an error")] {
            option value=(value) { (label) }
        }
    };
    let round_options = html! {
        @for (value, label) in [("new", "new"), ("edited", "text edited"), ("known", "as before")] {
            option value=(value) { (label) }
        }
    };
    html! {
        section id="controls" aria-label="Filters and decisions" hidden {
            form id="filters" {
                (filter("rule", "Rule", rule_options))
                (filter("severity", "Severity", severity_options))
                (filter("file", "File", file_options))
                (filter("state", "State", state_options))
                @if review.round.is_some() { (filter("round", "Round", round_options)) }
                label { input type="checkbox" id="only-findings"; " Only pairs with findings" }
            }
            div.actions {
                label { "Your name " input id="who" autocomplete="name" size="14"; }
                button type="button" id="export" { "Export decisions" }
                label.button { "Load decisions" input type="file" id="import" accept=".json,application/json"; }
                button type="button" id="show-help" { "Keys " kbd { "?" } }
            }
            p id="progress" {}
            p id="storage" hidden {}
            p id="status" role="status" {}
        }
        (help())
    }
}

const KEYS: [(&str, &str); 9] = [
    ("j", "next pair"),
    ("k", "previous pair"),
    ("n", "next finding"),
    ("p", "previous finding"),
    ("a", "accept the finding"),
    ("w", "waive it, with a reason"),
    ("e", "not an error"),
    ("u", "undo the decision"),
    ("?", "this list"),
];

fn help() -> Markup {
    html! {
        dialog id="help" aria-labelledby="help-title" {
            h2 id="help-title" { "Keys" }
            table {
                @for (key, what) in KEYS {
                    tr { th scope="row" { kbd { (key) } } td { (what) } }
                }
            }
            p { "Decisions are kept in this browser. Export them to apply them with " code { "bilint review --apply FILE" } "." }
            form method="dialog" { button { "Close" } }
        }
    }
}

/// What each rule that reported does, for readers who do not know it.
fn rules(review: &Review) -> Markup {
    html! {
        @if reporting(review).next().is_some() {
            section id="rules" {
                h2 { "Rules in this report" }
                @for rule in reporting(review) {
                    details id={ "rule-" (rule.id) } {
                        summary { code { (rule.id) } " " (rule.summary) }
                        (markdown(&rule.docs))
                    }
                }
            }
        }
    }
}

/// The documentation of a rule. Its headings are below those of the page.
fn markdown(docs: &str) -> Markup {
    let events = Parser::new(docs).map(|event| match event {
        Event::Start(Tag::Heading { id, classes, attrs, .. }) => Event::Start(Tag::Heading {
            level: HeadingLevel::H3,
            id,
            classes,
            attrs,
        }),
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(HeadingLevel::H3)),
        other => other,
    });
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events);
    PreEscaped(html)
}
