//! A CSV table, so many rows at a time.
//!
//! In: the file, the columns wanted. Out: [`Batch`]es whose values have the types of the columns; a value
//! that has another shape is an error that names its line, never a missing value.

use super::super::column::{Column, Columns, Kind, Value};
use super::super::exact::Exact;
use super::super::tables::Definition;
use super::ReadError;
use super::batch::Batch;
use crate::quantity::Decimal;
use csv::StringRecord;
use std::fs::File;
use std::path::{Path, PathBuf};

const BATCH: usize = 65_536;

/// A CSV table while it is read.
pub(super) struct CsvRows {
    path: PathBuf,
    reader: csv::Reader<File>,
    wanted: Vec<&'static Definition>,
    /// Where each of them stands in the file.
    places: Vec<usize>,
    /// Rows read before this batch.
    before: usize,
}

impl CsvRows {
    pub(super) fn open(path: &Path, wanted: Vec<&'static Definition>) -> Result<Self, ReadError> {
        let damaged = |error: csv::Error| ReadError::damaged(path, error);
        let mut reader = csv::Reader::from_path(path).map_err(damaged)?;
        let header = reader.headers().map_err(damaged)?.clone();
        let place = |column: &&Definition| header.iter().position(|name| name == column.name);
        let places: Option<Vec<usize>> = wanted.iter().map(place).collect();
        let places = places.ok_or_else(|| ReadError::damaged(path, "a column is missing"))?;
        Ok(CsvRows { path: path.to_owned(), reader, wanted, places, before: 0 })
    }

    pub(super) fn next_batch(&mut self) -> Result<Option<Batch>, ReadError> {
        let mut columns = Columns::new(self.wanted.iter().map(|definition| (definition.name, definition.kind)));
        let mut record = StringRecord::new();
        while columns.rows() < BATCH {
            if !self.reader.read_record(&mut record).map_err(|error| ReadError::damaged(&self.path, error))? {
                break;
            }
            let mut odd = None;
            columns.push(|columns| {
                for ((name, column), (place, definition)) in
                    columns.iter_mut().zip(self.places.iter().zip(&self.wanted))
                {
                    let text = record.get(*place).filter(|text| !text.is_empty());
                    if push(column, definition.kind, text).is_none() {
                        odd = Some(format!("`{name}` is “{}”", text.unwrap_or_default()));
                    }
                }
            });
            if let Some(odd) = odd {
                let row = self.before + columns.rows();
                return Err(ReadError::damaged(&self.path, format!("row {row}: {odd}")));
            }
        }
        if columns.rows() == 0 {
            return Ok(None);
        }
        self.before += columns.rows();
        let batch = columns.into_frame().and_then(|frame| Batch::of(frame, &self.wanted));
        batch.map(Some).map_err(|error| ReadError::damaged(&self.path, error))
    }
}

/// Adds the value that `text` prints; `None` if it prints none of that kind.
fn push(column: &mut Column, kind: Kind, text: Option<&str>) -> Option<()> {
    match kind {
        Kind::Text => text.push(column),
        Kind::U32 => read(text, |text| text.parse::<u32>().ok())?.push(column),
        Kind::U64 => read(text, |text| text.parse::<u64>().ok())?.push(column),
        Kind::I16 => read(text, |text| text.parse::<i16>().ok())?.push(column),
        Kind::Bool => read(text, |text| text.parse::<bool>().ok())?.push(column),
        Kind::Decimal => read(text, exact)?.push(column),
    }
    Some(())
}

fn exact(text: &str) -> Option<Exact> {
    Decimal::from_str_exact(text).ok().and_then(Exact::new)
}

/// A missing value is one too; `None` if `text` is there and cannot be read.
#[allow(clippy::option_option)] // the inner one is the column's, the outer one the reader's
fn read<T>(text: Option<&str>, value: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    match text {
        None => Some(None),
        Some(text) => value(text).map(Some),
    }
}
