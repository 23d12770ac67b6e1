//! `rank-mismatch`.

use super::wording::ZhTable;
use super::{PairContext, Report, Rule};
use crate::declare_rule;
use crate::text::Span;
use crate::text::script::is_han;

declare_rule! {
    /// A rank is lost or invented, as in “Premier” for 副总理.
    ///
    /// ## What it does
    /// Finds titles with a rank in the Chinese: 副 (vice, deputy, associate …), 代 and 代理 (acting), 候任 (-elect, incoming), 前
    /// and 原 (former), 名誉 (honorary), 首席 (chief) and 助理 (assistant) before or after titles such as 总理, 主席, 部长, 省长,
    /// 院长, 主任, 教授. Reports the title in the English if no word for the rank is in the English at all. Also reports
    /// “vice” or “deputy” before a title that the Chinese has without 副.
    ///
    /// ## Why it matters
    /// A vice premier who becomes premier is the mistake that readers remember.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 该省副省长出席了仪式。
    /// en: The governor of the province attended the ceremony.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 该省副省长出席了仪式。
    /// en: The vice governor of the province attended the ceremony.
    /// ```
    pub RankMismatch { id: "rank-mismatch", group: Names, severity: Warning, since: "0.1.0" }
}

/// Chinese titles and the English ones that they may be.
type Title = (&'static [&'static str], &'static [&'static str]);

#[rustfmt::skip]
const TITLES: &[Title] = &[
    (&["总理"], &["premier", "prime minister"]),
    (&["主席"], &["chairman", "chairperson", "chairwoman", "chair", "president"]),
    (&["委员长"], &["chairman", "chairperson", "chairwoman", "chair"]),
    (&["总统"], &["president"]),
    (&["首相"], &["prime minister"]),
    (&["部长"], &["minister", "secretary"]),
    (&["省长"], &["governor"]),
    (&["州长"], &["governor"]),
    (&["市长"], &["mayor"]),
    (&["县长", "区长"], &["head", "chief", "governor", "magistrate"]),
    (&["院长"], &["president", "dean", "director", "chief justice"]),
    (&["校长"], &["president", "principal", "chancellor", "headmaster", "headteacher"]),
    (&["书记"], &["secretary"]),
    (&["秘书长"], &["secretary-general", "secretary general"]),
    (&["主任"], &["director", "chairman", "chairperson", "head", "chair", "minister", "dean"]),
    (&["局长", "署长"], &["director", "director-general", "commissioner", "administrator", "head", "chief"]),
    (&["司长", "厅长", "处长", "所长", "馆长", "站长", "台长", "中心主任"], &["director", "director-general", "head", "chief", "curator"]),
    (&["行长"], &["governor", "president"]),
    (&["总裁"], &["president"]),
    (&["总经理"], &["general manager", "president", "manager"]),
    (&["董事长", "会长", "理事长"], &["chairman", "chairperson", "chairwoman", "chair", "president"]),
    (&["议长"], &["speaker", "president"]),
    (&["大使"], &["ambassador"]),
    (&["教授"], &["professor"]),
    (&["研究员"], &["researcher", "professor", "fellow", "scientist"]),
    (&["主编", "总编辑"], &["editor-in-chief", "editor in chief", "chief editor"]),
    (&["总设计师"], &["chief designer", "designer-in-chief", "general designer", "designer"]),
    (&["总工程师"], &["chief engineer", "engineer-in-chief"]),
    (&["总指挥", "司令员", "司令"], &["commander", "commander-in-chief"]),
    (&["队长", "组长", "团长"], &["captain", "leader", "head", "chief"]),
];

/// A rank: its Chinese words, whether they come before the title, and beginnings of the English words for it.
struct Rank {
    zh: &'static [&'static str],
    before: bool,
    en: &'static [&'static str],
}

#[rustfmt::skip]
const RANKS: &[Rank] = &[
    Rank { zh: &["副"], before: true, en: &["vice*", "deput*", "associate*", "assistant", "sub*", "under*", "second", "junior", "lieutenant*", "co-*", "colleague*", "other leaders", "other state leaders"] },
    Rank { zh: &["代理", "代"], before: true, en: &["acting", "interim", "caretaker", "deput*", "provisional", "temporary"] },
    Rank { zh: &["候任", "当选"], before: true, en: &["*elect", "designate*", "incoming", "elected", "next", "nominee", "nominated"] },
    Rank { zh: &["前任", "前", "原"], before: true, en: &["former*", "ex-*", "previous*", "then", "one-time", "past", "late", "old", "original*", "predecessor*", "retired"] },
    Rank { zh: &["名誉", "荣誉"], before: true, en: &["honorary", "emerit*", "honor*", "honour*"] },
    Rank { zh: &["助理"], before: false, en: &["assistant*", "aide*", "deput*"] },
];

