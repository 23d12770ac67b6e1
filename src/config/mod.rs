//! `bilint.toml`: finding, loading and applying it.
//!
//! The nearest file upwards to the root of the git repository applies. It is merged with another file only if it says
//! `extend`.

mod error;
mod file;
mod init;
mod proposals;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use toml::Spanned;

pub use error::ConfigError;
use file::DateKey;
pub use file::{ConfigFile, Level, PairKeys, PinKeys, schema};
pub use init::{InitError, init, template};

use crate::finding::Finding;
use crate::glossary::{builtin_date, builtin_version, load};
use crate::input::{Base, PairPattern, Patterns, TextPin, decode};
use crate::rules::profile::Profile;
use crate::rules::style::Style;
use crate::rules::{self, Declared, Subject};
use crate::text::date::{Date, parse_date};
use crate::text::display_path;
use crate::text::{Direction, Sides, Source};

/// The name of the file.
pub const FILE_NAME: &str = "bilint.toml";

/// Severities of rules and groups.
pub type Levels = BTreeMap<String, Level>;

/// Where a key is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: String,
    /// 1-based line.
    pub line: usize,
}

/// Other severities for some files, and their day.
#[derive(Debug, Clone)]
pub struct Override {
    /// The patterns as written.
    pub paths: Vec<String>,
    /// The patterns.
    pub patterns: Patterns,
    /// The severities.
    pub levels: Levels,
    /// The day on which names in these files must be valid.
    pub date: Option<Date>,
}

/// A configuration. Paths are relative to the current folder, or absolute.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The file, if there is one.
    pub path: Option<PathBuf>,
    /// What to check if nothing is named.
    pub sources: Option<Vec<PathBuf>>,
    /// What to leave out, as written.
    pub exclude: Vec<String>,
    /// What to leave out.
    pub excluded: Option<Patterns>,
    /// The glossaries.
    pub glossaries: Option<Vec<PathBuf>>,
    /// The genre of the texts.
    pub profile: Option<Profile>,
    /// The direction of the translation, unless a file says otherwise.
    pub direction: Option<Direction>,
    /// The encoding of all files.
    pub encoding: Option<&'static Encoding>,
    /// Rules and groups to run.
    pub select: Vec<String>,
    /// Rules and groups not to run.
    pub ignore: Vec<String>,
    /// Acronyms that need no introduction.
    pub accepted_acronyms: Vec<String>,
    /// House style.
    pub style: Style,
    /// Severities.
    pub levels: Levels,
    /// Files that are translations of each other, as written.
    pub pairs: Vec<PairKeys>,
    /// Files that are translations of each other.
    pub pair_patterns: Vec<PairPattern>,
    /// Paragraphs that translate each other.
    pub pins: Vec<TextPin>,
    /// Severities for some files; the last match applies.
    pub overrides: Vec<Override>,
    /// Where each key is set; `rules.<id>` for single rules.
    pub places: BTreeMap<String, Place>,
}

/// The configuration file nearest to the folder `from` (absolute), upwards to the git root, as a path from there.
pub fn find(from: &Path) -> Option<PathBuf> {
    let mut way = PathBuf::new();
    for folder in from.ancestors() {
        if folder.join(FILE_NAME).is_file() {
            return Some(way.join(FILE_NAME));
        }
        if folder.join(".git").exists() {
            return None;
        }
        way.push("..");
    }
    None
}

impl Config {
    /// Loads a configuration file and those that it extends. `current` is the current folder, absolute.
    ///
    /// # Errors
    /// The file cannot be read, has unknown keys, names unknown rules, or extends itself.
    pub fn load(path: &Path, current: &Path) -> Result<Self, ConfigError> {
        let mut config = Self::default();
        Loader {
            current,
            open: Vec::new(),
        }
        .load(path, &mut config)?;
        config.path = Some(path.to_owned());
        Ok(config)
    }

