//! Reading files that have an end, writing a file as a whole or not at all, and telling whether two paths lead to the same file.

pub mod compression;
mod new_file;

use std::collections::HashSet;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tempfile::NamedTempFile;

pub use new_file::NewFile;

/// Temporary files are named `.bilint-XXXXXX.tmp`.
const PREFIX: &str = ".bilint-";
const SUFFIX: &str = ".tmp";
const RANDOM: usize = 6;

/// A temporary file may vanish this often before the write fails: another run may take it for a leftover in the moment
/// before it is locked.
const ATTEMPTS: usize = 3;

/// Opens a file to read it to its end: a regular file, an empty device, or what this process was given, such as
/// `/dev/stdin` or the pipe of `<(…)` in a shell.
///
/// # Errors
/// The system refuses, or reading might never end: a named pipe may have no writer, and a device no end.
pub fn open(path: &Path) -> io::Result<File> {
    let kind = fs::metadata(path)?.file_type();
    if kind.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    let is_given =
        || path == Path::new("/dev/stdin") || path.starts_with("/dev/fd") || path.starts_with("/proc/self/fd");
    let is_safe = kind.is_file() || cfg!(not(unix)) || is_given() || path == Path::new("/dev/null");
    if !is_safe {
        return Err(io::Error::new(
            ErrorKind::InvalidInput,
            "it is a named pipe, a socket or a device, and reading it might never end; give it to bilint on standard input",
        ));
    }
    File::open(path)
}

/// Reads a file to its end.
///
/// # Errors
/// As [`open`].
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a text file, in UTF-8, to its end.
///
/// # Errors
/// As [`open`], or the file is not UTF-8.
pub fn read_to_string(path: &Path) -> io::Result<String> {
    String::from_utf8(read(path)?).map_err(|e| io::Error::new(ErrorKind::InvalidData, e))
}

/// Writes `bytes` to `path` so that a reader sees either the old file or the new one: it writes a temporary file next to
/// it and renames that. The mode and, where allowed, the owner are kept; a link is followed, not replaced. A pipe, a
/// device or an open file such as `/dev/stderr` is written to directly.
///
/// The bytes are on the disk before the rename. The folder is not: after a loss of power the file may be the old one, which is
/// whole as well, and a second wait for the disk would double the time of fixing many files.
///
/// # Errors
/// The folder does not exist, the file is read-only or has several hard links, or the system refuses. The old file is
/// unchanged then.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match Destination::new(path)? {
        Destination::Direct(mut file) => file.write_all(bytes),
        Destination::New(path) => write_beside(&path, bytes, None, |file| file.persist(&path).map_err(|e| e.error)),
        Destination::Replaced(target, old) => write_beside(&target, bytes, Some(&old), |file| {
            file.persist(&target).map_err(|e| e.error)
        }),
    }
}

/// How a file is written.
enum Destination {
    /// A pipe, a device or an open file, as it is.
    Direct(File),
    /// A file that does not exist yet.
    New(PathBuf),
    /// A file that exists, links resolved.
    Replaced(PathBuf, Metadata),
}

impl Destination {
    fn new(path: &Path) -> io::Result<Self> {
        let old = match fs::metadata(path) {
            Ok(old) => Some(old),
            Err(e) if e.kind() == ErrorKind::NotFound => None,
            Err(e) => return Err(e),
        };
        if old.as_ref().is_some_and(|m| !m.is_file() && !m.is_dir()) || is_open_file(path) {
            return OpenOptions::new().append(true).open(path).map(Self::Direct);
        }
        if let Some(old) = old {
            check_replaceable(path, &old)?;
            return Ok(Self::Replaced(fs::canonicalize(path)?, old));
        }
        if path.symlink_metadata().is_ok() {
            return Err(io::Error::new(
                ErrorKind::NotFound,
                "it is a link to a file that does not exist",
            ));
        }
        Ok(Self::New(path.to_owned()))
    }
}

/// Writes `bytes` to the new file `path`, whole or not at all.
///
/// # Errors
/// The file exists ([`ErrorKind::AlreadyExists`]), its folder does not, or the system refuses.
pub fn create_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_beside(path, bytes, None, |file| {
        file.persist_noclobber(path).map_err(|e| e.error)
    })
}

