//! The files of `glossary/` and the table that is generated from them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::builtin;
use crate::glossary::layout;
use crate::glossary::load::{Format, GlossaryFile, Loaded, load_texts};
use crate::glossary::{Change, Concept, Example, Grade, Kind, Name, Status};
use crate::text::Source;

const TABLE: &str = "src/glossary/builtin/table.rs";

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The names and texts of the files of `glossary/`, sorted by name.
fn files() -> Vec<(String, String)> {
    let entries = std::fs::read_dir(repository().join("glossary")).expect("the folder");
    let mut paths: Vec<PathBuf> = entries.map(|e| e.expect("an entry").path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "toml"));
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            (
                format!("glossary/{name}"),
                std::fs::read_to_string(path).expect("UTF-8"),
            )
        })
        .collect()
}

fn loaded() -> Loaded {
    let sources: Vec<GlossaryFile> = files()
        .into_iter()
        .map(|(name, text)| GlossaryFile::new(Source::new(name, text), Format::Toml))
        .collect();
    load_texts(&sources).expect("a valid glossary")
}

/// The table as Rust, one line per concept.
fn generated() -> String {
    let mut out = String::from(
        "//! Generated from `glossary/*.toml` by `BILINT_UPDATE=1 cargo test --lib glossary::builtin`. Do not edit.\n\n\
         use super::super::Kind::{Document, Event, Facility, Institution, Person, Place, Plan, Policy, Term, Title};\n\
         use super::super::Status::{Admitted, Deprecated, Forbidden, Preferred};\n\
         #[allow(unused_imports, reason = \"not every key is in use\")]\n\
         use super::{ChangeRow, ExampleRow, Grade, NameRow, Row};\n\n\
         pub(super) static FILES: &[(&str, &[Row])] = &[\n",
    );
    let loaded = loaded();
    for by_file in loaded.glossary.concepts().chunk_by(|a, b| a.place.file == b.place.file) {
        let _ = writeln!(out, "    ({:?}, &[", by_file[0].place.file);
        for concept in by_file {
            let _ = writeln!(out, "        {},", row(concept));
        }
        out.push_str("    ]),\n");
    }
    out.push_str("];\n");
    out
}

/// A row with the fields that are not empty.
fn row(c: &Concept) -> String {
    let mut row = format!(
        "Row {{ line: {}, id: {:?}, kind: {:?}, zh: &[{}], en: &[{}]",
        c.place.line,
        c.id,
        c.kind,
        names(&c.zh),
        names(&c.en)
    );
    if c.case_sensitive {
        row.push_str(", case_sensitive: true");
    }
    for (field, value) in [
        ("acronym", &c.acronym),
        ("scope", &c.scope),
        ("authority", &c.authority),
        ("citation", &c.citation),
        ("valid_from", &c.valid_from),
        ("valid_to", &c.valid_to),
        ("replaced_by", &c.replaced_by),
        ("note", &c.note),
    ] {
        if let Some(value) = value {
            let _ = write!(row, ", {field}: Some({value:?})");
        }
    }
    if let Some(grade) = c.grade {
        let _ = write!(row, ", grade: Some(Grade::{grade:?})");
    }
    for (field, examples) in [("examples", &c.examples), ("counterexamples", &c.counterexamples)] {
        if !examples.is_empty() {
            let rows: Vec<String> = examples
                .iter()
                .map(|e| format!("ExampleRow({:?}, {:?})", e.zh, e.en))
                .collect();
            let _ = write!(row, ", {field}: &[{}]", rows.join(", "));
        }
    }
    if !c.history.is_empty() {
        let rows: Vec<String> = c
            .history
            .iter()
            .map(|h| {
                format!(
                    "ChangeRow({:?}, {:?}, {:?}, {:?})",
                    h.date, h.author, h.reason, h.change
                )
            })
            .collect();
        let _ = write!(row, ", history: &[{}]", rows.join(", "));
    }
    if !c.extra.is_empty() {
        let _ = write!(row, ", extra: &{:?}", c.extra);
    }
    row + ", ..Row::EMPTY }"
}

fn names(names: &[Name]) -> String {
    let rows: Vec<String> = names
        .iter()
        .map(|n| format!("NameRow({:?}, {:?}, {:?})", n.text, n.status, n.note))
        .collect();
    rows.join(", ")
}

#[test]
fn the_table_is_what_the_files_say() {
    let path = repository().join(TABLE);
    let generated = generated();
    if std::env::var_os("BILINT_UPDATE").is_some() {
        std::fs::write(&path, &generated).expect("a writable table");
    }
    let table = std::fs::read_to_string(&path).expect("the table");
    assert!(
        table.replace("\r\n", "\n") == generated,
        "{TABLE} is out of date: run BILINT_UPDATE=1 cargo test --lib glossary::builtin"
    );
}

