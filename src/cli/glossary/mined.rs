//! The forms in which `bilint glossary mine` prints names.

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use rustc_hash::FxHashSet;

use super::coverage::plural;
use crate::glossary::editing::begin;
use crate::glossary::mining::Mined;
use crate::glossary::{Concept, Kind, Name, Status, TomlFile, editing};
use crate::output::printable;

/// Prints the names for people. `all` is the number of names that were found.
pub(super) fn write_text(names: &[Mined], all: usize, out: &mut dyn Write) -> io::Result<()> {
    for name in names {
        let conflict = if name.conflict { ", conflict" } else { "" };
        writeln!(out, "{}: {}{conflict}", printable(&name.zh), plural(name.pairs, "pair"))?;
        for r in &name.renderings {
            let forms = match r.forms.as_slice() {
                [] => String::new(),
                forms => format!(" (also {})", forms.join(", ")),
            };
            let place = r.places.first().map_or("", String::as_str);
            writeln!(
                out,
                "  {:6}  {}{}  {}",
                r.pairs,
                printable(&r.en),
                printable(&forms),
                printable(place)
            )?;
        }
        if name.unrendered > 0 {
            writeln!(out, "  {:6}  none of these", name.unrendered)?;
        }
    }
    let conflicts = names.iter().filter(|n| n.conflict).count();
    let more = if all > names.len() {
        format!("; {all} in all, raise --limit to see them")
    } else {
        String::new()
    };
    let count = plural(names.len(), "name");
    writeln!(out, "{count} that the glossary lacks, {conflicts} with conflicts{more}")
}

/// Prints the names as entries, sorted by id.
pub(super) fn write_toml(names: &[Mined], known: &[Concept], out: &mut dyn Write) -> Result<(), crate::cli::Trouble> {
    let mut ids: FxHashSet<String> = known.iter().map(|c| c.id.to_string()).collect();
    let mut steps = Vec::new();
    for name in names {
        let mut concept = Concept::new("", kind_of(name));
        concept.zh.push(Name::new(&*name.zh, Status::Preferred));
        for (i, rendering) in name.renderings.iter().enumerate() {
            let status = if i == 0 { Status::Preferred } else { Status::Admitted };
            concept.en.push(Name::new(&*rendering.en, status));
        }
        let place = name.renderings.first().and_then(|r| r.places.first());
        let conflict = if name.conflict { "; the texts disagree" } else { "" };
        let note = format!(
            "mined from {} pairs, first {}{conflict}",
            name.pairs,
            place.map_or("", String::as_str)
        );
        concept.note = Some(note.into());
        let step = begin(concept, None, |id| ids.contains(id))?;
        ids.insert(step.concept().id.to_string());
        steps.push(step);
    }
    let mut file = TomlFile::parse(std::path::Path::new("mined.toml"), "")?;
    out.write_all(editing::text_after(&mut file, &steps).as_bytes())?;
    Ok(())
}

/// What the last characters of Chinese names say that they name.
const KINDS: [(Kind, &[&str]); 6] = [
    (
        Kind::Place,
        &[
            "省", "市", "县", "州", "区", "岛", "山", "河", "江", "湖", "海", "洋", "国", "半岛", "高原",
        ],
    ),
    (
        Kind::Institution,
        &[
            "大学",
            "天文台",
            "学院",
            "研究所",
            "研究院",
            "委员会",
            "公司",
            "集团",
            "银行",
            "组织",
            "协会",
            "学会",
            "联盟",
            "联合会",
            "中心",
            "部",
            "局",
            "署",
            "院",
            "党",
            "队",
            "报",
            "社",
            "医院",
            "基金会",
            "法院",
            "议会",
            "教会",
        ],
    ),
    (
        Kind::Document,
        &[
            "公约",
            "条约",
            "协定",
            "协议",
            "条例",
            "法",
            "宪章",
            "宣言",
            "议定书",
            "白皮书",
        ],
    ),
    (Kind::Plan, &["计划", "工程", "规划", "专项", "行动"]),
    (
        Kind::Facility,
        &["号", "望远镜", "卫星", "装置", "空间站", "加速器", "实验室"],
    ),
    (
        Kind::Event,
        &["战争", "会议", "大会", "峰会", "论坛", "奥运会", "锦标赛", "运动会"],
    ),
];

/// The kind of a name, as a guess. A name that says nothing is that of a place or a person; a person is the rarer one in glossaries.
fn kind_of(name: &Mined) -> Kind {
    let endings = KINDS
        .iter()
        .flat_map(|(kind, endings)| endings.iter().map(move |e| (*kind, *e)));
    let fitting = endings.filter(|(_, ending)| name.zh.len() > ending.len() && name.zh.ends_with(ending));
    fitting
        .max_by_key(|(_, ending)| ending.len())
        .map_or(Kind::Place, |(kind, _)| kind)
}

/// A workbook that `bilint glossary import` reads: a row for each rendering.
pub(super) fn workbook(names: &[Mined]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The time of making would make every file differ.
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let sheet = workbook.add_worksheet().set_name("Names")?;
    let bold = Format::new().set_bold();
    let headings = [
        ("zh", 30.0),
        ("en", 48.0),
        ("kind", 12.0),
        ("pairs", 8.0),
        ("places", 40.0),
        ("conflict", 10.0),
    ];
    for (column, (heading, width)) in (0..).zip(headings) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, heading, &bold)?;
    }
    let mut row = 0;
    for name in names {
        for rendering in &name.renderings {
            row += 1;
            sheet.write_string(row, 0, &name.zh)?;
            sheet.write_string(row, 1, &rendering.en)?;
            sheet.write_string(row, 2, kind_of(name).name())?;
            sheet.write_number(row, 3, rendering.pairs as f64)?;
            sheet.write_string(row, 4, rendering.places.join(", "))?;
            sheet.write_string(row, 5, if name.conflict { "yes" } else { "" })?;
        }
    }
    sheet.autofilter(0, 0, row.max(1), headings.len() as u16 - 1)?;
    sheet.set_freeze_panes(1, 1)?;
    workbook.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::mining::Rendering;

    fn name(zh: &str, en: &[&str]) -> Mined {
        let rendering = |en: &&str| Rendering {
            en: (*en).to_owned(),
            pairs: 2,
            forms: Vec::new(),
            places: vec!["a.jsonl:1".to_owned()],
        };
        Mined {
            zh: zh.to_owned(),
            pairs: 4,
            renderings: en.iter().map(rendering).collect(),
            unrendered: 0,
            conflict: en.len() > 1,
            score: 1.0,
        }
    }

    #[test]
    fn entries_can_be_pasted() {
        let names = [
            name("国家天文台", &["National Observatory", "Observatories"]),
            name("香港大学", &["University of Hong Kong"]),
        ];
        let mut out = Vec::new();
        write_toml(&names, &[], &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "[[concept]]\nid = \"national-observatory\"\nkind = \"institution\"\nzh = [\"国家天文台\"]\nen = [\"National Observatory\", \"Observatories\"]\n\
             note = \"mined from 4 pairs, first a.jsonl:1; the texts disagree\"\n\n\
             [[concept]]\nid = \"university-of-hong-kong\"\nkind = \"institution\"\nzh = [\"香港大学\"]\nen = [\"University of Hong Kong\"]\n\
             note = \"mined from 4 pairs, first a.jsonl:1\"\n"
        );
    }
}
