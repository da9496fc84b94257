//! Tables with heading rows above and labels on the left: statements, comparisons, lists.
//!
//! In: rows of slots as wide as the table. Out: placed rows. The cells of a statement that the
//! converter glued together (`201 一般公共服务支出`, `公用经费合计 1270.14`) are cut apart, and a
//! total's label reaches over the blank code and name columns as it did in print. Blank data cells
//! stay blank: nothing reaches into them.

use super::grid::{Placed, PlacedRow, Row, Slot};
use super::header::{Head, Role, find_head, is_label, merge_head, roles};
use super::words::{glued_amount, glued_name, is_code, is_number, is_total, squeeze};

/// Places the rows of a table with a head.
pub(super) fn arrange(text: &str, mut rows: Vec<Row>) -> Vec<PlacedRow> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    super::grid::pad(&mut rows, width);
    let head = find_head(text, &rows);
    let (heading, data) = rows.split_at_mut(head.rows);
    let mut placed = merge_head(heading, head.numbering);
    let roles = roles(text, &placed, head.numbering, width);
    if has_split_codes(text, data, &roles) {
        placed.extend(data.iter_mut().map(|row| place_split(text, row, &roles)));
    } else {
        placed.extend(data.iter_mut().map(|row| place_row(text, row, &roles)));
    }
    if let Some(numbering) = head.numbering {
        stretch_labels(text, &mut placed[numbering], &roles);
    }
    reach_down(text, &mut placed, head);
    placed
}

/// Whether the codes are printed in pieces, 207 | 01 | 04, one in each column.
fn has_split_codes(text: &str, rows: &[Row], roles: &[Role]) -> bool {
    let is_piece = |slot: &Slot| slot.text(text).len() == 2 && is_number(&slot.text(text));
    rows.iter().any(|row| {
        let second = row.get(1).filter(|slot| is_piece(slot));
        second.is_some() && roles.get(1) == Some(&Role::Code) && is_code(&row[0].text(text))
    })
}

/// Places a row whose codes are printed in pieces: each in its own column.
fn place_split(text: &str, row: &mut Row, roles: &[Role]) -> PlacedRow {
    if row.first().is_none_or(|slot| !is_code(&slot.text(text))) {
        return place_row(text, row, roles);
    }
    let mut placed = PlacedRow::with_capacity(row.len());
    for (column, slot) in row.iter_mut().enumerate().filter(|(_, slot)| !slot.is_blank()) {
        let header = is_label(text, slot.span, roles[column]);
        placed.push(Placed::new(column, 1, header, std::mem::take(slot)));
    }
    placed
}

/// Places the rows below a head whose columns are known.
pub(super) fn place_rows(text: &str, rows: Vec<Row>, roles: &[Role]) -> Vec<PlacedRow> {
    let split = has_split_codes(text, &rows, roles);
    rows.into_iter()
        .map(|mut row| {
            row.resize_with(roles.len(), Slot::default);
            if split { place_split(text, &mut row, roles) } else { place_row(text, &mut row, roles) }
        })
        .collect()
}

/// A label in the columns of codes and names reaches over the blanks beside it: 栏次, 合计.
fn stretch_labels(text: &str, row: &mut PlacedRow, roles: &[Role]) {
    for index in 0..row.len() {
        let (column, end) = (row[index].column, row.get(index + 1).map_or(roles.len(), |next| next.column));
        let label = squeeze(&row[index].slot.text(text));
        if roles.get(column) == Some(&Role::Code) && matches!(label.as_str(), "栏次" | "项目" | "行次") {
            row[index].column_span = group_end(roles, column).min(end) - column;
        }
    }
}

/// One past the columns of codes and names that begin at `column`.
fn group_end(roles: &[Role], column: usize) -> usize {
    let codes = roles[column..].iter().take_while(|role| **role == Role::Code).count();
    let names = roles[column + codes..].iter().take_while(|role| **role == Role::Label).count();
    column + codes + names.min(1)
}

