//! The table of units: measures, currencies, percentages, with their names in both languages.

use self::Dimension as D;

/// What a unit measures. Units of one dimension convert into each other; currencies never do, and calendar time
/// (months, years) does not convert into clock time (seconds … weeks).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// Percent, per mille, tenths (成): shares of a whole.
    Share,
    /// Percentage points and basis points.
    Points,
    /// Money of one currency (ISO 4217 code; `$` for a dollar that does not say whose).
    Money(&'static str),
    /// Seconds to weeks.
    Time,
    /// Months to centuries.
    Calendar,
    /// Metres.
    Length,
    /// Square metres.
    Area,
    /// Cubic metres, litres.
    Volume,
    /// Grams.
    Mass,
    /// Degrees; converts with an offset.
    Temperature,
    /// Metres per second.
    Speed,
    /// Watts.
    Power,
    /// Joules, watt-hours.
    Energy,
    /// Bytes.
    Data,
    /// Bits per second.
    DataRate,
    /// Hertz.
    Frequency,
    /// Volts.
    Voltage,
    /// Pascals.
    Pressure,
    /// Electronvolts.
    ParticleEnergy,
    /// Light years.
    Astronomical,
    /// Degrees of arc.
    Angle,
    /// Tesla.
    MagneticField,
}

/// One row of the table of units.
#[derive(Debug)]
pub struct UnitDef {
    /// Symbol or English name, as messages show it after a figure.
    pub symbol: &'static str,
    /// What it measures.
    pub dimension: Dimension,
    /// One of it in the base unit of the dimension, as a fraction.
    pub factor: (i64, i64),
    /// Added to a figure before `factor` is applied; only temperatures have one.
    pub offset: (i64, i64),
    /// Chinese names, as they follow a figure.
    pub zh: &'static [&'static str],
    /// English names and symbols, singular; the plural in -s is understood. All-lower-case ones match in any case.
    pub en: &'static [&'static str],
}

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
    u("ppm", D::Share, (1, 1_000_000), &["ppm"], &["ppm", "part per million", "parts per million"]),
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
    u("years", D::Calendar, (12, 1), &["个年头", "周年", "周岁", "岁", "年", "载"], &["year", "yr", "yrs"]),
    u("decades", D::Calendar, (120, 1), &["个十年"], &["decade"]),
    u("halves of a year", D::Calendar, (6, 1), &[], &[]),
    u("millennia", D::Calendar, (12_000, 1), &["个千年"], &["millennium", "millennia"]),
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
    money("Hong Kong dollars", "HKD", &["港元", "港币"], &["HK$", "HKD", "hong kong dollar", "hk dollar"]),
    money("Canadian dollars", "CAD", &["加元", "加拿大元", "加币"], &["C$", "CA$", "CAD", "canadian dollar"]),
    money("Australian dollars", "AUD", &["澳元", "澳大利亚元", "澳币"], &["A$", "AU$", "AUD", "australian dollar"]),
    money("New Zealand dollars", "NZD", &["新西兰元", "纽元", "新西兰币"], &["NZ$", "NZD", "new zealand dollar"]),
    money("Singapore dollars", "SGD", &["新元", "新加坡元", "新币"], &["S$", "SGD", "singapore dollar"]),
    money("New Taiwan dollars", "TWD", &["新台币", "台币"], &["NT$", "TWD", "new taiwan dollar", "nt dollar"]),
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
    u("km/s", D::Speed, (1000, 1), &["公里/秒", "千米/秒", "公里每秒", "千米每秒"], &["km/s", "kilometres per second", "kilometers per second"]),
    u("m/h", D::Speed, (1, 3600), &["米/小时", "米每小时"], &["m/h", "metres per hour", "meters per hour"]),
    u("mph", D::Speed, (1397, 3125), &["英里/小时", "英里每小时", "英里/时"], &["mph", "miles per hour", "mile per hour", "miles an hour"]),
    u("knots", D::Speed, (463, 900), &["节"], &["knot"]),
    // power, energy, physics
    u("W", D::Power, (1, 1), &["瓦特", "瓦"], &["W", "watt"]),
    u("kW", D::Power, (1000, 1), &["千瓦"], &["kW", "kw", "kilowatt"]),
    u("MW", D::Power, (1_000_000, 1), &["兆瓦"], &["MW", "megawatt"]),
    u("GW", D::Power, (1_000_000_000, 1), &["吉瓦"], &["GW", "gigawatt"]),
    u("TW", D::Power, (1_000_000_000_000, 1), &["太瓦"], &["TW", "terawatt"]),
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
    u("bit/s", D::DataRate, (1, 1), &["比特每秒", "比特/秒"], &["bit/s", "bps"]),
    u("kbit/s", D::DataRate, (1000, 1), &["千比特每秒"], &["kbit/s", "kbps", "Kbps"]),
    u("Mbit/s", D::DataRate, (1_000_000, 1), &["兆比特每秒"], &["Mbit/s", "Mbps"]),
    u("Gbit/s", D::DataRate, (1_000_000_000, 1), &["吉比特每秒"], &["Gbit/s", "Gbps"]),
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

