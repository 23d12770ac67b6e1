//! Lines that explain a pair in a text for learners or readers: Chinese, English, `注：…`, again and again. They translate
//! nothing.

use rustc_hash::FxHashMap;

use crate::text::Side;
use crate::text::script::is_han;

/// With fewer pairs that have one, such a line is a text like any other.
const LEAST_NOTES: usize = 3;
/// The longest beginning before a colon that marks a note, in characters.
const LONGEST_MARK: usize = 8;
/// The longest words that a gloss explains, in bytes.
const LONGEST_WORDS: usize = 60;

/// The numbers of the notes in a text. `paragraphs` are its paragraphs in order, each with its language.
///
/// A note follows a pair and is followed by the next one. All notes begin alike: with the same word and a colon, or with a
/// bracket that their last character closes; nearly no other paragraph does.
pub fn find_notes(paragraphs: &[(&str, Option<Side>)]) -> Vec<usize> {
    let marks: Vec<Option<&str>> = paragraphs.iter().map(|(text, _)| mark(text)).collect();
    let mut notes: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for i in 2..paragraphs.len() {
        let Some(mark) = marks[i] else { continue };
        let (first, second) = (paragraphs[i - 2].1, paragraphs[i - 1].1);
        let is_pair = first.is_some() && second == first.map(Side::other);
        let next = paragraphs.get(i + 1);
        if is_pair && marks[i - 2].is_none() && marks[i - 1].is_none() && next.is_none_or(|next| next.1 == first) {
            notes.entry(mark).or_default().push(i);
        }
    }
    notes.retain(|mark, notes| {
        let all = marks.iter().flatten().filter(|other| *other == mark).count();
        notes.len() >= LEAST_NOTES && notes.len() * 5 >= all * 4
    });
    notes.into_values().flatten().collect()
}

/// What marks a paragraph as a note: the word before its first colon, or the bracket that it is in.
fn mark(text: &str) -> Option<&str> {
    let text = text.trim();
    let (first, last) = (text.chars().next()?, text.chars().next_back()?);
    if matches!((first, last), ('（', '）') | ('(', ')') | ('【', '】') | ('[', ']')) {
        return Some(&text[..first.len_utf8()]);
    }
    let (before, _) = text.split_once(['：', ':'])?;
    let is_word = !before.is_empty() && before.chars().all(char::is_alphanumeric);
    (is_word && before.chars().count() <= LONGEST_MARK).then_some(before)
}

/// Whether a paragraph of a text in both languages explains a word of it: `vicinity n. 周围地区`, `come into force —— 实施`. It
/// begins with an English word in small letters and goes on in Chinese to its end.
pub fn is_gloss(text: &str) -> bool {
    let text = text.trim();
    let Some(chinese) = text.find(is_han) else { return false };
    let (english, explained) = text.split_at(chinese);
    english.starts_with(|c: char| c.is_ascii_lowercase())
        && english.len() <= LONGEST_WORDS
        && !explained
            .chars()
            .any(|c| c.is_ascii_alphabetic() || matches!(c, '。' | '！' | '？'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gloss_is_a_word_and_what_it_means() {
        for text in [
            "module  n.单元；模块；舱",
            "come into force —— 实施",
            "pursue high-standard implementation of sth 高水平实施",
        ] {
            assert!(is_gloss(text), "{text}");
        }
        for text in [
            "npm 会安装它。",
            "Module 单元",
            "kubectl 读取 config 文件",
            "春天 spring",
            "spring",
        ] {
            assert!(!is_gloss(text), "{text}");
        }
    }
    use crate::text::script::side_of;

    fn notes(texts: &[&str]) -> Vec<usize> {
        let paragraphs: Vec<_> = texts.iter().map(|text| (*text, side_of(text))).collect();
        let mut notes = find_notes(&paragraphs);
        notes.sort_unstable();
        notes
    }

    #[test]
    fn notes_follow_pairs() {
        let texts = [
            "春天来了。",
            "Spring has come.",
            "注：摄于青海湖",
            "冰化了。",
            "The ice has melted.",
            "注：见附件",
            "花开了。",
            "The flowers are out.",
            "注：完",
        ];
        assert_eq!(notes(&texts), [2, 5, 8]);
        assert!(notes(&texts[..6]).is_empty());
        let brackets = texts.map(|text| {
            text.replace("注：", "（注 ")
                .replace("注 摄于青海湖", "注 摄于青海湖）")
        });
        let closed = brackets.map(|text| {
            if text.starts_with('（') && !text.ends_with('）') {
                text + "）"
            } else {
                text
            }
        });
        assert_eq!(notes(&closed.each_ref().map(String::as_str)), [2, 5, 8]);
    }

    #[test]
    fn notes_that_are_translated_are_text() {
        let block = [
            "春天来了。",
            "Spring has come.",
            "注：摄于青海湖",
            "Note: taken at Qinghai Lake",
        ];
        assert!(notes(&block.repeat(4)).is_empty());
        let speech = ["春天来了。", "（掌声）", "Spring has come.", "(Applause)"];
        assert!(notes(&speech.repeat(4)).is_empty());
    }
}
