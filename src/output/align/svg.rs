//! A picture of the path: Chinese from top to bottom, English from left to right. A straight diagonal is a text
//! translated one to one; stripes are omissions and additions, stray dots text out of order.

use std::io::{self, Write};

use quick_xml::escape::escape;

use crate::run::{Alignment, DOUBTFUL, Row};

/// Longer side of a picture, in pixels, the least width, and the frame around it.
const SIZE: f64 = 720.0;
const NARROWEST: f64 = 480.0;
const MARGIN: f64 = 48.0;
/// Height of the legend.
const LEGEND: f64 = 24.0;
/// The smallest dot: one that can be seen.
const DOT: f64 = 3.0;

/// What a bead is drawn in, and what the legend calls it.
const PAIR: (&str, &str) = ("#27a", "translated");
const DOUBT: (&str, &str) = ("#e90", "doubtful");
const CROSSING: (&str, &str) = ("#83c", "out of order");
const ALONE: (&str, &str) = ("#d33", "no counterpart");
const LAYOUT: (&str, &str) = ("#bbb", "layout");

pub(super) fn write(alignments: &[Alignment], out: &mut dyn Write) -> io::Result<()> {
    let sizes: Vec<(f64, f64, f64)> = alignments.iter().map(scale).collect();
    let width = sizes.iter().map(|s| s.0).fold(NARROWEST, f64::max) + 2.0 * MARGIN;
    let height: f64 = sizes.iter().map(|s| s.1 + 2.0 * MARGIN).sum::<f64>() + LEGEND;
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"sans-serif\" font-size=\"13\">"
    )?;
    writeln!(out, "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>")?;
    let mut top = MARGIN;
    for (alignment, (width, height, unit)) in alignments.iter().zip(sizes) {
        draw(alignment, width, height, unit, top, out)?;
        top += height + 2.0 * MARGIN;
    }
    legend(top - MARGIN, out)?;
    writeln!(out, "</svg>")
}

/// Width, height, and pixels a unit.
fn scale(alignment: &Alignment) -> (f64, f64, f64) {
    let end = |side: fn(&Row) -> usize| alignment.rows.iter().map(side).max().unwrap_or(0);
    let (zh, en) = (end(|r| r.zh.numbers.end), end(|r| r.en.numbers.end));
    let unit = (SIZE / zh.max(en).max(1) as f64).min(24.0);
    (en as f64 * unit, zh as f64 * unit, unit)
}

fn draw(alignment: &Alignment, width: f64, height: f64, unit: f64, top: f64, out: &mut dyn Write) -> io::Result<()> {
    let counts = alignment.statistics();
    writeln!(out, "<g transform=\"translate({MARGIN} {top:.1})\">")?;
    writeln!(
        out,
        "<text x=\"0\" y=\"-24\">{}</text><text x=\"0\" y=\"-8\" fill=\"#666\">English → {}</text>\
         <text transform=\"translate(-8 0) rotate(90)\" y=\"4\" fill=\"#666\">Chinese → {}</text>",
        escape(&*alignment.name),
        counts.en_units,
        counts.zh_units
    )?;
    writeln!(
        out,
        "<rect width=\"{width:.1}\" height=\"{height:.1}\" fill=\"#fafafa\" stroke=\"#ccc\"/>"
    )?;
    // Units alone are stripes across the picture, so that they are seen in a text of thousands.
    for row in alignment.rows.iter().filter(|r| !r.is_pair() && !r.structure) {
        let (x, y, across, down) = if row.en.numbers.is_empty() {
            let thick = (row.zh.numbers.len() as f64 * unit).max(1.0);
            (0.0, row.zh.numbers.start as f64 * unit, width, thick)
        } else {
            let thick = (row.en.numbers.len() as f64 * unit).max(1.0);
            (row.en.numbers.start as f64 * unit, 0.0, thick, height)
        };
        writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{across:.1}\" height=\"{down:.1}\" fill=\"{}\" \
             fill-opacity=\"0.18\"/>",
            ALONE.0
        )?;
    }
    for row in &alignment.rows {
        let (zh, en) = (&row.zh.numbers, &row.en.numbers);
        let (color, _) = match row {
            r if r.structure => LAYOUT,
            r if !r.is_pair() => ALONE,
            r if r.crossing => CROSSING,
            r if r.confidence < DOUBTFUL => DOUBT,
            _ => PAIR,
        };
        let extent = |units: &std::ops::Range<usize>| (units.len() as f64 * unit).max(DOT);
        writeln!(
            out,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{color}\"><title>{}</title></rect>",
            (en.start as f64 * unit).min(width - DOT),
            (zh.start as f64 * unit).min(height - DOT),
            extent(en),
            extent(zh),
            title(row)
        )?;
    }
    writeln!(out, "</g>")
}

/// What the colours mean, in one line.
fn legend(top: f64, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<g transform=\"translate({MARGIN} {top:.1})\">")?;
    let mut x = 0;
    for (color, name) in [PAIR, DOUBT, CROSSING, ALONE, LAYOUT] {
        writeln!(
            out,
            "<path d=\"M{x} -10h10v10h-10z\" fill=\"{color}\"/><text x=\"{}\" y=\"0\" fill=\"#666\">{name}</text>",
            x + 15
        )?;
        x += 30 + 8 * name.len();
    }
    writeln!(out, "</g>")
}

/// Which units, as people count.
fn title(row: &Row) -> String {
    let list = |units: &std::ops::Range<usize>| match units.len() {
        0 => "nothing".to_owned(),
        1 => format!("{}", units.start + 1),
        _ => format!("{}–{}", units.start + 1, units.end),
    };
    format!(
        "Chinese {}, English {} ({:.2})",
        list(&row.zh.numbers),
        list(&row.en.numbers),
        row.confidence
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::example;
    use super::*;

    #[test]
    fn a_picture_is_wellformed_and_marks_what_is_alone() {
        let mut out = Vec::new();
        write(&[example()], &mut out).unwrap();
        let svg = String::from_utf8(out).unwrap();
        let mut reader = quick_xml::Reader::from_str(&svg);
        let mut rects = 0;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Start(e) if e.name().as_ref() == "rect" => rects += 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(rects, 2);
        assert!(
            svg.contains("fill=\"#d33\"><title>Chinese 2, English nothing (0.40)"),
            "{svg}"
        );
    }
}
