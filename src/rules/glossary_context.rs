//! What rules about glossaries see: the entries of all files, each as it is written, and the places of their names.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::place::label_in_file;
use crate::finding::Label;
use crate::glossary::load::{Overridden, Problem, Unmerged};
use crate::glossary::{Concept, Grade, Name, Status};
use crate::text::date::Date;
use crate::text::normalize::halfwidth;
use crate::text::simplified::simplified;
use crate::text::{Position, Side, Source, Span};

/// What a check of a glossary is given besides the entries.
#[derive(Debug, Clone, Copy)]
pub struct Demands {
    /// The day on which names must be valid.
    pub today: Date,
    /// The least grade that is demanded.
    pub grade: Option<Grade>,
}

/// A place in a text where the glossary would report something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// The file.
    pub file: Arc<str>,
    /// 1-based line.
    pub line: usize,
    /// The Chinese name, as the glossary has it.
    pub name: String,
    /// The Chinese text around the name.
    pub text: String,
    /// Whether the English lacks the name, rather than having a wrong one.
    pub is_missing: bool,
}

/// How the texts of a corpus use a concept.
#[derive(Debug, Clone, Default)]
pub struct Usage {
    /// How often each Chinese name was found, as the text has it.
    pub names: FxHashMap<String, usize>,
    /// What would be reported.
    pub reported: Vec<Reported>,
}

impl Usage {
    /// How many names were found.
    pub fn count(&self) -> usize {
        self.names.values().sum()
    }
}

/// How the texts of a corpus use the concepts, by id.
pub type CorpusUsage = FxHashMap<String, Usage>;

/// The part of an entry that a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A name, by its index.
    Name(Side, usize),
    /// The value of a key.
    Key(&'static str),
    /// The entry as a whole.
    Entry,
}

/// All entries of a glossary.
pub struct GlossaryContext<'a> {
    /// The entries, in the order of the files. Nothing is merged.
    pub concepts: &'a [Concept],
    /// Why some entries cannot be read.
    pub problems: &'a [Problem],
    /// The entries that an entry of an earlier glossary takes the place of.
    pub overridden: &'a [Overridden],
    /// What is demanded.
    pub demands: Demands,
    /// How a corpus uses the concepts, if there is one.
    pub corpus: Option<&'a CorpusUsage>,
    is_overridden: Vec<bool>,
    sources: FxHashMap<Arc<str>, &'a Source>,
    by_id: OnceLock<FxHashMap<&'a str, usize>>,
    names: [OnceLock<Names>; 2],
}

/// The accepted names, folded, with the entries that have them and the index of the name there.
type Names = FxHashMap<String, Vec<(usize, usize)>>;

impl<'a> GlossaryContext<'a> {
    /// The entries of these files. Built-in entries need no source.
    pub fn new(
        sources: impl Iterator<Item = &'a Source>,
        read: &'a Unmerged,
        demands: Demands,
        corpus: Option<&'a CorpusUsage>,
    ) -> Self {
        let mut is_overridden = vec![false; read.concepts.len()];
        for overridden in &read.overridden {
            is_overridden[overridden.index] = true;
        }
        Self {
            concepts: &read.concepts,
            problems: &read.errors,
            overridden: &read.overridden,
            is_overridden,
            demands,
            corpus,
            sources: sources.map(|s| (Arc::clone(s.path()), s)).collect(),
            by_id: OnceLock::new(),
            names: [OnceLock::new(), OnceLock::new()],
        }
    }

    /// The entries that count, with their index.
    pub fn entries(&self) -> impl Iterator<Item = (usize, &'a Concept)> {
        self.concepts
            .iter()
            .enumerate()
            .filter(|(i, _)| !self.is_overridden[*i])
    }

    /// The first entry with this id.
    pub fn with_id(&self, id: &str) -> Option<usize> {
        let index = self.by_id.get_or_init(|| {
            let mut index = FxHashMap::default();
            for (i, concept) in self.entries() {
                index.entry(&*concept.id).or_insert(i);
            }
            index
        });
        index.get(id).copied()
    }

    /// The entries that accept a name which is equal to `name` once folded, each with the index of the name.
    pub fn with_name(&self, side: Side, name: &str) -> &[(usize, usize)] {
        self.names(side).get(&*fold(name)).map_or(&[], Vec::as_slice)
    }

    /// The names that several entries accept: the entries with the index of the name, in their order.
    pub fn shared_names(&self, side: Side) -> Vec<&[(usize, usize)]> {
        let shared = self.names(side).values().filter(|owners| owners.len() > 1);
        let mut shared: Vec<&[(usize, usize)]> = shared.map(Vec::as_slice).collect();
        shared.sort_unstable();
        shared
    }

