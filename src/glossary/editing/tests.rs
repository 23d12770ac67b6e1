//! Tests of changes to the entries of a file.

use std::path::Path;

use super::*;
use crate::glossary::load;
use crate::text::Source;
use crate::text::date::parse_date;

const TEXT: &str = "# Bodies. CC0.\n\n# Until 2018.\n[[concept]]\nid = \"moa\" # the old one\nkind = \"institution\"\n\
                    zh = [\"农业部\"]\nen = [\"Ministry of Agriculture\"]\nacronym = \"MOA\"\ncitation = \"moa.gov.cn\"\n\n\
                    [[concept]]\nid = \"shmff\"\nkind = \"facility\"\nzh = [\"稳态强磁场实验装置\", \"强磁场装置\"]\nen = [\n  \
                    \"Steady High Magnetic Field Facility\", # as on the door\n  \"Steady Field Facility\",\n]\n";

fn concepts(text: &str) -> Vec<Concept> {
    let read = load::read_texts(&[load::GlossaryFile::new(Source::new("a.toml", text), load::Format::Toml)]);
    assert_eq!(read.errors, [], "{text}");
    read.concepts
}

fn concept(id: &str) -> Concept {
    concepts(TEXT).into_iter().find(|c| c.id == id).unwrap()
}

/// The text after the steps, which must be in the one form and read as what the steps say.
fn written(steps: &[Step]) -> String {
    let mut file = TomlFile::parse(Path::new("a.toml"), TEXT).unwrap();
    let text = text_after(&mut file, steps);
    if let Some(same) = text_after_changes(Path::new("a.toml"), TEXT, &steps.iter().collect::<Vec<_>>()) {
        assert_eq!(same, text);
    }
    assert_eq!(layout::format(Path::new("a.toml"), &text).unwrap(), text);
    let read = concepts(&text);
    for step in steps {
        let found = read.iter().find(|c| c.id == step.concept().id);
        match step {
            Step::Add { concept: wanted, .. } | Step::Change { after: wanted, .. } => {
                let mut found = found.cloned().unwrap();
                found.place = wanted.place.clone();
                assert_eq!(found, *wanted);
            }
            Step::Remove(_) => assert_eq!(found, None),
        }
    }
    text
}

fn edited(id: &str, change: impl Fn(&mut Concept)) -> Step {
    let before = concept(id);
    let mut after = before.clone();
    change(&mut after);
    Step::change(before, after)
}

fn never(_: &str) -> bool {
    false
}

#[test]
fn a_new_concept_goes_to_its_place_and_leaves_the_head_of_the_file() {
    let new = |en: &str| {
        let mut new = Concept::new("", crate::glossary::Kind::Facility);
        set_name(&mut new, Side::Zh, "新", None);
        set_name(&mut new, Side::En, en, None);
        written(&[begin(new, None, never).unwrap()])
    };
    let entry = |id: &str, en: &str| {
        format!("[[concept]]\nid = \"{id}\"\nkind = \"facility\"\nzh = [\"新\"]\nen = [\"{en}\"]\n\n")
    };
    assert_eq!(
        new("Alpha"),
        TEXT.replace("# Until", &format!("{}# Until", entry("alpha", "Alpha")))
    );
    let second = "[[concept]]\nid = \"shmff\"";
    assert_eq!(
        new("New"),
        TEXT.replace(second, &format!("{}{second}", entry("new", "New")))
    );
    assert_eq!(
        new("Zeta"),
        format!("{TEXT}\n{}", entry("zeta", "Zeta").trim_end().to_owned() + "\n")
    );
}

#[test]
fn a_removed_concept_takes_its_comments_and_leaves_those_of_the_file() {
    let rest = &TEXT[TEXT.find("[[concept]]\nid = \"shmff\"").unwrap()..];
    assert_eq!(
        written(&[Step::Remove(concept("moa"))]),
        format!("# Bodies. CC0.\n\n{rest}")
    );
    let both = [Step::Remove(concept("moa")), Step::Remove(concept("shmff"))];
    assert_eq!(written(&both), "# Bodies. CC0.\n");
}

