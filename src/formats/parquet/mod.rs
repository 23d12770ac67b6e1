//! Parquet files of pairs: two columns are read, and all columns are copied as they are, without the rows that are left out.
//!
//! Columns are copied by their physical values and levels, not by way of Arrow: types, field ids and metadata stay what they are. No
//! more than a few pages of a column are in memory at once, and a verdict for each row of a row group.

mod arrow_schema;
mod copy;
mod schema;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, Type as PhysicalType};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::errors::ParquetError;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::SchemaDescriptor;

pub use copy::{CopyError, TableWriter, Verdicts};

use super::cells::is_english_in_first;
use super::chunk::{Chunk, Content, Form, ReadChunks, Row};
use super::columns::Header;
use super::lines::document_of_pairs;
use super::{InputError, MAX_RECORDS};
use crate::text::{Direction, Side, Sides, Span, display_path};

/// The first bytes of a file, and the last ones.
pub const MAGIC: &[u8] = b"PAR1";

/// A Parquet file whose columns of Chinese and English are known.
pub struct Table {
    path: Arc<str>,
    /// Reads the texts.
    reader: SerializedFileReader<File>,
    /// Reads what is copied. Handles of one file share its position, and the two read at the same time.
    copied: SerializedFileReader<File>,
    /// The columns of the texts, by their number among the leaves of the schema.
    texts: Sides<usize>,
    direction: Option<Direction>,
}

impl Table {
    /// Opens a file.
    ///
    /// # Errors
    /// The file cannot be read, is broken or compressed in a way that is not read, or has no column for a language.
    pub fn open(path: &Path) -> Result<Self, InputError> {
        let name = display_path(path);
        let open = || -> Result<_, InputError> {
            let file = crate::file::open(path).map_err(|e| InputError::io(&name, e))?;
            SerializedFileReader::new(file).map_err(|e| fault(&name, &e))
        };
        let (reader, copied) = (open()?, open()?);
        let metadata = reader.metadata();
        for column in metadata.row_groups().iter().flat_map(RowGroupMetaData::columns) {
            if let Compression::BROTLI(_) | Compression::LZO = column.compression() {
                let (codec, column) = (column.compression_codec(), column.column_path().string());
                return Err(InputError::Table {
                    path: name,
                    fault: format!(
                        "column “{column}” is compressed by {codec}, which is not read; write it with zstd or snappy"
                    ),
                });
            }
        }
        let found = text_columns(metadata.file_metadata().schema_descr());
        let (texts, by_script) = found.map_err(|fault| InputError::Table {
            path: Arc::clone(&name),
            fault,
        })?;
        let mut table = Self {
            path: name,
            reader,
            copied,
            texts,
            direction: None,
        };
        if by_script {
            table.assign_sides()?;
        }
        Ok(table)
    }

    /// The path as messages show it.
    pub const fn path(&self) -> &Arc<str> {
        &self.path
    }

    /// How many row groups there are.
    pub fn groups(&self) -> usize {
        self.reader.num_row_groups()
    }

    /// The pairs of a row group. A row is a span of one, by its number in the file; the chunks have no text.
    ///
    /// # Errors
    /// The file cannot be read there.
    pub fn pairs(&self, group: usize) -> Result<Pairs, InputError> {
        let groups = self.reader.metadata().row_groups();
        let before: i64 = groups[..group].iter().map(RowGroupMetaData::num_rows).sum();
        let open = |side: Side| {
            self.open_texts(group, self.texts[side])
                .map_err(|e| fault(&self.path, &e))
        };
        Ok(Pairs {
            path: Arc::clone(&self.path),
            names: self.texts.map(|leaf| {
                self.reader
                    .metadata()
                    .file_metadata()
                    .schema_descr()
                    .column(leaf)
                    .path()
                    .string()
            }),
            texts: Sides::new(open(Side::Zh)?, open(Side::En)?),
            direction: self.direction,
            row: usize::try_from(before).unwrap_or_default(),
        })
    }

