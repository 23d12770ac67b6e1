//! `list-count`.

mod members;

use std::sync::LazyLock;

use memchr::memmem::Finder;

use self::members::find_lost_member;
use super::{PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::finding::{Confidence, Severity};
use crate::language::quantity::{Kind, Quantity, Rational};
use crate::text::{Side, Span};

declare_rule! {
    /// A list has a different number of items than announced.
    ///
    /// ## What it does
    /// Makes three checks. A paragraph that announces a number of things and ends in a colon (10个…：) is followed by a
    /// list with one item per paragraph, each but the last ending in 、 or ；; the items are counted on both sides. An
    /// enumeration with 一是…二是…三是… is compared with “first … second … third” if the English enumerates too. And a list in a
    /// sentence (物理、化学和生物) is compared with the English list that has all its members but one, in the same order.
    ///
    /// ## Why it matters
    /// If ten facilities are announced and nine are listed, the one that was left out will notice.
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
        check_announced(ctx, report);
        check_enumerated(ctx, report);
        check_members(ctx, report);
    }
}

/// Compares 推动10个…开放共享： with the list that follows.
fn check_announced(ctx: &PairContext<'_>, report: &mut Report) {
    if !ctx.zh().trim_end().ends_with(['：', ':']) {
        return;
    }
    // The last count before the colon is that of the list.
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
    let (side, listed) = match (zh == number, en == number) {
        (true, true) => return,
        (false, _) => (Side::Zh, zh),
        (true, false) => (Side::En, en),
    };
    let message = format!(
        "{} announces {number} items, but the {} lists {listed}",
        quote::figure(ctx.zh(), count.span, Side::Zh),
        side.name()
    );
    let mut finding = report.finding(&ListCount::META, ctx, Side::Zh, count.span, message);
    for item in (1..=zh.max(en) as isize).filter_map(|by| ctx.neighbour(by)) {
        finding = finding.with(&item);
    }
    finding
        .confidence(Confidence::Medium)
        .help("find the item that is missing or extra")
        .emit();
}

/// The number of list items after the pair on each side, at most one more than `number`.
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

/// The first mark of [`check_enumerated`]. Most texts do not contain it.
static FIRST_MARK: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("一是"));

/// Compares 一是…二是…三是… with “first … second …”.
fn check_enumerated(ctx: &PairContext<'_>, report: &mut Report) {
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
    let listed = usize::try_from(counted).unwrap_or_default();
    if listed < 2 || listed >= places.len() {
        return;
    }
    let message = format!(
        "the Chinese enumerates {} items, the English {listed}: {}",
        places.len(),
        quote::beginning(&ctx.zh()[places[listed].start..])
    );
    report
        .finding(&ListCount::META, ctx, Side::Zh, places[listed], message)
        .severity(Severity::Warning)
        .confidence(Confidence::Medium)
        .help("translate the missing item")
        .emit();
}

/// Looks for a member of 物理、化学、生物和材料 that the English list lacks.
fn check_members(ctx: &PairContext<'_>, report: &mut Report) {
    if !ctx.is_paired() || ctx.is_structure() {
        return;
    }
    if let Some(member) = find_lost_member(ctx) {
        let message = format!("{} is missing from the English list", quote::text(member.of(ctx.zh())));
        report
            .finding(&ListCount::META, ctx, Side::Zh, member, message)
            .confidence(Confidence::Medium)
            .help("translate the missing item")
            .emit();
    }
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
        assert_eq!(found[0].message, "“3个设施” announces 3 items, but the English lists 2");
        let zh = ["开放4个设施：", "子午工程、", "观测站、", "射电望远镜。"];
        let found = check(
            &ListCount,
            &zh,
            &["open four facilities:", "Meridian", "Observatory", "Telescope"],
        );
        assert_eq!(found[0].message, "“4个设施” announces 4 items, but the Chinese lists 3");
    }

    #[test]
    fn allows_prose_after_a_colon_and_enumeration_without_ordinals() {
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
