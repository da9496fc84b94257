//! Rows between pipes that have a slot for each cell that begins in them, and cells that break their lines (html2text).
//!
//! In: the rows of the lines. Out: rows as wide as the table, or with a slot for each cell as Word has them. A merge to
//! the right leaves one slot and a merge downwards none, so that rows are short: in a form the tiers at the front are
//! missing, in a head the cells that reach down from above. What a head with several rows covers follows from the known
//! headings that stand over others; if they do not make up the columns, the headings say nothing and a warning tells.

use super::grid::{Row, Slot};
use super::tiers;
use super::words::{heads_codes, is_code, is_number, is_numbering, ordinal, squeeze};

/// Pieces that a cell's lines make at most.
const MOST_LINES: usize = 6;

/// What the rows are.
pub(super) enum Ragged {
    /// A slot for each cell.
    Cells(Vec<Row>),
    /// A slot for each column.
    Whole(Vec<Row>),
    /// The same, but nobody knows which headings stand over which columns.
    Headless(Vec<Row>),
}

/// The rows with torn cells joined; the first `first` lines are the row of headings.
pub(super) fn join_torn(text: &str, mut rows: Vec<Row>, first: usize) -> Vec<Row> {
    let mut joined: Vec<Row> = Vec::with_capacity(rows.len());
    let body = rows.split_off(first.min(rows.len()));
    joined.extend(rows.into_iter().reduce(|mut head, line| {
        append(text, &mut head, line);
        head
    }));
    let body = join_unpiped(text, body);
    let (lengths, tiers) = whole_lengths(text, &joined, &body);
    let is_words = |slot: Option<&Slot>| slot.is_some_and(|slot| !slot.is_blank() && !is_number(&slot.text(text)));
    let has_number = |row: &Row| row.iter().any(|slot| is_number(&slot.text(text)));
    let goes_on = |row: &Row| {
        let words = row.first().map(|slot| squeeze(&slot.text(text))).unwrap_or_default();
        is_words(row.first()) && !(has_number(row) && (words == "合计" || words == "总计"))
    };
    let mut at = 0;
    while at < body.len() {
        let mut count = body[at].len();
        let mut end = at + 1;
        while !lengths.contains(&count)
            && end < body.len()
            && end - at < MOST_LINES
            && is_words(body[end - 1].last())
            && goes_on(&body[end])
            // Above the tiers rows have any length: only a line without a pipe is surely a piece.
            && (end > tiers || body[end].len() == 1 || body[end - 1].len() == 1)
        {
            count += body[end].len() - 1;
            end += 1;
        }
        if !lengths.contains(&count) && at >= tiers {
            end = at + 1;
        }
        let mut row = body[at].clone();
        for line in &body[at + 1..end] {
            append(text, &mut row, line.clone());
        }
        joined.push(row);
        at = end;
    }
    joined
}

/// The lines with those that have no pipe, but a line of headings below, joined to it: 功能分类 / 科目编码| 科目名称.
fn join_unpiped(text: &str, lines: Vec<Row>) -> Vec<Row> {
    let mut joined: Vec<Row> = Vec::with_capacity(lines.len());
    let mut open: Vec<Row> = Vec::new();
    for line in lines {
        let is_heading = line.len() > 1 && line.iter().all(|slot| !slot.is_blank() && !is_number(&slot.text(text)));
        if is_heading && !open.is_empty() && open.len() < MOST_LINES {
            let whole = open.drain(..).chain([line]).reduce(|mut row, line| {
                append(text, &mut row, line);
                row
            });
            joined.extend(whole);
        } else if line.len() == 1 {
            open.push(line);
        } else {
            joined.append(&mut open);
            joined.push(line);
        }
    }
    joined.append(&mut open);
    joined
}

/// Adds the cells of a line that goes on with the last cell of `row`.
fn append(text: &str, row: &mut Row, line: Row) {
    let mut cells = line.into_iter();
    if let (Some(last), Some(first)) = (row.last_mut(), cells.next()) {
        last.add(text, first);
    }
    row.extend(cells);
}

/// The lengths that whole rows have: in a form that of the row of tiers and those without the tiers in front, else the
/// most frequent one; and which row of the body is that of the tiers.
fn whole_lengths(text: &str, head: &[Row], body: &[Row]) -> (Vec<usize>, usize) {
    let rows: Vec<Row> = head.iter().chain(body).cloned().collect();
    if let Some((index, first)) = tiers::find_head(text, &rows) {
        let width = rows[index].len();
        let tiers = tier_count(text, &rows[index], first);
        let whole = width - (first + tiers).min(width - 1)..=width;
        return (whole.collect(), index.saturating_sub(head.len()));
    }
    let mut counts = std::collections::BTreeMap::<usize, usize>::new();
    for row in body {
        *counts.entry(row.len()).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|&(length, count)| (count, length));
    (most.map(|(length, _)| length).into_iter().collect(), 0)
}

