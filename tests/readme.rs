//! The examples of the README and of the documentation print what they show.

#[test]
fn examples_print_what_they_show() {
    trycmd::TestCases::new().case("README.md").case("docs/*.md");
}
