use std::fs;

use super::*;
use crate::finding::Severity;
use crate::finding::testing::label;
use crate::rules::style::{Acronyms, Percent, Quotes};
use crate::text::Side;

/// A folder with files, and what loading its `bilint.toml` gives.
fn load(files: &[(&str, &str)]) -> (tempfile::TempDir, Result<Config, ConfigError>) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let config = Config::load(&folder.path().join(FILE_NAME), folder.path());
    (folder, config)
}

fn of(text: &str) -> Config {
    load(&[(FILE_NAME, text)]).1.unwrap()
}

fn complaint(text: &str) -> String {
    let (folder, config) = load(&[(FILE_NAME, text)]);
    let message = config.unwrap_err().to_string();
    message
        .replace(&*display_path(folder.path()), "")
        .trim_start_matches('/')
        .to_owned()
}

#[test]
fn every_key_is_read_and_its_place_kept() {
    let c = of(
        "sources = [\"docs\"]\nexclude = [\"old\"]\nglossaries = [\"g.tsv\"]\ndirection = \"en-zh\"\nencoding = \"gbk\"\n\
        ignore = [\"typography\"]\naccepted-acronyms = [\"GDP\"]\n\n[rules]\nterm-omitted = \"warning\"\n\n\
        [[pairs]]\nzh = \"a/{path}\"\nen = \"b/{path}\"\n\n[[override]]\npaths = [\"archive/\"]\nrules = { terms = \"off\" }\n",
    );
    assert_eq!(c.direction, Some(Direction::EnToZh));
    assert_eq!(c.encoding, Some(encoding_rs::GBK));
    assert_eq!(c.sources, Some(vec![PathBuf::from("docs")]));
    assert_eq!(c.accepted_acronyms, ["GDP"]);
    assert_eq!((c.pairs.len(), c.pair_patterns.len(), c.overrides.len()), (1, 1, 1));
    assert_eq!(c.levels["term-omitted"], Level::Warning);
    assert_eq!(c.places["rules.term-omitted"].line, 10);
    assert_eq!(c.places["exclude"].line, 2);
}

#[test]
fn a_project_pins_the_version_of_the_glossary() {
    let version = builtin_version();
    let c = of(&format!("glossary-version = \"{version}\"\n"));
    assert_eq!(c.places["glossary-version"].line, 1);
    let message = complaint("\nglossary-version = \"0.1\"\n");
    assert!(
        message.starts_with("bilint.toml:2:20: this file needs version 0.1"),
        "{message}"
    );
    assert!(
        message.contains(&format!("write `glossary-version = \"{version}\"`")),
        "{message}"
    );
}

#[test]
fn unknown_keys_rules_and_values_name_their_place_and_the_nearest() {
    for (text, wanted) in [
        (
            "\nexlude = []\n",
            "bilint.toml:2:1: unknown key `exlude`; did you mean `exclude`?",
        ),
        (
            "[rules]\nterm-omited = \"off\"\n",
            "bilint.toml:2:1: unknown rule or group `term-omited`; did you mean `term-omitted`?",
        ),
        (
            "ignore = [\n  \"typografy\",\n]\n",
            "bilint.toml:2:3: unknown rule or group `typografy`; did you mean `typography`?",
        ),
        (
            "[rules]\nterm-omitted = \"warn\"\n",
            "bilint.toml:2:16: unknown variant",
        ),
        (
            "encoding = \"klingon\"\n",
            "bilint.toml:1:12: unknown encoding `klingon`",
        ),
        (
            "[[pairs]]\nzh = \"a/{path}\"\nen = \"b\"\n",
            "bilint.toml:1:1: `zh` and `en` must each contain `{path}` once",
        ),
        ("direction = 3\n", "bilint.toml:1:13: "),
        ("sources = [\n", "bilint.toml:"),
        ("extend = \"no.toml\"\n", "bilint.toml:1:10: `no.toml` does not exist"),
        (
            "extend = \"bilint.toml\"\n",
            "bilint.toml:1:10: this file extends itself",
        ),
        (
            "[[override]]\npaths = [\"{a\"]\nrules = {}\n",
            "bilint.toml:2:10: malformed pattern",
        ),
    ] {
        let said = complaint(text);
        assert!(said.starts_with(wanted), "{text}\n{said}\n{wanted}");
    }
}

#[test]
fn extending_replaces_keys_and_adds_rules() {
    let (_folder, config) = load(&[
        (
            FILE_NAME,
            "extend = \"base/house.toml\"\nignore = [\"names\"]\n[rules]\nterm-omitted = \"note\"\n",
        ),
        (
            "base/house.toml",
            "glossaries = [\"house.tsv\"]\nignore = [\"typography\"]\n[rules]\nterm-omitted = \"off\"\nterm-mismatch = \"warning\"\n",
        ),
    ]);
    let c = config.unwrap();
    assert_eq!(c.ignore, ["names"]);
    assert_eq!(c.glossaries, Some(vec![PathBuf::from("base/house.tsv")]));
    assert_eq!(
        (c.levels["term-omitted"], c.levels["term-mismatch"]),
        (Level::Note, Level::Warning)
    );
    assert!(c.places["glossaries"].file.ends_with("base/house.toml"));
}

