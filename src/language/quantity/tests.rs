use proptest::prelude::*;

use super::{Kind, Quantity, Rational, Value, compare, leading_number, parse_en, parse_zh, render_en, render_zh};

fn only(found: &[Quantity]) -> Quantity {
    assert_eq!(found.len(), 1, "{found:?}");
    found[0]
}

proptest! {
    #[test]
    fn numbers_survive_both_languages(whole in 0i64..2_000_000_000_000_000, places in 0u32..=3) {
        let value = Rational::new(whole.into(), 10i128.pow(places)).expect("a number");
        let zh = format!("共{}人。", render_zh(value));
        let en = format!("A total of {} people.", render_en(value));
        prop_assert_eq!(only(&parse_zh(&zh)).as_number(), Some(value), "{}", zh);
        prop_assert_eq!(only(&parse_en(&en)).as_number(), Some(value), "{}", en);
    }

    #[test]
    fn money_percent_and_measures_survive(value in 2i64..100_000, scale in 0usize..4) {
        let zh_scale = ["", "万", "亿", "万亿"][scale];
        let exp = [0, 4, 8, 12][scale];
        let n = Rational::integer(value).checked_mul(Rational::pow10(exp).expect("a power")).expect("fits");
        for (zh_unit, en_unit, kind) in [("元", " yuan", Kind::Money), ("公里", " km", Kind::Measure), ("%", "%", Kind::Percent)] {
            let zh = only(&parse_zh(&format!("达{value}{zh_scale}{zh_unit}。")));
            let en = only(&parse_en(&format!("It reached {}{en_unit}.", render_en(n))));
            prop_assert_eq!((zh.kind, zh.value, zh.unit), (kind, Value::Number(n), en.unit));
            prop_assert_eq!((en.kind, en.value), (kind, Value::Number(n)));
        }
    }

    #[test]
    fn dates_survive(year in 1900i32..2100, month in 1u8..=12, day in 1u8..=31) {
        let zh = only(&parse_zh(&format!("会议于{year}年{month}月{day}日召开。")));
        for en in [
            format!("It was held on {} {day}, {year}.", super::month_name(month)),
            format!("It was held on {day} {} {year}.", super::month_name(month)),
            format!("It was held on {year}-{month:02}-{day:02}."),
        ] {
            prop_assert_eq!(only(&parse_en(&en)).value, zh.value, "{}", en);
        }
    }

    #[test]
    fn no_text_makes_it_panic(zh in "[零一二两三十百千万亿第年月日号点分之成折倍个半几多至到~、.,:0-9a-zA-Z%$ -]{0,60}", en in "(([a-z]{0,4}|one|two|and|a|half|million|to|of|[0-9,.]{1,5}|-|th|s|\\$|%|May|:| )( |-|)){0,20}") {
        let (a, b) = (parse_zh(&zh), parse_en(&en));
        for (text, found) in [(&zh, &a), (&en, &b)] {
            for q in found {
                prop_assert!(q.span.contains(q.figure) || q.kind == Kind::Percent, "{:?} in {}", q, text);
                prop_assert!(text.is_char_boundary(q.span.start) && text.is_char_boundary(q.span.end));
            }
        }
        compare(&zh, &a, &en, &b);
    }

    #[test]
    fn no_unicode_makes_it_panic(text in "\\PC{0,80}") {
        let (a, b) = (parse_zh(&text), parse_en(&text));
        compare(&text, &a, &text, &b);
    }
}

#[test]
fn a_text_equals_its_like() {
    let zh = "2024年11月18日，约三成企业、14亿人、1,200公里。";
    let en = "On November 18, 2024, about 30 percent of enterprises, 1.4 billion people, 1,200 km.";
    let found = compare(zh, &parse_zh(zh), en, &parse_en(en));
    assert_eq!(found.matches.len(), 4);
    assert!(found.differences.is_empty());
}

