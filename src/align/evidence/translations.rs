//! Looks a Chinese text up in the lexicon, once from left to right: its words, and which English words may translate each
//! of them, or the text as a whole.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::align::lexicon::Lexicon;
use crate::align::tokens::Token;

/// Weight of a single character of a text, relative to a longer word.
const SINGLE: f32 = 0.6;
/// Weight of a word of one character, and of the parts of a longer word, relative to the whole word.
const SHORT: f32 = 0.8;
const PART: f32 = 0.675;

/// A word of the lexicon in a run of Han characters.
#[derive(Debug, Clone, Copy)]
struct Hit {
    /// Bytes of the run.
    start: usize,
    end: usize,
    /// Its length in characters.
    chars: usize,
    /// Its number in the lexicon.
    word: u32,
}

/// Looks up the words of a Chinese text, unit by unit, among the stems of the English text.
pub(in crate::align) struct Translations<'l> {
    lexicon: Option<&'l Lexicon>,
    stems: TypeOfStem,
    strongest: Strongest,
    /// The words found in the unit; they may overlap.
    hits: Vec<Hit>,
    run: String,
}

impl<'l> Translations<'l> {
    /// `en_types`: the numbers of the types of the English text.
    pub fn new(en_types: &FxHashMap<Token, u32>, lexicon: Option<&'l Lexicon>) -> Self {
        Self {
            lexicon,
            stems: lexicon.map_or_else(TypeOfStem::default, |lexicon| TypeOfStem::new(en_types, lexicon)),
            strongest: Strongest::new(en_types.len()),
            hits: Vec::new(),
            run: String::new(),
        }
    }

    /// The stems of the lexicon that the English text has, each with its type.
    pub fn known_stems(&self) -> impl Iterator<Item = (u32, u32)> {
        self.stems.types.iter().map(|(&stem, &t)| (stem, t))
    }

    /// Segments a run of Han characters into the longest words of the lexicon, from left to right. Calls `word` with the
    /// offset of each word in bytes, the word, and the hits in it, for [`Self::links_of_word`].
    pub fn segment(&mut self, run: &str, mut word: impl FnMut(usize, Token, Range<usize>)) {
        self.run.clear();
        match self.lexicon {
            Some(lexicon) => self.run.extend(run.chars().map(|c| lexicon.fold(c))),
            None => self.run.push_str(run),
        }
        // The current word: its end, and the arguments for `word` when the end is reached.
        let mut end = 0;
        let mut current: Option<(usize, Token, usize)> = None;
        for (at, c) in self.run.char_indices() {
            let first = self.hits.len();
            if let Some(lexicon) = self.lexicon {
                let mut chars = 0;
                lexicon.prefixes(&self.run[at..], |len, number| {
                    chars = self.run[at..at + len].chars().count();
                    self.hits.push(Hit {
                        start: at,
                        end: at + len,
                        chars,
                        word: number,
                    });
                });
            }
            if at == end {
                if let Some((at, token, from)) = current.take() {
                    word(at, token, from..first);
                }
                let longest = self.hits[first..].last();
                end = longest.map_or(at + c.len_utf8(), |hit| hit.end);
                let token = longest.map_or(Token::Character(c), |hit| Token::Word(hit.word));
                current = Some((at, token, first));
            }
        }
        if let Some((at, token, from)) = current {
            word(at, token, from..self.hits.len());
        }
    }

    /// The English types that may translate the word with these hits, or its parts, in order.
    pub fn links_of_word(&mut self, hits: Range<usize>) -> Vec<(u32, u8)> {
        let hits = &self.hits[hits];
        let (Some(lexicon), Some(first)) = (self.lexicon, hits.first()) else {
            return Vec::new();
        };
        let whole = hits.iter().take_while(|hit| hit.start == first.start).last();
        let whole = whole.unwrap_or(first);
        for hit in hits.iter().filter(|hit| hit.end <= whole.end) {
            let factor = match (hit.chars == whole.chars, whole.chars) {
                (true, 1) => SHORT,
                (true, _) => 1.0,
                _ => PART * hit.chars as f32 / whole.chars as f32,
            };
            self.strongest.raise_links(hit.word, factor, lexicon, &self.stems);
        }
        self.strongest.drain_sorted()
    }

    /// The English types that the unit supports, in order. Starts the next unit.
    pub fn supports_of_unit(&mut self) -> Vec<(u32, u8)> {
        if let Some(lexicon) = self.lexicon {
            for hit in &self.hits {
                let factor = if hit.chars == 1 { SINGLE } else { 1.0 };
                self.strongest.raise_links(hit.word, factor, lexicon, &self.stems);
            }
        }
        self.hits.clear();
        self.strongest.drain_sorted()
    }
}

/// The types of the English stems of a text, by the number of the stem in the lexicon.
#[derive(Default)]
struct TypeOfStem {
    types: FxHashMap<u32, u32>,
    /// One bit for all stems with the same number modulo 1024. Most look-ups end here, because most translations of a word
    /// are not in the text.
    some: [u64; 16],
}

impl TypeOfStem {
    fn new(types: &FxHashMap<Token, u32>, lexicon: &Lexicon) -> Self {
        let mut this = Self::default();
        this.types.reserve(types.len());
        for (token, &t) in types {
            if let Token::Stem(word) = token
                && let Some(stem) = lexicon.stem(word)
            {
                this.types.insert(stem, t);
                this.some[(stem >> 6 & 15) as usize] |= 1 << (stem & 63);
            }
        }
        this
    }

    fn get(&self, stem: u32) -> Option<u32> {
        let may = self.some[(stem >> 6 & 15) as usize] >> (stem & 63) & 1 == 1;
        if may { self.types.get(&stem).copied() } else { None }
    }
}

/// Collects the highest level of each type as a sorted list.
pub(in crate::align) struct Strongest {
    level: Vec<u8>,
    touched: Vec<u32>,
}

impl Strongest {
    pub fn new(types: usize) -> Self {
        Self {
            level: vec![0; types],
            touched: Vec::new(),
        }
    }

    /// Raises the level of a type to at least `level`.
    pub fn raise(&mut self, t: u32, level: u8) {
        let known = &mut self.level[t as usize];
        if level > *known {
            if *known == 0 {
                self.touched.push(t);
            }
            *known = level;
        }
    }

    /// Raises the translations of a word of the lexicon that are in the text, their weights multiplied by `factor`.
    fn raise_links(&mut self, word: u32, factor: f32, lexicon: &Lexicon, stems: &TypeOfStem) {
        for link in lexicon.links(word) {
            if let Some(t) = stems.get(link.stem) {
                self.raise(t, level(link.weight * factor));
            }
        }
    }

    /// Empties the collection into a list in order of type.
    pub fn drain_sorted(&mut self) -> Vec<(u32, u8)> {
        self.touched.sort_unstable();
        let list = self
            .touched
            .iter()
            .map(|&t| (t, std::mem::take(&mut self.level[t as usize])))
            .collect();
        self.touched.clear();
        list
    }
}

/// The level of a translation with this weight.
fn level(weight: f32) -> u8 {
    match weight {
        w if w >= 0.75 => 3,
        w if w >= 0.4 => 2,
        w if w > 0.05 => 1,
        _ => 0,
    }
}
