//! The concepts that a pair's Chinese names and its English does not, for `term-omitted` and `term-mismatch`.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use crate::glossary::doubt::{Doubt, find_doubt};
use crate::glossary::english::{self, EnglishName, Words};
use crate::glossary::near::{self, NearMiss};
use crate::glossary::scan::Hit;
use crate::glossary::terms::{self, ConceptInPair};
use crate::glossary::{Concept, Kind, Name, builtin_place};
use crate::language::en::related::same_root;
use crate::language::en::token::fold;
use crate::text::script::is_han;
use crate::text::{Side, Span, SpanSet};

use super::PairContext;
use super::implied::{find_back_reference, find_seat, has_short_form, has_words_apart, is_foreign};

/// A concept without an accepted rendering.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    /// Number of the concept in the glossary.
    pub concept: usize,
    /// Where the Chinese names it first.
    pub hit: Hit,
    /// What the English has instead.
    pub instead: Instead,
    /// Why the hit may not be the concept. A doubtful concept is not reported as omitted, and as mistranslated only if
    /// the English is close enough to outweigh the doubt.
    pub doubt: Option<Doubt>,
}

/// Letters of a word that no ending of a name has.
const LONG_WORD: usize = 6;

/// What the English has in place of an accepted name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Instead {
    /// Nothing similar.
    Nothing,
    /// Something close to an accepted name.
    NearMiss(NearMiss),
    /// The name of another concept of the same kind that the Chinese does not name: bytes of the English text.
    OtherConcept(Span),
}

/// How many concepts without a name in the English are looked at in one pair. A text that lacks more is no translation, which
/// the first ones show.
const MOST: usize = 500;

/// The concepts of a pair that no accepted name renders, in the order of the Chinese.
pub fn find_missing(ctx: &PairContext<'_>) -> Vec<Missing> {
    let terms = ctx.terms();
    if !ctx.is_paired() || terms.concepts.iter().all(ConceptInPair::is_rendered) {
        return Vec::new();
    }
    let glossary = ctx.doc.glossary;
    let words = ctx.words();
    let taken = terms.names(Side::En);
    let rendered = terms.concepts.iter().filter(|c| c.is_rendered());
    let rendered: SpanSet = rendered.flat_map(|c| c.zh.iter().map(|h| h.span)).collect();
    let has_chinese = ctx.en().chars().any(is_han);
    let mut out = Vec::new();
    // A deprecated or forbidden rendering is a rendering; other rules report it.
    for found in terms.concepts.iter().filter(|c| c.en.is_empty()).take(MOST) {
        if is_excused(ctx, found, &words, &rendered, has_chinese) {
            continue;
        }
        let concept = &glossary.concepts()[found.concept];
        let names = glossary.english(found.concept);
        let hit = found.zh[0];
        let instead = match near::nearest(names, &words, taken) {
            Some(_) if concept.kind == Kind::Term && has_words_apart(names, &words) => continue,
            Some(near) => Instead::NearMiss(near),
            // “Poles” for Poland, unless the English tries to write the name.
            None if is_called_by_its_people(concept, &words) => continue,
            None => other_concept(ctx, concept, found, &words, taken),
        };
        // “London” for the government in London, also where the glossary knows London.
        let is_seat = |seat: Span| match &instead {
            Instead::Nothing => true,
            Instead::OtherConcept(other) => *other == seat,
            Instead::NearMiss(_) => false,
        };
        let is_left_out = || instead == Instead::Nothing && begins_rendered(ctx, concept, found);
        if find_seat(ctx, concept).is_some_and(is_seat) || is_left_out() {
            continue;
        }
        out.push(Missing {
            concept: found.concept,
            hit,
            instead,
            doubt: shared_doubt(ctx, found)
                .or_else(|| find_back_reference(ctx, found, &words).map(|word| Doubt { word, strong: false })),
        });
    }
    out
}

/// The doubt about the concept's first hit, if all of its hits are doubtful.
fn shared_doubt(ctx: &PairContext<'_>, found: &ConceptInPair) -> Option<Doubt> {
    let kind = ctx.doc.glossary.concepts()[found.concept].kind;
    let mut doubts = found.zh.iter().map(|h| find_doubt(ctx.zh(), h, kind, ctx.en()));
    let first = doubts.next().flatten()?;
    doubts.all(|d| d.is_some()).then_some(first)
}

