//! Which file translates which, by name: `x.zh.md` and `x.en.md`, `x.zh-CN.md` and `x.md`, `zh/x` and `en/x`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::patterns::PairPattern;
use crate::text::Side;
use crate::text::language_name::{path_tags, side_of_tag};

/// Two files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FilePair {
    /// Named as the Chinese one.
    pub zh: PathBuf,
    /// Named as the English one.
    pub en: PathBuf,
}

impl FilePair {
    fn new(side: Side, path: PathBuf, partner: PathBuf) -> Self {
        match side {
            Side::Zh => Self { zh: path, en: partner },
            Side::En => Self { zh: partner, en: path },
        }
    }
}

/// A place in a path that names a language: what is before and after it.
struct Tagged {
    side: Side,
    before: String,
    after: String,
    /// The path without the tag, where the tag is in the file name: the name that an untagged partner would have.
    untagged: Option<PathBuf>,
}

/// The places that name a language: in the file name, then in the folders from the innermost out.
fn tagged(path: &Path) -> Vec<Tagged> {
    let mut out = Vec::new();
    let whole = path.to_string_lossy().into_owned();
    let Some(name) = path.file_name().and_then(|n| n.to_str()) else {
        return out;
    };
    let folder = &whole[..whole.len() - name.len()];
    let stem = name.rfind('.').filter(|&i| i > 0).map_or(name, |i| &name[..i]);
    let starts = std::iter::once(0).chain(stem.match_indices(['.', '_', '-']).map(|(i, _)| i + 1));
    for start in starts {
        if let Some(side) = side_of_tag(&stem[start..]) {
            let after = &name[stem.len()..];
            out.push(Tagged {
                side,
                before: format!("{folder}{}", &stem[..start]),
                after: after.to_owned(),
                untagged: (start > 0).then(|| PathBuf::from(format!("{folder}{}{after}", &stem[..start - 1]))),
            });
            break;
        }
    }
    let mut at = 0;
    let mut folders = Vec::new();
    for component in path.components() {
        let Component::Normal(part) = component else {
            at += component.as_os_str().len()
                + usize::from(!matches!(component, Component::RootDir | Component::Prefix(_)));
            continue;
        };
        let part = part.to_string_lossy();
        if let (Some(side), Some(before), Some(after)) =
            (side_of_tag(&part), whole.get(..at), whole.get(at + part.len()..))
            && !after.is_empty()
        {
            folders.push(Tagged {
                side,
                before: before.to_owned(),
                after: after.to_owned(),
                untagged: None,
            });
        }
        at += part.len() + 1;
    }
    out.extend(folders.into_iter().rev());
    out
}

/// The language that the name or a folder of the file names.
pub fn named_side(path: &Path) -> Option<Side> {
    tagged(path).first().map(|t| t.side)
}

/// The pairs that `patterns` make of `files`, with partners on disk, and the files that are left.
pub fn configured(files: &BTreeSet<PathBuf>, patterns: &[PairPattern]) -> (Vec<FilePair>, BTreeSet<PathBuf>) {
    let (mut found, mut left) = (BTreeSet::new(), files.clone());
    for pattern in patterns {
        let known: BTreeMap<PathBuf, &PathBuf> = files.iter().filter_map(|f| Some((pattern.same(f)?, f))).collect();
        for file in files {
            for side in [Side::Zh, Side::En] {
                let partner = match side {
                    Side::Zh => pattern.english(file),
                    Side::En => pattern.chinese(file),
                };
                let Some(partner) = partner.map(|p| known.get(&p).map_or(p, |&f| f.clone())) else {
                    continue;
                };
                if partner != *file && (left.contains(&partner) || partner.is_file()) && left.contains(file) {
                    left.remove(file);
                    left.remove(&partner);
                    found.insert(FilePair::new(side, file.clone(), partner));
                }
            }
        }
    }
    (found.into_iter().collect(), left)
}

