//! Forms and score sheets with tiers of indicators (一级指标 …) with a cell on each line.
//!
//! In: the lines of the form. Out: placed rows. Some converters leave a blank line for a blank cell: then each row has
//! as many lines as the row of headings, and nothing is open. Others leave no trace of blanks, and tear cells at the
//! ends of their lines: [`super::fill`] finds the way in which numbers, tiers and names fit the headings best. A number
//! that could as well stand elsewhere becomes a cell over the columns in question, which states none of them.

use super::super::grid::{Placed, PlacedRow, Slot, merge_down};
use super::super::words::{is_number, is_total};
use super::amounts::Sources;
use super::cells::{Cell, lines, slot_of, words};
use super::costs::Want;
use super::fill::{self, Filled};
use super::form_head::{Head, with_blanks};
use super::upper;
use crate::source::Span;

/// Where an amount may stand: from one column to another.
pub(super) type Open = (Slot, usize, usize);

/// The rows of a form with a cell on each line and its width; nothing if the lines are none.
pub(super) fn read<'t>(pieces: &[Span], sources: &mut Sources<'_, 't>) -> Option<(Vec<PlacedRow>, usize)> {
    let text: &'t str = sources.text;
    let lines = lines(text, pieces);
    let shown: Vec<Cell> = lines.iter().filter(|line| !line.is_blank()).cloned().collect();
    let (kind, cells) = match Head::find(&shown).filter(|head| head.is_cell_a_line(text, &shown)) {
        Some(head) => match with_blanks(lines, &head, &shown) {
            Some(cells) => (Kind::Blanks, cells),
            None => (Kind::Lines, shown),
        },
        None => (Kind::Words, words(text, pieces)),
    };
    let head = Head::find(&cells)?;
    let end = (head.end..cells.len()).find(|at| is_end(&cells[*at])).unwrap_or(cells.len());
    let (indicators, below) = (&cells[head.end..end], &cells[end..]);
    let found = if kind == Kind::Blanks { None } else { fill_all(indicators, &head.wants) };
    if kind == Kind::Words && found.is_none() {
        // Their lines may tell more, but not for sure.
        sources.guess =
            indicators.iter().find(|cell| cell.words.contains(|c: char| c.is_ascii_digit())).map(|cell| cell.slot.span);
        return None;
    }
    let mut form = Form { text, width: head.first + head.wants.len(), extra: 0, head, rows: Vec::new(), sources };
    form.upper(&cells, kind);
    let top = form.headings(&cells);
    match found {
        Some(rows) => rows.iter().for_each(|row| form.row(indicators, row)),
        None if kind == Kind::Blanks => form.whole_rows(indicators),
        None => form.forget(indicators),
    }
    form.merge(top);
    form.below(below);
    Some((form.rows, form.width + form.extra))
}

/// What tells the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A line for each, and one for blank cells.
    Blanks,
    /// A line for each that is not blank, or several.
    Lines,
    /// Spaces, too.
    Words,
}

/// The rows of the indicators; nothing if too little fits the headings: then the order is lost.
fn fill_all(cells: &[Cell], wants: &[Want]) -> Option<Vec<Vec<Filled>>> {
    const DEAREST: u32 = 8;
    let pieces: Vec<fill::Piece> =
        cells.iter().map(|cell| fill::Piece { words: cell.words.clone(), joins: cell.joins }).collect();
    let (rows, price) = fill::fill(&pieces, wants)?;
    (price <= DEAREST * rows.len() as u32).then_some(rows)
}

/// Whether the indicators end here: at a total.
pub(super) fn is_end(cell: &Cell) -> bool {
    is_total(&cell.words) || cell.words == "总得分" || cell.words == "总分值"
}

/// A form that is being read.
struct Form<'f, 'e, 't> {
    text: &'t str,
    head: Head,
    width: usize,
    /// Columns behind the form's own, for amounts that may stand in several.
    extra: usize,
    rows: Vec<PlacedRow>,
    sources: &'f mut Sources<'e, 't>,
}

