//! `bilint stale`: what the history of a repository says about its translations.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod repository;

use std::process::Output;

use repository::{Repository, bilint, text};

/// Rule, file, line and message of each finding, and the exit code.
fn stale(repository: &Repository, args: &[&str]) -> (Vec<String>, Option<i32>) {
    let output = repository.bilint(&[&["stale", "--format", "json"], args].concat());
    (findings(&output), output.status.code())
}

fn findings(output: &Output) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}{}", text(&output.stdout), text(&output.stderr)));
    let string = |v: &serde_json::Value| v.as_str().unwrap_or_default().to_owned();
    let finding = |f: &serde_json::Value| {
        let side = if f["en"].is_null() { &f["zh"] } else { &f["en"] };
        format!(
            "{} {}:{}: {}",
            string(&f["rule"]),
            string(&f["file"]),
            side["line"],
            string(&f["message"])
        )
    };
    report["findings"].as_array().unwrap().iter().map(finding).collect()
}

const EN: &str = "# The trial\n\nThe trial runs for 9 months in all clusters.\n\n- Lock the valve.\n- Keep a record.\n\n\
    Write to us if a node does not start.\n";
const ZH: &str =
    "# 试运行\n\n试运行在所有集群中进行九个月。\n\n- 锁好阀门。\n- 做好记录。\n\n如果节点没有启动，请写信给我们。\n";

/// A page that was translated in the second commit.
fn translated() -> Repository {
    let repository = Repository::new();
    repository.write("docs/en/trial.md", EN);
    repository.commit("page");
    repository.write("docs/zh/trial.md", ZH);
    repository.commit("translation");
    repository
}

#[test]
fn a_change_of_the_source_alone_makes_a_translation_stale() {
    let repository = translated();
    assert_eq!(stale(&repository, &[]), (vec![], Some(0)));
    repository.write("docs/en/trial.md", &EN.replace("9 months", "12 months"));
    let found =
        ["outdated-translation docs/zh/trial.md:3: the English changed after the Chinese: “9 months” → “12 months”"];
    // Committed or not.
    assert_eq!(stale(&repository, &[]), (found.map(str::to_owned).to_vec(), Some(1)));
    repository.commit("longer");
    assert_eq!(stale(&repository, &[]), (found.map(str::to_owned).to_vec(), Some(1)));
    assert_eq!(stale(&repository, &["--fail-on", "never"]).1, Some(0));
    // A translator works on it.
    repository.write("docs/zh/trial.md", &ZH.replace("九个月", "十二个月"));
    assert_eq!(stale(&repository, &[]), (vec![], Some(0)));
}

#[test]
fn what_was_added_and_removed_is_listed() {
    let repository = translated();
    let edited = EN
        .replace(
            "- Keep a record.\n",
            "- Keep a record.\n- Wear a helmet at all times.\n",
        )
        .replace("Write to us if a node does not start.\n", "");
    repository.write("docs/en/trial.md", &edited);
    repository.commit("items");
    assert_eq!(
        stale(&repository, &[]).0,
        [
            "untranslated-addition docs/en/trial.md:7: list item was added to the English after the Chinese last changed here: \
             “Wear a helmet at all times.”",
            "removed-from-source docs/zh/trial.md:8: the English of this was removed: “Write to us if a node does not start.”",
        ]
    );
}

#[test]
fn a_commit_on_both_sides_is_in_step_and_layout_is_no_translation() {
    let repository = translated();
    repository.write("docs/en/trial.md", &EN.replace("all clusters", "most clusters"));
    repository.write("docs/zh/trial.md", &ZH.replace("所有集群", "大多数集群"));
    repository.commit("both");
    assert_eq!(stale(&repository, &[]).0, [""; 0]);
    repository.write("docs/en/trial.md", &EN.replace("all clusters", "a few nodes"));
    repository.commit("source");
    assert_eq!(stale(&repository, &[]).0.len(), 1);
    let laid_out = ZH
        .replace("所有集群", "大多数集群")
        .replace("- ", "* ")
        .replace("进行九个月", "进行\n九个月");
    repository.write("docs/zh/trial.md", &laid_out);
    repository.commit("layout");
    assert_eq!(stale(&repository, &[]).0.len(), 1);
    repository.write(
        "docs/en/trial.md",
        &EN.replace("Lock the valve.", "Lock the valve")
            .replace("all clusters", "most clusters"),
    );
    repository.commit("back again, without a full stop");
    assert_eq!(stale(&repository, &[]).0, [""; 0]);
}

