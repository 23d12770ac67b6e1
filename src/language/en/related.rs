//! Whether two English words are forms of one word, or one a misspelling of the other.

use super::stem::stem;

/// Endings that make another word of the same root. What remains of two words behind their common beginning must be
/// among them on both sides: vir-us and vir-al, infect-ion and infect-ed.
#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "", "a", "able", "ably", "acy", "al", "ally", "an", "ance", "ans", "ant", "ar", "ary", "ate", "ated", "ates",
    "atic", "ating", "ation", "ational", "ations", "ative", "ator", "ators", "c", "cal", "ce", "cy", "d", "e", "ed",
    "en", "ence", "ent", "ents", "er", "ern", "ers", "ery", "es", "ese", "ful", "ia", "ial", "ian", "ible", "ic",
    "ical", "ically", "ics", "ied", "ier", "ies", "ification", "ified", "ify", "ifying", "ily", "in", "ine", "ines",
    "ing", "ings", "iological", "iologist", "iology", "ion", "ional", "ions", "ious", "ise", "ish", "ism", "ist",
    "ists", "ities", "ity", "ive", "ively", "ization", "ize", "ized", "izing", "less", "ly", "m", "ment", "ments",
    "n", "ness", "nt", "ological", "ology", "on", "or", "ors", "ory", "ous", "ously", "r", "ren", "rs", "s", "se", "sis",
    "t", "te", "th", "ther", "tic", "ting", "tion", "tional", "tions", "tive", "um", "ure", "us", "ward", "y",
    "ying", "ys", "zing",
];

/// Whether two folded words share a root: equal Snowball stems (Porter 2), or a common beginning of at least three
/// letters and three fifths of the shorter word with nothing but endings behind it. Made for deciding that a term has
/// been rendered by another part of speech, so it errs towards yes.
pub fn same_root(a: &str, b: &str) -> bool {
    a == b || roots_agree(without_prefix(a), without_prefix(b))
}

/// The same for two words without their prefixes.
fn roots_agree(a: &str, b: &str) -> bool {
    // Neither stemming nor an ending changes how a word begins.
    if a.as_bytes().first() != b.as_bytes().first() {
        return false;
    }
    // director and directory, respirator and respiratory are two words each.
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if short.ends_with("or") && long.strip_suffix('y') == Some(short) {
        return false;
    }
    if stem(a) == stem(b) {
        return true;
    }
    let shared: usize = a
        .chars()
        .zip(b.chars())
        .take_while(|(x, y)| x == y)
        .map(|(c, _)| c.len_utf8())
        .sum();
    let shortest = a.len().min(b.len());
    shared >= 3
        && shared * 5 >= shortest * 3
        && (0..=2.min(shared.saturating_sub(3))).any(|back| {
            let at = shared - back;
            a.is_char_boundary(at) && b.is_char_boundary(at) && ending(&a[at..]) && ending(&b[at..])
        })
}

/// 抗病毒 is "antiviral": the word without a prefix that Chinese writes as a word of its own.
fn without_prefix(word: &str) -> &str {
    if !word.starts_with(['a', 'n', 'p', 'i']) {
        return word;
    }
    ["anti", "non", "pre", "post", "inter"]
        .iter()
        .find_map(|p| word.strip_prefix(p).filter(|r| r.len() >= 4))
        .unwrap_or(word)
}

fn ending(rest: &str) -> bool {
    ENDINGS.binary_search(&rest).is_ok()
}

/// Whether `found` looks like a slip of the fingers in `wanted` (both folded): one edit (insertion, deletion,
/// substitution, transposition of neighbours; Damerau 1964) from four letters on, two from nine on.
pub fn is_misspelling(found: &str, wanted: &str) -> bool {
    Spelling::new(found).is_slip_in(&Spelling::new(wanted))
}

/// A folded word with what shows quickly that it is neither a misspelling of another nor of its root.
#[derive(Debug, Clone, Copy)]
pub struct Spelling<'a> {
    /// The word.
    pub word: &'a str,
    /// The word without its prefix.
    root: &'a str,
    /// Its length in characters.
    length: usize,
    /// Its letters, one bit for each of the same code modulo 64.
    letters: u64,
}

impl<'a> Spelling<'a> {
    /// The spelling of a word.
    pub fn new(word: &'a str) -> Self {
        let (mut length, mut letters) = (0, 0);
        for c in word.chars() {
            length += 1;
            letters |= 1 << (c as u32 & 63);
        }
        Self {
            word,
            root: without_prefix(word),
            length,
            letters,
        }
    }

    /// The same as [`same_root`] of this word and `other`.
    pub fn shares_root(&self, other: &Self) -> bool {
        self.word == other.word || roots_agree(self.root, other.root)
    }

    /// The same as [`is_misspelling`] of this word and `wanted`.
    pub fn is_slip_in(&self, wanted: &Self) -> bool {
        let allowed = match wanted.length {
            0..=3 => return false,
            4..=8 => 1,
            _ => 2,
        };
        // One edit takes at most one letter from the set of letters and adds one.
        (self.letters ^ wanted.letters).count_ones() <= 2 * allowed
            && self.length.abs_diff(wanted.length) <= allowed as usize
            && self.word != wanted.word
            && strsim::osa_distance(self.word, wanted.word) <= allowed as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_sorted() {
        assert!(ENDINGS.is_sorted());
    }

    #[test]
    fn forms_of_one_word_share_a_root() {
        for (a, b) in [
            ("virus", "viral"),
            ("infection", "infected"),
            ("vaccine", "vaccination"),
            ("contagious", "contagion"),
            ("symptom", "symptomatic"),
            ("epidemic", "epidemiology"),
        ] {
            assert!(same_root(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("infectious", "contagious"),
            ("respirator", "respiratory"),
            ("community", "group"),
            ("vaccine", "vaccnie"),
            ("contamination", "infection"),
            ("china", "chile"),
        ] {
            assert!(!same_root(a, b), "{a} {b}");
        }
    }

    #[test]
    fn misspellings_are_near_and_not_equal() {
        assert!(is_misspelling("lhasso", "lhaaso"));
        assert!(is_misspelling("obsevratory", "observatory"));
        assert!(!is_misspelling("iran", "iraq") || is_misspelling("iraq", "iran"));
        assert!(!is_misspelling("who", "who"));
        assert!(!is_misspelling("chad", "china"));
    }
}
