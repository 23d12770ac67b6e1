//! Cutting a long paragraph down to the text around a label, and measuring in terminal cells where the label is.

use unicode_width::UnicodeWidthChar;

use crate::text::Span;
use crate::text::printable_char;

/// One line of text, with the part of it to underline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// How many lines it is below the label's first line.
    pub below: usize,
    /// The line, cut with `…` if it is too long; safe for a terminal.
    pub text: String,
    /// Cells before the label.
    pub from: usize,
    /// Cells of the label; at least one.
    pub cells: usize,
}

/// The lines of `context` that `span` covers, each at most `width` cells wide. If the label spans several lines, only
/// its first and its last one.
pub fn excerpts(context: &str, span: Span, width: usize) -> Vec<Excerpt> {
    let covered = span.of(context);
    let mut lines = vec![(0, span.start, span.start + covered.find('\n').unwrap_or(covered.len()))];
    let body = covered.trim_end();
    if let Some(last) = body.rfind('\n') {
        lines.push((
            body.matches('\n').count(),
            span.start + last + 1,
            span.start + body.len(),
        ));
    }
    lines
        .into_iter()
        .map(|(below, start, end)| {
            let Span {
                start: line_start,
                end: line_end,
            } = near(context, start, width);
            // A label of no text marks a line that is shown for comparison.
            let before_label = &context[line_start..if start == end { line_end } else { start }];
            let line_start = line_start + before_label.len() - before_label.trim_start().len();
            let line = context[line_start..line_end].trim_end();
            let in_line = |at: usize| at.saturating_sub(line_start).min(line.len());
            let label = Span::new(in_line(start), in_line(end));
            let (text, from, cells) = cut_around(line, label, width);
            Excerpt {
                below,
                text,
                from,
                cells,
            }
        })
        .collect()
}

/// The line around the byte `at`, without what is too far away to be shown, so that the cost of an excerpt does not depend
/// on the length of the line.
fn near(text: &str, at: usize, width: usize) -> Span {
    // Wide characters take two cells, combining marks none.
    let is_near = |(i, c): &(usize, char)| *c != '\n' && *i < 8 * width;
    let bytes = |chars: &mut dyn Iterator<Item = char>| -> usize {
        chars.enumerate().take_while(is_near).map(|(_, c)| c.len_utf8()).sum()
    };
    Span::new(
        at - bytes(&mut text[..at].chars().rev()),
        at + bytes(&mut text[at..].chars()),
    )
}

/// A character as shown, and its width.
#[derive(Clone, Copy)]
struct Cell {
    byte: usize,
    c: char,
    width: usize,
}

/// The text of `line` around `label` in at most `width` cells, the cells before the label, and the cells of the label.
fn cut_around(line: &str, label: Span, width: usize) -> (String, usize, usize) {
    let cells: Vec<Cell> = line
        .char_indices()
        .map(|(byte, c)| {
            let c = printable_char(c);
            let width = c.width().unwrap_or(0);
            Cell { byte, c, width }
        })
        .collect();
    let sum = |cells: &[Cell]| -> usize { cells.iter().map(|c| c.width).sum() };
    let first = cells.partition_point(|c| c.byte < label.start);
    let last = cells.partition_point(|c| c.byte < label.end).max(first);
    let label_cells = sum(&cells[first..last]);
    let (mut from, mut to) = (0, cells.len());
    if sum(&cells) > width {
        // Two cells are kept for the ellipses; half of what the label leaves goes to either side, and what one side
        // does not need to the other.
        let spare = width.saturating_sub(label_cells + 2);
        let (before, after) = (sum(&cells[..first]), sum(&cells[last..]));
        let left = before.min((spare / 2).max(spare.saturating_sub(after)));
        from = first - count_fitting(cells[..first].iter().rev(), left);
        if from > 0 {
            from = word_start(&cells, from, first);
        }
        // A combining mark belongs to the character before it, which is cut.
        from += cells[from..first].iter().take_while(|c| c.width == 0).count();
        let room = width.saturating_sub(2 + sum(&cells[from..first]));
        to = first + count_fitting(cells[first..].iter(), room);
        if to < cells.len() && to > last {
            to = word_end(&cells, to, last);
        }
    }
    let mut text = String::new();
    if from > 0 {
        text.push('…');
    }
    let before = usize::from(from > 0) + sum(&cells[from..first]);
    text.extend(cells[from..to].iter().map(|c| c.c));
    if to < cells.len() {
        text.truncate(text.trim_end().len());
        text.push('…');
    }
    (text, before, sum(&cells[first..last.min(to).max(first)]).max(1))
}

/// How many of the cells fit into `room`.
fn count_fitting<'a>(cells: impl Iterator<Item = &'a Cell>, room: usize) -> usize {
    let mut used = 0;
    cells
        .take_while(|c| {
            used += c.width;
            used <= room
        })
        .count()
}

