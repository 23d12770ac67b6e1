//! `percent-style`.

use super::style::Percent;
use super::{DocumentContext, PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::finding::{Applicability, Confidence, Severity};
use crate::text::{Side, Span};

declare_rule! {
    /// “5%” and “5 percent” are mixed, or do not follow the house style.
    ///
    /// ## What it does
    /// If the configuration sets a style (`[style]`, `percent = "%"`, `"percent"` or `"per cent"`), reports every
    /// figure in another form and offers the chosen one. Otherwise reports, as a note, the first place in a text with
    /// the rarer form; `--unsafe-fixes` changes it to the usual one. Figures in words (five percent), percentage points
    /// and table cells are ignored.
    ///
    /// ## Why it matters
    /// Editors choose one form for a publication. A report with three forms shows that three people wrote it.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 出口增长5%。
    /// en: Exports grew by 5%.
    /// zh: 进口增长6%，投资增长7%。
    /// en: Imports grew by 6 percent and investment by 7 percent.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 出口增长5%。
    /// en: Exports grew by 5 percent.
    /// zh: 进口增长6%，投资增长7%。
    /// en: Imports grew by 6 percent and investment by 7 percent.
    /// ```
    ///
    /// ## Limits
    /// A matter of taste, so it is off unless a style is set or the rule is given a severity.
    pub PercentStyle {
        id: "percent-style",
        group: Typography,
        severity: Warning,
        since: "0.1.0",
        fixable: Sometimes,
        on_by_default: false,
        turned_on_by: |style| style.percent.is_some(),
    }
}

impl Rule for PercentStyle {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let Some(wanted) = ctx.doc.settings.style.percent else {
            return;
        };
        for used in uses(ctx).into_iter().filter(|u| u.form != wanted) {
            report
                .finding(
                    &Self::META,
                    ctx,
                    Side::En,
                    used.form_span,
                    format!(
                        "{} does not follow the house style, “{}”",
                        quote_figure(ctx.en(), &used),
                        wanted.name()
                    ),
                )
                .help(format!("write “{}”", wanted.name()))
                .expected([wanted.name()])
                .found(used.form.name())
                .fix(ctx, Side::En, used.span, after_figure(wanted), Applicability::Safe)
                .emit();
        }
    }

    fn document(&self, ctx: &DocumentContext<'_>, report: &mut Report) {
        if ctx.settings.style.percent.is_some() {
            return;
        }
        let used: Vec<(PairContext<'_>, Use)> = ctx
            .iter()
            .flat_map(|p| uses(&p).into_iter().map(move |u| (p, u)))
            .collect();
        let count = |form: Percent| used.iter().filter(|(_, u)| u.form == form).count();
        // Of equally frequent forms, the first one is the usual one.
        let Some(usual) = used
            .iter()
            .map(|(_, u)| u.form)
            .reduce(|a, b| if count(b) > count(a) { b } else { a })
        else {
            return;
        };
        if let Some((pair, odd)) = used.iter().find(|(_, u)| u.form != usual) {
            let message = format!(
                "{} is inconsistent with “{}”, used {} in this text",
                quote_figure(pair.en(), odd),
                usual.name(),
                match count(usual) {
                    1 => "elsewhere".to_owned(),
                    n => format!("{n} times"),
                }
            );
            report
                .finding(&Self::META, pair, Side::En, odd.form_span, message)
                .severity(Severity::Note)
                .confidence(Confidence::Medium)
                .help("use one form, or set one under `[style]` in bilint.toml")
                .expected([usual.name()])
                .found(odd.form.name())
                .fix(pair, Side::En, odd.span, after_figure(usual), Applicability::Unsafe)
                .emit();
        }
    }
}

/// The figure with its “%” or “percent”, in quotation marks.
fn quote_figure(en: &str, used: &Use) -> String {
    let figure = &en[..used.span.start];
    let start = figure
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','))
        .len();
    quote::text(&en[start..used.span.end])
}

/// The form with the space before it.
fn after_figure(form: Percent) -> String {
    match form {
        Percent::Sign => "%".to_owned(),
        words => format!(" {}", words.name()),
    }
}

/// “%” or “percent” after a figure.
struct Use {
    form: Percent,
    /// The sign or the words.
    form_span: Span,
    /// The same with the space before it.
    span: Span,
}

/// The figures with “%” or “percent” in a pair's English, in order.
fn uses(ctx: &PairContext<'_>) -> Vec<Use> {
    let en = ctx.en();
    if !en.contains('%') && !en.contains("per") || ctx.blocks(Side::En).iter().all(|b| b.kind.row().is_some()) {
        return Vec::new();
    }
    let mut out: Vec<Use> = Percent::ALL
        .into_iter()
        .flat_map(|form| {
            en.match_indices(form.name())
                .map(move |(at, written)| (form, at, at + written.len()))
        })
        .filter_map(|(form, start, end)| {
            let figure = en[..start].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
            let ends = !en[end..].starts_with(char::is_alphanumeric);
            let spaced = form == Percent::Sign || figure.len() < start;
            (ends && spaced && figure.ends_with(|c: char| c.is_ascii_digit())).then(|| Use {
                form,
                form_span: Span::new(start, end),
                span: Span::new(figure.len(), end),
            })
        })
        .filter(|u| !ctx.is_masked(Side::En, u.span))
        .collect();
    out.sort_by_key(|u| u.span.start);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Finding;
    use crate::rules::style::Style;
    use crate::rules::testing::{check, check_styled};

    fn styled(percent: Percent, en: &str) -> Vec<Finding> {
        let style = Style {
            percent: Some(percent),
            ..Style::default()
        };
        check_styled(&PercentStyle, &["增长5%。"], &[en], style)
    }

    #[test]
    fn other_forms_are_replaced_by_the_house_style() {
        for (wanted, text, replaced, by) in [
            (Percent::Word, "It grew by 5.5%.", "%", " percent"),
            (Percent::Word, "It grew by 5 per cent.", " per cent", " percent"),
            (Percent::TwoWords, "It grew by 5 %, then fell.", " %", " per cent"),
            (Percent::Sign, "It grew by 5\u{a0}percent.", "\u{a0}percent", "%"),
        ] {
            let found = styled(wanted, text);
            assert_eq!(found.len(), 1, "{text}");
            let fix = &found[0].fixes[0];
            assert_eq!((fix.bytes.of(text), fix.replacement.as_str()), (replaced, by), "{text}");
        }
        assert_eq!(styled(Percent::Word, "From 5% to 6%, or 7 percent.").len(), 2);
    }

    #[test]
    fn allows_words_points_and_placeholders() {
        for text in [
            "It grew by five percent.",
            "It grew by 5 percentage points.",
            "Read 5%d of it.",
            "A percent sign, 5 persons, 20 perches.",
        ] {
            assert!(styled(Percent::Sign, text).is_empty(), "{text}");
            assert!(styled(Percent::TwoWords, text).is_empty(), "{text}");
        }
    }

    #[test]
    fn without_a_house_style_the_rarer_form_is_reported_once() {
        let found = check(
            &PercentStyle,
            &["甲"; 3],
            &["Up 5% or 6%.", "Up 7 percent or 8 per cent.", "Up 9%."],
        );
        let said: Vec<_> = found.iter().map(|f| (f.severity, f.message.as_str())).collect();
        assert_eq!(
            said,
            [(
                Severity::Note,
                "“7 percent” is inconsistent with “%”, used 3 times in this text"
            )]
        );
        assert!(check(&PercentStyle, &["甲"; 2], &["Up 5%.", "Up 7%."]).is_empty());
    }
}
