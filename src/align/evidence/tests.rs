use super::*;

fn unit(text: &str) -> Unit<'_> {
    Unit::new(text)
}

#[test]
fn support_comes_from_the_lexicon_and_from_what_is_written_the_same() {
    let zh = [unit("2026年开放科学"), unit("国际合作（LHAASO）")];
    let en = [unit("Open science in 2026"), unit("the cooperation LHAASO")];
    let e = Evidence::new(&zh, &en, Some(Lexicon::embedded()));
    // English types: open 0, science 1, in 2, 2026 3, “O Pen”, were it a name, 4, the 5, cooperation 6, lhaaso 7
    let supported = |i: usize| e.sides.zh.support[i].iter().map(|s| s.0).collect::<Vec<_>>();
    assert!(
        supported(0).starts_with(&[0, 1]) && supported(0).contains(&3),
        "{:?}",
        supported(0)
    );
    assert!(supported(1).ends_with(&[6, 7]), "{:?}", supported(1));
}

#[test]
fn traditional_text_finds_the_same_words() {
    let en = [unit("Open science")];
    let simplified = Evidence::new(&[unit("开放科学")], &en, Some(Lexicon::embedded()));
    let traditional = Evidence::new(&[unit("開放科學")], &en, Some(Lexicon::embedded()));
    assert_eq!(simplified.sides.zh.support, traditional.sides.zh.support);
}

/// The English types that show whether a text is translated.
fn counting(e: &Evidence) -> Vec<u32> {
    (0..e.sides.en.content.len() as u32)
        .filter(|&t| e.sides.en.is_content(t))
        .collect()
}

#[test]
fn a_short_word_counts_that_both_sides_write_but_no_word_of_grammar() {
    let zh = [unit("函数 f(buf, str)"), unit("运算符 or"), unit("其他"), unit("结束")];
    let en = [
        unit("f or buf or str"),
        unit("or"),
        unit("one or the other"),
        unit("or the end"),
    ];
    // English types: f 0, or 1, buf 2, str 3.
    let e = Evidence::new(&zh, &en, None);
    assert_eq!(counting(&e)[..3], [0, 2, 3]);
}

#[test]
fn a_word_spelt_like_a_name_is_one_only_if_the_chinese_has_it() {
    // English types: change 0, liu 1, 3 2, and as names: change 3, liu 4.
    let en = [unit("Change Liu 3")];
    let lost = |zh: &str| Evidence::new(&[unit(zh)], &en, None).sides.en.exact;
    assert_eq!(lost("更改"), [false, false, true, false, false]);
    assert_eq!(lost("刘老老"), [false, false, true, false, true]);
}
