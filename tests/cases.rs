//! The literate cases: every Markdown file under `tests/cases/` is read by the whole pipeline, as a user's files are.
//!
//! A heading begins a case and is its name; prose explains it. Its fenced blocks are
//!
//! - `zh` and `en`: line by line the two sides of pair records, or `text`: an interleaved text, which is aligned, or `base`:
//!   the path of such a text in the repository, with `replace`: lines `old → new`, where each `old` occurs once; `\n`
//!   is a line end; or `zh.md` and `en.md`: a Markdown page and its translation; or `page.md`: one in both languages; or `po`:
//!   the entries of a catalog from English into Chinese;
//! - `glossary`: TOML, or TSV with a header; without one, the built-in glossary is used;
//! - `select`: the rules to run, one per line; the default rules if there is none;
//! - `findings`: all findings, in order, one per line: `severity rule side "text"`, with a second side and text for a
//!   finding with two labels.
//!
//! A block that contains a fence has a longer one around it. Every rule has a folder with at least one case that it reports and one that it allows. The rules about suppressions
//! are tested in `filter/suppress`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use bilint::document::Document;
use bilint::finding::Finding;
use bilint::glossary::load::{Format, GlossaryFile, load_texts};
use bilint::input::{self, Files, Input, Options};
use bilint::rules::{Group, Subject};
use bilint::run::{NamedGlossary, Run, Settings};
use bilint::text::Source;

mod words;

struct Case {
    name: String,
    blocks: BTreeMap<String, String>,
}

#[test]
fn cases_have_the_findings_they_list() {
    let official = Run::new(Settings::default()).expect("a run with the default settings");
    let cases = all_cases();
    let mut failures = String::new();
    for case in &cases {
        let found: Vec<String> = findings(case, &official).iter().map(summary).collect();
        let expected: Vec<&str> = case.blocks["findings"].lines().collect();
        if found != expected {
            let missing = expected.iter().filter(|e| !found.iter().any(|f| f == *e));
            let unexpected = found.iter().filter(|f| !expected.contains(&f.as_str()));
            let _ = writeln!(failures, "{}", case.name);
            for line in missing {
                let _ = writeln!(failures, "  - {line}");
            }
            for line in unexpected {
                let _ = writeln!(failures, "  + {line}");
            }
        }
    }
    assert!(
        failures.is_empty(),
        "these of {} cases differ (- listed but not found, + found but not listed, neither: another order):\n\n{failures}",
        cases.len()
    );
}

#[test]
fn every_rule_has_cases() {
    let cases = all_cases();
    let mut failures = String::new();
    let rules = bilint::rules::all().iter().map(|r| r.meta());
    for id in rules
        .filter(|m| m.group.is_about(Subject::Texts) && m.group != Group::Suppressions)
        .map(|m| m.id)
    {
        let folder = format!("tests/cases/{id}/");
        let own: Vec<&Case> = cases.iter().filter(|c| c.name.starts_with(&folder)).collect();
        let reports = |case: &Case| case.blocks["findings"].lines().any(|l| l.split(' ').nth(1) == Some(id));
        if !own.iter().any(|c| reports(c)) {
            let _ = writeln!(failures, "  {folder} has no case with a finding of {id}");
        }
        if own.iter().all(|c| reports(c)) {
            let _ = writeln!(failures, "  {folder} has no case that {id} allows");
        }
    }
    assert!(failures.is_empty(), "add cases:\n{failures}");
}

#[test]
fn messages_are_plain_english() {
    let official = Run::new(Settings::default()).expect("a run with the default settings");
    let mut failures = String::new();
    for case in all_cases() {
        for finding in findings(&case, &official) {
            let texts = [Some(finding.message.as_str()), finding.help.as_deref()];
            for text in texts.into_iter().flatten() {
                let own_words = words::outside_quotes(text);
                for word in words::to_avoid(&own_words) {
                    let _ = writeln!(failures, "  {}: “{word}” in: {text}", case.name);
                }
                if text.matches('“').count() != text.matches('”').count() {
                    let _ = writeln!(failures, "  {}: unpaired quotation marks in: {text}", case.name);
                }
            }
        }
    }
    assert!(failures.is_empty(), "rewrite these messages:\n{failures}");
}

/// All cases, in the order of their files.
fn all_cases() -> Vec<Case> {
    let mut files = Vec::new();
    markdown_files(&root().join("tests/cases"), &mut files);
    files.iter().flat_map(|file| cases(file)).collect()
}

/// `severity rule side "text"`, as the cases list findings.
fn summary(finding: &Finding) -> String {
    let mut out = format!("{} {}", finding.severity.name(), finding.rule);
    for label in [&finding.zh, &finding.en].into_iter().flatten() {
        let _ = write!(out, " {} \"{}\"", label.side.code(), label.text.replace('\n', "\\n"));
    }
    out
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn markdown_files(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("a folder of cases")
        .map(|e| e.expect("an entry").path())
        .collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            markdown_files(&entry, files);
        } else if entry.extension().is_some_and(|e| e == "md") {
            files.push(entry);
        }
    }
}

