//! Cells by their place, and neighbours by their direction; and how much two labels share.

use super::Counter;
use super::gold::GoldCell;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

/// Text without white space.
pub(super) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Counts cells and relations of neighbours that are right.
pub(super) fn count(gold: &[GoldCell], said: &[GoldCell], n: &mut Counter) {
    let by_place: HashMap<u64, &str> = said.iter().map(|cell| (cell.start, cell.text.as_str())).collect();
    for cell in gold {
        n.add("cells", true);
        n.add("cells_right", by_place.get(&cell.start) == Some(&cell.text.as_str()));
    }
    let (due, found) = (relations(gold), relations(said));
    for _ in &due {
        n.add("relations", true);
    }
    for relation in &found {
        n.add("relations_said", true);
        n.add("relations_right", due.contains(relation));
    }
}

/// Pairs of cells of which the second stands right of (`true`) or below the first.
fn relations(cells: &[GoldCell]) -> HashSet<(u64, u64, bool)> {
    let mut grid: HashMap<(&str, u32, u32), u64> = HashMap::new();
    for cell in cells {
        for row in cell.row..cell.row.saturating_add(cell.row_span.clamp(1, MOST_SPAN)) {
            for column in cell.column..cell.column.saturating_add(cell.column_span.clamp(1, MOST_SPAN)) {
                grid.insert((&cell.table, row, column), cell.start);
            }
        }
    }
    let mut found = HashSet::new();
    for (&(table, row, column), &cell) in &grid {
        for (next, right) in
            [((table, row, column.saturating_add(1)), true), ((table, row.saturating_add(1), column), false)]
        {
            if let Some(&other) = grid.get(&next)
                && other != cell
            {
                found.insert((cell, other, right));
            }
        }
    }
    found
}

/// A cell that spans more is a slip of the annotation.
const MOST_SPAN: u32 = 10_000;

/// How the share of the shorter label's characters that stand in the longer compares with
/// `part`/`whole`; none if the shorter is empty, which is a share of nothing.
pub(super) fn overlap(left: &str, right: &str, (part, whole): (usize, usize)) -> Option<Ordering> {
    let (left, right) = (characters(left), characters(right));
    let size = |counts: &HashMap<char, usize>| counts.values().sum::<usize>();
    let small = size(&left).min(size(&right));
    let common: usize =
        left.iter().map(|(character, count)| (*count).min(right.get(character).copied().unwrap_or(0))).sum();
    (small > 0).then(|| (common * whole).cmp(&(small * part)))
}

fn characters(label: &str) -> HashMap<char, usize> {
    let mut counts = HashMap::new();
    for character in label.chars().filter(|c| !c.is_whitespace() && !"（）()“”\"':：、，×/".contains(*c)) {
        *counts.entry(character).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_share_characters_as_a_multiset() {
        assert_eq!(overlap("公务接待费", "国内公务接待（费）", (1, 1)), Some(Ordering::Equal));
        assert_eq!(overlap("收入收入", "收入支出", (1, 2)), Some(Ordering::Equal));
        assert_eq!(overlap("", "收入", (0, 1)), None);
        assert_eq!(overlap("甲乙丙", "丁", (1, 2)), Some(Ordering::Less));
    }
}
