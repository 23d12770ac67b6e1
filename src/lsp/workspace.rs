//! What the server knows of the texts: those that are open, the inputs that they belong to, and what was found in these.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use lsp_types::{TextDocumentContentChangeEvent, Uri};

use super::paths::{normalize, path_of, uri_of};
use super::positions::Unit;
use crate::finding::Fix;
use crate::fix;
use crate::input::{Input, OpenTexts};
use crate::run::{CheckedInput, Run};
use crate::text::{Source, display_path};

/// After a pause of this length a text is checked as a whole.
const PAUSE: Duration = Duration::from_millis(250);

/// A text that is open in the editor.
pub struct OpenText {
    /// As the editor names it.
    pub uri: Uri,
    /// Its version in the editor.
    pub version: i32,
    /// The text.
    pub text: String,
}

/// An input with an open text.
pub struct Group {
    /// The input.
    pub input: Input,
    /// Its files, absolute.
    files: Vec<PathBuf>,
    /// What was found, in the texts of the revision `checked`.
    pub found: CheckedInput,
    /// The revision of the last change of one of its texts.
    changed: u64,
    /// The revision of the texts in `found`; 0 before the first check.
    checked: u64,
    /// The revision of the last check as a whole.
    complete: u64,
    /// When it is to be checked as a whole.
    due: Instant,
}

/// What an answer needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The pairs of the texts as they are.
    Pairs,
    /// All findings in the texts as they are.
    Findings,
}

/// Whether the inputs are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Knowledge {
    /// They are to be looked for.
    None,
    /// They are being looked for.
    Sought,
    /// They are those that there are.
    Whole,
}

/// The texts.
pub struct Workspace {
    /// The current folder, as the editor names it.
    pub root: PathBuf,
    /// What columns count.
    pub unit: Unit,
    open: BTreeMap<PathBuf, OpenText>,
    inputs: Vec<Input>,
    knowledge: Knowledge,
    groups: Vec<Group>,
    revision: u64,
}

impl Group {
    fn is_ready(&self, need: Need) -> bool {
        match need {
            Need::Pairs => self.checked == self.changed,
            Need::Findings => self.complete == self.changed,
        }
    }
}

impl Workspace {
    /// A folder without open texts.
    pub const fn new(root: PathBuf, unit: Unit) -> Self {
        Self {
            root,
            unit,
            open: BTreeMap::new(),
            inputs: Vec::new(),
            knowledge: Knowledge::None,
            groups: Vec::new(),
            revision: 0,
        }
    }

    /// The path of a file by its name in messages.
    pub fn path(&self, name: &str) -> PathBuf {
        normalize(&self.root.join(name))
    }

    /// The name of a file in messages, and in inputs.
    pub fn name(&self, path: &Path) -> Arc<str> {
        display_path(path.strip_prefix(&self.root).unwrap_or(path))
    }

    /// The URI of a file, as the editor writes it if the file is open.
    pub fn uri(&self, path: &Path) -> Option<Uri> {
        self.open
            .get(path)
            .map_or_else(|| uri_of(path), |open| Some(open.uri.clone()))
    }

    /// An open text.
    pub fn open_text(&self, path: &Path) -> Option<&OpenText> {
        self.open.get(path)
    }

    /// The text that a fix is about: as it is in the editor or, if the file is not open and has not changed, on the disk.
    pub fn source(&self, fix: &Fix) -> Option<Source> {
        match self.open.get(&self.path(&fix.file)) {
            Some(open) => Some(Source::new(Arc::clone(&fix.file), &*open.text)),
            None => fix::read_unchanged(&fix.file, &fix.dialect),
        }
    }

    /// The open texts by the names that inputs have for them.
    pub fn snapshot(&self) -> Arc<OpenTexts> {
        let texts = self.open.iter().map(|(path, open)| {
            let name = path.strip_prefix(&self.root).unwrap_or(path);
            (name.to_owned(), Arc::from(open.text.as_bytes()))
        });
        Arc::new(texts.collect())
    }

    /// Opens a text.
    pub fn open(&mut self, uri: Uri, version: i32, text: String) {
        let Some(path) = path_of(&uri) else { return };
        self.open.insert(path.clone(), OpenText { uri, version, text });
        self.touch(&path);
        if self.inputs.iter().any(|input| self.has(input, &path)) {
            self.regroup();
        } else {
            // A new file may have become the partner of another one.
            self.forget_inputs();
        }
    }

    /// Changes an open text.
    pub fn change(&mut self, uri: &Uri, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        let Some(path) = path_of(uri) else { return };
        let Some(open) = self.open.get_mut(&path) else { return };
        open.version = version;
        for change in changes {
            self.unit.apply(&mut open.text, change);
        }
        self.touch(&path);
    }

    /// Closes a text. Returns the files that have no diagnostics any more.
    pub fn close(&mut self, uri: &Uri) -> Vec<PathBuf> {
        let Some(path) = path_of(uri) else { return Vec::new() };
        if self.open.remove(&path).is_none() {
            return Vec::new();
        }
        self.touch(&path);
        self.regroup()
    }

    /// Whether the inputs are to be looked for; from then on they are being looked for.
    pub fn seek_inputs(&mut self) -> bool {
        let is_unknown = self.knowledge == Knowledge::None;
        if is_unknown {
            self.knowledge = Knowledge::Sought;
        }
        is_unknown
    }

