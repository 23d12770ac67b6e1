//! Reads the entries of TBX files, in whatever version and style.

use super::element::{Element, for_each};
use super::{EXTRA, ID_PREFIX, divide};
use crate::glossary::load::headings::{Column, kind_of, status_of};
use crate::glossary::load::split::Split;
use crate::glossary::load::{Draft, Problem, Problems, fields};
use crate::glossary::{Change, Concept, Kind, Name, Place, Status, Text};
use crate::text::date::parse_date;
use crate::text::language_name::side_of_tag;
use crate::text::{Side, Source};

/// Elements that only group others.
const GROUPS: [&str; 6] = ["ntig", "tig", "termGrp", "termSec", "descripGrp", "adminGrp"];

/// Reads a file.
pub(in crate::glossary::exchange) fn read(
    source: &Source,
    split: &mut Split,
    drafts: &mut Vec<Draft>,
    problems: &mut Problems,
) {
    let mut reader = Reader {
        source,
        split,
        problems,
    };
    let (mut found, mut entries) = (0, Vec::new());
    let outcome = for_each(source, &["conceptEntry", "termEntry"], |entry| {
        found += 1;
        entries.push(entry);
    });
    match outcome {
        Err((at, message)) => {
            let problem = Problem::at_span(
                source,
                &(at..at),
                format!("not readable as TBX: {message}"),
                "export the file again, or correct the place",
            );
            problems.error(problem);
            return;
        }
        Ok(root) if found == 0 => {
            let message = match root {
                Some(root) => format!("no conceptEntry or termEntry in <{root}>"),
                None => "not XML".to_owned(),
            };
            let help = "export the termbase as TBX, version 2 or 3";
            problems.error(Problem::whole_file(source.path(), message, help));
            return;
        }
        Ok(_) => {}
    }
    for entry in &entries {
        drafts.extend(reader.entry(entry));
    }
}

struct Reader<'a> {
    source: &'a Source,
    split: &'a mut Split,
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn warning(&mut self, line: usize, message: impl Into<String>, help: &str) {
        let problem = Problem::at_line(self.source.path(), line, message, help);
        self.problems.warning(problem);
    }

    fn entry(&mut self, entry: &Element) -> Option<Draft> {
        let mut concept = Concept::new("", Kind::Term);
        concept.place = Place {
            file: self.source.path().clone(),
            line: entry.line,
        };
        let mut has_id = false;
        if let Some(id) = entry.id.as_deref() {
            match id.strip_prefix(ID_PREFIX) {
                Some(id) => {
                    has_id = true;
                    concept.id = id.to_owned().into();
                }
                None => extra(&mut concept, "tbx-id", id),
            }
        }
        for child in &entry.children {
            self.field(&mut concept, child);
        }
        for (names, side) in [(&concept.zh, Side::Zh), (&concept.en, Side::En)] {
            if names.is_empty() {
                let message = format!("no {} name: the entry is left out", side.name());
                self.warning(entry.line, message, "add a term, or delete the entry");
                return None;
            }
        }
        Some(Draft::new(concept, has_id))
    }

    /// A child of an entry.
    fn field(&mut self, concept: &mut Concept, element: &Element) {
        let text = element.text.trim();
        match element.category.as_str() {
            "langSec" | "langSet" => self.language(concept, element),
            name if GROUPS.contains(&name) => element.children.iter().for_each(|child| self.field(concept, child)),
            "subjectField" => match kind_of(text) {
                Some(kind) => concept.kind = kind,
                None => extra(concept, "subjectField", text),
            },
            "source" if concept.citation.is_none() => concept.citation = Some(text.to_owned().into()),
            "transacGrp" => add_change(concept, element),
            "crossReference" if text == "replaced-by" => {
                let id = element.target.as_deref().and_then(|t| t.strip_prefix(ID_PREFIX));
                concept.replaced_by = id.map(|id| id.to_owned().into());
            }
            "note" => self.note(concept, element, text),
            category => {
                let target = element.target.as_deref().unwrap_or_default();
                extra(concept, category, format!("{text} {target}").trim());
            }
        }
    }

    fn note(&mut self, concept: &mut Concept, element: &Element, text: &str) {
        let Some((key, value)) = divide(text) else {
            concept.note = Some(match concept.note.take() {
                Some(first) => format!("{first}; {}", one_line(text)).into(),
                None => one_line(text).into(),
            });
            return;
        };
        if let Some(key) = key.strip_prefix(EXTRA) {
            concept
                .extra
                .push((key.replace(":\u{a0}", ": ").into(), value.to_owned().into()));
            return;
        }
        let column = Column::of(key).unwrap_or(Column::Extra);
        // Each line of a field is a note of its own.
        let before = match column {
            Column::Example | Column::Counterexample => fields::text_of(concept, key),
            _ => None,
        };
        let value = before.map_or_else(|| value.to_owned(), |before| format!("{before}\n{value}"));
        if let Err((message, help)) = fields::set(concept, column, key, &value) {
            self.warning(element.line, message, &help);
        }
    }

    fn language(&mut self, concept: &mut Concept, section: &Element) {
        let tag = section.language.as_deref().unwrap_or_default();
        let Some(side) = side_of_tag(tag) else {
            let mut terms = Vec::new();
            collect_terms(section, &mut terms);
            extra(concept, &format!("terms ({tag})"), &terms.join(" | "));
            return;
        };
        for child in &section.children {
            if GROUPS.contains(&child.name.as_str()) {
                self.name(concept, side, child);
            } else {
                self.field(concept, child);
            }
        }
    }

    fn name(&mut self, concept: &mut Concept, side: Side, section: &Element) {
        let (mut text, mut status, mut note, mut acronym) = (String::new(), None, None::<String>, false);
        let mut others = Vec::new();
        for element in flatten(section) {
            let value = one_line(&element.text);
            match element.category.as_str() {
                "term" => text = value,
                "administrativeStatus" | "normativeAuthorization" | "usageStatus" => {
                    status = status.or(status_of(&value));
                    if status.is_none() {
                        others.push((element.category.clone(), value));
                    }
                }
                "termType" if value == "acronym" => acronym = true,
                "note" => match divide(&value) {
                    Some(("status", name)) => status = status_of(name),
                    Some(("note", text)) => note = Some(text.to_owned()),
                    _ => note = Some(note.map_or(value.clone(), |first| format!("{first}; {value}"))),
                },
                category => others.push((category.to_owned(), value)),
            }
        }
        if text.is_empty() {
            self.warning(
                section.line,
                "a term without a text is left out",
                "write it, or delete the element",
            );
            return;
        }
        let accepted = status.is_none_or(Status::is_accepted);
        if acronym && accepted && side == Side::En && concept.acronym.is_none() && !concept.en.is_empty() {
            concept.acronym = Some(text.into());
            return;
        }
        for (category, value) in others {
            extra(concept, &format!("{category} ({text})"), &value);
        }
        // A section has one term. Its signs divide names only where `--split` says so.
        let names = match side {
            Side::Zh => &mut concept.zh,
            Side::En => &mut concept.en,
        };
        let has_preferred = names.iter().any(|n| n.status == Status::Preferred);
        let status = match status {
            Some(Status::Preferred) | None if has_preferred => Status::Admitted,
            status => status.unwrap_or(Status::Preferred),
        };
        let (mut rest, mut status) = (Some(&*text), status);
        while let Some(part) = rest {
            let sign = self.split.find(part);
            let name = sign.as_ref().map_or(part, |sign| &part[..sign.start]).trim();
            if !name.is_empty() && names.iter().all(|n| n.text != name) {
                names.push(Name {
                    note: note.clone().map(Text::Owned),
                    ..Name::new(name, status)
                });
            }
            rest = sign.map(|sign| &part[sign.end..]);
            if status == Status::Preferred {
                status = Status::Admitted;
            }
        }
    }
}

