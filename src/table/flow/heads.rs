//! The head of a table whose rows are words on a line (PDF through Tika).
//!
//! In: the words of the head in the order of the text. Out: the columns and the placed headings.
//! The words come torn and out of order (`其他收入功能分类 / 科目编码 / 科目名称`), so headings are
//! recognized by the list of the forms' headings and put where the forms have them; words that are
//! in no form make a column each, in order.

use super::super::grid::{Placed, PlacedRow, Slot};
use super::super::header::Role;
use super::super::words::{heads_codes, heads_labels, is_numbering, squeeze};
use super::headings::{Heading, are_out_of_order, asset, headings, in_form_order};
use crate::source::Span;

/// The columns side by side: one group for a statement of expenditure, two for income and expenditure.
#[derive(Debug, Default)]
pub(in crate::table) struct Head {
    /// The placed headings.
    pub(in crate::table) rows: Vec<PlacedRow>,
    /// What each column holds.
    pub(in crate::table) columns: Vec<Role>,
    /// The first column of each group.
    pub(super) groups: Vec<usize>,
    /// 合计 that is the label of a row and not a heading.
    pub(super) total: Option<Slot>,
    /// Whether nobody knows which heading stands over which column.
    pub(super) is_unsure: bool,
}

impl Head {
    /// Whether no column holds labels: the “三公” expenditure.
    pub(super) fn is_all_data(&self) -> bool {
        !self.columns.is_empty() && self.columns.iter().all(|role| *role == Role::Data)
    }

    /// For each column its headings from the top, without white space, joined with `>`.
    pub(in crate::table) fn names(&self, text: &str) -> Vec<String> {
        let mut names = vec![String::new(); self.columns.len()];
        for cell in self.rows.iter().flatten() {
            let words = squeeze(&cell.slot.text(text));
            for name in names.iter_mut().take(cell.end()).skip(cell.column) {
                if !name.is_empty() {
                    name.push('>');
                }
                name.push_str(&words);
            }
        }
        names
    }
}

/// Reads the head in `spans`; `coded` tells whether the rows have classification codes.
pub(super) fn read(text: &str, spans: &[Span], coded: bool) -> Head {
    let found = headings(text, spans);
    let count = |words: &str| found.iter().filter(|heading| heading.words == words).count();
    let codes = found.iter().filter(|heading| is_code_heading(&heading.words)).count();
    let is_unsure = are_out_of_order(text, &found);
    let mut head = if codes > 1 {
        in_groups(text, found, codes)
    } else if coded || codes == 1 {
        return by_class(text, found);
    } else if are_sides(&found) {
        return side_by_side(text, found);
    } else if found.iter().filter(|heading| asset(&heading.words) > 0).count() > 3 {
        by_asset(found)
    } else if count("预算数") > 2 && count("预算数") == count("决算数") {
        in_pairs(found)
    } else if found.iter().filter(|heading| is_phase(&heading.words)).count() == 2 && count("合计") == 2 {
        by_phase(found)
    } else {
        in_order(found, 1)
    };
    head.is_unsure = is_unsure;
    head
}

fn is_code_heading(words: &str) -> bool {
    heads_codes(words) && words.len() > 3
}

fn role(words: &str, column: usize) -> Role {
    if is_numbering(words) {
        Role::Ordinal
    } else if is_code_heading(words) {
        Role::Code
    } else if column == 0 || heads_labels(words) {
        Role::Label
    } else {
        Role::Data
    }
}

fn cell(column: usize, columns: usize, rows: usize, slot: Slot) -> Placed {
    let mut cell = Placed::new(column, columns, true, slot);
    cell.row_span = rows;
    cell
}

/// Groups of code, name and amount, with 人员经费 and 公用经费 above.
fn in_groups(text: &str, mut found: Vec<Heading>, groups: usize) -> Head {
    let first = found.iter().position(|heading| is_code_heading(&heading.words)).unwrap_or(0);
    let uppers: Vec<Heading> = found.drain(..first).collect();
    let mut head = in_order(found, groups);
    let count = uppers.len();
    let mut upper = PlacedRow::new();
    for (index, heading) in uppers.into_iter().enumerate() {
        match (head.groups.get(index), upper.last_mut()) {
            (Some(from), _) => {
                let next = head.groups.get(index + 1).filter(|_| index + 1 < count);
                upper.push(cell(*from, next.copied().unwrap_or(head.columns.len()) - from, 1, heading.slot));
            }
            (None, Some(last)) => last.slot.add(text, heading.slot),
            (None, None) => {}
        }
    }
    if !upper.is_empty() {
        head.rows.insert(0, upper);
    }
    head
}

