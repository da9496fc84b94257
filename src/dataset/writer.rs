//! The seven tables of a dataset while it is written, part after part.
//!
//! In: the rows of documents, in their order. Out: files under a temporary name until a part is
//! whole. Rows gather in memory until a table has a row group's worth; then a thread of the pool
//! encodes and writes them while the next ones gather. When to end a part is the caller's decision.
//! Surprise: a CSV table is one file for all parts, so it keeps its temporary name until the last
//! part is done; a part is then a length.

use super::column::Columns;
use super::rows::DocumentRows;
use super::sink::{Format, Sink, WriteError};
use super::tables::{TABLES, Table};
use polars::prelude::PolarsError;
use rayon::ThreadPool;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};

/// A table with so many rows is written out …
const ROW_GROUP: usize = 32_768;
/// … or with so much text.
const ROW_GROUP_BYTES: usize = 8 << 20;

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

/// Where a file of the current part goes.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub folder: PathBuf,
    pub format: Format,
    pub part: u32,
}

/// Whether rows are so many that they are written out.
pub(super) fn is_row_group(rows: &Columns) -> bool {
    rows.rows() >= ROW_GROUP || rows.text_bytes() >= ROW_GROUP_BYTES
}

/// Writes the tables of one dataset.
pub struct DatasetWriter<'a> {
    pool: &'a ThreadPool,
    target: Target,
    tables: Vec<TableWriter>,
}

impl<'a> DatasetWriter<'a> {
    /// A writer whose next part is `part`; what lies in `folder` of that part and later ones is overwritten.
    #[must_use]
    pub fn new(folder: &Path, format: Format, part: u32, pool: &'a ThreadPool) -> Self {
        let target = Target { folder: folder.to_owned(), format, part };
        DatasetWriter { pool, target, tables: TABLES.iter().map(TableWriter::new).collect() }
    }

    /// Adds the rows of the next document.
    ///
    /// # Errors
    /// [`WriteError`] if earlier rows could not be written.
    pub fn append(&mut self, rows: &DocumentRows) -> Result<(), WriteError> {
        for (table, rows) in self.tables.iter_mut().zip(&rows.tables) {
            table.rows.append(rows);
            if is_row_group(&table.rows) {
                table.begin_writing(self.pool, &self.target, End::Open)?;
            }
        }
        Ok(())
    }

    /// Ends the part: every table has a file of it, also one without rows, and the disk has them all.
    /// The next part begins.
    ///
    /// # Errors
    /// [`WriteError`] if a file cannot be written.
    pub fn finish_part(&mut self) -> Result<PartBytes, WriteError> {
        for table in &mut self.tables {
            table.begin_writing(self.pool, &self.target, End::Finish)?;
        }
        let bytes = self.tables.iter_mut().map(TableWriter::wait).collect::<Result<PartBytes, WriteError>>()?;
        let Target { folder, format, part } = &self.target;
        if *format == Format::Parquet {
            for table in TABLES {
                rename(&unfinished_part_path(folder, table, *part), &part_path(folder, table, *part))?;
            }
            TABLES.iter().try_for_each(|table| sync_folder(&folder.join(table.name)))?;
        }
        self.target.part += 1;
        Ok(bytes)
    }

    /// Gives the files their final names, after the last part.
    ///
    /// # Errors
    /// [`WriteError`] if a file cannot be renamed.
    pub fn finish(self) -> Result<(), WriteError> {
        let Target { folder, format, .. } = &self.target;
        if *format == Format::Csv {
            for table in TABLES {
                let unfinished = unfinished_csv_path(folder, table);
                if unfinished.exists() {
                    rename(&unfinished, &csv_path(folder, table))?;
                }
            }
        }
        sync_folder(folder)
    }
}

/// Whether more rows follow in the same file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Open,
    Finish,
}

/// What a thread that wrote rows gives back: the file, or its length once it is finished.
type Written = Result<(Option<Sink>, u64), WriteError>;

/// One table: rows that gather, and the file, unless a thread is writing to it.
struct TableWriter {
    table: &'static Table,
    rows: Columns,
    sink: Option<Sink>,
    writing: Option<Receiver<Written>>,
}

impl TableWriter {
    fn new(table: &'static Table) -> Self {
        TableWriter { table, rows: table.empty(), sink: None, writing: None }
    }

    /// Lets a thread write the rows gathered so far, once it is done with those before them.
    fn begin_writing(&mut self, pool: &ThreadPool, target: &Target, end: End) -> Result<(), WriteError> {
        self.wait()?;
        let rows = std::mem::replace(&mut self.rows, self.table.empty());
        let (table, sink, target) = (self.table, self.sink.take(), target.clone());
        let (sender, receiver) = sync_channel(1);
        pool.spawn(move || {
            let _ = sender.send(write(table, sink, rows, &target, end)); // nobody waits after an error
        });
        self.writing = Some(receiver);
        Ok(())
    }

    /// Waits for the thread that writes, if one does; gives the file's length if it has ended.
    fn wait(&mut self) -> Result<u64, WriteError> {
        let Some(writing) = self.writing.take() else { return Ok(0) };
        let (sink, bytes) = writing.recv().map_err(|_| WriteError::Lost { table: self.table.name })??;
        self.sink = sink;
        Ok(bytes)
    }
}

/// Writes `rows`, and ends the file if no more follow.
fn write(table: &'static Table, sink: Option<Sink>, rows: Columns, target: &Target, end: End) -> Written {
    let refused = |source: PolarsError| WriteError::Table { table: table.name, source };
    let mut sink = match sink {
        Some(sink) => sink,
        None => open(target, table)?,
    };
    sink.write(table, rows).map_err(refused)?;
    match end {
        End::Open => Ok((Some(sink), 0)),
        End::Finish => Ok((None, sink.finish(table).map_err(refused)?)),
    }
}

pub(super) fn open(target: &Target, table: &'static Table) -> Result<Sink, WriteError> {
    let Target { folder, format, part } = target;
    let path = match format {
        Format::Parquet => unfinished_part_path(folder, table, *part),
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
