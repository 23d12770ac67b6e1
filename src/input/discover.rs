//! Paths, folders and patterns into inputs: what there is to read, in an order that does not depend on how it was asked for.

use std::collections::BTreeSet;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use globset::GlobBuilder;
use ignore::WalkBuilder;

use super::error::InputError;
use super::{Files, Format, Input, Options, pairing, text};
use crate::text::Side;
use crate::text::display_path;

/// What there is to read.
#[derive(Debug, Default)]
pub struct Discovery {
    /// The inputs, sorted by path, each once.
    pub inputs: Vec<Input>,
    /// What was asked for and is not there or not accessible.
    pub errors: Vec<InputError>,
}

/// Finds the inputs that `paths` name: files, folders (hidden and ignored files are left out), patterns such as
/// `docs/**/*.md`, and `-` for standard input. Files that are named are taken whatever ignore files say.
pub fn discover(paths: &[PathBuf], options: &Options) -> Discovery {
    let mut found = Discovery::default();
    let (mut named, mut met) = (BTreeSet::new(), BTreeSet::new());
    let mut stdin = false;
    let mut listed = BTreeSet::new();
    for path in &options.listed {
        if let Err(e) = path.symlink_metadata() {
            found.errors.push(InputError::io(&display_path(path), e));
        } else if path.is_dir() {
            walk(path, options, &mut met, &mut found.errors);
        } else if Format::of(path).is_some() {
            listed.insert(clean(path));
        }
    }
    for path in paths {
        if path.as_os_str() == "-" {
            stdin = true;
        } else if path.is_dir() {
            if options.force_exclude && is_excluded(path, true, options) {
                continue;
            }
            let before = (met.len(), found.errors.len());
            walk(path, options, &mut met, &mut found.errors);
            if before == (met.len(), found.errors.len()) && !has_any(path, &met) {
                found.errors.push(InputError::NothingFound {
                    path: display_path(path),
                    known: Format::known(),
                });
            }
        } else {
            match path.symlink_metadata() {
                Ok(_) => drop(named.insert(clean(path))),
                Err(_) if is_pattern(path) => pattern(path, options, &mut named, &mut found.errors),
                Err(e) => found.errors.push(InputError::io(&display_path(path), e)),
            }
        }
    }
    if options.force_exclude {
        named.retain(|p| !is_excluded(p, false, options));
        listed.retain(|p| !is_excluded(p, false, options));
    }
    let two_given = paths.len() == 2 && named.len() == 2 && listed.is_empty();
    let wanted: BTreeSet<PathBuf> = named.union(&listed).cloned().collect();
    met.append(&mut listed);
    found.inputs = inputs(&named, &wanted, &met, two_given, options);
    if stdin {
        found.inputs.push(Input {
            files: Files::Stdin,
            explicit: true,
        });
    }
    found
}

/// Inputs of the files that are named, of those that are `wanted`, for which a partner is looked for, and of those `met` in
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
        return vec![of_two(zh.clone(), en.clone(), true)];
    }
    let (by_name, mut left) = pairing::pairs(&left);
    pairs.extend(by_name);
    // The partner of a file may be in a folder that was not named.
    for file in left.clone() {
        if (wanted.contains(&file) || pairing::named_side(&file).is_some())
            && let Some(pair) = pairing::on_disk(&file)
        {
            left.remove(&pair.zh);
            left.remove(&pair.en);
            pairs.push(pair);
        }
    }
    // Two in one language are refused when they are read.
    if let [a, b] = given[..]
        && pairs.is_empty()
        && text::language(a, options).is_some()
        && text::language(b, options).is_some()
    {
        return vec![of_two(a.clone(), b.clone(), true)];
    }
    let pairs = pairs.into_iter().map(|pair| {
        let explicit = named.contains(&pair.zh) || named.contains(&pair.en);
        of_two(pair.zh, pair.en, explicit)
    });
    let mut out: BTreeSet<Input> = pairs.collect();
    let single = named.union(met).filter(|p| left.contains(*p) || !comes_in_pairs(p));
    out.extend(single.map(|p| Input {
        files: Files::One(p.clone()),
        explicit: named.contains(p),
    }));
    let mut out: Vec<Input> = out.into_iter().collect();
    out.sort_by_cached_key(key);
    out
}

fn comes_in_pairs(path: &Path) -> bool {
    Format::of(path).is_some_and(Format::comes_in_pairs)
}

fn of_two(zh: PathBuf, en: PathBuf, explicit: bool) -> Input {
    let files = Files::Two { zh, en };
    Input { files, explicit }
}

/// Two files that are named together, Chinese first, if they are one text, whatever else is in their folders: they are in
/// two languages, and not each in a pair of its own.
fn one_text<'p>(a: &'p PathBuf, b: &'p PathBuf, options: &Options) -> Option<[&'p PathBuf; 2]> {
    if !comes_in_pairs(a) || !comes_in_pairs(b) {
        return None;
    }
    let side = |p: &Path| pairing::named_side(p).or_else(|| text::language(p, options));
    let own = pairing::on_disk(a).is_some() && pairing::on_disk(b).is_some();
    match (side(a)?, side(b)?) {
        (Side::Zh, Side::En) if !own => Some([a, b]),
        (Side::En, Side::Zh) if !own => Some([b, a]),
        _ => None,
    }
}

/// Where an input stands in the order of a run.
fn key(input: &Input) -> (Arc<str>, Option<Arc<str>>) {
    match &input.files {
        Files::One(path) => (display_path(path), None),
        Files::Two { zh, en } => (display_path(zh), Some(display_path(en))),
        Files::Stdin => (Arc::from("\u{10ffff}"), None),
    }
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
    let named = paths.iter().chain(&options.listed).filter(|p| p.is_dir());
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

fn walk(folder: &Path, options: &Options, met: &mut BTreeSet<PathBuf>, errors: &mut Vec<InputError>) {
    for entry in walker(folder, options) {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|t| t.is_file()) && Format::of(entry.path()).is_some() => {
                met.insert(clean(entry.path()));
            }
            Ok(_) => {}
            Err(e) => {
                let path = path_of(&e).map_or_else(|| display_path(folder), display_path);
                // A broken line in an ignore file is no reason to complain about the text.
                if let Some(source) = e.into_io_error() {
                    // What the walker says names the path a second time.
                    errors.push(InputError::io(&path, io::Error::from(source.kind())));
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

/// Whether something in the folder was found before, by another argument.
fn has_any(folder: &Path, met: &BTreeSet<PathBuf>) -> bool {
    let folder = clean(folder);
    met.iter().any(|p| p.starts_with(&folder))
}

fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
}

/// Expands a pattern that the shell did not.
fn pattern(path: &Path, options: &Options, named: &mut BTreeSet<PathBuf>, errors: &mut Vec<InputError>) {
    let cleaned = clean(path);
    let text = cleaned.to_string_lossy();
    let no_match = || InputError::NoMatch {
        pattern: display_path(path),
    };
    let Ok(glob) = GlobBuilder::new(&text).literal_separator(true).build() else {
        errors.push(no_match());
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
    let mut met = BTreeSet::new();
    if root.is_dir() {
        walk(&root, options, &mut met, errors);
    }
    let before = named.len();
    let mut any = false;
    for file in met.into_iter().filter(|f| matcher.is_match(f)) {
        any = true;
        named.insert(file);
    }
    if !any && before == named.len() {
        errors.push(no_match());
    }
}
