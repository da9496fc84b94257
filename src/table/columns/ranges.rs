//! Which columns the headings stand over that have others below them, in tables by columns of spaces.
//!
//! In: the headings that have a column, and those that stand over several. Out: all of them with their columns. Where the
//! forms decide, they do: 收入 and 支出 begin at the labels of their sides, 预算数 and 决算数 at 合计, 本年支出 holds no
//! 结转. Elsewhere a heading stands in the middle of its columns.

use super::super::headings::{is_whole, shares_columns};
use super::super::words::heads_codes;
use super::levels::Set;
use super::stacks::Heading;
use super::{Column, Kind};

/// Gives the headings that stand over others their columns, the lowest first.
pub(super) fn give_ranges(leaves: Vec<Heading>, mut parents: Vec<Heading>, columns: &[Column]) -> Vec<Heading> {
    let mut headings = leaves;
    if pair_up(&headings, &mut parents, columns.len()) {
        let (paired, rest) = parents.into_iter().partition(|parent| parent.first < parent.last);
        headings.extend::<Vec<Heading>>(paired);
        parents = rest;
    }
    let mut sides: Vec<Heading> = Vec::new();
    if share_sides(&mut parents, columns) || share_halves(&headings, &mut parents, columns.len()) {
        (sides, parents) = parents.into_iter().partition(|parent| parent.first < parent.last);
    }
    parents.sort_by_key(|word| (std::cmp::Reverse(word.bottom), word.from));
    for at in 0..parents.len() {
        let mut word = parents[at].clone();
        (word.first, word.last) = range(&word, at, &parents, columns, &headings);
        // What stands over one heading alone is the beginning of its words.
        let below = headings.iter_mut().find(|heading| {
            (heading.first, heading.last) == (word.first, word.last)
                && word.first == word.last
                && heading.top > word.bottom
        });
        match below.filter(|below| !is_whole(&below.words) || !is_whole(&word.words)) {
            Some(below) => below.join(word),
            None => headings.push(word),
        }
    }
    headings.extend(sides);
    headings
}

/// Gives each heading above 预算数 and 决算数 its two columns, in order; whether the head is of that kind.
fn pair_up(leaves: &[Heading], parents: &mut [Heading], columns: usize) -> bool {
    let lowest = leaves.iter().map(|word| word.bottom).max().unwrap_or(0);
    let all_low = leaves.iter().all(|word| word.bottom == lowest && shares_columns(&word.words));
    let top = parents.iter().map(|word| word.top).min().unwrap_or(0);
    let alone = parents.iter().filter(|word| word.top == top).count() == 1;
    let over = |word: &Heading| word.words.starts_with("公务用车购置及运行") || alone && word.top == top;
    let mut pairs: Vec<&mut Heading> = parents.iter_mut().filter(|word| !over(word)).collect();
    if leaves.len() != columns || leaves.len() != 2 * pairs.len() || !all_low {
        return false;
    }
    pairs.sort_by_key(|word| word.centre());
    for (index, word) in pairs.into_iter().enumerate() {
        (word.first, word.last) = (2 * index, 2 * index + 1);
    }
    true
}

/// Gives 收入 and 支出 the columns from the labels of each to those of the next; whether the head is of that kind.
fn share_sides(parents: &mut [Heading], columns: &[Column]) -> bool {
    let sides = |words: &str| matches!(words, "收入" | "支出");
    let mut at: Vec<usize> = (0..parents.len()).filter(|at| sides(&parents[*at].words)).collect();
    at.sort_by_key(|at| parents[*at].centre());
    let labels: Vec<usize> = (0..columns.len()).filter(|at| columns[*at].kind == Kind::Text).collect();
    let ([left, right], [0, second]) = (at.as_slice(), labels.as_slice()) else { return false };
    if *second < 2 || *second + 1 >= columns.len() || parents[*left].words == parents[*right].words {
        return false;
    }
    (parents[*left].first, parents[*left].last) = (0, second - 1);
    (parents[*right].first, parents[*right].last) = (*second, columns.len() - 1);
    true
}

