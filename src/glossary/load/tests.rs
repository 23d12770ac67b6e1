//! What loading accepts, warns of and refuses.

mod precedence;

use super::*;
use crate::glossary::Kind;
use crate::glossary::Status::{self, Admitted, Deprecated, Forbidden, Preferred};

fn load(files: &[(&str, &str)]) -> Result<Loaded, GlossaryError> {
    load_texts(&glossary_files(files, |_| 0))
}

fn glossary_files(files: &[(&str, &str)], rank: fn(usize) -> usize) -> Vec<GlossaryFile> {
    let file = |(i, &(name, text)): (usize, &(&str, &str))| GlossaryFile {
        source: Source::new(name, text),
        format: Format::from_path(Path::new(name)).expect("a known extension"),
        rank: rank(i),
    };
    files.iter().enumerate().map(file).collect()
}

fn toml(text: &str) -> Result<Loaded, GlossaryError> {
    load(&[("g.toml", text)])
}

fn problems(text: &str) -> Vec<String> {
    toml(text)
        .expect_err("faults")
        .problems
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn concepts(name: &str, text: &str) -> Vec<Concept> {
    let loaded = load(&[(name, text)]).expect("a good glossary");
    assert_eq!(loaded.warnings, []);
    loaded.glossary.concepts().to_vec()
}

#[test]
fn a_name_longer_than_a_page_is_refused() {
    let (fits, long) = ("天".repeat(LONGEST_NAME), "天".repeat(LONGEST_NAME + 1));
    let concept = |zh: &str| format!("[[concept]]\nid = \"sky\"\nkind = \"term\"\nzh = [\"{zh}\"]\nen = [\"Sky\"]\n");
    assert!(toml(&concept(&fits)).is_ok());
    let faults = problems(&concept(&long));
    assert!(
        faults[0].starts_with("g.toml:4:7: ") && faults[0].contains("has 1001 characters"),
        "{faults:?}"
    );
    let table = load(&[("g.tsv", &format!("zh\ten\n地\tEarth\n{long}\tSky\n"))]).expect_err("too long");
    let fault = table.problems[0].to_string();
    assert!(
        fault.starts_with("g.tsv:3: ") && fault.contains("has 1001 characters"),
        "{fault}"
    );
}

#[test]
fn a_text_among_glossaries_is_refused() {
    let text = "zh\ten\n我们支持开放科学。\tWe support open science.\n欢迎您！\tWelcome!\n";
    let faults = load(&[("terms.tsv", "zh\ten\n开放科学\topen science\n"), ("text.tsv", text)]).expect_err("a text");
    let faults: Vec<String> = faults.problems.iter().map(ToString::to_string).collect();
    assert!(faults.len() == 1 && faults[0].starts_with("text.tsv"), "{faults:?}");
}

#[test]
fn a_name_that_must_not_be_used_may_be_above_the_one_to_use() {
    let table = "中文,英文,状态\n国务院,State Department,禁用\n国务院,State Council,正式\n";
    let names: Vec<(String, Status)> = concepts("g.csv", table)[0]
        .en
        .iter()
        .map(|n| (n.text.to_string(), n.status))
        .collect();
    let expected = [("State Council", Preferred), ("State Department", Forbidden)];
    assert_eq!(names, expected.map(|(text, status)| (text.to_owned(), status)));
    let alone = load(&[("g.csv", "中文,英文,状态\n国务院,State Department,禁用\n")]).expect_err("nothing to use");
    let fault = alone.problems[0].to_string();
    assert!(
        fault.starts_with("g.csv:2: “国务院” has only forbidden English names"),
        "{fault}"
    );
}

const SHMFF: &str = r#"
[[concept]]
id = "shmff"
kind = "facility"
zh = ["稳态强磁场实验装置", "稳态强磁场"]
en = [
  "Steady High Magnetic Field Facility",
  { name = "Steady High Magnetic Field Laboratory", status = "deprecated", note = "the script of 2025" },
]
acronym = "SHMFF"
case-sensitive = true
authority = "the institute"
citation = "its pages"
valid-from = 2017-09-29
valid-to = "2030-12-31"
note = "in Hefei"
extra = { city = "合肥" }
"#;

#[test]
fn toml_gives_every_field() {
    let c = &concepts("g.toml", SHMFF)[0];
    assert_eq!((&*c.id, c.kind, c.place.line), ("shmff", Kind::Facility, 2));
    let statuses: Vec<Status> = c.zh.iter().chain(&c.en).map(|n| n.status).collect();
    assert_eq!(statuses, [Preferred, Admitted, Preferred, Deprecated]);
    assert_eq!(c.en[1].note.as_deref(), Some("the script of 2025"));
    assert_eq!(c.acronym.as_deref(), Some("SHMFF"));
    assert!(c.case_sensitive);
    assert_eq!(c.authority.as_deref(), Some("the institute"));
    assert_eq!(c.citation.as_deref(), Some("its pages"));
    assert_eq!(c.valid_from.as_deref(), Some("2017-09-29"));
    assert_eq!(c.valid_to.as_deref(), Some("2030-12-31"));
    assert_eq!(c.note.as_deref(), Some("in Hefei"));
    assert_eq!(c.extra, [("city".into(), "合肥".into())]);
}

#[test]
fn toml_gives_the_life_of_a_concept() {
    let text = "[[concept]]\nid = \"moa\"\nkind = \"institution\"\nzh = [\"农业部\"]\nen = [\"Ministry of Agriculture\"]\n\
                scope = \"China\"\ngrade = \"B\"\nreplaced-by = \"mara\"\n\
                example = [{ zh = \"农业部说\", en = \"the Ministry of Agriculture said\" }]\n\
                history = [{ date = \"2018-03-19\", author = \"Li\", change = \"replaced\" }]\n";
    let c = &concepts("g.toml", text)[0];
    assert_eq!(c.scope.as_deref(), Some("China"));
    assert_eq!(c.grade.map(crate::glossary::Grade::name), Some("B"));
    assert_eq!(c.replaced_by.as_deref(), Some("mara"));
    assert_eq!((&*c.examples[0].zh, c.counterexamples.len()), ("农业部说", 0));
    assert_eq!((&*c.history[0].author, &c.history[0].reason), ("Li", &None));

    let wrong = text
        .replace("\"B\"", "\"E\"")
        .replace("en = \"the", "english = \"the")
        .replace("2018-03-19", "2018");
    let found = problems(&wrong).join("\n");
    for fault in [
        "unknown grade “E”",
        "unknown key “english”",
        "without “en”",
        "the date “2018” is not a date",
    ] {
        assert!(found.contains(fault), "{fault}: {found}");
    }
}

#[test]
fn toml_reports_every_fault_with_place_and_remedy() {
    let text = r#"[[concept]]
id = "Shmff"
kind = "facilty"
zh = ["装置 ", 3]
en = "Facility"
acronim = "SHMFF"

[[concept]]
id = "b"
kind = "term"
zh = [""]
en = [{ name = "B", status = "depricated" }]
valid-from = "2026-02-30"
"#;
    assert_eq!(
        problems(text),
        [
            "g.toml:2:6: the id “Shmff” is not in kebab-case\n  help: write id = \"shmff\"",
            "g.toml:3:8: unknown kind “facilty”\n  help: did you mean “facility”?",
            "g.toml:4:7: the Chinese name begins or ends with a space\n  help: write \"装置\"",
            "g.toml:4:14: the Chinese name has the type integer\n  help: write \"…\" or { name = \"…\", status = \"…\" }",
            "g.toml:5:6: the list of English names has the type string\n  help: write en = [\"…\"]",
            "g.toml:6:1: unknown key “acronim”\n  help: did you mean “acronym”?",
            "g.toml:11:7: the Chinese name is empty\n  help: write it, or delete the key",
            "g.toml:12:30: unknown status “depricated”\n  help: did you mean “deprecated”?",
            "g.toml:13:14: valid-from “2026-02-30” is not a date\n  help: write it as YYYY-MM-DD, such as 2026-01-31",
        ]
    );
}

#[test]
fn toml_names_what_is_missing() {
    let found = problems("[[concept]]\nid = \"a\"\nzh = [\"甲\"]\n");
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("g.toml:1:1: the concept has no “kind”"));
    assert!(found[1].starts_with("g.toml:1:1: the concept has no “en”"));
}

