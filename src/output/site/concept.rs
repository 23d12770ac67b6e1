//! The page of a concept.

use maud::{Markup, html};

use super::{Site, json_ld, link};
use crate::glossary::{Concept, Example, Grade, Name, Role};
use crate::output::count;
use crate::output::page::text;
use crate::run::Usage;

/// Everything that the glossary says about a concept, how texts use it, and the concepts that took its place and whose place it
/// took.
pub fn page(
    site: &Site<'_>,
    c: &Concept,
    usage: Option<&Usage>,
    successor: Option<&Concept>,
    earlier: &[&Concept],
) -> Markup {
    let (zh, en) = (c.preferred_zh().unwrap_or(&c.id), c.preferred_en().unwrap_or_default());
    let body = html! {
        h1 { span lang="zh" { (text(zh)) } " " span lang="en" { (text(en)) } }
        (names(c))
        (fields(c, successor, earlier))
        @if let Some(usage) = usage { (usages(usage)) }
        (examples("Right", &c.examples))
        (examples("Wrong", &c.counterexamples))
        (history(c))
    };
    let title = format!("{zh} {en}");
    site.page(&title, Some(&json_ld::term(c, site)), &body)
}

fn names(c: &Concept) -> Markup {
    let row = |name: &Name, lang: &str, language: &str| {
        let place = Some(c.place_of(&name.text)).filter(|place| **place != c.place);
        html! {
            tr {
                td lang=(lang) { (text(&name.text)) }
                td { (language) }
                td { span class={ "status-" (name.status.name()) } { (name.status.name()) } }
                td {
                    @if let Some(note) = &name.note { (text(note)) }
                    @if let Some(place) = place { " " span.place { (text(&place.to_string())) } }
                }
            }
        }
    };
    html! {
        table.report {
            thead {
                tr { th scope="col" { "Name" } th scope="col" { "Language" } th scope="col" { "Status" } th scope="col" { "Note" } }
            }
            tbody {
                @for name in &c.zh { (row(name, "zh", "Chinese")) }
                @for name in &c.en { (row(name, "en", "English")) }
                @if let Some(acronym) = &c.acronym {
                    tr { td lang="en" { (text(acronym)) } td { "English" } td { "acronym" } td {} }
                }
            }
        }
    }
}

fn fields(c: &Concept, successor: Option<&Concept>, earlier: &[&Concept]) -> Markup {
    let field = |name: &str, value: Option<&str>| {
        html! { @if let Some(value) = value { dt { (text(name)) } dd { (text(value)) } } }
    };
    html! {
        dl.entry {
            (field("id", Some(&c.id)))
            (field("kind", Some(c.kind.name())))
            (field("scope", c.scope.as_deref()))
            (field("authority", c.authority.as_deref()))
            @if let Some(citation) = &c.citation { dt { "citation" } dd { (linked(citation)) } }
            (field("grade", c.grade.map(grade).as_deref()))
            (field("valid from", c.valid_from.as_deref()))
            (field("valid to", c.valid_to.as_deref()))
            @match successor {
                Some(next) => { dt { "replaced by" } dd { (link(next, &both(next))) } }
                None => { (field("replaced by", c.replaced_by.as_deref())) }
            }
            @if !earlier.is_empty() {
                dt { "replaces" }
                dd { @for (i, c) in earlier.iter().enumerate() { @if i > 0 { ", " } (link(c, &both(c))) } }
            }
            @if c.case_sensitive { dt { "case" } dd { "English names match with the same capitals only" } }
            (field("note", c.note.as_deref()))
            @for (key, value) in &c.extra { (field(key, Some(value))) }
            (field("place", Some(&c.place.to_string())))
            @for layer in &c.layers {
                @let what = match layer.role {
                    Role::Overrides => "changed by",
                    Role::Added => "joined with",
                    Role::Overridden => "instead of",
                };
                (field(what, Some(&layer.place.to_string())))
            }
        }
    }
}

/// Both preferred names.
fn both(c: &Concept) -> Markup {
    html! {
        span lang="zh" { (text(c.preferred_zh().unwrap_or_default())) }
        " "
        span lang="en" { (text(c.preferred_en().unwrap_or_default())) }
    }
}

fn grade(grade: Grade) -> String {
    let meaning = match grade {
        Grade::A => "a page or document of the owner of the name",
        Grade::B => "an official outlet or a standard",
        Grade::C => "a reliable secondary source",
        Grade::D => "no source was found",
    };
    format!("{}: {meaning}", grade.name())
}

/// A citation, its web addresses as links.
fn linked(citation: &str) -> Markup {
    html! {
        @for (i, word) in citation.split(' ').enumerate() {
            @if i > 0 { " " }
            @let address = word.trim_end_matches([',', ';', '.', ')']);
            @match url(address) {
                Some(url) => { a href=(url) { (text(address)) } (text(&word[address.len()..])) }
                None => { (text(word)) }
            }
        }
    }
}

/// The URL of a web address: `https://a.cn/b`, or `a.cn/b`.
fn url(address: &str) -> Option<String> {
    let (scheme, rest) = match address.split_once("://") {
        Some((scheme @ ("http" | "https"), rest)) => (scheme, rest),
        Some(_) => return None,
        None => ("https", address),
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let is_host = labels.len() > 1 && labels.iter().all(is_label);
    let top = labels.last().copied().unwrap_or_default();
    let is_top = top.len() > 1 && top.bytes().all(|b| b.is_ascii_alphabetic());
    (is_host && is_top).then(|| format!("{scheme}://{rest}"))
}

fn usages(usage: &Usage) -> Markup {
    html! {
        h2 { "In the texts" }
        @if usage.pairs == 0 {
            p { "No text names it." }
        } @else {
            p { (count(usage.pairs, "pair")) " of the texts " @if usage.pairs == 1 { "names" } @else { "name" } " it." }
            table.report {
                thead { tr { th scope="col" { "Rendering" } th scope="col" { "Status" } th scope="col" { "Pairs" } } }
                tbody {
                    @for (name, status, pairs) in usage.by_frequency() {
                        tr {
                            td lang="en" { (text(name)) }
                            td { span class={ "status-" (status.name()) } { (status.name()) } }
                            td { (pairs) }
                        }
                    }
                    @if let Some(place) = &usage.first_unrendered {
                        tr {
                            td { "none of its names, first at " span.place { (text(place)) } }
                            td {}
                            td { (usage.unrendered) }
                        }
                    }
                }
            }
        }
    }
}

fn examples(heading: &str, examples: &[Example]) -> Markup {
    html! {
        @if !examples.is_empty() {
            h2 { (heading) }
            @for example in examples {
                p lang="zh" { (text(&example.zh)) }
                p lang="en" { (text(&example.en)) }
            }
        }
    }
}

fn history(c: &Concept) -> Markup {
    html! {
        @if !c.history.is_empty() {
            h2 { "History" }
            table.report {
                thead { tr { th scope="col" { "Day" } th scope="col" { "Author" } th scope="col" { "Change" } } }
                tbody {
                    @for change in &c.history {
                        tr {
                            td { (text(&change.date)) }
                            td { (text(&change.author)) }
                            td {
                                (text(&change.change))
                                @if let Some(reason) = &change.reason { " (" (text(reason)) ")" }
                            }
                        }
                    }
                }
            }
        }
    }
}