/// How many columns of tiers stand before that of the names.
fn tier_count(text: &str, head: &Row, first: usize) -> usize {
    head[first..].iter().take_while(|slot| squeeze(&slot.text(text)).ends_with("级指标")).count().saturating_sub(1)
}

/// What the rows are; nothing if they all are as long as each other.
pub(super) fn read(text: &str, rows: &[Row]) -> Option<Ragged> {
    let longest = rows.iter().map(Vec::len).max()?;
    if rows.iter().all(|row| row.len() == longest) {
        return None;
    }
    match tiers::find_head(text, rows) {
        Some(head) => Some(Ragged::Cells(form(text, rows, head))),
        None => statement(text, rows),
    }
}

/// The rows of a form, with blanks for the tiers and labels that reach down from above.
fn form(text: &str, rows: &[Row], (index, first): (usize, usize)) -> Vec<Row> {
    let width = rows[index].len();
    let least = width - (first + tier_count(text, &rows[index], first)).min(width - 1);
    let mut head = 0;
    let mut whole = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let mut row = row.clone();
        let blank = if at < index {
            // A label beside several rows begins in the first, which names columns or goals.
            let names = row.len() > 2 && row.iter().all(|slot| !is_number(&slot.text(text)));
            let below = row.len() + 1 == head;
            head = if below {
                head
            } else if names {
                row.len()
            } else {
                0
            };
            usize::from(below)
        } else if at > index && row.len() >= least && row.len() < width {
            width - row.len()
        } else {
            0
        };
        row.splice(0..0, std::iter::repeat_with(Slot::default).take(blank));
        whole.push(row);
    }
    whole
}

/// The rows of a statement whose head has short rows.
fn statement(text: &str, rows: &[Row]) -> Option<Ragged> {
    let words = |slot: &Slot| squeeze(&slot.text(text));
    // A row of numbers that count is one of column numbers.
    let is_data = |row: &Row| {
        let numbers = || row.iter().filter(|slot| is_number(&slot.text(text)));
        let counts = numbers().zip(1..).all(|(slot, number)| ordinal(&slot.text(text)) == Some(number));
        numbers().count() > 0 && !counts
    };
    let top = rows.iter().position(is_data)?;
    let numbered = |row: &Row| row.len() > 1 && row[1..].iter().all(|slot| ordinal(&slot.text(text)).is_some());
    let head_rows = rows[..top].iter().take_while(|row| !numbered(row)).count();
    let width = rows[top..].iter().map(Vec::len).max()?;
    // A row of headings as long as the others tells the columns below those above it.
    if head_rows == 0 {
        return None;
    }
    if rows[..head_rows].last().is_some_and(|row| row.len() == width) {
        return Some(Ragged::Cells(rows.to_vec()));
    }
    let is_label = |slot: &Slot| {
        let words = words(slot);
        matches!(&*words, "项目" | "科目" | "项目（按功能分类）")
            || heads_codes(&words)
            || words.ends_with("名称")
            || is_numbering(&words)
    };
    let mut labels: Vec<Row> = Vec::new();
    let mut heads: Vec<Row> = Vec::new();
    for row in &rows[..head_rows] {
        let count = row.iter().take_while(|slot| is_label(slot)).count();
        labels.push(row[..count].to_vec());
        heads.push(row[count..].to_vec());
    }
    let first = if labels.iter().any(|row| !row.is_empty()) { label_columns(text, &rows[top..]) } else { 0 };
    let spans = spans(
        &heads.iter().map(|row| row.iter().map(words).collect()).collect::<Vec<Vec<String>>>(),
        width - first.min(width),
    );
    let mut whole: Vec<Row> = Vec::with_capacity(rows.len());
    let Some(spans) = spans else {
        let one = |row: &Row| {
            let mut slot = Slot::default();
            for cell in row {
                slot.add(text, cell.clone());
            }
            vec![slot]
        };
        whole.extend(rows[..head_rows].iter().map(one));
        whole.extend(rows[head_rows..].iter().map(|row| padded(text, row, first, width)));
        return Some(Ragged::Headless(whole));
    };
    for ((label, head), spans) in labels.into_iter().zip(heads).zip(spans) {
        let mut row: Row = vec![Slot::default(); width];
        // 类 款 项 below the heading of the codes say nothing that their column does not.
        let marks = label.len() > first.max(1);
        for (column, slot) in label.into_iter().enumerate() {
            let column = if marks { 0 } else { column.min(first.saturating_sub(1)) };
            row[column].add(text, slot);
        }
        for (slot, column) in head.into_iter().zip(spans) {
            row[first + column] = slot;
        }
        whole.push(row);
    }
    whole.extend(rows[head_rows..].iter().map(|row| padded(text, row, first, width)));
    Some(Ragged::Whole(whole))
}

