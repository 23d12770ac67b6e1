//! `untranslated-addition`.

use crate::declare_rule;
use crate::document::{Block, BlockKind};
use crate::finding::Severity;

use crate::rules::history_context::{ChangeKind, HistoryContext, SourceChange, describe, is_as_long, is_for_readers};
use crate::rules::substance::{self, Passage, Translation};
use crate::rules::{PairContext, Report, Rule, quote};

/// Fewer letters need no translation.
const SHORTEST: usize = 3;

declare_rule! {
    /// Text was added to the source after it was translated.
    ///
    /// ## What it does
    /// Reports a paragraph, heading, list item or table cell of the source that is newer than the translation around it, and has
    /// no translation; three or more in a row are one finding. Where a translation is beside it that may be of what the source said before,
    /// or near it one that has no source and words for it, it is a note, and where what is beside it says what the source says now, it is not
    /// reported. What was left out from the beginning is no matter of history: `bilint check` reports it.
    ///
    /// ## Why it matters
    /// Readers of the translation never learn of it.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// was: Many hands make light work.
    /// was:
    /// en: Many hands make light work.
    /// en: Welcome to join us.
    /// zh: 众擎易举，独力难成。
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// was: Many hands make light work.
    /// was: Welcome to join us.
    /// en: Many hands make light work.
    /// en: Welcome to join us.
    /// zh: 众擎易举，独力难成。
    /// zh: 我们在这里，欢迎您！
    /// ```
    pub UntranslatedAddition { id: "untranslated-addition", group: History, severity: Warning, since: "0.1.0" }
}

/// From so many on, additions in a row are one finding.
const LEAST_RUN: usize = 3;

impl Rule for UntranslatedAddition {
    fn history(&self, ctx: &HistoryContext<'_>, report: &mut Report) {
        let mut run: Vec<Addition<'_>> = Vec::new();
        for (change, pair) in ctx.changes() {
            let ChangeKind::Added(number) = change.kind else {
                continue;
            };
            let Some(block) = ctx.document.document.blocks(ctx.source).get(number) else {
                continue;
            };
            let letters = block.text.chars().filter(|c| c.is_alphabetic()).count();
            let is_prose = letters >= SHORTEST && block.kind != BlockKind::Structure && is_for_readers(&block.text);
            if !is_prose || is_beside(ctx, &pair) && is_said(ctx, block, &pair) {
                continue;
            }
            let addition = Addition {
                number,
                block,
                is_there: is_there(ctx, block, change.pair, &pair),
                change,
                pair,
            };
            let goes_on = |last: &Addition<'_>| last.number + 1 == number && last.is_there == addition.is_there;
            if run.last().is_some_and(|last| !goes_on(last)) {
                report_run(ctx, &run, report);
                run.clear();
            }
            run.push(addition);
        }
        report_run(ctx, &run, report);
    }
}

/// Whether the translation beside a block says it already: it was there first, or says what the source had in other words.
fn is_said(ctx: &HistoryContext<'_>, block: &Block, pair: &PairContext<'_>) -> bool {
    let target = pair.text(ctx.source.other());
    let passage = Passage {
        text: &block.text,
        masked: &block.masked,
    };
    substance::is_said(ctx.source, passage, Translation::new(target, ctx.document.aligner))
}

/// Whether there is a translation that likely belongs to the block: it may be the one of what the source said before.
fn is_beside(ctx: &HistoryContext<'_>, pair: &PairContext<'_>) -> bool {
    pair.pair().confidence >= CERTAIN && !pair.text(ctx.source.other()).trim().is_empty()
}

/// A translation has words for this share of the words of a text, if it is one.
const RENDERED: f64 = 0.6;

/// How many pairs before and after an addition are looked at for a translation of it.
const NEAR: usize = 6;

