//! The requests of the editor, and the answers that depend on the texts alone.

use std::path::PathBuf;

use lsp_server::{ExtractError, Request};
use lsp_types::request::{CodeActionRequest, Completion, ExecuteCommand, GotoDefinition, HoverRequest, Request as _};
use lsp_types::{
    CodeActionParams, CompletionResponse, ExecuteCommandParams, GotoDefinitionResponse, TextDocumentPositionParams, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::actions::{ADD_TO_GLOSSARY, Asked, WAIVE, Waive};
use super::adding::AddToGlossary;
use super::completion::complete;
use super::definition::define;
use super::hover::hover;
use super::paths::path_of;
use super::spot::Spot;
use super::workspace::{Need, Workspace};
use crate::run::{Run, Settings};
use crate::text::Side;

/// What the editor asks.
#[derive(Debug)]
pub enum Question {
    /// What is there to say about a place?
    Hover(TextDocumentPositionParams),
    /// What could be written at a place?
    Complete(TextDocumentPositionParams),
    /// Where is the counterpart of a place?
    Define(TextDocumentPositionParams),
    /// What can be done about a place?
    Actions(Box<CodeActionParams>),
    /// Waive a finding.
    Waive(Waive),
    /// Add a concept to the glossary.
    AddToGlossary(AddToGlossary),
}

/// Why a request is refused.
#[derive(Debug)]
pub enum Told {
    /// Its method is not known.
    Unknown,
    /// Its parameters are wrong.
    Faulty(String),
}

impl Question {
    /// Reads a request.
    pub fn read(request: Request) -> Result<Self, Told> {
        match &*request.method.clone() {
            HoverRequest::METHOD => {
                params::<HoverRequest>(request).map(|p| Self::Hover(p.text_document_position_params))
            }
            Completion::METHOD => params::<Completion>(request).map(|p| Self::Complete(p.text_document_position)),
            GotoDefinition::METHOD => {
                params::<GotoDefinition>(request).map(|p| Self::Define(p.text_document_position_params))
            }
            CodeActionRequest::METHOD => params::<CodeActionRequest>(request).map(|p| Self::Actions(Box::new(p))),
            ExecuteCommand::METHOD => params::<ExecuteCommand>(request).and_then(Self::command),
            _ => Err(Told::Unknown),
        }
    }

    fn command(params: ExecuteCommandParams) -> Result<Self, Told> {
        let argument = params.arguments.into_iter().next().unwrap_or_default();
        let faulty = |e: serde_json::Error| Told::Faulty(format!("{}: {e}", params.command));
        match &*params.command {
            WAIVE => serde_json::from_value(argument).map(Self::Waive).map_err(faulty),
            ADD_TO_GLOSSARY => serde_json::from_value(argument)
                .map(Self::AddToGlossary)
                .map_err(faulty),
            unknown => Err(Told::Faulty(format!("there is no command {unknown}"))),
        }
    }

    /// The file that it is about.
    pub fn path(&self) -> Option<PathBuf> {
        match self {
            Self::Hover(at) | Self::Complete(at) | Self::Define(at) => path_of(&at.text_document.uri),
            Self::Actions(params) => path_of(&params.text_document.uri),
            Self::Waive(waive) => path_of(&waive.uri),
            Self::AddToGlossary(_) => None,
        }
    }

    /// What the answer needs.
    pub const fn need(&self) -> Need {
        match self {
            Self::Hover(_) | Self::Complete(_) | Self::Define(_) => Need::Pairs,
            Self::Actions(_) | Self::Waive(_) | Self::AddToGlossary(_) => Need::Findings,
        }
    }

    /// The answer to a question about the texts; null to a command.
    pub fn answer(self, workspace: &Workspace, settings: &Settings, run: &Run) -> Value {
        match self {
            Self::Hover(at) => value(at_spot(&at, workspace, run, |spot| hover(spot, workspace.unit))),
            Self::Complete(at) => {
                let items = at_spot(&at, workspace, run, |spot| Some(complete(spot, workspace.unit)));
                value(CompletionResponse::Array(items.unwrap_or_default()))
            }
            Self::Define(at) => {
                let places = at_spot(&at, workspace, run, |spot| Some(define(spot, workspace)));
                value(GotoDefinitionResponse::Array(places.unwrap_or_default()))
            }
            Self::Actions(params) => value(actions(*params, workspace, settings, run)),
            Self::Waive(_) | Self::AddToGlossary(_) => Value::Null,
        }
    }
}

fn params<R>(request: Request) -> Result<R::Params, Told>
where
    R: lsp_types::request::Request,
    R::Params: DeserializeOwned,
{
    request
        .extract(R::METHOD)
        .map(|(_, params)| params)
        .map_err(|e| match e {
            ExtractError::MethodMismatch(_) => Told::Unknown,
            ExtractError::JsonError { error, .. } => Told::Faulty(error.to_string()),
        })
}

fn value(answer: impl Serialize) -> Value {
    serde_json::to_value(answer).unwrap_or_default()
}

/// What `ask` says about a place, in the first text that has it.
fn at_spot<T>(
    at: &TextDocumentPositionParams,
    workspace: &Workspace,
    run: &Run,
    ask: impl Fn(&Spot<'_>) -> Option<T>,
) -> Option<T> {
    let path = path_of(&at.text_document.uri)?;
    let file = workspace.name(&path);
    let mut texts = workspace.groups_of(&path).flat_map(|group| &group.found.texts);
    texts.find_map(|text| {
        let context = run.context(text);
        let spot = Spot::find(&context, &file, workspace.unit, at.position)?;
        ask(&spot)
    })
}

fn actions(
    params: CodeActionParams,
    workspace: &Workspace,
    settings: &Settings,
    run: &Run,
) -> Vec<lsp_types::CodeActionOrCommand> {
    let uri: Uri = params.text_document.uri.clone();
    let Some(path) = path_of(&uri) else { return Vec::new() };
    let range = params.range;
    let at = TextDocumentPositionParams::new(params.text_document, range.start);
    let asked = Asked {
        workspace,
        settings,
        file: workspace.name(&path),
        uri,
        range,
        context: params.context,
    };
    let groups = workspace.groups_of(&path);
    let findings: Vec<_> = groups.flat_map(|group| &group.found.findings).collect();
    let with_selection = at_spot(&at, workspace, run, |start| {
        let end = Spot::find(start.pair.doc, &asked.file, workspace.unit, range.end)?;
        let is_here = end.side == Side::Zh && start.side == Side::Zh && end.pair.index == start.pair.index;
        let selected = start.text().get(start.offset..end.offset).filter(|_| is_here)?;
        Some(asked.actions(&findings, Some((selected, start.pair))))
    });
    with_selection.unwrap_or_else(|| asked.actions(&findings, None))
}
