//! Hand-made findings for tests.

use std::sync::Arc;

use super::{Applicability, Confidence, Finding, Fix, Label, PairRef, Severity};
use crate::text::{Side, Source, Span};

/// A label on `needle` in a file of `text`; the line that holds it is its block.
pub fn label(file: &str, text: &str, side: Side, needle: &str) -> Label {
    let source = Source::new(file, text);
    let start = text.find(needle).unwrap();
    let span = Span::new(start, start + needle.len());
    let block = text[..start].rfind('\n').map_or(0, |i| i + 1);
    let block_end = text[span.end..].find('\n').map_or(text.len(), |i| span.end + i);
    let from = text[block..start].chars().count();
    Label {
        file: Arc::from(file),
        side,
        block: text[..block].matches("\n\n").count() / 2,
        start: source.position(span.start),
        end: source.position(span.end),
        chars: (from, from + needle.chars().count()),
        bytes: span,
        text: needle.to_owned(),
        context: Arc::from(&text[block..block_end]),
        context_span: Span::new(span.start - block, span.end - block),
    }
}

/// A finding of `rule` with nothing but a message and labels.
pub fn bare(rule: &'static str, message: &str, zh: Option<Label>, en: Option<Label>) -> Finding {
    let key = format!(
        "{message}{:?}{:?}",
        zh.as_ref().map(|l| &l.context),
        en.as_ref().map(|l| &l.context)
    );
    let mut labels = [zh, en].into_iter().flatten();
    let mut finding = Finding::new(rule, Severity::Error, message, labels.next().expect("a label"));
    labels.for_each(|label| finding.set_label(label));
    finding.pair.text_hash = u128::from(xxhash_rust::xxh3::xxh3_64(key.as_bytes()));
    finding
}

const SCRIPT: &str = "共享智慧 点亮未来\n\nSharing Wisdom for a Brighter Future\n\n 稳态强磁场实验装置、\n\nSteady High Magnetic Field Laboratory (SHMFF)\n";

/// Both sides in one file, everything filled in, with a safe fix.
pub fn finding() -> Finding {
    let en = label("corpus/script.txt", SCRIPT, Side::En, "Laboratory");
    let mut f = bare(
        "term-mismatch",
        "“Steady High Magnetic Field Laboratory” is not an accepted name of “稳态强磁场实验装置”",
        Some(label("corpus/script.txt", SCRIPT, Side::Zh, "稳态强磁场实验装置")),
        Some(en.clone()),
    );
    f.pair.index = 1;
    f.why = Some("glossary/facilities.toml:41, after the Hefei Institutes of Physical Science".into());
    f.help = Some("write the official name".into());
    f.concept = Some("shmff".to_owned());
    f.expected = vec!["Steady High Magnetic Field Facility".to_owned()];
    f.found = Some("Steady High Magnetic Field Laboratory".to_owned());
    f.fixes = vec![Fix {
        title: "write “Facility”".to_owned(),
        file: en.file,
        dialect: Arc::default(),
        bytes: en.bytes,
        range: (en.start, en.end),
        replacement: "Facility".to_owned(),
        applicability: Applicability::Safe,
    }];
    f
}

/// Two sides in two files; a long paragraph.
pub fn two_files() -> Finding {
    let zh = "# 标题\n\n2024年11月，习近平主席在二十国集团领导人第十九次峰会上宣布，中国同巴西、南非、非盟共同发起“开放科学国际合作倡议”，推动全球科技创新成果更多惠及“全球南方”。\n";
    let en = "# Title\n\nIn November 2024, Chinese President Xi Jinping announced at the 20th G20 Summit that China, alongside Brazil, South Africa and the African Union, launched the Initiative on International Cooperation in Open Science.\n";
    let mut f = bare(
        "ordinal-mismatch",
        "“第十九次” is the 19th, “20th” is not",
        Some(label("docs/x.zh.md", zh, Side::Zh, "第十九次")),
        Some(label("docs/x.en.md", en, Side::En, "20th")),
    );
    f.severity = Severity::Warning;
    f.confidence = Confidence::Medium;
    f.help = Some("write “19th”".into());
    f.expected = vec!["19th".to_owned()];
    f.found = Some("20th".to_owned());
    f
}

