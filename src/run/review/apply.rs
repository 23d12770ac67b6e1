//! Applying what reviewers decided: fixes first, then waivers, so that the fingerprints of the waivers are those of the
//! fixed texts.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Review;
use crate::file::write_atomically;
use crate::filter::decisions::{About, Agreed, Correction, Verdict};
use crate::filter::waiver::{self, NewWaiver};
use crate::finding::{Finding, Fix};
use crate::fix::{self, FixedFile};
use crate::run::{CopyOptions, FixedCopy, Observer, Run, RunError, copies, error};

/// What applying decisions did.
#[derive(Debug, Default)]
pub struct Applied {
    /// The files that were fixed, unless copies were.
    pub fixed: Vec<FixedFile>,
    /// The fixed copies, in the order of the inputs. A file without fixes is copied as it is.
    pub copies: Vec<FixedCopy>,
    /// The waivers that were added to the waiver file.
    pub waivers: Vec<NewWaiver>,
    /// Findings that were accepted without a fix: a person has to correct them.
    pub by_hand: Vec<About>,
    /// Decisions that were not applied, and why.
    pub refused: Vec<(About, Refusal)>,
}

/// Why a decision was not applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The texts of the pair are not those that were reviewed.
    TextChanged,
    /// The texts are, but nothing is reported about them any more.
    NotReported,
    /// The finding is waived, and the decision is to correct it.
    Waived,
    /// The finding does not offer the replacement.
    NoSuchFix,
    /// Another accepted fix changes the same text.
    Overlap,
    /// The format of the file cannot hold the replacement.
    Unwritable,
    /// The file cannot be fixed.
    Failed(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TextChanged => "the text has changed since; review it again",
            Self::NotReported => "this is no longer reported; nothing to do",
            Self::Waived => "a waiver hides it; remove the waiver to correct it",
            Self::NoSuchFix => "the finding does not offer this change any more; review it again",
            Self::Overlap => "another accepted change covers the same text; review it again",
            Self::Unwritable => "the format of the file cannot hold the new text; correct it by hand",
            Self::Failed(why) => why,
        })
    }
}

impl Run {
    /// Writes what reviewers decided into the texts and the waiver file of the settings. A decision about a text that has
    /// changed since is refused. With `copies`, fixes are written into copies; waivers are then about the files as they are.
    ///
    /// # Errors
    /// As [`Run::check`], and for copies as [`Run::annotate`]; a waiver without a waiver file in the settings, or one that cannot be written.
    pub fn apply(
        &self,
        agreed: &[Agreed],
        copies: Option<&CopyOptions>,
        observer: &dyn Observer,
    ) -> Result<Applied, RunError> {
        let waives = |a: &Agreed| matches!(a.verdict, Verdict::Waived { .. });
        let file = self.settings.filters.waivers.as_deref();
        if file.is_none() && agreed.iter().any(waives) {
            return Err(RunError::NoWaiverFile);
        }
        let targets = match copies {
            Some(copies) => copies::targets(&copies.out, &self.discover()?)?,
            None => Vec::new(),
        };
        let before = self.review(observer)?;
        let mut applied = Applied::default();
        let (mut to_fix, mut to_waive) = (Vec::new(), Vec::new());
        let sorter = Sorter::new(&before, copies.is_some());
        for decision in agreed {
            match sorter.sort(decision) {
                Ok(Step::Done) => {}
                Ok(Step::ByHand) => applied.by_hand.push(decision.about.clone()),
                Ok(Step::Fix(finding)) => to_fix.push((decision, *finding)),
                Ok(Step::Waive(finding)) => to_waive.push((decision, finding)),
                Err(why) => applied.refused.push((decision.about.clone(), why)),
            }
        }
        applied.fix(to_fix, copies, targets)?;
        let after = if applied.fixed.is_empty() {
            None
        } else {
            Some(self.review(&())?)
        };
        let mut now = Counterparts::new(&before, after.as_ref().unwrap_or(&before));
        for (decision, finding) in to_waive {
            if let (Verdict::Waived { reason, until }, Some(finding)) = (&decision.verdict, now.find(finding)) {
                let (reason, who) = (reason.clone(), decision.who.clone());
                applied.waivers.push(NewWaiver::new(finding, reason, who, *until));
            }
        }
        if let Some(file) = file.filter(|_| !applied.waivers.is_empty()) {
            write_waivers(file, &applied.waivers)?;
        }
        Ok(applied)
    }
}

