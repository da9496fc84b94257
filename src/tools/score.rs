//! `juesuan score`: an output folder against annotated reports: precision, recall and what is wrong.
//!
//! In: the folder that `extract` wrote, and a folder with one annotation for each report
//! (`NAME/figures.csv`, `NAME/tables.csv`). Out: [`Score`]s. Counts exactly what the project's `score.py`
//! counts, so that its figures and these are one; where that is odd (a report is found by its name's
//! being a part of the document's), it is odd here too.

mod cells;
mod gold;
mod python;

use super::{ToolError, output};
use gold::{GoldCell, GoldFigure};
use python::{Ratio, pad_left, pad_right, repr, repr_list, repr_option};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;
use std::path::Path;

/// One report's figures, and its first errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// Name and figure, in the order that they are shown.
    figures: Vec<(&'static str, Figure)>,
    /// One line for each error.
    errors: Vec<String>,
    document: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Figure {
    Count(u64),
    Ratio(Option<Ratio>),
}

/// A fact of the output.
#[derive(Clone, Debug, Default)]
struct Fact {
    value: Option<String>,
    unit: Option<String>,
    concept: Option<String>,
    item: Option<String>,
    measure: Option<String>,
    phase: Option<String>,
    period: Option<String>,
    base_period: Option<String>,
    flags: Option<String>,
}

/// A place in the file.
type Place = (u64, u64);

/// What the output says about the documents of one name.
#[derive(Debug, Default)]
struct Said {
    classes: HashMap<Place, String>,
    facts: HashMap<Place, Vec<Fact>>,
    cells: Vec<GoldCell>,
}

/// Scores every annotated report of `gold`, or those whose name holds `only`.
///
/// # Errors
/// [`ToolError`] if a folder or table cannot be read, or `gold` holds no annotation.
pub fn score(out: &Path, gold: &Path, only: Option<&str>, most_errors: usize) -> Result<Vec<Score>, ToolError> {
    let names = gold::reports(gold, only)?;
    let mut said = read_output(out, &names)?;
    names
        .iter()
        .map(|name| {
            let (figures, cells) = gold::read(&gold.join(name))?;
            Ok(one(name, &figures, &cells, &said.remove(name.as_str()).unwrap_or_default(), most_errors))
        })
        .collect()
}

fn read_output<'n>(out: &Path, names: &'n [String]) -> Result<BTreeMap<&'n str, Said>, ToolError> {
    let mut said: BTreeMap<&str, Said> = names.iter().map(|name| (name.as_str(), Said::default())).collect();
    let place = |row: &[Option<String>]| -> Option<Place> {
        Some((row[1].as_ref()?.parse().ok()?, row[2].as_ref()?.parse().ok()?))
    };
    let mut each = |row: &[Option<String>], take: &mut dyn FnMut(&mut Said)| {
        let Some(document) = &row[0] else { return };
        for (_, said) in said.iter_mut().filter(|(name, _)| document.contains(**name)) {
            take(said);
        }
    };
    output::read(out, "numbers", &["document", "byte_start", "byte_end", "class"], |row| {
        let Some(place) = place(row) else { return };
        each(row, &mut |said| drop(said.classes.insert(place, row[3].clone().unwrap_or_default())));
    })?;
    let columns = [
        "document",
        "byte_start",
        "byte_end",
        "value",
        "unit",
        "concept",
        "item",
        "measure",
        "phase",
        "period",
        "base_period",
        "flags",
    ];
    output::read(out, "facts", &columns, |row| {
        let Some(place) = place(row) else { return };
        let [_, _, _, value, unit, concept, item, measure, phase, period, base_period, flags] = row else { return };
        let fact = Fact {
            value: value.clone(),
            unit: unit.clone(),
            concept: concept.clone(),
            item: item.clone(),
            measure: measure.clone(),
            phase: phase.clone(),
            period: period.clone(),
            base_period: base_period.clone(),
            flags: flags.clone(),
        };
        each(row, &mut |said| said.facts.entry(place).or_default().push(fact.clone()));
    })?;
    let columns = ["document", "byte_start", "byte_end", "table", "row", "column", "row_span", "column_span", "text"];
    output::read(out, "cells", &columns, |row| {
        let Some((start, _)) = place(row) else { return };
        let number = |cell: &Option<String>| cell.as_ref().and_then(|cell| cell.parse().ok()).unwrap_or(0);
        let cell = GoldCell {
            table: row[3].clone().unwrap_or_default(),
            row: number(&row[4]),
            column: number(&row[5]),
            row_span: number(&row[6]),
            column_span: number(&row[7]),
            start,
            end: 0,
            text: cells::squeeze(row[8].as_deref().unwrap_or("")),
        };
        each(row, &mut |said| said.cells.push(cell.clone()));
    })?;
    Ok(said)
}

