//! How fast quantities are read and compared: a text without one, one with many, and texts of growing length, whose time
//! per byte must stay the same.

use bilint::language::quantity::{compare, parse_en, parse_zh};
use divan::Bencher;
use divan::counter::BytesCount;

const PLAIN_ZH: &str = "科技进步是世界性、时代性课题，唯有开放合作才是正道。";
const PLAIN_EN: &str = "Science and technology responds to the call of the times, and cooperation is the way forward.";
const ZH: &str =
    "2024年11月18日，全国共有14.1亿人口，进出口总值31.11万亿元，同比增长9.9%，约三成企业受益，海拔4410米。";
const EN: &str = "On November 18, 2024, the country had 1.41 billion people; imports and exports reached 31.11 trillion yuan, \
                  up 9.9 percent; some 30 percent of enterprises benefited, at 4,410 metres above sea level.";

fn main() {
    divan::main();
}

#[divan::bench]
fn zh_without_figures(b: Bencher<'_, '_>) {
    b.counter(BytesCount::of_str(PLAIN_ZH))
        .bench(|| parse_zh(divan::black_box(PLAIN_ZH)));
}

#[divan::bench]
fn en_without_figures(b: Bencher<'_, '_>) {
    b.counter(BytesCount::of_str(PLAIN_EN))
        .bench(|| parse_en(divan::black_box(PLAIN_EN)));
}

#[divan::bench]
fn pair(b: Bencher<'_, '_>) {
    b.counter(BytesCount::new(ZH.len() + EN.len())).bench(|| {
        let (zh, en) = (parse_zh(divan::black_box(ZH)), parse_en(divan::black_box(EN)));
        compare(ZH, &zh, EN, &en)
    });
}

/// Linear time: the throughput must not fall as the text grows.
#[divan::bench(args = [1, 10, 100, 1000])]
fn growing(b: Bencher<'_, '_>, times: usize) {
    let (zh, en) = (ZH.repeat(times), EN.repeat(times));
    b.counter(BytesCount::new(zh.len() + en.len())).bench(|| {
        let (z, e) = (parse_zh(&zh), parse_en(&en));
        compare(&zh, &z, &en, &e)
    });
}

/// The worst that a scanner could meet: nothing but numerals.
#[divan::bench(args = [1, 10, 100, 1000])]
fn nothing_but_numerals(b: Bencher<'_, '_>, times: usize) {
    let (zh, en) = (
        "一1十、2-3万亿至5点".repeat(times),
        "one-1 and 2-3 hundred thousand to a half ".repeat(times),
    );
    b.counter(BytesCount::new(zh.len() + en.len())).bench(|| {
        let (z, e) = (parse_zh(&zh), parse_en(&en));
        compare(&zh, &z, &en, &e)
    });
}
