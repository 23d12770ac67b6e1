//! Small words that change the meaning: finding them as whole words in the English, by their first character in the
//! Chinese, and within a clause.

use std::sync::OnceLock;

use memchr::memmem;
use rustc_hash::FxHashMap;

use crate::text::{Side, Span};

/// An English text in lower case, in which phrases are searched for as whole words. Places are those of the text.
pub struct Wording {
    lower: String,
    /// Whether it has a typographic apostrophe, which phrases match with a straight one.
    has_apostrophe: bool,
}

impl Wording {
    /// Prepares a text.
    pub fn new(en: &str) -> Self {
        Self {
            lower: en.to_ascii_lowercase(),
            has_apostrophe: !en.is_ascii() && en.contains('’'),
        }
    }

    /// The text in lower case.
    pub fn text(&self) -> &str {
        &self.lower
    }

    /// The first place of any of the phrases. A phrase that ends in `*` also matches longer words that begin with it, and
    /// one that begins with `*` longer words that end with it.
    pub fn find(&self, phrases: &[&str]) -> Option<Span> {
        self.find_in(self.all(), phrases)
    }

    /// The first place of any of the phrases in a part of the text.
    pub fn find_in(&self, within: Span, phrases: &[&str]) -> Option<Span> {
        let places = phrases.iter().filter_map(|phrase| self.place(within, phrase));
        places.min_by_key(|span| span.start)
    }

    /// The places of the phrases, from the first on, without those that overlap the one before.
    pub fn find_all(&self, phrases: &[&str]) -> impl Iterator<Item = Span> {
        let mut rest = self.all();
        std::iter::from_fn(move || {
            let found = self.find_in(rest, phrases)?;
            rest.start = found.end;
            Some(found)
        })
    }

    /// Whether the text has one of the phrases.
    pub fn has(&self, phrases: &[&str]) -> bool {
        self.has_in(self.all(), phrases)
    }

    /// Whether a part of the text has one of the phrases.
    pub fn has_in(&self, within: Span, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.place(within, phrase).is_some())
    }

    /// The whole text.
    pub const fn all(&self) -> Span {
        Span::new(0, self.lower.len())
    }

    /// The words of a part of the text, in lower case. An apostrophe inside a word belongs to it.
    pub fn words(&self, within: Span) -> impl Iterator<Item = (Span, &str)> {
        // All bytes of other characters are taken at first; trimming each word costs less than decoding the text.
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80;
        let mut rest = within;
        std::iter::from_fn(move || {
            let bytes = &self.lower.as_bytes()[rest.range()];
            let start = bytes.iter().position(is_word)?;
            let len = bytes[start..].iter().position(|byte| !is_word(byte) && *byte != b'\'');
            let end = len.map_or(rest.end, |len| rest.start + start + len);
            let start = rest.start + start;
            rest.start = end;
            let is_mark = |c: char| !c.is_alphanumeric();
            let begun = self.lower[start..end].trim_start_matches(is_mark);
            let word = begun.trim_end_matches(is_mark);
            let start = end - begun.len();
            Some((Span::new(start, start + word.len()), word))
        })
    }

    fn place(&self, within: Span, phrase: &str) -> Option<Span> {
        let written = self.place_as_written(within, phrase);
        if self.has_apostrophe && written.is_none() && phrase.contains('\'') {
            return self.place_as_written(within, &phrase.replace('\'', "’"));
        }
        written
    }

    fn place_as_written(&self, within: Span, phrase: &str) -> Option<Span> {
        let open_end = phrase.ends_with('*');
        let open_start = phrase.starts_with('*');
        let phrase = phrase.trim_matches('*');
        let bytes = self.lower.as_bytes();
        let is_word = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
        memmem::find_iter(&bytes[within.range()], phrase)
            .map(|at| Span::new(within.start + at, within.start + at + phrase.len()))
            .find(|span| {
                let begins = open_start || !is_word(span.start.checked_sub(1).and_then(|at| bytes.get(at)));
                begins && (open_end || !is_word(bytes.get(span.end)))
            })
    }
}

/// A table of Chinese words, searched by their first characters: nearly all characters begin none.
pub struct ZhTable<T: 'static> {
    rows: &'static [T],
    words: fn(&'static T) -> &'static [&'static str],
    index: OnceLock<ZhIndex>,
}

struct ZhIndex {
    /// One bit for each value of the low bits of a character that begins a word. Without it, checking 10,000 records takes
    /// 2,990 million instructions instead of 2,875.
    bits: [u64; 16],
    /// The words with each first character, in the order of the table.
    words: FxHashMap<char, Vec<Entry>>,
}

struct Entry {
    word: &'static str,
    /// Compared first, since many words begin alike, with 不 or 无: that saves 19 million instructions for 10,000 records.
    second: Option<char>,
    row: usize,
}

impl<T> ZhTable<T> {
    /// A table with these rows, of which `words` gives the words.
    pub const fn new(rows: &'static [T], words: fn(&'static T) -> &'static [&'static str]) -> Self {
        Self {
            rows,
            words,
            index: OnceLock::new(),
        }
    }

    /// The places of the words in a text, each with its row, in order. At one place, the first word of a row counts.
    pub fn find(&self, zh: &str) -> Vec<(Span, &'static T)> {
        let index = self
            .index
            .get_or_init(|| ZhIndex::new(self.rows.iter().map(self.words)));
        let mut found = Vec::new();
        for (at, c) in zh.char_indices().filter(|&(_, c)| index.may_begin(c)) {
            let Some(entries) = index.words.get(&c) else { continue };
            let next = zh[at + c.len_utf8()..].chars().next();
            let mut last = None;
            for entry in entries
                .iter()
                .filter(|entry| entry.second.is_none() || entry.second == next)
            {
                if last != Some(entry.row) && zh[at..].starts_with(entry.word) {
                    found.push((Span::new(at, at + entry.word.len()), &self.rows[entry.row]));
                    last = Some(entry.row);
                }
            }
        }
        found
    }
}

