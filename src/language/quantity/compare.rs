//! Assigns the quantities of two texts to each other and tells what is left over.

use std::ops::Range;

use super::equal::{Equality, akin, equal};
use super::{Dimension, Kind, Quantity, Rational, Value, months};

/// What is wrong between two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DifferenceKind {
    /// Two figures that should be the same.
    Number,
    /// The same digits, a power of ten apart.
    Scale,
    /// The same figure with another unit or currency.
    Unit,
    /// Two dates, times, weekdays, decades or centuries that differ.
    Date,
    /// Two places in a series that differ.
    Ordinal,
    /// Two numbers of things that differ.
    Count,
    /// Two names that differ in their digits only: COVID-19, COVID-91.
    Code,
    /// A quantity of the Chinese that the English does not have.
    OnlyZh,
    /// A quantity of the English that the Chinese does not have.
    OnlyEn,
}

/// A quantity without its equal, and what stands in its place if anything does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// What is wrong.
    pub kind: DifferenceKind,
    /// Index into the Chinese quantities.
    pub zh: Option<usize>,
    /// Index into the English quantities.
    pub en: Option<usize>,
}

/// How the quantities of two texts go together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Indices of Chinese and English quantities that are equal, one to one.
    pub matches: Vec<(usize, usize)>,
    /// What is left over.
    pub differences: Vec<Difference>,
}

/// How far apart (in places of the two lists) quantities are still compared. Lists longer than this are tables and
/// keep their order; the window keeps the time linear.
const WINDOW: usize = 48;

