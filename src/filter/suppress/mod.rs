//! Suppression comments in the texts: `<!-- bilint: ignore[rule] reason -->`, or `# bilint: ignore[rule] reason` in tables
//! and PO files.
//!
//! `ignore` covers its line or, alone on its line, the block below (in tables: the record below); `ignore-next-line` the
//! next line, `ignore-file` the file, `ignore-start` … `ignore-end` the lines between. `until 2026-12-31` before the reason
//! sets the last day.

mod directive;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use directive::{Directive, Scope};

use crate::finding::{Finding, Label, Stretch};
use crate::formats::{self, Comments};
use crate::rules::suppressions::{InvalidSuppression, SuppressionExpired, SuppressionWithoutReason, UnusedSuppression};
use crate::rules::{self, Group, Meta, Selection};
use crate::text::date::Date;
use crate::text::{Source, Span, SpanSet};

/// The suppression comments in the sources of a run.
#[derive(Debug, Default)]
pub struct Suppressions {
    /// By file, line and column, so that a source of two documents counts once, and parts of a streamed file may come in
    /// any order.
    directives: BTreeMap<(Arc<str>, usize, usize), Directive>,
}

/// A directive that covers lines, ready to be applied.
struct Cover {
    lines: (usize, usize),
    directive: Directive,
}

/// The comments of one file.
struct OfFile {
    all: Vec<Cover>,
    /// The lines that they cover for each rule or group that they name, as spans that end after the last line.
    lines: HashMap<String, SpanSet>,
    /// The lines of the findings of each such rule or group.
    met: HashMap<String, Vec<usize>>,
}

impl OfFile {
    fn new(covers: Vec<Cover>) -> Self {
        let mut lines: HashMap<String, Vec<Span>> = HashMap::new();
        for cover in &covers {
            let span = Span::new(cover.lines.0, cover.lines.1.saturating_add(1));
            for name in &cover.directive.rules {
                lines.entry(name.clone()).or_default().push(span);
            }
        }
        Self {
            all: covers,
            met: lines.keys().map(|name| (name.clone(), Vec::new())).collect(),
            lines: lines.into_iter().map(|(n, s)| (n, s.into_iter().collect())).collect(),
        }
    }

    /// Whether a comment covers this line for the rule `id`. Remembers that the line has such a finding.
    fn suppresses(&mut self, line: usize, id: &str) -> bool {
        let group = rules::find(id).map(|r| r.meta().group.name());
        let mut covered = false;
        for name in std::iter::once(id).chain(group) {
            let Some(lines) = self.lines.get(name) else { continue };
            covered |= lines.contains(Span::new(line, line + 1));
            if let Some(met) = self.met.get_mut(name) {
                met.push(line);
            }
        }
        covered
    }

    /// The comments that cover no finding.
    fn unused(mut self) -> impl Iterator<Item = Cover> {
        self.met.values_mut().for_each(|lines| lines.sort_unstable());
        self.all.into_iter().filter(move |cover| {
            let (first, last) = cover.lines;
            !cover.directive.rules.iter().any(|name| {
                let met = &self.met[name];
                let next = met.partition_point(|&line| line < first);
                met.get(next).is_some_and(|&line| line <= last)
            })
        })
    }
}

impl Suppressions {
    /// Reads the comments of a source, if its format has any.
    pub fn read(&mut self, source: &Source) {
        if let Some(syntax) = formats::of_source(source).comments() {
            self.read_comments(source, syntax);
        }
    }

    /// Reads the comments of a source that has this kind of comments, whatever its format.
    pub fn read_comments(&mut self, source: &Source, syntax: Comments) {
        for d in directive::read(source, syntax) {
            let key = (d.at.file.clone(), d.at.start.line, d.at.start.column);
            self.directives.insert(key, d);
        }
    }

