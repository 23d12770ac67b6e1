//! The headings of glossary tables, and what their cells call the kinds of things.

use crate::glossary::{Kind, Status};
use crate::text::normalize;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::glossary) enum Column {
    Id,
    Zh,
    En,
    MoreZh,
    MoreEn,
    Kind,
    Acronym,
    Status,
    Note,
    Authority,
    Citation,
    Grade,
    Scope,
    ReplacedBy,
    ValidFrom,
    ValidTo,
    CaseSensitive,
    Example,
    Counterexample,
    History,
    /// The language of [`Column::Name`], where each name has a row of its own.
    Language,
    Name,
    NameNote,
    /// Kept under its heading.
    Extra,
}

impl Column {
    /// The key of a concept that the column gives; `None` if it belongs to a name.
    pub fn key(self) -> Option<&'static str> {
        match self {
            Self::MoreZh | Self::Zh => Some("zh"),
            Self::MoreEn | Self::En => Some("en"),
            Self::Status | Self::Language | Self::Name | Self::NameNote | Self::Extra => None,
            other => HEADINGS.iter().find(|(c, _)| *c == other).map(|(_, names)| names[0]),
        }
    }

    /// What the key of a concept, or a heading, holds.
    pub fn of(heading: &str) -> Option<Self> {
        let folded = folded(heading);
        let found = HEADINGS.iter().find(|(_, names)| names.contains(&folded.as_str()));
        found.map(|&(column, _)| column)
    }
}

/// Marks an extra column whose heading would mean something else.
pub(in crate::glossary) const EXTRA_PREFIX: &str = "extra:";

/// Headings that only glossaries have, folded as [`folded`] does; the first is the key in glossary files. Languages are named as
/// in any table.
pub(super) const HEADINGS: &[(Column, &[&str])] = &[
    (Column::Id, &["id", "concept-id", "编号"]),
    (
        Column::Zh,
        &[
            "chinese-name",
            "simplified-chinese",
            "中文名",
            "中文名称",
            "中文术语",
            "术语",
        ],
    ),
    (
        Column::En,
        &[
            "english-name",
            "英文名",
            "英文名称",
            "英文术语",
            "英译",
            "英文译名",
            "译名",
        ],
    ),
    (Column::MoreZh, &["aliases-zh", "zh-aliases", "zh-variants", "中文别名"]),
    (
        Column::MoreEn,
        &[
            "aliases-en",
            "en-aliases",
            "en-variants",
            "英文别名",
            "备选",
            "备选译名",
            "其他译名",
        ],
    ),
    (Column::Kind, &["kind", "category", "type", "类别", "类型", "分类"]),
    (
        Column::Acronym,
        &["acronym", "abbr", "abbreviation", "缩写", "英文缩写"],
    ),
    (Column::Status, &["status", "状态", "使用状态", "term-status"]),
    (
        Column::Note,
        &["note", "notes", "comment", "remarks", "备注", "说明", "注释"],
    ),
    (Column::Authority, &["authority", "发布机构", "审定机构"]),
    (Column::Citation, &["citation", "reference", "来源", "出处"]),
    (Column::Grade, &["grade"]),
    (Column::Scope, &["scope"]),
    (Column::ReplacedBy, &["replaced-by"]),
    (Column::ValidFrom, &["valid-from", "生效日期"]),
    (Column::ValidTo, &["valid-to", "失效日期"]),
    (Column::CaseSensitive, &["case-sensitive"]),
    (Column::Example, &["example"]),
    (Column::Counterexample, &["counterexample"]),
    (Column::History, &["history"]),
    (Column::Language, &["language", "lang", "语言", "语种"]),
    (Column::Name, &["name", "term", "名称", "词条"]),
    (Column::NameNote, &["name-note"]),
];

