//! Grids of gold annotations against what is read from them.

use super::*;
use crate::figure::scan_numbers;
use crate::grammar::GrammarFiles;
use crate::layout::TableLayout;
use crate::quantity::{Decimal, NumberClass};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// A row of a CSV file by column name.
type Row = HashMap<String, String>;

fn shared() -> Option<PathBuf> {
    let root = std::env::var_os("JUESUAN_SHARED").map(PathBuf::from);
    let near = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    [root, Some(near), Some("/work/shared".into())].into_iter().flatten().find(|path| path.join("gold").is_dir())
}

fn read_csv(path: &Path) -> Vec<Row> {
    let Ok(mut reader) = csv::Reader::from_path(path) else { return Vec::new() };
    reader.deserialize().filter_map(Result::ok).collect()
}

fn number(row: &Row, name: &str) -> u32 {
    row.get(name).and_then(|value| value.parse().ok()).unwrap_or(0)
}

/// The tables of a gold annotation as grids, charts left out.
fn gold_tables(rows: &[Row], text: &str) -> BTreeMap<u32, Table> {
    let mut tables = BTreeMap::new();
    for row in rows.iter().filter(|row| row["kind"] != "chart") {
        let span = Span::new(number(row, "byte_start"), number(row, "byte_end"));
        let table = tables.entry(number(row, "table")).or_insert_with(|| Table {
            layout: TableLayout::Tsv,
            kind: TableKind::Other,
            title: Some(row["title"].clone()),
            form: None,
            unit: unit_above(text, span.start),
            section: None,
            rows: 0,
            columns: 0,
            span,
            cells: Vec::new(),
        });
        let cell = Cell {
            row: number(row, "row"),
            column: number(row, "col"),
            row_span: number(row, "rowspan").max(1),
            column_span: number(row, "colspan").max(1),
            header: row["header"] == "1",
            span,
            parts: None,
        };
        table.rows = table.rows.max(cell.row + cell.row_span);
        table.columns = table.columns.max(cell.column + cell.column_span);
        table.cells.push(cell);
    }
    for table in tables.values_mut() {
        table.cells.sort_by_key(|cell| (cell.row, cell.column));
    }
    tables
}

/// The unit printed in the lines right above a table.
fn unit_above(text: &str, start: u32) -> Option<String> {
    let mut from = (start as usize).saturating_sub(160);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let above = &text[from..start as usize];
    let at = above.rfind("单位")?;
    let unit = above[at + "单位".len()..].trim_start_matches([':', '：', ' ']);
    Some(unit.lines().next().unwrap_or("").trim().to_owned())
}

fn overlap(left: &str, right: &str) -> bool {
    let count = |words: &str| {
        let mut counts: HashMap<char, usize> = HashMap::new();
        for character in words.chars().filter(|character| !character.is_whitespace() && !"（）()“”\"':：、，×/".contains(*character)) {
            *counts.entry(character).or_default() += 1;
        }
        counts
    };
    let (left, right) = (count(left), count(right));
    let size = |counts: &HashMap<char, usize>| counts.values().sum::<usize>();
    let common: usize = left.iter().map(|(character, count)| (*count).min(*right.get(character).unwrap_or(&0))).sum();
    let small = size(&left).min(size(&right));
    small > 0 && common * 10 >= small * 6
}

