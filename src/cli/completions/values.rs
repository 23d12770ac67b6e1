//! The values that a shell completes and that clap does not know. The program itself checks them later, and says which one is
//! meant.

use std::ffi::OsStr;

use clap::ValueEnum;
use clap_complete::engine::{
    ArgValueCandidates, ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter,
};

use crate::config::{self, Config};
use crate::glossary::load::BUILTIN;
use crate::rules::{self, Group, Meta};
use crate::run::load_glossary;

fn candidate(meta: &Meta) -> CompletionCandidate {
    CompletionCandidate::new(meta.id).help(Some(meta.summary().into()))
}

/// The ids of all rules.
pub fn rule_ids() -> ArgValueCandidates {
    ArgValueCandidates::new(|| rules::all().iter().map(|rule| candidate(rule.meta())).collect())
}

/// All rules, groups, and `all`.
pub fn rules() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let ids = rules::all().iter().map(|rule| candidate(rule.meta()));
        let groups = Group::ALL.map(Group::name).into_iter().chain(["all"]);
        ids.chain(groups.map(CompletionCandidate::new)).collect()
    })
}

/// The rules about entries of glossaries, and `all`.
pub fn glossary_rules() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let metas = rules::all().iter().map(|rule| rule.meta());
        let about_entries = metas.filter(|meta| meta.group == Group::Glossary);
        about_entries
            .map(candidate)
            .chain([CompletionCandidate::new("all")])
            .collect()
    })
}

/// Files and folders, and a word that stands for something else.
fn path_or(word: &'static str) -> ArgValueCompleter {
    ArgValueCompleter::new(move |start: &OsStr| {
        let mut found = PathCompleter::any().complete(start);
        if word.starts_with(&*start.to_string_lossy()) {
            found.insert(0, CompletionCandidate::new(word));
        }
        found
    })
}

/// Files and folders, and the built-in glossary.
pub fn glossaries() -> ArgValueCompleter {
    path_or(BUILTIN)
}

/// Files, and `none`.
pub fn lexicons() -> ArgValueCompleter {
    path_or("none")
}

/// The encodings that Chinese and English texts have.
pub fn encodings() -> ArgValueCandidates {
    const LABELS: [&str; 6] = ["utf-8", "utf-16le", "utf-16be", "gb18030", "gbk", "big5"];
    ArgValueCandidates::new(|| LABELS.map(CompletionCandidate::new).into())
}

/// `FORMAT` or `FORMAT=FILE`.
pub fn targets<F: ValueEnum>() -> ArgValueCompleter {
    ArgValueCompleter::new(|start: &OsStr| {
        let start = start.to_string_lossy();
        if let Some((format, file)) = start.split_once('=') {
            let files = PathCompleter::any().complete(OsStr::new(file));
            return files.into_iter().map(|f| f.add_prefix(format!("{format}="))).collect();
        }
        let formats = F::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        formats
            .filter(|format| format.get_name().starts_with(&*start))
            .map(|format| CompletionCandidate::new(format.get_name()).help(format.get_help().cloned()))
            .collect()
    })
}

/// The ids of the concepts in the glossary of the configuration, or else in the built-in one.
pub fn concepts() -> ArgValueCompleter {
    ArgValueCompleter::new(|start: &OsStr| {
        let current = std::env::current_dir().unwrap_or_default();
        let config = config::find(&current).and_then(|file| Config::load(&file, &current).ok());
        let Ok(loaded) = load_glossary(config.unwrap_or_default().glossaries_or(&[])) else {
            return Vec::new();
        };
        let concepts = loaded.glossary.concepts().iter();
        concepts
            .filter(|concept| concept.id.starts_with(&*start.to_string_lossy()))
            .map(|concept| {
                let name = concept.preferred_en().map(|name| name.to_owned().into());
                CompletionCandidate::new(concept.id.to_string()).help(name)
            })
            .collect()
    })
}
