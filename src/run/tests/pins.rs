//! Pairs that the configuration pins, from its file to the findings.

use std::path::Path;

use super::{folder, rules};
use crate::config::Config;
use crate::run::{AlignUnit, Run, Settings};

const ZH: &str = "水箱\n\n打开阀门之前，请等待15分钟。\n\n请戴上手套，并关闭电源。\n";
const EN: &str = "Tank\n\nAlways be careful.\n\nWait 15 minutes before you open the valve.\n";

/// A run over a text in two files with these keys of a pin.
fn run(folder: &Path, keys: &str) -> Run {
    let file = folder.join("bilint.toml");
    std::fs::write(&file, format!("select = [\"pin-mismatch\"]\n[[pins]]\n{keys}")).unwrap();
    Run::new(Settings {
        paths: vec![folder.to_owned()],
        ..Settings::from_config(Config::load(&file, folder).unwrap())
    })
    .unwrap()
}

#[test]
fn a_pair_is_named_by_how_its_paragraphs_begin() {
    let folder = folder(&[("a.zh.txt", ZH), ("a.en.txt", EN)]);
    let run = run(
        folder.path(),
        "file = \"a.en.txt\"\nzh = \"请戴上手套\"\nen = \"Always be\"\n",
    );
    let rows = run.align(AlignUnit::Paragraph, &()).unwrap().remove(0).rows;
    let pinned = rows.iter().find(|row| row.zh.numbers == (2..3)).unwrap();
    assert_eq!(pinned.en.numbers, 1..2);
    assert!(run.check(&()).unwrap().findings.is_empty());
}

#[test]
fn a_pin_that_no_longer_fits_is_reported() {
    let folder = folder(&[("a.zh.txt", ZH), ("a.en.txt", EN), ("b.zh.txt", ZH), ("b.en.txt", EN)]);
    for (zh, en, message) in [
        (
            "请摘下",
            "Always",
            "no paragraph begins with “请摘下”, as `[[pins]]` says of this text: “Always be careful.”",
        ),
        (
            "请摘下",
            "Never",
            "no paragraph begins with “请摘下” or “Never”, as `[[pins]]` says of this text: “Tank”",
        ),
    ] {
        let keys = format!("file = \"a.zh.txt\"\nzh = \"{zh}\"\nen = \"{en}\"\n");
        let report = run(folder.path(), &keys).check(&()).unwrap();
        assert_eq!(rules(&report), ["pin-mismatch"]);
        assert_eq!(report.findings[0].message, message);
    }
}
