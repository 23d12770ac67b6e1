//! Whether a text is in one language. Its prose decides: a Chinese page lists names, links and identifiers in Latin letters,
//! and an English one mentions Chinese names.

use crate::document::{Block, BlockKind, Document};
use crate::text::script::{ScriptCount, is_han, is_latin};
use crate::text::{Side, Sides};

/// With fewer words for each Han character of the Chinese, English is no translation of it. Translations have 0.5 to 0.8.
pub const WORDS_PER_HAN: f64 = 0.2;
/// With fewer Han characters for each word of the English, Chinese is no translation of it. Translations have 1.2 to 2.
const HAN_PER_WORD: f64 = 0.16;

/// With fewer Han characters, a text is too short to tell its language by its prose: one word more or less would decide.
const ENOUGH_HAN: f64 = 12.0;

/// Words that English sentences contain, and lists of names hardly ever.
const FUNCTION_WORDS: [&str; 28] = [
    "a", "an", "are", "as", "at", "be", "by", "can", "from", "has", "have", "if", "in", "is", "it", "of", "on", "or",
    "that", "the", "this", "to", "was", "we", "will", "with", "you", "your",
];

/// The language of a document that hardly contains the other one; `None` where it holds both. `alternates` says that its
/// paragraphs alternate between the languages, so that a single word may be a translation.
pub fn only_language(document: &Document, alternates: bool) -> Option<Side> {
    let blocks = Sides::new(&document.zh, &document.en);
    let (zh, en) = (blocks.zh.len(), blocks.en.len());
    if zh * 10 < en || (zh == 0 && en == 0) {
        return Some(Side::En);
    }
    if en * 10 < zh {
        return Some(Side::Zh);
    }
    // English in lists and tables alone is what a Chinese page quotes.
    let is_listed = |b: &Block| b.kind == BlockKind::ListItem || b.kind.row().is_some();
    let has_paragraph = blocks.zh.iter().any(|b| b.kind == BlockKind::Paragraph);
    if !alternates && has_paragraph && blocks.en.iter().all(is_listed) {
        return Some(Side::Zh);
    }
    let han = blocks.zh.iter().map(|b| ScriptCount::of(&b.text).han).sum::<usize>() as f64;
    let words = blocks.en.iter().map(|b| words(b).len()).sum::<usize>() as f64;
    // Acronyms as headings are no translations.
    let has_word = |b: &Block| b.kind.row().is_none() && b.text.chars().any(|c| c.is_ascii_lowercase());
    let is_counted = |b: &&Block| is_prose(b) || alternates && has_word(b);
    let prose = blocks
        .en
        .iter()
        .filter(is_counted)
        .map(|b| self::words(b).len())
        .sum::<usize>() as f64;
    if han >= ENOUGH_HAN && prose < han * WORDS_PER_HAN {
        Some(Side::Zh)
    } else if han < words * HAN_PER_WORD {
        Some(Side::En)
    } else {
        None
    }
}

/// Whether the text of a document is Japanese.
pub fn is_japanese(document: &Document) -> bool {
    is_japanese_text(document.zh.iter().chain(&document.en).map(|b| &*b.text))
}

/// Whether lines are Japanese: Chinese that quotes Japanese has far fewer kana than Han characters.
pub fn is_japanese_text<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let (mut kana, mut han) = (0, 0);
    for c in lines.flat_map(str::chars) {
        kana += usize::from(matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'));
        han += usize::from(is_han(c));
    }
    kana * 3 > han
}

/// Whether a block contains an English clause, rather than names.
pub fn is_prose(block: &Block) -> bool {
    let words = words(block);
    let has_function_word = || {
        words
            .iter()
            .any(|w| FUNCTION_WORDS.contains(&w.to_ascii_lowercase().as_str()))
    };
    let is_sentence = || words.len() >= 4 && block.text.trim_end().ends_with(['.', '!', '?']);
    words.len() >= 3 && !block.text.chars().any(is_han) && (has_function_word() || is_sentence())
}

/// The Latin words of a block, without what is no prose.
fn words(block: &Block) -> Vec<&str> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut add = |text| out.extend(<str>::split(text, |c| !is_latin(c)).filter(|w| !w.is_empty()));
    for mask in &block.masked {
        add(&block.text[at..mask.start.max(at)]);
        at = mask.end.max(at);
    }
    add(&block.text[at.min(block.text.len())..]);
    out
}
