//! What all Excel workbooks share.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::printable_lines;

/// Characters that a cell holds at most.
const MOST_IN_CELL: usize = 32_767;

/// An empty workbook. It bears no time, which would make every file differ.
pub(super) fn new() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    Ok(workbook)
}

/// Writes the titles of the columns, which stay in sight, with the width of each in characters.
pub(super) fn write_head(sheet: &mut Worksheet, columns: &[(&str, u8)]) -> Result<(), XlsxError> {
    let head = Format::new().set_bold();
    for (number, &(title, width)) in columns.iter().enumerate() {
        sheet
            .write_string_with_format(0, number as u16, title, &head)?
            .set_column_width(number as u16, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// As much of a text as a cell holds, without control characters.
pub(super) fn cell(text: &str) -> String {
    printable_lines(text).chars().take(MOST_IN_CELL).collect()
}
