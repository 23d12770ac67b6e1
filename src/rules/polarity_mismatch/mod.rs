//! `polarity-mismatch`.

mod denials;

use super::program::is_program;
use super::wording::{ZhTable, clause, is_part_of};
use super::{PairContext, Report, Rule, quote};
use crate::align::WordLink;
use crate::declare_rule;
use crate::finding::Severity;
use crate::text::script::is_han;
use crate::text::simplified::to_simplified;
use crate::text::{Side, Span};

declare_rule! {
    /// A negation is lost or invented.
    ///
    /// ## What it does
    /// Reports a lost negation in two cases. The word that 不, 没有, 未, 无法 … denies is translated in an English clause that
    /// denies nothing, and the English has fewer words that deny than the Chinese: “not”, “no”, “without”, “fail”, “lack”,
    /// “only”, words that begin with “un-” and some hundred more. Or the Chinese has a strong negation (不得, 严禁, 尚未, 未能,
    /// 不同意 …), and the English has no word that denies anything in any way. Everyday negations (没有, 不会) are then a note,
    /// because a translator may turn the sentence round.
    ///
    /// An invented negation is reported for “not”, “never” and “cannot” in the main clause of a single sentence, or after
    /// “that”, where the Chinese has no character that denies, excepts or limits; and for a negation that is itself denied, as
    /// “not impossible” for 不可能, where the Chinese denies once.
    ///
    /// ## Why it matters
    /// “The equipment has passed acceptance” for 该设备未通过验收 reads well and says the opposite.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 该设备尚未通过验收。
    /// en: The equipment has passed acceptance.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 该设备尚未通过验收。
    /// en: The equipment has yet to pass acceptance.
    /// ```
    pub PolarityMismatch {
        id: "polarity-mismatch",
        group: Terms,
        severity: Warning,
        since: "0.1.0",
        consequence_of: "sentence-omitted",
        class: One,
    }
}

/// Negations of rules and reports, which a translation keeps in one form or another, those of everyday language, which it may
/// turn round, and all that come before the word that they deny.
#[rustfmt::skip]
const NEGATIONS: [(&[&str], Weight); 3] = [
    (&[
        "不得", "不准", "不许", "不允许", "不同意", "不予", "不支持", "不接受", "不承认", "不适用", "严禁", "禁止", "尚未", "从未", "未能",
        "未曾", "未经", "未获", "均不", "概不", "一律不", "不承担", "不参加", "不参与", "不提供", "未通过", "未达到", "未发现", "未完成", "未批准", "未收到", "未按", "并未", "仍未", "还未", "无权", "拒绝", "切勿",
        "请勿",
    ], Weight::Formal),
    (&[
        "不再", "不能", "不会", "不应", "不是", "不要", "不可以", "不必", "不需要", "不存在", "不包括", "不符合", "不影响", "不涉及", "不愿",
        "不希望", "不属于", "不构成", "不想", "不肯", "不敢", "不太", "不清楚", "不相信", "不认为", "不喜欢", "不适合", "不难", "不在场",
        "并不", "从不", "从没", "绝不", "决不", "都不", "不反对", "不负责", "不依赖", "不等于", "没能", "没人", "没有", "并非", "绝非", "无法", "无意", "无须", "无需",
    ], Weight::Common),
    (&[
        "不得", "不准", "不许", "不予", "不能", "不会", "不应", "不可", "不要", "不必", "不想", "不愿", "不敢", "不肯", "不再", "不太", "不够", "没能", "没有",
        "尚未", "从未", "未能", "未曾", "未经", "未获", "并未", "仍未", "还未", "并不", "从不", "绝不", "无法", "无须", "无需", "无权", "无意", "不", "没", "未",
    ], Weight::Negator),
];

/// What a negation says: how surely it is kept, or that the denied word comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Formal,
    Common,
    Negator,
}

