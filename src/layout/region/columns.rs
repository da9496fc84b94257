//! Tables set with spaces, as `pdftotext -layout` prints them.
//!
//! Surprise: labels wrap above and below their amounts as deeply indented fragments, half of the
//! rows of a statement are a label alone, and a table goes on behind a form feed.

use super::super::draft::Draft;
use super::super::looks::has_dots;
use super::super::numbering::Form;
use super::super::shape::Trait;
use super::super::{BlockKind, TableLayout};
use super::frames_table;

/// The most lines without a gap between two rows.
const MOST_FRAGMENTS: usize = 40;
/// Columns before a line beyond which it is no paragraph's first.
const FAR: u32 = 16;
/// Lines around the goals of a form in which their label and the row of the tiers stand.
const FORM_REACH: usize = 24;
/// The most lines of a header above the first row with a gap.
const TALLEST_HEADER: usize = 12;

/// Claims regions of at least two lines with gaps.
pub(super) fn find(draft: &mut Draft) {
    let mut start = 0;
    while start < draft.lines.len() {
        if !begins_table(draft, start) {
            start += 1;
            continue;
        }
        let (last, rows) = last_row(draft, start);
        // The only row of a statement without data is the one of its headings.
        let blank = || draft.lines[start].gaps > 1 && frame_above(draft, start).is_some();
        if rows >= 2 || blank() {
            let end = below(draft, last) + 1;
            draft.claim(above(draft, start)..end, TableLayout::Columns);
            start = end;
        } else {
            start = last + 1;
        }
    }
}

/// Whether line `index` has columns.
fn is_row(draft: &Draft, index: usize) -> bool {
    draft.lines[index].is_open() && draft.lines[index].gaps > 0 && !ends_table(draft, index)
}

/// Whether line `index` has columns and no sentence, so that a table may begin there.
fn begins_table(draft: &Draft, index: usize) -> bool {
    is_row(draft, index) && !is_sentence(draft, index) && !is_spread(draft, index)
}

/// Whether line `index` is one word whose characters stand apart: 收     入.
fn is_spread(draft: &Draft, index: usize) -> bool {
    let words = draft.lines[index].core.of(draft.text).split_whitespace();
    words.clone().count() == 2 && words.into_iter().all(|word| word.chars().count() == 1 && !word.is_ascii())
}

/// Whether line `index` is prose, or the end of it.
fn is_sentence(draft: &Draft, index: usize) -> bool {
    let line = &draft.lines[index];
    line.shape.is_prose() || line.has(Trait::Closed) || line.has(Trait::Colon) && line.gaps == 0
}

/// Whether line `index` may be what a cell of a form says: sentences stand there, too.
fn may_fill_cell(draft: &Draft, index: usize) -> bool {
    let line = &draft.lines[index];
    let apart = line.gaps > 0 || line.indent >= FAR || line.core.of(draft.text).chars().all(|char| char == '…');
    apart && !line.has(Trait::Long) && line.shape.numbering.is_none()
}

/// Whether line `index` cannot belong to a table.
fn ends_table(draft: &Draft, index: usize) -> bool {
    let line = &draft.lines[index];
    let prose = is_sentence(draft, index) && !may_fill_cell(draft, index);
    // No paragraph begins far from the margin: what does is a cell of a form, however long.
    let wide = line.gaps == 0 && line.indent < FAR && line.width + 12 >= draft.wrap.unwrap_or(70);
    let part = line.shape.numbering.is_some_and(|number| number.form == Form::Part);
    let other = [Trait::Caption, Trait::Annex].into_iter().any(|wanted| line.has(wanted));
    line.kind.is_some_and(|kind| kind != BlockKind::PageBreak)
        || frames_table(draft, index)
        || prose
        || wide
        || part
        || other
        || is_contents_entry(draft, index)
        || heads_prose(draft, index)
        || names_table(draft, index)
}

/// Whether line `index` is numbered and ends as the headings of the narrative do.
fn heads_prose(draft: &Draft, index: usize) -> bool {
    let line = &draft.lines[index];
    line.shape.numbering.is_some()
        && line.gaps == 0
        && ["说明", "情况", "概况", "职责", "职能", "解释", "构成", "设置"]
            .iter()
            .any(|end| line.core.of(draft.text).ends_with(end))
}

