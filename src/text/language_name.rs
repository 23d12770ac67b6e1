//! How people name the two languages: in headers of tables, keys of records, names of files and folders.

use super::{Side, Sides};

/// What a language is called.
struct Names {
    /// Codes and names that are one Latin word (ISO 639, BCP 47), in lower case.
    words: &'static [&'static str],
    /// More of these, which name other things as well where they are part of a path.
    words_in_headers: &'static [&'static str],
    /// Names in Chinese.
    chinese: &'static [&'static str],
    /// Tags in paths, as they are usually written; the most usual first.
    path_tags: &'static [&'static str],
}

const NAMES: Sides<Names> = Sides::new(
    Names {
        words: &["zh", "zho", "cmn", "cn", "chs", "cht", "chinese"],
        words_in_headers: &["chi", "mandarin", "zhcn", "zhhans", "zhhant", "hans", "hant"],
        chinese: &["中文", "汉语", "漢語", "简体", "簡體", "繁体", "繁體", "中国语", "汉文"],
        path_tags: &[
            "zh", "zh-CN", "zh_CN", "zh-cn", "zh-Hans", "zh_Hans", "zh-hans", "cn", "CN", "ZH", "chs", "chinese",
            "Chinese", "中文", "zh-rCN", "zh-TW", "zh_TW", "zh-tw", "zh-Hant", "zh-HK", "zh-rTW",
        ],
    },
    Names {
        words: &["en", "eng", "english"],
        words_in_headers: &["enus", "engb"],
        chinese: &["英文", "英语", "英語"],
        path_tags: &[
            "en", "en-US", "en_US", "en-us", "en-GB", "en_GB", "en-gb", "EN", "eng", "english", "English", "英文",
        ],
    },
);

/// Names of both languages at once.
const BOTH: [&str; 8] = ["中英", "英中", "汉英", "英汉", "漢英", "英漢", "双语", "雙語"];

/// The language that a heading mentions: `zh-CN`, `text_en`, `Chinese (Simplified)`, `简体中文`, `English (US)`. The first
/// word that names a language decides.
pub fn side_in_heading(heading: &str) -> Option<Side> {
    let has = |list: &[&str]| list.iter().any(|w| heading.contains(w));
    if has(&BOTH) {
        return None;
    }
    match (has(NAMES.zh.chinese), has(NAMES.en.chinese)) {
        (true, false) => return Some(Side::Zh),
        (false, true) => return Some(Side::En),
        (true, true) => return None,
        (false, false) => {}
    }
    let words = heading.split(|c: char| !c.is_ascii_alphabetic());
    words.into_iter().find_map(|word| {
        [Side::Zh, Side::En].into_iter().find(|&side| {
            let names = &NAMES[side];
            let mut words = names.words.iter().chain(names.words_in_headers);
            words.any(|w| w.eq_ignore_ascii_case(word))
        })
    })
}

/// The language that a tag is the name of as a whole: `zh`, `zh_CN`, `zh-Hans-CN`, `cn`, `en-US`, `English`; also as Android
/// writes it, `zh-rCN` and `b+zh+Hans`.
pub fn side_of_tag(tag: &str) -> Option<Side> {
    let tag = tag.to_lowercase().replace(['_', '+'], "-");
    let tag = tag.strip_prefix("b-").unwrap_or(&tag);
    let is_letters = |s: &str| s.bytes().all(|b| b.is_ascii_alphabetic());
    // A region of two letters or three digits, or a script.
    let is_subtag = |s: &str| match s.len() {
        2 => is_letters(s),
        3 if s.starts_with('r') => is_letters(s),
        3 => s.bytes().all(|b| b.is_ascii_digit()),
        _ => ["hans", "hant", "latn"].contains(&s),
    };
    let subtags = |language: &str| {
        tag.strip_prefix(language)
            .and_then(|rest| rest.strip_prefix('-'))
            .is_some_and(|rest| rest.split('-').all(is_subtag))
    };
    [Side::Zh, Side::En].into_iter().find(|&side| {
        let names = &NAMES[side];
        names.words.contains(&tag) || names.chinese.contains(&tag) || subtags(side.code())
    })
}

/// Whether a tag of Chinese is that of a region or a script with traditional characters: `zh-TW`, `zh_HK`, `zh-Hant`.
pub fn is_traditional_tag(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    ["tw", "hk", "mo", "hant"].iter().any(|region| tag.ends_with(region))
}

/// The tags under which a file in a language is looked for, the most usual first.
pub fn path_tags(side: Side) -> &'static [&'static str] {
    NAMES[side].path_tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_mention_languages_in_many_ways() {
        for name in [
            "zh",
            "ZH-CN",
            "zh_Hans",
            "中文",
            "Chinese (Simplified)",
            "简体中文",
            "text_zh",
            "cn",
            "中文原文",
        ] {
            assert_eq!(side_in_heading(name), Some(Side::Zh), "{name}");
        }
        for name in ["en", "en-US", "English", "英文", "英文译文", "EN_gb"] {
            assert_eq!(side_in_heading(name), Some(Side::En), "{name}");
        }
        for name in ["content", "note", "中英文", "enabled", "ru"] {
            assert_eq!(side_in_heading(name), None, "{name}");
        }
    }

    #[test]
    fn tags_are_whole_words() {
        for word in [
            "zh",
            "zh-CN",
            "zh_CN",
            "zh-Hans-CN",
            "CN",
            "Chinese",
            "中文",
            "zh-rCN",
            "b+zh+Hans+CN",
        ] {
            assert_eq!(side_of_tag(word), Some(Side::Zh), "{word}");
        }
        for word in ["en", "en-US", "en_GB", "English", "EN"] {
            assert_eq!(side_of_tag(word), Some(Side::En), "{word}");
        }
        for word in [
            "zhejiang",
            "b+fr",
            "en-rtl-page",
            "end",
            "english-notes",
            "en-route-guide",
            "zh-faq",
            "en-help",
            "content",
            "chi",
            "",
        ] {
            assert_eq!(side_of_tag(word), None, "{word}");
        }
    }

    #[test]
    fn every_path_tag_is_a_tag() {
        for side in [Side::Zh, Side::En] {
            assert!(path_tags(side).iter().all(|tag| side_of_tag(tag) == Some(side)));
        }
    }
}
