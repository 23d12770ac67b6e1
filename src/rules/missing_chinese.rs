//! The concepts that a pair's English names and its Chinese does not, where the English is the source: for `term-omitted` and
//! `term-mismatch`.

use super::PairContext;
use crate::glossary::english::{EnglishName, Words};
use crate::glossary::terms::{EnHit, renderings};
use crate::glossary::{Concept, Kind, Status};
use crate::language::zh::segment::{self, Fit};
use crate::text::script::is_han;
use crate::text::simplified::{is_traditional, to_simplified};
use crate::text::{Side, Span};

/// A concept of the English source without an accepted name in the Chinese.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingChinese {
    /// Number of the concept in the glossary.
    pub concept: usize,
    /// Where the English names it first.
    pub en: Span,
    /// What the Chinese has instead.
    pub instead: Option<Span>,
}

/// Particles with which a verb is another word: to log in is not to keep a log.
const PARTICLES: [&str; 9] = ["in", "out", "on", "off", "up", "down", "into", "back", "over"];

/// Words before a verb: “to set”, “is set”, “we set”.
const BEFORE_VERBS: [&str; 27] = [
    "to", "can", "could", "may", "might", "must", "shall", "should", "will", "would", "do", "does", "don't", "not",
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "we", "you", "they", "i",
];

/// Words between a verb and its object: “list the files”.
const AFTER_VERBS: [&str; 12] = [
    "the", "a", "an", "this", "that", "these", "those", "all", "it", "them", "its", "your",
];

/// In longer texts, in English words, too many others may be what a Chinese word translates.
const SHORT: usize = 10;

/// The concepts that no accepted Chinese name renders, in the order of the English. None where the Chinese is the source.
pub fn find_missing_chinese(ctx: &PairContext<'_>) -> Vec<MissingChinese> {
    if ctx.doc.direction().source() != Side::En || !ctx.is_paired() || ctx.doc.glossary.concepts().is_empty() {
        return Vec::new();
    }
    let glossary = ctx.doc.glossary;
    let words = ctx.words();
    let mut named: Vec<(usize, Vec<EnHit>)> = Vec::new();
    let mut rendered: Vec<Span> = Vec::new();
    for c in glossary.concepts_with_english_key(words.tokens.iter().map(|t| t.key)) {
        let concept = &glossary.concepts()[c];
        if ctx.doc.date().is_some_and(|day| !concept.is_valid_on(day)) {
            continue;
        }
        let names = glossary.english(c);
        let mut hits = renderings(names, &words);
        hits.retain(|hit| names_concept(concept, &names[hit.name]) && is_meant(ctx, concept, &words, hit));
        if hits.is_empty() {
            continue;
        }
        if ctx.terms().has(c) {
            rendered.extend(hits.iter().map(|hit| hit.span));
        } else if concept.zh.iter().any(|name| name.status.is_accepted()) {
            named.push((c, hits));
        }
    }
    // A name inside a longer one is part of that, and one of two concepts with the same name is enough.
    let all: Vec<Span> = named
        .iter()
        .flat_map(|(_, hits)| hits.iter().map(|hit| hit.span))
        .collect();
    let is_part = |span: Span| {
        rendered.iter().any(|other| other.overlaps(span))
            || all.iter().any(|other| other.contains(span) && other.len() > span.len())
    };
    let mut out: Vec<MissingChinese> = Vec::new();
    for (c, hits) in &named {
        let Some(first) = hits.iter().find(|hit| !is_part(hit.span)) else {
            continue;
        };
        let concept = &glossary.concepts()[*c];
        if !is_excused(ctx, *c, concept, first.span) && !out.iter().any(|found| found.en == first.span) {
            out.push(MissingChinese {
                concept: *c,
                en: first.span,
                instead: find_instead(ctx, concept, first.span),
            });
        }
    }
    out.sort_by_key(|found| found.en.start);
    out
}

/// Whether whoever writes the English name means the concept. A glossary admits for the English of a Chinese name what means other
/// things alone: “Times” for 纽约时报, “real” for 巴西雷亚尔. So the preferred name counts, and an official one of three or more words.
fn names_concept(concept: &Concept, name: &EnglishName) -> bool {
    let is_preferred = name.index.is_some() && name.status == Status::Preferred;
    if concept.kind.is_official() {
        let least = if is_preferred { 2 } else { 3 };
        return name.status.is_accepted() && name.words.len() >= least;
    }
    is_preferred
}

/// Whether the English at a hit is the concept: not in code, not a name in small letters, not a verb.
fn is_meant(ctx: &PairContext<'_>, concept: &Concept, words: &Words<'_>, hit: &EnHit) -> bool {
    if ctx.is_masked(Side::En, hit.span) {
        return false;
    }
    let first = words.tokens.partition_point(|t| t.span.end <= hit.span.start);
    let after = words.tokens.partition_point(|t| t.span.start < hit.span.end);
    if concept.kind.is_name() {
        return words.tokens.get(first).is_some_and(|t| t.capital);
    }
    let is_one_of = |at: Option<usize>, list: &[&str]| {
        let word = at
            .and_then(|at| words.tokens.get(at))
            .map(|t| t.span.of(words.text).to_ascii_lowercase());
        word.is_some_and(|word| list.contains(&word.as_str()))
    };
    let is_verb = is_one_of(first.checked_sub(1), &BEFORE_VERBS)
        || is_one_of(Some(after), &AFTER_VERBS)
        || is_one_of(Some(after), &PARTICLES);
    first + 1 < after || !is_verb
}

