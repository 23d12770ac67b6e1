//! A tour through a repository that adopts bilint: baseline, a broken pair, every output, suppression, fix.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod repository;

use serde_json::Value;

use repository::{Repository, text};

/// The checks of a repository that has a baseline.
trait Checked {
    fn check(&self, code: i32, args: &[&str]) -> String;
    fn findings(&self, code: i32, args: &[&str]) -> Vec<Value>;
}

impl Checked for Repository {
    /// Standard output of `bilint check` with the baseline, which must end with `code`.
    fn check(&self, code: i32, args: &[&str]) -> String {
        let args = [&["check", "--baseline", "bilint-baseline.json"], args].concat();
        let output = self.bilint(&args);
        let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "{args:?}\n{stdout}\n{stderr}");
        stdout
    }

    fn findings(&self, code: i32, args: &[&str]) -> Vec<Value> {
        let report: Value = serde_json::from_str(&self.check(code, &[&["--format", "json"], args].concat())).unwrap();
        assert_obeys_schema(&report);
        report["findings"].as_array().unwrap().clone()
    }
}

/// Checks a report against the JSON Schema in `docs/`.
fn assert_obeys_schema(report: &Value) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/bilint-output.schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(report).map(|e| e.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
}

const ZH: &str = "# 开放科学\n\n欢迎各国科研人员共同参与。\n\n今日消息：中国科学院发布报告。\n";
const OLD: &str = "# Open Science\n\nWe welcome researchers from around the world to 共同参与.\n\n\
    Today’s news: the Chinese Academy of Sciences released a report.\n";