/// Adds waivers to a file, which need not exist.
///
/// # Errors
/// The file is not TOML, or cannot be read or written.
pub fn write_waivers(file: &Path, waivers: &[NewWaiver]) -> Result<(), RunError> {
    let failed = |source| RunError::Write {
        file: file.to_owned(),
        source,
    };
    let old = if file.exists() {
        error::read_to_string(file)?
    } else {
        String::new()
    };
    let new = waiver::add(&old, waivers).map_err(|e| failed(std::io::Error::other(e)))?;
    write_atomically(file, new.as_bytes()).map_err(failed)
}

/// What a decision amounts to.
enum Step<'a> {
    /// It was applied before.
    Done,
    ByHand,
    /// The finding, with the accepted fix alone.
    Fix(Box<Finding>),
    Waive(&'a Finding),
}

/// Compares decisions with the findings as they are now.
struct Sorter<'a> {
    findings: HashMap<&'a str, &'a Finding>,
    waived: HashSet<&'a str>,
    /// The hashes of all pairs.
    pairs: HashSet<String>,
    /// Whether copies are fixed.
    in_copies: bool,
}

impl<'a> Sorter<'a> {
    fn new(review: &'a Review, in_copies: bool) -> Self {
        let report = &review.report;
        let pairs = review.texts.iter().flat_map(|t| &t.pairs);
        Self {
            findings: report.findings.iter().map(|f| (&*f.fingerprint, f)).collect(),
            waived: report.waived.iter().map(|w| &*w.finding.fingerprint).collect(),
            pairs: pairs.map(|p| format!("{:032x}", p.text_hash)).collect(),
            in_copies,
        }
    }

    fn sort(&self, decision: &Agreed) -> Result<Step<'a>, Refusal> {
        let about = &decision.about;
        let Some(&finding) = self.findings.get(&*about.fingerprint) else {
            return match (self.waived.contains(&*about.fingerprint), &decision.verdict) {
                // It is waived already, or was corrected by hand.
                (true, Verdict::Waived { .. })
                | (
                    false,
                    Verdict::Accepted {
                        fix: Correction::ByHand | Correction::AsProposed,
                    },
                ) => Ok(Step::Done),
                (true, _) => Err(Refusal::Waived),
                (false, _) if self.pairs.contains(&about.pair) => Err(Refusal::NotReported),
                (false, _) => Err(Refusal::TextChanged),
            };
        };
        match &decision.verdict {
            Verdict::Open => Ok(Step::Done),
            Verdict::Accepted { fix } => {
                let fix = match (fix, &finding.fixes[..]) {
                    (Correction::With(replacement), fixes) => fixes
                        .iter()
                        .find(|x| x.replacement == *replacement)
                        .ok_or(Refusal::NoSuchFix)?,
                    // The answers are in Word files, which are only corrected in copies.
                    (Correction::AsProposed, [fix]) if self.in_copies => fix,
                    (Correction::AsProposed | Correction::ByHand, _) => return Ok(Step::ByHand),
                };
                Ok(Step::Fix(Box::new(Finding {
                    fixes: vec![fix.clone()],
                    ..finding.clone()
                })))
            }
            Verdict::Waived { .. } => Ok(Step::Waive(finding)),
        }
    }
}

