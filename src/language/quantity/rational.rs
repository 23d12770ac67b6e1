//! Exact numbers, so that 3.5亿 is 350,000,000 and a third is a third.

use std::fmt;
use std::hash::{Hash, Hasher};

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub};

/// An exact rational number, always reduced, with a positive denominator.
///
/// Arithmetic is checked: a result that does not fit into 128 bits is `None`, never wrapped and never rounded.
#[derive(Debug, Clone, Copy, Eq, PartialOrd, Ord)]
pub struct Rational(Ratio<i128>);

/// Ratios are compared by continued fractions, which take divisions. Reduced ones are equal if their parts are.
impl PartialEq for Rational {
    fn eq(&self, other: &Self) -> bool {
        (self.0.numer(), self.0.denom()) == (other.0.numer(), other.0.denom())
    }
}

impl Hash for Rational {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.0.numer(), self.0.denom()).hash(state);
    }
}

impl Rational {
    /// Zero.
    pub const ZERO: Self = Self::integer(0);
    /// One.
    pub const ONE: Self = Self::integer(1);

    /// A whole number.
    pub const fn integer(n: i64) -> Self {
        Self(Ratio::new_raw(n as i128, 1))
    }

    /// `num / den`, reduced; `None` where `den` is zero or the sign cannot be moved to the numerator.
    pub fn new(num: i128, den: i128) -> Option<Self> {
        // Nearly every figure is whole, and reducing takes divisions of 128 bits.
        if den == 1 {
            return Some(Self(Ratio::new_raw(num, 1)));
        }
        let (num, den) = if den < 0 {
            (num.checked_neg()?, den.checked_neg()?)
        } else {
            (num, den)
        };
        (den != 0).then(|| Self(Ratio::new(num, den)))
    }

    /// 10 to the power `exp`, for exponents from −30 to 30.
    pub fn pow10(exp: i32) -> Option<Self> {
        if !(-30..=30).contains(&exp) {
            return None;
        }
        let p = 10i128.checked_pow(exp.unsigned_abs())?;
        if exp < 0 { Self::new(1, p) } else { Self::new(p, 1) }
    }

    /// The number written by the decimal digits in `digits` (other characters are skipped, `.` is the decimal point).
    /// `None` without digits, with a second point or with more than 30 digits.
    pub fn from_decimal(digits: &str) -> Option<Self> {
        let mut decimal = Decimal::default();
        digits.bytes().for_each(|b| decimal.push(b));
        decimal.value()
    }

    /// Denominator of the reduced fraction; positive.
    pub const fn denominator(self) -> i128 {
        *self.0.denom()
    }

    /// Whether it is a whole number.
    pub const fn is_integer(self) -> bool {
        self.denominator() == 1
    }

    /// The whole number it is, if it is one and fits.
    pub fn to_i64(self) -> Option<i64> {
        self.is_integer().then(|| i64::try_from(*self.0.numer()).ok())?
    }

    /// The nearest whole number, if it fits; halves are rounded away from zero.
    pub fn round_to_i64(self) -> Option<i64> {
        if self.is_integer() {
            return self.to_i64();
        }
        let half = self.denominator() / 2 * self.0.numer().signum();
        i64::try_from(self.0.numer().checked_add(&half)? / self.denominator()).ok()
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        *self.0.numer() < 0
    }

    /// The number without its sign.
    pub fn abs(self) -> Option<Self> {
        let numerator = self.0.numer().checked_abs()?;
        Some(Self(Ratio::new_raw(numerator, self.denominator())))
    }

    /// Applies an operation on whole numbers where both are whole, which nearly all are, and the one on ratios elsewhere:
    /// the latter takes the greatest common divisor of 128-bit numbers three times.
    fn checked(
        self,
        other: Self,
        whole: impl Fn(i128, i128) -> Option<i128>,
        ratio: impl Fn(&Ratio<i128>, &Ratio<i128>) -> Option<Ratio<i128>>,
    ) -> Option<Self> {
        if self.is_integer() && other.is_integer() {
            return Some(Self(Ratio::new_raw(whole(*self.0.numer(), *other.0.numer())?, 1)));
        }
        ratio(&self.0, &other.0).map(Self)
    }

