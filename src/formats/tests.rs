//! Writing into every format: a replacement is read again as it was meant, and nothing else changes.

use std::io::Cursor;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;

const TABLE: &str = "id,zh,en\n1,开放。,Open， free.\n2,\"他说，\"\"来\"\"\",\"He said, \"\"come\"\"\"\n3,好,good\n";
const PO: &str = "msgid \"\"\nmsgstr \"Language: zh_CN\\n\"\n\nmsgid \"Open science\"\nmsgstr \"开放科学\"\n\n\
    msgctxt \"a\"\nmsgid \"Many \"\n\"hands\"\nmsgstr \"\"\n\"众擎\\n\"\n\"易举\\\"\"\n";
const JSONL: &str = "{\"zh\": \"开放\\n科学\", \"en\": \"Open \\\"science\\\"\"}\n{\"zh\": \"好\", \"en\": \"good\"}\n";
const XLIFF: &str = "<xliff version=\"1.2\"><file source-language=\"zh\" target-language=\"en\"><body>\n\
    <trans-unit id=\"1\"><source>开放 &lt; 科学</source><target>Open &lt;<g id=\"1\"> science</g></target></trans-unit>\n\
    <trans-unit id=\"2\"><source>好</source><target><![CDATA[go & <b>]]>od <x id=\"2\"/></target></trans-unit></body></file></xliff>\n";
const TMX: &str = "<tmx version=\"1.4\"><header srclang=\"zh\"/><body>\n\
    <tu><tuv xml:lang=\"zh\"><seg>开放<bpt i=\"1\"/>科学</seg></tuv>\n<tuv xml:lang=\"en\"><seg>Open &amp; <ut/>science</seg></tuv></tu>\n\
    </body></tmx>\n";
const HTML: &str = "<!doctype html>\n<p>开放 &lt; <b>科学</b></p>\n<p>Open &lt; <b>science</b></p>\n<table><tr><td>好</td><td>a &gt; b</td></tr>\n\
    <tr><td>走路</td><td>go &amp; <code>x</code></td></tr></table>\n";
const MARKDOWN: &str = "# 开放科学\n\n# Open science\n\n众擎**易举**，见 `code`。\n\nMany *hands*, see `code`\nand [this](x).\n\n\
    | zh | en |\n|---|---|\n| 好 | good |\n| 走 | go `x` |\n";

/// The texts of a file's blocks, side by side with where they came from.
fn read(name: &str, text: &str) -> Vec<(Arc<Source>, crate::document::Block)> {
    let format = of(Path::new(name)).unwrap();
    let documents = format.read(File {
        name: Arc::from(name),
        bytes: Box::new(Cursor::new(text.as_bytes().to_vec())),
        encoding: None,
        explicit: true,
    });
    let documents = documents.filter_map(Result::ok);
    documents
        .flat_map(|d| {
            let source = Arc::clone(&d.sources[0]);
            let blocks: Vec<_> = d.zh.into_iter().chain(d.en).collect();
            blocks.into_iter().map(move |b| (Arc::clone(&source), b))
        })
        .collect()
}

/// Replaces characters `from..to` of a block; the file afterwards, and the texts of its blocks as they should be.
fn replace(name: &str, text: &str, block: usize, from: usize, to: usize, with: &str) -> (String, Vec<String>) {
    let blocks = read(name, text);
    let (source, block) = &blocks[block % blocks.len()];
    let bounds: Vec<usize> = (0..=block.text.len())
        .filter(|&i| block.text.is_char_boundary(i))
        .collect();
    let (a, b) = (bounds[from % bounds.len()], bounds[to % bounds.len()]);
    let span = Span::new(a.min(b), a.max(b));
    let edit = Edit {
        span: block.origin.to_source(span),
        text: with.to_owned(),
        fixes: 1,
    };
    let edits = of_source(source).escape(text, source.dialect(), vec![edit]);
    let mut expected: Vec<String> = blocks.iter().map(|(_, b)| b.text.clone()).collect();
    if !edits.is_empty() {
        let i = blocks.iter().position(|(_, b)| b == block).unwrap();
        expected[i].replace_range(span.range(), with);
    }
    (splice(text, &edits), expected)
}

fn texts(name: &str, text: &str) -> Vec<String> {
    read(name, text).into_iter().map(|(_, b)| b.text).collect()
}

#[test]
fn a_cell_gets_quotation_marks_where_it_needs_them() {
    let text =
        "中文;英文\n我们支持开放；我们支持科学。;We support openness； we support science.\n开放。;Open， free.\n";
    let at = |needle: &str, with: &str| Edit {
        span: Span::new(text.find(needle).unwrap(), text.find(needle).unwrap() + needle.len()),
        text: with.to_owned(),
        fixes: 1,
    };
    let source = &read("a.csv", text)[0].0;
    let edits = of_source(source).escape(
        text,
        source.dialect(),
        vec![at("； we", "; we"), at("， free", ", free")],
    );
    assert_eq!(
        splice(text, &edits),
        "中文;英文\n我们支持开放；我们支持科学。;\"We support openness; we support science.\"\n开放。;Open, free.\n"
    );
}

