//! Prints the features from which `train/estimate.py` estimates weights.
//!
//! Reads texts from standard input, one JSON object a line: `{"zh": [unit …], "en": [unit …], "gold": [[[zh …], [en …]] …],
//! "grain": "paragraph"}`, and prints the observations on each, one JSON object a line.

use std::error::Error;
use std::io::{BufRead, BufWriter, Write, stdin, stdout};
use std::ops::Range;

use bilint::align::{Aligner, Grain, Options, Unit};
use bilint::text::Sides;
use serde::Deserialize;

#[derive(Deserialize)]
struct Text {
    zh: Vec<String>,
    en: Vec<String>,
    /// Units of both sides that translate each other; those of a side follow each other.
    gold: Vec<[Vec<usize>; 2]>,
    grain: String,
}

fn range(units: &[usize]) -> Range<usize> {
    match units {
        [first, .., last] => *first..last + 1,
        [unit] => *unit..unit + 1,
        [] => 0..0,
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let aligner = Aligner::default();
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let text: Text = serde_json::from_str(&line?)?;
        let gold: Vec<Sides<Range<usize>>> = text
            .gold
            .iter()
            .map(|[zh, en]| Sides::new(range(zh), range(en)))
            .collect();
        let options = Options {
            grain: if text.grain == "paragraph" {
                Grain::Paragraph
            } else {
                Grain::Sentence
            },
            interleaved: false,
        };
        let [zh, en] = [&text.zh, &text.en].map(|texts| texts.iter().map(|t| Unit::new(t)).collect::<Vec<_>>());
        serde_json::to_writer(&mut out, &aligner.observe(&zh, &en, &gold, &options))?;
        writeln!(out)?;
    }
    Ok(())
}
