//! Reasons to doubt that a glossary name found in the Chinese must be translated.
//!
//! jieba segments the text only for a concept that seems to have no translation: segmentation is evidence, never a gate.

use crate::language::quantity::Unit;
use crate::language::zh::segment::{self, Fit};
use crate::text::Span;
use crate::text::simplified::to_simplified;

use super::Kind;
use super::scan::Hit;

/// A reason to doubt a Chinese hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The longer word, or the next word, that raises it.
    pub word: String,
    /// Whether the hit is not the concept at all (中国 in 发展中国家), rather than a name that translators may leave out
    /// (中国 in 中国香港, 美国 in 美国政府).
    pub strong: bool,
}

impl Doubt {
    fn strong(word: &str) -> Self {
        Self {
            word: word.to_owned(),
            strong: true,
        }
    }

    fn weak(word: &str) -> Self {
        Self {
            word: word.to_owned(),
            strong: false,
        }
    }
}

/// Words that make another place of the place before them: 朝鲜半岛 is not 朝鲜.
const PLACES: &[&str] = &[
    "半岛",
    "海峡",
    "海",
    "湾",
    "洋",
    "河",
    "江",
    "山",
    "山脉",
    "高原",
    "群岛",
    "特区",
    "运河",
    "平原",
    "盆地",
    "沙漠",
    "大道",
    "街",
    "路",
    "火车站",
    "车站",
    "航线",
    "镇",
    "村",
];

/// Words after which the country before them is often left out, and the English that would translate them literally and must
/// say whose: “the military” alone is not 美国军方. Empty where no country is expected.
const BODIES: &[(&str, &str)] = &[
    ("政府", "government"),
    ("当局", "authorit"),
    ("官方", "official"),
    ("军方", "military"),
    ("方面", ""),
    ("联邦", ""),
    ("境内", ""),
    ("国内", ""),
    ("本土", ""),
    ("香港", ""),
    ("澳门", ""),
    ("台湾", ""),
];

/// Endings of longer words that still name the country: 奥地利帝国.
const STATE_ENDINGS: &[&str] = &["帝国", "王国", "共和国"];

/// Beginnings of English words by the Chinese ending that they translate.
type Endings = &'static [(&'static str, &'static [&'static str])];

/// Endings of the names of bodies, media, laws and leagues, and beginnings of the English words that translate them, in lower
/// case; none where the English may have any word. The country that such a name begins with is often not in the English:
/// 美国疾病控制与预防中心, 英国运输部.
#[rustfmt::skip]
const BODY_ENDINGS: Endings = &[
    ("部", &["depart", "minist", "office", "secretar"]),
    ("局", &["bureau", "administ", "agency", "service", "office", "depart", "board", "authorit", "commission"]),
    ("院", &["court", "institut", "academ", "hospital", "house", "senate", "chamber", "college", "council"]),
    ("署", &["agency", "administ", "office", "service", "depart"]), ("厅", &["depart", "office", "agency"]),
    ("委", &["commission", "committee"]), ("办", &["office"]), ("社", &["news", "press", "agency", "trust"]), ("党", &["party", "congress"]),
    ("所", &["institut", "laborator", "exchange", "office"]), ("馆", &["embassy", "consul", "museum", "librar", "mission"]),
    ("协会", &["association", "society", "institut", "federation"]), ("学会", &["society", "association", "institut"]),
    ("公会", &["institut", "association", "society"]), ("商会", &["chamber", "association"]),
    ("委员会", &["commission", "committee", "council", "board"]), ("理事会", &["council", "board"]),
    ("联合会", &["federation", "union", "association"]), ("基金会", &["foundation", "fund", "endow"]),
    ("议会", &["parliament", "assembl", "council", "congress", "legislat"]), ("国会", &["congress", "parliament", "house", "senate"]),
    ("董事会", &["board"]), ("中心", &["center", "centre"]), ("公司", &["co", "corp", "company", "inc", "ltd", "plc", "group", "limited"]),
    ("集团", &["group", "co", "corp", "holding"]), ("航空", &["air", "aviation", "aero"]), ("银行", &["bank"]),
    ("交易所", &["exchange"]), ("日报", &[]), ("时报", &[]), ("晚报", &[]), ("邮报", &[]), ("电视台", &[]), ("电台", &[]), ("频道", &[]),
    ("大学", &["univers", "college", "institut"]), ("学院", &["college", "school", "institut", "academ", "faculty"]),
    ("医院", &["hospital", "clinic", "infirmary"]), ("实验室", &["laborator", "lab"]), ("陆军", &["army"]), ("海军", &["navy", "naval"]),
    ("空军", &["air"]), ("海岸警卫队", &["coast"]), ("解放军", &["army"]), ("部队", &["force", "troop"]), ("内阁", &["cabinet"]),
    ("使馆", &["embassy"]), ("联赛", &["league"]), ("杯", &["cup", "trophy"]), ("锦标赛", &["championship", "open", "tournament"]),
    ("俱乐部", &["club"]), ("基金", &["fund"]), ("联盟", &["alliance", "league", "union"]), ("组织", &["organi"]),
    ("机构", &["agenc", "institut", "organi"]), ("办公室", &["office"]), ("条例", &["ordinance", "regulation", "act"]),
    ("准则", &["standard", "principle", "guideline"]), ("法案", &["act", "bill"]), ("宪法", &["constitution"]), ("杂志", &[]), ("期刊", &[]),
    ("奖", &["prize", "award", "medal"]),
];

