//! `modality-mismatch`.

use super::wording::{ZhTable, clause};
use super::{PairContext, Report, Rule};
use crate::declare_rule;
use crate::text::{Side, Span};

declare_rule! {
    /// An obligation is translated as a permission, or the reverse.
    ///
    /// ## What it does
    /// Reports 应当 and 必须 where the English has “may”, “can” or “might” and nothing that obliges; and 可以 where the English has
    /// “must”, “shall” or “be required to” and nothing that permits; and 不得, 严禁 and 禁止 where it has “need not” or “not have
    /// to”, and nothing that forbids. Where the Chinese has both an obligation and a permission, the English must lack one of
    /// them and have more of the other. Also reported is “may”, “can” or “is permitted to” for 不得, in an English clause that
    /// neither forbids nor limits.
    ///
    /// ## Why it matters
    /// In laws, contracts and calls for proposals these words are the rule.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 申请人应当提交书面报告。
    /// en: Applicants may submit a written report.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 申请人应当提交书面报告。
    /// en: Applicants shall submit a written report.
    /// ```
    pub ModalityMismatch { id: "modality-mismatch", group: Terms, severity: Warning, since: "0.1.0", class: One }
}

/// What the Chinese says of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Modality {
    Ban,
    Duty,
    Permission,
}

const MODALS: [(&[&str], Modality); 3] = [
    (&["不得", "严禁", "禁止"], Modality::Ban),
    (&["应当", "必须", "务必", "务须"], Modality::Duty),
    (&["可以", "有权"], Modality::Permission),
];
const ANY_DUTY_ZH: [char; 4] = ['应', '须', '必', '要'];
const ANY_PERMISSION_ZH: [char; 5] = ['可', '能', '或', '许', '权'];

const PERMISSION: &[&str] = &["may", "can", "might", "could"];
const ANY_PERMISSION: &[&str] = &[
    "may",
    "can",
    "might",
    "could",
    "able",
    "possib*",
    "option*",
    "allow*",
    "permi*",
    "eligib*",
    "enabl*",
    "capab*",
    "free",
    "entitl*",
    "availab*",
    "right",
    "rights",
    "authori*",
    "empower*",
    "let",
    "welcome",
    "choos*",
    "will",
    "would",
    "help*",
    "feasib*",
    "power*",
    "opportun*",
    "potential*",
    "access*",
    "*able",
    "*ible",
];
const DUTY: &[&str] = &["must", "shall", "required to", "obliged to", "have to", "has to"];
const ANY_EXEMPTION_ZH: [&str; 5] = ["不得不", "不必", "无需", "无须", "不需"];
/// English words that say that something need not be done, and those that say that it may not.
const EXEMPTION: &[&str] = &[
    "need not",
    "not need to",
    "not required to",
    "not obliged to",
    "not have to",
    "*n't have to",
    "*n't need to",
];
#[rustfmt::skip]
const BAN: &[&str] = &[
    "shall not", "may not", "must not", "cannot", "can not", "can't", "should not", "not be", "no", "nor", "never", "not allowed",
    "not permitted", "prohibit*", "forbid*", "ban*", "barred", "neither",
];
#[rustfmt::skip]
const ANY_DUTY: &[&str] = &[
    "must", "shall", "should", "need*", "requir*", "oblig*", "have to", "has to", "had to", "ought", "mandatory", "compulsory",
    "necess*", "essential*", "important", "imperative", "is to", "are to", "be to", "will", "would", "let", "only", "duty",
    "duties", "bound", "sure", "ensur*", "vital", "crucial", "demand*", "not", "no", "cannot", "*n't", "until", "unless", "never",
];

/// Phrases that allow something, and words in their clause that limit it.
const ALLOWING: &[&str] = &["may", "can", "permitted to", "allowed to", "free to"];
#[rustfmt::skip]
const LIMITING: &[&str] = &[
    "only", "unless", "except*", "until", "after", "upon", "once", "subject", "provided", "none", "nobody", "nothing", "not", "less", "more",
    "refrain*", "prevent*", "avoid*", "illegal*", "refus*", "reject*", "*n't", "few", "little", "without prejudice",
    "with permission", "with consent", "with approval", "with written *", "with prior *", "with the consent", "with the approval",
];
/// Characters by which Chinese permits.
const PERMITTING_ZH: [char; 5] = ['可', '能', '许', '准', '权'];

static BY_WORD: ZhTable<(&[&str], Modality)> = ZhTable::new(&MODALS, |(words, _)| words);