#[test]
fn toml_syntax_errors_do_not_hide_other_entries() {
    let text = "[[concept]]\nid = \"a\nkind = \"term\"\n\n[[concept]]\nid = \"b\"\nkind = \"trem\"\nzh = [\"乙\"]\nen = [\"B\"]\n";
    let found = problems(text);
    assert!(found[0].starts_with("g.toml:2:"), "{found:?}");
    assert!(
        found.last().is_some_and(|p| p.contains("unknown kind “trem”")),
        "{found:?}"
    );
}

#[test]
fn toml_refuses_other_tables() {
    assert!(problems("[[concepts]]\nid = \"a\"\n")[0].contains("did you mean “concept”?"));
    assert!(problems("[concept]\nid = \"a\"\n")[0].contains("write [[concept]]"));
}

#[test]
fn toml_refuses_a_name_that_is_both_accepted_and_not() {
    let with = |en: &str| format!("[[concept]]\nid = \"a\"\nkind = \"term\"\nzh = [\"甲\"]\nen = [{en}]\n");
    assert!(
        problems(&with("\"A\", { name = \"A\", status = \"forbidden\" }"))[0].contains("both preferred and forbidden")
    );
    assert!(problems(&with("{ name = \"A\", status = \"forbidden\" }"))[0].contains("no English name is accepted"));
    assert!(problems(&with("\"A\", { name = \"B\", status = \"preferred\" }"))[0].contains("second preferred"));
    let twice = toml(&with("\"A\", \"A\"")).expect("only a warning");
    assert!(twice.warnings[0].message.contains("listed twice"));
    let chinese = toml(&with("\"甲\"")).expect("only a warning");
    assert!(chinese.warnings[0].message.contains("has Chinese characters"));
}

