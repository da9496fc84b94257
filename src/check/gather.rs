//! Facts by the places that identities name: tables, rows, columns, chapters, paragraphs.
//!
//! In: the facts of a document and what stands around them. Out: [`Gathered`], each list built once,
//! in one pass. Whether figures may meet is said by `grammars/identities/places.toml`.

use super::printed::Printed;
use super::{CheckInput, misread};
use crate::fact::{Fact, FactSource, Flags};
use crate::grammar::Grammars;
use crate::layout::TableLayout;
use crate::quantity::{Decimal, Measure, NumberClass, Phase, Unit};
use crate::source::Span;
use crate::table::TableKind;
use std::collections::{BTreeMap, BTreeSet};

/// No paragraph: the fact stands in a table.
pub(super) const NOWHERE: u32 = u32::MAX;

/// What is known about one table.
#[derive(Clone, Debug, Default)]
pub(super) struct TableFacts<'a> {
    /// Its facts, in order.
    pub(super) facts: Vec<u32>,
    /// The concept that each column states in the row of the whole.
    pub(super) columns: BTreeMap<u32, Option<&'a str>>,
    /// Blank cells are blank in the original.
    pub(super) certain: bool,
    /// A number in it was not understood, or its columns do not fit together.
    pub(super) unread: bool,
}

/// A document's facts, gathered.
pub(super) struct Gathered<'i, 'a> {
    pub(super) input: &'i CheckInput<'i>,
    pub(super) facts: &'i [Fact<'a>],
    pub(super) grammars: &'a Grammars,
    /// Facts of each place, in order.
    pub(super) places: Vec<Vec<u32>>,
    pub(super) tables: Vec<TableFacts<'a>>,
    /// The paragraph of each fact of the text.
    pub(super) paragraphs: Vec<u32>,
    /// Facts of the text, in order.
    pub(super) text: Vec<u32>,
    /// Facts of the text by concept and value.
    said: BTreeMap<(&'a str, Decimal), Vec<u32>>,
    /// Every value that the document prints, in yuan and in percent.
    values: [BTreeMap<Decimal, u32>; 2],
    /// Facts that are none: numbers of rows read as amounts, items of a list that bear the name of the whole.
    aside: BTreeSet<u32>,
}

