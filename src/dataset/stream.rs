//! Reads the tables of a dataset back, document after document.
//!
//! In: a folder that `juesuan extract` wrote. Out: [`Record`]s: the cells of a row as text, missing ones as `None`.
//! The rows of all tables stand in the order of the documents, so that a document's rows of every table can be read
//! side by side, and never more than one part of a Parquet table is in memory.

use super::sink::Format;
use super::tables::{Definition, TABLES, Table, TableName};
use super::writer::{csv_path, part_path};
use crate::quantity::Decimal;
use polars::prelude::{AnyValue, Column, ParquetReader, SerReader, StringChunked, UInt32Chunked, UInt64Chunked};
use std::fs::File;
use std::path::{Path, PathBuf};

/// The cells of a row, in the order of the columns that were asked for.
pub type Record = Vec<Option<String>>;

/// A table that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{path} cannot be read: {reason}\n  help: {help}")]
pub struct ReadError {
    /// The file.
    pub path: PathBuf,
    /// What was met.
    pub reason: String,
    /// What to do.
    pub help: &'static str,
}

const HELP: &str = "write the dataset again with `juesuan extract … --overwrite`";

fn damaged(path: &Path, reason: impl std::fmt::Display) -> ReadError {
    ReadError { path: path.to_owned(), reason: reason.to_string(), help: HELP }
}

enum Source {
    Parquet { parts: std::ops::Range<u32>, open: Option<(Vec<Cells>, usize, usize)> },
    Csv { records: csv::StringRecordsIntoIter<File>, places: Vec<usize> },
}

/// The rows of one table.
struct Stream {
    folder: PathBuf,
    table: &'static Table,
    columns: Vec<&'static str>,
    source: Source,
    /// The row that was read ahead.
    next: Option<Record>,
}

impl Stream {
    fn open(folder: &Path, format: Format, parts: u32, name: TableName, columns: &[&str]) -> Result<Self, ReadError> {
        let table = &TABLES[name as usize];
        let wanted = |column: &&Definition| columns.is_empty() || columns.contains(&column.name);
        let columns: Vec<_> = table.columns.iter().filter(wanted).map(|column| column.name).collect();
        let source = match format {
            Format::Parquet => Source::Parquet { parts: 0..parts, open: None },
            Format::Csv => {
                let path = csv_path(folder, table);
                let mut reader = csv::Reader::from_path(&path).map_err(|error| damaged(&path, error))?;
                let header = reader.headers().map_err(|error| damaged(&path, error))?.clone();
                let place = |column: &&str| header.iter().position(|name| name == *column);
                let places: Option<Vec<_>> = columns.iter().map(place).collect();
                let places = places.ok_or_else(|| damaged(&path, "a column is missing; an older version wrote it"))?;
                Source::Csv { records: reader.into_records(), places }
            }
        };
        let mut stream = Stream { folder: folder.to_owned(), table, columns, source, next: None };
        stream.next = stream.read()?;
        Ok(stream)
    }

    fn read(&mut self) -> Result<Option<Record>, ReadError> {
        match &mut self.source {
            Source::Csv { records, places } => {
                let Some(record) = records.next() else { return Ok(None) };
                let record = record.map_err(|error| damaged(&csv_path(&self.folder, self.table), error))?;
                let cell = |place: &usize| record.get(*place).filter(|cell| !cell.is_empty()).map(str::to_owned);
                Ok(Some(places.iter().map(cell).collect()))
            }
            Source::Parquet { parts, open } => loop {
                if let Some((columns, row, rows)) = open
                    && *row < *rows
                {
                    let record = columns.iter().map(|cells| cells.text(*row)).collect();
                    *row += 1;
                    return Ok(Some(record));
                }
                *open = None;
                let Some(part) = parts.next() else { return Ok(None) };
                let path = part_path(&self.folder, self.table, part);
                let file = File::open(&path).map_err(|error| damaged(&path, error))?;
                let names = self.columns.iter().map(ToString::to_string).collect();
                let frame = ParquetReader::new(file).with_columns(Some(names)).finish();
                let frame =
                    frame.map_err(|error| damaged(&path, format!("{error}; an older version may have written it")))?;
                let columns = self.columns.iter().map(|name| frame.column(name).map(Cells::new));
                let columns = columns.collect::<Result<Vec<_>, _>>().map_err(|error| damaged(&path, error))?;
                *open = Some((columns, 0, frame.height()));
            },
        }
    }

    /// The rows that follow of `document`.
    fn of(&mut self, document: &str) -> Result<Vec<Record>, ReadError> {
        let mut found = Vec::new();
        while let Some(record) = self.next.take() {
            if record.first().and_then(Option::as_deref) != Some(document) {
                self.next = Some(record);
                break;
            }
            found.push(record);
            self.next = self.read()?;
        }
        Ok(found)
    }
}

