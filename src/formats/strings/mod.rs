//! Files of interface strings, each with a key: one file for each language, or both languages in one.
//!
//! A format says where the strings of a file are. The rest is the same for all of them: which language a file is in, pairs by
//! key, what is left out, and how a replacement is written.

mod apple;
mod catalog;
mod fluent;
mod json;
mod openapi;
mod plist;
mod properties;
mod qt;
mod syntax;
mod toml;
mod xml;
mod yaml;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use self::syntax::Syntax;

use super::error::Keys;
use super::mapped::Mapped;
use super::records::Records;
use super::xml::Fault;
use super::{Comments, Edit, File, Format, InputError, Reader, splice, whole};
use crate::document::{Block, BlockKind, Document};
use crate::text::language_name::{is_traditional_tag, side_of_tag};
use crate::text::script::ScriptCount;
use crate::text::{Dialect, Direction, Side, Source, Span};

/// A string of a file.
#[derive(Debug)]
pub struct Entry {
    /// The keys on the way to it.
    key: Vec<String>,
    /// What it says, and where.
    text: Mapped,
    /// The bytes of the value, without quotation marks.
    span: Span,
    /// How the value is written.
    syntax: Syntax,
}

/// A format of such files.
#[derive(Debug)]
pub struct StringsFormat {
    name: &'static str,
    extensions: &'static [&'static str],
    comments: Option<Comments>,
    /// Whether most files with these extensions are something else.
    is_shared: bool,
    /// Reads the strings of a text. Where a file always holds several languages, their first keys name these.
    parse: fn(&str) -> Result<Vec<Entry>, Fault>,
    /// Reads the language of the source texts of a file that always holds its translations, too; `None` for formats with a
    /// file for each language.
    source_language: Option<fn(&str) -> Option<Side>>,
}

/// Nested objects of strings, as i18next, vue-i18n and next-intl have them, and `messages.json` of browser extensions.
pub static JSON: StringsFormat = StringsFormat {
    name: "JSON",
    extensions: &["json"],
    comments: None,
    is_shared: true,
    parse: json::parse,
    source_language: None,
};

/// Application resource bundles, as Flutter has them, and resources of Windows apps.
pub static ARB: StringsFormat = StringsFormat {
    name: "ARB",
    extensions: &["arb", "resjson"],
    is_shared: false,
    ..JSON
};

/// Nested mappings of strings, as Rails and Hugo have them.
pub static YAML: StringsFormat = StringsFormat {
    name: "YAML",
    extensions: &["yml", "yaml"],
    comments: Some(Comments::HashRecords),
    parse: yaml::parse,
    ..JSON
};

/// Tables of strings, as Hugo has them.
pub static TOML: StringsFormat = StringsFormat {
    name: "TOML",
    extensions: &["toml"],
    parse: toml::parse,
    ..YAML
};

/// Properties of Java.
pub static PROPERTIES: StringsFormat = StringsFormat {
    name: "properties",
    extensions: &["properties"],
    is_shared: false,
    parse: |text| Ok(properties::parse(text)),
    ..YAML
};

/// Strings of macOS and iOS.
pub static APPLE: StringsFormat = StringsFormat {
    name: "strings",
    extensions: &["strings"],
    is_shared: false,
    parse: apple::parse,
    ..JSON
};

/// Plurals of macOS and iOS.
pub static STRINGSDICT: StringsFormat = StringsFormat {
    name: "stringsdict",
    extensions: &["stringsdict"],
    comments: Some(Comments::Elements),
    parse: plist::parse,
    ..APPLE
};

/// String catalogs of Xcode, which hold all languages.
pub static CATALOG: StringsFormat = StringsFormat {
    name: "string catalog",
    extensions: &["xcstrings"],
    parse: catalog::parse,
    source_language: Some(catalog::source_language),
    ..APPLE
};

/// Messages of Fluent.
pub static FLUENT: StringsFormat = StringsFormat {
    name: "Fluent",
    extensions: &["ftl"],
    is_shared: false,
    parse: fluent::parse,
    ..YAML
};

