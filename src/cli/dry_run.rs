//! `bilint check --dry-run`: what would be paired with what, and why a file is left out.

use std::io::Write;

use serde_json::json;

use super::{EXIT_CLEAN, EXIT_TROUBLE, Outcome};
use crate::output::{Format, pretty};
use crate::run::{Plan, Run, Settings};
use crate::text::printable;

/// Prints what a run with these settings would check.
pub fn run(settings: Settings, format: Format, out: &mut dyn Write) -> Outcome {
    let plan = Run::new(settings)?.plan()?;
    match format {
        Format::Text => print(&plan, out)?,
        Format::Json => print_json(&plan, out)?,
        _ => return Err("--dry-run prints text or json only".into()),
    }
    Ok(if plan.is_empty() { EXIT_TROUBLE } else { EXIT_CLEAN })
}

fn print(plan: &Plan, out: &mut dyn Write) -> std::io::Result<()> {
    for (zh, en) in &plan.pairs {
        writeln!(out, "pair: {} + {}", printable(zh), printable(en))?;
    }
    for file in &plan.single {
        writeln!(out, "both languages: {}", printable(file))?;
    }
    for skipped in &plan.left_out {
        writeln!(
            out,
            "left out: {}: {}",
            printable(&skipped.file),
            printable(&skipped.reason)
        )?;
    }
    if plan.is_empty() {
        writeln!(out, "nothing would be checked")?;
    }
    Ok(())
}

fn print_json(plan: &Plan, out: &mut dyn Write) -> std::io::Result<()> {
    let pairs = plan.pairs.iter().map(|(zh, en)| json!({ "zh": &**zh, "en": &**en }));
    let single = plan.single.iter().map(|file| &**file);
    let left_out = plan
        .left_out
        .iter()
        .map(|s| json!({ "file": s.file, "reason": s.reason, "failed": s.failed }));
    let object = json!({
        "version": 1,
        "pairs": pairs.collect::<Vec<_>>(),
        "both_languages": single.collect::<Vec<_>>(),
        "left_out": left_out.collect::<Vec<_>>(),
    });
    pretty(&object, out)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::config::Config;

    #[test]
    fn the_plan_is_printed_as_json_with_what_is_excluded() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("a.zh.md", "我们开会。\n");
        write("a.en.md", "We meet.\n");
        write("b.tsv", "zh\ten\n开放\topen\n");
        write("old.tsv", "zh\ten\n开放\topen\n");
        write("scores.csv", "zh,en\n71.2,68.3\n");
        write("c.json", "{}");
        write("bilint.toml", "sources = [\".\"]\nexclude = [\"old.tsv\"]\n");
        let config = Config::load(&folder.path().join("bilint.toml"), folder.path()).unwrap();
        let settings = Settings {
            config,
            paths: vec![folder.path().to_owned()],
            ..Settings::default()
        };
        let print = |format| {
            let mut out = Vec::new();
            run(settings.clone(), format, &mut out).map(|_| String::from_utf8(out).unwrap())
        };
        let plan: Value = serde_json::from_str(&print(Format::Json).unwrap()).unwrap();
        assert!(plan["pairs"][0]["zh"].as_str().unwrap().ends_with("a.zh.md"), "{plan}");
        assert!(plan["both_languages"][0].as_str().unwrap().ends_with("b.tsv"), "{plan}");
        let reason = |name: &str| {
            let left_out = plan["left_out"].as_array().unwrap().iter();
            let mut here = left_out.filter(|l| l["file"].as_str().unwrap().ends_with(name));
            here.next().unwrap_or_else(|| panic!("{name} in {plan}"))["reason"].clone()
        };
        assert_eq!(reason("old.tsv"), "excluded by the configuration");
        assert_eq!(
            reason("scores.csv"),
            "the columns of Chinese and English hold figures, and no text"
        );
        assert!(reason("c.json").as_str().unwrap().contains("not read"));
        assert!(print(Format::Text).unwrap().contains("old.tsv: excluded"));
        assert!(print(Format::Sarif).is_err());
    }
}
