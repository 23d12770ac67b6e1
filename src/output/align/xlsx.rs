//! An Excel workbook: a sheet for each document, a row for each bead.

use std::io::{self, Write};

use rust_xlsxwriter::{Color, Format, FormatAlign, Worksheet, XlsxError};

use crate::output::workbook::{self, cell, write_head};
use crate::run::{Alignment, DOUBTFUL, Row};

/// The number of the paper size in a workbook.
const A4: u8 = 9;

pub(super) fn write(alignments: &[Alignment], out: &mut dyn Write) -> io::Result<()> {
    let bytes = workbook(alignments).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(alignments: &[Alignment]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = workbook::new()?;
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
    let columns = [("Chinese", 60), ("English", 80), ("Confidence", 12), ("Remark", 24)];
    write_head(sheet, &columns)?;
    // On paper: A4 on its side, as wide as the page, with the head on every page.
    sheet
        .set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
        .set_repeat_rows(0, 0)?
        .set_footer(format!("&L{}&R&P / &N", footer_name(&alignment.name)));
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let doubtful = wrap.clone().set_background_color(Color::RGB(0x00FF_F2CC));
    for (number, row) in alignment.rows.iter().enumerate() {
        let remark = remark(row);
        let format = if remark.is_empty() || row.structure {
            &wrap
        } else {
            &doubtful
        };
        let line = number as u32 + 1;
        sheet.write_string_with_format(line, 0, cell(&row.zh.joined("\n")), format)?;
        sheet.write_string_with_format(line, 1, cell(&row.en.joined("\n")), format)?;
        sheet.write_number(line, 2, (f64::from(row.confidence) * 1000.0).round() / 1000.0)?;
        sheet.write_string(line, 3, remark)?;
    }
    Ok(())
}

/// The name of a document for the footer, which has room for 255 characters and in which `&` begins a code.
fn footer_name(name: &str) -> String {
    let name: String = name.chars().take(100).collect();
    name.replace('&', "&&")
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
