//! The common clay of all layouts: slots as the text has them, cells as they are placed, the grid.
//!
//! A reader of a layout makes rows of [`Slot`]s; `header`, `codes` and `tiers` place them as
//! [`Placed`] cells with their spans; [`finish`] turns the rows into the cells of a table.
//! A blank slot is one whose span is empty: it stands in the row but makes no cell.

use super::{Cell, Table, TableKind};
use crate::layout::TableLayout;
use crate::source::Span;
use std::borrow::Cow;

/// What the text has where a cell may stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Slot {
    /// Its trimmed text; empty if it is blank.
    pub(super) span: Span,
    /// Its parts, where other text stands between them.
    pub(super) parts: Option<Box<[Span]>>,
}

/// The slots of a row, from the left.
pub(super) type Row = Vec<Slot>;

impl Slot {
    /// The slot of `span`, trimmed.
    pub(super) fn new(text: &str, span: Span) -> Self {
        Slot { span: trim(text, span), parts: None }
    }

    /// The slot made of several spans of the text, in the order of the text, blank ones left out.
    pub(super) fn of_parts(text: &str, parts: impl IntoIterator<Item = Span>) -> Self {
        let mut parts: Vec<Span> =
            parts.into_iter().map(|part| trim(text, part)).filter(|part| !part.is_empty()).collect();
        parts.sort_by_key(|part| part.start);
        match parts.as_slice() {
            [] => Slot::default(),
            [only] => Slot { span: *only, parts: None },
            [first, .., last] => {
                let span = first.cover(*last);
                let span = parts.iter().fold(span, |span, part| span.cover(*part));
                Slot { span, parts: Some(parts.into_boxed_slice()) }
            }
        }
    }

    /// Takes in another slot; nothing that stands there already is lost.
    pub(super) fn add(&mut self, text: &str, other: Slot) {
        if self.is_blank() {
            *self = other;
        } else if !other.is_blank() {
            let spans = |slot: &Slot| slot.parts.as_ref().map_or_else(|| vec![slot.span], |parts| parts.to_vec());
            *self = Slot::of_parts(text, [spans(self), spans(&other)].concat());
        }
    }

    /// Whether nothing stands there.
    pub(super) fn is_blank(&self) -> bool {
        self.span.is_empty()
    }

    /// Its text without line breaks.
    pub(super) fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let whole = self.span.of(text);
        match &self.parts {
            Some(parts) => Cow::Owned(parts.iter().map(|part| part.of(text).trim()).collect()),
            None if memchr::memchr2(b'\n', b'\r', whole.as_bytes()).is_some() => {
                Cow::Owned(whole.lines().map(str::trim).collect())
            }
            None => Cow::Borrowed(whole),
        }
    }

    /// Whether its text is as it stands in the document, so that places in it can be told.
    pub(super) fn is_plain(&self, text: &str) -> bool {
        self.parts.is_none() && memchr::memchr2(b'\n', b'\r', self.span.of(text).as_bytes()).is_none()
    }

    /// The slot cut in two at byte `at` of its text; only plain slots can be cut.
    pub(super) fn cut(&self, text: &str, at: usize) -> (Slot, Slot) {
        let middle = self.span.start + at as u32;
        (
            Slot::new(text, Span::new(self.span.start, middle.min(self.span.end))),
            Slot::new(text, Span::new(middle.min(self.span.end), self.span.end)),
        )
    }
}

/// `span` without white space at its ends.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let whole = span.of(text);
    let start = span.start + (whole.len() - whole.trim_start().len()) as u32;
    let trimmed = whole.trim();
    if trimmed.is_empty() { Span::default() } else { Span::new(start, start + trimmed.len() as u32) }
}

/// A cell that has found its columns.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// Its left column.
    pub(super) column: usize,
    /// Columns that it covers.
    pub(super) column_span: usize,
    /// Rows that it covers, its own included.
    pub(super) row_span: usize,
    /// Whether it is a label.
    pub(super) header: bool,
    /// Its text.
    pub(super) slot: Slot,
}

