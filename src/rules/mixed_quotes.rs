//! `mixed-quotes`.

use crate::declare_rule;
use crate::finding::Applicability;
use crate::rules::style::Quotes;
use crate::rules::{PairContext, Report, Rule};
use crate::text::bytes::ByteSet;
use crate::text::script::side_of;
use crate::text::{Side, Span};

declare_rule! {
    /// Quotation marks are mixed, straight and curly, or face the wrong way.
    ///
    /// ## What it does
    /// In an English paragraph with both straight and curly double quotation marks, reports those of the rarer kind.
    /// Also reports curly marks that close where they should open, or open where they should close. If the
    /// configuration sets a style (`[style]`, `quotes = "curly"` or `"straight"`), reports all marks of the other kind.
    /// Inch and second marks after figures are not quotation marks. Without such a style, English sources are not reported.
    ///
    /// ## Why it matters
    /// Mixed marks come from text pasted together from several authors, or typed with a Chinese input method.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 作为“全球南方”的一员，中国支持“开放科学”。
    /// en: As a member of the “Global South”, China supports "open science”.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 作为“全球南方”的一员，中国支持“开放科学”。
    /// en: As a member of the “Global South”, China supports “open science”.
    /// ```
    ///
    /// ## Limits
    /// No findings on 2,098 clean pairs.
    pub MixedQuotes { id: "mixed-quotes", group: Typography, severity: Warning, since: "0.1.0", fixable: Sometimes }
}

impl Rule for MixedQuotes {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let en = ctx.en();
        let wanted = ctx.doc.settings.style.quotes;
        // The marks of a source are not the translator's.
        if wanted.is_none() && ctx.doc.direction().source() == Side::En {
            return;
        }
        // “ and ” are E2 80 9C and E2 80 9D.
        let has_curly = ctx.bytes(Side::En).has_any(ByteSet::list(&[0x9c, 0x9d])) && en.contains(['“', '”']);
        if !has_curly && (wanted != Some(Quotes::Curly) || !en.contains('"')) || side_of(en) != Some(Side::En) {
            return;
        }
        let marks: Vec<(Span, &str)> = en
            .match_indices(['"', '“', '”'])
            .map(|(at, mark)| (Span::new(at, at + mark.len()), mark))
            .filter(|&(span, mark)| {
                !ctx.is_masked(Side::En, span) && (mark != "\"" || !after_figure(&en[..span.start]))
            })
            .collect();
        let straight = marks.iter().filter(|(_, mark)| *mark == "\"").count();
        let curly = marks.len() - straight;
        for (span, mark) in marks {
            let direction = curly_mark(&en[..span.start], &en[span.end..]);
            // Of two kinds, the rarer one is wrong.
            let (message, right) = match (mark, direction, wanted) {
                ("\"", _, Some(Quotes::Curly)) => ("straight quotation mark; the house style is curly", direction),
                ("“" | "”", _, Some(Quotes::Straight)) => {
                    ("curly quotation mark; the house style is straight", Some('"'))
                }
                ("\"", _, None) if straight <= curly => ("straight quotation mark among curly ones", direction),
                ("“" | "”", _, None) if curly < straight => ("curly quotation mark among straight ones", Some('"')),
                ("”", Some('“'), _) => ("closing quotation mark where one should open", direction),
                ("“", Some('”'), _) => ("opening quotation mark where one should close", direction),
                _ => continue,
            };
            let help = match wanted {
                Some(Quotes::Curly) => "use curly quotation marks",
                Some(Quotes::Straight) => "use straight quotation marks",
                None => "use one kind of quotation marks",
            };
            let mut finding = report
                .finding(&Self::META, ctx, Side::En, span, message)
                .help(help)
                .found(mark);
            if let Some(right) = right {
                finding = finding.fix(ctx, Side::En, span, right, Applicability::Safe);
            }
            finding.emit();
        }
    }
}

/// The opening or closing mark that belongs between these texts, if certain.
fn curly_mark(before: &str, after: &str) -> Option<char> {
    let left = before.chars().next_back().unwrap_or(' ');
    let right = after.chars().next().unwrap_or(' ');
    let outside = |c: char| c.is_whitespace() || matches!(c, '—' | '–');
    match (outside(left) || matches!(left, '(' | '['), right.is_alphanumeric()) {
        (true, true) => Some('“'),
        _ if (left.is_alphanumeric() || matches!(left, ',' | '.' | '!' | '?'))
            && (outside(right) || matches!(right, ',' | '.' | ';' | ':' | ')' | ']')) =>
        {
            Some('”')
        }
        _ => None,
    }
}

fn after_figure(before: &str) -> bool {
    before.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '½' | '¼' | '¾'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Finding;
    use crate::rules::style::Style;
    use crate::rules::testing::{check, check_styled};

    /// The character offset of each finding, and its fix.
    fn fixes(en: &str) -> Vec<(usize, String)> {
        let found = check(&MixedQuotes, &["中文"], &[en]);
        found
            .into_iter()
            .map(|f| {
                (
                    f.primary().chars.0,
                    f.fixes.first().map_or(String::new(), |x| x.replacement.clone()),
                )
            })
            .collect()
    }

    #[test]
    fn points_at_the_rarer_kind() {
        assert_eq!(fixes("“a” and \"b\""), [(8, "“".to_owned()), (10, "”".to_owned())]);
        assert_eq!(
            fixes("\"a\", \"b\" and “c”"),
            [(13, "\"".to_owned()), (15, "\"".to_owned())]
        );
    }

    #[test]
    fn the_house_style_overrides_the_more_frequent_kind() {
        let fixes = |quotes: Quotes, en: &str| -> Vec<(usize, String)> {
            let style = Style {
                quotes: Some(quotes),
                ..Style::default()
            };
            let found = check_styled(&MixedQuotes, &["中文"], &[en], style);
            let place = |f: Finding| {
                (
                    f.primary().chars.0,
                    f.fixes.first().map_or(String::new(), |x| x.replacement.clone()),
                )
            };
            found.into_iter().map(place).collect()
        };
        let straight = |at: usize| (at, "\"".to_owned());
        assert_eq!(
            fixes(Quotes::Straight, "“a” and “b”, \"c\""),
            [0, 2, 8, 10].map(straight)
        );
        assert_eq!(
            fixes(Quotes::Curly, "a \"b\" and 6\" of it"),
            [(2, "“".to_owned()), (4, "”".to_owned())]
        );
        assert!(fixes(Quotes::Curly, "“a” and ‘b’").is_empty());
        assert!(fixes(Quotes::Straight, "\"a\" and 'b'").is_empty());
    }

    #[test]
    fn points_at_marks_that_face_the_wrong_way() {
        assert_eq!(
            fixes("the ”Global South” and “others“."),
            [(4, "“".to_owned()), (30, "”".to_owned())]
        );
    }

    #[test]
    fn allows_one_kind_and_inches() {
        for en in [
            "“a” and “b”",
            "\"a\" and \"b\"",
            "the “big” 27\" screen",
            "he said, “No,”",
            "(“yes”)—“no”",
        ] {
            assert!(fixes(en).is_empty(), "{en}");
        }
    }
}
