//! Finds the placeholders of a text.

use crate::formats::backticks;
use crate::text::Span;

/// Longest placeholder, in bytes. Longer ones are text in braces.
const MAX_LEN: usize = 64;

/// Longest message with forms, in bytes, and how deep messages are in each other.
const MAX_MESSAGE: usize = 4096;
const MAX_DEPTH: usize = 4;

/// A placeholder in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    pub span: Span,
    /// What must be equal on both sides: the text without spaces, and without how the value is formatted.
    pub key: String,
    /// Whether it has a name or number, so that its position and frequency do not matter.
    pub named: bool,
    /// Which kind of placeholder without a name it is, or could be.
    pub kind: Kind,
    /// The forms of the text, of which its value chooses one.
    pub forms: Vec<Form>,
}

/// How far a placeholder can be known as such by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `%s`, `{}`: the place decides which value it has.
    Ordered,
    /// `%d` in `%dms`, which is a placeholder, or in `%discount`, which is not: it counts only if the other side has it.
    Glued,
    /// `%2$s`, `{1}`.
    Numbered,
    /// `{name}`.
    Named,
}

/// A form of a message of ICU: `one {# file}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub key: String,
    /// The bytes of the key.
    pub span: Span,
    pub placeholders: Vec<Placeholder>,
}

impl Placeholder {
    /// One whose key is its text.
    fn new(text: &str, span: Span, kind: Kind) -> Self {
        Self {
            span,
            key: span.of(text).split_whitespace().collect(),
            named: matches!(kind, Kind::Named | Kind::Numbered),
            kind,
            forms: Vec::new(),
        }
    }

    fn with_key(self, key: String) -> Self {
        Self { key, ..self }
    }
}

/// The placeholders of a text, in order.
pub fn placeholders(text: &str) -> Vec<Placeholder> {
    let mut out = Vec::new();
    let text = Text {
        text,
        has_arguments: has_arguments(text),
    };
    scan(text, Span::new(0, text.text.len()), None, 0, &mut out);
    out
}

/// A text with placeholders.
#[derive(Clone, Copy)]
struct Text<'t> {
    text: &'t str,
    /// Whether it has arguments of Qt, so that `%2d` in it is the second one and a unit.
    has_arguments: bool,
}

/// Whether a text has the first argument of Qt, `%1`, and no address.
fn has_arguments(text: &str) -> bool {
    let is_first = |(at, sign): (usize, &str)| {
        let after = &text[at + sign.len()..];
        let is_width = after.trim_start_matches('.').starts_with(|c: char| c.is_ascii_digit());
        !is_width && !after.starts_with('$') && !text[..at].ends_with('%')
    };
    text.match_indices("%1").any(is_first) && !text.contains("://")
}

/// Adds the placeholders of a part of a text; `counted` is the key of the number that `#` means there.
fn scan(whole: Text<'_>, within: Span, counted: Option<&str>, depth: usize, out: &mut Vec<Placeholder>) {
    let text = whole.text;
    let bytes = &text.as_bytes()[..within.end];
    let (mut at, mut code_until) = (within.start, 0);
    // The end of the last run of signs that was counted, and its length.
    let mut signs = (0, 0);
    while at < bytes.len() {
        let found = match bytes[at] {
            b'`' if at >= code_until => {
                let (ticks, code) = backticks(&text[at..within.end]);
                code_until = at + code.unwrap_or(ticks);
                at += ticks;
                continue;
            }
            b'{' => forms(whole, at, within.end, depth).or_else(|| braced(text, at, at)),
            b'$' | b'%' if bytes.get(at + 1) == Some(&b'{') => braced(text, at, at + 1),
            b'$' => nested(text, at),
            b'@' => linked(text, at),
            b'#' => {
                counted.map(|key| Placeholder::new(text, Span::new(at, at + 1), Kind::Named).with_key(key.to_owned()))
            }
            b'%' => {
                let before = if signs.0 == at {
                    signs.1
                } else {
                    signs_before(bytes, at)
                };
                signs = (at + 1, before + 1);
                percent(whole, at, before)
            }
            _ => None,
        };
        match found {
            Some(mut p) => {
                at = p.span.end;
                p.named |= at <= code_until;
                out.push(p);
            }
            None => at += 1,
        }
    }
}

