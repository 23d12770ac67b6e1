//! `declared-length`.

use std::sync::LazyLock;

use regex::Regex;

use crate::declare_rule;
use crate::document::{Block, BlockKind};
use crate::rules::{DocumentContext, Report, Rule};
use crate::text::script::length;
use crate::text::{Side, Span};

declare_rule! {
    /// The stated character count does not match the text.
    ///
    /// ## What it does
    /// Section markers such as `【倡议】（78字）` and notes such as `（全文配音共615字）` state the length of the Chinese text. The
    /// rule counts it as word processors do: each Han character and each Chinese punctuation mark counts as one, a run
    /// of Latin letters or digits counts as one, and spaces are ignored. Markers, notes, headings and the title before
    /// the first marker are not counted. Limits and approximate lengths (`以内`, `约`) are not checked.
    ///
    /// ## Why it matters
    /// Voice-over studios plan with the stated length. A wrong one often means that a late edit reached only one side.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 【倡议】（12字）
    /// en:
    /// zh: 中国期待与各方并肩同行。
    /// en: China stands ready to work with partners around the world.
    /// zh: 【尾声】（6字）
    /// en:
    /// zh: 欢迎您加入！
    /// en: Welcome to join us.
    /// zh: （全文共20字）
    /// en:
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 【倡议】（12字）
    /// en:
    /// zh: 中国期待与各方并肩同行。
    /// en: China stands ready to work with partners around the world.
    /// zh: 【尾声】（6字）
    /// en:
    /// zh: 欢迎您加入！
    /// en: Welcome to join us.
    /// zh: （全文共18字）
    /// en:
    /// ```
    pub DeclaredLength { id: "declared-length", group: Structure, severity: Warning, since: "0.1.0", class: Unscored }
}

/// A section marker or note, with the length that it states, if any.
#[derive(Debug, PartialEq, Eq)]
struct Marker<'a> {
    /// The text before the bracket: `【倡议】`, or nothing.
    label: &'a str,
    /// The stated length in characters and its span; `None` if it is a limit, approximate or absent.
    declared: Option<(usize, Span)>,
    /// Whether the length is that of the whole text.
    total: bool,
}

