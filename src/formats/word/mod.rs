//! Word documents, `.docx` (ECMA-376, both variants). The text of a file is what [`read`](read::read) makes of it: a line for each
//! paragraph, so that line 12 is the 12th paragraph of the document.

mod anchor;
mod annotate;
mod answers;
pub(super) mod content;
mod open;
mod read;
mod rewrite;
pub(super) mod styles;
#[cfg(test)]
pub(super) mod tests;
pub(super) mod text;

use self::styles::Styles;
use self::text::{Story, Text};
use super::content::{Content, ProseReader};
use super::ooxml::{Relationship, relationships};
use super::package::{Package, Part};
use super::package_fault::PackageFault;
use super::{Annotator, Comments, Edit, File, Format, InputError, Reader, Rewriter, ThreadReader, prose, whole};
use crate::text::{Dialect, Source};

/// Word documents.
#[derive(Debug)]
pub struct Word;

impl Format for Word {
    fn name(&self) -> &'static str {
        "Word"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["docx", "docm", "dotx", "dotm"]
    }

    fn comments(&self) -> Option<Comments> {
        None
    }

    fn is_package(&self) -> bool {
        true
    }

    fn prose(&self) -> Option<ProseReader> {
        Some(ProseReader::File(read_file))
    }

    fn read(&'static self, file: File) -> Reader {
        prose::read(self, ProseReader::File(read_file), file)
    }

    fn annotator(&self) -> Option<Annotator> {
        Some(annotate::annotate)
    }

    fn rewriter(&self) -> Option<Rewriter> {
        Some(rewrite::rewrite)
    }

    fn thread_reader(&self) -> Option<ThreadReader> {
        Some(answers::threads)
    }

    fn escape(&self, _text: &str, _dialect: &Dialect, _edits: Vec<Edit>) -> Vec<Edit> {
        Vec::new()
    }
}

fn read_file(mut file: File, bilingual: bool) -> Result<(Source, Content), InputError> {
    let bytes = whole::read_bytes(&mut file)?;
    let document = Package::open(&bytes).and_then(|mut package| Document::read(&mut package));
    let text = document.map_err(|fault| fault.of(&file.name))?.text;
    if text.lines.trim().is_empty() {
        return Err(InputError::Empty { path: file.name });
    }
    let content = content::divide(&text, bilingual);
    let source = whole::source_of_package(Word.name(), file.name, &bytes, text.lines);
    let source = source.with_pages(text.pages.into_known());
    Ok((source, content))
}

/// A document that has been read.
struct Document {
    text: Text,
    /// The part with its body.
    body: Part,
    /// The relationship that leads to the body.
    main: Relationship,
    /// The other parts.
    others: Vec<Relationship>,
}

impl Document {
    fn read(package: &mut Package<'_>) -> Result<Self, PackageFault> {
        let no_document = || PackageFault::WrongKind("a Word document");
        let main = relationships(package, "")?;
        let main = main.into_iter().find(|r| r.is_for("officeDocument"));
        let main = main.ok_or_else(no_document)?;
        let body = package.part(&main.target)?.ok_or_else(no_document)?;
        let others = relationships(package, &main.target)?;
        let styles = first(package, &others, "styles")?.map(|part| Styles::read(&part));
        let styles = styles.transpose()?.unwrap_or_default();
        let mut text = Text::default();
        read::read(&body, Story::Body, &styles, &mut text)?;
        if !text.has_body {
            return Err(no_document());
        }
        for (purpose, story) in [
            ("footnotes", Story::Footnote),
            ("endnotes", Story::Endnote),
            ("header", Story::Margin),
            ("footer", Story::Margin),
        ] {
            let mut parts: Vec<_> = others.iter().filter(|part| part.is_for(purpose)).collect();
            parts.sort_by_key(|part| (part.target.len(), &part.target));
            for part in parts {
                if let Some(part) = package.part(&part.target)? {
                    // A line between the body and the rest.
                    text.lines.push('\n');
                    read::read(&part, story, &styles, &mut text)?;
                }
            }
        }
        Ok(Self {
            text,
            body,
            main,
            others,
        })
    }
}

/// The first part that has a purpose.
fn first(package: &mut Package<'_>, parts: &[Relationship], purpose: &str) -> Result<Option<Part>, PackageFault> {
    match parts.iter().find(|part| part.is_for(purpose)) {
        Some(part) => package.part(&part.target),
        None => Ok(None),
    }
}
