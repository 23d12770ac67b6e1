//! What changed in the source of one page after it was translated.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::blocks::{Blocks, Comparison, key};
use super::pages::Page;
use super::reader::VersionReader;
use crate::align::Pair;
use crate::document::{BlockKind, Document};
use crate::filter::since::{GitError, History, Version};
use crate::rules::history_context::{ChangeKind, SourceChange, When};
use crate::text::{Side, Sides};

/// The page as it is, and how old each block of the translation is.
pub struct Dated {
    /// Both sides of the page.
    document: Document,
    source: Side,
    /// The versions of the source, the latest first.
    versions: Vec<Version>,
    /// For each block of the translation, the age of the version that brought it.
    ages: Vec<usize>,
    /// The keys of the blocks of the source.
    keys: Vec<u64>,
    /// The source as it was at each of these ages, and how it came to be as it is.
    bases: FxHashMap<usize, Option<(Blocks, Comparison)>>,
}

impl Dated {
    /// Dates the translation of a page; `None` if nothing changed in its source since.
    pub fn new(
        document: Document,
        page: &Page,
        source: Side,
        reader: &VersionReader<'_>,
    ) -> Result<Option<Self>, GitError> {
        let keys: Vec<u64> = document.blocks(source).iter().map(key).collect();
        let versions = page.versions[source].clone();
        let stamp = page.stamp(&document, source, reader)?;
        let ages = match &stamp {
            Some(_) => vec![STAMPED; document.blocks(source.other()).len()],
            None => ages(&document, page, source, reader)?,
        };
        let mut dated = Self {
            document,
            source,
            versions,
            ages,
            keys,
            bases: FxHashMap::default(),
        };
        if let Some(blocks) = stamp {
            let comparison = blocks.compare(dated.document.blocks(source), &dated.keys);
            dated.bases.insert(STAMPED, Some((blocks, comparison)));
        }
        let mut distinct: Vec<usize> = dated.ages.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let mut has_changed = false;
        for age in distinct {
            if !dated.bases.contains_key(&age) {
                let base = dated.read_base(age, reader)?;
                dated.bases.insert(age, base);
            }
            has_changed |= dated.bases[&age].as_ref().is_some_and(|(base, comparison)| {
                comparison.is_gone.contains(&true) || dated.keys.iter().any(|k| !base.has(*k))
            });
        }
        Ok(has_changed.then_some(dated))
    }

    /// The source as it was when a translation of this age was made; `None` if it has not changed since, or did not exist.
    fn read_base(&self, age: usize, reader: &VersionReader<'_>) -> Result<Option<(Blocks, Comparison)>, GitError> {
        let now = self.versions.first().map(|v| v.age);
        let Some(version) = self
            .versions
            .iter()
            .find(|v| v.age >= age)
            .filter(|v| Some(v.age) != now)
        else {
            return Ok(None);
        };
        let Some(blocks) = reader.read(version, self.source)? else {
            return Ok(None);
        };
        let comparison = blocks.compare(self.document.blocks(self.source), &self.keys);
        Ok(Some((blocks, comparison)))
    }

    /// The page.
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// What changed in the source, given the pairs of the page.
    pub fn changes(&self, pairs: &[Pair], history: &History) -> Vec<SourceChange> {
        let mut out = Vec::new();
        for (index, pair) in pairs.iter().enumerate() {
            let (sources, targets) = self.blocks_of(pair);
            // Whoever translated a part of the pair last saw to all of it.
            let own = self.ages[targets.clone()].iter().min().copied();
            let age = own.or_else(|| self.age_around(pairs, index));
            let Some((age, (base, comparison))) = age.and_then(|age| Some((age, self.bases.get(&age)?.as_ref()?)))
            else {
                continue;
            };
            let mut push = |kind| {
                let when = self.when(age, history);
                out.push(SourceChange {
                    pair: index,
                    kind,
                    when,
                });
            };
            for block in sources.clone() {
                match comparison.before[block] {
                    _ if base.has(self.keys[block])
                        || self.document.blocks(self.source)[block].kind == BlockKind::Structure => {}
                    // A block that never was translated is an omission, whatever changed in it.
                    Some(before) if !targets.is_empty() => push(ChangeKind::Edited(block, base.former(before))),
                    Some(_) => {}
                    None => push(ChangeKind::Added(block)),
                }
            }
            // The aligner may join what was added with the translation of what is gone.
            if !targets.is_empty()
                && is_new(comparison, sources)
                && let Some(gone) = self.gone(pairs, index, base, comparison)
            {
                push(ChangeKind::Removed(base.former(gone)));
            }
        }
        out
    }