impl Form<'_, '_, '_> {
    /// The rows above the tiers.
    fn upper(&mut self, cells: &[Cell], kind: Kind) {
        let upper = upper::read(self.text, &cells[..self.head.start], (self.width, self.head.first > 0), kind);
        self.width = self.width.max(upper.width);
        for (mut row, open) in upper.rows {
            self.put(&mut row, open);
            self.rows.push(row);
        }
        let end = self.rows.len();
        merge_down(&mut self.rows, 0, 0, end);
    }

    /// The row of headings; gives back which it is.
    fn headings(&mut self, cells: &[Cell]) -> usize {
        let (text, first) = (self.text, self.head.first);
        let mut row = PlacedRow::new();
        if first > 0 {
            row.push(Placed::new(0, 1, true, slot_of(text, &cells[self.head.start..self.head.top])));
        }
        for (column, heading) in self.head.headings.iter().enumerate() {
            row.push(Placed::new(first + column, 1, true, slot_of(text, &cells[heading.clone()])));
        }
        self.rows.push(row);
        self.rows.len() - 1
    }

    /// Tiers and the label beside them take in the blanks below, in the rows from that of the headings on.
    fn merge(&mut self, top: usize) {
        let last = self.rows.len();
        for (column, want) in self.head.wants.iter().enumerate() {
            if matches!(want, Want::Tier(_) | Want::TierPoints) {
                merge_down(&mut self.rows, self.head.first + column, top + 1, last);
            }
        }
        if self.head.first > 0 {
            merge_down(&mut self.rows, 0, top, last);
        }
    }

    /// Rows with a cell for each column, blank ones included.
    fn whole_rows(&mut self, cells: &[Cell]) {
        for row in cells.chunks(self.head.first + self.head.wants.len()) {
            let place = |(column, cell): (usize, &Cell)| Placed::new(column, 1, self.is_label(column), cell.slot());
            let row = row.iter().enumerate().filter(|(_, cell)| !cell.is_blank()).map(place).collect();
            self.rows.push(row);
        }
    }

    fn is_label(&self, column: usize) -> bool {
        column < self.head.first
            || matches!(
                self.head.wants.get(column - self.head.first),
                Some(Want::Tier(_) | Want::TierPoints | Want::Name | Want::Words)
            )
    }

    /// A row of indicators.
    fn row(&mut self, cells: &[Cell], filled: &[Filled]) {
        let first = self.head.first;
        let mut row = PlacedRow::new();
        let mut open: Vec<Open> = Vec::new();
        for cell in filled {
            let slot = slot_of(self.text, &cells[cell.lines.clone()]);
            let (from, to) = (first + cell.range.0, first + cell.range.1);
            let column = first + cell.column;
            let states = cells[cell.lines.clone()].iter().any(|line| line.words.contains(|c: char| c.is_ascii_digit()));
            if from < to && states && !self.is_label(column) {
                open.push((slot, from, to));
            } else {
                row.push(Placed::new(column, 1, self.is_label(column), slot));
            }
        }
        self.put(&mut row, open);
        self.rows.push(row);
    }

    /// Puts amounts that may stand in several columns over these, or behind the form's columns.
    fn put(&mut self, row: &mut PlacedRow, open: Vec<Open>) {
        let ranges: Vec<(usize, usize)> = open.iter().map(|(_, from, to)| (*from, *to)).collect();
        for (at, (slot, from, to)) in open.into_iter().enumerate() {
            let is_free = row.iter().all(|cell| cell.end() <= from || cell.column > to)
                && ranges.iter().enumerate().all(|(other, range)| other == at || range.1 < from || range.0 > to);
            if from == to && is_free {
                row.push(Placed::new(from, 1, false, slot));
                continue;
            }
            self.sources.unknown = self.sources.unknown.or(Some(slot.span));
            if is_free {
                row.push(Placed::new(from, to + 1 - from, false, slot));
            } else {
                let column = row.iter().map(Placed::end).max().unwrap_or(0).max(self.width);
                self.extra = self.extra.max(column + 1 - self.width);
                row.push(Placed::new(column, 1, false, slot));
            }
        }
        row.sort_by_key(|cell| cell.column);
    }

    /// Cells whose rows and columns are lost: each amount in a row of its own that says nothing about it.
    fn forget(&mut self, cells: &[Cell]) {
        self.sources.unknown =
            self.sources.unknown.or(cells.iter().find(|cell| cell.is_amount()).map(|cell| cell.slot.span));
        for cell in cells.iter().filter(|cell| !cell.is_blank()) {
            let column = if is_number(&cell.words) { self.width } else { 0 };
            self.extra = self.extra.max(column + 1 - self.width.min(column + 1));
            self.rows.push(vec![Placed::new(column, 1, column == 0, cell.slot())]);
        }
    }

    /// The total and what follows it.
    fn below(&mut self, cells: &[Cell]) {
        let Some((label, rest)) = cells.split_first() else { return };
        let is_points = |want: &Want| matches!(want, Want::Points);
        let columns: Vec<usize> = (0..self.head.wants.len())
            .filter(|at| is_points(&self.head.wants[*at]))
            .map(|at| self.head.first + at)
            .collect();
        let shown = || rest.iter().filter(|cell| !cell.is_blank());
        let numbers: Vec<&Cell> = shown().take_while(|cell| cell.is_amount()).collect();
        let first = columns.first().copied().unwrap_or(1).max(1);
        let mut row = vec![Placed::new(0, first, true, label.slot())];
        let open: Vec<Open> = match (columns.first(), columns.last()) {
            (Some(from), Some(to)) if numbers.len() != columns.len() => {
                numbers.iter().map(|cell| (cell.slot(), *from, *to)).collect()
            }
            (Some(_), _) => numbers.iter().zip(&columns).map(|(cell, at)| (cell.slot(), *at, *at)).collect(),
            _ => numbers.iter().map(|cell| (cell.slot(), 1, self.width.max(2) - 1)).collect(),
        };
        self.put(&mut row, open);
        self.rows.push(row);
        for cell in shown().skip(numbers.len()) {
            self.rows.push(vec![Placed::new(0, 1, !cell.is_amount(), cell.slot())]);
        }
    }
}
