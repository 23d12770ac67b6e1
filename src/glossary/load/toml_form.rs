//! The TOML form: one `[[concept]]` table per concept. The `toml` crate parses it with spans, so that each problem is
//! reported at its line and column.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::problem::{Problem, Problems};
use super::{Draft, TOO_LONG_HELP, is_too_long, too_long};
use crate::glossary::{Change, Concept, Example, Grade, Kind, Name, Place, Status, Text};
use crate::text::date::parse_date;
use crate::text::{Side, Source, nearest, script};

/// The keys of a concept, in the order of the built-in files.
pub(super) const KEYS: [&str; 19] = [
    "id",
    "override",
    "kind",
    "zh",
    "en",
    "acronym",
    "case-sensitive",
    "scope",
    "authority",
    "citation",
    "grade",
    "valid-from",
    "valid-to",
    "replaced-by",
    "note",
    "example",
    "counterexample",
    "history",
    "extra",
];
const NAME_KEYS: [&str; 3] = ["name", "status", "note"];
const CHANGE_KEYS: [&str; 4] = ["date", "author", "reason", "change"];

/// A value with its bytes in the file.
type Node<'a> = Spanned<DeValue<'a>>;

/// Reads the concepts of a file. Concepts with problems are left out; the problems are collected.
pub(super) fn parse(source: &Source, drafts: &mut Vec<Draft>, problems: &mut Problems) {
    let first_error = problems.errors();
    let (root, errors) = DeTable::parse_recoverable(source.text());
    let invalid: Vec<Range<usize>> = errors.iter().map(|e| e.span().unwrap_or(0..0)).collect();
    for (span, error) in invalid.iter().zip(&errors) {
        problems.error(Problem::at_span(
            source,
            span,
            format!("not valid TOML: {}", error.message()),
            "correct the syntax here: strings in \"…\", lists in [ ], each concept under [[concept]]",
        ));
    }
    let mut reader = Reader { source, problems };
    for (key, value) in in_file_order(root.get_ref()) {
        match (&**key.get_ref(), value.get_ref()) {
            ("concept", DeValue::Array(concepts)) => {
                for (i, entry) in concepts.iter().enumerate() {
                    let start = entry.span().start;
                    let end = concepts
                        .get(i + 1)
                        .map_or(source.text().len(), |next| next.span().start);
                    // The syntax error is reported already. What the parser recovered around it is incomplete, so any
                    // problem found there would be noise.
                    if !invalid.iter().any(|span| (start..=end).contains(&span.start)) {
                        drafts.extend(reader.concept(entry));
                    }
                }
            }
            ("concept", _) => reader.error(&value.span(), "one pair of brackets", "write [[concept]]"),
            (other, _) => reader.unknown_key(other, &key.span(), &["concept"]),
        }
    }
    problems.sort_errors_from(first_error);
}

/// The keys and values of a table, in the order of the file.
fn in_file_order<'t, 'a>(table: &'t DeTable<'a>) -> Vec<(&'t Spanned<DeString<'a>>, &'t Node<'a>)> {
    let mut fields: Vec<_> = table.iter().collect();
    fields.sort_by_key(|(key, _)| key.span().start);
    fields
}

struct Reader<'s, 'p> {
    source: &'s Source,
    problems: &'p mut Problems,
}

impl Reader<'_, '_> {
    fn error(&mut self, span: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.problems.error(Problem::at_span(self.source, span, message, help));
    }

    fn unknown_key(&mut self, key: &str, span: &Range<usize>, known: &[&str]) {
        let help = match nearest(key, known.iter().copied()) {
            Some(near) => format!("did you mean “{near}”?"),
            None => format!("known keys: {}", known.join(", ")),
        };
        self.error(span, format!("unknown key “{key}”"), help);
    }

    fn wrong_type(&mut self, what: &str, value: &Node<'_>, help: &str) {
        let found = value.get_ref().type_str();
        self.error(&value.span(), format!("{what} has the type {found}"), help);
    }

