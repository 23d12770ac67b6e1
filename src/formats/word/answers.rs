//! What people answered to the comments that bilint wrote into a copy of a Word document.

use std::collections::HashMap;

use super::{Document, first};
use crate::formats::note::{AUTHOR, Answer, FINDING, Thread};
use crate::formats::ooxml::{Relationship, Tag, Token, Tokens, for_each_tag};
use crate::formats::package::{Package, Part};
use crate::formats::package_fault::PackageFault;

/// What the kind of the relationship ends with that leads to the part with the states of comments (MS-DOCX).
const STATES: &str = "/commentsExtended";

/// The comments of bilint in the document in `bytes`, in the order of the part that holds them.
pub(super) fn threads(bytes: &[u8]) -> Result<Vec<Thread>, PackageFault> {
    let mut package = Package::open(bytes)?;
    let document = Document::read(&mut package)?;
    let Some(part) = first(&mut package, &document.others, "comments")? else {
        return Ok(Vec::new());
    };
    let comments = read(&part)?;
    let states = States::read(&mut package, &document.others)?;
    let lines = lines(&document)?;
    let mut by_paragraph: HashMap<&str, usize> = HashMap::new();
    for (number, comment) in comments.iter().enumerate() {
        by_paragraph.extend(comment.paragraphs.iter().map(|p| (&*p.id, number)));
    }
    // The comment that each one answers. An answer to an answer belongs to the same thread.
    let parent = |comment: &Comment| {
        let state = comment.paragraphs.iter().find_map(|p| states.0.get(&p.id))?;
        by_paragraph.get(state.parent.as_deref()?).copied()
    };
    let mut threads: Vec<(usize, Thread)> = Vec::new();
    for (number, comment) in comments.iter().enumerate() {
        if let Some(mut thread) = comment.thread() {
            thread.line = lines.get(&comment.id).copied().unwrap_or(1);
            let mut states = comment.paragraphs.iter().filter_map(|p| states.0.get(&p.id));
            thread.is_resolved = states.any(|state| state.is_done);
            threads.push((number, thread));
        }
    }
    for comment in &comments {
        let mut root = parent(comment);
        for _ in 0..comments.len() {
            match root.and_then(|number| parent(&comments[number])) {
                Some(above) => root = Some(above),
                None => break,
            }
        }
        if let Some((_, thread)) = threads.iter_mut().find(|(number, _)| Some(*number) == root) {
            let paragraphs: Vec<&str> = comment.paragraphs.iter().map(|p| p.text.trim()).collect();
            thread.answers.push(Answer {
                who: comment.author.clone(),
                text: paragraphs.join("\n").trim().to_owned(),
            });
        }
    }
    Ok(threads.into_iter().map(|(_, thread)| thread).collect())
}

/// The texts of the comments by bilint in a part that lists comments.
pub(super) fn own_comments(part: &Part) -> Result<Vec<String>, PackageFault> {
    let own = read(part)?.into_iter().filter(|comment| comment.author == AUTHOR);
    let text = |comment: Comment| {
        let paragraphs: Vec<String> = comment.paragraphs.into_iter().map(|p| p.text).collect();
        paragraphs.join("\n")
    };
    Ok(own.map(text).collect())
}

/// A comment.
#[derive(Debug, Default)]
struct Comment {
    id: String,
    author: String,
    paragraphs: Vec<Paragraph>,
}

#[derive(Debug, Default)]
struct Paragraph {
    /// Its id, by which the part with the states names the comment; empty where the program wrote none.
    id: String,
    text: String,
}

impl Comment {
    /// The thread that the comment begins, if bilint wrote it.
    fn thread(&self) -> Option<Thread> {
        let is_fingerprint = |text: &&str| text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
        let finding = |p: &Paragraph| {
            p.text
                .trim()
                .strip_prefix(FINDING)
                .filter(is_fingerprint)
                .map(str::to_owned)
        };
        let finding = self.paragraphs.iter().rev().find_map(finding)?;
        let (kind, message) = self.paragraphs.first()?.text.split_once(' ')?;
        let (_, rule) = kind.strip_suffix(']')?.split_once('[')?;
        Some(Thread {
            finding,
            rule: rule.to_owned(),
            message: message.trim().to_owned(),
            ..Thread::default()
        })
    }
}

fn read(part: &Part) -> Result<Vec<Comment>, PackageFault> {
    let mut comments: Vec<Comment> = Vec::new();
    let mut tokens = Tokens::new(part);
    // Whether each open element is one with text.
    let mut open = Vec::new();
    loop {
        let paragraph = comments.last_mut().and_then(|c| c.paragraphs.last_mut());
        match tokens.next()?.0 {
            Token::Start(tag) => {
                let attribute = |name| tag.attribute(name).unwrap_or_default();
                if tag.is_word("comment") {
                    comments.push(Comment {
                        id: attribute("id"),
                        author: attribute("author"),
                        paragraphs: Vec::new(),
                    });
                } else if let Some(comment) = comments.last_mut().filter(|_| tag.is_word("p")) {
                    comment.paragraphs.push(Paragraph {
                        id: attribute("paraId"),
                        text: String::new(),
                    });
                }
                open.push(tag.is_word("t"));
            }
            Token::End => drop(open.pop()),
            Token::Text(text) => {
                if let Some(paragraph) = paragraph.filter(|_| open.last() == Some(&true)) {
                    paragraph.text.push_str(text);
                }
            }
            Token::Escaped(text) => {
                if let Some(paragraph) = paragraph.filter(|_| open.last() == Some(&true)) {
                    paragraph.text.push_str(&text);
                }
            }
            Token::Eof => return Ok(comments),
        }
    }
}

/// The states of comments, by the id of a paragraph.
struct States(HashMap<String, State>);

struct State {
    /// The id of a paragraph of the comment that this one answers.
    parent: Option<String>,
    is_done: bool,
}

impl States {
    fn read(package: &mut Package<'_>, parts: &[Relationship]) -> Result<Self, PackageFault> {
        let mut states = HashMap::new();
        let part = parts.iter().find(|part| part.kind.ends_with(STATES));
        let part = part.map(|part| package.part(&part.target)).transpose()?.flatten();
        if let Some(part) = part {
            for_each_tag(&part, |tag| {
                if let Some(id) = tag.attribute("paraId").filter(|_| tag.name() == "commentEx") {
                    let parent = tag.attribute("paraIdParent");
                    let is_done = matches!(tag.attribute("done").as_deref(), Some("1" | "true" | "on"));
                    states.insert(id, State { parent, is_done });
                }
            })?;
        }
        Ok(Self(states))
    }
}

/// The line of the text at which each comment begins, by its id.
fn lines(document: &Document) -> Result<HashMap<String, usize>, PackageFault> {
    let text = &document.text;
    let line = |at: usize| {
        let atom = text.atoms.partition_point(|atom| atom.xml.end <= at);
        let before = text.atoms.get(atom).map_or(text.lines.len(), |atom| atom.text.start);
        text.lines[..before].matches('\n').count() + 1
    };
    let mut lines = HashMap::new();
    let mut tokens = Tokens::new(&document.body);
    let is_start = |tag: &Tag<'_>| tag.is_word("commentRangeStart");
    loop {
        match tokens.next()? {
            (Token::Start(tag), bytes) if is_start(&tag) => {
                lines.insert(tag.attribute("id").unwrap_or_default(), line(bytes.start));
            }
            (Token::Eof, _) => return Ok(lines),
            _ => {}
        }
    }
}
