//! Cells of tables that a spreadsheet would run as a formula.

use std::borrow::Cow;

/// The cell with an apostrophe before it if a spreadsheet would take it for a formula, as OWASP recommends against “CSV injection”.
/// [`unguarded`] gives back every cell.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if is_formula(cell.trim_start_matches('\'')) {
        format!("'{cell}").into()
    } else {
        cell.into()
    }
}

/// The cell without the apostrophe of [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_come_back() {
        assert_eq!(guarded("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        for cell in ["=1", "+86", "-", "@x", "'=1", "''+", "'tis", "国务院", "", "\tx", "a=b"] {
            assert_eq!(unguarded(&guarded(cell)), cell);
        }
        assert_eq!(guarded("'tis"), "'tis");
    }
}
