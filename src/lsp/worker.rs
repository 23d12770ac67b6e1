//! The thread that does what takes longer than a keystroke.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};

use crate::input::{self, Input, OpenTexts};
use crate::run::{CheckedInput, Run, RunError, Settings};

/// Something to do.
pub enum Job {
    /// Find the inputs of the configuration, and those of open files that it leaves out.
    Find {
        settings: Arc<Settings>,
        open_texts: Arc<OpenTexts>,
    },
    /// Check an input as a whole.
    Check {
        run: Arc<Run>,
        input: Input,
        open_texts: Arc<OpenTexts>,
        revision: u64,
    },
}

/// What became of it.
pub enum Done {
    Found(Vec<Input>),
    Checked {
        input: Input,
        /// The revision of the texts that were checked.
        revision: u64,
        result: Result<CheckedInput, RunError>,
    },
}

/// Starts the thread. It ends when the sender is dropped.
pub fn start() -> (Sender<Job>, Receiver<Done>) {
    let (to_worker, jobs) = unbounded::<Job>();
    let (results, from_worker) = unbounded();
    thread::spawn(move || {
        for job in jobs {
            if results.send(job.run()).is_err() {
                break;
            }
        }
    });
    (to_worker, from_worker)
}

impl Job {
    fn run(self) -> Done {
        match self {
            Self::Find { settings, open_texts } => Done::Found(find(&settings, &open_texts)),
            Self::Check {
                run,
                input,
                open_texts,
                revision,
            } => Done::Checked {
                result: run.check_open(&input, &open_texts),
                input,
                revision,
            },
        }
    }
}

/// The inputs that `bilint check` finds, and those of open files that are not among its sources.
fn find(settings: &Settings, open_texts: &Arc<OpenTexts>) -> Vec<Input> {
    let options = input::Options {
        open_texts: Arc::clone(open_texts),
        ..settings.input_options()
    };
    let mut inputs = input::discover(&settings.effective_paths(), &options).inputs;
    let is_found = |path: &PathBuf| inputs.iter().any(|input| input.paths().any(|p| p == path));
    let listed: Vec<PathBuf> = open_texts.keys().filter(|path| !is_found(path)).cloned().collect();
    if !listed.is_empty() {
        let options = input::Options {
            listed,
            force_exclude: true,
            ..options
        };
        inputs.append(&mut input::discover(&[], &options).inputs);
    }
    inputs
}
