//! A part of a part, numbered with a point in English: 第二季第10集, “2.10”; 第三章第二节, “Section 3.2”.

use super::{Kind, Quantity};

/// The most bytes between two ordinals of which the second counts parts of the first: 章, a blank.
const MOST_BETWEEN: usize = 6;

/// The first of two Chinese ordinals that follow each other, which an English figure has with a point between them.
pub(super) fn find_two_ordinals(zh_text: &str, zh: &[Quantity], en_text: &str, en: &Quantity) -> Option<usize> {
    let (first, second) = en.figure.of(en_text).split_once('.')?;
    let is = |q: &Quantity, part: &str| q.kind == Kind::Ordinal && q.as_number().is_some_and(|n| n.to_string() == part);
    zh.windows(2).position(|two| {
        let between = zh_text.get(two[0].span.end..two[1].span.start);
        between.is_some_and(|between| between.len() <= MOST_BETWEEN) && is(&two[0], first) && is(&two[1], second)
    })
}