    fn open_texts(&self, group: usize, leaf: usize) -> Result<Texts, ParquetError> {
        let group = self.reader.get_row_group(group)?;
        let ColumnReader::ByteArrayColumnReader(reader) = group.get_column_reader(leaf)? else {
            return Err(ParquetError::General("a column of texts holds none".to_owned()));
        };
        Ok(Texts {
            reader,
            present: group.metadata().schema_descr().column(leaf).max_def_level(),
            levels: Vec::new(),
            values: Vec::new(),
        })
    }

    /// Decides which text is Chinese by the first rows.
    fn assign_sides(&mut self) -> Result<(), InputError> {
        self.direction = Some(Direction::ZhToEn);
        if self.groups() == 0 {
            return Ok(());
        }
        let rows = self.pairs(0)?.next_rows()?;
        let text = |text: &Option<ByteArray>| {
            text.as_ref()
                .and_then(|t| str::from_utf8(t.data()).ok())
                .unwrap_or_default()
                .to_owned()
        };
        let rows: Vec<[String; 2]> = rows
            .zh
            .iter()
            .zip(&rows.en)
            .map(|(zh, en)| [text(zh), text(en)])
            .collect();
        if is_english_in_first(rows.iter().map(|[zh, en]| [zh.as_str(), en])) {
            self.texts = Sides::new(self.texts.en, self.texts.zh);
            self.direction = Some(Direction::EnToZh);
        }
        Ok(())
    }
}

/// What is wrong with a file, as the library says it.
fn fault(path: &Arc<str>, error: &ParquetError) -> InputError {
    let message = match error {
        ParquetError::General(message) | ParquetError::NYI(message) | ParquetError::EOF(message) => message.clone(),
        ParquetError::External(error) => error.to_string(),
        other => other.to_string(),
    };
    InputError::Table {
        path: Arc::clone(path),
        fault: format!("cannot be read as Parquet: {message}; write the file again"),
    }
}

/// The columns of the texts among the leaves, and whether they are a source and a target: of the schema or, where it names no
/// languages, of a group of columns in it, as `translation.zh`.
fn text_columns(schema: &SchemaDescriptor) -> Result<(Sides<usize>, bool), String> {
    let leaves: Vec<(Vec<&str>, usize)> = (0..schema.num_columns())
        .map(|leaf| {
            (
                schema.columns()[leaf]
                    .path()
                    .parts()
                    .iter()
                    .map(String::as_str)
                    .collect(),
                leaf,
            )
        })
        .collect();
    let fields: Vec<&str> = schema
        .root_schema()
        .get_fields()
        .iter()
        .map(|field| field.name())
        .collect();
    let top = fields.iter().map(|&name| {
        (
            name,
            leaves.iter().find(|(path, _)| *path == [name]).map(|&(_, leaf)| leaf),
        )
    });
    let nested = leaves.iter().filter_map(|(path, leaf)| match path[..] {
        [_, name] if schema.columns()[*leaf].max_rep_level() == 0 => Some((name, Some(*leaf))),
        _ => None,
    });
    let (top, nested): (Vec<_>, Vec<_>) = (top.collect(), nested.collect());
    let read = |columns: &[(&str, Option<usize>)]| Header::read(columns.iter().map(|(name, _)| *name));
    let (columns, header) = match (read(&top), read(&nested)) {
        (Ok(header), _) => (top, header),
        (Err(_), Ok(header)) => (nested, header),
        (Err(missing), Err(_)) => {
            let named = missing.map_or("Chinese and none as English", Side::name);
            let found = fields.join(", ");
            return Err(format!(
                "no column is named as {named}; rename the columns of the texts, as `zh` and `en` (found: {found})"
            ));
        }
    };
    let leaf = |column: usize| {
        let (name, leaf) = columns[column];
        let is_text = |leaf: &usize| {
            let column = &schema.columns()[*leaf];
            column.physical_type() == PhysicalType::BYTE_ARRAY && column.max_rep_level() == 0
        };
        leaf.filter(is_text)
            .ok_or_else(|| format!("column “{name}” holds no texts; give it a text in each row"))
    };
    Ok((Sides::new(leaf(header.zh)?, leaf(header.en)?), header.by_script))
}

