//! `pin-mismatch`.

use super::{DocumentContext, PairContext, Report, Rule, quote};
use crate::declare_rule;
use crate::document::{Pin, PinnedBy};
use crate::text::{Side, Sides, Span};

declare_rule! {
    /// A pinned pair no longer fits the text.
    ///
    /// ## What it does
    /// Comments with the same name in both languages, `<!-- bilint: pair 12 -->`, pin the two paragraphs below them as a
    /// pair, whatever the alignment would find. So does `[[pins]]` in the configuration, for texts without comments. This
    /// rule reports a pin that is on one side only or twice on a side, pins in another order than on the other side, and
    /// pinned paragraphs that have hardly a word in common.
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

/// Why a pin no longer fits, and the block that shows it.
struct Misfit {
    side: Side,
    block: usize,
    message: String,
    help: String,
}

impl Rule for PinMismatch {
    fn document(&self, ctx: &DocumentContext<'_>, report: &mut Report) {
        let pinned = ctx.document.pinned();
        for pin in &ctx.document.pins {
            let misfit = match pin.pair() {
                Some(pair) => find_misfit_of_pair(ctx, pin, &pair, &pinned),
                None => find_misplaced(ctx, pin),
            };
            if let Some(misfit) = misfit {
                report_misfit(ctx, &misfit, report);
            }
        }
    }
}

/// What is wrong with a pin that does not have one block on each side.
fn find_misplaced(ctx: &DocumentContext<'_>, pin: &Pin) -> Option<Misfit> {
    let blocks = |side: Side| pin.blocks[side].as_slice();
    let both = [Side::Zh, Side::En];
    if let Some((side, block)) = both.into_iter().find_map(|side| Some((side, *blocks(side).get(1)?))) {
        let (message, help) = match &pin.by {
            PinnedBy::Comments(name) => (
                format!("pair {name} is pinned twice in the {}", side.name()),
                "give one of the two pairs another name".to_owned(),
            ),
            PinnedBy::Configuration(begins) => (
                format!(
                    "several {} paragraphs begin with the words of a pin, {}",
                    side.name(),
                    quote::beginning(&begins[side])
                ),
                "quote more of the paragraph in `[[pins]]`".to_owned(),
            ),
        };
        return Some(Misfit {
            side,
            block,
            message,
            help,
        });
    }
    let found = both.into_iter().find_map(|side| Some((side, *blocks(side).first()?)));
    match &pin.by {
        PinnedBy::Comments(name) => found.map(|(side, block)| Misfit {
            side,
            block,
            message: format!("pair {name} is pinned in the {} only", side.name()),
            help: format!("write the comment above its {}, too, or remove it", side.other().name()),
        }),
        PinnedBy::Configuration(begins) => {
            // Where neither is left, the text as a whole no longer fits.
            let target = ctx.direction().target();
            let (side, block) = found.or_else(|| ctx.document.blocks(target).first().map(|_| (target, 0)))?;
            let lost = both.into_iter().filter(|&side| blocks(side).is_empty());
            let lost: Vec<String> = lost.map(|side| quote::beginning(&begins[side])).collect();
            Some(Misfit {
                side,
                block,
                message: format!(
                    "no paragraph begins with {}, as `[[pins]]` says of this text",
                    lost.join(" or ")
                ),
                help: "quote how the paragraphs begin now, or remove the pin".to_owned(),
            })
        }
    }
}

/// What is wrong with a pin that has one block on each side, `pair`.
fn find_misfit_of_pair(
    ctx: &DocumentContext<'_>,
    pin: &Pin,
    pair: &Sides<usize>,
    pinned: &[Sides<usize>],
) -> Option<Misfit> {
    let target = ctx.direction().target();
    let name = match &pin.by {
        PinnedBy::Comments(name) => format!("pair {name}"),
        PinnedBy::Configuration(begins) => format!("the pair {}", quote::beginning(&begins[target.other()])),
    };
    if !pinned.contains(pair) {
        return Some(Misfit {
            side: target,
            block: pair[target],
            message: format!("{name} is pinned in another order than on the other side"),
            help: "move the paragraph to the place of its source, or remove the pin".to_owned(),
        });
    }
    let found = find(ctx, target, pair[target]).filter(has_nothing_in_common)?;
    Some(Misfit {
        side: target,
        block: found.range(target).start,
        message: format!("the paragraphs of {name} have hardly a word in common"),
        help: "pin paragraphs that translate each other".to_owned(),
    })
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

fn report_misfit(ctx: &DocumentContext<'_>, misfit: &Misfit, report: &mut Report) {
    let &Misfit { side, block, .. } = misfit;
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
            format!("{}: {}", misfit.message, quote::beginning(text)),
        )
        .help(misfit.help.clone())
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
