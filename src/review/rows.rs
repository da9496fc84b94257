//! One document's rows of all tables, as pages need them.
//!
//! In: [`Dataset`], documents in their order. Out: [`Rows`], one document's at a time, so that a dataset of
//! any size is read once and never held. What a page's script gets is serialised from here; what is
//! missing is left out.

#![allow(clippy::struct_field_names)] // fields have the names of the columns

use crate::dataset::read::{Dataset, ReadError, Row, Scan};
use crate::source::FileSpan;
use serde::Serialize;
use std::collections::BTreeMap;

/// A row of `documents`.
#[derive(Clone, Debug, Default)]
pub struct DocumentRow {
    pub document: String,
    pub sha256: Option<String>,
    pub size: Option<u64>,
    pub encoding: Option<String>,
    pub converter: Option<String>,
    pub title: Option<String>,
    pub entity: Option<String>,
    pub region: Option<String>,
    pub region_code: Option<String>,
    pub level: Option<String>,
    pub fiscal_year: Option<i16>,
    pub report_kind: Option<String>,
    pub numbers: u64,
    pub unread: u64,
    pub tables: u64,
    pub facts: u64,
    pub held: u64,
    pub failed: u64,
    pub problems: u64,
    pub grammar_version: String,
    pub program_version: String,
}

const DOCUMENT: &[&str] = &[
    "document",
    "sha256",
    "size",
    "encoding",
    "converter",
    "title",
    "entity",
    "region",
    "region_code",
    "level",
    "fiscal_year",
    "report_kind",
    "numbers",
    "unread",
    "tables",
    "facts",
    "checks_held",
    "checks_failed",
    "problems",
    "grammar_version",
    "program_version",
];

/// All rows of `documents`, in their order.
pub fn documents(dataset: &Dataset) -> Result<Vec<DocumentRow>, ReadError> {
    let mut documents = Vec::new();
    dataset.scan("documents", DOCUMENT)?.for_each(|row| {
        let text = |column| row.text(column).map(str::to_owned);
        let count = |column| row.whole(column).unwrap_or(0);
        documents.push(DocumentRow {
            document: text(0).unwrap_or_default(),
            sha256: text(1),
            size: row.whole(2),
            encoding: text(3),
            converter: text(4),
            title: text(5),
            entity: text(6),
            region: text(7),
            region_code: text(8),
            level: text(9),
            fiscal_year: row.year(10),
            report_kind: text(11),
            numbers: count(12),
            unread: count(13),
            tables: count(14),
            facts: count(15),
            held: count(16),
            failed: count(17),
            problems: count(18),
            grammar_version: text(19).unwrap_or_default(),
            program_version: text(20).unwrap_or_default(),
        });
    })?;
    Ok(documents)
}

/// A row of `numbers`.
#[derive(Clone, Debug, Serialize)]
pub struct Number {
    pub number: u32,
    #[serde(flatten)]
    pub bytes: Bytes,
    pub line: u32,
    pub raw: String,
    pub class: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// Bytes of the file on disk, half open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Bytes {
    pub start: u64,
    pub end: u64,
}

impl Bytes {
    fn of(row: Row<'_>, first: usize) -> Self {
        Bytes { start: row.whole(first).unwrap_or(0), end: row.whole(first + 1).unwrap_or(0) }
    }

    /// As `source` takes them.
    pub fn place(self) -> FileSpan {
        FileSpan { start: self.start, end: self.end }
    }
}

/// A row of `facts`: its ordinals, and everything else as the columns name it.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    pub fact: u32,
    pub number: u32,
    #[serde(skip)]
    pub bytes: Bytes,
    /// The columns of [`FACT`] from `raw` on that have a value.
    #[serde(flatten)]
    pub columns: BTreeMap<&'static str, String>,
}

impl Fact {
    /// What stands in `column`.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.columns.get(column).map(String::as_str)
    }

    /// Whether `column` says `word`.
    pub fn says(&self, column: &str, word: &str) -> bool {
        self.get(column) == Some(word)
    }
}

/// A row of `tables`.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
    pub table: u32,
    pub kind: String,
    pub layout: String,
    pub title: Option<String>,
    pub form: Option<String>,
    pub unit: Option<String>,
    pub rows: u32,
    pub columns: u32,
    #[serde(flatten)]
    pub bytes: Bytes,
}

/// A row of `cells`.
#[derive(Clone, Debug)]
pub struct Cell {
    pub table: u32,
    pub row: u32,
    pub column: u32,
    pub row_span: u32,
    pub column_span: u32,
    pub header: bool,
    pub text: String,
    pub bytes: Bytes,
}

/// A row of `checks`.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    pub check: u32,
    pub identity: String,
    pub status: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<String>,
    pub facts: Vec<u32>,
    pub message: String,
    #[serde(skip)]
    pub bytes: Bytes,
    /// The fact most likely wrong, if the identity fails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspect: Option<u32>,
}

/// A row of `problems`.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    pub severity: String,
    pub code: String,
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<Bytes>,
}

/// Everything about one document.
#[derive(Debug, Default)]
pub struct Rows {
    pub numbers: Vec<Number>,
    pub facts: Vec<Fact>,
    pub tables: Vec<Table>,
    pub cells: Vec<Cell>,
    pub checks: Vec<Check>,
    pub problems: Vec<Problem>,
}

const NUMBER: &[&str] =
    &["document", "number", "byte_start", "byte_end", "line", "class", "raw", "value", "unit", "rule"];
