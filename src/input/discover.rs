//! Turns paths, folders and patterns into inputs, in an order that does not depend on the order of the arguments.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use globset::GlobBuilder;
use ignore::WalkBuilder;

use super::others::Others;
use super::{Files, Input, InputError, Options, language, pairing};
use crate::file::is_temporary;
use crate::formats;
use crate::text::{Side, display_path};

/// The files to read.
#[derive(Debug, Default)]
pub struct Discovery {
    /// The inputs, sorted by path, each once.
    pub inputs: Vec<Input>,
    /// Paths that do not exist, are not accessible or hold nothing to read.
    pub errors: Vec<InputError>,
    /// Translatable files in the folders and lists that are not read because of their type.
    pub not_read: BTreeSet<PathBuf>,
}

impl Discovery {
    /// The files that are not read, by type: `2 .json, 1 .odt`; `None` where there are none.
    pub fn not_read_by_type(&self) -> Option<String> {
        by_type(&self.not_read)
    }
}

/// Files by type, the most frequent first.
fn by_type(files: &BTreeSet<PathBuf>) -> Option<String> {
    let mut types: BTreeMap<String, usize> = BTreeMap::new();
    for extension in files.iter().filter_map(|f| formats::extension(f)) {
        *types.entry(extension).or_default() += 1;
    }
    let mut types: Vec<(String, usize)> = types.into_iter().collect();
    types.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let types: Vec<String> = types.into_iter().map(|(e, n)| format!("{n} .{e}")).collect();
    (!types.is_empty()).then(|| types.join(", "))
}

/// What is in the folders.
#[derive(Default)]
struct Folders {
    /// Files that are read.
    files: BTreeSet<PathBuf>,
    /// Translatable files that are not read.
    not_read: BTreeSet<PathBuf>,
    /// Configuration files.
    configs: BTreeSet<PathBuf>,
    errors: Vec<InputError>,
}

/// The name of configuration files.
const CONFIG: &str = "bilint.toml";

/// Finds the inputs that `paths` name: files, folders (hidden and ignored files are left out), patterns such as
/// `docs/**/*.md`, and `-` for standard input. Files that are named are taken whatever ignore files say.
pub fn discover(paths: &[PathBuf], options: &Options) -> Discovery {
    let mut met = Folders::default();
    let mut named = BTreeSet::new();
    let mut stdin = false;
    let mut listed = BTreeSet::new();
    for path in options.listed.iter().filter(|p| !is_temporary(p)) {
        if let Err(e) = path.symlink_metadata() {
            met.errors.push(InputError::io(&display_path(path), e));
        } else if path.is_dir() {
            // Git lists submodules, and a search of `/` or `.` would check what nobody listed.
            let path = display_path(path);
            met.errors.push(InputError::ListedFolder { path });
        } else if formats::of(path).is_some() {
            listed.insert(clean(path));
        } else if formats::unread_extension(path).is_some() {
            met.not_read.insert(clean(path));
        }
    }
    // What a killed run left behind is half a text at best.
    for path in paths.iter().filter(|p| !is_temporary(p)) {
        if path.as_os_str() == "-" {
            stdin = true;
        } else if path.is_dir() {
            if options.force_exclude && is_excluded(path, true, options) {
                continue;
            }
            let errors = met.errors.len();
            met.walk(path, options);
            if errors == met.errors.len() && !has_any(path, &met.files) {
                let unlikely = met.files.iter().filter(|p| is_unlikely(p) && !is_no_text(p));
                met.errors.push(InputError::NothingFound {
                    path: display_path(path),
                    known: formats::known(),
                    not_read: by_type(&met.not_read.iter().chain(unlikely).cloned().collect()),
                });
            }
        } else {
            match path.symlink_metadata() {
                Ok(_) => drop(named.insert(clean(path))),
                Err(_) if is_pattern(path) => expand_pattern(path, options, &mut named, &mut met),
                Err(e) => met.errors.push(InputError::io(&display_path(path), e)),
            }
        }
    }
    if options.force_exclude {
        named.retain(|p| !is_excluded(p, false, options));
        listed.retain(|p| !is_excluded(p, false, options));
    }
    // Reports and reviews are often written into the folder of the texts.
    met.files.retain(|p| !formats::is_own_report(p));
    listed.retain(|p| !formats::is_own_report(p));
    let two_given = paths.len() == 2 && named.len() == 2 && listed.is_empty();
    let wanted: BTreeSet<PathBuf> = named.union(&listed).cloned().collect();
    met.files.append(&mut listed);
    let mut inputs = inputs(&named, &wanted, &met.files, two_given, options);
    inputs.retain(|input| match &input.files {
        Files::One(path) if !input.explicit && is_unlikely(path) => {
            met.not_read.extend((!is_no_text(path)).then(|| path.clone()));
            false
        }
        _ => true,
    });
    if stdin {
        inputs.push(Input {
            files: Files::Stdin,
            explicit: true,
        });
    }
    let unused = met.configs.iter().filter(|path| is_unused(path, options));
    met.errors.extend(unused.map(|path| InputError::UnusedConfig {
        path: display_path(path),
    }));
    Discovery {
        inputs,
        errors: met.errors,
        not_read: met.not_read,
    }
}

