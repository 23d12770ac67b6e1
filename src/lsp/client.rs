//! What the editor can do, and what the server can do for it.

use std::path::PathBuf;

use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions, ExecuteCommandOptions,
    HoverProviderCapability, InitializeParams, OneOf, SaveOptions, ServerCapabilities, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
};

use super::actions::{ADD_TO_GLOSSARY, FIX_ALL, WAIVE};
use super::paths::path_of;
use super::positions::Unit;

/// What the editor says of itself at the start.
#[derive(Debug, Clone, Default)]
pub struct Client {
    /// The folder that is open.
    pub root: Option<PathBuf>,
    /// What its columns count.
    pub(super) unit: Unit,
    /// Whether it can be asked to say which files change.
    pub(super) watches: bool,
}

impl Client {
    /// Reads the parameters of the first request.
    pub fn new(params: &InitializeParams) -> Self {
        let folders = params.workspace_folders.iter().flatten();
        #[expect(deprecated, reason = "older editors send nothing else")]
        let root = folders.map(|folder| &folder.uri).chain(&params.root_uri).next();
        let capabilities = &params.capabilities;
        let general = capabilities.general.as_ref();
        let offered = general.and_then(|g| g.position_encodings.as_deref());
        let watched = capabilities.workspace.as_ref();
        let watched = watched.and_then(|w| w.did_change_watched_files);
        Self {
            root: root.and_then(path_of),
            unit: Unit::choose(offered.unwrap_or_default()),
            watches: watched.and_then(|w| w.dynamic_registration).unwrap_or_default(),
        }
    }
}

/// What the server can do.
pub fn capabilities(client: &Client) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(client.unit.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions::default())),
            ..TextDocumentSyncOptions::default()
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        completion_provider: Some(CompletionOptions::default()),
        definition_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![
                CodeActionKind::QUICKFIX,
                CodeActionKind::REFACTOR,
                CodeActionKind::new(FIX_ALL),
            ]),
            ..CodeActionOptions::default()
        })),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: vec![WAIVE.to_owned(), ADD_TO_GLOSSARY.to_owned()],
            ..ExecuteCommandOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}
