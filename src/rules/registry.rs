//! The list of all rules, and which of them run.

use std::collections::BTreeSet;

use super::{Group, Meta, RULES, Rule, Subject};

/// Declares the files of the rules and lists the rules, in the order in which they are shown: by group, then as a reader
/// would meet them. A line is `file: Rule;`, with `pub` where other rooms name the rules.
macro_rules! rules {
    ($($vis:vis $file:ident: $($rule:ident)+;)+) => {
        $($vis mod $file;)+

        /// Every rule.
        static RULES: &[&dyn Rule] = &[$($(&$file::$rule),+),+];
    };
}
pub(super) use rules;

/// The ids of rules that were removed: nothing to run, and still no error where they are ignored or turned off.
const RETIRED: &[&str] = &["term-variant"];

/// Whether a rule had this id and was removed.
pub fn is_retired(id: &str) -> bool {
    RETIRED.contains(&id)
}

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

/// Why `--select` or `--ignore` cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectionError {
    /// A name that is neither a rule nor a group.
    #[error("unknown rule or group `{name}`{}", .nearest.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default())]
    Unknown {
        /// What was given.
        name: String,
        /// The nearest known one.
        nearest: Option<&'static str>,
    },
    /// A rule or group that looks at something else.
    #[error("`{name}` looks at {}: `{}` runs it", .subject.described().0, .subject.described().1)]
    OtherSubject {
        /// What was given.
        name: String,
        /// What it looks at.
        subject: Subject,
    },
    /// A selection that names no rule at all: nothing would be checked, and nothing found.
    #[error("the selection is empty; name a rule, a group or `all`")]
    Empty,
}

/// Which rules run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection(BTreeSet<&'static str>);

impl Selection {
    /// The rules for texts that run: those named by `select` (ids, groups or `all`; the default set where there is no name)
    /// without those named by `ignore`. A group selects its rules that are on by default.
    ///
    /// # Errors
    /// A name that is neither an id nor a group, or that of a rule for glossaries in `select`; names that are all blank.
    pub fn new(select: &[String], ignore: &[String]) -> Result<Self, SelectionError> {
        Self::of(Subject::Texts, select, ignore)
    }

