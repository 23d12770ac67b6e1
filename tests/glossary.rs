//! `bilint glossary` as its users run it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod repository;

use std::collections::HashSet;
use std::path::Path;

use repository::{Repository, bilint, text};

const FAULTY: &str = "[[concept]]\nid = \"cas\"\nkind = \"institution\"\nzh = [\"中国科学院\"]\nen = [\"Chinese Academy of Sciences\"]\nacronym = \"CXA\"\n\n\
                      [[concept]]\nid = \"cas\"\nkind = \"institution\"\nzh = [\"中国工程院\"]\nen = [\"Chinese  Academy of Engineering\"]\ngrade = \"D\"\n";

fn faulty() -> Repository {
    let repository = Repository::new();
    repository.write("names.toml", FAULTY);
    repository
}

fn check(repository: &Repository, args: &[&str]) -> (Option<i32>, String) {
    let mut all = vec!["glossary", "check", "names.toml"];
    all.extend(args);
    let output = repository.bilint(&all);
    (output.status.code(), text(&output.stdout) + &text(&output.stderr))
}

#[test]
fn the_shipped_glossary_passes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let args = [
        "glossary",
        "check",
        "glossary",
        "--select",
        "all",
        "--fail-on",
        "note",
        "--format",
        "concise",
    ];
    let output = bilint(root, &args);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    let printed = text(&bilint(root, &["glossary", "check", "glossary"]).stdout);
    let checked = printed
        .rsplit_once(" in ")
        .and_then(|(_, rest)| rest.split(' ').next()?.parse::<usize>().ok());
    assert!(checked.is_some_and(|n| n > 250), "{printed}");
}

#[test]
fn findings_have_the_place_of_the_name_itself() {
    let (code, printed) = check(&faulty(), &["--format", "concise", "--quiet"]);
    assert_eq!(code, Some(1));
    for line in [
        "names.toml:6:12: warning[acronym-not-spelt] the letters of “CXA”",
        "names.toml:9:7: error[duplicate-id] the id “cas” is used twice",
        "names.toml:12:8: warning[stray-character] “Chinese  Academy of Engineering” has two spaces in a row",
    ] {
        assert!(printed.contains(line), "{line}\n{printed}");
    }
    assert_eq!(printed.lines().count(), 3, "{printed}");
}

#[test]
fn every_format_shows_the_findings() {
    for format in [
        "text",
        "json",
        "jsonl",
        "sarif",
        "github",
        "gitlab",
        "junit",
        "checkstyle",
        "rdjson",
        "markdown",
    ] {
        let (code, printed) = check(&faulty(), &["--format", format]);
        assert_eq!(code, Some(1), "{format}");
        assert!(printed.contains("duplicate-id"), "{format}: {printed}");
    }
}

#[test]
fn findings_are_suppressed_baselined_and_given_severities() {
    let repository = faulty();
    let (code, _) = check(&repository, &["--baseline", "known.json", "--update-baseline"]);
    assert_eq!(code, Some(0));
    let (code, printed) = check(&repository, &["--baseline", "known.json"]);
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.contains("3 in the baseline"), "{printed}");

    repository.write(
        "names.toml",
        &format!("# bilint: ignore[acronym-not-spelt] Spanish\n{FAULTY}"),
    );
    repository.write(
        "bilint.toml",
        "[rules]\nstray-character = \"off\"\nduplicate-id = \"note\"\n",
    );
    let (code, printed) = check(&repository, &["--format", "concise", "--quiet"]);
    assert_eq!(code, Some(0), "{printed}");
    assert!(
        printed.contains("note[duplicate-id]") && printed.lines().count() == 1,
        "{printed}"
    );
}

#[test]
fn grades_and_texts_are_demanded() {
    let repository = faulty();
    let (_, printed) = check(
        &repository,
        &["--grade", "b", "--select", "low-grade", "--format", "concise"],
    );
    assert!(printed.contains("“cas” has grade D, and B is demanded"), "{printed}");
    repository.write(
        "text.jsonl",
        "{\"zh\": \"中国科学院在北京。\", \"en\": \"The Chinese Academy of Sciences is in Beijing.\"}\n",
    );
    let (_, printed) = check(
        &repository,
        &[
            "--corpus",
            "text.jsonl",
            "--select",
            "unused-entry",
            "--format",
            "concise",
        ],
    );
    assert!(
        !printed.contains("中国科学院") && printed.contains("unused-entry") == printed.contains("names.toml:11:8"),
        "{printed}"
    );
}