impl Rule for DeclaredLength {
    fn document(&self, ctx: &DocumentContext<'_>, report: &mut Report) {
        let blocks = &ctx.document.zh;
        let markers: Vec<(usize, Marker<'_>)> = blocks
            .iter()
            .enumerate()
            .filter_map(|(i, b)| Some((i, marker(b)?)))
            .collect();
        if markers.iter().all(|(_, m)| m.declared.is_none()) {
            return;
        }
        let count = |from: usize, to: usize| -> usize {
            (from..to)
                .filter(|i| markers.binary_search_by_key(i, |m| m.0).is_err())
                .map(|i| &blocks[i])
                .filter(|b| !matches!(b.kind, BlockKind::Heading(_) | BlockKind::Structure))
                .map(|b| length(&b.text))
                .sum()
        };
        let sections = markers.iter().find(|(_, m)| !m.total).map(|&(i, _)| i);
        for (n, (at, marker)) in markers.iter().enumerate() {
            let Some((declared, span)) = marker.declared else {
                continue;
            };
            let (counted, what, of) = if marker.total {
                let from = sections.unwrap_or(0);
                let all = count(from, blocks.len());
                // In a plain text, the first paragraph may be the title.
                let untitled = all
                    - blocks
                        .get(from)
                        .filter(|_| sections.is_none())
                        .map_or(0, |_| count(from, from + 1));
                let counted = if untitled == declared { untitled } else { all };
                (counted, "the whole text", from..blocks.len())
            } else {
                let next = markers.get(n + 1).map_or(blocks.len(), |m| m.0);
                let label = if marker.label.is_empty() {
                    "the section"
                } else {
                    marker.label
                };
                (count(at + 1, next), label, at + 1..next)
            };
            if counted == declared {
                continue;
            }
            let Some(pair) = ctx.iter().find(|p| p.pair().zh.contains(at)) else {
                continue;
            };
            let before: usize = blocks[pair.pair().zh.start..*at].iter().map(|b| b.text.len() + 1).sum();
            let difference = counted.abs_diff(declared);
            let more = if counted > declared { "more" } else { "fewer" };
            report
                .finding(
                    &Self::META,
                    &pair,
                    Side::Zh,
                    span.shift(before),
                    format!("{what} states {declared} characters but has {counted} ({difference} {more})"),
                )
                .with_blocks(&pair, Side::Zh, of)
                .help("check whether the text was changed after the count, then correct the figure")
                .expected([counted.to_string()])
                .found(declared.to_string())
                .emit();
        }
    }
}

/// A label in 【】 or none, then one bracket or none, and nothing else.
static MARKER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(【[^】]*】)?\s*(?:[（(](.+)[）)])?\s*$"));
/// The stated figure.
static LENGTH: LazyLock<Regex> = LazyLock::new(|| pattern("([0-9]+)字"));
/// A limit or an approximate length.
static VAGUE: LazyLock<Regex> =
    LazyLock::new(|| pattern("约|近|左右|以内|以上|以下|上下|超过|至多|至少|不少于|不多于|余字|[-～~—至]|上限"));
/// A length of the whole text.
static TOTAL: LazyLock<Regex> = LazyLock::new(|| pattern("全文|全篇|全稿|共|总|合计"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("internal error: a pattern of this file")
}

/// Reads `【倡议】（78字）`, `（全文配音共615字）`, `【倡议】`: a bracket that declares a length must be all that follows the label, and the
/// label must be in 【】 or absent.
fn marker(block: &Block) -> Option<Marker<'_>> {
    if !block.text.contains(['【', '字']) {
        return None;
    }
    let found = MARKER.captures(&block.text)?;
    let label = found.get(1).map_or("", |m| m.as_str());
    let Some(inner) = found.get(2) else {
        return (!label.is_empty()).then_some(Marker {
            label,
            declared: None,
            total: false,
        });
    };
    let length = LENGTH.captures(inner.as_str())?;
    let (whole, figure) = (length.get(0)?, length.get(1)?);
    let exact = !VAGUE.is_match(inner.as_str());
    let span = Span::new(whole.start(), whole.end()).shift(inner.start());
    Some(Marker {
        label,
        declared: figure.as_str().parse().ok().filter(|_| exact).map(|n| (n, span)),
        total: label.is_empty() && TOTAL.is_match(inner.as_str()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    const SCRIPT: [&str; 7] = [
        "共享智慧 点亮未来",
        "【序】（13字）",
        "2026年是“十五五”开局之年。",
        "【尾声】",
        "欢迎您！",
        "",
        "（全文配音共17字）",
    ];

    #[test]
    fn right_sections_and_sums_are_silent() {
        assert!(check(&DeclaredLength, &SCRIPT, &[]).is_empty());
    }

    #[test]
    fn a_changed_section_is_found_at_its_marker_and_at_the_sum() {
        let mut script = SCRIPT;
        script[2] = "2026年是中国“十五五”开局之年。";
        let found = check(&DeclaredLength, &script, &[]);
        let said: Vec<_> = found
            .iter()
            .map(|f| (f.primary().text.as_str(), f.message.as_str()))
            .collect();
        assert_eq!(
            said,
            [
                ("13字", "【序】 states 13 characters but has 15 (2 more)"),
                ("17字", "the whole text states 17 characters but has 19 (2 more)"),
            ]
        );
    }

    #[test]
    fn a_total_without_sections_may_exclude_the_title() {
        assert!(check(&DeclaredLength, &["题目", "欢迎您！", "（共4字）"], &[]).is_empty());
        assert!(check(&DeclaredLength, &["你好！", "欢迎您！", "（共7字）"], &[]).is_empty());
        assert_eq!(
            check(&DeclaredLength, &["你好！", "欢迎您！", "（共8字）"], &[]).len(),
            1
        );
    }

    #[test]
    fn allows_limits_and_approximate_lengths() {
        for note in [
            "（200字以内）",
            "【摘要】（约200字）",
            "（全文约615字）",
            "（100-200字）",
        ] {
            assert!(check(&DeclaredLength, &[note, "欢迎您！"], &[]).is_empty(), "{note}");
        }
    }

    #[test]
    fn allows_brackets_in_running_text() {
        assert!(check(&DeclaredLength, &["他写了一篇短文（共300字），很好。"], &[]).is_empty());
    }
}