/// The cases of a file: headings, and fenced blocks by their info string.
fn cases(file: &Path) -> Vec<Case> {
    let shown = file.strip_prefix(root()).unwrap_or(file).display().to_string();
    let text = std::fs::read_to_string(file).expect("a case file");
    let mut cases: Vec<Case> = Vec::new();
    let mut open: Option<(&str, &str)> = None;
    for (i, line) in text.lines().enumerate() {
        let at = format!("{shown}:{}", i + 1);
        let (fence, info) = line.split_at(line.len() - line.trim_start_matches('`').len());
        match (open, fence.len() >= 3) {
            (Some((opening, _)), true) if fence == opening && info.is_empty() => open = None,
            (Some((_, block)), _) => {
                let case = cases.last_mut().expect("a heading before the first block");
                let block = case.blocks.get_mut(block).expect("the block that was opened");
                block.push_str(line);
                block.push('\n');
            }
            (None, true) => {
                const KNOWN: [&str; 12] = [
                    "zh", "en", "text", "base", "replace", "zh.md", "en.md", "page.md", "po", "glossary", "select",
                    "findings",
                ];
                assert!(KNOWN.contains(&info), "{at}: unknown block “{info}”");
                let case = cases
                    .last_mut()
                    .unwrap_or_else(|| panic!("{at}: a block before the first heading"));
                let before = case.blocks.insert(info.to_owned(), String::new());
                assert!(before.is_none(), "{at}: a second {info} block in “{}”", case.name);
                open = Some((fence, info));
            }
            (None, false) => {
                if let Some(heading) = line.strip_prefix('#') {
                    cases.push(Case {
                        name: format!("{at}: {}", heading.trim_start_matches('#').trim()),
                        blocks: BTreeMap::new(),
                    });
                }
            }
        }
    }
    assert!(open.is_none(), "{shown}: a block is not closed");
    // A heading without blocks is the title of the file.
    cases.retain(|c| !c.blocks.is_empty());
    for case in &cases {
        assert!(case.blocks.contains_key("findings"), "{}: no findings block", case.name);
    }
    cases
}

fn findings(case: &Case, official: &Run) -> Vec<Finding> {
    let select = case
        .blocks
        .get("select")
        .map(|s| s.lines().map(str::to_owned).collect());
    let settings = Settings {
        select: select.clone().unwrap_or_default(),
        ..Settings::default()
    };
    let own = match case.blocks.get("glossary") {
        Some(text) => Some(Run::with_glossary(settings, glossary(&case.name, text))),
        None => select.map(|_| Run::new(settings)),
    };
    let own = own.map(|run| run.unwrap_or_else(|e| panic!("{}: {e}", case.name)));
    let report = own
        .as_ref()
        .unwrap_or(official)
        .check_documents(documents(case).into_iter(), &());
    report.unwrap_or_else(|e| panic!("{}: {e}", case.name)).findings
}

fn glossary(name: &str, text: &str) -> NamedGlossary {
    let format = if text.trim_start().starts_with("[[") {
        Format::Toml
    } else {
        Format::Tsv
    };
    let loaded = load_texts(&[GlossaryFile::new(Source::new(name, text), format)]).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(loaded.warnings, [], "{name}");
    NamedGlossary {
        glossary: loaded.glossary,
        name: name.to_owned(),
        warnings: loaded.warnings,
    }
}

fn documents(case: &Case) -> Vec<Document> {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path
    };
    let block = |name: &str| case.blocks.get(name).map(String::as_str);
    let of = |names: [&str; 2]| Some((block(names[0])?, block(names[1])?));
    let files = if let Some((zh, en)) = of(["zh", "en"]) {
        Files::One(write("case.jsonl", &records(&case.name, zh, en)))
    } else if let Some((zh, en)) = of(["zh.md", "en.md"]) {
        Files::Two {
            zh: write("case.zh.md", zh),
            en: write("case.en.md", en),
        }
    } else if let Some(text) = block("po") {
        Files::One(write("case.po", text))
    } else if let Some(page) = block("page.md") {
        Files::One(write("case.md", page))
    } else if let Some(text) = block("text") {
        Files::One(write("case.txt", text))
    } else if let Some(base) = block("base") {
        Files::One(write("case.txt", &replaced(&case.name, base, block("replace"))))
    } else {
        panic!(
            "{}: give zh and en, zh.md and en.md, page.md, po, text, or base",
            case.name
        )
    };
    let input = Input { files, explicit: true };
    input::read(&input, &Options::default())
        .map(|d| d.unwrap_or_else(|e| panic!("{}: {e}", case.name)))
        .collect()
}

/// The lines of the two sides as pair records.
fn records(name: &str, zh: &str, en: &str) -> String {
    assert_eq!(
        zh.lines().count(),
        en.lines().count(),
        "{name}: the blocks zh and en differ in the number of lines"
    );
    zh.lines().zip(en.lines()).fold(String::new(), |mut out, (zh, en)| {
        let _ = writeln!(out, "{}", serde_json::json!({ "zh": zh, "en": en }));
        out
    })
}

/// The text of the repository's file `base` with all replacements made at once.
fn replaced(name: &str, base: &str, replace: Option<&str>) -> String {
    let text = std::fs::read_to_string(root().join(base.trim())).expect("the base of a case");
    let mut changes: Vec<(usize, String, String)> = replace
        .unwrap_or_default()
        .lines()
        .map(|line| {
            let (old, new) = line
                .split_once(" →")
                .unwrap_or_else(|| panic!("{name}: no “ →” in “{line}”"));
            let (old, new) = (old.replace("\\n", "\n"), new.trim_start().replace("\\n", "\n"));
            let places: Vec<usize> = text.match_indices(&old).map(|(at, _)| at).collect();
            assert_eq!(
                places.len(),
                1,
                "{name}: “{old}” occurs {} times in {base}, not once",
                places.len()
            );
            (places[0], old, new)
        })
        .collect();
    changes.sort();
    let (mut out, mut from) = (String::new(), 0);
    for (at, old, new) in changes {
        out.push_str(&text[from..at]);
        out.push_str(&new);
        from = at + old.len();
    }
    out + &text[from..]
}
