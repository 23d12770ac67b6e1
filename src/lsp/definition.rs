//! Where the counterpart of a paragraph is, and the entry of a name.

use lsp_types::{Location, Position, Range};

use super::spot::Spot;
use super::workspace::Workspace;
use crate::rules::label;
use crate::text::Span;

/// The entry of the name under the cursor, if its glossary is a file, and the paragraph that translates this one.
pub fn define(spot: &Spot<'_>, workspace: &Workspace) -> Vec<Location> {
    let entry = spot.name().and_then(|(concept, _)| {
        let place = &spot.pair.doc.glossary.concepts()[concept].place;
        let path = workspace.path(&place.file);
        let line = u32::try_from(place.line.saturating_sub(1)).ok()?;
        let start = Position::new(line, 0);
        path.is_file()
            .then(|| Some(Location::new(workspace.uri(&path)?, Range::new(start, start))))?
    });
    let other = spot.side.other();
    let counterpart = (!spot.pair.blocks(other).is_empty()).then(|| {
        let whole = label(&spot.pair, other, Span::new(0, spot.pair.text(other).len()));
        let uri = workspace.uri(&workspace.path(&whole.file))?;
        Some(Location::new(uri, workspace.unit.range_of(&whole)))
    });
    entry.into_iter().chain(counterpart.flatten()).collect()
}
