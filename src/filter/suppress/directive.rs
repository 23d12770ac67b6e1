//! Parses the `bilint:` comments that suppress findings.

use std::sync::Arc;

use crate::finding::Label;
use crate::formats::Comments;
use crate::formats::comments::{self, Comment, LONGEST_COMMENT};
use crate::text::date::{Date, parse_date};
use crate::text::script;
use crate::text::{Side, Source, Span};

/// Which findings a comment suppresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// The lines `first..=last` of the file (1-based).
    Lines(usize, usize),
    /// The whole file.
    File,
    /// From here to the next [`Scope::End`].
    Start,
    /// The end of what [`Scope::Start`] began.
    End,
}

/// One comment.
#[derive(Debug, Clone)]
pub struct Directive {
    /// What it covers.
    pub scope: Scope,
    /// Rule ids and groups in the brackets.
    pub rules: Vec<String>,
    /// The last day on which it holds.
    pub until: Option<Date>,
    /// Why.
    pub reason: String,
    /// Where it is.
    pub at: Label,
    /// Why it cannot be understood.
    pub fault: Option<String>,
}

/// The suppressions of a source, written in this syntax, in order.
pub fn read(source: &Source, syntax: Comments) -> Vec<Directive> {
    comments::read(source, syntax)
        .filter_map(|comment| directive(source, &comment))
        .collect()
}

/// `None` for a comment that pins a pair; those are read with the text.
fn directive(source: &Source, comment: &Comment<'_>) -> Option<Directive> {
    let body = comment.body();
    let name_len = body
        .find(|c: char| !c.is_ascii_alphabetic() && c != '-')
        .unwrap_or(body.len());
    let (name, rest) = body.split_at(name_len);
    let mut fault = None;
    let (rules, rest) = match rest.strip_prefix('[').and_then(|r| r.split_once(']')) {
        Some((inside, rest)) => (
            inside
                .split(',')
                .map(|r| r.trim().to_owned())
                .filter(|r| !r.is_empty())
                .collect(),
            rest.trim(),
        ),
        None => (Vec::new(), rest.trim()),
    };
    let lines = |covered: Option<(usize, usize)>| covered.map_or(Scope::Lines(0, 0), |(a, b)| Scope::Lines(a, b));
    let scope = match name {
        "pair" => {
            fault = comment.pin().err().map(str::to_owned);
            fault.as_ref()?;
            Scope::Lines(0, 0)
        }
        "ignore" => lines(comment.covered_lines()),
        "ignore-next-line" => lines(comment.next_line()),
        "ignore-file" => Scope::File,
        "ignore-start" => Scope::Start,
        "ignore-end" => Scope::End,
        other => {
            let known = [
                "ignore",
                "ignore-next-line",
                "ignore-file",
                "ignore-start",
                "ignore-end",
            ];
            let hint = crate::text::nearest(other, known.into_iter()).unwrap_or("ignore");
            fault = Some(format!(
                "“{other}” is not a form of suppression; did you mean “{hint}[…]”?"
            ));
            Scope::Lines(0, 0)
        }
    };
    if rules.is_empty() && fault.is_none() && scope != Scope::End {
        fault = Some("a suppression names its rules, as in “ignore[term-mismatch]”".to_owned());
    }
    let (until, reason) = match split_expiry(rest) {
        Ok(parts) => parts,
        Err(message) => {
            fault.get_or_insert(message);
            (None, rest.to_owned())
        }
    };
    Some(Directive {
        scope,
        rules,
        until,
        reason,
        at: label(source, comment),
        fault,
    })
}

/// Splits `until 2026-12-31` from the start or the end of a reason.
fn split_expiry(rest: &str) -> Result<(Option<Date>, String), String> {
    let (day, reason) = if let Some(after) = rest.strip_prefix("until ") {
        after
            .trim_start()
            .split_once(char::is_whitespace)
            .unwrap_or((after.trim_start(), ""))
    } else if let Some((reason, day)) = rest.rsplit_once(" until ").filter(|(_, d)| !d.trim().contains(' ')) {
        // “… until further notice” is a reason like any other.
        if !day.trim().starts_with(|c: char| c.is_ascii_digit()) {
            return Ok((None, rest.to_owned()));
        }
        (day.trim(), reason)
    } else {
        return Ok((None, rest.to_owned()));
    };
    let day = day.trim_end_matches([':', ',', ';', '.']);
    let date = parse_date(day).map_err(|e| e.to_string())?;
    Ok((
        Some(date),
        reason.trim().trim_start_matches([':', '-', '—', ',']).trim().to_owned(),
    ))
}