/// Counts by name.
#[derive(Default)]
struct Counter(HashMap<&'static str, u64>);

impl Counter {
    fn add(&mut self, name: &'static str, holds: bool) {
        *self.0.entry(name).or_default() += u64::from(holds);
    }

    fn get(&self, name: &str) -> u64 {
        self.0.get(name).copied().unwrap_or(0)
    }

    fn ratio(&self, part: &str, whole: &str) -> Figure {
        Figure::Ratio(Ratio::of(self.get(part), self.get(whole)))
    }

    /// Twice what is right of all that is said and due.
    fn f1(&self, right: &str, said: &str, due: &str) -> Figure {
        Figure::Ratio(Ratio::of(2 * self.get(right), self.get(said) + self.get(due)))
    }
}

/// Goes through one report's annotation.
struct Scorer<'s> {
    said: &'s Said,
    in_table: Vec<Place>,
    n: Counter,
    errors: Vec<String>,
    most_errors: usize,
}

fn one(name: &str, figures: &[GoldFigure], gold_cells: &[GoldCell], said: &Said, most_errors: usize) -> Score {
    let mut in_table: Vec<Place> = gold_cells.iter().map(|cell| (cell.start, cell.end)).collect();
    in_table.sort_unstable();
    let mut scorer = Scorer { said, in_table, n: Counter::default(), errors: Vec::new(), most_errors };
    for figure in figures {
        scorer.number(figure);
    }
    if !gold_cells.is_empty() {
        cells::count(gold_cells, &said.cells, &mut scorer.n);
    }
    Score { figures: shown(&scorer.n), errors: scorer.errors, document: name.to_owned() }
}

