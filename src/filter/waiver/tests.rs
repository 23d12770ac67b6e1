use super::*;
use crate::filter::testing::findings;

fn selection() -> Selection {
    Selection::new(&["all".to_owned()], &[]).unwrap()
}

fn waivers(text: &str) -> Result<Waivers, WaiverError> {
    Waivers::parse(&Source::new("waivers.toml", text))
}

#[test]
fn takes_out_the_finding_and_reports_what_is_wrong_with_waivers() {
    let mut findings = findings();
    let (kept, print) = (findings.len() - 1, findings[0].fingerprint.clone());
    let unused = "0".repeat(32);
    let over = "1".repeat(32);
    let text = format!(
        "[[waiver]]\nfingerprint = \"{print}\"\n\n[[waiver]]\nfingerprint = \"{unused}\"\nreason = \"r\"\nwho = \"W\"\n\n\
         [[waiver]]\nfingerprint = \"{over}\"\nreason = \"r\"\nuntil = \"2020-01-01\"\n"
    );
    let w = waivers(&text).unwrap();
    let taken = w.apply(&mut findings, &selection(), parse_date("2026-11-22").unwrap(), true);
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].finding.fingerprint, print);
    let about: Vec<_> = findings[kept..]
        .iter()
        .map(|f| (f.rule, f.primary().start.line))
        .collect();
    assert_eq!(
        about,
        [
            ("suppression-without-reason", 2),
            ("suppression-expired", 10),
            ("unused-suppression", 5)
        ]
    );
}

#[test]
fn a_waiver_of_a_term_covers_all_its_findings_in_its_files() {
    let waived = |text: &str| {
        let mut findings = findings();
        for finding in &mut findings {
            finding.concept = Some("cmp".into());
        }
        let all = findings.len();
        let day = parse_date("2026-11-22").unwrap();
        let taken = waivers(text)
            .unwrap()
            .apply(&mut findings, &selection(), day, true)
            .len();
        (
            taken == all,
            taken,
            findings.iter().any(|f| f.rule == "unused-suppression"),
        )
    };
    let file = findings()[0].primary().file.to_string();
    assert!(waived("[[waiver]]\nterm = \"cmp\"\nreason = \"r\"\n").0);
    let here = format!("[[waiver]]\nterm = \"cmp\"\nfiles = [\"{file}\"]\nreason = \"r\"\n");
    assert!(waived(&here).1 > 0);
    let elsewhere = "[[waiver]]\nterm = \"cmp\"\nfiles = [\"no/such.md\"]\nreason = \"r\"\n";
    assert_eq!(waived(elsewhere), (false, 0, true));
    assert!(is_path_or_end("a/b.md", "b.md") && !is_path_or_end("a/ab.md", "b.md"));
}

#[test]
fn a_waiver_of_a_key_covers_the_findings_of_its_rules_in_its_files() {
    let waived = |text: &str| {
        let mut findings = findings();
        for finding in &mut findings {
            finding.pair.id = Some("orders.days".into());
        }
        let day = parse_date("2026-11-22").unwrap();
        let taken = waivers(text).unwrap().apply(&mut findings, &selection(), day, true);
        assert_eq!(
            taken.is_empty(),
            findings.iter().any(|f| f.rule == "unused-suppression"),
            "{text}"
        );
        taken.into_iter().map(|w| w.finding.rule).collect::<Vec<_>>()
    };
    let all = findings();
    let (rule, file) = (all[0].rule, all[0].primary().file.to_string());
    let of_rule = all.iter().filter(|f| f.rule == rule).count();
    let waiver = |key: &str, rest: &str| format!("[[waiver]]\nkey = \"{key}\"\nreason = \"r\"\n{rest}");
    let rules = format!("rules = [\"{rule}\"]\n");
    assert_eq!(waived(&waiver("orders.days", &rules)), vec![rule; of_rule]);
    assert!(of_rule < all.len());
    let here = format!("{rules}files = [\"{file}\"]\n");
    assert!(!waived(&waiver("orders.days", &here)).is_empty());
    for elsewhere in [
        waiver("orders", &rules),
        waiver("orders.days", &format!("{rules}files = [\"no/such.json\"]\n")),
        waiver("orders.days", "rules = [\"weekday-mismatch\"]\n"),
    ] {
        assert!(waived(&elsewhere).is_empty(), "{elsewhere}");
    }
}

