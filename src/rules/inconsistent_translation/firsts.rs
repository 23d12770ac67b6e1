//! Where each text stood first, in little room: some thirty bytes for a pair of a million.

/// Lines of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    /// The number of the file.
    pub file: u32,
    pub first: u32,
    pub last: u32,
}

/// Pairs of a source and a target text, each kept once, to be found by either. Numbers count them.
#[derive(Default)]
pub(super) struct Firsts {
    /// The digests of both texts.
    texts: Chunks<[u64; 2]>,
    places: Places,
    by_source: Table<0>,
    by_target: Table<1>,
}

impl Firsts {
    /// The numbers of the pairs in which the source text and the target text stood first, which may be this one.
    pub fn put(&mut self, texts: [u64; 2], places: [Place; 2]) -> [u32; 2] {
        let new = self.texts.len() as u32;
        let found = [
            self.by_source.find(texts[0], &self.texts),
            self.by_target.find(texts[1], &self.texts),
        ];
        if let [Ok(by_source), Ok(by_target)] = found {
            return [by_source, by_target];
        }
        self.texts.push(texts);
        self.places.push(new, places);
        if let Err(slot) = found[0] {
            self.by_source.insert(slot, new, &self.texts);
        }
        if let Err(slot) = found[1] {
            self.by_target.insert(slot, new, &self.texts);
        }
        found.map(|known| known.unwrap_or(new))
    }

    /// The digests of a pair's source and target.
    pub fn texts(&self, pair: u32) -> [u64; 2] {
        self.texts.get(pair)
    }

    /// Where a pair's source and target stand.
    pub fn places(&self, pair: u32) -> [Place; 2] {
        self.places.get(pair)
    }
}

/// A list that grows without being copied, so that it never takes up more than it needs.
#[derive(Default)]
struct Chunks<T>(Vec<Vec<T>>);

impl<T: Copy> Chunks<T> {
    const CHUNK: usize = 4096;

    fn len(&self) -> usize {
        self.0
            .last()
            .map_or(0, |last| (self.0.len() - 1) * Self::CHUNK + last.len())
    }

    fn push(&mut self, value: T) {
        if self.0.last().is_none_or(|last| last.len() == Self::CHUNK) {
            // The first may stay small.
            let room = if self.0.is_empty() { 0 } else { Self::CHUNK };
            self.0.push(Vec::with_capacity(room));
        }
        if let Some(last) = self.0.last_mut() {
            last.push(value);
        }
    }

    fn get(&self, at: u32) -> T {
        self.0[at as usize / Self::CHUNK][at as usize % Self::CHUNK]
    }

    fn iter(&self) -> impl Iterator<Item = T> + '_ {
        self.0.iter().flatten().copied()
    }
}

/// The places of pairs. Nearly all have both texts in one line of the file that the pair before stands in.
#[derive(Default)]
struct Places {
    /// The line of a pair, or [`Self::OTHER`] with its number among the others.
    lines: Chunks<u32>,
    others: Vec<[Place; 2]>,
    /// The first pair of a stretch in one file, and that file.
    files: Vec<(u32, u32)>,
}

impl Places {
    const OTHER: u32 = 1 << 31;

    fn push(&mut self, pair: u32, places: [Place; 2]) {
        let [Place { file, first, last }, target] = places;
        if places[0] != target || first != last || first >= Self::OTHER {
            self.lines.push(Self::OTHER | self.others.len() as u32);
            self.others.push(places);
            return;
        }
        if self.files.last().is_none_or(|&(_, last)| last != file) {
            self.files.push((pair, file));
        }
        self.lines.push(first);
    }

    fn get(&self, pair: u32) -> [Place; 2] {
        let line = self.lines.get(pair);
        if line >= Self::OTHER {
            return self.others[(line - Self::OTHER) as usize];
        }
        let stretch = self.files.partition_point(|&(first, _)| first <= pair) - 1;
        let place = Place {
            file: self.files[stretch].1,
            first: line,
            last: line,
        };
        [place; 2]
    }
}

