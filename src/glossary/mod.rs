//! The bilingual glossary: concepts with their Chinese and English names, and finding those names in text.

/// A glossary, ready to be looked up in.
#[derive(Debug, Default)]
pub struct Glossary {}
