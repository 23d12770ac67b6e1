//! `bilint explain RULE`: the documentation of a rule.

use std::io::{self, Write};

use colored::{Color, Colorize};

use super::completions::values;
use super::{EXIT_CLEAN, Outcome};
use crate::rules::{self, Fixable, Meta};

/// Arguments of `bilint explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  bilint explain term-omitted")]
pub struct Args {
    /// The rule's id, as `bilint rules` lists it and every finding has it in brackets.
    #[arg(add = values::rule_ids())]
    rule: String,
}

/// There is no such rule.
#[derive(Debug, thiserror::Error)]
#[error("unknown rule `{name}`{}; `bilint rules` lists all", .nearest.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default())]
struct UnknownRule {
    name: String,
    nearest: Option<&'static str>,
}

/// Prints the documentation.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let Some(rule) = rules::find(&args.rule) else {
        let ids = rules::all().iter().map(|r| r.meta().id);
        return Err(Box::new(UnknownRule {
            name: args.rule.clone(),
            nearest: crate::text::nearest(&args.rule, ids),
        }));
    };
    print(rule.meta(), out)?;
    Ok(EXIT_CLEAN)
}

fn print(meta: &Meta, out: &mut dyn Write) -> io::Result<()> {
    let mut about = format!("{}, {}, since {}", meta.group.name(), meta.severity.name(), meta.since);
    if meta.fixable == Fixable::Sometimes {
        about.push_str(", can sometimes be fixed with --fix");
    }
    if !meta.on_by_default {
        about.push_str(", off by default");
    }
    writeln!(out, "{} ({about})\n", meta.id.bold())?;
    render(&meta.markdown(), out)
}

/// Prints the Markdown that rule documentation is written in: headings, fenced examples, paragraphs, lists, `code`.
fn render(docs: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut example: Option<Option<Color>> = None;
    for line in docs.lines() {
        match (line.strip_prefix("```"), example) {
            (Some(_), Some(_)) => example = None,
            (Some(kind), None) => {
                example = Some(match kind {
                    "bilint-wrong" => Some(Color::BrightRed),
                    "bilint-right" => Some(Color::BrightGreen),
                    _ => None,
                });
            }
            (None, Some(Some(color))) => writeln!(out, "  {} {line}", "│".color(color))?,
            (None, Some(None)) => writeln!(out, "    {line}")?,
            (None, None) => {
                if let Some(heading) = line.strip_prefix("## ").or_else(|| line.strip_prefix("# ")) {
                    writeln!(out, "{}", heading.bold().underline())?;
                } else {
                    writeln!(out, "{}", spans(line))?;
                }
            }
        }
    }
    Ok(())
}

/// A line with its `code` in colour. The backticks are kept for readers without colours.
fn spans(line: &str) -> String {
    let mut out = String::new();
    for (i, part) in line.split('`').enumerate() {
        if i % 2 == 1 {
            out.push_str(&format!("`{part}`").cyan().to_string());
        } else {
            out.push_str(part);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders_headings_examples_and_code() {
        colored::control::set_override(false);
        let docs = "One line.\n\n## Example\n```bilint-wrong\nzh: 一\nen: Two\n```\n\nUse `x` instead:\n```bilint-right\nzh: 一\nen: One\n```\n";
        let mut out = Vec::new();
        render(docs, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "One line.\n\nExample\n  │ zh: 一\n  │ en: Two\n\nUse `x` instead:\n  │ zh: 一\n  │ en: One\n"
        );
    }

    #[test]
    fn an_unknown_rule_is_trouble() {
        let args = Args {
            rule: "no-such-rule-at-all".to_owned(),
        };
        let message = run(&args, &mut Vec::new()).unwrap_err().to_string();
        assert!(message.starts_with("unknown rule `no-such-rule-at-all`"), "{message}");
    }
}
