//! Measures one extraction against its annotated truth, as `../shared/gold/score.py` does over Parquet.
//!
//! In: an [`Extraction`], the folder with figures.csv and tables.csv. Out: [`Score`]: counts, from which every
//! measure is a ratio, so that several documents can be added up.

use crate::reading::{Annotated, annotation};
use juesuan::extract::Extraction;
use juesuan::fact::Fact;
use juesuan::quantity::{Decimal, NumberClass};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// What was counted.
#[derive(Clone, Debug, Default)]
pub struct Score {
    counts: BTreeMap<&'static str, usize>,
    /// What was wrong, one line each.
    pub misses: Vec<String>,
}

type Place = (u64, u64);

impl Score {
    /// Counts one document. `truth` holds figures.csv and tables.csv.
    pub fn of(extraction: &Extraction<'_>, truth: &Path) -> Self {
        let mut score = Score::default();
        let cells = annotation(&truth.join("tables.csv"));
        score.figures(extraction, &annotation(&truth.join("figures.csv")), &table_bytes(&cells));
        score.grids(extraction, &cells);
        score
    }

    /// Adds another document's counts.
    pub fn add(&mut self, other: &Score) {
        for (name, count) in &other.counts {
            *self.counts.entry(name).or_default() += count;
        }
    }

    pub fn get(&self, name: &str) -> usize {
        self.counts.get(name).copied().unwrap_or(0)
    }

    /// One count over another; 1 if there is nothing to count.
    pub fn ratio(&self, part: &str, whole: &str) -> f64 {
        if self.get(whole) == 0 { 1.0 } else { share(self.get(part), self.get(whole)) }
    }

    fn f1(&self, right: &str, said: &str, due: &str) -> f64 {
        let all = self.get(said) + self.get(due);
        if all == 0 { 1.0 } else { share(2 * self.get(right), all) }
    }