    /// Removes the suppressed findings, adds findings about the suppressions themselves if their rules are in `selection`,
    /// and returns how many were removed. `today` decides which suppressions have expired.
    ///
    /// A finding is suppressed if any of its labels starts in lines that a comment covers.
    pub fn apply(self, findings: &mut Vec<Finding>, selection: &Selection, today: Date) -> usize {
        let mut about = Vec::new();
        let mut by_file: HashMap<Arc<str>, OfFile> = HashMap::new();
        for (file, directives) in by_files(self.directives) {
            let covers = covers(directives, &mut about, selection, today);
            by_file.insert(file, OfFile::new(covers));
        }
        let before = findings.len();
        findings.retain(|f| {
            let mut suppressed = false;
            for label in [&f.zh, &f.en].into_iter().flatten() {
                if let Some(covers) = by_file.get_mut(&label.file) {
                    suppressed |= covers.suppresses(label.start.line, f.rule);
                }
            }
            !suppressed
        });
        let taken = before - findings.len();
        for cover in by_file.into_values().flat_map(OfFile::unused) {
            let names = &cover.directive.rules;
            if names.iter().any(|n| ran(n, selection)) {
                let message = format!("no finding of “{}” is left to suppress", names.join(", "));
                // With `--since`, a change of the covered lines reports it.
                let covered = Stretch::lines(cover.directive.at.file.clone(), cover.lines.0, cover.lines.1);
                let mut unused = suppression_finding(
                    &UnusedSuppression::META,
                    message,
                    "remove the comment",
                    cover.directive.at,
                );
                unused.about.push(covered);
                about.push(unused);
            }
        }
        about.retain(|f| selection.contains(f.rule));
        findings.append(&mut about);
        taken
    }
}

fn by_files(directives: BTreeMap<(Arc<str>, usize, usize), Directive>) -> Vec<(Arc<str>, Vec<Directive>)> {
    let mut files: Vec<(Arc<str>, Vec<Directive>)> = Vec::new();
    for ((file, ..), d) in directives {
        match files.last_mut() {
            Some((last, of_file)) if *last == file => of_file.push(d),
            _ => files.push((file, vec![d])),
        }
    }
    files
}

/// The lines that the comments of one file cover. Comments that are faulty, expired or without a reason are reported into
/// `about`.
fn covers(directives: Vec<Directive>, about: &mut Vec<Finding>, selection: &Selection, today: Date) -> Vec<Cover> {
    let mut covers = Vec::new();
    // The starts, without those that have met their end, and their places: all of them, and by their rules.
    let mut open: Vec<Option<Directive>> = Vec::new();
    let mut latest = Vec::new();
    let mut by_rules: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
    for d in directives {
        if let Some(fault) = d.fault.clone().or_else(|| unknown_rule(&d.rules)) {
            let help = "write “bilint: ignore[rule] reason”; see `bilint explain invalid-suppression`";
            about.push(suppression_finding(&InvalidSuppression::META, fault, help, d.at));
            continue;
        }
        if d.scope == Scope::End {
            // Without rules it ends the latest start, with rules the latest start with the same rules.
            let places = if d.rules.is_empty() {
                &mut latest
            } else {
                by_rules.entry(d.rules).or_default()
            };
            // A place stays in the other list after its start has met its end.
            if let Some(start) = std::iter::from_fn(|| places.pop()).find_map(|i| open[i].take()) {
                let lines = (start.at.end.line, d.at.start.line);
                covers.push(Cover {
                    lines,
                    directive: start,
                });
            } else {
                let message = "this “ignore-end” has no “ignore-start”";
                about.push(suppression_finding(
                    &InvalidSuppression::META,
                    message,
                    "remove it",
                    d.at,
                ));
            }
            continue;
        }
        if d.reason.is_empty() {
            let message = format!("no reason is given for suppressing “{}”", d.rules.join(", "));
            let help = "add the reason after the brackets";
            about.push(suppression_finding(
                &SuppressionWithoutReason::META,
                message,
                help,
                d.at.clone(),
            ));
        }
        if let Some(until) = d
            .until
            .filter(|u| *u < today && d.rules.iter().any(|n| ran(n, selection)))
        {
            let message = format!("this suppression expired on {until}");
            let help = "fix the text, or extend the date";
            about.push(suppression_finding(&SuppressionExpired::META, message, help, d.at));
            continue;
        }
        match d.scope {
            Scope::Start => {
                latest.push(open.len());
                by_rules.entry(d.rules.clone()).or_default().push(open.len());
                open.push(Some(d));
            }
            Scope::File => covers.push(Cover {
                lines: (0, usize::MAX),
                directive: d,
            }),
            Scope::Lines(first, last) => covers.push(Cover {
                lines: (first, last),
                directive: d,
            }),
            Scope::End => {}
        }
    }
    for start in open.into_iter().flatten() {
        let message = "this “ignore-start” has no “ignore-end”";
        let help = "end it with “bilint: ignore-end”, or write “ignore-file”";
        about.push(suppression_finding(&InvalidSuppression::META, message, help, start.at));
    }
    covers
}

