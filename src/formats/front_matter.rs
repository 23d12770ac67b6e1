//! The fields of front matter that readers see: the title of the page, its description, its name in the sidebar.

use crate::text::Span;
use crate::text::date::{Date, parse_date};

/// Keys whose values are shown: the key that they are below, if any, their own, and their name here. Home pages have a hero and features.
#[rustfmt::skip]
const SHOWN: [(&str, &str, &str); 15] = [
    ("", "title", "title"), ("", "linkTitle", "linkTitle"), ("", "linktitle", "linktitle"), ("", "sidebar_label", "sidebar_label"),
    ("", "subtitle", "subtitle"), ("", "description", "description"), ("", "summary", "summary"),
    ("", "heroText", "heroText"), ("", "tagline", "tagline"), ("", "actionText", "actionText"),
    ("hero", "title", "hero.title"), ("hero", "text", "hero.text"), ("hero", "tagline", "hero.tagline"),
    ("features", "title", "features.title"), ("features", "details", "features.details"),
];

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    /// Between these quotation marks.
    Quoted(char),
    /// Below `>` or `|`, where every sign is text.
    Block,
}

/// A value that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its key, after that which it is below: `title`, `hero.tagline`.
    pub key: &'static str,
    /// The lines of the value, without quotation marks and indents.
    pub lines: Vec<Span>,
    style: Style,
}

impl Field {
    /// Whether the value may contain a replacement of `span` as it is.
    pub fn holds(&self, span: Span, replacement: &str) -> bool {
        let special: &[char] = match self.style {
            Style::Quoted('"') => &['"', '\\', '\n'],
            Style::Quoted(_) => &['\'', '\n'],
            Style::Block => &['\n'],
            // A colon or a number sign may end a plain value, and at its beginning most signs have a meaning.
            Style::Plain => &[':', '#', '\n'],
        };
        let Some(line) = self.lines.iter().find(|line| line.contains(span)) else {
            return false;
        };
        let begins_plainly =
            self.style != Style::Plain || span.start > line.start || replacement.starts_with(char::is_alphanumeric);
        begins_plainly && !replacement.contains(special)
    }
}

/// The span of the front matter that a text begins with, and the fields in it that are shown. YAML is between `---`, TOML
/// between `+++`.
pub fn read(text: &str) -> Option<(Span, Vec<Field>)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let fence = first.trim_end();
    let assign = match fence {
        "---" => ':',
        "+++" => '=',
        _ => return None,
    };
    let mut fields: Vec<Field> = Vec::new();
    // Lines that are indented by more belong to the last field.
    let mut goes_on: Option<usize> = None;
    // The key that indented ones are below.
    let mut section = "";
    let mut start = first.len();
    for line in lines {
        let from = start;
        start += line.len();
        let content = line.trim();
        if line.trim_end() == fence {
            fields.retain(|field| !field.lines.is_empty());
            return Some((Span::new(0, start), fields));
        }
        if content.is_empty() {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        if goes_on.is_some_and(|column| indent > column) {
            if let Some(field) = fields.last_mut() {
                let at = from + indent;
                field.lines.push(Span::new(at, at + content.len()));
            }
            continue;
        }
        // An item of a list begins with its first key.
        let item = line[indent..].strip_prefix("- ").map_or("", str::trim_start);
        let column = if item.is_empty() {
            indent
        } else {
            line.len() - item.len()
        };
        let key = line[column..].split_once(assign).map_or("", |(key, _)| key);
        let below = if column == 0 { "" } else { section };
        let name = key.trim_end();
        if column == 0 {
            section = name;
        }
        let known = SHOWN.iter().find(|shown| (shown.0, shown.1) == (below, name));
        let shown = known.and_then(|(.., known)| field(known, line, column + key.len() + 1, from, assign == ':'));
        let is_open = |field: &Field| !matches!(field.style, Style::Quoted(_));
        goes_on = shown.as_ref().filter(|field| is_open(field)).map(|_| column);
        fields.extend(shown);
    }
    None
}

/// The day under the key `date` of the front matter, of which a time may follow.
pub fn date(text: &str) -> Option<Date> {
    let front_matter = read(text)?.0.of(text);
    let value = front_matter
        .lines()
        .find_map(|line| line.strip_prefix("date")?.trim_start().strip_prefix([':', '=']))?;
    let day = value.trim_start().trim_start_matches(['"', '\'']).get(..10)?;
    parse_date(day).ok()
}

/// The end of a line in double quotation marks.
const LINE_END: &str = "\\n";

