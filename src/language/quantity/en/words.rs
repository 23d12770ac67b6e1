//! English words for numbers, months and weekdays.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

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
    /// minutes, hours, days …: a plural that may stand for 几小时
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

const LONGEST: usize = 14;

/// The words, in lower case.
#[rustfmt::skip]
const WORDS: &[(&[&str], Numeral)] = {
    use Numeral::*;
    &[
        (&["zero"], Small(0)),
        (&["one"], Small(1)),
        (&["two"], Small(2)),
        (&["three"], Small(3)),
        (&["four"], Small(4)),
        (&["five"], Small(5)),
        (&["six"], Small(6)),
        (&["seven"], Small(7)),
        (&["eight"], Small(8)),
        (&["nine"], Small(9)),
        (&["ten"], Small(10)),
        (&["eleven"], Small(11)),
        (&["twelve"], Small(12)),
        (&["thirteen"], Small(13)),
        (&["fourteen"], Small(14)),
        (&["fifteen"], Small(15)),
        (&["sixteen"], Small(16)),
        (&["seventeen"], Small(17)),
        (&["eighteen"], Small(18)),
        (&["nineteen"], Small(19)),
        (&["twenty"], Tens(20)),
        (&["thirty"], Tens(30)),
        (&["forty"], Tens(40)),
        (&["fifty"], Tens(50)),
        (&["sixty"], Tens(60)),
        (&["seventy"], Tens(70)),
        (&["eighty"], Tens(80)),
        (&["ninety"], Tens(90)),
        (&["hundred"], Hundred),
        (&["thousand"], Scale(3)),
        (&["million", "mln"], Scale(6)),
        (&["billion", "bn", "bln"], Scale(9)),
        (&["trillion", "tn", "trn"], Scale(12)),
        (&["dozen"], Dozen),
        (&["half"], Half),
        (&["quarter", "quarters"], Quarter),
        (&["couple", "pair"], Couple),
        (&["first"], Ordinal(1)),
        (&["second"], Ordinal(2)),
        (&["third"], Ordinal(3)),
        (&["fourth"], Ordinal(4)),
        (&["fifth"], Ordinal(5)),
        (&["sixth"], Ordinal(6)),
        (&["seventh"], Ordinal(7)),
        (&["eighth"], Ordinal(8)),
        (&["ninth"], Ordinal(9)),
        (&["tenth"], Ordinal(10)),
        (&["eleventh"], Ordinal(11)),
        (&["twelfth"], Ordinal(12)),
        (&["thirteenth"], Ordinal(13)),
        (&["fourteenth"], Ordinal(14)),
        (&["fifteenth"], Ordinal(15)),
        (&["sixteenth"], Ordinal(16)),
        (&["seventeenth"], Ordinal(17)),
        (&["eighteenth"], Ordinal(18)),
        (&["nineteenth"], Ordinal(19)),
        (&["twentieth"], Ordinal(20)),
        (&["thirtieth"], Ordinal(30)),
        (&["fortieth"], Ordinal(40)),
        (&["fiftieth"], Ordinal(50)),
        (&["sixtieth"], Ordinal(60)),
        (&["seventieth"], Ordinal(70)),
        (&["eightieth"], Ordinal(80)),
        (&["ninetieth"], Ordinal(90)),
        (&["hundredth"], Ordinal(100)),
        (&["thousandth"], Ordinal(1000)),
        (&["thirds"], Denominator(3)),
        (&["fourths"], Denominator(4)),
        (&["fifths"], Denominator(5)),
        (&["sixths"], Denominator(6)),
        (&["sevenths"], Denominator(7)),
        (&["eighths"], Denominator(8)),
        (&["ninths"], Denominator(9)),
        (&["tenths"], Denominator(10)),
        (&["hundredths"], Denominator(100)),
        (&["thousandths"], Denominator(1000)),
        (&["tens", "dozens"], Many(1)),
        (&["hundreds"], Many(2)),
        (&["thousands"], Many(3)),
        (&["millions"], Many(6)),
        (&["billions"], Many(9)),
        (&["trillions"], Many(12)),
        (&["twice", "doubled", "doubling", "double", "doubles", "twofold"], Multiple(2)),
        (&["tripled", "tripling", "triple", "triples", "trebled", "thrice", "threefold"], Multiple(3)),
        (&["quadrupled", "quadrupling", "quadruple", "quadruples", "fourfold"], Multiple(4)),
        (&["quintupled", "fivefold"], Multiple(5)),
        (&["tenfold"], Multiple(10)),
        (&["january", "jan"], Month(1)),
        (&["february", "feb"], Month(2)),
        (&["march"], Month(3)),
        (&["april", "apr"], Month(4)),
        (&["may"], Month(5)),
        (&["june", "jun"], Month(6)),
        (&["july", "jul"], Month(7)),
        (&["august", "aug"], Month(8)),
        (&["september", "sep", "sept"], Month(9)),
        (&["october", "oct"], Month(10)),
        (&["november", "nov"], Month(11)),
        (&["december", "dec"], Month(12)),
        (&["monday", "mondays"], Weekday(1)),
        (&["tuesday", "tuesdays"], Weekday(2)),
        (&["wednesday", "wednesdays"], Weekday(3)),
        (&["thursday", "thursdays"], Weekday(4)),
        (&["friday", "fridays"], Weekday(5)),
        (&["saturday", "saturdays"], Weekday(6)),
        (&["sunday", "sundays"], Weekday(7)),
        (&["decade", "century", "fortnight"], Period),
        (&["twenties"], Decade(20)),
        (&["thirties"], Decade(30)),
        (&["forties"], Decade(40)),
        (&["fifties"], Decade(50)),
        (&["sixties"], Decade(60)),
        (&["seventies"], Decade(70)),
        (&["eighties"], Decade(80)),
        (&["nineties"], Decade(90)),
        (&["several", "few"], Some),
        (&["minutes", "hours", "days", "weeks", "months", "years", "decades", "centuries", "seconds"], TimeUnit),
    ]
};

