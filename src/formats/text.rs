//! Plain text: which lines are paragraphs of their own and which are one paragraph, wrapped.

use unicode_width::UnicodeWidthStr;

use super::content::{Content, ProseReader, Raw};
use super::divide::is_clearly_divided;
use super::{Comments, Edit, File, Format, Reader, marks, prose};
use crate::document::BlockKind;
use crate::text::script::side_of;
use crate::text::{Dialect, Side, Span};

/// Plain text.
#[derive(Debug)]
pub struct Text;

impl Format for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn comments(&self) -> Option<Comments> {
        Some(Comments::Markup)
    }

    fn prose(&self) -> Option<ProseReader> {
        Some(ProseReader::Text(content))
    }

    fn read(&'static self, file: File) -> Reader {
        prose::read(self, ProseReader::Text(content), file)
    }

    fn escape(&self, _text: &str, _dialect: &Dialect, edits: Vec<Edit>) -> Vec<Edit> {
        edits
    }
}

fn content(text: &str, bilingual: bool) -> Content {
    Content {
        raws: paragraphs(text, bilingual, &|_| None),
        ..Content::default()
    }
}

/// A line with something on it.
struct Line {
    /// Where the line begins, white space included.
    start: usize,
    /// Without the white space around it and the list or heading marker.
    content: Span,
    kind: BlockKind,
    /// Whether a marker, a heading or an indent says that something new begins here.
    opens: bool,
    marked: bool,
    side: Option<Side>,
    /// Number of blank lines before it, counted over the file: equal for lines that touch.
    group: usize,
}

/// The paragraphs of a text. Lines without letters and digits are left out. `known` gives the kind of the line that begins at a
/// byte, where something else than its text says it.
pub(super) fn paragraphs(text: &str, bilingual: bool, known: &dyn Fn(usize) -> Option<BlockKind>) -> Vec<Raw> {
    let lines = lines(text, bilingual, known);
    let wrapped = [Side::Zh, Side::En].map(|side| is_wrapped(text, &lines, side));
    let titles = if bilingual { title_block(text, &lines) } else { 0 };
    let mut out: Vec<Raw> = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let previous = i.checked_sub(1).map(|p| &lines[p]);
        let goes_on = previous.is_some_and(|p| {
            touch(p, line)
                && (i < titles
                    || line
                        .side
                        .is_some_and(|s| wrapped[s as usize].is_some_and(|w| !ends(text, p, line, w))))
        });
        match out.last_mut() {
            Some(last) if goes_on => last.lines.push(line.content),
            _ => out.push(Raw {
                kind: line.kind,
                lines: vec![Span::new(
                    if line.marked { line.content.start } else { line.start },
                    line.content.end,
                )],
                group: line.group,
            }),
        }
    }
    out
}

fn lines(text: &str, bilingual: bool, known: &dyn Fn(usize) -> Option<BlockKind>) -> Vec<Line> {
    let (mut out, mut group, mut start): (Vec<Line>, usize, usize) = (Vec::new(), 0, 0);
    for whole in text.split_inclusive('\n') {
        let from = start;
        start += whole.len();
        let line = whole.trim_end();
        let content = line.trim_start();
        if content.is_empty() {
            group += 1;
            continue;
        }
        let indent = line.len() - content.len();
        let content = marks::without_directive(content);
        if marks::is_ornament(content) {
            continue;
        }
        let mut kind = BlockKind::Paragraph;
        let mut marker = 0;
        let structure = marks::is_structure(content);
        if structure {
            kind = BlockKind::Structure;
        } else if let Some((level, width)) = marks::heading(content) {
            (kind, marker) = (BlockKind::Heading(level), width);
        } else {
            marker = marks::list_marker(content);
            if marker > 0 || indent > 0 && content.ends_with(['、', '；', ';']) {
                kind = BlockKind::ListItem;
            } else if indent > 0 && content.ends_with('。') && follows_item(&out) {
                // The last item of an enumeration ends with a full stop.
                kind = BlockKind::ListItem;
            }
        }
        let kind = known(from).unwrap_or(kind);
        let wide = line.starts_with('\u{3000}') || indent >= 2;
        out.push(Line {
            start: from,
            content: Span::new(from + indent + marker, from + indent + content.len()),
            kind,
            opens: kind != BlockKind::Paragraph || wide,
            marked: marker > 0,
            // A line in both languages is no part of a wrapped paragraph.
            side: side_of(&content[marker..]).filter(|_| !bilingual || !is_clearly_divided(content)),
            group,
        });
    }
    out
}

