//! English words that no term is rendered by, and signs that a word is no noun.

/// Words of grammar and of everyday verbs and adverbs; sorted.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "a", "about", "above", "according", "across", "after", "again", "against", "all", "along", "already", "also",
    "although", "am", "amid", "among", "an", "and", "another", "any", "anyone", "are", "around", "as", "at", "away",
    "back", "be", "because", "been", "before", "behind", "being", "below", "between", "beyond", "billion", "both", "but",
    "by", "came", "can", "come", "could", "d", "despite", "did", "do", "does", "doing", "done", "down", "due", "during",
    "each", "eight", "either", "even", "every", "everyone", "few", "first", "five", "for", "four", "from", "further",
    "get", "go", "got", "had", "has", "have", "having", "he", "hence", "her", "here", "hers", "herself", "him",
    "himself", "his", "how", "however", "hundred", "i", "if", "in", "include", "included", "includes", "including",
    "into", "is", "it", "its", "itself", "just", "last", "least", "less", "like", "little", "ll", "m", "made", "make",
    "making", "many", "may", "me", "might", "million", "mine", "more", "most", "much", "must", "my", "myself",
    "neither", "new", "nine", "no", "nor", "not", "of", "off", "on", "once", "one", "ones", "only", "onto", "or",
    "other", "our", "ours", "out", "over", "own", "per", "percent", "re", "s", "said", "same", "say", "seven", "shall",
    "she", "should", "since", "six", "so", "some", "someone", "still", "such", "t", "take", "taken", "ten", "than",
    "that", "the", "their", "theirs", "them", "themselves", "then", "there", "therefore", "these", "they", "this",
    "those", "though", "thousand", "three", "through", "thus", "to", "too", "toward", "towards", "two", "under",
    "unlike", "until", "up", "upon", "us", "use", "used", "using", "ve", "very", "via", "was", "way", "we", "well",
    "went", "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "why", "will", "with", "within",
    "without", "would", "yet", "you", "your", "yours",
];

/// Irregular forms of verbs, and a few adjectives and adverbs without an ending that tells; sorted.
#[rustfmt::skip]
const NOT_NOUNS: &[&str] = &[
    "anyway", "arisen", "arose", "ate", "awoke", "beat", "beaten", "became", "become", "began", "begun", "bent", "bet",
    "bit", "bitten", "blew", "blown", "bought", "bound", "broke", "broken", "brought", "built", "burnt", "burst",
    "cast", "caught", "chosen", "crept", "cut", "dealt", "drank", "drawn", "dreamt", "drew", "driven", "drove", "drunk",
    "eaten", "fallen", "faulty", "fed", "fell", "felt", "flew", "flown", "forbade", "forgot", "forgotten", "fought",
    "found", "free", "frequent", "froze", "gave", "given", "grew", "grown", "healthy", "heard", "held", "hid", "hidden",
    "hung", "hurt", "kept", "knew", "known", "laid", "lain", "lay", "leapt", "learnt", "led", "left", "lent", "let",
    "lit", "local", "lost", "meant", "met", "none", "overcame", "overcome", "paid", "physical", "poor", "proven", "put",
    "ran", "read", "rid", "ridden", "risen", "rode", "rose", "run", "sang", "sank", "sat", "saw", "seen", "sent", "set",
    "shaken", "sharp", "shone", "shook", "shut", "slept", "slid", "sold", "sought", "spent", "split", "spoke", "spoken",
    "spread", "spun", "stole", "stolen", "stood", "struck", "stuck", "sung", "sunk", "sure", "swam", "swept", "swore",
    "sworn", "swum", "swung", "taught", "thought", "threw", "thrown", "told", "tore", "torn", "undergone", "understood",
    "undertook", "underwent", "wept", "whereas", "withdrew", "won", "wore", "worn", "wound", "written", "wrote",
];

/// Endings of English adjectives, adverbs and verb forms, which render the words around a term rather than the term.
const ENDINGS: &[&str] = &[
    "able", "ac", "al", "ary", "ed", "ful", "ian", "ible", "ic", "iest", "ify", "ing", "ise", "ive", "ize", "less",
    "ly", "ory", "ous", "ward",
];

/// Endings of English nouns that are made of verbs.
const NOUN_ENDINGS: &[&str] = &["ance", "ence", "ion", "ism", "ity", "ment", "ness", "sis", "ure"];

/// Words behind which a verb or an adjective stands rather than a noun; sorted.
const BEFORE_VERBS: &[&str] = &[
    "are", "be", "been", "being", "can", "could", "did", "do", "does", "doesn", "don", "had", "has", "have", "he", "i",
    "is", "it", "may", "might", "must", "not", "shall", "she", "should", "t", "they", "was", "we", "were", "which",
    "who", "will", "would", "you",
];

/// Words behind which a noun stands, or an adjective that belongs to one; sorted.
const BEFORE_NOUNS: &[&str] = &[
    "a", "against", "an", "between", "by", "each", "every", "for", "from", "her", "his", "in", "its", "no", "of", "on",
    "our", "that", "the", "their", "this", "under", "with", "without",
];

/// Words that stand within names; sorted.
const GLUE: &[&str] = &["and", "for", "in", "of", "on", "the", "to"];

/// Whether a word in lower case stands within names: Ministry of Health.
pub(super) fn is_glue(word: &str) -> bool {
    GLUE.binary_search(&word).is_ok()
}

/// What words of different meanings begin with; sorted.
#[rustfmt::skip]
const COMBINING_FORMS: &[&str] = &[
    "ante", "anti", "auto", "cardio", "chemo", "counter", "electro", "fore", "hydro", "hyper", "hypo", "immuno",
    "inter", "intra", "macro", "mega", "meta", "micro", "mono", "multi", "neuro", "over", "para", "photo", "poly", "post",
    "proto", "pseudo", "radio", "semi", "super", "tele", "thermo", "trans", "ultra", "under",
];

/// Whether a word in lower case is one that says too little to be a term, or part of one.
pub(super) fn is_common(word: &str) -> bool {
    COMMON.binary_search(&word).is_ok()
}

/// Whether words of different meanings begin with it.
pub(super) fn is_combining_form(text: &str) -> bool {
    COMBINING_FORMS.binary_search(&text).is_ok()
}

/// Whether a word in lower case looks like no noun.
pub(super) fn is_no_noun(word: &str) -> bool {
    ENDINGS.iter().any(|e| word.ends_with(e)) || NOT_NOUNS.binary_search(&word).is_ok()
}

/// Whether a word in lower case is a noun by its ending, whatever verb it is made of.
pub(super) fn is_noun_of_verb(word: &str) -> bool {
    let one = word.strip_suffix('s').unwrap_or(word);
    NOUN_ENDINGS.iter().any(|e| word.ends_with(e) || one.ends_with(e))
}

/// Whether a noun is to be expected behind a word in lower case.
pub(super) fn goes_before_nouns(word: &str) -> bool {
    BEFORE_NOUNS.binary_search(&word).is_ok()
}

/// Whether a verb or an adjective is to be expected behind a word in lower case.
pub(super) fn goes_before_verbs(word: &str) -> bool {
    BEFORE_VERBS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        for table in [COMMON, NOT_NOUNS, BEFORE_VERBS, BEFORE_NOUNS, GLUE, COMBINING_FORMS] {
            assert!(table.is_sorted());
        }
    }
}
