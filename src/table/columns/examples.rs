//! What the reader of tables by columns of spaces makes of small ones: one for each trap, with invented
//! places and figures.

use super::super::examples::{cells, has};
use crate::layout::TableLayout::Columns;

#[test]
fn headings_one_space_apart_and_torn_over_lines_find_their_columns() {
    let text = "                 项目          本年收入合计 财政拨款收          上级补     事业收入\n\
                \x20                                       入         助收入\n\
                \x20   功能分类            科目名称\n\
                \x20   科目编码\n\n\
                \x20                合计           41.76    40.76    0.00        1.00\n\n\
                213         农林水支出                41.76    40.76    0.00        1.00\n";
    let (cells, problems) = cells(text, Columns);
    has(
        &cells,
        &[
            "0,0 1×2 *项目",
            "0,2 2×1 *本年收入合计",
            "0,3 2×1 *财政拨款收入",
            "0,4 2×1 *上级补助收入",
            "0,5 2×1 *事业收入",
            "1,0 1×1 *功能分类科目编码",
            "3,3 1×1 40.76",
        ],
    );
    assert!(problems.is_empty());
}

#[test]
fn a_page_without_names_on_the_left_keeps_its_columns() {
    let text = "            收入                              支出\n\
                \x20   项目        行次    决算数         项目      行次   决算数\n\
                一、财政拨款收入      1    12.60   一、教育支出    31   9.60\n\
                二、事业收入        2     3.00   二、农林水支出   32   6.00\n\
                \x0c             3            三、住房保障支出  33   0.10\n\
                \x20            4            四、其他支出    34   0.20\n";
    let (cells, _) = cells(text, Columns);
    has(&cells, &["2,2 1×1 12.60", "4,1 1×1 *3", "4,3 1×1 *三、住房保障支出", "4,4 1×1 *33", "5,5 1×1 0.20"]);
}

#[test]
fn a_head_set_otherwise_on_the_next_page_is_dropped() {
    let page = |head: &str, row: &str| format!("{head}\n{row}\n");
    let first = "科目编码   科目名称      附属单位上缴收入   其他收入";
    let second = "                      附属单位\n科目编码   科目名称        上缴收入       其他收入\n\n";
    let text = page(first, "213    农林水支出          1.00       2.00")
        + "\x0c"
        + &page(second, "221    住房保障支出         3.00       4.00");
    let (cells, problems) = cells(&text, Columns);
    has(&cells, &["1,0 1×1 *213", "2,0 1×1 *221", "2,2 1×1 3.00", "2,3 1×1 4.00"]);
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["table-continued"]);
}

#[test]
fn amounts_that_overlap_from_line_to_line_stay_apart() {
    let text = "科目编码  科目名称          本年决算数   上年决算数    增减额\n\
                207   文化支出            1452.22 1241.00   211.22\n\
                221   住房公积金              74.12 76.85     -2.73\n";
    let (cells, problems) = cells(text, Columns);
    has(&cells, &["1,2 1×1 1452.22", "1,3 1×1 1241.00", "2,2 1×1 74.12", "2,3 1×1 76.85", "2,4 1×1 -2.73"]);
    assert!(problems.is_empty());
}

#[test]
fn amounts_on_one_line_only_are_columns_of_their_own() {
    let text = "科目编码  科目名称     金额\n207   文化支出     1.00\n221   住房公积金    2.00\n";
    let (_, problems) = cells(&format!("{text}229   其他支出     3.00 4.00\n"), Columns);
    assert_eq!(problems, [], "two amounts are two columns");
}

#[test]
fn the_total_of_all_groups_reaches_over_them() {
    let text = "       人员经费                       公用经费\n\
                科目编码   科目名称     金额     科目编码   科目名称     金额\n\
                301    工资福利支出   5.10   302    商品和服务支出  2.40\n\
                \x20   人员经费合计     5.10        公用经费合计     2.40\n\
                \x20      合计                7.50\n";
    let (cells, _) = cells(text, Columns);
    has(&cells, &["0,0 1×3 *人员经费", "0,3 1×3 *公用经费", "3,3 1×2 *公用经费合计", "4,0 1×2 *合计", "4,2 1×4 7.50"]);
}

