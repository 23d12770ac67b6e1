//! The words of a passage as two versions of it are compared by: without case, inflection, punctuation and markup.

use crate::language::en::stem::stem;
use crate::text::script::is_han;
use crate::text::simplified::simplified;
use crate::text::{Side, Span};

use super::Passage;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A word, or one Han character.
    Word,
    /// What a translation keeps as it is: a name of a program, inline code, a placeholder.
    Verbatim,
    /// An acronym, which most translations keep.
    Acronym,
    /// The target of a link, which a translation may lead to pages in its own language.
    Link,
}

/// A token of a passage.
#[derive(Debug, Clone)]
pub struct Token {
    /// Its bytes.
    pub span: Span,
    /// Equal for tokens that mean the same.
    pub key: String,
    /// What it is.
    pub kind: Kind,
}

/// The tokens of a passage, in order. Tags, which are markup, are left out.
pub fn tokens(passage: Passage<'_>, side: Side) -> Vec<Token> {
    let mut out = Vec::new();
    let mut at = number_before(passage.text);
    for &mask in passage.masked {
        if mask.start > at {
            push_words(passage.text, Span::new(at, mask.start), side, &mut out);
        }
        push_masked(passage.text, mask, &mut out);
        at = at.max(mask.end);
    }
    push_words(passage.text, Span::new(at, passage.text.len()), side, &mut out);
    out
}

/// The bytes of the number of a heading or step, “2. ” or “3) ”, which says where it is and not what.
fn number_before(text: &str) -> usize {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &text[..text.len() - rest.len()];
    let end = match rest.strip_prefix([')', '、']) {
        Some(end) => end,
        None if number.ends_with('.') && rest.starts_with(' ') => rest,
        None => return 0,
    };
    if number.starts_with(|c: char| c.is_ascii_digit()) {
        text.len() - end.len()
    } else {
        0
    }
}

/// A part that is no prose. Inline code that is the text of a link is in one part with the target, “`run()`](/api)”.
fn push_masked(text: &str, mask: Span, out: &mut Vec<Token>) {
    let middle = mask.of(text).find("](").filter(|at| *at > 0);
    for part in match middle.map(|at| mask.start + at) {
        Some(at) => vec![Span::new(mask.start, at), Span::new(at, mask.end)],
        None => vec![mask],
    } {
        push_part(text, part, out);
    }
}

/// One of these parts.
fn push_part(text: &str, mask: Span, out: &mut Vec<Token>) {
    let inside = mask
        .of(text)
        .trim_matches(|c: char| c.is_whitespace() || "`*_()[]{}\"'".contains(c));
    let is_place = place(mask.of(text)) == Some(mask.len());
    if inside.starts_with('<') && !inside.contains("://") || inside.is_empty() || is_place {
        return;
    }
    let is_link = inside.contains("://")
        || mask.of(text).starts_with("](")
        || inside.starts_with(['/', '.', '#']) && inside.len() > 1 && !inside.contains(' ') && inside.contains('/');
    out.push(Token {
        span: mask,
        key: if is_link {
            page_of_link(inside).to_owned()
        } else {
            inside.split_whitespace().collect::<Vec<_>>().join(" ")
        },
        kind: if is_link { Kind::Link } else { Kind::Verbatim },
    });
}

/// The words of a part of the prose.
fn push_words(text: &str, part: Span, side: Side, out: &mut Vec<Token>) {
    let mut chars = part
        .of(text)
        .char_indices()
        .map(|(i, c)| (part.start + i, c))
        .peekable();
    while let Some((start, c)) = chars.next() {
        if let Some(length) = place(&text[start..part.end]) {
            while chars.next_if(|(i, _)| *i < start + length).is_some() {}
        } else if is_han(c) {
            out.push(Token {
                span: Span::new(start, start + c.len_utf8()),
                key: simplified(c).to_string(),
                kind: Kind::Word,
            });
        } else if is_of_word(c) {
            let is_target = text[..start].trim_end_matches(['/', '.', '#']).ends_with("](");
            let mut end = start + c.len_utf8();
            while let Some(&(i, c)) = chars.peek() {
                let is_inside =
                    is_of_word(c) || is_joint(c) && text[i + c.len_utf8()..part.end].starts_with(is_of_word);
                if !is_inside {
                    break;
                }
                end = i + c.len_utf8();
                chars.next();
            }
            let span = Span::new(start, end);
            if !span.of(text).contains(char::is_alphanumeric) {
                // A sign alone.
                continue;
            }
            let mut token = word(text, span, side);
            if is_target {
                // In a passage whose markup was not read.
                token.kind = Kind::Link;
            }
            out.push(token);
        }
    }
}

/// The length of the name of a place in the page that a text begins with, which is markup: `{#start}`. Some templates have it
/// between `%`.
fn place(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('%').unwrap_or(text).strip_prefix("{#")?;
    let name = rest.find('}')?;
    let is_name = !rest[..name].contains(char::is_whitespace);
    let end = text.len() - rest.len() + name + 1;
    is_name.then(|| end + usize::from(text[end..].starts_with('%')))
}

/// Whether words consist of it.
fn is_of_word(c: char) -> bool {
    !is_han(c) && (c.is_alphanumeric() || "_%$€£¥&+@".contains(c))
}

