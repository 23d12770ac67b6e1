//! `placeholder-mismatch`.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::declare_rule;
use crate::formats::backticks;
use crate::rules::{PairContext, Report, Rule};
use crate::text::bytes::ByteSet;
use crate::text::{Side, Span};

declare_rule! {
    /// Placeholders differ between the source and the translation.
    ///
    /// ## What it does
    /// Compares the placeholders of program strings: `{0}`, `{name}`, `{{name}}`, `${name}`, `%s`, `%1$d`, `%(name)s`,
    /// `%{name}`. Named and numbered placeholders, and those quoted as `` `code` ``, must be the same set on both
    /// sides. Other placeholders must occur equally often. Placeholders may change places, and named ones may repeat.
    /// If one side has numbers (`%2$s`) and the other has none, the other side's are numbered in order.
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
    /// No findings on 2,098 clean pairs, which are prose.
    pub PlaceholderMismatch { id: "placeholder-mismatch", group: Typography, severity: Error, since: "0.1.0", fixable: Sometimes }
}

/// Longest placeholder, in bytes. Longer ones are text in braces.
const MAX_LEN: usize = 64;

/// Longest ICU message, in bytes.
const MAX_MESSAGE: usize = 4096;

/// A placeholder in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Placeholder {
    span: Span,
    /// The text without inner spaces, which must be equal on both sides.
    key: String,
    /// Whether it has a name or number, so that its position and frequency do not matter.
    named: bool,
    /// What kind of `%` conversion it is, if it is one.
    conversion: Option<Conversion>,
}

/// A `%` conversion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Conversion {
    /// `%s`.
    Plain,
    /// `%d` in `%dms`, which is a placeholder, or in `%discount`, which is not: it counts only if the other side has it.
    Glued,
    /// `%2$s`.
    Numbered,
}

impl Rule for PlaceholderMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let may_have = |side| ctx.bytes(side).has_any(ByteSet::list(b"{%"));
        if !ctx.is_paired() || (!may_have(Side::Zh) && !may_have(Side::En)) {
            return;
        }
        let direction = ctx.doc.direction();
        let (source, target) = (direction.source(), direction.target());
        let (mut from, mut to) = (placeholders(ctx.text(source)), placeholders(ctx.text(target)));
        if from.iter().any(Placeholder::is_numbered) != to.iter().any(Placeholder::is_numbered) {
            assign_numbers(&mut from);
            assign_numbers(&mut to);
        }
        let mut missing = missing_from(&from, &to).into_iter();
        for added in missing_from(&to, &from) {
            let text = added.span.of(ctx.text(target));
            let Some(expected) = missing.next() else {
                let message = format!("placeholder “{text}” does not appear in the {}", source.name());
                report
                    .finding(&Self::META, ctx, target, added.span, message)
                    .help("remove it, or add it to the source")
                    .found(text)
                    .emit();
                continue;
            };
            let right = expected.span.of(ctx.text(source));
            let message = format!("placeholder “{text}” differs from “{right}” in the {}", source.name());
            report
                .finding(&Self::META, ctx, target, added.span, message)
                .label(ctx, source, expected.span)
                .help(format!("write “{right}”"))
                .expected([right])
                .found(text)
                .fix(ctx, target, added.span, right, crate::finding::Applicability::Unsafe)
                .emit();
        }
        for lost in missing {
            let text = lost.span.of(ctx.text(source));
            report
                .finding(
                    &Self::META,
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
}

impl Placeholder {
    fn is_numbered(&self) -> bool {
        self.conversion == Some(Conversion::Numbered)
    }
}

/// Numbers the conversions of a text without numbers in order, as C does: the first `%s` becomes `%1$s`.
fn assign_numbers(placeholders: &mut [Placeholder]) {
    let unnumbered =
        |p: &&mut Placeholder| matches!(p.conversion, Some(Conversion::Plain | Conversion::Glued)) && !p.named;
    for (n, p) in placeholders.iter_mut().filter(unnumbered).enumerate() {
        p.key = format!("%{}${}", n + 1, p.key.trim_start_matches('%'));
        p.named = true;
    }
}

/// The placeholders of `of` without a counterpart in `others`.
fn missing_from<'p>(of: &'p [Placeholder], others: &[Placeholder]) -> Vec<&'p Placeholder> {
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
            _ if p.conversion == Some(Conversion::Glued) => {}
            _ => {
                if reported.insert(p.key.as_str()) || !p.named {
                    out.push(p);
                }
            }
        }
    }
    out
}

fn placeholders(text: &str) -> Vec<Placeholder> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let (mut at, mut code_until) = (0, 0);
    // The end of the last run of signs that was counted, and its length.
    let mut signs = (0, 0);
    while at < bytes.len() {
        let found = match bytes[at] {
            b'`' if at >= code_until => {
                let (ticks, code) = backticks(&text[at..]);
                code_until = at + code.unwrap_or(ticks);
                at += ticks;
                continue;
            }
            b'{' => braced(text, at, at),
            b'$' | b'%' if bytes.get(at + 1) == Some(&b'{') => braced(text, at, at + 1),
            b'%' => {
                let before = if signs.0 == at {
                    signs.1
                } else {
                    signs_before(bytes, at)
                };
                signs = (at + 1, before + 1);
                percent(text, at, before)
            }
            _ => None,
        };
        match found {
            Some(mut p) => {
                at = p.span.end;
                p.named |= at <= code_until;
                out.push(p);
            }
            None => at += 1,
        }
    }
    out
}