#[test]
fn rules_for_texts_are_refused_with_the_remedy() {
    let (code, printed) = check(&faulty(), &["--select", "term-omitted"]);
    assert_eq!(code, Some(2));
    assert!(
        printed.contains("`term-omitted` looks at texts: `bilint check` runs it"),
        "{printed}"
    );
    let (code, printed) = check(&faulty(), &["--select", "shared-nam"]);
    assert_eq!(code, Some(2));
    assert!(printed.contains("did you mean `shared-name`?"), "{printed}");
}

#[test]
fn an_entry_that_cannot_be_read_is_a_finding() {
    let repository = faulty();
    repository.write(
        "names.toml",
        "[[concept]]\nid = \"a\"\nkind = \"institute\"\nzh = [\"甲\"]\nen = [\"A\"]\n",
    );
    let (code, printed) = check(&repository, &["--format", "concise"]);
    assert_eq!(code, Some(1));
    assert!(
        printed.contains("names.toml:3:8: error[invalid-entry] unknown kind “institute”"),
        "{printed}"
    );
}

#[test]
fn files_are_formatted_or_reported() {
    let repository = faulty();
    repository.write(
        "names.toml",
        "[[concept]]\nkind = 'plan'\nid = 'a'\nzh = ['甲']\nen = ['A']\n",
    );
    let fmt = |args: &[&str]| {
        let output = repository.bilint(&[&["glossary", "fmt", "names.toml"], args].concat());
        (output.status.code(), text(&output.stdout))
    };
    assert_eq!(fmt(&["--check"]), (Some(1), "names.toml: not formatted\n".to_owned()));
    assert_eq!(fmt(&[]), (Some(0), "names.toml: formatted\n".to_owned()));
    assert_eq!(fmt(&["--check"]), (Some(0), String::new()));
    assert_eq!(
        repository.read("names.toml"),
        "[[concept]]\nid = \"a\"\nkind = \"plan\"\nzh = [\"甲\"]\nen = [\"A\"]\n"
    );
    let output = repository.bilint(&["glossary", "fmt"]);
    assert_eq!(
        output.status.code(),
        Some(2),
        "the built-in glossary has no files to format"
    );
}

#[test]
fn what_contradicts_the_glossary_is_refused() {
    let repository = Repository::new();
    let entry = "# Bodies.\n[[concept]]\nid = \"cas\"\nkind = \"institution\"\nzh = [\"中国科学院\"]\nen = [\"Chinese Academy of Sciences\"]\n";
    repository.write("names.toml", entry);
    let run = |args: &[&str]| {
        let common = ["--glossary", "names.toml", "--author", "Li"];
        let output = repository.bilint(&[&["glossary"], args, &common].concat());
        (output.status.code(), text(&output.stdout) + &text(&output.stderr))
    };
    let academy = ["--zh", "中科院", "--kind", "institution", "--id", "academy"];
    let clash = ["--en", "Academy", "--zh", "中国科学院=forbidden"];
    let (code, printed) = run(&[&["add"], &academy[..], &clash, &["--en", "Chinese Academy of Sciences"]].concat());
    assert_eq!(code, Some(1), "{printed}");
    assert!(
        printed.contains("error[name-clash]: “中国科学院” is forbidden here"),
        "{printed}"
    );
    let successor = ["deprecate", "cas", "--replaced-by", "nobody", "--from", "2020-01-01"];
    let (code, printed) = run(&successor);
    assert_eq!(code, Some(1), "{printed}");
    assert!(printed.contains("error[unknown-successor]"), "{printed}");
    let (code, printed) = run(&["add", "--zh", "甲"]);
    assert_eq!((code, &*printed), (Some(2), "error: --en is missing; see --help\n"));
    assert_eq!(repository.read("names.toml"), entry, "nothing is written");

    // An error that was there before is no reason to refuse a change.
    repository.write("names.toml", &entry.replace("zh =", "replaced-by = \"nobody\"\nzh ="));
    let (code, printed) = run(&["edit", "cas", "--acronym", "CAS"]);
    assert_eq!(code, Some(0), "{printed}");
    assert!(repository.read("names.toml").contains("acronym = \"CAS\""));
}

#[test]
fn only_files_in_toml_are_changed() {
    let repository = Repository::new();
    repository.write("names.csv", "zh,en\n中国科学院,Chinese Academy of Sciences\n");
    let remove = |glossary: &[&str]| {
        let output = repository.bilint(&[&["glossary", "remove", "中国科学院"], glossary].concat());
        (output.status.code(), text(&output.stderr))
    };
    let (code, printed) = remove(&["--glossary", "names.csv"]);
    assert_eq!(code, Some(2));
    assert!(printed.starts_with("error: names.csv is a table"), "{printed}");
    let (code, printed) = remove(&[]);
    assert_eq!(code, Some(2));
    assert!(
        printed.starts_with("error: the built-in glossary is not changed"),
        "{printed}"
    );
}