/// A message of ICU, `{n, plural, one {# file} other {# files}}`, whose brace is at `open`.
fn forms(whole: Text<'_>, open: usize, end: usize, depth: usize) -> Option<Placeholder> {
    let text = whole.text;
    let inner = &text[open + 1..end];
    let comma = inner.bytes().take(MAX_LEN).position(|b| b == b',')?;
    let name = &inner[..comma];
    let rest = inner[name.len()..].strip_prefix(',')?.trim_start();
    let name = name.trim();
    let kind = ["plural", "selectordinal", "select"].into_iter().find(|kind| {
        rest.strip_prefix(kind)
            .is_some_and(|rest| rest.trim_start().starts_with(','))
    })?;
    if depth == MAX_DEPTH || name.is_empty() || !name.bytes().all(is_name) {
        return None;
    }
    let close = balanced(text, open, end)?;
    let mut placeholder = Placeholder::new(text, Span::new(open, close), Kind::Named).with_key(format!("{{{name}}}"));
    let mut at = end - rest.len() + kind.len();
    while let Some(brace) = text[at..close - 1].find('{').map(|i| at + i) {
        let body = Span::new(brace + 1, balanced(text, brace, close)? - 1);
        let before = text[at..brace].trim_end();
        let key = before.rsplit([',', ' ', '\n', '\t', '}']).next().unwrap_or_default();
        let start = at + before.len() - key.len();
        let mut within = Vec::new();
        let counted = (kind != "select").then_some(&*placeholder.key);
        scan(whole, body, counted, depth + 1, &mut within);
        placeholder.forms.push(Form {
            key: key.to_owned(),
            span: Span::new(start, start + key.len()),
            placeholders: within,
        });
        at = body.end + 1;
    }
    Some(placeholder)
}

/// `{0}`, `{name}`, `{}`, `{{ name }}`, `${name}`, `{0:N2}`, `{count, number}`: the placeholder that begins at byte `start` and whose
/// brace is at `open`.
fn braced(text: &str, start: usize, open: usize) -> Option<Placeholder> {
    let double = text[open..].starts_with("{{");
    let inner_at = open + if double { 2 } else { 1 };
    let inner = &text[inner_at..];
    let close = if double { "}}" } else { "}" };
    let len = inner
        .char_indices()
        .take(MAX_LEN)
        .find(|&(i, _)| inner[i..].starts_with(close))?
        .0;
    let body = inner[..len].trim();
    if matches!(body, "true" | "false" | "null" | "undefined" | "or" | "and") || is_object(body) {
        // A value in JSX, or a text about braces: “{ or }”.
        return None;
    }
    let end = inner_at + len + close.len();
    if is_choice(body) {
        return None;
    }
    // What follows the name says how the value is formatted: `{0:N2}`, `{n!r}`, `{{ name | upper }}`, `{count, number}`.
    let head = body.split([':', '!', '|', ',']).next().unwrap_or(body).trim();
    let is_list = body[head.len()..]
        .trim_start()
        .strip_prefix(',')
        .is_some_and(|rest| !is_format(rest));
    let plain = head.bytes().all(is_name) && !is_list && !body.contains(['{', '\n']) && end - start <= MAX_LEN;
    let kind = match head {
        "" => Kind::Ordered,
        _ if head.bytes().all(|b| b.is_ascii_digit()) => Kind::Numbered,
        _ => Kind::Named,
    };
    let key = || format!("{}{head}{close}", &text[start..inner_at]);
    plain.then(|| Placeholder::new(text, Span::new(start, end), kind).with_key(key()))
}

/// Whether what is in braces are texts of which a number chooses one, of which Chinese needs one only: `0:file|files`.
fn is_choice(body: &str) -> bool {
    let texts = body
        .split_once(':')
        .filter(|(head, _)| head.bytes().all(|b| b.is_ascii_digit()));
    texts.is_some_and(|(_, texts)| texts.contains('|'))
}

