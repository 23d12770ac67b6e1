//! `trend-mismatch`.

use super::wording::{Wording, ZhTable, clause};
use super::{PairContext, Report, Rule};
use crate::declare_rule;
use crate::language::quantity::Kind;
use crate::text::{Side, Span};

declare_rule! {
    /// A rise is translated as a fall, or a profit as a loss.
    ///
    /// ## What it does
    /// Looks at the clause of each figure that both sides have. Reports 增长, 上升, 上涨 … where the English clause has only
    /// “fell”, “declined”, “down” …, and the reverse; 盈利 or 净利润 with “loss”, 亏损 with “profit”; 顺差 with “deficit”, 逆差 with
    /// “surplus”; 加快 with “slowed”, 放缓 with “accelerated”; and 环比 translated as “year on year”, 同比 as “month on month”. A
    /// clause that has words of both kinds is left alone. Without a figure, a rise or fall is compared where a text has only one
    /// of the two and its English is a single sentence.
    ///
    /// ## Why it matters
    /// The figure is right and the sentence says the opposite. Readers who compare figures alone do not see it.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 出口同比增长7.3%。
    /// en: Exports fell 7.3 percent year on year.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 出口同比增长7.3%。
    /// en: Exports rose 7.3 percent year on year.
    /// ```
    pub TrendMismatch { id: "trend-mismatch", group: Quantities, severity: Warning, since: "0.1.0" }
}

/// A trend: its words in both languages.
struct Trend {
    zh: &'static [&'static str],
    en: &'static [&'static str],
}

/// The trends, each followed by its opposite.
#[rustfmt::skip]
const TRENDS: &[Trend] = &[
    Trend { zh: &[
        "增长", "上升", "上涨", "增加", "提高", "提升", "升至", "升幅", "涨幅", "增幅", "攀升", "回升", "走高", "增至", "扩大", "增产", "增速",
        "上调", "调高",
    ], en: &[
        "rose", "rise", "rises", "risen", "rising", "grew", "grow", "grows", "grown", "growing", "growth", "increas*", "climb*", "surg*",
        "jump*", "gain*", "expan*", "soar*", "higher", "improv*", "rais*", "widen*", "up", "boost*", "double*", "more", "hik*",
    ] },
    Trend { zh: &[
        "下降", "下跌", "减少", "降低", "回落", "下滑", "降至", "降幅", "跌幅", "萎缩", "缩减", "缩小", "收窄", "走低", "减至", "减产", "跌至",
        "下调", "调低",
    ], en: &[
        "fell", "fall", "falls", "fallen", "falling", "declin*", "decreas*", "drop*", "down", "reduc*", "shrank", "shrink*", "lower*",
        "slump*", "plung*", "plummet*", "contracted", "contraction", "cut", "cuts", "slid", "slip*", "lost", "narrow*", "eas*", "less",
        "slow*", "negative", "downturn", "sav*", "minus", "trim*",
    ] },
    Trend { zh: &["盈利", "净利润", "利润"], en: &["profit*", "earn*", "income", "gain*"] },
    Trend { zh: &["亏损"], en: &["loss", "losses", "lost", "losing", "deficit*"] },
    Trend { zh: &["顺差", "盈余"], en: &["surplus*"] },
    Trend { zh: &["逆差", "赤字"], en: &["deficit*", "shortfall*"] },
    Trend { zh: &["加快", "加速"], en: &["accelerat*", "faster", "fast", "quick*", "sped", "speed*", "more", "up"] },
    Trend { zh: &["放缓", "减慢", "放慢"], en: &["slow*", "deceler*", "moderat*", "eas*", "weak*"] },
];

static BY_WORD: ZhTable<Trend> = ZhTable::new(TRENDS, |trend| trend.zh);

/// Words in a clause after which its trend is not what one word says: 负增长, 未下降.
const TURNED: [&str; 6] = ["负", "不", "未", "零", "没", "由"];

const YEARLY: &[&str] = &[
    "year on year",
    "year-on-year",
    "yoy",
    "y-o-y",
    "year over year",
    "year-over-year",
];
const MONTHLY: &[&str] = &[
    "month on month",
    "month-on-month",
    "quarter on quarter",
    "quarter-on-quarter",
    "month over month",
    "month-over-month",
    "quarter over quarter",
    "quarter-over-quarter",
    "previous month",
    "previous quarter",
    "preceding *",
    "last month",
    "last quarter",
    "mom",
    "qoq",
];

