//! `--since REV`: what a change touched is reported, and nothing else.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod repository;

use std::process::Command;

use repository::{Repository, text};

/// Rule, file and line of each finding of `bilint check --since REV` with further arguments.
fn touched(repository: &Repository, revision: &str, args: &[&str]) -> Vec<(String, String, u64)> {
    let args = [&["check", "--format", "json", "--since", revision], args].concat();
    let output = repository.bilint(&args);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{e}: {}{}", text(&output.stdout), text(&output.stderr)));
    let findings = report["findings"].as_array().unwrap().iter();
    let place = |f: &serde_json::Value| {
        let side = if f["en"].is_null() { &f["zh"] } else { &f["en"] };
        let string = |v: &serde_json::Value| v.as_str().unwrap().to_owned();
        (string(&f["rule"]), string(&f["file"]), side["line"].as_u64().unwrap())
    };
    findings.map(place).collect()
}

fn is(rule: &str, file: &str, line: u64) -> (String, String, u64) {
    (rule.to_owned(), file.to_owned(), line)
}

const ZH: &str = "# 开放科学\n\n欢迎各国科研人员共同参与。\n\n科学没有国界，创新没有止境，合作才能共赢。\n\n欢迎媒体朋友共同参与。\n";
const EN: &str = "# Open Science\n\nWe welcome researchers from all countries to 共同参与.\n\n\
    Science knows no borders, innovation has no end, and only cooperation brings benefit to all.\n\n\
    Friends of the press are welcome to 共同参与, too.\n";

/// Two old findings in two files, in a folder with a space and Chinese in its name.
fn adopted() -> Repository {
    let repository = Repository::new();
    repository.write("新闻 稿/call.zh.md", ZH);
    repository.write("新闻 稿/call.en.md", EN);
    repository.write("other.txt", "欢迎参与。\n\nYou are all 欢迎 to take part.\n");
    repository.commit("texts");
    repository
}

#[test]
fn a_changed_line_on_either_side_brings_up_its_pair() {
    let repository = adopted();
    assert_eq!(touched(&repository, "HEAD", &[]), []);
    let found = [is("untranslated", "新闻 稿/call.en.md", 3)];
    repository.write("新闻 稿/call.en.md", &EN.replace("from all countries", "everywhere"));
    assert_eq!(touched(&repository, "HEAD", &[]), found);
    repository.write("新闻 稿/call.en.md", EN);
    repository.write("新闻 稿/call.zh.md", &ZH.replace("各国科研", "世界各国科研"));
    assert_eq!(touched(&repository, "HEAD", &[]), found);
    // Committed or not, whatever lies between.
    repository.commit("change");
    assert_eq!(touched(&repository, "HEAD", &[]), []);
    assert_eq!(touched(&repository, "HEAD~1", &[]), found);
    assert_eq!(touched(&repository, "HEAD~1", &["other.txt"]), []);
}

#[test]
fn a_dropped_paragraph_is_an_omission_that_the_change_made() {
    let repository = adopted();
    let dropped: String = EN
        .split_inclusive("\n\n")
        .filter(|p| !p.starts_with("Science"))
        .collect();
    repository.write("新闻 稿/call.en.md", &dropped);
    let found = touched(&repository, "HEAD", &["--select", "paragraph-omitted"]);
    assert_eq!(found, [is("paragraph-omitted", "新闻 稿/call.zh.md", 5)]);

    let interleaved = "科学没有国界，创新没有止境，合作才能共赢。\n\nScience knows no borders, innovation has no end, and only cooperation brings benefit to all.\n\n\
        欢迎媒体朋友共同参与，共享科技创新成果。\n\nFriends of the press are welcome to take part and share the fruits of innovation.\n\n\
        欢迎各国科研人员参与合作研究。\n\nWe welcome researchers from all countries to take part in joint research.\n";
    repository.write("talk.txt", interleaved);
    repository.commit("talk");
    let dropped: String = interleaved
        .split_inclusive("\n\n")
        .filter(|p| !p.starts_with("Friends"))
        .collect();
    repository.write("talk.txt", &dropped);
    let found = touched(&repository, "HEAD", &["talk.txt"]);
    assert_eq!(found, [is("paragraph-omitted", "talk.txt", 5)]);
}

