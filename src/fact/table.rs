//! A grid → the class of every number in it, and the facts that its figures state.
//!
//! In: one [`Table`], the numbers of the document, the statement grammars. Out: [`TableReading`];
//! the table's kind is set. Numbers in a title, unit or form line are in no cell and left to the
//! narrative, and so are cells that hold sentences ([`ProseCell`]).
//! Cases: `grammars/tables/*.cases.txt`.
//! Surprise: forms have headers in their middle, so what a column means changes on the way down.

mod body;
mod columns;
mod content;
mod explain;
mod facts;
#[cfg(test)]
mod gold;
mod grid;
mod label;
#[cfg(test)]
mod properties;
mod rows;
mod subjects;
#[cfg(test)]
mod tests;
mod units;
mod wording;

use crate::fact::Fact;
use crate::figure::NumberToken;
use crate::grammar::labels::printed;
use crate::grammar::meaning::Role;
use crate::grammar::statements::{Shape, Statement};
use crate::grammar::{Grammars, Statements, Vocabulary};
use crate::maps::Map;
use crate::quantity::{NumberClass, Phase};
use crate::source::Span;
use crate::table::{Cell, Table, TableKind};
use crate::trace::Trace;
use columns::Column;
use content::{Content, read_content};
use grid::Grid;
use label::{Label, read_label};
use std::borrow::Cow;

/// What the document says around a table.
#[derive(Clone, Copy, Debug, Default)]
pub struct TableContext<'c> {
    /// Index of the table, for facts.
    pub table: u32,
    /// The document's fiscal year.
    pub fiscal_year: Option<i16>,
    /// The unit as printed in the section (单位：万元), if the table has none.
    pub section_unit: Option<&'c str>,
    /// The unit that most of the document is in, if the section has none.
    pub document_unit: Option<&'c str>,
    /// Takes notes, where somebody asked.
    pub trace: Option<&'c Trace>,
}

/// A cell of sentences, for the narrative to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProseCell {
    /// Index in [`Table::cells`].
    pub cell: u32,
    /// The phase of its column: 预期目标, 实际完成.
    pub phase: Option<Phase>,
    /// Its column's label.
    pub column: String,
    /// Its row's label.
    pub row: String,
    /// The form's project.
    pub project: Option<String>,
}

/// What was read from one table.
#[derive(Debug, Default)]
pub struct TableReading<'a> {
    /// Index, class and rule of every number in the table's cells but those of [`Self::prose`], in order.
    pub numbers: Vec<(u32, NumberClass, &'a str)>,
    /// What the figures state, in order of their numbers.
    pub facts: Vec<Fact<'a>>,
    /// Cells left to the narrative.
    pub prose: Vec<ProseCell>,
    /// What the next table needs, should it be this one's second page.
    pub carry: Carry<'a>,
}

/// What a table leaves to its second page, which a converter may have made a table of its own.
#[derive(Debug, Default)]
pub struct Carry<'a> {
    statement: Option<&'a Statement>,
    columns: Vec<Column<'a>>,
    opened: [Option<&'a str>; 2],
    names: Map<String, String>,
    project: Option<String>,
    kind: Option<TableKind>,
    unit: Option<String>,
    section: Option<u32>,
}

impl<'a> Carry<'a> {
    /// Whether `table`, which nothing else names, goes on where the one before ended: it has as many
    /// columns, and its first rows speak of the same things.
    fn goes_on(&self, table: &Table, cells: &[CellRead<'_, '_>], statements: &'a Statements) -> bool {
        let bare = table.title.is_none() && table.form.is_none() && table.kind == TableKind::Other;
        let alike = self.columns.len() == table.columns as usize && self.section == table.section;
        if !(bare && alike && self.statement.is_some()) {
            return false;
        }
        let code =
            |cell: &Cell| self.columns.get(cell.column as usize).is_some_and(|column| column.role == Some(Role::Code));
        table.cells.iter().zip(cells).take_while(|(cell, _)| cell.row < 3).any(|(cell, read)| match &read.content {
            Content::Amount(amount) => amount.plain && code(cell),
            Content::Words => statements.row(self.statement, &read.label.key, None).is_some(),
            _ => false,
        })
    }
}

