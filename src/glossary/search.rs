//! Searching a glossary as people do: by a name or a part of one, in Chinese or English, by acronym, id, pinyin, the initials
//! of the pinyin, or a name that is nearly right.

use std::cmp::Reverse;

use rayon::prelude::*;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::{Concept, Glossary, Status};
use crate::language::zh::pinyin;
use crate::text::normalize::halfwidth;
use crate::text::script::is_han;

/// How a name matches a query, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// The query is the name, the acronym or the id.
    Exact,
    /// The name begins with the query.
    Beginning,
    /// The query is a part of the name.
    Part,
    /// The name has all words of the query.
    Words,
    /// The query is the pinyin of the name or of its beginning.
    Pinyin,
    /// The query has the first letters of the pinyin of the name or of its beginning.
    Initials,
    /// The query is the pinyin of a part of the name.
    PinyinPart,
    /// The query is nearly the name.
    Similar,
}

impl How {
    /// For readers.
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Exact => "exactly",
            Self::Beginning => "its beginning",
            Self::Part => "a part of it",
            Self::Words => "its words",
            Self::Pinyin => "its pinyin",
            Self::Initials => "its initials in pinyin",
            Self::PinyinPart => "a part of its pinyin",
            Self::Similar => "nearly",
        }
    }
}

/// A concept that matches a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Match<'g> {
    /// The concept.
    pub concept: &'g Concept,
    /// The name, acronym or id that matches best.
    pub name: &'g str,
    /// How it matches.
    pub how: How,
    /// How similar name and query are: 1 if they are equal.
    pub score: f64,
}

impl Match<'_> {
    /// The status of the name; `None` for an acronym or an id.
    pub fn status(&self) -> Option<Status> {
        let mut names = self.concept.zh.iter().chain(&self.concept.en);
        names.find(|n| n.text == self.name).map(|n| n.status)
    }
}

/// Names are similar from this share of equal characters on.
const SIMILAR: f64 = 0.7;

/// The concepts that match `query`, best first. Similar names count only where nothing else matches, and everything but
/// names that hold the query is left out if some name is the query.
pub fn search<'g>(glossary: &'g Glossary, query: &str) -> Vec<Match<'g>> {
    let query = Query::new(query);
    if query.folded.is_empty() {
        return Vec::new();
    }
    let mut found = collect(glossary, |folded| query.compare(folded));
    if found.iter().any(|m| m.how == How::Exact) {
        found.retain(|m| m.how <= How::Words);
    }
    if found.is_empty() {
        found = collect(glossary, |folded| Some((How::Similar, query.similarity(folded)?)));
    }
    found.sort_by(|a, b| {
        a.how
            .cmp(&b.how)
            .then_with(|| b.score.total_cmp(&a.score))
            .then_with(|| a.concept.id.cmp(&b.concept.id))
    });
    found
}

/// The best match of each concept.
fn collect<'g>(glossary: &'g Glossary, compare: impl Fn(&str) -> Option<(How, f64)> + Sync) -> Vec<Match<'g>> {
    let best = |concept: &'g Concept| {
        names(concept)
            .filter_map(|name| {
                let (how, score) = compare(&fold(name))?;
                Some(Match {
                    concept,
                    name,
                    how,
                    score,
                })
            })
            // Of equal ones, the first.
            .min_by(|a, b| a.how.cmp(&b.how).then_with(|| b.score.total_cmp(&a.score)))
    };
    glossary.concepts().par_iter().filter_map(best).collect()
}

/// Every name of a concept, its acronym and its id.
pub(super) fn names(concept: &Concept) -> impl Iterator<Item = &str> {
    let named = concept.zh.iter().chain(&concept.en).map(|n| &*n.text);
    named.chain(concept.acronym.as_deref()).chain([&*concept.id])
}

/// A query, folded once.
pub(super) struct Query {
    folded: String,
    chars: Vec<char>,
    words: Vec<String>,
    /// The letters, if these could be pinyin.
    letters: Option<Vec<u8>>,
}

