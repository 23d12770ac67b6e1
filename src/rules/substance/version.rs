//! A version of a passage by its words.

use std::ops::Range;

use super::tokens::{Kind, Token, tokens};
use super::{Passage, quiet};
use crate::language::quantity::{self, Quantity};
use crate::text::{Side, Span};

/// A version of the source.
pub struct Version<'a> {
    /// Its text.
    pub passage: Passage<'a>,
    /// Its words.
    pub tokens: Vec<Token>,
    /// Its quantities.
    pub quantities: Vec<Quantity>,
}

/// Whether what begins at this byte goes on with a word, as the 8 of “K8s” and the 64 of “x86_64” do.
fn is_inside_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    before.is_some_and(|c| c.is_ascii_alphabetic() || c == '_') && text[at..].starts_with(|c: char| c.is_ascii_digit())
}

/// The tokens of both versions that differ, in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk(pub [Range<usize>; 2]);

impl<'a> Version<'a> {
    /// The words and quantities of a passage in the language of `side`.
    pub fn new(passage: Passage<'a>, side: Side) -> Self {
        let tokens = tokens(passage, side);
        // Of a version such as `v1.0.0`, the figures are no quantities.
        let is_inside_name = |span: Span| {
            let mut names = tokens
                .iter()
                .filter(|t| t.kind == Kind::Verbatim && t.span.overlaps(span));
            names.any(|t| t.key.starts_with(|c: char| !c.is_ascii_digit()))
        };
        let quantities = quantity::parse(passage.text, side).into_iter();
        // A code such as `13.4.19` has no value, and is a token as it is written.
        let quantities = quantities.filter(|q| {
            q.kind != quantity::Kind::Code && !is_inside_word(passage.text, q.span.start) && !is_inside_name(q.span)
        });
        Self {
            passage,
            quantities: quantities.collect(),
            tokens,
        }
    }

    /// Whether the version has what a token of the other one says: as code or as a word, in letters or in full.
    pub fn has(&self, token: &Token) -> bool {
        if self.tokens.iter().any(|t| t.key == token.key) {
            return true;
        }
        if token.kind == Kind::Link || token.key.is_empty() {
            return false;
        }
        let (text, key) = (self.passage.text.to_lowercase(), token.key.to_lowercase());
        let key = key.trim_matches(|c: char| !c.is_alphanumeric());
        let key = key.strip_suffix('s').filter(|k| k.len() > 2).unwrap_or(key);
        let is_of_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let mut found = text.match_indices(key);
        let is_written = !key.is_empty()
            && found.any(|(at, _)| {
                let rest = &text[at + key.len()..];
                !text[..at].ends_with(is_of_word) && !rest.strip_prefix('s').unwrap_or(rest).starts_with(is_of_word)
            });
        is_written || token.kind == Kind::Acronym && self.has_in_full(key)
    }

    /// Whether words in a row begin with the letters of an acronym, which are small.
    pub fn has_in_full(&self, acronym: &str) -> bool {
        let initials = self.tokens.iter().map(|t| t.key.chars().next().unwrap_or(' '));
        initials.collect::<String>().to_lowercase().contains(acronym)
    }

    /// Whether the token at this place is code that only names what the noun after it means: “the `prometheus` plugin”.
    pub fn is_apposed(&self, at: usize) -> bool {
        const DETERMINERS: &[&str] = &["the", "this", "these", "your"];
        let written = |token: &Token| token.span.of(self.passage.text).to_lowercase();
        let before = at.checked_sub(1).map(|i| written(&self.tokens[i]));
        let after = self.tokens.get(at + 1).filter(|t| t.kind == Kind::Word);
        self.tokens[at].kind == Kind::Verbatim
            && before.is_some_and(|word| DETERMINERS.contains(&&*word))
            && after.is_some_and(|t| !quiet::is_small(&written(t)))
    }

    /// The bytes of some tokens.
    pub fn span(&self, range: &Range<usize>) -> Span {
        match &self.tokens[range.clone()] {
            [] => Span::default(),
            [first, .., last] => first.span.cover(last.span),
            [one] => one.span,
        }
    }

    /// The bytes of some tokens as messages quote them: without links at their ends, unless there is nothing else.
    pub fn shown(&self, range: &Range<usize>) -> Span {
        let is_text = |i: &usize| self.tokens[*i].kind != Kind::Link;
        match (range.clone().find(is_text), range.clone().rfind(is_text)) {
            (Some(first), Some(last)) => self.span(&(first..last + 1)),
            _ => self.span(range),
        }
    }

    /// The quantities that some tokens are a part of.
    pub fn quantities_in(&self, range: &Range<usize>) -> impl Iterator<Item = &Quantity> {
        let span = self.span(range);
        self.quantities.iter().filter(move |q| q.span.overlaps(span))
    }

    /// Whether a quantity is partly in the token before place `at` and partly in the one after it.
    pub fn is_inside_quantity(&self, at: usize) -> bool {
        let (Some(before), Some(after)) = (at.checked_sub(1).and_then(|i| self.tokens.get(i)), self.tokens.get(at))
        else {
            return false;
        };
        self.quantities
            .iter()
            .any(|q| q.span.overlaps(before.span) && q.span.overlaps(after.span))
    }

    /// Whether the tokens before and after place `at` are words of one name, written with capitals.
    pub fn is_inside_name(&self, at: usize) -> bool {
        let is_capital = |i: usize| {
            self.tokens
                .get(i)
                .is_some_and(|t| t.kind == Kind::Word && t.span.of(self.passage.text).starts_with(char::is_uppercase))
        };
        let Some(before) = at.checked_sub(1).filter(|&i| is_capital(i) && is_capital(at)) else {
            return false;
        };
        let between = &self.passage.text[self.tokens[before].span.end..self.tokens[at].span.start];
        between.trim().is_empty()
    }
}