/// Bytes of the longest text that is taken for a label.
const LONGEST_LABEL: usize = 240;

/// A cell as read once.
#[derive(Debug)]
struct CellRead<'t, 'v> {
    text: Cow<'t, str>,
    numbers: Vec<u32>,
    content: Content<'v>,
    label: Label,
}

/// Where everything is read: text, table, grammars.
#[derive(Clone, Copy, Debug)]
struct Place<'a, 't> {
    text: &'t str,
    table: &'t Table,
    tokens: &'t [NumberToken],
    context: TableContext<'t>,
    statement: Option<&'a Statement>,
    grammars: &'a Grammars,
    /// The table before, if this one is its second page.
    before: Option<&'t Carry<'a>>,
}

impl<'a> Place<'a, '_> {
    fn statements(&self) -> &'a Statements {
        self.grammars.statements()
    }

    fn vocabulary(&self) -> &'a Vocabulary {
        self.grammars.vocabulary()
    }

    fn is_form(&self) -> bool {
        self.statement.is_some_and(|statement| statement.shape == Shape::Form)
    }
}

/// Classes the numbers of `table` and reads its facts; sets its kind. `before` is what the table
/// before it left, in case that this one is its second page.
#[must_use]
pub fn read_table<'a>(
    text: &str,
    table: &mut Table,
    context: &TableContext<'_>,
    numbers: &[NumberToken],
    grammars: &'a Grammars,
    before: Option<&Carry<'a>>,
) -> TableReading<'a> {
    let read = |cell: &Cell| read_cell(text, cell, numbers, grammars.vocabulary());
    let mut cells: Vec<_> = table.cells.iter().map(read).collect();
    head_years(table, &mut cells);
    let mut statement = recognise(table, &cells, grammars.statements());
    let goes_on = |before: &&Carry<'a>| statement.is_none() && before.goes_on(table, &cells, grammars.statements());
    let before = before.filter(goes_on);
    if let Some(before) = before {
        statement = before.statement;
        table.kind = before.kind.unwrap_or(TableKind::Other);
    }
    if table.kind == TableKind::Other
        && let Some(kind) = statement.and_then(|statement| TableKind::from_word(&statement.kind))
    {
        table.kind = kind;
    }
    let place = Place { text, table, tokens: numbers, context: *context, statement, grammars, before };
    let Some(grid) = Grid::of(table).filter(|_| !is_scattered(table, &cells)) else { return TableReading::default() };
    let mut reading = body::read(&place, &grid, &cells);
    reading.numbers.sort_by_key(|(number, ..)| *number);
    reading.numbers.dedup_by_key(|(number, ..)| *number);
    reading.facts.sort_by_key(|fact| fact.number);
    reading.prose.sort_by_key(|prose| prose.cell);
    reading
}

/// Whether nearly every amount stands alone in its row, and labels stand in rows of their own: a
/// converter put each cell on a line, and which column an amount is of cannot be told. Its numbers
/// stay unread.
fn is_scattered(table: &Table, cells: &[CellRead<'_, '_>]) -> bool {
    const LEAST: usize = 5;
    if table.kind == TableKind::Chart {
        return false;
    }
    // Numbers of rows stand beside their labels even so: decimals tell, where there are some.
    let decimal = |read: &CellRead<'_, '_>| matches!(&read.content, Content::Amount(amount) if !amount.plain);
    let decimals = cells.iter().filter(|read| decimal(read)).count() >= LEAST;
    let (mut alone, mut accompanied) = (0, 0);
    let mut first = 0;
    while let Some(row) = table.cells.get(first).map(|cell| cell.row) {
        let length = table.cells[first..].iter().take_while(|cell| cell.row == row).count();
        let range = first..first + length;
        let told = |read: &&CellRead<'_, '_>| read.text.chars().any(char::is_alphanumeric);
        let amount = |read: &&CellRead<'_, '_>| {
            if decimals { decimal(read) } else { matches!(read.content, Content::Amount(_)) }
        };
        let spans = table.cells[range.clone()].iter().any(|cell| cell.row_span > 1);
        if cells[range.clone()].iter().any(|read| amount(&read)) {
            let lone = cells[range.clone()].iter().filter(told).count() == 1 && !spans;
            alone += usize::from(lone);
            accompanied += usize::from(!lone);
        }
        first = range.end;
    }
    alone >= LEAST && alone > accompanied * 3
}