/// Gives 预算数 and 决算数 above the same headings the columns from one 合计 to the other; whether the head is of that
/// kind.
fn share_halves(leaves: &[Heading], parents: &mut [Heading], columns: usize) -> bool {
    let halves = |words: &str| words.ends_with("预算数") || words.ends_with("决算数");
    let mut at: Vec<usize> = (0..parents.len()).filter(|at| halves(&parents[*at].words)).collect();
    at.sort_by_key(|at| parents[*at].centre());
    let mut totals: Vec<usize> = leaves.iter().filter(|leaf| leaf.words == "合计").map(|leaf| leaf.first).collect();
    totals.sort_unstable();
    let ([left, right], [first, second]) = (at.as_slice(), totals.as_slice()) else { return false };
    // Both halves are equally long.
    if parents[*left].top != parents[*right].top || second - first < 2 || columns - second != second - first {
        return false;
    }
    (parents[*left].first, parents[*left].last) = (*first, second - 1);
    (parents[*right].first, parents[*right].last) = (*second, columns - 1);
    true
}

/// The columns of the heading `word`, which is `parents[at]`; those from `at` on are not placed yet.
fn range(word: &Heading, at: usize, parents: &[Heading], columns: &[Column], headings: &[Heading]) -> (usize, usize) {
    let middle = |at: usize| columns[at].middle();
    let centre = word.centre();
    let codes = columns.iter().position(|column| column.kind == Kind::Code);
    if let ("项目", Some(first)) = (word.words.as_str(), codes) {
        let names = columns[first..].iter().take_while(|column| column.kind != Kind::Number).count();
        return (first, first + names - 1);
    }
    let marks = columns.iter().filter(|column| column.kind == Kind::Code).count();
    if let (true, Some(first)) = (marks == 3 && heads_codes(&word.words), codes) {
        return (first, first + 2);
    }
    if let Some(found) = over_part(word, headings) {
        return found;
    }
    let off = |at: &usize| (middle(*at) - centre).abs();
    let Some(own) = (0..columns.len()).min_by_key(off) else { return (0, 0) };
    let beside: Vec<i32> = parents
        .iter()
        .filter(|other| other.top == word.top && other.bottom == word.bottom)
        .map(Heading::centre)
        .collect();
    let shared = beside.len() > 1
        && parents.iter().filter(|other| other.top == word.top).all(|other| shares_columns(&other.words));
    let alone = codes.is_none() && headings.iter().chain(&parents[at + 1..]).all(|other| other.top > word.bottom);
    let (left, right) = (columns[0].from, columns[columns.len() - 1].to);
    let alone = alone && !word.words.starts_with("公务用车购置及运行");
    if alone && 3 * (left + right - centre).abs() <= right - left {
        (0, columns.len() - 1)
    } else if shared {
        // Halfway to the neighbours on the same line.
        let left = beside.iter().filter(|other| **other < centre).max().map_or(i32::MIN, |left| left.midpoint(centre));
        let right =
            beside.iter().filter(|other| **other > centre).min().map_or(i32::MAX, |right| right.midpoint(centre));
        let edges = edges(columns, headings);
        let middle = |at: usize| i32::midpoint(edges[at], edges[at + 1]);
        let mine = (0..columns.len()).filter(|&at| left < middle(at) && middle(at) <= right);
        mine.fold((own, own), |(first, last), at| (first.min(at), last.max(at)))
    } else {
        around(word, at, parents, columns, headings)
    }
}

/// The columns of 小计 and 其中：… side by side, nearest below `word`.
fn over_part(word: &Heading, headings: &[Heading]) -> Option<(usize, usize)> {
    let lower = || headings.iter().filter(|heading| heading.top > word.bottom);
    let part = |total: &Heading| {
        let next = |part: &&Heading| part.words.starts_with("其中") && part.first == total.last + 1;
        Some((total.first, total.centre(), lower().find(next)?))
    };
    let pairs = lower().filter(|heading| heading.words == "小计").filter_map(part);
    let near = pairs.filter(|(_, left, part)| *left <= word.centre() + 16 && word.centre() <= part.centre() + 16);
    near.map(|(first, _, part)| (first, part.last)).next()
}

