//! `bilint review`: a page in which people decide about each finding, and applying what they decided.

use std::io::{self, Write};
use std::path::PathBuf;

use super::console::Console;
use super::{EXIT_CLEAN, EXIT_FINDINGS, EXIT_TROUBLE, Outcome, Trouble, inputs};
use crate::file::write_atomically;
use crate::filter::decisions::{About, Decisions, Merged, Verdict, merge};
use crate::output::{count, review};
use crate::run::{Applied, CopyOptions, FilterSettings, Run, ScoreSettings, Settings, load_decisions};
use crate::score::Standard;
use crate::text::{display_path, printable};

/// Arguments of `bilint review`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint review report.zh.md report.en.md     write review.html
  bilint review --apply decisions.json --waivers waivers.toml report.*.md
      correct what was accepted, and waive the rest

Exit code 0 if the page was written or all decisions applied, 1 if some were not, 2 on trouble.")]
pub struct Args {
    #[command(flatten)]
    inputs: inputs::Args,

    /// The page to write.
    #[arg(long, short, value_name = "FILE", default_value = "review.html")]
    output: PathBuf,

    /// Compare with the review before: a file of decisions, as for `--apply`. May be repeated.
    #[arg(long, value_name = "FILE")]
    previous: Vec<PathBuf>,

    /// Write no page, but apply decisions: fixes to the texts, waivers to the file of `--waivers`. FILE is what a page exported,
    /// or a Word file of `check --annotate` in which people answered the comments. May be repeated, once for each reviewer; what
    /// they disagree about is printed and left alone.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["output", "previous", "since"])]
    apply: Vec<PathBuf>,

    #[command(flatten)]
    copies: Copies,

    /// The waiver file. Its findings are left out, and `--apply` adds to it.
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,

    /// Show only findings about text that changed since this git revision.
    #[arg(long, value_name = "REV")]
    since: Option<String>,

    /// The standard of the score.
    #[arg(long, value_enum, value_name = "STANDARD", default_value_t = Standard::Gbt19682)]
    score: Standard,
}

/// Where the texts are corrected.
#[derive(Debug, clap::Args)]
#[group(skip)]
struct Copies {
    /// With --apply: write a corrected copy and leave the file as it is, which Word files need. For several files, name a folder.
    /// An existing copy is never replaced.
    #[arg(long, value_name = "COPY", requires = "apply")]
    write_to: Option<PathBuf>,

    /// With --write-to: make the corrections of Word documents tracked changes.
    #[arg(long, requires = "write_to")]
    track_changes: bool,
}

impl Args {
    fn settings(&self) -> Result<Settings, Trouble> {
        let applies = !self.apply.is_empty();
        Ok(Settings {
            filters: FilterSettings {
                waivers: self.waivers.clone(),
                update_waivers: applies,
                since: self.since.clone(),
                ..FilterSettings::default()
            },
            score: Some(ScoreSettings {
                standard: self.score,
                confirmed: None,
            }),
            previous: self.previous.clone(),
            outputs: if applies { Vec::new() } else { vec![self.output.clone()] },
            ..self.inputs.settings()?
        })
    }
}

/// Checks, and writes the page or applies decisions.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    args.inputs.start_threads()?;
    let run = Run::new(args.settings()?)?;
    let console = Console::default();
    for warning in run.glossary_warnings() {
        console.glossary_warning(warning);
    }
    if args.apply.is_empty() {
        write_page(args, &run, &console, out)
    } else {
        apply(args, &run, &console, out)
    }
}

fn write_page(args: &Args, run: &Run, console: &Console, out: &mut dyn Write) -> Outcome {
    let review = run.review(console)?;
    let mut page = Vec::new();
    review::write(&review, &mut page)?;
    let file = display_path(&args.output);
    write_atomically(&args.output, &page).map_err(|e| format!("cannot write {file}: {e}"))?;
    let findings = count(review.report.findings.len(), "finding");
    let pairs = count(review.report.summary.pairs, "pair");
    writeln!(out, "{}: {findings} in {pairs}", printable(&file))?;
    if let Some(reason) = review.report.nothing_checked {
        console.error(reason);
    }
    Ok(if console.errors() > 0 { EXIT_TROUBLE } else { EXIT_CLEAN })
}

