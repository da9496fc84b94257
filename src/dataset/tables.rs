//! The seven tables of the contract: every column's name, type, order and meaning, declared once.
//!
//! Each declaration below becomes a row type, whose fields must all be given, and a [`Table`], from
//! which schemas, Parquet metadata, `datapackage.json` and `juesuan columns` are made. Adding a column is
//! adding a line. Columns of CONTRACT.md keep their names, types and meaning; new ones go last.

use super::column::{Columns, Kind, Value};
use super::exact::Exact;
use crate::check::Status;
use crate::fact::FactSource;
use crate::layout::{Converter, TableLayout};
use crate::problem::Severity;
use crate::quantity::{Fund, Measure, NumberClass, Phase, words};
use crate::table::TableKind;

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
    /// The same in a few Chinese words.
    pub title: &'static str,
    /// What its values are counted in, or the column that says so.
    pub unit: Option<&'static str>,
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
    /// The same in a few Chinese words.
    pub title: &'static str,
    /// Columns that tell its rows apart; none for `problems`.
    pub key: &'static [&'static str],
    /// Columns that name rows of other tables.
    pub references: &'static [Reference],
    /// In the order of the files.
    pub columns: &'static [Definition],
}

impl Table {
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

macro_rules! tables {
    ($(
        $name:literal $row:ident / $constant:ident : $description:literal, $title:literal,
        key $key:tt, references $references:tt {
            $($column:ident : $type:ty $([$unit:literal])? $(as $words:ident)? = $meaning:literal, $chinese:literal;)+
        }
    )+) => {
        /// Every table, in the order of [`TableName`].
        pub static TABLES: &[Table] = &[$($constant),+];

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
                    unit: tables!(@unit $($unit)?),
                    words: tables!(@words $($words)?),
                }),+];
            }

            const $constant: Table = Table {
                name: $name,
                description: $description,
                title: $title,
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
    (@unit) => { None };
    (@unit $unit:literal) => { Some($unit) };
    (@words) => { None };
    (@words $words:ident) => { Some(|| $words::ALL.iter().map(|word| word.as_str()).collect()) };
}