fn adopted() -> Repository {
    let repository = Repository::new();
    repository.write("docs/call.zh.md", ZH);
    repository.write("docs/call.en.md", OLD);
    let output = repository.bilint(&["check"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
    repository.check(0, &["--update-baseline"]);
    repository.commit("adopt bilint");
    assert_eq!(repository.findings(0, &[]), Vec::<Value>::new());
    repository
}

/// Misspells a name in the last paragraph, and moves the old finding two lines down.
fn break_a_pair(repository: &Repository) {
    repository.write("docs/call.zh.md", &ZH.replace("\n\n欢迎", "\n\n开放\n\n欢迎"));
    let broken = OLD.replace("\n\nWe", "\n\nOpen\n\nWe").replace("Academy", "Acadamy");
    repository.write("docs/call.en.md", &broken);
    repository.commit("report");
}

#[test]
fn only_what_a_commit_breaks_is_reported_in_every_format() {
    let repository = adopted();
    break_a_pair(&repository);
    let findings = repository.findings(1, &[]);
    assert_eq!(findings.len(), 1, "{findings:#?}");
    let finding = &findings[0];
    assert_eq!(
        (&finding["rule"], &finding["en"]["text"]),
        (&"term-mismatch".into(), &"Chinese Acadamy of Sciences".into())
    );
    assert_eq!(
        (&finding["en"]["line"], &finding["en"]["column"]),
        (&7.into(), &19.into())
    );

    let formats = [
        "sarif",
        "gitlab",
        "junit",
        "checkstyle",
        "rdjson",
        "rdjsonl",
        "markdown",
    ];
    let mut args = vec!["--output".to_owned(), "github".to_owned()];
    repository.write("out/.gitignore", "*\n");
    for format in formats {
        args.extend(["--output".to_owned(), format!("{format}=out/{format}")]);
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let github = repository.check(1, &args);
    assert!(
        github.starts_with("::error file=docs/call.en.md,line=7,endLine=7,col=19,endColumn=46,"),
        "{github}"
    );
    assert_eq!(github.lines().count(), 1);

    let sarif: Value = serde_json::from_str(&repository.read("out/sarif")).unwrap();
    let _obeys_the_schema: serde_sarif::sarif::Sarif = serde_json::from_value(sarif.clone()).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 1);
    let region = &results[0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        (&region["startLine"], &region["startColumn"], &region["endColumn"]),
        (&7.into(), &19.into(), &46.into())
    );
    let other = &results[0]["relatedLocations"][0]["physicalLocation"];
    assert_eq!(other["artifactLocation"]["uri"], "docs/call.zh.md");
    assert_eq!(
        (&other["region"]["startLine"], &other["region"]["startColumn"]),
        (&7.into(), &6.into())
    );

    let gitlab: Value = serde_json::from_str(&repository.read("out/gitlab")).unwrap();
    assert_eq!(gitlab[0]["location"]["lines"]["begin"], 7);
    assert_eq!(gitlab[0]["fingerprint"], finding["fingerprint"]);
    let rdjson: Value = serde_json::from_str(&repository.read("out/rdjson")).unwrap();
    let range = &rdjson["diagnostics"][0]["location"]["range"];
    assert_eq!(
        (&range["start"]["column"], &range["end"]["column"]),
        (&21.into(), &48.into())
    );
    assert_eq!(repository.read("out/rdjsonl").lines().count(), 1);
    assert!(
        repository
            .read("out/checkstyle")
            .contains("line=\"7\" column=\"19\" severity=\"error\"")
    );
    assert!(repository.read("out/junit").contains("name=\"docs/call.en.md:7:19\""));
    assert!(repository.read("out/markdown").contains("`docs/call.en.md:7:19`"));
}

#[test]
fn a_suppression_is_reported_once_the_text_is_mended() {
    let repository = adopted();
    break_a_pair(&repository);
    let broken = repository.read("docs/call.en.md");
    let comment = "<!-- bilint: ignore[term-mismatch] as the poster misspells it -->";
    repository.write(
        "docs/call.en.md",
        &broken.replace("Today", &format!("{comment}\nToday")),
    );
    assert_eq!(repository.findings(0, &["--fail-on", "note"]), Vec::<Value>::new());

    let mended = repository.read("docs/call.en.md").replace("Acadamy", "Academy");
    repository.write("docs/call.en.md", &mended);
    let findings = repository.findings(0, &[]);
    let rules: Vec<&Value> = findings.iter().map(|f| &f["rule"]).collect();
    assert_eq!(rules, ["unused-suppression"]);
    assert_eq!(findings[0]["file"], "docs/call.en.md");

    repository.write("docs/call.en.md", &mended.replace("as the poster misspells it ", ""));
    let findings = repository.findings(0, &[]);
    let rules: Vec<&str> = findings.iter().filter_map(|f| f["rule"].as_str()).collect();
    assert_eq!(rules, ["suppression-without-reason", "unused-suppression"]);
}

#[test]
fn comments_to_the_linter_are_no_text_in_any_format() {
    let repository = Repository::new();
    let why = "ignore[untranslated] 引自原文";
    repository.write(
        "a.md",
        &format!("欢迎参加。\n\n<!-- bilint: {why} -->\nYou are 欢迎 here.\n"),
    );
    repository.write(
        "b.txt",
        &format!("欢迎参加。\n\n<!-- bilint: {why} -->\nYou are 欢迎 here.\n"),
    );
    repository.write(
        "c.txt",
        &format!("欢迎参加。\n\nYou are 欢迎 here. <!-- bilint: {why} -->\n"),
    );
    repository.write(
        "d.tsv",
        &format!("zh\ten\n# bilint: {why}\n欢迎参加。\tYou are 欢迎 here.\n"),
    );
    repository.write(
        "e.csv",
        &format!("# bilint: ignore-file[untranslated] x, y\nzh,en\n欢迎。,A 欢迎 here.\n# bilint: {why}, z\n"),
    );
    for name in ["a.md", "b.txt", "c.txt", "d.tsv", "e.csv"] {
        let output = repository.bilint(&["check", "--format", "json", "--select", "untranslated", name]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["findings"], Value::Array(Vec::new()), "{name}");
        assert_eq!(
            (&report["suppressed"], &report["summary"]["pairs"]),
            (&1.into(), &1.into()),
            "{name}"
        );
        assert_eq!(output.status.code(), Some(0), "{name}: {}", text(&output.stderr));
    }
}

#[test]
fn an_unsafe_fix_mends_the_pair_when_asked_for() {
    let repository = adopted();
    break_a_pair(&repository);
    let broken = repository.read("docs/call.en.md");
    repository.check(1, &["--fix"]);
    assert_eq!(repository.read("docs/call.en.md"), broken);
    repository.check(0, &["--unsafe-fixes"]);
    assert_eq!(repository.read("docs/call.en.md"), broken.replace("Acadamy", "Academy"));
}

#[test]
fn a_mended_finding_is_dropped_from_the_baseline() {
    let repository = adopted();
    repository.write("docs/call.en.md", &OLD.replace("共同参与", "take part"));
    let output = repository.bilint(&["check", "--baseline", "bilint-baseline.json"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        text(&output.stderr).contains("no longer occur"),
        "{}",
        text(&output.stderr)
    );
    repository.check(0, &["--update-baseline"]);
    let baseline: Value = serde_json::from_str(&repository.read("bilint-baseline.json")).unwrap();
    assert_eq!(
        (&baseline["count"], &baseline["findings"]),
        (&0.into(), &Value::Array(Vec::new()))
    );
}

#[test]
fn a_part_of_the_files_leaves_the_rest_of_the_baseline_alone() {
    let repository = adopted();
    repository.write("docs/other.txt", "开放科学。\n\nOpen science.\n");
    let before = repository.read("bilint-baseline.json");
    repository.check(0, &["--update-baseline", "docs/other.txt"]);
    assert_eq!(repository.read("bilint-baseline.json"), before);
}

#[test]
fn fixing_twice_is_fixing_once() {
    let repository = Repository::new();
    let text_before = "欢迎参加会议。\r\n\r\nYou are welcome to the meeting，everyone.\r\n";
    repository.write("a.txt", text_before);
    let diff = repository.bilint(&["check", "--diff", "a.txt"]);
    assert_eq!(diff.status.code(), Some(1), "{}", text(&diff.stdout));
    assert!(
        text(&diff.stdout).contains("+You are welcome to the meeting, everyone."),
        "{}",
        text(&diff.stdout)
    );
    assert_eq!(repository.read("a.txt"), text_before);

    repository.bilint(&["check", "--fix", "a.txt"]);
    let once = repository.read("a.txt");
    assert_eq!(once, text_before.replace('，', ", "));
    repository.bilint(&["check", "--fix", "a.txt"]);
    assert_eq!(repository.read("a.txt"), once);
}

/// Every format, in a file of its own.
const FORMATS: [&str; 13] = [
    "text",
    "concise",
    "json",
    "jsonl",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "rdjson",
    "rdjsonl",
    "markdown",
    "html",
];

#[test]
fn the_same_bytes_in_every_format_whatever_the_threads_and_the_order_of_arguments() {
    let repository = Repository::new();
    let mut names = Vec::new();
    for i in 0..20 {
        // The same Chinese in other words, so that rules across files have something to say.
        let text = format!("欢迎参与国际科技合作。\n\nYou are all 欢迎 to cooperate, dear number {i}.\n");
        names.push(format!("文 {i}, 100%.txt"));
        repository.write(&names[i], &text);
    }
    repository.write(
        "t.tsv",
        "zh\ten\n开放科学国际合作倡议\tInitiative on 合作\n开放科学国际合作倡议\tAnother one\n",
    );
    repository.write("a.zh.md", ZH);
    repository.write("a.en.md", &OLD.replace("Academy", "Acadamy"));
    names.extend(["t.tsv", "a.en.md", "a.zh.md", "."].map(str::to_owned));
    let run = |folder: &str, threads: &str, names: &[&str]| -> Vec<String> {
        repository.write(&format!("{folder}/.gitignore"), "*\n");
        let outputs: Vec<String> = FORMATS.iter().map(|f| format!("--output={f}={folder}/{f}")).collect();
        let outputs: Vec<&str> = outputs.iter().map(String::as_str).collect();
        let args = [&["check", "--threads", threads][..], &outputs, names].concat();
        repository.bilint(&args);
        FORMATS
            .iter()
            .map(|f| repository.read(&format!("{folder}/{f}")))
            .collect()
    };
    let forth: Vec<&str> = names.iter().map(String::as_str).collect();
    // 7 and 24 have no divisor in common, so this is every name once, in disorder.
    let shuffled: Vec<&str> = (0..forth.len()).map(|i| forth[i * 7 % forth.len()]).collect();
    let back: Vec<&str> = forth.iter().rev().copied().collect();
    let one = run(".one", "1", &forth);
    for rule in ["untranslated", "inconsistent-translation", "term-mismatch"] {
        assert!(one[2].contains(rule), "{rule}");
    }
    for (folder, threads, names) in [
        (".again", "1", &forth),
        (".many", "4", &forth),
        (".shuffled", "3", &shuffled),
        (".back", "0", &back),
    ] {
        for (format, (a, b)) in FORMATS.iter().zip(one.iter().zip(run(folder, threads, names))) {
            assert!(*a == b, "{format} differs with {threads} threads: {folder}");
        }
    }
}

#[test]
fn the_files_of_a_commit_are_checked_with_their_partners() {
    let repository = adopted();
    repository.write("drafts/b.txt", "欢迎参加。\n\nYou are 欢迎 here.\n");
    repository.write("bilint.toml", "exclude = [\"drafts/\"]\n");
    repository.write("main.rs", "fn main() {}\n");
    repository.write("docs/call.en.md", &OLD.replace("Academy", "Acadamy"));
    repository.write("other.txt", "欢迎参加。\n\nYou are 欢迎 here.\n");
    repository.commit("more");
    let check = |list: &[u8], args: &[&str]| {
        std::fs::write(repository.path("list"), list).unwrap();
        let input = std::fs::File::open(repository.path("list")).unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_bilint"))
            .args([&["check", "--format", "json", "--file-list", "-"], args].concat())
            .current_dir(repository.path(""))
            .stdin(input)
            .output()
            .unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap().iter();
        let files: Vec<String> = findings.filter_map(|f| Some(f["file"].as_str()?.to_owned())).collect();
        (files, report["summary"]["files"].as_u64().unwrap())
    };
    let changed = repository.output(&["diff", "--name-only", "-z", "HEAD~1", "--", ":!other.txt"]);
    assert!(changed.contains(&0));
    let pair = ["docs/call.en.md"; 2].map(str::to_owned);
    assert_eq!(check(&changed, &["--force-exclude"]), (pair.to_vec(), 2));
    let with_draft = [&pair[..], &["drafts/b.txt".to_owned()]].concat();
    assert_eq!(check(&changed, &[]), (with_draft, 3));
    assert_eq!(check(b"", &[]), (Vec::new(), 0));
}

#[test]
fn a_quiet_run_prints_findings_and_errors_only() {
    let repository = Repository::new();
    repository.write("good.txt", "开放。\n\nOpen.\n");
    repository.write("bad.txt", "欢迎媒体。\n\nThe press is 欢迎 as well.\n");
    let run = |args: &[&str]| {
        let output = repository.bilint(&[&["check", "--quiet"], args].concat());
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    assert_eq!(run(&["good.txt"]), (Some(0), String::new(), String::new()));
    let (code, out, err) = run(&["bad.txt", "missing.txt"]);
    assert_eq!(code, Some(2));
    assert!(out.contains("error[untranslated]"), "{out}");
    assert!(err.starts_with("error: missing.txt: no such file"), "{err}");
}

#[test]
fn a_run_over_folders_that_checks_nothing_fails_and_says_why() {
    let repository = Repository::new();
    repository.write("docs/a.md", "# Title\n\nSome text.\n");
    repository.write("list", "logo.png\n");
    repository.write("logo.png", "");
    for (args, code, message) in [
        (
            &["docs"][..],
            2,
            "error: nothing was checked: the only file is in one language",
        ),
        (&["."], 2, "error: nothing was checked"),
        (
            &["--file-list", "list"],
            0,
            "note: nothing was checked: the list contains no bilingual text",
        ),
    ] {
        let output = repository.bilint(&[&["check", "--no-config"], args].concat());
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {stderr}");
        assert!(stderr.starts_with(message), "{args:?}: {stderr}");
    }
    repository.write("bilint.toml", "sources = [\"docs\"]\nexclude = [\"docs/\"]\n");
    let output = repository.bilint(&["check", "--force-exclude"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stderr).starts_with("note: nothing was checked: every file is excluded"));
}

#[test]
fn wrong_arguments_say_what_to_do() {
    let repository = Repository::new();
    repository.write("a.txt", "开放。\n\nOpen.\n");
    for (args, message) in [
        (vec!["check", "--output", "sariff=x"], "did you mean `sarif`?"),
        (
            vec!["check", "--format", "json", "--output", "github"],
            "two outputs go to standard output",
        ),
        (
            vec!["check", "--baseline", "none.json"],
            "`--update-baseline` writes a new one",
        ),
        (vec!["check", "--file-list", "none"], "--file-list none: No such file"),
        (
            vec!["check", "--file-list", "-", "-"],
            "both the text and the list of files",
        ),
        (vec!["explain", "untranslatd"], "did you mean `untranslated`?"),
    ] {
        let output = repository.bilint(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            text(&output.stderr).contains(message),
            "{args:?}: {}",
            text(&output.stderr)
        );
    }
}

#[test]
fn align_and_segment_read_the_configuration_as_check_does() {
    let repository = Repository::new();
    repository.write("i18n/chs/a.md", "# 标题\n\n天问阁落成。\n");
    repository.write("docs/a.md", "# Title\n\nTianwen Hall was completed.\n");
    repository.write("g.csv", "zh,en\n天问阁,Tianwen Hall\n");
    let keys = "glossaries = [\"g.csv\"]\n[[pairs]]\nzh = \"i18n/chs/{path}.md\"\nen = \"docs/{path}.md\"\n";
    repository.write("bilint.toml", keys);
    let out = |args: &[&str]| {
        let output = repository.bilint(args);
        (output.status.code(), text(&output.stdout))
    };
    let (code, beads) = out(&["align", "--format", "tsv", "docs/a.md"]);
    assert_eq!(code, Some(0), "{beads}");
    assert!(
        beads.contains("天问阁落成。") && beads.contains("Tianwen Hall was"),
        "{beads}"
    );
    let (_, alone) = out(&["align", "--format", "tsv", "--no-config", "docs/a.md"]);
    assert!(!alone.contains("天问阁"), "{alone}");

    assert!(out(&["segment", "天问阁落成"]).1.contains("“天问阁”"));
    assert!(!out(&["segment", "--no-config", "天问阁落成"]).1.contains("“天问阁”"));
    repository.write("other.toml", "glossaries = []\nselekt = []\n");
    for command in [["align", "docs/a.md"], ["segment", "天问阁"]] {
        let output = repository.bilint(&[&command[..], &["--config", "other.toml"]].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(
            text(&output.stderr).contains("other.toml:2:1: unknown key `selekt`"),
            "{}",
            text(&output.stderr)
        );
    }
}

#[test]
fn a_score_that_no_output_shows_is_refused() {
    let repository = Repository::new();
    repository.write("a.txt", "欢迎参加会议。\n\nWelcome to the meeting.\n");
    let check = |args: &[&str]| repository.bilint(&[&["check", "--score", "mqm", "a.txt"], args].concat());
    assert_eq!(check(&["--format", "concise"]).status.code(), Some(2));
    assert_eq!(check(&["--statistics"]).status.code(), Some(2));
    let shown = check(&["--output", "concise", "--output", "markdown=score.md"]);
    assert_eq!(shown.status.code(), Some(0), "{shown:?}");
    assert!(repository.read("score.md").contains("MQM"));
}
