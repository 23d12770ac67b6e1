//! Findings as diagnostics of the files that they are about.

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Uri,
};

use super::positions::Unit;
use crate::finding::{Finding, Label, Severity};
use crate::text::Side;

/// What the name of the server is in messages and diagnostics.
pub const NAME: &str = "bilint";

/// How diagnostics refer to files and rules.
pub struct Style<'a> {
    /// What columns count.
    pub unit: Unit,
    /// The URI of a file, by its name in labels.
    pub uri: &'a dyn Fn(&str) -> Option<Uri>,
    /// The URI of the page of a rule.
    pub page: &'a dyn Fn(&str) -> Option<Uri>,
}

/// The place of a finding in a file: of what it points at or, where that is in the other file, of the text to compare.
pub fn label_in<'f>(finding: &'f Finding, file: &str) -> Option<&'f Label> {
    let primary = finding.primary().side;
    let mut labels = [primary, primary.other()].into_iter();
    labels.find_map(|side| finding.label_or_opposite(side).filter(|label| &*label.file == file))
}

impl Style<'_> {
    /// The diagnostic of a finding in a file; `None` if it is not about the file.
    pub fn diagnostic(&self, finding: &Finding, file: &str) -> Option<Diagnostic> {
        let label = label_in(finding, file)?;
        let lines = [
            Some(finding.message.as_str()),
            finding.why.as_deref(),
            finding.help.as_deref(),
        ];
        let lines: Vec<&str> = lines.into_iter().flatten().collect();
        Some(Diagnostic {
            range: self.unit.range_of(label),
            severity: Some(match finding.severity {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
                Severity::Note => DiagnosticSeverity::INFORMATION,
            }),
            code: Some(NumberOrString::String(finding.rule.to_owned())),
            code_description: (self.page)(finding.rule).map(|href| CodeDescription { href }),
            source: Some(NAME.to_owned()),
            message: lines.join("\n"),
            related_information: self.related(finding, label.side.other()).map(|info| vec![info]),
            data: Some(finding.fingerprint.clone().into()),
            ..Diagnostic::default()
        })
    }

    /// The text on one side that belongs to a finding.
    fn related(&self, finding: &Finding, side: Side) -> Option<DiagnosticRelatedInformation> {
        let label = finding.label_or_opposite(side)?;
        let message = match (side, label.text.as_str()) {
            (Side::Zh, "") => "the Chinese to compare".to_owned(),
            (Side::En, "") => "the English to compare".to_owned(),
            (_, text) => text.to_owned(),
        };
        Some(DiagnosticRelatedInformation {
            location: Location::new((self.uri)(&label.file)?, self.unit.range_of(label)),
            message,
        })
    }
}
