//! PO catalogs.

use super::*;
use crate::text::Direction;

const HEADER: &str =
    "msgid \"\"\nmsgstr \"\"\n\"Language: zh_CN\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n";

/// The documents of a catalog with a header, and the errors.
fn read_po(entries: &str) -> (Vec<Document>, Vec<InputError>) {
    let all = Folder::new(&[("a.po", &format!("{HEADER}{entries}"))]).read("a.po");
    let (good, bad): (Vec<_>, Vec<_>) = all.into_iter().partition(Result::is_ok);
    (
        good.into_iter().map(Result::unwrap).collect(),
        bad.into_iter().filter_map(Result::err).collect(),
    )
}

fn pairs(document: &Document) -> Vec<(&str, &str)> {
    let records = document.records.iter();
    records
        .map(|r| {
            (
                document.en[r.en.start].text.as_str(),
                document.zh[r.zh.start].text.as_str(),
            )
        })
        .collect()
}

#[test]
fn messages_and_their_translations_are_pairs() {
    let (documents, errors) = read_po(
        "# a translator\n#. a programmer\n#: src/main.c:12\n#, c-format\n#| msgid \"Old\"\nmsgctxt \"menu\"\nmsgid \"Open %s\"\nmsgstr \"打开 %s\"\n\
         msgid \"\"\n\"Many hands \"\n\"make light work.\\n\"\nmsgstr \"\"\n\"众擎易举，\"\n\"独力难成。\\n\"\n",
    );
    assert!(errors.is_empty(), "{errors:?}");
    let [d] = documents.as_slice() else { panic!() };
    assert_spans(d);
    assert_eq!(
        pairs(d),
        [
            ("Open %s", "打开 %s"),
            ("Many hands make light work.\n", "众擎易举，独力难成。\n")
        ]
    );
    assert_eq!((d.layout, d.direction), (Layout::Records, Some(Direction::EnToZh)));
    assert_eq!(
        (d.records[0].id.as_deref(), d.records[1].id.as_deref()),
        (Some("menu"), None)
    );
    let at = d.zh[1]
        .origin
        .to_source(Span::new("众擎易举，".len(), "众擎易举，独力".len()));
    assert_eq!(at.of(d.sources[0].text()), "独力");
    assert_eq!(d.sources[0].position(at.start).line, 19);
}

#[test]
fn plural_forms_pair_with_the_form_they_translate() {
    let one = "msgid \"One file\"\nmsgid_plural \"%d files\"\nmsgstr[0] \"%d 个文件\"\n";
    assert_eq!(pairs(&read_po(one).0[0]), [("%d files", "%d 个文件")]);
    let two = "msgid \"One file\"\nmsgid_plural \"%d files\"\nmsgstr[0] \"一个文件\"\nmsgstr[1] \"%d 个文件\"\n";
    assert_eq!(
        pairs(&read_po(two).0[0]),
        [("One file", "一个文件"), ("%d files", "%d 个文件")]
    );
}

#[test]
fn fuzzy_untranslated_and_obsolete_entries_are_left_out() {
    let (documents, errors) = read_po(
        "#, fuzzy, c-format\nmsgid \"Guess\"\nmsgstr \"猜\"\n\nmsgid \"New\"\nmsgstr \"\"\n\n\
         msgid \"Half\"\nmsgid_plural \"Halves\"\nmsgstr[0] \"半\"\nmsgstr[1] \"\"\n\n\
         #, fuzzy\n#~ msgid \"Gone\"\n#~ msgstr \"去\"\n\nmsgid \"Open\"\nmsgstr \"打开\"\n",
    );
    assert_eq!(pairs(&documents[0]), [("Open", "打开")]);
    assert_eq!(errors.len(), 1);
    assert!(
        errors[0]
            .to_string()
            .ends_with("left out 1 fuzzy and 2 untranslated entries"),
        "{}",
        errors[0]
    );
    assert_eq!(errors[0].level(), Level::Partial);
}

#[test]
fn escapes_of_c_are_resolved_and_mapped() {
    let (documents, _) = read_po("msgid \"a\\tb \\\"c\\\" \\\\ \\x41\\101\\q\"\nmsgstr \"说：\\\"来吧！\\\"\\n走\"\n");
    let d = &documents[0];
    assert_spans(d);
    assert_eq!(d.en[0].text, "a\tb \"c\" \\ AA\\q");
    assert_eq!(d.zh[0].text, "说：\"来吧！\"\n走");
    let quote = d.zh[0].text.find('"').unwrap();
    let at = d.zh[0].origin.to_source(Span::new(quote, quote + 1));
    assert_eq!(at.of(d.sources[0].text()), "\\\"");
}

#[test]
fn the_charset_of_the_header_decides() {
    let text = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=Big5\\n\"\n\nmsgid \"Open\"\nmsgstr \"開放\"\n";
    let folder = Folder::new(&[]);
    folder.put("a.po", &decode::encode(text, encoding_rs::BIG5, false).unwrap());
    let d = only(folder.read("a.po"));
    assert_eq!(pairs(&d), [("Open", "開放")]);
    assert_eq!(d.sources[0].dialect().bytes().unwrap().encoding, encoding_rs::BIG5);
}

#[test]
fn a_catalog_in_other_languages_is_skipped_in_folders_and_refused_by_name() {
    let folder = Folder::new(&[
        (
            "de.po",
            "msgid \"\"\nmsgstr \"Language: de\\n\"\n\nmsgid \"Open\"\nmsgstr \"Öffnen\"\n",
        ),
        ("x.po", "msgid \"Open\"\nmsgstr \"Ouvrir\"\n"),
    ]);
    for name in ["de.po", "x.po"] {
        let e = folder.read(name).remove(0).unwrap_err();
        assert!(matches!(e, InputError::OtherLanguages { .. }), "{e}");
        assert_eq!(e.level(), Level::Error);
    }
    let found = discover(&[folder.path("")], &Options::default());
    for input in &found.inputs {
        let e = read(input, &Options::default()).next().unwrap().unwrap_err();
        assert_eq!(e.level(), Level::Skipped);
    }
}

#[test]
fn lines_that_are_not_po_are_named_and_the_rest_is_read() {
    let (documents, errors) = read_po(
        "msgid \"Open\"\nmsgstr \"打开\"\nmsgsrt \"x\"\nmsgid \"Go\nmsgstr \"走\"\n\"stray\" x\n\nmsgid \"A\"\nmsgstr \"甲\"\n",
    );
    let read: Vec<_> = documents.iter().flat_map(pairs).collect();
    assert_eq!(read.last(), Some(&("A", "甲")));
    let lines: Vec<usize> = errors
        .iter()
        .filter_map(|e| match e {
            InputError::Record { line, .. } => Some(*line),
            _ => None,
        })
        .collect();
    assert_eq!(lines, [8, 9, 11]);
}
