//! `placeholder-mismatch`.

mod parse;

use rustc_hash::{FxHashMap, FxHashSet};

use parse::{Kind, Placeholder, placeholders};

use crate::declare_rule;
use crate::finding::{Applicability, Severity};
use crate::rules::{PairContext, Report, Rule};
use crate::text::Side;
use crate::text::bytes::ByteSet;
use crate::text::script::is_han;

declare_rule! {
    /// Placeholders differ between the source and the translation.
    ///
    /// ## What it does
    /// Compares the placeholders of program strings by what they mean: `{0}`, `{name}`, `{{name}}`, `${name}`, `%s`, `%1$d`, `%(name)s`,
    /// `%{name}`, `%name%`, `%1` and `%n` (Qt), `$t(key)` (i18next), `@:key` (Vue I18n). Named and numbered placeholders, and those
    /// quoted as `` `code` ``, must be the same set on both sides. Other placeholders must occur equally often. Placeholders may
    /// change places, and named ones may repeat. If one side has numbers (`%2$s`, `{1}`) and the other has none, the other
    /// side's are numbered in order. How a value is formatted (`{0:N2}`, `%.2f`, `{{x | upper}}`) may differ, its type (`%s`, `%d`)
    /// may not.
    ///
    /// Of messages with forms (ICU: `{n, plural, …}`, `{x, select, …}`), the forms with the same key are compared. Chinese needs no
    /// form but `other`. A form of a `select` whose key the source does not have is reported, and so are forms without `other`.
    ///
    /// A name in the translation of a source without any placeholder is a warning, since such a source may be a key.
    ///
    /// ## Why it matters
    /// A lost placeholder loses data. A misspelled one is printed literally or crashes the program.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 共找到 {count} 个结果。
    /// en: {cuont} results were found.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 共找到 {count} 个结果。
    /// en: {count} results were found.
    /// ```
    ///
    /// ## Limits
    /// No findings on 2,098 clean pairs, which are prose. A percent sign behind a figure is no placeholder.
    pub PlaceholderMismatch { id: "placeholder-mismatch", group: Typography, severity: Error, since: "0.1.0", fixable: Sometimes }
}

/// The form that every language has.
const OTHER: &str = "other";

impl Rule for PlaceholderMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let may_have = |side| ctx.bytes(side).has_any(ByteSet::list(b"{%$@"));
        if !ctx.is_paired() || (!may_have(Side::Zh) && !may_have(Side::En)) {
            return;
        }
        let direction = ctx.doc.direction();
        if is_text_in_braces(ctx.zh(), ctx.en()) {
            return;
        }
        let [mut from, mut to] = [direction.source(), direction.target()].map(|side| placeholders(ctx.text(side)));
        let has_numbers = |of: &[Placeholder]| of.iter().any(|p| p.kind == Kind::Numbered);
        if has_numbers(&from) != has_numbers(&to) {
            assign_numbers(&mut from);
            assign_numbers(&mut to);
        }
        let from: Vec<&Placeholder> = from.iter().collect();
        let to: Vec<&Placeholder> = to.iter().collect();
        compare(ctx, &from, &to, report);
    }
}

/// Whether the whole text is a word in braces that is translated: `{unset}`, {未设置}.
fn is_text_in_braces(zh: &str, en: &str) -> bool {
    let inside = |text: &'_ str| {
        let inner = text.trim().strip_prefix('{')?.strip_suffix('}')?;
        (!inner.is_empty() && !inner.contains(['{', '}'])).then(|| inner.to_owned())
    };
    match (inside(zh), inside(en)) {
        (Some(zh), Some(en)) => zh.chars().all(is_han) && en.bytes().all(|b| b.is_ascii_alphabetic()),
        _ => false,
    }
}

/// Compares the placeholders of the source and of the translation, or of a form of each.
fn compare(ctx: &PairContext<'_>, from: &[&Placeholder], to: &[&Placeholder], report: &mut Report) {
    let (all_from, all_to) = (with_forms(from, to), with_forms(to, from));
    let (missing, added) = (missing_from(&all_from, &all_to), missing_from(&all_to, &all_from));
    report_differences(ctx, &missing, &added, all_from.is_empty(), report);
    for of_target in to.iter().filter(|p| !p.forms.is_empty()) {
        let has_same_key = |p: &&&Placeholder| p.key == of_target.key && !p.forms.is_empty();
        if let Some(of_source) = from.iter().find(has_same_key) {
            compare_forms(ctx, of_source, of_target, report);
        }
    }
}