/// Whether the concept, which has no accepted name in this pair, needs none. `rendered` are the Chinese names of the
/// concepts that have one.
fn is_excused(
    ctx: &PairContext<'_>,
    found: &ConceptInPair,
    words: &Words<'_>,
    rendered: &SpanSet,
    has_chinese: bool,
) -> bool {
    let glossary = ctx.doc.glossary;
    let concept = &glossary.concepts()[found.concept];
    // The glossary has no English name for it.
    if concept.preferred_en().is_none() {
        return true;
    }
    // The same characters are part of another name, which is rendered.
    if found.zh.iter().any(|h| rendered.overlaps(h.span)) {
        return true;
    }
    // The name is left in Chinese: `untranslated` reports it.
    if has_chinese {
        let names: FxHashSet<&str> = found.zh.iter().map(|h| h.span.of(ctx.zh())).collect();
        if names.into_iter().all(|name| ctx.en().contains(name)) {
            return true;
        }
    }
    let names = glossary.english(found.concept);
    if names
        .iter()
        .any(|n| rendered_in_one_or_two_words(n, words) || has_odd_capitals(n, words))
        || is_joined(ctx.en(), concept)
    {
        return true;
    }
    if found.zh.iter().all(|h| begins_a_name(ctx.zh(), *h)) && names.iter().any(|n| begins_an_acronym(n, words)) {
        return true;
    }
    if concept.kind.is_official()
        && names
            .iter()
            .any(|n| has_place_behind(n, words) || shares_words(n, words))
    {
        return true;
    }
    if has_short_form(ctx, found, words) || found.zh.iter().all(|h| is_foreign(ctx, concept, h)) {
        return true;
    }
    // "East Asia" for Eastern Asia, "infected" for infection: other forms of the same words.
    let by_form = !concept.kind.is_name() || concept.kind == Kind::Place;
    if by_form && names.iter().any(|n| rendered_by_form(n, words, concept.kind)) {
        return true;
    }
    // A name in small letters is as free as a term: “central banking”.
    let is_small = |n: &EnglishName| n.words.iter().all(|w| w.starts_with(char::is_lowercase));
    if !by_form
        && names
            .iter()
            .any(|n| is_small(n) && rendered_by_form(n, words, Kind::Term))
    {
        return true;
    }
    is_in_neighbour(ctx, found.concept)
}

/// Whether the pair before or after has the name instead: merged sentences, a heading and its body. A name excuses one
/// pair, and only if its own pair does not need it.
fn is_in_neighbour(ctx: &PairContext<'_>, concept: usize) -> bool {
    let names = ctx.doc.glossary.english(concept);
    let spare = |by: isize| {
        ctx.neighbour(by).map_or(0, |n| {
            let english = terms::renderings(names, &n.words());
            let given = english.iter().filter(|h| h.status.is_accepted()).count();
            let needed = find_concept(&n, concept).map_or(0, |c| c.zh.len());
            given.saturating_sub(needed)
        })
    };
    // The pair before the previous one has the first claim to what that one has to spare.
    let claims = || {
        let before = ctx.neighbour(-2);
        before.is_some_and(|n| find_concept(&n, concept).is_some_and(|c| !c.is_rendered()))
    };
    spare(1) > 0 || spare(-1) > usize::from(claims())
}

fn find_concept<'a>(ctx: &PairContext<'a>, concept: usize) -> Option<&'a ConceptInPair> {
    ctx.terms().concepts.iter().find(|c| c.concept == concept)
}

/// Whether the English has the acronym with capitals and small letters: “uK”.
fn has_odd_capitals(name: &EnglishName, words: &Words<'_>) -> bool {
    let [acronym] = name.words.as_slice() else { return false };
    let is_odd = |word: &str| word.ends_with(|c: char| c.is_ascii_uppercase()) && word.eq_ignore_ascii_case(acronym);
    name.status.is_accepted() && name.exact_case && words.tokens.iter().any(|t| is_odd(t.span.of(words.text)))
}

/// Whether the English has another name that the built-in glossary knows for the place: a glossary with 波兰 = Poland has no
/// entry for “Poles”.
fn is_called_by_its_people(concept: &Concept, words: &Words<'_>) -> bool {
    let (Some(zh), Some(en)) = (concept.preferred_zh(), concept.preferred_en()) else {
        return false;
    };
    let Some(place) = builtin_place(zh, en) else {
        return false;
    };
    let names = english::compile_names(place);
    terms::renderings(&names, words).iter().any(|h| h.status.is_accepted())
}

