//! The head of a table whose rows are words on a line (PDF through Tika).
//!
//! In: the words of the head in the order of the text. Out: the columns and the placed headings.
//! The words come torn and out of order (`其他收入功能分类 / 科目编码 / 科目名称`), so headings are
//! recognized by the list of the forms' headings and put where the forms have them; words that are
//! in no form make a column each, in order.

use super::super::grid::{Placed, PlacedRow, Slot, header_paths};
use super::super::header::Role;
use super::super::words::{heads_codes, heads_labels, is_numbering};
use super::expenses::{by_phase, form, in_pair_order, in_pairs, is_phase};
use super::headings::{Heading, are_out_of_order, asset, headings, in_form_order};
use super::sides::{are_sides, side_by_side};
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
    /// What the form has over its columns, where nobody knows but the form itself is known.
    pub(super) form: Vec<String>,
}

impl Head {
    /// Whether no column holds labels: the “三公” expenditure.
    pub(super) fn is_all_data(&self) -> bool {
        !self.columns.is_empty() && self.columns.iter().all(|role| *role == Role::Data)
    }

    /// Whether 合计 stands in the head that is the label of a row.
    pub(in crate::table) fn has_total(&self) -> bool {
        self.total.is_some()
    }

    /// Leaves a first column of labels out that has no heading, for rows of mere amounts.
    pub(in crate::table) fn without_labels(mut self) -> Head {
        let bare = self.columns.first() == Some(&Role::Label)
            && self.rows.iter().flatten().all(|cell| cell.column > 0)
            && self.groups.len() < 2;
        if bare {
            self.columns.remove(0);
            for cell in self.rows.iter_mut().flatten() {
                cell.column -= 1;
            }
        }
        self
    }

    /// Makes all headings one cell that is no heading: nobody knows which column each stands over.
    pub(super) fn forget(&mut self, text: &str) {
        let mut all = Slot::default();
        for cell in self.rows.drain(..).flatten() {
            all.add(text, cell.slot);
        }
        self.rows.push(vec![Placed::new(0, self.columns.len().max(1), false, all)]);
    }

    /// For each column its headings from the top, without white space, joined with `>`.
    pub(in crate::table) fn names(&self, text: &str) -> Vec<String> {
        header_paths(text, &self.rows, self.columns.len())
    }
}

/// Reads the head in `spans`; `coded` tells whether the rows have classification codes.
pub(in crate::table) fn read(text: &str, spans: &[Span], coded: bool) -> Head {
    let found = headings(text, spans);
    let codes = found.iter().filter(|heading| is_code_heading(&heading.words)).count();
    if codes <= 1 && (coded || codes == 1) {
        return by_class(text, found);
    }
    if codes <= 1 && are_sides(&found) {
        return side_by_side(text, found);
    }
    let found = match in_pair_order(found) {
        Ok(ordered) => return in_pairs(ordered),
        Err(found) => found,
    };
    let count = |words: &str| found.iter().filter(|heading| heading.words == words).count();
    let is_unsure = are_out_of_order(text, &found);
    let mut head = if codes > 1 {
        let head = in_groups(text, found, codes);
        if is_unsure && are_alike(text, &head) {
            return head;
        }
        head
    } else if found.iter().filter(|heading| asset(&heading.words) > 0).count() > 3 {
        by_asset(found)
    } else if count("预算数") > 2 && count("预算数") == count("决算数") {
        in_pairs(found)
    } else if found.iter().filter(|heading| is_phase(&heading.words)).count() == 2 && count("合计") == 2 {
        let head = by_phase(found);
        if is_unsure { of_form(head) } else { head }
    } else {
        in_order(found, 1)
    };
    head.is_unsure = is_unsure;
    head
}

/// A head that is torn beyond repair, with the columns of the form.
fn of_form(head: Head) -> Head {
    let form = form();
    Head { columns: vec![Role::Data; form.len()], form, ..head }
}

fn is_code_heading(words: &str) -> bool {
    heads_codes(words) && words.len() > 3
}

