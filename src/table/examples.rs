//! What the readers make of small tables: one for each trap, with invented places and figures.
//!
//! Only the cells that show the point are compared, as `row,column rows×columns words`.

use super::read_block;
use crate::layout::TableLayout;
use crate::problem::Problem;
use crate::source::Span;

/// The cells of the only table in `text`: `row,column rows×columns words`, `*` before a label.
pub(super) fn cells(text: &str, layout: TableLayout) -> (Vec<String>, Vec<Problem>) {
    let mut problems = Vec::new();
    let evidence = super::evidence::Evidence::new(text);
    let tables = read_block(text, layout, &[Span::from(0..text.len())], &evidence, &mut problems);
    assert_eq!(tables.len(), 1, "{text}");
    let show = |cell: &super::Cell| {
        let mark = if cell.header { "*" } else { "" };
        format!("{},{} {}×{} {mark}{}", cell.row, cell.column, cell.row_span, cell.column_span, cell.text(text))
    };
    (tables[0].cells.iter().map(show).collect(), problems)
}

/// The cells of the only table in `text` whose column is not sure: `words first..last`.
pub(super) fn unsure(text: &str, layout: TableLayout) -> Vec<String> {
    let evidence = super::evidence::Evidence::new(text);
    let tables = read_block(text, layout, &[Span::from(0..text.len())], &evidence, &mut Vec::new());
    assert_eq!(tables.len(), 1, "{text}");
    let table = &tables[0];
    let show = |cell: &super::Cell| {
        let (first, last) = table.unsure_of(cell.span.start)?;
        Some(format!("{} {first}..{last}", cell.text(text)))
    };
    table.cells.iter().filter_map(show).collect()
}

pub(super) fn has(cells: &[String], wanted: &[&str]) {
    for wanted in wanted {
        assert!(cells.iter().any(|cell| cell == wanted), "{wanted} is not in {cells:#?}");
    }
}

#[test]
fn a_statement_by_class_gets_its_lost_column_back() {
    let text = "项目\t\t\t本年支出合计\t基本支出\n功能分类科目编码\t科目名称\t\t\t\n类\t款\t项\t1\t2\n\
                \t\t栏次\t\t\n\t\t合计\t9.50\t9.50\n213\t\t农林水支出\t9.50\t9.50\n";
    let (cells, problems) = cells(text, TableLayout::Tsv);
    has(
        &cells,
        &[
            "0,0 1×4 *项目",
            "0,4 2×1 *本年支出合计",
            "1,0 1×3 *功能分类科目编码",
            "1,3 1×1 *科目名称",
            "2,0 2×1 *类",
            "2,3 1×1 *栏次",
            "3,3 1×1 *合计",
            "3,4 1×1 9.50",
            "4,0 1×3 *213",
            "4,3 1×1 *农林水支出",
        ],
    );
    assert!(problems.is_empty());
}

#[test]
fn a_code_glued_to_its_name_is_cut_and_its_row_moves_right() {
    let text =
        "项目\t\t\t\t合计\t基本支出\n科目编码\t\t\t科目名称\t\t\n类\t款\t项\t\t\t\n213 农林水支出\t\t\t9.50\t9.50\n";
    let (cells, problems) = cells(text, TableLayout::Tsv);
    has(&cells, &["3,0 1×3 *213", "3,3 1×1 *农林水支出", "3,4 1×1 9.50", "3,5 1×1 9.50"]);
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["table-row-shifted"]);
}

#[test]
fn totals_of_groups_reach_over_the_blanks_beside_them() {
    let text = "人员经费\t\t\t公用经费\t\t\n科目编码\t科目名称\t金额\t科目编码\t科目名称\t金额\n\
                301\t工资福利支出\t5.10\t302\t商品和服务支出\t2.40\n人员经费合计\t\t5.10\t公用经费合计 2.40\t\t\n合计\t\t\t7.50\t\t\n";
    let (cells, _) = cells(text, TableLayout::Tsv);
    has(
        &cells,
        &[
            "0,0 1×3 *人员经费",
            "3,0 1×2 *人员经费合计",
            "3,3 1×2 *公用经费合计",
            "3,5 1×1 2.40",
            "4,0 1×3 *合计",
            "4,3 1×3 7.50",
        ],
    );
}

