//! Forms and score sheets with tiers of indicators (一级指标, 二级指标, 三级指标).
//!
//! In: rows of slots, either as many as the row had cells (Word through Tika) or padded with blanks
//! (one row a line). Out: placed rows. What a person sees in the form decides:
//! - the row 一级指标 … gives the columns; every other row shares them out;
//! - in a *form* that row begins with a label of its own (绩效指标), and the rows above are pairs of
//!   label and value, split where 预期目标 and 实际完成 meet, in the middle;
//! - in a *score sheet* it begins with 一级指标: short rows are a label over the columns of labels
//!   and values over the columns of scores;
//! - a blank below a tier belongs to it, and so does a blank weight whose row has a score.

use super::grid::{Placed, PlacedRow, Row, Slot, merge_down, spread};
use super::words::{is_number, is_total, squeeze};
use crate::problem::{Problem, Severity};

/// Whether the rows' slots are the row's cells, or one per column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slots {
    /// A merge leaves one slot for the columns that it covers.
    PerCell,
    /// A merge leaves blank slots.
    PerColumn,
    /// The same, and each slot is known to stand in its column.
    Certain,
}

/// The row that names the tiers, and the column of 一级指标 in it.
pub(super) fn find_head(text: &str, rows: &[Row]) -> Option<(usize, usize)> {
    rows.iter().enumerate().take(40).find_map(|(index, row)| {
        let first = row.iter().position(|slot| says(&slot.text(text), "一级指标"))?;
        let second = row.get(first + 1)?;
        squeeze(&second.text(text)).starts_with("二级").then_some((index, first))
    })
}

/// Whether `text` is `words`, but for white space.
fn says(text: &str, words: &str) -> bool {
    text.split_whitespace().flat_map(str::chars).eq(words.chars())
}

/// Places the rows of a table with tiers; `head` is what [`find_head`] gave.
pub(super) fn arrange(
    text: &str,
    mut rows: Vec<Row>,
    head: (usize, usize),
    slots: Slots,
    problems: &mut Vec<Problem>,
) -> (Vec<PlacedRow>, usize) {
    let (index, first) = head;
    if slots == Slots::PerColumn {
        blank_repeated(text, &mut rows, head);
    }
    let width = rows[index].iter().rposition(|slot| !slot.is_blank()).map_or(0, |last| last + 1);
    let body = Body::new(text, &rows[index], first, width);
    let mut below = rows.split_off(index + 1);
    // Funds above the indicators make a form even of a sheet without a label before them.
    let funds = rows[..index].iter().any(|row| row.iter().filter(|slot| !slot.is_blank()).count() > 3);
    let mut placed = if first == 0 && !funds {
        body.short_rows(text, rows.drain(..index).collect(), slots)
    } else {
        super::pairs::arrange(text, rows.drain(..index).collect(), (width, first), slots)
    };
    let top = placed.len();
    placed.push(row_by_row(&mut rows[0], |_| true));
    if slots == Slots::PerColumn {
        body.straighten(text, &mut below, problems);
    }
    let end = body.place(text, below, slots, &mut placed);
    for column in 0..body.tiers {
        // The heading of a tier takes in no blank; the label before the tiers does.
        let from = if column < first { top } else { top + 1 };
        merge_down(&mut placed, column, from, end);
    }
    body.merge_weights(text, &mut placed, top + 1, end);
    (placed, width)
}

/// Blanks what writers repeat in every row and column that a merged cell covers: labels in the rows above the tiers,
/// the tiers and the label beside them below.
fn blank_repeated(text: &str, rows: &mut [Row], (index, first): (usize, usize)) {
    let words = |slot: &Slot| squeeze(&slot.text(text));
    let is_label = |words: &str| words.chars().count() > 1 && !words.contains(|c: char| c.is_ascii_digit());
    let tiers = rows[index].iter().skip(first).take_while(|slot| words(slot).ends_with("级指标")).count();
    // Copies of what states something stay, each below its heading.
    let states = |words: &str| words.contains(|c: char| c.is_ascii_digit());
    let copies = |row: &Row| -> Vec<usize> {
        let is_copy = |at: &usize| words(&row[*at]) == words(&row[at - 1]) && states(&words(&row[*at]));
        (1..row.len()).filter(is_copy).collect()
    };
    let kept: Vec<usize> = rows[..index].iter().flat_map(copies).collect();
    let mut above: Vec<String> = Vec::new();
    for (order, row) in rows.iter_mut().enumerate() {
        // Only what stands below an equal cell, all cells left of it being equal, too, is one with it.
        let labels = if order > index { first + tiers.saturating_sub(1) } else { 1 };
        let mut equal = true;
        let mut own: Vec<String> = Vec::with_capacity(labels);
        for (column, slot) in row.iter_mut().enumerate().take(labels) {
            let label = words(slot);
            let before = above.get(column).map_or("", String::as_str);
            equal &= label == before || label.is_empty();
            if equal && is_label(&label) && (order != index || column < first) {
                *slot = Slot::default();
            }
            own.push(if label.is_empty() { before.to_owned() } else { label });
        }
        above = own;
        if order < index {
            let mut before = String::new();
            for (column, slot) in row.iter_mut().enumerate() {
                let label = words(slot);
                if label == before && is_label(&label) && !kept.contains(&column) {
                    *slot = Slot::default();
                } else {
                    before = label;
                }
            }
        }
    }
}

