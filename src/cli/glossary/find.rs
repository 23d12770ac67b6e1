//! `bilint glossary find`.

use std::io::Write;

use super::kept_names::load_matching;
use super::target::{Format, Target};
use crate::cli::{EXIT_CLEAN, EXIT_FINDINGS, Outcome};
use crate::glossary::Concept;
use crate::glossary::search::{How, Match, search};
use crate::output::matches::Row;
use crate::output::{self, printable};

/// Arguments of `bilint glossary find`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary find 强磁场              a part of a name
  bilint glossary find qiangcichang        pinyin
  bilint glossary find SHMFF               an acronym

Exit code 0 if a concept was found, 1 if none was, 2 on trouble.")]
pub struct Args {
    /// A name in Chinese or English or a part of one, an acronym, an id, pinyin (zhongguo kexueyuan), or the initials of the
    /// pinyin (zgkxy). If nothing matches, similar names are found.
    query: String,

    #[command(flatten)]
    target: Target,

    /// Print at most this many concepts.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,

    /// How to print the concepts.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Prints the concepts that match a query.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let loaded = load_matching(&args.target, &args.query)?;
    let found = search(&loaded.glossary, &args.query);
    let shown = &found[..found.len().min(args.limit)];
    match args.format {
        Format::Json => {
            let rows: Vec<Row<'_>> = shown.iter().map(Row::new).collect();
            output::pretty(&rows, out)?;
        }
        Format::Text => {
            for m in shown {
                writeln!(out, "{}", printable(&title(m.concept)))?;
                writeln!(
                    out,
                    "    {}, {}",
                    m.concept.kind.name(),
                    printable(&m.concept.place.to_string())
                )?;
                if let Some(matched) = describe(m) {
                    writeln!(out, "    {}", printable(&matched))?;
                }
            }
            if found.len() > shown.len() {
                writeln!(
                    out,
                    "… and {} more: raise --limit to see them",
                    found.len() - shown.len()
                )?;
            }
            if found.is_empty() {
                writeln!(
                    out,
                    "no name of {} is like “{}”",
                    printable(&loaded.name),
                    printable(&args.query)
                )?;
            }
        }
    }
    Ok(if found.is_empty() { EXIT_FINDINGS } else { EXIT_CLEAN })
}

/// `cas: 中国科学院 = Chinese Academy of Sciences (CAS)`.
fn title(concept: &Concept) -> String {
    let acronym = concept.acronym.as_ref().map_or(String::new(), |a| format!(" ({a})"));
    format!(
        "{}: {} = {}{acronym}",
        concept.id,
        concept.preferred_zh().unwrap_or_default(),
        concept.preferred_en().unwrap_or_default()
    )
}

/// Which name matched, and how, unless the title shows it.
fn describe(m: &Match<'_>) -> Option<String> {
    let c = m.concept;
    let is_shown = [c.preferred_zh(), c.preferred_en(), c.acronym.as_deref(), Some(&*c.id)].contains(&Some(m.name));
    if is_shown && m.how <= How::Words {
        return None;
    }
    let status = m.status().map_or(String::new(), |s| format!(" ({})", s.name()));
    let how = if m.how == How::Exact {
        String::new()
    } else {
        format!(", {}", m.how.describe())
    };
    Some(format!("matches “{}”{status}{how}", m.name))
}
