//! `acronym-mismatch`.

use std::collections::HashSet;

use super::missing::Instead;
use super::terms::cite_glossary;
use super::{PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::finding::Applicability;
use crate::text::bytes::{ByteSet, CAPITALS};
use crate::text::{Side, Sides, Span, SpanSet};

declare_rule! {
    /// An acronym is almost, but not exactly, the expected one.
    ///
    /// ## What it does
    /// Makes two comparisons. An acronym in brackets after a glossary name must be the one in the glossary. A Latin
    /// acronym in the Chinese (ISIS, COVID-19, FAST) must not be misspelled in the English; expanding or omitting it is
    /// fine.
    ///
    /// ## Why it matters
    /// Readers and spell checkers miss LHASSO for LHAASO, and a search for the facility no longer finds the text.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 高海拔宇宙线观测站
    /// en: Large High Altitude Air Shower Observatory (LHASSO)
    /// glossary: 高海拔宇宙线观测站 = Large High Altitude Air Shower Observatory | LHAASO
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 高海拔宇宙线观测站
    /// en: Large High Altitude Air Shower Observatory (LHAASO)
    /// glossary: 高海拔宇宙线观测站 = Large High Altitude Air Shower Observatory | LHAASO
    /// ```
    pub AcronymMismatch {
        id: "acronym-mismatch",
        group: Acronyms,
        severity: Error,
        since: "0.1.0",
        fixable: Sometimes,
        faults: [WrongName],
        precedence: 4,
    }
}

/// The first byte of “(” and of “（”.
const BRACKETS: ByteSet = ByteSet::list(&[b'(', 0xef]);

/// How many acronyms of the Chinese are compared with those of the English. Prose has a few; a block with more is a table of
/// codes.
const MOST: usize = 100;

impl Rule for AcronymMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let from_glossary = check_brackets(ctx, report);
        compare_with_chinese(ctx, &from_glossary, report);
    }
}

/// Reports wrong acronyms in brackets after a glossary name; returns their spans.
fn check_brackets(ctx: &PairContext<'_>, report: &mut Report) -> Vec<Span> {
    let glossary = ctx.doc.glossary;
    let mut reported = Vec::new();
    if !ctx.bytes(Side::En).has_any(BRACKETS) {
        return reported;
    }
    for found in &ctx.terms().concepts {
        let concept = &glossary.concepts()[found.concept];
        for hit in &found.en {
            let Some(span) = bracketed(ctx.en(), hit.span.end) else {
                continue;
            };
            let found = span.of(ctx.en());
            let known: Vec<&str> = concept
                .acronym
                .iter()
                .map(|a| &**a)
                .chain(concept.en.iter().map(|n| &*n.text).filter(|n| is_acronym(n)))
                .collect();
            if known.iter().any(|k| same(k, found)) || !known.iter().any(|k| near(found, k)) {
                continue;
            }
            reported.push(span);
            report
                .finding(
                    &AcronymMismatch::META,
                    ctx,
                    Side::En,
                    span,
                    format!(
                        "the acronym of {} is “{}”, not “{found}”",
                        quote::name(ctx.en(), hit.span),
                        known[0]
                    ),
                )
                .concept(&*concept.id)
                .why(cite_glossary(concept))
                .help(format!("write “{}”", known[0]))
                .expected([known[0]])
                .found(found)
                .fix(ctx, Side::En, span, known[0], Applicability::Safe)
                .emit();
        }
    }
    reported
}

/// Reports English acronyms that nearly equal one in the Chinese.
fn compare_with_chinese(ctx: &PairContext<'_>, reported: &[Span], report: &mut Report) {
    // Most Chinese texts have no capital letter.
    if !ctx.bytes(Side::Zh).has_any(CAPITALS) {
        return;
    }
    if !ctx.is_paired() {
        return;
    }
    // `$tDCC` begins with a variable.
    let is_variable = |side: Side, s: Span| ctx.text(side)[..s.start].ends_with(['$', '%']);
    let in_prose = |side: Side| {
        let all = acronyms(ctx.text(side));
        all.filter(move |s| !ctx.is_masked(side, *s) && !is_variable(side, *s))
    };
    let zh: Vec<Span> = in_prose(Side::Zh).collect();
    // Nearly all of them appear in the English as well.
    let missing = missing_words(ctx.en(), zh.iter().map(|z| z.of(ctx.zh())));
    if missing.is_empty() {
        return;
    }
    let mut en: Vec<Span> = in_prose(Side::En).collect();
    let foreign = missing_words(ctx.zh(), en.iter().map(|e| e.of(ctx.en())));
    let near_misses = ctx.missing().iter().filter_map(|m| match m.instead {
        Instead::NearMiss(near) => Some(near.span),
        _ => None,
    });
    let taken: SpanSet = reported.iter().copied().chain(near_misses).collect();
    let names = ctx.terms().names(Side::En);
    let mut seen = HashSet::new();
    en.retain(|e| {
        let found = e.of(ctx.en());
        foreign.contains(&normalize(found)) && !taken.overlaps(*e) && !names.overlaps(*e) && seen.insert(found)
    });
    let mut seen = HashSet::new();
    let is_missing = |z: &&Span| {
        let wanted = z.of(ctx.zh());
        missing.contains(&normalize(wanted)) && seen.insert(wanted)
    };
    let target = ctx.doc.direction().target();
    let source = target.other();
    for z in zh.iter().filter(is_missing).take(MOST) {
        let wanted = z.of(ctx.zh());
        let candidate = en.iter().find(|e| {
            let found = e.of(ctx.en());
            near(found, wanted) && !same(found, wanted)
        });
        if let Some(e) = candidate {
            let spans = Sides::new(*z, *e);
            let [found, wanted] = [target, source].map(|side| spans[side].of(ctx.text(side)));
            let of_source = source.name();
            report
                .finding(
                    &AcronymMismatch::META,
                    ctx,
                    target,
                    spans[target],
                    format!("acronym “{found}” differs from “{wanted}” in the {of_source}"),
                )
                .label(ctx, source, spans[source])
                .help(format!("write “{wanted}”, or correct the {of_source}"))
                .expected([wanted])
                .found(found)
                .fix(ctx, target, spans[target], wanted, Applicability::Unsafe)
                .emit();
        }
    }
}

