//! Filtering Parquet: all columns of a row stay together, and what is found is what is found in text.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, KeyValue};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::record::Row;
use parquet::schema::parser::parse_message_type;

use super::filtering::{ANNOTATE, OPTIONS, Problems, checked, many};
use super::*;
use crate::finding::Severity;
use crate::input::Corpus;

const SCHEMA: &str = "message schema {
    required int64 id;
    optional binary zh (STRING);
    optional group tags (LIST) { repeated group list { optional binary element (STRING); } }
    required binary en (STRING);
}";
const SPARK: &str = "org.apache.spark.sql.parquet.row.metadata";

/// A pair; `None` is null.
type Pair = (Option<Vec<u8>>, Vec<u8>);

fn pair(zh: &str, en: &str) -> Pair {
    (Some(zh.into()), en.into())
}

/// Writes pairs in row groups of so many rows. Row n has n % 4 tags less one, of which the second is null; or none at all.
fn write(path: &Path, pairs: &[Pair], rows: usize) -> Result<(), ParquetError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_key_value_metadata(Some(vec![
            KeyValue::new("mine".to_owned(), "kept".to_owned()),
            KeyValue::new(SPARK.to_owned(), r#"{"type":"struct","fields":[]}"#.to_owned()),
            KeyValue::new("ARROW:schema".to_owned(), "nonsense".to_owned()),
        ]));
    let schema = Arc::new(parse_message_type(SCHEMA)?);
    let mut writer = SerializedFileWriter::new(fs::File::create(path)?, schema, Arc::new(properties.build()))?;
    for (part, pairs) in pairs.chunks(rows).enumerate() {
        let numbers: Vec<i64> = (0_i64..).skip(part * rows).take(pairs.len()).collect();
        let mut group = writer.next_row_group()?;
        let mut column = group.next_column()?.unwrap();
        column.typed::<Int64Type>().write_batch(&numbers, None, None)?;
        column.close()?;
        let mut column = group.next_column()?.unwrap();
        let levels: Vec<i16> = pairs.iter().map(|(zh, _)| zh.is_some().into()).collect();
        let zh: Vec<ByteArray> = pairs.iter().filter_map(|(zh, _)| zh.clone().map(Into::into)).collect();
        column.typed::<ByteArrayType>().write_batch(&zh, Some(&levels), None)?;
        column.close()?;
        let mut column = group.next_column()?.unwrap();
        let (mut tags, mut levels, mut repetitions) = (Vec::new(), Vec::new(), Vec::new());
        for n in numbers {
            let of_row: &[i16] = [&[0][..], &[1], &[3], &[3, 2, 3]][n as usize % 4];
            levels.extend(of_row);
            repetitions.extend((0..of_row.len()).map(|i| i16::from(i > 0)));
            let present = of_row.iter().filter(|&&level| level == 3).count();
            tags.extend((0..present).map(|i| ByteArray::from(format!("{n}-{i}").into_bytes())));
        }
        column
            .typed::<ByteArrayType>()
            .write_batch(&tags, Some(&levels), Some(&repetitions))?;
        column.close()?;
        let mut column = group.next_column()?.unwrap();
        let en: Vec<ByteArray> = pairs.iter().map(|(_, en)| en.clone().into()).collect();
        column.typed::<ByteArrayType>().write_batch(&en, None, None)?;
        column.close()?;
        group.close()?;
    }
    writer.close().map(drop)
}

fn reader(path: &Path) -> SerializedFileReader<fs::File> {
    SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap()
}

/// The rows of a file.
fn rows(path: &Path) -> Vec<Row> {
    reader(path).get_row_iter(None).unwrap().map(Result::unwrap).collect()
}

/// The rows of a file with each column as text.
fn texts(path: &Path) -> Vec<Vec<String>> {
    let row = |row: Row| {
        row.get_column_iter()
            .map(|(name, field)| format!("{name}: {field}"))
            .collect()
    };
    rows(path).into_iter().map(row).collect()
}

/// Filters the file into another one.
#[track_caller]
fn filter(from: &Path, options: FilterOptions, to: &Path) -> (FilterReport, Vec<String>) {
    let run = Run::new(Settings::default()).unwrap();
    let problems = Problems::default();
    let table = Corpus::Records(from.to_owned()).open_table().unwrap().unwrap();
    let output = fs::File::create(to).unwrap();
    let (report, mut output) = run.filter_table(&table, options, output, &problems).unwrap();
    output.flush().unwrap();
    let here = format!("{}/", from.parent().unwrap().display());
    let problems = problems.0.into_inner().unwrap();
    (report, problems.iter().map(|p| p.replace(&here, "")).collect())
}

