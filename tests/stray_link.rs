//! `stray-link`: links between the pages of a run, and their fixes.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::process::Command;

use tempfile::TempDir;

/// A site with these pages; a page below `en` and `zh` alike is a pair.
fn site(pages: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in pages {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// What `check` with these arguments reports.
fn check(site: &TempDir, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_bilint"))
        .args(["check", "--no-config", "--direction", "en-zh", "--select", "stray-link"])
        .args(["--format", "concise", "--quiet"])
        .args(args)
        .current_dir(site.path())
        .output()
        .unwrap();
    assert_ne!(
        output.status.code(),
        Some(2),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

const INSTALL: [(&str, &str); 2] = [
    (
        "docs/en/install.md",
        "# Install\n\n## On Linux\n\nRun it.\n\n## On macOS\n\nRun it.\n",
    ),
    (
        "docs/zh/install.md",
        "# 安装\n\n## 在 Linux 上 {#on-linux}\n\n运行。\n\n## 在 macOS 上\n\n运行。\n",
    ),
];

#[test]
fn a_link_to_the_page_of_the_source_is_reported_and_corrected() {
    let site = site(&[
        INSTALL[0],
        INSTALL[1],
        (
            "docs/en/start.md",
            "# Start\n\nSee [installing](/en/install#on-linux), [too](install.md).\n",
        ),
        (
            "docs/zh/start.md",
            "# 开始\n\n请看[安装](/en/install#on-linux)，[同样](../en/install.md)。\n",
        ),
    ]);
    let found = check(&site, &["docs"]);
    let lines: Vec<&str> = found.lines().collect();
    assert_eq!(
        lines,
        [
            "docs/zh/start.md:3:8: warning[stray-link] link “/en/install#on-linux” leads to the English page, which is translated",
            "docs/zh/start.md:3:35: warning[stray-link] link “../en/install.md” leads to the English page, which is translated",
        ]
    );
    check(&site, &["--fix", "docs"]);
    let fixed = fs::read_to_string(site.path().join("docs/zh/start.md")).unwrap();
    assert_eq!(
        fixed,
        "# 开始\n\n请看[安装](/zh/install#on-linux)，[同样](../zh/install.md)。\n"
    );
    assert_eq!(check(&site, &["docs"]), "");
}

#[test]
fn an_anchor_on_another_page_is_looked_up_there() {
    let site = site(&[
        INSTALL[0],
        INSTALL[1],
        (
            "docs/en/start.md",
            "# Start\n\nSee [Linux](./install.md#on-linux) and [macOS](/en/install#on-macos).\n",
        ),
        (
            "docs/zh/start.md",
            "# 开始\n\n请看 [Linux](./install.md#on-linux) 和 [macOS](/zh/install#on-macos)。\n",
        ),
    ]);
    assert_eq!(
        check(&site, &["docs"]).trim_end(),
        "docs/zh/start.md:3:45: warning[stray-link] link “/zh/install#on-macos” leads to an anchor of the English page that the \
         Chinese page does not have"
    );
}

#[test]
fn pages_without_a_translation_and_links_to_the_other_language_are_left_alone() {
    let site = site(&[
        INSTALL[0],
        INSTALL[1],
        ("docs/en/news.md", "# News\n\nText.\n"),
        (
            "docs/en/start.md",
            "# Start\n\nSee [news](/en/news), [the API](/en/api), [中文](/zh/start).\n",
        ),
        (
            "docs/zh/start.md",
            "# 开始\n\n请看[新闻](/en/news)、[接口](/en/api)、[English](/en/start)、[英文版](/en/install)。\n",
        ),
    ]);
    assert_eq!(check(&site, &["docs"]), "");
}

#[test]
fn builders_may_leave_the_chinese_out_of_an_anchor() {
    let site = site(&[
        (
            "docs/en/tags.md",
            "# Tags of a page\n\nSee [tags](#tags).\n\n## Tags\n\nText.\n",
        ),
        (
            "docs/zh/tags.md",
            "# 页面的标签\n\n参见[标签](#tags)。\n\n## `tags` 参数\n\n文字。\n",
        ),
    ]);
    assert_eq!(check(&site, &["docs"]), "");
}

const ROOT: [(&str, &str); 2] = [
    ("docs/guide/install.md", "# Install\n\nRun it.\n"),
    ("docs/zh/guide/install.md", "# 安装\n\n运行。\n"),
];

#[test]
fn a_link_without_the_folder_of_the_translations_leads_to_the_source() {
    let site = site(&[
        ROOT[0],
        ROOT[1],
        ("docs/news.md", "# News\n\nText.\n"),
        (
            "docs/index.md",
            "# Start\n\nSee [installing](/guide/install#run), [news](/news), [more](/guide/install.md).\n",
        ),
        (
            "docs/zh/index.md",
            "# 开始\n\n请看[安装](/guide/install#run)、[新闻](/news)、[更多](/zh/guide/install.md)。\n",
        ),
    ]);
    assert_eq!(
        check(&site, &["docs"]).trim_end(),
        "docs/zh/index.md:3:8: warning[stray-link] link “/guide/install#run” leads to the English page, which is translated"
    );
    check(&site, &["--fix", "docs"]);
    let fixed = fs::read_to_string(site.path().join("docs/zh/index.md")).unwrap();
    assert_eq!(
        fixed,
        "# 开始\n\n请看[安装](/zh/guide/install#run)、[新闻](/news)、[更多](/zh/guide/install.md)。\n"
    );
}

#[test]
fn a_builder_that_adds_the_language_to_links_is_left_alone() {
    let link = "[安装](/guide/install)。";
    let en = "# Start\n\nSee [installing](/guide/install). Again: [it](/guide/install). [It](/guide/install). [It](/guide/install).\n";
    let zh = format!("# 开始\n\n请看{link}再看{link}{link}{link}\n");
    let site = site(&[ROOT[0], ROOT[1], ("docs/index.md", en), ("docs/zh/index.md", &zh)]);
    assert_eq!(check(&site, &["docs"]), "");
}

#[test]
fn a_link_leads_to_the_page_that_the_source_links_to() {
    let site = site(&[
        INSTALL[0],
        INSTALL[1],
        ("docs/en/vercel.md", "# Vercel\n\nText.\n"),
        ("docs/zh/vercel.md", "# Vercel\n\n文字。\n"),
        (
            "docs/en/start.md",
            "# Start\n\nAfter [installing](install.md), read the [Vercel guide](/en/vercel/).\n\n- [Vercel](vercel.md)\n\n\
             Then [install](install.md) it like [news](news.md).\n",
        ),
        (
            "docs/zh/start.md",
            "# 开始\n\n[安装](./install.md)之后，请阅读 [Vercel 指南](/zh/install/)。\n\n- [安装](install.md)\n\n\
             然后像[文章](posts.md)那样[安装](/zh/install)。\n",
        ),
    ]);
    assert_eq!(
        check(&site, &["docs"]).trim_end(),
        "docs/zh/start.md:3:38: warning[stray-link] link “/zh/install/” leads to another page than “/en/vercel/” in the English"
    );
}
