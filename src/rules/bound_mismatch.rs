//! `bound-mismatch`.

use super::neighbourhood::neighbourhood;
use super::{FindingBuilder, PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::finding::Severity;
use crate::language::quantity::{Hedge, Kind, Quantity};
use crate::text::Side;
use crate::text::script::is_han;

declare_rule! {
    /// A least value is translated as a greatest one, or the reverse.
    ///
    /// ## What it does
    /// Compares the words around each figure that both sides have: 不超过, 至多, 低于, 以下 with “at least”, “more than”,
    /// “or more”; 不少于, 至少, 超过, 以上, 多 with “at most”, “no more than”, “less than”, “up to”. A bound that one side leaves out
    /// is not reported. With the profile `law`, “more than 50” for 50人以上 is reported as well: 以上, 以下 and 以内 include the
    /// figure, “more than” and “less than” do not.
    ///
    /// ## Why it matters
    /// “At least 30 days” for 不超过30天 reverses the rule that the text sets.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 资助期限不超过3年。
    /// en: The funding period is at least 3 years.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 资助期限不超过3年。
    /// en: The funding period does not exceed 3 years.
    /// ```
    pub BoundMismatch { id: "bound-mismatch", group: Quantities, severity: Warning, since: "0.1.0" }
}

/// Which way a bound goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// The figure is the least value: 至少, more than.
    Least,
    /// The figure is the greatest value: 不超过, at most.
    Most,
}

use Bound::{Least, Most};

impl Bound {
    const fn reversed(self) -> Self {
        match self {
            Least => Most,
            Most => Least,
        }
    }
}

impl Rule for BoundMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        for &(i, j) in &ctx.comparison().matches {
            let (zh, en) = (&ctx.quantities(Side::Zh)[i], &ctx.quantities(Side::En)[j]);
            let is_compared = |q: &Quantity| is_amount(q.kind) && q.bound.is_none();
            if !is_compared(zh) || !is_compared(en) || zh.weak && en.weak {
                continue;
            }
            let (Some(a), Some(b)) = (chinese_bound(ctx.zh(), zh), english_bound(ctx.en(), en)) else {
                report_hedges(ctx, zh, en, report);
                continue;
            };
            if a == b {
                if ctx.doc.settings.profile.has_exact_bounds() {
                    report_exclusion(ctx, zh, en, report);
                }
                continue;
            }
            let word = |bound| if bound == Least { "least" } else { "greatest" };
            let message = format!(
                "{} is the {} value in the Chinese, {} the {} in the English",
                quote::figure(ctx.zh(), zh.span, Side::Zh),
                word(a),
                quote::figure(ctx.en(), en.span, Side::En),
                word(b)
            );
            finding(ctx, zh, en, message, report)
                .help("check “at least” and “at most” against the source")
                .emit();
        }
    }
}

/// A finding about a figure in both languages.
fn finding<'r>(
    ctx: &PairContext<'_>,
    zh: &Quantity,
    en: &Quantity,
    message: String,
    report: &'r mut Report,
) -> FindingBuilder<'r> {
    report
        .finding(&BoundMismatch::META, ctx, Side::En, en.span, message)
        .label(ctx, Side::Zh, zh.span)
        .found(en.span.of(ctx.en()))
}

/// Reports “more than 50” for 50人以上, of which only one includes 50.
fn report_exclusion(ctx: &PairContext<'_>, zh: &Quantity, en: &Quantity, report: &mut Report) {
    let (Some(here), Some(there)) = (includes_zh(ctx.zh(), zh), includes_en(ctx.en(), en)) else {
        return;
    };
    if here == there {
        return;
    }
    let word = |includes: bool| if includes { "included" } else { "excluded" };
    let message = format!(
        "{} is {} in the Chinese, {} is {} in the English",
        quote::figure(ctx.zh(), zh.span, Side::Zh),
        word(here),
        quote::figure(ctx.en(), en.span, Side::En),
        word(there)
    );
    finding(ctx, zh, en, message, report)
        .help("以上, 以下 and 以内 include the figure: “not less than”, “not more than”, “within”")
        .emit();
}

/// Whether a Chinese bound includes its figure: 以上 does, 超过 does not, 不超过 does.
fn includes_zh(zh: &str, q: &Quantity) -> Option<bool> {
    const AFTER: [&str; 8] = ["以上", "及以上", "或以上", "以下", "及以下", "或以下", "以内", "之内"];
    const INCLUDING: [&str; 5] = ["至少", "最少", "至多", "最多", "起码"];
    const EXCLUDING: [&str; 9] = ["超过", "多于", "高于", "大于", "少于", "低于", "小于", "不满", "未满"];
    let (before, after) = (zh[..q.span.start].trim_end(), zh[q.span.end..].trim_start());
    if AFTER.iter().any(|word| after.starts_with(word)) || INCLUDING.iter().any(|word| before.ends_with(word)) {
        return Some(true);
    }
    let rest = EXCLUDING.iter().find_map(|word| before.strip_suffix(word))?;
    Some(
        ["不", "不得", "不应", "不能", "不可", "未"]
            .iter()
            .any(|no| rest.ends_with(no)),
    )
}

