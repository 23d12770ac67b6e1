//! Assigns the quantities of two texts to each other and reports what is left over.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::assign::{Edges, WINDOW, assign};
use super::clash::{DifferenceKind, clash, cost, is_bare, letters_and_digits, may_be_misprint_of};
use super::copied::shared_runs;
use super::equal::{Equality, equal};
use super::{Kind, PartialDate, Quantity, Rational, Value, months, parts, traditional, years, yields};
use crate::text::Span;

/// A quantity without its equal, and what is in its place if anything is.
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

/// Compares the quantities of two texts that translate each other.
///
/// Equal quantities are assigned one to one, as many as possible and the better equality first (augmenting paths,
/// Kuhn 1955). Of the rest, a quantity that merely repeats an assigned one is dropped; two that differ but are of
/// the same nature make a difference; the others are missing on the other side.
pub fn compare(zh_text: &str, zh: &[Quantity], en_text: &str, en: &[Quantity]) -> Comparison {
    if zh.is_empty() && en.is_empty() {
        return Comparison::default();
    }
    let mut edges = Edges::default();
    for (i, z) in zh.iter().enumerate() {
        let row = window(i, zh.len(), en.len())
            .filter_map(|j| same(zh_text, z, en_text, &en[j]).map(|equality| (equality, j)));
        let here = corresponding(i, zh.len(), en.len());
        edges.push(row, |j| j.abs_diff(here));
    }
    let (of_zh, of_en) = assign(&edges, zh, en.len());
    let matches: Vec<(usize, usize)> = of_zh
        .iter()
        .enumerate()
        .filter_map(|(i, j)| j.map(|j| (i, j)))
        .collect();
    let unmatched = |of: &[Option<usize>]| (0..of.len()).filter(|&i| of[i].is_none()).collect::<Vec<_>>();
    let (mut free_zh, mut free_en) = (unmatched(&of_zh), unmatched(&of_en));
    if !free_zh.is_empty() || !free_en.is_empty() {
        // What is the same letter for letter never differs, however the two scanners read it.
        let (in_zh, in_en) = shared_runs(zh_text, en_text);
        let is_within = |runs: &[Span], q: &Quantity| runs.iter().any(|run| run.contains(q.span));
        free_zh.retain(|&i| !is_within(&in_zh, &zh[i]));
        free_en
            .retain(|&j| !is_within(&in_en, &en[j]) && !traditional::is_group_of_thousands(zh_text, en_text, &en[j]));
    }
    let mut leftovers = Leftovers {
        texts: [zh_text, en_text],
        zh,
        en,
        edges: &edges,
        free_zh,
        free_en,
    };
    leftovers.drop_counts_of_others();
    leftovers.drop_numbered_parts();
    let differences = leftovers.differences(&matches);
    Comparison { matches, differences }
}

/// The most members of a group that a text names before it counts the others.
const MOST_NAMED: i64 = 12;

/// A difference that may be reported, with its cost and the indices of its quantities.
type Candidate = (u32, usize, usize, DifferenceKind);

/// The quantities that have no equal.
struct Leftovers<'a> {
    texts: [&'a str; 2],
    zh: &'a [Quantity],
    en: &'a [Quantity],
    edges: &'a Edges,
    free_zh: Vec<usize>,
    free_en: Vec<usize>,
}

