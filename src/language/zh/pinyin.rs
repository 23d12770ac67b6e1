//! Chinese surnames and the spellings that Hanyu Pinyin (GB/T 28039, ISO 7098) allows for them and for given names.
//!
//! Spellings are compared folded: small letters, no tones, no apostrophes and hyphens, `ü` as `v`.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use pinyin::{ToPinyin, ToPinyinMulti};

/// Surnames of one character, simplified and traditional, in no order; a character that is hardly ever read otherwise needs nothing more.
const SURNAMES: &str = "\
赵趙钱錢孙孫李周吴吳郑鄭王冯馮陈陳褚卫衛蒋蔣沈韩韓杨楊朱秦尤许許何吕呂施张張孔曹严嚴华華金魏陶姜戚谢謝邹鄒喻柏水窦竇章云雲苏蘇潘葛奚范範彭郎\
鲁魯韦韋昌马馬苗凤鳳花方俞任袁柳酆鲍鮑史唐费費廉岑薛雷贺賀倪汤湯滕殷罗羅毕畢郝邬鄔安常乐樂于时時傅皮卞齐齊康伍余元卜顾顧孟平黄黃和穆萧蕭肖尹\
姚邵湛汪祁毛禹狄米贝貝明臧计計伏成戴谈談宋茅庞龐熊纪紀舒屈项項祝董梁杜阮蓝藍闵閔席季麻强強贾賈路娄婁危江童颜顏郭梅盛林刁钟鍾鐘徐邱骆駱高夏蔡田樊\
胡凌霍虞万萬支柯昝管卢盧莫经經房裘缪繆干解应應宗丁宣邓鄧郁单單杭洪包诸諸左石崔吉钮鈕龚龔程嵇邢滑裴陆陸荣榮翁荀羊惠甄曲家封芮羿储儲靳汲邴糜松井段\
富巫乌烏焦巴弓牧隗山谷车車侯宓蓬全郗班仰秋仲伊宫宮宁寧仇栾欒暴甘厉厲戎祖武符刘劉景詹束龙龍叶葉幸司韶郜黎蓟薊薄印宿白怀懷蒲邰从從鄂索咸籍赖賴卓蔺藺\
屠蒙池乔喬阴陰胥能苍蒼双雙闻聞莘党翟谭譚贡貢劳勞逄姬申扶堵冉宰郦酈雍郤璩桑桂濮牛寿壽通边邊扈燕冀郏郟浦尚农農温溫别別庄莊晏柴瞿阎閻闫充慕连連茹习習宦艾\
鱼魚容向古易慎戈廖庾终終暨居衡步都耿满滿弘匡国國文寇广廣禄祿阙闕东東欧歐殳沃利蔚越夔隆师師巩鞏厍聂聶晁勾敖融冷訾辛阚闞那简簡饶饒空曾毋沙乜养養鞠须須丰豐\
巢关關蒯相查后荆荊红紅游竺权權逯盖蓋益桓公仉督岳帅帥缑亢况況郈有琴归歸海晋晉楚闫法汝鄢涂塗钦欽商牟佘佴伯赏賞墨哈谯譙笪年爱愛阳陽佟言福邝鄺苟冼洗区區朴覃\
修揭原占战戰屈粟仝亓撒苑覃付代迟遲邸皇甫鹿滑栗麦麥银銀央智敬官来來初楼樓芦蘆辜练練丘伦倫植隋门門逢尧堯律植展矫矯宛阎冮尉种種晟召折员員秘祭朝南兰蘭但辜操奉巨才敬忻郇琚於";

/// Surnames of two characters.
const COMPOUND_SURNAMES: &[&str] = &[
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "夏侯", "东方", "東方", "皇甫", "尉迟", "尉遲", "公孙",
    "公孫", "令狐", "司徒", "司空", "慕容", "独孤", "獨孤", "南宫", "南宮", "西门", "西門", "端木", "宇文", "长孙",
    "長孫", "轩辕", "軒轅", "万俟", "百里", "呼延", "东郭", "濮阳", "淳于", "单于", "太史", "申屠", "钟离", "公冶",
    "宗政", "赫连", "澹台", "闻人", "拓跋", "完颜", "耶律", "纳兰",
];

