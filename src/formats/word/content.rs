//! Divides the text of a document into paragraphs and tables of pairs.

use std::collections::{BTreeMap, HashMap};

use super::text::{Paragraph, Place, Story, Text};
use crate::document::{BlockKind, Cell};
use crate::formats::content::{Content, Raw, Table, lines};
use crate::formats::pair_table::pair_columns;
use crate::formats::text::paragraphs;
use crate::text::script::side_of;
use crate::text::{Side, Span};

/// The content of a document. Tables are read as pairs only if the document is `bilingual`.
///
/// Paragraphs that no style describes are read as plain text has them, with a line for each.
pub(in crate::formats) fn divide(text: &Text, bilingual: bool) -> Content {
    let grids = grids(text);
    // Headers and footers of a text in both languages are its layout, unless they are in both as well.
    let has_margins = !bilingual
        || [Side::Zh, Side::En]
            .into_iter()
            .all(|side| margins(text).any(|p| side_of(p) == Some(side)));
    let is_prose = |p: &Paragraph| {
        let in_grid = p.place.is_some_and(|place| grids.contains_key(&place.table));
        !p.role.generated && !in_grid && (has_margins || p.story != Story::Margin)
    };
    let mut kinds: HashMap<usize, BlockKind> = HashMap::new();
    let mut prose = String::with_capacity(text.lines.len());
    for paragraph in &text.paragraphs {
        let line = paragraph.line;
        prose.push_str(&text.lines[prose.len()..line.start]);
        if is_prose(paragraph) {
            prose.push_str(line.of(&text.lines));
            kinds.extend(paragraph.role.kind().map(|kind| (line.start, kind)));
        } else {
            prose.push_str(&" ".repeat(line.len()));
        }
    }
    let mut content = Content {
        raws: paragraphs(&prose, bilingual, &|line| kinds.get(&line).copied()),
        masks: text.masks.clone(),
        ..Content::default()
    };
    for raw in &mut content.raws {
        raw.lines = raw.lines.iter().flat_map(|&line| lines(&text.lines, line)).collect();
    }
    let mut first_row = 0;
    for grid in grids.values() {
        let rows = rows(&text.lines, grid, first_row);
        first_row += rows.len() as u32;
        match pair_columns(&text.lines, &rows).filter(|_| bilingual) {
            Some((header, first)) => {
                let rows = rows.into_iter().skip(first);
                let rows = rows.flat_map(|row| by_paragraph(row, [header.zh, header.en])).collect();
                content.tables.push(Table { rows, header });
            }
            None => content.raws.extend(rows.into_iter().flatten()),
        }
    }
    content.raws.retain(|raw| !raw.lines.is_empty());
    content.raws.sort_by_key(|raw| raw.lines[0].start);
    content
}

/// The texts of headers and footers.
fn margins(text: &Text) -> impl Iterator<Item = &str> {
    let paragraphs = text.paragraphs.iter().filter(|p| p.story == Story::Margin);
    paragraphs.map(|p| p.line.of(&text.lines))
}

/// The cells of a table, by row and column, with their paragraphs.
type Grid = BTreeMap<usize, BTreeMap<usize, Vec<Span>>>;

/// The tables by number. A table of one cell is a frame around prose, and none.
fn grids(text: &Text) -> BTreeMap<usize, Grid> {
    let mut grids: BTreeMap<usize, Grid> = BTreeMap::new();
    for paragraph in text.paragraphs.iter().filter(|p| !p.role.generated) {
        if let Some(Place { table, row, column }) = paragraph.place {
            let cells = grids.entry(table).or_default().entry(row).or_default();
            cells.entry(column).or_default().push(paragraph.line);
        }
    }
    grids.retain(|_, grid| grid.values().map(BTreeMap::len).sum::<usize>() > 1);
    grids
}

/// The rows of a table, each with a cell for every column up to its last.
fn rows(text: &str, grid: &Grid, first_row: u32) -> Vec<Vec<Raw>> {
    let row = |(row, cells): (u32, &BTreeMap<usize, Vec<Span>>)| {
        let columns = cells.last_key_value().map_or(0, |(last, _)| last + 1);
        let cell = |column: usize| {
            let paragraphs = cells.get(&column).map_or(&[][..], Vec::as_slice);
            Raw {
                kind: BlockKind::TableCell(Cell {
                    row,
                    column: column as u16,
                    columns: columns as u16,
                }),
                lines: paragraphs.iter().flat_map(|&line| lines(text, line)).collect(),
                group: 0,
            }
        };
        (0..columns).map(cell).collect()
    };
    (first_row..).zip(grid.values()).map(row).collect()
}

/// A row of a table of pairs, or several where the cells of both languages have as many paragraphs.
fn by_paragraph(row: Vec<Raw>, languages: [usize; 2]) -> Vec<Vec<Raw>> {
    let count = |column: usize| row.get(column).map_or(0, |cell| cell.lines.len());
    let [zh, en] = languages.map(count);
    if zh != en || zh < 2 {
        return vec![row];
    }
    let part = |index: usize| {
        let cell = |cell: &Raw| Raw {
            kind: cell.kind,
            lines: cell.lines.get(index).copied().into_iter().collect(),
            group: cell.group,
        };
        row.iter().map(cell).collect()
    };
    (0..zh).map(part).collect()
}
