//! `juesuan trace`: one fact back to its source: the bytes in the report, the cell, the identities it takes part in.
//!
//! In: an output folder, the fact's document and ordinal, the reports' folder if at hand. Out: text for people.
//! The bytes are those of the row; nothing is searched for. A report that was changed since is said, not shown.

use super::text::width;
use super::{MOST_BYTES, ToolError};
use crate::dataset::read::Row;
use crate::dataset::{Dataset, TABLES, TableName};
use crate::grammar::Grammars;
use crate::run::{bytes_of, list_documents};
use crate::source::{FileSpan, Source};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Lines of the report shown above and below.
const AROUND: u32 = 2;
/// Characters of a line shown on each side of the number.
const SIDE: usize = 60;

/// What to trace.
#[derive(Clone, Debug)]
pub struct Options {
    /// The output folder.
    pub out: PathBuf,
    /// `DOCUMENT:N`.
    pub fact: String,
    /// Where the reports lie.
    pub reports: Option<PathBuf>,
}

/// The values of one row, by column; missing ones are left out.
type Values = BTreeMap<&'static str, String>;

/// Traces a fact.
///
/// # Errors
/// [`ToolError`] if the fact, the dataset or the report is not there, with what to do.
pub fn trace(options: &Options, grammars: &Grammars) -> Result<String, ToolError> {
    let (document, ordinal) = place(&options.fact)?;
    let dataset = Dataset::open(&options.out)?;
    let about = document_row(&dataset, document)?;
    let facts = rows_of(&dataset, TableName::Facts, document)?;
    let Some(fact) = facts.get(ordinal as usize) else {
        return Err(ToolError::Usage(match facts.len() {
            0 => format!("{document} states no fact\n  help: look at `problems` and `juesuan inspect` for why"),
            count => format!("{document} has no fact {ordinal}\n  help: its facts are 0 to {}", count - 1),
        }));
    };
    let mut text = format!("fact {ordinal} of {document}\n");
    add_fact(&mut text, fact, grammars);
    add_source(&mut text, options, &about, fact)?;
    add_cell(&mut text, &dataset, document, fact)?;
    add_checks(&mut text, &dataset, document, ordinal, &facts)?;
    Ok(text)
}

fn place(fact: &str) -> Result<(&str, u32), ToolError> {
    let parsed = fact.rsplit_once(':').and_then(|(document, ordinal)| Some((document, ordinal.parse().ok()?)));
    parsed.filter(|(document, _)| !document.is_empty()).ok_or_else(|| {
        ToolError::Usage(format!("“{fact}” names no fact\n  help: --fact DOCUMENT:N, the columns `document` and `fact` of `facts`: --fact 2019/a.txt:12"))
    })
}

/// The row of `document` in `documents`.
fn document_row(dataset: &Dataset, document: &str) -> Result<Values, ToolError> {
    let mut found = None;
    let mut like = Vec::new();
    let table = &TABLES[TableName::Documents as usize];
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    dataset.scan(table.name, &names)?.for_each(|row| match row.text(0) {
        Some(name) if name == document => found = Some(values(row, TableName::Documents)),
        Some(name) if name.contains(document) => like.push(name.to_owned()),
        _ => {}
    })?;
    found.ok_or_else(|| {
        like.truncate(3);
        let help = if like.is_empty() {
            "documents are named by their path below the input folder; see `documents`".to_owned()
        } else {
            format!("did you mean {}?", like.join(", "))
        };
        ToolError::Usage(format!("{} holds no document {document}\n  help: {help}", dataset.folder().display()))
    })
}

fn values(row: Row<'_>, table: TableName) -> Values {
    let columns = TABLES[table as usize].columns.iter().enumerate();
    columns.filter_map(|(place, column)| Some((column.name, row.shown(place)?.into_owned()))).collect()
}

/// All rows of `document` in `table`.
fn rows_of(dataset: &Dataset, table: TableName, document: &str) -> Result<Vec<Values>, ToolError> {
    let definition = &TABLES[table as usize];
    let names: Vec<&str> = definition.columns.iter().map(|column| column.name).collect();
    let mut rows = Vec::new();
    dataset.scan(definition.name, &names)?.for_each(|row| {
        if row.text(0) == Some(document) {
            rows.push(values(row, table));
        }
    })?;
    Ok(rows)
}

