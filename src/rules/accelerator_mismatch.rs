//! `accelerator-mismatch`.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::declare_rule;
use crate::finding::{Finding, Severity};
use crate::rules::accelerators::{Key, key_of, keys};
use crate::rules::{CorpusPass, DocumentContext, PairContext, Report, Rule, report};
use crate::text::Span;
use crate::text::bytes::ByteSet;
use crate::text::script::is_han;

declare_rule! {
    /// A label has no key for the keyboard, or two, or one that nobody can type.
    ///
    /// ## What it does
    /// Compares the letters that labels mark for the keyboard: `&File` (Qt, Windows, wxWidgets), `&&File` (VS Code) and `_File` (GTK). In Chinese
    /// the letter is in brackets, `文件(&F)`. Reports a translation with two of them, one in which the mark is before a
    /// Chinese character or punctuation, and, in a file whose other labels keep theirs, one without any. Another letter than
    /// that of the source is a note, since it may avoid a letter that is used twice.
    ///
    /// ## Why it matters
    /// Without its key a menu item cannot be reached from the keyboard. Of two marks one is printed, or the wrong one counts.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// limit:
    /// zh: 打开(&O)文件(&F)
    /// en: Open &File
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// limit:
    /// zh: 打开文件(&F)
    /// en: Open &File
    /// ```
    ///
    /// ## Limits
    /// “R&D”, `save_path`, addresses and entities are no keys. A text with two marks in the source is not compared.
    pub AcceleratorMismatch { id: "accelerator-mismatch", group: Typography, severity: Warning, since: "0.1.0" }
}

/// How many labels keep their key for each one that does not.
const KEPT_PER_LOST: usize = 10;

impl Rule for AcceleratorMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let Some(Comparison { of_source, here, .. }) = compare(ctx) else {
            return;
        };
        let target = ctx.doc.direction().target();
        let text = ctx.text(target);
        match here[..] {
            [key] if is_han(key.letter) || key.in_brackets && !key.letter.is_ascii_alphanumeric() => {
                let message = format!("no key of a keyboard is “{}”", key.letter);
                report
                    .finding(&Self::META, ctx, target, key.span, message)
                    .help(format!(
                        "mark a letter, as in “({}{})”",
                        mark(text, key),
                        of_source.letter
                    ))
                    .emit();
            }
            [key] if key.letter != of_source.letter && key.in_brackets => {
                let message = format!("the key is “{}”, in the source “{}”", key.letter, of_source.letter);
                report
                    .finding(&Self::META, ctx, target, key.span, message)
                    .severity(Severity::Note)
                    .emit();
            }
            [_, second, ..] => {
                let message = format!("the label has {} keys", here.len());
                report
                    .finding(&Self::META, ctx, target, second.span, message)
                    .help("mark one letter only")
                    .emit();
            }
            _ => {}
        }
    }

    fn corpus(&self) -> Option<Box<dyn CorpusPass>> {
        Some(Box::<Pass>::default())
    }
}

/// The key of a source, and those of its translation.
struct Comparison {
    mark: &'static str,
    of_source: Key,
    here: Vec<Key>,
}

/// Compares a pair whose source has one key; `None` for another one, and where what looks like a key need not be one.
fn compare(ctx: &PairContext<'_>) -> Option<Comparison> {
    let direction = ctx.doc.direction();
    let (source, target) = (direction.source(), direction.target());
    if !ctx.is_paired() || !ctx.bytes(source).has_any(ByteSet::list(b"&_")) {
        return None;
    }
    let (mark, of_source) = key_of(ctx, source)?;
    let here = keys(ctx, target, mark);
    // `save_path` has no key, unless the translation says that it has.
    let text = ctx.text(source);
    let is_in_word = text[..of_source.span.start].ends_with(|c: char| c.is_ascii_alphanumeric());
    let has_brackets = here.iter().any(|key| key.in_brackets);
    (has_brackets || mark != "_" || !is_in_word).then_some(Comparison { mark, of_source, here })
}

/// The mark of a key.
fn mark(text: &str, key: Key) -> &str {
    text[key.span.start..key.span.end - key.letter.len_utf8()].trim()
}

/// The labels of a file whose source has a key.
#[derive(Default)]
struct Labels {
    kept: usize,
    lost: Vec<Finding>,
}

