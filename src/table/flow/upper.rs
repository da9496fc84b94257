//! The upper part of a form with a cell on each line: pairs of label and value, funds, tasks, goals.
//!
//! In: the cells above the row of tiers. Out: placed rows, and amounts that may stand in several columns. Known labels
//! tell pairs apart, even where a value is blank; two headings of amounts after each other begin a block of columns,
//! whose rows are a label and what follows it.

use super::super::grid::{Placed, PlacedRow, Slot};
use super::super::words::squeeze;
use super::cells::{Cell, joined, slot_of};
use super::fill::Joins;
use super::forms::{is_bracket, names_amount};
use super::funds;
use super::torn_forms::{Kind, Open};

/// The rows above the tiers, and how many columns they need.
#[derive(Default)]
pub(super) struct Upper {
    pub(super) rows: Vec<(PlacedRow, Vec<Open>)>,
    pub(super) width: usize,
}

/// The most headings a block has.
const MOST_HEADINGS: usize = 12;

/// Reads the cells above the tiers of a form of `width` columns, the first of which is that of the label beside the tiers
/// if it is `labelled`.
pub(super) fn read(text: &str, cells: &[Cell], (width, labelled): (usize, bool), kind: Kind) -> Upper {
    let cells = join_labels(&cut_headings(text, cells));
    let mut reader = Reader { text, cells: &cells, kind, lead: 1, upper: Upper { rows: Vec::new(), width } };
    let funds = (0..cells.len()).find_map(|at| reader.block_at(at)).map_or(0, |block| block.end - block.first);
    if !labelled && funds > 0 {
        // Nothing else needs the label's own column: it shares those before the amounts with what they are of.
        reader.lead = width.saturating_sub(funds).div_ceil(2).max(1);
    }
    let mut at = 0;
    let mut from = 0;
    while at < cells.len() {
        if let Some(block) = reader.block_at(at) {
            reader.pairs(from, block.label);
            at = reader.block(&block);
            from = at;
        } else if let Some(end) = reader.goals_at(at) {
            reader.pairs(from, at);
            reader.goals(at, end);
            from = cells.len();
            at = from;
        } else {
            at += 1;
        }
    }
    reader.pairs(from, cells.len());
    reader.upper
}

/// Labels that a form's upper part has, without what may follow in brackets.
const LABELS: [&str; 30] = [
    "项目名称",
    "项目（专项）名称",
    "专项（项目）名称",
    "专项名称",
    "部门名称",
    "单位名称",
    "主管部门",
    "中央主管部门",
    "市县业务部门",
    "实施单位",
    "项目单位",
    "预算单位",
    "项目实施单位",
    "项目负责人",
    "负责人及电话",
    "负责人",
    "联系人",
    "联系电话",
    "电话",
    "项目类型",
    "项目属性",
    "填报日期",
    "项目资金",
    "资金情况",
    "预算执行情况",
    "年度总体目标",
    "年度绩效目标",
    "年度预算申请",
    "年度主要任务",
    "项目起止时间",
];

fn bare(words: &str) -> &str {
    words.strip_suffix(['：', ':']).unwrap_or(words)
}

/// Whether `words` are a label of the upper part.
fn is_label(words: &str) -> bool {
    let bare = bare(words);
    LABELS.contains(&bare) || LABELS.iter().any(|label| bare.strip_prefix(label).is_some_and(is_bracket))
}

/// The cells with headings cut apart that a converter glued: 预算数（万元）执行数（万元）.
fn cut_headings(text: &str, cells: &[Cell]) -> Vec<Cell> {
    let mut cut: Vec<Cell> = Vec::with_capacity(cells.len());
    for cell in cells {
        let mut rest = cell.clone();
        while let Some(at) = rest.words.find('）').map(|at| at + '）'.len_utf8()) {
            let (before, after) = rest.words.split_at(at);
            let is_glued =
                names_amount(before) && (names_amount(after) || is_remark(after)) && rest.slot.is_plain(text);
            let place = rest.slot.text(text).find('）').filter(|_| is_glued).map(|place| place + '）'.len_utf8());
            let Some(place) = place else { break };
            let (left, right) = rest.slot.cut(text, place);
            let after = after.to_owned();
            cut.push(Cell { slot: left, words: before.to_owned(), joins: rest.joins });
            rest = Cell { slot: right, words: after, joins: Joins::Not };
        }
        cut.push(rest);
    }
    cut
}

