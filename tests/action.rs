//! The GitHub action: the script of its step runs as GitHub runs it.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// The script of the step that checks the translations.
fn script() -> String {
    let action = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/action.yml")).unwrap();
    let (_, step) = action.split_once("- name: Check the translations\n").unwrap();
    let (_, script) = step.split_once("      run: |\n").unwrap();
    script
        .split_inclusive('\n')
        .map(|line| line.strip_prefix("        ").unwrap_or(line))
        .collect()
}

fn step(folder: &Path, args: &str) -> (Output, String) {
    let bin = folder.join("temp/bilint-bin");
    fs::create_dir_all(&bin).unwrap();
    let _ = std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_bilint"), bin.join("bilint"));
    let summary = folder.join("summary.md");
    fs::write(&summary, "").unwrap();
    fs::write(folder.join("script.sh"), script()).unwrap();
    let output = Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "script.sh"])
        .current_dir(folder)
        .env("RUNNER_TEMP", folder.join("temp"))
        .env("GITHUB_STEP_SUMMARY", &summary)
        .env("PATHS", "a.txt")
        .env("ARGS", args)
        .env("SARIF", "bilint.sarif")
        .output()
        .unwrap();
    (output, fs::read_to_string(summary).unwrap())
}

#[test]
fn the_summary_is_written_whether_or_not_there_are_findings() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(
        folder.join("a.txt"),
        "欢迎参加会议。\n\nYou are all 欢迎 to the meeting.\n",
    )
    .unwrap();
    let (output, summary) = step(folder, "");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(output.stdout.starts_with(b"::error file=a.txt,line=3"), "{output:?}");
    assert!(summary.contains("untranslated"), "{summary}");
    assert!(folder.join("bilint.sarif").exists());

    let (output, summary) = step(folder, "--ignore untranslated");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(!summary.is_empty());

    // Of a run that cannot start there is no summary, nor an old one.
    let (output, summary) = step(folder, "--select nonsense");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!(summary, "");
}
