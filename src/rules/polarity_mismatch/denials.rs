//! English words that deny, or that say in another way that something is not so.

use std::sync::OnceLock;

use crate::rules::wording::Wording;
use crate::text::Span;

/// Words that deny, in order.
#[rustfmt::skip]
const DENYING_WORDS: &[&str] = &[
    "ban", "banned", "bans", "barely", "before", "beyond", "cannot", "closed", "deny", "discontent", "few", "fewer", "free", "hardly", "ill", "instead", "least",
    "less", "little", "neither", "never", "no", "nobody", "non", "none", "nor", "not", "nothing", "nowhere", "only", "outside",
    "pending", "prior", "rarely", "scarcely", "seldom", "without", "zero",
];

/// Beginnings of words that deny, in order. None begins with another.
#[rustfmt::skip]
const DENYING_BEGINNINGS: &[&str] = &[
    "absen", "asymptom", "avoid", "ceas", "denial", "denie", "disab", "disadvantag", "disagre", "disallow", "disappear",
    "disappoint", "disapprov", "disbel", "disclaim", "disconnect", "discontinu", "discourag", "discredit", "disinclin", "dislik",
    "dismiss", "disobe", "dispens", "disprov", "disqualif", "disregard", "disrespect", "disrupt", "dissatisf", "dissent",
    "distrust", "exclud", "exclus", "exempt", "fail", "forbid", "illegal", "illegib", "illicit", "illitera", "illog", "immatur",
    "immobil", "immun", "immut", "imperf", "impolite", "imposs", "impract", "improp", "inab", "inaccessib", "inaccura", "inactiv", "inadequa", "inadmiss",
    "incap", "incompatib", "incomplet", "inconsist", "incorrect", "indefin", "indetermin", "indifferen", "indispens",
    "indistinct", "ineffect", "inefficien", "ineligib", "inevit", "infinit", "infrequent", "insecur", "insufficien", "intoler",
    "invalid", "invisib", "irreg", "irrel", "irrep", "irres", "irrev", "lack", "misconduct", "misinform", "misl", "mismatch",
    "misplac", "misrep", "mistak", "misunderst", "misus", "nonex", "omi", "oppos", "prevent", "prohibit", "refrain", "refus",
    "reject", "remov", "stop", "suppress", "suspend",
];

/// Beginnings of words with “un-” that deny nothing.
#[rustfmt::skip]
const UN_BEGINNINGS: &[&str] = &[
    "unanim", "uncle", "unct", "under", "undo", "undp", "unearth", "unesc", "unfold", "unif", "unilat", "union", "uniq", "unis", "unit", "univ", "unix",
    "unleash", "unlock", "unpack", "unve", "unwind",
];

/// Words that end in “-less” and deny nothing.
const LESS_WORDS: &[&str] = &["bless", "nevertheless", "nonetheless"];

/// Words that except, limit or imply that something near them is not so.
#[rustfmt::skip]
const DENIALS: &[&str] = &[
    "declin*", "yet", "rather", "except*", "miss", "missed", "misses", "missing", "void", "difficult*", "hard", "otherwise", "forbade",
    "bar", "barred", "nil", "minus", "await*", "abolish*", "cancel*", "revok*", "withdr*", "withh*", "abstain*", "despite",
    "contrary", "violat*", "wrong*", "false*", "apart", "other than", "far from", "out of", "short of", "longer", "neglect*",
    "ignor*", "loss", "lost", "lose*", "resist*", "restrict*", "limit*", "spare*", "skip*", "quit*", "reluct*", "doubt*", "dread*",
    "waive*", "denounc*", "denucl*", "mere*", "end", "ends", "ended", "ending", "halt*", "defer*", "delay*", "shun*", "off", "away", "eliminat*",
    "guard*", "beware", "keep from", "keep out", "reserved", "overcom*", "forget", "forgot*", "too", "more than", "more of a", "more of an", "more like", "as opposed to",
    "remain*", "block", "blocked", "blocking", "blocks", "empty", "hidden", "hide", "hides", "hiding",
];

/// Words that say so of a whole sentence.
#[rustfmt::skip]
const HINTS: &[&str] = &[
    "against", "object*", "last", "independent*", "just", "if", "whether", "almost", "nearly", "strict*", "danger*",
    "warning", "unique*",
];

/// Chinese words for “still”, without those in which it belongs to a negation (尚未, 仍未).
const STILL_ZH: &[&str] = &[
    "还有", "还存", "还在", "还是", "仍有", "仍存", "仍在", "仍是", "仍然", "依然",
];

/// Denials that “not” undoes.
#[rustfmt::skip]
const UNDONE: &[&str] = &[
    "absen", "deni", "deny", "fail", "forbid", "imposs", "inab", "inadequa", "incap", "incorrect", "ineligib", "insufficien",
    "invalid", "lack", "prevent", "prohibit", "refrain", "refus", "reject", "stop", "suspend",
];

/// Adverbs between “not” and what it denies.
const ADVERBS: &[&str] = &["all", "at", "be", "been", "completely", "entirely", "really", "to"];

const STILL: &[&str] = &["still"];

/// Whether the words at `within` deny anything themselves.
pub fn may_deny(wording: &Wording, within: Span) -> bool {
    denies_in(wording, within) || wording.has_in(within, STILL)
}

