//! `bilint glossary impact` finds what two whole checks find, and `coverage` counts.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod repository;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use bilint::run::{Run, Settings, TextIndex, coverage, impact, load_glossary, settings_for_names};
use repository::{Repository, bilint, text};

const GLOSSARY: &str = r#"
[[concept]]
id = "mara"
kind = "institution"
zh = ["农业农村部"]
en = ["Ministry of Agriculture and Rural Affairs", "MARA"]

[[concept]]
id = "shmff"
kind = "facility"
zh = ["稳态强磁场实验装置"]
en = ["Steady High Magnetic Field Facility", { name = "Steady Magnet", status = "deprecated" }]

[[concept]]
id = "state-council"
kind = "institution"
zh = ["国务院"]
en = ["State Council"]
"#;

const RECORDS: &str = r#"{"zh": "农业农村部发布公告。", "en": "The Ministry of Agriculture and Rural Affairs issued a notice."}
{"zh": "国务院召开会议。", "en": "The State Council held a meeting."}
{"zh": "稳态强磁场实验装置投入运行。", "en": "The Steady Magnet entered service."}
{"zh": "农业农村部回复。", "en": "The Ministry of Farming replied."}
{"zh": "他昨天来了。", "en": "He came yesterday."}
{"zh": "该装置很大。", "en": "The Steady High Magnetic Field Facility is large."}
"#;

const PROSE: &str = "国务院和农业农村部联合发文。\n\nThe State Council and MARA issued a joint document.\n\n\
                     今年降水偏多。\n\nThere was more rain than usual this year.\n";

/// Edits of the glossary: the text that is replaced, and its replacement.
const EDITS: [(&str, &str); 8] = [
    ("Ministry of Agriculture and Rural Affairs\"", "Ministry of Farming\""),
    ("\"MARA\"", "{ name = \"MARA\", status = \"forbidden\" }"),
    ("status = \"deprecated\"", "status = \"admitted\""),
    ("zh = [\"国务院\"]", "zh = [\"政务院\"]"),
    ("\"State Council\"", "\"Council of State\""),
    (
        "zh = [\"稳态强磁场实验装置\"]",
        "zh = [\"稳态强磁场实验装置\", \"该装置\"]",
    ),
    ("kind = \"facility\"", "kind = \"term\""),
    ("id = \"state-council\"", "id = \"council\""),
];

fn folder_with(glossary: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("records.jsonl"), RECORDS).unwrap();
    fs::write(folder.path().join("prose.txt"), PROSE).unwrap();
    fs::write(folder.path().join("old.toml"), GLOSSARY).unwrap();
    fs::write(folder.path().join("new.toml"), glossary).unwrap();
    folder
}

fn settings(folder: &Path) -> Settings {
    Settings {
        paths: vec![folder.join("records.jsonl"), folder.join("prose.txt")],
        ..Settings::default()
    }
}

/// The findings of a whole check, by place and message, without those of rules that compare pairs far apart.
fn whole(folder: &Path, glossary: &str) -> BTreeSet<(String, usize, String)> {
    let glossary = load_glossary(&[folder.join(glossary)]).unwrap();
    let run = Run::with_glossary(settings(folder), glossary).unwrap();
    let findings = run.check(&()).unwrap().findings;
    assert!(!findings.is_empty());
    let far = ["term-inconsistent", "inconsistent-translation"];
    let findings = findings.iter().filter(|f| !far.contains(&f.rule));
    findings.map(key).collect()
}

fn key(finding: &bilint::finding::Finding) -> (String, usize, String) {
    let at = finding.primary();
    (at.file.to_string(), at.bytes.start, finding.message.clone())
}

#[test]
fn the_impact_is_the_difference_of_two_whole_checks() {
    let mut changes = 0;
    let folder = folder_with(GLOSSARY);
    let path = folder.path();
    let mut index = TextIndex::default();
    for (old, new) in EDITS {
        assert!(GLOSSARY.contains(old), "{old}");
        fs::write(path.join("new.toml"), GLOSSARY.replace(old, new)).unwrap();
        let load = |name: &str| load_glossary(&[path.join(name)]).unwrap();
        let impact =
            |index: &mut TextIndex| impact(&settings(path), load("old.toml"), load("new.toml"), index, &()).unwrap();
        let found = impact(&mut TextIndex::default());
        let with_index = impact(&mut index);
        assert_eq!(format!("{with_index:?}"), format!("{found:?}"), "{new}");
        let (before, after) = (whole(path, "old.toml"), whole(path, "new.toml"));
        let reworded_from = found.reworded.iter().map(|(old, _)| old);
        let reworded_to = found.reworded.iter().map(|(_, new)| new);
        let wrong: BTreeSet<_> = found.wrong.iter().chain(reworded_to).map(key).collect();
        let right: BTreeSet<_> = found.right.iter().chain(reworded_from).map(key).collect();
        assert_eq!(wrong, after.difference(&before).cloned().collect(), "{new}");
        assert_eq!(right, before.difference(&after).cloned().collect(), "{new}");
        changes += wrong.len() + right.len();
    }
    assert!(changes >= 8, "{changes}");
}

/// The arguments that compare `old.toml` with another glossary.
const fn impact_of<'a>(texts: &'a str, with: &'a str) -> [&'a str; 7] {
    ["glossary", "impact", texts, "--glossary", "old.toml", "--with", with]
}

