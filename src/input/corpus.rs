//! Opening a corpus: one file of records, or two whose lines are pairs, compressed or not.

use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::Encoding;

use crate::file;
use crate::file::compression::{Compression, decompress};
use crate::formats::chunk::ReadChunks;
use crate::formats::columns::Header;
use crate::formats::{self, File, InputError, lines};
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

    /// Opens it.
    ///
    /// # Errors
    /// A file that cannot be read, or is of another kind.
    pub fn open(&self, encoding: Option<&'static Encoding>) -> Result<Box<dyn ReadChunks>, InputError> {
        match self {
            Self::Columns(path, columns) => Ok(lines::read_columns(open(path, encoding)?, *columns)),
            Self::Lines([first, second]) => Ok(lines::read_two([open(first, encoding)?, open(second, encoding)?])),
            Self::Records(path) => {
                let mut file = open(path, encoding)?;
                let mut bytes = BufReader::with_capacity(1 << 16, file.bytes);
                let head = bytes.fill_buf().map_err(|e| InputError::io(&file.name, e))?;
                let format = formats::of(&Compression::of(path).1).unwrap_or_else(|| formats::sniff(head));
                file.bytes = Box::new(bytes);
                let name = Arc::clone(&file.name);
                format.read_chunks(file).ok_or(InputError::NoRecords { path: name })
            }
        }
    }
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn open(path: &Path, encoding: Option<&'static Encoding>) -> Result<File, InputError> {
    let (name, bytes) = if is_stdin(path) {
        (Arc::from("<stdin>"), decompress(io::stdin()))
    } else {
        let name = display_path(path);
        let bytes = file::open(path).and_then(decompress);
        (name, bytes)
    };
    Ok(File {
        bytes: bytes.map_err(|e| InputError::io(&name, e))?,
        name,
        encoding,
        explicit: true,
    })
}