#[test]
fn rows_are_kept_whole_and_judged_as_in_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let lines = many(|_, zh, en| format!("{zh}\t{en}"));
    let pairs: Vec<Pair> = lines
        .iter()
        .filter_map(|line| line.split_once('\t'))
        .map(|(zh, en)| pair(zh, en))
        .collect();
    fs::write(path("a.tsv"), format!("zh\ten\n{}\n", lines.join("\n"))).unwrap();
    // Row groups that are longer than a document.
    write(&path("a.parquet"), &pairs, 1_300).unwrap();
    let expected = checked(&path("a.tsv"));
    assert!(expected.len() > 1_000);
    let all = texts(&path("a.parquet"));

    let (report, _) = filter(&path("a.parquet"), ANNOTATE, &path("b.parquet"));
    assert_eq!((report.pairs, report.written), (all.len(), all.len()));
    let annotated = texts(&path("b.parquet"));
    assert_eq!(annotated.len(), all.len());
    for (n, (row, annotated)) in all.iter().zip(&annotated).enumerate() {
        let rules = expected.get(&n).map(Vec::as_slice).unwrap_or_default();
        let rules: Vec<String> = rules.iter().map(|rule| format!("\"{rule}\"")).collect();
        assert_eq!(row[..], annotated[..4]);
        assert_eq!(annotated[4], format!("bilint_rules: [{}]", rules.join(", ")), "{row:?}");
    }
    assert_eq!(
        [&annotated[0][5], &annotated[6][5]],
        ["bilint_penalty: 1.0", "bilint_penalty: 5.0"]
    );

    let options = FilterOptions {
        severity: Severity::Note,
        ..OPTIONS
    };
    for action in [Action::Drop, Action::Keep] {
        let (report, _) = filter(
            &path("a.parquet"),
            FilterOptions { action, ..options },
            &path("b.parquet"),
        );
        let kept = all
            .iter()
            .enumerate()
            .filter(|(n, _)| expected.contains_key(n) == (action == Action::Keep));
        let kept: Vec<Vec<String>> = kept.map(|(_, row)| row.clone()).collect();
        assert_eq!(report.written, kept.len());
        assert!(texts(&path("b.parquet")) == kept, "{action:?}");
    }
}

#[test]
fn schema_metadata_and_compression_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    write(
        &path("a.parquet"),
        &[
            pair("开放", "Open"),
            pair("共有三家企业。", "There are four enterprises."),
        ],
        1,
    )
    .unwrap();
    filter(&path("a.parquet"), OPTIONS, &path("b.parquet"));
    let (old, new) = (reader(&path("a.parquet")), reader(&path("b.parquet")));
    let (old, new) = (old.metadata(), new.metadata());
    assert_eq!(old.file_metadata().schema(), new.file_metadata().schema());
    assert_eq!(
        old.file_metadata().key_value_metadata(),
        new.file_metadata().key_value_metadata()
    );
    assert_eq!(
        (old.num_row_groups(), new.num_row_groups()),
        (2, 1),
        "a row group without rows is not written"
    );
    for (old, new) in old.row_group(0).columns().iter().zip(new.row_group(0).columns()) {
        assert_eq!(old.compression_codec(), new.compression_codec());
        assert_eq!(old.num_values(), new.num_values());
    }

    filter(&path("a.parquet"), ANNOTATE, &path("b.parquet"));
    let new = reader(&path("b.parquet"));
    let pairs = new.metadata().file_metadata().key_value_metadata().unwrap().iter();
    let pairs: BTreeMap<&str, &str> = pairs.map(|p| (p.key.as_str(), p.value.as_deref().unwrap())).collect();
    // A schema of Arrow that is none would keep others from reading the file.
    assert_eq!(pairs.keys().copied().collect::<Vec<_>>(), ["mine", SPARK]);
    assert_eq!(pairs["mine"], "kept");
    let spark: serde_json::Value = serde_json::from_str(pairs[SPARK]).unwrap();
    assert_eq!(spark["fields"][0]["name"], "bilint_rules");
    assert_eq!(spark["fields"][1]["type"], "double");
    let added = new.metadata().row_group(1);
    let codecs: Vec<_> = added
        .columns()
        .iter()
        .map(ColumnChunkMetaData::compression_codec)
        .collect();
    assert_eq!((codecs.len(), codecs[4], codecs[5]), (6, codecs[1], codecs[1]));
}

