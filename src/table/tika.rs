//! Tables of Word documents through Tika: a cell a line, led by a tab, a blank line between rows.
//!
//! In: the lines of one or several tables. Out: the tables. A line without a tab goes on with the
//! cell; a cell may hold blank lines, so a blank line ends a row only where the row is complete:
//! below the row that names the columns, rows that together have as many cells as that row are one.
//! A merge downwards leaves blank cells, a merge to the right leaves none.

use super::grid::{Placed, PlacedRow, Row, Slot, finish, is_ragged, place_ragged};
use super::tiers::{self, Slots};
use super::words::{is_number, squeeze};
use super::{Table, expand, plain, tsv};
use crate::layout::TableLayout;
use crate::problem::Problem;
use crate::source::Span;

/// Reads the tables in `span`.
pub(super) fn read(text: &str, span: Span, problems: &mut Vec<Problem>) -> Vec<Table> {
    if has_rows_on_lines(span.of(text)) {
        return tsv::read(text, span, problems).into_iter().collect();
    }
    split(text, segments(text, span))
        .into_iter()
        .filter_map(|rows| arrange(text, TableLayout::Tika, join(text, rows), problems))
        .collect()
}

/// Whether the lines hold whole rows (.docx): to most lines that begin with a tab belongs another one,
/// inside them or, where their first cell breaks its line, inside what follows.
fn has_rows_on_lines(lines: &str) -> bool {
    let (mut cells, mut rows) = (0_usize, 0_usize);
    for line in lines.lines() {
        let led = line.starts_with('\t');
        cells += usize::from(led);
        rows += usize::from(line[usize::from(led)..].contains('\t'));
    }
    rows * 2 > cells
}

/// The cells between blank lines: rows, or parts of rows.
fn segments(text: &str, span: Span) -> Vec<Row> {
    let mut segments: Vec<Row> = Vec::new();
    let mut cell: Option<Span> = None;
    let mut blank = true;
    let mut start = span.start;
    for line in span.of(text).split_inclusive('\n') {
        let end = start + line.len() as u32;
        if line.starts_with('\t') {
            if let (Some(cell), Some(row)) = (cell.take(), segments.last_mut()) {
                row.push(Slot::new(text, cell));
            }
            if blank {
                segments.push(Row::new());
            }
            cell = Some(Span::new(start, end));
            blank = false;
        } else if line.trim_end_matches(['\n', '\r']).is_empty() {
            blank = true;
        } else if let Some(cell) = &mut cell {
            cell.end = end;
            blank = false;
        }
        start = end;
    }
    if let (Some(cell), Some(row)) = (cell, segments.last_mut()) {
        row.push(Slot::new(text, cell));
    }
    segments
}

/// Cuts the rows apart where a new table begins: at a title in a cell of its own.
fn split(text: &str, segments: Vec<Row>) -> Vec<Vec<Row>> {
    let mut tables: Vec<Vec<Row>> = Vec::new();
    for row in segments {
        let is_title = row.len() == 1 && super::caption::is_title(&squeeze(&row[0].text(text)));
        match tables.last_mut() {
            Some(table) if !is_title || table.len() < 2 => table.push(row),
            _ => tables.push(vec![row]),
        }
    }
    tables
}

/// Places the cells of rows that have a slot for each cell.
pub(super) fn arrange(text: &str, layout: TableLayout, rows: Vec<Row>, problems: &mut Vec<Problem>) -> Option<Table> {
    let width = rows.iter().map(Vec::len).max()?;
    if is_ragged(rows.len(), width, rows.iter().map(Vec::len).sum()) {
        return finish(layout, place_ragged(rows), width);
    }
    if let Some(head) = tiers::find_head(text, &rows) {
        let (placed, width) = tiers::arrange(text, rows, head, Slots::PerCell, problems);
        return finish(layout, placed, width);
    }
    let titles = rows.iter().take_while(|row| row.len() == 1 && width > 1).count();
    let mut rows = rows.into_iter();
    let wide = |mut row: Row| vec![Placed::new(0, width, true, row.remove(0))];
    let mut placed: Vec<PlacedRow> = rows.by_ref().take(titles).map(wide).collect();
    let rows = super::codes::restore(text, expand::widen(text, rows.collect(), width), problems);
    placed.extend(plain::arrange(text, rows));
    finish(layout, placed, width)
}

/// Joins segments that a blank line inside a cell cut apart.
fn join(text: &str, segments: Vec<Row>) -> Vec<Row> {
    let Some(width) = usual_width(&segments) else { return segments };
    let mut rows: Vec<Row> = Vec::with_capacity(segments.len());
    let is_form = tiers::find_head(text, segments.as_slice()).is_some_and(|(_, first)| first > 0);
    let mut headed = false;
    let mut pending: Vec<Row> = Vec::new();
    for segment in segments {
        let is_first = !is_form && rows.iter().all(|row| row.len() == 1);
        if segment.len() >= width || !(headed || is_first) {
            rows.append(&mut pending);
            headed |= segment.len() == width && names_columns(text, &segment);
            rows.push(segment);
            continue;
        }
        // A blank first cell is a merge from above: a row of its own.
        let goes_on = !segment[0].is_blank();
        if !goes_on {
            rows.append(&mut pending);
        }
        pending.push(segment);
        let count: usize = pending.iter().map(Vec::len).sum();
        if count == width {
            rows.push(pending.drain(..).flatten().collect());
            headed |= rows.last().is_some_and(|row| names_columns(text, row));
        } else if count > width {
            rows.append(&mut pending);
        }
    }
    rows.append(&mut pending);
    rows
}

/// The number of cells that rows have most often; `None` if no number stands out.
fn usual_width(segments: &[Row]) -> Option<usize> {
    let mut counts = std::collections::BTreeMap::<usize, usize>::new();
    for segment in segments {
        *counts.entry(segment.len()).or_default() += 1;
    }
    let widest = *counts.keys().next_back()?;
    let (width, count) = counts.into_iter().max_by_key(|&(width, count)| (count, width))?;
    (width == widest && width > 2 && count > 1).then_some(width)
}

/// Whether `row` names columns: no cell is blank or a number.
fn names_columns(text: &str, row: &Row) -> bool {
    row.iter().all(|slot| !slot.is_blank() && !is_number(&slot.text(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_line_inside_a_cell_is_no_row_end() {
        let text = "\t指标\n\t说明\n\t分值\n\n\t数量\n\n（5分）\n\n\n\t是否完成\n\t2\n\n\t质量\n\t是否合格\n\t3\n\n";
        let rows = join(text, segments(text, Span::from(0..text.len())));
        let shown: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|slot| squeeze(&slot.text(text))).collect()).collect();
        assert_eq!(shown, [["指标", "说明", "分值"], ["数量（5分）", "是否完成", "2"], ["质量", "是否合格", "3"]]);
    }
}
