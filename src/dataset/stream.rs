//! Reads the tables of a dataset back, document after document.
//!
//! In: a folder that `juesuan extract` wrote. Out: [`Record`]s: the cells of a row as text, missing ones as `None`.
//! The rows of all tables stand in the order of the documents, so that those of one document are read side by side.

use super::read::{Dataset, ReadError, Scan};
use super::tables::{TABLES, TableName};
use std::sync::Arc;

/// The cells of a row, in the order of the columns that were asked for.
pub type Record = Vec<Option<String>>;

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

/// Document, entity, region code, level, fiscal year, title and included units of every document.
///
/// # Errors
/// [`ReadError`] if the table cannot be read.
pub fn read_documents(dataset: &Dataset) -> Result<Vec<Record>, ReadError> {
    let columns = ["document", "entity", "region_code", "level", "fiscal_year", "title", "units"];
    let mut found = Vec::new();
    let record = |row: super::read::Row<'_>| (0..columns.len()).map(|at| row.shown(at).map(Into::into)).collect();
    dataset.scan("documents", &columns)?.for_each(|row| found.push(record(row)))?;
    Ok(found)
}

/// The rows of one document in the tables that checks need.
#[derive(Debug, Default)]
pub struct DocumentRecords {
    /// The document.
    pub name: String,
    rows: [Vec<Record>; 6],
    columns: Arc<[Vec<&'static str>; 6]>,
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
    names: std::vec::IntoIter<String>,
    scans: Vec<Scan>,
    columns: Arc<[Vec<&'static str>; 6]>,
}

impl DatasetReader {
    /// Opens a dataset.
    ///
    /// # Errors
    /// [`ReadError`] if a table is missing, damaged, or lacks a column.
    pub fn open(dataset: &Dataset) -> Result<Self, ReadError> {
        let all = |name: TableName| TABLES[name as usize].columns.iter().map(|column| column.name).collect::<Vec<_>>();
        let columns = [
            all(TableName::Documents),
            vec!["document", "byte_start", "byte_end", "raw", "class"],
            all(TableName::Facts),
            all(TableName::Tables),
            vec!["document", "table", "row", "column", "text"],
            all(TableName::Checks),
        ];
        let scans = columns.iter().zip(TABLES).map(|(columns, table)| dataset.scan(table.name, columns));
        let scans = scans.collect::<Result<_, _>>()?;
        let mut names = Vec::new();
        dataset.scan("documents", &["document"])?.for_each(|row| names.extend(row.text(0).map(str::to_owned)))?;
        Ok(DatasetReader { names: names.into_iter(), scans, columns: Arc::new(columns) })
    }

    /// The next document.
    ///
    /// # Errors
    /// [`ReadError`] if a part cannot be read.
    pub fn next_document(&mut self) -> Result<Option<DocumentRecords>, ReadError> {
        let Some(name) = self.names.next() else { return Ok(None) };
        let mut rows: [Vec<Record>; 6] = Default::default();
        for ((rows, scan), columns) in rows.iter_mut().zip(&mut self.scans).zip(self.columns.iter()) {
            scan.of_document(&name, |row| {
                rows.push((0..columns.len()).map(|at| row.shown(at).map(Into::into)).collect());
            })?;
        }
        Ok(Some(DocumentRecords { name, rows, columns: Arc::clone(&self.columns) }))
    }
}
