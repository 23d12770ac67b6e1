//! CSV, TSV and JSONL.

use std::fmt::Write;

use super::*;
use crate::document::{BlockKind, Document, Layout};
use crate::text::Direction;

#[test]
fn csv_maps_quotes_newlines_and_doubled_quotes() {
    let text = "\u{feff}id,zh-CN,en\r\n1,\"他说：\"\"来吧！\"\"\r\n走\",\"He said, \"\"come!\"\"\"\r\n,开放,open\r\n";
    let d = read_text("a.csv", text);
    assert_spans(&d);
    assert_eq!(texts(&d, Side::Zh), ["他说：\"来吧！\"\r\n走", "开放"]);
    assert_eq!(texts(&d, Side::En), ["He said, \"come!\"", "open"]);
    assert_eq!(d.records[0].id.as_deref(), Some("1"));
    assert_eq!(d.records[1].id, None);
    let quote = d.en[0].text.find("come").unwrap();
    let at = d.en[0].origin.to_source(Span::new(quote, quote + 4));
    let source = &d.sources[0];
    assert_eq!(at.of(source.text()), "come");
    assert_eq!(
        (source.position(at.start).line, source.position(at.start).column),
        (3, 16)
    );
}

#[test]
fn separators_and_names_of_columns_are_recognised() {
    for (name, text) in [
        ("a.csv", "中文;英文\n开放;open\n"),
        ("a.csv", "sep=;\nzh;en\n开放;open\n"),
        ("a.tsv", "Chinese\tEnglish\n开放\topen\n"),
        ("a.csv", "English,Chinese\nopen,开放\n"),
        ("a.csv", "zh\ten\n开放\topen"),
    ] {
        let d = read_text(name, text);
        assert_eq!(
            (texts(&d, Side::Zh), texts(&d, Side::En)),
            (vec!["开放"], vec!["open"]),
            "{text}"
        );
        assert_eq!(d.direction, None);
    }
    let d = read_text("a.tsv", "source\ttarget\nopen science\t开放科学\n");
    assert_eq!(
        (texts(&d, Side::Zh), d.direction),
        (vec!["开放科学"], Some(Direction::EnToZh))
    );
}

#[test]
fn stray_quotes_in_tsv_are_text() {
    let d = read_text(
        "a.tsv",
        "zh\ten\n\"开放\"科学\t\"open\" science\n众擎易举\t\"Many hands\n",
    );
    assert_eq!(texts(&d, Side::Zh), ["\"开放\"科学", "众擎易举"]);
    assert_eq!(texts(&d, Side::En), ["\"open\" science", "\"Many hands"]);
}

#[test]
fn a_quote_never_closed_costs_its_record() {
    let folder = Folder::new(&[("a.csv", "zh,en\n开放,open\n\"坏,bad\n好,good\n")]);
    let all = folder.read("a.csv");
    let (good, bad): (Vec<_>, Vec<_>) = all.into_iter().partition(Result::is_ok);
    assert_eq!(good.into_iter().map(|d| d.unwrap().zh.len()).sum::<usize>(), 2);
    assert!(
        matches!(bad.as_slice(), [Err(InputError::Record { line: 3, column: 1, .. })]),
        "{bad:?}"
    );
}

#[test]
fn a_table_of_scores_is_no_translation() {
    let folder = Folder::new(&[("a.tsv", "Model\tzh\ten\nA\t71.2\t68.3\nB\t70.1\tN/A\n")]);
    let error = folder.read("a.tsv").remove(0).unwrap_err();
    assert!(matches!(error, InputError::Scores { explicit: true, .. }), "{error}");
    // Untranslated and empty cells are no scores.
    assert_eq!(
        read_text("a.csv", "zh,en\nOpen the file,Open the file\n").records.len(),
        1
    );
}

#[test]
fn a_table_without_header_says_what_to_write() {
    let folder = Folder::new(&[("a.tsv", "开放\topen\n"), ("b.csv", "zh,note\n开放,x\n")]);
    let e = folder.read("a.tsv").remove(0).unwrap_err();
    assert!(
        matches!(
            e,
            InputError::MissingHeader {
                line: 1,
                missing: None,
                ..
            }
        ),
        "{e}"
    );
    let e = folder.read("b.csv").remove(0).unwrap_err();
    assert!(e.to_string().contains("named as English"), "{e}");
}

