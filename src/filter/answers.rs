//! What people answered to the comments of an annotated copy, as decisions.
//!
//! The last answer that begins with one of the words below decides. If none does and the comment is marked as resolved, the
//! last answer is the reason to leave the text as it is; without any answer, the text was dealt with.

use std::sync::LazyLock;

use regex::Regex;

use super::decisions::{About, Correction, Decision, Decisions, Unread, Verdict, not_an_error};
use crate::formats::{Answer, Thread};
use crate::text::date::{Date, parse_date};

/// What answers begin with, in lower case.
const ACCEPTED: [&str; 13] = [
    "accept",
    "accepted",
    "agree",
    "agreed",
    "ok",
    "yes",
    "接受",
    "同意",
    "采纳",
    "同意修改",
    "接受修改",
    "修改",
    "改",
];
/// Somebody corrects the text by hand, or has done so.
const DONE: [&str; 5] = ["done", "fixed", "corrected", "已改", "已修改"];
const NOT_AN_ERROR: [&str; 8] = [
    "not an error",
    "no error",
    "false alarm",
    "误报",
    "不是错误",
    "并非错误",
    "没有错误",
    "无误",
];
const WAIVED: [&str; 8] = ["waive", "waived", "keep", "leave", "保留", "不改", "不修改", "维持原文"];

/// The decisions in the threads of the file `name`.
pub fn decisions(name: &str, threads: Vec<Thread>) -> Decisions {
    let mut decisions = Decisions::default();
    for thread in threads {
        let about = About {
            fingerprint: thread.finding,
            rule: thread.rule,
            file: name.to_owned(),
            line: thread.line,
            message: thread.message,
            pair: String::new(),
        };
        match decide(&thread.answers, thread.is_resolved) {
            Ok((verdict, who)) => decisions.findings.push(Decision {
                about,
                verdict,
                who: who.map(str::to_owned),
            }),
            Err(answer) => decisions.unread.push(Unread {
                about,
                who: answer.who.clone(),
                text: answer.text.clone(),
            }),
        }
    }
    decisions
}

/// What the answers to a comment amount to, and who decided it; the last answer if they decide nothing.
fn decide(answers: &[Answer], is_resolved: bool) -> Result<(Verdict, Option<&str>), &Answer> {
    let decided = answers
        .iter()
        .rev()
        .find_map(|a| Some((verdict(&a.text)?, Some(&*a.who))));
    match (decided, answers.last()) {
        (Some(decided), _) => Ok(decided),
        (None, Some(last)) if is_resolved => Ok((waived(&last.text, str::to_owned).ok_or(last)?, Some(&last.who))),
        (None, Some(last)) => Err(last),
        (None, None) if is_resolved => Ok((by_hand(), None)),
        (None, None) => Ok((Verdict::Open, None)),
    }
}

const fn by_hand() -> Verdict {
    Verdict::Accepted {
        fix: Correction::ByHand,
    }
}

/// What an answer decides, if it begins with one of the words.
fn verdict(answer: &str) -> Option<Verdict> {
    let answer = answer.trim();
    if after(answer, &ACCEPTED).is_some() {
        let fix = Correction::AsProposed;
        return Some(Verdict::Accepted { fix });
    }
    if after(answer, &DONE).is_some() {
        return Some(by_hand());
    }
    if let Some(rest) = after(answer, &NOT_AN_ERROR) {
        return waived(rest, not_an_error);
    }
    waived(after(answer, &WAIVED)?, str::to_owned)
        .filter(|v| !matches!(v, Verdict::Waived { reason, .. } if reason.is_empty()))
}

/// What follows the longest of these words, if the answer begins with one.
fn after<'a>(answer: &'a str, words: &[&str]) -> Option<&'a str> {
    let rest = |word: &&str| {
        let begins = answer.get(..word.len())?.eq_ignore_ascii_case(word);
        let rest = &answer[..].get(word.len()..).filter(|_| begins)?;
        (!rest.starts_with(char::is_alphanumeric)).then_some(*rest)
    };
    words.iter().filter_map(rest).min_by_key(|rest| rest.len())
}

