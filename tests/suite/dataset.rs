//! What lies in the output folder afterwards.

use super::support::*;
use polars::prelude::*;

/// CONTRACT.md, word for word: notebooks rely on these names and types.
const CONTRACT: [(&str, &str); 7] = [
    (
        "documents",
        "document str, sha256 str, size u64, encoding str, converter str, title str, entity str, region str, \
         region_code str, level str, fiscal_year i16, report_kind str, numbers u32, unread u32, tables u32, facts u32, \
         checks_held u32, checks_failed u32, problems u32, grammar_version str, program_version str, \
         units str", // the last is ours, for `juesuan check`
    ),
    (
        "numbers",
        "document str, number u32, byte_start u64, byte_end u64, line u32, raw str, class str, value decimal[28,6], \
         unit str, rule str",
    ),
    (
        "facts",
        "document str, fact u32, number u32, byte_start u64, byte_end u64, raw str, value decimal[28,6], unit str, \
         concept str, item str, measure str, phase str, period i16, base_period i16, fund str, function_code str, \
         function_name str, economic_code str, economic_name str, project str, source str, section str, table u32, \
         row u32, column u32, rule str, flags str, entity str, region_code str, fiscal_year i16, \
         paragraph u32, before str, after str", // the last three are ours, for `juesuan check`
    ),
    (
        "tables",
        "document str, table u32, kind str, layout str, title str, form str, unit str, section str, rows u32, \
         columns u32, byte_start u64, byte_end u64",
    ),
    (
        "cells",
        "document str, table u32, row u32, column u32, row_span u32, column_span u32, header bool, text str, \
         byte_start u64, byte_end u64",
    ),
    (
        "checks",
        "document str, check u32, identity str, status str, left decimal[28,6], right decimal[28,6], \
         difference decimal[28,6], tolerance decimal[28,6], facts str, message str, byte_start u64, byte_end u64",
    ),
    ("problems", "document str, severity str, code str, message str, byte_start u64, byte_end u64"),
];

fn schema(frame: &DataFrame) -> String {
    let columns = frame.schema().iter().map(|(name, kind)| {
        let kind = match kind {
            DataType::String => "str".to_owned(),
            DataType::Boolean => "bool".to_owned(),
            DataType::Decimal(precision, scale) => format!("decimal[{precision},{scale}]"),
            other => other.to_string(),
        };
        format!("{name} {kind}")
    });
    columns.collect::<Vec<_>>().join(", ")
}

#[test]
fn columns_are_those_of_the_contract_even_without_rows() {
    let root = folder();
    let input = reports(root.path(), 0);
    std::fs::create_dir_all(&input).expect("an empty folder");
    let (full, empty) = (root.path().join("full"), root.path().join("empty"));
    extract_well(&input, &empty, &[]);
    reports(root.path(), 3);
    extract_well(&input, &full, &[]);
    for (table, columns) in CONTRACT {
        assert_eq!(schema(&parquet(&full, table)), columns, "{table}");
        assert_eq!(schema(&parquet(&empty, table)), columns, "{table} without rows");
    }
    assert_eq!(parquet(&empty, "documents").height(), 0);
    assert_eq!(parquet(&full, "documents").height(), 3);
}

#[test]
fn csv_and_parquet_agree() {
    let root = folder();
    let input = reports(root.path(), 7);
    std::fs::write(input.join("折行，\"引号\".pdf"), "%PDF-1.7").expect("a PDF");
    let (rows, text) = (root.path().join("parquet"), root.path().join("csv"));
    extract_well(&input, &rows, &["--part-bytes", "4000"]);
    extract_well(&input, &text, &["--format", "csv", "--part-bytes", "4000"]);
    for table in TABLES {
        let (header, csv) = csv_rows(&text, table);
        let names: Vec<_> = parquet(&rows, table).get_column_names_owned().iter().map(ToString::to_string).collect();
        assert_eq!(header, names, "{table}");
        assert_eq!(csv, parquet_rows(&rows, table), "{table}");
    }
    assert!(!parquet_rows(&rows, "numbers").is_empty() && !parquet_rows(&rows, "problems").is_empty());
}