#[test]
fn examples_that_fail_are_printed() {
    let repository = Repository::new();
    let pair = |en: &str| format!("[{{ zh = \"中国科学院开会。\", en = \"{en}\" }}]");
    let right = "The Chinese Academy of Sciences met.";
    let wrong = "The Chinese Academy of Science met.";
    let entry = |example: &str, counterexample: &str| {
        format!(
            "[[concept]]\nid = \"cas\"\nkind = \"institution\"\nzh = [\"中国科学院\"]\nen = [\"Chinese Academy of Sciences\"]\n\
             example = {}\ncounterexample = {}\n",
            pair(example),
            pair(counterexample)
        )
    };
    let test = |text: &str, format: &str| {
        repository.write("names.toml", text);
        let output = repository.bilint(&["glossary", "test", "--glossary", "names.toml", "--format", format]);
        (output.status.code(), text_of(&output))
    };
    assert_eq!(
        test(&entry(right, wrong), "text"),
        (Some(0), "2 of 2 examples pass\n".to_owned())
    );
    let (code, printed) = test(&entry(wrong, right), "text");
    assert_eq!(code, Some(1));
    assert!(printed.contains("names.toml:1: example 1 of cas fails"), "{printed}");
    assert!(
        printed.contains("term-mismatch: ") && printed.contains("no rule reports the concept"),
        "{printed}"
    );
    assert!(printed.ends_with("0 of 2 examples pass\n"), "{printed}");
    let (_, printed) = test(&entry(wrong, right), "json");
    let results: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(results[1]["counterexample"], true);
    assert_eq!(results[0]["reported"][0][0], "term-mismatch");
}

