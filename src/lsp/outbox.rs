//! What the server sends to the editor.

use crossbeam_channel::Sender;
use lsp_server::{Message, Notification, Request, RequestId, Response};
use lsp_types::notification::ShowMessage;
use lsp_types::{MessageType, ShowMessageParams};
use serde::Serialize;

/// Sends messages, and numbers requests.
pub struct Outbox {
    sender: Sender<Message>,
    requests: i32,
}

impl Outbox {
    /// An outbox that sends to the editor.
    pub const fn new(sender: Sender<Message>) -> Self {
        Self { sender, requests: 0 }
    }

    /// Shows a message to the user.
    pub fn show(&self, typ: MessageType, message: String) {
        self.notify::<ShowMessage>(ShowMessageParams { typ, message });
    }

    /// Sends a request to the editor.
    pub fn request<R: lsp_types::request::Request>(&mut self, params: R::Params) -> RequestId
    where
        R::Params: Serialize,
    {
        self.requests += 1;
        let id = RequestId::from(self.requests);
        self.send(Request::new(id.clone(), R::METHOD.to_owned(), params).into());
        id
    }

    /// Sends a notification.
    pub fn notify<N: lsp_types::notification::Notification>(&self, params: N::Params)
    where
        N::Params: Serialize,
    {
        self.send(Notification::new(N::METHOD.to_owned(), params).into());
    }

    /// Answers a request.
    pub fn answer(&self, response: Response) {
        self.send(response.into());
    }

    fn send(&self, message: Message) {
        // An editor that is gone needs no answer; the loop ends with its next message.
        let _ = self.sender.send(message);
    }
}
