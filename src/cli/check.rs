//! `bilint check`: read, align, check, report.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::config::Choice;
use super::{EXIT_CLEAN, EXIT_FINDINGS, EXIT_TROUBLE, Outcome, Trouble};
use crate::align::Aligner;
use crate::check::{Checker, Tools};
use crate::filter::fingerprint;
use crate::finding::{Finding, Severity};
use crate::glossary::{Glossary, load};
use crate::input::{self, InputError, Level};
use crate::output::{Format, RuleFare, RunReport, Skipped, Summary};
use crate::rules::Selection;
use crate::rules::context::Settings;

/// Arguments of `bilint check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders to check, two files that translate each other, or `-` for standard input. Default: the
    /// configured sources, or the current folder.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How to print the report.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,

    /// Check against this glossary (TOML, CSV or TSV file, or a folder of them) instead of the shipped one. May be given
    /// more than once.
    #[arg(long, value_name = "FILE")]
    glossary: Vec<PathBuf>,

    /// Run only these rules or groups (comma-separated; `all` for every rule, those off by default included).
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    select: Vec<String>,

    /// Do not run these rules or groups (comma-separated).
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    ignore: Vec<String>,

    /// The least severity that makes the exit code 1.
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "error")]
    fail_on: FailOn,

    #[command(flatten)]
    config: Choice,

    /// Say of every glossary name found in the Chinese what became of it, on standard error.
    #[arg(long)]
    explain_hits: bool,

    /// The encoding of all files (as the Encoding Standard labels it, such as `gb18030`), where guessing goes wrong.
    #[arg(long, value_name = "LABEL", value_parser = encoding)]
    encoding: Option<&'static encoding_rs::Encoding>,

    /// Leave out what the configuration excludes even where a path names it, as pre-commit hooks need it.
    #[arg(long)]
    force_exclude: bool,

    /// The name that standard input goes by; its extension tells the format.
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,

    /// How many threads to use; 0 for one a core.
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    fn fails(self, worst: Option<Severity>) -> bool {
        let least = match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Note => Severity::Note,
            Self::Never => return false,
        };
        worst.is_some_and(|w| w >= least)
    }
}

fn encoding(label: &str) -> Result<&'static encoding_rs::Encoding, String> {
    encoding_rs::Encoding::for_label(label.trim().as_bytes())
        .ok_or_else(|| format!("unknown encoding “{label}”; known are utf-8, gb18030, gbk, big5, utf-16le and others of the Encoding Standard"))
}

/// Checks what the arguments name.
pub fn run(args: &Args, out: &mut dyn Write, color: bool) -> Outcome {
    let config = args.config.load()?;
    let (select, ignore) = config.selection(&args.select, &args.ignore);
    let selection = Selection::new(&select, &ignore)?;
    let named = config.glossaries.as_ref().filter(|_| args.glossary.is_empty());
    let (glossary, glossary_name) = glossary(named.unwrap_or(&args.glossary))?;
    let settings = Settings {
        direction: config.direction.unwrap_or_default(),
        known_acronyms: config.accepted_acronyms.clone(),
    };
    let aligner = Aligner::default();
    let tools = Tools {
        glossary: &glossary,
        settings: &settings,
        aligner: &aligner,
    };
    if args.threads > 0 {
        rayon::ThreadPoolBuilder::new()
            .num_threads(args.threads)
            .build_global()?;
    }

    let options = input::Options {
        encoding: args.encoding.or(config.encoding),
        stdin_name: args.stdin_filename.clone(),
        exclude: config.excluded.clone(),
        force_exclude: args.force_exclude,
        pairs: config.pair_patterns.clone(),
    };
    let paths = match (&config.sources, args.paths.as_slice()) {
        (Some(sources), []) => sources.clone(),
        (None, []) => vec![PathBuf::from(".")],
        (_, named) => named.to_vec(),
    };
    let found = input::discover(&paths, &options);
    let mut trouble = Problems::default();
    found.errors.iter().for_each(|e| trouble.take(e));
    let files = found.inputs.len();

    let mut checker = Checker::new(tools, &selection);
    let documents = found
        .inputs
        .iter()
        .flat_map(|i| input::read(i, &options))
        .filter_map(|d| match d {
            Ok(document) => Some(document),
            Err(e) => {
                trouble.take(&e);
                None
            }
        });
    if args.explain_hits {
        let documents: Vec<_> = documents.collect();
        super::segment::explain(tools, &documents, &mut io::stderr())?;
        checker.check(documents.into_iter());
    } else {
        checker.check(documents);
    }
    let (mut findings, tally) = checker.finish();
    config.settle(&mut findings, !args.select.is_empty());
    let current = std::env::current_dir().unwrap_or_default();
    fingerprint::assign(&mut findings, &current, &current);

    let mut report = RunReport {
        summary: Summary {
            files: files - trouble.skipped.len().min(files),
            pairs: tally.pairs,
            concepts_seen: tally.concepts.len(),
            concepts: glossary.concepts().len(),
            glossary: glossary_name,
            rules: fares(&selection, tally.pairs, &findings),
            skipped: trouble.skipped,
            ..Summary::default()
        },
        findings,
        ..RunReport::default()
    };
    report.settle();
    args.format.emitter(color).emit(&report, out)?;
    Ok(if trouble.errors > 0 {
        EXIT_TROUBLE
    } else if args.fail_on.fails(report.worst()) {
        EXIT_FINDINGS
    } else {
        EXIT_CLEAN
    })
}

/// The glossary that serves, and what to call it.
pub(super) fn glossary(paths: &[PathBuf]) -> Result<(Glossary, String), Trouble> {
    if paths.is_empty() {
        return Ok((load::shipped(), "the shipped glossary".to_owned()));
    }
    let loaded = load::load_files(paths)?;
    for w in &loaded.warnings {
        let _ = writeln!(io::stderr(), "warning: {w}");
    }
    let names: Vec<String> = paths.iter().map(|p| Path::display(p).to_string()).collect();
    Ok((loaded.glossary, names.join(", ")))
}

fn fares(selection: &Selection, pairs: usize, findings: &[Finding]) -> Vec<RuleFare> {
    selection
        .rules()
        .map(|r| r.meta())
        .map(|m| RuleFare {
            id: m.id,
            group: m.group.name(),
            severity: m.severity,
            summary: m.summary(),
            docs: m.docs.to_owned(),
            findings: findings.iter().filter(|f| f.rule == m.id).count(),
            pairs,
        })
        .collect()
}

/// Trouble with inputs, told on standard error as it comes.
#[derive(Default)]
struct Problems {
    errors: usize,
    skipped: Vec<Skipped>,
}

impl Problems {
    fn take(&mut self, error: &InputError) {
        match error.level() {
            Level::Error => {
                self.errors += 1;
                let _ = writeln!(io::stderr(), "error: {error}");
            }
            Level::Warning => {
                let _ = writeln!(io::stderr(), "warning: {error}");
            }
            Level::Skipped => self.skipped.push(Skipped {
                file: error.path().to_string(),
                reason: error.to_string(),
            }),
        }
    }
}
