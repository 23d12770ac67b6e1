//! What a translation shows about a change of its source.

use std::collections::HashSet;

use super::quiet;
use super::tokens::{Kind, Token, path_of_link};
use super::version::{Hunk, Version};
use crate::align::Aligner;
use crate::language::quantity::{self, Quantity, equal};
use crate::text::script::is_han;
use crate::text::{Side, Sides, Span};

/// The translation of a source that changed.
#[derive(Debug, Clone, Copy)]
pub struct Translation<'a> {
    text: &'a str,
    aligner: &'a Aligner,
}

impl<'a> Translation<'a> {
    /// The translation `text`; `aligner` finds the words in it that translate those of its source.
    pub const fn new(text: &'a str, aligner: &'a Aligner) -> Self {
        Self { text, aligner }
    }

    /// The words of a source in the language of `side` that words of the translation may translate.
    fn links(&self, source: &str, side: Side) -> Vec<Link> {
        let texts = Sides::with(side, source, self.text);
        let links = self.aligner.link_words(texts.zh, texts.en).into_iter();
        links
            .map(|link| {
                let (source, target) = Sides::new(link.zh, link.en).into_pair(side);
                Link { source, target }
            })
            .collect()
    }
}

/// A word of the source, and one of the translation that may translate it.
struct Link {
    source: Span,
    target: Span,
}

/// What the translation shows about a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It has what is new and nothing that is gone.
    UpToDate,
    /// It has what is gone.
    Outdated,
    /// It lacks what is new.
    Lacking,
    /// Nothing: only words changed.
    Unknown,
    /// Nothing that it should follow: a link in the source leads elsewhere, or the source says the same in other words.
    Irrelevant,
}

/// What a translation keeps as it is.
struct Trace {
    /// Whether the translation has it.
    is_there: bool,
    is_acronym: bool,
    is_apposed: bool,
}

/// How many words of content a change concerns, of those that the other version of the source has nowhere.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    /// Words that are gone.
    pub gone: usize,
    /// Of these, those that the translation still renders.
    pub lost: usize,
    /// Words that are new.
    pub new: usize,
    /// Of these, those that the translation has no words for.
    pub unmet: usize,
    /// Whether a name is among those that are lost, and whether one is among those that are unmet.
    pub names: [bool; 2],
    /// How many negations there were, and are.
    pub negations: [usize; 2],
}

/// From so many new words on that the translation has no words for, more than went for them, something was added.
const ADDED: usize = 2;

/// The translation, to look changes up in.
pub struct Evidence<'a> {
    side: Side,
    versions: &'a [Version<'a>; 2],
    /// In lower case.
    translation: String,
    /// The words of each version that the translation has words for.
    links: [Vec<Link>; 2],
    quantities: Vec<Quantity>,
}

