//! `bilint lsp`: the language server on standard input and output.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lsp_server::Connection;
use lsp_types::{InitializeParams, InitializeResult, ServerInfo, Uri};

use super::config::Choice;
use super::{EXIT_CLEAN, Outcome, kept};
use crate::file;
use crate::lsp::{Client, Host, Server, capabilities, uri_of};
use crate::rules;
use crate::run::{FilterSettings, Settings};

/// Arguments of `bilint lsp`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint lsp      what an editor starts
  bilint lsp --waivers waivers.toml
      what is waived in the editor goes to this file

docs/editors.md has the settings of editors. Exit code 0 if the editor ended the server, 2 on trouble.")]
pub struct Args {
    #[command(flatten)]
    config: Choice,

    /// The waiver file: its findings are hidden, and waivers are added to it. It is made if it does not exist.
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,

    /// Hide the findings that this file contains.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Accepted, since many editors add it: the server always uses standard input and output.
    #[arg(long, hide = true)]
    stdio: bool,
}

/// Runs the server until the editor shuts it down. The folder of the configuration, or else the one that is open in the editor,
/// becomes the current one.
pub fn run(args: &Args) -> Outcome {
    let (connection, threads) = Connection::stdio();
    let (id, params) = connection.initialize_start()?;
    let params: InitializeParams = serde_json::from_value(params)?;
    let client = Client::new(&params);
    let root = match &client.root {
        Some(root) => args.config.root_of(root),
        None => std::env::current_dir()?,
    };
    std::env::set_current_dir(&root).map_err(|e| format!("{}: {e}", root.display()))?;
    let result = InitializeResult {
        capabilities: capabilities(&client),
        server_info: Some(ServerInfo {
            name: "bilint".to_owned(),
            version: Some(env!("BILINT_VERSION").to_owned()),
        }),
    };
    connection.initialize_finish(id, serde_json::to_value(result)?)?;
    let host = Program {
        args,
        pages: kept::folder().map(|folder| folder.join("rules")),
        written: RefCell::default(),
    };
    Server::new(connection, client, root, host).run()?;
    threads.join()?;
    Ok(EXIT_CLEAN)
}

/// What the server needs from the command line.
struct Program<'a> {
    args: &'a Args,
    /// The folder of the pages of the rules, for diagnostics to link to.
    pages: Option<PathBuf>,
    /// The pages that are there, by rule.
    written: RefCell<BTreeMap<String, Option<Uri>>>,
}

impl Host for Program<'_> {
    fn settings(&self) -> Result<Settings, String> {
        let filters = FilterSettings {
            waivers: self.args.waivers.clone(),
            update_waivers: true,
            baseline: self.args.baseline.clone(),
            ..FilterSettings::default()
        };
        let config = self.args.config.load().map_err(|e| e.to_string())?;
        Ok(Settings {
            filters,
            ..Settings::from_config(config)
        })
    }

    fn page(&self, rule: &str) -> Option<Uri> {
        let folder = self.pages.as_ref()?;
        let mut written = self.written.borrow_mut();
        let page = written
            .entry(rule.to_owned())
            .or_insert_with(|| write_page(folder, rule));
        page.clone()
    }
}

/// Writes the page of a rule, unless it is there.
fn write_page(folder: &Path, rule: &str) -> Option<Uri> {
    let path = folder.join(format!("{rule}.md"));
    let page = format!("# {rule}\n\n{}", rules::find(rule)?.meta().markdown());
    if file::read(&path).ok().as_deref() != Some(page.as_bytes()) {
        std::fs::create_dir_all(folder).ok()?;
        file::write_atomically(&path, page.as_bytes()).ok()?;
    }
    uri_of(&path)
}