    /// `self + other`.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.checked(other, i128::checked_add, Ratio::checked_add)
    }

    /// `self - other`.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked(other, i128::checked_sub, Ratio::checked_sub)
    }

    /// `self × other`.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        self.checked(other, i128::checked_mul, Ratio::checked_mul)
    }

    /// `self ÷ other`; `None` also for division by zero.
    pub fn checked_div(self, other: Self) -> Option<Self> {
        self.0.checked_div(&other.0).map(Self)
    }

    /// The exponent `k` where the ratio `self ÷ other` is exactly 10 to the power `k`.
    pub fn power_of_ten_over(self, other: Self) -> Option<i32> {
        let ratio = self.checked_div(other)?;
        let log = |mut n: i128| {
            let mut k = 0;
            while n > 1 && n % 10 == 0 {
                n /= 10;
                k += 1;
            }
            (n == 1).then_some(k)
        };
        Some(log(*ratio.0.numer())? - log(ratio.denominator())?)
    }

    /// The power of ten of the last digit that is not zero: 2 for 3,500, −1 for 0.2; 0 for zero.
    /// A fraction that has no finite decimal form counts as very precise (−30).
    pub fn last_digit_exponent(self) -> i32 {
        const MOST_PRECISE: i32 = -30;
        let (mut numerator, mut denominator) = (*self.0.numer(), self.denominator());
        if numerator == 0 {
            return 0;
        }
        let mut exponent = 0;
        if denominator == 1 {
            while numerator % 10 == 0 {
                numerator /= 10;
                exponent += 1;
            }
            return exponent;
        }
        // A reduced fraction has as many decimals as its denominator has twos or fives, and no other factor.
        let twos = denominator.trailing_zeros().cast_signed();
        denominator >>= twos;
        let mut fives = 0;
        while denominator % 5 == 0 {
            denominator /= 5;
            fives += 1;
        }
        let decimals = twos.max(fives);
        if denominator == 1 {
            (-decimals).max(MOST_PRECISE)
        } else {
            MOST_PRECISE
        }
    }
}

/// A decimal number that is read digit by digit, for text that is no string of digits.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Decimal {
    num: i128,
    digits: u32,
    places: u32,
    points: u32,
}

impl Decimal {
    /// Most digits that are read: 128 bits hold all numbers of so many.
    const MAX_DIGITS: u32 = 30;

    /// Adds a digit or the decimal point; other characters are skipped.
    pub(super) fn push(&mut self, c: u8) {
        match c {
            b'0'..=b'9' => {
                self.digits += 1;
                if self.digits <= Self::MAX_DIGITS {
                    self.num = self.num * 10 + i128::from(c - b'0');
                    self.places += self.points;
                }
            }
            b'.' => self.points += 1,
            _ => {}
        }
    }

    /// The number; `None` without digits, with a second point or with more than 30 digits.
    pub(super) fn value(self) -> Option<Rational> {
        if self.digits == 0 || self.digits > Self::MAX_DIGITS || self.points > 1 {
            return None;
        }
        Rational::new(self.num, 10i128.checked_pow(self.places)?)
    }
}

impl From<i64> for Rational {
    fn from(n: i64) -> Self {
        Self::integer(n)
    }
}

