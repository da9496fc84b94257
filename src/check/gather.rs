//! Facts by the places that identities name: tables, rows, columns, chapters, paragraphs.
//!
//! In: the facts of a document and what stands around them. Out: [`Gathered`], each list built once,
//! in one pass. Whether figures may meet is said by `grammars/identities/places.toml`.

use super::input::{CheckInput, Grid, TORN};
use super::printed::Printed;
use crate::fact::{Fact, FactSource, Flags};
use crate::grammar::Grammars;
use crate::layout::TableLayout;
use crate::quantity::{Decimal, Measure, Phase, Unit};
use crate::table::TableKind;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// No paragraph: the fact stands in a table.
pub(super) const NOWHERE: u32 = u32::MAX;

/// What is known about one table.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one reason of its own to trust or doubt a table")]
pub(super) struct TableFacts<'a> {
    /// Its facts, in order.
    pub(super) facts: Vec<u32>,
    /// The concept that each column states in the row of the whole.
    pub(super) columns: BTreeMap<u32, Option<&'a str>>,
    /// Blank cells are blank in the original.
    pub(super) certain: bool,
    /// None of its amounts is lost, though in a flow their columns may be guessed.
    pub(super) whole: bool,
    /// Another table of its kind holds figures too: a page end may have cut it in two.
    pub(super) divided: bool,
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
    /// Facts of the text, in order.
    pub(super) text: Vec<u32>,
    /// Facts of the text by concept and value, sorted; gathered when a failing identity asks.
    said: OnceCell<Vec<(&'a str, Decimal, u32)>>,
    /// Every value that the document prints, in yuan and in percent, with its first fact; likewise.
    values: OnceCell<[Vec<(Decimal, u32)>; 2]>,
    /// Facts that are none: numbers of rows read as amounts, items of a list that bear the name of the whole.
    pub(super) aside: BTreeSet<u32>,
    /// Whether each fact is an amount or a count of the thing itself.
    stating: Vec<bool>,
}

