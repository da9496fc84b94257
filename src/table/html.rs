//! Tables in markup: `<table>`, `<tr>`, `<td rowspan= colspan=>`.
//!
//! In: a block of markup. Out: its tables, nested ones after the one that holds them. Where the markup
//! tells spans, nothing is inferred but which cells are labels; Tika leaves them out, and its tables
//! are read like those of Word. A cell's text is what stands
//! between tags; a tag inside cuts it into parts. Entities stay as they are: a cell's text is what
//! the file has.

use super::grid::{Placed, PlacedRow, Slot, finish};
use super::header::{is_label, roles};
use super::words::{is_code, is_number, ordinal};
use super::{Table, tiers, tika};
use crate::layout::TableLayout;
use crate::problem::Problem;
use crate::source::Span;

/// Columns beyond which a table is not believed.
const MOST_COLUMNS: usize = 16_384;
/// Tables inside tables beyond which no more are opened.
const DEEPEST: usize = 16;

/// Reads the tables in `span`.
pub(super) fn read(text: &str, span: Span, problems: &mut Vec<Problem>) -> Vec<Table> {
    let mut reader = Reader { text, open: Vec::new(), done: Vec::new() };
    let mut at = span.start;
    while let Some(found) = memchr::memchr(b'<', Span::new(at, span.end).of(text).as_bytes()) {
        let tag = at + found as u32;
        reader.add(Span::new(at, tag));
        let rest = Span::new(tag, span.end).of(text);
        let length = tag_length(rest);
        reader.tag(&rest[..length]);
        at = tag + length as u32;
    }
    reader.add(Span::new(at, span.end));
    while !reader.open.is_empty() {
        reader.close_table();
    }
    let mut tables: Vec<Table> = reader.done.into_iter().filter_map(|table| table.finish(text, problems)).collect();
    tables.sort_by_key(|table| table.span.start);
    tables
}

/// Length of the tag or comment at the start of `rest`; 1 if it is none.
fn tag_length(rest: &str) -> usize {
    if rest.starts_with("<!--") {
        return rest.find("-->").map_or(rest.len(), |at| at + 3);
    }
    let is_tag = rest.as_bytes().get(1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!' | b'?'));
    if is_tag { memchr::memchr(b'>', rest.as_bytes()).map_or(rest.len(), |at| at + 1) } else { 1 }
}

/// A table that is being read.
#[derive(Default)]
struct Grid {
    rows: Vec<PlacedRow>,
    /// The first row in which each column is free again.
    free_from: Vec<usize>,
    cell: Option<Open>,
    headed: bool,
    /// Whether any cell says how far it reaches; Tika leaves that out.
    spanned: bool,
}

/// A cell that is being read.
struct Open {
    row_span: usize,
    column_span: usize,
    header: bool,
    parts: Vec<Span>,
}

struct Reader<'t> {
    text: &'t str,
    open: Vec<Grid>,
    done: Vec<Grid>,
}

impl Reader<'_> {
    /// Text between tags.
    fn add(&mut self, span: Span) {
        if let Some(cell) = self.open.last_mut().and_then(|grid| grid.cell.as_mut())
            && !is_blank(span.of(self.text))
        {
            cell.parts.push(span);
        }
    }

    fn tag(&mut self, tag: &str) {
        let inner = tag.trim_start_matches(['<', '/']);
        let length = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = inner[..length].to_ascii_lowercase();
        let closes = tag.starts_with("</");
        match (name.as_str(), closes) {
            ("table", false) if self.open.len() < DEEPEST => self.open.push(Grid::default()),
            ("table", true) => self.close_table(),
            ("tr", false) => {
                if let Some(grid) = self.open.last_mut() {
                    grid.close_cell(self.text);
                    grid.open_row();
                }
            }
            ("tr" | "td" | "th", true) => {
                if let Some(grid) = self.open.last_mut() {
                    grid.close_cell(self.text);
                }
            }
            ("td" | "th", false) => {
                if let Some(grid) = self.open.last_mut() {
                    grid.close_cell(self.text);
                    if grid.rows.is_empty() {
                        grid.open_row();
                    }
                    grid.headed |= name == "th";
                    grid.spanned |= inner.contains("span=");
                    let span = |word| number_after(inner, word).clamp(1, 1 << 16);
                    let (row_span, column_span) = (span("rowspan"), span("colspan"));
                    grid.cell = Some(Open { row_span, column_span, header: name == "th", parts: Vec::new() });
                }
            }
            _ => {}
        }
    }

    fn close_table(&mut self) {
        if let Some(mut grid) = self.open.pop() {
            grid.close_cell(self.text);
            self.done.push(grid);
        }
    }
}

