//! XLIFF.

use super::*;
use crate::text::Direction;

const HEAD_12: &str =
    "<?xml version=\"1.0\"?>\n<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n";

/// The documents of an XLIFF 1.2 file with these units, and the errors.
fn read_units(languages: &str, units: &str) -> (Vec<Document>, Vec<InputError>) {
    read_xliff(&format!(
        "{HEAD_12}<file original=\"a\" datatype=\"plaintext\" {languages}><body>\n{units}</body></file></xliff>\n"
    ))
}

fn read_xliff(text: &str) -> (Vec<Document>, Vec<InputError>) {
    let (good, bad): (Vec<_>, Vec<_>) = Folder::new(&[("a.xlf", text)])
        .read("a.xlf")
        .into_iter()
        .partition(Result::is_ok);
    let documents: Vec<Document> = good.into_iter().map(Result::unwrap).collect();
    documents.iter().for_each(assert_spans);
    (documents, bad.into_iter().filter_map(Result::err).collect())
}

fn pairs(document: &Document) -> Vec<(Option<&str>, &str, &str)> {
    let records = document.records.iter();
    records
        .map(|r| {
            (
                r.id.as_deref(),
                document.zh[r.zh.start].text.as_str(),
                document.en[r.en.start].text.as_str(),
            )
        })
        .collect()
}

const EN_ZH: &str = "source-language=\"en-US\" target-language=\"zh-CN\"";

#[test]
fn units_are_pairs_and_codes_are_no_text() {
    let (documents, errors) = read_units(
        EN_ZH,
        "<trans-unit id=\"1\"><source>Open <g id=\"1\">the <g id=\"2\">valve</g></g> &amp; wait <x id=\"3\"/> minutes.</source>\n\
         <target state=\"needs-review-translation\">打开<g id=\"1\">阀<g id=\"2\">门</g></g>，<![CDATA[等待]]><x id=\"3\"/>分钟。</target>\n\
         <note>Water valve</note><alt-trans><source>Old</source><target>旧</target></alt-trans></trans-unit>\n\
         <trans-unit id=\"2\"><source><bpt id=\"1\">&lt;b&gt;</bpt>Save<ept id=\"1\">&lt;/b&gt;</ept> <ph id=\"2\">{0}</ph></source>\
         <target>\n  保存 <ph id=\"2\">{0}</ph>\n</target></trans-unit>\n",
    );
    assert!(errors.is_empty(), "{errors:?}");
    let [d] = documents.as_slice() else {
        panic!("{documents:?}")
    };
    assert_eq!(
        pairs(d),
        [
            (
                Some("1"),
                "打开阀门，等待<x id=\"3\"/>分钟。",
                "Open the valve & wait <x id=\"3\"/> minutes."
            ),
            (Some("2"), "保存 <ph id=\"2\">{0}</ph>", "Save <ph id=\"2\">{0}</ph>")
        ]
    );
    assert_eq!((d.layout, d.direction), (Layout::Records, Some(Direction::EnToZh)));
    let zh = &d.zh[0];
    assert_eq!(
        zh.masked.iter().map(|m| m.of(&zh.text)).collect::<Vec<_>>(),
        ["<x id=\"3\"/>"]
    );
    let at = zh.origin.to_source(Span::new("打开".len(), "打开阀门".len()));
    assert_eq!(at.of(d.sources[0].text()), "阀<g id=\"2\">门");
    assert_eq!(d.sources[0].position(at.start).line, 5);
}

