//! A language server for pairs of texts: what one side says is compared with the other while either is edited.
//!
//! [`Server`] receives messages and answers them. After a change, `Run::recheck_open` compares the pairs that changed at once;
//! after a pause, `Run::check_open` checks the text as a whole in a thread of its own, so that the diagnostics are those of
//! `bilint check`. A request waits until what it needs is known.

mod actions;
mod adding;
mod client;
mod completion;
mod definition;
mod diagnostics;
mod hover;
mod outbox;
mod paths;
mod positions;
mod requests;
mod server;
mod spot;
mod worker;
mod workspace;

pub use client::{Client, capabilities};
pub use paths::{path_of, uri_of};
pub use server::{Host, Server, ServerError};
