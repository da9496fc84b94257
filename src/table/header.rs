//! Heading rows: how far they reach, which of their blanks a merge covered, what each column holds.
//!
//! In: rows of slots, all as wide as the table. Out: [`Head`], the placed heading cells, and a
//! [`Role`] for each column. The text has no spans: a blank to the right of a heading belongs to it
//! if headings stand below, a cell with nothing at all below it reaches down. A row of mere column
//! numbers (栏次) ends the head and no merge enters it.

use super::grid::{Placed, PlacedRow, Row};
use super::words::{
    heads_codes, heads_labels, is_code, is_decimal, is_item, is_number, is_numbering, is_total, ordinal, squeeze,
};
use crate::source::Span;

/// Rows beyond which no head reaches.
const MOST_ROWS: usize = 12;

/// How far the heading rows reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// Number of heading rows, the one of column numbers included.
    pub(super) rows: usize,
    /// The row of column numbers, always the last.
    pub(super) numbering: Option<usize>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Classification codes (类, 款, 项, 科目编码).
    Code,
    /// Row numbers (行次, 序号).
    Ordinal,
    /// Names, items: labels of the rows.
    Label,
    /// What the table states.
    Data,
}

/// Whether `row` holds nothing but column numbers, counted from 1, and the label 栏次.
pub(super) fn is_column_numbers(text: &str, row: &Row) -> bool {
    let mut next = 0;
    for slot in row.iter().filter(|slot| !slot.is_blank()) {
        let whole = slot.text(text);
        match ordinal(&whole) {
            Some(number) if number == next + 1 => next = number,
            Some(_) => return false,
            None => {
                let label = squeeze(&whole);
                if !is_numbering(&label) && !matches!(label.as_str(), "类" | "款" | "项" | "栏次合计" | "项目")
                {
                    return false;
                }
            }
        }
    }
    next > 0
}

/// Whether `row` states something: an amount, a code, an enumerated item or a total.
fn is_data(text: &str, row: &Row, first: bool) -> bool {
    row.iter().filter(|slot| !slot.is_blank()).enumerate().any(|(index, slot)| {
        let whole = slot.text(text);
        if index == 0 && !first && (is_item(&whole) || is_total(&squeeze(&whole)) && row.len() > 1) {
            // 合计 also heads columns: then other headings stand beside it.
            return is_item(&whole)
                || row.iter().filter(|slot| !slot.is_blank()).skip(1).all(|slot| is_number(&slot.text(text)));
        }
        is_decimal(&whole) || is_code(&whole) || !first && is_number(&whole)
    })
}

/// How far the head of `rows` reaches.
pub(super) fn find_head(text: &str, rows: &[Row]) -> Head {
    let Some(first) = rows.first() else { return Head::default() };
    if is_data(text, first, true) {
        return Head::default();
    }
    let mut open = Open::new(first.len());
    open.enter(first);
    let mut head = Head { rows: 1, numbering: None };
    for (index, row) in rows.iter().enumerate().take(MOST_ROWS).skip(1) {
        if is_column_numbers(text, row) {
            return Head { rows: index + 1, numbering: Some(index) };
        }
        if is_data(text, row, false) || !open.goes_on(row) {
            break;
        }
        open.enter(row);
        head.rows = index + 1;
    }
    head
}

/// The columns whose headings are not yet told apart: those below a merged heading.
struct Open {
    columns: Vec<bool>,
}

impl Open {
    fn new(width: usize) -> Self {
        Open { columns: vec![true; width] }
    }

    /// Whether `row` has headings below merged ones only.
    fn goes_on(&self, row: &Row) -> bool {
        let mut any = false;
        for (slot, open) in row.iter().zip(&self.columns) {
            if !slot.is_blank() {
                if !open {
                    return false;
                }
                any = true;
            }
        }
        any
    }

    /// Takes in the headings of `row`: a heading with no blank to its right closes its column.
    fn enter(&mut self, row: &Row) {
        for column in 0..row.len().min(self.columns.len()) {
            let alone = row.get(column + 1).is_none_or(|next| !next.is_blank())
                || !self.columns.get(column + 1).copied().unwrap_or(false);
            if self.columns[column] && !row[column].is_blank() && alone {
                self.columns[column] = false;
            }
        }
    }
}

