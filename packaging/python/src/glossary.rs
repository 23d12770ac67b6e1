//! Looking names up.

use std::path::PathBuf;

use bilint::glossary::search;
use bilint::output::matches::Row;
use bilint::run::{HitOutcome, NamedGlossary, explain_text, load_glossary};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;

use crate::{error, json, threads};

/// A glossary.
#[pyclass(frozen, module = "bilint._native")]
pub struct Glossary {
    loaded: NamedGlossary,
}

#[pymethods]
impl Glossary {
    /// Loads these files, or the glossary in the package if there are none.
    #[new]
    fn new(py: Python<'_>, paths: Vec<PathBuf>) -> PyResult<Self> {
        let loaded = py.detach(|| threads::work(0, || load_glossary(&paths).map_err(error)))??;
        Ok(Self { loaded })
    }

    /// What the glossary is called.
    #[getter]
    fn name(&self) -> &str {
        &self.loaded.name
    }

    /// What is doubtful about its files.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.loaded.warnings.iter().map(ToString::to_string).collect()
    }

    fn __len__(&self) -> usize {
        self.loaded.glossary.concepts().len()
    }

    /// The ids of the concepts.
    fn ids(&self) -> Vec<&str> {
        self.loaded.glossary.concepts().iter().map(|c| &*c.id).collect()
    }

    /// The concepts that match a query, best first, as JSON.
    fn find(&self, py: Python<'_>, query: &str, limit: usize) -> PyResult<String> {
        py.detach(|| {
            threads::work(0, || {
                let found = search::search(&self.loaded.glossary, query);
                let rows: Vec<Row<'_>> = found.iter().take(limit).map(Row::new).collect();
                json(&rows)
            })
        })?
    }

    /// A concept by its id or one of its names, as JSON.
    fn concept(&self, py: Python<'_>, name: &str) -> PyResult<String> {
        let found = py.detach(|| threads::work(0, || search::find_one(&self.loaded.glossary, name)))?;
        match found {
            Ok(concept) => json(concept),
            Err(near) if near.is_empty() => Err(PyKeyError::new_err(name.to_owned())),
            Err(near) => Err(PyKeyError::new_err(format!(
                "{name}: did you mean {}?",
                near.join(", ")
            ))),
        }
    }

    /// The names of the glossary in a Chinese text, but for those inside longer ones: the id of the concept, the name, and its span
    /// in code points.
    fn names_in<'a>(&'a self, zh: &'a str) -> Vec<(&'a str, &'a str, usize, usize)> {
        let hits = explain_text(&self.loaded.glossary, zh).into_iter();
        let hits = hits.filter(|hit| !matches!(hit.outcome, HitOutcome::InsideLonger(_)));
        let hits = hits.map(|hit| {
            let start = hit.name.as_ptr().addr() - zh.as_ptr().addr();
            let start = zh[..start].chars().count();
            (hit.concept, hit.name, start, start + hit.name.chars().count())
        });
        hits.collect()
    }
}
