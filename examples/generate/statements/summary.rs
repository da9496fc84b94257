//! Statements with two sides: 01 totals, 04 appropriations, 06 basic expenditure; and 07, 三公.

use super::{Sheet, ordinal};
use crate::accounts::{Fen, Fund, Leaf};
use crate::classes;
use crate::figures::{About, cell_amount};
use crate::small::{Planned, group_name};
use crate::table::{Cell, Table};

type Side = Vec<(String, Vec<Cell>)>;

/// A data cell with an executed amount.
pub fn amount(sheet: &Sheet, fen: Fen, concept: &str, item: String, note: &str) -> Cell {
    let about = About { concept: concept.to_owned(), item, phase: "executed", note: note.to_owned() };
    Cell::data(cell_amount(fen, about, sheet.style))
}

/// 公开01表: income left, expenditure by class right.
pub fn totals(sheet: &Sheet) -> Table {
    let books = sheet.books;
    let one = |fen: Fen, concept: &str, name: &str| vec![amount(sheet, fen, concept, format!("{name} × 决算数"), "")];
    let own = |kind: usize| books.sum(|leaf| leaf.own_income[kind]);
    let income = [
        ("一般公共预算财政拨款收入", "income.general_budget", books.sum_in(Fund::General, |leaf| leaf.income)),
        ("政府性基金预算财政拨款收入", "income.government_fund", books.sum_in(Fund::Government, |leaf| leaf.income)),
        ("国有资本经营预算财政拨款收入", "income.state_capital", books.sum_in(Fund::StateCapital, |leaf| leaf.income)),
        ("上级补助收入", "income.superior_subsidy", own(0)),
        ("事业收入", "income.undertaking", own(1)),
        ("经营收入", "income.operating", own(2)),
        ("附属单位上缴收入", "income.subordinate_remittance", own(3)),
        ("其他收入", "income.other", own(4)),
    ];
    let left = income
        .iter()
        .enumerate()
        .map(|(at, (name, concept, fen))| (format!("{}、{name}", ordinal(at + 1)), one(*fen, concept, name)))
        .collect();
    let right = class_rows(sheet, |code, name| {
        vec![amount(
            sheet,
            books.sum(|leaf| of_class(leaf, code, leaf.spent())),
            "expenditure.function",
            format!("{name} × 决算数"),
            "",
        )]
    });
    let foot = |rows: &[(&str, &str, &str, Fen)]| -> Side {
        rows.iter().map(|(label, item, concept, fen)| ((*label).to_owned(), one(*fen, concept, item))).collect()
    };
    let left_foot = foot(&[
        ("本年收入合计", "本年收入合计", "income.current_year", books.income()),
        ("使用非财政拨款结余", "使用非财政拨款结余", "balance.non_appropriation_used", books.own_used),
        ("年初结转和结余", "年初结转和结余", "balance.opening", books.opening()),
        ("总计", "收入总计", "income.total", books.total()),
    ]);
    let right_foot = foot(&[
        ("本年支出合计", "本年支出合计", "expenditure.current_year", books.expenditure()),
        ("结余分配", "结余分配", "balance.distribution", books.own_distributed),
        ("年末结转和结余", "年末结转和结余", "balance.closing", books.closing()),
        ("总计", "支出总计", "expenditure.total", books.total()),
    ]);
    let width = if sheet.style.row_numbers { 3 } else { 2 };
    let mut rows = vec![vec![Cell::head("收入").wide(width), Cell::head("支出").wide(width)]];
    rows.push(heads(sheet, &["项目", "决算数", "项目（按功能分类）", "决算数"], &[0, 2]));
    if sheet.style.column_numbers {
        rows.push(numbers(sheet, &[1], &[2]));
    }
    let header_rows = rows.len();
    rows.extend(two_sides(sheet, left, right, left_foot, right_foot));
    sheet.statement(1, "收入支出决算总表", rows, header_rows, "注：本表反映本年度的总收支和年末结转结余情况。")
}

fn of_class(leaf: &Leaf, code: &str, fen: Fen) -> Fen {
    if leaf.code.starts_with(code) { fen } else { 0 }
}

/// Rows for the classes, numbered; all of them or only those with money.
fn class_rows(sheet: &Sheet, cells: impl Fn(&str, &str) -> Vec<Cell>) -> Side {
    let used = |code: &str| sheet.books.leaves.iter().any(|leaf| leaf.code.starts_with(code));
    classes::classes(sheet.style.year)
        .filter(|(code, _)| sheet.style.all_classes || used(code))
        .enumerate()
        .map(|(at, (code, name))| (format!("{}、{name}", ordinal(at + 1)), cells(code, name)))
        .collect()
}

/// Headings, with 行次 after those at `numbered`.
fn heads(sheet: &Sheet, names: &[&str], numbered: &[usize]) -> Vec<Cell> {
    let mut row = Vec::new();
    for (at, name) in names.iter().enumerate() {
        row.push(Cell::head(name));
        if sheet.style.row_numbers && numbered.contains(&at) {
            row.push(Cell::head("行次"));
        }
    }
    row
}