/// A decimal without the zeros at its end.
fn short(value: &str) -> &str {
    if value.contains('.') { value.trim_end_matches('0').trim_end_matches('.') } else { value }
}

fn line(text: &mut String, name: &str, words: &str) {
    let _ = writeln!(text, "  {name:<12} {words}");
}

fn add_fact(text: &mut String, fact: &Values, grammars: &Grammars) {
    let get = |column: &str| fact.get(column).map_or("", String::as_str);
    line(text, "printed", get("raw"));
    line(text, "value", &format!("{} {}", short(get("value")), get("unit")));
    if let Some(id) = fact.get("concept") {
        let known = grammars.vocabulary().concepts().iter().find(|concept| concept.id == *id);
        line(
            text,
            "concept",
            &known.map_or_else(|| id.clone(), |concept| format!("{id} ({}; {})", concept.zh, concept.en)),
        );
    }
    let columns = [
        "item",
        "measure",
        "phase",
        "period",
        "base_period",
        "fund",
        "function_code",
        "function_name",
        "economic_code",
        "economic_name",
        "project",
        "source",
        "section",
        "rule",
        "flags",
    ];
    for column in columns {
        if let Some(value) = fact.get(column) {
            line(text, column, value);
        }
    }
}

/// The lines of the report with the bytes marked.
fn add_source(text: &mut String, options: &Options, about: &Values, fact: &Values) -> Result<(), ToolError> {
    let get = |column: &str| fact.get(column).map_or("", String::as_str);
    let document = get("document");
    let _ = writeln!(text, "\nsource: {document}, bytes {}..{}", get("byte_start"), get("byte_end"));
    let Some(reports) = &options.reports else {
        text.push_str("  the dataset does not hold the report's text; --reports FOLDER shows the lines\n");
        return Ok(());
    };
    let bytes = report(reports, document)?;
    let digest = Sha256::digest(&bytes).iter().fold(String::new(), |digits, byte| format!("{digits}{byte:02x}"));
    if about.get("sha256").is_some_and(|known| *known != digest) {
        return Err(ToolError::file(
            &reports.join(document),
            "this is not the file that the dataset was made of (another SHA-256)",
            "extract it again, or name the folder of the file that was read",
        ));
    }
    let (source, _) = Source::decode(&bytes);
    let (Ok(start), Ok(end)) = (get("byte_start").parse(), get("byte_end").parse()) else { return Ok(()) };
    let span = source.text_span(FileSpan { start, end });
    let here = source.line(span.start);
    for number in here.saturating_sub(AROUND).max(1)..=here + AROUND {
        let line = source.line_span(number);
        if number > here && line.start as usize >= source.text().len() {
            break;
        }
        let words = line.of(source.text());
        let at = if number == here { (span.start - line.start) as usize } else { 0 };
        let (before, shown) = window(words, at);
        let _ = writeln!(text, "  {number:>6} | {shown}");
        if number == here {
            let marked = width(span.of(source.text())).max(1);
            let _ = writeln!(text, "         | {}{}", " ".repeat(before), "^".repeat(marked));
        }
    }
    Ok(())
}

/// The report's bytes: a file below the folder, or the one file that was read.
fn report(reports: &Path, document: &str) -> Result<Vec<u8>, ToolError> {
    let path = if reports.is_file() { reports.to_owned() } else { reports.join(document) };
    if let Ok(bytes) = std::fs::read(&path) {
        return Ok(bytes);
    }
    let found = list_documents(&[reports.to_owned()], Path::new(""), MOST_BYTES).ok();
    let found = found.and_then(|documents| documents.into_iter().find(|known| known.name == document));
    let bytes = found.and_then(|known| bytes_of(&known, MOST_BYTES).ok().map(std::borrow::Cow::into_owned));
    bytes.ok_or_else(|| {
        ToolError::file(
            &path,
            "this report cannot be read",
            "--reports is the folder that was given to `juesuan extract`",
        )
    })
}

/// The part of `line` around byte `at`, and how wide its words before `at` are.
fn window(line: &str, at: usize) -> (usize, String) {
    let clean = |words: &str| words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    let (head, tail) = line.split_at_checked(at).unwrap_or(("", line));
    let skipped = head.chars().count().saturating_sub(SIDE);
    let mut shown: String = clean(&head.chars().skip(skipped).collect::<String>());
    if skipped > 0 {
        shown.insert(0, '…');
    }
    let before = width(&shown);
    shown.push_str(&clean(&tail.chars().take(2 * SIDE).collect::<String>()));
    if tail.chars().count() > 2 * SIDE {
        shown.push('…');
    }
    (before, shown.trim_end().to_owned())
}

