//! `swapped-quantities`.

mod closeness;
mod parts;
mod roles;

use std::cell::OnceCell;

use self::closeness::Closeness;
use self::parts::has_crossed_own_words;
use self::roles::{has_exchanged_roles, has_kept_roles, is_list_out_of_order, is_reversed_range};
use super::{PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::language::quantity::{Kind, Quantity, Unit};
use crate::text::script::is_han;
use crate::text::{Side, Span};

declare_rule! {
    /// Two figures have changed places.
    ///
    /// ## What it does
    /// Takes two figures of one kind that both sides have, and the words around each. Reports the figures if the words of the one
    /// are translated around the other, by the lexicon of the aligner, rather than around the figure itself. Words count less the
    /// further away they are, and behind a mark or another figure. Also reported are the two ends of a range (1945年至1958年,
    /// “from 1958 to 1945”), the beginning and the end of a change (由7.9%升至18.3%, “from 18.3 to 7.9 percent”), and the members
    /// of a list with 分别 (甲和乙分别增长2%和3%, “3 and 2 percent, respectively”).
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

/// How much closer the words around two figures must be to the other one than to the figure itself, and how many times as close.
const CLOSER: f32 = 0.3;
const TIMES_CLOSER: f32 = 1.4;
/// How close the words around each of the two must be to the other one.
const LEAST_CLOSE: f32 = 0.1;
/// How much closer they may be to the figure itself.
const CLOSER_TO_OWN: f32 = 0.1;

/// The most figures of a text that are looked at, each with as many after it.
const MOST: usize = 64;
const REACH: usize = 3;
/// The most bytes between two figures that are compared.
const MOST_APART: usize = 160;

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
        all.retain(|m| (!is_label(m.zh.kind) || m.zh.bound.is_some()) && !is_argument(m.zh.span.of(ctx.zh())));
        all.sort_by_key(|m| m.zh.span.start);
        let closeness = OnceCell::new();
        for (i, a) in all.iter().enumerate().take(MOST) {
            for b in all[i + 1..].iter().take(REACH) {
                if has_crossed_units(a, b) {
                    report_exchange(ctx, report, a, b);
                    return;
                }
            }
            let others = all[i + 1..].iter().take(REACH).filter(|b| may_be_exchanged(a, b));
            for (n, b) in others.enumerate() {
                let is_exchanged = is_reversed_range(ctx, a, b)
                    || is_amount(a) && is_amount(b) && {
                        let closeness = || closeness.get_or_init(|| Closeness::new(ctx, &all));
                        are_exchanged(ctx, &all, [a, b], n == 0, closeness)
                    };
                if is_exchanged {
                    report_exchange(ctx, report, a, b);
                    return;
                }
            }
        }
    }
}

/// Whether a figure is an argument of a program, `$1`, rather than money.
fn is_argument(figure: &str) -> bool {
    matches!(figure.as_bytes(), [b'$', b'1'..=b'9'])
}

/// Whether the words around two amounts, or the construction that they are in, show that they changed places.
fn are_exchanged<'c>(
    ctx: &PairContext<'_>,
    all: &[Match<'_>],
    [a, b]: [&Match<'_>; 2],
    adjacent: bool,
    closeness: impl FnOnce() -> &'c Closeness,
) -> bool {
    if has_exchanged_roles(ctx, a, b) {
        return true;
    }
    // The English has the figures in the order in which a slip leaves them.
    if b.en.span.start > a.en.span.start || has_kept_roles(ctx, a, b) {
        return false;
    }
    let between = Span::new(b.en.span.end.min(a.en.span.start), a.en.span.start);
    let is_next = || adjacent && !all.iter().any(|m| between.contains(m.en.span));
    let is_modifier = is_modifier(ctx, a, b);
    // 中方承担费用的60%，塞方承担费用的40% has two predicates.
    let has_own_clause = ctx.zh()[a.zh.span.end..b.zh.span.start].contains(['，', '；', '。']);
    (!is_modifier || has_own_clause) && has_crossed_own_words(ctx, [a, b], is_next())
        || is_next() && (!is_modifier && has_crossed_words(ctx, a, b) || has_crossed_nouns(ctx, a, b))
        || is_list_out_of_order(ctx, a, b)
        || !is_modifier && is_closer_to_other(closeness(), a, b)
}

/// Whether the words around each figure are translated around the other one. Both figures must show it: the words before the two
/// are close to the one that comes first, whichever it is.
fn is_closer_to_other(closeness: &Closeness, a: &Match<'_>, b: &Match<'_>) -> bool {
    let straight = [closeness.between(a.zh, a.en), closeness.between(b.zh, b.en)];
    let crossed = [closeness.between(a.zh, b.en), closeness.between(b.zh, a.en)];
    let shows = |i: usize| crossed[i] >= LEAST_CLOSE && crossed[i] >= straight[i] - CLOSER_TO_OWN;
    let [own, other] = [straight, crossed].map(|both| both[0] + both[1]);
    shows(0) && shows(1) && other >= own + CLOSER && other >= own * TIMES_CLOSER
}

/// Whether a match is an amount that is no end of a range.
const fn is_amount(m: &Match<'_>) -> bool {
    !matches!(m.zh.kind, Kind::Date | Kind::Time) && m.zh.bound.is_none()
}

/// Whether a kind of quantity says when or which, rather than how much.
const fn is_label(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Date | Kind::Time | Kind::Ordinal | Kind::Session | Kind::Plan | Kind::Code | Kind::Weekday
    )
}

