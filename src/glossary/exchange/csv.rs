//! CSV (RFC 4180) and TSV.

use super::layout::Table;
use crate::glossary::Concept;
use crate::text::formula::guarded;

/// A byte order mark, without which Excel reads UTF-8 as something else.
const MARK: &str = "\u{feff}";

/// The names as a table whose cells `separator` divides.
///
/// # Errors
/// None occurs in memory.
pub(super) fn write(concepts: &[Concept], separator: u8) -> Result<Vec<u8>, csv::Error> {
    let table = Table::new(concepts);
    let mut out = Vec::new();
    if separator == b',' {
        out.extend_from_slice(MARK.as_bytes());
    }
    let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(out);
    writer.write_record(table.headings.iter().map(|cell| guarded(cell).into_owned()))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| guarded(cell).into_owned()))?;
    }
    writer.into_inner().map_err(|e| e.into_error().into())
}
