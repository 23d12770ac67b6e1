//! Paths as users see them.

use std::path::Path;
use std::sync::Arc;

/// The path as messages and reports show it, with forward slashes on every system.
pub fn display_path(path: &Path) -> Arc<str> {
    let path = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '\\' {
        Arc::from(path.replace('\\', "/"))
    } else {
        Arc::from(path)
    }
}
