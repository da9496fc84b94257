//! Pages of a table by columns of spaces: which of the table's columns each column of a page is.
//!
//! In: the columns that the words of a page stand in, and those of the table. Out: for each of the former its own among
//! the latter, and the others that it can be. A page that repeats the head is read below its own; any other is set
//! anew, with blank columns drawn together: where it has fewer columns of amounts than the table, only those are
//! sure that stand in the very same places.

use super::super::header::Role;
use super::align::coincide;
use super::rows::Cells;
use super::{Column, Kind, Line};
use std::collections::HashMap;

/// For each column of a page its own in the table, by kind and place.
pub(super) type Map = Vec<(Column, usize)>;

/// Columns of a page that repeats the head, each with the column of the first page that it is.
pub(super) type Guide = Vec<(Column, Column)>;

/// The columns of a page and those of the first, where both have the same headings.
pub(super) fn guide(page: (&[Column], &[String]), first: (&[Column], &[String])) -> Option<Guide> {
    (page.1 == first.1).then(|| page.0.iter().copied().zip(first.0.iter().copied()).collect())
}

/// Columns of amounts of the table that the page's own may be instead of those in `map`: its own, the first, the last.
/// `roles` are what the headings say of the table's columns, once they are known.
pub(super) fn open(map: &Map, table: &[Column], roles: &[Role]) -> Vec<(usize, usize, usize)> {
    let is_data = |at: usize| table[at].kind == Kind::Number && roles.get(at).is_none_or(|role| *role == Role::Data);
    let mut own: Map = map.clone();
    own.sort_by_key(|(_, target)| *target);
    let mut open = Vec::new();
    let mut at = 0;
    while at < own.len() {
        let is_label = |(_, target): &&(Column, usize)| !is_data(*target);
        let count = own[at..].iter().take_while(|column| !is_label(column)).count();
        if count == 0 {
            at += 1;
            continue;
        }
        // What stands between the labels on their left and those on their right.
        let left = at.checked_sub(1).map_or(0, |left| own[left].1 + 1);
        let right = own.get(at + count).map_or(table.len(), |right| right.1);
        let can_be: Vec<usize> = (left..right).filter(|at| is_data(*at)).collect();
        let group = &own[at..at + count];
        let spare = can_be.len().saturating_sub(count);
        let pairs: Vec<(Column, Column)> = group.iter().map(|(column, target)| (*column, table[*target])).collect();
        let sure = coincide(&pairs);
        if spare > 0 && !sure {
            open.extend(group.iter().enumerate().map(|(order, (_, own))| (*own, can_be[order], can_be[order + spare])));
        }
        at += count;
    }
    open
}

/// The number of the last item in each column of labels: 七、国防支出.
pub(super) type Items = HashMap<Column, u32>;

/// Notes the last item of each column of labels.
pub(super) fn count_items(text: &str, lines: &[Cells], columns: &[Column], items: &mut Items) {
    for (at, word) in lines.iter().flatten().filter(|(_, word)| word.kind == Kind::Text) {
        if let Some(number) = item(word.span.of(text)) {
            items.insert(columns[*at], number);
        }
    }
}

/// Where the columns begin that a page with the labels of one side has: those whose items go on on it.
pub(super) fn side(text: &str, page: &[Line], own: &[Column], table: &[Column], items: &Items) -> Option<usize> {
    let labels = |columns: &[Column]| -> Vec<usize> {
        (0..columns.len()).filter(|at| columns[*at].kind == Kind::Text).collect()
    };
    let (sides, own) = (labels(table), labels(own));
    if own.as_slice() != [0] || sides.len() < 2 {
        return None;
    }
    let first = page.iter().flatten().find_map(|word| item(word.span.of(text)))?;
    let mut next = sides.iter().filter(|at| items.get(&table[**at]).is_some_and(|last| last + 1 == first));
    let found = next.next()?;
    next.next().is_none().then_some(*found)
}

/// The number of an item: 十二、农林水支出.
fn item(words: &str) -> Option<u32> {
    let (number, _) = words.split_once('、')?;
    let digit =
        |char: char| "一二三四五六七八九".chars().zip(1..).find(|(own, _)| *own == char).map(|(_, value)| value);
    let mut value = 0;
    for char in number.trim().chars() {
        value = match (char, digit(char)) {
            ('十', _) => 10 * value.max(1),
            (_, Some(digit)) if value % 10 == 0 => value + digit,
            _ => return None,
        };
        if value > 99 {
            return None;
        }
    }
    (value > 0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_counted() {
        let found = ["一、教育", "十、农林水", "十二、交通", "二十三、其他", "项目", "、", "一百、"].map(item);
        assert_eq!(found, [Some(1), Some(10), Some(12), Some(23), None, None, None]);
    }
}
