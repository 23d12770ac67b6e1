//! Words that texts for users avoid, because readers of English take them in another sense or stumble over them.

use std::sync::LazyLock;

use regex::Regex;

/// Each of these has a plain word in its place: is or appears, says or reports, shown or given, fix, apply, severe, zero,
/// none, counts as.
static TO_AVOID: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"stands?|speaks?|spoken|told|tells?|mend(s|ed)?|serves?|grave(r|st)?|nought|goes by|lets go";
    let phrases = r"what is none|nothing of it|takes? for|taken for";
    Regex::new(&format!(r"(?i)\b({words}|{phrases})\b")).expect("a valid pattern")
});

/// The words in `text` that texts for users avoid.
pub fn to_avoid(text: &str) -> Vec<&str> {
    TO_AVOID.find_iter(text).map(|m| m.as_str()).collect()
}

/// `text` without what it quotes in “…”.
pub fn outside_quotes(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|c| {
            match c {
                '“' => depth += 1,
                '”' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        })
        .collect()
}