    /// The measures that have floors, by name.
    pub fn measures(&self) -> [(&'static str, f64); 9] {
        [
            ("found", self.ratio("found", "tokens")),
            ("class_accuracy", self.ratio("class_right", "tokens")),
            ("figure_f1", self.f1("figures_right", "figures_said", "figures")),
            ("facts_full", self.ratio("facts_full", "facts_due")),
            ("facts_full_table", self.ratio("facts_full_table", "facts_due_table")),
            ("facts_full_text", self.ratio("facts_full_text", "facts_due_text")),
            ("read", 1.0 - self.ratio("unread", "tokens")),
            ("cells", self.ratio("cells_right", "cells")),
            ("relations", self.f1("relations_right", "relations_said", "relations")),
        ]
    }

    /// The measures below their floors, one line each. A floor of a measure not named is not asked for.
    pub fn below(&self, floors: &[(&str, f64)]) -> Vec<String> {
        let measures = self.measures();
        let value = |name: &str| measures.iter().find(|(measure, _)| *measure == name).map_or(0.0, |(_, value)| *value);
        let low = floors.iter().filter(|(name, floor)| value(name) < *floor);
        low.map(|(name, floor)| format!("{name} is {:.4}, below {floor}", value(name))).collect()
    }

    /// All measures on one line.
    pub fn line(&self) -> String {
        let measures = self.measures();
        measures.iter().map(|(name, value)| format!("{name} {value:.4}")).collect::<Vec<_>>().join("  ")
    }

    fn count(&mut self, name: &'static str, whether: bool) {
        *self.counts.entry(name).or_default() += usize::from(whether);
    }

    fn miss(&mut self, kind: &str, gold: &Annotated, got: &dyn std::fmt::Debug) {
        let named = |column: &str| gold.get(column).map_or("", String::as_str);
        self.misses.push(format!(
            "{kind:9} line {:>5} {:>14}  truth {} {} {} {} {} {} {}  got {got:?}",
            named("line"),
            named("raw"),
            named("class"),
            named("value"),
            named("unit"),
            named("concept"),
            named("item"),
            named("measure"),
            named("phase"),
        ));
    }

    fn figures(&mut self, extraction: &Extraction<'_>, gold: &[Annotated], table_bytes: &[Place]) {
        let place = |span| {
            let place = extraction.source.file_span(span);
            (place.start, place.end)
        };
        let ledger: HashMap<Place, _> =
            extraction.numbers.iter().map(|number| (place(number.span), number.class)).collect();
        let mut facts: HashMap<Place, Vec<&Fact<'_>>> = HashMap::new();
        for fact in &extraction.facts {
            facts.entry(place(fact.span)).or_default().push(fact);
        }
        for gold in gold {
            let at = (number(gold, "byte_start"), number(gold, "byte_end"));
            let got = facts.get(&at).map_or(&[][..], Vec::as_slice);
            let after = table_bytes.partition_point(|(start, _)| *start <= at.0);
            let in_table = after.checked_sub(1).is_some_and(|index| table_bytes[index].1 >= at.1);
            self.figure(gold, ledger.get(&at).copied(), got, in_table);
        }
    }

    fn figure(&mut self, gold: &Annotated, class: Option<NumberClass>, got: &[&Fact<'_>], in_table: bool) {
        let said = class.map_or("", NumberClass::as_str);
        let figure = gold["class"] == "figure";
        self.count("tokens", true);
        self.count("found", class.is_some());
        self.count("class_right", said == gold["class"]);
        self.count("unread", said == "unread");
        self.count("figures_said", said == "figure");
        self.count("figures", figure);
        self.count("figures_right", figure && said == "figure");
        if said != gold["class"] {
            self.miss(if class.is_none() { "missing" } else { "class" }, gold, &said);
        }
        self.count("false_facts", !figure && !got.is_empty());
        if !figure || gold["flags"].contains("template") {
            return;
        }
        let full = fully_right(gold, got);
        if !full {
            let got: Vec<_> = got.iter().map(|fact| described(fact)).collect();
            self.miss("fact", gold, &got);
        }
        self.count("facts_due", true);
        self.count("facts_full", full);
        self.count(if in_table { "facts_due_table" } else { "facts_due_text" }, true);
        self.count(if in_table { "facts_full_table" } else { "facts_full_text" }, full);
    }

    fn grids(&mut self, extraction: &Extraction<'_>, gold: &[Annotated]) {
        if gold.is_empty() {
            return;
        }
        let due: Vec<Cell> = gold.iter().map(annotated_cell).collect();
        let said = cells(extraction);
        let text_at: HashMap<u64, &str> = said.iter().map(|cell| (cell.start, cell.text.as_str())).collect();
        for (cell, gold) in due.iter().zip(gold) {
            let got = text_at.get(&cell.start);
            self.count("cells", true);
            self.count("cells_right", got == Some(&cell.text.as_str()));
            if got != Some(&cell.text.as_str()) {
                let place = format!("table {} row {} column {}", gold["table"], gold["row"], gold["col"]);
                self.misses.push(format!("cell      {place}: {:?}, got {got:?}", cell.text));
            }
        }
        let (due, said) = (relations(&due), relations(&said));
        *self.counts.entry("relations").or_default() += due.len();
        *self.counts.entry("relations_said").or_default() += said.len();
        *self.counts.entry("relations_right").or_default() += due.intersection(&said).count();
    }
}

/// One count over another.
pub fn share(part: usize, whole: usize) -> f64 {
    f64::from(part as u32) / f64::from(whole as u32)
}

/// A cell, as both sides have it.
pub struct Cell {
    pub table: u64,
    pub row: u64,
    pub column: u64,
    pub row_span: u64,
    pub column_span: u64,
    pub start: u64,
    pub text: String,
}

fn annotated_cell(gold: &Annotated) -> Cell {
    Cell {
        table: number(gold, "table"),
        row: number(gold, "row"),
        column: number(gold, "col"),
        row_span: number(gold, "rowspan").max(1),
        column_span: number(gold, "colspan").max(1),
        start: number(gold, "byte_start"),
        text: squeeze(&gold["text"]),
    }
}

fn cells(extraction: &Extraction<'_>) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (index, table) in extraction.tables.iter().enumerate() {
        cells.extend(table.cells.iter().map(|cell| Cell {
            table: index as u64,
            row: cell.row.into(),
            column: cell.column.into(),
            row_span: cell.row_span.into(),
            column_span: cell.column_span.into(),
            start: extraction.source.file_span(cell.span).start,
            text: squeeze(&cell.text(extraction.source.text())),
        }));
    }
    cells
}

/// Neighbours to the right (`true`) and below (`false`), by their first bytes.
fn relations(cells: &[Cell]) -> BTreeSet<(u64, u64, bool)> {
    let mut grid = BTreeMap::new();
    for cell in cells {
        for row in cell.row..cell.row + cell.row_span {
            for column in cell.column..cell.column + cell.column_span {
                grid.insert((cell.table, row, column), cell.start);
            }
        }
    }
    let mut relations = BTreeSet::new();
    for (&(table, row, column), &start) in &grid {
        for (right, beside) in [(true, (table, row, column + 1)), (false, (table, row + 1, column))] {
            relations.extend(grid.get(&beside).filter(|other| **other != start).map(|other| (start, *other, right)));
        }
    }
    relations
}

fn table_bytes(cells: &[Annotated]) -> Vec<Place> {
    let mut places: Vec<_> = cells.iter().map(|cell| (number(cell, "byte_start"), number(cell, "byte_end"))).collect();
    places.sort_unstable();
    places
}

fn number(row: &Annotated, column: &str) -> u64 {
    row[column].parse().unwrap_or(0)
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Whether the facts got are the one annotated: value, unit, measure, periods, phase and what is measured.
fn fully_right(gold: &Annotated, got: &[&Fact<'_>]) -> bool {
    let printed: Decimal = gold["value"].parse().unwrap_or_else(|e| panic!("{}: {e}", gold["value"]));
    let any = |right: &dyn Fn(&Fact<'_>) -> bool| got.iter().any(|fact| right(fact));
    let year = |year: Option<i16>| year.map_or_else(String::new, |year| year.to_string());
    let right = any(&|fact| fact.value == printed)
        && any(&|fact| fact.unit.as_str() == gold["unit"])
        && any(&|fact| fact.measure.as_str() == gold["measure"])
        && (gold["period"].is_empty() || any(&|fact| year(fact.period) == gold["period"]))
        && (gold["base_period"].is_empty() || any(&|fact| year(fact.base_period) == gold["base_period"]))
        && (gold["phase"].is_empty() || any(&|fact| fact.phase.is_some_and(|phase| phase.as_str() == gold["phase"])));
    right && named_right(gold, &any)
}

type Right<'r> = &'r dyn Fn(&Fact<'_>) -> bool;

fn named_right(gold: &Annotated, any: &dyn Fn(Right<'_>) -> bool) -> bool {
    let concepts: Vec<&str> = gold["concept"].split('|').filter(|concept| !concept.is_empty()).collect();
    if concepts.is_empty() {
        return any(&|fact| overlap(&fact.item, &gold["item"]) >= 0.5);
    }
    let classes = concepts.iter().any(|concept| matches!(*concept, "expenditure.function" | "expenditure.economic"));
    concepts.iter().all(|concept| any(&|fact| fact.concept == Some(concept)))
        && (!classes || any(&|fact| overlap(&fact.item, &gold["item"]) > 0.6))
}

/// Share of the shorter label's characters, however often each occurs, found in the longer.
fn overlap(one: &str, other: &str) -> f64 {
    let characters = |label: &str| {
        let mut counts: HashMap<char, usize> = HashMap::new();
        let kept = |c: &char| !c.is_whitespace() && !"（）()“”\"':：、，×/".contains(*c);
        label.chars().filter(kept).for_each(|character| *counts.entry(character).or_default() += 1);
        counts
    };
    let (one, other) = (characters(one), characters(other));
    let common: usize = one.iter().map(|(c, count)| (*count).min(other.get(c).copied().unwrap_or(0))).sum();
    let small = one.values().sum::<usize>().min(other.values().sum());
    if small == 0 { 0.0 } else { share(common, small) }
}

fn described(fact: &Fact<'_>) -> String {
    let (measure, phase) = (fact.measure.as_str(), fact.phase.map_or("", |phase| phase.as_str()));
    let concept = fact.concept.unwrap_or("");
    format!(
        "{} {} {concept} {} {measure} {phase} {:?} [{}]",
        fact.value,
        fact.unit.as_str(),
        fact.item,
        fact.period,
        fact.rule
    )
}
