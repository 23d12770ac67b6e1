//! Reads a file for import.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Format, json, markdown, tbx, xlsx};
use crate::formats::workbook::{self, Sheet, SheetRow, WorkbookError};
use crate::glossary::Concept;
use crate::glossary::load::headings::{Column, ROWS_ABOVE, are_headings};
use crate::glossary::load::split::Split;
use crate::glossary::load::{
    self, Doubt, Draft, GlossaryError, Problem, Problems, join, read_sheet, read_table, read_toml,
};
use crate::input::decode;
use crate::text::{Source, display_path, printable, printable_path};

/// Most bytes of a file that is read as a text.
const MOST_BYTES: usize = 64 << 20;

/// How a file is read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The signs that divide the names in a cell, besides `|`; `None` if nobody has decided.
    pub split: Option<Vec<char>>,
    /// The sheets to read, by name or number from 1; empty for the one that has names.
    pub sheets: Vec<String>,
    /// The encoding of a text; detected if `None`.
    pub encoding: Option<&'static encoding_rs::Encoding>,
}

/// What a file says.
#[derive(Debug, Default)]
pub struct Imported {
    /// The concepts, and whether the file gives their ids.
    pub concepts: Vec<(Concept, bool)>,
    /// The keys that the file can say something about; `None` if those that a concept lacks are unknown.
    pub keys: Option<Vec<&'static str>>,
    /// What was exported, if the file contains it.
    pub base: Option<Vec<Concept>>,
    /// What was corrected or left out.
    pub warnings: Vec<Problem>,
}

