//! bilint, a linter for Chinese–English translations.
//!
//! Data flows in one direction, and a room imports only rooms below it:
//!
//! ```text
//! paths ─ input ─▶ Document ─ align ─▶ Pairs ─ rules ─▶ Findings ─ filter ─▶ Report ─ output ─▶ text, JSON …
//! ```
//!
//! `docs/architecture.md` describes every room. The library neither prints nor exits; the binary and [`cli`] do.

pub mod align;
pub mod annotate;
pub mod cli;
pub mod config;
pub mod document;
pub mod file;
pub mod filter;
pub mod finding;
pub mod fix;
pub mod formats;
pub mod glossary;
pub mod input;
pub mod language;
pub mod lsp;
pub mod output;
pub mod rules;
pub mod run;
pub mod score;
pub mod text;