tables! {
    "documents" DocumentRow / DOCUMENTS:
    "One row for every input file, also for those that could not be read: what is not known is missing.",
    "文件",
    key ["document"], references [] {
        document: &'a str = "Path of the file relative to the input folder, with `/`; its name for a single file.", "文件";
        sha256: Option<&'a str> = "SHA-256 of the file's bytes, in lower-case hexadecimal digits.", "校验值";
        size: Option<u64> ["byte"] = "Size of the file.", "大小";
        encoding: Option<&'a str> = "Encoding that the file was decoded with: `UTF-8`, `GB18030`, `UTF-16LE` …", "编码";
        converter: Option<&'a str> as Converter = "What the text came through.", "转换工具";
        title: Option<&'a str> = "Title of the report.", "标题";
        entity: Option<&'a str> = "The reporting agency as it names itself.", "部门（单位）";
        region: Option<&'a str> = "Name of the region.", "地区";
        region_code: Option<&'a str> = "Six digits of the region, GB/T 2260.", "行政区划代码";
        level: Option<&'a str> as Level = "How high the government stands that the agency belongs to.", "政府层级";
        fiscal_year: Option<i16> = "The year reported about.", "年度";
        report_kind: Option<&'a str> as ReportKind = "What kind of report it is.", "报告类型";
        numbers: Option<u32> = "Rows of this document in `numbers`.", "数字个数";
        unread: Option<u32> = "Those of them with class `unread`.", "未识别数字个数";
        tables: Option<u32> = "Rows of this document in `tables`.", "表格个数";
        facts: Option<u32> = "Rows of this document in `facts`.", "事实个数";
        checks_held: Option<u32> = "Rows of this document in `checks` with status `holds`.", "相符的勾稽关系";
        checks_failed: Option<u32> = "Rows of this document in `checks` with status `fails`.", "不符的勾稽关系";
        problems: Option<u32> = "Rows of this document in `problems`.", "问题个数";
        grammar_version: &'a str = "Which grammars read it.", "语法版本";
        program_version: &'a str = "Which version of juesuan read it.", "程序版本";
    }

    "numbers" NumberRow / NUMBERS:
    "The ledger: one row for every number in the document, none left out.",
    "数字清单",
    key ["document", "number"], references [OF_DOCUMENT] {
        document: &'a str = "The document.", "文件";
        number: u32 = "Ordinal of the number in the document, from 0.", "序号";
        byte_start: u64 ["byte"] = "First byte of the digits in the file on disk.", "起始字节";
        byte_end: u64 ["byte"] = "One past their last byte.", "结束字节";
        line: u32 = "Line that holds the first digit, from 1.", "行号";
        raw: &'a str = "The digits as printed, with separators and decimals, without sign, percent mark and unit.", "原文";
        class: &'a str as NumberClass = "What the number is.", "类别";
        value: Option<Exact> ["see column unit"] = "Value after sign and multiplier, if it is a figure: money in yuan, percentages in percent.", "数值";
        unit: Option<&'a str> = "Unit of the value: `CNY`, `percent`, `person` … or as printed.", "单位";
        rule: Option<&'a str> = "What read it: a rule of the grammars or a reader of tables.", "规则";
    }

    "facts" FactRow / FACTS:
    "What the figures mean: one row for each thing that a figure states.",
    "事实",
    key ["document", "fact"], references [OF_DOCUMENT, OF_NUMBER, OF_TABLE] {
        document: &'a str = "The document.", "文件";
        fact: u32 = "Ordinal of the fact in the document, from 0.", "序号";
        number: u32 = "Its number in the ledger; one number may state several facts.", "数字序号";
        byte_start: u64 ["byte"] = "First byte of the digits in the file on disk.", "起始字节";
        byte_end: u64 ["byte"] = "One past their last byte.", "结束字节";
        raw: &'a str = "The digits as printed.", "原文";
        value: Option<Exact> ["see column unit"] = "Value after sign and multiplier: money in yuan, percentages in percent; a decrease is negative. Missing only if it does not fit decimal(28,6), which is a problem of its own.", "数值";
        unit: &'a str = "`CNY`, `percent`, `person`, `person_time`, `vehicle`, `set`, `batch`, `group`, `square_metre`, `point`, else as printed.", "单位";
        concept: Option<&'a str> = "Vocabulary id of what is measured, where one fits.", "概念";
        item: &'a str = "What is measured, in the report's words; for functional classes the path 类/款/项.", "项目名称";
        measure: &'a str as Measure = "What is measured about it.", "度量";
        phase: Option<&'a str> as Phase = "The budget phase: approved 年初预算, adjusted 调整预算, executed 决算, target 预期指标.", "阶段";
        period: Option<i16> = "The fiscal year spoken of.", "年度";
        base_period: Option<i16> = "The year compared with.", "基期";
        fund: Option<&'a str> as Fund = "The public fund.", "资金性质";
        function_code: Option<&'a str> = "Functional classification (支出功能分类), 3, 5 or 7 digits.", "功能分类编码";
        function_name: Option<&'a str> = "Its name as printed.", "功能分类名称";
        economic_code: Option<&'a str> = "Economic classification (支出经济分类), 3 or 5 digits.", "经济分类编码";
        economic_name: Option<&'a str> = "Its name as printed.", "经济分类名称";
        project: Option<&'a str> = "The project that it speaks of.", "项目";
        source: &'a str as FactSource = "Where it was read.", "来源";
        section: Option<&'a str> = "Heading path joined with ` > `; missing above the first heading.", "章节";
        table: Option<u32> = "Its table, if it was read in one.", "表格序号";
        row: Option<u32> = "Row of its cell, from 0.", "行";
        column: Option<u32> = "Column of its cell, from 0.", "列";
        rule: &'a str = "What read it: a rule of the grammars or a reader of tables.", "规则";
        flags: Option<&'a str> = "Doubts, joined with `|`: `template`, `unit_implied`, `inconsistent`, `ocr`, `approximate`.", "标记";
        entity: Option<&'a str> = "As in `documents`.", "部门（单位）";
        region_code: Option<&'a str> = "As in `documents`.", "行政区划代码";
        fiscal_year: Option<i16> = "As in `documents`.", "报告年度";
        paragraph: Option<u32> = "Ordinal of its paragraph in the document, if it was read in prose.", "段落序号";
        before: Option<&'a str> = "Words of its paragraph between the figure before and this one; `…` first if the sentence began in a paragraph that was cut off.", "前文";
        after: Option<&'a str> = "Words of its paragraph between this figure and the next one.", "后文";
    }

    "tables" TableRow / TABLES_TABLE:
    "One row for every table, as the reader of the original saw it.",
    "表格",
    key ["document", "table"], references [OF_DOCUMENT] {
        document: &'a str = "The document.", "文件";
        table: u32 = "Ordinal of the table in the document, from 0.", "序号";
        kind: &'a str as TableKind = "Which statement or form it is.", "表格类型";
        layout: &'a str as TableLayout = "How it stands in the text.", "排版";
        title: Option<&'a str> = "Its title.", "标题";
        form: Option<&'a str> = "The form's code as printed: 公开01表.", "表号";
        unit: Option<&'a str> = "Unit of its amounts as printed: 万元.", "计量单位";
        section: Option<&'a str> = "Heading path joined with ` > `; missing above the first heading.", "章节";
        rows: u32 = "Rows of the grid.", "行数";
        columns: u32 = "Columns of the grid.", "列数";
        byte_start: u64 ["byte"] = "First byte in the file on disk.", "起始字节";
        byte_end: u64 ["byte"] = "One past the last byte.", "结束字节";
    }

    "cells" CellRow / CELLS:
    "One row for every cell with text; blank cells that a merged cell covers have none.",
    "单元格",
    key ["document", "table", "row", "column"], references [OF_DOCUMENT, OF_TABLE] {
        document: &'a str = "The document.", "文件";
        table: u32 = "Ordinal of its table in the document.", "表格序号";
        row: u32 = "Row from 0; the top one of a merged cell.", "行";
        column: u32 = "Column from 0; the left one of a merged cell.", "列";
        row_span: u32 = "Rows that it covers.", "跨行数";
        column_span: u32 = "Columns that it covers.", "跨列数";
        header: bool = "Whether it is a label or heading rather than data.", "是否表头";
        text: &'a str = "Its text, trimmed, line breaks inside removed.", "文本";
        byte_start: u64 ["byte"] = "First byte in the file on disk.", "起始字节";
        byte_end: u64 ["byte"] = "One past the last byte.", "结束字节";
    }

    "checks" CheckRow / CHECKS:
    "The identities that the figures should obey, and how each came out.",
    "勾稽关系",
    key ["document", "check"], references [OF_DOCUMENT] {
        document: &'a str = "The document.", "文件";
        check: u32 = "Ordinal of the check in the document, from 0.", "序号";
        identity: &'a str = "Id of the rule.", "规则";
        status: &'a str as Status = "`holds`: the printed intervals meet; `rounding`: only if a figure was cut off or parts were rounded; `fails`: they cannot meet; `undecided`: a figure is missing.", "结论";
        left: Option<Exact> = "Value of the left side; calculated values are given to the nearest millionth.", "左值";
        right: Option<Exact> = "Value of the right side; calculated values are given to the nearest millionth.", "右值";
        difference: Option<Exact> = "Left minus right, to the nearest millionth.", "差额";
        tolerance: Option<Exact> = "How far the printed intervals reach, to the nearest millionth.", "容差";
        facts: &'a str = "Ordinals of the facts that take part, joined with `|`.", "涉及事实";
        message: &'a str = "What was found, in plain words.", "说明";
        byte_start: u64 ["byte"] = "First byte, in the file on disk, of the figure most likely wrong, else of the first.", "起始字节";
        byte_end: u64 ["byte"] = "One past its last byte.", "结束字节";
    }

    "problems" ProblemRow / PROBLEMS:
    "What went wrong, for people.",
    "问题",
    key [], references [OF_DOCUMENT] {
        document: &'a str = "The document.", "文件";
        severity: &'a str as Severity = "`error`: something is lost; `warning`: something is doubtful; `note`: worth knowing.", "严重程度";
        code: &'a str = "One code for each kind of problem, to search and count by.", "代码";
        message: &'a str = "What was met, what was expected, what to do.", "说明";
        byte_start: Option<u64> ["byte"] = "First byte in the file on disk; missing for the document as a whole.", "起始字节";
        byte_end: Option<u64> ["byte"] = "One past the last byte.", "结束字节";
    }
}

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
        for table in TABLES {
            let has = |columns: &[&str], table: &Table| {
                columns.iter().all(|name| table.columns.iter().any(|column| column.name == *name))
            };
            assert!(has(table.key, table), "key of {}", table.name);
            for reference in table.references {
                let target = TABLES.iter().find(|other| other.name == reference.table).expect("a table");
                assert!(has(reference.columns, table) && has(reference.target, target), "{reference:?}");
                assert_eq!(reference.target, target.key, "a reference names the other table's key");
            }
        }
    }

    #[test]
    fn words_that_may_be_missing_are_not_among_the_words() {
        for column in TABLES.iter().flat_map(|table| table.columns) {
            let words = column.words.map(|words| words()).unwrap_or_default();
            assert!(words.iter().all(|word| !word.is_empty()), "{}", column.name);
        }
    }
}
