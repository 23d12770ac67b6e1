//! Compares versions of one text by block.

use std::hash::Hasher;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::tables;
use crate::document::{Block, BlockKind};
use crate::rules::history_context::Former;
use crate::text::Span;
use crate::text::script::is_han;

/// Of two blocks of which one replaces the other, at least this share of the words is the same (the Dice coefficient, each word as
/// often as it occurs). Below it, the one was removed and the other added.
const SHARED: f64 = 0.5;

/// The share that is enough where at least [`MANY_WORDS`] are the same.
const LEAST_SHARED: f64 = 0.35;

/// See [`LEAST_SHARED`].
const MANY_WORDS: u32 = 5;

/// The share that is enough for a block in another place.
const MOVED: f64 = 0.65;

/// Shorter texts, by the bytes of their letters and digits, may be the beginning or the end of another one by chance.
const SHORTEST_PART: usize = 4;

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

    /// Whether the version has a block with this [`key`].
    pub fn has(&self, key: u64) -> bool {
        self.known.contains(&key)
    }

    /// All blocks.
    pub fn all(&self) -> &[Block] {
        &self.all
    }

    /// A block as it was.
    pub fn former(&self, block: usize) -> Former {
        self.formers(block..block + 1)
    }

    /// Blocks in a row as they were, as one text.
    pub fn formers(&self, blocks: Range<usize>) -> Former {
        self.join(blocks.map(|block| (block, 0..self.all[block].text.len())))
    }

    /// Parts of blocks as one text.
    fn join(&self, parts: impl IntoIterator<Item = (usize, Range<usize>)>) -> Former {
        let mut former = Former {
            text: String::new(),
            masked: Vec::new(),
        };
        for (block, part) in parts {
            let block = &self.all[block];
            if !former.text.is_empty() {
                former.text.push(' ');
            }
            let at = former.text.len();
            let inside = block
                .masked
                .iter()
                .map(|m| m.start.max(part.start)..m.end.min(part.end));
            let inside = inside.filter(|m| m.start < m.end);
            let masked = inside.map(|m| Span::new(m.start - part.start + at, m.end - part.start + at));
            former.masked.extend(masked);
            former.text.push_str(&block.text[part]);
        }
        former
    }

    /// How the later version came from this one.
    pub fn compare(&self, now: &[Block], now_keys: &[u64]) -> Comparison {
        let mut comparison = Comparison {
            before: vec![None; now.len()],
            is_gone: vec![false; self.all.len()],
            is_part: vec![false; now.len()],
            parts: FxHashMap::default(),
        };
        let mut is_kept = vec![false; self.all.len()];
        for op in capture_diff_slices(Algorithm::Myers, &self.keys, now_keys) {
            let (old, new) = (op.old_range(), op.new_range());
            if let DiffOp::Equal { .. } = op {
                for (i, j) in old.zip(new) {
                    comparison.before[j] = Some(i);
                    is_kept[i] = true;
                }
                continue;
            }
            for j in new.clone() {
                // What only changed places is the same.
                if self.has(now_keys[j]) {
                    comparison.before[j] = self.keys.iter().position(|k| *k == now_keys[j]);
                }
            }
            self.match_edited(now, old.clone(), new.clone(), &mut comparison);
            for i in new.clone().filter_map(|j| comparison.before[j]) {
                is_kept[i] = true;
            }
            self.match_parts(now, old, new, &mut comparison, &mut is_kept);
        }
        tables::match_cells(&self.all, now, &mut comparison.before, &mut is_kept);
        self.match_moved(now, &mut comparison, &mut is_kept);
        let now: FxHashSet<u64> = now_keys.iter().copied().collect();
        for (i, is_gone) in comparison.is_gone.iter_mut().enumerate() {
            *is_gone = !is_kept[i] && !now.contains(&self.keys[i]);
        }
        comparison
    }

    /// Matches blocks that were edited, among those that differ between two that are the same: by their words, and headings and
    /// table cells, which are short, by their place where as many went as came.
    fn match_edited(&self, now: &[Block], old: Range<usize>, new: Range<usize>, comparison: &mut Comparison) {
        let mut next = old.start;
        for j in new
            .clone()
            .filter(|&j| comparison.before[j].is_none())
            .collect::<Vec<_>>()
        {
            let similar = (next..old.end)
                .map(|i| (i, shared(&self.all[i], &now[j])))
                .filter(|(_, (share, words))| *share >= SHARED || *share >= LEAST_SHARED && *words >= MANY_WORDS);
            if let Some((i, _)) = similar.max_by(|a, b| a.1.0.total_cmp(&b.1.0).then(b.0.cmp(&a.0))) {
                comparison.before[j] = Some(i);
                next = i + 1;
            }
        }
        for j in new
            .clone()
            .filter(|&j| comparison.before[j].is_none())
            .collect::<Vec<_>>()
        {
            let before = self.cell_before(now, j, old.clone(), comparison);
            comparison.before[j] = before.filter(|i| !comparison.before.contains(&Some(*i)));
        }
        if old.len() == new.len() {
            let is_short = |i: usize, j: usize| match (self.all[i].kind, now[j].kind) {
                (BlockKind::TableCell(was), BlockKind::TableCell(is)) => was.column == is.column,
                (BlockKind::Heading(was), BlockKind::Heading(is)) => was == is,
                _ => false,
            };
            for (i, j) in old.zip(new) {
                if comparison.before[j].is_none() && !comparison.before.contains(&Some(i)) && is_short(i, j) {
                    comparison.before[j] = Some(i);
                }
            }
        }
    }

    /// Matches blocks that were edited and are in another place of the text.
    fn match_moved(&self, now: &[Block], comparison: &mut Comparison, is_kept: &mut [bool]) {
        for (j, block) in now.iter().enumerate() {
            if comparison.before[j].is_some() || comparison.is_part[j] {
                continue;
            }
            let gone = (0..self.all.len()).filter(|&i| !is_kept[i]);
            let is_as_long = |i: &usize| {
                let [one, other] = [self.all[*i].text.len(), block.text.len()];
                one.max(other) <= 3 * one.min(other)
            };
            let shares = gone.filter(is_as_long).map(|i| (i, shared(&self.all[i], block).0));
            let similar = shares.filter(|(_, share)| *share >= MOVED);
            if let Some((i, _)) = similar.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))) {
                comparison.before[j] = Some(i);
                is_kept[i] = true;
            }
        }
    }

    /// What a table cell was by its place, if its row was there with as many columns: another cell of it is the same or was edited.
    fn cell_before(&self, now: &[Block], block: usize, old: Range<usize>, comparison: &Comparison) -> Option<usize> {
        let BlockKind::TableCell(cell) = now[block].kind else {
            return None;
        };
        let cell_of = |block: &Block| match block.kind {
            BlockKind::TableCell(cell) => Some(cell),
            _ => None,
        };
        let columns = usize::from(cell.columns);
        let around = block.saturating_sub(columns)..(block + columns).min(now.len());
        let mut row = around.filter(|&i| cell_of(&now[i]).is_some_and(|other| other.row == cell.row));
        let row_before = row.find_map(|i| cell_of(&self.all[comparison.before[i]?]))?;
        let mut cells = old.filter_map(|i| Some((i, cell_of(&self.all[i])?)));
        let found = cells.find(|(_, was)| was.row == row_before.row && was.column == cell.column)?;
        (found.1.columns == cell.columns).then_some(found.0)
    }

    /// Finds blocks that were the beginning or the end of another one, or became that, among those that differ between two that are
    /// the same: a paragraph that was split, items that became a table, a heading that joined the text below it.
    fn match_parts(
        &self,
        now: &[Block],
        old: Range<usize>,
        new: Range<usize>,
        comparison: &mut Comparison,
        is_kept: &mut [bool],
    ) {
        let first = old.start;
        let mut left: Vec<Range<usize>> = old.clone().map(|i| 0..self.all[i].text.len()).collect();
        for j in new.clone() {
            if comparison.before[j].is_some() {
                continue;
            }
            let found = old.clone().find_map(|i| {
                let rest = &left[i - first];
                without(&self.all[i].text[rest.clone()], &now[j].text)
                    .map(|r| (i, rest.start + r.start..rest.start + r.end))
            });
            let Some((i, rest)) = found else { continue };
            if is_kept[i] {
                left[i - first] = rest;
                comparison.is_part[j] = true;
            } else {
                comparison.before[j] = Some(i);
                is_kept[i] = true;
            }
        }
        let mut joined: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for i in old.clone().filter(|&i| !is_kept[i]).collect::<Vec<_>>() {
            let mut edited = new.clone().filter(|&j| comparison.before[j].is_some_and(|b| b != i));
            if let Some(j) = edited.find(|&j| without(&now[j].text, &self.all[i].text).is_some()) {
                joined.entry(j).or_default().push(i);
                is_kept[i] = true;
            }
        }
        for j in new {
            let Some(i) = comparison.before[j].filter(|i| old.contains(i)) else {
                continue;
            };
            let others = joined.remove(&j).unwrap_or_default();
            if others.is_empty() && left[i - first] == (0..self.all[i].text.len()) {
                continue;
            }
            let mut parts: Vec<usize> = others;
            parts.push(i);
            parts.sort_unstable();
            let parts = parts.into_iter().map(|i| (i, left[i - first].clone())).collect();
            comparison.parts.insert(j, parts);
        }
    }
}

