//! Where in the decoded text everything stands that the tables name by bytes of the file.
//!
//! In: the [`Source`], a document's [`Rows`]. Out: [`Places`]: spans of the text, in order. Rows of a
//! dataset that was tampered with may name any bytes: what overlaps or runs backwards is left out.

use super::rows::Rows;
use crate::layout::{Layout, Section, lay_out};
use crate::source::{Source, Span};

/// A number's digits in the text.
#[derive(Clone, Copy, Debug)]
pub struct Digits {
    pub span: Span,
    /// Its index in [`Rows::numbers`].
    pub index: usize,
}

/// Everything that is marked in the text.
#[derive(Debug)]
pub struct Places {
    /// In order, none overlapping.
    pub numbers: Vec<Digits>,
    /// In order, none overlapping: the table's span and its index in [`Rows::tables`].
    pub tables: Vec<(Span, usize)>,
    /// Each cell of [`Rows::cells`].
    pub cells: Vec<Span>,
    /// Where each problem that has a place begins, in order, and its index in [`Rows::problems`].
    pub problems: Vec<(u32, usize)>,
    /// What converters left in the text, in order.
    pub residue: Vec<Span>,
    /// Headings, in order.
    pub sections: Vec<Section>,
}

impl Places {
    /// Looks everything up in `source`.
    pub fn of(source: &Source<'_>, rows: &Rows) -> Self {
        let Layout { artefacts, sections, .. } = lay_out(source.text());
        let number = |(index, number): (usize, &super::rows::Number)| Digits {
            span: source.text_span(number.bytes.place()),
            index,
        };
        let mut numbers: Vec<Digits> = rows.numbers.iter().enumerate().map(number).collect();
        numbers.sort_by_key(|digits| digits.span.start);
        let mut end = 0;
        numbers.retain(|digits| keep(digits.span, &mut end));
        let table = |(index, table): (usize, &super::rows::Table)| (source.text_span(table.bytes.place()), index);
        let mut tables: Vec<_> = rows.tables.iter().enumerate().map(table).collect();
        tables.sort_by_key(|(span, _)| span.start);
        let mut end = 0;
        tables.retain(|(span, _)| keep(*span, &mut end));
        let cells = rows.cells.iter().map(|cell| source.text_span(cell.bytes.place())).collect();
        let problem = |(index, problem): (usize, &super::rows::Problem)| {
            Some((source.text_span(problem.bytes?.place()).start, index))
        };
        let mut problems: Vec<_> = rows.problems.iter().enumerate().filter_map(problem).collect();
        problems.sort_unstable();
        Places { numbers, tables, cells, problems, residue: artefacts, sections }
    }

    /// The numbers that lie inside `span`.
    pub fn numbers_in(&self, span: Span) -> &[Digits] {
        let first = self.numbers.partition_point(|digits| digits.span.start < span.start);
        let count = self.numbers[first..].partition_point(|digits| digits.span.end <= span.end);
        &self.numbers[first..first + count]
    }
}

/// Whether `span` is not empty and begins where the one before ended or later.
fn keep(span: Span, end: &mut u32) -> bool {
    let kept = span.start >= *end && span.start < span.end;
    if kept {
        *end = span.end;
    }
    kept
}
