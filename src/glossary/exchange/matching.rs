//! Which concept of a glossary an entry without an id means, and the ids of new ones.

use rustc_hash::FxHashMap;

use crate::glossary::Concept;
use crate::glossary::load::slug;
use crate::glossary::scan::folded;

/// The concepts with each accepted Chinese name, folded.
pub(super) fn by_chinese_name(concepts: &[Concept]) -> FxHashMap<String, Vec<usize>> {
    let mut index: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (i, concept) in concepts.iter().enumerate() {
        for name in concept.zh.iter().filter(|n| n.status.is_accepted()) {
            index.entry(folded(&name.text)).or_default().push(i);
        }
    }
    index
}

/// The concept of the glossary that an entry without an id means.
pub(super) fn find_by_name(
    theirs: &Concept,
    ours: &[Concept],
    by_name: &FxHashMap<String, Vec<usize>>,
) -> Result<Option<usize>, String> {
    let names = theirs.zh.iter().filter(|n| n.status.is_accepted());
    let concepts = names.filter_map(|n| by_name.get(&folded(&n.text)));
    let mut found: Vec<usize> = concepts.flatten().copied().collect();
    found.sort_unstable();
    found.dedup();
    if found.len() > 1 {
        let english = |i: &usize| ours[*i].en.iter().any(|n| theirs.preferred_en() == Some(&*n.text));
        let same: Vec<usize> = found.iter().copied().filter(|i| english(i)).collect();
        if same.len() == 1 {
            found = same;
        }
    }
    match found[..] {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => {
            let ids: Vec<&str> = found.iter().map(|&i| &*ours[i].id).collect();
            Err(format!(
                "this is a name of several concepts, {}: add a column “id” that says which",
                ids.join(" and ")
            ))
        }
    }
}

/// An id made from the English name that no concept has.
pub(in crate::glossary) fn free_id(concept: &Concept, is_used: impl Fn(&str) -> bool) -> String {
    let base = slug(concept.preferred_en().unwrap_or_default());
    let numbered = (2..).map(|n| format!("{base}-{n}"));
    let mut ids = std::iter::once(base.clone()).chain(numbered);
    ids.find(|id| !is_used(id)).unwrap_or(base)
}