/// Whether what is in braces is an object of a program, or its type: `label: 'Docs', link: ''`, `eager: true`. The format of a
/// placeholder, as in `{0: >8}`, is no word.
fn is_object(body: &str) -> bool {
    let mut values = body.match_indices(": ").map(|(at, colon)| &body[at + colon.len()..]);
    values.any(|value| {
        let word = value.chars().take_while(|c| c.is_alphabetic()).count();
        word > 1 || value.starts_with(['\'', '"', '`', '['])
    })
}

/// Whether what follows a comma in braces is a format, of ICU and i18next or of .NET: `{count, number}`, `{0,-10:N2}`. Other words are
/// a list.
fn is_format(rest: &str) -> bool {
    let rest = rest.trim_start();
    let width = rest.strip_prefix('-').unwrap_or(rest);
    let word = rest
        .split(|c: char| !c.is_ascii_alphabetic())
        .next()
        .unwrap_or_default();
    let formats = [
        "number",
        "date",
        "time",
        "datetime",
        "currency",
        "relativetime",
        "list",
        "uppercase",
        "lowercase",
    ];
    width.starts_with(|c: char| c.is_ascii_digit()) || formats.contains(&word)
}

/// The byte after the brace that closes the one at `open`, before byte `end` and within [`MAX_MESSAGE`].
fn balanced(text: &str, open: usize, end: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (i, b) in text[..end].bytes().enumerate().skip(open).take(MAX_MESSAGE) {
        match b {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(i + 1);
                }
            }
            _ => {}
        }
    }
    None
}

const fn is_name(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-' | b'[' | b']' | b'$' | b'@')
}

/// The length of the name that a text begins with.
fn name_len(text: &str) -> usize {
    text.bytes().take(MAX_LEN).take_while(|&b| is_name(b)).count()
}

/// `$t(key)`: another string of i18next.
fn nested(text: &str, start: usize) -> Option<Placeholder> {
    let inner = text[start..].strip_prefix("$t(")?;
    let close = inner.bytes().take(MAX_LEN).position(|b| b == b')')?;
    let key = inner[..close].split(',').next().unwrap_or_default().trim();
    let span = Span::new(start, start + "$t()".len() + close);
    Some(Placeholder::new(text, span, Kind::Named).with_key(format!("$t({key})")))
}

/// `@:key`, `@.lower:key`, `@:(key)`: another string of Vue I18n.
fn linked(text: &str, start: usize) -> Option<Placeholder> {
    if text[..start].ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let rest = &text[start + 1..];
    let modifier = rest
        .strip_prefix('.')
        .map_or(0, |rest| 1 + rest.bytes().take_while(u8::is_ascii_alphabetic).count());
    let key_at = start + 1 + modifier + 1;
    let key = rest[modifier..].strip_prefix(':')?;
    let opens = usize::from(key.starts_with('('));
    let name = key[opens..][..name_len(&key[opens..])].trim_end_matches('.');
    let span = Span::new(start, key_at + 2 * opens + name.len());
    (!name.is_empty()).then(|| Placeholder::new(text, span, Kind::Named).with_key(format!("@:{name}")))
}

/// How many percent signs are right before byte `at`.
fn signs_before(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().rev().take_while(|&&b| b == b'%').count()
}

/// What begins with the percent sign at byte `start`, which `signs` others are right before. Not a percentage such as `5% of` or
/// `100%`.
fn percent(Text { text, has_arguments }: Text<'_>, start: usize, signs: usize) -> Option<Placeholder> {
    let bytes = text.as_bytes();
    // %% prints a sign, so that %%%s has a conversion and %%s has none.
    if signs % 2 == 1 || signs == 0 && start > 0 && bytes[start - 1].is_ascii_digit() {
        return None;
    }
    if let Some(argument) = argument(text, start, has_arguments).filter(|_| has_arguments) {
        return Some(argument);
    }
    between_signs(text, start)
        .or_else(|| conversion(text, start))
        .or_else(|| argument(text, start, false))
}

