//! How files came to be as they are: one reading of the history for all of them.
//!
//! Only the main line counts, that is, the first parent of every commit: a merge is one step, in which what was merged arrived.
//! So the states of the files are in one order, and “before” and “after” mean something for any two of them.

use std::collections::HashMap;
use std::sync::Arc;

use super::{GitError, Repository};

/// A commit of the main line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its object name in full.
    pub id: Arc<str>,
    /// The day on which it was committed, YYYY-MM-DD.
    pub day: Arc<str>,
}

/// A state of a file, which lasts until the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// How many commits of the main line came after it, and one more for the working tree: 0 is what is not committed,
    /// 1 the last commit.
    pub age: usize,
    /// The object name of its content; `None` for the file in the working tree.
    pub blob: Option<Arc<str>>,
    /// Its path at that time, from the top of the repository.
    pub path: Arc<str>,
}

/// How a commit changed a file.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Added,
    Changed,
    Deleted,
    /// From this path.
    Renamed(Arc<str>),
}

/// A change of a file.
#[derive(Debug)]
struct Change {
    kind: Kind,
    /// The path, after the change where there was a rename.
    path: Arc<str>,
    /// The content after the change.
    blob: Arc<str>,
}

/// The commits of the main line that changed files of some kinds, the latest first.
#[derive(Debug, Default)]
pub struct History {
    commits: Vec<(Commit, Vec<Change>)>,
}

impl Repository {
    /// The history of all files with these extensions.
    ///
    /// # Errors
    /// Git fails.
    pub fn history<'a>(&self, extensions: impl IntoIterator<Item = &'a str>) -> Result<History, GitError> {
        let patterns: Vec<String> = extensions
            .into_iter()
            .map(|e| format!(":(top,glob,icase)**/*.{e}"))
            .collect();
        let mut args = vec![
            "log",
            "--first-parent",
            "-m",
            "--raw",
            "-z",
            "--no-abbrev",
            "--find-renames",
            // Files that only moved are found in any number; each with each is compared for so many only.
            "-l400",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--no-relative",
            "--no-show-signature",
            "--ignore-submodules",
            "--format=%x01%H %cs",
            "HEAD",
            "--",
        ];
        args.extend(patterns.iter().map(String::as_str));
        Ok(History::parse(&self.run(&args)?))
    }
}

impl History {
    /// Reads the output of `git log --raw -z --format='%x01%H %cs'`.
    fn parse(log: &[u8]) -> Self {
        let mut history = Self::default();
        let mut fields = log.split(|&b| b == 0).map(String::from_utf8_lossy);
        while let Some(field) = fields.next() {
            // The first change of a commit is on a line of its own.
            let field = field.trim_start_matches('\n');
            if let Some((id, day)) = field.strip_prefix('\u{1}').and_then(|header| header.split_once(' ')) {
                let commit = Commit {
                    id: id.into(),
                    day: day.trim_end().into(),
                };
                history.commits.push((commit, Vec::new()));
                continue;
            }
            let Some(raw) = field.strip_prefix(':') else { continue };
            let mut columns = raw.split(' ').skip(3);
            let (Some(blob), Some(status), Some(path)) = (columns.next(), columns.next(), fields.next()) else {
                break;
            };
            let (kind, path) = match status.as_bytes().first() {
                Some(b'A') => (Kind::Added, path),
                Some(b'D') => (Kind::Deleted, path),
                Some(b'R') => match fields.next() {
                    Some(new) => (Kind::Renamed(path.as_ref().into()), new),
                    None => break,
                },
                _ => (Kind::Changed, path),
            };
            if let Some((_, changes)) = history.commits.last_mut() {
                changes.push(Change {
                    kind,
                    path: path.as_ref().into(),
                    blob: blob.into(),
                });
            }
        }
        history
    }

    /// The commit of versions of this age; `None` for what is not committed.
    pub fn commit(&self, age: usize) -> Option<&Commit> {
        self.commits.get(age.checked_sub(1)?).map(|(commit, _)| commit)
    }

    /// The versions of each file, by its path from the top of the repository as of now; the latest first. Renames are
    /// followed. A file that was never committed has none.
    pub fn versions<'a>(&self, paths: impl IntoIterator<Item = &'a str>) -> Vec<Vec<Version>> {
        let mut out: Vec<Vec<Version>> = Vec::new();
        let mut names: HashMap<Arc<str>, Vec<usize>> = HashMap::new();
        for path in paths {
            names.entry(path.into()).or_default().push(out.len());
            out.push(Vec::new());
        }
        for (index, (_, changes)) in self.commits.iter().enumerate() {
            let mut earlier: Vec<(Arc<str>, Vec<usize>)> = Vec::new();
            for change in changes {
                let files = match &change.kind {
                    Kind::Deleted => continue,
                    Kind::Changed => names.get(&change.path).cloned().unwrap_or_default(),
                    Kind::Added | Kind::Renamed(_) => names.remove(&change.path).unwrap_or_default(),
                };
                for &file in &files {
                    out[file].push(Version {
                        age: index + 1,
                        blob: Some(Arc::clone(&change.blob)),
                        path: Arc::clone(&change.path),
                    });
                }
                if let Kind::Renamed(from) = &change.kind {
                    earlier.push((Arc::clone(from), files));
                }
            }
            // Two files may have changed names with each other.
            for (name, files) in earlier {
                names.entry(name).or_default().extend(files);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "\u{1}c3 2024-03-03\0\n:100644 100644 b1 b3 M\0docs/x.md\0\
        :100644 100644 e1 e1 R100\0docs/a.md\0docs/b.md\0:100644 100644 f1 f1 R100\0docs/b.md\0docs/a.md\0\
        \u{1}c2 2024-02-02\0\n:100644 000000 d1 00 D\0docs/x.md\0:000000 100644 00 g1 A\0docs/gone.md\0\
        \u{1}c1 2024-01-01\0\n:000000 100644 00 b1 A\0docs/x.md\0:000000 100644 00 e1 A\0docs/a.md\0:000000 100644 00 f1 A\0docs/b.md\0";

    #[test]
    fn versions_follow_renames_and_end_where_a_file_was_added() {
        let history = History::parse(LOG.as_bytes());
        let versions = history.versions(["docs/x.md", "docs/b.md", "docs/a.md", "new.md"]);
        let describe = |v: &Version| format!("{} {} {}", v.age, v.blob.as_deref().unwrap_or_default(), v.path);
        let seen: Vec<Vec<String>> = versions
            .iter()
            .map(|file| file.iter().map(describe).collect())
            .collect();
        assert_eq!(
            seen,
            [
                vec!["1 b3 docs/x.md", "3 b1 docs/x.md"],
                vec!["1 e1 docs/b.md", "3 e1 docs/a.md"],
                vec!["1 f1 docs/a.md", "3 f1 docs/b.md"],
                vec![],
            ]
        );
        assert_eq!(history.commit(3).map(|c| (&*c.id, &*c.day)), Some(("c1", "2024-01-01")));
        assert_eq!(history.commit(0), None);
    }

    #[test]
    fn a_log_that_is_cut_off_is_read_as_far_as_it_goes() {
        for end in 0..LOG.len() {
            let history = History::parse(&LOG.as_bytes()[..end]);
            assert!(history.versions(["docs/x.md"])[0].len() <= 2);
        }
    }
}
