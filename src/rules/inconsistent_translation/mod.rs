//! `inconsistent-translation`.

mod firsts;

use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use crate::declare_rule;
use crate::finding::Severity;
use crate::input::{named_side, tag};
use crate::rules::{CorpusPass, DocumentContext, PairContext, Report, Rule, quote};
use crate::text::{Side, Span};
use firsts::{Firsts, Place};

declare_rule! {
    /// The same source text has different translations in one document or run.
    ///
    /// ## What it does
    /// Records the translation of every heading, paragraph, list item, table cell and segment, and reports a text that
    /// appears again with a different translation; the message names the first place. Case, white space, quotation
    /// marks and final punctuation are ignored. For a passage of more than about 60 characters, which translators reword, the
    /// finding is a note; so is the reverse, different sources with the same translation.
    ///
    /// ## Why it matters
    /// Headings, table cells and set phrases that recur in a publication must read the same each time. If they don't,
    /// often one was corrected and the other forgotten.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 开放科学国际合作倡议
    /// en: Initiative on International Cooperation in Open Science
    /// zh: 欢迎各国科研人员共同参与。
    /// en: We welcome researchers from around the world.
    /// zh: 开放科学国际合作倡议
    /// en: International Open Science Cooperation Initiative
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 开放科学国际合作倡议
    /// en: Initiative on International Cooperation in Open Science
    /// zh: 欢迎各国科研人员共同参与。
    /// en: We welcome researchers from around the world.
    /// zh: 开放科学国际合作倡议
    /// en: Initiative on International Cooperation in Open Science
    /// ```
    ///
    /// ## Limits
    /// Translations for different regions (`zh-CN`, `zh-TW`) are not compared. Texts of fewer than four Chinese characters or three English words are ignored: 是, 合计 and “N/A” depend on their
    /// context. On 2,098 clean pairs and 66 clean documents there are no warnings and seven notes, all of them correct. Of 305 warnings on the
    /// string files of seven products, 83 were read: in all of them one text has two translations in a product; 12 of these differ only in
    /// the order of the words or in a particle (选择一个要导入的文件, 选择要导入的一个文件).
    pub InconsistentTranslation { id: "inconsistent-translation", group: Consistency, severity: Warning, since: "0.1.0" }
}

/// Least confidence of the aligner. A less certain pair does not show how a text was translated.
const MIN_CONFIDENCE: f32 = 0.6;

/// Characters from which on a text is a passage rather than a heading or a set phrase.
const PASSAGE: usize = 60;

/// Whether a text is so long that another translation of it is a rewording rather than a slip.
fn is_long(text: &str) -> bool {
    text.chars().filter(|c| !c.is_ascii()).nth(PASSAGE).is_some() || text.split_whitespace().nth(PASSAGE / 2).is_some()
}

impl Rule for InconsistentTranslation {
    /// Computes the digests in parallel; the pass only compares them.
    fn pair(&self, ctx: &PairContext<'_>, _: &mut Report) {
        for side in [Side::Zh, Side::En] {
            ctx.digest(side);
        }
    }

    fn corpus(&self) -> Option<Box<dyn CorpusPass>> {
        Some(Box::<Pass>::default())
    }
}

#[derive(Default)]
struct Pass {
    firsts: Firsts,
    /// Digests of source and target of the translations already reported.
    reported: FxHashSet<(u64, u64)>,
    files: Vec<Arc<str>>,
}

impl CorpusPass for Pass {
    fn visit(&mut self, ctx: &DocumentContext<'_>, report: &mut Report) {
        let direction = ctx.direction();
        let (source, target) = (direction.source(), direction.target());
        let region = region(ctx);
        for pair in ctx.iter() {
            if pair.pair().confidence < MIN_CONFIDENCE || pair.is_structure() || !pair.is_paired() {
                continue;
            }
            let (Some(from), Some(to)) = (pair.digest(source), pair.digest(target)) else {
                continue;
            };
            let (from, to) = (from ^ region, to ^ region);
            let here = [self.place(&pair, source), self.place(&pair, target)];
            let [by_source, by_target] = self.firsts.add([from, to], here);
            if self.firsts.texts(by_source)[1] != to && self.reported.insert((from, to)) {
                let places = self.named(self.firsts.places(by_source));
                let severity = is_long(pair.text(source)).then_some(Severity::Note);
                emit(&pair, [source, target], severity, &places, report);
            }
            if self.firsts.texts(by_target)[0] != from && self.reported.insert((to, from)) {
                let [there, here] = self.firsts.places(by_target);
                let places = self.named([here, there]);
                emit(&pair, [target, source], Some(Severity::Note), &places, report);
            }
        }
    }
}

