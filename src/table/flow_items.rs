//! Rows of income beside expenditure whose blank cells left no trace.
//!
//! In: the words of each line. Out: rows of slots. A label alone on its line stands on the side
//! whose items it goes on with: 九、 after 八、 of the right side, where the left has come to its end.

use super::flow::{Kind, Line};
use super::flow_heads::Head;
use super::grid::{Row, Slot};
use super::header::Role;
use super::words::{is_item, is_total, ordinal, squeeze};
use crate::source::Span;

/// A label and the numbers after it.
#[derive(Default)]
struct Item {
    label: Vec<Span>,
    numbers: Vec<Span>,
}

/// The rows of the lines.
pub(super) fn rows(text: &str, lines: &[Line], head: &Head, guess: &mut Option<Span>) -> Vec<Row> {
    let mut last = [0_u32; 2];
    let mut rows = Vec::with_capacity(lines.len());
    for line in &join_torn(text, lines) {
        let items = items(text, line);
        let both = items.len() > 1;
        let mut row: Row = vec![Slot::default(); head.columns.len()];
        for (index, item) in items.into_iter().enumerate() {
            let words = item.label.first().map(|label| squeeze(label.of(text))).unwrap_or_default();
            let side = if both { index.min(1) } else { side(&words, last) };
            if let Some(number) = numeral(&words) {
                last[side] = number;
            }
            // Its left side stood on the line above.
            let right = head.groups[1];
            let above = rows.last_mut().filter(|above: &&mut Row| {
                !both && side == 1 && !above[0].is_blank() && above[right..].iter().all(Slot::is_blank)
            });
            place(text, item, side, head, above.unwrap_or(&mut row), guess);
        }
        if row.iter().any(|slot| !slot.is_blank()) {
            rows.push(row);
        }
    }
    rows
}

/// Whether `words` are a label that nothing precedes: an item, a total, what is carried over.
fn is_whole(words: &str) -> bool {
    is_item(words) || is_total(words) || ["结余", "结转", "分配", "余"].iter().any(|end| words.ends_with(end))
}

/// Lines joined where a label was torn: it goes on with words that are no label of their own, and its
/// numbers begin the next line.
fn join_torn(text: &str, lines: &[Line]) -> Vec<Line> {
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        let label_open = joined.last().and_then(|last| last.last()).is_some_and(|word| word.kind == Kind::Text);
        let goes_on = label_open
            && match line.first() {
                Some(first) if first.kind == Kind::Text => line.len() == 1 && !is_whole(&squeeze(first.span.of(text))),
                first => first.is_some(),
            };
        match joined.last_mut() {
            Some(last) if goes_on => last.extend(line),
            _ => joined.push(line.clone()),
        }
    }
    joined
}

/// The labels of a line with the numbers that follow each.
fn items(text: &str, line: &Line) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for word in line {
        if word.kind != Kind::Text {
            match items.last_mut() {
                Some(item) => item.numbers.push(word.span),
                None => items.push(Item { label: Vec::new(), numbers: vec![word.span] }),
            }
            continue;
        }
        let words = squeeze(word.span.of(text));
        let whole = is_whole(&words);
        match items.last_mut() {
            // The rest of an item that a space cut.
            Some(item) if item.numbers.is_empty() && !whole && !item.label.is_empty() => item.label.push(word.span),
            _ => items.push(Item { label: vec![word.span], numbers: Vec::new() }),
        }
    }
    items
}

/// The side of a label that is alone on its line: 0 left, 1 right.
fn side(words: &str, last: [u32; 2]) -> usize {
    let goes_on = numeral(words).map(|number| [last[0] + 1 == number, last[1] + 1 == number]);
    match goes_on {
        Some([true, false]) => 0,
        Some([false, true]) => 1,
        _ => usize::from(
            words.ends_with("支出") || words.starts_with("年末") || words.contains("支出合计") || words == "结余分配",
        ),
    }
}

/// The number that an item begins with: 十二、 is 12.
fn numeral(words: &str) -> Option<u32> {
    let (numeral, _) = words.split_once('、')?;
    let mut value = 0;
    for c in numeral.chars() {
        let digit = "一二三四五六七八九".chars().position(|digit| digit == c).map(|at| at as u32 + 1);
        value = match (c, digit) {
            ('十', _) if value == 0 => 10,
            ('十', _) => value * 10,
            (_, Some(digit)) => value + digit,
            _ => return None,
        };
    }
    (value > 0 && value < 100).then_some(value)
}

/// Puts an item on its side of the row.
fn place(text: &str, item: Item, side: usize, head: &Head, row: &mut Row, guess: &mut Option<Span>) {
    let first = head.groups[side.min(head.groups.len() - 1)];
    let end = head.groups.get(side + 1).copied().unwrap_or(head.columns.len());
    if !item.label.is_empty() {
        row[first].add(text, Slot::of_parts(text, item.label));
    }
    let mut numbers = item.numbers.into_iter().peekable();
    let mut column = first + 1;
    if let Some(at) = (first..end).find(|&at| head.columns[at] == Role::Ordinal)
        && let Some(span) = numbers.next_if(|span| ordinal(span.of(text)).is_some())
    {
        row[at].add(text, Slot { span, parts: None });
        column = at + 1;
    }
    let free = end.saturating_sub(column);
    let count = numbers.len();
    if count < free
        && let Some(span) = numbers.peek()
    {
        guess.get_or_insert(*span);
    }
    while column + 1 < end
        && let Some(span) = numbers.next()
    {
        row[column].add(text, Slot { span, parts: None });
        column += 1;
    }
    // What is too much stays in the last column.
    row[end - 1].add(text, Slot::of_parts(text, numbers));
}
