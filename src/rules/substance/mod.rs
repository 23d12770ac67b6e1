//! What changed in substance between two versions of a passage: figures, names, code and words, but no commas, spelling or
//! markup.
//!
//! The versions are compared word by word (Myers' algorithm). A change of a figure, a name of a program or a link is looked up
//! in the translation, which has them as they are: if it has the new one and not the old one, somebody saw to it already.

mod evidence;
mod quiet;
mod tokens;

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

pub use self::evidence::Translation;
use self::evidence::{Counts, Evidence, Verdict};
use self::tokens::{Kind, Token, tokens};
use super::quote;
use crate::language::quantity::{self, Quantity};
use crate::text::{Side, Span};

/// A text, and the parts of it that are no prose.
#[derive(Debug, Clone, Copy)]
pub struct Passage<'a> {
    /// The text.
    pub text: &'a str,
    /// The parts, in order.
    pub masked: &'a [Span],
}

/// A change of some words in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The words before, in quotation marks; empty if there were none.
    pub before: String,
    /// The words after, in quotation marks; empty if there are none.
    pub after: String,
    /// How much it matters.
    pub weight: Weight,
}

/// How much a change of a source matters to its translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// A few words were replaced, added or removed: the source may say the same in other words.
    Wording,
    /// Words were added or removed, a name is another one, or a negation came or went.
    Substance,
    /// The translation still has a figure, name or code that the source had, or lacks what it has now.
    Shown,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&*self.before, &*self.after) {
            ("", after) => write!(f, "{after} added"),
            (before, "") => write!(f, "{before} removed"),
            (before, after) => write!(f, "{before} → {after}"),
        }
    }
}

/// What changed in substance from one version of a source to another, in the language of `side`; nothing where the
/// `translation` shows that somebody saw to it.
pub fn differences(
    side: Side,
    before: Passage<'_>,
    after: Passage<'_>,
    translation: Translation<'_>,
) -> Vec<Difference> {
    let versions = [Version::new(before, side), Version::new(after, side)];
    let hunks = hunks(&versions);
    if hunks.is_empty() {
        return Vec::new();
    }
    let evidence = Evidence::new(side, &versions, translation);
    let judged: Vec<(Hunk, Verdict)> = hunks
        .into_iter()
        .map(|hunk| (hunk.clone(), evidence.judge(&hunk)))
        .collect();
    let has = |verdict| judged.iter().any(|(_, v)| *v == verdict);
    if has(Verdict::UpToDate) && !has(Verdict::Outdated) && !has(Verdict::Lacking) {
        return Vec::new();
    }
    let is_followed = evidence.is_followed();
    let open = judged
        .into_iter()
        .filter(|(_, verdict)| matches!(verdict, Verdict::Outdated | Verdict::Lacking | Verdict::Unknown));
    let open: Vec<(Hunk, Verdict, Counts)> = open
        .map(|(hunk, verdict)| {
            let counts = evidence.count(&hunk);
            (hunk, verdict, counts)
        })
        .collect();
    let kept = evidence.share_kept();
    let sum = |count: fn(&Counts) -> usize| open.iter().map(|(_, _, counts)| count(counts)).sum::<usize>();
    let (lost, unmet) = (sum(|c| c.lost), sum(|c| c.unmet));
    let is_rewritten = lost >= MANY_LOST || kept < ANOTHER && lost + unmet >= LEAST_OTHER;
    let difference = |(hunk, verdict, counts): &(Hunk, Verdict, Counts)| {
        let [before, after] = [0, 1].map(|i| {
            let text = versions[i].shown(&hunk.0[i]).of(versions[i].passage.text);
            if text.is_empty() {
                String::new()
            } else {
                quote::beginning(text)
            }
        });
        let weight = match verdict {
            Verdict::Outdated => Weight::Shown,
            // Who puts a sentence in other words names things in other places.
            Verdict::Lacking if kept >= SAME => Weight::Shown,
            _ if is_followed => Weight::Wording,
            _ if is_rewritten || kept >= SAME && counts.is_substance() => Weight::Substance,
            _ => Weight::Wording,
        };
        Difference { before, after, weight }
    };
    open.iter().map(difference).collect()
}

