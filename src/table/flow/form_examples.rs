//! What is read of forms with a cell on each line, or whose cells lines tore, with invented figures.

use super::super::examples::{cells, has};
use crate::layout::TableLayout::Flow;

/// The cells of the only table in `text`, and how many warnings there are.
fn read(text: &str) -> (Vec<String>, usize) {
    let (cells, problems) = cells(text, Flow);
    (cells, problems.len())
}

/// A form with a cell on each line; what blank cells leave between is up to the caller.
fn torn(separator: &str, blank: &str) -> String {
    let rows = [
        "项目名称|村道养护",
        "主管部门|某县财政局|实施单位|某县水务局",
        "项目资金（万元）|_|全年预算数|全年执行数|分值|执行率|得分",
        "_|年度资金总额|5.00|4.00|10|80.00%|8",
        "_|其中：财政拨款|5.00|4.00|_|80.00%|_",
        "绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|备注",
        "_|产出指标|数量指标|养护里程|≥4公里|5公里|50|50|_",
        "_|_|_|更换路灯|2座|2座|20|18|无",
        "_|满意度指标|服务对象满意度指标|村民满意度|≥90%|96%|20|20|_",
    ];
    let cells = rows.iter().flat_map(|row| row.split('|'));
    let lines: String =
        cells.map(|cell| if cell == "_" { blank.to_owned() } else { format!("{cell}{separator}") }).collect();
    format!("{lines}总分{separator}100{separator}96{separator}")
}

#[test]
fn a_form_with_a_cell_on_each_line_has_its_rows_back() {
    for (separator, blank) in [("\n", ""), ("\n", "\n"), ("\n\n", "\n\n")] {
        let (cells, warnings) = read(&torn(separator, blank));
        has(
            &cells,
            &[
                "0,1 1×8 村道养护",
                "2,4 1×1 *全年预算数",
                "3,1 1×3 *年度资金总额",
                "3,8 1×1 8",
                "4,7 1×1 80.00%",
                "6,1 2×1 *产出指标",
                "7,3 1×1 *更换路灯",
                "7,7 1×1 18",
                "8,7 1×1 20",
                "9,7 1×1 96",
            ],
        );
        assert_eq!(warnings, 0, "{separator:?} {blank:?}");
    }
}

#[test]
fn an_amount_of_a_form_that_nothing_places_says_so() {
    let text = torn("\n", "").replace("其中：财政拨款\n5.00\n4.00\n80.00%\n", "其他资金\n5.00\n");
    let (cells, warnings) = read(&text);
    has(&cells, &["4,1 1×3 *其他资金", "4,4 1×2 5.00"]);
    assert_eq!(warnings, 1);
}

#[test]
fn cells_of_a_form_that_came_out_of_order_say_nothing() {
    let text = "一级指标\n二级指标\n三级指标\n年度指标值\n实际完成值\n分值\n得分\n产出指标\n效益指标\n数量指标\n质量指标\n甲\n乙\n丙\n1座\n2座\n3座\n10\n10\n10\n9\n9\n8\n";
    let (cells, warnings) = read(text);
    // No number stands below a heading, and none beside a name.
    has(&cells, &["1,0 1×1 *产出指标", "11,7 1×1 10", "16,7 1×1 8"]);
    assert_eq!(warnings, 1);
}

#[test]
fn a_label_and_a_rate_that_lines_tore_are_one() {
    let text = "项目资\n金（万\n元）\n\n全年预算\n数\n\n全年执行数 分值 执行率 得分\n\n年度资金总额 5.00 4.00 10\n80.00\n%\n\n8\n\n其中：当年财\n政拨款\n\n5.00 4.00\n80.00\n%\n\n一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n\n产出指标\n\n数量指标 养护里程 4公里 5公里 50 50\n\n总分 100 96\n";
    let (cells, warnings) = read(text);
    has(
        &cells,
        &[
            "0,0 3×1 *项目资金（万元）",
            "1,5 1×1 80.00%",
            "2,1 1×1 *其中：当年财政拨款",
            "2,5 1×1 80.00%",
            "4,6 1×1 50",
            "5,5 1×1 100",
        ],
    );
    assert_eq!(warnings, 0);
}

#[test]
fn a_total_below_the_same_total_is_that_of_the_other_side() {
    let text = "收入\n支出\n项目\n决算数\n项目\n决算数\n一、财政拨款收入\n8.00\n一、教育支出\n5.00\n二、农林水支出\n3.00\n总计\n8.00\n总计\n8.00\n";
    let (cells, _) = read(text);
    assert_eq!(cells.iter().filter(|cell| cell.ends_with("总计")).count(), 2);
    assert!(cells.iter().any(|cell| cell.contains(",2 ") && cell.ends_with("*总计")), "{cells:#?}");
}