#[test]
fn tables_give_names_kinds_and_further_columns() {
    let text = "\u{feff}中文,英文,category,abbr,来处\r\n世界卫生组织|世卫组织,World Health Organization | World Health Organisation,org,WHO,a\r\n\"口罩\",\"mask; face, mask\",covid,,b\r\n";
    let text = text.trim_start_matches('\u{feff}');
    let c = concepts("g.csv", text);
    assert_eq!(c[0].id, "world-health-organization");
    assert_eq!((c[0].kind, c[0].place.line), (Kind::Institution, 2));
    assert_eq!(c[0].acronym.as_deref(), Some("WHO"));
    assert_eq!(c[0].extra, [("来处".into(), "a".into())]);
    assert_eq!(c[0].zh[1].text, "世卫组织");
    assert_eq!(c[0].en[1].status, Admitted);
    let en: Vec<&str> = c[1].en.iter().map(|n| &*n.text).collect();
    assert_eq!((en, c[1].kind), (vec!["mask", "face, mask"], Kind::Term));
}

#[test]
fn tab_separated_names_keep_quotes_of_their_own() {
    let c = concepts(
        "g.tsv",
        "zh\ten\n\"三不\"原则\t\"Three don'ts\" principle\n\"\"\"三错开\"\"\"\t\"three, staggered\"\n",
    );
    assert_eq!(c[0].zh[0].text, "\"三不\"原则");
    assert_eq!(c[0].en[0].text, "\"Three don'ts\" principle");
    assert_eq!(c[1].zh[0].text, "\"三错开\"");
    assert_eq!(c[1].en[0].text, "three, staggered");
}

#[test]
fn tables_name_their_languages_as_texts_do() {
    for (name, header) in [
        ("g.tsv", "Chinese (Simplified)\tEnglish"),
        ("g.tsv", "简体中文\tEnglish (US)"),
        ("g.tsv", "原文\t译文"),
        ("g.tsv", "source\ttarget"),
        ("g.tsv", "中文\t译文"),
        ("g.csv", "zh_CN,en_US"),
        ("g.csv", "sep=,\nzh,en"),
    ] {
        let separator = if name == "g.tsv" { "\t" } else { "," };
        let c = concepts(name, &format!("{header}\n装置{separator}Facility\n"));
        assert_eq!((&*c[0].zh[0].text, &*c[0].en[0].text), ("装置", "Facility"), "{header}");
    }
    let c = concepts("g.tsv", "source\ttarget\nFacility\t装置\nPlan\t计划\n");
    assert_eq!((&*c[0].zh[0].text, &*c[0].en[0].text), ("装置", "Facility"));
}

