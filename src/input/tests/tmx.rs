//! TMX.

use super::*;
use crate::text::Direction;

const HEADER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">\n\
    <header srclang=\"zh-CN\" segtype=\"sentence\"/>\n<body>\n";
const END: &str = "</body>\n</tmx>\n";

fn read_tmx(text: &str) -> (Vec<Document>, Vec<InputError>) {
    let (good, bad): (Vec<_>, Vec<_>) = Folder::new(&[("a.tmx", text)])
        .read("a.tmx")
        .into_iter()
        .partition(Result::is_ok);
    let documents: Vec<Document> = good.into_iter().map(Result::unwrap).collect();
    documents.iter().for_each(assert_spans);
    (documents, bad.into_iter().filter_map(Result::err).collect())
}

fn unit(variants: &[(&str, &str)]) -> String {
    let variants = variants.iter().map(|(language, text)| {
        format!("<tuv xml:lang=\"{language}\"><prop type=\"x\">p</prop><seg>{text}</seg></tuv>")
    });
    format!("<tu><note>n</note>{}</tu>", variants.collect::<String>())
}

#[test]
fn the_chinese_and_the_english_variant_are_a_pair() {
    let (documents, errors) = read_tmx(&format!(
        "{HEADER}{}\n{}{}\n<tu tuid=\"9\" srclang=\"en\"><tuv lang=\"EN-GB\"><seg>C</seg></tuv><tuv lang=\"ZH-HK\"><seg>丙</seg></tuv></tu>\n\
         <!-- <tu> -->{}{END}",
        unit(&[
            ("fr", "Ouvrir"),
            ("zh-TW", "開啟"),
            (
                "en-US",
                "Open <bpt i=\"1\">&lt;b></bpt>it<ept i=\"1\"/> &lt; <ph>%s</ph>"
            ),
            ("zh-CN", "打开")
        ]),
        unit(&[("en", "B"), ("zh", "乙")]),
        unit(&[("en", "D"), ("zh", " ")]),
        unit(&[("fr", "E"), ("de", "F")]),
    ));
    let pairs: Vec<_> = documents
        .iter()
        .flat_map(|d| {
            d.records.iter().map(|r| {
                (
                    d.zh[r.zh.start].text.clone(),
                    d.en[r.en.start].text.clone(),
                    r.id.as_deref().unwrap_or_default().to_owned(),
                    d.direction,
                )
            })
        })
        .collect();
    let pair = |zh: &str, en: &str, id: &str, direction| (zh.to_owned(), en.to_owned(), id.to_owned(), Some(direction));
    assert_eq!(
        pairs,
        [
            pair("打开", "Open it < <ph>%s</ph>", "", Direction::ZhToEn),
            pair("乙", "B", "", Direction::ZhToEn),
            pair("丙", "C", "9", Direction::EnToZh)
        ]
    );
    let [error] = errors.as_slice() else {
        panic!("{errors:?}")
    };
    assert!(error.to_string().ends_with("left out 1 untranslated entry"), "{error}");
}

#[test]
fn a_long_file_is_read_in_parts_whatever_its_lines() {
    let units = |separator: &str| {
        let units =
            (0..6_000).map(|n| unit(&[("zh", &format!("第{n}条")), ("en", &format!("Article {n}"))]) + separator);
        units.collect::<String>()
    };
    // A line end after each unit, within units, or after many of them.
    let by_unit = units("\n");
    let within = by_unit.replace("<seg>", "\n<seg>");
    let few = by_unit
        .replace("</tu>\n", "</tu>")
        .replace("条</seg></tuv>", "条</seg>\n</tuv>");
    for units in [by_unit, within, few, units("")] {
        let text = format!("{HEADER}{units}{END}");
        let (documents, errors) = read_tmx(&text);
        assert!(errors.is_empty(), "{errors:?}");
        assert!(documents.len() >= 12);
        let mut n = 0;
        for d in &documents {
            assert_eq!(d.first_record, n);
            for record in &d.records {
                let (zh, source) = (&d.zh[record.zh.start], &d.sources[0]);
                assert_eq!(zh.text, format!("第{n}条"));
                let at = source.position(zh.origin.to_source(Span::new(0, zh.text.len())).start);
                let line = text.lines().nth(at.line - 1).unwrap();
                assert!(line[at.byte_column - 1..].starts_with(&zh.text), "{at:?}");
                n += 1;
            }
        }
        assert_eq!(n, 6_000);
    }
}

#[test]
fn faults_are_named_with_their_place() {
    let good = unit(&[("en", "B"), ("zh", "乙")]);
    for (text, place, message, read) in [
        (
            format!("{HEADER}{good}\n<tu>"),
            ":7:5:",
            "ends before all elements are closed",
            1,
        ),
        (
            format!("{HEADER}{good}\n"),
            ":7:1:",
            "ends before all elements are closed",
            1,
        ),
        (
            format!("{HEADER}{good}\n<tu></tuv></tu>{END}"),
            ":7:5:",
            "not well-formed",
            1,
        ),
        (
            format!("{HEADER}{good}\n<tu a=\"b>{END}"),
            ":7:1:",
            "not well-formed",
            1,
        ),
        (
            format!("{HEADER}{}{good}{END}", unit(&[("en", "A&lol;"), ("zh", "甲")])),
            ":6:",
            "XML does not define “&lol;”",
            1,
        ),
        (
            "<!DOCTYPE tmx [<!ENTITY lol \"lol\"><!ENTITY l2 \"&lol;&lol;\">]><tmx></tmx>".to_owned(),
            ":1:1:",
            "defines entities of its own",
            0,
        ),
        ("<xliff/>".to_owned(), ":1:1:", "no TMX", 0),
    ] {
        let (documents, errors) = read_tmx(&text);
        let error = errors[0].to_string();
        assert!(error.contains(place) && error.contains(message), "{error}");
        assert_eq!(documents.iter().map(|d| d.records.len()).sum::<usize>(), read);
    }
    let (_, errors) = read_tmx(&format!("{HEADER}{}{END}", unit(&[("fr", "E"), ("de", "F")])));
    assert!(
        errors[0].to_string().ends_with("(the file says “fr, de”)"),
        "{}",
        errors[0]
    );
}

#[test]
fn a_line_with_broken_utf_8_costs_its_unit() {
    let units: Vec<String> = (0..3)
        .map(|n| unit(&[("zh", "开放科学开放科学"), ("en", &format!("Open {n}"))]))
        .collect();
    let text = format!("{HEADER}{}\n{}\n{}\n{END}", units[0], units[1], units[2]);
    let mut bytes = text.into_bytes();
    let at = bytes.windows(6).position(|w| w == b"Open 1").unwrap();
    bytes[at] = 0xff;
    let folder = Folder::new(&[]);
    folder.put("a.tmx", &bytes);
    let all = folder.read("a.tmx");
    let texts: Vec<&str> = all.iter().flatten().flat_map(|d| texts(d, Side::En)).collect();
    assert_eq!(texts, ["Open 0", "Open 2"]);
    assert!(
        all.iter()
            .any(|r| matches!(r, Err(InputError::BrokenUtf8 { line: 7, .. })))
    );
}
