//! Acronyms in brackets after the name that they abbreviate: finding them, and whether their letters follow from the words.

use crate::text::Span;

/// An acronym in round brackets and the words before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduction {
    /// The acronym without the brackets, without the plural s and without a figure that hangs on it (`-19`).
    pub acronym: Span,
    /// One past the closing bracket.
    pub end: usize,
    /// The words before it, nearest last, as far back as the sentence goes (at most a few more than letters).
    pub words: Vec<Word>,
}

/// One word, or one part of a hyphenated compound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Its letters, without a possessive ending.
    pub span: Span,
    /// Whether it is the second or a later part of a hyphenated compound.
    pub part: bool,
}

/// What is wrong with an acronym that nearly follows from its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slip {
    /// This word does not give this letter.
    Letter {
        /// Its number in the words of the phrase.
        word: usize,
        /// The letter that the acronym has.
        letter: char,
    },
    /// Two neighbouring letters are in the wrong order.
    Swapped,
    /// A letter is repeated.
    Doubled,
}

/// An acronym that does not follow from the words before it, though it nearly does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// The words that the acronym abbreviates.
    pub phrase: Vec<Word>,
    /// What is wrong.
    pub slip: Slip,
}

/// Words that acronyms pass over.
const SMALL: &[&str] = &[
    "a", "an", "and", "at", "by", "de", "del", "der", "des", "di", "du", "for", "from", "in", "into", "la", "of", "on",
    "or", "the", "to", "under", "von", "with",
];

/// Most letters an acronym may have: the letters are kept as bits of one word.
const MAX_LETTERS: usize = 12;

/// Longest name in brackets after its acronym, in characters.
const MAX_NAME: usize = 200;

/// The acronyms in brackets after words of `text`: `… Telescope (FAST)`.
pub fn introductions(text: &str) -> Vec<Introduction> {
    let mut out = Vec::new();
    for open in brackets(text) {
        let start = open + text[open..].chars().next().map_or(1, char::len_utf8);
        let inner = &text[start..];
        let Some(close) = inner.find([')', '）', '(', '\n']).filter(|&c| c <= 2 * MAX_LETTERS) else {
            continue;
        };
        let closing = inner[close..].chars().next().unwrap_or(')');
        if !matches!(closing, ')' | '）') {
            continue;
        }
        let Some(len) = acronym_len(&inner[..close]) else {
            continue;
        };
        let acronym = Span::new(start, start + len);
        let words = words_before(text, open, len + 12);
        if !words.is_empty() {
            out.push(Introduction {
                acronym,
                end: start + close + closing.len_utf8(),
                words,
            });
        }
    }
    out
}

/// The acronyms of `text` whose full name follows in brackets: `FAST (Five-hundred-meter Aperture Spherical radio Telescope)`.
pub fn expanded_after(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    for open in brackets(text) {
        let before = text[..open].trim_end();
        let bare = before.strip_suffix('s').unwrap_or(before);
        let letters = bare.bytes().rev().take_while(u8::is_ascii_uppercase).count();
        if !(3..=MAX_LETTERS).contains(&letters) {
            continue;
        }
        let mut name = text[open..].char_indices().take(MAX_NAME);
        let Some((close, _)) = name.find(|&(_, c)| matches!(c, ')' | '）')) else {
            continue;
        };
        let span = Span::new(bare.len() - letters, bare.len());
        let words = words_before(text, open + close, 2 * MAX_LETTERS);
        if words.len() > 1 && follows(span.of(text), &words, text) {
            out.push(span);
        }
    }
    out
}

/// The places of opening round brackets.
fn brackets(text: &str) -> impl Iterator<Item = usize> + '_ {
    // “（” begins with 0xef.
    memchr::memchr2_iter(b'(', 0xef, text.as_bytes()).filter(|&at| text[at..].starts_with(['(', '（']))
}

/// Length of the acronym that `inner`, the contents of a bracket, consists of: capitals, then nothing but a plural s
/// or a figure.
fn acronym_len(inner: &str) -> Option<usize> {
    let len = inner.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = &inner[len..];
    let figure = rest.strip_prefix('-').unwrap_or(rest);
    let ends = matches!(rest, "" | "s" | "’s" | "'s")
        || (!figure.is_empty() && figure.len() <= 4 && figure.bytes().all(|b| b.is_ascii_digit()));
    ((3..=MAX_LETTERS).contains(&len) && ends).then_some(len)
}