/// Phrases with these characters that deny nothing, or deny twice, and words in which a single character denies nothing that
/// comes next.
#[rustfmt::skip]
const NO_NEGATIONS: [(&[&str], Harmless); 2] = [(&[
    "不得不", "不得了", "不能不", "不会不", "不是不", "没有不", "不仅", "不可以不", "不要紧", "不同意见", "不应有的", "不能自已", "不再是问题",
    "不准确", "无意义", "无意间", "没有这么", "没有那么", "来不得", "舍不得", "巴不得", "恨不得", "能不能", "是不是", "会不会", "要不要", "有没有", "无不", "无非", "不会儿", "不能不说", "而不是", "均不变", "都不变", "不都", "不敢想",
    "未能如愿", "未能成行", "未能幸免",
], Harmless::Phrase), (&[
    "不断", "不少", "不同", "不过", "不管", "不论", "不久", "不到", "不满", "不足", "不良", "不至", "不止", "不只", "不单", "不但", "不免", "不禁", "不妨", "不如",
    "不约而同", "不言而喻", "不可或缺", "不锈钢", "不动产", "不等", "不一", "不时", "不便", "不定", "不远", "不起眼", "买不起", "看不起", "付不起", "免不了", "少不了", "不惜", "不变", "不平", "不安",
    "不利", "不完全", "不明", "不幸", "不当", "不规则", "不对称", "不确定性", "不景气", "不小心", "不善", "不错", "不二", "不通", "不可变", "不公",
    "不慎", "不停", "不懈", "不合", "不堪", "不胜", "不服", "不由", "不经意", "不计", "不分", "不限", "不动", "不俗", "不菲", "不朽", "不屈", "不法", "不孕",
    "不失", "不甘", "不宜", "不日", "毫不", "差不多", "了不起", "对不起", "来不及", "知不知", "未来", "未婚", "未必", "未有", "未满", "未知", "没收", "没落", "淹没",
    "沉没", "埋没", "吞没", "出没",
], Harmless::Word)];

/// What denies nothing: a phrase, whatever the negation in it, or a word, if the negation denies what comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Harmless {
    Phrase,
    Word,
}

/// English negations that Chinese says with a character that denies.
const PLAIN: &[&str] = &["not", "never", "cannot", "*n't"];

/// Uses of them that deny nothing.
#[rustfmt::skip]
const NOT_PLAIN: &[&str] = &[
    "not only", "whether or not", "not to mention", "not just", "if not", "not least", "why not", "not merely", "not far", "never far",
    "not now", "not uncommon", "not unusual", "not hesitate", "don't hesitate", "don’t hesitate",
];

/// Words that begin a subordinate clause.
const SUBORDINATE: &[&str] = &[
    "if", "which", "who", "whom", "whose", "when", "where", "because", "since", "as", "while", "until", "whether",
    "so", "though", "although",
];

/// Words with such a character that deny nothing.
#[rustfmt::skip]
const NO_DENIALS: &[&str] = &[
    "太空", "航空", "空间", "空气", "天空", "空军", "空调", "空中", "反映", "反应", "反射", "反馈", "负责", "负担", "成就", "就业", "就是", "就此",
    "就绪", "就读", "就诊", "就医", "外交", "国外", "外国", "海外", "外部", "外贸", "外资", "外汇", "外长", "外观", "外科", "室外", "户外", "白色", "白宫",
    "白俄", "明白", "消费", "消息", "消防", "消化", "人才", "终端", "最终", "始终", "停车", "零售", "零件", "零部件", "防疫", "防控", "国防",
    "防护", "防汛", "难民", "任何", "如何", "何时", "几何", "而且", "因而", "从而", "进而", "截止", "为止", "避暑", "尽快", "尽早", "异地",
    "非常", "休斯", "休假", "退休", "休息", "少年", "而言", "先后", "非洲", "无线", "无人机", "未来", "没收", "反恐", "免疫",
];

