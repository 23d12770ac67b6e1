//! What the rules about quantities share: the quantities of a pair, their differences, and how messages write them.

use crate::finding::Applicability;
use crate::language::en::token::Token;
use crate::language::quantity::{self, Comparison, Difference, DifferenceKind, Kind, Quantity, Rational, Unit, Value};
use crate::rules::program::is_program;
use crate::rules::{FindingBuilder, Meta, PairContext, Report, figure_labels, quote};
use crate::text::bytes::ByteSet;
use crate::text::script::is_han;
use crate::text::{Side, Sides, Span};

/// The quantities of one side, without those in code and in glossary names.
pub fn find_quantities(ctx: &PairContext<'_>, side: Side) -> Vec<Quantity> {
    if side == Side::En && has_no_quantity(ctx) {
        return Vec::new();
    }
    let mut found = quantity::parse(ctx.text(side), side);
    if found.is_empty() {
        return found;
    }
    found.retain(|q| !ctx.is_masked(side, q.span) && (q.kind == Kind::Plan || !is_in_name(ctx, side, q)));
    found
}

/// Whether the words of the English, which other rules need anyway, rule out a quantity.
fn has_no_quantity(ctx: &PairContext<'_>) -> bool {
    const DIGITS: ByteSet = ByteSet::list(b"0123456789");
    let en = ctx.en();
    let number = |word: &Token| quantity::is_number_word(word.span.of(en));
    !ctx.bytes(Side::En).has_any(DIGITS) && en.is_ascii() && !ctx.words().tokens.iter().any(number)
}

/// Whether a quantity is part of a glossary name, which the rules about terms check. Only the numbers of five-year plans
/// are kept, for their years.
fn is_in_name(ctx: &PairContext<'_>, side: Side, q: &Quantity) -> bool {
    let is_compared = || is_session_of_body(ctx, side, q) || side == Side::Zh && is_lost_ordinal(ctx, q);
    ctx.terms().names(side).contains(q.span) && !is_compared()
}

/// Whether a number stands inside the name of a body that has none: Standing Committee of the Seventh National People's
/// Congress.
fn is_session_of_body(ctx: &PairContext<'_>, side: Side, q: &Quantity) -> bool {
    if side == Side::Zh || !matches!(q.kind, Kind::Ordinal | Kind::Session) {
        return false;
    }
    let figure = q.figure.of(ctx.en());
    let mut hits = ctx
        .terms()
        .concepts
        .iter()
        .flat_map(|c| c.en.iter().map(|hit| (c.concept, hit)));
    hits.find(|(_, hit)| hit.span.contains(q.span))
        .is_some_and(|(concept, hit)| {
            let name = &ctx.doc.glossary.english(concept)[hit.name];
            !name.words.iter().any(|word| word.eq_ignore_ascii_case(figure))
        })
}

/// Whether a Chinese ordinal is nowhere in the English, so that its name does not show that it is right: 第十九次峰会, “the
/// 20th Summit”.
fn is_lost_ordinal(ctx: &PairContext<'_>, q: &Quantity) -> bool {
    let is_there = |other: &Quantity| quantity::equal(q, other).is_some();
    matches!(q.kind, Kind::Ordinal | Kind::Session) && !quantity::parse(ctx.en(), Side::En).iter().any(is_there)
}

/// How the quantities of a pair go together; nothing for a pair that is not compared, for a program, whose figures are
/// no quantities, and for English in the place of Chinese, whose figures the grammar of Chinese does not read.
pub fn compare_quantities(ctx: &PairContext<'_>) -> Comparison {
    let is_program = is_program(ctx.zh()) && is_program(ctx.en());
    if !ctx.is_paired() || ctx.is_structure() || is_program || is_english(ctx.zh()) {
        return Comparison::default();
    }
    let (zh, en) = (ctx.quantities(Side::Zh), ctx.quantities(Side::En));
    quantity::compare(ctx.zh(), zh, ctx.en(), en)
}

