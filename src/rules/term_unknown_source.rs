//! `term-unknown-source`.

use super::missing::{Instead, Missing};
use super::terms::{accepted_names, cite_glossary};
use super::{PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::finding::{Applicability, Confidence, Severity};
use crate::glossary::{Concept, terms};
use crate::text::script::is_han;
use crate::text::{Side, Span};

declare_rule! {
    /// An official name in the translation has no matching name in the source.
    ///
    /// ## What it does
    /// Finds full English names of facilities, institutions, plans and documents, and expects one of the concept's
    /// Chinese names in the same pair. If the Chinese has a near miss (a character wrong, missing or extra), it is most
    /// likely misprinted, and an error is reported. Otherwise the name may have been added on purpose, to explain a
    /// short form or a pronoun, and a note is reported. After the name of an institute, where its glossary name has another
    /// parent (“Institute of Physics of the Chinese Academy of Engineering”), it is an error. Where the English is the source, an official
    /// Chinese name without its English is a note.
    ///
    /// ## Why it matters
    /// A misprinted facility name is as bad in Chinese as in English, and spell checkers don't know the name.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 高海拔宇宙射线观测站、
    /// en: Large High Altitude Air Shower Observatory (LHAASO)
    /// glossary: 高海拔宇宙线观测站 = Large High Altitude Air Shower Observatory | LHAASO
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 高海拔宇宙线观测站、
    /// en: Large High Altitude Air Shower Observatory (LHAASO)
    /// glossary: 高海拔宇宙线观测站 = Large High Altitude Air Shower Observatory | LHAASO
    /// ```
    pub TermUnknownSource {
        id: "term-unknown-source",
        group: Terms,
        severity: Error,
        since: "0.1.0",
        fixable: Sometimes,
        faults: [MissingName],
        precedence: 0,
        consequence_of: "sentence-added",
    }
}

impl Rule for TermUnknownSource {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        if !ctx.is_paired() {
            return;
        }
        if ctx.doc.direction().source() == Side::En {
            let added = ctx
                .missing()
                .iter()
                .filter(|m| m.instead == Instead::Nothing && m.doubt.is_none());
            added.for_each(|missing| report_added(ctx, missing, report));
            return;
        }
        let words = ctx.words();
        let mut seen: Vec<Span> = Vec::new();
        for c in ctx.doc.glossary.concepts_with_official_beginning(&words) {
            let concept = &ctx.doc.glossary.concepts()[c];
            let is_valid = || ctx.doc.date().is_none_or(|day| concept.is_valid_on(day));
            if ctx.terms().has(c) || !is_valid() {
                continue;
            }
            let names = ctx.doc.glossary.english(c);
            let hit = terms::renderings(names, &words)
                .into_iter()
                .find(|h| h.status.is_accepted() && names[h.name].words.len() >= 3 && !is_covered(ctx, h.span));
            if let Some(hit) = hit
                && !seen.iter().any(|s| s.overlaps(hit.span))
            {
                seen.push(hit.span);
                report_unknown(ctx, concept, hit.span, report);
            }
        }
    }
}

/// Reports an official Chinese name that the English source does not have.
fn report_added(ctx: &PairContext<'_>, missing: &Missing, report: &mut Report) {
    let concept = &ctx.doc.glossary.concepts()[missing.concept];
    if !concept.kind.is_official() {
        return;
    }
    let expected = accepted_names(concept, Side::En);
    let name = quote::name(ctx.zh(), missing.hit.span);
    let message = format!("{name} has no counterpart in the English; expected “{}”", expected[0]);
    report
        .finding(&TermUnknownSource::META, ctx, Side::Zh, missing.hit.span, message)
        .severity(Severity::Note)
        .confidence(Confidence::Low)
        .concept(&*concept.id)
        .why(cite_glossary(concept))
        .help("check whether the name belongs here, or add the English name used here to the glossary")
        .expected(expected)
        .emit();
}

/// Whether another concept that the Chinese names covers the span.
fn is_covered(ctx: &PairContext<'_>, span: Span) -> bool {
    ctx.terms().names(Side::En).overlaps(span)
}

