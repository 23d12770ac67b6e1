//! Reads objects of a repository: one process of git for all of them.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use super::{GitError, Repository};

/// A running `git cat-file --batch`.
#[derive(Debug)]
pub struct Objects {
    process: Child,
    /// `None` once the process is to end.
    names: Option<ChildStdin>,
    contents: BufReader<ChildStdout>,
}

impl Repository {
    /// Starts to read objects.
    ///
    /// # Errors
    /// Git cannot be run.
    pub fn objects(&self) -> Result<Objects, GitError> {
        let mut process = self
            .command(&["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(GitError::NotInstalled)?;
        let pipes = process.stdin.take().zip(process.stdout.take());
        let (names, contents) = pipes.ok_or_else(|| GitError::NotInstalled(io::ErrorKind::BrokenPipe.into()))?;
        Ok(Objects {
            process,
            names: Some(names),
            contents: BufReader::new(contents),
        })
    }
}

impl Objects {
    /// The content of the object that `name` names, such as a hash or `COMMIT:path`; `None` if there is no such object.
    ///
    /// # Errors
    /// Git ended early.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, GitError> {
        self.try_read(name).map_err(|e| GitError::Failed {
            command: "cat-file".to_owned(),
            message: e.to_string(),
        })
    }

    fn try_read(&mut self, name: &str) -> io::Result<Option<Vec<u8>>> {
        let Some(names) = self.names.as_mut().filter(|_| !name.contains('\n')) else {
            return Ok(None);
        };
        writeln!(names, "{name}")?;
        names.flush()?;
        let mut header = String::new();
        self.contents.read_line(&mut header)?;
        // “HASH blob SIZE”, or “NAME missing”.
        let mut words = header.trim_end().rsplit(' ');
        let (size, kind) = (words.next().and_then(|size| size.parse().ok()), words.next());
        let (Some(size), Some(kind)) = (size, kind) else {
            return if header.is_empty() {
                Err(io::ErrorKind::UnexpectedEof.into())
            } else {
                Ok(None)
            };
        };
        let mut content = vec![0; size];
        self.contents.read_exact(&mut content)?;
        let mut end = [0];
        self.contents.read_exact(&mut end)?;
        Ok((kind == "blob").then_some(content))
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        drop(self.names.take());
        // Without further names it ends by itself.
        drop(self.process.wait());
    }
}
