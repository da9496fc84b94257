//! Measures the tables of real reports against the annotated ones, as `score.py` does.
//!
//! Reads `../shared` (or `JUESUAN_SHARED`); says aloud when it is missing. Set `JUESUAN_DRAW` to a
//! part of a report's name to see its tables drawn, `JUESUAN_MISSES` to see what differs.

use super::{Table, read_tables};
use crate::layout::lay_out;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// A cell, as both sides have it: table, row, column, row span, column span, first byte, squeezed text.
#[derive(Clone, Debug)]
struct Place {
    table: usize,
    row: usize,
    column: usize,
    row_span: usize,
    column_span: usize,
    start: usize,
    text: String,
}

type Relations = BTreeSet<(usize, usize, bool)>;

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect()
}

fn shared() -> Option<PathBuf> {
    let given = std::env::var_os("JUESUAN_SHARED").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    given.into_iter().chain([beside, PathBuf::from("/work/shared")]).find(|path| path.join("gold").is_dir())
}

/// Neighbours to the right (`true`) and below (`false`), by their first bytes.
fn relations(cells: &[Place]) -> Relations {
    let mut grid = BTreeMap::new();
    for cell in cells {
        for row in cell.row..cell.row + cell.row_span.max(1) {
            for column in cell.column..cell.column + cell.column_span.max(1) {
                grid.insert((cell.table, row, column), cell.start);
            }
        }
    }
    let mut relations = Relations::new();
    for (&(table, row, column), &start) in &grid {
        for (right, beside) in [(true, (table, row, column + 1)), (false, (table, row + 1, column))] {
            if let Some(&other) = grid.get(&beside)
                && other != start
            {
                relations.insert((start, other, right));
            }
        }
    }
    relations
}

fn truth(path: &std::path::Path) -> Vec<Place> {
    let mut reader = csv::Reader::from_path(path).expect("the annotated tables can be read");
    let number = |record: &csv::StringRecord, at: usize| record[at].parse().unwrap_or(0);
    reader
        .records()
        .map(|record| {
            let record = record.expect("a row of the annotated tables");
            Place {
                table: number(&record, 0),
                row: number(&record, 3),
                column: number(&record, 4),
                row_span: number(&record, 5),
                column_span: number(&record, 6),
                text: squeeze(&record[7]),
                start: number(&record, 8),
            }
        })
        .collect()
}

fn places(text: &str, tables: &[Table]) -> Vec<Place> {
    let cells = |(table, found): (usize, &Table)| {
        found
            .cells
            .iter()
            .map(|cell| Place {
                table,
                row: cell.row as usize,
                column: cell.column as usize,
                row_span: cell.row_span as usize,
                column_span: cell.column_span as usize,
                start: cell.span.start as usize,
                text: squeeze(&cell.text(text)),
            })
            .collect::<Vec<_>>()
    };
    tables.iter().enumerate().flat_map(cells).collect()
}

/// The shares of cells right, and the F1 of their neighbours, in ten-thousandths.
fn score(truth: &[Place], said: &[Place], show: bool) -> (usize, usize) {
    let by_start: BTreeMap<usize, &Place> = said.iter().map(|cell| (cell.start, cell)).collect();
    let is_right = |cell: &&Place| by_start.get(&cell.start).is_some_and(|said| said.text == cell.text);
    let right = truth.iter().filter(is_right).count();
    let (due, got) = (relations(truth), relations(said));
    let common = due.intersection(&got).count();
    if show {
        for cell in truth.iter().filter(|cell| !is_right(cell)) {
            println!("  no such cell: {cell:?}");
        }
        let name = |start: usize| {
            truth.iter().find(|cell| cell.start == start).or_else(|| by_start.get(&start).copied()).map_or_else(
                || start.to_string(),
                |cell| {
                    format!(
                        "{}:{},{} {}",
                        cell.table,
                        cell.row,
                        cell.column,
                        cell.text.chars().take(14).collect::<String>()
                    )
                },
            )
        };
        for (a, b, right) in due.difference(&got) {
            println!("  missing {}: {} | {}", if *right { "right" } else { "below" }, name(*a), name(*b));
        }
        for (a, b, right) in got.difference(&due) {
            println!("  false   {}: {} | {}", if *right { "right" } else { "below" }, name(*a), name(*b));
        }
    }
    (right * 10_000 / truth.len().max(1), 2 * common * 10_000 / (due.len() + got.len()).max(1))
}

#[test]
fn annotated_reports_have_the_cells_and_neighbours_that_people_saw() {
    let Some(shared) = shared() else {
        println!("skipped: no ../shared with annotated reports; set JUESUAN_SHARED to measure tables");
        return;
    };
    let show = std::env::var_os("JUESUAN_MISSES").is_some();
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(shared.join("gold")).expect("gold").map(|entry| entry.expect("entry").path()).collect();
    folders.sort();
    let mut reached = Vec::new();
    for folder in folders.iter().filter(|folder| folder.join("tables.csv").exists()) {
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let text = std::fs::read_to_string(shared.join("reports").join(format!("{name}.txt"))).expect("report");
        let mut problems = Vec::new();
        let tables = read_tables(&text, &lay_out(&text), &mut problems);
        let (cells, neighbours) = score(&truth(&folder.join("tables.csv")), &places(&text, &tables), show);
        println!("{name}: cells {cells}, relations_f1 {neighbours} (of 10000), {} tables", tables.len());
        reached.push((name, cells, neighbours));
    }
    for (name, cells, neighbours) in reached {
        assert!(cells >= 9_800, "{name}: only {cells} of 10000 cells are right");
        assert!(neighbours >= 9_500, "{name}: the neighbours' F1 is only {neighbours} of 10000");
    }
}

#[test]
fn tables_of_real_reports_can_be_drawn() {
    let Some(shared) = shared() else {
        println!("skipped: no ../shared with reports");
        return;
    };
    let wanted = std::env::var("JUESUAN_DRAW").ok();
    for entry in std::fs::read_dir(shared.join("reports")).expect("reports") {
        let path = entry.expect("entry").path();
        let name = path.display().to_string();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let mut problems = Vec::new();
        let layout = lay_out(&text);
        if wanted.as_ref().is_some_and(|wanted| name.contains(wanted)) {
            for block in layout.blocks.iter().filter(|block| matches!(block.kind, crate::layout::BlockKind::Table(_))) {
                let line = text[..block.span.start as usize].lines().count() + 1;
                println!("{:?} line {line}: {} lines", block.kind, block.span.of(&text).lines().count());
            }
        }
        let tables = read_tables(&text, &layout, &mut problems);
        for table in &tables {
            let drawn = table.draw(&text);
            assert_eq!(drawn.lines().count(), 2 * table.rows as usize + 1, "{name}");
            if wanted.as_ref().is_some_and(|wanted| name.contains(wanted)) {
                println!(
                    "{name} {:?} {:?} {:?} {:?} {:?}\n{drawn}",
                    table.layout, table.title, table.form, table.unit, table.span
                );
            }
        }
        if wanted.as_ref().is_some_and(|wanted| name.contains(wanted)) {
            for problem in &problems {
                println!("{problem:?}");
            }
        }
    }
}
