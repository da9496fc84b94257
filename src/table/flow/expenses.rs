//! Heads of the “三公” expenditure in the words of a head that a converter tore.
//!
//! In: headings. Out: the head: the expenses below 预算数 and 决算数, or these below each expense; 小计, 公务用车购置费 and
//! 公务用车运行费 stand below 公务用车购置及运行费.

use super::super::grid::PlacedRow;
use super::super::header::Role;
use super::headings::{Heading, headings};
use super::heads::{Head, cell};
use crate::source::Span;

/// Whether a heading stands over one half of the “三公” expenditure: 2031年度预算数, 决算数.
pub(super) fn is_phase(words: &str) -> bool {
    words.ends_with("预算数") || words.ends_with("决算数")
}

/// Whether a heading of the “三公” expenditure stands below 公务用车购置及运行费.
fn is_vehicle_part(words: &str) -> bool {
    words == "小计" || words.starts_with("公务用车") && !words.contains("购置及运行")
}

/// The “三公” expenditure twice, side by side: below 预算数 and below 决算数.
pub(super) fn by_phase(found: Vec<Heading>) -> Head {
    let (halves, below): (Vec<Heading>, Vec<Heading>) = found.into_iter().partition(|heading| is_phase(&heading.words));
    let (parts, tops): (Vec<Heading>, Vec<Heading>) =
        below.into_iter().partition(|heading| is_vehicle_part(&heading.words));
    let (each, half) = (parts.len() / 2, tops.len().div_ceil(2));
    // Torn headings come in any order, but every form has 预算数 on the left.
    let mut halves = halves;
    halves.sort_by_key(|heading| heading.slot.parts.is_some() && heading.words.ends_with("决算数"));
    let depth = if parts.is_empty() { 1 } else { 2 };
    let mut rows = vec![PlacedRow::new(); 1 + depth];
    let mut parts = parts.into_iter();
    let (mut column, mut start) = (0, 0);
    let mut halves = halves.into_iter();
    let count = tops.len();
    for (index, heading) in tops.into_iter().enumerate() {
        let children: Vec<Heading> =
            if heading.words.contains("购置及运行") { parts.by_ref().take(each).collect() } else { Vec::new() };
        let width = children.len().max(1);
        let height = if children.is_empty() { depth } else { 1 };
        rows[1].push(cell(column, width, height, heading.slot));
        for (order, child) in children.into_iter().enumerate() {
            rows[depth].push(cell(column + order, 1, 1, child.slot));
        }
        column += width;
        if index + 1 == half || index + 1 == count {
            rows[0].extend(halves.next().map(|heading| cell(start, column - start, 1, heading.slot)));
            start = column;
        }
    }
    for rest in parts {
        rows[depth].push(cell(column, 1, 1, rest.slot));
        column += 1;
    }
    Head { rows, columns: vec![Role::Data; column], groups: vec![0], ..Head::default() }
}

/// What the forms of the “三公” expenditure print, in their order.
const ORDER: [&str; 7] =
    ["合计", "因公出国", "公务用车购置及运行", "小计", "公务用车购置费", "公务用车运行", "公务接待费"];

/// The place of a heading in the form.
fn rank(words: &str) -> Option<usize> {
    ORDER.iter().position(|start| words.starts_with(start))
}

/// The headings over each column of the ministry's form, from the top.
pub(super) fn form() -> Vec<String> {
    const HALF: [&str; 6] = [
        "合计",
        "因公出国（境）费",
        "公务用车购置及运行费>小计",
        "公务用车购置及运行费>公务用车购置费",
        "公务用车购置及运行费>公务用车运行费",
        "公务接待费",
    ];
    ["预算数", "决算数"].iter().flat_map(|phase| HALF.map(|own| format!("{phase}>{own}"))).collect()
}

/// The head of the “三公” expenditure, whose words stand in order on each line but are torn over several: the headings
/// of each half in the order of the form.
pub(in crate::table) fn three_public(text: &str, spans: &[Span]) -> Option<Head> {
    let mut found = Vec::new();
    let mut seen = [0; ORDER.len()];
    for heading in headings(text, spans) {
        match rank(&heading.words) {
            Some(rank) => {
                found.push((seen[rank], rank, heading));
                seen[rank] += 1;
            }
            None if is_phase(&heading.words) => found.push((0, 0, heading)),
            None => return None,
        }
    }
    let phases = found.len() - seen.iter().sum::<usize>();
    found.sort_by_key(|(half, rank, _)| (*half, *rank));
    (phases == 2 && seen == [2; ORDER.len()])
        .then(|| by_phase(found.into_iter().map(|(_, _, heading)| heading).collect()))
}

fn is_half(heading: &Heading) -> bool {
    matches!(heading.words.as_str(), "预算数" | "决算数")
}

/// The headings of the “三公” expenditure in the order of its form, where each is printed once, over a pair of 预算数 and
/// 决算数; else as they were.
pub(super) fn in_pair_order(mut found: Vec<Heading>) -> Result<Vec<Heading>, Vec<Heading>> {
    let halves = found.iter().filter(|heading| is_half(heading)).count();
    let mut ranks: Vec<usize> = found.iter().filter_map(|heading| rank(&heading.words)).collect();
    ranks.sort_unstable();
    let once = ranks.windows(2).all(|pair| pair[0] < pair[1]);
    // Of the vehicles, only 小计 and the two kinds stand over amounts.
    let leaves = ranks.len() - usize::from(ranks.contains(&2) && ranks.contains(&3));
    let others = found.len() - halves - ranks.len();
    let is_title = |heading: &Heading| heading.words.contains("三公");
    if !once || leaves < 3 || halves != 2 * leaves || others != found.iter().filter(|&one| is_title(one)).count() {
        return Err(found);
    }
    found.sort_by_key(|heading| (is_half(heading), rank(&heading.words)));
    Ok(found)
}

/// 预算数 and 决算数 below each heading of the “三公” expenditure.
pub(super) fn in_pairs(found: Vec<Heading>) -> Head {
    let (halves, uppers): (Vec<Heading>, Vec<Heading>) = found.into_iter().partition(is_half);
    let (children, tops): (Vec<Heading>, Vec<Heading>) =
        uppers.into_iter().partition(|heading| is_vehicle_part(&heading.words));
    let width = halves.len();
    let mut rows = vec![PlacedRow::new(), PlacedRow::new(), PlacedRow::new(), PlacedRow::new()];
    let mut column = 0;
    let mut children = Some(children);
    for heading in tops {
        if heading.words.contains("三公") {
            rows[0].push(cell(0, width, 1, heading.slot));
        } else if heading.words.starts_with("公务用车购置及运行") {
            let children = children.take().unwrap_or_default();
            rows[1].push(cell(column, 2 * children.len(), 1, heading.slot));
            for child in children {
                rows[2].push(cell(column, 2, 1, child.slot));
                column += 2;
            }
        } else {
            rows[1].push(cell(column, 2, 2, heading.slot));
            column += 2;
        }
    }
    let columns = vec![Role::Data; width];
    rows[3] = halves.into_iter().enumerate().map(|(index, heading)| cell(index, 1, 1, heading.slot)).collect();
    if rows[0].is_empty() {
        rows.remove(0);
    }
    Head { rows, columns, groups: vec![0], ..Head::default() }
}
