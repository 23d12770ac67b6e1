//! What can go wrong with a package. Each fault names the remedy.

/// Most parts of a package.
pub const MOST_PARTS: usize = 20_000;
/// Most bytes of all parts that are read: more than any book, and less than what a bomb unpacks to.
pub const MOST_BYTES: u64 = 64 << 20;
/// Why a package cannot be read, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum PackageFault {
    /// A compound file.
    #[error("an Office file of before 2007, or one with a password; save it in the current format, without a password")]
    CompoundFile,
    /// No archive, or half of one.
    #[error("damaged, or no Office file ({0}); open it in Office and save it again")]
    Damaged(String),
    /// An archive with a password.
    #[error("an archive with a password; save it without one")]
    Encrypted,
    /// Too many parts.
    #[error("an archive of more than {MOST_PARTS} files, which is no document")]
    TooMany,
    /// Too much text.
    #[error("the text unpacks to more than {} MiB; divide the document", MOST_BYTES >> 20)]
    TooLarge,
    /// A sheet that is too large.
    #[error("{0}; divide the workbook")]
    TooMuch(String),
    /// A part that would be outside of the folder that the package is unpacked to.
    #[error("an archive with the path “{0}”, which leads out of it, and no document")]
    Climbs(String),
    /// Another kind of package.
    #[error("{0} is not inside; save the file with Office again")]
    WrongKind(&'static str),
    /// A copy whose text would not be what the edits say.
    #[error("its text cannot be changed safely; correct it in its program")]
    Unwritable,
    /// XML that is not well-formed, or with something that is not read on purpose.
    #[error("{part}, line {line}: {message}; open the file in Office and save it again")]
    Markup {
        /// The part.
        part: String,
        /// 1-based line in it.
        line: usize,
        /// What is wrong.
        message: String,
    },
}
