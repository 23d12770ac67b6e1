//! Copying the rows of a Parquet file, column by column.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as PhysicalType};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, KeyValue};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::FileReader;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::{Table, fault, schema};
use crate::formats::InputError;
use crate::formats::chunk::{PENALTY_COLUMN, RULES_COLUMN};

/// So many rows of a column are in memory at once.
const ROWS: usize = 1024;

/// What becomes of the rows of a row group.
#[derive(Debug, Default)]
pub struct Verdicts {
    /// Whether each row is written.
    kept: Vec<bool>,
    /// The rules of the rows that are written, one row after the other.
    rules: Vec<&'static str>,
    /// How many rules each of them has.
    counts: Vec<u32>,
    penalties: Vec<f64>,
}

impl Verdicts {
    /// Adds a row that is not written.
    pub fn leave_out(&mut self) {
        self.kept.push(false);
    }

    /// Adds a row that is written as it is.
    pub fn keep(&mut self) {
        self.kept.push(true);
    }

    /// Adds a row that is written with the rules that report it and a penalty.
    pub fn annotate(&mut self, rules: &[&'static str], penalty: f64) {
        self.kept.push(true);
        self.rules.extend_from_slice(rules);
        self.counts.push(rules.len() as u32);
        self.penalties.push(penalty);
    }

    /// Adds the rows of the next part.
    pub fn append(&mut self, mut next: Self) {
        self.kept.append(&mut next.kept);
        self.rules.append(&mut next.rules);
        self.counts.append(&mut next.counts);
        self.penalties.append(&mut next.penalties);
    }
}

/// Why rows cannot be copied.
#[derive(Debug)]
pub enum CopyError {
    /// The file cannot be read.
    Read(InputError),
    /// The copy cannot be written.
    Write(ParquetError),
}

impl From<ParquetError> for CopyError {
    fn from(error: ParquetError) -> Self {
        Self::Write(error)
    }
}

/// Writes a copy of a file.
pub struct TableWriter<'a, W: Write + Send> {
    table: &'a Table,
    writer: SerializedFileWriter<W>,
    is_annotated: bool,
}

impl<'a, W: Write + Send> TableWriter<'a, W> {
    /// Begins a copy, with columns for rules and penalties if it is to be annotated. It has the schema and the metadata of the file,
    /// and each column the compression that it has there.
    ///
    /// # Errors
    /// The copy cannot be written, or the file has such columns already.
    pub fn new(table: &'a Table, to: W, is_annotated: bool) -> Result<Self, CopyError> {
        let metadata = table.copied.metadata();
        let of_file = metadata.file_metadata();
        let mut root = of_file.schema_descr().root_schema_ptr();
        let mut pairs: Option<Vec<KeyValue>> = of_file.key_value_metadata().cloned();
        let mut properties = WriterProperties::builder()
            .set_created_by(concat!("bilint version ", env!("CARGO_PKG_VERSION")).to_owned());
        if let Some(group) = metadata.row_groups().first() {
            properties = properties.set_sorting_columns(group.sorting_columns().cloned());
            for column in group.columns() {
                let path = column.column_path().clone();
                properties = properties
                    .set_column_dictionary_enabled(path.clone(), has_dictionary(column))
                    .set_column_compression(path, column.compression());
            }
            // What is added, as the texts are.
            properties = properties.set_compression(group.column(table.texts.zh).compression());
        }
        if is_annotated {
            root = with_annotations(&root, table)?;
            pairs = pairs.map(schema::with_annotations);
        }
        let properties = properties.set_key_value_metadata(pairs).build();
        Ok(Self {
            table,
            writer: SerializedFileWriter::new(to, root, Arc::new(properties))?,
            is_annotated,
        })
    }

    /// Writes the rows of a row group that are kept, if there are any.
    ///
    /// # Errors
    /// The file cannot be read, or the copy not written.
    pub fn write_group(&mut self, group: usize, verdicts: &Verdicts) -> Result<(), CopyError> {
        if !verdicts.kept.contains(&true) {
            return Ok(());
        }
        let read = |error: ParquetError| CopyError::Read(fault(&self.table.path, &error));
        let from = self.table.copied.get_row_group(group).map_err(read)?;
        let mut to = self.writer.next_row_group()?;
        for leaf in 0..from.num_columns() {
            let reader = from.get_column_reader(leaf).map_err(read)?;
            let Some(mut writer) = to.next_column()? else { break };
            match reader {
                ColumnReader::BoolColumnReader(reader) => self.table.copy(reader, &mut writer, &verdicts.kept),
                ColumnReader::Int32ColumnReader(reader) => self.table.copy(reader, &mut writer, &verdicts.kept),
                ColumnReader::Int64ColumnReader(reader) => self.table.copy(reader, &mut writer, &verdicts.kept),
                ColumnReader::Int96ColumnReader(reader) => self.table.copy(reader, &mut writer, &verdicts.kept),
                ColumnReader::FloatColumnReader(reader) => self.table.copy(reader, &mut writer, &verdicts.kept),
                ColumnReader::DoubleColumnReader(reader) => self.table.copy(reader, &mut writer, &verdicts.kept),
                ColumnReader::ByteArrayColumnReader(reader) => self.table.copy(reader, &mut writer, &verdicts.kept),
                ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                    self.table.copy(reader, &mut writer, &verdicts.kept)
                }
            }?;
            writer.close()?;
        }
        if self.is_annotated {
            if let Some(mut writer) = to.next_column()? {
                write_rules(verdicts, &mut writer)?;
                writer.close()?;
            }
            if let Some(mut writer) = to.next_column()? {
                for penalties in verdicts.penalties.chunks(ROWS) {
                    let levels = vec![1; penalties.len()];
                    writer
                        .typed::<DoubleType>()
                        .write_batch(penalties, Some(&levels), None)?;
                }
                writer.close()?;
            }
        }
        to.close()?;
        Ok(())
    }

    /// Ends the copy, and returns where it was written.
    ///
    /// # Errors
    /// The copy cannot be written.
    pub fn finish(self) -> Result<W, CopyError> {
        Ok(self.writer.into_inner()?)
    }
}

