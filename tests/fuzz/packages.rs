//! Packages around the XML that is fuzzed.

use std::io::{Cursor, Write as _};
use std::path::Path;

use bilint::finding::Severity;
use bilint::formats::{Note, of};
use bilint::text::Source;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{documents, file};

const RELATIONSHIPS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"a.xml\"/></Relationships>";
const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
const DOCUMENT: &str = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><w:body>";

/// A Word document with this body.
fn package(body: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let document = [DOCUMENT.as_bytes(), body, b"</w:body></w:document>"].concat();
    for (name, text) in [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONSHIPS.as_bytes()),
        ("a.xml", &document),
    ] {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The text of a Word document.
fn text(package: &[u8]) -> Option<Source> {
    let reader = of(Path::new("a.docx"))?.prose()?;
    reader
        .read("Word", file("a.docx", package), false)
        .ok()
        .map(|(source, _)| source)
}

/// A document is read, and a copy with comments on its words has the same text.
pub fn word(body: &[u8]) {
    let package = package(body);
    documents("a.docx", &package);
    let Some(source) = text(&package) else { return };
    let places = source.text().match_indices(char::is_alphanumeric).step_by(3).take(20);
    let notes = places.map(|(at, found)| Note {
        range: (source.position(at), source.position(at + found.len())),
        severity: Severity::Note,
        rule: "fuzzed",
        paragraphs: vec![found.to_owned()],
        finding: "33debf64a61f4b22dd09cd44795b6ca0".to_owned(),
    });
    let notes: Vec<Note> = notes.collect();
    let annotator = of(Path::new("a.docx")).and_then(|format| format.annotator()).unwrap();
    let copy = annotator(&package, source.dialect(), &notes).expect("what is read can be annotated");
    let read_threads = of(Path::new("a.docx"))
        .and_then(|format| format.thread_reader())
        .unwrap();
    let threads = read_threads(&copy).expect("the comments of a copy can be read");
    assert!(threads.len() >= notes.len());
    let copy = text(&copy).expect("a copy can be read");
    assert_eq!(copy.text(), source.text());
}
