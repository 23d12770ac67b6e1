//! The pages of the rules in `docs/rules/` are those that the documentation of the rules makes.
//! `BILINT_UPDATE=1 cargo test --test docs` writes them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use bilint::rules::{self, Fixable, Group, Meta};

/// The page of a rule: what `bilint explain` prints, as Markdown.
fn page(meta: &Meta) -> String {
    let mut facts = vec![
        format!("Group: {}", meta.group.name()),
        format!("severity: {}", meta.severity.name()),
        format!("since {}", meta.since),
    ];
    if meta.fixable == Fixable::Sometimes {
        facts.push("some findings have a fix".to_owned());
    }
    if !meta.on_by_default {
        facts.push("off by default".to_owned());
    }
    let mut page = format!("# {}\n\n{}.\n\n", meta.id, facts.join(", "));
    page.push_str(
        &meta
            .markdown()
            .replace("```bilint-wrong", "```text")
            .replace("```bilint-right", "```text"),
    );
    if let Some(cause) = meta.consequence_of {
        let _ = write!(
            page,
            "\nNot reported within a finding of [`{cause}`]({cause}.md), which explains it.\n"
        );
    }
    page
}

/// The list of all rules, by group.
fn index() -> String {
    let mut page = "# Rules\n\n`bilint explain RULE` prints the same pages.\n".to_owned();
    for group in Group::ALL {
        let _ = write!(page, "\n## {}\n\n| rule | severity | |\n|---|---|---|\n", group.name());
        for meta in rules::all().iter().map(|r| r.meta()).filter(|m| m.group == group) {
            let off = if meta.on_by_default { "" } else { " Off by default." };
            let summary = meta.summary().replace('|', "\\|");
            let _ = writeln!(
                page,
                "| [{0}]({0}.md) | {1} | {summary}{off} |",
                meta.id,
                meta.severity.name()
            );
        }
    }
    page
}

#[test]
fn pages_are_those_of_the_rules() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
    let mut pages: BTreeMap<String, String> = rules::all()
        .iter()
        .map(|r| r.meta())
        .map(|m| (format!("{}.md", m.id), page(m)))
        .collect();
    pages.insert("README.md".to_owned(), index());
    if std::env::var_os("BILINT_UPDATE").is_some() {
        std::fs::create_dir_all(&folder).expect("docs/rules can be made");
        for (name, text) in &pages {
            std::fs::write(folder.join(name), text).expect("a page can be written");
        }
    }
    for entry in std::fs::read_dir(&folder).expect("the folder docs/rules") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let written = std::fs::read_to_string(&path).expect("a page").replace("\r\n", "\n");
        match pages.remove(&name) {
            Some(page) => assert!(
                page == written,
                "docs/rules/{name} is out of date: run `BILINT_UPDATE=1 cargo test --test docs`"
            ),
            None => panic!("docs/rules/{name} is no page of a rule: remove it"),
        }
    }
    assert!(
        pages.is_empty(),
        "missing in docs/rules: {:?}: run `BILINT_UPDATE=1 cargo test --test docs`",
        pages.keys()
    );
}