/// Whether a name lost the space or dash beside it, which its capital or the long word joined to it still shows: “Hong
/// KongSwitzerland”, “US dollardenominated”.
fn is_joined(en: &str, concept: &Concept) -> bool {
    let mut names = concept
        .en
        .iter()
        .filter(|n| n.status.is_accepted() && n.text.ends_with(char::is_lowercase));
    names.any(|name| {
        en.match_indices(&*name.text).any(|(at, found)| {
            let (before, after) = (en[..at].chars().next_back(), en[at + found.len()..].chars().next());
            let joined = en[at + found.len()..].chars().take_while(|c| c.is_lowercase()).count();
            found.starts_with(char::is_uppercase)
                && before.is_none_or(|c| !c.is_uppercase())
                && (after.is_none_or(|c| !c.is_lowercase()) || found.contains(' ') && joined >= LONG_WORD)
        })
    })
}

/// Whether the English has the name with words joined or split: facemask, health care, Fivehundred.
fn rendered_in_one_or_two_words(name: &EnglishName, words: &Words<'_>) -> bool {
    if !name.status.is_accepted() || name.exact_case {
        return false;
    }
    let wanted: String = name.words.iter().map(|w| fold(w)).collect();
    let folded = words.folded();
    let n = name.words.len();
    (0..folded.len()).any(|at| {
        (n.saturating_sub(1).max(1)..=n + 1)
            .filter(|&len| len != n && at + len <= folded.len())
            .any(|len| {
                let window = &folded[at..at + len];
                window.iter().map(|w| w.len()).sum::<usize>() == wanted.len() && window.concat() == wanted
            })
    })
}

/// Whether the English has the place that begins the name behind it: “Huairou Comprehensive National Science Center in
/// Beijing”.
fn has_place_behind(name: &EnglishName, words: &Words<'_>) -> bool {
    const BEFORE_PLACE: [&str; 4] = ["in", "of", "at", "near"];
    const LEAST: usize = 4;
    let wanted: Vec<_> = name.words.iter().map(|w| fold(w)).collect();
    let [place, rest @ ..] = wanted.as_slice() else {
        return false;
    };
    let folded = words.folded();
    let is_behind = |end: usize| {
        let linked = folded.get(end).is_some_and(|w| BEFORE_PLACE.contains(w));
        let comma = || {
            words
                .tokens
                .get(end)
                .is_some_and(|t| words.text[..t.span.start].trim_end().ends_with(','))
        };
        let at = if linked { end + 1 } else { end };
        (linked || comma()) && folded.get(at) == Some(&&**place)
    };
    let whole = |window: &[&str]| window.iter().zip(rest).all(|(f, w)| f == w);
    name.status.is_accepted()
        && wanted.len() >= LEAST
        && folded
            .windows(rest.len())
            .enumerate()
            .any(|(at, window)| whole(window) && is_behind(at + rest.len()))
}

/// Whether a place is only the beginning of names that are rendered: 印尼|雅万高铁, “the Jakarta-Bandung High-Speed Railway”.
fn begins_rendered(ctx: &PairContext<'_>, concept: &Concept, found: &ConceptInPair) -> bool {
    let follows = |hit: &Hit| {
        let mut others = ctx.terms().concepts.iter().filter(|c| c.is_rendered());
        others.any(|c| c.zh.iter().any(|other| other.span.start == hit.span.end))
    };
    concept.kind == Kind::Place && found.zh.iter().all(follows)
}