/// Whether the Chinese there is the name of another concept, and so no misprint: 森林法 is not 专利法.
fn is_a_name(ctx: &PairContext<'_>, span: Span) -> bool {
    let mut names = ctx.terms().concepts.iter().flat_map(|c| &c.zh);
    names.any(|hit| hit.span.start <= span.start && span.end <= hit.span.end)
}

fn report_unknown(ctx: &PairContext<'_>, concept: &Concept, en: Span, report: &mut Report) {
    let name = en.of(ctx.en());
    let near = concept
        .zh
        .iter()
        .filter(|n| n.status.is_accepted())
        .filter_map(|n| near_chinese(&n.text, ctx.zh()).map(|(d, s)| (d, s, &*n.text)))
        .filter(|&(_, span, _)| !is_a_name(ctx, span))
        .min_by_key(|&(distance, ..)| distance);
    if let Some((_, span, expected)) = near {
        let found = span.of(ctx.zh());
        if found.replace('等', "") == expected {
            return;
        }
        report
            .finding(
                &TermUnknownSource::META,
                ctx,
                Side::Zh,
                span,
                format!(
                    "{} looks like a misprint of “{expected}”, the Chinese of “{name}”",
                    quote::name(ctx.zh(), span)
                ),
            )
            .label(ctx, Side::En, en)
            .concept(&*concept.id)
            .why(cite_glossary(concept))
            .help(format!("write “{expected}”"))
            .expected([expected])
            .found(found)
            .fix(ctx, Side::Zh, span, expected, Applicability::Unsafe)
            .emit();
    } else if let Some((child, parent)) = parent_in_its_place(ctx, en) {
        report
            .finding(
                &TermUnknownSource::META,
                ctx,
                Side::En,
                en,
                format!("{} belongs to “{parent}”, not “{name}”", quote::name(ctx.zh(), child)),
            )
            .label(ctx, Side::Zh, child)
            .concept(&*concept.id)
            .why(cite_glossary(concept))
            .help(format!("write “{parent}”"))
            .expected([parent])
            .found(name)
            .emit();
    } else {
        let expected = concept.preferred_zh().unwrap_or(&concept.id);
        report
            .finding(
                &TermUnknownSource::META,
                ctx,
                Side::En,
                en,
                format!("“{name}” has no counterpart in the Chinese; expected “{expected}”"),
            )
            .severity(Severity::Note)
            .confidence(Confidence::Low)
            .concept(&*concept.id)
            .why(cite_glossary(concept))
            .help("check whether the name belongs here, or add the Chinese name used here to the glossary")
            .expected([expected])
            .emit();
    }
}

/// The institute after whose English name the body at `en` stands as its parent, and the parent that its own full name ends in:
/// 中国科学院高能物理研究所, “Institute of High Energy Physics of the | Chinese Academy of Engineering”.
fn parent_in_its_place<'a>(ctx: &PairContext<'a>, en: Span) -> Option<(Span, &'a str)> {
    let before = ctx.en()[..en.start].trim_end();
    let before = before.strip_suffix("the").map_or(before, str::trim_end);
    let before = before
        .strip_suffix("of")
        .or_else(|| before.strip_suffix(','))?
        .trim_end();
    ctx.terms().concepts.iter().find_map(|found| {
        let institute = found.en.iter().find(|hit| hit.span.end == before.len())?;
        let concept = &ctx.doc.glossary.concepts()[found.concept];
        let short = &institute.span.of(ctx.en());
        let full = concept.en.iter().filter(|name| name.status.is_accepted());
        let mut parents = full.filter_map(|name| name.text.strip_prefix(short)?.strip_prefix(", "));
        Some((found.zh.first()?.span, parents.next()?))
    })
}

