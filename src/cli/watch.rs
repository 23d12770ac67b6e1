//! `bilint check --watch`: checks again whenever a text, a glossary or the configuration is saved.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use super::check::{self, Args};
use super::{EXIT_TROUBLE, Outcome, Trouble, console};
use crate::run::Settings;
use crate::run::watch::{WatchError, WatchedFiles, Watcher};
use crate::text::display_path;

/// Checks, waits for a change, and checks again, until it is interrupted or its output is closed.
pub fn run(args: &Args, out: &mut dyn Write, color: bool) -> Outcome {
    if args.inputs().reads_stdin() {
        return Err(WatchError::Stdin.into());
    }
    args.inputs().start_threads()?;
    let mut watcher = Watcher::new()?;
    let mut files = WatchedFiles::default();
    loop {
        let settings = args.settings();
        match settings.as_ref().map(|s| watched_files(args, s)) {
            Ok(watched) => files = watched?,
            // The configuration may be broken for a moment: go on watching the same files.
            Err(_) => files = add_config(files, args),
        }
        for unwatched in watcher.watch(&files)? {
            console::print(format_args!("warning: {unwatched}"));
        }
        if io::stdout().is_terminal() {
            write!(out, "\x1b[2J\x1b[H")?;
        }
        if let Err(e) = settings.and_then(|s| check::check_once(args, s, out, color)) {
            if super::is_broken_pipe(e.as_ref()) {
                return Err(e);
            }
            console::print_trouble(e.as_ref());
        }
        out.flush()?;
        console::print("watching for changes; Ctrl-C ends");
        let Some(changed) = watcher.wait(&files) else {
            return Ok(EXIT_TROUBLE);
        };
        let here = Path::new(".").canonicalize().unwrap_or_default();
        let name = changed.strip_prefix(here).unwrap_or(&changed);
        console::print(format_args!("changed: {}", display_path(name)));
    }
}

/// The files that a check reads, without those that it writes.
fn watched_files(args: &Args, settings: &Settings) -> Result<WatchedFiles, Trouble> {
    let mut files = add_config(WatchedFiles::new(settings)?, args);
    if let Some(list) = args.inputs().list() {
        files.add_file(list);
    }
    for file in args.output_files()? {
        files.add_output(&file);
    }
    Ok(files)
}

fn add_config(mut files: WatchedFiles, args: &Args) -> WatchedFiles {
    if let Some(file) = args.inputs().config_file() {
        files.add_file(&file);
    }
    files
}
