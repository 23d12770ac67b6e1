//! How much an English name sounds like a Chinese one: 伦敦 and “London”, 深圳 and “Shenzhen”.

use crate::language::zh::pinyin;

/// The share of letters that the pinyin of `zh` and `en` have in common, in order; from 0 to 1.
pub(super) fn similarity(zh: &str, en: &str) -> f64 {
    let spelt: String = zh
        .chars()
        .filter_map(|c| pinyin::readings(c).first().cloned())
        .collect();
    let written: String = en.chars().filter(char::is_ascii_alphabetic).collect();
    let (spelt, written) = (spelt.as_bytes(), written.to_ascii_lowercase().into_bytes());
    if spelt.is_empty() || written.is_empty() {
        return 0.0;
    }
    2.0 * matching(spelt, &written) as f64 / (spelt.len() + written.len()) as f64
}

/// The letters in the longest common block, and in those before and after it (Ratcliff and Obershelp, “Pattern matching: the
/// gestalt approach”, 1988). Scattered letters count less than in a longest common subsequence.
fn matching(a: &[u8], b: &[u8]) -> usize {
    let (mut best, mut at) = (0, (0, 0));
    for i in 0..a.len() {
        for j in 0..b.len() {
            let length = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
            if length > best {
                (best, at) = (length, (i, j));
            }
        }
    }
    if best == 0 {
        return 0;
    }
    let (i, j) = at;
    best + matching(&a[..i], &b[..j]) + matching(&a[i + best..], &b[j + best..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sound_alike() {
        let percent = |zh, en| (similarity(zh, en) * 100.0).round() as u32;
        assert_eq!(percent("深圳", "Shenzhen"), 100);
        assert!(percent("伦敦", "London") > 60);
        assert!(percent("世界卫生组织", "World Health Organization") < 40);
        assert_eq!(percent("北约", "123"), 0);
    }
}
