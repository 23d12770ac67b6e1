//! The members of a list in a sentence: 物理、化学、生物和材料, “physics, chemistry and biology”.

use std::cell::OnceCell;

use crate::align::WordLink;
use crate::language::quantity::{Kind, Rational};
use crate::rules::PairContext;
use crate::text::script::is_han;
use crate::text::{Side, Span};

/// Fewest and most members of a list that is compared.
const MEMBERS: std::ops::RangeInclusive<usize> = 3..=24;
/// The most lists of a text that are looked at.
const LISTS: usize = 16;
/// The longest word of the lexicon, in bytes.
const WORD: usize = 18;
/// The longest member, in characters, between two marks.
const LONGEST: usize = 12;
/// The most bytes between the beginning of the last member and the number of all.
const COUNT_REACH: usize = 6;
/// How much of the first and of the last member is looked at, in characters: they run into the words around the list.
const EDGE: usize = 2;

/// The most members whose words the lexicon does not link, and the fewest whose words it must link where there is one.
const UNLINKED: usize = 1;
const LINKED: usize = 3;

/// The member of a Chinese list that the English list lacks, which has all others.
pub fn find_lost_member(ctx: &PairContext<'_>) -> Option<Span> {
    let (zh, en) = (ctx.zh(), ctx.en());
    let items = OnceCell::new();
    lists(zh).into_iter().take(LISTS).find_map(|members| {
        // What the English has of a list that lost a member, before the words are looked up, which costs most.
        let items: &[Vec<Span>; 2] = items.get_or_init(|| [self::items(en, &CONJUNCTIONS), self::items(en, &[])]);
        let runs = || {
            let windows = items.iter().flat_map(|items| items.windows(members.len() - 1));
            windows.filter(|run| is_list(en, run))
        };
        let links = link_list(ctx, &members, runs())?;
        let of_member = |i: usize| links_in(&links, members[i]);
        let is_linked: Vec<bool> = (0..members.len()).map(|i| of_member(i).next().is_some()).collect();
        let has = |item: Span, i: usize| of_member(i).any(|link| item.contains(link.en));
        let mut lost = (0..members.len()).filter(|&i| !is_linked[i]).filter(|&lost| {
            // The edges of a list run into the words around it, so that only the count after the last member shows that it is lost.
            let is_last = lost + 1 == members.len();
            let is_edge = lost == 0 || is_last && !is_counted(ctx, members[lost], members.len());
            let others: Vec<usize> = (0..members.len()).filter(|&i| i != lost).collect();
            let unlinked = others.iter().filter(|&&i| !is_linked[i]).count();
            let is_sure = unlinked == 0
                || unlinked <= UNLINKED
                    && others.len() - unlinked >= LINKED
                    && lost.checked_sub(1).is_some_and(|before| is_linked[before])
                    && (is_last || is_linked[lost + 1]);
            let has_all = |run: &[Span]| run.iter().zip(&others).all(|(&item, &i)| has(item, i) || !is_linked[i]);
            !is_edge && is_sure && runs().any(has_all)
        });
        let (lost, None) = (lost.next()?, lost.next()) else {
            return None;
        };
        let lost = members[lost];
        let is_elsewhere = || links_in(ctx.word_links(), lost).next().is_some();
        (!ctx.terms().names(Side::Zh).overlaps(lost) && !is_elsewhere()).then_some(lost)
    })
}

/// The links between the words of a Chinese list and of the English around the runs of parts that may be its translation; `None`
/// without any. Linking whole texts instead takes 62 million instructions more for 10,000 records.
fn link_list<'a>(
    ctx: &PairContext<'_>,
    members: &[Span],
    runs: impl Iterator<Item = &'a [Span]>,
) -> Option<Vec<WordLink>> {
    let spans = runs.filter_map(|run| Some(run.first()?.cover(*run.last()?)));
    let en = spans.reduce(Span::cover)?;
    let zh = members.first()?.cover(*members.last()?);
    let mut links = ctx.doc.aligner.link_words(zh.of(ctx.zh()), en.of(ctx.en()));
    for link in &mut links {
        link.zh = link.zh.shift(zh.start);
        link.en = link.en.shift(en.start);
    }
    Some(links)
}