/// The inputs of the files that are named, of those that are `wanted`, which get a partner on disk, and of those `met` in
/// folders.
fn inputs(
    named: &BTreeSet<PathBuf>,
    wanted: &BTreeSet<PathBuf>,
    met: &BTreeSet<PathBuf>,
    two_given: bool,
    options: &Options,
) -> Vec<Input> {
    let all: BTreeSet<PathBuf> = named.union(met).filter(|p| comes_in_pairs(p)).cloned().collect();
    let (mut pairs, left) = pairing::configured(&all, &options.pairs);
    let given: Vec<&PathBuf> = if two_given { named.iter().collect() } else { Vec::new() };
    if let [a, b] = given[..]
        && pairs.is_empty()
        && let Some([zh, en]) = one_text(a, b, options)
    {
        return vec![pair_input(zh.clone(), en.clone(), true)];
    }
    let (by_name, mut left) = pairing::pairs(&left, |p| language(p, options));
    pairs.extend(by_name);
    let taken: BTreeSet<PathBuf> = pairs.iter().map(|pair| pair.zh.clone()).collect();
    // The partner of a file may be in a folder that was not named.
    for file in left.clone() {
        if (wanted.contains(&file) || pairing::named_side(&file).is_some())
            && let Some(pair) = pairing::on_disk(&file, |p| language(p, options))
            && left.contains(&file)
            // English for another region than that which the Chinese is paired with.
            && !(pair.en == file && taken.contains(&pair.zh))
        {
            left.remove(&pair.zh);
            left.remove(&pair.en);
            pairs.push(pair);
        }
    }
    // Two in one language are refused when they are read.
    if let [a, b] = given[..]
        && pairs.is_empty()
        && language(a, options).is_some()
        && language(b, options).is_some()
    {
        return vec![pair_input(a.clone(), b.clone(), true)];
    }
    let pairs = pairs.into_iter().map(|pair| {
        let explicit = named.contains(&pair.zh) || named.contains(&pair.en);
        pair_input(pair.zh, pair.en, explicit)
    });
    let mut out: BTreeSet<Input> = pairs.collect();
    let others = Others::new(&all);
    let is_here = |p: &&PathBuf| named.contains(*p) || !others.has(p);
    let single = named.union(met).filter(|p| left.contains(*p) || !comes_in_pairs(p));
    let single = single.filter(is_here);
    out.extend(single.map(|p| Input {
        files: Files::One(p.clone()),
        explicit: named.contains(p),
    }));
    let mut out: Vec<Input> = out.into_iter().collect();
    out.sort_by_cached_key(sort_key);
    out
}

fn comes_in_pairs(path: &Path) -> bool {
    formats::of(path).is_some_and(|f| f.prose().is_some() || f.strings().is_some())
}

fn pair_input(zh: PathBuf, en: PathBuf, explicit: bool) -> Input {
    let files = Files::Two { zh, en };
    Input { files, explicit }
}

/// Two files that are named together, Chinese first, if they are one text, whatever else is in their folders: they are in
/// two languages, and not each in a pair of its own.
fn one_text<'p>(a: &'p PathBuf, b: &'p PathBuf, options: &Options) -> Option<[&'p PathBuf; 2]> {
    if !comes_in_pairs(a) || !comes_in_pairs(b) {
        return None;
    }
    let side = |p: &Path| pairing::named_side(p).or_else(|| language(p, options));
    let has_own = |p: &Path| pairing::on_disk(p, |p| language(p, options)).is_some();
    let own = has_own(a) && has_own(b);
    match (side(a)?, side(b)?) {
        (Side::Zh, Side::En) if !own => Some([a, b]),
        (Side::En, Side::Zh) if !own => Some([b, a]),
        _ => None,
    }
}

/// The key by which the inputs of a run are sorted.
fn sort_key(input: &Input) -> (Arc<str>, Option<Arc<str>>) {
    match &input.files {
        Files::One(path) => (display_path(path), None),
        Files::Two { zh, en } => (display_path(zh), Some(display_path(en))),
        Files::Stdin => (Arc::from("\u{10ffff}"), None),
    }
}

