//! Statements with a row per functional class: 02 income, 03 expenditure, 05 general budget, 08 and 09 funds.

use super::Sheet;
use super::summary::amount;
use crate::accounts::{Fen, Fund, Leaf};
use crate::table::{Cell, Table};

/// A column of amounts: its heading, its concept in the total and in the classes' rows, what it adds up.
struct Column<'a> {
    name: &'static str,
    total: &'static str,
    class: &'static str,
    of: &'a dyn Fn(&Leaf) -> Fen,
}

/// A row of the classification: code, path of names, the items below it.
struct Node<'a> {
    code: String,
    path: String,
    name: &'static str,
    leaves: Vec<&'a Leaf>,
}

/// Classes, sections and items in order of their codes.
fn tree<'a>(leaves: &[&'a Leaf]) -> Vec<Node<'a>> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut done = String::new();
    for leaf in leaves {
        for (level, digits) in [3, 5, 7].into_iter().enumerate() {
            let code = &leaf.code[..digits];
            if done.starts_with(code) {
                continue;
            }
            nodes.push(Node {
                code: code.to_owned(),
                path: leaf.names[..=level].join("/"),
                name: leaf.names[level],
                leaves: leaves.iter().copied().filter(|other| other.code.starts_with(code)).collect(),
            });
        }
        leaf.code.clone_into(&mut done);
    }
    nodes
}

/// Heading rows over codes and names, with the columns' headings beside.
fn code_heads(sheet: &Sheet, columns: Vec<Cell>, lower: Vec<Cell>) -> Vec<Vec<Cell>> {
    let style = sheet.style;
    let codes = if style.three_codes { 3 } else { 1 };
    let mut first = vec![Cell::head("项目").wide(codes + 1)];
    first.extend(columns);
    let name_rows = if style.three_codes { 2 } else { 1 };
    let mut second = vec![Cell::head("功能分类科目编码").wide(codes), Cell::head("科目名称").tall(name_rows)];
    second.extend(lower);
    let mut rows = vec![first, second];
    if style.three_codes {
        rows.push(["类", "款", "项"].map(Cell::head).into());
    }
    rows
}

fn height(sheet: &Sheet) -> usize {
    if sheet.style.three_codes { 3 } else { 2 }
}

/// The rows below the headings: 栏次, 合计 and the classes.
fn body(
    sheet: &Sheet,
    mut rows: Vec<Vec<Cell>>,
    leaves: &[&Leaf],
    columns: &[Column],
    suffix: &str,
) -> (Vec<Vec<Cell>>, usize) {
    let codes = if sheet.style.three_codes { 3 } else { 1 };
    if sheet.style.column_numbers {
        let mut row = vec![Cell::head("栏次").wide(codes + 1)];
        row.extend((1..=columns.len()).map(Sheet::number));
        rows.push(row);
    }
    let header_rows = rows.len();
    let mut total = vec![Cell::head("合计").wide(codes + 1)];
    for column in columns {
        let fen = leaves.iter().map(|leaf| (column.of)(leaf)).sum();
        total.push(amount(sheet, fen, column.total, format!("合计 × {}{suffix}", column.name), ""));
    }
    rows.push(total);
    for node in tree(leaves) {
        let mut row = vec![Cell::head(&format!("{{={}}}", node.code)).wide(codes), Cell::head(node.name)];
        for column in columns {
            let fen = node.leaves.iter().map(|leaf| (column.of)(leaf)).sum();
            let item = format!("{} × {}{suffix}", node.path, column.name);
            row.push(amount(sheet, fen, column.class, item, &format!("code={}", node.code)));
        }
        rows.push(row);
    }
    (rows, header_rows)
}

/// A statement whose columns have one heading each.
fn plain(
    sheet: &Sheet,
    number: u8,
    title: &str,
    leaves: &[&Leaf],
    columns: &[Column],
    suffix: &str,
    note: &str,
) -> Table {
    let heads = columns.iter().map(|column| Cell::head(column.name).tall(height(sheet))).collect();
    let (rows, header_rows) = body(sheet, code_heads(sheet, heads, Vec::new()), leaves, columns, suffix);
    sheet.statement(number, title, rows, header_rows, note)
}

/// 公开02表.
pub fn income(sheet: &Sheet) -> Table {
    let leaves: Vec<&Leaf> = sheet.books.leaves.iter().filter(|leaf| leaf.received() != 0).collect();
    let column = |name, concept, of| Column { name, total: concept, class: concept, of };
    let columns = [
        column("本年收入合计", "income.current_year", &Leaf::received as &dyn Fn(&Leaf) -> Fen),
        column("财政拨款收入", "income.appropriation", &|leaf| leaf.income),
        column("上级补助收入", "income.superior_subsidy", &|leaf| leaf.own_income[0]),
        column("事业收入", "income.undertaking", &|leaf| leaf.own_income[1]),
        column("经营收入", "income.operating", &|leaf| leaf.own_income[2]),
        column("附属单位上缴收入", "income.subordinate_remittance", &|leaf| leaf.own_income[3]),
        column("其他收入", "income.other", &|leaf| leaf.own_income[4]),
    ];
    plain(sheet, 2, "收入决算表", &leaves, &columns, "", "注：本表反映本年度取得的各项收入情况。")
}

