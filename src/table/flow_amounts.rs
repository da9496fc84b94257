//! Which column each amount of a statement by class belongs to, where blanks left no trace.
//!
//! In: records of code, name and amounts. Out: rows of slots. The first amount is the total of its
//! row. A class (208) has amounts only where the total has, an item (2080505) only where its section
//! (20805) has; what the parts of a class still lack in a column must be found among the parts whose
//! column is open. What stays open takes the first column that can be, and is reported.

use super::flow::Record;
use super::flow_heads::Head;
use super::grid::{Row, Slot};
use super::header::Role;
use super::words::{is_total, squeeze};
use crate::figure::token::parse_digits;
use crate::source::Span;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Parts of a class that are tried in all combinations at most.
const MOST_OPEN: usize = 12;

/// The rows of `records`.
pub(super) fn rows(text: &str, records: Vec<Record>, head: &Head, guess: &mut Option<Span>) -> Vec<Row> {
    if head.groups.len() > 1 {
        return side_by_side(text, records, head);
    }
    let first = head.columns.iter().position(|role| *role == Role::Data).unwrap_or(head.columns.len());
    let most = records.iter().map(|record| record.amounts.len()).max().unwrap_or(0);
    let width = head.columns.len().max(first + most) - first;
    let places = Classes::new(text, &records, width).solve(guess);
    let mut rows = Vec::with_capacity(records.len());
    for (record, places) in records.into_iter().zip(places) {
        let mut row: Row = vec![Slot::default(); first + width];
        put_label(text, &record, 0, head, &mut row);
        for (span, place) in record.amounts.iter().zip(places) {
            row[first + place] = Slot { span: *span, parts: None };
        }
        row.truncate(head.columns.len().max(first + width));
        rows.push(row);
    }
    rows
}

/// Puts code and name into the group that begins in column `first`.
fn put_label(text: &str, record: &Record, first: usize, head: &Head, row: &mut Row) {
    let name = Slot::of_parts(text, record.name.iter().copied());
    match record.code {
        Some(code) => {
            row[first].add(text, Slot { span: code, parts: None });
            let at = (first + 1..row.len()).find(|&at| head.columns.get(at) == Some(&Role::Label));
            row[at.unwrap_or(first)].add(text, name);
        }
        None => row[first].add(text, name),
    }
}

/// The records of a statement, and what is known of their columns.
struct Classes {
    /// The amounts of each record.
    amounts: Vec<Vec<Decimal>>,
    spans: Vec<Option<Span>>,
    /// The record that each is a part of.
    parents: Vec<Option<usize>>,
    /// The columns of each record's amounts, once known.
    places: Vec<Option<Vec<usize>>>,
    width: usize,
}

impl Classes {
    fn new(text: &str, records: &[Record], width: usize) -> Self {
        let total = records.iter().position(|record| {
            record.code.is_none() && record.name.iter().any(|name| is_total(&squeeze(name.of(text))))
        });
        let mut by_code: BTreeMap<&str, usize> = BTreeMap::new();
        let mut parents = Vec::with_capacity(records.len());
        for (index, record) in records.iter().enumerate() {
            let code = record.code.map(|code| code.of(text));
            let above = code
                .and_then(|code| code.len().checked_sub(2).and_then(|length| by_code.get(&code[..length]).copied()));
            parents.push(above.or(total.filter(|_| code.is_some_and(|code| code.len() == 3))));
            if let Some(code) = code {
                by_code.insert(code, index);
            }
        }
        let value = |span: &Span| parse_digits(span.of(text)).unwrap_or_default();
        Classes {
            amounts: records.iter().map(|record| record.amounts.iter().map(value).collect()).collect(),
            spans: records.iter().map(|record| record.amounts.first().copied()).collect(),
            parents,
            places: vec![None; records.len()],
            width,
        }
    }