impl Placed {
    /// A cell of one row.
    pub(super) fn new(column: usize, column_span: usize, header: bool, slot: Slot) -> Self {
        Placed { column, column_span, row_span: 1, header, slot }
    }

    /// One past its right column.
    pub(super) fn end(&self) -> usize {
        self.column + self.column_span
    }
}

/// The cells of a row, from the left; blank slots have none.
pub(super) type PlacedRow = Vec<Placed>;

/// Cells of `column` take in the blanks below them, in the rows from `first` to before `end`.
///
/// A blank is a row in which nothing covers the columns of the cell above.
pub(super) fn merge_down(rows: &mut [PlacedRow], column: usize, first: usize, end: usize) {
    let mut open: Option<(usize, usize)> = None;
    for index in first..end.min(rows.len()) {
        if let Some(at) = rows[index].iter().position(|cell| cell.column == column) {
            open = Some((index, at));
        } else if let Some((row, at)) = open {
            let (from, to) = (rows[row][at].column, rows[row][at].end());
            let free = rows[index].iter().all(|cell| cell.end() <= from || cell.column >= to);
            if free {
                rows[row][at].row_span = index - row + 1;
            } else {
                open = None;
            }
        }
    }
}

/// The widths of `count` cells that share `columns` columns evenly, the left ones wider.
pub(super) fn spread(count: usize, columns: usize) -> Vec<usize> {
    if count == 0 {
        return Vec::new();
    }
    (0..count).map(|index| columns / count + usize::from(index < columns % count)).collect()
}

/// Slots up to which rows are made equally long whatever the text.
const MOST_BLANKS: usize = 400_000;

/// Whether rows made equally long would be far more blank than not: then they are no grid.
pub(super) fn is_ragged(rows: usize, width: usize, used: usize) -> bool {
    rows.saturating_mul(width) > used.saturating_mul(16).saturating_add(MOST_BLANKS)
}

/// Places every slot of rows that are no grid where it stands; the first row and column are labels.
pub(super) fn place_ragged(rows: Vec<Row>) -> Vec<PlacedRow> {
    let place = |(index, row): (usize, Row)| {
        let slots = row.into_iter().enumerate().filter(|(_, slot)| !slot.is_blank());
        slots.map(|(column, slot)| Placed::new(column, 1, index == 0 || column == 0, slot)).collect()
    };
    rows.into_iter().enumerate().map(place).collect()
}

/// Makes every row `width` slots long.
pub(super) fn pad(rows: &mut [Row], width: usize) {
    for row in rows {
        row.resize_with(width, Slot::default);
    }
}

/// Drops the columns at both edges in which no row has anything.
pub(super) fn drop_blank_edges(rows: &mut [Row]) {
    let right = rows.iter().filter_map(|row| row.iter().rposition(|slot| !slot.is_blank())).max();
    let left = rows.iter().filter_map(|row| row.iter().position(|slot| !slot.is_blank())).min();
    let (Some(left), Some(right)) = (left, right) else {
        rows.iter_mut().for_each(Vec::clear);
        return;
    };
    for row in rows {
        row.truncate(right + 1);
        row.drain(..left.min(row.len()));
    }
}

