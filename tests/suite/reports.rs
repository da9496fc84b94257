//! Real reports, which are never committed: read from `../shared/reports`, skipped aloud where it is missing.
//!
//! All but the PDF, as they are and re-encoded in GB18030 and UTF-16LE; the annotated ones against their annotation.

use crate::checks;
use crate::reading::{Disk, documents, read, shared};
use crate::score::Score;
use crate::support::{column, extract_well, folder, parquet_rows};
use encoding_rs::Encoding;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// What each annotated report must reach.
const FLOORS: [(&str, f64); 7] = [
    ("found", 1.0),
    ("class_accuracy", 0.97),
    ("figure_f1", 0.97),
    ("facts_full", 0.95),
    ("read", 0.995),
    ("cells", 0.98),
    ("relations", 0.95),
];

const ENCODINGS: [(&str, Disk); 3] = [("utf-8", Disk::Utf8), ("gb18030", Disk::Gb18030), ("utf-16le", Disk::Utf16Le)];

/// Name, text of each report.
fn reports() -> Vec<(String, String)> {
    let Some(shared) = shared() else { return Vec::new() };
    let text = |bytes| String::from_utf8(bytes).expect("the reports are UTF-8");
    let found = documents(&shared.join("reports"), &["txt", "xhtml"]);
    assert!(!found.is_empty(), "no reports in {}", shared.display());
    found.into_iter().map(|(name, bytes)| (name, text(bytes))).collect()
}

#[test]
fn annotated_reports_are_read_as_people_read_them() {
    let Some(shared) = shared() else { return };
    let mut wrong = Vec::new();
    for (name, text) in reports() {
        let truth = shared.join("gold").join(name.strip_suffix(".txt").unwrap_or(&name));
        if !truth.join("figures.csv").is_file() {
            continue;
        }
        let score = Score::of(&read(text.as_bytes(), &name), &truth);
        println!("{name}\n    {}", score.line());
        if std::env::var_os("JUESUAN_MISSES").is_some() {
            println!("    {}", score.misses.join("\n    "));
        }
        wrong.extend(score.below(&FLOORS).into_iter().map(|low| format!("{name}: {low}")));
    }
    assert!(wrong.is_empty(), "{}\nJUESUAN_MISSES=1 … -- --nocapture shows what is wrong", wrong.join("\n"));
}

#[test]
fn every_row_decodes_to_its_text_in_every_encoding() {
    for (name, text) in reports() {
        for (encoding, disk) in ENCODINGS {
            println!("{name} in {encoding}"); // shown if the next line panics
            checks::extract_document(&disk.encode(&text));
        }
    }
}

#[test]
fn the_encoding_changes_no_fact() {
    for (name, text) in reports() {
        let files = ENCODINGS.map(|(_, disk)| disk.encode(&text));
        let readings = files.each_ref().map(|bytes| read(bytes, &name));
        for other in &readings[1..] {
            assert_eq!(readings[0].source.text(), other.source.text(), "{name} as {}", other.source.encoding());
            assert_eq!(readings[0].numbers, other.numbers, "{name} as {}", other.source.encoding());
            assert_eq!(readings[0].facts, other.facts, "{name} as {}", other.source.encoding());
            assert_eq!(readings[0].tables, other.tables, "{name} as {}", other.source.encoding());
        }
    }
}

#[test]
fn what_is_written_points_at_its_bytes() {
    let reports = reports();
    if reports.is_empty() {
        return;
    }
    let root = folder();
    let (input, out) = (root.path().join("reports"), root.path().join("out"));
    let mut files = HashMap::new();
    for (encoding, disk) in ENCODINGS {
        fs::create_dir_all(input.join(encoding)).expect("a folder");
        for (name, text) in &reports {
            let bytes = disk.encode(text);
            fs::write(input.join(encoding).join(name), &bytes).expect("a copy of a report");
            files.insert(format!("{encoding}/{name}"), bytes);
        }
    }
    extract_well(&input, &out, &[]);
    let names = column(&out, "documents", "document");
    assert_eq!(names.len(), files.len(), "documents: {names:?}");
    let encodings: HashMap<_, _> = names.into_iter().zip(column(&out, "documents", "encoding")).collect();
    let written = Written { out: &out, files, encodings };
    assert!(written.rows_decode("numbers", 2, 5, |decoded, raw| decoded == raw) > 10_000);
    assert!(written.rows_decode("facts", 3, 5, |decoded, raw| decoded == raw) > 5_000);
    assert!(written.rows_decode("cells", 8, 7, holds_in_order) > 5_000);
    written.rows_decode("tables", 10, 4, |decoded, _| !decoded.is_empty());
    written.rows_decode("checks", 10, 9, |_, _| true);
    written.rows_decode("problems", 4, 3, |_, _| true);
}

/// A dataset, and the files that it was read from.
struct Written<'a> {
    out: &'a Path,
    files: HashMap<String, Vec<u8>>,
    encodings: HashMap<String, String>,
}

impl Written<'_> {
    /// Decodes the bytes that each row of `table` points at from column `start` on, and compares them with its column
    /// `said`; gives the number of rows.
    fn rows_decode(&self, table: &str, start: usize, said: usize, right: impl Fn(&str, &str) -> bool) -> usize {
        let rows = parquet_rows(self.out, table);
        for row in rows.iter().filter(|row| !row[start].is_empty()) {
            let place = |column: usize| row[column].parse::<usize>().expect("a position");
            let encoding = Encoding::for_label(self.encodings[&row[0]].as_bytes()).expect("a known encoding");
            let bytes = self.files[&row[0]].get(place(start)..place(start + 1));
            let bytes = bytes.unwrap_or_else(|| panic!("{table}: beyond the file: {row:?}"));
            let (decoded, malformed) = encoding.decode_without_bom_handling(bytes);
            assert!(!malformed, "{table}: not whole characters: {row:?}");
            assert!(right(&decoded, &row[said]), "{table}: the file holds {decoded:?} at {row:?}");
        }
        rows.len()
    }
}

/// Whether the characters of a cell's text stand in `decoded` in order: its parts may stand apart.
fn holds_in_order(decoded: &str, text: &str) -> bool {
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    let (decoded, text) = (squeeze(decoded), squeeze(text));
    let mut rest = decoded.chars();
    decoded == text || text.chars().all(|wanted| rest.any(|character| character == wanted))
}
