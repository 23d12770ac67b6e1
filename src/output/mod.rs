//! The formats a report is printed in: one file per format, over the same [`RunReport`].
//!
//! An emitter writes the same bytes for the same report, on any machine and with any number of threads; only a Word document
//! has the day on it.

pub mod align;
mod checkstyle;
mod concise;
mod docx;
mod excerpt;
pub mod filter;
pub mod github;
mod gitlab;
mod html;
mod json;
mod jsonl;
mod junit;
mod markdown;
pub mod matches;
mod page;
pub mod quantities;
mod rdjson;
pub mod review;
mod sarif;
mod sarif_limits;
pub mod site;
mod statistics;
mod style;
mod summary;
mod target;
#[cfg(test)]
pub(crate) mod testing;
mod text;
mod workbook;
mod wrap;
mod xlsx;

pub use checkstyle::Checkstyle;
pub use concise::Concise;
pub use docx::Docx;
pub use github::GitHub;
pub use gitlab::GitLab;
pub use html::Html;
pub use json::{Json, pretty};
pub use jsonl::{JsonLines, write_finding};
pub use junit::JUnit;
pub use markdown::Markdown;
pub use rdjson::{Rdjson, Rdjsonl};
pub use sarif::Sarif;
pub use statistics::Statistics;
pub use style::Style;
pub use target::{Target, TargetError};
pub use text::Text;
pub use xlsx::Xlsx;

use std::borrow::Cow;
use std::io::{self, Write};

use crate::run::RunReport;
pub(crate) use crate::text::{printable, printable_lines, printable_path};

/// The name that formats give to the failure to check a file, where they name the rule of a finding.
const NOT_CHECKED: &str = "not-checked";

/// Prints a report in one format.
pub trait Emitter {
    /// Writes the whole report.
    ///
    /// # Errors
    /// Only those of `out`.
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()>;
}

impl Format {
    /// What this format leaves out of the report because its readers take no more, for people; `None` if nothing is.
    pub fn left_out(self, report: &RunReport) -> Option<String> {
        match self {
            Self::Sarif => sarif_limits::describe_left_out(report),
            _ => None,
        }
    }
}

/// A format whose readers want paths relative to the root of the repository, whatever the current folder.
struct FromRoot<E>(E);

impl<E: Emitter> Emitter for FromRoot<E> {
    fn emit(&self, report: &RunReport, out: &mut dyn Write) -> io::Result<()> {
        match report.relative_to_root() {
            Some(report) => self.0.emit(&report, out),
            None => self.0.emit(report, out),
        }
    }
}

/// The formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Format {
    /// For people: the Chinese and the English of the pair, underlined.
    Text,
    /// One line per finding: `path:line:column: severity[rule] message`.
    Concise,
    /// One JSON object, version 1.
    Json,
    /// One JSON object per finding, one per line.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// GitHub workflow commands: annotations in a pull request.
    Github,
    /// GitLab Code Quality report.
    Gitlab,
    /// JUnit XML.
    Junit,
    /// Checkstyle XML.
    Checkstyle,
    /// reviewdog's diagnostic format.
    Rdjson,
    /// The same, one diagnostic per line.
    Rdjsonl,
    /// A Markdown summary, for $GITHUB_STEP_SUMMARY and merge-request comments.
    Markdown,
    /// A page in HTML: the findings with both sentences, as a table.
    Html,
    /// A Word document with the same table, to print or to send. Needs a file.
    Docx,
    /// An Excel workbook: a row for each finding, with both sentences. Needs a file.
    Xlsx,
}

impl Format {
    /// Whether the format has a place for a quality score.
    pub const fn shows_score(self) -> bool {
        matches!(self, Self::Text | Self::Json | Self::Markdown | Self::Html | Self::Docx)
    }

    /// Whether the format shows the texts around findings.
    pub const fn shows_contexts(self) -> bool {
        matches!(self, Self::Text | Self::Html | Self::Docx | Self::Xlsx)
    }

    /// Whether the format is text, which a terminal can show.
    pub const fn is_text(self) -> bool {
        !matches!(self, Self::Docx | Self::Xlsx)
    }

    /// The emitter of this format. `style` matters only for `text` and `concise`.
    pub fn emitter(self, style: Style) -> Box<dyn Emitter> {
        match self {
            Self::Text => Box::new(Text(style)),
            Self::Concise => Box::new(Concise(style)),
            Self::Json => Box::new(Json),
            Self::Jsonl => Box::new(JsonLines),
            Self::Sarif => Box::new(FromRoot(Sarif)),
            Self::Github => Box::new(FromRoot(GitHub)),
            Self::Gitlab => Box::new(FromRoot(GitLab)),
            Self::Junit => Box::new(FromRoot(JUnit)),
            Self::Checkstyle => Box::new(FromRoot(Checkstyle)),
            Self::Rdjson => Box::new(FromRoot(Rdjson)),
            Self::Rdjsonl => Box::new(FromRoot(Rdjsonl)),
            Self::Markdown => Box::new(Markdown),
            Self::Html => Box::new(Html),
            Self::Docx => Box::new(Docx::of_today()),
            Self::Xlsx => Box::new(Xlsx),
        }
    }
}

/// A path with `/` between its parts on every platform.
pub(crate) fn forward_slashes(path: &str) -> Cow<'_, str> {
    if cfg!(windows) {
        Cow::Owned(path.replace('\\', "/"))
    } else {
        Cow::Borrowed(path)
    }
}

/// `1 file`, `2 files`.
pub(crate) fn count(n: usize, noun: &str) -> String {
    if n == 1 {
        format!("1 {noun}")
    } else {
        format!("{n} {noun}s")
    }
}

#[cfg(test)]
mod tests {
    use super::testing::report;
    use super::*;
    use crate::finding::sort;

    #[test]
    fn sort_does_not_depend_on_the_order_of_arrival() {
        let mut forth = report().findings;
        let mut back: Vec<_> = forth.iter().rev().cloned().collect();
        sort(&mut forth);
        sort(&mut back);
        assert_eq!(forth, back);
    }

    #[test]
    fn every_format_is_snapshot_tested_over_the_same_reports() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/output/snapshots");
        let files = std::fs::read_dir(folder).unwrap();
        let files: Vec<String> = files.map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
        for format in <Format as clap::ValueEnum>::value_variants() {
            let format = clap::ValueEnum::to_possible_value(format)
                .unwrap()
                .get_name()
                .to_owned();
            for (report, _) in testing::reports() {
                let end = format!("__{format}_{report}.snap");
                assert!(files.iter().any(|f| f.ends_with(&end)), "no snapshot {end}");
            }
        }
    }
}