/// The cells of a data row.
fn place_row(text: &str, row: &mut Row, roles: &[Role]) -> PlacedRow {
    let mut placed = PlacedRow::with_capacity(row.len());
    let mut column = 0;
    while column < row.len() {
        let slot = std::mem::take(&mut row[column]);
        if slot.is_blank() {
            column += 1;
        } else if roles[column] == Role::Code {
            let next = (column + 1..row.len()).find(|&next| !row[next].is_blank()).unwrap_or(row.len());
            column = place_in_codes(text, slot, column, next, roles, &mut placed);
        } else {
            let header = is_label(text, slot.span, roles[column]);
            placed.push(Placed::new(column, 1, header, slot));
            column += 1;
        }
    }
    let groups = roles.windows(2).filter(|pair| pair[0] != Role::Code && pair[1] == Role::Code).count();
    if let [label, amount] = placed.as_mut_slice()
        && groups > 0
        && !amount.header
        && squeeze(&label.slot.text(text)) == "合计"
    {
        // The total of all groups, printed across them.
        amount.column_span = roles.len() - amount.column;
    }
    placed
}

/// Places a slot that stands in a column of codes; `next` is the next column that is not blank.
/// Gives back the column to go on with.
fn place_in_codes(text: &str, slot: Slot, column: usize, next: usize, roles: &[Role], placed: &mut PlacedRow) -> usize {
    let whole = slot.text(text);
    let codes = column + roles[column..].iter().take_while(|role| **role == Role::Code).count();
    if is_code(&whole) {
        // One code fills the columns of 类, 款 and 项, whichever of them the converter left it in.
        let first = codes - roles[..codes].iter().rev().take_while(|role| **role == Role::Code).count();
        let left = placed.last().map_or(first, |cell| cell.end().max(first));
        let end = codes.min(next);
        placed.push(Placed::new(left, end - left, true, slot));
        return end;
    }
    if let Some(at) = glued_name(&whole).filter(|_| slot.is_plain(text) && next > codes && codes < roles.len()) {
        let (code, name) = slot.cut(text, at);
        placed.push(Placed::new(column, codes - column, true, code));
        placed.push(Placed::new(codes, 1, true, name));
        return codes + 1;
    }
    if let Some(at) = glued_amount(&whole).filter(|_| slot.is_plain(text) && next > codes + 1) {
        let (label, amount) = slot.cut(text, at);
        placed.push(Placed::new(column, next - 1 - column, true, label));
        placed.push(Placed::new(next - 1, 1, false, amount));
        return next;
    }
    if is_number(&whole) {
        // An amount has no business here unless it was merged over the rest of the row.
        placed.push(Placed::new(column, next - column, false, slot));
        return next;
    }
    let end = if next < roles.len() && roles[next] == Role::Code && next > codes {
        next
    } else {
        next.min(if is_total(&squeeze(&whole)) { group_end(roles, column) } else { codes })
    };
    placed.push(Placed::new(column, end - column, true, slot));
    end
}

/// 类, 款 and 项 reach down beside 栏次 and 合计, which stand in the column of names.
fn reach_down(text: &str, rows: &mut [PlacedRow], head: Head) {
    let Some(top) = (0..head.rows)
        .rev()
        .find(|&row| rows[row].iter().any(|cell| matches!(&*squeeze(&cell.slot.text(text)), "类" | "款" | "项")))
    else {
        return;
    };
    let codes: Vec<usize> = (0..rows[top].len())
        .filter(|&cell| matches!(&*squeeze(&rows[top][cell].slot.text(text)), "类" | "款" | "项"))
        .collect();
    let (Some(&first), Some(&last)) = (codes.first(), codes.last()) else { return };
    let (from, to) = (rows[top][first].column, rows[top][last].end());
    let beside = |row: &PlacedRow| {
        row.iter().all(|cell| cell.column >= to || cell.end() <= from)
            && row
                .iter()
                .any(|cell| cell.column == to && matches!(&*squeeze(&cell.slot.text(text)), "栏次" | "合计" | "总计"))
    };
    let more = rows[top + 1..].iter().take_while(|row| beside(row)).count();
    for cell in codes {
        rows[top][cell].row_span = 1 + more;
    }
}
