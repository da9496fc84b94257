//! Word files through Tika as XHTML. The digits of tags and head are numbers too: artefacts.

use super::{Printer, cell_lines, walk};
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
    let bookmark = 10_000_000 + random.below(80_000_000);
    walk(&mut Elements { writer, style, bookmark }, blocks);
    writer.raw("</body></html>");
}

struct Elements<'a> {
    writer: &'a mut Writer,
    style: &'a Style,
    bookmark: usize,
}

impl Printer for Elements<'_> {
    fn writer(&mut self) -> &mut Writer {
        self.writer
    }

    fn line(&mut self, text: &Text) {
        self.writer.raw("<p>");
        self.writer.text(text);
        self.writer.raw("</p>\n");
    }

    fn heading(&mut self, level: u8, text: &Text) {
        self.writer.marked(&format!("<h{{~{level}}}>"));
        if self.style.bookmarks {
            self.bookmark += 1;
            self.writer.marked(&format!("<a name=\"_Toc{{={}}}\" />", self.bookmark));
        }
        self.writer.text(text);
        self.writer.marked(&format!("</h{{~{level}}}>\n"));
    }

    fn rows(&mut self, table: &Table) {
        print_rows(self.writer, table, self.style);
    }
}

fn print_rows(writer: &mut Writer, table: &Table, style: &Style) {
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
}
