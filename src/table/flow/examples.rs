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

#[test]
fn headings_torn_around_the_line_of_their_table_are_columns_where_their_middle_stands() {
    let text = "收入 支出\n一般公共 政府性基 国有资本\n项目 决算数 项目 合计 预算财政 金预算财 经营预算\n拨款 政拨款 财政拨款\n一、一般公共预算财政拨款 90.00 一、教育支出 60.00 60.00\n二、政府性基金预算财政拨款 5.00 二、城乡社区支出 35.00 30.00 5.00\n本年收入合计 95.00 本年支出合计 95.00 90.00 5.00\n";
    let (cells, warnings) = read(text);
    has(
        &cells,
        &[
            "0,2 1×5 *支出",
            "1,3 1×1 *合计",
            "1,4 1×1 *一般公共预算财政拨款",
            "1,6 1×1 *国有资本经营预算财政拨款",
            "2,4 1×1 60.00",
            "3,4 1×1 30.00",
            // Of the two funds that are left, nothing says which it is.
            "3,5 1×2 5.00",
            "4,1 1×1 95.00",
        ],
    );
    assert_eq!(warnings, 1);
}

#[test]
fn budget_and_accounts_stand_below_each_expense() {
    let text = "财政拨款“三公”经费\n公务用车购置及运行维护费\n因公出国\n合计 公务用车 公务用车 公务接待费\n（境）费 小计\n购置费 运行维护费\n预算数 决算数 预算数 决算数 预算数 决算数 预算数 决算数 预算数 决算数 预算数 决算数\n9.50 8.00 0 0 8.00 7.50 0 0 8.00 7.50 1.50 0.50\n";
    let (cells, warnings) = read(text);
    has(
        &cells,
        &[
            "1,0 2×2 *合计",
            "1,2 2×2 *因公出国（境）费",
            "1,4 1×6 *公务用车购置及运行维护费",
            "2,8 1×2 *公务用车运行维护费",
            "1,10 2×2 *公务接待费",
            "4,1 1×1 8.00",
            "4,9 1×1 7.50",
            "4,11 1×1 0.50",
        ],
    );
    assert_eq!(warnings, 0);
}

#[test]
fn a_total_on_the_line_of_its_headings_keeps_its_amounts() {
    let text = "项目\n年初结转和 年末结转和\n本年收入 本年支出\n功能分类\n结余 结余\n科目名称\n科目编码\n合计 1.00 24.00 合计 基本支出 项目支出 2.00\n212 城乡社区支出 1.00 24.00 23.00 23.00 2.00\n21208 土地出让收入安排的支出 1.00 24.00 23.00 23.00 2.00\n";
    let (cells, warnings) = read(text);
    has(
        &cells,
        &[
            "0,2 2×1 *年初结转和结余",
            "0,4 1×3 *本年支出",
            "1,4 1×1 *合计",
            "1,6 1×1 *项目支出",
            "2,0 1×2 *合计",
            "2,3 1×1 24.00",
            "2,7 1×1 2.00",
            "3,4 1×1 23.00",
            // Basic or project expenditure, nothing says.
            "3,5 1×2 23.00",
        ],
    );
    assert_eq!(warnings, 1);
}

#[test]
fn amounts_below_a_head_torn_beyond_repair_stand_where_the_form_adds_up() {
    let text = "2031年度预算数 2031年度决算数\n公务用车购置及运行费 公务用车购置及运行费\n因公 因公\n出国 公务 公务接 出国 公务 公务接\n合计 合计\n（境 用车 公务用车 待费 （境 用车 公务用车 待费\n小计 小计\n）费 购置 运行费 ）费 购置 运行费\n费 费\n20.50 4.00 15.00 6.00 9.00 1.50 14.66 14.19 5.88 8.31 0.47\n";
    let (cells, _) = read(text);
    has(&cells, &["1,0 1×1 20.50", "1,5 1×1 1.50", "1,6 1×1 14.66", "1,8 1×1 14.19", "1,11 1×1 0.47"]);
    assert!(!cells.iter().any(|cell| cell.starts_with("1,7 ")), "{cells:?}");
}

