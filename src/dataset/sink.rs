//! One table's file while it is written: Parquet with its row groups, or CSV.
//!
//! In: rows of that table. Out: bytes in a file whose name the caller chose. Surprise: polars does not
//! compare a frame with the schema of the file, so [`Sink::write`] does.

use super::column::Columns;
use super::descriptor::table_schema;
use super::parquet::ParquetFile;
use super::tables::Table;
use polars::io::csv::write::{BatchedWriter as CsvBatches, CsvWriter};
use polars::prelude::{PolarsError, PolarsResult, Schema, SerWriter};
use std::fs::File;
use std::io;
use std::path::PathBuf;

/// How the tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A folder of parts for each table.
    Parquet,
    /// One file for each table: UTF-8, RFC 4180.
    Csv,
}

impl Format {
    /// Its word on the command line and in the manifest.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Parquet => "parquet",
            Format::Csv => "csv",
        }
    }
}

/// Why a table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The file system refused.
    #[error("cannot write {path}: {source}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// polars refused.
    #[error("cannot write table `{table}`: {source}")]
    Table {
        /// Which table.
        table: &'static str,
        /// What polars said.
        source: PolarsError,
    },
    /// The thread that wrote panicked.
    #[error("cannot write table `{table}`: a fault of the program, please report it")]
    Lost {
        /// Which table.
        table: &'static str,
    },
}

/// A table's open file, and a handle on it to wait for the disk with.
pub enum Sink {
    /// Parquet: row groups, then a footer.
    Parquet(Box<ParquetFile>, File),
    /// CSV: rows after rows.
    Csv(Box<CsvBatches<File>>, File),
}

impl Sink {
    /// Starts a Parquet file for `table` in `file`, which is empty.
    pub fn parquet(table: &'static Table, file: File) -> PolarsResult<Self> {
        let handle = file.try_clone()?;
        Ok(Sink::Parquet(Box::new(ParquetFile::new(table, file)?), handle))
    }

    /// Goes on with a CSV file for `table` in `file`; writes the header line only if it is new.
    pub fn csv(table: &'static Table, file: File, new: bool) -> PolarsResult<Self> {
        let handle = file.try_clone()?;
        let mut batches = CsvWriter::new(file)
            .n_threads(1)
            .with_line_terminator("\r\n".into())
            .include_header(new)
            .batched(&schema(table))?;
        batches.finish()?; // the header, so that a table without rows has one
        Ok(Sink::Csv(Box::new(batches), handle))
    }

    /// Writes `rows` of `table`.
    pub fn write(&mut self, table: &'static Table, rows: Columns) -> PolarsResult<()> {
        match self {
            Sink::Parquet(file, _) => file.write(rows),
            Sink::Csv(batches, _) => {
                let frame = rows.into_frame()?;
                if **frame.schema() != schema(table) {
                    return Err(PolarsError::SchemaMismatch(format!("rows of `{}` differ", table.name).into()));
                }
                batches.write_batch(&frame)
            }
        }
    }

    /// Ends the file and waits until the disk has it; gives its length.
    pub fn finish(self, table: &'static Table) -> PolarsResult<u64> {
        let file = match self {
            Sink::Parquet(writer, handle) => {
                writer.finish(vec![
                    ("juesuan.table".to_owned(), table.name.to_owned()),
                    ("juesuan.version".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
                    ("juesuan.schema".to_owned(), table_schema(table).to_string()),
                ])?;
                handle
            }
            Sink::Csv(_, handle) => handle,
        };
        file.sync_all()?;
        Ok(file.metadata()?.len())
    }
}

/// The columns of `table` as polars names them.
pub fn schema(table: &Table) -> Schema {
    table.columns.iter().map(|column| (column.name.into(), column.kind.data_type())).collect()
}
