//! `pronoun-mismatch`.

use super::wording::is_part_of;
use super::{PairContext, Report, Rule};
use crate::declare_rule;
use crate::text::Span;

declare_rule! {
    /// A woman becomes a man, or the reverse.
    ///
    /// ## What it does
    /// Reports “he”, “him”, “his” or “himself” where the Chinese has 她 and no 他, and “she”, “her”, “hers” or “herself” where it
    /// has 他 and no 她. Texts with 他们 or 她们 are left alone, and so are those whose English has pronouns of both kinds.
    ///
    /// ## Why it matters
    /// The person whom the text is about reads it.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 王教授说，她的团队用了三年时间。
    /// en: Professor Wang said that it took his team three years.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 王教授说，她的团队用了三年时间。
    /// en: Professor Wang said that it took her team three years.
    /// ```
    pub PronounMismatch {
        id: "pronoun-mismatch",
        group: Terms,
        severity: Note,
        since: "0.1.0",
        consequence_of: "sentence-omitted",
        class: One,
    }
}

const MALE: &[&str] = &["he", "him", "his", "himself"];
const FEMALE: &[&str] = &["she", "her", "hers", "herself"];

/// Words with 他 that are no man.
const OTHERS: [&str; 7] = ["其他", "他们", "吉他", "他人", "他国", "利他", "他乡"];

impl Rule for PronounMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        if !ctx.is_paired() {
            return;
        }
        let zh = ctx.zh();
        let (word, wrong, right) = match (zh.find('她'), find_him(zh)) {
            (Some(at), None) if !zh.contains('他') => (Span::new(at, at + '她'.len_utf8()), MALE, FEMALE),
            (None, Some(at)) => (Span::new(at, at + '他'.len_utf8()), FEMALE, MALE),
            _ => return,
        };
        let wording = ctx.wording();
        if zh.contains("们") || wording.has(right) {
            return;
        }
        let Some(span) = wording.find(wrong) else { return };
        report
            .translated_as(&Self::META, ctx, word, span, "")
            .help("check who is meant")
            .emit();
    }
}

/// The first 他 that is a pronoun.
fn find_him(zh: &str) -> Option<usize> {
    let mut places = zh.match_indices('他').map(|(at, _)| at);
    places.find(|&at| !is_part_of(zh, at, &OTHERS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn finds_the_other_pronoun() {
        for (zh, en) in [
            ("她获得了奖项。", "He won the prize."),
            ("他说，自己的团队很年轻。", "She said that her team was young."),
        ] {
            assert_eq!(check(&PronounMismatch, &[zh], &[en]).len(), 1, "{zh} {en}");
        }
    }

    #[test]
    fn allows_both_and_words_with_the_character() {
        for (zh, en) in [
            ("她介绍了其他成员。", "She presented the other members."),
            ("她和他的团队", "her team and his"),
            ("其他成员也支持。", "Her other colleagues agreed."),
            ("她们很年轻。", "He is young, and so are they."),
        ] {
            assert!(check(&PronounMismatch, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
