//! Headings of tables by columns of spaces: which columns each heading stands over.
//!
//! In: the lines of the head and the columns of the data. Out: the placed headings; columns that
//! have a heading and no data are added. A heading with others below it stands over several columns,
//! those around its middle; the others get columns of their own, all at once and in order.

use super::super::grid::PlacedRow;
use super::super::header::Role;
use super::super::headings::{is_whole, shares_columns};
use super::super::words::{heads_codes, heads_labels, is_total, squeeze};
use super::align::{Place, align};
use super::levels::{Set, levels};
use super::stacks::{Heading, stack};
use super::{Column, Kind, Line};

/// What it costs that a heading stands over no column: most if a new one must be made for it.
const NEW_COLUMN: i32 = 30;
const TIED: i32 = 12;
const PARENT: i32 = 6;

/// Places the headings in `head`; `columns` gets the columns that only a heading tells.
pub(super) fn arrange(text: &str, head: &[Line], wide: i32, columns: &mut Vec<Column>) -> Vec<PlacedRow> {
    let mut words = stack(text, head, wide, columns);
    words.sort_by_key(|word| (word.centre(), word.top));
    let coded = columns.iter().any(|column| column.kind == Kind::Code);
    let stands: Vec<Stands> = (0..words.len()).map(|at| Stands::of(&words, at, coded)).collect();
    let (leaves, parents) = give_columns(words, &stands, columns);
    let headings = give_ranges(leaves, parents, columns);
    levels(text, headings)
}

/// How a heading stands to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    /// Over a column.
    Alone,
    /// Perhaps over others.
    Perhaps,
    /// Over others.
    Over,
}

impl Stands {
    /// How the heading `at` stands; `words` are in order of their middles.
    fn of(words: &[Heading], at: usize, coded: bool) -> Stands {
        let word = &words[at];
        let lower = |other: &&Heading| other.top > word.bottom;
        if !words.iter().any(|other| lower(&other)) || is_lowest(&word.words) {
            return Stands::Alone;
        }
        let marks = || is_marked(words);
        let over = match word.words.as_str() {
            "收入" | "支出" | "人员经费" | "公用经费" => true,
            "项目" => coded,
            words if heads_codes(words) => marks(),
            _ => false,
        };
        if over || words.iter().filter(lower).any(|other| other.faces(word)) {
            return Stands::Over;
        }
        // What stands above it tells nothing.
        let shown = |other: &&Heading| other.bottom >= word.top;
        let left = words[..at].iter().rev().find(shown);
        let right = words[at + 1..].iter().find(shown);
        let beside = |other: Option<&Heading>| other.is_some_and(|other| lower(&other));
        if beside(left) && beside(right) { Stands::Perhaps } else { Stands::Alone }
    }
}

/// Whether 类, 款 and 项 are headings of their own.
fn is_marked(words: &[Heading]) -> bool {
    ["类", "款", "项"].iter().all(|mark| words.iter().any(|word| word.words == *mark))
}

/// Whether no other heading stands below these words.
fn is_lowest(words: &str) -> bool {
    matches!(words, "行次" | "栏次" | "序号" | "科目名称" | "名称" | "类" | "款" | "项" | "备注")
}

/// What a column with this heading holds.
fn kind(words: &str, marked: bool) -> Option<Kind> {
    match words {
        "行次" | "序号" | "金额" | "小计" => Some(Kind::Number),
        "备注" => Some(Kind::Text),
        "类" | "款" | "项" => marked.then_some(Kind::Code),
        _ if heads_codes(words) => Some(Kind::Code),
        _ if words.starts_with("项目（") || words.ends_with("名称") => Some(Kind::Text),
        _ if words.ends_with("决算数") || words.ends_with("预算数") => Some(Kind::Number),
        _ => None,
    }
}

/// The columns of the headings, where there are as many as certainly stand over one: a line of wide words
/// may be longer than the rows below it.
fn one_each(leaves: &[(Heading, bool)], places: &[Place], columns: &[Column]) -> Option<Vec<Option<usize>>> {
    let certain = |(word, perhaps): &(Heading, bool)| !perhaps && !is_tied(word);
    if leaves.iter().filter(|leaf| certain(leaf)).count() != columns.len() {
        return None;
    }
    let mut next = 0;
    let mut found = Vec::with_capacity(leaves.len());
    for (leaf, place) in leaves.iter().zip(places) {
        found.push(certain(leaf).then_some(next));
        if certain(leaf) {
            place.kind.is_none_or(|kind| kind == columns[next].kind).then_some(())?;
            next += 1;
        }
    }
    Some(found)
}

