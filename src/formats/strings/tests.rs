use proptest::prelude::*;

use super::*;

/// The strings of a text: keys, what they say, and the bytes that they come from.
fn strings<'t>(format: &StringsFormat, text: &'t str) -> Vec<(String, String, &'t str)> {
    let entries = (format.parse)(text).unwrap();
    let row = |e: Entry| (e.name(), e.text.text().to_owned(), e.span.of(text));
    entries.into_iter().map(row).collect()
}

fn check(format: &StringsFormat, text: &str, expected: &[(&str, &str, &str)]) {
    let found = strings(format, text);
    let found: Vec<(&str, &str, &str)> = found.iter().map(|(key, says, raw)| (&**key, &**says, *raw)).collect();
    assert_eq!(found, expected);
}

const JSON_TEXT: &str = r#"{
  "$schema": "x", "a": "Open \"it\"\n", "b": {"c": ["\u4e2d", "two"], "n": 1},
  "": "empty key"
}"#;
const YAML_TEXT: &str = "en:\n  # a comment\n  a: Open it # not text\n  b: 'It''s'\n  c: \"a \\u4e2d\\n\"\n  d: |\n    Two\n    lines\n  e: >-\n    \
    Folded\n    text\n  f: plain\n    over lines\n  g: 12\n  h: [x, y]\n  i: yes\n";
const TOML_TEXT: &str = "# comment\n[open]\nother = \"Open \\\"it\\\"\" # not text\none = 'a\\b'\n[n]\nx = 1\ny = {z = \"\"\"\nTwo\nlines\"\"\"}\n";
const PROPERTIES_TEXT: &str =
    "# comment\n! another\na.b = Open it\nc\\ d:two \\\n   lines\ne=\\u4e2d\\n\nempty=\nf  g=h\n";
const APPLE_TEXT: &str = "/* comment */\n\"a\" = \"Open \\\"it\\\"\\n\"; // another\nbare = \"\\U4e2d\";\n\"Same\";\n";
const ANDROID_TEXT: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- c --><resources xmlns:x=\"y\">\n\
    <string name=\"a\">It\\\'s\n   &lt;<b>it</b>&#8230; \\u4e2d</string>\n<string name=\"no\" translatable=\"false\">x</string>\n\
    <plurals name=\"p\"><item quantity=\"one\">%d item</item><item quantity=\"other\">%d items</item></plurals>\n\
    <string-array name=\"l\"><item>x</item><item>\" y  z\"</item></string-array><color name=\"c\">#fff</color></resources>\n";
const RESX_TEXT: &str = "<root><resheader name=\"v\"><value>2.0</value></resheader>\n<data name=\"A.Text\" xml:space=\"preserve\">\
    <value>Open &amp; close\n it</value><comment>about it</comment></data><data name=\"i\" type=\"Icon\"><value>i.ico</value></data></root>\n";

const STRINGSDICT_TEXT: &str = "<?xml version=\"1.0\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"x\">\n<plist><dict>\n<!-- c -->\n\
    <key>files</key><dict><key>NSStringLocalizedFormatKey</key><string>%#@n@ &amp; more</string>\n<key>n</key><dict>\
    <key>NSStringFormatSpecTypeKey</key><string>NSStringPluralRuleType</string><key>NSStringFormatValueTypeKey</key><string>ld</string>\
    <key>one</key><string>%ld file</string><key>other</key><string>%ld files</string></dict></dict></dict></plist>\n";
const CATALOG_TEXT: &str = r#"{
  "sourceLanguage" : "en",
  "strings" : {
    "Open %@" : {
      "comment" : "A button",
      "localizations" : {
        "de" : { "stringUnit" : { "state" : "translated", "value" : "Öffnen" } },
        "zh-Hans" : { "stringUnit" : { "state" : "translated", "value" : "打开\"%@\"" } }
      }
    },
    "files" : {
      "localizations" : {
        "en" : { "variations" : { "plural" : {
          "one" : { "stringUnit" : { "state" : "translated", "value" : "%lld file" } },
          "other" : { "stringUnit" : { "state" : "translated", "value" : "%lld files" } }
        } } },
        "zh-Hans" : { "variations" : { "plural" : {
          "other" : { "stringUnit" : { "state" : "needs_review", "value" : "%lld 个文件" } }
        } } }
      }
    },
    "New" : { "localizations" : { "zh-Hans" : { "stringUnit" : { "state" : "new", "value" : "New" } } } },
    "%@" : { "shouldTranslate" : false }
  },
  "version" : "1.0"
}"#;
const FLUENT_TEXT: &str = "# comment\n-brand = Firefox\nhello = Hello, { $name }{\"}\"}\nlines =\n    Two\n    lines\n    .title = A title\n\
    mails = { $n ->\n    [one] One mail\n   *[other] { NUMBER($n, style: \"x}\") } mails\n  }\nin = Of { $n ->\n   *[other] \"{ $n }\"\n }\n";
