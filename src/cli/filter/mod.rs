//! `bilint filter`: the pairs of a corpus without findings.

mod outputs;

use std::io::Write;
use std::path::PathBuf;

use outputs::cannot_write;

use super::console::Console;
use super::{EXIT_CLEAN, EXIT_TROUBLE, Outcome, Trouble, checks};
use crate::file::{Place, write_atomically};
use crate::finding::Severity;
use crate::input::{Columns, Corpus};
use crate::output::filter;
use crate::run::{Action, FilterOptions, Run};

/// Arguments of `bilint filter`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint filter -o clean.tsv.gz pairs.tsv.gz    the pairs without errors
  bilint filter --columns zh,en --annotate < pairs.tsv > marked.tsv
  bilint filter corpus.zh corpus.en -o clean.zh -o clean.en
  bilint filter -o clean.parquet pairs.parquet
  bilint filter --select quantities --report r.json -o clean.jsonl pairs.jsonl

Each pair is judged by itself, as `bilint check` does, and what is kept is written byte for byte. Exit code 0 if the \
    corpus was filtered, 2 on trouble, rows that cannot be read included.")]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Args {
    /// A file of JSON Lines, TSV, CSV or Parquet; two files of which line n of one translates line n of the other; or `-` for
    /// standard input. Text may be compressed by gzip or Zstandard.
    #[arg(value_name = "FILE", default_value = "-", num_args = 1..=2)]
    files: Vec<PathBuf>,

    /// Write to this file instead of standard output, in the form of the input; `.gz` and `.zst` are compressed. Two files take two
    /// outputs, in the same order.
    #[arg(long, short, value_name = "FILE")]
    output: Vec<PathBuf>,

    /// The columns of a file without a header, in their order, such as `zh,en`, `source,target` or `id,zh,en`; other names are
    /// columns that are only copied. Its lines are divided at tabs, and quotation marks are text.
    #[arg(long, value_name = "NAMES", value_parser = parse_columns)]
    columns: Option<Columns>,

    /// The lowest severity of the findings that count.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "error")]
    severity: Least,

    /// Keep the pairs with findings instead of those without.
    #[arg(long)]
    invert: bool,

    /// Keep all pairs, and add the rules that report them (`bilint_rules`) and a penalty (`bilint_penalty`: 5 for an error, 1 for
    /// a warning): as two columns, or two keys of a JSON object. Parquet gets a list of texts and a number.
    #[arg(long, conflicts_with = "invert")]
    annotate: bool,

    /// Leave out rows that cannot be read, and only count them.
    #[arg(long)]
    skip_malformed: bool,

    /// Write the counts, by rule, and samples of the findings to this file, as JSON.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,

    /// At most how many samples the report has of each rule.
    #[arg(long, value_name = "N", default_value_t = 5, requires = "report")]
    samples: usize,

    /// Print errors only, and no counts.
    #[arg(long, short)]
    quiet: bool,

    #[command(flatten)]
    checks: checks::Args,
}

/// A severity.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Least {
    /// Errors.
    Error,
    /// Warnings and errors.
    Warning,
    /// All findings.
    Note,
}

fn parse_columns(names: &str) -> Result<Columns, String> {
    Columns::read(names.split(','))
        .map_err(|_| "name a Chinese and an English column, or a source and a target, as in `zh,en`".to_owned())
}

impl Args {
    fn corpus(&self) -> Result<Corpus, Trouble> {
        match (self.files.as_slice(), self.columns) {
            ([file], None) => Ok(Corpus::Records(file.clone())),
            ([file], Some(columns)) => Ok(Corpus::Columns(file.clone(), columns)),
            ([_, _], Some(_)) => {
                Err("two files pair line by line, without columns; name one of the two, or omit --columns".into())
            }
            ([_, _], None) if self.annotate => Err(
                "lines of two files have no place for annotations; join them with `paste`, and name the columns".into(),
            ),
            ([first, second], None) => Ok(Corpus::Lines([first.clone(), second.clone()])),
            _ => Err("name one file, or two that pair line by line".into()),
        }
    }

    const fn options(&self) -> FilterOptions {
        FilterOptions {
            action: match (self.annotate, self.invert) {
                (true, _) => Action::Annotate,
                (false, true) => Action::Keep,
                (false, false) => Action::Drop,
            },
            severity: match self.severity {
                Least::Error => Severity::Error,
                Least::Warning => Severity::Warning,
                Least::Note => Severity::Note,
            },
            samples: if self.report.is_some() { self.samples } else { 0 },
            skip_malformed: self.skip_malformed,
        }
    }

    /// Refuses too few outputs or too many, two for one place, and those that are inputs.
    fn check_outputs(&self, corpus: &Corpus) -> Result<(), Trouble> {
        let files = self.files.len();
        match self.output.len() {
            0 if files == 1 => {}
            n if n == files => {}
            _ => return Err(format!("name {files} with --output, one for each input").into()),
        }
        let mut places: Vec<Place> = corpus.paths().map(PathBuf::as_path).map(Place::new).collect();
        for path in self.output.iter().chain(&self.report) {
            let place = Place::new(path);
            let is_device = path.exists() && !path.is_file();
            if !is_device && places.contains(&place) {
                let path = path.display();
                return Err(
                    format!("{path} is an output, and an input or another output, too; write it elsewhere").into(),
                );
            }
            places.push(place);
        }
        Ok(())
    }
}

/// Filters a corpus.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    args.checks.start_threads()?;
    let corpus = args.corpus()?;
    args.check_outputs(&corpus)?;
    let settings = args.checks.settings()?;
    let encoding = settings.encoding.or(settings.config.encoding);
    let run = Run::new(settings)?;
    let console = Console::new(args.quiet, false);
    for warning in run.glossary_warnings() {
        console.glossary_warning(warning);
    }
    let report = match corpus.open_table()? {
        Some(table) => args.filter_table(&run, &table, &console)?,
        None => args.filter_rows(&run, corpus.open(encoding)?, out, &console)?,
    };
    if let Some(path) = &args.report {
        let mut json = Vec::new();
        filter::write_json(&report, &mut json)?;
        write_atomically(path, &json).map_err(|source| cannot_write(path, source))?;
    }
    filter::summarize(&report).lines().for_each(|line| console.note(line));
    Ok(if console.errors() > 0 { EXIT_TROUBLE } else { EXIT_CLEAN })
}