/// Whether `words` head what is said beside amounts.
fn is_remark(words: &str) -> bool {
    matches!(words, "完成情况" | "备注" | "主要内容")
}

/// The cells with labels joined that their lines' ends tore: 项目（专 / 项）名称.
fn join_labels(cells: &[Cell]) -> Vec<Joined> {
    const MOST_PIECES: usize = 5;
    let mut joined_cells = Vec::with_capacity(cells.len());
    let mut at = 0;
    while at < cells.len() {
        let whole = |count: &usize| {
            let parts = cells.get(at..at + count);
            parts.is_some_and(|parts| {
                let words = joined(parts);
                let near = parts.iter().skip(1).all(|cell| cell.joins == Joins::Line);
                near && (is_label(&words)
                    || names_amount(&words) && *count > 1 && !parts.iter().any(|part| names_amount(&part.words)))
            })
        };
        // The longest wins: 项目资金 / （万元）.
        let count = (1..=MOST_PIECES).rev().find(whole).unwrap_or(1);
        let parts = &cells[at..at + count];
        joined_cells.push(Joined { parts: parts.to_vec(), words: joined(parts) });
        at += count;
    }
    joined_cells
}

/// A cell of one or several lines.
struct Joined {
    parts: Vec<Cell>,
    words: String,
}

impl Joined {
    fn is_blank(&self) -> bool {
        self.words.is_empty()
    }

    fn is_amount(&self) -> bool {
        self.parts.len() == 1 && self.parts[0].is_amount()
    }
}

/// A block of columns: where its label and its headings are.
struct Block {
    label: usize,
    /// The heading of the rows' labels: 任务名称.
    name: Option<usize>,
    first: usize,
    end: usize,
}

struct Reader<'r> {
    text: &'r str,
    cells: &'r [Joined],
    kind: Kind,
    /// How many columns the labels on the left take.
    lead: usize,
    upper: Upper,
}

