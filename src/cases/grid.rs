//! Cases of grids: a table with visible cell borders, and every number of it with what it is read as.
//! Covered places are `<` (by the cell to the left) and `^` (by the one above); a blank place has no cell. The
//! grid is given to the reader of tables as it stands, so that a case needs no converter's layout.

use crate::fact::Fact;
use crate::fact::table::{TableContext, read_table};
use crate::figure::scan_numbers;
use crate::grammar::Grammars;
use crate::layout::TableLayout;
use crate::quantity::{NumberClass, Phase};
use crate::source::Span;
use crate::table::{Cell, Table, TableKind};
use std::collections::BTreeSet;

/// Whether the case's text is a grid.
pub(super) fn is_grid(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let keys = lines.by_ref().find(|line| !is_key(line));
    keys.is_some_and(|line| line.starts_with('|')) && lines.all(|line| line.starts_with('|'))
}

/// The keys of a grid, before its rows.
const KEYS: [&str; 5] = ["title", "form", "unit", "kind", "year"];

fn is_key(line: &str) -> bool {
    line.split_once(": ").is_some_and(|(key, _)| KEYS.contains(&key))
}

/// The table of the case; its text is the case itself.
fn table(text: &str) -> (Table, Option<i16>) {
    let mut table = Table {
        layout: TableLayout::Tsv,
        kind: TableKind::Other,
        title: None,
        form: None,
        unit: None,
        section: None,
        rows: 0,
        columns: 0,
        span: Span::from(0..text.len()),
        cells: Vec::new(),
        unsure: Vec::new(),
    };
    let mut year = None;
    let mut at = 0;
    for line in text.split('\n') {
        let start = at;
        at += line.len() + 1;
        if let Some((key, value)) = line.split_once(": ").filter(|_| is_key(line)) {
            match key {
                "title" => table.title = Some(value.to_owned()),
                "form" => table.form = Some(value.to_owned()),
                "unit" => table.unit = Some(value.to_owned()),
                "kind" => table.kind = TableKind::from_word(value).unwrap_or(TableKind::Other),
                "year" => year = value.parse().ok(),
                _ => {}
            }
            continue;
        }
        if !line.starts_with('|') {
            continue;
        }
        let mut column = 0;
        let mut place = start + 1;
        for words in line.trim_start_matches('|').trim_end_matches('|').split('|') {
            let cell = place + (words.len() - words.trim_start().len());
            cover(&mut table, words.trim(), column, cell);
            place += words.len() + 1;
            column += 1;
        }
        table.columns = table.columns.max(column);
        table.rows += 1;
    }
    (table, year)
}

/// Adds a cell to the last row, or widens the one that covers the place.
fn cover(table: &mut Table, words: &str, column: u32, start: usize) {
    let row = table.rows;
    match words {
        "" => {}
        "<" => {
            if let Some(cell) = table.cells.iter_mut().rev().find(|cell| cell.row == row) {
                cell.column_span = column + 1 - cell.column;
            }
        }
        "^" => {
            let covers = |cell: &&mut Cell| cell.column <= column && column < cell.column + cell.column_span;
            if let Some(cell) = table.cells.iter_mut().rev().find(covers) {
                cell.row_span = row + 1 - cell.row;
            }
        }
        _ => table.cells.push(Cell {
            row,
            column,
            row_span: 1,
            column_span: 1,
            header: false,
            span: Span::from(start..start + words.len()),
            parts: None,
        }),
    }
}

/// Every number of the grid as a case shows it, and the rules that read them.
///
/// ```text
/// title: 收入决算表
/// unit: 万元
/// year: 2031
/// | 项目 | < | 本年收入合计 |
/// | 合计 | < | 12.5 |
/// ---
/// kind income
/// 1,2  12.5  income.current_year  amount executed 2031 all  125000 CNY  合计 × 本年收入合计
/// ```
pub(super) fn describe(text: &str, grammars: &Grammars) -> (Vec<String>, BTreeSet<String>) {
    let (mut table, year) = table(text);
    let numbers = scan_numbers(text);
    let context = TableContext { fiscal_year: year, ..TableContext::default() };
    let reading = read_table(text, &mut table, &context, &numbers, grammars, None);
    let mut lines = vec![format!("kind {}", table.kind.as_str())];
    for (index, cell) in table.cells.iter().enumerate() {
        let place = format!("{},{}", cell.row, cell.column);
        if let Some(prose) = reading.prose.iter().find(|prose| prose.cell as usize == index) {
            let line = format!("{place}  prose  {}  {}", prose.phase.map_or("-", Phase::as_str), prose.column);
            lines.push(line.trim_end().to_owned());
            continue;
        }
        for (at, token) in numbers.iter().enumerate().filter(|(_, token)| cell.span.contains(token.span)) {
            let raw = token.span.of(text);
            let facts: Vec<_> = reading.facts.iter().filter(|fact| fact.number as usize == at).collect();
            lines.extend(facts.iter().map(|fact| format!("{place}  {raw}  {}", show(fact))));
            if facts.is_empty() {
                let class = reading.numbers.iter().find(|(number, ..)| *number as usize == at).map(|found| found.1);
                lines.push(format!("{place}  {raw}  {}", class.unwrap_or(NumberClass::Unread).as_str()));
            }
        }
    }
    let rules = reading.numbers.iter().map(|(.., rule)| *rule).chain(reading.facts.iter().map(|fact| fact.rule));
    (lines, rules.map(str::to_owned).collect())
}

/// A fact on one line.
fn show(fact: &Fact<'_>) -> String {
    let mut words = vec![fact.measure.as_str().to_owned()];
    words.extend(fact.phase.map(|phase| phase.as_str().to_owned()));
    words.extend(fact.period.map(|year| year.to_string()));
    words.extend(fact.base_period.map(|year| format!("base {year}")));
    words.extend(fact.fund.map(|fund| fund.as_str().to_owned()));
    let code = fact.function_code.as_ref().or(fact.economic_code.as_ref());
    let name = fact.function_name.as_ref().or(fact.economic_name.as_ref());
    let class = [code, name].into_iter().flatten().fold(String::new(), |class, word| class + "  [" + word + "]");
    let flags = fact.flags.names().map_or(String::new(), |flags| format!("  ! {flags}"));
    let (concept, unit) = (fact.concept.unwrap_or("-"), fact.unit.as_str());
    format!("{concept}  {}  {} {unit}  {}{class}{flags}", words.join(" "), fact.value, fact.item)
}
