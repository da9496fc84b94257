//! Which column an amount stands in where its place alone does not tell: pages set anew, amounts between headings, heads
//! that the forms decide. Invented places and figures.

use super::super::examples::{cells, has, unsure};
use crate::layout::TableLayout::Columns;

fn codes(problems: &[crate::problem::Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn a_page_with_fewer_columns_and_no_head_says_nothing_of_them() {
    let text = "项目         年初预算数      调整预算数         决算数\n\
                办公费         41.20       52.30       52.10\n\
                差旅费         11.20       12.30       12.10\n\
                \x0c会议费       8.40\n";
    let (cells, problems) = cells(text, Columns);
    has(&cells, &["1,1 1×1 41.20", "2,3 1×1 12.10", "3,0 1×1 *会议费"]);
    assert_eq!(unsure(text, Columns), ["8.40 1..3"]);
    assert_eq!(codes(&problems), ["table-column-unknown"]);
}

#[test]
fn columns_of_a_page_in_the_very_same_places_are_the_same() {
    let text = "项目         年初预算数      调整预算数         决算数\n\
                办公费         41.20       52.30       52.10\n\
                差旅费         11.20       12.30       12.10\n\
                \x0c会议费                      8.40        8.30\n";
    let (cells, problems) = cells(text, Columns);
    has(&cells, &["3,2 1×1 8.40", "3,3 1×1 8.30"]);
    assert_eq!((unsure(text, Columns), codes(&problems)), (Vec::new(), Vec::new()));
}

#[test]
fn a_page_that_repeats_the_head_is_read_below_its_own() {
    let head = "项目         年初预算数      调整预算数         决算数\n";
    let text = format!(
        "{head}办公费         41.20       52.30       52.10\n\
         \x0c项目     年初预算数  调整预算数     决算数\n会议费                          8.40\n"
    );
    let (cells, problems) = cells(&text, Columns);
    has(&cells, &["2,0 1×1 *会议费", "2,3 1×1 8.40"]);
    assert_eq!(unsure(&text, Columns), Vec::<String>::new());
    assert_eq!(codes(&problems), ["table-continued"]);
}

#[test]
fn sums_tell_the_columns_of_a_page_that_has_fewer() {
    let text = "科目编码   科目名称            合计       基本支出       项目支出\n\
                合计                   63.00       41.00       22.00\n\
                205     教育支出          41.00       41.00\n\
                20502   普通教育          41.00       41.00\n\
                213     农林水支出         22.00                   22.00\n\
                \x0c21303   水利     22.00     22.00\n";
    let (cells, problems) = cells(text, Columns);
    has(&cells, &["4,4 1×1 22.00", "5,2 1×1 22.00", "5,4 1×1 22.00"]);
    assert_eq!((unsure(text, Columns), codes(&problems)), (Vec::new(), Vec::new()));
}

#[test]
fn items_tell_the_side_of_a_page_with_the_labels_of_one() {
    let text = "\x20       收入                          支出\n\
         \x20项目               金额        项目                金额\n\
         \x20一、财政拨款收入        63.00      一、公共教育支出         41.00\n\
         \x20其他的各项的收入         1.00      二、农林水的支出         22.00\n\
         \x0c三、住房保障支出         1.00\n";
    let (cells, _) = cells(text, Columns);
    has(&cells, &["4,2 1×1 *三、住房保障支出", "4,3 1×1 1.00"]);
}

#[test]
fn an_amount_between_two_headings_may_be_of_either() {
    let text = "\x20项目名称           财政拨款            上年结转            自筹资金\n\
         \x20河道清淤                   80.56\n\
         \x20校舍维修                                    31.00\n";
    let (_, problems) = cells(text, Columns);
    assert_eq!(unsure(text, Columns), ["80.56 1..2", "31.00 2..3"]);
    assert_eq!(codes(&problems), ["table-column-unknown"]);
}

#[test]
fn how_the_others_stand_tells_an_amount_between_two_headings() {
    let below = "\x20项目名称           财政拨款            上年结转            自筹资金\n\
         \x20河道清淤              1380.56\n\
         \x20校舍维修                                    31.00\n";
    let aside = "\x20项目名称           财政拨款            上年结转            自筹资金\n\
         \x20河道清淤                   80.56\n\
         \x20校舍维修                                                    31.00\n";
    for (text, wanted) in [(below, ["1,1 1×1 1380.56", "2,2 1×1 31.00"]), (aside, ["1,1 1×1 80.56", "2,3 1×1 31.00"])]
    {
        let (cells, problems) = cells(text, Columns);
        has(&cells, &wanted);
        assert!(problems.is_empty());
    }
}

#[test]
fn words_of_a_change_and_amounts_like_codes_are_amounts() {
    let text = "指    标          本年度         上年度        比上年增减\n\
                “三公”经费合计       94600        101120      减 6520\n\
                公务接待费          19600         21100      减 1500.00\n";
    let (cells, problems) = cells(text, Columns);
    has(&cells, &["0,0 1×1 *指    标", "1,1 1×1 94600", "2,2 1×1 21100", "1,3 1×1 减 6520", "2,3 1×1 减 1500.00"]);
    assert!(problems.is_empty());
}

#[test]
fn headings_at_the_left_of_their_sides_begin_at_the_labels() {
    let text = "收入                                                支出\n\
                项目                            金额                  项目               金额\n\
                一、财政拨款收入                   63.00  一、教育支出                          41.00\n\
                二、其他收入                       1.00  二、农林水支出                         23.00\n";
    let (cells, _) = cells(text, Columns);
    has(&cells, &["0,0 1×2 *收入", "0,2 1×2 *支出", "2,1 1×1 63.00", "2,3 1×1 41.00"]);
}

#[test]
fn a_total_set_in_two_lines_is_one() {
    let text = "科目编码   科目名称            合计       基本支出       项目支出\n\
                \x20          合\n\
                \x20                       63.00       41.00       22.00\n\
                \x20          计\n\n\
                205     教育支出          63.00       41.00       22.00\n";
    let (cells, _) = cells(text, Columns);
    has(&cells, &["1,0 1×2 *合计", "1,2 1×1 63.00", "2,0 1×1 *205"]);
}

#[test]
fn a_zero_one_space_before_a_label_is_an_amount() {
    let text = "\x20       收入                          支出\n\
         \x20项目               金额        项目                金额\n\
         \x20本年各项收入合计        63.00      本年支出合计           63.00\n\
         \x20使用非财政的结余            0 结余分配                      0\n";
    let (cells, _) = cells(text, Columns);
    has(&cells, &["3,1 1×1 0", "3,2 1×1 *结余分配", "3,3 1×1 0"]);
}

#[test]
fn a_part_is_never_more_than_its_subtotal() {
    let text = "                                                             事业收入\n\
                科目编码   科目名称     本年收入合计  财政拨款收入  上级补助收入    小计      其中：教育收费   其他收入\n\
                合计                   63.00     41.00             22.00     22.00\n\
                205     教育支出         41.00     41.00\n\
                213     农林水支出        22.00                       22.00     22.00\n";
    let (cells, _) = cells(text, Columns);
    has(&cells, &["0,5 1×2 *事业收入", "2,5 1×1 22.00", "2,6 1×1 22.00"]);
}

#[test]
fn a_page_on_which_no_sums_hold_is_read_where_they_do() {
    let text = "        收入                                   支出\n\
                项目             金额    项目              合计      一般公共预算财政拨款     政府性基金预算财政拨款\n\
                一、财政拨款收入     63.00  一、公共教育支出                      41.00                41.00\n\
                \x0c二、其他各项收入      1.00  二、农林水的支出     22.00       22.00\n\
                三、事业单位收入      1.00  三、住房保障支出     12.00       12.00\n\
                四、经营单位收入      1.00  四、社会保障支出     13.00       13.00\n\
                五、上年结转收入      1.00  五、科学技术支出     14.00       10.00                 4.00\n\
                六、附属单位收入      1.00  六、交通运输支出     15.00       15.00\n";
    let (cells, problems) = cells(text, Columns);
    has(&cells, &["2,3 1×1 41.00", "3,3 1×1 22.00", "3,4 1×1 22.00", "6,5 1×1 4.00"]);
    assert_eq!(unsure(text, Columns), ["41.00 3..5"]);
    assert_eq!(codes(&problems), ["table-column-unknown"]);
}

#[test]
fn a_table_of_one_label_is_kept() {
    let (cells, _) = super::super::examples::cells("一、服务支出201栏次 合计", crate::layout::TableLayout::Columns);
    assert_eq!(cells.len(), 1, "{cells:?}");
}
