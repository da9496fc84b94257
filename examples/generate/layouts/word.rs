//! Word files through Tika: .doc with a cell per line, .docx with a row per line; each cell begins with a tab.
//!
//! A cell that another covers from above is empty; one that another covers from the left leaves no trace.

use super::{above, cell_lines};
use crate::random::Random;
use crate::report::Block;
use crate::style::{Layout, Style};
use crate::table::{Slot, Table, grid};
use crate::writer::Writer;

pub fn print(writer: &mut Writer, blocks: &[Block], style: &Style, random: &mut Random) {
    let end = if style.apart { "\n\n" } else { "\n" };
    let mut bookmark = 10_000_000 + random.below(80_000_000);
    for block in blocks {
        match block {
            Block::Heading(_, text) => {
                if style.bookmarks {
                    bookmark += 1;
                    writer.marked(&format!("[bookmark: _Toc{{={bookmark}}}]"));
                }
                writer.text(text);
                writer.raw(end);
            }
            Block::Title(text) | Block::Entry(text) | Block::Paragraph(text) => {
                writer.text(text);
                writer.raw(end);
            }
            Block::Table(table) => print_table(writer, table, style, end),
            Block::Page => {}
        }
    }
}

fn print_table(writer: &mut Writer, table: &Table, style: &Style, end: &str) {
    for text in above(table) {
        writer.text(text);
        writer.raw(end);
    }
    writer.tables += 1;
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
    if let Some(text) = &table.below {
        writer.text(text);
        writer.raw(end);
    }
}