/// Readings that characters have as surnames and that dictionaries list last or not at all.
const SURNAME_READINGS: &[(&str, &[&str])] = &[
    ("单", &["shan"]),
    ("單", &["shan"]),
    ("曾", &["zeng", "tsang"]),
    ("仇", &["qiu"]),
    ("解", &["xie"]),
    ("查", &["zha"]),
    ("盖", &["ge", "gai"]),
    ("蓋", &["ge", "gai"]),
    ("区", &["ou"]),
    ("區", &["ou"]),
    ("任", &["ren"]),
    ("华", &["hua"]),
    ("朴", &["piao", "park"]),
    ("翟", &["zhai", "di"]),
    ("覃", &["qin", "tan"]),
    ("乐", &["yue", "le"]),
    ("员", &["yun", "yuan"]),
    ("秘", &["bi"]),
    ("冼", &["xian"]),
    ("洗", &["xian"]),
    ("种", &["chong"]),
    ("缪", &["miao"]),
    ("宓", &["mi", "fu"]),
    ("召", &["shao", "zhao"]),
    ("折", &["she", "zhe"]),
    ("祭", &["zhai"]),
    ("訾", &["zi"]),
    ("尉", &["wei", "yu"]),
    ("晟", &["cheng", "sheng"]),
    ("肖", &["xiao"]),
    ("那", &["na"]),
    ("盛", &["sheng"]),
    ("燕", &["yan"]),
    ("应", &["ying"]),
    ("车", &["che"]),
    ("万俟", &["moqi"]),
    ("尉迟", &["yuchi"]),
    ("尉遲", &["yuchi"]),
    ("令狐", &["linghu"]),
    ("单于", &["chanyu"]),
    ("长孙", &["zhangsun"]),
    ("澹台", &["tantai"]),
];

/// Characters whose other readings are never right in a surname.
const MISREAD: &[&str] = &["单", "單", "曾", "仇", "解", "区", "區", "尉迟", "尉遲", "万俟"];

/// Most bytes of a romanised name in one word: six letters a syllable, tone marks and joints.
pub const LONGEST_NAME: usize = 24;

/// Folds a romanised word for comparison.
pub fn fold(word: &str) -> String {
    word.chars().filter_map(fold_char).collect()
}

fn fold_char(c: char) -> Option<char> {
    let c = c.to_lowercase().next().unwrap_or(c);
    Some(match c {
        '\'' | '’' | 'ʼ' | '-' | '‐' | '\u{2011}' => return None,
        'ā' | 'á' | 'ǎ' | 'à' | 'ă' => 'a',
        'ē' | 'é' | 'ě' | 'è' | 'ê' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' | 'ĭ' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
        c => c,
    })
}

/// The spellings of the syllable `plain` that are in use: `lü` is also written `lv`, `lyu` (on passports) and `lu`.
fn spellings(plain: &str) -> Vec<String> {
    let folded = fold(plain);
    match folded.split_once('v') {
        Some((initial, rest)) => ["v", "yu", "u"].iter().map(|v| format!("{initial}{v}{rest}")).collect(),
        None => vec![folded],
    }
}

thread_local! {
    static READINGS: RefCell<FxHashMap<char, Rc<[String]>>> = RefCell::default();
}

/// Every folded spelling of one character, in all of its readings; the commonest first. Each thread asks once.
pub fn readings(c: char) -> Rc<[String]> {
    READINGS.with_borrow_mut(|known| Rc::clone(known.entry(c).or_insert_with(|| all_readings(c).into())))
}

fn all_readings(c: char) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut add = |plain: &str| {
        for s in spellings(plain) {
            if !out.contains(&s) {
                out.push(s);
            }
        }
    };
    if let Some(p) = c.to_pinyin() {
        add(p.plain());
    }
    if let Some(multi) = c.to_pinyin_multi() {
        multi.into_iter().for_each(|p| add(p.plain()));
    }
    out
}

/// A surname at the beginning of a Chinese text, and how it may be spelt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surname {
    /// The characters.
    pub han: &'static str,
    /// Folded spellings; the expected one first.
    pub spellings: Vec<String>,
}

/// The surnames by each of their folded spellings.
static BY_SPELLING: LazyLock<FxHashMap<String, Vec<usize>>> = LazyLock::new(|| {
    let mut map: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (i, surname) in ALL.iter().enumerate() {
        for s in &surname.spellings {
            let entry = map.entry(s.clone()).or_default();
            if entry.last() != Some(&i) {
                entry.push(i);
            }
        }
    }
    map
});

