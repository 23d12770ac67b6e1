//! The fences of code and of directives in Markdown.

/// A fence: its character and how often it is repeated.
pub type Fence = (u8, usize);

/// The fence that a line begins with.
pub fn fence(content: &str) -> Option<Fence> {
    let marks = [b'`', b'~', b':', b'/'];
    let c = *content.as_bytes().first().filter(|b| marks.contains(b))?;
    let n = content.bytes().take_while(|&b| b == c).count();
    let rest = &content[n..];
    // Backticks further on are a code span.
    (n >= 3 && (c != b'`' || !rest.contains('`'))).then_some((c, n))
}
