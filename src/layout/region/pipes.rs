//! Tables with pipes between their cells: Markdown, and what scrapers of web pages and scripts over
//! Word files write (`项目 | 金额`, with or without a pipe at the ends).
//!
//! A pipe behind each cell on a line of its own is an artefact found earlier; what is left are words as a PDF's.
//! Surprise: authors use pipes too (`首页 | 公开 | 目录`), so rows without a pipe at both ends are a table
//! only where a row of dashes or a number in a cell of its own says so.

use super::super::TableLayout;
use super::super::draft::Draft;
use super::frames_table;

/// Claims runs of at least two rows, and cells on lines of their own.
pub(super) fn find(draft: &mut Draft) {
    cells(draft);
    if memchr::memchr(b'|', draft.text.as_bytes()).is_none() {
        return;
    }
    let mut start = 0;
    while start < draft.lines.len() {
        let goes_on = |index: &usize| is_row(draft, *index) || *index > start && is_inside_row(draft, *index);
        let end = (start..draft.lines.len()).find(|index| !goes_on(index)).unwrap_or(draft.lines.len());
        if end - start >= 2 && (is_bordered(draft, start, end) || holds_data(draft, start, end)) {
            draft.claim(start..end, TableLayout::Markdown);
        }
        start = end + 1;
    }
}

/// Claims the cells that stand on lines of their own, titles and units above them left out.
fn cells(draft: &mut Draft) {
    for table in std::mem::take(&mut draft.marks.cells) {
        let start = draft.lines.partition_point(|line| line.span.end <= table.start);
        let end = draft.lines.partition_point(|line| line.span.start < table.end);
        let first = (start..end).find(|index| !draft.lines[*index].is_blank() && !frames_table(draft, *index));
        if let Some(first) = first {
            draft.claim(first..end, TableLayout::Flow);
        }
    }
}

/// Whether line `index` has cells.
fn is_row(draft: &Draft, index: usize) -> bool {
    let line = &draft.lines[index];
    let bytes = line.core.of(draft.text).as_bytes();
    line.is_open() && bytes.len() > 1 && memchr::memchr(b'|', bytes).is_some()
}

/// Whether line `index` is the middle of a cell whose line breaks some writers keep: two spaces end it and the line
/// above, and a row goes on below.
fn is_inside_row(draft: &Draft, index: usize) -> bool {
    const MOST_LINES: usize = 4;
    let breaks = |index: usize| {
        let line = &draft.lines[index];
        line.is_open() && !line.is_blank() && line.span.of(draft.text).trim_end_matches(['\r', '\n']).ends_with("  ")
    };
    let end = draft.lines.len().min(index + MOST_LINES);
    let next = (index + 1..end).find(|next| is_row(draft, *next));
    draft.lines[index].width < 60 && breaks(index - 1) && next.is_some_and(|next| (index..next).all(breaks))
}

/// Whether each of the rows begins with a pipe and has another.
fn is_bordered(draft: &Draft, start: usize, end: usize) -> bool {
    draft.lines[start..end].iter().all(|line| {
        let bytes = line.core.of(draft.text).as_bytes();
        bytes[0] == b'|' && memchr::memchr(b'|', &bytes[1..]).is_some()
    })
}

/// Whether rows without such a border are a table's: two have as many cells, and one of the rows is of
/// dashes or has a cell that is a number.
fn holds_data(draft: &Draft, start: usize, end: usize) -> bool {
    let rows = || draft.lines[start..end].iter().map(|line| line.core.of(draft.text));
    let rows = || rows().filter(|row| row.contains('|'));
    let count = |row: &str| row.bytes().filter(|byte| *byte == b'|').count();
    let alike = rows().zip(rows().skip(1)).any(|(row, next)| count(row) == count(next));
    alike && rows().any(|row| row.contains("---|---") || row.split('|').any(is_amount))
}

/// Whether a cell holds a number and nothing else.
fn is_amount(cell: &str) -> bool {
    let cell = cell.trim();
    cell.bytes().any(|byte| byte.is_ascii_digit())
        && cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-' | b'%'))
}

#[cfg(test)]
mod tests {
    use super::super::tests::tables;
    use crate::layout::TableLayout::{Flow, Markdown};

    #[test]
    fn a_cell_may_have_a_line_without_a_pipe() {
        let text = "项目| 合计| 对附属单位  \n补助  \n支出  \n---|---|---  \n甲| 1.50| 2.50  \n\n正文。\n";
        assert_eq!(tables(text), [(Markdown, &text[..=text.find("\n\n").unwrap()])]);
    }

    #[test]
    fn pipes_tell_tables() {
        let text = "收入决算表\n\n| 项目 | 金额 |\n|---|---|\n| 甲 | 1 |\n\n正文 | 不是。\n";
        assert_eq!(tables(text), [(Markdown, "| 项目 | 金额 |\n|---|---|\n| 甲 | 1 |\n")]);
    }

    #[test]
    fn rows_need_no_pipe_at_their_ends() {
        let text = "收入决算表\n项目 | 金额\n甲 | 1.50\n | 2\n正文。\n";
        assert_eq!(tables(text), [(Markdown, "项目 | 金额\n甲 | 1.50\n | 2\n")]);
        assert_eq!(tables("项目| 金额\n---|---\n甲| 无\n").len(), 1);
    }

    #[test]
    fn cells_on_lines_of_their_own_have_a_pipe_behind_them() {
        let text = "正文。\n年度\n|\n合计\n|\n2030年\n|\n28\n|\n2031年\n|\n23\n|\n正文。\n";
        assert_eq!(tables(text), [(Flow, &text["正文。\n".len()..text.len() - "正文。\n".len()])]);
    }

    #[test]
    fn words_between_pipes_are_no_table() {
        assert_eq!(tables("首页 | 公开 | 目录\n财政 | 预算 | 决算\n正文。\n"), []);
        assert_eq!(tables("主办：云溪县 | 电话 0000\n正文。\n"), []);
    }
}
