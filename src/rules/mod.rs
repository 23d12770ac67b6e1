//! The rules, one file each, and what they work on.
//!
//! A rule sees pairs, the glossary and the analyses of [`context`]; it never sees a file or another rule.

mod accelerators;
mod blocks;
pub mod context;
mod digest;
#[cfg(test)]
mod docs_test;
mod exact_names;
mod figure_labels;
pub mod glossary_context;
pub mod history_context;
mod implied;
mod meta;
mod missing;
mod missing_chinese;
mod neighbourhood;
mod numbering;
mod opposites;
mod pages;
mod place;
mod plans;
pub mod profile;
mod program;
mod quantities;
mod quote;
mod registry;
mod report;
#[cfg(test)]
mod robust_test;
mod sentences;
mod stretch;
pub mod style;
mod substance;
mod terms;
#[cfg(test)]
pub(crate) mod testing;
mod unpaired;
mod wording;

pub use context::{DocumentContext, PairContext};
pub use meta::{Declared, ErrorClass, Fault, Fixable, Group, Meta, Subject};
pub use registry::{Selection, SelectionError, all, find, is_retired, nearest_ids};
pub use report::{FindingBuilder, Report, label};

use crate::finding::Finding;
use glossary_context::GlossaryContext;
use history_context::HistoryContext;

registry::rules! {
    // terms
    term_omitted: TermOmitted;
    term_mismatch: TermMismatch;
    term_deprecated: TermDeprecated;
    term_forbidden: TermForbidden;
    term_unknown_source: TermUnknownSource;
    polarity_mismatch: PolarityMismatch;
    modality_mismatch: ModalityMismatch;
    direction_mismatch: DirectionMismatch;
    pronoun_mismatch: PronounMismatch;
    // acronyms
    acronym_mismatch: AcronymMismatch;
    acronym_style: AcronymStyle;
    acronym_expansion: AcronymExpansion;
    acronym_redefined: AcronymRedefined;
    acronym_undefined: AcronymUndefined;
    // quantities
    number_mismatch: NumberMismatch;
    scale_mismatch: ScaleMismatch;
    date_mismatch: DateMismatch;
    unit_mismatch: UnitMismatch;
    ordinal_mismatch: OrdinalMismatch;
    number_omitted: NumberOmitted;
    number_added: NumberAdded;
    list_count: ListCount;
    weekday_mismatch: WeekdayMismatch;
    plan_years: PlanYears;
    bound_mismatch: BoundMismatch;
    trend_mismatch: TrendMismatch;
    swapped_quantities: SwappedQuantities;
    address_mismatch: AddressMismatch;
    // structure
    paragraph_omitted: ParagraphOmitted;
    content_omitted: ContentOmitted;
    heading_mismatch: HeadingMismatch;
    list_item_omitted: ListItemOmitted;
    paragraph_added: ParagraphAdded;
    paragraph_duplicated: ParagraphDuplicated;
    paragraph_order: ParagraphOrder;
    pin_mismatch: PinMismatch;
    sentence_omitted: SentenceOmitted;
    sentence_added: SentenceAdded;
    declared_length: DeclaredLength;
    truncated: Truncated;
    too_long: TooLong;
    unrelated_text: UnrelatedText;
    stray_link: StrayLink;
    code_mismatch: CodeMismatch;
    // consistency
    term_inconsistent: TermInconsistent;
    inconsistent_translation: InconsistentTranslation;
    // names
    pinyin_mismatch: PinyinMismatch;
    rank_mismatch: RankMismatch;
    series_mismatch: SeriesMismatch;
    // typography
    untranslated: Untranslated;
    fullwidth_punctuation: FullwidthPunctuation;
    mixed_quotes: MixedQuotes;
    percent_style: PercentStyle;
    book_title_marks: BookTitleMarks;
    placeholder_mismatch: PlaceholderMismatch;
    link_mismatch: LinkMismatch;
    markup_mismatch: MarkupMismatch;
    accelerator_mismatch: AcceleratorMismatch;
    edge_mismatch: EdgeMismatch;
    // glossary
    entries: InvalidEntry DuplicateId DuplicateEntry SharedName SharedAcronym NameClash NoPreferredName UnknownSuccessor
        SuccessorCycle ExpiredEntry SwappedLanguages EverydayWord ContainedName AcronymNotSpelt NameTwin StrayCharacter
        SeveralNames OverriddenEntry NoSource LowGrade UnusedEntry CitedText;
    // history
    history: OutdatedTranslation UntranslatedAddition RemovedFromSource UntranslatedPage;
    // suppressions
    pub suppressions: SuppressionWithoutReason UnusedSuppression SuppressionExpired InvalidSuppression;
}

/// One check. A rule implements the hook of its granularity.
///
/// [`declare_rule!`] implements [`Declared`], which gives it its `meta`.
///
/// [`declare_rule!`]: crate::declare_rule
pub trait Rule: Declared + Sync {
    /// Looks at one pair.
    fn pair(&self, _ctx: &PairContext<'_>, _report: &mut Report) {}

    /// Looks at a whole document. Not called for record files, whose records are pairs without a common text.
    fn document(&self, _ctx: &DocumentContext<'_>, _report: &mut Report) {}

    /// Looks at a glossary. Only rules of the group `glossary` do.
    fn glossary(&self, _ctx: &GlossaryContext<'_>, _report: &mut Report) {}

    /// Looks at how a text and its translation changed. Only rules of the group `history` do.
    fn history(&self, _ctx: &HistoryContext<'_>, _report: &mut Report) {}

    /// Starts a pass over the whole run, for rules that compare across documents or across the records of a file.
    fn corpus(&self) -> Option<Box<dyn CorpusPass>> {
        None
    }
}

/// The memory of a rule that compares across documents. Documents (and the parts of streamed files) are visited one
/// after the other in the order of the input, whatever the number of threads; the pass keeps compact digests, never
/// texts.
pub trait CorpusPass: Send {
    /// Takes in one document, reporting what it contradicts.
    fn visit(&mut self, ctx: &DocumentContext<'_>, report: &mut Report);

    /// The findings that need the whole run.
    fn finish(self: Box<Self>) -> Vec<Finding> {
        Vec::new()
    }
}
