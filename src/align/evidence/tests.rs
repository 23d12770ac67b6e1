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
    let supported = |i: usize| e.zh.support[i].iter().map(|s| s.0).collect::<Vec<_>>();
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
    assert_eq!(simplified.zh.support, traditional.zh.support);
}