/// Compares the quantities of two texts that translate each other.
///
/// Equal quantities are assigned one to one, as many as possible and the better equality first (augmenting paths,
/// Kuhn 1955). Of what is left, a quantity that merely repeats an assigned one is dropped; two that differ but are of
/// the same nature make a difference; the rest is missing on the other side.
pub fn compare(zh_text: &str, zh: &[Quantity], en_text: &str, en: &[Quantity]) -> Comparison {
    if zh.is_empty() && en.is_empty() {
        return Comparison::default();
    }
    let mut edges = Edges::default();
    for (i, z) in zh.iter().enumerate() {
        let row = window(i, zh.len(), en.len())
            .filter_map(|j| same(zh_text, z, en_text, &en[j]).map(|equality| (equality, j)));
        let here = at(i, zh.len(), en.len());
        edges.push(row, |j| j.abs_diff(here));
    }
    let (of_zh, of_en) = assign(&edges, zh, en.len());
    let matches: Vec<(usize, usize)> = of_zh
        .iter()
        .enumerate()
        .filter_map(|(i, j)| j.map(|j| (i, j)))
        .collect();

    let free_zh: Vec<usize> = (0..zh.len()).filter(|&i| of_zh[i].is_none()).collect();
    let free_en: Vec<usize> = (0..en.len()).filter(|&j| of_en[j].is_none()).collect();
    if free_zh.is_empty() && free_en.is_empty() {
        let differences = Vec::new();
        return Comparison { matches, differences };
    }
    let repeats_zh = |i: usize| !edges.of(i).is_empty();
    let repeats_en = |j: usize| window(j, en.len(), zh.len()).any(|i| same(zh_text, &zh[i], en_text, &en[j]).is_some());

    let mut candidates: Vec<(u32, usize, usize, DifferenceKind)> = Vec::new();
    for &i in &free_zh {
        let near = window(i, zh.len(), en.len());
        let from = free_en.partition_point(|&j| j < near.start);
        for &j in free_en[from..].iter().take_while(|&&j| j < near.end) {
            // Two common words are only compared where both lists have the same length and they the same place.
            let words = zh[i].weak && en[j].weak && zh[i].kind != Kind::Code && zh[i].value != Value::Some;
            if words && (i != j || zh.len() != en.len()) {
                continue;
            }
            let Some((kind, cost)) = clash(zh_text, &zh[i], en_text, &en[j]) else {
                continue;
            };
            // A figure said twice on one side is no reason to doubt a common word of the other.
            let common = zh[i].weak || en[j].weak;
            if common
                && kind != DifferenceKind::Unit
                && kind != DifferenceKind::Code
                && (repeats_zh(i) || repeats_en(j))
            {
                continue;
            }
            let repeated = u32::from(repeats_zh(i)) * 25 + u32::from(repeats_en(j)) * 25;
            let distance = place(i, zh.len()).abs_diff(place(j, en.len())) / 25;
            candidates.push((cost + repeated + distance, i, j, kind));
        }
    }
    // A date found only in part, and a bare figure that may be the rest: 2018年4月, “in April 2318”.
    for &(i, j) in &matches {
        let (Some(full), Some(part)) = (zh[i].as_date(), en[j].as_date()) else {
            continue;
        };
        let rest = super::Date {
            year: full.year.filter(|_| part.year.is_none()),
            day: full.day.filter(|_| part.day.is_none()),
            month: None,
        };
        let near = window(i, zh.len(), en.len());
        let from = free_en.partition_point(|&k| k < near.start);
        for &k in free_en[from..].iter().take_while(|&&k| k < near.end) {
            let clear = is_bare(&en[k]) && !repeats_en(k) && en[k].as_number().is_some_and(|n| misprinted(rest, n));
            if clear && !is_covered(&Quantity::date(rest, zh[i].span), en) {
                candidates.push((30, i, k, DifferenceKind::Date));
            }
        }
    }
    candidates.sort_unstable_by_key(|&(cost, i, j, _)| (cost, i, j));
    let mut taken_zh = vec![false; zh.len()];
    let mut taken_en = vec![false; en.len()];
    let mut differences = Vec::new();
    for (cost, i, j, kind) in candidates {
        if cost <= LIMIT && !taken_zh[i] && !taken_en[j] {
            (taken_zh[i], taken_en[j]) = (true, true);
            differences.push(Difference {
                kind,
                zh: Some(i),
                en: Some(j),
            });
        }
    }
    for &i in &free_zh {
        let told = || is_covered(&zh[i], en) || months::are_counted(zh, i, en);
        if !taken_zh[i] && !repeats_zh(i) && !zh[i].weak && !told() {
            differences.push(Difference {
                kind: DifferenceKind::OnlyZh,
                zh: Some(i),
                en: None,
            });
        }
    }
    for &j in &free_en {
        let told = || is_covered(&en[j], zh) || months::are_counted(en, j, zh);
        if !taken_en[j] && !repeats_en(j) && !en[j].weak && !told() {
            differences.push(Difference {
                kind: DifferenceKind::OnlyEn,
                zh: None,
                en: Some(j),
            });
        }
    }
    differences.sort_unstable_by_key(|d| (d.zh.unwrap_or(usize::MAX), d.en));
    Comparison { matches, differences }
}

/// Above this cost two left-over quantities are not taken for each other.
const LIMIT: u32 = 100;

/// Position of item `i` of `n` in thousandths of the list.
fn place(i: usize, n: usize) -> u32 {
    ((i * 2 + 1) * 500 / n.max(1)) as u32
}

/// The index in a list of `m` that corresponds to index `i` in a list of `n`.
fn at(i: usize, n: usize, m: usize) -> usize {
    i * m / n.max(1)
}

fn window(i: usize, n: usize, m: usize) -> Range<usize> {
    let here = at(i, n, m);
    here.saturating_sub(WINDOW)..(here + WINDOW).min(m)
}

/// Which English quantities each Chinese one is equal to, the best equality and the nearest place first.
#[derive(Default)]
struct Edges {
    list: Vec<(Equality, usize)>,
    ends: Vec<usize>,
}

impl Edges {
    /// Adds the edges of the next Chinese quantity.
    fn push(&mut self, row: impl Iterator<Item = (Equality, usize)>, distance: impl Fn(usize) -> usize) {
        let from = self.list.len();
        self.list.extend(row);
        self.list[from..].sort_by_key(|&(equality, j)| (equality, distance(j)));
        self.ends.push(self.list.len());
    }

