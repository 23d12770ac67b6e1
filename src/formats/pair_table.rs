//! Tables in prose whose rows are pairs.

use super::columns::{Header, are_translations};
use super::content::Raw;
use super::one_language::WORDS_PER_HAN;
use crate::text::Side;
use crate::text::script::{is_han, side_of};

/// Which columns hold the languages, and how many rows the header has: as the header says or as the cells themselves show, in
/// columns called source and target, in a table of two columns, or in one with numbers before them.
pub fn pair_columns(text: &str, rows: &[Vec<Raw>]) -> Option<(Header, usize)> {
    let of = |cell: &Raw| cell.lines.first().map_or("", |l| l.of(text));
    let head = rows.first()?;
    let named = Header::read(head.iter().map(of)).ok();
    if let Some(header) = named.filter(|header| !header.by_script) {
        let cells = rows[1..]
            .iter()
            .map(|row| [header.zh, header.en].map(|column| row.get(column).map_or("", of)));
        let is_text = rows.len() == 1 || are_translations(cells);
        return is_text.then_some((header, 1));
    }
    let is_number = |column: usize| {
        let cells = rows[1..].iter().filter_map(|row| row.get(column));
        cells.into_iter().all(|cell| !of(cell).contains(char::is_alphabetic))
    };
    let (id, columns) = match named {
        Some(header) => (header.id, [header.zh, header.en]),
        None if rows.len() < 3 => return None,
        None if head.len() == 2 => (None, [0, 1]),
        None if head.len() == 3 && is_number(0) => (Some(0), [1, 2]),
        None => return None,
    };
    let sides = |row: &Vec<Raw>| Some(columns.map(|column| row.get(column).and_then(|cell| side_of(of(cell)))));
    let body = rows.get(1..).filter(|body| !body.is_empty())?;
    let fits = |want: [Side; 2]| {
        let fitting = body.iter().filter(|row| sides(row) == Some(want.map(Some))).count();
        fitting * 5 >= body.len() * 4
    };
    let [first, second] = columns;
    let [zh, en] = match (fits([Side::Zh, Side::En]), fits([Side::En, Side::Zh])) {
        (true, _) => [first, second],
        (_, true) => [second, first],
        _ => return None,
    };
    if !cells_translate(text, body, [zh, en]) {
        return None;
    }
    let header = Header {
        id,
        zh,
        en,
        by_script: false,
    };
    // The first row of a Markdown table is its header; where it is a pair like the others, it counts as one.
    let is_pair = named.is_none() && sides(head) == sides(&rows[1]);
    Some((header, usize::from(!is_pair)))
}

/// Whether the cells of two columns, Chinese and English, are long enough to translate each other. In a table of parameters, one
/// column has identifiers that the other describes: `route_name`, 路由名称。如果不存在….
fn cells_translate(text: &str, rows: &[Vec<Raw>], [zh, en]: [usize; 2]) -> bool {
    let cell = |row: &Vec<Raw>, column: usize| {
        let lines = row.get(column).map_or(&[][..], |cell| &cell.lines);
        lines.iter().map(|l| l.of(text)).collect::<Vec<_>>().join(" ")
    };
    let chinese: String = rows.iter().map(|row| cell(row, zh)).collect();
    let han = chinese.chars().filter(|&c| is_han(c)).count();
    let words: Vec<usize> = rows.iter().map(|row| words_outside_code(&cell(row, en))).collect();
    if words.iter().filter(|&&n| n == 0).count() * 5 > words.len() {
        return false;
    }
    let words: usize = words.iter().sum();
    let is_prose = chinese.contains(['，', '。', '、', '；']);
    !is_prose || words as f64 >= han as f64 * WORDS_PER_HAN
}

/// The words of three letters or more in a cell, outside of code and tags. An identifier, `<img>` and 40 MB have no such words.
fn words_outside_code(cell: &str) -> usize {
    let mut in_tag = false;
    let mut is_prose = |c: char| {
        in_tag = c == '<' || in_tag && c != '>';
        !in_tag && c.is_ascii_alphabetic()
    };
    let prose: String = cell.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let letters: String = prose.chars().map(|c| if is_prose(c) { c } else { ' ' }).collect();
    letters.split(' ').filter(|word| word.len() > 2).count()
}
