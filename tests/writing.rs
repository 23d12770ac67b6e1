//! What bilint writes: whole or not at all, and never over a text that it checks. And what it reads: nothing without an end.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Read;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant, SystemTime};

const OLD: &str = "欢迎参加会议。\n\nYou are welcome，all.\n";
const NEW: &str = "欢迎参加会议。\n\nYou are welcome, all.\n";

fn bilint(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bilint"));
    command.args(["check", "--no-config"]).args(args).current_dir(folder);
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    bilint(folder, args).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn an_output_never_overwrites_what_the_run_reads() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    let text = folder.join("b.txt");
    fs::write(&text, OLD).unwrap();
    fs::write(folder.join("names.csv"), "zh,en\n会议,meeting\n").unwrap();
    symlink("b.txt", folder.join("link.txt")).unwrap();
    fs::hard_link(&text, folder.join("hard.txt")).unwrap();
    for args in [
        &["--output", "sarif=b.txt", "b.txt"][..],
        &["--output", "sarif=./b.txt", "b.txt"],
        &["--output", "sarif=link.txt", "b.txt"],
        &["--output", "sarif=b.txt", "link.txt"],
        &["--output", "sarif=hard.txt", "b.txt"],
        &["--output", "sarif=b.txt", "."],
        &["--baseline", "b.txt", "b.txt"],
        &["--output", "json=names.csv", "--glossary", "names.csv", "b.txt"],
    ] {
        let output = run(folder, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert_eq!(fs::read_to_string(&text).unwrap(), OLD, "{args:?}");
        assert!(
            fs::read_to_string(folder.join("names.csv")).unwrap().starts_with("zh,"),
            "{args:?}"
        );
    }
    let message = stderr(&run(folder, &["--output", "sarif=link.txt", "b.txt"]));
    assert!(
        message.starts_with("error: link.txt is an output and b.txt an input of this run"),
        "{message}"
    );
}

#[test]
fn a_file_with_several_hard_links_is_not_fixed() {
    let dir = tempfile::tempdir().unwrap();
    let text = dir.path().join("b.txt");
    fs::write(&text, OLD).unwrap();
    fs::hard_link(&text, dir.path().join("c.dat")).unwrap();
    let output = run(dir.path(), &["--fix", "b.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("cannot fix b.txt: the file has several hard links"),
        "{output:?}"
    );
    assert_eq!(fs::read_to_string(&text).unwrap(), OLD);
}

#[test]
fn reports_go_into_pipes_and_to_the_standard_streams() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    fs::write(folder.join("b.txt"), OLD).unwrap();
    let output = run(folder, &["--output", "json=/dev/stdout", "b.txt"]);
    assert!(
        output.stdout.starts_with(b"{") && output.stdout.ends_with(b"}\n"),
        "{output:?}"
    );
    let clash = run(folder, &["--output", "json=/dev/stdout", "--format", "text", "b.txt"]);
    assert!(
        stderr(&clash).contains("two outputs go to standard output"),
        "{clash:?}"
    );
    let output = run(
        folder,
        &["--output", "concise=/dev/stderr", "--format", "json", "b.txt"],
    );
    assert!(stderr(&output).starts_with("b.txt:3:16: "), "{output:?}");

    let pipe = folder.join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut child = bilint(folder, &["--output", "concise=pipe", "b.txt"])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut text = String::new();
    fs::File::open(&pipe).unwrap().read_to_string(&mut text).unwrap();
    child.wait().unwrap();
    assert!(text.starts_with("b.txt:3:16: "), "{text}");

    let output = run(folder, &["--output", "sarif=none/o.sarif", "b.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("cannot write none/o.sarif: the folder none does not exist"),
        "{output:?}"
    );
    #[cfg(target_os = "linux")]
    {
        let report = folder.join("full.sarif");
        symlink("/dev/full", &report).unwrap();
        let output = run(folder, &["--output", "sarif=full.sarif", "b.txt"]);
        assert!(stderr(&output).contains("cannot write full.sarif"), "{output:?}");
    }
}

#[test]
fn what_might_have_no_end_is_not_read() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    fs::write(folder.join("b.txt"), OLD).unwrap();
    let pipe = folder.join("pipe.csv");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for args in [
        &["/dev/zero"][..],
        &["pipe.csv"],
        &["--glossary", "pipe.csv", "b.txt"],
        &["--baseline", "pipe.csv", "b.txt"],
        &["--waivers", "pipe.csv", "b.txt"],
        &["--file-list", "pipe.csv"],
    ] {
        let output = run(folder, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains("might never end"), "{args:?}: {output:?}");
    }
    #[cfg(target_os = "linux")]
    {
        let text = fs::File::open(folder.join("b.txt")).unwrap();
        let output = bilint(folder, &["--format", "concise", "/dev/stdin"])
            .stdin(text)
            .output()
            .unwrap();
        assert!(output.stdout.starts_with(b"/dev/stdin:3:16: "), "{output:?}");
    }
}

#[test]
fn no_more_threads_than_cores() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("b.txt"), OLD).unwrap();
    let output = run(dir.path(), &["--threads", "100000", "--format", "concise", "b.txt"]);
    assert!(output.stdout.starts_with(b"b.txt:3:16: "), "{output:?}");
    assert_eq!(stderr(&output), "");
}