/// Whether one of the last two lines is an item of an enumeration: the one before, or the one before its translation.
fn follows_item(lines: &[Line]) -> bool {
    lines.iter().rev().take(2).any(|l| l.kind == BlockKind::ListItem)
}

/// Whether two lines directly follow each other, are in the same language and could be one paragraph.
fn touch(above: &Line, below: &Line) -> bool {
    above.group == below.group
        && above.side == below.side
        && above.side.is_some()
        && !below.opens
        && !matches!(above.kind, BlockKind::Structure | BlockKind::Heading(_))
}

fn width(text: &str, line: &Line) -> usize {
    let content = line.content.of(text);
    // Beyond any wrapped line; and no reason to measure a line of megabytes.
    if content.len() > 2000 {
        usize::MAX / 2
    } else {
        content.width()
    }
}

/// The cells that the beginning of a line takes which cannot be broken: a word, or one Chinese character with the
/// punctuation that must not begin a line.
fn first_word(line: &str) -> usize {
    let mut cells = 0;
    for c in line.chars().take(40) {
        let wide = unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        if c.is_whitespace() || (cells > 0 && wide == 2 && c.is_alphanumeric()) {
            break;
        }
        cells += wide;
        if wide == 2 && cells > 4 {
            break;
        }
    }
    cells
}

/// Lines narrower than this are titles, verses, items; lines broader than the maximum are paragraphs.
const NARROWEST: usize = 36;
const BROADEST: usize = 160;

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['”', '’', '"', '\'', '」', '』', '）', ')'])
        .ends_with(['。', '！', '？', '.', '!', '?', '：', ':', '；', ';'])
}

/// More lines are no title block.
const LONGEST_TITLE: usize = 8;

/// The number of lines in the title block that a text begins with in both languages, 0 without one: a group of lines
/// without a sentence in the one, then one in the other. Title, speaker, place and date are in another order there, and
/// wrapped elsewhere, so that only the blocks as a whole translate each other.
fn title_block(text: &str, lines: &[Line]) -> usize {
    let mut groups = lines.chunk_by(|a, b| a.group == b.group);
    let (Some(first), Some(second)) = (groups.next(), groups.next()) else {
        return 0;
    };
    let side = |group: &[Line]| group.first().and_then(|l| l.side);
    let is_title = |group: &[Line]| {
        (2..=LONGEST_TITLE).contains(&group.len())
            && group.windows(2).all(|w| touch(&w[0], &w[1]))
            && !group
                .iter()
                .any(|l| ends_sentence(l.content.of(text)) || width(text, l) > BROADEST / 2)
    };
    let others = side(first).is_some() && side(second) == side(first).map(Side::other);
    if others && first.len() != second.len() && is_title(first) && is_title(second) {
        first.len() + second.len()
    } else {
        0
    }
}

/// The width at which the lines of one language are wrapped, in cells, if they are.
///
/// Wrapped lines are full: the first word of the line below would not have fitted (as the greedy algorithm of every
/// editor breaks lines), most of them stop in mid-sentence, and nearly no line is broader.
fn is_wrapped(text: &str, lines: &[Line], side: Side) -> Option<usize> {
    let candidates: Vec<(&Line, &Line)> = lines
        .windows(2)
        .map(|w| (&w[0], &w[1]))
        .filter(|(a, b)| touch(a, b) && a.side == Some(side))
        .collect();
    let mut widths: Vec<usize> = candidates.iter().map(|(a, _)| width(text, a)).collect();
    widths.sort_unstable();
    let column = *widths.get(widths.len().saturating_sub(1) * 9 / 10)?;
    if !(NARROWEST..=BROADEST).contains(&column) {
        return None;
    }
    let all = lines.iter().filter(|l| l.side == Some(side));
    let (total, broader) = all.fold((0, 0), |(n, broader), l| {
        (n + 1, broader + usize::from(width(text, l) > column + column / 8 + 2))
    });
    let in_sentence: Vec<&(&Line, &Line)> = candidates
        .iter()
        .filter(|(a, _)| !ends_sentence(a.content.of(text)))
        .collect();
    let full = in_sentence.iter().filter(|(a, b)| is_full(text, a, b, column)).count();
    let wrapped = broader * 20 <= total
        && full > 0
        && full * 5 >= in_sentence.len() * 4
        && in_sentence.len() * 2 >= candidates.len();
    wrapped.then_some(column)
}

