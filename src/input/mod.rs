//! Files in, documents out: one reader per file format, decoding, discovery of files and of file pairs.

mod document;

pub use document::{Block, BlockKind, Document, Layout, Origin, Piece, Record};
