//! The formats of `bilint align`: which units of two texts translate each other. One file per larger format.

mod markdown;
mod svg;
mod text;
mod tmx;
mod xlsx;

use std::io::{self, Write};

use serde::Serialize;

use super::pretty;
use crate::align::Members;
use crate::run::{Alignment, AlignmentStatistics, Row, Units};

/// The formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// A table to read, with counts.
    Text,
    /// `[0,1]:[0]`, one bead a line: numbers of Chinese units, then of English ones, from 0.
    Beads,
    /// One object with counts and beads.
    Json,
    /// One object a bead, one line each.
    Jsonl,
    /// Tab-separated values with a header.
    Tsv,
    /// A translation memory, TMX 1.4b: beads with both sides.
    Tmx,
    /// An Excel workbook.
    Xlsx,
    /// One Markdown text in which each Chinese unit is followed by its English.
    Md,
    /// A picture of the path that shows where the texts diverge.
    Svg,
}

#[derive(Serialize)]
struct BeadObject<'a> {
    zh: Vec<usize>,
    en: Vec<usize>,
    zh_text: &'a [String],
    en_text: &'a [String],
    confidence: f64,
    /// How sure each unit is: only where a side has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    members: Option<MembersObject>,
    crossing: bool,
    structure: bool,
}

#[derive(Serialize)]
struct MembersObject {
    zh: Vec<f64>,
    en: Vec<f64>,
}

/// Three decimals: more would differ between machines.
fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 1000.0).round() / 1000.0
}

impl<'a> BeadObject<'a> {
    fn new(row: &'a Row) -> Self {
        Self {
            zh: row.zh.numbers.clone().collect(),
            en: row.en.numbers.clone().collect(),
            zh_text: &row.zh.texts,
            en_text: &row.en.texts,
            confidence: rounded(row.confidence),
            members: (row.members != Members::default()).then(|| {
                let side = |members: &[f32], units: &Units| match members {
                    // A side with one unit belongs to the bead as surely as the bead exists.
                    [] => vec![rounded(row.confidence); units.numbers.len()],
                    rated => rated.iter().copied().map(rounded).collect(),
                };
                MembersObject {
                    zh: side(&row.members.zh, &row.zh),
                    en: side(&row.members.en, &row.en),
                }
            }),
            crossing: row.crossing,
            structure: row.structure,
        }
    }
}

#[derive(Serialize)]
struct DocumentObject<'a> {
    name: &'a str,
    statistics: AlignmentStatistics,
    beads: Vec<BeadObject<'a>>,
}

/// The objects of the beads, as [`Format::Jsonl`] has them.
pub fn beads(alignment: &Alignment) -> impl Iterator<Item = impl Serialize> {
    alignment.rows.iter().map(BeadObject::new)
}

/// Writes the alignments of a run.
///
/// # Errors
/// Those of `out`; and a workbook may have more rows than the format allows.
pub fn write(format: Format, alignments: &[Alignment], out: &mut dyn Write) -> io::Result<()> {
    let rows = || alignments.iter().flat_map(|a| &a.rows);
    match format {
        Format::Text => text::write(alignments, out),
        Format::Beads => rows().try_for_each(|r| {
            let list = |units: &Units| {
                let numbers: Vec<String> = units.numbers.clone().map(|n| n.to_string()).collect();
                numbers.join(",")
            };
            writeln!(out, "[{}]:[{}]", list(&r.zh), list(&r.en))
        }),
        Format::Json => {
            let documents: Vec<_> = alignments
                .iter()
                .map(|a| DocumentObject {
                    name: &a.name,
                    statistics: a.statistics(),
                    beads: a.rows.iter().map(BeadObject::new).collect(),
                })
                .collect();
            pretty(&serde_json::json!({ "version": 1, "documents": documents }), out)
        }
        Format::Jsonl => rows().try_for_each(|r| {
            serde_json::to_writer(&mut *out, &BeadObject::new(r))?;
            writeln!(out)
        }),
        Format::Tsv => {
            let mut table = csv::WriterBuilder::new().delimiter(b'\t').from_writer(out);
            table.write_record(["zh", "en", "confidence", "crossing"])?;
            for r in rows() {
                let crossing = if r.crossing { "yes" } else { "" };
                table.write_record([
                    &guard_formula(r.zh.joined("\n")),
                    &guard_formula(r.en.joined("\n")),
                    &format!("{:.3}", r.confidence),
                    crossing,
                ])?;
            }
            table.flush()
        }
        Format::Tmx => tmx::write(alignments, out),
        Format::Xlsx => xlsx::write(alignments, out),
        Format::Md => markdown::write(alignments, out),
        Format::Svg => svg::write(alignments, out),
    }
}

/// A spreadsheet would compute a cell that starts like this. An apostrophe keeps it text, as OWASP advises against CSV
/// injection. In an `xlsx` file each cell says that it is text.
fn guard_formula(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::ops::Range;

    use super::*;

    pub(crate) fn example() -> Alignment {
        let units = |numbers: Range<usize>, texts: &[&str]| Units {
            numbers,
            texts: texts.iter().map(|t| (*t).to_owned()).collect(),
            kinds: Vec::new(),
        };
        Alignment {
            name: "a & b.txt".to_owned(),
            rows: vec![
                Row {
                    zh: units(0..1, &["开放科学 <1>"]),
                    en: units(0..2, &["Open", "science\u{1} & more"]),
                    confidence: 0.98,
                    members: Members {
                        zh: Vec::new(),
                        en: vec![0.99, 0.98],
                    },
                    ..Row::default()
                },
                Row {
                    zh: units(1..2, &["欢迎您！"]),
                    en: units(2..2, &[]),
                    confidence: 0.4,
                    ..Row::default()
                },
            ],
        }
    }

    fn print(format: Format) -> String {
        let mut out = Vec::new();
        write(format, &[example()], &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn beads_are_numbers() {
        assert_eq!(print(Format::Beads), "[0]:[0,1]\n[1]:[]\n");
    }

    #[test]
    fn statistics_count_units_and_beads() {
        let n = example().statistics();
        assert_eq!(
            (n.zh_units, n.en_units, n.joined, n.zh_alone, n.doubtful),
            (2, 2, 1, 1, 1)
        );
    }

    #[test]
    fn json_lines_and_json_agree() {
        let whole: serde_json::Value = serde_json::from_str(&print(Format::Json)).unwrap();
        let lines: Vec<serde_json::Value> = print(Format::Jsonl)
            .lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect();
        assert_eq!(whole["documents"][0]["beads"].as_array().unwrap(), &lines);
        assert_eq!(lines[0]["en"], serde_json::json!([0, 1]));
        assert_eq!(
            lines[0]["members"],
            serde_json::json!({ "zh": [0.98], "en": [0.99, 0.98] })
        );
        assert!(lines[1].get("members").is_none(), "{}", lines[1]);
    }

    #[test]
    fn tsv_quotes_what_spans_lines() {
        assert!(print(Format::Tsv).contains("\"Open\nscience\u{1} & more\"\t0.980"));
    }

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(guard_formula(cell.to_owned()), format!("'{cell}"));
        }
        assert_eq!(guard_formula("a=b".to_owned()), "a=b");
        let mut alignment = example();
        alignment.rows[0].zh.texts = vec!["=cmd|' /C calc'!A0".to_owned()];
        let mut out = Vec::new();
        write(Format::Tsv, &[alignment], &mut out).unwrap();
        assert!(String::from_utf8(out).unwrap().contains("\n'=cmd|"));
    }
}
