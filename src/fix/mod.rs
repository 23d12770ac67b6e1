//! Applying fixes to files.
//!
//! Only safe fixes are applied unless the caller allows others, and never two over the same text. The format of the file
//! escapes the replacement. Encoding, byte order mark and line ends are kept. A file that has changed since it was read is
//! left alone; any other is replaced as a whole or not at all.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::file::write_atomically;
use crate::finding::{Applicability, Finding, Fix};
use crate::formats::decode::{self, Decoded};
use crate::formats::{self, Edit, InputError};
use crate::text::{Dialect, Source, Span};

/// A file with its fixes applied, not yet written.
#[derive(Debug)]
pub struct FixedFile {
    /// The path as messages show it.
    pub name: Arc<str>,
    /// Decoded text before.
    pub before: String,
    /// Decoded text after.
    pub after: String,
    /// How many fixes were applied.
    pub applied: usize,
    path: PathBuf,
    bom: bool,
    bytes: Vec<u8>,
    /// The name of its format, if it is a package.
    package: Option<&'static str>,
}

/// Why a file could not be fixed. It is left as it was.
#[derive(Debug, thiserror::Error)]
pub enum FixError {
    /// The file could not be read or written.
    #[error("cannot fix {file}: {source}")]
    Io {
        /// The file.
        file: Arc<str>,
        /// Why.
        source: io::Error,
    },
    /// The file could not be decoded.
    #[error("cannot fix {}", .0)]
    Decode(InputError),
    /// The file is not the one that the findings are about.
    #[error("cannot fix {file}: it has changed since it was read; run the command again")]
    Changed {
        /// The file.
        file: Arc<str>,
    },
    /// The file is a package, which would be changed in place.
    #[error("cannot fix {file}: {format} files are never changed in place; write a copy with --write-to COPY")]
    InPlace {
        /// The file.
        file: Arc<str>,
        /// The name of its format.
        format: &'static str,
    },
    /// The file is a package of a format that no fixes are written into.
    #[error("cannot fix {file}: no fixes are written into {format} files; correct it in its program")]
    Package {
        /// The file.
        file: Arc<str>,
        /// The name of its format.
        format: &'static str,
    },
    /// The file's encoding lacks a character of a replacement, or does not give back the bytes that it was read from.
    #[error("cannot fix {file} without loss: it is in {encoding}; convert it to UTF-8 first")]
    Lossy {
        /// The file.
        file: Arc<str>,
        /// The encoding.
        encoding: &'static str,
    },
}

impl FixError {
    /// The file, as messages show it.
    pub fn file(&self) -> &Arc<str> {
        match self {
            Self::Io { file, .. }
            | Self::Changed { file }
            | Self::InPlace { file, .. }
            | Self::Package { file, .. }
            | Self::Lossy { file, .. } => file,
            Self::Decode(e) => e.path(),
        }
    }
}

/// Applies the fixes of `findings` to the files they name, in memory.
///
/// Of a finding that offers several ways the first that `unsafe_too` allows is taken. Of fixes that overlap the first in
/// the text is taken; the next run brings the others, if they are still wanted. In a format that has tracked changes, `tracked`
/// makes the fixes such.
pub fn apply(findings: &[Finding], unsafe_too: bool, tracked: bool) -> Vec<Result<FixedFile, FixError>> {
    let mut by_file: BTreeMap<&Arc<str>, Vec<&Fix>> = BTreeMap::new();
    for f in findings {
        let allowed = |x: &&Fix| unsafe_too || x.applicability == Applicability::Safe;
        if let Some(fix) = f.fixes.iter().find(allowed) {
            by_file.entry(&fix.file).or_default().push(fix);
        }
    }
    by_file
        .into_iter()
        .filter_map(|(file, fixes)| fix_file(file, &fixes, tracked).transpose())
        .collect()
}

impl FixedFile {
    /// What changes, as a unified diff with three lines of context.
    ///
    /// `git apply` accepts it: the byte order mark is part of the first line, lines end at line feeds alone, and unusual
    /// names are quoted.
    pub fn diff(&self) -> String {
        let mark = if self.bom { "\u{feff}" } else { "" };
        let [before, after] = [&self.before, &self.after].map(|text| format!("{mark}{text}"));
        diff(&self.name, &before, &after)
    }

    /// The bytes of the fixed file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Writes the file.
    ///
    /// # Errors
    /// A file that cannot be written, or a package; it is then as it was.
    pub fn write(&self) -> Result<(), FixError> {
        if let Some(format) = self.package {
            return Err(FixError::InPlace {
                file: Arc::clone(&self.name),
                format,
            });
        }
        write_atomically(&self.path, &self.bytes).map_err(|source| FixError::Io {
            file: Arc::clone(&self.name),
            source,
        })
    }
}

