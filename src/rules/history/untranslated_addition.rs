//! `untranslated-addition`.

use crate::declare_rule;
use crate::document::{Block, BlockKind};
use crate::finding::Severity;

use crate::rules::history_context::{ChangeKind, HistoryContext, SourceChange, describe};
use crate::rules::substance::{self, Passage, Translation};
use crate::rules::{PairContext, Report, Rule, quote};

/// Fewer letters need no translation.
const SHORTEST: usize = 3;

declare_rule! {
    /// Text was added to the source after it was translated.
    ///
    /// ## What it does
    /// Reports a paragraph, heading, list item or table cell of the source that is newer than the translation around it, and has
    /// no translation; three or more in a row are one finding. Where a translation is beside it that may be of what the source said before, it
    /// is a note, and where that says what the source says now, it is not reported. What was left out from the beginning is no matter of history: `bilint check` reports it.
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
            let text = block.text.trim();
            // A command of a template is no prose.
            let is_command = text.starts_with("{%") && text.ends_with("%}");
            let is_prose = letters >= SHORTEST && block.kind != BlockKind::Structure && !is_command;
            if !is_prose || is_beside(ctx, &pair) && is_said(ctx, block, &pair) {
                continue;
            }
            if run.last().is_some_and(|last| last.number + 1 != number) {
                report_run(ctx, &run, report);
                run.clear();
            }
            run.push(Addition {
                number,
                block,
                change,
                pair,
            });
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

/// Below this confidence, the aligner may have put two texts together that are none of each other.
const CERTAIN: f32 = 0.9;

/// A block that was added.
struct Addition<'a> {
    number: usize,
    block: &'a Block,
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
        .severity(if run.iter().all(|addition| is_beside(ctx, &addition.pair)) {
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
