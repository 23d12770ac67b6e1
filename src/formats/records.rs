//! The pairs of a file that pairs its texts itself.

use std::sync::Arc;

use super::MAX_RECORDS;
use crate::document::{Block, Document, Layout};
use crate::text::script::is_han;
use crate::text::{Direction, Side, Source};

/// Whether a message is the key of a program instead of a source text, as Symfony's files have them, and the translation is Chinese:
/// `error.not_found` or `includeNoBudget` for 未找到.
pub fn is_key(source: &str, translation: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let bytes = source.as_bytes();
    let is_joint =
        |w: &[u8]| w[0].is_ascii_alphanumeric() && matches!(w[1], b'.' | b'_') && w[2].is_ascii_alphanumeric();
    let is_hump = |w: &[u8]| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase();
    source.chars().all(is_word)
        && source.starts_with(|c: char| c.is_ascii_alphabetic())
        && (bytes.windows(3).any(is_joint) || source.starts_with(char::is_lowercase) && bytes.windows(2).any(is_hump))
        && translation.contains(is_han)
        // “E_xit” is a label with a key for the keyboard: 退出(_X).
        && !translation.contains("(_")
        && !translation.contains("（_")
}

/// The most characters that a flag of Weblate allows: `max-length:30`.
pub fn max_length(flag: &str) -> Option<usize> {
    flag.trim().strip_prefix("max-length:")?.trim().parse().ok()
}

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

    /// Sets the most characters that the translation of the last pair may have.
    pub fn limit_last(&mut self, characters: usize) {
        if let Some(document) = self.documents.last_mut() {
            let last = document.records.len().saturating_sub(1);
            document.limits.insert(last, characters);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_programs_are_no_texts() {
        for (source, translation) in [
            ("error.not_found", "未找到"),
            ("includeNoBudget", "显示没有预算的条目"),
            ("a_b-c.d", "甲"),
        ] {
            assert!(is_key(source, translation), "{source}");
        }
        for (source, translation) in [
            ("Save", "保存"),
            ("YouTube", "优兔"),
            ("e.g. this", "例如这个"),
            ("Ltd.", "有限公司"),
            ("README.md", "README.md"),
            ("E_xit", "退出(_X)"),
        ] {
            assert!(!is_key(source, translation), "{source}");
        }
    }
}
