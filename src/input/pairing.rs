//! Which file translates which, by name: `x.zh.md` and `x.en.md`, `x.zh-CN.md` and `x.md`, `zh/x` and `en/x`, `zh/x` and
//! `x`. `layouts` has the names of untagged partners.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use super::layouts;
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
    /// Whether the tag is certain to name a language: `en-route.md` may be a page about something en route.
    certain: bool,
    /// The names that an untagged partner may have, the most specific first.
    untagged: Vec<PathBuf>,
}

/// A tag within the name of a file or folder: where it is, and where what the name would be without it ends and begins.
struct Tag {
    side: Side,
    start: usize,
    end: usize,
    rest: (usize, usize),
    certain: bool,
}

/// The places in a name where a tag may be: after a separator, the whole of it, in brackets at its end, before a separator.
fn tags_in(name: &str) -> Vec<Tag> {
    let mut out = Vec::new();
    if let Some(tag) = bracketed(name) {
        out.push(tag);
    }
    let separators = || {
        name.char_indices()
            .filter(|(_, c)| ['.', '_', '-'].contains(c))
            .map(|(i, _)| i)
    };
    let suffix = std::iter::once(0).chain(separators().map(|i| i + 1));
    for start in suffix {
        if let Some(side) = side_of_tag(&name[start..]) {
            out.push(Tag {
                side,
                start,
                end: name.len(),
                rest: (start.saturating_sub(1), name.len()),
                certain: true,
            });
            break;
        }
    }
    let prefix = separators()
        .rev()
        .find_map(|end| Some((end, side_of_tag(&name[..end])?)));
    if let Some((end, side)) = prefix {
        let tag = Tag {
            side,
            start: 0,
            end,
            rest: (0, end + 1),
            certain: false,
        };
        // `zh-ai.md` is more likely the Chinese `ai.md` than a page in the Chinese of Anguilla.
        let at = out.iter().position(|t| t.start == 0).unwrap_or(out.len());
        out.insert(at, tag);
    }
    out
}

/// The tag in brackets at the end of a name: `讲话（中文版）`, `speech (English)`.
fn bracketed(name: &str) -> Option<Tag> {
    let (open, close) = [('（', '）'), ('(', ')'), ('[', ']'), ('【', '】')]
        .into_iter()
        .find(|&(_, close)| name.ends_with(close))?;
    let start = name.rfind(open)? + open.len_utf8();
    let end = name.len() - close.len_utf8();
    let inside = &name[start..end];
    let side = side_of_tag(inside.trim_end_matches(['版', '本', '稿']))?;
    Some(Tag {
        side,
        start,
        end,
        rest: (name[..start - open.len_utf8()].trim_end().len(), name.len()),
        certain: true,
    })
}

/// The places that name a language: in the file name, then in the folders from the innermost out. They all name the same
/// language; where others name the other one, the first certain one decides.
fn tagged(path: &Path) -> Vec<Tagged> {
    let mut out = Vec::new();
    let Some(whole) = path.to_str() else {
        return out;
    };
    let Some(name) = path.file_name().and_then(|n| n.to_str()) else {
        return out;
    };
    let folder = &whole[..whole.len() - name.len()];
    let stem = name.rfind('.').filter(|&i| i > 0).map_or(name, |i| &name[..i]);
    for tag in tags_in(stem) {
        let bare = format!("{}{}", &name[..tag.rest.0], &name[tag.rest.1..]);
        let is_bare = !bare.starts_with('.') && tag.certain;
        out.push(Tagged {
            side: tag.side,
            before: whole[..folder.len() + tag.start].to_owned(),
            after: name[tag.end..].to_owned(),
            certain: tag.certain,
            untagged: if is_bare {
                layouts::beside(path, &bare)
            } else {
                Vec::new()
            },
        });
    }
    let mut at = 0;
    let mut folders = Vec::new();
    for component in Path::new(folder).components() {
        let Component::Normal(part) = component else {
            at += component.as_os_str().len()
                + usize::from(!matches!(component, Component::RootDir | Component::Prefix(_)));
            continue;
        };
        let part = part.to_string_lossy();
        for tag in tags_in(&part) {
            let (Some(before), Some(after)) = (whole.get(..at + tag.start), whole.get(at + tag.end..)) else {
                continue;
            };
            let bare = format!("{}{}", &part[..tag.rest.0], &part[tag.rest.1..]);
            let rest = whole[at + part.len()..].trim_start_matches('/');
            let is_resources = layouts::is_resources(&part[..tag.start], &part[tag.end..]);
            folders.push(Tagged {
                side: tag.side,
                before: before.to_owned(),
                after: after.to_owned(),
                certain: tag.start == 0 && tag.end == part.len() || is_resources,
                untagged: layouts::without_folder(&whole[..at], &bare, rest),
            });
        }
        at += part.len() + 1;
    }
    out.extend(folders.into_iter().rev());
    let deciding = out.iter().find(|t| t.certain).or(out.first()).map(|t| t.side);
    out.retain(|t| Some(t.side) == deciding);
    out
}