/// The links of the words that a part of the Chinese has.
fn links_in(links: &[WordLink], part: Span) -> impl Iterator<Item = &WordLink> {
    let from = links.partition_point(|link| link.zh.start + WORD < part.start);
    links[from..]
        .iter()
        .take_while(move |link| link.zh.start < part.end)
        .filter(move |link| link.zh.overlaps(part))
}

/// Whether the last member of a list is followed by the number of its members: 和材料四个领域.
fn is_counted(ctx: &PairContext<'_>, last: Span, members: usize) -> bool {
    let mut next = ctx
        .quantities(Side::Zh)
        .iter()
        .filter(|q| q.kind == Kind::Count && q.span.start >= last.end);
    next.next().is_some_and(|q| {
        let is_next = q.span.start - last.end <= COUNT_REACH;
        is_next && q.as_number().and_then(Rational::to_i64) == i64::try_from(members).ok()
    })
}

/// The lists of a Chinese text: the spans of their members.
fn lists(zh: &str) -> Vec<Vec<Span>> {
    let mut out = Vec::new();
    if !zh.contains('、') {
        return out;
    }
    let is_inside = |c: char| is_han(c) || c.is_ascii_alphanumeric() || "“”《》·".contains(c);
    let mut rest = 0;
    while let Some(first) = zh[rest..].find('、').map(|at| rest + at) {
        let before = &zh[rest..first];
        let start = before.char_indices().rev().take_while(|&(_, c)| is_inside(c)).last();
        let mut members = vec![last_chars(
            zh,
            Span::new(start.map_or(first, |(at, _)| rest + at), first),
        )];
        let mut at = first + '、'.len_utf8();
        loop {
            let end = zh[at..].find(|c| !is_inside(c)).map_or(zh.len(), |len| at + len);
            let member = Span::new(at, end);
            if zh[end..].starts_with('、') {
                members.push(member);
                at = end + '、'.len_utf8();
                continue;
            }
            // 生物和材料四个领域, 以及材料
            let and = ["以及", "和", "与", "及"]
                .iter()
                .find(|word| member.of(zh).starts_with(**word));
            let member = Span::new(at + and.map_or(0, |word| word.len()), end);
            match conjunction(zh, member) {
                Some((and, after)) => {
                    members.push(Span::new(member.start, and));
                    members.push(first_chars(zh, Span::new(after, end)));
                }
                None => members.push(first_chars(zh, member)),
            }
            rest = end;
            break;
        }
        let is_member =
            |m: &Span| !m.is_empty() && m.of(zh).chars().count() <= LONGEST && !m.of(zh).contains(char::is_numeric);
        if MEMBERS.contains(&members.len()) && members.iter().all(is_member) {
            out.push(members);
        }
    }
    out
}

/// The place of 和 in the last part of a list, and where the last member begins.
fn conjunction(zh: &str, part: Span) -> Option<(usize, usize)> {
    let found = ["以及", "和", "与", "及"].iter().filter_map(|word| {
        let at = part.start + part.of(zh).find(word)?;
        (at > part.start && at + word.len() < part.end).then_some((at, at + word.len()))
    });
    found.min()
}

fn last_chars(text: &str, span: Span) -> Span {
    let start = span.of(text).char_indices().rev().nth(EDGE - 1).map_or(0, |(at, _)| at);
    Span::new(span.start + start, span.end)
}

fn first_chars(text: &str, span: Span) -> Span {
    let end = span.of(text).char_indices().nth(EDGE).map_or(span.len(), |(at, _)| at);
    Span::new(span.start, span.start + end)
}

/// Words that divide the members of an English list.
const CONJUNCTIONS: [&str; 5] = [" and ", " or ", " & ", " as well as ", " plus "];

/// How they begin behind the space.
const CONJUNCTION_INITIALS: [char; 4] = ['a', 'o', '&', 'p'];

