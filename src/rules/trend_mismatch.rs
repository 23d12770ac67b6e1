//! `trend-mismatch`.

use super::wording::{Wording, ZhTable, clause};
use super::{PairContext, Report, Rule, quote};
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
    /// clause that has words of both kinds is left alone.
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
        if ctx.comparison().matches.is_empty() {
            return;
        }
        compare_periods(ctx, report);
        if BY_WORD.find(ctx.zh()).is_empty() {
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
    let message = format!(
        "{} is translated as {}",
        quote::text(word.of(ctx.zh())),
        quote::text(whole.of(ctx.en()))
    );
    report
        .finding(&TrendMismatch::META, ctx, Side::En, whole, message)
        .label(ctx, Side::Zh, word)
        .help("check the direction of the change")
        .found(whole.of(ctx.en()))
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
        _ => return,
    };
    let wording = ctx.wording();
    if wording.has(right) || wording.has(&["same period", "year earlier", "year ago", "previous year", "last year"]) {
        return;
    }
    if let Some(span) = wording.find(wrong) {
        let word = Span::new(at, at + "同比".len());
        let message = format!("“{}” is translated as {}", word.of(zh), quote::text(span.of(ctx.en())));
        report
            .finding(&TrendMismatch::META, ctx, Side::En, span, message)
            .label(ctx, Side::Zh, word)
            .help("同比 compares with the same period of the year before, 环比 with the period before")
            .found(span.of(ctx.en()))
            .emit();
    }
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
        ] {
            assert!(check(&TrendMismatch, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
