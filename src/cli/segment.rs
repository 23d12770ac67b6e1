//! `bilint segment` and `--explain-hits`: what segmentation and glossary make of a Chinese text, and why a hit was
//! dropped.

use std::io::Write;
use std::path::PathBuf;

use super::config::Choice;
use super::{EXIT_CLEAN, Outcome};
use crate::check::{self, Tools};
use crate::document::Document;
use crate::glossary::Glossary;
use crate::glossary::doubt::find_doubt;
use crate::glossary::english::WordList;
use crate::glossary::terms::{PairTerms, Verdict};
use crate::language::zh::segment;
use crate::rules::DocumentContext;

/// Arguments of `bilint segment`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A Chinese text.
    text: String,

    /// Look up this glossary instead of the shipped one.
    #[arg(long, value_name = "FILE")]
    glossary: Vec<PathBuf>,

    #[command(flatten)]
    config: Choice,
}

/// Shows the words and the glossary names of a text.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let config = args.config.load()?;
    let (glossary, _) = super::check::glossary(config.glossaries_or(&args.glossary))?;
    let words: Vec<&str> = segment::words(&args.text)
        .into_iter()
        .map(|w| w.of(&args.text))
        .collect();
    writeln!(out, "{}", words.join(" | "))?;
    for line in lines(&glossary, &args.text, "") {
        writeln!(out, "{line}")?;
    }
    Ok(EXIT_CLEAN)
}

/// Tells for every document what became of each glossary name in it.
pub fn explain(tools: Tools<'_>, documents: &[Document], out: &mut dyn Write) -> std::io::Result<()> {
    for document in documents {
        let pairs = check::align(tools, document);
        let ctx = DocumentContext::new(document, &pairs, tools.glossary, tools.settings, tools.aligner);
        for pair in ctx.iter().filter(|p| !p.terms().hits.is_empty()) {
            writeln!(
                out,
                "{}, pair {}:",
                document.name,
                document.first_record + pair.index + 1
            )?;
            for line in lines(tools.glossary, pair.zh(), pair.en()) {
                writeln!(out, "  {line}")?;
            }
        }
    }
    Ok(())
}

/// One line a hit: the name, the concept, and what became of it.
fn lines(glossary: &Glossary, zh: &str, en: &str) -> Vec<String> {
    let words = WordList::new(en);
    let found = PairTerms::new(glossary, zh, || words.of(en));
    found
        .hits
        .iter()
        .map(|h| {
            let concept = &glossary.concepts()[h.hit.concept];
            let fate = match &h.verdict {
                Verdict::InsideLonger(span) => format!("dropped: inside the longer name “{}”", span.of(zh)),
                Verdict::Counts => match find_doubt(zh, &h.hit, concept.kind, en) {
                    Some(d) if d.strong => format!("doubtful: part of “{}”; not missed if it has no English", d.word),
                    Some(d) => format!("counts, but need not be named before “{}”", d.word),
                    None => "counts".to_owned(),
                },
            };
            let rendered = found
                .concepts
                .iter()
                .find(|c| c.concept == h.hit.concept)
                .and_then(|c| c.en.first());
            let rendered = rendered.map_or(String::new(), |r| format!(", rendered “{}”", r.span.of(en)));
            format!("“{}” ({}): {fate}{rendered}", h.hit.span.of(zh), concept.id)
        })
        .collect()
}
