//! The arguments that choose the glossary.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::completions::values;
use crate::cli::config::Choice;
use crate::cli::{Trouble, console::Console};
use crate::config::Config;
use crate::glossary::load;
use crate::run::{NamedGlossary, load_glossary};

/// Which glossary is meant.
#[derive(Debug, clap::Args)]
pub struct Target {
    /// A glossary file, a folder of them, or `builtin`. May be repeated: an earlier one has precedence. Default: the glossaries of
    /// bilint.toml, or else the built-in one.
    #[arg(long, value_name = "FILE", add = values::glossaries())]
    glossary: Vec<PathBuf>,

    #[command(flatten)]
    config: Choice,
}

impl Target {
    /// The files and folders of the glossary; none for the built-in one.
    ///
    /// # Errors
    /// A faulty configuration.
    pub fn paths(&self) -> Result<Vec<PathBuf>, Trouble> {
        Ok(self.config()?.glossaries_or(&self.glossary).to_vec())
    }

    /// The configuration.
    ///
    /// # Errors
    /// It is faulty.
    pub fn config(&self) -> Result<Config, Trouble> {
        Ok(self.config.load()?)
    }

    /// Loads the glossary and prints what is doubtful about it.
    ///
    /// # Errors
    /// A faulty configuration or glossary.
    pub fn load(&self) -> Result<NamedGlossary, Trouble> {
        let config = self.config.load()?;
        let loaded = load_glossary(config.glossaries_or(&self.glossary))?;
        let console = Console::default();
        for warning in &loaded.warnings {
            console.glossary_warning(warning);
        }
        Ok(loaded)
    }
}

/// The TOML files among those named or configured.
///
/// # Errors
/// A faulty configuration; no TOML file at all.
pub fn toml_files(config: &Choice, named: &[PathBuf]) -> Result<Vec<PathBuf>, Trouble> {
    let config = config.load()?;
    let mut files = load::files(config.glossaries_or(named));
    files.retain(|file| load::Format::from_path(file) == Some(load::Format::Toml));
    if files.is_empty() {
        return Err("no glossary file in TOML; name one, or list it under `glossaries` in bilint.toml".into());
    }
    Ok(files)
}

/// How a subcommand prints.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// JSON.
    Json,
}
