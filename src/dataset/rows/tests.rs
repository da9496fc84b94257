//! What becomes of a document in the tables.

use super::*;
use crate::fact::{FactSource, Flags, Metadata};
use crate::layout::{Section, TableLayout, lay_out};
use crate::quantity::Measure;
use crate::source::Source;
use crate::table::{Cell, TableKind};
use polars::prelude::{AnyValue, DataFrame};

const TEXT: &str = "\u{feff}云溪县医保局\n收入12.50万元\n\t基本支出\n\t8.5\n";

fn span(raw: &str) -> Span {
    let start = TEXT["\u{feff}".len()..].find(raw).expect("in the text");
    Span::from(start..start + raw.len())
}

fn number(raw: &str, value: Option<Decimal>) -> Number<'static> {
    Number { span: span(raw), class: NumberClass::Figure, value, unit: Some(Unit::Cny), rule: Some("amount") }
}

fn fact(raw: &str, value: Decimal) -> Fact<'static> {
    Fact {
        number: 0,
        span: span(raw),
        value,
        unit: Unit::Cny,
        concept: Some("income.total"),
        item: "收入".to_owned(),
        measure: Measure::Amount,
        phase: None,
        period: Some(2019),
        base_period: None,
        fund: None,
        function_code: None,
        function_name: None,
        economic_code: None,
        economic_name: None,
        project: None,
        source: FactSource::Narrative,
        section: Some(0),
        cell: Some((0, 0, 1)),
        rule: "amount",
        flags: Flags::OCR.with(Flags::TEMPLATE),
    }
}

fn extraction() -> Extraction<'static> {
    let (source, problems) = Source::decode(TEXT.as_bytes());
    let mut layout = lay_out(source.text());
    layout.sections = vec![Section { title: "一、收入".to_owned(), level: 1, parent: None, span: Span::default() }];
    let cell = |row, column, raw| Cell {
        row,
        column,
        row_span: 1,
        column_span: 1,
        header: column == 0,
        span: span(raw),
        parts: None,
    };
    let table = Table {
        layout: TableLayout::Tika,
        kind: TableKind::Other,
        title: None,
        form: None,
        unit: Some("万元".to_owned()),
        section: None,
        rows: 1,
        columns: 2,
        span: span("基本支出\n\t8.5"),
        cells: vec![cell(0, 0, "基本支出"), cell(0, 1, "8.5")],
        unsure: Vec::new(),
    };
    Extraction {
        name: "a.txt".to_owned(),
        source,
        layout,
        metadata: Metadata { entity: Some("云溪县医保局".to_owned()), ..Metadata::default() },
        numbers: vec![number("12.50", Some(Decimal::from(125_000))), number("8.5", None)],
        tables: vec![table],
        facts: vec![fact("12.50", Decimal::from(125_000))],
        checks: Vec::new(),
        problems,
    }
}

fn rows(extraction: &Extraction<'_>) -> DocumentRows {
    let origin = Origin { name: "a.txt", size: Some(9), sha256: Some("0aff"), grammar_version: "7" };
    DocumentRows::of(extraction, origin, &[])
}

fn frame(rows: &DocumentRows, table: TableName) -> DataFrame {
    let mut copy = TABLES[table as usize].empty();
    copy.append(&rows.tables[table as usize]);
    copy.into_frame().expect("a frame")
}

fn value(frame: &DataFrame, column: &str, row: usize) -> String {
    match frame.column(column).expect("a column").get(row).expect("a row") {
        AnyValue::Null => "null".to_owned(),
        AnyValue::Decimal(millionths, _, 6) => format!("{millionths}e-6"),
        other => other.get_str().map_or_else(|| other.to_string(), ToOwned::to_owned),
    }
}

#[test]
fn positions_are_bytes_on_disk_and_lines_count_from_one() {
    let numbers = frame(&rows(&extraction()), TableName::Numbers);
    let at = TEXT.find("12.50").expect("in the file");
    assert_eq!(value(&numbers, "byte_start", 0), at.to_string(), "the byte order mark counts");
    assert_eq!(value(&numbers, "line", 0), "2");
    assert_eq!(value(&numbers, "raw", 0), "12.50");
}

#[test]
fn a_fact_carries_what_a_notebook_needs() {
    let facts = frame(&rows(&extraction()), TableName::Facts);
    let row: Vec<_> = ["value", "section", "table", "column", "flags", "entity", "phase"]
        .iter()
        .map(|column| value(&facts, column, 0))
        .collect();
    assert_eq!(row, ["125000000000e-6", "一、收入", "0", "1", "template|ocr", "云溪县医保局", "null"]);
}

#[test]
fn documents_count_their_rows() {
    let rows = rows(&extraction());
    let documents = frame(&rows, TableName::Documents);
    let row: Vec<_> =
        ["numbers", "facts", "tables", "problems"].iter().map(|column| value(&documents, column, 0)).collect();
    assert_eq!(row, ["2", "1", "1", "0"]);
    assert_eq!(frame(&rows, TableName::Cells).height(), 2);
    assert_eq!((rows.counts.read, rows.counts.figures), (1, 2));
}

#[test]
fn a_value_that_does_not_fit_is_left_out_and_said() {
    let mut extraction = extraction();
    extraction.facts = vec![fact("12.50", Decimal::from_str_exact("0.0000001").expect("a decimal"))];
    let rows = rows(&extraction);
    assert_eq!(value(&frame(&rows, TableName::Facts), "value", 0), "null");
    let problems = frame(&rows, TableName::Problems);
    assert_eq!(value(&problems, "code", 0), "value-not-representable");
    assert_eq!(value(&problems, "byte_start", 0), TEXT.find("12.50").expect("in the file").to_string());
    assert_eq!(value(&frame(&rows, TableName::Documents), "problems", 0), "1");
}

#[test]
fn of_a_document_that_was_not_read_everything_unknown_is_missing() {
    let origin = Origin { name: "a.pdf", size: Some(9), sha256: None, grammar_version: "7" };
    let problem = Problem::new(Severity::Error, "not-text", "convert it", None);
    let rows = DocumentRows::unread(origin, &[problem]);
    let documents = frame(&rows, TableName::Documents);
    let row: Vec<_> =
        ["size", "sha256", "encoding", "numbers", "problems"].iter().map(|c| value(&documents, c, 0)).collect();
    assert_eq!(row, ["9", "null", "null", "null", "1"]);
}
