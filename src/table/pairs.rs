//! The upper part of a form: pairs of label and value, the funds, the goals.
//!
//! In: the rows above 一级指标 and the number of columns. Out: placed rows. The form is split in the
//! middle, where 预期目标 ends and 实际完成 begins; pairs of the left half end there. A blank first
//! cell continues the label above it (预算执行情况, 项目资金, 年度总体目标).

use super::grid::{Placed, PlacedRow, Row, Slot, merge_down, spread};
use super::tiers::Slots;
use super::words::{is_number, squeeze};

/// Places the rows above 一级指标, whose column is the second of `measures`, in as many columns as
/// the first says.
pub(super) fn arrange(text: &str, rows: Vec<Row>, measures: (usize, usize), slots: Slots) -> Vec<PlacedRow> {
    let (width, tiers) = measures;
    let half = 1 + width.saturating_sub(1).div_ceil(2);
    let mut placed = match slots {
        Slots::PerCell => by_cell(text, rows, (width, half), tiers),
        Slots::PerColumn | Slots::Certain => by_column(text, rows, width, half),
    };
    let end = placed.len();
    merge_down(&mut placed, 0, 0, end);
    placed
}

/// Rows of which each slot is a cell.
fn by_cell(text: &str, rows: Vec<Row>, (width, half): (usize, usize), tiers: usize) -> Vec<PlacedRow> {
    // Three cells above a row of three whose first is blank: the headings of the goals.
    let is_below = |row: Option<&Row>| row.is_some_and(|row| row.len() == 3 && row[0].is_blank());
    let goals: Vec<bool> = (0..rows.len()).map(|at| rows[at].len() == 3 && is_below(rows.get(at + 1))).collect();
    // Amounts stand in the last columns; the label and its part share the others, the label less if
    // it has a column before the tiers.
    let most = rows.iter().map(Vec::len).filter(|count| *count <= width).max().unwrap_or(0);
    let shared = width + 2 - most;
    let label = if most < 5 {
        1
    } else if tiers == 0 {
        shared.div_ceil(2)
    } else {
        (shared / 2).max(1)
    };
    let mut placed = Vec::with_capacity(rows.len());
    for (row, goals) in rows.into_iter().zip(goals) {
        placed.push(row_of_cells(text, row, (width, half, label), goals));
    }
    placed
}

/// A row of which each slot is a cell. `measures` are the form's columns, where its right half
/// begins, and how many columns the first label takes beside amounts.
fn row_of_cells(text: &str, mut row: Row, measures: (usize, usize, usize), goals: bool) -> PlacedRow {
    let (width, half, label) = measures;
    let count = row.len();
    let widths: Vec<usize> = match count {
        0 => return PlacedRow::new(),
        1 => vec![width],
        2 => vec![label, width - label.min(width)],
        3 if width > half => vec![1, half - 1, width - half],
        4 if width > half + 1 && half > label => vec![label, half - label, 1, width - half - 1],
        _ if count <= width => {
            let part = (width + 2 - count).saturating_sub(label).max(1);
            [label, part].into_iter().chain(spread(count - 2, width - label - part)).collect()
        }
        _ => vec![1; count],
    };
    let is_label = |index: usize, slot: &Slot| match count {
        1 => true,
        3 => index == 0 || goals,
        2 | 4 => index.is_multiple_of(2),
        // Amounts have digits, their headings have none.
        _ => index == 0 || !slot.text(text).contains(|c: char| c.is_ascii_digit() || matches!(c, '—' | '/')),
    };
    let mut placed = PlacedRow::new();
    let mut column = 0;
    for (index, (slot, width)) in row.drain(..).zip(widths).enumerate() {
        if !slot.is_blank() && width > 0 {
            let header = is_label(index, &slot);
            placed.push(Placed::new(column, width, header, slot));
        }
        column += width;
    }
    placed
}

/// The kinds of blocks that the upper part is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    /// Label and value, twice in a row.
    Pairs,
    /// Columns of amounts: 全年预算数, 全年执行数, 执行率.
    Funds,
    /// The goals, side by side.
    Goals,
}

