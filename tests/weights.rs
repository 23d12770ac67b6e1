//! The files of weights in `src/` are those that `train/weights.json` describes.
//!
//! After a change of that file: `SNAPSHOTS=overwrite cargo test --test weights`, then `cargo fmt`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use serde_json::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The Rust literal of a number or an array.
fn literal(value: &Value, kind: &str) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| literal(item, kind)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Number(number) if kind == "usize" || !number.is_i64() => number.to_string(),
        number => format!("{number}.0"),
    }
}

/// A file of weights.
fn render(file: &Value) -> String {
    let text = |v: &Value| v.as_str().expect("a string").to_owned();
    let list = |v: &Value| v.as_array().cloned().unwrap_or_default();
    let mut out = String::new();
    for line in list(&file["doc"]) {
        writeln!(out, "{}", format!("//! {}", text(&line)).trim_end()).unwrap();
    }
    for constant in list(&file["constants"]) {
        let [name, kind, doc] = ["name", "type", "doc"].map(|key| text(&constant[key]));
        out.push('\n');
        for line in doc.lines() {
            writeln!(out, "/// {line}").unwrap();
        }
        let value = literal(&constant["value"], &kind);
        writeln!(out, "{} const {name}: {kind} = {value};", text(&file["visibility"])).unwrap();
    }
    out
}

/// A text without the layout that rustfmt decides on.
fn without_layout(text: &str) -> String {
    let text: String = text.split_whitespace().collect();
    text.replace(",]", "]")
}

#[test]
fn weights_are_those_that_are_recorded() {
    let recorded = std::fs::read_to_string(format!("{ROOT}/train/weights.json")).unwrap();
    let recorded: Value = serde_json::from_str(&recorded).unwrap();
    for file in recorded["files"].as_array().unwrap() {
        let path = format!("{ROOT}/{}", file["path"].as_str().unwrap());
        let rendered = render(file);
        if std::env::var_os("SNAPSHOTS").is_some_and(|v| v == "overwrite") {
            std::fs::write(&path, &rendered).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap();
        assert!(
            without_layout(&written) == without_layout(&rendered),
            "{path} is not what train/weights.json describes; run `SNAPSHOTS=overwrite cargo test --test weights`"
        );
    }
}