#[test]
fn the_nearest_file_counts_up_to_the_git_root() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("repo/a/b");
    fs::create_dir_all(&deep).unwrap();
    fs::create_dir_all(folder.path().join("repo/.git")).unwrap();
    fs::write(folder.path().join(FILE_NAME), "").unwrap();
    assert_eq!(find(&deep), None);
    fs::write(folder.path().join("repo").join(FILE_NAME), "").unwrap();
    assert_eq!(find(&deep), Some(PathBuf::from("../../bilint.toml")));
    fs::write(deep.join(FILE_NAME), "").unwrap();
    assert_eq!(find(&deep), Some(PathBuf::from(FILE_NAME)));
}

#[test]
fn levels_choose_what_runs() {
    let c = of(
        "[rules]\nterm-omitted = \"off\"\nterm-mismatch = \"off\"\n[[override]]\npaths = [\"x\"]\nrules = { term-mismatch = \"error\" }\n",
    );
    let (select, ignore) = c.selection(Subject::Texts, &[], &["names".to_owned()]);
    assert!(select.is_empty());
    assert_eq!(ignore, ["names", "term-omitted"]);
    let (select, ignore) = c.selection(Subject::Texts, &["term-omitted".to_owned()], &[]);
    assert_eq!((select.len(), ignore.len()), (1, 0));
}

#[test]
fn a_style_is_read_key_by_key_and_brings_its_rule() {
    let (_folder, c) = load(&[
        ("base.toml", "[style]\nquotes = \"straight\"\npercent = \"per cent\"\n"),
        (
            FILE_NAME,
            "extend = \"base.toml\"\n[style]\nquotes = \"curly\"\nacronyms = \"none\"\n",
        ),
    ]);
    let c = c.unwrap();
    let style = Style {
        quotes: Some(Quotes::Curly),
        percent: Some(Percent::TwoWords),
        acronyms: Some(Acronyms::None),
    };
    assert_eq!(c.style, style);
    assert_eq!((c.places["style.quotes"].line, c.places["style.percent"].line), (3, 3));
    let runs = |c: &Config| {
        let (select, ignore) = c.selection(Subject::Texts, &[], &[]);
        rules::Selection::new(&select, &ignore)
            .unwrap()
            .contains("percent-style")
    };
    assert!(runs(&c));
    assert!(!runs(&of("[style]\nquotes = \"curly\"\n")));
    assert!(!runs(&of(
        "[style]\npercent = \"%\"\n[rules]\npercent-style = \"off\"\n"
    )));
    let wrong = complaint("[style]\nqoutes = \"curly\"\n");
    assert_eq!(wrong, "bilint.toml:2:1: unknown key `qoutes`; did you mean `quotes`?");
}

#[test]
fn a_profile_sets_severities_and_rules_override_it() {
    let severity = |text: &str, rule: &'static str| {
        let usual = rules::find(rule).unwrap().meta().severity;
        let mut findings = vec![Finding {
            severity: usual,
            ..crate::finding::testing::bare(rule, "", Some(label("a.txt", "甲", Side::Zh, "甲")), None)
        }];
        of(text).apply_severities(&mut findings, false);
        findings[0].severity
    };
    for (text, rule, expected) in [
        ("", "modality-mismatch", Severity::Warning),
        ("profile = \"official\"\n", "modality-mismatch", Severity::Warning),
        ("profile = \"news\"\n", "modality-mismatch", Severity::Note),
        ("profile = \"news\"\n", "number-omitted", Severity::Note),
        ("profile = \"news\"\n", "sentence-added", Severity::Note),
        ("profile = \"law\"\n", "modality-mismatch", Severity::Error),
        ("profile = \"law\"\n", "bound-mismatch", Severity::Error),
        ("profile = \"law\"\n", "polarity-mismatch", Severity::Error),
        ("profile = \"law\"\n", "number-omitted", Severity::Error),
        ("profile = \"interface\"\n", "modality-mismatch", Severity::Note),
        ("profile = \"interface\"\n", "sentence-added", Severity::Note),
        ("profile = \"interface\"\n", "sentence-omitted", Severity::Warning),
        ("profile = \"interface\"\n", "inconsistent-translation", Severity::Error),
        (
            "profile = \"law\"\n[rules]\nbound-mismatch = \"note\"\n",
            "bound-mismatch",
            Severity::Note,
        ),
        ("profile = \"law\"\n", "term-omitted", Severity::Error),
    ] {
        assert_eq!(severity(text, rule), expected, "{text} {rule}");
    }
    let wrong = complaint("profile = \"legal\"\n");
    assert!(wrong.contains("`official`, `news`, `law`"), "{wrong}");
}

