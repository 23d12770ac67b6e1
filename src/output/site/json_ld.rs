//! A concept for machines: a `DefinedTerm` of schema.org, in JSON-LD.

use serde_json::{Value, json};

use super::Site;
use crate::glossary::{Concept, Name, Status};

/// The glossary as a whole. Its terms link to it.
pub fn set(site: &Site<'_>) -> Value {
    json!({
        "@context": "https://schema.org",
        "@type": "DefinedTermSet",
        "name": site.title,
        "inLanguage": ["zh", "en"],
    })
}

/// A concept: its preferred names, and the admitted ones and the acronym as alternate names.
pub fn term(concept: &Concept, site: &Site<'_>) -> Value {
    let with = |status: Status| {
        let of = move |names: &[Name], language: &str| -> Vec<Value> {
            let names = names.iter().filter(|n| n.status == status);
            names
                .map(|n| json!({ "@language": language, "@value": n.text }))
                .collect()
        };
        [of(&concept.zh, "zh"), of(&concept.en, "en")].concat()
    };
    let mut alternate = with(Status::Admitted);
    alternate.extend(
        concept
            .acronym
            .iter()
            .map(|a| json!({ "@language": "en", "@value": a })),
    );
    let mut term = json!({
        "@context": "https://schema.org",
        "@type": "DefinedTerm",
        "termCode": concept.id,
        "name": with(Status::Preferred),
        "inDefinedTermSet": { "@type": "DefinedTermSet", "name": site.title, "url": "../index.html" },
    });
    if !alternate.is_empty() {
        term["alternateName"] = alternate.into();
    }
    if let Some(note) = concept.scope.as_ref().or(concept.note.as_ref()) {
        term["description"] = json!(note);
    }
    term
}