#[test]
fn jsonl_reads_pairs_documents_and_every_kind_of_id() {
    let text = "{\"id\": 7, \"zh\": \"开放\\n\\u79d1学\", \"en\": \"open\", \"note\": [1, {\"a\": null}]}\n\n\
        {\"id\": \"doc\", \"zh\": [\"一\", \"\", \"【序】（6字）\"], \"en\": [\"one\"]}\n{\"zh\": \"仅中文\"}\n";
    let folder = Folder::new(&[("a.jsonl", text)]);
    let documents: Vec<Document> = folder.read("a.jsonl").into_iter().map(Result::unwrap).collect();
    assert_eq!(documents.len(), 3);
    documents.iter().for_each(assert_spans);
    let [pair, whole, single] = documents.as_slice() else {
        panic!()
    };
    assert_eq!(texts(pair, Side::Zh), ["开放\n科学"]);
    assert_eq!(pair.records[0].id.as_deref(), Some("7"));
    assert_eq!(
        (whole.layout, whole.id.as_deref(), whole.zh.len()),
        (Layout::Parallel, Some("doc"), 3)
    );
    assert_eq!(whole.zh[2].kind, BlockKind::Structure);
    assert_eq!((single.first_record, single.records[0].en.len()), (1, 0));
    let at = pair.zh[0].origin.to_source(Span::new(7, 10));
    assert_eq!(at.of(pair.sources[0].text()), "\\u79d1");
}

#[test]
fn a_malformed_line_is_named_and_the_rest_is_read() {
    let text = "{\"zh\": \"一\", \"en\": \"one\"}\n{\"zh\": \"二\", \"en\": 2}\nnot json\n{\"zh\": \"三\", \"en\": \"three\"\n{\"note\": 1}\n{\"zh\": \"四\", \"en\": \"four\"}\n";
    let all = Folder::new(&[("a.jsonl", text)]).read("a.jsonl");
    let read: usize = all.iter().flatten().map(|d| d.records.len()).sum();
    assert_eq!(read, 2);
    let places: Vec<(usize, usize)> = all
        .iter()
        .filter_map(|r| match r {
            Err(InputError::Record { line, column, .. }) => Some((*line, *column)),
            _ => None,
        })
        .collect();
    assert_eq!(places, [(2, 19), (3, 1), (4, 25), (5, 1)]);
}

#[test]
fn a_broken_sequence_costs_a_record_file_its_line_only() {
    let mut bytes = Vec::new();
    for i in 0..20 {
        bytes.extend(format!("{{\"id\": {i}, \"zh\": \"开放科学\", \"en\": \"open\"}}\n").into_bytes());
    }
    let at = bytes.iter().rposition(|&b| b == "学".as_bytes()[0]).unwrap();
    bytes[at + 2] = b'x';
    let folder = Folder::new(&[]);
    folder.put("a.jsonl", &bytes);
    let all = folder.read("a.jsonl");
    assert_eq!(all.iter().flatten().map(|d| d.records.len()).sum::<usize>(), 19);
    assert!(
        all.iter()
            .any(|r| matches!(r, Err(InputError::BrokenUtf8 { line: 20, .. })))
    );
}

#[test]
fn long_files_come_in_parts_that_know_their_place() {
    let mut text = String::from("id\tzh\ten\n");
    for i in 0..30_000 {
        writeln!(text, "{i}\t第{i}号开放科学\tOpen science, no. {i}").unwrap();
    }
    let folder = Folder::new(&[("a.tsv", &text)]);
    let documents: Vec<Document> = folder.read("a.tsv").into_iter().map(Result::unwrap).collect();
    assert!(documents.len() >= 30_000 / MAX_RECORDS);
    let mut next = 0;
    for d in &documents {
        assert_eq!(d.first_record, next);
        assert!(d.records.len() <= MAX_RECORDS);
        next += d.records.len();
        let last = d.zh.last().unwrap();
        let line = d.sources[0].position(last.origin.span.start).line;
        assert_eq!(line, next + 1);
        assert_eq!(
            d.records.last().unwrap().id.as_deref(),
            Some((next - 1).to_string().as_str())
        );
    }
    assert_eq!(next, 30_000);
}

#[test]
fn a_quoted_field_over_the_end_of_a_part_is_read_whole() {
    let long = "文字\n".repeat(200_000);
    let text = format!("zh,en\n一,one\n\"{long}\",\"{}\"\n二,two\n", "word\n".repeat(300_000));
    let folder = Folder::new(&[("a.csv", &text)]);
    let documents: Vec<Document> = folder.read("a.csv").into_iter().map(Result::unwrap).collect();
    let sizes: Vec<usize> = documents
        .iter()
        .flat_map(|d| d.zh.iter().map(|b| b.text.len()))
        .collect();
    assert_eq!(sizes, [3, long.len(), 3]);
    let last = documents.last().unwrap();
    assert_eq!(
        last.sources[0].position(last.zh.last().unwrap().origin.span.start).line,
        500_003 + 1
    );
}