/// Whether the name shares its beginning or its end with others of a list: “the Eastern, Southern and Western Theater
/// Commands”, “the Ministries of Education and of Finance”.
fn shares_words(name: &EnglishName, words: &Words<'_>) -> bool {
    const REACH: usize = 14;
    const JOINTS: [&str; 4] = ["and", "or", "of", "the"];
    let wanted: Vec<_> = name.words.iter().map(|w| fold(w)).collect();
    let folded = words.folded();
    let is_at = |at: usize, part: &[Cow<'_, str>]| {
        let window = folded.get(at..at + part.len());
        window.is_some_and(|window| window.iter().zip(part).all(|(f, w)| *f == &**w))
    };
    let is_list = |from: usize, to: usize| {
        let gap = words
            .text
            .get(words.tokens[from - 1].span.end..words.tokens[to].span.start);
        let listed =
            gap.is_some_and(|gap| !gap.contains(['.', ';', ':', '(']) && (gap.contains(',') || gap.contains(" and ")));
        listed && (from..to).all(|i| words.tokens[i].capital || JOINTS.contains(&folded[i]))
    };
    name.status.is_accepted()
        && wanted.len() > 2
        && (1..wanted.len()).any(|cut| {
            let (head, tail) = wanted.split_at(cut);
            (0..folded.len()).filter(|&at| is_at(at, head)).any(|at| {
                let from = at + head.len();
                let mut ends = from + 1..(from + REACH).min(folded.len());
                ends.any(|to| is_at(to, tail) && is_list(from, to))
            })
        })
}

/// Whether the name in the text is longer than the hit: 联合国 in 联合国贸发会议.
fn begins_a_name(zh: &str, hit: Hit) -> bool {
    const PARTICLES: &str = "的在和与及或等是将对为向从也都已应会要以于把被让使给并但而就还";
    let next = zh[hit.span.end..].chars().next();
    next.is_some_and(|c| is_han(c) && !PARTICLES.contains(c))
}

/// Whether a longer acronym begins with this one: UN in UNCTAD.
fn begins_an_acronym(name: &EnglishName, words: &Words<'_>) -> bool {
    let [acronym] = name.words.as_slice() else { return false };
    let is_acronym = |word: &str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
    // One letter more is a slip: UNESCOO.
    let longer = |word: &str| word.len() > acronym.len() + 1 && is_acronym(word) && word.starts_with(acronym.as_str());
    name.status.is_accepted() && is_acronym(acronym) && words.tokens.iter().any(|t| longer(t.span.of(words.text)))
}

/// The word without the ending of “eastern”, for names of places.
fn bearing(word: &str) -> &str {
    word.strip_suffix("ern").unwrap_or(word)
}

/// Whether the words of a name appear close together in other forms: “infected” for “infection”. The name of a place
/// must keep its capitals and the order of its words.
fn rendered_by_form(name: &EnglishName, words: &Words<'_>, kind: Kind) -> bool {
    if !name.status.is_accepted() || kind == Kind::Place && name.words.len() < 2 {
        return false;
    }
    let mut wanted: Vec<_> = name.words.iter().map(|w| fold(w)).collect();
    if kind != Kind::Place && wanted.len() > 2 {
        // “our system and capacity for governance” for China's.
        wanted.retain(|w| {
            !matches!(
                &**w,
                "china" | "chinese" | "international" | "national" | "of" | "and" | "for"
            )
        });
    }
    let folded = words.folded();
    if kind == Kind::Place {
        return folded
            .windows(wanted.len())
            .zip(words.tokens.windows(wanted.len()))
            .any(|(window, tokens)| {
                tokens.iter().all(|t| t.capital) && window.iter().zip(&wanted).all(|(f, w)| bearing(f) == bearing(w))
            });
    }
    let reach = if wanted.len() > 1 { name.words.len() + 3 } else { 1 };
    (0..folded.len()).any(|at| {
        let window = &folded[at..(at + reach).min(folded.len())];
        wanted.iter().any(|w| same_root(folded[at], w)) && wanted.iter().all(|w| window.iter().any(|f| same_root(f, w)))
    })
}

/// Whether the English describes the concept in small letters with most of the words of its name: “its lunar exploration
/// program”, “a research station on the moon”.
pub(super) fn is_paraphrased(names: &[EnglishName], words: &Words<'_>) -> bool {
    const LEAST: usize = 3;
    let is_described = |name: &EnglishName| {
        let wanted: Vec<_> = name.words.iter().filter(|w| w.len() > 3).map(|w| fold(w)).collect();
        let folded = words.folded();
        let reach = name.words.len() + LEAST;
        wanted.len() >= LEAST
            && (0..folded.len()).any(|at| {
                let window = at..(at + reach).min(folded.len());
                let is_said = |w: &Cow<'_, str>| {
                    let mut near = window.clone();
                    near.any(|i| !words.tokens[i].capital && same_root(folded[i], w))
                };
                let said = wanted.iter().filter(|w| is_said(w)).count();
                said * LEAST >= wanted.len() * 2 && said > 1
            })
    };
    names.iter().any(|n| n.status.is_accepted() && is_described(n))
}

