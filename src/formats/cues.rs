//! The cues of subtitles: reading them, and joining those of two files by their times.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::text::{Sides, Span};

/// When a cue is shown, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// Its start.
    pub start: i64,
    /// Its end.
    pub end: i64,
}

impl Time {
    /// The time moved by so many milliseconds.
    pub const fn shifted(self, by: i64) -> Self {
        Self {
            start: self.start + by,
            end: self.end + by,
        }
    }

    /// Whether two cues are shown together for most of the shorter one.
    fn agrees(self, other: Self) -> bool {
        let together = self.end.min(other.end) - self.start.max(other.start);
        let shorter = (self.end - self.start).min(other.end - other.start).max(1);
        together * 2 > shorter
    }
}

/// A cue.
#[derive(Debug)]
pub struct Cue {
    /// Its number or identifier.
    pub id: Option<Span>,
    /// When it is shown.
    pub time: Time,
    /// Its lines of text, without the white space around them.
    pub lines: Vec<Span>,
}

/// The cues of a file. A blank line ends a cue unless text follows that is no cue of its own.
pub fn cues(text: &str) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    // The line above, and whether a blank line is before that.
    let mut above: Option<(Span, bool)> = None;
    let mut is_after_blank = true;
    // Whether the lines are a comment or a style of WebVTT, or its header.
    let mut is_aside = true;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let inside = line.trim();
        let start = at + line.len() - line.trim_start().len();
        let span = Span::new(start, start + inside.len());
        at += line.len();
        if inside.is_empty() {
            (above, is_after_blank) = (None, true);
            continue;
        }
        if let Some(time) = time(inside) {
            let number = cues.len() + 1;
            let is_id = |&(line, begins): &(Span, bool)| begins || line.of(text).parse() == Ok(number);
            let id = above.take().filter(is_id).map(|(line, _)| line);
            if let Some(before) = cues.last_mut() {
                before.lines.pop_if(|line| Some(*line) == id);
            }
            let lines = Vec::new();
            cues.push(Cue { id, time, lines });
            (is_aside, is_after_blank) = (false, false);
            continue;
        }
        is_aside |= is_after_blank && ["NOTE", "STYLE", "REGION"].iter().any(|word| inside.starts_with(word));
        if !is_aside && let Some(cue) = cues.last_mut() {
            cue.lines.push(span);
        }
        above = Some((span, is_after_blank));
        is_after_blank = false;
    }
    cues.retain(|cue| !cue.lines.is_empty());
    cues
}

/// The time of a line such as `00:01:02,500 --> 00:01:04,000`, which may go on with settings.
fn time(line: &str) -> Option<Time> {
    let (start, rest) = line.split_once("-->")?;
    let end = rest.split_whitespace().next()?;
    Some(Time {
        start: milliseconds(start.trim())?,
        end: milliseconds(end)?,
    })
}

/// `01:02:03,456`, `02:03.456`.
fn milliseconds(time: &str) -> Option<i64> {
    let (clock, fraction) = time.split_once([',', '.']).unwrap_or((time, "0"));
    let mut seconds: i64 = 0;
    let mut parts = 0;
    for part in clock.split(':') {
        let number: i64 = part.parse().ok().filter(|n| (0..100_000).contains(n))?;
        seconds = seconds * 60 + number;
        parts += 1;
    }
    let fraction: i64 = fraction.get(..fraction.len().min(3))?.parse().ok()?;
    (2..=3).contains(&parts).then_some(seconds * 1000 + fraction)
}

/// Times agree if so many of the groups hold cues of both files, in percent.
const AGREEING: usize = 60;

/// Joins cues that are shown together. `None` where hardly any of them are.
pub fn joined(zh: &[Time], en: &[Time]) -> Option<Vec<Sides<Range<usize>>>> {
    let (mut rows, mut both) = (Vec::new(), 0);
    let (mut i, mut j) = (0, 0);
    while i < zh.len() || j < en.len() {
        let (from, to) = (i, j);
        match (zh.get(i), en.get(j)) {
            (Some(a), Some(b)) if a.agrees(*b) => {
                (i, j) = (i + 1, j + 1);
                // A cue may be divided in the other language.
                while i < zh.len() && zh[i].agrees(en[j - 1]) || j < en.len() && en[j].agrees(zh[i - 1]) {
                    if i < zh.len() && zh[i].agrees(en[j - 1]) {
                        i += 1;
                    } else {
                        j += 1;
                    }
                }
                both += 1;
            }
            (Some(a), Some(b)) if a.start <= b.start => i += 1,
            (Some(_), None) => i += 1,
            _ => j += 1,
        }
        rows.push(Sides::new(from..i, to..j));
    }
    (both * 100 >= rows.len() * AGREEING).then_some(rows)
}