/// Tells labels from data in a table with tiers whose cells are placed; whether it is one.
pub(super) fn flag(text: &str, rows: &mut [PlacedRow], width: usize) -> bool {
    let slots = |row: &PlacedRow| {
        let mut slots: Row = vec![Slot::default(); width];
        for cell in row {
            slots[cell.column] = cell.slot.clone();
        }
        slots
    };
    let heads: Vec<Row> = rows.iter().take(40).map(slots).collect();
    let Some((index, first)) = find_head(text, &heads) else { return false };
    let labels = Body::new(text, &heads[index], first, width).labels;
    super::pairs::flag(text, &mut rows[..index]);
    for cell in &mut rows[index] {
        cell.header = true;
    }
    for row in &mut rows[index + 1..] {
        for (order, cell) in row.iter_mut().enumerate() {
            cell.header = cell.end() <= labels || order == 0 && cell.column == 0;
        }
    }
    true
}

/// Places each slot in its own column.
fn row_by_row(row: &mut Row, header: impl Fn(usize) -> bool) -> PlacedRow {
    let mut placed = PlacedRow::new();
    for (column, slot) in row.drain(..).enumerate().filter(|(_, slot)| !slot.is_blank()) {
        placed.push(Placed::new(column, 1, header(column), slot));
    }
    placed
}

/// The part of the table below the row that names the tiers.
struct Body {
    width: usize,
    /// Column of 一级指标.
    first: usize,
    /// One past the columns whose blanks belong to the cell above.
    tiers: usize,
    /// One past the columns of labels.
    labels: usize,
    /// The column of weights (分值).
    weight: Option<usize>,
    /// The columns of points, those that can be had and those that were given.
    points: Vec<usize>,
}

impl Body {
    fn new(text: &str, head: &Row, first: usize, width: usize) -> Self {
        let label = |column: usize| head.get(column).map(|slot| squeeze(&slot.text(text))).unwrap_or_default();
        let is_value = |label: &str| {
            ["分值", "得分", "权重", "满分", "标准分", "指标值", "完成值", "完成情况", "原因", "评分", "目标值", "实际"]
                .iter()
                .any(|word| label.contains(word))
                && !label.contains("评分标准")
        };
        let labels = (first..width).find(|&column| is_value(&label(column))).unwrap_or(width);
        let named = (first..labels).take_while(|&column| label(column).ends_with("级指标")).count();
        let is_weight = |column: &usize| {
            let label = label(*column);
            ["分值", "权重", "满分", "标准分"].iter().any(|word| label.contains(word))
        };
        let weight = (labels..width).find(is_weight);
        let is_points = |column: &usize| is_weight(column) || label(*column).ends_with("得分");
        let points = (labels..width).filter(is_points).collect();
        // The lowest tier has a row of its own for each indicator; what explains it may span several.
        let tiers = if weight.is_some() && first == 0 { labels } else { first + named.saturating_sub(1) };
        Body { width, first, tiers, labels, weight, points }
    }

    /// Rows with fewer cells than the table has columns, above or below the indicators.
    fn short_rows(&self, text: &str, rows: Vec<Row>, slots: Slots) -> Vec<PlacedRow> {
        rows.into_iter().map(|row| self.short_row(text, row, slots)).collect()
    }

    /// A label over the columns of labels, values over the others.
    fn short_row(&self, text: &str, mut row: Row, slots: Slots) -> PlacedRow {
        if let Some(placed) = self.total_row(text, &mut row) {
            return placed;
        }
        if slots != Slots::PerCell {
            return self.padded_row(text, row);
        }
        let count = row.len();
        // 总分 reaches to the weights, if there is a value for each column from there.
        let is_total = row.first().is_some_and(|slot| is_total(&squeeze(&slot.text(text))));
        let weight = self
            .weight
            .filter(|weight| is_total && *weight > 0 && (self.first > 0 || self.width - weight == count - 1));
        let labels = weight.unwrap_or(if self.first == 0 { self.labels } else { 1 });
        let widths = match count {
            0 => return PlacedRow::new(),
            1 => vec![self.width],
            _ if labels < self.width && count - 1 <= self.width - labels => {
                std::iter::once(labels).chain(spread(count - 1, self.width - labels)).collect()
            }
            _ => spread(count, self.width),
        };
        let mut placed = PlacedRow::new();
        let mut column = 0;
        for (index, (slot, width)) in row.drain(..).zip(widths).enumerate() {
            if !slot.is_blank() {
                placed.push(Placed::new(column, width, index == 0, slot));
            }
            column += width;
        }
        placed
    }