#[test]
fn torn_headings_of_codes_stand_before_their_groups() {
    let text = "人员经费 公用经费\n科目 科目\n科目名称 金额 科目名称 金额\n编码 编码\n301 工资福利支出 9.00 302 商品和服务支出 3.00\n30101 基本工资 9.00 30201 办公费\n";
    let (cells, warnings) = read(text);
    has(
        &cells,
        &["1,0 1×1 *科目编码", "1,2 1×1 *金额", "1,3 1×1 *科目编码", "2,3 1×1 *302", "2,5 1×1 3.00", "3,4 1×1 *办公费"],
    );
    assert_eq!(warnings, 0);
}

#[test]
fn headings_of_codes_torn_into_four_lines_are_whole() {
    let text = "经济分\n经济分\n类\n类科目 科目名称 决算数 科目名称 决算数\n科目编\n编码\n码\n301 工资福利支出 9.00 302 商品和服务支出 3.00\n因公出国（境）费\n30101 基本工资 9.00 30212 1.00\n用\n";
    let (cells, warnings) = read(text);
    has(
        &cells,
        &[
            "0,0 1×1 *经济分类科目编码",
            "0,3 1×1 *经济分类科目编码",
            "2,3 1×1 *30212",
            "2,4 1×1 *因公出国（境）费用",
            "2,5 1×1 1.00",
        ],
    );
    assert_eq!(warnings, 0);
}

#[test]
fn parts_with_arabic_numerals_are_items_and_totals_have_their_side() {
    let text = "本年收入\n本年支出\n项目\n预算数\n项目\n预算数\n一、财政拨款收入\n95.00 一、教育支出\n60.00\n1. 一般公共预算\n90.00 二、城乡社区支出\n35.00\n2. 政府性基金预算\n5.00\n收入总计\n95.00\n支出总计\n95.00\n";
    let (cells, _) = read(text);
    has(
        &cells,
        &[
            "3,0 1×1 *1.一般公共预算",
            "3,1 1×1 90.00",
            "3,3 1×1 35.00",
            "4,1 1×1 5.00",
            "5,1 1×1 95.00",
            "5,2 1×1 *支出总计",
            "5,3 1×1 95.00",
        ],
    );
}

#[test]
fn a_fund_torn_around_the_line_of_the_table_stands_behind_the_total_below_it() {
    let text = "收 入 支 出\n决算数\n国有资本经\n项目 决算数 项目\n一般公共预 政府性基金 营\n合计\n算财政拨款 预算财政拨款 预算财政拨\n款\n一、一般公共预算财政拨款 90.00 一、教育支出 60.00 60.00 0.00 0.00\n二、政府性基金预算财政拨款 5.00 二、城乡社区支出 35.00 30.00 5.00 0.00\n本年收入合计 95.00 本年支出合计 95.00 90.00 5.00 0.00\n";
    let (cells, warnings) = read(text);
    has(
        &cells,
        &["1,3 1×1 *合计", "1,4 1×1 *一般公共预算财政拨款", "1,6 1×1 *国有资本经营预算财政拨款", "4,5 1×1 5.00"],
    );
    assert_eq!(warnings, 0);
}

#[test]
fn headings_below_which_no_row_adds_up_say_nothing() {
    let text = "科目编码 科目名称 本年支出合计 基本支出 项目支出\n208 社会保障和就业支出 2.00 9.00 7.00\n20805 行政事业单位养老支出 2.00 9.00 7.00\n";
    assert_eq!(read(text).1, 1);
}

#[test]
fn the_numbers_of_columns_need_not_add_up() {
    let text = "2031年度预算数 2031年度决算数\n合计\n因公出国（境）费\n公务用车购置及运行费\n公务接待费\n合计\n因公出国（境）费\n公务用车购置及运行费\n公务接待费\n小计\n公务用车购置费\n公务用车运行费\n小计\n公务用车购置费\n公务用车运行费\n1 2 3 4 5 6 7 8 9 10 11 12\n9.00 1.00 7.00 2.00 5.00 1.00 8.50 1.50 6.00 1.00 5.00 1.00\n";
    assert_eq!(read(text).1, 0);
}