impl Leftovers<'_> {
    /// What is wrong with the quantities that are left over; `matches` are the pairs that are equal.
    fn differences(&self, matches: &[(usize, usize)]) -> Vec<Difference> {
        if self.free_zh.is_empty() && self.free_en.is_empty() {
            return Vec::new();
        }
        let mut candidates = self.clashes();
        self.push_misprinted_parts(matches, &mut candidates);
        let mut differences = choose(candidates);
        self.push_missing(&mut differences);
        differences.sort_unstable_by_key(|d| (d.zh.unwrap_or(usize::MAX), d.en));
        differences
    }

    /// The left-over English quantities in the window of Chinese quantity `i`.
    fn free_en_near(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        let near = window(i, self.zh.len(), self.en.len());
        let from = self.free_en.partition_point(|&j| j < near.start);
        self.free_en[from..].iter().copied().take_while(move |&j| j < near.end)
    }

    /// Whether Chinese quantity `i` is equal to an English one that another quantity was assigned.
    fn repeats_zh(&self, i: usize) -> bool {
        !self.edges.edges_of(i).is_empty()
    }

    /// Whether English quantity `j` is equal to a Chinese one that another quantity was assigned.
    fn repeats_en(&self, j: usize) -> bool {
        let [zh_text, en_text] = self.texts;
        window(j, self.en.len(), self.zh.len()).any(|i| same(zh_text, &self.zh[i], en_text, &self.en[j]).is_some())
    }

    /// The pairs of left-over quantities that may be a mistranslation of each other.
    fn clashes(&self) -> Vec<Candidate> {
        let (zh, en) = (self.zh, self.en);
        let mut candidates = Vec::new();
        for &i in &self.free_zh {
            for j in self.free_en_near(i) {
                // Two common words are only compared where both lists have the same length and they the same place.
                let words = zh[i].weak && en[j].weak && zh[i].kind != Kind::Code && zh[i].value != Value::Some;
                if words && (i != j || zh.len() != en.len()) {
                    continue;
                }
                let Some((kind, cost)) = clash(self.texts[0], &zh[i], self.texts[1], &en[j]) else {
                    continue;
                };
                let repeated = [self.repeats_zh(i), self.repeats_en(j)];
                // A figure that one side gives twice is no reason to doubt a common word of the other.
                let common = zh[i].weak || en[j].weak;
                let surprising = matches!(kind, DifferenceKind::Unit | DifferenceKind::Code);
                if common && !surprising && repeated.contains(&true) {
                    continue;
                }
                if kind == DifferenceKind::Date && self.are_other_years(i, j) {
                    continue;
                }
                // Two more mentions of ordinals that both sides have: “the final quarter” for 第四季, too.
                if kind == DifferenceKind::Ordinal && repeated == [true, true] {
                    continue;
                }
                let repeated: u32 = repeated.map(u32::from).iter().sum();
                let distance = thousandths(i, zh.len()).abs_diff(thousandths(j, en.len()));
                let cost = cost + repeated * cost::REPEATED + distance / cost::THOUSANDTHS_PER_POINT;
                candidates.push((cost, i, j, kind));
            }
        }
        candidates
    }

    /// Whether two bare years that differ are two years of which each side leaves one out, rather than a slip: one of them
    /// is the year that the other text keeps naming, the texts relate them (“since 2016” beside 截至2021年), or one of them is
    /// the other one's 明年.
    fn are_other_years(&self, i: usize, j: usize) -> bool {
        let [zh, en] = self.texts;
        let (a, b) = (&self.zh[i], &self.en[j]);
        let (Some(here), Some(there)) = (years::bare_year(a), years::bare_year(b)) else {
            return false;
        };
        years::is_topic(self.zh, there)
            || years::is_topic(self.en, here)
            || years::are_related_apart(zh, a.span, en, b.span)
            || years::is_neighbour_named(zh, here, there)
            || years::is_neighbour_named(en, there, here)
    }

    /// Drops each pair of counts of which one is of all and the other of those that the text does not name.
    fn drop_counts_of_others(&mut self) {
        let mut dropped: Vec<(usize, usize)> = Vec::new();
        for &i in &self.free_zh {
            let mut near = self.free_en_near(i);
            if let Some(j) = near.find(|&j| dropped.iter().all(|&(_, d)| d != j) && self.counts_the_others(i, j)) {
                dropped.push((i, j));
            }
        }
        self.free_zh.retain(|i| dropped.iter().all(|(d, _)| d != i));
        self.free_en.retain(|j| dropped.iter().all(|(_, d)| d != j));
    }

    /// Drops figures that number a part of a part: 第二季第10集, “2.10”.
    fn drop_numbered_parts(&mut self) {
        let [zh_text, en_text] = self.texts;
        let (zh, free_zh) = (self.zh, &mut self.free_zh);
        self.free_en.retain(|&j| {
            let named = parts::find_two_ordinals(zh_text, zh, en_text, &self.en[j]);
            free_zh.retain(|i| !named.is_some_and(|first| (first..=first + 1).contains(i)));
            named.is_none()
        });
    }

    /// Whether one side counts all and the other those that it does not name: 五部门, “and three other departments”.
    fn counts_the_others(&self, i: usize, j: usize) -> bool {
        let is_count = |q: &Quantity| matches!(q.kind, Kind::Count | Kind::Cardinal);
        let (Some(a), Some(b)) = (self.zh[i].as_number(), self.en[j].as_number()) else {
            return false;
        };
        if !is_count(&self.zh[i]) || !is_count(&self.en[j]) {
            return false;
        }
        let [zh, en] = self.texts;
        let (zh_span, en_span) = (self.zh[i].span, self.en[j].span);
        let before = zh[..zh_span.start].trim_end();
        let others_in_zh = ["其他", "其它", "其余", "另外", "另"]
            .iter()
            .any(|word| before.ends_with(word));
        let mut words = en[en_span.end..].split_whitespace();
        let others_in_en = words
            .next()
            .is_some_and(|word| matches!(word, "other" | "others" | "more"))
            || en[..en_span.start].trim_end().ends_with(" other");
        // The difference is how many the text names.
        let are_named = |all: Rational, others: Rational| {
            let named = all.checked_sub(others).and_then(Rational::to_i64);
            named.is_some_and(|n| (1..=MOST_NAMED).contains(&n))
        };
        others_in_en && are_named(a, b) || others_in_zh && are_named(b, a)
    }

    /// A date of which the English gives a part, beside a bare figure that may be the rest: 2018年4月, “in April 2318”.
    fn push_misprinted_parts(&self, matches: &[(usize, usize)], candidates: &mut Vec<Candidate>) {
        for &(i, j) in matches {
            let (Some(full), Some(part)) = (self.zh[i].as_date(), self.en[j].as_date()) else {
                continue;
            };
            let rest = PartialDate {
                year: full.year.filter(|_| part.year.is_none()),
                day: full.day.filter(|_| part.day.is_none()),
                month: None,
            };
            for k in self.free_en_near(i) {
                let figure = &self.en[k];
                let fits = is_bare(figure)
                    && !self.repeats_en(k)
                    && figure.as_number().is_some_and(|n| may_be_misprint_of(rest, n));
                let near = &self.en[window(i, self.zh.len(), self.en.len())];
                if fits && !is_covered(&Quantity::date(rest, self.zh[i].span), near) {
                    candidates.push((cost::REST_OF_DATE, i, k, DifferenceKind::Date));
                }
            }
        }
    }

    /// Adds the quantities that are in no difference and that the other side does not give in any form.
    fn push_missing(&self, differences: &mut Vec<Difference>) {
        let (zh, en) = (self.zh, self.en);
        let paired_zh: FxHashSet<usize> = differences.iter().filter_map(|d| d.zh).collect();
        let paired_en: FxHashSet<usize> = differences.iter().filter_map(|d| d.en).collect();
        for &i in &self.free_zh {
            let is_paired = paired_zh.contains(&i);
            let near = &en[window(i, zh.len(), en.len())];
            let given = || {
                is_covered(&zh[i], near)
                    || months::are_counted(zh, i, near)
                    || years::is_given(&zh[i], near, self.texts[1])
            };
            if !is_paired && !self.repeats_zh(i) && !zh[i].weak && !given() {
                differences.push(Difference {
                    kind: DifferenceKind::OnlyZh,
                    zh: Some(i),
                    en: None,
                });
            }
        }
        for &j in &self.free_en {
            let is_paired = paired_en.contains(&j);
            let near = &zh[window(j, en.len(), zh.len())];
            let given = || {
                is_covered(&en[j], near)
                    || months::are_counted(en, j, near)
                    || years::is_given(&en[j], near, self.texts[0])
            };
            if !is_paired && !self.repeats_en(j) && !en[j].weak && !given() {
                differences.push(Difference {
                    kind: DifferenceKind::OnlyEn,
                    zh: None,
                    en: Some(j),
                });
            }
        }
    }
}

