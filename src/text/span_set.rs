//! Many spans, and whether one of them touches or holds another: by binary search, since a block may have thousands.

use super::Span;

/// A set of spans of one text.
#[derive(Debug, Clone, Default)]
pub struct SpanSet {
    /// In order.
    starts: Vec<usize>,
    /// For each start the furthest end of the spans up to there.
    ends: Vec<usize>,
}

impl FromIterator<Span> for SpanSet {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut spans: Vec<Span> = spans.into_iter().collect();
        spans.sort_unstable();
        let mut furthest = 0;
        let ends = spans.iter().map(|s| {
            furthest = furthest.max(s.end);
            furthest
        });
        Self {
            ends: ends.collect(),
            starts: spans.into_iter().map(|s| s.start).collect(),
        }
    }
}

impl SpanSet {
    /// Whether a span of the set shares at least one byte with `span`.
    pub fn overlaps(&self, span: Span) -> bool {
        let before = self.starts.partition_point(|&start| start < span.end);
        before > 0 && self.ends[before - 1] > span.start
    }

    /// Whether `span` lies wholly inside a span of the set, or is equal to it.
    pub fn contains(&self, span: Span) -> bool {
        let before = self.starts.partition_point(|&start| start <= span.start);
        before > 0 && self.ends[before - 1] >= span.end
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spans() -> impl Strategy<Value = Vec<Span>> {
        let span = (0..20usize, 0..6usize).prop_map(|(start, len)| Span::new(start, start + len));
        prop::collection::vec(span, 0..8)
    }

    proptest! {
        #[test]
        fn agrees_with_a_look_at_every_span(set in spans(), asked in spans()) {
            let all: SpanSet = set.iter().copied().collect();
            for span in asked {
                prop_assert_eq!(all.overlaps(span), set.iter().any(|s| s.overlaps(span)));
                prop_assert_eq!(all.contains(span), set.iter().any(|s| s.contains(span)));
            }
        }
    }
}
