//! Changing the entries of a glossary: what the subcommands that do so have in common.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::recording::Recording;
use super::target::Target;
use super::{diff, show};
use crate::cli::prompt::Prompt;
use crate::cli::{EXIT_CLEAN, EXIT_FINDINGS, Outcome, Trouble, color, console};
use crate::config::Config;
use crate::file::write_atomically;
use crate::finding::{Finding, Severity};
use crate::fix;
use crate::glossary::editing::{Step, describe, text_after, text_after_changes};
use crate::glossary::load::{self, Format, GlossaryFile};
use crate::glossary::search::find_one;
use crate::glossary::{Concept, Glossary, TomlFile};
use crate::output::{self, Style, printable};
use crate::run::{GlossarySettings, RunReport, check_sources};
use crate::text::Source;
use crate::text::date::today;

/// What is changed, and whether it is written.
#[derive(Debug, clap::Args)]
pub struct Writing {
    #[command(flatten)]
    pub target: Target,

    /// Print the difference in the files, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

/// The glossary that is changed.
pub struct Session {
    config: Config,
    paths: Vec<PathBuf>,
    files: Vec<GlossaryFile>,
    glossary: Glossary,
}

impl Session {
    /// Reads the glossary.
    ///
    /// # Errors
    /// It is the built-in one, or none of its files can be read.
    pub fn open(target: &Target) -> Result<Self, Trouble> {
        let paths = target.paths()?;
        if paths.is_empty() {
            return Err(
                "the built-in glossary is not changed: name your own with --glossary FILE, or list it under `glossaries` in bilint.toml"
                    .into(),
            );
        }
        Self::read(target.config()?, &paths)
    }

    /// Reads the glossary together with a file that may not exist yet.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_with(target: &Target, file: &Path) -> Result<Self, Trouble> {
        let mut paths = target.paths()?;
        let is_new = !load::files(&paths).iter().any(|path| path == file);
        if is_new && file.exists() {
            paths.push(file.to_owned());
        }
        let mut session = Self::read(target.config()?, &paths)?;
        if is_new && !file.exists() {
            let format = Format::from_path(file).ok_or("a glossary file to write is a .toml file")?;
            let mut new = GlossaryFile::new(Source::new(file.display().to_string(), ""), format);
            new.rank = session.paths.len();
            session.files.push(new);
            session.paths.push(file.to_owned());
        }
        Ok(session)
    }

    fn read(config: Config, paths: &[PathBuf]) -> Result<Self, Trouble> {
        let read = load::read_files(paths);
        if read.files.is_empty() && !paths.is_empty() {
            return Err(Box::new(load::GlossaryError { problems: read.errors }));
        }
        Ok(Self {
            config,
            paths: load::files(paths),
            files: read.files,
            glossary: Glossary::new(read.concepts),
        })
    }

    /// The concepts.
    pub fn concepts(&self) -> &[Concept] {
        self.glossary.concepts()
    }