fn label(source: &Source, comment: &Comment<'_>) -> Label {
    let text = source.text();
    let line = &comment.line;
    let end = comment.outer.end.min(line.start + line.text.len());
    let (start, stop) = (source.position(comment.outer.start), source.position(comment.outer.end));
    // A comment is in no language; findings about it go to the side that it stands on.
    let near = text.len().min(comment.outer.end + LONGEST_COMMENT);
    let near = (near..text.len())
        .find(|&i| text.is_char_boundary(i))
        .unwrap_or(text.len());
    let below = text[comment.outer.end..near]
        .lines()
        .map(str::trim)
        .find(|l| !l.is_empty());
    Label {
        file: source.path().clone(),
        side: below.and_then(script::side_of).unwrap_or(Side::En),
        block: 0,
        start,
        end: stop,
        chars: (
            start.column - 1,
            start.column - 1 + comment.outer.of(text).chars().count(),
        ),
        bytes: comment.outer,
        text: comment.outer.of(text).to_owned(),
        context: Arc::clone(&line.text),
        context_span: Span::new(comment.outer.start - line.start, end - line.start),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats;

    fn read(source: &Source) -> Vec<Directive> {
        let syntax = formats::of_source(source).comments();
        syntax.map_or(Vec::new(), |syntax| super::read(source, syntax))
    }

    fn one(path: &str, text: &str) -> Directive {
        let mut all = read(&formats::source(path, text));
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    #[test]
    fn a_comment_on_its_own_line_covers_the_next_block() {
        let d = one(
            "a.md",
            "甲\n\n<!-- bilint: ignore[term-mismatch, names] quoted -->\n\n乙\n丙\n\n丁\n",
        );
        assert_eq!(d.scope, Scope::Lines(5, 6));
        assert_eq!(d.rules, ["term-mismatch", "names"]);
        assert_eq!(d.reason, "quoted");
        assert_eq!((d.at.start.line, d.at.start.column), (3, 1));
    }

    #[test]
    fn a_comment_after_text_covers_its_line() {
        let d = one("a.md", "甲\n乙 <!-- bilint: ignore[x] why -->\n丙\n");
        assert_eq!(d.scope, Scope::Lines(2, 2));
    }

    #[test]
    fn the_next_line_and_the_record_are_one_line() {
        assert_eq!(
            one("a.md", "<!-- bilint: ignore-next-line[x] y -->\n甲\n乙\n").scope,
            Scope::Lines(2, 2)
        );
        assert_eq!(
            one("a.tsv", "zh\ten\n# bilint: ignore[x] y\n甲\tA\n乙\tB\n").scope,
            Scope::Lines(3, 3)
        );
        assert_eq!(
            one("a.po", "# bilint: ignore[x] y\nmsgid \"a\"\nmsgstr \"b\"\n\n").scope,
            Scope::Lines(2, 3)
        );
    }

    #[test]
    fn dates_come_before_or_after_the_reason() {
        for text in [
            "until 2026-12-31 a reason",
            "a reason until 2026-12-31",
            "until 2026-12-31: a reason",
        ] {
            let d = one("a.md", &format!("<!-- bilint: ignore[x] {text} -->\n甲"));
            assert_eq!(d.until.map(|d| d.to_string()).as_deref(), Some("2026-12-31"), "{text}");
            assert_eq!(d.reason, "a reason");
            assert_eq!(d.fault, None);
        }
        let d = one("a.md", "<!-- bilint: ignore[x] wait until further notice -->\n甲");
        assert_eq!((d.until, d.reason.as_str()), (None, "wait until further notice"));
    }

    #[test]
    fn faults_are_named() {
        for (text, fault) in [
            ("ignroe[x] y", "did you mean “ignore[…]”?"),
            ("ignore y", "names its rules"),
            ("ignore[x] until 2026-02-30 y", "not a date"),
            ("pair", "has a name"),
        ] {
            let d = one("a.md", &format!("<!-- bilint: {text} -->\n甲"));
            assert!(d.fault.as_deref().is_some_and(|f| f.contains(fault)), "{d:?}");
        }
    }

    #[test]
    fn allows_a_text_that_mentions_bilint() {
        for (path, text) in [
            (
                "a.md",
                "Write `bilint: ignore[x]` in a comment.\n# bilint: the manual\n",
            ),
            ("a.tsv", "用 # bilint: ignore[x]\tA\n"),
            ("a.md", "<!-- bilint: never closed\n"),
            ("a.jsonl", "{\"zh\": \"<!-- bilint: ignore[x] y -->\"}\n"),
        ] {
            assert!(read(&formats::source(path, text)).is_empty(), "{text}");
        }
    }

    #[test]
    fn comments_of_one_line_share_it() {
        let text = "甲 <!-- bilint: ignore[x] y -->".repeat(100);
        let all = read(&formats::source("a.md", &text));
        assert_eq!(all.len(), 100);
        assert!(all.iter().all(|d| Arc::ptr_eq(&d.at.context, &all[0].at.context)));
        assert!(all.iter().all(|d| d.at.context_span.of(&text) == d.at.text));
    }

    #[test]
    fn lines_of_a_streamed_part_count_from_its_first_line() {
        let source = formats::source("a.tsv", "# bilint: ignore[x] y\n甲\tA\n").starting_at_line(1000);
        assert_eq!(read(&source)[0].scope, Scope::Lines(1001, 1001));
    }
}
