//! Changes of words that change no substance.

use super::tokens::{Kind, Token};
use crate::align::Lexicon;
use crate::language::en::stem::stem;
use crate::language::zh::pinyin::readings;
use crate::text::Span;
use crate::text::script::is_han;

/// English words without which a sentence says the same, or that another one like them replaces: articles, pronouns, the
/// commonest prepositions, forms of “be”, “have” and “do”, and words that are only polite. Negations, modal verbs, “or” and
/// “if” are not among them.
const EN: &[&str] = &[
    "a",
    "an",
    "the",
    "this",
    "that",
    "these",
    "those",
    "it",
    "its",
    "they",
    "their",
    "them",
    "you",
    "your",
    "we",
    "our",
    "us",
    "he",
    "she",
    "his",
    "her",
    "of",
    "to",
    "in",
    "on",
    "for",
    "at",
    "by",
    "with",
    "as",
    "from",
    "into",
    "and",
    "so",
    "then",
    "there",
    "here",
    "which",
    "who",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "being",
    "has",
    "have",
    "had",
    "do",
    "does",
    "did",
    "will",
    "would",
    "also",
    "just",
    "very",
    "please",
    "simply",
    "see",
    "refer",
    "how",
    "following",
    "below",
    "above",
    "own",
    "such",
    "some",
    "any",
    "when",
    "while",
    "via",
    "since",
    "within",
];

/// Chinese characters of the same sort: particles, pronouns, conjunctions and prepositions.
const ZH: &str = "的地得了着过是在也就和与及等吗呢吧啊之其所这那该此将把被对于为以而并且则即您你我他她它们个请";

/// English words that turn a meaning round, or say what is allowed and what is not.
const TURNING_EN: &[&str] = &[
    "not", "no", "never", "none", "nor", "neither", "cannot", "without", "only", "unless", "except", "must", "shall",
    "should", "may", "might", "can", "could", "or", "if", "all", "every", "each", "both",
];

/// Chinese characters of the same sort, and those that words of the same sort begin with.
const TURNING_ZH: &str = "不没无未非勿别莫须必应可能或若都仅只";

/// Whether a word turns a meaning round. That another place of the translation has it says nothing of this one.
pub fn is_turning(word: &str) -> bool {
    match word.chars().next() {
        Some(c) if is_han(c) => TURNING_ZH.contains(word),
        _ => {
            let lower = word.to_lowercase();
            TURNING_EN.contains(&&*lower) || lower.ends_with("n't") || lower.ends_with("n’t")
        }
    }
}

/// English words of these that deny or exclude.
const NEGATIONS_EN: &[&str] = &[
    "not", "no", "never", "none", "nor", "neither", "cannot", "without", "unless", "except", "little", "hardly",
    "rarely",
];

/// Chinese characters of the same sort.
const NEGATIONS_ZH: &str = "不没无未非勿别莫";

/// Whether a word denies or excludes.
pub fn is_negation(word: &str) -> bool {
    match word.chars().next() {
        Some(c) if is_han(c) => NEGATIONS_ZH.contains(word),
        _ => {
            let lower = word.to_lowercase();
            NEGATIONS_EN.contains(&&*lower) || lower.ends_with("n't") || lower.ends_with("n’t")
        }
    }
}

/// Whether the words of a change turn a meaning round, given those that are gone and those that are new: one of them does, and not
/// one of the same sort on the other side. “when” may be in the place of “if”, and “you can restart it” says what “restart it” does.
pub fn turning(words: &[Vec<&str>; 2]) -> bool {
    let sorts = |i: usize| {
        let sorts = words[i].iter().filter(|w| is_turning(w)).map(|w| sort(w));
        let mut sorts: Vec<String> = sorts.filter(|sort| sort != POSSIBLE).collect();
        let other = &words[1 - i];
        if words[i].iter().any(|w| w.eq_ignore_ascii_case("when")) && other.iter().any(|w| w.eq_ignore_ascii_case("if"))
        {
            sorts.push("if".to_owned());
        }
        sorts.sort_unstable();
        sorts
    };
    sorts(0) != sorts(1)
}

/// The sort of words that say what is possible.
const POSSIBLE: &str = "can";

/// A turning word, or the one that says the same.
fn sort(word: &str) -> String {
    let lower = word.to_lowercase();
    match &*lower {
        "each" | "every" => "all",
        "could" | "may" | "might" | "can" => POSSIBLE,
        "shall" => "must",
        "none" => "no",
        _ if lower.ends_with("n't") || lower.ends_with("n’t") || lower == "cannot" => "not",
        other => other,
    }
    .to_owned()
}