/// The row of the table that holds the fact, and what stands above its cell.
fn add_cell(text: &mut String, dataset: &Dataset, document: &str, fact: &Values) -> Result<(), ToolError> {
    let (Some(table), Some(row), Some(column)) = (fact.get("table"), fact.get("row"), fact.get("column")) else {
        return Ok(());
    };
    let tables = rows_of(dataset, TableName::Tables, document)?;
    let Some(about) = tables.iter().find(|known| known.get("table") == Some(table)) else { return Ok(()) };
    let words = |column: &str| about.get(column).map_or("", String::as_str);
    let _ = writeln!(text, "\ntable {table}: {} {} {} {}", words("kind"), words("title"), words("form"), words("unit"));
    let (mut above, mut beside) = (Vec::new(), Vec::new());
    for cell in rows_of(dataset, TableName::Cells, document)? {
        if cell.get("table") != Some(table) {
            continue;
        }
        let number = |name: &str| cell.get(name).and_then(|value| value.parse::<u32>().ok()).unwrap_or(0);
        let covers = |at: &String, start: &str, span: &str| {
            at.parse().is_ok_and(|at: u32| (number(start)..number(start) + number(span).max(1)).contains(&at))
        };
        let shown = cell.get("text").cloned().unwrap_or_default();
        if covers(row, "row", "row_span") {
            beside.push(if covers(column, "column", "column_span") { format!("[{shown}]") } else { shown });
        } else if covers(column, "column", "column_span") && cell.get("header").is_some_and(|header| header == "true") {
            above.push(shown);
        }
    }
    line(text, "column", &format!("{column}: {}", above.join(" > ")));
    line(text, "row", &format!("{row}: {}", beside.join(" | ")));
    Ok(())
}

/// The identities that the fact takes part in, with what the other facts say.
fn add_checks(
    text: &mut String,
    dataset: &Dataset,
    document: &str,
    ordinal: u32,
    facts: &[Values],
) -> Result<(), ToolError> {
    let with = |facts: &str| facts.split('|').any(|fact| fact.parse() == Ok(ordinal));
    let mut checks = rows_of(dataset, TableName::Checks, document)?;
    checks.retain(|check| check.get("facts").is_some_and(|facts| with(facts)));
    let _ = writeln!(
        text,
        "\nidentities: {}",
        if checks.is_empty() { "none".to_owned() } else { checks.len().to_string() }
    );
    for check in &checks {
        let get = |column: &str| check.get(column).map_or("", String::as_str);
        let _ = writeln!(text, "  {:<9} {}", get("status"), get("identity"));
        let _ = writeln!(text, "            {}", get("message"));
        for other in get("facts").split('|').filter_map(|fact| fact.parse::<usize>().ok()) {
            let Some(fact) = facts.get(other) else { continue };
            let get = |column: &str| fact.get(column).map_or("", String::as_str);
            let mark = if other == ordinal as usize { '*' } else { ' ' };
            let value = format!("{} {}", short(get("value")), get("unit"));
            let _ = writeln!(text, "          {mark} fact {other:<5} {value:>20}  {}", get("item"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_named_by_document_and_ordinal() {
        assert_eq!(place("2019/a.txt:12").ok(), Some(("2019/a.txt", 12)));
        assert_eq!(place("C:a.txt:0").ok(), Some(("C:a.txt", 0)));
        assert!(place("a.txt").is_err() && place("a.txt:x").is_err() && place(":3").is_err());
    }

    #[test]
    fn long_lines_are_cut_around_the_number() {
        let line = format!("{}12.50万元{}", "收".repeat(100), "支".repeat(200));
        let (before, shown) = window(&line, 300);
        assert!(shown.starts_with("…收收") && shown.ends_with("支…"), "{shown}");
        assert_eq!(before, 1 + 2 * SIDE);
        assert_eq!(window("收入\t5", 7), (5, "收入 5".to_owned()));
    }

    #[test]
    fn values_are_shown_without_zeros_at_their_end() {
        assert_eq!([short("12.500000"), short("-3.000000"), short("100")], ["12.5", "-3", "100"]);
    }
}
