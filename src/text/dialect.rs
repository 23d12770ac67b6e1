//! How a file is written, as its reader found it.

use std::sync::OnceLock;

use encoding_rs::Encoding;

/// What a change to a file must keep, and what the file is recognised by before it is changed.
///
/// All parts of a streamed file share one dialect. Its reader completes it while it reads.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Dialect {
    format: &'static str,
    separator: OnceLock<u8>,
    bytes: OnceLock<FileBytes>,
}

/// What is known of the bytes of a file when it has been read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileBytes {
    /// The encoding that the file was decoded from.
    pub encoding: &'static Encoding,
    /// Whether the file begins with a byte order mark.
    pub bom: bool,
    /// The XXH3 hash of all bytes of the file.
    pub hash: u64,
}

impl Dialect {
    /// A dialect of the format with this name in the registry of formats.
    pub fn new(format: &'static str) -> Self {
        Self {
            format,
            ..Self::default()
        }
    }

    /// The name of the format; empty for text that does not come from a reader.
    pub const fn format(&self) -> &'static str {
        self.format
    }

    /// The byte between the cells of a table.
    pub fn separator(&self) -> Option<u8> {
        self.separator.get().copied()
    }

    /// Records the byte between the cells of a table. Only the first call has an effect.
    pub fn set_separator(&self, separator: u8) {
        self.separator.get_or_init(|| separator);
    }

    /// The file's bytes; `None` unless it was read to its end.
    pub fn bytes(&self) -> Option<FileBytes> {
        self.bytes.get().copied()
    }

    /// Records the file's bytes. Only the first call has an effect.
    pub fn set_bytes(&self, bytes: FileBytes) {
        self.bytes.get_or_init(|| bytes);
    }
}
