//! English words for numbers, months and weekdays.

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

/// What `word` contributes to a number, if anything. Month and weekday names must begin with a capital.
pub fn numeral(word: &str) -> Option<Numeral> {
    use Numeral as N;
    if word.len() < 2 || word.len() > LONGEST || !word.is_ascii() {
        return None;
    }
    let mut buffer = [0u8; LONGEST];
    let lower = &mut buffer[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let capital = word.as_bytes()[0].is_ascii_uppercase();
    Some(match &*lower {
        b"zero" => N::Small(0),
        b"one" => N::Small(1),
        b"two" => N::Small(2),
        b"three" => N::Small(3),
        b"four" => N::Small(4),
        b"five" => N::Small(5),
        b"six" => N::Small(6),
        b"seven" => N::Small(7),
        b"eight" => N::Small(8),
        b"nine" => N::Small(9),
        b"ten" => N::Small(10),
        b"eleven" => N::Small(11),
        b"twelve" => N::Small(12),
        b"thirteen" => N::Small(13),
        b"fourteen" => N::Small(14),
        b"fifteen" => N::Small(15),
        b"sixteen" => N::Small(16),
        b"seventeen" => N::Small(17),
        b"eighteen" => N::Small(18),
        b"nineteen" => N::Small(19),
        b"twenty" => N::Tens(20),
        b"thirty" => N::Tens(30),
        b"forty" => N::Tens(40),
        b"fifty" => N::Tens(50),
        b"sixty" => N::Tens(60),
        b"seventy" => N::Tens(70),
        b"eighty" => N::Tens(80),
        b"ninety" => N::Tens(90),
        b"hundred" => N::Hundred,
        b"thousand" => N::Scale(3),
        b"million" | b"mln" => N::Scale(6),
        b"billion" | b"bn" | b"bln" => N::Scale(9),
        b"trillion" | b"tn" | b"trn" => N::Scale(12),
        b"dozen" => N::Dozen,
        b"half" => N::Half,
        b"quarter" | b"quarters" => N::Quarter,
        b"couple" | b"pair" => N::Couple,
        b"first" => N::Ordinal(1),
        b"second" => N::Ordinal(2),
        b"third" => N::Ordinal(3),
        b"fourth" => N::Ordinal(4),
        b"fifth" => N::Ordinal(5),
        b"sixth" => N::Ordinal(6),
        b"seventh" => N::Ordinal(7),
        b"eighth" => N::Ordinal(8),
        b"ninth" => N::Ordinal(9),
        b"tenth" => N::Ordinal(10),
        b"eleventh" => N::Ordinal(11),
        b"twelfth" => N::Ordinal(12),
        b"thirteenth" => N::Ordinal(13),
        b"fourteenth" => N::Ordinal(14),
        b"fifteenth" => N::Ordinal(15),
        b"sixteenth" => N::Ordinal(16),
        b"seventeenth" => N::Ordinal(17),
        b"eighteenth" => N::Ordinal(18),
        b"nineteenth" => N::Ordinal(19),
        b"twentieth" => N::Ordinal(20),
        b"thirtieth" => N::Ordinal(30),
        b"fortieth" => N::Ordinal(40),
        b"fiftieth" => N::Ordinal(50),
        b"sixtieth" => N::Ordinal(60),
        b"seventieth" => N::Ordinal(70),
        b"eightieth" => N::Ordinal(80),
        b"ninetieth" => N::Ordinal(90),
        b"hundredth" => N::Ordinal(100),
        b"thousandth" => N::Ordinal(1000),
        b"thirds" => N::Denominator(3),
        b"fourths" => N::Denominator(4),
        b"fifths" => N::Denominator(5),
        b"sixths" => N::Denominator(6),
        b"sevenths" => N::Denominator(7),
        b"eighths" => N::Denominator(8),
        b"ninths" => N::Denominator(9),
        b"tenths" => N::Denominator(10),
        b"hundredths" => N::Denominator(100),
        b"thousandths" => N::Denominator(1000),
        b"tens" | b"dozens" => N::Many(1),
        b"hundreds" => N::Many(2),
        b"thousands" => N::Many(3),
        b"millions" => N::Many(6),
        b"billions" => N::Many(9),
        b"trillions" => N::Many(12),
        b"twice" | b"doubled" | b"doubling" | b"double" | b"doubles" | b"twofold" => N::Multiple(2),
        b"tripled" | b"tripling" | b"triple" | b"triples" | b"trebled" | b"thrice" | b"threefold" => N::Multiple(3),
        b"quadrupled" | b"quadrupling" | b"quadruple" | b"quadruples" | b"fourfold" => N::Multiple(4),
        b"quintupled" | b"fivefold" => N::Multiple(5),
        b"tenfold" => N::Multiple(10),
        b"january" | b"jan" if capital => N::Month(1),
        b"february" | b"feb" if capital => N::Month(2),
        b"march" if capital => N::Month(3),
        b"april" | b"apr" if capital => N::Month(4),
        b"may" if capital => N::Month(5),
        b"june" | b"jun" if capital => N::Month(6),
        b"july" | b"jul" if capital => N::Month(7),
        b"august" | b"aug" if capital => N::Month(8),
        b"september" | b"sep" | b"sept" if capital => N::Month(9),
        b"october" | b"oct" if capital => N::Month(10),
        b"november" | b"nov" if capital => N::Month(11),
        b"december" | b"dec" if capital => N::Month(12),
        b"monday" | b"mondays" if capital => N::Weekday(1),
        b"tuesday" | b"tuesdays" if capital => N::Weekday(2),
        b"wednesday" | b"wednesdays" if capital => N::Weekday(3),
        b"thursday" | b"thursdays" if capital => N::Weekday(4),
        b"friday" | b"fridays" if capital => N::Weekday(5),
        b"saturday" | b"saturdays" if capital => N::Weekday(6),
        b"sunday" | b"sundays" if capital => N::Weekday(7),
        b"decade" | b"century" | b"fortnight" => N::Period,
        b"twenties" => N::Decade(20),
        b"thirties" => N::Decade(30),
        b"forties" => N::Decade(40),
        b"fifties" => N::Decade(50),
        b"sixties" => N::Decade(60),
        b"seventies" => N::Decade(70),
        b"eighties" => N::Decade(80),
        b"nineties" => N::Decade(90),
        b"several" | b"few" => N::Some,
        b"minutes" | b"hours" | b"days" | b"weeks" | b"months" | b"years" | b"decades" | b"centuries" | b"seconds" => {
            N::TimeUnit
        }
        _ => return roman(word).map(N::Roman),
    })
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
