//! Headings of tables by columns of spaces: which columns each heading stands over.
//!
//! In: the lines of the head and the columns of the data. Out: the placed headings; columns that
//! have a heading and no data are added. A heading with others below it stands over several columns,
//! those around its middle; the others get columns of their own, all at once and in order.

use super::super::grid::PlacedRow;
use super::super::header::Role;
use super::super::headings::is_whole;
use super::super::words::{heads_codes, heads_labels, is_total, squeeze};
use super::align::{Place, align, align_all};
use super::levels::levels;
use super::ranges::give_ranges;
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
        // 小计 is one of something.
        if left.is_some_and(|left| left.words == "小计" && lower(&left)) && beside(right) && !is_headed(words, at) {
            return Stands::Over;
        }
        if beside(left) && beside(right) { Stands::Perhaps } else { Stands::Alone }
    }
}

/// Whether another heading than `at` stands right above 小计 on its left.
fn is_headed(words: &[Heading], at: usize) -> bool {
    let Some(left) = words[..at].iter().rev().find(|other| other.words == "小计") else { return false };
    words.iter().enumerate().any(|(other, word)| other != at && word.bottom < left.top && word.faces(left))
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
        "备注" | "项目" | "指标" => Some(Kind::Text),
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
    let found = found.unwrap_or_else(|| align_all(&places, columns));
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
