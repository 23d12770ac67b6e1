//! The server: messages in, answers and diagnostics out.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, select};
use lsp_server::{
    Connection, ErrorCode, ExtractError, Message, Notification, ProtocolError, Request, RequestId, Response,
};
use lsp_types::notification::{
    Cancel, DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument,
    DidSaveTextDocument, LogMessage, Notification as _, PublishDiagnostics,
};
use lsp_types::request::{RegisterCapability, Request as _, ShowMessageRequest, Shutdown};
use lsp_types::{
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, LogMessageParams, MessageActionItem,
    MessageType, NumberOrString, PublishDiagnosticsParams, Registration, RegistrationParams, ShowMessageRequestParams,
    Uri,
};
use serde::de::DeserializeOwned;

use super::actions::Waive;
use super::adding::add_to_glossary;
use super::client::Client;
use super::diagnostics::Style;
use super::outbox::Outbox;
use super::paths::path_of;
use super::requests::{Question, Told};
use super::worker::{self, Done, Job};
use super::workspace::Workspace;
use crate::filter::since::user_name;
use crate::filter::waiver::NewWaiver;
use crate::formats;
use crate::run::{CheckedInput, Run, Settings, write_waivers};

/// The reasons that the server offers for a waiver where the editor asks for none.
const REASONS: [&str; 3] = ["intended", "not an error", "a quotation"];

/// Longer than any wait.
const LONG: Duration = Duration::from_secs(3600);

/// What the server needs from the program that it runs in.
pub trait Host {
    /// Reads the configuration.
    ///
    /// # Errors
    /// In words for the user.
    fn settings(&self) -> Result<Settings, String>;

    /// The page of a rule, if there is one.
    fn page(&self, rule: &str) -> Option<Uri>;
}

/// Why the server ended early.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The editor does not keep to the protocol.
    #[error("the editor broke the protocol: {0}")]
    Protocol(#[from] ProtocolError),
    /// A check ended with an internal error.
    #[error("a check ended with an internal error")]
    Worker,
}

/// The server.
pub struct Server<H> {
    connection: Connection,
    outbox: Outbox,
    host: H,
    client: Client,
    workspace: Workspace,
    /// What is checked and how; `None` as long as the configuration is faulty.
    loaded: Option<(Arc<Settings>, Arc<Run>)>,
    jobs: Sender<Job>,
    done: Receiver<Done>,
    is_busy: bool,
    /// Whether files changed that may be settings.
    must_reload: bool,
    /// The requests that wait for a check.
    waiting: Vec<(RequestId, Question)>,
    /// The findings about whose waivers the editor was asked.
    asked: BTreeMap<RequestId, Waive>,
    /// The files with diagnostics.
    marked: BTreeSet<PathBuf>,
}

impl<H: Host> Server<H> {
    /// A server for the texts of the current folder, which the editor calls `root`.
    pub fn new(connection: Connection, client: Client, root: PathBuf, host: H) -> Self {
        let (jobs, done) = worker::start();
        Self {
            outbox: Outbox::new(connection.sender.clone()),
            connection,
            host,
            workspace: Workspace::new(root, client.unit),
            client,
            loaded: None,
            jobs,
            done,
            is_busy: false,
            must_reload: true,
            waiting: Vec::new(),
            asked: BTreeMap::new(),
            marked: BTreeSet::new(),
        }
    }

    /// Answers until the editor shuts the server down, or is gone.
    ///
    /// # Errors
    /// See [`ServerError`].
    pub fn run(mut self) -> Result<(), ServerError> {
        if self.client.watches {
            self.register_watchers();
        }
        loop {
            if self.connection.receiver.is_empty() {
                self.catch_up();
            }
            let wait = if self.is_busy {
                None
            } else {
                self.workspace.wait(Instant::now())
            };
            select! {
                recv(self.connection.receiver) -> message => match message {
                    Ok(Message::Request(request)) => {
                        if request.method == Shutdown::METHOD {
                            self.cancel_all();
                        }
                        if self.connection.handle_shutdown(&request)? {
                            return Ok(());
                        }
                        self.receive_request(request);
                    }
                    Ok(Message::Notification(notification)) => self.receive_notification(notification),
                    Ok(Message::Response(response)) => self.receive_response(response),
                    Err(_) => return Ok(()),
                },
                recv(self.done) -> done => self.receive_result(done.map_err(|_| ServerError::Worker)?),
                default(wait.unwrap_or(LONG)) => {}
            }
        }
    }

