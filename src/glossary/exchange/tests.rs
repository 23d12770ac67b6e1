//! Every format holds every field, and an import changes what was edited and nothing else.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use super::changes::Changes;
use super::*;
use crate::glossary::load::{self, load_texts};
use crate::glossary::{Kind, Status, TomlFile};
use crate::text::Source;

const GLOSSARY: &str = r#"# Our names.

[[concept]]
id = "east"
kind = "facility"
zh = ["全超导托卡马克核聚变实验装置", { name = "东方超环", status = "admitted", note = "a nickname" }]
en = [
  "Experimental Advanced Superconducting Tokamak",   # as on the door
  { name = "HT-7U", status = "deprecated" },
  { name = "the Chinese sun", status = "forbidden", note = "status: never" },
]
acronym = "EAST"
case-sensitive = true
scope = "Hefei"
authority = "Institute of Plasma Physics | CAS"
citation = "english.ipp.cas.cn, <2017> & later"
grade = "A"
valid-from = "2006-09-28" # first plasma
valid-to = "2099-12-31"
replaced-by = "moa"
note = "note: has a colon"
example = [{ zh = "EAST装置", en = "the EAST | facility" }]
counterexample = [{ zh = "东方超环", en = "the Eastern Ring" }, { zh = "环", en = "ring" }]
history = [
  { date = "2026-01-31", author = "Li", reason = "the page of the institute", change = "renamed" },
  { date = "2026-02-01", author = "Wang", change = "checked" },
]
extra = { page = "12", kind-of-thing = "tokamak", note = "an extra note" }

# The ministry.
[[concept]]
id = "moa"
kind = "institution"
zh = ["农业农村部"]
en = ["Ministry of Agriculture and Rural Affairs", "MARA"]
"#;

fn concepts(text: &str) -> Vec<Concept> {
    let source = Source::new("g.toml", text.to_owned());
    let loaded = load_texts(&[load::GlossaryFile::new(source, load::Format::Toml)]).unwrap();
    loaded.glossary.concepts().to_vec()
}

fn read_as(name: &str, bytes: &[u8], reading: &Reading) -> Result<Imported, ReadError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read(&path, reading)
}

/// The glossary after an import, and what the import said.
fn import(glossary: &str, imported: &Imported, base: Option<&[Concept]>, resolution: Resolution) -> (String, Changes) {
    let changes = compare(
        &concepts(glossary),
        imported,
        base.or(imported.base.as_deref()),
        resolution,
    );
    let mut file = TomlFile::parse(Path::new("g.toml"), glossary).unwrap();
    apply(&mut file, &changes);
    (file.text(), changes)
}

fn without_places(concepts: &[Concept]) -> Vec<Concept> {
    let mut concepts = concepts.to_vec();
    for concept in &mut concepts {
        concept.place = crate::glossary::Place::default();
    }
    concepts
}

const FORMATS: [(Format, &str); 7] = [
    (Format::Csv, "g.csv"),
    (Format::Tsv, "g.tsv"),
    (Format::Xlsx, "g.xlsx"),
    (Format::Tbx, "g.tbx"),
    (Format::Json, "g.json"),
    (Format::Yaml, "g.yaml"),
    (Format::Markdown, "g.md"),
];

#[test]
fn every_field_has_a_text() {
    let concept = &concepts(GLOSSARY)[0];
    for key in load::fields::keys() {
        let text = load::fields::text_of(concept, key);
        assert!(text.is_some(), "{key} does not travel: see load/fields.rs");
    }
}

#[test]
fn every_format_holds_every_field() {
    let exported = concepts(GLOSSARY);
    for (format, name) in FORMATS {
        let bytes = write(format, &exported).unwrap();
        assert_eq!(bytes, write(format, &exported).unwrap(), "{name} differs each time");
        let split = Some(Vec::new());
        let imported = read_as(
            name,
            &bytes,
            &Reading {
                split,
                ..Reading::default()
            },
        )
        .unwrap();
        let read: Vec<Concept> = imported.concepts.iter().map(|(c, _)| c.clone()).collect();
        let (mut read, mut exported) = (without_places(&read), without_places(&exported));
        for concept in read.iter_mut().chain(&mut exported) {
            // A table has a column for each, in its own order.
            concept.extra.sort();
        }
        assert_eq!(read, exported, "{name}");
        let (after, changes) = import(GLOSSARY, &imported, Some(&exported), Resolution::Report);
        assert_eq!((after.as_str(), changes.unchanged), (GLOSSARY, 2), "{name}");
    }
}

