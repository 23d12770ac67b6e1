//! Findings as comments in a copy of the file that they are about.

use std::path::Path;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::finding::{Finding, Label};
use crate::formats::{self, Note};
use crate::text::Dialect;

/// Why a file gets no copy with comments.
#[derive(Debug, thiserror::Error)]
pub enum AnnotateError {
    /// The file could not be read.
    #[error("cannot annotate {file}: {source}")]
    Read {
        /// The file.
        file: Arc<str>,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not the one that the findings are about.
    #[error("cannot annotate {file}: it has changed since it was read; run the command again")]
    Changed {
        /// The file.
        file: Arc<str>,
    },
    /// The format of the file has no comments.
    #[error(
        "cannot annotate {file}: {format} files get no comments; {} do",
        formats::annotated()
    )]
    Unsupported {
        /// The file.
        file: Arc<str>,
        /// The name of its format.
        format: &'static str,
    },
    /// The format cannot hold the comments.
    #[error("cannot annotate {file}: {source}")]
    Format {
        /// The file.
        file: Arc<str>,
        /// Why.
        source: formats::AnnotateError,
    },
}

/// The bytes of a copy of `file`, which was read with this `dialect`, with the findings as comments.
///
/// # Errors
/// The file cannot be read or has changed, or its format cannot hold the comments.
pub fn annotate(file: &Arc<str>, dialect: &Dialect, findings: &[&Finding]) -> Result<Vec<u8>, AnnotateError> {
    let file = || Arc::clone(file);
    let bytes =
        crate::file::read(Path::new(&*file())).map_err(|source| AnnotateError::Read { file: file(), source })?;
    if dialect.bytes().is_none_or(|read| read.hash != xxh3_64(&bytes)) {
        return Err(AnnotateError::Changed { file: file() });
    }
    let Some(annotator) = formats::named(dialect).annotator() else {
        let format = dialect.format();
        return Err(AnnotateError::Unsupported { file: file(), format });
    };
    let notes: Vec<Note> = findings.iter().map(|f| note(f)).collect();
    annotator(&bytes, dialect, &notes).map_err(|source| AnnotateError::Format { file: file(), source })
}

/// The note that says what the finding says, with the text of the other language to compare.
fn note(finding: &Finding) -> Note {
    let at = finding.primary();
    let mut paragraphs = vec![finding.message.clone()];
    paragraphs.extend(finding.why.as_deref().map(str::to_owned));
    paragraphs.extend(finding.help.as_deref().map(str::to_owned));
    let other = finding.label(at.side.other()).or(finding.opposite.as_deref());
    paragraphs.extend(other.filter(|label| !label.context.is_empty()).map(quote));
    Note {
        range: (at.start, at.end),
        severity: finding.severity,
        rule: finding.rule,
        paragraphs,
        finding: finding.fingerprint.clone(),
    }
}

/// The text around a label, as in `Chinese: 会议在北京举行。`
fn quote(label: &Label) -> String {
    format!("{}: {}", label.side.name(), label.context.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::testing::two_files;

    #[test]
    fn a_note_quotes_the_other_language() {
        let mut finding = two_files();
        finding.help = Some("say which".into());
        let note = note(&finding);
        let at = finding.primary();
        assert_eq!((note.range, note.rule), ((at.start, at.end), finding.rule));
        assert_eq!(note.paragraphs[0], finding.message);
        assert!(note.paragraphs.contains(&"say which".to_owned()));
        let zh = &finding.zh.as_ref().expect("a label").context;
        assert_eq!(note.paragraphs.last(), Some(&format!("Chinese: {zh}")));
    }
}