    /// Does what the messages so far require.
    fn catch_up(&mut self) {
        self.reload();
        if let Some((_, run)) = &self.loaded {
            let files = self.workspace.recheck(&Arc::clone(run));
            self.publish(files);
        }
        self.answer_waiting();
        // A command may have changed a file.
        self.reload();
        self.start_job();
    }

    /// Reads the configuration, the glossaries and the filters, if they may have changed.
    fn reload(&mut self) {
        if !mem::take(&mut self.must_reload) {
            return;
        }
        let loaded = self.host.settings().and_then(|settings| {
            // A run over what is open is never complete: what it does not find may be elsewhere.
            let some = Settings {
                file_list: Some(Vec::new()),
                ..settings.clone()
            };
            let run = Run::new(some).map_err(|e| e.to_string())?;
            Ok((Arc::new(settings), Arc::new(run)))
        });
        match loaded {
            Ok(loaded) => self.loaded = Some(loaded),
            Err(message) => self.outbox.show(MessageType::ERROR, message),
        }
        self.workspace.forget_inputs();
        self.workspace.touch_all();
    }

    fn start_job(&mut self) {
        let Some((settings, run)) = &self.loaded else { return };
        if self.is_busy {
            return;
        }
        let job = if self.workspace.seek_inputs() {
            Job::Find {
                settings: Arc::clone(settings),
                open_texts: self.workspace.snapshot(),
            }
        } else if let Some((input, revision)) = self.workspace.next_due(Instant::now()) {
            Job::Check {
                run: Arc::clone(run),
                input,
                open_texts: self.workspace.snapshot(),
                revision,
            }
        } else {
            return;
        };
        self.is_busy = self.jobs.send(job).is_ok();
    }

    fn receive_result(&mut self, done: Done) {
        self.is_busy = false;
        let files = match done {
            Done::Found(inputs) => self.workspace.set_inputs(inputs),
            Done::Checked {
                input,
                revision,
                result,
            } => {
                let found = result.unwrap_or_else(|e| {
                    self.outbox.show(MessageType::ERROR, e.to_string());
                    CheckedInput::default()
                });
                let old = self.workspace.skipped(&input);
                for message in found.skipped.iter().filter(|message| !old.contains(message)) {
                    self.outbox.notify::<LogMessage>(LogMessageParams {
                        typ: MessageType::WARNING,
                        message: message.clone(),
                    });
                }
                self.workspace.set_found(&input, revision, found)
            }
        };
        self.publish(files);
    }

    /// Publishes the diagnostics of these files.
    fn publish(&mut self, files: Vec<PathBuf>) {
        let files: BTreeSet<PathBuf> = files.into_iter().collect();
        for path in files {
            let diagnostics = self.diagnostics(&path);
            let was_marked = self.marked.remove(&path);
            let open = self.workspace.open_text(&path);
            if diagnostics.is_empty() && !was_marked && open.is_none() {
                continue;
            }
            let (Some(uri), version) = (self.workspace.uri(&path), open.map(|open| open.version)) else {
                continue;
            };
            if !diagnostics.is_empty() {
                self.marked.insert(path);
            }
            self.outbox
                .notify::<PublishDiagnostics>(PublishDiagnosticsParams::new(uri, diagnostics, version));
        }
    }

    fn diagnostics(&self, path: &Path) -> Vec<lsp_types::Diagnostic> {
        let workspace = &self.workspace;
        let style = Style {
            unit: workspace.unit,
            uri: &|file| workspace.uri(&workspace.path(file)),
            page: &|rule| self.host.page(rule),
        };
        let file = workspace.name(path);
        let findings = workspace.groups_of(path).flat_map(|group| &group.found.findings);
        findings.filter_map(|f| style.diagnostic(f, &file)).collect()
    }