    /// The concept, unless it has problems.
    fn concept(&mut self, entry: &Node<'_>) -> Option<Draft> {
        let before = self.problems.errors();
        let DeValue::Table(table) = entry.get_ref() else {
            self.wrong_type("a concept", entry, "begin it with [[concept]] on a line of its own");
            return None;
        };
        let mut concept = Concept::new("", Kind::Term);
        concept.place = Place {
            file: self.source.path().clone(),
            line: self.source.position(entry.span().start).line,
        };
        let overrides = self.overridden_keys(table);
        for (key, value) in in_file_order(table) {
            self.key(&mut concept, key, value, overrides.is_some());
        }
        for missing in ["id", "kind", "zh", "en"]
            .into_iter()
            .filter(|&k| !table.contains_key(k) && (overrides.is_none() || k == "id"))
        {
            let help = match missing {
                "id" => "add id = \"…\": lower-case words joined by hyphens, unique in the glossary".to_owned(),
                "kind" => format!("add kind = \"…\": one of {}", kinds()),
                _ => format!("add {missing} = [\"…\"]: the preferred name first"),
            };
            self.error(&entry.span(), format!("the concept has no “{missing}”"), help);
        }
        if let (Some(from), Some(to)) = (&concept.valid_from, &concept.valid_to)
            && from > to
        {
            self.error(
                &entry.span(),
                format!("valid-from {from} is later than valid-to {to}"),
                "correct one of the dates",
            );
        }
        (self.problems.errors() == before).then_some(Draft {
            overrides,
            ..Draft::new(concept, true)
        })
    }

    /// The keys of an entry that only overrides those of another one.
    fn overridden_keys(&mut self, table: &DeTable<'_>) -> Option<Vec<&'static str>> {
        let value = table.get("override")?;
        match *value.get_ref() {
            DeValue::Boolean(true) => {
                let is_set = |key: &&str| !["id", "override"].contains(key) && table.contains_key(*key);
                Some(KEYS.into_iter().filter(is_set).collect())
            }
            DeValue::Boolean(false) => None,
            _ => {
                self.wrong_type("override", value, "write true or false without quotes");
                None
            }
        }
    }

    fn key(&mut self, concept: &mut Concept, key: &Spanned<DeString<'_>>, value: &Node<'_>, is_override: bool) {
        match &**key.get_ref() {
            "id" => {
                if let Some(id) = self.string("the id", value) {
                    if is_kebab_case(&id) {
                        concept.id = id;
                    } else {
                        let help = format!("write id = \"{}\"", super::merge::slug(&id));
                        self.error(&value.span(), format!("the id “{id}” is not in kebab-case"), help);
                    }
                }
            }
            "kind" => {
                if let Some(kind) = self.one_of("the kind", value, &Kind::ALL, Kind::name) {
                    concept.kind = kind;
                }
            }
            "override" => {} // See `overridden_keys`.
            "zh" => concept.zh = self.names(Side::Zh, value, is_override),
            "en" => concept.en = self.names(Side::En, value, is_override),
            "acronym" => concept.acronym = self.string("the acronym", value),
            "case-sensitive" => match *value.get_ref() {
                DeValue::Boolean(b) => concept.case_sensitive = b,
                _ => self.wrong_type("case-sensitive", value, "write true or false without quotes"),
            },
            "scope" => concept.scope = self.string("the scope", value),
            "authority" => concept.authority = self.string("the authority", value),
            "citation" => concept.citation = self.string("the citation", value),
            "grade" => concept.grade = self.one_of("the grade", value, &Grade::ALL, Grade::name),
            "valid-from" => concept.valid_from = self.date("valid-from", value),
            "valid-to" => concept.valid_to = self.date("valid-to", value),
            "replaced-by" => concept.replaced_by = self.string("replaced-by", value),
            "note" => concept.note = self.string("the note", value),
            "example" => concept.examples = self.examples("example", value),
            "counterexample" => concept.counterexamples = self.examples("counterexample", value),
            "history" => concept.history = self.history(value),
            "extra" => match value.get_ref() {
                DeValue::Table(table) => {
                    for (key, value) in in_file_order(table) {
                        if let Some(text) = self.string("a value of extra", value) {
                            concept.extra.push((key.get_ref().to_string().into(), text));
                        }
                    }
                }
                _ => self.wrong_type("extra", value, "write extra = { key = \"value\" }"),
            },
            other => self.unknown_key(other, &key.span(), &KEYS),
        }
    }

    /// The texts of `example` or `counterexample`.
    fn examples(&mut self, key: &str, value: &Node<'_>) -> Vec<Example> {
        let help = format!("write {key} = [{{ zh = \"…\", en = \"…\" }}]");
        let rows = self.tables(key, value, &["zh", "en"], &["zh", "en"], &help);
        rows.into_iter()
            .map(|mut row| Example {
                zh: row[0].take().unwrap_or_default(),
                en: row[1].take().unwrap_or_default(),
            })
            .collect()
    }

    fn history(&mut self, value: &Node<'_>) -> Vec<Change> {
        let help = "write history = [{ date = \"2026-01-31\", author = \"…\", reason = \"…\", change = \"…\" }]";
        let rows = self.tables("history", value, &CHANGE_KEYS, &["date", "author", "change"], help);
        rows.into_iter()
            .map(|mut row| Change {
                date: row[0].take().unwrap_or_default(),
                author: row[1].take().unwrap_or_default(),
                reason: row[2].take(),
                change: row[3].take().unwrap_or_default(),
            })
            .collect()
    }

    /// The strings under `keys` of each table of a list; tables without one of the `required` keys are problems.
    fn tables<const N: usize>(
        &mut self,
        what: &str,
        value: &Node<'_>,
        keys: &[&str; N],
        required: &[&str],
        help: &str,
    ) -> Vec<[Option<Text>; N]> {
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(what, value, help);
            return Vec::new();
        };
        let mut rows = Vec::with_capacity(items.len());
        for item in items {
            let DeValue::Table(table) = item.get_ref() else {
                self.wrong_type(&format!("an entry of {what}"), item, help);
                continue;
            };
            let mut row = [const { None }; N];
            for (key, value) in in_file_order(table) {
                let name = &**key.get_ref();
                match keys.iter().position(|k| *k == name) {
                    Some(i) if name == "date" => row[i] = self.date("the date", value),
                    Some(i) => row[i] = self.string(name, value),
                    None => self.unknown_key(name, &key.span(), keys),
                }
            }
            if let Some(missing) = required.iter().find(|k| !table.contains_key(**k)) {
                self.error(&item.span(), format!("an entry of {what} without “{missing}”"), help);
                continue;
            }
            rows.push(row);
        }
        rows
    }

