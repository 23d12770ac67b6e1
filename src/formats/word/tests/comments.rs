//! Comments in copies of Word documents.

use std::path::Path;

use proptest::prelude::*;

use super::{archive, docx, file, p};
use crate::finding::Severity;
use crate::formats::ooxml::{Token, Tokens};
use crate::formats::package::{Package, Part};
use crate::formats::{self, AnnotateError, Note};
use crate::text::{Source, Span};

const FINGERPRINT: &str = "33debf64a61f4b22dd09cd44795b6ca0";

/// The text of a document as its reader gives it.
pub(super) fn source(bytes: &[u8]) -> Source {
    let format = formats::of(Path::new("a.docx")).unwrap();
    let (source, _) = format
        .prose()
        .unwrap()
        .read("Word", file(bytes.to_vec()), false)
        .unwrap();
    source
}

fn note(source: &Source, span: Span, text: &str) -> Note {
    Note {
        range: (source.position(span.start), source.position(span.end)),
        severity: Severity::Error,
        rule: "number-mismatch",
        paragraphs: vec![text.to_owned(), "5 < 6 & “7”\u{1}".to_owned()],
        finding: FINGERPRINT.to_owned(),
    }
}

/// The copy with a comment on the first occurrence of each of `needles`.
fn annotated(bytes: &[u8], needles: &[&str]) -> Vec<u8> {
    let source = source(bytes);
    let at = |needle: &&str| {
        let start = source.text().find(needle).unwrap();
        Span::new(start, start + needle.len())
    };
    let notes: Vec<Note> = needles.iter().map(|n| note(&source, at(n), n)).collect();
    annotate(bytes, &source, &notes).unwrap()
}

fn annotate(bytes: &[u8], source: &Source, notes: &[Note]) -> Result<Vec<u8>, AnnotateError> {
    let annotator = formats::of(Path::new("a.docx")).unwrap().annotator().unwrap();
    annotator(bytes, source.dialect(), notes)
}

pub(super) fn part(bytes: &[u8], name: &str) -> Part {
    let mut package = Package::open(bytes).unwrap();
    package.part(name).unwrap().unwrap_or_else(|| panic!("no {name}"))
}

/// The body of the copy with comments on `needles`.
fn body(body: &str, needles: &[&str]) -> String {
    let bytes = annotated(&docx(body, &[]), needles);
    let text = part(&bytes, "word/document.xml").text;
    let start = text.find("<w:body>").unwrap() + "<w:body>".len();
    text[start..text.find("</w:body>").unwrap()].to_owned()
}

