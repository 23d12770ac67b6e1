//! Files in, documents out: discovery of files and of file pairs, and opening them. `formats` reads what is in them.
//!
//! ```text
//! discover(paths, &options) ─▶ Discovery { inputs, errors }
//! read(&input, &options)    ─▶ Reader: Iterator<Item = Result<Document, InputError>>
//! ```
//!
//! A [`Reader`] gives one [`Document`] for a text or a pair of texts, one for each table of a Markdown file, one for each
//! document record, and one for about every [`MAX_RECORDS`] pair records, so that a file of a million pairs is read in
//! constant memory. An error costs the file or, in record files, the record it is in; the reader goes on where it can.
//! [`InputError::level`] distinguishes errors, warnings and files that are skipped on purpose.

mod corpus;
mod discover;
mod layouts;
mod others;
mod pairing;
mod patterns;
mod pins;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8};

use crate::document::Document;
use crate::formats::{self, File, Format, prose, strings};
use crate::text::{Direction, Side, display_path};

pub use crate::formats::chunk::ReadChunks;
pub use crate::formats::columns::Header as Columns;
pub use crate::formats::{InputError, Level, MAX_RECORDS, Reader, decode};
pub use corpus::Corpus;
pub use discover::{Discovery, discover, folders};
pub use pairing::{named_side, tag};
pub use patterns::{Base, PairPattern, Patterns};
pub use pins::TextPin;

/// Where the text of an input is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Files {
    /// One file with both languages.
    One(PathBuf),
    /// One file for each language. Their text decides which is which; this order applies only where it does not.
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
    /// Whether the user named it, rather than a folder that it is in. A file in one language in a folder is
    /// skipped.
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

    /// Its files; none for standard input.
    pub fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        let (first, second) = match &self.files {
            Files::One(path) => (Some(path), None),
            Files::Two { zh, en } => (Some(zh), Some(en)),
            Files::Stdin => (None, None),
        };
        first.into_iter().chain(second)
    }
}

/// How to read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The encoding of all files, where the user says so.
    pub encoding: Option<&'static Encoding>,
    /// The name of standard input in messages. Its extension decides the format.
    pub stdin_name: Option<PathBuf>,
    /// Files and folders to leave out of folders.
    pub exclude: Option<Patterns>,
    /// Whether `exclude` holds for what the user names, too.
    pub force_exclude: bool,
    /// Files that a program lists, such as those of a commit: unlike those that the user names, they are left out where
    /// there is nothing in them for bilint.
    pub listed: Vec<PathBuf>,
    /// The configuration file in effect.
    pub config: Option<PathBuf>,
    /// Pairs of files that the names do not reveal.
    pub pairs: Vec<PairPattern>,
    /// The direction of the translation, unless the names of two files of strings reveal it.
    pub direction: Option<Direction>,
    /// Pairs of paragraphs that the configuration pins.
    pub pins: Vec<TextPin>,
    /// The texts that are read instead of what is on the disk.
    pub open_texts: Arc<OpenTexts>,
}

/// The texts of files that are open in an editor, by their paths as [`discover`] gives them.
pub type OpenTexts = HashMap<PathBuf, Arc<[u8]>>;

/// The documents of an input. An error comes as an item of the iterator, never instead of it.
pub fn read(input: &Input, options: &Options) -> Reader {
    let reader = match &input.files {
        Files::One(path) => open(path, input.explicit, options).map(|(format, file)| format.read(file)),
        Files::Two { zh, en } => read_pair([zh, en], options),
        Files::Stdin => Ok(read_stdin(options)),
    };
    let reader = reader.unwrap_or_else(|e| Reader::all(Err(e)));
    let stdin_name = options.stdin_name.as_ref().filter(|_| input.files == Files::Stdin);
    let is_here = |pin: &&TextPin| input.paths().chain(stdin_name).any(|path| pin.is_in(path));
    let pins: Vec<TextPin> = options.pins.iter().filter(is_here).cloned().collect();
    if pins.is_empty() {
        return reader;
    }
    Reader::new(reader.map(move |document| {
        document.map(|mut document| {
            pins::apply(&pins, &mut document);
            document
        })
    }))
}

