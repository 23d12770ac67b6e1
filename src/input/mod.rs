//! Files in, documents out: one reader per file format, decoding, discovery of files and of file pairs.
//!
//! ```text
//! discover(paths, &options) ─▶ Discovery { inputs, errors }
//! read(&input, &options)    ─▶ Reader: Iterator<Item = Result<Document, InputError>>
//! ```
//!
//! A [`Reader`] gives one [`Document`] for a text or a pair of texts, one for each table of a Markdown file, one for each
//! document record, and one for about every [`MAX_RECORDS`] pair records, so that a file of a million pairs is read in
//! constant memory. An error costs the file or, in record files, the record it is in; the reader goes on where it can.
//! [`InputError::level`] tells an error from a warning and from a file that was left out on purpose.

mod columns;
pub mod decode;
mod discover;
mod error;
mod json;
mod jsonl;
mod lines;
mod markdown;
mod marks;
mod pairing;
mod patterns;
mod sides;
mod stream;
mod table;
#[cfg(test)]
mod tests;
mod text;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::Encoding;

use crate::document::Document;
use crate::text::display_path;

pub use discover::{Discovery, discover, folders};

pub use error::{InputError, Level};
pub use marks::backticks;
pub use pairing::named_side;
pub use patterns::{Base, PairPattern, Patterns};

/// At most how many records of a record file make one [`Document`].
pub const MAX_RECORDS: usize = 500;

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// Comma-separated values with a header.
    Csv,
    /// Tab-separated values with a header.
    Tsv,
    /// One JSON record a line.
    Jsonl,
}

impl Format {
    const EXTENSIONS: [(&'static str, Self); 10] = [
        ("txt", Self::Text),
        ("text", Self::Text),
        ("md", Self::Markdown),
        ("markdown", Self::Markdown),
        ("mkd", Self::Markdown),
        ("csv", Self::Csv),
        ("tsv", Self::Tsv),
        ("tab", Self::Tsv),
        ("jsonl", Self::Jsonl),
        ("ndjson", Self::Jsonl),
    ];

    /// The format of a file with this name, by its extension.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        Self::EXTENSIONS
            .iter()
            .find(|(e, _)| e.eq_ignore_ascii_case(extension))
            .map(|&(_, f)| f)
    }

    /// Whether a file of this format may hold one language only, its translation being in another file.
    pub const fn comes_in_pairs(self) -> bool {
        matches!(self, Self::Text | Self::Markdown)
    }

    /// The extensions that are read, as messages list them.
    pub fn known() -> String {
        let names: Vec<String> = Self::EXTENSIONS.iter().map(|(e, _)| format!(".{e}")).collect();
        names.join(", ")
    }
}

/// Where the text of an input is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Files {
    /// One file with both languages.
    One(PathBuf),
    /// One file for each language. Which is which is told by their text, and by this order only where that does not
    /// tell.
    Two {
        /// Named or given as the Chinese one.
        zh: PathBuf,
        /// Named or given as the English one.
        en: PathBuf,
    },
    /// Standard input.
    Stdin,
}

/// One bilingual text to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Input {
    /// Its files.
    pub files: Files,
    /// Whether the user named it, rather than a folder that it is in. A file in one language that was only met in a folder
    /// is skipped.
    pub explicit: bool,
}

impl Input {
    /// A file that the user named.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self {
            files: Files::One(path.into()),
            explicit: true,
        }
    }
}

/// How to read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The encoding of all files, where the user says so.
    pub encoding: Option<&'static Encoding>,
    /// The name that standard input goes by; its extension tells the format.
    pub stdin_name: Option<PathBuf>,
    /// Files and folders to leave out of folders.
    pub exclude: Option<Patterns>,
    /// Whether `exclude` holds for what the user names, too.
    pub force_exclude: bool,
    /// Files that a program lists, such as those of a commit: unlike those that the user names, they are left out where
    /// there is nothing in them for bilint.
    pub listed: Vec<PathBuf>,
    /// Which file translates which, where names alone do not tell.
    pub pairs: Vec<PairPattern>,
}

/// The documents of one input, read as they are asked for.
pub struct Reader(Box<dyn Iterator<Item = Result<Document, InputError>> + Send>);

impl Iterator for Reader {
    type Item = Result<Document, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

/// The documents of an input. Trouble comes as an item of the iterator, never instead of it.
pub fn read(input: &Input, options: &Options) -> Reader {
    let documents = match &input.files {
        Files::One(path) => one(path, input.explicit, options),
        Files::Two { zh, en } => text::two([zh, en], options),
        Files::Stdin => Ok(stdin(options)),
    };
    documents.unwrap_or_else(|e| Reader(Box::new(std::iter::once(Err(e)))))
}

/// Formats that people have at hand and that are not text: better refused by name than as “binary”.
const NOT_READ: [&str; 22] = [
    "docx", "doc", "xlsx", "xls", "pptx", "pdf", "odt", "rtf", "json", "xml", "yaml", "yml", "html", "htm", "xlf",
    "xliff", "sdlxliff", "mqxliff", "tmx", "tbx", "po", "srt",
];

fn one(path: &Path, explicit: bool, options: &Options) -> Result<Reader, InputError> {
    let name = display_path(path);
    let extension = path
        .extension()
        .map_or_else(String::new, |e| e.to_string_lossy().to_lowercase());
    if NOT_READ.contains(&extension.as_str()) {
        return Err(InputError::UnknownFormat {
            path: name,
            extension,
            known: Format::known(),
        });
    }
    let format = Format::of(path).unwrap_or(Format::Text);
    let file = File::open(path).map_err(|e| InputError::io(&name, e))?;
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        return Err(InputError::Io {
            path: name,
            source: io::Error::from(io::ErrorKind::IsADirectory),
        });
    }
    Ok(open(&name, Box::new(file), format, explicit, options))
}

fn stdin(options: &Options) -> Reader {
    let given = options.stdin_name.as_deref();
    let name = given.map_or_else(|| Arc::from("<stdin>"), display_path);
    let format = given.and_then(Format::of);
    // Without a name the first line tells.
    let mut reader = io::BufReader::new(io::stdin());
    let format = format.unwrap_or_else(|| match io::BufRead::fill_buf(&mut reader) {
        Ok(head) => text::sniff(head),
        Err(_) => Format::Text,
    });
    open(&name, Box::new(reader), format, true, options)
}

fn open(name: &Arc<str>, file: Box<dyn io::Read + Send>, format: Format, explicit: bool, options: &Options) -> Reader {
    let parts = |file| stream::Parts::new(Arc::clone(name), file, options.encoding);
    Reader(match format {
        Format::Jsonl => Box::new(jsonl::Jsonl::new(parts(file))),
        Format::Csv => Box::new(table::Table::csv(parts(file))),
        Format::Tsv => Box::new(table::Table::tsv(parts(file))),
        Format::Text | Format::Markdown => {
            let documents = text::one(name, file, format, explicit, options);
            Box::new(
                documents
                    .map_or_else(|e| vec![Err(e)], |d| d.into_iter().map(Ok).collect())
                    .into_iter(),
            )
        }
    })
}
