//! What the columns of a table and the keys of a record are called.

use crate::text::Side;
use crate::text::language_name::side_in_heading;
use crate::text::script::side_of;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The record's id.
    Id,
    /// Text in one language.
    Text(Side),
    /// The source text, in a language that only its script reveals.
    Source,
    /// The translation.
    Target,
}

const ID: &[&str] = &[
    "id",
    "#",
    "no",
    "nr",
    "key",
    "uid",
    "guid",
    "编号",
    "序号",
    "編號",
    "序號",
    "record id",
    "segment id",
    "id号",
];
const SOURCE: &[&str] = &[
    "source",
    "src",
    "source text",
    "original",
    "原文",
    "源文",
    "源语",
    "源语言",
];
const TARGET: &[&str] = &[
    "target",
    "tgt",
    "trg",
    "target text",
    "translation",
    "译文",
    "譯文",
    "目标语",
    "目标语言",
    "翻译",
];

/// What the column called `name` holds; `None` for any other column.
pub fn column(name: &str) -> Option<Column> {
    let plain = name.trim().trim_end_matches('.').to_lowercase();
    let is = |list: &[&str]| list.contains(&plain.as_str());
    if is(ID) {
        Some(Column::Id)
    } else if is(SOURCE) {
        Some(Column::Source)
    } else if is(TARGET) {
        Some(Column::Target)
    } else {
        side_in_heading(&plain).map(Column::Text)
    }
}

/// Which columns of a header hold what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The id column.
    pub id: Option<usize>,
    /// The Chinese column; where `by_script` is set, the source column.
    pub zh: usize,
    /// The English column; where `by_script` is set, the target column.
    pub en: usize,
    /// Whether the columns are called source and target, so that only the text reveals their languages.
    pub by_script: bool,
}

impl Header {
    /// Reads a header.
    ///
    /// # Errors
    /// The language without a column, or `None` where both lack one.
    pub fn read<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, Option<Side>> {
        let (mut id, mut zh, mut en, mut source, mut target) = (None, None, None, None, None);
        for (i, name) in names.into_iter().enumerate() {
            // A bare tag or name beats a column that only mentions the language, such as `zh_reviewer`.
            let exact = usize::from(name.trim().len() > 6 && name.contains(['_', ' ', '-']));
            let slot = match column(name) {
                Some(Column::Id) => &mut id,
                Some(Column::Text(Side::Zh)) => &mut zh,
                Some(Column::Text(Side::En)) => &mut en,
                Some(Column::Source) => &mut source,
                Some(Column::Target) => &mut target,
                None => continue,
            };
            if slot.is_none_or(|(rank, _)| exact < rank) {
                *slot = Some((exact, i));
            }
        }
        let at = |slot: Option<(usize, usize)>| slot.map(|(_, i)| i);
        let header = |zh, en, by_script| Self {
            id: at(id),
            zh,
            en,
            by_script,
        };
        match (at(zh), at(en), at(source), at(target)) {
            (Some(zh), Some(en), _, _) => Ok(header(zh, en, false)),
            (Some(zh), None, _, Some(other)) | (Some(zh), None, Some(other), None) => Ok(header(zh, other, false)),
            (None, Some(en), Some(other), _) | (None, Some(en), None, Some(other)) => Ok(header(other, en, false)),
            (None, None, Some(s), Some(t)) => Ok(header(s, t, true)),
            (Some(_), None, None, None) => Err(Some(Side::En)),
            (None, Some(_), None, None) => Err(Some(Side::Zh)),
            (None, None, _, _) => Err(None),
        }
    }
}

/// Words of a cell that is a text in whatever language.
const SENTENCE: usize = 3;

/// Whether a table holds translations, by the cells of its two language columns. A table of scores per language has the same
/// header, but holds figures.
pub fn are_translations<'a>(mut rows: impl Iterator<Item = [&'a str; 2]>) -> bool {
    let is_word = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let is_text = |cell: &str| {
        side_of(cell) == Some(Side::Zh) || cell.split_whitespace().filter(|w| is_word(w)).count() >= SENTENCE
    };
    rows.any(|row| row.into_iter().any(is_text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_no_translations() {
        let translate = |rows: &[[&str; 2]]| are_translations(rows.iter().copied());
        assert!(!translate(&[["71.2", "68.3"], ["N/A", "—"], ["yes", "no"]]));
        assert!(translate(&[["71.2", "68.3"], ["中文", "Chinese"]]));
        // All of it untranslated.
        assert!(translate(&[["Open the file", "Open the file"]]));
    }

    #[test]
    fn headers_are_read() {
        let read = |names: &[&str]| Header::read(names.iter().copied());
        let h = read(&["id", "zh-CN", "en", "note"]).unwrap();
        assert_eq!((h.id, h.zh, h.en, h.by_script), (Some(0), 1, 2, false));
        let h = read(&["序号", "原文", "译文"]).unwrap();
        assert_eq!((h.id, h.zh, h.en, h.by_script), (Some(0), 1, 2, true));
        let h = read(&["zh_reviewer", "zh", "English"]).unwrap();
        assert_eq!((h.zh, h.en), (1, 2));
        let h = read(&["中文", "translation"]).unwrap();
        assert_eq!((h.zh, h.en), (0, 1));
        assert_eq!(read(&["zh", "note"]), Err(Some(Side::En)));
        assert_eq!(read(&["你好", "hello"]), Err(None));
    }
}