#[test]
fn csv_lines_end_as_rfc_4180_says() {
    let root = folder();
    let out = root.path().join("out");
    extract_well(&reports(root.path(), 1), &out, &["--format", "csv"]);
    let numbers = std::fs::read_to_string(out.join("numbers.csv")).expect("UTF-8");
    assert!(numbers.starts_with("document,number,byte_start,"), "no byte order mark: {:?}", numbers.get(..30));
    assert!(numbers.split_inclusive('\n').all(|line| line.ends_with("\r\n")));
}

#[test]
fn bytes_on_disk_decode_to_raw() {
    let root = folder();
    let input = root.path().join("report.txt");
    let bytes = [b"\xef\xbb\xbf".as_slice(), report(3).replace('\n', "\r\n").as_bytes()].concat();
    std::fs::write(&input, &bytes).expect("a report");
    let out = root.path().join("out");
    extract_well(&input, &out, &[]);
    let (starts, ends) = (column(&out, "numbers", "byte_start"), column(&out, "numbers", "byte_end"));
    let raws = column(&out, "numbers", "raw");
    assert!(raws.len() > 60, "{}", raws.len());
    for ((start, end), raw) in starts.iter().zip(&ends).zip(&raws) {
        let (start, end): (usize, usize) = (start.parse().expect("a number"), end.parse().expect("a number"));
        assert_eq!(std::str::from_utf8(&bytes[start..end]), Ok(raw.as_str()));
    }
}

#[test]
fn documents_count_their_rows() {
    let root = folder();
    let out = root.path().join("out");
    extract_well(&reports(root.path(), 4), &out, &[]);
    for (counted, table) in [("numbers", "numbers"), ("facts", "facts"), ("tables", "tables"), ("problems", "problems")]
    {
        let of_rows = column(&out, table, "document");
        for (document, count) in column(&out, "documents", "document").iter().zip(column(&out, "documents", counted)) {
            let rows = of_rows.iter().filter(|name| *name == document).count();
            assert_eq!(count, rows.to_string(), "{counted} of {document}");
        }
    }
}

#[test]
fn the_descriptor_names_every_part_and_column() {
    let root = folder();
    let out = root.path().join("out");
    extract_well(&reports(root.path(), 7), &out, &["--part-bytes", "4000"]);
    let text = std::fs::read_to_string(out.join("datapackage.json")).expect("a descriptor");
    let package: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let resources = package["resources"].as_array().expect("resources");
    assert_eq!(resources.iter().map(|resource| &resource["name"]).collect::<Vec<_>>(), TABLES);
    for resource in resources {
        let paths: Vec<_> =
            resource["path"].as_array().expect("parts").iter().filter_map(|path| path.as_str()).collect();
        assert!(paths.len() > 1 && paths.iter().all(|path| out.join(path).is_file()), "{paths:?}");
        let name = resource["name"].as_str().expect("a name");
        assert_eq!(std::fs::read_dir(out.join(name)).expect("the table").count(), paths.len(), "no part is left out");
        let fields = resource["schema"]["fields"].as_array().expect("fields");
        let names: Vec<_> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
        assert_eq!(names, parquet(&out, name).get_column_names_owned());
        assert!(fields.iter().all(|field| field["description"].as_str().is_some_and(|text| text.len() > 9)), "{name}");
    }
}

#[test]
fn parquet_files_describe_themselves() {
    let root = folder();
    let out = root.path().join("out");
    extract_well(&reports(root.path(), 1), &out, &[]);
    let file = std::fs::File::open(out.join("facts/part-00000.parquet")).expect("a part");
    let mut reader = ParquetReader::new(file);
    let metadata = reader.get_metadata().expect("metadata").key_value_metadata.clone().expect("keys");
    let schema = metadata.iter().find(|pair| pair.key == "juesuan.schema").and_then(|pair| pair.value.as_deref());
    assert!(schema.is_some_and(|schema| schema.contains("功能分类编码")), "{schema:?}");
}