    /// The names of one language. The first one without a status is preferred.
    fn names(&mut self, side: Side, value: &Node<'_>, is_override: bool) -> Vec<Name> {
        let DeValue::Array(items) = value.get_ref() else {
            let help = format!("write {} = [\"…\"]", side.code());
            self.wrong_type(&format!("the list of {} names", side.name()), value, &help);
            return Vec::new();
        };
        let mut names: Vec<Name> = Vec::with_capacity(items.len());
        let before = self.problems.errors();
        for item in items {
            let Some((text, status, note)) = self.name(side, item) else {
                continue;
            };
            let has_preferred = names.iter().any(|n| n.status == Status::Preferred);
            if status == Some(Status::Preferred) && has_preferred {
                self.error(
                    &item.span(),
                    format!("“{text}” is a second preferred {} name", side.name()),
                    "make one of the two \"admitted\": a concept has one preferred name per language",
                );
                continue;
            }
            let default = if has_preferred {
                Status::Admitted
            } else {
                Status::Preferred
            };
            let status = status.unwrap_or(default);
            match names.iter().find(|n| n.text == text) {
                Some(same) if same.status.is_accepted() == status.is_accepted() => {
                    self.problems.warning(Problem::at_span(
                        self.source,
                        &item.span(),
                        format!("“{text}” is listed twice"),
                        "delete one of the two",
                    ));
                }
                Some(same) => {
                    let message = format!("“{text}” is both {} and {}", same.status.name(), status.name());
                    self.error(&item.span(), message, "keep one of the two");
                }
                None => names.push(Name { text, status, note }),
            }
        }
        // A name with a problem may be the missing one.
        let is_complete = is_override || names.iter().any(|n| n.status.is_accepted());
        if self.problems.errors() == before && !is_complete {
            let message = format!("no {} name is accepted", side.name());
            self.error(
                &value.span(),
                message,
                "put the preferred name first, as a plain string",
            );
        }
        names
    }