/// Whether the Chinese need not have one of the concept's names.
fn is_excused(ctx: &PairContext<'_>, number: usize, concept: &Concept, en: Span) -> bool {
    let zh = ctx.zh();
    // Names of Hong Kong and Taiwan differ from those of the mainland in words, not only in characters.
    let has_traditional = || concept.zh.iter().any(|name| is_traditional(&name.text));
    if concept.kind == Kind::Term && is_traditional(zh) && !has_traditional() {
        return true;
    }
    // The name of a language is also that of people, of a country or of a script: 波兰地区, 英文, 拉丁音乐.
    let is_adjective = concept
        .en
        .first()
        .is_some_and(|name| name.text.starts_with(char::is_uppercase));
    let stem = |name: &str| {
        name.strip_suffix(['语', '文'])
            .filter(|stem| !stem.is_empty())
            .map(str::to_owned)
    };
    if concept.kind == Kind::Term && is_adjective {
        let zh = to_simplified(zh);
        let mut stems = concept.zh.iter().filter_map(|name| stem(&to_simplified(&name.text)));
        if stems.any(|stem| zh.contains(&stem)) {
            return true;
        }
    }
    // “And” has several words: 赫德岛与麦克唐纳群岛.
    let with_and = |text: &str| to_simplified(text).replace(['与', '及'], "和");
    if concept
        .zh
        .iter()
        .any(|name| name.text.contains(['和', '与', '及', '與']))
        && concept
            .zh
            .iter()
            .any(|name| with_and(zh).contains(&with_and(&name.text)))
    {
        return true;
    }
    // The name is kept in English, or shortened to its acronym.
    let kept = |name: &str| zh.to_ascii_lowercase().contains(&name.to_ascii_lowercase());
    let mut names = concept
        .en
        .iter()
        .map(|name| &*name.text)
        .chain(concept.acronym.as_deref());
    if kept(en.of(ctx.en())) || names.any(kept) {
        return true;
    }
    let is_in = |by: isize| ctx.neighbour(by).is_some_and(|n| n.terms().has(number));
    is_in(-1) || is_in(1)
}

/// What the Chinese has in place of an accepted name: nearly that name, or what the lexicon translates the English as, or all
/// of it where the name is all of the English.
fn find_instead(ctx: &PairContext<'_>, concept: &Concept, en: Span) -> Option<Span> {
    let zh = ctx.zh();
    let accepted = || concept.zh.iter().filter(|name| name.status.is_accepted());
    if let Some(near) = accepted().find_map(|name| find_near(&name.text, zh)) {
        return Some(near);
    }
    let is_all = |text: &str, span: Span| {
        !text[..span.start].contains(char::is_alphanumeric) && !text[span.end..].contains(char::is_alphanumeric)
    };
    if concept.kind.is_name() {
        return None;
    }
    if is_all(ctx.en(), en) {
        let first = zh.find(char::is_alphanumeric)?;
        let last = zh.rfind(char::is_alphanumeric)?;
        let end = last + zh[last..].chars().next().map_or(0, char::len_utf8);
        return Some(Span::new(first, end));
    }
    if ctx.words().tokens.len() > SHORT {
        return None;
    }
    // The last word of a name is what it is about.
    let last = en
        .of(ctx.en())
        .rfind(char::is_whitespace)
        .map_or(en.start, |at| en.start + at);
    let is_word = |span: Span| span.of(zh).chars().filter(|&c| is_han(c)).nth(1).is_some();
    let links = ctx.word_links().iter();
    let of_name = links.filter(|link| link.en.start >= last && link.en.end <= en.end);
    let elsewhere = |zh: Span| {
        ctx.word_links()
            .iter()
            .any(|link| link.zh.overlaps(zh) && !en.contains(link.en))
    };
    let is_free = |zh: Span| !ctx.terms().names(Side::Zh).overlaps(zh) && !elsewhere(zh);
    of_name.map(|link| link.zh).find(|&zh| is_word(zh) && is_free(zh))
}

