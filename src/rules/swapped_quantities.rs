//! `swapped-quantities`.

use super::wording::clause;
use super::{PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::language::quantity::{Bound, Kind, Quantity};
use crate::text::script::is_han;
use crate::text::{Side, Span};

declare_rule! {
    /// Two figures have changed places.
    ///
    /// ## What it does
    /// Takes two figures of one kind that both sides have and that follow each other, and the words that belong to each: those
    /// of its part of the clause. Reports the figures if the words of the one are translated beside the other, by the lexicon of
    /// the aligner, and not beside the figure itself. The two ends of a range that are exchanged (1945年至1958年, “from 1958 to
    /// 1945”) are reported as well.
    ///
    /// ## Why it matters
    /// All figures are there, so that no comparison of figures finds it.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 中国派出80名、法国派出50名科研人员。
    /// en: China sent 50 and France sent 80 researchers.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 中国派出80名、法国派出50名科研人员。
    /// en: China sent 80 and France sent 50 researchers.
    /// ```
    pub SwappedQuantities { id: "swapped-quantities", group: Quantities, severity: Warning, since: "0.1.0" }
}

/// How many more words must be translated beside the other figure than beside the figure itself.
const MARGIN: f32 = 0.9;
/// The least support of a part by another. Below it, no word of the part is translated there.
const LEAST: f32 = 0.3;
/// The same where only the nouns behind the figures are compared, and how far these reach.
const NOUN_MARGIN: f32 = 0.4;
const NOUN_BYTES: usize = 12;
const NOUN_WORDS: usize = 2;

/// The most pairs of figures of a text that are looked at.
const MOST: usize = 64;

/// A figure that both sides have.
#[derive(Clone, Copy)]
struct Match<'a> {
    zh: &'a Quantity,
    en: &'a Quantity,
}

impl Rule for SwappedQuantities {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let matches = &ctx.comparison().matches;
        if matches.len() < 2 {
            return;
        }
        let mut all: Vec<Match<'_>> = matches
            .iter()
            .map(|&(i, j)| Match {
                zh: &ctx.quantities(Side::Zh)[i],
                en: &ctx.quantities(Side::En)[j],
            })
            .collect();
        // Years and quarters may come between two figures.
        all.retain(|m| !is_label(m.zh.kind) || m.zh.bound.is_some());
        all.sort_by_key(|m| m.zh.span.start);
        for pair in all.windows(2).take(MOST) {
            let (a, b) = (pair[0], pair[1]);
            let between = Span::new(b.en.span.end.min(a.en.span.start), a.en.span.start);
            let is_next = !all.iter().any(|m| between.contains(m.en.span));
            if !is_next || !may_be_exchanged(&a, &b) {
                continue;
            }
            let is_amount =
                !matches!(a.zh.kind, Kind::Date | Kind::Time) && a.zh.bound.is_none() && b.zh.bound.is_none();
            let is_crossed = || {
                is_amount
                    && !has_turned_roles(ctx, &a, &b)
                    && (!is_modifier(ctx, &a, &b) && has_crossed_words(ctx, &a, &b) || has_crossed_nouns(ctx, &a, &b))
            };
            if is_reversed_range(ctx, &a, &b) || is_crossed() {
                report_exchange(ctx, report, &a, &b);
                return;
            }
        }
    }
}

/// Whether a kind of quantity says when or which, rather than how much.
const fn is_label(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Date | Kind::Time | Kind::Ordinal | Kind::Session | Kind::Plan | Kind::Code | Kind::Weekday
    )
}

/// Whether two figures are of one kind and differ, so that a slip can exchange them, and the English has them in the order in
/// which a slip leaves them.
fn may_be_exchanged(a: &Match<'_>, b: &Match<'_>) -> bool {
    let shape = |q: &Quantity| match q.kind {
        Kind::Count | Kind::Cardinal => (Kind::Cardinal, None),
        kind => (kind, q.unit),
    };
    !a.zh.weak
        && !b.zh.weak
        && shape(a.zh).0 == shape(b.zh).0
        && shape(a.en).0 == shape(b.en).0
        && a.zh.value != b.zh.value
        && b.en.span.start < a.en.span.start
        && a.en.span.start - b.en.span.end < 160
        && b.zh.span.start - a.zh.span.end < 160
}

