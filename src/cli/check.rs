//! `bilint check`: read, align, check, report.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::config::Choice;
use super::{EXIT_CLEAN, EXIT_FINDINGS, EXIT_TROUBLE, Outcome, Trouble, file_list, filters, fixing, outputs, watch};
use crate::align::Aligner;
use crate::check::{Checker, Tally, Tools};
use crate::config::Config;
use crate::finding::{Finding, Severity};
use crate::glossary::{self, Glossary, load};
use crate::input::{self, InputError, Level};
use crate::output::{RuleFare, RunReport, Skipped, Summary};
use crate::rules::context::Settings;
use crate::rules::{Declared, Selection};

/// Arguments of `bilint check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files and folders to check, two files that translate each other, or `-` for standard input. Default: the
    /// configured sources, or the current folder.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

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

    /// Leave out what the configuration excludes even where a path or a list names it, as hooks need it.
    #[arg(long)]
    force_exclude: bool,

    /// Check the files that this file lists, one a line or separated by NUL, and their translations; `-` reads the list
    /// from standard input. What bilint does not read is left out, so that the list may be that of a commit.
    #[arg(long, value_name = "FILE")]
    file_list: Option<PathBuf>,

    /// Check again whenever a text, a glossary or the configuration is saved, until Ctrl-C.
    #[arg(long, conflicts_with_all = ["fix", "unsafe_fixes", "diff", "update_baseline"])]
    watch: bool,

    /// The name that standard input goes by; its extension tells the format.
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,

    /// How many threads to use; 0 for one a core.
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,

    #[command(flatten)]
    outputs: outputs::Args,

    #[command(flatten)]
    filters: filters::Args,

    #[command(flatten)]
    fixes: fixing::Args,
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

/// What the arguments and the configuration together say of the inputs.
pub(super) struct Plan {
    /// The configuration.
    pub config: Config,
    /// What to check.
    pub paths: Vec<PathBuf>,
    /// How to read it.
    pub options: input::Options,
}

impl Args {
    /// Reads the configuration and the list of files.
    ///
    /// # Errors
    /// A configuration or a list that cannot be read.
    pub(super) fn plan(&self) -> Result<Plan, Trouble> {
        let config = self.config.load()?;
        let options = input::Options {
            encoding: self.encoding.or(config.encoding),
            stdin_name: self.stdin_filename.clone(),
            exclude: config.excluded.clone(),
            force_exclude: self.force_exclude,
            listed: file_list::read(self.file_list.as_deref(), &self.paths)?,
            pairs: config.pair_patterns.clone(),
        };
        let paths = match (&config.sources, self.paths.as_slice()) {
            (_, []) if self.file_list.is_some() => Vec::new(),
            (Some(sources), []) => sources.clone(),
            (None, []) => vec![PathBuf::from(".")],
            (_, named) => named.to_vec(),
        };
        Ok(Plan { config, paths, options })
    }

    /// The glossaries that serve; none for the shipped one.
    pub(super) fn glossaries<'a>(&'a self, config: &'a Config) -> &'a [PathBuf] {
        config.glossaries_or(&self.glossary)
    }

    /// The configuration file that is looked for.
    pub(super) fn config_file(&self) -> Option<PathBuf> {
        self.config.file()
    }

    /// Files that are read besides texts, glossaries and configuration.
    pub(super) fn read_besides(&self) -> impl Iterator<Item = &Path> {
        self.filters.files().chain(self.file_list.as_deref())
    }

    /// Files that reports go to.
    ///
    /// # Errors
    /// Two outputs for one place.
    pub(super) fn written(&self) -> Result<Vec<PathBuf>, Trouble> {
        Ok(self.outputs.targets()?.into_iter().filter_map(|t| t.file).collect())
    }
}

/// Checks what the arguments name, again and again if asked for.
pub fn run(args: &Args, out: &mut dyn Write, color: bool) -> Outcome {
    if args.threads > 0 {
        rayon::ThreadPoolBuilder::new()
            .num_threads(args.threads)
            .build_global()?;
    }
    if args.watch {
        if [args.file_list.as_ref()]
            .into_iter()
            .flatten()
            .chain(&args.paths)
            .any(|p| p.as_os_str() == "-")
        {
            return Err(watch::STDIN.into());
        }
        return watch::run(args, out, color);
    }
    once(args, out, color)
}

