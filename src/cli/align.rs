//! `bilint align`: which units of two texts translate each other.

use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use encoding_rs::Encoding;

use super::config::Choice;
use super::{EXIT_CLEAN, EXIT_TROUBLE, Outcome, Trouble};
use crate::align::{Aligner, Grain, Lexicon, Options, Pair, Unit};
use crate::check::{self, Tools};
use crate::document::{Block, BlockKind, Document};
use crate::input::{self, decode};
use crate::language;
use crate::output::align::{Alignment, Format, Row, Units, write};
use crate::rules::context::Settings;
use crate::text::script::ScriptCount;
use crate::text::{Side, Span, display_path};

/// Arguments of `bilint align`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Two texts that translate each other, in either order; or files and folders as `check` takes them.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// What is aligned.
    #[arg(long, value_enum, default_value_t = Cut::Paragraph)]
    unit: Cut,

    /// How to print the beads.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,

    /// The bilingual lexicon: a file that glossary/lexicon/build.py wrote, or `none`. Default: the one in the binary.
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,

    /// Hold the texts together by the names of this glossary (TOML, CSV or TSV file, or a folder of them) instead of the
    /// shipped one. May be given more than once. Lines are aligned without a glossary.
    #[arg(long, value_name = "FILE")]
    glossary: Vec<PathBuf>,

    #[command(flatten)]
    config: Choice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Cut {
    /// Every line of two plain texts, empty lines too.
    Line,
    /// Paragraphs, headings, list items, cells.
    Paragraph,
    /// Sentences, inside aligned paragraphs.
    Sentence,
}

/// Aligns and prints.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let config = args.config.load()?;
    let aligner = Aligner::new(lexicon(args.lexicon.as_deref())?);
    let mut code = EXIT_CLEAN;
    let mut alignments = Vec::new();
    if args.unit == Cut::Line {
        let [one, two] = &args.paths[..] else {
            return Err("--unit line takes two files: one in Chinese, one in English".into());
        };
        alignments.push(lines(one, two, config.encoding, &aligner)?);
    } else {
        let (glossary, _) = super::check::glossary(config.glossaries_or(&args.glossary))?;
        let tools = Tools {
            glossary: &glossary,
            settings: &Settings::default(),
            aligner: &aligner,
        };
        let options = input::Options {
            encoding: config.encoding,
            exclude: config.excluded.clone(),
            pairs: config.pair_patterns.clone(),
            ..input::Options::default()
        };
        let found = input::discover(&args.paths, &options);
        let mut complain = |e: &dyn std::fmt::Display| {
            code = EXIT_TROUBLE;
            writeln!(io::stderr(), "error: {e}")
        };
        for error in &found.errors {
            complain(error)?;
        }
        for document in found.inputs.iter().flat_map(|i| input::read(i, &options)) {
            match document {
                Ok(document) => alignments.push(align(&document, args.unit, tools)),
                Err(e) if e.level() == input::Level::Error => complain(&e)?,
                Err(e) => writeln!(io::stderr(), "note: {e}")?,
            }
        }
    }
    write(args.format, &alignments, out)?;
    Ok(code)
}

/// The lexicon that the option names.
fn lexicon(option: Option<&Path>) -> Result<Option<Arc<Lexicon>>, Trouble> {
    match option {
        None => Ok(Some(Arc::clone(Lexicon::embedded()))),
        Some(path) if path.as_os_str() == "none" => Ok(None),
        Some(path) => {
            let named = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
            let bytes = std::fs::read(path).map_err(|e| named(&e))?;
            let lexicon = Lexicon::from_bytes(bytes).map_err(|e| named(&e))?;
            Ok(Some(Arc::new(lexicon)))
        }
    }
}

fn plain(texts: &[String]) -> Vec<Unit<'_>> {
    texts.iter().map(|t| Unit::new(t)).collect()
}

