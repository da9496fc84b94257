//! Pages, and real reports to look at.

use super::gold::shared;
use super::*;
use crate::figure::scan_numbers;
use crate::grammar::GrammarFiles;
use crate::layout::TableLayout;
use crate::quantity::Decimal;
use crate::table::Unsure;
use std::path::Path;

/// A table whose rows are the lines of `text`, its cells parted by strokes.
fn plain_table(text: &str, title: Option<&str>) -> Table {
    let mut table = Table {
        layout: TableLayout::Tsv,
        kind: TableKind::Other,
        title: title.map(str::to_owned),
        form: None,
        unit: title.map(|_| "万元".to_owned()),
        section: None,
        rows: 0,
        columns: 0,
        span: Span::from(0..text.len()),
        cells: Vec::new(),
        unsure: Vec::new(),
    };
    let mut at = 0;
    for line in text.lines() {
        for (column, words) in line.split('|').enumerate() {
            let span = Span::from(at..at + words.len());
            at += words.len() + 1;
            let (row, column) = (table.rows, column as u32);
            table.columns = table.columns.max(column + 1);
            table.cells.push(Cell { row, column, row_span: 1, column_span: 1, header: false, span, parts: None });
        }
        table.rows += 1;
    }
    table
}

#[test]
fn a_second_page_goes_on_where_the_first_ended() {
    let grammars = Grammars::load(&GrammarFiles::embedded()).unwrap();
    let read = |text: &str, table: &mut Table, before: Option<&Carry<'_>>| {
        let context = TableContext { fiscal_year: Some(2031), ..TableContext::default() };
        let reading = read_table(text, table, &context, &scan_numbers(text), &grammars, before);
        let facts = reading.facts.iter();
        facts.map(|fact| (fact.concept.unwrap_or("").to_owned(), fact.item.clone(), fact.value)).collect::<Vec<_>>()
    };
    let first = "科目编码|科目名称|本年收入合计|其他收入\n205|教育支出|9.5|0.5";
    let context = TableContext { fiscal_year: Some(2031), ..TableContext::default() };
    let mut table = plain_table(first, Some("收入决算表"));
    let carry = read_table(first, &mut table, &context, &scan_numbers(first), &grammars, None).carry;
    let second = "20502|普通教育|9|0.5\n|合计|9.5|0.5";
    let mut table = plain_table(second, None);
    let fact = |concept: &str, item: &str, value: i64| (concept.to_owned(), item.to_owned(), Decimal::from(value));
    assert_eq!(
        read(second, &mut table, Some(&carry)),
        [
            fact("income.current_year", "教育支出/普通教育 × 本年收入合计", 90_000),
            fact("income.other", "教育支出/普通教育 × 其他收入", 5_000),
            fact("income.current_year", "合计 × 本年收入合计", 95_000),
            fact("income.other", "合计 × 其他收入", 5_000),
        ]
    );
    assert_eq!(table.kind, TableKind::Income);
    let other = "单位|人数|人次|备注\n机关|12|5|";
    let mut table = plain_table(other, None);
    assert_eq!(read(other, &mut table, Some(&carry)).len(), 2);
    assert_eq!(table.kind, TableKind::Other);
}

#[test]
fn an_amount_of_no_certain_column_states_what_all_of_them_share() {
    let grammars = Grammars::load(&GrammarFiles::embedded()).unwrap();
    let text = "科目编码|科目名称|本年支出合计|基本支出|项目支出\n合计||9.5|4.5|5\n205|教育支出|9.5|4.5|5";
    let mut table = plain_table(text, Some("支出决算表"));
    let at = |raw: &str| text.rfind(raw).map_or(0, |at| at as u32);
    let first = text.find("9.5").map_or(0, |at| at as u32);
    table.unsure = vec![Unsure { at: first, first: 2, last: 3 }, Unsure { at: at("4.5"), first: 3, last: 4 }];
    let context = TableContext { fiscal_year: Some(2031), ..TableContext::default() };
    let reading = read_table(text, &mut table, &context, &scan_numbers(text), &grammars, None);
    let shown = |fact: &crate::fact::Fact<'_>| (fact.concept.unwrap_or("").to_owned(), fact.item.clone());
    let facts: Vec<(String, String)> = reading.facts.iter().map(shown).collect();
    let fact = |concept: &str, item: &str| (concept.to_owned(), item.to_owned());
    assert_eq!(
        facts,
        [
            fact("", "合计"),
            fact("expenditure.basic", "合计 × 基本支出"),
            fact("expenditure.project", "合计 × 项目支出"),
            fact("expenditure.function", "教育支出 × 本年支出合计"),
            fact("expenditure.function", "教育支出"),
            fact("expenditure.function", "教育支出 × 项目支出"),
        ]
    );
}