/// How a version of a text came from an earlier one.
pub struct Comparison {
    /// For each block of the later version, what it was before.
    pub before: Vec<Option<usize>>,
    /// Whether each block of the earlier version is gone.
    pub is_gone: Vec<bool>,
    /// Whether each block of the later version was a part of a block that another one came from.
    pub is_part: Vec<bool>,
    /// For a block of the later version that came from less than a block, or from several: from what.
    parts: FxHashMap<usize, Vec<(usize, Range<usize>)>>,
}

impl Comparison {
    /// What a block of the later version was in the earlier one, which is `base`; `None` for a new one.
    pub fn former(&self, base: &Blocks, block: usize) -> Option<Former> {
        match self.parts.get(&block) {
            Some(parts) => Some(base.join(parts.iter().cloned())),
            None => self.before[block].map(|before| base.former(before)),
        }
    }
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

/// What is left of a text that begins or ends with the letters and digits of another one; `None` if it does neither.
fn without(text: &str, part: &str) -> Option<Range<usize>> {
    let part = letters(part);
    if part.len() < SHORTEST_PART {
        return None;
    }
    let is_end = |at: usize| {
        let (before, after) = (text[..at].chars().next_back(), text[at..].chars().next());
        !before.is_some_and(is_of_latin_word) || !after.is_some_and(is_of_latin_word)
    };
    let words = || text.char_indices().filter(|(_, c)| c.is_alphanumeric());
    let mut wanted = part.as_str();
    for (at, c) in words() {
        let c = c.to_lowercase().to_string();
        let Some(rest) = wanted.strip_prefix(&*c) else { break };
        wanted = rest;
        if rest.is_empty() {
            let at = at + text[at..].chars().next().map_or(0, char::len_utf8);
            return is_end(at).then_some(at..text.len());
        }
    }
    wanted = &part;
    for (at, c) in words().rev() {
        let c = c.to_lowercase().to_string();
        let Some(rest) = wanted.strip_suffix(&*c) else { break };
        wanted = rest;
        if rest.is_empty() {
            return is_end(at).then_some(0..at);
        }
    }
    None
}

/// The letters and digits of a text, in lower case.
pub fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn is_of_latin_word(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

/// The share of the words that two blocks have in common, and how many these are. A Han character counts as a word.
fn shared(a: &Block, b: &Block) -> (f64, u32) {
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
    (2.0 * f64::from(common) / f64::from(total.max(1)), common)
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
    use crate::document::Origin;
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

    #[test]
    fn a_block_that_was_split_or_joined_says_what_it_said() {
        let formers = |before: &[&str], now: &[&str]| {
            let (base, now) = (Blocks::new(blocks(before)), blocks(now));
            let keys: Vec<u64> = now.iter().map(key).collect();
            let comparison = base.compare(&now, &keys);
            let former = |j: usize| match comparison.former(&base, j) {
                Some(former) => former.text,
                None if comparison.is_part[j] => "part".to_owned(),
                None => "new".to_owned(),
            };
            let is_gone = comparison.is_gone.iter().filter(|gone| **gone).count();
            ((0..now.len()).map(former).collect::<Vec<_>>(), is_gone)
        };
        assert_eq!(
            formers(
                &["Priority: tasks of the same priority run in order."],
                &["Priority", "All tasks of the same priority run in order."]
            ),
            (
                vec!["part".into(), ": tasks of the same priority run in order.".into()],
                0
            )
        );
        assert_eq!(
            formers(
                &["Wait for it.", "Then restart every node of the cluster."],
                &["Wait for it. Then restart every other node of the cluster."]
            ),
            (vec!["Wait for it. Then restart every node of the cluster.".into()], 0)
        );
        assert_eq!(
            formers(&["Wait for it. Then restart."], &["Something else.", "Then restart."]),
            (vec!["new".into(), "Wait for it. Then restart.".into()], 0)
        );
    }

    fn compare(before: &[&str], now: &[&str]) -> (Vec<Option<usize>>, Vec<bool>) {
        let now = blocks(now);
        let keys: Vec<u64> = now.iter().map(key).collect();
        let Comparison { before, is_gone, .. } = Blocks::new(blocks(before)).compare(&now, &keys);
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
        let (before, is_gone) = compare(
            &["Check the quality of every chunk.", "One.", "Two.", "Three."],
            &["One.", "Two.", "Three.", "Check the quality of each chunk."],
        );
        assert_eq!(before, [Some(1), Some(2), Some(3), Some(0)]);
        assert_eq!(is_gone, [false; 4]);
    }
}
