//! Whether the English means a concept without writing an accepted name: a surname, “the ministry”, “Vice Foreign
//! Minister”, “the country”.

use crate::glossary::english::{EnglishName, Words};
use crate::glossary::scan::Hit;
use crate::glossary::terms::{ConceptInPair, Verdict};
use crate::glossary::{Concept, Kind};
use crate::language::en::related::same_root;
use crate::language::en::token::fold;

use crate::document::BlockKind;
use crate::text::{Side, Span};

use super::PairContext;

/// How many pairs back a name is remembered. Bounds the work on long documents.
const MEMORY: isize = 100;

/// How many pairs back a country counts as the topic, so that a translator may leave it out.
const TOPIC: isize = 10;

/// Words that mean a country or a city after “the” or “this”, and the Chinese that they translate where it is there.
#[rustfmt::skip]
const PLACE_WORDS: [(&str, &[&str]); 8] = [
    ("country", &["国家", "该国"]), ("nation", &["国家", "民族"]), ("kingdom", &["王国"]), ("territory", &["领土", "境"]),
    ("city", &["市", "城"]), ("region", &["地区", "区域"]), ("continent", &["大陆", "洲"]), ("mainland", &[]),
];

/// Countries with the cities and houses that their governments are called by, “London” for 英国, and with what the two Koreas
/// call each other.
#[rustfmt::skip]
const SEATS: [(&str, &[&str]); 64] = [
    ("Afghanistan", &["Kabul"]), ("Algeria", &["Algiers"]), ("Argentina", &["Buenos Aires"]), ("Armenia", &["Yerevan"]),
    ("Australia", &["Canberra"]), ("Austria", &["Vienna"]), ("Azerbaijan", &["Baku"]), ("Bangladesh", &["Dhaka"]), ("Belarus", &["Minsk"]),
    ("Belgium", &["Brussels"]), ("Brazil", &["Brasilia", "Brasília"]), ("Cambodia", &["Phnom Penh"]), ("Canada", &["Ottawa"]),
    ("Chile", &["Santiago"]), ("China", &["Beijing"]), ("Colombia", &["Bogota", "Bogotá"]), ("Cuba", &["Havana"]),
    ("Czechia", &["Prague"]), ("Democratic People's Republic of Korea", &["Pyongyang", "the North", "the north", "two Koreas"]), ("Denmark", &["Copenhagen"]),
    ("Egypt", &["Cairo"]), ("Estonia", &["Tallinn"]), ("Ethiopia", &["Addis Ababa"]), ("Finland", &["Helsinki"]),
    ("France", &["Paris", "Elysee", "Élysée"]), ("Georgia", &["Tbilisi"]), ("Germany", &["Berlin"]), ("Greece", &["Athens"]),
    ("Hungary", &["Budapest"]), ("India", &["New Delhi", "Delhi"]), ("Indonesia", &["Jakarta"]), ("Iran", &["Tehran", "Teheran"]),
    ("Iraq", &["Baghdad"]), ("Ireland", &["Dublin"]), ("Israel", &["Jerusalem", "Tel Aviv"]), ("Italy", &["Rome"]),
    ("Japan", &["Tokyo"]), ("Kazakhstan", &["Astana", "Nur-Sultan"]), ("Kenya", &["Nairobi"]), ("Lebanon", &["Beirut"]),
    ("Lithuania", &["Vilnius"]), ("Malaysia", &["Kuala Lumpur", "Putrajaya"]), ("Netherlands", &["The Hague"]), ("Norway", &["Oslo"]),
    ("Pakistan", &["Islamabad"]), ("Philippines", &["Manila"]), ("Poland", &["Warsaw"]), ("Portugal", &["Lisbon"]), ("Qatar", &["Doha"]),
    ("Republic of Korea", &["Seoul", "Blue House", "the South", "the south", "two Koreas"]), ("Russia", &["Moscow", "Kremlin"]), ("Saudi Arabia", &["Riyadh"]),
    ("Serbia", &["Belgrade"]), ("Spain", &["Madrid"]), ("Sweden", &["Stockholm"]), ("Switzerland", &["Bern"]), ("Syria", &["Damascus"]),
    ("Thailand", &["Bangkok"]), ("Türkiye", &["Ankara"]), ("Ukraine", &["Kyiv", "Kiev"]), ("United Kingdom", &["London", "Downing Street",
    "Westminster", "Whitehall"]), ("United States", &["Washington", "White House", "Pentagon", "Capitol Hill"]),
    ("Venezuela", &["Caracas"]), ("Vietnam", &["Hanoi"]),
];