fn function<'a>(name: &'static str, total: &'static str, of: &'a dyn Fn(&Leaf) -> Fen) -> Column<'a> {
    Column { name, total, class: "expenditure.function", of }
}

/// 公开03表.
pub fn expenditure(sheet: &Sheet) -> Table {
    let leaves: Vec<&Leaf> = sheet.books.leaves.iter().collect();
    let columns = [
        function("本年支出合计", "expenditure.current_year", &Leaf::spent),
        function("基本支出", "expenditure.basic", &|leaf| leaf.basic + leaf.own_basic),
        function("项目支出", "expenditure.project", &|leaf| leaf.project + leaf.own_project),
        function("上缴上级支出", "expenditure.remitted_to_superior", &|_| 0),
        function("经营支出", "expenditure.operating", &|leaf| leaf.own_operating),
        function("对附属单位补助支出", "expenditure.subordinate_subsidy", &|_| 0),
    ];
    plain(sheet, 3, "支出决算表", &leaves, &columns, "", "注：本表反映本年度各项支出情况。")
}

fn in_fund<'a>(sheet: &Sheet<'a>, fund: Fund) -> Vec<&'a Leaf> {
    sheet.books.leaves.iter().filter(|leaf| leaf.fund == fund).collect()
}

/// 公开05表.
pub fn general(sheet: &Sheet) -> Table {
    let columns = [
        function("本年支出合计", "general_budget.expenditure", &Leaf::appropriated),
        function("基本支出", "general_budget.basic", &|leaf| leaf.basic),
        function("项目支出", "expenditure.project", &|leaf| leaf.project),
    ];
    let leaves = in_fund(sheet, Fund::General);
    let note = "注：本表反映本年度一般公共预算财政拨款支出情况。";
    plain(sheet, 5, "一般公共预算财政拨款支出决算表", &leaves, &columns, "（一般公共预算财政拨款）", note)
}

/// 公开08表.
pub fn government_fund(sheet: &Sheet) -> Table {
    let column = |name, total, class, of| Column { name, total, class, of };
    let columns = [
        column("年初结转和结余", "government_fund.opening", "government_fund.opening", &|leaf: &Leaf| {
            leaf.opening
        }),
        column("本年收入", "income.government_fund", "income.government_fund", &|leaf| leaf.income),
        function("本年支出小计", "government_fund.expenditure", &Leaf::appropriated),
        function("本年支出基本支出", "expenditure.basic", &|leaf| leaf.basic),
        function("本年支出项目支出", "expenditure.project", &|leaf| leaf.project),
        column("年末结转和结余", "government_fund.closing", "government_fund.closing", &Leaf::closing),
    ];
    let rows = height(sheet);
    let heads = vec![
        Cell::head("年初结转和结余").tall(rows),
        Cell::head("本年收入").tall(rows),
        Cell::head("本年支出").wide(3),
        Cell::head("年末结转和结余").tall(rows),
    ];
    let lower = ["小计", "基本支出", "项目支出"].map(|name| Cell::head(name).tall(rows - 1)).into();
    let leaves = in_fund(sheet, Fund::Government);
    let note = if leaves.is_empty() {
        "说明：本单位没有政府性基金预算财政拨款收入和支出，故本表无数据。"
    } else {
        "注：本表反映本年度政府性基金预算财政拨款收支及结转结余情况。"
    };
    let (rows, header_rows) =
        body(sheet, code_heads(sheet, heads, lower), &leaves, &columns, "（政府性基金预算财政拨款）");
    sheet.statement(8, "政府性基金预算财政拨款收入支出决算表", rows, header_rows, note)
}

/// 公开09表.
pub fn state_capital(sheet: &Sheet) -> Table {
    let columns = [
        function("本年支出合计", "state_capital.expenditure", &Leaf::appropriated),
        function("基本支出", "expenditure.basic", &|leaf| leaf.basic),
        function("项目支出", "expenditure.project", &|leaf| leaf.project),
    ];
    let leaves = in_fund(sheet, Fund::StateCapital);
    let note = if leaves.is_empty() {
        "说明：本单位没有国有资本经营预算财政拨款支出，故本表无数据。"
    } else {
        "注：本表反映本年度国有资本经营预算财政拨款支出情况。"
    };
    plain(sheet, 9, "国有资本经营预算财政拨款支出决算表", &leaves, &columns, "（国有资本经营预算财政拨款）", note)
}