/// Headings that are the columns, in order; `groups` times the same.
fn in_order(found: Vec<Heading>, groups: usize) -> Head {
    let width = found.len() / groups.max(1);
    let columns: Vec<Role> = found.iter().enumerate().map(|(index, heading)| role(&heading.words, index)).collect();
    let row = found.into_iter().enumerate().map(|(index, heading)| cell(index, 1, 1, heading.slot)).collect();
    Head { rows: vec![row], groups: (0..groups).map(|group| group * width).collect(), columns, ..Head::default() }
}

/// Whether a heading stands below 本年支出 and its like.
fn is_nested(words: &str) -> bool {
    begins_nest(words) || words.starts_with("基本支出") || words.starts_with("项目支出")
}

/// Whether a heading is the first below another.
fn begins_nest(words: &str) -> bool {
    matches!(words, "合计" | "小计")
}

/// Whether a heading may stand over 合计, 基本支出 and 项目支出.
fn holds_nest(words: &str) -> bool {
    let is_balance = (words.starts_with("年初") || words.starts_with("年末")) && words.contains("结转");
    matches!(words, "本年收入" | "本年支出") || is_balance
}

/// A statement by function: codes, names, then the amounts.
fn by_class(text: &str, mut found: Vec<Heading>) -> Head {
    let has = |words: &str| found.iter().any(|heading| heading.words == words);
    let nested = has("本年支出") && has("基本支出") && has("项目支出");
    // 合计 behind all headings is the label of a row without amounts.
    let is_row = !nested
        && found.last().is_some_and(|heading| heading.words == "合计")
        && found[..found.len() - 1].iter().any(|heading| heading.words.ends_with("合计"));
    let row = found.pop_if(|_| is_row);
    let (mut code, mut name, mut upper) = (None, None, None);
    let (mut marks, mut below, mut amounts) = (Vec::new(), Vec::new(), Vec::new());
    for heading in found {
        match heading.words.as_str() {
            "项目" if upper.is_none() => upper = Some(heading),
            words if is_code_heading(words) && code.is_none() => code = Some(heading),
            words if words.ends_with("科目名称") && name.is_none() => name = Some(heading),
            "类" | "款" | "项" if marks.len() < 3 => marks.push(heading),
            words if nested && is_nested(words) => below.push(heading),
            _ => amounts.push(heading),
        }
    }
    let is_unsure = are_out_of_order(text, &amounts) && !in_form_order(&mut amounts);
    let mut head = Head { groups: vec![0], is_unsure, ..Head::default() };
    let count = below.iter().filter(|heading| begins_nest(&heading.words)).count();
    let parents = amounts.iter().filter(|heading| holds_nest(&heading.words)).count();
    // Each of 年初结转和结余, 本年收入, 本年支出, 年末结转和结余 may have its own 合计, 基本支出, 项目支出.
    let each = parents > 1 && (count == parents || count == parents + 1);
    if each && count == parents + 1 || !each && below.len() > 3 {
        let at = if below.last().is_some_and(|last| last.words == "合计") { below.len() - 1 } else { 0 };
        head.total = Some(below.remove(at).slot);
    }
    head.total = row.map(|heading| heading.slot).or(head.total);
    // 类, 款 and 项 have a row and a column each, below the heading of the codes.
    let codes = marks.len().max(1);
    let top = usize::from(upper.is_some());
    let depth = (top + 1 + usize::from(!marks.is_empty())).max(if nested { 2 } else { 1 });
    head.rows = vec![PlacedRow::new(); depth];
    head.columns = vec![Role::Code; codes];
    head.columns.push(Role::Label);
    head.rows[0].extend(upper.map(|heading| cell(0, codes + 1, 1, heading.slot)));
    let under = if marks.is_empty() { depth - top } else { 1 };
    head.rows[top].extend(code.map(|heading| cell(0, codes, under, heading.slot)));
    head.rows[top].extend(name.map(|heading| cell(codes, 1, depth - top, heading.slot)));
    for (column, heading) in marks.into_iter().enumerate() {
        head.rows[depth - 1].push(cell(column, 1, 1, heading.slot));
    }
    for heading in amounts {
        let column = head.columns.len();
        let children = if each && holds_nest(&heading.words) {
            let end = below.iter().skip(1).position(|child| begins_nest(&child.words)).map_or(below.len(), |at| at + 1);
            below.drain(..end).collect()
        } else if nested && !each && heading.words == "本年支出" {
            std::mem::take(&mut below)
        } else {
            Vec::new()
        };
        if children.is_empty() {
            head.rows[0].push(cell(column, 1, depth, heading.slot));
            head.columns.push(Role::Data);
            continue;
        }
        head.rows[0].push(cell(column, children.len(), 1, heading.slot));
        for (index, child) in children.into_iter().enumerate() {
            head.rows[1].push(cell(column + index, 1, depth - 1, child.slot));
            head.columns.push(Role::Data);
        }
    }
    head
}

