//! What fits into one run of SARIF: GitHub takes at most 25,000 results, and files of at most 10 MB when compressed.
//!
//! <https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>

use std::cmp::Reverse;

use super::count;
use crate::finding::Finding;
use crate::run::RunReport;

/// Most results of a run.
const MOST_RESULTS: usize = 25_000;
/// Most bytes of the results by [`size`]: the rest is for the rules.
const MOST_BYTES: usize = 9_500_000;

/// The findings that fit, the most severe first to be kept, in the order of the report; and how many are left out.
pub fn select(report: &RunReport) -> (Vec<&Finding>, usize) {
    select_up_to(report, MOST_RESULTS, MOST_BYTES)
}

fn select_up_to(report: &RunReport, results: usize, bytes: usize) -> (Vec<&Finding>, usize) {
    let mut order: Vec<usize> = (0..report.findings.len()).collect();
    order.sort_by_key(|&i| Reverse(report.findings[i].severity));
    let mut total = 0;
    let fits = |&i: &usize| {
        total += size(&report.findings[i]);
        total <= bytes
    };
    let mut kept: Vec<usize> = order.into_iter().take(results).take_while(fits).collect();
    kept.sort_unstable();
    let left_out = report.findings.len() - kept.len();
    (kept.into_iter().map(|i| &report.findings[i]).collect(), left_out)
}

/// At most how many bytes a finding takes in a compressed file: half of its texts, and the names and numbers around them.
/// Of 24,000 findings with texts of random characters, which are 62 MB of JSON, gzip makes 112 bytes each, texts included.
fn size(finding: &Finding) -> usize {
    const AROUND: usize = 100;
    const FIX: usize = 50;
    let texts = [
        Some(finding.message.as_str()),
        finding.why.as_deref(),
        finding.help.as_deref(),
    ];
    let labels = [&finding.zh, &finding.en].into_iter().flatten();
    let fixes = finding.fixes.iter().map(|f| f.replacement.len() + f.title.len());
    let text = texts.into_iter().flatten().map(str::len).sum::<usize>()
        + labels.map(|l| l.text.len()).sum::<usize>()
        + fixes.sum::<usize>();
    AROUND + FIX * finding.fixes.len() + text / 2
}

/// What a report leaves out, for people; `None` if nothing is.
pub fn describe_left_out(report: &RunReport) -> Option<String> {
    let (kept, left_out) = select(report);
    (left_out > 0).then(|| {
        format!(
            "leaves out {} of {}: GitHub takes at most 25,000 results and 10 MB a run; the most severe are kept",
            left_out,
            count(kept.len() + left_out, "finding")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::finding::testing::finding;
    use crate::output::testing::{emitted, report_of};

    #[test]
    fn the_most_severe_findings_are_kept() {
        let mut note = finding();
        note.severity = Severity::Note;
        let report = report_of(vec![note.clone(), finding(), note, finding()]);
        let (kept, left_out) = select_up_to(&report, 3, MOST_BYTES);
        assert_eq!((kept.len(), left_out), (3, 1));
        assert_eq!(kept.iter().filter(|f| f.severity == Severity::Error).count(), 2);
        let (kept, left_out) = select_up_to(&report, 3, size(&report.findings[0]));
        assert_eq!((kept.len(), left_out), (1, 3));
        assert_eq!(kept[0].severity, Severity::Error);
        assert_eq!(describe_left_out(&report), None);
    }

    #[test]
    fn a_run_has_no_more_results_than_github_takes_and_says_so() {
        let report = report_of(vec![finding(); MOST_RESULTS + 2]);
        let log: serde_json::Value = serde_json::from_str(&emitted(&super::super::Sarif, &report)).unwrap();
        let run = &log["runs"][0];
        assert_eq!(run["results"].as_array().unwrap().len(), MOST_RESULTS);
        assert_eq!(run["properties"]["leftOut"], 2);
        let said = &run["invocations"][0]["toolExecutionNotifications"][0];
        assert_eq!(said["level"], "warning");
        let text = said["message"]["text"].as_str().unwrap();
        assert!(text.starts_with("leaves out 2 of 25002 findings"), "{text}");
    }
}
