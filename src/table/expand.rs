//! Rows that have a slot for each cell → rows that have a slot for each column (Word tables).
//!
//! In: rows in which a merge to the right left one slot. Out: rows as wide as the table, with the
//! blanks that the merge covered. The widest row of the head has all columns; a row above it has a
//! cell for each group of cells that stand side by side below it, and one for each blank, which is a
//! merge downwards. Below the head the label of a row takes what is missing: a code the columns of
//! 类, 款 and 项, 合计 those and the name; labels and amounts in turn take the halves of the head.

use super::grid::{Row, Slot, spread};
use super::words::{heads_codes, is_dash, is_number, squeeze};

/// Widens `rows` to `width`.
pub(super) fn widen(text: &str, rows: Vec<Row>, width: usize) -> Vec<Row> {
    let full = rows.iter().position(|row| row.len() == width).unwrap_or(0);
    let mut rows = rows;
    // The widths of the row below, and of the highest row that has more than one cell.
    let mut under = vec![1; rows.get(full).map_or(0, Vec::len)];
    let mut halves: Vec<usize> = Vec::new();
    let mut widths: Vec<Vec<usize>> = vec![Vec::new(); full];
    for index in (0..full).rev() {
        under = match rows[index].len() {
            0 => continue,
            1 => vec![width],
            _ => over(text, &rows[index], &rows[index + 1], &under),
        };
        widths[index].clone_from(&under);
        if under.len() > 1 {
            halves.clone_from(&under);
        }
    }
    for (row, widths) in rows.iter_mut().zip(widths) {
        *row = stretch(std::mem::take(row), &widths);
    }
    for row in rows.iter_mut().skip(full + 1).filter(|row| row.len() < width && !row.is_empty()) {
        let widths = below(text, row, &halves, width);
        *row = stretch(std::mem::take(row), &widths);
    }
    rows
}

/// The slots of `row`, each followed by the blanks of its width.
fn stretch(row: Row, widths: &[usize]) -> Row {
    let mut wide = Row::with_capacity(widths.iter().sum());
    for (slot, width) in row.into_iter().zip(widths) {
        wide.push(slot);
        wide.extend(std::iter::repeat_with(Slot::default).take(width.saturating_sub(1)));
    }
    wide
}

/// The widths of the cells of `row` above the cells of `under`, which are `widths` wide.
fn over(text: &str, row: &Row, under: &Row, widths: &[usize]) -> Vec<usize> {
    let count = row.len();
    let words = |slot: &Slot| squeeze(&slot.text(text));
    let sum = |from: usize, to: usize| widths[from..to].iter().sum::<usize>();
    // The heading of the codes stands over 类, 款 and 项; 项目 over the names as well.
    let marks = under.iter().take_while(|slot| matches!(&*words(slot), "类" | "款" | "项")).count();
    if marks > 1 && marks < under.len() {
        let left = if heads_codes(&words(&row[0])) { marks } else { marks + 1 };
        return std::iter::once(sum(0, left)).chain(over_groups(&under[left..], &widths[left..], count - 1)).collect();
    }
    // Each half of a statement begins with 项目 or 科目编码.
    let begins = |slot: &Slot| {
        let words = words(slot);
        words == "项目" || words.starts_with("项目（") || heads_codes(&words) && words.len() > 3
    };
    let starts: Vec<usize> = (0..under.len()).filter(|&cell| begins(&under[cell])).collect();
    let from_left = starts.first() == Some(&0);
    if from_left && starts.len() >= count && (starts.len() == count || starts.len() > 2) {
        let ends = starts[1..count].iter().copied().chain([under.len()]);
        return starts[..count].iter().zip(ends).map(|(start, end)| sum(*start, end)).collect();
    }
    // The left side of a statement by class is one cell, what follows is told by the blanks.
    let name = under.iter().position(|slot| words(slot).ends_with("名称"));
    if let Some(left) = name.map(|name| name + 1).filter(|left| from_left && starts.len() == 1 && *left < under.len()) {
        return std::iter::once(sum(0, left)).chain(over_groups(&under[left..], &widths[left..], count - 1)).collect();
    }
    over_groups(under, widths, count)
}

