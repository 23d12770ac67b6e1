//! `code-mismatch`.

mod code;

use rustc_hash::FxHashSet;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::pages::markdown_pages;
use super::place::label_in_file;
use super::{DocumentContext, PairContext, Report, Rule};
use crate::declare_rule;
use crate::text::script::is_han;
use crate::text::{Side, Sides, Source, Span};
use code::{Code, Line, code_blocks, comments, lines};

declare_rule! {
    /// A line of code differs from the source in one name or figure.
    ///
    /// ## What it does
    /// Compares the code blocks of a Markdown page and its translation, if both pages have as many, in the same programming languages.
    /// Comments, what is in quotation marks, web addresses and the layout may differ, and so may a block in which lines were added or
    /// rewritten. A line is reported if all of its words and figures but one are those of the line at its place in the source; a
    /// change that recurs on the page, once.
    ///
    /// ## Why it matters
    /// Readers copy code. A translation that was not brought up to date shows an old version or a function that no longer exists.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 重试：
    /// en: Retry:
    /// zh: ```go
    /// en: ```go
    /// zh: policy := retry.New(100) // 毫秒
    /// en: policy := retry.New(10) // milliseconds
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 重试：
    /// en: Retry:
    /// zh: ```go
    /// en: ```go
    /// zh: policy := retry.New(10) // 毫秒
    /// en: policy := retry.New(10) // milliseconds
    /// ```
    ///
    /// ## Limits
    /// On the pages of fifteen documentation sites with over 8,000 code blocks: 37 findings. Each is a real difference; nine of them are
    /// names that an example may choose, such as `client` and `c`.
    pub CodeMismatch { id: "code-mismatch", group: Structure, severity: Warning, since: "0.1.0" }
}

/// A line with fewer words says too little.
const LEAST_WORDS: usize = 2;

/// Names of one thing.
const SAME: [[&str; 2]; 2] = [["i", "install"], ["py", "python"]];

impl Rule for CodeMismatch {
    fn document(&self, ctx: &DocumentContext<'_>, report: &mut Report) {
        let Some(pages) = markdown_pages(ctx.document) else {
            return;
        };
        let [zh, en] = [pages.zh, pages.en].map(|page| code_blocks(page.text()));
        let languages = |blocks: &'_ [Code<'_>]| blocks.iter().map(|b| b.language.to_owned()).collect::<Vec<_>>();
        if zh.is_empty() || languages(&zh) != languages(&en) {
            return;
        }
        let blocks = Sides::new(zh, en);
        let target = ctx.direction().target();
        let mut seen = FxHashSet::default();
        for (from, to) in blocks[target.other()].iter().zip(&blocks[target]) {
            let Some(comments) = comments(from.language) else {
                continue;
            };
            let (source, translation) = (pages[target.other()].text(), pages[target].text());
            let (from, to) = (lines(source, from, comments), lines(translation, to, comments));
            for (wanted, found) in different_words(&from, &to) {
                if seen.insert((wanted.of(source), found.of(translation))) {
                    emit(ctx, &pages, wanted, found, report);
                }
            }
        }
    }
}

/// The words in which lines of code differ, that of the source first.
fn different_words(from: &[Line<'_>], to: &[Line<'_>]) -> Vec<(Span, Span)> {
    let [a, b] = [from, to].map(|lines| lines.iter().map(|line| &line.words).collect::<Vec<_>>());
    let mut out = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &a, &b) {
        if let DiffOp::Replace {
            old_index,
            old_len,
            new_index,
            new_len,
        } = op
            && old_len == new_len
        {
            let lines = from[old_index..][..old_len].iter().zip(&to[new_index..][..new_len]);
            out.extend(lines.filter_map(|(a, b)| different_word(a, b)));
        }
    }
    out
}

/// The one word in which a line differs from that of the source.
fn different_word(from: &Line<'_>, to: &Line<'_>) -> Option<(Span, Span)> {
    if from.words.len() != to.words.len() || from.words.len() < LEAST_WORDS || to.code.contains(is_han) {
        return None;
    }
    let words = from.words.iter().zip(&to.words);
    let mut different = words.enumerate().filter(|(_, (a, b))| a != b);
    let (at, (a, b)) = different.next()?;
    let is_same = SAME.iter().any(|same| same.contains(a) && same.contains(b));
    (different.next().is_none() && !is_same).then(|| (from.spans[at], to.spans[at]))
}

fn emit(ctx: &DocumentContext<'_>, pages: &Sides<&Source>, wanted: Span, found: Span, report: &mut Report) {
    let target = ctx.direction().target();
    let source = target.other();
    let starts_before = |pair: &PairContext<'_>| {
        let block = pair.blocks(target).first();
        block.is_some_and(|block| block.origin.to_source(Span::new(0, 0)).start <= found.start)
    };
    // The paragraph above the code.
    let above = ctx.iter().filter(starts_before).last();
    let Some(pair) = above.or_else(|| ctx.iter().next()) else {
        return;
    };
    let spans = Sides::with(target, found, wanted);
    let word = |side| spans[side].of(pages[side].text());
    let (is, expected) = (word(target), word(source));
    let label = |side| label_in_file(pages[side], pair.range(side).start, side, spans[side]);
    let message = format!("“{is}” in the code is “{expected}” in the {}", source.name());
    report
        .finding(&CodeMismatch::META, &pair, target, Span::default(), message)
        .place(Sides::new(label(Side::Zh), label(Side::En)))
        .help("bring the code up to date")
        .expected([expected])
        .found(is)
        .emit();
}