#[test]
fn headings_that_only_mention_a_language_give_further_columns() {
    let c = concepts("g.tsv", "序号\t中文\t中文定义\t英文\n1\t装置\t一种设施\tFacility\n");
    assert_eq!((&*c[0].id, c[0].zh.len()), ("facility", 1));
    let extra: Vec<&str> = c[0].extra.iter().map(|(heading, _)| &**heading).collect();
    assert_eq!(extra, ["序号", "中文定义"]);
}

#[test]
fn table_rows_with_a_status_join_their_concept() {
    let c = concepts(
        "g.tsv",
        "zh\ten\tstatus\n装置\tFacility\tpreferred\n装置\tInstallation\tadmitted\n装置\tLaboratory\tdeprecated\n",
    );
    let en: Vec<(&str, Status)> = c[0].en.iter().map(|n| (&*n.text, n.status)).collect();
    assert_eq!(
        en,
        [
            ("Facility", Preferred),
            ("Installation", Admitted),
            ("Laboratory", Deprecated)
        ]
    );
    let clash = load(&[("g.tsv", "zh\ten\tstatus\n装置\tFacility\t\n装置\tFacility\tforbidden\n")]);
    assert!(
        clash.expect_err("a clash").problems[0]
            .message
            .contains("forbidden here and preferred")
    );
}

#[test]
fn table_faults_name_line_and_remedy() {
    let error = |text: &str| load(&[("g.tsv", text)]).expect_err("faults").problems[0].to_string();
    assert_eq!(
        error("zh\tenglsh\n甲\tA\n"),
        "g.tsv:1: no column for English among “zh”, “englsh”\n  help: call the column of English names “en”"
    );
    assert!(error("\n \n").contains("the glossary is empty"));
    assert!(error("zh\ten\n甲\tA\tB\n").starts_with("g.tsv:2: the row has 3 cells under 2 headings"));
    assert!(error("zh\ten\tstatus\n甲\tA\tprefered\n").contains("did you mean “preferred”?"));
    assert!(error("zh\ten\t中文\n甲\tA\t乙\n").contains("the columns “zh” and “中文” mean the same"));
    assert!(error("zh\ten\tvalid-to\n甲\tA\tsoon\n").contains("“soon” is not a date"));
}

#[test]
fn table_warnings_say_what_was_left_out() {
    let warned = |text: &str| load(&[("g.tsv", text)]).expect("usable");
    let w = warned("zh\ten\n甲\t\n乙\tB\n");
    assert_eq!(w.glossary.concepts().len(), 1);
    assert!(
        w.warnings[0]
            .to_string()
            .starts_with("g.tsv:2: no English name: the row is left out")
    );
    let w = warned("甲\tA\n乙\tB\n");
    assert_eq!(w.glossary.concepts().len(), 2);
    assert!(w.warnings[0].message.starts_with("no heading"));
}

#[test]
fn merging_refuses_one_id_for_two_things() {
    let other = SHMFF.replace("稳态", "脉冲").replace("Steady", "Pulsed");
    let e = load(&[("a.toml", SHMFF), ("b.toml", &other)]).expect_err("a clash");
    assert_eq!(
        e.to_string(),
        "the glossary cannot be used\nb.toml:2: the id “shmff” is used twice\n  help: its first use is at a.toml:2; rename or delete one of the two"
    );
}

#[test]
fn merging_warns_of_ambiguous_names_and_joins_doubles() {
    let l = load(&[
        ("a.tsv", "zh\ten\n国务院\tState Council\n"),
        ("b.tsv", "zh\ten\n国务院\tState Department\n"),
    ])
    .expect("usable");
    assert_eq!(l.glossary.concepts().len(), 2);
    assert_eq!(
        l.warnings[0].message,
        "“国务院” is “State Department” here and “State Council” at a.tsv:2; both are accepted"
    );
    let l = load(&[
        ("a.tsv", "zh\ten\n非盟\tAfrican Union\n"),
        ("b.tsv", "zh\ten\n非盟|非洲联盟\tAfrican Union|AU\n"),
    ])
    .expect("usable");
    let [c] = l.glossary.concepts() else {
        panic!("one concept")
    };
    assert_eq!((c.zh.len(), c.en.len(), c.zh[1].status), (2, 2, Admitted));
    assert_eq!(l.warnings.len(), 1);
}

