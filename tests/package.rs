//! The package: every dependency has its reason in `docs/architecture.md`, and the program knows its version.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

fn read(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect(file)
}

/// The names in a table of `Cargo.toml`.
fn dependencies(table: &str) -> BTreeSet<String> {
    let manifest: toml::Table = read("Cargo.toml").parse().expect("a manifest");
    let dependencies = manifest[table].as_table().expect("a table of dependencies");
    dependencies.keys().cloned().collect()
}

#[test]
fn the_page_gives_a_reason_for_every_dependency() {
    let page = read("docs/architecture.md");
    let named: BTreeSet<String> = page
        .lines()
        .skip_while(|line| !line.starts_with("| crate |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .filter_map(|row| row.split('|').nth(1))
        .flat_map(|cell| cell.split(','))
        .map(|name| name.trim().to_owned())
        .collect();
    assert_eq!(
        named,
        dependencies("dependencies"),
        "docs/architecture.md (left) and Cargo.toml (right)"
    );
}

#[test]
fn the_page_names_the_dependencies_of_tests() {
    let page = read("docs/architecture.md");
    let (_, after) = page.split_once("\nFor tests: ").expect("the dependencies of tests");
    let paragraph = after.split("\n\n").next().unwrap_or_default();
    for name in dependencies("dev-dependencies") {
        assert!(paragraph.contains(&name), "{name} is not named");
    }
}

/// The code, the lexicon, the dictionary and the glossary each have a licence.
#[test]
fn the_licences_of_all_embedded_data_are_in_the_package() {
    let output = Command::new(env!("CARGO"))
        .args(["package", "--list", "--allow-dirty", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo");
    let list = String::from_utf8(output.stdout).expect("UTF-8");
    let files: BTreeSet<&str> = list.lines().collect();
    let readme = read("README.md");
    let images = readme.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    let images: Vec<&str> = images
        .map(|(link, _)| link)
        .filter(|link| link.starts_with("docs/images/"))
        .collect();
    assert!(!images.is_empty());
    for file in [
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "glossary/characters/LICENSE",
        "glossary/lexicon/LICENSE",
        "glossary/segmentation/LICENSE",
        "glossary/README.md",
    ]
    .into_iter()
    .chain(images)
    {
        assert!(files.contains(file), "{file} is not in the package: {list}");
    }
    let manifest: toml::Table = read("Cargo.toml").parse().expect("a manifest");
    let licence = manifest["package"]["license"].as_str().expect("a licence");
    for id in ["MIT OR Apache-2.0", "CC-BY-SA-4.0", "CC0-1.0"] {
        assert!(licence.contains(id), "{licence}");
    }
    let release = read(".github/workflows/release.yml");
    for folder in ["characters", "lexicon", "segmentation"] {
        assert!(release.contains(&format!("cp glossary/{folder}/LICENSE")), "{folder}");
    }
}

/// A release build from a checkout adds the commit: `bilint 0.1.0 (c1c5967 2026-11-27)`.
#[test]
fn the_program_prints_its_version() {
    let output = Command::new(env!("CARGO_BIN_EXE_bilint"))
        .arg("--version")
        .output()
        .expect("the program");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let rest = text
        .trim_end()
        .strip_prefix(concat!("bilint ", env!("CARGO_PKG_VERSION")))
        .expect(&text);
    let commit = rest.strip_prefix(" (").and_then(|r| r.strip_suffix(')'));
    let is_commit = |c: &str| {
        c.split_once(' ')
            .is_some_and(|(hash, date)| hash.len() >= 7 && date.len() == 10)
    };
    assert!(rest.is_empty() || commit.is_some_and(is_commit), "{text}");
}