const DEPUTY: &[&str] = &["vice", "deputy"];

static RANKS_BY_WORD: ZhTable<Rank> = ZhTable::new(RANKS, |rank| rank.zh);
static TITLES_BY_WORD: ZhTable<Title> = ZhTable::new(TITLES, |(names, _)| names);

impl Rule for RankMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        if !ctx.is_paired() {
            return;
        }
        let zh = ctx.zh();
        let mut lost: Vec<Span> = Vec::new();
        for (place, rank) in RANKS_BY_WORD.find(zh) {
            let title = || title_at(zh, place.end).or_else(|| title_of_body(zh, place));
            let Some((title, words)) = rank.before.then(title).flatten() else {
                continue;
            };
            if lost.iter().any(|span| span.overlaps(place)) || is_word_of_time(ctx, place) {
                continue;
            }
            let whole = Span::new(place.start, title.end);
            let found = if ctx.wording().has(rank.en) {
                find_bare_title(ctx, rank, words)
            } else {
                ctx.wording().find(words)
            };
            if let Some(span) = found {
                lost.push(whole);
                report_lost(ctx, whole, span, place.of(zh), report);
            }
        }
        find_assistants(ctx, report);
        find_invented(ctx, report);
        find_lesser_ministers(ctx, report);
        find_other_officers(ctx, report);
    }
}

/// An English title without the rank, where the English has the rank less often than the Chinese and never before this title:
/// “the vice premier and the president” for 副总理 and 副总统.
fn find_bare_title(ctx: &PairContext<'_>, rank: &Rank, title: &[&str]) -> Option<Span> {
    const RANK_BEFORE: usize = " senior executive deputy ".len();
    let (zh, wording) = (ctx.zh(), ctx.wording());
    let of_rank = RANKS_BY_WORD
        .find(zh)
        .into_iter()
        .filter(|(_, other)| std::ptr::eq(*other, rank));
    let ranked = of_rank.filter(|(place, _)| title_at(zh, place.end).is_some()).count();
    if ranked < 2 || wording.find_all(rank.en).nth(ranked - 1).is_some() {
        return None;
    }
    // 副主席 and 总统 may both be “president”.
    let is_other_title = TITLES_BY_WORD.find(zh).into_iter().any(|(place, (_, words))| {
        !rank.zh.iter().any(|rank| zh[..place.start].ends_with(rank)) && words.iter().any(|word| title.contains(word))
    });
    if is_other_title {
        return None;
    }
    let has_rank = |span: &Span| {
        let mut words = ctx.en()[..span.start].char_indices().rev().map(|(at, _)| at);
        let start = words.nth(RANK_BEFORE - 1).unwrap_or(0);
        wording.has_in(Span::new(start, span.start), rank.en)
    };
    let mut titles = wording.find_all(title);
    let first = titles.next()?;
    (!has_rank(&first) && !titles.any(|span| has_rank(&span))).then_some(first)
}

/// The title that begins at byte `at`, with its English words.
fn title_at(zh: &str, at: usize) -> Option<(Span, &'static [&'static str])> {
    let rest = &zh[at..];
    TITLES.iter().find_map(|(names, words)| {
        let name = names.iter().find(|name| rest.starts_with(**name))?;
        Some((Span::new(at, at + name.len()), *words))
    })
}

/// The title after 前 or 原 and the name of a body or country: 前驻法国大使, 原科技部部长.
fn title_of_body(zh: &str, rank: Span) -> Option<(Span, &'static [&'static str])> {
    const BODIES: [&str; 8] = ["驻", "部", "院", "委", "局", "厅", "省", "市"];
    const MOST_CHARS: usize = 10;
    if !matches!(rank.of(zh), "前" | "原") {
        return None;
    }
    let rest = &zh[rank.end..];
    let after = |(at, c): (usize, char)| (rank.end + at + c.len_utf8(), c);
    let name = rest
        .char_indices()
        .take(MOST_CHARS)
        .take_while(|&(_, c)| is_han(c) && c != '的');
    name.map(after).find_map(|(end, _)| {
        let found = title_at(zh, end)?;
        let body = Span::new(rank.end, found.0.start).of(zh);
        let is_body = body.starts_with('驻') || BODIES.iter().any(|word| body.ends_with(word));
        is_body.then_some(found)
    })
}

