//! Markdown tables.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::layout::Table;
use crate::formats::workbook::SheetRow;
use crate::glossary::Concept;
use crate::text::{Source, escape_markdown};

/// The names as a table, without the columns that are empty.
pub(super) fn write(concepts: &[Concept]) -> String {
    let table = Table::new(concepts).without_empty_columns();
    let mut out = line(&table.headings);
    out.push('|');
    out.push_str(&"---|".repeat(table.headings.len()));
    out.push('\n');
    for row in &table.rows {
        out.push_str(&line(row));
    }
    out
}

fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| escape_markdown(cell)).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// The rows of each table of a file.
pub(super) fn read(source: &Source) -> Vec<Vec<SheetRow>> {
    let (mut tables, mut cell) = (Vec::<Vec<SheetRow>>::new(), None::<String>);
    let events = Parser::new_ext(source.text(), Options::ENABLE_TABLES).into_offset_iter();
    for (event, range) in events {
        match event {
            Event::Start(Tag::Table(_)) => tables.push(Vec::new()),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                if let Some(rows) = tables.last_mut() {
                    rows.push(SheetRow {
                        line: source.line(range.start),
                        cells: Vec::new(),
                    });
                }
            }
            Event::Start(Tag::TableCell) => cell = Some(String::new()),
            Event::End(TagEnd::TableCell) => {
                let row = tables.last_mut().and_then(|rows| rows.last_mut());
                if let (Some(row), Some(text)) = (row, cell.take()) {
                    row.cells.push(text);
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(cell) = &mut cell {
                    cell.push_str(&text);
                }
            }
            Event::InlineHtml(html) => {
                if let Some(cell) = &mut cell {
                    let is_break = ["<br>", "<br/>", "<br />"].contains(&html.to_lowercase().as_str());
                    cell.push_str(if is_break { "\n" } else { &html });
                }
            }
            _ => {}
        }
    }
    tables
}