/// Edits the export as JSON, which is easiest to edit here, and imports it against the export.
fn edited(glossary: &str, edit: impl Fn(&mut Vec<Concept>)) -> (String, Vec<String>, Vec<String>) {
    let exported = concepts(GLOSSARY);
    let mut theirs = exported.clone();
    edit(&mut theirs);
    let bytes = write(Format::Json, &theirs).unwrap();
    let imported = read_as(
        "g.json",
        &bytes,
        &Reading {
            split: Some(Vec::new()),
            ..Reading::default()
        },
    )
    .unwrap();
    let (after, changes) = import(glossary, &imported, Some(&exported), Resolution::Report);
    let words = changes
        .edits
        .iter()
        .flat_map(|e| e.words.iter().map(|(w, _)| w.clone()));
    (
        after,
        words.collect(),
        changes.conflicts.iter().map(ToString::to_string).collect(),
    )
}

#[test]
fn an_edit_changes_its_place_and_nothing_else() {
    let (after, words, _) = edited(GLOSSARY, |c| c[0].valid_from = Some("2006-10-01".into()));
    assert_eq!(after, GLOSSARY.replace("2006-09-28", "2006-10-01"));
    assert_eq!(words, ["valid-from “2006-09-28” → “2006-10-01”"]);

    let (after, ..) = edited(GLOSSARY, |c| c[0].en[0].text = "Advanced Tokamak".into());
    assert_eq!(
        after,
        GLOSSARY.replace("Experimental Advanced Superconducting Tokamak", "Advanced Tokamak")
    );

    let (after, words, _) = edited(GLOSSARY, |c| c[1].en[1].status = Status::Deprecated);
    assert_eq!(
        after,
        GLOSSARY.replace("\"MARA\"", "{ name = \"MARA\", status = \"deprecated\" }")
    );
    assert_eq!(words, ["English “MARA” admitted → deprecated"]);

    let (after, ..) = edited(GLOSSARY, |c| c[1].acronym = Some("MARA".into()));
    assert_eq!(
        after,
        GLOSSARY.replace("\"MARA\"]\n", "\"MARA\"]\nacronym = \"MARA\"\n")
    );

    let (after, ..) = edited(GLOSSARY, |c| drop(c[0].en.remove(1)));
    assert_eq!(
        after,
        GLOSSARY.replace("  { name = \"HT-7U\", status = \"deprecated\" },\n", "")
    );

    // The comment behind a name that goes stays behind the one before.
    let (after, ..) = edited(GLOSSARY, |c| drop(c[0].en.drain(1..)));
    assert!(after.contains("Tokamak\",   # as on the door\n]\n"), "{after}");

    let (after, ..) = edited(GLOSSARY, |c| c[0].extra[0].1 = "13".into());
    assert_eq!(after, GLOSSARY.replace("page = \"12\"", "page = \"13\""));
}

#[test]
fn a_new_concept_is_added_in_its_place() {
    let new = |c: &mut Vec<Concept>| {
        let mut concept = Concept::new("fast", Kind::Facility);
        concept.zh = c[1].zh.clone();
        concept.zh[0].text = "五百米口径球面射电望远镜".into();
        concept.en = c[1].en[..1].to_vec();
        concept.en[0].text = "Five-hundred-meter Aperture Spherical Telescope".into();
        c.push(concept);
    };
    let (after, ..) = edited(GLOSSARY, new);
    let added = "[[concept]]\nid = \"fast\"\nkind = \"facility\"\nzh = [\"五百米口径球面射电望远镜\"]\n\
                 en = [\"Five-hundred-meter Aperture Spherical Telescope\"]\n\n";
    assert_eq!(
        after,
        GLOSSARY.replace("# The ministry.", &format!("{added}# The ministry."))
    );
}

#[test]
fn a_comment_about_the_file_stays_at_its_beginning() {
    let new = |id: &'static str| {
        move |c: &mut Vec<Concept>| {
            let mut concept = c[1].clone();
            concept.id = id.into();
            concept.zh[0].text = "新部".into();
            concept.en[0].text = "New Ministry".into();
            c.push(concept);
        }
    };
    let (after, ..) = edited(GLOSSARY, new("a"));
    assert!(
        after.starts_with("# Our names.\n\n[[concept]]\nid = \"a\"\n"),
        "{after}"
    );
    assert!(after.contains("]\n\n[[concept]]\nid = \"east\"\n"), "{after}");
}

