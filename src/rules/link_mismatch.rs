//! Links of the source that the target lacks or changes.

use crate::declare_rule;
use crate::rules::{PairContext, Report, Rule};
use crate::text::Span;
use crate::text::bytes::ByteSet;
use crate::text::script::{is_cjk_punctuation, is_han};

declare_rule! {
    /// A link of the source that is missing from the target, or differs there.
    ///
    /// ## What it does
    /// Compares the web addresses of both sides. `http` and `https`, capitals in the host name, a final slash and language
    /// parts such as `/zh-cn/` and `/en/` or `zh.` and `en.` do not count as differences.
    ///
    /// ## Why it matters
    /// A changed address leads nowhere, and a lost one leaves the reader without the source.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 详见 https://www.g20.org/open-science。
    /// en: See https://www.g20.org/open-scinece for details.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 详见 https://www.g20.org/open-science。
    /// en: See https://www.g20.org/open-science for details.
    /// ```
    ///
    /// ## Limits
    /// No finding on 2,098 clean pairs; few of them have links.
    pub LinkMismatch { id: "link-mismatch", group: Typography, severity: Warning, since: "0.1.0" }
}

/// Parts of an address that name a language or a country, each in small letters.
const LANGUAGES: &[&str] = &[
    "cn", "zh", "zh-cn", "zh_cn", "zh-hans", "zh-hant", "zh-tw", "zh-hk", "zho", "chs", "cht", "chn", "chinese", "en",
    "en-us", "en_us", "en-gb", "eng", "english", "us", "uk",
];

/// A web address in a text.
struct Link {
    span: Span,
    /// What two sides must share.
    key: String,
    /// Whether it names a language, so that its counterpart may be another page.
    localized: bool,
}

impl Rule for LinkMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let direction = ctx.doc.direction();
        let (source, target) = (direction.source(), direction.target());
        if !ctx.bytes(source).has_any(IN_LINKS) || !ctx.is_paired() || !has_link(ctx.text(source)) {
            return;
        }
        let to = links(ctx.text(target));
        let from = links(ctx.text(source));
        let mut spare: Vec<&Link> = to.iter().filter(|t| from.iter().all(|f| f.key != t.key)).collect();
        for (i, link) in from.iter().enumerate() {
            if to.iter().any(|t| t.key == link.key) || from[..i].iter().any(|f| f.key == link.key) {
                continue;
            }
            let text = link.span.of(ctx.text(source));
            let near = spare
                .iter()
                .position(|t| host(&t.key) == host(&link.key))
                .or((!spare.is_empty()).then_some(0));
            let Some(at) = near else {
                report
                    .finding(
                        &Self::META,
                        ctx,
                        source,
                        link.span,
                        format!("the link “{text}” is missing from the {}", target.name()),
                    )
                    .help("put the link into the translation")
                    .expected([text])
                    .emit();
                continue;
            };
            let other = spare.remove(at);
            if link.localized || other.localized {
                continue;
            }
            let found = other.span.of(ctx.text(target));
            report
                .finding(
                    &Self::META,
                    ctx,
                    target,
                    other.span,
                    format!("the link “{found}” is “{text}” in the {}", source.name()),
                )
                .label(ctx, source, link.span)
                .help("see which of the two addresses is right")
                .expected([text])
                .found(found)
                .emit();
        }
    }
}

/// Bytes of which every web address has one: those of `://` and `www.` that are rare in Chinese.
const IN_LINKS: ByteSet = ByteSet::list(b":w");

fn has_link(text: &str) -> bool {
    text.contains("://") || text.contains("www.")
}

/// The web addresses of `text`.
fn links(text: &str) -> Vec<Link> {
    let mut out: Vec<Link> = Vec::new();
    let mut from = 0;
    for start in starts(text) {
        if start < from {
            continue;
        }
        let ends = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || is_han(c)
                || is_cjk_punctuation(c)
                || matches!(c, '<' | '>' | '"' | '`' | '|' | '\\' | '^' | '{' | '}')
        };
        let len = text[start..].find(ends).unwrap_or(text.len() - start);
        let link = trim_end(&text[start..start + len]);
        from = start + len;
        let (key, localized) = key(link);
        if !host(&key).is_empty() {
            out.push(Link {
                span: Span::new(start, start + link.len()),
                key,
                localized,
            });
        }
    }
    out
}