#[test]
fn the_languages_say_one_thing_in_many_ways() {
    for (zh, en) in [
        ("1—10月同比增长。", "It grew in the first ten months."),
        ("1—3月同比增长。", "It grew in the first quarter."),
        ("1月至9月同比增长。", "It grew in the first three quarters."),
        ("前六个月同比增长。", "It grew from January to June."),
        ("上世纪八九十年代。", "In the 1980s and 1990s."),
        ("他十七八岁。", "He was seventeen or eighteen."),
        ("全长三十里。", "It is ten miles long."),
        ("他有两亩地。", "He owned about a third of an acre."),
        ("降息25个基点。", "The rate was cut by a quarter of a percentage point."),
        ("下午两点半。", "At half past two in the afternoon."),
        ("约3/4的人同意。", "About three quarters of the people agreed."),
        ("万分之五的税率。", "A tax rate of 0.05 percent."),
        ("民国二十六年。", "In 1937."),
        ("營收達1.5兆元。", "Revenue reached 1.5 trillion yuan."),
        ("功率為3兆瓦。", "Its power is 3 MW."),
        ("共兩億三千萬人參加。", "A total of 230 million people took part."),
        ("1/6的患者有这种症状。", "A sixth patient had this symptom."),
        ("峰值性能达12.5亿亿次。", "It performs 125 quadrillion operations."),
        ("红利为5角。", "The dividend is 0.5 yuan."),
        ("他以9秒83获胜。", "He won in 9.83 seconds."),
        ("票价3块5。", "The ticket costs 3.5 yuan."),
        ("会议3点30分开始。", "The meeting begins at 3:30 p.m."),
        ("会议12点开始。", "The meeting begins at 12.00 GMT."),
        ("会期从十一月至次年二月。", "It lasts from Nov to Feb."),
        ("会议11月30日开始。", "The meeting begins on 30 november."),
        (
            "包括FAST在内的10个装置已开放。",
            "FAST and nine other facilities are open.",
        ),
        (
            "德国、法国等12个国家参加。",
            "Germany, France and ten other countries took part.",
        ),
        ("中午12点开会。", "The meeting is at 12 p.m."),
        ("早上六点一刻。", "At a quarter past six in the morning."),
        ("90后和00后。", "Those born in the 1990s and 2000s."),
        ("500千伏线路。", "A 500-kV line."),
        ("气温在-5℃至3℃之间。", "Temperatures between minus 5°C and 3°C."),
        ("气温降至零下20摄氏度。", "It fell to 20 degrees Celsius below zero."),
        ("净利润为-2.3亿元。", "A net loss of 230 million yuan."),
        ("共有一百二十人参加。", "A total of 120 people took part."),
        ("3岁-5岁儿童。", "Children aged 3 to 5."),
        ("占一成半。", "It accounts for 15 percent."),
        ("投资10亿-20亿美元。", "An investment of US$1-2 billion."),
        ("新增存款4万多亿元。", "Deposits rose by more than 4 trillion yuan."),
        ("惠及3百多万人。", "It benefits more than 3 million people."),
        ("人次增加到1亿3千多万。", "The number grew to over 130 million."),
        ("人数增加到一亿三千多万。", "The number grew to over 130 million."),
        ("会议于3月26日举行。", "The meeting was held on 26 Mar."),
        (
            "访问于一月十八日至二十一日举行。",
            "The visit took place on January 18-21.",
        ),
        ("前三季度增长。", "It grew in the first nine months."),
        ("2024年首3季。", "In the first three quarters of 2024."),
        (
            "中国有5000多年的文明史。",
            "China has a civilization of more than five millennia.",
        ),
        ("近六成受访者表示支持。", "About six-in-ten respondents were in favor."),
        ("参数规模为18亿。", "It has 1.8B parameters."),
        ("训练数据达3万亿词元。", "It was trained on 3T tokens."),
        ("时间为 16:12:43.459。", "The time is 16:12:43.459."),
        ("8,000亿元人民币、9,400亿元港币。", "RMB800 billion, HK$940 billion."),
        ("这台65寸电视。", "This 65-inch television."),
        ("提出二十多项建议。", "More than two dozen proposals were made."),
        ("零一万物发布了新模型。", "The company has released a new model."),
        (
            "合同金额为壹拾万叁仟肆佰伍拾叁元整。",
            "The contract amount is RMB 103,453.",
        ),
        ("用电量达100亿度。", "It used 10 billion kWh."),
        ("全国装机容量达14.1亿千瓦。", "Installed capacity reached 1.41 TW."),
        ("我们验证了 500 600 700 800。", "We verified 500, 600, 700, and 800."),
        (
            "2021年9及10月进行了试点。",
            "Pilots were run in September and October 2021.",
        ),
        ("规模从8人增加到100人。", "It grew from eight to one-hundred people."),
        ("减负3万元。", "It saved 30,000 yuan."),
        ("成本削减百分之五十。", "Costs have been halved."),
        ("确诊140 万例。", "There are 14 lakh cases."),
        (
            "它以每秒 1.5 公里(每小时 3000 英里) 的速度掠过。",
            "It flew past at 1.5 kilometers per second (3,000 miles per hour).",
        ),
        ("列车时速300公里。", "The train runs at 300 km an hour."),
        (
            "五部门联合印发通知。",
            "The ministry and three other departments issued it.",
        ),
        ("他和其他三名新秀签约。", "He is among four rookies who signed."),
        ("911 事件之后，服务 24/7 开放。", "Open around the clock since then."),
        (
            "偏移量为 +06:34:15, -03:07:12.345216",
            "Offsets are +06:34:15, -03:07:12.345216",
        ),
        (
            "自1 2 月起，2 0 1 5 年稳定。",
            "It has been stable since December 2015.",
        ),
        ("一年由53 个完整星期构成。", "A year has 53 full weeks."),
    ] {
        let found = compare(zh, &parse_zh(zh), en, &parse_en(en));
        assert!(found.differences.is_empty(), "{zh} {en} {found:?}");
    }
    for (zh, en) in [
        ("1—10月同比增长。", "It grew in the first nine months."),
        ("约3/4的人同意。", "About two thirds of the people agreed."),
        ("民国二十六年。", "In 1938."),
        ("下午两点半。", "At half past three."),
        ("全长三十里。", "It is thirty miles long."),
        ("气温在-5℃。", "It is 5°C."),
        ("第三季度同比增长。", "It grew in the second quarter."),
        ("下午3点30分开会。", "The meeting is at 3:30 a.m."),
        (
            "一季度利润下降，全年增长。",
            "Profits fell in the second quarter and rose in the year.",
        ),
        ("气温降至零下20摄氏度。", "It rose to 20 degrees Celsius."),
        ("500千伏线路。", "A 50-kV line."),
        ("2023年10月17日发布。", "Released on 2023.10.16."),
        ("2024Q3营收增长。", "Revenue grew in Q2 2024."),
        ("版本号为1.2.3。", "The version is 1.2.4."),
        ("会议于上午9:30开始。", "The meeting began at 9:30 in the evening."),
        ("该计划在2016年启动。", "The plan launched in 2017 has ended."),
        ("在2023年多管齐下。", "In 2022, it took a multi-pronged approach."),
        ("连续4个月下降。", "It fell for 4 consecutive years."),
        ("十分钟后出发。", "We leave in 10 hours."),
        ("面积220万平方公里。", "It covers 2.2 million ㎡."),
        (
            "十九世纪和二十世纪的建筑。",
            "Buildings of the eighteenth and nineteenth centuries.",
        ),
        ("金额为500亿港元。", "The amount is 50 billion U.S. dollars."),
        ("时速300 km/h。", "A speed of 300 km/s."),
        ("列车时速300公里。", "The train runs at 300 m/s."),
        (
            "三部门联合印发通知。",
            "The ministry and five other departments issued it.",
        ),
        ("自1 2 月起稳定。", "It has been stable since November."),
        (
            "按钮有五种类型，默认延迟3秒。",
            "There are four types of button, and the default delay is 5 seconds.",
        ),
        ("新增存款4万多亿元。", "Deposits rose by more than 4 billion yuan."),
        ("上半年共完成。", "They were completed in the second half of the year."),
        ("共有一百二十人参加。", "A total of 102 people took part."),
    ] {
        let found = compare(zh, &parse_zh(zh), en, &parse_en(en));
        assert!(!found.differences.is_empty(), "{zh} {en}");
    }
}