#[test]
fn what_both_changed_is_a_conflict() {
    let ours = GLOSSARY.replace("scope = \"Hefei\"", "scope = \"Anhui\"");
    let (after, words, conflicts) = edited(&ours, |c| c[0].scope = Some("China".into()));
    assert_eq!((after, words.len()), (ours.clone(), 0));
    assert_eq!(
        conflicts,
        ["east: scope: “Anhui” in the glossary, “China” in the import, “Hefei” when exported"]
    );
    // What only we changed stays.
    let (after, words, conflicts) = edited(&ours, |_| {});
    assert_eq!((after, words.len(), conflicts.len()), (ours, 0, 0));
}

#[test]
fn without_an_export_a_sheet_adds_and_contradicts() {
    let sheet = "中文,英文,状态,来源,部门\n农业农村部,Ministry of Agriculture and Rural Affairs,首选,gov.cn,一司\n\
                 农业农村部,MOARA,禁用,,\n新装置,New Facility,,,二司\n";
    let imported = read_as("s.csv", sheet.as_bytes(), &Reading::default()).unwrap();
    let (after, changes) = import(GLOSSARY, &imported, None, Resolution::Report);
    assert_eq!(changes.conflicts, []);
    let ministry = "en = [\"Ministry of Agriculture and Rural Affairs\", \"MARA\", { name = \"MOARA\", status = \"forbidden\" }]\n\
                    citation = \"gov.cn\"\nextra = { \"部门\" = \"一司\" }\n";
    assert!(after.contains(ministry), "{after}");
    assert!(after.contains("id = \"new-facility\"\nkind = \"term\""), "{after}");
    let imported = read_as(
        "s.csv",
        "zh,en\n农业农村部,Ministry of Farming\n".as_bytes(),
        &Reading::default(),
    )
    .unwrap();
    let (_, changes) = import(GLOSSARY, &imported, None, Resolution::Report);
    assert_eq!(
        changes.conflicts[0].words,
        "preferred English name: “Ministry of Agriculture and Rural Affairs” in the glossary, “Ministry of Farming” in the import"
    );
}

#[test]
fn a_chinese_name_in_other_characters_is_the_same_name() {
    let sheet = "中文,英文,状态\n“農業農村部”,MOARA,禁用\n農業 農村部,Ministry of Agriculture and Rural Affairs,首选\n";
    let imported = read_as("s.csv", sheet.as_bytes(), &Reading::default()).unwrap();
    let (after, changes) = import(GLOSSARY, &imported, None, Resolution::Report);
    assert_eq!((changes.added.len(), changes.conflicts.len()), (0, 0));
    assert!(
        after.contains("zh = [\"农业农村部\"]") && after.contains("MOARA"),
        "{after}"
    );
}

#[test]
fn signs_between_variants_are_never_guessed() {
    let sheet = "zh,en\n口罩,face mask; mask\n艾滋病,HIV/AIDS\n".as_bytes();
    let ReadError::Doubtful { doubts, .. } = read_as("s.csv", sheet, &Reading::default()).unwrap_err() else {
        panic!("not doubtful");
    };
    assert_eq!(doubts.keys().collect::<Vec<_>>(), [&'/', &';']);
    let split = |signs: &[char]| Reading {
        split: Some(signs.to_vec()),
        ..Reading::default()
    };
    let names = |reading: &Reading| -> Vec<usize> {
        let imported = read_as("s.csv", sheet, reading).unwrap();
        imported.concepts.iter().map(|(c, _)| c.en.len()).collect()
    };
    assert_eq!(names(&split(&[';'])), [2, 1]);
    assert_eq!(names(&split(&[])), [1, 1]);
    assert_eq!(names(&split(&[';', '/'])), [2, 2]);
}

#[test]
fn signs_in_names_that_are_listed_one_by_one_are_no_doubt() {
    let glossary =
        "[[concept]]\nid = \"hiv\"\nkind = \"term\"\nzh = [\"艾滋病、艾滋病毒\"]\nen = [\"HIV/AIDS\", \"HIV; AIDS\"]\n";
    for (format, name) in [
        (Format::Tbx, "g.tbx"),
        (Format::Json, "g.json"),
        (Format::Yaml, "g.yaml"),
    ] {
        let bytes = write(format, &concepts(glossary)).unwrap();
        let imported = read_as(name, &bytes, &Reading::default()).unwrap();
        assert_eq!(imported.concepts[0].0.en, concepts(glossary)[0].en, "{name}");
    }
    let text = r#"[{ "zh": "艾滋病", "en": "HIV/AIDS" }]"#;
    assert!(matches!(
        read_as("g.json", text.as_bytes(), &Reading::default()),
        Err(ReadError::Doubtful { .. })
    ));
}

