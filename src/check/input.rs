//! What the check sees of a document beside its facts: their paragraphs, tables, headings.
//!
//! In: text, layout, tables and ledger, or what a dataset keeps of them (`dataset::reread`). Out: [`CheckInput`].
//! Nothing here is more than the tables `facts`, `tables`, `cells` and `numbers` say, so that the identities
//! can be tried again without the report. Only `frame` needs the report itself.
//! Surprise: a paragraph that goes on from one that was cut in two begins with `…`.

use crate::fact::{Fact, FactSource, Metadata, Number};
use crate::layout::{BlockKind, Converter, Layout, TableLayout};
use crate::quantity::NumberClass;
use crate::source::Span;
use crate::table::{Table, TableKind};
use std::borrow::Cow;

/// What the first words of a paragraph begin with if the sentence began elsewhere.
pub const TORN: char = '…';

/// A paragraph that holds facts: its words without artefacts and line wraps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage<'t> {
    /// Which paragraph of the document it is.
    pub paragraph: u32,
    /// Its words; [`TORN`] first if its beginning is not there.
    pub words: Cow<'t, str>,
}

/// Where a fact's digits stand in a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Index in [`CheckInput::passages`].
    pub passage: u32,
    /// First byte in its words.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// A table as the check sees it.
#[derive(Clone, Debug)]
pub struct Grid<'t> {
    /// Which statement or form it is.
    pub kind: TableKind,
    /// How it stands in the text.
    pub layout: TableLayout,
    /// Its title's words.
    pub title: Option<Cow<'t, str>>,
    /// The form's code as printed.
    pub form: Option<Cow<'t, str>>,
    /// Index in [`CheckInput::sections`].
    pub section: Option<u32>,
    /// Columns of the grid.
    pub columns: u32,
    /// Row, column and words of its cells, by row, then column.
    pub cells: Vec<(u32, u32, Cow<'t, str>)>,
    /// A number in it was not understood.
    pub unread: bool,
}

/// What only the report itself can tell.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'t> {
    /// The document's text.
    pub text: &'t str,
    /// Its layout.
    pub layout: &'t Layout,
    /// Its tables, their kinds known.
    pub tables: &'t [Table],
    /// Its ledger.
    pub numbers: &'t [Number<'t>],
    /// Who reports about which year.
    pub metadata: &'t Metadata,
}

/// What stands around the facts of a document.
#[derive(Clone, Debug)]
pub struct CheckInput<'t> {
    /// The digits of each fact.
    pub raws: Vec<Cow<'t, str>>,
    /// Where each fact of the text stands.
    pub standings: Vec<Option<Standing>>,
    /// Paragraphs that hold facts, in order.
    pub passages: Vec<Passage<'t>>,
    /// Heading paths, joined with ` > `; those that are the same are one.
    pub sections: Vec<String>,
    /// For each index that facts and tables name, that of the first section with the same path.
    pub same_section: Vec<u32>,
    /// The tables.
    pub tables: Vec<Grid<'t>>,
    /// The year reported about.
    pub fiscal_year: Option<i16>,
    /// The report itself, if it is there.
    pub frame: Option<Frame<'t>>,
}

impl<'t> CheckInput<'t> {
    /// What stands around `facts` in the report of `frame`.
    #[must_use]
    pub fn of(frame: Frame<'t>, facts: &[Fact<'_>]) -> Self {
        let (passages, standings) = passages(frame.text, frame.layout, facts);
        let sections: Vec<String> =
            (0..frame.layout.sections.len()).map(|index| frame.layout.section_path(Some(index as u32))).collect();
        CheckInput {
            raws: facts.iter().map(|fact| Cow::Borrowed(fact.span.of(frame.text))).collect(),
            standings,
            passages,
            same_section: firsts(&sections),
            sections,
            tables: frame.tables.iter().map(|table| grid(frame, table)).collect(),
            fiscal_year: frame.metadata.fiscal_year,
            frame: Some(frame),
        }
    }
}

/// For each path the index of the first one like it.
#[must_use]
pub fn firsts(paths: &[String]) -> Vec<u32> {
    let mut known = std::collections::HashMap::new();
    paths.iter().enumerate().map(|(index, path)| *known.entry(path.as_str()).or_insert(index as u32)).collect()
}

fn grid<'t>(frame: Frame<'t>, table: &'t Table) -> Grid<'t> {
    let numbers = frame.numbers;
    let from = numbers.partition_point(|number| number.span.start < table.span.start);
    let inside = numbers[from..].iter().take_while(|number| number.span.end <= table.span.end);
    Grid {
        kind: table.kind,
        layout: table.layout,
        title: table.title.as_deref().map(Cow::Borrowed),
        form: table.form.as_deref().map(Cow::Borrowed),
        section: table.section,
        columns: table.columns,
        cells: table.cells.iter().map(|cell| (cell.row, cell.column, cell.text(frame.text))).collect(),
        unread: inside.into_iter().any(|number| not_understood(number.class, number.span.of(frame.text))),
    }
}

