//! Exact numbers: fractions of 128-bit integers, so that 3.5亿 is 350,000,000 and a third is a third.

use std::cmp::Ordering;
use std::fmt;

/// An exact rational number, always reduced, with a positive denominator.
///
/// Arithmetic is checked: what does not fit into 128 bits is `None`, never wrapped and never rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rational {
    num: i128,
    den: i128,
}

impl Rational {
    /// Nought.
    pub const ZERO: Self = Self::integer(0);
    /// One.
    pub const ONE: Self = Self::integer(1);

    /// A whole number.
    pub const fn integer(n: i64) -> Self {
        Self { num: n as i128, den: 1 }
    }

    /// `num / den`, reduced; `None` where `den` is nought or the sign cannot be moved.
    pub fn new(num: i128, den: i128) -> Option<Self> {
        // Nearly every figure is whole, and reducing takes divisions of 128 bits.
        if den == 1 {
            return Some(Self { num, den });
        }
        if den == 0 {
            return None;
        }
        let (num, den) = if den < 0 {
            (num.checked_neg()?, den.checked_neg()?)
        } else {
            (num, den)
        };
        let g = gcd(num.unsigned_abs(), den.unsigned_abs());
        let g = i128::try_from(g).ok()?.max(1);
        Some(Self {
            num: num / g,
            den: den / g,
        })
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

    /// Numerator of the reduced fraction.
    pub const fn numerator(self) -> i128 {
        self.num
    }

    /// Denominator of the reduced fraction; positive.
    pub const fn denominator(self) -> i128 {
        self.den
    }

    /// Whether it is a whole number.
    pub const fn is_integer(self) -> bool {
        self.den == 1
    }

    /// The whole number it is, if it is one that fits.
    pub fn to_i64(self) -> Option<i64> {
        if self.den == 1 {
            i64::try_from(self.num).ok()
        } else {
            None
        }
    }

    /// Whether it is below nought.
    pub const fn is_negative(self) -> bool {
        self.num < 0
    }

    /// The number without its sign.
    pub fn abs(self) -> Option<Self> {
        Self::new(self.num.checked_abs()?, self.den)
    }

    /// `self + other`.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.den == 1 && other.den == 1 {
            return Self::new(self.num.checked_add(other.num)?, 1);
        }
        let left = self.num.checked_mul(other.den)?;
        let right = other.num.checked_mul(self.den)?;
        Self::new(left.checked_add(right)?, self.den.checked_mul(other.den)?)
    }

    /// `self - other`.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(Self::new(other.num.checked_neg()?, other.den)?)
    }

    /// `self × other`.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        if self.den == 1 && other.den == 1 {
            return Self::new(self.num.checked_mul(other.num)?, 1);
        }
        // Reducing crosswise first keeps the products as small as they can be.
        let (a, b) = (Self::new(self.num, other.den)?, Self::new(other.num, self.den)?);
        Self::new(a.num.checked_mul(b.num)?, a.den.checked_mul(b.den)?)
    }

    /// `self ÷ other`; `None` also for division by nought.
    pub fn checked_div(self, other: Self) -> Option<Self> {
        self.checked_mul(Self::new(other.den, other.num)?)
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
        Some(log(ratio.num)? - log(ratio.den)?)
    }

    /// The power of ten of the last digit that is not nought: 2 for 3,500, −1 for 0.2; 0 for nought.
    /// A fraction that has no finite decimal form counts as very precise (−30).
    pub fn last_digit_exponent(self) -> i32 {
        if self.num == 0 {
            return 0;
        }
        let (mut num, mut den, mut k) = (self.num, self.den, 0);
        while den == 1 && num % 10 == 0 {
            num /= 10;
            k += 1;
        }
        while den != 1 {
            if k == -30 {
                return -30;
            }
            let Some(ten) = num.checked_mul(10).and_then(|n| Self::new(n, den)) else {
                return -30;
            };
            (num, den) = (ten.num, ten.den);
            k -= 1;
        }
        k
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

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl From<i64> for Rational {
    fn from(n: i64) -> Self {
        Self::integer(n)
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rational {
    /// By continued fractions, so that no product can overflow.
    fn cmp(&self, other: &Self) -> Ordering {
        if self.den == 1 && other.den == 1 {
            return self.num.cmp(&other.num);
        }
        let (mut a, mut b, mut flip) = (*self, *other, false);
        loop {
            let (qa, qb) = (a.num.div_euclid(a.den), b.num.div_euclid(b.den));
            let (ra, rb) = (a.num.rem_euclid(a.den), b.num.rem_euclid(b.den));
            let order = qa.cmp(&qb).then_with(|| match (ra, rb) {
                (0, 1..) => Ordering::Less,
                (1.., 0) => Ordering::Greater,
                // No remainder: equal. Two remainders: their reciprocals decide, in the opposite sense.
                _ => Ordering::Equal,
            });
            if order != Ordering::Equal || ra == 0 {
                return if flip { order.reverse() } else { order };
            }
            (a, b) = (Self { num: a.den, den: ra }, Self { num: b.den, den: rb });
            flip = !flip;
        }
    }
}

impl fmt::Display for Rational {
    /// Whole numbers with thousands separators, finite decimals as such, anything else as a fraction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = -self.last_digit_exponent();
        if self.den != 1 && places > 12 {
            return write!(f, "{}/{}", self.num, self.den);
        }
        let (whole, rest) = (self.num / self.den, (self.num % self.den).unsigned_abs());
        if self.num < 0 {
            f.write_str("−")?;
        }
        let digits = whole.unsigned_abs().to_string();
        for (i, d) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{d}")?;
        }
        if self.den != 1 {
            f.write_str(".")?;
            let mut rest = rest;
            for _ in 0..places {
                rest *= 10;
                write!(f, "{}", rest / self.den.unsigned_abs())?;
                rest %= self.den.unsigned_abs();
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
    }
}