    /// The files that can be changed, as shown in messages.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let toml = self.files.iter().filter(|file| file.format == Format::Toml);
        toml.map(|file| &**file.source.path())
    }

    /// The concept with an id or a name, which is asked for if it is not given.
    ///
    /// # Errors
    /// There is none, or several have the name.
    pub fn find(&self, wanted: Option<&str>, prompt: &Prompt) -> Result<&Concept, Trouble> {
        let wanted = prompt.required(wanted, "Which concept (its id or a name)", "the concept")?;
        Ok(find_one(&self.glossary, &wanted).map_err(|near| show::unknown(&wanted, &near))?)
    }

    /// Whether an id is used.
    pub fn has_id(&self, id: &str) -> bool {
        self.concepts().iter().any(|c| c.id == id)
    }

    /// Records the steps, checks the glossary as it will be, and writes the files. If `glossary check` would report an error that
    /// is new, nothing is written.
    pub fn finish(
        self,
        mut steps: Vec<Step>,
        recording: Option<&Recording>,
        (writing, prompt): (&Writing, &Prompt),
        out: &mut dyn Write,
    ) -> Outcome {
        steps.retain(Step::is_change);
        if steps.is_empty() {
            writeln!(out, "nothing changes")?;
            return Ok(EXIT_CLEAN);
        }
        let words = describe(&steps);
        if let Some(recording) = recording {
            let (author, reason) = (recording.author()?, recording.reason(prompt)?);
            for step in &mut steps {
                step.record(today(), &author, reason.as_deref());
            }
        }
        let files = self.changed_files(&steps)?;
        let report = self.new_findings(&files)?;
        let style = Style {
            quiet: true,
            ..Style::new(false, color::terminal_width())
        };
        output::Format::Text.emitter(style).emit(&report, out)?;
        if report.findings.iter().any(|f| f.severity == Severity::Error) {
            console::print("nothing was written: `bilint glossary check` would report this as an error");
            return Ok(EXIT_FINDINGS);
        }
        for file in &files {
            if writing.dry_run {
                write!(out, "{}", fix::diff(file.name, &file.before, &file.after))?;
            } else {
                write_atomically(&file.path, file.after.as_bytes())
                    .map_err(|e| format!("cannot write {}: {e}", file.name))?;
            }
        }
        if writing.dry_run {
            console::print("nothing was written: --dry-run");
            return Ok(EXIT_CLEAN);
        }
        for difference in &words {
            diff::write(difference, out)?;
        }
        for file in &files {
            writeln!(out, "wrote {}", printable(file.name))?;
        }
        Ok(EXIT_CLEAN)
    }

    /// The files that the steps change.
    fn changed_files(&self, steps: &[Step]) -> Result<Vec<Changed<'_>>, Trouble> {
        let is_here = |step: &&Step| self.files.iter().any(|file| &**file.source.path() == step.file());
        if let Some(step) = steps.iter().find(|step| !is_here(step)) {
            return Err(format!(
                "“{}” is of the built-in glossary, which is not changed: write an entry with `override = true` into your own",
                step.concept().id
            )
            .into());
        }
        let mut files = Vec::new();
        for (index, GlossaryFile { source, format, .. }) in self.files.iter().enumerate() {
            let name = &**source.path();
            let here: Vec<&Step> = steps.iter().filter(|step| step.file() == name).collect();
            if here.is_empty() {
                continue;
            }
            if *format != Format::Toml {
                return Err(format!(
                    "{name} is a table, which is edited in the program it was made with; or import it into a glossary in TOML"
                )
                .into());
            }
            let path = self.paths.iter().find(|path| path.display().to_string() == name);
            let path = path.cloned().unwrap_or_else(|| PathBuf::from(name));
            let after = match text_after_changes(&path, source.text(), &here) {
                Some(text) => text,
                None => text_after(&mut TomlFile::parse(&path, source.text())?, here),
            };
            files.push(Changed {
                index,
                name,
                after,
                before: source.text().to_owned(),
                path,
            });
        }
        Ok(files)
    }

    /// What `glossary check` reports then, and does not report now.
    fn new_findings(&self, files: &[Changed<'_>]) -> Result<RunReport, Trouble> {
        let settings = GlossarySettings {
            config: self.config.clone(),
            ..GlossarySettings::default()
        };
        let copy = || {
            self.files.iter().map(|file| GlossaryFile {
                source: Source::new(&**file.source.path(), file.source.text()),
                ..*file
            })
        };
        let mut changed: Vec<_> = copy().collect();
        for file in files {
            changed[file.index].source = Source::new(file.name, &*file.after);
        }
        let mut report = check_sources(&settings, changed, &())?;
        if !report.findings.is_empty() {
            let old = check_sources(&settings, copy().collect(), &())?;
            let key = |f: &Finding| (f.rule, f.concept.clone(), f.primary().text.clone());
            let old: Vec<_> = old.findings.iter().map(key).collect();
            report.findings.retain(|f| !old.contains(&key(f)));
        }
        Ok(report)
    }
}

/// A file that changes.
struct Changed<'s> {
    index: usize,
    name: &'s str,
    path: PathBuf,
    before: String,
    after: String,
}