impl Query {
    pub(super) fn new(query: &str) -> Self {
        let folded = fold(query);
        let letters = pinyin::fold(query).replace([' ', '\''], "");
        let is_pinyin = letters.len() > 1 && letters.bytes().all(|b| b.is_ascii_alphanumeric());
        Self {
            chars: folded.chars().collect(),
            words: folded.split(' ').map(str::to_owned).collect(),
            letters: is_pinyin.then(|| letters.into_bytes()),
            folded,
        }
    }

    /// How the folded name holds the query, if it does.
    pub(super) fn compare(&self, folded: &str) -> Option<(How, f64)> {
        let share = || self.folded.len() as f64 / folded.len() as f64;
        if folded == self.folded {
            return Some((How::Exact, 1.0));
        }
        if let Some(at) = folded.find(&self.folded) {
            let how = if at == 0 { How::Beginning } else { How::Part };
            return Some((how, share()));
        }
        if self.words.len() > 1
            && self
                .words
                .iter()
                .all(|w| folded.split(' ').any(|n| n.starts_with(w.as_str())))
        {
            return Some((How::Words, share()));
        }
        self.compare_pinyin(folded)
    }

    fn compare_pinyin(&self, folded: &str) -> Option<(How, f64)> {
        let letters = self.letters.as_deref()?;
        if !folded.contains(is_han) {
            return None;
        }
        let name: Vec<char> = folded.chars().filter(|c| c.is_alphanumeric()).collect();
        let share = |read: usize| read as f64 / name.len() as f64;
        if let Some(read) = spells(&name, letters, false) {
            return Some((How::Pinyin, share(read)));
        }
        if let Some(read) = spells(&name, letters, true) {
            return Some((How::Initials, share(read)));
        }
        let later = (1..name.len()).find_map(|from| spells(&name[from..], letters, false))?;
        Some((How::PinyinPart, share(later)))
    }

    /// How similar the folded name is, if it is.
    pub(super) fn similarity(&self, folded: &str) -> Option<f64> {
        self.equal_share(folded).or_else(|| self.similar_words(folded))
    }

    /// The share of equal characters.
    fn equal_share(&self, folded: &str) -> Option<f64> {
        let length = folded.chars().count();
        let (short, long) = (length.min(self.chars.len()), length.max(self.chars.len()));
        if short < 2 || (short as f64) < SIMILAR * long as f64 {
            return None;
        }
        let score = strsim::normalized_damerau_levenshtein(folded, &self.folded);
        (score >= SIMILAR).then_some(score)
    }

    /// The share of the name's words that the words of the query are nearly.
    fn similar_words(&self, folded: &str) -> Option<f64> {
        if self.words.len() < 2 {
            return None;
        }
        let words: Vec<&str> = folded.split(' ').collect();
        let is_near = |query: &String| {
            words
                .iter()
                .any(|w| strsim::normalized_damerau_levenshtein(query, w) >= SIMILAR)
        };
        let is_similar = self.words.len() <= words.len() && self.words.iter().all(is_near);
        is_similar.then(|| self.words.len() as f64 / words.len() as f64)
    }
}

/// How many of the first characters of `name` the letters spell, in some reading of each; `None` if they spell none or end
/// elsewhere. The last syllable may be incomplete. With `initials`, each character has only its first letter.
fn spells(name: &[char], letters: &[u8], initials: bool) -> Option<usize> {
    // The places in `letters` that the characters so far may end at.
    let mut ends = vec![0];
    for (i, &c) in name.iter().enumerate() {
        let readings = if is_han(c) {
            pinyin::readings(c)
        } else {
            [c.to_string()].into()
        };
        let mut next: Vec<usize> = Vec::new();
        for &at in &ends {
            let rest = &letters[at..];
            for reading in readings.iter().map(String::as_bytes) {
                let reading = if initials { &reading[..1] } else { reading };
                if reading.starts_with(rest) {
                    return Some(i + 1);
                }
                if rest.starts_with(reading) && !next.contains(&(at + reading.len())) {
                    next.push(at + reading.len());
                }
            }
        }
        if next.is_empty() {
            return None;
        }
        ends = next;
    }
    None
}

