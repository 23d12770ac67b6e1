//! `acronym-undefined`.

use std::collections::{HashMap, HashSet};

use crate::declare_rule;
use crate::language::en::acronym;
use crate::rules::{DocumentContext, PairContext, Report, Rule};
use crate::text::bytes::ByteSet;
use crate::text::script::is_latin;
use crate::text::{Side, Span};

declare_rule! {
    /// An acronym is used before its full name, or without it.
    ///
    /// ## What it does
    /// Finds acronyms of three or more letters in the English of a document and reports the first use of one that is
    /// introduced only later or not at all. `Large High Altitude Air Shower Observatory (LHAASO)` and `LHAASO (Large
    /// …)` both introduce it. Acronyms that also appear in the Chinese of the document are not reported. Neither are
    /// well-known ones: those in a short built-in list, and those under `accepted-acronyms` in the configuration.
    ///
    /// ## Why it matters
    /// The Chinese reader got a full name; the English reader has to guess.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 高海拔宇宙线观测站向全球开放。
    /// en: LHAASO is open to the world.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 高海拔宇宙线观测站向全球开放。
    /// en: The Large High Altitude Air Shower Observatory (LHAASO) is open to the world.
    /// zh: 高海拔宇宙线观测站位于四川。
    /// en: LHAASO is in Sichuan.
    /// ```
    ///
    /// ## Limits
    /// Only a note: 66 clean documents have 11 of them, for acronyms that newspapers don't explain (PPE, NYC, GOP).
    pub AcronymUndefined { id: "acronym-undefined", group: Acronyms, severity: Note, since: "0.1.0" }
}

/// Acronyms that general dictionaries list as words.
const WELL_KNOWN: &[&str] = &[
    "AIDS", "APEC", "ASEAN", "ATM", "BBC", "BRICS", "CCTV", "CEO", "CFO", "CIA", "CNN", "CNY", "COVID", "CPC", "DIY",
    "DNA", "DVD", "EUR", "FAQ", "FBI", "FIFA", "GBP", "GDP", "GMT", "GPS", "HIV", "HTML", "HTTP", "IMF", "IOC", "IQ",
    "ISBN", "ISO", "LED", "MBA", "NASA", "NATO", "NBA", "NGO", "OECD", "OPEC", "PDF", "PRC", "RMB", "RNA", "SARS",
    "SIM", "SMS", "SOS", "UFO", "UNESCO", "UNICEF", "URL", "USA", "USB", "USD", "USSR", "UTC", "VIP", "WHO", "WTO",
    "WWF",
];

/// Fewest letters. Shorter acronyms are mostly countries and units.
const MIN_LETTERS: usize = 3;
/// Most letters. Longer ones are words in capitals.
const MAX_LETTERS: usize = 7;

impl Rule for AcronymUndefined {
    fn document(&self, ctx: &DocumentContext<'_>, report: &mut Report) {
        // Where each acronym is introduced first: pair, byte.
        let mut introduced: HashMap<&str, (usize, usize)> = HashMap::new();
        for pair in ctx.iter() {
            let en = pair.en();
            if pair.bytes(Side::En).has_any(ByteSet::list(b"(")) {
                let forward = acronym::introductions(en).into_iter().map(|i| i.acronym);
                for span in forward.chain(acronym::expanded_after(en)) {
                    introduced.entry(span.of(en)).or_insert((pair.index, span.start));
                }
            }
        }
        let shared = acronyms_of_chinese(ctx);
        let mut seen: HashSet<&str> = HashSet::new();
        for pair in ctx.iter() {
            let en = pair.en();
            for span in acronyms(en) {
                let letters = span.of(en);
                if !seen.insert(letters)
                    || is_well_known(ctx, letters)
                    || shared.contains(letters)
                    || pair.is_masked(Side::En, span)
                {
                    continue;
                }
                let place = introduced.get(letters).copied();
                if place.is_none_or(|p| p > (pair.index, span.start)) {
                    let later = place.and_then(|(index, at)| Some((ctx.pair(index)?, at)));
                    emit(&pair, span, later, report);
                }
            }
        }
    }
}

