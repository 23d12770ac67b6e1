//! Figures whose places in a construction say what they are: the beginning and the end of a range or of a change, and the members
//! of a list with 分别.

use super::Match;
use crate::language::quantity::{Bound, Quantity};
use crate::rules::PairContext;
use crate::rules::wording::clause;
use crate::text::{Side, Span};

/// Whether the two are the ends of one range on both sides, in the wrong order.
pub fn is_reversed_range(ctx: &PairContext<'_>, a: &Match<'_>, b: &Match<'_>) -> bool {
    let zh = ctx.zh().get(a.zh.span.end..b.zh.span.start);
    let en = ctx.en().get(b.en.span.end..a.en.span.start);
    let (Some(zh), Some(en)) = (zh.map(str::trim), en.map(str::trim)) else {
        return false;
    };
    let before = &ctx.en()[..b.en.span.start];
    let joined = matches!(en, "to" | "-" | "–" | "—" | "until" | "till" | "through")
        || en == "and" && before.trim_end().ends_with("between");
    let ends = a.zh.bound == Some(Bound::Lower) && b.zh.bound == Some(Bound::Upper);
    joined && (ends || matches!(zh, "至" | "到" | "-" | "–" | "—" | "～" | "~")) && !before.ends_with("down ")
}

/// Where a change begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Beginning,
    End,
}

/// Whether 由A升至B is translated as “from B to A”, in either order.
pub fn has_exchanged_roles(ctx: &PairContext<'_>, a: &Match<'_>, b: &Match<'_>) -> bool {
    is_change(ctx.zh(), a.zh, b.zh)
        && english_role(ctx.en(), a.en) == Some(Role::End)
        && english_role(ctx.en(), b.en) == Some(Role::Beginning)
}

/// Whether 由A升至B is translated as “to B from A”, which is right.
pub fn has_kept_roles(ctx: &PairContext<'_>, a: &Match<'_>, b: &Match<'_>) -> bool {
    let before = |q: &Quantity| ctx.en()[..q.span.start].trim_end().to_ascii_lowercase();
    let ends = |text: &str, words: &[&str]| words.iter().any(|word| text.ends_with(word));
    let earlier = [" from", " of", " against", " than", " versus", " with", " compared to"];
    let before_figure = clause(ctx.zh(), Side::Zh, a.zh.span.start).start..a.zh.span.start;
    let begins = ctx.zh()[before_figure].contains(['由', '从', '自', '较', '比']);
    begins && ends(&before(a.en), &earlier) && !ends(&before(b.en), &earlier)
}

/// Whether a change goes from the one Chinese figure to the other: 由2019年的39558人升至2020年的43643人.
fn is_change(zh: &str, first: &Quantity, second: &Quantity) -> bool {
    let before = &zh[clause(zh, Side::Zh, first.span.start).start..first.span.start];
    let Some(between) = zh.get(first.span.end..second.span.start) else {
        return false;
    };
    let has_end = between.rfind(['至', '到']).is_some_and(|at| {
        // 至2020年的
        let rest = &between[at + '至'.len_utf8()..];
        rest.is_empty() || rest.ends_with('的')
    });
    before.contains(['由', '从', '自']) && has_end && !between.contains(['，', '；', '。', '、'])
}

/// The role that the preposition before an English figure gives it.
fn english_role(en: &str, q: &Quantity) -> Option<Role> {
    const BESIDE: [&str; 9] = ["about", "around", "some", "nearly", "over", "a", "an", "RMB", "US"];
    let mut words = en[..q.span.start].split_whitespace().rev();
    match words.find(|word| !BESIDE.contains(word))? {
        "from" => Some(Role::Beginning),
        "to" => Some(Role::End),
        _ => None,
    }
}

/// Whether 甲和乙分别…A和B is translated with the names in their order and the figures in the other: “B and A, respectively”.
pub fn is_list_out_of_order(ctx: &PairContext<'_>, a: &Match<'_>, b: &Match<'_>) -> bool {
    let (zh, en) = (ctx.zh(), ctx.en());
    let Some(each) = zh[..a.zh.span.start].rfind("分别") else {
        return false;
    };
    let start = zh[..each]
        .rfind(['，', '；', '。', '：'])
        .map_or(0, |at| at + '，'.len_utf8());
    if zh[each..a.zh.span.start].contains('。') || !en.contains("respective") {
        return false;
    }
    let names = Span::new(start, each);
    let links: Vec<_> = ctx
        .word_links()
        .iter()
        .filter(|link| names.contains(link.zh) && link.en.end <= b.en.span.start)
        .collect();
    let orders = links.iter().enumerate().flat_map(|(i, first)| {
        let others = links[i + 1..].iter().filter(|second| first.zh.end <= second.zh.start);
        let of_other_names = others.filter(|second| {
            let between = &zh[first.zh.end..second.zh.start];
            between.contains(['、', '和', '与', '及'])
        });
        of_other_names.map(|second| first.en.start < second.en.start)
    });
    let mut orders = orders.peekable();
    orders.peek().is_some() && orders.all(|is_kept| is_kept)
}
