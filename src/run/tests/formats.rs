//! The same pairs in every format: the same findings.

use super::*;

/// Chinese and English with a wrong number, a full-width comma, a name that is missing, and a sentence left in Chinese.
const PAIRS: [(&str, &str); 5] = [
    ("共有三家企业参加。", "There are four enterprises in all."),
    (
        "研发（R&D）投入 < 5%，增长较快。",
        "R&D spending was < 5%，and it grew fast.",
    ),
    ("中国科学院在北京成立。", "It was founded in Beijing."),
    ("会议在北京举行。", "会议在北京举行。"),
    ("我们欢迎各国科学家。", "We welcome scientists from all countries."),
];

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The pairs, each written by `write`.
fn each(write: impl Fn(usize, &str, &str) -> String) -> String {
    PAIRS.iter().enumerate().map(|(n, (zh, en))| write(n, zh, en)).collect()
}

fn in_xml(before: &str, write: impl Fn(&str, &str) -> String, after: &str) -> String {
    format!("{before}{}{after}", each(|_, zh, en| write(&escaped(zh), &escaped(en))))
}

/// Formats whose files pair the texts themselves.
fn records() -> Vec<(&'static str, String)> {
    let xliff_1 = in_xml(
        "<xliff version=\"1.2\"><file source-language=\"zh-CN\" target-language=\"en\"><body>\n",
        |zh, en| format!("<trans-unit id=\"1\"><source>{zh}</source><target>{en}</target></trans-unit>\n"),
        "</body></file></xliff>\n",
    );
    let xliff_2 = in_xml(
        "<xliff version=\"2.0\" srcLang=\"zh-CN\" trgLang=\"en\"><file id=\"f\">\n",
        |zh, en| format!("<unit id=\"1\"><segment><source>{zh}</source><target>{en}</target></segment></unit>\n"),
        "</file></xliff>\n",
    );
    let tmx = in_xml(
        "<tmx version=\"1.4\"><header srclang=\"zh-CN\"/><body>\n",
        |zh, en| {
            format!("<tu><tuv xml:lang=\"zh\"><seg>{zh}</seg></tuv><tuv xml:lang=\"en\"><seg>{en}</seg></tuv></tu>\n")
        },
        "</body></tmx>\n",
    );
    let table = in_xml(
        "<!doctype html><table><tr><th>中文<th>English</tr>\n",
        |zh, en| format!("<tr><td>{zh}</td><td>{en}</td></tr>\n"),
        "</table>\n",
    );
    let srt = each(|n, zh, en| format!("{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{zh}\n{en}\n\n"));
    let vtt = each(|n, zh, en| format!("00:0{n}.000 --> 00:0{n}.900\n{zh}\n{en}\n\n"));
    let po = each(|_, zh, en| format!("msgid \"{zh}\"\nmsgstr \"{en}\"\n\n"));
    vec![
        (
            "a.jsonl",
            each(|_, zh, en| format!("{{\"zh\": \"{zh}\", \"en\": \"{en}\"}}\n")),
        ),
        (
            "a.tsv",
            format!("zh\ten\n{}", each(|_, zh, en| format!("{zh}\t{en}\n"))),
        ),
        ("a.po", format!("msgid \"\"\nmsgstr \"Language: en\\n\"\n\n{po}")),
        ("a.xlf", xliff_1),
        ("b.xlf", xliff_2),
        ("a.tmx", tmx),
        ("a.html", table),
        ("a.srt", srt),
        ("a.vtt", format!("WEBVTT\n\n{vtt}")),
    ]
}

/// Formats in which paragraphs alternate.
fn alternating() -> Vec<(&'static str, String)> {
    let page = in_xml(
        "<!doctype html><title>Pairs</title>\n",
        |zh, en| format!("<p lang=\"zh\">{zh}</p>\n<p lang=\"en\">{en}</p>\n"),
        "",
    );
    let text = each(|_, zh, en| format!("{zh}\n\n{en}\n\n"));
    vec![("a.txt", text.clone()), ("a.md", text), ("b.html", page)]
}

fn run_on(folder: &Path, name: &str) -> Run {
    Run::new(Settings {
        paths: vec![folder.join(name)],
        ..Settings::default()
    })
    .unwrap()
}

/// What a run finds: the rules and the texts, in an order of their own.
fn findings(report: &RunReport) -> Vec<(&'static str, String, String)> {
    let text = |label: &Option<crate::finding::Label>| label.as_ref().map_or_else(String::new, |l| l.text.clone());
    let mut found: Vec<_> = report
        .findings
        .iter()
        .map(|f| (f.rule, text(&f.zh), text(&f.en)))
        .collect();
    found.sort();
    found
}

#[test]
fn every_format_gives_the_same_findings() {
    for formats in [records(), alternating()] {
        let files: Vec<(&str, &str)> = formats.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let folder = folder(&files);
        let mut first = None;
        for (name, _) in files {
            let found = findings(&run_on(folder.path(), name).check(&()).unwrap());
            let rules: Vec<&str> = found.iter().map(|(rule, ..)| *rule).collect();
            for rule in ["number-mismatch", "fullwidth-punctuation", "untranslated"] {
                assert!(rules.contains(&rule), "{name}: {rules:?}");
            }
            let first = first.get_or_insert_with(|| found.clone());
            assert_eq!(&found, first, "{name}");
        }
    }
}

#[test]
fn notes_change_no_finding() {
    let files = records();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let folder = folder(&files);
    for name in ["a.xlf", "b.xlf", "a.po"] {
        let copy = format!("copy-{name}");
        let outcome = run_on(folder.path(), name)
            .annotate(&folder.path().join(&copy), &())
            .unwrap();
        let text = fs::read_to_string(folder.path().join(&copy)).unwrap();
        assert_eq!(text.matches("bilint").count(), outcome.report.findings.len(), "{text}");
        let again = run_on(folder.path(), &copy).check(&()).unwrap();
        assert_eq!(findings(&again), findings(&outcome.report));
    }
}

#[test]
fn findings_without_contexts_differ_in_nothing_else() {
    let folder = folder(&[("a.tsv", "zh\ten\n共有三家企业。\tThere are four enterprises.\n开放\t\n")]);
    let check = |without_contexts: bool| {
        let settings = Settings {
            paths: vec![folder.path().to_owned()],
            without_contexts,
            ..Settings::default()
        };
        Run::new(settings).unwrap().check(&()).unwrap().findings
    };
    let (mut with, without) = (check(false), check(true));
    assert!(with.len() > 1 && with.iter().all(|f| !f.primary().context.is_empty()));
    assert!(without.iter().all(|f| f.primary().context.is_empty()));
    with.iter_mut().for_each(Finding::forget_contexts);
    assert_eq!(with, without);
}