/// Characters by which Chinese denies, excepts, limits or contrasts.
#[rustfmt::skip]
const DENYING: &str = "不未无没非莫勿禁否拒免别休难仅只才缺少失停除防避外尚反绝零负错误违弃却但乏而就尽消漏遗忘吗呢？何哪么绝忌戒罢终止亏欠空白异虽";

/// Characters that deny what a double negation affirms.
const ONCE: &str = "不没未无非莫勿禁否拒免难少缺失罕稀陌异缓停断止阻防";

static BY_WORD: ZhTable<(&[&str], Weight)> = ZhTable::new(&NEGATIONS, |(words, _)| words);
static HARMLESS: ZhTable<(&[&str], Harmless)> = ZhTable::new(&NO_NEGATIONS, |(words, _)| words);

impl Rule for PolarityMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let zh = ctx.zh();
        // What is left in English is for `untranslated`.
        if !ctx.is_paired() || ctx.is_structure() || is_program(ctx.en()) || !zh.contains(is_han) {
            return;
        }
        let found = find_negations(zh);
        let lost = find_lost(ctx, &found);
        if let Some((span, severity, rest)) = lost {
            let message = format!(
                "{} is not in the English, which denies nothing{rest}",
                quote::text(span.of(zh))
            );
            report
                .finding(&Self::META, ctx, Side::Zh, span, message)
                .severity(severity)
                .help("translate the negation")
                .emit();
        } else if let Some((span, reason)) = find_invented(ctx, &found) {
            let message = format!("{} {reason}", quote::text(span.of(ctx.en())));
            report
                .finding(&Self::META, ctx, Side::En, span, message)
                .help("check the negation against the source")
                .found(span.of(ctx.en()))
                .emit();
        }
    }
}

