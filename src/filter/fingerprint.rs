//! Names for findings that survive moved lines and re-ordered paragraphs, so that a baseline stays true while a text
//! is edited elsewhere.

use std::collections::HashMap;
use std::path::{Component, Path};

use xxhash_rust::xxh3::Xxh3Default;

use crate::finding::Finding;

/// Gives every finding its fingerprint: 32 hexadecimal digits of XXH3-128 over the rule, the path relative to `base`,
/// the pair's texts (white space aside), the concept, and the occurrence number among findings that share all of these.
///
/// `base` is an absolute directory that is the same on every machine in spirit, such as the root of the repository;
/// `current` is the directory that relative paths in findings start from. The findings must be in report order, which
/// numbers the occurrences; those that have a fingerprint keep it.
pub fn assign<'a>(findings: impl IntoIterator<Item = &'a mut Finding>, base: &Path, current: &Path) {
    // Bytes, because a number of 16 would be aligned to 16.
    let mut seen: HashMap<[u8; 16], u32> = HashMap::new();
    for finding in findings.into_iter().filter(|f| f.fingerprint.is_empty()) {
        let mut hash = Xxh3Default::new();
        let path = relative_path(&finding.primary().file, base, current);
        for part in [finding.rule, &path, finding.concept.as_deref().unwrap_or_default()] {
            hash.update(part.as_bytes());
            hash.update(&[0]);
        }
        hash.update(&finding.pair.text_hash.to_le_bytes());
        let occurrence = seen.entry(hash.digest128().to_le_bytes()).or_insert(0);
        hash.update(&occurrence.to_le_bytes());
        *occurrence += 1;
        finding.fingerprint = format!("{:032x}", hash.digest128());
    }
}

/// The directory that fingerprints and baselines are relative to: the nearest one upwards from `current` that holds
/// `.git`, else `current` itself.
pub fn root(current: &Path) -> &Path {
    current.ancestors().find(|d| d.join(".git").exists()).unwrap_or(current)
}

/// `path` (as messages show it: absolute, or relative to `current`) relative to `base`, with `/` between its parts and
/// without `.` and `..`, whatever the platform. A path outside `base` stays as absolute as it is.
pub fn relative_path(path: &str, base: &Path, current: &Path) -> String {
    let absolute = current.join(path);
    let inside = tidy(&absolute);
    let base = tidy(base);
    match inside.strip_prefix(base.as_slice()) {
        Some(rest) => rest.join("/"),
        None => inside.join("/"),
    }
}

/// The parts of a path, `.` and `..` resolved by their spelling alone.
fn tidy(path: &Path) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop();
            }
            Component::RootDir => parts.push(String::new()),
            Component::Prefix(p) => parts.push(p.as_os_str().to_string_lossy().into_owned()),
            Component::Normal(p) => parts.push(p.to_string_lossy().into_owned()),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::testing::{finding, two_files};

    fn printed(mut findings: Vec<Finding>) -> Vec<String> {
        assign(&mut findings, Path::new("/repo"), Path::new("/repo"));
        findings.into_iter().map(|f| f.fingerprint).collect()
    }

    #[test]
    fn survives_a_moved_line() {
        let mut moved = finding();
        if let Some(en) = &mut moved.en {
            en.start.line += 40;
            en.end.line += 40;
        }
        assert_eq!(printed(vec![finding()]), printed(vec![moved]));
    }

    #[test]
    fn tells_rules_files_texts_and_occurrences_apart() {
        let mut other_rule = finding();
        other_rule.rule = "number-mismatch";
        let mut other_text = finding();
        other_text.pair.text_hash = 7;
        let prints = printed(vec![finding(), finding(), other_rule, other_text, two_files()]);
        let distinct: std::collections::BTreeSet<_> = prints.iter().collect();
        assert_eq!(distinct.len(), 5);
        assert!(prints.iter().all(|p| p.len() == 32));
    }

    #[test]
    fn is_the_same_from_every_directory() {
        let repo = Path::new("/repo");
        for (path, current) in [
            ("docs/a.md", "/repo"),
            ("./docs/a.md", "/repo"),
            ("a.md", "/repo/docs"),
            ("../docs/a.md", "/repo/src"),
            ("/repo/docs/a.md", "/elsewhere"),
        ] {
            assert_eq!(relative_path(path, repo, Path::new(current)), "docs/a.md", "{path}");
        }
        assert_eq!(relative_path("/x/a.md", repo, repo), "/x/a.md");
    }
}