/// A column, read without asking for its type at every cell.
enum Cells {
    Text(StringChunked),
    U32(UInt32Chunked),
    U64(UInt64Chunked),
    Other(Column),
}

impl Cells {
    fn new(column: &Column) -> Self {
        let column = column.rechunk();
        if let Ok(texts) = column.str() {
            return Cells::Text(texts.clone());
        }
        if let Ok(numbers) = column.u32() {
            return Cells::U32(numbers.clone());
        }
        match column.u64() {
            Ok(numbers) => Cells::U64(numbers.clone()),
            Err(_) => Cells::Other(column),
        }
    }

    fn text(&self, row: usize) -> Option<String> {
        match self {
            Cells::Text(texts) => texts.get(row).map(str::to_owned),
            Cells::U32(numbers) => numbers.get(row).map(|number| number.to_string()),
            Cells::U64(numbers) => numbers.get(row).map(|number| number.to_string()),
            Cells::Other(column) => column.get(row).ok().and_then(|value| text(&value)),
        }
    }
}

fn text(value: &AnyValue<'_>) -> Option<String> {
    match value {
        AnyValue::Null => None,
        AnyValue::Decimal(scaled, _, scale) => {
            Some(Decimal::try_from_i128_with_scale(*scaled, *scale as u32).ok()?.to_string())
        }
        other => Some(other.get_str().map_or_else(|| other.to_string(), str::to_owned)),
    }
}

/// A row with the names of its columns.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'r> {
    columns: &'r [&'static str],
    record: &'r Record,
}

impl<'r> Fields<'r> {
    /// The cell's text; none if it is missing.
    #[must_use]
    pub fn text(self, column: &str) -> Option<&'r str> {
        let place = self.columns.iter().position(|name| *name == column)?;
        self.record.get(place)?.as_deref()
    }

    /// The cell as a number.
    #[must_use]
    pub fn number<T: std::str::FromStr>(self, column: &str) -> Option<T> {
        self.text(column)?.parse().ok()
    }
}

/// Document, entity, region code, level and fiscal year of every document.
///
/// # Errors
/// [`ReadError`] if the table cannot be read.
pub fn read_documents(folder: &Path, format: Format, parts: u32) -> Result<Vec<Record>, ReadError> {
    let columns = ["document", "entity", "region_code", "level", "fiscal_year"];
    let mut stream = Stream::open(folder, format, parts, TableName::Documents, &columns)?;
    let mut found = Vec::new();
    while let Some(record) = stream.next.take() {
        found.push(record);
        stream.next = stream.read()?;
    }
    Ok(found)
}

/// The rows of one document in the tables that checks need.
#[derive(Debug, Default)]
pub struct DocumentRecords {
    /// The document.
    pub name: String,
    rows: [Vec<Record>; 6],
    columns: std::sync::Arc<[Vec<&'static str>; 6]>,
}

impl DocumentRecords {
    /// Its rows in a table.
    pub fn of(&self, table: TableName) -> impl Iterator<Item = Fields<'_>> {
        let (rows, columns) = (&self.rows[table as usize], &self.columns[table as usize]);
        rows.iter().map(|record| Fields { columns, record })
    }
}

/// The six tables that checks need, read side by side.
pub struct DatasetReader {
    streams: [Stream; 6],
    columns: std::sync::Arc<[Vec<&'static str>; 6]>,
}

impl DatasetReader {
    /// Opens the dataset of so many parts in `folder`.
    ///
    /// # Errors
    /// [`ReadError`] if a table is missing, damaged, or lacks a column.
    pub fn open(folder: &Path, format: Format, parts: u32) -> Result<Self, ReadError> {
        let open = |name: TableName, columns: &[&str]| Stream::open(folder, format, parts, name, columns);
        let streams = [
            open(TableName::Documents, &[])?,
            open(TableName::Numbers, &["document", "byte_start", "byte_end", "raw", "class"])?,
            open(TableName::Facts, &[])?,
            open(TableName::Tables, &[])?,
            open(TableName::Cells, &["document", "table", "row", "column", "text"])?,
            open(TableName::Checks, &[])?,
        ];
        let columns = streams.each_ref().map(|stream| stream.columns.clone());
        Ok(DatasetReader { streams, columns: columns.into() })
    }

    /// The next document.
    ///
    /// # Errors
    /// [`ReadError`] if a part cannot be read.
    pub fn next_document(&mut self) -> Result<Option<DocumentRecords>, ReadError> {
        let name = self.streams[0].next.as_ref().and_then(|record| record.first().cloned().flatten());
        let Some(name) = name else { return Ok(None) };
        let mut rows: [Vec<Record>; 6] = Default::default();
        for (rows, stream) in rows.iter_mut().zip(&mut self.streams) {
            *rows = stream.of(&name)?;
        }
        Ok(Some(DocumentRecords { name, rows, columns: std::sync::Arc::clone(&self.columns) }))
    }
}