/// The text in the range of each comment.
fn commented(bytes: &[u8]) -> Vec<String> {
    let part = part(bytes, "word/document.xml");
    let (mut open, mut texts) = (Vec::new(), Vec::new());
    let (mut tokens, mut in_text) = (Tokens::new(&part), false);
    loop {
        match tokens.next().unwrap().0 {
            Token::Start(tag) => {
                in_text = tag.is_word("t");
                let id = || tag.attribute("id").unwrap().parse::<usize>().unwrap();
                match tag.name() {
                    "commentRangeStart" => {
                        open.push(id());
                        texts.resize(texts.len().max(id() + 1), String::new());
                    }
                    "commentRangeEnd" => open.retain(|&o| o != id()),
                    "tab" => open.iter().for_each(|&o| texts[o].push('\t')),
                    _ => {}
                }
            }
            Token::Text(text) if in_text => open.iter().for_each(|&o| texts[o].push_str(text)),
            Token::Escaped(text) if in_text => open.iter().for_each(|&o| texts[o].push_str(&text)),
            Token::End => in_text = false,
            Token::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, [0; 0], "every comment ends");
    texts
}

fn start(id: usize) -> String {
    format!("<w:commentRangeStart w:id=\"{id}\"/>")
}

fn end(id: usize) -> String {
    format!("<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>")
}

#[test]
fn a_run_is_split_where_a_comment_begins_or_ends_in_it() {
    let run =
        |text: &str, space: &str| format!("<w:r w:rsidR=\"1\"><w:rPr><w:b/></w:rPr><w:t{space}>{text}</w:t></w:r>");
    let preserve = " xml:space=\"preserve\"";
    let found = body(&format!("<w:p>{}</w:p>", run("We mett, all.", "")), &["mett"]);
    let expected = [
        "<w:p>",
        &run("We ", preserve),
        &start(0),
        &run("mett", preserve),
        &end(0),
        &run(", all.", ""),
        "</w:p>",
    ];
    assert_eq!(found, expected.concat());
}

#[test]
fn whole_runs_and_elements_are_not_split() {
    let runs = "<w:r><w:t>We</w:t></w:r><w:r><w:t>mett</w:t></w:r><w:r><w:t>all.</w:t></w:r>";
    let found = body(&format!("<w:p>{runs}</w:p>"), &["mett"]);
    let expected = runs
        .replace("<w:r><w:t>mett", &format!("{}<w:r><w:t>mett", start(0)))
        .replace("mett</w:t></w:r>", &format!("mett</w:t></w:r>{}", end(0)));
    assert_eq!(found, format!("<w:p>{expected}</w:p>"));
    let found = body("<w:p><w:r><w:t>We</w:t><w:tab/><w:t>meet</w:t></w:r></w:p>", &["\t"]);
    let expected = [
        "<w:p><w:r><w:t>We</w:t></w:r>",
        &start(0),
        "<w:r><w:tab/></w:r>",
        &end(0),
        "<w:r><w:t>meet</w:t></w:r></w:p>",
    ];
    assert_eq!(found, expected.concat());
}

#[test]
fn comments_at_one_place_end_before_others_begin() {
    let found = body(&p("abc"), &["a", "ab", "b", "c"]);
    let split = "<w:r><w:t>";
    let expected = [
        "<w:p>",
        &start(0),
        &start(1),
        split,
        "a</w:t></w:r>",
        &end(0),
        &start(2),
        split,
        "b</w:t></w:r>",
        &end(1),
        &end(2),
        &start(3),
        split,
        "c</w:t></w:r>",
        &end(3),
        "</w:p>",
    ];
    assert_eq!(found, expected.concat());
}

#[test]
fn a_comment_on_nothing_is_on_the_character_beside_it() {
    let bytes = docx(&p("abc"), &[]);
    let source = source(&bytes);
    let notes = [0, 3].map(|at| note(&source, Span::new(at, at), "m"));
    assert_eq!(commented(&annotate(&bytes, &source, &notes).unwrap()), ["a", "c"]);
}

#[test]
fn comments_of_people_stay_and_other_parts_are_not_touched() {
    let comments = "<w:comments><w:comment w:id=\"7\" w:author=\"Li\"><w:p/></w:comment></w:comments>";
    let styles = "<w:styles></w:styles>";
    let before = docx(&p("We meet."), &[("styles", styles), ("comments", comments)]);
    let after = annotated(&before, &["meet"]);
    let text = part(&after, "word/comments1.xml").text;
    assert!(
        text.contains("w:author=\"Li\"><w:p/></w:comment><w:comment w:id=\"8\" w:author=\"bilint\""),
        "{text}"
    );
    assert!(
        text.contains("error[number-mismatch] </w:t>") && text.contains("5 &lt; 6 &amp; “7”</w:t>"),
        "{text}"
    );
    for name in [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/_rels/document.xml.rels",
        "word/styles0.xml",
    ] {
        assert_eq!(part(&before, name).text, part(&after, name).text, "{name}");
    }
    assert!(!Package::open(&after).unwrap().contains("word/comments.xml"));
}

#[test]
fn a_new_part_is_declared_and_related() {
    let after = annotated(&docx(&p("We meet."), &[("styles", "<w:styles></w:styles>")]), &["meet"]);
    let relationships = part(&after, "word/_rels/document.xml.rels").text;
    assert!(
        relationships.contains("Id=\"rId1\"")
            && relationships.contains("/relationships/comments\" Target=\"/word/comments.xml\"/>")
    );
    assert!(
        part(&after, "[Content_Types].xml")
            .text
            .contains("PartName=\"/word/comments.xml\"")
    );
    assert!(part(&after, "word/comments.xml").text.contains("w:initials=\"bl\""));
    let unchanged = docx(&p("We meet."), &[]);
    assert_eq!(annotated(&unchanged, &[]), unchanged);
}

#[test]
fn text_beside_the_body_has_its_comments_where_it_hangs() {
    let notes = format!(
        "<w:footnotes><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>",
        p("A nota.")
    );
    let header = format!("<w:hdr>{}</w:hdr>", p("Draff"));
    let shape = format!(
        "<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>",
        p("boxx")
    );
    let text = "<w:r><w:t>We meet.</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r>";
    let bytes = docx(
        &format!("<w:p>{text}{shape}</w:p>"),
        &[("footnotes", &notes), ("header", &header)],
    );
    let after = annotated(&bytes, &["nota", "Draff", "boxx"]);
    let body = part(&after, "word/document.xml").text;
    let reference = format!("{}<w:r><w:footnoteReference w:id=\"2\"/></w:r>{}", start(0), end(0));
    assert!(body.contains(&reference), "{body}");
    assert!(
        body.contains(&format!("{}<w:r><w:t>We meet.</w:t></w:r>{}", start(1), end(1))),
        "{body}"
    );
    assert!(body.contains(&format!("{}{shape}{}", start(2), end(2))), "{body}");
    let comments = part(&after, "word/comments.xml").text;
    for quote in [
        "In a footnote: “nota”",
        "In a header or footer: “Draff”",
        "In a text box: “boxx”",
    ] {
        assert!(comments.contains(quote), "{comments}");
    }
    let nothing = docx("<w:p/>", &[("header", &header)]);
    let source = source(&nothing);
    let notes = [note(&source, Span::new(2, 3), "m")];
    assert!(matches!(
        annotate(&nothing, &source, &notes),
        Err(AnnotateError::NoPlace)
    ));
}

#[test]
fn documents_with_other_prefixes_get_declarations() {
    let relationships = "<x:Relationships xmlns:x=\"http://schemas.openxmlformats.org/package/2006/relationships\"><x:Relationship \
        Id=\"r\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" Target=\"b.xml\"/></x:Relationships>";
    let namespace = "http://purl.oclc.org/ooxml/wordprocessingml/main";
    let document = format!("<document xmlns=\"{namespace}\"><body><p><r><t>We meet.</t></r></p></body></document>");
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let bytes = archive(&[
        ("_rels/.rels", relationships),
        ("b.xml", &document),
        ("[Content_Types].xml", types),
    ]);
    let after = annotated(&bytes, &["meet"]);
    let body = part(&after, "b.xml").text;
    assert!(
        body.contains(&format!(
            "<w:commentRangeStart xmlns:w=\"{namespace}\" w:id=\"0\"/><r><t xml:space=\"preserve\">meet</t></r>"
        )),
        "{body}"
    );
    assert!(part(&after, "comments.xml").text.contains(namespace));
    assert!(
        part(&after, "_rels/b.xml.rels")
            .text
            .contains("purl.oclc.org/ooxml/officeDocument/relationships/comments")
    );
}

const RICH: &str = "<w:p><w:r><w:t>We </w:t><w:t xml:space=\"preserve\"> met &amp; a&lt;b </w:t><w:tab/><w:t>on</w:t></w:r>\
    <w:hyperlink><w:r><w:rPr><w:i/></w:rPr><w:t>Monday 星期一</w:t></w:r></w:hyperlink><w:ins><w:r><w:t>，all</w:t></w:r></w:ins></w:p>";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn comments_are_on_their_characters_and_change_no_text(spans in proptest::collection::vec((0usize..60, 1usize..12), 1..5)) {
        let before = docx(&format!("{RICH}{RICH}"), &[]);
        let source = source(&before);
        let bounds: Vec<usize> = (0..source.text().len()).filter(|&i| source.text().is_char_boundary(i)).collect();
        let spans: Vec<Span> = spans
            .into_iter()
            .map(|(from, len)| Span::new(bounds[from % bounds.len()], bounds[(from % bounds.len() + len).min(bounds.len() - 1)]))
            .filter(|span| !span.is_empty() && !span.of(source.text()).contains('\n'))
            .collect();
        let notes: Vec<Note> = spans.iter().map(|&span| note(&source, span, "m")).collect();
        let after = annotate(&before, &source, &notes).unwrap();
        let copy = self::source(&after);
        prop_assert_eq!(copy.text(), source.text());
        let expected: Vec<&str> = spans.iter().map(|span| span.of(source.text())).collect();
        prop_assert_eq!(commented(&after), expected);
    }
}