/// Applies the files of decisions. The exit code is 1 if some of them were not applied.
fn apply(args: &Args, run: &Run, console: &Console, out: &mut dyn Write) -> Outcome {
    let files = args.apply.iter().map(|file| load_decisions(file));
    let merged = merge(&files.collect::<Result<Vec<Decisions>, _>>()?);
    let copies = args.copies.write_to.as_ref().map(|out| CopyOptions {
        out: out.clone(),
        tracked: args.copies.track_changes,
    });
    let applied = run.apply(&merged.agreed, copies.as_ref(), console)?;
    print_applied(&applied, args, out)?;
    print_conflicts(&merged, out)?;
    print_unread(&merged, out)?;
    let is_complete = applied.refused.is_empty() && merged.conflicts.is_empty() && merged.unread.is_empty();
    Ok(match (console.errors(), is_complete) {
        (0, true) => EXIT_CLEAN,
        (0, false) => EXIT_FINDINGS,
        _ => EXIT_TROUBLE,
    })
}

fn place(about: &About) -> String {
    let place = format!("{}:{}: {}: {}", about.file, about.line, about.rule, about.message);
    printable(&place).into_owned()
}

fn print_applied(applied: &Applied, args: &Args, out: &mut dyn Write) -> io::Result<()> {
    for file in &applied.fixed {
        writeln!(
            out,
            "{}: {} applied",
            printable(&file.name),
            count(file.applied, "change")
        )?;
    }
    for copy in &applied.copies {
        let path = display_path(&copy.path);
        writeln!(out, "{}: {} applied", printable(&path), count(copy.applied, "change"))?;
    }
    if let Some(file) = args.waivers.as_deref().filter(|_| !applied.waivers.is_empty()) {
        let waived = count(applied.waivers.len(), "finding");
        writeln!(out, "{}: {waived} waived", printable(&display_path(file)))?;
    }
    if !applied.by_hand.is_empty() {
        writeln!(out, "To correct by hand:")?;
    }
    for about in &applied.by_hand {
        writeln!(out, "  {}", place(about))?;
    }
    if !applied.refused.is_empty() {
        writeln!(out, "Not applied:")?;
    }
    for (about, why) in &applied.refused {
        writeln!(out, "  {}\n    {}", place(about), printable(&why.to_string()))?;
    }
    Ok(())
}

fn print_conflicts(merged: &Merged, out: &mut dyn Write) -> io::Result<()> {
    if !merged.conflicts.is_empty() {
        writeln!(out, "Not applied, because the reviewers disagree:")?;
    }
    for conflict in &merged.conflicts {
        writeln!(out, "  {}", place(&conflict.about))?;
        for (who, verdict) in &conflict.verdicts {
            writeln!(out, "    {}: {}", printable(who), printable(&describe(verdict)))?;
        }
    }
    Ok(())
}

fn print_unread(merged: &Merged, out: &mut dyn Write) -> io::Result<()> {
    if !merged.unread.is_empty() {
        writeln!(out, "Answers that decide nothing:")?;
    }
    for unread in &merged.unread {
        let answer = format!("{}: {}", unread.who, unread.text);
        writeln!(out, "  {}\n    {}", place(&unread.about), printable(&answer))?;
    }
    Ok(())
}

fn describe(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Open => "open".to_owned(),
        Verdict::Accepted { fix } => match fix.replacement() {
            Some(fix) => format!("accepts it, to be changed to “{fix}”"),
            None => "accepts it".to_owned(),
        },
        Verdict::Waived { reason, .. } => format!("waives it: {reason}"),
    }
}
