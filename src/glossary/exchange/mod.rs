//! Exchanging glossaries with other programs and with people: reading and writing tables, workbooks, TBX, JSON and YAML,
//! comparing what comes back with what went out, and changing the glossary file in place.

pub(super) mod apply;
pub mod changes;
mod csv;
mod difference;
mod json;
mod layout;
mod markdown;
pub(super) mod matching;
mod name_list;
mod read;
mod tbx;
mod xlsx;

use std::path::Path;

pub use apply::apply;
pub use changes::{Changes, Conflict, Edit, Resolution, compare};
pub use difference::{Difference, differences};
pub use read::{Imported, ReadError, Reading, read, sign_name};

use super::Concept;

/// The formats of glossaries to exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Comma-separated values, a row for each name.
    Csv,
    /// Tab-separated values, a row for each name.
    Tsv,
    /// An Excel workbook with filters and drop-downs.
    Xlsx,
    /// An OpenDocument sheet.
    Ods,
    /// TBX, the format of termbases (ISO 30042).
    Tbx,
    /// A list of concepts.
    Json,
    /// A list of concepts.
    Yaml,
    /// A Markdown table.
    #[value(alias = "md")]
    Markdown,
    /// A glossary file.
    Toml,
}

impl Format {
    /// The format of a file, by its extension.
    pub fn from_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tsv),
            "xlsx" | "xlsm" => Some(Self::Xlsx),
            "ods" => Some(Self::Ods),
            "tbx" | "xml" | "martif" => Some(Self::Tbx),
            "json" => Some(Self::Json),
            "yaml" | "yml" => Some(Self::Yaml),
            "md" | "markdown" => Some(Self::Markdown),
            "toml" => Some(Self::Toml),
            _ => None,
        }
    }
}

/// Why a glossary cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// This format is only read.
    #[error("glossaries are not written as {0}; write xlsx, which LibreOffice opens and saves as well")]
    ReadOnly(&'static str),
    /// The format cannot hold the glossary.
    #[error("cannot write the glossary as {format}: {message}")]
    Unfit {
        /// The format.
        format: &'static str,
        /// What does not fit.
        message: String,
    },
}

/// The concepts as a file. The same concepts give the same bytes.
///
/// # Errors
/// The format is only read, or cannot hold a text.
pub fn write(format: Format, concepts: &[Concept]) -> Result<Vec<u8>, WriteError> {
    let unfit = |format, message: String| WriteError::Unfit { format, message };
    match format {
        Format::Csv => csv::write(concepts, b',').map_err(|e| unfit("CSV", e.to_string())),
        Format::Tsv => csv::write(concepts, b'\t').map_err(|e| unfit("TSV", e.to_string())),
        Format::Xlsx => xlsx::write(concepts).map_err(|e| unfit("XLSX", e.to_string())),
        Format::Tbx => Ok(tbx::write(concepts).into_bytes()),
        Format::Json => {
            let text = serde_json::to_string_pretty(&json::values(concepts));
            let text = text.map_err(|e| unfit("JSON", e.to_string()))?;
            Ok(format!("{text}\n").into_bytes())
        }
        Format::Yaml => {
            let text = serde_saphyr::to_string(&json::values(concepts));
            Ok(text.map_err(|e| unfit("YAML", e.to_string()))?.into_bytes())
        }
        Format::Markdown => Ok(markdown::write(concepts).into_bytes()),
        Format::Ods => Err(WriteError::ReadOnly("ODS")),
        Format::Toml => Err(WriteError::ReadOnly("TOML")),
    }
}

#[cfg(test)]
mod tests;
