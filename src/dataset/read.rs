//! Reads an output folder back: any table, Parquet or CSV, the columns asked for, a batch at a time.
//!
//! In: the folder that `juesuan extract` wrote. Out: [`Batch`]es of typed values, in the order of the
//! files, one row group or as many CSV rows in memory at once. Decimals stay exact. Tables are those of
//! [`TABLES`](super::TABLES).
//! Surprise: rows of a document stand together and documents stand in one order in all tables, so
//! [`Scan::of_document`] joins tables without holding any.

mod batch;
mod csv_rows;
mod parquet_rows;

pub use batch::{Batch, Row};

use super::descriptor::DESCRIPTOR_MARK;
use super::sink::Format;
use super::tables::{Definition, Table, table_named};
use super::writer::csv_path;
use csv_rows::CsvRows;
use parquet_rows::ParquetRows;
use std::fs;
use std::path::{Path, PathBuf};

const HELP: &str = "give the folder that `juesuan extract … --out DIR` wrote";
const AGAIN: &str = "write the dataset again with `juesuan extract`";

/// Why a dataset cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {reason}\n  help: {help}")]
pub struct ReadError {
    /// The file or folder.
    pub path: PathBuf,
    /// What was met.
    pub reason: String,
    /// What to do.
    pub help: String,
}

impl ReadError {
    fn new(path: &Path, reason: impl std::fmt::Display, help: &str) -> Self {
        ReadError { path: path.to_owned(), reason: reason.to_string(), help: help.to_owned() }
    }

    fn damaged(path: &Path, reason: impl std::fmt::Display) -> Self {
        ReadError::new(path, reason, AGAIN)
    }
}

/// A folder with a dataset.
#[derive(Clone, Debug)]
pub struct Dataset {
    folder: PathBuf,
    format: Format,
}

impl Dataset {
    /// The dataset in `folder`.
    ///
    /// # Errors
    /// [`ReadError`] if none lies there, or none that was written to its end.
    pub fn open(folder: &Path) -> Result<Self, ReadError> {
        let described = fs::read(folder.join("datapackage.json"));
        if !folder.is_dir() {
            return Err(ReadError::new(folder, "this is no folder", HELP));
        }
        if !described.is_ok_and(|bytes| bytes.starts_with(DESCRIPTOR_MARK.as_bytes())) {
            return Err(ReadError::new(folder, "no datapackage.json of juesuan lies here", HELP));
        }
        let format = if folder.join("documents.csv").is_file() { Format::Csv } else { Format::Parquet };
        Ok(Dataset { folder: folder.to_owned(), format })
    }

    /// Where it lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How its tables are written.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// Starts reading `columns` of `table`.
    ///
    /// # Errors
    /// [`ReadError`] if the table or a column is unknown or missing.
    pub fn scan(&self, table: &str, columns: &[&str]) -> Result<Scan, ReadError> {
        let Some(table) = table_named(table) else {
            return Err(ReadError::new(&self.folder, format!("there is no table `{table}`"), HELP));
        };
        let wanted: Option<Vec<&'static Definition>> = columns.iter().map(|name| table.column(name)).collect();
        let Some(wanted) = wanted else {
            let reason = format!("`{}` has not all the columns {}", table.name, columns.join(", "));
            return Err(ReadError::new(&self.folder, reason, HELP));
        };
        let source = match self.format {
            Format::Csv => Source::Csv(CsvRows::open(&csv_path(&self.folder, table), wanted)?),
            Format::Parquet => Source::Parquet(ParquetRows::new(parts(&self.folder, table)?, wanted)),
        };
        Ok(Scan { source, batch: None, next: 0 })
    }
}

/// The Parquet parts of `table`, in order.
fn parts(folder: &Path, table: &Table) -> Result<Vec<PathBuf>, ReadError> {
    let folder = folder.join(table.name);
    let entries = fs::read_dir(&folder).map_err(|error| ReadError::new(&folder, error, HELP))?;
    let mut parts: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    parts.retain(|path| path.extension().is_some_and(|extension| extension == "parquet"));
    parts.sort();
    if parts.is_empty() {
        return Err(ReadError::new(&folder, "no Parquet part lies here", HELP));
    }
    Ok(parts)
}

enum Source {
    Csv(CsvRows),
    Parquet(ParquetRows),
}

/// A table while it is read.
pub struct Scan {
    source: Source,
    batch: Option<Batch>,
    /// The next row of `batch`.
    next: usize,
}

impl Scan {
    /// The rows that follow, none of them empty; `None` at the end.
    ///
    /// # Errors
    /// [`ReadError`] if a file is damaged.
    pub fn next_batch(&mut self) -> Result<Option<Batch>, ReadError> {
        loop {
            let batch = match &mut self.source {
                Source::Csv(rows) => rows.next_batch()?,
                Source::Parquet(rows) => rows.next_batch()?,
            };
            if batch.as_ref().is_none_or(|batch| batch.rows() > 0) {
                return Ok(batch);
            }
        }
    }

    /// Calls `row` with every row that follows.
    ///
    /// # Errors
    /// [`ReadError`] if a file is damaged.
    pub fn for_each(mut self, mut row: impl FnMut(Row<'_>)) -> Result<(), ReadError> {
        while let Some(batch) = self.next_batch()? {
            (0..batch.rows()).for_each(|index| row(batch.row(index)));
        }
        Ok(())
    }

    /// Calls `row` with the rows that stand next, as long as they are of `document`, which is the scan's first column.
    ///
    /// Asked for one document after the other in the order of the table `documents`, this gives each its rows.
    ///
    /// # Errors
    /// [`ReadError`] if a file is damaged.
    pub fn of_document(&mut self, document: &str, mut row: impl FnMut(Row<'_>)) -> Result<(), ReadError> {
        loop {
            if self.batch.as_ref().is_none_or(|batch| self.next >= batch.rows()) {
                self.batch = self.next_batch()?;
                self.next = 0;
            }
            let Some(batch) = &self.batch else { return Ok(()) };
            while self.next < batch.rows() {
                let here = batch.row(self.next);
                if here.text(0) != Some(document) {
                    return Ok(());
                }
                row(here);
                self.next += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests;
