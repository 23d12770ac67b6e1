//! Tables: units with their names, Chinese classifiers, expressions with a numeral that are no numbers.

use std::sync::LazyLock;

use super::unit::{Dimension as D, UnitDef};
use crate::language::lookup::HanSet;

const fn u(
    symbol: &'static str,
    dimension: D,
    factor: (i64, i64),
    zh: &'static [&'static str],
    en: &'static [&'static str],
) -> UnitDef {
    UnitDef {
        symbol,
        dimension,
        factor,
        offset: (0, 1),
        zh,
        en,
    }
}

const fn degrees(
    symbol: &'static str,
    factor: (i64, i64),
    offset: (i64, i64),
    zh: &'static [&'static str],
    en: &'static [&'static str],
) -> UnitDef {
    UnitDef {
        symbol,
        dimension: D::Temperature,
        factor,
        offset,
        zh,
        en,
    }
}

const fn money(
    symbol: &'static str,
    code: &'static str,
    zh: &'static [&'static str],
    en: &'static [&'static str],
) -> UnitDef {
    u(symbol, D::Money(code), (1, 1), zh, en)
}

/// Every unit. Metric and imperial factors are the legal definitions (international yard and pound of 1959); 市制 units
/// those of the State Council's order of 1959 (1 亩 = 1/15 hectare, 1 斤 = 500 g, 1 里 = 500 m).
#[rustfmt::skip]
pub static UNITS: &[UnitDef] = &[
    // shares and points
    u("%", D::Share, (1, 100), &["%", "％", "个百分比"], &["%", "percent", "per cent", "pct"]),
    u("‰", D::Share, (1, 1000), &["‰"], &["‰", "per thousand", "per mille", "per mil"]),
    u("tenths", D::Share, (1, 10), &["成"], &[]),
    u("zhe", D::Share, (1, 10), &[], &[]),
    u("% off", D::Share, (1, 100), &[], &[]),
    u("percentage points", D::Points, (1, 1), &["个百分点", "百分点"], &["percentage point", "pp", "ppt", "percent point"]),
    u("bp", D::Points, (1, 100), &["个基点", "基点", "个基本点"], &["basis point", "bp", "bps"]),
    // clock time, in seconds
    u("seconds", D::Time, (1, 1), &["秒钟", "秒"], &["second", "sec", "s"]),
    u("milliseconds", D::Time, (1, 1000), &["毫秒"], &["millisecond", "ms"]),
    u("microseconds", D::Time, (1, 1_000_000), &["微秒"], &["microsecond", "µs", "μs"]),
    u("nanoseconds", D::Time, (1, 1_000_000_000), &["纳秒"], &["nanosecond", "ns"]),
    u("minutes", D::Time, (60, 1), &["分钟"], &["minute", "min", "mins"]),
    u("quarters of an hour", D::Time, (900, 1), &["刻钟"], &[]),
    u("hours", D::Time, (3600, 1), &["个小时", "小时", "个钟头", "钟头", "个半小时"], &["hour", "hr", "hrs", "h"]),
    u("days", D::Time, (86_400, 1), &["天", "昼夜"], &["day"]),
    u("nights", D::Time, (86_401, 1), &["晚", "夜"], &["night"]),
    u("weeks", D::Time, (604_800, 1), &["个星期", "星期", "周", "个礼拜", "礼拜", "个周"], &["week", "wk"]),
    u("fortnights", D::Time, (1_209_600, 1), &[], &["fortnight"]),
    // calendar time, in months
    u("months", D::Calendar, (1, 1), &["个月", "个多月"], &["month"]),
    u("quarters", D::Calendar, (3, 1), &["个季度"], &[]),
    u("years", D::Calendar, (12, 1), &["个年头", "周年", "周岁", "岁", "年"], &["year", "yr", "yrs"]),
    u("decades", D::Calendar, (120, 1), &["个十年"], &["decade"]),
    u("centuries", D::Calendar, (1200, 1), &["个世纪"], &["century", "centurie"]),
    // money
    money("yuan", "CNY", &["元人民币", "人民币", "块钱", "元", "块"], &["yuan", "RMB", "CNY", "renminbi", "yuan renminbi"]),
    u("jiao", D::Money("CNY"), (1, 10), &["毛钱", "角", "毛"], &["jiao"]),
    u("fen", D::Money("CNY"), (1, 100), &["分钱"], &["fen"]),
    money("US dollars", "USD", &["美元", "美金"], &["US$", "USD", "us dollar", "u.s. dollar", "american dollar"]),
    money("dollars", "$", &["刀"], &["$", "dollar"]),
    u("US cents", D::Money("USD"), (1, 100), &["美分"], &["us cent"]),
    u("cents", D::Money("$"), (1, 100), &[], &["cent", "¢"]),
    money("euros", "EUR", &["欧元"], &["€", "euro", "EUR"]),
    u("euro cents", D::Money("EUR"), (1, 100), &["欧分"], &["euro cent"]),
    money("pounds sterling", "GBP", &["英镑"], &["£", "GBP", "pound sterling", "pounds sterling", "british pound", "quid"]),
    u("pence", D::Money("GBP"), (1, 100), &["便士"], &["pence", "penny"]),
    money("yen", "JPY", &["日元", "日圆"], &["JPY", "yen", "japanese yen", "JP¥"]),
    money("¥", "¥", &[], &["¥", "￥"]),
    money("Hong Kong dollars", "HKD", &["港元", "港币"], &["HK$", "HKD", "hong kong dollar"]),
    money("Canadian dollars", "CAD", &["加元", "加拿大元", "加币"], &["C$", "CA$", "CAD", "canadian dollar"]),
    money("Australian dollars", "AUD", &["澳元", "澳大利亚元", "澳币"], &["A$", "AU$", "AUD", "australian dollar"]),
    money("New Zealand dollars", "NZD", &["新西兰元", "纽元", "新西兰币"], &["NZ$", "NZD", "new zealand dollar"]),
    money("Singapore dollars", "SGD", &["新元", "新加坡元", "新币"], &["S$", "SGD", "singapore dollar"]),
    money("New Taiwan dollars", "TWD", &["新台币", "台币"], &["NT$", "TWD", "new taiwan dollar"]),
    money("roubles", "RUB", &["卢布"], &["RUB", "₽", "ruble", "rouble"]),
    money("rupees", "INR", &["卢比", "印度卢比"], &["INR", "₹", "rupee", "Rs"]),
    money("won", "KRW", &["韩元", "韩圆"], &["KRW", "₩", "south korean won", "korean won", "won"]),
    money("Swiss francs", "CHF", &["瑞士法郎", "瑞郎"], &["CHF", "swiss franc"]),
    money("francs", "FRF", &["法郎"], &["franc"]),
    money("marks", "DEM", &["马克"], &["DM", "deutschmark"]),
    money("baht", "THB", &["泰铢"], &["THB", "baht"]),
    money("rand", "ZAR", &["兰特"], &["ZAR", "rand"]),
    money("reais", "BRL", &["雷亚尔"], &["R$", "BRL", "reai", "real"]),
    money("pesos", "MXN", &["比索"], &["MXN", "peso"]),
    money("lira", "TRY", &["里拉"], &["TRY", "lira", "lire"]),
    money("dirhams", "AED", &["迪拉姆"], &["AED", "dirham"]),
    money("riyals", "SAR", &["里亚尔"], &["SAR", "riyal"]),
    // length, in metres
    u("m", D::Length, (1, 1), &["公尺", "米"], &["m", "metre", "meter"]),
    u("km", D::Length, (1000, 1), &["公里", "千米"], &["km", "kilometre", "kilometer", "kms", "kilo metre"]),
    u("cm", D::Length, (1, 100), &["厘米", "公分"], &["cm", "centimetre", "centimeter"]),
    u("dm", D::Length, (1, 10), &["分米"], &["dm", "decimetre", "decimeter"]),
    u("mm", D::Length, (1, 1000), &["毫米"], &["mm", "millimetre", "millimeter"]),
    u("µm", D::Length, (1, 1_000_000), &["微米"], &["µm", "μm", "micron", "micrometre", "micrometer"]),
    u("nm", D::Length, (1, 1_000_000_000), &["纳米"], &["nm", "nanometre", "nanometer"]),
    u("in", D::Length, (127, 5000), &["英寸"], &["in", "inch", "″"]),
    u("ft", D::Length, (381, 1250), &["英尺", "英呎"], &["ft", "foot", "feet", "′"]),
    u("yd", D::Length, (1143, 1250), &["码"], &["yd", "yard"]),
    u("mi", D::Length, (201_168, 125), &["英里", "英哩"], &["mi", "mile"]),
    u("nmi", D::Length, (1852, 1), &["海里", "浬"], &["nautical mile", "nmi"]),
    u("li", D::Length, (500, 1), &["华里", "里"], &["li"]),
    u("zhang", D::Length, (10, 3), &["丈"], &["zhang"]),
    u("chi", D::Length, (1, 3), &["市尺", "尺"], &["chi"]),
    u("cun", D::Length, (1, 30), &["市寸", "寸"], &["cun"]),
    u("light years", D::Astronomical, (1, 1), &["光年"], &["light year", "light-year", "ly"]),
    // area, in square metres
    u("m²", D::Area, (1, 1), &["平方米", "平米", "㎡"], &["square metre", "square meter", "m2", "m²", "sq m", "sqm", "sq meter", "sq metre"]),
    u("km²", D::Area, (1_000_000, 1), &["平方公里", "平方千米"], &["square kilometre", "square kilometer", "km2", "km²", "sq km"]),
    u("cm²", D::Area, (1, 10_000), &["平方厘米"], &["square centimetre", "square centimeter", "cm2", "cm²"]),
    u("ha", D::Area, (10_000, 1), &["公顷"], &["hectare", "ha"]),
    u("mu", D::Area, (2000, 3), &["亩"], &["mu"]),
    u("acres", D::Area, (316_160_658, 78_125), &["英亩"], &["acre"]),
    u("sq mi", D::Area, (40_468_564_224, 15_625), &["平方英里"], &["square mile", "sq mi", "sq. mi"]),
    u("sq ft", D::Area, (145_161, 1_562_500), &["平方英尺", "平方呎"], &["square foot", "square feet", "sq ft", "sq. ft"]),
    // volume, in litres
    u("L", D::Volume, (1, 1), &["公升", "升"], &["L", "l", "litre", "liter"]),
    u("mL", D::Volume, (1, 1000), &["毫升"], &["ml", "mL", "millilitre", "milliliter"]),
    u("µL", D::Volume, (1, 1_000_000), &["微升"], &["µL", "µl", "μl", "microlitre", "microliter"]),
    u("m³", D::Volume, (1000, 1), &["立方米"], &["cubic metre", "cubic meter", "m3", "m³"]),
    u("km³", D::Volume, (1_000_000_000_000, 1), &["立方公里", "立方千米"], &["cubic kilometre", "cubic kilometer", "km3", "km³"]),
    u("cm³", D::Volume, (1, 1000), &["立方厘米"], &["cubic centimetre", "cubic centimeter", "cm3", "cm³"]),
    u("cu ft", D::Volume, (55_306_341, 1_953_125), &["立方英尺"], &["cubic foot", "cubic feet", "cu ft"]),
    u("gallons", D::Volume, (473_176_473, 125_000_000), &["加仑"], &["gallon", "gal"]),
    u("barrels", D::Volume, (9_936_705_933, 62_500_000), &["桶"], &["barrel", "bbl"]),
    // mass, in grams
    u("g", D::Mass, (1, 1), &["克"], &["g", "gram", "gramme"]),
    u("kg", D::Mass, (1000, 1), &["公斤", "千克"], &["kg", "kilogram", "kilo", "kilogramme"]),
    u("mg", D::Mass, (1, 1000), &["毫克"], &["mg", "milligram"]),
    u("µg", D::Mass, (1, 1_000_000), &["微克"], &["µg", "μg", "microgram"]),
    u("t", D::Mass, (1_000_000, 1), &["公吨", "吨"], &["t", "tonne", "ton", "metric ton"]),
    u("megatonnes", D::Mass, (1_000_000_000_000, 1), &["兆吨"], &["megaton", "megatonne", "million tonne"]),
    u("gigatonnes", D::Mass, (1_000_000_000_000_000, 1), &[], &["gigaton", "gigatonne"]),
    u("jin", D::Mass, (500, 1), &["市斤", "斤"], &["jin", "catty", "cattie"]),
    u("liang", D::Mass, (50, 1), &["市两"], &["liang", "tael"]),
    u("lb", D::Mass, (45_359_237, 100_000), &["磅"], &["lb", "lbs", "pound"]),
    u("oz", D::Mass, (45_359_237, 1_600_000), &["盎司"], &["oz", "ounce"]),
    u("carats", D::Mass, (1, 5), &["克拉"], &["carat"]),
    // temperature, in kelvins
    degrees("°C", (1, 1), (5463, 20), &["摄氏度", "°C", "℃", "°c"], &["°C", "℃", "degree celsius", "degrees celsius", "degrees centigrade", "degree centigrade", "celsius", "centigrade", "ºC", "°c", "degree c", "degrees c"]),
    degrees("°F", (5, 9), (45_967, 100), &["华氏度", "°F", "℉"], &["°F", "℉", "degree fahrenheit", "degrees fahrenheit", "fahrenheit", "ºF", "degree f", "degrees f"]),
    degrees("K", (1, 1), (0, 1), &["开尔文", "开"], &["K", "kelvin"]),
    u("°", D::Angle, (1, 1), &["°", "度"], &["°", "degree"]),
    // speed, in metres per second
    u("km/h", D::Speed, (5, 18), &["公里/小时", "公里每小时", "千米/小时", "千米每小时"], &["km/h", "kph", "kmh", "kilometres per hour", "kilometers per hour", "kilometre per hour", "kilometer per hour", "kilometres an hour", "kilometers an hour"]),
    u("m/s", D::Speed, (1, 1), &["米/秒", "米每秒"], &["m/s", "metres per second", "meters per second", "metre per second", "meter per second"]),
    u("mph", D::Speed, (1397, 3125), &["英里/小时", "英里每小时", "英里/时"], &["mph", "miles per hour", "mile per hour", "miles an hour"]),
    u("knots", D::Speed, (463, 900), &["节"], &["knot"]),
    // power, energy, physics
    u("W", D::Power, (1, 1), &["瓦特", "瓦"], &["W", "watt"]),
    u("kW", D::Power, (1000, 1), &["千瓦"], &["kW", "kw", "kilowatt"]),
    u("MW", D::Power, (1_000_000, 1), &["兆瓦"], &["MW", "megawatt"]),
    u("GW", D::Power, (1_000_000_000, 1), &["吉瓦"], &["GW", "gigawatt"]),
    u("hp", D::Power, (746, 1), &["马力"], &["hp", "horsepower"]),
    u("kWh", D::Energy, (1, 1), &["千瓦时", "千瓦小时", "度电"], &["kWh", "kwh", "kilowatt hour", "kilowatt-hour"]),
    u("MWh", D::Energy, (1000, 1), &["兆瓦时"], &["MWh", "megawatt hour", "megawatt-hour"]),
    u("GWh", D::Energy, (1_000_000, 1), &["吉瓦时"], &["GWh", "gigawatt hour", "gigawatt-hour"]),
    u("TWh", D::Energy, (1_000_000_000, 1), &["太瓦时"], &["TWh", "terawatt hour", "terawatt-hour"]),
    u("eV", D::ParticleEnergy, (1, 1), &["电子伏特", "电子伏", "eV"], &["eV", "electronvolt", "electron volt"]),
    u("keV", D::ParticleEnergy, (1000, 1), &["千电子伏", "keV"], &["keV", "kiloelectronvolt"]),
    u("MeV", D::ParticleEnergy, (1_000_000, 1), &["兆电子伏", "MeV"], &["MeV", "megaelectronvolt"]),
    u("GeV", D::ParticleEnergy, (1_000_000_000, 1), &["吉电子伏", "GeV"], &["GeV", "gigaelectronvolt"]),
    u("TeV", D::ParticleEnergy, (1_000_000_000_000, 1), &["太电子伏", "TeV"], &["TeV", "teraelectronvolt"]),
    u("Hz", D::Frequency, (1, 1), &["赫兹", "赫", "Hz"], &["Hz", "hertz"]),
    u("kHz", D::Frequency, (1000, 1), &["千赫兹", "千赫", "kHz"], &["kHz", "kilohertz"]),
    u("MHz", D::Frequency, (1_000_000, 1), &["兆赫兹", "兆赫", "MHz"], &["MHz", "megahertz"]),
    u("GHz", D::Frequency, (1_000_000_000, 1), &["吉赫兹", "吉赫", "千兆赫", "GHz"], &["GHz", "gigahertz"]),
    u("V", D::Voltage, (1, 1), &["伏特", "伏"], &["V", "volt"]),
    u("kV", D::Voltage, (1000, 1), &["千伏"], &["kV", "kilovolt"]),
    u("T", D::MagneticField, (1, 1), &["特斯拉"], &["T", "tesla"]),
    u("gauss", D::MagneticField, (1, 10_000), &["高斯"], &["gauss"]),
    u("Pa", D::Pressure, (1, 1), &["帕斯卡", "帕"], &["Pa", "pascal"]),
    u("MPa", D::Pressure, (1_000_000, 1), &["兆帕"], &["MPa", "megapascal"]),
    u("hPa", D::Pressure, (100, 1), &["百帕"], &["hPa", "hectopascal"]),
    u("kPa", D::Pressure, (1000, 1), &["千帕"], &["kPa", "kilopascal"]),
    u("bytes", D::Data, (1, 1), &["字节"], &["byte", "B"]),
    u("KB", D::Data, (1000, 1), &["KB", "千字节"], &["KB", "kB", "kilobyte"]),
    u("MB", D::Data, (1_000_000, 1), &["MB", "兆字节"], &["MB", "megabyte"]),
    u("GB", D::Data, (1_000_000_000, 1), &["GB", "吉字节"], &["GB", "gigabyte"]),
    u("TB", D::Data, (1_000_000_000_000, 1), &["TB", "太字节"], &["TB", "terabyte"]),
];

