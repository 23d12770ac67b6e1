//! What changed in substance between two versions of a passage: figures, names, code and words, but no commas, spelling or
//! markup.
//!
//! The versions are compared word by word (Myers' algorithm). A change of a figure, a name of a program or a link is looked up
//! in the translation, which has them as they are: if it has the new one and not the old one, somebody saw to it already.

mod evidence;
mod hunks;
mod quiet;
mod tokens;
mod version;
mod weight;

use std::fmt;

pub use self::evidence::Translation;
use self::evidence::{Counts, Evidence, Verdict};
use self::hunks::hunks;
use self::version::{Hunk, Version};
use self::weight::Edit;
use super::quote;
use crate::text::{Side, Span};

/// A text, and the parts of it that are no prose.
#[derive(Debug, Clone, Copy)]
pub struct Passage<'a> {
    /// The text.
    pub text: &'a str,
    /// The parts, in order.
    pub masked: &'a [Span],
}

/// A change of some words in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The words before, in quotation marks; empty if there were none.
    pub before: String,
    /// The words after, in quotation marks; empty if there are none.
    pub after: String,
    /// How much it matters.
    pub weight: Weight,
}

/// How much a change of a source matters to its translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// A few words were replaced, added or removed: the source may say the same in other words.
    Wording,
    /// Words were added or removed, a name is another one, or a negation came or went.
    Substance,
    /// The translation still has a figure, name or code that the source had, or lacks what it has now.
    Shown,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&*self.before, &*self.after) {
            ("", after) => write!(f, "{after} added"),
            (before, "") => write!(f, "{before} removed"),
            (before, after) => write!(f, "{before} → {after}"),
        }
    }
}

/// What changed in substance from one version of a source to another, in the language of `side`; nothing where the
/// `translation` shows that somebody saw to it.
pub fn differences(
    side: Side,
    before: Passage<'_>,
    after: Passage<'_>,
    translation: Translation<'_>,
) -> Vec<Difference> {
    let versions = [Version::new(before, side), Version::new(after, side)];
    let hunks = hunks(&versions);
    if hunks.is_empty() {
        return Vec::new();
    }
    let evidence = Evidence::new(side, &versions, translation);
    let judged: Vec<(Hunk, Verdict)> = hunks
        .into_iter()
        .map(|hunk| (hunk.clone(), evidence.judge(&hunk)))
        .collect();
    let has = |verdict| judged.iter().any(|(_, v)| *v == verdict);
    if has(Verdict::UpToDate) && !has(Verdict::Outdated) && !has(Verdict::Lacking) {
        return Vec::new();
    }
    let open = judged
        .into_iter()
        .filter(|(_, verdict)| matches!(verdict, Verdict::Outdated | Verdict::Lacking | Verdict::Unknown));
    let open: Vec<(Hunk, Verdict, Counts)> = open
        .map(|(hunk, verdict)| {
            let counts = evidence.count(&hunk);
            (hunk, verdict, counts)
        })
        .collect();
    let edit = Edit::new(&evidence, open.iter().map(|(_, _, counts)| counts));
    let difference = |(hunk, verdict, counts): &(Hunk, Verdict, Counts)| {
        let [before, after] = [0, 1].map(|i| {
            let text = versions[i].shown(&hunk.0[i]).of(versions[i].passage.text);
            if text.is_empty() {
                String::new()
            } else {
                quote::beginning(text)
            }
        });
        Difference {
            before,
            after,
            weight: edit.weight(*verdict, counts),
        }
    };
    open.iter().map(difference).collect()
}

/// Whether a translation says what a passage of the source in the language of `side` says, as far as its words show: it has words
/// for nearly all of them.
pub fn is_said(side: Side, passage: Passage<'_>, translation: Translation<'_>) -> bool {
    look_up(side, passage, translation).0
}

/// The share of the words of content in a passage of the source in the language of `side` that a translation has words for.
pub fn share_said(side: Side, passage: Passage<'_>, translation: Translation<'_>) -> f64 {
    look_up(side, passage, translation).1
}