/// The numbers of pairs by the digest of one of their texts: an open table with linear probing (Knuth, TAOCP 3, 6.4), a
/// byte of each digest beside it.
#[derive(Default)]
struct Table<const SIDE: usize> {
    /// Nought for a slot that is free.
    tags: Vec<u8>,
    pairs: Vec<u32>,
    used: usize,
}

impl<const SIDE: usize> Table<SIDE> {
    /// The pair with this text, or the slot for it.
    fn find(&self, digest: u64, texts: &Chunks<[u64; 2]>) -> Result<u32, usize> {
        let slots = self.tags.len();
        // The upper bits say where to begin, the lower ones are the tag.
        let mut at = ((u128::from(digest) * slots as u128) >> 64) as usize;
        while let Some(&tag) = self.tags.get(at).filter(|&&tag| tag > 0) {
            if tag == Self::tag(digest) && texts.get(self.pairs[at])[SIDE] == digest {
                return Ok(self.pairs[at]);
            }
            at = (at + 1) % slots;
        }
        Err(at)
    }

    const fn tag(digest: u64) -> u8 {
        digest as u8 | 1
    }

    /// Puts a pair that is among `texts` into the slot that was found for it.
    fn insert(&mut self, slot: usize, pair: u32, texts: &Chunks<[u64; 2]>) {
        if self.used < self.tags.len() / 5 * 4 {
            self.tags[slot] = Self::tag(texts.get(pair)[SIDE]);
            self.pairs[slot] = pair;
            self.used += 1;
            return;
        }
        let slots = (self.tags.len() / 2 * 3).max(1 << 10);
        // The old ones go first; what they hold can be told from the texts.
        *self = Self::default();
        self.tags = vec![0; slots];
        self.pairs = vec![0; slots];
        for (pair, digests) in (0..).zip(texts.iter()) {
            if let Err(slot) = self.find(digests[SIDE], texts) {
                self.tags[slot] = Self::tag(digests[SIDE]);
                self.pairs[slot] = pair;
                self.used += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_hundred_thousand_pairs_are_found_again() {
        let digest = |i: u64| xxhash_rust::xxh3::xxh3_64(&i.to_le_bytes());
        let place = |line| Place {
            file: line / 50_000,
            first: line,
            last: line,
        };
        let mut firsts = Firsts::default();
        for i in 0..100_000 {
            let texts = [digest(2 * i), digest(2 * i + 1)];
            assert_eq!(firsts.put(texts, [place(i as u32); 2]), [i as u32; 2]);
        }
        for i in 0..100_000 {
            let texts = [digest(2 * i), digest(2 * i + 1)];
            assert_eq!(firsts.put(texts, [place(0); 2]), [i as u32; 2]);
            assert_eq!(firsts.texts(i as u32), texts);
            assert_eq!(firsts.places(i as u32), [place(i as u32); 2]);
        }
    }

    proptest! {
        /// Few texts in many pairs, most of them in places of their own kind.
        #[test]
        fn agrees_with_a_search_from_the_start(
            pairs in prop::collection::vec((0..6u64, 0..6u64, 0..3u32, 0..3u32, 0..2u32), 1..60),
        ) {
            let spread = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let mut firsts = Firsts::default();
            let mut seen: Vec<([u64; 2], [Place; 2])> = Vec::new();
            for (source, target, file, first, more) in pairs {
                let texts = [spread(source), spread(target)];
                let place = Place { file, first, last: first + more };
                let places = [place, Place { file: file / 2, ..place }];
                let found = firsts.put(texts, places);
                seen.push((texts, places));
                for side in 0..2 {
                    let naive = seen.iter().find(|s| s.0[side] == texts[side]).unwrap();
                    prop_assert_eq!(firsts.texts(found[side]), naive.0);
                    prop_assert_eq!(firsts.places(found[side]), naive.1);
                }
            }
        }
    }
}
