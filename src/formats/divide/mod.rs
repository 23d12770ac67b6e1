//! Blocks that hold both languages: `中文<br/>English`, `中文 | English`, `中文。 English.`, `中文 (English)`.

mod halves;

use rustc_hash::FxHashMap;

use crate::document::BlockKind;
use crate::text::script::{ScriptCount, is_han};
use crate::text::{Side, Span};

use halves::{Divider, Halves, find_halves, without_shared_number};

/// With fewer blocks that look so, a divided block is an accident.
const LEAST_BLOCKS: usize = 3;
/// A single English word beside Chinese is a name rather than a title.
const LEAST_TITLE_WORDS: usize = 2;

/// A line of a block.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// The kind of its block.
    pub kind: BlockKind,
    /// Where it is.
    pub span: Span,
}

/// The lines of a file that are in both languages, by where they begin: the halves of each, in order.
///
/// A separator (also `&nbsp;`) or the end of a sentence divides where three lines of the file look so. A space or brackets, as any Chinese
/// text has them around names, divide if most lines of that kind look so, or three in a row, and no English translation
/// of them follows; also in a title between pairs of an alternating text. `masks` are the spans of the text that are not prose, in order.
pub fn divide(text: &str, masks: &[Span], lines: &[Line]) -> FxHashMap<usize, [Span; 2]> {
    let find = |line: &Line| {
        let first = masks.partition_point(|m| m.end <= line.span.start);
        let masks = masks[first..].iter().take_while(|m| m.start < line.span.end);
        let inside = masks.map(|m| {
            Span::new(
                m.start.max(line.span.start) - line.span.start,
                m.end.min(line.span.end) - line.span.start,
            )
        });
        find_halves(line.span.of(text), inside.collect())
    };
    let mut found: Vec<Option<Halves>> = lines.iter().map(find).collect();
    let is_separated = |halves: &Halves| matches!(halves.divider, Divider::Separator { .. });
    let is_cell = |line: &Line| line.kind.row().is_some();
    let separated = lines.iter().zip(&found).filter(|(line, _)| !is_cell(line));
    let separated = separated
        .filter_map(|(_, halves)| halves.as_ref())
        .filter(|h| is_separated(h));
    let is_usual = separated.count() >= LEAST_BLOCKS;
    // A cell is divided only where its two languages are plain, or by what divides the text around the table.
    for (line, halves) in lines.iter().zip(&mut found) {
        halves.take_if(|halves| {
            is_cell(line) && halves.divider != Divider::Separator { pure: true } && !(is_usual && is_separated(halves))
        });
    }
    let mut out = FxHashMap::default();
    if found.iter().all(Option::is_none) {
        return out;
    }
    let clear = found.iter().flatten().filter(|h| !h.divider.is_common()).count();
    let by_space = divided_by_space(text, lines, &found);
    for ((line, halves), by_space) in lines.iter().zip(&found).zip(by_space) {
        let Some(Halves { divider, halves }) = halves else {
            continue;
        };
        let alone = *divider == Divider::Separator { pure: true } && line.kind != BlockKind::Paragraph;
        let divided = match divider {
            Divider::Space | Divider::Brackets => by_space,
            _ => clear >= LEAST_BLOCKS || alone || by_space,
        };
        if divided {
            let whole = line.span.of(text);
            let halves = without_shared_number(whole, *halves);
            out.insert(line.span.start, halves.map(|half| half.shift(line.span.start)));
        }
    }
    out
}

/// Whether nearly all lines of text with Chinese in them, those of tables apart, are divided, at `divided`: then what has no Chinese in a
/// table is shared by both languages.
pub fn is_divided_throughout(text: &str, lines: &[Line], divided: &FxHashMap<usize, [Span; 2]>) -> bool {
    let is_chinese = |line: &&Line| line.kind.row().is_none() && line.span.of(text).chars().any(is_han);
    let (mut all, mut halved) = (0, 0);
    for line in lines.iter().filter(is_chinese) {
        all += 1;
        halved += usize::from(divided.contains_key(&line.span.start));
    }
    halved >= LEAST_BLOCKS && halved * 3 >= all * 2
}

/// Whether a line is divided by a separator or the end of a sentence.
pub fn is_clearly_divided(line: &str) -> bool {
    find_halves(line, Vec::new()).is_some_and(|h| !h.divider.is_common())
}