/// The row of 栏次 of a two-sided statement.
fn numbers(sheet: &Sheet, left: &[usize], right: &[usize]) -> Vec<Cell> {
    let mut row = Vec::new();
    for side in [left, right] {
        row.push(Cell::head("栏次"));
        if sheet.style.row_numbers {
            row.push(Cell { header: true, ..Cell::blank() });
        }
        row.extend(side.iter().map(|at| Sheet::number(*at)));
    }
    row
}

/// Both sides beside each other, the shorter filled up, the feet level.
fn two_sides(sheet: &Sheet, mut left: Side, mut right: Side, left_foot: Side, right_foot: Side) -> Vec<Vec<Cell>> {
    let height = left.len().max(right.len());
    let (left_cells, right_cells) = (left_foot[0].1.len(), right_foot[0].1.len());
    left.resize(height, (String::new(), vec![Cell::blank(); left_cells]));
    right.resize(height, (String::new(), vec![Cell::blank(); right_cells]));
    left.extend(left_foot);
    right.extend(right_foot);
    let count = left.len();
    let mut rows = Vec::new();
    for (at, ((left_label, left_data), (right_label, right_data))) in left.into_iter().zip(right).enumerate() {
        let mut row = Vec::new();
        for (label, data, number) in [(left_label, left_data, at + 1), (right_label, right_data, count + at + 1)] {
            row.push(Cell::head(&label));
            if sheet.style.row_numbers {
                row.push(Sheet::number(number));
            }
            row.extend(data);
        }
        rows.push(row);
    }
    rows
}

/// 公开04表: appropriations left, expenditure by class and fund right.
pub fn appropriations(sheet: &Sheet) -> Table {
    let books = sheet.books;
    let funds = [
        ("一般公共预算财政拨款", "income.general_budget", Fund::General),
        ("政府性基金预算财政拨款", "income.government_fund", Fund::Government),
        ("国有资本经营预算财政拨款", "income.state_capital", Fund::StateCapital),
    ];
    let one = |fen: Fen, concept: &str, name: &str| vec![amount(sheet, fen, concept, format!("{name} × 决算数"), "")];
    let left: Side = funds
        .iter()
        .enumerate()
        .map(|(at, (name, concept, fund))| {
            (format!("{}、{name}", ordinal(at + 1)), one(books.sum_in(*fund, |leaf| leaf.income), concept, name))
        })
        .collect();
    let line = |name: &str, concepts: [&str; 4], of: &dyn Fn(&Leaf) -> Fen| -> Vec<Cell> {
        let mut cells = vec![amount(sheet, books.sum(of), concepts[0], format!("{name} × 合计"), "")];
        for ((fund_name, _, fund), concept) in funds.iter().zip(&concepts[1..]) {
            cells.push(amount(sheet, books.sum_in(*fund, of), concept, format!("{name} × {fund_name}"), ""));
        }
        cells
    };
    let right = class_rows(sheet, |code, name| {
        line(name, ["expenditure.function"; 4], &|leaf| of_class(leaf, code, leaf.appropriated()))
    });
    let opening = books.sum(|leaf| leaf.opening);
    let left_foot = vec![
        ("本年收入合计".to_owned(), one(books.appropriation(), "income.appropriation", "本年收入合计")),
        ("年初财政拨款结转和结余".to_owned(), one(opening, "balance.opening", "年初财政拨款结转和结余")),
        ("总计".to_owned(), one(books.appropriation_total(), "appropriation.income_total", "收入总计")),
    ];
    let spent = [
        "appropriation.expenditure",
        "general_budget.expenditure",
        "government_fund.expenditure",
        "state_capital.expenditure",
    ];
    let right_foot = vec![
        ("本年支出合计".to_owned(), line("本年支出合计", spent, &Leaf::appropriated)),
        (
            "年末财政拨款结转和结余".to_owned(),
            line("年末财政拨款结转和结余", ["balance.closing", "", "government_fund.closing", ""], &Leaf::closing),
        ),
        (
            "总计".to_owned(),
            line("支出总计", ["appropriation.expenditure_total", "", "", ""], &|leaf| leaf.opening + leaf.income),
        ),
    ];
    let side = usize::from(sheet.style.row_numbers);
    let tall = |name: &str| Cell::head(name).tall(2);
    let mut head = vec![tall("项目")];
    head.extend((side > 0).then(|| tall("行次")));
    head.extend([tall("决算数"), tall("项目（按功能分类）")]);
    head.extend((side > 0).then(|| tall("行次")));
    head.push(Cell::head("决算数").wide(4));
    let mut rows = vec![vec![Cell::head("收入").wide(2 + side), Cell::head("支出").wide(5 + side)], head];
    rows.push(["合计"].into_iter().chain(funds.iter().map(|fund| fund.0)).map(Cell::head).collect());
    if sheet.style.column_numbers {
        rows.push(numbers(sheet, &[1], &[2, 3, 4, 5]));
    }
    let header_rows = rows.len();
    rows.extend(two_sides(sheet, left, right, left_foot, right_foot));
    sheet.statement(
        4,
        "财政拨款收入支出决算总表",
        rows,
        header_rows,
        "注：本表反映本年度财政拨款的总收支和年末结转结余情况。",
    )
}

