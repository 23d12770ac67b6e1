//! Files that are read whole.

use std::io::Read;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::decode::{self, Decoded};
use super::{File, InputError};
use crate::text::{Dialect, FileBytes, Source};

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
    match file.bytes.read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(e) => Err(InputError::io(&file.name, e)),
    }
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
