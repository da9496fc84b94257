//! Tables whose rows stand on one line each with tabs between the cells.
//!
//! Surprise: rows can begin with a tab (an empty first cell) and cells can hold a line break, so a
//! line without a tab between two rows belongs to the table.

use super::super::draft::Draft;
use super::super::shape::Trait;
use super::super::{BlockKind, TableLayout};
use super::frames_table;

/// Claims runs of at least two such lines.
pub(super) fn find(draft: &mut Draft) {
    let mut start = 0;
    while start < draft.lines.len() {
        let framed = draft.lines[start].has(Trait::Unit) || draft.lines[start].has(Trait::Title);
        if framed || !is_row(draft, start) {
            start += 1;
            continue;
        }
        let end = run_end(draft, start);
        let lines = &draft.lines[start..end];
        let rows = lines.iter().filter(|line| line.inner_tabs > 0).count();
        let led = lines.iter().filter(|line| line.has(Trait::TabLed)).count();
        let led_by_all = lines[0].has(Trait::TabLed) && led * 2 > lines.len();
        if rows >= 2 && !led_by_all && !is_outline(draft, start, end) {
            draft.claim(start..end, TableLayout::Tsv);
        }
        start = end;
    }
}

/// Whether the rows are the lines of a table of contents: a numbered heading, a tab, and a page that none before
/// comes after.
fn is_outline(draft: &Draft, start: usize, end: usize) -> bool {
    let mut last = 0;
    draft.lines[start..end].iter().all(|line| {
        let page = line.core.of(draft.text).rsplit('\t').next().and_then(|page| page.trim().parse::<u32>().ok());
        let entry = page.filter(|page| line.inner_tabs == 1 && line.shape.numbering.is_some() && *page >= last);
        last = page.unwrap_or(last);
        entry.is_some()
    })
}

/// Whether line `index` has tabs that may stand between cells.
fn is_row(draft: &Draft, index: usize) -> bool {
    let line = &draft.lines[index];
    line.kind.is_none() && line.tabs > 0 && !(line.is_blank() && line.tabs < 2)
}

/// The end of the run of rows that begins at `start`.
fn run_end(draft: &Draft, start: usize) -> usize {
    let mut end = start + 1;
    for index in start + 1..draft.lines.len() {
        if is_row(draft, index) {
            end = index + 1;
        } else if index >= end + 3 || !continues_cell(draft, index) {
            break;
        }
    }
    end
}

/// Whether line `index` may be the rest of a cell that holds a line break.
fn continues_cell(draft: &Draft, index: usize) -> bool {
    let line = &draft.lines[index];
    let heading = line.shape.numbering.is_some_and(|number| number.level() <= 2);
    line.is_open() && line.kind != Some(BlockKind::PageBreak) && !frames_table(draft, index) && !heading
}

#[cfg(test)]
mod tests {
    use super::super::tests::tables;
    use crate::layout::TableLayout::Tsv;

    #[test]
    fn consecutive_lines_with_tabs_are_a_table() {
        let text = "收入决算表\n项目\t金额\n\t9\t\n甲\t1\n\n注：本表。\n支出决算表\n项目\t金额\n乙\t2\n";
        assert_eq!(tables(text), [(Tsv, "项目\t金额\n\t9\t\n甲\t1\n"), (Tsv, "项目\t金额\n乙\t2\n")]);
    }

    #[test]
    fn title_and_unit_stay_outside_even_with_tabs() {
        let text = "收入决算表\t\t\n公开部门：云溪县水务局\t\t单位：万元\n项目\t金额\n甲\t1\n";
        assert_eq!(tables(text), [(Tsv, "项目\t金额\n甲\t1\n")]);
    }

    #[test]
    fn contents_are_no_table() {
        assert_eq!(tables("第一部分 部门概况\t2\n第二部分 2031年度部门决算表\t4\n第三部分 名词解释\t15\n"), []);
        assert_eq!(tables("一、办公费\t4\n二、印刷费\t2\n").len(), 1, "amounts go up and down");
    }

    #[test]
    fn a_stray_tab_makes_no_table() {
        assert_eq!(tables("六、基本支出情况说明\t\n2031年基本支出12.50万元。\n七、其他\t\n"), []);
        assert_eq!(tables("填报人：\t赵甲乙\n部门概况。\n"), []);
    }

    #[test]
    fn a_cell_may_hold_a_line_break() {
        assert_eq!(tables("项目\t说明\n甲\t第一行\n第二行\t5\n乙\t3\n").len(), 1);
    }
}
