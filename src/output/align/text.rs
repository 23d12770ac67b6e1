//! A table for people.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::output::{printable, printable_path};
use crate::run::{Alignment, DOUBTFUL, Row, Units};

/// Terminal cells for the text of either side.
const WIDTH: usize = 46;

pub(super) fn write(alignments: &[Alignment], out: &mut dyn Write) -> io::Result<()> {
    for alignment in alignments {
        writeln!(out, "{}", printable_path(&alignment.name))?;
        for row in &alignment.rows {
            write_row(row, out)?;
        }
        let n = alignment.statistics();
        writeln!(
            out,
            "\n{} Chinese and {} English units: {} one to one, {} joined; {} Chinese and {} English alone; \
             {} out of order, {} doubtful (marked ?)",
            n.zh_units, n.en_units, n.one_to_one, n.joined, n.zh_alone, n.en_alone, n.crossing, n.doubtful
        )?;
        write_alone(alignment, out)?;
    }
    Ok(())
}

/// Lists the units without a counterpart, which cannot be compared.
fn write_alone(alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
    let rows = || alignment.rows.iter().filter(|row| !row.structure && !row.is_pair());
    for (language, units) in [
        ("Chinese", rows().map(|row| &row.zh).collect::<Vec<_>>()),
        ("English", rows().map(|row| &row.en).collect()),
    ] {
        let alone: Vec<String> = units
            .into_iter()
            .filter(|u| !u.numbers.is_empty())
            .map(numbers)
            .collect();
        if !alone.is_empty() {
            writeln!(out, "Not compared, {language}: {}", alone.join(", "))?;
        }
    }
    writeln!(out)
}

fn write_row(row: &Row, out: &mut dyn Write) -> io::Result<()> {
    let mark = match row {
        r if r.structure => " ",
        r if r.zh.numbers.is_empty() => "+",
        r if r.en.numbers.is_empty() => "-",
        r if r.crossing => "×",
        r if r.confidence < DOUBTFUL => "?",
        _ => " ",
    };
    let zh = clip(&row.zh.joined(" / "));
    let en = clip(&row.en.joined(" / "));
    let pad = " ".repeat(WIDTH.saturating_sub(zh.width()));
    let (zh_numbers, en_numbers) = (numbers(&row.zh), numbers(&row.en));
    let line = format!(
        "{mark} {zh_numbers:>7} {en_numbers:>7}  {:.2}  {zh}{pad}  {en}",
        row.confidence
    );
    writeln!(out, "{}", line.trim_end())
}

/// The numbers of units, counted from 1.
fn numbers(units: &Units) -> String {
    match units.numbers.len() {
        0 => "–".to_owned(),
        1 => (units.numbers.start + 1).to_string(),
        _ => format!("{}–{}", units.numbers.start + 1, units.numbers.end),
    }
}

/// The beginning of a text, at most [`WIDTH`] cells wide, without characters that control a terminal.
fn clip(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for c in printable(text.trim()).chars() {
        width += c.width().unwrap_or(0);
        if width >= WIDTH {
            out.push('…');
            break;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::example;
    use super::*;

    #[test]
    fn a_row_shows_numbers_confidence_and_texts() {
        let mut out = Vec::new();
        write(&[example()], &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("1     1–2  0.98  开放科学 <1>"), "{text}");
        assert!(text.contains("-       2       –  0.40  欢迎您！\n"), "{text}");
        assert!(text.contains("1 joined; 1 Chinese and 0 English alone"), "{text}");
        assert!(text.ends_with("(marked ?)\nNot compared, Chinese: 2\n\n"), "{text}");
    }

    #[test]
    fn texts_cannot_control_the_terminal() {
        assert_eq!(clip("a\u{1b}[31m\u{202e}b\tc"), "a␛[31m\u{fffd}b c");
    }

    #[test]
    fn long_texts_are_cut_at_the_width() {
        assert_eq!(clip(&"中".repeat(40)).chars().count(), 23);
        assert!(clip(&"中".repeat(40)).width() <= WIDTH);
    }
}
