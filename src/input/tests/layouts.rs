//! Files that hold both languages, in the layouts that people write.

use super::*;

const ZH: [&str; 3] = ["春天来了。", "湖面的冰化了。", "孩子们在岸边放风筝。"];
const EN: [&str; 3] = [
    "Spring has come.",
    "The ice on the lake has melted.",
    "Children fly kites on the shore.",
];

/// The document of a page, and whether a note says that lines are divided.
fn page(name: &str, text: &str) -> (Document, bool) {
    let mut read = Folder::new(&[(name, text)]).read(name);
    let noted = matches!(read.first(), Some(Err(InputError::Divided { .. })));
    if noted {
        drop(read.remove(0));
    }
    (only(read), noted)
}

/// Reads three lines, each written by `line` from its number, its Chinese and its English.
fn three(name: &str, line: impl Fn(usize, &str, &str) -> String) -> (Document, bool) {
    let lines: Vec<String> = (0..3).map(|i| line(i + 1, ZH[i], EN[i])).collect();
    page(name, &lines.join("\n\n"))
}

#[test]
fn both_languages_of_a_block_are_read() {
    type Written = fn(usize, &str, &str) -> String;
    let layouts: [(&str, Written); 13] = [
        ("break.md", |_, zh, en| format!("{zh}<br/>{en}")),
        ("soft-break.md", |_, zh, en| format!("{zh}\n{en}")),
        ("hard-break.md", |_, zh, en| format!("{zh}  \n{en}")),
        ("spaces.txt", |_, zh, en| format!("{zh}  {en}")),
        ("tab.txt", |_, zh, en| format!("{zh}\t{en}")),
        ("space.txt", |_, zh, en| format!("{zh} {en}")),
        ("nothing.txt", |_, zh, en| format!("{zh}{en}")),
        ("slash.md", |_, zh, en| format!("{zh} / {en}")),
        ("bar.txt", |_, zh, en| format!("{zh} | {en}")),
        ("columns.txt", |_, zh, en| format!("| {zh} | {en} | |")),
        ("brackets.md", |n, zh, en| format!("{n}. {zh} ({en})")),
        ("english-first.md", |_, zh, en| format!("{en} {zh}")),
        ("english-first-break.md", |_, zh, en| format!("{en}<br/>{zh}")),
    ];
    for (name, line) in layouts {
        let (document, noted) = three(name, line);
        assert_eq!(texts(&document, Side::Zh), ZH, "{name}");
        assert_eq!(texts(&document, Side::En), EN, "{name}");
        let in_lines = ["soft-break.md", "hard-break.md"].contains(&name);
        assert_eq!(noted, !in_lines, "{name}");
    }
}

#[test]
fn headings_in_both_languages_are_two() {
    let text = "一、湖区的春天 I. Spring at the Lake\n\n春天来了。\n\nSpring has come.\n\n\
                二、岸边的孩子 II. Children on the Shore\n\n孩子们放风筝。\n\nChildren fly kites.\n";
    let (document, noted) = page("page.txt", text);
    assert!(noted);
    assert_eq!(document.zh.len(), 4);
    assert_eq!(document.en[0].text, "I. Spring at the Lake");
    assert_eq!(document.en[2].text, "II. Children on the Shore");
}

#[test]
fn speakers_stay_with_what_they_say() {
    let text = "李华：春天来了。 Li Hua: Spring has come.\n王明：冰化了。 Wang Ming: The ice has melted.\n\
                李华：我们去放风筝。 Li Hua: Let us fly kites.\n";
    let (document, _) = page("talk.txt", text);
    assert_eq!(document.zh[1].text, "王明：冰化了。");
    assert_eq!(document.en[1].text, "Wang Ming: The ice has melted.");
}

#[test]
fn word_lists_are_pairs() {
    let text = "- 放风筝 fly a kite\n- 湖岸 lake shore\n- 融化 to melt\n";
    let (document, noted) = page("words.md", &format!("春天来了。\n\nSpring has come.\n\n{text}"));
    assert!(noted);
    assert_eq!(texts(&document, Side::Zh), ["春天来了。", "放风筝", "湖岸", "融化"]);
}

#[test]
fn two_lines_that_look_so_are_an_accident() {
    let text = "他说：天暖了。 It is warm, he meant.\n\n春天来了。\n\nSpring has come.\n";
    let (document, noted) = page("page.txt", text);
    assert!(!noted);
    assert_eq!(document.zh.len(), 2);
}
