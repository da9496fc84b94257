//! Whatever a grid holds: nothing breaks, and every number of a cell has a class or is left to the narrative.

use super::*;
use crate::figure::scan_numbers;
use crate::grammar::GrammarFiles;
use crate::layout::TableLayout;
use proptest::prelude::*;
use std::sync::LazyLock;

static GRAMMARS: LazyLock<Grammars> = LazyLock::new(|| Grammars::load(&GrammarFiles::embedded()).unwrap());

const WORDS: &str = "项目|决算数|预算数：|合计|栏次|行次|科目编码|科目名称|类|本年支出合计|基本支出|收入|支出|一级指标|三级指标|年度指标值|\
全年完成值|分值|得分|评分标准|项目名称|联系电话|执行率（B/A）|总分|（20分）项目决策|一、教育支出|其中：公用经费|205|20502|2050203|1|2|3|31|32|\
12.50|0.00|00.00|-3.1|（6.59）|≥90%|3-15人|≤1万|2031年9月前|8月底|增44035|减少80%|手册5万份|100%|1、是否合理；2、扣3分。|共20家，检查375份。|\
5550123|—|2031年|３．５|1=2+3|年初财政拨款结转和结余|一般公共预算财政拨款|单价50万元以上设备（台）|<p>4、</p>|((1|）（2）|%|万元";

fn cell() -> impl Strategy<Value = String> {
    let words: Vec<String> = WORDS.split('|').map(str::to_owned).collect();
    prop_oneof![8 => proptest::sample::select(words), 1 => "\\PC{0,12}", 1 => Just(String::new())]
}

/// A table of the cells, its spans at will.
fn table(cells: &[(String, u32, u32, u32, u32)], title: &str, text: &mut String) -> Table {
    let mut placed = Vec::new();
    for (words, row, column, row_span, column_span) in cells {
        let start = text.len();
        text.push_str(words);
        let trimmed = words.trim();
        let start = start + (words.len() - words.trim_start().len());
        let span = Span::from(start..start + trimmed.len());
        text.push('\n');
        let (row_span, column_span) = (*row_span, *column_span);
        placed.push(Cell { row: *row, column: *column, row_span, column_span, header: false, span, parts: None });
    }
    placed.sort_by_key(|cell| (cell.row, cell.column));
    placed.dedup_by_key(|cell| (cell.row, cell.column));
    Table {
        layout: TableLayout::Tsv,
        kind: TableKind::Other,
        title: Some(title.to_owned()),
        form: None,
        unit: None,
        section: None,
        rows: 12,
        columns: 8,
        span: Span::from(0..text.len()),
        cells: placed,
        unsure: Vec::new(),
    }
}

/// Whether the grid's numbers stay unread, since each stands alone in its row.
fn scattered(text: &str, table: &Table, numbers: &[NumberToken]) -> bool {
    let read = |cell: &Cell| read_cell(text, cell, numbers, GRAMMARS.vocabulary());
    let mut cells: Vec<_> = table.cells.iter().map(read).collect();
    head_years(table, &mut cells);
    is_scattered(table, &cells)
}

/// Found by `any_grid_is_read`: five codes, each alone in its row, could be amounts as well.
#[test]
fn numbers_alone_in_their_rows_stay_unread() {
    let cells = [0, 1, 2, 3, 7].map(|row| ("205".to_owned(), row, 0, 1, 1));
    let mut text = String::new();
    let mut table = table(&cells, "收入决算表", &mut text);
    let numbers = scan_numbers(&text);
    assert!(scattered(&text, &table, &numbers));
    let reading = read_table(&text, &mut table, &TableContext::default(), &numbers, &GRAMMARS, None);
    assert!(reading.facts.is_empty() && reading.numbers.is_empty());
}

proptest! {
    #[test]
    fn any_grid_is_read(
        cells in proptest::collection::vec((cell(), 0_u32..12, 0_u32..8, 0_u32..4, 0_u32..4), 0..60),
        title in proptest::sample::select(vec![
            "收入决算表", "收入支出决算总表", "财政拨款收入支出决算总表", "项目支出绩效自评表", "评分表", "“三公”经费支出决算表", "其他", "对比表",
        ]),
    ) {
        let mut text = String::new();
        let mut table = table(&cells, title, &mut text);
        let numbers = scan_numbers(&text);
        let context = TableContext { fiscal_year: Some(2031), ..TableContext::default() };
        let reading = read_table(&text, &mut table, &context, &numbers, &GRAMMARS, None);
        if scattered(&text, &table, &numbers) {
            prop_assert!(reading.facts.is_empty() && reading.numbers.is_empty());
            return Ok(());
        }
        let covered = Grid::of(&table).unwrap();
        for fact in &reading.facts {
            prop_assert_eq!(numbers[fact.number as usize].span, fact.span);
        }
        for (index, cell) in table.cells.iter().enumerate() {
            // A cell whose place another one covers is read nowhere: the grid itself is wrong.
            let shown = covered.cell(cell.row as usize, cell.column as usize) == Some(index);
            if !shown || reading.prose.iter().any(|prose| prose.cell as usize == index) {
                continue;
            }
            for number in numbers_in(cell, &numbers) {
                let class = reading.numbers.iter().find(|found| found.0 == number);
                prop_assert!(class.is_some(), "{:?} in {:?}", number, cell.span.of(&text));
            }
        }
    }

    #[test]
    fn spans_beyond_all_bounds_are_harmless(row_span in any::<u32>(), column_span in any::<u32>(), rows in any::<u32>()) {
        let mut text = String::new();
        let mut table = table(&[("合计".into(), 0, 0, row_span, column_span), ("5".into(), 1, 1, 1, 1)], "收入决算表", &mut text);
        table.rows = rows;
        let numbers = scan_numbers(&text);
        let reading = read_table(&text, &mut table, &TableContext::default(), &numbers, &GRAMMARS, None);
        prop_assert!(reading.facts.len() <= 1);
    }
}
