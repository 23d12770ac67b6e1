//! Why a configuration cannot be used.

use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use crate::text::Source;
use crate::text::display_path;

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{path}: cannot read the configuration: {source}")]
    Io {
        /// The file.
        path: Arc<str>,
        /// Why.
        source: io::Error,
    },
    /// Something in the file is wrong.
    #[error("{path}:{line}:{column}: {message}")]
    At {
        /// The file.
        path: Arc<str>,
        /// 1-based line.
        line: usize,
        /// 1-based column in code points.
        column: usize,
        /// What is wrong, and what would be right.
        message: String,
    },
}

impl ConfigError {
    /// An error at a byte range of the file's text.
    pub(super) fn at(source: &Source, span: &Range<usize>, message: impl Into<String>) -> Self {
        let at = source.position(span.start);
        Self::At {
            path: Arc::clone(source.path()),
            line: at.line,
            column: at.column,
            message: message.into(),
        }
    }

    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        Self::Io {
            path: display_path(path),
            source,
        }
    }

    /// The message of the TOML parser; for an unknown key, with the nearest known one.
    pub(super) fn toml(source: &Source, error: &toml::de::Error) -> Self {
        let message = error.message();
        let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
        let message = match (message.starts_with("unknown field"), names.split_first()) {
            (true, Some((wrong, known))) => match crate::text::nearest(wrong, known.iter().copied()) {
                Some(near) => format!("unknown key `{wrong}`; did you mean `{near}`?"),
                None => format!("unknown key `{wrong}`; known are {}", known.join(", ")),
            },
            _ => message.lines().next().unwrap_or("malformed").to_owned(),
        };
        Self::at(source, &error.span().unwrap_or(0..0), message)
    }
}
