//! Table lines → grids with spans, header rows, title, unit.
//!
//! In: text and [`Layout`]. Out: [`Table`]s whose cells stand where the reader of the original saw
//! them. Knows the layouts that converters leave; which concept a cell states is left to `fact`.

mod caption;
mod chart;
mod codes;
mod columns;
mod draw;
mod evidence;
#[cfg(test)]
mod examples;
mod expand;
mod flow;
#[cfg(test)]
mod gold;
mod grid;
mod header;
mod headings;
mod html;
mod markdown;
mod pairs;
mod plain;
#[cfg(test)]
mod properties;
mod ragged;
mod tiers;
mod tika;
mod tsv;
mod words;

use crate::layout::{BlockKind, Layout, TableLayout};
use crate::problem::Problem;
use crate::quantity::words;
use crate::source::Span;
use std::borrow::Cow;

words! {
    /// Which statement or form a table is (column `kind`).
    TableKind {
        /// 收入支出决算总表 (公开01表).
        IncomeExpenditureSummary = "income_expenditure_summary",
        /// 收入决算表 (公开02表).
        Income = "income",
        /// 支出决算表 (公开03表).
        Expenditure = "expenditure",
        /// 财政拨款收入支出决算总表 (公开04表).
        AppropriationSummary = "appropriation_summary",
        /// 一般公共预算财政拨款支出决算表 (公开05表).
        GeneralBudgetExpenditure = "general_budget_expenditure",
        /// 一般公共预算财政拨款基本支出决算表 (公开06表).
        GeneralBudgetBasic = "general_budget_basic",
        /// “三公”经费支出决算表 (公开07表).
        ThreePublic = "three_public",
        /// 政府性基金预算财政拨款收入支出决算表 (公开08表).
        GovernmentFund = "government_fund",
        /// 国有资本经营预算财政拨款支出决算表 (公开09表).
        StateCapital = "state_capital",
        /// 项目支出绩效自评表.
        SelfEvaluation = "self_evaluation",
        /// 绩效评价得分表、评分表.
        ScoreSheet = "score_sheet",
        /// 对比表: this year beside the year before or the budget.
        Comparison = "comparison",
        /// The data of a chart.
        Chart = "chart",
        /// Any other table.
        Other = "other",
    }
}

/// A cell of a grid; blank cells have none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Row from 0; the top one if it is merged.
    pub row: u32,
    /// Column from 0; the left one if it is merged.
    pub column: u32,
    /// Rows that it covers, at least 1.
    pub row_span: u32,
    /// Columns that it covers, at least 1.
    pub column_span: u32,
    /// Whether it is a label or heading rather than data.
    pub header: bool,
    /// Its trimmed text; from its first to its last byte where the parts stand apart.
    pub span: Span,
    /// The parts, where other text stands between them (labels wrapped in `columns`, cut by a tag).
    pub parts: Option<Box<[Span]>>,
}

impl Cell {
    /// Its text as the reader saw it: line breaks and artefacts inside removed, trimmed.
    #[must_use]
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let whole = self.span.of(text);
        match &self.parts {
            Some(parts) => Cow::Owned(parts.iter().map(|part| part.of(text).trim()).collect()),
            None if memchr::memchr2(b'\n', b'\r', whole.as_bytes()).is_some() => {
                Cow::Owned(whole.lines().map(str::trim).collect())
            }
            None => Cow::Borrowed(whole),
        }
    }
}

/// A table as the reader of the original saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// How it stands in the text.
    pub layout: TableLayout,
    /// Which statement or form it is.
    pub kind: TableKind,
    /// Its title's words.
    pub title: Option<String>,
    /// The form's code as printed: 公开01表.
    pub form: Option<String>,
    /// The unit as printed: 万元.
    pub unit: Option<String>,
    /// Index of its section in `Layout::sections`.
    pub section: Option<u32>,
    /// Number of rows of the grid.
    pub rows: u32,
    /// Number of columns of the grid.
    pub columns: u32,
    /// From its first to its last cell.
    pub span: Span,
    /// Cells by row, then column.
    pub cells: Vec<Cell>,
    /// Cells that may stand in other columns, by the byte that they begin at.
    pub unsure: Vec<Unsure>,
}

/// A cell whose column only spaces tell, and they tell too little: nothing is sure of its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unsure {
    /// The byte that the cell begins at.
    pub at: u32,
    /// The first of the columns that may be its own.
    pub first: u32,
    /// The last of them.
    pub last: u32,
}

