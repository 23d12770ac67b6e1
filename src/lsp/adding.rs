//! Adding a concept to the glossary of the project.

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::file::write_atomically;
use crate::filter::since::user_name;
use crate::finding::{Finding, Severity};
use crate::glossary::editing::{begin, set_name, text_after, text_after_changes};
use crate::glossary::load::{self, Format, GlossaryFile};
use crate::glossary::{Concept, Kind, Place, TomlFile};
use crate::run::{GlossarySettings, Settings, check_sources};
use crate::text::date::today;
use crate::text::{Side, Source};

/// Two names for a new concept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AddToGlossary {
    /// The Chinese name.
    pub zh: String,
    /// The English name.
    pub en: String,
}

/// The glossary file that concepts are added to: the first one in TOML.
pub fn glossary_file(settings: &Settings) -> Option<PathBuf> {
    let mut files = load::files(settings.effective_glossaries()).into_iter();
    files.find(|path| !load::is_builtin(path) && Format::from_path(path) == Some(Format::Toml))
}

/// Adds a concept with two names to [`glossary_file`]. Returns its path.
///
/// # Errors
/// In words for the user: there is no such file, `bilint glossary check` would report an error that is new, or the file cannot be
/// written. It is unchanged then.
pub fn add_to_glossary(settings: &Settings, names: &AddToGlossary) -> Result<PathBuf, String> {
    let path = glossary_file(settings).ok_or("no glossary file in TOML is configured")?;
    let mut read = load::read_files(settings.effective_glossaries());
    let name = path.display().to_string();
    let place = read.files.iter().position(|file| **file.source.path() == *name);
    let index = place.ok_or_else(|| format!("{name} cannot be read"))?;

    let mut concept = Concept::new("", Kind::Term);
    concept.place = Place {
        file: Arc::from(&*name),
        line: 1,
    };
    set_name(&mut concept, Side::Zh, names.zh.trim(), None);
    set_name(&mut concept, Side::En, names.en.trim(), None);
    let has = |c: &Concept, side| {
        c.names(side)
            .iter()
            .any(|n| concept.names(side).iter().any(|own| own.text == n.text))
    };
    if let Some(old) = read.concepts.iter().find(|c| has(c, Side::Zh) && has(c, Side::En)) {
        return Err(format!("“{}” is in the glossary already: {}", names.zh, old.place));
    }
    let is_used = |id: &str| read.concepts.iter().any(|c| c.id == id);
    let mut step = begin(concept, None, is_used).map_err(|e| e.to_string())?;
    let author = std::env::current_dir().ok().and_then(|folder| user_name(&folder));
    if let Some(author) = author {
        step.record(today(), &author, None);
    }
    let before = read.files[index].source.text();
    let after = match text_after_changes(&path, before, &[&step]) {
        Some(text) => text,
        None => text_after(&mut TomlFile::parse(&path, before).map_err(|e| e.to_string())?, [&step]),
    };

    let errors = |files: Vec<GlossaryFile>| -> Result<Vec<Finding>, String> {
        let settings = GlossarySettings {
            config: settings.config.clone(),
            ..GlossarySettings::default()
        };
        let report = check_sources(&settings, files, &()).map_err(|e| e.to_string())?;
        Ok(report
            .findings
            .into_iter()
            .filter(|f| f.severity == Severity::Error)
            .collect())
    };
    let old = load::read_files(settings.effective_glossaries()).files;
    read.files[index].source = Source::new(&*name, &*after);
    let (old, new) = (errors(old)?, errors(read.files)?);
    let is_new = |f: &&Finding| !old.iter().any(|o| (o.rule, &o.message) == (f.rule, &f.message));
    if let Some(error) = new.iter().find(is_new) {
        return Err(format!("{name} is left as it is: {}", error.message));
    }
    write_atomically(&path, after.as_bytes()).map_err(|e| format!("cannot write {name}: {e}"))?;
    Ok(path)
}