impl ZhIndex {
    fn new(rows: impl Iterator<Item = &'static [&'static str]>) -> Self {
        let mut index = Self {
            bits: [0; 16],
            words: FxHashMap::default(),
        };
        for (row, words) in rows.enumerate() {
            for word in words {
                let mut chars = word.chars();
                let Some(c) = chars.next() else { continue };
                let (at, bit) = Self::bit(c);
                index.bits[at] |= bit;
                let second = chars.next();
                index.words.entry(c).or_default().push(Entry { word, second, row });
            }
        }
        index
    }

    const fn bit(c: char) -> (usize, u64) {
        (c as usize / 64 % 16, 1 << (c as usize % 64))
    }

    const fn may_begin(&self, c: char) -> bool {
        let (at, bit) = Self::bit(c);
        self.bits[at] & bit != 0
    }
}

/// Whether the character at byte `at` belongs to one of these words: 他 to 其他.
pub fn is_part_of(zh: &str, at: usize, words: &[&str]) -> bool {
    let Some(c) = zh[at..].chars().next() else { return false };
    words.iter().any(|word| {
        let mut starts = word.match_indices(c).filter_map(|(offset, _)| at.checked_sub(offset));
        starts.any(|start| zh.get(start..).is_some_and(|rest| rest.starts_with(word)))
    })
}

/// The clause around byte `at`: up to the next comma, bracket or end of a sentence on either side. A mark between two
/// digits ends no clause.
pub fn clause(text: &str, side: Side, at: usize) -> Span {
    let is_mark = |at: usize, c: char| match side {
        Side::Zh => "，。；：！？、（）\n".contains(c),
        Side::En => "，。；：！？（）,;:.!?()—\n".contains(c) && !is_between_digits(text, at, c),
    };
    let start = text[..at].char_indices().rev().find(|&(at, c)| is_mark(at, c));
    let end = text[at..].char_indices().find(|&(i, c)| is_mark(at + i, c));
    Span::new(
        start.map_or(0, |(at, c)| at + c.len_utf8()),
        end.map_or(text.len(), |(i, _)| at + i),
    )
}

fn is_between_digits(text: &str, at: usize, c: char) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    is_digit(text[..at].chars().next_back()) && is_digit(text[at + c.len_utf8()..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_whole_words() {
        let text = "It shall NOT be increased, notwithstanding Article 5; it doesn't.";
        let wording = Wording::new(text);
        let found = |phrases: &[&str]| wording.find(phrases).map(|span| span.of(text));
        assert_eq!(found(&["not"]), Some("NOT"));
        assert_eq!(found(&["increas*"]), Some("increas"));
        assert_eq!(found(&["with", "crease"]), None);
        assert_eq!(found(&["*n't"]), Some("n't"));
        assert!(Wording::new("It doesn’t.").has(&["*n't"]));
    }

    #[test]
    fn an_apostrophe_belongs_to_its_word() {
        let wording = Wording::new("The users' “Won’t-do” isn't 'new'");
        let words: Vec<_> = wording.words(wording.all()).map(|(_, word)| word).collect();
        assert_eq!(words, ["the", "users", "won’t", "do", "isn't", "new"]);
    }

    #[test]
    fn words_of_a_table_are_found_with_their_rows() {
        static ROWS: [&[&str]; 2] = [&["不得", "不"], &["不得不"]];
        static TABLE: ZhTable<&[&str]> = ZhTable::new(&ROWS, |row| row);
        let text = "他不得不走，我不走";
        let found: Vec<_> = TABLE
            .find(text)
            .iter()
            .map(|(span, row)| (span.of(text), row.len()))
            .collect();
        assert_eq!(found, [("不得", 2), ("不得不", 1), ("不", 2), ("不", 2)]);
    }

    #[test]
    fn a_clause_ends_at_a_comma_but_not_in_a_figure() {
        let text = "Exports, at 1,234.5 tonnes, fell.";
        assert_eq!(clause(text, Side::En, 12).of(text), " at 1,234.5 tonnes");
        let text = "出口增长，进口下降3.1%。";
        assert_eq!(clause(text, Side::Zh, 15).of(text), "进口下降3.1%");
    }
}
