//! `direction-mismatch`.

use super::opposites::{Opposite, find_opposites};
use super::wording::ZhTable;
use super::{PairContext, Report, Rule};
use crate::declare_rule;
use crate::text::Side;

declare_rule! {
    /// A word is translated as its opposite, as south by “north”.
    ///
    /// ## What it does
    /// Has a table of opposites: the points of the compass, left and right, upstream and downstream, the first and the second
    /// half of a year, before and after noon, import and export, inflow and outflow, appreciation and depreciation, maximum and
    /// minimum, higher and lower, 第二大 and “the largest”, every month and “every year”, 两次 and “once a year”. Reports one if the Chinese has a word of one side only, and the English has a word of
    /// the other side and none of the right one.
    ///
    /// ## Why it matters
    /// Opposites are the words that a tired translator exchanges, and both sentences read well.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// zh: 该装置位于四川省西南部。
    /// en: The facility is in the northeast of Sichuan Province.
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// zh: 该装置位于四川省西南部。
    /// en: The facility is in the southwest of Sichuan Province.
    /// ```
    pub DirectionMismatch {
        id: "direction-mismatch",
        group: Terms,
        severity: Warning,
        since: "0.1.0",
        consequence_of: "sentence-omitted",
        class: One,
    }
}

#[rustfmt::skip]
const OPPOSITES: &[Opposite] = &[
    Opposite { zh: &["西南"], unless: &["西北", "东南", "东北"], right: &["southwest*", "south-west*", "south west*", "sw"], wrong: &["northeast*", "north-east*", "northwest*", "north-west*", "southeast*", "south-east*"] },
    Opposite { zh: &["东北"], unless: &["西北", "东南", "西南"], right: &["northeast*", "north-east*", "north east*", "ne", "manchuria*"], wrong: &["southwest*", "south-west*", "northwest*", "north-west*", "southeast*", "south-east*"] },
    Opposite { zh: &["西北"], unless: &["东北", "东南", "西南"], right: &["northwest*", "north-west*", "north west*", "nw"], wrong: &["northeast*", "north-east*", "southwest*", "south-west*", "southeast*", "south-east*"] },
    Opposite { zh: &["东南"], unless: &["西北", "东北", "西南"], right: &["southeast*", "south-east*", "south east*", "se", "asean"], wrong: &["northeast*", "north-east*", "northwest*", "north-west*", "southwest*", "south-west*"] },
    Opposite { zh: &["北部", "以北", "北侧", "北面", "北岸", "北端"], unless: &["南"], right: &["north*", "upper"], wrong: &["south", "southern"] },
    Opposite { zh: &["南部", "以南", "南侧", "南面", "南岸", "南端"], unless: &["北"], right: &["south*", "lower"], wrong: &["north", "northern"] },
    Opposite { zh: &["东部", "以东", "东侧", "东面", "东岸", "东端"], unless: &["西"], right: &["east*"], wrong: &["west", "western"] },
    Opposite { zh: &["西部", "以西", "西侧", "西面", "西岸", "西端"], unless: &["东"], right: &["west*"], wrong: &["east", "eastern"] },
    Opposite { zh: &["左侧", "左边", "左手", "左岸", "左翼", "左上", "左下", "左转"], unless: &["右"], right: &["left*"], wrong: &["right", "right-hand", "rightmost"] },
    Opposite { zh: &["右侧", "右边", "右手", "右岸", "右翼", "右上", "右下", "右转"], unless: &["左"], right: &["right*"], wrong: &["left", "left-hand", "leftmost"] },
    Opposite { zh: &["上游"], unless: &["下游"], right: &["up*", "headwater*"], wrong: &["downstream", "lower reaches"] },
    Opposite { zh: &["下游"], unless: &["上游"], right: &["down*", "lower"], wrong: &["upstream", "upper reaches"] },
    Opposite { zh: &["上半年"], unless: &["下半年"], right: &["first half", "first-half", "first six", "h1", "1h", "half-year*", "six months", "january", "june", "early"], wrong: &["second half", "latter half", "h2", "last half"] },
    Opposite { zh: &["下半年"], unless: &["上半年"], right: &["second half", "second-half", "second six", "latter", "h2", "2h", "later", "last", "july", "december"], wrong: &["first half", "h1"] },
    Opposite { zh: &["上午", "早上", "早晨", "清晨", "凌晨"], unless: &["下午", "晚", "夜", "午后", "中午"], right: &["morning*", "a.m.", "am", "a.m", "dawn", "daybreak", "noon", "overnight", "early", "hours", "midnight"], wrong: &["afternoon", "evening", "p.m.", "pm", "p.m", "tonight"] },
    Opposite { zh: &["下午", "晚上", "傍晚", "晚间", "当晚"], unless: &["上午", "早", "晨", "中午"], right: &["afternoon*", "evening*", "p.m.", "pm", "p.m", "night*", "tonight", "overnight", "dusk", "noon", "later", "late", "eve", "midnight", "dinner"], wrong: &["morning", "a.m.", "am", "a.m"] },
    Opposite { zh: &["出口"], unless: &["进口", "进出口", "入口"], right: &["export*", "exit*", "outlet*", "overseas", "abroad", "way out", "sell*", "sold", "shipment*", "outbound"], wrong: &["import*"] },
    Opposite { zh: &["进口"], unless: &["出口"], right: &["import*", "foreign*", "inlet*", "entrance*", "bought", "buy*", "purchas*"], wrong: &["export", "exports", "exported", "exporting"] },
    Opposite { zh: &["流入"], unless: &["流出"], right: &["inflow*", "flow*", "into", "pour*", "enter*", "influx*"], wrong: &["outflow*"] },
    Opposite { zh: &["流出"], unless: &["流入"], right: &["outflow*", "flow*", "out", "leav*", "left", "leak*"], wrong: &["inflow*"] },
    Opposite { zh: &["升值"], unless: &["贬值"], right: &["appreciat*", "ris*", "rose", "up", "strength*", "revalu*", "gain*", "value*"], wrong: &["depreciat*", "devalu*"] },
    Opposite { zh: &["贬值"], unless: &["升值"], right: &["depreciat*", "devalu*", "fall*", "fell", "weak*", "debas*", "los*"], wrong: &["appreciat*"] },
    Opposite { zh: &["最大值", "最大限度"], unless: &["最小"], right: &["max*", "great*", "full*", "most", "larg*", "high*", "best", "extent"], wrong: &["minimum", "minimal"] },
    Opposite { zh: &["最小值", "最低限度"], unless: &["最大", "最高"], right: &["min*", "least", "low*", "small*", "bare*"], wrong: &["maximum", "maximal"] },
    Opposite { zh: &["第二大", "第二高", "第二长", "第二多"], unless: &["第一", "最"], right: &["second*", "2nd", "no. 2", "number two", "two", "runner-up", "after", "behind"], wrong: &["largest", "biggest", "highest", "tallest", "longest", "greatest"] },
    Opposite { zh: &["第三大", "第三高", "第三长"], unless: &["第一", "最", "第二"], right: &["third*", "3rd", "no. 3", "three"], wrong: &["largest", "biggest", "highest", "tallest", "longest", "second largest", "second-largest"] },
    Opposite { zh: &["收紧"], unless: &["放松", "放宽"], right: &["tight*", "tougher", "strict*", "restrict*", "clamp*"], wrong: &["loosen*", "relax*"] },
    Opposite { zh: &["放宽", "放松"], unless: &["收紧", "从严"], right: &["eas*", "relax*", "loosen*", "lift*", "broad*", "liberal*", "remov*", "open*", "less", "wid*"], wrong: &["tighten*"] },
    Opposite { zh: &["结束前", "到期前", "开始前", "生效前", "完成前", "截止前", "会前", "战前", "签订前", "签署前", "实施前", "启动前", "提交前", "批准前", "出发前", "运行前", "施工前", "发布前", "抵达前", "召开前", "投产前", "手术前", "登机前"], unless: &["后"], right: &["before", "prior", "by", "ahead", "pre*", "until", "earlier", "no later", "advance", "within", "upon", "previous*"], wrong: &["after", "following", "post*"] },
    Opposite { zh: &["结束后", "到期后", "开始后", "生效后", "完成后", "会后", "战后", "签订后", "签署后", "实施后", "启动后", "提交后", "批准后", "出发后", "运行后", "施工后", "发布后", "抵达后", "召开后", "投产后", "手术后", "登机后"], unless: &["前"], right: &["after*", "follow*", "post*", "once", "upon", "when", "since", "later", "subsequent*", "then", "at the end", "completion", "within"], wrong: &["before", "prior to"] },
    Opposite { zh: &["朝鲜"], unless: &["韩", "南朝鲜", "朝鲜战争", "朝鲜半岛", "朝鲜族", "南北", "抗美援朝", "王朝"], right: &["north*", "dprk", "democratic", "pyongyang"], wrong: &["south korea*", "republic of korea", "rok"] },
    Opposite { zh: &["韩国"], unless: &["朝鲜", "朝韩", "脱北"], right: &["south*", "rok", "republic", "seoul", "korean", "korea"], wrong: &["north korea*", "dprk"] },
    Opposite { zh: &["东方", "西方", "东部", "西部"], unless: &["南", "北", "中"], right: &["east*", "west*", "orient*"], wrong: &["north", "northern", "south", "southern"] },
    Opposite { zh: &["南方", "北方", "南部", "北部"], unless: &["东", "西", "中"], right: &["south*", "north*", "upper", "lower"], wrong: &["east", "eastern", "west", "western"] },
    Opposite { zh: &["高于", "多于", "优于", "大于"], unless: &["低于", "少于", "小于", "不", "未", "没", "无"], right: &["high*", "more", "above", "exceed*", "greater", "over", "better", "surpass*", "outperform*", "outpac*", "larg*", "beyond", "prefer*", "superior", "priorit*", "than any"], wrong: &["lower than", "less than", "fewer than", "below", "smaller than", "worse than"] },
    Opposite { zh: &["低于", "少于", "小于"], unless: &["高于", "多于", "大于", "不", "未", "没", "无"], right: &["low*", "less", "few*", "below", "under", "small*", "short*", "behind", "within", "down"], wrong: &["higher than", "more", "greater than", "above", "larger than"] },
    Opposite { zh: &["转为亏损", "由盈转亏", "由盈利转为亏损"], unless: &["扭亏"], right: &["a loss", "losses", "to loss", "into loss", "net loss", "the red", "unprofitable"], wrong: &["profit*"] },
    Opposite { zh: &["扭亏", "转为盈利", "由亏转盈"], unless: &["转为亏损"], right: &["profit*", "turn*", "black", "revers*", "end*"], wrong: &["loss", "losses"] },
    Opposite { zh: &["每半年"], unless: &["每年"], right: &["six months", "six-month*", "6 months", "half*", "twice a year", "semi*", "biannual*", "two times a year"], wrong: &["two years", "every year", "a year", "each year", "annually", "yearly", "three months", "quarter*", "monthly"] },
    Opposite { zh: &["每季度", "每个季度", "按季度"], unless: &["每月", "每年"], right: &["quarter*", "three months", "seasonal*"], wrong: &["a month", "every month", "each month", "per month", "monthly", "a year", "every year", "each year", "annual", "annually", "yearly"] },
    Opposite { zh: &["每月", "每个月", "按月"], unless: &["每年", "每季", "每周"], right: &["month*"], wrong: &["a year", "every year", "each year", "annual", "annually", "yearly", "a week", "every week", "each week", "weekly", "quarterly"] },
    Opposite { zh: &["每周", "每星期"], unless: &["每年", "每月", "每天", "每日"], right: &["week*", "seven days"], wrong: &["a month", "every month", "each month", "monthly", "a day", "every day", "each day", "daily"] },
    Opposite { zh: &["每天", "每日", "每晚"], unless: &["每周", "每月", "每年"], right: &["day*", "daily", "24 hours", "24-hour", "night*", "evening*", "morning*"], wrong: &["a week", "every week", "each week", "weekly", "a month", "every month", "monthly"] },
    Opposite { zh: &["每年", "逐年"], unless: &["每月", "每季", "每天", "每周", "月"], right: &["year*", "annual*", "annum", "12 months"], wrong: &["a month", "every month", "each month", "monthly", "every week", "weekly"] },
    Opposite { zh: &["一次", "1次"], unless: &["两次", "二次", "2次", "多次", "一次次", "第", "再一次", "又一次", "上一次", "下一次", "这一次", "一次性", "唯一", "另一次"], right: &["once", "one", "one-*", "a", "an", "1", "single", "time", "every", "first"], wrong: &["twice"] },
    Opposite { zh: &["两次", "2次"], unless: &["一次", "1次", "第"], right: &["twice", "two", "two-*", "2", "second", "both", "double*", "again", "bi*", "semi*", "pair"], wrong: &["once a", "once every", "once each", "once per"] },
];