#[derive(Default)]
struct Pass {
    /// By file and mark.
    labels: FxHashMap<(Arc<str>, &'static str), Labels>,
}

impl CorpusPass for Pass {
    fn visit(&mut self, ctx: &DocumentContext<'_>, _: &mut Report) {
        let target = ctx.direction().target();
        for pair in ctx.iter() {
            let Some(Comparison { mark, of_source, here }) = compare(&pair) else {
                continue;
            };
            let (file, _) = report::line(&pair, target, 0);
            let labels = self.labels.entry((file, mark)).or_default();
            if !here.is_empty() {
                labels.kept += 1;
                continue;
            }
            let text = pair.text(target).trim_end();
            // A file that drops them all is not worth the memory.
            if text.contains(mark) || labels.lost.len() > labels.kept + KEPT_PER_LOST {
                continue;
            }
            let key = of_source.letter;
            let mut report = Report::new();
            report
                .finding(
                    &AcceleratorMismatch::META,
                    &pair,
                    target,
                    Span::new(0, text.len()),
                    format!("the label has no key, in the source it is “{key}”"),
                )
                .label(&pair, pair.doc.direction().source(), of_source.span)
                .help(format!("add “({mark}{key})”"))
                .emit();
            labels.lost.append(&mut report.into_findings());
        }
    }

    fn finish(self: Box<Self>) -> Vec<Finding> {
        let is_slip = |labels: &Labels| labels.kept >= KEPT_PER_LOST * labels.lost.len();
        let slips = self.labels.into_values().filter(is_slip);
        slips.flat_map(|labels| labels.lost).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check_records;

    fn messages(pairs: &[(&str, &str)]) -> Vec<(Severity, String)> {
        let (zh, en): (Vec<&str>, Vec<&str>) = pairs.iter().map(|(en, zh)| (*zh, *en)).unzip();
        let found = check_records(&AcceleratorMismatch, &zh, &en, &[]);
        found.into_iter().map(|f| (f.severity, f.message)).collect()
    }

    const KEPT: [(&str, &str); 10] = [
        ("&Open", "打开(&O)"),
        ("&New", "新建(&N)"),
        ("&Print", "打印(&P)"),
        ("&Tools", "工具(&T)"),
        ("&Window", "窗口(&W)"),
        ("&File", "文件(&F)"),
        ("E&xit", "退出(&X)"),
        ("&Help", "帮助(&H)"),
        ("Sa&ve", "保存(&V)"),
        ("&Edit", "编辑(&E)"),
    ];

    #[test]
    fn a_label_without_its_key_is_reported_where_the_others_have_theirs() {
        let lost = [("&View", "查看")];
        let all: Vec<_> = KEPT.iter().chain(&lost).copied().collect();
        let message = "the label has no key, in the source it is “V”".to_owned();
        assert_eq!(messages(&all), [(Severity::Warning, message)]);
        assert!(messages(&lost).is_empty(), "a project may do without");
        let gtk: Vec<_> = KEPT.map(|(en, zh)| (en.replace('&', "_"), zh.replace('&', "_"))).into();
        let mut gtk: Vec<_> = gtk.iter().map(|(en, zh)| (&**en, &**zh)).collect();
        gtk.push(("_View", "查看"));
        assert_eq!(messages(&gtk).len(), 1);
    }

    #[test]
    fn another_letter_is_a_note() {
        let message = "the key is “C”, in the source “O”".to_owned();
        assert_eq!(messages(&[("C&ontinue", "继续(&C)")]), [(Severity::Note, message)]);
    }

    #[test]
    fn a_mark_before_something_that_is_no_key_is_reported() {
        for zh in ["打开剪切线(&:)", "&打开剪切线"] {
            assert_eq!(messages(&[("Cut &lines", zh)]).len(), 1, "{zh}");
        }
    }

    #[test]
    fn allows_ampersands_and_underlines_that_mark_nothing() {
        let pairs = [
            ("R&D in 2024", "2024年研发"),
            ("Copy && paste", "复制与粘贴"),
            ("save_path is invalid", "保存路径无效"),
            ("Open&nbsp;file", "打开文件"),
            ("https://example.com/?a=1&b=2", "示例"),
            ("_Trackers:", "_Tracker："),
            ("Q&A and &Help", "问答与帮助(&H)"),
            ("As _HTML…", "为 _HTML…"),
        ];
        let all: Vec<_> = KEPT.iter().chain(&pairs).copied().collect();
        assert_eq!(messages(&all), []);
    }
}
