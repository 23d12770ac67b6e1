//! A first configuration, written after a look at the tree.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use crate::input::{self, Files, Format, Options};
use crate::text::display_path;

/// At most this many names are listed in a comment.
const LISTED: usize = 8;
/// With more sources than this the whole folder is one.
const SOURCES: usize = 6;

/// A commented `bilint.toml` for the folder `root`, with what was found there.
pub fn template(root: &Path) -> String {
    let tree = Tree::look(root);
    let mut out = String::from(
        "# Configuration of bilint. `bilint config` prints what is in effect, `bilint config --schema` describes the keys.\n\n",
    );
    out.push_str("# What `bilint check` checks when no path is given.\n");
    match tree.sources.len() {
        0 => out.push_str("# No bilingual text was found here yet.\n# sources = [\"docs\"]\n"),
        1..=SOURCES => line(&mut out, "sources", &tree.sources),
        _ => out.push_str("sources = [\".\"]\n"),
    }
    list(&mut out, "Found to be translations of each other", &tree.pairs);
    list(
        &mut out,
        "Named as one half of a pair, the other not found",
        &tree.halves,
    );
    out.push_str("\n# What is left out, as in .gitignore.\n# exclude = [\"drafts/\", \"*.bak.txt\"]\n");
    out.push_str("\n# Official names and terms. Without this key the glossary in the binary serves.\n");
    if tree.glossaries.is_empty() {
        out.push_str("# glossaries = [\"glossary\"]\n");
    } else {
        line(&mut out, "glossaries", &tree.glossaries);
    }
    out.push_str(
        "\n# Which language was translated into which, where a file does not say it.\ndirection = \"zh-en\"\n\
         \n# Acronyms that your readers know.\n# accepted-acronyms = [\"GDP\", \"AI\"]\n\
         \n# House style. What is not chosen here is only to be the same throughout.\n[style]\n\
         # quotes = \"curly\"\n# percent = \"percent\"\n# acronyms = \"all\"\n\
         \n# Severities of rules and groups: \"off\", \"on\", \"note\", \"warning\" or \"error\". `bilint rules` lists them.\n[rules]\n\
         # term-omitted = \"warning\"\n\
         \n# Files that translate each other and whose names do not tell; `{path}` is what both paths share.\n\
         # [[pairs]]\n# zh = \"i18n/zh/{path}.md\"\n# en = \"docs/{path}.md\"\n\
         \n# Other severities for some of the files.\n\
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

/// What there is.
#[derive(Default)]
struct Tree {
    sources: BTreeSet<String>,
    pairs: BTreeSet<String>,
    halves: BTreeSet<String>,
    glossaries: BTreeSet<String>,
}

impl Tree {
    fn look(root: &Path) -> Self {
        let mut tree = Self::default();
        let relative = |path: &Path| display_path(path.strip_prefix(root).unwrap_or(path)).to_string();
        for name in ["glossary", "glossaries", "termbase", "terms", "术语"] {
            if holds_glossary(&root.join(name)) {
                tree.glossaries.insert(name.to_owned());
            }
        }
        let options = Options::default();
        let found = input::discover(&[root.to_owned()], &options);
        for input in &found.inputs {
            match &input.files {
                Files::Two { zh, en } => {
                    tree.pairs.insert(format!("{} + {}", relative(zh), relative(en)));
                    tree.add_source(&relative(zh));
                    tree.add_source(&relative(en));
                }
                Files::One(path) => {
                    let name = relative(path);
                    if tree.glossaries.iter().any(|g| name.starts_with(&format!("{g}/"))) {
                        continue;
                    }
                    if is_glossary(path) {
                        tree.glossaries.insert(name);
                    } else if input::read(input, &options).next().is_some_and(|d| d.is_ok()) {
                        tree.add_source(&name);
                    } else if input::named_side(path).is_some() {
                        tree.halves.insert(name);
                    }
                }
                Files::Stdin => {}
            }
        }
        tree
    }

    /// The folder or file right below the root that the path is in.
    fn add_source(&mut self, path: &str) {
        let top = path.split('/').next().unwrap_or(path);
        self.sources.insert(top.to_owned());
    }
}

/// Whether a folder has glossary files.
fn holds_glossary(folder: &Path) -> bool {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files = files.map(|f| f.path());
    files.any(|f| f.extension().is_some_and(|e| e == "toml" || e == "csv" || e == "tsv"))
}

/// Whether a table is called a glossary.
fn is_glossary(path: &Path) -> bool {
    let table = matches!(Format::of(path), Some(Format::Csv | Format::Tsv));
    let stem = path
        .file_stem()
        .map_or_else(String::new, |s| s.to_string_lossy().to_lowercase());
    table
        && ["glossary", "termbase", "terms", "术语"]
            .iter()
            .any(|w| stem.contains(w))
}
