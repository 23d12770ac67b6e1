//! What all Excel workbooks share.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::printable_lines;

/// Characters that a cell holds at most.
const MOST_IN_CELL: usize = 32_767;

/// An empty workbook of a category. It bears no time, which would make every file differ.
pub(super) fn new(category: &str) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_category(category)
        .set_creation_datetime(&epoch);
    workbook.set_properties(&properties);
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

/// The format of a cell of text: wrapped, from the top.
pub(super) fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// Prints a sheet on A4 paper on its side, as wide as the page, with the head and the name of what it shows on every page.
pub(super) fn print_on_side(sheet: &mut Worksheet, name: &str) -> Result<(), XlsxError> {
    /// The number of the paper size in a workbook.
    const A4: u8 = 9;
    /// A footer has room for 255 characters, in which `&` begins a code.
    const LONGEST: usize = 100;
    let name: String = name.chars().take(LONGEST).collect();
    sheet
        .set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
        .set_repeat_rows(0, 0)?
        .set_footer(format!("&L{}&R&P / &N", name.replace('&', "&&")));
    Ok(())
}

/// Makes a row as high as its wrapped texts need, each with the width of its column in characters. Excel does so itself, but
/// other programs print a row at the height that the file gives.
pub(super) fn fit_height<'a>(
    sheet: &mut Worksheet,
    row: u32,
    texts: impl IntoIterator<Item = (&'a str, u8)>,
) -> Result<(), XlsxError> {
    const LINE: f64 = 15.0;
    const MOST_LINES: usize = 27;
    // Words are kept whole, so that lines are seldom full.
    let lines_of = |text: &str, width: u8| -> usize {
        let room = usize::from(width) * 9 / 10;
        text.lines().map(|line| line.width().div_ceil(room.max(1)).max(1)).sum()
    };
    let lines = texts.into_iter().map(|(text, width)| lines_of(text, width)).max();
    let lines = lines.unwrap_or(1).clamp(1, MOST_LINES);
    sheet.set_row_height(row, lines as f64 * LINE)?;
    Ok(())
}

/// As much of a text as a cell holds, without control characters.
pub(super) fn cell(text: &str) -> String {
    printable_lines(text).chars().take(MOST_IN_CELL).collect()
}
