//! Grids of gold annotations, and of our samples, against what is read from them.
//!
//! Real reports are read from `../shared` (or `JUESUAN_SHARED`); their absence is said aloud.

use super::*;
use crate::figure::scan_numbers;
use crate::grammar::GrammarFiles;
use crate::layout::TableLayout;
use crate::quantity::{Decimal, NumberClass};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// A row of a CSV file by column name.
type Row = HashMap<String, String>;

pub(super) fn shared() -> Option<PathBuf> {
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

/// The tables of a gold annotation as grids.
fn gold_tables(rows: &[Row], text: &str) -> BTreeMap<u32, Table> {
    let mut tables = BTreeMap::new();
    for row in rows {
        let span = Span::new(number(row, "byte_start"), number(row, "byte_end"));
        let table = tables.entry(number(row, "table")).or_insert_with(|| Table {
            layout: TableLayout::Tsv,
            kind: if row["kind"] == "chart" { TableKind::Chart } else { TableKind::Other },
            title: Some(row["title"].clone()),
            form: None,
            unit: unit_above(text, span.start),
            section: None,
            rows: 0,
            columns: 0,
            span,
            cells: Vec::new(),
            unsure: Vec::new(),
        });
        let cell = Cell {
            row: number(row, "row"),
            column: number(row, "col"),
            row_span: number(row, "rowspan").max(1),
            column_span: number(row, "colspan").max(1),
            header: row["header"] == "1",
            span,
            parts: parts(text, span, &row["text"]),
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

/// The pieces of a cell whose label is wrapped around others.
fn parts(text: &str, span: Span, label: &str) -> Option<Box<[Span]>> {
    let squeezed = |words: &str| words.split_whitespace().collect::<String>();
    let whole = span.of(text);
    let mut wanted = squeezed(label);
    if squeezed(whole) == wanted {
        return None;
    }
    let mut parts = Vec::new();
    let mut at = 0;
    for chunk in whole.split_inclusive(['\n', ' ']) {
        let start = span.start as usize + at;
        at += chunk.len();
        let words = chunk.trim();
        if let Some(rest) = wanted.strip_prefix(words).filter(|_| !words.is_empty()) {
            wanted = rest.to_owned();
            let start = start + chunk.find(words).unwrap_or(0);
            parts.push(Span::from(start..start + words.len()));
        }
    }
    Some(parts.into())
}

/// The unit printed in the lines right above a table.
fn unit_above(text: &str, start: u32) -> Option<String> {
    let mut from = (start as usize).saturating_sub(400);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let above = &text[from..start as usize];
    let units = above.rmatch_indices("单位").map(|(at, found)| {
        let unit = above[at + found.len()..].trim_start_matches([':', '：', ' ']);
        unit.lines().next().unwrap_or("").split('<').next().unwrap_or("").trim()
    });
    units.filter(|unit| unit.starts_with(['元', '万', '千', '亿'])).map(str::to_owned).next()
}

fn overlap(left: &str, right: &str) -> bool {
    let count = |words: &str| {
        let mut counts: HashMap<char, usize> = HashMap::new();
        for character in
            words.chars().filter(|character| !character.is_whitespace() && !"（）()“”\"':：、，×/".contains(*character))
        {
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
fn differences(gold: &Row, facts: &[&Fact<'_>], strict: bool) -> String {
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
    check(
        "concept",
        wanted.is_subset(&named) && (!strict || !wanted.is_empty() || named.is_empty()),
        format!("{named:?}"),
    );
    let loose = wanted.is_empty() || wanted.contains("expenditure.function") || wanted.contains("expenditure.economic");
    check("item", !loose || overlap(&fact.item, &gold["item"]), fact.item.clone());
    let mut flags: Vec<_> =
        gold["flags"].split('|').filter(|flag| !flag.is_empty() && *flag != "inconsistent").collect();
    flags.sort_unstable();
    let own = fact.flags.names().unwrap_or_default();
    check("flags", flags.join("|") == own, own.clone());
    wrong.join("; ")
}

/// An annotated report.
struct Gold {
    name: String,
    text: String,
    figures: Vec<Row>,
    cells: Vec<Row>,
    year: Option<i16>,
    /// A figure without a concept in the annotation must have none.
    strict: bool,
}

/// The annotated real reports; says so when there are none.
fn gold_reports() -> Vec<Gold> {
    let Some(shared) = shared() else {
        println!("skipped: no ../shared/gold");
        return Vec::new();
    };
    let named = |folder: &Path| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        shared.join("reports").join(format!("{name}.txt"))
    };
    read_gold(&shared.join("gold"), true, named)
}

/// The samples written for this project.
fn samples() -> Vec<Gold> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let named = |folder: &Path| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let whole = corpus.join("reports").join(&name);
        if whole.is_file() { whole } else { corpus.join("reports").join(format!("{name}.txt")) }
    };
    read_gold(&corpus.join("truth"), false, named)
}

fn read_gold(folder: &Path, strict: bool, text_of: impl Fn(&Path) -> PathBuf) -> Vec<Gold> {
    let mut folders: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    folders.retain(|folder| folder.join("figures.csv").is_file() && folder.join("tables.csv").is_file());
    folders.sort();
    let read = |folder: PathBuf| {
        let figures = read_csv(&folder.join("figures.csv"));
        let mut years = BTreeMap::<&str, u32>::new();
        for row in figures.iter().filter(|row| !row["period"].is_empty()) {
            *years.entry(row["period"].as_str()).or_default() += 1;
        }
        let year = years.into_iter().max_by_key(|(_, count)| *count).and_then(|(year, _)| year.parse().ok());
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // Annotations count bytes on disk: samples in other encodings are measured through the whole program.
        let text = String::from_utf8(std::fs::read(text_of(&folder)).unwrap()).ok()?;
        Some(Gold { name, text, cells: read_csv(&folder.join("tables.csv")), figures, year, strict })
    };
    folders.into_iter().filter_map(read).collect()
}

/// How many numbers in cells have the right class, and figures the right fact.
#[derive(Debug, Default)]
struct Score {
    numbers: u32,
    classes: u32,
    figures: u32,
    facts: u32,
}

impl Score {
    /// Compares the numbers in the cells of one table, those left to the narrative left out.
    fn table(&mut self, gold: &Gold, table: &Table, reading: &TableReading<'_>, numbers: &[NumberToken]) {
        let prose: Vec<Span> = reading.prose.iter().map(|prose| table.cells[prose.cell as usize].span).collect();
        for row in &gold.figures {
            let span = Span::new(number(row, "byte_start"), number(row, "byte_end"));
            let inside = |cells: &[Span]| cells.iter().any(|cell| cell.contains(span));
            let cells: Vec<Span> = table.cells.iter().map(|cell| cell.span).collect();
            if !inside(&cells) || inside(&prose) {
                continue;
            }
            let at = numbers.iter().position(|token| token.span == span).unwrap() as u32;
            let place = format!("{} {:?} line {} {}", gold.name, table.title, row["line"], row["raw"]);
            let class = reading.numbers.iter().find(|(number, ..)| *number == at).map(|(_, class, _)| *class);
            let class = class.unwrap_or(NumberClass::Unread).as_str();
            self.numbers += 1;
            if class == row["class"] {
                self.classes += 1;
            } else {
                println!("{place}: class {} ≠ {class}", row["class"]);
            }
            if row["class"] != "figure" {
                continue;
            }
            self.figures += 1;
            let facts: Vec<_> = reading.facts.iter().filter(|fact| fact.number == at).collect();
            let wrong = differences(row, &facts, gold.strict);
            if wrong.is_empty() {
                self.facts += 1;
            } else {
                println!("{place}: {wrong}");
            }
        }
    }
}

/// Reads the annotated grids themselves, whatever layout would have made of the text.
fn from_the_grids(reports: Vec<Gold>) -> Score {
    let grammars = Grammars::load(&GrammarFiles::embedded()).unwrap();
    let mut score = Score::default();
    for gold in reports {
        let numbers = scan_numbers(&gold.text);
        for (index, mut table) in gold_tables(&gold.cells, &gold.text) {
            let context = TableContext { table: index, fiscal_year: gold.year, ..TableContext::default() };
            let reading = read_table(&gold.text, &mut table, &context, &numbers, &grammars, None);
            score.table(&gold, &table, &reading, &numbers);
        }
    }
    println!("{score:?}");
    score
}

#[test]
fn gold_grids_are_read() {
    let score = from_the_grids(gold_reports());
    assert!(score.classes * 1000 >= score.numbers * 995, "{score:?}");
    assert!(score.facts * 100 >= score.figures * 99, "{score:?}");
}

#[test]
fn grids_of_our_samples_are_read() {
    let score = from_the_grids(samples());
    assert!(score.figures > 0 && score.classes * 100 >= score.numbers * 99, "{score:?}");
    assert!(score.facts * 100 >= score.figures * 97, "{score:?}");
}

/// Reads the tables through layout and grid, as the program does.
fn from_the_text(reports: Vec<Gold>) -> Score {
    let grammars = Grammars::load(&GrammarFiles::embedded()).unwrap();
    let mut score = Score::default();
    for gold in reports {
        let numbers = scan_numbers(&gold.text);
        let tables = crate::table::read_tables(&gold.text, &crate::layout::lay_out(&gold.text), &mut Vec::new());
        for mut table in tables {
            let context = TableContext { fiscal_year: gold.year, ..TableContext::default() };
            let reading = read_table(&gold.text, &mut table, &context, &numbers, &grammars, None);
            score.table(&gold, &table, &reading, &numbers);
        }
    }
    println!("{score:?}");
    score
}

#[test]
fn gold_tables_are_read_from_the_text() {
    let score = from_the_text(gold_reports());
    assert!(score.classes * 100 >= score.numbers * 99, "{score:?}");
    assert!(score.facts * 100 >= score.figures * 98, "{score:?}");
}

#[test]
fn tables_of_our_samples_are_read_from_the_text() {
    let score = from_the_text(samples());
    // What is missing here and not above is a matter of the grids.
    assert!(score.figures > 0 && score.classes * 100 >= score.numbers * 98, "{score:?}");
    assert!(score.facts * 100 >= score.figures * 96, "{score:?}");
}