#[test]
fn a_rename_prints_the_texts_that_become_wrong() {
    let folder = folder_with(&GLOSSARY.replace("\"State Council\"", "\"Council of State\""));
    let args = impact_of("records.jsonl", "new.toml");
    let output = bilint(folder.path(), &args);
    assert_eq!(output.status.code(), Some(1));
    let out = text(&output.stdout);
    assert!(out.starts_with("wrong    records.jsonl:2:"), "{out}");
    assert!(
        out.contains("1 concept differs: 1 become wrong, 0 become right"),
        "{out}"
    );
    for format in ["github", "markdown", "json"] {
        let output = bilint(folder.path(), &[&args[..], &["--format", format]].concat());
        assert_eq!(output.status.code(), Some(1), "{format}");
        assert!(text(&output.stdout).contains("records.jsonl"), "{format}");
    }
    let same = impact_of("records.jsonl", "old.toml");
    assert_eq!(bilint(folder.path(), &same).status.code(), Some(0));
}

#[test]
fn an_index_of_texts_is_kept_and_changes_nothing() {
    let folder = folder_with(&GLOSSARY.replace("\"State Council\"", "\"Council of State\""));
    let path = folder.path();
    let cache = path.join("cache");
    // Texts that differ, so that the index is large enough to be kept.
    let other = |n: usize| {
        let characters: String = (0..100)
            .filter_map(|i| char::from_u32(0x4e00 + (n * 97 + i * 61) as u32 % 20_000))
            .collect();
        format!("{{\"zh\": \"{characters}\", \"en\": \"Text {n}\"}}\n")
    };
    let others: String = (0..6_000).map(other).collect();
    fs::write(path.join("records.jsonl"), format!("{RECORDS}{others}")).unwrap();
    let impact = || {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_bilint"))
            .args(impact_of("records.jsonl", "new.toml"))
            .env("BILINT_CACHE_DIR", &cache)
            .current_dir(path)
            .output()
            .unwrap();
        text(&output.stdout)
    };
    let first = impact();
    assert!(first.starts_with("wrong    records.jsonl:2:"), "{first}");
    let index = fs::read_dir(&cache).unwrap().next().unwrap().unwrap().path();
    let written = || fs::metadata(&index).unwrap().modified().unwrap();
    let before = written();
    assert_eq!(impact(), first);
    assert_eq!(written(), before, "it is read, not written anew");
    let mut bytes = fs::read(&index).unwrap();
    bytes.iter_mut().skip(200).for_each(|b| *b = 0);
    fs::write(&index, bytes).unwrap();
    assert_eq!(impact(), first, "a damaged index");
    let edited = format!("{RECORDS}{others}{}", RECORDS.lines().nth(1).unwrap());
    fs::write(path.join("records.jsonl"), edited).unwrap();
    let later = impact();
    assert!(later.contains("wrong    records.jsonl:6007:"), "{later}");
    assert_eq!(fs::read_dir(&cache).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_read_once() {
    use std::io::Write;
    use std::process::{Command, Stdio};

    let folder = folder_with(&GLOSSARY.replace("\"State Council\"", "\"Council of State\""));
    let mut child = Command::new(env!("CARGO_BIN_EXE_bilint"))
        .args(impact_of("/dev/stdin", "new.toml"))
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(PROSE.as_bytes()).unwrap();
    let out = text(&child.wait_with_output().unwrap().stdout);
    assert!(out.starts_with("wrong    /dev/stdin:3:"), "{out}");
}

#[test]
fn coverage_counts_the_renderings_of_each_concept() {
    let folder = folder_with(GLOSSARY);
    let glossary = load_glossary(&[folder.path().join("old.toml")]).unwrap();
    let run = Run::with_glossary(settings_for_names(settings(folder.path())), glossary).unwrap();
    let usage = coverage(&run, 3, &()).unwrap();
    let ministry = &usage[0];
    assert_eq!((ministry.pairs, ministry.unrendered), (3, 1));
    let renderings = ministry.by_frequency();
    let texts: Vec<(&str, usize)> = renderings.iter().map(|&(text, _, n)| (text, n)).collect();
    assert_eq!(texts, [("MARA", 1), ("Ministry of Agriculture and Rural Affairs", 1)]);
    let place = ministry.first_unrendered.as_deref().unwrap();
    assert!(place.ends_with("records.jsonl:4"), "{place}");

    let args = [
        "glossary",
        "coverage",
        "records.jsonl",
        "--glossary",
        "old.toml",
        "--format",
        "csv",
    ];
    let out = text(&bilint(folder.path(), &args).stdout);
    assert!(
        out.contains("shmff,稳态强磁场实验装置,Steady High Magnetic Field Facility,Steady Magnet,deprecated,1"),
        "{out}"
    );
}

#[test]
fn a_revision_is_compared_with_the_working_tree() {
    let repository = Repository::new();
    repository.write("old.toml", GLOSSARY);
    repository.write("prose.txt", PROSE);
    repository.commit("names");
    let diff = ["glossary", "diff", "--glossary", "old.toml"];
    let output = repository.bilint(&diff);
    assert_eq!(
        (output.status.code(), text(&output.stdout).as_str()),
        (Some(0), "no concept changed\n")
    );
    let new = GLOSSARY.replace("\"MARA\"", "{ name = \"MARA\", status = \"deprecated\" }");
    repository.write("old.toml", &new);
    let output = repository.bilint(&diff);
    assert_eq!(output.status.code(), Some(1));
    let expected = "changed  mara: 农业农村部 = Ministry of Agriculture and Rural Affairs\n\
                    \x20          English “MARA” admitted → deprecated\n";
    assert_eq!(text(&output.stdout), expected);
    let output = repository.bilint(&["glossary", "impact", "prose.txt", "--glossary", "old.toml"]);
    assert!(text(&output.stdout).contains("wrong    prose.txt:3:"), "{output:?}");
}