fn is_full(text: &str, above: &Line, below: &Line, column: usize) -> bool {
    width(text, above) + 1 + first_word(below.content.of(text)) + 2 > column
}

/// Whether a paragraph ends with `above`: its sentence does, and there would have been room for more.
fn ends(text: &str, above: &Line, below: &Line, column: usize) -> bool {
    ends_sentence(above.content.of(text)) && !is_full(text, above, below, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        paragraphs(text, true, &|_| None)
            .iter()
            .map(|r| r.lines.iter().map(|l| l.of(text)).collect::<Vec<_>>().join("|"))
            .collect()
    }

    #[test]
    fn lines_that_alternate_are_paragraphs() {
        let text = "开放科学，正成为应对人类共同挑战的“最大公约数”。\nOpen science becomes the common ground for us all.\n\
                    我们在这里，欢迎您！\nWelcome to join us.\n";
        assert_eq!(read(text).len(), 4);
    }

    #[test]
    fn several_paragraphs_of_one_language_in_a_row_stay_apart() {
        let text = "众擎易举，独力难成。2025年11月，中国国务院总理李强出席峰会。\n欢迎各方加入行动计划，共同推动开放科学国际合作。\n我们在这里。\n\
                    Many hands make light work.\nPremier Li welcomed more stakeholders to join the Action Plan in November 2025.\nWe are here.\n";
        assert_eq!(read(text).len(), 6);
    }

    #[test]
    fn short_lines_of_one_language_stay_apart() {
        assert_eq!(read("北京\n上海\n天津\nBeijing\nShanghai\nTianjin\n").len(), 6);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph_in_either_language() {
        let zh = "当今世界百年变局加速演进，新一轮科技革命和产业变革\n深入发展。科技进步是世界性、时代性课题，唯有开放合\n作才是正道。\n";
        let en = "At present, momentous changes unseen in a century are accelerating\nacross the world. A new round of sci-tech revolution and industrial\n\
                  transformation is gaining momentum.\n";
        let read = read(&format!("{zh}\n{en}\n{zh}\n{en}"));
        assert_eq!(
            read.iter().map(|l| l.matches('|').count()).collect::<Vec<_>>(),
            [2, 2, 2, 2]
        );
    }

    #[test]
    fn wrapped_paragraphs_end_where_there_was_room_for_more() {
        let en = "At present, momentous changes unseen in a century are accelerating\nacross the world. A new round of the sci-tech revolution is now well\n\
                  under way.\nScience and technology responds to the call of the times and has a\nglobal impact.\n";
        assert_eq!(
            read(en).iter().map(|l| l.matches('|').count()).collect::<Vec<_>>(),
            [2, 1]
        );
    }

    #[test]
    fn title_blocks_that_are_wrapped_in_different_places_are_compared_as_a_whole() {
        let en = "Remarks by Li Ming\nPresident of the University\nAt the Opening of the\nTenth Forum on Water\n3 May 2024\n";
        let rest = "\n我们又见面了。\n\nWe meet again.\n";
        let blocks = read(&format!(
            "在第十届水论坛开幕式上的致辞\n（2024年5月3日）\n大学校长 李明\n\n{en}{rest}"
        ));
        assert_eq!(blocks.len(), 4);
        // As many lines on both sides may be pairs of lines, and one line is no block.
        let blocks = read(&format!(
            "致辞\n大学校长\n\nRemarks\nPresident of the University\n{rest}"
        ));
        assert_eq!(blocks.len(), 6);
        assert_eq!(read(&format!("致辞\n\n{en}{rest}")).len(), 8);
    }

    #[test]
    fn a_section_marker_is_structure_even_where_it_is_glued_on() {
        let text = "Action Plan\n【序】（68字）\n\n当今世界";
        let kinds: Vec<BlockKind> = paragraphs(text, true, &|_| None).iter().map(|r| r.kind).collect();
        assert_eq!(
            kinds,
            [BlockKind::Paragraph, BlockKind::Structure, BlockKind::Paragraph]
        );
    }

    #[test]
    fn indented_lines_with_list_punctuation_are_items() {
        let text = " 子午工程、\n\nChinese Meridian Project (CMP)\n 全超导托卡马克核聚变实验装置。\n\nEAST\n";
        let kinds: Vec<BlockKind> = paragraphs(text, true, &|_| None).iter().map(|r| r.kind).collect();
        assert_eq!(kinds[0], BlockKind::ListItem);
        assert_eq!(kinds[2], BlockKind::ListItem);
    }
}
