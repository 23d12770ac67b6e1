//! Compares versions of one text by block.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::document::Block;
use crate::rules::history_context::Former;

/// Of two blocks of which one replaces the other, at least this share of the words is the same (the Dice coefficient, each word as
/// often as it occurs). Below it, the one was removed and the other added.
const LEAST_SHARED: f64 = 0.35;

/// The blocks of a version of a text.
pub struct Blocks {
    all: Vec<Block>,
    keys: Vec<u64>,
    known: FxHashSet<u64>,
    /// How many of them are fields of the front matter.
    fields: usize,
}

impl Blocks {
    /// The blocks of a version.
    pub fn new(blocks: Vec<Block>) -> Self {
        let keys: Vec<u64> = blocks.iter().map(key).collect();
        Self {
            known: keys.iter().copied().collect(),
            fields: 0,
            keys,
            all: blocks,
        }
    }

    /// The same with the fields of a front matter that ends at byte `end` of the file.
    #[must_use]
    pub fn with_fields_up_to(mut self, end: usize) -> Self {
        self.fields = self.all.iter().take_while(|b| b.origin.span.start < end).count();
        self
    }

    /// Whether a block is a field of the front matter. A translation need not have all of them.
    pub const fn is_field(&self, block: usize) -> bool {
        block < self.fields
    }

    /// The text of a block.
    pub fn text(&self, block: usize) -> &str {
        &self.all[block].text
    }

    /// Whether the version has a block with this [`key`].
    pub fn has(&self, key: u64) -> bool {
        self.known.contains(&key)
    }

    /// A block as it was.
    pub fn former(&self, block: usize) -> Former {
        Former {
            text: self.all[block].text.clone(),
            masked: self.all[block].masked.clone(),
        }
    }

    /// How the later version came from this one.
    pub fn compare(&self, now: &[Block], now_keys: &[u64]) -> Comparison {
        let mut comparison = Comparison {
            before: vec![None; now.len()],
            is_gone: vec![false; self.all.len()],
        };
        for op in capture_diff_slices(Algorithm::Myers, &self.keys, now_keys) {
            let (old, new) = (op.old_range(), op.new_range());
            if let DiffOp::Equal { .. } = op {
                for (i, j) in old.zip(new) {
                    comparison.before[j] = Some(i);
                }
                continue;
            }
            let mut next = old.start;
            for j in new {
                // What only changed places is the same.
                if self.has(now_keys[j]) {
                    comparison.before[j] = self.keys.iter().position(|k| *k == now_keys[j]);
                    continue;
                }
                let similar = (next..old.end)
                    .map(|i| (i, shared(&self.all[i], &now[j])))
                    .filter(|&(_, share)| share >= LEAST_SHARED);
                if let Some((i, _)) = similar.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))) {
                    comparison.before[j] = Some(i);
                    next = i + 1;
                }
            }
        }
        let mut is_kept = vec![false; self.all.len()];
        for i in comparison.before.iter().flatten() {
            is_kept[*i] = true;
        }
        let now: FxHashSet<u64> = now_keys.iter().copied().collect();
        for (i, is_gone) in comparison.is_gone.iter_mut().enumerate() {
            *is_gone = !is_kept[i] && !now.contains(&self.keys[i]);
        }
        comparison
    }
}

/// How a version of a text came from an earlier one.
pub struct Comparison {
    /// For each block of the later version, what it was before.
    pub before: Vec<Option<usize>>,
    /// Whether each block of the earlier version is gone.
    pub is_gone: Vec<bool>,
}

/// Hash of what a block says: its letters and digits, whatever the white space, punctuation, markup and line breaks. A text that
/// was only laid out anew keeps the keys of its blocks. A block without letters or digits is known by its signs.
pub fn key(block: &Block) -> u64 {
    let mut hash = FxHasher::default();
    let mut is_blank = true;
    for c in block.text.chars().filter(|c| c.is_alphanumeric()) {
        is_blank = false;
        for c in c.to_lowercase() {
            hash.write_u32(c as u32);
        }
    }
    if is_blank {
        hash.write(block.text.trim().as_bytes());
    }
    hash.finish()
}

/// The share of the words that two blocks have in common. A Han character counts as a word.
fn shared(a: &Block, b: &Block) -> f64 {
    let mut counts: FxHashMap<String, i32> = FxHashMap::default();
    let (mut total, mut common) = (0, 0);
    for_each_word(&a.text, |word| {
        total += 1;
        *counts.entry(word).or_default() += 1;
    });
    for_each_word(&b.text, |word| {
        total += 1;
        if let Some(left) = counts.get_mut(&word).filter(|left| **left > 0) {
            *left -= 1;
            common += 1;
        }
    });
    2.0 * f64::from(common) / f64::from(total.max(1))
}

fn for_each_word(text: &str, mut found: impl FnMut(String)) {
    for run in text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        if run.is_ascii() {
            found(run.to_ascii_lowercase());
        } else {
            run.chars().for_each(|c| found(c.to_string()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Origin};
    use crate::text::Side;

    fn blocks(texts: &[&str]) -> Vec<Block> {
        let block = |text: &&str| Block {
            side: Side::En,
            kind: BlockKind::Paragraph,
            text: (*text).to_owned(),
            masked: Vec::new(),
            origin: Origin::verbatim(0, 0, text.len()),
        };
        texts.iter().map(block).collect()
    }

    fn compare(before: &[&str], now: &[&str]) -> (Vec<Option<usize>>, Vec<bool>) {
        let now = blocks(now);
        let keys: Vec<u64> = now.iter().map(key).collect();
        let Comparison { before, is_gone } = Blocks::new(blocks(before)).compare(&now, &keys);
        (before, is_gone)
    }

    #[test]
    fn layout_makes_no_difference() {
        let before = ["Open *science*,\nfor all!", "* * *"];
        assert_eq!(
            compare(&before, &["Open science for all.", "* * *"]),
            (vec![Some(0), Some(1)], vec![false, false])
        );
    }

    #[test]
    fn what_was_edited_is_known_by_its_words() {
        let (before, is_gone) = compare(
            &["The trial runs for 9 months.", "Bring your own cup.", "The end."],
            &[
                "A new paragraph about something else.",
                "The trial runs for 12 months.",
                "The end.",
            ],
        );
        assert_eq!(before, [None, Some(0), Some(2)]);
        assert_eq!(is_gone, [false, true, false]);
    }

    #[test]
    fn what_changed_places_is_the_same() {
        let (before, is_gone) = compare(&["One.", "Two.", "Three."], &["Three.", "One.", "Two."]);
        assert_eq!(before, [Some(2), Some(0), Some(1)]);
        assert_eq!(is_gone, [false; 3]);
    }
}
