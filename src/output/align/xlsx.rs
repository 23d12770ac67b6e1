//! An Excel workbook: a sheet for each document, a row for each bead.

use std::io::{self, Write};

use rust_xlsxwriter::{Color, Worksheet, XlsxError};

use super::rounded;
use crate::output::workbook::{self, cell, fit_height, print_on_side, wrapped, write_head};
use crate::run::{Alignment, DOUBTFUL, Row};

const COLUMNS: [(&str, u8); 4] = [("Chinese", 60), ("English", 80), ("Confidence", 12), ("Remark", 14)];

pub(super) fn write(alignments: &[Alignment], out: &mut dyn Write) -> io::Result<()> {
    let bytes = workbook(alignments).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(alignments: &[Alignment]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = workbook::new("")?;
    for (number, alignment) in alignments.iter().enumerate() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(format!("{}", number + 1))?;
        fill(sheet, alignment)?;
    }
    if alignments.is_empty() {
        workbook.add_worksheet();
    }
    workbook.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, alignment: &Alignment) -> Result<(), XlsxError> {
    write_head(sheet, &COLUMNS)?;
    print_on_side(sheet, &alignment.name)?;
    let wrap = wrapped();
    let doubtful = wrap.clone().set_background_color(Color::RGB(0x00FF_F2CC));
    for (number, row) in alignment.rows.iter().enumerate() {
        let remark = remark(row);
        let format = if remark.is_empty() || row.structure {
            &wrap
        } else {
            &doubtful
        };
        let line = number as u32 + 1;
        let (zh, en) = (cell(&row.zh.joined("\n")), cell(&row.en.joined("\n")));
        sheet.write_string_with_format(line, 0, &zh, format)?;
        sheet.write_string_with_format(line, 1, &en, format)?;
        sheet.write_number_with_format(line, 2, rounded(row.confidence), &wrap)?;
        sheet.write_string_with_format(line, 3, remark, &wrap)?;
        fit_height(sheet, line, [(&*zh, COLUMNS[0].1), (&en, COLUMNS[1].1)])?;
    }
    Ok(())
}

fn remark(row: &Row) -> &'static str {
    match row {
        r if r.structure => "layout",
        r if r.zh.numbers.is_empty() => "no Chinese",
        r if r.en.numbers.is_empty() => "no English",
        r if r.crossing => "out of order",
        r if r.confidence < DOUBTFUL => "doubtful",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::example;
    use super::*;

    #[test]
    fn a_workbook_is_the_same_each_time() {
        let first = workbook(&[example()]).unwrap();
        assert!(first.starts_with(b"PK"));
        assert_eq!(first, workbook(&[example()]).unwrap());
        assert!(workbook(&[]).unwrap().starts_with(b"PK"));
    }
}
