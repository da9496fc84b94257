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

/// Our own samples went through the real converters; their truth has the same columns.
#[test]
fn samples_have_the_cells_and_neighbours_that_their_authors_put_there() {
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let show = std::env::var("JUESUAN_MISSES").ok();
    let draw = std::env::var("JUESUAN_DRAW").ok();
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(corpus.join("truth")).expect("truth").map(|entry| entry.expect("entry").path()).collect();
    folders.sort();
    let mut reached = Vec::new();
    for folder in folders.iter().filter(|folder| folder.join("tables.csv").exists()) {
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let reports = corpus.join("reports");
        let file = [reports.join(&name), reports.join(format!("{name}.txt"))].into_iter().find(|file| file.is_file());
        let bytes = std::fs::read(file.expect("the sample of a truth")).expect("sample");
        let (source, _) = crate::source::Source::decode(&bytes);
        let text = source.text();
        let tables = read_tables(text, &lay_out(text), &mut Vec::new());
        if draw.as_ref().is_some_and(|draw| name.contains(draw.as_str())) {
            for table in &tables {
                println!(
                    "{:?} {:?} {:?} {:?}\n{}",
                    table.layout,
                    table.title,
                    table.form,
                    table.unit,
                    table.draw(text)
                );
            }
        }
        let mut said = places(text, &tables);
        for (place, cell) in said.iter_mut().zip(tables.iter().flat_map(|table| &table.cells)) {
            place.start = source.file_span(cell.span).start as usize;
        }
        let show = show.as_ref().is_some_and(|show| name.contains(show.as_str()));
        let (cells, neighbours) = score(&truth(&folder.join("tables.csv")), &said, show);
        println!("{name}: cells {cells}, relations_f1 {neighbours} (of 10000), {} tables", tables.len());
        reached.push((name, cells, neighbours));
    }
    for (name, cells, neighbours) in reached {
        // Where pages became words and spaces, some headings and forms are beyond repair.
        let (least_cells, least_neighbours) = if name.contains("pdf") { (9_450, 8_900) } else { (9_990, 9_900) };
        assert!(cells >= least_cells, "{name}: only {cells} of 10000 cells are right");
        assert!(neighbours >= least_neighbours, "{name}: the neighbours' F1 is only {neighbours} of 10000");
    }
}

/// How a converter may write a table.
#[derive(Clone, Copy, Debug)]
enum Style {
    /// A cell a line.
    Word,
    /// A row a line, a tab before each cell.
    WordRows,
    /// A slot for every column.
    Padded,
    Pipes,
    Markup,
}

/// The annotated table as `style` would have it, and where each cell's text begins.
fn write(cells: &[&Place], style: Style) -> (String, BTreeMap<usize, usize>) {
    let height = cells.iter().map(|cell| cell.row + cell.row_span).max().unwrap_or(0);
    let width = cells.iter().map(|cell| cell.column + cell.column_span).max().unwrap_or(0);
    let mut covered = vec![vec![None; width]; height];
    for (index, cell) in cells.iter().enumerate() {
        for row in covered.iter_mut().skip(cell.row).take(cell.row_span) {
            row[cell.column..cell.column + cell.column_span].fill(Some(index));
        }
    }
    let mut text = String::new();
    let mut starts = BTreeMap::new();
    if let Style::Markup = style {
        text.push_str("<table>");
    }
    for (row, places) in covered.iter().enumerate() {
        text.push_str(match style {
            Style::Markup => "<tr>",
            Style::Pipes => "|",
            _ => "",
        });
        let mut column = 0;
        while column < width {
            let cell = places[column].map(|index| (index, cells[index]));
            let begins = cell.is_some_and(|(_, cell)| cell.row == row && cell.column == column);
            let span = cell.map_or(1, |(_, cell)| cell.column_span);
            let words = cell.filter(|_| begins).map_or("", |(_, cell)| cell.text.as_str());
            let before = match style {
                Style::Word | Style::WordRows => "\t".to_owned(),
                Style::Padded if column > 0 => "\t".to_owned(),
                Style::Pipes => " ".to_owned(),
                Style::Markup if cell.is_some() && !begins => String::new(),
                Style::Markup => format!("<td rowspan={} colspan={span}>", cell.map_or(1, |(_, cell)| cell.row_span)),
                Style::Padded => String::new(),
            };
            text.push_str(&before);
            if let Some((index, _)) = cell.filter(|_| begins) {
                starts.insert(text.len(), cells[index].start);
            }
            text.push_str(words);
            text.push_str(match style {
                Style::Word => "\n",
                Style::Pipes => " |",
                _ => "",
            });
            // A merge to the right leaves no slots in Word tables and in markup.
            column += if matches!(style, Style::Word | Style::WordRows | Style::Markup) { span } else { 1 };
        }
        text.push('\n');
    }
    (text, starts)
}

#[test]
fn annotated_tables_read_the_same_however_they_are_written() {
    let Some(shared) = shared() else {
        println!("skipped: no ../shared with annotated reports");
        return;
    };
    let show = std::env::var("JUESUAN_STYLE").ok();
    for style in [Style::Word, Style::WordRows, Style::Padded, Style::Pipes, Style::Markup] {
        let (mut due, mut said, mut both) = (0, 0, 0);
        for entry in std::fs::read_dir(shared.join("gold")).expect("gold") {
            let path = entry.expect("entry").path().join("tables.csv");
            if !path.exists() {
                continue;
            }
            let cells = truth(&path);
            let tables: BTreeSet<usize> = cells.iter().map(|cell| cell.table).collect();
            for table in tables {
                let cells: Vec<&Place> = cells.iter().filter(|cell| cell.table == table).collect();
                if cells.len() < 12 {
                    continue;
                }
                let (text, starts) = write(&cells, style);
                let span = crate::source::Span::from(0..text.len());
                let layout = match style {
                    Style::Word => crate::layout::TableLayout::Tika,
                    Style::WordRows | Style::Padded => crate::layout::TableLayout::Tsv,
                    Style::Pipes => crate::layout::TableLayout::Markdown,
                    Style::Markup => crate::layout::TableLayout::Html,
                };
                let read =
                    super::read_block(&text, layout, &[span], &super::evidence::Evidence::new(&text), &mut Vec::new());
                let mut places = places(&text, &read);
                for place in &mut places {
                    place.start = starts.get(&place.start).copied().unwrap_or(usize::MAX);
                }
                let owned: Vec<Place> = cells.iter().map(|cell| (*cell).clone()).collect();
                let (truth, got) = (relations(&owned), relations(&places));
                let common = truth.intersection(&got).count();
                if show.as_ref().is_some_and(|show| format!("{style:?}") == *show)
                    && 2 * common < truth.len() + got.len()
                {
                    println!("{} {table}: {}", path.display(), 20_000 * common / (truth.len() + got.len()).max(1));
                    for table in &read {
                        println!("{}", table.draw(&text));
                    }
                }
                due += truth.len();
                said += got.len();
                both += common;
            }
        }
        let score = 20_000 * both / (due + said).max(1);
        println!("{style:?}: relations_f1 {score} (of 10000)");
        assert!(score >= 9_000, "{style:?}: {score}");
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
