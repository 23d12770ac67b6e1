//! Reads a repository through the git command.

use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output};

use super::{FileChange, hunks};

/// Why git cannot say what changed.
#[derive(Debug, thiserror::Error)]
pub enum GitError {
    /// Git cannot be run.
    #[error("cannot run git ({0}); install it, or add it to the PATH")]
    NotInstalled(io::Error),
    /// The folder is in no repository.
    #[error("{} is not in a git repository; run bilint in one", .0.display())]
    NoRepository(PathBuf),
    /// There is no such commit.
    #[error(
        "unknown revision “{0}”; if the clone is shallow, fetch it first (`git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout)"
    )]
    UnknownRevision(String),
    /// Two lines of history that never met.
    #[error("“{0}” and the current commit have no commit in common; if the clone is shallow, fetch more of it")]
    NoMergeBase(String),
    /// Nothing is committed yet.
    #[error("the repository has no commits, so nothing says when a text changed; commit the texts first")]
    NoCommits,
    /// The history is cut off.
    #[error(
        "the clone is shallow, so its history does not say when a text changed; fetch all of it (`git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout)"
    )]
    Shallow,
    /// Any other error of git.
    #[error("git {command}: {message}")]
    Failed {
        /// The command.
        command: String,
        /// Its message.
        message: String,
    },
    /// The name of a filter cannot be passed to git.
    #[error("cannot switch off `{0}` of git's configuration; rename the filter so that it contains no `=`")]
    Filter(String),
}

/// A repository with a working tree.
#[derive(Debug, Clone)]
pub struct Repository {
    current: PathBuf,
    top: PathBuf,
    /// `key=value`, for the filters of the configuration: each is switched off.
    no_filters: Vec<String>,
}

impl Repository {
    /// The repository that the folder `current` (absolute) is in.
    pub fn open(current: &Path) -> Result<Self, GitError> {
        let output = git(current, &[], &["rev-parse", "--show-toplevel"])?;
        if !output.status.success() {
            return Err(if text(&output.stderr).contains("not a git repository") {
                GitError::NoRepository(current.to_owned())
            } else {
                failed("rev-parse", &output)
            });
        }
        let top = PathBuf::from(text(&output.stdout).trim_end_matches(['\n', '\r']));
        Ok(Self {
            current: current.to_owned(),
            top: top.canonicalize().unwrap_or(top),
            no_filters: no_filters(current)?,
        })
    }

    /// The root of the working tree.
    pub fn top(&self) -> &Path {
        &self.top
    }

    /// The commit that `revision` names.
    pub fn commit(&self, revision: &str) -> Result<String, GitError> {
        let Some(branch) = revision.strip_suffix("...") else {
            return self.verified(revision);
        };
        let there = self.verified(branch)?;
        let output = self.git(&["merge-base", &there, "HEAD"])?;
        match output.status.code() {
            Some(0) => Ok(text(&output.stdout).trim().to_owned()),
            Some(1) => Err(GitError::NoMergeBase(branch.to_owned())),
            _ => Err(failed("merge-base", &output)),
        }
    }

