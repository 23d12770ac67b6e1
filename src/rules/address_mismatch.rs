//! `address-mismatch`.

use std::borrow::Cow;

use memchr::memmem;
use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;

use super::{PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::language::en::related::is_misspelling;
use crate::text::bytes::ByteSet;
use crate::text::script::is_han;
use crate::text::{Side, Sides, Span};

declare_rule! {
    /// An e-mail address, an identifier, a formula or a Latin name differs by a slip.
    ///
    /// ## What it does
    /// Compares what a translation copies letter for letter. An e-mail address of the Chinese that is missing in the English is
    /// reported if the English has another one. So is a formula such as CO2 if the English has its letters with other figures
    /// (CO), and a Latin word of at least seven letters in lower case, such as the name of a species, if the English has a
    /// word that is one or two letters away from it and not in the Chinese, or another species of the same genus. A name that the
    /// Chinese gives in brackets, 费尔蒙特 (Fairmont), is reported if the English has no word of it. Web addresses are compared by `link-mismatch`, numbers
    /// by the rules about figures.
    ///
    /// ## Why it matters
    /// An address with exchanged letters does not work, and nobody can see it.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 邮箱：office@example.org。
    /// en: E-mail: ofifce@example.org.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 邮箱：office@example.org。
    /// en: E-mail: office@example.org.
    /// ```
    pub AddressMismatch { id: "address-mismatch", group: Quantities, severity: Warning, since: "0.1.0" }
}

/// Most words of a side that have no counterpart and are compared with each other.
const MOST: usize = 64;

/// Fewest letters of a Latin word in lower case that is compared, and of the second word of the name of a species.
const LONG: usize = 7;
const EPITHET: usize = 5;

const LETTERS: ByteSet = ByteSet::list(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

impl Rule for AddressMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        if !ctx.is_paired() || !ctx.bytes(Side::Zh).has_any(LETTERS) {
            return;
        }
        find_lost_names(ctx, report);
        let mut words = Sides::new(copied_words(ctx, Side::Zh), Vec::new());
        let text = |side, span: Span| span.of(ctx.text(side));
        let en = ctx.en();
        // Nearly all words are of no kind that is compared, or in the English as they are.
        let may_differ = |word: &str| may_slip(word) && !is_copied(word, en);
        if !words.zh.iter().any(|&word| may_differ(text(Side::Zh, word))) {
            return;
        }
        words.en = copied_words(ctx, Side::En);
        let plain = Sides::from_fn(|side| {
            let words = words[side].iter();
            words.map(|&word| plain(text(side, word))).collect::<FxHashSet<_>>()
        });
        let only = Sides::from_fn(|side| {
            let mut only = words[side].clone();
            only.retain(|&word| may_slip(text(side, word)));
            only.retain(|&word| !plain[side.other()].contains(&self::plain(text(side, word))));
            only.truncate(MOST);
            only
        });
        for &source in &only.zh {
            let word = text(Side::Zh, source);
            let found = only.en.iter().find(|other| {
                is_slip(text(Side::En, **other), word) || is_other_species([ctx.zh(), en], [source, **other])
            });
            if let Some(&found) = found {
                let message = format!(
                    "{} differs from “{word}” in the Chinese",
                    quote::text(text(Side::En, found))
                );
                report
                    .finding(&Self::META, ctx, Side::En, found, message)
                    .label(ctx, Side::Zh, source)
                    .help(format!("write “{word}”"))
                    .expected([word])
                    .found(text(Side::En, found))
                    .emit();
            }
        }
    }
}

/// Fewest letters of a name in brackets.
const NAME: usize = 4;

