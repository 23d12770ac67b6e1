//! Why a glossary cannot be changed as somebody wants.

/// Why a change cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The concept has no such name.
    #[error("“{id}” has no name “{name}”; `bilint glossary show {id}` prints those it has")]
    NoSuchName {
        /// The concept.
        id: String,
        /// The name.
        name: String,
    },
    /// A language would be left without a name.
    #[error(
        "“{name}” is the only {language} name of “{id}” that may be used; add the one to use first, or rename the concept"
    )]
    OnlyName {
        /// The concept.
        id: String,
        /// The language.
        language: &'static str,
        /// The name.
        name: String,
    },
    /// A field cannot hold a text.
    #[error("{key}: {message}; {help}")]
    Field {
        /// The key.
        key: String,
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
    /// The id cannot be used.
    #[error("the id “{id}” {problem}; name another one with --id")]
    Id {
        /// The id.
        id: String,
        /// What is wrong.
        problem: &'static str,
    },
    /// A name is accepted in one concept and refused in the other.
    #[error("“{name}” may be used in one of “{first}” and “{second}”, and not in the other; edit one of the two first")]
    Contradiction {
        /// The name.
        name: String,
        /// The concept that stays.
        first: String,
        /// The other one.
        second: String,
    },
    /// Both are the same concept.
    #[error("“{0}” cannot be merged with itself")]
    Itself(String),
    /// The names are valid until a day before.
    #[error("the names of “{id}” are valid until {to} only, which is before {from}")]
    Expired {
        /// The concept.
        id: String,
        /// Its `valid-to`.
        to: String,
        /// The day of the change.
        from: String,
    },
}
