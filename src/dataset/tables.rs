//! The tables of a dataset: every column's name, type, order and meaning, declared once.
//!
//! Each declaration in `extracted` (what `juesuan extract` writes) and `views` (what `juesuan view` makes of
//! it) becomes a row type, whose fields must all be given, and a [`Table`], from which schemas, Parquet
//! metadata, `datapackage.json` and `juesuan schema` are made. Adding a column is adding a line. Columns of
//! the contract keep their names, types and meaning; new ones go last.

use super::column::{Columns, Kind};
use crate::quantity::words;

words! {
    /// How high the reporting agency's government stands (column `level`).
    Level {
        /// 中央.
        Central = "central",
        /// 省、自治区、直辖市.
        Province = "province",
        /// 地级市、州、盟.
        Prefecture = "prefecture",
        /// 县、区、旗.
        County = "county",
        /// 乡、镇、街道.
        Township = "township",
    }
}

words! {
    /// What a document is (column `report_kind`).
    ReportKind {
        /// 部门决算.
        FinalAccount = "final_account",
        /// 部门预算.
        Budget = "budget",
        /// 绩效评价报告.
        PerformanceEvaluation = "performance_evaluation",
        /// Anything else.
        Other = "other",
    }
}

/// A column: its name, its type and what it means.
#[derive(Debug)]
pub struct Definition {
    /// As in the contract.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Whether a value may be missing.
    pub nullable: bool,
    /// What it means, for a reader who has never seen such a report.
    pub description: &'static str,
    /// Its Chinese name.
    pub title: &'static str,
    /// What it means, in Chinese.
    pub description_zh: &'static str,
    /// What its values are counted in, or the column that says so.
    pub unit: Option<&'static str>,
    /// Its type in the budget taxonomy of the Fiscal Data Package.
    pub fiscal: Option<&'static str>,
    /// The closed list of its values, if there is one.
    pub words: Option<fn() -> Vec<&'static str>>,
}

/// Columns that name a row of another table.
#[derive(Debug)]
pub struct Reference {
    /// The columns here.
    pub columns: &'static [&'static str],
    /// The other table.
    pub table: &'static str,
    /// The columns there.
    pub target: &'static [&'static str],
}

/// A table: its columns in order.
#[derive(Debug)]
pub struct Table {
    /// As in the contract; the name of its folder or file.
    pub name: &'static str,
    /// What a row is.
    pub description: &'static str,
    /// Its Chinese name.
    pub title: &'static str,
    /// What a row is, in Chinese.
    pub description_zh: &'static str,
    /// Columns that tell its rows apart; none for `problems`.
    pub key: &'static [&'static str],
    /// Columns that name rows of other tables.
    pub references: &'static [Reference],
    /// In the order of the files.
    pub columns: &'static [Definition],
}

impl Table {
    /// The column of that name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&'static Definition> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The table without rows.
    #[must_use]
    pub fn empty(&self) -> Columns {
        Columns::new(self.columns.iter().map(|column| (column.name, column.kind)))
    }
}

/// Which table; also its place in [`TABLES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the tables themselves say what they are
pub enum TableName {
    Documents,
    Numbers,
    Facts,
    Tables,
    Cells,
    Checks,
    Problems,
}

/// The table or view of that name.
#[must_use]
pub fn table_named(name: &str) -> Option<&'static Table> {
    TABLES.iter().chain(VIEWS).find(|table| table.name == name)
}

/// A row that knows its columns.
pub trait Row {
    /// Puts its values at the end of `columns`, a piece of the same table.
    fn push_to(self, columns: &mut Columns);
}

const OF_DOCUMENT: Reference = Reference { columns: &["document"], table: "documents", target: &["document"] };
const OF_NUMBER: Reference =
    Reference { columns: &["document", "number"], table: "numbers", target: &["document", "number"] };
const OF_TABLE: Reference =
    Reference { columns: &["document", "table"], table: "tables", target: &["document", "table"] };

const OF_FACT: Reference = Reference { columns: &["document", "fact"], table: "facts", target: &["document", "fact"] };

