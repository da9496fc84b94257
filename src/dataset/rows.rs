//! One document → its rows in all seven tables.
//!
//! In: an [`Extraction`], or the reason why there is none. Out: [`DocumentRows`]. Spans become bytes
//! on disk and lines here, values become exact millionths; a value that does not fit is left out and
//! becomes a problem. Surprise: the row of `documents` is written last, since it counts the others.

use super::column::Columns;
use super::counts::Counts;
use super::exact::Exact;
use super::tables::{CellRow, CheckRow, DocumentRow, FactRow, NumberRow, ProblemRow, Row, TABLES, TableName, TableRow};
use crate::check::input::{around, passages};
use crate::check::{Check, Status};
use crate::extract::Extraction;
use crate::fact::{Fact, Number};
use crate::layout::Layout;
use crate::problem::{Problem, Severity};
use crate::quantity::{Decimal, NumberClass, Unit};
use crate::source::{FileSpan, Span};
use crate::table::Table;

/// What is known of a document before it is read.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// Path relative to the input folder, with `/`.
    pub name: &'a str,
    /// Bytes on disk, if they could be counted.
    pub size: Option<u64>,
    /// SHA-256 of the bytes in hexadecimal digits, if they could be read.
    pub sha256: Option<&'a str>,
    /// Version of the grammars.
    pub grammar_version: &'a str,
}

/// The rows of one document, and what they count up to.
#[derive(Debug)]
pub struct DocumentRows {
    pub(super) tables: Vec<Columns>,
    /// What a summary counts.
    pub counts: Counts,
}

impl DocumentRows {
    /// The rows of a document that was read; `notes` are problems met before its bytes were looked at.
    #[must_use]
    pub fn of(extraction: &Extraction<'_>, origin: Origin<'_>, notes: &[Problem]) -> Self {
        let mut rows = Builder::new(origin);
        let Extraction { numbers, facts, tables, checks, .. } = extraction;
        rows.reserve(TableName::Numbers, numbers.len());
        rows.reserve(TableName::Facts, facts.len());
        rows.reserve(TableName::Tables, tables.len());
        rows.reserve(TableName::Cells, tables.iter().map(|table| table.cells.len()).sum());
        rows.reserve(TableName::Checks, checks.len());
        rows.problems(notes, |_| FileSpan::default());
        let places = Places { extraction };
        rows.problems(&extraction.problems, |span| places.file_span(span));
        rows.numbers(&extraction.numbers, &places);
        rows.facts(&extraction.facts, &places);
        rows.tables(&extraction.tables, &places);
        rows.checks(&extraction.checks, &places);
        rows.finish(Some(extraction))
    }

    /// The rows of a document of which nothing was read, for the reason that `problems` give.
    #[must_use]
    pub fn unread(origin: Origin<'_>, problems: &[Problem]) -> Self {
        let mut rows = Builder::new(origin);
        rows.problems(problems, |_| FileSpan::default());
        rows.finish(None)
    }
}

/// Where things stand, in the file's bytes.
struct Places<'a, 'b> {
    extraction: &'a Extraction<'b>,
}

impl Places<'_, '_> {
    fn file_span(&self, span: Span) -> FileSpan {
        self.extraction.source.file_span(span)
    }

    fn raw(&self, span: Span) -> &str {
        span.of(self.extraction.source.text())
    }
}

/// The heading path of the section asked for last: neighbours share theirs.
struct SectionPath<'a> {
    layout: &'a Layout,
    last: Option<(Option<u32>, String)>,
}

impl<'a> SectionPath<'a> {
    fn new(layout: &'a Layout) -> Self {
        SectionPath { layout, last: None }
    }

    fn of(&mut self, section: Option<u32>) -> &str {
        if self.last.as_ref().is_none_or(|(known, _)| *known != section) {
            self.last = Some((section, self.layout.section_path(section)));
        }
        self.last.as_ref().map_or("", |(_, path)| path)
    }
}

struct Builder<'a> {
    origin: Origin<'a>,
    tables: Vec<Columns>,
    counts: Counts,
}

impl<'a> Builder<'a> {
    fn new(origin: Origin<'a>) -> Self {
        let tables = TABLES.iter().map(super::tables::Table::empty).collect();
        Builder { origin, tables, counts: Counts { documents: 1, ..Counts::default() } }
    }

    fn push(&mut self, table: TableName, row: impl Row) {
        row.push_to(&mut self.tables[table as usize]);
    }

    fn reserve(&mut self, table: TableName, rows: usize) {
        self.tables[table as usize].reserve(rows);
    }

    fn rows(&self, table: TableName) -> u32 {
        u32::try_from(self.tables[table as usize].rows()).unwrap_or(u32::MAX)
    }