/// The acronym in brackets right after byte `at`.
fn bracketed(text: &str, at: usize) -> Option<Span> {
    let rest = text[at..].trim_start();
    let inner = rest.strip_prefix(['(', '（'])?;
    let start = text.len() - inner.len();
    let len = inner.find([')', '）', ',', ';', ' '])?;
    let span = Span::new(start, start + len);
    is_acronym(span.of(text)).then_some(span)
}

/// Runs of Latin letters, digits and hyphens with at least two capitals.
fn acronyms(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(from) = text.as_bytes()[at..].iter().position(u8::is_ascii_alphanumeric) {
            let start = at + from;
            let end = acronym_end(text, start);
            at = end;
            let word = text[start..end].trim_end_matches('-');
            if is_acronym(word) {
                return Some(Span::new(start, start + word.len()));
            }
        }
        None
    })
}

/// The end of the word at byte `start`. A hyphen is part of it before a capital or a digit (COVID-19, SARS-CoV), but not
/// in "DNA-based".
fn acronym_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = start;
    while end < bytes.len() {
        let hyphen = bytes[end] == b'-'
            && bytes
                .get(end + 1)
                .is_some_and(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if !bytes[end].is_ascii_alphanumeric() && !hyphen {
            break;
        }
        end += 1;
    }
    end
}

fn is_acronym(word: &str) -> bool {
    let count = |is: fn(&u8) -> bool| word.bytes().filter(is).count();
    if word.len() < 3 || !word.is_ascii() || word.contains(' ') {
        return false;
    }
    let capitals = count(u8::is_ascii_uppercase);
    capitals >= 2 && capitals >= count(u8::is_ascii_lowercase)
}

fn normalize(acronym: &str) -> String {
    let bare: String = acronym.chars().filter(|c| !matches!(c, '-' | '.')).collect();
    bare.strip_suffix('s')
        .map(str::to_owned)
        .unwrap_or(bare)
        .to_ascii_uppercase()
}

fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || normalize(a) == normalize(b)
}

/// Whether two acronyms are one edit apart (two from six characters on). Swapping neighbours is one edit.
fn near(found: &str, wanted: &str) -> bool {
    let (found, wanted) = (normalize(found), normalize(wanted));
    let allowed = if wanted.len() >= 6 { 2 } else { 1 };
    found.len() >= 2 && wanted.len() >= 3 && strsim::osa_distance(&found, &wanted) <= allowed
}

/// Those of `acronyms`, normalized, that `text` does not contain as separate words, ignoring case, hyphens and spaces.
fn missing_words<'a>(text: &str, acronyms: impl Iterator<Item = &'a str>) -> HashSet<String> {
    let mut missing: HashSet<String> = acronyms.map(normalize).collect();
    if missing.is_empty() {
        return missing;
    }
    let longest = missing.iter().map(String::len).max().unwrap_or(0);
    let parts = text
        .as_bytes()
        .split(|b| !b.is_ascii_alphanumeric())
        .filter(|p| !p.is_empty());
    // COVID-19 is two parts here and may be two words there; three are enough for any acronym.
    let mut run: [&[u8]; 3] = [b""; 3];
    let mut joined = String::new();
    for part in parts {
        run = [run[1], run[2], part];
        for from in 0..3 {
            let length: usize = run[from..].iter().map(|p| p.len()).sum();
            // A plural has one letter more.
            let length = length - usize::from(part.ends_with(b"s"));
            if length > longest || from < 2 && run[from].is_empty() {
                continue;
            }
            joined.clear();
            let letters = run[from..].iter().copied().flatten().take(length);
            joined.extend(letters.map(|b| char::from(b.to_ascii_uppercase())));
            missing.remove(&joined);
        }
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    fn found(zh: &str, en: &str) -> Vec<String> {
        check(&AcronymMismatch, &[zh], &[en])
            .into_iter()
            .map(|f| f.en.unwrap().text)
            .collect()
    }

    #[test]
    fn compares_latin_acronyms_of_the_chinese() {
        assert_eq!(found("COVID-19 疫情", "the CVID-19 epidemic"), ["CVID-19"]);
        assert_eq!(found("ISIS武装", "ISIIS fighters"), ["ISIIS"]);
    }

    #[test]
    fn codes_in_thousands_are_compared_once() {
        let codes = |from: u32| {
            (from..from + 3000)
                .map(|i| format!("QX{i:06}"))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert!(found(&codes(100_000), &codes(100_000)).is_empty());
        // Each of the first hundred is one edit from another code.
        assert_eq!(found(&codes(100_000), &codes(110_000)).len(), MOST);
    }

    #[test]
    fn allows_expansions_plurals_and_other_acronyms() {
        assert!(found("ICU床位", "intensive care beds").is_empty());
        assert!(found("各NGO", "the NGOs").is_empty());
        assert!(found("SARS-CoV 和 SARS-CoV-2", "SARS-CoV and SARS-CoV-2").is_empty());
        assert!(found("HIV和艾滋病", "HIV and AIDS").is_empty());
    }
}
