//! `bilint config`: the configuration in effect, and where each key is set. Also the arguments that choose the file.

use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use toml_edit::Value;

use super::{EXIT_CLEAN, Outcome};
use crate::config::{self, Config, ConfigError, Levels};
use crate::glossary::load;
use crate::rules::style::{Acronyms, Percent, Quotes, Style};
use crate::text::Direction;
use crate::text::display_path;

/// Which configuration file is read.
#[derive(Debug, clap::Args)]
pub struct Choice {
    /// Read this configuration file instead of the nearest bilint.toml, upwards to the root of the git repository.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,

    /// Read no configuration file.
    #[arg(long)]
    no_config: bool,
}

impl Choice {
    /// The configuration in effect; the default one if there is no file.
    pub fn load(&self) -> Result<Config, ConfigError> {
        let current = env::current_dir().unwrap_or_default();
        self.file()
            .map_or_else(|| Ok(Config::default()), |file| Config::load(&file, &current))
    }

    /// The folder in which a check of the texts in `folder` runs: that of the nearest bilint.toml, unless the user says which one is
    /// read, or `folder` itself.
    pub fn root_of(&self, folder: &Path) -> PathBuf {
        let is_free = self.config.is_none() && !self.no_config;
        let found = is_free.then(|| config::find(folder)).flatten();
        let up = found.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        folder
            .ancestors()
            .nth(up.components().count())
            .unwrap_or(folder)
            .to_owned()
    }

    /// The file, if there is one.
    pub fn file(&self) -> Option<PathBuf> {
        match &self.config {
            Some(file) => Some(file.clone()),
            None if self.no_config => None,
            None => config::find(&env::current_dir().unwrap_or_default()),
        }
    }
}

/// Arguments of `bilint config`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint config                                what is set, and where
  bilint config --schema > bilint.schema.json    for an editor")]
pub struct Args {
    #[command(flatten)]
    choice: Choice,

    /// Print the JSON schema of the file instead.
    #[arg(long)]
    schema: bool,
}

/// Prints the configuration as a file with the same effect in the current folder.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    if args.schema {
        out.write_all(config::schema().as_bytes())?;
        return Ok(EXIT_CLEAN);
    }
    let config = args.choice.load()?;
    match &config.path {
        Some(path) => writeln!(out, "# {}", display_path(path))?,
        None => writeln!(out, "# no bilint.toml; these are the defaults")?,
    }
    let mut page = Page { config: &config, out };
    page.print()?;
    Ok(EXIT_CLEAN)
}

struct Page<'a> {
    config: &'a Config,
    out: &'a mut dyn Write,
}

impl Page<'_> {
    fn print(&mut self) -> io::Result<()> {
        let c = self.config;
        let here = [PathBuf::from(".")];
        self.line("sources", &paths(c.sources.as_deref().unwrap_or(&here)))?;
        self.line("exclude", &strings(&c.exclude))?;
        self.line("glossaries", &paths(c.glossaries.as_deref().unwrap_or_default()))?;
        for file in load::files(c.glossaries.as_deref().unwrap_or_default()) {
            writeln!(self.out, "#   reads {}", display_path(&file))?;
        }
        let direction = match c.direction.unwrap_or_default() {
            Direction::ZhToEn => "zh-en",
            Direction::EnToZh => "en-zh",
        };
        self.line("direction", &text(direction))?;
        self.line("profile", &text(c.profile.unwrap_or_default().name()))?;
        if let Some(encoding) = c.encoding {
            self.line("encoding", &text(encoding.name()))?;
        }
        self.line("select", &strings(&c.select))?;
        self.line("ignore", &strings(&c.ignore))?;
        self.line("accepted-acronyms", &strings(&c.accepted_acronyms))?;
        if c.style != Style::default() {
            writeln!(self.out, "\n[style]")?;
            let choices = [
                ("quotes", c.style.quotes.map(Quotes::name)),
                ("percent", c.style.percent.map(Percent::name)),
                ("acronyms", c.style.acronyms.map(Acronyms::name)),
            ];
            for (key, choice) in choices {
                if let Some(choice) = choice {
                    let from = self.from(&format!("style.{key}"));
                    writeln!(self.out, "{key} = {}{from}", text(choice))?;
                }
            }
        }
        if !c.levels.is_empty() {
            writeln!(self.out, "\n[rules]")?;
            for (id, level) in &c.levels {
                let from = self.from(&format!("rules.{id}"));
                writeln!(self.out, "{id} = {}{from}", text(level.name()))?;
            }
        }
        for pair in &c.pairs {
            let from = self.from("pairs");
            writeln!(
                self.out,
                "\n[[pairs]]{from}\nzh = {}\nen = {}",
                text(&pair.zh),
                text(&pair.en)
            )?;
        }
        for pin in &c.pins {
            let (from, file, begins) = (self.from("pins"), pin.path(), pin.begins());
            writeln!(
                self.out,
                "\n[[pins]]{from}\nfile = {}\nzh = {}\nen = {}",
                text(&display_path(&file)),
                text(&begins.zh),
                text(&begins.en)
            )?;
        }
        for o in &c.overrides {
            let from = self.from("override");
            let (paths, rules) = (strings(&o.paths), levels(&o.levels));
            writeln!(self.out, "\n[[override]]{from}\npaths = {paths}\nrules = {rules}")?;
        }
        Ok(())
    }

    fn line(&mut self, key: &str, value: &str) -> io::Result<()> {
        let from = self.from(key);
        writeln!(self.out, "{key} = {value}{from}")
    }

    fn from(&self, key: &str) -> String {
        match self.config.places.get(key) {
            Some(place) => format!("  # {}:{}", place.file, place.line),
            None => "  # default".to_owned(),
        }
    }
}

fn text(text: &str) -> String {
    Value::from(text).to_string()
}

fn strings(list: &[String]) -> String {
    let list: Vec<String> = list.iter().map(|s| text(s)).collect();
    format!("[{}]", list.join(", "))
}

fn paths(list: &[PathBuf]) -> String {
    let list: Vec<String> = list.iter().map(|p| display_path(Path::new(p)).to_string()).collect();
    strings(&list)
}

fn levels(levels: &Levels) -> String {
    let list: Vec<String> = levels
        .iter()
        .map(|(id, l)| format!("{id} = {}", text(l.name())))
        .collect();
    format!("{{ {} }}", list.join(", "))
}
