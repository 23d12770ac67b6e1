//! `outdated-translation`.

use crate::declare_rule;
use crate::finding::{Confidence, Severity};
use crate::rules::history_context::{ChangeKind, HistoryContext, count_words, was_in_other_language};
use crate::rules::substance::{Passage, Translation, Weight, differences};
use crate::rules::{PairContext, Report, Rule};
use crate::text::script::is_han;
use crate::text::{Side, Span};

/// How many differences a message names.
const NAMED: usize = 3;

declare_rule! {
    /// The source changed after it was translated.
    ///
    /// ## What it does
    /// Reports a paragraph, heading, list item or table cell whose source changed in substance after its translation last
    /// changed, and names what changed: figures, names, code, words. Changes of punctuation, spelling, inflection, markup and
    /// words that say little are left out, as are a changed figure, link or name of a program that the translation has already, words that
    /// only changed places, and a word in place of another that the translation renders, too.
    /// A commit that changes both sides keeps them in step.
    ///
    /// It is a warning where the translation shows the change: it still has a figure, name, link or code that is gone, lacks a new one, or
    /// renders several words that the source no longer has; or where words were added or removed, a name changed, or a negation came or
    /// went in a text that is the same for the most part. A few words in the place of others may say the same, as in “choose”
    /// and “select”, so that this is a note: “perhaps in wording only”.
    ///
    /// ## Why it matters
    /// A translation that says 9 months where the source now says 12 misleads, and reading it alone never shows it.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// was: The trial runs for 9 months.
    /// en: The trial runs for 12 months.
    /// zh: 试运行九个月。
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// was: The trial runs for 9 months.
    /// en: The trial runs for 12 months.
    /// zh: 试运行十二个月。
    /// ```
    pub OutdatedTranslation { id: "outdated-translation", group: History, severity: Warning, since: "0.1.0" }
}

impl Rule for OutdatedTranslation {
    fn history(&self, ctx: &HistoryContext<'_>, report: &mut Report) {
        let (source, target) = (ctx.source, ctx.source.other());
        for (change, pair) in ctx.changes() {
            let ChangeKind::Edited(block, former) = &change.kind else {
                continue;
            };
            let Some(now) = ctx.document.document.blocks(source).get(*block) else {
                continue;
            };
            let before = former.passage();
            let after = Passage {
                text: &now.text,
                masked: &now.masked,
            };
            if pair.text(target).trim() == now.text.trim() {
                // What stays in the language of its source, and is the same.
                continue;
            }
            let translation = ctx.text_around(&pair, target);
            // It was translated into the language of the source since.
            let is_translated = former.text.contains(is_han) != now.text.contains(is_han);
            if is_translated && was_in_other_language(ctx.source, &former.text, &translation) {
                continue;
            }
            let translated = Translation::new(&translation, ctx.document.aligner);
            let found = differences(source, before, after, translated);
            if found.is_empty() {
                continue;
            }
            let mut named: Vec<String> = found.iter().take(NAMED).map(ToString::to_string).collect();
            if found.len() > NAMED {
                named.push(format!("{} more", found.len() - NAMED));
            }
            // What stays in the language of its source follows it word by word.
            let is_copy = pair.text(target).trim() == former.text.trim();
            let weight = found.iter().map(|d| d.weight).max().map(|weight| match weight {
                _ if is_copy => Weight::Shown,
                Weight::Substance if is_astray(ctx, [&former.text, &now.text], &translation) => Weight::Wording,
                weight => weight,
            });
            let perhaps = if weight == Some(Weight::Wording) {
                ", perhaps in wording only"
            } else {
                ""
            };
            let (language, other) = (source.name(), target.name());
            let (side, span) = if has_target(&pair, target) {
                (target, Span::new(0, pair.text(target).len()))
            } else {
                (source, ctx.span_of(&pair, *block))
            };
            let finding = report
                .finding(
                    &Self::META,
                    &pair,
                    side,
                    span,
                    format!(
                        "the {language} changed after the {other}{perhaps}: {}",
                        named.join("; ")
                    ),
                )
                .confidence(match weight {
                    Some(Weight::Shown) => Confidence::High,
                    Some(Weight::Substance) => Confidence::Medium,
                    Some(Weight::Wording) | None => Confidence::Low,
                })
                .severity(if weight == Some(Weight::Wording) {
                    Severity::Note
                } else {
                    Self::META.severity
                })
                .help(format!("bring the change into the {other}"))
                .expected([now.text.clone()])
                .found(former.text.clone());
            change.date(finding).emit();
        }
    }
}

