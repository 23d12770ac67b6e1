//! `polarity-mismatch`.

use super::program::is_program;
use super::wording::{ZhTable, clause, is_part_of};
use super::{PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::finding::Severity;
use crate::text::{Side, Span};

declare_rule! {
    /// A negation is lost or invented.
    ///
    /// ## What it does
    /// Finds strong negations in the Chinese: 不得, 严禁, 禁止, 尚未, 未能, 不同意, 不再, 无法, 没有 … Reports one if the English has no
    /// word that denies anything, in any way: “not”, “no”, “without”, “fail”, “refuse”, “lack”, “only”, “until”, words that
    /// begin with “un-” or “non-”, and some hundred more. Everyday negations (没有, 不会) in a sentence of several clauses are a
    /// note, because a translator may turn the clause round. The reverse is reported for “not”, “never” and “cannot” in the main
    /// clause of a single sentence, where the Chinese has no character that denies, excepts or limits.
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

/// Negations of rules and reports, which a translation keeps in one form or another, and those of everyday language, which it
/// may turn round.
#[rustfmt::skip]
const NEGATIONS: [(&[&str], Weight); 2] = [
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
];

/// How surely a negation is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Formal,
    Common,
}

/// Phrases with these characters that deny nothing, or deny twice.
#[rustfmt::skip]
const NO_NEGATIONS: &[&str] = &[
    "不得不", "不得了", "不能不", "不会不", "不是不", "没有不", "不仅", "不可以不", "不要紧", "不同意见", "不应有的", "不能自已", "不再是问题",
    "不准确", "无意义", "无意间", "没有这么", "没有那么", "来不得", "舍不得", "巴不得", "恨不得", "能不能", "是不是", "会不会", "要不要", "有没有", "无不", "无非", "不会儿", "不能不说", "而不是", "均不变", "都不变", "不都", "不敢想",
    "未能如愿", "未能成行", "未能幸免",
];

/// English words that deny.
#[rustfmt::skip]
const NEGATIVES: &[&str] = &[
    "no", "not", "*n't", "*n’t", "cannot", "never", "none", "nor", "neither", "nothing", "nobody", "nowhere", "without",
    "fail*", "refus*", "lack*", "unable", "unless", "until", "hardly", "barely", "rarely", "seldom", "prohibit*", "forbid*",
    "impossib*",
];

/// English words that except, limit or imply that something is not so.
#[rustfmt::skip]
const DENIALS: &[&str] = &[
    "reject*", "deny", "denie*", "denial*", "declin*", "only", "before", "yet", "beyond", "instead", "rather", "except*",
    "scarcely", "few", "fewer", "little", "less", "least", "stop*", "ceas*", "refrain*", "exempt*", "free", "absen*", "miss*",
    "illegal*", "invalid*", "void", "against", "oppos*", "object*", "difficult*", "hard", "otherwise", "forbade", "ban", "bans",
    "banned", "bar", "barred", "prevent*", "avoid*", "prior", "ineligib*", "inadmiss*", "inabil*", "incap*", "insufficien*",
    "inadequa*", "incorrect*", "incomplete*", "indispens*", "inevit*", "imposs*", "improp*", "irr*", "ill*", "un*", "non*",
    "dis*", "mis*", "zero", "nil", "minus", "pending", "await*", "still", "abolish*", "cancel*", "revok*", "withdr*",
    "abstain*", "despite", "contrary", "violat*", "wrong*", "false*", "apart", "other than", "too", "far from", "out of",
    "short of", "longer", "last", "exclud*", "exclus*", "neglect*", "ignor*", "omit*", "omission*", "loss", "lost", "lose*",
    "resist*", "restrict*", "limit*", "remain*", "independent*", "spare*", "skip*", "quit*", "reluct*", "doubt*", "dread*", "waive*",
    "den*", "mere*", "just", "end*", "halt*", "suspend*", "defer*", "delay*", "shun*", "zero-*", "off", "away", "remov*",
    "eliminat*", "if", "whether", "almost", "nearly", "guard*", "strict*", "beware", "keep from", "keep out", "reserved", "danger*", "warning", "intolera*",
    "overcom*", "forget",
    "forgot*", "unlike*", "outside", "immun*",
];

/// English negations that Chinese says with a character that denies.
const PLAIN: &[&str] = &["not", "never", "cannot", "*n't", "*n’t"];

/// Uses of them that deny nothing.
const NOT_PLAIN: &[&str] = &[
    "not only",
    "whether or not",
    "not to mention",
    "not just",
    "if not",
    "not least",
    "why not",
    "not merely",
    "not far",
    "never far",
    "not uncommon",
    "not unusual",
];

/// Words that begin a subordinate clause.
const SUBORDINATE: &[&str] = &[
    "if", "which", "that", "who", "whom", "whose", "when", "where", "because", "since", "as", "while", "until",
    "whether", "so", "though", "although",
];

/// Words with such a character that deny nothing.
#[rustfmt::skip]
const NO_DENIALS: &[&str] = &[
    "太空", "航空", "空间", "空气", "天空", "空军", "空调", "空中", "反映", "反应", "反射", "反馈", "负责", "负担", "成就", "就业", "就是", "就此",
    "就绪", "就读", "就诊", "就医", "外交", "国外", "外国", "海外", "外部", "外贸", "外资", "外汇", "外长", "外观", "外科", "室外", "户外", "白色", "白宫",
    "白俄", "明白", "消费", "消息", "消防", "消化", "人才", "终端", "最终", "始终", "停车", "零售", "零件", "零部件", "防疫", "防控", "国防",
    "防护", "防汛", "难民", "任何", "如何", "何时", "几何", "而且", "因而", "从而", "进而", "截止", "为止", "避暑", "尽快", "尽早", "异地",
    "非洲", "无线", "无人机", "未来", "没收", "反恐", "免疫",
];

/// Characters by which Chinese denies, excepts, limits or contrasts.
#[rustfmt::skip]
const DENYING: &str = "不未无没非莫勿禁否拒免别休难仅只才缺少失停除防避外尚反绝零负错误违弃却但乏而就尽消漏遗忘吗呢？何哪么绝忌戒罢终止亏欠空白异虽";

static BY_WORD: ZhTable<(&[&str], Weight)> = ZhTable::new(&NEGATIONS, |(words, _)| words);

impl Rule for PolarityMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        if !ctx.is_paired() || ctx.is_structure() || is_program(ctx.en()) {
            return;
        }
        let zh = ctx.zh();
        let mut found = BY_WORD.find(zh);
        found.retain(|(span, _)| !is_no_negation(zh, *span));
        if found.is_empty() {
            find_invented(ctx, report);
            return;
        }
        let wording = ctx.wording();
        if wording.has(NEGATIVES) {
            return;
        }
        let may_imply = wording.has(DENIALS);
        // A free translation turns the verb round: “intolerant” for 无法忍受. One that keeps the verb needs a negation beside it.
        let kept = found.iter().find(|(span, _)| is_verb_affirmed(ctx, *span));
        let formal = found.iter().find(|(_, (_, weight))| *weight == Weight::Formal);
        let (span, severity) = match (kept, formal) {
            (Some((span, _)), _) => (*span, Severity::Warning),
            _ if may_imply => return,
            (None, Some((span, _))) => (*span, Severity::Warning),
            (None, None) => (found[0].0, Severity::Note),
        };
        let message = format!(
            "{} is not in the English, which denies nothing{}",
            quote::text(span.of(zh)),
            if may_imply { " there" } else { "" }
        );
        report
            .finding(&Self::META, ctx, Side::Zh, span, message)
            .severity(severity)
            .help("translate the negation")
            .emit();
    }
}