    /// Forgets the inputs, since files came or went or the configuration changed.
    pub const fn forget_inputs(&mut self) {
        self.knowledge = Knowledge::None;
    }

    /// Takes note of the inputs. Returns the files that have no diagnostics any more.
    pub fn set_inputs(&mut self, inputs: Vec<Input>) -> Vec<PathBuf> {
        self.inputs = inputs;
        // Otherwise files came or went meanwhile.
        if self.knowledge == Knowledge::Sought {
            self.knowledge = Knowledge::Whole;
        }
        self.regroup()
    }

    /// Makes a group of each input with an open text. Returns the files of groups that are gone.
    fn regroup(&mut self) -> Vec<PathBuf> {
        let is_open = |input: &&Input| input.paths().any(|path| self.open.contains_key(&self.absolute(path)));
        let wanted: Vec<Input> = self.inputs.iter().filter(is_open).cloned().collect();
        let (kept, gone): (Vec<Group>, Vec<Group>) = std::mem::take(&mut self.groups)
            .into_iter()
            .partition(|group| wanted.contains(&group.input));
        self.groups = kept;
        for input in wanted {
            if self.groups.iter().any(|group| group.input == input) {
                continue;
            }
            self.revision += 1;
            self.groups.push(Group {
                files: input.paths().map(|path| self.absolute(path)).collect(),
                input,
                found: CheckedInput::default(),
                changed: self.revision,
                checked: 0,
                complete: 0,
                due: Instant::now(),
            });
        }
        let mut files: Vec<PathBuf> = gone.into_iter().flat_map(|group| group.files).collect();
        files.sort();
        files.dedup();
        files
    }

    fn absolute(&self, path: &Path) -> PathBuf {
        normalize(&self.root.join(path))
    }

    fn has(&self, input: &Input, path: &Path) -> bool {
        input.paths().any(|p| self.absolute(p) == path)
    }

    /// The groups that a file is in.
    pub fn groups_of<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = &'a Group> {
        self.groups.iter().filter(move |g| g.files.iter().any(|f| f == path))
    }

    /// Notes that a file has changed, in the editor or on the disk. Returns whether it is in a group.
    pub fn touch(&mut self, path: &Path) -> bool {
        self.revision += 1;
        let mut is_known = false;
        for group in &mut self.groups {
            if group.files.iter().any(|f| f == path) {
                group.changed = self.revision;
                group.due = Instant::now() + PAUSE;
                is_known = true;
            }
        }
        is_known
    }

    /// Notes that everything has to be checked again.
    pub fn touch_all(&mut self) {
        self.revision += 1;
        for group in &mut self.groups {
            group.changed = self.revision;
            group.checked = 0;
            group.due = Instant::now();
        }
    }

    /// Whether a question about a file can be answered. If not, what is missing becomes due.
    pub fn is_ready(&mut self, path: &Path, need: Need) -> bool {
        if !self.open.contains_key(path) {
            return true;
        }
        let mut is_ready = self.knowledge == Knowledge::Whole;
        for group in self.groups.iter_mut().filter(|g| g.files.iter().any(|f| f == path)) {
            if !group.is_ready(need) {
                group.due = Instant::now();
                is_ready = false;
            }
        }
        is_ready
    }

    /// Checks again what the last changes changed. Returns the files with new findings.
    pub fn recheck(&mut self, run: &Run) -> Vec<PathBuf> {
        let is_behind = |group: &Group| group.checked > 0 && group.checked != group.changed;
        if !self.groups.iter().any(is_behind) {
            return Vec::new();
        }
        let open_texts = self.snapshot();
        let mut files = Vec::new();
        for group in self.groups.iter_mut().filter(|g| is_behind(g)) {
            match run.recheck_open(&group.input, &open_texts, &group.found) {
                Some(found) => {
                    group.found = found;
                    group.checked = group.changed;
                    files.extend(group.files.iter().cloned());
                }
                // The pairs have to be found again, and no finding is right until then.
                None => group.due = Instant::now(),
            }
        }
        files
    }

    /// The input that is to be checked as a whole, with the revision of its texts.
    pub fn next_due(&self, now: Instant) -> Option<(Input, u64)> {
        let open = self.groups.iter().filter(|g| g.complete != g.changed && g.due <= now);
        let first = open.min_by_key(|g| g.due)?;
        Some((first.input.clone(), first.changed))
    }

    /// How long it is until an input has to be checked.
    pub fn wait(&self, now: Instant) -> Option<Duration> {
        let open = self.groups.iter().filter(|g| g.complete != g.changed);
        open.map(|g| g.due.saturating_duration_since(now)).min()
    }

    /// What was not checked in an input.
    pub fn skipped(&self, input: &Input) -> &[String] {
        let group = self.groups.iter().find(|g| g.input == *input);
        group.map_or(&[], |g| &g.found.skipped)
    }

    /// Takes note of a check as a whole. Returns the files with new findings: none if the texts have changed meanwhile.
    pub fn set_found(&mut self, input: &Input, revision: u64, found: CheckedInput) -> Vec<PathBuf> {
        let Some(group) = self.groups.iter_mut().find(|g| g.input == *input) else {
            return Vec::new();
        };
        (group.found, group.checked, group.complete) = (found, revision, revision);
        if group.changed == revision {
            group.files.clone()
        } else {
            Vec::new()
        }
    }
}