/// Whether line `index` is the title of a table that says its unit and not that it is one: 对比说明（元）.
fn names_table(draft: &Draft, index: usize) -> bool {
    let line = &draft.lines[index];
    let words = line.core.of(draft.text);
    let unit = ["（元）", "（万元）", "(元)", "(万元)"].iter().any(|unit| words.ends_with(unit));
    unit && line.gaps == 0 && ["说明", "对比", "情况", "明细", "统计"].iter().any(|word| words.contains(word))
}

/// Whether dots lead to the page number of line `index`. Spaces alone lead to the row number of a blank amount.
fn is_contents_entry(draft: &Draft, index: usize) -> bool {
    let line = &draft.lines[index];
    line.has(Trait::Leader) && has_dots(line.core.of(draft.text))
}

/// The last row of the table whose first is `first`, and the number of its rows.
fn last_row(draft: &Draft, first: usize) -> (usize, usize) {
    let (mut last, mut rows, mut fragments) = (first, 1, 0);
    for index in first + 1..draft.lines.len() {
        if draft.is_void(index) {
            continue;
        }
        if fragments > MOST_FRAGMENTS || ends_table(draft, index) && !fills_goal(draft, first, index) {
            break;
        }
        if is_row(draft, index) {
            (last, rows, fragments) = (index, rows + usize::from(begins_table(draft, index)), 0);
        } else {
            fragments += 1;
        }
    }
    (last, rows)
}

/// Whether line `index` is prose that a form beginning at `first` has in a cell: its goals, above the row of the tiers.
fn fills_goal(draft: &Draft, first: usize, index: usize) -> bool {
    const GOALS: [&str; 5] = ["预期目标", "总体目标", "年度目标", "设定目标", "绩效目标"];
    let words = |at: usize| draft.lines[at].core.of(draft.text);
    let line = &draft.lines[index];
    let is_prose =
        line.kind.is_none() && line.shape.numbering.is_none() && (is_sentence(draft, index) || line.gaps == 0);
    let other = |at: usize| {
        let line = &draft.lines[at];
        let titled = [Trait::Caption, Trait::Annex].into_iter().any(|wanted| line.has(wanted));
        titled || line.kind.is_some_and(|kind| kind != BlockKind::PageBreak) || frames_table(draft, at)
    };
    let above = (first..index).rev().take(FORM_REACH);
    let below = (index..draft.lines.len()).take(FORM_REACH);
    let is_tiers = |at: &usize| words(*at).contains("一级") && words(*at).contains("二级");
    is_prose
        && above.clone().any(|at| draft.lines[at].gaps > 0 && GOALS.iter().any(|goal| words(at).contains(goal)))
        && below.clone().take_while(|at| !other(*at)).any(|at| is_tiers(&at))
}

/// The first line of the header above the row `first`.
fn above(draft: &Draft, first: usize) -> usize {
    if let Some(frame) = frame_above(draft, first) {
        return draft.next_shown(frame + 1).unwrap_or(first);
    }
    let mut top = first;
    let mut blanks = 0;
    for index in (first.saturating_sub(TALLEST_HEADER)..first).rev() {
        let line = &draft.lines[index];
        if line.is_blank() && !line.has(Trait::Feed) && blanks == 0 {
            blanks += 1;
            continue;
        }
        if !may_head(draft, index, blanks > 0) {
            break;
        }
        (top, blanks) = (index, 0);
    }
    top
}

/// Whether line `index` may be a line of a header that has only one word.
fn may_head(draft: &Draft, index: usize, apart: bool) -> bool {
    let line = &draft.lines[index];
    let fragment = line.indent >= 4 || !apart && line.width <= 20;
    line.is_open() && fragment && !ends_table(draft, index) && line.shape.numbering.is_none()
}

/// The unit, form code or title not far above the row `first`, if nothing but lines of a header stands
/// between, however many blank lines part them.
fn frame_above(draft: &Draft, first: usize) -> Option<usize> {
    let near = first.saturating_sub(2 * TALLEST_HEADER)..first;
    let shown = near.rev().filter(|index| !draft.lines[*index].is_blank());
    let frame = shown.clone().find(|index| !may_head(draft, *index, true))?;
    let lines = shown.take_while(|index| *index > frame).count();
    (lines <= TALLEST_HEADER && draft.lines[frame].is_open() && frames_table(draft, frame)).then_some(frame)
}