/// Whether a text has no Chinese and some English words.
fn is_english(text: &str) -> bool {
    const WORDS: usize = 4;
    let is_word = |word: &&str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
    !text.contains(is_han) && text.split_ascii_whitespace().filter(is_word).nth(WORDS - 1).is_some()
}

/// The differences between the quantities of a pair, without figures that the pair before or after has.
pub fn find_differences(ctx: &PairContext<'_>) -> Vec<Difference> {
    let (zh, en) = (ctx.quantities(Side::Zh), ctx.quantities(Side::En));
    let named = |d: &Difference| {
        // A name without its ordinal is another name, which the rules about terms check.
        let is_left_out = |i: usize| d.en.is_none() && ctx.terms().names(Side::Zh).contains(zh[i].span);
        d.zh.is_some_and(|i| is_in_name(ctx, Side::Zh, &zh[i]) || is_left_out(i))
            || d.en.is_some_and(|i| is_in_name(ctx, Side::En, &en[i]))
    };
    let labelled = |d: &Difference| {
        let both = d.zh.zip(d.en);
        both.is_some_and(|(i, j)| figure_labels::are_equal_with_labels(ctx, &zh[i], &en[j]))
    };
    let coded = |d: &Difference| match (d.zh, d.en) {
        (Some(i), None) => is_in_code(ctx, Side::En, zh[i].figure.of(ctx.zh())),
        (None, Some(j)) => is_in_code(ctx, Side::Zh, en[j].figure.of(ctx.en())),
        _ => false,
    };
    let differs = |d: &&Difference| !named(d) && !has_moved(ctx, d) && !labelled(d) && !coded(d);
    ctx.comparison().differences.iter().filter(differs).copied().collect()
}

/// Whether code on `side`, in which no quantities are read, has a figure: `8108` for 8108.
fn is_in_code(ctx: &PairContext<'_>, side: Side, figure: &str) -> bool {
    let text = ctx.text(side);
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut places = text
        .match_indices(figure)
        .map(|(at, _)| Span::new(at, at + figure.len()));
    places.any(|span| {
        ctx.is_masked(side, span)
            && !is_digit(text[..span.start].chars().next_back())
            && !is_digit(text[span.end..].chars().next())
    })
}

/// Whether a neighbouring pair has the counterpart of a quantity that is missing here. A counterpart counts once, and
/// only if its own pair does not need it.
fn has_moved(ctx: &PairContext<'_>, d: &Difference) -> bool {
    let is_in_neighbour = |side: Side, index: Option<usize>| {
        index.is_some_and(|i| {
            let q = &ctx.quantities(side)[i];
            let same = |_: usize, o: &Quantity| o.value == q.value && o.unit == q.unit;
            let here = count_free(ctx, side, |at, o| at < i && same(at, o));
            let counterparts = |by: isize| {
                ctx.neighbour(by).map_or(0, |n| {
                    count_free(&n, side.other(), |_, o| match side {
                        Side::Zh => quantity::equal(q, o).is_some(),
                        Side::En => quantity::equal(o, q).is_some(),
                    })
                })
            };
            // The pair before the previous one has the first claim to what that one has to spare.
            let claims = ctx.neighbour(-2).map_or(0, |n| count_free(&n, side, same));
            here < counterparts(-1).saturating_sub(claims) + counterparts(1)
        })
    };
    is_in_neighbour(Side::Zh, d.zh) || is_in_neighbour(Side::En, d.en)
}

/// How many of the quantities of `side` that have no equal in their own pair are meant.
fn count_free(ctx: &PairContext<'_>, side: Side, is_meant: impl Fn(usize, &Quantity) -> bool) -> usize {
    let matches = &ctx.comparison().matches;
    let is_matched = |at: usize| matches.iter().any(|&(zh, en)| Sides::new(zh, en)[side] == at);
    let quantities = ctx.quantities(side).iter().enumerate();
    quantities.filter(|&(at, q)| is_meant(at, q) && !is_matched(at)).count()
}