#[test]
fn the_rows_of_a_form_share_the_columns_of_its_indicators() {
    let text = "\t项目绩效目标表\n\n\t项目名称\n\t道路养护\n\n\t资金(万元)\n\t预算数:\n\t3万元\n\t执行数:\n\t2万元\n\n\
                \t年度目标\n\t预期目标\n\t实际完成目标\n\n\t\n\t养护5公里\n\t养护6公里\n\n\
                \t绩效指标\n\t一级指标\n\t二级指标\n\t三级指标\n\t预期指标值\n\t实际完成指标值\n\n\
                \t\n\t产出指标\n\t数量指标\n\t里程\n\t5公里\n\t6公里\n\n\t\n\t\n\t质量指标\n\t合格率\n\t95%\n\t96%\n\n";
    let (cells, _) = cells(text, TableLayout::Tika);
    has(
        &cells,
        &[
            "0,0 1×6 *项目绩效目标表",
            "1,1 1×5 道路养护",
            "2,1 1×2 *预算数:",
            "2,3 1×1 3万元",
            "2,5 1×1 2万元",
            "3,0 2×1 *年度目标",
            "3,1 1×3 *预期目标",
            "4,4 1×2 养护6公里",
            "5,0 3×1 *绩效指标",
            "6,1 2×1 *产出指标",
            "7,3 1×1 *合格率",
            "7,4 1×1 95%",
        ],
    );
}

#[test]
fn a_weight_stands_for_the_blank_ones_below_it() {
    let text = "\t一级指标\n\t二级指标\n\t分值\n\t得分\n\n\t产出\n\t数量\n\t40\n\t20\n\n\t\n\t质量\n\t\n\t18\n\n\t总分\n\t\t38\n\n";
    let (cells, _) = cells(text, TableLayout::Tika);
    has(&cells, &["1,0 2×1 *产出", "1,2 2×1 40", "2,3 1×1 18", "3,0 1×2 *总分", "3,2 1×2 38"]);
}

#[test]
fn a_label_wrapped_around_its_amounts_is_one_cell() {
    let text = "科目编码       科目名称          决算数\n\n           机关事业单位养\n2080505                  6.18\n           老保险缴费\n2080506   职业年金           4.64\n";
    let (cells, _) = cells(text, TableLayout::Columns);
    has(&cells, &["1,0 1×1 *2080505", "1,1 1×1 *机关事业单位养老保险缴费", "1,2 1×1 6.18", "2,2 1×1 4.64"]);
}

#[test]
fn amounts_of_rows_of_words_stand_where_the_class_above_has_them() {
    let text = "项目\n本年支出合计 基本支出 项目支出 经营支出\n功能分类\n科目编码\n科目名称\n合计 9.00 4.00 5.00\n\
                213 农林水支出 9.00 4.00 5.00\n21301 农业\n农村 5.00 5.00\n21303 水利 4.00 4.00\n";
    let (cells, problems) = cells(text, TableLayout::Flow);
    has(&cells, &["0,0 1×2 *项目", "3,1 1×1 *农林水支出", "4,1 1×1 *农业农村", "4,4 1×1 5.00", "5,3 1×1 4.00"]);
    // The total's own columns are a guess.
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["table-column-unknown"]);
}

#[test]
fn an_item_alone_on_its_line_stands_on_the_side_that_it_goes_on_with() {
    let text = "收入 支出\n项目 决算数 项目 决算数\n一、财政拨款收入 8.00 一、教育支出 5.00\n二、事业收入 二、农林水支出\n三、其他支出 3.00\n";
    let (cells, _) = cells(text, TableLayout::Flow);
    has(&cells, &["0,0 1×2 *收入", "2,1 1×1 8.00", "3,2 1×1 *二、农林水支出", "4,2 1×1 *三、其他支出", "4,3 1×1 3.00"]);
}

#[test]
fn rows_whose_first_cells_all_break_their_line_are_put_together() {
    let text = "\t收入\t支出\n\t项目\t决算数\t项目\t决算数\n\t一、一般公共预\n算财政拨款\t9.50\t一、社会保障和\n就业支出\t9.50\n\
                \t二、政府性基金\n预算财政拨款\t\t二、农林水支出\t\n\t年初结转\n和结余\t\t年末结转\n和结余\t\n\
                \t总计\t9.50\t总计\t9.50\n";
    let (cells, _) = cells(text, TableLayout::Tika);
    has(&cells, &["2,1 1×1 9.50", "2,2 1×1 *一、社会保障和就业支出", "2,3 1×1 9.50", "5,3 1×1 9.50"]);
}

#[test]
fn rows_between_pipes_that_lost_their_merges_get_them_back() {
    let text = "项目名称| 村道养护  \n---|---  \n项目资金（万元）| | 全年预算数| 全年执行数| 分值| 执行率| 得分  \n年度资金总额| 5.00| 4.00| 10| 80%| 8  \n绩  \n效指标| 一级指标| 二级指标| 三级指标| 年度指标值| 实际完成值| 分值| 得分  \n产出指标| 数量指标| 养护里程| ≥4公里| 5公里| 50| 50  \n更换路灯| 2座| 2座| 20| 18  \n总分| 100| 96  \n";
    let (cells, problems) = cells(text, TableLayout::Markdown);
    has(
        &cells,
        &["2,3 1×1 5.00", "3,0 3×1 *绩效指标", "4,1 2×1 *产出指标", "5,3 1×1 *更换路灯", "5,7 1×1 18", "6,7 1×1 96"],
    );
    assert_eq!(problems, []);
}

