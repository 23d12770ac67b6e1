//! A quality score from findings, after a standard of the trade.
//!
//! Findings are made by a machine: a score counts those that a person has confirmed apart from all of them.

use std::collections::{BTreeSet, HashMap};

use crate::finding::{Finding, Severity};
use crate::rules::{self, ErrorClass};
use crate::text::Side;

/// A standard of scoring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Standard {
    /// GB/T 19682-2005, Annex A: weighted errors per thousand characters of the Chinese, at most 1.5 ‰.
    Gbt19682,
    /// MQM: penalty points (major 5, minor 1) per thousand words of the English.
    Mqm,
}

impl Standard {
    /// The name that reports use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gbt19682 => "GB/T 19682-2005",
            Self::Mqm => "MQM",
        }
    }

    /// The rate that a translation may reach, in errors per thousand, where the standard sets one.
    pub const fn limit(self) -> Option<f64> {
        match self {
            Self::Gbt19682 => Some(1.5),
            Self::Mqm => None,
        }
    }

    /// What errors are counted against: GB/T 19363.1, 4.2.4.5 counts the characters of the Chinese without spaces,
    /// whichever side is the translation; MQM counts words, which only the English has.
    pub const fn length(self, lengths: Lengths) -> usize {
        match self {
            Self::Gbt19682 => lengths.zh_characters,
            Self::Mqm => lengths.en_words,
        }
    }

    /// What [`Self::length`] counts.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Gbt19682 => "characters of Chinese",
            Self::Mqm => "words of English",
        }
    }

    /// The length that errors are divided by, for a text of `length`: a short text counts as a longer one.
    pub fn counted_length(self, length: usize) -> usize {
        match self {
            Self::Gbt19682 => length.max(1000),
            Self::Mqm => length.max(1),
        }
    }

    fn weight(self, f: &Finding) -> f64 {
        let class = rules::find(f.rule).map_or(ErrorClass::Two, |r| r.meta().class);
        if f.severity == Severity::Note || class == ErrorClass::Unscored {
            return 0.0;
        }
        match (self, f.severity) {
            (Self::Gbt19682, _) => gbt_weight(class),
            (Self::Mqm, Severity::Error) => 5.0,
            (Self::Mqm, _) => 1.0,
        }
    }
}

/// How long the texts are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lengths {
    /// Characters of the Chinese, spaces aside.
    pub zh_characters: usize,
    /// Words of the English, as spaces part them.
    pub en_words: usize,
}

impl Lengths {
    /// Adds a text.
    pub fn add(&mut self, side: Side, text: &str) {
        match side {
            Side::Zh => self.zh_characters += text.chars().filter(|c| !c.is_whitespace()).count(),
            Side::En => self.en_words += text.split_whitespace().count(),
        }
    }
}

/// The weight of an error of `class` under GB/T 19682-2005.
const fn gbt_weight(class: ErrorClass) -> f64 {
    match class {
        ErrorClass::One => 3.0,
        ErrorClass::Two => 1.0,
        ErrorClass::Three => 0.5,
        ErrorClass::Four => 0.25,
        ErrorClass::Unscored => 0.0,
    }
}

/// A score.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// The standard.
    pub standard: Standard,
    /// Characters or words that errors are counted against; see [`Standard::length`].
    pub length: usize,
    /// From the findings that a person has confirmed.
    pub confirmed: Figure,
    /// From all findings, confirmed or not.
    pub automatic: Figure,
}

/// One figure of a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// Errors, repeated ones once.
    pub errors: usize,
    /// Their weights.
    pub penalty: f64,
    /// Weights per thousand characters or words.
    pub per_thousand: f64,
}

/// What one finding adds to a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Findings with the same number are the same error, which counts once.
    pub error: usize,
    /// The weight of the error.
    pub weight: f64,
}

impl Score {
    /// What each of the findings adds to a score; `None` for those that a score leaves out.
    pub fn shares(standard: Standard, findings: &[Finding]) -> Vec<Option<Share>> {
        let mut errors = HashMap::new();
        let share = |f| {
            let weight = standard.weight(f);
            let next = errors.len();
            (weight > 0.0).then(|| Share {
                error: *errors.entry(identity(f)).or_insert(next),
                weight,
            })
        };
        findings.iter().map(share).collect()
    }

