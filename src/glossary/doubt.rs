//! Reasons to doubt that a glossary name found in the Chinese must be translated.
//!
//! jieba segments the text only for a concept that seems to have no translation: segmentation is evidence, never a gate.

use crate::language::zh::segment::{self, Fit};
use crate::text::Span;

use super::Kind;
use super::scan::Hit;

/// A reason to doubt a Chinese hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The longer word, or the next word, that raises it.
    pub word: String,
    /// Whether the hit is not the concept at all (中国 in 发展中国家), rather than a name that translators may leave out
    /// (中国 in 中国香港, 美国 in 美国政府).
    pub strong: bool,
}

impl Doubt {
    fn strong(word: &str) -> Self {
        Self {
            word: word.to_owned(),
            strong: true,
        }
    }
}

/// Words that make another place of the place before them: 朝鲜半岛 is not 朝鲜.
const PLACES: &[&str] = &[
    "半岛", "海峡", "海", "湾", "洋", "河", "江", "山", "山脉", "高原", "群岛", "特区", "运河", "平原", "盆地", "沙漠",
    "大道", "街", "路",
];

/// Words after which the country before them is often left out, and the English that would translate them literally: “the
/// administration” can render 美国政府, but “the government” must say whose. Empty where no literal translation is expected.
const BODIES: &[(&str, &str)] = &[
    ("政府", "government"),
    ("当局", "authorit"),
    ("官方", "official"),
    ("军方", "military"),
    ("方面", ""),
    ("联邦", ""),
    ("境内", ""),
    ("国内", ""),
    ("本土", ""),
    ("香港", ""),
    ("澳门", ""),
    ("台湾", ""),
];

/// Endings of longer words that still name the country: 美国司法部, 奥地利帝国.
const STATE_ENDINGS: &[&str] = &["部", "帝国", "王国", "共和国"];

/// Endings of places: in 美国|纽约州 the word before a place is a place of its own.
const REGION_ENDINGS: [char; 6] = ['国', '省', '市', '州', '县', '区'];

/// Characters that make another word of the ordinary term before them: 感染 in 感染者.
const TERM_SUFFIXES: &str = "者性化率型期力物体学家";
/// Characters that make another word of the ordinary term after them.
const TERM_PREFIXES: &str = "抗非无反防未不";

/// A reason to doubt that the English must translate a Chinese hit, if there is one. Asks jieba.
pub fn find_doubt(zh: &str, hit: &Hit, kind: Kind, en: &str) -> Option<Doubt> {
    match segment::fit(zh, hit.span) {
        Fit::Cuts(word) => Some(Doubt::strong(&word)),
        fit if !kind.is_name() => doubt_term(zh, hit.span, &fit),
        fit if kind == Kind::Place => doubt_place(zh, hit.span, &fit, en),
        _ => None,
    }
}

/// An ordinary term inside a longer word is not that term: 传播 in 大众传播, 感染 in 感染者.
fn doubt_term(zh: &str, span: Span, fit: &Fit) -> Option<Doubt> {
    if let Fit::PartOf(word) = fit {
        return Some(Doubt::strong(word));
    }
    let before = zh[..span.start].chars().next_back();
    let after = zh[span.end..].chars().next();
    let affix = before
        .filter(|&c| TERM_PREFIXES.contains(c))
        .or(after.filter(|&c| TERM_SUFFIXES.contains(c)))?;
    Some(Doubt::strong(affix.encode_utf8(&mut [0; 4])))
}

/// A place may be part of the name of another place, or may be left out before a body of the state.
fn doubt_place(zh: &str, span: Span, fit: &Fit, en: &str) -> Option<Doubt> {
    let name = span.of(zh);
    let next = match fit {
        Fit::PartOf(word) => word.rsplit(name).next().unwrap_or_default(),
        _ => segment::next_word(zh, span.end).unwrap_or_default(),
    };
    if PLACES.contains(&next) {
        return Some(Doubt::strong(next));
    }
    // 不列颠|哥伦比亚 is neither of the two places; 美国|纽约 is both.
    if let Some(before) = segment::place_before(zh, span.start).filter(|word| !word.ends_with(REGION_ENDINGS)) {
        return Some(Doubt::strong(before));
    }
    if let Some((body, literal)) = BODIES.iter().find(|(body, _)| *body == next) {
        let is_translated = !literal.is_empty() && en.contains(literal);
        return (!is_translated).then(|| Doubt {
            word: (*body).to_owned(),
            strong: false,
        });
    }
    let names_state = |word: &&str| STATE_ENDINGS.iter().any(|ending| word.ends_with(ending));
    let longer = segment::longer_word(zh, span).filter(|word| !names_state(word))?;
    Some(Doubt {
        // A longer word that begins before the name is another name: 不列颠哥伦比亚, 捷克斯洛伐克.
        strong: longer != next && !longer.starts_with(name),
        word: longer.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubt(zh: &str, name: &str, kind: Kind, en: &str) -> Option<(String, bool)> {
        let start = zh.find(name).expect("the name");
        let hit = Hit {
            span: Span::new(start, start + name.len()),
            concept: 0,
            name: 0,
        };
        find_doubt(zh, &hit, kind, en).map(|d| (d.word, d.strong))
    }

    #[test]
    fn a_name_cut_out_of_a_word_is_not_that_name() {
        let found = doubt("支持发展中国家", "中国", Kind::Place, "");
        assert_eq!(found, Some(("发展中国家".to_owned(), true)));
        assert_eq!(doubt("支持中国发展", "中国", Kind::Place, ""), None);
    }

    #[test]
    fn a_place_before_a_geographic_word_is_another_place() {
        assert_eq!(
            doubt("朝鲜半岛局势", "朝鲜", Kind::Place, ""),
            Some(("半岛".to_owned(), true))
        );
    }

    #[test]
    fn a_country_may_be_left_out_before_its_government() {
        let zh = "美国政府表示反对";
        let weak = Some(("政府".to_owned(), false));
        assert_eq!(doubt(zh, "美国", Kind::Place, "The administration objected."), weak);
        assert_eq!(doubt(zh, "美国", Kind::Place, "The government objected."), None);
    }

    #[test]
    fn a_term_with_an_affix_is_another_word() {
        let found = doubt("发现了新的感染者", "感染", Kind::Term, "");
        assert!(found.is_some_and(|(_, strong)| strong));
        assert_eq!(doubt("疫情正在传播。", "传播", Kind::Term, ""), None);
    }

    #[test]
    fn an_institution_is_not_doubted_for_the_words_after_it() {
        assert_eq!(
            doubt("世界卫生组织政府代表", "世界卫生组织", Kind::Institution, ""),
            None
        );
    }
}
