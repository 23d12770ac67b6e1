//! `link-mismatch`.

use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::declare_rule;
use crate::rules::{PairContext, Report, Rule};
use crate::text::Span;
use crate::text::bytes::ByteSet;
use crate::text::script::{is_cjk_punctuation, is_han};

declare_rule! {
    /// A link is missing from the translation, or differs there.
    ///
    /// ## What it does
    /// Compares the web addresses on both sides. Differences between `http` and `https`, in the case of the host name,
    /// in a final slash and in language parts such as `/zh-cn/` and `/en/` or `zh.` and `en.` are ignored.
    ///
    /// ## Why it matters
    /// A wrong address leads nowhere, and a missing one leaves the reader without the reference.
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
    /// No findings on 2,098 clean pairs; few of them have links.
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
    /// The part that must be equal on both sides.
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
        let keys = |links: &'_ [Link]| links.iter().map(|l| l.key.clone()).collect::<FxHashSet<String>>();
        let (from_keys, mut known) = (keys(&from), keys(&to));
        let mut spare = Spare::new(to.iter().filter(|t| !from_keys.contains(&t.key)));
        for link in &from {
            if !known.insert(link.key.clone()) {
                continue;
            }
            let text = link.span.of(ctx.text(source));
            let Some(other) = spare.take_nearest(link) else {
                report
                    .finding(
                        &Self::META,
                        ctx,
                        source,
                        link.span,
                        format!("link “{text}” is missing from the {}", target.name()),
                    )
                    .help("copy the link into the translation")
                    .expected([text])
                    .emit();
                continue;
            };
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
                    format!("link “{found}” differs from “{text}” in the {}", source.name()),
                )
                .label(ctx, source, link.span)
                .help("check which address is right")
                .expected([text])
                .found(found)
                .emit();
        }
    }
}

/// Links without a counterpart, in order.
struct Spare<'l> {
    links: Vec<Option<&'l Link>>,
    /// The numbers of the links to each host, in order.
    of_host: FxHashMap<&'l str, VecDeque<usize>>,
    /// No link before this one is left.
    first: usize,
}

impl<'l> Spare<'l> {
    fn new(links: impl Iterator<Item = &'l Link>) -> Self {
        let links: Vec<Option<&Link>> = links.map(Some).collect();
        let mut of_host: FxHashMap<&str, VecDeque<usize>> = FxHashMap::default();
        for (i, link) in links.iter().flatten().enumerate() {
            of_host.entry(host(&link.key)).or_default().push_back(i);
        }
        Self {
            links,
            of_host,
            first: 0,
        }
    }

    /// Takes the first link to the host of `link`, or else the first.
    fn take_nearest(&mut self, link: &Link) -> Option<&'l Link> {
        while let Some(at) = self.of_host.get_mut(host(&link.key)).and_then(VecDeque::pop_front) {
            if let Some(found) = self.links[at].take() {
                return Some(found);
            }
        }
        while self.first < self.links.len() {
            self.first += 1;
            if let Some(found) = self.links[self.first - 1].take() {
                return Some(found);
            }
        }
        None
    }
}

/// Every web address has one of these bytes, from `://` or `www.`; both are rare in Chinese.
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

/// Strips the punctuation of the sentence, and a closing bracket that the address does not open.
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

    fn messages(zh: &str, en: &str) -> Vec<String> {
        check(&LinkMismatch, &[zh], &[en])
            .into_iter()
            .map(|f| f.message)
            .collect()
    }

    #[test]
    fn finds_missing_and_changed_links() {
        assert_eq!(
            messages("见http://a.org/x。", "See there."),
            ["link “http://a.org/x” is missing from the English"]
        );
        assert_eq!(
            messages("见[文件](http://a.org/x)，", "see [the document](http://a.org/y),"),
            ["link “http://a.org/y” differs from “http://a.org/x” in the Chinese"]
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
            assert!(messages(zh, en).is_empty(), "{zh} {en}: {:?}", messages(zh, en));
        }
    }

    #[test]
    fn allows_broken_addresses() {
        assert!(messages("http://。www.，https://", "nothing").is_empty());
    }
}