/// The table that the placed rows make; `None` if nothing is in them.
pub(super) fn finish(layout: TableLayout, rows: Vec<PlacedRow>, width: usize) -> Option<Table> {
    let height = rows.len();
    let mut cells = Vec::with_capacity(rows.iter().map(Vec::len).sum());
    for (index, row) in rows.into_iter().enumerate() {
        for cell in row.into_iter().filter(|cell| !cell.slot.is_blank()) {
            cells.push(Cell {
                row: index as u32,
                column: cell.column as u32,
                row_span: cell.row_span.clamp(1, height - index) as u32,
                column_span: cell.column_span.max(1) as u32,
                header: cell.header,
                span: cell.slot.span,
                parts: cell.slot.parts,
            });
        }
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
    part(&mut cells);
    let span = cells.iter().map(|cell| cell.span).reduce(Span::cover)?;
    let columns = cells.iter().map(|cell| cell.column + cell.column_span).max()?;
    Some(Table {
        layout,
        kind: TableKind::Other,
        title: None,
        form: None,
        unit: None,
        section: None,
        rows: height as u32,
        columns: columns.max(width as u32),
        span,
        cells,
        unsure: Vec::new(),
    })
}

/// Cuts spans back where another cell stands: what is printed outweighs what a span was thought to be.
fn part(cells: &mut [Cell]) {
    // For each column the cell that last covered it.
    let mut owners: Vec<Option<usize>> = Vec::new();
    for index in 0..cells.len() {
        // Two cells in one place: the later one stands to the right, rather than one of them nowhere.
        if let Some(before) = index.checked_sub(1).map(|before| &cells[before])
            && before.row == cells[index].row
        {
            cells[index].column = cells[index].column.max(before.column + 1);
        }
        let (row, column) = (cells[index].row, cells[index].column as usize);
        if let Some(owner) = owners.get(column).copied().flatten().filter(|owner| covers(&cells[*owner], row, column)) {
            if cells[owner].row == row {
                cells[owner].column_span = column as u32 - cells[owner].column;
            } else {
                cells[owner].row_span = row - cells[owner].row;
            }
        }
        let end = column + cells[index].column_span as usize;
        owners.resize(owners.len().max(end), None);
        let stop = (column + 1..end).find(|&at| owners[at].is_some_and(|owner| covers(&cells[owner], row, at)));
        let end = stop.unwrap_or(end);
        cells[index].column_span = (end - column) as u32;
        owners[column..end].fill(Some(index));
    }
}

/// Whether `cell`, which may have been cut back, covers that place of a row at or below its own.
fn covers(cell: &Cell, row: u32, column: usize) -> bool {
    cell.row + cell.row_span > row && (cell.column + cell.column_span) as usize > column
}

/// The headings of each column from the top, without white space, joined with `>`.
pub(super) fn header_paths(text: &str, heads: &[PlacedRow], width: usize) -> Vec<String> {
    let mut names = vec![String::new(); width];
    for cell in heads.iter().flatten() {
        let words = super::words::squeeze(&cell.slot.text(text));
        for name in names.iter_mut().take(cell.end()).skip(cell.column) {
            if !name.is_empty() {
                name.push('>');
            }
            name.push_str(&words);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_shared_evenly_and_the_left_cells_are_wider() {
        assert_eq!(spread(4, 5), [2, 1, 1, 1]);
        assert_eq!(spread(2, 5), [3, 2]);
        assert_eq!(spread(1, 5), [5]);
        assert!(spread(0, 5).is_empty());
    }

    #[test]
    fn a_slot_of_several_parts_covers_them_all() {
        let text = " 机关单位 | 养老 ";
        let slot = Slot::of_parts(text, [Span::from(0..14), Span::from(15..text.len())]);
        assert_eq!(slot.text(text), "机关单位养老");
        assert_eq!(slot.span.of(text), "机关单位 | 养老");
        assert_eq!(Slot::of_parts(text, [Span::from(15..text.len()), Span::from(0..14)]), slot, "in another order");
        assert!(Slot::of_parts(text, [Span::from(0..1)]).is_blank());
    }

    #[test]
    fn blank_rows_below_a_label_belong_to_it_until_something_stands_there() {
        let cell =
            |column, start| Placed::new(column, 1, true, Slot { span: Span::new(start, start + 1), parts: None });
        let mut rows = vec![vec![cell(0, 0), cell(1, 1)], vec![cell(1, 2)], vec![cell(0, 3)], vec![cell(1, 4)]];
        merge_down(&mut rows, 0, 0, 4);
        assert_eq!((rows[0][0].row_span, rows[2][0].row_span), (2, 2));
    }
}