    fn problem(&mut self, problem: &Problem, place: Option<FileSpan>) {
        match problem.severity {
            Severity::Error => self.counts.errors += 1,
            Severity::Warning => self.counts.warnings += 1,
            Severity::Note => self.counts.notes += 1,
        }
        let row = ProblemRow {
            document: self.origin.name,
            severity: problem.severity.as_str(),
            code: problem.code,
            message: &problem.message,
            byte_start: place.map(|place| place.start),
            byte_end: place.map(|place| place.end),
        };
        self.push(TableName::Problems, row);
    }

    fn problems(&mut self, problems: &[Problem], place: impl Fn(Span) -> FileSpan) {
        for problem in problems {
            self.problem(problem, problem.span.map(&place));
        }
    }

    /// The value as the column holds it; if it does not fit, a problem takes its place.
    fn exact(&mut self, value: Decimal, raw: &str, place: FileSpan) -> Option<Exact> {
        let exact = Exact::new(value);
        if exact.is_none() {
            let message = format!(
                "the value {value} of “{raw}” does not fit decimal(28,6) exactly; it was left out rather than rounded. \
                 Take it from the document, or report the unit that makes it this large or this small"
            );
            self.problem(&Problem::new(Severity::Error, "value-not-representable", message, None), Some(place));
        }
        exact
    }