/// Up to `max` words (hyphenated ones taken apart) of the sentence that ends at byte `end`, in order.
fn words_before(text: &str, end: usize, max: usize) -> Vec<Word> {
    let mut words = Vec::new();
    let (mut word_end, mut word_start) = (end, end);
    let before = &text[..end];
    let mut inside = false;
    // The character to the right of the one in hand.
    let mut right = ' ';
    for (at, c) in before.char_indices().rev() {
        let apostrophe = matches!(c, '\'' | '’') && inside && right.is_alphabetic();
        if c.is_alphanumeric() || apostrophe {
            if !inside {
                (inside, word_end) = (true, at + c.len_utf8());
            }
            word_start = at;
        } else {
            if inside {
                let part = is_hyphen(c) || c == '/';
                push(text, word_start, word_end, part, &mut words);
                inside = false;
                if words.len() >= max {
                    break;
                }
            }
            if matches!(c, '(' | ')' | '（' | '）' | ';' | ':' | '!' | '?' | '\n')
                || (c == '.' && right == ' ' && at + 2 < end)
            {
                break;
            }
        }
        right = c;
    }
    if inside && words.len() < max {
        push(text, word_start, word_end, false, &mut words);
    }
    words.reverse();
    words
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '–')
}

fn push(text: &str, start: usize, end: usize, part: bool, words: &mut Vec<Word>) {
    let word = &text[start..end];
    let bare = ["'s", "’s"].iter().find_map(|s| word.strip_suffix(s)).unwrap_or(word);
    if !bare.is_empty() {
        words.push(Word {
            span: Span::new(start, start + bare.len()),
            part,
        });
    }
}

/// Whether the letters of `acronym` can be drawn, in order, from `words` of `text`: from the beginnings of words and
/// of parts of compounds, from inner capitals, and from the inside of words whose beginning is already drawn. Words may be passed
/// over. `X` may abbreviate ex- or cross-.
pub fn follows(acronym: &str, words: &[Word], text: &str) -> bool {
    let letters: Vec<char> = acronym.chars().map(|c| c.to_ascii_lowercase()).collect();
    if letters.len() > 31 {
        return true;
    }
    let goal = 1_u32 << letters.len();
    // Bit j: the first j letters can be drawn from the words so far.
    let mut drawn = 1_u32;
    for word in words {
        let word = word.span.of(text);
        let lower = word.to_lowercase();
        let mut inside = 0_u32;
        if lower.starts_with("ex") || lower.starts_with("cross") || lower.starts_with("trans") {
            inside |= step(drawn, &letters, 'x');
        }
        for (i, c) in word.chars().enumerate() {
            let from = if i == 0 || c.is_uppercase() || c.is_ascii_digit() {
                drawn | inside
            } else {
                inside
            };
            for c in c.to_lowercase() {
                inside |= step(from, &letters, fold(c));
            }
        }
        drawn |= inside;
    }
    drawn & goal != 0
}

/// The states that are reached from `states` by one more letter `c`.
fn step(states: u32, letters: &[char], c: char) -> u32 {
    let mut out = 0;
    for (j, &l) in letters.iter().enumerate() {
        if l == c && states & (1 << j) != 0 {
            out |= 1 << (j + 1);
        }
    }
    out
}

const fn fold(c: char) -> char {
    match c {
        'à'..='å' => 'a',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ò'..='ö' | 'ø' => 'o',
        'ù'..='ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        c => c,
    }
}

/// The slip by which `acronym` fails to follow from the last of `words`, if a single one explains it: the letter of
/// one word differs, two letters changed places, or one is repeated. `None` where the letters follow, and where they
/// are so far off that the acronym must come from elsewhere (another language, another name).
pub fn near_miss(acronym: &str, words: &[Word], text: &str) -> Option<NearMiss> {
    let letters: Vec<char> = acronym.chars().map(|c| c.to_ascii_lowercase()).collect();
    let loose = follows(acronym, words, text);
    // Parts of compounds give a letter each (`Anti-Corruption`, AC), or none of their own (`Ultra-low`, U).
    let readings = [true, false].map(|apart| -> Vec<Word> {
        words
            .iter()
            .copied()
            .filter(|w| (apart || !w.part) && !is_small(w.span.of(text)))
            .collect()
    });
    if readings
        .iter()
        .any(|content| initials(content, text).ends_with(&letters))
    {
        return None;
    }
    readings.iter().find_map(|content| {
        // The last word may go without a letter.
        [0, 1].into_iter().find_map(|skipped| {
            let content = &content[..content.len().checked_sub(skipped)?];
            slip(&letters, content, loose, text)
        })
    })
}

