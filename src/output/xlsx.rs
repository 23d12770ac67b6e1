//! An Excel workbook: a row for each finding, with both sentences.

use std::io::{self, Write};

use rust_xlsxwriter::{Color, Format, Worksheet, XlsxError};

use super::Emitter;
use super::page::place;
use super::workbook::{self, cell, fit_height, print_on_side, wrapped, write_head};
use crate::finding::{Finding, Label, Severity};
use crate::formats::REPORT_CATEGORY;
use crate::run::RunReport;
use crate::text::Side;

/// An Excel workbook.
#[derive(Debug, Clone, Copy)]
pub struct Xlsx;

impl Emitter for Xlsx {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&workbook(report).map_err(io::Error::other)?)
    }
}

const COLUMNS: [(&str, u8); 8] = [
    ("Severity", 10),
    ("Rule", 22),
    ("Place", 30),
    ("Finding", 50),
    ("What to do", 30),
    ("Chinese", 50),
    ("English", 60),
    ("Fingerprint", 34),
];

fn workbook(report: &RunReport) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = workbook::new(REPORT_CATEGORY)?;
    let sheet = workbook.add_worksheet();
    sheet.set_name("Findings")?;
    write_head(sheet, &COLUMNS)?;
    print_on_side(sheet, "bilint")?;
    for (number, finding) in report.findings.iter().enumerate() {
        write_finding(sheet, number as u32 + 1, finding)?;
    }
    sheet.autofilter(0, 0, report.findings.len() as u32, COLUMNS.len() as u16 - 1)?;
    if report.summary.not_checked().next().is_some() {
        let sheet = workbook.add_worksheet();
        sheet.set_name("Not checked")?;
        write_head(sheet, &[("File", 40), ("Why", 80)])?;
        for (number, skipped) in report.summary.not_checked().enumerate() {
            sheet.write_string(number as u32 + 1, 0, cell(&skipped.file))?;
            sheet.write_string(number as u32 + 1, 1, cell(&skipped.reason))?;
        }
    }
    workbook.save_to_buffer()
}

fn write_finding(sheet: &mut Worksheet, row: u32, f: &Finding) -> Result<(), XlsxError> {
    let wrap = wrapped();
    let why = f.why.as_ref().map(|why| format!("\nWhy: {why}")).unwrap_or_default();
    let (place, message) = (place(f), format!("{}{why}", f.message));
    let texts = [
        f.severity.name(),
        f.rule,
        &place,
        &message,
        f.help.as_deref().unwrap_or_default(),
    ];
    for (column, text) in texts.iter().enumerate() {
        sheet.write_string_with_format(row, column as u16, cell(text), &wrap)?;
    }
    write_sentence(sheet, (row, 5), f, Side::Zh)?;
    write_sentence(sheet, (row, 6), f, Side::En)?;
    sheet.write_string_with_format(row, 7, &f.fingerprint, &wrap)?;
    let sentences = [(Side::Zh, 5), (Side::En, 6)].map(|(side, column)| (sentence(f, side), column));
    let texts = texts.into_iter().zip(0..).chain(sentences);
    fit_height(sheet, row, texts.map(|(text, column)| (text, COLUMNS[column].1)))
}

/// The text around the label of one side.
fn sentence(f: &Finding, side: Side) -> &str {
    f.label_or_opposite(side).map_or("", |label| &label.context)
}

/// Writes the text around the label of one side, with the label in bold and in colour.
fn write_sentence(sheet: &mut Worksheet, at: (u32, u16), f: &Finding, side: Side) -> Result<(), XlsxError> {
    let Some(Label {
        context,
        context_span: span,
        ..
    }) = f.label_or_opposite(side)
    else {
        return Ok(());
    };
    let (plain, wrap) = (Format::new(), wrapped());
    let marked = Format::new().set_bold().set_font_color(match f.severity {
        Severity::Error => Color::RGB(0x00B3_261E),
        Severity::Warning => Color::RGB(0x008A_4B00),
        Severity::Note => Color::RGB(0x000B_5C66),
    });
    let parts = [
        (&plain, cell(&context[..span.start])),
        (&marked, cell(span.of(context))),
        (&plain, cell(&context[span.end..])),
    ];
    let parts: Vec<(&Format, &str)> = parts
        .iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(format, text)| (*format, text.as_str()))
        .collect();
    match parts[..] {
        [] => {}
        // A cell with one format is no rich text.
        [(_, text)] => drop(sheet.write_string_with_format(at.0, at.1, text, &wrap)?),
        _ => drop(sheet.write_rich_string_with_format(at.0, at.1, &parts, &wrap)?),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Reader, Xlsx as Workbook};

    use super::*;
    use crate::output::testing::reports;

    /// The cells of all sheets, one row a line.
    fn cells(bytes: Vec<u8>) -> String {
        let mut book = Workbook::new(Cursor::new(bytes)).unwrap();
        let mut lines = Vec::new();
        for (name, sheet) in book.worksheets() {
            lines.push(format!("# {name}"));
            lines.extend(sheet.rows().map(|row| {
                let row: Vec<String> = row.iter().map(|cell| cell.to_string().replace('\n', "⏎")).collect();
                row.join(" | ")
            }));
        }
        lines.join("\n")
    }

    #[test]
    fn xlsx_snapshots() {
        for (name, report) in reports() {
            let bytes = workbook(&report).unwrap();
            assert_eq!(bytes, workbook(&report).unwrap(), "a workbook is the same each time");
            insta::assert_snapshot!(format!("xlsx_{name}"), cells(bytes));
        }
    }
}
