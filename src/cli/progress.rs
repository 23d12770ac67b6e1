//! Progress on standard error, on a terminal only, and only when a run takes longer than a blink.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget};

/// What passes for a blink.
const BLINK: Duration = Duration::from_millis(400);

/// Counts inputs as they are read.
pub struct Progress {
    bar: ProgressBar,
    start: Instant,
}

impl Progress {
    /// Nothing is shown yet.
    pub fn new(inputs: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(inputs as u64), ProgressDrawTarget::hidden());
        Self {
            bar,
            start: Instant::now(),
        }
    }

    /// One more input is begun. The bar draws itself on a terminal only.
    pub fn step(&self) {
        if self.bar.is_hidden() && self.start.elapsed() > BLINK {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(1);
    }

    /// Leaves the terminal as it was.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