/// Words that alone mean that something happens in the country.
const HOME_WORDS: [&str; 5] = ["nationwide", "domestic", "local", "mainland", "here"];

/// Words between “minister” and its field.
const MINISTER_REACH: usize = 8;

/// Whether the English has a short form of the name that is right anywhere: a surname, a minister for a ministry.
pub(super) fn has_short_form(ctx: &PairContext<'_>, found: &ConceptInPair, words: &Words<'_>) -> bool {
    let glossary = ctx.doc.glossary;
    let mut accepted = glossary
        .english(found.concept)
        .iter()
        .filter(|n| n.status.is_accepted());
    let kind = glossary.concepts()[found.concept].kind;
    if kind.is_official() && accepted.clone().any(|n| is_called_the_countrys(n, words)) {
        return true;
    }
    match kind {
        Kind::Person => accepted.any(|n| has_surname(n, words)),
        Kind::Title => found.zh.iter().all(|hit| has_body_of_title(ctx, hit, words)),
        Kind::Institution => {
            found.zh.iter().all(|hit| begins_office(ctx.zh(), hit)) && accepted.any(|n| has_minister(n, words))
        }
        Kind::Place => {
            let is_left_out = |hit: &Hit| is_in_explanation(ctx, hit) || begins_heading(ctx, hit);
            found.zh.iter().all(|hit| is_mainland(ctx.zh(), hit)) && words.folded().contains(&"mainland")
                || found.zh.iter().all(is_left_out)
        }
        _ => false,
    }
}

/// The word by which the English may mean the concept, which the text named before: “the ministry”, “the country”, “he”.
pub(super) fn find_back_reference(ctx: &PairContext<'_>, found: &ConceptInPair, words: &Words<'_>) -> Option<String> {
    let glossary = ctx.doc.glossary;
    let kind = glossary.concepts()[found.concept].kind;
    let was_named = |reach| was_named(ctx, found.concept, reach);
    match kind {
        Kind::Person => pronoun(words).filter(|_| was_named(MEMORY)),
        Kind::Place if is_listed(ctx.zh(), &found.zh) => None,
        // Another country in the sentence would be the one that “the country” means.
        Kind::Place if has_other_place(ctx, found) => was_named(TOPIC).then(String::new),
        Kind::Place => place_word(ctx.zh(), words).or_else(|| was_named(TOPIC).then(String::new)),
        Kind::Institution | Kind::Facility | Kind::Document | Kind::Plan | Kind::Event | Kind::Policy => {
            let mut accepted = glossary
                .english(found.concept)
                .iter()
                .filter(|n| n.status.is_accepted());
            accepted.find_map(|n| head_in(n, words)).filter(|_| was_named(MEMORY))
        }
        // The Chinese repeats the title where the English has the surname.
        Kind::Title => was_named(MEMORY).then(String::new),
        Kind::Term => None,
    }
}

/// Whether the English of the pair names another place that the Chinese names, too.
fn has_other_place(ctx: &PairContext<'_>, found: &ConceptInPair) -> bool {
    let mut others = ctx
        .terms()
        .concepts
        .iter()
        .filter(|c| c.concept != found.concept && c.is_rendered());
    others.any(|c| ctx.doc.glossary.concepts()[c.concept].kind == Kind::Place)
}

/// Whether one of the `reach` pairs before this one names the concept in both languages.
fn was_named(ctx: &PairContext<'_>, concept: usize, reach: isize) -> bool {
    (1..=reach).map_while(|back| ctx.neighbour(-back)).any(|pair| {
        let mut found = pair.terms().concepts.iter();
        found.any(|c| c.concept == concept && c.is_rendered())
    })
}

/// Whether the English has the family name: the first or the last word of the name, with a capital.
fn has_surname(name: &EnglishName, words: &Words<'_>) -> bool {
    let mut ends = [name.words.first(), name.words.last()].into_iter().flatten();
    let written = |word: &String| words.tokens.iter().any(|t| t.capital && t.span.of(words.text) == word);
    name.words.len() > 1 && ends.any(written)
}

