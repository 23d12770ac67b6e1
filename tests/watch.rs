//! `--watch`: a saved text, glossary or configuration is checked again.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod repository;

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use repository::{Repository, text};

/// Longer than any report takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

struct Watching {
    process: Child,
    out: Receiver<String>,
    err: Receiver<String>,
}

impl Watching {
    fn new(repository: &Repository, args: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_bilint"))
            .args(
                [
                    &[
                        "check",
                        "--watch",
                        "--output",
                        "concise",
                        "--output",
                        "markdown=summary.md",
                    ],
                    args,
                ]
                .concat(),
            )
            .current_dir(repository.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (out, err) = (process.stdout.take().unwrap(), process.stderr.take().unwrap());
        Self {
            process,
            out: lines(out),
            err: lines(err),
        }
    }

    /// Waits for a report with this in it.
    fn see(&self, part: &str) {
        wait(&self.out, part);
    }

    /// Waits for this on standard error.
    fn hear(&self, part: &str) {
        wait(&self.err, part);
    }

    fn ready(&self) {
        self.hear("watching for changes");
    }
}

/// The lines of a stream as they come.
fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines() {
            if sender.send(line.unwrap()).is_err() {
                break;
            }
        }
    });
    receiver
}

fn wait(lines: &Receiver<String>, part: &str) {
    let mut seen = Vec::new();
    while seen.last().is_none_or(|l: &String| !l.contains(part)) {
        match lines.recv_timeout(PATIENCE) {
            Ok(line) => seen.push(line),
            Err(e) => panic!("{e}: no “{part}” in {seen:#?}"),
        }
    }
    assert!(!seen.iter().any(|l| l.contains('\x1b')), "{seen:?}");
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn what_is_saved_is_checked_again() {
    let repository = Repository::new();
    let page = "欢迎参加会议。\n\nYou are all 欢迎 to the meeting.\n";
    repository.write("docs/a.txt", page);
    repository.write("glossary.csv", "zh,en\n会议,Conference\n");
    repository.write(
        "bilint.toml",
        "sources = [\"docs\"]\nglossaries = [\"glossary.csv\"]\n[rules]\nterm-omitted = \"off\"\n",
    );
    let watching = Watching::new(&repository, &[]);
    watching.see("docs/a.txt:3:13: error[untranslated]");
    watching.ready();

    repository.write("docs/a.txt", &page.replace("all 欢迎", "欢迎"));
    watching.hear("changed: docs/a.txt");
    watching.see("docs/a.txt:3:9: error[untranslated]");
    watching.ready();

    repository.write("docs/new/b.txt", "欢迎媒体。\n\nThe press is 欢迎 as well.\n");
    watching.see("docs/new/b.txt:3:14: error[untranslated]");
    watching.ready();
    // Another file in the new folder, so that the folder itself must be watched by now.
    repository.write("docs/new/c.txt", "欢迎孩子。\n\nChildren are 欢迎 as well.\n");
    watching.see("docs/new/c.txt:3:14: error[untranslated]");
    watching.ready();

    repository.write(
        "bilint.toml",
        "sources = [\"docs\"]\nglossaries = [\"glossary.csv\"]\nselekt = []\n",
    );
    watching.hear("unknown key `selekt`");
    watching.ready();
    repository.write("bilint.toml", "sources = [\"docs\"]\nglossaries = [\"glossary.csv\"]\n");
    watching.see("docs/a.txt:1:5: warning[term-omitted]");
    watching.ready();
    repository.write("glossary.csv", "zh,en\n会议,meeting\n");
    watching.see("docs/a.txt:3:9: error[untranslated]");
    watching.ready();
}

#[test]
fn what_cannot_be_watched_is_said() {
    let repository = Repository::new();
    repository.write("a.txt", "开放。\n\nOpen.\n");
    for (args, message) in [
        (["-", "a.txt"], "standard input can be read only once"),
        (["--file-list", "-"], "standard input can be read only once"),
        (["--fix", "a.txt"], "cannot be used with"),
    ] {
        let output = repository.bilint(&[&["check", "--watch"], &args[..]].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(message), "{}", text(&output.stderr));
    }
}
