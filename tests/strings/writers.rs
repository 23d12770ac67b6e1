//! How a text in two languages is written in each format, with its escapes.

use std::fmt::Write as _;

use quick_xml::escape::{escape, partial_escape, unescape};

/// A text whose strings have keys.
pub struct Text {
    /// The languages of the source and of the target, `["en", "zh"]` or `["zh", "en"]`.
    pub languages: [&'static str; 2],
    /// Keys, and texts in the order of the languages.
    pub strings: Vec<(String, [String; 2])>,
}

/// Names and contents.
pub type Files = Vec<(String, String)>;

/// A format: what it is called here, how a text is written in it, and what a part of such a file means.
pub type Format = (&'static str, fn(&Text) -> Files, fn(&str) -> String);

impl Text {
    /// A file for each language; `names` are those of source and target, with the language in place of `XX`.
    fn two(&self, names: [&str; 2], content: impl Fn(usize) -> String) -> Files {
        let file = |side: usize| (names[side].replace("XX", self.languages[side]), content(side));
        vec![file(0), file(1)]
    }

    /// The strings of one language.
    fn rows(&self, side: usize, row: impl Fn(&str, &str) -> String) -> Vec<String> {
        let strings = self.strings.iter();
        strings.map(|(key, texts)| row(key, &texts[side])).collect()
    }

    /// The strings with their translations.
    fn pairs(&self, row: impl Fn(&str, &str, &str) -> String) -> Vec<String> {
        let strings = self.strings.iter();
        strings.map(|(key, [from, to])| row(key, from, to)).collect()
    }

    /// One file with rows of pairs.
    fn table(&self, name: &str, start: &str, row: impl Fn(&str, &str, &str) -> String, end: &str) -> Files {
        let [from, to] = self.languages;
        let start = start.replace("FROM", from).replace("TO", to);
        vec![(name.replace("XX", to), start + &self.pairs(row).concat() + end)]
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// In ASCII, with other characters as `\u4e2d`.
fn ascii(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}").unwrap();
            }
        }
    }
    out
}

/// What a part of a file means in which a backslash begins an escape, as in JSON.
fn unquoted(part: &str) -> String {
    serde_json::from_str(&format!("\"{}\"", part.replace("\\'", "'"))).unwrap()
}

fn resolved(part: &str) -> String {
    unescape(part).unwrap().into_owned()
}

/// An object of JSON in a file for each language.
fn object(text: &Text, name: &str, string: impl Fn(&str, &str) -> String) -> Files {
    let content = |side| format!("{{\n{}\n}}\n", text.rows(side, &string).join(",\n"));
    text.two([name, name], content)
}

fn nested(text: &Text, name: &str, string: fn(&str) -> String) -> Files {
    text.two([name, name], |side| {
        let rows = text.rows(side, |key, text| format!("    \"{key}\": {}", string(text)));
        format!("{{\n  \"menu\": {{\n{}\n  }}\n}}\n", rows.join(",\n"))
    })
}

fn lines(text: &Text, name: &str, first: &str, row: fn(&str, &str) -> String) -> Files {
    text.two([name, name], |side| {
        first.replace("XX", text.languages[side]) + &text.rows(side, row).concat()
    })
}

fn xml(text: &Text, names: [&str; 2], start: &str, row: fn(&str, &str) -> String, end: &str) -> Files {
    text.two(names, |side| {
        let rows = text.rows(side, row).concat();
        format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{start}\n{rows}{end}\n")
    })
}

fn property(text: &str) -> String {
    text.replace('\\', "\\\\")
}

fn data(key: &str, text: &str) -> String {
    let text = partial_escape(text);
    format!(
        "  <data name=\"{key}\" xml:space=\"preserve\">\n    <value>{text}</value>\n    <comment>x</comment>\n  </data>\n"
    )
}

fn android(key: &str, text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('\'', "\\'").replace('"', "\\\"");
    format!("    <string name=\"{key}\">{}</string>\n", partial_escape(text))
}

fn catalog(text: &Text) -> Files {
    let unit = |side: usize, text_of: &str| {
        let tag = text.languages[side].replace("zh", "zh-Hans");
        let value = quoted(text_of);
        format!("        \"{tag}\" : {{ \"stringUnit\" : {{ \"state\" : \"translated\", \"value\" : {value} }} }}")
    };
    let string = |key: &str, from: &str, to: &str| {
        let (from, to) = (unit(0, from), unit(1, to));
        format!("    \"{key}\" : {{\n      \"localizations\" : {{\n{from},\n{to}\n      }}\n    }}")
    };
    let strings = text.pairs(string).join(",\n");
    let language = text.languages[0].replace("zh", "zh-Hans");
    let content = format!(
        "{{\n  \"sourceLanguage\" : \"{language}\",\n  \"strings\" : {{\n{strings}\n  }},\n  \"version\" : \"1.0\"\n}}\n"
    );
    vec![("a.xcstrings".to_owned(), content)]
}