/// Which lines may be divided at a space.
fn divided_by_space(text: &str, lines: &[Line], found: &[Option<Halves>]) -> Vec<bool> {
    let mut out = vec![false; lines.len()];
    let sides: Vec<Option<Side>> = lines
        .iter()
        .map(|line| ScriptCount::of(line.span.of(text)).side())
        .collect();
    let whole: Vec<Side> = (0..lines.len())
        .filter(|&i| found[i].is_none())
        .filter_map(|i| sides[i])
        .collect();
    let switches = whole.windows(2).filter(|w| w[0] != w[1]).count();
    let has_english = whole.contains(&Side::En);
    // In a text with each language in a part of its own, names stay in the Chinese.
    if has_english && switches * 2 < whole.len().saturating_sub(1) {
        return out;
    }
    let class = |i: usize| match lines[i].kind {
        BlockKind::Heading(_) => 0,
        BlockKind::ListItem => 1,
        _ => 2,
    };
    // Of each class, the lines with Chinese and those that may be divided; the latter also in runs.
    let (mut chinese, mut divisible) = ([0; 3], [0; 3]);
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let start = at;
        while at < lines.len() && found[at].is_some() && class(at) == class(start) {
            at += 1;
        }
        let run = start..at;
        if run.is_empty() {
            chinese[class(at)] += usize::from(sides[at] == Some(Side::Zh));
            at += 1;
            continue;
        }
        chinese[class(start)] += run.len();
        let english = (at..lines.len().min(at + run.len()))
            .take_while(|&i| found[i].is_none() && sides[i] == Some(Side::En) && class(i) == class(start))
            .count();
        // Mostly English lines after them: these are their translation.
        if english * 2 <= run.len() && !(english == 1 && run.len() <= 2) {
            divisible[class(start)] += run.len();
            runs.push(run);
        }
    }
    for run in runs {
        let class = class(run.start);
        let (all, some) = (chinese[class], divisible[class]);
        let usual = some >= LEAST_BLOCKS && some * 5 >= all * 3
            || some >= 2 && some == all && class < 2 && has_english
            || run.len() >= LEAST_BLOCKS;
        if usual {
            out[run].fill(true);
        }
    }
    if has_english {
        let titles = |least_words: usize| -> Vec<usize> {
            let is_title = |&i: &usize| is_title_between_pairs(text, lines, found, &sides, whole[0], i, least_words);
            (0..lines.len()).filter(is_title).collect()
        };
        let mut between = titles(LEAST_TITLE_WORDS);
        // Where one heading is in both languages, another one with a single English word is, too.
        if between.iter().any(|&i| class(i) == 0) {
            between.extend(titles(1).into_iter().filter(|&i| class(i) == 0));
        }
        for i in between {
            out[i] = true;
        }
    }
    out
}

