//! Aligning without checking: documents by paragraph or sentence, two files by line.

use std::ops::Range;
use std::path::Path;

use super::error;
use super::{Alignment, Observer, Row, Run, RunError, Tools, Units, align};
use crate::align::{Aligner, Grain, Options, Pair, Unit};
use crate::document::{Block, BlockKind, Document};
use crate::input::{self, decode};
use crate::language;
use crate::text::script::ScriptCount;
use crate::text::{Side, Sides, Span, display_path};

/// What is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlignUnit {
    /// Every line of two plain texts, empty lines included. No glossary is used.
    Line,
    /// Paragraphs, headings, list items, cells.
    Paragraph,
    /// Sentences, inside aligned paragraphs.
    Sentence,
}

impl Run {
    /// Finds the inputs and aligns them as a check does. Lines need two files as paths.
    ///
    /// # Errors
    /// Lines of anything but two files that can be read.
    pub fn align(&self, unit: AlignUnit, observer: &dyn Observer) -> Result<Vec<Alignment>, RunError> {
        if unit == AlignUnit::Line {
            let [one, two] = &self.settings.paths[..] else {
                return Err(RunError::NotTwoFiles);
            };
            return Ok(vec![self.align_lines(one, two)?]);
        }
        let options = self.settings.input_options();
        let found = input::discover(&self.settings.effective_paths(), &options);
        found.errors.iter().for_each(|e| observer.on_problem(e));
        let documents = found.inputs.iter().flat_map(|i| input::read(i, &options));
        let documents = documents.filter_map(|d| d.map_err(|e| observer.on_problem(&e)).ok());
        Ok(documents.map(|d| align_document(&d, unit, self.tools())).collect())
    }

    /// Aligns two files line by line, whatever their format.
    fn align_lines(&self, one: &Path, two: &Path) -> Result<Alignment, RunError> {
        let encoding = self.settings.input_options().encoding;
        let read = |path: &Path| -> Result<(String, String), RunError> {
            let name = display_path(path);
            let text = decode::decode(&name, error::read(path)?, encoding)?.text;
            Ok((name.to_string(), text))
        };
        let (one, two) = (read(one)?, read(two)?);
        // The file with more Chinese in it is the Chinese one, whichever was named first.
        let share = |text: &str| {
            let n = ScriptCount::of(text);
            n.han as f64 / (n.han + n.latin).max(1) as f64
        };
        let files = if share(&two.1) > share(&one.1) {
            Sides::new(two, one)
        } else {
            Sides::new(one, two)
        };
        let name = format!("{} – {}", files.zh.0, files.en.0);
        let lines = files.map(|(_, text)| -> Vec<String> { text.lines().map(|l| l.trim().to_owned()).collect() });
        let options = Options {
            grain: Grain::Sentence,
            interleaved: false,
        };
        let units = lines
            .as_ref()
            .map(|lines| -> Vec<Unit<'_>> { lines.iter().map(|l| Unit::new(l)).collect() });
        let beads = self.aligner.align_units(&units.zh, &units.en, &options);
        let take = |side: Side, numbers: &Range<usize>| Units {
            texts: lines[side][numbers.clone()].to_vec(),
            numbers: numbers.clone(),
            kinds: Vec::new(),
        };
        let rows = beads.iter().map(|b| Row {
            zh: take(Side::Zh, &b.units.zh),
            en: take(Side::En, &b.units.en),
            confidence: b.confidence,
            members: b.members.clone(),
            crossing: b.crossing,
            structure: false,
        });
        let rows = rows.collect();
        Ok(Alignment { name, rows })
    }
}

pub(super) fn align_document(document: &Document, unit: AlignUnit, tools: Tools<'_>) -> Alignment {
    let pairs = align(tools, document);
    let rows = if unit == AlignUnit::Sentence {
        sentence_rows(document, &pairs, tools.aligner)
    } else {
        pairs.iter().map(|p| paragraph_row(document, p)).collect()
    };
    Alignment {
        name: document.name.to_string(),
        rows,
    }
}

fn blocks<'a>(document: &'a Document, pair: &Pair, side: Side) -> &'a [Block] {
    match side {
        Side::Zh => &document.zh[pair.zh.clone()],
        Side::En => &document.en[pair.en.clone()],
    }
}

fn is_structure(document: &Document, pair: &Pair) -> bool {
    let blocks = [Side::Zh, Side::En].map(|side| blocks(document, pair, side));
    blocks.iter().copied().flatten().all(|b| b.kind == BlockKind::Structure)
}

fn paragraph_row(document: &Document, pair: &Pair) -> Row {
    let units = |side, numbers: &Range<usize>| Units {
        numbers: numbers.clone(),
        texts: blocks(document, pair, side).iter().map(|b| b.text.clone()).collect(),
        kinds: blocks(document, pair, side).iter().map(|b| b.kind).collect(),
    };
    Row {
        zh: units(Side::Zh, &pair.zh),
        en: units(Side::En, &pair.en),
        confidence: pair.confidence,
        members: pair.members.clone(),
        crossing: pair.crossing,
        structure: is_structure(document, pair),
    }
}

/// Rows of sentences, which are numbered through the document in the order of the pairs.
fn sentence_rows(document: &Document, pairs: &[Pair], aligner: &Aligner) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut first = Sides::new(0, 0);
    for pair in pairs {
        let texts = Sides::from_fn(|side| {
            let texts: Vec<&str> = blocks(document, pair, side).iter().map(|b| b.text.as_str()).collect();
            texts.join("\n")
        });
        let spans: Sides<Vec<Span>> = Sides::from_fn(|side| language::sentences(&texts[side], side));
        let units = |side: Side, numbers: &Range<usize>| Units {
            texts: spans[side][numbers.clone()]
                .iter()
                .map(|s| s.of(&texts[side]).to_owned())
                .collect(),
            numbers: first[side] + numbers.start..first[side] + numbers.end,
            kinds: Vec::new(),
        };
        let structure = is_structure(document, pair);
        for bead in aligner.align_sentences(&texts.zh, &spans.zh, &texts.en, &spans.en) {
            rows.push(Row {
                zh: units(Side::Zh, &bead.units.zh),
                en: units(Side::En, &bead.units.en),
                confidence: bead.confidence * pair.confidence,
                crossing: bead.crossing || pair.crossing,
                members: bead.members,
                structure,
            });
        }
        first = Sides::from_fn(|side| first[side] + spans[side].len());
    }
    rows
}