/// A name in the English of another concept of the same kind that the Chinese does not name: the translator mistook one
/// country or body for another. Only capitalised names are searched for.
fn other_concept(
    ctx: &PairContext<'_>,
    concept: &Concept,
    found: &ConceptInPair,
    words: &Words<'_>,
    taken: &SpanSet,
) -> Instead {
    let glossary = ctx.doc.glossary;
    if !matches!(
        concept.kind,
        Kind::Place | Kind::Institution | Kind::Facility | Kind::Person
    ) {
        return Instead::Nothing;
    }
    let hit = found.zh[0].span.of(ctx.zh());
    let is_meant = |c: usize| {
        let other = &glossary.concepts()[c];
        // “SCIO” for 国务院新闻办, whose full name the glossary has.
        let is_longer = |name: &Name| name.text.len() > hit.len() && name.text.starts_with(hit);
        is_abbreviated(ctx.zh(), other)
            || is_part_of_china(concept) && other.preferred_en() == Some("China")
            || concept.kind == Kind::Institution && other.zh.iter().any(is_longer)
    };
    glossary
        .concepts_with_english_key(words.tokens.iter().filter(|t| t.capital).map(|t| t.key))
        .filter(|&c| c != found.concept && !ctx.terms().has(c) && glossary.concepts()[c].kind == concept.kind)
        .find_map(|c| {
            terms::renderings(glossary.english(c), words)
                .into_iter()
                .find(|h| !taken.overlaps(h.span) && !is_inside_name(words, h.span) && !is_meant(c))
                .map(|h| Instead::OtherConcept(h.span))
        })
        .unwrap_or(Instead::Nothing)
}

/// Whether the Chinese means a country by one character or as its own: 中方, 对美, 中美, 我国.
fn is_abbreviated(zh: &str, concept: &Concept) -> bool {
    const AFTER: &str = "方军企资媒籍商";
    const BEFORE: &str = "对在访驻赴来涉援旅留";
    const COUNTRIES: &str = "中美英法德俄日韩朝印澳加欧";
    if concept.kind != Kind::Place {
        return false;
    }
    let own = concept.preferred_en() == Some("China") && ["我国", "我方", "我们", "华"].iter().any(|w| zh.contains(w));
    let initial = |name: &Name| name.text.chars().next();
    own || concept.zh.iter().filter_map(initial).any(|c| {
        zh.match_indices(c).any(|(at, _)| {
            let next = zh[at + c.len_utf8()..].chars().next();
            let before = zh[..at].chars().next_back();
            next.is_some_and(|n| AFTER.contains(n) || COUNTRIES.contains(n))
                || before.is_some_and(|b| BEFORE.contains(b) || COUNTRIES.contains(b))
        })
    })
}

/// Whether the concept is a province, a city or a county: “the Chinese mainland” does not contradict 新疆.
fn is_part_of_china(concept: &Concept) -> bool {
    const ENDINGS: [char; 6] = ['省', '市', '区', '州', '县', '盟'];
    concept.kind == Kind::Place && concept.zh.iter().any(|name| name.text.ends_with(ENDINGS))
}

/// Whether words at `span` are part of a longer name: China in “West China Hospital”, Brit in “Brit Hume”.
fn is_inside_name(words: &Words<'_>, span: Span) -> bool {
    const TITLES: [&str; 12] = [
        "president",
        "prime",
        "premier",
        "minister",
        "foreign",
        "government",
        "ambassador",
        "embassy",
        "state",
        "vice",
        "communist",
        "people",
    ];
    let first = words.tokens.partition_point(|t| t.span.end <= span.start);
    let after = words.tokens.partition_point(|t| t.span.start < span.end);
    let joined = |a: usize, b: usize| {
        let (Some(left), Some(right)) = (words.tokens.get(a), words.tokens.get(b)) else {
            return false;
        };
        left.capital && right.capital && words.text[left.span.end..right.span.start].chars().all(|c| c == ' ')
    };
    let folded = words.folded();
    let titled = folded.get(after).is_some_and(|w| TITLES.contains(w));
    first > 1 && joined(first - 1, first) || joined(after.saturating_sub(1), after) && !titled
}
