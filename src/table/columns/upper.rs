//! The part of a form above 一级指标, by columns of spaces: pairs of labels and values, the funds, the goals.
//!
//! In: its lines and the places of the form's columns. Out: rows of slots, one for each column. The first column holds the
//! labels; what stands right of it is told group by group, the funds by their headings ([`super::funds`]).

use super::super::grid::Row;
use super::forms::{FormRow, Numbered, clusters, join, nearest, slots};
use super::labels::{labels, share_out};
use super::{Column, Kind, Word, funds};
use crate::source::Span;
use std::collections::BTreeMap;

/// The rows above the head: pairs of labels and values, the funds, the goals.
pub(super) fn rows(text: &str, lines: &[Numbered], places: &[Column], wide: i32) -> Vec<Row> {
    let Some(edge) = places.get(1).map(|second| second.from) else { return Vec::new() };
    let funds = funds::find(text, lines);
    let found = funds.and_then(|funds| Some((funds.rows(text, lines, wide, (edge, places.len()))?, funds.lines)));
    let Some((rows, block)) = found else { return upper_rows(text, lines, places) };
    let mut all = upper_rows(text, &lines[..block.start], places);
    all.extend(slots(text, rows, Vec::new(), places.len()));
    all.extend(upper_rows(text, &lines[block.end..], places));
    all
}

/// The rows above the head: the first column holds the labels, the others are told group by group.
fn upper_rows(text: &str, lines: &[Numbered], places: &[Column]) -> Vec<Row> {
    let Some(edge) = places.get(1).map(|second| second.from) else { return Vec::new() };
    let placed: Vec<FormRow> = lines
        .iter()
        .map(|line| FormRow {
            at: line.at,
            labelled: false,
            words: line.words.iter().map(|word| (usize::from(word.from >= edge), *word)).collect(),
        })
        .collect();
    let (mut rows, mut names) = (Vec::new(), Vec::new());
    for block in placed.chunk_by(|one, other| one.words.is_empty() == other.words.is_empty()) {
        names.extend(labels(text, block, 0));
        rows.extend(join(block, 1, &[]));
    }
    let firsts = share_out(&names, &rows);
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for row in 0..rows.len() {
        groups.entry(firsts.iter().filter(|first| **first <= row).count()).or_default().push(row);
    }
    for group in groups.values() {
        let own = clusters(group.iter().flat_map(|row| rows[*row].words.iter().map(|(_, word)| word)));
        let columns = upper_columns(&own, places);
        for row in group {
            for (column, word) in &mut rows[*row].words {
                let at = own.partition_point(|cluster| cluster.to <= word.from);
                *column = columns.get(at).copied().unwrap_or(1);
            }
        }
    }
    slots(text, rows, vec![names], places.len())
}

/// The columns of the form in which the clusters of a group of rows above the head begin.
fn upper_columns(own: &[Column], places: &[Column]) -> Vec<usize> {
    let mut columns: Vec<usize> = Vec::with_capacity(own.len());
    for (order, cluster) in own.iter().enumerate() {
        let next = columns.last().map_or(1, |last| last + 1);
        let word = Word { kind: Kind::Text, span: Span::default(), from: cluster.from, to: cluster.to };
        // What stands behind must find room.
        let most = (places.len() + order).saturating_sub(own.len()).max(next);
        columns.push(if order == 0 { 1 } else { nearest(places, &word).clamp(next, most) });
    }
    columns.iter().map(|column| (*column).min(places.len().saturating_sub(1))).collect()
}
