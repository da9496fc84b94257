//! A row per line with tabs between the cells, or pipes (markdown). Places that a cell covers are blank.

use super::{Printer, walk};
use crate::report::Block;
use crate::style::{Layout, Style};
use crate::table::{Slot, Table, grid};
use crate::text::Text;
use crate::writer::Writer;

pub fn print(writer: &mut Writer, blocks: &[Block], style: &Style) {
    let end = if style.apart || style.layout == Layout::Markdown { "\n\n" } else { "\n" };
    walk(&mut Lines { writer, style, end }, blocks);
}

struct Lines<'a> {
    writer: &'a mut Writer,
    style: &'a Style,
    end: &'static str,
}

impl Printer for Lines<'_> {
    fn writer(&mut self) -> &mut Writer {
        self.writer
    }

    fn line(&mut self, text: &Text) {
        self.writer.text(text);
        self.writer.raw(self.end);
    }

    fn heading(&mut self, level: u8, text: &Text) {
        if self.style.layout == Layout::Markdown && self.style.bookmarks {
            self.writer.raw(["# ", "## ", "### "][usize::from(level).clamp(1, 3) - 1]);
        }
        self.line(text);
    }

    fn rows(&mut self, table: &Table) {
        print_rows(self.writer, table, self.style);
    }
}

fn print_rows(writer: &mut Writer, table: &Table, style: &Style) {
    let markdown = style.layout == Layout::Markdown;
    for (row, slots) in grid(&table.rows).iter().enumerate() {
        let filled = |slot: &Slot| matches!(slot, Slot::Cell(at) if !table.rows[row][*at].text.is_empty());
        let shown = if style.trimmed && !markdown {
            slots.iter().rposition(filled).map_or(1, |last| last + 1)
        } else {
            slots.len()
        };
        for (column, slot) in slots[..shown].iter().enumerate() {
            if markdown {
                writer.raw(if column == 0 { "| " } else { " | " });
            } else if column > 0 {
                writer.raw("\t");
            }
            if let Slot::Cell(at) = slot {
                let cell = &table.rows[row][*at];
                let placed = writer.cell(table, row, column, cell);
                writer.in_cell(placed, &cell.text);
            }
        }
        writer.raw(if markdown { " |\n" } else { "\n" });
        if markdown && row == 0 {
            writer.raw("|");
            writer.raw(&" --- |".repeat(slots.len()));
            writer.raw("\n");
        }
    }
    writer.raw("\n");
}
