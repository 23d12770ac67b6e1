//! Files in a third language: sites with pages in Chinese and in English often have them in others, too, which nothing here reads.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use crate::text::language_name::side_of_tag;

/// The codes of languages in ISO 639-1 but those of Chinese and English.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el eo \
    es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km \
    kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa \
    pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk \
    ur uz ve vi vo wa wo xh yi yo za zu";

/// The places where a file in Chinese or English has its language in its path.
#[derive(Default)]
pub struct Others {
    /// What is before these places.
    roots: HashSet<String>,
}

impl Others {
    /// The places in the paths of `files`.
    pub fn new(files: &BTreeSet<PathBuf>) -> Self {
        let mut roots = HashSet::new();
        for file in files {
            for (before, tag) in places(file) {
                if side_of_tag(tag).is_some() && !roots.contains(before) {
                    roots.insert(before.to_owned());
                }
            }
        }
        Self { roots }
    }

    /// Whether a file has another language there: `docs/ko/x.md` beside `docs/zh/x.md`, `x.ko.md` beside `x.zh.md`.
    pub fn has(&self, file: &Path) -> bool {
        places(file).any(|(before, tag)| self.roots.contains(before) && is_code(tag))
    }
}

/// The parts of a path that may name a language as a whole, with what is before each.
fn places(file: &Path) -> impl Iterator<Item = (&str, &str)> {
    let whole = file.to_str().unwrap_or_default();
    let folders = whole.match_indices('/').map(move |(end, _)| {
        let start = whole[..end].rfind('/').map_or(0, |i| i + 1);
        (&whole[..start], &whole[start..end])
    });
    let name = whole.rfind('/').map_or(0, |i| i + 1);
    let stem = whole[name..].rfind('.').map_or(whole, |i| &whole[..name + i]);
    let suffix = stem[name.min(stem.len())..].rfind('.').map(|i| name + i + 1);
    folders.chain(suffix.map(|at| (&stem[..at], &stem[at..])))
}

/// Whether a tag is a code of a third language, maybe with a region: `ko`, `pt-br`.
fn is_code(tag: &str) -> bool {
    let (code, region) = tag.split_once(['-', '_']).unwrap_or((tag, ""));
    let is_region = matches!(region.len(), 0 | 2) && region.bytes().all(|b| b.is_ascii_alphabetic());
    code.len() == 2 && is_region && CODES.split(' ').any(|known| known == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_in_a_third_language_are_known_by_those_beside_them() {
        let files = ["docs/zh-cn/a/x.md", "docs/a/x.md", "blog/y.zh.md", "z.en-US.md"];
        let others = Others::new(&files.iter().map(PathBuf::from).collect());
        for path in ["docs/ko/a/x.md", "docs/pt-br/other.md", "blog/y.fr.md", "z.es-ES.md"] {
            assert!(others.has(Path::new(path)), "{path}");
        }
        for path in [
            "docs/zh-tw/a/x.md",
            "docs/en/a/x.md",
            "docs/ui/x.md",
            "docs/a/ko/x.md",
            "blog/other.fr.md",
            "ko/x.md",
            "x.md",
        ] {
            assert!(!others.has(Path::new(path)), "{path}");
        }
    }
}
