//! How formats write characters that mean something to them, so that a replacement does not break the file it goes
//! into.

use std::path::Path;

use crate::text::Span;

/// What a file's format wants of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Nothing.
    Plain,
    /// JSON strings.
    Json,
    /// XML and HTML text and attributes.
    Xml,
    /// C-like strings (PO).
    Po,
    /// Cells, with the character that parts them.
    Cells(char),
}

impl Format {
    /// The format of a file with this name.
    pub fn of(path: &Path) -> Self {
        let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        match extension.as_deref() {
            Some("jsonl" | "ndjson" | "json") => Self::Json,
            Some("xml" | "xlf" | "xliff" | "sdlxliff" | "mqxliff" | "tmx" | "tbx" | "html" | "htm") => Self::Xml,
            Some("po" | "pot") => Self::Po,
            Some("csv") => Self::Cells(','),
            Some("tsv" | "tab") => Self::Cells('\t'),
            _ => Self::Plain,
        }
    }

    /// `replacement` as it is to be written over `span` of `text`; `None` where it cannot be.
    pub fn escape(self, replacement: &str, text: &str, span: Span) -> Option<String> {
        Some(match self {
            Self::Plain => replacement.to_owned(),
            Self::Json => {
                let quoted = serde_json::to_string(replacement).ok()?;
                quoted[1..quoted.len() - 1].to_owned()
            }
            Self::Xml => quick_xml::escape::escape(replacement).into_owned(),
            Self::Po => replacement
                .replace('\\', "\\\\")
                .replace('"', "\\\"")
                .replace('\n', "\\n"),
            Self::Cells(separator) => {
                if !replacement.contains([separator, '"', '\n', '\r']) {
                    return Some(replacement.to_owned());
                }
                if !in_quotes(text, span.start) {
                    return None;
                }
                replacement.replace('"', "\"\"")
            }
        })
    }
}

/// Whether the byte `at` of a table stands in a quoted cell: an odd number of quotes before it in the line. A quoted
/// cell over several lines counts as unquoted, which only means that the fix is not applied.
fn in_quotes(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |i| i + 1);
    text[line..at].matches('"').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escape(name: &str, replacement: &str, text: &str, at: usize) -> Option<String> {
        Format::of(Path::new(name)).escape(replacement, text, Span::new(at, at))
    }

    #[test]
    fn each_format_in_its_way() {
        let text = "a “b” & \"c\", d";
        assert_eq!(escape("a.md", text, "", 0).as_deref(), Some(text));
        assert_eq!(escape("a.jsonl", text, "", 0).as_deref(), Some("a “b” & \\\"c\\\", d"));
        assert_eq!(
            escape("a.xlf", text, "", 0).as_deref(),
            Some("a “b” &amp; &quot;c&quot;, d")
        );
        assert_eq!(escape("a.po", text, "", 0).as_deref(), Some("a “b” & \\\"c\\\", d"));
    }

    #[test]
    fn a_cell_takes_a_separator_only_in_quotes() {
        assert_eq!(escape("a.csv", "a, b", "zh,en\n一,x\n", 12), None);
        assert_eq!(
            escape("a.csv", "a, \"b\"", "zh,en\n一,\"x\"\n", 11).as_deref(),
            Some("a, \"\"b\"\"")
        );
        assert_eq!(escape("a.tsv", "a, b", "zh\ten\n", 0).as_deref(), Some("a, b"));
    }
}
