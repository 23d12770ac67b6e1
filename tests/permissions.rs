//! Files and folders that may not be read or written: each is told, the rest is checked.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::{self, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

/// A user who owns nothing: `nobody` on most systems.
const NOBODY: u32 = 65534;

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.set("", 0o755);
        folder
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn set(&self, name: &str, mode: u32) {
        fs::set_permissions(self.0.path().join(name), Permissions::from_mode(mode)).unwrap();
    }

    /// Runs bilint as somebody whom permissions bind: root reads everything.
    fn bilint(&self, args: &[&str]) -> Output {
        let folder = self.0.path();
        let is_root = fs::metadata(folder).unwrap().uid() == 0;
        let binary = folder.join("bilint-of-the-test");
        if is_root && !binary.exists() {
            // The folder that it was built in may be closed to others.
            fs::copy(env!("CARGO_BIN_EXE_bilint"), &binary).unwrap();
        }
        let mut command = Command::new(if is_root {
            &binary
        } else {
            Path::new(env!("CARGO_BIN_EXE_bilint"))
        });
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.args(args).current_dir(folder);
        // The other test may have forked while the copy was being written, and its child not have closed it yet.
        (0..100)
            .find_map(|_| match command.output() {
                Err(e) if e.kind() == ErrorKind::ExecutableFileBusy => {
                    std::thread::sleep(Duration::from_millis(20));
                    None
                }
                output => Some(output.unwrap()),
            })
            .unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Else a user who is bound by permissions could not remove it.
        for entry in fs::read_dir(self.0.path()).into_iter().flatten().flatten() {
            let _ = fs::set_permissions(entry.path(), Permissions::from_mode(0o755));
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const PAGE: &str = "欢迎参加会议。\n\nYou are all 欢迎，to the meeting.\n";

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_checked() {
    let folder = Folder::new();
    for name in ["open/a.txt", "shut/b.txt", "secret.txt"] {
        folder.write(name, PAGE);
    }
    folder.set("shut", 0);
    folder.set("secret.txt", 0);
    for (args, found, told) in [
        (
            &["."][..],
            true,
            &[
                "./shut: cannot be read: permission denied",
                "secret.txt: cannot be read",
            ][..],
        ),
        (&["shut"], false, &["shut: cannot be read: permission denied"]),
        (
            &["shut/b.txt", "open"],
            true,
            &["shut/b.txt: cannot be read: Permission denied"],
        ),
        (
            &["--glossary", "shut", "open"],
            false,
            &["shut: cannot list the folder"],
        ),
        (
            &["--config", "secret.txt", "open"],
            false,
            &["secret.txt: cannot read the configuration"],
        ),
        (
            &["--file-list", "secret.txt"],
            false,
            &["--file-list secret.txt: Permission denied"],
        ),
        (
            &["--baseline", "secret.txt", "open"],
            false,
            &["secret.txt: Permission denied"],
        ),
    ] {
        let output = folder.bilint(&[&["check", "--format", "concise"], args].concat());
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(2), "{args:?}: {out}{err}");
        assert_eq!(
            out.contains("open/a.txt:3:13: error[untranslated]"),
            found,
            "{args:?}: {out}"
        );
        for message in told {
            assert!(err.contains(message), "{args:?}: {err}");
        }
    }
}

#[test]
fn what_cannot_be_written_is_told_and_left_as_it_was() {
    let folder = Folder::new();
    let page = "欢迎参加会议。\n\nYou are welcome，all.\n";
    folder.write("closed/a.txt", page);
    folder.set("closed", 0o555);
    for (args, told) in [
        (&["--fix"][..], "cannot fix closed/a.txt: Permission denied"),
        (
            &["--baseline", "closed/b.json", "--update-baseline"],
            "closed/b.json: cannot write the baseline: Permission denied",
        ),
        (
            &["--output", "sarif=closed/o.sarif"],
            "cannot write closed/o.sarif: Permission denied",
        ),
    ] {
        let output = folder.bilint(&[&["check", "closed"], args].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            text(&output.stderr).contains(told),
            "{args:?}: {}",
            text(&output.stderr)
        );
    }
    assert_eq!(fs::read_to_string(folder.0.path().join("closed/a.txt")).unwrap(), page);
    assert_eq!(fs::read_dir(folder.0.path().join("closed")).unwrap().count(), 1);
}