/// A name for comparison: half-width, in small letters, without diacritics, quotation and title marks; a space for hyphens
/// and runs of spaces.
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut add = |c: char| match c {
        '“' | '”' | '"' | '《' | '》' | '「' | '」' | '·' | '.' | '’' | '\'' => {}
        '-' | '‐' | '‑' | '–' | '_' | ' ' => {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
        c => out.extend(c.to_lowercase()),
    };
    if name.is_ascii() {
        name.chars().for_each(&mut add);
    } else {
        let decomposed = name.chars().map(halfwidth).nfkd();
        decomposed.filter(|&c| !is_combining_mark(c)).for_each(&mut add);
    }
    out.truncate(out.trim_end().len());
    out
}

/// The syllables of a Chinese name, folded, and its other words in small letters. Of the readings of a character, the one that the
/// English name has at its place is taken (重庆, “Chongqing”), or else the commonest.
pub fn spelling(zh: &str, english: &str) -> Vec<String> {
    let english = pinyin::fold(english).replace(' ', "");
    // What of the English is not spelt yet.
    let mut rest = Some(&*english);
    let mut words: Vec<String> = Vec::new();
    let mut is_word = false;
    for c in fold(zh).chars() {
        if !is_han(c) {
            match words.last_mut().filter(|_| is_word) {
                Some(word) if c.is_alphanumeric() => word.push(c),
                _ if c.is_alphanumeric() => words.push(c.to_string()),
                _ => {}
            }
            is_word = c.is_alphanumeric();
            continue;
        }
        is_word = false;
        let readings = pinyin::readings(c);
        let spelt = rest.and_then(|rest| readings.iter().find(|r| rest.starts_with(r.as_str())));
        rest = rest.zip(spelt).map(|(rest, spelt)| &rest[spelt.len()..]);
        words.extend(spelt.or_else(|| readings.first()).cloned());
    }
    words
}

/// The concept with this id, or else the only one that has exactly this name.
///
/// # Errors
/// The ids of the concepts with that name, if there are several; of the nearest ones, if there is none.
pub fn find_one<'g>(glossary: &'g Glossary, wanted: &str) -> Result<&'g Concept, Vec<&'g str>> {
    if let Some(concept) = glossary.concepts().iter().find(|c| c.id == wanted) {
        return Ok(concept);
    }
    let found = search(glossary, wanted);
    let exact: Vec<&Match<'_>> = found.iter().filter(|m| m.how == How::Exact).collect();
    match exact.as_slice() {
        [one] => Ok(one.concept),
        [] => Err(nearest_ids(glossary, &found, wanted)),
        several => Err(several.iter().map(|m| &*m.concept.id).collect()),
    }
}