#[test]
fn marked_segments_pair_by_their_ids() {
    let (documents, errors) = read_units(
        "source-language=\"zh-CN\" target-language=\"en\"",
        "<trans-unit id=\"7\"><source>甲。乙。丙。</source>\
         <seg-source><g id=\"1\"><mrk mtype=\"seg\" mid=\"1\">甲。</mrk></g> <mrk mtype=\"seg\" mid=\"2\">乙。</mrk><mrk mtype=\"seg\" mid=\"3\">丙。</mrk></seg-source>\
         <target><mrk mtype=\"seg\" mid=\"3\">Third.</mrk><g id=\"1\"><mrk mtype=\"seg\" mid=\"1\">First <mrk mtype=\"x-sdl-deleted\">old</mrk>one.</mrk></g>\
         <mrk mtype=\"seg\" mid=\"2\"/></target></trans-unit>\n\
         <trans-unit id=\"9\"><source>甲<x id=\"1\"/></source><seg-source><mrk mtype=\"seg\" mid=\"4\">甲</mrk><x id=\"1\"/></seg-source>\
         <target><mrk mtype=\"seg\" mid=\"4\"/><x id=\"1\"/></target></trans-unit>\
         <trans-unit id=\"10\"><source><x id=\"1\"/></source><target><x id=\"1\"/></target></trans-unit>\n\
         <trans-unit id=\"8\"><source>甲</source><seg-source><mrk mtype=\"seg\" mid=\"9\">甲</mrk></seg-source><target>First</target></trans-unit>\n",
    );
    assert_eq!(
        pairs(&documents[0]),
        [
            (Some("7:1"), "甲。", "First one."),
            (Some("7:3"), "丙。", "Third."),
            (Some("8"), "甲", "First")
        ]
    );
    assert_eq!(documents[0].direction, Some(Direction::ZhToEn));
    assert!(
        errors[0].to_string().ends_with("left out 2 untranslated entries"),
        "{}",
        errors[0]
    );
}

#[test]
fn units_without_a_translation_are_left_out() {
    let (documents, errors) = read_units(
        EN_ZH,
        "<group translate=\"no\"><trans-unit id=\"1\"><source>Fixed</source><target>定</target></trans-unit>\
         <trans-unit id=\"2\" translate=\"yes\"><source>Free</source><target>自由</target></trans-unit></group>\
         <trans-unit id=\"3\" translate=\"no\"><source>Code</source></trans-unit>\
         <trans-unit id=\"4\"><source>None</source></trans-unit>\
         <trans-unit id=\"5\"><source>Blank</source><target> </target></trans-unit>\
         <trans-unit id=\"6\"><source>New</source><target state=\"new\">New</target></trans-unit>\
         <trans-unit id=\"7\"><source/><target/></trans-unit>",
    );
    assert_eq!(pairs(&documents[0]), [(Some("2"), "自由", "Free")]);
    let [error] = errors.as_slice() else {
        panic!("{errors:?}")
    };
    assert!(
        error.to_string().ends_with("left out 3 untranslated entries"),
        "{error}"
    );
    assert_eq!(error.level(), Level::Partial);
}

#[test]
fn xliff_2_is_read() {
    let (documents, errors) = read_xliff(
        "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.0\" srcLang=\"en\" trgLang=\"zh-Hans\"><file id=\"f\">\n\
         <unit id=\"u1\"><notes><note>x</note></notes><originalData><data id=\"d\">{0}</data></originalData>\n\
         <segment id=\"s1\"><source>Open <pc id=\"1\">the valve</pc>.</source><target>打开<pc id=\"1\">阀门</pc>。</target></segment>\n\
         <ignorable><source> </source></ignorable>\n\
         <segment id=\"s2\"><source>Wait <ph id=\"2\" dataRef=\"d\"/><sc id=\"3\"/>s<ec startRef=\"3\"/> for <mrk id=\"m\" translate=\"no\">Go</mrk>.</source>\
         <target>为<mrk id=\"m\" translate=\"no\">Go</mrk>等待<ph id=\"2\" dataRef=\"d\"/>秒。</target></segment></unit>\n\
         <unit id=\"u2\"><segment state=\"initial\"><source>Later</source><target>Later</target></segment></unit>\n\
         <unit id=\"u3\" translate=\"no\"><segment><source>GB</source><target>国标</target></segment></unit>\n\
         </file></xliff>",
    );
    assert_eq!(errors.len(), 1, "{errors:?}");
    let d = &documents[0];
    assert_eq!(
        pairs(d),
        [
            (Some("u1:s1"), "打开阀门。", "Open the valve."),
            (
                Some("u1:s2"),
                "为Go等待<ph id=\"2\" dataRef=\"d\"/>秒。",
                "Wait <ph id=\"2\" dataRef=\"d\"/>s for Go."
            )
        ]
    );
    assert_eq!(d.zh[1].masked[0].of(&d.zh[1].text), "Go");
}

