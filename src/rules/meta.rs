//! What a rule declares: its documentation, its group and severity, and the facts that other rooms need.

use serde::Serialize;

use super::style::Style;
use crate::finding::Severity;

/// What kind of fault a rule looks for; `--select` and `--ignore` take groups as well as ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Names and terms of the glossary, and words that turn a meaning round.
    Terms,
    /// Acronyms and their expansions.
    Acronyms,
    /// Figures, dates, units, counts.
    Quantities,
    /// Omitted, added, moved or repeated text.
    Structure,
    /// Different translations of the same text or name.
    Consistency,
    /// Names of people, their ranks, and names of series.
    Names,
    /// Characters, punctuation, markup.
    Typography,
    /// The entries of a glossary.
    Glossary,
    /// What changed on one side alone.
    History,
    /// Suppression comments and waivers themselves.
    Suppressions,
}

/// What a run checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Translations.
    Texts,
    /// Glossaries.
    Glossaries,
    /// How translations and their sources changed.
    Histories,
}

impl Subject {
    /// What a run checks, and the command that starts it, for messages.
    pub const fn described(self) -> (&'static str, &'static str) {
        match self {
            Self::Texts => ("texts", "bilint check"),
            Self::Glossaries => ("glossaries", "bilint glossary check"),
            Self::Histories => ("the history of texts", "bilint stale"),
        }
    }
}

impl Group {
    /// All groups, in the order in which they are listed.
    pub const ALL: [Self; 10] = [
        Self::Terms,
        Self::Acronyms,
        Self::Quantities,
        Self::Structure,
        Self::Consistency,
        Self::Names,
        Self::Typography,
        Self::Glossary,
        Self::History,
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
            Self::Glossary => "glossary",
            Self::History => "history",
            Self::Suppressions => "suppressions",
        }
    }

    /// Whether its rules look at this.
    pub fn is_about(self, subject: Subject) -> bool {
        match self {
            Self::Glossary => subject == Subject::Glossaries,
            Self::History => subject == Subject::Histories,
            Self::Suppressions => true,
            _ => subject == Subject::Texts,
        }
    }

    /// The class of error of its rules, where a rule declares no other.
    pub const fn error_class(self) -> ErrorClass {
        match self {
            Self::Quantities => ErrorClass::One,
            Self::Structure => ErrorClass::Two,
            Self::Terms | Self::Names | Self::Consistency => ErrorClass::Three,
            Self::Acronyms | Self::Typography => ErrorClass::Four,
            Self::Glossary | Self::History | Self::Suppressions => ErrorClass::Unscored,
        }
    }
}

/// A fault that several rules can find in the same words. Where two of them do, `filter` keeps one finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The English has a wrong name for a concept.
    WrongName,
    /// A name of one side has no counterpart on the other.
    MissingName,
    /// The number of a heading or item is wrong.
    WrongNumber,
}

/// The classes of error of GB/T 19682-2005, Annex A.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorClass {
    /// Key words and numbers, sentences left out or wrong at the core.
    One,
    /// Ordinary errors of sense and wording.
    Two,
    /// Terms and proper names that are wrong, inconsistent or against the standard.
    Three,
    /// Units, signs, acronyms.
    Four,
    /// Not an error of the translation; no score counts it.
    Unscored,
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

/// The declaration of a rule.
#[derive(Debug, Clone, Copy)]
pub struct Meta {
    /// Kebab-case, names the fault, reads well after "allow"; never reused.
    pub id: &'static str,
    /// Its group.
    pub group: Group,
    /// The severity of its findings unless the finding or the configuration sets another.
    pub severity: Severity,
    /// The rule's documentation, which is its doc comment.
    pub docs: &'static str,
    /// Whether it offers fixes.
    pub fixable: Fixable,
    /// The release that introduced it.
    pub since: &'static str,
    /// Whether it runs by default.
    pub on_by_default: bool,
    /// Whether a house style turns it on although it is off by default.
    pub turned_on_by: fn(&Style) -> bool,
    /// The faults that it shares with other rules.
    pub faults: &'static [Fault],
    /// Of two findings about the same fault and of equal severity, the one whose rule has the lower number is kept.
    pub precedence: u8,
    /// The rule whose finding explains those of this one: a term is missing because its sentence is. Findings within
    /// that finding's span are dropped.
    pub consequence_of: Option<&'static str>,
    /// How a score weighs its findings.
    pub class: ErrorClass,
}

impl Meta {
    /// The values of the optional keys of [`declare_rule!`] for a rule of `group`.
    #[doc(hidden)]
    pub const fn usual(group: Group) -> Self {
        Self {
            id: "",
            group,
            severity: Severity::Warning,
            docs: "",
            fixable: Fixable::No,
            since: "",
            on_by_default: true,
            turned_on_by: |_| false,
            faults: &[],
            precedence: 0,
            consequence_of: None,
            class: group.error_class(),
        }
    }

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
/// marked `bilint-wrong` and `bilint-right`; the tests run them (see `rules/docs_test.rs` for the form). The keys are the
/// fields of [`Meta`]; those after `since` are optional and come in this order.
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
            $(, turned_on_by: $turned_on_by:expr)?
            $(, faults: [$($fault:ident),+], precedence: $precedence:literal)?
            $(, consequence_of: $cause:literal)?
            $(, class: $class:ident)?
            $(,)?
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl $name {
            /// The declaration of the rule.
            pub const META: $crate::rules::Meta = $crate::rules::Meta {
                id: $id,
                group: $crate::rules::Group::$group,
                severity: $crate::finding::Severity::$severity,
                docs: concat!($($doc, "\n"),+),
                since: $since,
                $(fixable: $crate::rules::Fixable::$fixable,)?
                $(on_by_default: $on,)?
                $(turned_on_by: $turned_on_by,)?
                $(faults: &[$($crate::rules::Fault::$fault),+], precedence: $precedence,)?
                $(consequence_of: Some($cause),)?
                $(class: $crate::rules::ErrorClass::$class,)?
                ..$crate::rules::Meta::usual($crate::rules::Group::$group)
            };
        }

        impl $crate::rules::Declared for $name {
            fn meta(&self) -> &'static $crate::rules::Meta {
                &Self::META
            }
        }
    };
}

/// What `declare_rule!` implements for every rule.
pub trait Declared {
    /// The declaration of the rule.
    fn meta(&self) -> &'static Meta;
}