/// Whether it joins the parts of a word, where there are parts on both sides.
fn is_joint(c: char) -> bool {
    ".,'’/:".contains(c)
}

fn word(text: &str, span: Span, side: Side) -> Token {
    let written = span.of(text);
    let bare = written.split(['\'', '’']).next().unwrap_or(written);
    // The plural of an acronym.
    let written = written.strip_suffix('s').filter(|w| is_acronym(w)).unwrap_or(written);
    let kind = if is_acronym(written) {
        Kind::Acronym
    } else if is_identifier(written) || side == Side::Zh {
        Kind::Verbatim
    } else {
        Kind::Word
    };
    Token {
        span,
        key: if written.bytes().any(|b| b.is_ascii_digit()) {
            written.replace(',', "")
        } else if kind != Kind::Word {
            written.to_lowercase()
        } else {
            // “don’t” is not “do”.
            let lower = written.to_lowercase().replace('’', "'");
            match lower.strip_suffix("'s").unwrap_or(&lower) {
                negated if negated.ends_with("n't") => negated.to_owned(),
                _ => stem(&bare.to_lowercase()).to_string(),
            }
        },
        kind,
    }
}

/// The page that a link leads to, without the place in it and the ending of its name. A link to a place of the same page is that.
fn page_of_link(link: &str) -> &str {
    let page = link.split('#').next().unwrap_or(link);
    let endings = [".md", ".mdx", ".html"];
    let bare = endings
        .iter()
        .find_map(|ending| page.strip_suffix(ending))
        .unwrap_or(page);
    let bare = bare.trim_end_matches('/');
    if bare.is_empty() { link } else { bare }
}

/// The path of a link without the language that it begins with and the place in the page: what a link in a translation has, too.
pub fn path_of_link(key: &str) -> Option<&str> {
    // A name as short may be that of anything.
    const SHORTEST: usize = 6;
    let path = key.split(['#', '?']).next().unwrap_or(key);
    let mut rest = path.trim_start_matches(['.', '/']);
    let first = rest.split('/').next().unwrap_or(rest);
    let is_language = |name: &str| {
        let code = name.split(['-', '_']).next().unwrap_or(name);
        code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())
    };
    if is_language(first) {
        rest = rest[first.len()..].strip_prefix('/')?;
    }
    Some(rest.trim_end_matches('/')).filter(|rest| rest.len() >= SHORTEST)
}

/// Whether a word consists of capitals, and of more than one.
fn is_acronym(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether a word is the name of a part of a program: `max_tasks`, `v1.2`, `camelCase`.
fn is_identifier(word: &str) -> bool {
    let has_capital_inside = || {
        let mut pairs = word.chars().zip(word.chars().skip(1));
        pairs.any(|(a, b)| a.is_lowercase() && b.is_uppercase())
    };
    let has_digit_and_letter = || word.contains(|c: char| c.is_ascii_digit()) && word.contains(char::is_alphabetic);
    word.contains('_') || word.contains(['.', '/', ':']) && has_digit_and_letter() || has_capital_inside()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str, side: Side) -> Vec<String> {
        let passage = Passage { text, masked: &[] };
        tokens(passage, side).into_iter().map(|t| t.key).collect()
    }

    #[test]
    fn case_inflection_and_punctuation_make_no_difference() {
        assert_eq!(
            keys("The users’ clusters, *restarted*!", Side::En),
            keys("the user's cluster restarts", Side::En)
        );
        assert_eq!(keys("URLs", Side::En), keys("URL", Side::En));
        assert_ne!(keys("Don't restart", Side::En), keys("Do restart", Side::En));
        assert_eq!(keys("叢集 1,200 个", Side::Zh), keys("丛集1200個。", Side::Zh));
    }

    #[test]
    fn names_of_programs_are_kept_whole() {
        let text = "Set `max tasks` of v1.2 in appConfig, <br>.";
        let masked = [Span::new(4, 15), Span::new(37, 41)];
        let found = tokens(Passage { text, masked: &masked }, Side::En);
        let found: Vec<(&str, Kind)> = found.iter().map(|t| (&*t.key, t.kind)).collect();
        let verbatim: Vec<&str> = found.iter().filter(|f| f.1 == Kind::Verbatim).map(|f| f.0).collect();
        assert_eq!(verbatim, ["max tasks", "v1.2", "appconfig"]);
        assert_eq!(found.len(), 6, "{found:?}");
    }

    #[test]
    fn the_place_of_a_heading_is_markup() {
        for text in ["Start {#the-start}", "Start %{#the-start}%", "Start"] {
            assert_eq!(keys(text, Side::En), ["start"], "{text}");
        }
    }

    #[test]
    fn code_in_a_link_and_its_target_are_two() {
        let text = "See [`run()`](/en/api/#run).";
        let masked = [Span::new(5, text.len() - 1)];
        let found = tokens(Passage { text, masked: &masked }, Side::En);
        let found: Vec<(&str, Kind)> = found.iter().skip(1).map(|t| (&*t.key, t.kind)).collect();
        assert_eq!(found, [("run", Kind::Verbatim), ("/en/api", Kind::Link)]);
        assert_eq!(path_of_link("/en/guides/astro-db/#x"), Some("guides/astro-db"));
        assert_eq!(path_of_link("../guides/deploy.md?a"), Some("guides/deploy.md"));
        assert_eq!(path_of_link("#run"), None);
    }
}