    /// Scores `findings` of a text of these lengths.
    ///
    /// GB/T 19682: K · C_A · Σ CᵢDᵢ / W, with Dᵢ errors of class i, Cᵢ their weight and W the characters of the text.
    /// MQM: the absolute penalty total, normed to a reference of a thousand words; error types weigh the same.
    ///
    /// An error that is repeated counts once: the same rule about the same concept, or about the same expectation and
    /// the same text. Notes, and findings about suppressions, are no errors of the translation. The coefficients K
    /// (difficulty, 0.5 to 1) and C_A (purpose, 0.25 to 1) of GB/T 19682 are 1, which is the strictest and meant for what
    /// is published; a text of less than a thousand characters counts as a thousand there. No finding is a critical error
    /// of MQM (25 points): that takes a person.
    pub fn new(
        standard: Standard,
        findings: &[Finding],
        lengths: Lengths,
        confirmed: impl Fn(&Finding) -> bool,
    ) -> Self {
        let length = standard.length(lengths);
        let shares = Self::shares(standard, findings);
        let figure = |counts: &dyn Fn(&Finding) -> bool| {
            let mut seen = BTreeSet::new();
            let mut figure = Figure {
                errors: 0,
                penalty: 0.0,
                per_thousand: 0.0,
            };
            let counted = findings.iter().zip(&shares).filter(|(f, _)| counts(f));
            for share in counted.filter_map(|(_, share)| *share) {
                if seen.insert(share.error) {
                    figure.errors += 1;
                    figure.penalty += share.weight;
                }
            }
            figure.per_thousand = figure.penalty * 1000.0 / standard.counted_length(length) as f64;
            figure
        };
        Self {
            standard,
            length,
            confirmed: figure(&confirmed),
            automatic: figure(&|_| true),
        }
    }
}

/// What makes two findings the same error.
fn identity(f: &Finding) -> (&str, Option<&str>, &[String], &str) {
    let text = f.found.as_deref().unwrap_or(&f.primary().text);
    match &f.concept {
        Some(concept) => (f.rule, Some(concept), &[], f.found.as_deref().unwrap_or_default()),
        None => (f.rule, None, &f.expected, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::testing::{finding, two_files};

    fn rate(standard: Standard, findings: &[Finding], length: usize) -> f64 {
        let lengths = Lengths {
            zh_characters: length,
            en_words: length,
        };
        Score::new(standard, findings, lengths, |_| false)
            .automatic
            .per_thousand
    }

    #[track_caller]
    fn assert_near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    #[test]
    fn gbt_19682_weighs_by_class_and_counts_a_repeated_error_once() {
        let mut number = finding();
        number.rule = "untranslated";
        number.concept = None;
        // A name 0.5, twice the same; text left untranslated 3; in 2000 characters.
        assert_near(rate(Standard::Gbt19682, &[finding(), finding(), number], 2000), 1.75);
    }

    #[test]
    fn gbt_19682_counts_a_short_text_as_a_thousand_characters() {
        assert_near(rate(Standard::Gbt19682, &[finding()], 100), 0.5);
    }

    #[test]
    fn chinese_is_counted_in_characters_and_english_in_words() {
        let mut lengths = Lengths::default();
        lengths.add(Side::Zh, "2024年11月， 开放科学 G20");
        lengths.add(Side::En, "Open science, November 2024.\n");
        assert_eq!((lengths.zh_characters, lengths.en_words), (16, 4));
        assert_eq!(Standard::Gbt19682.length(lengths), 16);
        assert_eq!(Standard::Mqm.length(lengths), 4);
    }

    #[test]
    fn the_length_that_a_text_declares_is_no_error_of_its_translation() {
        let mut declared = finding();
        declared.rule = "declared-length";
        assert_near(rate(Standard::Gbt19682, &[declared.clone()], 1000), 0.0);
        assert_near(rate(Standard::Mqm, &[declared], 1000), 0.0);
    }

    #[test]
    fn mqm_weighs_by_severity() {
        // One major, one minor, in 500 words.
        assert_near(rate(Standard::Mqm, &[finding(), two_files()], 500), 12.0);
    }

    #[test]
    fn notes_are_no_errors_and_confirmed_ones_count_apart() {
        let mut note = two_files();
        note.severity = Severity::Note;
        let findings = [note, finding(), two_files()];
        let lengths = Lengths {
            zh_characters: 1600,
            en_words: 1000,
        };
        let score = Score::new(Standard::Mqm, &findings, lengths, |f| f.rule == "term-mismatch");
        assert_eq!((score.confirmed.errors, score.automatic.errors), (1, 2));
        assert_near(score.confirmed.per_thousand, 5.0);
        assert_near(score.automatic.per_thousand, 6.0);
    }
}