impl Reader<'_> {
    /// Whether blank cells are among the cells.
    fn blanks(&self) -> bool {
        self.kind == Kind::Blanks
    }

    fn slot(&self, at: usize) -> Slot {
        slot_of(self.text, &self.cells[at].parts)
    }

    fn words(&self, at: usize) -> &str {
        self.cells.get(at).map_or("", |cell| cell.words.as_str())
    }

    /// The block whose label is at `at`: up to two cells before headings of amounts.
    fn block_at(&self, at: usize) -> Option<Block> {
        let shown: Vec<usize> = (at..self.cells.len()).filter(|at| !self.cells[*at].is_blank()).take(4).collect();
        let is_heads = |from: usize| {
            shown.get(from..from + 2).is_some_and(|pair| pair.iter().all(|at| names_amount(self.words(*at))))
        };
        let is_text = |at: usize| !names_amount(self.words(at)) && !self.cells[at].is_amount();
        let name = |words: &str| ["名称", "内容", "任务", "项目", "类别"].iter().any(|end| words.ends_with(end));
        let (label, named) = match shown.as_slice() {
            [label, ..] if is_heads(1) && is_text(*label) => (*label, None),
            [label, heading, ..]
                if is_heads(2) && is_text(*label) && is_text(*heading) && name(self.words(*heading)) =>
            {
                (*label, Some(*heading))
            }
            _ => return None,
        };
        let first = shown[if named.is_some() { 2 } else { 1 }];
        let mut end = first;
        while end < self.cells.len()
            && end - first < MOST_HEADINGS
            && (names_amount(self.words(end)) || is_remark(self.words(end)))
        {
            end += 1;
        }
        Some(Block { label, name: named, first, end })
    }

    /// Reads a block; gives back where the next begins.
    fn block(&mut self, block: &Block) -> usize {
        let headings: Vec<String> = (block.first..block.end).map(|at| self.words(at).to_owned()).collect();
        let count = headings.len();
        let lead = self.lead;
        let width = self.upper.width.max(count + 1 + lead);
        self.upper.width = width;
        let first = width - count;
        let mut row = vec![Placed::new(0, lead, true, self.slot(block.label))];
        row.extend(block.name.map(|at| Placed::new(lead, first - lead, true, self.slot(at))));
        row.extend(
            (block.first..block.end).zip(first..).map(|(at, column)| Placed::new(column, 1, true, self.slot(at))),
        );
        self.upper.rows.push((row, Vec::new()));
        let mut at = block.end;
        while at < self.cells.len() {
            if self.cells[at].is_blank() {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            while self.goes_on(end) {
                end += 1;
            }
            let values = self.values(end, &headings);
            let stops = is_label(self.words(at)) || self.goals_at(at).is_some() || self.block_at(at).is_some();
            if stops || self.cells[at].is_amount() || values == end && !self.blanks() {
                break;
            }
            self.row(at..end, values, &headings, first);
            at = values;
        }
        at
    }

    /// Whether the cell at `at` is the rest of a row's label: 其中：当年财 / 政拨款.
    fn goes_on(&self, at: usize) -> bool {
        const BEGINNINGS: [&str; 20] = [
            "其中",
            "其他",
            "其它",
            "年度",
            "上年",
            "本年",
            "当年",
            "财政",
            "中央",
            "省",
            "市",
            "区",
            "县",
            "地方",
            "自筹",
            "上级",
            "单位",
            "一般",
            "政府",
            "基本支出",
        ];
        let Some(cell) = self.cells.get(at).filter(|cell| !cell.is_blank() && !cell.is_amount()) else { return false };
        let above = self.words(at - 1);
        let begins = || {
            BEGINNINGS.iter().any(|start| cell.words.starts_with(start))
                || cell.words.ends_with("支出")
                || is_label(&cell.words)
                || cell.words.contains("目标")
        };
        let near = cell.parts[0].joins == Joins::Line;
        above.ends_with(['：', ':'])
            || near
                && (self.kind == Kind::Words && !cell.words.contains("目标") || self.kind == Kind::Lines && !begins())
    }

    /// One past the values of the row whose label ends before `from`.
    fn values(&self, from: usize, headings: &[String]) -> usize {
        if self.blanks() {
            return (from + headings.len()).min(self.cells.len());
        }
        let mut end = from;
        // Words stand below 完成情况 only.
        let words = headings.iter().filter(|heading| !names_amount(heading)).count();
        let mut taken = 0;
        while end < self.cells.len() && end - from < headings.len() {
            let is_amount = self.cells[end].is_amount();
            if !is_amount && (taken == words || end == from) {
                break;
            }
            taken += usize::from(!is_amount);
            end += 1;
        }
        end
    }

    /// A row of a block.
    fn row(&mut self, label: std::ops::Range<usize>, end: usize, headings: &[String], first: usize) {
        let parts: Vec<Cell> = label.clone().flat_map(|at| self.cells[at].parts.iter().cloned()).collect();
        let mut row = vec![Placed::new(self.lead, first - self.lead, true, slot_of(self.text, &parts))];
        let mut open: Vec<Open> = Vec::new();
        let values: Vec<usize> = (label.end..end).filter(|at| !self.cells[*at].is_blank()).collect();
        if self.blanks() || values.len() == headings.len() {
            for at in values {
                row.push(Placed::new(first + at - label.end, 1, false, self.slot(at)));
            }
        } else {
            let words: Vec<&str> = values.iter().map(|at| self.words(*at)).collect();
            let ways = funds::columns(&words, headings);
            for (order, at) in values.iter().enumerate() {
                let places = || ways.iter().map(|way| way[order]);
                let from = places().min().unwrap_or(0);
                let to = places().max().unwrap_or(headings.len() - 1);
                open.push((self.slot(*at), first + from, first + to));
            }
        }
        self.upper.rows.push((row, open));
    }

    /// Where the goals' headings end that begin with the label at `at`.
    fn goals_at(&self, at: usize) -> Option<usize> {
        let heads = |words: &str| {
            words.starts_with("预期目标") || words.contains("设定目标") || words == "年初目标" || words == "年度目标"
        };
        let next = (at + 1..self.cells.len()).find(|at| !self.cells[*at].is_blank())?;
        let last = (next + 1..self.cells.len()).find(|at| !self.cells[*at].is_blank())?;
        let actual = |words: &str| words.contains("完成情况") || words.contains("实际完成");
        (self.words(at).contains("目标") && heads(self.words(next)) && actual(self.words(last))).then_some(last + 1)
    }

    /// The goals, and what became of them beside.
    fn goals(&mut self, at: usize, end: usize) {
        let width = self.upper.width.max(3);
        self.upper.width = width;
        let half = width.div_ceil(2) + 1;
        let half = half.min(width - 1);
        let shown: Vec<usize> = (at + 1..self.cells.len()).filter(|at| !self.cells[*at].is_blank()).collect();
        let heads = (end - at).min(2);
        let mut row = vec![Placed::new(0, 1, true, self.slot(at))];
        row.push(Placed::new(1, half - 1, true, self.slot(shown[0])));
        row.push(Placed::new(half, width - half, true, self.slot(shown[1])));
        self.upper.rows.push((row, Vec::new()));
        let rest = &shown[heads..];
        if rest.is_empty() {
            return;
        }
        // What was reached begins like the goal, or says that it was.
        let start: String = self.words(rest[0]).chars().take(4).collect();
        let begins = |at: &&usize| {
            let words = self.words(**at);
            words.starts_with(&start)
                || words.trim_start_matches("已经").starts_with(['已'])
                || words.starts_with("全年")
        };
        let cut =
            if rest.len() == 2 { Some(1) } else { rest.iter().skip(1).position(|at| begins(&at)).map(|cut| cut + 1) };
        let of = |range: &[usize]| {
            let parts: Vec<Cell> = range.iter().flat_map(|at| self.cells[*at].parts.iter().cloned()).collect();
            slot_of(self.text, &parts)
        };
        let row = match cut {
            Some(cut) => vec![
                Placed::new(1, half - 1, false, of(&rest[..cut])),
                Placed::new(half, width - half, false, of(&rest[cut..])),
            ],
            None => vec![Placed::new(1, width - 1, false, of(rest))],
        };
        self.upper.rows.push((row, Vec::new()));
    }

    /// Pairs of label and value, two in a row but for names.
    fn pairs(&mut self, from: usize, to: usize) {
        let width = self.upper.width;
        let half = width / 2;
        let shown: Vec<usize> = (from..to).filter(|at| !self.cells[*at].is_blank()).collect();
        let mut at = 0;
        let mut left: Option<PlacedRow> = None;
        while at < shown.len() {
            let label = shown[at];
            let value = shown.get(at + 1).copied().filter(|value| !is_label(self.words(*value)));
            let wide = squeeze(self.words(label)).contains("名称") || width < 4;
            at += 1 + usize::from(value.is_some());
            let (start, end) = if wide {
                (0, width)
            } else if left.is_some() {
                (half, width)
            } else {
                (0, half)
            };
            let mut row = left.take().unwrap_or_default();
            if wide && !row.is_empty() {
                self.upper.rows.push((std::mem::take(&mut row), Vec::new()));
            }
            let lead = if start == 0 { self.lead.min(end - 1).max(1) } else { 1 };
            row.push(Placed::new(start, lead, true, self.slot(label)));
            let columns = end.saturating_sub(start + lead).max(1);
            row.extend(value.map(|value| Placed::new(start + lead, columns, false, self.slot(value))));
            if wide || start > 0 {
                self.upper.rows.push((row, Vec::new()));
            } else {
                left = Some(row);
            }
        }
        self.upper.rows.extend(left.map(|row| (row, Vec::new())));
    }
}
