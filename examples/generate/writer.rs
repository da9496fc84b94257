//! Collects the printed document and remembers where every number and cell came to lie.
//!
//! In: texts in the order of printing. Out: the document and its places, in bytes of UTF-8;
//! `truth` turns them into bytes of the file's encoding.

use crate::table::{Cell, Table};
use crate::text::{Class, Piece, Text};
use std::sync::Arc;

/// A number where it was printed.
#[derive(Clone, Debug)]
pub struct Placed {
    pub start: usize,
    pub end: usize,
    pub line: u32,
    pub class: Class,
}

/// A cell where it was printed, from its first to its last byte.
#[derive(Clone, Debug)]
pub struct PlacedCell {
    pub table: usize,
    pub title: Arc<str>,
    pub kind: &'static str,
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
    pub text: String,
    pub start: usize,
    pub end: usize,
    pub header: bool,
}

/// The document so far.
#[derive(Default)]
pub struct Writer {
    pub out: String,
    pub numbers: Vec<Placed>,
    pub cells: Vec<PlacedCell>,
    pub tables: usize,
    newlines: u32,
}

impl Writer {
    /// Prints characters that hold no number.
    pub fn raw(&mut self, characters: &str) {
        self.newlines += characters.bytes().filter(|byte| *byte == b'\n').count() as u32;
        self.out.push_str(characters);
    }

    /// Prints a text.
    pub fn text(&mut self, text: &Text) {
        for piece in &text.0 {
            match piece {
                Piece::Words(words) => self.raw(words),
                Piece::Number(number) => {
                    let start = self.out.len();
                    self.out.push_str(&number.raw);
                    let line = self.newlines + 1;
                    self.numbers.push(Placed { start, end: self.out.len(), line, class: number.class.clone() });
                }
            }
        }
    }

    /// Prints characters with marked numbers, as [`Text::marked`] reads them.
    pub fn marked(&mut self, template: &str) {
        self.text(&Text::marked(template));
    }

    /// Announces a cell; [`Writer::in_cell`] then prints it, in as many pieces as the layout breaks it into.
    pub fn cell(&mut self, table: &Table, row: usize, column: usize, cell: &Cell) -> usize {
        self.cells.push(PlacedCell {
            table: self.tables,
            title: self.title(table),
            kind: table.kind,
            row,
            column,
            rows: cell.rows,
            columns: cell.columns,
            text: cell.text.plain().trim().to_owned(),
            start: usize::MAX,
            end: 0,
            header: cell.header,
        });
        self.cells.len() - 1
    }

    /// The table's title, shared by its cells.
    fn title(&self, table: &Table) -> Arc<str> {
        match self.cells.last() {
            Some(cell) if cell.table == self.tables => Arc::clone(&cell.title),
            _ => table.title.plain().into(),
        }
    }

    /// Prints a piece of an announced cell.
    pub fn in_cell(&mut self, cell: usize, text: &Text) {
        let start = self.out.len();
        self.text(text);
        let end = self.out.len();
        if end > start
            && let Some(placed) = self.cells.get_mut(cell)
        {
            placed.start = placed.start.min(start);
            placed.end = placed.end.max(end);
        }
    }
}
