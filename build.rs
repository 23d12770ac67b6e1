//! Sets `BILINT_VERSION`, which `bilint --version` prints: the version of the package, and in a release build from a git
//! checkout also the commit and its date.
//!
//! A debug build leaves the commit out. With it, every commit would compile the crate and link all its tests again.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let version = env!("CARGO_PKG_VERSION");
    match commit() {
        Some(commit) => println!("cargo::rustc-env=BILINT_VERSION={version} ({commit})"),
        None => println!("cargo::rustc-env=BILINT_VERSION={version}"),
    }
}

/// The commit as `c1c5967 2026-11-27`. `None` in a debug build, without git, and in a package from crates.io, even one that
/// was unpacked inside the checkout of another project.
fn commit() -> Option<String> {
    let is_checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join(".git").exists();
    if !is_checkout || std::env::var("PROFILE").ok()? != "release" {
        return None;
    }
    // The commit changes with HEAD, with the branch that HEAD names, or, where no such file exists, with the packed
    // references. The log of HEAD changes with each commit. Cargo would rerun the script at every build for a file that
    // does not exist.
    let branch = git(&["symbolic-ref", "--quiet", "HEAD"]);
    for name in ["HEAD", "logs/HEAD", "packed-refs"]
        .into_iter()
        .chain(branch.as_deref())
    {
        let path = git(&["rev-parse", "--path-format=absolute", "--git-path", name])?;
        if Path::new(&path).exists() {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    git(&["log", "-1", "--format=%h %cd", "--date=short"])
}

/// What a git command prints, without the line end; `None` if it fails.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .args(["-C", env!("CARGO_MANIFEST_DIR")])
        .args(arguments)
        // A build that a git hook starts must not see the variables of the hook.
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    (output.status.success() && !text.trim().is_empty()).then(|| text.trim_end().to_owned())
}