pub(super) fn role(words: &str, column: usize) -> Role {
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

pub(super) fn cell(column: usize, columns: usize, rows: usize, slot: Slot) -> Placed {
    let mut cell = Placed::new(column, columns, true, slot);
    cell.row_span = rows;
    cell
}

/// Groups of code, name and amount, with 人员经费 and 公用经费 above.
fn in_groups(text: &str, mut found: Vec<Heading>, groups: usize) -> Head {
    let first = found.iter().position(|heading| is_code_heading(&heading.words)).unwrap_or(0);
    let uppers: Vec<Heading> = found.drain(..first).collect();
    let mut head = in_order(with_their_codes(found, groups), groups);
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

/// Puts the headings of codes before those of their groups: torn over lines, `科目 科目 / 科目名称 金额 科目名称 金额 / 编码 编码`,
/// they begin above all others.
fn with_their_codes(mut found: Vec<Heading>, groups: usize) -> Vec<Heading> {
    let leading = found.iter().take_while(|heading| is_code_heading(&heading.words)).count();
    let each = (found.len() - leading) / groups.max(1);
    if groups < 2 || leading != groups || leading + each * groups != found.len() {
        return found;
    }
    let mut rest = found.split_off(leading).into_iter();
    found
        .into_iter()
        .flat_map(|code| std::iter::once(code).chain(rest.by_ref().take(each)).collect::<Vec<_>>())
        .collect()
}

/// Whether the lowest headings of all groups say the same: then their order is known, however torn they are.
fn are_alike(text: &str, head: &Head) -> bool {
    let words = |column: usize| {
        let lowest = head.rows.last()?.iter().find(|cell| cell.column == column)?;
        Some(lowest.slot.text(text).split_whitespace().collect::<String>())
    };
    let each = head.columns.len() / head.groups.len().max(1);
    head.groups.iter().all(|first| (0..each).all(|at| words(first + at).is_some_and(|own| words(at) == Some(own))))
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

/// The heading that one below 小计 stands below, too: 人员经费 below 基本支出.
fn parent(words: &str) -> Option<&'static str> {
    let is_fund = ["一般公共预算", "政府性基金", "国有资本经营"].iter().any(|fund| words.starts_with(fund));
    match words {
        _ if words.ends_with("教育收费") => Some("事业收入"),
        _ if is_fund => Some("财政拨款收入"),
        "人员经费" | "公用经费" | "日常公用经费" => Some("基本支出"),
        _ => None,
    }
}

/// Takes 小计 and the headings behind it that stand below a heading of their own out of `found`.
fn take_nests(found: &mut Vec<Heading>) -> Vec<(&'static str, Vec<Heading>)> {
    let mut nests: Vec<(&'static str, Vec<Heading>)> = Vec::new();
    let mut at = 0;
    while at + 1 < found.len() {
        let over = parent(&found[at + 1].words).filter(|over| {
            begins_nest(&found[at].words)
                && found.iter().any(|heading| heading.words == *over)
                && nests.iter().all(|(known, _)| known != over)
        });
        let Some(over) = over else {
            at += 1;
            continue;
        };
        let own = found[at + 1..].iter().take_while(|heading| parent(&heading.words) == Some(over)).count();
        nests.push((over, found.drain(at..=at + own).collect()));
    }
    nests
}

/// A statement by function: codes, names, then the amounts.
fn by_class(text: &str, mut found: Vec<Heading>) -> Head {
    let mut nests = take_nests(&mut found);
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
    let depth = (top + 1 + usize::from(!marks.is_empty())).max(if nested || !nests.is_empty() { 2 } else { 1 });
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
    // What its heading was not found for stands beside the others.
    let is_found = |over: &str| amounts.iter().any(|heading| heading.words == over);
    let (own, lost): (Vec<_>, Vec<_>) = nests.into_iter().partition(|(over, _)| is_found(over));
    nests = own;
    amounts.extend(lost.into_iter().flat_map(|(_, children)| children));
    for heading in amounts {
        let column = head.columns.len();
        let own = nests.iter().position(|(over, _)| *over == heading.words);
        let children = if let Some(own) = own {
            nests.remove(own).1
        } else if each && holds_nest(&heading.words) {
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
