//! A row per line with tabs between the cells, or pipes (markdown). Places that a cell covers are blank.

use super::above;
use crate::report::Block;
use crate::style::{Layout, Style};
use crate::table::{Slot, Table, grid};
use crate::writer::Writer;

pub fn print(writer: &mut Writer, blocks: &[Block], style: &Style) {
    let markdown = style.layout == Layout::Markdown;
    let end = if style.apart || markdown { "\n\n" } else { "\n" };
    for block in blocks {
        match block {
            Block::Heading(level, text) => {
                if markdown && style.bookmarks {
                    writer.raw(["# ", "## ", "### "][usize::from(*level).clamp(1, 3) - 1]);
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
    if let Some(text) = &table.below {
        writer.text(text);
        writer.raw(end);
    }
}
