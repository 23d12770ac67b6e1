//! Subtitles.

use super::*;

/// A SubRip file with these texts, one second each, from `start` on.
fn srt(start: u32, texts: &[&str]) -> String {
    let cue = |(n, text): (u32, &&str)| {
        let at = start + n * 2;
        let clock = |s: u32| format!("{:02}:{:02}:{:02},000", s / 3600, s / 60 % 60, s % 60);
        format!("{}\n{} --> {}\n{text}\n\n", n + 1, clock(at), clock(at + 1))
    };
    (0..).zip(texts).map(cue).collect()
}

fn rows(d: &Document) -> Vec<(Vec<&str>, Vec<&str>)> {
    d.records
        .iter()
        .map(|r| {
            (
                d.zh[r.zh.clone()].iter().map(|b| &*b.text).collect(),
                d.en[r.en.clone()].iter().map(|b| &*b.text).collect(),
            )
        })
        .collect()
}

#[test]
fn cues_in_both_languages_are_pairs() {
    let text = srt(
        0,
        &[
            "{\\an8}<i>打开阀门</i>\n<i>Open the valve.</i>",
            "请在这里\n等待\nWait here",
            "五分钟\nfor five minutes.",
            "再见\nGoodbye.",
            "谢谢\n谢谢",
        ],
    );
    let d = read_text("a.srt", &text);
    assert_spans(&d);
    assert_eq!(d.layout, Layout::Records);
    assert_eq!(
        rows(&d),
        [
            (vec!["打开阀门"], vec!["Open the valve."]),
            (vec!["请在这里等待", "五分钟"], vec!["Wait here", "for five minutes."]),
            (vec!["再见"], vec!["Goodbye."]),
            (vec!["谢谢"], vec!["谢谢"])
        ]
    );
    let ids: Vec<_> = d.records.iter().filter_map(|r| r.id.as_deref()).collect();
    assert_eq!(ids, ["1", "2", "4", "5"]);
    let at = |needle: &str, block: &crate::document::Block| {
        let start = block.text.find(needle).unwrap();
        block.origin.to_source(Span::new(start, start + needle.len()))
    };
    assert_eq!(at("阀门", &d.zh[0]).of(&text), "阀门");
    assert_eq!(d.sources[0].position(d.en[0].origin.span.start).line, 4);
}

#[test]
fn cues_at_the_same_time_are_a_pair() {
    let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n打开<00:01.500>阀门&nbsp;\n\n00:01.000 --> 00:02.000\nOpen &lt;it&gt; &amp; the valve.\n\n\
        00:03.000 --> 00:04.000\n<v Ann>再见\n\n00:03.000 --> 00:04.000\n<v Ann>Goodbye.\n";
    let d = read_text("a.vtt", text);
    assert_eq!(
        rows(&d),
        [
            (vec!["打开阀门"], vec!["Open <it> & the valve."]),
            (vec!["再见"], vec!["Goodbye."])
        ]
    );
}

#[test]
fn two_files_are_joined_by_their_times() {
    let zh = ["打开阀门", "请等待", "五分钟", "再见", "谢谢"];
    let en = ["Open the valve.", "Wait", "for five minutes.", "Goodbye.", "Thank you."];
    let folder =
        |shift: u32, en: &[&str]| Folder::new(&[("x.zh.srt", &srt(3, &zh)), ("x.en.srt", &srt(3 + shift, en))]);
    let read_folder = |folder: &Folder| {
        let found = discover(&[folder.path("")], &Options::default());
        assert_eq!(found.inputs.len(), 1);
        let (good, bad): (Vec<_>, Vec<_>) = read(&found.inputs[0], &Options::default()).partition(Result::is_ok);
        (
            good.into_iter().map(Result::unwrap).next().unwrap(),
            bad.into_iter().find_map(Result::err),
        )
    };
    let (d, note) = read_folder(&folder(0, &en));
    assert!(note.is_none() && d.layout == Layout::Records);
    assert_eq!(
        rows(&d)[1],
        (vec!["请等待", "五分钟"], vec!["Wait", "for five minutes."])
    );
    assert_eq!(d.records.len(), 4);
    // A cue is missing: the others stay where they are.
    let (d, _) = read_folder(&folder(
        0,
        &["Open the valve.", "", "For five minutes.", "Goodbye.", "Thank you."],
    ));
    assert_eq!(rows(&d)[1], (vec!["请等待"], vec![]));
    assert_eq!(rows(&d)[4], (vec!["谢谢"], vec!["Thank you."]));

    let (d, note) = read_folder(&folder(9, &en));
    assert_eq!((d.layout, d.records.len()), (Layout::Records, 4));
    let note = note.unwrap();
    assert!(note.to_string().contains("come 9.0 s later than those of"), "{note}");
    assert_eq!(note.level(), Level::Partial);

    let folder = Folder::new(&[
        ("x.zh.srt", &srt(3, &zh)),
        (
            "x.en.srt",
            "1\n00:00:01,000 --> 00:00:20,000\nOpen the valve. Wait for five minutes.\n\n2\n00:00:21,000 --> 00:00:40,000\nGoodbye.\n",
        ),
    ]);
    let (d, note) = read_folder(&folder);
    assert_eq!(d.layout, Layout::Parallel);
    assert!(note.unwrap().to_string().contains("aligned by their content"));
}

#[test]
fn a_file_in_one_language_is_refused() {
    let e = Folder::new(&[("a.srt", &srt(0, &["打开阀门，请在这里等待五分钟。", "再见，谢谢。"]))])
        .read("a.srt")
        .remove(0)
        .unwrap_err();
    assert!(matches!(e, InputError::OneLanguage { side: Side::Zh, .. }), "{e}");
}
