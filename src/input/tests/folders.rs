//! What is found where.

use super::*;

#[test]
fn folders_are_searched_and_pairs_put_together() {
    let folder = Folder::new(&[
        ("a.txt", SCRIPT),
        ("doc/zh/x.md", "# 标题\n"),
        ("doc/en/x.md", "# Title\n"),
        ("README.md", "# English only\n\nNothing Chinese here.\n"),
        ("b.jsonl", "{}"),
        (".hidden/c.txt", SCRIPT),
        ("out/d.txt", SCRIPT),
        (".gitignore", "out/\n"),
        ("image.png", "x"),
    ]);
    let (found, errors) = folder.find(&[""]);
    assert!(errors.is_empty());
    assert_eq!(found, ["README.md", "a.txt", "b.jsonl", "doc/zh/x.md doc/en/x.md"]);
    assert_eq!(folder.find(&["a.txt", "", "b.jsonl"]).0, found);
    assert_eq!(folder.find(&["out/d.txt"]).0, ["out/d.txt"]);
    assert_eq!(folder.find(&["doc/zh"]).0, ["doc/zh/x.md doc/en/x.md"]);
    assert_eq!(folder.find(&["doc/en/x.md"]).0, ["doc/zh/x.md doc/en/x.md"]);
    assert_eq!(folder.find(&["doc/*/x.md"]).0, ["doc/zh/x.md doc/en/x.md"]);
    let found = discover(&[folder.0.path().to_owned()], &Options::default());
    let page = found
        .inputs
        .iter()
        .find(|i| i.files == Files::One(folder.path("README.md")))
        .unwrap();
    let e = read(page, &Options::default()).next().unwrap().unwrap_err();
    assert!(matches!(e, InputError::OneLanguage { side: Side::En, .. }), "{e}");
    assert_eq!(e.level(), Level::Skipped);
}

#[test]
fn exclusions_hold_for_folders_and_on_request_for_named_files() {
    let folder = Folder::new(&[("a.txt", SCRIPT), ("old/b.txt", SCRIPT)]);
    let mut globs = globset::GlobSetBuilder::new();
    globs.add(globset::Glob::new("**/old").unwrap());
    globs.add(globset::Glob::new("**/old/**").unwrap());
    let mut options = Options {
        exclude: Some(globs.build().unwrap()),
        ..Options::default()
    };
    let count = |paths: &[PathBuf], options: &Options| discover(paths, options).inputs.len();
    assert_eq!(count(&[folder.path("")], &options), 1);
    assert_eq!(count(&[folder.path("old/b.txt")], &options), 1);
    options.force_exclude = true;
    assert_eq!(count(&[folder.path("old/b.txt")], &options), 0);
}

#[test]
fn what_is_not_there_is_said_and_the_rest_goes_on() {
    let folder = Folder::new(&[("a.txt", SCRIPT), ("empty/x.png", "")]);
    let (found, errors) = folder.find(&["nowhere.txt", "*.csv", "empty", "a.txt"]);
    assert_eq!(found, ["a.txt"]);
    assert!(
        matches!(
            errors.as_slice(),
            [
                InputError::NotFound { .. },
                InputError::NoMatch { .. },
                InputError::NothingFound { .. }
            ]
        ),
        "{errors:?}"
    );
}