    fn receive_request(&mut self, request: Request) {
        let (id, method) = (request.id.clone(), request.method.clone());
        match Question::read(request) {
            Ok(question) => self.waiting.push((id, question)),
            Err(Told::Unknown) => {
                let message = format!("bilint does not know the method {method}");
                self.outbox
                    .answer(Response::new_err(id, ErrorCode::MethodNotFound as i32, message));
            }
            Err(Told::Faulty(message)) => {
                self.outbox
                    .answer(Response::new_err(id, ErrorCode::InvalidParams as i32, message));
            }
        }
    }

    /// Answers the requests for which all is known that they need.
    fn answer_waiting(&mut self) {
        for (id, question) in mem::take(&mut self.waiting) {
            let path = question.path();
            let is_ready = match (&self.loaded, &path) {
                (Some(_), Some(path)) => self.workspace.is_ready(path, question.need()),
                _ => true,
            };
            if is_ready {
                self.answer_question(id, question);
            } else {
                self.waiting.push((id, question));
            }
        }
    }

    fn answer_question(&mut self, id: RequestId, question: Question) {
        let Some((settings, run)) = self.loaded.clone() else {
            return self.outbox.answer(Response::new_ok(id, ()));
        };
        let value = match question {
            Question::Waive(waive) => self.waive(&settings, waive),
            Question::AddToGlossary(names) => match add_to_glossary(&settings, &names) {
                Ok(path) => {
                    self.must_reload = true;
                    let name = path.display();
                    self.outbox
                        .show(MessageType::INFO, format!("“{}” is in {name} now", names.zh));
                    Ok(serde_json::Value::Null)
                }
                Err(message) => Err(message),
            },
            question => Ok(question.answer(&self.workspace, &settings, &run)),
        };
        self.outbox.answer(match value {
            Ok(value) => Response::new_ok(id, value),
            Err(message) => Response::new_err(id, ErrorCode::RequestFailed as i32, message),
        });
    }

    /// Waives a finding, or asks for the reason first.
    fn waive(&mut self, settings: &Settings, waive: Waive) -> Result<serde_json::Value, String> {
        let file = settings.filters.waivers.as_ref();
        let file = file.ok_or("no waiver file is set: run `bilint lsp --waivers FILE`")?;
        let path = path_of(&waive.uri).ok_or("the text is in no file")?;
        let groups = self.workspace.groups_of(&path);
        let finding = groups
            .flat_map(|group| &group.found.findings)
            .find(|f| f.fingerprint == waive.fingerprint);
        let finding = finding.ok_or("the text has changed, and the finding is gone")?;
        let reason = waive
            .reason
            .as_deref()
            .map(str::trim)
            .filter(|reason| !reason.is_empty());
        let Some(reason) = reason else {
            let message = format!("{}: why is it to be left as it is?", finding.message);
            let title = |title: &str| MessageActionItem {
                title: title.to_owned(),
                properties: HashMap::default(),
            };
            let id = self.outbox.request::<ShowMessageRequest>(ShowMessageRequestParams {
                typ: MessageType::INFO,
                message,
                actions: Some(REASONS.map(title).to_vec()),
            });
            self.asked.insert(id, waive);
            return Ok(serde_json::Value::Null);
        };
        let who = user_name(&self.workspace.root).unwrap_or_default();
        let waiver = NewWaiver::new(finding, reason.to_owned(), who, None);
        write_waivers(file, &[waiver]).map_err(|e| e.to_string())?;
        self.must_reload = true;
        Ok(serde_json::Value::Null)
    }

    fn receive_response(&mut self, response: Response) {
        let Some(waive) = self.asked.remove(&response.id) else {
            return;
        };
        let chosen: Option<Option<MessageActionItem>> = response.result.and_then(|v| serde_json::from_value(v).ok());
        let (Some(Some(chosen)), Some((settings, _))) = (chosen, self.loaded.clone()) else {
            return;
        };
        let waive = Waive {
            reason: Some(chosen.title),
            ..waive
        };
        if let Err(message) = self.waive(&settings, waive) {
            self.outbox.show(MessageType::ERROR, message);
        }
    }

