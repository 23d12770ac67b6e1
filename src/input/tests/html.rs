//! HTML pages.

use super::*;

const PAGE: &str = "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\"><title>阀门手册</title>\n\
    <style>p > a { color: red }</style><script>if (a < b) { document.write(\"<p>不是</p>\") }</script></head>\n<body>\n";

fn read_page(body: &str) -> Document {
    let d = only(Folder::new(&[("a.html", &format!("{PAGE}{body}\n</body></html>\n"))]).read("a.html"));
    assert_spans(&d);
    d
}

#[test]
fn text_is_what_a_browser_shows() {
    let d = read_page(
        "<!-- <p>不是</p> --><h1>打开<em>阀门</em></h1>\n<h1>Open the <a href=\"x\">val</a>ve</h1>\n\
         <p lang=\"zh\">\n  请等待 &lt;15&gt; 分钟，\n  再打开&nbsp;R&amp;D&#x20013;<code>x &lt; 1</code>。\n</p>\n\
         <p lang=\"en\">Wait &lt;15&gt; minutes &\n  open R&amp;D &unknown; <code>x &lt; 1</code>.</p>\n\
         <p lang=\"fr\">Attendez <b>quinze</b> minutes.</p><svg><text>不是</text></svg>\n\
         <ul><li>子午工程<li>Meridian <ruby>Project<rt>project</rt></ruby></ul>",
    );
    assert_eq!(d.layout, Layout::Interleaved);
    assert_eq!(
        texts(&d, Side::Zh),
        [
            "打开阀门",
            "请等待 <15> 分钟，再打开\u{a0}R&D\u{20013}x < 1。",
            "子午工程"
        ]
    );
    assert_eq!(
        texts(&d, Side::En),
        [
            "Open the valve",
            "Wait <15> minutes & open R&D &unknown; x < 1.",
            "Meridian Project"
        ]
    );
    assert_eq!(
        (d.zh[0].kind, d.zh[2].kind),
        (BlockKind::Heading(1), BlockKind::ListItem)
    );
    let (zh, text) = (&d.zh[1], d.sources[0].text());
    let at = |needle: &str| {
        let start = zh.text.find(needle).unwrap();
        zh.origin.to_source(Span::new(start, start + needle.len())).of(text)
    };
    assert_eq!((at("分钟"), at("<15>"), at("R&D")), ("分钟", "&lt;15&gt;", "R&amp;D"));
    assert_eq!(at("，再"), "，\n  再");
    assert!(zh.masked.iter().any(|m| m.of(&zh.text) == "x < 1"), "{:?}", zh.masked);
}

#[test]
fn tables_are_pairs_rows_or_layout() {
    let pairs = read_page(
        "<table><tr><th>中文<th>English</tr>\n<tr><td>打开 &amp; 等待<td><p>Open</p><p>and wait</p></tr>\n\
         <tr><td>关闭</td><td></td></tr></table>",
    );
    assert_eq!(pairs.layout, Layout::Records);
    assert_eq!(texts(&pairs, Side::Zh), ["打开 & 等待", "关闭"]);
    assert_eq!(texts(&pairs, Side::En), ["Open and wait"]);

    let rows = read_page(
        "<p>下表是数据。</p><p>The table shows the data.</p><table><tr><td>阀门</td><td>数量</td><td>3</td></tr>\n\
         <tr><td>Valve</td><td>Number</td><td>3</td></tr></table>",
    );
    let rows: Vec<_> = rows.zh.iter().chain(&rows.en).filter_map(|b| b.kind.row()).collect();
    assert_eq!(rows, [0, 0, 0, 1, 1, 1]);

    let layout = read_page(
        "<table><tr><td><h2>阀门</h2><p>请打开阀门。</p></td><td><h2>Valve</h2><p>Open the valve.</p>\
         <table><tr><td>请等待。</td></tr><tr><td>Please wait.</td></tr></table></td></tr></table>",
    );
    assert_eq!(texts(&layout, Side::Zh), ["阀门", "请打开阀门。", "请等待。"]);
    assert!(layout.zh.iter().all(|b| b.kind.row().is_none()));
}

#[test]
fn line_breaks_divide_languages_and_paragraphs() {
    let d = read_page(
        "<p>打开阀门。<br>Open the valve.</p>\n<p>请等待。<br />\nPlease wait.<br>\n<br>再见。<BR>Goodbye.<br></p>",
    );
    assert_eq!(texts(&d, Side::Zh), ["打开阀门。", "请等待。", "再见。"]);
    assert_eq!(texts(&d, Side::En), ["Open the valve.", "Please wait.", "Goodbye."]);
}

#[test]
fn two_pages_are_a_pair_and_their_titles_are_compared() {
    let page = |title: &str, body: &str| format!("<!doctype html><title>{title}</title><body><p>{body}</p>");
    let folder = Folder::new(&[
        ("x.zh.html", &page("手册 &amp; 目录", "打开阀门。")),
        ("x.en.html", &page("Manual", "Open the valve.")),
    ]);
    let found = discover(&[folder.path("")], &Options::default());
    let d = only(read(&found.inputs[0], &Options::default()).collect());
    assert_eq!(d.layout, Layout::Parallel);
    assert_eq!(texts(&d, Side::Zh), ["手册 & 目录", "打开阀门。"]);
    assert_eq!(texts(&d, Side::En), ["Manual", "Open the valve."]);
}

#[test]
fn comments_cover_the_element_below_them() {
    let body =
        "<!-- bilint: pair 1 -->\n<p>打开\n阀门。</p>\n<p>Open the valve.</p>\n<!-- bilint: pair 1 -->\n<p>Wait.</p>";
    let d = read_page(body);
    let pin = &d.pins[0];
    assert_eq!((pin.blocks.zh.len(), pin.blocks.en.len()), (1, 1));
    assert_eq!(d.en[pin.blocks.en[0]].text, "Wait.");
}

#[test]
fn broken_and_hostile_pages_are_read() {
    let deep = format!("<p>打开阀门。<p>Open the valve.{}", "<div>".repeat(100_000));
    let tables = format!("{}<p>打开阀门。<p>Open the valve.", "<table><tr><td>".repeat(100_000));
    for body in [
        deep.as_str(),
        tables.as_str(),
        "<p>打开阀门。<p>Open the valve.<svg>",
        "</td></table></ul></code><p>打开阀门。<p>Open the valve.<a href=\"",
        "<p>打开阀门。<p>Open the valve.<script>",
    ] {
        let d = read_page(body);
        assert_eq!(
            (texts(&d, Side::Zh), texts(&d, Side::En)),
            (vec!["打开阀门。"], vec!["Open the valve."])
        );
    }
}

#[test]
fn self_closing_tags_count_in_xhtml() {
    let text = "<?xml version=\"1.0\"?>\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><script src=\"x\"/></head>\
        <body><p>打开阀门。</p><p>Open the valve.</p></body></html>";
    let d = read_text("a.xhtml", text);
    assert_eq!(
        (texts(&d, Side::Zh), texts(&d, Side::En)),
        (vec!["打开阀门。"], vec!["Open the valve."])
    );
}

#[test]
fn the_declared_encoding_decides() {
    let text = "<!doctype html><meta charset=\"big5\"><p>開放</p><p>Open the valve.</p>";
    let folder = Folder::new(&[]);
    folder.put("a.html", &decode::encode(text, encoding_rs::BIG5, false).unwrap());
    let d = only(folder.read("a.html"));
    assert_eq!(
        (texts(&d, Side::Zh), texts(&d, Side::En)),
        (vec!["開放"], vec!["Open the valve."])
    );
}