#[test]
fn new_files_count_as_a_whole_and_moved_ones_do_not() {
    let repository = adopted();
    repository.write("untracked.txt", "欢迎各位光临。\n\nWe hope to 欢迎 all of you.\n");
    repository.write("added.txt", "欢迎大家前来。\n\nThey are all 欢迎 to take part.\n");
    repository.git(&["add", "added.txt"]);
    repository.git(&["mv", "other.txt", "moved.txt"]);
    assert_eq!(
        touched(&repository, "HEAD", &[]),
        [
            is("untranslated", "added.txt", 3),
            is("untranslated", "untracked.txt", 3)
        ]
    );
}

#[test]
fn a_file_that_git_takes_for_binary_counts_as_a_whole() {
    let repository = Repository::new();
    let utf16 = |text: &str| -> Vec<u8> {
        std::iter::once(0xfeff)
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect()
    };
    let before = "欢迎参与。\n\nYou are all 欢迎 to take part.\n\n上午好。\n\nGood morning.\n";
    std::fs::write(repository.path("a.txt"), utf16(before)).unwrap();
    repository.commit("text");
    assert_eq!(touched(&repository, "HEAD", &[]), []);
    std::fs::write(repository.path("a.txt"), utf16(&before.replace("Good", "A good"))).unwrap();
    assert_eq!(touched(&repository, "HEAD", &[]), [is("untranslated", "a.txt", 3)]);
}

#[test]
fn rules_that_compare_with_another_place_look_at_changes_there_too() {
    let repository = Repository::new();
    let first = "科技创新合作倡议\n\nInitiative for Cooperation in Innovation\n";
    repository.write("a.txt", first);
    repository.write("b.txt", first);
    repository.write("c.txt", "欢迎参与。\n\nYou are all 欢迎 to take part.\n");
    repository.commit("texts");
    repository.write(
        "a.txt",
        &first.replace("Initiative for Cooperation in", "Call for Joint"),
    );
    assert_eq!(
        touched(&repository, "HEAD", &[]),
        [is("inconsistent-translation", "b.txt", 3)]
    );
}