/// The kind and unit that distinguish a figure from others. What is counted has none.
fn shape(q: &Quantity) -> (Kind, Option<Unit>) {
    match q.kind {
        Kind::Count | Kind::Cardinal => (Kind::Cardinal, None),
        kind => (kind, q.unit),
    }
}

/// Whether each of two figures has the unit of the other one: 88%、76分, “76 percent and 88 points”.
fn has_crossed_units(a: &Match<'_>, b: &Match<'_>) -> bool {
    let is_figure = |m: &Match<'_>| is_amount(m) && m.zh.digits && m.en.digits && !m.zh.weak && !m.en.weak;
    is_figure(a)
        && is_figure(b)
        && a.zh.value != b.zh.value
        && shape(a.zh) != shape(b.zh)
        && shape(a.zh) == shape(b.en)
        && shape(b.zh) == shape(a.en)
}

/// Whether two figures are of one kind, near each other, and differ, so that a slip can exchange them.
fn may_be_exchanged(a: &Match<'_>, b: &Match<'_>) -> bool {
    // Two figures of different units are conversions of each other.
    // What Chinese counts may be so many times: 3000场, “3,000 times”.
    let english = |m: &Match<'_>| match m.en.kind {
        Kind::Multiple if m.zh.kind == Kind::Count => (Kind::Cardinal, None),
        _ => shape(m.en),
    };
    let [first, second] = if a.en.span.start < b.en.span.start {
        [a, b]
    } else {
        [b, a]
    };
    !a.zh.weak
        && !b.zh.weak
        && shape(a.zh) == shape(b.zh)
        && english(a) == english(b)
        && a.zh.value != b.zh.value
        && second.en.span.start.saturating_sub(first.en.span.end) < MOST_APART
        && b.zh.span.start.saturating_sub(a.zh.span.end) < MOST_APART
}

/// Whether the first figure modifies what the second one counts, or says where it is: 40多个国家的|300余位代表, 每3个接口上|2路视频,
/// but not 2020年的43643人. English turns them round, and the predicate comes behind the other one.
fn is_modifier(ctx: &PairContext<'_>, a: &Match<'_>, b: &Match<'_>) -> bool {
    let Some(between) = ctx.zh().get(a.zh.span.end..b.zh.span.start).map(str::trim_end) else {
        return false;
    };
    let owner = between.strip_suffix('的');
    owner.is_some_and(|rest| !rest.ends_with(['年', '月', '日', '度'])) || between.ends_with(['上', '中', '里', '内'])
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
                "失业率由5.2%升至5.6%。",
                "The unemployment rate rose to 5.2 percent from 5.6 percent.",
            ),
            (
                "法国和德国分别增长2.1%和3.4%。",
                "France and Germany grew by 3.4 and 2.1 percent, respectively.",
            ),
            (
                "一季度用电量增长4.1%，二季度增长5.3%。",
                "Electricity use grew by 5.3 percent in the first quarter and 4.1 percent in the second.",
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
            (
                "每3个BNC接口上2路通用视频。",
                "There are 2 universal video inputs on 3 BNC connectors.",
            ),
            ("他1945年至1958年在此任职。", "He served here from 1945 to 1958."),
            (
                "法国和德国分别增长2.1%和3.4%。",
                "Germany and France grew by 3.4 and 2.1 percent, respectively.",
            ),
            ("风速为40英里（64公里）。", "Winds blew at 64 kilometres (40 miles)."),
        ] {
            assert!(check(&SwappedQuantities, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
