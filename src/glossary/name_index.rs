//! The names of a large glossary in one text, in which they are searched without reading the glossary.

use rayon::prelude::*;

use super::search::{Query, fold, names};
use super::{Concept, Glossary, Kind, Name, Place, Status, Text};

/// Between the names of a field.
const BETWEEN: char = '\u{1f}';

/// A line for each concept: id, kind, file, line, acronym, Chinese names, English names, all names folded; between tabs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameIndex {
    text: String,
}

impl NameIndex {
    /// The index of these concepts; `None` if a text of them has a control character.
    pub fn new(concepts: &[Concept]) -> Option<Self> {
        let lines: Option<Vec<String>> = concepts.par_iter().map(line).collect();
        Some(Self {
            text: lines?.join("\n"),
        })
    }

    /// An index as [`Self::text`] gives it.
    pub const fn from_text(text: String) -> Self {
        Self { text }
    }

    /// The index as a text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The concepts that a [search](super::search::search) for `query` finds, with what the index has of them; `None` if the
    /// index is damaged.
    pub fn matching(&self, query: &str) -> Option<Glossary> {
        let query = Query::new(query);
        let lines: Vec<&str> = self.text.lines().collect();
        let with = |is_like: &(dyn Fn(&str) -> bool + Sync)| -> Vec<&str> {
            let is_found = |line: &&&str| {
                let (_, folded) = line.rsplit_once('\t').unwrap_or_default();
                folded.split(BETWEEN).any(is_like)
            };
            lines.par_iter().filter(is_found).copied().collect()
        };
        let mut found = with(&|folded| query.compare(folded).is_some());
        if found.is_empty() {
            found = with(&|folded| query.similarity(folded).is_some());
        }
        let concepts: Option<Vec<Concept>> = found.into_iter().map(concept).collect();
        Some(Glossary::new(concepts?))
    }
}

fn line(c: &Concept) -> Option<String> {
    let joined = |texts: Vec<String>| texts.join(&BETWEEN.to_string());
    let written = |names: &[Name]| {
        let code = |status: Status| Status::ALL.iter().position(|s| *s == status).unwrap_or_default();
        joined(names.iter().map(|n| format!("{}{}", code(n.status), n.text)).collect())
    };
    let is_plain = |text: &str| !text.contains(char::is_control);
    let are_plain = names(c).all(is_plain) && is_plain(&c.place.file);
    are_plain.then(|| {
        [
            c.id.to_string(),
            c.kind.name().to_owned(),
            c.place.file.to_string(),
            c.place.line.to_string(),
            c.acronym.as_deref().unwrap_or_default().to_owned(),
            written(&c.zh),
            written(&c.en),
            joined(names(c).map(fold).collect()),
        ]
        .join("\t")
    })
}

fn concept(line: &str) -> Option<Concept> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [id, kind, file, number, acronym, zh, en, _] = fields[..] else {
        return None;
    };
    let names = |field: &str| -> Option<Vec<Name>> {
        let name = |written: &str| {
            let (code, text) = written.split_at_checked(1)?;
            Some(Name::new(text, *Status::ALL.get(code.parse::<usize>().ok()?)?))
        };
        field.split(BETWEEN).map(name).collect()
    };
    let mut concept = Concept::new(id, Kind::ALL.into_iter().find(|k| k.name() == kind)?);
    (concept.zh, concept.en) = (names(zh)?, names(en)?);
    concept.acronym = (!acronym.is_empty()).then(|| Text::Owned(acronym.to_owned()));
    concept.place = Place {
        file: file.into(),
        line: number.parse().ok()?,
    };
    Some(concept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::builtin;
    use crate::glossary::search::search;

    #[test]
    fn a_search_in_the_index_finds_what_a_search_in_the_glossary_finds() {
        let glossary = builtin();
        let index = NameIndex::new(glossary.concepts()).unwrap();
        for query in [
            "中国科学院",
            "科学院",
            "academy sciences",
            "zgkxy",
            "kexueyuan",
            "CAS",
            "Chinese Acadmy",
            "",
            "xyzzyq",
        ] {
            let found = |glossary: &Glossary| -> Vec<_> {
                let found = search(glossary, query).into_iter();
                found
                    .map(|m| {
                        (
                            m.concept.id.to_string(),
                            m.name.to_owned(),
                            m.how,
                            m.concept.place.clone(),
                        )
                    })
                    .collect()
            };
            assert_eq!(found(&index.matching(query).unwrap()), found(&glossary), "{query}");
        }
    }

    #[test]
    fn a_damaged_index_is_refused() {
        let index = NameIndex::new(builtin().concepts()).unwrap();
        let damaged = NameIndex::from_text(index.text().replace("\tinstitution\t", "\tinstitutio\t"));
        assert!(damaged.matching("中国科学院").is_none());
    }
}