/// Tables as `name Row / CONSTANT: "meaning", "中文名", "说明", key [..], references [..] { columns }`, a column as
/// `name: type ["unit"] as Words : "fiscal type" = "meaning", "中文名", "说明";`. Tables in `[]` are declared elsewhere.
macro_rules! tables {
    (
        $(#[$doc:meta])*
        $list:ident [$($before:ident),*];
        $(
            $name:literal $row:ident / $constant:ident : $description:literal, $title:literal, $description_zh:literal,
            key $key:tt, references $references:tt {
                $($column:ident : $type:ty $([$unit:literal])? $(as $words:ident)? $(: $fiscal:literal)?
                    = $meaning:literal, $chinese:literal, $meaning_zh:literal;)+
            }
        )+
    ) => {
        $(#[$doc])*
        pub static $list: &[Table] = &[$($before,)* $($constant),+];

        $(
            #[doc = $description]
            #[derive(Debug)]
            pub struct $row<'a> {
                $(#[doc = $meaning] pub $column: $type,)+
            }

            impl<'a> $row<'a> {
                const COLUMNS: &'static [Definition] = &[$(Definition {
                    name: stringify!($column),
                    kind: <$type as Value>::KIND,
                    nullable: <$type as Value>::NULLABLE,
                    description: $meaning,
                    title: $chinese,
                    description_zh: $meaning_zh,
                    unit: tables!(@literal $($unit)?),
                    fiscal: tables!(@literal $($fiscal)?),
                    words: tables!(@words $($words)?),
                }),+];
            }

            const $constant: Table = Table {
                name: $name,
                description: $description,
                title: $title,
                description_zh: $description_zh,
                key: &$key,
                references: &$references,
                columns: $row::<'static>::COLUMNS,
            };

            impl Row for $row<'_> {
                fn push_to(self, columns: &mut Columns) {
                    columns.push(|columns| {
                        if let [$((_, $column)),+] = columns {
                            $(self.$column.push($column);)+
                        }
                    });
                }
            }
        )+
    };
    (@literal) => { None };
    (@literal $literal:literal) => { Some($literal) };
    (@words) => { None };
    (@words $words:ident) => { Some(|| $words::ALL.iter().map(|word| word.as_str()).collect()) };
}

mod extracted;
mod views;

pub use extracted::*;
pub use views::*;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_stand_where_their_names_say() {
        let order = [
            TableName::Documents,
            TableName::Numbers,
            TableName::Facts,
            TableName::Tables,
            TableName::Cells,
            TableName::Checks,
            TableName::Problems,
        ];
        let names: Vec<_> = order.iter().map(|name| TABLES[*name as usize].name).collect();
        assert_eq!(names, ["documents", "numbers", "facts", "tables", "cells", "checks", "problems"]);
        assert_eq!(TABLES.len(), order.len());
    }

    #[test]
    fn keys_and_references_name_columns() {
        for table in TABLES.iter().chain(VIEWS) {
            let has = |columns: &[&str], table: &Table| {
                columns.iter().all(|name| table.columns.iter().any(|column| column.name == *name))
            };
            assert!(has(table.key, table), "key of {}", table.name);
            for reference in table.references {
                let target = table_named(reference.table).expect("a table");
                assert!(has(reference.columns, table) && has(reference.target, target), "{reference:?}");
                assert_eq!(reference.target, target.key, "a reference names the other table's key");
            }
        }
    }

    #[test]
    fn every_column_is_explained_in_both_languages() {
        for table in TABLES.iter().chain(VIEWS) {
            let texts = |column: &'static Definition| [column.description, column.title, column.description_zh];
            let all =
                table.columns.iter().flat_map(texts).chain([table.description, table.title, table.description_zh]);
            assert!(all.clone().all(|text| !text.is_empty()), "{}", table.name);
            let chinese =
                table.columns.iter().all(|column| !column.description_zh.is_ascii() && !column.title.is_ascii());
            assert!(chinese, "{}", table.name);
        }
    }

    #[test]
    fn words_that_may_be_missing_are_not_among_the_words() {
        for column in TABLES.iter().chain(VIEWS).flat_map(|table| table.columns) {
            let words = column.words.map(|words| words()).unwrap_or_default();
            assert!(words.iter().all(|word| !word.is_empty()), "{}", column.name);
        }
    }
}