/// A column of texts.
struct Texts {
    reader: ColumnReaderImpl<ByteArrayType>,
    /// The definition level of a text; less is null.
    present: i16,
    levels: Vec<i16>,
    values: Vec<ByteArray>,
}

impl Texts {
    /// The next texts, at most as many as a document has.
    fn next(&mut self) -> Result<Vec<Option<ByteArray>>, ParquetError> {
        self.levels.clear();
        self.values.clear();
        let mut rows = 0;
        while rows < MAX_RECORDS {
            let (read, ..) =
                self.reader
                    .read_records(MAX_RECORDS - rows, Some(&mut self.levels), None, &mut self.values)?;
            if read == 0 {
                break;
            }
            rows += read;
        }
        let mut values = self.values.drain(..);
        if self.present == 0 {
            return Ok(values.map(Some).collect());
        }
        Ok(self
            .levels
            .iter()
            .map(|&level| if level == self.present { values.next() } else { None })
            .collect())
    }
}

/// Reads the pairs of a row group.
pub struct Pairs {
    path: Arc<str>,
    /// What the columns are called.
    names: Sides<String>,
    texts: Sides<Texts>,
    direction: Option<Direction>,
    /// The number of the next row in the file.
    row: usize,
}

impl Pairs {
    fn next_rows(&mut self) -> Result<Sides<Vec<Option<ByteArray>>>, InputError> {
        let path = &self.path;
        let next = |texts: &mut Texts| texts.next().map_err(|e| fault(path, &e));
        let rows = Sides::new(next(&mut self.texts.zh)?, next(&mut self.texts.en)?);
        if rows.zh.len() == rows.en.len() {
            return Ok(rows);
        }
        Err(InputError::Table {
            path: Arc::clone(path),
            fault: "the columns of the texts have not as many rows; write the file again".to_owned(),
        })
    }
}

impl ReadChunks for Pairs {
    fn next_chunk(&mut self) -> Result<Option<Chunk>, InputError> {
        let read = self.next_rows()?;
        if read.zh.is_empty() {
            return Ok(None);
        }
        let first = self.row;
        let (mut pairs, mut rows) = (Vec::new(), Vec::new());
        for (zh, en) in read.zh.iter().zip(&read.en) {
            let text = |side: Side, text: &'_ Option<ByteArray>| -> Result<_, InputError> {
                let bytes = text.as_ref().map_or(&[][..], ByteArray::data);
                str::from_utf8(bytes).map(str::to_owned).map_err(|_| InputError::Row {
                    path: Arc::clone(&self.path),
                    row: self.row + 1,
                    message: format!("column “{}” holds broken UTF-8", self.names[side]),
                })
            };
            let content = match (text(Side::Zh, zh), text(Side::En, en)) {
                (Err(error), _) | (_, Err(error)) => Content::LeftOut(error),
                (Ok(zh), Ok(en)) if zh.trim().is_empty() && en.trim().is_empty() => Content::Blank,
                (Ok(zh), Ok(en)) => {
                    pairs.push((zh, en));
                    Content::Pair {
                        document: 0,
                        record: pairs.len() - 1,
                    }
                }
            };
            rows.push(Row {
                spans: [Span::new(self.row, self.row + 1), Span::default()],
                content,
            });
            self.row += 1;
        }
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(zh, en)| (zh.as_str(), en.as_str())).collect();
        let mut document = document_of_pairs(&self.path, first, &pairs);
        document.direction = self.direction;
        Ok(Some(Chunk {
            files: Vec::new(),
            form: Form::Table,
            documents: vec![document],
            rows,
        }))
    }
}