    /// Finds the columns of every amount.
    fn solve(mut self, guess: &mut Option<Span>) -> Vec<Vec<usize>> {
        for index in 0..self.amounts.len() {
            let count = self.amounts[index].len();
            if count == self.width || count == 0 || self.width == 1 {
                self.places[index] = Some((0..count).collect());
            }
        }
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); self.amounts.len()];
        let mut roots = Vec::new();
        for (index, parent) in self.parents.iter().enumerate() {
            match parent {
                Some(parent) => children[*parent].push(index),
                None => roots.push(index),
            }
        }
        for &root in &roots {
            self.settle(root, None, guess);
        }
        let mut queue = roots;
        while let Some(parent) = queue.pop() {
            self.share_out(parent, &children[parent], guess);
            queue.extend(&children[parent]);
        }
        let width = self.width;
        let counts = self.amounts.iter().map(Vec::len);
        self.places
            .into_iter()
            .zip(counts)
            .map(|(places, count)| places.unwrap_or_else(|| (0..count.min(width)).collect()))
            .collect()
    }

    /// The first columns that can be, those of the class above before others.
    fn settle(&mut self, index: usize, parent: Option<usize>, guess: &mut Option<Span>) {
        if self.places[index].is_some() {
            return;
        }
        let count = self.amounts[index].len();
        let above = parent.and_then(|parent| self.places[parent].clone()).unwrap_or_default();
        let mut columns: Vec<usize> = above;
        if columns.len() != count {
            if let Some(span) = self.spans[index] {
                guess.get_or_insert(span);
            }
            columns.extend((0..self.width).filter(|column| !columns.contains(column)).collect::<Vec<_>>());
            columns.truncate(count);
            columns.sort_unstable();
        }
        self.places[index] = Some(columns);
    }

    /// Finds the columns of the parts of `parent`.
    fn share_out(&mut self, parent: usize, parts: &[usize], guess: &mut Option<Span>) {
        let Some(above) = self.places[parent].clone() else { return };
        // Parts with as many amounts as the class have them in the same columns.
        for &part in parts {
            if self.places[part].is_none() && self.amounts[part].len() == above.len() {
                self.places[part] = Some(above.clone());
            }
        }
        let open: Vec<usize> = parts.iter().copied().filter(|&part| self.places[part].is_none()).collect();
        let halves =
            open.iter().all(|&part| self.amounts[part].len() == 2 && self.amounts[part][0] == self.amounts[part][1]);
        if halves && !open.is_empty() && above.first() == Some(&0) {
            self.by_remainder(parent, &above, parts, &open);
        }
        for &part in parts {
            self.settle(part, Some(parent), guess);
        }
    }

    /// Parts with a total and one other amount: what each column still lacks tells whose it is.
    fn by_remainder(&mut self, parent: usize, above: &[usize], parts: &[usize], open: &[usize]) {
        let mut lacks: Vec<(usize, Decimal)> =
            above.iter().zip(&self.amounts[parent]).skip(1).map(|(column, amount)| (*column, *amount)).collect();
        for &part in parts {
            let places = self.places[part].iter().flatten().zip(&self.amounts[part]);
            for (column, amount) in places {
                if let Some((_, lack)) = lacks.iter_mut().find(|(other, _)| other == column) {
                    *lack = lack.checked_sub(*amount).unwrap_or_default();
                }
            }
        }
        lacks.retain(|(_, lack)| !lack.is_zero());
        if let [(column, _)] = lacks.as_slice() {
            for &part in open {
                self.places[part] = Some(vec![0, *column]);
            }
        } else if lacks.len() == 2 && open.len() <= MOST_OPEN {
            let sum = |mask: u32| -> Option<Decimal> {
                let chosen = open.iter().enumerate().filter(|(bit, _)| mask & (1 << bit) != 0);
                chosen.map(|(_, part)| self.amounts[*part][1]).try_fold(Decimal::ZERO, Decimal::checked_add)
            };
            let mut fits = (0..1_u32 << open.len()).filter(|mask| sum(*mask) == Some(lacks[0].1));
            if let (Some(mask), None) = (fits.next(), fits.next()) {
                for (bit, &part) in open.iter().enumerate() {
                    let column = lacks[usize::from(mask & (1 << bit) == 0)].0;
                    self.places[part] = Some(vec![0, column]);
                }
            }
        }
    }
}

/// Groups of code, name and amount side by side: a record that begins its line stands in the group
/// whose codes it goes on with.
fn side_by_side(text: &str, records: Vec<Record>, head: &Head) -> Vec<Row> {
    let groups = head.groups.len();
    let mut rows: Vec<Row> = Vec::new();
    let mut last: Vec<String> = vec![String::new(); groups];
    let mut group = 0;
    for record in records {
        let code = record.code.map(|code| code.of(text)).unwrap_or_default();
        let goes_on = |group: usize| !code.is_empty() && last[group].get(..3) == code.get(..3);
        let comes_after = |group: usize| !code.is_empty() && !last[group].is_empty() && last[group].as_str() < code;
        group = if record.leads {
            (0..groups).rev().find(|&at| goes_on(at)).unwrap_or_else(|| {
                let paid = code.starts_with("301") || code.starts_with("303");
                if paid || code.is_empty() || code == "509" {
                    0
                } else {
                    (1..groups).rev().find(|&at| comes_after(at)).unwrap_or(0)
                }
            })
        } else {
            (group + 1).min(groups - 1)
        };
        if record.leads || rows.is_empty() {
            rows.push(vec![Slot::default(); head.columns.len()]);
        }
        if !code.is_empty() {
            code.clone_into(&mut last[group]);
        }
        let Some(row) = rows.last_mut() else { continue };
        let first = head.groups[group];
        let end = head.groups.get(group + 1).copied().unwrap_or(head.columns.len());
        put_label(text, &record, first, head, row);
        let last = end.clamp(first + 1, row.len()) - 1;
        let (fit, over) = record.amounts.split_at(record.amounts.len().min(last.saturating_sub(first + 2)));
        for (order, span) in fit.iter().enumerate() {
            row[first + 2 + order].add(text, Slot { span: *span, parts: None });
        }
        // What is too much stays in the last column.
        row[last].add(text, Slot::of_parts(text, over.iter().copied()));
    }
    rows
}