/// `%s`, `%d`, `%.2f`, `%1$s`, `%(name)s`: the conversion of C that begins at byte `start`.
fn conversion(text: &str, start: usize) -> Option<Placeholder> {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    let mut kind = Kind::Ordered;
    if bytes.get(at) == Some(&b'(') {
        let len = text[at..].bytes().take(MAX_LEN).position(|b| b == b')')?;
        if !text[at + 1..at + len].bytes().all(is_name) {
            return None;
        }
        (at, kind) = (at + len + 1, Kind::Named);
    }
    let run = |from: usize, is_part: fn(u8) -> bool| {
        bytes[from.min(bytes.len())..]
            .iter()
            .take_while(|&&b| is_part(b))
            .count()
    };
    let digits = run(at, |b| b.is_ascii_digit());
    if digits > 0 && bytes.get(at + digits) == Some(&b'$') {
        (at, kind) = (at + digits + 1, Kind::Numbered);
    }
    let argument = &text[start + 1..at];
    let flags = run(at, |b| b.is_ascii_digit() || b".-+#*".contains(&b));
    if text[at..at + flags] == *"1" {
        // A width of one says nothing: “%1s” is the argument of Qt and a unit.
        return None;
    }
    at += flags;
    let length = run(at, |b| b"lhqjzt".contains(&b));
    let length = &text[at..at + length];
    at += length.len();
    // A sign goes with a width: `%-10s`, but not the “%-s” of “%-style”.
    if bytes[at - 1] == b'-' {
        return None;
    }
    let conversion = *bytes.get(at).filter(|b| b"sdiufgeEGxXco@".contains(b))?;
    if kind == Kind::Ordered && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) {
        kind = Kind::Glued;
    }
    // How many digits are printed is no part of the meaning, and `%i` prints as `%d` does.
    let conversion = if conversion == b'i' {
        'd'
    } else {
        char::from(conversion)
    };
    let placeholder = Placeholder::new(text, Span::new(start, at + 1), kind);
    Some(placeholder.with_key(format!("%{argument}{length}{conversion}")))
}

/// `%name%` of Symfony, `%#@name@` of Apple's plurals: a name between signs.
fn between_signs(text: &str, start: usize) -> Option<Placeholder> {
    let (open, close) = if text[start..].starts_with("%#@") {
        ("%#@", "@")
    } else {
        ("%", "%")
    };
    let inner = &text[start + open.len()..];
    let name = &inner[..name_len(inner)];
    // “%d%” is a conversion and a sign, and so is “%lld%%”.
    let is_name =
        name.len() > 2 && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && !name.ends_with('@')
            || close == "@";
    let name = name.trim_end_matches('@');
    let end = start + open.len() + name.len() + close.len();
    let rest = &inner[name.len()..];
    (is_name && !name.is_empty() && rest.starts_with(close) && !rest.starts_with("%%"))
        .then(|| Placeholder::new(text, Span::new(start, end), Kind::Named))
}

/// `%1`, `%L1`, `%n` of Qt. Where a text `has_others`, letters may follow: `%2h`.
fn argument(text: &str, start: usize, has_others: bool) -> Option<Placeholder> {
    let rest = &text[start + 1..];
    let number = rest.strip_prefix('L').unwrap_or(rest);
    let len = number.bytes().take_while(u8::is_ascii_digit).count();
    let len = if len == 0 {
        usize::from(rest.starts_with('n'))
    } else {
        len
    };
    let after = number.get(len..)?.bytes().next();
    // “%20” may be a character of an address.
    let is_end = |b: u8| !b.is_ascii_alphanumeric() && b != b'$' && b != b'%';
    let is_unit = |b: u8| {
        let follows = has_others && !number.starts_with('n') && (b.is_ascii_alphabetic() || b == b'%');
        follows || number.starts_with('1') && b.is_ascii_lowercase()
    };
    let is_alone = len == 1 && !number.starts_with('0') && after.is_none_or(|b| is_end(b) || is_unit(b));
    let end = start + 1 + rest.len() - number.len() + len;
    is_alone
        .then(|| Placeholder::new(text, Span::new(start, end), Kind::Named).with_key(format!("%{}", &number[..len])))
}
