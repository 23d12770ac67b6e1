//! Why each glossary match in a text was kept or dropped.

use std::fmt;

use crate::glossary::Glossary;
use crate::glossary::doubt::find_doubt;
use crate::glossary::english::WordList;
use crate::glossary::terms::{PairTerms, Verdict};
use crate::rules::PairContext;

/// A glossary name found in a Chinese text, and why it was kept or dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainedHit<'a> {
    /// The name as it is in the text.
    pub name: &'a str,
    /// The concept's id.
    pub concept: &'a str,
    /// Why it was kept or dropped.
    pub outcome: HitOutcome<'a>,
    /// The accepted English name in the translation, if there is one.
    pub translation: Option<&'a str>,
}

/// Why a glossary match was kept or dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HitOutcome<'a> {
    /// It is kept: the translation must contain the concept.
    Matched,
    /// It is kept, but the translation may leave it out, because this word follows.
    Optional(String),
    /// It may be part of this word only; a missing translation is not reported.
    Ambiguous(String),
    /// It is dropped: it is inside this longer name.
    InsideLonger(&'a str),
}

impl fmt::Display for ExplainedHit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” ({}): ", self.name, self.concept)?;
        match &self.outcome {
            HitOutcome::Matched => f.write_str("matched"),
            HitOutcome::Optional(next) => write!(f, "matched, but optional before “{next}”"),
            HitOutcome::Ambiguous(word) => {
                write!(f, "ambiguous: part of “{word}”; not reported if untranslated")
            }
            HitOutcome::InsideLonger(longer) => write!(f, "dropped: inside the longer name “{longer}”"),
        }?;
        match self.translation {
            Some(translation) => write!(f, ", translated as “{translation}”"),
            None => Ok(()),
        }
    }
}

/// Explains the glossary matches of a Chinese text without a translation.
pub fn explain_text<'a>(glossary: &'a Glossary, zh: &'a str) -> Vec<ExplainedHit<'a>> {
    let no_words = WordList::new("");
    let found = PairTerms::new(glossary, zh, None, || no_words.of(""));
    explain(glossary, &found, zh, "")
}

/// Explains the glossary matches of a pair.
pub fn explain_pair<'a>(pair: &PairContext<'a>) -> Vec<ExplainedHit<'a>> {
    explain(pair.doc.glossary, pair.terms(), pair.zh(), pair.en())
}

fn explain<'a>(glossary: &'a Glossary, found: &PairTerms, zh: &'a str, en: &'a str) -> Vec<ExplainedHit<'a>> {
    let hits = found.hits.iter().map(|h| {
        let concept = &glossary.concepts()[h.hit.concept];
        let outcome = match &h.verdict {
            Verdict::InsideLonger(span) => HitOutcome::InsideLonger(span.of(zh)),
            Verdict::Counts => match find_doubt(zh, &h.hit, concept.kind, en) {
                Some(d) if d.strong => HitOutcome::Ambiguous(d.word),
                Some(d) => HitOutcome::Optional(d.word),
                None => HitOutcome::Matched,
            },
        };
        let in_pair = found.concepts.iter().find(|c| c.concept == h.hit.concept);
        ExplainedHit {
            name: h.hit.span.of(zh),
            concept: &concept.id,
            outcome,
            translation: in_pair.and_then(|c| c.en.first()).map(|r| r.span.of(en)),
        }
    });
    hits.collect()
}