/// The last fragment below the row `last`: the end of a wrapped label. Behind a blank line or a page
/// end it belongs to the table only if the table's note follows.
fn below(draft: &Draft, last: usize) -> usize {
    let (mut adjacent, mut bottom) = (last, last);
    for index in last + 1..draft.lines.len().min(last + 16) {
        if draft.is_void(index) {
            continue;
        }
        let line = &draft.lines[index];
        let far = line.indent >= 6 || index == last + 1 && ends_label(draft, last, index);
        if !line.is_open() || !far || line.shape.numbering.is_some() || ends_table(draft, index) {
            return if line.has(Trait::Note) { bottom } else { adjacent };
        }
        bottom = index;
        adjacent = if adjacent + 1 == index { index } else { adjacent };
    }
    adjacent
}

/// Whether line `index` ends the label of the row `last`, which begins on the line above the row.
fn ends_label(draft: &Draft, last: usize, index: usize) -> bool {
    let is_half = |index: usize| {
        let line = &draft.lines[index];
        !line.is_blank() && line.gaps == 0 && line.width <= 24 && !line.has(Trait::Digits)
    };
    last.checked_sub(1).is_some_and(is_half) && is_half(index)
}

#[cfg(test)]
mod tests {
    use super::super::tests::tables;
    use crate::layout::TableLayout::Columns;

    #[test]
    fn a_long_line_far_from_the_margin_is_a_cell() {
        let head = "         指标        指标说明                                          分值    自评得分\n";
        let long = "                     在编人员控制率=（在编人员数/编制数）×100%，每超过一个百分点按比例扣\n";
        let rows = "         控制率                                                          8       8\n         完成率      按完成的比例计                                         9       9\n";
        let text = format!(
            "{head}         目标        是否合理                                           5       4\n{long}{rows}"
        );
        assert_eq!(tables(&text), [(Columns, text.as_str())]);
    }

    #[test]
    fn headings_with_characters_apart_begin_no_table() {
        assert_eq!(tables("收     入\n支     出\n项目\n决算数\n"), []);
    }

    const TABLE: &str = "             项目

                        附属单位
 科目编码   科目名称              合计
 201      一般公共服务支出        64.87

          机关事业单位基本
 2080505                    6.18
          养老保险缴费
\x0c 210      卫生健康支出            2.71
";

    #[test]
    fn gaps_make_columns_and_pages_do_not_end_them() {
        let text = format!("              收入决算表\n                      单位：万元\n{TABLE}注：本表反映收入。\n");
        assert_eq!(tables(&text), [(Columns, TABLE)]);
    }

    #[test]
    fn blank_lines_part_no_header_from_the_rows_below_the_unit() {
        let head = "                项目\n\n\n     功能分类科目编码\n\n";
        let text = format!("公开05表\n单位：万元\n\n{head}{TABLE}");
        assert_eq!(tables(&text), [(Columns, format!("{head}{TABLE}").as_str())]);
    }

    #[test]
    fn a_row_may_end_with_its_row_number_and_no_amount() {
        let rows = " 项目          行次   决算数\n 一、财政拨款收入     1   12.60\n 二、事业收入       2\n 三、经营收入       3\n\n四、其他收\n               4    1.20\n入\n";
        assert_eq!(tables(&format!("单位：万元\n{rows}注：无。\n")), [(Columns, rows)]);
    }

    #[test]
    fn sentences_in_cells_are_part_of_a_form() {
        let rows = " 项目名称      渠道整治\n          预期目标            实际完成目标\n\n                          整治渠道 9 公里，\n 年度目标\n                          完成投资 36 万元。\n ……\n 数量指标      渠道整治里程      9 公里\n";
        let text = format!("自评表\n{rows}\n  本部门对 3 个项目开展了自评，结果见上表。\n");
        assert_eq!(tables(&text), [(Columns, rows)]);
    }

    #[test]
    fn headings_and_prose_are_not_columns() {
        let text =
            "第三部分    云溪县水务局决算情况\n   收入总计 307.82 万元。\n\x0c第四部分   名词解释\n  一、基本支出\n";
        assert_eq!(tables(text), []);
    }

    #[test]
    fn a_label_may_end_on_the_next_page() {
        let text = format!(
            "单位：万元\n{TABLE}          机关事业单位\n 20806                    6.18\n          基本\n\x0c\n          养老支出\n注：本表。\n"
        );
        assert!(tables(&text)[0].1.ends_with("养老支出\n"));
    }

    #[test]
    fn a_title_ends_a_table() {
        let text = format!("单位：万元\n{TABLE}\x0c            支出决算表\n            单位：万元\n{TABLE}");
        assert_eq!(tables(&text).len(), 2);
    }
}