    fn numbers(&mut self, numbers: &[Number<'_>], places: &Places<'_, '_>) {
        for (ordinal, number) in numbers.iter().enumerate() {
            let place = places.file_span(number.span);
            let raw = places.raw(number.span);
            self.counts.figures += u64::from(number.class == NumberClass::Figure);
            self.counts.unread += u64::from(number.class == NumberClass::Unread);
            let row = NumberRow {
                document: self.origin.name,
                number: ordinal as u32,
                byte_start: place.start,
                byte_end: place.end,
                line: places.extraction.source.line(number.span.start),
                raw,
                class: number.class.as_str(),
                value: number.value.and_then(|value| self.exact(value, raw, place)),
                unit: number.unit.as_ref().map(Unit::as_str),
                rule: number.rule,
            };
            self.push(TableName::Numbers, row);
        }
        self.counts.numbers += numbers.len() as u64;
    }

    fn facts(&mut self, facts: &[Fact<'_>], places: &Places<'_, '_>) {
        let mut sections = SectionPath::new(&places.extraction.layout);
        let metadata = &places.extraction.metadata;
        let (passages, standings) = passages(places.extraction.source.text(), &places.extraction.layout, facts);
        let around = around(&passages, &standings);
        for (ordinal, fact) in facts.iter().enumerate() {
            let place = places.file_span(fact.span);
            let raw = places.raw(fact.span);
            let flags = fact.flags.names();
            let row = FactRow {
                document: self.origin.name,
                fact: ordinal as u32,
                number: fact.number,
                byte_start: place.start,
                byte_end: place.end,
                raw,
                value: self.exact(fact.value, raw, place),
                unit: fact.unit.as_str(),
                concept: fact.concept,
                item: Some(&fact.item),
                measure: fact.measure.as_str(),
                phase: fact.phase.map(crate::quantity::Phase::as_str),
                period: fact.period,
                base_period: fact.base_period,
                fund: fact.fund.map(crate::quantity::Fund::as_str),
                function_code: fact.function_code.as_deref(),
                function_name: fact.function_name.as_deref(),
                economic_code: fact.economic_code.as_deref(),
                economic_name: fact.economic_name.as_deref(),
                project: fact.project.as_deref(),
                source: fact.source.as_str(),
                section: Some(sections.of(fact.section)),
                table: fact.cell.map(|(table, _, _)| table),
                row: fact.cell.map(|(_, row, _)| row),
                column: fact.cell.map(|(_, _, column)| column),
                rule: fact.rule,
                flags: flags.as_deref(),
                entity: metadata.entity.as_deref(),
                region_code: metadata.region_code.as_deref(),
                fiscal_year: metadata.fiscal_year,
                paragraph: standings[ordinal].map(|standing| passages[standing.passage as usize].paragraph),
                before: around[ordinal].map(|(before, _)| before),
                after: around[ordinal].map(|(_, after)| after),
            };
            row.push_to(&mut self.tables[TableName::Facts as usize]);
        }
        self.counts.facts += facts.len() as u64;
    }

    fn tables(&mut self, tables: &[Table], places: &Places<'_, '_>) {
        let mut sections = SectionPath::new(&places.extraction.layout);
        for (ordinal, table) in tables.iter().enumerate() {
            let place = places.file_span(table.span);
            let row = TableRow {
                document: self.origin.name,
                table: ordinal as u32,
                kind: table.kind.as_str(),
                layout: table.layout.as_str(),
                title: table.title.as_deref(),
                form: table.form.as_deref(),
                unit: table.unit.as_deref(),
                section: Some(sections.of(table.section)),
                rows: table.rows,
                columns: table.columns,
                byte_start: place.start,
                byte_end: place.end,
            };
            self.push(TableName::Tables, row);
            self.cells(ordinal as u32, table, places);
        }
        self.counts.tables += tables.len() as u64;
    }

    fn cells(&mut self, ordinal: u32, table: &Table, places: &Places<'_, '_>) {
        for cell in &table.cells {
            let place = places.file_span(cell.span);
            let row = CellRow {
                document: self.origin.name,
                table: ordinal,
                row: cell.row,
                column: cell.column,
                row_span: cell.row_span,
                column_span: cell.column_span,
                header: cell.header,
                text: &cell.text(places.extraction.source.text()),
                byte_start: place.start,
                byte_end: place.end,
            };
            self.push(TableName::Cells, row);
        }
    }

    fn checks(&mut self, checks: &[Check<'_>], places: &Places<'_, '_>) {
        for (ordinal, check) in checks.iter().enumerate() {
            match check.status {
                Status::Holds => self.counts.checks_held += 1,
                Status::Rounding => self.counts.checks_rounding += 1,
                Status::Fails => self.counts.checks_failed += 1,
                Status::Undecided => self.counts.checks_undecided += 1,
            }
            let place = places.file_span(check.span);
            push_check(&mut self.tables[TableName::Checks as usize], self.origin.name, ordinal as u32, check, place);
        }
    }

    fn finish(mut self, extraction: Option<&Extraction<'_>>) -> DocumentRows {
        let metadata = extraction.map(|extraction| &extraction.metadata);
        let counted = |count: u32| extraction.map(|_| count);
        self.counts.read = u64::from(extraction.is_some());
        let units = metadata.filter(|metadata| !metadata.units.is_empty()).map(|metadata| metadata.units.join("|"));
        let row = DocumentRow {
            document: self.origin.name,
            sha256: self.origin.sha256,
            size: self.origin.size,
            encoding: extraction.map(|extraction| extraction.source.encoding()),
            converter: extraction.map(|extraction| extraction.layout.converter.as_str()),
            title: metadata.and_then(|metadata| metadata.title.as_deref()),
            entity: metadata.and_then(|metadata| metadata.entity.as_deref()),
            region: metadata.and_then(|metadata| metadata.region.as_deref()),
            region_code: metadata.and_then(|metadata| metadata.region_code.as_deref()),
            level: metadata.and_then(|metadata| metadata.level),
            fiscal_year: metadata.and_then(|metadata| metadata.fiscal_year),
            report_kind: metadata.and_then(|metadata| metadata.report_kind),
            numbers: counted(self.rows(TableName::Numbers)),
            unread: counted(self.counts.unread as u32),
            tables: counted(self.rows(TableName::Tables)),
            facts: counted(self.rows(TableName::Facts)),
            checks_held: counted(self.counts.checks_held as u32),
            checks_failed: counted(self.counts.checks_failed as u32),
            problems: Some(self.rows(TableName::Problems)),
            grammar_version: self.origin.grammar_version,
            program_version: env!("CARGO_PKG_VERSION"),
            units: units.as_deref(),
        };
        self.push(TableName::Documents, row);
        DocumentRows { tables: self.tables, counts: self.counts }
    }
}

/// Puts a check at the end of `checks`.
pub(super) fn push_check(checks: &mut Columns, document: &str, ordinal: u32, check: &Check<'_>, place: FileSpan) {
    let mut facts = String::with_capacity(8 * check.facts.len());
    for (place, fact) in check.facts.iter().enumerate() {
        facts.push_str(if place > 0 { "|" } else { "" });
        push_digits(&mut facts, *fact);
    }
    let row = CheckRow {
        document,
        check: ordinal,
        identity: check.identity,
        status: check.status.as_str(),
        left: check.left.and_then(Exact::nearest),
        right: check.right.and_then(Exact::nearest),
        difference: check.difference.and_then(Exact::nearest),
        tolerance: check.tolerance.and_then(Exact::nearest),
        facts: Some(&facts),
        message: &check.message,
        byte_start: place.start,
        byte_end: place.end,
    };
    row.push_to(checks);
}

/// Puts a number at the end of `text`; formatting it would cost ten times as much.
fn push_digits(text: &mut String, number: u32) {
    if number >= 10 {
        push_digits(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

#[cfg(test)]
mod tests;
