//! `--file-list`: the files to check from a file or another program, one per line or separated by NUL.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Why a list cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FileListError {
    /// Standard input is both the list and a text.
    #[error("standard input cannot be both the text and the list of files; write one of them to a file")]
    StdinTwice,
    /// The list cannot be read.
    #[error("--file-list {}: {source}", .list.display())]
    Read {
        /// The list.
        list: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// The paths in `list`, if there is one; `-` is standard input, unless one of `paths` is that already.
///
/// # Errors
/// A list that cannot be read.
pub fn read(list: Option<&Path>, paths: &[PathBuf]) -> Result<Option<Vec<PathBuf>>, FileListError> {
    let Some(list) = list else {
        return Ok(None);
    };
    let named = |source| FileListError::Read {
        list: list.to_owned(),
        source,
    };
    let mut bytes = Vec::new();
    if list.as_os_str() == "-" {
        if paths.iter().any(|p| p.as_os_str() == "-") {
            return Err(FileListError::StdinTwice);
        }
        io::stdin().read_to_end(&mut bytes).map_err(named)?;
    } else {
        bytes = std::fs::read(list).map_err(named)?;
    }
    Ok(Some(split(&bytes)))
}

/// A list that contains a NUL is separated by NULs, so that names may contain line breaks: `git … -z`, `find -print0`.
fn split(list: &[u8]) -> Vec<PathBuf> {
    let list = list.strip_prefix("\u{feff}".as_bytes()).unwrap_or(list);
    let by_nul = list.contains(&0);
    let separator = if by_nul { 0 } else { b'\n' };
    list.split(|&b| b == separator)
        .map(|name| match name.strip_suffix(b"\r") {
            Some(line) if !by_nul => line,
            _ => name,
        })
        .filter(|name| !name.is_empty())
        .map(|name| PathBuf::from(os_string(name)))
        .collect()
}

#[cfg(unix)]
fn os_string(name: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStringExt;
    OsString::from_vec(name.to_vec())
}

#[cfg(not(unix))]
fn os_string(name: &[u8]) -> OsString {
    String::from_utf8_lossy(name).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_or_nuls_separate() {
        let names =
            |list: &str| -> Vec<String> { split(list.as_bytes()).iter().map(|p| p.display().to_string()).collect() };
        assert_eq!(names("\u{feff}a b.md\r\n\n新闻.txt\n"), ["a b.md", "新闻.txt"]);
        assert_eq!(names("a\nb.md\0新闻.txt\0"), ["a\nb.md", "新闻.txt"]);
        assert_eq!(names("last"), ["last"]);
        assert_eq!(names("\n"), Vec::<String>::new());
    }
}
