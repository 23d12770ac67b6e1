//! `pinyin-mismatch`.

mod names;

use names::{Candidate, Name, candidates, given_names, may_hold_name, names};

use crate::declare_rule;
use crate::language::en::capitalized;
use crate::language::zh::pinyin;
use crate::rules::{PairContext, Report, Rule};
use crate::text::{Side, Span};

declare_rule! {
    /// A Chinese personal name is misspelled in pinyin.
    ///
    /// ## What it does
    /// Looks for a surname and given name in the English (`Xi Jingping`) that differ by one or two letters from the
    /// pinyin of a surname and the characters after it in the Chinese (习近平), and are not a correct spelling of any name
    /// there. Every reading of a character is correct, and surnames have readings of their own (曾 Zeng, 单 Shan, 仇 Qiu).
    /// `ü` may be written `u`, `v` or `yu`; given names may be joined, hyphenated or separate; the surname may come
    /// last.
    ///
    /// Spellings that are not pinyin (Sun Yat-sen, Chiang Kai-shek, Tsai Ing-wen) are ignored. Names in the glossary
    /// are left to the term rules.
    ///
    /// ## Why it matters
    /// A misspelled name is the first thing that its owner sees.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 中国国家主席习近平指出，开放合作才是正道。
    /// en: As Chinese President Xi Jingping points out, open cooperation is the only way forward.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 中国国家主席习近平指出，开放合作才是正道。
    /// en: As Chinese President Xi Jinping points out, open cooperation is the only way forward.
    /// ```
    ///
    /// ## Limits
    /// A given name of fewer than four letters is compared only if the Chinese name is followed by punctuation, a title
    /// or a verb of saying. Hyphenated spellings are never reported, because most are not pinyin. No findings on 2,098
    /// clean pairs.
    pub PinyinMismatch {
        id: "pinyin-mismatch",
        group: Names,
        severity: Error,
        since: "0.1.0",
        fixable: Sometimes,
        faults: [MissingName],
        precedence: 3,
    }
}

/// English words at the start of a title or sentence that look like a surname.
const ENGLISH_WORDS: &[&str] = &[
    "an", "ban", "bin", "can", "dan", "do", "fan", "gong", "hang", "he", "long", "man", "mu", "pan", "ran", "she",
    "sun", "tan", "wan", "you",
];

/// Words before a name with a capital at the start of a sentence: “The Beijing”.
const FUNCTION_WORDS: &[&str] = &[
    "all", "and", "at", "by", "for", "from", "her", "his", "in", "its", "new", "on", "our", "the", "this", "we",
    "when", "with",
];

impl Rule for PinyinMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let (zh, en) = (ctx.zh(), ctx.en());
        if !may_hold_name(en, ctx.words().tokens) {
            return;
        }
        let words = capitalized(en);
        if words.len() < 2 || zh.is_empty() {
            return;
        }
        let names = names(en, &words);
        for name in &names {
            if ctx.is_masked(Side::En, name.words[0].cover(name.words[1])) {
                continue;
            }
            for (family, given) in [(0, 1), (1, 0)] {
                let candidates = candidates(zh, &name.folded[family]);
                if candidates.iter().any(|c| name.spells(c, given)) {
                    break;
                }
                let open = |c: &&Candidate<'_>| {
                    !names.iter().any(|n| n.spells(c, 0) || n.spells(c, 1)) && !is_in_glossary(ctx, c)
                };
                let near = candidates
                    .iter()
                    .filter(|c| is_near(&name.folded[given], c, &name.folded[family], name.words[given].of(en)))
                    .find(open);
                if let Some(c) = near {
                    let right = pinyin::printed_given_name(c.given, &name.folded[given]);
                    emit(ctx, name, c, name.words[given], &right, report);
                    break;
                }
                if family == 0
                    && let Some(c) = misspelt_surname(zh, name).filter(|c| open(&c))
                {
                    let right = pinyin::printed_surname(c.surname);
                    emit(ctx, name, &c, name.words[0], &right, report);
                    break;
                }
            }
        }
    }
}

