//! What the editor offers to do about the findings and names at a place.

use std::sync::Arc;

use lsp_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, Command, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};
use serde::{Deserialize, Serialize};

use super::adding::{AddToGlossary, glossary_file};
use super::diagnostics::label_in;
use super::spot::named;
use super::workspace::Workspace;
use crate::finding::{Applicability, Finding, Fix};
use crate::fix;
use crate::glossary::mining::english_names;
use crate::rules::PairContext;
use crate::run::Settings;
use crate::text::script::is_han;
use crate::text::{Side, printable};

/// The command that waives a finding.
pub const WAIVE: &str = "bilint.waive";
/// The command that adds a concept to the glossary.
pub const ADD_TO_GLOSSARY: &str = "bilint.addToGlossary";
/// The kind of the action that applies all safe fixes.
pub const FIX_ALL: &str = "source.fixAll.bilint";

/// The argument of [`WAIVE`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Waive {
    /// A file that the finding is about.
    pub uri: Uri,
    /// The finding.
    pub fingerprint: String,
    /// Why; the server asks if it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A place in a file that the editor asks about.
pub struct Asked<'a> {
    /// The texts.
    pub workspace: &'a Workspace,
    /// The settings of the run that checked them.
    pub settings: &'a Settings,
    /// The file, as messages show it.
    pub file: Arc<str>,
    /// As the editor names it.
    pub uri: Uri,
    /// The place.
    pub range: Range,
    /// The kinds of actions that it wants, and the diagnostics that it shows there.
    pub context: CodeActionContext,
}

