//! Statements by function (类, 款, 项): puts the left columns back where the form has them.
//!
//! In: rows of slots as the converter left them. Out: the same rows with the form's own left side,
//! 类 款 项 and 科目名称, in four columns. Converters lose one of the four, leave the codes in any
//! of them, and scatter 栏次 and 合计, which stand in the column of names, over other rows. The rest
//! of the row is not touched, unless its amounts began too far left: then a problem says so.

use super::grid::{Row, Slot};
use super::header::is_column_numbers;
use super::words::{glued_name, heads_codes, is_code, is_number, is_total, squeeze};
use crate::problem::{Problem, Severity};

/// Columns of the form's left side: 类, 款, 项, 科目名称.
const LEFT: usize = 4;
/// The column of names.
const NAME: usize = 3;

/// Rewrites `rows` if they are a statement by function; else leaves them.
pub(super) fn restore(text: &str, mut rows: Vec<Row>, problems: &mut Vec<Problem>) -> Vec<Row> {
    let Some(left) = left_width(text, &rows) else { return rows };
    // A row that lost a slot is shorter; its end has room to move into.
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
    super::grid::pad(&mut rows, widest);
    let width = rows.iter().map(Vec::len).max().unwrap_or(0) + LEFT - left;
    let numbers = rows.iter().position(|row| is_column_numbers(text, row));
    let mut form = Form { left, width, numbers: None, ..Form::default() };
    for (index, row) in rows.into_iter().enumerate() {
        let place = numbers.map_or(Place::Body, |numbers| Place::of(index, numbers));
        form.enter(text, row, place, problems);
    }
    form.close(text)
}

/// How many columns of the text the left side takes; `None` if the table is none of these.
fn left_width(text: &str, rows: &[Row]) -> Option<usize> {
    let squeezed = |slot: &Slot| squeeze(&slot.text(text));
    let is_marks = |row: &&Row| row.iter().filter(|slot| matches!(&*squeezed(slot), "类" | "款" | "项")).count() >= 2;
    let marks = rows.iter().take(6).find(is_marks)?;
    let after_marks = marks.iter().rposition(|slot| matches!(&*squeezed(slot), "类" | "款" | "项"))? + 1;
    let is_left =
        |label: &str| matches!(label, "项目" | "科目名称" | "名称" | "功能分类" | "支出功能分类") || heads_codes(label);
    let first = rows.first()?;
    let width = first.iter().position(|slot| !slot.is_blank() && !is_left(&squeezed(slot))).unwrap_or(after_marks);
    (2..=LEFT).contains(&width).then_some(width)
}

/// Where a row stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Above the column numbers.
    Head,
    /// The column numbers.
    Numbers,
    /// Below them, or anywhere if there are none.
    Body,
}

impl Place {
    fn of(index: usize, numbers: usize) -> Self {
        match index.cmp(&numbers) {
            std::cmp::Ordering::Less => Place::Head,
            std::cmp::Ordering::Equal => Place::Numbers,
            std::cmp::Ordering::Greater => Place::Body,
        }
    }
}

/// The statement as it is put together again.
#[derive(Default)]
struct Form {
    rows: Vec<Row>,
    left: usize,
    width: usize,
    /// 科目名称 that stood beside 项目 and belongs one row down, beside the codes' heading.
    name: Option<Slot>,
    /// 栏次 without its numbers.
    column_label: Option<Slot>,
    /// 合计 that stood above the column numbers.
    total: Option<Slot>,
    /// The row of column numbers.
    numbers: Option<usize>,
}

impl Form {
    fn enter(&mut self, text: &str, mut row: Row, place: Place, problems: &mut Vec<Problem>) {
        let shifted = place != Place::Head && shift(text, &mut row, self.left);
        let rest: Vec<Slot> = row.drain(self.left.min(row.len())..).collect();
        let mut new: Row = vec![Slot::default(); LEFT];
        for (column, slot) in row.into_iter().enumerate().filter(|(_, slot)| !slot.is_blank()) {
            self.place(text, slot, column, place, &mut new);
        }
        if shifted && let Some(slot) = rest.iter().find(|slot| !slot.is_blank()) {
            problems.push(Problem::new(
                Severity::Warning,
                "table-row-shifted",
                "the row's amounts began left of the first column of amounts; they were moved right to where the form has them",
                slot.span,
            ));
        }
        new.extend(rest);
        new.resize_with(self.width, Slot::default);
        if new.iter().all(Slot::is_blank) || self.gives_amounts(text, &mut new) {
            return;
        }
        self.rows.push(new);
        if place == Place::Numbers {
            self.numbers = Some(self.rows.len() - 1);
            if let Some(total) = self.total.take() {
                self.push_total(total);
            }
        }
    }