fn po(key: &str, from: &str, to: &str) -> String {
    format!(
        "\n#: src/a.c:1\nmsgctxt \"{key}\"\nmsgid {}\nmsgstr {}\n",
        quoted(from),
        quoted(to)
    )
}

fn comma(key: &str, from: &str, to: &str) -> String {
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    format!("{key},{},{}\n", cell(from), cell(to))
}

/// Every format of strings and of records.
pub const FORMATS: [Format; 27] = [
    (
        "records",
        |text| {
            let [from, to] = text.languages;
            let row = |key: &str, a: &str, b: &str| {
                format!(
                    "{{\"id\": \"{key}\", \"{from}\": {}, \"{to}\": {}}}\n",
                    quoted(a),
                    quoted(b)
                )
            };
            text.table("a.jsonl", "", row, "")
        },
        unquoted,
    ),
    (
        "i18next",
        |text| nested(text, "locales/XX/common.json", quoted),
        unquoted,
    ),
    (
        "JSON in ASCII",
        |text| nested(text, "XX.json", |text| ascii(&quoted(text))),
        unquoted,
    ),
    (
        "browser extension",
        |text| {
            let row = |key: &str, text: &str| {
                // `$1` is a placeholder.
                let text = quoted(&text.replace('$', "$$"));
                format!("  \"{key}\": {{\n    \"message\": {text},\n    \"description\": \"A note\"\n  }}")
            };
            object(text, "_locales/XX/messages.json", row)
        },
        |part| unquoted(&part.replace("$$", "$")),
    ),
    (
        "ARB",
        |text| {
            let row = |key: &str, text: &str| {
                format!(
                    "  \"{key}\": {},\n  \"@{key}\": {{ \"description\": \"A note\" }}",
                    quoted(text)
                )
            };
            object(text, "app_XX.arb", row)
        },
        unquoted,
    ),
    (
        "RESJSON",
        |text| {
            let row =
                |key: &str, text: &str| format!("  \"{key}\": {},\n  \"_{key}.comment\": \"A note\"", quoted(text));
            object(text, "XX/a.resjson", row)
        },
        unquoted,
    ),
    (
        "Rails",
        |text| {
            lines(text, "config/locales/XX.yml", "XX:\n  menu:\n", |key, text| {
                format!("    {key}: {}\n", quoted(text))
            })
        },
        unquoted,
    ),
    (
        "YAML, single quotes",
        |text| {
            lines(text, "i18n/XX.yaml", "# strings\n", |key, text| {
                format!("{key}: '{}'\n", text.replace('\'', "''"))
            })
        },
        |part| part.replace("''", "'"),
    ),
    (
        "YAML, blocks",
        |text| {
            lines(text, "i18n/XX.yaml", "# strings\n", |key, text| {
                format!("{key}: |-\n  {text}\n")
            })
        },
        str::to_owned,
    ),
    (
        "TOML",
        |text| {
            lines(text, "i18n/XX.toml", "[menu]\n", |key, text| {
                format!("{key} = {}\n", quoted(text))
            })
        },
        unquoted,
    ),
    (
        "properties",
        |text| {
            lines(text, "a_XX.properties", "# strings\n", |key, text| {
                format!("{key} = {}\n", property(text))
            })
        },
        |part| part.replace("\\\\", "\\"),
    ),
    (
        "properties in ASCII",
        |text| {
            lines(text, "a_XX.properties", "# strings\n", |key, text| {
                format!("{key} = {}\n", ascii(&property(text)))
            })
        },
        |part| unquoted(&part.replace('"', "\\\"")),
    ),
    (
        "Apple",
        |text| {
            lines(text, "XX.lproj/L.strings", "/* strings */\n", |key, text| {
                format!("\"{key}\" = {};\n", quoted(text))
            })
        },
        unquoted,
    ),
    (
        "Apple, plurals",
        |text| {
            let row = |key: &str, text: &str| {
                let text = partial_escape(text);
                format!(
                    "<key>{key}</key><dict><key>n</key><dict>\n<key>other</key><string>{text}</string></dict></dict>\n"
                )
            };
            xml(
                text,
                ["XX.lproj/L.stringsdict"; 2],
                "<plist version=\"1.0\"><dict>",
                row,
                "</dict></plist>",
            )
        },
        resolved,
    ),
    ("string catalog", catalog, unquoted),
    (
        "Android",
        |text| {
            xml(
                text,
                ["values/strings.xml", "values-XX/strings.xml"],
                "<resources>",
                android,
                "</resources>",
            )
        },
        |part| unquoted(&resolved(part)),
    ),
    (
        "RESX",
        |text| xml(text, ["R.resx", "R.XX.resx"], "<root>", data, "</root>"),
        resolved,
    ),
    (
        "RESW",
        |text| xml(text, ["Strings/XX/R.resw"; 2], "<root>", data, "</root>"),
        resolved,
    ),
    (
        "Qt",
        |text| {
            let row = |_: &str, from: &str, to: &str| {
                let [from, to] = [from, to].map(escape);
                format!(
                    "    <message>\n        <source>{from}</source>\n        <translation>{to}</translation>\n    </message>\n"
                )
            };
            let start = "<!DOCTYPE TS>\n<TS version=\"2.1\" language=\"TO\" sourcelanguage=\"FROM\">\n<context>\n    <name>Main</name>\n";
            text.table("a_XX.ts", start, row, "</context>\n</TS>\n")
        },
        resolved,
    ),
    (
        "Fluent",
        |text| {
            // A brace would begin a placeable; those of the text are placeables of the same name.
            lines(text, "XX/a.ftl", "### strings\n", |key, text| {
                format!("# A comment\n{key} =\n    {text}\n")
            })
        },
        str::to_owned,
    ),
    (
        "XLIFF 1.2",
        |text| {
            let row = |key: &str, from: &str, to: &str| {
                let [from, to] = [from, to].map(escape);
                format!(
                    "<trans-unit id=\"{key}\" xml:space=\"preserve\">\n<source>{from}</source>\n<target>{to}</target>\n</trans-unit>\n"
                )
            };
            let start = "<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n\
                     <file original=\"x\" source-language=\"FROM\" target-language=\"TO\" datatype=\"plaintext\"><body>\n";
            text.table("a.xlf", start, row, "</body></file></xliff>\n")
        },
        resolved,
    ),
    (
        "XLIFF 2",
        |text| {
            let row = |key: &str, from: &str, to: &str| {
                let [from, to] = [from, to].map(escape);
                format!(
                    "<unit id=\"{key}\"><segment>\n<source>{from}</source>\n<target>{to}</target>\n</segment></unit>\n"
                )
            };
            let start = "<xliff version=\"2.0\" xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" srcLang=\"FROM\" trgLang=\"TO\">\n<file id=\"f\">\n";
            text.table("a.xlf", start, row, "</file></xliff>\n")
        },
        resolved,
    ),
    (
        "TMX",
        |text| {
            let [from_tag, to_tag] = text.languages;
            let row = |key: &str, from: &str, to: &str| {
                let [from, to] = [from, to].map(escape);
                format!(
                    "<tu tuid=\"{key}\"><tuv xml:lang=\"{from_tag}\"><seg>{from}</seg></tuv>\n<tuv xml:lang=\"{to_tag}\"><seg>{to}</seg></tuv></tu>\n"
                )
            };
            text.table(
                "a.tmx",
                "<tmx version=\"1.4\"><header srclang=\"FROM\"/><body>\n",
                row,
                "</body></tmx>\n",
            )
        },
        resolved,
    ),
    (
        "PO",
        |text| {
            let start = "msgid \"\"\nmsgstr \"\"\n\"Language: TO\\n\"\n\"X-Source-Language: FROM\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n";
            text.table("XX.po", start, po, "")
        },
        unquoted,
    ),
    (
        "CSV",
        |text| text.table("a.csv", "id,FROM,TO\n", comma, ""),
        |part| part.replace("\"\"", "\""),
    ),
    (
        "TSV",
        |text| {
            text.table(
                "a.tsv",
                "id\tFROM\tTO\n",
                |key, from, to| format!("{key}\t{from}\t{to}\n"),
                "",
            )
        },
        str::to_owned,
    ),
    (
        "HTML",
        |text| {
            let row = |_: &str, from: &str, to: &str| {
                let [from, to] = [from, to].map(escape);
                format!("<tr><td>{from}</td>\n<td>{to}</td></tr>\n")
            };
            text.table(
                "a.html",
                "<table><tr><th>FROM</th><th>TO</th></tr>\n",
                row,
                "</table>\n",
            )
        },
        resolved,
    ),
];