/// Whether the English has the body that a title names: 中国科学院院士, “elected to the Chinese Academy of Sciences”.
fn has_body_of_title(ctx: &PairContext<'_>, title: &Hit, words: &Words<'_>) -> bool {
    let glossary = ctx.doc.glossary;
    let mut inside = ctx
        .terms()
        .hits
        .iter()
        .filter(|h| h.verdict == Verdict::InsideLonger(title.span));
    inside.any(|h| {
        let names = glossary.english(h.hit.concept).iter();
        let is_body = glossary.concepts()[h.hit.concept].kind == Kind::Institution;
        is_body
            && names
                .filter(|n| n.status.is_accepted())
                .any(|n| !words.find(n).is_empty())
    })
}

/// Whether the English says whose the thing is instead of “China”: “the country’s lunar exploration program”.
fn is_called_the_countrys(name: &EnglishName, words: &Words<'_>) -> bool {
    const OWNERS: [&str; 5] = ["country", "nation", "national", "its", "our"];
    let [first, rest @ ..] = name.words.as_slice() else {
        return false;
    };
    if rest.len() < 2 || !matches!(&**first, "China" | "Chinese" | "China's") {
        return false;
    }
    let rest: Vec<_> = rest.iter().map(|w| fold(w)).collect();
    let is_owned = |window: &[&str]| OWNERS.contains(&window[0]) && window[1..].iter().zip(&rest).all(|(f, w)| f == w);
    words.folded().windows(rest.len() + 1).any(is_owned)
}

/// Whether all words of a term are in the English, if not side by side: “N95 respirators … the masks”.
pub(super) fn has_words_apart(names: &[EnglishName], words: &Words<'_>) -> bool {
    let is_said = |w: &String| {
        let wanted = fold(w);
        words.folded().iter().any(|f| same_root(f, &wanted))
    };
    let mut accepted = names.iter().filter(|n| n.status.is_accepted() && n.words.len() > 1);
    accepted.any(|n| n.words.iter().all(is_said))
}

/// The seat of the country's government in the English, if it renders nothing else there.
pub(super) fn find_seat(ctx: &PairContext<'_>, country: &Concept) -> Option<Span> {
    let (_, seats) = SEATS.iter().find(|(name, _)| Some(*name) == country.preferred_en())?;
    let en = ctx.en();
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let taken = ctx.terms().names(Side::En);
    let mut places = seats.iter().flat_map(|seat| en.match_indices(*seat));
    places.find_map(|(at, seat)| {
        let span = Span::new(at, at + seat.len());
        let is_whole = !is_letter(en[..at].chars().next_back()) && !is_letter(en[span.end..].chars().next());
        (is_whole && !taken.overlaps(span)).then_some(span)
    })
}

/// Whether the place is in brackets that explain a word to Chinese readers and that the English does not have.
fn is_in_explanation(ctx: &PairContext<'_>, hit: &Hit) -> bool {
    const OPEN: [char; 2] = ['（', '('];
    const CLOSED: [char; 2] = ['）', ')'];
    let (zh, en) = (ctx.zh(), ctx.en());
    let (before, after) = (&zh[..hit.span.start], &zh[hit.span.end..]);
    let opened = before.rfind(OPEN).is_some_and(|at| !before[at..].contains(CLOSED));
    let closed = after.find(CLOSED).is_some_and(|at| !after[..at].contains(OPEN));
    opened && closed && zh.matches(OPEN).count() > en.matches(OPEN).count()
}

/// Whether a heading begins with the place that the whole text is about: 香港的国际金融中心地位.
fn begins_heading(ctx: &PairContext<'_>, hit: &Hit) -> bool {
    let mut blocks = ctx.blocks(Side::Zh).iter();
    blocks.all(|b| matches!(b.kind, BlockKind::Heading(_)))
        && hit.span.start == 0
        && ctx.zh()[hit.span.end..].starts_with('的')
}

/// Whether a country is named for its main part: 中国内地, “the Mainland”.
fn is_mainland(zh: &str, hit: &Hit) -> bool {
    let rest = &zh[hit.span.end..];
    ["内地", "大陆", "本土"].iter().any(|word| rest.starts_with(word))
}

fn pronoun(words: &Words<'_>) -> Option<String> {
    let found = words
        .folded()
        .into_iter()
        .find(|w| matches!(*w, "he" | "she" | "his" | "her" | "him"));
    found.map(str::to_owned)
}

