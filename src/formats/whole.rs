//! Files that are read whole.

use std::io::{self, Read};
use std::sync::Arc;

use encoding_rs::UTF_8;
use xxhash_rust::xxh3::xxh3_64;

use super::decode::{self, Decoded};
use super::{File, InputError};
use crate::text::{Dialect, FileBytes, Source};

/// Most bytes that are held at a time: those of a file that is read whole, or of one record. A pipe may never end.
pub const MOST_BYTES: u64 = 1 << 30;

/// Whether so many bytes may be held.
///
/// # Errors
/// More than `most`.
pub fn check_size(bytes: usize, most: u64) -> io::Result<()> {
    if bytes as u64 > most {
        let message = format!(
            "more than {} MiB without an end; split the text, or write a record per line, as in JSON Lines",
            most >> 20
        );
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(())
}

/// Reads to the end, but not more than one byte beyond `most`.
fn read_at_most(input: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = input.take(most + 1).read_to_end(&mut bytes);
    check_size(bytes.len(), most).and(read)?;
    Ok(bytes)
}

/// Reads and decodes a file of the format with this name.
///
/// # Errors
/// A file that cannot be read or decoded, or has no text.
pub fn read(format: &'static str, mut file: File) -> Result<Source, InputError> {
    let bytes = read_bytes(&mut file)?;
    decode(format, file, bytes)
}

/// The bytes of a file.
///
/// # Errors
/// A file that cannot be read.
pub fn read_bytes(file: &mut File) -> Result<Vec<u8>, InputError> {
    read_at_most(&mut file.bytes, MOST_BYTES).map_err(|e| InputError::io(&file.name, e))
}

/// Decodes the bytes of a file.
///
/// # Errors
/// A file that cannot be decoded, or has no text.
pub fn decode(format: &'static str, file: File, bytes: Vec<u8>) -> Result<Source, InputError> {
    let hash = xxh3_64(&bytes);
    let Decoded { text, encoding, bom } = decode::decode(&file.name, bytes, file.encoding)?;
    if text.trim().is_empty() {
        return Err(InputError::Empty { path: file.name });
    }
    let dialect = Dialect::new(format);
    dialect.set_bytes(FileBytes { encoding, bom, hash });
    Ok(Source::new(file.name, text).written_in(Arc::new(dialect)))
}

/// The source of a package, such as a Word document, with the text that its reader makes of it.
pub fn source_of_package(format: &'static str, name: Arc<str>, bytes: &[u8], text: String) -> Source {
    let dialect = Dialect::new(format);
    dialect.set_bytes(FileBytes {
        encoding: UTF_8,
        bom: false,
        hash: xxh3_64(bytes),
    });
    Source::new(name, text).written_in(Arc::new(dialect))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pipe without an end that counts what was read.
    struct Endless(u64);

    impl Read for Endless {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            into.fill(b'a');
            self.0 += into.len() as u64;
            Ok(into.len())
        }
    }

    #[test]
    fn an_input_without_an_end_is_read_up_to_the_limit() {
        const MOST: u64 = 3 << 20;
        let mut endless = Endless(0);
        let error = read_at_most(&mut endless, MOST).expect_err("too much");
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
        assert!(
            error.to_string().starts_with("more than 3 MiB without an end"),
            "{error}"
        );
        assert_eq!(endless.0, MOST + 1);
        assert_eq!(
            read_at_most(Endless(0).take(MOST), MOST).expect("fits").len() as u64,
            MOST
        );
    }
}
