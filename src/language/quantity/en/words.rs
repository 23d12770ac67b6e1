//! English words for numbers, months and weekdays.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::language::lookup::{WordFilter, lower};

/// What a word contributes to a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numeral {
    /// zero … nineteen
    Small(i64),
    /// twenty … ninety
    Tens(i64),
    /// hundred
    Hundred,
    /// thousand, million …: the exponent of ten
    Scale(i32),
    /// dozen
    Dozen,
    /// half
    Half,
    /// halved: to, or by, half
    Halved,
    /// first … ninetieth; the denominators are spelt the same
    Ordinal(i64),
    /// thirds, fifths …: only as a denominator
    Denominator(i64),
    /// hundreds, thousands, millions, dozens, tens: a number that nobody counts
    Many(i32),
    /// twice, double, tripled …
    Multiple(i64),
    /// January … December
    Month(u8),
    /// Monday … Sunday, 1 to 7
    Weekday(u8),
    /// several, few
    Some,
    /// minutes, hours, days …: a plural that may translate 几小时
    TimeUnit,
    /// A Roman numeral in capitals
    Roman(i64),
    /// pair, couple
    Couple,
    /// quarter
    Quarter,
    /// Sixties: the first year of a decade, without its century
    Decade(i64),
    /// decade, century, fortnight: a length of time in one word
    Period,
}

