//! Tables with pipes between their cells (Markdown, scraped pages).
//!
//! In: the lines of the table. Out: a table. A pipe at both ends of each row is a border. `\|` is a character of the cell, a row of dashes tells
//! the alignment and is none of the rows, `<br>` cuts a cell into parts. Writers repeat a merged
//! heading in every column that it covers: the repetition is taken as the blank that it stands for.

use super::grid::{Row, Slot};
use super::ragged::{self, Ragged};
use super::words::{is_number, is_total, squeeze};
use super::{Table, tika, tsv};
use crate::layout::TableLayout;
use crate::problem::{Problem, Severity};
use crate::source::Span;

/// Rows from the top in which repeated headings are merged ones.
const HEAD: usize = 4;

/// Reads the table in `span`.
pub(super) fn read(text: &str, span: Span, problems: &mut Vec<Problem>) -> Option<Table> {
    let mut rows = Vec::new();
    let mut start = span.start;
    let lines = || span.of(text).split_inclusive('\n');
    let piped = || lines().filter(|line| line.contains('|'));
    let bordered = piped().all(|line| line.trim_start().starts_with('|'));
    // Pipes only between cells, a row of dashes below the first: then a pipe at the end has a blank cell behind it.
    let separated = !bordered && lines().any(is_alignment) && !piped().all(|line| line.trim_end().ends_with('|'));
    let mut first = 0;
    for line in lines() {
        if is_alignment(line) {
            first = rows.len();
        } else if line.contains('|') || separated && !line.trim().is_empty() {
            rows.push(slots(text, start, line, bordered, separated));
        }
        start += line.len() as u32;
    }
    if separated {
        rows = ragged::join_torn(text, rows, first);
        match ragged::read(text, &rows) {
            Some(Ragged::Cells(rows)) => return tika::arrange(text, TableLayout::Markdown, rows, problems),
            Some(Ragged::Headless(rows)) => {
                let span = rows.iter().flatten().find(|slot| is_number(&slot.text(text))).map(|slot| slot.span);
                problems.push(Problem::new(Severity::Warning, "table-column-unknown", UNKNOWN, span));
                return tsv::arrange(text, TableLayout::Markdown, rows, problems);
            }
            Some(Ragged::Whole(whole)) => rows = whole,
            None => {}
        }
    }
    for (index, row) in rows.iter_mut().enumerate() {
        blank_repeated(text, row, index < HEAD);
    }
    blank_repeated_below(text, &mut rows);
    tsv::arrange(text, TableLayout::Markdown, rows, problems)
}

const UNKNOWN: &str = "merged headings left no trace in this table, and nothing tells which columns they stand over: the facts say nothing about the column; compare with the printed form";

/// Whether `line` is the row of dashes below the first row.
fn is_alignment(line: &str) -> bool {
    line.contains("--") && line.trim().bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t'))
}

/// The slots of `line`, which begins at byte `start`; where rows are not `bordered`, a pipe at the front
/// stands behind a blank cell; where pipes are `separated`, one at the end before one.
fn slots(text: &str, start: u32, line: &str, bordered: bool, separated: bool) -> Row {
    let body = line.trim();
    let mut from = start + (line.len() - line.trim_start().len()) as u32;
    let end = from + body.len() as u32;
    let mut row = Row::new();
    let mut escaped = false;
    if bordered && body.starts_with('|') {
        from += 1;
    }
    for (at, byte) in body.bytes().enumerate() {
        let at = end - body.len() as u32 + at as u32;
        if byte == b'|' && !escaped && at >= from {
            row.push(cell(text, Span::new(from, at)));
            from = at + 1;
        }
        escaped = byte == b'\\' && !escaped;
    }
    if from < end || separated {
        row.push(cell(text, Span::new(from, end)));
    }
    row
}

/// The slot of `span`, cut at `<br>`; marks of bold type at its ends are left out.
fn cell(text: &str, span: Span) -> Slot {
    let mut parts = Vec::new();
    let mut rest = span;
    while let Some(at) = rest.of(text).find("<br") {
        let cut = rest.start + at as u32;
        let length = rest.of(text)[at..].find('>').map_or(3, |close| close + 1);
        parts.push(Span::new(rest.start, cut));
        rest = Span::new(cut + length as u32, rest.end);
    }
    parts.push(rest);
    let unmark = |part: Span| {
        let part = super::grid::trim(text, part);
        let words = part.of(text);
        if words.len() > 4 && words.starts_with("**") && words.ends_with("**") {
            return Span::new(part.start + 2, part.end - 2);
        }
        part
    };
    Slot::of_parts(text, parts.into_iter().map(unmark))
}

/// Blanks the slots that repeat the label on their left.
fn blank_repeated(text: &str, row: &mut Row, heading: bool) {
    let mut before = String::new();
    for slot in row {
        let words = squeeze(&slot.text(text));
        let repeats = !words.is_empty() && words == before && !is_number(&words) && (heading || is_total(&words));
        if repeats {
            *slot = Slot::default();
        } else {
            before = words;
        }
    }
}

/// Blanks the headings that repeat the one above, in the rows below the first.
fn blank_repeated_below(text: &str, rows: &mut [Row]) {
    for index in (1..rows.len().min(HEAD)).rev() {
        let (above, below) = rows.split_at_mut(index);
        for (slot, over) in below[0].iter_mut().zip(&above[index - 1]) {
            let words = squeeze(&slot.text(text));
            if !words.is_empty() && !is_number(&words) && words == squeeze(&over.text(text)) {
                *slot = Slot::default();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<String> {
        let table = read(text, Span::from(0..text.len()), &mut Vec::new()).expect("a table");
        let show = |cell: &super::super::Cell| {
            format!("{},{} {}x{} {}", cell.row, cell.column, cell.row_span, cell.column_span, cell.text(text))
        };
        table.cells.iter().map(show).collect()
    }

    #[test]
    fn rows_of_dashes_are_no_rows_and_escaped_pipes_are_text() {
        let text = "| 项目 | 金额 |\n|---|---:|\n| 甲\\|乙<br>丙 | 1.50 |\n";
        assert_eq!(cells(text), ["0,0 1x1 项目", "0,1 1x1 金额", "1,0 1x1 甲\\|乙丙", "1,1 1x1 1.50"]);
    }

    #[test]
    fn rows_without_a_border_can_begin_with_a_blank_cell() {
        let text = "项目| 行次| 金额\n---|---|---\n甲| 1| 2.50\n| 2|   \n";
        assert_eq!(cells(text)[3..], ["1,0 1x1 甲", "1,1 1x1 1", "1,2 1x1 2.50", "2,1 1x1 2"]);
    }

    #[test]
    fn repeated_headings_are_merged_ones() {
        let text = "| 收入 | 收入 | 支出 | 支出 |\n|--|--|--|--|\n| 项目 | 决算数 | 项目 | 决算数 |\n| 一、拨款 | 3.10 | 一、教育 | 3.10 |\n";
        assert_eq!(cells(text)[..3], ["0,0 1x2 收入", "0,2 1x2 支出", "1,0 1x1 项目"]);
    }
}
