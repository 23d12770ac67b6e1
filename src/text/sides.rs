//! One value for each side of a bilingual text.

use std::ops::{Index, IndexMut};

use super::Side;

/// A value for the Chinese side and one for the English side.
///
/// `sides[side]` selects one of them, so that code that treats both sides alike is written once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Sides<T> {
    /// The Chinese side's.
    pub zh: T,
    /// The English side's.
    pub en: T,
}

impl<T> Sides<T> {
    /// Both values.
    pub const fn new(zh: T, en: T) -> Self {
        Self { zh, en }
    }

    /// `own` for `side` and `other` for the other side.
    pub fn with(side: Side, own: T, other: T) -> Self {
        match side {
            Side::Zh => Self { zh: own, en: other },
            Side::En => Self { zh: other, en: own },
        }
    }

    /// Makes the value of each side, the Chinese one first.
    pub fn from_fn(mut make: impl FnMut(Side) -> T) -> Self {
        Self {
            zh: make(Side::Zh),
            en: make(Side::En),
        }
    }

    /// References to both values.
    pub const fn as_ref(&self) -> Sides<&T> {
        Sides {
            zh: &self.zh,
            en: &self.en,
        }
    }

    /// Both values, changed by the same function.
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> Sides<U> {
        Sides {
            zh: change(self.zh),
            en: change(self.en),
        }
    }

    /// The value of `side`, then that of the other side.
    pub fn into_pair(self, side: Side) -> (T, T) {
        match side {
            Side::Zh => (self.zh, self.en),
            Side::En => (self.en, self.zh),
        }
    }
}

impl<T> Index<Side> for Sides<T> {
    type Output = T;

    fn index(&self, side: Side) -> &T {
        match side {
            Side::Zh => &self.zh,
            Side::En => &self.en,
        }
    }
}

impl<T> IndexMut<Side> for Sides<T> {
    fn index_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::Zh => &mut self.zh,
            Side::En => &mut self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_selects_its_value() {
        let mut sides = Sides::with(Side::En, "own", "other");
        assert_eq!((sides.zh, sides.en), ("other", "own"));
        sides[Side::Zh] = "changed";
        assert_eq!(sides[Side::Zh], "changed");
        assert_eq!(sides.map(str::len).into_pair(Side::En), (3, 7));
        assert_eq!(Sides::from_fn(Side::code), Sides::new("zh", "en"));
    }
}
