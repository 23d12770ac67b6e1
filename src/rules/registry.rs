//! The list of all rules, and choosing among them.

use std::collections::BTreeSet;

use super::{Group, Rule};

/// Every rule, in the order in which they are listed: by group, then as a reader would meet them.
static RULES: &[&dyn Rule] = &[
    // terms
    &super::term_omitted::TermOmitted,
    &super::term_mismatch::TermMismatch,
    &super::term_deprecated::TermDeprecated,
    &super::term_forbidden::TermForbidden,
    &super::term_unknown_source::TermUnknownSource,
    // acronyms
    &super::acronym_mismatch::AcronymMismatch,
    &super::acronym_style::AcronymStyle,
    &super::acronym_expansion::AcronymExpansion,
    &super::acronym_redefined::AcronymRedefined,
    &super::acronym_undefined::AcronymUndefined,
    // quantities
    &super::number_mismatch::NumberMismatch,
    &super::scale_mismatch::ScaleMismatch,
    &super::date_mismatch::DateMismatch,
    &super::unit_mismatch::UnitMismatch,
    &super::ordinal_mismatch::OrdinalMismatch,
    &super::number_omitted::NumberOmitted,
    &super::number_added::NumberAdded,
    &super::list_count::ListCount,
    &super::weekday_mismatch::WeekdayMismatch,
    &super::plan_years::PlanYears,
    // structure
    &super::paragraph_omitted::ParagraphOmitted,
    &super::content_omitted::ContentOmitted,
    &super::heading_mismatch::HeadingMismatch,
    &super::list_item_omitted::ListItemOmitted,
    &super::paragraph_added::ParagraphAdded,
    &super::paragraph_duplicated::ParagraphDuplicated,
    &super::paragraph_order::ParagraphOrder,
    &super::sentence_omitted::SentenceOmitted,
    &super::sentence_added::SentenceAdded,
    &super::declared_length::DeclaredLength,
    // consistency
    &super::term_inconsistent::TermInconsistent,
    &super::inconsistent_translation::InconsistentTranslation,
    &super::term_variant::TermVariant,
    // names
    &super::pinyin_mismatch::PinyinMismatch,
    // typography
    &super::untranslated::Untranslated,
    &super::fullwidth_punctuation::FullwidthPunctuation,
    &super::mixed_quotes::MixedQuotes,
    &super::percent_style::PercentStyle,
    &super::book_title_marks::BookTitleMarks,
    &super::placeholder_mismatch::PlaceholderMismatch,
    &super::link_mismatch::LinkMismatch,
    &super::markup_mismatch::MarkupMismatch,
    // suppressions
    &super::suppressions::SuppressionWithoutReason,
    &super::suppressions::UnusedSuppression,
    &super::suppressions::SuppressionExpired,
    &super::suppressions::InvalidSuppression,
];

/// Every rule.
pub fn all() -> &'static [&'static dyn Rule] {
    RULES
}

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static dyn Rule> {
    RULES.iter().copied().find(|r| r.meta().id == id)
}

/// The known id or group that is nearest to a misspelt one, if any is near.
pub fn nearest_ids(wrong: &str) -> Option<&'static str> {
    let groups = Group::ALL.iter().map(|g| g.name());
    crate::text::nearest(wrong, RULES.iter().map(|r| r.meta().id).chain(groups))
}

/// `--select` or `--ignore` names something that is neither a rule nor a group.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown rule or group `{name}`{}", .nearest.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default())]
pub struct SelectionError {
    /// What was given.
    pub name: String,
    /// The nearest known one.
    pub nearest: Option<&'static str>,
}

/// Which rules run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection(BTreeSet<&'static str>);

impl Selection {
    /// The rules that run: those named by `select` (ids, groups or `all`; the default set where empty) without those
    /// named by `ignore`.
    ///
    /// # Errors
    /// A name that is neither an id nor a group.
    pub fn new(select: &[String], ignore: &[String]) -> Result<Self, SelectionError> {
        let mut chosen: BTreeSet<&'static str> = if select.is_empty() {
            RULES
                .iter()
                .filter(|r| r.meta().on_by_default)
                .map(|r| r.meta().id)
                .collect()
        } else {
            expand(select)?
        };
        for id in expand(ignore)? {
            chosen.remove(id);
        }
        Ok(Self(chosen))
    }

    /// Whether the rule with this id runs.
    pub fn contains(&self, id: &str) -> bool {
        self.0.contains(id)
    }

    /// The rules that run, in the order of the registry.
    pub fn rules(&self) -> impl Iterator<Item = &'static dyn Rule> + '_ {
        RULES.iter().copied().filter(|r| self.contains(r.meta().id))
    }
}

fn expand(names: &[String]) -> Result<BTreeSet<&'static str>, SelectionError> {
    let mut ids = BTreeSet::new();
    for name in names.iter().map(|n| n.trim()).filter(|n| !n.is_empty()) {
        let before = ids.len();
        ids.extend(
            RULES
                .iter()
                .map(|r| r.meta())
                .filter(|m| name == "all" || m.id == name || m.group.name() == name)
                .map(|m| m.id),
        );
        let known = name == "all" || find(name).is_some() || Group::ALL.iter().any(|g| g.name() == name);
        if ids.len() == before && !known {
            return Err(SelectionError {
                name: name.to_owned(),
                nearest: nearest_ids(name),
            });
        }
    }
    Ok(ids)
}
