//! The run as a library.

mod filtering;
mod formats;
mod pins;
mod tables;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::*;
use crate::document::Layout;
use crate::text::{Sides, Source};

/// Settings without a configuration for files in a folder.
fn settings(folder: &Path, names: &[&str]) -> Settings {
    Settings {
        paths: names.iter().map(|n| folder.join(n)).collect(),
        select: vec!["number-mismatch".to_owned(), "fullwidth-punctuation".to_owned()],
        ..Settings::default()
    }
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn rules(report: &RunReport) -> Vec<&'static str> {
    report.findings.iter().map(|f| f.rule).collect()
}

const TABLE: (&str, &str) = ("a.tsv", "zh\ten\n共有三家企业。\tThere are four enterprises，in all.\n");

#[test]
fn files_are_checked_and_counted() {
    let folder = folder(&[
        TABLE,
        ("b.tsv", "zh\ten\n共有三家企业。\tThere are three enterprises.\n"),
    ]);
    let report = Run::new(settings(folder.path(), &["a.tsv", "b.tsv"]))
        .unwrap()
        .check(&())
        .unwrap();
    assert_eq!(rules(&report), ["number-mismatch", "fullwidth-punctuation"]);
    assert_eq!((report.summary.files, report.summary.pairs), (2, 2));
    assert_eq!((report.summary.errors, report.summary.warnings), (1, 1));
    assert!(report.nothing_checked.is_none());
}

#[test]
fn a_copy_is_written_for_one_file_of_a_format_with_comments() {
    let folder = folder(&[TABLE, ("b/a.tsv", TABLE.1)]);
    let annotate = |names: &[&str], out: &str| {
        let run = Run::new(settings(folder.path(), names)).unwrap();
        run.annotate(&folder.path().join(out), &())
    };
    assert!(matches!(
        annotate(&["a.tsv", "b/a.tsv"], "c.tsv"),
        Err(RunError::CopySeveral { files: 2, .. })
    ));
    assert!(matches!(
        annotate(&["a.tsv", "b/a.tsv"], "b"),
        Err(RunError::CopyTwice { .. } | RunError::CopyExists { .. })
    ));
    assert!(matches!(
        annotate(&["a.tsv"], "b/a.tsv"),
        Err(RunError::CopyExists { .. })
    ));
    let outcome = annotate(&["a.tsv"], "c.tsv").unwrap();
    assert_eq!(rules(&outcome.report), ["number-mismatch", "fullwidth-punctuation"]);
    let failure = outcome.failures[0].to_string();
    assert!(failure.contains("TSV files get no comments"), "{failure}");
    assert!(outcome.copies.is_empty() && !folder.path().join("c.tsv").exists());
}

#[test]
fn documents_in_memory_are_checked() {
    use crate::document::{Block, BlockKind, Origin};
    use std::sync::Arc;
    let mut document = Document::new("draft", Layout::Records);
    let texts = Sides::new("共有三家企业。", "There are four enterprises.");
    let blocks = Sides::from_fn(|side| {
        document.sources.push(Arc::new(Source::new("draft", texts[side])));
        Some(Block {
            side,
            kind: BlockKind::Segment,
            text: texts[side].to_owned(),
            masked: Vec::new(),
            origin: Origin::verbatim(document.sources.len() - 1, 0, texts[side].len()),
        })
    });
    document.push_record(None, blocks.zh, blocks.en);
    let run = Run::new(settings(Path::new(""), &[])).unwrap();
    let report = run.check_documents(std::iter::once(document), &()).unwrap();
    assert_eq!(rules(&report), ["number-mismatch"]);
}

#[test]
fn filters_hide_findings_and_count_them() {
    let folder = folder(&[TABLE]);
    let baseline = folder.path().join("baseline.json");
    let mut with_baseline = settings(folder.path(), &["a.tsv"]);
    with_baseline.filters = FilterSettings {
        baseline: Some(baseline),
        update_baseline: true,
        ..FilterSettings::default()
    };
    let report = Run::new(with_baseline.clone()).unwrap().check(&()).unwrap();
    let status = report.baseline.unwrap();
    assert_eq!((status.entries, status.added, status.updated), (2, 2, true));
    assert_eq!((report.findings.len(), report.baselined), (0, 2));

    with_baseline.filters.update_baseline = false;
    fs::write(
        folder.path().join("a.tsv"),
        "zh\ten\n共有三家企业。\tThere are three.\n",
    )
    .unwrap();
    let report = Run::new(with_baseline).unwrap().check(&()).unwrap();
    assert_eq!(report.baseline.unwrap().outdated.len(), 2);
}

#[test]
fn only_the_most_severe_findings_are_reported() {
    let folder = folder(&[TABLE]);
    let limited = Settings {
        max_findings: Some(1),
        ..settings(folder.path(), &["a.tsv"])
    };
    let report = Run::new(limited).unwrap().check(&()).unwrap();
    assert_eq!((rules(&report), report.withheld), (vec!["number-mismatch"], 1));
}

#[test]
fn fixes_are_applied_until_nothing_is_left_to_fix() {
    let folder = folder(&[TABLE]);
    let run = Run::new(settings(folder.path(), &["a.tsv"])).unwrap();
    let text = || fs::read_to_string(folder.path().join("a.tsv")).unwrap();

    let shown = run
        .fix(
            &FixOptions {
                dry_run: true,
                ..FixOptions::default()
            },
            &(),
        )
        .unwrap();
    assert_eq!((shown.applied, text().as_str()), (1, TABLE.1));

    let fixed = run.fix(&FixOptions::default(), &()).unwrap();
    assert_eq!((fixed.applied, rules(&fixed.report)), (1, vec!["number-mismatch"]));
    assert!(text().contains("four enterprises, in all."), "{}", text());
}