/// Whether an addition may be in the translation already, in another layout or in other words: a translation is beside it, or one
/// without a source is near it that has words for it. A heading may also have got another text.
fn is_there(ctx: &HistoryContext<'_>, block: &Block, index: usize, pair: &PairContext<'_>) -> bool {
    let (target, text) = (ctx.source.other(), &*block.text);
    if is_beside(ctx, pair) {
        return true;
    }
    let is_rendered = |translation: &str| {
        let translated = Translation::new(translation, ctx.document.aligner);
        substance::share_said(
            ctx.source,
            Passage {
                text,
                masked: &block.masked,
            },
            translated,
        ) >= RENDERED
    };
    let beside = pair.text(target);
    if !beside.trim().is_empty() {
        let is_alone = pair.range(ctx.source).len() == 1;
        return is_alone && !ctx.is_unrelated(text, beside) || is_rendered(beside);
    }
    let is_level = |near: &PairContext<'_>| near.blocks(target).iter().any(|other| other.kind == block.kind);
    let is_renamed =
        matches!(block.kind, BlockKind::Heading(_)) && ctx.bare_near(index, 1, target).any(|p| is_level(&p));
    let is_likely = |near: &str| is_as_long(text, near) && is_rendered(near);
    is_renamed
        || ctx
            .bare_near(index, NEAR, target)
            .any(|near| is_likely(near.text(target)))
}

/// Below this confidence, the aligner may have put two texts together that are none of each other.
const CERTAIN: f32 = 0.9;

/// A block that was added.
struct Addition<'a> {
    number: usize,
    block: &'a Block,
    /// Whether the translation may have it already.
    is_there: bool,
    change: &'a SourceChange,
    pair: PairContext<'a>,
}

/// Reports additions in a row.
fn report_run(ctx: &HistoryContext<'_>, run: &[Addition<'_>], report: &mut Report) {
    if run.len() < LEAST_RUN {
        for one in run {
            report_one(ctx, std::slice::from_ref(one), report);
        }
    } else {
        report_one(ctx, run, report);
    }
}

fn report_one(ctx: &HistoryContext<'_>, run: &[Addition<'_>], report: &mut Report) {
    let [first, rest @ ..] = run else { return };
    let (language, other) = (ctx.source.name(), ctx.source.other().name());
    let kind = describe(first.block.kind);
    let is_same = rest.iter().all(|addition| describe(addition.block.kind) == kind);
    let subject = match (rest, is_same) {
        ([], _) => format!("{kind} was"),
        (_, true) => format!("{} {kind}s were", run.len()),
        (_, false) => format!("{} paragraphs were", run.len()),
    };
    let quoted = quote::beginning(&first.block.text);
    let mut finding = report
        .finding(
            &UntranslatedAddition::META,
            &first.pair,
            ctx.source,
            ctx.span_of(&first.pair, first.number),
            format!("{subject} added to the {language} after the {other} last changed here: {quoted}"),
        )
        .help(if rest.is_empty() {
            "translate it"
        } else {
            "translate them"
        })
        .severity(if first.is_there {
            Severity::Note
        } else {
            UntranslatedAddition::META.severity
        })
        .expected(run.iter().map(|addition| addition.block.text.clone()));
    for addition in rest {
        finding = finding.with(&addition.pair);
    }
    first.change.date(finding).emit();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check_history;

    #[test]
    fn several_in_a_row_are_one_finding() {
        let en = [
            "Start.",
            "- Lock the valve.",
            "- Keep a record.",
            "- Wear a helmet.",
            "The end.",
        ];
        let found = check_history(
            &UntranslatedAddition,
            &["Start.", "", "", "", "The end."],
            &en,
            &["开始。", "", "", "", "完。"],
        );
        let [finding] = &found[..] else { panic!("{found:#?}") };
        assert_eq!(
            finding.message,
            "3 list items were added to the English after the Chinese last changed here: “Lock the valve.”"
        );
        assert_eq!(finding.expected.len(), 3);
    }
}