/// Whether `words` hold nothing but white space and entities of it.
fn is_blank(words: &str) -> bool {
    let mut rest = words.trim_start();
    while let Some(after) =
        ["&nbsp;", "&#160;", "&#xa0;", "&emsp;"].iter().find_map(|entity| rest.strip_prefix(*entity))
    {
        rest = after.trim_start();
    }
    rest.is_empty()
}

/// The number that attribute `word` of a tag has; 1 if it has none.
fn number_after(tag: &str, word: &str) -> usize {
    let lower = tag.to_ascii_lowercase();
    let Some(at) = lower.find(word) else { return 1 };
    let value = lower[at + word.len()..].trim_start_matches([' ', '=', '"', '\'']);
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    value[..digits].parse().unwrap_or(1)
}

impl Grid {
    fn open_row(&mut self) {
        self.rows.push(PlacedRow::new());
    }

    fn close_cell(&mut self, text: &str) {
        let Some(cell) = self.cell.take() else { return };
        let Some(index) = self.rows.len().checked_sub(1) else { return };
        let row = &mut self.rows[index];
        let from = row.last().map_or(0, Placed::end);
        let width = self.free_from.len();
        let column = (from..width).find(|&column| self.free_from[column] <= index).unwrap_or(width.max(from));
        let column_span = cell.column_span.min(MOST_COLUMNS.saturating_sub(column));
        if column_span == 0 {
            return;
        }
        let end = column + column_span;
        self.free_from.resize(width.max(end), 0);
        self.free_from[column..end].fill(index + cell.row_span);
        let mut placed = Placed::new(column, column_span, cell.header, Slot::of_parts(text, cell.parts));
        placed.row_span = cell.row_span;
        row.push(placed);
    }

    /// The table, with its labels told from its data.
    fn finish(mut self, text: &str, problems: &mut Vec<Problem>) -> Option<Table> {
        self.rows.retain(|row| !row.is_empty());
        if !self.spanned && self.rows.len() > 1 && self.free_from.len() > 1 {
            let slots = |row: PlacedRow| row.into_iter().map(|cell| cell.slot).collect();
            return tika::arrange(text, TableLayout::Html, self.rows.into_iter().map(slots).collect(), problems);
        }
        let width = self.free_from.len();
        if !tiers::flag(text, &mut self.rows, width) && !self.headed {
            flag(text, &mut self.rows, width);
        }
        finish(TableLayout::Html, self.rows, width)
    }
}

/// Tells labels from data: the rows above the first number, then by what their columns hold.
fn flag(text: &str, rows: &mut [PlacedRow], width: usize) {
    let states = |row: &PlacedRow| {
        row.iter().any(|cell| {
            let whole = cell.slot.text(text);
            is_code(&whole) || is_number(&whole) && ordinal(&whole).is_none_or(|number| number > 40)
        })
    };
    let head = rows.iter().position(states).unwrap_or(1).min(rows.len());
    for cell in rows[..head].iter_mut().flatten() {
        cell.header = true;
    }
    let roles = roles(text, &rows[..head], None, width);
    for cell in rows[head..].iter_mut().flatten() {
        cell.header = !cell.slot.is_blank() && is_label(text, cell.slot.span, roles[cell.column]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let show = |cell: &super::super::Cell| {
            format!("{},{} {}x{} {}", cell.row, cell.column, cell.row_span, cell.column_span, cell.text(text))
        };
        read(text, Span::from(0..text.len()), &mut Vec::new())
            .iter()
            .map(|table| table.cells.iter().map(show).collect())
            .collect()
    }

    #[test]
    fn spans_are_those_of_the_markup() {
        let text = "<table><tr><td rowspan=\"2\">项目</td><td colspan='2'>决算数</td></tr>\n<tr><td>基本</td><td>项目</td></tr>\
                    <tr><td><p>教育\n</p><b>支出</b></td><td>3.10</td><td>&nbsp;</td></tr></table>";
        assert_eq!(
            cells(text),
            [["0,0 2x1 项目", "0,1 1x2 决算数", "1,1 1x1 基本", "1,2 1x1 项目", "2,0 1x1 教育支出", "2,1 1x1 3.10"]]
        );
    }

    #[test]
    fn a_table_in_a_cell_is_a_table_of_its_own() {
        let text = "<table><tr><td>外<table><tr><td>内</td></tr></table>后</td></tr></table>";
        assert_eq!(cells(text), [["0,0 1x1 外后"], ["0,0 1x1 内"]]);
    }

    #[test]
    fn broken_markup_and_huge_spans_do_no_harm() {
        for text in [
            "<table><td colspan=99999999>x",
            "<table><tr><td rowspan=99999>x</table>",
            "<td>x</td></table>",
            "<table <tr",
        ] {
            let tables = read(text, Span::from(0..text.len()), &mut Vec::new());
            assert!(tables.iter().all(|table| table.rows <= 2 && table.columns as usize <= MOST_COLUMNS));
        }
    }
}