/// How far around it a cue is compared with cues of the other file.
const NEAR: usize = 40;
/// Shifts are counted in steps of so many milliseconds.
const STEP: i64 = 200;

/// How many milliseconds the English cues come later than the Chinese ones, if most come later by the same time.
pub fn shift(zh: &[Time], en: &[Time]) -> Option<i64> {
    let mut by_step: FxHashMap<i64, Vec<i64>> = FxHashMap::default();
    for (i, a) in zh.iter().enumerate() {
        let near = en.iter().take((i + NEAR).min(en.len())).skip(i.saturating_sub(NEAR));
        for b in near {
            let by = b.start - a.start;
            by_step.entry(by.div_euclid(STEP)).or_default().push(by);
        }
    }
    let most = |(step, found): &(i64, Vec<i64>)| (found.len(), -step.abs(), *step);
    let (_, mut found) = by_step.into_iter().max_by_key(most)?;
    found.sort_unstable();
    let least = zh.len().min(en.len()) * AGREEING / 100;
    (found.len() >= least.max(3)).then(|| found[found.len() / 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(starts: impl IntoIterator<Item = i64>) -> Vec<Time> {
        let time = |start| Time {
            start,
            end: start + 1500,
        };
        starts.into_iter().map(time).collect()
    }

    #[test]
    fn cues_are_read_with_and_without_numbers_and_blank_lines() {
        let text = "\u{feff}1\r\n00:00:01,000 --> 00:00:02,500\r\n甲\r\nA\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000 X1:1\r\n2024\r\n3\r\n\
            00:00:05,000 --> 00:00:06,000\r\n丙\r\n\r\n丁\r\n\r\n4\r\n01:00:00,000 --> 01:00:01,000\r\n\r\n";
        let read: Vec<(Option<&str>, i64, Vec<&str>)> = cues(text)
            .iter()
            .map(|cue| {
                let lines = cue.lines.iter().map(|line| line.of(text)).collect();
                (cue.id.map(|id| id.of(text)), cue.time.start, lines)
            })
            .collect();
        assert_eq!(
            read,
            [
                (Some("\u{feff}1"), 1000, vec!["甲", "A"]),
                (Some("2"), 3000, vec!["2024"]),
                (Some("3"), 5000, vec!["丙", "丁"])
            ]
        );
        let vtt = "WEBVTT - a title\n\nNOTE a\ncomment\n\nSTYLE\n::cue {}\n\nintro\n00:01.000 --> 00:02.000 align:start\n甲\n\n\
            NOTE\nanother\n\n00:02.000 --> 00:03.000\n乙\n";
        let read: Vec<_> = cues(vtt)
            .into_iter()
            .map(|c| (c.id.map(|id| id.of(vtt)), c.lines[0].of(vtt)))
            .collect();
        assert_eq!(read, [(Some("intro"), "甲"), (None, "乙")]);
    }

    #[test]
    fn times_of_other_forms_are_text() {
        for line in [
            "a --> b",
            "1 --> 2",
            "00:00:01,000 -> 00:00:02,000",
            "00:00:xx,000 --> 00:00:02,000",
            "-->",
        ] {
            assert_eq!(time(line), None, "{line}");
        }
        assert_eq!(time("99:59:59.999 --> 100:00:00.5").map(|t| t.start), Some(359_999_999));
    }

    #[test]
    fn cues_that_are_shown_together_are_joined() {
        let zh = times([0, 2000, 4000, 6000]);
        // The second is divided, the third is missing, and one is added.
        let mut en = times([100, 2000, 6100, 9000]);
        en[1].end = 2700;
        en.insert(2, Time { start: 2700, end: 3500 });
        let rows = joined(&zh, &en).unwrap();
        let rows: Vec<_> = rows.into_iter().map(|row| (row.zh, row.en)).collect();
        assert_eq!(
            rows,
            [(0..1, 0..1), (1..2, 1..3), (2..3, 3..3), (3..4, 3..4), (4..4, 4..5)]
        );
    }

    #[test]
    fn a_shift_is_found_and_chance_is_none() {
        let starts: Vec<i64> = (0..30).map(|n| n * 2600 + (n * n * 37) % 900).collect();
        let (zh, en) = (times(starts.iter().copied()), times(starts.iter().map(|s| s + 5230)));
        assert!(joined(&zh, &en).is_none_or(|rows| rows.len() > 30));
        assert_eq!(shift(&zh, &en), Some(5230));
        let other = times((0..30).map(|n| n * 3100 + (n * n * 53) % 1700));
        assert_eq!(shift(&zh, &other), None);
    }
}