/// From so many words on that are gone and that the translation renders, it says something else than the source.
const MANY_LOST: usize = 4;

/// Versions that share less of their words are different texts, if at least [`LEAST_OTHER`] words came or went.
const ANOTHER: f64 = 0.2;

/// See [`ANOTHER`].
const LEAST_OTHER: usize = 3;

/// From this share of the words on, a text was edited here and there; below it, what words are new says little, since the whole was
/// put in other words.
const SAME: f64 = 0.6;

impl Counts {
    /// Whether more than wording changed, in a text that is the same for the most part: words were added or removed, not replaced,
    /// or a name is another one, or a negation came or went.
    const fn is_substance(&self) -> bool {
        const LEAST: usize = 2;
        self.has_name
            || self.is_negated && (self.gone == 0 || self.new > 0 || self.lost > 0)
            || self.gone == 0 && self.unmet >= LEAST
            || self.new == 0 && self.lost >= LEAST
    }
}

/// Whether a translation says what a passage of the source in the language of `side` says, as far as its words show: it has words
/// for nearly all of them.
pub fn is_said(side: Side, passage: Passage<'_>, translation: Translation<'_>) -> bool {
    let nothing = Passage { text: "", masked: &[] };
    let versions = [Version::new(nothing, side), Version::new(passage, side)];
    let whole = Hunk([0..0, 0..versions[1].tokens.len()]);
    Evidence::new(side, &versions, translation).says(&whole)
}

/// A version of the source.
struct Version<'a> {
    passage: Passage<'a>,
    tokens: Vec<Token>,
    quantities: Vec<Quantity>,
}

/// Whether what begins at this byte goes on with a word, as the 8 of “K8s” and the 64 of “x86_64” do.
fn is_inside_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    before.is_some_and(|c| c.is_ascii_alphabetic() || c == '_') && text[at..].starts_with(|c: char| c.is_ascii_digit())
}

/// The tokens of both versions that differ, in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hunk([Range<usize>; 2]);

impl<'a> Version<'a> {
    fn new(passage: Passage<'a>, side: Side) -> Self {
        let tokens = tokens(passage, side);
        // Of a version such as `v1.0.0`, the figures are no quantities.
        let is_inside_name = |span: Span| {
            let mut names = tokens
                .iter()
                .filter(|t| t.kind == Kind::Verbatim && t.span.overlaps(span));
            names.any(|t| t.key.starts_with(|c: char| !c.is_ascii_digit()))
        };
        let quantities = quantity::parse(passage.text, side).into_iter();
        let quantities = quantities.filter(|q| !is_inside_word(passage.text, q.span.start) && !is_inside_name(q.span));
        Self {
            passage,
            quantities: quantities.collect(),
            tokens,
        }
    }

    /// Whether the version has what a token of the other one says: as code or as a word, in letters or in full.
    fn has(&self, token: &Token) -> bool {
        if self.tokens.iter().any(|t| t.key == token.key) {
            return true;
        }
        if token.kind == Kind::Link || token.key.is_empty() {
            return false;
        }
        let (text, key) = (self.passage.text.to_lowercase(), token.key.to_lowercase());
        let key = key.trim_matches(|c: char| !c.is_alphanumeric());
        let key = key.strip_suffix('s').filter(|k| k.len() > 2).unwrap_or(key);
        let is_of_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let mut found = text.match_indices(key);
        let is_written = !key.is_empty()
            && found.any(|(at, _)| {
                let rest = &text[at + key.len()..];
                !text[..at].ends_with(is_of_word) && !rest.strip_prefix('s').unwrap_or(rest).starts_with(is_of_word)
            });
        is_written || token.kind == Kind::Acronym && self.has_in_full(key)
    }