/// Whether a configuration file in a folder is not in effect. The one of the current folder may be switched off.
fn is_unused(config: &Path, options: &Options) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    config != Path::new(CONFIG) && options.config.as_deref().and_then(whole) != whole(config)
}

/// Without `.` components, so that `a.txt` and `./a.txt` are one file.
fn clean(path: &Path) -> PathBuf {
    path.components().filter(|c| !matches!(c, Component::CurDir)).collect()
}

fn is_excluded(path: &Path, is_folder: bool, options: &Options) -> bool {
    options.exclude.as_ref().is_some_and(|p| p.matches(path, is_folder))
}

/// The folders in which [`discover`] looks for files.
pub fn folders(paths: &[PathBuf], options: &Options) -> BTreeSet<PathBuf> {
    let named = paths.iter().filter(|p| p.is_dir());
    let entries = named.flat_map(|f| walker(f, options)).flatten();
    entries
        .filter(|e| e.file_type().is_some_and(|t| t.is_dir()))
        .map(ignore::DirEntry::into_path)
        .collect()
}

fn walker(folder: &Path, options: &Options) -> ignore::Walk {
    // In a folder that is excluded and named nonetheless, the pattern that excludes it would match everything.
    let exclude = options.exclude.clone().filter(|p| !p.matches(folder, true));
    WalkBuilder::new(folder)
        .require_git(false)
        .filter_entry(move |e| {
            exclude
                .as_ref()
                .is_none_or(|p| e.depth() == 0 || !p.matches(e.path(), e.file_type().is_some_and(|t| t.is_dir())))
        })
        .build()
}

impl Folders {
    /// Adds the files of a folder.
    fn walk(&mut self, folder: &Path, options: &Options) {
        for entry in walker(folder, options) {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|t| t.is_file()) => {
                    let path = clean(entry.path());
                    if path.file_name().is_some_and(|name| name == CONFIG) {
                        self.configs.insert(path);
                    } else if formats::of(&path).is_some() {
                        self.files.insert(path);
                    } else if formats::unread_extension(&path).is_some() {
                        self.not_read.insert(path);
                    }
                }
                Ok(_) => {}
                Err(e) => {
                    let path = path_of(&e).map_or_else(|| display_path(folder), display_path);
                    // A broken line in an ignore file is no reason to complain about the text.
                    if let Some(source) = e.into_io_error() {
                        // The walker's message repeats the path.
                        self.errors.push(InputError::io(&path, io::Error::from(source.kind())));
                    }
                }
            }
        }
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// Whether a text in the folder was found, by this argument or another.
fn has_any(folder: &Path, met: &BTreeSet<PathBuf>) -> bool {
    let folder = clean(folder);
    met.iter().any(|p| p.starts_with(&folder) && !is_unlikely(p))
}

/// Whether a file without a partner is no text: most files of its kind are something else, and its path names no language.
fn is_unlikely(path: &Path) -> bool {
    formats::is_shared(path) && pairing::named_side(path).is_none()
}

/// Whether a file of a kind that is mostly something else is not even counted: a file in TOML usually has settings, one with
/// `.ts` is a program.
fn is_no_text(path: &Path) -> bool {
    formats::extension(path).is_some_and(|extension| ["toml", "ts"].contains(&&*extension))
}

fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
}

/// Expands a pattern that the shell did not. A pattern that matches only files that are not read names these files.
fn expand_pattern(path: &Path, options: &Options, named: &mut BTreeSet<PathBuf>, met: &mut Folders) {
    let cleaned = clean(path);
    let text = cleaned.to_string_lossy();
    let Ok(glob) = GlobBuilder::new(&text).literal_separator(true).build() else {
        met.errors.push(InputError::NoMatch {
            pattern: display_path(path),
        });
        return;
    };
    let matcher = glob.compile_matcher();
    let root: PathBuf = cleaned
        .components()
        .take_while(|c| !is_pattern(Path::new(c.as_os_str())))
        .collect();
    let root = if root.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        root
    };
    let mut inside = Folders::default();
    if root.is_dir() {
        inside.walk(&root, options);
    }
    met.errors.append(&mut inside.errors);
    inside.files.retain(|f| matcher.is_match(f));
    inside.not_read.retain(|f| matcher.is_match(f));
    if !inside.files.is_empty() {
        named.append(&mut inside.files);
        met.not_read.append(&mut inside.not_read);
    } else if inside.not_read.is_empty() {
        met.errors.push(InputError::NoMatch {
            pattern: display_path(path),
        });
    } else {
        named.append(&mut inside.not_read);
    }
}