impl<'i, 'a> Gathered<'i, 'a> {
    pub(super) fn new(input: &'i CheckInput<'i>, facts: &'i [Fact<'a>], grammars: &'a Grammars) -> Self {
        let mut gathered = Gathered {
            input,
            facts,
            grammars,
            places: vec![Vec::new(); grammars.identities().places().len()],
            tables: vec![TableFacts::default(); input.tables.len()],
            paragraphs: paragraphs_of(input, facts),
            text: Vec::new(),
            aside: BTreeSet::new(),
            said: BTreeMap::new(),
            values: values_of(facts),
        };
        gathered.read_tables();
        gathered.set_aside();
        gathered.read_places();
        gathered
    }

    fn read_tables(&mut self) {
        for (index, fact) in self.facts.iter().enumerate() {
            let Some((table, _, column)) = fact.cell else {
                if fact.source == FactSource::Narrative {
                    self.text.push(index as u32);
                    if let Some(concept) = fact.concept {
                        self.said.entry((concept, fact.value)).or_default().push(index as u32);
                    }
                }
                continue;
            };
            let Some(found) = self.tables.get_mut(table as usize) else { continue };
            found.facts.push(index as u32);
            if fact.function_code.is_none() && fact.economic_code.is_none() && fact.concept.is_some() {
                found
                    .columns
                    .entry(column)
                    .and_modify(|known| {
                        if *known != fact.concept {
                            *known = None;
                        }
                    })
                    .or_insert(fact.concept);
            }
        }
        for (found, table) in self.tables.iter_mut().zip(self.input.tables) {
            found.certain = matches!(
                table.layout,
                TableLayout::Tika | TableLayout::Tsv | TableLayout::Markdown | TableLayout::Html | TableLayout::Columns
            );
            let numbers = self.input.numbers;
            let from = numbers.partition_point(|number| number.span.start < table.span.start);
            found.unread = numbers[from..]
                .iter()
                .take_while(|number| number.span.end <= table.span.end)
                // One or two digits are the number of a row or column, no amount.
                .any(|number| number.class == NumberClass::Unread && number.span.len() > 2);
        }
    }

    fn set_aside(&mut self) {
        let mut aside = BTreeSet::new();
        for (found, table) in self.tables.iter_mut().zip(self.input.tables) {
            let mut columns: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            let mut rows: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            for &index in &found.facts {
                let fact = &self.facts[index as usize];
                if let (Some((_, row, column)), Unit::Cny) = (fact.cell, &fact.unit) {
                    columns.entry(column).or_default().push(index);
                    rows.entry(row).or_default().push(index);
                }
            }
            aside.extend(
                rows.values().filter(|facts| misread::count_columns(self.input.text, self.facts, facts)).flatten(),
            );
            if matches!(table.layout, TableLayout::Columns | TableLayout::Flow) {
                aside.extend(misread::page_numbers(self.input.text, self.facts, &found.facts));
            }
            for facts in columns.values() {
                if misread::count_rows(self.input.text, self.facts, facts)
                    || misread::are_codes(self.input.text, self.facts, facts)
                {
                    aside.extend(facts);
                }
            }
            found.facts.retain(|index| !aside.contains(index));
        }
        let mut counts: BTreeMap<TableKind, u32> = BTreeMap::new();
        for (found, table) in self.tables.iter().zip(self.input.tables) {
            *counts.entry(table.kind).or_default() += u32::from(!found.facts.is_empty());
        }
        for (found, table) in self.tables.iter_mut().zip(self.input.tables) {
            // A statement that goes on in another table has its whole in one and its classes in the other.
            let alone = counts.get(&table.kind).is_none_or(|count| *count < 2);
            found.unread |= coded(table.kind) && misread::misaligned(self.facts, &found.facts, alone);
        }
        let mut heads: BTreeMap<(u32, &str), Decimal> = BTreeMap::new();
        for &index in &self.text {
            let fact = &self.facts[index as usize];
            let (Some(concept), Measure::Amount) = (fact.concept, fact.measure) else { continue };
            let head = *heads.entry((fact.section.unwrap_or(NOWHERE), concept)).or_insert(fact.value);
            let start = self.input.layout.paragraphs.get(self.paragraphs[index as usize] as usize);
            let start = start.and_then(|paragraph| paragraph.pieces.first()).map_or(0, |piece| piece.start);
            // A paragraph that begins with a number goes on from one that was cut in two.
            let cut = Span::new(start, fact.span.start).of(self.input.text).trim().is_empty();
            if cut || fact.value < head && misread::is_item(self.input.text, fact) {
                aside.insert(index);
            }
        }
        self.aside = aside;
    }

    fn read_places(&mut self) {
        let places = self.grammars.identities().places();
        let chapters = chapters(self.input, self.grammars);
        for (index, place) in places.iter().enumerate() {
            if place.tables.is_empty() {
                continue;
            }
            for (found, table) in self.tables.iter().zip(self.input.tables) {
                if place.tables.iter().any(|kind| kind == table.kind.as_str()) {
                    self.places[index].extend(&found.facts);
                }
            }
        }
        for &index in &self.text {
            let Some(section) = self.facts[index as usize].section else { continue };
            for place in chapters.get(section as usize).into_iter().flatten() {
                self.places[*place].push(index);
            }
        }
    }

    pub(super) fn fact(&self, index: u32) -> &'i Fact<'a> {
        &self.facts[index as usize]
    }

    pub(super) fn raw(&self, index: u32) -> &'i str {
        self.fact(index).span.of(self.input.text)
    }

    /// The facts of the text that say the same of the same thing.
    pub(super) fn repeats(&self, index: u32) -> impl Iterator<Item = u32> {
        let fact = self.fact(index);
        let same = move |other: &Fact<'_>| {
            (other.measure, other.phase, other.period) == (fact.measure, fact.phase, fact.period)
                && other.base_period == fact.base_period
                && super::sums::subject(other) == super::sums::subject(fact)
        };
        let key = fact.concept.map(|concept| (concept, fact.value));
        let found = key.and_then(|key| self.said.get(&key)).into_iter().flatten().copied();
        found.filter(move |other| same(self.fact(*other)))
    }

    /// Whether another figure of the document has a value in `range`.
    pub(super) fn prints(&self, index: u32, range: (Decimal, Decimal)) -> bool {
        let fact = self.fact(index);
        let values = match fact.unit {
            Unit::Cny => &self.values[0],
            Unit::Percent => &self.values[1],
            _ => return false,
        };
        range.0 <= range.1 && values.range(range.0..=range.1).any(|(value, first)| *first != index && !value.is_zero())
    }

    /// What the fact's digits stand for.
    pub(super) fn printed(&self, index: u32) -> Option<Printed> {
        Printed::of(self.fact(index), self.raw(index))
    }

    /// Whether the figure cannot be relied on.
    pub(super) fn doubtful(&self, index: u32) -> bool {
        let flags = self.fact(index).flags;
        flags.has(Flags::TEMPLATE) || flags.has(Flags::OCR) || flags.has(Flags::APPROXIMATE)
    }

    /// Whether the figure's row has fewer figures than the table has columns, and their columns were guessed.
    /// `public`: statement 07, whose one row has 6 or 12.
    pub(super) fn guessed(&self, index: u32, public: bool) -> bool {
        let Some((table, row, _)) = self.fact(index).cell else { return false };
        // In a flow, blank cells leave no trace.
        let grid = self.input.tables.get(table as usize);
        let flow = grid.is_some_and(|table| table.layout == TableLayout::Flow);
        let columns = grid.map_or(0, |table| table.columns as usize);
        let Some(found) = self.tables.get(table as usize).filter(|_| flow) else { return false };
        let from = found.facts.partition_point(|fact| self.fact(*fact).cell.is_some_and(|cell| cell.1 < row));
        let filled = found.facts[from..]
            .iter()
            .take_while(|fact| self.fact(**fact).cell.is_some_and(|cell| cell.1 == row))
            .count();
        if public { filled != 6 && filled != 12 } else { filled < found.columns.len().max(columns.saturating_sub(4)) }
    }

    /// Whether the figure stands in the row of one class, in a statement that has a row for each.
    pub(super) fn coded(&self, index: u32) -> bool {
        let fact = self.fact(index);
        let table = fact.cell.and_then(|cell| self.input.tables.get(cell.0 as usize));
        fact.function_code.is_some() && table.is_some_and(|table| coded(table.kind))
    }

    /// The concept that counts in a row: that of the column where the row is one class.
    pub(super) fn row_concept(&self, index: u32) -> Option<&'a str> {
        let fact = self.fact(index);
        if !self.coded(index) || fact.concept != Some("expenditure.function") {
            return fact.concept;
        }
        let (table, _, column) = fact.cell?;
        self.tables.get(table as usize)?.columns.get(&column).copied().flatten()
    }

    /// An amount or a count of what was executed, about the thing itself and not a part of it.
    pub(super) fn states(&self, index: u32) -> bool {
        let fact = self.fact(index);
        !self.aside.contains(&index)
            && matches!(fact.measure, Measure::Amount | Measure::Count)
            && !(fact.cell.is_none() && fact.item.contains('：'))
    }

    /// Whether it speaks of the accounts, not of a budget or a target.
    pub(super) fn executed(&self, index: u32) -> bool {
        matches!(self.fact(index).phase, None | Some(Phase::Executed))
    }
}

