//! What a page for reviewers shows: the report, the texts of all pairs with the places of the findings in them, and what
//! became of the findings of the review before.

mod apply;
mod rounds;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use xxhash_rust::xxh3::Xxh3Default;

pub use apply::{Applied, Refusal, write_waivers};
pub use rounds::{Round, Standing};
pub use texts::{Mark, ReviewedBlock, ReviewedFigure, ReviewedPair, ReviewedText};

use super::observer::Visiting;
use super::{Observer, Run, RunError, RunReport};
use crate::filter::decisions::Decisions;
use crate::finding::Finding;
use crate::glossary::{Concept, Glossary, Grade, Name};
use crate::score::{Score, Share};

/// A report with the texts that it is about.
#[derive(Debug, Clone, Default)]
pub struct Review {
    /// The report. Equal findings are not joined, because a reviewer decides about each.
    pub report: RunReport,
    /// The texts.
    pub texts: Vec<ReviewedText>,
    /// The findings that are in no text, such as those about suppressions, as indices into the findings of the report.
    pub elsewhere: Vec<usize>,
    /// The glossary entries that findings cite, by id.
    pub entries: BTreeMap<String, CitedEntry>,
    /// What each finding adds to the score, if there is one; `None` for findings that a score leaves out.
    pub shares: Vec<Option<Share>>,
    /// How the findings compare with those of the review before, if there was one.
    pub round: Option<Round>,
    /// 32 hexadecimal digits that stay the same as long as the texts and the findings do.
    pub fingerprint: String,
}

/// A glossary entry as a reader needs it to judge a finding.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CitedEntry {
    /// Its Chinese names, with the status of each.
    pub zh: Vec<(String, &'static str)>,
    /// Its English names, with the status of each.
    pub en: Vec<(String, &'static str)>,
    /// Who decided the names.
    pub authority: Option<String>,
    /// Where the decision is published.
    pub citation: Option<String>,
    /// How good that source is, from A to D.
    pub grade: Option<&'static str>,
    /// File and line of the entry.
    pub place: String,
}

impl CitedEntry {
    fn new(concept: &Concept) -> Self {
        let names = |names: &[Name]| names.iter().map(|n| (n.text.to_string(), n.status.name())).collect();
        Self {
            zh: names(&concept.zh),
            en: names(&concept.en),
            authority: concept.authority.as_ref().map(ToString::to_string),
            citation: concept.citation.as_ref().map(ToString::to_string),
            grade: concept.grade.map(Grade::name),
            place: concept.place.to_string(),
        }
    }
}

impl Review {
    fn new(report: RunReport, texts: Vec<ReviewedText>, glossary: &Glossary, previous: &[Decisions]) -> Self {
        let mut is_placed = vec![false; report.findings.len()];
        for &finding in texts.iter().flat_map(|t| &t.pairs).flat_map(|p| &p.findings) {
            is_placed[finding] = true;
        }
        let cited: BTreeSet<&str> = report.findings.iter().filter_map(|f| f.concept.as_deref()).collect();
        let entries = glossary.concepts().iter().filter(|c| cited.contains(&*c.id));
        Self {
            elsewhere: (0..is_placed.len()).filter(|&i| !is_placed[i]).collect(),
            entries: entries.map(|c| (c.id.to_string(), CitedEntry::new(c))).collect(),
            shares: report
                .score
                .as_ref()
                .map_or_else(Vec::new, |score| Score::shares(score.standard, &report.findings)),
            fingerprint: fingerprint(&report.findings, &texts),
            round: (!previous.is_empty()).then(|| Round::new(&report, previous)),
            report,
            texts,
        }
    }
}

/// XXH3-128 over the texts and the fingerprints of the findings.
fn fingerprint(findings: &[Finding], texts: &[ReviewedText]) -> String {
    let mut hash = Xxh3Default::new();
    for text in texts {
        hash.update(text.name.as_bytes());
        for pair in &text.pairs {
            hash.update(&pair.text_hash.to_le_bytes());
        }
    }
    for finding in findings {
        hash.update(finding.fingerprint.as_bytes());
    }
    format!("{:032x}", hash.digest128())
}

impl Run {
    /// Checks the inputs and keeps their texts. All of them are in memory at once.
    ///
    /// # Errors
    /// As [`Run::check`].
    pub fn review(&self, observer: &dyn Observer) -> Result<Review, RunError> {
        let found = self.discover()?;
        let texts = Mutex::default();
        let visitor = Visiting::new(observer, |document| {
            texts::keep(document, &mut texts.lock().unwrap_or_else(PoisonError::into_inner));
        });
        let mut checked = self.check_found(&found, &visitor)?;
        let part = checked.part.take();
        let mut report = self.report_each(&found, checked)?;
        report.finalize();
        let mut texts = texts.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(part) = part {
            texts::keep_part(&part, &mut texts);
        }
        texts::place(&report.findings, &mut texts);
        Ok(Review::new(report, texts, &self.glossary.glossary, &self.previous))
    }
}