/// Whether the two are the ends of one range on both sides, in the wrong order.
fn is_reversed_range(ctx: &PairContext<'_>, a: &Match<'_>, b: &Match<'_>) -> bool {
    let zh = ctx.zh()[a.zh.span.end..b.zh.span.start].trim();
    let en = ctx.en()[b.en.span.end..a.en.span.start].trim();
    let joined = matches!(en, "to" | "-" | "–" | "—" | "until" | "till" | "through");
    let ends = a.zh.bound == Some(Bound::Lower) && b.zh.bound == Some(Bound::Upper);
    joined
        && (ends || matches!(zh, "至" | "到" | "-" | "–" | "—" | "～" | "~"))
        && !ctx.en()[..b.en.span.start].ends_with("down ")
}

/// Whether the English names the end of a change before its beginning: “to 43,643 from 39,558”.
fn has_turned_roles(ctx: &PairContext<'_>, a: &Match<'_>, b: &Match<'_>) -> bool {
    let before = |q: &Quantity| ctx.en()[..q.span.start].trim_end().to_ascii_lowercase();
    let ends = |text: &str, words: &[&str]| words.iter().any(|word| text.ends_with(word));
    let earlier = [" from", " of", " against", " than", " versus", " with"];
    let before_figure = clause(ctx.zh(), Side::Zh, a.zh.span.start).start..a.zh.span.start;
    let begins = ctx.zh()[before_figure].contains(['由', '从', '自', '较', '比']);
    begins && ends(&before(a.en), &earlier) && !ends(&before(b.en), &earlier)
}

/// Whether the first figure modifies what the second one counts: 40多个国家的|300余位代表, but not 2020年的43643人. English turns
/// them round, and the predicate comes behind the other one.
fn is_modifier(ctx: &PairContext<'_>, a: &Match<'_>, b: &Match<'_>) -> bool {
    let between = ctx.zh()[a.zh.span.end..b.zh.span.start].trim_end();
    let owner = between.strip_suffix('的');
    owner.is_some_and(|rest| !rest.ends_with(['年', '月', '日', '度']))
}

/// Whether the words beside each figure are translated beside the other one.
fn has_crossed_words(ctx: &PairContext<'_>, a: &Match<'_>, b: &Match<'_>) -> bool {
    let zh = without_figures(ctx, Side::Zh);
    let en = without_figures(ctx, Side::En);
    let [za, zb] = territories(ctx, Side::Zh, a.zh.span, b.zh.span);
    // In the English, the second figure comes first.
    let [eb, ea] = territories(ctx, Side::En, b.en.span, a.en.span);
    let coverage = ctx.doc.aligner.measure_coverage(&zh, &[za, zb], &en, &[eb, ea]);
    // Other figures that both sides have, such as years and quarters, link the parts as words do.
    let shared = |zh: Span, en: Span| {
        let matches = ctx.comparison().matches.iter();
        let quantities = matches.map(|&(i, j)| (ctx.quantities(Side::Zh)[i].span, ctx.quantities(Side::En)[j].span));
        let others = quantities.filter(|(place, _)| *place != a.zh.span && *place != b.zh.span);
        others.filter(|(i, j)| zh.contains(*i) && en.contains(*j)).count() as f32
    };
    let links = |i: usize, j: usize| {
        let (zh, en) = ([za, zb][i], [eb, ea][j]);
        coverage.supported(Side::Zh, i, j..j + 1) + shared(zh, en)
    };
    let straight = links(0, 1) + links(1, 0);
    let crossed = [links(0, 0), links(1, 1)];
    crossed[0].min(crossed[1]) >= LEAST && crossed[0] + crossed[1] >= straight + MARGIN
}

/// Whether the noun behind a figure is translated behind the other one, and none behind its own.
fn has_crossed_nouns(ctx: &PairContext<'_>, a: &Match<'_>, b: &Match<'_>) -> bool {
    let noun = |side: Side, q: &Quantity| {
        let rest = &ctx.text(side)[q.figure.end..];
        let end = match side {
            Side::Zh => rest
                .char_indices()
                .find(|&(i, c)| i >= NOUN_BYTES || !is_han(c))
                .map(|(i, _)| i),
            Side::En => rest
                .char_indices()
                .filter(|&(_, c)| !c.is_alphabetic() && c != '-')
                .map(|(i, _)| i)
                .nth(NOUN_WORDS)
                .into_iter()
                .chain(rest.find([',', '.', ';', '(', ':']))
                .min(),
        };
        Span::new(q.figure.end, q.figure.end + end.unwrap_or(rest.len()))
    };
    let (zh, en) = (
        [noun(Side::Zh, a.zh), noun(Side::Zh, b.zh)],
        [noun(Side::En, b.en), noun(Side::En, a.en)],
    );
    let coverage = ctx.doc.aligner.measure_coverage(ctx.zh(), &zh, ctx.en(), &en);
    let links = |i: usize, j: usize| coverage.supported(Side::Zh, i, j..j + 1);
    links(0, 1) + links(1, 0) < LEAST && links(0, 0) + links(1, 1) >= NOUN_MARGIN
}

