//! The tables that `juesuan view` makes of a dataset: `wide`, `panel` and `codes`.
//!
//! The headline figures of `wide` are declared here once: each becomes two columns, the value and where it
//! was read. How they are chosen is the business of [`crate::view`].

use super::super::column::{Columns, Kind, Value};
use super::super::exact::Exact;
use super::{Definition, Level, OF_DOCUMENT, OF_FACT, ReportKind, Row, Table};
use crate::quantity::{Phase, words};

words! {
    /// Where a figure of a view was read (columns `…_from` and `from`), the one that is preferred first.
    Standing {
        /// One of the nine statements (决算报表).
        Statement = "statement",
        /// The text.
        Narrative = "narrative",
        /// A table that is none of the nine statements.
        OtherTable = "other_table",
        /// A chart.
        Chart = "chart",
    }
}

words! {
    /// Whether the places that state a figure agree (column `agreement`).
    Agreement {
        /// Only one fact states it.
        Single = "single",
        /// Several do, and their printed intervals meet.
        Agree = "agree",
        /// Several do, and they cannot all be right.
        Differ = "differ",
    }
}

words! {
    /// Which classification of expenditure (column `classification`).
    ClassificationName {
        /// 支出功能分类.
        Functional = "functional",
        /// 支出经济分类.
        Economic = "economic",
    }
}

words! {
    /// How deep a class stands (column `level` of `codes`).
    ClassLevel {
        /// 类.
        Class = "class",
        /// 款.
        Section = "section",
        /// 项.
        Item = "item",
    }
}

/// A figure that has columns in `wide`.
#[derive(Debug)]
pub struct Headline {
    /// Its column.
    pub name: &'static str,
    /// What it is, in the vocabulary.
    pub concept: &'static str,
    /// The budget phases taken, the preferred one first; none for stocks, which have no phase.
    pub phases: &'static [Phase],
}

macro_rules! headlines {
    ($($name:ident $concept:literal $phases:expr, $unit:literal = $english:literal, $chinese:literal;)+) => {
        /// The figures that have columns in `wide`, in the order of the columns.
        pub static HEADLINES: &[Headline] =
            &[$(Headline { name: stringify!($name), concept: $concept, phases: $phases }),+];

        const WIDE: Table = Table {
            name: "wide",
            description: "One row for every document and year that it states headline figures of. Each figure is taken from \
                          the facts without doubts before those with, then from the statements before the text, other \
                          tables and charts, then from the first; `…_from` says which it was, `conflicts` lists the figures that the \
                          document states differently in two places.",
            title: "宽表",
            description_zh: "每个文件、每个年度一行，主要数字各占一列。取数规则：先取无存疑标记的，再按决算报表、文字说明、其他表格、图的顺序，最后取先出现的；\
                             “…_from”列说明取自何处，“conflicts”列列出同一文件中前后不一致的数字。",
            key: &["document", "year"],
            references: &[OF_DOCUMENT],
            columns: &[
                text("document", false, None, None, "The document.", "文件", "所在文件。"),
                Definition {
                    name: "year",
                    kind: Kind::I16,
                    nullable: false,
                    description: "The year that the figures are of.",
                    title: "年度",
                    description_zh: "数字所属的年度。",
                    unit: None,
                    fiscal: Some("date:fiscal-year"),
                    words: None,
                },
                Definition {
                    name: "own_year",
                    kind: Kind::Bool,
                    nullable: false,
                    description: "Whether it is the year that the document reports about; else the document looks back or ahead.",
                    title: "是否报告年度",
                    description_zh: "是否为该文件的报告年度；否则为文中提到的以前或以后年度。",
                    unit: None,
                    fiscal: None,
                    words: None,
                },
                text("entity", true, Some("administrative-classification:generic:label"), None, "As in `documents`.", "部门（单位）", "同documents表。"),
                text("region", true, Some("geo:source:title"), None, "As in `documents`.", "地区", "同documents表。"),
                text("region_code", true, Some("geo:source:code"), None, "As in `documents`.", "行政区划代码", "同documents表。"),
                text("level", true, None, Some(levels), "As in `documents`.", "政府层级", "同documents表。"),
                text("report_kind", true, None, Some(kinds), "As in `documents`.", "报告类型", "同documents表。"),
                $(
                    Definition {
                        name: stringify!($name),
                        kind: Kind::Decimal,
                        nullable: true,
                        description: $english,
                        title: $chinese,
                        description_zh: concat!($chinese, "，按取数规则选定。"),
                        unit: Some($unit),
                        fiscal: None,
                        words: None,
                    },
                    text(
                        concat!(stringify!($name), "_from"), true, None, Some(standings),
                        concat!("Where `", stringify!($name), "` was read."),
                        concat!($chinese, "（出处）"), concat!($chinese, "取自何处。"),
                    ),
                )+
                text(
                    "conflicts", true, None, None,
                    "Headline figures that the document states differently in two places, joined with `|`.",
                    "前后不一的数字", "同一文件中前后不一致的数字（列名），以“|”连接。",
                ),
            ],
        };
    };
}