/// The words, in lower case.
#[rustfmt::skip]
const WORDS: &[(&[&str], Numeral)] = {
    use Numeral as N;
    &[
        (&["zero"], N::Small(0)),
        (&["one"], N::Small(1)),
        (&["two"], N::Small(2)),
        (&["three"], N::Small(3)),
        (&["four"], N::Small(4)),
        (&["five"], N::Small(5)),
        (&["six"], N::Small(6)),
        (&["seven"], N::Small(7)),
        (&["eight"], N::Small(8)),
        (&["nine"], N::Small(9)),
        (&["ten"], N::Small(10)),
        (&["eleven"], N::Small(11)),
        (&["twelve"], N::Small(12)),
        (&["thirteen"], N::Small(13)),
        (&["fourteen"], N::Small(14)),
        (&["fifteen"], N::Small(15)),
        (&["sixteen"], N::Small(16)),
        (&["seventeen"], N::Small(17)),
        (&["eighteen"], N::Small(18)),
        (&["nineteen"], N::Small(19)),
        (&["twenty"], N::Tens(20)),
        (&["thirty"], N::Tens(30)),
        (&["forty"], N::Tens(40)),
        (&["fifty"], N::Tens(50)),
        (&["sixty"], N::Tens(60)),
        (&["seventy"], N::Tens(70)),
        (&["eighty"], N::Tens(80)),
        (&["ninety"], N::Tens(90)),
        (&["hundred"], N::Hundred),
        (&["thousand"], N::Scale(3)),
        (&["million", "mln"], N::Scale(6)),
        (&["billion", "bn", "bln"], N::Scale(9)),
        (&["trillion", "tn", "trn"], N::Scale(12)),
        (&["lakh"], N::Scale(5)),
        (&["crore"], N::Scale(7)),
        (&["quadrillion"], N::Scale(15)),
        (&["quintillion"], N::Scale(18)),
        (&["dozen"], N::Dozen),
        (&["half"], N::Half),
        (&["halved", "halving", "halves", "halve"], N::Halved),
        (&["quarter", "quarters"], N::Quarter),
        (&["couple", "pair"], N::Couple),
        (&["first"], N::Ordinal(1)),
        (&["second"], N::Ordinal(2)),
        (&["third"], N::Ordinal(3)),
        (&["fourth"], N::Ordinal(4)),
        (&["fifth"], N::Ordinal(5)),
        (&["sixth"], N::Ordinal(6)),
        (&["seventh"], N::Ordinal(7)),
        (&["eighth"], N::Ordinal(8)),
        (&["ninth"], N::Ordinal(9)),
        (&["tenth"], N::Ordinal(10)),
        (&["eleventh"], N::Ordinal(11)),
        (&["twelfth"], N::Ordinal(12)),
        (&["thirteenth"], N::Ordinal(13)),
        (&["fourteenth"], N::Ordinal(14)),
        (&["fifteenth"], N::Ordinal(15)),
        (&["sixteenth"], N::Ordinal(16)),
        (&["seventeenth"], N::Ordinal(17)),
        (&["eighteenth"], N::Ordinal(18)),
        (&["nineteenth"], N::Ordinal(19)),
        (&["twentieth"], N::Ordinal(20)),
        (&["thirtieth"], N::Ordinal(30)),
        (&["fortieth"], N::Ordinal(40)),
        (&["fiftieth"], N::Ordinal(50)),
        (&["sixtieth"], N::Ordinal(60)),
        (&["seventieth"], N::Ordinal(70)),
        (&["eightieth"], N::Ordinal(80)),
        (&["ninetieth"], N::Ordinal(90)),
        (&["hundredth"], N::Ordinal(100)),
        (&["thousandth"], N::Ordinal(1000)),
        (&["thirds"], N::Denominator(3)),
        (&["fourths"], N::Denominator(4)),
        (&["fifths"], N::Denominator(5)),
        (&["sixths"], N::Denominator(6)),
        (&["sevenths"], N::Denominator(7)),
        (&["eighths"], N::Denominator(8)),
        (&["ninths"], N::Denominator(9)),
        (&["tenths"], N::Denominator(10)),
        (&["hundredths"], N::Denominator(100)),
        (&["thousandths"], N::Denominator(1000)),
        (&["tens", "dozens"], N::Many(1)),
        (&["hundreds"], N::Many(2)),
        (&["thousands"], N::Many(3)),
        (&["millions"], N::Many(6)),
        (&["billions"], N::Many(9)),
        (&["trillions"], N::Many(12)),
        (&["twice", "doubled", "doubling", "double", "doubles", "twofold"], N::Multiple(2)),
        (&["tripled", "tripling", "triple", "triples", "trebled", "thrice", "threefold"], N::Multiple(3)),
        (&["quadrupled", "quadrupling", "quadruple", "quadruples", "fourfold"], N::Multiple(4)),
        (&["quintupled", "fivefold"], N::Multiple(5)),
        (&["tenfold"], N::Multiple(10)),
        (&["january", "jan"], N::Month(1)),
        (&["february", "feb"], N::Month(2)),
        (&["march", "mar"], N::Month(3)),
        (&["april", "apr"], N::Month(4)),
        (&["may"], N::Month(5)),
        (&["june", "jun"], N::Month(6)),
        (&["july", "jul"], N::Month(7)),
        (&["august", "aug"], N::Month(8)),
        (&["september", "sep", "sept"], N::Month(9)),
        (&["october", "oct"], N::Month(10)),
        (&["november", "nov"], N::Month(11)),
        (&["december", "dec"], N::Month(12)),
        (&["monday", "mondays"], N::Weekday(1)),
        (&["tuesday", "tuesdays"], N::Weekday(2)),
        (&["wednesday", "wednesdays"], N::Weekday(3)),
        (&["thursday", "thursdays"], N::Weekday(4)),
        (&["friday", "fridays"], N::Weekday(5)),
        (&["saturday", "saturdays"], N::Weekday(6)),
        (&["sunday", "sundays"], N::Weekday(7)),
        (&["decade", "century", "fortnight", "millennium"], N::Period),
        (&["twenties"], N::Decade(20)),
        (&["thirties"], N::Decade(30)),
        (&["forties"], N::Decade(40)),
        (&["fifties"], N::Decade(50)),
        (&["sixties"], N::Decade(60)),
        (&["seventies"], N::Decade(70)),
        (&["eighties"], N::Decade(80)),
        (&["nineties"], N::Decade(90)),
        (&["several", "few"], N::Some),
        (&["minutes", "hours", "days", "weeks", "months", "years", "decades", "centuries", "millennia", "seconds"], N::TimeUnit),
    ]
};

static BY_WORD: LazyLock<FxHashMap<&'static [u8], Numeral>> = LazyLock::new(|| {
    let words = WORDS.iter();
    words
        .flat_map(|(words, numeral)| words.iter().map(|w| (w.as_bytes(), *numeral)))
        .collect()
});

