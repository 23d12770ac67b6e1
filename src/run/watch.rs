//! Waiting until a text, a glossary or the configuration is saved.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::ModifyKind;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::Settings;
use crate::config::FILE_NAME;
use crate::formats;
use crate::glossary::load;
use crate::input::{self, Files};
use crate::text::display_path;

/// No event for this long ends a change: editors save in several steps, git in many.
const QUIET: Duration = Duration::from_millis(120);
/// A change ends after this long even if events keep coming.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why files cannot be watched.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// Standard input is among the inputs.
    #[error("--watch needs files: standard input can be read only once")]
    Stdin,
    /// None of the folders exists.
    #[error("--watch: there is no folder to watch; name files or folders that exist")]
    NoFolder,
    /// The system refuses.
    #[error("--watch: {0}")]
    System(#[from] notify::Error),
}

/// A folder that cannot be watched; the others are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{folder}: cannot watch the folder: {reason}")]
pub struct Unwatched {
    /// The folder as messages show it.
    pub folder: Arc<str>,
    /// Why.
    pub reason: String,
}

/// Watches files for changes.
pub struct Watcher {
    system: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    /// The folders that the system watches.
    folders: BTreeSet<PathBuf>,
}

impl Watcher {
    /// A watcher that watches nothing yet.
    ///
    /// # Errors
    /// The system cannot watch files.
    pub fn new() -> Result<Self, WatchError> {
        let (sender, events) = mpsc::channel();
        Ok(Self {
            system: notify::recommended_watcher(sender)?,
            events,
            folders: BTreeSet::new(),
        })
    }

    /// Watches these files and no others. Returns the folders that cannot be watched.
    ///
    /// # Errors
    /// None of the folders can be watched.
    pub fn watch(&mut self, files: &WatchedFiles) -> Result<Vec<Unwatched>, WatchError> {
        for old in self.folders.difference(&files.folders) {
            // The folder may no longer exist; then it is no longer watched either.
            let _ = self.system.unwatch(old);
        }
        self.folders.retain(|f| files.folders.contains(f));
        let mut unwatched = Vec::new();
        for folder in &files.folders {
            if self.folders.contains(folder) {
                continue;
            }
            match self.system.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    self.folders.insert(folder.clone());
                }
                Err(e) => unwatched.push(Unwatched {
                    folder: display_path(folder),
                    reason: match &e.kind {
                        notify::ErrorKind::Io(e) => e.to_string(),
                        _ => e.to_string(),
                    },
                }),
            }
        }
        if self.folders.is_empty() {
            return Err(WatchError::NoFolder);
        }
        Ok(unwatched)
    }

    /// Waits until one of the files changes, and then until the change is over. Returns the first path that changed, or
    /// `None` if the system sends no more events.
    pub fn wait(&mut self, files: &WatchedFiles) -> Option<PathBuf> {
        let first = loop {
            let event = self.events.recv().ok()?;
            if let Some(path) = self.changed_path(event, files) {
                break path;
            }
        };
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            match self.events.recv_timeout(QUIET) {
                Ok(event) => {
                    self.changed_path(event, files);
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        Some(first)
    }

    /// The path of an event that requires another check.
    fn changed_path(&mut self, event: notify::Result<Event>, files: &WatchedFiles) -> Option<PathBuf> {
        // After an overflow, anything may have changed.
        let Ok(event) = event else {
            return files.folders.first().cloned();
        };
        if matches!(event.kind, EventKind::Access(_)) {
            return None;
        }
        if matches!(
            event.kind,
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
        ) {
            for path in &event.paths {
                // A removed folder is no longer watched, and may come back under its name.
                self.folders.remove(path);
            }
        }
        if event.need_rescan() {
            return files.folders.first().cloned();
        }
        event.paths.into_iter().find(|p| files.affect_check(p))
    }
}

/// The files whose changes require another check. All paths are canonical, except for the last part of files, which may
/// not exist for a moment.
#[derive(Debug, Default)]
pub struct WatchedFiles {
    /// All folders that contain any of these.
    folders: BTreeSet<PathBuf>,
    /// Folders in which every text counts, new ones included.
    searched: BTreeSet<PathBuf>,
    /// Texts, glossaries, configuration and other files that count wherever they are.
    files: BTreeSet<PathBuf>,
    /// Folders of glossaries.
    glossaries: BTreeSet<PathBuf>,
    /// Files that the check itself writes.
    written: BTreeSet<PathBuf>,
}

impl WatchedFiles {
    /// All files that a run with these settings reads, and the place of a configuration file in the current folder.
    ///
    /// # Errors
    /// Standard input is among them.
    pub fn new(settings: &Settings) -> Result<Self, WatchError> {
        let mut watched = Self::default();
        let config = &settings.config;
        watched.add_file(Path::new(FILE_NAME));
        for file in config.path.iter().map(PathBuf::as_path).chain(config.files()) {
            watched.add_file(file);
        }
        for glossary in settings
            .effective_glossaries()
            .iter()
            .filter(|path| !load::is_builtin(path))
        {
            if glossary.is_dir() {
                watched.glossaries.extend(glossary.canonicalize());
                watched.folders.extend(glossary.canonicalize());
            } else {
                watched.add_file(glossary);
            }
        }
        let (filters, score) = (&settings.filters, settings.score.as_ref());
        let confirmed = score.and_then(|s| s.confirmed.as_ref());
        for file in [filters.baseline.as_ref(), filters.waivers.as_ref(), confirmed]
            .into_iter()
            .flatten()
        {
            watched.add_file(file);
        }
        let (paths, options) = (settings.effective_paths(), settings.input_options());
        for folder in input::folders(&paths, &options) {
            watched.folders.extend(folder.canonicalize());
            watched.searched.extend(folder.canonicalize());
        }
        for found in input::discover(&paths, &options).inputs {
            match found.files {
                Files::One(file) => watched.add_file(&file),
                Files::Two { zh, en } => {
                    watched.add_file(&zh);
                    watched.add_file(&en);
                }
                Files::Stdin => return Err(WatchError::Stdin),
            }
        }
        // Files that are named but do not exist yet.
        for path in paths.iter().filter(|p| !p.is_dir()) {
            watched.add_file(path);
        }
        Ok(watched)
    }

    /// Adds a file that the check reads, and the file that it links to.
    pub fn add_file(&mut self, path: &Path) {
        for file in [canonical(path), path.canonicalize().ok()].into_iter().flatten() {
            self.folders.extend(file.parent().map(Path::to_owned));
            self.files.insert(file);
        }
    }

    /// Adds a file that the check writes, whose changes do not count.
    pub fn add_output(&mut self, path: &Path) {
        self.written.extend(canonical(path));
    }

    /// Whether a change of `path` may change the report.
    fn affect_check(&self, path: &Path) -> bool {
        let path = canonical(path).unwrap_or_else(|| path.to_owned());
        if self.written.contains(&path) {
            return false;
        }
        let is_inside = |folders: &BTreeSet<PathBuf>| path.parent().is_some_and(|p| folders.contains(p));
        let is_ignore_file = |p: &Path| p.file_name().is_some_and(|n| n == ".gitignore" || n == ".ignore");
        self.files.contains(&path)
            || self.folders.contains(&path)
            || is_inside(&self.searched) && (formats::of(&path).is_some() || is_ignore_file(&path) || path.is_dir())
            || is_inside(&self.glossaries) && load::Format::from_path(&path).is_some()
    }
}

/// The path in its canonical folder.
fn canonical(path: &Path) -> Option<PathBuf> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    Some(folder.canonicalize().ok()?.join(path.file_name()?))
}
