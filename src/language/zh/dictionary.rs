//! jieba's dictionary as a table that is read in place, and jieba with as much of it as a text needs.
//!
//! Jieba weighs a cut by the frequencies of the words that stand in the text and by the sum of all frequencies. Given the
//! former and told the latter, it cuts as it would with the whole dictionary. The layout of the table is described in
//! `glossary/segmentation/README.md`; `build.py` there writes it.

use std::cell::RefCell;
use std::ops::Range;

use jieba_rs::Jieba;
use rustc_hash::FxHashSet;

use crate::text::table::{Strings, number};

static BYTES: &[u8] = include_bytes!("../../../glossary/segmentation/jieba.words");

/// The first bytes of the table: a name and the version of the layout.
const MAGIC: &[u8; 8] = b"bilintJ1";

/// Longest word of the dictionary, in characters.
const LONGEST: usize = 16;

/// The characters whose words are told by a table.
const FIRSTS: Range<u32> = 0x4e00..0xa000;

/// Stands for all words that jieba was not given; no text that is cut has it.
const THE_REST: &str = "\u{f8ff}";

/// A word of the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// How often it stood in the texts that the dictionary was made from.
    pub frequency: usize,
    /// Its part of speech, as ICTCLAS calls it.
    pub tag: &'static str,
}

#[derive(Clone, Copy)]
struct Dictionary {
    words: Strings,
    tags: Strings,
    entries: usize,
    /// Byte offset of the numbers of the first words, for each character of [`FIRSTS`] and the one after.
    firsts: usize,
    total: usize,
}

impl Dictionary {
    /// The table in the binary, which a test reads through.
    fn embedded() -> Self {
        let header = |i: usize| number(BYTES, MAGIC.len() + 4 * i).unwrap_or(0);
        let (words, tags, word_bytes) = (header(0), header(1), header(2));
        let word_offsets = MAGIC.len() + 4 * 5;
        let tag_offsets = word_offsets + 4 * (words + 1);
        let entries = tag_offsets + 4 * (tags + 1);
        let firsts = entries + 4 * words;
        let text = firsts + 4 * (FIRSTS.len() + 1);
        Self {
            words: Strings {
                count: words,
                offsets: word_offsets,
                text,
            },
            tags: Strings {
                count: tags,
                offsets: tag_offsets,
                text: text + word_bytes,
            },
            entries,
            firsts,
            total: header(4),
        }
    }

    fn entry(self, word: usize) -> Entry {
        let packed = number(BYTES, self.entries + 4 * word).unwrap_or(0);
        let tag = self.tags.get(BYTES, packed & 0xff);
        Entry {
            frequency: packed >> 8,
            tag: std::str::from_utf8(tag).unwrap_or_default(),
        }
    }

    /// The words that begin with a character, where the table tells.
    fn beginning_with(self, c: char) -> Option<Range<usize>> {
        let i = (c as u32)
            .checked_sub(FIRSTS.start)
            .filter(|&i| (i as usize) < FIRSTS.len())?;
        let first = |i: u32| number(BYTES, self.firsts + 4 * i as usize);
        Some(first(i)?..first(i + 1)?)
    }

    /// Calls `found` with every word that `text` begins with, and its number.
    fn prefixes(self, text: &str, mut found: impl FnMut(&str, usize)) {
        let mut within = 0..self.words.count;
        for (at, c) in text.char_indices().take(LONGEST) {
            let prefix = &text[..at + c.len_utf8()];
            within = match self.beginning_with(c) {
                Some(known) if at == 0 => known,
                _ => self.words.beginning_with(BYTES, prefix.as_bytes(), within),
            };
            if within.is_empty() {
                break;
            }
            if self.words.get(BYTES, within.start) == prefix.as_bytes() {
                found(prefix, within.start);
            }
        }
    }
}

/// What the dictionary says of a word.
pub fn entry(word: &str) -> Option<Entry> {
    let dictionary = Dictionary::embedded();
    let within = dictionary.beginning_with(word.chars().next()?);
    let within = within.unwrap_or(0..dictionary.words.count);
    let number = dictionary.words.find(BYTES, word.as_bytes(), within)?;
    Some(dictionary.entry(number))
}

