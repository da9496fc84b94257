//! Forms and score sheets by columns of spaces: their funds, their later pages, their points. Invented places and figures.

use super::super::examples::{cells, has, unsure};
use crate::layout::TableLayout::Columns;

const HEAD: &str = " 绩效指标      一级指标       二级指标         三级指标       年度指标值       实际完成值       分值      得分      偏差原因分析\n";

#[test]
fn the_funds_of_a_form_stand_below_their_headings() {
    let text = "\x20项目名称      河道清淤\n\
         \n\
         \x20项目资金                   年初预算数       全年预算数       全年执行数       分值      执行率       得分\n\
         \x20（万元）\n\
         \n\
         \x20          年度资金总 89.63               63.30       48.51       10     64.00 % 9\n\
         \x20          额\n\
         \n\
         \x20          其他资金          36.97                   52.66       -       —         -\n\
         \n\
         \x20年度总体目标    预期目标                                 实际完成情况\n\
         \n\
         \x20绩效指标      一级指标       二级指标         三级指标       年度指标值       实际完成值       分值      得分      偏差原因分析\n\
         \n\
         \x20          产出指标       数量指标         清淤长度        30 公里       31 公里       5       5\n";
    let (cells, _) = cells(text, Columns);
    has(
        &cells,
        &[
            "1,3 1×1 *年初预算数",
            "1,8 1×1 *得分",
            "2,1 1×2 *年度资金总额",
            "2,3 1×1 89.63",
            "2,7 1×1 64.00 %",
            "2,8 1×1 9",
            "3,3 1×1 36.97",
            "3,5 1×1 52.66",
        ],
    );
}

#[test]
fn labels_tell_the_columns_of_a_later_page_without_remarks() {
    let text = "\x20绩效指标      一级指标       二级指标         三级指标       年度指标值       实际完成值       分值      得分      偏差原因分析\n\
         \n\
         \x20          产出指标       数量指标         清淤长度        ≥30 公里      31 公里       15      15     下雨，工期推迟\n\
         \n\
         \x0c         效益指标     社会效益指标    改善环境    逐步提高    明显提升    10    10\n\
         \n\
         \x20        满意指标     服务对象满意度指标 群众满意度    95%     100%   10    10\n\
         \n\
         \x20总分                                                 35    35\n";
    let (cells, problems) = cells(text, Columns);
    has(
        &cells,
        &["3,2 1×1 *服务对象满意度指标", "3,4 1×1 95%", "3,5 1×1 100%", "3,6 1×1 10", "4,6 1×1 35", "4,7 1×1 35"],
    );
    assert_eq!((unsure(text, Columns), problems.len()), (Vec::new(), 0));
}

#[test]
fn a_later_page_whose_columns_run_into_each_other_says_nothing_of_them() {
    let text = "\x20绩效指标      一级指标       二级指标         三级指标       年度指标值       实际完成值       分值      得分      偏差原因分析\n\
         \n\
         \x20          产出指标       数量指标         清淤长度        ≥30 公里      31 公里       15      15     下雨，工期推迟\n\
         \n\
         \x0c         效益指标     社会效益指标    改善环境     95%            10    10\n";
    let (_, problems) = cells(text, Columns);
    assert_eq!(unsure(text, Columns), ["95% 4..8", "10 4..8", "10 4..8"]);
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["table-column-unknown"]);
}

#[test]
fn a_score_sheet_has_a_row_for_each_weight_and_fills_its_points_from_the_left() {
    let text = "\x20一级指标     二级指标      三级指标        指标说明              分值      自评得分 审核得分\n\
         \n\
         \x20                   在职人员        在职人员数除以编制数，\n\
         \x20投入       预算配置                                     18       17.0\n\
         \x20                   控制率         大于一的扣分。\n\
         \n\
         \x20过程       预算执行      预算完成        全部完成得满分。           12       11.5\n\
         \n\
         \x20总分                                                30       28.5\n";
    let (cells, _) = cells(text, Columns);
    has(
        &cells,
        &[
            "0,5 1×1 *自评得分",
            "0,6 1×1 *审核得分",
            "1,2 1×1 *在职人员控制率",
            "1,4 1×1 18",
            "1,5 1×1 17.0",
            "2,4 1×1 12",
            "2,5 1×1 11.5",
            "3,4 1×1 30",
            "3,5 1×1 28.5",
        ],
    );
}

#[test]
fn an_amount_and_its_unit_are_no_code_and_its_name() {
    let text = format!(
        "{HEAD}\n\
         \x20        产出指标     数量指标        开展检查        ≥308 次      396 次       5     5\n"
    );
    let (cells, _) = cells(&text, Columns);
    has(&cells, &["1,4 1×1 ≥308 次", "1,5 1×1 396 次", "1,6 1×1 5"]);
}
