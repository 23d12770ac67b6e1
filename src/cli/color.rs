//! Whether to print in colour: decided once, for standard output, for every library that colours.

use std::ffi::OsStr;
use std::io::IsTerminal;

use clap::ValueEnum;

/// What `--color` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless the environment says otherwise.
    #[default]
    Auto,
    /// In colour.
    Always,
    /// Without colour.
    Never,
}

impl ColorChoice {
    /// Decides for this process and sets `colored`, in which `CLICOLOR_FORCE` would override `NO_COLOR`.
    pub fn apply(self) -> bool {
        let color = self.decide(|name| std::env::var_os(name), std::io::stdout().is_terminal());
        colored::control::set_override(color);
        color
    }

    /// An explicit choice wins over the environment; there `NO_COLOR` (see no-color.org: present and not empty) wins
    /// over `FORCE_COLOR` and `CLICOLOR_FORCE` (not empty, not `0`), which win over `CLICOLOR=0` and over what standard
    /// output is.
    fn decide<S: AsRef<OsStr>>(self, env: impl Fn(&str) -> Option<S>, terminal: bool) -> bool {
        let set = |name: &str| env(name).filter(|v| !v.as_ref().is_empty());
        let is = |name: &str, value: &str| set(name).is_some_and(|v| v.as_ref() == value);
        let is_forced = |name: &str| set(name).is_some() && !is(name, "0");
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if set("NO_COLOR").is_some() => false,
            Self::Auto if is_forced("FORCE_COLOR") || is_forced("CLICOLOR_FORCE") => true,
            Self::Auto => terminal && !is("CLICOLOR", "0") && !is("TERM", "dumb"),
        }
    }
}

/// Cells per line of standard output, if it is a terminal.
pub fn terminal_width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(std::io::stdout())?;
    Some(usize::from(width.0))
}

#[cfg(test)]
mod tests {
    use super::ColorChoice::{self, Always, Auto, Never};

    fn decide(choice: ColorChoice, env: &[(&str, &'static str)], terminal: bool) -> bool {
        choice.decide(|name| env.iter().find(|(k, _)| *k == name).map(|&(_, v)| v), terminal)
    }

    #[test]
    fn no_color_wins_over_clicolor_force_and_an_option_over_both() {
        let both = [("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")];
        assert!(!decide(Auto, &both, true));
        assert!(!decide(Auto, &[("NO_COLOR", "1"), ("FORCE_COLOR", "1")], true));
        assert!(decide(Always, &both, false));
        assert!(!decide(Never, &[("CLICOLOR_FORCE", "1")], true));
    }

    #[test]
    fn auto_follows_the_environment_then_the_terminal() {
        assert!(decide(Auto, &[("CLICOLOR_FORCE", "1")], false));
        assert!(!decide(Auto, &[("CLICOLOR_FORCE", "0")], false));
        assert!(decide(Auto, &[("FORCE_COLOR", "1"), ("CLICOLOR", "0")], false));
        assert!(!decide(Auto, &[("FORCE_COLOR", "0")], false));
        assert!(!decide(Auto, &[("CLICOLOR", "0")], true));
        assert!(decide(Auto, &[("CLICOLOR", "1")], true));
        assert!(decide(Auto, &[("NO_COLOR", "")], true));
        assert!(!decide(Auto, &[("TERM", "dumb")], true));
        assert!(!decide(Auto, &[], false));
    }
}
