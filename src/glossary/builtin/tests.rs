//! The files of `glossary/` and the table that is generated from them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::{Reader, TABLE_KIND, builtin};
use crate::glossary::layout;
use crate::glossary::load::{Format, GlossaryFile, Loaded, load_texts};
use crate::glossary::{Change, Concept, Example, Grade, Kind, Name, Place, Status, Text};
use crate::text::{Source, table};

const TABLE: &str = "src/glossary/builtin/concepts.table";

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

/// What [`Reader`] reads, in its order. Each text is written once.
#[derive(Default)]
struct Writer {
    texts: Vec<Text>,
    numbers_of_texts: FxHashMap<Text, u32>,
    numbers: Vec<u32>,
}

impl Writer {
    /// The table of these concepts.
    fn table(concepts: &[Concept]) -> Vec<u8> {
        let mut writer = Self::default();
        writer.number_of("");
        writer.numbers.push(concepts.len() as u32);
        for concept in concepts {
            writer.concept(concept);
        }
        table::write(*TABLE_KIND, &writer.texts, &[&writer.numbers])
    }

    fn concept(&mut self, c: &Concept) {
        self.text(&c.place.file);
        self.numbers.push(c.place.line as u32);
        self.text(&c.id);
        self.one_of(&Kind::ALL, Some(c.kind));
        self.one_of(&Grade::ALL, c.grade);
        self.numbers.push(c.case_sensitive.into());
        for text in [
            &c.acronym,
            &c.scope,
            &c.authority,
            &c.citation,
            &c.valid_from,
            &c.valid_to,
            &c.replaced_by,
            &c.note,
        ] {
            self.optional_text(text.as_ref());
        }
        self.list(&c.zh, Self::name);
        self.list(&c.en, Self::name);
        self.list(&c.examples, Self::example);
        self.list(&c.counterexamples, Self::example);
        self.list(&c.history, |writer, change| {
            writer.text(&change.date);
            writer.text(&change.author);
            writer.optional_text(change.reason.as_ref());
            writer.text(&change.change);
        });
        self.list(&c.extra, |writer, (key, value)| {
            writer.text(key);
            writer.text(value);
        });
    }

    fn name(&mut self, name: &Name) {
        self.one_of(&Status::ALL, Some(name.status));
        self.text(&name.text);
        self.optional_text(name.note.as_ref());
    }

    fn example(&mut self, example: &Example) {
        self.text(&example.zh);
        self.text(&example.en);
    }

    fn list<T>(&mut self, list: &[T], write: impl Fn(&mut Self, &T)) {
        self.numbers.push(list.len() as u32);
        for item in list {
            write(self, item);
        }
    }

    fn one_of<T: PartialEq>(&mut self, all: &[T], value: Option<T>) {
        let place = value.and_then(|value| all.iter().position(|v| *v == value));
        self.numbers.push(place.map_or(0, |i| i as u32 + 1));
    }

    fn text(&mut self, text: &str) {
        let number = self.number_of(text);
        self.numbers.push(number);
    }

    fn optional_text(&mut self, text: Option<&Text>) {
        assert!(
            text.is_none_or(|text| !text.is_empty()),
            "an empty text would be read as none"
        );
        self.text(text.map_or("", |text| text));
    }

    fn number_of(&mut self, text: &str) -> u32 {
        let new = self.texts.len() as u32;
        let number = *self.numbers_of_texts.entry(text.to_owned().into()).or_insert(new);
        if number == new {
            self.texts.push(text.to_owned().into());
        }
        number
    }
}

#[test]
fn the_table_is_what_the_files_say() {
    let path = repository().join(TABLE);
    let generated = Writer::table(loaded().glossary.concepts());
    if std::env::var_os("BILINT_UPDATE").is_some() {
        std::fs::write(&path, &generated).expect("a writable table");
    }
    let table = std::fs::read(&path).expect("the table");
    assert!(
        table == generated,
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
    let fields = [
        &mut c.acronym,
        &mut c.scope,
        &mut c.authority,
        &mut c.citation,
        &mut c.valid_from,
        &mut c.valid_to,
        &mut c.replaced_by,
        &mut c.note,
    ];
    for (i, field) in fields.into_iter().enumerate() {
        *field = Some(format!("text {i}").into());
    }
    c.grade = Some(Grade::B);
    let example = |zh: &str, en: &str| Example {
        zh: zh.to_owned().into(),
        en: en.to_owned().into(),
    };
    c.examples = vec![example("甲", "A")];
    c.counterexamples = vec![example("乙", "B"), example("丙", "C")];
    let change = |reason: Option<&str>| Change {
        date: "2026-01-01".into(),
        author: "Li".into(),
        reason: reason.map(|r| r.to_owned().into()),
        change: "added".into(),
    };
    c.history = vec![change(None), change(Some("a decision"))];
    c.extra = vec![("city".into(), "合肥".into())];
    c.place = Place {
        file: "glossary/a.toml".into(),
        line: 7,
    };
    let table = Writer::table(std::slice::from_ref(&c)).leak();
    assert_eq!(Reader::new(table).concepts(), [c]);
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
