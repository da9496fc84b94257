//! Writes the tables that checks change anew, part after part, beside those that lie there.
//!
//! In: the rows of a document as they were read, its new checks, the facts to flag. Out: files with the ending
//! `.checked`, which the caller renames once all are whole. Row groups end where `writer` ends them, so that a
//! dataset in which nothing changes keeps its bytes.

use super::column::Columns;
use super::exact::Exact;
use super::rows::push_check;
use super::sink::{Format, Sink, WriteError};
use super::stream::{DocumentRecords, Fields};
use super::tables::{CheckRow, DocumentRow, FactRow, Row, TABLES, Table, TableName};
use super::writer::{csv_path, is_row_group, part_path};
use crate::check::{Check, Status};
use crate::fact::Flags;
use crate::quantity::Decimal;
use crate::source::FileSpan;
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

/// The tables that checks change.
pub const REWRITTEN: [TableName; 3] = [TableName::Documents, TableName::Facts, TableName::Checks];

/// Where a table's new file lies until it takes the place of `path`.
#[must_use]
pub fn checked_path(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.checked"))
}

/// How a document's checks came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)] // named as the statuses
pub struct Came {
    pub holds: u64,
    pub rounding: u64,
    pub fails: u64,
    pub undecided: u64,
}

impl Came {
    /// Those of another document or part too.
    pub fn add_all(&mut self, other: &Came) {
        self.holds += other.holds;
        self.rounding += other.rounding;
        self.fails += other.fails;
        self.undecided += other.undecided;
    }

    /// One more check.
    pub fn add(&mut self, status: Status) {
        match status {
            Status::Holds => self.holds += 1,
            Status::Rounding => self.rounding += 1,
            Status::Fails => self.fails += 1,
            Status::Undecided => self.undecided += 1,
        }
    }
}

/// One of the three tables while it is written.
struct Rewritten {
    table: &'static Table,
    rows: Columns,
    sink: Option<Sink>,
}

/// Writes the three tables.
pub struct Rewriter {
    folder: PathBuf,
    format: Format,
    part: u32,
    tables: [Rewritten; 3],
}

impl Rewriter {
    /// Begins with part 0 of the dataset in `folder`; what an earlier attempt left is removed.
    ///
    /// # Errors
    /// [`WriteError`] if that cannot be removed.
    pub fn new(folder: &Path, format: Format) -> Result<Self, WriteError> {
        let open = |name: TableName| {
            let table = &TABLES[name as usize];
            Rewritten { table, rows: table.empty(), sink: None }
        };
        let rewriter = Rewriter { folder: folder.to_owned(), format, part: 0, tables: REWRITTEN.map(open) };
        for name in REWRITTEN {
            let path = checked_path(&csv_path(folder, &TABLES[name as usize]));
            if path.exists() {
                fs::remove_file(&path).map_err(|source| WriteError::File { path, source })?;
            }
        }
        Ok(rewriter)
    }