/// Whether `folded` is a misspelling of the candidate's given name rather than another name.
fn is_near(folded: &str, c: &Candidate<'_>, surname: &str, printed: &str) -> bool {
    if printed.contains('-') {
        return false;
    }
    pinyin::given_name(c.given).iter().any(|right| {
        let (letters, have) = (right.len(), folded.len());
        if letters.abs_diff(have) > 2 {
            return false;
        }
        let distance = strsim::osa_distance(folded, right);
        match letters {
            7.. => distance <= 2,
            4.. => distance == 1 && have >= 3,
            _ => distance == 1 && have >= 2 && c.ends && !ENGLISH_WORDS.contains(&surname),
        }
    })
}

/// A candidate whose given name of two characters is spelled correctly, while the surname is one letter off or has a
/// reading that the character never has in a surname.
fn misspelt_surname<'t>(zh: &'t str, name: &Name<'_>) -> Option<Candidate<'t>> {
    let [family, given] = &name.folded;
    if given.len() < 5
        || FUNCTION_WORDS.contains(&family.as_str())
        || !pinyin::is_two_syllables(given.as_bytes())
        || family.len() < 2
        || name.words.iter().any(|w| w.of(name.text).contains('-'))
    {
        return None;
    }
    let first = given.chars().next()?;
    let is_slip = |spelling: &String| {
        spelling.len().abs_diff(family.len()) <= 1
            && !is_wade_giles(family, spelling)
            && strsim::osa_distance(family, spelling) == 1
    };
    zh.char_indices()
        .filter_map(|(at, c)| Some((at, pinyin::surname_of(c)?, c)))
        .filter(|(at, _, c)| {
            let next = zh[at + c.len_utf8()..].chars().next();
            next.is_some_and(|n| pinyin::readings(n).iter().any(|r| r.starts_with(first)))
        })
        .filter(|(_, surname, c)| {
            surname.spellings.iter().all(|s| s != family)
                && (pinyin::readings(*c).contains(family) || surname.spellings.iter().any(is_slip))
        })
        .flat_map(|(at, surname, _)| given_names(zh, surname, at))
        .find(|c| c.given.chars().count() == 2 && pinyin::given_name(c.given).contains(given))
}

/// Whether `family` differs from the pinyin as the older Wade–Giles spelling does: Chang for Zhang, Tai for Dai.
fn is_wade_giles(family: &str, pinyin: &str) -> bool {
    [
        ("ch", "zh"),
        ("ch", "j"),
        ("ch", "q"),
        ("ts", "z"),
        ("ts", "c"),
        ("hs", "x"),
        ("t", "d"),
        ("p", "b"),
        ("k", "g"),
        ("j", "r"),
    ]
    .iter()
    .any(|(wade, modern)| family.starts_with(wade) && pinyin.starts_with(modern))
}

fn is_in_glossary(ctx: &PairContext<'_>, c: &Candidate<'_>) -> bool {
    let name = c.at.of(ctx.zh());
    let concepts = ctx.doc.glossary.concepts();
    concepts.iter().any(|concept| concept.zh.iter().any(|n| n.text == name))
}

