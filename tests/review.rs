//! The whole round of a review with two people: check, decide, apply, check again. Nothing is lost, what was waived is
//! silent with its reason, and what is new is shown.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod repository;

use repository::{Repository, text};
use serde_json::{Value, json};

const ZH: &str = "# 年度报告\n\n2024年，来自37个国家的科研人员使用了稳态强磁场实验装置，用户共计5200名。\n\n\
    第十九次峰会在里约热内卢举行，会期3天，1200人参加。\n\n所有数据均已公开，共计140万条记录。\n";
const EN: &str = "# Annual Report\n\nIn 2024, researchers from 36 countries used the Steady High Magnetic Field Facility, 5,200 users in total.\n\n\
    The 20th summit was held in Rio de Janeiro over three days, with 1,300 participants.\n\n\
    All data have been made public, 14 million records in total.\n";

fn report() -> Repository {
    let repository = Repository::new();
    repository.write("report.zh.md", ZH);
    repository.write("report.en.md", EN);
    repository
}

/// Runs `bilint review` and returns its exit code and what it prints.
fn review(repository: &Repository, args: &[&str]) -> (i32, String) {
    let output = repository.bilint(&[&["review", "report.zh.md", "report.en.md"], args].concat());
    assert_eq!(text(&output.stderr), "", "{args:?}");
    (output.status.code().unwrap(), text(&output.stdout))
}

/// The data of the page that the script reads.
fn data(repository: &Repository) -> Value {
    let page = repository.read("review.html");
    let (_, rest) = page
        .split_once("<script type=\"application/json\" id=\"data\">")
        .unwrap();
    let (data, _) = rest.split_once("</script>").unwrap();
    serde_json::from_str(data).unwrap()
}

/// What the page exports when a reviewer has decided about the findings whose messages contain these texts.
fn export(data: &Value, who: &str, decisions: &[(&str, Value)]) -> String {
    let findings: Vec<Value> = data["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| {
            let mut entry = json!({ "state": "open" });
            for key in ["fingerprint", "rule", "file", "line", "message", "pair"] {
                entry[key] = f[key].clone();
            }
            let message = f["message"].as_str().unwrap();
            for (_, decision) in decisions.iter().filter(|(part, _)| message.contains(part)) {
                for (key, value) in decision.as_object().unwrap() {
                    entry[key] = value.clone();
                }
            }
            entry
        })
        .collect();
    json!({ "version": 1, "report": data["report"], "who": who, "findings": findings }).to_string()
}