/// Whether an English bound includes its figure: “not less than” does, “more than” does not.
fn includes_en(en: &str, q: &Quantity) -> Option<bool> {
    const INCLUDING: [&str; 6] = ["at least", "at most", "up to", "within", "a minimum of", "a maximum of"];
    const EXCLUDING: [&str; 9] = [
        "more than",
        "less than",
        "fewer than",
        "greater than",
        "over",
        "exceeding",
        "exceed",
        "under",
        "below",
    ];
    // The rest of a long text has nothing to do with the figure.
    let near = neighbourhood(en, q.span);
    let before = en[near.start..q.span.start].to_ascii_lowercase();
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || "$€£¥".contains(c));
    let before = before.trim_end_matches(" rmb").trim_end();
    let after = en[q.span.end..near.end].to_ascii_lowercase();
    let behind: Vec<&str> = after.split_whitespace().take(6).collect();
    let is_said_behind = behind.windows(2).any(|two| {
        matches!(two[0], "or" | "and")
            && matches!(
                two[1].trim_matches(','),
                "more" | "above" | "over" | "less" | "below" | "under" | "older"
            )
    });
    if is_said_behind || INCLUDING.iter().any(|word| before.ends_with(word)) {
        return Some(true);
    }
    let rest = EXCLUDING.iter().find_map(|word| before.strip_suffix(word))?;
    let mut near = rest.split_whitespace().rev().take(3);
    Some(near.any(|word| matches!(word, "no" | "not" | "never" | "cannot")))
}

/// Reports “more than” for 近.
fn report_hedges(ctx: &PairContext<'_>, zh: &Quantity, en: &Quantity, report: &mut Report) {
    let Some((here, there)) = hedged_apart(zh.hedge, en.hedge) else {
        return;
    };
    let message = format!(
        "{} is {here} in the Chinese, {} is {there} in the English",
        quote::figure(ctx.zh(), zh.span, Side::Zh),
        quote::figure(ctx.en(), en.span, Side::En)
    );
    finding(ctx, zh, en, message, report)
        .severity(if ctx.doc.settings.profile.has_loose_hedges() {
            Severity::Note
        } else {
            Severity::Warning
        })
        .help("check “nearly” and “more than” against the source")
        .emit();
}

/// What two hedges say, if one is of a figure that is nearly reached and the other of one that is passed: 近九千, “more than
/// 9,000”.
const fn hedged_apart(zh: Hedge, en: Hedge) -> Option<(&'static str, &'static str)> {
    match (zh, en) {
        (Hedge::Nearly, Hedge::MoreThan) => Some(("not quite reached", "passed")),
        (Hedge::MoreThan, Hedge::Nearly) => Some(("passed", "not quite reached")),
        _ => None,
    }
}

fn is_amount(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Date
            | Kind::Weekday
            | Kind::Time
            | Kind::Decade
            | Kind::Century
            | Kind::Ordinal
            | Kind::Session
            | Kind::Plan
            | Kind::Code
    )
}