const fn text(
    name: &'static str,
    nullable: bool,
    fiscal: Option<&'static str>,
    words: Option<fn() -> Vec<&'static str>>,
    description: &'static str,
    title: &'static str,
    description_zh: &'static str,
) -> Definition {
    Definition { name, kind: Kind::Text, nullable, description, title, description_zh, unit: None, fiscal, words }
}

fn levels() -> Vec<&'static str> {
    Level::ALL.iter().map(|word| word.as_str()).collect()
}

fn kinds() -> Vec<&'static str> {
    ReportKind::ALL.iter().map(|word| word.as_str()).collect()
}

fn standings() -> Vec<&'static str> {
    Standing::ALL.iter().map(|word| word.as_str()).collect()
}

const EXECUTED: &[Phase] = &[Phase::Executed];
const BUDGET: &[Phase] = &[Phase::Adjusted, Phase::Approved];
const STOCK: &[Phase] = &[];

headlines! {
    income_total "income.total" EXECUTED, "CNY" = "Total income including opening balances.", "收入总计";
    income_current_year "income.current_year" EXECUTED, "CNY" = "Income of the year.", "本年收入合计";
    income_appropriation "income.appropriation" EXECUTED, "CNY" = "Fiscal appropriation income, all funds.", "财政拨款收入";
    income_general_budget "income.general_budget" EXECUTED, "CNY" = "General public budget appropriation income.", "一般公共预算财政拨款收入";
    income_government_fund "income.government_fund" EXECUTED, "CNY" = "Government-managed fund appropriation income.", "政府性基金预算财政拨款收入";
    income_state_capital "income.state_capital" EXECUTED, "CNY" = "State capital operating budget appropriation income.", "国有资本经营预算财政拨款收入";
    income_undertaking "income.undertaking" EXECUTED, "CNY" = "Income from public-service undertakings.", "事业收入";
    income_other "income.other" EXECUTED, "CNY" = "Other income.", "其他收入";
    balance_opening "balance.opening" EXECUTED, "CNY" = "Opening carry-over and surplus.", "年初结转和结余";
    balance_closing "balance.closing" EXECUTED, "CNY" = "Closing carry-over and surplus.", "年末结转和结余";
    expenditure_total "expenditure.total" EXECUTED, "CNY" = "Total expenditure including closing balances.", "支出总计";
    expenditure_current_year "expenditure.current_year" EXECUTED, "CNY" = "Expenditure of the year.", "本年支出合计";
    expenditure_basic "expenditure.basic" EXECUTED, "CNY" = "Basic expenditure.", "基本支出";
    expenditure_project "expenditure.project" EXECUTED, "CNY" = "Project expenditure.", "项目支出";
    appropriation_income_total "appropriation.income_total" EXECUTED, "CNY" = "Total appropriation income including opening balances.", "财政拨款收入总计";
    appropriation_expenditure_total "appropriation.expenditure_total" EXECUTED, "CNY" = "Total appropriation expenditure including closing balances.", "财政拨款支出总计";
    general_budget_expenditure "general_budget.expenditure" EXECUTED, "CNY" = "General public budget appropriation expenditure.", "一般公共预算财政拨款支出";
    general_budget_budget "general_budget.expenditure" BUDGET, "CNY" = "Budget of general public budget appropriation expenditure: the adjusted one, else the approved one.", "一般公共预算财政拨款支出预算";
    general_budget_basic "general_budget.basic" EXECUTED, "CNY" = "Basic expenditure from the general public budget.", "一般公共预算财政拨款基本支出";
    general_budget_personnel "general_budget.personnel" EXECUTED, "CNY" = "Personnel costs.", "人员经费";
    general_budget_public_use "general_budget.public_use" EXECUTED, "CNY" = "Day-to-day running costs.", "公用经费";
    government_fund_expenditure "government_fund.expenditure" EXECUTED, "CNY" = "Government-managed fund expenditure.", "政府性基金预算财政拨款支出";
    state_capital_expenditure "state_capital.expenditure" EXECUTED, "CNY" = "State capital operating budget expenditure.", "国有资本经营预算财政拨款支出";
    three_public_total "three_public.total" EXECUTED, "CNY" = "The three public expenses: overseas travel, official vehicles and official reception together.", "“三公”经费";
    three_public_budget "three_public.total" BUDGET, "CNY" = "Budget of the three public expenses: the adjusted one, else the approved one.", "“三公”经费预算";
    three_public_abroad "three_public.abroad" EXECUTED, "CNY" = "Overseas travel on official business.", "因公出国（境）费";
    three_public_vehicle "three_public.vehicle" EXECUTED, "CNY" = "Official vehicles: purchase and running.", "公务用车购置及运行维护费";
    three_public_vehicle_purchase "three_public.vehicle.purchase" EXECUTED, "CNY" = "Official vehicles: purchase.", "公务用车购置费";
    three_public_vehicle_operation "three_public.vehicle.operation" EXECUTED, "CNY" = "Official vehicles: running and maintenance.", "公务用车运行维护费";
    three_public_reception "three_public.reception" EXECUTED, "CNY" = "Official reception.", "公务接待费";
    agency_operating_cost "agency.operating_cost" EXECUTED, "CNY" = "Running cost of the agency.", "机关运行经费";
    procurement_total "procurement.total" EXECUTED, "CNY" = "Government procurement.", "政府采购支出总额";
    assets_vehicle "assets.vehicle" STOCK, "vehicle" = "Vehicles held at year end.", "车辆数";
    staff_actual "staff.actual" STOCK, "person" = "Staff in post.", "实有人数";
}

