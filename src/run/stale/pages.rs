//! The pages of a run with the histories of their files, which side is the source, and which pages nobody translated.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use regex::Regex;

use super::blocks::Blocks;
use super::reader::VersionReader;
use crate::document::Document;
use crate::filter::since::{GitError, History, Repository, Version};
use crate::formats;
use crate::input::{self, Discovery, Files, Input, named_side};
use crate::text::{Direction, Side, Sides};

/// A text and its translation in two files.
pub struct Page {
    /// Its files.
    pub input: Input,
    /// The versions of each, the latest first.
    pub versions: Sides<Vec<Version>>,
}

/// The pages among the inputs whose files are in the repository.
pub fn find(found: &Discovery, repository: &Repository) -> Result<(Vec<Page>, History), GitError> {
    let pairs = found.inputs.iter().filter_map(|input| match &input.files {
        // Strings of programs pair by key, and have no paragraphs.
        Files::Two { zh, en } if [zh, en].into_iter().all(|path| is_prose(path)) => Some((input, Sides::new(zh, en))),
        Files::Two { .. } | Files::One(_) | Files::Stdin => None,
    });
    let pairs: Vec<(&Input, Sides<&PathBuf>)> = pairs.collect();
    let named = pairs.iter().flat_map(|(_, files)| [files.zh, files.en]);
    let mut extensions: Vec<&str> = named.filter_map(|f| f.extension()?.to_str()).collect();
    extensions.sort_unstable();
    extensions.dedup();
    if extensions.is_empty() {
        return Ok((Vec::new(), History::default()));
    }
    let history = repository.history(extensions)?;
    let uncommitted: HashSet<String> = repository.uncommitted()?.into_iter().collect();
    let inside: Vec<(&Input, Sides<String>)> = pairs
        .into_iter()
        .filter_map(|(input, files)| {
            let path = |file: &PathBuf| repository.path_of(file);
            Some((input, Sides::new(path(files.zh)?, path(files.en)?)))
        })
        .collect();
    let mut versions = history
        .versions(inside.iter().flat_map(|(_, paths)| [&*paths.zh, &*paths.en]))
        .into_iter();
    let pages = inside.iter().map(|(input, paths)| {
        let versions = Sides::from_fn(|side| {
            let mut versions = versions.next().unwrap_or_default();
            if versions.is_empty() || uncommitted.contains(&paths[side]) {
                let path = paths[side].as_str().into();
                versions.insert(
                    0,
                    Version {
                        age: 0,
                        blob: None,
                        path,
                    },
                );
            }
            versions
        });
        let input = (*input).clone();
        Page { input, versions }
    });
    Ok((pages.collect(), history))
}

/// The direction of the translation: from the side that more often changed first, and that the other one followed. `None` if
/// neither did.
pub fn direction(pages: &[Page]) -> Option<Direction> {
    let mut firsts = Sides::new(0, 0);
    for page in pages {
        let ages = |side: Side| page.versions[side].iter().map(move |v| (v.age, side));
        let mut changes: Vec<(usize, Side)> = ages(Side::Zh).chain(ages(Side::En)).collect();
        changes.sort_unstable_by(|a, b| b.cmp(a));
        // The side that is ahead of the other one.
        let mut ahead: Option<Side> = None;
        for commit in changes.chunk_by(|a, b| a.0 == b.0) {
            match (commit, ahead) {
                (&[(_, side)], None) => {
                    firsts[side] += 1;
                    ahead = Some(side);
                }
                (&[(_, side)], Some(first)) if side == first => {}
                _ => ahead = None,
            }
        }
    }
    let source = if firsts.zh > firsts.en { Side::Zh } else { Side::En };
    let is_known = firsts.zh != firsts.en;
    is_known.then(|| Direction::between(source, source.other())).flatten()
}

