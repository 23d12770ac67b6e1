//! What a run says while it works.

use crate::input::{Input, InputError};
use crate::rules::DocumentContext;

/// Receives events of a run. Every method does nothing unless implemented. They may be called on any thread, those of
/// one kind in the order of the inputs.
pub trait Observer: Sync {
    /// Inputs were found and will be read.
    fn on_start(&self, _inputs: usize) {}

    /// An input is about to be read.
    fn on_input(&self, _input: &Input) {}

    /// An input, or a record of one, cannot be checked; see [`InputError::level`].
    fn on_problem(&self, _problem: &InputError) {}

    /// A document was checked by all rules but those that compare documents.
    fn on_document(&self, _document: &DocumentContext<'_>) {}

    /// All inputs have been checked.
    fn on_end(&self) {}
}

/// Ignores all events.
impl Observer for () {}

/// Passes all events on, and hands each checked document to a function.
pub struct Visiting<'a, F> {
    observer: &'a dyn Observer,
    visit: F,
}

impl<'a, F: Fn(&DocumentContext<'_>) + Sync> Visiting<'a, F> {
    /// An observer that passes all events on to `observer`.
    pub const fn new(observer: &'a dyn Observer, visit: F) -> Self {
        Self { observer, visit }
    }
}

impl<F: Fn(&DocumentContext<'_>) + Sync> Observer for Visiting<'_, F> {
    fn on_start(&self, inputs: usize) {
        self.observer.on_start(inputs);
    }

    fn on_input(&self, input: &Input) {
        self.observer.on_input(input);
    }

    fn on_problem(&self, problem: &InputError) {
        self.observer.on_problem(problem);
    }

    fn on_document(&self, document: &DocumentContext<'_>) {
        self.observer.on_document(document);
        (self.visit)(document);
    }

    fn on_end(&self) {
        self.observer.on_end();
    }
}
