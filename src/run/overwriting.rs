//! No file that a run reads is overwritten by what it writes.

use std::path::PathBuf;

use super::{RunError, Settings};
use crate::file::Place;
use crate::input::{Discovery, Input};
use crate::text::display_path;

/// # Errors
/// [`RunError::Overwrite`] if an output, or a baseline that is to be updated, is a file that the run reads.
pub(super) fn refuse(settings: &Settings, found: &Discovery) -> Result<(), RunError> {
    let filters = &settings.filters;
    let baseline = filters.baseline.iter();
    let written = settings
        .outputs
        .iter()
        .chain(baseline.clone().filter(|_| filters.update_baseline))
        // What does not exist is not read.
        .filter(|path| path.is_file())
        .map(|path| (path, Place::new(path)));
    let written: Vec<(&PathBuf, Place)> = written.collect();
    if written.is_empty() {
        return Ok(());
    }
    let configured = settings.config.path.iter().chain(settings.effective_glossaries());
    let confirmed = settings.score.iter().filter_map(|s| s.confirmed.as_ref());
    let settled = configured.chain(filters.waivers.iter()).chain(confirmed);
    let texts = found.inputs.iter().flat_map(Input::paths);
    // An updated baseline is read and written on purpose.
    let read = texts
        .chain(settled)
        .chain(baseline.filter(|_| !filters.update_baseline));
    for file in read {
        let place = Place::new(file);
        if let Some((output, _)) = written.iter().find(|(_, p)| *p == place) {
            return Err(RunError::Overwrite {
                output: display_path(output),
                file: display_path(file),
            });
        }
    }
    Ok(())
}