/// The pairs among `files`, and the files that are left. One English file may go with several Chinese ones (`zh-CN`,
/// `zh-TW`).
pub fn pairs(files: &BTreeSet<PathBuf>) -> (Vec<FilePair>, BTreeSet<PathBuf>) {
    let tags: BTreeMap<&PathBuf, Vec<Tagged>> = files.iter().map(|f| (f, tagged(f))).collect();
    let mut english: BTreeMap<(&str, &str), &PathBuf> = BTreeMap::new();
    for (file, tags) in &tags {
        for t in tags.iter().filter(|t| t.side == Side::En) {
            english.entry((&t.before, &t.after)).or_insert(*file);
        }
    }
    let mut found = Vec::new();
    let mut left = files.clone();
    for (&file, tags) in &tags {
        let partner = tags
            .iter()
            .filter(|t| t.side == Side::Zh)
            .find_map(|t| english.get(&(t.before.as_str(), t.after.as_str())).map(|&f| f.clone()));
        if let Some(partner) = partner.filter(|p| p != file) {
            left.remove(file);
            left.remove(&partner);
            found.push(FilePair::new(Side::Zh, file.clone(), partner));
        }
    }
    // `x.zh-CN.md` beside `x.md`.
    for (&file, tags) in &tags {
        let Some(t) = tags.first().filter(|_| left.contains(file)) else {
            continue;
        };
        if let Some(partner) = t.untagged.as_ref().filter(|u| files.contains(*u)) {
            left.remove(file);
            left.remove(partner);
            found.push(FilePair::new(t.side, file.clone(), partner.clone()));
        }
    }
    found.sort();
    (found, left)
}

/// The pair of a file and its partner on disk.
pub fn on_disk(path: &Path) -> Option<FilePair> {
    for t in tagged(path) {
        let partner = path_tags(t.side.other())
            .iter()
            .map(|tag| PathBuf::from(format!("{}{tag}{}", t.before, t.after)))
            .chain(t.untagged)
            .find(|p| p.is_file());
        if let Some(partner) = partner {
            return Some(FilePair::new(t.side, path.to_owned(), partner));
        }
    }
    if named_side(path).is_some() {
        return None;
    }
    let stem = path.file_stem()?.to_str()?;
    let extension = path
        .extension()
        .and_then(|e| e.to_str())
        .map_or_else(String::new, |e| format!(".{e}"));
    let beside = |tags: &[&str]| {
        tags.iter()
            .map(|tag| path.with_file_name(format!("{stem}.{tag}{extension}")))
            .find(|p| p.is_file())
    };
    if let Some(zh) = beside(path_tags(Side::Zh)) {
        return Some(FilePair::new(Side::Zh, zh, path.to_owned()));
    }
    beside(path_tags(Side::En)).map(|en| FilePair::new(Side::En, en, path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(files: &[&str]) -> (Vec<String>, Vec<String>) {
        let (pairs, left) = pairs(&files.iter().map(PathBuf::from).collect());
        (
            pairs
                .iter()
                .map(|p| format!("{} {}", p.zh.display(), p.en.display()))
                .collect(),
            left.iter().map(|p| p.display().to_string()).collect(),
        )
    }

    #[test]
    fn files_pair_by_name_and_by_folder() {
        let (pairs, left) = of(&[
            "a.zh.md",
            "a.en.md",
            "docs/zh/guide/b.md",
            "docs/en-US/guide/b.md",
            "README.md",
            "README.zh-CN.md",
            "c_zh.txt",
            "c_en.txt",
            "i18n/zh-CN.md",
            "i18n/en.md",
            "lonely.md",
        ]);
        assert_eq!(
            pairs,
            [
                "README.zh-CN.md README.md",
                "a.zh.md a.en.md",
                "c_zh.txt c_en.txt",
                "docs/zh/guide/b.md docs/en-US/guide/b.md",
                "i18n/zh-CN.md i18n/en.md",
            ]
        );
        assert_eq!(left, ["lonely.md"]);
    }

    #[test]
    fn one_english_file_serves_two_chinese_ones() {
        let (pairs, left) = of(&["x.zh-CN.md", "x.zh-TW.md", "x.en.md"]);
        assert_eq!(pairs, ["x.zh-CN.md x.en.md", "x.zh-TW.md x.en.md"]);
        assert!(left.is_empty());
    }

    #[test]
    fn a_file_without_partner_is_left() {
        let (pairs, left) = of(&["zh/a.md", "en/b.md", "x.zh.md"]);
        assert!(pairs.is_empty());
        assert_eq!(left.len(), 3);
    }
}
