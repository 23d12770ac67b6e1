//! The fields of front matter that readers see: the title of the page, its description, its name in the sidebar.

use crate::text::Span;
use crate::text::date::{Date, parse_date};

/// Keys whose values are shown.
const SHOWN: [&str; 7] = [
    "title",
    "linkTitle",
    "linktitle",
    "sidebar_label",
    "subtitle",
    "description",
    "summary",
];

/// A value of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its key.
    pub key: &'static str,
    /// The value, without quotation marks.
    pub value: Span,
    /// The quotation mark around it.
    pub quote: Option<char>,
}

impl Field {
    /// Whether the value may contain a replacement of `span` as it is.
    pub fn holds(&self, span: Span, replacement: &str) -> bool {
        let special: &[char] = match self.quote {
            Some('"') => &['"', '\\', '\n'],
            Some(_) => &['\'', '\n'],
            // A colon or a number sign may end a plain value, and at its beginning most signs have a meaning.
            None => &[':', '#', '\n'],
        };
        let begins_plainly =
            self.quote.is_some() || span.start > self.value.start || replacement.starts_with(char::is_alphanumeric);
        self.value.contains(span) && begins_plainly && !replacement.contains(special)
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
    let mut fields = Vec::new();
    let mut start = first.len();
    for line in lines {
        if line.trim_end() == fence {
            return Some((Span::new(0, start + line.len()), fields));
        }
        if let Some((key, _)) = line.split_once(assign)
            && let Some(shown) = SHOWN.iter().find(|shown| **shown == key.trim_end())
        {
            fields.extend(field(shown, line, key.len() + 1, start, assign == ':'));
        }
        start += line.len();
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

/// The value from byte `at` of a line that begins at `start`, if it ends on the line.
fn field(key: &'static str, line: &str, at: usize, start: usize, plain: bool) -> Option<Field> {
    let rest = line[at..].trim_end();
    let value = rest.trim_start();
    let at = start + at + rest.len() - value.len();
    let first = value.chars().next()?;
    if matches!(first, '"' | '\'') {
        let end = value[1..].find(first)?;
        let inner = &value[1..=end];
        let whole = value[end + 2..].trim_start();
        let ends = whole.is_empty() || whole.starts_with('#');
        return (ends && !inner.contains('\\') && !inner.is_empty()).then_some(Field {
            key,
            value: Span::new(at + 1, at + 1 + inner.len()),
            quote: Some(first),
        });
    }
    let value = value.split(" #").next().unwrap_or_default().trim_end();
    (plain && !"|>[{&*!%@`#".contains(first)).then_some(Field {
        key,
        value: Span::new(at, at + value.len()),
        quote: None,
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

    fn values(text: &str) -> Vec<(&str, &str)> {
        let fields = read(text).map_or_else(Vec::new, |(_, fields)| fields);
        fields.into_iter().map(|f| (f.key, f.value.of(text))).collect()
    }

    #[test]
    fn reads_the_fields_that_are_shown() {
        assert_eq!(
            values(
                "---\ntitle: 快速开始 # 首页\nid: a\nsidebar_label: \"Start\"\ndescription: >\n  long\ntags:\n  title: x\n---\n"
            ),
            [("title", "快速开始"), ("sidebar_label", "Start")]
        );
        assert_eq!(
            values("+++\ntitle = 'It works'\nweight = 3\ndescription = \"a \\\" b\"\n+++\n"),
            [("title", "It works")]
        );
        assert_eq!(values("title: x\n"), []);
        assert_eq!(values("---\ntitle: x\n"), []);
    }

    #[test]
    fn a_value_holds_what_does_not_end_it() {
        let text = "---\ntitle: 开放，科学\ndescription: '开放，科学'\n---\n";
        let (_, fields) = read(text).unwrap();
        let comma = |field: &Field| {
            let at = field.value.start + field.value.of(text).find('，').unwrap();
            Span::new(at, at + '，'.len_utf8())
        };
        let (plain, quoted) = (&fields[0], &fields[1]);
        assert!(plain.holds(comma(plain), ", "));
        assert!(!plain.holds(comma(plain), ": "));
        assert!(quoted.holds(comma(quoted), ": "));
        assert!(!quoted.holds(comma(quoted), "'"));
        assert!(!plain.holds(comma(quoted), ", "));
        assert!(!plain.holds(Span::new(plain.value.start, plain.value.end), "[a]"));
    }
}