#[test]
fn the_observer_learns_of_inputs_problems_and_documents() {
    #[derive(Default)]
    struct Events(Mutex<Vec<String>>);
    impl Events {
        fn add(&self, event: String) {
            self.0.lock().unwrap().push(event);
        }
    }
    impl Observer for Events {
        fn on_start(&self, inputs: usize) {
            self.add(format!("start {inputs}"));
        }
        fn on_problem(&self, problem: &InputError) {
            self.add(format!("problem {:?}", problem.level()));
        }
        fn on_document(&self, document: &crate::rules::DocumentContext<'_>) {
            self.add(format!("document {}", document.pairs.len()));
        }
        fn on_end(&self) {
            self.add("end".to_owned());
        }
    }
    let folder = folder(&[TABLE]);
    let events = Events::default();
    let run = Run::new(settings(folder.path(), &["a.tsv", "missing.tsv"])).unwrap();
    let report = run.check(&events).unwrap();
    assert_eq!(
        events.0.into_inner().unwrap(),
        ["start 1", "problem Error", "document 1", "end"]
    );
    assert_eq!(report.failures().count(), 1);
}

/// Why checking the folder `docs` of these files checks nothing.
fn why_nothing(files: &[(&str, &str)], change: impl Fn(&Path, &mut Settings)) -> Option<NothingChecked> {
    let folder = folder(files);
    let mut settings = settings(folder.path(), &["docs"]);
    change(folder.path(), &mut settings);
    Run::new(settings).unwrap().check(&()).unwrap().nothing_checked
}

#[test]
fn a_run_over_folders_that_checks_nothing_says_why() {
    let english = ("docs/a.md", "# Title\n\nSome text.\n");
    let unchanged = |_: &Path, _: &mut Settings| {};
    let both = ("docs/b.txt", "标题\n\nTitle\n");
    assert_eq!(
        why_nothing(&[english], unchanged),
        Some(NothingChecked::NoTranslations(1))
    );
    assert_eq!(
        why_nothing(&[("docs/a.md", "")], unchanged),
        Some(NothingChecked::NoText)
    );
    assert_eq!(why_nothing(&[english, both], unchanged), None);
    // A folder without any file that bilint reads is an error already.
    assert_eq!(
        why_nothing(&[("docs/a.bin", ""), both], |f, s| s.paths = vec![f.join("empty")]),
        None
    );
    let excluded = |folder: &Path, s: &mut Settings| {
        fs::write(folder.join("bilint.toml"), "exclude = [\"*.txt\"]\n").unwrap();
        s.config = crate::config::Config::load(&folder.join("bilint.toml"), folder).unwrap();
    };
    assert_eq!(why_nothing(&[both], excluded), Some(NothingChecked::Excluded));
    let listed = |folder: &Path, s: &mut Settings| {
        s.paths.clear();
        s.file_list = Some(vec![folder.join("docs/logo.bin")]);
    };
    assert_eq!(
        why_nothing(&[("docs/logo.bin", "")], listed),
        Some(NothingChecked::EmptyList)
    );
    assert!(NothingChecked::NoTranslations(1).is_failure() && NothingChecked::NoText.is_failure());
    assert!(!NothingChecked::Excluded.is_failure() && !NothingChecked::EmptyList.is_failure());
}

#[test]
fn settings_take_precedence_over_the_configuration() {
    let folder = folder(&[(
        "bilint.toml",
        "sources = [\"a\"]\nencoding = \"gbk\"\nignore = [\"terms\"]\n",
    )]);
    let config = crate::config::Config::load(&folder.path().join("bilint.toml"), folder.path()).unwrap();
    let mut settings = Settings::from_config(config);
    assert_eq!(settings.effective_paths(), [PathBuf::from("a")]);
    assert_eq!(settings.input_options().encoding, Some(encoding_rs::GBK));
    assert!(!settings.selection().unwrap().contains("term-omitted"));
    settings.paths = vec![PathBuf::from("b")];
    settings.encoding = Some(encoding_rs::BIG5);
    settings.select = vec!["term-omitted".to_owned()];
    assert_eq!(settings.effective_paths(), [PathBuf::from("b")]);
    assert_eq!(settings.input_options().encoding, Some(encoding_rs::BIG5));
    assert!(settings.selection().unwrap().contains("term-omitted"));
    settings.paths.clear();
    settings.file_list = Some(Vec::new());
    assert_eq!(settings.effective_paths(), Vec::<PathBuf>::new());
}

#[test]
fn a_plan_lists_what_would_be_paired_and_what_is_left_out() {
    let folder = folder(&[
        ("docs/zh/x.md", "# 标题\n\n你好，世界。\n"),
        ("docs/x.md", "# Title\n\nHello, world.\n"),
        ("docs/alone.md", "# Title\n\nHello, world.\n"),
        ("docs/y.rst", "Title\n"),
        TABLE,
    ]);
    let plan = Run::new(settings(folder.path(), &[""])).unwrap().plan().unwrap();
    assert_eq!((plan.pairs.len(), plan.single.len(), plan.is_empty()), (1, 1, false));
    let left_out: Vec<&str> = plan.left_out.iter().filter_map(|s| s.file.rsplit('/').next()).collect();
    assert_eq!(left_out, ["alone.md", "y.rst"]);
    let alone = Run::new(settings(folder.path(), &["docs/alone.md"]))
        .unwrap()
        .plan()
        .unwrap();
    assert!(alone.is_empty() && alone.left_out[0].failed);
}