/// Whether a line of a text in which the languages alternate is a title in both: `开放科学 (Open Science)` with a whole pair
/// before it and another one below it, so that its translation is nowhere else. `leading` is the language of the first line; the
/// English has at least `least_words`.
fn is_title_between_pairs(
    text: &str,
    lines: &[Line],
    found: &[Option<Halves>],
    sides: &[Option<Side>],
    leading: Side,
    i: usize,
    least_words: usize,
) -> bool {
    let Some(halves) = found[i] else { return false };
    let line = lines[i].span.of(text);
    let is_title = match lines[i].kind {
        BlockKind::Heading(_) => halves.divider.is_common(),
        BlockKind::Paragraph => halves.divider == Divider::Brackets,
        _ => false,
    };
    let english = halves
        .halves
        .map(|half| half.of(line))
        .into_iter()
        .find(|half| !half.chars().any(is_han));
    let is_named = english.is_some_and(|english| english.split_whitespace().count() >= least_words);
    let is_whole = |at: usize, side: Side| found[at].is_some() || sides[at] == Some(side);
    is_title
        && is_named
        && i.checked_sub(1).is_none_or(|before| is_whole(before, leading.other()))
        && (i + 1 == lines.len() || is_whole(i + 1, leading))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The halves of the lines of a text that are divided.
    fn divided(kind: BlockKind, lines: &[&str]) -> Vec<[String; 2]> {
        let text = lines.join("\n");
        let mut at = 0;
        let spans: Vec<Line> = lines
            .iter()
            .map(|line| {
                let span = Span::new(at, at + line.len());
                at = span.end + 1;
                Line { kind, span }
            })
            .collect();
        let found = divide(&text, &[], &spans);
        let halves = spans.iter().filter_map(|line| found.get(&line.span.start));
        halves.map(|h| h.map(|half| half.of(&text).to_owned())).collect()
    }

    #[test]
    fn a_separator_or_the_end_of_a_sentence_divides_three_lines() {
        for separator in ["<br/>", "<br>", "\t", "  ", " &nbsp; ", " | ", " / ", " ", ""] {
            let lines = [
                format!("春天来了。{separator}Spring has come."),
                format!("湖面的冰化了。{separator}The ice on the lake has melted."),
                format!("GDP增长了5%。{separator}GDP grew by 5 percent."),
            ];
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let found = divided(BlockKind::Paragraph, &lines);
            assert_eq!(found.len(), 3, "{separator:?}");
            assert_eq!(found[2], ["GDP增长了5%。", "GDP grew by 5 percent."]);
            assert!(divided(BlockKind::Paragraph, &lines[..2]).is_empty());
        }
    }

    #[test]
    fn english_may_come_first() {
        let lines = [
            "Spring has come. 春天来了。",
            "“It is warm,” she said. “天暖了。”她说。",
            "The lake opened in 2020. 2020年，湖区开放。",
        ];
        let found = divided(BlockKind::Paragraph, &lines);
        assert_eq!(found[1], ["“It is warm,” she said.", "“天暖了。”她说。"]);
        assert_eq!(found[2], ["The lake opened in 2020.", "2020年，湖区开放。"]);
    }

    #[test]
    fn columns_of_a_text_lose_their_bars() {
        let lines = [
            "| 春天来了。 | Spring has come. | |",
            "| 冰化了。 | The ice has melted. | |",
            "| 花开了。 | The flowers are out. | |",
        ];
        assert_eq!(
            divided(BlockKind::Paragraph, &lines)[0],
            ["春天来了。", "Spring has come."]
        );
    }

    #[test]
    fn a_space_divides_where_most_lines_look_so() {
        let words = [
            "开放科学 open science",
            "大科学装置 (big science facility)",
            "数据共享 data sharing",
        ];
        let found = divided(BlockKind::ListItem, &words);
        assert_eq!(found[1], ["大科学装置", "big science facility"]);
        let page = [
            "我们使用 Docker Compose",
            "春天来了。",
            "冰化了。",
            "花开了。",
            "然后启动 Nginx",
            "鸟儿叫了。",
            "再看 Kubernetes",
        ];
        assert!(divided(BlockKind::Paragraph, &page).is_empty());
    }

    #[test]
    fn a_title_between_pairs_is_divided() {
        let page = [
            "开放科学 (Open Science)",
            "春天来了。",
            "Spring has come.",
            "冰化了。",
            "The ice has melted.",
            "Data sharing（数据共享）",
            "花开了。",
            "The flowers are out.",
        ];
        assert_eq!(
            divided(BlockKind::Paragraph, &page),
            [["开放科学", "Open Science"], ["Data sharing", "数据共享"]]
        );
        let translated = [
            "春天来了。",
            "Spring has come.",
            "大科学装置（Big Science）",
            "A big science facility",
            "冰化了。",
            "The ice has melted.",
        ];
        assert!(divided(BlockKind::Paragraph, &translated).is_empty());
    }

    #[test]
    fn a_heading_with_one_english_word_is_divided_beside_one_with_several() {
        let page = |second: &'static str| {
            [
                "导引 Introduction",
                "春天来了。",
                "Spring has come.",
                second,
                "冰化了。",
                "The ice has melted.",
            ]
        };
        let found = divided(BlockKind::Heading(2), &page("湖泊的四季 Seasons of the Lake"));
        assert_eq!(found[0], ["导引", "Introduction"]);
        assert!(divided(BlockKind::Heading(2), &page("湖泊的四季 Seasons")).is_empty());
    }

    #[test]
    fn chinese_may_repeat_the_words_of_the_english() {
        let lines = [
            "Linux Support<br>Linux支持",
            "ROB<br>重排序缓冲",
            "Use the Alpha Beta Gamma software.<br>请使用 Alpha Beta Gamma 软件。",
        ];
        assert_eq!(divided(BlockKind::Paragraph, &lines).len(), 3);
        let other = lines.map(|line| line.replace("Linux支持", "Nginx支持"));
        assert!(divided(BlockKind::Paragraph, &other.each_ref().map(String::as_str)).is_empty());
    }

    #[test]
    fn a_number_before_both_is_of_neither() {
        let headings = [
            "1.1 春天来了  spring has come",
            "1.2 冰化了  the ice melts",
            "1.3 2020年 1.3 the year 2020",
        ];
        let found = divided(BlockKind::Heading(2), &headings);
        assert_eq!(found[0], ["春天来了", "spring has come"]);
        assert_eq!(found[2], ["1.3 2020年", "1.3 the year 2020"]);
    }

    #[test]
    fn names_stay_where_the_translation_follows() {
        let page = [
            "安装 Docker",
            "Install Docker",
            "配置 Nginx",
            "Configure Nginx",
            "启动 Redis",
            "Start Redis",
        ];
        assert!(divided(BlockKind::Heading(2), &page).is_empty());
        let lists = [
            "安装 Docker",
            "配置 Nginx",
            "启动 Redis",
            "Install Docker",
            "Configure Nginx",
            "Start Redis",
        ];
        assert!(divided(BlockKind::ListItem, &lists).is_empty());
    }

    #[test]
    fn addresses_and_code_are_no_english() {
        let page = [
            "项目主页： https://example.org/project/home",
            "源代码： https://example.org/project/source",
            "{count} 人 {{people.total}}",
            "文档。 https://example.org/docs/index",
        ];
        assert!(divided(BlockKind::ListItem, &page).is_empty());
    }

    #[test]
    fn chinese_with_terms_stays_whole() {
        let page = [
            "我们用 FAST（Five-hundred-meter Aperture Spherical Telescope）观测。",
            "中国天眼（FAST）已开放。",
            "国际热核聚变实验堆（ITER）正在建设。",
            "参见《自然》（Nature）。",
        ];
        assert!(divided(BlockKind::Paragraph, &page).is_empty());
    }
}