/// The bound of a Chinese figure: by the word before it, by the one after it, by 多 in it.
fn chinese_bound(zh: &str, q: &Quantity) -> Option<Bound> {
    const FIXED: [(&str, Bound); 10] = [
        ("至少", Least),
        ("最少", Least),
        ("起码", Least),
        ("至多", Most),
        ("最多", Most),
        ("不足", Most),
        ("不到", Most),
        ("未满", Most),
        ("不满", Most),
        ("未达到", Most),
    ];
    // Words that may have a verb after them, and how many characters it has at most.
    const ADVERBS: [(&str, Bound); 5] = [
        ("至少", Least),
        ("最少", Least),
        ("起码", Least),
        ("至多", Most),
        ("最多", Most),
    ];
    const VERB: usize = 3;
    // 不 or 未 before these reverses them: 不超过, 不少于.
    const COMPARED: [(&str, Bound); 10] = [
        ("超过", Least),
        ("多于", Least),
        ("高于", Least),
        ("大于", Least),
        ("突破", Least),
        ("逾", Least),
        ("少于", Most),
        ("低于", Most),
        ("小于", Most),
        ("短于", Most),
    ];
    const NEGATIONS: [&str; 10] = ["不得", "不能", "不应", "不会", "不可", "没有", "不", "未", "没", "不宜"];
    let before = zh[..q.span.start]
        .trim_end_matches([' ', '约', '了', '过', '\u{3000}'])
        .trim_end_matches("人民币");
    // 超过 loses its 过 above.
    let whole = zh[..q.span.start].trim_end();
    let ends = |word: &str| before.ends_with(word) || whole.ends_with(word);
    let fixed = FIXED.iter().find(|(word, _)| ends(word)).map(|(_, bound)| *bound);
    // 至少提前10天
    let before_verb = || {
        let verb_at = before.char_indices().rev().take(VERB).take_while(|&(_, c)| is_han(c));
        let mut rests = verb_at.map(|(at, _)| &before[..at]);
        rests.find_map(|rest| {
            ADVERBS
                .iter()
                .find(|(word, _)| rest.ends_with(word))
                .map(|(_, bound)| *bound)
        })
    };
    let compared = || {
        let (word, bound) = COMPARED.iter().find(|(word, _)| ends(word))?;
        let rest = if whole.ends_with(word) { whole } else { before };
        let rest = &rest[..rest.len() - word.len()];
        let is_negated = NEGATIONS.iter().any(|no| rest.ends_with(no));
        Some(if is_negated { bound.reversed() } else { *bound })
    };
    let after = || {
        let rest = zh[q.span.end..].trim_start();
        let begins = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
        // 十五日内, 十五个工作日内
        let working_days = rest.strip_prefix("工作日");
        let is_period = q.kind == Kind::Duration || working_days.is_some();
        if is_period && working_days.unwrap_or(rest).starts_with('内') {
            Some(Most)
        } else if begins(&["以上", "及以上", "或以上", "或更多"]) {
            Some(Least)
        } else if begins(&["以下", "及以下", "以内", "之内", "或以下"]) {
            Some(Most)
        } else {
            None
        }
    };
    let hedged = || (q.hedge == Hedge::MoreThan).then_some(Least);
    fixed
        .or_else(compared)
        .or_else(after)
        .or_else(before_verb)
        .or_else(hedged)
}