    /// The rules and groups for `subject` to select and to ignore. Those given take precedence over those of the file.
    pub fn selection(&self, subject: Subject, select: &[String], ignore: &[String]) -> (Vec<String>, Vec<String>) {
        let mut ignored = ignore.to_vec();
        if !select.is_empty() {
            return (select.to_vec(), ignored);
        }
        ignored.extend(self.ignore.iter().cloned());
        let runs_somewhere = |id: &str, group: &str| {
            self.overrides
                .iter()
                .any(|o| level(&o.levels, id, group).is_some_and(|l| l != Level::Off))
        };
        // The file says at once what to run on texts and on glossaries.
        let is_about_it = |name: &&String| {
            let group = rules::Group::ALL.into_iter().find(|g| g.name() == name.as_str());
            let group = group.or_else(|| rules::find(name).map(|r| r.meta().group));
            group.is_none_or(|g| g.is_about(subject))
        };
        let mut selected: Vec<String> = self.select.iter().filter(is_about_it).cloned().collect();
        let mut extra = Vec::new();
        let metas = || {
            rules::all()
                .iter()
                .map(|r| r.meta())
                .filter(|m| m.group.is_about(subject))
        };
        for meta in metas() {
            let group = meta.group.name();
            match level(&self.levels, meta.id, group) {
                Some(Level::Off) if !runs_somewhere(meta.id, group) => ignored.push(meta.id.to_owned()),
                None if !runs_somewhere(meta.id, group) && !(meta.turned_on_by)(&self.style) => {}
                // A rule that is off by default runs if a severity is set for it, or the style that it checks.
                _ if !meta.on_by_default => extra.push(meta.id.to_owned()),
                _ => {}
            }
        }
        if selected.is_empty() && !extra.is_empty() {
            let usual = metas().filter(|m| m.on_by_default);
            selected = usual.map(|m| m.id.to_owned()).collect();
        }
        if !selected.is_empty() {
            selected.append(&mut extra);
        }
        (selected, ignored)
    }

    /// The glossaries `named`, or else those of the file; empty for the built-in one.
    pub fn glossaries_or<'a>(&'a self, named: &'a [PathBuf]) -> &'a [PathBuf] {
        match &self.glossaries {
            Some(configured) if named.is_empty() => configured,
            _ => named,
        }
    }

    /// The days of files, the last match counts.
    pub fn dates(&self) -> Vec<(Patterns, Date)> {
        let dated = self.overrides.iter();
        dated.filter_map(|o| Some((o.patterns.clone(), o.date?))).collect()
    }

    /// This file and those that it extends.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.places.values().map(|p| Path::new(&p.file))
    }

    /// Sets the severities of findings by the rules of the file, or else by its profile, and removes findings of rules that are off for their files, unless the rules were
    /// `selected` by name.
    pub fn apply_severities(&self, findings: &mut Vec<Finding>, selected: bool) {
        let profile = self.profile.unwrap_or_default();
        if self.levels.is_empty() && self.overrides.is_empty() && profile == Profile::default() {
            return;
        }
        findings.retain_mut(|f| {
            let Some(meta) = rules::find(f.rule).map(Declared::meta) else {
                return true;
            };
            let preset = || profile.severity(f.rule).map(Level::from);
            let Some(level) = self.level(f, meta.group.name()).or_else(preset) else {
                return true;
            };
            match level.apply(meta.severity, f.severity) {
                Some(severity) => f.severity = severity,
                None => return selected,
            }
            true
        });
    }

    fn level(&self, finding: &Finding, group: &str) -> Option<Level> {
        let files = [&finding.zh, &finding.en].map(|l| l.as_ref().map(|l| PathBuf::from(&*l.file)));
        let here = |o: &&Override| files.iter().flatten().any(|f| o.patterns.matches(f, false));
        self.overrides
            .iter()
            .rev()
            .filter(here)
            .find_map(|o| level(&o.levels, finding.rule, group))
            .or_else(|| level(&self.levels, finding.rule, group))
    }
}

/// The level of a rule. Its own takes precedence over that of its group.
fn level(levels: &Levels, id: &str, group: &str) -> Option<Level> {
    levels.get(id).or_else(|| levels.get(group)).copied()
}

/// Loads files that extend each other.
struct Loader<'a> {
    current: &'a Path,
    open: Vec<PathBuf>,
}

impl Loader<'_> {
    fn load(&mut self, path: &Path, config: &mut Config) -> Result<(), ConfigError> {
        let text = crate::file::read_to_string(path).map_err(|e| ConfigError::io(path, e))?;
        let source = Source::new(display_path(path), text);
        let file: ConfigFile = toml::from_str(source.text()).map_err(|e| ConfigError::toml(&source, &e))?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        if let Some(base) = &file.extend {
            let next = folder.join(base.get_ref());
            let here = Base::new(Path::new(""), self.current);
            self.open.push(here.open(path));
            if self.open.contains(&here.open(&next)) {
                return Err(ConfigError::at(
                    &source,
                    &base.span(),
                    "this file extends itself; remove `extend` from one of them",
                ));
            }
            if !next.is_file() {
                let message = format!("`{}` does not exist; the path is relative to this file", base.get_ref());
                return Err(ConfigError::at(&source, &base.span(), message));
            }
            self.load(&next, config)?;
        }
        let reading = Reading {
            base: Base::new(&folder, self.current),
            source,
        };
        reading.overlay(file, config)
    }
}