    /// Adds a document: its rows as they were, with `kept` and `checks` as its checks and `flagged` as its only
    /// inconsistent facts.
    ///
    /// # Errors
    /// [`WriteError`] if earlier rows could not be written.
    pub fn append(
        &mut self,
        records: &DocumentRecords,
        checks: &[Check<'_>],
        kept: &[Fields<'_>],
        later: &[Check<'_>],
        flagged: &BTreeSet<u32>,
    ) -> Result<Came, WriteError> {
        let mut came = Came::default();
        let [documents, facts, found] = &mut self.tables;
        let mut ordinal = 0;
        let mut next = || {
            ordinal += 1;
            ordinal - 1
        };
        let place = |check: &Check<'_>| FileSpan { start: check.span.start.into(), end: check.span.end.into() };
        for check in checks {
            came.add(check.status);
            push_check(&mut found.rows, &records.name, next(), check, place(check));
        }
        for row in kept {
            came.add(row.text("status").and_then(Status::from_word).unwrap_or(Status::Undecided));
            kept_check(*row, next()).push_to(&mut found.rows);
        }
        for check in later {
            came.add(check.status);
            push_check(&mut found.rows, &records.name, next(), check, place(check));
        }
        for row in records.of(TableName::Facts) {
            let flags = Flags::of_names(row.text("flags").unwrap_or("")).without(Flags::INCONSISTENT);
            let inconsistent = row.number("fact").is_some_and(|fact| flagged.contains(&fact));
            let flags = if inconsistent { flags.with(Flags::INCONSISTENT) } else { flags };
            fact_row(row, flags.names().as_deref()).push_to(&mut facts.rows);
        }
        for row in records.of(TableName::Documents) {
            document_row(row, came).push_to(&mut documents.rows);
        }
        for table in &mut self.tables {
            if is_row_group(&table.rows) {
                write(table, &self.folder, self.format, self.part)?;
            }
        }
        Ok(came)
    }

    /// Ends the part; gives the lengths of the three files.
    ///
    /// # Errors
    /// [`WriteError`] if a file cannot be written.
    pub fn end_part(&mut self) -> Result<[u64; 3], WriteError> {
        let mut bytes = [0; 3];
        for (bytes, table) in bytes.iter_mut().zip(&mut self.tables) {
            write(table, &self.folder, self.format, self.part)?;
            if let Some(sink) = table.sink.take() {
                let refused = |source| WriteError::Table { table: table.table.name, source };
                *bytes = sink.finish(table.table).map_err(refused)?;
            }
        }
        self.part += 1;
        Ok(bytes)
    }

    /// The files that the new ones replace.
    #[must_use]
    pub fn files(&self) -> Vec<PathBuf> {
        let tables = REWRITTEN.iter().map(|name| &TABLES[*name as usize]);
        match self.format {
            Format::Csv => tables.map(|table| csv_path(&self.folder, table)).collect(),
            Format::Parquet => {
                let parts = |table| (0..self.part).map(move |part| part_path(&self.folder, table, part));
                tables.flat_map(parts).collect()
            }
        }
    }
}

fn write(table: &mut Rewritten, folder: &Path, format: Format, part: u32) -> Result<(), WriteError> {
    let rows = std::mem::replace(&mut table.rows, table.table.empty());
    let refused = |source| WriteError::Table { table: table.table.name, source };
    if table.sink.is_none() {
        let path = match format {
            Format::Parquet => part_path(folder, table.table, part),
            Format::Csv => csv_path(folder, table.table),
        };
        let path = checked_path(&path);
        let sink = match format {
            Format::Parquet => File::create(&path).map(|file| Sink::parquet(table.table, file)),
            Format::Csv => OpenOptions::new().create(true).append(true).open(&path).and_then(|file| {
                let new = file.metadata()?.len() == 0;
                Ok(Sink::csv(table.table, file, new))
            }),
        };
        let sink = sink.map_err(|source| WriteError::File { path, source })?;
        table.sink = Some(sink.map_err(refused)?);
    }
    table.sink.as_mut().map_or(Ok(()), |sink| sink.write(table.table, rows)).map_err(refused)
}

fn exact(row: Fields<'_>, column: &str) -> Option<Exact> {
    row.number::<Decimal>(column).and_then(Exact::new)
}

fn kept_check(row: Fields<'_>, check: u32) -> CheckRow<'_> {
    CheckRow {
        document: row.text("document").unwrap_or(""),
        check,
        identity: row.text("identity").unwrap_or(""),
        status: row.text("status").unwrap_or(""),
        left: exact(row, "left"),
        right: exact(row, "right"),
        difference: exact(row, "difference"),
        tolerance: exact(row, "tolerance"),
        facts: row.text("facts"),
        message: row.text("message").unwrap_or(""),
        byte_start: row.number("byte_start").unwrap_or(0),
        byte_end: row.number("byte_end").unwrap_or(0),
    }
}

fn document_row(row: Fields<'_>, came: Came) -> DocumentRow<'_> {
    // A document of which nothing was read has no counts.
    let count = |column: &str, new: u64| row.number::<u32>(column).map(|_| u32::try_from(new).unwrap_or(u32::MAX));
    DocumentRow {
        document: row.text("document").unwrap_or(""),
        sha256: row.text("sha256"),
        size: row.number("size"),
        encoding: row.text("encoding"),
        converter: row.text("converter"),
        title: row.text("title"),
        entity: row.text("entity"),
        region: row.text("region"),
        region_code: row.text("region_code"),
        level: row.text("level"),
        fiscal_year: row.number("fiscal_year"),
        report_kind: row.text("report_kind"),
        numbers: row.number("numbers"),
        unread: row.number("unread"),
        tables: row.number("tables"),
        facts: row.number("facts"),
        checks_held: count("checks_held", came.holds),
        checks_failed: count("checks_failed", came.fails),
        problems: row.number("problems"),
        grammar_version: row.text("grammar_version").unwrap_or(""),
        program_version: row.text("program_version").unwrap_or(""),
        units: row.text("units"),
    }
}

fn fact_row<'r>(row: Fields<'r>, flags: Option<&'r str>) -> FactRow<'r> {
    FactRow {
        document: row.text("document").unwrap_or(""),
        fact: row.number("fact").unwrap_or(0),
        number: row.number("number").unwrap_or(0),
        byte_start: row.number("byte_start").unwrap_or(0),
        byte_end: row.number("byte_end").unwrap_or(0),
        raw: row.text("raw").unwrap_or(""),
        value: exact(row, "value"),
        unit: row.text("unit").unwrap_or(""),
        concept: row.text("concept"),
        item: row.text("item"),
        measure: row.text("measure").unwrap_or(""),
        phase: row.text("phase"),
        period: row.number("period"),
        base_period: row.number("base_period"),
        fund: row.text("fund"),
        function_code: row.text("function_code"),
        function_name: row.text("function_name"),
        economic_code: row.text("economic_code"),
        economic_name: row.text("economic_name"),
        project: row.text("project"),
        source: row.text("source").unwrap_or(""),
        section: row.text("section"),
        table: row.number("table"),
        row: row.number("row"),
        column: row.number("column"),
        rule: row.text("rule").unwrap_or(""),
        flags,
        entity: row.text("entity"),
        region_code: row.text("region_code"),
        fiscal_year: row.number("fiscal_year"),
        paragraph: row.number("paragraph"),
        before: row.text("before"),
        after: row.text("after"),
    }
}
