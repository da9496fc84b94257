//! Tables with the cells of a row on one line, tabs between (OCR services, .docx through Tika).
//!
//! In: the lines of the table. Out: a table. A line without a tab goes on with the last cell of the
//! row before it. What is left to do is the form's: `codes`, `tiers` and `plain` place the cells.
//! Surprise: the number of tabs is right more often than their places.

use super::grid::{Row, Slot, drop_blank_edges, finish, is_ragged, place_ragged};
use super::tiers::{self, Slots};
use super::{Table, codes, plain, tika};
use crate::layout::TableLayout;
use crate::problem::Problem;
use crate::source::Span;

/// Reads the tables in `span`, which has a row on each line.
pub(super) fn read(text: &str, span: Span, problems: &mut Vec<Problem>) -> Option<Table> {
    let mut rows = rows(text, span);
    if rows.iter().all(|row| row.len() > 1 && row[0].is_blank()) && rows.iter().any(|row| row.len() != rows[0].len()) {
        // A tab before each cell: a merge to the right has left no slots.
        for row in &mut rows {
            row.remove(0);
        }
        return tika::arrange(text, TableLayout::Tsv, rows, problems);
    }
    arrange(text, TableLayout::Tsv, rows, problems)
}

/// The slots of each line.
fn rows(text: &str, span: Span) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut start = span.start;
    let mut open = false;
    for line in span.of(text).split_inclusive('\n') {
        let end = start + line.len() as u32;
        if !line.contains('\t') && line.trim().is_empty() {
            open = false;
        } else if !line.contains('\t')
            && open
            && let Some(last) =
                rows.last_mut().and_then(|row: &mut Row| row.iter_mut().rev().find(|slot| !slot.is_blank()))
        {
            last.span = last.span.cover(super::grid::trim(text, Span::new(start, end)));
        } else {
            rows.push(slots(text, start, line));
            open = true;
        }
        start = end;
    }
    rows
}

/// The slots of `line`, which begins at byte `start`.
fn slots(text: &str, start: u32, line: &str) -> Row {
    let mut row = Row::with_capacity(12);
    let mut from = start;
    for piece in line.split('\t') {
        let to = from + piece.len() as u32;
        row.push(Slot::new(text, Span::new(from, to)));
        from = to + 1;
    }
    row
}

/// Makes a table of rows with a slot for every column, whatever layout they are from.
pub(super) fn arrange(
    text: &str,
    layout: TableLayout,
    mut rows: Vec<Row>,
    problems: &mut Vec<Problem>,
) -> Option<Table> {
    rows.retain(|row| row.iter().any(|slot| !slot.is_blank()));
    drop_blank_edges(&mut rows);
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let used = rows.iter().map(|row| row.iter().filter(|slot| !slot.is_blank()).count()).sum();
    if is_ragged(rows.len(), width, used) {
        return finish(layout, place_ragged(rows), width);
    }
    if let Some(head) = tiers::find_head(text, &rows) {
        let (placed, width) = tiers::arrange(text, rows, head, Slots::PerColumn, problems);
        return finish(layout, placed, width);
    }
    let rows = codes::restore(text, rows, problems);
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    finish(layout, plain::arrange(text, rows), width)
}
