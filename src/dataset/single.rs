//! One table's file, written by itself: a view of a dataset.
//!
//! In: rows of one table. Out: its Parquet part 0 or its CSV file, under a temporary name until it is whole.

use super::column::Columns;
use super::sink::{Format, Sink, WriteError};
use super::tables::{Row, Table};
use super::writer::{Target, csv_path, open, part_path, unfinished_csv_path, unfinished_part_path};
use std::fs;
use std::path::{Path, PathBuf};

/// Rows in memory at once.
const MOST_ROWS: usize = 65_536;

/// A table's file while it is written.
pub struct TableFile {
    table: &'static Table,
    rows: Columns,
    sink: Sink,
    unfinished: PathBuf,
    path: PathBuf,
    rows_written: u64,
}

impl TableFile {
    /// Starts the file of `table` in `folder`; one that lies there stays until [`TableFile::finish`].
    ///
    /// # Errors
    /// [`WriteError`] if it cannot be made.
    pub fn create(folder: &Path, format: Format, table: &'static Table) -> Result<Self, WriteError> {
        let (unfinished, path) = match format {
            Format::Parquet => (unfinished_part_path(folder, table, 0), part_path(folder, table, 0)),
            Format::Csv => (unfinished_csv_path(folder, table), csv_path(folder, table)),
        };
        let _ = fs::remove_file(&unfinished); // of a run that was killed
        let sink = open(&Target { folder: folder.to_owned(), format, part: 0 }, table)?;
        Ok(TableFile { table, rows: table.empty(), sink, unfinished, path, rows_written: 0 })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// [`WriteError`] if rows gathered so far cannot be written.
    pub fn push(&mut self, row: impl Row) -> Result<(), WriteError> {
        row.push_to(&mut self.rows);
        if self.rows.rows() >= MOST_ROWS { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<(), WriteError> {
        let rows = std::mem::replace(&mut self.rows, self.table.empty());
        self.rows_written += rows.rows() as u64;
        self.sink.write(self.table, rows).map_err(|source| WriteError::Table { table: self.table.name, source })
    }

    /// Writes what is left and gives the file its name; returns its number of rows.
    ///
    /// # Errors
    /// [`WriteError`] if it cannot be written or renamed.
    pub fn finish(mut self) -> Result<u64, WriteError> {
        self.write()?;
        let table = self.table.name;
        self.sink.finish(self.table).map_err(|source| WriteError::Table { table, source })?;
        fs::rename(&self.unfinished, &self.path)
            .map_err(|source| WriteError::File { path: self.path.clone(), source })?;
        Ok(self.rows_written)
    }
}
