//! What changed in the source of one page after it was translated.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::blocks::{Blocks, Comparison, key};
use super::pages::Page;
use super::reader::VersionReader;
use crate::align::{Aligner, Options, Pair, Unit};
use crate::document::{BlockKind, Document};
use crate::filter::since::{GitError, History, Version};
use crate::rules::history_context::{ChangeKind, SourceChange, When};
use crate::run::DOUBTFUL;
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
    pub fn changes(&self, pairs: &[Pair], aligner: &Aligner, history: &History) -> Vec<SourceChange> {
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
        }
        self.push_removed(pairs, aligner, history, &mut out);
        out
    }

    /// Adds what is gone from the source, and whose translation is still there: of the pairs in a row without a source from that
    /// time, those whose translations the aligner pairs with what was there and is gone.
    fn push_removed(&self, pairs: &[Pair], aligner: &Aligner, history: &History, out: &mut Vec<SourceChange>) {
        let age = |pair: &Pair| self.base_of_bare(pair).map(|(age, ..)| age);
        let mut next = 0;
        for row in pairs.chunk_by(|a, b| age(a) == age(b)) {
            let first = next;
            next += row.len();
            let Some((age, base, comparison)) = self.base_of_bare(&row[0]) else {
                continue;
            };
            let gone = self.gone(pairs, first..next, base, comparison);
            let targets = (first..next).flat_map(|i| self.blocks_of(&pairs[i]).1.map(move |block| (i, block)));
            let targets: Vec<(usize, usize)> = targets.collect();
            let blocks = self.document.blocks(self.source.other());
            let units = Sides::with(
                self.source,
                gone.iter()
                    .map(|&block| Unit::new(base.text(block)))
                    .collect::<Vec<_>>(),
                targets
                    .iter()
                    .map(|&(_, block)| Unit::new(&blocks[block].text))
                    .collect(),
            );
            let beads = aligner.align_units(&units.zh, &units.en, &Options::default());
            for bead in beads.into_iter().filter(|bead| bead.confidence >= DOUBTFUL) {
                let (sources, translations) = bead.units.into_pair(self.source);
                let (Some(source), Some(translation)) = (gone.get(sources.start), targets.get(translations.start))
                else {
                    continue;
                };
                if !sources.is_empty() && !translations.is_empty() {
                    out.push(SourceChange {
                        pair: translation.0,
                        kind: ChangeKind::Removed(base.former(*source)),
                        when: self.when(age, history),
                    });
                }
            }
        }
    }

    /// The source of the time of a pair whose translation had another source than it has now, or has none any more.
    fn base_of_bare(&self, pair: &Pair) -> Option<(usize, &Blocks, &Comparison)> {
        let (sources, targets) = self.blocks_of(pair);
        let age = self.ages[targets].iter().min().copied()?;
        let (base, comparison) = self.bases.get(&age)?.as_ref()?;
        let is_new = sources.into_iter().all(|block| comparison.before[block].is_none());
        is_new.then_some((age, base, comparison))
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

    /// The blocks of an earlier source that are gone from the place of some pairs.
    fn gone(&self, pairs: &[Pair], place: Range<usize>, base: &Blocks, comparison: &Comparison) -> Vec<usize> {
        let was = |block: usize| comparison.before[block];
        let before = pairs[..place.start]
            .iter()
            .rev()
            .find_map(|p| self.blocks_of(p).0.rev().find_map(was));
        let after = pairs[place.end..]
            .iter()
            .find_map(|p| self.blocks_of(p).0.clone().find_map(was));
        let between = before.map_or(0, |i| i + 1)..after.unwrap_or(comparison.is_gone.len());
        between
            .filter(|&i| comparison.is_gone[i] && !base.is_field(i))
            .collect()
    }
}

/// The age of blocks that a stamp dates.
const STAMPED: usize = usize::MAX;

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
