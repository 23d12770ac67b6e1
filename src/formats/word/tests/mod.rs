//! What is read from Word documents. Each test writes its own package.

mod comments;
mod rewriting;

use std::io::{Cursor, Write as _};
use std::path::Path;
use std::sync::Arc;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::document::{BlockKind, Document, Layout};
use crate::formats::{self, File, InputError};

const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A ZIP archive.
pub(in crate::formats) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A document with this body, and with other parts by their purpose, such as `footnotes`.
pub(super) fn docx(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let relationship = |(i, (purpose, _)): (usize, &(&str, &str))| {
        format!("<Relationship Id=\"rId{i}\" Type=\"{OFFICE}/{purpose}\" Target=\"{purpose}{i}.xml\"/>")
    };
    let list = |inside: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inside}</Relationships>"
        )
    };
    let of_package = list(&format!(
        "<Relationship Id=\"r\" Type=\"{OFFICE}/officeDocument\" Target=\"/word/document.xml\"/>"
    ));
    let of_document = list(&others.iter().enumerate().map(relationship).collect::<String>());
    let document = format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"></Types>";
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), types.to_owned()),
        ("_rels/.rels".to_owned(), of_package),
        ("word/_rels/document.xml.rels".to_owned(), of_document),
        ("word/document.xml".to_owned(), document),
    ];
    for (i, (purpose, xml)) in others.iter().enumerate() {
        let xml = xml.replacen('>', &format!(" {NAMESPACES}>"), 1);
        parts.push((format!("word/{purpose}{i}.xml"), xml));
    }
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (&**name, &**text)).collect();
    archive(&parts)
}

/// A paragraph with one run.
pub(super) fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn file(bytes: Vec<u8>) -> File {
    File {
        name: Arc::from("a.docx"),
        bytes: Box::new(Cursor::new(bytes)),
        encoding: None,
        explicit: true,
    }
}

fn read(bytes: Vec<u8>) -> Result<Vec<Document>, InputError> {
    let format = formats::of(Path::new("a.docx")).unwrap();
    format.read(file(bytes)).collect()
}

/// The text of a document as a whole.
fn text(bytes: Vec<u8>) -> String {
    read(bytes).unwrap()[0].sources[0].text().to_owned()
}

/// The lines that a body between a Chinese and an English paragraph has.
fn lines(body: &str) -> Vec<String> {
    let text = text(docx(&format!("{}{body}{}", p("我们开会。"), p("We meet.")), &[]));
    let lines: Vec<&str> = text.lines().collect();
    lines[1..lines.len() - 1].iter().map(|&l| l.to_owned()).collect()
}

fn blocks(document: &Document) -> Vec<(BlockKind, &str)> {
    let blocks = document.zh.iter().chain(&document.en);
    blocks.map(|b| (b.kind, b.text.as_str())).collect()
}

fn fault(bytes: Vec<u8>) -> String {
    match read(bytes) {
        Err(error) => error.to_string(),
        Ok(documents) => panic!("{documents:?}"),
    }
}

#[test]
fn runs_are_joined_and_positions_count_paragraphs() {
    let body = format!(
        "{}<w:p/><w:p><w:r><w:t>We </w:t></w:r><w:proofErr/><w:r><w:rPr><w:b/></w:rPr><w:t>me</w:t></w:r>\
         <w:r><w:t>et &amp; &#x41;</w:t><w:tab/><w:noBreakHyphen/><w:t>.</w:t></w:r></w:p>",
        p("我们开会。")
    );
    let documents = read(docx(&body, &[])).unwrap();
    let document = &documents[0];
    assert_eq!(document.layout, Layout::Interleaved);
    assert_eq!(document.en[0].text, "We meet & A\t-.");
    let source = &document.sources[0];
    let at = source.position(document.en[0].origin.span.start);
    assert_eq!((at.line, at.column), (3, 1));
    assert!(source.dialect().bytes().is_some());
}

