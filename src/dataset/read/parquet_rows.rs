//! The parts of a Parquet table, one row group after the other.
//!
//! In: the parts' paths, the columns wanted. Out: a [`Batch`] for each row group.

use super::super::tables::Definition;
use super::ReadError;
use super::batch::Batch;
use polars::prelude::{ParallelStrategy, ParquetReader, PolarsResult, SerReader};
use std::collections::VecDeque;
use std::fs::File;
use std::path::{Path, PathBuf};

/// A Parquet table while it is read.
pub(super) struct ParquetRows {
    parts: VecDeque<PathBuf>,
    wanted: Vec<&'static Definition>,
    /// First row and number of rows of the row groups of the first part that are still to be read.
    groups: VecDeque<(usize, usize)>,
}

impl ParquetRows {
    pub(super) fn new(parts: Vec<PathBuf>, wanted: Vec<&'static Definition>) -> Self {
        ParquetRows { parts: parts.into(), wanted, groups: VecDeque::new() }
    }

    pub(super) fn next_batch(&mut self) -> Result<Option<Batch>, ReadError> {
        while let Some(part) = self.parts.front() {
            if self.groups.is_empty() {
                self.groups = groups(part).map_err(|error| ReadError::damaged(part, error))?;
            }
            let Some(group) = self.groups.pop_front() else {
                self.parts.pop_front();
                continue;
            };
            let batch = read(part, &self.wanted, group).map_err(|error| ReadError::damaged(part, error))?;
            if self.groups.is_empty() {
                self.parts.pop_front();
            }
            return Ok(Some(batch));
        }
        Ok(None)
    }
}

/// Where each row group of `part` begins, and its rows.
fn groups(part: &Path) -> PolarsResult<VecDeque<(usize, usize)>> {
    let mut reader = ParquetReader::new(File::open(part)?);
    let mut first = 0;
    let places = reader.get_metadata()?.row_groups.iter().map(|group| {
        let place = (first, group.num_rows());
        first += group.num_rows();
        place
    });
    Ok(places.collect())
}

fn read(part: &Path, wanted: &[&'static Definition], group: (usize, usize)) -> PolarsResult<Batch> {
    let names = wanted.iter().map(|definition| definition.name.to_owned()).collect();
    let reader = ParquetReader::new(File::open(part)?).with_columns(Some(names)).with_slice(Some(group));
    Batch::of(reader.read_parallel(ParallelStrategy::Columns).finish()?, wanted)
}