#[test]
fn the_baseline_is_judged_by_all_findings_and_not_only_by_touched_ones() {
    let repository = adopted();
    let baseline = ["--baseline", "b.json"];
    repository.bilint(&[&["check", "--update-baseline"], &baseline[..]].concat());
    repository.commit("adopt");
    repository.write("新闻 稿/call.en.md", &EN.replace("Friends", "All 媒体朋友"));
    let output = repository.bilint(&[&["check", "--since", "HEAD"], &baseline[..]].concat());
    // The pair is another one by its text, so the entry of its old finding is gone; the other two still occur.
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert!(
        stderr.starts_with("note: 1 of 3 findings in b.json no longer occur"),
        "{stderr}"
    );
    assert!(stdout.contains("2 in the baseline"), "{stdout}");
    assert!(!stdout.contains("other.txt"), "{stdout}");

    let output = repository.bilint(&[&["check", "--since", "HEAD", "--update-baseline"], &baseline[..]].concat());
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_suppression_that_the_change_made_useless_is_reported() {
    let repository = Repository::new();
    let page = "欢迎参与。\n\n<!-- bilint: ignore[untranslated] quoted -->\nYou are all 欢迎 to take part.\n\n\
        <!-- bilint: ignore[untranslated] quoted -->\nNo cause.\n";
    repository.write("a.md", page);
    repository.commit("text");
    let only = ["--select", "unused-suppression,untranslated"];
    assert_eq!(touched(&repository, "HEAD", &only), []);
    repository.write("a.md", &page.replace("all 欢迎", "all welcome"));
    assert_eq!(
        touched(&repository, "HEAD", &only),
        [is("unused-suppression", "a.md", 3)]
    );
}

#[test]
fn only_touched_findings_are_fixed() {
    let repository = Repository::new();
    let (one, two) = (
        "欢迎参加会议。\n\nYou are welcome，all.\n",
        "欢迎各位来宾。\n\nWelcome，guests.\n",
    );
    repository.write("a.txt", &format!("{one}\n{two}"));
    repository.commit("text");
    let changed = two.replace("guests", "dear guests");
    repository.write("a.txt", &format!("{one}\n{changed}"));
    repository.bilint(&["check", "--since", "HEAD", "--fix"]);
    assert_eq!(
        repository.read("a.txt"),
        format!("{one}\n{}", changed.replace('，', ", "))
    );
}

#[test]
fn the_same_bytes_whatever_the_threads_the_folder_and_the_users_settings() {
    let repository = Repository::new();
    for i in 0..12 {
        repository.write(
            &format!("文 {i}/a.txt"),
            &format!("欢迎参与{i}。\n\nYou are all 欢迎 to take part in {i}.\n\n再见。\n\nBye.\n"),
        );
    }
    repository.commit("texts");
    for i in (0..12).step_by(3) {
        let path = format!("文 {i}/a.txt");
        let changed = repository.read(&path).replace("You are", "Today you are");
        repository.write(&path, &changed);
    }
    let run = |threads: &str| {
        let args = ["check", "--since", "HEAD", "--format", "jsonl", "--threads", threads];
        text(&repository.bilint(&args).stdout)
    };
    let one = run("1");
    assert_eq!(one.lines().count(), 4, "{one}");
    assert_eq!(one, run("4"));
    for setting in [
        ["diff.noprefix", "true"],
        ["diff.mnemonicPrefix", "true"],
        ["diff.interHunkContext", "9"],
        ["diff.relative", "true"],
        ["color.ui", "always"],
        ["core.quotePath", "true"],
        ["diff.external", "false"],
    ] {
        repository.git(&["config", setting[0], setting[1]]);
        assert_eq!(one, run("2"), "{setting:?}");
    }
    let below = Command::new(env!("CARGO_BIN_EXE_bilint"))
        .args([
            "check",
            "--since",
            "HEAD",
            "--format",
            "jsonl",
            "..",
            "--fail-on",
            "never",
        ])
        .current_dir(repository.path("文 0"))
        .output()
        .unwrap();
    assert_eq!(text(&below.stdout).lines().count(), 4, "{}", text(&below.stderr));
}

#[test]
fn since_a_branch_left_another() {
    let repository = adopted();
    repository.git(&["branch", "trunk"]);
    repository.git(&["checkout", "--quiet", "-b", "topic"]);
    repository.write("new.txt", "欢迎参与。\n\nYou are all 欢迎 to take part.\n");
    repository.commit("new");
    repository.git(&["checkout", "--quiet", "trunk"]);
    repository.write("other.txt", "欢迎参与！\n\nYou are all 欢迎 to take part!\n");
    repository.commit("elsewhere");
    repository.git(&["checkout", "--quiet", "topic"]);
    assert_eq!(
        touched(&repository, "trunk...", &[]),
        [is("untranslated", "new.txt", 3)]
    );
    assert_eq!(touched(&repository, "trunk", &[]).len(), 2);
}

#[test]
fn what_cannot_be_told_is_said() {
    let repository = adopted();
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("a.txt"), "开放。\n\nOpen.\n").unwrap();
    let run = |folder: &std::path::Path, args: &[&str], path: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bilint"));
        command.args([&["check", "--since"], args].concat()).current_dir(folder);
        command.env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap());
        if let Some(path) = path {
            command.env("PATH", path);
        }
        command.output().unwrap()
    };
    let here = repository.path("");
    for (folder, args, path, message) in [
        (outside.path(), vec!["HEAD"], None, "is not in a git repository"),
        (&here, vec!["no-such-branch"], None, "unknown revision “no-such-branch”"),
        (&here, vec!["--output"], None, "a value is required"),
        (&here, vec!["HEAD", "-"], None, "standard input has no history"),
        (&here, vec!["HEAD"], Some("/nowhere"), "cannot run git"),
    ] {
        let output = run(folder, &args, path);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            text(&output.stderr).contains(message),
            "{args:?}: {}",
            text(&output.stderr)
        );
    }
}

#[cfg(unix)]
#[test]
fn names_of_every_kind_are_recognised() {
    let repository = Repository::new();
    let names = [
        "a \"b\"\t\\c.txt",
        "论文，100%: 终稿 b/ 二.txt",
        "-x.txt",
        " and b/a.txt",
        "b/b/a.txt",
        "line\nbreak.txt",
        "𠮷.txt",
    ];
    // Chinese that is in no two files the same, so that only the names differ in what they are held to.
    let page = |i: usize| format!("第{i}批朋友来了。\n\nGroup {i} of our 朋友 is here today.\n");
    for (i, name) in names.iter().enumerate() {
        repository.write(name, &page(i));
    }
    repository.commit("names");
    let only = ["--select", "untranslated"];
    assert_eq!(touched(&repository, "HEAD", &only), []);
    for (i, name) in names.iter().enumerate() {
        repository.write(name, &page(i).replace("is here", "is back"));
        let found = touched(&repository, "HEAD", &only);
        assert_eq!(found, [is("untranslated", name, 3)], "{name:?}");
        repository.write(name, &page(i));
    }
}
