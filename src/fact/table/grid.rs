//! Which cell covers which place of a table's grid.

use crate::table::Table;

/// Nothing covers the place.
const BLANK: u32 = u32::MAX;

/// The places of a grid, each with the index of the cell that covers it.
#[derive(Debug)]
pub(super) struct Grid {
    places: Vec<u32>,
    pub(super) rows: usize,
    pub(super) columns: usize,
}

impl Grid {
    /// The grid of `table`; none if its spans claim far more places than it has cells.
    pub(super) fn of(table: &Table) -> Option<Self> {
        let (rows, columns) = (table.rows as usize, table.columns as usize);
        let area = rows.checked_mul(columns)?;
        if area > 4096 + 256 * table.cells.len() {
            return None;
        }
        let mut places = vec![BLANK; area];
        for (index, cell) in table.cells.iter().enumerate() {
            let bottom = rows.min((cell.row as usize).saturating_add(cell.row_span.max(1) as usize));
            let right = columns.min((cell.column as usize).saturating_add(cell.column_span.max(1) as usize));
            for row in cell.row as usize..bottom {
                // Overlapping spans are the converter's mistake: a cell keeps the places it took first, so
                // that hostile spans cost no more than the grid's area.
                let start = row * columns + cell.column as usize;
                if start >= area || places[start] != BLANK {
                    break;
                }
                for place in &mut places[start..row * columns + right] {
                    if *place != BLANK {
                        break;
                    }
                    *place = index as u32;
                }
            }
        }
        Some(Grid { places, rows, columns })
    }

    /// The cell that covers the place.
    pub(super) fn cell(&self, row: usize, column: usize) -> Option<usize> {
        let place = *self.places.get(row * self.columns + column)?;
        (column < self.columns && place != BLANK).then_some(place as usize)
    }

    /// The distinct cells that cover `row`, from left to right.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = usize> {
        let start = (row * self.columns).min(self.places.len());
        let end = (start + self.columns).min(self.places.len());
        let mut last = BLANK;
        self.places[start..end].iter().filter_map(move |place| {
            let new = *place != BLANK && *place != last;
            last = *place;
            new.then_some(*place as usize)
        })
    }
}