/// Whether the dictionary has a word.
pub fn has(word: &str) -> bool {
    entry(word).is_some()
}

/// A jieba that has been given some words.
struct Given {
    jieba: Jieba,
    words: FxHashSet<usize>,
    /// Frequencies of the words that it was not given.
    rest: usize,
}

thread_local! {
    static GIVEN: RefCell<Given> = RefCell::new(Given {
        jieba: Jieba::empty(),
        words: FxHashSet::default(),
        rest: Dictionary::embedded().total,
    });
}

/// Calls `ask` with a jieba that has every word that stands in `text`. Each thread has one, and gives it a word once.
pub fn with_jieba<T>(text: &str, ask: impl FnOnce(&Jieba) -> T) -> T {
    let dictionary = Dictionary::embedded();
    GIVEN.with_borrow_mut(|given| {
        let rest = given.rest;
        for (at, _) in text.char_indices() {
            dictionary.prefixes(&text[at..], |word, number| {
                if given.words.insert(number) {
                    let Entry { frequency, tag } = dictionary.entry(number);
                    given.jieba.add_word(word, Some(frequency), Some(tag));
                    given.rest -= frequency;
                }
            });
        }
        if given.rest != rest || given.words.is_empty() {
            given.jieba.add_word(THE_REST, Some(given.rest), None);
        }
        ask(&given.jieba)
    })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    fn whole() -> Jieba {
        let dictionary = Dictionary::embedded();
        let mut lines = String::new();
        for i in 0..dictionary.words.count {
            let word = std::str::from_utf8(dictionary.words.get(BYTES, i)).unwrap();
            let Entry { frequency, tag } = dictionary.entry(i);
            writeln!(lines, "{word} {frequency} {tag}").unwrap();
        }
        Jieba::with_dict(&mut lines.as_bytes()).unwrap()
    }

    #[test]
    fn the_table_is_in_order() {
        let dictionary = Dictionary::embedded();
        assert_eq!(&BYTES[..MAGIC.len()], MAGIC);
        assert_eq!(dictionary.words.count, 349_045);
        let (mut total, mut last): (usize, &[u8]) = (0, b"");
        for i in 0..dictionary.words.count {
            let word = dictionary.words.get(BYTES, i);
            assert!(word > last);
            assert!(std::str::from_utf8(word).unwrap().chars().count() <= LONGEST);
            last = word;
            let entry = dictionary.entry(i);
            assert!(entry.frequency > 0 && !entry.tag.is_empty());
            let first = std::str::from_utf8(word).unwrap().chars().next().unwrap();
            assert!(
                dictionary
                    .beginning_with(first)
                    .is_none_or(|within| within.contains(&i))
            );
            total += entry.frequency;
        }
        assert_eq!(total, dictionary.total);
    }

    #[test]
    fn words_have_their_frequency_and_tag() {
        let tag = "ns";
        assert_eq!(entry("中国").map(|e| e.tag), Some(tag));
        assert!(has("科学院") && !has("学院科"));
        assert_eq!(entry(""), None);
    }

    /// Every text that ships, in lines, with the words that each thread was given before and with those of one line only.
    #[test]
    fn a_text_is_cut_as_with_the_whole_dictionary() {
        let whole = whole();
        let mut lines = 0;
        for file in [
            "open-science-action-plan.txt",
            "briefing.tsv",
            "notices.jsonl",
            "lhaaso.zh.md",
        ] {
            let text = std::fs::read_to_string(format!("corpus/{file}")).unwrap();
            for line in text.lines() {
                for hmm in [true, false] {
                    let expected = whole.cut(line, hmm);
                    assert_eq!(
                        with_jieba(line, |jieba| jieba.cut(line, hmm).len()),
                        expected.len(),
                        "{line}"
                    );
                    assert!(with_jieba(line, |jieba| jieba.cut(line, hmm) == expected), "{line}");
                }
                lines += 1;
            }
        }
        assert!(lines > 50);
    }
}
