//! Sheets of XLSX and ODS files. Files that unpack to more than a glossary ever holds are refused before they are read.

use std::io::{Cursor, Read as _};
use std::ops::RangeInclusive;

use calamine::{Data, Dimensions, NumberFormat, Ods, Reader as _, SheetVisible, Xlsx};
use quick_xml::events::Event;
use zip::ZipArchive;

use super::number_format::{shown_date, shown_number};
use super::package_fault::PackageFault;

/// A row of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// The number that a spreadsheet shows, or the line of the file.
    pub line: usize,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Most bytes of a workbook when unpacked: a hundred times those of a glossary of 10,000 names.
const MOST_BYTES: u64 = 200 << 20;
/// Most cells of a sheet.
const MOST_CELLS: u64 = 5_000_000;
/// Most columns of a sheet that are read.
const MOST_COLUMNS: u32 = 1000;

/// A sheet that is shown or hidden.
#[derive(Debug)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether it is hidden.
    pub hidden: bool,
    /// Its rows that have cells.
    pub rows: Vec<SheetRow>,
    /// The areas whose cells were merged; the text is in the first cell of each.
    pub merged: Vec<Area>,
}

/// Cells that were merged.
#[derive(Debug, Clone)]
pub struct Area {
    /// The numbers of their rows, as [`SheetRow::line`].
    pub lines: RangeInclusive<usize>,
    /// Their columns.
    pub columns: RangeInclusive<usize>,
}

/// Why a workbook cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// Too much text.
    #[error("it unpacks to more than {} MB", MOST_BYTES >> 20)]
    TooLarge,
    /// A sheet of too many cells.
    #[error("the sheet “{0}” has more than {MOST_CELLS} cells, counting the empty ones before the last")]
    TooManyCells(String),
    /// No workbook that can be read.
    #[error("it is damaged, or no workbook: {0}")]
    Damaged(String),
}

impl From<WorkbookError> for PackageFault {
    fn from(error: WorkbookError) -> Self {
        match error {
            WorkbookError::Damaged(what) => Self::Damaged(what),
            error => Self::TooMuch(error.to_string()),
        }
    }
}

fn damaged(error: impl std::fmt::Display) -> WorkbookError {
    WorkbookError::Damaged(error.to_string())
}

/// How numbers and dates in cells are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Values {
    /// The number itself, and dates as `2026-11-28`.
    Exact,
    /// As the sheet shows them: `12.5%`, `2026年11月28日`.
    AsShown,
}

/// The sheets of an XLSX file.
///
/// # Errors
/// A file that is damaged or too large.
pub fn read_xlsx(bytes: &[u8], values: Values) -> Result<Vec<Sheet>, WorkbookError> {
    check_size(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let sheets = workbook.sheets_metadata().to_vec();
    let mut read = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let merged = workbook.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        // Sheets of diagrams have no cells.
        let Ok(mut cells) = workbook.worksheet_cells_reader(&sheet.name) else {
            continue;
        };
        let formats: Vec<Option<NumberFormat>> = match values {
            Values::Exact => Vec::new(),
            Values::AsShown => cells.styles().iter().map(|style| style.number_format.clone()).collect(),
        };
        let mut rows = Rows::default();
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(damaged)? {
            let (row, column) = cell.get_position();
            let data = Data::from(cell.get_value().clone());
            let format = formats.get(style).and_then(Option::as_ref);
            let shown = match &data {
                Data::Int(value) => shown_number(*value as f64, format),
                Data::Float(value) => shown_number(*value, format),
                Data::DateTime(value) if value.is_datetime() => shown_date(value, format),
                _ => None,
            };
            rows.set(row, column, shown.unwrap_or_else(|| text(&data)), &sheet.name)?;
        }
        let area = |a: &Dimensions| Area {
            lines: a.start.0 as usize + 1..=a.end.0 as usize + 1,
            columns: a.start.1 as usize..=a.end.1 as usize,
        };
        read.push(Sheet {
            name: sheet.name,
            hidden: sheet.visible != SheetVisible::Visible,
            rows: rows.rows,
            merged: merged.iter().map(area).collect(),
        });
    }
    Ok(read)
}

/// The sheets of an ODS file.
///
/// # Errors
/// A file that is damaged or too large.
pub fn read_ods(bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookError> {
    check_size(bytes)?;
    check_repeats(bytes)?;
    let mut workbook: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(damaged)?;
    let sheets = workbook.sheets_metadata().to_vec();
    let mut read = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let range = workbook.worksheet_range(&sheet.name).map_err(damaged)?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut rows = Rows::default();
        for (row, column, data) in range.used_cells() {
            rows.set(
                first_row + row as u32,
                first_column + column as u32,
                text(data),
                &sheet.name,
            )?;
        }
        read.push(Sheet {
            name: sheet.name,
            hidden: sheet.visible != SheetVisible::Visible,
            rows: rows.rows,
            merged: Vec::new(),
        });
    }
    Ok(read)
}