/// Whether 前, 原 or 代 belongs to the words before: 目前, 时代, 得出结论前. A rank of time comes after a mark, 的, or the name of a
/// body or place.
fn is_word_of_time(ctx: &PairContext<'_>, rank: Span) -> bool {
    let zh = ctx.zh();
    let before = zh[..rank.start].chars().next_back();
    let follows_name = || ctx.terms().hits.iter().any(|hit| hit.hit.span.end == rank.start);
    match rank.of(zh) {
        "前" | "原" => {
            !before.is_none_or(|c| !is_han(c) || "的国省市县州区部委局院校厅府会党行司社团任和与及由是".contains(c))
                && !follows_name()
        }
        "代" => before.is_some_and(|c| "时年现当古近世取替交后明清唐宋元汉历".contains(c)),
        _ => false,
    }
}

/// 部长助理 and 院长助理 translated as the minister or the president.
fn find_assistants(ctx: &PairContext<'_>, report: &mut Report) {
    let zh = ctx.zh();
    if !zh.contains('助') {
        return;
    }
    for (at, word) in zh.match_indices("长助理") {
        let end = at + word.len();
        let Some((start, words)) = TITLES.iter().find_map(|(names, words)| {
            let name = names.iter().find(|name| zh[..at + '长'.len_utf8()].ends_with(**name))?;
            Some((at + '长'.len_utf8() - name.len(), *words))
        }) else {
            continue;
        };
        if ctx.wording().has(&["assistant*", "aide*", "deput*"]) {
            continue;
        }
        if let Some(span) = ctx.wording().find(words) {
            report_lost(ctx, Span::new(start, end), span, "助理", report);
        }
    }
}

/// Reports the title `zh`, whose `rank` the English `en` lacks.
fn report_lost(ctx: &PairContext<'_>, zh: Span, en: Span, rank: &str, report: &mut Report) {
    report
        .translated_as(&RankMismatch::META, ctx, zh, en, ", without its rank")
        .help(format!("translate “{rank}”"))
        .emit();
}

/// “Vice” or “deputy” before a title that the Chinese has without any word of a lower rank.
fn find_invented(ctx: &PairContext<'_>, report: &mut Report) {
    const LOWER: [&str; 8] = ["副", "次长", "次官", "助理", "代", "佐", "第二书记", "人大"];
    let (zh, en) = (ctx.zh(), ctx.en());
    let wording = ctx.wording();
    // Most English has no deputy: that is the cheapest to see.
    let Some(deputy) = wording.find(DEPUTY) else { return };
    if LOWER.iter().any(|word| zh.contains(word)) {
        return;
    }
    let after = en[deputy.end..].trim_start_matches([' ', '-', '‑']);
    let at = en.len() - after.len();
    for (place, (_, words)) in TITLES_BY_WORD.find(zh) {
        let title = wording
            .find_in(Span::new(at, en.len()), words)
            .filter(|span| span.start == at);
        if let Some(title) = title {
            let whole = Span::new(deputy.start, title.end);
            report
                .translated_as(
                    &RankMismatch::META,
                    ctx,
                    place,
                    whole,
                    ", with a rank that it does not have",
                )
                .help("check the rank against the source")
                .emit();
            return;
        }
    }
}

/// “Minister” for 总理, where the Chinese has no other minister.
fn find_lesser_ministers(ctx: &PairContext<'_>, report: &mut Report) {
    const HEADS: &[&str] = &[
        "premier*",
        "prime",
        "prime-*",
        "pm",
        "pms",
        "chancellor*",
        "taoiseach",
        "leader*",
        "head",
        "heads",
        "president*",
    ];
    const MINISTERS: &[&str] = &["minister"];
    let zh = ctx.zh();
    if !zh.contains('总') {
        return;
    }
    let Some(at) = zh.find("总理").filter(|&at| !zh[at..].starts_with("总理衙门")) else {
        return;
    };
    if zh.contains(['长', '臣', '官', '相']) || ctx.wording().has(HEADS) {
        return;
    }
    if let Some(span) = ctx.wording().find(MINISTERS) {
        let place = Span::new(at, at + "总理".len());
        report
            .translated_as(&RankMismatch::META, ctx, place, span, "")
            .help("write “premier” or “prime minister”")
            .emit();
    }
}