/// The placeholders, and those of the form `other` where the other side has the value without forms.
fn with_forms<'p>(of: &[&'p Placeholder], others: &[&Placeholder]) -> Vec<&'p Placeholder> {
    let mut out = Vec::new();
    for p in of {
        out.push(*p);
        let has_forms = others.iter().any(|other| other.key == p.key && !other.forms.is_empty());
        if let Some(other) = p.forms.iter().find(|form| form.key == OTHER && !has_forms) {
            out.extend(&other.placeholders);
        }
    }
    out
}

/// Compares the forms of a message that have the same key.
fn compare_forms(ctx: &PairContext<'_>, of_source: &Placeholder, of_target: &Placeholder, report: &mut Report) {
    let direction = ctx.doc.direction();
    let target = direction.target();
    // The keys of plurals depend on the language, but for exact numbers and `other`.
    let is_plural = |key: &str| key.starts_with('=') || matches!(key, "zero" | "one" | "two" | "few" | "many" | OTHER);
    for form in &of_target.forms {
        let Some(same) = of_source.forms.iter().find(|f| f.key == form.key) else {
            if !is_plural(&form.key) {
                let message = format!("the {} has no form “{}”", direction.source().name(), form.key);
                report
                    .finding(&PlaceholderMismatch::META, ctx, target, form.span, message)
                    .help("write the key as the source does")
                    .found(&form.key)
                    .emit();
            }
            continue;
        };
        // A form for one number may say it in words: “A file”.
        let counts = |p: &&Placeholder| form.key == OTHER || p.key != of_target.key;
        let from: Vec<&Placeholder> = same.placeholders.iter().filter(counts).collect();
        let to: Vec<&Placeholder> = form.placeholders.iter().filter(counts).collect();
        compare(ctx, &from, &to, report);
    }
    if !of_target.forms.iter().any(|form| form.key == OTHER) {
        report
            .finding(
                &PlaceholderMismatch::META,
                ctx,
                target,
                of_target.span,
                format!("{} has no form “{OTHER}”", of_target.key),
            )
            .help("add it; it is used where no other form applies")
            .emit();
    }
}

/// Reports what the translation lacks and what it has in addition, the first of each as a pair. A source without any placeholder
/// may be the key of a text that has some: then a name in addition is a warning.
fn report_differences(
    ctx: &PairContext<'_>,
    missing: &[&Placeholder],
    added: &[&Placeholder],
    is_source_plain: bool,
    report: &mut Report,
) {
    let direction = ctx.doc.direction();
    let (source, target) = (direction.source(), direction.target());
    let mut missing = missing.iter();
    for added in added {
        let text = added.span.of(ctx.text(target));
        let Some(expected) = missing.next() else {
            let message = format!("placeholder “{text}” does not appear in the {}", source.name());
            report
                .finding(&PlaceholderMismatch::META, ctx, target, added.span, message)
                .severity(if is_source_plain && added.kind == Kind::Named {
                    Severity::Warning
                } else {
                    Severity::Error
                })
                .help("remove it, or add it to the source")
                .found(text)
                .emit();
            continue;
        };
        let right = expected.span.of(ctx.text(source));
        let message = format!("placeholder “{text}” differs from “{right}” in the {}", source.name());
        report
            .finding(&PlaceholderMismatch::META, ctx, target, added.span, message)
            .label(ctx, source, expected.span)
            .help(format!("write “{right}”"))
            .expected([right])
            .found(text)
            .fix(ctx, target, added.span, right, Applicability::Unsafe)
            .emit();
    }
    for lost in missing {
        let text = lost.span.of(ctx.text(source));
        report
            .finding(
                &PlaceholderMismatch::META,
                ctx,
                source,
                lost.span,
                format!("placeholder “{text}” is missing from the {}", target.name()),
            )
            .help("copy it into the translation")
            .expected([text])
            .emit();
    }
}

/// Numbers the placeholders of a text without numbers in order: as C does, the first `%s` becomes `%1$s`; as Python does, the first
/// `{}` becomes `{0}`.
fn assign_numbers(placeholders: &mut [Placeholder]) {
    let (mut conversions, mut braces) = (0, 0);
    let is_ordered = |p: &&mut Placeholder| matches!(p.kind, Kind::Ordered | Kind::Glued) && !p.named;
    for p in placeholders.iter_mut().filter(is_ordered) {
        if let Some(conversion) = p.key.strip_prefix('%') {
            conversions += 1;
            p.key = format!("%{conversions}${conversion}");
        } else {
            p.key = format!("{{{braces}}}");
            braces += 1;
        }
        p.named = true;
    }
}

