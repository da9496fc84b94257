//! The page of one document: its text with everything marked, and the data of the lists beside it.
//!
//! In: a row of `documents`, its [`Rows`], the report's bytes. Out: HTML.

use super::grid::{Grid, draw};
use super::labels::{Label, Names, label};
use super::page::{self, Script};
use super::places::Places;
use super::rows::{Check, DocumentRow, Fact, Number, Problem, Rows, Table};
use super::text::{Cutter, Line, Piece};
use crate::layout::Section;
use crate::source::{Source, Span};
use askama::Template;
use serde::Serialize;
use std::collections::BTreeMap;

/// Lines that a browser lays out together.
const LINES: usize = 40;

/// A stretch of the page.
enum Part<'a> {
    Lines(Vec<Line<'a>>),
    Table { index: usize, table: &'a Table, grid: Grid<'a>, raw: Vec<Line<'a>> },
}

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage<'a> {
    row: &'a DocumentRow,
    policy: &'a str,
    style: &'a str,
    script: &'a str,
    data: String,
    parts: Vec<Part<'a>>,
    sections: &'a [Section],
    classes: Vec<String>,
    aligned: bool,
}

impl DocumentPage<'_> {
    fn t(key: &str) -> Label {
        label(key)
    }

    /// The label of one of a column's words.
    fn w(column: &str, word: &str) -> Label {
        label(&format!("{column}.{word}"))
    }

    fn title(&self) -> &str {
        self.row.entity.as_deref().or(self.row.title.as_deref()).unwrap_or(&self.row.document)
    }

    /// The class words of a number's mark.
    #[allow(clippy::trivially_copy_pass_by_ref)] // templates pass references
    fn class(&self, index: &usize) -> &str {
        self.classes.get(*index).map_or("", String::as_str)
    }
}

/// What the page's script works with.
#[derive(Serialize)]
struct Data<'a> {
    document: &'a str,
    numbers: &'a [Number],
    facts: &'a [Fact],
    checks: &'a [Check],
    problems: &'a [Problem],
    tables: &'a [Table],
    concepts: BTreeMap<&'a str, &'a (String, String)>,
    identities: BTreeMap<&'a str, &'a (String, String)>,
    labels: &'a BTreeMap<&'static str, Label>,
}

/// Writes the page.
///
/// # Errors
/// None that data can cause; what the templates say.
pub fn render(row: &DocumentRow, rows: &Rows, bytes: &[u8], names: &Names) -> Result<String, askama::Error> {
    let (source, _) = Source::decode(bytes);
    let places = Places::of(&source, rows);
    let Script { code, policy } = &*page::DOCUMENT;
    let data = page::json(&data(row, rows, names)).map_err(askama::Error::custom)?;
    DocumentPage {
        row,
        policy,
        style: page::STYLE,
        script: code,
        data,
        parts: parts(&source, rows, &places),
        sections: &places.sections,
        classes: classes(rows, &places),
        aligned: row.converter.as_deref() == Some("pdftotext"),
    }
    .render()
}

fn data<'a>(row: &'a DocumentRow, rows: &'a Rows, names: &'a Names) -> Data<'a> {
    let concepts = rows.facts.iter().filter_map(|fact| names.concepts.get_key_value(fact.get("concept")?));
    let identities = rows.checks.iter().filter_map(|check| names.identities.get_key_value(&check.identity));
    Data {
        document: &row.document,
        numbers: &rows.numbers,
        facts: &rows.facts,
        checks: &rows.checks,
        problems: &rows.problems,
        tables: &rows.tables,
        concepts: concepts.map(|(id, name)| (id.as_str(), name)).collect(),
        identities: identities.map(|(id, name)| (id.as_str(), name)).collect(),
        labels: &super::labels::LABELS,
    }
}

/// The class of each number, `dim` beside it inside converters' residue, `failed` and `suspect` if its facts are
/// terms of a failing identity.
fn classes(rows: &Rows, places: &Places) -> Vec<String> {
    let mut classes: Vec<String> = rows.numbers.iter().map(|number| number.class.clone()).collect();
    let mut marks = vec![(false, false); classes.len()];
    for check in rows.checks.iter().filter(|check| check.status == "fails") {
        for fact in &check.facts {
            let number = rows.facts.get(*fact as usize).map(|fact| fact.number as usize);
            if let Some((failed, suspect)) = number.and_then(|number| marks.get_mut(number)) {
                *failed = true;
                *suspect |= check.suspect == Some(*fact);
            }
        }
    }
    for digits in &places.numbers {
        let following = places.residue.partition_point(|residue| residue.start <= digits.span.start);
        let residue = following.checked_sub(1).and_then(|index| places.residue.get(index));
        if residue.is_some_and(|residue| digits.span.end <= residue.end) {
            classes[digits.index].push_str(" dim");
        }
    }
    for (class, (failed, suspect)) in classes.iter_mut().zip(marks) {
        class.push_str(if failed { " failed" } else { "" });
        class.push_str(if suspect { " suspect" } else { "" });
    }
    classes
}

fn parts<'a>(source: &'a Source<'a>, rows: &'a Rows, places: &'a Places) -> Vec<Part<'a>> {
    let cutter = Cutter::new(source, places);
    let mut parts = Vec::new();
    let mut at = 0;
    let prose = |from: u32, to: u32, parts: &mut Vec<Part<'a>>| {
        let mut lines = cutter.lines(Span::new(from, to)).into_iter().peekable();
        while lines.peek().is_some() {
            parts.push(Part::Lines(lines.by_ref().take(LINES).collect()));
        }
    };
    for (span, index) in &places.tables {
        prose(at, span.start, &mut parts);
        let table = &rows.tables[*index];
        let first = rows.cells.partition_point(|cell| cell.table < table.table);
        let count = rows.cells[first..].partition_point(|cell| cell.table == table.table);
        let grid = draw(&rows.cells[first..first + count], first, *span, table.columns, source, rows, places);
        parts.push(Part::Table { index: *index, table, grid, raw: cutter.lines(*span) });
        at = span.end + u32::from(source.text()[span.end as usize..].starts_with('\n'));
    }
    prose(at, source.text().len() as u32, &mut parts);
    parts
}