/// The widths of `count` cells above `under`, by its blanks, or evenly: a blank is a cell that
/// reaches down from above, the others side by side have one above them.
fn over_groups(under: &[Slot], widths: &[usize], count: usize) -> Vec<usize> {
    if count == under.len() {
        return widths.to_vec();
    }
    let mut groups: Vec<usize> = Vec::new();
    let mut open = false;
    for (slot, width) in under.iter().zip(widths) {
        match groups.last_mut() {
            Some(group) if open && !slot.is_blank() => *group += width,
            _ => groups.push(*width),
        }
        open = !slot.is_blank();
    }
    if groups.len() == count { groups } else { spread(count, widths.iter().sum()) }
}

/// The widths of a row below the head.
fn below(text: &str, row: &Row, halves: &[usize], width: usize) -> Vec<usize> {
    let count = row.len();
    let is_amount = |slot: &Slot| {
        let words = slot.text(text);
        slot.is_blank() || is_number(&words) || is_dash(&words)
    };
    // 总计 and its amounts, as many as there are headings above: no amount is as wide as 事业收入 with its parts.
    let is_total = count > 2 && row[1..].iter().all(is_amount);
    if count > 1 && count == halves.len() && !is_total {
        return halves.to_vec();
    }
    // Label and amount in turn, one pair in each half: the amount stands last.
    let is_turn = |(index, slot): (usize, &Slot)| is_number(&slot.text(text)) == (index % 2 == 1) || slot.is_blank();
    if count == 2 * halves.len()
        && count > 2
        && row.iter().enumerate().all(is_turn)
        && halves.iter().all(|half| *half > 1)
    {
        return halves.iter().flat_map(|half| [half - 1, 1]).collect();
    }
    std::iter::once(width + 1 - count).chain(std::iter::repeat_n(1, count - 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    /// Rows of cells: `/` parts them, `_` is a blank.
    fn rows(text: &str) -> Vec<Row> {
        let mut at = 0;
        let mut rows = Vec::new();
        for line in text.lines() {
            let mut row = Row::new();
            for cell in line.split('/') {
                let span = Span::from(at..at + cell.len());
                row.push(if cell == "_" { Slot::default() } else { Slot::new(text, span) });
                at += cell.len() + 1;
            }
            rows.push(row);
        }
        rows
    }

    fn widened(text: &str) -> Vec<String> {
        let rows = rows(text);
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let show = |slot: &Slot| if slot.is_blank() { "_".to_owned() } else { slot.text(text).into_owned() };
        widen(text, rows, width).iter().map(|row| row.iter().map(show).collect::<Vec<_>>().join("/")).collect()
    }

    #[test]
    fn headings_take_the_columns_of_the_headings_below() {
        let text = "收入/支出\n项目/行次/决算数/项目/行次/决算数\n_/_/_/_/_/合计/基金\n栏次/_/1/栏次/_/2/3\n";
        assert_eq!(widened(text)[..2], ["收入/_/_/支出/_/_/_", "项目/行次/决算数/项目/行次/决算数/_"]);
    }

    #[test]
    fn the_left_side_of_a_statement_by_class_is_as_wide_as_its_marks() {
        let text = "项目/本年支出/年末结余\n科目编码/科目名称/小计/基本支出/_\n类/款/项/_/_/_/_\n合计/3.10/3.10/_\n201/服务/3.10/3.10/_\n";
        assert_eq!(
            widened(text),
            [
                "项目/_/_/_/本年支出/_/年末结余",
                "科目编码/_/_/科目名称/小计/基本支出/_",
                "类/款/项/_/_/_/_",
                "合计/_/_/_/3.10/3.10/_",
                "201/_/_/服务/3.10/3.10/_",
            ]
        );
    }

    #[test]
    fn a_total_takes_the_columns_of_code_and_name_though_it_has_as_many_cells_as_the_head() {
        let rows = "编码/名称/收入合计/事业收入/其他收入\n_/_/_/小计/教育收费/_\n栏次/1/2/3/4\n总计/9.00/8.00/-/1.00\n205/教育支出/9.00/8.00/-/1.00\n";
        assert_eq!(widened(rows)[3], "总计/_/9.00/8.00/-/1.00");
    }

    #[test]
    fn totals_of_both_halves_stand_at_their_ends() {
        let text = "人员经费/公用经费\n科目编码/科目名称/金额/科目编码/科目名称/金额\n301/工资/1.5/302/办公/2.5\n人员经费合计/1.5/公用经费合计/2.5\n合计/4.0\n";
        assert_eq!(widened(text)[3..], ["人员经费合计/_/1.5/公用经费合计/_/2.5", "合计/_/_/4.0/_/_"]);
    }
}
