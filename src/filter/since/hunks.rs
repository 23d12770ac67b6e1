//! Parses the output of `git diff --unified=0`, and finds the lines that a hunk touches.

use super::FileChange;
use crate::finding::Stretch;
use crate::text::unquote_git_path;

/// A change in one place. An empty range, `first == last + 1`, is between two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hunk {
    /// First line of the new text, 1-based.
    first: usize,
    /// Last line of the new text.
    last: usize,
    /// Whether text was removed or replaced.
    removes: bool,
    /// Whether a paragraph was removed, or only empty lines changed: then the texts around it are touched as well.
    reaches_out: bool,
}

/// Whether one of the hunks, which are in order, touches the stretch.
pub fn touches(hunks: &[Hunk], stretch: &Stretch) -> bool {
    let (before, after) = stretch.between;
    let near = hunks.partition_point(|h| h.last < before);
    hunks[near..]
        .iter()
        .take_while(|h| h.first <= after)
        .any(|h| match stretch.lines {
            Some((first, last)) => h.reaches_out || (h.first <= h.last && h.first <= last && h.last >= first),
            None => h.removes,
        })
}

/// The changed files of a diff with prefixes `a/` and `b/`, by path. Deleted files are left out.
pub fn parse(diff: &[u8]) -> Vec<(String, FileChange)> {
    let mut files: Vec<(String, FileChange)> = Vec::new();
    let mut open: Option<Open> = None;
    for line in diff.split(|&b| b == b'\n') {
        if let Some(hunk) = &mut open
            && hunk.take(line)
        {
            continue;
        }
        close(&mut files, &mut open);
        if let Some(name) = line.strip_prefix(b"+++ ") {
            // A name with a space is followed by a tab.
            let name = name.strip_suffix(b"\t").unwrap_or(name);
            // /dev/null is no file; its hunks are dropped at the end.
            files.push((path(name).unwrap_or_default(), FileChange::Lines(Vec::new())));
        } else if let Some(rest) = line.strip_prefix(b"@@ ") {
            open = Open::new(rest);
        } else if let Some(name) = binary(line) {
            files.push((name, FileChange::Whole));
        }
    }
    close(&mut files, &mut open);
    files.retain(|(name, _)| !name.is_empty());
    files
}

fn close(files: &mut [(String, FileChange)], open: &mut Option<Open>) {
    if let (Some(hunk), Some((_, FileChange::Lines(hunks)))) = (open.take(), files.last_mut()) {
        hunks.push(hunk.done());
    }
}

/// A hunk whose lines are being read.
struct Open {
    first: usize,
    count: usize,
    /// Lines of either text that are still to come.
    left: [usize; 2],
    /// Paragraphs of either text: runs of lines that are not empty.
    paragraphs: [usize; 2],
    in_paragraph: [bool; 2],
}

impl Open {
    /// Reads `-3,2 +3 @@ …`.
    fn new(header: &[u8]) -> Option<Self> {
        let mut ranges = header
            .split(|&b| b == b' ')
            .map(|r| std::str::from_utf8(r).unwrap_or_default());
        let mut range = |sign: char| -> Option<(usize, usize)> {
            let range = ranges.next()?.strip_prefix(sign)?;
            let (start, count) = range.split_once(',').unwrap_or((range, "1"));
            Some((start.parse().ok()?, count.parse().ok()?))
        };
        let (_, old) = range('-')?;
        let (start, new) = range('+')?;
        Some(Self {
            // Without new lines git names the line before.
            first: start + usize::from(new == 0),
            count: new,
            left: [old, new],
            paragraphs: [0; 2],
            in_paragraph: [false; 2],
        })
    }

    /// Takes in a line of the hunk; `false` for what is none. A changed line may begin with anything, `+++ ` too, so the
    /// counts of the header decide.
    fn take(&mut self, line: &[u8]) -> bool {
        let side = match line.first() {
            Some(b'-') => 0,
            Some(b'+') => 1,
            // “\ No newline at end of file”
            Some(b'\\') => return true,
            _ => return false,
        };
        let Some(left) = self.left[side].checked_sub(1) else {
            return false;
        };
        self.left[side] = left;
        let text = !line[1..].trim_ascii().is_empty();
        self.paragraphs[side] += usize::from(text && !self.in_paragraph[side]);
        self.in_paragraph[side] = text;
        true
    }

    fn done(self) -> Hunk {
        let [old, new] = self.paragraphs;
        Hunk {
            first: self.first,
            last: self.first + self.count - 1,
            removes: old > 0,
            reaches_out: new == 0 || old > new,
        }
    }
}

/// The path in `Binary files a/x and b/x differ`.
fn binary(line: &[u8]) -> Option<String> {
    let line = std::str::from_utf8(line).ok()?;
    let names = line.strip_prefix("Binary files ")?.strip_suffix(" differ")?;
    let at = names.rfind(" and b/").or_else(|| names.rfind(" and \"b/"))?;
    path(&names.as_bytes()[at + " and ".len()..])
}

