use super::parse_zh;
use crate::language::quantity::{Hedge, Kind};

/// Every quantity of `text` as `kind value`.
fn read(text: &str) -> Vec<String> {
    parse_zh(text)
        .iter()
        .map(|q| format!("{:?} {}", q.kind, q.display_value()))
        .collect()
}

#[test]
fn reads_every_form() {
    for (text, expected) in [
        ("12个", "Count 12"),
        ("１２个", "Count 12"),
        ("二〇二六年", "Date 2026"),
        ("一百二十人", "Count 120"),
        ("两国元首", "Count 2"),
        ("六大行动", "Count 6"),
        ("3.5亿", "Cardinal 350,000,000"),
        ("31.11万亿元", "Money 31,110,000,000,000 yuan"),
        ("2万4801人", "Count 24,801"),
        ("30余万人", "Count 300,000"),
        ("550多万", "Cardinal 5,500,000"),
        ("数以千万计", "Magnitude 10,000,000"),
        ("百分之五", "Percent 5%"),
        ("百分之百", "Percent 100%"),
        ("负3.9%", "Percent −3.9%"),
        ("三成", "Percent 30%"),
        ("八折", "Percent 80% of the price"),
        ("三分之二", "Fraction 2/3"),
        ("0.5个百分点", "PercentagePoint 0.5 percentage points"),
        ("25个基点", "PercentagePoint 25 bp"),
        ("翻一番", "Multiple ×2"),
        ("翻了两番", "Multiple ×4"),
        ("增长两倍", "Multiple ×3"),
        ("五十两银子", "Cardinal 50"),
        ("是去年的三倍", "Multiple ×3"),
        ("上世纪90年代", "Decade the 1990s"),
        ("20世纪80年代", "Decade the 1980s"),
        ("民国二十六年", "Date 1937"),
        ("光绪24年", "Date 1898"),
        ("1/2杯", "Fraction 0.5"),
        ("万分之五", "Fraction 0.0005"),
        ("全长三十里", "Measure 30 li"),
        ("一米七八的个子", "Measure 1.78 m"),
        ("百余项成果", "Magnitude 100"),
        ("45.22万高斯", "Measure 452,200 gauss"),
        ("21世纪", "Century century 21"),
        ("下半年", "Ordinal No. 2"),
        ("第三季度", "Ordinal No. 3"),
        ("15时37分", "Time 15:37"),
        ("零时起", "Time 00:00"),
        ("下午3点半", "Time 15:30"),
        ("2024年11月18日", "Date 2024-11-18"),
        ("2024-11-18", "Date 2024-11-18"),
        ("公元前49年", "Date 49 BC"),
        ("九月三十日", "Date September 30"),
        ("周五", "Weekday Friday"),
        ("星期天", "Weekday Sunday"),
        ("第十九次峰会", "Ordinal No. 19"),
        ("党的十九大以来", "Session No. 19"),
        ("四中全会", "Session No. 4"),
        ("“十五五”开局", "Plan plan No. 15"),
        ("海拔4410米", "Measure 4,410 m"),
        ("重五斤", "Measure 5 jin"),
        ("400千米", "Measure 400 km"),
        ("一年半", "Duration 1.5 years"),
        ("两个半小时", "Duration 2.5 hours"),
        ("几个小时", "Duration several hours"),
        ("半年", "Duration 0.5 years"),
        ("人民币18亿元", "Money 1,800,000,000 yuan"),
        ("2.5万亿美元", "Money 2,500,000,000,000 US dollars"),
        ("新冠COVID-19", "Code 19"),
    ] {
        assert_eq!(read(text), [expected], "{text}");
    }
}

#[test]
fn reads_both_ends_of_a_range() {
    for (text, expected) in [
        ("5%～8%", ["Percent 5%", "Percent 8%"]),
        ("3至6月", ["Date March", "Date June"]),
        ("3月5日至8日", ["Date March 5", "Date March 8"]),
        ("3到5万人", ["Count 30,000", "Count 50,000"]),
        ("2020-2021年", ["Date 2020", "Date 2021"]),
        ("三至六周", ["Duration 3 weeks", "Duration 6 weeks"]),
        ("百分之五到八", ["Percent 5%", "Percent 8%"]),
        ("两三年", ["Duration 2 years", "Duration 3 years"]),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn knows_what_is_not_a_number() {
    for text in [
        "千万不要这样",
        "万一下雨",
        "各国统一行动",
        "有一些人",
        "十分重要",
        "共建“一带一路”倡议",
        "三农问题",
        "四川省",
        "两会期间",
        "他一五一十地讲了经过",
        "还差十万八千里",
        "三天打鱼，两天晒网",
        "七成新的旧书",
        "收拾",
        "队伍",
        "乱七八糟",
        "一、总体要求",
        "1. 总体要求",
        "2019 冠状病毒疾病",
        "https://example.com/2019/a.pdf",
        "半导体",
        "唯一",
        "再三",
        "众擎易举，独力难成。",
        "一些地方统一一致",
        "非零时停止",
        "当余数为零时",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
    // What is common speech is read, but nothing follows from its absence.
    for text in [
        "百年变局",
        "新一轮科技革命",
        "一个人",
        "上百家企业",
        "第一次",
        "一倍",
        "737MAX",
        "1.2.3",
        "正月十五",
    ] {
        assert!(parse_zh(text).iter().all(|q| q.weak), "{text}: {:?}", read(text));
    }
}

#[test]
fn reads_hedges() {
    for (text, hedge) in [
        ("约400千米", Hedge::About),
        ("近三年", Hedge::Nearly),
        ("超过5人", Hedge::MoreThan),
        ("100多个", Hedge::MoreThan),
        ("至少3天", Hedge::AtLeast),
        ("50岁以上", Hedge::AtLeast),
        ("十几万人", Hedge::MoreThan),
        ("最多5个", Hedge::UpTo),
    ] {
        assert_eq!(parse_zh(text)[0].hedge, hedge, "{text}");
    }
}

#[test]
fn spans_cover_figure_and_unit() {
    let text = "投资约3.5亿元。";
    let q = parse_zh(text)[0];
    assert_eq!((q.span.of(text), q.figure.of(text)), ("3.5亿元", "3.5亿"));
    assert_eq!(q.kind, Kind::Money);
}
