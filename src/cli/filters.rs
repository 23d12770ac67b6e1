//! The arguments of `bilint check` that hold findings back: waivers, the baseline, `--since`, `--max-findings`.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Trouble;
use crate::filter::baseline::Baseline;
use crate::filter::fingerprint;
use crate::filter::since::Since;
use crate::filter::suppress::Suppressions;
use crate::filter::waiver::Waivers;
use crate::finding::{self, Finding};
use crate::input::{Files, Input};
use crate::rules::Selection;
use crate::text::date::today;
use crate::text::{Source, display_path};

/// What is held back.
#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(next_help_heading = "Old findings")]
pub struct Args {
    /// Do not report the findings that this file knows; `--update-baseline` writes it.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Write all findings of this run to the baseline, drop from it what no longer occurs, and report nothing.
    #[arg(long, requires = "baseline", conflicts_with_all = ["fix", "unsafe_fixes", "diff"])]
    update_baseline: bool,

    /// Do not report the findings that this TOML file waives (`[[waiver]]` with fingerprint, reason, who, until).
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,

    /// Report only what was touched since this git revision, committed or not: findings whose pair, on either side, has
    /// a changed line or stands next to a removed one. `main...` means since the branch left main. Every file is still
    /// checked as a whole.
    #[arg(long, value_name = "REV", conflicts_with_all = ["update_baseline", "score"])]
    since: Option<String>,

    /// Show at most this many findings, the gravest first; all of them count.
    #[arg(long, value_name = "N")]
    pub max_findings: Option<usize>,
}

/// What a run was about, so that the baseline knows what it could have found.
pub struct Scope<'a> {
    /// The inputs that were checked.
    pub inputs: &'a [Input],
    /// The rules that ran.
    pub selection: &'a Selection,
    /// Whether that was everything that there is to check.
    pub whole: bool,
}

impl Args {
    /// The files that the arguments name.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        [&self.baseline, &self.waivers]
            .into_iter()
            .flatten()
            .map(PathBuf::as_path)
    }

    /// Reads the files that the arguments name, before any work is done.
    ///
    /// # Errors
    /// A file that cannot be read or is not what it should be.
    pub fn load(&self) -> Result<Filters<'_>, Trouble> {
        let baseline = match &self.baseline {
            Some(file) if self.update_baseline && !file.exists() => Some(Baseline::default()),
            Some(file) => Some(Baseline::load(file)?),
            None => None,
        };
        let waivers = match &self.waivers {
            Some(file) => Waivers::parse(&source(file)?)?,
            None => Waivers::default(),
        };
        let current = std::env::current_dir()?;
        let since = match &self.since {
            Some(revision) => Some(Since::new(revision, &current)?),
            None => None,
        };
        Ok(Filters {
            args: self,
            baseline,
            waivers,
            since,
            root: fingerprint::root(&current).to_owned(),
            current,
        })
    }
}

/// The arguments with their files read.
pub struct Filters<'a> {
    args: &'a Args,
    baseline: Option<Baseline>,
    waivers: Waivers,
    since: Option<Since>,
    root: PathBuf,
    current: PathBuf,
}

impl Filters<'_> {
    /// Gives the findings (in report order) their fingerprints, takes out what comments and waivers suppress, and
    /// returns how many these were.
    pub fn suppress(&self, findings: &mut Vec<Finding>, suppressions: Suppressions, scope: &Scope<'_>) -> usize {
        // Before anything is taken out, so that a suppression changes no other finding's occurrence number.
        fingerprint::assign(findings, &self.root, &self.current);
        let mut suppressed = suppressions.apply(findings, scope.selection, today());
        suppressed += self.waivers.apply(findings, scope.selection, today(), scope.whole);
        finding::sort(findings);
        fingerprint::assign(findings, &self.root, &self.current);
        suppressed
    }

    /// Takes out what the baseline knows and returns how many these were.
    pub fn hide_known(&self, findings: &mut Vec<Finding>) -> usize {
        self.baseline.as_ref().map_or(0, |b| b.apply(findings))
    }

    /// Whether what is checked must be in files whose history is known.
    pub const fn needs_history(&self) -> bool {
        self.since.is_some()
    }

    /// Takes out what nobody touched since the revision that was named and returns how many these were.
    ///
    /// # Errors
    /// Git that does not answer.
    pub fn hide_untouched(&self, findings: &mut Vec<Finding>) -> Result<usize, Trouble> {
        // Fixes move lines, so git is asked each time.
        match &self.since {
            Some(since) => Ok(since.changes()?.retain_touched(findings)),
            None => Ok(0),
        }
    }

    /// Brings the baseline up to date with `findings` (those that are not suppressed) where that is wanted; else says on
    /// standard error what in it no longer occurs.
    ///
    /// # Errors
    /// A baseline that cannot be written.
    pub fn update(&mut self, findings: &[Finding], scope: &Scope<'_>) -> Result<(), Trouble> {
        let (Some(old), Some(file)) = (&self.baseline, &self.args.baseline) else {
            return Ok(());
        };
        let relative = |path: &str| fingerprint::relative_path(path, &self.root, &self.current);
        let files = scope.files(relative);
        let checked = |file: &str, rule: &str| {
            scope.selection.contains(rule) && (files.contains(file) || !self.root.join(file).exists())
        };
        let outdated = old.outdated(findings, checked);
        let mut stderr = io::stderr();
        if self.args.update_baseline {
            let new = Baseline::of(findings, relative).keeping(old, checked);
            new.save(file)?;
            let _ = writeln!(
                stderr,
                "{}: {} known, {} of them new; {} that no longer occur were dropped",
                file.display(),
                new.len(),
                (new.len() + outdated.len()).saturating_sub(old.len()),
                outdated.len()
            );
            self.baseline = Some(new);
            return Ok(());
        }
        if !outdated.is_empty() {
            let (gone, all) = (outdated.len(), old.len());
            let file = file.display();
            let _ = writeln!(
                stderr,
                "note: {gone} of {all} in {file} no longer occur; `--update-baseline` drops them:"
            );
            for e in outdated {
                let _ = writeln!(stderr, "  {}: {}: {}", e.file, e.rule, e.message);
            }
        }
        Ok(())
    }
}

impl Scope<'_> {
    fn files(&self, relative: impl Fn(&str) -> String) -> HashSet<String> {
        let of = |input: &Input| match &input.files {
            Files::One(path) => vec![path.clone()],
            Files::Two { zh, en } => vec![zh.clone(), en.clone()],
            Files::Stdin => Vec::new(),
        };
        self.inputs
            .iter()
            .flat_map(of)
            .map(|path| relative(&path.to_string_lossy()))
            .collect()
    }
}

fn source(file: &Path) -> Result<Source, Trouble> {
    let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok(Source::new(display_path(file), text))
}