/// The part of `text` nearest to `name`, at most one edit away (two for names of ten or more characters), and the number
/// of edits. `None` for names of fewer than five characters. Approximate string matching by columns (Sellers 1980).
fn near_chinese(name: &str, text: &str) -> Option<(usize, Span)> {
    let name: Vec<char> = name.chars().filter(|&c| is_han(c) || c.is_alphanumeric()).collect();
    let allowed = match name.len() {
        0..=4 => return None,
        5..=9 => 1,
        _ => 2,
    };
    let text: Vec<(usize, char)> = text
        .char_indices()
        .filter(|&(_, c)| is_han(c) || c.is_alphanumeric())
        .collect();
    // column[i] = (edits, start) of the best alignment of name[..i] ending here.
    let mut column: Vec<(usize, usize)> = (0..=name.len()).map(|i| (i, 0)).collect();
    let mut best: Option<(usize, usize, usize)> = None;
    for (j, &(_, c)) in text.iter().enumerate() {
        let mut diagonal = column[0];
        column[0] = (0, j + 1);
        for i in 1..=name.len() {
            let substituted = (diagonal.0 + usize::from(name[i - 1] != c), diagonal.1);
            let inserted = (column[i].0 + 1, column[i].1);
            let deleted = (column[i - 1].0 + 1, column[i - 1].1);
            diagonal = column[i];
            column[i] = substituted.min(inserted).min(deleted);
        }
        let (edits, start) = column[name.len()];
        let shares_edges = start <= j && text[start].1 == name[0] && c == name[name.len() - 1];
        if edits <= allowed && edits > 0 && shares_edges && best.is_none_or(|(b, ..)| edits < b) {
            best = Some((edits, start, j));
        }
    }
    best.map(|(edits, start, end)| (edits, Span::new(text[start].0, text[end].0 + text[end].1.len_utf8())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{check_with, glossary};

    #[test]
    fn finds_the_misprint_in_the_chinese() {
        let text = "推动高海拔宇宙射线观测站开放";
        let (edits, span) = near_chinese("高海拔宇宙线观测站", text).unwrap();
        assert_eq!((edits, span.of(text)), (1, "高海拔宇宙射线观测站"));
        assert!(near_chinese("高海拔宇宙线观测站", "高海拔宇宙线观测站").is_none());
        assert!(near_chinese("国家天文台", "国家统计局").is_none());
    }

    #[test]
    fn allows_a_word_that_ends_a_list_inside_the_name() {
        let g = glossary(&["中蒙俄经济走廊 = China-Mongolia-Russia Economic Corridor"]);
        let (zh, en) = ("中巴、中蒙俄等经济走廊", "the China-Mongolia-Russia Economic Corridor");
        assert!(check_with(&TermUnknownSource, &[zh], &[en], &g).is_empty());
    }

    #[test]
    fn the_name_of_something_else_is_no_misprint() {
        let lines = [
            "中华人民共和国森林法 = Forest Law of China",
            "中华人民共和国专利法 = Patent Law of China",
        ];
        let check = |lines: &[&str]| {
            let (zh, en) = (
                ["《中华人民共和国森林法》已修订。"],
                ["The Patent Law of China was revised."],
            );
            check_with(&TermUnknownSource, &zh, &en, &glossary(lines))[0].severity
        };
        assert_eq!(check(&lines), Severity::Note);
        assert_eq!(check(&lines[1..]), Severity::Error);
    }

    #[test]
    fn the_parent_of_an_institute_is_that_of_its_name() {
        let g = glossary(&[
            "中国科学院物理研究所 = Institute of Physics, Chinese Academy of Sciences | Institute of Physics",
            "中国工程院 = Chinese Academy of Engineering",
        ]);
        let zh = ["中国科学院物理研究所发布了成果。"];
        let check = |en: &str| check_with(&TermUnknownSource, &zh, &[en], &g);
        let found = check("The Institute of Physics of the Chinese Academy of Engineering released the results.");
        assert_eq!(found[0].severity, Severity::Error);
        assert_eq!(found[0].expected, ["Chinese Academy of Sciences"]);
        assert!(check("The Institute of Physics of the Chinese Academy of Sciences released the results.").is_empty());
    }

    #[test]
    fn a_name_without_a_near_miss_is_a_note() {
        let g = glossary(&["国家统计局 = National Bureau of Statistics"]);
        let f = check_with(
            &TermUnknownSource,
            &["该局说"],
            &["The National Bureau of Statistics said"],
            &g,
        );
        assert_eq!(f[0].severity, Severity::Note);
    }
}
