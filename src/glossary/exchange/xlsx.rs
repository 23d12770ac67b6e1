//! An Excel workbook: the names, a sheet that explains them, and a hidden one with what was exported, against which an
//! import compares.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};

use super::json;
use super::layout::Table;
use crate::glossary::{Concept, Grade, Kind, Status};

/// The sheet with the names.
pub(super) const NAMES: &str = "Names";
/// The sheet that explains.
pub(super) const ABOUT: &str = "About";
/// The hidden sheet with what was exported.
pub(super) const EXPORTED: &str = "bilint-export";

/// Rows below the last name that have the drop-downs, too.
const NEW_ROWS: u32 = 1000;
/// The hidden sheet divides longer texts: a cell of Excel holds 32,767 UTF-16 units.
const CHUNK: usize = 16_000;

/// The widths of columns, in characters; the others have [`WIDTH`].
const WIDTHS: [(&str, f64); 8] = [
    ("id", 28.0),
    ("language", 9.0),
    ("name", 48.0),
    ("status", 12.0),
    ("name-note", 28.0),
    ("authority", 32.0),
    ("citation", 36.0),
    ("note", 40.0),
];
const WIDTH: f64 = 16.0;

const EXPLANATION: &[[&str; 2]] = &[
    ["Column", "Meaning"],
    [
        "id",
        "Joins the names of one concept. Never change it; give a new concept an id that no other has, such as new-facility.",
    ],
    ["language", "zh or en."],
    [
        "name",
        "One name. Add a row for a further name; delete the row of a name that is wrong.",
    ],
    [
        "status",
        "preferred 首选: the name to use, one per language. admitted 许用: also correct. deprecated 不推荐: no longer to be used. forbidden 禁用: never to be used.",
    ],
    ["name-note", "Why the name has its status."],
    [
        "kind",
        "What the concept is. It is on every row, so that you can filter; change it on one of them.",
    ],
    ["other columns", "They belong to the concept and are on its first row."],
    ["acronym", "The acronym of the English name."],
    [
        "case-sensitive",
        "true if the English names match with the same capitals only.",
    ],
    [
        "scope",
        "What distinguishes the concept from another one with the same name.",
    ],
    [
        "authority, citation",
        "Who decided the name, and where that is published.",
    ],
    [
        "grade",
        "A: the owner of the name. B: an official outlet. C: a reliable secondary source. D: no source was found.",
    ],
    [
        "valid-from, valid-to",
        "First and last day on which the names are valid: YYYY-MM-DD.",
    ],
    ["replaced-by", "The id of the concept that took the place of this one."],
    [
        "example, counterexample",
        "A line for each: the Chinese, a bar ( | ), the English.",
    ],
    ["history", "A line for each change: date | author | change | reason."],
    [
        "further columns",
        "Any other column is kept, and comes back with the next export.",
    ],
    ["", ""],
    [
        "Give it back",
        "Save as XLSX or ODS. Only what you changed is taken over. You may sort, filter, and add rows and columns.",
    ],
    [
        "",
        "You may delete this sheet. Keep the hidden sheet “bilint-export”: it has what was exported.",
    ],
];

/// The workbook. The same concepts give the same bytes.
///
/// # Errors
/// A text is too long for a cell, or there are too many rows.
pub(super) fn write(concepts: &[Concept]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The time of making would make every file differ.
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    let head = Format::new().set_bold().set_background_color(Color::RGB(0x00DD_E6F0));
    names(workbook.add_worksheet().set_name(NAMES)?, &Table::new(concepts), &head)?;
    about(workbook.add_worksheet().set_name(ABOUT)?, &head)?;
    exported(workbook.add_worksheet().set_name(EXPORTED)?, concepts)?;
    workbook.save_to_buffer()
}

fn names(sheet: &mut Worksheet, table: &Table, head: &Format) -> Result<(), XlsxError> {
    // As text, so that a date that somebody types stays as it was typed.
    let text = Format::new()
        .set_num_format("@")
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    let last_row = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    for (i, heading) in table.headings.iter().enumerate() {
        let column = i as u16;
        let width = WIDTHS.iter().find(|(h, _)| h == heading).map_or(WIDTH, |&(_, w)| w);
        sheet
            .set_column_width(column, width)?
            .set_column_format(column, &text)?;
        sheet.write_string_with_format(0, column, heading, head)?;
        let choices: Vec<&str> = match &**heading {
            "language" => vec!["zh", "en"],
            "status" => Status::ALL.map(Status::name).into(),
            "kind" => Kind::ALL.map(Kind::name).into(),
            "grade" => Grade::ALL.map(Grade::name).into(),
            "case-sensitive" => vec!["true", "false"],
            _ => continue,
        };
        let validation = DataValidation::new()
            .allow_list_strings(&choices)?
            .set_error_title("Not in the list")?
            .set_error_message(format!("Write one of: {}", choices.join(", ")))?;
        sheet.add_data_validation(1, column, last_row.saturating_add(NEW_ROWS), column, &validation)?;
    }
    for (i, row) in table.rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string_with_format(i as u32 + 1, column as u16, cell, &text)?;
        }
    }
    sheet.autofilter(0, 0, last_row.max(1), table.headings.len() as u16 - 1)?;
    sheet.set_freeze_panes(1, 3)?;
    Ok(())
}

fn about(sheet: &mut Worksheet, head: &Format) -> Result<(), XlsxError> {
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_column_width(0, 24)?.set_column_width(1, 100)?;
    for (i, row) in EXPLANATION.iter().enumerate() {
        let format = if i == 0 { head } else { &wrap };
        for (column, text) in row.iter().enumerate() {
            sheet.write_string_with_format(i as u32, column as u16, *text, format)?;
        }
    }
    Ok(())
}

fn exported(sheet: &mut Worksheet, concepts: &[Concept]) -> Result<(), XlsxError> {
    sheet.set_hidden(true);
    for (i, concept) in concepts.iter().enumerate() {
        let text = json::value(concept).to_string();
        for (column, chunk) in chunks(&text).enumerate() {
            sheet.write_string(i as u32, column as u16, chunk)?;
        }
    }
    Ok(())
}

/// The text in pieces of about [`CHUNK`] bytes.
fn chunks(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        if text.is_empty() {
            return None;
        }
        let end = text.char_indices().map(|(i, _)| i).find(|&i| i >= CHUNK);
        let (chunk, rest) = text.split_at(end.unwrap_or(text.len()));
        text = rest;
        Some(chunk)
    })
}
