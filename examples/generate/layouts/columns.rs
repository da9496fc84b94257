//! `pdftotext -layout`: columns by spaces, broken labels above and below their amounts, page feeds.
//!
//! Cells are centred in their row: positions are counted in half lines, so that a label of two lines stands
//! around an amount of one. A cell that reaches over several rows is centred in all of them.

use super::{Printer, walk};
use crate::report::Block;
use crate::style::Style;
use crate::table::{Cell, Slot, Table, grid};
use crate::text::Text;
use crate::writer::Writer;

/// Characters of a line of text.
const LINE: usize = 46;
/// Lines of a page.
const PAGE: usize = 44;

/// A line of a cell: where it stands, and its text.
struct Line {
    half: usize,
    left: usize,
    text: Text,
    cell: usize,
}

struct Pages<'a> {
    writer: &'a mut Writer,
    style: &'a Style,
    used: usize,
    page: usize,
    /// Rows of a table stand apart by so many blank lines.
    gap: usize,
}

impl Pages<'_> {
    fn turn(&mut self) {
        if self.used == 0 {
            return;
        }
        self.page += 1;
        let indent = if self.gap == 1 { " ".repeat(32) } else { String::new() };
        self.writer.marked(&format!("\n\n\n{indent}{{~{}}}\n\x0c", self.page));
        self.used = 0;
    }

    fn line(&mut self, text: &Text, indent: usize) {
        if self.used >= PAGE {
            self.turn();
        }
        self.writer.raw(&" ".repeat(indent));
        self.writer.text(text);
        self.writer.raw("\n");
        self.used += 1;
    }

    fn lines(&mut self, text: &Text, centred: bool) {
        for line in text.lines(LINE) {
            let indent = if centred { 38_usize.saturating_sub(line.width() / 2) } else { 0 };
            self.line(&line, indent);
        }
    }

    fn blank(&mut self) {
        if self.used > 0 {
            self.writer.raw("\n");
        }
    }
}

impl Printer for Pages<'_> {
    fn writer(&mut self) -> &mut Writer {
        self.writer
    }

    fn line(&mut self, text: &Text) {
        self.lines(text, false);
        self.blank();
    }

    fn title(&mut self, text: &Text) {
        self.lines(text, true);
        self.blank();
    }

    fn heading(&mut self, _: u8, text: &Text) {
        self.lines(text, false);
    }

    fn rows(&mut self, table: &Table) {
        print_rows(self, table, self.style);
    }

    fn page(&mut self) {
        self.turn();
    }
}

pub fn print(writer: &mut Writer, blocks: &[Block], style: &Style) {
    let gap = style.label_width.unwrap_or(0) % 3;
    let mut pages = Pages { writer, style, used: 0, page: 0, gap };
    walk(&mut pages, blocks);
    pages.turn();
}

fn print_rows(pages: &mut Pages, table: &Table, style: &Style) {
    let grid = grid(&table.rows);
    let plan = Plan::new(table, &grid, style);
    let mut row = 0;
    while row < table.rows.len() {
        // Rows that a cell holds together stay on one page.
        let mut end = if row == 0 { table.header_rows.max(1) } else { row + 1 };
        while end < grid.len() && grid[end].iter().any(|slot| matches!(slot, Slot::Below { .. })) {
            end += 1;
        }
        if pages.used + 2 * (end - row) >= PAGE && row > 0 {
            pages.turn();
            if style.repeat_header {
                plan.print(pages, table, &grid, 0..table.header_rows, false);
            }
        }
        plan.print(pages, table, &grid, row..end, true);
        row = end;
    }
    pages.blank();
}

/// Where the columns of a table stand.
struct Plan {
    lefts: Vec<usize>,
    widths: Vec<usize>,
}

