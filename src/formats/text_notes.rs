//! Notes in formats that are text: they are inserted, and everything else stays byte for byte.

use std::sync::Arc;

use super::decode::{decode, encode};
use super::note::{AnnotateError, Note};
use super::{Edit, InputError, splice};
use crate::text::{Dialect, Source};

/// Finds the insertions for notes, each with the byte of the text that it is about. They are disjoint and in order.
pub type Place = fn(source: &Source, notes: &[(usize, &Note)]) -> Result<Vec<Edit>, InputError>;

/// Writes notes into a file that was read with this `dialect`.
///
/// # Errors
/// The file cannot be read, or its encoding lacks a character of a note.
pub fn insert(bytes: &[u8], dialect: &Dialect, notes: &[Note], place: Place) -> Result<Vec<u8>, AnnotateError> {
    let declared = dialect.bytes().map(|bytes| bytes.encoding);
    let decoded = decode(&Arc::from("the file"), bytes.to_vec(), declared)?;
    let lossy = || AnnotateError::Lossy(decoded.encoding.name());
    if encode(&decoded.text, decoded.encoding, decoded.bom).is_none_or(|again| again != bytes) {
        return Err(lossy());
    }
    let source = Source::new("the file", decoded.text.as_str());
    let placed = notes
        .iter()
        .filter_map(|note| Some((source.offset(note.range.0)?, note)));
    let edits = place(&source, &placed.collect::<Vec<_>>())?;
    encode(&splice(source.text(), &edits), decoded.encoding, decoded.bom).ok_or_else(lossy)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use encoding_rs::{BIG5, Encoding, UTF_8, UTF_16LE};

    use super::*;
    use crate::finding::Severity;
    use crate::formats::of;
    use crate::text::FileBytes;

    /// The file with notes on these words: its text afterwards.
    fn annotated(name: &str, text: &str, words: &[&str], encoding: &'static Encoding) -> Result<String, AnnotateError> {
        let format = of(Path::new(name)).unwrap();
        let source = Source::new(name, text);
        let note = |word: &&str| {
            let start = text.find(word).unwrap();
            Note {
                range: (source.position(start), source.position(start + word.len())),
                severity: Severity::Error,
                rule: "a-rule",
                paragraphs: vec![format!("“{word}” < & > is\u{7} wrong"), "help ✗".to_owned()],
                finding: String::new(),
            }
        };
        let notes: Vec<Note> = words.iter().map(note).collect();
        let bytes = encode(text, encoding, encoding == UTF_16LE).unwrap();
        let dialect = Dialect::new(format.name());
        dialect.set_bytes(FileBytes {
            encoding,
            bom: encoding == UTF_16LE,
            hash: 0,
        });
        let annotate = format.annotator().unwrap();
        let written = annotate(&bytes, &dialect, &notes)?;
        Ok(decode(&Arc::from(name), written, Some(encoding)).unwrap().text)
    }

    #[test]
    fn notes_follow_the_texts_of_a_unit_in_xliff_1() {
        let text = "<x:xliff version=\"1.2\"><x:file><x:body>\r\n  <x:trans-unit id=\"1\">\r\n    <x:source>甲</x:source>\r\n    \
            <x:target>A</x:target>\r\n    <x:alt-trans><x:target>B</x:target></x:alt-trans>\r\n  </x:trans-unit>\r\n\
            <x:trans-unit id=\"2\"><x:source>乙</x:source></x:trans-unit></x:body></x:file></x:xliff>";
        let after = annotated("a.xlf", text, &["甲", "A", "乙"], UTF_8).unwrap();
        let note = |side: &str, word: &str| {
            format!(
                "<x:note from=\"bilint\" annotates=\"{side}\" priority=\"1\">error[a-rule]: “{word}” &lt; &amp; &gt; is wrong\n\
                 help ✗</x:note>"
            )
        };
        let one = format!(
            "</x:target>\r\n    {}\r\n    {}",
            note("source", "甲"),
            note("target", "A")
        );
        let two = format!("</x:source>\r\n{}</x:trans-unit>", note("source", "乙"));
        let expected = text
            .replacen("</x:target>", &one, 1)
            .replace("</x:source></x:trans-unit>", &two);
        assert_eq!(after, expected);
    }

    #[test]
    fn notes_come_before_the_segments_of_a_unit_in_xliff_2() {
        let text = "<xliff version=\"2.0\" srcLang=\"zh\" trgLang=\"en\"><file id=\"f\">\n  <unit id=\"1\">\n    \
            <segment><source>甲</source><target>A</target></segment></unit>\n  \
            <unit id=\"2\"><notes>\n    <note>x</note>\n  </notes><segment><source>乙</source><target>B</target></segment></unit></file></xliff>";
        let after = annotated("a.xlf", text, &["A", "B"], UTF_8).unwrap();
        let note = |word: &str| {
            format!(
                "<note category=\"bilint\" appliesTo=\"target\" priority=\"1\">error[a-rule]: “{word}” &lt; &amp; &gt; is wrong\nhelp ✗</note>"
            )
        };
        let expected = text
            .replacen(
                "    <segment>",
                &format!("    <notes>{}</notes>\n    <segment>", note("A")),
                1,
            )
            .replace("<note>x</note>", &format!("<note>x</note>\n    {}", note("B")));
        assert_eq!(after, expected);
    }

    #[test]
    fn notes_are_extracted_comments_in_po() {
        let text = "# a translator\n#. extracted\n#: a.c:1\n#, c-format\nmsgctxt \"m\"\nmsgid \"Open\"\nmsgstr \"打开\"\n\n\
            msgid \"Go\"\nmsgstr \"\"\n\"走\"\n";
        let after = annotated("a.po", text, &["打开", "走"], UTF_8).unwrap();
        let note = |word: &str| format!("#. bilint: error[a-rule]: “{word}” < & > is  wrong\n#. help ✗\n");
        let expected = text
            .replace("#: a.c", &format!("{}#: a.c", note("打开")))
            .replace("msgid \"Go", &format!("{}msgid \"Go", note("走")));
        assert_eq!(after, expected);
    }

    #[test]
    fn the_encoding_is_kept_and_a_character_that_it_lacks_is_refused() {
        let text = "msgid \"Open\"\r\nmsgstr \"開放\"\r\n";
        let after = annotated("a.po", text, &["開放"], UTF_16LE).unwrap();
        assert!(after.ends_with(text) && after.contains("#. help ✗\r\n"), "{after}");
        let refused = annotated("a.po", text, &["開放"], BIG5);
        assert!(matches!(refused, Err(AnnotateError::Lossy("Big5"))), "{refused:?}");
    }
}
