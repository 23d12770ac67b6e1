//! No rule panics or points outside the text, whatever the text is.

use proptest::prelude::*;

use super::all;
use super::testing::{check_with, document, glossary};

/// Pieces of text that rules cut, count and compare: characters of every width, unbalanced brackets, names, figures.
const SCRAPS: &[&str] = &[
    "(",
    ")",
    "（",
    "）",
    "[",
    "](",
    "《",
    "》",
    "【",
    "】",
    "“",
    "”",
    "\"",
    "'",
    "’s",
    "{",
    "}",
    "{{",
    "{n, plural, ",
    "%",
    "%(",
    "%1$",
    "$",
    "<",
    ">",
    "</b>",
    "`",
    "**",
    "\\",
    "http://",
    "://",
    "www.",
    "/",
    ".",
    "。",
    "，",
    "：",
    "…",
    "～",
    " ",
    "\u{3000}",
    "\n",
    "\u{0}",
    "-",
    "—",
    "习",
    "近平",
    "李",
    "欧阳",
    "字",
    "（3字）",
    "共",
    "Xi",
    "Jingping",
    "Li ",
    "Ming",
    "WHO",
    "FAST",
    "s",
    "the ",
    "Lǚ",
    "é",
    "ß",
    "İ",
    "ﬁ",
    "𠮷",
    "👍",
    "\u{301}",
    "3",
    "１",
    "万",
    "亿",
    "二十",
    "%s",
    "century",
    "million",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(SCRAPS), 0..40).prop_map(|scraps| scraps.concat())
}

#[test]
fn the_mark_of_an_item_without_text_is_a_paragraph() {
    for mark in ["- ", "# "] {
        let (document, pairs) = document(&[mark], &[mark]);
        assert_eq!((document.zh.len(), document.en.len(), pairs.len()), (1, 1, 1), "{mark}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_text_makes_a_rule_panic(zh in prop::collection::vec(text(), 0..3), en in prop::collection::vec(text(), 0..3)) {
        let concepts = glossary(&["习近平 = Xi Jinping", "二十国集团 | G20 = Group of Twenty | G20", "字 = character"]);
        let zh: Vec<&str> = zh.iter().map(String::as_str).collect();
        let en: Vec<&str> = en.iter().map(String::as_str).collect();
        for rule in all() {
            for finding in check_with(*rule, &zh, &en, &concepts) {
                for label in [&finding.zh, &finding.en].into_iter().flatten() {
                    prop_assert!(label.bytes.start <= label.bytes.end, "{}: {:?}", finding.rule, label);
                    prop_assert!(label.chars.0 <= label.chars.1, "{}: {:?}", finding.rule, label);
                }
            }
        }
    }
}