/// The differences among the candidates, the cheapest first, each quantity in one of them at most.
fn choose(mut candidates: Vec<Candidate>) -> Vec<Difference> {
    candidates.sort_unstable_by_key(|&(cost, i, j, _)| (cost, i, j));
    let mut differences: Vec<Difference> = Vec::new();
    let (mut taken_zh, mut taken_en) = (FxHashSet::default(), FxHashSet::default());
    for (cost, i, j, kind) in candidates {
        if cost <= cost::LIMIT && !taken_zh.contains(&i) && !taken_en.contains(&j) {
            taken_zh.insert(i);
            taken_en.insert(j);
            differences.push(Difference {
                kind,
                zh: Some(i),
                en: Some(j),
            });
        }
    }
    differences
}

/// Position of item `i` of `n` in thousandths of the list.
fn thousandths(i: usize, n: usize) -> u32 {
    ((i * 2 + 1) * 500 / n.max(1)) as u32
}

/// The index in a list of `m` that corresponds to index `i` in a list of `n`.
fn corresponding(i: usize, n: usize, m: usize) -> usize {
    i * m / n.max(1)
}

fn window(i: usize, n: usize, m: usize) -> Range<usize> {
    let here = corresponding(i, n, m);
    here.saturating_sub(WINDOW)..(here + WINDOW).min(m)
}

