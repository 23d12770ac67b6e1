//! Copies of packages with other text.

use super::{Edit, PackageFault};
use crate::text::Source;

/// Makes the edits of a text, disjoint and in order, with replacements as its readers should see them.
pub type Choose<'a> = &'a dyn Fn(&Source) -> Vec<Edit>;

/// Writes a copy of a package with edits of its text, as tracked changes if the last argument says so and the format has them.
/// What the edits do not need to change stays byte for byte. An edit that the format cannot hold is left out.
pub type Rewriter = fn(bytes: &[u8], choose: Choose<'_>, tracked: bool) -> Result<Rewritten, PackageFault>;

/// A copy of a package.
#[derive(Debug)]
pub struct Rewritten {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The text of the package before.
    pub before: String,
    /// The edits of that text that were made.
    pub edits: Vec<Edit>,
}