/// A negation in the Chinese.
type Negation = (Span, &'static (&'static [&'static str], Weight));

/// A negation that is not in the English, how severe that is, and where the English denies nothing.
fn find_lost(ctx: &PairContext<'_>, found: &[Negation]) -> Option<(Span, Severity, &'static str)> {
    let first = |wanted: Weight| found.iter().find(|(_, (_, weight))| *weight == wanted);
    found.first()?;
    let (negators, most) = count_negators(ctx.zh(), found);
    let denials = denials::count(ctx.wording(), ctx.zh(), most.max(1));
    let affirmed = || negators.into_iter().find(|span| is_affirmed(ctx, *span, denials > 0));
    if most > denials
        && let Some(lost) = affirmed()
    {
        // The whole of 不支持.
        let spans = found
            .iter()
            .map(|(span, _)| *span)
            .filter(|span| span.start == lost.start);
        let span = spans.max_by_key(|span| span.end)?;
        return Some((span, Severity::Warning, " there"));
    }
    if denials > 0 || denials::may_imply(ctx.wording(), ctx.zh()) {
        return None;
    }
    let formal = first(Weight::Formal).map(|(span, _)| (*span, Severity::Warning, ""));
    formal.or_else(|| first(Weight::Common).map(|(span, _)| (*span, Severity::Note, "")))
}

/// The negations that come before what they deny, and how many denials the English needs for them.
fn count_negators(zh: &str, found: &[Negation]) -> (Vec<Span>, usize) {
    let mut negators: Vec<Span> = Vec::new();
    let mut count = 0;
    for (span, (_, weight)) in found {
        let last = negators.last().map_or(0, |last| last.end);
        if *weight == Weight::Negator && span.start >= last {
            // One “not” denies all members of a list: 未就业、未受教育.
            let between = &zh[last..span.start];
            let is_listed = last > 0 && between.len() < LIST_BYTES && between.contains(['、', '（', '(']);
            count += usize::from(!is_listed);
            negators.push(*span);
        }
    }
    (negators, count)
}

/// The most bytes between two negations of a list.
const LIST_BYTES: usize = 24;

/// Characters between a negation and the word that it denies.
const LIGHT: &str = "是很太被会能可要应有到得去来所以于进对把将给向为再遭轻易充分完全真正及时";

/// English words that the lexicon links to verbs.
const PREPOSITIONS: [&str; 8] = ["after", "among", "before", "for", "just", "light", "very", "with"];

/// What a negation such as 无法 becomes when it is lost, and what else it may translate.
const ABLE: &[&str] = &["able to", "capable of", "managed to", "succeeded in"];
const ABILITIES: [&str; 5] = ["能够", "可以", "得以", "成功", "有能力"];

/// Whether the word that the negation denies is in the English, in a clause that denies nothing, or with the denial of another word
/// where the English has one.
fn is_affirmed(ctx: &PairContext<'_>, negator: Span, has_denial: bool) -> bool {
    let (zh, en) = (ctx.zh(), ctx.en());
    let denies = |at: usize| {
        let clause = clause(en, Side::En, at);
        let scope = if has_denial {
            denial_scope(en, clause, at)
        } else {
            clause
        };
        denials::may_deny(ctx.wording(), scope)
    };
    let is_inability = matches!(negator.of(zh), "无法" | "不能" | "未能" | "没能");
    if is_inability && !ABILITIES.iter().any(|word| zh.contains(word)) {
        let able = ctx.wording().find(ABLE);
        if able.is_some_and(|span| !denies(span.start)) {
            return true;
        }
    }
    let rest = &zh[negator.end..];
    let start = zh.len() - rest.trim_start_matches(|c| LIGHT.contains(c)).len();
    let mut near = zh[start..].char_indices().take(REACH);
    let end = near.find(|&(at, c)| at > 0 && matches!(c, '的' | '地') || !is_han(c));
    let end = end.map_or(start + REACH * '很'.len_utf8(), |(at, _)| start + at);
    let links = ctx.word_links();
    let is_word = |link: &&WordLink| !PREPOSITIONS.contains(&link.en.of(en).to_ascii_lowercase().as_str());
    let next = links
        .iter()
        .filter(is_word)
        .find(|link| (start..end).contains(&link.zh.start));
    let Some(denied) = next.map(|link| link.zh) else {
        return false;
    };
    // A modifier may become a word of its own: “indeterminate” for 不确定的.
    if zh[denied.end..].starts_with('的') {
        return false;
    }
    let translations = || {
        links
            .iter()
            .filter(is_word)
            .filter(|link| link.zh.start == denied.start)
    };
    // A word that is there twice may be affirmed once.
    let is_other = |link: &WordLink| {
        links
            .iter()
            .any(|other| other.en == link.en && other.zh.start != denied.start)
    };
    translations().count() <= MOST_TRANSLATIONS && !translations().any(|link| is_other(link) || denies(link.en.start))
}

/// Where a word that denies the English word at `at` is sure to be: before it in its clause, or right behind it. “Facilities listed here
/// are not eligible” lists them.
fn denial_scope(en: &str, clause: Span, at: usize) -> Span {
    const WORDS_BEHIND: usize = 3;
    let behind = en[at..clause.end].match_indices(' ').nth(WORDS_BEHIND);
    Span::new(clause.start, behind.map_or(clause.end, |(blank, _)| at + blank))
}

/// The characters after a negation in which the denied word begins.
const REACH: usize = 2;
/// The most English words that may translate the denied word.
const MOST_TRANSLATIONS: usize = 2;

/// What a negation turns into a bound: 不得早于 is “at the earliest”.
#[rustfmt::skip]
const COMPARISONS: [&str; 14] = [
    "早于", "晚于", "迟于", "少于", "多于", "低于", "高于", "大于", "小于", "短于", "长于", "超过", "超出", "超越",
];

/// The negations of the Chinese, in order.
fn find_negations(zh: &str) -> Vec<Negation> {
    let mut found = BY_WORD.find(zh);
    if !found.is_empty() {
        let harmless = HARMLESS.find(zh);
        let has_nobody = NOBODY.iter().any(|word| zh.contains(word));
        found.retain(|negation| {
            !(is_no_negation(zh, negation, &harmless) || has_nobody && is_denied_twice(zh, negation.0))
        });
    }
    found
}

/// Whether the characters around a negation say something else: 不得不, 不能不, 不得少于.
fn is_no_negation(zh: &str, &(span, (_, weight)): &Negation, harmless: &[(Span, &(&[&str], Harmless))]) -> bool {
    let is_harmless = |kind| {
        let mut around = harmless.iter().filter(|(_, (_, other))| *other == kind);
        around.any(|(place, _)| place.start <= span.start && span.start < place.end)
    };
    COMPARISONS.iter().any(|word| zh[span.end..].starts_with(word))
        || is_harmless(Harmless::Phrase)
        // 不同意 denies, 不同 does not.
        || *weight == Weight::Negator && is_harmless(Harmless::Word) && !zh[span.start..].starts_with("不同意")
}

/// What denies a whole clause.
const NOBODY: [&str; 4] = ["没有一", "没有任何", "没有哪", "没人"];

/// Whether the clause around `span` denies what it denies: 没有一个春天不会到来.
fn is_denied_twice(zh: &str, span: Span) -> bool {
    const AGAIN: [char; 4] = ['不', '无', '未', '非'];
    let clause = clause(zh, Side::Zh, span.start).of(zh);
    let mut nobody = NOBODY
        .iter()
        .filter_map(|word| clause.find(word).map(|at| &clause[at + word.len()..]));
    nobody.any(|rest| rest.contains(AGAIN))
}

/// Whether the Chinese may deny, except, limit or contrast something.
fn may_deny(zh: &str) -> bool {
    // 仍在等待答复: “has not received a reply”; 最多添加一个: “cannot add more than one”; 忽略: “never show”.
    if ["等待", "有待", "尚待", "最多", "至多", "忽略"]
        .iter()
        .any(|word| zh.contains(word))
    {
        return true;
    }
    let mut denying = zh.char_indices().filter(|&(_, c)| DENYING.contains(c));
    denying.any(|(at, _)| !is_part_of(zh, at, NO_DENIALS))
}

/// Whether one character of the Chinese denies.
fn denies_once(zh: &str) -> bool {
    let mut denying = zh
        .char_indices()
        .filter(|&(at, c)| ONCE.contains(c) && !is_part_of(zh, at, NO_DENIALS));
    denying.next().is_some() && denying.next().is_none()
}

/// A negation of the English that the Chinese has not, and why.
fn find_invented(ctx: &PairContext<'_>, found: &[Negation]) -> Option<(Span, &'static str)> {
    // Most English denies nothing: that is the cheapest to see.
    let wording = ctx.wording();
    let span = wording.find(PLAIN).filter(|span| !ctx.is_masked(Side::En, *span))?;
    let zh = &*to_simplified(ctx.zh());
    if let Some(double) = denials::find_double(wording)
        && denies_once(zh)
    {
        return Some((double, "denies twice what the Chinese denies once"));
    }
    // Another sentence may be what the Chinese says in other words.
    if !found.is_empty() || may_deny(zh) || ctx.sentences(Side::En).len() != 1 || wording.has(NOT_PLAIN) {
        return None;
    }
    let is_subordinate = wording.has_in(Span::new(0, span.start), SUBORDINATE);
    (!is_subordinate).then_some((span, "has no counterpart in the Chinese, which denies nothing"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn finds_lost_and_invented_negations() {
        for (zh, en) in [
            ("他不同意这项计划。", "He agreed with the plan."),
            ("该设备未通过验收。", "The equipment has passed acceptance."),
            (
                "严禁携带易燃物品进入实验区。",
                "Inflammable goods may be brought into the experimental area.",
            ),
            ("任何组织不得干涉。", "Any organization may interfere."),
            ("该设备通过了验收。", "The equipment has not passed acceptance."),
            (
                "任何成员都可以参加航空表演。",
                "A member may not take part in the air show.",
            ),
            ("双方同意继续谈判。", "The two sides never agreed to go on talking."),
            (
                "未满十八周岁的公民不得报名。",
                "Citizens under eighteen years of age may apply to the university.",
            ),
            (
                "该系统不太灵活，必须由用户自行维护，否则会出错。",
                "The system is flexible and must be maintained by its users, or errors will occur.",
            ),
            (
                "虽然许多文物已被盗走，但这座古墓尚未遭到破坏。",
                "Although many of the relics have been stolen, this tomb has been damaged.",
            ),
            (
                "会议规模太大，不可能邀请每一位代表发言。",
                "The meeting is so large that it is not impossible to invite every delegate to speak.",
            ),
            (
                "审计表明，该单位未能按期完成整改。",
                "The audit shows that the institution did not fail to complete the rectification on time.",
            ),
            (
                "由于材料不完整，委员会无法作出决定。",
                "As the documents are incomplete, the committee was able to reach a decision.",
            ),
            (
                "研究表明，该药物可加速伤口愈合。",
                "The study shows that the drug does not accelerate the healing of wounds.",
            ),
        ] {
            assert_eq!(check(&PolarityMismatch, &[zh], &[en]).len(), 1, "{zh} {en}");
        }
    }

    #[test]
    fn allows_negations_in_other_words() {
        for (zh, en) in [
            ("该设备尚未通过验收。", "The equipment has yet to pass acceptance."),
            ("此操作无法撤销。", "This action cannot be undone."),
            ("文件夹 ID 不得重复。", "The folder ID must be unique."),
            ("两地相距很近。", "The two places are not far apart."),
            (
                "你的 IP 地址被禁止观看视频。",
                "Your IP address has been blocked from watching videos.",
            ),
            ("尚未观看任何影片。", "Your history is currently empty."),
            (
                "如有问题，请随时联系我们。",
                "Please don't hesitate to contact us if you have problems.",
            ),
            ("%{resource} is not found", "%{resource} is not found"),
            ("無法連線到伺服器", "Cannot connect to the server"),
            ("最多添加一个视频。", "Cannot attach more than one video."),
            ("以后再说", "Not now"),
            ("未经批准，任何人不得进入。", "Entry is subject to approval only."),
            ("他不得不离开。", "He had to leave."),
            ("不能不说这是成就。", "It must be called an achievement."),
            ("他无法出席。", "He was unable to attend."),
            ("除了他都来了。", "Everyone came, but he did not."),
            ("结果要过几天才能知道。", "The result will not be known for days."),
            ("这不仅是机遇，也是责任。", "It is both a chance and a duty."),
            ("男不得早于二十二周岁。", "A man shall have reached the age of 22."),
            ("我们仍在等待答复。", "We have not received a reply."),
            ("它无法忍受不同的声音。", "It is intolerant of other voices."),
            ("结局如何，我不敢多想。", "I dread to think how it will end."),
            (
                "来自该国的病例不包括在内。",
                "Cases from the United States were excluded.",
            ),
            (
                "这个选项更像一个标记，而不需要参数。",
                "The option is more of a flag than something that requires an argument.",
            ),
            (
                "其他议员批评该公司未能及时删贴。",
                "Other MPs criticised the company for allowing the posts to remain visible.",
            ),
            ("这并非不可能。", "It is not impossible."),
            ("这种情况并不罕见。", "This is not uncommon."),
            (
                "青年未就业、未接受教育或培训的比例下降。",
                "The share of youth not in education, employment or training fell.",
            ),
            (
                "文件在一段不确定的时间内处于打开状态。",
                "The file stays open for an indeterminate time, which the system determines.",
            ),
            ("洪水淹没了许多村庄。", "Many villages were flooded."),
            (
                "没有一个冬天不可逾越，没有一个春天不会到来。",
                "Every winter will pass and every spring will come.",
            ),
            ("由于疫情未能如愿。", "The pandemic has kept us from it."),
            (
                "他无法到场，但能够通过视频发言。",
                "He could not come, but was able to speak by video.",
            ),
        ] {
            assert!(check(&PolarityMismatch, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
