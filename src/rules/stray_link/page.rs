//! What links need to know of a page: its address, and the anchors that its translation does not have.

use std::borrow::Cow;

use percent_encoding::percent_decode;
use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use super::{Target, joined};
use crate::document::{Block, BlockKind};
use crate::rules::DocumentContext;
use crate::rules::pages::{markdown_pages, without_extension};
use crate::text::Source;
use crate::text::language_name::side_of_tag;

/// A page and its translation.
pub struct Page {
    /// Address of the page in the language of the source.
    pub source: String,
    /// Address of its translation.
    pub target: String,
    /// The folder that the translation is in.
    pub folder: String,
    /// The folder that the source is in.
    pub source_folder: String,
    /// The digests of the anchors of the source page that the translation does not have, with the anchor of the heading that
    /// translates theirs, if it is known.
    pub lost: FxHashMap<u64, Option<String>>,
}

impl Page {
    /// The page that a document is, if it is a Markdown file and its translation in another one.
    pub fn of(ctx: &DocumentContext<'_>) -> Option<Self> {
        let (document, source) = (ctx.document, ctx.direction().source());
        let files = markdown_pages(document)?;
        let (from, to) = (files[source], files[source.other()]);
        let mut lost: FxHashMap<u64, Option<String>> = anchors(from, document.blocks(source))
            .into_iter()
            .map(|anchor| (anchor, None))
            .collect();
        if !lost.is_empty() {
            for anchor in anchors(to, document.blocks(source.other())) {
                lost.remove(&anchor);
            }
        }
        if !lost.is_empty() {
            for pair in ctx.iter() {
                let heading = |side| match pair.blocks(side) {
                    [block] if is_heading(block) => Some(anchor_of_heading(&block.text)),
                    _ => None,
                };
                if let (Some(from), Some(to)) = (heading(source), heading(source.other()))
                    && let Some(lost) = lost.get_mut(&digest(&from))
                {
                    *lost = Some(to).filter(|to| !to.is_empty());
                }
            }
        }
        Some(Self {
            source: address(from.path()),
            target: address(to.path()),
            folder: folder_of(to.path()),
            source_folder: folder_of(from.path()),
            lost,
        })
    }

    /// Where the translations are in a folder of the site, and the originals are not: the folder of the site and the name of that
    /// folder, `docs` and `zh` for `docs/zh/guide/start` and `docs/guide/start`.
    pub fn prefix(&self) -> Option<(&str, &str)> {
        let (source, target) = (&self.source, &self.target);
        let places = std::iter::once(0).chain(target.match_indices('/').map(|(at, _)| at + 1));
        places.into_iter().find_map(|at| {
            let tag = target[at..].split('/').next()?;
            let (site, rest) = (
                target[..at].trim_end_matches('/'),
                target[at + tag.len()..].trim_start_matches('/'),
            );
            side_of_tag(tag)?;
            (joined(site, rest).as_deref() == Some(source)).then_some((site, tag))
        })
    }

    /// Whether a path begins at the root of the site, in the folder of the translations.
    pub fn is_prefixed(&self, path: &str) -> bool {
        let Some(path) = path.strip_prefix('/') else {
            return false;
        };
        self.prefix()
            .is_some_and(|(_, tag)| path.split('/').next() == Some(tag))
    }

    /// Where a path from the root of the site leads that is not in the folder of the translations, if there is such a folder.
    pub fn unprefixed(&self, path: &str) -> Option<Target> {
        let path = path.strip_prefix('/').filter(|path| !path.is_empty())?;
        let (site, tag) = self.prefix()?;
        if path.split('/').next() == Some(tag) {
            return None;
        }
        Some(Target::File(address(&joined(site, path)?)))
    }

    /// The one part in which the addresses differ, if it is in the same place in both and names languages: `en`, `zh-cn`.
    pub fn languages(&self) -> Option<(&str, &str)> {
        let mut different = self
            .source
            .split('/')
            .zip(self.target.split('/'))
            .filter(|(a, b)| a != b);
        let (from, to) = different.next()?;
        let is_only =
            different.next().is_none() && self.source.matches('/').count() == self.target.matches('/').count();
        let are_names = side_of_tag(from).is_some() && side_of_tag(to).is_some();
        (is_only && are_names).then_some((from, to))
    }
}

fn folder_of(path: &str) -> String {
    path.rsplit_once('/')
        .map_or_else(String::new, |(folder, _)| folder.to_owned())
}

/// A path as an address: without extension, the name of an index, and the language in the name of the file.
pub fn address(path: &str) -> String {
    let path = path.trim_end_matches('/');
    let path = path
        .strip_suffix(".html")
        .or_else(|| without_extension(path))
        .unwrap_or(path);
    let path = match path.rsplit_once('.') {
        Some((before, tag)) if side_of_tag(tag).is_some() && !before.ends_with('/') => before,
        _ => path,
    };
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    match name {
        "index" | "_index" | "README" => folder.to_owned(),
        _ => path.to_owned(),
    }
}

