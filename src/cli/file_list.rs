//! `--file-list`: the files to check from a file or another program, one per line or separated by NUL.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::text::unquote_git_path;

/// Why a list cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FileListError {
    /// Standard input is both the list and a text.
    #[error("standard input cannot be both the text and the list of files; write one of them to a file")]
    StdinTwice,
    /// The list is in UTF-16, as some shells of Windows write it.
    #[error("--file-list {}: the list is in UTF-16; write it in UTF-8, as in `git diff --name-only -z | bilint check --file-list -` or `… | Out-File -Encoding utf8 list.txt`", .0.display())]
    Utf16(PathBuf),
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
        bytes = crate::file::read(list).map_err(named)?;
    }
    if is_utf16(&bytes) {
        return Err(FileListError::Utf16(list.to_owned()));
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
        .map(|name| match unquote_git_path(name) {
            Some(unquoted) if !by_nul => PathBuf::from(os_string(&unquoted)),
            _ => PathBuf::from(os_string(name)),
        })
        .collect()
}

/// Whether the list has a byte order mark of UTF-16, or a line feed or its first letters in 16 bits.
fn is_utf16(list: &[u8]) -> bool {
    list.starts_with(b"\xff\xfe")
        || list.starts_with(b"\xfe\xff")
        || list.windows(2).any(|w| w == b"\n\0" || w == b"\0\n")
        || matches!(list, [a, 0, b, 0, ..] | [0, a, 0, b, ..] if *a > 0 && *b > 0)
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

    #[test]
    fn names_that_git_quotes_are_unquoted() {
        let names =
            |list: &str| -> Vec<String> { split(list.as_bytes()).iter().map(|p| p.display().to_string()).collect() };
        let list = r#""docs/\346\226\260\351\227\273.md"
"a\tb \"c\" \\.md"
"broken\9"
"#;
        assert_eq!(names(list), ["docs/新闻.md", "a\tb \"c\" \\.md", "\"broken\\9\""]);
        assert_eq!(names("\"a\"\0b\0"), ["\"a\"", "b"], "`-z` quotes nothing");
    }

    #[test]
    fn a_list_in_utf_16_is_recognized() {
        for text in ["\u{feff}docs/a.md\r\n", "docs/a.md\r\n", "docs/a.md", "文/甲.md\n"] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert!(is_utf16(&little) && is_utf16(&big), "{text}");
        }
        for list in ["docs/a.md\n", "docs/a.md\0新闻.txt\0", "a\nb.md\0"] {
            assert!(!is_utf16(list.as_bytes()), "{list}");
        }
    }
}