/// The same for the offices of a country: 美国司法部长.
#[rustfmt::skip]
const OFFICE_ENDINGS: Endings = &[
    ("部长", &["secretary", "minister", "general"]), ("局长", &["director", "administrator", "commissioner", "chief", "head"]),
    ("总统", &["president"]), ("首相", &["prime"]), ("国王", &["king"]), ("女王", &["queen"]), ("大使", &["ambassador", "envoy"]),
];

/// Endings of words that are no bodies though they end like one.
#[rustfmt::skip]
const NO_BODIES: &[&str] = &[
    "全部", "内部", "外部", "东部", "西部", "南部", "北部", "中部", "上部", "下部", "局部", "当局", "结局", "格局", "布局",
];

/// Words that end a name: particles, and verbs of what a country does.
#[rustfmt::skip]
const NAME_STOPS: &[&str] = &[
    "的", "在", "是", "将", "对", "向", "从", "为", "把", "被", "让", "使", "了", "着", "过", "已", "也", "都", "而", "但", "并",
    "或", "等", "以", "于", "同", "已经", "正在", "表示", "宣布", "认为", "指出", "称", "说", "报道", "发布", "发表", "建议",
    "计划", "要求", "支持", "反对", "同意", "决定", "参加", "加入", "退出", "承认", "成立", "签署", "批准", "提出", "派", "邀请",
    "呼吁", "希望", "愿", "主张", "强调", "通过", "拥有", "建立", "举行", "举办", "担任", "成为",
];

/// How many words a name of a body has at most after the country.
const NAME_WORDS: usize = 7;

/// Endings of places: in 美国|纽约州 the word before a place is a place of its own.
const REGION_ENDINGS: [char; 6] = ['国', '省', '市', '州', '县', '区'];

/// Endings of the parts of a country.
const PART_ENDINGS: [char; 6] = ['州', '省', '市', '县', '郡', '邦'];

/// Characters that make another word of the ordinary term before them: 感染 in 感染者.
const TERM_SUFFIXES: &str = "者性化率型期力物体学家";
/// Characters that make another word of the ordinary term after them.
const TERM_PREFIXES: &str = "抗非无反防未不";

/// A reason to doubt that the English must translate a Chinese hit, if there is one. Asks jieba, whose words are in
/// simplified characters.
pub fn find_doubt(zh: &str, hit: &Hit, kind: Kind, en: &str) -> Option<Doubt> {
    let zh = &*to_simplified(zh);
    if ends_in_measure(zh, hit.span) {
        return Some(Doubt::strong("以"));
    }
    // 中美|元首 is no currency.
    if hit.span.of(zh).ends_with('元') && zh[hit.span.end..].starts_with('首') {
        return Some(Doubt::strong("元首"));
    }
    if kind == Kind::Term && is_unit(zh, hit.span) {
        return Some(Doubt::strong(hit.span.of(zh)));
    }
    match segment::fit(zh, hit.span) {
        Fit::Cuts(word) => Some(Doubt::strong(&word)),
        // 国务委员|长 is another office.
        _ if kind == Kind::Title && zh[hit.span.end..].starts_with('长') => Some(Doubt::strong("长")),
        fit if !kind.is_name() => doubt_term(zh, hit.span, &fit),
        fit if kind == Kind::Place => doubt_place(zh, hit.span, &fit, en),
        Fit::PartOf(word) if is_half_of_idiom(&word, hit.span.of(zh)) => Some(Doubt::strong(&word)),
        _ if kind == Kind::Institution => longer_name(zh, hit.span.end, en, &[]).map(Doubt::weak),
        _ => None,
    }
}