/// Aligns two files line by line, whatever is in them.
fn lines(one: &Path, two: &Path, encoding: Option<&'static Encoding>, aligner: &Aligner) -> Result<Alignment, Trouble> {
    let read = |path: &Path| -> Result<String, Trouble> {
        let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
        Ok(decode::decode(&display_path(path), bytes, encoding)?.text)
    };
    let mut files = [(one, read(one)?), (two, read(two)?)];
    // The more Chinese of the two is the Chinese one, whichever was named first.
    let share = |text: &str| {
        let n = ScriptCount::of(text);
        n.han as f64 / (n.han + n.latin).max(1) as f64
    };
    if share(&files[1].1) > share(&files[0].1) {
        files.swap(0, 1);
    }
    let [(zh_path, zh), (en_path, en)] = &files;
    let (zh, en): (Vec<&str>, Vec<&str>) = (zh.lines().collect(), en.lines().collect());
    let units = |lines: &[&str]| -> Vec<String> { lines.iter().map(|l| l.trim().to_owned()).collect() };
    let (zh, en) = (units(&zh), units(&en));
    let options = Options {
        grain: Grain::Sentence,
        interleaved: false,
    };
    let beads = aligner.align_units(&plain(&zh), &plain(&en), &options);
    let take = |texts: &[String], numbers: &Range<usize>| Units {
        texts: texts[numbers.clone()].to_vec(),
        numbers: numbers.clone(),
    };
    Ok(Alignment {
        name: format!("{} – {}", display_path(zh_path), display_path(en_path)),
        rows: beads
            .iter()
            .map(|b| Row {
                zh: take(&zh, &b.units.zh),
                en: take(&en, &b.units.en),
                confidence: b.confidence,
                members: b.members.clone(),
                crossing: b.crossing,
                structure: false,
            })
            .collect(),
    })
}

/// Aligns the paragraphs of a document as `check` does, and the sentences in them if asked.
fn align(document: &Document, unit: Cut, tools: Tools<'_>) -> Alignment {
    let pairs = check::align(tools, document);
    let rows = if unit == Cut::Sentence {
        sentences(document, &pairs, tools.aligner)
    } else {
        pairs.iter().map(|p| paragraph(document, p)).collect()
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
    [Side::Zh, Side::En]
        .iter()
        .flat_map(|&s| blocks(document, pair, s))
        .all(|b| b.kind == BlockKind::Structure)
}

fn paragraph(document: &Document, pair: &Pair) -> Row {
    let units = |side, numbers: &Range<usize>| Units {
        numbers: numbers.clone(),
        texts: blocks(document, pair, side).iter().map(|b| b.text.clone()).collect(),
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

/// Sentences are numbered through the document, in the order of the pairs.
fn sentences(document: &Document, pairs: &[Pair], aligner: &Aligner) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut first = [0, 0];
    for pair in pairs {
        let text = |side| {
            let texts: Vec<&str> = blocks(document, pair, side).iter().map(|b| b.text.as_str()).collect();
            texts.join("\n")
        };
        let (zh, en) = (text(Side::Zh), text(Side::En));
        let zh_spans = language::sentences(&zh, Side::Zh);
        let en_spans = language::sentences(&en, Side::En);
        let units = |text: &str, spans: &[Span], numbers: &Range<usize>, first: usize| Units {
            texts: spans[numbers.clone()].iter().map(|s| s.of(text).to_owned()).collect(),
            numbers: first + numbers.start..first + numbers.end,
        };
        let structure = is_structure(document, pair);
        for bead in aligner.align_sentences(&zh, &zh_spans, &en, &en_spans) {
            rows.push(Row {
                zh: units(&zh, &zh_spans, &bead.units.zh, first[0]),
                en: units(&en, &en_spans, &bead.units.en, first[1]),
                confidence: bead.confidence * pair.confidence,
                crossing: bead.crossing || pair.crossing,
                members: bead.members,
                structure,
            });
        }
        first = [first[0] + zh_spans.len(), first[1] + en_spans.len()];
    }
    rows
}
