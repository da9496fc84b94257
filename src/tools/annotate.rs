//! `juesuan annotate`: a draft of the two gold tables of a document, to be corrected by hand.
//!
//! In: a document. Out: `figures.csv` and `tables.csv` with the columns of the annotation guide
//! (id, line, bytes, raw, class and so on to note). What the program could not read is left empty and says so in
//! `note`; everything else has to be read against the original all the same.

use super::ToolError;
use crate::fact::Fact;
use crate::grammar::Grammars;
use crate::quantity::NumberClass;
use crate::table::TableKind;
use crate::{Extraction, extract_document};
use std::path::{Path, PathBuf};

/// The columns of `figures.csv`.
pub const FIGURES: [&str; 16] = [
    "id",
    "line",
    "byte_start",
    "byte_end",
    "raw",
    "class",
    "value",
    "unit",
    "concept",
    "item",
    "measure",
    "phase",
    "period",
    "base_period",
    "flags",
    "note",
];
/// The columns of `tables.csv`.
pub const CELLS: [&str; 11] =
    ["table", "title", "kind", "row", "col", "rowspan", "colspan", "text", "byte_start", "byte_end", "header"];

/// The two tables as text.
#[derive(Debug)]
pub struct Draft {
    /// `figures.csv`.
    pub figures: String,
    /// `tables.csv`.
    pub cells: String,
    /// Rows of `figures.csv` that nothing could class.
    pub unread: usize,
}

/// The draft of one document.
#[must_use]
pub fn annotate(bytes: &[u8], name: &str, grammars: &Grammars) -> Draft {
    let found = extract_document(bytes, name, grammars);
    let unread = found.numbers.iter().filter(|number| number.class == NumberClass::Unread).count();
    Draft { figures: table(&FIGURES, figures(&found)), cells: table(&CELLS, cells(&found)), unread }
}

/// Writes the draft into `folder/NAME/`, NAME being the document's without its extension; gives that folder.
///
/// # Errors
/// [`ToolError`] if an annotation lies there and may not be replaced, or a file cannot be written.
pub fn write(draft: &Draft, name: &str, folder: &Path, replace: bool) -> Result<PathBuf, ToolError> {
    let stem = Path::new(name).file_stem().map_or_else(|| name.into(), |stem| stem.to_string_lossy());
    let folder = folder.join(&*stem);
    std::fs::create_dir_all(&folder)
        .map_err(|error| ToolError::file(&folder, error, "choose another folder with --out"))?;
    for (file, text) in [("figures.csv", &draft.figures), ("tables.csv", &draft.cells)] {
        let path = folder.join(file);
        if path.exists() && !replace {
            let help = "it may hold corrections; --overwrite replaces it, --out DIR writes elsewhere";
            return Err(ToolError::file(&path, "an annotation lies here already", help));
        }
        std::fs::write(&path, text)
            .map_err(|error| ToolError::file(&path, error, "choose another folder with --out"))?;
    }
    Ok(folder)
}

fn table<const N: usize>(header: &[&str; N], rows: Vec<[String; N]>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory cannot fail: every row has the header's length.
    let _ = writer.write_record(header);
    for row in rows {
        let _ = writer.write_record(&row);
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

fn figures(found: &Extraction<'_>) -> Vec<[String; 16]> {
    let text = found.source.text();
    let mut facts = found.facts.as_slice();
    let mut rows = Vec::with_capacity(found.numbers.len());
    for (index, number) in found.numbers.iter().enumerate() {
        let count = facts.partition_point(|fact| fact.number as usize <= index);
        let (own, rest) = facts.split_at(count);
        facts = rest;
        let place = found.source.file_span(number.span);
        let (class, note) = match number.class {
            NumberClass::Unread => ("", "unread: class and meaning have to be told"),
            class => (class.as_str(), ""),
        };
        let [value, unit, concept, item, measure, phase, period, base_period, flags] = meaning(own);
        rows.push([
            index.to_string(),
            found.source.line(number.span.start).to_string(),
            place.start.to_string(),
            place.end.to_string(),
            number.span.of(text).to_owned(),
            class.to_owned(),
            value,
            unit,
            concept,
            item,
            measure,
            phase,
            period,
            base_period,
            flags,
            note.to_owned(),
        ]);
    }
    rows
}

/// Value to flags of a number's facts: those of the first, with the concepts of all.
fn meaning(facts: &[Fact<'_>]) -> [String; 9] {
    let Some(fact) = facts.first() else { return Default::default() };
    let concepts: Vec<_> = facts.iter().filter_map(|fact| fact.concept).collect();
    let year = |year: Option<i16>| year.map_or(String::new(), |year| year.to_string());
    [
        fact.value.normalize().to_string(),
        fact.unit.as_str().to_owned(),
        concepts.join("|"),
        fact.item.clone(),
        fact.measure.as_str().to_owned(),
        fact.phase.map_or(String::new(), |phase| phase.as_str().to_owned()),
        year(fact.period),
        year(fact.base_period),
        fact.flags.names().unwrap_or_default(),
    ]
}

fn cells(found: &Extraction<'_>) -> Vec<[String; 11]> {
    let text = found.source.text();
    let mut rows = Vec::new();
    for (index, table) in found.tables.iter().enumerate() {
        for cell in &table.cells {
            let place = found.source.file_span(cell.span);
            rows.push([
                (index + 1).to_string(),
                table.title.clone().unwrap_or_default(),
                kind(table.kind).to_owned(),
                cell.row.to_string(),
                cell.column.to_string(),
                cell.row_span.to_string(),
                cell.column_span.to_string(),
                cell.text(text).into_owned(),
                place.start.to_string(),
                place.end.to_string(),
                u8::from(cell.header).to_string(),
            ]);
        }
    }
    rows
}

/// The kinds of the annotation guide.
fn kind(kind: TableKind) -> &'static str {
    match kind {
        TableKind::SelfEvaluation
        | TableKind::ScoreSheet
        | TableKind::Comparison
        | TableKind::Chart
        | TableKind::Other => kind.as_str(),
        _ => "statement",
    }
}
