//! One Markdown text in which each Chinese unit is followed by its English. Headings, list items and tables stay what they
//! are; in a table, the English of a cell is below its Chinese.

use std::io::{self, Write};

use crate::document::{BlockKind, Cell};
use crate::run::{Alignment, Row, Units};

/// What separates the two languages of a cell.
const BREAK: &str = "<br>";

pub(super) fn write(alignments: &[Alignment], out: &mut dyn Write) -> io::Result<()> {
    for alignment in alignments {
        let mut rows = alignment.rows.as_slice();
        while let Some((row, rest)) = rows.split_first() {
            if let Some(cell) = cell_of(row) {
                let is_same_table = |row: &Row| cell_of(row).is_some_and(|other| other.columns == cell.columns);
                let len = rows.iter().take_while(|row| is_same_table(row)).count();
                write_table(&rows[..len], out)?;
                rows = &rows[len..];
            } else {
                write_units(&row.zh, out)?;
                write_units(&row.en, out)?;
                rows = rest;
            }
        }
    }
    Ok(())
}

/// The place of the first unit of a bead in a table, if both sides are cells.
fn cell_of(row: &Row) -> Option<Cell> {
    let mut cells = row.zh.kinds.iter().chain(&row.en.kinds).map(|kind| match kind {
        BlockKind::TableCell(cell) => Some(*cell),
        _ => None,
    });
    let first = cells.next()??;
    cells.all(|cell| cell.is_some()).then_some(first)
}

fn write_units(units: &Units, out: &mut dyn Write) -> io::Result<()> {
    for (i, text) in units.texts.iter().enumerate() {
        let text = text.trim();
        match units.kinds.get(i) {
            Some(BlockKind::Heading(level)) => {
                let level = if *level == 0 { 2 } else { usize::from(*level) };
                writeln!(out, "{} {}\n", "#".repeat(level), one_line(text))?;
            }
            Some(BlockKind::ListItem) => writeln!(out, "- {}\n", text.replace('\n', "\n  "))?,
            _ => writeln!(out, "{text}\n")?,
        }
    }
    Ok(())
}

/// Writes the beads of one table. Its first row is the head.
fn write_table(beads: &[Row], out: &mut dyn Write) -> io::Result<()> {
    let mut is_head = true;
    for line in beads.chunk_by(|a, b| row_number(a) == row_number(b)) {
        write!(out, "|")?;
        for bead in line {
            let texts = bead.zh.texts.iter().chain(&bead.en.texts);
            let texts: Vec<String> = texts.map(|text| one_line(text).replace('|', "\\|")).collect();
            write!(out, " {} |", texts.join(BREAK))?;
        }
        writeln!(out)?;
        if std::mem::take(&mut is_head) {
            writeln!(out, "|{}", " --- |".repeat(line.len()))?;
        }
    }
    writeln!(out)
}

fn row_number(bead: &Row) -> Option<u32> {
    cell_of(bead).map(|cell| cell.row)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::tests::example;
    use super::*;

    fn unit(kind: BlockKind, text: &str) -> Units {
        Units {
            numbers: 0..1,
            texts: vec![text.to_owned()],
            kinds: vec![kind],
        }
    }

    fn bead(kind: BlockKind, zh: &str, en: &str) -> Row {
        Row {
            zh: unit(kind, zh),
            en: unit(kind, en),
            ..Row::default()
        }
    }

    fn print(rows: Vec<Row>) -> String {
        let mut out = Vec::new();
        let alignment = Alignment {
            rows,
            ..Alignment::default()
        };
        write(&[alignment], &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn chinese_and_english_alternate() {
        let mut out = Vec::new();
        write(&[example()], &mut out).unwrap();
        assert!(String::from_utf8(out).unwrap().starts_with("开放科学 <1>\n\nOpen\n\n"));
    }

    #[test]
    fn headings_and_lists_stay() {
        let rows = vec![
            bead(BlockKind::Heading(3), "设施", "Facilities"),
            bead(BlockKind::ListItem, "望远镜", "a telescope"),
        ];
        let text = print(rows);
        assert_eq!(text, "### 设施\n\n### Facilities\n\n- 望远镜\n\n- a telescope\n\n");
    }

    #[test]
    fn a_table_has_both_languages_in_each_cell() {
        let cell = |row, column| {
            BlockKind::TableCell(Cell {
                row,
                column,
                columns: 2,
            })
        };
        let rows = vec![
            bead(cell(0, 0), "名称", "Name"),
            bead(cell(0, 1), "数|量", "Number"),
            bead(cell(1, 0), "站", "stations"),
            bead(cell(1, 1), "3", "3"),
            bead(BlockKind::Paragraph, "完", "End"),
        ];
        let text = print(rows);
        let table = "| 名称<br>Name | 数\\|量<br>Number |\n| --- | --- |\n| 站<br>stations | 3<br>3 |\n\n";
        assert_eq!(text, format!("{table}完\n\nEnd\n\n"));
    }
}
