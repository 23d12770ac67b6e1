//! Months from one to another, which the other language may count or call by a name: 1—10月, “the first ten months”.

use super::{Bound, Dimension, Kind, Quantity, Rational};

/// Whether quantity `i` is an end of such months and one of `others` counts them, or the other way round.
pub fn are_counted(list: &[Quantity], i: usize, others: &[Quantity]) -> bool {
    match months(list, i) {
        Some(months) => others.iter().any(|other| counts(other, months)),
        None => (0..others.len()).any(|j| months_from(others, j).is_some_and(|months| counts(&list[i], months))),
    }
}

/// The first and the last month of the range that quantity `i` is an end of.
fn months(list: &[Quantity], i: usize) -> Option<[u8; 2]> {
    match list[i].bound? {
        Bound::Lower => months_from(list, i),
        Bound::Upper => months_from(list, i.checked_sub(1)?),
    }
}

fn months_from(list: &[Quantity], i: usize) -> Option<[u8; 2]> {
    let [first, last] = [list.get(i)?, list.get(i + 1)?];
    let month = |q: &Quantity| q.as_date().filter(|d| d.day.is_none())?.month;
    let [from, to] = [month(first)?, month(last)?];
    (first.bound == Some(Bound::Lower) && last.bound == Some(Bound::Upper) && from < to).then_some([from, to])
}

/// Whether a quantity is the number of the months, the quarter or the half of the year, or three quarters of it.
fn counts(q: &Quantity, [from, to]: [u8; 2]) -> bool {
    let (Some(value), count) = (q.as_number(), to - from + 1) else {
        return false;
    };
    let times = |n: u8| value.checked_mul(Rational::integer(n.into()));
    match q.kind {
        Kind::Duration => {
            let calendar = q.unit.filter(|u| u.dimension() == Dimension::Calendar);
            calendar.and_then(|u| u.to_base(value)) == Some(Rational::integer(count.into()))
        }
        Kind::Ordinal => matches!(count, 3 | 6) && times(count) == Some(Rational::integer(to.into())),
        Kind::Fraction => from == 1 && times(12) == Some(Rational::integer(count.into())),
        _ => false,
    }
}
