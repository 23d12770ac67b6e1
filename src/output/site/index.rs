//! The front page and the indexes by pinyin and by English.

use std::collections::BTreeMap;
use std::io;

use maud::{Markup, html};
use rayon::prelude::*;

use super::{Put, Site, json_ld, link};
use crate::glossary::search::{fold, spelling};
use crate::glossary::{Concept, Name, Status};
use crate::output::count;
use crate::output::page::{site_page, text};
use crate::text::Side;

/// How many names a page of an index has at most.
const ROWS: usize = 1000;

/// The letter of names that begin with none.
const OTHER: char = '#';

/// A name in an index.
struct Row<'a> {
    concept: &'a Concept,
    /// The name, and its status unless it is an acronym.
    name: &'a str,
    status: Option<Status>,
}

/// The rows of a letter, in order.
type Letters<'a> = BTreeMap<char, Vec<Row<'a>>>;

/// The page with the search.
pub fn front(site: &Site<'_>, shards: usize) -> Markup {
    let names: usize = site.concepts.iter().map(|c| c.zh.len() + c.en.len()).sum();
    let body = html! {
        main id="content" {
            h1 { (text(site.title)) }
            p { (count(site.concepts.len(), "concept")) " with " (count(names, "name")) }
            form id="search" role="search" data-shards=(shards) hidden {
                label for="query" { "Search in Chinese, English, pinyin or its initials, or by acronym" }
                input id="query" type="search" name="q" autocomplete="off" spellcheck="false";
            }
            p.status id="status" role="status" {}
            ul id="results" {}
            @for side in [Side::Zh, Side::En] {
                h2 { (heading(side)) }
                (letters(side, &initials(site, side), None, ""))
            }
        }
        footer { "Written by bilint " (env!("CARGO_PKG_VERSION")) ". It loads nothing from elsewhere and sends nothing." }
    };
    site_page(site.title, "", Some(&json_ld::set(site)), &body, true)
}

/// Writes the pages of both indexes.
pub fn write(site: &Site<'_>, out: &dyn Put) -> io::Result<()> {
    for side in [Side::Zh, Side::En] {
        let index = rows(site, side);
        let all: Vec<char> = index.keys().copied().collect();
        index.par_iter().try_for_each(|(&letter, rows)| {
            let parts = rows.chunks(ROWS).count();
            rows.chunks(ROWS).enumerate().try_for_each(|(part, rows)| {
                let title = format!("{}: {}", heading(side), shown(letter));
                let body = html! {
                    h1 { (title) }
                    (letters(side, &all, Some(letter), "../"))
                    @if parts > 1 { (numbers(letter, part, parts)) }
                    (table(rows, side))
                };
                let path = format!("{}/{}", side.code(), file(letter, part));
                out.put(&path, &site.page(&title, None, &body).into_string())
            })
        })?;
    }
    Ok(())
}

const fn heading(side: Side) -> &'static str {
    match side {
        Side::Zh => "Chinese names by pinyin",
        Side::En => "English names and acronyms",
    }
}

/// A letter for readers.
fn shown(letter: char) -> String {
    if letter == OTHER {
        "other".to_owned()
    } else {
        letter.to_uppercase().to_string()
    }
}

/// The file of a part of a letter.
fn file(letter: char, part: usize) -> String {
    let letter = if letter == OTHER {
        "other".to_owned()
    } else {
        letter.to_string()
    };
    match part {
        0 => format!("{letter}.html"),
        part => format!("{letter}-{}.html", part + 1),
    }
}

/// The letters with names, and their links.
fn letters(side: Side, all: &[char], current: Option<char>, root: &str) -> Markup {
    html! {
        nav.letters aria-label=(heading(side)) {
            @for &letter in all {
                a href={ (root) (side.code()) "/" (file(letter, 0)) } aria-current=[(current == Some(letter)).then_some("page")] {
                    (shown(letter))
                }
                " "
            }
        }
    }
}

/// The parts of a letter, and their links.
fn numbers(letter: char, current: usize, parts: usize) -> Markup {
    html! {
        nav.letters aria-label="Parts" {
            "Part "
            @for part in 0..parts {
                a href=(file(letter, part)) aria-current=[(part == current).then_some("page")] { (part + 1) }
                " "
            }
        }
    }
}

fn table(rows: &[Row<'_>], side: Side) -> Markup {
    let (lang, other) = match side {
        Side::Zh => ("zh", "en"),
        Side::En => ("en", "zh"),
    };
    html! {
        table.report {
            thead {
                tr {
                    th scope="col" { "Name" }
                    th scope="col" { @if side == Side::Zh { "English" } @else { "Chinese" } }
                }
            }
            tbody {
                @for row in rows {
                    tr {
                        td lang=(lang) {
                            (link(row.concept, &text(row.name)))
                            @if let Some(status) = row.status.filter(|s| !s.is_accepted()) {
                                " " span lang="en" class={ "status-" (status.name()) } { (status.name()) }
                            }
                        }
                        td lang=(other) {
                            @let translation = match side {
                                Side::Zh => row.concept.preferred_en(),
                                Side::En => row.concept.preferred_zh(),
                            };
                            (text(translation.unwrap_or_default()))
                        }
                    }
                }
            }
        }
    }
}

/// The letters that [`rows`] has.
fn initials(site: &Site<'_>, side: Side) -> Vec<char> {
    let names = site.concepts.par_iter().flat_map_iter(|c| keys(c, side));
    let mut letters: Vec<char> = names.map(|(key, _)| initial(&key)).collect();
    letters.par_sort_unstable();
    letters.dedup();
    letters
}

/// The names of one language with the concepts that have them, by their first letter.
fn rows<'a>(site: &Site<'a>, side: Side) -> Letters<'a> {
    let concepts: &'a [Concept] = site.concepts;
    let keyed = concepts.par_iter().flat_map_iter(|c| keys(c, side));
    let mut all: Vec<(String, Row<'a>)> = keyed.collect();
    all.par_sort_by(|(a, x), (b, y)| (a, x.name, &x.concept.id).cmp(&(b, y.name, &y.concept.id)));
    let mut letters = Letters::new();
    for (key, row) in all {
        letters.entry(initial(&key)).or_default().push(row);
    }
    letters
}

/// The names of a concept in one language, each with what it is sorted by.
fn keys(concept: &Concept, side: Side) -> impl Iterator<Item = (String, Row<'_>)> {
    let english = concept.preferred_en().unwrap_or_default();
    let names = concept.names(side).iter().map(move |Name { text, status, .. }| {
        let key = match side {
            Side::Zh => spelling(text, english).join(" "),
            Side::En => key_of_english(text),
        };
        (key, text.as_ref(), Some(*status))
    });
    let acronym = concept.acronym.as_deref().filter(|_| side == Side::En);
    let acronym = acronym.into_iter().map(|a| (key_of_english(a), a, None));
    names.chain(acronym).map(move |(key, name, status)| {
        let row = Row { concept, name, status };
        (key, row)
    })
}

fn key_of_english(name: &str) -> String {
    let folded = fold(name);
    folded.strip_prefix("the ").map(str::to_owned).unwrap_or(folded)
}

fn initial(key: &str) -> char {
    key.chars().next().filter(char::is_ascii_alphabetic).unwrap_or(OTHER)
}