/// `{0}`, `{name}`, `{}`, `{{ name }}`, `${name}`, `{0:N2}`, `{count, plural, …}`: the placeholder that begins at byte `start` and whose brace
/// is at `open`.
fn braced(text: &str, start: usize, open: usize) -> Option<Placeholder> {
    let double = text[open..].starts_with("{{");
    let inner_at = open + if double { 2 } else { 1 };
    let inner = &text[inner_at..];
    // An ICU message: its variable counts, and its body is skipped.
    let name_len = inner.trim_start().bytes().take_while(|&b| is_name(b)).count();
    let close = if double { "}}" } else { "}" };
    let name = &inner.trim_start()[..name_len];
    let rest = inner.trim_start()[name_len..].trim_start();
    let kinds = ["plural", "select", "selectordinal", "number", "date", "time"];
    let icu = rest
        .strip_prefix(',')
        .is_some_and(|r| kinds.iter().any(|k| r.trim_start().starts_with(k)));
    if icu && !name.is_empty() {
        return Some(Placeholder {
            span: Span::new(start, balanced(text, open)?),
            key: format!("{{{name}}}"),
            named: true,
            conversion: None,
        });
    }
    let len = inner
        .char_indices()
        .take(MAX_LEN)
        .find(|&(i, _)| inner[i..].starts_with(close))?
        .0;
    let body = inner[..len].trim();
    if matches!(body, "true" | "false" | "null" | "undefined") || is_object(body) {
        // A value in JSX.
        return None;
    }
    let end = inner_at + len + close.len();
    let head = body.split([':', '!', '|']).next().unwrap_or(body).trim();
    let plain = head.bytes().all(is_name) && !body.contains(['{', '\n']) && end - start <= MAX_LEN;
    plain.then(|| Placeholder {
        span: Span::new(start, end),
        key: text[start..end].split_whitespace().collect(),
        named: !head.is_empty(),
        conversion: None,
    })
}

/// Whether what is in braces is an object of a program, or its type: `label: 'Docs', link: ''`, `eager: true`. The format of a
/// placeholder, as in `{0: >8}`, is no word.
fn is_object(body: &str) -> bool {
    let mut values = body.match_indices(": ").map(|(at, colon)| &body[at + colon.len()..]);
    values.any(|value| {
        let word = value.chars().take_while(|c| c.is_alphabetic()).count();
        word > 1 || value.starts_with(['\'', '"', '`', '['])
    })
}

/// The byte after the brace that closes the one at `open`, within [`MAX_MESSAGE`].
fn balanced(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (i, b) in text.bytes().enumerate().skip(open).take(MAX_MESSAGE) {
        match b {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(i + 1);
                }
            }
            _ => {}
        }
    }
    None
}

const fn is_name(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-' | b'[' | b']' | b'$' | b'@')
}

/// How many percent signs are right before byte `at`.
fn signs_before(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().rev().take_while(|&&b| b == b'%').count()
}

/// `%s`, `%d`, `%.2f`, `%1$s`, `%(name)s`: the conversion that begins at byte `start`. Not a percentage such as `5% of` or `100%`.
/// `signs` percent signs are right before it.
fn percent(text: &str, start: usize, signs: usize) -> Option<Placeholder> {
    let bytes = text.as_bytes();
    // %% prints a sign, so that %%%s has a conversion and %%s has none.
    if signs % 2 == 1 || signs == 0 && start > 0 && bytes[start - 1].is_ascii_digit() {
        return None;
    }
    let mut at = start + 1;
    let (mut named, mut numbered) = (false, false);
    if bytes.get(at) == Some(&b'(') {
        let len = text[at..].bytes().take(MAX_LEN).position(|b| b == b')')?;
        if !text[at + 1..at + len].bytes().all(is_name) {
            return None;
        }
        (at, named) = (at + len + 1, true);
    }
    let digits = bytes[at.min(bytes.len())..]
        .iter()
        .take_while(|b| b.is_ascii_digit())
        .count();
    if digits > 0 && bytes.get(at + digits) == Some(&b'$') {
        (at, named, numbered) = (at + digits + 1, true, true);
    }
    at += bytes[at.min(bytes.len())..]
        .iter()
        .take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'#' | b'l' | b'h'))
        .count();
    // A sign goes with a width: `%-10s`, but not the “%-s” of “%-style”.
    if bytes[at - 1] == b'-' {
        return None;
    }
    let conversion = *bytes.get(at)?;
    let after = bytes.get(at + 1).copied().unwrap_or(b' ');
    let is_conversion = matches!(
        conversion,
        b's' | b'd' | b'i' | b'u' | b'f' | b'g' | b'e' | b'x' | b'X' | b'c' | b'@'
    );
    is_conversion.then(|| Placeholder {
        span: Span::new(start, at + 1),
        key: text[start..=at].to_owned(),
        named,
        conversion: Some(match after {
            _ if numbered => Conversion::Numbered,
            _ if !named && after.is_ascii_alphanumeric() => Conversion::Glued,
            _ => Conversion::Plain,
        }),
    })
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
        let sure = placeholders(text)
            .into_iter()
            .filter(|p| p.conversion != Some(Conversion::Glued));
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
                "%.2f",
                "{0:N2}",
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
