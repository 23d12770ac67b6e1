//! What users read is written in plain English: the documentation of the rules, the pages, the help of the commands. The
//! messages of findings are checked in `tests/cases.rs`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

mod words;

/// The subcommands, with the empty name for `bilint --help`.
const COMMANDS: [&str; 36] = [
    "",
    "check",
    "explain",
    "align",
    "init",
    "config",
    "quantities",
    "review",
    "rules",
    "segment",
    "stale",
    "filter",
    "lsp",
    "completions",
    "man",
    "glossary",
    "glossary add",
    "glossary check",
    "glossary coverage",
    "glossary deprecate",
    "glossary diff",
    "glossary edit",
    "glossary export",
    "glossary find",
    "glossary fmt",
    "glossary impact",
    "glossary import",
    "glossary merge",
    "glossary merge-driver",
    "glossary mine",
    "glossary remove",
    "glossary rename",
    "glossary show",
    "glossary site",
    "glossary split",
    "glossary test",
];

/// The lines of `text` with a word to avoid, outside of fenced code.
fn failures(name: &str, text: &str) -> String {
    let (mut out, mut in_fence) = (String::new(), false);
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_fence = !in_fence;
        } else if !in_fence {
            let line = &words::outside_quotes(line);
            for word in words::to_avoid(line) {
                let _ = writeln!(out, "  {name}:{}: “{word}” in: {}", number + 1, line.trim());
            }
        }
    }
    out
}

#[test]
fn rules_are_documented_in_plain_english() {
    let found: String = bilint::rules::all()
        .iter()
        .map(|rule| failures(rule.meta().id, &rule.meta().markdown()))
        .collect();
    assert!(found.is_empty(), "use plain words:\n{found}");
}

#[test]
fn summaries_are_sentences() {
    for rule in bilint::rules::all() {
        let (id, summary) = (rule.meta().id, rule.meta().summary());
        let is_sentence = summary.ends_with('.') && summary.starts_with(|c: char| c.is_uppercase() || c == '“');
        assert!(
            is_sentence && summary.len() <= 90,
            "{id}: not one short sentence: {summary}"
        );
    }
}

#[test]
fn pages_are_plain_english() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = [".", "docs", "glossary"]
        .map(|folder| root.join(folder))
        .into_iter()
        .flat_map(|folder| {
            let entries = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
            entries.map(|entry| entry.expect("an entry").path())
        });
    let mut pages: Vec<PathBuf> = pages.filter(|p| p.extension().is_some_and(|e| e == "md")).collect();
    pages.sort();
    assert!(pages.len() > 5, "too few pages: {pages:?}");
    let found: String = pages
        .iter()
        .map(|page| {
            let text = std::fs::read_to_string(page).unwrap_or_else(|e| panic!("{}: {e}", page.display()));
            failures(&page.strip_prefix(root).unwrap_or(page).display().to_string(), &text)
        })
        .collect();
    assert!(found.is_empty(), "use plain words:\n{found}");
}

#[test]
fn help_is_plain_english() {
    let help = |command: &&str| {
        let mut bilint = Command::new(env!("CARGO_BIN_EXE_bilint"));
        let output = bilint.args(command.split_whitespace()).arg("--help").output();
        String::from_utf8(output.expect("the binary runs").stdout).expect("help in UTF-8")
    };
    let found: String = COMMANDS
        .iter()
        .map(|command| failures(&format!("bilint {command} --help"), &help(command)))
        .collect();
    assert!(found.is_empty(), "use plain words:\n{found}");
}