/// The columns of the headings below `word`, which is `parents[at]`: those around its middle.
fn around(word: &Heading, at: usize, parents: &[Heading], columns: &[Column], headings: &[Heading]) -> (usize, usize) {
    let edges = edges(columns, headings);
    let off = |at: &usize| (edges[*at] + edges[at + 1] - 2 * word.centre()).abs();
    let Some(own) = (0..columns.len()).min_by_key(off) else { return (0, 0) };
    if word.words.starts_with("公务用车购置及运行") {
        let named =
            |name: &str| headings.iter().filter(move |heading| heading.words.contains(name)).collect::<Vec<_>>();
        let (subtotals, running) = (named("小计"), named("运行"));
        let near = |heading: &&&Heading| (heading.centre() - word.centre()).abs();
        if let (Some(first), Some(last)) = (subtotals.iter().min_by_key(near), running.iter().min_by_key(near)) {
            return (first.first.min(last.last), last.last.max(first.first));
        }
    }
    let tops = tops(headings);
    let Some(at_own) = tops.iter().position(|heading| heading.first <= own && own <= heading.last) else {
        return (own, own);
    };
    let siblings = parents.iter().enumerate().filter(|(other, parent)| *other != at && parent.top == word.top);
    let siblings: Vec<i32> = siblings.map(|(_, parent)| parent.centre()).collect();
    let set = Set::of(headings);
    // What stands beside it is no part of it, nor what stands nearer to another on its line.
    let apart = |heading: &Heading| {
        let middle = i32::midpoint(edges[heading.first], edges[heading.last + 1]);
        heading.top <= word.bottom && word.top <= heading.bottom
            || is_foreign(&word.words, &heading.words)
            || siblings.iter().any(|sibling| (sibling - middle).abs() < (word.centre() - middle).abs())
            || set == Set::Centred && heading.height() + 1 < tops[at_own].height()
    };
    let left = tops[..at_own].iter().rposition(|heading| apart(heading)).map_or(0, |left| left + 1);
    let right = tops[at_own + 1..].iter().position(|heading| apart(heading)).map_or(tops.len(), |at| at_own + 1 + at);
    if set == Set::Centred && left < right && (left > 0 || right < tops.len()) {
        return (tops[left].first, tops[right - 1].last);
    }
    let mut ranges = Vec::new();
    for first in left.max(at_own.saturating_sub(12))..=at_own {
        for last in at_own..right.min(at_own + 13) {
            let (from, to) = (tops[first].first, tops[last].last);
            if from < to {
                ranges.push((i32::midpoint(edges[from], edges[to + 1]).abs_diff(word.centre()), from, to));
            }
        }
    }
    let Some(best) = ranges.iter().map(|range| range.0).min() else { return (own, own) };
    let good = ranges.iter().filter(|range| range.0 <= best + 1);
    good.max_by_key(|range| range.2 - range.1).map_or((own, own), |range| (range.1, range.2))
}

/// Whether the forms never have the heading `below` below `above`: 年末结转和结余 is no part of 本年支出.
fn is_foreign(above: &str, below: &str) -> bool {
    match above {
        "本年支出" => below.contains("结转") || below.contains("收入"),
        "本年收入" => below.contains("结转") || below.contains("支出"),
        _ => false,
    }
}

/// Twice the places where the columns begin, and where the last one ends: halfway between what they hold.
fn edges(columns: &[Column], headings: &[Heading]) -> Vec<i32> {
    let mut held: Vec<(i32, i32)> = columns.iter().map(|column| (column.from, column.to)).collect();
    for heading in headings.iter().filter(|heading| heading.first == heading.last) {
        if let Some((from, to)) = held.get_mut(heading.first) {
            (*from, *to) = ((*from).min(heading.from), (*to).max(heading.to));
        }
    }
    let first = held.first().map(|held| 2 * held.0);
    let last = held.last().map(|held| 2 * held.1);
    first.into_iter().chain(held.windows(2).map(|pair| pair[0].1 + pair[1].0)).chain(last).collect()
}

/// The headings that no other one stands over, from the left.
fn tops(headings: &[Heading]) -> Vec<&Heading> {
    let is_top = |heading: &&Heading| {
        let holds = |other: &Heading| {
            other.first <= heading.first
                && heading.last <= other.last
                && (other.first, other.last) != (heading.first, heading.last)
        };
        !headings.iter().any(holds)
    };
    let mut tops: Vec<&Heading> = headings.iter().filter(is_top).collect();
    tops.sort_by_key(|heading| heading.first);
    tops
}