impl<'a> Evidence<'a> {
    /// What `translation` shows about changes between two versions of its source in the language of `side`.
    pub fn new(side: Side, versions: &'a [Version<'a>; 2], translation: Translation<'_>) -> Self {
        Self {
            side,
            versions,
            translation: translation.text.to_lowercase(),
            links: versions.each_ref().map(|v| translation.links(v.passage.text, side)),
            quantities: quantity::parse(translation.text, side.other()),
        }
    }

    /// What it shows about one of them.
    pub fn judge(&self, hunk: &Hunk) -> Verdict {
        if let Some(slips) = self.slips(hunk) {
            let is_there = slips.iter().any(|slip| self.translation.contains(&slip.to_lowercase()));
            return if is_there {
                Verdict::Outdated
            } else {
                Verdict::Irrelevant
            };
        }
        let [gone, new] = [0, 1].map(|i| self.traces(i, hunk));
        if gone.iter().any(|trace| trace.is_there) {
            return Verdict::Outdated;
        }
        let tokens = || (0..2).flat_map(|i| self.tokens(i, hunk));
        if tokens().all(|t| t.kind == Kind::Link) {
            return Verdict::Irrelevant;
        }
        let may_lack = |trace: &Trace| trace.is_acronym || trace.is_apposed && gone.is_empty();
        if new.iter().any(|trace| !trace.is_there && !may_lack(trace)) {
            return Verdict::Lacking;
        }
        match &new[..] {
            // A translation need not have a new acronym, nor a name beside the noun that it renders.
            [_, ..] if new.iter().any(|trace| !trace.is_there) => Verdict::Unknown,
            // That an acronym is there may have other reasons.
            [_, ..] if new.iter().any(|trace| !trace.is_acronym) => Verdict::UpToDate,
            [_, ..] => Verdict::Irrelevant,
            [] if !gone.is_empty() || self.is_reworded(hunk) => Verdict::Irrelevant,
            [] => Verdict::Unknown,
        }
    }

    fn tokens(&self, version: usize, hunk: &Hunk) -> &[Token] {
        &self.versions[version].tokens[hunk.0[version].clone()]
    }

    /// For everything in a version's part of the hunk that a translation keeps as it is, and the other version does not have:
    /// whether the translation has it.
    fn traces(&self, version: usize, hunk: &Hunk) -> Vec<Trace> {
        let (range, other_range) = (&hunk.0[version], &hunk.0[1 - version]);
        let (own, other) = (&self.versions[version], &self.versions[1 - version]);
        // “three” may be a mere word, but not where “four” is in its place.
        let is_replaced = other.quantities_in(other_range).next().is_some();
        let quantities = own.quantities_in(range).filter(|q| !q.weak || is_replaced && !q.digits);
        let quantities: Vec<&Quantity> = quantities.collect();
        let is_new = |q: &&&Quantity| !other.quantities.iter().any(|o| o.value == q.value && o.unit == q.unit);
        let quantity = |q: &&Quantity| Trace {
            is_there: self.has_quantity(q),
            is_acronym: false,
            is_apposed: false,
        };
        let mut traces: Vec<Trace> = quantities.iter().filter(is_new).map(quantity).collect();
        for (at, token) in range.clone().zip(&own.tokens[range.clone()]) {
            let is_counted = quantities.iter().any(|q| q.span.overlaps(token.span));
            let is_kept = token.kind != Kind::Word || token.key.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            if is_kept && !is_counted && !other.has(token) && !self.is_in_chinese_now(version, token, hunk) {
                let is_there = self.contains(&token.key.to_lowercase()) || self.leads_to(token, other);
                // A translation need not have a new link, or has it in its own language.
                if token.kind != Kind::Link || is_there {
                    traces.push(Trace {
                        is_there,
                        is_acronym: token.kind == Kind::Acronym,
                        is_apposed: own.is_apposed(at),
                    });
                }
            }
        }
        traces
    }

    /// Whether a Chinese source had an English word and has Chinese in its place: “Gateway” became 网关. The translation, which is in
    /// English, has the word then and now.
    fn is_in_chinese_now(&self, version: usize, token: &Token, hunk: &Hunk) -> bool {
        let is_han_word = |t: &Token| self.written(1, t).starts_with(is_han);
        version == 0
            && self.side == Side::Zh
            && self.written(0, token).bytes().all(|b| b.is_ascii_alphabetic())
            && token.kind != Kind::Acronym
            && self.tokens(1, hunk).iter().any(is_han_word)
    }

    /// Whether the translation has a name or code, in lower case, and not only as a part of a longer one. The “v” of a version may be left out.
    fn contains(&self, key: &str) -> bool {
        let key = match key.strip_prefix('v') {
            Some(version) if version.starts_with(|c: char| c.is_ascii_digit()) => version,
            _ => key,
        };
        let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        let begins = is_part(key.chars().next());
        let ends = is_part(key.chars().next_back());
        let mut found = self.translation.match_indices(key);
        found.any(|(at, _)| {
            let before = self.translation[..at].chars().next_back().filter(|c| *c != 'v');
            let after = self.translation[at + key.len()..].chars().next().filter(|c| *c != 's');
            !(begins && is_part(before) || ends && is_part(after))
        })
    }

    /// Whether a link of the translation leads to the same page as this one, and none of the other version does.
    fn leads_to(&self, link: &Token, other: &Version<'_>) -> bool {
        let Some(path) = path_of_link(&link.key).filter(|_| link.kind == Kind::Link) else {
            return false;
        };
        let mut others = other.tokens.iter().filter_map(|t| path_of_link(&t.key));
        let is_end = |rest: &str| {
            !rest
                .trim_start_matches('/')
                .starts_with(|c: char| c.is_alphanumeric() || "-_.".contains(c))
        };
        let path = path.to_lowercase();
        let mut found = self.translation.match_indices(&path);
        others.all(|o| o.to_lowercase() != path)
            && found
                .any(|(at, _)| self.translation[..at].ends_with('/') && is_end(&self.translation[at + path.len()..]))
    }

    /// The misspelt words, if spelling is all that changed.
    fn slips(&self, hunk: &Hunk) -> Option<Vec<&str>> {
        let [before, after] = [0, 1].map(|i| self.tokens(i, hunk));
        let words = before.iter().zip(after).filter(|(old, new)| old.key != new.key);
        let words = words.map(|(old, new)| [(0, old), (1, new)].map(|(i, t)| t.span.of(self.versions[i].passage.text)));
        let is_same_length = before.len() == after.len();
        let slips = words.map(|[old, new]| quiet::is_slip(old, new).then_some(old));
        is_same_length.then(|| slips.collect::<Option<Vec<&str>>>()).flatten()
    }

    /// Whether the source says the same in other words, as far as the translation shows: “indicated” became “marked”, and it says
    /// 标记. It has a word for each new one, or what it has for those that went also translates what is there now.
    fn is_reworded(&self, hunk: &Hunk) -> bool {
        let all = [0, 1].map(|i| {
            self.tokens(i, hunk)
                .iter()
                .map(|t| self.written(i, t))
                .collect::<Vec<_>>()
        });
        if quiet::turning(&all) {
            return false;
        }
        // A name is compared as a whole; here, what differs in it counts. Code that the other version has, too, is in another place.
        let words = [0, 1].map(|i| {
            self.content(i, hunk, |t| {
                if t.kind == Kind::Word {
                    self.tokens(1 - i, hunk)
                } else {
                    &self.versions[1 - i].tokens
                }
            })
        });
        let [gone, new] = &words;
        let unmet = new.iter().filter(|word| !self.is_met(1, word)).count();
        if unmet == 0 && (!new.is_empty() || gone.is_empty()) {
            return true;
        }
        !gone.is_empty() && unmet < gone.len() + ADDED && gone.iter().all(|word| self.is_still_said(word))
    }

    /// How many words a change concerns.
    pub fn count(&self, hunk: &Hunk) -> Counts {
        let [gone, new] = [0, 1].map(|i| self.content(i, hunk, |_| &self.versions[1 - i].tokens));
        let lost = gone
            .iter()
            .filter(|word| self.is_met(0, word) && !self.is_still_said(word));
        let unmet = new.iter().filter(|word| !self.is_met(1, word));
        Counts {
            gone: gone.len(),
            lost: lost.clone().count(),
            new: new.len(),
            unmet: unmet.clone().count(),
            names: [
                lost.clone().any(|t| self.is_name(0, t)),
                unmet.clone().any(|t| self.is_name(1, t)),
            ],
            negations: [0, 1].map(|i| {
                let words = self.tokens(i, hunk).iter().map(|t| self.written(i, t));
                words.filter(|word| quiet::is_negation(word)).count()
            }),
        }
    }

    /// Whether the translation has words for nearly all that is new, and everything in it that it would keep as it is.
    pub fn says(&self, hunk: &Hunk) -> bool {
        self.share_said(hunk) >= 0.75 && self.traces(1, hunk).iter().all(|trace| trace.is_there)
    }

    /// The share of the words of content that are new and that the translation has words for; 0 if there are none.
    pub fn share_said(&self, hunk: &Hunk) -> f64 {
        let new = self.content(1, hunk, |_| &[]);
        let is_there = |word: &&&Token| {
            self.is_met(1, word) || self.translation.contains(&word.key.to_lowercase()) || word.kind == Kind::Link
        };
        let met = new.iter().filter(is_there).count();
        met as f64 / new.len().max(1) as f64
    }

    /// The words of content in a version's part of the hunk that are not among `other`.
    fn content<'s>(&'s self, version: usize, hunk: &Hunk, other: impl Fn(&Token) -> &'s [Token]) -> Vec<&'s Token> {
        let text = self.versions[version].passage.text;
        let is_content = |t: &&Token| {
            let word = self.written(version, t);
            !quiet::is_small(word)
                && !quiet::is_pointer(text, t.span)
                && !quiet::is_turning(word)
                && other(t).iter().all(|o| o.key != t.key)
        };
        self.tokens(version, hunk).iter().filter(is_content).collect()
    }

    fn written(&self, version: usize, token: &Token) -> &'a str {
        token.span.of(self.versions[version].passage.text)
    }

    /// The words of the translation that may translate a word of a version.
    fn translations(&self, version: usize, word: &Token) -> impl Iterator<Item = Span> {
        let span = word.span;
        let links = self.links[version]
            .iter()
            .filter(move |link| link.source.overlaps(span));
        links.map(|link| link.target)
    }

    /// Whether the translation has words for a word of a version, or the word itself.
    fn is_met(&self, version: usize, word: &Token) -> bool {
        let written = self.written(version, word);
        let is_kept = written.len() > 1 && written.contains(|c: char| c.is_ascii_digit() || c.is_uppercase());
        self.translations(version, word).next().is_some()
            || is_kept && self.translation.contains(&written.to_lowercase())
    }

    /// The share of the words of content that are in both versions, of those in the one that has fewer.
    pub fn share_kept(&self) -> f64 {
        let all = [0, 1].map(|i| {
            let words = self.versions[i]
                .tokens
                .iter()
                .filter(|t| !quiet::is_small(self.written(i, t)));
            words.map(|t| &*t.key).collect::<HashSet<&str>>()
        });
        let fewer = all[0].len().min(all[1].len()).max(1);
        all[0].intersection(&all[1]).count() as f64 / fewer as f64
    }

    /// How many tokens of the source make a word, about.
    pub const fn tokens_of_a_word(&self) -> usize {
        match self.side {
            Side::Zh => 2,
            Side::En => 1,
        }
    }

    /// The share of the words of the translation that may render the source as it was and also may render it as it is; 1 if there
    /// are none.
    pub fn share_still_rendered(&self) -> f64 {
        let [was, is] = [0, 1].map(|i| {
            let starts = self.links[i].iter().map(|link| link.target.start);
            starts.collect::<HashSet<usize>>()
        });
        if was.is_empty() {
            return 1.0;
        }
        was.intersection(&is).count() as f64 / was.len() as f64
    }

    /// Whether the translation rather renders the source as it is: it has words for what is new, and hardly any for what is gone.
    pub fn is_followed(&self) -> bool {
        const LEAST: usize = 2;
        let alone = |i: usize| {
            let others = &self.links[1 - i];
            let targets = self.links[i].iter().map(|link| link.target);
            let alone = targets.filter(|target| !others.iter().any(|other| other.target.overlaps(*target)));
            alone.map(|target| target.start).collect::<HashSet<_>>().len()
        };
        let [lost, won] = [0, 1].map(alone);
        won >= LEAST && won > lost
    }

    /// Whether what the translation has for a word that went also translates what is there now.
    fn is_still_said(&self, word: &Token) -> bool {
        let mut targets = self.translations(0, word);
        targets.any(|target| self.links[1].iter().any(|link| link.target.overlaps(target)))
    }

    /// Whether a word is a name: written with a capital within a sentence that is not written so as a whole, and in no dictionary.
    fn is_name(&self, version: usize, word: &Token) -> bool {
        let is_plain = |t: &Token| {
            let written = self.written(version, t);
            t.kind == Kind::Word && written.starts_with(char::is_lowercase) && !quiet::is_small(written)
        };
        if !self.versions[version].tokens.iter().any(is_plain) {
            return false;
        }
        let before = self.versions[version].passage.text[..word.span.start].trim_end();
        let is_first = before.is_empty() || before.ends_with(['.', '!', '?', ':', '*', '\n']);
        let written = self.written(version, word);
        // “Apache” in “Apache APISIX” adds nothing where the translation says “APISIX”.
        let after = &self.versions[version].passage.text[word.span.end..];
        let next = after
            .strip_prefix(' ')
            .unwrap_or(after)
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or("");
        let is_part =
            next.len() > 1 && next.starts_with(char::is_uppercase) && self.translation.contains(&next.to_lowercase());
        word.kind == Kind::Word
            && !is_part
            && !is_first
            && written.starts_with(char::is_uppercase)
            && !quiet::is_known(&written.to_lowercase())
    }

    fn has_quantity(&self, quantity: &Quantity) -> bool {
        self.quantities.iter().any(|other| match self.side {
            Side::Zh => equal(quantity, other).is_some(),
            Side::En => equal(other, quantity).is_some(),
        })
    }
}
