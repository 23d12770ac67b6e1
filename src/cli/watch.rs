//! `bilint check --watch`: checks again whenever a text, a glossary or the configuration is saved.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::check::{self, Args};
use super::{EXIT_TROUBLE, Outcome, Trouble};
use crate::config::FILE_NAME;
use crate::input::{self, Files, Format};
use crate::text::display_path;

/// How long it must be quiet before a change is looked at: editors save in several steps, git in many.
const QUIET: Duration = Duration::from_millis(120);
/// How long a change waits at most where it is never quiet.
const PATIENCE: Duration = Duration::from_secs(2);

/// Checks, waits for a change, and checks again, until it is interrupted or its output is closed.
pub fn run(args: &Args, out: &mut dyn Write, color: bool) -> Outcome {
    let (sender, events) = mpsc::channel();
    let mut watch = Watch {
        watcher: notify::recommended_watcher(sender)?,
        folders: BTreeSet::new(),
    };
    let mut scene = Scene::default();
    loop {
        // A configuration that is broken for a moment is no reason to look away from what was watched so far.
        match Scene::of(args) {
            Ok(now) => scene = now,
            Err(_) => scene.add_configuration(args),
        }
        watch.follow(&scene)?;
        if io::stdout().is_terminal() {
            write!(out, "\x1b[2J\x1b[H")?;
        }
        if let Err(e) = check::once(args, out, color) {
            if super::is_broken_pipe(e.as_ref()) {
                return Err(e);
            }
            writeln!(io::stderr(), "error: {e}")?;
        }
        out.flush()?;
        let _ = writeln!(io::stderr(), "watching for changes; Ctrl-C ends");
        let Some(changed) = next_change(&events, &scene, &mut watch) else {
            return Ok(EXIT_TROUBLE);
        };
        let here = Path::new(".").canonicalize().unwrap_or_default();
        let name = changed.strip_prefix(here).unwrap_or(&changed);
        let _ = writeln!(io::stderr(), "changed: {}", display_path(name));
    }
}

/// Waits until something of the scene changes and then until it is quiet; the first path that changed. `None` where the
/// system stops telling.
fn next_change(events: &Receiver<notify::Result<Event>>, scene: &Scene, watch: &mut Watch) -> Option<PathBuf> {
    let first = loop {
        if let Some(path) = watch.take(events.recv().ok()?, scene) {
            break path;
        }
    };
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        match events.recv_timeout(QUIET) {
            Ok(event) => {
                watch.take(event, scene);
            }
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    Some(first)
}

/// The folders that the system watches for us.
struct Watch {
    watcher: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
}

impl Watch {
    /// Watches the folders of the scene and no others.
    fn follow(&mut self, scene: &Scene) -> Result<(), Trouble> {
        for gone in self.folders.difference(&scene.folders) {
            // It may be gone from the disk as well.
            let _ = self.watcher.unwatch(gone);
        }
        self.folders.retain(|f| scene.folders.contains(f));
        for folder in &scene.folders {
            if self.folders.contains(folder) {
                continue;
            }
            match self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    self.folders.insert(folder.clone());
                }
                Err(e) => {
                    let why = match &e.kind {
                        notify::ErrorKind::Io(e) => e.to_string(),
                        _ => e.to_string(),
                    };
                    let _ = writeln!(
                        io::stderr(),
                        "warning: {}: cannot be watched: {why}",
                        display_path(folder)
                    );
                }
            }
        }
        if self.folders.is_empty() {
            return Err("--watch: there is no folder to watch; name files or folders that are there".into());
        }
        Ok(())
    }

    /// The path of an event that calls for another look.
    fn take(&mut self, event: notify::Result<Event>, scene: &Scene) -> Option<PathBuf> {
        // After an overflow nobody knows what changed.
        let Ok(event) = event else {
            return scene.folders.first().cloned();
        };
        if matches!(event.kind, EventKind::Access(_)) {
            return None;
        }
        for path in &event.paths {
            // A folder that went, and may come again under its name, is no longer watched.
            if matches!(
                event.kind,
                EventKind::Remove(_) | EventKind::Modify(notify::event::ModifyKind::Name(_))
            ) {
                self.folders.remove(path);
            }
        }
        if event.need_rescan() {
            return scene.folders.first().cloned();
        }
        event.paths.into_iter().find(|p| scene.concerns(p))
    }
}

