//! Generates invented final-accounts reports with known truth.
//!
//! `cargo run --release --example generate -- --documents N --seed S --out DIR [--truth] [--errors K]`
//!
//! A document depends on the seed and its own number alone: the same ones come out whatever N is.
//! Accounts that agree come first (`accounts`), then the report (`statements`, `sections`, `forms`), then
//! a converter's text layout (`layouts`), which remembers where every number went (`writer`, `truth`).
//! `DIR/documents.csv` lists the documents; `DIR/truth/<name>/` holds what each number and cell is;
//! `DIR/planted.csv` says which digit was changed in the first K documents. With `--judge` nothing is written:
//! juesuan reads the documents, and what its checks say of them is counted.

#![allow(clippy::cast_sign_loss, clippy::cast_possible_wrap)] // counts and choices are small and never negative

mod accounts;
mod book;
mod classes;
mod figures;
mod forms;
mod judge;
mod layouts;
mod names;
mod planted;
mod random;
mod report;
mod sections;
mod small;
mod statements;
mod style;
mod table;
mod text;
mod truth;
mod wordings;
mod writer;

use accounts::Accounts;
use clap::Parser;
use planted::Planted;
use random::Random;
use rayon::prelude::*;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use style::{Layout, Style};
use truth::Printed;
use writer::Writer;

/// Generates invented reports with known truth.
#[derive(Parser)]
struct Arguments {
    /// How many documents.
    #[arg(long, default_value_t = 100)]
    documents: u64,
    /// Other seeds give other documents.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The folder to write into; it is made where it is missing.
    #[arg(long, required_unless_present = "judge")]
    out: Option<PathBuf>,
    /// Write each document's truth beside it, in gold's format.
    #[arg(long)]
    truth: bool,
    /// Change one digit in each of the first K documents.
    #[arg(long, default_value_t = 0, value_name = "K")]
    errors: u64,
    /// Count what juesuan's checks say of the documents, and write none.
    #[arg(long)]
    judge: bool,
    /// List every false alarm and every error that is not found, too.
    #[arg(long, requires = "judge")]
    list: bool,
    /// Judge only the documents of one layout (flow, columns, tsv …).
    #[arg(long, requires = "judge", value_name = "NAME")]
    layout: Option<String>,
}

impl Arguments {
    fn out(&self) -> &Path {
        self.out.as_deref().unwrap_or(Path::new("."))
    }
}

/// A generated document.
struct Document {
    name: String,
    style: Style,
    agency: names::Agency,
    writer: Writer,
    planted: Option<Planted>,
}

/// Generates one document.
fn generate(seed: u64, number: u64, has_error: bool) -> Document {
    let mut random = Random::new(seed, number);
    let style = Style::choose(&mut random);
    let agency = names::agency(&mut random);
    let step = style.step(&mut random);
    let books = Accounts::keep(&mut random, &agency, style.year, step);
    let blocks = report::build(Random::new(seed ^ 0x5EED, number), &style, &agency, &books);
    let mut writer = layouts::print(blocks, &style, &mut random);
    let planted = if has_error { planted::plant(&mut writer, &mut random) } else { None };
    let extension = if style.layout == Layout::Html { "xhtml" } else { "txt" };
    Document { name: format!("{number:06}-{}.{extension}", style.layout.name()), style, agency, writer, planted }
}

/// Rows for `documents.csv` and `planted.csv`.
type Rows = (Vec<String>, Option<Vec<String>>);

/// Writes one document and says what it is: rows for `documents.csv` and `planted.csv`.
fn write(arguments: &Arguments, number: u64) -> Result<Rows, Box<dyn Error + Send + Sync>> {
    let document = generate(arguments.seed, number, number < arguments.errors);
    let printed = Printed::new(&document.writer.out, document.style.gb18030);
    fs::write(arguments.out().join(&document.name), &printed.bytes)?;
    if arguments.truth {
        let folder = document.name.trim_end_matches(".txt");
        truth::write(&arguments.out().join("truth").join(folder), &document.writer, &printed)
            .map_err(|error| error.to_string())?;
    }
    let style = &document.style;
    let row = vec![
        document.name.clone(),
        style.layout.name().to_owned(),
        if style.gb18030 { "GB18030" } else { "UTF-8" }.to_owned(),
        document.agency.name.clone(),
        document.agency.region.clone(),
        style.year.to_string(),
        style.unit.name().to_owned(),
        document.writer.numbers.len().to_string(),
        printed.bytes.len().to_string(),
    ];
    let planted = document.planted.map(|planted| {
        vec![
            document.name,
            printed.place(planted.start).to_string(),
            printed.place(planted.end).to_string(),
            planted.before,
            planted.after,
        ]
    });
    Ok((row, planted))
}

fn write_csv<'a>(
    path: &Path,
    head: &[&str],
    rows: impl Iterator<Item = &'a Vec<String>>,
) -> Result<(), Box<dyn Error>> {
    let mut csv = csv::Writer::from_path(path)?;
    csv.write_record(head)?;
    for row in rows {
        csv.write_record(row)?;
    }
    csv.flush()?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    if arguments.judge {
        let faults = |faults: Vec<_>| format!("{} fault(s) in the grammars", faults.len());
        let grammars = juesuan::Grammars::load(&juesuan::grammar::GrammarFiles::embedded()).map_err(faults)?;
        let wanted = |document: &Document| {
            arguments.layout.as_deref().is_none_or(|layout| layout == document.style.layout.name())
        };
        let judgement = judge::judge(arguments.seed, 0..arguments.documents, arguments.errors, &grammars, &wanted);
        print!("{}", judgement.report(arguments.list));
        return Ok(());
    }
    fs::create_dir_all(arguments.out())?;
    let rows: Vec<_> = (0..arguments.documents)
        .into_par_iter()
        .map(|number| write(&arguments, number))
        .collect::<Result<_, _>>()
        .map_err(|error| error.to_string())?;
    let head = ["document", "layout", "encoding", "entity", "region", "fiscal_year", "unit", "numbers", "size"];
    write_csv(&arguments.out().join("documents.csv"), &head, rows.iter().map(|row| &row.0))?;
    if arguments.errors > 0 {
        let head = ["document", "byte_start", "byte_end", "raw_before", "raw_after"];
        write_csv(&arguments.out().join("planted.csv"), &head, rows.iter().filter_map(|row| row.1.as_ref()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_document() {
        for number in 0..40 {
            assert_eq!(generate(9, number, false).writer.out, generate(9, number, false).writer.out);
        }
        assert_ne!(generate(9, 1, false).writer.out, generate(10, 1, false).writer.out);
    }

    #[test]
    fn truth_misses_no_digit() {
        for number in 0..70 {
            let document = generate(4, number, number % 2 == 0);
            let mut covered = vec![false; document.writer.out.len()];
            for placed in &document.writer.numbers {
                covered[placed.start..placed.end].fill(true);
            }
            for (at, character) in document.writer.out.char_indices() {
                let is_digit = character.is_ascii_digit() || ('０'..='９').contains(&character);
                let around: String = document.writer.out[at..].chars().take(30).collect();
                assert!(!is_digit || covered[at], "{}: {around}", document.name);
            }
        }
    }

    #[test]
    fn every_layout_is_met() {
        let layouts: std::collections::HashSet<&str> =
            (0..100).map(|number| generate(1, number, false).style.layout.name()).collect();
        assert_eq!(layouts.len(), Layout::ALL.len());
    }
}