/// Severity and message of each finding.
fn severities(repository: &Repository) -> Vec<String> {
    let output = repository.bilint(&["stale", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let line = |f: &serde_json::Value| {
        format!(
            "{}: {}",
            f["severity"].as_str().unwrap(),
            f["message"].as_str().unwrap()
        )
    };
    findings.map(line).collect()
}

#[test]
fn what_the_translation_may_have_in_another_layout_is_a_note() {
    let repository = translated();
    // The Chinese says it in one paragraph; the English got one of its own.
    let added = "Wear a helmet and gloves.";
    repository.write(
        "docs/zh/trial.md",
        &ZH.replace("做好记录。", "做好记录，戴好头盔和手套。"),
    );
    repository.commit("translation");
    repository.write(
        "docs/en/trial.md",
        &EN.replace("record.", &format!("record.\n- {added}")),
    );
    repository.commit("item");
    let found = severities(&repository);
    assert!(found.iter().all(|one| one.starts_with("note: ")), "{found:?}");
    repository.write(
        "docs/en/trial.md",
        &EN.replace("record.", "record.\n- Leave the room at night."),
    );
    repository.commit("another item");
    let found = severities(&repository);
    assert!(
        matches!(&found[..], [one] if one.starts_with("warning: list item was added")),
        "{found:?}"
    );
}

#[test]
fn what_became_code_was_not_removed() {
    let repository = translated();
    let item = "Write to us if a node does not start.\n";
    repository.write("docs/en/trial.md", &EN.replace(item, &format!("\n    {item}")));
    repository.commit("layout");
    assert_eq!(severities(&repository), [""; 0]);
    repository.write("docs/en/trial.md", &EN.replace(item, ""));
    repository.commit("removal");
    assert_eq!(severities(&repository).len(), 1);
}

#[test]
fn a_heading_with_another_text_is_a_note() {
    let repository = translated();
    let sections = |heading: &str| EN.replace("Write to us", &format!("## {heading}\n\nWrite to us"));
    repository.write("docs/en/trial.md", &sections("Questions"));
    repository.write("docs/zh/trial.md", &ZH.replace("如果节点", "## 疑问\n\n如果节点"));
    repository.commit("section");
    repository.write("docs/en/trial.md", &sections("How to get support"));
    repository.commit("another heading");
    let found = severities(&repository);
    assert!(found.iter().all(|one| one.starts_with("note: ")), "{found:?}");
    assert!(!found.is_empty());
}

#[test]
fn the_place_that_a_link_leads_to_is_no_substance() {
    let repository = Repository::new();
    let en = "# The trial {#trial}\n\nRead the [rules](./rules.md#first) of the trial.\n";
    repository.write("docs/en/trial.md", en);
    repository.write(
        "docs/zh/trial.md",
        "# 试运行 {#trial}\n\n请阅读试运行的[规则](./rules.md#first)。\n",
    );
    repository.commit("page");
    repository.write(
        "docs/en/trial.md",
        &en.replace(" {#trial}", "").replace("rules.md#first", "rules"),
    );
    repository.commit("layout");
    assert_eq!(severities(&repository), [""; 0]);
    repository.write("docs/en/trial.md", &en.replace("rules.md#first", "manual.md"));
    repository.commit("another page");
    assert_eq!(severities(&repository).len(), 1);
}

#[test]
fn renames_are_followed_and_either_side_may_be_the_source() {
    let repository = Repository::new();
    repository.write("zh/trial.md", ZH);
    repository.commit("page");
    repository.write("en/trial.md", EN);
    repository.commit("translation");
    repository.git(&["mv", "zh", "docs-zh"]);
    repository.git(&["mv", "en", "docs-en"]);
    repository.commit("move");
    repository.write("docs-zh/trial.md", &ZH.replace("九个月", "十二个月"));
    repository.commit("longer");
    let found =
        ["outdated-translation docs-en/trial.md:3: the Chinese changed after the English: “九个月” → “十二个月”"];
    assert_eq!(stale(&repository, &[]).0, found);
    repository.write("bilint.toml", "direction = \"en-zh\"\n");
    assert_eq!(stale(&repository, &[]).0, [""; 0]);
}

#[test]
fn since_a_revision_only_later_changes_count() {
    let repository = translated();
    repository.write("docs/en/trial.md", &EN.replace("9 months", "12 months"));
    repository.commit("longer");
    assert_eq!(stale(&repository, &["--since", "HEAD~1"]).0.len(), 1);
    repository.write("other.txt", "x\n");
    repository.commit("something else");
    assert_eq!(stale(&repository, &["--since", "HEAD~1"]).0, [""; 0]);
}

#[test]
fn a_page_without_translation_is_listed_once() {
    let repository = translated();
    repository.write("docs/en/guide/start.md", EN);
    repository.write("README.md", EN);
    repository.commit("more pages");
    let (found, code) = stale(&repository, &[]);
    assert_eq!(
        found,
        ["untranslated-page docs/en/guide/start.md:1: the page has no Chinese translation: “The trial”"]
    );
    assert_eq!(code, Some(0));
}

#[test]
fn a_stamp_says_what_a_page_translates() {
    let repository = translated();
    repository.write("docs/en/trial.md", &EN.replace("9 months", "12 months"));
    repository.commit("longer");
    let head = text(&repository.output(&["rev-parse", "HEAD"]));
    let stamped = |commit: &str| format!("---\nsource_commit: {}\n---\n{ZH}", commit.trim());
    // The page was touched since, but not translated anew.
    let first = text(&repository.output(&["rev-parse", "HEAD~2"]));
    repository.write("docs/zh/trial.md", &stamped(&first).replace("九个月", "一段时间"));
    repository.commit("wording");
    assert_eq!(stale(&repository, &[]).0.len(), 1);
    repository.write("docs/zh/trial.md", &stamped(&head));
    assert_eq!(stale(&repository, &[]).0, [""; 0]);
}

#[test]
fn findings_can_be_suppressed() {
    let repository = translated();
    repository.write("docs/en/trial.md", &EN.replace("9 months", "12 months"));
    let comment = "<!-- bilint: ignore[outdated-translation] the trial in China is shorter -->\n";
    repository.write(
        "docs/zh/trial.md",
        &ZH.replace("试运行在", &format!("{comment}试运行在")),
    );
    repository.commit("longer");
    assert_eq!(stale(&repository, &[]).0, [""; 0]);
}

#[test]
fn what_git_cannot_answer_is_said() {
    let repository = Repository::new();
    repository.write("docs/en/trial.md", EN);
    repository.write("docs/zh/trial.md", ZH);
    let said = |output: Output| (text(&output.stderr), output.status.code());
    let (error, code) = said(repository.bilint(&["stale"]));
    assert!(error.contains("has no commits"), "{error}");
    assert_eq!(code, Some(2));
    repository.commit("pages");
    repository.write("docs/en/trial.md", &EN.replace("9 months", "12 months"));
    repository.commit("longer");

    let clone = tempfile::tempdir().unwrap();
    let from = format!("file://{}", repository.path("").display());
    let to = clone.path().join("shallow");
    repository.git(&["clone", "--quiet", "--depth", "1", &from, to.to_str().unwrap()]);
    let (error, code) = said(bilint(&to, &["stale"]));
    assert!(
        error.contains("the clone is shallow") && error.contains("git fetch --unshallow"),
        "{error}"
    );
    assert_eq!(code, Some(2));

    let (error, code) = said(repository.bilint(&["stale", "docs/fr"]));
    assert!(error.contains("no such file or folder"), "{error}");
    assert_eq!(code, Some(2));

    let outside = tempfile::tempdir().unwrap();
    let (error, code) = said(bilint(outside.path(), &["stale"]));
    assert!(error.contains("is not in a git repository"), "{error}");
    assert_eq!(code, Some(2));
}