impl<'i, 'a> Gathered<'i, 'a> {
    pub(super) fn new(input: &'i CheckInput<'i>, facts: &'i [Fact<'a>], grammars: &'a Grammars) -> Self {
        let mut gathered = Gathered {
            input,
            facts,
            grammars,
            places: vec![Vec::new(); grammars.identities().places().len()],
            tables: vec![TableFacts::default(); input.tables.len()],
            text: Vec::new(),
            aside: BTreeSet::new(),
            stating: Vec::new(),
            said: OnceCell::new(),
            values: OnceCell::new(),
        };
        gathered.read_tables();
        gathered.set_aside();
        gathered.find_stating();
        gathered.read_places();
        gathered
    }

    fn read_tables(&mut self) {
        for (index, fact) in self.facts.iter().enumerate() {
            let Some((table, _, column)) = fact.cell else {
                if fact.source == FactSource::Narrative {
                    self.text.push(index as u32);
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
        for (found, table) in self.tables.iter_mut().zip(&self.input.tables) {
            found.unread = table.unread;
        }
    }

    fn read_places(&mut self) {
        let places = self.grammars.identities().places();
        let chapters = chapters(self.input, self.grammars);
        for (index, place) in places.iter().enumerate() {
            if place.tables.is_empty() {
                continue;
            }
            for (found, table) in self.tables.iter().zip(&self.input.tables) {
                if place.tables.iter().any(|kind| kind == table.kind.as_str()) {
                    self.places[index].extend(&found.facts);
                }
            }
        }
        for &index in &self.text {
            let Some(section) = self.section(index) else { continue };
            for place in chapters.get(section as usize).into_iter().flatten() {
                self.places[*place].push(index);
            }
        }
    }

    pub(super) fn fact(&self, index: u32) -> &'i Fact<'a> {
        &self.facts[index as usize]
    }

    pub(super) fn raw(&self, index: u32) -> &'i str {
        &self.input.raws[index as usize]
    }

    /// Whether a fact is printed in digits, not in words: 无, 持平.
    pub(super) fn has_digits(&self, index: u32) -> bool {
        self.raw(index).contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
    }

    /// The section of a fact; those with the same heading path are one.
    pub(super) fn section(&self, index: u32) -> Option<u32> {
        self.fact(index).section.and_then(|section| self.input.same_section.get(section as usize)).copied()
    }

    /// The section of a table.
    pub(super) fn section_of(&self, table: &Grid<'_>) -> Option<u32> {
        table.section.and_then(|section| self.input.same_section.get(section as usize)).copied()
    }

    /// The heading that a fact stands below.
    pub(super) fn title(&self, index: u32) -> Option<&'i str> {
        let path = self.section(index).and_then(|section| self.input.sections.get(section as usize))?;
        path.rsplit(" > ").next()
    }

    /// The paragraph of a fact; [`NOWHERE`] in a table.
    pub(super) fn paragraph(&self, index: u32) -> u32 {
        let standing = self.input.standings[index as usize];
        standing.map_or(NOWHERE, |standing| self.input.passages[standing.passage as usize].paragraph)
    }

    /// The words of a fact's paragraph.
    pub(super) fn words(&self, index: u32) -> &'i str {
        let standing = self.input.standings[index as usize];
        standing.map_or("", |standing| &self.input.passages[standing.passage as usize].words)
    }

    /// The words of its paragraph before a fact.
    pub(super) fn before(&self, index: u32) -> &'i str {
        let end = self.input.standings[index as usize].map_or(0, |standing| standing.end);
        let start = self.input.standings[index as usize].map_or(0, |standing| standing.start);
        self.words(index).get(..start.min(end) as usize).unwrap_or("")
    }

    /// The words behind a fact, up to the fact `next` if that stands in the same paragraph.
    pub(super) fn words_until(&self, index: u32, next: Option<u32>) -> &'i str {
        let Some(own) = self.input.standings[index as usize] else { return "" };
        let words = self.words(index);
        let next = next.and_then(|next| self.input.standings[next as usize]);
        let end = next.filter(|next| next.passage == own.passage).map_or(words.len(), |next| next.start as usize);
        words.get(own.end as usize..end.max(own.end as usize)).unwrap_or("")
    }

    /// Whether what the figure speaks of may have been lost: its sentence began in a paragraph that was cut off,
    /// or in front of a figure with which the paragraph begins.
    pub(super) fn torn(&self, index: u32) -> bool {
        // No sentence is so long; a line of figures without an end is read in time linear in it.
        const LONGEST: usize = 4096;
        if self.input.standings[index as usize].is_none() {
            return false;
        }
        let before = self.before(index).trim_start();
        let unit = before.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.')).trim_start();
        // 1. and 2017年 begin sentences; 1,204.50 万元 does not.
        let figure = unit.len() < before.len() && unit.starts_with(['万', '亿', '元', '%', '％']);
        let begins = before.is_empty() || figure || before.starts_with(TORN);
        begins && before.len() <= LONGEST && !before.contains('。')
    }

    /// The facts of the text that say the same of the same thing.
    pub(super) fn repeats(&self, index: u32) -> impl Iterator<Item = u32> {
        let fact = self.fact(index);
        let same = move |other: &Fact<'_>| {
            (other.measure, other.phase, other.period) == (fact.measure, fact.phase, fact.period)
                && other.base_period == fact.base_period
                && super::sums::subject(other) == super::sums::subject(fact)
        };
        let said = self.said.get_or_init(|| {
            let text = self.text.iter().map(|index| (self.fact(*index), *index));
            let mut said: Vec<_> = text.filter_map(|(fact, index)| Some((fact.concept?, fact.value, index))).collect();
            said.sort_unstable();
            said
        });
        let key = (fact.concept.unwrap_or_default(), fact.value);
        let from = said.partition_point(|(concept, value, _)| (*concept, *value) < key);
        let found = said[from..].iter().take_while(move |(concept, value, _)| (*concept, *value) == key);
        found.map(|(_, _, index)| *index).filter(move |other| same(self.fact(*other)))
    }

    /// Whether another figure of the document has a value in `range`.
    pub(super) fn prints(&self, index: u32, range: (Decimal, Decimal)) -> bool {
        let fact = self.fact(index);
        let kind = match fact.unit {
            Unit::Cny => 0,
            Unit::Percent => 1,
            _ => return false,
        };
        let values = &self.values.get_or_init(|| values_of(self.facts))[kind];
        let from = values.partition_point(|(value, _)| *value < range.0);
        let found = values[from..].iter().take_while(|(value, _)| *value <= range.1);
        found.into_iter().any(|(value, first)| *first != index && !value.is_zero())
    }

    /// What the fact's digits stand for.
    pub(super) fn printed(&self, index: u32) -> Option<Printed> {
        Printed::of(self.fact(index), self.raw(index))
    }

    /// Whether the figure may speak of something else than it seems to.
    pub(super) fn set_apart(&self, index: u32) -> bool {
        self.aside.contains(&index)
    }

    /// Whether the figure cannot be relied on.
    pub(super) fn doubtful(&self, index: u32) -> bool {
        let flags = self.fact(index).flags;
        flags.has(Flags::TEMPLATE) || flags.has(Flags::OCR) || flags.has(Flags::APPROXIMATE)
    }

    /// Whether the figure's row has fewer figures than the table has columns, and their columns were guessed.
    pub(super) fn guessed(&self, index: u32) -> bool {
        let Some((table, row, column)) = self.fact(index).cell else { return false };
        let Some(grid) = self.input.tables.get(table as usize) else { return false };
        let Some(found) = self.tables.get(table as usize) else { return false };
        let public = grid.kind == TableKind::ThreePublic;
        // In a flow, sums tell the columns; drawn with spaces, six narrow columns run into each other.
        if grid.layout != TableLayout::Flow && !(public && grid.layout == TableLayout::Columns) {
            return false;
        }
        let columns = grid.columns as usize;
        let in_row = self.row_of(table, row);
        // Six of twelve: which half they fill cannot be told.
        if public {
            return in_row.len() != 12 && (in_row.len() != 6 || columns > 8);
        }
        // One amount a side: its label is all there is to know.
        if found.whole && grid.kind == TableKind::IncomeExpenditureSummary {
            return false;
        }
        // The first figure of a class is its total, whatever follows.
        let first =
            coded(grid.kind) && in_row.iter().all(|fact| self.fact(*fact).cell.is_some_and(|cell| cell.2 >= column));
        !first && in_row.len() < found.columns.len().max(columns.saturating_sub(4))
    }

    /// The facts of one row of a table, in order.
    pub(super) fn row_of(&self, table: u32, row: u32) -> &[u32] {
        let Some(found) = self.tables.get(table as usize) else { return &[] };
        let row_of = |fact: &u32| self.fact(*fact).cell.map_or(0, |cell| cell.1);
        let from = found.facts.partition_point(|fact| row_of(fact) < row);
        let length = found.facts[from..].iter().take_while(|fact| row_of(fact) == row).count();
        &found.facts[from..from + length]
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
        self.stating[index as usize]
    }

    /// What [`Self::states`] says, asked once for every identity.
    fn find_stating(&mut self) {
        let states = |(index, fact): (usize, &Fact<'_>)| {
            matches!(fact.measure, Measure::Amount | Measure::Count)
                && !self.aside.contains(&(index as u32))
                && !(fact.cell.is_none() && fact.item.contains('：'))
        };
        self.stating = self.facts.iter().enumerate().map(states).collect();
    }

    /// Whether it speaks of the accounts, not of a budget or a target.
    pub(super) fn executed(&self, index: u32) -> bool {
        matches!(self.fact(index).phase, None | Some(Phase::Executed))
    }
}

