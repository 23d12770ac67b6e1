//! English text as words, figures and signs: the lexemes of the language, with the separators and decimals of figures
//! joined to their digits.

use crate::language::en::lexeme::{Lexeme, LexemeKind, Lexemes};
use crate::text::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// A run of letters, or of Han characters.
    Word,
    /// Digits with thousands separators and decimals.
    Number,
    /// Any other character that is no blank.
    Sign(char),
}

/// A token and its place.
#[derive(Debug, Clone, Copy)]
pub struct Placed {
    pub token: Token,
    pub span: Span,
    /// Nothing is between it and the token before it.
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
        let mut lexemes = Lexemes::new(text);
        let mut last = usize::MAX;
        while let Some(Lexeme { kind, mut span }) = lexemes.next() {
            let token = match kind {
                LexemeKind::Letters | LexemeKind::Han => Token::Word,
                LexemeKind::Digits => {
                    let after_number = list.last().is_some_and(|p| p.token == Token::Number);
                    span.end = span.start + number_len(&text.as_bytes()[span.start..], !after_number);
                    lexemes.skip_to(span.end);
                    Token::Number
                }
                LexemeKind::Numeric(c) | LexemeKind::Sign(c) => Token::Sign(fold(c)),
            };
            let glued = last == span.start;
            list.push(Placed { token, span, glued });
            last = span.end;
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
        // 2,06,737: lakhs and crores
        let mut lakhs = first;
        while bytes.get(lakhs) == Some(&b',') && run(lakhs + 1) == 2 {
            lakhs += 3;
        }
        if lakhs > first && first <= 2 && bytes.get(lakhs) == Some(&b',') && run(lakhs + 1) == 3 {
            len = lakhs + 4;
        }
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