    /// The blocks of the source and of the translation in a pair.
    fn blocks_of(&self, pair: &Pair) -> (Range<usize>, Range<usize>) {
        Sides::new(pair.zh.clone(), pair.en.clone()).into_pair(self.source)
    }

    /// When the source changed after a translation of this age.
    fn when(&self, age: usize, history: &History) -> Option<When> {
        let describe = |age| match history.commit(age) {
            Some(commit) => format!("{} ({})", commit.id.get(..10).unwrap_or(&commit.id), commit.day),
            None => "the working tree".to_owned(),
        };
        let last = self.versions.first()?.age;
        Some(When {
            source: describe(last),
            translation: (age != STAMPED).then(|| describe(age)),
        })
    }

    /// How old the translation is around a pair that has none: that of the pairs before and after it, the younger one. Whoever
    /// worked there after the text was added left it out on purpose, or translated it within them.
    fn age_around(&self, pairs: &[Pair], index: usize) -> Option<usize> {
        let age = |pair: &Pair| self.ages[self.blocks_of(pair).1].iter().min().copied();
        let before = pairs[..index].iter().rev().find_map(age);
        let after = pairs[index + 1..].iter().find_map(age);
        before.into_iter().chain(after).min()
    }

    /// A block of the source in place of a pair without source that is gone, of the kind of its translation.
    fn gone(&self, pairs: &[Pair], index: usize, base: &Blocks, comparison: &Comparison) -> Option<usize> {
        let target = self
            .document
            .blocks(self.source.other())
            .get(self.blocks_of(&pairs[index]).1.start)?;
        let was = |block: usize| comparison.before[block];
        let before = pairs[..index]
            .iter()
            .rev()
            .find_map(|p| self.blocks_of(p).0.rev().find_map(was));
        let after = pairs[index + 1..]
            .iter()
            .find_map(|p| self.blocks_of(p).0.clone().find_map(was));
        let is_same_kind = |i: &usize| std::mem::discriminant(&base.kind(*i)) == std::mem::discriminant(&target.kind);
        // Several pairs in a row may have lost their source.
        let skipped = pairs[..index]
            .iter()
            .rev()
            .take_while(|p| self.blocks_of(p).0.is_empty())
            .count();
        (before.map_or(0, |i| i + 1)..after.unwrap_or(comparison.is_gone.len()))
            .filter(|&i| comparison.is_gone[i])
            .filter(is_same_kind)
            .nth(skipped)
    }
}

/// The age of blocks that a stamp dates.
const STAMPED: usize = usize::MAX;

/// Whether none of these blocks of the source existed before.
fn is_new(comparison: &Comparison, mut blocks: Range<usize>) -> bool {
    blocks.all(|block| comparison.before[block].is_none())
}

/// For each block of the translation, the age of the version that brought what it says.
fn ages(document: &Document, page: &Page, source: Side, reader: &VersionReader<'_>) -> Result<Vec<usize>, GitError> {
    let keys: Vec<u64> = document.blocks(source.other()).iter().map(key).collect();
    let versions = &page.versions[source.other()];
    let oldest_source = page.versions[source].last().map_or(0, |v| v.age);
    let mut ages = vec![0; keys.len()];
    let mut undated: Vec<usize> = (0..keys.len()).collect();
    for (i, version) in versions.iter().enumerate() {
        let before = versions.get(i + 1);
        // Of a time before the first change of the source, it does not matter which.
        let is_relevant = page.versions[source]
            .iter()
            .any(|v| v.age < oldest_source && v.age >= version.age);
        let older = match before {
            Some(before) if is_relevant => reader.read(before, source.other())?,
            _ => None,
        };
        undated.retain(|&block| {
            let stays = older.as_ref().is_some_and(|older| older.has(keys[block]));
            if !stays {
                ages[block] = version.age;
            }
            stays
        });
        if undated.is_empty() {
            break;
        }
    }
    Ok(ages)
}