const QT_TEXT: &str = "<?xml version=\"1.0\"?>\n<!DOCTYPE TS>\n<TS version=\"2.1\" language=\"zh_CN\">\n<context>\n    <name>Main</name>\n\
    <message><source>&amp;Open</source><comment>a menu</comment><translation>打开(&amp;O)</translation></message>\n\
    <message numerus=\"yes\"><source>%n file(s)</source><translation>\n<numerusform>%n 个文件</numerusform></translation></message>\n\
    <message><source>New</source><translation type=\"unfinished\"></translation></message>\n\
    <message><source>Old</source><translation type=\"vanished\">旧</translation></message>\n</context>\n</TS>\n";

#[test]
fn plurals_of_apple_are_strings_in_dictionaries() {
    let expected = [
        ("files.NSStringLocalizedFormatKey", "%#@n@ & more", "%#@n@ &amp; more"),
        ("files.n.one", "%ld file", "%ld file"),
        ("files.n.other", "%ld files", "%ld files"),
    ];
    check(&STRINGSDICT, STRINGSDICT_TEXT, &expected);
}

#[test]
fn a_string_of_a_catalog_without_a_source_is_its_key() {
    let expected = [
        ("zh-Hans.Open %@", "打开\"%@\"", "打开\\\"%@\\\""),
        ("en.Open %@", "Open %@", "Open %@"),
        ("en.files.one", "%lld file", "%lld file"),
        ("en.files.other", "%lld files", "%lld files"),
        ("zh-Hans.files.other", "%lld 个文件", "%lld 个文件"),
        ("en.New", "New", "New"),
    ];
    check(&CATALOG, CATALOG_TEXT, &expected);
}

#[test]
fn messages_of_fluent_have_attributes_variants_and_placeables() {
    let expected = [
        ("-brand", "Firefox", "Firefox"),
        ("hello", "Hello, { $name }{\"}\"}", "Hello, { $name }{\"}\"}"),
        ("lines", "Two\nlines", "Two\n    lines"),
        ("lines.title", "A title", "A title"),
        ("mails.one", "One mail", "One mail"),
        (
            "mails.other",
            "{ NUMBER($n, style: \"x}\") } mails",
            "{ NUMBER($n, style: \"x}\") } mails",
        ),
        (
            "in",
            "Of { $n ->\n   *[other] \"{ $n }\"\n }",
            "Of { $n ->\n   *[other] \"{ $n }\"\n }",
        ),
    ];
    check(&FLUENT, FLUENT_TEXT, &expected);
}

#[test]
fn messages_of_qt_are_left_out_until_they_are_translated() {
    let expected = [
        ("en.Main.&Open.a menu", "&Open", "&amp;Open"),
        ("zh_CN.Main.&Open.a menu", "打开(&O)", "打开(&amp;O)"),
        ("en.Main.%n file(s)", "%n file(s)", "%n file(s)"),
        ("zh_CN.Main.%n file(s)", "%n 个文件", "%n 个文件"),
        ("en.Main.New", "New", "New"),
    ];
    check(&QT, QT_TEXT, &expected);
    check(&QT, "export const open = '打开';", &[]);
}

