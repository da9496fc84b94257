//! What a dataset keeps of a document, as the check sees it.
//!
//! In: the rows of one document. Out: its facts and the [`CheckInput`] around them, the same as the report itself
//! gave, but for the report's frame. Positions are bytes of the file. Surprise: paragraphs are put together again
//! from the words before and behind their figures.

use super::stream::{DocumentRecords, Fields};
use super::tables::TableName;
use crate::check::input::{CheckInput, Grid, Passage, Standing, firsts, not_understood};
use crate::fact::{Fact, FactSource, Flags};
use crate::grammar::Grammars;
use crate::layout::TableLayout;
use crate::quantity::{Decimal, Fund, Measure, NumberClass, Phase, Unit};
use crate::source::Span;
use crate::table::TableKind;
use std::borrow::Cow;
use std::collections::HashMap;

/// The facts of a document and what stands around them.
pub fn reread<'a>(records: &DocumentRecords, grammars: &'a Grammars) -> (Vec<Fact<'a>>, CheckInput<'static>) {
    let mut sections = Sections::default();
    let facts: Vec<Fact<'a>> = records.of(TableName::Facts).map(|row| fact(row, grammars, &mut sections)).collect();
    let raws = records.of(TableName::Facts).map(|row| Cow::Owned(row.text("raw").unwrap_or("").to_owned())).collect();
    let tables = tables(records, &mut sections);
    let (passages, standings) = passages(records, &facts);
    let document = records.of(TableName::Documents).next();
    let input = CheckInput {
        raws,
        standings,
        passages,
        same_section: firsts(&sections.paths),
        sections: sections.paths,
        tables,
        fiscal_year: document.and_then(|row| row.number("fiscal_year")),
        frame: None,
    };
    (facts, input)
}

/// Heading paths in the order of their first mention.
#[derive(Default)]
struct Sections {
    paths: Vec<String>,
    known: HashMap<String, u32>,
}

impl Sections {
    fn index(&mut self, path: Option<&str>) -> Option<u32> {
        let path = path?;
        if let Some(known) = self.known.get(path) {
            return Some(*known);
        }
        let index = self.paths.len() as u32;
        self.paths.push(path.to_owned());
        self.known.insert(path.to_owned(), index);
        Some(index)
    }
}

fn span(row: Fields<'_>) -> Span {
    let at = |column: &str| u32::try_from(row.number::<u64>(column).unwrap_or(0)).unwrap_or(u32::MAX);
    Span::new(at("byte_start"), at("byte_end"))
}

fn fact<'a>(row: Fields<'_>, grammars: &'a Grammars, sections: &mut Sections) -> Fact<'a> {
    let owned = |column: &str| row.text(column).map(str::to_owned);
    let cell = row.number("table").zip(row.number("row")).zip(row.number("column"));
    let concept = row.text("concept").and_then(|id| grammars.vocabulary().concept(id));
    Fact {
        number: row.number("number").unwrap_or(0),
        span: span(row),
        value: row.number::<Decimal>("value").unwrap_or_default().normalize(),
        unit: Unit::from_word(row.text("unit").unwrap_or("")),
        concept: concept.map(|concept| concept.id.as_str()),
        item: owned("item").unwrap_or_default(),
        measure: row.text("measure").and_then(Measure::from_word).unwrap_or(Measure::Amount),
        phase: row.text("phase").and_then(Phase::from_word),
        period: row.number("period"),
        base_period: row.number("base_period"),
        fund: row.text("fund").and_then(Fund::from_word),
        function_code: owned("function_code"),
        function_name: owned("function_name"),
        economic_code: owned("economic_code"),
        economic_name: owned("economic_name"),
        project: owned("project"),
        source: row.text("source").and_then(FactSource::from_word).unwrap_or(FactSource::Narrative),
        section: sections.index(row.text("section")),
        cell: cell.map(|((table, row), column)| (table, row, column)),
        rule: "",
        flags: Flags::of_names(row.text("flags").unwrap_or("")).without(Flags::INCONSISTENT),
    }
}

fn tables(records: &DocumentRecords, sections: &mut Sections) -> Vec<Grid<'static>> {
    let mut spans = Vec::new();
    let mut grids: Vec<Grid<'static>> = Vec::new();
    for row in records.of(TableName::Tables) {
        let owned = |column: &str| row.text(column).map(|text| Cow::Owned(text.to_owned()));
        spans.push((row.number::<u64>("byte_start").unwrap_or(0), row.number::<u64>("byte_end").unwrap_or(0)));
        grids.push(Grid {
            kind: row.text("kind").and_then(TableKind::from_word).unwrap_or(TableKind::Other),
            layout: row.text("layout").and_then(TableLayout::from_word).unwrap_or(TableLayout::Flow),
            title: owned("title"),
            form: owned("form"),
            section: sections.index(row.text("section")),
            columns: row.number("columns").unwrap_or(0),
            cells: Vec::new(),
            unread: false,
        });
    }
    for row in records.of(TableName::Cells) {
        let table: Option<u32> = row.number("table");
        let place = row.number("row").zip(row.number("column"));
        let grid = table.and_then(|table| grids.get_mut(table as usize));
        if let (Some(grid), Some((at, column))) = (grid, place) {
            grid.cells.push((at, column, Cow::Owned(row.text("text").unwrap_or("").to_owned())));
        }
    }
    for row in records.of(TableName::Numbers) {
        let class = row.text("class").and_then(NumberClass::from_word);
        if class.is_none_or(|class| !not_understood(class, row.text("raw").unwrap_or(""))) {
            continue;
        }
        let (start, end) = (row.number::<u64>("byte_start").unwrap_or(0), row.number::<u64>("byte_end").unwrap_or(0));
        for (grid, span) in grids.iter_mut().zip(&spans) {
            grid.unread |= span.0 <= start && end <= span.1;
        }
    }
    grids
}

fn passages(records: &DocumentRecords, facts: &[Fact<'_>]) -> (Vec<Passage<'static>>, Vec<Option<Standing>>) {
    struct Open {
        words: String,
        last: Option<(u32, Standing)>,
        rest: String,
    }
    let mut open: Vec<(u32, Open)> = Vec::new();
    let mut known: HashMap<u32, usize> = HashMap::new();
    let mut standings = Vec::with_capacity(facts.len());
    for (row, fact) in records.of(TableName::Facts).zip(facts) {
        let Some(paragraph) = row.number::<u32>("paragraph") else {
            standings.push(None);
            continue;
        };
        let index = *known.entry(paragraph).or_insert_with(|| {
            open.push((paragraph, Open { words: String::new(), last: None, rest: String::new() }));
            open.len() - 1
        });
        let passage = &mut open[index].1;
        let standing = match passage.last {
            Some((number, standing)) if number == fact.number => standing,
            _ => {
                passage.words.push_str(row.text("before").unwrap_or(""));
                let start = passage.words.len() as u32;
                passage.words.push_str(row.text("raw").unwrap_or(""));
                Standing { passage: index as u32, start, end: passage.words.len() as u32 }
            }
        };
        passage.last = Some((fact.number, standing));
        row.text("after").unwrap_or("").clone_into(&mut passage.rest);
        standings.push(Some(standing));
    }
    let passages = open.into_iter().map(|(paragraph, open)| {
        let words = Cow::Owned(open.words + &open.rest);
        Passage { paragraph, words }
    });
    (passages.collect(), standings)
}