/// The Roman numerals that are read, by their value: what numbers wars, chapters and kings.
#[rustfmt::skip]
const ROMAN: [&str; 40] = [
    "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX",
    "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX",
    "XX", "XXI", "XXII", "XXIII", "XXIV", "XXV", "XXVI", "XXVII", "XXVIII", "XXIX",
    "XXX", "XXXI", "XXXII", "XXXIII", "XXXIV", "XXXV", "XXXVI", "XXXVII", "XXXVIII", "XXXIX",
];

/// The look of the words. A pair has some 25 English words, nearly all of which are no numerals. A look-up takes 280
/// instructions, so that this saves one in twenty of the instructions of a check.
static FILTER: WordFilter = {
    let mut filter = WordFilter::new();
    let mut row = 0;
    while row < WORDS.len() {
        let mut word = 0;
        while word < WORDS[row].0.len() {
            filter.insert(WORDS[row].0[word].as_bytes());
            word += 1;
        }
        row += 1;
    }
    let mut value = 0;
    while value < ROMAN.len() {
        filter.insert(ROMAN[value].as_bytes());
        value += 1;
    }
    filter
};

/// Longer than the longest of the words.
const LONGER: usize = 15;

/// What `word` contributes to a number, if anything. Month and weekday names must begin with a capital.
#[inline]
pub fn numeral(word: &str) -> Option<Numeral> {
    numeral_of(word.as_bytes())
}

#[inline]
fn numeral_of(word: &[u8]) -> Option<Numeral> {
    if FILTER.may_have(word) { look_up(word) } else { None }
}

fn look_up(word: &[u8]) -> Option<Numeral> {
    match BY_WORD.get(lower(word, &mut [0; LONGER])?) {
        Some(Numeral::Month(_) | Numeral::Weekday(_)) if !word[0].is_ascii_uppercase() => None,
        Some(numeral) => Some(*numeral),
        None => roman(word).map(Numeral::Roman),
    }
}

/// The value of a Roman numeral of at least two capitals, in the usual spelling: “XIX”, not “IXX”.
fn roman(word: &[u8]) -> Option<i64> {
    let (_, value) = ROMAN.iter().zip(0..).find(|(r, _)| r.as_bytes() == word)?;
    (word.len() > 1).then_some(value)
}

/// What a byte is to words for numbers.
#[derive(Clone, Copy)]
enum Byte {
    Letter,
    Digit,
    Other,
}

static BYTES: [Byte; 256] = {
    let mut table = [Byte::Other; 256];
    let mut b = 0;
    while b < 128 {
        table[b] = match b as u8 {
            b'0'..=b'9' => Byte::Digit,
            b'a'..=b'z' | b'A'..=b'Z' => Byte::Letter,
            _ => Byte::Other,
        };
        b += 1;
    }
    table
};

/// Whether a text may hold a quantity at all: a digit, or a word for a number.
pub fn may_hold_quantity(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut from = 0;
    for (at, &b) in bytes.iter().enumerate() {
        match BYTES[usize::from(b)] {
            Byte::Letter => continue,
            Byte::Digit => return true,
            Byte::Other => {}
        }
        if numeral_of(&bytes[from..at]).is_some() {
            return true;
        }
        from = at + 1;
    }
    numeral_of(&bytes[from..]).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numerals_are_spelt_as_usual() {
        assert_eq!(numeral("XIX"), Some(Numeral::Roman(19)));
        assert_eq!(numeral("IV"), Some(Numeral::Roman(4)));
        assert_eq!(numeral("IXX"), None);
        assert_eq!(numeral("Iv"), None);
    }

    #[test]
    fn every_word_of_the_tables_is_found() {
        for (words, numeral_of) in WORDS {
            for word in *words {
                let capital = format!("{}{}", word[..1].to_ascii_uppercase(), &word[1..]);
                assert_eq!(numeral(&capital), Some(*numeral_of), "{word}");
                assert!(may_hold_quantity(&format!("it is {capital}")), "{word}");
            }
        }
        for (word, value) in ROMAN.iter().zip(0..).filter(|(w, _)| w.len() > 1) {
            assert_eq!(numeral(word), Some(Numeral::Roman(value)), "{word}");
        }
        assert!(!may_hold_quantity("Über uns: it is time"));
    }

    #[test]
    fn months_need_a_capital() {
        assert_eq!(numeral("March"), Some(Numeral::Month(3)));
        assert_eq!(numeral("march"), None);
    }
}
