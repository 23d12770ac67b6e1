//! Paths and the URIs that editors use for them.

use std::path::{Component, Path, PathBuf};

use lsp_types::Uri;

use crate::text::{display_path, encode_path};

/// The path of a `file` URI; `None` for texts that are in no file.
pub fn path_of(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    // Between the slashes is the name of a host, which is empty or `localhost`.
    let encoded = &rest[rest.find('/')?..];
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = after.get(..2).filter(|_| byte == b'%');
        let escaped = escaped.and_then(|digits| std::str::from_utf8(digits).ok());
        let decoded = escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(decoded.unwrap_or(byte));
        rest = &after[if decoded.is_some() { 2 } else { 0 }..];
    }
    let mut path = String::from_utf8(bytes).ok()?;
    // `/c:/texts` on Windows.
    if cfg!(windows) && path.as_bytes().get(2) == Some(&b':') {
        path.remove(0);
    }
    Some(normalize(Path::new(&path)))
}

/// The URI of an absolute path.
pub fn uri_of(path: &Path) -> Option<Uri> {
    let path = display_path(path);
    let before = if path.starts_with('/') { "file://" } else { "file:///" };
    format!("{before}{}", encode_path(&path)).parse().ok()
}

/// The path without `.` and `..`, so that one file has one path.
pub fn normalize(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(out.pop()),
            _ => out.push(part),
        }
    }
    out
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn paths_and_uris_are_converted() {
        let path = Path::new("/译/a b,100%.md");
        let uri = uri_of(path).unwrap();
        assert_eq!(uri.as_str(), "file:///%E8%AF%91/a%20b%2C100%25.md");
        assert_eq!(path_of(&uri), Some(path.to_owned()));
        let parse = |text: &str| path_of(&text.parse().unwrap());
        assert_eq!(parse("file://localhost/a/../b.md"), Some("/b.md".into()));
        assert_eq!(parse("untitled:Untitled-1"), None);
    }
}