/// Translations of Qt, whose files hold the source as well. Most files with this extension are programs in TypeScript.
pub static QT: StringsFormat = StringsFormat {
    name: "Qt TS",
    extensions: &["ts"],
    comments: Some(Comments::Units),
    is_shared: true,
    parse: qt::parse,
    source_language: Some(qt::source_language),
};

/// String resources of Android.
pub static ANDROID: StringsFormat = StringsFormat {
    name: "Android strings",
    extensions: &["xml"],
    comments: Some(Comments::Elements),
    parse: xml::parse_android,
    ..JSON
};

/// Resources of .NET.
pub static RESX: StringsFormat = StringsFormat {
    name: "RESX",
    extensions: &["resx", "resw"],
    is_shared: false,
    parse: xml::parse_resx,
    ..ANDROID
};

/// A file, and its strings.
struct Strings {
    source: Source,
    entries: Vec<Entry>,
}

/// The documents of a file or of two, and what to say about how they were read.
type Pairs = (Vec<Document>, Option<InputError>);

/// Forms for other numbers than `other`, which Chinese does not need (CLDR).
const PLURALS: [&str; 5] = ["zero", "one", "two", "few", "many"];

impl Format for StringsFormat {
    fn name(&self) -> &'static str {
        self.name
    }

    fn extensions(&self) -> &'static [&'static str] {
        self.extensions
    }

    fn comments(&self) -> Option<Comments> {
        self.comments
    }

    fn is_shared(&self) -> bool {
        self.is_shared
    }

    fn strings(&self) -> Option<&StringsFormat> {
        self.source_language.is_none().then_some(self)
    }

    fn read(&'static self, file: File) -> Reader {
        match self.both_languages(file) {
            Ok((documents, note)) => Reader::new(documents.into_iter().map(Ok).chain(note.map(Err))),
            Err(e) => Reader::all(Err(e)),
        }
    }

    /// Changes nothing but the strings. Left out is what would change another string, a key, or anything else of the file.
    fn escape(&self, text: &str, _dialect: &Dialect, edits: Vec<Edit>) -> Vec<Edit> {
        let Ok(entries) = (self.parse)(text) else {
            return Vec::new();
        };
        let write = |edit: &Edit| {
            let entry = entries.iter().find(|e| e.span.contains(edit.span))?;
            let text = entry.syntax.write(&edit.text)?;
            Some(Edit { text, ..edit.clone() })
        };
        let mut written: Vec<(Edit, Edit)> = edits.into_iter().filter_map(|e| Some((write(&e)?, e))).collect();
        if !self.keeps_the_rest(text, &entries, &written) {
            written.retain(|edit| self.keeps_the_rest(text, &entries, std::slice::from_ref(edit)));
        }
        written.into_iter().map(|(edit, _)| edit).collect()
    }
}

impl StringsFormat {
    /// The strings of a file.
    fn strings_of(&self, file: File) -> Result<Strings, InputError> {
        let source = whole::read(self.name, super::xml::as_declared(file)?)?;
        let entries = (self.parse)(source.text()).map_err(|fault| fault.of_file(&source))?;
        let entries = openapi::without_values(entries);
        Ok(Strings { source, entries })
    }

    /// The pairs of a file that holds both languages, by the keys at its root: `en: { … }` and `zh-CN: { … }`.
    fn both_languages(&self, file: File) -> Result<Pairs, InputError> {
        let explicit = file.explicit;
        let strings = self.strings_of(file)?;
        let path = Arc::clone(strings.source.path());
        let (zh, en) = by_root(strings.entries).map_err(|entries| match side_of(&entries) {
            _ if self.source_language.is_some() => InputError::OtherLanguages {
                path,
                languages: None,
                explicit,
            },
            Some(side) => InputError::OneLanguage { path, side, explicit },
            None => InputError::Empty { path },
        })?;
        let source = Arc::new(strings.source);
        let from = self.source_language.and_then(|language| language(source.text()));
        let declared = from.and_then(|from| Direction::between(from, from.other()));
        Ok(pair_up([(Arc::clone(&source), zh), (source, en)], declared))
    }

