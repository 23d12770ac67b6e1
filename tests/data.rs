//! A text under check is data: neither its words, nor its name, nor the repository that it is in make anything happen.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod repository;

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use repository::{Repository, text};

const PAGE: &str = "欢迎参加会议。\n\nYou are welcome，all.\n";

/// What a hostile name or key contains: a colour, a new line with a command to GitHub, a C1 control, a direction mark.
const HOSTILE: &str = "a\u{1b}[31m\n::error::b\u{9b}\u{202e}";

fn assert_harmless(output: &[u8]) {
    let output = text(output);
    for bad in ["\u{1b}", "\n::", "\u{9b}", "\u{202e}"] {
        assert!(!output.contains(bad) && !output.starts_with("::"), "{output:?}");
    }
}

#[test]
fn names_and_keys_reach_standard_error_and_output_escaped() {
    let folder = Repository::new();
    let name = |extension: &str| format!("{HOSTILE}.{extension}");
    folder.write(&name("txt"), PAGE);
    folder.write(&name("csv"), "zh,wrong\u{1b}\n中国,China\n");
    folder.write(&name("toml"), &format!("{HOSTILE:?} = 1\n"));
    folder.write(&name("json"), "{");
    folder.write("::error ::x.txt", PAGE);
    folder.write(&name("bin.txt"), "\0\0\0");
    let (txt, csv, toml, json) = (name("txt"), name("csv"), name("toml"), name("json"));
    for args in [
        &["check", &txt][..],
        &["check", "--format", "concise", "."],
        &["check", "--statistics", "."],
        &["check", "--explain-hits", &txt],
        &["check", &name("bin.txt")],
        &["check", &name("missing")],
        &["check", "--glossary", &csv, "."],
        &["check", "--config", &toml, "."],
        &["check", "--baseline", &json, "."],
        &["check", "--file-list", &name("missing")],
        &["check", "--output", &format!("sarif={HOSTILE}/x"), "."],
        &["check", "--since", HOSTILE, "."],
        &["check", "--select", HOSTILE, "."],
        &["align", &txt],
        &["config", "--config", &toml],
    ] {
        let output = folder.bilint(args);
        assert_harmless(&output.stderr);
        if !args.contains(&"--explain-hits") {
            assert_harmless(&output.stdout);
        }
    }
}

/// Pipes the diff of `--fix` through `git apply` and compares with what `--fix` writes.
#[test]
fn git_apply_accepts_the_diff() {
    for (name, page) in [
        ("a.txt", PAGE.to_owned()),
        ("译文/a b.txt", format!("\u{feff}{PAGE}")),
        ("say \"x\".txt", PAGE.replace('\n', "\r\n")),
        ("a\tb.txt", format!("{PAGE}x\ry，z")),
        ("c.txt", "\u{feff}You are welcome，all.\n\n欢迎参加会议。".to_owned()),
    ] {
        let repository = Repository::new();
        repository.write(name, &page);
        repository.commit("page");
        let diff = repository.bilint(&["check", "--diff", "."]).stdout;
        let mut apply = Command::new("git")
            .args(["apply", "-"])
            .current_dir(repository.path(""))
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        apply.stdin.take().unwrap().write_all(&diff).unwrap();
        assert!(apply.wait().unwrap().success(), "{name}: {}", text(&diff));
        let applied = repository.read(name);
        assert_ne!(applied, page, "{name}");
        repository.write(name, &page);
        // One round, as the diff.
        repository.bilint(&["check", "--fix", "."]);
        assert_eq!(applied, repository.read(name), "{name}");
    }
}

#[test]
fn git_runs_nothing_of_the_repository() {
    let repository = Repository::new();
    repository.write("a.txt", PAGE);
    repository.write(".gitattributes", "*.txt filter=evil diff=evil\n");
    repository.commit("page");
    let evil = "touch ran-it; cat";
    for key in [
        "core.fsmonitor",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "diff.external",
        "diff.evil.command",
        "diff.evil.textconv",
    ] {
        repository.git(&["config", key, evil]);
    }
    repository.git(&["config", "filter.evil.required", "true"]);
    repository.git(&["config", "core.hooksPath", "hooks"]);
    repository.write("hooks/post-index-change", "#!/bin/sh\ntouch ran-it\n");
    let hook = repository.path("hooks/post-index-change");
    fs::set_permissions(hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    repository.write("a.txt", &PAGE.replace("all", "everybody"));
    let output = repository.bilint(&["check", "--since", "HEAD", "--format", "concise", "."]);
    assert!(text(&output.stdout).starts_with("a.txt:3:16: "), "{output:?}");
    assert!(!repository.path("ran-it").exists());

    for revision in ["--output=ran-it", "-h", "--upload-pack=touch ran-it"] {
        let output = repository.bilint(&["check", &format!("--since={revision}"), "."]);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains("--since: unknown revision"), "{output:?}");
        assert!(!repository.path("ran-it").exists());
    }
}

#[test]
fn services_get_paths_from_the_root_and_git_lists_quoted_names() {
    let repository = Repository::new();
    repository.write("文档/news.txt", PAGE);
    repository.write("other.txt", PAGE);
    repository.commit("page");
    let folder = repository.path("文档");
    for (format, path) in [
        ("gitlab", "\"文档/news.txt\""),
        ("sarif", "\"%E6%96%87%E6%A1%A3/news.txt\""),
        ("github", "file=文档/news.txt,"),
        ("rdjson", "\"文档/news.txt\""),
        ("rdjsonl", "\"文档/news.txt\""),
        ("checkstyle", "\"文档/news.txt\""),
        ("junit", "文档/news.txt"),
        ("concise", "news.txt:3:16"),
    ] {
        let output = repository::bilint(&folder, &["check", "--format", format, ".", "../other.txt"]);
        let report = text(&output.stdout);
        assert!(report.contains(path), "{format}: {report}");
        assert_eq!(report.contains("../"), format == "concise", "{format}: {report}");
    }

    let change = PAGE.replace("all", "everybody");
    repository.write("文档/news.txt", &change);
    let list = repository.output(&["diff", "--name-only"]);
    assert!(list.starts_with(b"\"\\346"), "{}", text(&list));
    let check = |list: &[u8]| {
        fs::write(repository.path("list"), list).unwrap();
        repository.bilint(&["check", "--format", "concise", "--file-list", "list"])
    };
    assert!(text(&check(&list).stdout).starts_with("文档/news.txt:3:16: "));
    for folder in [&b"/\n"[..], b".\n", b"./\n"] {
        let output = check(folder);
        assert_eq!(output.stdout, b"", "{output:?}");
        assert!(
            text(&output.stderr).contains("the list of files contains a folder"),
            "{output:?}"
        );
    }
    let utf16: Vec<u8> = "文档/news.txt\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let output = check(&utf16);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("the list is in UTF-16"), "{output:?}");
}
