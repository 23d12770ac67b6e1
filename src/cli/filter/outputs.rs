//! Where `bilint filter` writes.

use std::io::{BufWriter, Write};
use std::path::Path;

use super::{Args, Trouble};
use crate::cli::console::Console;
use crate::file::NewFile;
use crate::file::compression::{Compression, Compressor};
use crate::formats::parquet::Table;
use crate::input::{InputError, ReadChunks};
use crate::run::{FilterReport, Run, RunError};

impl Args {
    /// Filters rows of text.
    pub(super) fn filter_rows(
        &self,
        run: &Run,
        reader: Box<dyn ReadChunks>,
        out: &mut dyn Write,
        console: &Console,
    ) -> Result<FilterReport, Trouble> {
        let paths = &self.output;
        if let Some(path) = paths.iter().find(|path| is_parquet(&Compression::of(path).1)) {
            return Err(format!(
                "{}: only Parquet is written as Parquet; name another output",
                path.display()
            )
            .into());
        }
        let mut files: Vec<Compressor<NewFile>> = paths.iter().map(|path| create(path)).collect::<Result<_, _>>()?;
        let report = {
            let mut outputs: Vec<&mut dyn Write> = files.iter_mut().map(|file| file as &mut dyn Write).collect();
            if outputs.is_empty() {
                outputs.push(out);
            }
            run.filter(reader, self.options(), &mut outputs, console)
                .map_err(hint)?
        };
        for (file, path) in files.into_iter().zip(paths) {
            let written = file.finish().and_then(NewFile::commit);
            written.map_err(|source| cannot_write(path, source))?;
        }
        out.flush()?;
        Ok(report)
    }

    /// Filters a Parquet file.
    pub(super) fn filter_table(&self, run: &Run, table: &Table, console: &Console) -> Result<FilterReport, Trouble> {
        let path = match self.output.first() {
            Some(path) if Compression::of(path).0 == Compression::None => path,
            Some(path) => {
                let path = path.display();
                return Err(format!(
                    "{path}: Parquet compresses its columns itself; name an output without this ending"
                )
                .into());
            }
            None => {
                let path = table.path();
                return Err(format!(
                    "{path}: Parquet is written to a file; name it with --output, as in `-o clean.parquet`"
                )
                .into());
            }
        };
        let failed = |source| cannot_write(path, source);
        let file = BufWriter::new(NewFile::create(path).map_err(failed)?);
        let (report, file) = run.filter_table(table, self.options(), file, console)?;
        let file = file.into_inner().map_err(|e| failed(e.into_error()))?;
        file.commit().map_err(failed)?;
        Ok(report)
    }
}

fn is_parquet(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("parquet"))
}

/// What else a table without a header may be, for the message.
fn hint(error: RunError) -> Trouble {
    match error {
        RunError::Input(InputError::MissingHeader { .. }) => {
            format!("{error}; or name the columns of a file without a header, as in `--columns zh,en`").into()
        }
        error => error.into(),
    }
}

fn create(path: &Path) -> Result<Compressor<NewFile>, RunError> {
    let file = NewFile::create(path).map_err(|source| cannot_write(path, source))?;
    Ok(Compressor::new(Compression::of(path).0, file))
}

pub fn cannot_write(path: &Path, source: std::io::Error) -> RunError {
    RunError::Write {
        file: path.to_owned(),
        source,
    }
}