/// The text with blanks for its figures, which are compared on their own.
fn without_figures(ctx: &PairContext<'_>, side: Side) -> String {
    let mut bytes = ctx.text(side).as_bytes().to_vec();
    for q in ctx.quantities(side) {
        bytes[q.figure.range()].fill(b' ');
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// Words at which the words of the second of two English figures begin.
#[rustfmt::skip]
const BREAKS: [&str; 27] = [
    " unless ", " if ", " after ", " before ", " and ", " to ", " from ", " while ", " but ", " with ", " versus ", " against ", " compared ", " down ", " up ", " or ",
    " whereas ", " in ", " on ", " for ", " at ", " above ", " over ", " below ", ", ", "; ", ": ",
];

/// The parts of the text that belong to two figures that follow each other.
fn territories(ctx: &PairContext<'_>, side: Side, first: Span, second: Span) -> [Span; 2] {
    let text = ctx.text(side);
    let between = Span::new(first.end, second.start);
    let cut = match side {
        // 29条河、44站; 由2019年的39558人 | 升至2020年的43643人; 37个国家 | 的5200名用户.
        Side::Zh => {
            let mark = between
                .of(text)
                .rfind(['，', '、', '；', '。', '：', '和', '与', '及', '升', '降', '增', '而'])
                .or_else(|| between.of(text).find('的'));
            mark.map_or(first.end, |at| first.end + at)
        }
        Side::En => {
            let lower = between.of(text).to_ascii_lowercase();
            let at = BREAKS.iter().filter_map(|word| lower.rfind(word)).max();
            at.map_or(second.start, |at| first.end + at)
        }
    };
    let is_end = |c: char| match side {
        Side::Zh => "，。；：！？\n".contains(c),
        Side::En => ",;:.!?\n".contains(c),
    };
    let start = text[..first.start]
        .rfind(is_end)
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[second.end..].find(is_end).map_or(text.len(), |at| second.end + at);
    [Span::new(start.min(cut), cut), Span::new(cut, end.max(cut))]
}

fn report_exchange(ctx: &PairContext<'_>, report: &mut Report, a: &Match<'_>, b: &Match<'_>) {
    let message = format!(
        "{} and {} have changed places",
        quote::figure(ctx.en(), b.en.span, Side::En),
        quote::figure(ctx.en(), a.en.span, Side::En)
    );
    report
        .finding(&SwappedQuantities::META, ctx, Side::En, b.en.span, message)
        .label(ctx, Side::Zh, a.zh.span)
        .help("check what each figure counts")
        .found(b.en.span.of(ctx.en()))
        .emit();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn finds_exchanged_figures() {
        for (zh, en) in [
            ("他1945年至1958年在此任职。", "He served here from 1958 to 1945."),
            (
                "三分之二的代表同意，四分之一反对。",
                "A quarter of the delegates agreed and two thirds were opposed.",
            ),
            (
                "死亡人数由2019年的39558人升至2020年的43643人。",
                "Deaths rose from 43,643 in 2019 to 39,558 in 2020.",
            ),
            (
                "二季度增长7.9%，低于一季度的18.3%。",
                "Growth was 18.3 percent in the second quarter, down from 7.9 percent in the first quarter.",
            ),
        ] {
            assert_eq!(check(&SwappedQuantities, &[zh], &[en]).len(), 1, "{zh} {en}");
        }
    }

    #[test]
    fn allows_another_order_of_clauses() {
        for (zh, en) in [
            (
                "全线有29条河、44站。",
                "The line has 44 stations and crosses 29 rivers.",
            ),
            (
                "由2019年的39558人升至2020年的43643人。",
                "It rose to 43,643 in 2020 from 39,558 in 2019.",
            ),
            ("学生120人，教师80人。", "There were 80 teachers and 120 students."),
            (
                "平台已接待了37个国家的5200名用户。",
                "The platform has hosted 5,200 users from 37 countries.",
            ),
            (
                "来自40多个国家和地区的300余位代表参加了会议。",
                "More than 300 delegates from over 40 countries and regions attended the meeting.",
            ),
            ("他1945年至1958年在此任职。", "He served here from 1945 to 1958."),
        ] {
            assert!(check(&SwappedQuantities, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
