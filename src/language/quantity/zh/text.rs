//! The Chinese text as characters with their byte offsets, and looking around in it.

use crate::text::Span;

/// What units with the prefix 兆 (mega) go on with.
const UNITS_WITH_PREFIX: &str = "瓦赫帕字比焦卡伏电欧位吨克";

/// Characters of a text, full-width digits and signs folded to ASCII; indices count characters.
pub struct Text<'a> {
    text: &'a str,
    chars: Vec<(usize, char)>,
}

impl<'a> Text<'a> {
    pub fn new(text: &'a str) -> Self {
        // Counting first spares growing, and asking for room at every character.
        let count = text.chars().count();
        let mut chars = text.char_indices();
        let folded = (0..count).map(|_| chars.next().map_or((0, '\0'), |(at, c)| (at, fold(c))));
        let chars = folded.collect();
        Self { text, chars }
    }

    /// Text that was in traditional characters, in which 兆 is 10¹²: as 万亿, unless it is the prefix of a unit (兆瓦).
    pub fn of_traditional(text: &'a str) -> Self {
        let mut t = Self::new(text);
        let mut chars = Vec::with_capacity(t.chars.len());
        for (i, &(offset, c)) in t.chars.iter().enumerate() {
            if c == '兆' && !UNITS_WITH_PREFIX.contains(t.at(i + 1)) {
                chars.extend([(offset, '万'), (offset, '亿')]);
            } else {
                chars.push((offset, c));
            }
        }
        t.chars = chars;
        t
    }

    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// The index of the first character at or after `i` that `is` holds for, the text's end if there is none.
    pub fn find(&self, i: usize, is: impl Fn(char) -> bool) -> usize {
        let rest = self.chars.get(i..).unwrap_or_default();
        i + rest.iter().position(|&(_, c)| is(c)).unwrap_or(rest.len())
    }

    /// The character at `i`, `'\0'` outside the text.
    pub fn at(&self, i: usize) -> char {
        self.chars.get(i).map_or('\0', |c| c.1)
    }

    /// The character `back` places before `i`, `'\0'` outside the text.
    pub fn before(&self, i: usize, back: usize) -> char {
        i.checked_sub(back).map_or('\0', |k| self.at(k))
    }

    /// The characters `from..to` with their byte offsets, as far as the text goes.
    pub fn chars(&self, from: usize, to: usize) -> &[(usize, char)] {
        let to = to.min(self.chars.len());
        &self.chars[from.min(to)..to]
    }

    /// Byte offset of character `i`.
    pub fn offset(&self, i: usize) -> usize {
        self.chars.get(i).map_or(self.text.len(), |c| c.0)
    }

    /// Bytes of the characters `from..to`.
    pub fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.offset(from), self.offset(to))
    }

    /// The text from character `i` on.
    pub fn rest(&self, i: usize) -> &'a str {
        &self.text[self.offset(i)..]
    }

    /// Whether the text goes on with `prefix` at `i`.
    pub fn starts(&self, i: usize, prefix: &str) -> bool {
        self.rest(i).starts_with(prefix)
    }

    /// Whether the text before `i` ends with `suffix`.
    pub fn ends(&self, i: usize, suffix: &str) -> bool {
        self.text[..self.offset(i)].ends_with(suffix)
    }

    /// The first of `prefixes` that the text goes on with at `i`, and the index after it.
    pub fn starts_any(&self, i: usize, prefixes: &[&'static str]) -> Option<(&'static str, usize)> {
        let rest = self.rest(i);
        prefixes
            .iter()
            .find(|p| rest.starts_with(**p))
            .map(|p| (*p, i + p.chars().count()))
    }

    /// The index of the next character at or after `i` that is no blank, at most two blanks further.
    pub fn skip_blank(&self, i: usize) -> usize {
        (i..i + 2).find(|&k| !is_blank(self.at(k))).unwrap_or(i + 2)
    }

    /// The index after the last character before `i` that is no blank, at most two blanks back.
    pub fn skip_blank_back(&self, i: usize) -> usize {
        let mut k = i;
        while k > 0 && i - k < 2 && is_blank(self.at(k - 1)) {
            k -= 1;
        }
        k
    }
}

const fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// The form of `c` in a [`Text`].
pub fn fold(c: char) -> char {
    // Nearly all characters are of these two ranges, and none of them is folded.
    if matches!(c, ..'\u{2010}' | '\u{4e00}'..='\u{9fff}') {
        return c;
    }
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '．' | '：' | '－' | '／' | '＄' | '＋' => {
            char::from_u32(c as u32 - 0xfee0).unwrap_or(c)
        }
        '−' | '‐' | '‑' => '-',
        // The sign of ratios, which standards prescribe: 1∶50.
        '∶' => ':',
        '～' | '〜' | '∼' => '~',
        '〇' | '○' => '〇',
        _ => c,
    }
}