impl Rule for TrendMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let has_figures = !ctx.comparison().matches.is_empty();
        if has_figures {
            compare_periods(ctx, report);
        }
        let trends = BY_WORD.find(ctx.zh());
        if trends.is_empty() {
            return;
        }
        if !has_figures {
            compare_texts(ctx, &trends, report);
            return;
        }
        let wording = ctx.wording();
        let mut reported: Vec<Span> = Vec::new();
        for &(i, j) in &ctx.comparison().matches {
            let (zh, en) = (&ctx.quantities(Side::Zh)[i], &ctx.quantities(Side::En)[j]);
            let is_amount = matches!(
                zh.kind,
                Kind::Percent | Kind::PercentagePoint | Kind::Money | Kind::Measure | Kind::Cardinal | Kind::Count
            );
            if !is_amount || zh.weak || !zh.digits {
                continue;
            }
            let here = clause(ctx.zh(), Side::Zh, zh.span.start);
            let there = clause(ctx.en(), Side::En, en.span.start);
            let found = contradicting(here.of(ctx.zh()), wording, there, en.span);
            if let Some((word, span)) = found.filter(|(_, span)| !reported.contains(span)) {
                reported.push(span);
                report_words(ctx, report, word.shift(here.start), span);
            }
        }
    }
}

/// Words that say of a whole sentence that something rises or falls, in the order of the first two trends, and those that may
/// say so.
#[rustfmt::skip]
const SURE: [&[&str]; 2] = [
    &["rose", "rise", "rises", "rising", "grew", "grow", "grows", "growing", "increas*", "climb*", "widen*"],
    &["fell", "fall", "falls", "falling", "declin*", "decreas*", "drop", "drops", "dropped", "shrank", "narrow*"],
];
#[rustfmt::skip]
const POSSIBLE: [&[&str]; 2] = [
    &["up", "higher", "more", "most", "growth", "grown", "risen", "gain*", "expan*", "rais*", "surg*", "jump*", "soar*", "boost*", "better", "strong*"],
    &["down", "lower*", "less", "fewer", "reduc*", "reduction*", "fallen", "cut", "cuts", "loss*", "lost", "eas*", "weak*", "slow*"],
];

/// Compares a rise or a fall without a figure.
fn compare_texts(ctx: &PairContext<'_>, trends: &[(Span, &'static Trend)], report: &mut Report) {
    let zh = ctx.zh().replace("不断", "");
    let is_turned = TURNED.iter().any(|word| zh.contains(word));
    if !ctx.is_paired() || is_turned || ctx.sentences(Side::En).len() != 1 {
        return;
    }
    let place = |row: usize| trends.iter().find(|(_, trend)| trend.en == TRENDS[row].en);
    let (place, row) = match (place(0), place(1)) {
        (Some(place), None) => (place.0, 0),
        (None, Some(place)) => (place.0, 1),
        _ => return,
    };
    let wording = ctx.wording();
    let found = wording.find(SURE[1 - row]);
    let may_be_right = || wording.has(SURE[row]) || wording.has(POSSIBLE[row]) || wording.has(&["not", "no", "*n't"]);
    if let Some(span) = found.filter(|_| !may_be_right()) {
        report_words(ctx, report, place, span);
    }
}

/// The place of the Chinese word in its clause and that of the English one that contradicts it.
fn contradicting(zh: &str, wording: &Wording, there: Span, figure: Span) -> Option<(Span, Span)> {
    let found = BY_WORD.find(zh);
    if found.is_empty() || TURNED.iter().any(|word| zh.contains(word)) {
        return None;
    }
    TRENDS.chunks(2).find_map(|opposites| {
        let of = |trend: &Trend| {
            found
                .iter()
                .find(|(_, t)| std::ptr::eq(*t, trend))
                .map(|(span, _)| *span)
        };
        let (place, here, opposite) = match (of(&opposites[0]), of(&opposites[1])) {
            (Some(place), None) => (place, &opposites[0], &opposites[1]),
            (None, Some(place)) => (place, &opposites[1], &opposites[0]),
            _ => return None,
        };
        if wording.has_in(there, here.en) || wording.has_in(there, &["not", "no", "*n't", "from"]) {
            return None;
        }
        let span = wording.find_in(there, opposite.en)?;
        // “Up” and “down” are trends beside the figure only.
        let is_particle = span.len() <= "down".len() && wording.has_in(span, &["up", "down"]);
        let is_near = span.end <= figure.start && figure.start - span.end <= " by about ".len();
        (!is_particle || is_near).then_some((place, span))
    })
}

fn report_words(ctx: &PairContext<'_>, report: &mut Report, word: Span, span: Span) {
    let end = ctx.en()[span.start..]
        .find(|c: char| !c.is_alphanumeric())
        .map_or(ctx.en().len(), |i| span.start + i);
    let whole = Span::new(span.start, end.max(span.end));
    report
        .translated_as(&TrendMismatch::META, ctx, word, whole, "")
        .help("check the direction of the change")
        .emit();
}