#[test]
fn headings_between_pipes_take_the_columns_of_those_below() {
    let text = "项目| 年初结余| 本年支出| 年末  \n结余  \n---|---|---|---  \n功能分类  \n科目编码| 科目名称| 小计| 基本支出| 项目支出  \n合计| 1.00| 3.00| 2.00| 1.00| 0.50  \n213| 农林水  \n支出| 1.00| 3.00| 2.00| 1.00| 0.50  \n21303| 水利| | 3.00| 2.00| 1.00|   \n2130305| 防汛| | 3.00| 2.00| 1.00|   \n";
    let (cells, problems) = cells(text, TableLayout::Markdown);
    has(
        &cells,
        &[
            "0,3 1×3 *本年支出",
            "0,6 2×1 *年末结余",
            "1,4 1×1 *基本支出",
            "3,1 1×1 *农林水支出",
            "3,6 1×1 0.50",
            "4,3 1×1 3.00",
        ],
    );
    assert_eq!(problems, []);
}

#[test]
fn headings_between_pipes_that_nothing_places_say_so() {
    let text = "项目| 甲| 乙  \n---|---|---  \n科目编码| 科目名称| 丙| 丁  \n213| 农林水支出| 1.00| 3.00| 2.00| 1.00| 0.50  \n21303| 水利| 1.00| 3.00| 2.00| 1.00| 0.50  \n";
    let (cells, problems) = cells(text, TableLayout::Markdown);
    has(&cells, &["2,0 1×1 213", "2,2 1×1 1.00"]);
    assert!(!cells.iter().any(|cell| cell.starts_with("0,3") || cell.starts_with("1,3")), "{cells:#?}");
    assert_eq!(problems.len(), 1);
}

#[test]
fn tiers_that_each_row_repeats_are_merged_ones() {
    let text = "项目名称 | 村道养护 | 村道养护 | 村道养护 | 村道养护\n绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值\n绩效指标 | 产出指标 | 数量指标 | 养护里程 | 4公里\n绩效指标 | 产出指标 | 数量指标 | 更换路灯 | 2座\n绩效指标 | 产出指标 | 质量指标 | 合格率 | 90%\n";
    let (cells, problems) = cells(text, TableLayout::Markdown);
    has(
        &cells,
        &["0,1 1×4 村道养护", "1,0 4×1 *绩效指标", "2,1 3×1 *产出指标", "2,2 2×1 *数量指标", "3,3 1×1 *更换路灯"],
    );
    assert_eq!(problems, []);
}

#[test]
fn points_of_a_total_stand_in_their_columns() {
    let text = "\t一级指标\n\t二级指标\n\t三级指标\n\t分值\n\t年度指标值\n\t得分\n\n\t产出指标\n\t数量指标\n\t养护里程\n\t90\n\t4公里\n\t80\n\n\t总分\n\t90\n\t\n\t80\n\n";
    let (cells, _) = cells(text, TableLayout::Tika);
    has(&cells, &["2,0 1×3 *总分", "2,3 1×1 90", "2,5 1×1 80"]);
}

#[test]
fn numbers_on_lines_of_their_own_below_their_rows_say_nothing_of_the_column() {
    let text = "项目\t合计\t拨款\t事业收入\t其他收入\n甲\t9.00\t5.00\n4.00\n乙\t8.00\t5.00\n3.00\n丙\t7.00\t5.00\t1.00\t1.00\n";
    let (cells, problems) = cells(text, TableLayout::Tsv);
    assert_eq!(problems.iter().filter(|problem| problem.code == "table-column-unknown").count(), 1);
    assert!(!cells.iter().any(|cell| cell.ends_with("*合计") || cell.ends_with("*拨款")), "{cells:#?}");
}

#[test]
fn headings_of_halves_reach_from_item_to_item() {
    let text = "收入支出决算总表\n\n| 收入 | 支出 | | |\n|---|---|---|---|\n| 项目 | 决算数 | 项目 | 决算数 |\n| 一、拨款 | 3.10 | 一、教育 | 3.10 |\n";
    let layout = crate::layout::lay_out(text);
    let tables = super::read_tables(text, &layout, &mut Vec::new());
    let spans: Vec<(u32, u32)> = tables[0].cells[..2].iter().map(|cell| (cell.column, cell.column_span)).collect();
    assert_eq!(spans, [(0, 2), (2, 2)]);
}