    /// A total with a number for each column of points: they stand there, whatever is blank between them.
    fn total_row(&self, text: &str, row: &mut Row) -> Option<PlacedRow> {
        let shown = || row.iter().filter(|slot| !slot.is_blank());
        let is_total = shown().next().is_some_and(|slot| is_total(&squeeze(&slot.text(text))));
        let numbers = shown().skip(1).filter(|slot| is_number(&slot.text(text))).count();
        let first = self.points.first().copied().filter(|first| *first > 0)?;
        if !is_total || numbers < 2 || numbers != self.points.len() || shown().count() != numbers + 1 {
            return None;
        }
        let mut shown = row.drain(..).filter(|slot| !slot.is_blank());
        let mut placed = vec![Placed::new(0, first, true, shown.next()?)];
        placed.extend(self.points.iter().zip(shown).map(|(column, slot)| Placed::new(*column, 1, false, slot)));
        Some(placed)
    }

    /// A label over the blanks beside it, the last value over the blanks at the end.
    fn padded_row(&self, text: &str, mut row: Row) -> PlacedRow {
        let used: Vec<usize> = (0..row.len()).filter(|&column| !row[column].is_blank()).collect();
        let mut placed = PlacedRow::new();
        for (index, &column) in used.iter().enumerate() {
            let next = used.get(index + 1).copied().unwrap_or(self.width);
            let slot = std::mem::take(&mut row[column]);
            let alone = index > 0 && is_number(&slot.text(text));
            let width = if alone { 1 } else { next.saturating_sub(column).max(1) };
            placed.push(Placed::new(column, width, index == 0, slot));
        }
        placed
    }

    /// Puts rows right that lost the blanks before their first cell.
    fn straighten(&self, text: &str, rows: &mut [Row], problems: &mut Vec<Problem>) {
        let last = self.width - 1;
        let is_filled = |row: &Row| row.get(last).is_some_and(|slot| !slot.is_blank());
        let full = rows.iter().filter(|row| is_filled(row)).count();
        let usually_full = full * 2 > rows.len();
        for row in rows.iter_mut() {
            row.resize_with(row.len().max(self.width), Slot::default);
            let Some(start) = row.iter().position(|slot| !slot.is_blank()) else { continue };
            let Some(end) = row.iter().take(self.width).rposition(|slot| !slot.is_blank()) else { continue };
            let label = squeeze(&row[start].text(text));
            // 数量指标 in the column of 二级指标 stands where it should.
            let in_place = start == self.first + usize::from(is_second_tier(&label));
            let misplaced = label.ends_with("指标") && end > self.labels && end < last && !in_place;
            if misplaced && (usually_full || start < self.first) {
                let by = last - end;
                row.splice(start..start, std::iter::repeat_with(Slot::default).take(by));
                row.drain(self.width..(self.width + by).min(row.len()));
                let column = start + by;
                // A tier with nothing in the next: the name of that next tier.
                if column == self.first
                    && self.tiers > column + 1
                    && row[column + 1].is_blank()
                    && is_second_tier(&label)
                {
                    row.swap(column, column + 1);
                }
                let span = row.iter().find(|slot| !slot.is_blank()).map(|slot| slot.span);
                problems.push(Problem::new(
                    Severity::Warning,
                    "table-row-shifted",
                    "the row's cells stood too far left for the form's columns; they were moved right to the form's last column",
                    span,
                ));
            }
        }
    }

    /// Places the rows below; gives back where the indicators end.
    fn place(&self, text: &str, rows: Vec<Row>, slots: Slots, placed: &mut Vec<PlacedRow>) -> usize {
        let mut end = placed.len() + rows.len();
        for mut row in rows {
            let used = row.iter().filter(|slot| !slot.is_blank()).count();
            let short = match slots {
                Slots::PerCell => row.len() < self.width,
                Slots::PerColumn | Slots::Certain => {
                    let first = row.first().filter(|slot| !slot.is_blank());
                    first.is_some_and(|slot| used <= 2 || is_total(&squeeze(&slot.text(text))))
                }
            };
            if short {
                end = end.min(placed.len());
                placed.push(self.short_row(text, row, slots));
            } else {
                placed.push(row_by_row(&mut row, |column| column < self.labels));
            }
        }
        end
    }

    /// A weight stands for the blank ones below it whose rows have a score.
    fn merge_weights(&self, text: &str, rows: &mut [PlacedRow], first: usize, end: usize) {
        let Some(weight) = self.weight.filter(|_| self.first == 0) else { return };
        let has_score =
            |row: &PlacedRow| row.iter().any(|cell| cell.column > weight && is_number(&cell.slot.text(text)));
        let mut from = first;
        for index in first..=end {
            if index == end || !has_score(&rows[index]) {
                merge_down(rows, weight, from, index);
                from = index + 1;
            }
        }
    }
}

/// Whether `label` names a second tier by what it measures.
fn is_second_tier(label: &str) -> bool {
    ["数量", "质量", "时效", "成本", "经济", "社会", "生态", "可持续", "服务对象"]
        .iter()
        .any(|word| label.starts_with(word))
}