/// 公开06表: basic expenditure by economic class, personnel left, running costs right.
pub fn basic(sheet: &Sheet) -> Table {
    let economic = &sheet.books.economic;
    let sum = |prefixes: &[&str]| -> Fen {
        economic.iter().filter(|line| prefixes.contains(&&line.code[..3])).map(|line| line.amount).sum()
    };
    let side = |prefixes: &[&str]| -> Vec<[Cell; 3]> {
        let mut lines: Vec<(&str, &str, Fen)> = Vec::new();
        for line in economic.iter().filter(|line| prefixes.contains(&&line.code[..3])) {
            let group = &line.code[..3];
            if lines.last().is_none_or(|(code, ..)| !code.starts_with(group)) {
                lines.push((group, group_name(group), sum(&[group])));
            }
            lines.push((line.code, line.name, line.amount));
        }
        lines
            .into_iter()
            .map(|(code, name, fen)| {
                let note = format!("code={code}");
                [
                    Cell::head(&format!("{{={code}}}")),
                    Cell::head(name),
                    amount(sheet, fen, "expenditure.economic", format!("{name} × 金额"), &note),
                ]
            })
            .collect()
    };
    let (left, right) = (side(&["301", "303"]), side(&["302", "310"]));
    let codes = ["科目编码", "科目名称", "金额"];
    let mut rows = vec![
        vec![Cell::head("人员经费").wide(3), Cell::head("公用经费").wide(3)],
        codes.iter().chain(&codes).map(|name| Cell::head(name)).collect(),
    ];
    let blank = || [Cell::blank(), Cell::blank(), Cell::blank()];
    for at in 0..left.len().max(right.len()) {
        let mut row: Vec<Cell> = left.get(at).cloned().unwrap_or_else(blank).into();
        row.extend(right.get(at).cloned().unwrap_or_else(blank));
        rows.push(row);
    }
    let (people, running) = (sum(&["301", "303"]), sum(&["302", "310"]));
    rows.push(vec![
        Cell::head("人员经费合计").wide(2),
        amount(sheet, people, "general_budget.personnel", "人员经费合计 × 金额".to_owned(), ""),
        Cell::head("公用经费合计").wide(2),
        amount(sheet, running, "general_budget.public_use", "公用经费合计 × 金额".to_owned(), ""),
    ]);
    if sheet.style.all_classes {
        rows.push(vec![
            Cell::head("合计").wide(2),
            amount(sheet, people + running, "general_budget.basic", "合计 × 金额".to_owned(), "").wide(4),
        ]);
    }
    let note = "注：本表反映本年度一般公共预算财政拨款基本支出明细情况。";
    sheet.statement(6, "一般公共预算财政拨款基本支出决算表", rows, 2, note)
}

/// 公开07表: budget left, executed right, one row of data.
pub fn three_public(sheet: &Sheet) -> Table {
    let (small, year) = (&sheet.books.small, sheet.style.year);
    let plans: [(&str, &str, Planned); 6] = [
        ("total", "合计", small.three_public()),
        ("abroad", "因公出国（境）费", small.abroad),
        ("vehicle", "公务用车购置及运行费小计", small.vehicle()),
        ("vehicle.purchase", "公务用车购置费", small.purchase),
        ("vehicle.operation", "公务用车运行费", small.operation),
        ("reception", "公务接待费", small.reception),
    ];
    let mut rows: Vec<Vec<Cell>> = vec![Vec::new(), Vec::new(), Vec::new()];
    let mut data = Vec::new();
    for (name, phase) in [("预算数", "adjusted"), ("决算数", "executed")] {
        rows[0].push(
            Cell::head(&if sheet.style.apart { format!("{{^{year}}}年度{name}") } else { name.to_owned() }).wide(6),
        );
        rows[1].extend([
            Cell::head("合计").tall(2),
            Cell::head("因公出国（境）费").tall(2),
            Cell::head("公务用车购置及运行费").wide(3),
            Cell::head("公务接待费").tall(2),
        ]);
        rows[2].extend(["小计", "公务用车购置费", "公务用车运行费"].map(Cell::head));
        for (key, item, plan) in &plans {
            let about = About {
                concept: format!("three_public.{key}"),
                item: format!("{name} × {item}"),
                phase,
                note: String::new(),
            };
            let fen = if phase == "adjusted" { plan.budget } else { plan.executed };
            data.push(Cell::data(cell_amount(fen, about, sheet.style)));
        }
    }
    if sheet.style.column_numbers {
        rows.push((1..=12).map(Sheet::number).collect());
    }
    let header_rows = rows.len();
    rows.push(data);
    let empty = small.three_public().budget == 0;
    let note = if empty {
        "说明：本年度没有“三公”经费支出，故本表无数据。"
    } else {
        "注：预算数为全年预算数，反映按规定程序调整后的预算数。"
    };
    sheet.statement(7, "一般公共预算财政拨款“三公”经费支出决算表", rows, header_rows, note)
}