    fn receive_notification(&mut self, notification: Notification) {
        let method = notification.method.clone();
        let result = match &*method {
            DidOpenTextDocument::METHOD => extract::<DidOpenTextDocument>(notification).map(|p| {
                let text = p.text_document;
                self.workspace.open(text.uri, text.version, text.text);
            }),
            DidChangeTextDocument::METHOD => extract::<DidChangeTextDocument>(notification).map(|p| {
                let text = p.text_document;
                self.workspace.change(&text.uri, text.version, p.content_changes);
            }),
            DidCloseTextDocument::METHOD => extract::<DidCloseTextDocument>(notification).map(|p| {
                let files = self.workspace.close(&p.text_document.uri);
                self.publish(files);
            }),
            DidSaveTextDocument::METHOD => {
                extract::<DidSaveTextDocument>(notification).map(|p| self.saved(&p.text_document.uri))
            }
            DidChangeWatchedFiles::METHOD => extract::<DidChangeWatchedFiles>(notification)
                .map(|p| p.changes.iter().for_each(|change| self.saved(&change.uri))),
            Cancel::METHOD => extract::<Cancel>(notification).map(|p| {
                self.cancel(&match p.id {
                    NumberOrString::Number(n) => n.into(),
                    NumberOrString::String(s) => s.into(),
                });
            }),
            // `initialized`, and what an editor may send to servers that do not know it.
            _ => Ok(()),
        };
        if let Err(e) = result {
            self.outbox.notify::<LogMessage>(LogMessageParams {
                typ: MessageType::ERROR,
                message: format!("{method}: {e:?}"),
            });
        }
    }

    fn cancel(&mut self, id: &RequestId) {
        let found = self.waiting.iter().position(|(waiting, _)| waiting == id);
        if let Some(index) = found {
            let (id, _) = self.waiting.remove(index);
            let code = ErrorCode::RequestCanceled as i32;
            self.outbox
                .answer(Response::new_err(id, code, "the editor cancelled it".to_owned()));
        }
    }

    /// Answers what still waits when the editor ends the session.
    fn cancel_all(&mut self) {
        while let Some((id, _)) = self.waiting.first() {
            self.cancel(&id.clone());
        }
    }

    /// A file changed on the disk. One that is no text under check may be a configuration, a glossary, a waiver file or a new
    /// text.
    fn saved(&mut self, uri: &Uri) {
        let Some(path) = path_of(uri) else { return };
        // What is open is checked already.
        let is_open = self.workspace.open_text(&path).is_some();
        let is_text = self.workspace.groups_of(&path).next().is_some();
        if is_text && path.is_file() {
            if !is_open {
                self.workspace.touch(&path);
            }
        } else {
            self.must_reload = true;
        }
    }

    /// Asks the editor to say which files change.
    fn register_watchers(&mut self) {
        let extensions = formats::extensions().chain(["csv", "tab", "tbx"]);
        let extensions: BTreeSet<&str> = extensions.collect();
        let glob = format!("**/*.{{{}}}", extensions.into_iter().collect::<Vec<_>>().join(","));
        let options = DidChangeWatchedFilesRegistrationOptions {
            watchers: vec![FileSystemWatcher {
                glob_pattern: GlobPattern::String(glob),
                kind: None,
            }],
        };
        self.outbox.request::<RegisterCapability>(RegistrationParams {
            registrations: vec![Registration {
                id: "bilint-files".to_owned(),
                method: DidChangeWatchedFiles::METHOD.to_owned(),
                register_options: serde_json::to_value(options).ok(),
            }],
        });
    }
}

fn extract<N>(notification: Notification) -> Result<N::Params, ExtractError<Notification>>
where
    N: lsp_types::notification::Notification,
    N::Params: DeserializeOwned,
{
    notification.extract(N::METHOD)
}
