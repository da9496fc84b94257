//! `datapackage.json`: what lies in the output folder, for programs and for people.
//!
//! In: the declarations of [`super::tables`], the format, the number of parts. Out: a Frictionless
//! Data Package (v2), without dates and paths outside of the folder, so that equal data has an equal
//! descriptor. The table schemas go into every Parquet file's metadata as well.

use super::column::Kind;
use super::exact::Exact;
use super::sink::Format;
use super::tables::{Definition, TABLES, Table};
use super::writer::{csv_name, part_name};
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// What its first bytes are, to tell it from another program's.
pub const DESCRIPTOR_MARK: &str =
    "{\n  \"$schema\": \"https://datapackage.org/profiles/2.0/datapackage.json\",\n  \"name\": \"juesuan-dataset\",";

/// The descriptor's text. `parts` is the number of Parquet parts that each table has.
#[must_use]
pub fn datapackage(format: Format, parts: u32, grammar_version: &str) -> String {
    let resources: Vec<_> = TABLES.iter().map(|table| resource(table, format, parts)).collect();
    let package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "juesuan-dataset",
        "title": "Government final accounts (部门决算), read by juesuan",
        "description": "Every number of every report with its bytes in the file, its class and, where it states a figure, \
                        its meaning; every table; every identity that the figures should obey; every problem met. \
                        Missing is null (empty in CSV). Money is in yuan, percentages in percent, decreases are negative.",
        "juesuan:programVersion": env!("CARGO_PKG_VERSION"),
        "juesuan:grammarVersion": grammar_version,
        "resources": resources,
    });
    format!("{package:#}\n")
}

fn resource(table: &Table, format: Format, parts: u32) -> Value {
    let mut resource = Map::new();
    resource.insert("name".into(), table.name.into());
    resource.insert("title".into(), table.title.into());
    resource.insert("description".into(), table.description.into());
    match format {
        Format::Parquet => {
            let paths: Vec<_> = (0..parts).map(|part| format!("{}/{}", table.name, part_name(part))).collect();
            resource.insert("path".into(), paths.into());
            resource.insert("format".into(), "parquet".into());
            resource.insert("mediatype".into(), "application/vnd.apache.parquet".into());
        }
        Format::Csv => {
            resource.insert("path".into(), csv_name(table).into());
            resource.insert("format".into(), "csv".into());
            resource.insert("mediatype".into(), "text/csv".into());
            resource.insert("encoding".into(), "utf-8".into());
            resource.insert("dialect".into(), json!({ "delimiter": ",", "lineTerminator": "\r\n", "header": true }));
        }
    }
    resource.insert("schema".into(), table_schema(table));
    Value::Object(resource)
}

/// The Table Schema of `table`.
pub fn table_schema(table: &Table) -> Value {
    let mut schema = Map::new();
    schema.insert("fields".into(), table.columns.iter().map(field).collect());
    schema.insert("missingValues".into(), json!([""]));
    if !table.key.is_empty() {
        schema.insert("primaryKey".into(), table.key.into());
    }
    if !table.references.is_empty() {
        let keys = table.references.iter().map(|reference| {
            json!({
                "fields": reference.columns,
                "reference": { "resource": reference.table, "fields": reference.target },
            })
        });
        schema.insert("foreignKeys".into(), keys.collect());
    }
    Value::Object(schema)
}

/// Every table and column as Markdown, for people.
#[must_use]
pub fn columns_as_markdown() -> String {
    let mut text = String::new();
    for table in TABLES {
        let _ = write!(text, "## {} ({})\n\n{}\n", table.name, table.title, table.description);
        if !table.key.is_empty() {
            let _ = writeln!(text, "Key: {}.", table.key.join(", "));
        }
        let _ = write!(text, "\n| column | type | 中文 | meaning |\n|---|---|---|---|\n");
        for column in table.columns {
            let unit = column.unit.map(|unit| format!(" Unit: {unit}.")).unwrap_or_default();
            let words = column.words.map(|words| format!(" One of: {}.", words().join(", "))).unwrap_or_default();
            let missing = if column.nullable { "?" } else { "" };
            let (_, physical) = types(column.kind);
            let (name, title, meaning) = (column.name, column.title, column.description);
            let _ = writeln!(
                text,
                "| {name} | {physical}{missing} | {title} | {}{unit}{words} |",
                meaning.replace('|', "\\|")
            );
        }
        text.push('\n');
    }
    text.push_str("A `?` after the type: the value may be missing.\n");
    text
}

/// The type in a Table Schema, and as Parquet knows it.
fn types(kind: Kind) -> (&'static str, String) {
    match kind {
        Kind::Text => ("string", "string".to_owned()),
        Kind::U32 => ("integer", "uint32".to_owned()),
        Kind::U64 => ("integer", "uint64".to_owned()),
        Kind::I16 => ("integer", "int16".to_owned()),
        Kind::Bool => ("boolean", "bool".to_owned()),
        Kind::Decimal => ("number", format!("decimal({},{})", Exact::PRECISION, Exact::SCALE)),
    }
}

fn field(column: &Definition) -> Value {
    let mut field = Map::new();
    field.insert("name".into(), column.name.into());
    let (kind, physical) = types(column.kind);
    field.insert("type".into(), kind.into());
    field.insert("juesuan:physicalType".into(), physical.into());
    field.insert("title".into(), column.title.into());
    field.insert("description".into(), column.description.into());
    if let Some(unit) = column.unit {
        field.insert("unit".into(), unit.into());
    }
    let mut constraints = Map::new();
    if !column.nullable {
        constraints.insert("required".into(), true.into());
    }
    if let Some(words) = column.words {
        constraints.insert("enum".into(), words().into());
    }
    if !constraints.is_empty() {
        field.insert("constraints".into(), Value::Object(constraints));
    }
    Value::Object(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(format: Format, parts: u32) -> Value {
        serde_json::from_str(&datapackage(format, parts, "abc")).expect("JSON")
    }

    #[test]
    fn the_descriptor_begins_with_its_mark() {
        assert!(datapackage(Format::Csv, 1, "abc").starts_with(DESCRIPTOR_MARK));
    }

    #[test]
    fn every_table_lists_its_parts() {
        let package = package(Format::Parquet, 2);
        let paths: Vec<_> = package["resources"].as_array().expect("a list").iter().map(|r| &r["path"]).collect();
        assert_eq!(paths.len(), TABLES.len());
        assert_eq!(paths[1], &json!(["numbers/part-00000.parquet", "numbers/part-00001.parquet"]));
    }

    #[test]
    fn a_field_says_its_type_unit_and_words() {
        let package = package(Format::Csv, 1);
        let fields = &package["resources"][1]["schema"]["fields"];
        assert_eq!(fields[2]["unit"], "byte");
        assert_eq!(fields[6]["constraints"]["enum"][0], "figure");
        assert_eq!(
            (&fields[7]["type"], &fields[7]["juesuan:physicalType"]),
            (&json!("number"), &json!("decimal(28,6)"))
        );
    }
}
