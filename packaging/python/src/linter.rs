//! Checking and aligning.

use std::env;
use std::path::{Path, PathBuf};

use bilint::config::Config;
use bilint::finding::{Finding, Severity};
use bilint::output::write_finding;
use bilint::rules::profile::Profile;
use bilint::run::{AlignUnit, PairVerdict, Run, Settings};
use bilint::text::date::parse_date;
use bilint::text::{Direction, Sides};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;

use crate::{error, threads};

/// A run whose glossary is loaded.
#[pyclass(frozen, module = "bilint._native")]
pub struct Linter {
    run: Run,
    settings: Settings,
    threads: usize,
}

/// The rules that report a pair, its penalty, and its findings as JSON.
type Annotation = (Vec<&'static str>, f64, Option<String>);

#[pymethods]
impl Linter {
    /// Reads the configuration and loads the glossary.
    #[new]
    #[pyo3(signature = (*, glossary, select, ignore, direction, profile, date, config, threads))]
    fn new(
        py: Python<'_>,
        glossary: Vec<PathBuf>,
        select: Vec<String>,
        ignore: Vec<String>,
        direction: Option<&str>,
        profile: Option<&str>,
        date: Option<&str>,
        config: Option<PathBuf>,
        threads: usize,
    ) -> PyResult<Self> {
        let mut config = config.map_or_else(|| Ok(Config::default()), |file| load(&file))?;
        if let Some(name) = direction {
            let known = Direction::ALL.map(|d| (d.name(), d));
            config.direction = Some(named("direction", name, &known)?);
        }
        if let Some(name) = profile {
            let known = Profile::ALL.map(|p| (p.name(), p));
            config.profile = Some(named("profile", name, &known)?);
        }
        let settings = Settings {
            config,
            glossaries: glossary,
            select,
            ignore,
            date: date.map(parse_date).transpose().map_err(error)?,
            ..Settings::default()
        };
        let of = settings.clone();
        let run = py.detach(|| threads::work(threads, || Run::new(of).map_err(error)))??;
        Ok(Self { run, settings, threads })
    }

    /// What is doubtful about the glossary files.
    #[getter]
    fn glossary_warnings(&self) -> Vec<String> {
        self.run.glossary_warnings().iter().map(ToString::to_string).collect()
    }

    /// The findings in each pair, by itself: a list of lists, as JSON.
    fn check_pairs(&self, py: Python<'_>, zh: Vec<PyBackedStr>, en: Vec<PyBackedStr>, name: &str) -> PyResult<String> {
        self.work(py, || {
            let found = self
                .run
                .record_checker()
                .map_err(error)?
                .check_pairs(name, &pairs(&zh, &en));
            let mut out = Vec::new();
            list(&found, &mut out, |findings, out| list(findings, out, finding))?;
            text(out)
        })
    }

    /// The verdict on each pair, by itself, with the findings that it rests on if these are wanted.
    fn annotate(
        &self,
        py: Python<'_>,
        zh: Vec<Option<PyBackedStr>>,
        en: Vec<Option<PyBackedStr>>,
        severity: &str,
        with_findings: bool,
    ) -> PyResult<Vec<Annotation>> {
        let known = [Severity::Error, Severity::Warning, Severity::Note].map(|s| (s.name(), s));
        let least = named("severity", severity, &known)?;
        self.work(py, || {
            let texts = zh.iter().zip(&en);
            let pairs: Vec<_> = texts
                .map(|(zh, en)| (or_blank(zh.as_ref()), or_blank(en.as_ref())))
                .collect();
            let found = self.run.record_checker().map_err(error)?.check_pairs("", &pairs);
            let annotations = found.into_iter().map(|mut findings| {
                let verdict = PairVerdict::new(&mut findings, least);
                let findings = with_findings.then(|| {
                    let mut out = Vec::new();
                    list(&findings, &mut out, finding)?;
                    text(out)
                });
                Ok((verdict.rules, verdict.penalty, findings.transpose()?))
            });
            annotations.collect()
        })
    }

    /// The findings in pairs that form a corpus, as JSON.
    fn check_corpus(&self, py: Python<'_>, zh: Vec<PyBackedStr>, en: Vec<PyBackedStr>, name: &str) -> PyResult<String> {
        self.work(py, || {
            findings(&self.run.check_corpus(name, &pairs(&zh, &en)).map_err(error)?)
        })
    }

    /// The findings in a document of these paragraphs, as JSON.
    fn check_paragraphs(
        &self,
        py: Python<'_>,
        zh: Vec<PyBackedStr>,
        en: Vec<PyBackedStr>,
        name: &str,
        id: Option<&str>,
    ) -> PyResult<String> {
        self.work(py, || {
            let (zh, en) = (texts(&zh), texts(&en));
            let found = self.run.check_paragraphs(name, id, Sides::new(&zh, &en));
            findings(&found.map_err(error)?)
        })
    }

    /// The findings in files, as JSON.
    fn check_files(&self, py: Python<'_>, paths: Vec<PathBuf>) -> PyResult<String> {
        self.work(py, || {
            let settings = Settings {
                paths,
                ..self.settings.clone()
            };
            let report = Run::new(settings).and_then(|run| run.check(&())).map_err(error)?;
            if let Some(failure) = report.failures().next() {
                return Err(error(format!("{}: {}", failure.file, failure.reason)));
            }
            if let Some(nothing) = &report.nothing_checked {
                return Err(error(nothing));
            }
            findings(&report.findings)
        })
    }

    /// The beads of two lists of paragraphs, as JSON.
    fn align(&self, py: Python<'_>, zh: Vec<PyBackedStr>, en: Vec<PyBackedStr>, unit: &str) -> PyResult<String> {
        let known = [("paragraph", AlignUnit::Paragraph), ("sentence", AlignUnit::Sentence)];
        let unit = named("unit", unit, &known)?;
        self.work(py, || {
            let (zh, en) = (texts(&zh), texts(&en));
            let alignment = self.run.align_paragraphs(Sides::new(&zh, &en), unit);
            let beads: Vec<_> = bilint::output::align::beads(&alignment).collect();
            crate::json(&beads)
        })
    }
}

impl Linter {
    /// Works without the interpreter, on the threads of this linter.
    fn work<T: Send>(&self, py: Python<'_>, job: impl FnOnce() -> PyResult<T> + Send) -> PyResult<T> {
        py.detach(|| threads::work(self.threads, job))?
    }
}

fn load(file: &Path) -> PyResult<Config> {
    let current = env::current_dir().map_err(error)?;
    Config::load(file, &current).map_err(error)
}

/// The value that is called `name`.
fn named<T: Copy>(what: &str, name: &str, known: &[(&'static str, T)]) -> PyResult<T> {
    let found = known.iter().find(|(known, _)| *known == name);
    found.map(|&(_, value)| value).ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        error(format!("unknown {what} “{name}”; use one of {}", names.join(", ")))
    })
}

fn texts(texts: &[PyBackedStr]) -> Vec<&str> {
    texts.iter().map(|text| &**text).collect()
}

fn pairs<'a>(zh: &'a [PyBackedStr], en: &'a [PyBackedStr]) -> Vec<(&'a str, &'a str)> {
    zh.iter().zip(en).map(|(zh, en)| (&**zh, &**en)).collect()
}

fn or_blank(text: Option<&PyBackedStr>) -> &str {
    text.map_or("", |text| text)
}

fn finding(finding: &Finding, out: &mut Vec<u8>) -> PyResult<()> {
    write_finding(finding, out).map_err(error)
}

fn findings(found: &[Finding]) -> PyResult<String> {
    let mut out = Vec::new();
    list(found, &mut out, finding)?;
    text(out)
}

/// Writes a JSON array.
fn list<T>(items: &[T], out: &mut Vec<u8>, mut write: impl FnMut(&T, &mut Vec<u8>) -> PyResult<()>) -> PyResult<()> {
    out.push(b'[');
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        write(item, out)?;
    }
    out.push(b']');
    Ok(())
}

fn text(bytes: Vec<u8>) -> PyResult<String> {
    String::from_utf8(bytes).map_err(error)
}
