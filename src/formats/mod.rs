//! File formats: one file for each, behind the trait [`Format`], and one line for each in `FORMATS`.
//!
//! A format reads a [`File`] into [`Document`]s and knows how to write a replacement back. Everything that depends on a
//! file's kind asks its format, which [`of`] finds by the file's name and [`of_source`] by the dialect of a text.
//!
//! To add a format, write a file with a unit struct that implements [`Format`], and declare it with a
//! `mod` line and a line in `FORMATS`.

mod annotations;
mod by_part;
pub(crate) mod cells;
pub mod chunk;
pub(crate) mod columns;
mod commented;
pub mod comments;
mod content;
mod cues;
pub mod decode;
mod directives;
mod divide;
mod error;
mod excel;
mod fences;
pub mod front_matter;
mod html;
mod indented;
mod inline;
mod json;
mod jsonl;
pub mod lines;
mod mapped;
mod markdown;
mod markdown_escape;
mod marks;
mod note;
mod number_format;
mod one_language;
mod ooxml;
mod own;
mod package;
mod package_changes;
mod package_fault;
mod pair_table;
pub mod parquet;
mod po;
pub mod prose;
mod records;
mod rewrite;
mod sides;
mod slides;
mod stream;
pub mod strings;
mod subtitles;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod text_notes;
mod tmx;
mod web_page;
mod whole;
mod word;
pub(crate) mod workbook;
mod xliff;
pub(crate) mod xml;

use std::fmt::Debug;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use encoding_rs::Encoding;

use crate::document::Document;
use crate::text::{Dialect, Source, Span};
use chunk::ReadChunks;
use strings::StringsFormat;

pub use content::{Content, ProseReader};
pub use error::{InputError, Level};
pub use marks::backticks;
pub use note::{AUTHOR, AnnotateError, Annotator, Answer, Note, Thread, ThreadReader};
pub use own::{PROPERTIES, REPORT_CATEGORY, is_own_report};
pub(crate) use package::pack;
pub use package_fault::PackageFault;
pub use rewrite::{Choose, Rewriter, Rewritten};

/// The formats that are read. Where several match the first line of a text without a name, the first one applies.
static FORMATS: &[&dyn Format] = &[
    &text::Text,
    &markdown::Markdown,
    &markdown::Mdx,
    &jsonl::Jsonl,
    &table::Tsv,
    &table::Csv,
    &po::Po,
    &xliff::Xliff,
    &tmx::Tmx,
    &word::Word,
    &excel::Excel,
    &slides::PowerPoint,
    &web_page::Html,
    &subtitles::Srt,
    &subtitles::Vtt,
    &strings::JSON,
    &strings::ARB,
    &strings::YAML,
    &strings::TOML,
    &strings::PROPERTIES,
    &strings::APPLE,
    &strings::STRINGSDICT,
    &strings::CATALOG,
    &strings::FLUENT,
    &strings::QT,
    &strings::ANDROID,
    &strings::RESX,
];

/// Extensions of translatable files that are not read. Such a file is refused by name, and counted where a folder holds
/// it; a named file of any other kind is read as plain text.
const NOT_READ: [&str; 17] = [
    "adoc", "asciidoc", "doc", "ini", "json5", "odp", "ods", "odt", "pdf", "ppt", "rst", "rtf", "svelte", "tbx", "tex",
    "vue", "xls",
];

/// At most how many records of a record file make one [`Document`].
pub const MAX_RECORDS: usize = 500;

/// A file format.
pub trait Format: Debug + Sync {
    /// Its name, as in “a Markdown file”; unique among the formats.
    fn name(&self) -> &'static str;

    /// The extensions of its files, in lower case and without the dot; the usual one first.
    fn extensions(&self) -> &'static [&'static str];

    /// Whether a text without a name is in this format, by its first line that is not blank.
    fn matches_first_line(&self, _line: &str) -> bool {
        false
    }

    /// How a file contains comments; `None` where it cannot.
    fn comments(&self) -> Option<Comments>;

    /// Whether its files are packages of several parts. These are never changed in place, and what counts as their text is what
    /// the reader makes of it.
    fn is_package(&self) -> bool {
        false
    }

    /// How the format divides text into paragraphs, where a file of it may be in one language and its translation in
    /// another file; `None` for formats whose files always hold both languages.
    fn prose(&self) -> Option<ProseReader> {
        None
    }

    /// Whether most files with its extensions are something else, so that a folder's files count only as a pair, or where their
    /// path names a language.
    fn is_shared(&self) -> bool {
        false
    }

    /// The format as one of strings with keys, with a file for each language; `None` for all others.
    fn strings(&self) -> Option<&StringsFormat> {
        None
    }

    /// Reads a file that holds both languages. An error costs the file or, in record files, the record that it is in.
    fn read(&'static self, file: File) -> Reader;

    /// Reads a file with what is between its records; `None` for formats whose files are no rows of records.
    fn read_chunks(&'static self, _file: File) -> Option<Box<dyn ReadChunks>> {
        None
    }

    /// Writes replacements in the way of the format: with escapes, or with quotation marks around the cell.
    ///
    /// `edits` are disjoint and in order, with replacements as a reader of the text should see them. Returns edits, again
    /// disjoint and in order, with replacements as the file will contain them. An edit that would damage the
    /// structure of the file is left out.
    fn escape(&self, text: &str, dialect: &Dialect, edits: Vec<Edit>) -> Vec<Edit>;

    /// How the format writes notes into a copy of a file; `None` where it does not.
    fn annotator(&self) -> Option<Annotator> {
        None
    }

    /// How the format writes other text into a copy of a package; `None` for formats that are no packages, and where it does
    /// not.
    fn rewriter(&self) -> Option<Rewriter> {
        None
    }

    /// How the format reads what people answered to those notes; `None` where they cannot.
    fn thread_reader(&self) -> Option<ThreadReader> {
        None
    }
}

