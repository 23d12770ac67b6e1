//! What all pages in HTML share: the frame, the style sheet, and a policy by which a browser loads nothing and runs
//! nothing but what bilint wrote.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::printable_lines;
use crate::finding::{Finding, Severity};

pub(super) const STYLE: &str = include_str!("style.css");

/// A whole page. It is one file and needs no other.
pub(super) fn page(title: &str, body: &Markup, script: Option<&str>) -> Markup {
    let style = html! { style { (PreEscaped(STYLE)) } };
    let body = html! {
        (body)
        @if let Some(script) = script {
            script { (PreEscaped(script)) }
        }
    };
    frame(title, &policy(script), &style, &body)
}

/// A page of a site, whose folder is `root` from it. Its style sheet and its script are files there.
pub(super) fn site_page(title: &str, root: &str, json_ld: Option<&Value>, body: &Markup, has_script: bool) -> Markup {
    let head = html! {
        link rel="stylesheet" href={ (root) "style.css" };
        @if let Some(data) = json_ld {
            // Nothing in it ends the element.
            script type="application/ld+json" { (PreEscaped(data.to_string().replace('<', "\\u003c"))) }
        }
        @if has_script { script src={ (root) "script.js" } defer {} }
    };
    frame(title, SITE_POLICY, &head, body)
}

/// The policy of the pages of a site, which load its own files, from a server or from a folder, and nothing else.
const SITE_POLICY: &str = "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src data:; \
                           base-uri 'none'; form-action 'self' file:";

fn frame(title: &str, policy: &str, head: &Markup, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                // `formats` recognizes our own pages by this line.
                meta name="generator" content={ "bilint " (env!("CARGO_PKG_VERSION")) };
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="icon" href="data:,";
                title { (printable_lines(title)) }
                (head)
            }
            body { (body) }
        }
    }
}

/// The content security policy: no network, and no script or style sheet but those of the page, known by their hashes.
fn policy(script: Option<&str>) -> String {
    let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let script = script.map_or_else(|| "'none'".to_owned(), hash);
    format!(
        "default-src 'none'; style-src {}; script-src {script}; img-src data:; base-uri 'none'; form-action 'none'",
        hash(STYLE)
    )
}

/// Text of a file, a name or a message: its lines are kept, and what would turn the writing direction is not.
pub(super) fn text(text: &str) -> Markup {
    html! { (printable_lines(text)) }
}

/// `docs/a.md:12:5`.
pub(super) fn place(finding: &Finding) -> String {
    let at = finding.primary();
    format!("{}:{}:{}", at.file, at.start.line, at.start.column)
}

/// The severity as a word in its colour.
pub(super) fn severity(severity: Severity) -> Markup {
    html! { span class={ "severity " (severity.name()) } { (severity.name()) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_allows_the_script_of_the_page_only() {
        // The hash of `alert('Hello, world.');`, from the specification of CSP level 3.
        let policy = policy(Some("alert('Hello, world.');"));
        assert!(
            policy.contains("script-src 'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"),
            "{policy}"
        );
        assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    }

    #[test]
    fn texts_are_escaped() {
        let page = page("<a>", &text("</script><img src=x onerror=alert(1)>\u{202e}\u{0}"), None).into_string();
        assert!(page.contains("<title>&lt;a&gt;</title>"), "{page}");
        assert!(
            page.contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;\u{fffd}␀"),
            "{page}"
        );
    }
}