#[test]
fn levels_lower_and_raise_but_never_raise_what_the_rule_softened() {
    use Severity::{Error, Note, Warning};
    assert_eq!(Level::Warning.apply(Error, Error), Some(Warning));
    assert_eq!(Level::Error.apply(Warning, Warning), Some(Error));
    assert_eq!(Level::Error.apply(Error, Note), Some(Note));
    assert_eq!(Level::Note.apply(Error, Warning), Some(Note));
    assert_eq!(Level::On.apply(Error, Warning), Some(Warning));
    assert_eq!(Level::Off.apply(Error, Error), None);
}

#[test]
fn overrides_hold_for_their_files_only() {
    use crate::rules::testing::{check_with, glossary};
    let c = of(
        "[[override]]\npaths = [\"archive/\"]\nrules = { terms = \"note\" }\n[[override]]\npaths = [\"archive/dead/\"]\nrules = { terms = \"off\" }\n",
    );
    let rule = rules::find("term-omitted").unwrap();
    let g = glossary(&["子午工程 = Chinese Meridian Project"]);
    let one = check_with(rule, &["我们建成了子午工程。"], &["We built it."], &g);
    assert_eq!(one.len(), 1);
    for (file, wanted) in [
        ("new/a.txt", Some(one[0].severity)),
        ("archive/a.txt", Some(Severity::Note)),
        ("archive/dead/a.txt", None),
    ] {
        let mut findings = one.clone();
        let finding = &mut findings[0];
        for label in [&mut finding.zh, &mut finding.en].into_iter().flatten() {
            label.file = file.into();
        }
        c.apply_severities(&mut findings, false);
        assert_eq!(findings.first().map(|f| f.severity), wanted, "{file}");
    }
}

#[test]
fn the_template_of_a_tree_is_a_configuration_that_names_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("docs/a.zh.md", "# 标题\n"),
        ("docs/a.en.md", "# Title\n"),
        ("docs/b.zh.md", "# 无伴\n"),
        ("texts/c.txt", "开放科学\nOpen science\n"),
        ("README.md", "# Only English\n"),
        ("glossary/x.tsv", "zh\ten\n开放\topen\n"),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let text = template(folder.path());
    for wanted in [
        "sources = [\"docs\", \"texts\"]",
        "glossaries = [\"glossary\"]",
        "#   docs/a.zh.md + docs/a.en.md",
        "#   docs/b.zh.md",
    ] {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
    let read: ConfigFile = toml::from_str(&text).unwrap();
    assert!(read.sources.is_some() && read.glossaries.is_some());
    // What is commented out must be right as well.
    let all: String = text
        .lines()
        .map(|l| match l.strip_prefix("# ") {
            Some(key) if key.starts_with('[') || key.contains(" = ") => format!("{key}\n"),
            _ => format!("{l}\n"),
        })
        .collect();
    let read: ConfigFile = toml::from_str(&all).unwrap();
    assert_eq!((read.pairs.len(), read.r#override.len(), read.rules.len()), (1, 1, 1));
    assert!(read.style.quotes.is_some() && read.style.percent.is_some() && read.style.acronyms.is_some());
}

#[test]
fn the_schema_checked_in_is_the_one_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/bilint.schema.json");
    if std::env::var_os("BILINT_WRITE").is_some() {
        fs::write(&path, schema()).unwrap();
    }
    let checked_in = fs::read_to_string(path).unwrap_or_default();
    assert!(
        checked_in == schema(),
        "write it anew: run this test with BILINT_WRITE=1"
    );
    let validator = jsonschema::validator_for(&serde_json::from_str(&checked_in).unwrap()).unwrap();
    let good = serde_json::json!({"sources": ["a"], "rules": {"terms": "off"}, "direction": "en-zh"});
    assert!(validator.is_valid(&good));
    assert!(validator.is_valid(&serde_json::json!({"style": {"percent": "per cent", "quotes": "curly"}})));
    assert!(!validator.is_valid(&serde_json::json!({"style": {"percent": "per-cent"}})));
    assert!(!validator.is_valid(&serde_json::json!({"exlude": []})));
    assert!(!validator.is_valid(&serde_json::json!({"rules": {"terms": "warn"}})));
}

#[test]
fn a_pin_names_a_file_that_exists_and_two_beginnings() {
    let pin = |en: &str| format!("[[pins]]\nfile = \"talk.txt\"\nzh = \"我们\"\nen = \"{en}\"\n");
    let (_folder, config) = load(&[(FILE_NAME, &pin("We are")), ("talk.txt", "我们\n")]);
    let config = config.unwrap();
    assert_eq!((config.pins.len(), config.places["pins"].line), (1, 1));
    let missing = complaint(&pin("We are"));
    assert!(missing.contains("`talk.txt` does not exist"), "{missing}");
    let blank = complaint(&pin(" "));
    assert!(blank.contains("the beginning of a paragraph"), "{blank}");
}
