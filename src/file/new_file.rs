//! A file that is written piece by piece.

use std::fs::{File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{Destination, complete, folder_of, temporary};

/// A file that is written piece by piece, and takes its place only when it is complete, as
/// [`write_atomically`](super::write_atomically) has it. Dropped before, it leaves nothing behind.
pub struct NewFile(Inner);

enum Inner {
    Direct(File),
    Temporary {
        file: NamedTempFile,
        target: PathBuf,
        old: Option<Box<Metadata>>,
    },
}

impl NewFile {
    /// Begins a file that will be at `path`.
    ///
    /// # Errors
    /// As [`write_atomically`](super::write_atomically).
    pub fn create(path: &Path) -> io::Result<Self> {
        let (target, old) = match Destination::new(path)? {
            Destination::Direct(file) => return Ok(Self(Inner::Direct(file))),
            Destination::New(target) => (target, None),
            Destination::Replaced(target, old) => (target, Some(Box::new(old))),
        };
        let file = temporary(folder_of(&target)?, old.is_none())?;
        Ok(Self(Inner::Temporary { file, target, old }))
    }

    /// Puts the complete file in its place.
    ///
    /// # Errors
    /// The system refuses; an old file is unchanged then.
    pub fn commit(self) -> io::Result<()> {
        match self.0 {
            Inner::Direct(mut file) => file.flush(),
            Inner::Temporary { file, target, old } => {
                complete(&file, old.as_deref())?;
                file.persist(target).map(drop).map_err(|e| e.error)
            }
        }
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Inner::Direct(file) => file.write(bytes),
            Inner::Temporary { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Inner::Direct(file) => file.flush(),
            Inner::Temporary { file, .. } => file.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_takes_its_place_only_when_it_is_complete() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.tsv");
        fs::write(&path, "old").unwrap();
        let mut file = NewFile::create(&path).unwrap();
        file.write_all(b"half").unwrap();
        drop(file);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        let mut file = NewFile::create(&path).unwrap();
        file.write_all(b"new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        file.commit().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "no temporary file is left"
        );
    }
}
