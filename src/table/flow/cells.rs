//! The cells of a form with tiers: a line each, or the words of lines.
//!
//! In: the lines of the form. Out: cells in the order of the text, and whether each may go on with the one before it.

use super::super::grid::{Slot, trim};
use super::super::words::{is_dash, is_number, squeeze};
use super::fill::Joins;
use super::{forms, without_tags};
use crate::source::Span;

/// A cell of the form or a piece of one, or a blank cell.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) slot: Slot,
    pub(super) words: String,
    pub(super) joins: Joins,
}

impl Cell {
    pub(super) fn is_blank(&self) -> bool {
        self.slot.is_blank()
    }

    pub(super) fn slot(&self) -> Slot {
        self.slot.clone()
    }

    /// Whether it is nothing but a number or a dash for one.
    pub(super) fn is_amount(&self) -> bool {
        is_number(&self.words) || is_dash(&self.words) || self.words == "/"
    }
}

/// The slot of several cells; lines that follow each other are one piece of text.
pub(super) fn slot_of(text: &str, cells: &[Cell]) -> Slot {
    let mut spans: Vec<Span> = Vec::new();
    for slot in cells.iter().map(|cell| &cell.slot).filter(|slot| !slot.is_blank()) {
        for part in slot.parts.as_deref().unwrap_or(std::slice::from_ref(&slot.span)) {
            let near = |last: &&mut Span| {
                last.end <= part.start && Span::new(last.end, part.start).of(text).chars().all(char::is_whitespace)
            };
            match spans.last_mut().filter(near) {
                Some(last) => last.end = part.end,
                None => spans.push(*part),
            }
        }
    }
    Slot::of_parts(text, spans)
}

/// The lines as cells; blank lines are blank cells.
pub(super) fn lines(text: &str, pieces: &[Span]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    let mut joins = Joins::Not;
    for piece in pieces {
        let mut start = piece.start;
        for line in piece.of(text).split_inclusive('\n') {
            let end = start + line.len() as u32;
            let parts = without_tags(text, Span::new(start, end));
            let span = parts.into_iter().reduce(Span::cover).map_or_else(Span::default, |span| trim(text, span));
            let words = squeeze(span.of(text)).replace('|', "");
            let span = if words.is_empty() { Span::default() } else { span };
            start = end;
            if takes_percent(text, &mut cells, &words, span) {
                continue;
            }
            if let Some(amounts) = amounts(text, span) {
                cells.extend(amounts);
            } else {
                cells.push(Cell { slot: Slot { span, parts: None }, joins, words });
            }
            joins = if span.is_empty() { Joins::Not } else { Joins::Line };
        }
        joins = Joins::Line;
    }
    cells
}

/// The cells of a line of several amounts: 62.00% 9.5.
fn amounts(text: &str, line: Span) -> Option<Vec<Cell>> {
    let whole = line.of(text);
    let mut at = 0;
    let mut cells = Vec::new();
    for part in whole.split_whitespace() {
        let start = line.start + (at + whole[at..].find(part)?) as u32;
        at = (start - line.start) as usize + part.len();
        let slot = Slot { span: Span::new(start, start + part.len() as u32), parts: None };
        let cell = Cell { slot, words: part.to_owned(), joins: Joins::Not };
        if !cell.is_amount() || matches!(part, "%" | "％") {
            return None;
        }
        cells.push(cell);
    }
    (cells.len() > 1).then_some(cells)
}

/// The words of the lines as cells.
pub(super) fn words(text: &str, pieces: &[Span]) -> Vec<Cell> {
    let pieces = forms::pieces(text, &super::lines(text, pieces));
    let joins = |at: usize| match at.checked_sub(1).map(|before| &pieces[before]) {
        Some(before) if before.line == pieces[at].line => Joins::Space,
        Some(before) if before.block == pieces[at].block => Joins::Line,
        _ => Joins::Not,
    };
    let mut cells: Vec<Cell> = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.iter().enumerate() {
        let slot = piece.slot(text);
        if !takes_percent(text, &mut cells, &piece.words, slot.span) {
            cells.push(Cell { slot, words: piece.words.clone(), joins: joins(at) });
        }
    }
    cells
}

/// Adds a percent mark that a line's end tore from its number: 100.00 / %.
fn takes_percent(text: &str, cells: &mut [Cell], words: &str, span: Span) -> bool {
    let is_open = |cell: &&mut Cell| is_number(&cell.words) && !cell.words.ends_with(['%', '％']);
    let Some(last) = cells.last_mut().filter(|_| matches!(words, "%" | "％")).filter(is_open) else { return false };
    let mark = Cell { slot: Slot { span, parts: None }, words: words.to_owned(), joins: Joins::Line };
    last.slot = slot_of(text, &[last.clone(), mark]);
    last.words.push_str(words);
    true
}

/// The words of several cells.
pub(super) fn joined(cells: &[Cell]) -> String {
    cells.iter().map(|cell| cell.words.as_str()).collect()
}
