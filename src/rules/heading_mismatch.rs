//! `heading-mismatch`.

use std::collections::BTreeMap;

use super::numbering::numbering;
use super::{DocumentContext, PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::document::{BlockKind, Layout};
use crate::text::{Side, Span};

declare_rule! {
    /// A heading has a different number or level than its source.
    ///
    /// ## What it does
    /// Compares the numbers at the start of headings, items and articles, in any notation: 第三章, 一、, （二）, 1.2, 附件2;
    /// Chapter 3, I., (b), 1.2, Annex II. A number that only one side has is not reported. If both texts are Markdown,
    /// also reports a heading that is paired with running text, and a heading whose level is higher or lower than its
    /// source's, unless the whole text is shifted.
    ///
    /// ## Why it matters
    /// References to chapters and articles point to the wrong place, and so does the table of contents.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 第三章 开放合作
    /// en: Chapter 4 Open Cooperation
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 第三章 开放合作
    /// en: Chapter 3 Open Cooperation
    /// ```
    pub HeadingMismatch { id: "heading-mismatch", group: Structure, severity: Warning, since: "0.1.0", faults: [WrongNumber], precedence: 2 }
}

/// Least confidence of the aligner: less certain pairs may be aligned wrongly.
const MIN_CONFIDENCE: f32 = 0.5;

impl Rule for HeadingMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        if !is_comparable(ctx) {
            return;
        }
        let found = |side: Side| {
            let text = ctx.text(side);
            let start = text.len() - text.trim_start().len();
            numbering(&text[start..], side).map(|n| (Span::new(start, start + n.end), n.parts))
        };
        let target = ctx.doc.direction().target();
        // Most texts have no number, so that the other side need not be parsed.
        let Some((own, own_parts)) = found(target) else { return };
        let Some((other, other_parts)) = found(target.other()) else {
            return;
        };
        // Inside section 1, (2) is a translation of 1.2.
        if own_parts.len() != other_parts.len() || own_parts == other_parts {
            return;
        }
        let dotted = |parts: &[i64]| parts.iter().map(i64::to_string).collect::<Vec<_>>().join(".");
        let (here, there) = (
            quote_numbered(ctx.text(target), own),
            quote_numbered(ctx.text(target.other()), other),
        );
        report
            .finding(
                &Self::META,
                ctx,
                target,
                own,
                format!(
                    "numbers differ: {there} is {}, {here} is {}",
                    dotted(&other_parts),
                    dotted(&own_parts)
                ),
            )
            .label(ctx, target.other(), other)
            .help(format!("number it {}", dotted(&other_parts)))
            .emit();
    }

    fn document(&self, ctx: &DocumentContext<'_>, report: &mut Report) {
        let has_headings = |side| ctx.document.blocks(side).iter().any(|b| level(b.kind).is_some());
        if ctx.document.layout == Layout::Records || !(has_headings(Side::Zh) && has_headings(Side::En)) {
            return;
        }
        let kind = |pair: &PairContext<'_>, side| pair.blocks(side)[0].kind;
        let levels = |pair: &PairContext<'_>| Some((level(kind(pair, Side::Zh))?, level(kind(pair, Side::En))?));
        let pairs: Vec<_> = ctx.iter().filter(is_comparable).collect();
        let usual = usual_shift(pairs.iter().filter_map(levels));
        let target = ctx.direction().target();
        for pair in pairs {
            let (own, other) = (kind(&pair, target), kind(&pair, target.other()));
            let (message, help) = match (level(own), level(other)) {
                (Some(_), Some(_)) => {
                    let Some((zh, en)) = levels(&pair).filter(|&(zh, en)| en - zh != usual) else {
                        continue;
                    };
                    let (own, expected) = match target {
                        Side::En => (en, zh + usual),
                        Side::Zh => (zh, en - usual),
                    };
                    let name = target.other().name();
                    (
                        format!(
                            "heading {} has level {own}; expected level {expected} as in the {name}",
                            quote::beginning(pair.text(target))
                        ),
                        format!("make it a heading of level {expected}"),
                    )
                }
                (None, Some(_)) if own == BlockKind::Paragraph => (
                    format!(
                        "heading is translated as running text: {}",
                        quote::beginning(pair.text(target.other()))
                    ),
                    "make it a heading".to_owned(),
                ),
                (Some(_), None) if other == BlockKind::Paragraph => (
                    format!(
                        "running text is translated as a heading: {}",
                        quote::beginning(pair.text(target.other()))
                    ),
                    "make it running text".to_owned(),
                ),
                _ => continue,
            };
            let whole = |side: Side| Span::new(0, pair.text(side).len());
            report
                .finding(&Self::META, &pair, target, whole(target), message)
                .label(&pair, target.other(), whole(target.other()))
                .help(help)
                .emit();
        }
    }
}