    /// Whether words in a row begin with the letters of an acronym, which are small.
    fn has_in_full(&self, acronym: &str) -> bool {
        let initials = self.tokens.iter().map(|t| t.key.chars().next().unwrap_or(' '));
        initials.collect::<String>().to_lowercase().contains(acronym)
    }

    /// The bytes of some tokens.
    fn span(&self, range: &Range<usize>) -> Span {
        match &self.tokens[range.clone()] {
            [] => Span::default(),
            [first, .., last] => first.span.cover(last.span),
            [one] => one.span,
        }
    }

    /// The bytes of some tokens as messages quote them: without links at their ends, unless there is nothing else.
    fn shown(&self, range: &Range<usize>) -> Span {
        let is_text = |i: &usize| self.tokens[*i].kind != Kind::Link;
        match (range.clone().find(is_text), range.clone().rfind(is_text)) {
            (Some(first), Some(last)) => self.span(&(first..last + 1)),
            _ => self.span(range),
        }
    }

    /// The quantities that some tokens are a part of.
    fn quantities_in(&self, range: &Range<usize>) -> impl Iterator<Item = &Quantity> {
        let span = self.span(range);
        self.quantities.iter().filter(move |q| q.span.overlaps(span))
    }

    /// Whether a quantity is partly in the token before place `at` and partly in the one after it.
    fn is_inside_quantity(&self, at: usize) -> bool {
        let (Some(before), Some(after)) = (at.checked_sub(1).and_then(|i| self.tokens.get(i)), self.tokens.get(at))
        else {
            return false;
        };
        self.quantities
            .iter()
            .any(|q| q.span.overlaps(before.span) && q.span.overlaps(after.span))
    }

    /// Whether the tokens before and after place `at` are words of one name, written with capitals.
    fn is_inside_name(&self, at: usize) -> bool {
        let is_capital = |i: usize| {
            self.tokens
                .get(i)
                .is_some_and(|t| t.kind == Kind::Word && t.span.of(self.passage.text).starts_with(char::is_uppercase))
        };
        let Some(before) = at.checked_sub(1).filter(|&i| is_capital(i) && is_capital(at)) else {
            return false;
        };
        let between = &self.passage.text[self.tokens[before].span.end..self.tokens[at].span.start];
        between.trim().is_empty()
    }
}