/// A row of `wide`.
#[derive(Debug)]
#[allow(missing_docs)] // named as the columns that they fill
pub struct WideRow<'a> {
    pub document: &'a str,
    pub year: i16,
    pub own_year: bool,
    pub entity: Option<&'a str>,
    pub region: Option<&'a str>,
    pub region_code: Option<&'a str>,
    pub level: Option<&'a str>,
    pub report_kind: Option<&'a str>,
    /// In the order of [`HEADLINES`]; what is left out at the end is missing.
    pub figures: &'a [Option<(Exact, Standing)>],
    pub conflicts: Option<&'a str>,
}

impl Row for WideRow<'_> {
    fn push_to(self, columns: &mut Columns) {
        columns.push(|columns| {
            let mut columns = columns.iter_mut().map(|(_, column)| column);
            let mut text = |value: Option<&str>| columns.next().into_iter().for_each(|column| value.push(column));
            text(Some(self.document));
            if let Some(column) = columns.next() {
                self.year.push(column);
            }
            if let Some(column) = columns.next() {
                self.own_year.push(column);
            }
            for value in [self.entity, self.region, self.region_code, self.level, self.report_kind] {
                columns.next().into_iter().for_each(|column| value.push(column));
            }
            for place in 0..HEADLINES.len() {
                let figure = self.figures.get(place).copied().flatten();
                columns.next().into_iter().for_each(|column| figure.map(|(value, _)| value).push(column));
                columns.next().into_iter().for_each(|column| figure.map(|(_, from)| from.as_str()).push(column));
            }
            columns.next().into_iter().for_each(|column| self.conflicts.push(column));
        });
    }
}

