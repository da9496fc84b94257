//! What holds of every table, whatever the text: no panic, exact spans, no two cells on one place,
//! no number lost, and no work that outgrows the text. Texts are made of the words and marks that
//! tables are made of, in any order.

use super::{Table, read_block};
use crate::layout::TableLayout;
use crate::source::Span;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

const LAYOUTS: [TableLayout; 7] = [
    TableLayout::Tika,
    TableLayout::Tsv,
    TableLayout::Markdown,
    TableLayout::Html,
    TableLayout::Columns,
    TableLayout::Flow,
    TableLayout::Chart,
];

fn read(text: &str, layout: TableLayout) -> Vec<Table> {
    let span = Span::from(0..text.len());
    if layout == TableLayout::Chart {
        return super::chart::read(text, span, "image1.emf").into_iter().map(|chart| chart.table).collect();
    }
    read_block(text, layout, &[span], &super::evidence::Evidence::new(text), &mut Vec::new())
}

fn check(text: &str, table: &Table, layout: TableLayout) {
    let mut places = BTreeSet::new();
    for cell in &table.cells {
        let words = cell.span.of(text);
        assert!(!words.trim().is_empty(), "{layout:?}: a cell is blank: {cell:?}");
        assert_eq!(words.trim(), words, "{layout:?}: a cell is not trimmed");
        assert!(
            cell.row + cell.row_span <= table.rows && cell.column + cell.column_span <= table.columns,
            "{layout:?}: {cell:?} sticks out"
        );
        assert!(table.span.contains(cell.span), "{layout:?}: {cell:?} is outside of its table");
        for part in cell.parts.iter().flat_map(|parts| parts.iter()) {
            assert!(cell.span.contains(*part) && !part.is_empty(), "{layout:?}: a part is outside of {cell:?}");
        }
        if table.rows * table.columns < 4_000 {
            for row in cell.row..cell.row + cell.row_span {
                for column in cell.column..cell.column + cell.column_span {
                    assert!(places.insert((row, column)), "{layout:?}: two cells at {row}, {column}\n{text:?}");
                }
            }
        }
    }
    assert!(table.draw(text).lines().count() == 2 * table.rows as usize + 1);
}

/// Whether every digit of `text` is in a cell.
fn loses_no_digit(text: &str, tables: &[Table], layout: TableLayout) {
    let mut spans: Vec<Span> = tables.iter().flat_map(|table| table.cells.iter().map(|cell| cell.span)).collect();
    spans.sort_unstable();
    for (at, _) in text.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()) {
        let at = at as u32;
        // Cells in parts may enclose others, so look a few further back.
        let until = spans.partition_point(|span| span.start <= at);
        assert!(
            spans[..until].iter().rev().any(|span| at < span.end),
            "{layout:?}: the digit at {at} is in no cell\n{text:?}"
        );
    }
}

