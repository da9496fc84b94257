//! Word files through Tika: .doc with a cell per line, .docx with a row per line; each cell begins with a tab.
//!
//! A cell that another covers from above is empty; one that another covers from the left leaves no trace.

use super::{Printer, cell_lines, walk};
use crate::random::Random;
use crate::report::Block;
use crate::style::{Layout, Style};
use crate::table::{Slot, Table, grid};
use crate::text::Text;
use crate::writer::Writer;

pub fn print(writer: &mut Writer, blocks: &[Block], style: &Style, random: &mut Random) {
    let end = if style.apart { "\n\n" } else { "\n" };
    let bookmark = 10_000_000 + random.below(80_000_000);
    walk(&mut Lines { writer, style, end, bookmark }, blocks);
}

struct Lines<'a> {
    writer: &'a mut Writer,
    style: &'a Style,
    end: &'static str,
    bookmark: usize,
}

impl Printer for Lines<'_> {
    fn writer(&mut self) -> &mut Writer {
        self.writer
    }

    fn line(&mut self, text: &Text) {
        self.writer.text(text);
        self.writer.raw(self.end);
    }

    fn heading(&mut self, _: u8, text: &Text) {
        if self.style.bookmarks {
            self.bookmark += 1;
            self.writer.marked(&format!("[bookmark: _Toc{{={}}}]", self.bookmark));
        }
        self.line(text);
    }

    fn rows(&mut self, table: &Table) {
        print_rows(self.writer, table, self.style);
    }
}

fn print_rows(writer: &mut Writer, table: &Table, style: &Style) {
    let per_line = style.layout == Layout::TikaDoc;
    for (row, slots) in grid(&table.rows).iter().enumerate() {
        for (column, slot) in slots.iter().enumerate() {
            match slot {
                Slot::Cell(at) => {
                    let cell = &table.rows[row][*at];
                    let placed = writer.cell(table, row, column, cell);
                    writer.raw("\t");
                    for (number, line) in cell_lines(cell, style).iter().enumerate() {
                        if number > 0 {
                            writer.raw("\n");
                        }
                        writer.in_cell(placed, line);
                    }
                }
                Slot::Below { first: true } | Slot::Empty => writer.raw("\t"),
                Slot::Below { first: false } | Slot::Beside => continue,
            }
            if per_line {
                writer.raw("\n");
            }
        }
        writer.raw("\n");
    }
    writer.raw("\n");
}