impl Rule for ModalityMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        if !ctx.is_paired() {
            return;
        }
        let zh = ctx.zh();
        let modals = BY_WORD.find(zh);
        let place = |wanted| {
            let mut modals = modals.iter().filter(|(_, (_, modality))| *modality == wanted);
            modals.next().map(|(span, _)| *span)
        };
        let has = |chars: &[char]| zh.contains(chars);
        let banned = place(Modality::Ban).filter(|_| !ANY_EXEMPTION_ZH.iter().any(|word| zh.contains(word)));
        let exempted = banned.and_then(|span| Some((span, ctx.wording().find(EXEMPTION)?)));
        let count = |wanted| modals.iter().filter(|(_, (_, modality))| *modality == wanted).count();
        let mismatch = if let Some((span, found)) = exempted.filter(|_| !ctx.wording().has(BAN)) {
            Some((span, found, "exempts"))
        } else if let Some((span, found)) = banned
            .filter(|_| !has(&PERMITTING_ZH))
            .and_then(|span| Some((span, find_allowed(ctx, count(Modality::Ban))?)))
        {
            Some((span, found, "permits"))
        } else if let Some(found) = find_more_permissions(ctx, count(Modality::Duty)) {
            let span = place(Modality::Duty);
            span.map(|span| (span, found, "permits"))
        } else if let Some(span) = place(Modality::Duty).filter(|_| !has(&ANY_PERMISSION_ZH)) {
            let wording = ctx.wording();
            let found = wording.find(PERMISSION).filter(|_| !wording.has(ANY_DUTY));
            found.map(|found| (span, found, "permits"))
        } else if let Some(span) = place(Modality::Permission).filter(|span| !has(&ANY_DUTY_ZH) && !exempts(zh, *span))
        {
            let wording = ctx.wording();
            let found = wording.find(DUTY).filter(|_| !wording.has(ANY_PERMISSION));
            found.map(|found| (span, found, "obliges"))
        } else {
            None
        };
        if let Some((span, found, verb)) = mismatch {
            report
                .translated_as(&Self::META, ctx, span, found, &format!(", which {verb}"))
                .help("check the obligation against the source")
                .emit();
        }
    }
}

/// What the English allows in a clause that does not limit it, where fewer of its clauses forbid than the Chinese has bans.
fn find_allowed(ctx: &PairContext<'_>, bans: usize) -> Option<Span> {
    let (wording, en) = (ctx.wording(), ctx.en());
    wording.find(ALLOWING)?;
    let mut forbidding = 0;
    let mut allowed = None;
    let mut at = 0;
    while at < en.len() {
        let clause = clause(en, Side::En, at);
        if wording.has_in(clause, BAN) {
            forbidding += 1;
        } else if allowed.is_none() && !wording.has_in(clause, LIMITING) {
            allowed = wording.find_in(clause, ALLOWING);
        }
        at = clause.end + en[clause.end..].chars().next().map_or(1, char::len_utf8);
    }
    allowed.filter(|_| forbidding < bans)
}

/// “May” once more than the Chinese permits, where it has a duty and a permission and the English no duty.
fn find_more_permissions(ctx: &PairContext<'_>, duties: usize) -> Option<Span> {
    let zh = ctx.zh();
    if duties == 0 || !zh.contains(ANY_PERMISSION_ZH) {
        return None;
    }
    let (wording, permitted) = (ctx.wording(), zh.matches(ANY_PERMISSION_ZH).count());
    let last = wording.find_all(PERMISSION).nth(permitted);
    last.filter(|_| !wording.has(ANY_DUTY))
}

/// Whether the permission is one to leave something: 可以不参加, “are not required to take part”.
fn exempts(zh: &str, permission: Span) -> bool {
    zh[permission.end..].starts_with(['不', '免'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn finds_duties_that_became_permissions() {
        for (zh, en) in [
            ("申请人应当提交报告。", "Applicants may submit a report."),
            ("用户必须戴眼镜。", "Users can wear glasses."),
            (
                "外国科学家可以申请使用该装置。",
                "Foreign scientists must apply to use the facility.",
            ),
            ("当事人有权上诉。", "The parties shall appeal."),
            ("任何单位不得进口该物质。", "Entities need not import the substance."),
            (
                "任何一方未经同意，不得披露资料。",
                "Either party may disclose the data without consent.",
            ),
            (
                "严禁在室内吸烟，严禁乱扔垃圾。",
                "It is permitted to smoke indoors, and strictly forbidden to litter.",
            ),
            (
                "主管部门可以委托评估，结果应当公布。",
                "The department may entrust an evaluation, and the results may be published.",
            ),
        ] {
            assert_eq!(check(&ModalityMismatch, &[zh], &[en]).len(), 1, "{zh} {en}");
        }
    }

    #[test]
    fn allows_duties_and_permissions_in_other_words() {
        for (zh, en) in [
            ("申请人应当提交报告。", "Applicants are required to submit a report."),
            (
                "申请人应当提交报告，也可撤回。",
                "Applicants may submit a report or withdraw it.",
            ),
            ("外国科学家可以申请。", "Foreign scientists are welcome to apply."),
            (
                "新建实验室可以不参加评估。",
                "New laboratories are not required to take part.",
            ),
            ("该装置可以使用，用户必须登记。", "Users must register."),
            ("未经批准，不得使用该装置。", "The facility may be used after approval."),
            ("任何一方不得披露资料。", "Neither party may disclose the data."),
            (
                "主管部门可以委托评估，结果应当公布。",
                "The department may entrust an evaluation, whose results are to be published.",
            ),
        ] {
            assert!(check(&ModalityMismatch, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