#[test]
fn json_has_the_strings_of_nested_objects() {
    let expected = [
        ("a", "Open \"it\"\n", r#"Open \"it\"\n"#),
        ("b.c.0", "中", r"\u4e2d"),
        ("b.c.1", "two", "two"),
        ("", "empty key", "empty key"),
    ];
    check(&JSON, JSON_TEXT, &expected);
    let messages = r#"{"a": {"message": "Open", "description": "A button"}, "b": {"message": "Close"}}"#;
    check(&JSON, messages, &[("a", "Open", "Open"), ("b", "Close", "Close")]);
    let nextcloud =
        r#"{"translations": {"Open": "打开", "_%n file_::_%n files_": ["%n file", "%n files"]}, "pluralForm": "n"}"#;
    let expected = [
        ("Open", "打开", "打开"),
        ("_%n file_::_%n files_", "%n files", "%n files"),
    ];
    check(&JSON, nextcloud, &expected);
    let arb = r#"{"@@locale": "en", "a": "Open", "@a": {"description": "A button"}}"#;
    check(&ARB, arb, &[("a", "Open", "Open")]);
    check(
        &ARB,
        r#"{"a": "Open", "_a.comment": "A button"}"#,
        &[("a", "Open", "Open")],
    );
}

#[test]
fn yaml_has_its_five_styles() {
    let expected = [
        ("en.a", "Open it", "Open it"),
        ("en.b", "It's", "It''s"),
        ("en.c", "a 中\n", r"a \u4e2d\n"),
        ("en.d", "Two\nlines\n", "Two\n    lines\n  "),
        ("en.e", "Folded text", "Folded\n    text\n  "),
        ("en.f", "plain over lines", "plain\n    over lines"),
        ("en.h.0", "x", "x"),
        ("en.h.1", "y", "y"),
    ];
    check(&YAML, YAML_TEXT, &expected);
}

#[test]
fn toml_has_strings_in_tables() {
    let expected = [
        ("open.other", "Open \"it\"", r#"Open \"it\""#),
        ("open.one", "a\\b", "a\\b"),
        ("n.y.z", "Two\nlines", "Two\nlines"),
    ];
    check(&TOML, TOML_TEXT, &expected);
}

#[test]
fn properties_may_go_on_below() {
    let expected = [
        ("a.b", "Open it", "Open it"),
        ("c d", "two lines", "two \\\n   lines"),
        ("e", "中\n", r"\u4e2d\n"),
        ("empty", "", ""),
        ("f", "g=h", "g=h"),
    ];
    check(&PROPERTIES, PROPERTIES_TEXT, &expected);
}

#[test]
fn strings_of_apple_have_comments_and_bare_keys() {
    let expected = [
        ("a", "Open \"it\"\n", r#"Open \"it\"\n"#),
        ("bare", "中", r"\U4e2d"),
        ("Same", "Same", "Same"),
    ];
    check(&APPLE, APPLE_TEXT, &expected);
}

#[test]
fn resources_of_android_keep_tags_and_fold_white_space() {
    let expected = [
        ("a", "It's <<b>it</b>… 中", "It\\\'s\n   &lt;<b>it</b>&#8230; \\u4e2d"),
        ("p.one", "%d item", "%d item"),
        ("p.other", "%d items", "%d items"),
        ("l.0", "x", "x"),
        ("l.1", " y  z", "\" y  z\""),
    ];
    check(&ANDROID, ANDROID_TEXT, &expected);
}

#[test]
fn resources_of_dot_net_are_data_without_a_type() {
    check(
        &RESX,
        RESX_TEXT,
        &[("A.Text", "Open & close\n it", "Open &amp; close\n it")],
    );
}

static SAMPLES: [(&StringsFormat, &str); 11] = [
    (&JSON, JSON_TEXT),
    (&YAML, YAML_TEXT),
    (&TOML, TOML_TEXT),
    (&PROPERTIES, PROPERTIES_TEXT),
    (&APPLE, APPLE_TEXT),
    (&STRINGSDICT, STRINGSDICT_TEXT),
    (&CATALOG, CATALOG_TEXT),
    (&FLUENT, FLUENT_TEXT),
    (&QT, QT_TEXT),
    (&ANDROID, ANDROID_TEXT),
    (&RESX, RESX_TEXT),
];

/// Replaces `from..to` of the text of a string. The file afterwards, and what the strings should say.
fn replace(
    format: &StringsFormat,
    text: &str,
    number: usize,
    ends: [usize; 2],
    with: &str,
) -> (bool, String, Vec<String>) {
    let mut entries = (format.parse)(text).unwrap();
    let mut expected: Vec<String> = entries.iter().map(|e| e.text.text().to_owned()).collect();
    let number = number % entries.len();
    let entry = entries.swap_remove(number);
    let says = expected[number].clone();
    let bounds: Vec<usize> = (0..=says.len()).filter(|&i| says.is_char_boundary(i)).collect();
    let [a, b] = ends.map(|end| bounds[end % bounds.len()]);
    let within = Span::new(a.min(b), a.max(b));
    let (_, origin) = entry.text.into_parts(entry.span);
    let edit = Edit {
        span: origin.to_source(within),
        text: with.to_owned(),
        fixes: 1,
    };
    let edits = format.escape(text, &Dialect::new(format.name()), vec![edit]);
    if !edits.is_empty() {
        expected[number].replace_range(within.range(), with);
    }
    (!edits.is_empty(), splice(text, &edits), expected)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_replacement_is_read_again_and_changes_nothing_else(
        number in 0usize..8, from in 0usize..12, to in 0usize..12, with in "[a中:#=;'\"\n\\\\<>&{} ]{0,4}",
    ) {
        for (format, text) in SAMPLES {
            let (_, after, expected) = replace(format, text, number, [from, to], &with);
            let found: Vec<String> = strings(format, &after).into_iter().map(|(_, says, _)| says).collect();
            prop_assert_eq!(found, expected, "{}: {:?}", format.name, after);
        }
    }
}

#[test]
fn plain_words_are_written_into_every_format() {
    for (format, text) in SAMPLES {
        // The first text of Qt is a source, which never changes.
        let number = usize::from(format.name == QT.name);
        let (is_written, after, _) = replace(format, text, number, [0, 2], "中'a");
        assert!(is_written && after.len() != text.len(), "{}", format.name);
    }
}

#[test]
fn a_file_in_ascii_stays_so() {
    let (_, after, _) = replace(&PROPERTIES, "a=\\u6253\\u5f00\nb=x\n", 0, [0, 1], "关😀");
    assert_eq!(after, "a=\\u5173\\ud83d\\ude00\\u5f00\nb=x\n");
}
