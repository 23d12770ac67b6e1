//! What holds for the source files as a whole.

use std::path::{Path, PathBuf};
use std::process::Command;

/// All Rust files below `folder`, in order.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// `cargo fmt` follows `mod` lines and does not look into macros, so it does not see the files that `rules!` declares.
#[test]
fn rule_files_are_formatted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let check = Command::new("rustfmt")
        .args(["--check", "--edition", "2024"])
        .args(rust_files(&root.join("src/rules")))
        .current_dir(root)
        .output();
    match check {
        Ok(check) => assert!(
            check.status.success(),
            "run `rustfmt --edition 2024 src/rules/*.rs src/rules/*/*.rs`:\n{}",
            String::from_utf8_lossy(&check.stdout)
        ),
        Err(error) => eprintln!("not checked, rustfmt does not run: {error}"),
    }
}