/// The digest of an anchor, which may be percent-encoded.
pub fn digest(anchor: &str) -> u64 {
    xxh3_64(&Cow::from(percent_decode(anchor.as_bytes())))
}

const fn is_heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading(_))
}

/// Digests of the anchors of a page: those that it names, and those that builders make of the headings without one.
fn anchors(source: &Source, blocks: &[Block]) -> FxHashSet<u64> {
    let headings = blocks.iter().filter(|block| is_heading(block));
    let mut all = FxHashSet::default();
    for anchor in headings.map(|block| anchor_of_heading(&block.text)) {
        // MkDocs leaves out all other characters.
        let ascii: String = anchor.chars().filter(char::is_ascii).collect();
        for anchor in [&*anchor, ascii.trim_matches('-')] {
            all.extend((!anchor.is_empty()).then(|| digest(anchor)));
        }
    }
    all.extend(named_anchors(source.text()).map(digest));
    all
}

/// How an anchor is named in Markdown, HTML and MDX, and what ends the name.
const NAMED: [(&str, &[char]); 5] = [
    ("{#", &['}']),
    ("{ #", &['}']),
    ("{/*", &['*']),
    ("id=", &['>', ' ', '}']),
    ("name=", &['>', ' ', '}']),
];

/// The anchors that a text names: `{#id}`, `{/*id*/}`, `<a id="id">`.
fn named_anchors(text: &str) -> impl Iterator<Item = &str> {
    NAMED.iter().flat_map(move |(before, ends)| {
        text.match_indices(before).filter_map(move |(at, _)| {
            let rest = &text[at + before.len()..];
            let name = &rest[..rest.find(*ends)?];
            Some(name.trim_matches(['"', '\'', '{', ' ', '\\']))
        })
    })
}

/// The anchor that most builders make of a heading: its letters and digits in lower case, with hyphens for blanks. An anchor that
/// the heading names counts instead.
pub fn anchor_of_heading(heading: &str) -> String {
    let mut text = heading.trim();
    if let Some((before, name)) = text.rsplit_once('{')
        && let Some(name) = name.strip_suffix('}')
    {
        if let Some(id) = name.trim().strip_prefix('#') {
            return id.trim().to_owned();
        }
        text = before.trim_end();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            // The target of a link.
            ']' if rest.starts_with('(') => rest = &rest[rest.find(')').map_or(rest.len(), |end| end + 1)..],
            ' ' => out.push('-'),
            '-' | '_' => out.push(c),
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_make_anchors_as_on_git_hosts() {
        for (heading, anchor) in [
            ("Getting started", "getting-started"),
            ("Use `--mode`, then [build](../build.md)", "use---mode-then-build"),
            ("安装 与 配置", "安装-与-配置"),
            ("安装 {#install}", "install"),
            ("安装 { #install }", "install"),
            ("What’s new in 2.0?", "whats-new-in-20"),
        ] {
            assert_eq!(anchor_of_heading(heading), anchor);
        }
    }

    #[test]
    fn anchors_are_named_in_several_ways() {
        let text = r#"## 安装 {#a} <a id="b"></a> <h2 name='c'> {/* d */} ## x { #e }"#;
        let mut named: Vec<&str> = named_anchors(text).collect();
        named.sort_unstable();
        assert_eq!(named, ["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn anchors_may_be_percent_encoded() {
        assert_eq!(digest("%E5%AE%89%e8%a3%85-2"), digest("安装-2"));
        assert_ne!(digest("100%"), digest("100"));
    }

    #[test]
    fn the_originals_may_be_at_the_root_of_a_site() {
        let page = |source: &str, target: &str| Page {
            source: source.to_owned(),
            target: target.to_owned(),
            folder: String::new(),
            source_folder: String::new(),
            lost: FxHashMap::default(),
        };
        for (source, target, expected) in [
            ("docs/guide/a", "docs/zh/guide/a", Some(("docs", "zh"))),
            ("a", "zh/a", Some(("", "zh"))),
            ("docs", "docs/zh", Some(("docs", "zh"))),
            ("docs/en/a", "docs/zh/a", None),
            ("docs/a", "i18n/zh/docs/a", None),
            ("docs/a", "docs/a", None),
        ] {
            assert_eq!(page(source, target).prefix(), expected, "{target}");
        }
    }

    #[test]
    fn addresses_leave_out_what_builders_do() {
        for (path, expected) in [
            ("docs/zh/a.md", "docs/zh/a"),
            ("docs/zh/index.mdx", "docs/zh"),
            ("docs/a.zh-CN.md", "docs/a"),
            ("docs/v1.2.md", "docs/v1.2"),
            ("zh/a/", "zh/a"),
        ] {
            assert_eq!(address(path), expected);
        }
    }
}