/// The bound of an English figure: by the words before it, or by those after it.
fn english_bound(en: &str, q: &Quantity) -> Option<Bound> {
    const FIXED: [(&str, Bound); 11] = [
        ("at least", Least),
        ("a minimum of", Least),
        ("in excess of", Least),
        ("upwards of", Least),
        ("at most", Most),
        ("up to", Most),
        ("a maximum of", Most),
        ("at the most", Most),
        ("surpassing", Least),
        ("surpassed", Least),
        ("topped", Least),
    ];
    // A negation before these reverses them: “no more than”, “shall not exceed”.
    const COMPARED: [(&str, Bound); 16] = [
        ("more than", Least),
        ("greater than", Least),
        ("higher than", Least),
        ("longer than", Least),
        ("exceed", Least),
        ("exceeds", Least),
        ("exceeded", Least),
        ("exceeding", Least),
        ("above", Least),
        ("over", Least),
        ("less than", Most),
        ("fewer than", Most),
        ("lower than", Most),
        ("shorter than", Most),
        ("below", Most),
        ("under", Most),
    ];
    let window = en[..q.span.start]
        .char_indices()
        .rev()
        .take(60)
        .last()
        .map_or(0, |(at, _)| at);
    let before = en[window..q.span.start].to_ascii_lowercase();
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || "$€£¥".contains(c));
    let before = before
        .trim_end_matches(" rmb")
        .trim_end_matches(" us")
        .trim_end_matches(" a total of")
        .trim_end();
    let ends = |phrase: &str| {
        before
            .strip_suffix(phrase)
            .filter(|rest| !rest.ends_with(|c: char| c.is_alphanumeric()))
    };
    if let Some((_, bound)) = FIXED.iter().find(|(phrase, _)| ends(phrase).is_some()) {
        return Some(*bound);
    }
    let is_period = q.kind == Kind::Duration || en[q.span.end..].trim_start().starts_with("working days");
    if is_period && ends("after").is_some() {
        return Some(Least);
    }
    let compared = COMPARED
        .iter()
        .find_map(|(phrase, bound)| ends(phrase).map(|rest| (phrase, rest, *bound)));
    if let Some((phrase, rest, bound)) = compared {
        // “Over five years” is also “during”.
        let is_age = en[q.span.end..].trim_start().starts_with("of age") || q.span.of(en).ends_with("old");
        if *phrase == "over" && q.kind == Kind::Duration && !is_age {
            return None;
        }
        let clause = rest.rsplit([',', ';', '.', ':']).next().unwrap_or_default();
        let words = clause.split_whitespace().rev().take(4);
        let words: Vec<&str> = words.map(|word| word.trim_matches(['(', '“', '"'])).collect();
        let mut near = words.iter();
        // “No one under 18 may enter” denies the entry, not the bound.
        let is_negated = words.first() == Some(&"no")
            || ["no case", "no event", "no circumstances"]
                .iter()
                .any(|phrase| clause.contains(phrase))
            || near.any(|word| {
                matches!(*word, "not" | "never" | "cannot") || word.ends_with("n't") || word.ends_with("n’t")
            });
        return Some(if is_negated { bound.reversed() } else { bound });
    }
    let rest = en[q.span.end..].trim_start();
    let mut words = rest
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty());
    match (words.next()?, words.next()?) {
        ("or" | "and", "more" | "above" | "over" | "longer" | "higher") => Some(Least),
        ("or" | "and", "less" | "fewer" | "below" | "under" | "shorter" | "lower") => Some(Most),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::Glossary;
    use crate::rules::context::Settings;
    use crate::rules::profile::Profile;
    use crate::rules::testing::{check, check_in};

    fn check_as(profile: Profile, zh: &str, en: &str) -> Vec<Severity> {
        let settings = Settings {
            profile,
            ..Settings::default()
        };
        let found = check_in(&BoundMismatch, &[zh], &[en], &Glossary::default(), &settings);
        found.into_iter().map(|f| f.severity).collect()
    }

    #[test]
    fn a_law_includes_the_figure_of_a_bound() {
        for (zh, en, found) in [
            ("职工50人以上的企业。", "Enterprises with more than 50 employees.", 1),
            ("处三年以下有期徒刑。", "Imprisonment of less than three years.", 1),
            ("投资超过100万元的。", "An investment of at least 1 million yuan.", 1),
            (
                "职工50人以上的企业。",
                "Enterprises with not less than 50 employees.",
                0,
            ),
            ("职工50人以上的企业。", "Enterprises with 50 employees or more.", 0),
            ("处三年以下有期徒刑。", "Imprisonment of not more than three years.", 0),
            ("投资超过100万元的。", "An investment of more than 1 million yuan.", 0),
            ("不超过30日。", "Up to 30 days.", 0),
        ] {
            assert_eq!(check_as(Profile::Law, zh, en).len(), found, "{zh} {en}");
            assert!(check_as(Profile::News, zh, en).is_empty(), "{zh} {en}");
        }
    }

    #[test]
    fn hedges_are_notes_in_news() {
        let (zh, en) = ("近9000名学生参加。", "More than 9,000 students took part.");
        assert_eq!(check_as(Profile::News, zh, en), [Severity::Note]);
        assert_eq!(check_as(Profile::Official, zh, en), [Severity::Warning]);
    }

    #[test]
    fn finds_reversed_bounds() {
        for (zh, en) in [
            ("工期不超过30天。", "The works take at least 30 days."),
            ("每年不少于500小时。", "No more than 500 hours a year."),
            ("有160多个国家加入。", "Fewer than 160 countries have joined."),
            (
                "由三分之二以上的代表通过。",
                "It is adopted by at most two thirds of the deputies.",
            ),
            ("比例不得低于40%。", "The share shall not exceed 40 percent."),
            ("年龄在18岁以下。", "They are 18 years or more."),
            ("投资超过20亿元。", "Investment was less than 2 billion yuan."),
            ("近9000名学生参加。", "More than 9,000 students took part."),
            ("300多家企业参展。", "Nearly 300 companies took part."),
            (
                "应提交不得少于5份材料。",
                "No more than five copies shall be submitted.",
            ),
            ("该措施至少持续6个月。", "The measure will last up to 6 months."),
            ("应至少提前10天申请。", "Apply up to 10 days in advance."),
            (
                "应当在十五个工作日内提交材料。",
                "The documents shall be submitted after fifteen working days.",
            ),
            ("学员应在35周岁以下。", "Trainees should be over 35 years of age."),
        ] {
            assert_eq!(check(&BoundMismatch, &[zh], &[en]).len(), 1, "{zh} {en}");
        }
    }

    #[test]
    fn allows_the_same_bound_in_other_words() {
        for (zh, en) in [
            ("工期不超过30天。", "The works shall not take more than 30 days."),
            ("工期不超过30天。", "The works take up to 30 days."),
            ("每年不少于500小时。", "No less than 500 hours a year."),
            ("有160多个国家加入。", "Over 160 countries have joined."),
            ("在5年内完成。", "It will be completed over five years."),
            ("比例不得低于40%。", "The share may not be below 40 percent."),
            ("投资约20亿元。", "Investment was less than 2 billion yuan."),
            ("未超过3%。", "It was under 3 percent."),
            ("未满18岁者不得进入。", "No one under 18 may enter."),
            ("费用不得超过5%。", "The fee shall in no case exceed 5 percent."),
            (
                "雅思6.5分（单项不低于6分）。",
                "An IELTS score of 6.5 (no less than 6 in any section).",
            ),
            ("近九成受访者同意。", "Nearly 90 percent of respondents agreed."),
        ] {
            assert!(check(&BoundMismatch, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