/// The two quantities of a difference that has both.
pub struct Clash<'a> {
    pub zh: &'a Quantity,
    pub en: &'a Quantity,
}

/// The clashes of a pair of any of these kinds.
pub fn clashes<'a>(ctx: &PairContext<'a>, kinds: &'a [DifferenceKind]) -> impl Iterator<Item = Clash<'a>> {
    let (zh, en) = (ctx.quantities(Side::Zh), ctx.quantities(Side::En));
    ctx.differences()
        .iter()
        .filter(|d| kinds.contains(&d.kind))
        .filter_map(|d| d.zh.zip(d.en))
        .map(|(z, e)| Clash { zh: &zh[z], en: &en[e] })
}

/// `“14亿人口” = 1,400,000,000`, or just `“379,800 people”` if the text writes the value in the same way.
pub fn describe(text: &str, side: Side, q: &Quantity) -> String {
    // A measure word is not part of the value.
    let counted = matches!(q.kind, Kind::Count | Kind::Cardinal);
    let written = if counted { q.figure } else { q.span }.of(text).trim();
    let value = q.display_value();
    let bare = |s: &str| {
        s.chars()
            .filter(|c| c.is_alphanumeric() || *c == '.')
            .collect::<String>()
            .to_lowercase()
    };
    let has_unit = !counted && q.kind != Kind::Ordinal && !written.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let quoted = if has_unit {
        quote::span(text, q.span)
    } else {
        quote::figure(text, q.span, side)
    };
    if q.kind == Kind::Code || bare(written) == bare(&value) {
        quoted
    } else {
        format!("{quoted} = {value}")
    }
}

