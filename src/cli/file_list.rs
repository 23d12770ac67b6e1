//! `--file-list`: the files to check from a file or another program, one a line or separated by NUL.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::Trouble;

/// The paths that `list` names, if there is one; `-` is standard input, unless one of `paths` is that already.
///
/// # Errors
/// A list that cannot be read.
pub fn read(list: Option<&Path>, paths: &[PathBuf]) -> Result<Vec<PathBuf>, Trouble> {
    let Some(list) = list else {
        return Ok(Vec::new());
    };
    let named = |e: io::Error| format!("--file-list {}: {e}", list.display());
    let mut bytes = Vec::new();
    if list.as_os_str() == "-" {
        if paths.iter().any(|p| p.as_os_str() == "-") {
            return Err("standard input is either the text or the list of files; write one of them to a file".into());
        }
        io::stdin().read_to_end(&mut bytes).map_err(named)?;
    } else {
        bytes = std::fs::read(list).map_err(named)?;
    }
    Ok(split(&bytes))
}

/// A list with a NUL in it is separated by NULs, so that names may hold line breaks, as `git … -z` and `find -print0` print
/// them.
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
        let of =
            |list: &str| -> Vec<String> { split(list.as_bytes()).iter().map(|p| p.display().to_string()).collect() };
        assert_eq!(of("\u{feff}a b.md\r\n\n新闻.txt\n"), ["a b.md", "新闻.txt"]);
        assert_eq!(of("a\nb.md\0新闻.txt\0"), ["a\nb.md", "新闻.txt"]);
        assert_eq!(of("last"), ["last"]);
        assert_eq!(of("\n"), Vec::<String>::new());
    }
}