    fn verified(&self, revision: &str) -> Result<String, GitError> {
        let object = format!("{revision}^{{commit}}");
        let output = self.git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &object])?;
        let commit = text(&output.stdout).trim().to_owned();
        if output.status.success() && !commit.is_empty() {
            Ok(commit)
        } else {
            Err(GitError::UnknownRevision(revision.to_owned()))
        }
    }

    /// The changes of the working tree since `commit`, by path from the top. The options override the user's settings for
    /// diffs.
    pub(super) fn diff(&self, commit: &str) -> Result<Vec<(String, FileChange)>, GitError> {
        let output = self.run(&[
            "diff",
            "--unified=0",
            "--inter-hunk-context=0",
            "--diff-algorithm=myers",
            "--indent-heuristic",
            "--find-renames",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--no-relative",
            "--ignore-submodules",
            "--src-prefix=a/",
            "--dst-prefix=b/",
            "--end-of-options",
            commit,
            "--",
        ])?;
        Ok(hunks::parse(&output))
    }

    /// The files that git tracks, by path from the top.
    pub fn tracked(&self) -> Result<Vec<String>, GitError> {
        let output = self.run(&["ls-files", "-z", "--full-name", "--", ":/"])?;
        Ok(output.split(|&b| b == 0).filter(|p| !p.is_empty()).map(text).collect())
    }

    /// The files of a commit at `path` (absolute), which is one of them or a folder: by path from the top, with their content.
    pub fn files_at(&self, commit: &str, path: &Path) -> Result<Vec<(String, Vec<u8>)>, GitError> {
        let path = path
            .strip_prefix(&self.top)
            .unwrap_or(path)
            .to_string_lossy()
            .replace('\\', "/");
        let list = self.run(&[
            "ls-tree",
            "-r",
            "-z",
            "--full-tree",
            "--name-only",
            "--end-of-options",
            commit,
            "--",
            &path,
        ])?;
        let names = list.split(|&b| b == 0).filter(|p| !p.is_empty()).map(text);
        names
            .map(|name| {
                let content = self.run(&["cat-file", "blob", "--end-of-options", &format!("{commit}:{name}")])?;
                Ok((name, content))
            })
            .collect()
    }

    /// The files that differ from the last commit, by path from the top; those that git does not track are not among them.
    pub fn uncommitted(&self) -> Result<Vec<String>, GitError> {
        let output = self.run(&[
            "diff",
            "--name-only",
            "-z",
            "--no-relative",
            "--no-renames",
            "--ignore-submodules",
            "HEAD",
            "--",
        ])?;
        Ok(output.split(|&b| b == 0).filter(|p| !p.is_empty()).map(text).collect())
    }

    /// Refuses a repository whose history does not reach back to its beginning, or has none.
    pub fn check_history(&self) -> Result<(), GitError> {
        let shallow = self.run(&["rev-parse", "--is-shallow-repository"])?;
        if text(&shallow).trim() == "true" {
            return Err(GitError::Shallow);
        }
        self.verified("HEAD").map(drop).map_err(|_| GitError::NoCommits)
    }

    /// The path from the top of a file that messages call `name`; `None` for one outside the repository.
    pub fn path_of(&self, name: &Path) -> Option<String> {
        // Git tracks the file that a link leads to.
        let path = self.current.join(name);
        let path = path.canonicalize().unwrap_or(path);
        let inner = path.strip_prefix(&self.top).ok()?;
        let part = |c| match c {
            Component::Normal(part) => part.to_str(),
            _ => None,
        };
        let parts: Option<Vec<&str>> = inner.components().map(part).collect();
        Some(parts?.join("/"))
    }

    pub(super) fn run(&self, args: &[&str]) -> Result<Vec<u8>, GitError> {
        let output = self.git(args)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(failed(args.first().unwrap_or(&""), &output))
    }

    fn git(&self, args: &[&str]) -> Result<Output, GitError> {
        git(&self.current, &self.no_filters, args)
    }

    /// A git command to start.
    pub(super) fn command(&self, args: &[&str]) -> Command {
        command(&self.current, &self.no_filters, args)
    }
}

/// The name that git gives to the commits of a folder, if it has one.
pub fn user_name(folder: &Path) -> Option<String> {
    let output = git(folder, &[], &["config", "user.name"]).ok()?;
    let name = text(&output.stdout).trim().to_owned();
    (output.status.success() && !name.is_empty()).then_some(name)
}

/// Settings that switch off every filter (`filter.NAME.clean` and the like). The configuration of a repository may be a
/// stranger's, and git runs filters to compare the working tree with a commit. A file that has a filter is compared
/// unfiltered.
fn no_filters(current: &Path) -> Result<Vec<String>, GitError> {
    let args = ["config", "--name-only", "--null", "--get-regexp", r"^filter\."];
    let output = git(current, &[], &args)?;
    if !matches!(output.status.code(), Some(0 | 1)) {
        return Err(failed("config", &output));
    }
    let keys = output.stdout.split(|&b| b == 0).filter(|k| !k.is_empty()).map(text);
    keys.map(|key| {
        if key.contains('=') {
            // `git -c` would cut the name there.
            return Err(GitError::Filter(key));
        }
        let value = if key.ends_with(".required") { "false" } else { "" };
        Ok(format!("{key}={value}"))
    })
    .collect()
}

fn git(folder: &Path, settings: &[String], args: &[&str]) -> Result<Output, GitError> {
    command(folder, settings, args).output().map_err(GitError::NotInstalled)
}

/// A git command under which the configuration of the repository executes nothing: no file system monitor, no hook, no
/// fetching of missing objects.
fn command(folder: &Path, settings: &[String], args: &[&str]) -> Command {
    let fixed = [
        "core.fsmonitor=false",
        "core.hooksPath=/dev/null",
        "core.quotePath=false",
    ];
    let mut command = Command::new("git");
    command
        .args(fixed.into_iter().flat_map(|setting| ["-c", setting]))
        .args(settings.iter().flat_map(|setting| ["-c", setting.as_str()]))
        .args(args)
        .current_dir(folder)
        // Its messages are parsed, so they must not be translated.
        .env("LC_ALL", "C")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_ALLOW_PROTOCOL", "none")
        .env("GIT_TERMINAL_PROMPT", "0");
    command
}

fn failed(command: &str, output: &Output) -> GitError {
    let said = text(&output.stderr);
    let line = said
        .lines()
        .find(|l| !l.trim().is_empty())
        .unwrap_or("it failed without a message");
    GitError::Failed {
        command: command.to_owned(),
        message: line.trim_start_matches("fatal: ").to_owned(),
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
