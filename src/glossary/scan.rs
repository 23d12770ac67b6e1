//! Finding every Chinese name of a glossary in a text, overlaps included.
//!
//! An index from the first two characters of each name to the names that begin so, then a comparison: building it is
//! much cheaper than building an automaton, and scanning costs about the same up to some thousand names
//! (the hand limit of `benches/pipeline.rs` scans with it). White space, quotation marks and title marks inside a name do
//! not count, on either side; full-width letters and digits equal half-width ones, and Latin case is ignored.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::text::Span;
use crate::text::normalize::halfwidth;

/// A Chinese name that stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// Bytes of the text, from the name's first character to its last.
    pub span: Span,
    /// Number of the concept in the glossary.
    pub concept: usize,
    /// Number of the name among the concept's Chinese names.
    pub name: usize,
}

#[derive(Clone, Copy, Default)]
struct Pattern {
    /// Range in `Scanner::chars`.
    start: u32,
    len: u32,
    concept: u32,
    name: u32,
}

/// An index of names.
pub struct Scanner {
    chars: Vec<char>,
    patterns: Vec<Pattern>,
    /// First two characters (second 0 for names of one character) → the number of the group of names that begin so.
    groups: HashMap<u64, u32, BuildHasherDefault<PairHasher>>,
    /// Where each group begins in `patterns`, and where the last ends; the longest come first.
    starts: Vec<u32>,
    /// One bit a character of the basic plane that begins a name.
    first: Vec<u64>,
    /// What tells of most two characters that no name begins with them.
    some: SomeKeys,
    /// Whether some name is a single character.
    has_single: bool,
}

impl std::fmt::Debug for Scanner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scanner")
            .field("names", &self.patterns.len())
            .finish_non_exhaustive()
    }
}

