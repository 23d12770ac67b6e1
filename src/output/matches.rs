//! The concepts that a search in a glossary finds, as data.

use serde::Serialize;

use crate::glossary::search::{How, Match};
use crate::glossary::{Place, Status};

/// A concept that matches a query.
#[derive(Debug, Serialize)]
pub struct Row<'a> {
    id: &'a str,
    kind: &'static str,
    zh: Option<&'a str>,
    en: Option<&'a str>,
    acronym: Option<&'a str>,
    matched: Matched<'a>,
    place: &'a Place,
}

#[derive(Debug, Serialize)]
struct Matched<'a> {
    name: &'a str,
    /// `None` for an acronym or an id.
    status: Option<Status>,
    how: How,
    score: f64,
}

impl<'a> Row<'a> {
    /// The row of a match.
    pub fn new(m: &Match<'a>) -> Self {
        let c = m.concept;
        Self {
            id: &c.id,
            kind: c.kind.name(),
            zh: c.preferred_zh(),
            en: c.preferred_en(),
            acronym: c.acronym.as_deref(),
            matched: Matched {
                name: m.name,
                status: m.status(),
                how: m.how,
                score: m.score,
            },
            place: &c.place,
        }
    }
}
