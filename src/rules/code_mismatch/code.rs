//! The code blocks of a page, and the words of code in their lines.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::text::Span;

/// A code block with fences.
pub struct Code<'t> {
    /// The first word after the fence, such as `js`.
    pub language: &'t str,
    /// Its lines, as bytes of the page.
    pub lines: Vec<Span>,
}

/// A line that has words of code.
#[derive(Debug, PartialEq, Eq)]
pub struct Line<'t> {
    pub words: Vec<&'t str>,
    /// Where each is in the page.
    pub spans: Vec<Span>,
    /// What is between the words, without comments and strings.
    pub code: String,
}

/// How the comments of a language begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comments {
    line: &'static str,
    /// Whether `/*` begins one.
    block: bool,
}

/// The languages whose code is compared, by how their comments begin. What is in others may be text, as in HTML.
#[rustfmt::skip]
const LANGUAGES: [(Comments, &[&str]); 3] = [
    (Comments { line: "//", block: true }, &[
        "c", "cpp", "c++", "cs", "csharp", "css", "dart", "go", "groovy", "java", "javascript", "js", "json", "json5", "jsonc", "jsx",
        "kotlin", "php", "proto", "protobuf", "rs", "rust", "scala", "scss", "svelte", "swift", "thrift", "ts", "tsx", "typescript", "vue",
        "astro",
    ]),
    (Comments { line: "#", block: false }, &[
        "bash", "conf", "console", "dockerfile", "elixir", "env", "graphql", "hcl", "ini", "makefile", "nginx", "perl", "powershell",
        "properties", "py", "python", "r", "rb", "ruby", "sh", "shell", "toml", "yaml", "yml", "zsh",
    ]),
    (Comments { line: "--", block: false }, &["haskell", "lua", "sql"]),
];

/// How comments begin in a language, if its code is compared.
pub fn comments(language: &str) -> Option<Comments> {
    let language = language.to_ascii_lowercase();
    let mut known = LANGUAGES.iter();
    known
        .find(|(_, names)| names.contains(&&*language))
        .map(|(comments, _)| *comments)
}

/// The code blocks of a page, in order.
pub fn code_blocks(page: &str) -> Vec<Code<'_>> {
    let mut out: Vec<Code<'_>> = Vec::new();
    if !page.contains("```") && !page.contains("~~~") {
        return out;
    }
    let mut inside = false;
    for (event, range) in Parser::new_ext(page, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                let first = page[range.clone()].lines().next().unwrap_or_default();
                let info = first.trim_start_matches(['`', '~', ' ']);
                let end = info.find(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '#' | '-')));
                out.push(Code {
                    language: &info[..end.unwrap_or(info.len())],
                    lines: Vec::new(),
                });
                inside = true;
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            // A text may be several lines.
            Event::Text(_) if inside => {
                let mut start = range.start;
                for line in page[range].split_inclusive('\n') {
                    let code = out.last_mut().expect("internal error: a text of code outside a block");
                    code.lines.push(Span::new(start, start + line.trim_end().len()));
                    start += line.len();
                }
            }
            _ => {}
        }
    }
    out
}

/// What a line begins in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Code,
    Comment,
    /// A string that ends with these characters.
    String(&'static str),
}

/// Strings that go on in the next line.
const LONG: [&str; 3] = ["\"\"\"", "'''", "`"];

/// The lines of a block that have words of code: no comments, strings and addresses, which may be those of the language.
pub fn lines<'t>(page: &'t str, code: &Code<'_>, comments: Comments) -> Vec<Line<'t>> {
    let mut within = Within::Code;
    let line = |span: &Span| {
        let line = read_line(page, *span, comments, &mut within);
        (!line.words.is_empty()).then_some(line)
    };
    code.lines.iter().filter_map(line).collect()
}

fn read_line<'t>(page: &'t str, span: Span, comments: Comments, within: &mut Within) -> Line<'t> {
    let mut out = Line {
        words: Vec::new(),
        spans: Vec::new(),
        code: String::new(),
    };
    let mut at = span.start;
    while at < span.end {
        let rest = &page[at..span.end];
        let closing = match *within {
            Within::Comment => Some("*/"),
            Within::String(mark) => Some(mark),
            Within::Code => None,
        };
        if let Some(mark) = closing {
            let Some(end) = rest.find(mark) else { return out };
            *within = Within::Code;
            at += end + mark.len();
            continue;
        }
        let before = page[span.start..at].chars().next_back();
        let is_comment = rest.starts_with(comments.line) && before.is_none_or(|c| c.is_whitespace() || c == ';');
        if is_comment {
            return out;
        }
        if comments.block && rest.starts_with("/*") {
            *within = Within::Comment;
            at += 2;
        } else if let Some(mark) = LONG.iter().find(|mark| rest.starts_with(**mark)) {
            *within = Within::String(mark);
            at += mark.len();
        } else if rest.starts_with(['"', '\'']) {
            at += quoted(rest);
        } else {
            at += read_word(page, at, span.end, &mut out);
        }
    }
    out
}

/// The length of the string that a text begins with; all of the text if it does not end.
fn quoted(text: &str) -> usize {
    let mark = &text[..1];
    let mut escaped = false;
    let end = text[1..].char_indices().find(|&(_, c)| {
        let ends = !escaped && mark.starts_with(c);
        escaped = !escaped && c == '\\';
        ends
    });
    end.map_or(text.len(), |(at, _)| at + 2)
}

/// Reads a word or another character, and returns its length.
fn read_word<'t>(page: &'t str, at: usize, end: usize, out: &mut Line<'t>) -> usize {
    let rest = &page[at..end];
    let first = rest.chars().next().map_or(1, char::len_utf8);
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !rest.starts_with(is_word) {
        out.code.push_str(&rest[..first]);
        return first;
    }
    let is_number = rest.starts_with(|c: char| c.is_ascii_digit());
    let stop = |c: char| !(is_word(c) || is_number && c == '.');
    let len = rest.find(stop).unwrap_or(rest.len());
    // An address may be that of a page in the language.
    if rest[len..].starts_with("://") {
        return rest
            .find(|c: char| c.is_whitespace() || "\"'`)".contains(c))
            .unwrap_or(rest.len());
    }
    let word = rest[..len].trim_end_matches('.');
    out.words.push(word);
    out.spans.push(Span::new(at, at + word.len()));
    out.code.push(' ');
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(page: &str) -> Vec<(&str, Vec<Vec<&str>>)> {
        let read = |code: &Code<'_>| {
            let comments = comments(code.language).unwrap();
            lines(page, code, comments).into_iter().map(|line| line.words).collect()
        };
        let blocks = code_blocks(page);
        blocks
            .iter()
            .map(|code| (&page[code.lines[0].start..][..1], read(code)))
            .collect()
    }

    #[test]
    fn words_of_code_are_outside_comments_and_strings() {
        let page = "Text.\n\n```js title=\"a.js\"\nlet a = 10.5; // let b\n/* c\nd */ e(\"f \\\" g\", `h\ni` + j)\n```\n\n\
                    - Item\n\n  ~~~sh\n  # comment\n  npm i a@2 'b c' https://x.org/zh/a -g\n  ~~~\n";
        let expected = [
            ("l", vec![vec!["let", "a", "10.5"], vec!["e"], vec!["j"]]),
            ("#", vec![vec!["npm", "i", "a", "2", "g"]]),
        ];
        assert_eq!(words(page), expected);
        let line = &lines(page, &code_blocks(page)[1], comments("sh").unwrap())[0];
        assert_eq!(line.spans[3].of(page), "2");
    }
}
