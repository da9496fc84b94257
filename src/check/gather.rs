//! Facts by the places that identities name: tables, rows, columns, chapters, paragraphs.
//!
//! In: the facts of a document and what stands around them. Out: [`Gathered`], each list built once,
//! in one pass. Whether figures may meet is said by `grammars/identities/places.toml`.

use super::CheckInput;
use super::printed::Printed;
use crate::fact::{Fact, FactSource, Flags};
use crate::grammar::Grammars;
use crate::layout::TableLayout;
use crate::quantity::{Measure, NumberClass, Phase};
use std::collections::HashMap;

/// No paragraph: the fact stands in a table.
pub(super) const NOWHERE: u32 = u32::MAX;

/// What is known about one table.
#[derive(Clone, Debug, Default)]
pub(super) struct TableFacts<'a> {
    /// Its facts, in order.
    pub(super) facts: Vec<u32>,
    /// The concept that each column states in the row of the whole.
    pub(super) columns: HashMap<u32, Option<&'a str>>,
    /// Blank cells are blank in the original.
    pub(super) certain: bool,
    /// A number in it was not understood.
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
        };
        gathered.read_tables();
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
        for (found, table) in self.tables.iter_mut().zip(self.input.tables) {
            found.certain = matches!(
                table.layout,
                TableLayout::Tika | TableLayout::Tsv | TableLayout::Markdown | TableLayout::Html
            );
            let numbers = self.input.numbers;
            let from = numbers.partition_point(|number| number.span.start < table.span.start);
            found.unread = numbers[from..]
                .iter()
                .take_while(|number| number.span.end <= table.span.end)
                .any(|number| number.class == NumberClass::Unread);
        }
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

    /// What the fact's digits stand for.
    pub(super) fn printed(&self, index: u32) -> Option<Printed> {
        Printed::of(self.fact(index), self.raw(index))
    }

    /// Whether the figure cannot be relied on.
    pub(super) fn doubtful(&self, index: u32) -> bool {
        let flags = self.fact(index).flags;
        flags.has(Flags::TEMPLATE) || flags.has(Flags::OCR) || flags.has(Flags::APPROXIMATE)
    }

    /// The concept that counts in a row: that of the column where the row is one class.
    pub(super) fn row_concept(&self, index: u32) -> Option<&'a str> {
        let fact = self.fact(index);
        if fact.function_code.is_none() || fact.concept != Some("expenditure.function") {
            return fact.concept;
        }
        let (table, _, column) = fact.cell?;
        self.tables.get(table as usize)?.columns.get(&column).copied().flatten()
    }

    /// An amount or a count of what was executed, about the thing itself and not a part of it.
    pub(super) fn states(&self, index: u32) -> bool {
        let fact = self.fact(index);
        matches!(fact.measure, Measure::Amount | Measure::Count) && !(fact.cell.is_none() && fact.item.contains('：'))
    }

    /// Whether it speaks of the accounts, not of a budget or a target.
    pub(super) fn executed(&self, index: u32) -> bool {
        matches!(self.fact(index).phase, None | Some(Phase::Executed))
    }
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
    let places = grammars.identities().places();
    let sections = &input.layout.sections;
    let mut named = vec![vec![(false, false); places.len()]; sections.len()];
    let mut chapters = Vec::with_capacity(sections.len());
    for (index, section) in sections.iter().enumerate() {
        let title: String = section.title.chars().filter(|c| !c.is_whitespace() && !matches!(c, '“' | '”' | '"')).collect();
        let parent = section.parent.map(|parent| parent as usize).filter(|parent| *parent < index);
        let mut here = Vec::new();
        for (at, place) in places.iter().enumerate() {
            let above = parent.map_or((false, false), |parent| named[parent][at]);
            let wanted = above.0 || place.sections.iter().any(|words| title.contains(words.as_str()));
            let barred = above.1 || place.not_sections.iter().any(|words| title.contains(words.as_str()));
            named[index][at] = (wanted, barred);
            if wanted && !barred {
                here.push(at);
            }
        }
        chapters.push(here);
    }
    chapters
}