/// Whether anything in the English may imply that something is not so. “Still” does not where the Chinese says it.
pub fn may_imply(wording: &Wording, zh: &str) -> bool {
    let is_still_said = || STILL_ZH.iter().any(|word| zh.contains(word));
    wording.has(HINTS) || denies_in(wording, wording.all()) || wording.has(STILL) && !is_still_said()
}

fn denies_in(wording: &Wording, within: Span) -> bool {
    wording.has_in(within, DENIALS) || wording.words(within).any(|(_, word)| denies(word))
}

/// Chinese verbs that deny, and beginnings of their translations.
const VERBS: &[(&str, &[&str])] = &[
    ("反对", &["oppos"]),
    ("防止", &["prevent", "avoid"]),
    ("避免", &["avoid", "prevent"]),
    ("预防", &["prevent"]),
    ("停止", &["stop", "ceas"]),
];

/// How many words of the English deny, up to `most`, without those that translate a verb of the Chinese.
pub fn count(wording: &Wording, zh: &str, most: usize) -> usize {
    let is_verb = |word: &str| {
        let mut verbs = VERBS
            .iter()
            .filter(|(_, words)| words.iter().any(|verb| word.starts_with(verb)));
        verbs.any(|(verb, _)| zh.contains(verb))
    };
    let denying = wording
        .words(wording.all())
        .filter(|(_, word)| denies(word) && !is_verb(word));
    denying.take(most).count()
}

/// A denial that is itself denied: “not impossible”, “did not fail”.
pub fn find_double(wording: &Wording) -> Option<Span> {
    let mut not: Option<Span> = None;
    for (place, word) in wording.words(wording.all()) {
        // Nothing but a blank comes between them.
        let begun = not.filter(|not| not.end + 1 == place.start);
        if let Some(not) = begun.filter(|_| is_undone(word)) {
            return Some(Span::new(not.start, place.end));
        }
        not = match begun {
            Some(not) if ADVERBS.contains(&word) => Some(Span::new(not.start, place.end)),
            _ => is_not(word).then_some(place),
        };
    }
    None
}

fn is_not(word: &str) -> bool {
    matches!(word, "not" | "never" | "no" | "cannot") || has_nt(word)
}

fn has_nt(word: &str) -> bool {
    word.ends_with("n't") || word.ends_with("n’t")
}

fn is_undone(word: &str) -> bool {
    has_un(word) && !matches!(word, "until" | "unless") || UNDONE.iter().any(|beginning| word.starts_with(beginning))
}

/// Whether the word begins with an “un-” that denies.
fn has_un(word: &str) -> bool {
    word.len() > 4 && word.starts_with("un") && !UN_BEGINNINGS.iter().any(|other| word.starts_with(other))
}

fn denies(word: &str) -> bool {
    let begins = || {
        let at = DENYING_BEGINNINGS.partition_point(|&beginning| beginning <= word);
        at > 0 && word.starts_with(DENYING_BEGINNINGS[at - 1])
    };
    may_begin(word) && (DENYING_WORDS.binary_search(&word).is_ok() || begins() || has_un(word))
        || has_nt(word)
        || word.ends_with("less") && !LESS_WORDS.contains(&word)
}

/// Whether a word that denies begins with the first two letters of this one. Most words end here.
fn may_begin(word: &str) -> bool {
    static PAIRS: OnceLock<[u32; 26]> = OnceLock::new();
    let letters = |word: &str| match word.as_bytes() {
        [a @ b'a'..=b'z', b @ b'a'..=b'z', ..] => Some((usize::from(a - b'a'), 1u32 << (b - b'a'))),
        _ => None,
    };
    let pairs = PAIRS.get_or_init(|| {
        let mut pairs = [0; 26];
        for (a, b) in [DENYING_WORDS, DENYING_BEGINNINGS, &["un"]]
            .into_iter()
            .flatten()
            .filter_map(|word| letters(word))
        {
            pairs[a] |= b;
        }
        pairs
    });
    letters(word).is_some_and(|(a, b)| pairs[a] & b != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_university_or_district_denies() {
        for (text, denials) in [
            (
                "The unit under the United Nations discussed the districts, and the union unveiled it.",
                0,
            ),
            ("It is unlawful to disagree with an endless ban.", 4),
            ("Unless they don't fail, they can't until it is impossible.", 6),
        ] {
            assert_eq!(count(&Wording::new(text), "", usize::MAX), denials, "{text}");
        }
    }

    #[test]
    fn double_denials_are_found() {
        for (text, double) in [
            ("It was not entirely impossible.", Some("not entirely impossible")),
            ("He never failed.", Some("never failed")),
            ("It does not fall under the university.", None),
            ("He could not, unlike them, fail.", None),
        ] {
            assert_eq!(
                find_double(&Wording::new(text)).map(|span| span.of(text)),
                double,
                "{text}"
            );
        }
    }

    #[test]
    fn lists_are_in_order() {
        assert!(DENYING_WORDS.is_sorted());
        assert!(DENYING_BEGINNINGS.is_sorted());
        assert!(DENYING_BEGINNINGS.windows(2).all(|two| !two[1].starts_with(two[0])));
    }
}
