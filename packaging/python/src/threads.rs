//! The threads that check. A process that is forked has none of the threads of its parent, so that pools belong to a process:
//! `multiprocessing` and PySpark fork.

use std::collections::HashMap;
use std::process;
use std::sync::{Arc, Mutex, PoisonError};

use pyo3::PyResult;
use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::error;

/// Pools by process and number of threads.
type Pools = HashMap<(u32, usize), Arc<ThreadPool>>;

/// Those of a parent stay: they cannot be ended in a child.
static POOLS: Mutex<Option<Pools>> = Mutex::new(None);

/// The pool of this process with so many threads; 0: one for each core.
fn pool(threads: usize) -> PyResult<Arc<ThreadPool>> {
    let mut pools = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    let pools = pools.get_or_insert_default();
    let key = (process::id(), threads);
    if let Some(pool) = pools.get(&key) {
        return Ok(Arc::clone(pool));
    }
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|n| format!("bilint-{n}"))
        .build()
        .map_err(error)?;
    let pool = Arc::new(pool);
    pools.insert(key, Arc::clone(&pool));
    Ok(pool)
}

/// Does some work on so many threads.
pub fn work<T: Send>(threads: usize, job: impl FnOnce() -> T + Send) -> PyResult<T> {
    Ok(pool(threads)?.install(job))
}