#[test]
fn each_file_has_its_languages() {
    let unit = |source: &str, target: &str| {
        format!(
            "<body><trans-unit id=\"1\"><source>{source}</source><target>{target}</target></trans-unit></body></file>"
        )
    };
    let file = |languages: &str| format!("<file original=\"a\" datatype=\"x\" {languages}>");
    let (documents, errors) = read_xliff(&format!(
        "{HEAD_12}{}{}{}{}{}{}</xliff>",
        file(EN_ZH),
        unit("Open", "打开"),
        file("source-language=\"zh\" target-language=\"en\""),
        unit("关闭", "Close"),
        file("source-language=\"en\" target-language=\"de\""),
        unit("Open", "Offen"),
    ));
    assert!(errors.is_empty(), "{errors:?}");
    let directions: Vec<_> = documents.iter().map(|d| d.direction).collect();
    assert_eq!(directions, [Some(Direction::EnToZh), Some(Direction::ZhToEn)]);
    assert_eq!(documents[1].first_record, 1);

    let (_, errors) = read_units(
        "source-language=\"en\" target-language=\"de\"",
        "<trans-unit id=\"1\"><source>Open</source><target>Offen</target></trans-unit>",
    );
    assert!(
        errors[0].to_string().ends_with("(the file says “en → de”)"),
        "{}",
        errors[0]
    );
    // Without the language of the translation the texts decide.
    let (documents, _) = read_units(
        "source-language=\"en\" target-language=\"\"",
        "<trans-unit id=\"1\"><source>Open</source><target>打开</target></trans-unit>",
    );
    assert_eq!(documents[0].direction, Some(Direction::EnToZh));
}

#[test]
fn files_that_are_no_sound_xliff_are_refused_with_the_place() {
    let deep = format!("{HEAD_12}{}", "<g>".repeat(100_000));
    for (text, place, message) in [
        (format!("{HEAD_12}<file></xliff>"), ":3:7:", "not well-formed"),
        (
            format!("{HEAD_12}<file>"),
            ":3:7:",
            "ends before all elements are closed",
        ),
        (deep, ":3:300001:", "ends before all elements are closed"),
        ("<html/>".to_owned(), ":1:1:", "no XLIFF"),
        (
            "<!DOCTYPE xliff [\n<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><xliff/>".to_owned(),
            ":1:1:",
            "defines entities of its own",
        ),
        (
            "<!DOCTYPE xliff [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><xliff/>".to_owned(),
            ":1:1:",
            "defines entities of its own",
        ),
    ] {
        let (documents, errors) = read_xliff(&text);
        let error = errors[0].to_string();
        assert!(
            documents.is_empty() && error.contains(place) && error.contains(message),
            "{error}"
        );
    }
}

#[test]
fn a_reference_that_xml_does_not_define_costs_its_unit() {
    let (documents, errors) = read_units(
        EN_ZH,
        "<trans-unit id=\"1\"><source>Open&nbsp;it</source><target>打开</target></trans-unit>\n\
         <trans-unit id=\"2\"><source>Go</source><target>走</target></trans-unit>",
    );
    assert_eq!(pairs(&documents[0]), [(Some("2"), "走", "Go")]);
    assert!(
        errors[0]
            .to_string()
            .contains("a.xlf:4:32: XML does not define “&nbsp;”"),
        "{}",
        errors[0]
    );
}

#[test]
fn the_declared_encoding_decides() {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"big5\"?><xliff version=\"1.2\"><file {EN_ZH}><body>\
         <trans-unit id=\"1\"><source>Open</source><target>開放</target></trans-unit></body></file></xliff>"
    );
    let folder = Folder::new(&[]);
    folder.put("a.xlf", &decode::encode(&text, encoding_rs::BIG5, false).unwrap());
    let d = only(folder.read("a.xlf"));
    assert_eq!(d.zh[0].text, "開放");
    assert_eq!(d.sources[0].dialect().bytes().unwrap().encoding, encoding_rs::BIG5);
    folder.put("b.xlf", &decode::encode(&text, UTF_16LE, true).unwrap());
    assert_eq!(only(folder.read("b.xlf")).zh[0].text, "開放");
}
