//! The row of column numbers, 栏次 1 2 3, in tables by columns of spaces.
//!
//! In: the lines of a table and its columns. Out: the row, placed: each number over its column, in order; and the
//! columns that only a number tells, because they have no data.

use super::super::grid::{Placed, PlacedRow, Slot};
use super::super::header::Role;
use super::super::words::{ordinal, squeeze};
use super::align::{Place, align};
use super::{Column, Kind, Line, Word};

/// Takes the row of column numbers, 栏次 1 2 3, off the first page.
pub(super) fn cut_numbering(text: &str, page: &mut Vec<Line>) -> Option<Line> {
    let at = page.iter().position(|line| !line.is_empty())?;
    let numbers: Vec<u32> = page[at].iter().filter_map(|word| ordinal(word.span.of(text))).collect();
    let is_label = |word: &Word| ordinal(word.span.of(text)).is_some() || squeeze(word.span.of(text)) == "栏次";
    let counts = numbers.len() > 1 && numbers.iter().copied().eq(1..=numbers.len() as u32);
    (counts && page[at].iter().all(is_label)).then(|| page.remove(at))
}

/// The columns that only a number of the row 栏次 tells.
pub(super) fn numbered_only(text: &str, numbering: Option<&Line>, columns: &[Column]) -> Vec<Column> {
    let numbers: Vec<&Word> = numbering.into_iter().flatten().filter(|word| is_ordinal(text, word)).collect();
    let places: Vec<Place> = numbers.iter().map(|word| numbering_place(word)).collect();
    let unknown = numbers.iter().zip(align(&places, columns)).filter(|(_, found)| found.is_none());
    unknown.map(|(word, _)| Column { kind: Kind::Number, from: word.from, to: word.to }).collect()
}

/// A column number that looks for its column.
fn numbering_place(word: &Word) -> Place {
    Place { from: word.from, to: word.to, kind: Some(Kind::Number), alone: 30 }
}

/// Places the row of column numbers: each over its column, in order.
pub(super) fn place_numbering(text: &str, line: &Line, columns: &[Column], roles: &[Role]) -> PlacedRow {
    let kind = |word: &Word| match ordinal(word.span.of(text)) {
        Some(_) => Some(Kind::Number),
        None => Some(Kind::Text),
    };
    let places: Vec<Place> = line.iter().map(|word| Place { kind: kind(word), ..numbering_place(word) }).collect();
    let mut aligned = align(&places, columns);
    let numbered: Vec<usize> = (0..columns.len()).filter(|&at| is_numbered(roles[at], &columns[at])).collect();
    let numbers: Vec<usize> = (0..line.len()).filter(|&at| is_ordinal(text, &line[at])).collect();
    if numbers.len() == numbered.len() {
        // As many numbers as columns: each has its own.
        numbers.into_iter().zip(numbered).for_each(|(number, column)| aligned[number] = Some(column));
    }
    let mut placed = PlacedRow::new();
    for (word, found) in line.iter().zip(aligned) {
        let slot = Slot { span: word.span, parts: None };
        let from = placed.last().map_or(0, Placed::end);
        let Some(at) = found.or((from < columns.len()).then_some(from)).filter(|at| *at >= from) else {
            // More numbers than columns: the last takes them.
            if let Some(last) = placed.last_mut() {
                last.slot.add(text, slot);
            }
            continue;
        };
        // 栏次 reaches from the codes over the names.
        let first = (from..=at)
            .rev()
            .take_while(|&at| columns[at].kind != Kind::Number && matches!(roles[at], Role::Code | Role::Label))
            .last()
            .unwrap_or(at);
        let first = if roles.get(first) == Some(&Role::Code) { first } else { at };
        placed.push(Placed::new(first, at + 1 - first, true, slot));
    }
    placed
}

/// Whether the row 栏次 has a number for a column.
pub(super) fn is_numbered(role: Role, column: &Column) -> bool {
    column.kind == Kind::Number && role != Role::Ordinal
}

pub(super) fn is_ordinal(text: &str, word: &Word) -> bool {
    ordinal(word.span.of(text)).is_some()
}
