//! A table drawn as a grid: its cells in their places, with the numbers in them.
//!
//! In: a table's cells and their spans. Out: [`Grid`], rows of cells with the gaps between them filled. A number
//! belongs to the smallest cell around it: where labels are wrapped above and below their amounts, a
//! label's span holds the amount's. Surprise: numbers that stand in no cell are given beside the grid, so
//! that drawing a table never hides what was not read. Size is linear in the cells, whatever the gaps.

use super::places::{Digits, Places};
use super::rows::{Cell, Rows};
use super::text::{Piece, show};
use crate::source::{Source, Span};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A cell of the grid; a gap has no pieces.
#[derive(Debug)]
pub struct GridCell<'a> {
    pub header: bool,
    pub column: u32,
    pub row_span: u32,
    pub column_span: u32,
    pub pieces: Vec<Piece<'a>>,
}

impl GridCell<'_> {
    /// Whether it holds a number and nothing else.
    pub fn is_number(&self) -> bool {
        matches!(self.pieces.as_slice(), [Piece::Number(..)])
    }
}

/// A row of the grid.
#[derive(Debug)]
pub struct GridRow<'a> {
    /// As in `cells`, from 0.
    pub number: u32,
    pub cells: Vec<GridCell<'a>>,
}

/// A table as a page draws it.
#[derive(Debug)]
pub struct Grid<'a> {
    pub rows: Vec<GridRow<'a>>,
    /// Numbers of the table's text that are in no cell of the grid.
    pub beside: Vec<Piece<'a>>,
}

/// Gaps up to so many columns are drawn cell by cell.
const SMALL_GAP: u32 = 12;
/// Browsers count no further.
const MOST_SPAN: u32 = 1000;

/// The cells of one table, `first` being the index of the first of them in the rows.
pub fn draw<'a>(
    cells: &'a [Cell],
    first: usize,
    span: Span,
    columns: u32,
    source: &'a Source<'a>,
    rows: &'a Rows,
    places: &'a Places,
) -> Grid<'a> {
    let mut inside: Vec<Vec<Digits>> = vec![Vec::new(); cells.len()];
    let mut beside = Vec::new();
    let spans = &places.cells[first..first + cells.len()];
    for (digits, cell) in assign(places.numbers_in(span), spans) {
        match cell {
            Some(cell) => inside[cell].push(digits),
            None => beside.push(digits),
        }
    }
    let mut drawn = Vec::new();
    for (cell, numbers) in cells.iter().zip(&inside) {
        let pieces = fill(&cell.text, numbers, rows, &mut beside);
        drawn.push((cell, pieces));
    }
    drawn.sort_by_key(|(cell, _)| (cell.row, cell.column));
    beside.sort_by_key(|digits| digits.index);
    let number = |digits: &Digits| Piece::Number(digits.index, Cow::Borrowed(digits.span.of(source.text())));
    Grid { rows: arrange(drawn, columns), beside: beside.iter().map(number).collect() }
}

/// The smallest cell around each number, in the order of the numbers.
fn assign(numbers: &[Digits], spans: &[Span]) -> Vec<(Digits, Option<usize>)> {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|index| spans[*index].start);
    let mut waiting = order.into_iter().peekable();
    let mut open: BinaryHeap<Reverse<(u32, usize)>> = BinaryHeap::new();
    let mut assigned = Vec::with_capacity(numbers.len());
    for digits in numbers {
        while let Some(index) = waiting.next_if(|index| spans[*index].start <= digits.span.start) {
            open.push(Reverse((spans[index].end - spans[index].start, index)));
        }
        while open.peek().is_some_and(|Reverse((_, index))| spans[*index].end < digits.span.end) {
            open.pop();
        }
        assigned.push((*digits, open.peek().map(|Reverse((_, index))| *index)));
    }
    assigned
}

/// The cell's text with its numbers; those that its text does not hold go to `beside`.
fn fill<'a>(text: &'a str, numbers: &[Digits], rows: &'a Rows, beside: &mut Vec<Digits>) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for digits in numbers {
        let raw = rows.numbers[digits.index].raw.as_str();
        let Some((start, end)) = find(&text[at..], raw) else {
            beside.push(*digits);
            continue;
        };
        show(&text[at..at + start], Piece::Plain, &mut pieces);
        pieces.push(Piece::Number(digits.index, Cow::Borrowed(&text[at + start..at + end])));
        at += end;
    }
    show(&text[at..], Piece::Plain, &mut pieces);
    pieces
}

/// Where `raw` stands in `text` as a whole number; line breaks inside a number are not part of a cell's text.
fn find(text: &str, raw: &str) -> Option<(usize, usize)> {
    let folded: String;
    let wanted = if raw.contains(['\n', '\r']) {
        folded = raw.split(['\n', '\r']).map(str::trim).collect();
        folded.as_str()
    } else {
        raw
    };
    let touches =
        |character: Option<char>| character.is_some_and(char::is_numeric) && wanted.starts_with(char::is_numeric);
    let mut from = 0;
    while let Some(offset) = text.get(from..).and_then(|rest| rest.find(wanted)) {
        let (start, end) = (from + offset, from + offset + wanted.len());
        if !touches(text[..start].chars().next_back()) && !touches(text[end..].chars().next()) {
            return Some((start, end));
        }
        from = end.max(from + 1);
    }
    None
}