/// The name of a unit that is a syllable of many words as well, and how it is told from these.
#[derive(Debug)]
pub struct Syllable {
    /// The name, one character.
    pub name: &'static str,
    /// The figures that count the unit.
    pub after: CountedBy,
    /// The characters that may follow the unit.
    pub before: Before,
    /// Whether one character such as 三 is enough of a figure before it.
    pub after_one_character: bool,
}

/// The figures that count a unit.
#[derive(Debug, Clone, Copy)]
pub enum CountedBy {
    /// All of them.
    AnyFigure,
    /// Digits, and words from ten on: 三十里, but not 千里 and 这三里有.
    DigitsOrTenAndMore,
    /// Digits only.
    Digits,
}

/// The characters that may follow a unit.
#[derive(Debug, Clone, Copy)]
pub enum Before {
    /// All but those that make another word of it: 员 in 成员.
    AnyBut(&'static str),
    /// The same, where the figure is written in words.
    AnyButAfterWords(&'static str),
    /// A comma, a full stop, a bracket, or the end of the text.
    Pause,
}

/// The units whose names are syllables of other words.
#[rustfmt::skip]
static SYLLABLES: &[Syllable] = {
    use Before as B;
    use CountedBy as C;
    const fn s(name: &'static str, after: CountedBy, before: Before, after_one_character: bool) -> Syllable {
        Syllable { name, after, before, after_one_character }
    }
    &[
        s("成", C::AnyFigure, B::AnyBut("员为立功果本长年熟就分都"), true),
        s("克", C::AnyFigure, B::AnyBut("隆服制里罗"), false),
        s("元", C::AnyFigure, B::AnyBut("素旦首月"), true),
        s("周", C::AnyFigure, B::AnyBut("岁边围末"), true),
        s("里", C::DigitsOrTenAndMore, B::AnyBut("面斯约头边"), false),
        s("开", C::AnyFigure, B::Pause, false),
        s("度", C::AnyFigure, B::AnyButAfterWords("过假数"), false),
        s("米", C::AnyFigure, B::AnyBut("兰勒尔"), true),
        s("年", C::AnyFigure, B::AnyBut("级"), true),
        s("载", C::DigitsOrTenAndMore, B::AnyBut("人客货荷重体波频有明入满运"), false),
        s("角", C::Digits, B::AnyBut("形星度落色楼亭"), true),
        s("毛", C::Digits, B::AnyBut("形星度落色楼亭"), true),
        s("天", C::AnyFigure, B::AnyBut("然空津文"), true),
        s("节", C::AnyFigure, B::AnyBut(""), false),
        s("块", C::AnyFigure, B::AnyBut(""), false),
        s("码", C::AnyFigure, B::AnyBut(""), false),
        s("桶", C::AnyFigure, B::AnyBut(""), false),
        s("夜", C::AnyFigure, B::AnyBut(""), false),
        s("晚", C::AnyFigure, B::AnyBut(""), false),
        s("升", C::AnyFigure, B::AnyBut(""), false),
        s("瓦", C::AnyFigure, B::AnyBut(""), false),
        s("伏", C::AnyFigure, B::AnyBut(""), false),
        s("帕", C::AnyFigure, B::AnyBut(""), false),
        s("赫", C::AnyFigure, B::AnyBut(""), false),
        s("尺", C::AnyFigure, B::AnyBut(""), false),
        s("寸", C::AnyFigure, B::AnyBut(""), false),
        s("丈", C::AnyFigure, B::AnyBut(""), false),
    ]
};

impl Syllable {
    /// The row of a unit name, if it is a syllable of other words.
    pub fn of_name(name: &str) -> Option<&'static Self> {
        SYLLABLES.iter().find(|syllable| syllable.name == name)
    }
}