/// Rows with a slot for every column: blanks belong to the cell on their left, as far as the
/// neighbouring rows of the same block have no cell there.
fn by_column(text: &str, rows: Vec<Row>, width: usize, half: usize) -> Vec<PlacedRow> {
    let mut placed = Vec::with_capacity(rows.len());
    let mut block: Vec<Row> = Vec::new();
    let mut kind = Block::Pairs;
    for row in rows {
        let next = kind_of(text, &row, kind);
        if next != kind || next == Block::Goals && row.first().is_some_and(|slot| !slot.is_blank()) {
            placed.extend(place_block(text, std::mem::take(&mut block), kind, width, half));
        }
        kind = next;
        block.push(row);
    }
    placed.extend(place_block(text, block, kind, width, half));
    placed
}

/// What block `row` belongs to, after rows of the kind `before`.
fn kind_of(text: &str, row: &Row, before: Block) -> Block {
    let Some(first) = row.first().filter(|slot| !slot.is_blank()) else { return before };
    let label = squeeze(&first.text(text));
    if label.contains("资金") || label.contains("预算执行") {
        Block::Funds
    } else if label.contains("目标") {
        Block::Goals
    } else {
        Block::Pairs
    }
}

/// Places the rows of one block.
fn place_block(text: &str, rows: Vec<Row>, kind: Block, width: usize, half: usize) -> Vec<PlacedRow> {
    let mut starts: Vec<usize> = rows
        .iter()
        .flat_map(|row| row.iter().enumerate().filter(|(_, slot)| !slot.is_blank()).map(|(column, _)| column))
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let columns = form_columns(text, &rows, &starts, kind, width, half);
    rows.into_iter()
        .enumerate()
        .map(|(index, row)| place_starts(text, row, &starts, &columns, width, kind, index))
        .collect()
}

/// Where the cells that begin in the columns `starts` of the text begin in the form.
fn form_columns(text: &str, rows: &[Row], starts: &[usize], kind: Block, width: usize, half: usize) -> Vec<usize> {
    let as_is = starts.to_vec();
    match (kind, starts.len()) {
        (Block::Pairs, 4) if starts[2] != half && width > half + 1 => vec![0, half / 2, half, half + 1],
        (Block::Goals, 3) if starts[2] != half => vec![0, 1, half],
        (Block::Funds, count) if count > 2 => {
            // Amounts stand in the last columns, the label and its parts share the others.
            let values = rows.first().map_or(0, |row| row.iter().skip(1).filter(|slot| !slot.is_blank()).count());
            let is_headed = rows
                .first()
                .is_some_and(|row| row.iter().skip(1).all(|slot| slot.is_blank() || !is_number(&slot.text(text))));
            let first = width.saturating_sub(values);
            if !is_headed || count != values + 2 || values < 2 || starts[2..].iter().copied().eq(first..width) {
                return as_is;
            }
            [0, first.div_ceil(2)].into_iter().chain(first..width).collect()
        }
        _ => as_is,
    }
}

/// Places a row whose cells begin in some of `starts`; `columns` tells where the form has them.
fn place_starts(
    text: &str,
    mut row: Row,
    starts: &[usize],
    columns: &[usize],
    width: usize,
    kind: Block,
    index: usize,
) -> PlacedRow {
    let mut placed = PlacedRow::new();
    for (place, &start) in starts.iter().enumerate() {
        let Some(slot) = row.get_mut(start).filter(|slot| !slot.is_blank()).map(std::mem::take) else { continue };
        let column = columns[place];
        let end = columns.get(place + 1).copied().unwrap_or(width).max(column + 1);
        let whole = slot.text(text);
        let header = match kind {
            Block::Pairs => starts.len() == 1 || place % 2 == 0,
            Block::Funds => place == 0 || index == 0 || place == 1 && !is_number(&whole),
            Block::Goals => place == 0 || index == 0,
        };
        placed.push(Placed::new(column, end - column, header, slot));
    }
    placed
}

/// Tells labels from values in placed rows above 一级指标.
pub(super) fn flag(text: &str, rows: &mut [PlacedRow]) {
    let mut kind = Block::Pairs;
    for row in rows {
        let begins = row.first().is_some_and(|cell| cell.column == 0 && !cell.slot.is_blank());
        if begins {
            kind = kind_of(text, &vec![row[0].slot.clone()], kind);
        }
        for (order, cell) in row.iter_mut().enumerate() {
            cell.header = match kind {
                Block::Pairs => order % 2 == 0,
                Block::Funds => !cell.slot.text(text).contains(|c: char| c.is_ascii_digit() || matches!(c, '—' | '/')),
                Block::Goals => begins,
            } || begins && order == 0;
        }
    }
}