/// Reports names in Latin letters that the Chinese gives in brackets, 费尔蒙特 (Fairmont), and of which the English has no word.
fn find_lost_names(ctx: &PairContext<'_>, report: &mut Report) {
    let zh = ctx.zh();
    for (at, bracket) in zh.match_indices(['(', '（']) {
        let start = at + bracket.len();
        let Some(end) = zh[start..].find([')', '）']).map(|len| start + len) else {
            return;
        };
        let inside = Span::new(start, end);
        let follows_han = zh[..at].trim_end().ends_with(is_han);
        if follows_han && is_name(inside.of(zh)) && !ctx.is_masked(Side::Zh, inside) && !has_word_of(ctx, inside.of(zh))
        {
            let name = inside.of(zh).trim();
            report
                .finding(
                    &AddressMismatch::META,
                    ctx,
                    Side::Zh,
                    inside,
                    format!("“{name}” is not in the English"),
                )
                .help("check the name against the source")
                .expected([name])
                .emit();
        }
    }
}

/// Whether a text is a name: words with a capital and small letters. Acronyms are left to the rules about them.
fn is_name(text: &str) -> bool {
    let is_part = |c: char| c.is_alphabetic() && !is_han(c) || matches!(c, ' ' | '-' | '\'' | '’' | '.');
    let mut words = text.split_whitespace();
    text.chars().filter(|c| c.is_alphabetic()).count() >= NAME
        && text.chars().all(is_part)
        && words.all(|word| {
            word.starts_with(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase)
                || word.chars().all(|c| c.is_lowercase() || c == '.')
        })
        && text.trim_start().starts_with(char::is_uppercase)
}

/// Whether the English has a word of the name, or one that is spelt like it, or its initials.
fn has_word_of(ctx: &PairContext<'_>, name: &str) -> bool {
    const BEGINNING: usize = 3;
    let fold = |word: &str| -> String {
        let letters = word.nfd().filter(|c| c.is_alphabetic());
        letters.flat_map(char::to_lowercase).collect()
    };
    let initials: String = name.chars().filter(|c| c.is_uppercase()).collect();
    let words: Vec<String> = name
        .split([' ', '-'])
        .map(fold)
        .filter(|word| word.len() >= BEGINNING)
        .collect();
    let is_like = |word: &str, other: &str| {
        let common = word.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        common >= BEGINNING || is_misspelling(other, word)
    };
    ctx.en()
        .split(|c: char| !c.is_alphabetic() && c != '’' && c != '\'')
        .any(|other| {
            let folded = fold(other);
            initials.len() > 1 && other.starts_with(&*initials) || words.iter().any(|word| is_like(word, &folded))
        })
}

/// Whether the English has a word as it is, and not inside a longer one.
fn is_copied(word: &str, en: &str) -> bool {
    let is_part = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'@' | b'_'));
    let en = en.as_bytes();
    memmem::find_iter(en, word).any(|at| {
        let before = at.checked_sub(1).and_then(|at| en.get(at));
        !is_part(before) && !is_part(en.get(at + word.len()))
    })
}

/// The words of Latin letters, digits and the signs of an address, outside of code and glossary names.
fn copied_words(ctx: &PairContext<'_>, side: Side) -> Vec<Span> {
    let text = ctx.text(side);
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '_' | '-' | '+' | '₀'..='₉');
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, is_part(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                start = None;
                let word = text[from..at].trim_end_matches(['.', '-']);
                let span = Span::new(from, from + word.len());
                if !word.is_empty() && !ctx.is_masked(side, span) {
                    words.push(span);
                }
            }
            _ => {}
        }
    }
    words
}

/// A word in small letters with its subscript figures as plain ones: CO₂, co2.
fn plain(word: &str) -> String {
    normalized(word).to_ascii_lowercase()
}

/// A word with its subscript figures as plain ones.
fn normalized(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        word.into()
    } else {
        word.nfkc().collect()
    }
}

fn is_address(word: &str) -> bool {
    word.contains('@') && word.contains('.')
}

/// Whether a word is long and in lower case, as the names of species are.
fn is_long(word: &str) -> bool {
    word.len() >= LONG && is_lower(word)
}

fn is_lower(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase())
}

