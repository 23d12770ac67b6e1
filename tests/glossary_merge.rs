//! Glossary files merge by concept: in git, and a hundred times at random.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod repository;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use bilint::glossary::merging::merge;
use repository::{Repository, text};

const BASE: &str = "[[concept]]\nid = \"b\"\nkind = \"plan\"\nzh = [\"乙规划\"]\nen = [\"Plan B\"]\n";

fn entry(id: &str) -> String {
    format!("\n[[concept]]\nid = \"{id}\"\nkind = \"plan\"\nzh = [\"{id}规划\"]\nen = [\"Plan {id}\"]\n")
}

/// A repository with the driver, and a branch `theirs` that changes the glossary.
fn repository(ours: &str, theirs: &str) -> Repository {
    let repository = Repository::new();
    let driver = format!("{} glossary merge-driver %O %A %B %P", env!("CARGO_BIN_EXE_bilint"));
    repository.git(&["config", "merge.bilint-glossary.driver", &driver]);
    repository.write(".gitattributes", "glossary/*.toml merge=bilint-glossary\n");
    let commit = |text: &str| {
        repository.write("glossary/plans.toml", text);
        repository.commit("a change");
    };
    commit(BASE);
    repository.git(&["checkout", "--quiet", "-b", "theirs"]);
    commit(theirs);
    repository.git(&["checkout", "--quiet", "-"]);
    commit(ours);
    repository
}

#[test]
fn git_merges_additions_at_one_place() {
    let (ours, theirs) = (BASE.to_owned() + &entry("c"), BASE.to_owned() + &entry("d"));
    let repository = repository(&ours, &theirs);
    repository.git(&["merge", "--quiet", "theirs"]);
    assert_eq!(repository.read("glossary/plans.toml"), ours + &entry("d"));
}

#[test]
fn git_leaves_a_conflict_to_people() {
    let repository = repository(&BASE.replace("Plan B", "B Plan"), &BASE.replace("Plan B", "B Program"));
    let merged = Command::new("git")
        .args(["-c", "user.name=Wang", "-c", "user.email=wang@example.org"])
        .args(["merge", "--quiet", "theirs"])
        .current_dir(repository.path("."))
        .output()
        .unwrap();
    assert_eq!(merged.status.code(), Some(1));
    let said = text(&merged.stderr);
    assert!(said.contains("conflict: “b” was changed on both sides"), "{said}");
    let file = repository.read("glossary/plans.toml");
    assert!(
        file.contains("<<<<<<< ours") && file.contains("B Plan") && file.contains("B Program"),
        "{file}"
    );
}

#[test]
fn a_file_that_is_no_glossary_is_merged_line_by_line() {
    let repository = repository(&(BASE.to_owned() + "x = ["), &format!("# Theirs.\n\n{BASE}"));
    repository.git(&["merge", "--quiet", "theirs"]);
    assert_eq!(
        repository.read("glossary/plans.toml"),
        format!("# Theirs.\n\n{BASE}x = [")
    );
}

/// A glossary as a table: id, key, value.
type Entries = BTreeMap<String, BTreeMap<&'static str, String>>;

/// A generator of numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }

    /// Adds, changes or removes one to four things.
    fn edited(&mut self, entries: &Entries, author: &str) -> Entries {
        let mut edited = entries.clone();
        for edit in 0..=self.below(4) {
            let ids: Vec<String> = edited.keys().cloned().collect();
            let id = ids[self.below(ids.len())].clone();
            let value = format!("{author} {edit} {}", self.below(1000));
            match self.below(6) {
                0 | 1 => {
                    let id = format!("{}-{}", id, self.below(30));
                    edited.insert(id.clone(), fields(&id, &value));
                }
                2 if ids.len() > 5 => drop(edited.remove(&id)),
                n => {
                    let key = ["en", "note", "citation"][n % 3];
                    edited.get_mut(&id).unwrap().insert(key, value);
                }
            }
        }
        edited
    }
}

fn fields(id: &str, en: &str) -> BTreeMap<&'static str, String> {
    BTreeMap::from([("en", en.to_owned()), ("zh", format!("{id}规划"))])
}

fn written(entries: &Entries) -> String {
    let blocks: Vec<String> = entries
        .iter()
        .map(|(id, fields)| {
            let mut block = format!("[[concept]]\nid = \"{id}\"\nkind = \"plan\"\n");
            for key in ["zh", "en", "citation", "note"] {
                if let Some(value) = fields.get(key) {
                    let list = ["zh", "en"].contains(&key);
                    let value = if list {
                        format!("[\"{value}\"]")
                    } else {
                        format!("\"{value}\"")
                    };
                    writeln!(block, "{key} = {value}").unwrap();
                }
            }
            block
        })
        .collect();
    blocks.join("\n")
}

/// Whether git's own merge has a conflict.
fn git_conflicts(base: &str, ours: &str, theirs: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("base", base), ("ours", ours), ("theirs", theirs)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let merge = Command::new("git")
        .args(["merge-file", "-q", "-p", "ours", "base", "theirs"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    !merge.status.success()
}

#[test]
fn random_merges_lose_nothing_and_conflict_less_than_lines_do() {
    let mut random = Random(2026);
    let base: Entries = (0..12)
        .map(|n| {
            let id = format!("plan-{}", char::from(b'a' + n));
            (id.clone(), fields(&id, &format!("Plan {n}")))
        })
        .collect();
    let (mut conflicts, mut of_lines) = (0, 0);
    for _ in 0..100 {
        let (ours, theirs) = (random.edited(&base, "ours"), random.edited(&base, "theirs"));
        let texts = [&base, &ours, &theirs].map(written);
        let merged = merge(&texts[0], &texts[1], &texts[2]).unwrap();
        conflicts += usize::from(!merged.conflicts.is_empty());
        of_lines += usize::from(git_conflicts(&texts[0], &texts[1], &texts[2]));

        let ids: BTreeSet<&String> = [&base, &ours, &theirs].into_iter().flat_map(BTreeMap::keys).collect();
        for id in ids {
            let of = |entries: &Entries| entries.get(id).cloned();
            let (was, us, them) = (of(&base), of(&ours), of(&theirs));
            let alone = |fields| written(&BTreeMap::from([(id.clone(), fields)]));
            if merged.conflicts.contains(id) {
                assert!(us != was && them != was && us != them, "{id} is no conflict");
                for fields in [us, them].into_iter().flatten() {
                    assert!(merged.text.contains(&alone(fields)), "{id} is lost");
                }
                continue;
            }
            let expected = match (us == was, them == was) {
                (_, true) => us,
                (true, false) => them,
                // Both changed the concept, in different keys or to the same: every change is there.
                (false, false) => us.zip(them).map(|(us, them)| {
                    let keys = us.keys().chain(them.keys());
                    let changed =
                        |key: &&str, side: &BTreeMap<_, _>| side.get(*key) != was.as_ref().and_then(|w| w.get(*key));
                    keys.map(|key| {
                        (
                            *key,
                            if changed(key, &us) {
                                us[key].clone()
                            } else {
                                them[key].clone()
                            },
                        )
                    })
                    .collect()
                }),
            };
            match expected {
                Some(fields) => assert!(merged.text.contains(&alone(fields)), "{id} is lost:\n{}", merged.text),
                None => assert!(!merged.text.contains(&format!("id = \"{id}\"\n")), "{id} is back"),
            }
        }
    }
    assert!(
        conflicts < of_lines,
        "{conflicts} of 100 merges have conflicts, {of_lines} by lines"
    );
    assert!(
        of_lines > 20,
        "the edits are too far apart to test anything: {of_lines}"
    );
}
