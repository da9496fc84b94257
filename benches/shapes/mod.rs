//! Texts of any size for the benches: an invented report, and shapes that make careless programs slow.
//!
//! In: a size. Out: text. What is measured with them is left to `benches/stages.rs` and `benches/growth.rs`.

use std::fmt::Write;

/// A report of an agency that does not exist, of about so many bytes: headings, sentences, a statement with tabs.
pub fn report(bytes: usize) -> String {
    let mut text = String::from("云溪县第三医疗保障局2021年度部门决算\n\n第二部分 部门决算情况说明\n\n");
    let mut number = 0_u32;
    while text.len() < bytes {
        number += 1;
        let (whole, part) = (number.wrapping_mul(7919) % 99_999, number % 100);
        let _ = write!(
            text,
            "（{number}）收入决算情况说明\n2021年本年收入合计{whole}.{part:02}万元，其中：一般公共预算财政拨款收入{part}.50万元，占\
             {part}.17%；其他收入1,{part:03}.08万元，占0.82%。与2020年相比，收、支总计各减少6.{part:02}万元，下降12.32%。主要原因是\
             {part}个项目已经结束。\n国内公务接待{part}批次，{number}人次，共计支出2.{part:02}万元。\n\n"
        );
        if number.is_multiple_of(8) {
            text.push_str("支出决算表\n公开03表\n单位：万元\n");
            text.push_str(&rows(12));
            text.push('\n');
        }
    }
    text
}

/// The rows of a statement with tabs.
pub fn rows(count: usize) -> String {
    let mut text = String::from("科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n");
    for row in 0..count {
        let _ = writeln!(
            text,
            "{}\t农林水支出\t1,{:03}.50\t{}.00\t{}.50",
            2_130_000 + row % 9999,
            row % 1000,
            row % 700,
            row % 90
        );
    }
    text
}

/// The same rows as other converters leave them.
pub fn rows_as(layout: &str, count: usize) -> String {
    let rows = rows(count);
    let lines = rows.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    match layout {
        "markdown" => {
            let mut text = String::new();
            for (number, cells) in lines.enumerate() {
                let _ = writeln!(text, "| {} |", cells.join(" | "));
                text.push_str(if number == 0 { "|---|---|---|---|---|\n" } else { "" });
            }
            text
        }
        "html" => {
            let row = |cells: Vec<&str>| format!("<tr><td><p>{}</p></td></tr>\n", cells.join("</p></td><td><p>"));
            format!("<html><body><table><tbody>{}</tbody></table></body></html>", lines.map(row).collect::<String>())
        }
        "tika" => lines.map(|cells| ["\t", &cells.join("\n\t"), "\n\n"].concat()).collect(),
        "columns" => {
            let mut text = String::new();
            for cells in lines {
                let _ = write!(text, "{:>10}  {:<12}", cells[0], cells[1]);
                let _ = writeln!(text, "{:>14}{:>14}{:>14}", cells[2], cells[3], cells[4]);
            }
            text
        }
        "flow" => lines.map(|cells| cells.join(" ") + "\n").collect(),
        _ => rows,
    }
}

/// A table of three rows with so many columns.
pub fn wide(columns: usize) -> String {
    let line = |cell: &dyn Fn(usize) -> String| (0..columns).map(cell).collect::<Vec<_>>().join("\t") + "\n";
    [
        line(&|column| format!("项目{column}")),
        line(&|column| format!("{column}.50")),
        line(&|column| format!("{}.25", column % 97)),
    ]
    .concat()
}

/// `unit` again and again, of about so many bytes.
pub fn again(unit: &str, bytes: usize) -> String {
    unit.repeat(bytes / unit.len())
}
