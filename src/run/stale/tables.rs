//! Finds what a table cell was in an earlier version of a table whose columns changed.

use std::ops::Range;

use crate::document::{Block, BlockKind, Cell};

/// Matches cells that have no match yet, in a row that was there with another number of columns: a cell is what was in the same
/// column. Columns are known by the cells in them that are the same, or else by the column to their left.
pub fn match_cells(old: &[Block], now: &[Block], before: &mut [Option<usize>], is_kept: &mut [bool]) {
    for table in runs(now) {
        if table.clone().all(|j| before[j].is_some()) {
            continue;
        }
        let columns = columns_before(old, now, table.clone(), before);
        for j in table.clone().filter(|&j| before[j].is_none()).collect::<Vec<_>>() {
            let Some(cell) = cell_of(&now[j]) else { continue };
            let Some(column) = columns.get(usize::from(cell.column)).copied().flatten() else {
                continue;
            };
            let row = table
                .clone()
                .filter(|&i| cell_of(&now[i]).is_some_and(|other| other.row == cell.row));
            let Some((at, was)) = row.filter_map(|i| before[i]).find_map(|i| Some((i, cell_of(&old[i])?))) else {
                continue;
            };
            let width = usize::from(was.columns);
            let mut around = at.saturating_sub(width)..(at + width).min(old.len());
            before[j] = around.find(|&i| {
                !is_kept[i] && cell_of(&old[i]).is_some_and(|cell| cell.row == was.row && cell.column == column)
            });
            if let Some(i) = before[j] {
                is_kept[i] = true;
            }
        }
    }
}

/// For each column of a table, the column that it was: that of most of its cells. One in which no cell is the same was the one
/// to the right of what the column to its left was, unless another one was that.
fn columns_before(old: &[Block], now: &[Block], table: Range<usize>, before: &[Option<usize>]) -> Vec<Option<u16>> {
    let mut votes: Vec<Vec<u16>> = Vec::new();
    for j in table {
        let Some(cell) = cell_of(&now[j]) else { continue };
        if votes.len() <= usize::from(cell.column) {
            votes.resize(usize::from(cell.column) + 1, Vec::new());
        }
        if let Some(was) = before[j].and_then(|i| cell_of(&old[i])) {
            votes[usize::from(cell.column)].push(was.column);
        }
    }
    let most = |votes: &Vec<u16>| {
        let count = |column: &u16| votes.iter().filter(|v| *v == column).count();
        votes
            .iter()
            .copied()
            .max_by_key(|column| (count(column), std::cmp::Reverse(*column)))
    };
    let mut columns: Vec<Option<u16>> = votes.iter().map(most).collect();
    for i in 1..columns.len() {
        if columns[i].is_none() {
            columns[i] = columns[i - 1]
                .map(|left| left + 1)
                .filter(|column| !columns.contains(&Some(*column)));
        }
    }
    columns
}

/// The table cells in a row.
fn runs(blocks: &[Block]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for j in (0..blocks.len()).filter(|&j| cell_of(&blocks[j]).is_some()) {
        match runs.last_mut() {
            Some(run) if run.end == j => run.end += 1,
            _ => runs.push(j..j + 1),
        }
    }
    runs
}

const fn cell_of(block: &Block) -> Option<Cell> {
    match block.kind {
        BlockKind::TableCell(cell) => Some(cell),
        _ => None,
    }
}
