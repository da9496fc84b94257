//! What was written comes back, from Parquet and from CSV alike.

use super::*;
use crate::dataset::Exact;
use crate::dataset::{DatasetWriter, Described, DocumentRows, Origin, datapackage};
use crate::grammar::{GrammarFiles, Grammars};
use std::path::Path;

const TEXT: &str = "云溪县水利局2031年度部门决算\n\n本年收入合计1,203.47万元，比上年减少6.20万元，下降0.51%。\n";

/// A dataset of two reports with an empty file between them, in two parts.
fn dataset(folder: &Path, format: Format) -> Dataset {
    let grammars = Grammars::load(&GrammarFiles::embedded()).expect("the embedded grammars are sound");
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let mut writer = DatasetWriter::new(folder, format, 0, &pool);
    for (name, text) in [("a.txt", TEXT), ("b.txt", ""), ("c.txt", TEXT)] {
        let origin = Origin { name, size: None, sha256: None, grammar_version: "1" };
        let extraction = crate::extract_document(text.as_bytes(), name, &grammars);
        writer.append(&DocumentRows::of(&extraction, origin, &[])).expect("appended");
        if name == "a.txt" {
            writer.finish_part().expect("a part");
        }
    }
    writer.finish_part().expect("a part");
    writer.finish().expect("finished");
    let described = Described { format, parts: 2, grammar_version: "1".into(), views: false };
    fs::write(folder.join("datapackage.json"), datapackage(&described)).expect("written");
    Dataset::open(folder).expect("a dataset")
}

fn all(dataset: &Dataset, table: &str, columns: &[&str]) -> Vec<String> {
    let mut rows = Vec::new();
    let scan = dataset.scan(table, columns).expect("a table");
    scan.for_each(|row| {
        let cells = (0..columns.len()).map(|place| row.shown(place).unwrap_or_default().into_owned());
        rows.push(cells.collect::<Vec<_>>().join(" "));
    })
    .expect("readable");
    rows
}

#[test]
fn both_formats_come_back_typed() {
    for format in [Format::Parquet, Format::Csv] {
        let folder = tempfile::tempdir().expect("a folder");
        let dataset = dataset(folder.path(), format);
        assert_eq!(dataset.format(), format);
        let facts = all(&dataset, "facts", &["value", "document", "fact", "period", "base_period", "concept"]);
        assert_eq!(
            facts,
            [
                "12034700.000000 a.txt 0 2031  income.current_year",
                "-62000.000000 a.txt 1 2031 2030 income.current_year",
                "-0.510000 a.txt 2 2031 2030 income.current_year",
                "12034700.000000 c.txt 0 2031  income.current_year",
                "-62000.000000 c.txt 1 2031 2030 income.current_year",
                "-0.510000 c.txt 2 2031 2030 income.current_year",
            ],
            "{format:?}"
        );
        let mut scan = dataset.scan("facts", &["document", "value", "period", "number"]).expect("a table");
        let batch = scan.next_batch().expect("readable").expect("rows");
        let row = batch.row(0);
        assert_eq!(row.exact(1).map(Exact::millionths), Some(12_034_700_000_000));
        assert_eq!((row.text(0), row.year(2), row.whole(3)), (Some("a.txt"), Some(2031), Some(1)));
        assert_eq!((row.text(1), row.exact(0), row.text(9)), (None, None, None), "another type is missing");
    }
}

#[test]
fn tables_are_joined_document_by_document() {
    for format in [Format::Parquet, Format::Csv] {
        let folder = tempfile::tempdir().expect("a folder");
        let dataset = dataset(folder.path(), format);
        let mut facts = dataset.scan("facts", &["document", "raw"]).expect("a table");
        let mut seen = Vec::new();
        for document in all(&dataset, "documents", &["document"]) {
            let mut raws = Vec::new();
            facts.of_document(&document, |row| raws.extend(row.text(1).map(str::to_owned))).expect("readable");
            seen.push((document, raws));
        }
        let raws = || vec!["1,203.47".to_owned(), "6.20".to_owned(), "0.51".to_owned()];
        assert_eq!(seen, [("a.txt".into(), raws()), ("b.txt".into(), vec![]), ("c.txt".into(), raws())]);
    }
}

#[test]
fn what_is_no_dataset_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let message = |error: ReadError| error.to_string();
    let error = Dataset::open(folder.path()).map(|_| ()).map_err(message).expect_err("nothing lies there");
    assert!(error.contains("no datapackage.json of juesuan") && error.contains("juesuan extract"), "{error}");
    let dataset = dataset(folder.path(), Format::Csv);
    assert!(dataset.scan("fact", &["raw"]).is_err() && dataset.scan("facts", &["row_"]).is_err());
    let path = folder.path().join("facts.csv");
    let text = fs::read_to_string(&path).expect("a table").replacen("12034700.000000", "12034700.0000001", 1);
    fs::write(&path, text).expect("written");
    let error = dataset.scan("facts", &["value"]).expect("a table").for_each(|_| ()).map_err(message);
    let error = error.expect_err("a value with seven decimals");
    assert!(error.contains("facts.csv: row 1: `value` is “12034700.0000001”"), "{error}");
}
