//! Runs the cases beside the statement grammars: `grammars/tables/*.cases.txt`.
//!
//! A case is a grid with visible cell borders and every number of it with what it is read as:
//!
//! ```text
//! === income: the row of the whole
//! title: 收入决算表
//! unit: 万元
//! year: 2031
//! | 项目 | < | 本年收入合计 |
//! | 合计 | < | 12.5 |
//! ---
//! 1,2  12.5  income.current_year  amount executed 2031 all  125000 CNY  合计 × 本年收入合计
//! ```
//!
//! `<` and `^` are places that the cell to the left or above covers; a blank place has no cell.
//! `JUESUAN_REFRESH=1` writes what is read into the files; read the difference before it is kept.

use super::*;
use crate::figure::scan_numbers;
use crate::grammar::GrammarFiles;
use crate::layout::TableLayout;
use std::path::Path;

/// One case: its lines up to `---`, and the lines expected.
struct Case<'c> {
    name: &'c str,
    given: Vec<&'c str>,
    expected: Vec<&'c str>,
}

fn cases(file: &str) -> Vec<Case<'_>> {
    let mut cases: Vec<Case<'_>> = Vec::new();
    let mut answered = false;
    for line in file.lines() {
        if let Some(name) = line.strip_prefix("=== ") {
            cases.push(Case { name, given: Vec::new(), expected: Vec::new() });
            answered = false;
        } else if let Some(case) = cases.last_mut() {
            match line.trim() {
                "---" => answered = true,
                "" => {}
                _ if answered => case.expected.push(line.trim_end()),
                _ => case.given.push(line.trim_end()),
            }
        }
    }
    cases
}

/// The table of the case; its text is the case itself.
fn table(case: &Case<'_>, text: &str) -> (Table, Option<i16>) {
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
    };
    let mut year = None;
    let mut at = 0;
    for line in &case.given {
        let start = at;
        at += line.len() + 1;
        if let Some((key, value)) = line.split_once(": ").filter(|_| !line.starts_with('|')) {
            match key {
                "title" => table.title = Some(value.to_owned()),
                "form" => table.form = Some(value.to_owned()),
                "unit" => table.unit = Some(value.to_owned()),
                "kind" => table.kind = TableKind::from_word(value).unwrap_or(TableKind::Other),
                "year" => year = value.parse().ok(),
                other => panic!("{}: no such key “{other}”", case.name),
            }
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

/// Every number of the grid, as a case shows it.
fn shown(case: &Case<'_>, grammars: &Grammars) -> Vec<String> {
    let text = case.given.join("\n");
    let (mut table, year) = table(case, &text);
    let numbers = scan_numbers(&text);
    let context = TableContext { fiscal_year: year, ..TableContext::default() };
    let reading = read_table(&text, &mut table, &context, &numbers, grammars);
    let mut lines = vec![format!("kind {}", table.kind.as_str())];
    for (index, cell) in table.cells.iter().enumerate() {
        let place = format!("{},{}", cell.row, cell.column);
        if let Some(prose) = reading.prose.iter().find(|prose| prose.cell as usize == index) {
            lines.push(format!("{place}  prose  {}  {}", prose.phase.map_or("-", Phase::as_str), prose.column));
            continue;
        }
        for (at, token) in numbers.iter().enumerate().filter(|(_, token)| cell.span.contains(token.span)) {
            let raw = token.span.of(&text);
            let facts: Vec<_> = reading.facts.iter().filter(|fact| fact.number as usize == at).collect();
            lines.extend(facts.iter().map(|fact| format!("{place}  {raw}  {}", show(fact))));
            if facts.is_empty() {
                let class = reading.numbers.iter().find(|(number, ..)| *number as usize == at).map(|found| found.1);
                lines.push(format!("{place}  {raw}  {}", class.unwrap_or(NumberClass::Unread).as_str()));
            }
        }
    }
    lines
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

#[test]
fn cases_beside_the_grammars_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("grammars/tables");
    let grammars = Grammars::load(&GrammarFiles::embedded()).unwrap();
    let refresh = std::env::var_os("JUESUAN_REFRESH").is_some();
    let mut paths: Vec<_> = std::fs::read_dir(&folder).unwrap().flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(".cases.txt"));
    paths.sort();
    assert!(!paths.is_empty(), "no cases in {}", folder.display());
    let mut wrong = Vec::new();
    for path in paths {
        let file = std::fs::read_to_string(&path).unwrap();
        let found = cases(&file);
        let head = file.split("=== ").next().unwrap_or("");
        let mut written = head.to_owned();
        for case in &found {
            let lines = shown(case, &grammars);
            if lines != case.expected {
                wrong.push(format!("{}: {}\n  {}", path.display(), case.name, difference(&lines, &case.expected)));
            }
            let (given, read) = (case.given.join("\n"), lines.join("\n"));
            written.extend(["=== ", case.name, "\n", &given, "\n---\n", &read, "\n\n"]);
        }
        if refresh {
            std::fs::write(&path, written.trim_end().to_owned() + "\n").unwrap();
        }
    }
    assert!(refresh || wrong.is_empty(), "{}\nJUESUAN_REFRESH=1 writes what is read", wrong.join("\n"));
}

fn difference(found: &[String], expected: &[&str]) -> String {
    let lost = expected.iter().filter(|line| !found.iter().any(|other| other == *line)).map(|line| format!("- {line}"));
    let new = found.iter().filter(|line| !expected.contains(&line.as_str())).map(|line| format!("+ {line}"));
    lost.chain(new).collect::<Vec<_>>().join("\n  ")
}
