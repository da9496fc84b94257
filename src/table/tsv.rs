//! Tables with the cells of a row on one line, tabs between (OCR services, .docx through Tika).
//!
//! In: the lines of the table. Out: a table. A line without a tab goes on with the last cell of the
//! row before it; where each cell has a tab before it, so does every line that does not begin with
//! one. What is left to do is the form's: `codes`, `tiers` and `plain` place the cells.
//! Surprise: the number of tabs is right more often than their places.

use super::grid::{Row, Slot, drop_blank_edges, finish, is_ragged, place_ragged};
use super::tiers::{self, Slots};
use super::words::{is_decimal, is_number};
use super::{Table, codes, plain, tika};
use crate::layout::TableLayout;
use crate::problem::{Problem, Severity};
use crate::source::Span;

/// Reads the table in `span`, which has a row on each line.
pub(super) fn read(text: &str, span: Span, problems: &mut Vec<Problem>) -> Option<Table> {
    if has_tab_before_cells(span.of(text)) {
        // A merge to the right has left no slots.
        let mut rows = rows_of_cells(text, span);
        forget_broken(text, &mut rows, problems);
        return tika::arrange(text, TableLayout::Tsv, rows, problems);
    }
    let mut rows = rows(text, span);
    forget_broken(text, &mut rows, problems);
    arrange(text, TableLayout::Tsv, rows, problems)
}

/// Makes headings say nothing where blank cells broke the rows.
fn forget_broken(text: &str, rows: &mut Vec<Row>, problems: &mut Vec<Problem>) {
    if let Some(torn) = torn_numbers(text, rows) {
        forget_head(text, rows);
        problems.push(Problem::new(Severity::Warning, "table-column-unknown", UNKNOWN, torn));
    }
}

const UNKNOWN: &str = "numbers of this table stand on lines of their own below their rows, so that nothing tells their columns: the facts say nothing about the column; compare with the printed form";

/// The first cell to which lines have added numbers, if several have: blank cells broke the rows.
fn torn_numbers(text: &str, rows: &[Row]) -> Option<Span> {
    const FEWEST: usize = 2;
    let is_torn = |slot: &&Slot| {
        let lines = || slot.span.of(text).lines().map(str::trim).filter(|line| !line.is_empty());
        lines().count() > 1 && lines().all(is_number)
    };
    let mut torn = rows.iter().flatten().filter(is_torn).map(|slot| slot.span);
    let first = torn.next()?;
    (torn.count() + 1 >= FEWEST).then_some(first)
}

/// Makes the rows above the first amount one cell, which heads no column.
fn forget_head(text: &str, rows: &mut Vec<Row>) {
    let top =
        rows.iter().position(|row| row.iter().any(|slot| is_decimal(slot.text(text).lines().next().unwrap_or(""))));
    let mut all = Slot::default();
    for slot in rows.drain(..top.unwrap_or(0)).flatten() {
        all.add(text, slot);
    }
    rows.insert(0, vec![all]);
}

/// Whether each cell has a tab before it (.docx through Tika): the first line begins with one, and
/// no line without has as many cells as those with, or few have; or what goes on after such a line
/// fits into one row with it.
fn has_tab_before_cells(lines: &str) -> bool {
    let mut shown = lines.lines().filter(|line| !line.trim().is_empty()).peekable();
    let first = shown.peek().is_some_and(|line| line.starts_with('\t'));
    let tabs = |line: &str| line.bytes().filter(|b| *b == b'\t').count();
    // The most in a line with, in one without, and in one with and all without that follow it.
    let (mut most_led, mut most_others, mut most_joined, mut joined) = (0, 0, 0, 0);
    for line in lines.lines() {
        let (led, count) = (line.starts_with('\t'), tabs(line));
        let most = if led { &mut most_led } else { &mut most_others };
        *most = count.max(*most);
        joined = if led { count } else { joined + count };
        most_joined = joined.max(most_joined);
    }
    if first && (most_others + 1 < most_led || most_others > 0 && most_joined == most_led) {
        return true;
    }
    let (mut led, mut others) = (0_usize, 0_usize);
    for line in shown {
        if line.starts_with('\t') { led += 1 } else { others += 1 }
    }
    first && led > others
}

/// The cells of rows in which each has a tab before it; a line without one goes on with the last cell.
fn rows_of_cells(text: &str, span: Span) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut open: Option<Span> = None;
    let mut start = span.start;
    let close = |open: &mut Option<Span>, rows: &mut Vec<Row>| {
        if let (Some(cell), Some(row)) = (open.take(), rows.last_mut()) {
            row.push(Slot::new(text, cell));
        }
    };
    for line in span.of(text).split_inclusive('\n') {
        let end = start + line.len() as u32;
        let mut from = start;
        if line.starts_with('\t') {
            close(&mut open, &mut rows);
            rows.push(Row::new());
            from += 1;
        }
        for (index, piece) in line[(from - start) as usize..].split('\t').enumerate() {
            let to = from + piece.len() as u32;
            match &mut open {
                Some(cell) if index == 0 => cell.end = to,
                _ => {
                    close(&mut open, &mut rows);
                    open = Some(Span::new(from, to));
                }
            }
            from = to + 1;
        }
        start = end;
    }
    close(&mut open, &mut rows);
    rows
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
