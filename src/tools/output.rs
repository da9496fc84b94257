//! The tables of an output folder as text, for the maintainers' commands.
//!
//! In: the folder, a table's name, the columns wanted. Out: the rows one by one, missing values as `None`.
//! Reading is left to [`crate::dataset::read`].

use super::ToolError;
use crate::dataset::Dataset;
use std::borrow::Cow;
use std::path::Path;

/// Calls `row` with the `columns` of every row of `table`, in order of the parts.
pub(super) fn read(
    out: &Path,
    table: &str,
    columns: &[&str],
    mut row: impl FnMut(&[Option<String>]),
) -> Result<(), ToolError> {
    let mut cells = vec![None; columns.len()];
    Dataset::open(out)?.scan(table, columns)?.for_each(|read| {
        for (place, cell) in cells.iter_mut().enumerate() {
            *cell = read.shown(place).map(Cow::into_owned);
        }
        row(&cells);
    })?;
    Ok(())
}

/// Whether the folder holds a dataset of `juesuan extract`.
pub(super) fn is_dataset(folder: &Path) -> bool {
    Dataset::open(folder).is_ok()
}