/// Where addresses begin, in order; a `www.` inside an address is among them.
fn starts(text: &str) -> Vec<usize> {
    let schemes = text.match_indices("://").filter_map(|(i, _)| {
        ["https", "http"]
            .iter()
            .find(|s| text[..i].ends_with(**s))
            .map(|s| i - s.len())
    });
    let mut out: Vec<usize> = schemes.chain(text.match_indices("www.").map(|(i, _)| i)).collect();
    out.sort_unstable();
    out
}

/// Leaves out the punctuation of the sentence, and a closing bracket that the address does not open.
fn trim_end(link: &str) -> &str {
    // A Markdown link ends at the first `)` that it does not open: [a](b).
    let mut link = link.split("](").next().unwrap_or(link);
    let count = |sign: char| link.matches(sign).count();
    let mut unopened = [
        (')', count(')').saturating_sub(count('('))),
        (']', count(']').saturating_sub(count('['))),
    ];
    loop {
        let bracket = unopened.iter_mut().find(|(sign, n)| *n > 0 && link.ends_with(*sign));
        if let Some((_, n)) = bracket {
            *n -= 1;
        } else if !link.ends_with(['.', ',', ';', ':', '!', '?', '\'', '*', '_']) {
            return link;
        }
        link = &link[..link.len() - 1];
    }
}

fn key(link: &str) -> (String, bool) {
    let bare = ["http://", "https://"]
        .iter()
        .find_map(|s| link.strip_prefix(s))
        .unwrap_or(link);
    let (name, path) = bare.split_at(bare.find(['/', '?', '#']).unwrap_or(bare.len()));
    let mut localized = false;
    let name = name.to_lowercase();
    let labels = name.split('.').count();
    let mut host = Vec::new();
    for (i, label) in name.split('.').enumerate() {
        // The last label is the country of the site, not the language of the page.
        if i + 1 < labels && LANGUAGES.contains(&label) {
            localized = true;
        } else if i > 0 || label != "www" {
            host.push(label);
        }
    }
    let mut out = host.join(".");
    for part in path.split('/').filter(|p| !p.is_empty()) {
        let stem = part.split(['.', '?', '#']).next().unwrap_or(part).to_lowercase();
        if LANGUAGES.contains(&stem.as_str()) {
            localized = true;
        } else {
            out.push('/');
            out.push_str(part);
        }
    }
    (out, localized)
}

fn host(key: &str) -> &str {
    key.split('/').next().unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    fn said(zh: &str, en: &str) -> Vec<String> {
        check(&LinkMismatch, &[zh], &[en])
            .into_iter()
            .map(|f| f.message)
            .collect()
    }

    #[test]
    fn finds_missing_and_changed_links() {
        assert_eq!(
            said("见http://a.org/x。", "See there."),
            ["the link “http://a.org/x” is missing from the English"]
        );
        assert_eq!(
            said("见[文件](http://a.org/x)，", "see [the document](http://a.org/y),"),
            ["the link “http://a.org/y” is “http://a.org/x” in the Chinese"]
        );
    }

    #[test]
    fn allows_the_same_page_written_otherwise() {
        for (zh, en) in [
            ("见http://www.A.org/x/。", "See https://a.org/x."),
            ("（https://a.org/f_(1)）", "(https://a.org/f_(1))"),
            ("见http://a.org/zh-cn/x", "see http://a.org/en/x"),
            (
                "见https://zh.wikipedia.org/wiki/中国",
                "see https://en.wikipedia.org/wiki/China",
            ),
            ("见www.gov.cn和http://b.org", "see http://b.org and www.gov.cn"),
            ("没有链接", "see https://added.org"),
        ] {
            assert!(said(zh, en).is_empty(), "{zh} {en}: {:?}", said(zh, en));
        }
    }

    #[test]
    fn broken_addresses_do_no_harm() {
        assert!(said("http://。www.，https://", "nothing").is_empty());
    }
}
