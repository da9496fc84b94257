//! Folders with invented reports, runs of the built program, and what they left behind.

use polars::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// The seven tables.
pub const TABLES: [&str; 7] = ["documents", "numbers", "facts", "tables", "cells", "checks", "problems"];

/// A report of an agency that does not exist; `seed` makes its figures its own.
pub fn report(seed: usize) -> String {
    let mut text = format!("云溪县第{seed}医疗保障局{}年度部门决算\n\n一、收入支出决算总体情况说明\n", 2015 + seed % 8);
    for paragraph in 0..20 + seed % 7 {
        let amount = (seed * 7919 + paragraph * 104_729) % 9_999_999;
        let _ = writeln!(
            text,
            "{}.本年收入合计{}.{:02}万元，比上年减少{}.{}万元，下降{}.5%。",
            paragraph + 1,
            amount / 100,
            amount % 100,
            amount % 89,
            seed % 10,
            paragraph % 60
        );
    }
    text
}

/// An empty folder that is removed at the end of the test.
pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// A folder `input` below `root` with so many reports, some of them in sub-folders.
pub fn reports(root: &Path, count: usize) -> PathBuf {
    let input = root.join("input");
    for seed in 0..count {
        let folder = input.join(["", "2019", "2019/县级"][seed % 3]);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(format!("report-{seed:03}.txt")), report(seed)).expect("a report");
    }
    input
}

/// `juesuan`, not yet run.
pub fn juesuan() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin!("juesuan"))
}

/// `juesuan extract INPUT --out OUT MORE…`, run.
pub fn extract(input: &Path, out: &Path, more: &[&str]) -> Output {
    juesuan().arg("extract").arg(input).arg("--out").arg(out).args(more).output().expect("juesuan runs")
}

/// The same, which must succeed.
pub fn extract_well(input: &Path, out: &Path, more: &[&str]) -> Output {
    let output = extract(input, out, more);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    output
}

/// What it printed on standard error.
pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// What it printed on standard output.
pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// Every file below `folder` with its bytes.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn add(folder: &Path, root: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                add(&path, root, files);
            } else {
                let name = path.strip_prefix(root).expect("below").to_string_lossy().into_owned();
                files.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    let mut found = BTreeMap::new();
    add(folder, folder, &mut found);
    found
}

/// Says which files differ, for a message shorter than their bytes.
pub fn assert_same_files(left: &Path, right: &Path) {
    let (left, right) = (files(left), files(right));
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    let differing: Vec<_> = left.iter().filter(|(name, bytes)| right[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(differing.is_empty(), "these files differ: {differing:?}");
}

/// All parts of a Parquet table, in order.
pub fn parquet(out: &Path, table: &str) -> DataFrame {
    let mut parts: Vec<_> = fs::read_dir(out.join(table))
        .expect("the table's folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    parts.sort();
    let mut frames = parts.iter().map(|part| {
        ParquetReader::new(fs::File::open(part).expect("a part"))
            .finish()
            .unwrap_or_else(|e| panic!("{}: {e}", part.display()))
    });
    let first = frames.next().expect("at least one part");
    frames.fold(first, |all, part| all.vstack(&part).expect("parts of one schema"))
}

/// The rows of a Parquet table as text, missing values empty.
pub fn parquet_rows(out: &Path, table: &str) -> Vec<Vec<String>> {
    let frame = parquet(out, table);
    (0..frame.height())
        .map(|row| frame.columns().iter().map(|column| text(&column.get(row).expect("a row"))).collect())
        .collect()
}

fn text(value: &AnyValue<'_>) -> String {
    match value {
        AnyValue::Null => String::new(),
        AnyValue::Decimal(millionths, _, scale) => {
            let digits = format!("{:07}", millionths.unsigned_abs());
            let (whole, fraction) = digits.split_at(digits.len() - scale);
            format!("{}{whole}.{fraction}", if *millionths < 0 { "-" } else { "" })
        }
        other => other.get_str().map_or_else(|| other.to_string(), ToOwned::to_owned),
    }
}

/// Header and rows of a CSV table.
pub fn csv_rows(out: &Path, table: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_path(out.join(format!("{table}.csv"))).expect("a CSV file");
    let header = reader.headers().expect("a header").iter().map(ToOwned::to_owned).collect();
    let rows = reader.records().map(|row| row.expect("a row").iter().map(ToOwned::to_owned).collect());
    (header, rows.collect())
}

/// One column of a Parquet table as text.
pub fn column(out: &Path, table: &str, column: &str) -> Vec<String> {
    let place = parquet(out, table).get_column_index(column).expect("a column");
    parquet_rows(out, table).into_iter().map(|mut row| row.swap_remove(place)).collect()
}
