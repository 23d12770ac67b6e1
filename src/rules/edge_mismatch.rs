//! `edge-mismatch`.

use crate::declare_rule;
use crate::document::Layout;
use crate::finding::Severity;
use crate::rules::accelerators::without_suffix;
use crate::rules::{PairContext, Report, Rule};
use crate::text::{Side, Span};

declare_rule! {
    /// A string and its translation begin or end differently, where a program relies on it.
    ///
    /// ## What it does
    /// Compares the ends of strings in files of records: a line end at the beginning or the end must be in both. A colon or an ellipsis at the end
    /// that the translation does not have is a note, and so is a space before or behind Latin letters and figures. A key
    /// in brackets, as in `打开(&O)…`, is left aside, and so is a space before or behind Chinese, which needs none.
    ///
    /// ## Why it matters
    /// The next text is put on the same line, or sticks to a word. gettext refuses a translation without the line end of its source.
    /// An ellipsis says that a dialogue opens.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// limit:
    /// en: All programs failed. Tried %1\n
    /// zh: 所有程序都已失败。已尝试 %1
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// limit:
    /// en: All programs failed. Tried %1\n
    /// zh: 所有程序都已失败。已尝试 %1\n
    /// ```
    ///
    /// ## Limits
    /// Plain scalars and blocks of YAML, Fluent, Android's strings and XLIFF have no white space at their ends, or none that counts.
    pub EdgeMismatch { id: "edge-mismatch", group: Typography, severity: Warning, since: "0.1.0" }
}

/// Most characters of a label. A longer text is a message, whose last mark depends on the language.
const LABEL: usize = 80;

impl Rule for EdgeMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        if ctx.doc.document.layout != Layout::Records || !ctx.is_paired() {
            return;
        }
        let direction = ctx.doc.direction();
        let (source, target) = (direction.source(), direction.target());
        let (from, to) = (ctx.text(source), ctx.text(target));
        let is_line_end = |c: char| matches!(c, '\n' | '\r');
        let ends = [
            (
                "begins",
                from.starts_with(is_line_end),
                to.starts_with(is_line_end),
                false,
            ),
            ("ends", from.ends_with(is_line_end), to.ends_with(is_line_end), true),
        ];
        for (verb, in_source, _, is_end) in ends.into_iter().filter(|(_, a, b, _)| a != b) {
            let (has, has_not) = if in_source { (source, target) } else { (target, source) };
            let message = format!(
                "the {} {verb} with a line end, the {} does not",
                has.name(),
                has_not.name()
            );
            let help = if in_source {
                "write “\\n” there, too"
            } else {
                "remove it"
            };
            report
                .finding(&Self::META, ctx, target, edge(to, is_end), message)
                .help(help)
                .emit();
        }
        if from.chars().nth(LABEL).is_none() && !from.trim().contains('\n') {
            marks(ctx, [source, target], report);
        }
    }
}

/// Compares the last marks and the spaces of labels.
fn marks(ctx: &PairContext<'_>, [source, target]: [Side; 2], report: &mut Report) {
    let (from, to) = (ctx.text(source), ctx.text(target));
    let [(last, name), (here, _)] = [from, to].map(|text| last_mark(without_suffix(text)));
    let is_mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !")）]】}”\"'>%".contains(c);
    if last != here && !name.is_empty() && !without_suffix(to).ends_with(is_mark) {
        let message = format!("the {} ends with {name}, the {} does not", source.name(), target.name());
        report
            .finding(&EdgeMismatch::META, ctx, target, edge(to.trim_end(), true), message)
            .severity(Severity::Note)
            .emit();
    }
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let spaces = [
        ("begins", from.starts_with(' ') && is_latin(to.chars().next()), false),
        ("ends", from.ends_with(' ') && is_latin(to.chars().next_back()), true),
    ];
    for (verb, _, is_end) in spaces.into_iter().filter(|(_, is_lost, _)| *is_lost) {
        let message = format!(
            "the {} {verb} with a space, the {} does not",
            source.name(),
            target.name()
        );
        report
            .finding(&EdgeMismatch::META, ctx, target, edge(to, is_end), message)
            .severity(Severity::Note)
            .emit();
    }
}

/// A colon or an ellipsis that a text ends with, and its name.
fn last_mark(text: &str) -> (Option<char>, &'static str) {
    match text {
        _ if text.ends_with(['…', '⋯']) || text.ends_with("...") || text.ends_with("。。。") => {
            (Some('…'), "an ellipsis")
        }
        _ if text.ends_with([':', '：']) => (Some(':'), "a colon"),
        _ => (None, ""),
    }
}

/// The first or the last character of a text.
fn edge(text: &str, is_end: bool) -> Span {
    let len = |c: Option<char>| c.map_or(0, char::len_utf8);
    if is_end {
        Span::new(text.len() - len(text.chars().next_back()), text.len())
    } else {
        Span::new(0, len(text.chars().next()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check_records;

    fn messages(en: &str, zh: &str) -> Vec<(Severity, String)> {
        let found = check_records(&EdgeMismatch, &[zh], &[en], &[]);
        found.into_iter().map(|f| (f.severity, f.message)).collect()
    }

    #[test]
    fn reports_a_line_end_that_one_side_has() {
        let warning = |message: &str| vec![(Severity::Warning, message.to_owned())];
        assert_eq!(
            messages("Saved to:\n", "已保存到："),
            warning("the English ends with a line end, the Chinese does not")
        );
        assert_eq!(
            messages("Saved", "\n已保存"),
            warning("the Chinese begins with a line end, the English does not")
        );
        assert!(messages("Saved.\n", "已保存。\n").is_empty());
    }

    #[test]
    fn notes_a_colon_or_an_ellipsis_that_is_lost() {
        let note = |message: &str| vec![(Severity::Note, message.to_owned())];
        assert_eq!(
            messages("Refresh interval:", "刷新间隔"),
            note("the English ends with a colon, the Chinese does not")
        );
        assert_eq!(
            messages("&Open…", "打开(&O)"),
            note("the English ends with an ellipsis, the Chinese does not")
        );
        assert_eq!(
            messages(" KiB", "KiB"),
            note("the English begins with a space, the Chinese does not")
        );
    }

    #[test]
    fn allows_what_chinese_writes_otherwise() {
        for (en, zh) in [
            ("&Open...", "打开...(&O)"),
            ("_Open...", "打开…(_O)"),
            ("Th&eme:", "主题(&E)："),
            ("Author: ", "作者："),
            (" min", "分钟"),
            ("Loading…", "正在加载......"),
            ("Options;", "选项："),
        ] {
            let found = messages(en, zh);
            assert!(found.is_empty(), "{en}: {found:?}");
        }
    }
}