impl Table {
    /// The columns that may be that of the cell which begins at byte `at`, if more than one can be.
    #[must_use]
    pub fn unsure_of(&self, at: u32) -> Option<(u32, u32)> {
        let found = self.unsure.binary_search_by_key(&at, |unsure| unsure.at).ok()?;
        Some((self.unsure[found].first, self.unsure[found].last))
    }
}

/// Reads every table of `text`, in order; `layout` tells where they stand and how.
///
/// Their kind stays [`TableKind::Other`], but for charts: which statement a table is follows from
/// its title and is a matter of the grammars.
#[must_use]
pub fn read_tables(text: &str, layout: &Layout, problems: &mut Vec<Problem>) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut charts = Vec::new();
    let evidence = evidence::Evidence::new(text);
    let mut read_to = 0;
    for (index, block) in layout.blocks.iter().enumerate() {
        let BlockKind::Table(kind) = block.kind else { continue };
        if block.span.start < read_to {
            continue;
        }
        if kind == TableLayout::Chart {
            let above = index.checked_sub(1).map_or("", |above| layout.blocks[above].span.of(text));
            for chart in chart::read(text, block.span, above.trim_end().lines().next_back().unwrap_or("")) {
                charts.push((tables.len(), chart.image));
                tables.push(chart.table);
            }
            continue;
        }
        let (pieces, kind) = over_pages(text, layout, index, kind);
        read_to = pieces.last().map_or(block.span.end, |last| last.end);
        for (order, mut table) in read_block(text, kind, &pieces, &evidence, problems).into_iter().enumerate() {
            // What stands above a block stands above its first table only.
            header::share_halves(text, &mut table);
            caption::fill(text, layout, (order == 0).then_some(index), &mut table);
            tables.push(table);
        }
    }
    caption::fill_charts(text, layout, &charts, &mut tables);
    tables
}

/// The block at `index` and those that blank lines or a page's end alone cut off from it, and how
/// they all stand: rows of words between columns of spaces are columns, too.
fn over_pages(text: &str, layout: &Layout, index: usize, mut kind: TableLayout) -> (Vec<Span>, TableLayout) {
    let mut pieces = Vec::new();
    without_page_ends(text, layout, layout.blocks[index].span, &mut pieces);
    if matches!(kind, TableLayout::Columns | TableLayout::Flow) {
        for block in &layout.blocks[index + 1..] {
            match block.kind {
                BlockKind::Blank | BlockKind::PageBreak => {}
                BlockKind::Table(other @ (TableLayout::Columns | TableLayout::Flow)) => {
                    without_page_ends(text, layout, block.span, &mut pieces);
                    if other == TableLayout::Columns {
                        kind = other;
                    }
                }
                _ => break,
            }
        }
    }
    (pieces, kind)
}

/// Adds `span` without the page numbers and page headers on lines of their own in it.
fn without_page_ends(text: &str, layout: &Layout, span: Span, pieces: &mut Vec<Span>) {
    let from = layout.artefacts.partition_point(|artefact| artefact.start < span.start);
    let inside = layout.artefacts[from..].iter().take_while(|artefact| artefact.end <= span.end);
    let mut start = span.start;
    for artefact in inside {
        let before = Span::new(start, artefact.start).of(text).trim_end_matches([' ', '\t', '　', '\x0c']);
        let after = Span::new(artefact.end, span.end).of(text).trim_start_matches([' ', '\t', '　', '\r', '\x0c']);
        if (before.is_empty() || before.ends_with('\n')) && (after.is_empty() || after.starts_with('\n')) {
            pieces.push(Span::new(start, artefact.start));
            start = artefact.end;
        }
    }
    pieces.push(Span::new(start, span.end));
}

/// Reads the tables of the blocks `pieces`, which follow each other.
fn read_block(
    text: &str,
    layout: TableLayout,
    pieces: &[Span],
    evidence: &evidence::Evidence,
    problems: &mut Vec<Problem>,
) -> Vec<Table> {
    let span = pieces.iter().copied().reduce(Span::cover).unwrap_or_default();
    match layout {
        TableLayout::Tika => tika::read(text, span, problems),
        TableLayout::Tsv => tsv::read(text, span, problems).into_iter().collect(),
        TableLayout::Markdown => markdown::read(text, span, problems).into_iter().collect(),
        TableLayout::Html => html::read(text, span, problems),
        TableLayout::Columns => columns::read(text, span, evidence, problems).into_iter().collect(),
        TableLayout::Flow => flow::read(text, pieces, evidence, problems).into_iter().collect(),
        TableLayout::Chart => Vec::new(),
    }
}
