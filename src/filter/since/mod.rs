//! `--since REV`: only findings about text that changed since a git revision. Everything is read, aligned and compared
//! as ever, so that what one change does to its neighbourhood is seen; only what is told is less.

mod git;
mod hunks;

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

pub use git::GitError;
use git::Repository;
use hunks::Hunk;

use crate::finding::Finding;

/// A revision that changes are counted from.
#[derive(Debug, Clone)]
pub struct Since {
    repository: Repository,
    commit: String,
}

impl Since {
    /// Changes since `revision` in the repository of the folder `current`. `revision` may be whatever names a commit;
    /// `main...` means the commit at which the branch left `main`.
    ///
    /// # Errors
    /// No git, no repository, no such revision.
    pub fn new(revision: &str, current: &Path) -> Result<Self, GitError> {
        let repository = Repository::open(current)?;
        let commit = repository.commit(revision)?;
        Ok(Self { repository, commit })
    }

    /// What has changed by now, committed or not.
    ///
    /// # Errors
    /// Those of git.
    pub fn changes(&self) -> Result<Changes, GitError> {
        let by_file = self.repository.diff(&self.commit)?;
        let tracked = self.repository.tracked()?;
        // A file that is the same in both has no hunks; one that git does not know is new.
        let mut files: HashMap<String, FileChange> = tracked
            .into_iter()
            .map(|f| (f, FileChange::Lines(Vec::new())))
            .collect();
        files.extend(by_file);
        Ok(Changes {
            top: self.repository.top().to_owned(),
            current: self.repository.current().to_owned(),
            files,
        })
    }
}

/// How a file changed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum FileChange {
    /// In these places, in order.
    Lines(Vec<Hunk>),
    /// All of it: git takes it for binary and does not tell.
    Whole,
}

/// The lines of the working tree that changed.
#[derive(Debug)]
pub struct Changes {
    top: PathBuf,
    current: PathBuf,
    /// By path from the top of the repository, with `/`; files that git does not track are not in it.
    files: HashMap<String, FileChange>,
}

impl Changes {
    /// Takes out the findings that no change touches and returns how many these were.
    pub fn retain_touched(&self, findings: &mut Vec<Finding>) -> usize {
        let mut names: HashMap<Arc<str>, Option<&FileChange>> = HashMap::new();
        let before = findings.len();
        findings.retain(|f| {
            f.about.iter().any(|s| {
                let change = names.entry(Arc::clone(&s.file)).or_insert_with(|| self.of(&s.file));
                match change {
                    Some(FileChange::Lines(hunks)) => hunks::touch(hunks, s),
                    Some(FileChange::Whole) | None => true,
                }
            })
        });
        before - findings.len()
    }

    /// What became of a file that messages call `name`; `None` where git does not know it, because it is new or stands
    /// elsewhere.
    fn of(&self, name: &str) -> Option<&FileChange> {
        // Git speaks of the file that a link leads to.
        let path = self.current.join(name);
        let path = path.canonicalize().unwrap_or(path);
        let inner = path.strip_prefix(&self.top).ok()?;
        let parts: Option<Vec<&str>> = inner
            .components()
            .map(|c| match c {
                Component::Normal(part) => part.to_str(),
                _ => None,
            })
            .collect();
        self.files.get(&parts?.join("/"))
    }
}