/// Whether the name is the second half of a word of four characters: 求是 in 实事求是.
fn is_half_of_idiom(word: &str, name: &str) -> bool {
    word.ends_with(name) && word.len() == "实事求是".len() && name.len() == "求是".len()
}

/// Whether the name is the end of a direction and the beginning of “about”: 以北约300公里.
fn ends_in_measure(zh: &str, span: Span) -> bool {
    let figure = zh[span.end..]
        .trim_start()
        .starts_with(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十百数几".contains(c));
    figure && zh[..span.start].ends_with('以') && span.of(zh).ends_with('约')
}

/// Whether the term is the unit of a figure, which is compared with the figure: 300亿美元, 300亿元人民币.
fn is_unit(zh: &str, span: Span) -> bool {
    let figure = zh[..span.start].trim_end().trim_end_matches('元');
    figure.ends_with(|c: char| c.is_ascii_digit() || "十百千万亿兆".contains(c))
        && Unit::starting_zh(&zh[span.start..]).is_some_and(|(_, len)| len == span.len())
}

/// Whether a word within the English has a capital, or the first one is an acronym, as the name of a body has.
fn has_capitals(en: &str) -> bool {
    let mut words = en.split_whitespace();
    let first = words.next().unwrap_or_default();
    is_acronym(first.trim_matches(|c: char| !c.is_alphanumeric()))
        || words.any(|word| word.starts_with(|c: char| c.is_uppercase()))
}

/// Whether a word is the acronym of a body: PLA, HKICpA.
fn is_acronym(word: &str) -> bool {
    let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
    capitals >= 3 && 3 * capitals >= 2 * word.len() && word.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Whether a word is missing in the English: “’s National Commission”, “in on 16 April”, “launched in, the University”.
fn has_gap(en: &str) -> bool {
    const PREPOSITIONS: [&str; 8] = ["in", "of", "from", "to", "at", "with", "between", "by"];
    let words: Vec<&str> = en.split_whitespace().collect();
    let is_preposition = |word: &str| PREPOSITIONS.iter().any(|p| word.eq_ignore_ascii_case(p));
    let breaks_off = |word: &&str| is_preposition(word.trim_end_matches([',', '.', ';', ':'])) && !is_preposition(word);
    let doubled = |w: &[&str]| is_preposition(w[0]) && matches!(w[1], "on" | "of" | "and" | "there");
    words.iter().any(|w| matches!(*w, "'s" | "’s") || breaks_off(w)) || words.windows(2).any(doubled)
}

/// Whether `word` ends a name that the English seems to have: by a word for its ending, or by an acronym.
fn is_translated_ending(word: &str, en: &str, offices: Endings) -> bool {
    if NO_BODIES.iter().any(|e| word.ends_with(e)) {
        return false;
    }
    let endings = BODY_ENDINGS.iter().chain(offices).filter(|(e, _)| word.ends_with(e));
    let Some((_, heads)) = endings.max_by_key(|(e, _)| e.len()) else {
        return false;
    };
    let begins = |w: &str| {
        heads
            .iter()
            .any(|head| w.get(..head.len()).is_some_and(|w| w.eq_ignore_ascii_case(head)))
    };
    heads.is_empty()
        || en
            .split(|c: char| !c.is_alphanumeric())
            .any(|w| is_acronym(w) || begins(w))
}

/// The rest of the name of a body or an office that goes on at byte `at`, where a shorter name ends: 疾病控制与预防中心 after
/// 美国.
fn longer_name<'a>(zh: &'a str, at: usize, en: &str, offices: Endings) -> Option<&'a str> {
    let rest = &zh[at..];
    if rest.starts_with('《') {
        return rest
            .char_indices()
            .find(|&(_, c)| c == '》')
            .map(|(end, _)| &rest[..end + '》'.len_utf8()]);
    }
    let words = segment::words_from(zh, at, NAME_WORDS);
    let name = words.iter().take_while(|w| !NAME_STOPS.contains(&w.of(zh)));
    let end = name.filter(|w| is_translated_ending(w.of(zh), en, offices)).last()?.end;
    Some(&zh[at..end])
}

