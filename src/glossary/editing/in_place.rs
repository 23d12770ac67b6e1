//! Changing single entries of a file without reading the others, which takes seconds where there are 100,000.

use std::cmp::Reverse;
use std::ops::Range;
use std::path::Path;

use super::{Step, text_after};
use crate::glossary::TomlFile;

/// What [`text_after`] gives for the file `original`, where the steps change entries that it has and leave it their ids. `None` where
/// the whole file has to be read.
pub fn text_after_changes(path: &Path, original: &str, steps: &[&Step]) -> Option<String> {
    let mut steps = steps.to_vec();
    // From the end on, so that the lines before stay where they are.
    steps.sort_by_key(|step| Reverse(step.concept().place.line));
    let mut text = original.to_owned();
    for step in steps {
        let Step::Change { before, after, .. } = step else {
            return None;
        };
        let span = region(&text, before.place.line)?;
        let mut entry = TomlFile::parse(path, &text[span.clone()]).ok()?;
        let is_alone = entry.concepts().count() == 1 && entry.concept(&before.id).is_some();
        if !is_alone || before.id != after.id {
            return None;
        }
        let changed = text_after(&mut entry, [step]);
        text.replace_range(span, &changed);
    }
    Some(text)
}

/// The bytes of the entry whose `[[concept]]` is in this line (from 1), without the blank lines and comments before the next one.
fn region(text: &str, line: usize) -> Option<Range<usize>> {
    let mut at = 0;
    let mut start = None;
    let mut end = 0;
    for (number, content) in (1..).zip(text.split_inclusive('\n')) {
        let trimmed = content.trim();
        if number == line {
            start = Some(at);
        } else if start.is_some() && trimmed.starts_with("[[concept]]") {
            break;
        }
        at += content.len();
        if !trimmed.is_empty() && !trimmed.starts_with('#') {
            end = at;
        }
    }
    Some(start?..end)
}