/// The places where the versions differ in substance.
fn hunks(versions: &[Version<'_>; 2]) -> Vec<Hunk> {
    let keys = versions
        .each_ref()
        .map(|v| v.tokens.iter().map(|t| t.key.as_str()).collect::<Vec<_>>());
    let mut hunks: Vec<Hunk> = Vec::new();
    let mut last = [0, 0];
    let ops = capture_diff_slices(Algorithm::Myers, &keys[0], &keys[1]);
    let changed = ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    let changed: Vec<Hunk> = changed.map(|op| Hunk([op.old_range(), op.new_range()])).collect();
    let moved = moved(&keys, &changed);
    for hunk in changed {
        let is_moved = |i: usize| {
            let version = &versions[i];
            version.tokens[hunk.0[i].clone()].iter().all(|t| {
                t.kind == Kind::Word && (moved.contains(&&*t.key) || quiet::is_small(t.span.of(version.passage.text)))
            })
        };
        if is_moved(0) && is_moved(1) || is_repetition(&keys, &hunk) {
            continue;
        }
        if quiet::is_quiet(
            versions.each_ref().map(|v| v.passage.text),
            [0, 1].map(|i| &versions[i].tokens[hunk.0[i].clone()]),
        ) || has_equal_quantities(versions, &hunk)
        {
            continue;
        }
        let wide = widen(versions, hunk, last);
        last = wide.0.each_ref().map(|range| range.end);
        match hunks.last_mut() {
            // A figure or a name that changed in two places.
            Some(previous) if (0..2).all(|i| previous.0[i].end >= wide.0[i].start) => {
                previous.0 = [0, 1].map(|i| previous.0[i].start..wide.0[i].end);
            }
            _ => hunks.push(wide),
        }
    }
    hunks
}

/// Whether a word only was there twice in a row, or is now: “the the node”.
fn is_repetition(keys: &[Vec<&str>; 2], hunk: &Hunk) -> bool {
    let [before, after] = &hunk.0;
    let (keys, range) = match (before.is_empty(), after.is_empty()) {
        (true, false) => (&keys[1], after),
        (false, true) => (&keys[0], before),
        _ => return false,
    };
    let doubled = &keys[range.clone()];
    keys[..range.start].ends_with(doubled) || keys[range.end..].starts_with(doubled)
}

/// The keys of words that are gone in one place and new in another, as often as they are gone: the sentence was turned round.
fn moved<'k>(keys: &[Vec<&'k str>; 2], hunks: &[Hunk]) -> HashSet<&'k str> {
    let mut counts: HashMap<&str, [usize; 2]> = HashMap::new();
    for hunk in hunks {
        for (i, range) in hunk.0.iter().enumerate() {
            keys[i][range.clone()]
                .iter()
                .for_each(|&key| counts.entry(key).or_default()[i] += 1);
        }
    }
    let moved = counts
        .into_iter()
        .filter(|(key, [gone, new])| gone == new && !quiet::is_turning(key));
    moved.map(|(key, _)| key).collect()
}

