//! Excel workbooks, `.xlsx` (ECMA-376). The text of a file is what the reader makes of its sheets: a line for each row, with tabs
//! between the cells, so that line 12 is row 12 of the first sheet.

mod notes;

use super::columns::Header;
use super::content::{Content, LINE_BREAK, ProseReader, Raw, Table, lines};
use super::package::Package;
use super::pair_table::pair_columns;
use super::workbook::{Sheet, SheetRow, Values, read_xlsx};
use super::{Annotator, Comments, Edit, File, Format, InputError, PackageFault, Reader, prose, whole};
use crate::document::BlockKind;
use crate::text::{Dialect, Source, Span};

/// How many rows of a sheet may be above its header: a title, a date, a note.
const ROWS_ABOVE: usize = 10;

/// Excel workbooks.
#[derive(Debug)]
pub struct Excel;

impl Format for Excel {
    fn name(&self) -> &'static str {
        "Excel"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xlsx", "xlsm"]
    }

    fn comments(&self) -> Option<Comments> {
        None
    }

    fn is_package(&self) -> bool {
        true
    }

    fn read(&'static self, file: File) -> Reader {
        prose::read(self, ProseReader::File(read_file), file)
    }

    fn annotator(&self) -> Option<Annotator> {
        Some(notes::annotate)
    }

    fn escape(&self, _text: &str, _dialect: &Dialect, _edits: Vec<Edit>) -> Vec<Edit> {
        Vec::new()
    }
}

fn read_file(mut file: File, _bilingual: bool) -> Result<(Source, Content), InputError> {
    let bytes = whole::read_bytes(&mut file)?;
    let name = file.name;
    let of_file = |fault: PackageFault| fault.of(&name);
    Package::open(&bytes).map_err(of_file)?;
    let sheets = read_xlsx(&bytes, Values::AsShown).map_err(|e| of_file(e.into()))?;
    let (text, shown) = shown(&sheets);
    let mut content = Content::default();
    for shown in shown {
        content.tables.extend(pairs(&text, shown.sheet, shown.rows));
    }
    if text.trim().is_empty() {
        return Err(InputError::Empty { path: name });
    }
    if content.tables.is_empty() {
        let explicit = file.explicit;
        return Err(InputError::NoPairs { path: name, explicit });
    }
    let source = whole::source_of_package(Excel.name(), name, &bytes, text);
    Ok((source, content))
}

/// A sheet in the text of a workbook.
struct Shown<'s> {
    sheet: &'s Sheet,
    /// How many lines of the text are before the first row of the sheet.
    lines_before: usize,
    rows: Vec<Vec<Raw>>,
}

/// The text of a workbook, and the sheets that it consists of. Hidden and empty ones are left out.
fn shown(sheets: &[Sheet]) -> (String, Vec<Shown<'_>>) {
    let mut text = String::new();
    let mut shown = Vec::new();
    for sheet in sheets.iter().filter(|sheet| !sheet.hidden && !sheet.rows.is_empty()) {
        if !text.is_empty() {
            text.push('\n');
        }
        let lines_before = text.matches('\n').count();
        let rows = write(sheet, &mut text);
        shown.push(Shown {
            sheet,
            lines_before,
            rows,
        });
    }
    (text, shown)
}

/// Writes the rows of a sheet into the text, and gives their cells.
fn write(sheet: &Sheet, text: &mut String) -> Vec<Vec<Raw>> {
    let mut line = 1;
    let row = |row: &SheetRow| {
        text.extend(std::iter::repeat_n('\n', row.line.saturating_sub(line)));
        line = row.line + 1;
        let cell = |(column, cell): (usize, &String)| {
            if column > 0 {
                text.push('\t');
            }
            let start = text.len();
            let written = |c: char| match c {
                '\n' => LINE_BREAK,
                '\t' | '\r' => ' ',
                c => c,
            };
            text.extend(cell.chars().map(written));
            Raw {
                kind: BlockKind::Segment,
                lines: lines(text, Span::new(start, text.len())),
                group: 0,
            }
        };
        let cells = row.cells.iter().enumerate().map(cell).collect();
        text.push('\n');
        cells
    };
    sheet.rows.iter().map(row).collect()
}