#[test]
fn null_is_an_empty_text_and_broken_text_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let pairs = [
        pair("共有三家企业。", "There are four enterprises."),
        (None, Vec::new()),
        (None, b"Only English stands here.".to_vec()),
        (Some(b"\xff\xfe".to_vec()), b"x".to_vec()),
        pair("开放", "Open"),
        pair(" ", ""),
        (Some("开放".into()), b"\xe5".to_vec()),
    ];
    // As the same records of JSON Lines, null included.
    let records = "{\"zh\":\"共有三家企业。\",\"en\":\"There are four enterprises.\"}\n{\"zh\":null,\"en\":\"\"}\n\
                   {\"zh\":null,\"en\":\"Only English stands here.\"}\n\n{\"zh\":\"开放\",\"en\":\"Open\"}\n";
    fs::write(path("a.jsonl"), records).unwrap();
    let expected = checked(&path("a.jsonl"));
    write(&path("a.parquet"), &pairs, 3).unwrap();
    let (report, problems) = filter(&path("a.parquet"), ANNOTATE, &path("b.parquet"));
    assert_eq!((report.pairs, report.written, report.malformed), (3, 3, 2));
    let left_out = "holds broken UTF-8; this row is left out";
    let expected_problems = [
        format!("a.parquet: row 4: column “zh” {left_out}"),
        format!("a.parquet: row 7: column “en” {left_out}"),
    ];
    assert_eq!(problems, expected_problems);
    let found: Vec<(String, String)> = texts(&path("b.parquet"))
        .into_iter()
        .map(|row| (row[0].clone(), row[4].clone()))
        .collect();
    let rules = |record: usize| {
        format!(
            "bilint_rules: [{}]",
            expected
                .get(&record)
                .map_or_else(String::new, |rules| format!("\"{}\"", rules.join("\", \"")))
        )
    };
    let expected = [
        (0, rules(0)),
        (1, rules(9)),
        (2, rules(1)),
        (4, rules(2)),
        (5, rules(9)),
    ];
    assert!(
        expected[0].1.contains("number-mismatch") && expected[2].1.contains('"'),
        "{expected:?}"
    );
    assert_eq!(found, expected.map(|(id, rules)| (format!("id: {id}"), rules)));

    let options = FilterOptions {
        skip_malformed: true,
        samples: 1,
        ..OPTIONS
    };
    let (report, problems) = filter(&path("a.parquet"), options, &path("b.parquet"));
    assert_eq!((report.malformed, problems.len()), (2, 0));
    assert_eq!(report.rules["number-mismatch"].samples.values().next().unwrap().line, 1);
}

#[test]
fn a_table_without_rows_is_copied() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    write(&path("a.parquet"), &[], 1).unwrap();
    let (report, _) = filter(&path("a.parquet"), ANNOTATE, &path("b.parquet"));
    assert_eq!(report, FilterReport::default());
    assert_eq!(
        reader(&path("b.parquet"))
            .metadata()
            .file_metadata()
            .schema_descr()
            .num_columns(),
        6
    );
}

#[test]
fn what_cannot_be_read_or_annotated_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let open = |name: &str| Corpus::Records(path(name)).open_table();
    write(&path("a.parquet"), &[pair("开放", "Open")], 1).unwrap();
    filter(&path("a.parquet"), ANNOTATE, &path("b.parquet"));
    let run = Run::new(Settings::default()).unwrap();
    let twice = run.filter_table(&open("b.parquet").unwrap().unwrap(), ANNOTATE, Vec::new(), &());
    let twice = twice.unwrap_err().to_string();
    assert!(
        twice.ends_with("there is a column “bilint_rules” already; remove it, or rename it"),
        "{twice}"
    );

    let whole = fs::read(path("a.parquet")).unwrap();
    fs::write(path("named-otherwise"), &whole).unwrap();
    assert!(open("named-otherwise").unwrap().is_some());
    fs::write(path("cut.parquet"), &whole[..whole.len() - 9]).unwrap();
    let cut = open("cut.parquet").err().unwrap().to_string();
    assert!(cut.contains("cut.parquet: cannot be read as Parquet: "), "{cut}");
    fs::write(path("a.tsv"), "zh\ten\n").unwrap();
    assert!(open("a.tsv").unwrap().is_none());

    // Compressed as a whole, or named as other kinds of corpora.
    let named = Corpus::Lines([path("a.parquet"), path("a.tsv")]);
    let error = named.open(None).err().unwrap().to_string();
    assert!(error.contains("a.parquet: Parquet is read from its end"), "{error}");
}
