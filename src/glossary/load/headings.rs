//! The headings of glossary tables, and what their cells call the kinds of things.

use crate::glossary::Kind;
use crate::text::normalize;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Column {
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
    /// Kept under its heading.
    Extra,
}

/// Headings that only glossaries have, folded as [`folded`] does. Languages are named as in any table.
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
    (Column::En, &["english-name", "英文名", "英文名称", "英文术语", "英译"]),
    (Column::MoreZh, &["aliases-zh", "zh-aliases", "zh-variants", "中文别名"]),
    (Column::MoreEn, &["aliases-en", "en-aliases", "en-variants", "英文别名"]),
    (Column::Kind, &["kind", "category", "type", "类别", "类型", "分类"]),
    (
        Column::Acronym,
        &["acronym", "abbr", "abbreviation", "缩写", "英文缩写"],
    ),
    (Column::Status, &["status", "状态"]),
    (
        Column::Note,
        &["note", "notes", "comment", "remarks", "备注", "说明", "注释"],
    ),
    (Column::Authority, &["authority"]),
    (Column::Citation, &["citation"]),
    (Column::Grade, &["grade"]),
    (Column::Scope, &["scope"]),
    (Column::ReplacedBy, &["replaced-by"]),
    (Column::ValidFrom, &["valid-from"]),
    (Column::ValidTo, &["valid-to"]),
];

/// What termbases call the kinds of things; anything else is a term.
const KINDS: &[(Kind, &[&str])] = &[
    (Kind::Facility, &["facility", "facilities", "equipment", "设施", "装置"]),
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
];

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

/// The kind that a cell names.
pub(super) fn kind_of(cell: &str) -> Kind {
    let folded = folded(cell);
    KINDS
        .iter()
        .find(|(_, names)| names.contains(&folded.as_str()))
        .map_or(Kind::Term, |&(kind, _)| kind)
}
