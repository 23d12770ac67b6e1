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

/// The rows of `packaging/licences.tsv`: file, name in a package, licence, what it covers.
fn licences() -> Vec<Vec<String>> {
    let list = read("packaging/licences.tsv");
    let rows = list.lines().filter(|line| !line.starts_with('#'));
    rows.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// The code, the lexicon, the dictionary, the characters and the glossary each have a licence, whose file is on the one list that
/// all packages are made from. `packaging/packages.py` looks into the packages.
#[test]
fn the_licences_of_all_embedded_data_are_on_the_list() {
    let rows = licences();
    let manifest: toml::Table = read("Cargo.toml").parse().expect("a manifest");
    let licence = manifest["package"]["license"].as_str().expect("a licence");
    let mut names = BTreeSet::new();
    for row in &rows {
        let [file, name, id, covers] = row.as_slice() else {
            panic!("{row:?} has other columns")
        };
        assert!(read(file).len() > 500, "{file} is no licence");
        assert!(licence.contains(id.as_str()), "Cargo.toml does not name {id}");
        assert!(!covers.is_empty() && names.insert(name), "{row:?}");
    }
    let notice = read("NOTICE");
    let is_listed = |file: &str| rows.iter().any(|row| row[0] == file);
    for folder in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("glossary")).expect("a folder") {
        let folder = folder.expect("an entry").file_name();
        let file = format!("glossary/{}/LICENSE", folder.display());
        if Path::new(env!("CARGO_MANIFEST_DIR")).join(&file).exists() {
            assert!(is_listed(&file), "{file} is not in packaging/licences.tsv");
            assert!(notice.contains(&file), "NOTICE does not name {file}");
        }
    }
    // What `include_bytes!` and the generated glossary take into the program.
    for file in [
        "lexicon/LICENSE",
        "segmentation/LICENSE",
        "characters/LICENSE",
        "meanings/LICENSE",
        "LICENSE",
    ] {
        assert!(is_listed(&format!("glossary/{file}")), "{file}");
    }
    for file in ["LICENSE-MIT", "LICENSE-APACHE", "NOTICE"] {
        assert!(is_listed(file), "{file}");
    }
}

/// Each package takes the licences from the list, or from the folder that `packaging/pack.py` writes by the list.
#[test]
fn every_package_takes_the_licences_from_the_list() {
    for (file, words) in [
        ("Cargo.toml", "\"target/deb/licences/*\""),
        ("packaging/debian/build.py", "share("),
        ("packaging/npm/build.py", "licences()"),
        (
            "packaging/homebrew/bilint.rb",
            "prefix.install Dir[\"LICENSE*\"], \"NOTICE\"",
        ),
        ("packaging/nix/package.nix", "cp share/licences/*"),
        ("packaging/docker/Dockerfile", "NOTICE ${TARGETARCH}/LICENSE*"),
        (".github/workflows/release.yml", "packaging/pack.py archive"),
    ] {
        assert!(read(file).contains(words), "{file} does not contain {words}");
    }
}

#[test]
fn the_licences_and_the_images_of_the_readme_are_in_the_crate() {
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
    let rows = licences();
    let licences = rows.iter().map(|row| row[0].as_str());
    for file in licences.chain(["glossary/README.md"]).chain(images) {
        assert!(files.contains(file), "{file} is not in the package: {list}");
    }
}

/// The hook of pre-commit brings the wheel of the version that it is from.
#[test]
fn the_hook_installs_the_wheel_of_its_version() {
    let hook: toml::Table = read("pyproject.toml").parse().expect("a manifest");
    let project = &hook["project"];
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(project["version"].as_str(), Some(version));
    assert_eq!(
        project["dependencies"][0].as_str(),
        Some(format!("bilint=={version}").as_str())
    );
}

/// The package for Python has the version, the licences and the oldest Rust of the program.
#[test]
fn the_python_package_agrees() {
    let manifest: toml::Table = read("Cargo.toml").parse().expect("a manifest");
    let python: toml::Table = read("packaging/python/Cargo.toml").parse().expect("a manifest");
    for key in ["version", "edition", "rust-version", "license"] {
        assert_eq!(python["package"][key], manifest["package"][key], "{key}");
    }
    let project: toml::Table = read("packaging/python/pyproject.toml").parse().expect("a project");
    assert_eq!(project["project"]["license"], manifest["package"]["license"]);
    for row in licences() {
        let name = format!("packaging/python/{}", row[1]);
        assert_eq!(read(&name), read(&row[0]), "{name} is not {}", row[0]);
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