    /// The language that most of the strings of a file are in; `None` where that is neither, or the file cannot be read.
    pub fn language(&self, file: File) -> Option<Side> {
        side_of(&self.strings_of(file).ok()?.entries)
    }

    /// Whether the file still has the same strings, but for what the edits replace. Each edit comes with the replacement as a
    /// reader of the string should see it.
    fn keeps_the_rest(&self, text: &str, before: &[Entry], edits: &[(Edit, Edit)]) -> bool {
        let written: Vec<Edit> = edits.iter().map(|(edit, _)| edit.clone()).collect();
        let Ok(after) = (self.parse)(&splice(text, &written)) else {
            return false;
        };
        let is_kept = |(old, new): (&Entry, &Entry)| {
            let mut expected = old.text.text().to_owned();
            for (_, edit) in edits.iter().rev().filter(|(edit, _)| old.span.contains(edit.span)) {
                let bounds = [edit.span.start, edit.span.end].map(|at| old.text.offset_of(at));
                let [Some(start), Some(end)] = bounds else { return false };
                expected.replace_range(start..end, &edit.text);
            }
            old.key == new.key && new.text.text() == expected
        };
        before.len() == after.len() && before.iter().zip(&after).all(is_kept)
    }
}

/// Divides the strings of a file by the language that each one's first key names, which is left out. Of Chinese for several
/// regions, simplified comes first; of English, the plainest.
///
/// # Errors
/// The strings, if the keys do not name both languages.
fn by_root(entries: Vec<Entry>) -> Result<(Vec<Entry>, Vec<Entry>), Vec<Entry>> {
    let roots: FxHashSet<&String> = entries.iter().filter(|e| e.key.len() > 1).map(|e| &e.key[0]).collect();
    let of = |side| {
        let roots = roots.iter().filter(|root| side_of_tag(root) == Some(side));
        roots.min_by_key(|root| (is_traditional_tag(root), root.len(), **root))
    };
    let (Some(zh), Some(en)) = (of(Side::Zh), of(Side::En)) else {
        return Err(entries);
    };
    let [zh, en] = [zh, en].map(|root| (*root).clone());
    let mut sides = (Vec::new(), Vec::new());
    for mut entry in entries.into_iter().filter(|e| e.key.len() > 1) {
        let root = entry.key.remove(0);
        if root == zh {
            sides.0.push(entry);
        } else if root == en {
            sides.1.push(entry);
        }
    }
    Ok(sides)
}

/// The strings of a file in one language, without a key of that language around all of them, as Rails has it.
fn without_root(mut entries: Vec<Entry>) -> Vec<Entry> {
    let root = entries.first().and_then(|e| e.key.first()).cloned();
    let is_shared =
        |key: &String| side_of_tag(key).is_some() && entries.iter().all(|e| e.key.len() > 1 && e.key[0] == *key);
    if root.as_ref().is_some_and(is_shared) {
        for entry in &mut entries {
            entry.key.remove(0);
        }
    }
    entries
}

fn side_of(entries: &[Entry]) -> Option<Side> {
    ScriptCount::of_all(entries.iter().map(|entry| entry.text.text())).side()
}

/// Reads two files that translate each other, in either order; set `named` if their names say which is in which language, which
/// holds for a file that is not translated yet.
///
/// # Errors
/// A file that cannot be read; two files in the same language.
pub fn read_pair(files: [(&StringsFormat, File); 2], named: bool, direction: Direction) -> Result<Pairs, InputError> {
    let [first, second] = files.map(|(format, file)| format.strings_of(file));
    let (mut zh, mut en) = (first?, second?);
    match (side_of(&zh.entries), side_of(&en.entries)) {
        (Some(first), Some(second)) if first == second && !named => {
            return Err(InputError::SameLanguage {
                first: Arc::clone(zh.source.path()),
                second: Arc::clone(en.source.path()),
                side: first,
            });
        }
        (Some(Side::En), Some(Side::Zh)) => std::mem::swap(&mut zh, &mut en),
        _ => {}
    }
    let halves = [zh, en].map(|half| (Arc::new(half.source), without_root(half.entries)));
    Ok(pair_up(halves, Some(direction)))
}