#[test]
fn tracked_changes_are_accepted() {
    let body = "<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>\
        <w:moveFrom><w:r><w:t>away</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> here</w:t></w:r></w:moveTo></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p><w:p><w:r><w:t>line.</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>gone</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    assert_eq!(lines(body), ["new here", "One line.", ""]);
}

#[test]
fn fields_count_with_their_results_and_tables_of_contents_not_at_all() {
    let field = |code: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>{result}</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let nested = format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
         <w:r><w:t>shown</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
        field(" PAGE ", "7")
    );
    let body = format!(
        "<w:p>{}<w:hyperlink><w:r><w:t> linked</w:t></w:r></w:hyperlink></w:p><w:p>{nested}</w:p>\
         <w:p><w:fldSimple w:instr=\"REF a\"><w:r><w:t>simple</w:t></w:r></w:fldSimple></w:p>",
        field(" HYPERLINK \"x\" ", "page")
    );
    assert_eq!(lines(&body), ["page linked", "shown", "simple"]);
    let contents = format!(
        "<w:p>{}</w:p>{}{}",
        field(" TOC \\o ", "开会 1"),
        p("我们开会。"),
        p("We meet.")
    );
    let documents = read(docx(&contents, &[])).unwrap();
    assert_eq!(documents[0].zh.len(), 1, "{:?}", documents[0].zh);
}

#[test]
fn text_boxes_are_read_once_after_their_paragraph() {
    let shape = format!("<w:txbxContent>{}</w:txbxContent>", p("in the box"));
    let body = format!(
        "<w:p><w:r><w:t>before </w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>{shape}</w:drawing></mc:Choice>\
         <mc:Fallback><w:pict>{shape}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>after</w:t></w:r></w:p>"
    );
    assert_eq!(lines(&body), ["before after", "in the box"]);
}

#[test]
fn hidden_text_placeholders_and_readings_are_left_out() {
    let body = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr>\
        <w:t>shown</w:t></w:r></w:p>\
        <w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here</w:t></w:r></w:sdtContent></w:sdt>\
        <w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>chosen</w:t></w:r></w:sdtContent></w:sdt></w:p>\
        <w:p><w:r><w:ruby><w:rt><w:r><w:t>kai</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>开</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>";
    assert_eq!(lines(body), ["shown", "chosen", "开"]);
}

#[test]
fn notes_and_margins_follow_the_body() {
    let notes = format!(
        "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"-1\">{0}</w:footnote><w:footnote w:id=\"1\">{1}</w:footnote></w:footnotes>",
        p("----"),
        p("A note.")
    );
    let header = format!("<w:hdr>{}</w:hdr>", p("内部资料"));
    let bytes = docx(
        &format!("{}{}", p("我们开会。"), p("We meet.")),
        &[("footnotes", &notes), ("header", &header)],
    );
    let documents = read(bytes).unwrap();
    assert_eq!(
        documents[0].sources[0].text(),
        "我们开会。\nWe meet.\n\nA note.\n\n内部资料\n"
    );
    // A header in one language is layout.
    assert_eq!((documents[0].zh.len(), documents[0].en.len()), (1, 2));
}

#[test]
fn styles_make_headings_and_list_items() {
    let styles = "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 2\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"a\"><w:basedOn w:val=\"1\"/><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"b\"><w:pPr><w:outlineLvl w:val=\"9\"/><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr></w:style></w:styles>";
    let styled = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let body = [
        styled("a", "会议"),
        styled("1", "The meeting"),
        styled("b", "我们开会。"),
        styled("b", "We meet."),
        p("第三章 结束"),
    ]
    .concat();
    let documents = read(docx(&body, &[("styles", styles)])).unwrap();
    let expected = [
        (BlockKind::Heading(2), "会议"),
        (BlockKind::ListItem, "我们开会。"),
        (BlockKind::Heading(0), "第三章 结束"),
        (BlockKind::Heading(2), "The meeting"),
        (BlockKind::ListItem, "We meet."),
    ];
    assert_eq!(blocks(&documents[0]), expected);
}

