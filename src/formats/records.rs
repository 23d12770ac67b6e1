//! The pairs of a file that pairs its texts itself.

use std::sync::Arc;

use super::MAX_RECORDS;
use crate::document::{Block, Document, Layout};
use crate::text::{Direction, Side, Source};

/// Pairs in documents of at most [`MAX_RECORDS`].
#[derive(Debug, Default)]
pub struct Records {
    documents: Vec<Document>,
    /// Pairs of the file so far.
    count: usize,
}

impl Records {
    /// Adds the pair of two blocks, in the order of the file. A document holds pairs of one direction.
    pub fn push(&mut self, id: Option<Arc<str>>, direction: Option<Direction>, blocks: [Option<Block>; 2]) {
        let full = |d: &Document| d.records.len() >= MAX_RECORDS || d.direction != direction;
        if self.documents.last().is_none_or(full) {
            let mut document = Document::new("", Layout::Records);
            document.first_record = self.count;
            document.direction = direction;
            self.documents.push(document);
        }
        let Some(document) = self.documents.last_mut() else {
            return;
        };
        let [first, second] = blocks;
        let is_zh_first =
            first.as_ref().is_some_and(|b| b.side == Side::Zh) || second.as_ref().is_some_and(|b| b.side == Side::En);
        let (zh, en) = if is_zh_first { (first, second) } else { (second, first) };
        document.push_record(id, zh, en);
        self.count += 1;
    }

    /// Whether no pair has come yet.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The documents of the pairs so far, which are from `source`. More pairs may follow from another part of the file.
    pub fn take(&mut self, source: &Arc<Source>) -> Vec<Document> {
        let mut documents = std::mem::take(&mut self.documents);
        for document in &mut documents {
            document.name = Arc::clone(source.path());
            document.sources.push(Arc::clone(source));
        }
        documents
    }
}
