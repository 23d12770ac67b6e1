//! The GitHub action: the script of its step runs as GitHub runs it.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// The script of a step.
fn script(step: &str) -> String {
    let action = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/action.yml")).unwrap();
    let (_, step) = action.split_once(&format!("- name: {step}\n")).unwrap();
    let (_, script) = step.split_once("      run: |\n").unwrap();
    script
        .split_inclusive('\n')
        .map_while(|line| {
            if line == "\n" {
                Some(line)
            } else {
                line.strip_prefix("        ")
            }
        })
        .collect()
}

/// Runs the script of a step as GitHub does.
fn bash(folder: &Path, step: &str) -> Command {
    fs::write(folder.join("script.sh"), script(step)).unwrap();
    let mut command = Command::new("bash");
    command
        .args(["--noprofile", "--norc", "-eo", "pipefail", "script.sh"])
        .current_dir(folder)
        .env("RUNNER_TEMP", folder.join("temp"));
    command
}

fn step(folder: &Path, args: &str) -> (Output, String) {
    let bin = folder.join("temp/bilint-bin");
    fs::create_dir_all(&bin).unwrap();
    let _ = std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_bilint"), bin.join("bilint"));
    let summary = folder.join("summary.md");
    fs::write(&summary, "").unwrap();
    let output = bash(folder, "Check the translations")
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

/// Runs the step that installs a release, of which the server is a folder.
fn install(folder: &Path) -> Output {
    fs::create_dir_all(folder.join("temp")).unwrap();
    bash(folder, "Install bilint")
        .env("VERSION", "v0.1.0")
        .env("SERVER", format!("file://{}", folder.display()))
        .env("REPOSITORY", "owner/bilint")
        .env("RUNNER_OS", "Linux")
        .env("RUNNER_ARCH", "X64")
        .output()
        .unwrap()
}

#[test]
fn a_release_is_installed_only_if_its_digest_is_right() {
    const NAME: &str = "bilint-v0.1.0-x86_64-unknown-linux-musl";
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let release = folder.join("owner/bilint/releases/download/v0.1.0");
    fs::create_dir_all(release.join(NAME)).unwrap();
    fs::write(release.join(NAME).join("bilint"), "#!/bin/sh\necho here\n").unwrap();
    // As the release workflow packs it.
    let pack = "chmod +x $NAME/bilint && tar -czf $NAME.tar.gz $NAME \
        && { command -v sha256sum > /dev/null && sha256sum $NAME.tar.gz || shasum -a 256 $NAME.tar.gz; } > $NAME.tar.gz.sha256";
    let packed = Command::new("sh")
        .args(["-c", pack])
        .env("NAME", NAME)
        .current_dir(&release)
        .status();
    assert!(packed.unwrap().success());
    let output = install(folder);
    assert!(output.status.success(), "{output:?}");
    let installed = folder.join("temp/bilint-bin/bilint");
    assert_eq!(Command::new(&installed).output().unwrap().stdout, b"here\n");

    // Another archive than the one that the digest is of.
    fs::remove_file(&installed).unwrap();
    let archive = release.join(format!("{NAME}.tar.gz"));
    let mut bytes = fs::read(&archive).unwrap();
    bytes.push(0);
    fs::write(&archive, bytes).unwrap();
    let output = install(folder);
    assert!(!output.status.success(), "{output:?}");
    assert!(!installed.exists());

    // No such release.
    fs::remove_file(&archive).unwrap();
    let output = install(folder);
    assert!(!output.status.success(), "{output:?}");
    assert!(!installed.exists());
}