fn emit(ctx: &PairContext<'_>, name: &Name<'_>, c: &Candidate<'_>, wrong: Span, right: &str, report: &mut Report) {
    let en = ctx.en();
    let whole = name.words[0].cover(name.words[1]);
    let (found, han) = (whole.of(en), c.at.of(ctx.zh()));
    let mut expected = found.to_owned();
    expected.replace_range(wrong.start - whole.start..wrong.end - whole.start, right);
    report
        .finding(
            &PinyinMismatch::META,
            ctx,
            Side::En,
            whole,
            format!("“{found}” is not the pinyin of “{han}”; expected “{expected}”"),
        )
        .label(ctx, Side::Zh, c.at)
        .help("correct the spelling, or add the name to the glossary if its owner spells it this way")
        .expected([expected.as_str()])
        .found(found)
        .fix(ctx, Side::En, wrong, right, crate::finding::Applicability::Unsafe)
        .emit();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{check, check_with, glossary};

    fn expected_spellings(zh: &str, en: &str) -> Vec<String> {
        let found = check(&PinyinMismatch, &[zh], &[en]);
        found.into_iter().flat_map(|f| f.expected).collect()
    }

    #[test]
    fn finds_misspelt_given_names() {
        assert_eq!(expected_spellings("习近平", "Xi Jingping"), ["Xi Jinping"]);
        assert_eq!(
            expected_spellings("李克强总理会见了客人。", "Premier Li Keqing met the guests."),
            ["Li Keqiang"]
        );
        assert_eq!(
            expected_spellings("屠呦呦、张益唐", "Tu Youyou and Zhang Yitng"),
            ["Zhang Yitang"]
        );
        assert_eq!(
            expected_spellings("王毅外长", "Foreign Minister Wang Yi"),
            Vec::<String>::new()
        );
        assert_eq!(
            expected_spellings("李娜，网球运动员", "Li Ni, tennis player"),
            ["Li Na"]
        );
        assert_eq!(expected_spellings("王毅外长", "Foreign Minister Wang Yii"), ["Wang Yi"]);
    }

    #[test]
    fn finds_misspelt_and_misread_surnames() {
        assert_eq!(expected_spellings("习近平", "Xu Jinping"), ["Xi Jinping"]);
        assert_eq!(
            expected_spellings("曾培炎出席会议", "Ceng Peiyan attended"),
            ["Zeng Peiyan"]
        );
        assert_eq!(
            expected_spellings("单霁翔院长", "Dan Jixiang, director"),
            ["Shan Jixiang"]
        );
    }

    #[test]
    fn allows_every_right_spelling() {
        for (zh, en) in [
            ("习近平", "XI Jinping"),
            ("习近平主席", "President Xi Jinping’s"),
            ("习近平", "Xi Jin Ping"),
            ("习近平", "Xi Jin-ping"),
            ("姚明", "Ming Yao"),
            ("吕布", "Lyu Bu, Lv Bu or Lü Bu"),
            ("欧阳修", "Ouyang Xiu"),
            ("曾国藩", "Zeng Guofan"),
            ("查良镛", "Zha Liangyong"),
            ("解晓东", "Xie Xiaodong"),
            ("区志航", "Ou Zhihang"),
            ("任长霞", "Ren Changxia"),
            ("张长长", "Zhang Zhangchang"),
            ("李彦宏", "Li Yanhong"),
            ("陈长安", "Chen Chang'an"),
        ] {
            assert_eq!(expected_spellings(zh, en), Vec::<String>::new(), "{zh} {en}");
        }
    }

    #[test]
    fn allows_other_romanisations_and_foreign_names() {
        for (zh, en) in [
            ("孙中山", "Sun Yat-sen"),
            ("蒋介石", "Chiang Kai-shek"),
            ("蔡英文", "Tsai Ing-wen"),
            ("马英九", "Ma Ying-jeou"),
            ("张学良", "Chang Hsueh-liang"),
            ("宋旻浩", "Song Min-ho"),
            ("韩江", "Han Kang"),
            ("马克龙", "Macron"),
            ("李小龙", "Bruce Lee"),
            ("王力宏", "Wang Leehom"),
            ("金正恩", "Kim Jong Un"),
            ("李先生来了", "Mr Li Xin came"),
            ("宋朝的长城", "Song Dynasty Walls"),
        ] {
            assert_eq!(expected_spellings(zh, en), Vec::<String>::new(), "{zh} {en}");
        }
    }

    #[test]
    fn allows_two_people_of_one_surname() {
        assert_eq!(
            expected_spellings("李敏和李明", "Li Min and Li Ming"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn leaves_names_of_the_glossary_to_the_rules_for_terms() {
        let g = glossary(&["习近平 = Xi Jinping"]);
        assert!(check_with(&PinyinMismatch, &["习近平"], &["Xi Jingping"], &g).is_empty());
    }
}
