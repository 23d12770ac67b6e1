//! `bilint init`: a first configuration file.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{EXIT_CLEAN, Outcome};
use crate::config::{FILE_NAME, template};
use crate::text::display_path;

/// Arguments of `bilint init`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to write it to.
    #[arg(default_value = ".")]
    folder: PathBuf,
}

/// Looks at the folder and writes `bilint.toml`, never over one that is there.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let path = if args.folder == Path::new(".") {
        PathBuf::from(FILE_NAME)
    } else {
        args.folder.join(FILE_NAME)
    };
    let name = display_path(&path);
    if path.symlink_metadata().is_ok() {
        return Err(format!("{name}: there is one already; change it, or remove it first").into());
    }
    let text = template(&args.folder);
    let mut file = match File::create_new(&path) {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::NotFound => {
            return Err(format!("{}: no such folder", display_path(&args.folder)).into());
        }
        Err(e) => return Err(format!("{name}: cannot be written: {e}").into()),
    };
    file.write_all(text.as_bytes())
        .map_err(|e| format!("{name}: cannot be written: {e}"))?;
    writeln!(out, "wrote {name}; `bilint config` prints what is in effect")?;
    Ok(EXIT_CLEAN)
}
