//! An Excel workbook: a sheet for each document, a row for each bead.

use std::io::{self, Write};

use rust_xlsxwriter::{Color, Format, Workbook, Worksheet, XlsxError};

use crate::run::{Alignment, DOUBTFUL, Row};

/// Characters that a cell holds at most.
const MOST_IN_CELL: usize = 32_767;

pub(super) fn write(alignments: &[Alignment], out: &mut dyn Write) -> io::Result<()> {
    let bytes = workbook(alignments).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(alignments: &[Alignment]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The time of making would make every file differ.
    let epoch = rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&epoch));
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
    let head = Format::new().set_bold();
    for (column, title) in ["Chinese", "English", "Confidence", "Remark"].iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, *title, &head)?;
    }
    sheet
        .set_column_width(0, 60)?
        .set_column_width(1, 80)?
        .set_column_width(2, 12)?;
    sheet.set_column_width(3, 24)?.set_freeze_panes(1, 0)?;
    let wrap = Format::new().set_text_wrap();
    let doubtful = wrap.clone().set_background_color(Color::RGB(0x00FF_F2CC));
    for (number, row) in alignment.rows.iter().enumerate() {
        let remark = remark(row);
        let format = if remark.is_empty() || row.structure {
            &wrap
        } else {
            &doubtful
        };
        let line = number as u32 + 1;
        let cell = |text: String| text.chars().take(MOST_IN_CELL).collect::<String>();
        sheet.write_string_with_format(line, 0, cell(row.zh.joined("\n")), format)?;
        sheet.write_string_with_format(line, 1, cell(row.en.joined("\n")), format)?;
        sheet.write_number(line, 2, (f64::from(row.confidence) * 1000.0).round() / 1000.0)?;
        sheet.write_string(line, 3, remark)?;
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
