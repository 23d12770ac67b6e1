//! The rules about the history of a text and its translation, one file each.

mod outdated_translation;
mod removed_from_source;
mod untranslated_addition;
mod untranslated_page;

pub use outdated_translation::OutdatedTranslation;
pub use removed_from_source::RemovedFromSource;
pub use untranslated_addition::UntranslatedAddition;
pub use untranslated_page::UntranslatedPage;
