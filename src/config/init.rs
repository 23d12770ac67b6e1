//! A first configuration that names the texts and glossaries of a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::FILE_NAME;
use super::proposals::{Proposal, propose};
use crate::file::create_atomically;
use crate::formats::{self, Format};
use crate::glossary::load;
use crate::input::{self, Files, InputError, Options};
use crate::text::{Direction, Sides, display_path};

/// A comment lists at most this many names.
const LISTED: usize = 8;
/// With more sources than this, the whole folder is the source.
const SOURCES: usize = 6;

/// Why a first configuration cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    /// The folder has a configuration.
    #[error("{0}: the file already exists; edit it, or remove it first")]
    Exists(Arc<str>),
    /// The folder does not exist.
    #[error("{0}: no such folder")]
    NoFolder(Arc<str>),
    /// The file cannot be written.
    #[error("{path}: cannot write the configuration: {source}")]
    Write {
        /// The file.
        path: Arc<str>,
        /// Why.
        source: io::Error,
    },
}

/// Writes a first `bilint.toml` to a folder and returns its path. An existing file is never overwritten.
///
/// # Errors
/// The file exists or cannot be written.
pub fn init(folder: &Path) -> Result<PathBuf, InitError> {
    let path = if folder == Path::new(".") {
        PathBuf::from(FILE_NAME)
    } else {
        folder.join(FILE_NAME)
    };
    if path.symlink_metadata().is_ok() {
        return Err(InitError::Exists(display_path(&path)));
    }
    let text = template(folder);
    match create_atomically(&path, text.as_bytes()) {
        Ok(()) => Ok(path),
        Err(e) if e.kind() == ErrorKind::NotFound => Err(InitError::NoFolder(display_path(folder))),
        Err(source) => Err(InitError::Write {
            path: display_path(&path),
            source,
        }),
    }
}

/// A commented `bilint.toml` for the folder `root`, with the texts and glossaries found there.
pub fn template(root: &Path) -> String {
    let tree = Tree::scan(root);
    let mut out = String::from(
        "# Configuration of bilint. `bilint config` prints the settings in effect; `bilint config --schema` describes the keys.\n\n",
    );
    out.push_str("# What `bilint check` checks if no path is given.\n");
    match tree.sources.len() {
        0 => out.push_str("# No bilingual text was found here.\n# sources = [\"docs\"]\n"),
        1..=SOURCES => line(&mut out, "sources", &tree.sources),
        _ => out.push_str("sources = [\".\"]\n"),
    }
    list(&mut out, "Files that are translations of each other", &tree.pairs);
    list(
        &mut out,
        "Files named as one half of a pair, without the other half",
        &tree.halves,
    );
    out.push_str("\n# What to leave out, as in .gitignore.\n# exclude = [\"drafts/\", \"*.bak.txt\"]\n");
    out.push_str("\n# Glossaries of names and terms. If omitted, the built-in glossary is used.\n");
    if tree.glossaries.is_empty() {
        out.push_str("# glossaries = [\"glossary\"]\n");
    } else {
        line(&mut out, "glossaries", &tree.glossaries);
    }
    out.push_str("\n# The direction of the translation, unless a file says otherwise.\n");
    let direction = match tree.direction() {
        Direction::ZhToEn => "zh-en",
        Direction::EnToZh => "en-zh",
    };
    let _ = writeln!(out, "direction = \"{direction}\"");
    out.push_str(
        "\n# Acronyms that need no introduction.\n# accepted-acronyms = [\"GDP\", \"AI\"]\n\
         \n# House style. Where nothing is chosen, each text must be consistent.\n[style]\n\
         # quotes = \"curly\"\n# percent = \"percent\"\n# acronyms = \"all\"\n\
         \n# Severities of rules and groups: \"off\", \"on\", \"note\", \"warning\" or \"error\". `bilint rules` lists them.\n[rules]\n\
         # term-omitted = \"warning\"\n\
         \n# Files that are translations of each other but do not pair up by name; both paths share `{path}`.\n",
    );
    if tree.proposals.is_empty() {
        out.push_str("# [[pairs]]\n# zh = \"i18n/zh/{path}.md\"\n# en = \"docs/{path}.md\"\n");
    }
    for (zh, en) in &tree.proposals {
        let quoted = |path: &str| toml_edit::Value::from(path).to_string();
        let _ = writeln!(out, "[[pairs]]\nzh = {}\nen = {}", quoted(zh), quoted(en));
    }
    out.push_str(
        "\n# Other severities for some files.\n\
         # [[override]]\n# paths = [\"archive/\"]\n# rules = { terms = \"note\" }\n",
    );
    out
}

