//! Other text in copies of Word documents.

use std::path::Path;

use super::comments::{part, source};
use super::{docx, p};
use crate::formats::{self, Edit, Rewritten};
use crate::text::{Source, Span};

/// The copy of a document with these replacements of the first occurrence of each text.
fn rewritten(bytes: &[u8], replacements: &[(&str, &str)], tracked: bool) -> Rewritten {
    let rewriter = formats::of(Path::new("a.docx")).unwrap().rewriter().unwrap();
    let choose = |source: &Source| -> Vec<Edit> {
        let edit = |&(old, new): &(&str, &str)| {
            let start = source.text().find(old).unwrap();
            Edit {
                span: Span::new(start, start + old.len()),
                text: new.to_owned(),
                fixes: 1,
            }
        };
        replacements.iter().map(edit).collect()
    };
    rewriter(bytes, &choose, tracked).unwrap()
}

/// The body of the copy of a document with this body.
fn body(body: &str, replacements: &[(&str, &str)], tracked: bool) -> String {
    let copy = rewritten(&docx(body, &[]), replacements, tracked);
    assert_eq!(copy.edits.len(), replacements.len());
    let text = part(&copy.bytes, "word/document.xml").text;
    let start = text.find("<w:body>").unwrap() + "<w:body>".len();
    text[start..text.find("</w:body>").unwrap()].to_owned()
}

#[test]
fn characters_are_replaced_inside_a_run() {
    let changed = body(&p("There are four firms."), &[("four", "three & a half")], false);
    assert_eq!(
        changed,
        p("There are three &amp; a half firms.").replace("<w:t>", "<w:t xml:space=\"preserve\">")
    );
}

#[test]
fn the_new_text_has_the_properties_of_the_first_run() {
    let run = |properties: &str, text: &str| format!("<w:r>{properties}<w:t>{text}</w:t></w:r>");
    let bold = "<w:rPr><w:b/></w:rPr>";
    let changed = body(
        &format!("<w:p>{}{}{}</w:p>", run(bold, "Fo"), run("", "ur"), run("", " firms")),
        &[("Four", "Five")],
        false,
    );
    let run = |properties: &str, text: &str| format!("<w:r>{properties}<w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    assert_eq!(
        changed,
        format!(
            "<w:p>{}{}<w:r><w:t> firms</w:t></w:r></w:p>",
            run(bold, "Five"),
            run("", "")
        )
    );
}

#[test]
fn a_tracked_change_deletes_and_inserts() {
    let properties = "<w:rPr><w:i/></w:rPr>";
    let paragraph = format!("<w:p><w:r>{properties}<w:t>We have four &amp; more.</w:t></w:r></w:p>");
    let changed = body(&paragraph, &[("four &", "five")], true);
    let (before, rest) = changed
        .split_once("<w:del w:id=\"1\" w:author=\"bilint\" w:date=\"")
        .unwrap();
    assert_eq!(
        before,
        format!("<w:p><w:r>{properties}<w:t xml:space=\"preserve\">We have </w:t></w:r>")
    );
    let deleted = format!(
        "<w:r>{properties}<w:delText xml:space=\"preserve\">four &amp;</w:delText></w:r></w:del><w:ins w:id=\"2\""
    );
    assert!(rest.contains(&deleted), "{rest}");
    let inserted = format!("\"><w:r>{properties}<w:t xml:space=\"preserve\">five</w:t></w:r></w:ins><w:r>");
    assert!(rest.contains(&inserted), "{rest}");
    assert!(
        rest.ends_with(&format!(
            "<w:r>{properties}<w:t xml:space=\"preserve\"> more.</w:t></w:r></w:p>"
        )),
        "{rest}"
    );
}

#[test]
fn what_readers_see_is_what_the_edits_say() {
    let paragraph = "<w:p><w:ins w:id=\"7\" w:author=\"Li\"><w:r><w:t>We </w:t><w:tab/><w:t>meet in</w:t></w:r></w:ins>\
        <w:hyperlink><w:r><w:t xml:space=\"preserve\"> Beijing</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>";
    for tracked in [false, true] {
        let bytes = docx(&(p("首先开会。") + paragraph), &[]);
        let copy = rewritten(
            &bytes,
            &[("首先", "再次"), ("meet in Beijing", "met in Rio"), (".", "")],
            tracked,
        );
        let text = source(&copy.bytes);
        assert_eq!(text.text(), "再次开会。\nWe \tmet in Rio\n");
    }
}

#[test]
fn what_is_no_text_in_a_run_is_left_alone() {
    let formula = "<w:p><w:r><w:t>Let </w:t></w:r><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>";
    let bytes = docx(
        &(formula.to_owned() + "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r></w:p>"),
        &[],
    );
    let copy = rewritten(&bytes, &[("x=1", "x=2"), ("a\tb", "c")], false);
    assert!(copy.edits.is_empty(), "{:?}", copy.edits);
    assert_eq!(copy.bytes, bytes);
}
