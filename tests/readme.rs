//! The examples of the README and of the documentation print what they show, and the README lists the rules that exist.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod repository;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// Files with examples.
const FILES: [&str; 16] = [
    "README.md",
    "docs/apps.md",
    "docs/ci.md",
    "docs/django.md",
    "docs/docusaurus.md",
    "docs/filter.md",
    "docs/glossary.md",
    "docs/glossary-changes.md",
    "docs/glossary-editing.md",
    "docs/glossary-exchange.md",
    "docs/glossary-mining.md",
    "docs/glossary-sheet.md",
    "docs/glossary-year.md",
    "docs/i18next.md",
    "docs/review.md",
    "docs/vitepress.md",
];

/// The list of rules in the README is between these lines.
const RULES: (&str, &str) = ("<!-- rules -->\n", "<!-- end of rules -->\n");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn examples_print_what_they_show() {
    let cases = trycmd::TestCases::new();
    for name in FILES {
        let text = fs::read_to_string(root().join(name)).unwrap();
        assert!(text.contains("```console\n$ bilint "), "{name} has no example");
        let is_explained = text.contains("a line such as `? 2` is the exit code");
        assert!(
            is_explained || !text.contains("\n? "),
            "{name} shows the syntax of trycmd"
        );
        cases.case(name);
    }
}

#[test]
fn the_readme_lists_all_rules_by_group() {
    let output = repository::bilint(root(), &["rules", "--format", "json"]);
    let rules: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let mut list = String::from("\n| group | rules |\n|---|---|\n");
    for group in rules.chunk_by(|a, b| a["group"] == b["group"]) {
        let ids: Vec<String> = group
            .iter()
            .map(|r| {
                let id = r["id"].as_str().unwrap();
                assert!(root().join(format!("docs/rules/{id}.md")).exists(), "{id} has no page");
                let off = if r["default"] == true { "" } else { " (off by default)" };
                format!("[`{id}`](docs/rules/{id}.md){off}")
            })
            .collect();
        writeln!(list, "| {} | {} |", group[0]["group"].as_str().unwrap(), ids.join(", ")).unwrap();
    }
    list.push('\n');

    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(RULES.0).unwrap();
    let (listed, after) = rest.split_once(RULES.1).unwrap();
    if std::env::var_os("BILINT_UPDATE").is_some() {
        fs::write(path, [before, RULES.0, &list, RULES.1, after].concat()).unwrap();
    } else {
        assert!(
            listed == list,
            "run this test with BILINT_UPDATE=1 to update the README"
        );
    }
}