    fn names(&self, side: Side) -> &Names {
        self.names[side as usize].get_or_init(|| {
            let mut names = Names::default();
            for (c, concept) in self.entries() {
                for (n, name) in concept.names(side).iter().enumerate() {
                    if name.status.is_accepted() {
                        let owners = names.entry(fold(&name.text).into_owned()).or_default();
                        if owners.last().is_none_or(|&(last, _)| last != c) {
                            owners.push((c, n));
                        }
                    }
                }
            }
            names
        })
    }

    /// Whether there is a day on which both entries are valid.
    pub fn are_valid_together(&self, a: usize, b: usize) -> bool {
        self.concepts[a].is_valid_with(&self.concepts[b])
    }

    /// Whether the entry is valid on the day of the check.
    pub fn is_valid(&self, concept: usize) -> bool {
        self.concepts[concept].is_valid_on(self.demands.today)
    }

    /// Whether both entries have the same preferred English name.
    pub fn have_same_english(&self, a: usize, b: usize) -> bool {
        match (self.concepts[a].preferred_en(), self.concepts[b].preferred_en()) {
            (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
            _ => false,
        }
    }

    /// The place of a problem: from its column to the end of its line.
    pub fn label_of_problem(&self, problem: &Problem) -> Label {
        let (line, column) = (problem.line.unwrap_or(1), problem.column.unwrap_or(1));
        let Some(source) = self.sources.get(&problem.file) else {
            return label_without_source(&problem.file, line, Side::Zh, "");
        };
        let text = source.text();
        let start = source.line_offset(line);
        let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let from = text[start..end]
            .char_indices()
            .nth(column - 1)
            .map_or(end, |(at, _)| start + at);
        label_in_file(source, 0, Side::Zh, Span::new(from, end))
    }

    /// The place of a part of an entry in its file.
    pub fn label(&self, concept: usize, part: Part) -> Label {
        let c = &self.concepts[concept];
        let (side, key, value) = match part {
            Part::Name(side, i) => (side, side.code(), &*c.names(side)[i].text),
            Part::Key(key) => (Side::En, key, value_of(c, key)),
            Part::Entry => (Side::Zh, "id", &*c.id),
        };
        match self.sources.get(&c.place.file) {
            Some(source) => self.label_in(source, concept, side, key, value),
            None => label_without_source(&c.place.file, c.place.line, side, value),
        }
    }

    fn label_in(&self, source: &Source, concept: usize, side: Side, key: &str, value: &str) -> Label {
        let text = source.text();
        let start = source.line_offset(self.concepts[concept].place.line);
        let end = match self.concepts.get(concept + 1) {
            Some(next) if next.place.file == *source.path() => source.line_offset(next.place.line),
            _ => text.len(),
        };
        // The last entry before another file's may be followed by nothing of its own.
        let region = &text[start..end.max(start)];
        let from = value_start(region, key);
        let quoted = region[from..].find(&format!("\"{value}\"")).map(|at| from + at + 1);
        let found = quoted
            .or_else(|| region[from..].find(value).map(|at| from + at))
            .or_else(|| region.find(value));
        let span = match found {
            Some(at) => Span::new(start + at, start + at + value.len()),
            None => Span::new(start, start + region.lines().next().map_or(0, str::len)),
        };
        label_in_file(source, concept, side, span)
    }
}

/// Where the value of `key` may begin in the text of an entry: after the key in TOML, at the start in a table.
fn value_start(region: &str, key: &str) -> usize {
    let mut at = 0;
    for line in region.split_inclusive('\n') {
        if line
            .strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with('='))
        {
            return at + key.len();
        }
        at += line.len();
    }
    0
}

/// A label for a built-in entry, whose file is not at hand.
fn label_without_source(file: &Arc<str>, line: usize, side: Side, value: &str) -> Label {
    let at = |column: usize, byte_column: usize, utf16: usize| Position {
        line,
        column,
        byte_column,
        utf16,
    };
    let chars = value.chars().count();
    Label {
        file: Arc::clone(file),
        side,
        block: 0,
        start: at(1, 1, 0),
        end: at(1 + chars, 1 + value.len(), value.encode_utf16().count()),
        chars: (0, chars),
        bytes: Span::new(0, value.len()),
        text: value.to_owned(),
        context: Arc::from(value),
        context_span: Span::new(0, value.len()),
    }
}