/// Writes a temporary file in the folder of `target` and hands it to `persist`.
fn write_beside(
    target: &Path,
    bytes: &[u8],
    old: Option<&Metadata>,
    persist: impl Fn(NamedTempFile) -> io::Result<File>,
) -> io::Result<()> {
    let folder = folder_of(target)?;
    let write = || {
        let mut file = temporary(folder, old.is_none())?;
        file.write_all(bytes)?;
        complete(&file, old)?;
        persist(file)
    };
    let mut attempt = 1;
    loop {
        match write() {
            Err(e) if e.kind() == ErrorKind::NotFound && attempt < ATTEMPTS => attempt += 1,
            result => return result.map(drop),
        }
    }
}

/// The folder of a file that is to be written, without leftovers.
fn folder_of(target: &Path) -> io::Result<&Path> {
    let folder = parent(target);
    if !folder.is_dir() {
        let message = format!("the folder {} does not exist", folder.display());
        return Err(io::Error::new(ErrorKind::NotFound, message));
    }
    remove_leftovers(folder);
    Ok(folder)
}

/// An empty temporary file in the folder, locked as long as this run needs it.
fn temporary(folder: &Path, is_new: bool) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM);
    #[cfg(unix)]
    if is_new {
        use std::os::unix::fs::PermissionsExt;
        // Less the umask, as for any new file.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    // Not every file system has locks. Leftovers stay where there are none.
    let _ = file.as_file().try_lock();
    Ok(file)
}

/// Gives a temporary file the mode and the owner of the file that it replaces, and waits until it is on the disk.
fn complete(file: &NamedTempFile, old: Option<&Metadata>) -> io::Result<()> {
    if let Some(old) = old {
        keep_owner(file.path(), old);
        fs::set_permissions(file.path(), old.permissions())?;
    }
    file.as_file().sync_all()
}