/// Rows of cells with gaps filled, so that every cell comes to stand in its column. Rows without any cell are left out.
fn arrange<'a>(drawn: Vec<(&'a Cell, Vec<Piece<'a>>)>, columns: u32) -> Vec<GridRow<'a>> {
    let mut numbers: Vec<u32> = drawn.iter().map(|(cell, _)| cell.row).collect();
    numbers.dedup();
    let mut hanging: Vec<Hanging> = Vec::new();
    let mut drawn = drawn.into_iter().peekable();
    let mut rows = Vec::with_capacity(numbers.len());
    for (index, number) in numbers.iter().enumerate() {
        hanging.retain(|above| above.last_row >= *number);
        hanging.sort_unstable_by_key(|above| above.start);
        let (mut row, mut column, mut above) = (Vec::new(), 0, 0);
        let covered = hanging.len();
        while let Some((cell, pieces)) = drawn.next_if(|(cell, _)| cell.row == *number) {
            while let Some(over) = hanging[above..covered].first().filter(|over| over.start < cell.column) {
                gap(&mut row, column, over.start);
                column = column.max(over.end);
                above += 1;
            }
            gap(&mut row, column, cell.column);
            let last_row = number.saturating_add(cell.row_span - 1);
            let shown_rows = numbers[index..].partition_point(|row| *row <= last_row) as u32;
            let (row_span, column_span) = (shown_rows.min(MOST_SPAN), cell.column_span.min(MOST_SPAN));
            row.push(GridCell { header: cell.header, column: cell.column, row_span, column_span, pieces });
            column = column.max(cell.column.saturating_add(column_span));
            if row_span > 1 {
                hanging.push(Hanging { start: cell.column, end: column, last_row });
            }
        }
        for over in &hanging[above..covered] {
            gap(&mut row, column, over.start);
            column = column.max(over.end);
        }
        gap(&mut row, column, columns);
        rows.push(GridRow { number: *number, cells: row });
    }
    rows
}

/// Columns that a cell of a row above covers.
struct Hanging {
    start: u32,
    end: u32,
    last_row: u32,
}

/// Blank cells from column `from` to `to`.
fn gap(row: &mut Vec<GridCell<'_>>, from: u32, to: u32) {
    let blank = |column, column_span| GridCell { header: false, column, row_span: 1, column_span, pieces: Vec::new() };
    if from >= to {
    } else if to - from <= SMALL_GAP {
        row.extend((from..to).map(|column| blank(column, 1)));
    } else {
        row.push(blank(from, (to - from).min(MOST_SPAN)));
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::Bytes;
    use super::*;

    fn cell(row: u32, column: u32, row_span: u32, column_span: u32, text: &str) -> Cell {
        Cell {
            table: 0,
            row,
            column,
            row_span,
            column_span,
            header: false,
            text: text.to_owned(),
            bytes: Bytes { start: 0, end: 0 },
        }
    }

    /// Each row as text: `甲(column,rows×columns)`, gaps as `_`.
    fn drawn(cells: &[Cell], columns: u32) -> Vec<String> {
        let pieces = |cell: &Cell| vec![Piece::Symbol(cell.text.clone())];
        let shown = |cell: &GridCell<'_>| match cell.pieces.as_slice() {
            [Piece::Symbol(text)] => format!("{text}({},{}×{})", cell.column, cell.row_span, cell.column_span),
            _ => "_".repeat(cell.column_span as usize),
        };
        let rows = arrange(cells.iter().map(|cell| (cell, pieces(cell))).collect(), columns);
        rows.iter().map(|row| row.cells.iter().map(shown).collect()).collect()
    }

    #[test]
    fn gaps_are_filled_and_merged_cells_leave_room() {
        let cells = [cell(0, 0, 2, 1, "甲"), cell(0, 1, 1, 2, "乙"), cell(1, 2, 1, 1, "丙"), cell(3, 1, 1, 1, "丁")];
        assert_eq!(drawn(&cells, 4), ["甲(0,2×1)乙(1,1×2)_", "_丙(2,1×1)_", "_丁(1,1×1)__"]);
    }

    #[test]
    fn rows_without_cells_do_not_count_for_what_spans_them() {
        let cells = [cell(0, 0, 4, 1, "甲"), cell(0, 1, 1, 1, "乙"), cell(3, 1, 1, 1, "丙"), cell(4, 0, 1, 1, "丁")];
        assert_eq!(drawn(&cells, 2), ["甲(0,2×1)乙(1,1×1)", "丙(1,1×1)", "丁(0,1×1)_"]);
    }

    #[test]
    fn a_wide_gap_is_one_cell() {
        let cells = [cell(0, 900_000, 1, 1, "甲")];
        let rows = arrange(cells.iter().map(|cell| (cell, Vec::new())).collect(), u32::MAX);
        assert_eq!(rows[0].cells.len(), 3);
    }

    #[test]
    fn the_smallest_cell_around_a_number_has_it() {
        let digits = |start, end| Digits { span: Span::new(start, end), index: 0 };
        let spans = [Span::new(0, 40), Span::new(10, 14), Span::new(20, 24)];
        let numbers = [digits(2, 3), digits(11, 13), digits(20, 24), digits(30, 32), digits(50, 51)];
        let cells: Vec<_> = assign(&numbers, &spans).into_iter().map(|(_, cell)| cell).collect();
        assert_eq!(cells, [Some(0), Some(1), Some(2), Some(0), None]);
    }

    #[test]
    fn a_number_is_found_whole() {
        assert_eq!(find("2101 1 10", "1"), Some((5, 6)));
        assert_eq!(find("十五万", "十"), Some((0, 3)));
        assert_eq!(find("12.50", "12\n.50"), Some((0, 5)));
        assert_eq!(find("118", "18"), None);
    }
}