/// The heading cells of `rows` with the blanks that they cover.
pub(super) fn merge_head(rows: &mut [Row], numbering: Option<usize>) -> Vec<PlacedRow> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut placed: Vec<PlacedRow> = Vec::with_capacity(rows.len());
    let mut above: Vec<Option<(usize, usize)>> = vec![None; width];
    for (index, row) in rows.iter_mut().enumerate() {
        row.resize_with(width, Default::default);
        placed.push(PlacedRow::new());
        if numbering == Some(index) {
            place_each(row, &mut placed[index], true);
            continue;
        }
        let mut start = 0;
        while start < width {
            let parent = above[start];
            let end = (start..width).find(|&column| above[column] != parent).unwrap_or(width);
            if row[start..end].iter().all(super::grid::Slot::is_blank) {
                if let Some((row, cell)) = parent {
                    placed[row][cell].row_span = index - row + 1;
                }
            } else {
                merge_run(row, start..end, index, &mut placed[index], &mut above);
            }
            start = end;
        }
    }
    placed
}

/// Places the headings of one run of columns; blanks belong to the heading on their left.
fn merge_run(
    row: &mut Row,
    run: std::ops::Range<usize>,
    index: usize,
    placed: &mut PlacedRow,
    above: &mut [Option<(usize, usize)>],
) {
    let mut owner = None;
    for column in run {
        if !row[column].is_blank() {
            owner = Some((index, placed.len()));
            placed.push(Placed::new(column, 0, true, std::mem::take(&mut row[column])));
        }
        if let Some((_, cell)) = owner {
            placed[cell].column_span += 1;
        }
        above[column] = owner;
    }
}

/// Gives 收入 and 支出 the halves of a statement whose next row begins each half with 项目, wherever the headings stood.
pub(super) fn share_halves(text: &str, table: &mut super::Table) {
    const HEAD: u32 = 4;
    let words = |cell: &super::Cell| squeeze(&cell.text(text));
    for row in 0..HEAD {
        let of = |row: u32| {
            let from = table.cells.partition_point(|cell| cell.row < row);
            let to = table.cells.partition_point(|cell| cell.row <= row);
            from..to
        };
        let (own, below) = (of(row), of(row + 1));
        let is_pair = own.len() == 2
            && words(&table.cells[own.start]) == "收入"
            && words(&table.cells[own.start + 1]) == "支出"
            && table.cells[own.clone()].iter().all(|cell| cell.header && cell.row_span == 1);
        if !is_pair {
            continue;
        }
        let begins = |cell: &&super::Cell| cell.row == row + 1 && words(cell).starts_with("项目");
        let mut starts = table.cells[below].iter().filter(begins).map(|cell| cell.column);
        if let (Some(0), Some(right)) = (starts.next(), starts.next())
            && right < table.columns
        {
            let columns = table.columns;
            let (left, half) = table.cells[own.start..=own.start + 1].split_at_mut(1);
            (left[0].column, left[0].column_span) = (0, right);
            (half[0].column, half[0].column_span) = (right, columns - right);
        }
        return;
    }
}

/// Places every slot of `row` in its own column.
pub(super) fn place_each(row: &mut Row, placed: &mut PlacedRow, header: bool) {
    for (column, slot) in row.iter_mut().enumerate() {
        if !slot.is_blank() {
            placed.push(Placed::new(column, 1, header, std::mem::take(slot)));
        }
    }
}

/// What each column holds, after the lowest heading above it.
pub(super) fn roles(text: &str, head: &[PlacedRow], numbering: Option<usize>, width: usize) -> Vec<Role> {
    let mut leaves: Vec<Span> = vec![Span::default(); width];
    for (index, row) in head.iter().enumerate() {
        if numbering == Some(index) && index > 0 && !row.iter().any(|cell| heads_codes(&squeeze(&cell.slot.text(text))))
        {
            continue;
        }
        for cell in row {
            // The column number that shares its row with 类 款 项 heads nothing.
            let label = cell.slot.text(text);
            if numbering != Some(index) || ordinal(&label).is_none() && !is_numbering(&squeeze(&label)) {
                for leaf in leaves.iter_mut().take(cell.end()).skip(cell.column) {
                    *leaf = cell.slot.span;
                }
            }
        }
    }
    let of = |span: &Span| {
        let leaf = squeeze(span.of(text));
        match leaf.as_str() {
            label if is_numbering(label) => Role::Ordinal,
            label if heads_codes(label) => Role::Code,
            label if heads_labels(label) => Role::Label,
            _ => Role::Data,
        }
    };
    let mut roles: Vec<Role> = leaves.iter().map(of).collect();
    if roles.first() == Some(&Role::Data) {
        roles[0] = Role::Label;
    }
    if roles.first() == Some(&Role::Ordinal) && roles.get(1) == Some(&Role::Data) {
        roles[1] = Role::Label;
    }
    roles
}

/// Whether the cell of a data row is a label: the codes, names, ordinals and totals are.
pub(super) fn is_label(text: &str, whole: Span, role: Role) -> bool {
    match role {
        Role::Code | Role::Ordinal => true,
        Role::Label => !is_number(whole.of(text)),
        Role::Data => is_total(&squeeze(whole.of(text))),
    }
}