    fn name(&mut self, side: Side, item: &Node<'_>) -> Option<(Text, Option<Status>, Option<Text>)> {
        let what = match side {
            Side::Zh => "the Chinese name",
            Side::En => "the English name",
        };
        let (text, status, note) = match item.get_ref() {
            DeValue::String(_) => (self.string(what, item)?, None, None),
            DeValue::Table(table) => {
                let (mut text, mut status, mut note) = (None, None, None);
                let before = self.problems.errors();
                for (key, value) in in_file_order(table) {
                    match &**key.get_ref() {
                        "name" => text = self.string(what, value),
                        "status" => status = self.one_of("the status", value, &Status::ALL, Status::name),
                        "note" => note = self.string("the note", value),
                        other => self.unknown_key(other, &key.span(), &NAME_KEYS),
                    }
                }
                if !table.contains_key("name") {
                    self.error(
                        &item.span(),
                        "a name without “name”",
                        "write { name = \"…\", status = \"…\" }",
                    );
                }
                if self.problems.errors() > before {
                    return None;
                }
                (text?, status, note)
            }
            _ => {
                self.wrong_type(what, item, "write \"…\" or { name = \"…\", status = \"…\" }");
                return None;
            }
        };
        if is_too_long(&text) {
            self.error(&item.span(), too_long(&text), TOO_LONG_HELP);
            return None;
        }
        if side == Side::En && text.chars().any(script::is_han) {
            self.problems.warning(Problem::at_span(
                self.source,
                &item.span(),
                format!("the English name “{text}” has Chinese characters"),
                "move it to zh, or write the English name",
            ));
        }
        Some((text, status, note))
    }

    /// A string of one line that is not empty.
    fn string(&mut self, what: &str, value: &Node<'_>) -> Option<Text> {
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_type(what, value, "write it in quotes: \"…\"");
            return None;
        };
        let trimmed = text.trim();
        if trimmed.is_empty() {
            self.error(&value.span(), format!("{what} is empty"), "write it, or delete the key");
        } else if trimmed.len() != text.len() {
            let message = format!("{what} begins or ends with a space");
            self.error(&value.span(), message, format!("write \"{trimmed}\""));
        } else if text.contains(char::is_control) {
            self.error(
                &value.span(),
                format!("{what} contains a line break or tab"),
                "write it on one line",
            );
        } else {
            return Some(Text::Owned(text.to_string()));
        }
        None
    }

    fn one_of<T: Copy>(&mut self, key: &str, value: &Node<'_>, all: &[T], name: fn(T) -> &'static str) -> Option<T> {
        let text = self.string(key, value)?;
        let found = all.iter().copied().find(|&t| name(t) == text);
        if found.is_none() {
            let names: Vec<&str> = all.iter().map(|&t| name(t)).collect();
            let help = match nearest(&text, names.iter().copied()) {
                Some(near) => format!("did you mean “{near}”?"),
                None => format!("write one of {}", names.join(", ")),
            };
            self.error(
                &value.span(),
                format!("unknown {} “{text}”", key.trim_start_matches("the ")),
                help,
            );
        }
        found
    }

    fn date(&mut self, key: &str, value: &Node<'_>) -> Option<Text> {
        let text = match value.get_ref() {
            DeValue::Datetime(date) => Text::Owned(date.to_string()),
            _ => self.string(key, value)?,
        };
        if parse_date(&text).is_ok() {
            return Some(text);
        }
        let message = format!("{key} “{text}” is not a date");
        self.error(&value.span(), message, "write it as YYYY-MM-DD, such as 2026-01-31");
        None
    }
}

fn kinds() -> String {
    Kind::ALL.map(Kind::name).join(", ")
}

/// Lower-case ASCII words and digits joined by single hyphens.
pub(in crate::glossary) fn is_kebab_case(id: &str) -> bool {
    id.split('-')
        .all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}
