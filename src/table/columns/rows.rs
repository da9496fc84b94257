//! Lines of words → rows of cells: which lines are one row.
//!
//! In: the words of each line with their columns. Out: the words of each row. Blank lines part rows
//! where they do; elsewhere a label of several lines stands half above, half below its amounts.

use super::super::grid::{Row, Slot};
use super::super::words::{is_item, is_total, squeeze};
use super::{Column, Kind, Word};

/// The words of a row with their columns.
pub(super) type Cells = Vec<(usize, Word)>;

/// Lines between blank ones are a row if only one of them has more than words, and no column has two
/// items: labels wrapped around the line of their amounts.
pub(super) fn join_blocks(text: &str, lines: &[Cells]) -> Vec<Cells> {
    let mut joined: Vec<Cells> = Vec::with_capacity(lines.len());
    for block in lines.chunk_by(|a, b| !a.is_empty() && !b.is_empty()) {
        let has_more = |line: &&Cells| line.iter().any(|(_, word)| word.kind != Kind::Text);
        let begins = |word: &Word| {
            let words = squeeze(word.span.of(text));
            is_item(&words) || is_total(&words)
        };
        let mut items: Vec<usize> =
            block.iter().flatten().filter(|(_, word)| begins(word)).map(|(at, _)| *at).collect();
        let count = items.len();
        items.sort_unstable();
        items.dedup();
        if block.len() > 1 && block.len() < 8 && block.iter().filter(has_more).count() == 1 && count == items.len() {
            joined.push(block.iter().flatten().copied().collect());
        } else {
            joined.extend(block.iter().cloned());
        }
    }
    joined
}

/// Rows of a statement with codes: lines of mere words belong to the amounts that they surround.
pub(super) fn join_around_amounts(text: &str, lines: Vec<Cells>, columns: &[Column]) -> Vec<Cells> {
    let lines: Vec<Cells> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let amounts = next_amounts(&lines);
    let mut rows: Vec<Cells> = Vec::new();
    // Lines of words above the next amounts, and how many below the last ones are still due.
    let mut above: Vec<Cells> = Vec::new();
    let mut due = 0;
    for (index, line) in lines.iter().enumerate() {
        let is_total = line.len() == 1 && is_total(&squeeze(line[0].1.span.of(text)));
        if amounts[index] != index && !is_total {
            let next = lines.get(amounts[index]);
            let unnamed = next.is_some_and(|next| !next.iter().any(|(at, _)| *at == line[0].0));
            let is_named = |row: &Cells| row.iter().any(|(column, _)| columns[*column].kind == Kind::Text);
            match rows.last_mut() {
                Some(last) if due > 0 => {
                    due -= 1;
                    last.extend(line);
                }
                // The next row has a name of its own: these words end the name above.
                Some(last) if !unnamed && is_named(last) && above.is_empty() && !surrounded(index, &amounts) => {
                    last.extend(line);
                }
                _ => above.push(line.clone()),
            }
            continue;
        }
        let is_code = |row: &Cells| row.iter().all(|(_, word)| word.kind == Kind::Code);
        let coded = line.iter().any(|(_, word)| word.kind == Kind::Code);
        match rows.last_mut() {
            // A code on a line of its own, its name and amount on the next.
            Some(last) if !coded && above.is_empty() && is_code(last) => last.extend(line),
            _ => {
                due = above.len();
                let mut row: Cells = above.drain(..).flatten().collect();
                row.extend(line);
                rows.push(row);
            }
        }
    }
    rows.extend(above);
    rows
}

/// For each line the next one, itself included, that has more than words.
fn next_amounts(lines: &[Cells]) -> Vec<usize> {
    let mut next = vec![lines.len(); lines.len() + 1];
    for index in (0..lines.len()).rev() {
        let is_words = lines[index].iter().all(|(_, word)| word.kind == Kind::Text);
        next[index] = if is_words { next[index + 1] } else { index };
    }
    next
}

/// Whether as many lines of words follow the next amounts as stand above them.
fn surrounded(index: usize, amounts: &[usize]) -> bool {
    let next = amounts[index];
    let after = (next + 1).min(amounts.len() - 1);
    amounts[after] - after >= next - index
}

/// Rows of a statement without codes: each line is one, unless it ends an item that began above.
pub(super) fn join_wrapped(text: &str, lines: Vec<Cells>) -> Vec<Cells> {
    let mut rows: Vec<Cells> = Vec::new();
    let mut contiguous = false;
    for line in lines {
        if line.is_empty() {
            contiguous = false;
            continue;
        }
        let words = |word: &Word| squeeze(word.span.of(text));
        let ends_item = |(column, word): &(usize, Word)| {
            let label = words(word);
            let over = rows.last().and_then(|row| row.iter().find(|(at, _)| at == column));
            word.kind == Kind::Text
                && over.is_some_and(|(_, over)| is_item(over.span.of(text)))
                && !is_item(&label)
                && !["计", "结余", "结转", "分配"].iter().any(|end| label.ends_with(end))
        };
        if contiguous && line.iter().all(ends_item) {
            if let Some(last) = rows.last_mut() {
                last.extend(line);
            }
        } else {
            rows.push(line);
        }
        contiguous = true;
    }
    rows
}

/// The slots of a row; the label of a total reaches from the codes.
pub(super) fn slots(text: &str, mut cells: Cells, columns: &[Column]) -> Row {
    cells.sort_by_key(|(column, word)| (*column, word.span.start));
    let mut row: Row = vec![Slot::default(); columns.len()];
    for cell in cells.chunk_by(|a, b| a.0 == b.0) {
        row[cell[0].0] = Slot::of_parts(text, cell.iter().map(|(_, word)| word.span));
    }
    for index in 1..row.len() {
        let total = columns[index].kind == Kind::Text && is_total(&squeeze(&row[index].text(text)));
        if total && columns[index - 1].kind == Kind::Code && row[index - 1].is_blank() {
            row.swap(index - 1, index);
        }
    }
    row
}