/// Whether a number in a table says that the table was misread: one that nothing could class, or an amount with
/// its decimals that was taken for the number of a row or for a part of a label. One or two digits are the number of a row or column.
#[must_use]
pub fn not_understood(class: NumberClass, raw: &str) -> bool {
    match class {
        NumberClass::Unread => raw.chars().count() > 2,
        NumberClass::Identifier | NumberClass::Threshold => super::printed::decimals(raw) == 2 && raw.len() > 4,
        _ => false,
    }
}

/// The paragraphs that hold facts of the text, and where each fact stands in them.
#[must_use]
pub fn passages<'t>(text: &'t str, layout: &Layout, facts: &[Fact<'_>]) -> (Vec<Passage<'t>>, Vec<Option<Standing>>) {
    let mut pieces: Vec<(Span, u32)> = Vec::new();
    for (index, paragraph) in layout.paragraphs.iter().enumerate() {
        pieces.extend(paragraph.pieces.iter().map(|piece| (*piece, index as u32)));
    }
    pieces.sort_unstable_by_key(|(piece, _)| (piece.start, piece.end));
    let paged = layout.converter == Converter::Pdftotext
        || layout.blocks.iter().any(|block| block.kind == BlockKind::PageBreak);
    let mut found: Vec<Passage<'t>> = Vec::new();
    let mut places: Vec<Option<(u32, bool)>> = vec![None; layout.paragraphs.len()];
    let standings = facts.iter().map(|fact| {
        if fact.cell.is_some() || fact.source != FactSource::Narrative {
            return None;
        }
        let following = pieces.partition_point(|(piece, _)| piece.start <= fact.span.start);
        let (piece, paragraph) = *pieces.get(following.checked_sub(1)?)?;
        if fact.span.end > piece.end {
            return None;
        }
        let own = &layout.paragraphs[paragraph as usize];
        let (passage, torn) = *places[paragraph as usize].get_or_insert_with(|| {
            let torn = paged && goes_on(text, layout, paragraph as usize);
            found.push(Passage { paragraph, words: words(text, &own.pieces, torn) });
            (found.len() as u32 - 1, torn)
        });
        let before: u32 = own.pieces.iter().take_while(|other| **other != piece).map(|other| other.len()).sum();
        let start = before + fact.span.start - piece.start + if torn { TORN.len_utf8() as u32 } else { 0 };
        Some(Standing { passage, start, end: start + fact.span.len() })
    });
    let standings = standings.collect();
    (found, standings)
}

/// The words between the fact before and each fact, and between it and the fact behind, in their passage.
#[must_use]
pub fn around<'p>(passages: &'p [Passage<'_>], standings: &[Option<Standing>]) -> Vec<Option<(&'p str, &'p str)>> {
    let mut around: Vec<Option<(&str, &str)>> = vec![None; standings.len()];
    let mut ends = vec![0; passages.len()];
    let mut last = vec![(0, 0); passages.len()];
    for (index, standing) in standings.iter().enumerate() {
        let Some(standing) = standing else { continue };
        let (passage, words) = (standing.passage as usize, &passages[standing.passage as usize].words);
        // A number that states several facts stands there once.
        if last[passage] != (standing.start, standing.end) {
            ends[passage] = last[passage].1;
            last[passage] = (standing.start, standing.end);
        }
        let before = words.get(ends[passage] as usize..standing.start as usize).unwrap_or("");
        around[index] = Some((before, ""));
    }
    let mut starts: Vec<usize> = passages.iter().map(|passage| passage.words.len()).collect();
    let mut last: Vec<(u32, u32)> = vec![(0, 0); passages.len()];
    for (index, standing) in standings.iter().enumerate().rev() {
        let Some(standing) = standing else { continue };
        let (passage, words) = (standing.passage as usize, &passages[standing.passage as usize].words);
        if last[passage] != (standing.start, standing.end) && last[passage] != (0, 0) {
            starts[passage] = last[passage].0 as usize;
        }
        last[passage] = (standing.start, standing.end);
        let after = words.get(standing.end as usize..starts[passage]).unwrap_or("");
        if let Some(around) = &mut around[index] {
            around.1 = after;
        }
    }
    around
}

fn words<'t>(text: &'t str, pieces: &[Span], torn: bool) -> Cow<'t, str> {
    match pieces {
        [only] if !torn => Cow::Borrowed(only.of(text)),
        _ => {
            let mut words = if torn { TORN.to_string() } else { String::new() };
            words.extend(pieces.iter().map(|piece| piece.of(text)));
            Cow::Owned(words)
        }
    }
}

/// Whether a paragraph of a paged text goes on from one whose sentence has not ended.
fn goes_on(text: &str, layout: &Layout, index: usize) -> bool {
    let own = &layout.paragraphs[index];
    let Some(before) = index.checked_sub(1).and_then(|above| layout.paragraphs.get(above)) else { return false };
    let prose = |kind: BlockKind| kind == BlockKind::Paragraph;
    if !prose(own.kind) || !prose(before.kind) || own.section != before.section {
        return false;
    }
    let last: String = before.pieces.iter().map(|piece| piece.of(text)).collect();
    let last = last.trim_end();
    let ended = ['。', '；', '：', '！', '？', '”', '）', '…', '.', ';', ':', ')'];
    last.chars().count() >= 20 && !last.ends_with(ended)
}