#[test]
fn gb18030_is_read() {
    let (bytes, ..) = encoding_rs::GB18030.encode("中文,英文\n农业农村部,Ministry of Agriculture and Rural Affairs\n");
    let imported = read_as("s.csv", &bytes, &Reading::default()).unwrap();
    assert_eq!(imported.concepts[0].0.preferred_zh(), Some("农业农村部"));
}

#[test]
fn every_version_of_tbx_is_read() {
    let names = "农业农村部";
    let v2 = format!(
        "<!DOCTYPE martif SYSTEM \"TBXcoreStructV02.dtd\"><martif type=\"TBX-Basic\"><text><body><termEntry id=\"t1\">\
         <descrip type=\"subjectField\">org</descrip>\
         <langSet xml:lang=\"zh-CN\"><tig><term>{names}</term></tig></langSet>\
         <langSet xml:lang=\"en-US\"><ntig><termGrp><term>MARA</term>\
         <termNote type=\"normativeAuthorization\">preferredTerm</termNote><termNote type=\"partOfSpeech\">noun</termNote>\
         </termGrp></ntig></langSet><langSet xml:lang=\"fr\"><tig><term>ministère</term></tig></langSet>\
         </termEntry></body></text></martif>"
    );
    let dct = format!(
        "<tbx type=\"TBX-Basic\" style=\"dct\" xmlns=\"urn:iso:std:iso:30042:ed-2\" xmlns:min=\"http://www.tbxinfo.net/ns/min\">\
         <text><body><conceptEntry id=\"c1\"><min:subjectField>org</min:subjectField>\
         <langSec xml:lang=\"zh\"><termSec><term>{names}</term></termSec></langSec><langSec xml:lang=\"en\"><termSec><term>MARA</term>\
         <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec></langSec></conceptEntry></body></text></tbx>"
    );
    for text in [&v2, &dct] {
        let imported = read_as("g.tbx", text.as_bytes(), &Reading::default()).unwrap();
        let (concept, has_id) = &imported.concepts[0];
        assert_eq!((concept.kind, *has_id), (Kind::Institution, false));
        assert_eq!(
            (concept.preferred_zh(), concept.preferred_en()),
            (Some(names), Some("MARA"))
        );
    }
    let imported = read_as("g.tbx", v2.as_bytes(), &Reading::default()).unwrap();
    let extra = &imported.concepts[0].0.extra;
    for kept in [
        ("partOfSpeech (MARA)", "noun"),
        ("terms (fr)", "ministère"),
        ("tbx-id", "t1"),
    ] {
        assert!(extra.contains(&(kept.0.into(), kept.1.into())), "{extra:?}");
    }
}

#[test]
fn hostile_files_are_refused_at_once() {
    let start = std::time::Instant::now();
    let entities =
        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><tbx><conceptEntry>&b;</conceptEntry></tbx>";
    let deep = format!("<tbx><conceptEntry>{}", "<a>".repeat(100_000));
    let mut aliases = "a: &b0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for i in 1..30 {
        let last = i - 1;
        writeln!(
            aliases,
            "b{i}: &b{i} [*b{last}, *b{last}, *b{last}, *b{last}, *b{last}]"
        )
        .unwrap();
    }
    for (name, text) in [
        ("a.tbx", entities),
        ("b.tbx", &deep),
        ("c.yaml", &aliases),
        ("d.xlsx", "PK"),
        ("e.ods", "no zip"),
    ] {
        assert!(read_as(name, text.as_bytes(), &Reading::default()).is_err(), "{name}");
    }
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default())
        .unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..300 {
        zip.write_all(&zeros).unwrap();
    }
    let bomb = zip.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20);
    let error = read_as("f.xlsx", &bomb, &Reading::default()).unwrap_err().to_string();
    assert!(error.contains("unpacks to more than 200 MB"), "{error}");
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}

#[test]
fn a_sheet_of_repeated_cells_is_refused() {
    let content = "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>\
        <table:table table:name=\"S\"><table:table-row table:number-rows-repeated=\"1000000\">\
        <table:table-cell table:number-columns-repeated=\"16000\" office:value-type=\"string\"><text:p>a</text:p></table:table-cell>\
        </table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    let error = read_as("s.ods", &bytes, &Reading::default()).unwrap_err().to_string();
    assert!(error.contains("the sheet “S” has more than 5000000 cells"), "{error}");
}