/// Reigns and eras by which years are counted, with their first years: the Republic of China, the Qing, and Japan since 1868.
pub const REIGNS: &[(&str, i32)] = &[
    ("民国", 1912),
    ("顺治", 1644),
    ("康熙", 1662),
    ("雍正", 1723),
    ("乾隆", 1736),
    ("嘉庆", 1796),
    ("道光", 1821),
    ("咸丰", 1851),
    ("同治", 1862),
    ("光绪", 1875),
    ("宣统", 1909),
    ("明治", 1868),
    ("大正", 1912),
    ("昭和", 1926),
    ("平成", 1989),
    ("令和", 2019),
];

/// Whether `c` is a measure word that marks a numeral before it as a count of things.
pub fn is_classifier(c: char) -> bool {
    static SET: LazyLock<HanSet> = LazyLock::new(|| CLASSIFIERS.chars().collect());
    SET.has(c)
}

/// Measure words that mark a numeral before them as a count of things.
const CLASSIFIERS: &str = "个人名位项家座次条件种类组台辆艘架只头匹张份所届级层倍场部本册页篇首句字批套款支枚颗棵株根把国省市县区乡镇村方大所处点户对双\
     例起宗桩笔轮期代阶步环节门间幢栋幅道圈局回遍趟番票岁口员排队军师团营连班男女子兄姐弟妹";