/// Whether the word that the negation denies is in the English, in a clause that denies nothing.
fn is_verb_affirmed(ctx: &PairContext<'_>, negation: Span) -> bool {
    let (zh, en) = (ctx.zh(), ctx.en());
    // Refusing is a verb of its own, and “not A” may become “B”.
    if matches!(negation.of(zh), "拒绝" | "不是") && !zh[negation.end..].starts_with('很') {
        return false;
    }
    // The verb is in the negation (不支持), or comes next (不能支持, 不太支持); in a single clause, an object may come first.
    let reach = if zh.contains(['，', '；', '\n']) { 1 } else { 4 };
    let (first, last) = (negation.start + '不'.len_utf8(), negation.end + reach * '很'.len_utf8());
    let links = ctx.word_links();
    let mut denied = links.iter().filter(|link| (first..=last).contains(&link.zh.start));
    // A word that is there twice may be affirmed once.
    denied.next().is_some_and(|link| {
        let is_only = links
            .iter()
            .filter(|other| other.en == link.en || other.zh == link.zh)
            .count()
            == 1;
        is_only && !ctx.wording().has_in(clause(en, Side::En, link.en.start), DENIALS)
    })
}

/// What a negation turns into a bound: 不得早于 is “at the earliest”.
#[rustfmt::skip]
const COMPARISONS: [&str; 14] = [
    "早于", "晚于", "迟于", "少于", "多于", "低于", "高于", "大于", "小于", "短于", "长于", "超过", "超出", "超越",
];

