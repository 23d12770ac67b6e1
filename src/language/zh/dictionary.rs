//! jieba's dictionary as a table that is read in place, and jieba with as much of it as a text needs.
//!
//! Jieba weighs a cut by the frequencies of the words in the text and by the sum of all frequencies. Given both, it cuts as
//! it would with the whole dictionary. `glossary/segmentation/README.md` describes the sections of the table.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::LazyLock;

use jieba_rs::Jieba;
use rustc_hash::FxHashSet;

use crate::text::table::{Section, Strings, sections};

static BYTES: &[u8] = include_bytes!("../../../glossary/segmentation/jieba.words");

/// Longest word of the dictionary, in characters.
const LONGEST: usize = 16;

/// The characters for which a table has the range of the words that begin with them.
const FIRSTS: Range<u32> = 0x4e00..0xa000;

/// The word that has the frequency of all words that jieba was not given. No text that is cut contains it.
const THE_REST: &str = "\u{f8ff}";

/// A word of the dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// How often it appeared in the texts that the dictionary was made from.
    pub frequency: usize,
    /// Its part of speech, as ICTCLAS calls it.
    pub tag: &'static str,
}

#[derive(Clone, Copy)]
struct Dictionary {
    words: Strings,
    tags: Strings,
    /// For each word, its frequency and the number of its tag.
    entries: Section,
    /// The first word that begins with each character of [`FIRSTS`], and with the one after.
    firsts: Section,
    /// The sum of all frequencies.
    total: usize,
}

/// The table in the binary, which a test reads through.
static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    let sections = sections(BYTES, b"SEG1").expect("internal error: the embedded dictionary is damaged");
    let [word_offsets, word_text, tag_offsets, tag_text, entries, firsts, total] = sections;
    Dictionary {
        words: Strings::new(word_offsets, word_text),
        tags: Strings::new(tag_offsets, tag_text),
        entries,
        firsts,
        total: total.number(BYTES, 0).unwrap_or(0),
    }
});

impl Dictionary {
    fn entry(self, word: usize) -> Entry {
        let packed = self.entries.number(BYTES, word).unwrap_or(0);
        let tag = self.tags.get(BYTES, packed & 0xff);
        Entry {
            frequency: packed >> 8,
            tag: std::str::from_utf8(tag).unwrap_or_default(),
        }
    }

    /// The range of the words that begin with a character of [`FIRSTS`].
    fn beginning_with(self, c: char) -> Option<Range<usize>> {
        let i = (c as u32)
            .checked_sub(FIRSTS.start)
            .filter(|&i| (i as usize) < FIRSTS.len())?;
        let first = |i: u32| self.firsts.number(BYTES, i as usize);
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

/// The entry of a word in the dictionary.
pub fn entry(word: &str) -> Option<Entry> {
    let dictionary = *DICTIONARY;
    let within = dictionary.beginning_with(word.chars().next()?);
    let within = within.unwrap_or(0..dictionary.words.count);
    let number = dictionary.words.find(BYTES, word.as_bytes(), within)?;
    Some(dictionary.entry(number))
}

/// Whether the dictionary has a word.
pub fn has(word: &str) -> bool {
    entry(word).is_some()
}

/// A jieba that knows some of the words.
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
        rest: DICTIONARY.total,
    });
}

/// Calls `ask` with a jieba that knows every dictionary word that appears in `text`. Each thread has one and adds a word once.
pub fn with_jieba<T>(text: &str, ask: impl FnOnce(&Jieba) -> T) -> T {
    let dictionary = *DICTIONARY;
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
        let dictionary = *DICTIONARY;
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
        let dictionary = *DICTIONARY;
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
