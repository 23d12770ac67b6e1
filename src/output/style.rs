//! How text for people is laid out: colours, width, and how much is printed.

use colored::{Color, Colorize};

use crate::finding::Severity;

/// How to lay out text for people. The default is what a file gets: 100 columns, no colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to print colours.
    pub color: bool,
    /// Terminal cells per line.
    pub width: usize,
    /// Whether to print the findings only, without the closing summary.
    pub quiet: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            color: false,
            width: Self::DEFAULT_WIDTH,
            quiet: false,
        }
    }
}

impl Style {
    /// Cells per line of a pipe or a file.
    const DEFAULT_WIDTH: usize = 100;
    /// The layout needs this much: the longest `severity[rule]:`, or the gutter and a few words.
    const MIN_WIDTH: usize = 40;
    /// Longer lines are hard to read, however wide the terminal is.
    const MAX_WIDTH: usize = 120;

    /// The style for standard output, whose width is `terminal_width` cells if it is a terminal.
    pub fn new(color: bool, terminal_width: Option<usize>) -> Self {
        let width = terminal_width.unwrap_or(Self::DEFAULT_WIDTH);
        Self {
            color,
            width: width.clamp(Self::MIN_WIDTH, Self::MAX_WIDTH),
            quiet: false,
        }
    }

    /// Text in bold and in the colour of a severity.
    pub(super) fn severity(self, text: &str, severity: Severity) -> String {
        // Yellow and cyan are unreadable on white; these three are readable on white and on black.
        let color = match severity {
            Severity::Error => Color::Red,
            Severity::Warning => Color::Magenta,
            Severity::Note => Color::BrightBlue,
        };
        self.paint(text, |t| t.color(color).bold().to_string())
    }

    /// Gutters and arrows.
    pub(super) fn frame(self, text: &str) -> String {
        self.paint(text, |t| t.dimmed().to_string())
    }

    /// Text in bold.
    pub(super) fn bold(self, text: &str) -> String {
        self.paint(text, |t| t.bold().to_string())
    }

    fn paint(self, text: &str, paint: impl Fn(&str) -> String) -> String {
        if self.color && !text.is_empty() {
            paint(text)
        } else {
            text.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_width_follows_the_terminal_within_limits() {
        assert_eq!(Style::new(false, Some(80)).width, 80);
        assert_eq!(Style::new(false, Some(20)).width, 40);
        assert_eq!(Style::new(false, Some(300)).width, 120);
        assert_eq!(Style::new(false, None), Style::default());
    }
}
