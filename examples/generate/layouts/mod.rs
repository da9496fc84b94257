//! Prints blocks as each converter would leave them.
//!
//! In: blocks and style. Out: a [`Writer`] with the document and its places. One file per family of layouts.

mod columns;
mod flow;
mod html;
mod tabbed;
mod word;

use crate::random::Random;
use crate::report::Block;
use crate::style::{Layout, Spaces, Style};
use crate::table::{Cell, Table};
use crate::text::{Piece, Text};
use crate::writer::Writer;

/// Prints a report.
pub fn print(mut blocks: Vec<Block>, style: &Style, random: &mut Random) -> Writer {
    dress(&mut blocks, style);
    let mut writer = Writer::default();
    match style.layout {
        Layout::TikaDoc | Layout::TikaDocx => word::print(&mut writer, &blocks, style, random),
        Layout::Tsv | Layout::Markdown => tabbed::print(&mut writer, &blocks, style),
        Layout::Html => html::print(&mut writer, &blocks, style, random),
        Layout::Columns => columns::print(&mut writer, &blocks, style),
        Layout::Flow => flow::print(&mut writer, &blocks, style),
    }
    writer
}

/// Puts in the spaces and full-width digits of the style.
fn dress(blocks: &mut [Block], style: &Style) {
    for block in blocks {
        match block {
            Block::Paragraph(text) => {
                if style.full_width {
                    widen(text);
                }
                space(text, style.spaces);
            }
            Block::Title(text) | Block::Heading(_, text) => space(text, style.spaces),
            Block::Table(table) => {
                table.above.iter_mut().chain(&mut table.below).for_each(|text| space(text, style.spaces));
                table.rows.iter_mut().flatten().for_each(|cell| space(&mut cell.text, style.spaces));
            }
            Block::Entry(_) | Block::Page => {}
        }
    }
}

/// Full-width digits, points and separators.
fn widen(text: &mut Text) {
    for piece in &mut text.0 {
        if let Piece::Number(number) = piece {
            number.raw = number
                .raw
                .chars()
                .map(|character| match character {
                    '0'..='9' | '.' | ',' => char::from_u32(character as u32 + 0xFEE0).unwrap_or(character),
                    other => other,
                })
                .collect();
        }
    }
}

/// Spaces between Chinese and digits.
fn space(text: &mut Text, spaces: Spaces) {
    let is_chinese = |character: char| ('\u{4E00}'..='\u{9FFF}').contains(&character);
    if spaces == Spaces::None {
        return;
    }
    for at in 0..text.0.len() {
        let Piece::Number(number) = &text.0[at] else { continue };
        let wanted = spaces == Spaces::Around || number.raw.len() >= 6;
        if wanted
            && at > 0
            && let Piece::Words(words) = &mut text.0[at - 1]
            && words.ends_with(is_chinese)
        {
            words.push(' ');
        }
        if spaces == Spaces::Around
            && let Some(Piece::Words(words)) = text.0.get_mut(at + 1)
            && words.starts_with(is_chinese)
        {
            words.insert(0, ' ');
        }
    }
}

/// A cell's lines: labels are broken where the style says.
fn cell_lines(cell: &Cell, style: &Style) -> Vec<Text> {
    match style.label_width {
        Some(width) if cell.header => cell.text.lines(width * cell.columns.min(3)),
        _ => vec![cell.text.clone()],
    }
}

/// What a layout does with each kind of block; [`walk`] says when.
trait Printer {
    fn writer(&mut self) -> &mut Writer;
    /// A text with a line, or several, of its own.
    fn line(&mut self, text: &Text);
    fn title(&mut self, text: &Text) {
        self.line(text);
    }
    fn heading(&mut self, level: u8, text: &Text);
    /// The rows of a table, and what divides them from the text below.
    fn rows(&mut self, table: &Table);
    fn page(&mut self) {}
}

/// Prints block after block.
fn walk(printer: &mut impl Printer, blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Heading(level, text) => printer.heading(*level, text),
            Block::Title(text) => printer.title(text),
            Block::Entry(text) | Block::Paragraph(text) => printer.line(text),
            Block::Table(table) => {
                printer.title(&table.title);
                table.above.iter().for_each(|text| printer.line(text));
                printer.writer().tables += 1;
                printer.rows(table);
                table.below.iter().for_each(|text| printer.line(text));
            }
            Block::Page => printer.page(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_stand_between_chinese_and_digits_only() {
        let mut text = Text::marked("占{@12}%，共{@3}个（{^2021}年）");
        space(&mut text, Spaces::Around);
        assert_eq!(text.plain(), "占 12%，共 3 个（2021 年）");
    }

    #[test]
    fn digits_become_wide() {
        let mut text = Text::marked("共{@1,203.5}元");
        widen(&mut text);
        assert_eq!(text.plain(), "共１，２０３．５元");
    }
}