impl Scorer<'_> {
    fn miss(&mut self, kind: &str, gold: &GoldFigure, wanted: &str, got: &str) {
        if self.errors.len() < self.most_errors {
            let (line, raw) = (pad_left(&gold.line, 5), pad_left(&gold.raw, 14));
            self.errors.push(format!("  {} line {line} {raw}  gold {wanted}  got {got}", pad_right(kind, 9)));
        }
    }

    fn number(&mut self, gold: &GoldFigure) {
        let place = (gold.byte_start, gold.byte_end);
        let class = self.said.classes.get(&place).map(String::as_str);
        let facts = self.said.facts.get(&place).map_or(&[][..], Vec::as_slice);
        self.n.add("tokens", true);
        match class {
            None => self.miss("missing", gold, &gold.class, "None"),
            Some(class) => {
                self.n.add("found", true);
                self.n.add("class_right", class == gold.class);
                if class != gold.class {
                    self.miss("class", gold, &gold.class, class);
                }
                self.n.add("unread", class == "unread");
                self.n.add("figures_said", class == "figure");
            }
        }
        if gold.class != "figure" {
            self.n.add("false_facts", !facts.is_empty());
            return;
        }
        self.n.add("figures", true);
        self.n.add("figures_right", class == Some("figure"));
        if gold.flags.contains("template") {
            let told = facts.iter().any(|fact| fact.flags.as_deref().unwrap_or("").contains("template"));
            if !facts.is_empty() && !told {
                self.miss("template", gold, "template", "taken as fact");
            }
            return;
        }
        self.figure(gold, place, facts);
    }

    fn figure(&mut self, gold: &GoldFigure, place: Place, facts: &[Fact]) {
        let in_table = self.is_in_table(place);
        self.n.add("facts_due", true);
        self.n.add(if in_table { "facts_due_table" } else { "facts_due_text" }, true);
        if facts.is_empty() {
            let wanted = if gold.concept.is_empty() { &gold.item } else { &gold.concept };
            return self.miss("no fact", gold, wanted, "None");
        }
        self.n.add("facts_found", true);
        let value = decimal(Some(&gold.value));
        let all = |read: fn(&Fact) -> &Option<String>| -> Vec<Option<&str>> {
            facts.iter().map(|fact| read(fact).as_deref()).collect()
        };
        let value_right = facts.iter().any(|fact| decimal(fact.value.as_deref()) == value);
        let wanted = value.map_or("None".to_owned(), |_| gold.value.replace(',', ""));
        self.tell("value_right", "value", value_right, gold, &wanted, || {
            repr_list(all(|fact| &fact.value).into_iter().map(|value| repr(value.unwrap_or("None"))))
        });
        let is = |read: fn(&Fact) -> &Option<String>, wanted: &str| {
            all(read).contains(&Some(wanted)) || (wanted.is_empty() && all(read).contains(&None))
        };
        let unit_right = is(|fact| &fact.unit, &gold.unit);
        self.tell("unit_right", "unit", unit_right, gold, &gold.unit, || {
            repr_list(all(|fact| &fact.unit).into_iter().map(repr_option))
        });
        let measure_right = all(|fact| &fact.measure).contains(&Some(&gold.measure));
        self.tell("measure_right", "measure", measure_right, gold, &gold.measure, || {
            repr_list(all(|fact| &fact.measure).into_iter().map(repr_option))
        });
        let period_right = gold.period.is_empty() || is(|fact| &fact.period, &gold.period);
        self.tell("period_right", "period", period_right, gold, &gold.period, || {
            repr_list(all(|fact| &fact.period).into_iter().map(|year| year.unwrap_or("None").to_owned()))
        });
        let base_right = gold.base_period.is_empty() || is(|fact| &fact.base_period, &gold.base_period);
        let phase_right = gold.phase.is_empty() || is(|fact| &fact.phase, &gold.phase);
        self.tell("phase_right", "phase", phase_right, gold, &gold.phase, || {
            repr_list(all(|fact| &fact.phase).into_iter().map(repr_option))
        });
        let named = self.meaning(gold, facts);
        let full = named && unit_right && measure_right && period_right && base_right && phase_right && value_right;
        self.n.add("facts_full", full);
        self.n.add(if in_table { "facts_full_table" } else { "facts_full_text" }, full);
    }

    /// Counts what is right and tells what is not.
    fn tell(
        &mut self,
        count: &'static str,
        kind: &str,
        right: bool,
        gold: &GoldFigure,
        wanted: &str,
        got: impl Fn() -> String,
    ) {
        self.n.add(count, right);
        if !right {
            self.miss(kind, gold, wanted, &got());
        }
    }

    /// Whether concept, or else item, is right.
    fn meaning(&mut self, gold: &GoldFigure, facts: &[Fact]) -> bool {
        let words = |fact: &Fact| fact.item.clone().unwrap_or_default();
        let concepts: HashSet<&str> = gold.concept.split('|').filter(|id| !id.is_empty()).collect();
        if concepts.is_empty() {
            let right = facts
                .iter()
                .any(|fact| cells::overlap(&words(fact), &gold.item, (1, 2)).is_some_and(std::cmp::Ordering::is_ge));
            self.n.add("items_due", true);
            self.tell("item_right", "item", right, gold, &gold.item, || {
                repr_list(facts.iter().map(|fact| repr_option(fact.item.as_deref())))
            });
            return right;
        }
        let named: HashSet<&str> = facts.iter().filter_map(|fact| fact.concept.as_deref()).collect();
        let mut right = concepts.is_subset(&named);
        if right && (concepts.contains("expenditure.function") || concepts.contains("expenditure.economic")) {
            right = facts
                .iter()
                .any(|fact| cells::overlap(&words(fact), &gold.item, (3, 5)).is_some_and(std::cmp::Ordering::is_gt));
        }
        self.n.add("concepts_due", true);
        self.tell("concept_right", "concept", right, gold, &format!("{} {}", gold.concept, gold.item), || {
            let shown = |fact: &Fact| {
                format!("{} {}", fact.concept.as_deref().unwrap_or("None"), fact.item.as_deref().unwrap_or("None"))
            };
            repr_list(facts.iter().map(|fact| repr(&shown(fact))))
        });
        right
    }

    fn is_in_table(&self, place: Place) -> bool {
        let before = self.in_table.partition_point(|cell| *cell <= (place.0, u64::MAX));
        before.checked_sub(1).is_some_and(|index| self.in_table[index].1 >= place.1)
    }
}

