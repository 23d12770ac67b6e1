//! Writing into Markdown: replacements must not turn into markup.

use std::mem::Discriminant;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Edit, directives, front_matter, splice};
use crate::text::Span;

/// The extensions to CommonMark that are read.
pub const EXTENSIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_YAML_STYLE_METADATA_BLOCKS)
    .union(Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS);

/// Escapes replacements where they would change the structure of the text, and leaves out those that change it even so.
///
/// A replacement is written as it is where the text has the same headings, paragraphs, cells and inline markup afterwards.
/// Otherwise its punctuation gets backslashes: `＃ First` becomes `\\# First`, `＜name＞` becomes `\\<name\\>`.
pub fn escape(text: &str, edits: Vec<Edit>) -> Vec<Edit> {
    let before = structure(text);
    let front_matter = front_matter::read(text);
    let (fixed, edits): (Vec<Edit>, Vec<Edit>) = edits
        .into_iter()
        .partition(|e| front_matter.as_ref().is_some_and(|(whole, _)| whole.contains(e.span)));
    let in_field = |e: &Edit| {
        front_matter
            .iter()
            .any(|(_, fields)| fields.iter().any(|f| f.holds(e.span, &e.text)))
    };
    let is_html = |e: &Edit| {
        let block = before.html.iter().find(|block| block.contains(e.span));
        block.is_none_or(|block| is_kept_by_html(&text[block.start..e.span.start], &e.text))
    };
    let edits: Vec<Edit> = edits
        .into_iter()
        .filter(is_html)
        .map(|e| escape_always(e, &before))
        .collect();
    let mut writer = Writer {
        text,
        before,
        accepted: Vec::with_capacity(fixed.len() + edits.len()),
    };
    writer.accepted.extend(fixed.into_iter().filter(in_field));
    writer.add(&edits);
    writer.accepted
}

/// Whether a replacement in a block of HTML, `before` being what the block begins with, neither ends the value or the comment that it is
/// in nor begins a tag, a reference or an expression.
fn is_kept_by_html(before: &str, replacement: &str) -> bool {
    let in_tag = before.rfind('<') > before.rfind('>');
    let has_markup = replacement.contains(['<', '>', '&', '{', '}', '\n']);
    let ends_value = in_tag && replacement.contains(['"', '\'']);
    !has_markup && !ends_value
}

/// Escapes what is markup whatever the text around it: backslashes, in tables the bars between cells, in headings number signs, which
/// close them at their ends, and in the titles of directives the brackets around them.
fn escape_always(mut edit: Edit, structure: &Structure) -> Edit {
    let inside = |spans: &[Span]| spans.iter().any(|s| s.contains(edit.span));
    let (in_table, in_html) = (inside(&structure.tables), inside(&structure.html));
    if in_html {
        return edit;
    }
    if edit.text.contains('\\') {
        edit.text = edit.text.replace('\\', "\\\\");
    }
    if edit.text.contains('|') && in_table {
        edit.text = edit.text.replace('|', "\\|");
    }
    if edit.text.contains('#') && inside(&structure.headings) {
        edit.text = edit.text.replace('#', "\\#");
    }
    if inside(&structure.bracketed) {
        edit.text = edit.text.replace('[', "\\[").replace(']', "\\]");
    }
    edit
}

struct Writer<'t> {
    text: &'t str,
    before: Structure,
    /// In order.
    accepted: Vec<Edit>,
}

impl Writer<'_> {
    /// Accepts the edits together or, where they change the structure, half by half down to the ones that do.
    fn add(&mut self, edits: &[Edit]) {
        if edits.is_empty() || self.accept(edits) {
            return;
        }
        if let [edit] = edits {
            let text = with_backslashes(&edit.text);
            let escaped = Edit { text, ..edit.clone() };
            self.accept(&[escaped]);
            return;
        }
        let (first, second) = edits.split_at(edits.len() / 2);
        self.add(first);
        self.add(second);
    }

    /// Adds the edits if they keep the structure.
    fn accept(&mut self, edits: &[Edit]) -> bool {
        let count = self.accepted.len();
        self.accepted.extend_from_slice(edits);
        let after = structure(&splice(self.text, &self.accepted));
        let same = after.markup == self.before.markup;
        if !same {
            self.accepted.truncate(count);
        }
        same
    }
}