impl Clash<'_> {
    /// The quantity on one side.
    pub fn on(&self, side: Side) -> &Quantity {
        Sides::new(self.zh, self.en)[side]
    }

    /// Both quantities with their values, source first: `“14亿人口” = 1,400,000,000, “140 million people” = 140,000,000`.
    pub fn describe(&self, ctx: &PairContext<'_>) -> String {
        let source = ctx.doc.direction().source();
        let [source, target] = [source, source.other()].map(|side| describe(ctx.text(side), side, self.on(side)));
        format!("{source}, {target}")
    }

    /// Starts the finding at the target's quantity, with a label at the source's.
    pub fn report<'r>(
        &self,
        meta: &'static Meta,
        ctx: &PairContext<'_>,
        report: &'r mut Report,
        message: String,
    ) -> FindingBuilder<'r> {
        let target = ctx.doc.direction().target();
        let finding = report
            .finding(meta, ctx, target, self.on(target).span, message)
            .label(ctx, target.other(), self.on(target.other()).span)
            .found(self.on(target).span.of(ctx.text(target)));
        match self
            .correct_figure(ctx)
            .filter(|(span, figure)| Self::is_right_once_replaced(ctx, *span, figure))
        {
            Some((span, figure)) => finding
                .help(format!("write “{figure}”"))
                .expected([figure.clone()])
                .fix(ctx, target, span, figure, Applicability::Unsafe),
            None => finding.help("check the figure against the source"),
        }
    }

    /// Whether fewer quantities differ once `span` of the target is replaced.
    fn is_right_once_replaced(ctx: &PairContext<'_>, span: Span, figure: &str) -> bool {
        let target = ctx.doc.direction().target();
        let text = ctx.text(target);
        let fixed = [&text[..span.start], figure, &text[span.end..]].concat();
        let differences = |text: &str| {
            let own = quantity::parse(text, target);
            let other = quantity::parse(ctx.text(target.other()), target.other());
            let both = Sides::with(target, (text, &own), (ctx.text(target.other()), &other));
            quantity::compare(both.zh.0, both.zh.1, both.en.0, both.en.1)
                .differences
                .len()
        };
        differences(&fixed) < differences(text)
    }

    /// The figure that the target should have and the span that it replaces, for plain numbers in digits with the unit
    /// of the source.
    fn correct_figure(&self, ctx: &PairContext<'_>) -> Option<(Span, String)> {
        let target = ctx.doc.direction().target();
        let (wrong, right) = (self.on(target), self.on(target.other()));
        if let (Value::Date(_), Value::Date(_)) = (wrong.value, right.value) {
            return (target == Side::En).then(|| correct_date(ctx.en(), wrong, right))?;
        }
        let plain = |q: &Quantity| {
            matches!(
                q.kind,
                Kind::Cardinal | Kind::Count | Kind::Percent | Kind::Money | Kind::Measure | Kind::Duration
            )
        };
        let same_unit = right.unit == wrong.unit || right.unit.is_none() || wrong.unit.is_none();
        let discount = right
            .unit
            .or(wrong.unit)
            .map(Unit::def)
            .is_some_and(|u| matches!(u.symbol, "zhe" | "% off" | "tenths"));
        let value = right.as_number().filter(|v| !v.is_negative())?;
        if !wrong.digits
            || !plain(wrong)
            || !plain(right)
            || !same_unit
            || discount
            || right.hedge != wrong.hedge && right.bound.is_some()
        {
            return None;
        }
        // If only the target has a unit, the source may mean another one: 5角, 0.5 yuan.
        if right.unit.is_none() && wrong.unit.is_some() {
            return None;
        }
        let written = wrong.figure.of(ctx.text(target));
        let scaled = written.chars().any(char::is_alphabetic);
        let source = right.figure.of(ctx.text(target.other()));
        // ISO 9001, 2025, 3.0: as in the source, unless the target groups thousands.
        let as_it_is = !scaled && source.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let figure = match target {
            _ if as_it_is && (!written.contains(',') || source.contains('.')) => source.to_owned(),
            Side::En if scaled || value >= Rational::integer(1_000_000) => quantity::render_en(value),
            Side::En => value.to_string(),
            Side::Zh => quantity::render_zh(value),
        };
        (figure != written && !figure.contains('/')).then_some((wrong.figure, figure))
    }
}

/// The wrong part of an English date and what replaces it, if only one part differs.
fn correct_date(en: &str, wrong: &Quantity, right: &Quantity) -> Option<(Span, String)> {
    let (w, r) = (wrong.as_date()?, right.as_date()?);
    if w.overlap(r).1 != 1 {
        return None;
    }
    let (written, figure) = if w.year != r.year && w.year.is_some() && r.year.is_some() {
        (w.year?.to_string(), r.year?.to_string())
    } else if w.month != r.month && w.month.is_some() && r.month.is_some() {
        (
            quantity::month_name(w.month?).to_owned(),
            quantity::month_name(r.month?).to_owned(),
        )
    } else {
        (w.day?.to_string(), r.day?.to_string())
    };
    let text = wrong.span.of(en);
    let mut places = text.match_indices(&written).filter(|(at, m)| {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        !digit(text[..*at].chars().next_back()) && !digit(text[at + m.len()..].chars().next())
    });
    let (at, _) = places.next()?;
    let from = wrong.span.start + at;
    places
        .next()
        .is_none()
        .then(|| (Span::new(from, from + written.len()), figure))
}

/// The quantities of `side` without a counterpart on the other side.
pub fn missing<'a>(ctx: &PairContext<'a>, side: Side) -> impl Iterator<Item = &'a Quantity> {
    let quantities = ctx.quantities(side);
    let wanted = Sides::new(DifferenceKind::OnlyZh, DifferenceKind::OnlyEn)[side];
    ctx.differences()
        .iter()
        .filter(move |d| d.kind == wanted)
        .filter_map(move |d| Sides::new(d.zh, d.en)[side])
        .map(|i| &quantities[i])
}
