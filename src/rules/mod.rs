//! The rules: one file each, in groups, and what they work on.
//!
//! A rule sees pairs, the glossary and the lazily made analyses of [`context`]; it never sees a file or another rule.

mod acronym_expansion;
mod acronym_mismatch;
mod acronym_redefined;
mod acronym_style;
mod acronym_undefined;
mod blocks;
mod book_title_marks;
mod content_omitted;
pub mod context;
mod date_mismatch;
mod declared_length;
mod digest;
#[cfg(test)]
mod docs_test;
mod figure_labels;
mod fullwidth_punctuation;
mod heading_mismatch;
mod inconsistent_translation;
mod link_mismatch;
mod list_count;
mod list_item_omitted;
mod markup_mismatch;
pub mod missing;
mod mixed_quotes;
mod number_added;
mod number_mismatch;
mod number_omitted;
mod numbering;
mod ordinal_mismatch;
mod paragraph_added;
mod paragraph_duplicated;
mod paragraph_omitted;
mod paragraph_order;
pub mod percent_style;
mod pinyin_mismatch;
mod placeholder_mismatch;
mod plan_years;
mod quantities;
mod registry;
pub mod report;
#[cfg(test)]
mod robust_test;
mod scale_mismatch;
mod sentence_added;
mod sentence_omitted;
mod sentences;
mod stretch;
pub mod style;
pub mod suppressions;
mod term_deprecated;
mod term_forbidden;
mod term_inconsistent;
mod term_mismatch;
mod term_omitted;
mod term_unknown_source;
mod term_variant;
#[cfg(test)]
pub(crate) mod testing;
mod unit_mismatch;
mod untranslated;
mod weekday_mismatch;

pub use context::{DocumentContext, PairContext};
pub use registry::{Selection, SelectionError, all, find, nearest_ids};
pub use report::{FindingBuilder, Report};

use serde::Serialize;

use crate::finding::{Finding, Severity};

/// What kind of fault a rule looks for; `--select` and `--ignore` take groups as well as ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Names and terms of the glossary.
    Terms,
    /// Acronyms and their expansions.
    Acronyms,
    /// Figures, dates, units, counts.
    Quantities,
    /// Omitted, added, moved or repeated text.
    Structure,
    /// The same thing said in different ways.
    Consistency,
    /// Names of people and places.
    Names,
    /// Characters, punctuation, markup.
    Typography,
    /// Suppression comments and waivers themselves.
    Suppressions,
}

impl Group {
    /// All groups, in the order in which they are listed.
    pub const ALL: [Self; 8] = [
        Self::Terms,
        Self::Acronyms,
        Self::Quantities,
        Self::Structure,
        Self::Consistency,
        Self::Names,
        Self::Typography,
        Self::Suppressions,
    ];

    /// The name that `--select` takes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Terms => "terms",
            Self::Acronyms => "acronyms",
            Self::Quantities => "quantities",
            Self::Structure => "structure",
            Self::Consistency => "consistency",
            Self::Names => "names",
            Self::Typography => "typography",
            Self::Suppressions => "suppressions",
        }
    }
}

/// Whether a rule offers fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fixable {
    /// Never.
    No,
    /// For some of its findings.
    Sometimes,
}

/// What is known of a rule without running it.
#[derive(Debug, Clone, Copy)]
pub struct Meta {
    /// Kebab-case, names the fault, reads well after "allow"; never reused.
    pub id: &'static str,
    /// Its group.
    pub group: Group,
    /// Severity of its findings unless the finding or the configuration says otherwise.
    pub severity: Severity,
    /// The rule's documentation, which is its doc comment.
    pub docs: &'static str,
    /// Whether it offers fixes.
    pub fixable: Fixable,
    /// The release that brought it.
    pub since: &'static str,
    /// Whether it runs without being asked for.
    pub on_by_default: bool,
}

impl Meta {
    /// The first line of the documentation.
    pub fn summary(&self) -> &'static str {
        self.docs.trim_start().lines().next().unwrap_or_default().trim()
    }

    /// The documentation as Markdown: without the space that a doc comment has after its `///`.
    pub fn markdown(&self) -> String {
        let mut out = String::with_capacity(self.docs.len());
        for line in self.docs.trim().lines() {
            out.push_str(line.strip_prefix(' ').unwrap_or(line).trim_end());
            out.push('\n');
        }
        out
    }
}

/// Declares a rule: a unit struct whose doc comment becomes its documentation, and its [`Meta`].
///
/// The documentation has the sections *What it does*, *Why it matters* and *Example*. Its examples are fenced blocks
/// marked `bilint-wrong` and `bilint-right`; the tests run them (see `rules/docs_test.rs` for the form).
#[macro_export]
macro_rules! declare_rule {
    (
        $(#[doc = $doc:literal])+
        pub $name:ident {
            id: $id:literal,
            group: $group:ident,
            severity: $severity:ident,
            since: $since:literal
            $(, fixable: $fixable:ident)?
            $(, on_by_default: $on:literal)?
            $(,)?
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl $name {
            /// What is known of the rule without running it.
            pub const META: $crate::rules::Meta = $crate::rules::Meta {
                id: $id,
                group: $crate::rules::Group::$group,
                severity: $crate::finding::Severity::$severity,
                docs: concat!($($doc, "\n"),+),
                fixable: $crate::declare_rule!(@fixable $($fixable)?),
                since: $since,
                on_by_default: $crate::declare_rule!(@on $($on)?),
            };
        }
    };
    (@fixable) => { $crate::rules::Fixable::No };
    (@fixable $fixable:ident) => { $crate::rules::Fixable::$fixable };
    (@on) => { true };
    (@on $on:literal) => { $on };
}

/// One check. A rule implements the hook of its granularity.
pub trait Rule: Sync {
    /// What is known of the rule without running it.
    fn meta(&self) -> &'static Meta;

    /// Looks at one pair.
    fn pair(&self, _ctx: &PairContext<'_>, _report: &mut Report) {}

    /// Looks at a whole document. Not called for record files, whose records are pairs without a common text.
    fn document(&self, _ctx: &DocumentContext<'_>, _report: &mut Report) {}

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

    /// What only the end of the run can tell.
    fn finish(self: Box<Self>) -> Vec<Finding> {
        Vec::new()
    }
}