/// Whether only the spelling of quantities changed: “nine” and “9”.
fn has_equal_quantities(versions: &[Version<'_>; 2], hunk: &Hunk) -> bool {
    let [before, after] = [0, 1].map(|i| {
        let version = &versions[i];
        let all: Vec<&Quantity> = version.quantities_in(&hunk.0[i]).collect();
        let is_covered = version.tokens[hunk.0[i].clone()]
            .iter()
            .all(|t| all.iter().any(|q| q.span.overlaps(t.span)));
        (is_covered && !all.is_empty()).then(|| all.iter().map(|q| (q.value, q.unit)).collect::<Vec<_>>())
    });
    before.is_some() && before == after
}

/// The hunk with the rest of the quantities and names that it is a part of. Not beyond the tokens in `from`, up to which there
/// is another one.
fn widen(versions: &[Version<'_>; 2], hunk: Hunk, from: [usize; 2]) -> Hunk {
    let [mut before, mut after] = hunk.0;
    let is_inside = |i: usize, j: usize| {
        let [old, new] = versions;
        old.is_inside_quantity(i) || new.is_inside_quantity(j) || old.is_inside_name(i) || new.is_inside_name(j)
    };
    while before.start > from[0] && after.start > from[1] && is_inside(before.start, after.start) {
        (before.start, after.start) = (before.start - 1, after.start - 1);
    }
    let is_same = |i: usize, j: usize| {
        let key = |version: usize, at: usize| versions[version].tokens.get(at).map(|t| &t.key);
        key(0, i).is_some() && key(0, i) == key(1, j)
    };
    while is_same(before.end, after.end) && is_inside(before.end, after.end) {
        (before.end, after.end) = (before.end + 1, after.end + 1);
    }
    Hunk([before, after])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Aligner;

    fn changes(side: Side, before: &str, after: &str, translation: &str) -> Vec<String> {
        let passage = |text| Passage { text, masked: &[] };
        let aligner = Aligner::default();
        let translation = Translation::new(translation, &aligner);
        let found = differences(side, passage(before), passage(after), translation);
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn figures_and_names_are_named_whole() {
        let before = "The trial of the High Altitude Observatory runs for 9 months.";
        let after = "The trial of the Large High Altitude Observatory runs for 12 months.";
        assert_eq!(
            changes(Side::En, before, after, "高海拔观测站试运行九个月。"),
            [
                "“High Altitude Observatory” → “Large High Altitude Observatory”",
                "“9 months” → “12 months”"
            ]
        );
        assert_eq!(
            changes(
                Side::Zh,
                "试运行九个月。",
                "试运行十二个月。",
                "The trial runs for nine months."
            ),
            ["“九个月” → “十二个月”"]
        );
    }

    #[test]
    fn commas_spelling_and_small_words_are_no_substance() {
        for (before, after) in [
            ("Restart the cluster, then wait.", "Restart the cluster then wait"),
            ("You recieve a message.", "You receive a message."),
            ("Please wait for nine months.", "Wait for 9 months."),
            ("The set up of a node", "The setup of the node"),
            ("It restarts all *nodes*.", "It restarted all nodes."),
            ("Click \"Log in\" of the the node.", "Click “Log in” of the node."),
            ("In thsi console", "In this console"),
            ("2. Restart it", "3. Restart it"),
            (
                "If it fails, a node is deleted.",
                "When it fails, a node will be deleted.",
            ),
        ] {
            assert_eq!(changes(Side::En, before, after, "译文。"), [""; 0], "{before}");
        }
        for (before, after) in [
            ("重新启动集群，然后等待。", "重新启动集群然后等待"),
            ("登陆帐号。", "登录账号。"),
        ] {
            assert_eq!(changes(Side::Zh, before, after, "A translation."), [""; 0], "{before}");
        }
    }

    #[test]
    fn a_small_word_that_turns_the_meaning_round_is_substance() {
        assert_eq!(
            changes(Side::En, "You can delete it.", "You cannot delete it.", "可以删除。").len(),
            1
        );
        assert_eq!(
            changes(Side::En, "It is safe.", "It is not safe.", "很安全。"),
            ["“not” added"]
        );
        assert_eq!(
            changes(Side::Zh, "可以删除。", "不可以删除。", "It can be deleted."),
            ["“不” added"]
        );
    }

    #[test]
    fn another_order_of_words_is_no_substance_and_neither_is_a_word_for_what_the_translation_says() {
        assert_eq!(
            changes(
                Side::En,
                "Dependencies installation",
                "Install the dependencies",
                "安装依赖"
            ),
            [""; 0]
        );
        assert_eq!(
            changes(
                Side::En,
                "The mode is Economy.",
                "The mode is Economical.",
                "模式为经济。"
            ),
            [""; 0]
        );
        assert_eq!(
            changes(Side::En, "Send it to the URLs.", "Send it to the URI.", "发送到 URI。"),
            [""; 0]
        );
    }

    #[test]
    fn a_corrected_name_is_substance_where_the_translation_has_the_slip() {
        let (before, after) = ("Install Kuberentes first.", "Install Kubernetes first.");
        assert_eq!(changes(Side::En, before, after, "首先安装 Kubernetes。"), [""; 0]);
        assert_eq!(changes(Side::En, before, after, "首先安装该系统。"), [""; 0]);
        assert_eq!(changes(Side::En, before, after, "首先安装 Kuberentes。").len(), 1);
        let (before, after) = ("Ask Anderson first.", "Ask Robinson first.");
        assert_eq!(changes(Side::En, before, after, "首先询问安德森。").len(), 1);
    }

    #[test]
    fn a_translation_that_has_the_new_figure_is_up_to_date() {
        let (before, after) = ("It takes 9 months.", "It takes 12 months.");
        assert_eq!(changes(Side::En, before, after, "需要十二个月。"), [""; 0]);
        let (before, after) = ("Set max_tasks first.", "Set max_jobs at the start.");
        assert_eq!(changes(Side::En, before, after, "首先设置 max_jobs。"), [""; 0]);
        assert_eq!(changes(Side::En, before, after, "首先设置 max_tasks。").len(), 1);
    }
}