/// What differs between a gold figure and the facts of its number; empty if one fits in full.
fn differences(gold: &Row, facts: &[&Fact<'_>]) -> String {
    if facts.is_empty() {
        return "no fact".into();
    }
    let wanted: HashSet<&str> = gold["concept"].split('|').filter(|id| !id.is_empty()).collect();
    let named: HashSet<&str> = facts.iter().filter_map(|fact| fact.concept).collect();
    let mut wrong = Vec::new();
    let mut check = |what: &str, fits: bool, got: String| {
        if !fits {
            wrong.push(format!("{what}: {} ≠ {got}", gold.get(what).map_or("", String::as_str)));
        }
    };
    let fact = facts[0];
    let value: Option<Decimal> = gold["value"].parse().ok();
    check("value", Some(fact.value) == value, fact.value.to_string());
    check("unit", fact.unit.as_str() == gold["unit"], fact.unit.as_str().to_owned());
    check("measure", fact.measure.as_str() == gold["measure"], fact.measure.as_str().to_owned());
    let word = |phase: Option<Phase>| phase.map_or("", Phase::as_str).to_owned();
    check("phase", word(fact.phase) == gold["phase"], word(fact.phase));
    let period = fact.period.map_or(String::new(), |year| year.to_string());
    check("period", gold["period"].is_empty() || period == gold["period"], period);
    check("concept", wanted.is_subset(&named) && (!wanted.is_empty() || named.is_empty()), format!("{named:?}"));
    let loose = wanted.is_empty() || wanted.contains("expenditure.function") || wanted.contains("expenditure.economic");
    check("item", !loose || overlap(&fact.item, &gold["item"]), fact.item.clone());
    let mut flags: Vec<_> = gold["flags"].split('|').filter(|flag| !flag.is_empty() && *flag != "inconsistent").collect();
    flags.sort_unstable();
    let own = fact.flags.names().unwrap_or_default();
    check("flags", flags.join("|") == own, own.clone());
    wrong.join("; ")
}

#[test]
fn gold_grids_are_read() {
    let Some(shared) = shared() else {
        println!("skipped: no ../shared/gold");
        return;
    };
    let grammars = Grammars::load(&GrammarFiles::embedded()).unwrap();
    let mut folders: Vec<_> = std::fs::read_dir(shared.join("gold")).unwrap().flatten().map(|entry| entry.path()).collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    let (mut due, mut full, mut tokens, mut classed) = (0, 0, 0, 0);
    for folder in folders {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(shared.join("reports").join(format!("{name}.txt"))).unwrap();
        let figures = read_csv(&folder.join("figures.csv"));
        let year = figures.iter().fold(HashMap::<&str, u32>::new(), |mut years, row| {
            *years.entry(row["period"].as_str()).or_default() += u32::from(!row["period"].is_empty());
            years
        });
        let year = year.into_iter().max_by_key(|(_, count)| *count).and_then(|(year, _)| year.parse().ok());
        let numbers = scan_numbers(&text);
        for (index, mut table) in gold_tables(&read_csv(&folder.join("tables.csv")), &text) {
            let context = TableContext { table: index, fiscal_year: year, ..TableContext::default() };
            let reading = read_table(&text, &mut table, &context, &numbers, &grammars);
            let prose: Vec<Span> = reading.prose.iter().map(|prose| table.cells[prose.cell as usize].span).collect();
            for gold in &figures {
                let span = Span::new(number(gold, "byte_start"), number(gold, "byte_end"));
                if !table.cells.iter().any(|cell| cell.span.contains(span)) || prose.iter().any(|cell| cell.contains(span)) {
                    continue;
                }
                let at = numbers.iter().position(|token| token.span == span).unwrap() as u32;
                tokens += 1;
                let class = reading.numbers.iter().find(|(number, ..)| *number == at).map(|(_, class, _)| *class);
                let class = class.unwrap_or(NumberClass::Unread).as_str();
                if class == gold["class"] {
                    classed += 1;
                } else {
                    println!("{name} table {index} line {} {}: class {} ≠ {class}", gold["line"], gold["raw"], gold["class"]);
                }
                if gold["class"] != "figure" {
                    continue;
                }
                due += 1;
                let facts: Vec<_> = reading.facts.iter().filter(|fact| fact.number == at).collect();
                let wrong = differences(gold, &facts);
                if wrong.is_empty() {
                    full += 1;
                } else {
                    println!("{name} table {index} line {} {}: {wrong}", gold["line"], gold["raw"]);
                }
            }
        }
    }
    println!("classes {classed} of {tokens}, facts in full {full} of {due}");
    assert!(classed * 100 >= tokens * 99, "classes {classed} of {tokens}");
    assert!(full * 100 >= due * 97, "facts {full} of {due}");
}