/// The columns of the headings, where as many stand over amounts as there are columns of these: a page of one row shows
/// its labels nowhere, and its amounts aside.
fn amounts_each(leaves: &[(Heading, bool)], places: &[Place], columns: &[Column]) -> Option<Vec<Option<usize>>> {
    let is_label = |kind: Option<Kind>| matches!(kind, Some(Kind::Code | Kind::Text));
    let of = |label: bool| -> (Vec<usize>, Vec<usize>) {
        let own = (0..places.len()).filter(|at| is_label(places[*at].kind) == label).collect();
        (own, (0..columns.len()).filter(|at| is_label(Some(columns[*at].kind)) == label).collect())
    };
    let ((labels, named), (amounts, data)) = (of(true), of(false));
    if amounts.len() != data.len() || leaves.iter().any(|(word, perhaps)| *perhaps || is_tied(word)) {
        return None;
    }
    let mut found = vec![None; places.len()];
    amounts.iter().zip(&data).for_each(|(place, column)| found[*place] = Some(*column));
    let (own, over): (Vec<Place>, Vec<Column>) =
        (labels.iter().map(|at| places[*at]).collect(), named.iter().map(|at| columns[*at]).collect());
    for (place, column) in labels.iter().zip(align(&own, &over)) {
        found[*place] = column.map(|column| named[column]);
    }
    // Labels keep their side of the amounts.
    found.iter().flatten().is_sorted().then_some(found)
}

/// Whether the heading may be the end of the one on its left.
fn is_tied(word: &Heading) -> bool {
    word.tied && !is_whole(&word.words)
}

/// Gives the headings that stand over no others their columns; those that stand over others are left.
fn give_columns(words: Vec<Heading>, stands: &[Stands], columns: &mut Vec<Column>) -> (Vec<Heading>, Vec<Heading>) {
    let marked = is_marked(&words);
    let (mut leaves, mut parents): (Vec<(Heading, bool)>, Vec<Heading>) = (Vec::new(), Vec::new());
    for (word, stands) in words.into_iter().zip(stands) {
        match stands {
            Stands::Over => parents.push(word),
            _ => leaves.push((word, *stands == Stands::Perhaps)),
        }
    }
    let places: Vec<Place> = leaves
        .iter()
        .map(|(word, perhaps)| {
            let alone = match (perhaps, is_tied(word)) {
                (true, _) => PARENT,
                (_, true) => TIED,
                _ => NEW_COLUMN,
            };
            Place { from: word.from, to: word.to, kind: kind(&word.words, marked), alone }
        })
        .collect();
    let found = one_each(&leaves, &places, columns).or_else(|| amounts_each(&leaves, &places, columns));
    let found = found.unwrap_or_else(|| align(&places, columns));
    let mut placed: Vec<(Heading, Column)> = Vec::new();
    for ((word, perhaps), found) in leaves.into_iter().zip(found) {
        if let Some(at) = found {
            placed.push((word, columns[at]));
        } else if perhaps {
            parents.push(word);
        } else if let Some((last, _)) = placed.last_mut().filter(|(last, _)| is_tied(&word) && last.bottom >= word.top)
        {
            last.join(word);
        } else {
            let kind = kind(&word.words, marked).unwrap_or(Kind::Number);
            placed.push((word.clone(), Column { kind, from: word.from, to: word.to }));
        }
    }
    let known = columns.len();
    columns.extend(
        placed
            .iter()
            .map(|(_, column)| *column)
            .filter(|column| !columns[..known].contains(column))
            .collect::<Vec<_>>(),
    );
    if columns.is_empty() {
        columns.extend(parents.first().map(|word| Column { kind: Kind::Text, from: word.from, to: word.to }));
    }
    columns.sort_by_key(|column| (column.middle(), column.kind));
    let own = |column: &Column| columns.iter().position(|other| other == column).unwrap_or(0);
    let leaves = placed
        .into_iter()
        .map(|(mut word, column)| {
            (word.first, word.last) = (own(&column), own(&column));
            word
        })
        .collect();
    (leaves, parents)
}

/// Gives the headings that stand over others their columns, the lowest first.
fn give_ranges(leaves: Vec<Heading>, mut parents: Vec<Heading>, columns: &[Column]) -> Vec<Heading> {
    let mut headings = leaves;
    if pair_up(&headings, &mut parents, columns.len()) {
        let (paired, rest) = parents.into_iter().partition(|parent| parent.first < parent.last);
        headings.extend::<Vec<Heading>>(paired);
        parents = rest;
    }
    if share_sides(&mut parents, columns) {
        let (sides, rest) = parents.into_iter().partition(|parent| parent.first < parent.last);
        headings.extend::<Vec<Heading>>(sides);
        parents = rest;
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

/// What each column holds, after its data and its heading.
pub(super) fn roles(heads: &[PlacedRow], columns: &[Column], text: &str) -> Vec<Role> {
    let leaf = |at: usize| {
        let over = heads.iter().rev().filter_map(|row| row.iter().find(|cell| cell.column <= at && at < cell.end()));
        over.map(|cell| squeeze(&cell.slot.text(text))).next().unwrap_or_default()
    };
    let role = |(at, column): (usize, &Column)| match column.kind {
        Kind::Code => Role::Code,
        Kind::Text => Role::Label,
        Kind::Number if matches!(leaf(at).as_str(), "行次" | "序号") => Role::Ordinal,
        Kind::Number if heads_codes(&leaf(at)) => Role::Code,
        Kind::Number if heads_labels(&leaf(at)) && !is_total(&leaf(at)) => Role::Label,
        Kind::Number => Role::Data,
    };
    columns.iter().enumerate().map(role).collect()
}
