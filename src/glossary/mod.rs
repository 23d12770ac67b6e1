//! The bilingual glossary: concepts with their Chinese and English names, and finding those names in text.

mod concept;
pub mod load;

pub use concept::{Concept, Kind, Name, Place, Status};
pub use load::{GlossaryError, Loaded, load_files, shipped};

/// A glossary, ready to be looked up in.
#[derive(Debug, Default)]
pub struct Glossary {
    concepts: Vec<Concept>,
}

impl Glossary {
    /// A glossary of these concepts.
    pub fn new(concepts: Vec<Concept>) -> Self {
        Self { concepts }
    }

    /// The concepts, in the order of the files they came from.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }
}
