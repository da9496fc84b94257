//! What is read of rows of words (PDF through Tika): one small table for each trap, with invented figures.

use super::super::examples::{cells, has};
use crate::layout::TableLayout::Flow;

/// The cells of the only table in `text`, and how many warnings there are.
fn read(text: &str) -> (Vec<String>, usize) {
    let (cells, problems) = cells(text, Flow);
    (cells, problems.len())
}

#[test]
fn row_numbers_tell_the_sides_of_torn_labels() {
    let text = "收入 支出\n项目 行次 决算数 项目 行次 决算数\n栏次 1 栏次 2\n一、财政\n拨款收入\n\n1 8.00\n一、教育\n支出\n\n9 5.00\n2 二、农林水\n支出\n\n10 3.00\n3 11\n年初结转\n和结余\n\n4 1.00\n年末结转\n和结余\n\n12 1.00\n";
    let (cells, warnings) = read(text);
    has(
        &cells,
        &[
            "3,0 1×1 *一、财政拨款收入",
            "3,2 1×1 8.00",
            "3,3 1×1 *一、教育支出",
            "4,1 1×1 *2",
            "4,4 1×1 *10",
            "4,5 1×1 3.00",
            "5,4 1×1 *11",
            "6,0 1×1 *年初结转和结余",
            "6,3 1×1 *年末结转和结余",
        ],
    );
    assert_eq!(warnings, 0);
}

#[test]
fn what_a_page_cut_off_goes_to_the_open_labels() {
    let text = "收入 支出\n项目 行次 决算数 项目 行次 决算数\n一、一般公共预算财政 1 8.00 一、一般公共服 9 5.00\n\n\n拨款 务支出\n二、事业收入 2 1.00 二、外交支出 10\n";
    let (cells, _) = read(text);
    has(&cells, &["2,0 1×1 *一、一般公共预算财政拨款", "2,3 1×1 *一、一般公共服务支出", "3,0 1×1 *二、事业收入"]);
}

#[test]
fn a_head_that_the_next_page_repeats_is_left_out() {
    let head = "项目\n本年支出合计 基本支出 项目支出\n科目编码\n科目名称\n栏次 1 2 3\n";
    let text = format!("{head}213 农林水支出 9.00 4.00 5.00\n\n{head}21301 农业农村 5.00 5.00\n21303 水利 4.00 4.00\n");
    let (cells, warnings) = read(&text);
    has(&cells, &["3,0 1×1 *213", "4,1 1×1 *农业农村", "4,4 1×1 5.00", "5,3 1×1 4.00"]);
    assert_eq!((cells.iter().filter(|cell| cell.ends_with("*项目")).count(), warnings), (1, 0));
}

#[test]
fn budget_and_accounts_stand_side_by_side() {
    let text = "2031 年度预算数 2031 年度决算数\n合计\n因公\n出国（境）费\n\n公务用车购置及运行费\n\n公务接\n待费\n\n合计\n因公出国（境）费\n公务用车购置及运行费\n公务接待费\n\n小计\n公务用车购置费\n公务用车运行费\n\n小计\n公务用车购置费\n公务用车运行费\n\n1 2 3 4 5 6 7 8 9 10 11 12\n9.00 7.00 7.00 2.00 8.50 0.50 6.00 1.00 5.00 2.00\n";
    let (cells, warnings) = read(text);
    has(
        &cells,
        &[
            "0,0 1×6 *2031 年度预算数",
            "0,6 1×6 *2031 年度决算数",
            "1,2 1×3 *公务用车购置及运行费",
            "1,5 2×1 *公务接待费",
            "2,9 1×1 *公务用车购置费",
            "4,0 1×1 9.00",
            "4,2 1×1 7.00",
            "4,5 1×1 2.00",
            "4,7 1×1 0.50",
            "4,11 1×1 2.00",
        ],
    );
    // Whether the vehicles' budget was for buying or for running them, nothing says.
    assert_eq!(warnings, 1);
}

#[test]
fn an_amount_of_no_known_column_reaches_over_those_it_may_have() {
    let text = "项目\n年初结转和结余 本年收入 本年支出 年末结转和结余\n科目编码\n科目名称 小计 基本支出 项目支出\n合计 7.00 6.00 6.00 1.00\n229 其他支出 7.00 6.00 6.00 1.00\n";
    let (cells, warnings) = read(text);
    has(&cells, &["2,2 1×2 7.00", "2,4 1×1 6.00", "2,7 1×1 1.00", "3,2 1×2 7.00"]);
    assert_eq!(warnings, 1);
}

