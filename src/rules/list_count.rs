//! `list-count`.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::{PairContext, Report, Rule};
use crate::declare_rule;
use crate::finding::{Confidence, Severity};
use crate::language::quantity::{Kind, Quantity, Rational};
use crate::text::{Side, Span};

declare_rule! {
    /// A list that is longer or shorter than announced, or an enumeration with a member dropped.
    ///
    /// ## What it does
    /// Two checks. A paragraph that announces a number of things and ends in a colon (10个…：) is followed by a list, one
    /// item a paragraph, each item but the last ending in 、 or ；: the items are counted on both sides. And an
    /// enumeration 一是…二是…三是… is compared with “first … second … third” where the English enumerates too.
    ///
    /// ## Why it matters
    /// Ten are announced and nine are listed: whoever is left out will read it.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 一是加强合作，二是扩大开放，三是共享成果。
    /// en: First, we will strengthen cooperation; second, we will open up further.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 一是加强合作，二是扩大开放，三是共享成果。
    /// en: First, we will strengthen cooperation; second, we will open up further; third, we will share the results.
    /// ```
    pub ListCount { id: "list-count", group: Quantities, severity: Warning, since: "0.1.0" }
}

impl Rule for ListCount {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        announced(ctx, report);
        enumerated(ctx, report);
    }
}

/// 推动10个…开放共享： and the list that follows.
fn announced(ctx: &PairContext<'_>, report: &mut Report) {
    if !ctx.zh().trim_end().ends_with(['：', ':']) {
        return;
    }
    // The last number of things before the colon is what the list is of.
    let Some(count) = ctx.quantities(Side::Zh).iter().rev().find(|q| q.kind == Kind::Count) else {
        return;
    };
    let Some(number) = count
        .as_number()
        .and_then(Rational::to_i64)
        .filter(|n| (2..=60).contains(n))
    else {
        return;
    };
    let (zh, en) = list_after(ctx, number);
    if zh < 2 {
        return;
    }
    let name = count.span.of(ctx.zh());
    let (side, listed) = match (zh == number, en == number) {
        (true, true) => return,
        (false, _) => (Side::Zh, zh),
        (true, false) => (Side::En, en),
    };
    let message = format!("“{name}” announces {number}, the {} lists {listed}", side.name());
    let mut finding = report.finding(&ListCount::META, ctx, Side::Zh, count.span, message);
    for item in (1..=zh.max(en) as isize).filter_map(|by| ctx.neighbour(by)) {
        finding = finding.with(&item);
    }
    finding
        .confidence(Confidence::Medium)
        .help("find the item that is missing or too many")
        .emit();
}

/// How many list items follow the pair on either side, at most one more than `number`.
fn list_after(ctx: &PairContext<'_>, number: i64) -> (i64, i64) {
    let (mut zh, mut en) = (0, 0);
    for by in 1..=number as isize + 1 {
        let Some(next) = ctx.neighbour(by).filter(|n| !n.is_structure()) else {
            break;
        };
        let text = next.zh().trim_end();
        zh += i64::from(!text.is_empty());
        en += i64::from(!next.en().trim().is_empty());
        if !text.is_empty() && !text.ends_with(['、', '；', ';']) {
            return if text.ends_with('。') { (zh, en) } else { (0, 0) };
        }
    }
    (0, 0)
}

/// The first of the marks of [`enumerated`], which most texts do not have.
static FIRST_MARK: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("一是"));

/// 一是…二是…三是… and “first … second …”.
fn enumerated(ctx: &PairContext<'_>, report: &mut Report) {
    const MARKS: [&str; 8] = ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是"];
    if FIRST_MARK.find(ctx.zh().as_bytes()).is_none() {
        return;
    }
    let mut last = 0;
    let mut places = Vec::new();
    for mark in MARKS {
        let Some(at) = ctx.zh()[last..].find(mark).map(|p| p + last) else {
            break;
        };
        places.push(Span::new(at, at + mark.len()));
        last = at + mark.len();
    }
    if places.len() < 2 {
        return;
    }
    let mut counted = 0;
    for q in ctx.quantities(Side::En) {
        if is_next(q, counted + 1) {
            counted += 1;
        }
    }
    let told = usize::try_from(counted).unwrap_or_default();
    if told < 2 || told >= places.len() {
        return;
    }
    let message = format!("the Chinese enumerates {}, the English {told}", places.len());
    report
        .finding(&ListCount::META, ctx, Side::Zh, places[told], message)
        .severity(Severity::Warning)
        .confidence(Confidence::Medium)
        .help("translate the item that is missing")
        .emit();
}

fn is_next(q: &Quantity, number: i64) -> bool {
    q.kind == Kind::Ordinal && q.as_number().and_then(Rational::to_i64) == Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn counts_the_paragraphs_of_a_list() {
        let zh = ["开放3个设施：", "子午工程、", "观测站、", "射电望远镜。"];
        assert!(
            check(
                &ListCount,
                &zh,
                &["open three facilities:", "Meridian", "Observatory", "Telescope"]
            )
            .is_empty()
        );
        let found = check(
            &ListCount,
            &zh,
            &["open three facilities:", "Meridian", "", "Telescope"],
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "“3个” announces 3, the English lists 2");
        let zh = ["开放4个设施：", "子午工程、", "观测站、", "射电望远镜。"];
        let found = check(
            &ListCount,
            &zh,
            &["open four facilities:", "Meridian", "Observatory", "Telescope"],
        );
        assert_eq!(found[0].message, "“4个” announces 4, the Chinese lists 3");
    }

    #[test]
    fn allows_prose_after_a_colon_and_other_words_for_the_members() {
        assert!(
            check(
                &ListCount,
                &["三个方面：", "我们要加强合作。"],
                &["Three aspects:", "We will cooperate."]
            )
            .is_empty()
        );
        assert!(
            check(
                &ListCount,
                &["一是合作，二是开放，三是共享。"],
                &["We will cooperate, open up and share."]
            )
            .is_empty()
        );
    }
}
