//! Opening a corpus: one file of records, or two whose lines are pairs, compressed or not.

use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::Encoding;

use crate::file;
use crate::file::compression::{Compression, decompress};
use crate::formats::chunk::ReadChunks;
use crate::formats::columns::Header;
use crate::formats::parquet::{MAGIC, Table};
use crate::formats::{self, File, Format, InputError, lines};
use crate::text::display_path;

/// Where the pairs of a corpus are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Corpus {
    /// In one file, or in standard input (`-`): JSON Lines, or a table with a header.
    Records(PathBuf),
    /// In one file without a header, or in standard input, in these columns between tabs.
    Columns(PathBuf, Header),
    /// Line by line in two files.
    Lines([PathBuf; 2]),
}

impl Corpus {
    /// Its files; none for standard input.
    pub fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        let paths = match self {
            Self::Records(path) | Self::Columns(path, _) => std::slice::from_ref(path),
            Self::Lines(paths) => paths,
        };
        paths.iter().filter(|path| !is_stdin(path))
    }

    /// Opens it as a table, if it is a file of Parquet.
    ///
    /// # Errors
    /// A file that cannot be read, or has no column for a language.
    pub fn open_table(&self) -> Result<Option<Table>, InputError> {
        // What is no file, such as a pipe, cannot be read twice.
        let Self::Records(path) = self else { return Ok(None) };
        if is_stdin(path) || !path.is_file() {
            return Ok(None);
        }
        let is_named = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("parquet"));
        if !is_named {
            let mut head = Vec::new();
            let file = file::open(path).map(|file| file.take(MAGIC.len() as u64));
            file.and_then(|mut file| file.read_to_end(&mut head))
                .map_err(|e| InputError::io(&display_path(path), e))?;
            if head != MAGIC {
                return Ok(None);
            }
        }
        Table::open(path).map(Some)
    }

    /// Opens it, row by row.
    ///
    /// # Errors
    /// A file that cannot be read, or is of another kind.
    pub fn open(&self, encoding: Option<&'static Encoding>) -> Result<Box<dyn ReadChunks>, InputError> {
        match self {
            Self::Columns(path, columns) => Ok(lines::read_columns(open(path, encoding)?.0, *columns)),
            Self::Lines([first, second]) => Ok(lines::read_two([open(first, encoding)?.0, open(second, encoding)?.0])),
            Self::Records(path) => {
                let (file, sniffed) = open(path, encoding)?;
                let format = formats::of(&Compression::of(path).1).unwrap_or(sniffed);
                let name = Arc::clone(&file.name);
                format.read_chunks(file).ok_or(InputError::NoRecords { path: name })
            }
        }
    }
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// A file, and the format that its beginning looks like.
fn open(path: &Path, encoding: Option<&'static Encoding>) -> Result<(File, &'static dyn Format), InputError> {
    let (name, bytes) = if is_stdin(path) {
        (Arc::from("<stdin>"), decompress(io::stdin()))
    } else {
        let name = display_path(path);
        let bytes = file::open(path).and_then(decompress);
        (name, bytes)
    };
    let read = |e| InputError::io(&name, e);
    let mut bytes = BufReader::with_capacity(1 << 16, bytes.map_err(read)?);
    let head = bytes.fill_buf().map_err(read)?;
    if head.starts_with(MAGIC) {
        return Err(InputError::Table {
            path: name,
            fault: "Parquet is read from its end, and has names for its columns; name one file that is not compressed as a whole, \
                    without --columns"
                .to_owned(),
        });
    }
    let format = formats::sniff(head);
    let file = File {
        bytes: Box::new(bytes),
        name,
        encoding,
        explicit: true,
    };
    Ok((file, format))
}