#[test]
fn codes_in_pieces_stand_below_their_marks() {
    let text = "科目编码\n科目名称 本年决算数 上年决算数 增减额\n类 款 项\n合计 9.00 8.00 1.00\n207 文化支出 9.00 8.00 1.00\n207 01 文化和旅游 9.00 8.00 1.00\n207 01 04 图书馆 9.00 8.00 1.00\n";
    let (cells, _) = read(text);
    has(
        &cells,
        &["0,5 2×1 *上年决算数", "5,0 1×1 *207", "5,1 1×1 *01", "5,2 1×1 *04", "5,3 1×1 *图书馆", "5,6 1×1 1.00"],
    );
}

#[test]
fn torn_totals_are_no_rest_of_a_name() {
    let text = "人员经费 公用经费\n科目编码 科目名称 金额 科目编码 科目名称 金额\n301 工资福利支出 5.00 302 商品和服务支出 2.00\n人员经费合\n计 5.00\n公用经费合\n计 2.00\n";
    let (cells, _) = read(text);
    has(&cells, &["2,1 1×1 *工资福利支出", "3,0 1×2 *人员经费合计", "3,2 1×1 5.00"]);
}

#[test]
fn a_form_has_the_cells_that_a_person_saw() {
    let text = "项目名称 村道养护\n\n项目资金\n（万元）\n\n全年预算数 全年执行数 执行率\n\n年度资金总额 5.00 4.00 80%\n\n一级指标 二级指标 三级指标 年度指标值 实际完成值\n偏差原因\n分析\n\n产出\n指标\n\n数量指标\n养护里程 ≥4.5 公里 4.8 公里 无\n\n更换路灯 2 座 2 座 无\n\n满意度\n指标\n\n服务对象\n满意度\n\n村民满意度 ≥90% 96% 无\n";
    let (cells, _) = read(text);
    has(
        &cells,
        &[
            "0,2 1×4 村道养护",
            "1,0 2×2 *项目资金（万元）",
            "2,2 1×1 *年度资金总额",
            "2,5 1×1 80%",
            "3,5 1×1 *偏差原因分析",
            "4,0 2×1 *产出指标",
            "4,1 2×1 *数量指标",
            "4,3 1×1 ≥4.5 公里",
            "5,2 1×1 *更换路灯",
            "5,3 1×1 2 座",
            "6,1 1×1 *服务对象满意度",
        ],
    );
}

#[test]
fn a_score_sheet_tells_explanations_from_scores() {
    let text = "一级\n指标\n\n二级\n\n指标\n指标说明 分值 得分\n\n投入\n（20 分）\n\n在职人员控制率\n在职人员控制率=在职人员数/编制数。\n大于 1 的扣分。\n\n8 8\n\n产出\n（80 分）\n\n完成率 按等次计分。 80 75\n\n总  分 100 83\n";
    let (cells, _) = read(text);
    has(
        &cells,
        &[
            "1,0 1×1 *投入（20 分）",
            "1,1 1×1 *在职人员控制率",
            "1,3 1×1 8",
            "2,0 1×1 *产出（80 分）",
            "2,4 1×1 75",
            "3,3 1×1 100",
        ],
    );
}

#[test]
fn vehicles_and_equipment_have_a_column_each() {
    let text = "车辆数（辆）\n单价 100 万元（含）以上设\n备（台，套）合计\n\n机要通信用\n车\n\n应急保障用\n车\n\n其他用车\n\n合计 3 1 1 1 2\n";
    let (cells, _) = read(text);
    has(&cells, &["0,1 1×4 *车辆数（辆）", "1,2 1×1 *机要通信用车", "2,1 1×1 3", "2,5 1×1 2"]);
    assert!(cells.iter().any(|cell| cell.starts_with("0,5 2×1 *单价 100 万元")), "{cells:#?}");
}

