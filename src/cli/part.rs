//! The arguments of `bilint check` and `bilint review` that name a part of the texts.

use std::ops::RangeInclusive;

use crate::run::PartSettings;

/// Named by each argument: a heading for the struct would also cover the arguments that follow it in others.
const PART: &str = "Part of a text";

/// What to report on. The texts are aligned and compared as a whole.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    /// Report only on the sections with this text in their heading, in either language. May be repeated. Like the other parts, it
    /// names what is shown; the text is aligned as a whole.
    #[arg(long, value_name = "HEADING", help_heading = PART)]
    section: Vec<String>,

    /// Report only on these lines, as places show them, such as `20-40` or `20-`: paragraphs of a Word document, rows of a workbook.
    /// Of a text in two files, the lines of the Chinese one.
    #[arg(long, visible_alias = "paragraphs", value_name = "RANGES", value_delimiter = ',', value_parser = parse_range, help_heading = PART)]
    lines: Vec<RangeInclusive<usize>>,

    /// Report only on these pages of a Word document, or slides of a presentation.
    #[arg(long, visible_alias = "slides", value_name = "RANGES", value_delimiter = ',', value_parser = parse_range, help_heading = PART)]
    pages: Vec<RangeInclusive<usize>>,
}

impl Args {
    /// The part that the arguments name.
    pub fn settings(&self) -> PartSettings {
        PartSettings {
            sections: self.section.clone(),
            lines: self.lines.clone(),
            pages: self.pages.clone(),
        }
    }
}

/// Parses `12`, `12-20` or `12-`, also with an en dash.
fn parse_range(text: &str) -> Result<RangeInclusive<usize>, String> {
    let invalid = || format!("“{text}” is no range; write `12`, `12-20` or `12-`");
    let number = |text: &str| text.trim().parse::<usize>().ok().filter(|n| *n > 0).ok_or_else(invalid);
    let (first, last) = match text.split_once(['-', '–']) {
        Some((first, "")) => (number(first)?, usize::MAX),
        Some((first, last)) => (number(first)?, number(last)?),
        None => (number(text)?, number(text)?),
    };
    if first > last {
        return Err(invalid());
    }
    Ok(first..=last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_count_from_one_and_go_up() {
        assert_eq!(parse_range("12"), Ok(12..=12));
        assert_eq!(parse_range("12–20"), Ok(12..=20));
        assert_eq!(parse_range("12-"), Ok(12..=usize::MAX));
        for text in ["0", "20-12", "-12", "a", "", "1-2-3"] {
            assert!(parse_range(text).is_err(), "{text}");
        }
    }
}