    /// The edges of Chinese quantity `i`.
    fn of(&self, i: usize) -> &[(Equality, usize)] {
        let from = i.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.list[from..self.ends[i]]
    }
}

/// The assignment in the making: the other's index for each Chinese and each English quantity.
struct Assignment<'e> {
    edges: &'e Edges,
    of_zh: Vec<Option<usize>>,
    of_en: Vec<Option<usize>>,
    /// What the first two tiers assign stays: a converted or bare figure never takes the counterpart of an equal one.
    /// Empty until they are done.
    settled: Vec<bool>,
    /// Steps of the path in the making: a Chinese index, the step that led here, the English index that step took away.
    queue: Vec<(usize, usize, usize)>,
    seen: Vec<usize>,
}

/// Maximum matching, tier by tier: all that can be matched by better equalities is, before worse ones are tried.
fn assign(edges: &Edges, zh: &[Quantity], en: usize) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
    let mut assignment = Assignment {
        edges,
        of_zh: vec![None; zh.len()],
        of_en: vec![None; en],
        settled: Vec::new(),
        queue: Vec::new(),
        seen: Vec::new(),
    };
    for tier in [
        Equality::Exact,
        Equality::Form,
        Equality::Bare,
        Equality::Converted,
        Equality::Rounded,
    ] {
        if tier > Equality::Form {
            if assignment.of_zh.iter().all(Option::is_some) {
                break;
            }
            assignment.settled = assignment.of_en.iter().map(Option::is_some).collect();
        }
        // Figures first, common words (一个) from what they leave.
        for weak in [false, true] {
            for i in (0..zh.len()).filter(|&i| zh[i].weak == weak) {
                if assignment.of_zh[i].is_none() {
                    assignment.augment(tier, i);
                }
            }
        }
    }
    (assignment.of_zh, assignment.of_en)
}

impl Assignment<'_> {
    /// Finds a free English quantity for `i`, moving assigned ones along a breadth-first alternating path.
    fn augment(&mut self, tier: Equality, i: usize) {
        // The path of one step, which nearly all are.
        let mut near = self.edges.of(i).iter().take_while(|(e, _)| *e <= tier);
        if let Some(&(_, j)) = near.find(|&&(_, j)| self.of_en[j].is_none()) {
            (self.of_zh[i], self.of_en[j]) = (Some(j), Some(i));
            return;
        }
        self.queue.clear();
        self.seen.clear();
        self.queue.push((i, usize::MAX, usize::MAX));
        let mut head = 0;
        while head < self.queue.len() && self.queue.len() <= 2 * WINDOW {
            let (z, ..) = self.queue[head];
            // The edges of better equalities come first.
            for &(_, j) in self.edges.of(z).iter().take_while(|(e, _)| *e <= tier) {
                if self.settled.get(j) == Some(&true) || self.seen.contains(&j) {
                    continue;
                }
                self.seen.push(j);
                if let Some(owner) = self.of_en[j] {
                    self.queue.push((owner, head, j));
                    continue;
                }
                let (mut step, mut free) = (head, j);
                loop {
                    let (z, parent, lost) = self.queue[step];
                    (self.of_zh[z], self.of_en[free]) = (Some(free), Some(z));
                    if parent == usize::MAX {
                        return;
                    }
                    (step, free) = (parent, lost);
                }
            }
            head += 1;
        }
    }
}

fn same(zh_text: &str, zh: &Quantity, en_text: &str, en: &Quantity) -> Option<Equality> {
    if zh.kind == Kind::Code && en.kind == Kind::Code {
        let (a, b) = (zh.span.of(zh_text), en.span.of(en_text));
        return letters_and_digits(a)
            .eq(letters_and_digits(b))
            .then_some(Equality::Exact);
    }
    equal(zh, en)
        .or_else(|| grown(zh_text, zh, en))
        .or_else(|| copied(zh_text, zh, en_text, en))
}

