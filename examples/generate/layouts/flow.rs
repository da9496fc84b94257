//! A PDF through Tika: a row's cells on a line with single spaces, broken labels on lines of their own.
//!
//! Empty cells leave no trace. Pages end with their number; a table goes on behind it, its headings
//! repeated or not.

use super::{Printer, cell_lines, walk};
use crate::report::Block;
use crate::style::Style;
use crate::table::{Slot, Table, grid};
use crate::text::Text;
use crate::writer::Writer;

/// Characters of a line of text.
const LINE: usize = 46;
/// Lines of a page.
const PAGE: usize = 34;

struct Pages<'a> {
    writer: &'a mut Writer,
    style: &'a Style,
    used: usize,
    page: usize,
}

impl Pages<'_> {
    fn turn(&mut self) {
        if self.used == 0 {
            return;
        }
        self.page += 1;
        self.writer.marked(&format!("\n{{~{}}}\n\n\n\n", self.page));
        self.used = 0;
    }

    /// Before a line: a new page if this one is full.
    fn room(&mut self) {
        if self.used >= PAGE {
            self.turn();
        }
        self.used += 1;
    }

    fn lines(&mut self, text: &Text) {
        for line in text.lines(LINE) {
            self.room();
            self.writer.text(&line);
            self.writer.raw("\n");
        }
    }
}

impl Printer for Pages<'_> {
    fn writer(&mut self) -> &mut Writer {
        self.writer
    }

    fn line(&mut self, text: &Text) {
        self.lines(text);
        self.writer.raw("\n");
    }

    fn heading(&mut self, level: u8, text: &Text) {
        self.lines(text);
        self.writer.raw(if level < 2 { "\n" } else { "" });
    }

    fn rows(&mut self, table: &Table) {
        print_rows(self, table, self.style);
    }

    fn page(&mut self) {
        self.turn();
    }
}

pub fn print(writer: &mut Writer, blocks: &[Block], style: &Style) {
    writer.raw("\n");
    let mut pages = Pages { writer, style, used: 0, page: 0 };
    walk(&mut pages, blocks);
    pages.turn();
    if style.bookmarks {
        outline(pages.writer, blocks);
    }
}

/// The PDF's outline, which Tika puts at the end.
fn outline(writer: &mut Writer, blocks: &[Block]) {
    for block in blocks {
        if let Block::Heading(_, text) = block {
            writer.raw("\t");
            writer.text(text);
            writer.raw("\n");
        }
    }
    writer.raw("\n");
}

fn print_rows(pages: &mut Pages, table: &Table, style: &Style) {
    let grid = grid(&table.rows);
    for (row, slots) in grid.iter().enumerate() {
        if pages.used >= PAGE {
            pages.turn();
            if style.repeat_header {
                for (head, slots) in grid[..table.header_rows].iter().enumerate() {
                    print_row(pages, table, head, slots, style, false);
                }
            }
        }
        print_row(pages, table, row, slots, style, true);
    }
}

fn print_row(pages: &mut Pages, table: &Table, row: usize, slots: &[Slot], style: &Style, is_first: bool) {
    pages.used += 1;
    // What stands before the next cell: nothing, a space on the same line, or a new line.
    let mut before = "";
    let mut any = false;
    for (column, slot) in slots.iter().enumerate() {
        let Slot::Cell(at) = slot else { continue };
        let cell = &table.rows[row][*at];
        let placed = if is_first { pages.writer.cell(table, row, column, cell) } else { usize::MAX };
        if cell.text.is_empty() {
            continue;
        }
        let lines = cell_lines(cell, style);
        if lines.len() == 1 {
            pages.writer.raw(before);
            pages.writer.in_cell(placed, &lines[0]);
            before = " ";
        } else {
            pages.writer.raw(match before {
                " " => "\n",
                other => other,
            });
            for (number, line) in lines.iter().enumerate() {
                if number > 0 {
                    pages.writer.raw("\n");
                }
                pages.writer.in_cell(placed, line);
            }
            before = "\n\n";
        }
        any = true;
    }
    pages.writer.raw(if any { "\n\n" } else { "" });
}