/// The pairs of the strings with the same key, in the order of the source, Chinese first; and what is left out.
fn pair_up([(zh_source, zh), (en_source, en)]: [(Arc<Source>, Vec<Entry>); 2], declared: Option<Direction>) -> Pairs {
    let direction = declared.unwrap_or(Direction::EnToZh);
    let is_one_file = Arc::ptr_eq(&zh_source, &en_source);
    let paths = [zh_source.path(), en_source.path()].map(Arc::clone);
    let ((from, from_path), (into, into_path)) = match direction {
        Direction::ZhToEn => ((zh, &paths[0]), (en, &paths[1])),
        Direction::EnToZh => ((en, &paths[1]), (zh, &paths[0])),
    };
    let keys: FxHashSet<Vec<String>> = from.iter().map(|entry| entry.key.clone()).collect();
    let is_extra = |e: &&Entry| {
        !keys.contains(&e.key) && !keys.contains(&other_key(&e.key)) && !is_other_form(&e.key, |key| keys.contains(key))
    };
    let extra: Vec<String> = into.iter().filter(is_extra).map(Entry::name).collect();
    let mut translations: FxHashMap<Vec<String>, Entry> = into.into_iter().map(|e| (e.key.clone(), e)).collect();
    let translated: FxHashSet<Vec<String>> = translations.keys().cloned().collect();
    let mut missing = Vec::new();
    let mut records = Records::default();
    for entry in from {
        // Chinese has one form, and i18next another one for none.
        let is_none = entry.key.last().is_some_and(|key| key.ends_with("zero")) && translated.contains(&entry.key);
        if !is_none && is_other_form(&entry.key, |key| translated.contains(key)) {
            continue;
        }
        let name = entry.name();
        let translation = translations.remove(&entry.key);
        let translation = translation.or_else(|| translations.remove(&other_key(&entry.key)));
        let Some(source) = entry.into_block(direction.source()) else {
            continue;
        };
        match translation.and_then(|translation| translation.into_block(direction.target())) {
            Some(target) => records.push(Some(name.into()), declared, [Some(source), Some(target)]),
            None => missing.push(name),
        }
    }
    let mut documents = records.take(&zh_source);
    if !is_one_file {
        for document in &mut documents {
            document.name = format!("{} + {}", paths[0], paths[1]).into();
            document.sources.push(Arc::clone(&en_source));
            for block in &mut document.en {
                block.origin.source = 1;
            }
        }
    }
    let note = (missing.len() + extra.len() > 0).then(|| InputError::OtherKeys {
        path: Arc::clone(into_path),
        other: Arc::clone(from_path),
        missing: Keys::new(missing),
        extra: Keys::new(extra),
    });
    (documents, note)
}

/// Whether a key is that of a plural form which the language of the other file does without.
fn is_other_form(key: &[String], has: impl Fn(&Vec<String>) -> bool) -> bool {
    let Some((last, before)) = key.split_last() else {
        return false;
    };
    PLURALS.iter().any(|plural| {
        let Some(stem) = last
            .strip_suffix(plural)
            .filter(|stem| stem.is_empty() || stem.ends_with(['_', '.', '-']))
        else {
            return false;
        };
        has(&[before, &[format!("{stem}other")]].concat()) || stem.is_empty() && has(&before.to_vec())
    })
}

/// The key under which the other file may have the text for any number: `files` for `files.other` where it has no forms, and the
/// reverse.
fn other_key(key: &[String]) -> Vec<String> {
    match key.split_last() {
        Some((last, before)) if last == "other" => before.to_vec(),
        _ => [key, &["other".to_owned()]].concat(),
    }
}

impl Entry {
    /// The key as messages show it.
    fn name(&self) -> String {
        self.key.join(".")
    }

    fn into_block(self, side: Side) -> Option<Block> {
        let (kind, span) = (BlockKind::Segment, self.span);
        if self.syntax.keeps_ends() {
            self.text.into_whole_block(side, kind, span)
        } else {
            self.text.into_block(side, kind, span)
        }
    }
}

#[cfg(test)]
mod tests;
