//! The native part of the Python package `bilint`: texts in, JSON out. `python/bilint/_api.py` is what users call.
//!
//! Findings are written by the same code as `bilint check --format jsonl`, so that they are the same objects. The interpreter is
//! free while texts are checked.

mod glossary;
mod linter;
mod threads;

use std::ffi::OsString;
use std::fmt::Display;

use bilint::text::{Side, script};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde::Serialize;

/// What is wrong, for Python.
fn error(error: impl Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// A value as JSON.
fn json(value: &impl Serialize) -> PyResult<String> {
    serde_json::to_string(value).map_err(error)
}

/// A language by its name.
fn side(name: &str) -> PyResult<Side> {
    match name {
        "zh" => Ok(Side::Zh),
        "en" => Ok(Side::En),
        other => Err(error(format!("“{other}” is no language; use “zh” or “en”"))),
    }
}

/// The native part of the package.
#[pymodule]
mod _native {
    use super::{OsString, PyResult, Python, json, pyfunction, script, side};

    #[pymodule_export]
    use super::glossary::Glossary;
    #[pymodule_export]
    use super::linter::Linter;

    /// The version of bilint.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "the name in Python")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    /// Runs the command `bilint` and returns its exit code.
    #[pyfunction]
    fn run_command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
        py.detach(|| bilint::cli::run_arguments(arguments))
    }

    /// The quantities of a text.
    #[pyfunction]
    #[pyo3(signature = (text, language=None))]
    fn quantities(text: &str, language: Option<&str>) -> PyResult<String> {
        let found = script::side_of(text).unwrap_or(bilint::text::Side::Zh);
        let side = language.map_or(Ok(found), side)?;
        json(&bilint::output::quantities::rows(text, side))
    }
}
