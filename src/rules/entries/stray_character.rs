//! `stray-character`.

use crate::declare_rule;
use crate::rules::glossary_context::{GlossaryContext, Part};
use crate::rules::{Report, Rule};
use crate::text::Side;
use crate::text::normalize::halfwidth;
use crate::text::script::is_han;

declare_rule! {
    /// A name or an acronym has a space or sign that does not belong to it.
    ///
    /// ## What it does
    /// Reports two spaces in a row, a space between Chinese characters (unless it divides a title in 《》) or before a sign, invisible characters, full-width letters
    /// and digits, a sign at the end such as a comma or a full stop, and a bracket or quotation mark without its counterpart.
    ///
    /// ## Why it matters
    /// Such a sign comes from the sheet or page that the name was copied from. The name is not found with it.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国 科学院"]
    /// en = ["Chinese Academy of Sciences"]
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// [[concept]]
    /// id = "cas"
    /// kind = "institution"
    /// zh = ["中国科学院"]
    /// en = ["Chinese Academy of Sciences"]
    /// ```
    pub StrayCharacter { id: "stray-character", group: Glossary, severity: Warning, since: "0.1.0" }
}

impl Rule for StrayCharacter {
    fn glossary(&self, ctx: &GlossaryContext<'_>, report: &mut Report) {
        for (i, concept) in ctx.entries() {
            let mut check = |part, text: &str, side| {
                if let Some(fault) = fault(text, side) {
                    report
                        .entry(&Self::META, ctx, i, part, format!("“{text}” has {fault}"))
                        .help("write the name as it is printed in running text")
                        .emit();
                }
            };
            for side in [Side::Zh, Side::En] {
                for (n, name) in concept.names(side).iter().enumerate() {
                    check(Part::Name(side, n), &name.text, side);
                }
            }
            if let Some(acronym) = &concept.acronym {
                check(Part::Key("acronym"), acronym, Side::En);
            }
        }
    }
}

/// Marks that come in pairs.
const PAIRS: [(char, char); 9] = [
    ('(', ')'),
    ('（', '）'),
    ('[', ']'),
    ('《', '》'),
    ('“', '”'),
    ('「', '」'),
    ('【', '】'),
    ('〔', '〕'),
    ('〈', '〉'),
];

/// Signs that no name ends with. English names end with the full stop of an abbreviation: Co., Inc.
const ENDS: &str = ",;:：，；。、-–—/|";

/// What is wrong with a name.
fn fault(name: &str, side: Side) -> Option<&'static str> {
    if name.is_ascii()
        && !name.contains("  ")
        && !name.ends_with(|c| ENDS.contains(c))
        && !name.contains(['(', ')', '[', ']'])
    {
        return None;
    }
    let chars: Vec<char> = name.chars().collect();
    if chars.iter().any(|&c| is_invisible(c)) {
        return Some("an invisible character");
    }
    if chars.windows(2).any(|w| w[0].is_whitespace() && w[1].is_whitespace()) {
        return Some("two spaces in a row");
    }
    if chars
        .windows(3)
        .any(|w| w[1].is_whitespace() && is_han(w[0]) && is_han(w[2]))
        && !name.starts_with('《')
    {
        return Some("a space between Chinese characters");
    }
    if chars
        .iter()
        .any(|&c| c != '　' && halfwidth(c).is_ascii_alphanumeric() && !c.is_ascii())
    {
        return Some("full-width letters or digits");
    }
    if side == Side::En && chars.windows(2).any(|w| w[0] == ' ' && matches!(w[1], ',' | ';' | ')')) {
        return Some("a space before a sign");
    }
    if chars.last().is_some_and(|&c| ENDS.contains(c)) {
        return Some("a sign at its end");
    }
    let is_unpaired = |&(open, close): &(char, char)| {
        let count = |sign| chars.iter().filter(|&&c| c == sign).count();
        count(open) != count(close)
    };
    PAIRS
        .iter()
        .any(is_unpaired)
        .then_some("a bracket or quotation mark without its counterpart")
}

/// Characters that nobody sees: zero-width ones, marks of direction, the soft hyphen, the byte order mark.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_as_they_are_printed_have_no_fault() {
        for name in [
            "“奋斗者”号",
            "G20峰会",
            "2030年可持续发展议程",
            "南方科技大学（深圳）",
            "C919",
            "《高举旗帜 团结奋斗》",
        ] {
            assert_eq!(fault(name, Side::Zh), None, "{name}");
        }
        for name in [
            "António Guterres",
            "Apple Inc.",
            "Group of 20 (G20)",
            "The People’s Bank",
            "Kuafu-1",
        ] {
            assert_eq!(fault(name, Side::En), None, "{name}");
        }
    }

    #[test]
    fn copied_names_have_faults() {
        for (name, side, what) in [
            ("中国 科学院", Side::Zh, "a space between"),
            ("中国科学院。", Side::Zh, "a sign at its end"),
            ("Ｇ20峰会", Side::Zh, "full-width letters"),
            ("中国\u{200b}科学院", Side::Zh, "an invisible"),
            ("Chinese  Academy", Side::En, "two spaces"),
            ("Academy of Sciences,", Side::En, "a sign at its end"),
            ("Academy (CAS", Side::En, "a bracket"),
            ("“奋斗者号", Side::Zh, "a bracket or quotation mark"),
        ] {
            assert!(fault(name, side).is_some_and(|f| f.starts_with(what)), "{name}");
        }
    }
}
