//! The annotation of one report: `figures.csv` and `tables.csv`.

use super::cells::squeeze;
use crate::tools::ToolError;
use std::collections::HashMap;
use std::path::Path;

/// One annotated number.
#[derive(Clone, Debug, Default)]
pub(super) struct GoldFigure {
    pub(super) line: String,
    pub(super) byte_start: u64,
    pub(super) byte_end: u64,
    pub(super) raw: String,
    pub(super) class: String,
    pub(super) value: String,
    pub(super) unit: String,
    pub(super) concept: String,
    pub(super) item: String,
    pub(super) measure: String,
    pub(super) phase: String,
    pub(super) period: String,
    pub(super) base_period: String,
    pub(super) flags: String,
}

/// One cell, annotated or said.
#[derive(Clone, Debug)]
pub(super) struct GoldCell {
    pub(super) table: String,
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) row_span: u32,
    pub(super) column_span: u32,
    pub(super) start: u64,
    pub(super) end: u64,
    /// Without white space.
    pub(super) text: String,
}

const HELP: &str = "an annotation is a folder NAME with figures.csv and tables.csv, as `juesuan annotate` drafts them";

/// The names of the annotated reports, sorted.
pub(super) fn reports(gold: &Path, only: Option<&str>) -> Result<Vec<String>, ToolError> {
    let entries = std::fs::read_dir(gold).map_err(|error| ToolError::file(gold, error, HELP))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().join("figures.csv").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| only.is_none_or(|only| name.contains(only)))
        .collect();
    names.sort();
    if names.is_empty() {
        return Err(ToolError::file(gold, "no annotated report lies here", HELP));
    }
    Ok(names)
}

/// Figures and cells of one report.
pub(super) fn read(folder: &Path) -> Result<(Vec<GoldFigure>, Vec<GoldCell>), ToolError> {
    let mut figures = Vec::new();
    each(&folder.join("figures.csv"), &["byte_start", "byte_end", "raw", "class"], |row| {
        let text = |name: &str| row.get(name).cloned().unwrap_or_default();
        figures.push(GoldFigure {
            line: text("line"),
            byte_start: number(row, "byte_start"),
            byte_end: number(row, "byte_end"),
            raw: text("raw"),
            class: text("class"),
            value: text("value"),
            unit: text("unit"),
            concept: text("concept"),
            item: text("item"),
            measure: text("measure"),
            phase: text("phase"),
            period: text("period"),
            base_period: text("base_period"),
            flags: text("flags"),
        });
    })?;
    let mut cells = Vec::new();
    let path = folder.join("tables.csv");
    if path.is_file() {
        each(&path, &["table", "row", "col", "text", "byte_start", "byte_end"], |row| {
            let small = |name: &str| u32::try_from(number(row, name)).unwrap_or(0);
            let span = |name: &str| if row.get(name).is_none_or(String::is_empty) { 1 } else { small(name) };
            cells.push(GoldCell {
                table: row.get("table").cloned().unwrap_or_default(),
                row: small("row"),
                column: small("col"),
                row_span: span("rowspan"),
                column_span: span("colspan"),
                start: number(row, "byte_start"),
                end: number(row, "byte_end"),
                text: squeeze(row.get("text").map_or("", String::as_str)),
            });
        })?;
    }
    Ok((figures, cells))
}

fn number(row: &HashMap<String, String>, name: &str) -> u64 {
    row.get(name).and_then(|cell| cell.trim().parse().ok()).unwrap_or(0)
}

/// Calls `take` with every row of a CSV file, by column name.
fn each(path: &Path, needed: &[&str], mut take: impl FnMut(&HashMap<String, String>)) -> Result<(), ToolError> {
    let refused = |error: &dyn std::fmt::Display| ToolError::file(path, error, HELP);
    let text = std::fs::read_to_string(path).map_err(|error| refused(&error))?;
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().map_err(|error| refused(&error))?.clone();
    if let Some(missing) = needed.iter().find(|name| !header.iter().any(|column| column == **name)) {
        return Err(refused(&format!("the column “{missing}” is missing")));
    }
    for record in reader.records() {
        let record = record.map_err(|error| refused(&error))?;
        take(&header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect());
    }
    Ok(())
}