impl Scanner {
    /// Indexes names given as (concept, name, text), in the order of the concepts and their names. Names without a single
    /// counting character are left out.
    pub fn new<'a>(names: impl Iterator<Item = (usize, usize, &'a str)>) -> Self {
        let mut chars: Vec<char> = Vec::new();
        let mut patterns = Vec::new();
        let mut groups: HashMap<u64, u32, BuildHasherDefault<PairHasher>> = HashMap::default();
        let mut sizes: Vec<u32> = Vec::new();
        let mut first = vec![0u64; 1024];
        for (concept, name, text) in names {
            let start = chars.len();
            for c in text.chars() {
                if !is_skipped(c) {
                    chars.push(fold(c));
                }
            }
            let (c0, c1) = match chars[start..] {
                [] => continue,
                [c0] => (c0, None),
                [c0, c1, ..] => (c0, Some(c1)),
            };
            first[(c0 as usize >> 6) & 1023] |= 1 << (c0 as usize & 63);
            let group = *groups.entry(pair_key(c0, c1)).or_insert(sizes.len() as u32);
            if group as usize == sizes.len() {
                sizes.push(0);
            }
            sizes[group as usize] += 1;
            let pattern = Pattern {
                start: start as u32,
                len: (chars.len() - start) as u32,
                concept: concept as u32,
                name: name as u32,
            };
            patterns.push((group, pattern));
        }
        // Group by group, in each the longest first: counted and placed, which is quicker than sorting.
        let mut starts = vec![0; sizes.len() + 1];
        for (group, size) in sizes.iter().enumerate() {
            starts[group + 1] = starts[group] + size;
        }
        let mut next = starts.clone();
        let mut grouped = vec![Pattern::default(); patterns.len()];
        for (group, pattern) in patterns {
            let place = &mut next[group as usize];
            grouped[*place as usize] = pattern;
            *place += 1;
        }
        for ends in starts.windows(2) {
            grouped[ends[0] as usize..ends[1] as usize].sort_by_key(|p| Reverse(p.len));
        }
        let mut some = SomeKeys::with_room(groups.len());
        for &key in groups.keys() {
            some.insert(key);
        }
        Self {
            some,
            has_single: grouped.iter().any(|p| p.len == 1),
            chars,
            patterns: grouped,
            groups,
            starts,
            first,
        }
    }

    /// Every name in `text`, by start, longest first.
    pub fn scan(&self, text: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        if self.patterns.is_empty() {
            return hits;
        }
        let mut next = 0;
        while let Some(bytes) = text.as_bytes().get(next..).filter(|b| !b.is_empty()) {
            let at = next;
            let (code, len) = match *bytes {
                [b, ..] if b.is_ascii() => (u32::from(b.to_ascii_lowercase()), 1),
                // U+4000 to U+9FFF: nearly all characters, and none of them is folded.
                [a @ 0xe4..=0xe9, b, c, ..] => {
                    let low = |b: u8| u32::from(b & 0x3f);
                    (u32::from(a & 0xf) << 12 | low(b) << 6 | low(c), 3)
                }
                _ => text[at..]
                    .chars()
                    .next()
                    .map_or((0, 1), |c| (fold(c) as u32, c.len_utf8())),
            };
            next += len;
            // Characters beyond the basic plane share bits with it; the comparison sorts them out.
            if self.first[(code as usize >> 6) & 1023] >> (code & 63) & 1 == 0 {
                continue;
            }
            let Some(c) = text[at..].chars().next().filter(|&c| !is_skipped(c)) else {
                continue;
            };
            let (c0, rest) = (fold(c), next);
            if let Some(c1) = text[rest..].chars().find(|&c| !is_skipped(c)) {
                let key = pair_key(c0, Some(fold(c1)));
                if self.some.may_have(key) {
                    self.compare(text, at, key, &mut hits);
                }
            }
            if self.has_single {
                self.compare(text, at, pair_key(c0, None), &mut hits);
            }
        }
        hits
    }

    fn compare(&self, text: &str, at: usize, key: u64, hits: &mut Vec<Hit>) {
        let Some(&group) = self.groups.get(&key) else {
            return;
        };
        let (from, to) = (self.starts[group as usize], self.starts[group as usize + 1]);
        for p in &self.patterns[from as usize..to as usize] {
            let name = &self.chars[p.start as usize..(p.start + p.len) as usize];
            if let Some(end) = ends_at(text, at, name)
                && whole_latin(text, at, end)
            {
                hits.push(Hit {
                    span: Span::new(at, end),
                    concept: p.concept as usize,
                    name: p.name as usize,
                });
            }
        }
    }
}

/// Where `name` ends if it stands at byte `at` of `text`.
fn ends_at(text: &str, at: usize, name: &[char]) -> Option<usize> {
    let mut name = name.iter();
    let mut next = name.next();
    for (i, c) in text[at..].char_indices() {
        if is_skipped(c) {
            continue;
        }
        if fold(c) != *next? {
            return None;
        }
        next = name.next();
        if next.is_none() {
            return Some(at + i + c.len_utf8());
        }
    }
    None
}

/// Whether a Latin letter or digit at an edge is not the inside of a longer Latin word or number.
fn whole_latin(text: &str, start: usize, end: usize) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric();
    let inside = |a: Option<char>, b: Option<char>| a.is_some_and(word) && b.is_some_and(word);
    !inside(text[..start].chars().next_back(), text[start..].chars().next())
        && !inside(text[..end].chars().next_back(), text[end..].chars().next())
}

/// Characters that do not count when names are compared.
fn is_skipped(c: char) -> bool {
    // Most characters are Han characters.
    !('\u{4e00}'..='\u{9fff}').contains(&c)
        && matches!(
            c,
            ' ' | '\n'
                | '\r'
                | '\t'
                | '\u{3000}'
                | '\u{a0}'
                | '"'
                | '“'
                | '”'
                | '‘'
                | '’'
                | '「'
                | '」'
                | '『'
                | '』'
                | '《'
                | '》'
                | '〈'
                | '〉'
                | '*'
                | '_'
        )
}