#[test]
fn the_examples_of_the_official_glossary_pass_for_every_kind() {
    let repository = Repository::new();
    let output = repository.bilint(&["glossary", "test", "--no-config", "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text_of(&output));
    let results: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let tested: HashSet<&str> = results
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|r| r["id"].as_str())
        .collect();
    let glossary = bilint::glossary::builtin();
    for kind in bilint::glossary::Kind::ALL {
        let mut of_kind = glossary.concepts().iter().filter(|c| c.kind == kind);
        assert!(of_kind.any(|c| tested.contains(&*c.id)), "no example of a {kind:?}");
    }
}

fn text_of(output: &std::process::Output) -> String {
    text(&output.stdout) + &text(&output.stderr)
}

#[test]
fn formulas_are_guarded_in_csv_and_come_back() {
    let repository = Repository::new();
    let entry = "[[concept]]\nid = \"a\"\nkind = \"term\"\nzh = [\"甲\"]\nen = [\"=HYPERLINK(A1)\"]\nnote = \"-1\"\n";
    repository.write("names.toml", entry);
    let run = |args: &[&str]| text_of(&repository.bilint(&[&["glossary"], args].concat()));
    run(&["export", "--glossary", "names.toml", "names.csv"]);
    let csv = repository.read("names.csv");
    assert!(csv.contains("'=HYPERLINK(A1)") && csv.contains("'-1"), "{csv}");
    let printed = run(&["import", "names.csv", "--into", "names.toml", "--base", "names.csv"]);
    assert!(printed.starts_with("0 added, 0 changed, 1 unchanged"), "{printed}");
    let printed = run(&["import", "names.csv", "--into", "new.toml", "--format", "json"]);
    let results: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(results["files"][0]["added"][0]["en"][0]["name"], "=HYPERLINK(A1)");
    assert_eq!(results["written"], true);
}

#[test]
fn the_day_of_a_text_decides_which_names_are_valid() {
    let repository = Repository::new();
    let entry = |id: &str, zh: &str, en: &str, rest: &str| {
        format!("[[concept]]\nid = \"{id}\"\nkind = \"institution\"\nzh = [\"{zh}\"]\nen = [\"{en}\"]\n{rest}\n")
    };
    // One name in Chinese, and another in English since 2018.
    let old = entry(
        "old",
        "农机总局",
        "General Bureau of Farm Machines",
        "valid-to = \"2018-03-18\"\nreplaced-by = \"new\"\n",
    );
    let new = entry(
        "new",
        "农机总局",
        "Administration of Farm Machines",
        "valid-from = \"2018-03-19\"\n",
    );
    repository.write("names.toml", &(old + &new));
    let text = "农机总局昨天开会。\n\nThe General Bureau of Farm Machines met yesterday.\n";
    repository.write("a.md", text);
    repository.write("b.md", &format!("---\ndate: 2017-05-01\n---\n\n{text}"));
    let check = |file: &str, date: &[&str]| {
        let select = ["--select", "term-omitted,term-mismatch", "--glossary", "names.toml"];
        repository
            .bilint(&[&["check", file], &select[..], date].concat())
            .status
            .code()
    };
    assert_eq!(check("a.md", &[]), Some(0));
    assert_eq!(check("a.md", &["--date", "2018-03-18"]), Some(0));
    assert_eq!(check("a.md", &["--date", "2018-03-19"]), Some(1));
    // The text's own day goes before.
    assert_eq!(check("b.md", &["--date", "2018-03-19"]), Some(0));
    assert_eq!(check("a.md", &["--date", "yesterday"]), Some(2));
    repository.write("bilint.toml", "[[override]]\npaths = [\"*.md\"]\ndate = 2018-03-19\n\n[[override]]\npaths = [\"b.md\"]\ndate = \"2020-01-01\"\n");
    assert_eq!(check("a.md", &[]), Some(1));
    assert_eq!(check("b.md", &[]), Some(0));
    assert_eq!(check("a.md", &["--date", "2018-03-18"]), Some(0));
    repository.write(
        "bilint.toml",
        "[[override]]\npaths = [\"*.md\"]\ndate = \"2018-13-01\"\n",
    );
    assert_eq!(check("a.md", &[]), Some(2));
}

#[test]
fn a_site_takes_no_folder_of_something_else() {
    let repository = Repository::new();
    let write = |id: &str| {
        let names = "kind = \"institution\"\nzh = [\"农机总局\"]\nen = [\"General Bureau of Farm Machines\"]\n";
        repository.write("names.toml", &format!("[[concept]]\nid = \"{id}\"\n{names}"));
    };
    write("old");
    repository.write("other/index.html", "<p>mine</p>");
    let site = |folder: &str| repository.bilint(&["glossary", "site", folder, "--glossary", "names.toml"]);
    assert_eq!(site("other").status.code(), Some(2));
    assert_eq!(text(&site("public").stdout), "public/index.html: 1 concept\n");
    write("new");
    assert_eq!(
        text(&site("public").stdout),
        "public/index.html: 1 concept, removed 1 old page\n"
    );
    // What bilint wrote is no text to check.
    let checked = repository.bilint(&["check", "public"]);
    assert!(text(&checked.stderr).contains("Nothing to check") || text(&checked.stdout).contains("Nothing to check"));
}

#[test]
fn an_index_of_names_is_kept_and_changes_nothing() {
    let repository = Repository::new();
    let entry = |n: usize| {
        let names = format!("zh = [\"第{n}研究所\"]\nen = [\"Institute {n}\"]");
        format!(
            "[[concept]]\nid = \"c-{n}\"\nkind = \"institution\"\n{names}\nauthority = \"the ministry that founded it\"\n"
        )
    };
    let entries = (0..15_000).map(entry).collect::<Vec<_>>().concat();
    repository.write("names.toml", &entries);
    let cache = repository.path("cache");
    let find = |query: &str| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_bilint"))
            .args(["glossary", "find", query, "--glossary", "names.toml"])
            .env("BILINT_CACHE_DIR", &cache)
            .current_dir(repository.path(""))
            .output()
            .unwrap();
        text(&output.stdout)
    };
    let kept = || -> Vec<std::path::PathBuf> {
        std::fs::read_dir(&cache)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect()
    };
    let first = find("di14321yan");
    assert!(first.starts_with("c-14321: 第14321研究所"), "{first}");
    let [index] = &kept()[..] else { panic!("one index") };
    let written = || std::fs::metadata(index).unwrap().modified().unwrap();
    let before = written();
    assert_eq!(find("di14321yan"), first);
    assert_eq!(written(), before, "it is read, not written anew");
    let names = std::fs::read_to_string(index).unwrap();
    std::fs::write(index, names.replace("第14321研究所", "第14321研究锁")).unwrap();
    assert_eq!(find("di14321yan"), first, "a damaged index");
    repository.write("names.toml", &entries.replace("第14321研究所", "第14321研究院"));
    assert!(find("di14321yan").starts_with("c-14321: 第14321研究院"));
    assert_eq!(kept().len(), 1);
}