/// How many letters of a word a cut may drop to end at the word's edge.
const LONGEST_STUMP: usize = 14;

/// The start of the first whole Latin word after `from`, if it is near and before `limit`.
fn word_start(cells: &[Cell], from: usize, limit: usize) -> usize {
    if !cells[from - 1].c.is_alphanumeric() || cells[from - 1].width > 1 {
        return from;
    }
    let mut near = cells[from..limit].iter().take(LONGEST_STUMP);
    match near.position(|c| c.c == ' ') {
        Some(i) => from + i + 1,
        None => from,
    }
}

/// The end of the last whole Latin word before `to`, if it is near and after `limit`.
fn word_end(cells: &[Cell], to: usize, limit: usize) -> usize {
    if !cells[to].c.is_alphanumeric() || cells[to].width > 1 {
        return to;
    }
    let mut near = cells[limit..to].iter().rev().take(LONGEST_STUMP);
    match near.position(|c| c.c == ' ') {
        Some(i) => to - i,
        None => to,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn excerpt(line: &str, label: &str, width: usize) -> Excerpt {
        let start = line.find(label).unwrap();
        let mut all = excerpts(line, Span::new(start, start + label.len()), width);
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    #[test]
    fn han_characters_are_two_cells_wide() {
        let e = excerpt("打造稳态强磁场装置。", "磁场", 80);
        assert_eq!((e.from, e.cells), (10, 4));
    }

    #[test]
    fn a_long_line_is_cut_at_word_edges_around_the_label() {
        let line = "At present, momentous changes unseen in a century are accelerating across the world today.";
        let e = excerpt(line, "century", 40);
        assert_eq!(e.text, "…unseen in a century are accelerating…");
        assert_eq!(
            &e.text.chars().skip(e.from).take(e.cells).collect::<String>(),
            "century"
        );
    }

    #[test]
    fn a_label_longer_than_the_line_is_cut_at_its_end() {
        let e = excerpt(&"长".repeat(100), &"长".repeat(100), 20);
        assert_eq!(e.text, format!("{}…", "长".repeat(9)));
        assert_eq!((e.from, e.cells), (0, 18));
    }

    #[test]
    fn of_a_line_without_an_end_only_the_text_around_the_label_is_read() {
        let line = format!("{}label{}", "长 ".repeat(500), " 长".repeat(500));
        let e = excerpt(&line, "label", 20);
        assert_eq!(e.text, "…长 长 label 长 长…");
    }

    #[test]
    fn indentation_is_dropped() {
        let e = excerpt("　　打造稳态强磁场装置。", "磁场", 80);
        assert_eq!((e.text.as_str(), e.from), ("打造稳态强磁场装置。", 10));
        assert_eq!(excerpt(" 装置、", "", 80).text, "装置、");
        let e = excerpt("  indented", "  in", 80);
        assert_eq!((e.text.as_str(), e.from, e.cells), ("  indented", 0, 4));
    }

    #[test]
    fn combining_marks_take_no_cell_and_stay_with_their_letter() {
        let e = excerpt("cafe\u{301} lab\tx", "lab", 80);
        assert_eq!((e.text.as_str(), e.from, e.cells), ("cafe\u{301} lab x", 5, 3));
        let long = format!("{}label", "e\u{301}".repeat(40));
        let e = excerpt(&long, "label", 20);
        assert!(e.text.starts_with("…e\u{301}"), "{:?}", e.text);
        assert_eq!(e.text.width(), 1 + e.from - 1 + 5);
    }

    #[test]
    fn of_many_lines_the_first_and_the_last_are_shown() {
        let text = "one two\nthree\nfour five";
        let all = excerpts(text, Span::new(4, 18), 80);
        let shown: Vec<_> = all
            .iter()
            .map(|e| (e.below, e.text.as_str(), e.from, e.cells))
            .collect();
        assert_eq!(shown, [(0, "one two", 4, 3), (2, "four five", 0, 4)]);
    }

    proptest! {
        #[test]
        fn never_wider_than_asked_and_the_label_is_where_it_says(
            before in "[a-z 中国，😀\u{301}]{0,80}", label in "[A-Z]{0,10}", after in "[a-z 中国，😀\u{301}]{0,80}", width in 20usize..90
        ) {
            let line = format!("{before}{label}{after}");
            let e = &excerpts(&line, Span::new(before.len(), before.len() + label.len()), width)[0];
            prop_assert!(e.text.width() <= width, "{} cells", e.text.width());
            if !label.is_empty() {
                let mut at = 0;
                let shown: String = e.text.chars().filter(|c| {
                    let here = at;
                    at += c.width().unwrap_or(0);
                    at > here && (e.from..e.from + e.cells).contains(&here)
                }).collect();
                prop_assert_eq!(shown, label);
            }
        }
    }
}
