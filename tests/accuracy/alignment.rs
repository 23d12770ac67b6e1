//! Alignment of perturbed texts, and of free prose, against the true alignment.

use std::collections::HashSet;

use bilint::align::{Aligner, Grain, Options, Unit};
use rayon::prelude::*;

use crate::corpus::{CORPUS, Line, random, windows};

/// Units of both sides that translate each other.
pub type Bead = (Vec<usize>, Vec<usize>);

/// A text and its true alignment.
#[derive(Default)]
pub struct Aligned {
    zh: Vec<String>,
    en: Vec<String>,
    gold: Vec<Bead>,
}

/// Drops a line of either side with a chance of 7 % each, and joins two lines of either side with a chance of 8 % each.
pub fn perturb(window: &[Line], n: usize) -> Aligned {
    let mut this = Aligned::default();
    let mut i = 0;
    while i < window.len() {
        let (z, e) = (this.zh.len(), this.en.len());
        let (first, next) = (&window[i], window.get(i + 1));
        let (zh, en) = (first.zh.clone(), first.en.clone());
        match (random(3, n, i, 100), next) {
            (0..7, _) => {
                this.zh.push(zh);
                this.gold.push((vec![z], vec![]));
            }
            (7..14, _) => {
                this.en.push(en);
                this.gold.push((vec![], vec![e]));
            }
            (14..22, Some(next)) => {
                this.zh.extend([zh, next.zh.clone()]);
                this.en.push(format!("{en} {}", next.en));
                this.gold.push((vec![z, z + 1], vec![e]));
                i += 1;
            }
            (22..30, Some(next)) => {
                this.zh.push(zh + &next.zh);
                this.en.extend([en, next.en.clone()]);
                this.gold.push((vec![z], vec![e, e + 1]));
                i += 1;
            }
            _ => {
                this.zh.push(zh);
                this.en.push(en);
                this.gold.push((vec![z], vec![e]));
            }
        }
        i += 1;
    }
    this
}

/// The beads that the aligner finds.
pub fn align(text: &Aligned) -> Vec<Bead> {
    let [zh, en] = [&text.zh, &text.en].map(|lines| lines.iter().map(|l| Unit::new(l)).collect::<Vec<_>>());
    let options = Options {
        grain: Grain::Sentence,
        interleaved: false,
    };
    Aligner::default()
        .align_units(&zh, &en, &options)
        .into_iter()
        .map(|bead| (bead.units.zh.collect(), bead.units.en.collect()))
        .collect()
}

/// Right and all, of beads or lines.
#[derive(Default, Clone, Copy)]
pub struct Share {
    right: usize,
    all: usize,
}

impl Share {
    fn add(&mut self, right: usize, all: usize) {
        self.right += right;
        self.all += all;
    }

    pub fn value(self) -> f64 {
        if self.all == 0 {
            1.0
        } else {
            self.right as f64 / self.all as f64
        }
    }
}

/// The number of beads of `found` that are in `gold`: exactly, and with any pair of units in common with a gold bead.
pub fn agreement(found: &[Bead], gold: &[Bead]) -> (usize, usize) {
    let linked: HashSet<(usize, usize)> = gold
        .iter()
        .flat_map(|(zh, en)| zh.iter().flat_map(|&z| en.iter().map(move |&e| (z, e))))
        .collect();
    let is_exact = |bead: &&Bead| gold.contains(bead);
    let overlaps = |(zh, en): &Bead| zh.iter().any(|&z| en.iter().any(|&e| linked.contains(&(z, e))));
    let exact = found.iter().filter(is_exact).count();
    let lax = found.iter().filter(|bead| is_exact(bead) || overlaps(bead)).count();
    (exact, lax)
}

/// Precision and recall of beads (strict, lax), of omitted lines and of added lines, on lines that were dropped and joined.
pub fn measure_alignment(lines: &[Line]) -> [[Share; 2]; 4] {
    let windows: Vec<&[Line]> = windows(lines, 24).collect();
    let texts: Vec<Aligned> = windows.iter().enumerate().map(|(n, w)| perturb(w, n)).collect();
    measure(&texts)
}

/// The same for the free prose of `prose.txt`, aligned by hand.
pub fn measure_prose() -> [[Share; 2]; 4] {
    measure(&read_prose())
}

/// The texts of `prose.txt`. A line with `#` begins a text; a block is a bead, its English lines begin with `=`.
fn read_prose() -> Vec<Aligned> {
    let file = std::fs::read_to_string(format!("{CORPUS}/prose.txt")).unwrap();
    let read = |title_and_blocks: &str| {
        let (_, blocks) = title_and_blocks.split_once('\n').unwrap();
        let mut text = Aligned::default();
        for block in blocks.trim().split("\n\n") {
            let starts = (text.zh.len(), text.en.len());
            for line in block.lines() {
                match line.strip_prefix("= ") {
                    Some(en) => text.en.push(en.to_owned()),
                    None => text.zh.push(line.to_owned()),
                }
            }
            text.gold
                .push(((starts.0..text.zh.len()).collect(), (starts.1..text.en.len()).collect()));
        }
        text
    };
    file.split("# ").skip(1).map(read).collect()
}

/// Precision and recall as in the evaluations of Vecalign and Bertalign: precision over all beads, recall over beads with
/// both sides.
fn measure(texts: &[Aligned]) -> [[Share; 2]; 4] {
    let mut result = [[Share::default(); 2]; 4];
    let found: Vec<Vec<Bead>> = texts.par_iter().map(align).collect();
    for (text, found) in texts.iter().zip(found) {
        let paired = |beads: &[Bead]| -> Vec<Bead> {
            beads
                .iter()
                .filter(|(zh, en)| !zh.is_empty() && !en.is_empty())
                .cloned()
                .collect()
        };
        let (exact, lax) = agreement(&found, &text.gold);
        result[0][0].add(exact, found.len());
        result[1][0].add(lax, found.len());
        let gold = paired(&text.gold);
        let (exact, lax) = agreement(&gold, &paired(&found));
        result[0][1].add(exact, gold.len());
        result[1][1].add(lax, gold.len());
        let alone = |beads: &[Bead], zh: bool| -> HashSet<usize> {
            let units = |(z, e): &Bead| {
                if zh {
                    (z.clone(), e.is_empty())
                } else {
                    (e.clone(), z.is_empty())
                }
            };
            beads.iter().map(units).filter(|u| u.1).flat_map(|u| u.0).collect()
        };
        for (k, zh) in [(2, true), (3, false)] {
            let (found, gold) = (alone(&found, zh), alone(&text.gold, zh));
            let right = found.intersection(&gold).count();
            result[k][0].add(right, found.len());
            result[k][1].add(right, gold.len());
        }
    }
    result
}