/// What termbases call the kinds of things.
const KINDS: &[(Kind, &[&str])] = &[
    (
        Kind::Facility,
        &["facility", "facilities", "equipment", "设施", "装置", "航天器"],
    ),
    (
        Kind::Institution,
        &[
            "institution",
            "org",
            "organisation",
            "organization",
            "body",
            "机构",
            "组织",
            "机构名",
        ],
    ),
    (Kind::Person, &["person", "people", "人物", "人名"]),
    (
        Kind::Place,
        &[
            "place",
            "territory",
            "country",
            "city",
            "region",
            "geo",
            "地名",
            "国家",
            "地区",
            "城市",
        ],
    ),
    (Kind::Event, &["event", "conference", "会议", "事件"]),
    (Kind::Plan, &["plan", "programme", "program", "规划", "计划"]),
    (Kind::Policy, &["policy", "initiative", "政策", "倡议", "提法"]),
    (Kind::Document, &["document", "law", "treaty", "文件", "法律", "条约"]),
    (Kind::Title, &["title", "post", "职务", "头衔"]),
    (Kind::Term, &["term", "术语", "名词"]),
];

/// What termbases call the statuses, folded as [`folded`] does.
const STATUSES: &[(Status, &[&str])] = &[
    (
        Status::Preferred,
        &[
            "preferred",
            "preferredterm",
            "preferredterm-admn-sts",
            "standardizedterm",
            "approved",
            "首选",
            "推荐",
            "优先",
            "规范",
            "正式",
            "标准",
        ],
    ),
    (
        Status::Admitted,
        &[
            "admitted",
            "admittedterm",
            "admittedterm-admn-sts",
            "allowed",
            "accepted",
            "许用",
            "允许",
            "可用",
            "备选",
        ],
    ),
    (
        Status::Deprecated,
        &[
            "deprecated",
            "deprecatedterm",
            "deprecatedterm-admn-sts",
            "superseded",
            "supersededterm",
            "supersededterm-admn-sts",
            "obsolete",
            "not-recommended",
            "不推荐",
            "弃用",
            "废弃",
            "已废止",
            "旧称",
        ],
    ),
    (
        Status::Forbidden,
        &[
            "forbidden",
            "prohibited",
            "rejected",
            "do-not-use",
            "禁用",
            "禁止",
            "不得使用",
        ],
    ),
];

/// The status that a cell names.
pub(in crate::glossary) fn status_of(cell: &str) -> Option<Status> {
    let folded = folded(cell);
    let found = STATUSES.iter().find(|(_, names)| names.contains(&folded.as_str()));
    found.map(|&(status, _)| status)
}

/// A heading or a kind, folded for comparison: half-width, in small letters, with hyphens.
pub(super) fn folded(heading: &str) -> String {
    heading
        .trim()
        .chars()
        .map(normalize::halfwidth)
        .map(|c| if c == '_' || c == ' ' { '-' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// The kind that a cell names; `None` if it names none of ours.
pub(in crate::glossary) fn kind_of(cell: &str) -> Option<Kind> {
    let folded = folded(cell);
    let found = KINDS.iter().find(|(_, names)| names.contains(&folded.as_str()));
    found.map(|&(kind, _)| kind)
}

/// Rows that may be above the headings of a table, such as a title.
pub(in crate::glossary) const ROWS_ABOVE: usize = 10;

/// Whether a row names the columns of a glossary.
pub(in crate::glossary) fn are_headings<'a>(cells: impl Iterator<Item = &'a str> + Clone) -> bool {
    use crate::formats::columns::{Column as Text, column};
    let is = |wanted: Column| cells.clone().any(|cell| Column::of(cell) == Some(wanted));
    if is(Column::Language) && is(Column::Id) {
        return true;
    }
    let filled = cells.filter(|cell| !cell.is_empty());
    // A title names both languages in one cell, a sentence.
    let are_short = filled.clone().all(|cell| cell.chars().count() <= 40);
    let is_text = |cell: &str| matches!(column(cell), Some(Text::Text(_) | Text::Source | Text::Target));
    let named = filled.filter(|cell| is_text(cell) || matches!(Column::of(cell), Some(Column::Zh | Column::En)));
    are_short && named.count() > 1
}