/// The value from byte `at` of a line that begins at `start`, if it does not end on another line within quotation marks.
fn field(key: &'static str, line: &str, at: usize, start: usize, yaml: bool) -> Option<Field> {
    let rest = line[at..].trim_end();
    let value = rest.trim_start();
    let at = start + at + rest.len() - value.len();
    let first = value.chars().next()?;
    if matches!(first, '"' | '\'') {
        let end = value[1..].find(first)?;
        let inner = &value[1..=end];
        let whole = value[end + 2..].trim_start();
        let ends = whole.is_empty() || whole.starts_with('#');
        // Of the escapes, only the end of a line is read.
        let mut lines = Vec::new();
        let mut from = at + 1;
        for part in inner.split(LINE_END) {
            let text = part.trim();
            let indent = part.len() - part.trim_start().len();
            if !text.is_empty() {
                lines.push(Span::new(from + indent, from + indent + text.len()));
            }
            from += part.len() + LINE_END.len();
        }
        let has_escape = inner.replace(LINE_END, "").contains('\\') || first == '\'' && inner.contains('\\');
        return (ends && !has_escape && !lines.is_empty()).then_some(Field {
            key,
            lines,
            style: Style::Quoted(first),
        });
    }
    let value = value.split(" #").next().unwrap_or_default().trim_end();
    if !yaml || "[{&*!%@`#".contains(first) {
        return None;
    }
    if matches!(first, '|' | '>') {
        let is_header = value[1..]
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-'));
        return is_header.then_some(Field {
            key,
            lines: Vec::new(),
            style: Style::Block,
        });
    }
    Some(Field {
        key,
        lines: vec![Span::new(at, at + value.len())],
        style: Style::Plain,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_with_or_without_a_time() {
        let day = |text| date(text).map(|day| day.to_string());
        let expected = Some("2017-05-01".to_owned());
        assert_eq!(day("---\ntitle: A\ndate: 2017-05-01\n---\n"), expected);
        assert_eq!(day("+++\ndate = \"2017-05-01T08:00:00Z\"\n+++\n"), expected);
        assert_eq!(day("---\ndated: 2017-05-01\n---\n"), None);
        assert_eq!(day("---\ndate: May\n---\n"), None);
        assert_eq!(day("date: 2017-05-01\n"), None);
    }

    fn values(text: &str) -> Vec<(&str, String)> {
        let fields = read(text).map_or_else(Vec::new, |(_, fields)| fields);
        let value = |f: Field| f.lines.iter().map(|line| line.of(text)).collect::<Vec<_>>().join("|");
        fields.into_iter().map(|f| (f.key, value(f))).collect()
    }

    fn pair(key: &'static str, value: &str) -> (&'static str, String) {
        (key, value.to_owned())
    }

    #[test]
    fn reads_the_fields_that_are_shown() {
        assert_eq!(
            values("---\ntitle: 快速开始 # 首页\nid: a\nsidebar_label: \"Start\"\ntags:\n  title: x\n---\n"),
            [pair("title", "快速开始"), pair("sidebar_label", "Start")]
        );
        assert_eq!(
            values("+++\ntitle = 'It works'\nweight = 3\ndescription = \"a \\\" b\"\n+++\n"),
            [pair("title", "It works")]
        );
        assert_eq!(values("title: x\n"), []);
        assert_eq!(values("---\ntitle: x\n"), []);
    }

    #[test]
    fn reads_the_hero_and_the_features_of_home_pages() {
        let vitepress = "---\nlayout: home\nhero:\n  name: It\n  text: 快速\n  actions:\n    - theme: brand\n      text: 开始\n      link: /a\n\
                         features:\n  - icon: a\n    title: 简单\n    details: 只需\n      一步。\n  - title: 'It'\n---\n";
        assert_eq!(
            values(vitepress),
            [
                pair("hero.text", "快速"),
                pair("hero.text", "开始"),
                pair("features.title", "简单"),
                pair("features.details", "只需|一步。"),
                pair("features.title", "It"),
            ]
        );
        let vuepress = "---\nactionText: 开始 →\nfeatures:\n- title: 简单\n  details: 只需一步。\nfooter: MIT\n---\n";
        assert_eq!(
            values(vuepress),
            [
                pair("actionText", "开始 →"),
                pair("features.title", "简单"),
                pair("features.details", "只需一步。"),
            ]
        );
    }

    #[test]
    fn a_value_may_take_several_lines() {
        assert_eq!(
            values(
                "---\ndescription: >-\n  打开阀门，\n\n  然后 # 等待。\nsummary: Open\n  the valve\ntitle: |\n---\n"
            ),
            [
                pair("description", "打开阀门，|然后 # 等待。"),
                pair("summary", "Open|the valve")
            ]
        );
        assert_eq!(
            values("---\ntitle: \"Open \\n the valve\"\nsummary: 'a\\n b'\n---\n"),
            [pair("title", "Open|the valve")]
        );
        let text = "---\ndescription: |2\n    开放，科学\n---\n";
        let (_, fields) = read(text).unwrap();
        let at = text.find('，').unwrap();
        assert!(fields[0].holds(Span::new(at, at + '，'.len_utf8()), ": # "));
        assert!(!fields[0].holds(Span::new(at, at + '，'.len_utf8()), "\n"));
    }

    #[test]
    fn a_value_holds_what_does_not_end_it() {
        let text = "---\ntitle: 开放，科学\ndescription: '开放，科学'\n---\n";
        let (_, fields) = read(text).unwrap();
        let comma = |field: &Field| {
            let at = field.lines[0].start + field.lines[0].of(text).find('，').unwrap();
            Span::new(at, at + '，'.len_utf8())
        };
        let (plain, quoted) = (&fields[0], &fields[1]);
        assert!(plain.holds(comma(plain), ", "));
        assert!(!plain.holds(comma(plain), ": "));
        assert!(quoted.holds(comma(quoted), ": "));
        assert!(!quoted.holds(comma(quoted), "'"));
        assert!(!plain.holds(comma(quoted), ", "));
        assert!(!plain.holds(plain.lines[0], "[a]"));
    }
}