/// The statements with a row for each class; the summaries name classes, but have sides.
fn coded(kind: TableKind) -> bool {
    !matches!(kind, TableKind::IncomeExpenditureSummary | TableKind::AppropriationSummary)
}

fn values_of(facts: &[Fact<'_>]) -> [BTreeMap<Decimal, u32>; 2] {
    let mut values = [BTreeMap::new(), BTreeMap::new()];
    for (index, fact) in facts.iter().enumerate() {
        match fact.unit {
            Unit::Cny => values[0].entry(fact.value).or_insert(index as u32),
            Unit::Percent => values[1].entry(fact.value).or_insert(index as u32),
            _ => continue,
        };
    }
    values
}

/// The paragraph of each fact of the text.
fn paragraphs_of(input: &CheckInput<'_>, facts: &[Fact<'_>]) -> Vec<u32> {
    let mut pieces: Vec<(u32, u32, u32)> = Vec::new();
    for (index, paragraph) in input.layout.paragraphs.iter().enumerate() {
        pieces.extend(paragraph.pieces.iter().map(|piece| (piece.start, piece.end, index as u32)));
    }
    pieces.sort_unstable();
    facts
        .iter()
        .map(|fact| {
            if fact.cell.is_some() {
                return NOWHERE;
            }
            let following = pieces.partition_point(|piece| piece.0 <= fact.span.start);
            let piece = following.checked_sub(1).map(|at| pieces[at]);
            piece.filter(|piece| fact.span.start < piece.1).map_or(NOWHERE, |piece| piece.2)
        })
        .collect()
}

/// The places that each section belongs to. What a chapter is, its sections are.
fn chapters(input: &CheckInput<'_>, grammars: &Grammars) -> Vec<Vec<usize>> {
    let places = grammars.identities().places().len();
    let sections = &input.layout.sections;
    let nothing = vec![(false, false); places];
    let mut named: Vec<Vec<(bool, bool)>> = Vec::with_capacity(sections.len());
    let mut chapters = Vec::with_capacity(sections.len());
    for (index, section) in sections.iter().enumerate() {
        let mut title = String::with_capacity(section.title.len());
        title.extend(section.title.chars().filter(|c| !c.is_whitespace() && !matches!(c, '“' | '”' | '"')));
        let parent = section.parent.map(|parent| parent as usize).filter(|parent| *parent < index);
        let mut here = parent.map_or_else(|| nothing.clone(), |parent| named[parent].clone());
        grammars.identities().named_in(&title, |place, bars| {
            let (wanted, barred) = &mut here[place];
            *(if bars { barred } else { wanted }) = true;
        });
        chapters.push((0..places).filter(|place| here[*place] == (true, false)).collect());
        named.push(here);
    }
    chapters
}
