//! `bilint glossary site`.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::target::Target;
use crate::cli::console::Console;
use crate::cli::{EXIT_CLEAN, EXIT_TROUBLE, Outcome, Trouble};
use crate::formats::is_own_report;
use crate::output::count;
use crate::output::site::{FOLDERS, Put, Site};
use crate::run::{Run, Settings, coverage, settings_for_names};
use crate::text::{display_path, printable};

/// Arguments of `bilint glossary site`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint glossary site public/     a site of the glossary of bilint.toml
  bilint glossary site public/ --corpus texts/
      with the number of times that texts use each name

Exit code 0 if the site was written, 2 on trouble.")]
pub struct Args {
    /// The folder to write to. It is made if it does not exist; of a site that is there, pages of concepts that are gone are
    /// removed.
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    #[command(flatten)]
    target: Target,

    /// Texts in which usages are counted. May be repeated.
    #[arg(long, value_name = "PATH")]
    corpus: Vec<PathBuf>,

    /// The heading of the site.
    #[arg(long, default_value = "Glossary")]
    title: String,
}

/// Writes a static site of the glossary.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let glossary = args.target.load()?;
    let concepts = glossary.glossary.concepts().to_vec();
    let console = Console::default();
    let usage = if args.corpus.is_empty() {
        None
    } else {
        let settings = settings_for_names(Settings {
            config: args.target.config()?,
            paths: args.corpus.clone(),
            ..Settings::default()
        });
        let run = Run::with_glossary(settings, glossary)?;
        Some(coverage(&run, concepts.len(), &console)?)
    };
    let folder = Folder::open(&args.folder)?;
    let site = Site {
        title: &args.title,
        concepts: &concepts,
        usage: usage.as_deref(),
    };
    let failed = |e: io::Error| format!("cannot write the site: {e}");
    site.write(&folder).map_err(failed)?;
    let removed = folder.remove_others().map_err(failed)?;
    let shown = display_path(&args.folder.join("index.html"));
    let gone = if removed > 0 {
        format!(", removed {}", count(removed, "old page"))
    } else {
        String::new()
    };
    writeln!(out, "{}: {}{gone}", printable(&shown), count(concepts.len(), "concept"))?;
    Ok(if console.errors() > 0 { EXIT_TROUBLE } else { EXIT_CLEAN })
}

/// The folder of a site, and what was written there.
struct Folder<'a> {
    root: &'a Path,
    written: Mutex<BTreeSet<PathBuf>>,
}

impl<'a> Folder<'a> {
    /// Makes the folder, unless it holds something else than a site.
    fn open(root: &'a Path) -> Result<Self, Trouble> {
        let index = root.join("index.html");
        let shown = display_path(root);
        let is_taken = index.exists() || FOLDERS.iter().any(|name| root.join(name).exists());
        if is_taken && !is_own_report(&index) {
            return Err(format!("{shown} holds files that are no site of bilint; name another folder").into());
        }
        let folders = [root.to_owned()].into_iter().chain(FOLDERS.map(|name| root.join(name)));
        for folder in folders {
            match fs::create_dir(&folder) {
                Err(e) if e.kind() != ErrorKind::AlreadyExists => {
                    return Err(format!("cannot make the folder {}: {e}", display_path(&folder)).into());
                }
                _ => {}
            }
        }
        Ok(Self {
            root,
            written: Mutex::default(),
        })
    }

    /// Removes the files in the folders of the site that were not written now. Returns how many.
    fn remove_others(&self) -> io::Result<usize> {
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let mut removed = 0;
        for folder in FOLDERS {
            for entry in fs::read_dir(self.root.join(folder))? {
                let path = entry?.path();
                if path.is_file() && !written.contains(&path) {
                    fs::remove_file(&path)?;
                    removed += 1;
                }
            }
        }
        Ok(removed)
    }
}

impl Put for Folder<'_> {
    /// A file that has the content already is left alone, so that copying a site copies little. Nothing waits for the disk: with
    /// 100,000 pages that would take minutes, and a page that is lost is written again.
    fn put(&self, path: &str, content: &str) -> io::Result<()> {
        let path = self.root.join(path);
        if fs::read(&path).is_ok_and(|old| old == content.as_bytes()) {
            self.note(path);
            return Ok(());
        }
        fs::write(&path, content)?;
        self.note(path);
        Ok(())
    }
}

impl Folder<'_> {
    fn note(&self, path: PathBuf) {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written.insert(path);
    }
}