/// A waiver with a reason that may end with the last day; `None` for a day that is none.
fn waived(text: &str, reason: impl Fn(&str) -> String) -> Option<Verdict> {
    static LAST_DAY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:\buntil|有效期至|至|到)\s*(\d{4}-\d{1,2}-\d{1,2})\W*$").expect("a pattern")
    });
    let (text, until): (&str, Option<Date>) = match LAST_DAY.captures(text) {
        Some(found) => (&text[..found.get_match().start()], Some(parse_date(&found[1]).ok()?)),
        None => (text, None),
    };
    let is_punctuation =
        |c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '（' | '）' | '“' | '”' | '《' | '》' | '"' | '\'');
    let text = text
        .trim_matches(|c: char| c.is_whitespace())
        .trim_start_matches(is_punctuation);
    let text = text.trim_end_matches([' ', ',', '，', ';', '；']);
    Some(Verdict::Waived {
        reason: reason(text),
        until,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(text: &str) -> Answer {
        Answer {
            who: "Li".to_owned(),
            text: text.to_owned(),
        }
    }

    /// What these answers decide: a word and the reason with the last day.
    fn decided(answers: &[&str], is_resolved: bool) -> String {
        let answers: Vec<Answer> = answers.iter().map(|text| answer(text)).collect();
        match decide(&answers, is_resolved) {
            Ok((Verdict::Open, _)) => "open".to_owned(),
            Ok((Verdict::Accepted { fix }, _)) => match fix {
                Correction::ByHand => "done".to_owned(),
                fix => format!("{fix:?}"),
            },
            Ok((Verdict::Waived { reason, until }, _)) => {
                let until = until.map(|day| format!(" until {day}")).unwrap_or_default();
                format!("waived {reason}{until}")
            }
            Err(answer) => format!("? {}", answer.text),
        }
    }

    #[test]
    fn the_first_words_of_an_answer_decide() {
        for (text, expected) in [
            ("OK", "AsProposed"),
            ("Accepted, will be changed.", "AsProposed"),
            ("同意，已改。", "AsProposed"),
            ("Done.", "done"),
            ("已修改", "done"),
            ("Waive: the organizers' name", "waived the organizers' name"),
            ("保留：原文如此", "waived 原文如此"),
            (
                "keep, see the treaty, until 2027-03-01.",
                "waived see the treaty until 2027-03-01",
            ),
            ("误报", "waived not an error"),
            (
                "Not an error: counted since 1999",
                "waived not an error: counted since 1999",
            ),
            ("“保留” (see above)", "? “保留” (see above)"),
            ("Okinawa is meant", "? Okinawa is meant"),
            ("改革开放以来都这样写", "? 改革开放以来都这样写"),
            ("Is this right?", "? Is this right?"),
        ] {
            assert_eq!(decided(&[text], false), expected, "{text}");
        }
    }

    #[test]
    fn a_waiver_needs_a_reason_and_a_possible_day() {
        assert_eq!(decided(&["keep"], false), "? keep");
        assert_eq!(
            decided(&["keep: treaty, until 2027-02-30"], false),
            "? keep: treaty, until 2027-02-30"
        );
        assert_eq!(
            decided(&["keep: treaty, until 2027-02-30"], true),
            "? keep: treaty, until 2027-02-30"
        );
    }

    #[test]
    fn the_last_answer_that_decides_counts() {
        assert_eq!(
            decided(&["OK", "keep: the name of 2012", "Thanks"], false),
            "waived the name of 2012"
        );
    }

    #[test]
    fn a_resolved_comment_needs_no_word() {
        assert_eq!(
            decided(&["This is the name of 2012."], true),
            "waived This is the name of 2012."
        );
        assert_eq!(decided(&[], true), "done");
        assert_eq!(decided(&[], false), "open");
    }
}
