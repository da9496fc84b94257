//! Word tables through Tika: a cell a line, each begun with a tab, a blank line behind each row
//! (.doc), or a row a line with a tab before each cell (.docx).
//!
//! Surprise: a cell can hold blank lines, so a single blank line ends a row only if the next line
//! begins with a tab. Behind the last row stand two: one ends the row, one the table.

use super::super::draft::Draft;
use super::super::shape::Trait;
use super::super::{BlockKind, TableLayout};
use super::frames_table;

/// The most lines of a cell that may follow a blank line in it.
const LONGEST_REST: usize = 16;

/// Claims runs of tab-led lines that have more than one column.
pub(super) fn find(draft: &mut Draft) {
    let mut start = 0;
    while start < draft.lines.len() {
        if !leads_cell(draft, start) {
            start += 1;
            continue;
        }
        let run = Run::read(draft, start);
        if run.columns {
            draft.claim(start..run.last + 1, TableLayout::Tika);
        }
        start = run.last + 1;
    }
}

/// Whether line `index` begins a cell.
fn leads_cell(draft: &Draft, index: usize) -> bool {
    draft.lines[index].kind.is_none() && draft.lines[index].has(Trait::TabLed)
}

/// A table as far as it has been read.
struct Run {
    first: usize,
    /// The last line that belongs to it.
    last: usize,
    /// Empty lines since then.
    empty: usize,
    /// Whether a row has two cells.
    columns: bool,
    /// Whether rows stand on one line each.
    rows_on_lines: bool,
}

impl Run {
    /// Reads the table that begins at line `first`.
    fn read(draft: &Draft, first: usize) -> Run {
        let rows_on_lines = draft.lines[first].tabs > 1;
        let mut run = Run { first, last: first, empty: 0, columns: rows_on_lines, rows_on_lines };
        for index in first + 1..draft.lines.len() {
            let line = &draft.lines[index];
            if line.kind.is_some_and(|kind| kind != BlockKind::PageBreak) {
                break;
            }
            if leads_cell(draft, index) {
                if run.empty >= 2 && run.begins_anew(draft, index) {
                    break;
                }
                run.columns |= run.empty == 0 || line.tabs > 1;
                run.take(index);
            } else if line.is_empty() {
                run.empty += 1;
            } else if line.is_blank() {
                // White space inside a cell, or a bookmark between two tables.
                if line.has(Trait::Marked) && run.empty > 0 {
                    break;
                }
            } else if run.goes_on(draft, index) {
                run.take(index);
            } else {
                break;
            }
        }
        run
    }

    fn take(&mut self, index: usize) {
        self.last = index;
        self.empty = 0;
    }

    /// Whether the line without a tab at `index` is the rest of a cell.
    fn goes_on(&self, draft: &Draft, index: usize) -> bool {
        match self.empty {
            0 => true,
            1 if self.rows_on_lines => draft.lines[index].inner_tabs > 0,
            1 => is_rest_of_cell(draft, index),
            _ => false,
        }
    }

    /// Whether the tab-led line at `index` begins another table: a title in its first cell, or the
    /// same first cell as this one.
    fn begins_anew(&self, draft: &Draft, index: usize) -> bool {
        let alone = (index + 1..draft.lines.len().min(index + 8))
            .find(|next| draft.lines[*next].is_empty() || leads_cell(draft, *next))
            .is_none_or(|next| !leads_cell(draft, next));
        let same = || draft.lines[index].width > 0 && draft.squeezed(index) == draft.squeezed(self.first);
        alone && draft.lines[index].has(Trait::Title) || same()
    }
}

/// Whether the line at `index`, behind a blank line, belongs to a cell: a tab-led line follows soon
/// and nothing before it looks like a title or a heading.
fn is_rest_of_cell(draft: &Draft, index: usize) -> bool {
    let mut empty = 0;
    for next in index..draft.lines.len().min(index + LONGEST_REST) {
        let line = &draft.lines[next];
        if leads_cell(draft, next) {
            return true;
        }
        empty = if line.is_empty() { empty + 1 } else { 0 };
        let heading = line.shape.numbering.is_some_and(|number| number.level() <= 2);
        if empty > 2 || line.kind.is_some() || heading || line.is_open() && frames_table(draft, next) {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::tests::tables;
    use crate::layout::TableLayout::Tika;

    #[test]
    fn cells_on_lines_of_their_own_are_a_table() {
        let text = "评分表\n\t指标\n\t二级\n\n指标\n\t分值\n\n\t投入\n（20分）\n\t\n\t5\n\n\n（二）绩效分析\n";
        let found = tables(text);
        assert_eq!(found, [(Tika, "\t指标\n\t二级\n\n指标\n\t分值\n\n\t投入\n（20分）\n\t\n\t5\n")]);
    }

    #[test]
    fn a_title_in_the_first_cell_begins_a_table() {
        let table = "\t绩效目标完成情况表\n(2031年度)\n\n\t项目\n\t甲\n\n\n\n";
        assert_eq!(tables(&table.repeat(3)).len(), 3);
    }

    #[test]
    fn rows_of_docx_stand_on_one_line() {
        let text = "正文。\n\t项目\t金额\n\t甲\n（乙）\t1\n\t丙\t2\n\n后文在此。\n";
        assert_eq!(tables(text), [(Tika, "\t项目\t金额\n\t甲\n（乙）\t1\n\t丙\t2\n")]);
    }

    #[test]
    fn tab_led_paragraphs_are_no_table() {
        assert_eq!(tables("\t第一段正文。\n\n\t第二段正文。\n\n正文。\n"), []);
    }

    #[test]
    fn prose_between_two_tables_belongs_to_neither() {
        let text = "\t甲\n\t1\n\n\n（2）乙项目综述。\n\n乙项目自评表\n\t乙\n\t2\n\n\n";
        assert_eq!(tables(text), [(Tika, "\t甲\n\t1\n"), (Tika, "\t乙\n\t2\n")]);
    }
}