fn messages(data: &Value) -> Vec<String> {
    let findings = data["findings"].as_array().unwrap().iter();
    findings.map(|f| f["message"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn two_people_review_a_report() {
    let repository = report();
    let (code, printed) = review(&repository, &[]);
    assert_eq!((code, printed.as_str()), (0, "review.html: 4 findings in 4 pairs\n"));
    let first = data(&repository);

    // Both decide at their own desks. They disagree about the summit.
    let fix = json!({ "state": "accepted", "fix": "37" });
    repository.write(
        "li.json",
        &export(
            &first,
            "Li",
            &[
                ("37", fix),
                ("第十九次", json!({ "state": "accepted" })),
                (
                    "1200",
                    json!({ "state": "waived", "reason": "the organizers say 1,300", "until": "2099-12-31" }),
                ),
            ],
        ),
    );
    repository.write(
        "wang.json",
        &export(
            &first,
            "Wang",
            &[
                (
                    "第十九次",
                    json!({ "state": "not-an-error", "reason": "counted since 1999" }),
                ),
                ("1200", json!({ "state": "not-an-error" })),
            ],
        ),
    );
    let apply = [
        "--apply",
        "li.json",
        "--apply",
        "wang.json",
        "--waivers",
        "waivers.toml",
    ];
    let (code, printed) = review(&repository, &apply);
    assert_eq!(code, 1, "{printed}");
    assert!(
        printed.contains("report.en.md: 1 change applied\nwaivers.toml: 1 finding waived\n"),
        "{printed}"
    );
    assert!(
        printed.contains("Not applied, because the reviewers disagree:\n  report.en.md:5: ordinal-mismatch: "),
        "{printed}"
    );
    assert!(
        printed.contains("    Li: accepts it\n    Wang: waives it: not an error: counted since 1999\n"),
        "{printed}"
    );
    assert!(
        repository
            .read("report.en.md")
            .contains("researchers from 37 countries")
    );
    let waivers = repository.read("waivers.toml");
    assert!(
        waivers.contains(
            "reason = \"the organizers say 1,300; not an error\"\nwho = \"Li, Wang\"\nuntil = \"2099-12-31\"\n"
        ),
        "{waivers}"
    );
    assert!(waivers.starts_with("# report.en.md:5: "), "{waivers}");

    // An editor corrects the ordinal and adds an error.
    let edited = repository.read("report.en.md").replace("20th", "19th");
    repository.write("report.en.md", &edited.replace("All data", "All 20 data"));

    // The text of the summit has changed: the waiver no longer hides its other finding, and nobody loses sight of it.
    let (code, printed) = review(
        &repository,
        &[
            "--waivers",
            "waivers.toml",
            "--previous",
            "li.json",
            "--previous",
            "wang.json",
        ],
    );
    assert_eq!(code, 0, "{printed}");
    let second = data(&repository);
    let round = |part: &str| {
        let found = second["findings"].as_array().unwrap().iter();
        let mut found = found.filter(|f| f["message"].as_str().unwrap().contains(part));
        found.next().map(|f| f["round"].as_str().unwrap().to_owned())
    };
    assert_eq!(round("第十九次"), None, "{:?}", messages(&second));
    assert_eq!(round("37"), None);
    assert_eq!(round("1200").as_deref(), Some("edited"), "{:?}", messages(&second));
    assert_eq!(round("140万").as_deref(), Some("edited"), "{:?}", messages(&second));
    assert_eq!(round("“20").as_deref(), Some("new"), "{:?}", messages(&second));

    // A decision about the old text is refused, and says why.
    let (code, printed) = review(&repository, &["--apply", "li.json", "--waivers", "waivers.toml"]);
    assert_eq!(code, 1);
    assert!(
        printed.contains("the text has changed since; review it again"),
        "{printed}"
    );
}

#[test]
fn waivers_know_the_texts_after_the_fixes() {
    let repository = report();
    review(&repository, &[]);
    let data = data(&repository);
    // Both findings are about one pair: the fix changes the fingerprint of the other.
    let decisions = [
        ("1200", json!({ "state": "accepted", "fix": "1,200" })),
        ("第十九次", json!({ "state": "waived", "reason": "counted since 1999" })),
    ];
    repository.write("li.json", &export(&data, "Li", &decisions));
    let (code, printed) = review(&repository, &["--apply", "li.json", "--waivers", "waivers.toml"]);
    assert_eq!(code, 0, "{printed}");
    let check = [
        "check",
        "report.zh.md",
        "report.en.md",
        "--waivers",
        "waivers.toml",
        "--format",
        "json",
    ];
    let report: Value = serde_json::from_slice(&repository.bilint(&check).stdout).unwrap();
    assert_eq!(report["suppressed"], 1, "{report}");
    let rules: Vec<&str> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["rule"].as_str().unwrap())
        .collect();
    assert_eq!(rules, ["number-mismatch", "scale-mismatch"]);
    // The next page shows it with its reason.
    review(&repository, &["--waivers", "waivers.toml", "--previous", "li.json"]);
    let page = repository.read("review.html");
    assert!(page.contains("— counted since 1999 (Li)</li>"), "{page}");
    assert!(page.contains("<p>0 new findings, 1 solved, 1 waived.</p>"), "{page}");
}

#[test]
fn nothing_is_written_without_a_file_for_waivers() {
    let repository = report();
    review(&repository, &[]);
    let decisions = [("1200", json!({ "state": "waived", "reason": "r" }))];
    repository.write("li.json", &export(&data(&repository), "Li", &decisions));
    let output = repository.bilint(&["review", "report.zh.md", "report.en.md", "--apply", "li.json"]);
    assert_eq!(output.status.code(), Some(2));
    let error = text(&output.stderr);
    assert!(
        error.contains("name the file for waivers with --waivers FILE"),
        "{error}"
    );
    assert_eq!(repository.read("report.en.md"), EN);
}

#[test]
fn texts_cannot_leave_their_place_in_the_page() {
    let repository = Repository::new();
    let attack = "</script></p><img src=x onerror=alert(1)><!-- ]]> &lt;b&gt; \u{202e}";
    repository.write(
        "report.zh.md",
        &format!("共有37个国家{attack}参加了会议，会议十分成功。\n"),
    );
    repository.write(
        "report.en.md",
        &format!("A total of 36 countries {attack} took part in the successful meeting.\n"),
    );
    let (code, _) = review(&repository, &[]);
    assert_eq!(code, 0);
    let page = repository.read("review.html");
    assert!(!page.contains("<img") && !page.contains('\u{202e}'), "{page}");
    // The data, and the script of the page.
    assert_eq!(page.matches("</script").count(), 2);
    assert!(!messages(&data(&repository)).is_empty());
}

/// The texts of the marks in the page, with the number of the finding.
fn marks(page: &str) -> Vec<(String, usize)> {
    let marks = page.split("<mark ").skip(1).map(|rest| {
        let (attributes, rest) = rest.split_once('>').unwrap();
        let (marked, _) = rest.split_once("</mark>").unwrap();
        let (_, numbers) = attributes.split_once("data-findings=\"").unwrap();
        (marked.to_owned(), numbers.trim_end_matches('"').parse().unwrap())
    });
    marks.collect()
}

#[test]
fn findings_are_marked_on_their_very_characters() {
    // More records than are read at once, with escapes and characters outside of the basic plane before the figures.
    let records: Vec<String> = (0..1200)
        .map(|i| {
            let wrong = if i % 100 == 7 { 36 } else { 37 };
            format!(
                "{{\"zh\": \"𠮷野第{i}次\\u201c报告\\u201d称，共有37个国家参加。\", \"en\": \"Report \\\"No. {i}\\\" 😀 says {wrong} countries took part.\"}}\n"
            )
        })
        .collect();
    let repository = Repository::new();
    repository.write("records.jsonl", &records.concat());
    repository.bilint(&["review", "records.jsonl"]);
    let page = repository.read("review.html");
    let expected: Vec<(String, usize)> = (1..=12)
        .flat_map(|n| [("37个".to_owned(), n), ("36".to_owned(), n)])
        .collect();
    assert_eq!(marks(&page), expected);
    assert!(!page.contains("About no text"));
}

#[test]
fn a_page_of_too_many_pairs_shows_those_that_need_a_look() {
    let mut records = "{\"zh\": \"会议于今天开幕。\", \"en\": \"The meeting opened today.\"}\n".repeat(5000);
    records.push_str("{\"zh\": \"共有37个国家参加。\", \"en\": \"36 countries took part.\"}\n");
    let repository = Repository::new();
    repository.write("records.jsonl", &records);
    repository.bilint(&["review", "records.jsonl"]);
    let page = repository.read("review.html");
    assert!(page.contains(" 5000 pairs without findings are not on this page."));
    assert_eq!(page.matches("<article").count(), 1);
}

#[test]
fn the_same_texts_make_the_same_page() {
    let repository = report();
    review(&repository, &["--threads", "1"]);
    let one = repository.read("review.html");
    review(&repository, &[]);
    assert_eq!(repository.read("review.html"), one);
}

#[test]
fn pages_of_bilint_are_no_texts_to_check() {
    let repository = report();
    for _ in 0..2 {
        let output = repository.bilint(&["review", "."]);
        assert_eq!(
            text(&output.stdout),
            "review.html: 4 findings in 4 pairs\n",
            "{}",
            text(&output.stderr)
        );
    }
    repository.bilint(&["check", ".", "--output", "html=table.html"]);
    let output = repository.bilint(&["check", ".", "--dry-run"]);
    assert_eq!(text(&output.stdout), "pair: report.zh.md + report.en.md\n");
}

#[test]
fn a_page_is_not_written_over_a_text() {
    let repository = report();
    let output = repository.bilint(&["review", "report.zh.md", "report.en.md", "-o", "report.en.md"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(repository.read("report.en.md"), EN);
}