/// An entry of the history, or the categories of another transaction.
fn add_change(concept: &mut Concept, group: &Element) {
    let text = |category: &str| {
        let found = group.children.iter().find(|c| c.category == category);
        found.map(|c| one_line(&c.text)).filter(|t| !t.is_empty())
    };
    let mut notes = group
        .children
        .iter()
        .filter(|c| c.category == "note")
        .map(|c| one_line(&c.text));
    let date = text("date").and_then(|d| d.get(..10).map(str::to_owned));
    let date = date.filter(|d| parse_date(d).is_ok());
    match (date, text("responsibility")) {
        (Some(date), Some(author)) => concept.history.push(Change {
            date: date.into(),
            author: author.into(),
            change: notes
                .next()
                .or_else(|| text("transactionType"))
                .unwrap_or_else(|| "changed".to_owned())
                .into(),
            reason: notes.next().map(Text::Owned),
        }),
        _ => extra(concept, "transaction", &one_line(&group.text)),
    }
}

/// The elements below a term section that are no groups.
fn flatten(section: &Element) -> Vec<&Element> {
    let mut flat = Vec::new();
    for child in &section.children {
        if GROUPS.contains(&child.name.as_str()) || child.name == "termNoteGrp" {
            flat.extend(flatten(child));
        } else {
            flat.push(child);
        }
    }
    flat
}

fn collect_terms(element: &Element, terms: &mut Vec<String>) {
    for child in &element.children {
        if child.category == "term" {
            terms.push(one_line(&child.text));
        } else {
            collect_terms(child, terms);
        }
    }
}

/// Adds a further field; one that is there already gets the text behind its own.
fn extra(concept: &mut Concept, key: &str, text: &str) {
    let text = one_line(text);
    if text.is_empty() {
        return;
    }
    match concept.extra.iter_mut().find(|(k, _)| k == key) {
        Some((_, first)) => *first = format!("{first} | {text}").into(),
        None => concept.extra.push((key.to_owned().into(), text.into())),
    }
}

/// The text without the line breaks and indentation of the file.
fn one_line(text: &str) -> String {
    if text.contains('\n') {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.trim().to_owned()
    }
}
