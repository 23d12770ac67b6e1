//! Several glossaries: which entry counts, and what overrides change.

use super::*;
use crate::glossary::{Name, Role};

/// Loads glossaries, the first one with precedence.
fn load_in_order(files: &[(&str, &str)]) -> Result<Loaded, GlossaryError> {
    load_texts(&glossary_files(files, |i| i))
}

const MINISTRY: &str = "[[concept]]\nid = \"cas\"\nkind = \"institution\"\nzh = [\"中国科学院\"]\nen = [\"Chinese Academy of Sciences\"]\nacronym = \"CAS\"\n";

fn names(names: &[Name]) -> Vec<(&str, Status)> {
    names.iter().map(|n| (&*n.text, n.status)).collect()
}

#[test]
fn an_earlier_glossary_has_precedence() {
    let house = "id,zh,en,kind\nacademy,中国科学院|科学院,Academy of Science,institution\ncas,中科院,The Academy,institution\nx,强磁场,High Field,facility\n";
    let loaded = load_in_order(&[("ministry.toml", MINISTRY), ("house.csv", house)]).expect("no contradiction");
    assert_eq!(loaded.warnings, []);
    let concepts = loaded.glossary.concepts();
    let ids: Vec<&str> = concepts.iter().map(|c| &*c.id).collect();
    assert_eq!(ids, ["cas", "x"]);
    assert_eq!(names(&concepts[0].en), [("Chinese Academy of Sciences", Preferred)]);
    let layers: Vec<(Role, usize)> = concepts[0].layers.iter().map(|l| (l.role, l.place.line)).collect();
    assert_eq!(layers, [(Role::Overridden, 2), (Role::Overridden, 3)]);
    // In one glossary, that is a fault.
    assert!(load(&[("ministry.toml", MINISTRY), ("house.csv", house)]).is_err());
}

#[test]
fn a_later_glossary_adds_to_the_same_concept() {
    let house = "zh,en,kind,note\n中国科学院|中科院,Chinese Academy of Sciences|Academia Sinica,institution,ours\n";
    let loaded = load_in_order(&[("ministry.toml", MINISTRY), ("house.csv", house)]).expect("no contradiction");
    assert_eq!(loaded.warnings, []);
    let [cas] = loaded.glossary.concepts() else {
        panic!("one concept")
    };
    assert_eq!(names(&cas.zh), [("中国科学院", Preferred), ("中科院", Admitted)]);
    assert_eq!(
        (cas.acronym.as_deref(), cas.note.as_deref()),
        (Some("CAS"), Some("ours"))
    );
    assert_eq!(cas.place_of("中科院").to_string(), "house.csv:2");
    assert_eq!(cas.place_of("中国科学院").to_string(), "ministry.toml:1");
}

#[test]
fn what_is_valid_on_other_days_or_has_another_scope_is_kept() {
    let ministry = "zh,en,kind,valid-to,scope\n农业部,Ministry of Agriculture,institution,2018-03-18,\n国务院,State Council,institution,,China\n";
    let house = "zh,en,kind,valid-from,scope\n农业部,Agriculture Section,institution,2020-01-01,\n国务院,Department of State,institution,,United States\n农业部,Farm Ministry,institution,,\n";
    let loaded = load_in_order(&[("ministry.csv", ministry), ("house.csv", house)]).expect("no contradiction");
    let en: Vec<_> = loaded
        .glossary
        .concepts()
        .iter()
        .filter_map(Concept::preferred_en)
        .collect();
    assert_eq!(
        en,
        [
            "Ministry of Agriculture",
            "State Council",
            "Agriculture Section",
            "Department of State"
        ]
    );
}

#[test]
fn an_override_changes_the_fields_that_it_has() {
    let local = "[[concept]]\nid = \"cas\"\noverride = true\nen = [\"CAS Academy\", { name = \"Academia Sinica\", status = \"forbidden\" }]\nnote = \"house style\"\n";
    let lower = local.replace("CAS Academy", "Lower").replace("house style", "lower");
    let files = [
        ("local.toml", local),
        ("lower.toml", &lower),
        ("ministry.toml", MINISTRY),
    ];
    let loaded = load_in_order(&files).expect("no contradiction");
    let [cas] = loaded.glossary.concepts() else {
        panic!("one concept")
    };
    let expected = [
        ("CAS Academy", Preferred),
        ("Lower", Admitted),
        ("Chinese Academy of Sciences", Admitted),
        ("Academia Sinica", Forbidden),
    ];
    assert_eq!(names(&cas.en), expected);
    assert_eq!(
        (cas.kind, cas.acronym.as_deref(), cas.note.as_deref()),
        (Kind::Institution, Some("CAS"), Some("house style"))
    );
    assert_eq!(cas.place_of("CAS Academy").to_string(), "local.toml:1");
    assert_eq!(cas.place_of("note").file.as_ref(), "local.toml");
    assert_eq!(cas.place_of("acronym").file.as_ref(), "ministry.toml");
}

#[test]
fn an_override_without_effect_is_refused() {
    let local = "[[concept]]\nid = \"cas\"\noverride = true\nnote = \"ours\"\n";
    let fault = |files: &[(&str, &str)]| load_in_order(files).expect_err("a fault").problems[0].to_string();
    assert!(fault(&[("local.toml", local)]).starts_with("local.toml:1: no glossary has an entry “cas” to override"));
    let late = fault(&[("ministry.toml", MINISTRY), ("local.toml", local)]);
    assert!(
        late.starts_with("local.toml:1: “cas” at ministry.toml:1 has precedence over this file"),
        "{late}"
    );
    let unaccepted =
        "[[concept]]\nid = \"cas\"\noverride = true\nzh = [{ name = \"中国科学院\", status = \"forbidden\" }]\n";
    let fault = fault(&[("local.toml", unaccepted), ("ministry.toml", MINISTRY)]);
    assert!(
        fault.contains("no Chinese name of “cas” is accepted any more"),
        "{fault}"
    );
}

#[test]
fn the_builtin_glossary_may_be_overridden() {
    let local = "[[concept]]\nid = \"cas\"\noverride = true\nnote = \"ours\"\n";
    let mut files = glossary_files(&[("local.toml", local)], |_| 0);
    files.push(GlossaryFile::builtin(1));
    let loaded = load_texts(&files).expect("no contradiction");
    let concepts = loaded.glossary.concepts();
    let cas = concepts.iter().find(|c| c.id == "cas").expect("an official name");
    assert_eq!(cas.note.as_deref(), Some("ours"));
    assert_eq!(concepts.len(), builtin().concepts().len());
}