/// The table of pairs in a sheet.
fn pairs(text: &str, sheet: &Sheet, mut rows: Vec<Vec<Raw>>) -> Option<Table> {
    let first = |row: &[Raw]| -> Vec<String> {
        let cell = |cell: &Raw| cell.lines.first().map_or("", |line| line.of(text)).to_owned();
        row.iter().map(cell).collect()
    };
    let is_header = |row: &Vec<Raw>| Header::read(first(row).iter().map(String::as_str)).is_ok();
    let above = rows.iter().take(ROWS_ABOVE).position(is_header).unwrap_or(0);
    let (header, named) = pair_columns(text, &rows[above..])?;
    let skipped = above + named;
    let lines = sheet.rows.iter().map(|row| row.line);
    // Where the cell of one language was merged over several rows, the cells of the other are one text.
    let goes_on = |line: usize, column: usize| {
        let mut areas = sheet.merged.iter();
        areas.any(|a| a.columns.contains(&column) && a.lines.contains(&line) && line > *a.lines.start())
    };
    let mut table: Vec<Vec<Raw>> = Vec::with_capacity(rows.len());
    for (row, line) in rows.drain(..).zip(lines).skip(skipped) {
        let [zh, en] = [header.zh, header.en].map(|column| goes_on(line, column));
        let other = if zh { header.en } else { header.zh };
        match table.last_mut().filter(|_| zh != en) {
            Some(last) => {
                let more = row.into_iter().nth(other).map_or_else(Vec::new, |cell| cell.lines);
                if let Some(cell) = last.get_mut(other) {
                    cell.lines.extend(more);
                }
            }
            None => table.push(row),
        }
    }
    Some(Table { rows: table, header })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::path::Path;
    use std::sync::Arc;

    use rust_xlsxwriter::{Format as CellFormat, Workbook};

    use super::*;
    use crate::document::{Block, Document, Layout, Record};
    use crate::finding::Severity;
    use crate::formats;
    use crate::formats::Note;

    fn read(workbook: &mut Workbook) -> Result<Vec<Document>, InputError> {
        let format = formats::of(Path::new("a.xlsx")).unwrap();
        let documents = format.read(File {
            name: Arc::from("a.xlsx"),
            bytes: Box::new(Cursor::new(workbook.save_to_buffer().unwrap())),
            encoding: None,
            explicit: false,
        });
        documents.collect()
    }

    /// A workbook with a sheet of these rows.
    fn workbook(rows: &[&[&str]]) -> Workbook {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (i, row) in (0..).zip(rows) {
            for (j, cell) in (0..).zip(*row) {
                sheet.write_string(i, j, *cell).unwrap();
            }
        }
        workbook
    }

    fn texts(document: &Document) -> Vec<[&str; 2]> {
        fn text(blocks: &[Block]) -> &str {
            blocks.first().map_or("", |b| b.text.as_str())
        }
        let records = document.records.iter();
        let pair = |r: &Record| [text(&document.zh[r.zh.clone()]), text(&document.en[r.en.clone()])];
        records.map(pair).collect()
    }

    #[test]
    fn rows_are_pairs_and_lines_are_their_numbers() {
        let rows: [&[&str]; 5] = [
            &["会议材料"],
            &[],
            &["编号", "中文", "备注", "English"],
            &["a", "我们开会。\n大家都来。", "x", "We meet.\nEverybody comes."],
            &["b", "春天来了。", "", ""],
        ];
        let documents = read(&mut workbook(&rows)).unwrap();
        let document = &documents[0];
        assert_eq!(document.layout, Layout::Records);
        let expected = [
            ["我们开会。大家都来。", "We meet. Everybody comes."],
            ["春天来了。", ""],
        ];
        assert_eq!(texts(document), expected);
        assert_eq!(document.records[0].id.as_deref(), Some("a"));
        let at = document.sources[0].position(document.en[0].origin.span.start);
        assert_eq!((at.line, at.column), (4, 17));
    }

    #[test]
    fn columns_without_a_header_are_known_by_their_script() {
        let rows: [&[&str]; 3] = [
            &["Spring has come.", "春天来了。"],
            &["The ice has melted.", "冰化了。"],
            &["We meet.", "我们开会。"],
        ];
        let documents = read(&mut workbook(&rows)).unwrap();
        assert_eq!(texts(&documents[0])[0], ["春天来了。", "Spring has come."]);
        assert_eq!(documents[0].records.len(), 3);
    }

    #[test]
    fn a_merged_cell_has_all_the_text_beside_it() {
        let mut workbook = workbook(&[
            &["zh", "en"],
            &["", "We meet."],
            &["", "All come."],
            &["春天来了。", "Spring has come."],
        ]);
        let sheet = workbook.worksheet_from_index(0).unwrap();
        sheet
            .merge_range(1, 0, 2, 0, "我们开会，大家都来。", &CellFormat::new())
            .unwrap();
        let documents = read(&mut workbook).unwrap();
        let expected = [
            ["我们开会，大家都来。", "We meet. All come."],
            ["春天来了。", "Spring has come."],
        ];
        assert_eq!(texts(&documents[0]), expected);
    }

    #[test]
    fn numbers_and_days_are_read_as_they_are_shown() {
        let mut workbook = workbook(&[&["zh", "en"], &["我们开会。", "We meet."]]);
        let sheet = workbook.worksheet_from_index(0).unwrap();
        let format = |code: &str| CellFormat::new().set_num_format(code);
        sheet.write_number_with_format(2, 0, 0.125, &format("0.0%")).unwrap();
        sheet
            .write_number_with_format(2, 1, 1234.5, &format("#,##0.00"))
            .unwrap();
        let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2024, 5, 6).unwrap();
        let chinese = format("yyyy\"年\"m\"月\"d\"日\"");
        sheet.write_datetime_with_format(3, 0, &day, &chinese).unwrap();
        sheet
            .write_datetime_with_format(3, 1, &day, &format("mmmm d, yyyy"))
            .unwrap();
        sheet.write_number(4, 0, 7).unwrap();
        sheet.write_datetime_with_format(4, 1, &day, &format("m/d/yy")).unwrap();
        let documents = read(&mut workbook).unwrap();
        let expected = [
            ["我们开会。", "We meet."],
            ["12.5%", "1,234.50"],
            ["2024年5月6日", "May 6, 2024"],
            ["7", "5/6/24"],
        ];
        assert_eq!(texts(&documents[0]), expected);
    }

    #[test]
    fn workbooks_without_pairs_are_skipped_and_hidden_sheets_not_read() {
        let mut budget = workbook(&[&["year", "sum"], &["2024", "7"]]);
        assert!(matches!(
            read(&mut budget),
            Err(InputError::NoPairs { explicit: false, .. })
        ));
        let mut hidden = workbook(&[&["zh", "en"], &["好", "good"]]);
        hidden.add_worksheet().write_string(0, 0, "notes").unwrap();
        hidden.worksheet_from_index(1).unwrap().set_active(true);
        hidden.worksheet_from_index(0).unwrap().set_hidden(true);
        assert!(matches!(read(&mut hidden), Err(InputError::NoPairs { .. })));
    }

    /// A part of the copy of a workbook with a note on the first occurrence of each of these texts.
    fn annotated(workbook: &mut Workbook, needles: &[&str]) -> Vec<u8> {
        let bytes = workbook.save_to_buffer().unwrap();
        let sheets = read_xlsx(&bytes, Values::AsShown).unwrap();
        let source = Source::new("", shown(&sheets).0);
        let note = |needle: &&str| {
            let start = source.text().find(*needle).unwrap();
            Note {
                range: (source.position(start), source.position(start + needle.len())),
                severity: Severity::Error,
                rule: "number-mismatch",
                paragraphs: vec![format!("{needle} & more"), "help".to_owned()],
                finding: String::new(),
            }
        };
        let notes: Vec<Note> = needles.iter().map(note).collect();
        notes::annotate(&bytes, &Dialect::new("Excel"), &notes).unwrap()
    }

    fn part(bytes: &[u8], name: &str) -> String {
        let part = Package::open(bytes).unwrap().part(name).unwrap();
        part.unwrap_or_else(|| panic!("no {name}")).text
    }

    #[test]
    fn cells_get_comments_also_in_the_second_sheet() {
        let mut workbook = workbook(&[&["zh", "en"], &["三家", "four firms, five"]]);
        let second = workbook.add_worksheet();
        second.write_string(2, 0, "七家").unwrap();
        second.write_string(2, 28, "eight").unwrap();
        let copy = annotated(&mut workbook, &["four", "five", "eight"]);
        let comments = part(&copy, "xl/worksheets/comments1.xml");
        assert_eq!(comments.matches("ref=\"B2\"").count(), 1, "{comments}");
        assert!(
            comments.contains("error[number-mismatch] </t>") && comments.contains("four &amp; more\nhelp\n"),
            "{comments}"
        );
        assert!(comments.contains("five &amp; more"), "{comments}");
        assert!(part(&copy, "xl/worksheets/comments2.xml").contains("ref=\"AC3\""));
        let drawing = part(&copy, "xl/worksheets/vmlDrawing2.vml");
        assert!(drawing.contains("<x:Row>2</x:Row><x:Column>28</x:Column>"), "{drawing}");
        assert!(part(&copy, "xl/worksheets/sheet1.xml").ends_with("r:id=\"rId2\"/></worksheet>"));
        let types = part(&copy, "[Content_Types].xml");
        assert!(types.contains("PartName=\"/xl/worksheets/comments2.xml\""), "{types}");
        assert_eq!(read_xlsx(&copy, Values::AsShown).unwrap()[0].rows.len(), 2);
    }

    #[test]
    fn comments_of_people_stay() {
        let mut workbook = workbook(&[&["zh", "en"], &["三家", "four"], &["五家", "six"]]);
        let sheet = workbook.worksheet_from_index(0).unwrap();
        sheet
            .insert_note(1, 1, &rust_xlsxwriter::Note::new("Please check.").set_author("Li"))
            .unwrap();
        let copy = annotated(&mut workbook, &["four", "six"]);
        let comments = part(&copy, "xl/comments1.xml");
        let (first, second) = comments.split_once("ref=\"B3\"").unwrap();
        assert!(
            first.contains("Please check.") && first.contains("four &amp; more"),
            "{first}"
        );
        // The list and the new author's own tag begin like those of the authors before.
        let (before, _) = comments.split_once(">bilint</author>").unwrap();
        let number = before.matches("<author").count() - 2;
        assert!(second.contains(&format!("authorId=\"{number}\"")), "{comments}");
        assert!(second.contains("six &amp; more"), "{second}");
        assert_eq!(
            part(&copy, "xl/drawings/vmlDrawing1.vml")
                .matches("<x:ClientData")
                .count(),
            2
        );
    }
}