/// Compares 同比 and 环比 with “year on year” and “month on month”, where a text has only one of them.
fn compare_periods(ctx: &PairContext<'_>, report: &mut Report) {
    let zh = ctx.zh();
    if !zh.contains('比') {
        return;
    }
    let (at, wrong, right) = match (zh.find("同比"), zh.find("环比")) {
        (Some(at), None) => (at, MONTHLY, YEARLY),
        (None, Some(at)) => (at, YEARLY, MONTHLY),
        (Some(_), Some(_)) => return compare_periods_of_figures(ctx, report),
        (None, None) => return,
    };
    let wording = ctx.wording();
    if wording.has(right) || wording.has(&["same period", "year earlier", "year ago", "previous year", "last year"]) {
        return;
    }
    if let Some(span) = wording.find(wrong) {
        report_period(ctx, report, Span::new(at, at + "同比".len()), span);
    }
}

/// Compares the period named before each Chinese figure with the one behind the English figure.
fn compare_periods_of_figures(ctx: &PairContext<'_>, report: &mut Report) {
    const REACH: usize = " year-over-year".len();
    let (zh, en) = (ctx.zh(), ctx.en());
    for &(i, j) in &ctx.comparison().matches {
        let (here, there) = (&ctx.quantities(Side::Zh)[i], &ctx.quantities(Side::En)[j]);
        let start = clause(zh, Side::Zh, here.span.start).start;
        let before = &zh[start..here.span.start];
        let Some((at, word)) = before.rmatch_indices("比").find_map(|(at, _)| {
            let word = before.get(at.checked_sub("同".len())?..at + "比".len())?;
            matches!(word, "同比" | "环比").then_some((start + at - "同".len(), word))
        }) else {
            continue;
        };
        let end = (there.span.end + REACH).min(clause(en, Side::En, there.span.end).end);
        let wrong = if word == "同比" { MONTHLY } else { YEARLY };
        let Some(end) = (there.span.end..=end).rev().find(|&end| en.is_char_boundary(end)) else {
            continue;
        };
        if let Some(span) = ctx.wording().find_in(Span::new(there.span.end, end), wrong) {
            report_period(ctx, report, Span::new(at, at + word.len()), span);
            return;
        }
    }
}

fn report_period(ctx: &PairContext<'_>, report: &mut Report, word: Span, span: Span) {
    report
        .translated_as(&TrendMismatch::META, ctx, word, span, "")
        .help("同比 compares with the same period of the year before, 环比 with the period before")
        .emit();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn finds_opposite_trends() {
        for (zh, en) in [
            ("居民消费价格上涨2.1%。", "Consumer prices fell by 2.1 percent."),
            (
                "工业增加值增长8.9%。",
                "The value added of industry fell by 8.9 percent.",
            ),
            ("营业收入同比下降3.2%。", "Revenue was up 3.2% year on year."),
            (
                "公司净亏损5亿元。",
                "The company posted a net profit of 500 million yuan.",
            ),
            (
                "贸易顺差达80亿美元。",
                "The trade deficit reached 8 billion US dollars.",
            ),
            (
                "工业增加值环比增长0.5%。",
                "Industrial added value grew 0.5 percent year on year.",
            ),
            (
                "产量减少12%，收入增加3%。",
                "Output increased by 12 percent, and income rose 3 percent.",
            ),
            (
                "双边贸易保持增长，投资结构不断优化。",
                "Bilateral trade continued to decline, and the structure of investment kept improving.",
            ),
            (
                "价格同比下降2.3%，环比下降0.1%。",
                "Prices fell by 2.3 percent month on month and by 0.1 percent year on year.",
            ),
        ] {
            assert_eq!(check(&TrendMismatch, &[zh], &[en]).len(), 1, "{zh} {en}");
        }
    }

    #[test]
    fn allows_trends_in_other_words() {
        for (zh, en) in [
            ("居民消费价格上涨2.1%。", "Consumer prices were 2.1 percent higher."),
            ("人口负增长1.5%。", "The population fell by 1.5 percent."),
            ("涨幅回落0.3个百分点。", "Growth fell by 0.3 percentage points."),
            ("能耗下降3.1%。", "Energy use was cut by 3.1 percent."),
            (
                "同比增长5%，环比增长1%。",
                "It grew 5 percent year on year and 1 percent month on month.",
            ),
            ("失业率降至5.1%。", "Unemployment, up in May, stood at 5.1 percent."),
            (
                "双边贸易保持增长。",
                "Bilateral trade kept growing despite falling prices.",
            ),
        ] {
            assert!(check(&TrendMismatch, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