fn decimal(printed: Option<&str>) -> Option<Decimal> {
    printed.filter(|printed| !printed.is_empty())?.replace(',', "").parse().ok()
}

fn shown(n: &Counter) -> Vec<(&'static str, Figure)> {
    vec![
        ("tokens", Figure::Count(n.get("tokens"))),
        ("found", n.ratio("found", "tokens")),
        ("class_accuracy", n.ratio("class_right", "tokens")),
        ("unread", Figure::Count(n.get("unread"))),
        ("figure_f1", n.f1("figures_right", "figures_said", "figures")),
        ("false_facts", Figure::Count(n.get("false_facts"))),
        ("facts_due", Figure::Count(n.get("facts_due"))),
        ("facts_found", n.ratio("facts_found", "facts_due")),
        ("value", n.ratio("value_right", "facts_due")),
        ("unit", n.ratio("unit_right", "facts_due")),
        ("measure", n.ratio("measure_right", "facts_due")),
        ("period", n.ratio("period_right", "facts_due")),
        ("phase", n.ratio("phase_right", "facts_due")),
        ("concept", n.ratio("concept_right", "concepts_due")),
        ("item", n.ratio("item_right", "items_due")),
        ("facts_full", n.ratio("facts_full", "facts_due")),
        ("facts_full_table", n.ratio("facts_full_table", "facts_due_table")),
        ("facts_full_text", n.ratio("facts_full_text", "facts_due_text")),
        ("cells", n.ratio("cells_right", "cells")),
        ("relations_f1", n.f1("relations_right", "relations_said", "relations")),
    ]
}

impl Score {
    /// The report's name, a line for each figure, then the errors.
    #[must_use]
    pub fn as_text(&self) -> String {
        let mut text = format!("{}\n", self.document);
        for (name, figure) in &self.figures {
            let _ = writeln!(text, "  {name:15} {}", figure.shown("None"));
        }
        text + &self.errors()
    }

    /// The figures as one line of JSON, then the errors.
    #[must_use]
    pub fn as_json(&self) -> String {
        let figures = self.figures.iter().map(|(name, figure)| format!("\"{name}\": {}", figure.shown("null")));
        let document = serde_json::Value::from(self.document.as_str());
        let line = figures.fold(format!("{{\"document\": {document}"), |line, figure| line + ", " + &figure);
        line + "}\n" + &self.errors()
    }

    fn errors(&self) -> String {
        self.errors.iter().flat_map(|error| [error, "\n"]).collect()
    }
}

impl Figure {
    fn shown(&self, none: &str) -> String {
        match self {
            Figure::Count(count) => count.to_string(),
            Figure::Ratio(Some(ratio)) => ratio.to_string(),
            Figure::Ratio(None) => none.to_owned(),
        }
    }
}