/// Whether the table's columns were told from spaces.
pub(super) fn drawn(table: &Grid<'_>) -> bool {
    matches!(table.layout, TableLayout::Columns | TableLayout::Flow)
}

/// The statements with a row for each class; the summaries name classes, but have sides.
pub(super) fn coded(kind: TableKind) -> bool {
    !matches!(kind, TableKind::IncomeExpenditureSummary | TableKind::AppropriationSummary)
}

fn values_of(facts: &[Fact<'_>]) -> [Vec<(Decimal, u32)>; 2] {
    let mut values = [Vec::new(), Vec::new()];
    for (index, fact) in facts.iter().enumerate() {
        match fact.unit {
            Unit::Cny => values[0].push((fact.value, index as u32)),
            Unit::Percent => values[1].push((fact.value, index as u32)),
            _ => {}
        }
    }
    for values in &mut values {
        values.sort_unstable();
        values.dedup_by_key(|(value, _)| *value);
    }
    values
}

/// The places that each section belongs to. What a chapter is, its sections are.
fn chapters(input: &CheckInput<'_>, grammars: &Grammars) -> Vec<Vec<usize>> {
    let places = grammars.identities().places().len();
    let of_path = |path: &String| {
        let mut title = String::with_capacity(path.len());
        path.split(|c: char| c.is_whitespace() || matches!(c, '“' | '”' | '"')).for_each(|words| title.push_str(words));
        let mut here = vec![(false, false); places];
        grammars.identities().named_in(&title, |place, bars| {
            let (wanted, barred) = &mut here[place];
            *(if bars { barred } else { wanted }) = true;
        });
        (0..places).filter(|place| here[*place] == (true, false)).collect()
    };
    input.sections.iter().map(of_path).collect()
}
