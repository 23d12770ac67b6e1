//! Files that bilint wrote for people to read: pages, workbooks and documents with findings. They are no texts to check.

use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use super::Format;
use super::web_page::Html;
use crate::file;

/// How the head of a page that bilint wrote names its author.
const PAGE: &str = "<meta name=\"generator\" content=\"bilint ";

/// The category of a report of bilint in an Office format, by which it is known.
pub const REPORT_CATEGORY: &str = "bilint report";

/// The part with the properties of an Office file that bilint wrote.
pub const PROPERTIES: &str = "docProps/core.xml";

/// Bytes at the beginning of a page, or of the properties, that hold these.
const HEAD: u64 = 4096;

/// Whether a file is a report or a review that bilint wrote.
pub fn is_own_report(path: &Path) -> bool {
    let Some(format) = super::of(path) else { return false };
    let is_package = format.is_package();
    let mark = match format.name() {
        _ if is_package => format!("<cp:category>{REPORT_CATEGORY}</cp:category>"),
        name if name == Html.name() => PAGE.to_owned(),
        _ => return false,
    };
    let mut head = Vec::new();
    let read = file::open(path).and_then(|file| {
        if is_package {
            let mut archive = ZipArchive::new(BufReader::new(file))?;
            archive.by_name(PROPERTIES)?.take(HEAD).read_to_end(&mut head)
        } else {
            file.take(HEAD).read_to_end(&mut head)
        }
    });
    read.is_ok() && String::from_utf8_lossy(&head).contains(&mark)
}