/// One file, parsed.
struct Reading {
    base: Base,
    source: Source,
}

impl Reading {
    fn overlay(&self, file: ConfigFile, config: &mut Config) -> Result<(), ConfigError> {
        let ConfigFile {
            extend,
            sources,
            exclude,
            glossaries,
            glossary_version,
            profile,
            direction,
            encoding,
            select,
            ignore,
            accepted_acronyms,
            style,
            rules,
            pairs,
            pins,
            r#override,
        } = file;
        let paths = |list: Vec<String>| list.iter().map(|p| self.base.open(Path::new(p))).collect::<Vec<_>>();
        self.take(config, "extend", extend);
        if let Some(list) = self.take(config, "sources", sources) {
            config.sources = Some(paths(list));
        }
        if let Some(list) = self.take(config, "exclude", exclude) {
            (config.exclude, config.excluded) = self.patterns(&list).map(|(t, p)| (t, Some(p)))?;
        }
        if let Some(list) = self.take(config, "glossaries", glossaries) {
            let is_builtin = |name: &String| load::is_builtin(Path::new(name));
            let path = |name: String| {
                if is_builtin(&name) {
                    name.into()
                } else {
                    self.base.open(Path::new(&name))
                }
            };
            config.glossaries = Some(list.into_iter().map(path).collect());
        }
        if let Some(pinned) = glossary_version {
            self.check_glossary_version(&pinned)?;
            self.take(config, "glossary-version", Some(pinned));
        }
        if let Some(profile) = self.take(config, "profile", profile) {
            config.profile = Some(profile);
        }
        if let Some(direction) = self.take(config, "direction", direction) {
            config.direction = Some(direction);
        }
        if let Some(label) = encoding {
            config.encoding = Some(self.known_encoding(&label)?);
            self.take(config, "encoding", Some(label));
        }
        if let Some(list) = self.take(config, "select", select) {
            config.select = self.known_rules(&list)?;
        }
        if let Some(list) = self.take(config, "ignore", ignore) {
            config.ignore = self.known_rules(&list)?;
        }
        if let Some(list) = self.take(config, "accepted-acronyms", accepted_acronyms) {
            config.accepted_acronyms = list;
        }
        let chosen = Style {
            quotes: self.take(config, "style.quotes", style.quotes),
            percent: self.take(config, "style.percent", style.percent),
            acronyms: self.take(config, "style.acronyms", style.acronyms),
        };
        config.style = chosen.or(config.style);
        for (name, level) in &rules {
            self.place(config, &format!("rules.{}", name.get_ref()), &name.span());
            config.levels.insert(self.known_rule(name)?, *level.get_ref());
        }
        self.overlay_pairs(pairs, config)?;
        self.overlay_pins(&pins, config)?;
        for keys in r#override {
            self.place(config, "override", &keys.span());
            let keys = keys.into_inner();
            let (paths, patterns) = self.patterns(&keys.paths)?;
            let mut levels = Levels::new();
            for (name, level) in &keys.rules {
                levels.insert(self.known_rule(name)?, *level.get_ref());
            }
            config.overrides.push(Override {
                paths,
                patterns,
                levels,
                date: keys.date.map(|date| self.date(&date)).transpose()?,
            });
        }
        Ok(())
    }

    /// Replaces the pairs, if the file has any.
    fn overlay_pairs(&self, pairs: Vec<Spanned<PairKeys>>, config: &mut Config) -> Result<(), ConfigError> {
        let Some(first) = pairs.first() else {
            return Ok(());
        };
        self.place(config, "pairs", &first.span());
        config.pairs.clear();
        config.pair_patterns.clear();
        for pair in pairs {
            let keys = pair.get_ref();
            let Some(pattern) = PairPattern::new(&self.base, &keys.zh, &keys.en) else {
                let message = "`zh` and `en` must each contain `{path}` once, for the part that both paths have in common, or each name one file";
                return Err(ConfigError::at(&self.source, &pair.span(), message));
            };
            config.pair_patterns.push(pattern);
            config.pairs.push(pair.into_inner());
        }
        Ok(())
    }

    /// Replaces the pins, if the file has any.
    fn overlay_pins(&self, pins: &[Spanned<PinKeys>], config: &mut Config) -> Result<(), ConfigError> {
        let Some(first) = pins.first() else {
            return Ok(());
        };
        self.place(config, "pins", &first.span());
        let pins = pins.iter().map(|keys| self.known_pin(keys));
        config.pins = pins.collect::<Result<_, _>>()?;
        Ok(())
    }

    fn known_pin(&self, keys: &Spanned<PinKeys>) -> Result<TextPin, ConfigError> {
        let PinKeys { file, zh, en } = keys.get_ref();
        let refuse = |message: String| ConfigError::at(&self.source, &keys.span(), message);
        let pin = TextPin::new(&self.base, file, Sides::new(zh, en))
            .ok_or_else(|| refuse("`zh` and `en` must each contain the beginning of a paragraph".to_owned()))?;
        if pin.has_file() {
            Ok(pin)
        } else {
            Err(refuse(format!(
                "`{file}` does not exist; the path is relative to this file"
            )))
        }
    }

    /// Records where a key is set, if it is, and returns its value.
    fn take<T>(&self, config: &mut Config, key: &str, value: Option<Spanned<T>>) -> Option<T> {
        let value = value?;
        self.place(config, key, &value.span());
        Some(value.into_inner())
    }

    /// Refuses another version of the built-in glossary than the one that this program has.
    fn check_glossary_version(&self, pinned: &Spanned<String>) -> Result<(), ConfigError> {
        let version = builtin_version();
        if pinned.get_ref() == version {
            return Ok(());
        }
        let message = format!(
            "this file needs version {} of the built-in glossary, and this bilint has {version} ({}); install the bilint \
             that has it, or check again and write `glossary-version = \"{version}\"`",
            pinned.get_ref(),
            builtin_date(),
        );
        Err(ConfigError::at(&self.source, &pinned.span(), message))
    }

    fn date(&self, key: &Spanned<DateKey>) -> Result<Date, ConfigError> {
        let text = key.get_ref().to_string();
        parse_date(&text).map_err(|_| {
            let message = format!("`{text}` is not a date; write it as YYYY-MM-DD, such as 2026-01-31");
            ConfigError::at(&self.source, &key.span(), message)
        })
    }

    fn known_encoding(&self, label: &Spanned<String>) -> Result<&'static Encoding, ConfigError> {
        let name = label.get_ref();
        decode::encoding_for(name).ok_or_else(|| {
            let message =
                format!("unknown encoding `{name}`; use a label such as utf-8, gb18030, gbk, big5 or utf-16le");
            ConfigError::at(&self.source, &label.span(), message)
        })
    }

    fn known_rules(&self, names: &[Spanned<String>]) -> Result<Vec<String>, ConfigError> {
        names.iter().map(|name| self.known_rule(name)).collect()
    }

    fn place(&self, config: &mut Config, key: &str, span: &Range<usize>) {
        let place = Place {
            file: self.source.path().to_string(),
            line: self.source.position(span.start).line,
        };
        config.places.insert(key.to_owned(), place);
    }

    fn patterns(&self, list: &[Spanned<String>]) -> Result<(Vec<String>, Patterns), ConfigError> {
        let texts: Vec<String> = list.iter().map(|p| p.get_ref().clone()).collect();
        let patterns = Patterns::new(&self.base, &texts).map_err(|(i, what)| {
            let span = list.get(i).map_or(0..0, Spanned::span);
            ConfigError::at(&self.source, &span, format!("malformed pattern: {what}"))
        })?;
        Ok((texts, patterns))
    }

    /// The name of a rule or group, or `all`.
    fn known_rule(&self, name: &Spanned<String>) -> Result<String, ConfigError> {
        let id = name.get_ref();
        if id == "all"
            || rules::find(id).is_some()
            || rules::is_retired(id)
            || rules::Group::ALL.iter().any(|g| g.name() == id)
        {
            return Ok(id.clone());
        }
        let message = match rules::nearest_ids(id) {
            Some(near) => format!("unknown rule or group `{id}`; did you mean `{near}`?"),
            None => format!("unknown rule or group `{id}`; `bilint rules` lists them"),
        };
        Err(ConfigError::at(&self.source, &name.span(), message))
    }
}

#[cfg(test)]
mod tests;