fn is_well_known(ctx: &DocumentContext<'_>, letters: &str) -> bool {
    WELL_KNOWN.contains(&letters) || ctx.settings.known_acronyms.iter().any(|k| k == letters)
}

/// The words in capitals in the Chinese: its readers have to know these acronyms too.
fn acronyms_of_chinese<'d>(ctx: &'d DocumentContext<'_>) -> HashSet<&'d str> {
    let words = ctx
        .document
        .zh
        .iter()
        .flat_map(|b| b.text.split(|c: char| !is_latin(c)));
    words.filter(|w| w.len() >= MIN_LETTERS).collect()
}

/// The acronyms of `text`, without a plural s. A text in capitals has none.
fn acronyms(text: &str) -> Vec<Span> {
    let (mut capitals, mut small) = (0, 0);
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let letters = bytes[at..].iter().take_while(|b| b.is_ascii_uppercase()).count();
        if letters == 0 {
            small += usize::from(bytes[at].is_ascii_lowercase());
            at += 1;
            continue;
        }
        let span = Span::new(at, at + letters);
        capitals += letters;
        at = span.end;
        if (MIN_LETTERS..=MAX_LETTERS).contains(&letters) && stands_alone(text, span) && !is_roman(span.of(text)) {
            out.push(span);
        }
    }
    if capitals > small { Vec::new() } else { out }
}

/// Whether the capitals are a word in running text, not part of a longer word, an address or a file name.
fn stands_alone(text: &str, span: Span) -> bool {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | '/' | '\\' | '#' | '$' | '&' | '+' | '=');
    let after = text[span.end..].strip_prefix('s').unwrap_or(&text[span.end..]);
    let abbreviated = |t: &str| {
        let mut chars = t.chars();
        matches!((chars.next(), chars.next()), (Some('.'), Some(c)) if c.is_alphanumeric())
    };
    !text[..span.start].ends_with(|c| part(c) || c == '.' || c == '-')
        && !after.starts_with(part)
        && !abbreviated(after)
}

fn is_roman(letters: &str) -> bool {
    letters
        .bytes()
        .all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C' | b'M'))
}

fn emit(pair: &PairContext<'_>, span: Span, later: Option<(PairContext<'_>, usize)>, report: &mut Report) {
    let letters = span.of(pair.en());
    let message = match &later {
        Some((there, at)) => {
            let place = crate::rules::report::label(there, Side::En, Span::new(*at, *at));
            format!(
                "“{letters}” is used before it is introduced at {}:{}",
                place.file, place.start.line
            )
        }
        None => format!("“{letters}” is used without its full name"),
    };
    let mut finding = report.finding(&AcronymUndefined::META, pair, Side::En, span, message);
    if let Some((there, _)) = &later {
        finding = finding.with(there);
    }
    finding
        .help("give the full name at the first use, or list the acronym under `accepted-acronyms`")
        .found(letters)
        .emit();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    fn messages(zh: &[&str], en: &[&str]) -> Vec<String> {
        check(&AcronymUndefined, zh, en)
            .into_iter()
            .map(|f| f.message)
            .collect()
    }

    #[test]
    fn reports_the_first_use_only() {
        let en = [
            "The FAST telescope and FASTs",
            "FAST again",
            "Five-hundred-meter Aperture Spherical radio Telescope (FAST)",
        ];
        assert_eq!(
            messages(&["一", "二", "三"], &en),
            ["“FAST” is used before it is introduced at en.md:3"]
        );
    }

    #[test]
    fn allows_introduced_well_known_and_shared_acronyms() {
        for (zh, en) in [
            (
                "一",
                "FAST (Five-hundred-meter Aperture Spherical radio Telescope) is big",
            ),
            ("一", "the WHO, the BBC and chapter VIII of ISO 9001"),
            ("由OSHA制定", "set by OSHA"),
            ("一", "SHARING WISDOM FOR A BRIGHTER FUTURE"),
            ("一", "see LICENSE.md, ABC/DEF and MAX_LEN"),
        ] {
            assert_eq!(messages(&[zh], &[en]), Vec::<String>::new(), "{en}");
        }
    }
}