/// How two texts of a file differ, as a unified diff with three lines of context.
pub fn diff(name: &str, before: &str, after: &str) -> String {
    let [old, new] = [before, after].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    let name = |folder: &str| quote_name(&format!("{folder}/{name}"));
    similar::TextDiff::configure()
        .newline_terminated(true)
        .diff_slices(&old, &new)
        .unified_diff()
        .context_radius(3)
        .header(&name("a"), &name("b"))
        .to_string()
}

/// A name as git writes it into a diff: in quotes, with octal escapes, if it contains control characters or quotes.
fn quote_name(name: &str) -> String {
    if !name.chars().any(|c| c.is_ascii_control() || c == '"' || c == '\\') {
        return name.to_owned();
    }
    let mut out = String::from("\"");
    for c in name.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_ascii_control() => drop(write!(out, "\\{:03o}", c as u32)),
            c => out.push(c),
        }
    }
    out + "\""
}

/// The file with those fixes that can be applied; `None` where none can.
fn fix_file(file: &Arc<str>, fixes: &[&Fix], tracked: bool) -> Result<Option<FixedFile>, FixError> {
    let path = Path::new(&**file);
    let format = formats::named(&fixes[0].dialect);
    let old = crate::file::read(path).map_err(|source| FixError::Io {
        file: Arc::clone(file),
        source,
    })?;
    let hash = xxh3_64(&old);
    let read = fixes.iter().map(|f| f.dialect.bytes()).collect::<Option<Vec<_>>>();
    let Some(first) = read
        .filter(|all| all.iter().all(|b| b.hash == hash))
        .and_then(|all| all.first().copied())
    else {
        return Err(FixError::Changed { file: Arc::clone(file) });
    };
    if format.is_package() {
        return fix_package(file, fixes, &old, tracked);
    }
    let Decoded { text, encoding, bom } =
        decode::decode(file, old.clone(), Some(first.encoding)).map_err(FixError::Decode)?;
    let before = Source::new(Arc::clone(file), text);
    let encode = |text: &str| decode::encode(text, encoding, bom);
    let lossy = || FixError::Lossy {
        file: Arc::clone(file),
        encoding: encoding.name(),
    };
    let edits = edits_in(fixes, &before);
    let after = formats::splice(before.text(), &edits);
    if after == before.text() {
        return Ok(None);
    }
    let applied = edits.iter().map(|e| e.fixes).sum();
    if encode(before.text()).is_none_or(|bytes| bytes != old) {
        return Err(lossy());
    }
    let bytes = encode(&after).ok_or_else(lossy)?;
    Ok(Some(FixedFile {
        name: Arc::clone(file),
        path: path.to_owned(),
        bom,
        before: before.into_text(),
        after,
        applied,
        bytes,
        package: None,
    }))
}

/// The package in `old` with those fixes that can be applied; `None` where none can.
fn fix_package(file: &Arc<str>, fixes: &[&Fix], old: &[u8], tracked: bool) -> Result<Option<FixedFile>, FixError> {
    let format = formats::named(&fixes[0].dialect);
    let Some(rewrite) = format.rewriter() else {
        return Err(FixError::Package {
            file: Arc::clone(file),
            format: format.name(),
        });
    };
    let rewritten = rewrite(old, &|source| edits(fixes, source), tracked);
    let rewritten = rewritten.map_err(|fault| FixError::Decode(fault.of(file)))?;
    Ok((!rewritten.edits.is_empty()).then(|| FixedFile {
        name: Arc::clone(file),
        path: PathBuf::from(&**file),
        bom: false,
        after: formats::splice(&rewritten.before, &rewritten.edits),
        before: rewritten.before,
        applied: rewritten.edits.iter().map(|e| e.fixes).sum(),
        bytes: rewritten.bytes,
        package: Some(format.name()),
    }))
}

/// The text of a file on the disk; `None` if it cannot be read, is a package, or is not the one that was read in this dialect.
pub fn read_unchanged(file: &Arc<str>, dialect: &Dialect) -> Option<Source> {
    let bytes = crate::file::read(Path::new(&**file)).ok()?;
    let read = dialect.bytes().filter(|read| read.hash == xxh3_64(&bytes))?;
    let is_package = formats::named(dialect).is_package();
    let decoded = decode::decode(file, bytes, Some(read.encoding)).ok()?;
    (!is_package).then(|| Source::new(Arc::clone(file), decoded.text))
}

/// What the fixes change in the text of their file, as the format of the file writes it, disjoint and in order.
pub fn edits_in(fixes: &[&Fix], source: &Source) -> Vec<Edit> {
    let Some(first) = fixes.first() else {
        return Vec::new();
    };
    formats::named(&first.dialect).escape(source.text(), &first.dialect, edits(fixes, source))
}