/// How a format contains comments, in which suppressions are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comments {
    /// `<!-- … -->`. A comment alone on its line applies to the block below it, which ends at a blank line.
    Markup,
    /// `<!-- … -->`. A comment alone on its line applies to the lines below it, up to a blank line or the first one that ends
    /// with the end tag of a paragraph, an item or the like.
    Elements,
    /// `<!-- … -->`. A comment alone on its line applies to the unit below it, up to its end tag.
    Units,
    /// `# …` from the start of a line. It applies to the block below it, which ends at a blank line.
    Hash,
    /// `# …` from the start of a line. It applies to the line below it.
    HashRecords,
}

/// A replacement of a stretch of text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The bytes that are replaced; empty for an insertion.
    pub span: Span,
    /// The text that replaces them.
    pub text: String,
    /// How many fixes it applies.
    pub fixes: usize,
}

/// A file to read.
pub struct File {
    /// The name that messages use.
    pub name: Arc<str>,
    /// Its bytes.
    pub bytes: Box<dyn Read + Send>,
    /// Its encoding, where the user names one.
    pub encoding: Option<&'static Encoding>,
    /// Whether the user named the file, rather than a folder that it is in. A file in one language in a folder is
    /// skipped.
    pub explicit: bool,
}

/// The documents of one input, read on demand.
pub struct Reader(Box<dyn Iterator<Item = Result<Document, InputError>> + Send>);

impl Reader {
    /// A reader over documents that are read one after the other.
    pub fn new(documents: impl Iterator<Item = Result<Document, InputError>> + Send + 'static) -> Self {
        Self(Box::new(documents))
    }

    /// A reader over what is read already.
    pub fn all(documents: Result<Vec<Document>, InputError>) -> Self {
        match documents {
            Ok(documents) => Self::new(documents.into_iter().map(Ok)),
            Err(e) => Self::new(std::iter::once(Err(e))),
        }
    }
}

impl Iterator for Reader {
    type Item = Result<Document, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

/// The format of plain text, in which named files of unknown kinds are read.
pub fn plain_text() -> &'static dyn Format {
    &text::Text
}

/// The format of a file with this name, by its extension.
pub fn of(path: &Path) -> Option<&'static dyn Format> {
    let extension = extension(path)?;
    FORMATS
        .iter()
        .copied()
        .find(|f| f.extensions().contains(&extension.as_str()))
}

/// The format that a text was read in; plain text where no reader has read it.
pub fn of_source(source: &Source) -> &'static dyn Format {
    named(source.dialect())
}

/// The format of a dialect.
pub fn named(dialect: &Dialect) -> &'static dyn Format {
    let format = FORMATS.iter().copied().find(|f| f.name() == dialect.format());
    format.unwrap_or_else(plain_text)
}

/// The format of a text without a name, by the bytes that it begins with.
pub fn sniff(head: &[u8]) -> &'static dyn Format {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    // The declaration of XML says nothing about what follows it.
    let text = match text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, rest)) => rest.trim_start(),
        None => text,
    };
    let line = text.lines().next();
    let format = FORMATS
        .iter()
        .copied()
        .find(|f| f.matches_first_line(line.unwrap_or_default()));
    format.unwrap_or_else(plain_text)
}

/// The extension of a translatable file that is not read, such as `odt`.
pub fn unread_extension(path: &Path) -> Option<String> {
    extension(path).filter(|e| NOT_READ.contains(&e.as_str()))
}

/// The extensions of all files that are read.
pub fn extensions() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().flat_map(|format| format.extensions()).copied()
}

/// The usual extension of each format, as messages list them.
pub fn known() -> String {
    list(FORMATS.iter().copied())
}

/// The usual extension of each format that notes are written into, as messages list them.
pub fn annotated() -> String {
    list(FORMATS.iter().copied().filter(|f| f.annotator().is_some()))
}

/// The usual extensions of formats.
fn list(formats: impl Iterator<Item = &'static dyn Format>) -> String {
    let extensions = formats.filter_map(|f| f.extensions().first());
    let names: Vec<String> = extensions.map(|e| format!(".{e}")).collect();
    names.join(", ")
}

/// The text with edits applied, which are disjoint and in order.
pub fn splice(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        out.push_str(&text[done..edit.span.start]);
        out.push_str(&edit.text);
        done = edit.span.end;
    }
    out.push_str(&text[done..]);
    out
}

/// A text as the reader of a file with this name gives it.
#[cfg(test)]
pub(crate) fn source(path: &str, text: &str) -> Source {
    let format = of(Path::new(path)).unwrap_or_else(plain_text);
    Source::new(path, text).written_in(Arc::new(Dialect::new(format.name())))
}

/// Whether most files with the extension of this one are something else than texts.
pub fn is_shared(path: &Path) -> bool {
    of(path).is_some_and(Format::is_shared)
}

/// The extension of a file in lower case.
pub fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}