/// A label over several lines of one block.
pub fn multi_line() -> Finding {
    let text = "甲：第一段。\n\n乙\n\nThe first line of it,\nthe second,\nand the third.\n";
    let mut en = label("notes.md", text, Side::En, "line of it,\nthe second,\nand the third");
    en.context = Arc::from("The first line of it,\nthe second,\nand the third.");
    en.context_span = Span::new(10, 10 + en.text.len());
    let mut f = bare(
        "sentence-added",
        "this has no counterpart in the Chinese",
        None,
        Some(en),
    );
    f.severity = Severity::Note;
    f.confidence = Confidence::Low;
    f.opposite = Some({
        let mut l = label("notes.md", text, Side::Zh, "甲：第一段。");
        l.context_span = Span::new(0, 0);
        l.end = l.start;
        Box::new(l)
    });
    f
}

/// A Han character beyond the basic plane before the label, and one in it.
pub fn beyond_bmp() -> Finding {
    let text = "《𠮷野家》与𩾃鱼\tYoshinoya and 𩾃鱼\n";
    let mut f = bare(
        "untranslated",
        "Chinese left standing in the English text: “𩾃鱼”",
        None,
        Some({
            let at = text.rfind('𩾃').unwrap();
            let mut l = label("table.tsv", text, Side::En, "Yoshinoya and 𩾃鱼");
            let s = Source::new("table.tsv", text);
            l.start = s.position(at);
            l.bytes = Span::new(at, at + "𩾃鱼".len());
            l.text = "𩾃鱼".to_owned();
            l.chars = (14, 16);
            l.context = Arc::from("Yoshinoya and 𩾃鱼");
            l.context_span = Span::new(14, 14 + l.text.len());
            l
        }),
    );
    f.help = Some("translate it".into());
    f
}

/// A path with a space, `%`, `,`, `:` and Chinese; a message with `%`, a line break, `<`, `&`, `|` and an escape.
pub fn odd_path() -> Finding {
    let text = "增长5%～8%。\n\nUp by 5% | <8 & more>.\n";
    let file = "译文/a b,100%:终稿.md";
    let mut f = bare(
        "number-mismatch",
        "“8%” differs: 5%, 8%\nnot <8 & more> | \u{1b}[31m",
        Some(label(file, text, Side::Zh, "8%")),
        Some(label(file, text, Side::En, "<8 & more>")),
    );
    f.severity = Severity::Warning;
    f
}

/// An omitted paragraph of a document record.
pub fn document_record() -> Finding {
    let text =
        "{\"id\": \"speech-7\", \"zh\": [\"一\", \"二\", \"三\", \"我们期待同各方一道努力。\"], \"en\": [\"One\"]}\n";
    let mut zh = label("docs.jsonl", text, Side::Zh, "我们期待同各方一道努力。");
    zh.block = 3;
    zh.chars = (0, 12);
    zh.context = Arc::from("我们期待同各方一道努力。");
    zh.context_span = Span::new(0, zh.context.len());
    let mut f = bare(
        "paragraph-omitted",
        "this paragraph has no counterpart in the English",
        Some(zh),
        None,
    );
    f.help = Some("translate it".into());
    f.pair = PairRef {
        index: 3,
        id: Some(Arc::from("speech-7")),
        zh_blocks: 3..4,
        en_blocks: 0..0,
        in_document_record: true,
        text_hash: 99,
    };
    f
}

/// One finding of every shape above.
pub fn all() -> Vec<Finding> {
    vec![
        odd_path(),
        finding(),
        two_files(),
        multi_line(),
        beyond_bmp(),
        document_record(),
    ]
}