tables! {
    /// Every table of `juesuan view`.
    VIEWS [WIDE];

    "panel" PanelRow / PANEL:
    "One row for every agency, year and concept over all documents. Where several facts state the figure, facts of the report about that very year are taken before those of reports that look back or ahead, final accounts before other reports, facts without doubts before those with, then statements before text, other tables and charts, then the first. `agreement` says whether the others agree. Agencies are told apart by region code and name; classes, projects and parts of a fund are left to `facts`.",
    "面板", "每个部门、每个年度、每个概念一行，汇总所有文件。同一数字有多处陈述时的取数规则：先取该年度自己的报告，再取部门决算，再取无存疑标记的，再按决算报表、文字说明、其他表格、图的顺序，最后取先出现的；agreement列说明各处是否一致。部门以区划代码和名称区分；科目、项目明细见facts表。",
    key [], references [OF_DOCUMENT, OF_FACT] {
        entity: Option<&'a str> : "administrative-classification:generic:label" = "The agency. Where none is known, a document is taken for an agency of its own.", "部门（单位）", "部门（单位）；未知时每个文件视为一个部门。";
        region_code: Option<&'a str> : "geo:source:code" = "Its region.", "行政区划代码", "所属地区。";
        year: i16 : "date:fiscal-year" = "The year that the figure is of.", "年度", "数字所属的年度。";
        concept: &'a str = "Vocabulary id of what is measured.", "概念", "所度量内容在词汇表中的标识。";
        concept_zh: Option<&'a str> = "Its Chinese name.", "概念名称", "概念的中文名称。";
        concept_en: Option<&'a str> = "Its English name.", "概念英文名称", "概念的英文名称。";
        phase: Option<&'a str> as Phase : "phase:id" = "The budget phase; missing for stocks and counts.", "阶段", "预算阶段；存量和数量没有阶段。";
        value: Exact ["see column unit"] : "value" = "The value chosen.", "数值", "选定的数值。";
        unit: &'a str : "value-currency:code" = "Its unit, as in `facts`.", "单位", "单位，同facts表。";
        from: &'a str as Standing = "Where it was read.", "出处", "取自何处。";
        agreement: &'a str as Agreement = "Whether the facts that state the figure agree within what is printed.", "是否一致", "各处陈述在原文精度内是否一致：single仅一处，agree一致，differ不一致。";
        lowest: Exact ["see column unit"] = "The lowest value stated.", "最小值", "各处陈述中的最小值。";
        highest: Exact ["see column unit"] = "The highest value stated.", "最大值", "各处陈述中的最大值。";
        facts: u32 = "Facts that state it.", "陈述次数", "陈述该数字的事实个数。";
        documents: u32 = "Documents that state it.", "文件个数", "陈述该数字的文件个数。";
        document: &'a str = "The document of the value chosen.", "文件", "选定数值所在的文件。";
        fact: u32 = "Its fact there.", "事实序号", "选定数值在该文件中的事实序号。";
    }

    "codes" CodeRow / CODES:
    "The codebook as observed: every code with every name that it is printed or written with, since the official lists are not published for machines.",
    "科目编码", "从文件中观察到的科目编码表：每个编码与其每个名称一行。官方科目没有可供机器读取的公开版本。",
    key ["classification", "code", "name"], references [] {
        classification: &'a str as ClassificationName = "Which classification of expenditure.", "分类", "功能分类或经济分类。";
        code: &'a str = "The code: 3, 5 or 7 digits.", "编码", "科目编码：3位、5位或7位。";
        name: &'a str = "A name that documents give it, spaces left out.", "名称", "文件中使用的名称（去掉空白）。";
        standard_name: &'a str = "The name of the vocabulary where it knows the code, else the one that documents give it most often.", "标准名称", "词汇表中的名称；词汇表没有该编码时，取文件中最常用的名称。";
        name_en: Option<&'a str> = "Its English name, where the vocabulary knows the code.", "英文名称", "词汇表中的英文名称。";
        level: &'a str as ClassLevel = "How deep it stands: class 类, section 款, item 项.", "层级", "类、款或项。";
        parent: Option<&'a str> = "The code of the class above.", "上级编码", "上级科目的编码。";
        vocabulary: bool = "Whether the vocabulary knows the code; else it was only observed.", "是否在词汇表中", "词汇表是否收录该编码；否则仅为观察所得。";
        first_year: Option<i16> = "First year that it was observed in.", "最早年度", "观察到的最早年度。";
        last_year: Option<i16> = "Last year that it was observed in.", "最晚年度", "观察到的最晚年度。";
        years: Option<&'a str> = "All years that it was observed in, joined with `|`.", "年度", "观察到的所有年度，以“|”连接。";
        documents: u32 = "Documents that use it.", "文件个数", "使用它的文件个数。";
        facts: u32 = "Facts that bear it.", "事实个数", "带有它的事实个数。";
        printed: u32 = "Those of them read in tables, which mostly print code and name side by side; elsewhere the code was found by the name.", "表中个数", "其中读自表格的个数（表格多同时印有编码和名称）；其余由名称推得编码。";
    }
}