/// Opens a file, or its text in the editor. A file of an unknown type is read as plain text.
fn open(path: &Path, explicit: bool, options: &Options) -> Result<(&'static dyn Format, File), InputError> {
    let name = display_path(path);
    if let Some(extension) = formats::unread_extension(path) {
        return Err(InputError::UnknownFormat {
            path: name,
            extension,
            known: formats::known(),
        });
    }
    let (bytes, encoding): (Box<dyn Read + Send>, _) = if let Some(text) = options.open_texts.get(path) {
        (Box::new(io::Cursor::new(Arc::clone(text))), Some(UTF_8))
    } else {
        let file = crate::file::open(path).map_err(|e| InputError::io(&name, e))?;
        (Box::new(file), options.encoding)
    };
    let file = File {
        name,
        bytes,
        encoding,
        explicit,
    };
    Ok((formats::of(path).unwrap_or_else(formats::plain_text), file))
}

fn read_pair(paths: [&Path; 2], options: &Options) -> Result<Reader, InputError> {
    let named = paths.into_iter().any(|p| named_side(p).is_some());
    let [first, second] = paths;
    let (first, second) = (open(first, true, options)?, open(second, true, options)?);
    if let (Some(zh), Some(en)) = (first.0.strings(), second.0.strings()) {
        let files = [(zh, first.1), (en, second.1)];
        let (documents, note) = strings::read_pair(files, named, direction(paths, options))?;
        return Ok(Reader::new(
            note.map(Err).into_iter().chain(documents.into_iter().map(Ok)),
        ));
    }
    let (document, note) = prose::read_pair([first, second], named)?;
    Ok(Reader::new(note.map(Err).into_iter().chain([Ok(document)])))
}

/// Which of two files of strings translates the other: the one whose name has a language, if the other has none. Else as the
/// user says, and without that, programs are translated from English.
fn direction([zh, en]: [&Path; 2], options: &Options) -> Direction {
    match [zh, en].map(|path| named_side(path).is_some()) {
        [true, false] => Direction::EnToZh,
        [false, true] => Direction::ZhToEn,
        _ => options.direction.unwrap_or(Direction::EnToZh),
    }
}

fn read_stdin(options: &Options) -> Reader {
    let given = options.stdin_name.as_deref();
    let name = given.map_or_else(|| Arc::from("<stdin>"), display_path);
    let mut bytes = io::BufReader::new(io::stdin());
    // Without a name the first line decides the format.
    let format = given
        .and_then(formats::of)
        .unwrap_or_else(|| formats::sniff(io::BufRead::fill_buf(&mut bytes).unwrap_or_default()));
    format.read(File {
        name,
        bytes: Box::new(bytes),
        encoding: options.encoding,
        explicit: true,
    })
}

/// The text of a file in the language of `side`, without its translation: of the file itself, or of the `content` that it had
/// before.
///
/// # Errors
/// A file that cannot be read or decoded.
pub fn read_side(path: &Path, content: Option<Vec<u8>>, side: Side, options: &Options) -> Result<Document, InputError> {
    let (format, file) = match content {
        None => open(path, true, options)?,
        Some(bytes) => {
            let file = File {
                name: display_path(path),
                bytes: Box::new(io::Cursor::new(bytes)),
                encoding: options.encoding,
                explicit: true,
            };
            (formats::of(path).unwrap_or_else(formats::plain_text), file)
        }
    };
    prose::read_side(format, file, side)
}

/// The one language that a file is in; `None` where it holds both, is of a kind that always does, or cannot be read.
pub fn language(path: &Path, options: &Options) -> Option<Side> {
    let (format, file) = open(path, true, options).ok()?;
    match format.strings() {
        Some(strings) => strings.language(file),
        None => prose::language(format, file),
    }
}
