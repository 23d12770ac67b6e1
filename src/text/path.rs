//! Paths as users see them and as git prints them.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

/// The path as messages and reports show it, with forward slashes on every system.
pub fn display_path(path: &Path) -> Arc<str> {
    let path = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' {
        Arc::from(path.replace('\\', "/"))
    } else {
        Arc::from(path)
    }
}

/// The path as a part of a URI (RFC 3986): everything but unreserved characters and `/` is percent-encoded, so that neither a
/// colon nor a percent sign in a file's name means anything.
pub fn encode_path(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte as char),
            _ => drop(write!(uri, "%{byte:02X}")),
        }
    }
    uri
}

/// The bytes of a path that git quotes because of unusual characters: `"docs/\344\270\255.md"`. `None` if it is not
/// quoted, or not as git quotes.
pub fn unquote_git_path(name: &[u8]) -> Option<Vec<u8>> {
    let mut rest = name.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let mut out = Vec::with_capacity(rest.len());
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let (&escaped, after) = rest.split_first()?;
        rest = after;
        out.push(match escaped {
            b'a' => 7,
            b'b' => 8,
            b't' => b'\t',
            b'n' => b'\n',
            b'v' => 11,
            b'f' => 12,
            b'r' => b'\r',
            b'"' | b'\\' => escaped,
            b'0'..=b'3' => {
                let (&[second, third], after) = rest.split_first_chunk()?;
                rest = after;
                let digit = |d: u8| (b'0'..=b'7').contains(&d).then_some(d & 7);
                (escaped & 7) << 6 | digit(second)? << 3 | digit(third)?
            }
            _ => return None,
        });
    }
    Some(out)
}
