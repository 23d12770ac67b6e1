//! What changed in the source of one page after it was translated.

use std::cell::OnceCell;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::blocks::{Blocks, Comparison, key, letters};
use super::pages::Page;
use super::reader::VersionReader;
use crate::align::Pair;
use crate::document::{Block, BlockKind, Document};
use crate::filter::since::{GitError, History, Version};
use crate::rules::history_context::{ChangeKind, Former, SourceChange, When};
use crate::run::{DOUBTFUL, Tools, align};
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
    /// The source as it was at each of these ages; `None` if it has not changed since, or did not exist.
    bases: FxHashMap<usize, Option<Base>>,
    /// The letters and digits of the file of the source, once they are looked for.
    source_letters: OnceCell<String>,
}

/// The source as it was when it was translated.
struct Base {
    blocks: Blocks,
    /// How the source came to be as it is.
    comparison: Comparison,
    /// The pairs of this version with the translation as it is now, once they are looked for. What is as old as the version is
    /// beside what it translates.
    pairs: OnceCell<Vec<Pair>>,
}

impl Base {
    fn new(blocks: Blocks, now: &[Block], keys: &[u64]) -> Self {
        Self {
            comparison: blocks.compare(now, keys),
            blocks,
            pairs: OnceCell::new(),
        }
    }
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
            source_letters: OnceCell::new(),
        };
        if let Some(blocks) = stamp {
            let base = Base::new(blocks, dated.document.blocks(source), &dated.keys);
            dated.bases.insert(STAMPED, Some(base));
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
            has_changed |= dated.bases[&age].as_ref().is_some_and(|base| {
                base.comparison.is_gone.contains(&true) || dated.keys.iter().any(|k| !base.blocks.has(*k))
            });
        }
        Ok(has_changed.then_some(dated))
    }

    /// The source as it was when a translation of this age was made; `None` if it has not changed since, or did not exist.
    fn read_base(&self, age: usize, reader: &VersionReader<'_>) -> Result<Option<Base>, GitError> {
        let now = self.versions.first().map(|v| v.age);
        let Some(version) = self
            .versions
            .iter()
            .find(|v| v.age >= age)
            .filter(|v| Some(v.age) != now)
        else {
            return Ok(None);
        };
        let blocks = reader.read(version, self.source)?;
        Ok(blocks.map(|blocks| Base::new(blocks, self.document.blocks(self.source), &self.keys)))
    }

    /// The page.
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// What changed in the source, given the pairs of the page.
    pub fn changes(&self, pairs: &[Pair], tools: Tools<'_>, history: &History) -> Vec<SourceChange> {
        let mut out = Vec::new();
        for (index, pair) in pairs.iter().enumerate() {
            let (sources, targets) = self.blocks_of(pair);
            // Whoever translated a part of the pair last saw to all of it.
            let own = self.ages[targets.clone()].iter().min().copied();
            let age = own.or_else(|| self.age_around(pairs, index));
            let Some((age, base)) = age.and_then(|age| Some((age, self.bases.get(&age)?.as_ref()?))) else {
                continue;
            };
            let mut push = |pair, kind| {
                let when = self.when(age, history);
                out.push(SourceChange { pair, kind, when });
            };
            for block in sources.clone() {
                let is_same = base.blocks.has(self.keys[block]) || base.comparison.is_part[block];
                if is_same || self.document.blocks(self.source)[block].kind == BlockKind::Structure {
                    continue;
                }
                match base.comparison.former(&base.blocks, block) {
                    // A block that never was translated is an omission, whatever changed in it.
                    Some(_) if targets.is_empty() => {}
                    Some(former) => {
                        if let Some(place) = self.place(pairs, index, block, (age, base), tools) {
                            push(place, ChangeKind::Edited(block, former));
                        }
                    }
                    None => match self.rewritten(pair, base, tools) {
                        Some(former) => push(index, ChangeKind::Edited(block, former)),
                        None => push(index, ChangeKind::Added(block)),
                    },
                }
            }
        }
        self.push_removed(pairs, tools, history, &mut out);
        out
    }

    /// The number of the pair that has the translation of an edited block: its own, or, where that is doubtful, the one with the
    /// translation of what the block was. `None` if none is found.
    fn place(
        &self,
        pairs: &[Pair],
        index: usize,
        block: usize,
        (age, base): (usize, &Base),
        tools: Tools<'_>,
    ) -> Option<usize> {
        if pairs[index].confidence >= CERTAIN {
            return Some(index);
        }
        let before = base.comparison.before[block]?;
        let then = self.pairs_then(base, tools).iter();
        let mut then = then
            .filter(|pair| pair.confidence >= DOUBTFUL)
            .map(|pair| self.blocks_of(pair));
        let (_, targets) = then.find(|(sources, _)| sources.contains(&before))?;
        // What is younger is the translation of something else by now.
        let target = targets.into_iter().find(|&target| self.ages[target] >= age)?;
        pairs.iter().position(|pair| self.blocks_of(pair).1.contains(&target))
    }

    /// What was there in place of a new block that is alone in its pair: what its translation was the translation of, if that is
    /// gone. Then the text was not added but written anew.
    fn rewritten(&self, pair: &Pair, base: &Base, tools: Tools<'_>) -> Option<Former> {
        let (sources, targets) = self.blocks_of(pair);
        if sources.len() != 1 || targets.is_empty() || pair.confidence < CERTAIN {
            return None;
        }
        let text = |side: Side, block: usize| &*self.document.blocks(side)[block].text;
        let (new, translation) = (
            text(self.source, sources.start),
            text(self.source.other(), targets.start),
        );
        let texts = Sides::with(self.source, new, translation);
        if tools
            .aligner
            .count_shared_words(texts.zh, &texts.en.to_lowercase(), WORDS, 1)
            .1
            == 0
        {
            // Something else that only has its place.
            return None;
        }
        let then = self.pairs_then(base, tools).iter();
        let mut then = then
            .filter(|pair| pair.confidence >= LIKELY)
            .map(|pair| self.blocks_of(pair));
        let (formers, _) = then.find(|(_, then)| *then == targets)?;
        let is_gone = !formers.is_empty() && formers.clone().all(|block| base.comparison.is_gone[block]);
        is_gone.then(|| base.blocks.formers(formers))
    }

    /// The pairs of an earlier source with the translation as it is.
    fn pairs_then<'b>(&self, base: &'b Base, tools: Tools<'_>) -> &'b [Pair] {
        base.pairs.get_or_init(|| {
            let mut then = self.document.clone();
            base.blocks.all().clone_into(then.blocks_mut(self.source));
            // Pins name blocks by their numbers.
            then.pins.clear();
            align(tools, &then)
        })
    }

    /// Adds what is gone from the source, and whose translation is still there and has no source any more.
    fn push_removed(&self, pairs: &[Pair], tools: Tools<'_>, history: &History, out: &mut Vec<SourceChange>) {
        // For each block of the translation without a source from its time, its age and the number of its pair.
        let mut bare: FxHashMap<usize, (usize, usize)> = FxHashMap::default();
        for (index, pair) in pairs.iter().enumerate() {
            let (sources, targets) = self.blocks_of(pair);
            let Some(age) = self.ages[targets.clone()].iter().min() else {
                continue;
            };
            let Some(Some(base)) = self.bases.get(age) else {
                continue;
            };
            let is_new = |block: usize| base.comparison.before[block].is_none() && !base.comparison.is_part[block];
            if base.comparison.is_gone.contains(&true)
                && sources.into_iter().all(is_new)
                && self.rewritten(pair, base, tools).is_none()
            {
                bare.extend(targets.map(|target| (target, (*age, index))));
            }
        }
        let mut ages: Vec<usize> = bare.values().map(|(age, _)| *age).collect();
        ages.sort_unstable();
        ages.dedup();
        for age in ages {
            let Some(Some(base)) = self.bases.get(&age) else {
                continue;
            };
            let is_gone = |block: usize| base.comparison.is_gone[block] && !base.blocks.is_field(block);
            for pair in self.pairs_then(base, tools) {
                let (sources, targets) = self.blocks_of(pair);
                let Some(&(_, place)) = bare.get(&targets.start) else {
                    continue;
                };
                // What the reader of the format passes over, as in code, is still written somewhere.
                let is_written = || {
                    sources
                        .clone()
                        .any(|block| self.is_written(&base.blocks.all()[block].text))
                };
                let is_bare = targets
                    .clone()
                    .all(|target| bare.get(&target).is_some_and(|(other, _)| *other == age));
                if is_bare
                    && pair.confidence >= LIKELY
                    && !sources.is_empty()
                    && sources.clone().all(is_gone)
                    && !is_written()
                {
                    out.push(SourceChange {
                        pair: place,
                        kind: ChangeKind::Removed(base.blocks.former(sources.start)),
                        when: self.when(age, history),
                    });
                }
            }
        }
    }

    /// Whether the file of the source has the letters of a text, unless it is too short to say.
    fn is_written(&self, text: &str) -> bool {
        let file = self.source_letters.get_or_init(|| {
            let origin = self
                .document
                .blocks(self.source)
                .first()
                .map(|block| block.origin.source);
            origin.map_or_else(String::new, |source| letters(self.document.sources[source].text()))
        });
        let text = letters(text);
        text.len() >= SHORTEST_WRITTEN && file.contains(&text)
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
}

/// A text with fewer bytes of letters and digits may be written anywhere.
const SHORTEST_WRITTEN: usize = 16;

/// How many words of a text are looked up in its translation.
const WORDS: usize = 30;

/// Beside a source that is gone, a pair with at least this confidence counts.
const LIKELY: f32 = 0.8;

/// A pair below this confidence is looked up in the pairs of the source that was translated.
const CERTAIN: f32 = 0.9;

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