/// The part of `text` that has the characters of `name` in another order, or, of a name of three or more, all but one of them.
fn find_near(name: &str, text: &str) -> Option<Span> {
    let name = to_simplified(name);
    let name: Vec<char> = name.chars().collect();
    let simplified = to_simplified(text);
    let text: Vec<(usize, char)> = simplified.char_indices().collect();
    if name.len() < 2 || !name.iter().all(|&c| is_han(c)) {
        return None;
    }
    let mut sorted = name.clone();
    sorted.sort_unstable();
    let is_near = |window: &[(usize, char)]| {
        let differing = window.iter().zip(&name).filter(|((_, a), b)| a != *b).count();
        let mut chars: Vec<char> = window.iter().map(|&(_, c)| c).collect();
        chars.sort_unstable();
        // 宿主元 of 宿主元素 is no slip for 宿主机.
        let cuts = || {
            let bounds = window.first().zip(window.last());
            bounds.is_some_and(|(&(start, _), &(last, c))| {
                let span = Span::new(start, last + c.len_utf8());
                matches!(segment::fit(&simplified, span), Fit::Cuts(_))
            })
        };
        chars == sorted || name.len() > 2 && differing == 1 && !cuts()
    };
    let all_han = |window: &[(usize, char)]| window.iter().all(|&(_, c)| is_han(c));
    let found = text
        .windows(name.len())
        .find(|window| all_han(window) && is_near(window))?;
    let &(last, c) = found.last()?;
    Some(Span::new(found[0].0, last + c.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Aligner;
    use crate::rules::DocumentContext;
    use crate::rules::context::Settings;
    use crate::rules::testing::{document, glossary_of_kind};
    use crate::text::Direction;

    /// The English names without an accepted translation, each with what the Chinese has instead.
    fn missing(kind: Kind, lines: &[&str], en: &str, zh: &str) -> Vec<(String, Option<String>)> {
        let (doc, pairs) = document(&[zh], &[en]);
        let settings = Settings {
            direction: Direction::EnToZh,
            ..Settings::default()
        };
        let (glossary, aligner) = (glossary_of_kind(kind, lines), Aligner::default());
        let ctx = DocumentContext::new(&doc, &pairs, &glossary, &settings, &aligner);
        let found = ctx.iter().flat_map(|pair| find_missing_chinese(&pair));
        let texts = found.map(|m| (m.en.of(en).to_owned(), m.instead.map(|span| span.of(zh).to_owned())));
        texts.collect()
    }

    const TERMS: [&str; 7] = [
        "集群 = cluster",
        "提供者 = provider",
        "默认 = default",
        "集群节点 = cluster node",
        "日志 = log",
        "警告 = warning",
        "警示 = warning",
    ];

    #[test]
    fn another_word_for_a_term_is_found() {
        for (en, zh, term, instead) in [
            ("Upgrade the cluster.", "升级群集。", "cluster", "群集"),
            ("Select a provider.", "请选择提供商。", "provider", "提供商"),
            ("The default value", "违约值", "default", "违约"),
            ("Cluster:", "丛集：", "Cluster", "丛集"),
        ] {
            let expected = [(term.to_owned(), Some(instead.to_owned()))];
            assert_eq!(missing(Kind::Term, &TERMS, en, zh), expected);
        }
    }

    #[test]
    fn a_term_may_have_no_trace() {
        let found = missing(
            Kind::Term,
            &TERMS,
            "Restart it to join the cluster again.",
            "请重启后再加入。",
        );
        assert_eq!(found, [("cluster".to_owned(), None)]);
    }

    #[test]
    fn allows_the_longer_name_and_other_meanings() {
        let host = ["主机 | 宿主机 = host"];
        assert_eq!(
            missing(
                Kind::Term,
                &host,
                "A property that exposes the host element of the current custom element in time.",
                "一个及时暴露当前自定义元素的宿主元素的属性。"
            ),
            [("host".to_owned(), None)]
        );
        for (en, zh) in [
            ("Add a cluster node.", "添加集群节点。"),
            ("Log in to see it.", "登录后查看。"),
            ("It must log the request.", "它必须记录请求。"),
            ("It is a warning.", "这是警示。"),
            ("Install Cluster Manager.", "安装 Cluster Manager。"),
            ("Upgrade the cluster.", "升級叢集。"),
        ] {
            assert_eq!(missing(Kind::Term, &TERMS, en, zh), [], "{en}");
        }
    }

    #[test]
    fn the_name_of_a_language_is_an_adjective() {
        let lines = ["波兰语 | 波蘭文 = Polish", "术语 = term"];
        for (en, zh) in [
            ("Polish numbers", "波兰地区的号码"),
            ("In Polish", "使用波兰文"),
            ("In Polish", "使用波蘭語"),
        ] {
            assert_eq!(missing(Kind::Term, &lines, en, zh), [], "{zh}");
        }
        assert_eq!(missing(Kind::Term, &lines, "In Polish", "使用德语").len(), 1);
        assert_eq!(missing(Kind::Term, &lines, "A term", "技术词").len(), 1);
    }

    #[test]
    fn names_have_capitals() {
        let lines = ["土耳其 = Turkey", "马里 = Mali"];
        assert_eq!(
            missing(Kind::Place, &lines, "The turkey was roasted.", "火鸡烤好了。"),
            []
        );
        assert_eq!(
            missing(Kind::Place, &lines, "It left Turkey.", "它离开了那里。").len(),
            1
        );
    }

    #[test]
    fn a_name_kept_in_english_is_not_missing() {
        let lines = ["美洲 = Americas"];
        let en = "The zone is America/Lima.";
        assert_eq!(missing(Kind::Place, &lines, en, "时区是 America/Lima。"), []);
        assert_eq!(missing(Kind::Place, &lines, en, "时区是利马。").len(), 1);
    }
}