#[test]
fn the_table_keeps_every_field() {
    let mut c = Concept::new("a", Kind::Plan);
    c.zh = vec![Name::new("甲“乙”", Status::Preferred)];
    c.en = vec![Name {
        note: Some("a \"note\"".into()),
        ..Name::new("A", Status::Deprecated)
    }];
    c.case_sensitive = true;
    c.acronym = Some("AB".into());
    c.valid_from = Some("2020-01-01".into());
    c.scope = Some("China".into());
    c.replaced_by = Some("b".into());
    c.grade = Some(Grade::B);
    c.examples = vec![Example {
        zh: "甲".into(),
        en: "A".into(),
    }];
    c.history = vec![Change {
        date: "2026-01-01".into(),
        author: "Li".into(),
        reason: None,
        change: "added".into(),
    }];
    c.extra = vec![("city".into(), "合肥".into())];
    assert_eq!(
        row(&c),
        "Row { line: 0, id: \"a\", kind: Plan, zh: &[NameRow(\"甲“乙”\", Preferred, None)], \
         en: &[NameRow(\"A\", Deprecated, Some(\"a \\\"note\\\"\"))], case_sensitive: true, acronym: Some(\"AB\"), \
         scope: Some(\"China\"), valid_from: Some(\"2020-01-01\"), replaced_by: Some(\"b\"), grade: Some(Grade::B), \
         examples: &[ExampleRow(\"甲\", \"A\")], history: &[ChangeRow(\"2026-01-01\", \"Li\", None, \"added\")], \
         extra: &[(\"city\", \"合肥\")], ..Row::EMPTY }"
    );
}

#[test]
fn the_binary_has_the_concepts_of_the_files() {
    assert!(
        builtin().concepts() == loaded().glossary.concepts(),
        "{TABLE} loses something"
    );
    assert!(builtin().concepts().iter().any(|c| c.id == "shmff"));
}

#[test]
fn the_files_load_without_a_warning() {
    assert_eq!(loaded().warnings, []);
}

#[test]
fn every_concept_has_an_authority_a_citation_and_a_grade() {
    for c in loaded().glossary.concepts() {
        let is_documented = c.authority.is_some() && c.citation.is_some() && c.grade.is_some();
        assert!(is_documented, "{} at {}", c.id, c.place);
    }
}

/// The rows of a table in `glossary/lists/`, each with the cells of these columns.
fn list<const N: usize>(name: &str, columns: [&str; N]) -> Vec<[String; N]> {
    let text = std::fs::read_to_string(repository().join("glossary/lists").join(name)).expect("the table");
    let mut lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let head = lines.next().expect("a head");
    let at = columns.map(|column| head.iter().position(|h| *h == column).expect(column));
    lines.map(|cells| at.map(|i| cells[i].to_owned())).collect()
}

/// `glossary/lists/build.py` compares the tables with the standards; this compares them with the files that it builds.
#[test]
fn the_closed_lists_are_complete() {
    let loaded = loaded();
    let concepts = loaded.glossary.concepts();
    let divisions = list("divisions.tsv", ["id", "zh", "en", "code"]);
    assert_eq!(divisions.iter().filter(|row| row[3].len() == 2).count(), 34);
    assert_eq!(divisions.len(), 34 + 333);
    let countries = list("countries.tsv", ["id", "zh", "en", "iso"]);
    // With Hong Kong, Macao and Taiwan, which are divisions of China.
    assert_eq!(countries.len() + 3, 249);
    for [id, zh, en, _] in countries.iter().chain(&divisions) {
        let concept = concepts.iter().find(|c| c.id == *id).expect(id);
        for (names, listed) in [(&concept.zh, zh), (&concept.en, en)] {
            let accepted = |name: &str| names.iter().any(|n| n.text == name && n.status.is_accepted());
            assert!(listed.split('|').all(accepted), "{id}: {listed}");
        }
    }
    let in_file = |file: &str| concepts.iter().filter(|c| &*c.place.file == file).count();
    assert_eq!(in_file("glossary/languages.toml"), 184, "ISO 639-1");
    assert_eq!(in_file("glossary/currencies.toml"), 152, "ISO 4217");
}

/// How many concepts each file has, by grade.
fn numbers() -> String {
    let mut out = String::from("\n| file | concepts | A | B | C | D | A or B |\n|---|--:|--:|--:|--:|--:|--:|\n");
    let loaded = loaded();
    let mut line = |name: &str, concepts: &[Concept]| {
        let counts = Grade::ALL.map(|g| concepts.iter().filter(|c| c.grade == Some(g)).count());
        let share = 100 * (counts[0] + counts[1]) / concepts.len();
        let [a, b, c, d] = counts;
        let _ = writeln!(
            out,
            "| {name} | {} | {a} | {b} | {c} | {d} | {share} % |",
            concepts.len()
        );
    };
    let concepts = loaded.glossary.concepts();
    for by_file in concepts.chunk_by(|a, b| a.place.file == b.place.file) {
        let name = by_file[0].place.file.trim_start_matches("glossary/");
        line(&format!("`{name}`"), by_file);
    }
    line("all", concepts);
    out
}

#[test]
fn the_readme_has_the_numbers() {
    const MARKS: [&str; 2] = ["<!-- numbers: generated -->", "<!-- /numbers -->"];
    let path = repository().join("glossary/README.md");
    let text = std::fs::read_to_string(&path).expect("UTF-8").replace("\r\n", "\n");
    let start = text.find(MARKS[0]).expect("a mark") + MARKS[0].len();
    let end = text.find(MARKS[1]).expect("a mark");
    let wanted = format!("{}{}{}", &text[..start], numbers(), &text[end..]);
    if std::env::var_os("BILINT_UPDATE").is_some() {
        std::fs::write(&path, &wanted).expect("a writable README");
    }
    assert!(
        text == wanted || std::env::var_os("BILINT_UPDATE").is_some(),
        "glossary/README.md is out of date: run BILINT_UPDATE=1 cargo test --lib glossary::builtin"
    );
}

/// One form for all entries, so that the additions of two people merge without a conflict.
#[test]
fn every_file_is_formatted() {
    for (name, text) in files() {
        let formatted = layout::format(Path::new(&name), &text).expect("a glossary");
        assert!(formatted == text, "{name}: run `bilint glossary fmt glossary`");
    }
}