/// An ordinary term inside a longer word is not that term: 传播 in 大众传播, 感染 in 感染者.
fn doubt_term(zh: &str, span: Span, fit: &Fit) -> Option<Doubt> {
    if let Fit::PartOf(word) = fit {
        return Some(Doubt::strong(word));
    }
    let before = zh[..span.start].chars().next_back();
    let after = zh[span.end..].chars().next();
    let affix = before
        .filter(|&c| TERM_PREFIXES.contains(c))
        .or(after.filter(|&c| TERM_SUFFIXES.contains(c)))?;
    Some(Doubt::strong(affix.encode_utf8(&mut [0; 4])))
}

/// A place may be part of the name of another place, or may be left out before a body of the state.
fn doubt_place(zh: &str, span: Span, fit: &Fit, en: &str) -> Option<Doubt> {
    let name = span.of(zh);
    let next = match fit {
        Fit::PartOf(word) => word.rsplit(name).next().unwrap_or_default(),
        _ => segment::next_word(zh, span.end).unwrap_or_default(),
    };
    if PLACES.contains(&next) {
        return Some(Doubt::strong(next));
    }
    // 不列颠|哥伦比亚 is neither of the two places; 美国|纽约 is both.
    if let Some(before) = segment::place_before(zh, span.start).filter(|word| !word.ends_with(REGION_ENDINGS)) {
        return Some(Doubt::strong(before));
    }
    if let Some((body, literal)) = BODIES.iter().find(|(body, _)| *body == next) {
        // “The government” is that of the country that the text is about.
        let is_translated = !literal.is_empty() && en.contains(literal) && !has_the_government(en);
        return (!is_translated).then(|| Doubt::weak(body));
    }
    // 美国|加州: the part names the whole.
    if !has_gap(en) {
        if segment::is_place(next) || next.len() > '州'.len_utf8() && next.ends_with(PART_ENDINGS) {
            return Some(Doubt::weak(next));
        }
        if let Some(parts) = counted_parts(zh, span.end) {
            return Some(Doubt::weak(parts));
        }
        if let Some(name) = longer_name(zh, span.end, en, OFFICE_ENDINGS).filter(|_| has_capitals(en)) {
            return Some(Doubt::weak(name));
        }
    }
    let names_state = |word: &&str| STATE_ENDINGS.iter().any(|ending| word.ends_with(ending));
    let longer = segment::longer_word(zh, span).filter(|word| !names_state(word))?;
    Some(Doubt {
        // A longer word that begins before the name is another name: 不列颠哥伦比亚, 捷克斯洛伐克.
        strong: longer != next && !longer.starts_with(name),
        word: longer.to_owned(),
    })
}

/// The parts of a country that are counted after it: 几个州 after 美国, 25个省.
fn counted_parts(zh: &str, at: usize) -> Option<&str> {
    const MOST_CHARS: usize = 6;
    let mut parts = zh[at..].char_indices().take(MOST_CHARS);
    let (end, c) = parts.find(|(_, c)| PART_ENDINGS.contains(c))?;
    let count = zh[at..at + end].strip_suffix('个')?;
    let is_count = count
        .chars()
        .all(|c| c.is_ascii_digit() || "一二两三四五六七八九十百几数多余各 ".contains(c));
    is_count.then(|| &zh[at..at + end + c.len_utf8()])
}

