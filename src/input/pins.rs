//! Pairs of paragraphs that the configuration pins, in texts that have no comments.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Base;
use crate::document::{Block, BlockKind, Document, Layout, Pin, PinnedBy};
use crate::text::Sides;

/// Two paragraphs of a text that translate each other, named by how they begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextPin {
    base: Base,
    file: PathBuf,
    begins: Sides<Arc<str>>,
}

impl TextPin {
    /// A pin in the text `file`, a path relative to `base`; of a text in two files either one. `None` if a beginning is blank.
    pub fn new(base: &Base, file: &str, begins: Sides<&str>) -> Option<Self> {
        let begins = begins.map(str::trim);
        (!begins.zh.is_empty() && !begins.en.is_empty()).then(|| Self {
            base: base.clone(),
            file: PathBuf::from(file),
            begins: begins.map(Arc::from),
        })
    }

    /// The file, as the process opens it.
    pub fn path(&self) -> PathBuf {
        self.base.open(&self.file)
    }

    /// Whether the file exists.
    pub fn has_file(&self) -> bool {
        self.base.absolute(&self.file).is_file()
    }

    /// How the two paragraphs begin.
    pub const fn begins(&self) -> &Sides<Arc<str>> {
        &self.begins
    }

    /// Whether it is about the text in this file.
    pub fn is_in(&self, path: &Path) -> bool {
        self.base.is_same(&self.file, path)
    }
}

/// Adds the pins to a text. Records and their texts are pairs already.
pub fn apply(pins: &[TextPin], document: &mut Document) {
    if document.layout == Layout::Records || document.id.is_some() {
        return;
    }
    let begins = |block: &Block, beginning: &str| {
        block.kind != BlockKind::Structure && block.text.trim_start().starts_with(beginning)
    };
    let found: Vec<Pin> = pins
        .iter()
        .map(|pin| Pin {
            by: PinnedBy::Configuration(pin.begins.clone()),
            blocks: Sides::from_fn(|side| {
                let blocks = document.blocks(side).iter().enumerate();
                let named = blocks.filter(|(_, block)| begins(block, &pin.begins[side]));
                named.map(|(i, _)| i).collect()
            }),
        })
        .collect();
    document.pins.extend(found);
}