static ALL: LazyLock<Vec<Surname>> = LazyLock::new(|| {
    let single = SURNAMES.char_indices().map(|(i, c)| &SURNAMES[i..i + c.len_utf8()]);
    COMPOUND_SURNAMES
        .iter()
        .copied()
        .chain(single)
        .map(|han| Surname {
            han,
            spellings: surname_spellings(han),
        })
        .collect()
});

/// The surnames of one character by that character.
static BY_CHARACTER: LazyLock<FxHashMap<char, usize>> = LazyLock::new(|| {
    let single = ALL.iter().enumerate().skip(COMPOUND_SURNAMES.len());
    single.filter_map(|(i, s)| Some((s.han.chars().next()?, i))).collect()
});

fn surname_spellings(han: &str) -> Vec<String> {
    let known = SURNAME_READINGS.iter().find(|(h, _)| *h == han).map(|(_, r)| *r);
    if MISREAD.contains(&han) {
        return known.unwrap_or_default().iter().map(|s| (*s).to_owned()).collect();
    }
    let mut out: Vec<String> = known.unwrap_or_default().iter().map(|s| (*s).to_owned()).collect();
    for s in joined(&han.chars().map(readings).collect::<Vec<_>>()) {
        if !out.contains(&s) {
            out.push(s);
        }
    }
    out
}

/// All concatenations of one spelling of each, the commonest first.
fn joined(parts: &[Rc<[String]>]) -> Vec<String> {
    parts.iter().fold(vec![String::new()], |heads, tails| {
        heads
            .iter()
            .flat_map(|h| tails.iter().map(move |t| format!("{h}{t}")))
            .collect()
    })
}

/// Whether `folded` spells some surname.
pub fn is_surname(folded: &[u8]) -> bool {
    std::str::from_utf8(folded).is_ok_and(|folded| BY_SPELLING.contains_key(folded))
}

/// Whether `folded` may be read as two syllables, as most given names are. Lets through some combinations of initial
/// and final that do not exist.
pub fn is_two_syllables(folded: &[u8]) -> bool {
    let least = folded.len().saturating_sub(LONGEST_SYLLABLE).max(1);
    let most = folded.len().saturating_sub(1).min(LONGEST_SYLLABLE);
    (least..=most).any(|at| is_syllable(&folded[..at]) && is_syllable(&folded[at..]))
}

/// Where the syllables end, in bytes, in every way in which `folded` may be read as at most three of them, ascending;
/// empty where there is no such way. Lets through combinations that do not exist, as [`is_two_syllables`] does.
pub fn syllable_ends(folded: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    if folded.is_ascii() && read_syllables(folded, 0, 3, &mut ends) {
        ends.sort_unstable();
        ends.dedup();
    }
    ends
}

/// Whether the text from byte `from` on is at most `most` syllables; adds their ends.
fn read_syllables(folded: &str, from: usize, most: usize, ends: &mut Vec<usize>) -> bool {
    if from == folded.len() {
        return from > 0;
    }
    // A syllable that begins with one of these vowels is written with y or w.
    if folded[from..].starts_with(['i', 'u', 'v']) {
        return false;
    }
    let mut any = false;
    for end in (from + 1..=folded.len()).take(LONGEST_SYLLABLE) {
        if most > 0 && is_syllable(&folded.as_bytes()[from..end]) && read_syllables(folded, end, most - 1, ends) {
            ends.push(end);
            any = true;
        }
    }
    any
}

/// Letters of the longest syllable, “zhuang”.
const LONGEST_SYLLABLE: usize = 6;

fn is_syllable(s: &[u8]) -> bool {
    let initial = match s {
        [b'z' | b'c' | b's', b'h', ..] => 2,
        [b'b'..=b'd' | b'f'..=b'h' | b'j'..=b'n' | b'p'..=b't' | b'w'..=b'z', ..] => 1,
        _ => 0,
    };
    is_final(&s[initial..])
}

#[rustfmt::skip]
const fn is_final(s: &[u8]) -> bool {
    matches!(
        s,
        b"a" | b"ai" | b"an" | b"ang" | b"ao" | b"e" | b"ei" | b"en" | b"eng" | b"er" | b"i" | b"ia" | b"ian" | b"iang"
        | b"iao" | b"ie" | b"in" | b"ing" | b"iong" | b"iu" | b"o" | b"ong" | b"ou" | b"u" | b"ua" | b"uai" | b"uan"
        | b"uang" | b"ue" | b"ui" | b"un" | b"uo" | b"v" | b"ve"
    )
}