impl Sheet {
    /// Writes the first cell of each merged area into the rows below: a category over the names that have it.
    pub fn fill_down(&mut self) {
        let mut left = MOST_CELLS;
        for Area { lines, columns } in &self.merged {
            let column = *columns.start();
            let at = self.rows.partition_point(|r| r.line < *lines.start());
            let first = self.rows.get(at).filter(|r| r.line == *lines.start());
            let Some(text) = first.and_then(|r| r.cells.get(column)).cloned() else {
                continue;
            };
            for row in self.rows[at + 1..].iter_mut().take_while(|r| r.line <= *lines.end()) {
                left = left.saturating_sub(1);
                if left == 0 {
                    return;
                }
                if row.cells.len() <= column {
                    row.cells.resize(column + 1, String::new());
                }
                row.cells[column].clone_from(&text);
            }
        }
    }
}

/// The rows of a sheet while its cells are read. Rows without a cell are left out.
#[derive(Default)]
struct Rows {
    rows: Vec<SheetRow>,
    cells: u64,
}

impl Rows {
    fn set(&mut self, row: u32, column: u32, text: String, sheet: &str) -> Result<(), WorkbookError> {
        if text.is_empty() || column >= MOST_COLUMNS {
            return Ok(());
        }
        let (line, column) = (row as usize + 1, column as usize);
        if self.rows.last().is_none_or(|r| r.line != line) {
            self.rows.push(SheetRow {
                line,
                cells: Vec::new(),
            });
        }
        let Some(row) = self.rows.last_mut() else { return Ok(()) };
        let missing = (column + 1).saturating_sub(row.cells.len());
        self.cells += missing as u64;
        if self.cells > MOST_CELLS {
            return Err(WorkbookError::TooManyCells(sheet.to_owned()));
        }
        row.cells.resize(row.cells.len() + missing, String::new());
        row.cells[column] = text;
        Ok(())
    }
}

/// A cell as a person reads it.
fn text(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        // A date with a time; the time of a day is of no use here.
        Data::DateTimeIso(date) => date.split('T').next().unwrap_or_default().to_owned(),
        Data::Bool(value) => value.to_string(),
        // Excel writes line breaks in cells as LF, some tools as CR LF.
        other => other.to_string().replace("\r\n", "\n"),
    }
}

/// Unpacks every part, without keeping it.
fn check_size(bytes: &[u8]) -> Result<(), WorkbookError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut left = MOST_BYTES;
    for i in 0..archive.len() {
        let part = archive.by_index(i).map_err(damaged)?;
        if part.size() > left {
            return Err(WorkbookError::TooLarge);
        }
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(damaged)?;
        left = left.checked_sub(read).ok_or(WorkbookError::TooLarge)?;
    }
    Ok(())
}

/// ODS writes equal cells and rows once, with their number. Refuses a sheet whose cells would be too many.
fn check_repeats(bytes: &[u8]) -> Result<(), WorkbookError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut content = String::new();
    let mut part = archive.by_name("content.xml").map_err(damaged)?;
    part.read_to_string(&mut content).map_err(damaged)?;
    let mut xml = quick_xml::Reader::from_str(&content);
    let (mut sheet, mut row) = (String::new(), SheetSize::default());
    loop {
        let event = xml.read_event().map_err(damaged)?;
        let (start, is_empty) = match &event {
            Event::Start(start) => (start, false),
            Event::Empty(start) => (start, true),
            Event::End(end) if end.name().as_ref() == "table:table-row" => {
                row.end_row();
                if row.cells() > MOST_CELLS {
                    return Err(WorkbookError::TooManyCells(sheet));
                }
                continue;
            }
            Event::Eof => return Ok(()),
            _ => continue,
        };
        let attribute = |name: &str| {
            let found = start.try_get_attribute(name).ok().flatten();
            found.map(|a| a.value.into_owned())
        };
        let number = |name: &str| attribute(name).and_then(|n| n.parse::<u64>().ok()).unwrap_or(1);
        match start.name().as_ref() {
            "table:table" => {
                sheet = attribute("table:name").unwrap_or_default();
                row = SheetSize::default();
            }
            "table:table-row" => {
                row.repeats = number("table:number-rows-repeated");
                if is_empty {
                    row.end_row();
                }
            }
            "table:table-cell" | "table:covered-table-cell" => {
                row.add(
                    number("table:number-columns-repeated"),
                    attribute("office:value-type").is_some(),
                );
            }
            _ => {}
        }
    }
}

/// The size of a sheet up to its last cell that is not empty.
#[derive(Default)]
struct SheetSize {
    /// Of the row at hand: how often it is repeated, its cells, and those up to the last that is not empty.
    repeats: u64,
    width: u64,
    used: u64,
    /// Of the sheet: its rows, those up to the last that is not empty, and the widest of these.
    rows: u64,
    used_rows: u64,
    widest: u64,
}

impl SheetSize {
    fn add(&mut self, repeats: u64, has_text: bool) {
        self.width = self.width.saturating_add(repeats);
        if has_text {
            self.used = self.width;
        }
    }

    fn end_row(&mut self) {
        self.rows = self.rows.saturating_add(self.repeats);
        if self.used > 0 {
            self.used_rows = self.rows;
            self.widest = self.widest.max(self.used);
        }
        (self.width, self.used) = (0, 0);
    }

    fn cells(&self) -> u64 {
        self.used_rows.saturating_mul(self.widest)
    }
}