/// The value of a key that holds one string.
fn value_of<'c>(concept: &'c Concept, key: &str) -> &'c str {
    let value = match key {
        "acronym" => concept.acronym.as_deref(),
        "scope" => concept.scope.as_deref(),
        "authority" => concept.authority.as_deref(),
        "citation" => concept.citation.as_deref(),
        "grade" => concept.grade.map(Grade::name),
        "valid-from" => concept.valid_from.as_deref(),
        "valid-to" => concept.valid_to.as_deref(),
        "replaced-by" => concept.replaced_by.as_deref(),
        "note" => concept.note.as_deref(),
        _ => None,
    };
    value.unwrap_or(&concept.id)
}

/// The names of one language that may be used, with their index.
pub fn accepted(concept: &Concept, side: Side) -> impl Iterator<Item = (usize, &Name)> {
    let names = concept.names(side).iter().enumerate();
    names.filter(|(_, name)| name.status.is_accepted())
}

/// The index of the preferred name of one language, or else of the first admitted one.
pub fn preferred(concept: &Concept, side: Side) -> Option<usize> {
    let names = concept.names(side);
    let with = |status| names.iter().position(|n| n.status == status);
    with(Status::Preferred).or_else(|| with(Status::Admitted))
}

/// A name as texts are compared with it: half-width, in small letters and simplified characters, without quotation and title marks.
pub fn fold(name: &str) -> Cow<'_, str> {
    const LEFT_OUT: [char; 9] = ['“', '”', '"', '《', '》', '「', '」', '‘', '’'];
    let folds = |c: char| LEFT_OUT.contains(&c) || halfwidth(c) != c || c.is_uppercase() || simplified(c) != c;
    if !name.contains(folds) {
        return Cow::Borrowed(name);
    }
    let kept = name.chars().filter(|c| !LEFT_OUT.contains(c));
    Cow::Owned(
        kept.map(halfwidth)
            .map(simplified)
            .flat_map(char::to_lowercase)
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::load::{Format, GlossaryFile, read_texts};
    use crate::text::date::parse_date;

    fn place(text: &str, format: Format, concept: usize, part: Part) -> (usize, usize, String) {
        let files = [GlossaryFile::new(Source::new("a", text), format)];
        let read = read_texts(&files);
        let demands = Demands {
            today: parse_date("2026-01-01").unwrap(),
            grade: None,
        };
        let ctx = GlossaryContext::new(files.iter().map(|file| &file.source), &read, demands, None);
        let label = ctx.label(concept, part);
        (label.start.line, label.start.column, label.text)
    }

    #[test]
    fn names_have_their_place_in_toml() {
        let text = "[[concept]]\nid = \"brics\"\nkind = \"term\"\nzh = [\"BRICS\", \"金砖\"]\nen = [\n  \"BRICS\",\n  { name = \"Brics\" },\n]\n\
                    [[concept]]\nid = \"b\"\nkind = \"term\"\nzh = [\"金砖\"]\nen = [\"Brics\"]\nacronym = \"B\"\n";
        let at = |concept, part| place(text, Format::Toml, concept, part);
        assert_eq!(at(0, Part::Name(Side::Zh, 1)), (4, 17, "金砖".to_owned()));
        assert_eq!(at(0, Part::Name(Side::En, 0)), (6, 4, "BRICS".to_owned()));
        assert_eq!(at(0, Part::Name(Side::En, 1)), (7, 13, "Brics".to_owned()));
        assert_eq!(at(1, Part::Name(Side::Zh, 0)), (12, 8, "金砖".to_owned()));
        assert_eq!(at(1, Part::Key("acronym")), (14, 12, "B".to_owned()));
        assert_eq!(at(1, Part::Entry), (10, 7, "b".to_owned()));
    }

    #[test]
    fn names_have_their_place_in_a_table() {
        let text = "zh\ten\n甲\tA\n乙\tB|C\n";
        let at = |concept, part| place(text, Format::Tsv, concept, part);
        assert_eq!(at(1, Part::Name(Side::En, 1)), (3, 5, "C".to_owned()));
        assert_eq!(at(0, Part::Name(Side::Zh, 0)), (2, 1, "甲".to_owned()));
    }

    #[test]
    fn names_are_compared_folded() {
        assert_eq!(fold("“Ｇ２０”峰会"), "g20峰会");
        assert_eq!(fold("中國科學院"), "中国科学院");
        assert!(matches!(fold("中国科学院"), Cow::Borrowed(_)));
    }
}