impl Asked<'_> {
    /// The actions for the findings of the file, and for the Chinese text that is selected, with its pair.
    pub fn actions(
        &self,
        findings: &[&Finding],
        selected: Option<(&str, PairContext<'_>)>,
    ) -> Vec<CodeActionOrCommand> {
        let mut actions = Vec::new();
        if self.wants(&CodeActionKind::QUICKFIX) {
            let here = findings.iter().filter(|f| self.is_here(f));
            for finding in here.clone() {
                actions.extend(finding.fixes.iter().filter_map(|fix| self.fix(finding, fix)));
            }
            if self.settings.filters.waivers.is_some() {
                actions.extend(here.map(|finding| self.waive(finding)));
            }
        }
        if self.wants(&CodeActionKind::new(FIX_ALL)) {
            actions.extend(self.fix_all(findings));
        }
        let mut actions: Vec<_> = actions.into_iter().map(CodeActionOrCommand::CodeAction).collect();
        if self.wants(&CodeActionKind::REFACTOR)
            && let Some((text, pair)) = selected
            && glossary_file(self.settings).is_some()
        {
            actions.extend(additions(text, &pair).into_iter().map(CodeActionOrCommand::CodeAction));
        }
        actions
    }

    /// Whether the editor wants actions of this kind: `source` includes `source.fixAll.bilint`.
    fn wants(&self, kind: &CodeActionKind) -> bool {
        let includes = |only: &CodeActionKind| {
            let rest = kind.as_str().strip_prefix(only.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.context.only.as_ref().is_none_or(|only| only.iter().any(includes))
    }

    /// Whether the range touches what the finding points at in the file.
    fn is_here(&self, finding: &Finding) -> bool {
        label_in(finding, &self.file).is_some_and(|label| {
            let place = self.workspace.unit.range_of(label);
            place.start <= self.range.end && self.range.start <= place.end
        })
    }

    fn fix(&self, finding: &Finding, fix: &Fix) -> Option<CodeAction> {
        Some(CodeAction {
            title: format!("{}: {}", finding.rule, fix.title),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: self.diagnostics_of(finding),
            edit: Some(self.edit(&[fix])?),
            is_preferred: Some(fix.applicability == Applicability::Safe),
            ..CodeAction::default()
        })
    }

    /// All safe fixes of the file, as `bilint check --fix` applies them in one round.
    fn fix_all(&self, findings: &[&Finding]) -> Option<CodeAction> {
        let is_safe = |fix: &&Fix| fix.applicability == Applicability::Safe;
        let first_safe = findings.iter().filter_map(|f| f.fixes.iter().find(is_safe));
        let fixes: Vec<&Fix> = first_safe.filter(|fix| fix.file == self.file).collect();
        Some(CodeAction {
            title: "Apply all safe fixes of bilint".to_owned(),
            kind: Some(CodeActionKind::new(FIX_ALL)),
            edit: Some(self.edit(&fixes)?),
            ..CodeAction::default()
        })
    }

    /// The fixes, all of one file, as an edit; `None` where nothing can be written.
    fn edit(&self, fixes: &[&Fix]) -> Option<WorkspaceEdit> {
        let first = fixes.first()?;
        let source = self.workspace.source(first)?;
        let edits = fix::edits_in(fixes, &source).into_iter().map(|edit| {
            let [start, end] = [edit.span.start, edit.span.end].map(|at| source.position(at));
            OneOf::Left(TextEdit::new(self.workspace.unit.range(start, end), edit.text))
        });
        let edits: Vec<_> = edits.collect();
        let path = self.workspace.path(&first.file);
        let document = OptionalVersionedTextDocumentIdentifier {
            uri: self.workspace.uri(&path)?,
            version: self.workspace.open_text(&path).map(|open| open.version),
        };
        (!edits.is_empty()).then(|| WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(vec![TextDocumentEdit {
                text_document: document,
                edits,
            }])),
            ..WorkspaceEdit::default()
        })
    }

    fn waive(&self, finding: &Finding) -> CodeAction {
        let argument = Waive {
            uri: self.uri.clone(),
            fingerprint: finding.fingerprint.clone(),
            reason: None,
        };
        CodeAction {
            diagnostics: self.diagnostics_of(finding),
            ..command(
                format!("{}: waive with a reason", finding.rule),
                CodeActionKind::QUICKFIX,
                WAIVE,
                &argument,
            )
        }
    }

    /// The diagnostics of a finding, as the editor has them.
    fn diagnostics_of(&self, finding: &Finding) -> Option<Vec<lsp_types::Diagnostic>> {
        let shown = self.context.diagnostics.iter();
        let is_of =
            |d: &&lsp_types::Diagnostic| d.data.as_ref().and_then(|id| id.as_str()) == Some(&finding.fingerprint);
        let of_finding: Vec<_> = shown.filter(is_of).cloned().collect();
        (!of_finding.is_empty()).then_some(of_finding)
    }
}

/// An action that runs a command of the server.
fn command<A: Serialize>(title: String, kind: CodeActionKind, name: &str, argument: &A) -> CodeAction {
    let argument = serde_json::to_value(argument).unwrap_or_default();
    CodeAction {
        command: Some(Command::new(title.clone(), name.to_owned(), Some(vec![argument]))),
        title,
        kind: Some(kind),
        ..CodeAction::default()
    }
}

/// Adding the selected Chinese name with each name in the English of the pair that the glossary lacks.
fn additions(selected: &str, pair: &PairContext<'_>) -> Vec<CodeAction> {
    let zh = selected.trim();
    if zh.lines().count() != 1 || !zh.chars().any(is_han) {
        return Vec::new();
    }
    let known = named(pair, Side::En);
    let is_known = |name: &str| known.iter().any(|(_, span)| span.of(pair.en()) == name);
    let names = english_names(pair.en()).into_iter().filter(|name| !is_known(name));
    let action = |en: String| {
        let title = format!("Add “{zh}”, “{en}” to the glossary");
        let (title, zh) = (printable(&title).into_owned(), zh.to_owned());
        command(
            title,
            CodeActionKind::REFACTOR,
            ADD_TO_GLOSSARY,
            &AddToGlossary { zh, en },
        )
    };
    names.map(action).collect()
}
