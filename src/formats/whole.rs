//! Files that are read whole.

use std::io::{self, Read};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::decode::{self, Decoded};
use super::{File, InputError};
use crate::text::{Dialect, FileBytes, Source};

/// Most bytes that are held at a time: those of a file that is read whole, or of one record. A pipe may never end.
pub const MOST_BYTES: u64 = 1 << 30;

/// Whether so many bytes may be held.
///
/// # Errors
/// More than 1 GiB.
pub fn check_size(bytes: usize) -> io::Result<()> {
    if bytes as u64 > MOST_BYTES {
        let message = "more than 1 GiB without an end; split the text, or write a record per line, as in JSON Lines";
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(())
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
    let mut bytes = Vec::new();
    let read = (&mut file.bytes).take(MOST_BYTES + 1).read_to_end(&mut bytes);
    check_size(bytes.len())
        .and(read)
        .map_err(|e| InputError::io(&file.name, e))?;
    Ok(bytes)
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
