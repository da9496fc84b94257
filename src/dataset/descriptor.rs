//! `datapackage.json`: what lies in the output folder, for programs and for people.
//!
//! In: the declarations of [`super::tables`], the format, the number of parts, whether views were made. Out:
//! a Frictionless Data Package (v2) whose columns have types of the Fiscal Data Package, without dates and
//! paths outside of the folder, so that equal data has an equal descriptor. The table schemas go into every
//! Parquet file's metadata as well. Surprise: the standard has no place for a second language, so Chinese
//! descriptions stand in `juesuan:descriptionZh`.

use super::column::Kind;
use super::exact::Exact;
use super::sink::Format;
use super::tables::{Definition, Reference, TABLES, Table, VIEWS};
use super::writer::{csv_name, part_name};
use serde_json::{Map, Value, json};

/// What its first bytes are, to tell it from another program's.
pub const DESCRIPTOR_MARK: &str =
    "{\n  \"$schema\": \"https://datapackage.org/profiles/2.0/datapackage.json\",\n  \"name\": \"juesuan-dataset\",";

/// What a descriptor says of a dataset beside its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// Parquet or CSV.
    pub format: Format,
    /// Number of Parquet parts that each table of `extract` has.
    pub parts: u32,
    /// Which grammars read it.
    pub grammar_version: String,
    /// Whether the tables of `view` lie there as well.
    pub views: bool,
}

impl Described {
    /// What the descriptor in `text` says; `None` if `extract` did not write it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let package: Value = serde_json::from_str(text).ok()?;
        let first = package.get("resources")?.get(0)?;
        let csv = first.get("format")? == "csv";
        let parts = if csv { 0 } else { u32::try_from(first.get("path")?.as_array()?.len()).ok()? };
        Some(Described {
            format: if csv { Format::Csv } else { Format::Parquet },
            parts,
            grammar_version: package.get("juesuan:grammarVersion")?.as_str()?.to_owned(),
            views: package.get("resources")?.as_array()?.len() > TABLES.len(),
        })
    }
}

/// The descriptor's text.
#[must_use]
pub fn datapackage(described: &Described) -> String {
    let parts = |table| resource(table, described.format, described.parts);
    let views = VIEWS.iter().filter(|_| described.views).map(|view| resource(view, described.format, 1));
    let resources: Vec<_> = TABLES.iter().map(parts).chain(views).collect();
    let package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "juesuan-dataset",
        "title": TITLE,
        "description": DESCRIPTION,
        "juesuan:descriptionZh": DESCRIPTION_ZH,
        "columnTypes": "https://specs.frictionlessdata.io/taxonomies/fiscal/budgets.json",
        "juesuan:programVersion": env!("CARGO_PKG_VERSION"),
        "juesuan:grammarVersion": described.grammar_version,
        "resources": resources,
    });
    format!("{package:#}\n")
}

const TITLE: &str = "Government final accounts (部门决算), read by juesuan";
const DESCRIPTION: &str = "Every number of every report with its bytes in the file, its class and, where it states a figure, its meaning; \
                           every table; every identity that the figures should obey; every problem met. Missing is null (empty in CSV). \
                           Money is in yuan, percentages in percent, decreases are negative.";
const DESCRIPTION_ZH: &str = "部门决算报告中的每个数字及其在文件中的字节位置、类别，以及所陈述的含义；每个表格；数字应当满足的每项勾稽关系；\
                              读取中的每个问题。缺失为空值（CSV中为空）。金额以元计，百分比以百分点计，减少为负。";

fn resource(table: &Table, format: Format, parts: u32) -> Value {
    let mut resource = Map::new();
    resource.insert("name".into(), table.name.into());
    describe(&mut resource, table);
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

pub(super) fn describe(resource: &mut Map<String, Value>, table: &Table) {
    resource.insert("title".into(), table.title.into());
    resource.insert("description".into(), table.description.into());
    resource.insert("juesuan:descriptionZh".into(), table.description_zh.into());
}

/// The Table Schema of `table`.
pub fn table_schema(table: &Table) -> Value {
    let mut schema = Map::new();
    schema.insert("fields".into(), table.columns.iter().map(field).collect());
    schema.insert("missingValues".into(), json!([""]));
    if !table.key.is_empty() {
        schema.insert("primaryKey".into(), table.key.into());
    }
    let may_miss = |reference: &Reference| {
        reference.columns.iter().any(|name| table.column(name).is_some_and(|column| column.nullable))
    };
    // Validators want a row even for a key that is half missing; such references stand apart.
    for (name, missing) in [("foreignKeys", false), ("juesuan:optionalForeignKeys", true)] {
        let keys = table.references.iter().filter(|reference| may_miss(reference) == missing).map(|reference| {
            json!({
                "fields": reference.columns,
                "reference": { "resource": reference.table, "fields": reference.target },
            })
        });
        let keys: Vec<_> = keys.collect();
        if !keys.is_empty() {
            schema.insert(name.into(), keys.into());
        }
    }
    Value::Object(schema)
}

/// The type in a Table Schema, and as Parquet knows it.
pub(super) fn types(kind: Kind) -> (&'static str, String) {
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
    field.insert("juesuan:descriptionZh".into(), column.description_zh.into());
    if let Some(unit) = column.unit {
        field.insert("unit".into(), unit.into());
    }
    if let Some(fiscal) = column.fiscal {
        field.insert("columnType".into(), fiscal.into());
    }
    if let Some(words) = column.words {
        field.insert("categories".into(), words().into());
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

    fn described(format: Format, parts: u32) -> Described {
        Described { format, parts, grammar_version: "abc".into(), views: false }
    }

    fn package(format: Format, parts: u32) -> Value {
        serde_json::from_str(&datapackage(&described(format, parts))).expect("JSON")
    }

    #[test]
    fn a_descriptor_tells_what_it_was_made_of() {
        for described in [described(Format::Csv, 0), described(Format::Parquet, 3)] {
            assert_eq!(Described::read(&datapackage(&described)), Some(described.clone()));
            let views = Described { views: true, ..described };
            assert_eq!(Described::read(&datapackage(&views)), Some(views));
        }
        assert_eq!(Described::read("{\"resources\": []}"), None);
    }

    #[test]
    fn fiscal_types_are_unique_in_a_table_and_words_are_categories() {
        for table in TABLES.iter().chain(VIEWS) {
            let mut fiscal: Vec<_> = table.columns.iter().filter_map(|column| column.fiscal).collect();
            let count = fiscal.len();
            fiscal.sort_unstable();
            fiscal.dedup();
            assert_eq!(fiscal.len(), count, "{}", table.name);
        }
        let package = package(Format::Csv, 1);
        let facts = package["resources"][2]["schema"]["fields"].as_array().expect("a list");
        let phase = facts.iter().find(|field| field["name"] == "phase").expect("a column");
        assert_eq!(phase["columnType"], "phase:id");
        assert_eq!(phase["categories"], json!(["approved", "adjusted", "executed", "target"]));
        assert_eq!(phase["categories"], phase["constraints"]["enum"]);
    }

    #[test]
    fn the_descriptor_begins_with_its_mark() {
        assert!(datapackage(&described(Format::Csv, 1)).starts_with(DESCRIPTOR_MARK));
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