#[test]
fn only_translations_of_an_xliff_file_are_changed() {
    let source = &read("a.xlf", XLIFF)[0].0;
    let escape = |needle: &str| {
        let start = XLIFF.find(needle).unwrap();
        let edit = Edit {
            span: Span::new(start, start + needle.len()),
            text: "a & b".to_owned(),
            fixes: 1,
        };
        of_source(source).escape(XLIFF, source.dialect(), vec![edit])
    };
    assert!(escape("科学").is_empty());
    assert!(escape("<g id=\"1\"> science").is_empty());
    assert_eq!(escape("science")[0].text, "a &amp; b");
}

#[test]
fn only_translations_of_a_catalog_are_changed() {
    let source = &read("a.po", PO)[0].0;
    let escape = |needle: &str| {
        let start = PO.find(needle).unwrap();
        let edit = Edit {
            span: Span::new(start, start + needle.len()),
            text: "a\n\"b\"".to_owned(),
            fixes: 1,
        };
        of_source(source).escape(PO, source.dialect(), vec![edit])
    };
    assert!(escape("science").is_empty());
    assert_eq!(escape("开放")[0].text, "a\\n\\\"b\\\"");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_replacement_is_read_again_and_changes_nothing_else(
        block in 0usize..8, from in 0usize..20, to in 0usize..20, with in "[a中,;\t\"|\n\\\\#*<> ]{0,4}",
    ) {
        for (name, text) in [("a.csv", TABLE), ("a.csv", &TABLE.replace(',', ";")), ("a.tsv", &TABLE.replace(',', "\t")),
            ("a.jsonl", JSONL), ("a.po", PO)] {
            let (after, expected) = replace(name, text, block, from, to, &with);
            // A cell without text is no block.
            prop_assume!(expected.iter().all(|t| !t.trim().is_empty()));
            prop_assert_eq!(texts(name, &after), expected, "{}: {:?}", name, after);
        }
    }

    #[test]
    fn a_replacement_in_xml_is_read_again_and_changes_nothing_else(
        block in 0usize..8, from in 0usize..20, to in 0usize..20, with in "[a中\"'|\n&;\\]<> ]{0,4}",
    ) {
        for (name, text) in [("a.xlf", XLIFF), ("a.tmx", TMX)] {
            let (after, expected) = replace(name, text, block, from, to, &with);
            // White space around a text is no part of it, and a segment without text is no pair.
            let expected: Vec<&str> = expected.iter().map(|t| t.trim()).collect();
            prop_assume!(expected.iter().all(|t| !t.is_empty()));
            prop_assert_eq!(texts(name, &after), expected, "{}: {:?}", name, after);
        }
    }

    #[test]
    fn a_replacement_makes_no_markup(
        block in 0usize..12, from in 0usize..20, to in 0usize..20, with in "[a中|#*<>`_\\[\\]()!~-]{1,5}",
    ) {
        let (after, expected) = replace("a.md", MARKDOWN, block, from, to, &with);
        check_characters("a.md", &after, expected)?;
        let (after, expected) = replace("a.html", HTML, block, from, to, &with);
        check_characters("a.html", &after, expected)?;
    }
}

/// Checks that the texts of a file have the characters of these texts. Blocks are not compared: a line that changes its language
/// starts another block.
fn check_characters(name: &str, after: &str, expected: Vec<String>) -> Result<(), TestCaseError> {
    let plain = |texts: Vec<String>| -> Vec<char> {
        let text = texts.concat().replace('\\', "");
        let mut characters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        characters.sort_unstable();
        characters
    };
    // A line without letters is no block.
    if expected.iter().all(|t| t.contains(char::is_alphanumeric)) {
        prop_assert_eq!(plain(texts(name, after)), plain(expected), "{:?}", after);
    }
    Ok(())
}

#[test]
fn every_format_has_a_name_and_extensions_of_its_own() {
    let mut names: Vec<&str> = FORMATS.iter().map(|f| f.name()).collect();
    let mut extensions: Vec<&str> = FORMATS.iter().flat_map(|f| f.extensions()).copied().collect();
    let counts = (names.len(), extensions.len());
    names.sort_unstable();
    names.dedup();
    extensions.sort_unstable();
    extensions.dedup();
    assert_eq!((names.len(), extensions.len()), counts);
    assert!(extensions.iter().all(|e| !NOT_READ.contains(e)));
}
