//! `too-long`.

use crate::declare_rule;
use crate::rules::{PairContext, Report, Rule};
use crate::text::Span;

declare_rule! {
    /// A translation is longer than the file allows.
    ///
    /// ## What it does
    /// Compares the number of characters of a translation with the limit that its file sets:
    ///
    /// | file | limit |
    /// |---|---|
    /// | XLIFF 1.2 | `maxwidth` with `size-unit="char"`, or `weblate-flags="max-length:30"`, on the unit |
    /// | PO | the flag `max-length:30`, as in `#, max-length:30` |
    ///
    /// A character is a code point of Unicode, as the standard of XLIFF and Weblate count. Widths in pixels are not compared. A limit that
    /// the source exceeds as well says nothing, and is ignored.
    ///
    /// ## Why it matters
    /// A program cuts off what is too long, or refuses it.
    ///
    /// ## Example
    /// ```bilint-wrong
    /// limit: 10
    /// en: Post order
    /// zh: 将所有选定的采购订单过账
    /// ```
    ///
    /// Use instead:
    /// ```bilint-right
    /// limit: 10
    /// en: Post order
    /// zh: 过账采购订单
    /// ```
    pub TooLong { id: "too-long", group: Structure, severity: Error, since: "0.1.0" }
}

impl Rule for TooLong {
    fn pair(&self, ctx: &PairContext<'_>, report: &mut Report) {
        let Some(&limit) = ctx.doc.document.limits.get(&ctx.index) else {
            return;
        };
        let direction = ctx.doc.direction();
        let count = |side| ctx.count_chars(side, 0, ctx.text(side).len());
        let target = direction.target();
        let len = count(target);
        if len <= limit || count(direction.source()) > limit {
            return;
        }
        let text = ctx.text(target);
        let first = text.char_indices().nth(limit).map_or(text.len(), |(at, _)| at);
        let message = format!("the translation has {len} characters, and the file allows {limit}");
        report
            .finding(&Self::META, ctx, target, Span::new(first, text.len()), message)
            .help(format!("shorten it by {}", len - limit))
            .emit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check_records;

    #[test]
    fn compares_characters_with_the_limit_of_the_record() {
        let check = |zh, en, limit| check_records(&TooLong, &["甲", zh], &["a", en], &[None, limit]);
        let found = check("打开文件夹", "Open", Some(4));
        assert_eq!(
            found[0].message,
            "the translation has 5 characters, and the file allows 4"
        );
        assert_eq!(found[0].zh.as_ref().map(|label| &*label.text), Some("夹"));
        assert!(check("打开文件", "Open", Some(4)).is_empty());
        assert!(check("打开文件夹", "Open", None).is_empty());
        assert!(
            check("打开文件夹", "Open folder", Some(4)).is_empty(),
            "the source is too long, too"
        );
    }
}