static BY_WORD: LazyLock<FxHashMap<&'static [u8], Numeral>> = LazyLock::new(|| {
    let words = WORDS.iter();
    words
        .flat_map(|(words, numeral)| words.iter().map(|w| (w.as_bytes(), *numeral)))
        .collect()
});

/// What `word` contributes to a number, if anything. Month and weekday names must begin with a capital.
pub fn numeral(word: &str) -> Option<Numeral> {
    if word.len() < 2 || word.len() > LONGEST || !word.is_ascii() {
        return None;
    }
    let mut buffer = [0u8; LONGEST];
    let lower = &mut buffer[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    match BY_WORD.get(&*lower) {
        Some(Numeral::Month(_) | Numeral::Weekday(_)) if !word.as_bytes()[0].is_ascii_uppercase() => None,
        Some(numeral) => Some(*numeral),
        None => roman(word).map(Numeral::Roman),
    }
}

/// The value of a Roman numeral of at least two capitals, up to 39 (what numbers wars, chapters and kings).
fn roman(word: &str) -> Option<i64> {
    if !word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')) {
        return None;
    }
    let digit = |b: u8| match b {
        b'I' => 1,
        b'V' => 5,
        _ => 10,
    };
    let bytes = word.as_bytes();
    let mut value = 0;
    for (k, &b) in bytes.iter().enumerate() {
        let d = digit(b);
        value += if bytes.get(k + 1).is_some_and(|&n| digit(n) > d) {
            -d
        } else {
            d
        };
    }
    // Only the usual spelling: “XIX”, not “IXX” nor “XXXX”.
    let (tens, ones) = (value / 10, value % 10);
    let usual = format!(
        "{}{}",
        "X".repeat(usize::try_from(tens).ok()?.min(3)),
        ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][usize::try_from(ones).ok()?]
    );
    (usual == word).then_some(value)
}

/// Whether a text may hold a quantity at all: a digit, or a word for a number.
pub fn may_hold_quantity(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_digit() {
            return true;
        }
        if !bytes[at].is_ascii_alphabetic() {
            at += 1;
            continue;
        }
        let from = at;
        while at < bytes.len() && bytes[at].is_ascii_alphabetic() {
            at += 1;
        }
        if at - from > 1 && numeral(&text[from..at]).is_some() {
            return true;
        }
    }
    false
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
    fn months_need_a_capital() {
        assert_eq!(numeral("March"), Some(Numeral::Month(3)));
        assert_eq!(numeral("march"), None);
    }
}