impl Applied {
    /// Applies the fixes, each of which is the only one of its finding, to the files or to copies of them.
    fn fix(
        &mut self,
        accepted: Vec<(&Agreed, Finding)>,
        copies: Option<&CopyOptions>,
        targets: Vec<(Arc<str>, PathBuf)>,
    ) -> Result<(), RunError> {
        let tracked = copies.is_some_and(|copies| copies.tracked);
        let mut chosen: Vec<(&Agreed, Finding)> = Vec::new();
        for (decision, finding) in accepted {
            let refusal = if chosen
                .iter()
                .any(|(_, other)| overlap(&other.fixes[0], &finding.fixes[0]))
            {
                Some(Refusal::Overlap)
            } else {
                // On its own first: together with others nobody could say which one was left out.
                match fix::apply(std::slice::from_ref(&finding), true, tracked).pop() {
                    Some(Ok(_)) => None,
                    Some(Err(e)) => Some(Refusal::Failed(e.to_string())),
                    None => Some(Refusal::Unwritable),
                }
            };
            match refusal {
                Some(why) => self.refused.push((decision.about.clone(), why)),
                None => chosen.push((decision, finding)),
            }
        }
        let findings: Vec<Finding> = chosen.iter().map(|(_, f)| f.clone()).collect();
        let mut failed: HashMap<Arc<str>, String> = HashMap::new();
        let mut fixed = Vec::new();
        for file in fix::apply(&findings, true, tracked) {
            let is_copy = copies.is_some();
            match file.and_then(|f| if is_copy { Ok(f) } else { f.write().map(|()| f) }) {
                Ok(file) => fixed.push(file),
                Err(e) => drop(failed.insert(Arc::clone(e.file()), e.to_string())),
            }
        }
        if copies.is_some() {
            let whole = targets.into_iter().filter(|(name, _)| !failed.contains_key(name));
            self.copies = copies::write_fixed(whole, &fixed)?;
        } else {
            self.fixed = fixed;
        }
        let refused = chosen.iter().filter_map(|(decision, finding)| {
            let why = failed.get(&finding.fixes[0].file)?;
            Some((decision.about.clone(), Refusal::Failed(why.clone())))
        });
        self.refused.extend(refused);
        Ok(())
    }
}

/// Whether two fixes change the same text, or insert at the same place.
fn overlap(one: &Fix, two: &Fix) -> bool {
    let range = |fix: &Fix| {
        let (start, end) = fix.range;
        ((start.line, start.byte_column), (end.line, end.byte_column))
    };
    let ((a, b), (c, d)) = (range(one), range(two));
    one.file == two.file && (a == c || a < d && c < b)
}

/// Finds findings again after fixes changed the texts of their pairs, and with them the fingerprints.
struct Counterparts<'a> {
    by_fingerprint: HashMap<&'a str, &'a Finding>,
    /// The findings that were not there before.
    new: Vec<&'a Finding>,
}

impl<'a> Counterparts<'a> {
    fn new(before: &'a Review, after: &'a Review) -> Self {
        let old: HashSet<&str> = before.report.findings.iter().map(|f| &*f.fingerprint).collect();
        let findings = &after.report.findings;
        Self {
            by_fingerprint: findings.iter().map(|f| (&*f.fingerprint, f)).collect(),
            new: findings.iter().filter(|f| !old.contains(&*f.fingerprint)).collect(),
        }
    }

    /// The finding as it is now; `None` if a fix removed it.
    fn find(&mut self, finding: &Finding) -> Option<&'a Finding> {
        if let Some(&same) = self.by_fingerprint.get(&*finding.fingerprint) {
            return Some(same);
        }
        let key = |f: &Finding| {
            let at = f.primary();
            (
                f.rule,
                Arc::clone(&at.file),
                at.side,
                at.text.clone(),
                f.message.clone(),
                f.concept.clone(),
            )
        };
        let wanted = key(finding);
        let at = self.new.iter().position(|f| key(f) == wanted)?;
        Some(self.new.remove(at))
    }
}
