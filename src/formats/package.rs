//! Packages: ZIP archives of XML parts, as Office writes them (ECMA-376, part 2). Nothing is unpacked to disk, and parts that are not
//! asked for are not unpacked at all.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::package_fault::{MOST_BYTES, MOST_PARTS, PackageFault};
use super::{InputError, decode};

/// What old Office files, and new ones with a password, begin with (MS-CFB).
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

impl PackageFault {
    /// The error for the file at `path`.
    pub fn of(self, path: &Arc<str>) -> InputError {
        InputError::Package {
            path: Arc::clone(path),
            fault: self,
        }
    }
}

fn damaged(error: impl std::fmt::Display) -> PackageFault {
    PackageFault::Damaged(error.to_string())
}

/// An XML part.
#[derive(Debug)]
pub struct Part {
    /// Its name in the package, without a leading slash.
    pub name: String,
    /// Its text, without byte order mark.
    pub text: String,
    encoding: &'static Encoding,
    bom: bool,
}

impl Part {
    /// A part in UTF-8.
    pub const fn new(name: String, text: String) -> Self {
        Self {
            name,
            text,
            encoding: UTF_8,
            bom: false,
        }
    }

    /// The bytes of another text in this part.
    pub fn encode(&self, text: &str) -> Vec<u8> {
        // UTF-8 and UTF-16, the two that packages have, lack no character.
        decode::encode(text, self.encoding, self.bom).unwrap_or_default()
    }
}

/// A package that is open.
pub struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// How many bytes may still be unpacked.
    left: u64,
}

impl<'b> Package<'b> {
    /// Opens the package in `bytes`.
    ///
    /// # Errors
    /// No archive, one with a password, or one that is unsafe to unpack.
    pub fn open(bytes: &'b [u8]) -> Result<Self, PackageFault> {
        if bytes.starts_with(COMPOUND_FILE) {
            return Err(PackageFault::CompoundFile);
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if archive.len() > MOST_PARTS {
            return Err(PackageFault::TooMany);
        }
        for i in 0..archive.len() {
            let part = archive.by_index_raw(i).map_err(damaged)?;
            if part.encrypted() {
                return Err(PackageFault::Encrypted);
            }
            if part.enclosed_name().is_none() {
                return Err(PackageFault::Climbs(part.name().map_err(damaged)?.into_owned()));
            }
        }
        Ok(Self {
            archive,
            left: MOST_BYTES,
        })
    }

    /// The part with this name; `None` if there is none.
    ///
    /// # Errors
    /// The part is damaged, not text, or too large.
    pub fn part(&mut self, name: &str) -> Result<Option<Part>, PackageFault> {
        let Some(index) = self.archive.index_for_name(name) else {
            return Ok(None);
        };
        let part = self.archive.by_index(index).map_err(damaged)?;
        // What an honest archive says saves unpacking it; one that lies is cut off.
        if part.size() > self.left {
            return Err(PackageFault::TooLarge);
        }
        let mut bytes = Vec::new();
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(damaged)?;
        self.left = self
            .left
            .checked_sub(bytes.len() as u64)
            .ok_or(PackageFault::TooLarge)?;
        let (encoding, mark) = Encoding::for_bom(&bytes).unwrap_or((UTF_8, 0));
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]);
        let text = text.ok_or_else(|| damaged(format_args!("{name} is not {}", encoding.name())))?;
        Ok(Some(Part {
            name: name.to_owned(),
            text: text.into_owned(),
            encoding,
            bom: mark > 0,
        }))
    }

    /// Whether there is a part with this name.
    pub fn contains(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The package with parts replaced or added, by name. All others are copied as they are packed.
    ///
    /// # Errors
    /// A part that is damaged.
    pub fn rewrite(mut self, mut parts: BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, PackageFault> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for i in 0..self.archive.len() {
            let part = self.archive.by_index_raw(i).map_err(damaged)?;
            let name = part.name().map_err(damaged)?.into_owned();
            match parts.remove(&name) {
                Some(bytes) => write(&mut writer, &name, &bytes)?,
                None => writer.raw_copy_file(part).map_err(damaged)?,
            }
        }
        for (name, bytes) in parts {
            write(&mut writer, &name, &bytes)?;
        }
        Ok(writer.finish().map_err(damaged)?.into_inner())
    }
}

/// A new package of these parts, by name.
///
/// # Errors
/// A part that is too large for an archive.
pub fn pack(parts: &[(&str, String)]) -> Result<Vec<u8>, PackageFault> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        write(&mut writer, name, text.as_bytes())?;
    }
    Ok(writer.finish().map_err(damaged)?.into_inner())
}

fn write(writer: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) -> Result<(), PackageFault> {
    writer.start_file(name, SimpleFileOptions::default()).map_err(damaged)?;
    writer.write_all(bytes).map_err(damaged)
}