/// Whether the English has “the government”.
fn has_the_government(en: &str) -> bool {
    let forms = ["the government", "The government", "the Government", "The Government"];
    forms.iter().any(|form| en.contains(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubt(zh: &str, name: &str, kind: Kind, en: &str) -> Option<(String, bool)> {
        let start = zh.find(name).expect("the name");
        let hit = Hit {
            span: Span::new(start, start + name.len()),
            concept: 0,
            name: 0,
        };
        find_doubt(zh, &hit, kind, en).map(|d| (d.word, d.strong))
    }

    #[test]
    fn a_name_cut_out_of_a_word_is_not_that_name() {
        let found = doubt("支持发展中国家", "中国", Kind::Place, "");
        assert_eq!(found, Some(("发展中国家".to_owned(), true)));
        assert_eq!(doubt("支持中国发展", "中国", Kind::Place, ""), None);
    }

    #[test]
    fn a_place_before_a_geographic_word_is_another_place() {
        assert_eq!(
            doubt("朝鲜半岛局势", "朝鲜", Kind::Place, ""),
            Some(("半岛".to_owned(), true))
        );
    }

    #[test]
    fn a_country_may_be_left_out_before_its_government() {
        let zh = "美国政府表示反对";
        let weak = Some(("政府".to_owned(), false));
        assert_eq!(doubt(zh, "美国", Kind::Place, "The administration objected."), weak);
        assert_eq!(doubt(zh, "美国", Kind::Place, "The government objected."), weak);
        assert_eq!(doubt(zh, "美国", Kind::Place, "A government objected."), None);
        let zh = "美国军方表示反对";
        assert_eq!(doubt(zh, "美国", Kind::Place, "The military objected."), None);
    }

    #[test]
    fn a_term_with_an_affix_is_another_word() {
        let found = doubt("发现了新的感染者", "感染", Kind::Term, "");
        assert!(found.is_some_and(|(_, strong)| strong));
        assert_eq!(doubt("疫情正在传播。", "传播", Kind::Term, ""), None);
    }

    #[test]
    fn the_unit_of_a_figure_is_left_to_the_comparison_of_figures() {
        assert!(doubt("融资300亿美元。", "美元", Kind::Term, "").is_some());
        assert!(doubt("协议规模为4000亿元人民币。", "人民币", Kind::Term, "").is_some());
        assert_eq!(doubt("以美元结算。", "美元", Kind::Term, ""), None);
        assert_eq!(doubt("新增30万感染病例。", "感染", Kind::Term, ""), None);
    }

    #[test]
    fn traditional_characters_raise_the_same_doubts() {
        let found = doubt("支持發展中國家", "中國", Kind::Place, "");
        assert_eq!(found, Some(("发展中国家".to_owned(), true)));
    }

    #[test]
    fn an_institution_is_not_doubted_for_the_words_after_it() {
        assert_eq!(
            doubt("世界卫生组织政府代表", "世界卫生组织", Kind::Institution, ""),
            None
        );
    }

    #[test]
    fn a_country_may_be_left_out_before_its_bodies_and_parts() {
        for (zh, name, en) in [
            (
                "美国疾病控制与预防中心正在调查",
                "美国",
                "The Centers for Disease Control and Prevention are investigating.",
            ),
            ("英国《卫报》报道", "英国", "It was reported by The Guardian."),
            ("位于美国加州的县", "美国", "A county in California."),
            ("国务院新闻办公室发布白皮书", "国务院", "A white paper by the SCIO."),
        ] {
            let kind = if name == "国务院" {
                Kind::Institution
            } else {
                Kind::Place
            };
            assert_eq!(doubt(zh, name, kind, en).map(|d| d.1), Some(false), "{zh}");
        }
        for (zh, en) in [
            ("美国西南部的城市", "Cities in the southwest."),
            ("美国支持世界卫生组织", "It supports the World Health Organization."),
            ("来自美国铁路集团的统计", "Statistics from the European Union."),
            (
                "美国滑铁卢大学宣布",
                "In on 16 April, the University of Waterloo announced it.",
            ),
        ] {
            assert_eq!(doubt(zh, "美国", Kind::Place, en), None, "{zh}");
        }
    }

    #[test]
    fn a_name_in_an_idiom_or_before_a_station_is_another_word() {
        let strong = |zh: &str, name: &str, kind| doubt(zh, name, kind, "").map(|d| d.1);
        assert_eq!(strong("坚持实事求是、公正合理", "求是", Kind::Institution), Some(true));
        assert_eq!(strong("据《求是》报道", "求是", Kind::Institution), None);
        assert_eq!(strong("在马拉维火车站", "马拉维", Kind::Place), Some(true));
        assert_eq!(strong("席卷美国几个州", "美国", Kind::Place), Some(false));
        assert_eq!(strong("美国几个人", "美国", Kind::Place), None);
        assert_eq!(strong("国务委员长抵京", "国务委员", Kind::Title), Some(true));
        assert_eq!(strong("国务委员抵京", "国务委员", Kind::Title), None);
    }

    #[test]
    fn a_distance_north_of_a_place_is_no_alliance() {
        let found = doubt("距首都以北约300公里", "北约", Kind::Institution, "");
        assert!(found.is_some_and(|(_, strong)| strong));
        assert!(doubt("首都以北约 15 英里", "北约", Kind::Institution, "").is_some());
        assert_eq!(doubt("北约300名士兵", "北约", Kind::Institution, ""), None);
    }
}
