//! The seven tables of a dataset while it is written, part after part.
//!
//! In: the rows of documents, in their order. Out: files under a temporary name until a part is
//! whole. Rows gather in memory until a table has a row group's worth. When to end a part is the
//! caller's decision, and so is what to do with a broken one. Surprise: a CSV table is one file for
//! all parts, so it keeps its temporary name until the last part is done; a part is then a length.

use super::column::Columns;
use super::rows::DocumentRows;
use super::sink::{Format, Sink, WriteError};
use super::tables::{TABLES, Table};
use polars::prelude::PolarsError;
use rayon::prelude::*;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// A table with so many rows is written out …
const ROW_GROUP: usize = 65_536;
/// … or with so much text …
const ROW_GROUP_BYTES: usize = 16 << 20;
/// … and others go with it, so that several threads have something to encode, if they have so many.
const ROW_GROUP_AT_LEAST: usize = 16_384;

/// Length of each table's file at the end of a part, in the order of [`TABLES`].
pub type PartBytes = Vec<u64>;

/// `part-00000.parquet`.
#[must_use]
pub fn part_name(part: u32) -> String {
    format!("part-{part:05}.parquet")
}

/// `facts.csv`.
#[must_use]
pub fn csv_name(table: &Table) -> String {
    format!("{}.csv", table.name)
}

/// Where a finished Parquet part lies.
#[must_use]
pub fn part_path(folder: &Path, table: &Table, part: u32) -> PathBuf {
    folder.join(table.name).join(part_name(part))
}

/// Where a Parquet part lies while it is written.
#[must_use]
pub fn unfinished_part_path(folder: &Path, table: &Table, part: u32) -> PathBuf {
    folder.join(table.name).join(format!(".{}.unfinished", part_name(part)))
}

/// Where a finished CSV table lies.
#[must_use]
pub fn csv_path(folder: &Path, table: &Table) -> PathBuf {
    folder.join(csv_name(table))
}

/// Where a CSV table lies while it is written.
#[must_use]
pub fn unfinished_csv_path(folder: &Path, table: &Table) -> PathBuf {
    folder.join(format!(".{}.unfinished", csv_name(table)))
}

struct TableWriter {
    table: &'static Table,
    rows: Columns,
    sink: Option<Sink>,
}

/// Writes the tables of one dataset.
pub struct DatasetWriter {
    folder: PathBuf,
    format: Format,
    part: u32,
    tables: Vec<TableWriter>,
}

impl DatasetWriter {
    /// A writer whose next part is `part`; what lies in `folder` of that part and later ones is overwritten.
    #[must_use]
    pub fn new(folder: &Path, format: Format, part: u32) -> Self {
        let tables = TABLES.iter().map(|table| TableWriter { table, rows: table.empty(), sink: None }).collect();
        DatasetWriter { folder: folder.to_owned(), format, part, tables }
    }

    /// Adds the rows of the next document. Works on the threads of the rayon pool that it is called in.
    ///
    /// # Errors
    /// [`WriteError`] if a file cannot be written.
    pub fn append(&mut self, rows: &DocumentRows) -> Result<(), WriteError> {
        for (table, rows) in self.tables.iter_mut().zip(&rows.tables) {
            table.rows.append(rows);
        }
        let full = |table: &TableWriter| table.rows.rows() >= ROW_GROUP || table.rows.text_bytes() >= ROW_GROUP_BYTES;
        if !self.tables.iter().any(full) {
            return Ok(());
        }
        let (folder, format, part) = (&self.folder, self.format, self.part);
        self.tables
            .par_iter_mut()
            .filter(|table| full(table) || table.rows.rows() >= ROW_GROUP_AT_LEAST)
            .try_for_each(|table| table.write_out(folder, format, part))
    }

    /// Ends the part: every table has a file of it, also one without rows, and the disk has them all.
    /// The next part begins.
    ///
    /// # Errors
    /// [`WriteError`] if a file cannot be written.
    pub fn finish_part(&mut self) -> Result<PartBytes, WriteError> {
        let (folder, format, part) = (&self.folder, self.format, self.part);
        let bytes = self
            .tables
            .par_iter_mut()
            .map(|table| {
                table.write_out(folder, format, part)?;
                table.finish()
            })
            .collect::<Result<PartBytes, WriteError>>()?;
        if self.format == Format::Parquet {
            for table in TABLES {
                rename(&unfinished_part_path(folder, table, part), &part_path(folder, table, part))?;
            }
            TABLES.iter().try_for_each(|table| sync_folder(&folder.join(table.name)))?;
        }
        self.part += 1;
        Ok(bytes)
    }

    /// Gives the files their final names, after the last part.
    ///
    /// # Errors
    /// [`WriteError`] if a file cannot be renamed.
    pub fn finish(self) -> Result<(), WriteError> {
        if self.format == Format::Csv {
            for table in TABLES {
                let unfinished = unfinished_csv_path(&self.folder, table);
                if unfinished.exists() {
                    rename(&unfinished, &csv_path(&self.folder, table))?;
                }
            }
        }
        sync_folder(&self.folder)
    }
}

impl TableWriter {
    /// Writes the rows gathered so far, in frames of a row group's size at most.
    fn write_out(&mut self, folder: &Path, format: Format, part: u32) -> Result<(), WriteError> {
        let table = self.table;
        let refused = |source: PolarsError| WriteError::Table { table: table.name, source };
        let sink = match &mut self.sink {
            Some(sink) => sink,
            none => none.insert(open(folder, format, table, part)?),
        };
        let rows = std::mem::replace(&mut self.rows, table.empty());
        let frame = rows.frame().map_err(refused)?;
        drop(rows);
        let mut rest = frame;
        while rest.height() > 2 * ROW_GROUP {
            let (group, after) = rest.split_at(i64::try_from(ROW_GROUP).unwrap_or(i64::MAX));
            sink.write(table, &group).map_err(refused)?;
            rest = after;
        }
        sink.write(table, &rest).map_err(refused)
    }

    fn finish(&mut self) -> Result<u64, WriteError> {
        match self.sink.take() {
            Some(sink) => sink.finish().map_err(|source| WriteError::Table { table: self.table.name, source }),
            None => Ok(0),
        }
    }
}

fn open(folder: &Path, format: Format, table: &'static Table, part: u32) -> Result<Sink, WriteError> {
    let path = match format {
        Format::Parquet => unfinished_part_path(folder, table, part),
        Format::Csv => unfinished_csv_path(folder, table),
    };
    let refused = |source| WriteError::File { path: path.clone(), source };
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(refused)?;
    }
    let sink = match format {
        Format::Parquet => Sink::parquet(table, File::create(&path).map_err(refused)?),
        Format::Csv => {
            let file = OpenOptions::new().create(true).append(true).open(&path).map_err(refused)?;
            let new = file.metadata().map_err(refused)?.len() == 0;
            Sink::csv(table, file, new)
        }
    };
    sink.map_err(|source| WriteError::Table { table: table.name, source })
}

fn rename(from: &Path, to: &Path) -> Result<(), WriteError> {
    fs::rename(from, to).map_err(|source| WriteError::File { path: to.to_owned(), source })
}

/// Makes renamed files survive a power cut; only Unix lets a folder be opened for it.
fn sync_folder(folder: &Path) -> Result<(), WriteError> {
    if cfg!(unix) {
        let refused = |source: io::Error| WriteError::File { path: folder.to_owned(), source };
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(refused)?;
    }
    Ok(())
}
