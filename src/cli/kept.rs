//! What is kept between runs, in the cache folder of the user. It is only read for the very files that it was made from, and
//! nothing is lost without it.

use std::env;
use std::fs;
use std::path::PathBuf;

use xxhash_rust::xxh3::xxh3_64;

use crate::file;

/// A file in the cache folder.
pub struct Kept {
    path: PathBuf,
    /// The first line begins with it: the version of bilint, and what the content depends on.
    head: String,
}

impl Kept {
    /// The file for a purpose, such as `names`, and `subject`, such as paths, as seen from the current folder. `state` is what the
    /// content depends on, if it does not say so itself. `None` if there is no folder.
    pub fn new(purpose: &str, subject: &str, state: &str) -> Option<Self> {
        let here = env::current_dir().ok()?;
        let place = xxh3_64(format!("{}\n{subject}", here.display()).as_bytes());
        Some(Self {
            path: folder()?.join(format!("{purpose}-{place:016x}")),
            head: format!("bilint {} {purpose} {state}", env!("BILINT_VERSION")),
        })
    }

    /// What is kept; `None` if it is absent, damaged, or depends on another state.
    pub fn read(&self) -> Option<Vec<u8>> {
        let mut bytes = file::read(&self.path).ok()?;
        let rest = bytes.strip_prefix(self.head.as_bytes())?.strip_prefix(b" ")?;
        let (digest, body) = rest.split_at_checked(16)?;
        let body = body.strip_prefix(b"\n")?;
        let is_whole = digest == format!("{:016x}", xxh3_64(body)).as_bytes();
        let start = bytes.len() - body.len();
        is_whole.then(|| bytes.split_off(start))
    }

    /// Keeps `body`. If that fails, the next run does the work again.
    pub fn write(&self, body: &[u8]) {
        let Some(folder) = self.path.parent() else { return };
        let head = format!("{} {:016x}\n", self.head, xxh3_64(body));
        let bytes = [head.as_bytes(), body].concat();
        let written = fs::create_dir_all(folder).and_then(|()| file::write_atomically(&self.path, &bytes));
        drop(written);
    }
}

/// The folder for what may be lost: `BILINT_CACHE_DIR`, or a folder `bilint` in that of the user. Empty: none.
pub fn folder() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).map(PathBuf::from);
    if let Some(folder) = set("BILINT_CACHE_DIR") {
        return Some(folder).filter(|folder| !folder.as_os_str().is_empty());
    }
    let user = set("XDG_CACHE_HOME").or_else(|| set("LOCALAPPDATA"));
    let user = user.or_else(|| Some(env::home_dir()?.join(".cache")));
    user.filter(|folder| folder.is_absolute())
        .map(|folder| folder.join("bilint"))
}
