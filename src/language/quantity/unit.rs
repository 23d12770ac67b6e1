//! Units of measure, currencies, percentages: their names in both languages, and how they convert.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::rational::Rational;
use super::units::{Dimension, UNITS, UnitDef};
use crate::language::lookup::lower;

/// A unit: an index into the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Unit(u16);

static BY_SYMBOL: LazyLock<FxHashMap<&'static str, Unit>> = LazyLock::new(|| {
    let rows = UNITS.iter().enumerate();
    rows.map(|(i, d)| (d.symbol, Unit(i as u16))).collect()
});

static BY_ZH: LazyLock<FxHashMap<char, Vec<(&'static str, Unit)>>> = LazyLock::new(|| {
    let mut map: FxHashMap<char, Vec<(&'static str, Unit)>> = FxHashMap::default();
    for (i, def) in UNITS.iter().enumerate() {
        for name in def.zh {
            let first = name.chars().next().unwrap_or_default();
            map.entry(first).or_default().push((name, Unit(i as u16)));
        }
    }
    for names in map.values_mut() {
        names.sort_by_key(|(n, _)| std::cmp::Reverse(n.len()));
    }
    map
});

static BY_EN: LazyLock<FxHashMap<&'static [u8], Unit>> = LazyLock::new(|| {
    let mut map = FxHashMap::default();
    for (i, def) in UNITS.iter().enumerate() {
        for name in def.en {
            map.entry(name.as_bytes()).or_insert(Unit(i as u16));
        }
    }
    map
});

/// Longer than the longest English name in the plural.
const LONGER: usize = 32;

impl Unit {
    /// The unit with this symbol.
    pub fn by_symbol(symbol: &str) -> Option<Self> {
        BY_SYMBOL.get(symbol).copied()
    }

    /// The longest Chinese unit name that `text` begins with, and its length in bytes.
    pub fn starting_zh(text: &str) -> Option<(Self, usize)> {
        let first = text.chars().next()?;
        let names = BY_ZH.get(&first)?;
        names
            .iter()
            .find(|(n, _)| text.starts_with(n))
            .map(|(n, u)| (*u, n.len()))
    }

    /// The unit that an English word or symbol names.
    pub fn from_en(word: &str) -> Option<Self> {
        let word = word.as_bytes();
        if let Some(u) = BY_EN.get(word) {
            return Some(*u);
        }
        let mut buffer = [0; LONGER];
        let lower = lower(word, &mut buffer)?;
        if let Some(u) = BY_EN.get(lower) {
            return Some(*u);
        }
        let singular = lower.strip_suffix(b"s").filter(|s| s.len() > 1)?;
        BY_EN
            .get(singular)
            .or_else(|| BY_EN.get(singular.strip_suffix(b"e")?))
            .copied()
    }

    /// Its row in the table.
    pub fn def(self) -> &'static UnitDef {
        &UNITS[usize::from(self.0)]
    }

    /// What it measures.
    pub fn dimension(self) -> Dimension {
        self.def().dimension
    }

    /// `value` of this unit in the base unit of its dimension.
    pub fn to_base(self, value: Rational) -> Option<Rational> {
        let def = self.def();
        value
            .checked_add(Rational::new(def.offset.0.into(), def.offset.1.into())?)?
            .checked_mul(Rational::new(def.factor.0.into(), def.factor.1.into())?)
    }

    /// `value` of the base unit in this unit.
    pub fn from_base(self, value: Rational) -> Option<Rational> {
        let def = self.def();
        value
            .checked_div(Rational::new(def.factor.0.into(), def.factor.1.into())?)?
            .checked_sub(Rational::new(def.offset.0.into(), def.offset.1.into())?)
    }

    /// `value` of this unit, in unit `other`; `None` where they do not convert.
    pub fn convert(self, value: Rational, other: Self) -> Option<Rational> {
        if !self.converts_to(other) {
            return None;
        }
        if self == other {
            return Some(value);
        }
        other.from_base(self.to_base(value)?)
    }

    /// Whether figures of the two units can be compared.
    pub fn converts_to(self, other: Self) -> bool {
        match (self.dimension(), other.dimension()) {
            (Dimension::Money(a), Dimension::Money(b)) => same_money(a, b),
            (a, b) => a == b,
        }
    }
}

/// Whether two currency codes may mean the same money: `$` is any dollar, and the yuan sign for the yen too.
fn same_money(a: &str, b: &str) -> bool {
    let dollar = |c: &str| matches!(c, "$" | "USD" | "CAD" | "AUD" | "NZD" | "HKD" | "SGD" | "TWD");
    let yen = |c: &str| matches!(c, "¥" | "CNY" | "JPY");
    a == b || (a == "$" && dollar(b)) || (b == "$" && dollar(a)) || (a == "¥" && yen(b)) || (b == "¥" && yen(a))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(symbol: &str) -> Unit {
        Unit::by_symbol(symbol).expect(symbol)
    }

    #[test]
    fn names_are_found_in_both_languages() {
        assert_eq!(
            Unit::starting_zh("平方公里的林地"),
            Some((unit("km²"), "平方公里".len()))
        );
        assert_eq!(Unit::starting_zh("千米"), Some((unit("km"), 6)));
        assert_eq!(Unit::from_en("kilometres"), Some(unit("km")));
        assert_eq!(Unit::from_en("Inches"), Some(unit("in")));
        assert_eq!(Unit::from_en("hogshead"), None);
    }

    #[test]
    fn every_name_of_the_table_is_found() {
        for def in UNITS {
            for name in def.zh {
                let found = Unit::starting_zh(name).map(|(_, len)| len);
                assert_eq!(found, Some(name.len()), "{name}");
            }
            for name in def.en {
                assert!(Unit::from_en(name).is_some(), "{name}");
                if name.bytes().all(|b| b.is_ascii_lowercase()) && name.len() > 1 {
                    for plural in [format!("{name}s"), format!("{name}es").to_uppercase()] {
                        assert!(Unit::from_en(&plural).is_some(), "{plural}");
                    }
                }
            }
        }
    }

    #[test]
    fn conversions_are_exact() {
        let r = |n: i64| Rational::integer(n);
        assert_eq!(unit("jin").convert(r(5), unit("kg")), Rational::new(5, 2));
        assert_eq!(unit("mu").convert(r(15), unit("ha")), Some(r(1)));
        assert_eq!(unit("°F").convert(r(212), unit("°C")), Some(r(100)));
        assert_eq!(
            unit("bp").convert(r(25), unit("percentage points")),
            Rational::new(1, 4)
        );
        assert_eq!(unit("yuan").convert(r(1), unit("US dollars")), None);
        assert_eq!(unit("years").convert(r(2), unit("months")), Some(r(24)));
    }

    #[test]
    fn every_row_converts_to_its_base_and_back() {
        for def in UNITS {
            let u = unit(def.symbol);
            let x = Rational::integer(7);
            assert_eq!(u.to_base(x).and_then(|b| u.from_base(b)), Some(x), "{}", def.symbol);
        }
    }
}
