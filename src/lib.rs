//! bilint, a linter for Chinese–English translations.
//!
//! The way through the house is one direction, and a room imports only rooms below it:
//!
//! ```text
//! paths ─ input ─▶ Document ─ align ─▶ Pairs ─ rules ─▶ Findings ─ filter ─▶ Report ─ output ─▶ text, JSON …
//! ```
//!
//! `docs/architecture.md` in the repository describes every room. The library neither prints nor exits;
//! that is the business of the thin binary and of [`cli`].

pub mod align;
pub mod cli;
pub mod config;
pub mod document;
pub mod filter;
pub mod finding;
pub mod fix;
pub mod glossary;
pub mod input;
pub mod language;
pub mod output;
pub mod rules;
pub mod run;
pub mod score;
pub mod text;
