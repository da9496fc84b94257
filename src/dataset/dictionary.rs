//! The data dictionary: every table and column, as Markdown for people and as JSON for programs.
//!
//! In: the declarations of [`super::tables`]. Out: what `juesuan schema` prints and docs/data-dictionary.md holds.

use super::descriptor::{describe, table_schema, types};
use super::tables::{Definition, TABLES, Table, VIEWS};
use serde_json::{Map, Value, json};
use std::fmt::Write;

const HEAD: &str = "\
# Data dictionary 数据字典

Every table that `juesuan extract` writes, then those that `juesuan view` makes of them. Written by `juesuan schema`; a
test keeps it so. A `?` after the type: the value may be missing. Decimals are exact, money is in yuan, percentages are
in percent, a decrease is negative. In the last column stand what the values are counted in, the closed list of
words that they are taken from, and their type in the Fiscal Data Package.

`juesuan extract`写出的各表，以及`juesuan view`由其生成的各表。由`juesuan schema`生成。类型后带“?”的值可以缺失。小数为精确
小数，金额以元计，百分比以百分点计，减少为负。末列为计量单位、取值范围和财政数据包（Fiscal Data Package）的列类型。
";

/// Every table and column as Markdown, for people.
#[must_use]
pub fn schema_as_markdown() -> String {
    let mut text = HEAD.to_owned();
    for (heading, tables) in [("`juesuan extract`", TABLES), ("`juesuan view`", VIEWS)] {
        let _ = write!(text, "\n## {heading}\n");
        for table in tables {
            add_table(&mut text, table);
        }
    }
    text
}

fn add_table(text: &mut String, table: &Table) {
    let _ = write!(text, "\n### {} {}\n\n{}\n\n{}\n", table.name, table.title, table.description, table.description_zh);
    if !table.key.is_empty() {
        let _ = writeln!(text, "\nKey 主键: {}.", table.key.join(", "));
    }
    if !table.references.is_empty() {
        let points = table.references.iter().map(|to| format!("{} → {}", to.columns.join(", "), to.table));
        let _ = writeln!(text, "\nPoints at 外键: {}.", points.collect::<Vec<_>>().join("; "));
    }
    text.push_str("\n| column | type | 中文 | meaning | 说明 | values |\n|---|---|---|---|---|---|\n");
    for column in table.columns {
        let missing = if column.nullable { "?" } else { "" };
        let cells = [
            format!("`{}`", column.name),
            format!("{}{missing}", types(column.kind).1),
            column.title.to_owned(),
            column.description.replace('|', "\\|"),
            column.description_zh.replace('|', "\\|"),
            values(column),
        ];
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
}

/// Unit, closed list and fiscal type, where there are any.
fn values(column: &Definition) -> String {
    let unit = column.unit.map(str::to_owned);
    let words = column.words.map(|words| words().iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "));
    let fiscal = column.fiscal.map(|fiscal| format!("FDP `{fiscal}`"));
    [unit, words, fiscal].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// Every table and column as JSON: the resources of `datapackage.json` without their files.
#[must_use]
pub fn schema_as_json() -> String {
    let resources = TABLES.iter().chain(VIEWS).map(|table| {
        let mut resource = Map::new();
        resource.insert("name".into(), table.name.into());
        describe(&mut resource, table);
        resource.insert("schema".into(), table_schema(table));
        Value::Object(resource)
    });
    format!("{:#}\n", json!({ "resources": resources.collect::<Vec<_>>() }))
}