#[test]
fn fields_are_set_at_their_place_and_cleared() {
    let step = edited("moa", |c| {
        set_field(c, "scope", Some("China \"PRC\"")).unwrap();
        set_field(c, "acronym", None).unwrap();
        set_field(c, "grade", Some("B")).unwrap();
    });
    let expected = TEXT
        .replace("acronym = \"MOA\"\n", "scope = \"China \\\"PRC\\\"\"\n")
        .replace("\"moa.gov.cn\"\n", "\"moa.gov.cn\"\ngrade = \"B\"\n");
    assert_eq!(written(&[step]), expected);
    let mut moa = concept("moa");
    let message = set_field(&mut moa, "grade", Some("E")).unwrap_err().to_string();
    assert_eq!(message, "grade: unknown grade “E”; write one of A, B, C, D");
    for key in ["zh", "id", "缩写", "colour"] {
        assert!(set_field(&mut moa, key, Some("x")).is_err(), "{key}");
    }
}

#[test]
fn examples_and_changes_are_added_behind_those_that_are_there() {
    let mut first = edited("shmff", |c| set_field(c, "example", Some("甲。 | A.")).unwrap());
    let day = |text| parse_date(text).unwrap();
    first.record(day("2026-01-31"), "Li", Some("norm"));
    let text = written(std::slice::from_ref(&first));
    let text = text.replace(
        "change = \"example added: “甲。 | A.”\" },",
        "change = \"example added: “甲。 | A.”\" }, # by mail",
    );
    let before = concepts(&text).remove(1);
    let mut after = before.clone();
    set_field(&mut after, "example", Some("乙。 | B.")).unwrap();
    let mut second = Step::change(before, after);
    second.record(day("2026-02-01"), "Wang", None);
    let mut file = TomlFile::parse(Path::new("a.toml"), &*text).unwrap();
    let tail = text_after(&mut file, [&second]);
    let tail = &tail[tail.find("example").unwrap()..];
    assert_eq!(
        tail,
        "example = [\n  { zh = \"甲。\", en = \"A.\" },\n  { zh = \"乙。\", en = \"B.\" },\n]\nhistory = [\n  \
         { date = \"2026-01-31\", author = \"Li\", reason = \"norm\", change = \"example added: “甲。 | A.”\" }, # by mail\n  \
         { date = \"2026-02-01\", author = \"Wang\", change = \"example “甲。 | A.” → “甲。 | A.\\n乙。 | B.”\" },\n]\n"
    );
}

#[test]
fn a_name_that_becomes_preferred_comes_first() {
    let step = edited("shmff", |c| {
        set_name(c, Side::En, "Steady Field Facility", Some(Status::Preferred));
    });
    let text = written(&[step]);
    let en = "en = [\n  \"Steady Field Facility\",\n  \"Steady High Magnetic Field Facility\", # as on the door\n]\n";
    assert!(text.ends_with(en), "{text}");
}

#[test]
fn a_wrong_name_is_replaced_and_kept_as_deprecated() {
    let to = Renaming {
        en: Some("High Field Facility"),
        acronym: Some("HFF"),
        ..Renaming::default()
    };
    let steps = rename(&concept("shmff"), &to, never).unwrap();
    let [Step::Change { after, .. }] = &steps[..] else {
        panic!("{steps:?}")
    };
    let names: Vec<(&str, Status)> = after.en.iter().map(|n| (&*n.text, n.status)).collect();
    let old = ("Steady High Magnetic Field Facility", Status::Deprecated);
    assert_eq!(names[..2], [("High Field Facility", Status::Preferred), old]);
    assert_eq!(after.acronym.as_deref(), Some("HFF"));
    written(&steps);
}

#[test]
fn a_name_from_a_day_on_is_another_concept() {
    let to = Renaming {
        zh: Some("农业农村部"),
        en: Some("Ministry of Agriculture and Rural Affairs"),
        from: parse_date("2018-03-19").ok(),
        id: Some("mara"),
        ..Renaming::default()
    };
    let steps = rename(&concept("moa"), &to, never).unwrap();
    let text = written(&steps);
    let added = "[[concept]]\nid = \"mara\"\nkind = \"institution\"\nzh = [\n  \"农业农村部\",\n  { name = \"农业部\", status = \"deprecated\" },\n]\n\
                 en = [\n  \"Ministry of Agriculture and Rural Affairs\",\n  { name = \"Ministry of Agriculture\", status = \"deprecated\" },\n]\n\
                 valid-from = \"2018-03-19\"\n";
    assert!(text.contains(added), "{text}");
    assert!(
        text.contains("citation = \"moa.gov.cn\"\nvalid-to = \"2018-03-18\"\nreplaced-by = \"mara\"\n"),
        "{text}"
    );
    let taken = rename(&concept("moa"), &to, |id| id == "mara").unwrap_err();
    assert_eq!(
        taken.to_string(),
        "the id “mara” is used already; name another one with --id"
    );
}