/// The fields by which projects note in a translation which commit of the source it translates.
fn stamp() -> &'static Regex {
    static STAMP: OnceLock<Regex> = OnceLock::new();
    STAMP.get_or_init(|| {
        let names = "source[_-]?commit|original[_-]?commit|default[_-]lang[_-]commit|translated[_-]?(?:from|at)|outdated[_-]since";
        Regex::new(&format!(r#"(?i)^\W*({names})\s*[:=]\s*["']?([0-9a-f]{{7,64}})\b"#)).expect("a valid pattern")
    })
}

/// A stamp is in the front matter, or in a comment at the top: in one of so many lines.
const TOP: usize = 60;

impl Page {
    /// The source that a stamp in the translation names: as it was at the commit, or before the commit since which the page calls
    /// itself outdated. `None` without a stamp, and for one that is of another repository.
    pub fn stamp(
        &self,
        document: &Document,
        source: Side,
        reader: &VersionReader<'_>,
    ) -> Result<Option<Blocks>, GitError> {
        let Some(block) = document.blocks(source.other()).first() else {
            return Ok(None);
        };
        let text = document.sources[block.origin.source].text();
        let Some(found) = text.lines().take(TOP).find_map(|line| stamp().captures(line)) else {
            return Ok(None);
        };
        let parent = if found[1].to_lowercase().starts_with("outdated") {
            "^"
        } else {
            ""
        };
        let mut paths: Vec<&str> = self.versions[source].iter().map(|v| &*v.path).collect();
        paths.dedup();
        for path in paths {
            if let Some(blocks) = reader.read_object(&format!("{}{parent}:{path}", &found[2]), path, source)? {
                return Ok(Some(blocks));
            }
        }
        Ok(None)
    }
}

/// The files in the language of `source`, in folders of which other pages are translated, that have no translation.
pub fn untranslated(found: &Discovery, source: Side, options: &input::Options) -> Vec<PathBuf> {
    let mut folders: BTreeSet<(PathBuf, PathBuf)> = BTreeSet::new();
    for input in &found.inputs {
        if let Files::Two { zh, en } = &input.files {
            let (from, to) = Sides::new(zh, en).into_pair(source);
            folders.insert(roots(from, to));
        }
    }
    let alone = found.inputs.iter().filter_map(|input| match &input.files {
        Files::One(path) if is_prose(path) => Some(path),
        _ => None,
    });
    let alone: Vec<&PathBuf> = alone.collect();
    let mut out: Vec<PathBuf> = Vec::new();
    for (from, to) in folders {
        let is_here = |path: &Path| path.starts_with(&from) && (from == to || !path.starts_with(&to));
        let is_named = |path: &Path| match named_side(path) {
            Some(side) => side == source,
            // Beside translations, or at the top, most files are none of the pages.
            None => from != to && !from.as_os_str().is_empty(),
        };
        let here = alone.iter().filter(|path| is_here(path) && is_named(path));
        let here = here.filter(|path| input::language(path, options) == Some(source));
        out.extend(here.map(|path| (*path).clone()));
    }
    out.sort();
    out.dedup();
    out
}

/// Whether a file is of a format that consists of paragraphs.
fn is_prose(path: &Path) -> bool {
    formats::of(path).is_some_and(|format| format.prose().is_some())
}

/// The folders of a source and its translation below which they have the same path.
fn roots(from: &Path, to: &Path) -> (PathBuf, PathBuf) {
    let (mut from, mut to) = (from.to_owned(), to.to_owned());
    let names = (
        from.file_name().map(ToOwned::to_owned),
        to.file_name().map(ToOwned::to_owned),
    );
    from.pop();
    to.pop();
    if names.0 == names.1 {
        while from.file_name().is_some() && from.file_name() == to.file_name() {
            from.pop();
            to.pop();
        }
    }
    (from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_where_the_paths_part() {
        let roots = |a: &str, b: &str| {
            let (a, b) = roots(Path::new(a), Path::new(b));
            format!("{} {}", a.display(), b.display())
        };
        assert_eq!(roots("docs/en/a/x.md", "docs/zh/a/x.md"), "docs/en docs/zh");
        assert_eq!(roots("docs/a/x.md", "i18n/zh/current/a/x.md"), "docs i18n/zh/current");
        assert_eq!(roots("a/x.md", "zh/a/x.md"), " zh");
        assert_eq!(roots("a/x.en.md", "a/x.zh.md"), "a a");
    }

    #[test]
    fn the_side_that_changes_first_is_the_source() {
        let versions = |ages: &[usize]| {
            let version = |&age| Version {
                age,
                blob: None,
                path: "x.md".into(),
            };
            ages.iter().map(version).collect::<Vec<_>>()
        };
        let page = |zh: &[usize], en: &[usize]| Page {
            input: Input::file("x.md"),
            versions: Sides::new(versions(zh), versions(en)),
        };
        assert_eq!(direction(&[page(&[1], &[2])]), Some(Direction::EnToZh));
        assert_eq!(direction(&[page(&[2], &[1])]), Some(Direction::ZhToEn));
        // Both were added at once; then the English changed, and twice the Chinese followed.
        assert_eq!(direction(&[page(&[9, 7, 4, 3], &[9, 8, 5])]), Some(Direction::EnToZh));
        assert_eq!(direction(&[page(&[9], &[9])]), None);
    }

    #[test]
    fn stamps_are_fields_with_a_commit() {
        let commit = |text: &str| {
            text.lines()
                .find_map(|line| Some(stamp().captures(line)?[2].to_owned()))
        };
        for text in [
            "---\ntitle: x\nl10n:\n  sourceCommit: 0a1b2c3d\n---\n",
            "---\noutdated_since: \"0a1b2c3d\"\n---",
            "<!-- source-commit: 0a1b2c3d -->\n",
            "translated_from = '0a1b2c3d'",
            "---\ndefault_lang_commit: 0a1b2c3d # patched\n---",
        ] {
            assert_eq!(commit(text).as_deref(), Some("0a1b2c3d"), "{text}");
        }
        for text in ["The source commit: abc", "source_commit: main", "commit: 0a1b2c3d"] {
            assert_eq!(commit(text), None, "{text}");
        }
    }
}
