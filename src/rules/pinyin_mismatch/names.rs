//! Candidates for names: two capitalised words in the English, a surname and the characters after it in the Chinese.

use crate::language::en::token::Token;
use crate::language::lookup::lower;
use crate::language::zh::pinyin::{self, LONGEST_NAME, Surname};
use crate::text::Span;
use crate::text::script::is_han;

/// Words after a surname that are not a given name.
const TITLES: &[&str] = &[
    "先生", "女士", "小姐", "太太", "主席", "总理", "总统", "部长", "主任", "教授", "博士", "院士", "书记", "省长",
    "市长", "局长", "老师", "同志", "司长", "校长", "院长", "所长", "经理", "医生", "某", "家", "氏", "姓",
];

/// Words after a whole name, other than titles.
const AFTER_NAMES: &[&str] = &[
    "外长", "大使", "将军", "副", "说", "表示", "指出", "强调", "认为", "出席", "会见", "访问", "发言", "致辞", "介绍",
    "等",
];

/// Most pairs of capitalised words in a text that are checked, to bound the time for a list of names.
const MAX_NAMES: usize = 100;

/// Two capitalised words side by side.
pub(super) struct Name<'t> {
    pub(super) words: [Span; 2],
    pub(super) folded: [String; 2],
    /// The second word with the third, for given names written apart.
    pub(super) apart: Option<String>,
    pub(super) text: &'t str,
}

/// A surname in the Chinese and the characters after it.
pub(super) struct Candidate<'t> {
    pub(super) surname: &'static Surname,
    pub(super) given: &'t str,
    pub(super) at: Span,
    /// Whether the name certainly ends here.
    pub(super) ends: bool,
}

impl Name<'_> {
    /// Whether it is a correct spelling of the candidate, with the given name at `given`.
    pub(super) fn spells(&self, c: &Candidate<'_>, given: usize) -> bool {
        c.surname.spellings.contains(&self.folded[1 - given]) && {
            let right = pinyin::given_name(c.given);
            right.contains(&self.folded[given])
                || (given == 1 && self.apart.as_ref().is_some_and(|a| right.contains(a)))
        }
    }
}

/// Whether [`names`] may find something. A cheap test: most texts have no two adjacent capitalised words that could be a
/// name.
pub(super) fn may_hold_name(text: &str, tokens: &[Token]) -> bool {
    let joint = ['-', '\'', '’'];
    tokens.windows(2).any(|two| {
        let [a, b] = [two[0].span, two[1].span];
        if !two[1].capital || b.start != a.end + 1 || text.as_bytes()[a.end] != b' ' {
            return false;
        }
        // The parts of hyphenated words are not checked here.
        if text[..a.start].ends_with(joint) {
            return true;
        }
        two[0].capital && (text[b.end..].starts_with(joint) || may_be_name(a.of(text), b.of(text)))
    })
}

/// Whether one of two neighbouring words may be a surname, or the second a given name.
fn may_be_name(first: &str, second: &str) -> bool {
    if [first, second]
        .iter()
        .any(|word| !word.bytes().all(|b| b.is_ascii_alphabetic()))
    {
        return true;
    }
    let mut buffers = [[0; LONGEST_NAME]; 2];
    let [one, two] = &mut buffers;
    let (Some(first), Some(second)) = (lower(first.as_bytes(), one), lower(second.as_bytes(), two)) else {
        return false;
    };
    pinyin::is_surname(first) || pinyin::is_surname(second) || pinyin::is_two_syllables(second)
}

/// Neighbouring capitalised words of which one may be a surname or nearly one: pinyin words are short and have no other letters.
pub(super) fn names<'t>(text: &'t str, words: &[Span]) -> Vec<Name<'t>> {
    let adjoin = |a: Span, b: Span| &text[a.end..b.start] == " ";
    let mut out = Vec::new();
    for (i, pair) in words.windows(2).enumerate() {
        let (a, b) = (pair[0], pair[1]);
        if !adjoin(a, b) || a.len() > LONGEST_NAME || b.len() > LONGEST_NAME {
            continue;
        }
        let folded = [pinyin::fold(a.of(text)), pinyin::fold(b.of(text))];
        if !folded.iter().any(|f| pinyin::is_surname(f.as_bytes())) && !pinyin::is_two_syllables(folded[1].as_bytes()) {
            continue;
        }
        let apart = words
            .get(i + 2)
            .filter(|c| adjoin(b, **c))
            .map(|c| format!("{}{}", folded[1], pinyin::fold(c.of(text))));
        if out.len() == MAX_NAMES {
            break;
        }
        out.push(Name {
            words: [a, b],
            folded,
            apart,
            text,
        });
    }
    out
}

/// The places in `zh` with a surname spelled `folded` before one or two more characters.
pub(super) fn candidates<'t>(zh: &'t str, folded: &str) -> Vec<Candidate<'t>> {
    let mut out = Vec::new();
    for surname in pinyin::surnames_spelt(folded) {
        for (at, _) in zh.match_indices(surname.han) {
            out.extend(given_names(zh, surname, at));
        }
    }
    out
}

/// The one or two characters after the surname at byte `at`, the longer first.
pub(super) fn given_names<'t>(
    zh: &'t str,
    surname: &'static Surname,
    at: usize,
) -> impl Iterator<Item = Candidate<'t>> {
    let from = at + surname.han.len();
    let rest = &zh[from..];
    let titled = TITLES.iter().any(|t| rest.starts_with(t));
    [2, 1].into_iter().filter_map(move |n| {
        let len: usize = rest.chars().take(n).map(char::len_utf8).sum();
        let given = &rest[..len];
        let whole = !titled && given.chars().count() == n && given.chars().all(is_han);
        whole.then(|| Candidate {
            surname,
            given,
            at: Span::new(at, from + len),
            ends: is_end_of_name(&rest[len..]),
        })
    })
}

/// Whether a name before `rest` is complete: punctuation, a title or a verb follows.
fn is_end_of_name(rest: &str) -> bool {
    !rest.starts_with(is_han) || TITLES.iter().chain(AFTER_NAMES).any(|t| rest.starts_with(t))
}
