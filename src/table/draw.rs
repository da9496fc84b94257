//! A table drawn with lines, so that a person sees rows, columns and spans.
//!
//! In: a table and its text. Out: text, a Chinese character counted as two columns. Cells are cut
//! short; headings stand in brackets.

use super::{Cell, Table};
use std::fmt::Write as _;

/// Columns of text that a cell shows at most.
const WIDEST: usize = 18;
/// Columns of the table that are drawn.
const MOST_COLUMNS: usize = 40;

impl Table {
    /// Draws the grid of `text`; headings in brackets, `·` where nothing stands.
    #[must_use]
    pub fn draw(&self, text: &str) -> String {
        let columns = (self.columns as usize).min(MOST_COLUMNS);
        let rows = self.rows as usize;
        let mut grid: Vec<Vec<Option<usize>>> = vec![vec![None; columns]; rows];
        for (index, cell) in self.cells.iter().enumerate() {
            for row in grid.iter_mut().skip(cell.row as usize).take(cell.row_span as usize) {
                for place in row.iter_mut().skip(cell.column as usize).take(cell.column_span as usize) {
                    *place = Some(index);
                }
            }
        }
        let shown: Vec<String> = self.cells.iter().map(|cell| show(cell, text)).collect();
        let widths = widths(self, &shown, columns);
        let mut drawn = String::new();
        for row in 0..rows {
            draw_rule(&mut drawn, &grid, row, &widths);
            draw_row(&mut drawn, &grid[row], self, row, &shown, &widths);
        }
        draw_rule(&mut drawn, &grid, rows, &widths);
        drawn
    }
}

/// The words of a cell as they are drawn.
fn show(cell: &Cell, text: &str) -> String {
    let words = cell.text(text);
    let mut shown = String::new();
    let mut width = 0;
    for c in words.chars().filter(|c| !c.is_whitespace()) {
        width += wide(c);
        if width > WIDEST {
            shown.push('…');
            break;
        }
        shown.push(c);
    }
    if cell.header { format!("[{shown}]") } else { shown }
}

/// The columns of text that `c` takes.
fn wide(c: char) -> usize {
    if c < '\u{1100}' || c == '…' || c == '·' { 1 } else { 2 }
}

/// The columns of text that `words` take.
fn width_of(words: &str) -> usize {
    words.chars().map(wide).sum()
}

/// How wide each column is drawn: as its own cells need.
fn widths(table: &Table, shown: &[String], columns: usize) -> Vec<usize> {
    let mut widths = vec![3; columns];
    for (cell, shown) in table.cells.iter().zip(shown).filter(|(cell, _)| cell.column_span == 1) {
        if let Some(width) = widths.get_mut(cell.column as usize) {
            *width = (*width).max(width_of(shown));
        }
    }
    widths
}

/// Draws the line above `row`, left out where a cell goes on.
fn draw_rule(drawn: &mut String, grid: &[Vec<Option<usize>>], row: usize, widths: &[usize]) {
    for (column, width) in widths.iter().enumerate() {
        let above = row.checked_sub(1).and_then(|above| grid[above][column]);
        let below = grid.get(row).and_then(|row| row[column]);
        let goes_on = above.is_some() && above == below;
        drawn.push('+');
        drawn.extend(std::iter::repeat_n(if goes_on { ' ' } else { '-' }, *width));
    }
    drawn.push_str("+\n");
}

/// Draws the words of `row`.
fn draw_row(
    drawn: &mut String,
    places: &[Option<usize>],
    table: &Table,
    row: usize,
    shown: &[String],
    widths: &[usize],
) {
    let mut column = 0;
    while column < places.len() {
        let end = match places[column] {
            Some(_) => (column..places.len()).find(|&next| places[next] != places[column]).unwrap_or(places.len()),
            None => column + 1,
        };
        let space = widths[column..end].iter().sum::<usize>() + (end - column - 1);
        let words = match places[column] {
            Some(index) if table.cells[index].row as usize == row => shown[index].as_str(),
            Some(_) => "",
            None => "·",
        };
        let _ = write!(drawn, "|{words}");
        drawn.extend(std::iter::repeat_n(' ', space.saturating_sub(width_of(words))));
        column = end;
    }
    drawn.push_str("|\n");
}