/// Columns of `facts`; those from `raw` on go to the page under their own names.
const FACT: &[&str] = &[
    "document",
    "fact",
    "number",
    "byte_start",
    "byte_end",
    "raw",
    "value",
    "unit",
    "concept",
    "item",
    "measure",
    "phase",
    "period",
    "base_period",
    "fund",
    "function_code",
    "function_name",
    "economic_code",
    "economic_name",
    "project",
    "source",
    "section",
    "table",
    "row",
    "column",
    "rule",
    "flags",
];
const FIRST_NAMED: usize = 5;
const TABLE: &[&str] =
    &["document", "table", "byte_start", "byte_end", "kind", "layout", "title", "form", "unit", "rows", "columns"];
const CELL: &[&str] =
    &["document", "table", "byte_start", "byte_end", "row", "column", "row_span", "column_span", "header", "text"];
const CHECK: &[&str] = &[
    "document",
    "check",
    "byte_start",
    "byte_end",
    "identity",
    "status",
    "left",
    "right",
    "difference",
    "tolerance",
    "facts",
    "message",
];
const PROBLEM: &[&str] = &["document", "severity", "code", "message", "byte_start", "byte_end"];

/// The tables while they are read side by side.
pub struct Reader {
    numbers: Scan,
    facts: Scan,
    tables: Scan,
    cells: Scan,
    checks: Scan,
    problems: Scan,
}

impl Reader {
    /// Starts at the first document.
    pub fn open(dataset: &Dataset) -> Result<Self, ReadError> {
        Ok(Reader {
            numbers: dataset.scan("numbers", NUMBER)?,
            facts: dataset.scan("facts", FACT)?,
            tables: dataset.scan("tables", TABLE)?,
            cells: dataset.scan("cells", CELL)?,
            checks: dataset.scan("checks", CHECK)?,
            problems: dataset.scan("problems", PROBLEM)?,
        })
    }

    /// The rows of `document`, which must be asked for in the order of `documents`, none left out.
    ///
    /// Cells are the most and only pages show them: without `cells` they are passed over.
    pub fn rows(&mut self, document: &str, cells: bool) -> Result<Rows, ReadError> {
        let mut rows = Rows::default();
        self.numbers.of_document(document, |row| rows.numbers.push(number(row)))?;
        self.facts.of_document(document, |row| rows.facts.push(fact(row)))?;
        self.tables.of_document(document, |row| rows.tables.push(table(row)))?;
        self.cells.of_document(document, |row| rows.cells.extend(cells.then(|| cell(row))))?;
        self.checks.of_document(document, |row| rows.checks.push(check(row)))?;
        self.problems.of_document(document, |row| rows.problems.push(problem(row)))?;
        for check in rows.checks.iter_mut().filter(|check| check.status == "fails") {
            let at = |fact: &&u32| rows.facts.get(**fact as usize).is_some_and(|fact| fact.bytes == check.bytes);
            check.suspect = check.facts.iter().find(at).copied();
        }
        Ok(rows)
    }
}

fn text(row: Row<'_>, column: usize) -> String {
    row.text(column).unwrap_or_default().to_owned()
}

fn shown(row: Row<'_>, column: usize) -> Option<String> {
    row.shown(column).map(std::borrow::Cow::into_owned)
}

/// A decimal as people write it: no zeros at its end.
fn plain(row: Row<'_>, column: usize) -> Option<String> {
    let digits = shown(row, column)?;
    Some(if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.').to_owned() } else { digits })
}

fn ordinal(row: Row<'_>, column: usize) -> u32 {
    row.ordinal(column).unwrap_or(0)
}

fn number(row: Row<'_>) -> Number {
    Number {
        number: ordinal(row, 1),
        bytes: Bytes::of(row, 2),
        line: ordinal(row, 4),
        class: text(row, 5),
        raw: text(row, 6),
        value: plain(row, 7),
        unit: shown(row, 8),
        rule: shown(row, 9),
    }
}

fn fact(row: Row<'_>) -> Fact {
    let value = |column| if FACT[column] == "value" { plain(row, column) } else { shown(row, column) };
    let columns = (FIRST_NAMED..FACT.len()).filter_map(|column| Some((FACT[column], value(column)?)));
    Fact { fact: ordinal(row, 1), number: ordinal(row, 2), bytes: Bytes::of(row, 3), columns: columns.collect() }
}

fn table(row: Row<'_>) -> Table {
    Table {
        table: ordinal(row, 1),
        bytes: Bytes::of(row, 2),
        kind: text(row, 4),
        layout: text(row, 5),
        title: shown(row, 6),
        form: shown(row, 7),
        unit: shown(row, 8),
        rows: ordinal(row, 9),
        columns: ordinal(row, 10),
    }
}

fn cell(row: Row<'_>) -> Cell {
    Cell {
        table: ordinal(row, 1),
        bytes: Bytes::of(row, 2),
        row: ordinal(row, 4),
        column: ordinal(row, 5),
        row_span: ordinal(row, 6).max(1),
        column_span: ordinal(row, 7).max(1),
        header: row.truth(8).unwrap_or(false),
        text: text(row, 9),
    }
}

fn check(row: Row<'_>) -> Check {
    let facts = text(row, 10);
    Check {
        check: ordinal(row, 1),
        bytes: Bytes::of(row, 2),
        identity: text(row, 4),
        status: text(row, 5),
        left: plain(row, 6),
        right: plain(row, 7),
        difference: plain(row, 8),
        tolerance: plain(row, 9),
        facts: facts.split('|').filter_map(|fact| fact.parse().ok()).collect(),
        message: text(row, 11),
        suspect: None,
    }
}

fn problem(row: Row<'_>) -> Problem {
    Problem {
        severity: text(row, 1),
        code: text(row, 2),
        message: text(row, 3),
        bytes: row.whole(4).map(|_| Bytes::of(row, 4)),
    }
}
