//! What the index knows of each document: counts by class, layout and identity, spending, 三公.
//!
//! In: a row of `documents` and its [`Rows`]. Out: [`Summary`]. Money is summed nowhere here: of each class
//! of spending the one figure is taken that the report itself states for the whole.

use super::report::Missing;
use super::rows::{DocumentRow, Fact, Rows, Table};
use crate::quantity::{Decimal, NumberClass};
use std::collections::BTreeMap;

/// The three kinds of 三公 spending, in the order of the form, by their concepts.
pub const PUBLIC: [&str; 3] = ["three_public.abroad", "three_public.vehicle", "three_public.reception"];

/// Spending of one class (类) of the functional classification.
#[derive(Clone, Debug)]
pub struct Spending {
    pub name: String,
    pub amount: Decimal,
}

/// One document, for the index.
#[derive(Debug)]
pub struct Summary {
    pub row: DocumentRow,
    /// Its page, relative to the index, or why there is none.
    pub page: Result<String, Missing>,
    /// Numbers by class, in the order of [`NumberClass::ALL`].
    pub classes: Vec<u64>,
    /// Unread numbers by the layout of their table, or `prose`.
    pub unread: BTreeMap<String, u64>,
    /// Failing checks by identity.
    pub failing: BTreeMap<String, u64>,
    /// By code of the class.
    pub spending: BTreeMap<String, Spending>,
    /// In the order of [`PUBLIC`].
    pub public: [Option<Decimal>; 3],
    /// 三公 in all.
    pub public_total: Option<Decimal>,
}

impl Summary {
    /// What `rows` tell of the document; `page` is filled in by whoever writes it.
    pub fn of(row: &DocumentRow, rows: &Rows) -> Self {
        let mut summary = Summary {
            row: row.clone(),
            page: Err(Missing::NotChosen),
            classes: vec![0; NumberClass::ALL.len()],
            unread: unread(rows),
            failing: BTreeMap::new(),
            spending: spending(rows),
            public: PUBLIC.map(|concept| public(row, rows, concept).or_else(|| halves(row, rows, concept))),
            public_total: public(row, rows, "three_public.total"),
        };
        for number in &rows.numbers {
            if let Some(place) = NumberClass::ALL.iter().position(|class| class.as_str() == number.class) {
                summary.classes[place] += 1;
            }
        }
        for check in rows.checks.iter().filter(|check| check.status == "fails") {
            *summary.failing.entry(check.identity.clone()).or_default() += 1;
        }
        summary
    }

    /// 三公 in all: as stated, else the sum of its parts.
    pub fn public_sum(&self) -> Option<Decimal> {
        let parts = || self.public.iter().flatten().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(*part));
        self.public_total.or_else(|| parts().filter(|_| self.public.iter().any(Option::is_some)))
    }
}

fn unread(rows: &Rows) -> BTreeMap<String, u64> {
    let mut tables: Vec<&Table> = rows.tables.iter().collect();
    tables.sort_by_key(|table| table.bytes.start);
    let mut counts = BTreeMap::new();
    for number in rows.numbers.iter().filter(|number| number.class == NumberClass::Unread.as_str()) {
        let following = tables.partition_point(|table| table.bytes.start <= number.bytes.start);
        let table = following.checked_sub(1).and_then(|index| tables.get(index));
        let layout = table.filter(|table| number.bytes.end <= table.bytes.end).map_or("prose", |table| &table.layout);
        *counts.entry(layout.to_owned()).or_default() += 1;
    }
    counts
}

fn amount(fact: &Fact) -> Option<Decimal> {
    let executed = fact.says("measure", "amount") && fact.says("phase", "executed") && fact.says("unit", "CNY");
    fact.get("value").filter(|_| executed)?.parse().ok()
}

/// How well a fact tells what a class costs: the overview of all funds first, then any statement, then the text.
fn rank(fact: &Fact, rows: &Rows) -> u8 {
    let table = fact.get("table").and_then(|table| rows.tables.get(table.parse::<usize>().ok()?));
    match table.map(|table| table.kind.as_str()) {
        Some("income_expenditure_summary") => 0,
        Some("expenditure") => 1,
        Some("appropriation_summary") => 2,
        Some(_) => 3,
        None => 4,
    }
}

fn spending(rows: &Rows) -> BTreeMap<String, Spending> {
    let mut best: BTreeMap<String, (u8, Spending)> = BTreeMap::new();
    for fact in rows.facts.iter().filter(|fact| fact.says("concept", "expenditure.function")) {
        let (Some(code), Some(amount)) = (fact.get("function_code").filter(|code| code.len() == 3), amount(fact))
        else {
            continue;
        };
        let rank = rank(fact, rows);
        let name = fact.get("function_name").or(fact.get("item")).unwrap_or(code).to_owned();
        let better = best.get(code).is_none_or(|(other, spending)| (rank, -amount) < (*other, -spending.amount));
        if better {
            best.insert(code.to_owned(), (rank, Spending { name, amount }));
        }
    }
    best.into_iter()
        .map(|(code, (_, spending))| (code, spending))
        .filter(|(_, spending)| !spending.amount.is_zero())
        .collect()
}

/// What the two kinds of spending on vehicles come to, if the report states only these.
fn halves(row: &DocumentRow, rows: &Rows, concept: &str) -> Option<Decimal> {
    let half = |kind: &str| public(row, rows, &format!("{concept}.{kind}"));
    match (half("purchase"), half("operation")) {
        (Some(purchase), Some(operation)) => purchase.checked_add(operation),
        (one, other) => one.or(other),
    }
}

/// What the report states for `concept` in its own year, the form's figure before the text's.
fn public(row: &DocumentRow, rows: &Rows, concept: &str) -> Option<Decimal> {
    let year = row.fiscal_year.map(|year| year.to_string());
    let here = |fact: &&Fact| fact.says("concept", concept) && fact.get("period") == year.as_deref();
    let found = rows.facts.iter().filter(here).filter_map(|fact| Some((!fact.says("source", "table"), amount(fact)?)));
    found.min_by_key(|(in_text, _)| *in_text).map(|(_, amount)| amount)
}
