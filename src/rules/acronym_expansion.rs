//! `acronym-expansion`.

use crate::declare_rule;
use crate::finding::Severity;
use crate::language::en::acronym::{self, Introduction, NearMiss, Slip};
use crate::rules::{PairContext, Report, Rule, quote};
use crate::text::bytes::ByteSet;
use crate::text::{Side, Span};

declare_rule! {
    /// An acronym's letters do not match the name before it.
    ///
    /// ## What it does
    /// Checks acronyms given in brackets after a name, as in `World Health Organization (WHO)`. Letters may come from
    /// the beginnings of words, the parts of compounds, inner capitals, and the inside of words already used. Small
    /// words and figures may be skipped. Reports only near misses: a single letter that no word accounts for, two
    /// swapped letters, or a doubled letter.
    ///
    /// ## Why it matters
    /// Either the acronym is misspelled or the name is not the official one. A reader who looks up “SHMFF” finds a
    /// *Facility*, not a *Laboratory*.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 稳态强磁场实验装置
    /// en: Steady High Magnetic Field Laboratory (SHMFF)
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 稳态强磁场实验装置
    /// en: Steady High Magnetic Field Facility (SHMFF)
    /// ```
    ///
    /// ## Limits
    /// A three-letter acronym with one wrong letter is not reported. It usually comes from another language, as in
    /// “Doctors Without Borders (MSF)”. No findings on 2,098 clean pairs and 66 clean documents.
    pub AcronymExpansion {
        id: "acronym-expansion",
        group: Acronyms,
        severity: Warning,
        since: "0.1.0",
        faults: [WrongName],
        precedence: 0,
    }
}

/// An ASCII bracket, or the first byte of a full-width one.
const BRACKETS: ByteSet = ByteSet::list(b"(\xef");

impl Rule for AcronymExpansion {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let en = ctx.en();
        if !ctx.bytes(Side::En).has_any(BRACKETS) {
            return;
        }
        for intro in acronym::introductions(en) {
            let letters = intro.acronym.of(en);
            let Some(miss) = acronym::near_miss(letters, &intro.words, en) else {
                continue;
            };
            let span = Span::new(miss.phrase[0].span.start, intro.end);
            if !ctx.is_masked(Side::En, span) && !is_official(ctx, intro.acronym) && !is_in_source(ctx, &miss, letters)
            {
                emit(ctx, &intro, &miss, span, report);
            }
        }
    }
}

/// Whether the glossary has the name before the brackets with this acronym: official names need not be regular.
fn is_official(ctx: &PairContext<'_>, acronym: Span) -> bool {
    let letters = acronym.of(ctx.en());
    let before = ctx.en()[..acronym.start].trim_end_matches(['(', '（', ' ']);
    let ends = |name: &str| {
        let start = before.len().checked_sub(name.len());
        start.is_some_and(|start| {
            before.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(name))
                && !before[..start].ends_with(char::is_alphanumeric)
        })
    };
    ctx.doc
        .glossary
        .concepts()
        .iter()
        .any(|c| c.acronym.as_deref() == Some(letters) && c.en.iter().any(|n| n.status.is_accepted() && ends(&n.text)))
}

/// Whether the Chinese has the acronym whose letter seems doubled: HTTP of “Hypertext” takes two letters from one word.
fn is_in_source(ctx: &PairContext<'_>, miss: &NearMiss, letters: &str) -> bool {
    miss.slip == Slip::Doubled && ctx.zh().contains(letters)
}

fn phrase(ctx: &PairContext<'_>, miss: &NearMiss) -> Span {
    let first = miss.phrase[0].span;
    let last = miss.phrase.last().map_or(first, |w| w.span);
    debug_assert!(last.end <= ctx.en().len());
    first.cover(last)
}

fn emit(ctx: &PairContext<'_>, intro: &Introduction, miss: &NearMiss, span: Span, report: &mut Report) {
    let en = ctx.en();
    let letters = intro.acronym.of(en);
    let phrase = phrase(ctx, miss).of(en);
    let reason = match miss.slip {
        Slip::Letter { word, letter } => {
            format!("“{}” does not account for {letter}", miss.phrase[word].span.of(en))
        }
        Slip::Swapped => "two letters are swapped".to_owned(),
        Slip::Doubled => "a letter is doubled".to_owned(),
    };
    let official = ctx
        .doc
        .glossary
        .concepts()
        .iter()
        .find(|c| c.acronym.as_deref() == Some(letters));
    let message = format!("“{letters}” does not match {}: {reason}", quote::text(phrase));
    let mut finding = report
        .finding(&AcronymExpansion::META, ctx, Side::En, span, message)
        .found(span.of(en));
    finding = match official.and_then(|c| Some((c, c.preferred_en()?))) {
        Some((concept, name)) => finding
            .severity(Severity::Error)
            .concept(&*concept.id)
            .expected([name])
            .why(format!("in the glossary, “{letters}” is the acronym of “{name}”"))
            .help(format!("write “{name} ({letters})” if that is the name you mean")),
        None => finding.help("look up the official name, then correct the name or the acronym"),
    };
    finding.emit();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{check, check_with};

    #[test]
    fn names_the_word_that_does_not_match_its_letter() {
        let found = check(
            &AcronymExpansion,
            &["稳态强磁场实验装置"],
            &["the Steady High Magnetic Field Laboratory (SHMFF)"],
        );
        assert_eq!(found.len(), 1);
        assert!(
            found[0].message.contains("“Laboratory” does not account for F"),
            "{}",
            found[0].message
        );
        assert_eq!(found[0].primary().text, "Steady High Magnetic Field Laboratory (SHMFF)");
    }

    #[test]
    fn allows_remarks_in_brackets_that_are_not_acronyms() {
        let en = "The Amazon rainforest (Portuguese: Amazônia) rose 3 points (NYSE: ABC) in China (CN) and for members (ALL).";
        assert!(check(&AcronymExpansion, &["亚马逊雨林"], &[en]).is_empty());
    }

    #[test]
    fn allows_what_the_source_or_the_glossary_has() {
        let (zh, en) = (["超文本传输协议（HTTP）"], ["the Hypertext Transfer Protocol (HTTP)"]);
        assert!(check(&AcronymExpansion, &zh, &en).is_empty());
        let glossary = crate::glossary::builtin();
        let en = ["the China and the Community of Latin American and Caribbean States (CELAC) Forum"];
        assert!(check_with(&AcronymExpansion, &["中国—拉共体论坛"], &en, &glossary).is_empty());
    }

    #[test]
    fn allows_acronyms_of_other_languages() {
        for en in [
            "Doctors Without Borders (MSF)",
            "the Polish United Workers' Party (PZPR)",
        ] {
            assert!(check(&AcronymExpansion, &["某组织"], &[en]).is_empty(), "{en}");
        }
    }
}