/// The path behind `b/`, which git writes in quotation marks and with escapes where it has control characters, quotation
/// marks or backslashes.
fn path(name: &[u8]) -> Option<String> {
    let bytes = if name.starts_with(b"\"") {
        unquote_git_path(name)?
    } else {
        name.to_owned()
    };
    Some(String::from_utf8_lossy(bytes.strip_prefix(b"b/")?).into_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;

    fn hunks(diff: &str) -> Vec<Hunk> {
        let files = parse(format!("--- a/x\n+++ b/x\n{diff}").as_bytes());
        match files.as_slice() {
            [(name, FileChange::Lines(hunks))] if name == "x" => hunks.clone(),
            other => panic!("{other:?}"),
        }
    }

    fn at(lines: Option<(usize, usize)>, between: (usize, usize)) -> Stretch {
        let file = Arc::from("x");
        Stretch { file, lines, between }
    }

    #[test]
    fn names_are_read_however_git_writes_them() {
        let diff = "diff --git a/a b.md b/a b.md\n--- a/a b.md\t\n+++ b/a b.md\t\n@@ -1 +1 @@\n-x\n+y\n\
             --- /dev/null\n+++ b/论文/开放，科学.md\n@@ -0,0 +1,2 @@\n+x\n++++ b/no.md\n\
             --- a/gone.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n\
             --- \"a/a\\\"b\\t\\346\\226\\207.md\"\n+++ \"b/a\\\"b\\t\\346\\226\\207.md\"\n@@ -1 +1 @@\n-x\n+y\n\\ No newline at end of file\n\
             diff --git a/图 1.txt b/图 1.txt\nBinary files a/图 1.txt and b/图 1.txt differ\n";
        let files = parse(diff.as_bytes());
        let names: Vec<_> = files
            .iter()
            .map(|(n, c)| (n.as_str(), *c == FileChange::Whole))
            .collect();
        assert_eq!(
            names,
            [
                ("a b.md", false),
                ("论文/开放，科学.md", false),
                ("a\"b\t文.md", false),
                ("图 1.txt", true)
            ]
        );
    }

    #[test]
    fn changed_lines_touch_what_they_stand_in() {
        let hunks = hunks("@@ -5 +5 @@\n-x\n+y\n@@ -9,0 +10,2 @@ f\n+\n+z\n");
        assert!(touches(&hunks, &at(Some((4, 6)), (2, 8))));
        assert!(touches(&hunks, &at(Some((11, 11)), (9, 13))));
        for untouched in [(3, 4), (6, 9), (12, 12)] {
            assert!(!touches(
                &hunks,
                &at(Some(untouched), (untouched.0 - 1, untouched.1 + 1))
            ));
        }
        // A new paragraph is no matter of the one before it.
        assert!(!touches(&hunks, &at(Some((9, 9)), (7, 11))));
    }

    #[test]
    fn a_dropped_paragraph_touches_the_gap_and_the_texts_around_it() {
        let hunks = hunks("@@ -9,2 +8,0 @@\n-gone\n-\n");
        assert!(touches(&hunks, &at(None, (7, 9))));
        assert!(touches(&hunks, &at(Some((7, 7)), (5, 9))));
        assert!(touches(&hunks, &at(Some((9, 9)), (7, 11))));
        assert!(!touches(&hunks, &at(None, (9, 11))));
        assert!(!touches(&hunks, &at(Some((5, 5)), (3, 7))));
        assert!(!touches(&hunks, &at(Some((11, 11)), (9, usize::MAX))));
    }

    #[test]
    fn a_paragraph_dropped_along_with_a_change_touches_the_gap() {
        let merged = hunks("@@ -3,3 +3 @@\n-gone\n-\n-old\n+new\n");
        assert!(touches(&merged, &at(None, (1, 3))));
        assert!(touches(&merged, &at(Some((1, 1)), (0, 3))));
        // Broken into lines anew: nothing is gone.
        let wrapped = hunks("@@ -3,2 +3 @@\n-one\n-two\n+one two\n");
        assert!(!touches(&wrapped, &at(Some((1, 1)), (0, 3))));
        assert!(touches(&wrapped, &at(Some((3, 3)), (1, 5))));
    }

    #[test]
    fn an_empty_line_that_joins_or_splits_paragraphs_touches_them() {
        let joined = hunks("@@ -2 +1,0 @@\n-\n");
        assert!(touches(&joined, &at(Some((1, 2)), (0, 4))));
        let split = hunks("@@ -1,0 +2 @@\n+\n");
        assert!(touches(&split, &at(Some((1, 1)), (0, 3))));
        assert!(touches(&split, &at(Some((3, 3)), (1, 5))));
        assert!(!touches(&split, &at(None, (1, 3))));
    }

    proptest! {
        #[test]
        fn no_diff_makes_the_reader_panic(lines in prop::collection::vec(prop_oneof![
            "[-+\\\\] ?.{0,4}",
            "@@ -[0-9]{1,2}(,[0-9])? \\+[0-9]{1,2}(,[0-9])? @@.{0,3}",
            Just("+++ b/x".to_owned()),
            "\\+\\+\\+ \"b/[a\\\\0-9]{0,6}\"",
            Just("Binary files a/x and b/x differ".to_owned()),
            ".{0,6}",
        ], 0..12)) {
            let files = parse(lines.join("\n").as_bytes());
            prop_assert!(files.iter().all(|(name, _)| !name.is_empty()));
        }
    }
}