    /// The same of the rules that look at `subject`.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn of(subject: Subject, select: &[String], ignore: &[String]) -> Result<Self, SelectionError> {
        let mut chosen: BTreeSet<&'static str> = if select.is_empty() {
            RULES
                .iter()
                .map(|r| r.meta())
                .filter(|m| m.on_by_default && m.group.is_about(subject))
                .map(|m| m.id)
                .collect()
        } else if select.iter().all(|name| name.trim().is_empty()) {
            return Err(SelectionError::Empty);
        } else {
            refuse_other_subjects(select, subject)?;
            expand(select, |meta| meta.on_by_default)?
        };
        chosen.retain(|id| find(id).is_some_and(|r| r.meta().group.is_about(subject)));
        let ignore: Vec<String> = ignore.iter().filter(|i| !is_retired(i.trim())).cloned().collect();
        for id in expand(&ignore, |_| true)? {
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

/// Refuses the names of rules and groups that look at something else than `subject`.
fn refuse_other_subjects(names: &[String], subject: Subject) -> Result<(), SelectionError> {
    let groups = |name: &str| -> Vec<Group> {
        let named = Group::ALL.into_iter().find(|g| g.name() == name);
        named.into_iter().chain(find(name).map(|r| r.meta().group)).collect()
    };
    for name in names.iter().map(|n| n.trim()) {
        if let Some(group) = groups(name).iter().find(|g| !g.is_about(subject)) {
            let all = [Subject::Texts, Subject::Glossaries, Subject::Histories];
            return Err(SelectionError::OtherSubject {
                name: name.to_owned(),
                subject: all.into_iter().find(|s| group.is_about(*s)).unwrap_or(subject),
            });
        }
    }
    Ok(())
}

/// The rules with these names, and those of the groups with these names that are `in_group`.
fn expand(names: &[String], in_group: fn(&Meta) -> bool) -> Result<BTreeSet<&'static str>, SelectionError> {
    let mut ids = BTreeSet::new();
    for name in names.iter().map(|n| n.trim()).filter(|n| !n.is_empty()) {
        let before = ids.len();
        ids.extend(
            RULES
                .iter()
                .map(|r| r.meta())
                .filter(|m| name == "all" || m.id == name || m.group.name() == name && in_group(m))
                .map(|m| m.id),
        );
        let known = name == "all" || find(name).is_some() || Group::ALL.iter().any(|g| g.name() == name);
        if ids.len() == before && !known {
            return Err(SelectionError::Unknown {
                name: name.to_owned(),
                nearest: nearest_ids(name),
            });
        }
    }
    Ok(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_listed_by_group() {
        let order = |r: &&dyn Rule| Group::ALL.iter().position(|g| *g == r.meta().group);
        assert!(RULES.is_sorted_by_key(order));
    }

    #[test]
    fn ids_are_unique() {
        let ids: BTreeSet<_> = RULES.iter().map(|r| r.meta().id).collect();
        assert_eq!(ids.len(), RULES.len());
    }

    #[test]
    fn rules_are_consequences_of_rules_that_exist() {
        for meta in RULES.iter().map(|r| r.meta()) {
            let unknown = meta.consequence_of.filter(|id| find(id).is_none());
            assert_eq!(unknown, None, "{}", meta.id);
        }
    }

    #[test]
    fn a_selection_of_blanks_is_refused() {
        for blank in [vec![""], vec![" ", ""]] {
            let blank: Vec<String> = blank.into_iter().map(str::to_owned).collect();
            assert_eq!(Selection::new(&blank, &[]), Err(SelectionError::Empty));
        }
        assert!(Selection::new(&["structure".to_owned(), String::new()], &[]).is_ok());
    }

    #[test]
    fn a_group_selects_what_is_on_by_default() {
        let select = |name: &str| Selection::new(&[name.to_owned()], &[]).unwrap();
        let off = RULES.iter().map(|r| r.meta()).filter(|m| !m.on_by_default);
        for meta in off.filter(|m| m.group.is_about(Subject::Texts)) {
            assert!(!select(meta.group.name()).contains(meta.id), "{}", meta.id);
            assert!(select("all").contains(meta.id) && select(meta.id).contains(meta.id));
        }
        assert!(Selection::new(&[], &["structure".to_owned()]).is_ok());
    }

    #[test]
    fn rules_for_glossaries_run_on_glossaries_only() {
        let texts = Selection::new(&["all".to_owned()], &[]).unwrap();
        let glossaries = Selection::of(Subject::Glossaries, &["all".to_owned()], &[]).unwrap();
        assert!(texts.contains("term-omitted") && !texts.contains("shared-name"));
        assert!(glossaries.contains("shared-name") && !glossaries.contains("term-omitted"));
        for name in ["shared-name", "glossary"] {
            let error = Selection::new(&[name.to_owned()], &[]).unwrap_err().to_string();
            assert!(error.contains("`bilint glossary check` runs it"), "{error}");
            assert!(Selection::new(&[], &[name.to_owned()]).is_ok());
        }
        assert!(Selection::of(Subject::Glossaries, &["terms".to_owned()], &[]).is_err());
    }

    #[test]
    fn retired_rules_can_be_ignored_but_not_selected() {
        let retired = ["term-variant".to_owned()];
        assert_eq!(Selection::new(&[], &retired), Selection::new(&[], &[]));
        assert!(Selection::new(&retired, &[]).is_err());
        assert!(RETIRED.iter().all(|id| find(id).is_none()), "ids are never reused");
    }

    #[test]
    fn rules_turned_on_by_a_style_are_off_by_default() {
        use crate::rules::style::{Acronyms, Percent, Quotes, Style};
        let strict = Style {
            quotes: Some(Quotes::Curly),
            percent: Some(Percent::Sign),
            acronyms: Some(Acronyms::All),
        };
        let turned_on: Vec<_> = RULES
            .iter()
            .map(|r| r.meta())
            .filter(|m| (m.turned_on_by)(&strict))
            .collect();
        assert!(!turned_on.is_empty());
        assert!(
            turned_on
                .iter()
                .all(|m| !m.on_by_default && !(m.turned_on_by)(&Style::default()))
        );
    }
}
