//! `several-names`.

use crate::declare_rule;
use crate::rules::glossary_context::{GlossaryContext, Part};
use crate::rules::{Report, Rule};
use crate::text::Side;
use crate::text::script::is_han;

declare_rule! {
    /// One name looks like several.
    ///
    /// ## What it does
    /// Reports a name with a slash between words, a semicolon or a vertical bar. A slash inside one word (TCP/IP, and/or, km/h) is
    /// part of it, and so is an enumeration comma.
    ///
    /// ## Why it matters
    /// The names are looked for as one, so that none of them is found.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院/中科院"]
    /// en = ["Chinese Academy of Sciences"]
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院", "中科院"]
    /// en = ["Chinese Academy of Sciences"]
    /// ```
    pub SeveralNames { id: "several-names", group: Glossary, severity: Warning, since: "0.1.0" }
}

impl Rule for SeveralNames {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        for (i, concept) in ctx.entries() {
            for side in [Side::Zh, Side::En] {
                for (n, name) in concept.names(side).iter().enumerate() {
                    let Some(sign) = separator(&name.text) else { continue };
                    let parts: Vec<String> = name
                        .text
                        .split(sign)
                        .map(|part| format!("\"{}\"", part.trim()))
                        .collect();
                    report
                        .entry(
                            &Self::META,
                            ctx,
                            i,
                            Part::Name(side, n),
                            format!("“{}” looks like several names", name.text),
                        )
                        .help(format!("list each by itself: {}", parts.join(", ")))
                        .emit();
                }
            }
        }
    }
}

/// The sign that seems to separate names.
fn separator(name: &str) -> Option<char> {
    if let Some(sign) = name.chars().find(|c| matches!(c, ';' | '；' | '|' | '｜')) {
        return Some(sign);
    }
    let at = name.find(['/', '／'])?;
    let sign = name[at..].chars().next()?;
    let (before, after) = (&name[..at], &name[at + sign.len_utf8()..]);
    let is_between_words = before.ends_with(' ') || after.starts_with(' ');
    let is_between_han = before.ends_with(is_han) && after.starts_with(is_han);
    let words = |text: &str| text.split_whitespace().count();
    (is_between_words || is_between_han || (words(before) > 1 && words(after) > 1)).then_some(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_inside_a_word_separate_nothing() {
        for name in [
            "TCP/IP",
            "GB/T 19682",
            "and/or",
            "科学、技术和创新",
            "简政放权、放管结合、优化服务",
            "AC/DC converter",
        ] {
            assert_eq!(separator(name), None, "{name}");
        }
        for name in ["中科院／中国科学院", "Chinese Academy / CAS", "A; B"] {
            assert!(separator(name).is_some(), "{name}");
        }
    }
}