/// Whether a translation says a passage as a whole, and the share of its words of content that it has words for.
fn look_up(side: Side, passage: Passage<'_>, translation: Translation<'_>) -> (bool, f64) {
    let nothing = Passage { text: "", masked: &[] };
    let versions = [Version::new(nothing, side), Version::new(passage, side)];
    let whole = Hunk([0..0, 0..versions[1].tokens.len()]);
    let evidence = Evidence::new(side, &versions, translation);
    (evidence.says(&whole), evidence.share_said(&whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Aligner;

    fn changes(side: Side, before: &str, after: &str, translation: &str) -> Vec<String> {
        let passage = |text| Passage { text, masked: &[] };
        let aligner = Aligner::default();
        let translation = Translation::new(translation, &aligner);
        let found = differences(side, passage(before), passage(after), translation);
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn figures_and_names_are_named_whole() {
        let before = "The trial of the High Altitude Observatory runs for 9 months.";
        let after = "The trial of the Large High Altitude Observatory runs for 12 months.";
        assert_eq!(
            changes(Side::En, before, after, "高海拔观测站试运行九个月。"),
            [
                "“High Altitude Observatory” → “Large High Altitude Observatory”",
                "“9 months” → “12 months”"
            ]
        );
        assert_eq!(
            changes(
                Side::Zh,
                "试运行九个月。",
                "试运行十二个月。",
                "The trial runs for nine months."
            ),
            ["“九个月” → “十二个月”"]
        );
    }

    #[test]
    fn commas_spelling_and_small_words_are_no_substance() {
        for (before, after) in [
            ("Restart the cluster, then wait.", "Restart the cluster then wait"),
            ("You recieve a message.", "You receive a message."),
            ("Please wait for nine months.", "Wait for 9 months."),
            ("The set up of a node", "The setup of the node"),
            ("It restarts all *nodes*.", "It restarted all nodes."),
            ("Click \"Log in\" of the the node.", "Click “Log in” of the node."),
            ("In thsi console", "In this console"),
            ("2. Restart it", "3. Restart it"),
            (
                "If it fails, a node is deleted.",
                "When it fails, a node will be deleted.",
            ),
        ] {
            assert_eq!(changes(Side::En, before, after, "译文。"), [""; 0], "{before}");
        }
        for (before, after) in [
            ("重新启动集群，然后等待。", "重新启动集群然后等待"),
            ("登陆帐号。", "登录账号。"),
        ] {
            assert_eq!(changes(Side::Zh, before, after, "A translation."), [""; 0], "{before}");
        }
    }

    #[test]
    fn a_small_word_that_turns_the_meaning_round_is_substance() {
        assert_eq!(
            changes(Side::En, "You can delete it.", "You cannot delete it.", "可以删除。").len(),
            1
        );
        assert_eq!(
            changes(Side::En, "It is safe.", "It is not safe.", "很安全。"),
            ["“not” added"]
        );
        assert_eq!(
            changes(Side::Zh, "可以删除。", "不可以删除。", "It can be deleted."),
            ["“不” added"]
        );
    }

    #[test]
    fn another_order_of_words_is_no_substance_and_neither_is_a_word_for_what_the_translation_says() {
        assert_eq!(
            changes(
                Side::En,
                "Dependencies installation",
                "Install the dependencies",
                "安装依赖"
            ),
            [""; 0]
        );
        assert_eq!(
            changes(
                Side::En,
                "The mode is Economy.",
                "The mode is Economical.",
                "模式为经济。"
            ),
            [""; 0]
        );
        assert_eq!(
            changes(Side::En, "Send it to the URLs.", "Send it to the URI.", "发送到 URI。"),
            [""; 0]
        );
    }

    #[test]
    fn a_corrected_name_is_substance_where_the_translation_has_the_slip() {
        let (before, after) = ("Install Kuberentes first.", "Install Kubernetes first.");
        assert_eq!(changes(Side::En, before, after, "首先安装 Kubernetes。"), [""; 0]);
        assert_eq!(changes(Side::En, before, after, "首先安装该系统。"), [""; 0]);
        assert_eq!(changes(Side::En, before, after, "首先安装 Kuberentes。").len(), 1);
        let (before, after) = ("Ask Anderson first.", "Ask Robinson first.");
        assert_eq!(changes(Side::En, before, after, "首先询问安德森。").len(), 1);
    }

    #[test]
    fn an_english_word_in_a_chinese_source_may_be_put_in_chinese() {
        let found = |before, after| {
            let passage = |text| Passage { text, masked: &[] };
            let aligner = Aligner::default();
            let translation = Translation::new("Enable the S3 Gateway in a cluster.", &aligner);
            let found = differences(Side::Zh, passage(before), passage(after), translation);
            found.iter().map(|d| d.weight).max()
        };
        assert!(found("在集群中启用 S3 Gateway。", "在集群中启用 S3 网关。") < Some(Weight::Shown));
        assert_eq!(
            found("在集群中启用 S3 Gateway。", "在集群中启用 S3 Proxy。"),
            Some(Weight::Shown)
        );
    }

    #[test]
    fn a_translation_that_has_the_new_figure_is_up_to_date() {
        let (before, after) = ("It takes 9 months.", "It takes 12 months.");
        assert_eq!(changes(Side::En, before, after, "需要十二个月。"), [""; 0]);
        let (before, after) = ("Use version 13.4.19 here.", "Use version 14.2.3 here.");
        assert_eq!(changes(Side::En, before, after, "请使用 14.2.3 版。"), [""; 0]);
        assert_eq!(
            changes(Side::En, before, after, "请使用 13.4.19 版。"),
            ["“13.4.19” → “14.2.3”"]
        );
        let (before, after) = ("Set max_tasks first.", "Set max_jobs at the start.");
        assert_eq!(changes(Side::En, before, after, "首先设置 max_jobs。"), [""; 0]);
        assert_eq!(changes(Side::En, before, after, "首先设置 max_tasks。").len(), 1);
    }
}