impl Table {
    /// Copies the values of a column in the rows that are kept.
    fn copy<T: DataType>(
        &self,
        mut reader: ColumnReaderImpl<T>,
        writer: &mut SerializedColumnWriter<'_>,
        kept: &[bool],
    ) -> Result<(), CopyError> {
        let writer = writer.typed::<T>();
        let column = Arc::clone(writer.get_descriptor());
        let (present, repeats) = (column.max_def_level(), column.max_rep_level() > 0);
        let (mut levels, mut repetitions, mut values) = (Vec::new(), Vec::new(), Vec::new());
        let mut row = 0;
        loop {
            levels.clear();
            repetitions.clear();
            values.clear();
            let read = reader.read_records(ROWS, Some(&mut levels), Some(&mut repetitions), &mut values);
            let (rows, ..) = read.map_err(|e| CopyError::Read(fault(&self.path, &e)))?;
            if rows == 0 {
                break;
            }
            let kept = kept.get(row..row + rows).ok_or_else(|| self.lacks_rows())?;
            row += rows;
            if !kept.contains(&true) {
                continue;
            }
            if kept.contains(&false) {
                // Which of the levels, and of the values, are in rows that are kept.
                let entries = if repeats {
                    let mut entry_row = 0_usize;
                    let of_row = repetitions.iter().map(|&repetition| {
                        entry_row += usize::from(repetition == 0);
                        entry_row > 0 && kept.get(entry_row - 1).copied().unwrap_or_default()
                    });
                    of_row.collect()
                } else {
                    kept.to_vec()
                };
                if present > 0 {
                    let mut of_value = levels
                        .iter()
                        .zip(&entries)
                        .filter(|(level, _)| **level == present)
                        .map(|(_, kept)| *kept);
                    values.retain(|_| of_value.next().unwrap_or_default());
                    retain(&mut levels, &entries);
                } else {
                    retain(&mut values, &entries);
                }
                if repeats {
                    retain(&mut repetitions, &entries);
                }
            }
            writer.write_batch(
                &values,
                (present > 0).then_some(&levels),
                repeats.then_some(&repetitions),
            )?;
        }
        if row == kept.len() {
            Ok(())
        } else {
            Err(self.lacks_rows())
        }
    }

    fn lacks_rows(&self) -> CopyError {
        CopyError::Read(InputError::Table {
            path: Arc::clone(&self.path),
            fault: "its columns have not as many rows; write the file again".to_owned(),
        })
    }
}

fn retain<T>(items: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter().copied();
    items.retain(|_| kept.next().unwrap_or_default());
}

fn has_dictionary(column: &ColumnChunkMetaData) -> bool {
    column.dictionary_page_offset().is_some()
}

/// Lists of rules: level 1 is an empty list, and level 3 a rule in it.
fn write_rules(verdicts: &Verdicts, writer: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
    let mut rules = verdicts.rules.iter();
    for counts in verdicts.counts.chunks(ROWS) {
        let (mut levels, mut repetitions, mut values): (Vec<i16>, Vec<i16>, Vec<ByteArray>) = Default::default();
        for &count in counts {
            if count == 0 {
                levels.push(1);
                repetitions.push(0);
            }
            for n in 0..count {
                levels.push(3);
                repetitions.push(i16::from(n > 0));
            }
            values.extend(rules.by_ref().take(count as usize).map(|&rule| ByteArray::from(rule)));
        }
        writer
            .typed::<ByteArrayType>()
            .write_batch(&values, Some(&levels), Some(&repetitions))?;
    }
    Ok(())
}

/// The schema with the columns that annotations have in the Python package, too: a list of texts, and a number.
fn with_annotations(root: &TypePtr, table: &Table) -> Result<TypePtr, CopyError> {
    if let Some(field) = root
        .get_fields()
        .iter()
        .find(|f| [RULES_COLUMN, PENALTY_COLUMN].contains(&f.name()))
    {
        return Err(CopyError::Read(InputError::Table {
            path: Arc::clone(&table.path),
            fault: format!("there is a column “{}” already; remove it, or rename it", field.name()),
        }));
    }
    let rule = Type::primitive_type_builder("element", PhysicalType::BYTE_ARRAY)
        .with_repetition(Repetition::OPTIONAL)
        .with_converted_type(ConvertedType::UTF8)
        .with_logical_type(Some(LogicalType::String))
        .build()?;
    let list = Type::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![Arc::new(rule)])
        .build()?;
    let rules = Type::group_type_builder(RULES_COLUMN)
        .with_repetition(Repetition::OPTIONAL)
        .with_converted_type(ConvertedType::LIST)
        .with_logical_type(Some(LogicalType::List))
        .with_fields(vec![Arc::new(list)])
        .build()?;
    let penalty = Type::primitive_type_builder(PENALTY_COLUMN, PhysicalType::DOUBLE)
        .with_repetition(Repetition::OPTIONAL)
        .build()?;
    let mut fields = root.get_fields().to_vec();
    fields.extend([Arc::new(rules), Arc::new(penalty)]);
    let root = Type::group_type_builder(root.name()).with_fields(fields).build()?;
    Ok(Arc::new(root))
}
