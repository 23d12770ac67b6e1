//! `--since REV`: only findings about text that changed since a git revision. Everything is still read, aligned and
//! compared, so that the effects of a change on unchanged text are found; only the report is shorter.

mod git;
mod history;
mod hunks;
mod objects;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

pub use git::{GitError, Repository, user_name};
pub use history::{Commit, History, Version};
use hunks::Hunk;
pub use objects::Objects;

use crate::finding::Finding;

/// A revision that changes are counted from.
#[derive(Debug, Clone)]
pub struct Since {
    repository: Repository,
    commit: String,
}

impl Since {
    /// Changes since `revision` in the repository of the folder `current`. `revision` is anything that names a commit;
    /// `main...` is the commit at which the branch left `main`.
    ///
    /// # Errors
    /// There is no git, no repository, or no such revision.
    pub fn new(revision: &str, current: &Path) -> Result<Self, GitError> {
        let repository = Repository::open(current)?;
        let commit = repository.commit(revision)?;
        Ok(Self { repository, commit })
    }

    /// The changes since then, committed or not.
    ///
    /// # Errors
    /// Git fails.
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
            repository: self.repository.clone(),
            files,
        })
    }
}

/// How a file changed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum FileChange {
    /// In these places, in order.
    Lines(Vec<Hunk>),
    /// All of it: git treats it as binary and reports no lines.
    Whole,
}

/// The lines of the working tree that changed.
#[derive(Debug)]
pub struct Changes {
    repository: Repository,
    /// By path from the top of the repository, with `/`; files that git does not track are not in it.
    files: HashMap<String, FileChange>,
}

impl Changes {
    /// Removes the findings that no change touches and returns how many these were.
    pub fn retain_touched(&self, findings: &mut Vec<Finding>) -> usize {
        let mut names: HashMap<Arc<str>, Option<&FileChange>> = HashMap::new();
        let before = findings.len();
        findings.retain(|f| {
            f.about.iter().any(|s| {
                let change = names.entry(Arc::clone(&s.file)).or_insert_with(|| self.find(&s.file));
                match change {
                    Some(FileChange::Lines(hunks)) => hunks::touches(hunks, s),
                    Some(FileChange::Whole) | None => true,
                }
            })
        });
        before - findings.len()
    }

    /// The change of the file that messages call `name`; `None` if git does not know the file, because it is new or
    /// outside the repository.
    fn find(&self, name: &str) -> Option<&FileChange> {
        self.files.get(&self.repository.path_of(Path::new(name))?)
    }
}