/// The placeholders of `of` without a counterpart in `others`.
fn missing_from<'p>(of: &[&'p Placeholder], others: &[&Placeholder]) -> Vec<&'p Placeholder> {
    let mut out: Vec<&Placeholder> = Vec::new();
    let mut left: FxHashMap<&str, usize> = FxHashMap::default();
    for p in others {
        *left.entry(p.key.as_str()).or_default() += 1;
    }
    let mut reported = FxHashSet::default();
    for p in of {
        match left.get_mut(p.key.as_str()) {
            Some(count) if *count > 0 => {
                if !p.named {
                    *count -= 1;
                }
            }
            _ if p.kind == Kind::Glued => {}
            _ => {
                if reported.insert(p.key.as_str()) || !p.named {
                    out.push(p);
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    fn messages(zh: &str, en: &str) -> Vec<String> {
        check(&PlaceholderMismatch, &[zh], &[en])
            .into_iter()
            .map(|f| f.message)
            .collect()
    }

    fn keys(text: &str) -> Vec<String> {
        let sure = placeholders(text).into_iter().filter(|p| p.kind != Kind::Glued);
        sure.map(|p| p.key).collect()
    }

    #[test]
    fn parses_every_form() {
        assert_eq!(
            keys(
                "{0} {name} {} {{ user.name }} ${home} %s %1$d %(n)s %{id} %.2f {0:N2} {n, plural, one {# 个} other {# 个}} %@"
            ),
            [
                "{0}",
                "{name}",
                "{}",
                "{{user.name}}",
                "${home}",
                "%s",
                "%1$d",
                "%(n)s",
                "%{id}",
                "%f",
                "{0}",
                "{n}",
                "%@"
            ]
        );
        assert_eq!(
            keys("5%d 100% sure, 5% of {a, b} 50%，{ x + 1 } %discount {"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn reports_missing_and_added_placeholders() {
        assert_eq!(
            messages("共 {0} 个，%s", "{0} in all"),
            ["placeholder “%s” is missing from the English"]
        );
        assert_eq!(
            messages("共计", "{0} in all"),
            ["placeholder “{0}” does not appear in the Chinese"]
        );
        assert_eq!(
            messages("%s 和 %s", "%s"),
            ["placeholder “%s” is missing from the English"]
        );
    }

    #[test]
    fn allows_other_order_and_repetition() {
        assert!(messages("{0}的{1}", "{1} of {0}; {0}").is_empty());
        assert!(
            messages(
                "{n, plural, other {# 个}}",
                "{n, plural, one {# thing} other {# things}}"
            )
            .is_empty()
        );
    }

    #[test]
    fn allows_repeated_code_and_names_of_styles() {
        assert!(messages("要用`set()`，不用`{}`，`{}`创建字典", "use `set()`, not `{}`").is_empty());
        assert!(messages("旧的 %-s 形式", "the old %-style").is_empty());
        assert_eq!(
            messages("运行`{cmd}`", "run `{comand}`"),
            ["placeholder “{comand}” differs from “{cmd}” in the Chinese"]
        );
    }

    #[test]
    fn arguments_of_qt_may_have_units_and_stand_side_by_side() {
        assert!(messages("%1 小时 %2 分钟", "%1h %2m").is_empty());
        assert!(messages("%1 年 %2 天", "%1y %2d").is_empty());
        assert!(messages("取得%1%Ln 个节点%2的清单", "list of%1 %Ln peers%2").is_empty());
        assert!(messages("不明。\n%2对于未压缩的文件 %1", "Unknown %1.\n%2For files").is_empty());
        assert_eq!(messages("%2d 行 %s", "%2d lines").len(), 1);
    }

    #[test]
    fn a_word_in_braces_may_be_the_text() {
        assert!(messages("{未设置}", "{unset}").is_empty());
        assert!(!messages("{未设置}的", "{unset} x").is_empty());
    }

    #[test]
    fn texts_of_which_a_number_chooses_one_are_none() {
        assert!(messages("提交日期", "{0:Commit date|Commit dates}").is_empty());
        assert_eq!(messages("提交日期", "{{ x | upper }}").len(), 1);
    }

    #[test]
    fn allows_numbers_where_the_order_changes() {
        assert!(messages("在 %2$s 的第 %1$d 行", "line %d of %s").is_empty());
        assert!(messages("第 %d 行，共 %s", "%2$s, line %1$d").is_empty());
        assert_eq!(
            messages("在 %2$s 的第 %1$s 行", "line %d of %s"),
            ["placeholder “%d” differs from “%1$s” in the Chinese"]
        );
        assert_eq!(messages("%1$s 和 %2$s", "only %s").len(), 1);
    }

    #[test]
    fn allows_units_and_words_right_behind_a_conversion() {
        assert!(messages("还剩 %lu 秒", "%lus left").is_empty());
        assert!(messages("%d×%d 像素，%s 千字节", "%dx%d pixels, %sKB").is_empty());
        assert!(messages("无折扣", "no %discount").is_empty());
        assert!(messages("域“%2$s”中的“%%%1$c”", "`%%%c' in field `%s'").is_empty());
        assert!(keys("%%s").is_empty());
        assert_eq!(
            messages("还剩 %d 秒", "%sms left"),
            ["placeholder “%d” is missing from the English"]
        );
    }

    #[test]
    fn compares_forms_by_their_keys() {
        let zh = "{n, plural, other {{user} 的 # 个文件}}";
        let en = "{n, plural, one {{user} has one file} other {{user} has # files}}";
        let to_zh = |zh: &str| messages(zh, en);
        assert!(to_zh(zh).is_empty());
        assert!(to_zh("{user} 有 {n} 个文件").is_empty());
        assert_eq!(to_zh("{n, plural, other {{usr} 的 # 个文件}}").len(), 1);
        assert_eq!(to_zh("{n, plural, other {{user} 的文件}}").len(), 1);
        assert_eq!(
            messages(
                "{sex, select, male {他} femal {她} other {其}}来了",
                "{sex, select, male {He} female {She} other {They}} came"
            ),
            ["the Chinese has no form “female”"]
        );
        assert_eq!(
            messages("{n, plural, other {# 个}}", "{n, plural, one {# item}}"),
            ["{n} has no form “other”"]
        );
        let nested = "{a, select, x {{n, plural, other {# {b}}}} other {}}";
        assert!(messages(nested, nested).is_empty());
        assert_eq!(messages(nested, &nested.replace("{b}", "{c}")).len(), 1);
    }

    #[test]
    fn a_name_without_any_in_the_source_is_a_warning() {
        let severity = |zh: &str, en: &str| check(&PlaceholderMismatch, &[zh], &[en])[0].severity;
        assert_eq!(severity("分页", "%start% to %end%"), Severity::Warning);
        assert_eq!(severity("共 %total% 页", "%start% to %end%"), Severity::Error);
        assert_eq!(severity("分页", "%s pages"), Severity::Error);
    }

    #[test]
    fn compares_placeholders_of_frameworks_by_name() {
        assert_eq!(
            keys(
                "{{count, number}} $t(common.save) @:menu.open @.lower:b @:(c) %count% %#@files@ %1 %L2 %n {} {0,-10:N2} { $name }"
            ),
            [
                "{{count}}",
                "$t(common.save)",
                "@:menu.open",
                "@:b",
                "@:c",
                "%count%",
                "%#@files@",
                "%1",
                "%2",
                "%n",
                "{}",
                "{0}",
                "{$name}"
            ]
        );
        for (zh, en) in [
            ("{{value, number}} 个", "{{ value }} items"),
            ("在 {1} 的 {0}", "{} of {}"),
            ("没有苹果 | {n} 个苹果", "no apples | one apple | {n} apples"),
            ("共 %L1 个", "%1 in all"),
            ("价格为 $5，邮箱 a@b.c", "It costs $5; write to a@b.c"),
            ("打开 /a%20b 完成了 50%", "50% done: open /a%20b"),
            ("%.1f 秒", "%5.2f seconds"),
            ("多出的 { 或 }", "an extra { or }"),
        ] {
            assert!(messages(zh, en).is_empty(), "{zh} {en}: {:?}", messages(zh, en));
        }
        for (zh, en) in [
            ("还有 %1 个", "more of them"),
            ("共 %count% 个", "%conut% in all"),
            ("请看 $t(menu.open)", "see $t(menu.opn)"),
            ("%d 个", "%s items"),
            ("%ld 个", "%d items"),
        ] {
            assert_eq!(messages(zh, en).len(), 1, "{zh} {en}");
        }
    }

    #[test]
    fn allows_objects_of_programs() {
        assert!(messages("`{ label: '文档', link: '' }`", "`{ label: 'Docs', link: '' }`").is_empty());
        assert!(messages("`{ code: 200, message: 成功 }`", "`{ code: 200, message: done }`").is_empty());
        assert_eq!(messages("共 {0: >8} 项", "items").len(), 1);
    }

    #[test]
    fn allows_percentages() {
        assert!(messages("增长5%，占50%", "up 5% to 50%").is_empty());
    }
}
