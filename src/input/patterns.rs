//! Paths as a configuration file names them: relative to that file, with the patterns of `.gitignore`.

use std::path::{Component, Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::text::display_path;

/// Where relative paths start: of the configuration, and of the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// The folder of the configuration file, absolute.
    root: PathBuf,
    /// The current folder, absolute.
    current: PathBuf,
}

impl Base {
    /// Paths of a configuration in `root`; both folders absolute or relative to the same folder.
    pub fn new(root: &Path, current: &Path) -> Self {
        let current = lexical(current);
        Self {
            root: lexical(&current.join(root)),
            current,
        }
    }

    /// The path relative to the configuration's folder; `None` for what is not below it.
    pub fn relative(&self, path: &Path) -> Option<PathBuf> {
        let whole = lexical(&self.current.join(path));
        whole.strip_prefix(&self.root).ok().map(Path::to_owned)
    }

    /// Whether a path relative to the configuration's folder and one of the process name the same file.
    pub fn is_same(&self, configured: &Path, path: &Path) -> bool {
        self.absolute(configured) == lexical(&self.current.join(path))
    }

    /// The absolute path of one that is relative to the configuration's folder.
    pub fn absolute(&self, path: &Path) -> PathBuf {
        lexical(&self.root.join(path))
    }

    /// A path relative to the configuration's folder as the process would open and show it.
    pub fn open(&self, path: &Path) -> PathBuf {
        let whole = self.absolute(path);
        whole
            .strip_prefix(&self.current)
            .map_or_else(|_| whole.clone(), Path::to_owned)
    }
}

/// Resolves `.` and `..` by name alone.
fn lexical(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// A set of `.gitignore` patterns.
#[derive(Debug, Clone)]
pub struct Patterns {
    base: Base,
    matcher: Gitignore,
}

impl Patterns {
    /// The patterns, relative to `base`.
    ///
    /// # Errors
    /// The number of a pattern that is malformed, and what is wrong with it.
    pub fn new<S: AsRef<str>>(base: &Base, patterns: &[S]) -> Result<Self, (usize, String)> {
        let mut builder = GitignoreBuilder::new(&base.root);
        for (i, pattern) in patterns.iter().enumerate() {
            builder
                .add_line(None, pattern.as_ref())
                .map_err(|e| (i, e.to_string()))?;
        }
        let matcher = builder.build().map_err(|e| (0, e.to_string()))?;
        Ok(Self {
            base: base.clone(),
            matcher,
        })
    }

    /// Whether a pattern names the path or a folder that it is in.
    pub fn matches(&self, path: &Path, is_folder: bool) -> bool {
        self.base.relative(path).is_some_and(|p| {
            !p.as_os_str().is_empty() && self.matcher.matched_path_or_any_parents(p, is_folder).is_ignore()
        })
    }
}

/// Two path patterns with one `{path}` in each, `docs/zh/{path}.md` and `docs/en/{path}.md`, or two single files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairPattern {
    base: Base,
    zh: Shape,
    en: Shape,
}

/// What is before and after `{path}`; without an end for a single file.
type Shape = (String, Option<String>);

/// The placeholder for the part that both paths share.
const SHARED: &str = "{path}";

impl PairPattern {
    /// A pair of patterns, relative to `base`; `None` unless each has `{path}` exactly once, or neither has it and they are
    /// two different files.
    pub fn new(base: &Base, zh: &str, en: &str) -> Option<Self> {
        let cut = |pattern: &str| {
            let pattern = pattern.trim_start_matches("./");
            match pattern.split_once(SHARED) {
                Some((_, after)) if after.contains(SHARED) => None,
                Some((before, after)) => Some((before.to_owned(), Some(after.to_owned()))),
                None if pattern.is_empty() || pattern.ends_with('/') || pattern.contains(['*', '{']) => None,
                None => Some((pattern.to_owned(), None)),
            }
        };
        let (zh, en) = (cut(zh)?, cut(en)?);
        (zh.1.is_some() == en.1.is_some() && zh != en).then(|| Self {
            base: base.clone(),
            zh,
            en,
        })
    }

    /// The English path that goes with a Chinese one, as the process opens it.
    pub fn english(&self, zh: &Path) -> Option<PathBuf> {
        self.turn(&self.zh, &self.en, zh)
    }

    /// The Chinese path that goes with an English one, as the process opens it.
    pub fn chinese(&self, en: &Path) -> Option<PathBuf> {
        self.turn(&self.en, &self.zh, en)
    }

    /// The path as [`Self::english`] and [`Self::chinese`] would write it.
    pub fn same(&self, path: &Path) -> Option<PathBuf> {
        self.base.relative(path).map(|p| self.base.open(&p))
    }

    fn turn(&self, from: &Shape, to: &Shape, path: &Path) -> Option<PathBuf> {
        let relative = self.base.relative(path)?;
        let relative = display_path(&relative);
        let ((from, Some(end)), (to, Some(to_end))) = (from, to) else {
            return (*relative == *from.0).then(|| self.base.open(Path::new(&to.0)));
        };
        let shared = relative.strip_prefix(from.as_str())?.strip_suffix(end.as_str())?;
        let turned = format!("{to}{shared}{to_end}");
        (!shared.is_empty()).then(|| self.base.open(Path::new(&turned)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_relative_to_the_configuration() {
        let base = Base::new(Path::new(".."), Path::new("/a/b"));
        let p = Patterns::new(&base, &["drafts", "/b/*.bak.txt"]).unwrap();
        for yes in ["drafts/x.txt", "../drafts", "x.bak.txt", "/a/b/drafts/y/z.md"] {
            assert!(p.matches(Path::new(yes), false), "{yes}");
        }
        for no in ["x.txt", "../x.bak.txt", "../../drafts/x.txt", "draft/x.txt"] {
            assert!(!p.matches(Path::new(no), false), "{no}");
        }
        assert_eq!(base.open(Path::new("b/c.md")), Path::new("c.md"));
        assert_eq!(base.open(Path::new("c.md")), Path::new("/a/c.md"));
    }

    #[test]
    fn pair_patterns_turn_both_ways() {
        let base = Base::new(Path::new("/r"), Path::new("/r/docs"));
        let p = PairPattern::new(&base, "i18n/zh/{path}.md", "docs/{path}.md").unwrap();
        let zh = Path::new("/r/i18n/zh/a/b.md");
        assert_eq!(p.english(zh).as_deref(), Some(Path::new("a/b.md")));
        assert_eq!(p.chinese(Path::new("a/b.md")).as_deref(), Some(zh));
        assert_eq!(p.english(Path::new("a.md")), None);
        assert!(PairPattern::new(&base, "zh/*.md", "en/{path}").is_none());
    }

    #[test]
    fn two_single_files_are_a_pair() {
        let base = Base::new(Path::new("/r"), Path::new("/r"));
        let p = PairPattern::new(&base, "./讲话.md", "docs/speech.md").unwrap();
        assert_eq!(
            p.english(Path::new("讲话.md")).as_deref(),
            Some(Path::new("docs/speech.md"))
        );
        assert_eq!(
            p.chinese(Path::new("docs/speech.md")).as_deref(),
            Some(Path::new("讲话.md"))
        );
        assert_eq!(p.english(Path::new("讲话.md2")), None);
        for (zh, en) in [
            ("a.md", "a.md"),
            ("a.md", "{path}"),
            ("", "b.md"),
            ("zh/", "en/"),
            ("*.md", "b.md"),
        ] {
            assert!(PairPattern::new(&base, zh, en).is_none(), "{zh} {en}");
        }
    }
}