    /// Amounts without a label belong to the 合计 above them that has none.
    fn gives_amounts(&mut self, text: &str, row: &mut Row) -> bool {
        let Some(total) = self.rows.last_mut() else { return false };
        let takes = row[..LEFT].iter().all(Slot::is_blank)
            && total[LEFT..].iter().all(Slot::is_blank)
            && total[..LEFT].iter().any(|slot| is_total(&squeeze(&slot.text(text))));
        if takes {
            total.truncate(LEFT);
            total.extend(row.drain(LEFT..));
        }
        takes
    }

    /// Puts one slot of the left side into its column.
    fn place(&mut self, text: &str, slot: Slot, column: usize, place: Place, row: &mut Row) {
        let whole = slot.text(text);
        let label = squeeze(&whole);
        let at = match label.as_str() {
            "项目" | "类" => 0,
            "款" => 1,
            "项" => 2,
            "栏次" if column == 0 && place == Place::Numbers => 0,
            "栏次" if place == Place::Head || place == Place::Body && self.numbers.is_some() => {
                return self.column_label = Some(slot);
            }
            "栏次合计" if slot.is_plain(text) => {
                let cut = whole.rfind('合').unwrap_or(whole.len());
                let (label, total) = slot.cut(text, cut);
                self.column_label = Some(label);
                match self.numbers {
                    Some(_) => self.push_total(total),
                    None => self.total = Some(total),
                }
                return;
            }
            "科目名称" | "名称" if squeeze(&row[0].text(text)) == "项目" => return self.name = Some(slot),
            label if heads_codes(label) => {
                if let Some(name) = self.name.take() {
                    row[NAME] = name;
                }
                0
            }
            _ if is_code(&whole) => first_blank(row),
            // A piece of a code in a column of its own: 207 | 01 | 04.
            label if column < NAME && label.len() == 2 && is_number(label) && self.left == LEFT => column,
            label if glued_name(&whole).is_some() || column == 0 && (is_total(label) || place == Place::Head) => 0,
            _ => NAME,
        };
        put(text, row, at, slot);
    }

    /// Gives 合计 a row of its own below the column numbers.
    fn push_total(&mut self, total: Slot) {
        let mut row: Row = vec![Slot::default(); self.width.max(LEFT)];
        row[NAME] = total;
        self.rows.push(row);
    }

    /// The finished rows, with 栏次 beside its numbers; nothing is left behind.
    fn close(mut self, text: &str) -> Vec<Row> {
        let mut labels = Vec::new();
        match (self.column_label.take(), self.numbers) {
            (Some(label), Some(numbers)) => put(text, &mut self.rows[numbers], NAME, label),
            (label, _) => labels.extend(label),
        }
        match (self.name.take(), self.rows.first_mut()) {
            (Some(name), Some(first)) => put(text, first, NAME, name),
            (name, _) => labels.extend(name),
        }
        labels.extend(self.total.take());
        for label in labels {
            self.push_total(label);
        }
        super::grid::pad(&mut self.rows, self.width);
        self.rows
    }
}

/// Puts `slot` into column `at` of the left side, or the next best one.
fn put(text: &str, row: &mut Row, at: usize, slot: Slot) {
    let at = if row[at].is_blank() { at } else { first_blank(row) };
    row[at] = if row[at].is_blank() { slot } else { Slot::of_parts(text, [row[at].span, slot.span]) };
}

/// The first blank column of the left side, or the column of names.
fn first_blank(row: &Row) -> usize {
    row[..LEFT].iter().position(Slot::is_blank).unwrap_or(NAME)
}

/// Moves amounts that began inside the left side to the right, if the row's end leaves room.
fn shift(text: &str, row: &mut Row, left: usize) -> bool {
    let is_amount = |slot: &Slot| {
        let whole = slot.text(text);
        !slot.is_blank() && is_number(&whole) && !is_code(&whole)
    };
    let Some(first) = row.iter().take(left).position(is_amount) else { return false };
    let by = left - first;
    let room = row.iter().rev().take_while(|slot| slot.is_blank()).count();
    if room < by {
        return false;
    }
    row.truncate(row.len() - by);
    row.splice(first..first, std::iter::repeat_with(Slot::default).take(by));
    true
}