static BY_WORD: ZhTable<Opposite> = ZhTable::new(OPPOSITES, |row| row.zh);

impl Rule for DirectionMismatch {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        for (place, span) in find_opposites(ctx, &BY_WORD) {
            // The bound of a figure is left to `bound-mismatch`.
            if place.of(ctx.zh()).ends_with('于') && ctx.quantities(Side::Zh).iter().any(|q| q.span.start == place.end)
            {
                continue;
            }
            report
                .translated_as(&Self::META, ctx, place, span, "")
                .help("check the direction against the source")
                .emit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    #[test]
    fn finds_opposites() {
        for (zh, en) in [
            (
                "上半年共完成实验126项。",
                "126 experiments were completed in the second half of the year.",
            ),
            ("会议于下午11:00开始。", "The meeting starts at 11:00 a.m."),
            ("这是世界第二大阵列。", "This is the world's largest array."),
            (
                "申请应在项目结束前提交。",
                "Applications are submitted after the end of the project.",
            ),
            ("出口商品检验。", "Inspection of imported goods."),
            ("该省西部多山。", "The east of the province is mountainous."),
            (
                "展厅位于主楼北侧。",
                "The exhibition hall is on the south side of the main building.",
            ),
            ("朝鲜代表团抵达。", "The South Korean delegation arrived."),
            ("位于河流左岸。", "It is on the right bank of the river."),
            ("委员会每年召开两次会议。", "The committee meets once a year."),
            ("数据每季度更新一次。", "The data are updated once a month."),
            (
                "合同签订前应确认指标。",
                "The parameters are confirmed after the contract is signed.",
            ),
            (
                "我国的研发强度高于欧盟平均水平。",
                "China's R&D intensity is lower than the EU average.",
            ),
            ("丝绸之路从东方通向西方。", "The Silk Road led from north to south."),
            ("该企业由盈转亏。", "The company turned a profit."),
            ("课题每半年征集一次。", "Proposals are invited every two years."),
            (
                "下半年将遴选第二批设施。",
                "The second group of facilities will be selected in the first half of the year.",
            ),
        ] {
            assert_eq!(check(&DirectionMismatch, &[zh], &[en]).len(), 1, "{zh} {en}");
        }
    }

    #[test]
    fn allows_both_sides_and_free_translations() {
        for (zh, en) in [
            ("上半年和下半年。", "In the second half and the first half of the year."),
            ("从会场左侧的出口离开。", "Leave by the exit on the left, right away."),
            ("这是世界第二大阵列。", "This is the world's second largest array."),
            ("晚上11点开始。", "It starts at 11 in the night, not in the morning."),
            ("东北三省", "the three provinces of the Northeast"),
            (
                "学校的成绩优于其他学校。",
                "The school outperformed the others, which had fewer than ten prizes.",
            ),
            ("研发强度高于40%。", "R&D intensity is below 40 percent."),
            (
                "展厅位于主楼北侧。",
                "The exhibition hall is north of the main building.",
            ),
            ("数据每季度更新一次。", "The data are updated every three months."),
            ("委员会每年召开两次会议。", "The committee meets twice a year."),
        ] {
            assert!(check(&DirectionMismatch, &[zh], &[en]).is_empty(), "{zh} {en}");
        }
    }
}