/// Whether the characters around `span` say something else, 不得不, 不能不, 不得少于, or the clause denies what it denies:
/// 没有一个春天不会到来.
fn is_no_negation(zh: &str, span: Span) -> bool {
    COMPARISONS.iter().any(|word| zh[span.end..].starts_with(word))
        || is_part_of(zh, span.start, NO_NEGATIONS)
        || is_denied_twice(zh, span)
}

/// Whether 没有 or 没人 comes before another negation in the clause around `span`.
fn is_denied_twice(zh: &str, span: Span) -> bool {
    const NOBODY: [&str; 4] = ["没有一", "没有任何", "没有哪", "没人"];
    const AGAIN: [char; 4] = ['不', '无', '未', '非'];
    let clause = clause(zh, Side::Zh, span.start).of(zh);
    let mut nobody = NOBODY
        .iter()
        .filter_map(|word| clause.find(word).map(|at| &clause[at + word.len()..]));
    nobody.any(|rest| rest.contains(AGAIN))
}

/// Whether the Chinese may deny, except, limit or contrast something.
fn may_deny(zh: &str) -> bool {
    // 仍在等待答复: “has not received a reply”.
    if ["等待", "有待", "尚待"].iter().any(|word| zh.contains(word)) {
        return true;
    }
    let mut denying = zh.char_indices().filter(|&(_, c)| DENYING.contains(c));
    denying.any(|(at, _)| !is_part_of(zh, at, NO_DENIALS))
}

fn find_invented(ctx: &PairContext<'_>, report: &mut Report) {
    let zh = ctx.zh();
    // Another sentence may be what the Chinese says in other words.
    if zh.is_empty() || ctx.sentences(Side::En).len() != 1 {
        return;
    }
    // Most English denies nothing: that is the cheapest to see.
    let wording = ctx.wording();
    let Some(span) = wording.find(PLAIN) else { return };
    let is_subordinate = || wording.has_in(Span::new(0, span.start), SUBORDINATE);
    if may_deny(zh) || wording.has(NOT_PLAIN) || is_subordinate() {
        return;
    }
    let message = format!(
        "{} has no counterpart in the Chinese, which denies nothing",
        quote::text(span.of(ctx.en()))
    );
    report
        .finding(&PolarityMismatch::META, ctx, Side::En, span, message)
        .help("check the negation against the source")
        .found(span.of(ctx.en()))
        .emit();
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
        ] {
            assert_eq!(check(&PolarityMismatch, &[zh], &[en]).len(), 1, "{zh} {en}");
        }
    }

    #[test]
    fn allows_negations_in_other_words() {
        for (zh, en) in [
            ("该设备尚未通过验收。", "The equipment has yet to pass acceptance."),
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
                "没有一个冬天不可逾越，没有一个春天不会到来。",
                "Every winter will pass and every spring will come.",
            ),
            ("由于疫情未能如愿。", "The pandemic has kept us from it."),
        ] {
            assert!(check(&PolarityMismatch, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