/// Why a file cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The extension is not known.
    #[error("{}: not a format that bilint imports; it reads .csv, .tsv, .xlsx, .ods, .tbx, .json, .yaml, .md and .toml", shown(.0))]
    UnknownFormat(PathBuf),
    /// The system refuses.
    #[error("cannot read {}: {source}", shown(.path))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is damaged, or holds more than is read.
    #[error("{}: {}\n  help: {}", shown(.path), printable(.message), printable(.help))]
    Refused {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
    /// Cells contain signs that may divide names.
    #[error("{}: {}", shown(.path), describe_doubts(.doubts))]
    Doubtful {
        /// The file.
        path: PathBuf,
        /// The signs, and where they are.
        doubts: BTreeMap<char, Doubt>,
    },
    /// Several sheets have names.
    #[error("{}: the sheets “{}” all have names\n  help: choose with --sheet NAME, which may be repeated", shown(.path), printable(&.sheets.join("”, “")))]
    SeveralSheets {
        /// The file.
        path: PathBuf,
        /// Their names.
        sheets: Vec<String>,
    },
    /// The content has faults.
    #[error(transparent)]
    Faulty(#[from] GlossaryError),
}

fn describe_doubts(doubts: &BTreeMap<char, Doubt>) -> String {
    let each = doubts.iter().map(|(sign, doubt)| {
        let sign = sign_name(*sign);
        let example = doubt.example.replace('\n', "⏎");
        let example = printable(&example);
        format!(
            "{} cell{} contain{} {sign}, the first in row {}: “{example}”",
            doubt.cells,
            if doubt.cells == 1 { "" } else { "s" },
            if doubt.cells == 1 { "s" } else { "" },
            doubt.line,
        )
    });
    let each: Vec<String> = each.collect();
    let first = doubts.keys().next().map_or(String::new(), |&sign| split_value(sign));
    format!(
        "do these signs divide several names?\n  {}\n  help: if so, name each of them: --split {first}; if none does, --split none",
        each.join("\n  ")
    )
}

/// A sign in a sentence.
pub fn sign_name(sign: char) -> String {
    match sign {
        '\n' => "a line break".to_owned(),
        sign => format!("“{sign}”"),
    }
}

/// A sign as the value of `--split`.
fn split_value(sign: char) -> String {
    match sign {
        '\n' => "newline".to_owned(),
        sign => format!("'{sign}'"),
    }
}

/// A path in a message.
fn shown(path: &Path) -> String {
    printable_path(&display_path(path)).into_owned()
}

/// Reads a file.
///
/// # Errors
/// The file cannot be read, is faulty, or says something that a person has to decide.
pub fn read(path: &Path, reading: &Reading) -> Result<Imported, ReadError> {
    let format = Format::from_path(path).ok_or_else(|| ReadError::UnknownFormat(path.to_owned()))?;
    let bytes = crate::file::read(path).map_err(|source| ReadError::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    let file = File { path, reading };
    let mut split = match &reading.split {
        Some(signs) => Split::At(signs.clone()),
        None => Split::Undecided(BTreeMap::new()),
    };
    let mut found = file.concepts(format, bytes, &mut split)?;
    if let Split::Undecided(doubts) = split
        && !doubts.is_empty()
    {
        return Err(ReadError::Doubtful {
            path: path.to_owned(),
            doubts,
        });
    }
    let drafts = join(std::mem::take(&mut found.drafts), &mut found.problems);
    Ok(Imported {
        concepts: drafts.into_iter().map(|d| (d.concept, d.has_id)).collect(),
        keys: found.keys,
        base: found.base,
        warnings: found.problems.into_result()?,
    })
}

/// What was found in a file so far.
#[derive(Default)]
struct Found {
    drafts: Vec<Draft>,
    problems: Problems,
    keys: Option<Vec<&'static str>>,
    base: Option<Vec<Concept>>,
}

impl Found {
    fn add_columns(&mut self, columns: &[Column]) {
        let mut keys: Vec<&str> = columns.iter().filter_map(|c| c.key()).collect();
        if columns.contains(&Column::Language) {
            keys.extend(["zh", "en"]);
        }
        if columns.contains(&Column::Extra) {
            keys.push("extra");
        }
        self.keys.get_or_insert_default().extend(keys);
    }
}

struct File<'a> {
    path: &'a Path,
    reading: &'a Reading,
}

impl File<'_> {
    fn refused(&self, message: impl Into<String>, help: &str) -> ReadError {
        ReadError::Refused {
            path: self.path.to_owned(),
            message: message.into(),
            help: help.to_owned(),
        }
    }

    fn concepts(&self, format: Format, bytes: Vec<u8>, split: &mut Split) -> Result<Found, ReadError> {
        let mut found = Found::default();
        let (drafts, problems) = (&mut found.drafts, &mut found.problems);
        match format {
            Format::Xlsx => return self.workbook(read_filled(&bytes), split),
            Format::Ods => return self.workbook(workbook::read_ods(&bytes), split),
            _ => {}
        }
        let source = self.text(bytes)?;
        match format {
            Format::Csv | Format::Tsv => {
                let format = if format == Format::Csv {
                    load::Format::Csv
                } else {
                    load::Format::Tsv
                };
                let columns = read_table(&source, format, split, drafts, problems);
                found.add_columns(&columns);
            }
            Format::Markdown => {
                let tables = markdown::read(&source);
                let tables: Vec<_> = tables
                    .into_iter()
                    .filter(|rows| rows.first().is_some_and(has_headings))
                    .collect();
                if tables.is_empty() {
                    let help = "write a table with a column for each language, such as | zh | en |";
                    return Err(self.refused("no table with Chinese and English names", help));
                }
                for rows in tables {
                    let columns = read_sheet(source.path(), &rows, &[], split, &mut found.drafts, &mut found.problems);
                    found.add_columns(&columns);
                }
            }
            Format::Tbx => tbx::read(&source, split, drafts, problems),
            Format::Json => {
                let value = serde_json::from_str(source.text()).map_err(|e| {
                    self.refused(format!("not valid JSON: {e}"), "correct the place, or export it again")
                })?;
                json::read(&value, source.path(), split, drafts, problems);
            }
            Format::Yaml => {
                let value: serde_json::Value = serde_saphyr::from_str(source.text()).map_err(|e| {
                    self.refused(format!("not valid YAML: {e}"), "correct the place, or export it again")
                })?;
                json::read(&value, source.path(), split, drafts, problems);
            }
            Format::Toml => read_toml(&source, drafts, problems),
            Format::Xlsx | Format::Ods => {}
        }
        Ok(found)
    }

    fn text(&self, bytes: Vec<u8>) -> Result<Source, ReadError> {
        if bytes.len() > MOST_BYTES {
            let message = format!("more than {} MB, which is no glossary", MOST_BYTES >> 20);
            return Err(self.refused(message, "divide the file"));
        }
        let name: Arc<str> = display_path(self.path);
        let decoded = decode::decode(&name, bytes, self.reading.encoding);
        let decoded = decoded.map_err(|e| self.refused(e.to_string(), "save it as UTF-8, or name its --encoding"))?;
        Ok(Source::new(name, decoded.text))
    }

    fn workbook(&self, sheets: Result<Vec<Sheet>, WorkbookError>, split: &mut Split) -> Result<Found, ReadError> {
        let sheets = sheets.map_err(|e| {
            self.refused(
                e.to_string(),
                "save it again as XLSX or ODS, without what is no glossary",
            )
        })?;
        let mut found = Found {
            base: self.exported(&sheets)?,
            ..Found::default()
        };
        for sheet in self.chosen(&sheets)? {
            let name: Arc<str> = if sheets.iter().filter(|s| !s.hidden).count() > 1 {
                format!("{}, sheet {}", display_path(self.path), sheet.name).into()
            } else {
                display_path(self.path)
            };
            let rows = below_title(&sheet.rows);
            let base = found.base.as_deref().unwrap_or_default();
            let columns = read_sheet(&name, rows, base, split, &mut found.drafts, &mut found.problems);
            found.add_columns(&columns);
        }
        Ok(found)
    }

    /// The sheets to read.
    fn chosen<'s>(&self, sheets: &'s [Sheet]) -> Result<Vec<&'s Sheet>, ReadError> {
        let shown = || sheets.iter().filter(|s| !s.hidden);
        if self.reading.sheets.is_empty() {
            let with_names: Vec<&Sheet> = shown()
                .filter(|s| below_title(&s.rows).first().is_some_and(has_headings))
                .collect();
            return match with_names.len() {
                1 => Ok(with_names),
                0 => {
                    // Without headings, perhaps.
                    let first = shown().find(|s| !s.rows.is_empty());
                    let help = "name the columns in the first row: zh and en, 中文 and 英文";
                    first
                        .map(|s| vec![s])
                        .ok_or_else(|| self.refused("no sheet has names", help))
                }
                _ => Err(ReadError::SeveralSheets {
                    path: self.path.to_owned(),
                    sheets: with_names.iter().map(|s| s.name.clone()).collect(),
                }),
            };
        }
        let find = |wanted: &String| {
            let by_name = sheets.iter().find(|s| s.name == *wanted);
            let by_number = || sheets.get(wanted.parse::<usize>().ok()?.checked_sub(1)?);
            by_name.or_else(by_number).ok_or_else(|| {
                let names: Vec<&str> = sheets.iter().map(|s| &*s.name).collect();
                let help = format!("the sheets are “{}”", names.join("”, “"));
                self.refused(format!("no sheet “{wanted}”"), &help)
            })
        };
        self.reading.sheets.iter().map(find).collect()
    }

    /// What was exported, by the hidden sheet of an export.
    fn exported(&self, sheets: &[Sheet]) -> Result<Option<Vec<Concept>>, ReadError> {
        let Some(sheet) = sheets.iter().find(|s| s.name == xlsx::EXPORTED) else {
            return Ok(None);
        };
        let (mut drafts, mut problems) = (Vec::new(), Problems::default());
        let values = sheet.rows.iter().map(|row| serde_json::from_str(&row.cells.concat()));
        let values = values.collect::<Result<_, _>>().map_err(|e| {
            let message = format!("the hidden sheet “{}” was changed: {e}", xlsx::EXPORTED);
            self.refused(message, "delete that sheet, and name what was exported with --base")
        })?;
        let path: Arc<str> = display_path(self.path);
        json::read(
            &serde_json::Value::Array(values),
            &path,
            &mut Split::At(Vec::new()),
            &mut drafts,
            &mut problems,
        );
        problems.into_result()?;
        Ok(Some(drafts.into_iter().map(|d| d.concept).collect()))
    }
}

/// The sheets of an XLSX file, merged cells filled.
fn read_filled(bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookError> {
    let mut sheets = workbook::read_xlsx(bytes, workbook::Values::Exact)?;
    sheets.iter_mut().for_each(Sheet::fill_down);
    Ok(sheets)
}

/// The rows from the headings on. Above them there may be a title.
fn below_title(rows: &[SheetRow]) -> &[SheetRow] {
    let headings = rows.iter().take(ROWS_ABOVE).position(has_headings);
    &rows[headings.unwrap_or(0)..]
}

fn has_headings(row: &SheetRow) -> bool {
    are_headings(row.cells.iter().map(String::as_str))
}
