//! Reads the tables of an output folder, Parquet or CSV, as text.
//!
//! In: the folder, a table's name, the columns wanted. Out: the rows one by one, missing values as `None`.

use super::ToolError;
use polars::prelude::{AnyValue, ParquetReader, SerReader};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Calls `row` with the `columns` of every row of `table`, in order of the parts.
pub(super) fn read(
    out: &Path,
    table: &str,
    columns: &[&str],
    mut row: impl FnMut(&[Option<String>]),
) -> Result<(), ToolError> {
    let csv = out.join(format!("{table}.csv"));
    if csv.is_file() {
        return read_csv(&csv, columns, &mut row);
    }
    for part in parts(out, table)? {
        read_part(&part, columns, &mut row)?;
    }
    Ok(())
}

/// Whether the folder holds a dataset of `juesuan extract`.
pub(super) fn is_dataset(folder: &Path) -> bool {
    folder.join("datapackage.json").is_file()
        && (folder.join("numbers").is_dir() || folder.join("numbers.csv").is_file())
}

fn parts(out: &Path, table: &str) -> Result<Vec<PathBuf>, ToolError> {
    const HELP: &str = "give the folder that `juesuan extract … --out DIR` wrote";
    let folder = out.join(table);
    let entries = std::fs::read_dir(&folder).map_err(|error| ToolError::file(&folder, error, HELP))?;
    let mut parts: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    parts.retain(|path| path.extension().is_some_and(|extension| extension == "parquet"));
    parts.sort();
    if parts.is_empty() {
        return Err(ToolError::file(&folder, "no Parquet part lies here", HELP));
    }
    Ok(parts)
}

fn read_part(part: &Path, columns: &[&str], row: &mut impl FnMut(&[Option<String>])) -> Result<(), ToolError> {
    let damaged =
        |error: &dyn std::fmt::Display| ToolError::file(part, error, "write the dataset again with `juesuan extract`");
    let file = File::open(part).map_err(|error| damaged(&error))?;
    let names = columns.iter().map(ToString::to_string).collect();
    let frame = ParquetReader::new(file).with_columns(Some(names)).finish().map_err(|error| damaged(&error))?;
    let wanted: Result<Vec<_>, _> = columns.iter().map(|column| frame.column(column)).collect();
    let wanted = wanted.map_err(|error| damaged(&error))?;
    let mut cells = vec![None; columns.len()];
    for index in 0..frame.height() {
        for (cell, column) in cells.iter_mut().zip(&wanted) {
            *cell = text(&column.get(index).map_err(|error| damaged(&error))?);
        }
        row(&cells);
    }
    Ok(())
}

fn text(value: &AnyValue<'_>) -> Option<String> {
    match value {
        AnyValue::Null => None,
        AnyValue::Decimal(scaled, _, scale) => Some(decimal(*scaled, *scale)),
        other => Some(other.get_str().map_or_else(|| other.to_string(), str::to_owned)),
    }
}

/// A scaled integer in digits, all its decimals printed.
fn decimal(scaled: i128, scale: usize) -> String {
    let digits = format!("{:0width$}", scaled.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let sign = if scaled < 0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

fn read_csv(path: &Path, columns: &[&str], row: &mut impl FnMut(&[Option<String>])) -> Result<(), ToolError> {
    const HELP: &str = "write the dataset again with `juesuan extract`";
    let mut reader = csv::Reader::from_path(path).map_err(|error| ToolError::file(path, error, HELP))?;
    let header = reader.headers().map_err(|error| ToolError::file(path, error, HELP))?.clone();
    let place = |column: &&str| header.iter().position(|name| name == *column);
    let places: Option<Vec<_>> = columns.iter().map(place).collect();
    let places = places.ok_or_else(|| ToolError::file(path, "a column is missing", HELP))?;
    for record in reader.records() {
        let record = record.map_err(|error| ToolError::file(path, error, HELP))?;
        let cell = |place: &usize| record.get(*place).filter(|cell| !cell.is_empty()).map(str::to_owned);
        row(&places.iter().map(cell).collect::<Vec<_>>());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn decimals_are_printed_whole() {
        assert_eq!(decimal(2_034_700_000_000, 6), "2034700.000000");
        assert_eq!(decimal(-65, 6), "-0.000065");
        assert_eq!(decimal(7, 0), "7");
    }
}
