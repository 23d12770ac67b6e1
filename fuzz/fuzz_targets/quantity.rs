//! No text makes the quantity parsers panic, and every span they give is one of the text.
#![no_main]

use bilint::language::quantity::{compare, parse_en, parse_zh};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (zh, en) = (parse_zh(text), parse_en(text));
    for q in zh.iter().chain(&en) {
        assert!(text.get(q.span.range()).is_some() && text.get(q.figure.range()).is_some());
    }
    compare(text, &zh, text, &en);
});