/// Checks what the arguments name.
pub(super) fn once(args: &Args, out: &mut dyn Write, color: bool) -> Outcome {
    let Plan { config, paths, options } = args.plan()?;
    let (select, ignore) = config.selection(&args.select, &args.ignore);
    let selection = Selection::new(&select, &ignore)?;
    let targets = args.outputs.targets()?;
    let mut filters = args.filters.load()?;
    let (glossary, glossary_name) = glossary(args.glossaries(&config))?;
    let settings = Settings {
        direction: config.direction.unwrap_or_default(),
        known_acronyms: config.accepted_acronyms.clone(),
        style: config.style,
    };
    let aligner = Aligner::default();
    let tools = Tools {
        glossary: &glossary,
        settings: &settings,
        aligner: &aligner,
    };
    let found = input::discover(&paths, &options);
    if filters.needs_history() && found.inputs.iter().any(|i| i.files == input::Files::Stdin) {
        return Err("--since needs files: standard input has no history; leave one of the two out".into());
    }
    let scope = filters::Scope {
        inputs: &found.inputs,
        selection: &selection,
        whole: args.file_list.is_none()
            && (args.paths.is_empty() || args.paths == [PathBuf::from(".")])
            && args.select.is_empty()
            && args.ignore.is_empty(),
    };
    let look = |explain: bool, quiet: bool| -> Result<Looked, Trouble> {
        let mut trouble = Problems::new(quiet);
        found.errors.iter().for_each(|e| trouble.take(e));
        let mut checker = Checker::new(tools, &selection).measuring(args.outputs.scores());
        let progress = super::progress::Progress::new(found.inputs.len());
        let documents = found
            .inputs
            .iter()
            .inspect(|_| progress.step())
            .flat_map(|i| input::read(i, &options))
            .filter_map(|d| d.map_err(|e| trouble.take(&e)).ok());
        if explain {
            let documents: Vec<_> = documents.collect();
            super::segment::explain(tools, &documents, &mut io::stderr())?;
            checker.check(documents.into_iter());
        } else {
            checker.check(documents);
        }
        progress.finish();
        let (mut findings, tally, suppressions) = checker.finish();
        let suppressed = filters.suppress(&mut findings, suppressions, &scope);
        config.settle(&mut findings, !args.select.is_empty());
        Ok(Looked {
            findings,
            tally,
            trouble,
            suppressed,
        })
    };

    let mut looked = look(args.explain_hits, false)?;
    let mut fixed = fixing::Fixed::default();
    if args.fixes.wanted() || args.fixes.shown() {
        for _ in 0..fixing::ROUNDS {
            let mut open = looked.findings.clone();
            filters.hide_known(&mut open);
            filters.hide_untouched(&mut open)?;
            let round = args.fixes.apply(&open, out)?;
            fixed.applied += round.applied;
            fixed.failed = round.failed;
            if round.applied == 0 || args.fixes.shown() {
                break;
            }
            looked = look(false, true)?;
        }
    }
    let broken = looked.trouble.errors > 0 || fixed.failed > 0;
    if args.fixes.shown() {
        return Ok(match (broken, fixed.applied) {
            (true, _) => EXIT_TROUBLE,
            (false, 0) => EXIT_CLEAN,
            (false, _) => EXIT_FINDINGS,
        });
    }
    if args.fixes.wanted() {
        let noun = if fixed.applied == 1 { "fix" } else { "fixes" };
        let _ = writeln!(io::stderr(), "{} {noun} applied", fixed.applied);
    }

    let Looked {
        mut findings,
        tally,
        trouble,
        suppressed,
    } = looked;
    filters.update(&findings, &scope)?;
    let score = args.outputs.score(&findings, tally.lengths)?;
    let baselined = filters.hide_known(&mut findings);
    let untouched = filters.hide_untouched(&mut findings)?;
    let files: usize = found.inputs.iter().map(files_of).sum();
    let mut report = RunReport {
        suppressed,
        baselined,
        untouched,
        score,
        summary: Summary {
            files: files - trouble.skipped.len().min(files),
            pairs: tally.pairs,
            concepts_seen: tally.concepts.len(),
            concepts: glossary.concepts().len(),
            glossary: glossary_name,
            rules: fares(&selection, tally.pairs),
            skipped: trouble.skipped,
            ..Summary::default()
        },
        findings,
        ..RunReport::default()
    };
    report.settle();
    if let Some(max) = args.filters.max_findings {
        report.withhold_beyond(max);
    }
    args.outputs.print(&targets, &report, color, out)?;
    if !args.watch {
        // The process ends here: its names need not be taken down one by one.
        std::mem::forget(glossary);
    }
    Ok(if broken {
        EXIT_TROUBLE
    } else if args.fail_on.fails(report.worst()) {
        EXIT_FINDINGS
    } else {
        EXIT_CLEAN
    })
}

fn files_of(input: &input::Input) -> usize {
    match input.files {
        input::Files::Two { .. } => 2,
        input::Files::One(_) | input::Files::Stdin => 1,
    }
}

/// What one look at all inputs brought.
struct Looked {
    findings: Vec<Finding>,
    tally: Tally,
    trouble: Problems,
    suppressed: usize,
}

/// The glossary that serves, and what to call it.
pub(super) fn glossary(paths: &[PathBuf]) -> Result<(Glossary, String), Trouble> {
    if paths.is_empty() {
        return Ok((glossary::builtin(), "the shipped glossary".to_owned()));
    }
    let loaded = load::load_files(paths)?;
    for w in &loaded.warnings {
        let _ = writeln!(io::stderr(), "warning: {w}");
    }
    let names: Vec<String> = paths.iter().map(|p| Path::display(p).to_string()).collect();
    Ok((loaded.glossary, names.join(", ")))
}

/// The rules that run; the report counts their findings.
fn fares(selection: &Selection, pairs: usize) -> Vec<RuleFare> {
    selection
        .rules()
        .map(Declared::meta)
        .map(|m| RuleFare {
            id: m.id,
            group: m.group.name(),
            severity: m.severity,
            summary: m.summary(),
            docs: m.markdown(),
            findings: 0,
            pairs,
        })
        .collect()
}

/// Trouble with inputs, told on standard error as it comes.
struct Problems {
    quiet: bool,
    errors: usize,
    skipped: Vec<Skipped>,
}

impl Problems {
    /// `quiet` where all of it has been told before.
    fn new(quiet: bool) -> Self {
        Self {
            quiet,
            errors: 0,
            skipped: Vec::new(),
        }
    }

    fn take(&mut self, error: &InputError) {
        let level = error.level();
        if level != Level::Warning {
            let (file, reason) = (error.path().to_string(), error.to_string());
            let prefix = format!("{file}: ");
            self.skipped.push(Skipped {
                reason: reason.strip_prefix(&prefix).unwrap_or(&reason).to_owned(),
                file,
                failed: level == Level::Error,
            });
        }
        let kind = match level {
            Level::Error => {
                self.errors += 1;
                "error"
            }
            Level::Warning => "warning",
            Level::Skipped => return,
        };
        if !self.quiet {
            let _ = writeln!(io::stderr(), "{kind}: {error}");
        }
    }
}
