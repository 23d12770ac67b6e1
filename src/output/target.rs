//! `--output FORMAT[=FILE]`: the format of what is printed and where it goes.

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;

use super::{Format, Style};
use crate::file::{Place, write_atomically};
use crate::run::RunReport;

/// A format, and the file to write it to; standard output without one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Target<F = Format> {
    /// The format.
    pub format: F,
    /// The file.
    pub file: Option<PathBuf>,
}

/// Any failure to write.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Why a [`Target`] is invalid, or could not be written.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// No such format.
    #[error("unknown format `{name}`{}", .nearest.as_ref().map(|n| format!("; did you mean `{n}`?")).unwrap_or_default())]
    UnknownFormat {
        /// What was given.
        name: String,
        /// The nearest format.
        nearest: Option<String>,
    },
    /// `FORMAT=` without a file.
    #[error("`{0}=` needs a file name; omit `=` to write to standard output")]
    NoFile(String),
    /// Two outputs for the same place.
    #[error("two outputs go to {0}; write each to its own file, as in `--output sarif=out.sarif`")]
    Clash(String),
    /// The file could not be written.
    #[error("cannot write {}: {source}", .file.display())]
    Write {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl<F: ValueEnum> FromStr for Target<F> {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        let (name, file) = match text.split_once('=') {
            Some((name, "")) => return Err(TargetError::NoFile(name.to_owned())),
            Some((name, "-" | "/dev/stdout" | "/dev/fd/1" | "/proc/self/fd/1")) => (name, None),
            Some((name, file)) => (name, Some(PathBuf::from(file))),
            None => (text, None),
        };
        let format = F::from_str(name, true).map_err(|_| {
            let known: Vec<String> = F::value_variants()
                .iter()
                .filter_map(ValueEnum::to_possible_value)
                .map(|v| v.get_name().to_owned())
                .collect();
            TargetError::UnknownFormat {
                name: name.to_owned(),
                nearest: crate::text::nearest(name, known.iter().map(String::as_str)).map(str::to_owned),
            }
        })?;
        Ok(Self { format, file })
    }
}

impl<F> Target<F> {
    /// Checks that no two targets go to the same place, before any work is done.
    ///
    /// # Errors
    /// [`TargetError::Clash`].
    pub fn check(targets: &[Self]) -> Result<(), TargetError> {
        let mut seen = HashSet::new();
        for a in targets {
            if !seen.insert(a.file.as_deref().map(Place::new)) {
                let place = a
                    .file
                    .as_deref()
                    .map_or("standard output".to_owned(), |f| f.display().to_string());
                return Err(TargetError::Clash(place));
            }
        }
        Ok(())
    }

    /// Writes what was printed to the file at once, if there is one, and to `stdout` otherwise.
    ///
    /// # Errors
    /// [`TargetError::Write`] for the file, [`io::Error`] for `stdout`.
    pub fn write_bytes(&self, bytes: &[u8], stdout: &mut dyn Write) -> Result<(), Failure> {
        let Some(file) = &self.file else {
            return Ok(stdout.write_all(bytes)?);
        };
        write_atomically(file, bytes).map_err(|source| TargetError::Write {
            file: file.clone(),
            source,
        })?;
        Ok(())
    }
}

impl Target {
    /// Writes the report to the file, without colours and only once it is complete, or to `stdout`.
    ///
    /// # Errors
    /// [`TargetError::Write`] for the file, [`io::Error`] for `stdout`.
    pub fn write(&self, report: &RunReport, style: Style, stdout: &mut dyn Write) -> Result<(), Failure> {
        if self.file.is_none() {
            self.format.emitter(style).emit(report, stdout)?;
            return Ok(());
        }
        let mut bytes = Vec::new();
        self.format.emitter(Style::default()).emit(report, &mut bytes)?;
        self.write_bytes(&bytes, stdout)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::output::testing::report;

    #[test]
    fn a_target_is_a_format_and_perhaps_a_file() {
        let t: Target = "sarif=out/a=b.sarif".parse().unwrap();
        assert_eq!(
            (t.format, t.file),
            (Format::Sarif, Some(PathBuf::from("out/a=b.sarif")))
        );
        let t: Target = "github".parse().unwrap();
        assert_eq!((t.format, t.file), (Format::Github, None));
        let e = "sariff=x".parse::<Target>().unwrap_err().to_string();
        assert_eq!(e, "unknown format `sariff`; did you mean `sarif`?");
        assert!("json=".parse::<Target>().is_err());
        for name in ["json=-", "json=/dev/stdout"] {
            assert_eq!(name.parse::<Target>().unwrap().file, None);
        }
    }

    #[test]
    fn two_outputs_for_one_place_clash() {
        let targets: Vec<Target> = ["json", "github"].map(|t| t.parse().unwrap()).into();
        let e = Target::check(&targets).unwrap_err().to_string();
        assert!(e.starts_with("two outputs go to standard output"), "{e}");
        let targets: Vec<Target> = ["sarif=o.x", "json=./o.x"].map(|t| t.parse().unwrap()).into();
        let e = Target::check(&targets).unwrap_err().to_string();
        assert!(e.starts_with("two outputs go to ./o.x"), "{e}");
        let targets: Vec<Target> = ["json=a", "github"].map(|t| t.parse().unwrap()).into();
        assert!(Target::check(&targets).is_ok());
    }

    #[test]
    fn a_file_gets_the_whole_report_without_colours() {
        let dir = tempfile::tempdir().unwrap();
        let target = Target {
            format: Format::Text,
            file: Some(dir.path().join("new/report.txt")),
        };
        let mut stdout = Vec::new();
        let mut write = || target.write(&report(), Style::new(true, None), &mut stdout);
        let error = write().unwrap_err().to_string();
        assert!(error.ends_with("/new does not exist"), "{error}");
        fs::create_dir(dir.path().join("new")).unwrap();
        write().unwrap();
        assert!(stdout.is_empty());
        let written = fs::read_to_string(dir.path().join("new/report.txt")).unwrap();
        assert!(
            written.starts_with("error[") && !written.contains('\u{1b}'),
            "{written}"
        );
    }
}
