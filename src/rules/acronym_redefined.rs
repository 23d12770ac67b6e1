//! `acronym-redefined`.

use std::collections::HashMap;

use crate::declare_rule;
use crate::language::en::acronym::{self, Introduction};
use crate::rules::{DocumentContext, Report, Rule};
use crate::text::bytes::ByteSet;
use crate::text::{Side, Span};

declare_rule! {
    /// An acronym is introduced for two different names in one document.
    ///
    /// ## What it does
    /// Collects the names that acronyms in brackets abbreviate, as in `World Health Organization (WHO)`, and reports an
    /// acronym that is introduced again for a different name. Inflection, spelling variants and small words do not make
    /// a name different.
    ///
    /// ## Why it matters
    /// Readers cannot know which of the two the acronym means later on, or one of the names is wrong.
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
    /// Names whose words do not match the letters are not compared. No findings on 66 clean documents.
    pub AcronymRedefined { id: "acronym-redefined", group: Acronyms, severity: Warning, since: "0.1.0" }
}

/// A name that an acronym was introduced for.
struct Known<'d> {
    stems: Vec<String>,
    name: &'d str,
    /// Number of the pair.
    pair: usize,
}

/// Words that share this many letters are the same word: Centre and Centers, Programme and Program.
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
                    let message = format!("“{letters}” means “{}” here but “{before}” earlier", name.of(en));
                    let place = ctx.pair(*first);
                    let mut finding = report
                        .finding(&Self::META, &pair, Side::En, span, message)
                        .help("omit the acronym of the second name, or correct the name")
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

/// Whether two names are the same: one has all the words of the other, except for one that may be left out.
fn is_same(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let shared = short.iter().filter(|w| long.contains(w)).count();
    shared == short.len() || (shared + 1 >= short.len() && short.len() >= 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    fn messages(en: &[&str]) -> Vec<String> {
        let zh = vec!["中文"; en.len()];
        check(&AcronymRedefined, &zh, en)
            .into_iter()
            .map(|f| f.message)
            .collect()
    }

    #[test]
    fn the_message_has_both_names() {
        assert_eq!(
            messages(&["the World Health Organization (WHO)", "the White House Office (WHO)"]),
            ["“WHO” means “White House Office” here but “World Health Organization” earlier"]
        );
    }

    #[test]
    fn allows_the_same_name_in_another_form() {
        let forms = [
            "the Centers for Disease Control and Prevention (CDC)",
            "the U.S. Centers for Disease Control (CDC)",
            "the Centre for Disease Control & Prevention (CDC)",
        ];
        assert!(messages(&forms).is_empty(), "{:?}", messages(&forms));
        assert!(
            messages(&[
                "a Personal Protective Equipment (PPE) kit",
                "personal protective equipments (PPE)"
            ])
            .is_empty()
        );
    }
}