/// The number at `span` with the words of the heading that it belongs to, in quotation marks.
fn quote_numbered(text: &str, span: Span) -> String {
    let line = text[span.start..].lines().next().unwrap_or_default();
    quote::beginning(line)
}

/// Whether the pair has one block on each side and is aligned with confidence.
fn is_comparable(ctx: &PairContext<'_>) -> bool {
    let single = |side| ctx.blocks(side).len() == 1;
    single(Side::Zh) && single(Side::En) && !ctx.is_structure() && ctx.pair().confidence >= MIN_CONFIDENCE
}

/// The level of a heading, if the format has levels.
fn level(kind: BlockKind) -> Option<i8> {
    match kind {
        BlockKind::Heading(level @ 1..) => i8::try_from(level).ok(),
        _ => None,
    }
}

/// How many levels English headings are usually below their Chinese ones. Of equally frequent shifts, the smallest.
fn usual_shift(levels: impl Iterator<Item = (i8, i8)>) -> i8 {
    let mut counts: BTreeMap<i8, usize> = BTreeMap::new();
    for (zh, en) in levels {
        *counts.entry(en - zh).or_default() += 1;
    }
    let most = counts.iter().max_by_key(|&(&shift, &n)| (n, -shift.abs()));
    most.map_or(0, |(&shift, _)| shift)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Aligner;
    use crate::glossary::Glossary;
    use crate::rules::context::Settings;
    use crate::rules::testing::{check, document};

    fn plain<'a>(texts: &[&'a str]) -> Vec<&'a str> {
        texts.iter().map(|t| t.trim_start_matches(['#', ' '])).collect()
    }

    /// Findings on texts whose lines begin with `#` for each level of a heading.
    fn markdown(zh: &[&str], en: &[&str]) -> Vec<String> {
        let level = |text: &&str| text.bytes().take_while(|&b| b == b'#').count();
        let (zh_text, en_text) = (plain(zh), plain(en));
        let (mut doc, pairs) = document(&zh_text, &en_text);
        doc.layout = Layout::Parallel;
        for (side, texts) in [(Side::Zh, zh), (Side::En, en)] {
            for (block, text) in doc.blocks_mut(side).iter_mut().zip(texts) {
                if level(text) > 0 {
                    block.kind = BlockKind::Heading(level(text) as u8);
                }
            }
        }
        let (glossary, settings, aligner) = (Glossary::default(), Settings::default(), Aligner::default());
        let ctx = DocumentContext::new(&doc, &pairs, &glossary, &settings, &aligner);
        let mut report = Report::new();
        HeadingMismatch.document(&ctx, &mut report);
        report.into_findings().into_iter().map(|f| f.message).collect()
    }

    #[test]
    fn numbers_are_compared_by_value() {
        for (zh, en) in [
            ("一、总体要求", "2. General Requirements"),
            ("（三）保障措施", "(2) Safeguards"),
            ("1.2 范围", "1.3 Scope"),
            ("第十二条", "Article 21"),
        ] {
            assert_eq!(check(&HeadingMismatch, &[zh], &[en]).len(), 1, "{zh} {en}");
        }
    }

    #[test]
    fn allows_other_ways_to_number_and_no_number() {
        for (zh, en) in [
            ("一、总体要求", "I. General Requirements"),
            ("第三章 开放合作", "Open Cooperation"),
            ("开放合作", "Chapter 3 Open Cooperation"),
            ("1.2 范围", "(2) Scope"),
            ("第二条", "Article Two"),
            ("2026年，我们在这里。", "2. In 2026 we are here."),
        ] {
            assert!(check(&HeadingMismatch, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }

    #[test]
    fn levels_are_compared_where_both_sides_have_them() {
        let zh = ["# 总则", "## 范围", "本标准适用于开放科学。", "## 术语"];
        let right = [
            "# General",
            "## Scope",
            "This standard applies to open science.",
            "## Terms",
        ];
        assert_eq!(markdown(&zh, &right), Vec::<String>::new());
        let lower = [
            "# General",
            "### Scope",
            "This standard applies to open science.",
            "## Terms",
        ];
        assert_eq!(
            markdown(&zh, &lower),
            ["heading “Scope” has level 3; expected level 2 as in the Chinese"]
        );
        let lost = [
            "# General",
            "Scope",
            "This standard applies to open science.",
            "## Terms",
        ];
        assert_eq!(markdown(&zh, &lost), ["heading is translated as running text: “范围”"]);
        let gained = [
            "# General",
            "## Scope",
            "## This standard applies to open science.",
            "## Terms",
        ];
        assert_eq!(markdown(&zh, &gained).len(), 1);
    }

    #[test]
    fn allows_a_text_that_is_a_level_lower_throughout() {
        let zh = ["# 总则", "## 范围", "## 术语"];
        assert!(markdown(&zh, &["## General", "### Scope", "### Terms"]).is_empty());
        assert_eq!(markdown(&zh, &["## General", "### Scope", "# Terms"]).len(), 1);
    }
}