/// Chinese expressions with a numeral that are not numbers, as they stand in running text. Only those are listed that the
/// grammar of numerals would otherwise take for one.
#[rustfmt::skip]
pub static NOT_NUMBERS: &[&str] = &[
    "非零", "万一", "万万", "千万不", "千万别", "千万要", "千万勿", "千万莫", "万分", "万能", "万物", "万岁", "万象", "万民", "万众", "万里长城",
    "一些", "一般", "一样", "一定", "一直", "一起", "一切", "一旦", "一律", "一致", "一向", "一再", "一味", "一概", "一并", "一道",
    "一面", "一体", "一贯", "一流", "一手", "一时", "一度", "一带一路", "一带", "一五一十", "一心", "一言", "一路", "一员", "一线",
    "一天到晚", "一点", "一下", "一番", "一系列", "一方面", "一会儿", "一代", "一边", "一行", "一举", "一同", "一共", "一经", "一来",
    "一级方程式", "一窍", "一丝", "一团", "一口气", "一开始",
    "三农", "三峡", "三亚", "三明", "三明治", "三星", "三军", "三思", "三角", "三江", "三文鱼", "三菱", "三联", "三维", "三番五次", "三三两两", "三心二意",
    "再三", "四川", "四周", "四面", "四处", "四方", "四季", "四肢", "四大皆空", "五花八门", "五金", "五官", "五彩", "五台山", "五粮液", "五味",
    "六安", "六一儿童节", "七上八下", "七夕", "八卦", "八宝", "八仙", "八一", "九牛", "九寨沟", "九江", "九龙", "十分", "十足", "十字", "十堰", "十全十美",
    "百姓", "百货", "百科", "百度", "百年变局", "百年大计", "百年未有", "百合", "百般", "百思", "百家", "百花", "百万富翁", "百慕大", "百老汇", "百事", "百里挑一", "百分百",
    "千方百计", "千家万户", "千军万马", "千变万化", "千篇一律", "千禧", "千古", "千秋", "千里马", "千丝万缕", "千载", "成千上万", "千千万万", "万水千山", "万无一失", "万事",
    "二十国集团", "七国集团", "八国集团", "十国集团", "七十七国集团", "五眼联盟", "四方机制",
    "两会", "两岸", "两极", "两性", "两难", "两栖", "两旁", "两侧", "两面", "两弹一星", "两个一百年",
    "二进制", "八进制", "十进制", "十六进制", "二叉树", "三角形", "四边形", "六边形", "十字架",
    "二维码", "二战", "一战", "二手", "二氧化", "一氧化", "三氧化", "二胡", "二话", "二元", "二甲", "三国演义", "四书", "五经", "五一", "五四运动", "六四", "九一八",
    "半导体", "半岛", "半路", "半球", "半夜", "半空", "半途", "半信半疑", "半决赛", "半自动", "半衰期", "零售", "零件", "零星", "零食", "零碎", "零部件", "零散",
    "万圣节", "万达", "万科", "万豪", "万维网", "万花筒", "万神殿", "万寿", "万国", "万隆", "万象", "万宝路", "万安",
    "陆续", "伍德", "壹", "双十一", "六合彩", "七里", "三里屯", "八达岭", "九寨", "十月革命", "百团大战", "三湾", "四行", "一二·九",
    "百日咳", "百叶", "三叶", "四分五裂", "五脏", "六神", "七嘴八舌", "乱七八糟", "九死一生", "十之八九", "八成会", "一成不变", "千瓦", "百威", "千差万别",
    "十万八千里", "七十二变", "三十六计", "三百六十行", "三百六十五行", "二百五", "八千里路云和月", "大年三十", "年三十", "五十步笑百步", "二十四孝",
    "二十四节气", "十二生肖", "十八般武艺", "十八般兵器", "十八层地狱", "十八罗汉", "七老八十", "三十而立", "四十不惑", "五十知天命", "六十花甲", "六十甲子",
    "七十古来稀", "一百单八将", "一百零八将", "十万个为什么", "十万火急", "十万大山", "十万天兵", "百八十", "三天两头", "三天打鱼", "两天晒网", "三年五载", "十年八年",
    "十年八载", "三年两载", "十年树木", "百年树人", "十年寒窗", "寒窗十年", "十年如一日", "十年磨一剑", "一千零一夜", "六月飞雪", "九九八十一", "七七四十九", "三七二十一",
    "七成新", "八成新", "九成新", "五成熟", "七成熟", "八成熟",
    "三权", "三位一体", "四海", "一国两制", "两国论", "三伏", "三轮车", "三脚", "四轮", "二级市场", "一级市场", "三重奏", "四重奏", "三明", "万物互联", "百善", "百年老店",
];