/// A digest of the region whose language the translations of a file are in, as its path says: `zh-CN` and `zh-TW` have other words.
/// Zero where the path names none.
fn region(ctx: &DocumentContext<'_>) -> u64 {
    let sources = &ctx.document.sources;
    let target = ctx.direction().target();
    let block = ctx.document.blocks(target).first();
    let path = block.map(|block| Path::new(&**sources[block.origin.source].path()));
    let own = path.filter(|path| sources.len() > 1 || named_side(path) == Some(target));
    own.and_then(tag).map_or(0, |tag| xxh3_64(tag.as_bytes()))
}

impl Pass {
    /// The file and lines of the pair's text on `side`.
    fn place(&mut self, pair: &PairContext<'_>, side: Side) -> Place {
        let [block, ..] = pair.blocks(side) else {
            return Place::default();
        };
        let end = pair.blocks(side).last().unwrap_or(block).origin.span.end;
        let source = &pair.doc.document.sources[block.origin.source];
        let known = self.files.iter().rposition(|f| f == source.path());
        let file = known.unwrap_or_else(|| {
            self.files.push(Arc::clone(source.path()));
            self.files.len() - 1
        });
        Place {
            file: file as u32,
            first: source.line(block.origin.span.start) as u32,
            last: source.line(end) as u32,
        }
    }

    fn named(&self, places: [Place; 2]) -> [(&Arc<str>, Place); 2] {
        places.map(|p| (&self.files[p.file as usize], p))
    }
}

fn emit(
    pair: &PairContext<'_>,
    [same, other]: [Side; 2],
    severity: Option<Severity>,
    first: &[(&Arc<str>, Place); 2],
    report: &mut Report,
) {
    let at = format!("{}:{}", first[0].0, first[0].1.first);
    let whole = |side| Span::new(0, pair.text(side).trim_end().len());
    let text = quote::beginning(pair.text(same));
    let message = if same == pair.doc.direction().source() {
        format!("{text} is translated differently at {at}")
    } else {
        format!("{text} translates a different {} text at {at}", other.name())
    };
    let mut finding = report
        .finding(&InconsistentTranslation::META, pair, other, whole(other), message)
        .label(pair, same, whole(same))
        .help(format!(
            "compare with {at} and translate it the same way, unless the difference is intended"
        ))
        .found(pair.text(other).trim());
    if let Some(severity) = severity {
        finding = finding.severity(severity);
    }
    for (file, place) in first {
        finding = finding.with_lines(file, place.first as usize, place.last as usize);
    }
    finding.emit();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    fn messages(zh: &[&str], en: &[&str]) -> Vec<(Severity, String)> {
        let found = check(&InconsistentTranslation, zh, en);
        found.into_iter().map(|f| (f.severity, f.message)).collect()
    }

    #[test]
    fn reports_each_translation_once_with_the_first_place() {
        let zh = ["科技创新合作"; 4];
        let en = [
            "Cooperation in innovation",
            "Cooperation on innovation",
            "Cooperation on innovation",
            "Cooperation in innovation",
        ];
        assert_eq!(
            messages(&zh, &en),
            [(
                Severity::Warning,
                "“科技创新合作” is translated differently at zh.md:1".to_owned()
            )]
        );
    }

    #[test]
    fn a_passage_that_is_reworded_is_a_note() {
        let zh = ["货币基础包括负债证明书、政府发行的流通纸币及硬币、银行结算户口的结余总额，以及代表政府发行的外汇基金票据及债券，并由外汇基金的资产提供十足的支持，多年来一直如此。";
            2];
        let en = [
            "The monetary base comprises all of these items.",
            "The monetary base consists of all these items.",
        ];
        let found = messages(&zh, &en);
        assert_eq!(found.iter().map(|(s, _)| *s).collect::<Vec<_>>(), [Severity::Note]);
    }

    #[test]
    fn the_reverse_is_a_note() {
        let messages = messages(
            &["国际科技合作", "国际科学技术合作"],
            &[
                "International cooperation in science",
                "International cooperation in science",
            ],
        );
        assert_eq!(
            messages,
            [(
                Severity::Note,
                "“International cooperation in science” translates a different Chinese text at en.md:1".to_owned()
            )]
        );
    }

    #[test]
    fn allows_other_capitals_spaces_and_final_punctuation() {
        let zh = ["科技创新合作", "科技创新合作：", "科技 创新合作。"];
        let en = [
            "Cooperation in “innovation”",
            "COOPERATION IN  \"INNOVATION\":",
            "Cooperation in “innovation.”",
        ];
        assert_eq!(messages(&zh, &en), []);
    }

    #[test]
    fn allows_a_name_with_its_acronym_and_without() {
        let en = [
            "Large High Altitude Air Shower Observatory",
            "Large High Altitude Air Shower Observatory (LHAASO)",
        ];
        assert!(messages(&["高海拔宇宙线观测站", "高海拔宇宙线观测站、"], &en).is_empty());
    }

    #[test]
    fn allows_short_everyday_texts() {
        assert_eq!(
            messages(&["合计", "合计"], &["Total for the year", "All in all then"]),
            []
        );
        assert_eq!(messages(&["你好吗？", "你好吗？"], &["Hello", "Hi"]), []);
    }
}
