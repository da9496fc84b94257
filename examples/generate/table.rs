//! Tables as their author drew them, before a converter.
//!
//! In: rows of cells with spans. Out: a grid that says of every place which cell covers it.

use crate::text::Text;

/// A cell; `columns` and `rows` say how far it reaches.
#[derive(Clone, Debug)]
pub struct Cell {
    pub text: Text,
    pub columns: usize,
    pub rows: usize,
    pub header: bool,
}

impl Cell {
    /// A data cell.
    pub fn data(text: Text) -> Self {
        Self { text, columns: 1, rows: 1, header: false }
    }

    /// A heading or label.
    pub fn head(words: &str) -> Self {
        Self { text: Text::marked(words), columns: 1, rows: 1, header: true }
    }

    pub fn blank() -> Self {
        Self::data(Text::default())
    }

    pub fn wide(mut self, columns: usize) -> Self {
        self.columns = columns;
        self
    }

    pub fn tall(mut self, rows: usize) -> Self {
        self.rows = rows;
        self
    }
}

/// A table with the lines above and below it.
#[derive(Clone, Debug)]
pub struct Table {
    pub title: Text,
    /// Lines between title and table: form code, agency, unit.
    pub above: Vec<Text>,
    pub kind: &'static str,
    pub rows: Vec<Vec<Cell>>,
    pub header_rows: usize,
    pub below: Option<Text>,
}

/// What covers a place of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The cell's own place, its top-left corner: cell number within its row.
    Cell(usize),
    /// A place below a cell that reaches down: first of the cell's columns or not.
    Below {
        first: bool,
    },
    /// A place to the right of a cell that reaches over it, in the cell's first row.
    Beside,
    Empty,
}

/// The grid of a table's rows.
pub fn grid(rows: &[Vec<Cell>]) -> Vec<Vec<Slot>> {
    let width = rows.first().map_or(0, |row| row.iter().map(|cell| cell.columns).sum());
    let mut grid = vec![vec![Slot::Empty; width]; rows.len()];
    for (at, row) in rows.iter().enumerate() {
        let mut column = 0;
        for (number, cell) in row.iter().enumerate() {
            while column < width && grid[at][column] != Slot::Empty {
                column += 1;
            }
            if column >= width {
                break;
            }
            let end = (column + cell.columns).min(width);
            for down in 0..cell.rows.min(rows.len() - at) {
                for (over, place) in grid[at + down][column..end].iter_mut().enumerate() {
                    *place = match (down, over) {
                        (0, 0) => Slot::Cell(number),
                        (0, _) => Slot::Beside,
                        _ => Slot::Below { first: over == 0 },
                    };
                }
            }
            column = end;
        }
    }
    grid
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_cover_their_places() {
        let rows = vec![
            vec![Cell::head("项目").wide(2), Cell::head("合计").tall(2)],
            vec![Cell::head("编码"), Cell::head("名称")],
            vec![Cell::head("甲"), Cell::head("乙"), Cell::blank()],
        ];
        let grid = grid(&rows);
        assert_eq!(grid[0], [Slot::Cell(0), Slot::Beside, Slot::Cell(1)]);
        assert_eq!(grid[1], [Slot::Cell(0), Slot::Cell(1), Slot::Below { first: true }]);
        assert_eq!(grid[2], [Slot::Cell(0), Slot::Cell(1), Slot::Cell(2)]);
    }
}