fn same(zh_text: &str, zh: &Quantity, en_text: &str, en: &Quantity) -> Option<Equality> {
    if zh.kind == Kind::Code && en.kind == Kind::Code {
        // v3.0 is v3.
        let [a, b] = [zh.span.of(zh_text), en.span.of(en_text)].map(|code| code.trim_end_matches(".0"));
        return letters_and_digits(a)
            .eq(letters_and_digits(b))
            .then_some(Equality::Exact);
    }
    if counts_nights_beside(zh_text, zh, en) {
        return None;
    }
    equal(zh, en)
        .or_else(|| grown(zh_text, zh, en))
        .or_else(|| copied(zh_text, zh, en_text, en))
        .or_else(|| traditional::local_dollars(zh_text, zh, en))
        .or_else(|| traditional::spaced_thousands(zh_text, zh, en_text, en))
        .or_else(|| yields::per_hectare(zh_text, zh, en_text, en))
}

/// Whether the nights are counted beside these days: 两天一夜 is no “2-night trip”.
fn counts_nights_beside(zh_text: &str, zh: &Quantity, en: &Quantity) -> bool {
    let has_unit = |q: &Quantity, symbol: &str| q.unit.is_some_and(|unit| unit.def().symbol == symbol);
    has_unit(zh, "days") && has_unit(en, "nights") && {
        let mut rest = zh_text[zh.span.end..].chars();
        rest.next().is_some_and(char::is_alphanumeric) && matches!(rest.next(), Some('夜' | '晚'))
    }
}

/// 1K块 and 1K blocks: a figure with a letter is written the same in both languages.
fn copied(zh_text: &str, zh: &Quantity, en_text: &str, en: &Quantity) -> Option<Equality> {
    let written = en.span.of(en_text);
    let here = zh_text.get(zh.span.start..)?;
    let letter =
        written.ends_with(|c: char| c.is_ascii_alphabetic()) && written.starts_with(|c: char| c.is_ascii_digit());
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    (letter && here.strip_prefix(written).is_some_and(ends)).then_some(Equality::Form)
}

/// 增长两倍 is three times as much, and English often has “up two times” or “a twofold increase” for it.
fn grown(zh_text: &str, zh: &Quantity, en: &Quantity) -> Option<Equality> {
    let (Value::Number(a), Value::Number(b)) = (zh.value, en.value) else {
        return None;
    };
    let more = zh.kind == Kind::Multiple && en.kind == Kind::Multiple && a.checked_sub(Rational::ONE) == Some(b);
    // The text gives the growth; the value is one more.
    let written = || {
        super::parse_zh(&[zh.figure.of(zh_text), "倍"].concat())
            .first()
            .map(|q| q.value)
    };
    (more && written() == Some(en.value)).then_some(Equality::Form)
}

/// Whether every part of a date is somewhere among the quantities of the other side.
fn is_covered(q: &Quantity, others: &[Quantity]) -> bool {
    let Some(date) = q.as_date() else { return false };
    let parts = [
        date.year.map(PartialDate::from_year),
        date.month.map(PartialDate::from_month),
        date.day.map(PartialDate::from_day),
    ];
    parts.into_iter().flatten().all(|part| {
        let part = Quantity::date(part, q.span);
        others.iter().any(|o| equal(&part, o).is_some())
    })
}