/// The surnames that `folded` spells.
pub fn surnames_spelt(folded: &str) -> impl Iterator<Item = &'static Surname> {
    BY_SPELLING.get(folded).into_iter().flatten().map(|&i| &ALL[i])
}

/// The surname of one character that `c` is.
pub fn surname_of(c: char) -> Option<&'static Surname> {
    BY_CHARACTER.get(&c).map(|&i| &ALL[i])
}

/// Folded spellings of a given name, the commonest readings first.
pub fn given_name(han: &str) -> Vec<String> {
    joined(&han.chars().map(readings).collect::<Vec<_>>())
}

/// How a given name is spelt in print, `Jinping`, `Chang’an`, `Lü`: of all readings, the one nearest to the folded `like`.
pub fn printed_given_name(han: &str, like: &str) -> String {
    let parts = han.chars().map(readings).collect::<Vec<_>>();
    let mut spellings = parts.iter().fold(vec![String::new()], |heads, tails| {
        let join = |head: &String, tail: &String| {
            let apart = !head.is_empty() && tail.starts_with(['a', 'e', 'o']);
            format!("{head}{}{tail}", if apart { "’" } else { "" })
        };
        heads
            .iter()
            .flat_map(|h| tails.iter().map(move |t| join(h, t)))
            .collect()
    });
    spellings.sort_by_key(|s| strsim::osa_distance(&fold(s), like));
    capitalized(spellings.first().map_or("", String::as_str))
}

/// How a surname is spelt in print.
pub fn printed_surname(surname: &Surname) -> String {
    capitalized(surname.spellings.first().map_or("", String::as_str))
}

fn capitalized(folded: &str) -> String {
    let mut chars = folded.chars().map(|c| if c == 'v' { 'ü' } else { c });
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surname_readings_differ_from_the_dictionary() {
        for (han, folded) in [
            ("单", "shan"),
            ("曾", "zeng"),
            ("吕", "lyu"),
            ("吕", "lv"),
            ("仇", "qiu"),
            ("解", "xie"),
            ("查", "zha"),
            ("尉迟", "yuchi"),
            ("欧阳", "ouyang"),
        ] {
            assert!(surnames_spelt(folded).any(|s| s.han == han), "{han} {folded}");
        }
        assert_eq!(surnames_spelt("jinping").count(), 0);
        assert!(!surnames_spelt("ceng").any(|s| s.han == "曾"));
    }

    #[test]
    fn given_names_have_all_readings() {
        assert_eq!(given_name("近平")[0], "jinping");
        assert!(given_name("长乐").contains(&"changle".to_owned()));
        assert!(given_name("长乐").contains(&"zhangyue".to_owned()));
        assert!(given_name("女").contains(&"nyu".to_owned()));
    }

    #[test]
    fn names_are_printed_with_umlaut_and_apostrophe() {
        assert_eq!(printed_given_name("近平", "jingping"), "Jinping");
        assert_eq!(printed_given_name("长安", "changnan"), "Chang’an");
        assert_eq!(surname_of('吕').map(printed_surname).as_deref(), Some("Lü"));
    }

    #[test]
    fn syllables_end_where_some_reading_ends_them() {
        assert_eq!(syllable_ends("zhou"), [4]);
        assert_eq!(syllable_ends("xian"), [2, 4]);
        assert_eq!(syllable_ends("xiaoping"), [2, 3, 4, 8], "xi’ao, xia’o");
        assert_eq!(syllable_ends("london"), [0; 0]);
        assert_eq!(syllable_ends(""), [0; 0]);
    }

    #[test]
    fn two_syllables_are_told_from_english_words() {
        for name in ["jinping", "keqiang", "xiaoan", "peiyan"] {
            assert!(is_two_syllables(name.as_bytes()), "{name}");
        }
        for word in ["street", "university", "north", "committee"] {
            assert!(!is_two_syllables(word.as_bytes()), "{word}");
        }
    }

    #[test]
    fn fold_drops_tones_and_joints() {
        assert_eq!(fold("Xí"), "xi");
        assert_eq!(fold("Jin-píng"), "jinping");
        assert_eq!(fold("Lǚ"), "lv");
        assert_eq!(fold("Yong’an"), "yongan");
    }
}