#[test]
fn headings_in_the_middle_of_their_cells_come_in_the_order_of_the_form() {
    let text = "项目\n上级补 经营 附属单位\n本年收入合计 财政拨款收入 事业收入 其他收入\n功能分类 助收入 收入 上缴收入\n科目名称\n科目编码\n合计 9.00 5.00 0.00 4.00 0.00 0.00 0.00\n204 公共安全支出 9.00 5.00 0.00 4.00 0.00 0.00 0.00\n";
    let (cells, _) = read(text);
    has(
        &cells,
        &["0,2 2×1 *本年收入合计", "0,4 2×1 *上级补助收入", "0,5 2×1 *事业收入", "0,6 2×1 *经营收入", "3,2 1×1 9.00"],
    );
}

#[test]
fn headings_out_of_order_that_no_form_has_say_nothing() {
    let text = "项目\n对附属单\n科目编码 科目名称 本年支出合计 结余分配 位补助支\n出\n204 公共安全支出 9.00 5.00 4.00\n205 教育支出 3.00 2.00 1.00\n";
    let (cells, problems) = read(text);
    has(&cells, &["0,0 1×5 项目对附属单科目编码科目名称本年支出合计结余分配位补助支出", "1,2 1×1 9.00"]);
    assert_eq!(problems, 1);
}

#[test]
fn cells_on_lines_of_their_own_make_rows() {
    let text = "项目\n本年支出合计\n基本支出\n项目支出\n科目编码\n科目名称\n栏次\n1\n2\n3\n合计\n9.00\n5.00\n4.00\n204\n公共安全支出\n9.00\n5.00\n4.00\n20405\n法院\n9.00\n5.00\n4.00\n";
    let (cells, _) = read(text);
    has(&cells, &["0,2 2×1 *本年支出合计", "2,2 1×1 *1", "3,4 1×1 4.00", "5,1 1×1 *法院", "5,3 1×1 5.00"]);
}

#[test]
fn cells_on_lines_of_their_own_below_merged_headings_say_nothing_of_the_column() {
    let text = "年度\n合计\n公务接待费\n公务用车费\n小计\n购置\n运行\n2030年\n9.00\n1.00\n8.00\n3.00\n5.00\n2031年\n7.00\n1.00\n6.00\n2.00\n4.00\n";
    let (cells, problems) = read(text);
    has(
        &cells,
        &["0,0 1×6 年度合计公务接待费公务用车费小计购置运行", "1,0 1×1 *2030年", "1,1 1×1 9.00", "2,5 1×1 4.00"],
    );
    assert_eq!(problems, 1);
}

#[test]
fn headings_below_their_own_subtotal_are_columns_of_their_own() {
    let text = "项目 本年收入合计 财政拨款收入 上级补助收入 事业收入 其他收入\n\
                科目编码 科目名称 小计 一般公共预算财政拨款 政府性基金预算财政拨款 小计 其中：教育收费\n\n\
                合计 41.00 30.00 25.00 5.00 0.00 11.00 8.00 0.00\n\
                205 教育支出 41.00 30.00 25.00 5.00 0.00 11.00 8.00 0.00\n";
    let (cells, problems) = cells(text, Flow);
    has(
        &cells,
        &[
            "0,3 1×3 *财政拨款收入",
            "1,4 1×1 *一般公共预算财政拨款",
            "0,7 1×2 *事业收入",
            "1,8 1×1 *其中：教育收费",
            "2,8 1×1 8.00",
            "3,9 1×1 0.00",
        ],
    );
    assert!(problems.is_empty());
}

#[test]
fn rows_of_a_name_and_amounts_end_the_head() {
    let text =
        "项目 本年数 上年数 增减额 增减率（%）\n公务接待费 2.00 4.00 -2.00 -50.00\n基本支出 6.00 5.00 1.00 20.00\n";
    let (cells, problems) = cells(text, Flow);
    has(&cells, &["0,4 1×1 *增减率（%）", "1,0 1×1 *公务接待费", "1,4 1×1 -50.00", "2,3 1×1 1.00"]);
    assert!(problems.is_empty());
}

#[test]
fn rows_of_mere_amounts_have_no_column_of_labels() {
    let text = "车辆数（辆） 单价50万元以上设备（台） 单价100万元以上设备（台）\n\
                合计 主要负责人用车 机要通信用车 应急保障用车 其他用车\n7 1 2 3 1 5 0\n";
    let (cells, _) = cells(text, Flow);
    has(&cells, &["0,0 1×5 *车辆数（辆）", "1,0 1×1 *合计", "2,0 1×1 7", "2,5 1×1 5"]);
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
