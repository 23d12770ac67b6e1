//! The files of a page in Markdown and its translation.

use crate::document::{Document, Layout};
use crate::text::{Side, Sides, Source};

/// The files of a document that is a page in Markdown and its translation in another file.
pub fn markdown_pages(document: &Document) -> Option<Sides<&Source>> {
    if document.layout != Layout::Parallel {
        return None;
    }
    let file = |side: Side| {
        let block = document.blocks(side).first()?;
        Some(&*document.sources[block.origin.source])
    };
    let (zh, en) = (file(Side::Zh)?, file(Side::En)?);
    let is_markdown = |source: &Source| without_extension(source.path()).is_some();
    (zh.path() != en.path() && is_markdown(zh) && is_markdown(en)).then_some(Sides::new(zh, en))
}

/// The path of a file in Markdown without its extension.
pub fn without_extension(path: &str) -> Option<&str> {
    [".md", ".mdx", ".markdown"]
        .iter()
        .find_map(|end| path.strip_suffix(end))
}
