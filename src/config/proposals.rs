//! `[[pairs]]` for files that are likely translations of each other, though their names do not say so: one Chinese and one
//! English file with the end of the path in common, or alone together in a folder.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::Side;

/// The two paths of an entry of `[[pairs]]`.
pub type Proposal = (String, String);

/// Entries for files in one language without a partner, by their paths with `/` between the parts.
pub fn propose(files: &BTreeMap<String, Side>) -> BTreeSet<Proposal> {
    let mut found: BTreeMap<Proposal, Vec<Proposal>> = BTreeMap::new();
    let in_side = |side: Side| {
        files
            .iter()
            .filter(move |(_, s)| **s == side)
            .map(|(file, _)| file.as_str())
    };
    for zh in in_side(Side::Zh) {
        let Some(en) = partner(zh, in_side(Side::En)).filter(|en| partner(en, in_side(Side::Zh)) == Some(zh)) else {
            continue;
        };
        let end = common_end(zh, en);
        let extension = end.rfind('.').map_or("", |dot| &end[dot..]);
        let pattern = |path: &str| format!("{}{{path}}{extension}", &path[..path.len() - end.len()]);
        let entry = if end.is_empty() {
            (zh.to_owned(), en.to_owned())
        } else {
            (pattern(zh), pattern(en))
        };
        found.entry(entry).or_default().push((zh.to_owned(), en.to_owned()));
    }
    let entries = found
        .into_iter()
        .flat_map(|(entry, pairs)| if pairs.len() == 1 { pairs } else { vec![entry] });
    entries.collect()
}

/// The one file with the most parts of the path in common at the end; without any, the only other file of the folder.
fn partner<'a>(path: &str, others: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let others: Vec<&str> = others.collect();
    let most = others.iter().map(|other| common_end(path, other).len()).max()?;
    let is_near = |other: &&str| common_end(path, other).len() == most && (most > 0 || folder(path) == folder(other));
    let mut near = others.iter().copied().filter(is_near);
    near.next().filter(|_| near.next().is_none())
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The whole parts that two paths have in common at the end.
fn common_end<'a>(a: &'a str, b: &str) -> &'a str {
    let parts = a.rsplit('/').zip(b.rsplit('/')).take_while(|(x, y)| x == y);
    let length: usize = parts.map(|(x, _)| x.len() + 1).sum();
    &a[a.len() - length.saturating_sub(1).min(a.len())..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(files: &[(&str, Side)]) -> Vec<Proposal> {
        let files = files.iter().map(|&(file, side)| (file.to_owned(), side)).collect();
        propose(&files).into_iter().collect()
    }

    #[test]
    fn folders_with_the_same_files_are_proposed() {
        let found = of(&[
            ("handbuch/a.md", Side::Zh),
            ("handbuch/b/c.md", Side::Zh),
            ("manual/a.md", Side::En),
            ("manual/b/c.md", Side::En),
        ]);
        assert_eq!(
            found,
            [("handbuch/{path}.md".to_owned(), "manual/{path}.md".to_owned())]
        );
    }

    #[test]
    fn two_single_files_are_proposed_and_nothing_where_several_fit() {
        let found = of(&[("x/讲话.md", Side::Zh), ("x/speech.md", Side::En)]);
        assert_eq!(found, [("x/讲话.md".to_owned(), "x/speech.md".to_owned())]);
        assert!(of(&[("x/讲话.md", Side::Zh), ("x/a.md", Side::En), ("x/b.md", Side::En)]).is_empty());
        assert!(of(&[("x/讲话.md", Side::Zh), ("y/a.md", Side::En)]).is_empty());
    }
}