/// The text with a backslash before all punctuation that may be markup and is not escaped yet.
fn with_backslashes(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut escaped = false;
    for c in text.chars() {
        if !escaped && "`*_{}[]<>()#+-.!|~&=^$:".contains(c) {
            out.push('\\');
        }
        escaped = !escaped && c == '\\';
        out.push(c);
    }
    out
}

/// What a reader of a rendered text sees besides its words.
struct Structure {
    markup: Vec<Markup>,
    /// Where the tables are.
    tables: Vec<Span>,
    /// Where the headings are.
    headings: Vec<Span>,
    /// Where the blocks of HTML are.
    html: Vec<Span>,
    /// Where the titles of directives in brackets are.
    bracketed: Vec<Span>,
}

#[derive(PartialEq)]
enum Markup {
    Start(Discriminant<Tag<'static>>, Option<HeadingLevel>),
    End(TagEnd),
    /// Text, with the line ends in it.
    Text,
    Other(Discriminant<Event<'static>>),
}

impl Markup {
    fn of(event: &Event<'_>) -> Self {
        match event {
            // A fix may join lines.
            Event::Text(_) | Event::SoftBreak => Self::Text,
            Event::Start(tag) => {
                let level = match tag {
                    Tag::Heading { level, .. } => Some(*level),
                    _ => None,
                };
                Self::Start(std::mem::discriminant(&tag.clone().into_static()), level)
            }
            Event::End(tag) => Self::End(*tag),
            event => Self::Other(std::mem::discriminant(&event.clone().into_static())),
        }
    }
}

impl Structure {
    /// Adds what comes next; text in several parts counts once.
    fn push(&mut self, markup: Markup) {
        if markup != Markup::Text || self.markup.last() != Some(&Markup::Text) {
            self.markup.push(markup);
        }
    }
}

fn structure(text: &str) -> Structure {
    let mut structure = Structure {
        markup: Vec::new(),
        tables: Vec::new(),
        headings: Vec::new(),
        html: Vec::new(),
        bracketed: Vec::new(),
    };
    let prepared = directives::prepare(text, false);
    let is_bracketed = |title: &&Span| text[..title.start].trim_end().ends_with('[');
    structure.bracketed.extend(prepared.titles.iter().filter(is_bracketed));
    for title in &prepared.titles {
        for event in Parser::new_ext(title.of(text), EXTENSIONS) {
            structure.push(Markup::of(&event));
        }
    }
    for (event, range) in Parser::new_ext(&prepared.text, EXTENSIONS).into_offset_iter() {
        match &event {
            Event::Start(Tag::Table(_)) => structure.tables.push(range.into()),
            Event::Start(Tag::Heading { .. }) => structure.headings.push(range.into()),
            Event::Start(Tag::HtmlBlock) => structure.html.push(range.into()),
            _ => {}
        }
        structure.push(Markup::of(&event));
    }
    structure
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text after replacing each `from` by `to` where it first occurs.
    fn replaced(text: &str, changes: &[(&str, &str)]) -> String {
        let mut edits: Vec<Edit> = changes
            .iter()
            .map(|(from, to)| {
                let start = text.find(from).unwrap();
                Edit {
                    span: Span::new(start, start + from.len()),
                    text: (*to).to_owned(),
                    fixes: 1,
                }
            })
            .collect();
        edits.sort();
        splice(text, &escape(text, edits))
    }

    #[test]
    fn punctuation_is_escaped_where_it_would_be_markup() {
        for (text, changes, expected) in [
            (
                "Use ＜name＞ to go.\n",
                &[("＜", "<"), ("＞", ">")][..],
                "Use <name\\> to go.\n",
            ),
            (
                "＃ First item，done.\n",
                &[("＃", "#"), ("，", ", ")],
                "\\# First item, done.\n",
            ),
            ("＊five＊ items\n", &[("＊five＊", "*five*")], "\\*five\\* items\n"),
            (
                "See [this]（that）.\n",
                &[("（", "("), ("）", ")")],
                "See [this](that\\).\n",
            ),
            ("1．First\n", &[("．", ". ")], "1\\. First\n"),
            ("# Number ＃\n", &[("＃", "#")], "# Number \\#\n"),
            ("a ＼* b * c\n", &[("＼", "\\")], "a \\\\* b * c\n"),
        ] {
            assert_eq!(replaced(text, changes), expected, "{text}");
        }
    }

    #[test]
    fn punctuation_that_is_no_markup_is_left_as_it_is() {
        for (text, changes, expected) in [
            (
                "Open science，free （of charge）.\n",
                &[("，", ", "), ("（", "("), ("）", ")")][..],
                "Open science, free (of charge).\n",
            ),
            ("5 ＜ 6 ＊ 2\n", &[("＜", "<"), ("＊", "*")], "5 < 6 * 2\n"),
            ("Open｜science\n", &[("｜", "|")], "Open|science\n"),
            (
                "> Large High\n> Altitude\n",
                &[("Large High\n> Altitude", "LHAASO")],
                "> LHAASO\n",
            ),
        ] {
            assert_eq!(replaced(text, changes), expected, "{text}");
        }
    }

    #[test]
    fn html_is_written_as_html() {
        for (text, changes, expected) in [
            (
                "<div>\n<p>Open science，free</p>\n</div>\n",
                &[("，", ", ")][..],
                "<div>\n<p>Open science, free</p>\n</div>\n",
            ),
            (
                "<p>5 ＊ 2 ＃ a＼b</p>\n",
                &[("＊", "*"), ("＃", "#"), ("＼", "\\")],
                "<p>5 * 2 # a\\b</p>\n",
            ),
            (
                "<p>5 ＜ 6 ＆ more</p>\n",
                &[("＜", "<"), ("＆", "&")],
                "<p>5 ＜ 6 ＆ more</p>\n",
            ),
            (
                "<p>the “lake\" here</p>\n",
                &[("“", "\"")],
                "<p>the \"lake\" here</p>\n",
            ),
            (
                "<Card title=\"The ＂lake＂，here\">\n\nText\n\n</Card>\n",
                &[("＂", "\""), ("，", ", ")],
                "<Card title=\"The ＂lake＂, here\">\n\nText\n\n</Card>\n",
            ),
            (
                "<!--\nOne，two－－\n-->\n",
                &[("，", ", ")],
                "<!--\nOne, two－－\n-->\n",
            ),
        ] {
            assert_eq!(replaced(text, changes), expected, "{text}");
        }
    }

    #[test]
    fn the_titles_of_directives_stay_titles() {
        for (text, changes, expected) in [
            (
                ":::tip[Save，often]\nText，here\n:::\n",
                &[("Save，", "Save, "), ("Text，", "Text, ")][..],
                ":::tip[Save, often]\nText, here\n:::\n",
            ),
            (
                ":::tip[Save ］ often]\nText\n:::\n",
                &[("］", "]")],
                ":::tip[Save \\] often]\nText\n:::\n",
            ),
            (
                "```{admonition} Save，＊now＊\nText\n```\n",
                &[("，", ", "), ("＊now＊", "*now*")],
                "```{admonition} Save, \\*now\\*\nText\n```\n",
            ),
            (
                "```{admonition} Save ｀x\nText\n```\n",
                &[("｀", "`")],
                "```{admonition} Save ｀x\nText\n```\n",
            ),
            (
                "::: tip Back up\nText\n:::\n",
                &[("Back up", "Tip")],
                "::: tip Back up\nText\n:::\n",
            ),
        ] {
            assert_eq!(replaced(text, changes), expected, "{text}");
        }
    }

    #[test]
    fn a_bar_in_a_table_makes_no_cell() {
        let table = "| zh | en |\n|---|---|\n| 开放 | Open｜science |\n";
        assert_eq!(
            replaced(table, &[("｜", "|")]),
            "| zh | en |\n|---|---|\n| 开放 | Open\\|science |\n"
        );
    }
}
