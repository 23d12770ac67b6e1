//! English text as words, figures and signs, with byte offsets.

use crate::text::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// A run of letters.
    Word,
    /// Digits with thousands separators and decimals.
    Number,
    /// Any other character that is no blank.
    Sign(char),
}

/// A token and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Placed {
    pub token: Token,
    pub span: Span,
    /// Nothing stands between it and the token before it.
    pub glued: bool,
}

/// A text with its tokens.
pub struct Tokens<'a> {
    pub text: &'a str,
    pub list: Vec<Placed>,
}

impl<'a> Tokens<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut list: Vec<Placed> = Vec::with_capacity(text.len() / 5 + 4);
        let mut at = 0;
        let mut last = usize::MAX;
        while let Some(&b) = text.as_bytes().get(at) {
            let (token, len) = match b {
                b' ' | b'\t'..=b'\r' => (None, 1),
                b'0'..=b'9' => {
                    let after_number = list.last().is_some_and(|p| p.token == Token::Number);
                    let len = number_len(&text.as_bytes()[at..], !after_number);
                    (Some(Token::Number), len)
                }
                b'a'..=b'z' | b'A'..=b'Z' => (Some(Token::Word), word_len(&text[at..])),
                ..=0x7f => (Some(Token::Sign(fold(char::from(b)))), 1),
                _ => beyond_ascii(&text[at..]),
            };
            let Some(token) = token else {
                at += len;
                continue;
            };
            let span = Span::new(at, at + len);
            let glued = last == at;
            list.push(Placed { token, span, glued });
            at += len;
            last = at;
        }
        Self { text, list }
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Token `i`, none outside the text.
    pub fn token(&self, i: usize) -> Option<Token> {
        self.list.get(i).map(|p| p.token)
    }

    /// The text of token `i`, empty outside the text.
    pub fn word(&self, i: usize) -> &'a str {
        self.list.get(i).map_or("", |p| p.span.of(self.text))
    }

    /// The text of token `i` if it is a word, empty otherwise.
    pub fn letters(&self, i: usize) -> &'a str {
        if self.is(i, Token::Word) { self.word(i) } else { "" }
    }

    /// Whether token `i` is the word `lower` in any case.
    pub fn is_word(&self, i: usize, lower: &str) -> bool {
        self.word(i).eq_ignore_ascii_case(lower)
    }

    pub fn is(&self, i: usize, token: Token) -> bool {
        self.list.get(i).is_some_and(|p| p.token == token)
    }

    pub fn sign(&self, i: usize) -> char {
        match self.list.get(i).map(|p| p.token) {
            Some(Token::Sign(c)) => c,
            _ => '\0',
        }
    }

    /// Whether token `i` follows the one before it without a blank.
    pub fn glued(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|p| p.glued)
    }

    /// Bytes of the tokens `from..to`.
    pub fn span(&self, from: usize, to: usize) -> Span {
        let last = to.max(from + 1) - 1;
        match (self.list.get(from), self.list.get(last)) {
            (Some(a), Some(b)) => a.span.cover(b.span),
            _ => Span::new(self.text.len(), self.text.len()),
        }
    }

    /// Whether token `i` is the first of its line.
    pub fn begins_line(&self, i: usize) -> bool {
        let Some(here) = self.list.get(i) else { return false };
        let from = i
            .checked_sub(1)
            .and_then(|k| self.list.get(k))
            .map_or(0, |p| p.span.end);
        i == 0 || self.text[from..here.span.start].contains('\n')
    }
}

/// Bytes of the run of letters that `text` begins with.
#[inline]
fn word_len(text: &str) -> usize {
    let other = text.bytes().position(|b| !b.is_ascii_alphabetic());
    let ascii = other.unwrap_or(text.len());
    match text.as_bytes().get(ascii) {
        Some(b) if !b.is_ascii() => text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()),
        _ => ascii,
    }
}

/// The token (none for a blank) that `text` begins with, whose first character is beyond ASCII, and its length in bytes.
fn beyond_ascii(text: &str) -> (Option<Token>, usize) {
    match text.chars().next() {
        Some(c) if c.is_alphabetic() => (Some(Token::Word), word_len(text)),
        Some(c) if c.is_whitespace() => (None, c.len_utf8()),
        Some(c) => (Some(Token::Sign(fold(c))), c.len_utf8()),
        None => (None, 1),
    }
}

const fn fold(c: char) -> char {
    match c {
        '–' | '—' | '−' | '‐' | '‑' | '－' => '-',
        '～' | '〜' => '~',
        '’' | '‘' => '\'',
        '％' => '%',
        _ => c,
    }
}

/// Bytes of the figure that `bytes` begins with: 1,400,000 or 3.5 or 12. `spaced` lets 162 584 mln be one (not the groups
/// of a telephone number, not two numbers side by side: one blank counts only before a scale).
fn number_len(bytes: &[u8], spaced: bool) -> usize {
    let run = |from: usize| {
        bytes[from.min(bytes.len())..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let groups = |separator: u8, first: usize| {
        let mut len = first;
        while bytes.get(len) == Some(&separator) && run(len + 1) == 3 {
            len += 4;
        }
        len
    };
    let first = run(0);
    let mut len = first;
    if first <= 3 && bytes[0] != b'0' {
        len = groups(b',', first);
        if len == first && spaced {
            let far = groups(b' ', first);
            let scale = [" mln", " million", " bn", " billion", " thousand"];
            let scaled = scale.iter().any(|s| bytes[far..].starts_with(s.as_bytes()));
            if far > first + 4 || (far > first && scaled) {
                len = far;
            }
        }
    }
    if bytes.get(len) == Some(&b'.') {
        let places = run(len + 1);
        if places > 0 {
            len += 1 + places;
        }
    }
    len
}
