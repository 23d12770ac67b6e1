//! Time of an alignment through the public interface: twice the paragraphs should take about twice as long.

use bilint::align::{Aligner, Options, Unit};

/// Sentences of several kinds, repeated with running numbers, so that all are different.
const LINES: &[(&str, &str)] = &[
    ("众擎易举，独力难成。", "Many hands make light work."),
    (
        "科技进步是世界性、时代性课题，唯有开放合作才是正道。",
        "Scientific progress has a global impact, and open cooperation is the only way forward.",
    ),
    (
        "推动全球科技创新成果更多惠及“全球南方”。",
        "The Global South should gain better access to the fruits of global innovation.",
    ),
    (
        "欢迎各国科研人员共同参与。",
        "We welcome researchers from around the world to take part.",
    ),
    (
        "我们期待与各方并肩同行，共享机遇、共同繁荣。",
        "We stand ready to work with all partners and to share opportunities and prosperity.",
    ),
];

fn text(paragraphs: usize) -> (Vec<String>, Vec<String>) {
    (0..paragraphs)
        .map(|n| {
            let (zh, en) = LINES[n * 7 % LINES.len()];
            (format!("{zh}第{n}项"), format!("{en} Item {n}"))
        })
        .unzip()
}

#[divan::bench(args = [500, 1000, 2000])]
fn paragraphs(bencher: divan::Bencher, count: usize) {
    let (zh, en) = text(count);
    let aligner = Aligner::default();
    bencher.counter(divan::counter::ItemsCount::new(count)).bench(|| {
        let zh: Vec<Unit> = zh.iter().map(|t| Unit::new(t)).collect();
        let en: Vec<Unit> = en.iter().map(|t| Unit::new(t)).collect();
        aligner.align_units(&zh, &en, &Options::default())
    });
}

/// Lines that all use the same few words, as those of scripture do: no word is rare, but for a name here and there.
#[divan::bench(args = [3000, 6000, 12000])]
fn lines_without_rare_words(bencher: divan::Bencher, count: usize) {
    let (zh, en): (Vec<String>, Vec<String>) = (0..count)
        .map(|n| {
            let (zh, en) = LINES[n * 7 % LINES.len()];
            let name = if n % 40 == 0 { format!("{n}号") } else { String::new() };
            (format!("{zh}{name}"), format!("{en} {}", name.replace('号', "")))
        })
        .unzip();
    let aligner = Aligner::default();
    bencher.counter(divan::counter::ItemsCount::new(count)).bench(|| {
        let zh: Vec<Unit> = zh.iter().map(|t| Unit::new(t)).collect();
        let en: Vec<Unit> = en.iter().map(|t| Unit::new(t)).collect();
        aligner.align_units(&zh, &en, &Options::default())
    });
}

fn main() {
    divan::main();
}