/// Income on the left, expenditure on the right: 项目 begins each.
fn side_by_side(text: &str, found: Vec<Heading>) -> Head {
    let mut head = Head::default();
    let mut uppers = Vec::new();
    let mut row = PlacedRow::new();
    let mut split = None;
    for heading in found {
        let column = head.columns.len();
        if column == 0 && heading.words != "项目" {
            uppers.push(heading);
            continue;
        }
        if begins_group(&heading.words) {
            head.groups.push(column);
        }
        if heading.words == "合计" && row.last().is_some_and(|cell| squeeze(&cell.slot.text(text)) == "决算数") {
            // 决算数 stands over 合计 and the funds that follow.
            split = row.pop();
            head.columns.pop();
        }
        let column = head.columns.len();
        let first = head.groups.last() == Some(&column);
        head.columns.push(if first { Role::Label } else { role(&heading.words, column) });
        row.push(cell(column, 1, 1, heading.slot));
    }
    let ends: Vec<usize> = head.groups.iter().copied().skip(1).chain([head.columns.len()]).collect();
    let mut upper = PlacedRow::new();
    for (index, heading) in uppers.into_iter().enumerate() {
        match (head.groups.get(index).zip(ends.get(index)), upper.last_mut()) {
            (Some((from, to)), _) => upper.push(cell(*from, to - from, 1, heading.slot)),
            (None, Some(last)) => last.slot.add(text, heading.slot),
            (None, None) => {}
        }
    }
    head.rows = vec![upper, row];
    if let Some(mut over) = split {
        let lower: PlacedRow = head.rows[1].extract_if(.., |cell| cell.column >= over.column).collect();
        over.column_span = head.columns.len() - over.column;
        for cell in &mut head.rows[1] {
            cell.row_span = 2;
        }
        head.rows[1].push(over);
        head.rows.push(lower);
    }
    head
}

/// Whether the headings are those of several sides, each of which begins with 项目 and has amounts.
fn are_sides(found: &[Heading]) -> bool {
    let begins: Vec<usize> = (0..found.len()).filter(|at| begins_group(&found[*at].words)).collect();
    let apart = begins.windows(2).all(|pair| pair[1] - pair[0] > 1);
    begins.len() > 1 && apart && begins.last().is_some_and(|last| last + 1 < found.len())
}

/// Whether a heading begins a side of a statement.
fn begins_group(words: &str) -> bool {
    words == "项目" || words.starts_with("项目（") || words.starts_with("项目(")
}

/// 国有资产占用情况表: 车辆数 over the kinds of vehicles, other assets beside it, a column of labels before.
fn by_asset(found: Vec<Heading>) -> Head {
    let is_over = |words: &str| words.starts_with("车辆");
    let is_vehicle = |words: &str| words.ends_with("用车") || words == "合计" || words == "小计";
    let kinds = found.iter().filter(|heading| is_vehicle(&heading.words)).count();
    let mut rows = vec![PlacedRow::new(), PlacedRow::new()];
    let (mut column, mut beside) = (1, 1 + kinds);
    for heading in found {
        if is_over(&heading.words) {
            rows[0].push(cell(1, kinds.max(1), 1, heading.slot));
        } else if is_vehicle(&heading.words) {
            rows[1].push(cell(column, 1, 1, heading.slot));
            column += 1;
        } else {
            rows[0].push(cell(beside, 1, 2, heading.slot));
            beside += 1;
        }
    }
    let mut columns = vec![Role::Data; beside];
    columns[0] = Role::Label;
    Head { rows, columns, groups: vec![0], ..Head::default() }
}

/// Whether a heading stands over one half of the “三公” expenditure: 2031年度预算数, 决算数.
fn is_phase(words: &str) -> bool {
    words.ends_with("预算数") || words.ends_with("决算数")
}

/// Whether a heading of the “三公” expenditure stands below 公务用车购置及运行费.
fn is_vehicle_part(words: &str) -> bool {
    words == "小计" || words.starts_with("公务用车") && !words.contains("购置及运行")
}

/// The “三公” expenditure twice, side by side: below 预算数 and below 决算数.
fn by_phase(found: Vec<Heading>) -> Head {
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

/// The head of the “三公” expenditure, whose words stand in order on each line but are torn over several: the headings
/// of each half in the order of the form.
pub(in crate::table) fn three_public(text: &str, spans: &[Span]) -> Option<Head> {
    const ORDER: [&str; 7] =
        ["合计", "因公出国", "公务用车购置及运行", "小计", "公务用车购置费", "公务用车运行", "公务接待费"];
    let mut found = Vec::new();
    let mut seen = [0; ORDER.len()];
    for heading in headings(text, spans) {
        let rank = ORDER.iter().position(|start| heading.words.starts_with(start));
        match rank {
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

/// 预算数 and 决算数 below each heading of the “三公” expenditure.
fn in_pairs(found: Vec<Heading>) -> Head {
    let is_half = |heading: &Heading| matches!(heading.words.as_str(), "预算数" | "决算数");
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
