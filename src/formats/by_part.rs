//! The documents of a file that is read part by part.

use std::collections::VecDeque;

use super::InputError;
use crate::document::Document;

/// What was read of a file and is not given out yet.
pub type Queue = VecDeque<Result<Document, InputError>>;

/// Reads a file part by part.
pub trait ReadParts {
    /// Adds what the next part holds to the queue. Returns whether there may be more.
    ///
    /// # Errors
    /// What costs the rest of the file.
    fn read_part(&mut self, queue: &mut Queue) -> Result<bool, InputError>;
}

/// The documents of a file and the errors in it, read part by part as they are needed.
pub struct Documents<R> {
    reader: R,
    queue: Queue,
    done: bool,
}

impl<R> Documents<R> {
    /// What `reader` reads.
    pub const fn new(reader: R) -> Self {
        Self {
            reader,
            queue: Queue::new(),
            done: false,
        }
    }
}

impl<R: ReadParts> Iterator for Documents<R> {
    type Item = Result<Document, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.queue.is_empty() && !self.done {
            match self.reader.read_part(&mut self.queue) {
                Ok(more) => self.done = !more,
                Err(error) => {
                    self.done = true;
                    self.queue.push_back(Err(error));
                }
            }
        }
        self.queue.pop_front()
    }
}