fn table(rows: &[&[&str]]) -> String {
    let cell = |cell: &&str| format!("<w:tc>{}</w:tc>", cell.split('|').map(p).collect::<String>());
    let row = |row: &&[&str]| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

#[test]
fn the_rows_of_a_table_in_both_languages_are_pairs() {
    let rows: [&[&str]; 3] = [
        &["1", "我们开会。|大家都来。", "We meet.|Everybody comes."],
        &["2", "春天来了。", "Spring has come."],
        &["3", "冰化了。|花开了。", "The ice has melted, and the flowers are out."],
    ];
    for header in [
        None,
        Some(&["序号", "原文", "译文"][..]),
        Some(&["No.", "中文", "English"]),
    ] {
        let all: Vec<&[&str]> = header.into_iter().chain(rows).collect();
        let documents = read(docx(&table(&all), &[])).unwrap();
        assert_eq!(documents[0].layout, Layout::Records, "{header:?}");
        let zh: Vec<&str> = documents[0].zh.iter().map(|b| b.text.as_str()).collect();
        assert_eq!(
            zh,
            ["我们开会。", "大家都来。", "春天来了。", "冰化了。花开了。"],
            "{header:?}"
        );
        assert_eq!(documents[0].records.len(), 4);
    }
}

#[test]
fn a_frame_around_the_text_is_no_table() {
    let frame = table(&[&["我们开会。|We meet.|春天来了。|Spring has come."]]);
    let documents = read(docx(&frame, &[])).unwrap();
    assert_eq!((documents[0].zh.len(), documents[0].en.len()), (2, 2));
    assert_eq!(documents[0].zh[0].kind, BlockKind::Paragraph);
}

#[test]
fn a_line_break_divides_the_languages_of_a_paragraph() {
    let body = "<w:p><w:r><w:t>我们开会。</w:t><w:br/><w:t>We meet.</w:t></w:r></w:p>";
    let documents = read(docx(body, &[])).unwrap();
    assert_eq!(
        (&*documents[0].zh[0].text, &*documents[0].en[0].text),
        ("我们开会。", "We meet.")
    );
    let places = [&documents[0].zh[0], &documents[0].en[0]].map(|b| documents[0].sources[0].line(b.origin.span.start));
    assert_eq!(places, [1, 1]);
}

#[test]
fn the_strict_variant_and_other_prefixes_are_read() {
    let relationships = "<x:Relationships xmlns:x=\"http://schemas.openxmlformats.org/package/2006/relationships\"><x:Relationship \
        Id=\"r\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" Target=\"a/b.xml\"/></x:Relationships>";
    let document = "<document xmlns=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><body><p><r><t>我们开会。</t></r></p>\
        <p><r><t>We meet.</t></r></p></body></document>";
    let bytes = archive(&[("_rels/.rels", relationships), ("a/b.xml", document)]);
    assert_eq!(text(bytes), "我们开会。\nWe meet.\n");
}

#[test]
fn packages_that_cannot_be_read_are_refused_with_a_remedy() {
    let good = docx(&p("我们开会。"), &[]);
    let cases: [(Vec<u8>, &str); 6] = [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest".to_vec(), "without a password"),
        (good[..good.len() / 2].to_vec(), "damaged, or no Office file"),
        (archive(&[("../../evil.xml", "<a/>")]), "leads out of it"),
        (archive(&[("xl/workbook.xml", "<a/>")]), "a Word document is not inside"),
        (
            docx("<w:p><w:r><w:t>&lol;</w:t></w:r></w:p>", &[]),
            "“&lol;” is not known",
        ),
        (docx(&"<w:sdt>".repeat(100_000), &[]), "nested more than 1000 deep"),
    ];
    for (bytes, expected) in cases {
        let fault = fault(bytes);
        assert!(fault.starts_with("a.docx: ") && fault.contains(expected), "{fault}");
    }
    for body in ["<w:p/>", "<w:sectPr/>"] {
        let empty = fault(docx(body, &[]));
        assert!(empty.contains("the file is empty"), "{empty}");
    }
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    let spaces = " ".repeat(65 << 20);
    let fault = fault(docx(&spaces, &[]));
    assert!(fault.contains("more than 64 MiB"), "{fault}");
}