impl fmt::Display for Rational {
    /// Whole numbers with thousands separators, finite decimals as such, anything else as a fraction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (num, den) = (*self.0.numer(), self.denominator());
        let places = -self.last_digit_exponent();
        if den != 1 && places > 12 {
            return write!(f, "{num}/{den}");
        }
        let (whole, rest) = (num / den, (num % den).unsigned_abs());
        if num < 0 {
            f.write_str("−")?;
        }
        let digits = whole.unsigned_abs().to_string();
        for (i, d) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{d}")?;
        }
        if den != 1 {
            f.write_str(".")?;
            let mut rest = rest;
            for _ in 0..places {
                rest *= 10;
                write!(f, "{}", rest / den.unsigned_abs())?;
                rest %= den.unsigned_abs();
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn r(num: i128, den: i128) -> Rational {
        Rational::new(num, den).expect("a number")
    }

    #[test]
    fn decimals_are_exact() {
        let x = Rational::from_decimal("3.5").and_then(|x| x.checked_mul(Rational::pow10(8)?));
        assert_eq!(x, Some(Rational::integer(350_000_000)));
        assert_eq!(Rational::from_decimal("1,200"), Some(Rational::integer(1200)));
        assert_eq!(Rational::from_decimal("1.2.3"), None);
        assert_eq!(Rational::from_decimal("…"), None);
    }

    #[test]
    fn what_does_not_fit_is_none() {
        let huge = Rational::pow10(30).expect("fits");
        assert_eq!(huge.checked_mul(huge), None);
        assert_eq!(Rational::ONE.checked_div(Rational::ZERO), None);
        assert_eq!(Rational::from_decimal(&"9".repeat(31)), None);
        assert_eq!(r(i128::MIN, 1).abs(), None);
        assert_eq!(Rational::new(1, i128::MIN), None);
    }

    #[test]
    fn rounds_to_the_nearest_whole_number() {
        for (num, den, rounded) in [(1, 3, 0), (2, 3, 1), (5, 2, 3), (-5, 2, -3), (7, 1, 7)] {
            assert_eq!(r(num, den).round_to_i64(), Some(rounded), "{num}/{den}");
        }
    }

    #[test]
    fn shows_what_a_reader_expects() {
        assert_eq!(r(1_400_000_000, 1).to_string(), "1,400,000,000");
        assert_eq!(r(5, 2).to_string(), "2.5");
        assert_eq!(r(-39, 10).to_string(), "−3.9");
        assert_eq!(r(2, 3).to_string(), "2/3");
        assert_eq!(r(1, 800).to_string(), "0.00125");
    }

    #[test]
    fn knows_powers_of_ten_and_precision() {
        assert_eq!(r(1400, 1).power_of_ten_over(r(14, 1)), Some(2));
        assert_eq!(r(14, 10).power_of_ten_over(r(14, 1)), Some(-1));
        assert_eq!(r(15, 1).power_of_ten_over(r(14, 1)), None);
        assert_eq!(r(3500, 1).last_digit_exponent(), 2);
        assert_eq!(r(1, 5).last_digit_exponent(), -1);
        assert_eq!(r(1, 3).last_digit_exponent(), -30);
    }

    proptest! {
        #[test]
        fn order_agrees_with_subtraction(a in -9999i128..9999, b in 1i128..999, c in -9999i128..9999, d in 1i128..999) {
            let (x, y) = (r(a, b), r(c, d));
            prop_assert_eq!(x.cmp(&y), (a * d).cmp(&(c * b)));
        }

        #[test]
        fn addition_undoes_subtraction(a in any::<i64>(), b in 1i64.., c in any::<i64>()) {
            let (x, y) = (r(a.into(), b.into()), Rational::integer(c));
            let back = x.checked_add(y).and_then(|s| s.checked_sub(y));
            prop_assert!(back.is_none_or(|z| z == x));
        }

        #[test]
        fn order_never_overflows(a in any::<i128>(), b in 1i128.., c in any::<i128>(), d in 1i128..) {
            let (x, y) = (r(a, b), r(c, d));
            prop_assert_eq!(x.cmp(&y), y.cmp(&x).reverse());
        }

        #[test]
        fn arithmetic_never_panics(a in any::<i128>(), b in any::<i128>(), c in any::<i128>(), d in any::<i128>()) {
            let (Some(x), Some(y)) = (Rational::new(a, b), Rational::new(c, d)) else { return Ok(()) };
            let results = [x.checked_add(y), x.checked_sub(y), x.checked_mul(y), x.checked_div(y), x.abs()];
            for z in results.into_iter().flatten() {
                prop_assert!(z.denominator() > 0);
                let _ = (z.to_string(), z.last_digit_exponent(), z.power_of_ten_over(x));
            }
        }

        #[test]
        fn division_undoes_multiplication(a in any::<i32>(), b in 1i32.., c in any::<i32>(), d in 1i32..) {
            let (x, y) = (r(a.into(), b.into()), r(c.into(), d.into()));
            let back = x.checked_mul(y).and_then(|z| z.checked_div(y));
            prop_assert_eq!(back, (y != Rational::ZERO).then_some(x));
        }
    }
}
