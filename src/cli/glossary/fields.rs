//! The arguments that give names and fields of a concept.

use crate::cli::Trouble;
use crate::cli::completions::values;
use crate::glossary::editing::set_field;
use crate::glossary::{Concept, Kind, Status};

/// A name as an argument: `NAME`, or `NAME=STATUS`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameArg {
    /// The name.
    pub text: String,
    /// Its status, if that is given.
    pub status: Option<Status>,
}

/// Reads a name with its status.
///
/// # Errors
/// There is no name.
pub fn parse_name(text: &str) -> Result<NameArg, String> {
    let with_status = text.rsplit_once('=').and_then(|(name, status)| {
        let status = Status::ALL.into_iter().find(|s| s.name() == status.trim())?;
        Some((name, status))
    });
    let (name, status) = match with_status {
        Some((name, status)) => (name, Some(status)),
        None => (text, None),
    };
    if name.trim().is_empty() {
        return Err("write a name, or NAME=STATUS".to_owned());
    }
    Ok(NameArg {
        text: name.trim().to_owned(),
        status,
    })
}

/// The fields of a concept.
#[derive(Debug, Default, clap::Args)]
#[group(skip)]
#[command(next_help_heading = "Fields")]
pub struct Fields {
    /// What the concept is: facility, institution, person, place, event, plan, policy, document, title or term.
    #[arg(long, value_enum, hide_possible_values = true)]
    pub kind: Option<Kind>,

    /// The acronym of the English name.
    #[arg(long, value_name = "TEXT")]
    acronym: Option<String>,

    /// Whether the English names match with the same capitals only.
    #[arg(long, value_name = "BOOL")]
    case_sensitive: Option<bool>,

    /// What distinguishes the concept from another one with the same name.
    #[arg(long, value_name = "TEXT")]
    scope: Option<String>,

    /// Who decided the names.
    #[arg(long, value_name = "TEXT")]
    authority: Option<String>,

    /// Where the names are published.
    #[arg(long, value_name = "TEXT")]
    citation: Option<String>,

    /// How good that source is: A, B, C or D.
    #[arg(long, value_name = "GRADE")]
    grade: Option<String>,

    /// The first day on which the names are valid: YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    valid_from: Option<String>,

    /// The last day on which the names are valid.
    #[arg(long, value_name = "DATE")]
    valid_to: Option<String>,

    /// The id of the concept that took the place of this one.
    #[arg(long, value_name = "ID", add = values::concepts())]
    replaced_by: Option<String>,

    /// A remark for the next editor.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,

    /// Texts that use the names rightly: "中文 | English". May be repeated.
    #[arg(long, value_name = "PAIR")]
    example: Vec<String>,

    /// Texts that use the names wrongly. May be repeated.
    #[arg(long, value_name = "PAIR")]
    counterexample: Vec<String>,
}

impl Fields {
    /// The keys of the texts that a person is asked for one by one.
    pub const ASKED: [&str; 9] = [
        "acronym",
        "scope",
        "authority",
        "citation",
        "grade",
        "valid-from",
        "valid-to",
        "replaced-by",
        "note",
    ];

    /// The keys that are given, with their texts.
    pub fn given(&self) -> Vec<(&'static str, String)> {
        let lines = |lines: &[String]| (!lines.is_empty()).then(|| lines.join("\n"));
        let texts = [
            &self.acronym,
            &self.scope,
            &self.authority,
            &self.citation,
            &self.grade,
            &self.valid_from,
            &self.valid_to,
            &self.replaced_by,
            &self.note,
        ];
        let others = [
            ("kind", self.kind.map(|kind| kind.name().to_owned())),
            ("case-sensitive", self.case_sensitive.map(|b| b.to_string())),
            ("example", lines(&self.example)),
            ("counterexample", lines(&self.counterexample)),
        ];
        let texts = Self::ASKED.into_iter().zip(texts.map(Option::clone));
        texts
            .chain(others)
            .filter_map(|(key, text)| Some((key, text?)))
            .collect()
    }

    /// Sets the fields that are given.
    ///
    /// # Errors
    /// A field cannot hold its text.
    pub fn set(&self, concept: &mut Concept) -> Result<(), Trouble> {
        for (key, text) in self.given() {
            set_field(concept, key, Some(&text))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_have_a_status() {
        let parsed = |text| parse_name(text).map(|n| (n.text, n.status));
        assert_eq!(parsed("甲=forbidden"), Ok(("甲".to_owned(), Some(Status::Forbidden))));
        assert_eq!(parsed("E = mc2"), Ok(("E = mc2".to_owned(), None)));
        assert!(parsed("=admitted").is_err());
    }
}