/// Whether a pair has text on a side.
fn has_target(pair: &PairContext<'_>, side: Side) -> bool {
    !pair.text(side).is_empty()
}

/// Whether what is beside a text renders neither version of it: then it likely is the translation of something else. Of short texts,
/// a translation need not have a word.
fn is_astray(ctx: &HistoryContext<'_>, versions: [&str; 2], translation: &str) -> bool {
    const SHORTEST: usize = 6;
    versions
        .iter()
        .all(|text| count_words(text) >= SHORTEST && ctx.is_unrelated(text, translation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check_history;

    #[test]
    fn names_what_changed_and_points_at_the_translation() {
        let found = check_history(
            &OutdatedTranslation,
            &["Wait.", "It takes 9 months in a cluster."],
            &["Wait!", "It takes 12 months in a node."],
            &["请等待。", "在集群中需要九个月。"],
        );
        let [finding] = &found[..] else { panic!("{found:#?}") };
        assert_eq!(
            finding.message,
            "the English changed after the Chinese: “9 months” → “12 months”; “cluster” → “node”"
        );
        assert_eq!(finding.zh.as_ref().map(|l| &*l.text), Some("在集群中需要九个月。"));
        assert_eq!(finding.confidence, Confidence::High);
    }

    #[test]
    fn says_nothing_of_a_copy_that_follows() {
        let (was, now) = ("It takes 9 months in a cluster.", "It takes 12 months in a node.");
        assert!(check_history(&OutdatedTranslation, &[was], &[now], &[now]).is_empty());
        assert_eq!(check_history(&OutdatedTranslation, &[was], &[now], &[was]).len(), 1);
    }

    #[test]
    fn says_nothing_of_what_was_in_the_other_language() {
        let found = |was: &str| {
            check_history(
                &OutdatedTranslation,
                &[was],
                &["Restart the 3 nodes."],
                &["重新启动节点。"],
            )
        };
        assert!(found("重新启动节点").is_empty());
        assert_eq!(found("Restart the nodes.").len(), 1);
    }

    #[test]
    fn a_few_words_in_the_place_of_others_are_a_note() {
        let severities = |was: &str, en: &str, zh: &str| {
            let found = check_history(&OutdatedTranslation, &[was], &[en], &[zh]);
            found.into_iter().map(|f| f.severity).collect::<Vec<_>>()
        };
        let (note, warning) = (vec![Severity::Note], vec![Severity::Warning]);
        let zh = "在集群中部署节点之前，请先检查配置。";
        let was = "Check the configuration before you deploy nodes in a cluster.";
        assert_eq!(
            severities(
                was,
                "Verify the configuration before you deploy nodes in a cluster.",
                zh
            ),
            note
        );
        // A negation, something added, something removed, a figure.
        assert_eq!(
            severities(
                was,
                "Do not check the configuration before you deploy nodes in a cluster.",
                zh
            ),
            warning
        );
        assert_eq!(
            severities(was, &was.replace("cluster.", "cluster with an external database."), zh),
            warning
        );
        assert_eq!(severities(was, "Check the configuration.", zh), warning);
        assert_eq!(severities(was, &was.replace("nodes", "3 nodes"), zh), warning);
        // Words that went while others came, unless they are many in a row; the name of what the noun after it means.
        let turned = "Before nodes are deployed in a cluster, have a look at its external configuration.";
        assert_eq!(severities(was, turned, zh), note);
        let was = "Restart the plugin, and then wait until the cluster has started.";
        let zh = "重新启动插件，然后等待集群启动。";
        assert_eq!(
            severities(was, &was.replace("the plugin", "the `auth` plugin"), zh),
            note
        );
    }

    #[test]
    fn code_that_became_a_word_and_an_acronym_in_full_are_the_same() {
        let found = |was: &str, en: &str, zh: &str| check_history(&OutdatedTranslation, &[was], &[en], &[zh]).len();
        assert_eq!(
            found("Set `timeout` first.", "Set timeout first.", "首先设置 `timeout`。"),
            0
        );
        assert_eq!(
            found(
                "Start a Kubernetes cluster.",
                "Start a K8s cluster.",
                "启动 Kubernetes 集群。"
            ),
            0
        );
        assert_eq!(
            found("Use `v1.0.0` of it.", "Use `v1.1.0` of it.", "使用其 1.1.0 版本。"),
            0
        );
        assert_eq!(
            found("Use `v1.0.0` of it.", "Use `v1.1.0` of it.", "使用其 1.0.0 版本。"),
            1
        );
    }
}