/// The parts of an English text between commas and other marks and these words, without what separates them. Without words,
/// “medicine and health” is one member of a list whose last one follows a comma.
fn items(en: &str, words: &[&str]) -> Vec<Span> {
    let mut out = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(c) = en[at..].chars().next() {
        let rest = &en[at..];
        let len = match c {
            // The space of “, and ” begins the next separator.
            ' ' if rest[1..].starts_with(CONJUNCTION_INITIALS) => words
                .iter()
                .find(|word| rest.starts_with(**word))
                .map(|word| word.len() - 1),
            ',' | ';' | ':' | '.' | '!' | '?' | '(' | ')' | '—' | '\n' => Some(c.len_utf8()),
            _ => None,
        };
        if let Some(len) = len {
            push_trimmed(en, Span::new(start, at), &mut out);
            start = at + len;
        }
        at += len.unwrap_or(c.len_utf8());
    }
    push_trimmed(en, Span::new(start, en.len()), &mut out);
    out
}

fn push_trimmed(text: &str, span: Span, out: &mut Vec<Span>) {
    let inside = span.of(text);
    let start = span.start + inside.len() - inside.trim_start().len();
    let span = Span::new(start, start + inside.trim().len());
    if !span.is_empty() {
        out.push(span);
    }
}

/// Whether parts are divided as those of one list: by commas, the last by “and” or another such word, which may begin it.
fn is_list(en: &str, parts: &[Span]) -> bool {
    let begins_with_and = parts.last().is_some_and(|last| {
        let separator = en[..last.start].chars().next_back().map_or(0, char::len_utf8);
        let last = &en[last.start - separator..];
        CONJUNCTIONS.iter().any(|word| last.starts_with(word))
    });
    let mut between = parts.windows(2).map(|two| &en[two[0].end..two[1].start]);
    let is_last_closed = between
        .next_back()
        .is_none_or(|b| begins_with_and || b.contains(|c: char| c.is_ascii_alphabetic() || c == '&'));
    // In “road closures, and cancellations to air and ferry services”, the last part is two members.
    let is_one = !begins_with_and || parts.last().is_some_and(|last| !last.of(en).contains(" and "));
    is_last_closed && is_one && between.all(|b| b.trim() == ",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::look_at;

    fn lost<'a>(zh: &'a str, en: &str) -> Option<&'a str> {
        look_at(&[zh], &[en], |ctx| find_lost_member(&ctx.pair(0)?)).map(|span| span.of(zh))
    }

    #[test]
    fn finds_the_member_that_is_lost() {
        for (zh, en, member) in [
            (
                "会议涵盖物理、化学、生物和材料四个领域。",
                "The meeting covered four fields: physics, chemistry and biology.",
                "材料",
            ),
            (
                "论坛设数学、物理、化学、天文和地理五个分会场。",
                "The forum has five sections: mathematics, physics, astronomy and geography.",
                "化学",
            ),
            (
                "试点在合肥、兰州、怀柔和大连同时启动。",
                "The pilot started in Hefei, Lanzhou and Dalian at the same time.",
                "怀柔",
            ),
            (
                "双方将在航天、农业、医药卫生、可再生能源和海洋等领域合作。",
                "The two sides will cooperate in space, agriculture, medicine and health, and the ocean.",
                "可再生能源",
            ),
            (
                "中心覆盖天文、地震、气象、极地和生态五个学科。",
                "The center covers five disciplines: astronomy, seismology, meteorology and ecology.",
                "极地",
            ),
        ] {
            assert_eq!(lost(zh, en), Some(member), "{en}");
        }
    }

    #[test]
    fn allows_whole_lists_and_other_orders() {
        for (zh, en) in [
            (
                "会议涵盖物理、化学、生物和材料四个领域。",
                "The meeting covered four fields: physics, chemistry, biology and materials.",
            ),
            (
                "会议涵盖物理、化学、生物和材料四个领域。",
                "Materials, physics, chemistry and biology were covered.",
            ),
            ("他精明、能干、勤奋。", "He is shrewd, able and works hard."),
            (
                "会议涵盖物理、化学、生物和材料四个领域。",
                "It covered physics, chemistry, biology, materials—all four—and more.",
            ),
        ] {
            assert_eq!(lost(zh, en), None, "{en}");
        }
    }
}