/// The word that means the country or city without its name: “the country”, “nationwide”.
fn place_word(zh: &str, words: &Words<'_>) -> Option<String> {
    let text: Vec<String> = words
        .tokens
        .iter()
        .map(|t| t.span.of(words.text).to_ascii_lowercase())
        .collect();
    let is_place = |word: &str| {
        let found = PLACE_WORDS.iter().find(|(place, _)| *place == word);
        found.is_some_and(|(_, translated)| !translated.iter().any(|t| zh.contains(t)))
    };
    let is_pointed = |w: &&[String]| matches!(&*w[0], "the" | "this" | "that") && is_place(&w[1]);
    let pointed = text.windows(2).find(is_pointed).map(|w| w[1].clone());
    pointed.or_else(|| text.iter().find(|w| HOME_WORDS.contains(&&***w)).cloned())
}

/// Whether the name is a member of a list, which a translator does not shorten: 中国、巴西.
fn is_listed(zh: &str, hits: &[Hit]) -> bool {
    hits.iter().any(|hit| {
        let (before, after) = (&zh[..hit.span.start], &zh[hit.span.end..]);
        before.ends_with(['、', '和', '与', '及']) || after.starts_with(['、', '和', '与', '及'])
    })
}

/// The head of the name, if “the” or “this” comes before it: “the ministry” for Ministry of Finance, “this action plan”.
fn head_in(name: &EnglishName, words: &Words<'_>) -> Option<String> {
    let is_preposition = |w: &String| matches!(&**w, "of" | "for" | "on" | "in" | "to");
    let before = name.words.iter().position(is_preposition).unwrap_or(name.words.len());
    if name.words.len() < 2 {
        return None;
    }
    let head = fold(name.words.get(before.checked_sub(1)?)?);
    let folded = words.folded();
    let is_pointed = |i: usize, back: usize| {
        let word = i.checked_sub(back).map(|k| folded[k]);
        matches!(word, Some("the" | "this" | "that" | "its" | "our"))
    };
    let found = (0..folded.len()).any(|i| folded[i] == head && (is_pointed(i, 1) || is_pointed(i, 2)));
    found.then(|| head.into_owned())
}

/// Whether the name of a ministry begins the title of its minister: 教育部部长, 外交部长.
fn begins_office(zh: &str, hit: &Hit) -> bool {
    const TITLES: [&str; 6] = ["部长", "副部长", "长", "部长助理", "原部长", "前部长"];
    let rest = &zh[hit.span.end..];
    hit.span.of(zh).ends_with('部') && TITLES.iter().any(|title| rest.starts_with(title))
}

/// Whether the English has the minister of a ministry: “Minister of Education”, “vice commerce minister”.
fn has_minister(name: &EnglishName, words: &Words<'_>) -> bool {
    let is_field = |word: &&String| !matches!(&***word, "Ministry" | "of" | "for" | "and");
    let field: Vec<_> = name.words.iter().filter(is_field).map(|w| fold(w)).collect();
    if field.is_empty() || !name.words.iter().any(|w| w == "Ministry") {
        return false;
    }
    let folded = words.folded();
    folded
        .iter()
        .enumerate()
        .filter(|(_, w)| **w == "minister")
        .any(|(i, _)| {
            let near = &folded[i.saturating_sub(MINISTER_REACH)..(i + MINISTER_REACH).min(folded.len())];
            field.iter().all(|f| near.iter().any(|w| same_root(w, f)))
        })
}

/// Whether a body of another state is meant: 瑞士联邦财政部 is no ministry of China's.
pub(super) fn is_foreign(ctx: &PairContext<'_>, concept: &Concept, hit: &Hit) -> bool {
    let glossary = ctx.doc.glossary;
    if concept.kind != Kind::Institution {
        return false;
    }
    let before = ctx.zh()[..hit.span.start]
        .trim_end_matches("联邦")
        .trim_end_matches("共和国");
    let hits = &ctx.terms().hits;
    // Hits are in the order of the text, and few begin at one place.
    let next = hits.partition_point(|h| h.hit.span.start < before.len());
    let owner = hits[..next]
        .iter()
        .rev()
        .take(8)
        .find(|h| h.hit.span.end == before.len());
    owner.is_some_and(|h| {
        let owner = &glossary.concepts()[h.hit.concept];
        owner.kind == Kind::Place && owner.preferred_en() != Some("China")
    })
}