/// What is wrong with the first of these names that is neither a rule nor a group.
pub(super) fn unknown_rule(rules: &[String]) -> Option<String> {
    let unknown = rules.iter().find(|n| rules::find(n).is_none() && group(n).is_none())?;
    let hint = rules::nearest_ids(unknown).map(|n| format!("; did you mean “{n}”?"));
    Some(format!(
        "“{unknown}” is neither a rule nor a group{}",
        hint.unwrap_or_default()
    ))
}

fn group(name: &str) -> Option<Group> {
    Group::ALL.into_iter().find(|g| g.name() == name)
}

/// Whether `name` is the id or the group of the rule `id`.
pub(super) fn names(name: &str, id: &str) -> bool {
    name == id || rules::find(id).is_some_and(|r| r.meta().group.name() == name)
}

/// Whether a rule with the id or group `name` ran.
pub(super) fn ran(name: &str, selection: &Selection) -> bool {
    selection.rules().any(|r| names(name, r.meta().id))
}

/// A finding about a suppression: it points at the comment and belongs to no pair.
pub(super) fn suppression_finding(meta: &'static Meta, message: impl Into<String>, help: &str, at: Label) -> Finding {
    let text_hash = xxhash_rust::xxh3::xxh3_128(at.text.as_bytes());
    let lines = Stretch::lines(Arc::clone(&at.file), at.start.line, at.end.line);
    let mut finding = Finding::new(meta.id, meta.severity, message, at);
    finding.help = Some(help.to_owned().into());
    finding.pair.text_hash = text_hash;
    finding.about.push(lines);
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::testing::{bare, label};
    use crate::formats;
    use crate::text::Side;
    use crate::text::date::parse_date;

    const TODAY: &str = "2026-11-22";

    /// Runs the comments of `text` over one finding of `untranslated` on the first “共同”.
    fn apply(path: &str, text: &str, select: &[&str]) -> (usize, Vec<(&'static str, usize)>) {
        let mut suppressions = Suppressions::default();
        suppressions.read(&formats::source(path, text));
        let mut findings = vec![bare(
            "untranslated",
            "m",
            None,
            Some(label(path, text, Side::En, "共同")),
        )];
        let select: Vec<String> = select.iter().map(|&s| s.to_owned()).collect();
        let selection = Selection::new(&select, &[]).unwrap();
        let taken = suppressions.apply(&mut findings, &selection, parse_date(TODAY).unwrap());
        let left = findings.iter().map(|f| (f.rule, f.primary().start.line)).collect();
        (taken, left)
    }

    #[test]
    fn takes_out_what_a_comment_covers_by_rule_or_group() {
        for text in [
            "<!-- bilint: ignore[untranslated] quoted -->\nWe 共同 go\n",
            "We 共同 go <!-- bilint: ignore[typography] quoted -->\n",
            "<!-- bilint: ignore-file[untranslated] all quoted -->\n\nx\n\nWe 共同 go\n",
            "<!-- bilint: ignore-start[untranslated] quoted -->\n\nWe 共同 go\n\n<!-- bilint: ignore-end -->\n",
            "<!-- bilint: ignore[untranslated] until 2026-11-22 quoted -->\nWe 共同 go\n",
        ] {
            assert_eq!(apply("a.md", text, &[]), (1, vec![]), "{text}");
        }
    }

    #[test]
    fn leaves_what_it_does_not_cover_and_says_that_it_is_unused() {
        let text = "<!-- bilint: ignore[untranslated] quoted -->\nx\n\nWe 共同 go\n";
        assert_eq!(
            apply("a.md", text, &[]),
            (0, vec![("untranslated", 4), ("unused-suppression", 1)])
        );
        // A rule that did not run may well have had its finding.
        assert_eq!(
            apply("a.md", text, &["term-omitted", "unused-suppression"]),
            (0, vec![("untranslated", 4)])
        );
    }

    #[test]
    fn an_end_ends_the_latest_start_that_is_open() {
        let comment = |what: &str| format!("<!-- bilint: {what} -->\n\n");
        let start = |rule: &str| comment(&format!("ignore-start[{rule}] quoted"));
        let text = |before: &str, after: &str| format!("{before}We 共同 go\n\n{after}");
        for (before, after) in [
            (
                start("names") + &start("untranslated"),
                comment("ignore-end") + &comment("ignore-end"),
            ),
            (
                start("untranslated") + &start("names"),
                comment("ignore-end[untranslated]") + &comment("ignore-end"),
            ),
            (
                start("untranslated") + &start("names") + &comment("ignore-end"),
                comment("ignore-end[untranslated]"),
            ),
            (
                start("names") + &comment("ignore-end") + &start("untranslated"),
                comment("ignore-end"),
            ),
        ] {
            assert_eq!(
                apply("a.md", &text(&before, &after), &["untranslated", "invalid-suppression"]),
                (1, vec![])
            );
        }
    }

    #[test]
    fn a_missing_reason_is_reported_but_suppresses() {
        let text = "<!-- bilint: ignore[untranslated] -->\nWe 共同 go\n";
        assert_eq!(apply("a.md", text, &[]), (1, vec![("suppression-without-reason", 1)]));
    }

    #[test]
    fn past_its_date_it_suppresses_no_more() {
        let text = "<!-- bilint: ignore[untranslated] until 2026-11-21 quoted -->\nWe 共同 go\n";
        assert_eq!(
            apply("a.md", text, &[]),
            (0, vec![("untranslated", 2), ("suppression-expired", 1)])
        );
    }

    #[test]
    fn faults_are_reported() {
        for text in [
            "<!-- bilint: ignore[untranslatd] quoted -->\nWe 共同 go\n",
            "<!-- bilint: ignore-end[untranslated] -->\nWe 共同 go\n",
            "<!-- bilint: ignore-start[untranslated] quoted -->\nWe 共同 go\n",
        ] {
            assert_eq!(
                apply("a.md", text, &[]),
                (0, vec![("untranslated", 2), ("invalid-suppression", 1)]),
                "{text}"
            );
        }
    }

    #[test]
    fn the_comment_is_a_line_of_hash_files() {
        let text = "zh\ten\n# bilint: ignore[untranslated] quoted\n甲\tWe 共同 go\n";
        assert_eq!(apply("a.tsv", text, &[]), (1, vec![]));
        let text = "# bilint: ignore[untranslated] quoted\n#: main.c:1\nmsgid \"甲\"\nmsgstr \"\"\n\"We 共同 go\"\n\nmsgid \"乙\"\n";
        assert_eq!(apply("a.po", text, &[]), (1, vec![]));
    }
}
