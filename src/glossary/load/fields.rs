//! The fields of a concept as texts: what a cell of a table, a value of JSON and a note of TBX have in common.

use super::headings::{Column, kind_of};
use crate::glossary::{Change, Concept, Example, Grade, Kind, Text};
use crate::text::date::parse_date;

/// What is wrong with a text, and what to do.
pub(in crate::glossary) type Fault = (String, String);

/// Sets the field that `column` gives, except for ids and names. A kind that is none of ours is kept in `extra` under
/// `heading`.
///
/// # Errors
/// The field cannot hold this text.
pub(in crate::glossary) fn set(concept: &mut Concept, column: Column, heading: &str, text: &str) -> Result<(), Fault> {
    let owned = || Some(Text::Owned(text.to_owned()));
    match column {
        Column::Kind => {
            concept.kind = kind_of(text).unwrap_or(Kind::Term);
            if kind_of(text).is_none() {
                concept.extra.push((heading.to_owned().into(), text.to_owned().into()));
            }
        }
        Column::Acronym => concept.acronym = owned(),
        Column::Note => concept.note = owned(),
        Column::Authority => concept.authority = owned(),
        Column::Citation => concept.citation = owned(),
        Column::Scope => concept.scope = owned(),
        Column::ReplacedBy => concept.replaced_by = owned(),
        Column::Grade => concept.grade = Some(grade(text)?),
        Column::ValidFrom => concept.valid_from = Some(date(text)?),
        Column::ValidTo => concept.valid_to = Some(date(text)?),
        Column::CaseSensitive => concept.case_sensitive = boolean(text)?,
        Column::Example => concept.examples = examples(text)?,
        Column::Counterexample => concept.counterexamples = examples(text)?,
        Column::History => concept.history = history(text)?,
        Column::Extra => concept.extra.push((heading.to_owned().into(), text.to_owned().into())),
        Column::Id
        | Column::Zh
        | Column::En
        | Column::MoreZh
        | Column::MoreEn
        | Column::Status
        | Column::Language
        | Column::Name
        | Column::NameNote => {}
    }
    Ok(())
}

/// Removes a field.
pub(in crate::glossary) fn clear(concept: &mut Concept, key: &str) {
    match key {
        "acronym" => concept.acronym = None,
        "case-sensitive" => concept.case_sensitive = false,
        "scope" => concept.scope = None,
        "authority" => concept.authority = None,
        "citation" => concept.citation = None,
        "grade" => concept.grade = None,
        "valid-from" => concept.valid_from = None,
        "valid-to" => concept.valid_to = None,
        "replaced-by" => concept.replaced_by = None,
        "note" => concept.note = None,
        "example" => concept.examples.clear(),
        "counterexample" => concept.counterexamples.clear(),
        "history" => concept.history.clear(),
        _ => {}
    }
}

/// The keys of the fields, in the order of glossary files.
pub(in crate::glossary) fn keys() -> impl Iterator<Item = &'static str> {
    let others = ["id", "override", "zh", "en", "extra"];
    super::toml_form::KEYS
        .into_iter()
        .filter(move |key| !others.contains(key))
}

fn grade(text: &str) -> Result<Grade, Fault> {
    let found = Grade::ALL.into_iter().find(|g| g.name() == text);
    found.ok_or_else(|| (format!("unknown grade “{text}”"), "write one of A, B, C, D".to_owned()))
}

fn date(text: &str) -> Result<Text, Fault> {
    match parse_date(text) {
        Ok(_) => Ok(text.to_owned().into()),
        Err(_) => Err((
            format!("“{text}” is not a date"),
            "write it as YYYY-MM-DD, such as 2026-01-31".to_owned(),
        )),
    }
}

fn boolean(text: &str) -> Result<bool, Fault> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "1" | "是" => Ok(true),
        "false" | "no" | "0" | "否" => Ok(false),
        _ => Err((format!("case-sensitive is “{text}”"), "write true or false".to_owned())),
    }
}