/// Only root may give a file away; everybody else owns the new file.
#[cfg(unix)]
fn keep_owner(path: &Path, old: &Metadata) {
    use std::os::unix::fs::MetadataExt;
    let is_kept = fs::metadata(path).is_ok_and(|new| (new.uid(), new.gid()) == (old.uid(), old.gid()));
    if !is_kept && std::os::unix::fs::chown(path, Some(old.uid()), Some(old.gid())).is_err() {
        let _ = std::os::unix::fs::chown(path, None, Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &Metadata) {}

/// Whether a new file may take the place of this one without taking anything from anybody.
fn check_replaceable(path: &Path, old: &Metadata) -> io::Result<()> {
    if old.is_dir() {
        return Err(io::Error::new(ErrorKind::IsADirectory, "it is a folder"));
    }
    if old.permissions().readonly() {
        return Err(io::Error::new(ErrorKind::PermissionDenied, "the file is read-only"));
    }
    #[cfg(unix)]
    if std::os::unix::fs::MetadataExt::nlink(old) > 1 {
        return Err(io::Error::other(
            "the file has several hard links, and the others would keep the old text",
        ));
    }
    // Whoever may write the folder may rename, but not everybody may write the file.
    OpenOptions::new().write(true).open(path).map(drop)
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Whether the path names an open file of this process, such as `/dev/stderr` or `/proc/self/fd/3`.
fn is_open_file(path: &Path) -> bool {
    cfg!(unix) && (path.starts_with("/dev") || path.starts_with("/proc/self/fd"))
}

/// Whether this is a temporary file of [`write_atomically`], which a killed run may have left behind.
pub fn is_temporary(path: &Path) -> bool {
    let name = path.file_name().and_then(|n| n.to_str());
    name.and_then(|n| n.strip_prefix(PREFIX)?.strip_suffix(SUFFIX))
        .is_some_and(|random| random.len() == RANDOM)
}

/// Removes the temporary files that killed runs left in the folder, once per process. The files of a running process are
/// locked.
fn remove_leftovers(folder: &Path) {
    static DONE: Mutex<Option<HashSet<PathBuf>>> = Mutex::new(None);
    let is_new = DONE.lock().is_ok_and(|mut done| {
        done.get_or_insert_default()
            .insert(fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned()))
    });
    if !is_new {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_leftover = is_temporary(&path)
            && entry.file_type().is_ok_and(|t| t.is_file())
            && File::open(&path).is_ok_and(|f| f.try_lock().is_ok());
        if is_leftover {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Where a path leads. Two paths to one file are equal, whatever their spelling; so are two paths to a file that does not
/// exist yet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// Device and number of an existing file.
    Inode(u64, u64),
    /// The path with links resolved.
    Path(PathBuf),
}

impl Place {
    /// Where `path` leads.
    pub fn new(path: &Path) -> Self {
        #[cfg(unix)]
        if let Ok(meta) = fs::metadata(path) {
            use std::os::unix::fs::MetadataExt;
            return Self::Inode(meta.dev(), meta.ino());
        }
        let resolved = fs::canonicalize(path).or_else(|_| {
            let folder = fs::canonicalize(parent(path))?;
            let name = path.file_name().unwrap_or_default();
            // File systems that ignore case.
            Ok::<_, io::Error>(if cfg!(any(windows, target_os = "macos")) {
                folder.join(name.to_string_lossy().to_lowercase())
            } else {
                folder.join(name)
            })
        });
        Self::Path(resolved.unwrap_or_else(|_| path.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn replaces_and_creates() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        for content in ["one", "two"] {
            write_atomically(&path, content.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), content);
        }
        assert_eq!(names(dir.path()), ["a.txt"], "no temporary file is left");
        let error = create_atomically(&path, b"three").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        create_atomically(&dir.path().join("b.txt"), b"three").unwrap();
        assert_eq!(names(dir.path()), ["a.txt", "b.txt"]);
    }

    #[test]
    fn a_missing_folder_is_an_error_that_names_it() {
        let dir = tempfile::tempdir().unwrap();
        let error = write_atomically(&dir.path().join("no/a.txt"), b"one").unwrap_err();
        assert!(error.to_string().ends_with("/no does not exist"), "{error}");
        assert_eq!(names(dir.path()), Vec::<String>::new());
    }

    #[test]
    fn leftovers_of_killed_runs_are_removed_and_those_of_others_kept() {
        let dir = tempfile::tempdir().unwrap();
        for name in [".bilint-aB3dEf.tmp", ".bilint-notes.tmp", ".bilint-running.txt"] {
            fs::write(dir.path().join(name), "half").unwrap();
        }
        let running = dir.path().join(".bilint-xyz123.tmp");
        let file = File::create(&running).unwrap();
        file.lock().unwrap();
        write_atomically(&dir.path().join("a.txt"), b"one").unwrap();
        assert_eq!(
            names(dir.path()),
            [
                ".bilint-notes.tmp",
                ".bilint-running.txt",
                ".bilint-xyz123.tmp",
                "a.txt"
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn keeps_permissions_and_follows_links() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("a.sh"), dir.path().join("link"));
        fs::write(&file, "one").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        symlink(&file, &link).unwrap();
        write_atomically(&link, b"two").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "two");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o755);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(Place::new(&file), Place::new(&link));

        let lost = dir.path().join("lost");
        symlink(dir.path().join("nowhere"), &lost).unwrap();
        let error = write_atomically(&lost, b"two").unwrap_err().to_string();
        assert!(error.contains("a link to a file that does not exist"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn the_owner_is_kept_where_the_system_allows_it() {
        use std::os::unix::fs::{MetadataExt, chown};
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        fs::write(&path, "one").unwrap();
        // Only root may.
        let _ = chown(&path, Some(65534), Some(65534));
        let old = fs::metadata(&path).unwrap();
        write_atomically(&path, b"two").unwrap();
        let new = fs::metadata(&path).unwrap();
        assert_eq!((new.uid(), new.gid()), (old.uid(), old.gid()));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_with_several_hard_links_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let (path, other) = (dir.path().join("a.txt"), dir.path().join("b.txt"));
        fs::write(&path, "one").unwrap();
        fs::hard_link(&path, &other).unwrap();
        let error = write_atomically(&path, b"two").unwrap_err().to_string();
        assert!(error.contains("several hard links"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        assert_eq!(Place::new(&path), Place::new(&other));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn devices_are_written_to_directly() {
        write_atomically(Path::new("/dev/null"), b"one").unwrap();
        let error = write_atomically(Path::new("/dev/full"), b"one").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::StorageFull);
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    }

    #[cfg(target_os = "linux")]
    use std::os::unix::fs::FileTypeExt;

    #[test]
    fn a_path_to_a_new_file_has_one_place() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| Place::new(&dir.path().join(name));
        assert_eq!(path("o.x"), path("./o.x"));
        assert_ne!(path("o.x"), path("p.x"));
    }
}