#[test]
fn merging_refuses_contradictory_statuses() {
    let a = "[[concept]]\nid = \"a\"\nkind = \"term\"\nzh = [\"甲\"]\nen = [\"A\"]\n";
    let b = "[[concept]]\nid = \"b\"\nkind = \"term\"\nzh = [\"甲\"]\nen = [\"B\", { name = \"A\", status = \"forbidden\" }]\n";
    let e = load(&[("a.toml", a), ("b.toml", b)]).expect_err("a clash");
    assert_eq!(
        e.problems[0].to_string(),
        "b.toml:1: “A” is forbidden here and preferred at a.toml:1\n  help: keep one status and delete the other"
    );
}

#[test]
fn merging_allows_a_name_to_change_its_meaning_over_time() {
    let a = "[[concept]]\nid = \"a\"\nkind = \"term\"\nzh = [\"甲\"]\nen = [\"A\"]\nvalid-to = 2019-12-31\n";
    let b = "[[concept]]\nid = \"b\"\nkind = \"term\"\nzh = [\"甲\"]\nen = [\"B\"]\nvalid-from = 2020-01-01\n";
    assert_eq!(load(&[("a.toml", a), ("b.toml", b)]).expect("usable").warnings, []);
}

#[test]
fn generated_ids_are_readable_and_unique() {
    let c = concepts(
        "g.tsv",
        "zh\ten\n甲\tU.N. Children's Fund\n乙\tÉcole (x)\n丙\tecole x\n丁\t中\n",
    );
    let ids: Vec<&str> = c.iter().map(|c| &*c.id).collect();
    // The English of the last row has nothing to make an id of.
    assert_eq!(ids, ["un-childrens-fund", "ecole-x", "ecole-x-2", "concept"]);
}

#[test]
fn files_and_folders_are_read_and_every_bad_one_is_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        path
    };
    write("a.tsv", "\u{feff}zh\ten\n甲\tA\n".as_bytes());
    write("readme.md", b"not a glossary");
    let loaded = load_files(&[folder.path().to_owned()]).expect("usable");
    assert_eq!(loaded.glossary.concepts()[0].zh[0].text, "甲");

    // 高海拔宇宙线观测站 in GBK, as spreadsheets save it.
    let gbk = b"zh,en\n\xb8\xdf\xba\xa3\xb0\xce\xd3\xee\xd6\xe6\xcf\xdf\xb9\xdb\xb2\xe2\xd5\xbe,LHAASO\n";
    let loaded = load_files(&[write("gbk.csv", gbk)]).expect("usable");
    assert_eq!(loaded.glossary.concepts()[0].zh[0].text, "高海拔宇宙线观测站");

    let binary = write("b.csv", b"zh,en\n\x00\x01\x02\x00\x00\x00,A\n");
    let json = write("c.json", b"{}");
    let missing = folder.path().join("d.toml");
    let e = load_files(&[binary, json, missing]).expect_err("faults");
    let shown = e.to_string();
    assert_eq!(e.problems.len(), 3, "{shown}");
    assert!(shown.contains("b.csv: the file is not text"), "{shown}");
    assert!(shown.contains("not a glossary format"), "{shown}");
    assert!(shown.contains("cannot read the glossary"), "{shown}");
}

#[test]
fn headings_may_be_below_a_title() {
    let table = "公司译名表（2026年）,,\n制表：一司,,\n\n中文,英文,缩写\n强磁场,High Field,HF\n";
    let concepts = concepts("g.csv", table);
    assert_eq!((concepts.len(), concepts[0].acronym.as_deref()), (1, Some("HF")));
    assert_eq!(concepts[0].place.line, 5);
    // Without headings, no entry is taken for a title.
    let loaded = load(&[("g.csv", "强磁场,High Field\n中文,Chinese\n英文,English\n")]).expect("two columns");
    assert_eq!(loaded.glossary.concepts().len(), 3);
}