/// The officers of a company: their Chinese titles, and the English ones.
#[rustfmt::skip]
const OFFICERS: [(&[&str], &[&str]); 6] = [
    (&["首席执行官"], &["ceo", "ceos", "chief executive"]),
    (&["首席财务官", "财务总监"], &["cfo", "chief financial", "chief finance"]),
    (&["首席运营官"], &["coo", "chief operating", "chief operations"]),
    (&["首席技术官"], &["cto", "chief technology", "chief technical"]),
    (&["首席信息官"], &["cio", "chief information"]),
    (&["首席营销官", "首席市场官"], &["cmo", "chief marketing"]),
];

/// One officer translated as another.
fn find_other_officers(ctx: &PairContext<'_>, report: &mut Report) {
    let zh = ctx.zh();
    if !zh.contains(['席', '监']) {
        return;
    }
    for (titles, own) in &OFFICERS {
        let Some(title) = titles
            .iter()
            .find_map(|t| zh.find(t).map(|at| Span::new(at, at + t.len())))
        else {
            continue;
        };
        if ctx.wording().has(own) {
            continue;
        }
        let others = OFFICERS
            .iter()
            .filter(|(names, _)| !names.iter().any(|n| zh.contains(n)));
        let Some(span) = others
            .filter_map(|(_, words)| ctx.wording().find(words))
            .min_by_key(|s| s.start)
        else {
            continue;
        };
        report
            .translated_as(&RankMismatch::META, ctx, title, span, ", another office")
            .help("check the title against the source")
            .emit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn finds_lost_and_invented_ranks() {
        for (zh, en) in [
            (
                "国务院副总理将出席年会。",
                "The Premier will attend the annual meeting.",
            ),
            ("国家副主席出席开幕式。", "The President attended the opening ceremony."),
            ("项目副总设计师发言。", "The chief designer of the project spoke."),
            ("该办公室副主任出席。", "The Director of the Office attended."),
            ("代省长致辞。", "The governor spoke."),
            ("名誉会长致辞。", "The president of the association spoke."),
            ("前部长致辞。", "The minister spoke."),
            ("前驻法国大使致辞。", "The ambassador to France spoke."),
            ("原科技部部长致辞。", "The minister of science and technology spoke."),
            ("外交部部长助理致辞。", "The Minister of Foreign Affairs spoke."),
            ("部长致辞。", "The vice minister spoke."),
            ("总理出席会议。", "Minister Li attended the meeting."),
            ("首席执行官发言。", "The CFO spoke."),
            (
                "副总理会见了该国副总统。",
                "The vice premier met with the president of the country.",
            ),
        ] {
            assert_eq!(check(&RankMismatch, &[zh], &[en]).len(), 1, "{zh} {en}");
        }
    }

    #[test]
    fn allows_ranks_in_other_words_and_other_words_with_the_characters() {
        for (zh, en) in [
            (
                "国务院副总理将出席年会。",
                "The Vice-Premier will attend the annual meeting.",
            ),
            ("副教授发言。", "The associate professor spoke."),
            (
                "副主席张某、副主席李某会见了总统。",
                "Vice chairpersons Zhang and Li met with the president.",
            ),
            ("目前部长不在。", "The minister is now away."),
            ("前来致辞的有科技部部长。", "The minister came and spoke."),
            (
                "在得出结论前议长不能行动。",
                "The Speaker cannot act until it has decided.",
            ),
            ("副作用不大，主任说。", "There are few side effects, the director said."),
            ("副秘书长发言。", "The under-secretary-general spoke."),
            (
                "全国人大代表、部长发言。",
                "The minister, a deputy to the congress, spoke.",
            ),
            ("当选总统发言。", "The president-elect spoke."),
            ("总理和外交部长发言。", "He and the foreign minister spoke."),
            ("总理和副总理出席。", "The premier and his colleague were present."),
            ("首席执行官和首席财务官发言。", "The chief executive and the CFO spoke."),
        ] {
            assert!(check(&RankMismatch, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
