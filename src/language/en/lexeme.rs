//! The tokenizer of English: runs of letters, runs of digits, and signs. The words of [`super::token`], the figures of
//! [`crate::language::quantity`] and the stems of the aligner are joined from its lexemes.

use unicode_normalization::char::is_combining_mark;

use crate::text::Span;
use crate::text::script::is_han;

/// What a lexeme is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LexemeKind {
    /// A run of letters of any script but Han, with combining marks.
    Letters,
    /// A run of ASCII digits.
    Digits,
    /// A run of Han characters.
    Han,
    /// One other character that counts: ², ½, ３.
    Numeric(char),
    /// One character of any other kind that is not white space.
    Sign(char),
}

impl LexemeKind {
    /// Whether words consist of such lexemes.
    #[inline]
    pub const fn is_word(self) -> bool {
        matches!(self, Self::Letters | Self::Digits | Self::Numeric(_))
    }
}

/// A lexeme and its place. Two lexemes touch where one ends at the byte at which the next begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lexeme {
    /// What it is.
    pub kind: LexemeKind,
    /// Bytes in the text.
    pub span: Span,
}

/// The lexemes of a text, in order. White space is in none of them.
#[derive(Debug, Clone)]
pub struct Lexemes<'a> {
    text: &'a str,
    at: usize,
}

/// What an ASCII byte begins; other bytes begin a character that must be decoded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Blank,
    Sign,
    Beyond,
}

static CLASSES: [Class; 256] = {
    let mut table = [Class::Beyond; 256];
    let mut b = 0;
    while b < 128 {
        table[b] = match b as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b' ' | b'\t'..=b'\r' => Class::Blank,
            _ => Class::Sign,
        };
        b += 1;
    }
    table
};

impl<'a> Lexemes<'a> {
    /// The lexemes of `text`.
    pub const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The byte at which the last lexeme ended.
    #[inline]
    pub const fn position(&self) -> usize {
        self.at
    }

    /// Goes on at byte `at` of the text, a character boundary: what is before it was read as a part of the last lexeme.
    #[inline]
    pub const fn skip_to(&mut self, at: usize) {
        self.at = at;
    }

    /// The next lexeme, if it touches the last one and `accept` holds for it.
    #[inline]
    pub fn next_touching(&mut self, accept: impl Fn(LexemeKind) -> bool) -> Option<Lexeme> {
        let class = self.class_at(self.at)?;
        if class == Class::Blank {
            return None;
        }
        let lexeme = self.read(class)?;
        if !accept(lexeme.kind) {
            return None;
        }
        self.at = lexeme.span.end;
        Some(lexeme)
    }

    #[inline]
    fn class_at(&self, at: usize) -> Option<Class> {
        self.text.as_bytes().get(at).map(|&b| CLASSES[usize::from(b)])
    }

    /// The lexeme that begins here, with a character of this class; `None` for white space.
    #[inline]
    fn read(&self, class: Class) -> Option<Lexeme> {
        let (kind, end) = match class {
            Class::Letter => (LexemeKind::Letters, self.letters_end(self.at + 1)),
            Class::Digit => (LexemeKind::Digits, self.run_end(self.at + 1, Class::Digit)),
            Class::Sign => {
                let sign = char::from(self.text.as_bytes()[self.at]);
                (LexemeKind::Sign(sign), self.at + 1)
            }
            Class::Blank => return None,
            Class::Beyond => self.read_beyond_ascii()?,
        };
        Some(Lexeme {
            kind,
            span: Span::new(self.at, end),
        })
    }

    #[inline]
    fn run_end(&self, from: usize, class: Class) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = from;
        while bytes.get(end).is_some_and(|&b| CLASSES[usize::from(b)] == class) {
            end += 1;
        }
        end
    }

    #[inline]
    fn letters_end(&self, from: usize) -> usize {
        let end = self.run_end(from, Class::Letter);
        if self.class_at(end) == Some(Class::Beyond) {
            self.end_of(end, is_letter)
        } else {
            end
        }
    }

    /// The end of the run of characters that begins at byte `from` and of which `belongs` holds.
    fn end_of(&self, from: usize, belongs: impl Fn(char) -> bool) -> usize {
        let rest = &self.text[from..];
        from + rest.find(|c| !belongs(c)).unwrap_or(rest.len())
    }

    /// The kind and the end of a lexeme that begins beyond ASCII; `None` for white space.
    fn read_beyond_ascii(&self) -> Option<(LexemeKind, usize)> {
        let c = self.text[self.at..].chars().next()?;
        let end = self.at + c.len_utf8();
        match c {
            c if is_han(c) => Some((LexemeKind::Han, self.end_of(end, is_han))),
            c if is_letter(c) => Some((LexemeKind::Letters, self.end_of(end, is_letter))),
            c if c.is_whitespace() => None,
            c if c.is_numeric() => Some((LexemeKind::Numeric(c), end)),
            c => Some((LexemeKind::Sign(c), end)),
        }
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !is_han(c) || is_combining_mark(c)
}

impl Iterator for Lexemes<'_> {
    type Item = Lexeme;

    #[inline]
    fn next(&mut self) -> Option<Lexeme> {
        loop {
            let class = self.class_at(self.at)?;
            if class == Class::Blank {
                self.at += 1;
            } else if let Some(lexeme) = self.read(class) {
                self.at = lexeme.span.end;
                return Some(lexeme);
            } else {
                self.at += self.text[self.at..].chars().next().map_or(1, char::len_utf8);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn letters_digits_han_and_signs_are_lexemes() {
        let text = "China’s COVID-19,\u{a0}naïve e\u{301}lan 2024年 5km²";
        let read: Vec<&str> = Lexemes::new(text).map(|l| l.span.of(text)).collect();
        assert_eq!(
            read,
            [
                "China",
                "’",
                "s",
                "COVID",
                "-",
                "19",
                ",",
                "naïve",
                "e\u{301}lan",
                "2024",
                "年",
                "5",
                "km",
                "²"
            ]
        );
    }

    proptest! {
        #[test]
        fn lexemes_and_white_space_make_up_the_text(text in any::<String>()) {
            let mut end = 0;
            for lexeme in Lexemes::new(&text) {
                prop_assert!(text[end..lexeme.span.start].chars().all(char::is_whitespace));
                prop_assert!(!lexeme.span.of(&text).contains(char::is_whitespace));
                end = lexeme.span.end;
            }
            prop_assert!(text[end..].chars().all(char::is_whitespace));
        }
    }
}
