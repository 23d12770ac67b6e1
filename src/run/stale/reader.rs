//! Reads versions of texts out of the repository.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::blocks::Blocks;
use crate::filter::since::{GitError, Objects, Version};
use crate::formats::front_matter;
use crate::input;
use crate::text::Side;

/// Reads versions; several threads may share one.
pub struct VersionReader<'a> {
    objects: Mutex<Objects>,
    options: &'a input::Options,
}

impl<'a> VersionReader<'a> {
    /// A reader of these objects.
    pub const fn new(objects: Objects, options: &'a input::Options) -> Self {
        Self {
            objects: Mutex::new(objects),
            options,
        }
    }

    /// The blocks of a version in the language of `side`; `None` for one that cannot be read.
    pub fn read(&self, version: &Version, side: Side) -> Result<Option<Blocks>, GitError> {
        match &version.blob {
            Some(blob) => self.read_object(blob, &version.path, side),
            None => Ok(None),
        }
    }

    /// The blocks of a text that git names `object`, with the path that it had.
    pub fn read_object(&self, object: &str, path: &str, side: Side) -> Result<Option<Blocks>, GitError> {
        let content = {
            let mut objects = self.objects.lock().unwrap_or_else(PoisonError::into_inner);
            objects.read(object)?
        };
        // What is no text now was none then, or never will be compared.
        let document = content.map(|bytes| input::read_side(Path::new(path), Some(bytes), side, self.options));
        Ok(document.and_then(Result::ok).map(|mut document| {
            let blocks = std::mem::take(document.blocks_mut(side));
            let source = document.sources.first();
            let top = source
                .and_then(|s| front_matter::read(s.text()))
                .map_or(0, |(span, _)| span.end);
            Blocks::new(blocks).with_fields_up_to(top)
        }))
    }
}