/// The language that the name or a folder of the file names for certain.
pub fn named_side(path: &Path) -> Option<Side> {
    tagged(path).iter().find(|t| t.certain).map(|t| t.side)
}

/// The tag in the path of a file: `zh-CN`, `zh_TW`, `en`.
pub fn tag(path: &Path) -> Option<String> {
    let (tags, whole) = (tagged(path), path.to_str()?);
    let first = tags.iter().find(|t| t.certain).or(tags.first())?;
    whole
        .get(first.before.len()..whole.len() - first.after.len())
        .map(str::to_owned)
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
///
/// A partner whose name contains no language is a guess, unless it is beside the file. `language` gives the language
/// that a file is in, as far as it is known, and files of one language are no pair.
pub fn pairs(
    files: &BTreeSet<PathBuf>,
    language: impl Fn(&Path) -> Option<Side>,
) -> (Vec<FilePair>, BTreeSet<PathBuf>) {
    let tags: BTreeMap<&PathBuf, Vec<Tagged>> = files.iter().map(|f| (f, tagged(f))).collect();
    // Of English for several regions, the one with the most usual tag.
    let rank = |file: &Path, t: &Tagged| {
        let whole = file.to_str();
        let tag = whole.and_then(|whole| whole.get(t.before.len()..whole.len() - t.after.len()));
        let mut usual = path_tags(Side::En).iter();
        usual.position(|usual| tag == Some(usual)).unwrap_or(usize::MAX)
    };
    let mut english: BTreeMap<(&str, &str), (usize, &PathBuf)> = BTreeMap::new();
    for (file, tags) in &tags {
        for t in tags.iter().filter(|t| t.side == Side::En) {
            let candidate = (rank(file, t), *file);
            // `values-en-rGB` of Android is a variant of `values`.
            let is_variant = t.before.ends_with("values-") && candidate.0 > 0;
            if is_variant && t.untagged.iter().any(|file| files.contains(file)) {
                continue;
            }
            let best = english.entry((&t.before, &t.after)).or_insert(candidate);
            *best = candidate.min(*best);
        }
    }
    let mut found = Vec::new();
    let mut left = files.clone();
    let mut partners: BTreeMap<&Path, usize> = BTreeMap::new();
    for (&file, tags) in &tags {
        let partner = tags
            .iter()
            .filter(|t| t.side == Side::Zh)
            .find_map(|t| Some(english.get(&(t.before.as_str(), t.after.as_str()))?.1));
        if let Some(partner) = partner.filter(|p| *p != file) {
            left.remove(file);
            left.remove(partner);
            found.push(FilePair::new(Side::Zh, file.clone(), partner.clone()));
        }
    }
    // `x.zh-CN.md` beside `x.md`.
    for (&file, tags) in &tags {
        let Some(t) = tags.iter().find(|t| t.certain).filter(|_| left.contains(file)) else {
            continue;
        };
        if let Some(partner) = t
            .untagged
            .first()
            .filter(|u| u.parent() == file.parent() && files.contains(*u))
        {
            left.remove(file);
            left.remove(partner);
            found.push(FilePair::new(t.side, file.clone(), partner.clone()));
        }
    }
    // `docs/zh/x.md` and `docs/x.md`: the guesses of all files, the most specific ones first.
    let mut guesses = Vec::new();
    for (&file, tags) in &tags {
        for (rank, (t, partner)) in guessed(tags).enumerate() {
            if let Some(partner) = files.get(partner).filter(|p| left.contains(*p) && left.contains(file)) {
                guesses.push((rank, file, t, partner));
            }
        }
    }
    guesses.sort_by_key(|&(rank, ..)| rank);
    for (rank, file, t, partner) in guesses {
        // Chinese in several regions has the same English.
        let is_free = left.contains(partner) || partners.get(partner.as_path()) == Some(&rank);
        if left.contains(file) && is_free && is_translation(file, partner, t.side, &language) {
            left.remove(file);
            left.remove(partner);
            partners.insert(partner, rank);
            found.push(FilePair::new(t.side, file.clone(), partner.clone()));
        }
    }
    found.sort();
    (found, left)
}

/// The untagged names that the partner of a file may have, the most specific first.
fn guessed(tags: &[Tagged]) -> impl Iterator<Item = (&Tagged, &PathBuf)> {
    tags.iter().flat_map(|t| t.untagged.iter().map(move |u| (t, u)))
}

/// Whether a file that is named as `side` and an untagged one can be translations of each other.
fn is_translation(file: &Path, partner: &Path, side: Side, language: impl Fn(&Path) -> Option<Side>) -> bool {
    if file == partner || named_side(partner) == Some(side) {
        return false;
    }
    let (own, other) = (language(file), language(partner));
    own.is_none_or(|own| own == side) && other.is_none_or(|other| other == side.other()) && own.or(other).is_some()
}

/// The pair of a file and its partner on disk; `language` as for [`pairs`].
pub fn on_disk(path: &Path, language: impl Fn(&Path) -> Option<Side>) -> Option<FilePair> {
    let tags = tagged(path);
    for t in &tags {
        let other = path_tags(t.side.other()).iter();
        let partner = other
            .map(|tag| PathBuf::from(format!("{}{tag}{}", t.before, t.after)))
            .chain(t.untagged.iter().filter(|u| u.parent() == path.parent()).cloned())
            .find(|p| p.is_file());
        if let Some(partner) = partner {
            return Some(FilePair::new(t.side, path.to_owned(), partner));
        }
    }
    for (t, partner) in guessed(&tags) {
        if partner.is_file() && is_translation(path, partner, t.side, &language) {
            return Some(FilePair::new(t.side, path.to_owned(), partner.clone()));
        }
    }
    if named_side(path).is_some() {
        return None;
    }
    for side in [Side::Zh, Side::En] {
        for tag in path_tags(side) {
            for tagged_path in layouts::with_tag(path, tag) {
                if !tagged_path.is_file() {
                    continue;
                }
                // The file is its partner only if it has none that is more specific.
                let tags = tagged(&tagged_path);
                let first = guessed(&tags).find(|(_, partner)| partner.is_file());
                if let Some((t, partner)) = first
                    && partner == path
                    && (partner.parent() == tagged_path.parent()
                        || is_translation(&tagged_path, path, t.side, &language))
                {
                    return Some(FilePair::new(t.side, tagged_path, path.to_owned()));
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(files: &[&str]) -> (Vec<String>, Vec<String>) {
        let language = |p: &Path| tagged(p).first().map(|t| t.side).or(Some(Side::En));
        let (pairs, left) = pairs(&files.iter().map(PathBuf::from).collect(), language);
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

    #[test]
    fn layouts_of_site_builders_pair() {
        for (zh, en) in [
            (
                "i18n/zh-CN/docusaurus-plugin-content-docs/current/a/intro.md",
                "docs/a/intro.md",
            ),
            (
                "i18n/zh/docusaurus-plugin-content-docs/version-2.0/x.md",
                "versioned_docs/version-2.0/x.md",
            ),
            ("i18n/zh-CN/docusaurus-plugin-content-blog/2024/x.md", "blog/2024/x.md"),
            ("i18n/zh-CN/docusaurus-plugin-content-pages/x.md", "src/pages/x.md"),
            (
                "site/i18n/zh-CN/docusaurus-plugin-content-docs-guides/current/x.md",
                "site/guides/x.md",
            ),
            ("docs/zh/a/x.md", "docs/a/x.md"),
            ("src/content/docs/zh-cn/x.md", "src/content/docs/x.md"),
            ("docs_zh/x.md", "docs_en/x.md"),
            ("docs-zh/x.md", "docs/x.md"),
            ("docs_zh/a/x.md", "docs/a/x.md"),
            ("zh-a.md", "en-a.md"),
            ("zh_a.md", "en_a.md"),
            ("a_zh.md", "a_en.md"),
            ("zh-faq.md", "en-faq.md"),
            ("translations/zh-CN/x.md", "x.md"),
            ("translations/zh-CN/docs/x.md", "docs/x.md"),
            ("README_zh-CN.md", "README.md"),
            ("README.zh.md", "README.md"),
            ("README_CN.md", "README.md"),
            ("docs/README_zh-CN.md", "README.md"),
            ("讲话（中文）.md", "讲话（英文）.md"),
            ("讲话(中文版).md", "讲话(英文版).md"),
            ("speech (Chinese).md", "speech (English).md"),
            ("zh-cn/src/x.md", "src/x.md"),
            ("zh-CN/src/x.md", "en/src/x.md"),
            ("content/zh/x.md", "content/en/x.md"),
            ("x.zh-cn.md", "x.en.md"),
            ("x.zh.md", "x.md"),
        ] {
            let (pairs, left) = of(&[zh, en]);
            assert_eq!(pairs, [format!("{zh} {en}")]);
            assert!(left.is_empty());
        }
    }

    #[test]
    fn a_root_in_chinese_pairs_with_a_folder_in_english() {
        let files = ["docs/x.md", "docs/en/x.md"].map(PathBuf::from);
        let language = |p: &Path| Some(if p.starts_with("docs/en") { Side::En } else { Side::Zh });
        let (found, left) = pairs(&files.iter().cloned().collect(), language);
        let [zh, en] = files;
        assert_eq!((found, left.len()), (vec![FilePair { zh, en }], 0));
    }

    #[test]
    fn the_most_specific_partner_is_taken_and_each_once() {
        let (pairs, left) = of(&["docs/zh/x.md", "docs/en/x.md", "docs/x.md"]);
        assert_eq!(
            (pairs, left),
            (vec!["docs/zh/x.md docs/en/x.md".into()], vec!["docs/x.md".into()])
        );
        let (pairs, left) = of(&["docs/README_zh-CN.md", "docs/README.md", "README.md"]);
        assert_eq!(
            (pairs, left),
            (
                vec!["docs/README_zh-CN.md docs/README.md".into()],
                vec!["README.md".into()]
            )
        );
        let (pairs, left) = of(&["docs/README_zh-CN.md", "README_zh.md", "README.md"]);
        assert_eq!(
            (pairs, left),
            (
                vec!["README_zh.md README.md".into()],
                vec!["docs/README_zh-CN.md".into()]
            )
        );
        let (pairs, left) = of(&["zh-faq.md", "zh-ai.md", "en-ai.md", "en-faq.md"]);
        assert_eq!(
            (pairs, left),
            (vec!["zh-ai.md en-ai.md".into(), "zh-faq.md en-faq.md".into()], vec![])
        );
    }

    #[test]
    fn two_files_in_one_language_are_no_pair() {
        let files = ["docs/zh/x.md", "docs/x.md"].map(PathBuf::from).into_iter().collect();
        for side in [Some(Side::Zh), Some(Side::En), None] {
            assert_eq!(pairs(&files, |_| side).0, []);
        }
    }
}