fn line(out: &mut String, key: &str, values: &BTreeSet<String>) {
    let values: Vec<String> = values
        .iter()
        .map(|v| toml_edit::Value::from(v.as_str()).to_string().trim().to_owned())
        .collect();
    let _ = writeln!(out, "{key} = [{}]", values.join(", "));
}

fn list(out: &mut String, title: &str, names: &BTreeSet<String>) {
    if names.is_empty() {
        return;
    }
    let _ = writeln!(out, "# {title}:");
    for name in names.iter().take(LISTED) {
        let _ = writeln!(out, "#   {}", name.replace(['\n', '\r'], " "));
    }
    if names.len() > LISTED {
        let _ = writeln!(out, "#   … and {} more", names.len() - LISTED);
    }
}

/// What a folder contains.
#[derive(Default)]
struct Tree {
    sources: BTreeSet<String>,
    pairs: BTreeSet<String>,
    halves: BTreeSet<String>,
    /// Pairs that the names do not reveal.
    proposals: BTreeSet<Proposal>,
    glossaries: BTreeSet<String>,
    /// How many originals are in each language, by the names of files of which only the translation's says its language, or as the
    /// files say. Programs are translated from English.
    originals: Sides<usize>,
}

impl Tree {
    fn scan(root: &Path) -> Self {
        let mut tree = Self::default();
        let relative = |path: &Path| display_path(path.strip_prefix(root).unwrap_or(path)).to_string();
        for name in ["glossary", "glossaries", "termbase", "terms", "术语"] {
            if holds_glossary(&root.join(name)) {
                tree.glossaries.insert(name.to_owned());
            }
        }
        let options = Options::default();
        let mut alone = BTreeMap::new();
        let found = input::discover(&[root.to_owned()], &options);
        for input in &found.inputs {
            match &input.files {
                Files::Two { zh, en } => {
                    tree.pairs.insert(format!("{} + {}", relative(zh), relative(en)));
                    tree.add_source(&relative(zh));
                    tree.add_source(&relative(en));
                    match [zh, en].map(|path| input::named_side(path.strip_prefix(root).unwrap_or(path))) {
                        [Some(_), None] => tree.originals.en += 1,
                        [None, Some(_)] => tree.originals.zh += 1,
                        _ if formats::of(zh).and_then(Format::strings).is_some() => tree.originals.en += 1,
                        _ => {}
                    }
                }
                Files::One(path) => {
                    let name = relative(path);
                    if tree.glossaries.iter().any(|g| name.starts_with(&format!("{g}/"))) {
                        continue;
                    }
                    if is_glossary(path) {
                        tree.glossaries.insert(name);
                        continue;
                    }
                    match input::read(input, &options).next() {
                        Some(Ok(document)) => {
                            tree.add_source(&name);
                            if let Some(direction) = document.direction {
                                tree.originals[direction.source()] += 1;
                            }
                        }
                        Some(Err(InputError::OneLanguage { side, .. })) => {
                            alone.insert(name, (side, input::named_side(path).is_some()));
                        }
                        _ if input::named_side(path).is_some() => drop(tree.halves.insert(name)),
                        _ => {}
                    }
                }
                Files::Stdin => {}
            }
        }
        tree.proposals = propose(&alone.iter().map(|(name, &(side, _))| (name.clone(), side)).collect());
        for (zh, en) in &tree.proposals.clone() {
            for pattern in [zh, en] {
                // A pattern may begin in the folder itself.
                tree.add_source(if pattern.starts_with('{') { "." } else { pattern });
            }
        }
        let halves = alone.into_iter().filter(|&(_, (_, is_named))| is_named);
        tree.halves.extend(halves.map(|(name, _)| name));
        tree
    }

    /// The direction that the files suggest, or else the usual one.
    fn direction(&self) -> Direction {
        if self.originals.en > self.originals.zh {
            Direction::EnToZh
        } else {
            Direction::default()
        }
    }

    /// Adds the entry of the root that the path is in.
    fn add_source(&mut self, path: &str) {
        let top = path.split('/').next().unwrap_or(path);
        self.sources.insert(top.to_owned());
    }
}

/// Whether a folder contains glossary files.
fn holds_glossary(folder: &Path) -> bool {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files = files.map(|f| f.path());
    files.any(|f| load::Format::from_path(&f).is_some())
}

/// Whether a table is named like a glossary.
fn is_glossary(path: &Path) -> bool {
    let table = load::Format::from_path(path).is_some();
    let stem = path
        .file_stem()
        .map_or_else(String::new, |s| s.to_string_lossy().to_lowercase());
    table
        && ["glossary", "termbase", "terms", "术语"]
            .iter()
            .any(|w| stem.contains(w))
}