#[test]
fn a_name_is_refused_if_another_is_left() {
    let refused = |name| refuse_name(&concept("shmff"), name, Status::Forbidden);
    let step = refused("稳态强磁场实验装置").unwrap();
    let Step::Change { after, .. } = &step else { panic!() };
    assert_eq!(after.preferred_zh(), Some("强磁场装置"));
    written(&[step]);
    assert!(matches!(refused("磁场"), Err(EditError::NoSuchName { .. })));
    let only = refuse_name(&concept("moa"), "农业部", Status::Deprecated);
    assert!(matches!(only, Err(EditError::OnlyName { .. })), "{only:?}");
}

#[test]
fn an_end_is_the_day_before_and_never_moves_back() {
    let from = |day| end(&concept("moa"), parse_date(day).unwrap(), Some("mara"));
    let step = from("2018-03-01").unwrap();
    let Step::Change { after, .. } = &step else { panic!() };
    assert_eq!(after.valid_to.as_deref(), Some("2018-02-28"));
    let again = end(after, parse_date("2020-01-01").unwrap(), None).unwrap_err();
    assert!(again.to_string().contains("valid until 2018-02-28 only"), "{again}");
}

#[test]
fn merged_concepts_keep_all_names() {
    let (first, other) = (concept("shmff"), concept("moa"));
    let mut pointing = Concept::new("old", other.kind);
    pointing.replaced_by = Some(other.id.clone());
    let steps = merge(&first, &other, &[first.clone(), other.clone(), pointing]).unwrap();
    let text = written(&steps[..2]);
    let zh = "zh = [\"稳态强磁场实验装置\", \"强磁场装置\", \"农业部\"]\n";
    assert!(text.contains(zh) && !text.contains("id = \"moa\""), "{text}");
    assert!(matches!(&steps[2], Step::Change { after, .. } if after.replaced_by.as_deref() == Some("shmff")));
    assert_eq!(lost_in_merge(&first, &other), [("kind", "institution".to_owned())]);
    assert!(matches!(merge(&first, &first, &[]), Err(EditError::Itself(_))));
    let mut refusing = other;
    set_name(&mut refusing, Side::Zh, "强磁场装置", Some(Status::Forbidden));
    assert!(matches!(
        merge(&first, &refusing, &[]),
        Err(EditError::Contradiction { .. })
    ));
}

#[test]
fn names_are_split_off() {
    let names = |text: &str| vec![text.to_owned()];
    let steps = split(
        &concept("shmff"),
        (&names("强磁场装置"), &names("Strong Field Facility")),
        None,
        never,
    )
    .unwrap();
    let text = written(&steps);
    assert!(text.contains("zh = [\"稳态强磁场实验装置\"]\n"), "{text}");
    let entry = "id = \"strong-field-facility\"\nkind = \"facility\"\nzh = [\"强磁场装置\"]\nen = [\"Strong Field Facility\"]\n";
    assert!(text.contains(entry), "{text}");
    let only = split(&concept("moa"), (&names("农业部"), &names("X")), None, never);
    assert!(matches!(only, Err(EditError::OnlyName { .. })), "{only:?}");
}

#[test]
fn a_change_leaves_the_text_of_other_entries_alone() {
    let untidy = TEXT
        .replace("zh = [\"农业部\"]", "zh   =   [\"农业部\"]")
        .replace('\n', "\r\n");
    let change = |id: &str| {
        let before = concepts(&untidy).into_iter().find(|c| c.id == id).unwrap();
        let mut after = before.clone();
        after.note = Some("new".into());
        Step::change(before, after)
    };
    let text = text_after_changes(Path::new("a.toml"), &untidy, &[&change("moa"), &change("shmff")]).unwrap();
    assert_eq!(text.replace("note = \"new\"\r\n", ""), untidy);
    assert_eq!(text.matches("note = \"new\"\r\n").count(), 2);
    let removal = Step::Remove(concept("moa"));
    assert_eq!(text_after_changes(Path::new("a.toml"), TEXT, &[&removal]), None);
}