/// `项目 | 2030 | 2031`: plain years in the first rows are headings, no quantities.
fn head_years(table: &Table, cells: &mut [CellRead<'_, '_>]) {
    let is_year = |read: &CellRead<'_, '_>| matches!(&read.content, Content::Amount(amount) if amount.plain && content::is_year(amount.value));
    for row in 0..3 {
        let range =
            table.cells.partition_point(|cell| cell.row < row)..table.cells.partition_point(|cell| cell.row <= row);
        let years = cells[range.clone()].iter().filter(|read| is_year(read)).count();
        let words = cells[range.clone()].iter().filter(|read| matches!(read.content, Content::Words)).count();
        if years == 0 || years + words < range.len() {
            continue;
        }
        for (cell, read) in table.cells[range.clone()].iter().zip(&mut cells[range]) {
            if is_year(read) && (cell.column_span > 1 || years > 1 || row == 0) {
                read.content = Content::Period;
                read.label = Label {
                    year: read.text.trim().parse().ok(),
                    words: read.text.trim().to_owned(),
                    ..Label::default()
                };
            }
        }
    }
}

fn read_cell<'t, 'v>(
    text: &'t str,
    cell: &Cell,
    tokens: &[NumberToken],
    vocabulary: &'v Vocabulary,
) -> CellRead<'t, 'v> {
    let numbers = numbers_in(cell, tokens);
    let content = read_content(text, cell, tokens, &numbers, vocabulary);
    let words = match cell.text(text) {
        Cow::Borrowed(words) => printed(words),
        Cow::Owned(words) => Cow::Owned(printed(&words).into_owned()),
    };
    let short = words.len() <= LONGEST_LABEL && !matches!(content, Content::Blank | Content::Amount(_));
    let label = if short { read_label(&words, vocabulary) } else { Label::default() };
    CellRead { text: words, numbers, content, label }
}

/// The numbers inside the cell, by index.
fn numbers_in(cell: &Cell, tokens: &[NumberToken]) -> Vec<u32> {
    let inside = |span: Span| {
        let first = tokens.partition_point(|token| token.span.start < span.start);
        let last = first + tokens[first..].partition_point(|token| token.span.end <= span.end);
        first as u32..last as u32
    };
    match &cell.parts {
        Some(parts) => parts.iter().flat_map(|part| inside(*part)).collect(),
        None => inside(cell.span).collect(),
    }
}

/// The statement that the table is: by its title, then its form's number, then its headings.
fn recognise<'a>(table: &Table, cells: &[CellRead<'_, '_>], statements: &'a Statements) -> Option<&'a Statement> {
    let inside = || {
        let wide = table.cells.iter().position(|cell| cell.row == 0 && cell.column_span >= table.columns);
        wide.and_then(|index| statements.by_title(&cells[index].text))
    };
    let by_signature = || {
        let keys = table
            .cells
            .iter()
            .zip(cells)
            .filter(|(_, read)| matches!(read.content, Content::Words) && !read.label.key.is_empty());
        statements.by_signature(keys.map(|(_, read)| read.label.key.as_str()))
    };
    let title = table.title.as_deref().and_then(|title| statements.by_title(title));
    if table.kind == TableKind::Chart {
        let chart = TableKind::Chart.as_str();
        return title.filter(|statement| statement.kind == chart).or_else(|| statements.of_kind(chart));
    }
    let title = title.filter(|statement| statement.kind != TableKind::Chart.as_str());
    // Regions number their forms each in its own way: a title that nobody knows is no statement of that number.
    let untitled = table.title.as_deref().is_none_or(|title| !title.ends_with('表'));
    let form = table.form.as_deref().filter(|_| untitled);
    title.or_else(inside).or_else(|| form.and_then(|form| statements.by_form(form))).or_else(by_signature)
}
