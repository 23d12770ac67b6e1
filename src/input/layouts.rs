//! Where the file without a language in its path is, in the layouts of common site builders and repositories.

use std::path::{Path, PathBuf};

/// Folders of translations, beside which the originals are.
const TRANSLATIONS: [&str; 10] = [
    "translations",
    "translation",
    "i18n",
    "_i18n",
    "l10n",
    "locales",
    "locale",
    "languages",
    "langs",
    "lang",
];
/// Folders in which the translation of the `README` above them may be.
const DOCUMENTATION: [&str; 5] = ["docs", "doc", "documentation", "readme", "readmes"];
/// What the folders of Docusaurus in `i18n/zh-CN` begin with.
const DOCUSAURUS: &str = "docusaurus-plugin-content-";

/// The untagged partners of a file with a tag in its name: the file called `bare` beside it and, for the `README` in a
/// folder of documentation, above it.
pub fn beside(path: &Path, bare: &str) -> Vec<PathBuf> {
    let mut out = vec![path.with_file_name(bare)];
    let folder = path.parent().and_then(Path::file_name).and_then(|f| f.to_str());
    let is_readme = bare
        .split('.')
        .next()
        .is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
    let is_above = |f: &str| {
        [&DOCUMENTATION[..], &TRANSLATIONS]
            .concat()
            .contains(&&*f.to_ascii_lowercase())
    };
    if is_readme
        && folder.is_some_and(is_above)
        && let Some(above) = path.parent().and_then(Path::parent)
    {
        out.push(above.join(bare));
    }
    out
}

/// The folder of untagged strings of macOS and iOS beside `zh-Hans.lproj`, whose name without the tag is `lproj`.
const BASE: (&str, &str) = ("lproj", "Base.lproj");

/// Whether a folder with a tag between these parts of its name has the resources of an app: `zh-Hans.lproj`, `values-zh-rCN`.
pub fn is_resources(before: &str, after: &str) -> bool {
    matches!((before, after), ("", ".lproj") | ("values-", ""))
}

/// The untagged partners of a file in a tagged folder: `above` is the path to that folder, `bare` its name without the tag,
/// `rest` the path in it.
pub fn without_folder(above: &str, bare: &str, rest: &str) -> Vec<PathBuf> {
    if bare == BASE.0 {
        return vec![Path::new(above).join(BASE.1).join(rest)];
    }
    if !bare.is_empty() {
        return vec![Path::new(above).join(bare).join(rest)];
    }
    let above = Path::new(above);
    let mut out = Vec::new();
    let parent = above.file_name().and_then(|f| f.to_str());
    if let Some(root) = above
        .parent()
        .filter(|_| parent.is_some_and(|p| TRANSLATIONS.contains(&p)))
    {
        out.extend(docusaurus(rest).map(|original| root.join(original)));
        out.push(root.join(rest));
    }
    out.push(above.join(rest));
    out
}

/// The original of a file in `i18n/LANGUAGE` of Docusaurus: `docusaurus-plugin-content-docs/current/x.md` ⇒ `docs/x.md`.
fn docusaurus(rest: &str) -> Option<String> {
    let (plugin, rest) = rest.strip_prefix(DOCUSAURUS)?.split_once('/')?;
    let (kind, id) = plugin
        .split_once('-')
        .map_or((plugin, None), |(kind, id)| (kind, Some(id)));
    let folder = id.unwrap_or(kind);
    Some(match (kind, rest.split_once('/')) {
        ("docs", Some(("current", rest))) => format!("{folder}/{rest}"),
        ("docs", _) => {
            let versions = id.map_or_else(String::new, |id| format!("{id}_"));
            format!("{versions}versioned_docs/{rest}")
        }
        ("pages", _) if id.is_none() => format!("src/pages/{rest}"),
        _ => format!("{folder}/{rest}"),
    })
}

/// The translation of an original in Docusaurus: `docs/x.md` ⇒ `docusaurus-plugin-content-docs/current/x.md`.
fn docusaurus_translation(rest: &str) -> Option<String> {
    let (folder, rest) = rest.split_once('/')?;
    Some(match folder {
        "docs" => format!("{DOCUSAURUS}docs/current/{rest}"),
        "versioned_docs" => format!("{DOCUSAURUS}docs/{rest}"),
        "blog" => format!("{DOCUSAURUS}blog/{rest}"),
        "src" => format!("{DOCUSAURUS}pages/{}", rest.strip_prefix("pages/")?),
        _ => return None,
    })
}

/// The paths with `tag` that a translation of an untagged file may have, those beside it first.
pub fn with_tag(path: &Path, tag: &str) -> Vec<PathBuf> {
    let (Some(stem), Some(whole)) = (path.file_stem().and_then(|s| s.to_str()), path.to_str()) else {
        return Vec::new();
    };
    let extension = path.extension().and_then(|e| e.to_str());
    let extension = extension.map_or_else(String::new, |e| format!(".{e}"));
    let names = ['.', '_', '-'].map(|separator| format!("{stem}{separator}{tag}{extension}"));
    let mut out: Vec<PathBuf> = names.iter().map(|name| path.with_file_name(name)).collect();
    if stem.eq_ignore_ascii_case("readme") {
        let folders = DOCUMENTATION.iter().chain(&TRANSLATIONS);
        out.extend(folders.flat_map(|&f| names.iter().map(move |name| path.with_file_name(f).join(name))));
    }
    // A folder before, or in the place of, each part of the path, the innermost first.
    let starts = whole.match_indices('/').map(|(i, _)| i + 1).collect::<Vec<_>>();
    for &start in starts.iter().rev().chain(&[0]) {
        let (above, rest) = (Path::new(&whole[..start]), &whole[start..]);
        if rest.is_empty() || rest.starts_with('/') {
            continue;
        }
        out.push(above.join(tag).join(rest));
        if let Some((folder, inside)) = rest.split_once('/') {
            out.extend(["_", "-", "."].map(|separator| above.join(format!("{folder}{separator}{tag}")).join(inside)));
        }
        for translations in ["translations", "i18n"] {
            let folder = above.join(translations).join(tag);
            out.extend(docusaurus_translation(rest).map(|t| folder.join(t)));
            out.push(folder.join(rest));
        }
    }
    out
}