/// What is watched. All paths are canonical but for the last part of files, which may be gone for a moment.
#[derive(Debug, Default)]
struct Scene {
    /// All folders that something of this is in.
    folders: BTreeSet<PathBuf>,
    /// Folders in which any text counts, new ones too.
    searched: BTreeSet<PathBuf>,
    /// Texts, glossaries, configuration and other files that count wherever they are.
    files: BTreeSet<PathBuf>,
    /// Folders of glossaries.
    glossaries: BTreeSet<PathBuf>,
    /// Files that the check itself writes.
    written: BTreeSet<PathBuf>,
}

impl Scene {
    fn of(args: &Args) -> Result<Self, Trouble> {
        let plan = args.plan()?;
        let mut scene = Self::default();
        scene.add_configuration(args);
        scene.add_file(Path::new(FILE_NAME));
        if let Some(file) = &plan.config.path {
            scene.add_file(file);
        }
        for place in plan.config.places.values() {
            scene.add_file(Path::new(&place.file));
        }
        for glossary in args.glossaries(&plan.config) {
            if glossary.is_dir() {
                scene.glossaries.extend(glossary.canonicalize());
                scene.folders.extend(glossary.canonicalize());
            } else {
                scene.add_file(glossary);
            }
        }
        for file in args.read_besides() {
            scene.add_file(file);
        }
        for file in args.written()? {
            scene.written.extend(canonical(&file));
        }
        for folder in input::folders(&plan.paths, &plan.options) {
            scene.folders.extend(folder.canonicalize());
            scene.searched.extend(folder.canonicalize());
        }
        for found in input::discover(&plan.paths, &plan.options).inputs {
            match found.files {
                Files::One(file) => scene.add_file(&file),
                Files::Two { zh, en } => {
                    scene.add_file(&zh);
                    scene.add_file(&en);
                }
                Files::Stdin => return Err(STDIN.into()),
            }
        }
        // Files that are named but not there yet.
        for path in plan.paths.iter().filter(|p| !p.is_dir()) {
            scene.add_file(path);
        }
        Ok(scene)
    }

    fn add_configuration(&mut self, args: &Args) {
        if let Some(file) = args.config_file() {
            self.add_file(&file);
        }
    }

    /// A file, and the one that it leads to.
    fn add_file(&mut self, path: &Path) {
        for file in [canonical(path), path.canonicalize().ok()].into_iter().flatten() {
            self.folders.extend(file.parent().map(Path::to_owned));
            self.files.insert(file);
        }
    }

    /// Whether a change of `path` may change what the check says.
    fn concerns(&self, path: &Path) -> bool {
        let path = canonical(path).unwrap_or_else(|| path.to_owned());
        if self.written.contains(&path) {
            return false;
        }
        let inside = |folders: &BTreeSet<PathBuf>| path.parent().is_some_and(|p| folders.contains(p));
        let is_table = |p: &Path| p.extension().is_some_and(|e| e == "toml" || e == "csv" || e == "tsv");
        let ignores = |p: &Path| p.file_name().is_some_and(|n| n == ".gitignore" || n == ".ignore");
        self.files.contains(&path)
            || self.folders.contains(&path)
            || inside(&self.searched) && (Format::of(&path).is_some() || ignores(&path) || path.is_dir())
            || inside(&self.glossaries) && is_table(&path)
    }
}

/// Why standard input cannot be watched.
pub const STDIN: &str = "--watch needs files: standard input can be read only once";

/// The path in its canonical folder.
fn canonical(path: &Path) -> Option<PathBuf> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    Some(folder.canonicalize().ok()?.join(path.file_name()?))
}
