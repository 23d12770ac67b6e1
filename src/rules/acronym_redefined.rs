//! One acronym for two names.

use std::collections::HashMap;

use crate::declare_rule;
use crate::language::en::acronym::{self, Introduction};
use crate::rules::{DocumentContext, Report, Rule};
use crate::text::bytes::ByteSet;
use crate::text::{Side, Span};

declare_rule! {
    /// An acronym that is introduced for a second name in the same document.
    ///
    /// ## What it does
    /// Collects the names that acronyms in brackets stand for, `World Health Organization (WHO)`, and reports an acronym that is introduced again
    /// for other words. Inflection, spelling variants and small words do not make another name.
    ///
    /// ## Why it matters
    /// The reader no longer knows which of the two a lone acronym means; or one of the names is wrong.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 美国疾病控制与预防中心
    /// en: The Centers for Disease Control (CDC) issued a report.
    /// zh: 社区发展委员会
    /// en: The Community Development Committee (CDC) met.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 美国疾病控制与预防中心
    /// en: The Centers for Disease Control (CDC) issued a report.
    /// zh: 社区发展委员会
    /// en: The Community Development Committee met.
    /// ```
    ///
    /// ## Limits
    /// Names whose words do not give the letters are not compared. No finding on 66 clean documents.
    pub AcronymRedefined { id: "acronym-redefined", group: Acronyms, severity: Warning, since: "0.1.0" }
}

/// A name that an acronym stood for.
struct Known<'d> {
    stems: Vec<String>,
    name: &'d str,
    /// Number of the pair.
    pair: usize,
}

/// Letters of a word that make it the same word: Centre and Centers, Programme and Program.
const STEM: usize = 4;

impl Rule for AcronymRedefined {
    fn document(&self, ctx: &DocumentContext<'_>, report: &mut Report) {
        let mut known: HashMap<&str, Vec<Known<'_>>> = HashMap::new();
        for pair in ctx.iter() {
            let en = pair.en();
            if !pair.bytes(Side::En).has_any(ByteSet::list(b"(")) {
                continue;
            }
            for intro in acronym::introductions(en) {
                let letters = intro.acronym.of(en);
                let Some((stems, name)) = name(&intro, letters, en) else {
                    continue;
                };
                let names = known.entry(letters).or_default();
                if names.iter().any(|k| is_same(&k.stems, &stems)) {
                    continue;
                }
                if let Some(Known {
                    name: before,
                    pair: first,
                    ..
                }) = names.first()
                {
                    let span = Span::new(name.start, intro.end);
                    let message = format!(
                        "“{letters}” stands for “{}” here, but for “{before}” before",
                        name.of(en)
                    );
                    let place = ctx.pair(*first);
                    let mut finding = report
                        .finding(&Self::META, &pair, Side::En, span, message)
                        .help("give the second name without an acronym, or mend the name")
                        .found(span.of(en));
                    if let Some(there) = place {
                        let place = crate::rules::report::label(&there, Side::En, Span::default());
                        finding = finding
                            .with(&there)
                            .why(format!("introduced at {}:{}", place.file, place.start.line));
                    }
                    finding.emit();
                }
                names.push(Known {
                    stems,
                    name: name.of(en),
                    pair: pair.index,
                });
            }
        }
    }
}

/// The shortest run of words before the bracket that gives the letters: the stems of its words, and its span.
fn name(intro: &Introduction, letters: &str, text: &str) -> Option<(Vec<String>, Span)> {
    let from = (0..intro.words.len())
        .rev()
        .find(|&i| acronym::follows(letters, &intro.words[i..], text))?;
    let words = &intro.words[from..];
    let stems = words
        .iter()
        .map(|w| w.span.of(text))
        .filter(|w| !acronym::is_small(w))
        .map(|w| w.to_lowercase().chars().take(STEM).collect())
        .collect();
    Some((stems, words[0].span.cover(words.last()?.span)))
}

/// Whether two names are one: one has all the words of the other, but for one that may be left out.
fn is_same(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let shared = short.iter().filter(|w| long.contains(w)).count();
    shared == short.len() || (shared + 1 >= short.len() && short.len() >= 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    fn said(en: &[&str]) -> Vec<String> {
        let zh = vec!["中文"; en.len()];
        check(&AcronymRedefined, &zh, en)
            .into_iter()
            .map(|f| f.message)
            .collect()
    }

    #[test]
    fn names_both_names() {
        assert_eq!(
            said(&["the World Health Organization (WHO)", "the White House Office (WHO)"]),
            ["“WHO” stands for “White House Office” here, but for “World Health Organization” before"]
        );
    }

    #[test]
    fn allows_the_same_name_in_another_form() {
        let forms = [
            "the Centers for Disease Control and Prevention (CDC)",
            "the U.S. Centers for Disease Control (CDC)",
            "the Centre for Disease Control & Prevention (CDC)",
        ];
        assert!(said(&forms).is_empty(), "{:?}", said(&forms));
        assert!(
            said(&[
                "a Personal Protective Equipment (PPE) kit",
                "personal protective equipments (PPE)"
            ])
            .is_empty()
        );
    }
}