/// Whether two words come after one genus in brackets or italics: (Oryza sativa), (Oryza rufipogon).
fn is_other_species(texts: [&str; 2], words: [Span; 2]) -> bool {
    let genus = |i: usize| {
        let word = words[i].of(texts[i]);
        let before = texts[i][..words[i].start].strip_suffix(' ')?;
        let begin = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let genus = &before[begin.len()..];
        let is_name = genus.len() > 3 && genus.starts_with(|c: char| c.is_ascii_uppercase()) && is_lower(&genus[1..]);
        let is_apart = begin.ends_with(['（', '(', '*', '_']);
        (is_name && is_apart && word.len() >= EPITHET && is_lower(word)).then_some(genus)
    };
    genus(0).is_some_and(|name| genus(1) == Some(name))
}

/// Whether a word is of a kind that is compared.
fn may_slip(word: &str) -> bool {
    is_address(word) || word.len() >= EPITHET && is_lower(word) || formula(word).is_some()
}

/// Whether `found` is a slip in `wanted`, both of one kind: addresses, formulae, long words in lower case.
fn is_slip(found: &str, wanted: &str) -> bool {
    if is_address(wanted) || is_address(found) {
        return is_address(wanted) && is_address(found);
    }
    if let (Some(a), Some(b)) = (formula(wanted), formula(found)) {
        let has_figure = |word: &str| word.contains(char::is_numeric);
        return a == b && (has_figure(wanted) || has_figure(found));
    }
    // A plural or another ending is a translation of the word, not a slip in it.
    let same_end = found.get(found.len().saturating_sub(2)..) == wanted.get(wanted.len().saturating_sub(2)..);
    is_long(wanted) && is_long(found) && same_end && is_misspelling(found, wanted)
}

/// The elements of a formula without their figures: CO for CO2. Formulae have at most six symbols of one or two letters and no
/// figure above twelve.
fn formula(word: &str) -> Option<String> {
    const ELEMENTS: [&str; 30] = [
        "H", "C", "N", "O", "F", "P", "S", "K", "I", "B", "U", "W", "He", "Li", "Na", "Mg", "Al", "Si", "Cl", "Ca",
        "Ti", "Cr", "Mn", "Fe", "Ni", "Cu", "Zn", "Br", "Ag", "Pb",
    ];
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let word = normalized(word);
    let mut elements = String::new();
    let mut rest = &*word;
    let mut symbols = 0;
    while !rest.is_empty() {
        let symbol = [2, 1]
            .into_iter()
            .find_map(|len| rest.get(..len).filter(|s| ELEMENTS.contains(s)))?;
        rest = &rest[symbol.len()..];
        let figure = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if figure > 0 && rest[..figure].parse::<u32>().map_or(true, |n| n > 12) {
            return None;
        }
        rest = &rest[figure..];
        elements.push_str(symbol);
        symbols += 1;
    }
    (2..=6).contains(&symbols).then_some(elements)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn finds_slips_in_what_is_copied() {
        for (zh, en) in [
            ("邮箱：li@example.org。", "E-mail: il@example.org."),
            ("用二氧化碳（CO2）冷却。", "It is cooled with carbon monoxide (CO)."),
            (
                "大熊猫（Ailuropoda melanoleuca）",
                "the giant panda (Ailuropoda melanoluca)",
            ),
            ("使用 localview 连接。", "Connect with locavliew."),
            ("水稻（Oryza sativa）", "rice (Oryza rufipogon)"),
        ] {
            assert_eq!(check(&AddressMismatch, &[zh], &[en]).len(), 1, "{zh} {en}");
        }
    }

    #[test]
    fn allows_copies_and_words_of_the_sentence() {
        for (zh, en) in [
            ("邮箱：li@example.org。", "E-mail: li@example.org, or call us."),
            ("CO2排放", "emissions of CO2 and CO"),
            ("二氧化碳（CO₂）", "carbon dioxide (CO2)"),
            (
                "大熊猫（Ailuropoda melanoleuca）",
                "the giant panda (Ailuropoda melanoleuca)",
            ),
            ("用container运行。", "It runs in containers."),
            ("水稻（Oryza sativa）", "rice (Oryza sativa, not Oryza rufipogon)"),
            ("运行 Python script。", "Run the Python program."),
        ] {
            assert!(check(&AddressMismatch, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