fn fold(c: char) -> char {
    if c.is_ascii() {
        c.to_ascii_lowercase()
    } else {
        halfwidth(c).to_ascii_lowercase()
    }
}

fn pair_key(a: char, b: Option<char>) -> u64 {
    u64::from(a as u32) << 32 | u64::from(b.map_or(0, |b| b as u32))
}

/// A few bits for each key that was put in, one of them set: most keys that are asked for find none.
struct SomeKeys(Vec<u64>);

impl SomeKeys {
    fn with_room(keys: usize) -> Self {
        Self(vec![0; (keys / 4).next_power_of_two().max(64)])
    }

    /// The word and the bit of a key.
    fn place(&self, key: u64) -> (usize, u64) {
        let hash = mixed(key);
        ((hash >> 32) as usize & (self.0.len() - 1), 1 << (hash & 63))
    }

    fn insert(&mut self, key: u64) {
        let (word, bit) = self.place(key);
        self.0[word] |= bit;
    }

    fn may_have(&self, key: u64) -> bool {
        let (word, bit) = self.place(key);
        self.0[word] & bit != 0
    }
}

/// Multiplicative hashing (Fibonacci hashing, Knuth TAOCP 3, 6.4): keys are two code points, trusted and well mixed by
/// one multiplication.
#[derive(Default)]
struct PairHasher(u64);

impl Hasher for PairHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.write_u64(u64::from(b) ^ self.0);
        }
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = mixed(n);
    }
}

const fn mixed(n: u64) -> u64 {
    let product = n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ product >> 29
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn scan(names: &[&str], text: &str) -> Vec<(String, usize)> {
        let scanner = Scanner::new(names.iter().enumerate().map(|(i, n)| (i, 0, *n)));
        scanner
            .scan(text)
            .into_iter()
            .map(|h| (h.span.of(text).to_owned(), h.concept))
            .collect()
    }

    #[test]
    fn overlapping_names_are_all_found() {
        let found = scan(&["中国", "中国科学院", "科学院", "院"], "在中国科学院");
        assert_eq!(found.len(), 4);
        assert_eq!(found[0], ("中国科学院".into(), 1));
    }

    #[test]
    fn quotes_spaces_and_width_do_not_count() {
        assert_eq!(scan(&["“奋斗者”号"], "奋斗者 号").len(), 1);
        assert_eq!(
            scan(&["500米口径球面射电望远镜"], "５００ 米口径球面射电望远镜").len(),
            1
        );
        assert_eq!(scan(&["一带一路"], "共建“一带一路”")[0].0, "一带一路");
    }

    #[test]
    fn latin_edges_must_be_whole() {
        assert!(scan(&["HIV病毒"], "AHIV病毒").is_empty());
        assert!(scan(&["500米"], "1500米").is_empty());
    }

    proptest! {
        /// The index finds what comparing every name at every place finds.
        #[test]
        fn agrees_with_a_naive_matcher(
            names in prop::collection::vec("[中国科学院家a1]{1,4}", 1..8),
            text in "[中国科学院家a1 “]{0,30}",
        ) {
            let scanner = Scanner::new(names.iter().enumerate().map(|(i, n)| (i, 0, n.as_str())));
            let mut found = scanner.scan(&text);
            let mut naive = Vec::new();
            for (at, c) in text.char_indices() {
                for (i, n) in names.iter().enumerate() {
                    let n: Vec<char> = n.chars().collect();
                    if !is_skipped(c) && let Some(end) = ends_at(&text, at, &n) && whole_latin(&text, at, end) {
                        naive.push(Hit { span: Span::new(at, end), concept: i, name: 0 });
                    }
                }
            }
            found.sort();
            naive.sort();
            prop_assert_eq!(found, naive);
        }
    }
}