/// At most three ids.
fn nearest_ids<'g>(glossary: &'g Glossary, found: &[Match<'g>], wanted: &str) -> Vec<&'g str> {
    if !found.is_empty() {
        return found.iter().take(3).map(|m| &*m.concept.id).collect();
    }
    let ids = glossary.concepts().iter().map(|c| &*c.id);
    let mut scored: Vec<(f64, &str)> = ids
        .map(|id| (strsim::normalized_damerau_levenshtein(id, wanted), id))
        .filter(|(score, _)| *score >= SIMILAR)
        .collect();
    scored.sort_by_key(|(score, _)| Reverse((score * 1000.0) as u32));
    scored.into_iter().take(3).map(|(_, id)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::{Kind, Name, Status};

    fn glossary() -> Glossary {
        let concept = |id: &str, zh: &[&str], en: &[&str], acronym: Option<&str>| {
            let names = |names: &[&str]| names.iter().map(|&n| Name::new(n, Status::Preferred)).collect();
            let mut concept = Concept::new(id, Kind::Institution);
            (concept.zh, concept.en) = (names(zh), names(en));
            concept.acronym = acronym.map(|a| a.to_owned().into());
            concept
        };
        Glossary::new(vec![
            concept(
                "cas",
                &["中国科学院", "中科院"],
                &["Chinese Academy of Sciences"],
                Some("CAS"),
            ),
            concept("cae", &["中国工程院"], &["Chinese Academy of Engineering"], Some("CAE")),
            concept("changan", &["长安"], &["Chang’an"], None),
            concept("fendouzhe", &["“奋斗者”号"], &["Fendouzhe"], None),
            concept("lula", &["卢拉"], &["Luiz Inácio Lula da Silva"], None),
        ])
    }

    fn found(query: &str) -> Vec<(String, How)> {
        let glossary = glossary();
        search(&glossary, query)
            .iter()
            .map(|m| (m.concept.id.to_string(), m.how))
            .collect()
    }

    fn of(pairs: &[(&str, How)]) -> Vec<(String, How)> {
        pairs.iter().map(|&(id, how)| (id.to_owned(), how)).collect()
    }

    #[test]
    fn names_are_found_in_both_languages() {
        assert_eq!(found("中科院"), of(&[("cas", How::Exact)]));
        assert_eq!(found("科学院"), of(&[("cas", How::Part)]));
        assert_eq!(found("chinese academy of sciences"), of(&[("cas", How::Exact)]));
        assert_eq!(
            found("Chinese Academy"),
            of(&[("cas", How::Beginning), ("cae", How::Beginning)])
        );
        assert_eq!(found("engineering academy"), of(&[("cae", How::Words)]));
        assert_eq!(found("奋斗者号"), of(&[("fendouzhe", How::Exact)]));
        assert_eq!(found("Inacio"), of(&[("lula", How::Part)]));
        assert_eq!(found(" "), []);
    }

    #[test]
    fn acronyms_are_found_alone() {
        // 长安市 would be “cas” as well.
        assert_eq!(found("cas"), of(&[("cas", How::Exact)]));
        assert_eq!(found("ＣＡＥ"), of(&[("cae", How::Exact)]));
    }

    #[test]
    fn pinyin_and_its_initials_are_found_in_every_reading() {
        assert_eq!(found("zhongguokexueyuan"), of(&[("cas", How::Pinyin)]));
        assert_eq!(found("Zhongguo gongcheng yu"), of(&[("cae", How::Pinyin)]));
        assert_eq!(found("zgkxy"), of(&[("cas", How::Initials)]));
        assert_eq!(found("zky"), of(&[("cas", How::Initials)]));
        assert_eq!(found("zhang'an"), of(&[("changan", How::Pinyin)]));
        assert_eq!(found("kexueyuan"), of(&[("cas", How::PinyinPart)]));
    }

    #[test]
    fn a_slip_is_found_where_nothing_else_is() {
        assert_eq!(found("中国科学园"), of(&[("cas", How::Similar)]));
        assert_eq!(found("Chinese Academy of Scienses")[0].0, "cas");
        assert_eq!(found("Academi of Scences"), of(&[("cas", How::Similar)]));
        assert_eq!(found("xyzzy"), []);
    }

    #[test]
    fn names_are_spelt_as_the_english_reads_them() {
        let spelt = |zh, en| spelling(zh, en).join(" ");
        assert_eq!(spelt("重庆", "Chongqing"), "chong qing");
        assert_eq!(spelt("重庆", "the city"), "zhong qing");
        assert_eq!(spelt("“天眼”FAST 2期", ""), "tian yan fast 2 qi");
    }

    #[test]
    fn one_concept_is_found_by_id_or_whole_name() {
        let glossary = glossary();
        let id = |wanted| find_one(&glossary, wanted).map(|c| c.id.to_string());
        assert_eq!(id("cas"), Ok("cas".to_owned()));
        assert_eq!(id("中国工程院"), Ok("cae".to_owned()));
        assert_eq!(id("中国"), Err(vec!["cae", "cas"]));
        assert_eq!(id("fendouzh"), Err(vec!["fendouzhe"]));
    }
}
