//! Merging two versions of a glossary file that have a common ancestor: concept by concept, and in a concept key by key, so
//! that what two people add next to each other is no conflict.

use std::collections::BTreeSet;
use std::path::Path;

use super::layout::{Entry, Layout};
use super::load::key_order;
use super::toml_file::TomlFileError;

/// The result of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The text, in the one form of glossary files; conflicts are between the markers that git uses.
    pub text: String,
    /// The ids of the concepts that were changed differently on both sides, in order; `header` and `footer` for the comments
    /// at the top and at the end.
    pub conflicts: Vec<String>,
}

/// The three versions of something.
#[derive(Clone, Copy)]
struct Three<T> {
    base: T,
    ours: T,
    theirs: T,
}

impl<T: PartialEq + Copy> Three<T> {
    /// The version that holds both changes, if at most one side changed or both did the same.
    fn pick(self) -> Option<T> {
        if self.ours == self.theirs || self.theirs == self.base {
            Some(self.ours)
        } else {
            (self.ours == self.base).then_some(self.theirs)
        }
    }

    fn map<U>(self, f: impl Fn(T) -> U) -> Three<U> {
        Three {
            base: f(self.base),
            ours: f(self.ours),
            theirs: f(self.theirs),
        }
    }
}

/// Merges `ours` and `theirs`, which were both made from `base`.
///
/// # Errors
/// One of the texts is no glossary in TOML, or has an id twice.
pub fn merge(base: &str, ours: &str, theirs: &str) -> Result<Merged, MergeError> {
    let base = read("the common ancestor", base)?;
    let ours = read("our version", ours)?;
    let theirs = read("their version", theirs)?;
    let three = Three {
        base: &base,
        ours: &ours,
        theirs: &theirs,
    };
    let mut conflicts = Vec::new();
    let mut layout = Layout::default();
    let mut comments = |name: &str, of: fn(&Layout) -> &str| {
        let three = three.map(of);
        three.pick().map_or_else(
            || {
                conflicts.push(name.to_owned());
                marked(three.ours, three.theirs)
            },
            str::to_owned,
        )
    };
    layout.header = comments("header", |l| &l.header);
    layout.footer = comments("footer", |l| &l.footer);
    let ids = |l: &Layout| -> Vec<String> { l.entries.iter().map(|(id, _)| id.clone()).collect() };
    let all: BTreeSet<String> = [&ours, &theirs].into_iter().flat_map(ids).collect();
    for id in all {
        let entries = three.map(|l| find(l, &id));
        match entries.pick() {
            Some(None) => {}
            Some(Some(entry)) => layout.entries.push((id, entry.clone())),
            None => {
                let entry = merge_entries(entries).unwrap_or_else(|| {
                    conflicts.push(id.clone());
                    conflict(entries)
                });
                layout.entries.push((id, entry));
            }
        }
    }
    Ok(Merged {
        text: layout.text(),
        conflicts,
    })
}

/// Why files cannot be merged by concept.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// One of them cannot be read.
    #[error(transparent)]
    File(#[from] TomlFileError),
    /// One of them has an id twice.
    #[error("{version} has the id “{id}” twice; rename or delete one of the two")]
    Duplicate {
        /// Which one.
        version: &'static str,
        /// The id.
        id: String,
    },
}

fn read(version: &'static str, text: &str) -> Result<Layout, MergeError> {
    let layout = Layout::read(Path::new(version), text)?;
    match layout.entries.windows(2).find(|two| two[0].0 == two[1].0) {
        Some(two) => Err(MergeError::Duplicate {
            version,
            id: two[0].0.clone(),
        }),
        None => Ok(layout),
    }
}

fn find<'l>(layout: &'l Layout, id: &str) -> Option<&'l Entry> {
    let index = layout.entries.binary_search_by(|(other, _)| other.as_str().cmp(id));
    index.ok().map(|i| &layout.entries[i].1)
}

/// The entry with the changes of both sides, key by key; `None` if both changed one key, or one deleted the entry.
fn merge_entries(three: Three<Option<&Entry>>) -> Option<Entry> {
    let (base, ours, theirs) = (three.base?, three.ours?, three.theirs?);
    let three = Three { base, ours, theirs };
    let mut keys: Vec<&str> = Vec::new();
    for (key, _) in ours.fields.iter().chain(&theirs.fields) {
        if !keys.contains(&key.as_str()) {
            keys.push(key);
        }
    }
    keys.sort_by_key(|key| key_order(key));
    let mut fields = Vec::new();
    for key in keys {
        let values = three.map(|e| e.field(key));
        let merged = match values.pick() {
            Some(value) => value.map(str::to_owned),
            None if key == "history" => Some(merge_history(values.map(Option::unwrap_or_default))?),
            None => return None,
        };
        fields.extend(merged.map(|lines| (key.to_owned(), lines)));
    }
    Some(Entry {
        comments: three.map(|e| e.comments.as_str()).pick()?.to_owned(),
        head: three.map(|e| e.head.as_str()).pick()?.to_owned(),
        fields,
    })
}