/// Marks of emphasis, code and quotation, and the hyphen, which words are divided at and code is not.
const MARKS: &str = "`*\"'“”‘’-";

/// Whether nothing of substance differs between some tokens in a row and those that replace them; `texts` are those that they
/// are tokens of.
pub fn is_quiet(texts: [&str; 2], tokens: [&[Token]; 2]) -> bool {
    let written = |i: usize| tokens[i].iter().map(move |t| t.span.of(texts[i]));
    if (0..2).all(|i| {
        written(i)
            .zip(tokens[i])
            .all(|(word, token)| token.kind == Kind::Word && is_small(word))
    }) {
        return true;
    }
    // “set up” and “setup”, “e-mail” and “email”; in words for inline code, “Log in” and `Log in`.
    let is_prose = |i: usize| tokens[i].iter().all(|t| t.kind == Kind::Word);
    let joined = |i: usize| {
        let letters = written(i)
            .flat_map(str::chars)
            .filter(|c| !c.is_whitespace() && !MARKS.contains(*c));
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    if (is_prose(0) || is_prose(1)) && joined(0).trim_matches('/') == joined(1).trim_matches('/') {
        return true;
    }
    let [before, after] = tokens.map(<[Token]>::len);
    before == after
        && written(0)
            .zip(written(1))
            .all(|(old, new)| is_small(old) && is_small(new) || is_respelling(old, new))
}

/// Whether a word says little.
pub fn is_small(word: &str) -> bool {
    match word.chars().next() {
        Some(c) if is_han(c) => ZH.contains(word),
        _ => EN.contains(&&*word.to_lowercase()),
    }
}

/// Whether a word belongs to a phrase that only points elsewhere: “for more information”, “for details”.
pub fn is_pointer(text: &str, word: Span) -> bool {
    const NOUNS: &[&str] = &["information", "info", "detail", "details"];
    let written = word.of(text).to_lowercase();
    let [before, after] = [&text[..word.start], &text[word.end..]].map(str::to_lowercase);
    match &*written {
        "more" => before.ends_with("for ") || NOUNS.iter().any(|noun| after.trim_start().starts_with(noun)),
        noun => NOUNS.contains(&noun) && (before.ends_with("for ") || before.ends_with("more ")),
    }
}

/// Whether the word that replaces another one is the same, spelt rightly.
fn is_respelling(old: &str, new: &str) -> bool {
    let mut chars = (old.chars(), new.chars());
    if let (Some(a), Some(b)) = (chars.0.next(), chars.1.next())
        && is_han(a)
        && is_han(b)
    {
        return readings(a).iter().any(|reading| readings(b).contains(reading));
    }
    let (old, new) = (old.to_lowercase(), new.to_lowercase());
    let is_word = |word: &str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_alphabetic());
    let far = 1 + new.len() / 4;
    old == new
        || is_numeronym(&old, &new)
        || is_numeronym(&new, &old)
        || is_word(&old)
            && is_word(&new)
            && strsim::damerau_levenshtein(&old, &new) <= far
            && (!is_known(&old) || !old.contains(['a', 'e', 'i', 'o', 'u', 'y']))
            // “thsi” and “th” became “this” and “the”, but “dev” did not become “new”.
            && (old.len().min(new.len()) > 3 && is_known(&new) || is_small(&new) && !is_small(&old))
}

/// Whether a word is short for another one by the number of letters left out: “K8s” for “Kubernetes”.
fn is_numeronym(short: &str, word: &str) -> bool {
    let digits = short.trim_matches(|c: char| c.is_ascii_alphabetic());
    let (Some(first), Some(last)) = (word.chars().next(), word.chars().next_back()) else {
        return false;
    };
    digits.parse().is_ok_and(|count: usize| word.len() == count + 2) && short == format!("{first}{digits}{last}")
}

/// Whether a word became another one by a slip of the keyboard, as “Kuberentes” and “Kubernetes” are: of names, which no dictionary
/// has, only such as differ in one letter or in the order of two.
pub fn is_slip(old: &str, new: &str) -> bool {
    const SHORTEST: usize = 6;
    let (old, new) = (old.to_lowercase(), new.to_lowercase());
    let is_word = |word: &str| word.len() >= SHORTEST && word.bytes().all(|b| b.is_ascii_alphabetic());
    is_word(&old) && is_word(&new) && strsim::damerau_levenshtein(&old, &new) == 1 && !is_known(&old)
}

/// Whether the lexicon has an English word.
pub fn is_known(word: &str) -> bool {
    Lexicon::embedded().has_english(&stem(word))
}
