//! Word files through Tika as XHTML. The digits of tags and head are numbers too: artefacts.

use super::{above, cell_lines};
use crate::random::Random;
use crate::report::Block;
use crate::style::Style;
use crate::table::{Slot, Table, grid};
use crate::text::Text;
use crate::writer::Writer;

pub fn print(writer: &mut Writer, blocks: &[Block], style: &Style, random: &mut Random) {
    writer.marked("<?xml version=\"{~1.0}\" encoding=\"UTF-{~8}\"?>\n<html xmlns=\"http://www.w{~3}.org/{~1999}/xhtml\">\n<head>\n");
    writer.raw("<meta name=\"X-TIKA:Parsed-By\" content=\"org.apache.tika.parser.DefaultParser\" />\n");
    writer.raw("<meta name=\"dc:creator\" content=\"财务科\" />\n<title></title>\n</head>\n<body>");
    let mut bookmark = 10_000_000 + random.below(80_000_000);
    for block in blocks {
        match block {
            Block::Heading(level, text) => {
                writer.marked(&format!("<h{{~{level}}}>"));
                if style.bookmarks {
                    bookmark += 1;
                    writer.marked(&format!("<a name=\"_Toc{{={bookmark}}}\" />"));
                }
                writer.text(text);
                writer.marked(&format!("</h{{~{level}}}>\n"));
            }
            Block::Title(text) | Block::Entry(text) | Block::Paragraph(text) => paragraph(writer, text),
            Block::Table(table) => print_table(writer, table, style),
            Block::Page => {}
        }
    }
    writer.raw("</body></html>");
}

fn paragraph(writer: &mut Writer, text: &Text) {
    writer.raw("<p>");
    writer.text(text);
    writer.raw("</p>\n");
}

fn print_table(writer: &mut Writer, table: &Table, style: &Style) {
    above(table).for_each(|text| paragraph(writer, text));
    writer.tables += 1;
    writer.raw("<table>");
    for (row, slots) in grid(&table.rows).iter().enumerate() {
        writer.raw("<tr>");
        for (column, slot) in slots.iter().enumerate() {
            match slot {
                Slot::Cell(at) if !table.rows[row][*at].text.is_empty() => {
                    let cell = &table.rows[row][*at];
                    let placed = writer.cell(table, row, column, cell);
                    writer.raw("\t<td>");
                    for (number, line) in cell_lines(cell, style).iter().enumerate() {
                        if number > 0 {
                            writer.raw("\n");
                        }
                        writer.in_cell(placed, line);
                    }
                    writer.raw("</td>");
                }
                Slot::Cell(_) | Slot::Below { first: true } | Slot::Empty => writer.raw("\t<td />"),
                Slot::Below { first: false } | Slot::Beside => {}
            }
        }
        writer.raw("</tr>\n");
    }
    writer.raw("</table>\n");
    if let Some(text) = &table.below {
        paragraph(writer, text);
    }
}