/// Both sides have added to the history: ours first, then theirs. `None` if one has changed what was there.
fn merge_history(three: Three<&str>) -> Option<String> {
    let three = three.map(|text| -> Vec<&str> { text.lines().filter(|line| line.starts_with("  ")).collect() });
    let base = three.base.as_slice();
    let (ours, theirs) = (three.ours.strip_prefix(base)?, three.theirs.strip_prefix(base)?);
    let mut lines: Vec<&str> = base.iter().chain(ours).copied().collect();
    lines.extend(theirs.iter().filter(|line| !ours.contains(line)));
    Some(format!("history = [\n{}\n]\n", lines.join("\n")))
}

/// Both versions of an entry between markers, as one block.
fn conflict(three: Three<Option<&Entry>>) -> Entry {
    let text = |entry: Option<&Entry>| entry.map(Entry::text).unwrap_or_default();
    Entry {
        comments: String::new(),
        head: marked(&text(three.ours), &text(three.theirs)),
        fields: Vec::new(),
    }
}

fn marked(ours: &str, theirs: &str) -> String {
    let block = |text: &str| {
        let text = text.trim_end();
        if text.is_empty() {
            String::new()
        } else {
            format!("{text}\n")
        }
    };
    format!("<<<<<<< ours\n{}=======\n{}>>>>>>> theirs", block(ours), block(theirs))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "# Plans.\n\n[[concept]]\nid = \"b\"\nzh = [\"乙\"]\nen = [\"B\"]\n\n[[concept]]\nid = \"d\"\nzh = [\"丁\"]\nen = [\"D\"]\n";

    fn merged(ours: &str, theirs: &str) -> (String, Vec<String>) {
        let merged = merge(BASE, ours, theirs).unwrap();
        (merged.text, merged.conflicts)
    }

    #[test]
    fn additions_at_one_place_are_no_conflict() {
        let entry = |id: &str| format!("[[concept]]\nid = \"{id}\"\nzh = [\"{id}\"]\nen = [\"{id}\"]\n");
        let with = |id: &str| {
            BASE.replace(
                "\n[[concept]]\nid = \"d\"",
                &format!("\n{}\n[[concept]]\nid = \"d\"", entry(id)),
            )
        };
        let (text, conflicts) = merged(&with("c"), &with("c2"));
        assert_eq!(conflicts, Vec::<String>::new());
        assert!(text.contains(&entry("c")) && text.contains(&entry("c2")), "{text}");
    }

    #[test]
    fn different_keys_of_one_concept_are_no_conflict() {
        let (text, conflicts) = merged(
            &BASE.replace("\"B\"", "\"Plan B\""),
            &BASE.replace("en = [\"B\"]\n", "en = [\"B\"]\nacronym = \"B\"\n"),
        );
        assert_eq!(conflicts, Vec::<String>::new());
        assert!(text.contains("en = [\"Plan B\"]\nacronym = \"B\"\n"), "{text}");
    }

    #[test]
    fn one_key_changed_twice_is_a_conflict() {
        let (text, conflicts) = merged(&BASE.replace("\"B\"", "\"B1\""), &BASE.replace("\"B\"", "\"B2\""));
        assert_eq!(conflicts, ["b"]);
        assert!(
            text.contains(
                "<<<<<<< ours\n[[concept]]\nid = \"b\"\nzh = [\"乙\"]\nen = [\"B1\"]\n=======\n[[concept]]\nid = \"b\"\nzh = [\"乙\"]\nen = [\"B2\"]\n>>>>>>> theirs\n"
            ),
            "{text}"
        );
    }

    #[test]
    fn a_deletion_is_a_conflict_only_with_a_change() {
        let without = "# Plans.\n\n[[concept]]\nid = \"d\"\nzh = [\"丁\"]\nen = [\"D\"]\n";
        assert_eq!(merged(without, BASE), (without.to_owned(), Vec::new()));
        assert_eq!(merged(without, &BASE.replace("\"B\"", "\"B2\"")).1, ["b"]);
    }

    #[test]
    fn histories_are_joined() {
        let with = |what: &str| {
            let entry = format!("{{ date = \"2026-01-01\", author = \"Li\", change = \"{what}\" }}");
            BASE.replace("en = [\"D\"]\n", &format!("en = [\"D\"]\nhistory = [{entry}]\n"))
        };
        let (text, conflicts) = merged(&with("one"), &with("two"));
        assert_eq!(conflicts, Vec::<String>::new());
        assert!(text.find("one").unwrap() < text.find("two").unwrap(), "{text}");
    }

    #[test]
    fn an_id_that_is_used_twice_is_refused() {
        let error = merge(BASE, &BASE.replace("\"d\"", "\"b\""), BASE)
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("our version has the id “b” twice"), "{error}");
    }
}