/// 1K块 and 1K blocks: a figure with a letter stands as it is in both languages.
fn copied(zh_text: &str, zh: &Quantity, en_text: &str, en: &Quantity) -> Option<Equality> {
    let written = en.span.of(en_text);
    let here = zh_text.get(zh.span.start..)?;
    let letter =
        written.ends_with(|c: char| c.is_ascii_alphabetic()) && written.starts_with(|c: char| c.is_ascii_digit());
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    (letter && here.strip_prefix(written).is_some_and(ends)).then_some(Equality::Form)
}

/// 增长两倍 is three times as much, and English says “up two times” or “a twofold increase” of it as often as not.
fn grown(zh_text: &str, zh: &Quantity, en: &Quantity) -> Option<Equality> {
    let (Value::Number(a), Value::Number(b)) = (zh.value, en.value) else {
        return None;
    };
    let more = zh.kind == Kind::Multiple && en.kind == Kind::Multiple && a.checked_sub(Rational::ONE) == Some(b);
    // What is said is the growth, what is meant one more.
    let said = || {
        super::parse_zh(&[zh.figure.of(zh_text), "倍"].concat())
            .first()
            .map(|q| q.value)
    };
    (more && said() == Some(en.value)).then_some(Equality::Form)
}

fn letters_and_digits(s: &str) -> impl Iterator<Item = char> + '_ {
    s.chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| c.to_ascii_lowercase())
}

/// Whether every part of a date stands somewhere among the quantities of the other side.
fn is_covered(q: &Quantity, others: &[Quantity]) -> bool {
    let Some(date) = q.as_date() else { return false };
    let parts = [
        date.year.map(super::Date::of_year),
        date.month.map(|m| super::Date {
            month: Some(m),
            ..super::Date::default()
        }),
        date.day.map(|d| super::Date {
            day: Some(d),
            ..super::Date::default()
        }),
    ];
    parts.into_iter().flatten().all(|part| {
        let part = Quantity::date(part, q.span);
        others.iter().any(|o| equal(&part, o).is_some())
    })
}

/// What is wrong between two quantities that are not equal, if they can stand for each other, and how unlikely that is.
fn clash(zh_text: &str, zh: &Quantity, en_text: &str, en: &Quantity) -> Option<(DifferenceKind, u32)> {
    use DifferenceKind as D;
    if zh.kind == Kind::Code || en.kind == Kind::Code {
        if zh.kind != en.kind {
            return None;
        }
        let skeleton = |s: &'_ str| {
            letters_and_digits(s)
                .filter(|c| !c.is_ascii_digit())
                .collect::<String>()
        };
        let same = skeleton(zh.span.of(zh_text)) == skeleton(en.span.of(en_text));
        return same.then_some((D::Code, 0));
    }
    match (zh.value, en.value) {
        (Value::Date(a), Value::Date(b)) => {
            let (common, differing) = a.overlap(b);
            let parts = |d: super::Date| [d.year.is_some(), d.month.is_some(), d.day.is_some()];
            let loose = u32::from(parts(a) != parts(b)) * 20 + u32::from(zh.weak || en.weak) * 25;
            (common > 0 && differing > 0).then_some((D::Date, loose + u32::from(differing) * 15))
        }
        (Value::Number(a), Value::Number(b)) => numbers_clash(zh, a, en, b),
        (Value::Date(d), Value::Number(n)) if is_bare(en) => misprinted(d, n).then_some((D::Date, 40)),
        (Value::Number(n), Value::Date(d)) if is_bare(zh) => misprinted(d, n).then_some((D::Date, 40)),
        (Value::Some, Value::Some) => (zh.unit != en.unit).then_some((D::Unit, 40)),
        _ => None,
    }
}