/// The slip that explains `letters` over the last of `content`.
fn slip(letters: &[char], content: &[Word], loose: bool, text: &str) -> Option<NearMiss> {
    let tail = |n: usize| content.len().checked_sub(n).map(|from| &content[from..]);
    let found = |phrase: &[Word], slip| {
        Some(NearMiss {
            phrase: phrase.to_vec(),
            slip,
        })
    };
    // A doubled letter may be found inside a word, so it is looked at even where the letters loosely follow.
    if let Some(i) = (1..letters.len()).find(|&i| letters[i] == letters[i - 1])
        && let Some(phrase) = tail(letters.len() - 1).filter(|p| p.len() >= 3)
    {
        let mut single = letters.to_vec();
        single.remove(i);
        if single == initials(phrase, text) {
            return found(phrase, Slip::Doubled);
        }
    }
    // A shorter one with a wrong letter is more often of another language: SPD, SVP, MSF.
    if letters.len() < 4 {
        return None;
    }
    let phrase = tail(letters.len())?;
    let given = initials(phrase, text);
    let wrong: Vec<usize> = (0..letters.len()).filter(|&i| letters[i] != given[i]).collect();
    match wrong[..] {
        // Nothing says that the phrase begins at a word that does not give the first letter.
        [word] if word > 0 && !loose => found(
            phrase,
            Slip::Letter {
                word,
                letter: letters[word].to_ascii_uppercase(),
            },
        ),
        // A letter out of order, too, may be found inside a word.
        [a, b] if a > 0 && b == a + 1 && letters[a] == given[b] && letters[b] == given[a] => {
            found(phrase, Slip::Swapped)
        }
        _ => None,
    }
}

fn initials(words: &[Word], text: &str) -> Vec<char> {
    words
        .iter()
        .map(|w| {
            let c = w.span.of(text).chars().next().unwrap_or(' ');
            fold(c.to_lowercase().next().unwrap_or(c))
        })
        .collect()
}

/// Whether acronyms pass over `word`: a small word or a figure.
pub fn is_small(word: &str) -> bool {
    SMALL.iter().any(|s| s.eq_ignore_ascii_case(word)) || word.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last_introduction(text: &str) -> (String, Vec<Word>) {
        let i = introductions(text).pop().expect("an acronym in brackets");
        (i.acronym.of(text).to_owned(), i.words)
    }

    #[test]
    fn letters_follow_from_words_parts_and_inner_letters() {
        for text in [
            "Five-hundred-meter Aperture Spherical radio Telescope (FAST)",
            "Large High Altitude Air Shower Observatory (LHAASO)",
            "Deep Underground and Ultra-low Radiation Background Facility for Frontier Physics Experiments (DURF)",
            "the Chinese Meridian Project (CMP)",
            "World Health Organization (WHO)",
            "Coronavirus Disease 2019 (COVID-19)",
            "Hard X-ray Modulation Telescope (HXMT)",
            "Heavy Ion Research Facility in Lanzhou (HIRFL)",
            "Dark Matter Particle Explorer (DAMPE)",
            "Association of Southeast Asian Nations (ASEAN)",
            "United Nations Educational, Scientific and Cultural Organization (UNESCO)",
            "Joint United Nations Programme on HIV/AIDS (UNAIDS)",
            "Extensible Business Reporting Language (XBRL)",
            "non-governmental organizations (NGOs)",
            "People’s Republic of China (PRC)",
            "Ethics and Anti-Corruption Commission (EACC)",
        ] {
            let (acronym, words) = last_introduction(text);
            assert!(follows(&acronym, &words, text), "{text}");
            assert_eq!(near_miss(&acronym, &words, text), None, "{text}");
        }
    }

    #[test]
    fn a_single_odd_letter_is_pinned_to_its_word() {
        let text = "Steady High Magnetic Field Laboratory (SHMFF)";
        let (acronym, words) = last_introduction(text);
        let miss = near_miss(&acronym, &words, text).expect("a near miss");
        assert_eq!(miss.slip, Slip::Letter { word: 4, letter: 'F' });
        assert_eq!(miss.phrase[4].span.of(text), "Laboratory");
    }

    #[test]
    fn swapped_and_doubled_letters_are_slips() {
        let swapped = "the severe acute respiratory syndrome (SRAS)";
        let (acronym, words) = last_introduction(swapped);
        assert_eq!(
            near_miss(&acronym, &words, swapped).map(|m| m.slip),
            Some(Slip::Swapped)
        );
        let doubled = "acute respiratory distress syndrome (ARRDS)";
        let (acronym, words) = last_introduction(doubled);
        assert_eq!(
            near_miss(&acronym, &words, doubled).map(|m| m.slip),
            Some(Slip::Doubled)
        );
    }

    #[test]
    fn foreign_acronyms_are_no_near_misses() {
        for text in [
            "Doctors Without Borders (MSF)",
            "German Democratic Republic (DDR)",
            "the Social Democratic Party (SPD)",
            "the Swiss People's Party (SVP)",
            "we visited the Spallation Neutron Source (CSNS)",
            "National Socialist German Workers’ Party (NSDAP)",
            "Polish United Workers' Party (PZPR)",
            "Communist Party of China (PCC)",
            "North Atlantic Treaty Organization (OTAN)",
        ] {
            let (acronym, words) = last_introduction(text);
            assert_eq!(near_miss(&acronym, &words, text), None, "{text}");
        }
    }
}