#[test]
fn a_temporary_file_is_never_read_as_a_text() {
    let dir = tempfile::tempdir().unwrap();
    for name in [".bilint-aB3dEf.tmp", "b.txt"] {
        fs::write(dir.path().join(name), OLD).unwrap();
    }
    for paths in [&["."][..], &[".bilint-aB3dEf.tmp", "b.txt"], &["*"]] {
        let output = run(dir.path(), &[&["--format", "concise"], paths].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("b.txt:3:16") && !text.contains(".tmp"), "{text}");
    }
}

/// Kills runs at random moments. `BILINT_KILLS=200 cargo test --test writing` does so more often, and over more files.
#[test]
fn a_killed_run_leaves_every_file_old_or_new() {
    let (kills, files): (usize, usize) = std::env::var("BILINT_KILLS").map_or((4, 100), |n| (n.parse().unwrap(), 300));
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path();
    let texts = folder.join("texts");
    let write_all = || {
        for n in 0..files {
            fs::write(texts.join(format!("{n}.txt")), OLD).unwrap();
        }
    };
    fs::create_dir(&texts).unwrap();
    write_all();
    let args = [
        "--fix",
        "texts",
        "--output",
        "json=texts/report.json",
        "--format",
        "concise",
    ];
    let start = Instant::now();
    run(folder, &args);
    let whole = start.elapsed();
    // The fixed texts have another report than the old ones: none of the findings. It counts the report of the run before
    // among the files that are not read, as those of the killed runs do.
    write_all();
    run(folder, &args);
    let fixed_report = fs::read(texts.join("report.json")).unwrap();

    let mut seed = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos() as u64;
    let (mut half_done, mut temporary) = (0, 0);
    for _ in 0..kills {
        write_all();
        run(folder, &["--output", "json=texts/report.json", "--quiet", "texts"]);
        let old_report = fs::read(texts.join("report.json")).unwrap();
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let moment = whole.mul_f64((seed >> 32) as f64 / f64::from(u32::MAX));
        let mut child = bilint(folder, &args)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(moment.max(Duration::from_millis(1)));
        let _ = child.kill();
        child.wait().unwrap();

        let mut fixed = 0;
        for n in 0..files {
            let text = fs::read_to_string(texts.join(format!("{n}.txt"))).unwrap();
            assert!(text == OLD || text == NEW, "{n}.txt is half: {text:?}");
            fixed += usize::from(text == NEW);
        }
        half_done += usize::from(fixed > 0 && fixed < files);
        let report = fs::read(texts.join("report.json")).unwrap();
        assert!(report == old_report || report == fixed_report, "the report is half");
        let left = leftovers(&texts);
        assert!(left <= 1, "{left} temporary files");
        temporary += left;
    }
    run(folder, &args);
    assert_eq!(leftovers(&texts), 0, "the next run removes the temporary file");
    println!("{half_done} of {kills} runs were killed while fixing; {temporary} left a temporary file");
}

fn leftovers(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|e| e.unwrap().file_name().into_string().unwrap());
    names.filter(|n| n.starts_with(".bilint-")).count()
}