fn numbers_clash(zh: &Quantity, a: Rational, en: &Quantity, b: Rational) -> Option<(DifferenceKind, u32)> {
    use DifferenceKind as D;
    use Kind as K;
    if zh.kind == en.kind && matches!(zh.kind, K::Weekday | K::Time | K::Decade | K::Century) {
        return Some((D::Date, 10));
    }
    let lonely = |k: Kind| matches!(k, K::Weekday | K::Time | K::Decade | K::Century | K::Magnitude);
    if lonely(zh.kind) || lonely(en.kind) {
        return (zh.kind == en.kind).then_some((D::Scale, 60));
    }
    let trivial = |q: &Quantity, n: Rational| q.weak && n <= Rational::ONE;
    // 5/6 may be told in other words: “all but one of the six”.
    let told = |q: &Quantity, other: &Quantity| q.kind == K::Fraction && q.digits && other.weak;
    if trivial(zh, a) || trivial(en, b) || told(zh, en) || told(en, zh) {
        return None;
    }
    let weak = match (zh.weak, en.weak) {
        (false, false) => 0,
        (true, true) => 60,
        _ => 25,
    };
    let unit = match (zh.unit, en.unit) {
        (Some(u), Some(v)) if u == v || akin(u, v) => 0,
        (Some(u), Some(v))
            if a == b
                && !(u.dimension() == Dimension::Time && v.dimension() == Dimension::Time && a == Rational::ONE) =>
        {
            return Some((D::Unit, 5 + weak));
        }
        (Some(u), Some(v)) if u.converts_to(v) => 25,
        (Some(_), Some(_)) => return None,
        (None, None) => 0,
        _ => 30,
    };
    let ordinal = |k: Kind| matches!(k, K::Ordinal | K::Session | K::Plan);
    let tens = a.power_of_ten_over(b).is_some_and(|k| k != 0);
    if tens && (big(a) || big(b)) && !ordinal(zh.kind) && !ordinal(en.kind) {
        return Some((D::Scale, unit / 2 + weak));
    }
    let kind = match (ordinal(zh.kind), ordinal(en.kind)) {
        (true, true) => return Some((D::Ordinal, unit + weak)),
        (false, false) => 0,
        _ => 35,
    };
    let alike = similar(a, b);
    let share = |k: K| matches!(k, K::Percent | K::Fraction);
    // A figure with a unit and one without are taken for each other only where they look like a misprint.
    if unit == 30 && !alike && !(share(zh.kind) && share(en.kind)) {
        return None;
    }
    let near = if alike { 0 } else { 25 };
    let nature = if zh.kind == Kind::Count && zh.unit == en.unit {
        D::Count
    } else {
        D::Number
    };
    let class = |k: K| match k {
        K::Count => K::Cardinal,
        k => k,
    };
    let other = if class(zh.kind) == class(en.kind) || unit > 0 {
        0
    } else {
        20
    };
    Some((nature, unit + weak + kind + near + other))
}

/// Whether a quantity is a figure and nothing else.
fn is_bare(q: &Quantity) -> bool {
    q.kind == Kind::Cardinal && q.unit.is_none() && q.digits
}

/// Whether `n` may be the year or the day of `d` misprinted: 2820 for 2020, 80 for the 20th.
fn misprinted(d: super::Date, n: Rational) -> bool {
    let part = |v: Option<i32>| v.is_some_and(|v| similar(Rational::integer(v.into()), n));
    let long = n >= Rational::integer(100);
    n.is_integer()
        && if long {
            part(d.year)
        } else {
            part(d.day.map(i32::from)) && n > Rational::integer(9)
        }
}

/// Whether a figure is large enough for 万 and 亿 to go wrong.
fn big(n: Rational) -> bool {
    n.abs().is_some_and(|n| n >= Rational::integer(1000))
}

/// Whether two figures look like one another misprinted: all digits but one the same, or the same digits in another order.
fn similar(a: Rational, b: Rational) -> bool {
    let digits = |n: Rational| n.to_string().bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    let (x, y) = (digits(a), digits(b));
    if x.len().abs_diff(y.len()) > 1 {
        return false;
    }
    let common = x.iter().zip(&y).take_while(|(p, q)| p == q).count();
    let tail = x.iter().rev().zip(y.iter().rev()).take_while(|(p, q)| p == q).count();
    common + tail + 1 >= x.len().max(y.len()) || {
        let (mut x, mut y) = (x, y);
        x.sort_unstable();
        y.sort_unstable();
        x == y
    }
}