impl Plan {
    fn new(table: &Table, grid: &[Vec<Slot>], style: &Style) -> Self {
        let label = style.label_width.unwrap_or(10);
        let columns = grid.first().map_or(0, Vec::len);
        let mut widths = vec![2; columns];
        for (row, slots) in grid.iter().enumerate() {
            for (column, slot) in slots.iter().enumerate() {
                let Slot::Cell(at) = slot else { continue };
                let cell = &table.rows[row][*at];
                if cell.columns == 1 {
                    let limit = if row < table.header_rows { label.min(6) } else { label + 6 };
                    let width = cell.text.lines(if cell.header { limit } else { 99 }).iter().map(Text::width).max();
                    widths[column] = widths[column].max(width.unwrap_or(0));
                }
            }
        }
        let mut lefts = Vec::new();
        let mut left = 0;
        for width in &widths {
            lefts.push(left);
            left += width + 2 + label % 3;
        }
        Self { lefts, widths }
    }

    fn width(&self, column: usize, columns: usize) -> usize {
        let last = (column + columns - 1).min(self.lefts.len() - 1);
        self.lefts[last] + self.widths[last] - self.lefts[column]
    }

    /// Prints some rows that hang together.
    fn print(
        &self,
        pages: &mut Pages,
        table: &Table,
        grid: &[Vec<Slot>],
        rows: std::ops::Range<usize>,
        is_first: bool,
    ) {
        let lines_of = |cell: &Cell, column: usize| cell.text.lines(self.width(column, cell.columns));
        let mut heights: Vec<usize> = Vec::new();
        for row in rows.clone() {
            let own = grid[row].iter().enumerate().filter_map(|(column, slot)| match slot {
                Slot::Cell(at) if table.rows[row][*at].rows == 1 => Some(lines_of(&table.rows[row][*at], column).len()),
                _ => None,
            });
            heights.push(2 * own.max().unwrap_or(1).max(1));
        }
        let mut placed: Vec<Line> = Vec::new();
        let mut tops = vec![0];
        for at in 0..heights.len() {
            // A tall cell with many lines makes its last row higher.
            for (column, slot) in grid[rows.start + at].iter().enumerate() {
                let Slot::Cell(number) = slot else { continue };
                let cell = &table.rows[rows.start + at][*number];
                let last = (at + cell.rows).min(heights.len()) - 1;
                let have: usize = heights[at..=last].iter().sum();
                heights[last] += (2 * lines_of(cell, column).len()).saturating_sub(have);
            }
        }
        for (at, height) in heights.iter().enumerate() {
            tops.push(tops[at] + height);
        }
        for (at, row) in rows.clone().enumerate() {
            for (column, slot) in grid[row].iter().enumerate() {
                let Slot::Cell(number) = slot else { continue };
                let cell = &table.rows[row][*number];
                let id = if is_first { pages.writer.cell(table, row, column, cell) } else { usize::MAX };
                let bottom = tops[(at + cell.rows).min(heights.len())];
                let lines = lines_of(cell, column);
                let width = self.width(column, cell.columns);
                // Twice the half lines, so that a centre between two of them is a whole number.
                let first = (tops[at] + bottom).saturating_sub(2 * lines.len());
                for (down, text) in lines.into_iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                    let space = width.saturating_sub(text.width());
                    let shift = if !cell.header {
                        space
                    } else if row < table.header_rows {
                        space / 2
                    } else {
                        0
                    };
                    placed.push(Line { half: first + 4 * down, left: self.lefts[column] + shift, text, cell: id });
                }
            }
        }
        placed.sort_by_key(|line| (line.half, line.left));
        draw(pages, &placed);
    }
}

/// Prints cells' lines that are in order.
fn draw(pages: &mut Pages, placed: &[Line]) {
    for group in placed.chunk_by(|one, other| one.half == other.half) {
        let mut used = 0;
        for line in group {
            let wanted = line.left.max(if used == 0 { 0 } else { used + 1 });
            pages.writer.raw(&" ".repeat(wanted - used));
            pages.writer.in_cell(line.cell, &line.text);
            used = wanted + line.text.width();
        }
        pages.writer.raw("\n");
        pages.used += 1;
    }
    for _ in 0..pages.gap {
        pages.writer.raw("\n");
    }
}