/// Shows what is read from the tables of real reports: `JUESUAN_SHOW=part of a name cargo test shown -- --nocapture`.
#[test]
fn real_reports_are_shown_and_none_breaks() {
    let Some(shared) = shared() else {
        println!("skipped: no ../shared/reports");
        return;
    };
    let grammars = Grammars::load(&GrammarFiles::embedded()).unwrap();
    let wanted = std::env::var("JUESUAN_SHOW").unwrap_or("none".into());
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/reports");
    let folders = [shared.join("reports"), samples];
    let files = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
    for path in files.map(|entry| entry.path()) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let numbers = scan_numbers(&text);
        let tables = crate::table::read_tables(&text, &crate::layout::lay_out(&text), &mut Vec::new());
        for (index, mut table) in tables.into_iter().enumerate() {
            let context = TableContext { table: index as u32, fiscal_year: Some(2020), ..TableContext::default() };
            let reading = read_table(&text, &mut table, &context, &numbers, &grammars, None);
            for (fact, (row, column)) in
                reading.facts.iter().filter_map(|fact| Some((fact, fact.cell.map(|(_, row, column)| (row, column))?)))
            {
                assert!(table.cells.iter().any(|cell| cell.row == row && cell.column == column));
                assert!(numbers[fact.number as usize].span == fact.span);
            }
            let left = left_out(&table, &reading, &numbers);
            assert!(left.is_empty(), "{}: {left:?} of {:?}", path.display(), table.title);
            if path.to_string_lossy().contains(&wanted) {
                show(&text, &table, &reading, &numbers);
            }
        }
    }
}

/// The numbers in cells that have neither class nor narrative.
fn left_out(table: &Table, reading: &TableReading<'_>, numbers: &[NumberToken]) -> Vec<u32> {
    let prose = |index: usize| reading.prose.iter().any(|prose| prose.cell as usize == index);
    let cells = table.cells.iter().enumerate().filter(|(index, _)| !prose(*index));
    let inside = cells.flat_map(|(_, cell)| numbers_in(cell, numbers));
    inside.filter(|number| reading.numbers.binary_search_by_key(number, |found| found.0).is_err()).collect()
}

fn show(text: &str, table: &Table, reading: &TableReading<'_>, numbers: &[NumberToken]) {
    println!(
        "## {:?} {:?} {:?} unit {:?}, {}x{}",
        table.kind, table.layout, table.title, table.unit, table.rows, table.columns
    );
    let mut row = u32::MAX;
    for cell in &table.cells {
        if cell.row != row {
            row = cell.row;
            print!("\n  {row:>3} ");
        }
        let shown: String = cell.text(text).chars().take(24).collect();
        print!("¦{}{}:{shown} ", cell.column, if cell.column_span > 1 { "+" } else { "" });
        for (index, token) in numbers.iter().enumerate().filter(|(_, token)| cell.span.contains(token.span)) {
            let class = reading
                .numbers
                .iter()
                .find(|(number, ..)| *number as usize == index)
                .map(|(_, class, _)| class.as_str());
            if class != Some("figure") {
                print!("[{} {}]", token.span.of(text), class.unwrap_or("-"));
            }
        }
    }
    println!();
    for fact in &reading.facts {
        println!(
            "   {} = {} {} | {} | {} | {} {} {:?} {:?} {} {:?} {}",
            fact.span.of(text),
            fact.value,
            fact.unit.as_str(),
            fact.concept.unwrap_or(""),
            fact.item,
            fact.measure.as_str(),
            fact.phase.map_or("", Phase::as_str),
            fact.period,
            fact.base_period,
            fact.fund.map_or("", |fund| fund.as_str()),
            fact.function_code.as_deref().or(fact.economic_code.as_deref()),
            fact.flags.names().unwrap_or_default(),
        );
    }
    for prose in &reading.prose {
        println!("   prose {prose:?}");
    }
}

#[test]
fn a_table_with_a_cell_on_each_line_is_left_unread() {
    let grammars = Grammars::load(&GrammarFiles::embedded()).unwrap();
    let labels = ["一般公共预算财政拨款收入", "上级补助收入", "事业收入", "经营收入", "其他收入", "总计"];
    let body = |between: &str| {
        let row = |(line, label): (usize, &&str)| format!("{label}|{}|{between}440.55", line + 1);
        labels.iter().enumerate().map(row).collect::<Vec<_>>().join(if between.is_empty() { "\n" } else { "|\n" })
    };
    let facts = |body: &str| {
        let text = format!("项目|行次|金额\n{body}");
        let context = TableContext { fiscal_year: Some(2031), ..TableContext::default() };
        let mut table = plain_table(&text, Some("收入支出决算总表"));
        read_table(&text, &mut table, &context, &scan_numbers(&text), &grammars, None).facts.len()
    };
    assert_eq!((facts(&body("\n|")), facts(&body(""))), (0, 6));
}
