use super::parse_en;
use crate::language::quantity::{Hedge, Kind};

/// Every quantity of `text` as `kind value`.
fn read(text: &str) -> Vec<String> {
    parse_en(text)
        .iter()
        .map(|q| format!("{:?} {}", q.kind, q.display_value()))
        .collect()
}

#[test]
fn reads_every_form() {
    for (text, expected) in [
        ("twenty-one people", "Cardinal 21"),
        ("one hundred and twenty people", "Cardinal 120"),
        ("a dozen eggs", "Cardinal 12"),
        ("half a million people", "Cardinal 500,000"),
        ("the 19th summit", "Ordinal No. 19"),
        ("the nineteenth summit", "Ordinal No. 19"),
        ("the twenty-first summit", "Ordinal No. 21"),
        ("the six hundredth page", "Ordinal No. 600"),
        ("the six hundred and first page", "Ordinal No. 601"),
        ("1.4 billion people", "Cardinal 1,400,000,000"),
        ("£1.4bn", "Money 1,400,000,000 pounds sterling"),
        ("$300+ billion", "Money 300,000,000,000 dollars"),
        ("RMB18 billion", "Money 18,000,000,000 yuan"),
        ("US$5m", "Money 5,000,000 US dollars"),
        ("31.11 trillion yuan", "Money 31,110,000,000,000 yuan"),
        ("tens of thousands", "Magnitude 10,000"),
        ("World War II", "Ordinal No. 2"),
        ("in Q3", "Ordinal No. 3"),
        ("the 1990s", "Decade the 1990s"),
        ("the mid-Sixties", "Decade the 60s"),
        ("4.40 am", "Time 04:40"),
        ("at half past two", "Time 02:30"),
        ("a quarter to five", "Time 04:45"),
        ("1/2 cup", "Fraction 0.5"),
        ("half a mile", "Measure 0.5 mi"),
        ("a third of an acre", "Measure 1/3 acres"),
        (
            "a quarter of a percentage point",
            "PercentagePoint 0.25 percentage points",
        ),
        ("at 3:37 p.m.", "Time 15:37"),
        ("two thirds", "Fraction 2/3"),
        ("two third of them", "Fraction 2/3"),
        ("three-quarters", "Fraction 0.75"),
        ("a third of them", "Fraction 1/3"),
        ("Output quadrupled.", "Multiple ×4"),
        ("three times that of last year", "Multiple ×3"),
        ("5.6 percent", "Percent 5.6%"),
        ("68 per cent", "Percent 68%"),
        ("0.5 percentage points", "PercentagePoint 0.5 percentage points"),
        ("25 basis points", "PercentagePoint 25 bp"),
        ("70 per thousand", "Percent 70 ‰"),
        ("November 18, 2024", "Date 2024-11-18"),
        ("18 November 2024", "Date 2024-11-18"),
        ("the 18th of November", "Date November 18"),
        ("in November 2024", "Date 2024-11"),
        ("in 2024", "Date 2024"),
        ("1st March 49 BC", "Date -49-03-01"),
        ("on Friday", "Weekday Friday"),
        ("the 20th century", "Century century 20"),
        ("the 15th Five-Year Plan", "Plan plan No. 15"),
        ("4,410 m above sea level", "Measure 4,410 m"),
        ("a five-hundred-meter dish", "Measure 500 m"),
        ("7,000,000 km2", "Measure 7,000,000 km²"),
        ("98 °F", "Measure 98 °F"),
        ("the 65th minute", "Ordinal No. 65"),
        ("at 0xffd2", "Code 0"),
        ("a year and a half", "Duration 1.5 years"),
        ("two and half hours", "Duration 2.5 hours"),
        ("one-and-a-half years", "Duration 1.5 years"),
        ("over several hours", "Duration several hours"),
        ("COVID-19 patients", "Code 19"),
        ("the 737MAX", "Code 737"),
    ] {
        assert_eq!(read(text), [expected], "{text}");
    }
}

#[test]
fn reads_both_ends_of_a_range() {
    for (text, expected) in [
        ("5 to 8 percent", ["Percent 5%", "Percent 8%"]),
        ("between 5% and 8%", ["Percent 5%", "Percent 8%"]),
        ("30 to 50 thousand", ["Cardinal 30,000", "Cardinal 50,000"]),
        ("February 12–March 28, 2020", ["Date 2020-02-12", "Date 2020-03-28"]),
        ("12–14 March", ["Date March 12", "Date March 14"]),
        ("2015–16", ["Date 2015", "Date 2016"]),
        ("three to six weeks", ["Duration 3 weeks", "Duration 6 weeks"]),
        (
            "three million and five million",
            ["Cardinal 3,000,000", "Cardinal 5,000,000"],
        ),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn knows_what_is_not_a_number() {
    for text in [
        "They may march on.",
        "in his own words",
        "24/7",
        "see https://example.com/2019/a1.pdf",
        "Jan Gelfand said",
        "version 1.2.3",
        "1. General",
        "coronavirus disease 2019",
        "the won game",
        "seconded by",
        "the third-party",
    ] {
        assert!(parse_en(text).iter().all(|q| q.weak), "{text}: {:?}", read(text));
    }
}

#[test]
fn reads_hedges() {
    for (text, hedge) in [
        ("about 400 km", Hedge::About),
        ("nearly three years", Hedge::Nearly),
        ("more than 5 people", Hedge::MoreThan),
        ("at least three days", Hedge::AtLeast),
        ("up to 5 people", Hedge::UpTo),
        ("50 years or more", Hedge::AtLeast),
    ] {
        assert_eq!(parse_en(text)[0].hedge, hedge, "{text}");
    }
}

#[test]
fn spans_cover_figure_and_unit() {
    let text = "worth RMB18 billion today";
    let q = parse_en(text)[0];
    assert_eq!((q.span.of(text), q.figure.of(text)), ("RMB18 billion", "18 billion"));
    assert_eq!(q.kind, Kind::Money);
}

#[test]
fn the_number_of_an_article_is_no_day() {
    assert!(read("Article 18 May 30 of each year").contains(&"Date May 30".to_owned()));
}