/// Text as tables are made of: their words, numbers, marks and white space in any order.
fn table_text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "\t",
        "\t",
        "\t\t",
        "\n",
        "\n",
        "\n\n",
        " ",
        "  ",
        "     ",
        "|",
        "|---|\n",
        "\u{c}",
        "\r\n",
        "<td>",
        "</td>",
        "<tr>",
        "<table>",
        "</table>",
        "<td rowspan=3 colspan=2>",
        "<p>",
        "项目",
        "收入",
        "支出",
        "决算数",
        "行次",
        "栏次",
        "栏次 合计",
        "合计",
        "总计",
        "类",
        "款",
        "项",
        "科目名称",
        "功能分类科目编码",
        "本年支出合计",
        "基本支出",
        "项目支出",
        "一级指标",
        "二级指标",
        "三级指标",
        "分值",
        "得分",
        "绩效指标",
        "年度总体目标",
        "项目资金（万元）",
        "产出指标",
        "成本指标",
        "201",
        "20101",
        "2010101",
        "301",
        "302",
        "201 服务支出",
        "一、服务支出",
        "二、教育支出",
        "1",
        "2",
        "3",
        "31",
        "0.00",
        "1,234.50",
        "95%",
        "公用经费合计 12.50",
        "预算数",
        "小计",
        "公务接待费",
        "总分",
        "说明",
        "无",
        "image2.emf\n",
        "2031年",
        "\u{3000}",
        "a\\|b",
        "<br>",
        "项目支出绩效自评表",
        "[bookmark: x]",
        "—",
    ]);
    prop::collection::vec(words, 0..120).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_text_makes_sound_tables(text in table_text()) {
        for layout in LAYOUTS {
            for table in read(&text, layout) {
                check(&text, &table, layout);
            }
        }
    }

    #[test]
    fn no_number_of_a_table_is_lost(text in table_text()) {
        for layout in [TableLayout::Tsv, TableLayout::Columns, TableLayout::Flow] {
            // Markup, the year above a table and numbers of pages are not of the grid.
            let text: String = text.chars().map(|c| if matches!(c, '<' | '>' | '年' | '\u{c}') { ' ' } else { c }).collect();
            loses_no_digit(&text, &read(&text, layout), layout);
        }
    }

    #[test]
    fn any_characters_make_sound_tables(text in "\\PC{0,80}([\\t\\n |<>]\\PC{0,12}){0,12}") {
        for layout in LAYOUTS {
            for table in read(&text, layout) {
                check(&text, &table, layout);
            }
        }
    }
}

/// Reads `text` in `layout` and fails if that takes far longer than its size explains.
#[test]
fn labels_above_a_form_without_values_are_not_lost() {
    let text = "  合计 3 项\n  项目\n\n  一级指标    二级指标\n  产出指标    数量\n";
    loses_no_digit(text, &read(text, TableLayout::Columns), TableLayout::Columns);
}

fn in_time(name: &str, text: &str, layout: TableLayout) {
    let start = Instant::now();
    let tables = read(text, layout);
    let took = start.elapsed();
    // Seconds at most without optimization, on a busy machine too; quadratic work takes minutes.
    let allowed = Duration::from_secs(20);
    assert!(took < allowed, "{name} in {layout:?} took {took:?} for {} bytes", text.len());
    assert!(tables.len() <= text.len());
}

#[test]
fn large_tables_take_time_by_their_size_only() {
    let many_rows = "20101\t服务支出\t1.00\t2.00\n".repeat(30_000);
    let many_columns = format!("{}\n{}\n", "项目\t".repeat(5_000), "1.00\t".repeat(5_000));
    let tabs = "\t".repeat(300_000);
    let blank_lines = "\t\n\n".repeat(60_000);
    let one_cell = format!("\t{}", "行\n\n".repeat(60_000));
    let labels = "\t项目\n".repeat(30_000);
    let tags = "<td rowspan=9 colspan=9>".repeat(3_000);
    let nested = "<table><tr><td>".repeat(3_000);
    let texts = "服务  支出\n".repeat(20_000);
    let words = "服务 ".repeat(50_000);
    let codes = "20101 服务\n支出\n1.00 1.00\n".repeat(10_000);
    let header = format!("项目  {}\n201  服务  1.00\n", "本年支出  ".repeat(3_000));
    let ragged = format!("{}\n{}", "1.00\t".repeat(20_000), "服务\t支出\n".repeat(20_000));
    let ragged_lines = format!("{}\n{}", "1.00  ".repeat(20_000), "服务  支出\n".repeat(20_000));
    let cases = [
        ("ragged", ragged),
        ("ragged lines", ragged_lines),
        ("many rows", many_rows),
        ("many columns", many_columns),
        ("tabs", tabs),
        ("blank lines", blank_lines),
        ("one cell", one_cell),
        ("labels", labels),
        ("tags", tags),
        ("nested", nested),
        ("texts", texts),
        ("words", words),
        ("codes", codes),
        ("header", header),
    ];
    for (name, text) in &cases {
        for layout in LAYOUTS {
            in_time(name, text, layout);
        }
    }
}