/// How many columns of labels the rows of data begin with.
fn label_columns(text: &str, rows: &[Row]) -> usize {
    if rows.iter().any(|row| row.len() > 1 && is_code(&row[0].text(text)) && !is_number(&row[1].text(text))) {
        2
    } else {
        1
    }
}

/// A row whose label took several columns.
fn padded(text: &str, row: &Row, first: usize, width: usize) -> Row {
    let missing = width.saturating_sub(row.len());
    let mut row = row.clone();
    if missing > 0
        && missing < first.max(1) + usize::from(first == 0)
        && !row.is_empty()
        && !is_number(&row[0].text(text))
    {
        row.splice(1..1, std::iter::repeat_with(Slot::default).take(missing));
    }
    row
}

/// The first column of each heading, row by row from the top; nothing if they do not make up `width` columns.
fn spans(rows: &[Vec<String>], width: usize) -> Option<Vec<Vec<usize>>> {
    let mut below: Vec<usize> = Vec::new();
    let mut widths: Vec<Vec<usize>> = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate().rev() {
        let first_below = rows.get(at + 1).and_then(|row| row.first()).map_or("", String::as_str);
        let parents = row.iter().filter(|words| stands_over(words, first_below)).count();
        if row.is_empty() {
            widths.push(Vec::new());
            continue;
        }
        if !below.is_empty() && (parents == 0 || !below.len().is_multiple_of(parents)) {
            return None;
        }
        let share = below.len().checked_div(parents).unwrap_or(0);
        let mut children = below.chunks(share.max(1));
        let own = row.iter().map(|words| {
            if share > 0 && stands_over(words, first_below) {
                children.next().map_or(1, |children| children.iter().sum())
            } else {
                1
            }
        });
        let own: Vec<usize> = own.collect();
        below.clone_from(&own);
        widths.push(own);
    }
    widths.reverse();
    if below.iter().sum::<usize>() != width {
        return None;
    }
    // From the top: children begin where their parent does.
    let mut firsts: Vec<Vec<usize>> = Vec::with_capacity(rows.len());
    let mut open: Vec<(usize, usize)> = vec![(0, width)];
    for (at, row) in rows.iter().enumerate() {
        let first_below = rows.get(at + 1).and_then(|row| row.first()).map_or("", String::as_str);
        let mut columns = open.iter().flat_map(|(from, to)| *from..*to);
        let mut own = Vec::with_capacity(row.len());
        let mut next = Vec::new();
        for (words, width) in row.iter().zip(&widths[at]) {
            let first = columns.next()?;
            for _ in 1..*width {
                columns.next()?;
            }
            own.push(first);
            if *width > 1 || stands_over(words, first_below) {
                next.push((first, first + width));
            }
        }
        firsts.push(own);
        if !row.is_empty() {
            open = next;
        }
    }
    Some(firsts)
}

/// Whether a heading stands over others, the first of which is `below`.
fn stands_over(words: &str, below: &str) -> bool {
    matches!(words, "收入" | "支出" | "预算数" | "决算数" | "本年支出" | "本年收入" | "其中" | "人员经费" | "公用经费")
        || words.starts_with("公务用车购置及运行")
        || words.ends_with("年度预算数")
        || words.ends_with("年度决算数")
        || matches!(below, "小计" | "合计") && matches!(words, "事业收入" | "年初结转和结余" | "年末结转和结余")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn firsts(rows: &[&[&str]], width: usize) -> Option<Vec<Vec<usize>>> {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|words| (*words).to_owned()).collect()).collect();
        spans(&rows, width)
    }

    #[test]
    fn headings_over_others_share_the_columns_out() {
        assert_eq!(
            firsts(&[&["年初结余", "本年支出", "年末结余"], &["小计", "基本支出", "项目支出"]], 5),
            Some(vec![vec![0, 1, 4], vec![1, 2, 3]])
        );
        let vehicles = ["合计", "出国费", "公务用车购置及运行费", "接待费"];
        let below = ["小计", "购置费", "运行费"];
        let found = firsts(&[&["预算数", "决算数"], &[vehicles, vehicles].concat(), &[below, below].concat()], 12);
        assert_eq!(found, Some(vec![vec![0, 6], vec![0, 1, 2, 5, 6, 7, 8, 11], vec![2, 3, 4, 8, 9, 10]]));
    }

    #[test]
    fn headings_that_do_not_make_up_the_columns_say_nothing() {
        assert_eq!(firsts(&[&["甲", "乙"], &["丙", "丁"]], 3), None);
        assert_eq!(firsts(&[&["本年支出", "乙"], &["丙", "丁"]], 5), None);
    }
}