#[test]
fn an_equal_counterpart_is_never_taken_by_a_converted_one() {
    let zh = "7,000,000平方公里（2,700,000平方英里）";
    let en = "7,000,000 square kilometres (2,700,300 sq mi)";
    assert_eq!(compare(zh, &parse_zh(zh), en, &parse_en(en)).differences.len(), 1);
}

#[test]
fn leading_numbers_are_read_in_figures_and_words() {
    for (text, side, number) in [
        ("三章", crate::text::Side::Zh, Some((3, 3))),
        ("二十一、", crate::text::Side::Zh, Some((21, 9))),
        ("12 月", crate::text::Side::Zh, Some((12, 2))),
        ("章", crate::text::Side::Zh, None),
        ("12.", crate::text::Side::En, Some((12, 2))),
        ("IV.", crate::text::Side::En, Some((4, 2))),
        ("Three ", crate::text::Side::En, Some((3, 5))),
        ("Third ", crate::text::Side::En, Some((3, 5))),
        ("Open", crate::text::Side::En, None),
        ("", crate::text::Side::En, None),
    ] {
        assert_eq!(leading_number(text, side), number, "{text}");
    }
}

#[test]
fn small_parts_are_fractions() {
    for (zh, en) in [
        ("仅为千万分之一。", "Only one ten-millionth."),
        ("降至亿分之一。", "It fell to one hundred-millionth."),
        ("百万分之三。", "Three millionths."),
    ] {
        assert_eq!(
            compare(zh, &parse_zh(zh), en, &parse_en(en)).differences,
            [],
            "{zh} {en}"
        );
    }
}

#[test]
fn a_yuan_of_hong_kong_or_taiwan_is_a_local_dollar() {
    for (zh, en) in [
        ("預留100億元。", "It sets aside $10 billion."),
        ("存款總額約15兆8千億元。", "Deposits stood at about $15.8 trillion."),
        ("罰款五萬元。", "A fine of HK$50,000."),
        ("約七萬三千名學生受惠。", "About 73 000 students benefitted."),
        (
            "香港海关检获可卡因，估计市值约960万元。",
            "Hong Kong Customs seized cocaine worth about $9.6 million.",
        ),
    ] {
        assert_eq!(
            compare(zh, &parse_zh(zh), en, &parse_en(en)).differences,
            [],
            "{zh} {en}"
        );
    }
    let (zh, en) = ("预留100亿元。", "It sets aside $10 billion.");
    assert_eq!(compare(zh, &parse_zh(zh), en, &parse_en(en)).differences.len(), 1);
}