/// The fixes as edits of the text that a reader of their file sees, disjoint and in order.
fn edits(fixes: &[&Fix], source: &Source) -> Vec<Edit> {
    disjoint(fixes.iter().filter_map(|f| edit(f, source)).collect())
}

/// The fix as an edit of the file; `None` where the place is not in the file. Fixes are placed by line and byte column, because
/// the bytes of a finding in a streamed file count from the part that it was read in.
fn edit(fix: &Fix, source: &Source) -> Option<Edit> {
    let (start, end) = (source.offset(fix.range.0)?, source.offset(fix.range.1)?);
    (start <= end && end - start == fix.bytes.len()).then(|| Edit {
        span: Span::new(start, end),
        text: fix.replacement.clone(),
        fixes: 1,
    })
}

/// The edits in order, without those that overlap an earlier one or start at the same place.
fn disjoint(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort();
    let mut out: Vec<Edit> = Vec::with_capacity(edits.len());
    for edit in edits {
        let overlaps = |last: &Edit| edit.span.start < last.span.end || edit.span.start == last.span.start;
        if !out.last().is_some_and(overlaps) {
            out.push(edit);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use std::fs;

    use super::*;
    use crate::finding::testing::{bare, label};
    use crate::text::{FileBytes, Side};

    /// A finding on `needle` in the file, with a fix.
    fn fixing(path: &Path, text: &str, needle: &str, replacement: &str, applicability: Applicability) -> Finding {
        let name = path.to_str().unwrap();
        let at = label(name, text, Side::En, needle);
        let mut f = bare("term-mismatch", "m", None, Some(at.clone()));
        // As if the file had been read in the encoding that it is in now.
        let bytes = fs::read(path).unwrap();
        let format = formats::of(path).unwrap().name();
        let dialect = Dialect::new(format);
        if let Ok(decoded) = decode::decode(&at.file, bytes.clone(), None) {
            dialect.set_bytes(FileBytes {
                encoding: decoded.encoding,
                bom: decoded.bom,
                hash: xxh3_64(&bytes),
            });
        }
        f.fixes.push(Fix {
            title: String::new(),
            file: at.file,
            dialect: Arc::new(dialect),
            bytes: at.bytes,
            range: (at.start, at.end),
            replacement: replacement.to_owned(),
            applicability,
        });
        f
    }

    fn file(bytes: &[u8], name: &str) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        fs::write(&path, bytes).unwrap();
        (dir, path)
    }

    #[test]
    fn encoding_mark_and_line_ends_are_kept() {
        let text = "中国科学院在此。\r\n\r\nThe Chineese Academy of Sciences.\r\n合作共赢，开放共享。\r\n";
        for (encoding, bom) in [
            (encoding_rs::UTF_8, false),
            (encoding_rs::UTF_8, true),
            (encoding_rs::GB18030, false),
            (encoding_rs::UTF_16LE, true),
        ] {
            let (_dir, path) = file(&decode::encode(text, encoding, bom).unwrap(), "a.txt");
            let f = fixing(&path, text, "Chineese", "Chinese", Applicability::Safe);
            let fixed = apply(&[f], false, false).remove(0).unwrap();
            fixed.write().unwrap();
            let expected = text.replace("Chineese", "Chinese");
            assert_eq!(
                fs::read(&path).unwrap(),
                decode::encode(&expected, encoding, bom).unwrap()
            );
        }
    }

    #[test]
    fn a_replacement_that_the_encoding_lacks_is_refused() {
        let text = "中國同巴西、南非共同發起開放科學國際合作倡議。\n\nWe go.\n";
        let (_dir, path) = file(&decode::encode(text, encoding_rs::BIG5, false).unwrap(), "a.txt");
        let before = fs::read(&path).unwrap();
        let f = fixing(&path, text, "We", "𩾃", Applicability::Safe);
        let error = apply(&[f], false, false).remove(0).unwrap_err().to_string();
        assert!(error.contains("without loss: it is in Big5"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), before);
    }

    #[test]
    fn the_encoding_that_the_file_was_read_in_is_kept() {
        // Too short to detect the encoding, which `--encoding big5` names.
        let text = "開放 We go.\n";
        let bytes = decode::encode(text, encoding_rs::BIG5, false).unwrap();
        let (_dir, path) = file(&bytes, "a.txt");
        let mut f = fixing(&path, text, "go", "went", Applicability::Safe);
        let dialect = Dialect::new("text");
        dialect.set_bytes(FileBytes {
            encoding: encoding_rs::BIG5,
            bom: false,
            hash: xxh3_64(&bytes),
        });
        f.fixes[0].dialect = Arc::new(dialect);
        let fixed = apply(&[f], false, false).remove(0).unwrap();
        assert_eq!(fixed.after, "開放 We went.\n");
        fixed.write().unwrap();
        let expected = decode::encode(&fixed.after, encoding_rs::BIG5, false).unwrap();
        assert_eq!(fs::read(&path).unwrap(), expected);
    }

    #[test]
    fn unsafe_fixes_are_applied_on_request_only() {
        let text = "One two.\n";
        let (_dir, path) = file(text.as_bytes(), "a.txt");
        let findings = [fixing(&path, text, "two", "three", Applicability::Unsafe)];
        assert!(apply(&findings, false, false).is_empty());
        let fixed = apply(&findings, true, false).remove(0).unwrap();
        assert_eq!(fixed.after, "One three.\n");
        let diff = fixed.diff();
        assert!(diff.contains("-One two.\n+One three.\n"), "{diff}");
    }

    #[test]
    fn of_overlapping_fixes_the_first_is_applied() {
        let text = "One two three.\n";
        let (_dir, path) = file(text.as_bytes(), "a.txt");
        let safe = Applicability::Safe;
        let findings = [
            fixing(&path, text, "two three", "2 3", safe),
            fixing(&path, text, "One two", "1 2", safe),
            fixing(&path, text, "One two", "1 2", safe),
            fixing(&path, text, ".", "!", safe),
        ];
        let fixed = apply(&findings, false, false).remove(0).unwrap();
        assert_eq!((fixed.after.as_str(), fixed.applied), ("1 2 three!\n", 2));
    }

    #[test]
    fn a_file_that_has_changed_since_it_was_read_is_left_alone() {
        let text = "One two three.\n";
        let (_dir, path) = file(text.as_bytes(), "a.txt");
        let f = fixing(&path, text, "three", "four", Applicability::Safe);
        fs::write(&path, "One two trees.\n").unwrap();
        let error = apply(&[f], false, false).remove(0).unwrap_err().to_string();
        assert!(error.contains("has changed since it was read"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "One two trees.\n");
    }

    #[test]
    fn a_file_that_was_not_read_to_its_end_is_left_alone() {
        let text = "One two three.\n";
        let (_dir, path) = file(text.as_bytes(), "a.txt");
        let mut f = fixing(&path, text, "three", "four", Applicability::Safe);
        f.fixes[0].dialect = Arc::new(Dialect::new("text"));
        assert!(matches!(apply(&[f], false, false)[0], Err(FixError::Changed { .. })));
    }

    #[test]
    fn replacements_are_written_as_the_format_writes_them() {
        let text = "{\"zh\": \"一\", \"en\": \"One two\"}\n";
        let (_dir, path) = file(text.as_bytes(), "a.jsonl");
        let f = fixing(&path, text, "two", "\"2\"", Applicability::Safe);
        let fixed = apply(&[f], false, false).remove(0).unwrap();
        assert_eq!(fixed.after, "{\"zh\": \"一\", \"en\": \"One \\\"2\\\"\"}\n");
    }

    proptest! {
        #[test]
        fn splicing_changes_only_what_the_edits_cover(
            text in "[a中\n]{0,40}", cuts in proptest::collection::vec((0usize..40, 0usize..6, "[xY]{0,3}"), 0..6)
        ) {
            let bounds: Vec<usize> = (0..=text.len()).filter(|&i| text.is_char_boundary(i)).collect();
            let edits: Vec<Edit> = cuts.iter().map(|(at, len, with)| {
                let start = bounds[at % bounds.len()];
                let end = bounds[(at % bounds.len() + len).min(bounds.len() - 1)];
                Edit { span: Span::new(start, end), text: with.clone(), fixes: 1 }
            }).collect();
            let chosen = disjoint(edits.clone());
            let after = formats::splice(&text, &chosen);
            prop_assert!(!chosen.is_empty() || edits.is_empty());
            // The result contains what no edit covers, in order.
            let mut rest = after.as_str();
            for (i, c) in text.char_indices().filter(|&(i, _)| !edits.iter().any(|e| e.span.range().contains(&i))) {
                let found = rest.find(c);
                prop_assert!(found.is_some(), "{c} at {i}");
                rest = &rest[found.unwrap() + c.len_utf8()..];
            }
        }
    }

    #[test]
    fn positions_find_their_bytes_in_parts_of_files_too() {
        let text = "一\n二三\n";
        let part = Source::new("a", "二三\n").starting_at_line(2);
        assert_eq!(Source::new("a", text).offset(part.position(3)), Some("一\n二".len()));
    }
}