/// A line for each pair: `中文 | English`.
fn examples(text: &str) -> Result<Vec<Example>, Fault> {
    let pair = |line: &str| match &mut parts(line)[..] {
        [zh, en] => Ok(Example {
            zh: std::mem::take(zh).into(),
            en: std::mem::take(en).into(),
        }),
        _ => Err((
            format!("“{line}” is no example"),
            "write each on a line: the Chinese, “ | ”, the English".to_owned(),
        )),
    };
    text.lines().filter(|l| !l.trim().is_empty()).map(pair).collect()
}

/// A line for each change: `2026-01-31 | author | change | reason`.
fn history(text: &str) -> Result<Vec<Change>, Fault> {
    let change = |line: &str| {
        let mut parts = parts(line).into_iter().map(Text::Owned);
        match (parts.next(), parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(date), Some(author), Some(change), reason, None) if parse_date(&date).is_ok() => Ok(Change {
                date,
                author,
                reason,
                change,
            }),
            _ => Err((
                format!("“{line}” is no entry of a history"),
                "write each on a line: YYYY-MM-DD | author | change | reason".to_owned(),
            )),
        }
    };
    text.lines().filter(|l| !l.trim().is_empty()).map(change).collect()
}

/// The parts of a line between its bars. `\|` is a bar, and `\\` a backslash.
fn parts(line: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = line.trim().chars();
    while let Some(c) = chars.next() {
        let last = parts.len() - 1;
        match c {
            '|' => parts.push(String::new()),
            '\\' => parts[last].extend(chars.next()),
            c => parts[last].push(c),
        }
    }
    parts.iter().map(|p| p.trim().to_owned()).collect()
}

/// The text of a field as [`set`] reads it; `None` if the concept has none. Ids and names are no fields.
pub(in crate::glossary) fn text_of(concept: &Concept, key: &str) -> Option<String> {
    let owned = |text: &Option<Text>| text.as_deref().map(str::to_owned);
    let lines = |lines: Vec<String>| (!lines.is_empty()).then(|| lines.join("\n"));
    let pairs = |examples: &[Example]| lines(examples.iter().map(|e| joined([&*e.zh, &*e.en])).collect());
    match key {
        "kind" => Some(concept.kind.name().to_owned()),
        "acronym" => owned(&concept.acronym),
        "case-sensitive" => concept.case_sensitive.then(|| "true".to_owned()),
        "scope" => owned(&concept.scope),
        "authority" => owned(&concept.authority),
        "citation" => owned(&concept.citation),
        "grade" => concept.grade.map(|g| g.name().to_owned()),
        "valid-from" => owned(&concept.valid_from),
        "valid-to" => owned(&concept.valid_to),
        "replaced-by" => owned(&concept.replaced_by),
        "note" => owned(&concept.note),
        "example" => pairs(&concept.examples),
        "counterexample" => pairs(&concept.counterexamples),
        "history" => {
            let entry = |c: &Change| {
                joined(
                    [&*c.date, &*c.author, &*c.change]
                        .into_iter()
                        .chain(c.reason.as_deref()),
                )
            };
            lines(concept.history.iter().map(entry).collect())
        }
        _ => None,
    }
}

/// The texts as one line with bars, which [`set`] reads.
pub(in crate::glossary) fn joined<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let escape = |text: &str| text.replace('\\', r"\\").replace('|', r"\|");
    let texts: Vec<String> = texts.into_iter().map(escape).collect();
    texts.join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_and_backslashes_survive() {
        let texts = [r"a | b", r"c\", r"\|"];
        assert_eq!(parts(&joined(texts)), texts);
    }

    #[test]
    fn a_reason_is_optional() {
        let read = history("2026-01-31 | Li | renamed\n2026-02-01 | Wang | deprecated | the ministry says so").unwrap();
        assert_eq!(read[0].reason, None);
        assert_eq!(read[1].reason.as_deref(), Some("the ministry says so"));
        assert!(history("yesterday | Li | renamed").is_err());
    }
}
