//! The lists of names in a glossary file, changed so that names which stay keep their form, and comments their names.

use toml_edit::{Array, Decor, InlineTable, RawString, Value};

use crate::glossary::layout::WIDTH;
use crate::glossary::{Name, Status};

/// The names as an array. Those that are in the `old` one as they are keep their form, and every comment stays.
pub(super) fn names(before: &[Name], after: &[Name], old: Option<&Array>) -> Array {
    let Some(old) = old else {
        return new_names(after, "en");
    };
    let mut comments = Comments::of(old);
    let implied_before = implied(before);
    let place = |i: usize, name: &Name| {
        let same = before.iter().position(|b| b.text == name.text);
        // A name in the place of another keeps the layout and the comment there.
        same.or_else(|| (before.len() == after.len() && after.iter().all(|a| a.text != before[i].text)).then_some(i))
    };
    let places: Vec<Option<usize>> = after.iter().enumerate().map(|(i, name)| place(i, name)).collect();
    for i in (0..old.len()).filter(|i| !places.contains(&Some(*i))) {
        comments.leave(i);
    }
    let mut array = Array::new();
    let mut behind = std::mem::take(&mut comments.behind[0]);
    for (i, (name, implied_now)) in after.iter().zip(implied(after)).enumerate() {
        let there = places[i].and_then(|b| Some((b, old.get(b)?)));
        let mut value = match there {
            // Its place may imply another status than before.
            Some((b, value)) if before[b] == *name && (value.is_inline_table() || implied_before[b] == implied_now) => {
                value.clone()
            }
            _ => entry(name, implied_now),
        };
        let prefix = match there {
            _ if !comments.is_multi_line => if i == 0 { "" } else { " " }.to_owned(),
            Some((b, _)) => std::mem::take(&mut behind) + &comments.above[b],
            None => std::mem::take(&mut behind) + "\n  ",
        };
        if let Some((b, _)) = there {
            behind = std::mem::take(&mut comments.behind[b + 1]);
        }
        *value.decor_mut() = Decor::new(prefix, "");
        array.push_formatted(value);
    }
    if comments.is_multi_line {
        array.set_trailing(behind + &comments.above[old.len()]);
    }
    array.set_trailing_comma(old.trailing_comma());
    array
}

/// The comments and line breaks of an array. TOML has a comment behind a comma before the next value.
struct Comments {
    /// Behind the bracket, and behind each value on its line.
    behind: Vec<String>,
    /// From the line break on: above each value, and above the closing bracket.
    above: Vec<String>,
    is_multi_line: bool,
}

impl Comments {
    fn of(array: &Array) -> Self {
        let text = |raw: Option<&RawString>| raw.and_then(RawString::as_str).unwrap_or_default().to_owned();
        let mut gaps = vec![String::new()];
        for value in array {
            if let Some(gap) = gaps.last_mut() {
                gap.push_str(&text(value.decor().prefix()));
            }
            gaps.push(text(value.decor().suffix()));
        }
        if let Some(gap) = gaps.last_mut() {
            gap.push_str(&text(Some(array.trailing())));
        }
        let divided = gaps.iter().map(|gap| gap.split_at(gap.find('\n').unwrap_or(gap.len())));
        let (behind, above): (Vec<String>, Vec<String>) = divided
            .map(|(behind, above)| (behind.trim_end().to_owned(), above.to_owned()))
            .unzip();
        Self {
            is_multi_line: above.iter().any(|text| !text.is_empty()),
            behind,
            above,
        }
    }

    /// Moves the comments of a value that goes above the next one.
    fn leave(&mut self, value: usize) {
        let behind = std::mem::take(&mut self.behind[value + 1]);
        let above = std::mem::take(&mut self.above[value]);
        let mut lines = String::new();
        for line in above.lines().chain([&*behind]).filter(|line| line.contains('#')) {
            lines.push_str("\n  ");
            lines.push_str(line.trim());
        }
        self.above[value + 1].insert_str(0, &lines);
    }
}

/// The status that each name has if it is written as a plain string.
fn implied(names: &[Name]) -> Vec<Status> {
    let mut has_preferred = false;
    let mut statuses = Vec::with_capacity(names.len());
    for name in names {
        statuses.push(if has_preferred {
            Status::Admitted
        } else {
            Status::Preferred
        });
        has_preferred |= name.status == Status::Preferred;
    }
    statuses
}

/// A name as a string, or as a table if a string does not say everything.
fn entry(name: &Name, implied: Status) -> Value {
    if name.status == implied && name.note.is_none() {
        return name.text.as_ref().into();
    }
    let mut table = InlineTable::new();
    table.insert("name", name.text.as_ref().into());
    if name.status != implied {
        table.insert("status", name.status.name().into());
    }
    if let Some(note) = &name.note {
        table.insert("note", note.as_ref().into());
    }
    Value::InlineTable(table)
}

pub(super) fn new_names(names: &[Name], key: &str) -> Array {
    let entries: Vec<Value> = names.iter().zip(implied(names)).map(|(n, i)| entry(n, i)).collect();
    let array: Array = entries.iter().cloned().collect();
    let width = key.len() + " = ".len() + array.to_string().chars().count();
    if width > WIDTH { lines(entries) } else { array }
}

/// An array with an entry on each line.
pub(super) fn lines(values: impl IntoIterator<Item = impl Into<Value>>) -> Array {
    let mut array = Array::new();
    for value in values {
        array.push_formatted(value.into().decorated("\n  ", ""));
    }
    array.set_trailing("\n");
    array.set_trailing_comma(true);
    array
}