#[test]
fn budget_and_accounts_below_each_heading_are_pairs_though_the_heads_line_is_longer() {
    let text = "                                        公务用车购置及运行维护费\n\
                \x20    合计        因公出国（境）费                                        公务接待费\n\
                \x20                            小计       公务用车购置费   公务用车运行维护费\n\
                预算数    决算数    预算数    决算数    预算数    决算数    预算数    决算数    预算数    决算数    预算数   决算数\n\
                12.00  7.86  0.00  0.00  10.00  6.98  0.00  0.00  10.00  6.98  2.00  0.88\n";
    let (cells, _) = cells(text, Columns);
    has(&cells, &["0,0 2×2 *合计", "1,4 1×2 *小计", "0,4 1×6 *公务用车购置及运行维护费", "3,11 1×1 0.88"]);
}

#[test]
fn labels_of_a_form_stand_in_the_middle_of_their_rows() {
    let text = "项目名称            村道养护补助\n\n\
                \x20                         全年预算数     全年执行数     执行率\n\
                项目资金\n\
                （万元）       年度资金总额        12.50      12.00      96%\n\n\
                一级指标   二级指标   三级指标      年度指标值      实际完成值\n\n\
                \x20              养护村道      ≥4.5 公里     4.8 公里\n\
                \x20      数量指标\n\
                产出\n\
                \x20              新建涵洞      2 座        2 座\n\
                指标\n\n\
                \x20      时效指标   完工时间      2031 年底前   2031 年 9 月\n\n\
                满意度指标  满意度    村民满意度     ≥90%       96.4%\n";
    let (cells, problems) = cells(text, Columns);
    has(
        &cells,
        &[
            "0,1 1×4 村道养护补助",
            "1,0 2×1 *项目资金（万元）",
            "2,2 1×1 12.50",
            "3,0 1×1 *一级指标",
            "4,0 3×1 *产出指标",
            "4,1 2×1 *数量指标",
            "4,3 1×1 ≥4.5 公里",
            "5,2 1×1 *新建涵洞",
            "6,1 1×1 *时效指标",
            "7,4 1×1 96.4%",
        ],
    );
    assert!(problems.is_empty());
}

/// A statement whose third row has an amount between 项目支出 and 经营支出.
fn between(first: &str, amounts: &str) -> String {
    format!(
        "科目编码      科目名称     本年支出合计      基本支出      项目支出      经营支出\n\
         207       文化支出        25.00      9.00     11.00      5.00\n\
         208       社会保障       {first}     {amounts}\n\
         213       农林水支        31.00     12.00     18.00      1.00\n\
         221       住房保障        50.00     19.00     27.00      4.00\n"
    )
}

#[test]
fn an_amount_between_two_columns_goes_where_the_sums_say() {
    let (one, problems) = cells(&between(" 16.00", "           5.00    11.00"), Columns);
    has(&one, &["2,4 1×1 5.00", "2,5 1×1 11.00"]);
    assert!(problems.is_empty());
}

#[test]
fn an_amount_between_two_columns_that_nothing_tells_states_nothing_about_them() {
    let (cells, problems) = cells(&between(" 16.00", " 9.00          7.00"), Columns);
    has(&cells, &["0,4 1×1 *项目支出", "0,5 1×1 *经营支出", "2,3 1×1 9.00", "2,4 1×2 7.00", "3,4 1×1 18.00"]);
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["table-column-unknown"]);
}