#[test]
fn a_part_of_the_files_does_not_make_a_waiver_unused() {
    let w = waivers(&format!(
        "[[waiver]]\nfingerprint = \"{}\"\nreason = \"r\"\n",
        "0".repeat(32)
    ))
    .unwrap();
    let mut findings = Vec::new();
    let waived = w.apply(&mut findings, &selection(), parse_date("2026-11-22").unwrap(), false);
    assert!(waived.is_empty() && findings.is_empty());
}

fn new_waiver(digit: char) -> NewWaiver {
    NewWaiver {
        fingerprint: digit.to_string().repeat(32),
        reason: "a “quotation”\nof 2012".to_owned(),
        who: "Li, Wang".to_owned(),
        until: Some(parse_date("2027-01-31").unwrap()),
        comment: "a.md:3:5: a message\nof two lines".to_owned(),
    }
}

#[test]
fn an_added_waiver_is_read_back_and_takes_the_place_of_an_old_one() {
    let old = format!(
        "# Ours.\n[[waiver]]\nfingerprint = \"{}\" # keep\nreason = 'r'\n\n[[waiver]]\nfingerprint = \"{}\"\nreason = 'old'\n",
        "0".repeat(32),
        "A".repeat(32)
    );
    let text = add(&old, &[new_waiver('a'), new_waiver('b')]).unwrap();
    let kept = &old[..old.find("\n[[waiver]]\nfingerprint = \"A").unwrap()];
    assert!(text.starts_with(kept), "{text}");
    assert!(
        text.contains("\n# a.md:3:5: a message of two lines\n[[waiver]]\n"),
        "{text}"
    );
    let read = waivers(&text).unwrap().0;
    assert_eq!(read.len(), 3, "{text}");
    assert_eq!(read[1].reason, new_waiver('a').reason);
    assert_eq!(
        (read[1].who.as_deref(), read[1].until),
        (Some("Li, Wang"), new_waiver('a').until)
    );
}

#[test]
fn waivers_are_added_to_an_empty_file_and_to_an_inline_list() {
    assert_eq!(waivers(&add("", &[new_waiver('a')]).unwrap()).unwrap().0.len(), 1);
    let inline = format!(
        "waiver = [{{ fingerprint = \"{}\", reason = \"r\" }}]\n",
        "0".repeat(32)
    );
    let text = add(&inline, &[new_waiver('a')]).unwrap();
    assert_eq!(waivers(&text).unwrap().0.len(), 2, "{text}");
}

#[test]
fn errors_name_place_and_remedy() {
    let e = waivers("[[waiver]]\nfingerprint = \"12\"\n").unwrap_err().to_string();
    assert_eq!(
        e,
        "waivers.toml:2:15: a fingerprint is 32 hexadecimal digits; copy it from the JSON output"
    );
    let print = "0".repeat(32);
    for (text, what) in [
        (
            format!("[[waiver]]\nfingerprint = \"{print}\"\nuntil = \"soon\"\n"),
            "3:9: “soon” is not a date",
        ),
        (
            format!("[[waiver]]\nfingerprint = \"{print}\"\nraeson = \"x\"\n"),
            "3:1: unknown field `raeson`",
        ),
        (
            format!("[[waiver]]\nfingerprint = \"{print}\"\n[[waiver]]\nfingerprint = \"{print}\"\n"),
            "waived twice",
        ),
        (
            format!("[[waiver]]\nfingerprint = \"{print}\"\nterm = \"x\"\n"),
            "a waiver has a `fingerprint`, a `term`, or a `key` and `rules`",
        ),
        (
            "[[waiver]]\nkey = \"a.b\"\nreason = \"x\"\n".to_owned(),
            "a waiver has a `fingerprint`, a `term`, or a `key` and `rules`",
        ),
        (
            "[[waiver]]\nkey = \"a.b\"\nrules = [\"number-mismach\"]\n".to_owned(),
            "“number-mismach” is neither a rule nor a group; did you mean “number-mismatch”?",
        ),
    ] {
        let e = waivers(&text).unwrap_err().to_string();
        assert!(e.contains(what), "{e}");
    }
}
