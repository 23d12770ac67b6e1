//! `pin-mismatch`.

use super::{DocumentContext, PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::document::Pin;
use crate::text::{Side, Span};

declare_rule! {
    /// A pinned pair no longer fits the text.
    ///
    /// ## What it does
    /// Comments with the same name in both languages, `<!-- bilint: pair 12 -->`, pin the two paragraphs below them as a
    /// pair, whatever the alignment would find. This rule reports a pin that is on one side only or twice on a side, pins
    /// in another order than on the other side, and pinned paragraphs that have hardly a word in common.
    ///
    /// ## Why it matters
    /// A pin outlives the text that it was made for. What is pinned wrongly is compared wrongly, and so is what is around
    /// it.
    ///
    /// ## Example
    ///
    /// `#12` means the comment above the paragraph.
    ///
    /// ```bilint-wrong
    /// zh: #12 众擎易举，独力难成。
    /// en: Many hands make light work.
    /// zh: 我们在这里，欢迎您！
    /// en: Welcome to join us.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: #12 众擎易举，独力难成。
    /// en: #12 Many hands make light work.
    /// zh: 我们在这里，欢迎您！
    /// en: Welcome to join us.
    /// ```
    pub PinMismatch { id: "pin-mismatch", group: Structure, severity: Warning, since: "0.1.0" }
}

/// Fewer words say nothing about whether two texts translate each other.
const ENOUGH_WORDS: usize = 6;
/// A translation has more of the words in common that the lexicon knows.
const HARDLY_ANY: f32 = 0.1;

impl Rule for PinMismatch {
    fn document(&self, ctx: &DocumentContext<'_>, report: &mut Report) {
        let pinned = ctx.document.pinned();
        for pin in &ctx.document.pins {
            let name = &pin.name;
            let Some(pair) = pin.pair() else {
                let twice = [Side::Zh, Side::En]
                    .into_iter()
                    .find_map(|side| Some((side, *pin.blocks[side].get(1)?)));
                if let Some((side, block)) = twice {
                    let message = format!("pair {name} is pinned twice in the {}", side.name());
                    let help = "give one of the two pairs another name";
                    report_at(ctx, side, block, &message, help, report);
                } else if let Some((side, block)) = only_side(pin) {
                    let other = side.other().name();
                    let message = format!("pair {name} is pinned in the {} only", side.name());
                    let help = format!("write the comment above its {other}, too, or remove it");
                    report_at(ctx, side, block, &message, &help, report);
                }
                continue;
            };
            let target = ctx.direction().target();
            if !pinned.contains(&pair) {
                let message = format!("pair {name} is pinned in another order than on the other side");
                let help = "move the paragraph to the place of its source, or remove the comments";
                report_at(ctx, target, pair[target], &message, help, report);
            } else if let Some(found) = find(ctx, target, pair[target]).filter(has_nothing_in_common) {
                let message = format!("the paragraphs of pair {name} have hardly a word in common");
                let help = "move the comments above the paragraphs that translate each other";
                report_at(ctx, target, found.range(target).start, &message, help, report);
            }
        }
    }
}

fn only_side(pin: &Pin) -> Option<(Side, usize)> {
    [Side::Zh, Side::En]
        .into_iter()
        .find_map(|side| Some((side, *pin.blocks[side].first()?)))
}

/// The pair that holds a block.
fn find<'a>(ctx: &'a DocumentContext<'_>, side: Side, block: usize) -> Option<PairContext<'a>> {
    ctx.iter().find(|pair| pair.range(side).contains(&block))
}

/// Whether the sides of a pair have words enough to be compared, and hardly one in common.
fn has_nothing_in_common(pair: &PairContext<'_>) -> bool {
    let sentences = [Side::Zh, Side::En].map(|side| pair.sentences(side));
    let aligner = pair.doc.aligner;
    let coverage = aligner.measure_coverage(pair.text(Side::Zh), sentences[0], pair.text(Side::En), sentences[1]);
    [Side::Zh, Side::En].into_iter().all(|side| {
        let all = coverage.sentences(side);
        let words: usize = all.iter().map(|s| s.words).sum();
        let supported: f32 = (0..all.len()).map(|i| coverage.supported_anywhere(side, i)).sum();
        words >= ENOUGH_WORDS && supported < words as f32 * HARDLY_ANY
    })
}

fn report_at(ctx: &DocumentContext<'_>, side: Side, block: usize, message: &str, help: &str, report: &mut Report) {
    let Some(pair) = find(ctx, side, block) else { return };
    let before = &pair.blocks(side)[..block - pair.range(side).start];
    let start = before.iter().map(|b| b.text.len() + 1).sum();
    let text = &ctx.document.blocks(side)[block].text;
    report
        .finding(
            &PinMismatch::META,
            &pair,
            side,
            Span::new(start, start + text.len()),
            format!("{message}: {}", quote::beginning(text)),
        )
        .help(help)
        .emit();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    fn messages(zh: &[&str], en: &[&str]) -> Vec<String> {
        check(&PinMismatch, zh, en).into_iter().map(|f| f.message).collect()
    }

    #[test]
    fn a_name_given_twice_is_reported_at_its_second_place() {
        let found = messages(
            &["#a 众擎易举。", "#a 我们在这里。"],
            &["#a Many hands.", "We are here."],
        );
        assert_eq!(found, ["pair a is pinned twice in the Chinese: “我们在这里。”"]);
    }

    #[test]
    fn pins_that_cross_are_reported() {
        let found = messages(
            &["#a 众擎易举。", "#b 我们在这里。"],
            &["#b We are here.", "#a Many hands."],
        );
        assert_eq!(
            found,
            ["pair b is pinned in another order than on the other side: “We are here.”"]
        );
    }

    #[test]
    fn pinned_texts_without_a_common_word_are_reported() {
        let zh = "#a 储罐的阀门打开以后，操作人员应当等待水位下降，然后检查压力。";
        let wrong = "#a Libraries lend novels to children who like reading stories about pirates and islands.";
        assert_eq!(messages(&[zh], &[wrong]).len(), 1);
        let right = "#a After the valve of the tank is open, operators wait until the water level falls and check the pressure.";
        assert_eq!(messages(&[zh], &[right]), Vec::<String>::new());
    }
}