#[test]
fn torn_headings_of_the_three_public_are_read_in_the_order_in_which_the_sums_hold() {
    let text = "               2031 年度预算数                                 2031 年度决算数\n\
                \x20                   公务用车购置及运行费                                 公务用车购置及运行费\n\
                \x20      因公出国（境）                                    因公出国（境）\n\
                \x20合计                 公务用车购置  公务用车运行  公务接待费   合计                 公务用车购置  公务用车运行  公务接待费\n\
                \x20         费     小计                                   费     小计\n\
                \x20                     费       费                                  费       费\n\
                \x20 1       2     3     4       5       6      7       8     9     10      11     12\n\
                37.50       0 3.50       0    3.50  34.00  18.95       0 2.95       0    2.95  16.00\n";
    let (cells, _) = cells(text, Columns);
    has(
        &cells,
        &[
            "0,0 1×6 *2031 年度预算数",
            "0,6 1×6 *2031 年度决算数",
            "2,4 1×1 *公务用车运行费",
            "1,6 2×1 *合计",
            "1,11 2×1 *公务接待费",
        ],
    );
}

#[test]
fn dashes_set_otherwise_than_amounts_stand_in_their_column() {
    let text = "科目编码   科目名称           合计        基本支出      项目支出\n\
                合计                     41.00        20.00       21.00\n\
                205     教育支出             20.00       20.00          —\n\
                20502   普通教育             20.00       20.00          —\n\
                213     农林水支出            21.00         —         21.00\n";
    let (cells, problems) = cells(text, Columns);
    has(&cells, &["0,4 1×1 *项目支出", "2,4 1×1 —", "4,3 1×1 —", "4,4 1×1 21.00"]);
    assert!(problems.is_empty());
}

#[test]
fn sums_tell_the_headings_of_amounts_that_stand_aside() {
    let text = "科目编码   科目名称   合计   基本支出   项目支出   对附属单位补助支出\n\
                合计                        46.00         20.00        21.00         5.00\n\
                205     教育支出                20.00        20.00\n\
                213     农林水支出               26.00                     21.00         5.00\n";
    let (cells, problems) = cells(text, Columns);
    has(&cells, &["0,2 1×1 *合计", "1,2 1×1 46.00", "1,3 1×1 20.00", "1,4 1×1 21.00", "1,5 1×1 5.00", "3,4 1×1 21.00"]);
    assert!(problems.is_empty());
}

#[test]
fn an_amount_whose_heading_the_sums_leave_open_stands_over_all_that_can_be() {
    let text = "科目编码   科目名称   合计   基本支出   项目支出   经营支出\n\
                合计                        41.00         20.00        21.00\n\
                205     教育支出                20.00        20.00\n\
                213     农林水支出               21.00                     21.00\n";
    let (cells, problems) = cells(text, Columns);
    has(&cells, &["1,2 1×1 41.00", "2,3 1×2 20.00", "3,4 1×2 21.00"]);
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["table-column-unknown"]);
}

#[test]
fn a_page_may_end_between_two_rows_of_headings() {
    let text = "科目编码   科目名称           合计                基本支出                项目支出\n\
                \x0c                              小计       人员经费      公用经费\n\
                合计                     41.00       20.00      15.00       5.00     21.00\n\
                205     教育支出             20.00       20.00     15.00       5.00        —\n";
    let (cells, problems) = cells(text, Columns);
    has(&cells, &["0,3 1×3 *基本支出", "1,3 1×1 *小计", "1,5 1×1 *公用经费", "2,6 1×1 21.00", "3,0 1×1 *205"]);
    assert!(problems.is_empty());
}

#[test]
fn rows_of_amounts_without_a_blank_line_between_are_rows_of_their_own() {
    let text = "项目名称     渠道整治\n\n\
                \x20                  年初预算数      全年预算数      全年执行数      执行率\n\n\
                \x20        年度资金总额    9.00       8.00       8.00       100.00%\n\
                项目资金（万\n\
                元）       其中：当年财政\n\
                \x20                  6.00       5.00       5.00\n\
                \x20        拨款\n\n\
                \x20        一级指标   二级指标     三级指标       年度指标值      实际完成值     备注\n\n\
                \x20        产出指标   数量指标     渠道里程       9公里        9公里       无\n";
    let (cells, _) = cells(text, Columns);
    let held = |amount: &str| cells.iter().filter(|cell| cell.ends_with(&format!(" {amount}"))).count();
    assert_eq!((held("8.00"), held("5.00"), held("6.00")), (2, 2, 1), "{cells:#?}");
}
