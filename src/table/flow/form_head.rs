//! The row of a form that names its tiers, and what its columns hold.
//!
//! In: the cells of the form. Out: [`Head`], and the blank cells that the lines between cells stand for.

use super::super::words::is_dash;
use super::cells::{Cell, joined};
use super::costs::{Want, names_tier};
use super::fill::{Joins, MOST_COLUMNS};
use super::forms::is_heading;
use super::indicators::is_tier;
use super::torn_forms::is_end;

/// The row that names the tiers.
pub(super) struct Head {
    /// Where the label before the tiers begins, where 一级指标 stands and where the rows below begin.
    pub(super) start: usize,
    pub(super) top: usize,
    pub(super) end: usize,
    /// The headings: from the first to before the last cell of each.
    pub(super) headings: Vec<std::ops::Range<usize>>,
    pub(super) wants: Vec<Want>,
    /// The column of 一级指标: behind that of the label, if there is one.
    pub(super) first: usize,
}

impl Head {
    pub(super) fn find(cells: &[Cell]) -> Option<Self> {
        let shown = |at: usize| cells.get(at).map_or("", |cell| cell.words.as_str());
        let top = (0..cells.len()).find(|at| {
            let joined = || format!("{}{}", shown(*at), shown(at + 1));
            shown(*at) == "一级指标" || shown(*at).starts_with("一级") && joined() == "一级指标"
        })?;
        let (headings, end) = read_headings(cells, top);
        let words: Vec<String> = headings.iter().map(|heading| joined(&cells[heading.clone()])).collect();
        if words.len() < 3
            || words.len() > MOST_COLUMNS
            || !words.iter().skip(1).take(2).any(|words| words.starts_with("二级"))
        {
            return None;
        }
        let wants = wants(&words);
        let start = label_start(cells, top);
        Some(Head { start, top, end, headings, wants, first: usize::from(start < top) })
    }
}

impl Head {
    /// Whether each line of the row is one heading.
    pub(super) fn is_cell_a_line(&self, text: &str, cells: &[Cell]) -> bool {
        let words =
            |cell: &Cell| cell.slot.text(text).split_whitespace().filter(|word| word.chars().count() > 1).count();
        cells[self.top..self.end].iter().all(|cell| words(cell) < 2)
    }
}

/// Where the label of all indicators begins, which stands before 一级指标 in up to four pieces.
fn label_start(cells: &[Cell], top: usize) -> usize {
    const LABELS: [&str; 8] = [
        "绩效指标",
        "年度绩效指标",
        "项目绩效指标",
        "绩效指标完成情况",
        "年度绩效指标完成情况",
        "绩效目标完成情况",
        "指标完成情况",
        "指标",
    ];
    let label = |start: &usize| {
        let words = joined(&cells[*start..top]);
        let bare = words.split(['（', '(']).next().unwrap_or(&words);
        LABELS.contains(&bare)
    };
    (top.saturating_sub(4)..top).rev().filter(label).min().unwrap_or(top)
}

/// The headings from `top` on, and where the rows begin.
fn read_headings(cells: &[Cell], top: usize) -> (Vec<std::ops::Range<usize>>, usize) {
    const MOST_PIECES: usize = 4;
    let mut headings: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = top;
    while at < cells.len() && headings.len() <= MOST_COLUMNS {
        if cells[at].is_blank() {
            at += 1;
            continue;
        }
        let whole = |count: &usize| {
            let words = cells.get(at..at + count).map(joined).unwrap_or_default();
            // The first row's names may end like a heading: 项目目标 / 目标内容.
            let is_name = *count > 1 && (words.chars().count() > 16 || names_tier(&cells[at].words));
            is_heading(&words) && !is_tier(&words) && !is_name && !words.contains(|c: char| c.is_ascii_digit())
        };
        let goes_on = ["及", "和", "与", "（", "("].iter().any(|start| cells[at].words.starts_with(start));
        // 偏差原因 / 分析: what follows is no heading of its own.
        let is_rest = |at: usize| {
            cells
                .get(at)
                .is_some_and(|cell| cell.joins == Joins::Line && !is_heading(&cell.words) && !names_tier(&cell.words))
        };
        let longer = |count: usize| if is_rest(at + count) && whole(&(count + 1)) { count + 1 } else { count };
        match (1..=MOST_PIECES).find(whole).map(longer) {
            Some(count) if goes_on && !headings.is_empty() => {
                if let Some(last) = headings.last_mut() {
                    last.end = at + count;
                }
                at += count;
            }
            Some(count) => {
                headings.push(at..at + count);
                at += count;
            }
            None => break,
        }
    }
    (headings, at)
}

/// What the columns hold, from their headings.
fn wants(headings: &[String]) -> Vec<Want> {
    let has = |words: &str, any: &[&str]| any.iter().any(|one| words.contains(one));
    let is_tier = |words: &String| words.ends_with("级指标");
    let last = headings.iter().rposition(is_tier).unwrap_or(0);
    let mut tiers = 0;
    let mut wants: Vec<Want> = Vec::with_capacity(headings.len());
    for (at, words) in headings.iter().enumerate() {
        let points = has(words, &["分值", "权重", "满分", "标准分", "得分", "扣分", "评分"])
            && !has(words, &["标准分析", "评分标准", "评分细则", "评分办法", "说明", "原因", "率"]);
        let below = wants.iter().any(|want| matches!(want, Want::Value | Want::Points));
        wants.push(if is_tier(words) && at < last {
            tiers += 1;
            Want::Tier(tiers - 1)
        } else if at == last {
            Want::Name
        } else if points {
            if at < last { Want::TierPoints } else { Want::Points }
        } else if has(words, &["原因", "备注", "措施", "分析"]) || below && words.contains("说明") {
            Want::Why
        } else if has(words, &["指标值", "目标值", "完成值", "实际", "完成情况", "计划"]) {
            Want::Value
        } else if has(words, &["得分率", "完成率"]) {
            Want::Rate
        } else if has(words, &["说明", "标准", "解释", "内容", "依据", "细则", "单位", "来源"]) {
            Want::Words
        } else {
            Want::Value
        });
    }
    wants
}

/// The cells with the blank ones among them, if the lines between tell these: then all rows of indicators have a cell
/// for each column.
pub(super) fn with_blanks(lines: Vec<Cell>, head: &Head, shown: &[Cell]) -> Option<Vec<Cell>> {
    const MOST_BLANKS: usize = 64;
    let is_double = lines.iter().filter(|line| !line.is_blank()).skip(1).all(|line| line.joins == Joins::Not);
    let mut cells: Vec<Cell> = Vec::with_capacity(lines.len());
    let mut gap = 0;
    for line in lines {
        if line.is_blank() {
            gap += 1;
            if gap > MOST_BLANKS {
                return None;
            }
            // Where each cell ends with a blank line, every other one is a cell.
            if cells.is_empty() || is_double && gap % 2 == 1 {
                continue;
            }
        } else {
            gap = 0;
        }
        cells.push(Cell { joins: Joins::Not, ..line });
    }
    let from = cells.iter().position(|cell| cell.slot == shown[head.top].slot)?;
    let from = from + read_headings(&cells[from..], 0).1;
    let to = (from..cells.len()).find(|at| is_end(&cells[*at])).unwrap_or(cells.len());
    let width = head.first + head.wants.len();
    let rows = || cells[from..to].chunks(width);
    let is_row = |row: &[Cell]| {
        row.len() == width
            && (head.first == 0 || row[0].is_blank())
            && row[head.first..].iter().zip(&head.wants).all(|(cell, want)| match want {
                Want::Points | Want::TierPoints | Want::Rate => cell.is_blank() || cell.is_amount(),
                Want::Tier(_) | Want::Why => !cell.is_amount() || is_dash(&cell.words),
                Want::Name => !cell.is_blank() && !cell.is_amount(),
                Want::Words | Want::Value => true,
            })
    };
    // The blank cells at the end of the last row leave the count short of them.
    let mut all = rows();
    let last = all.next_back()?;
    let has_blank = cells[from..to].iter().any(Cell::is_blank);
    let whole = all.all(is_row) && (is_row(last) || to == cells.len());
    (has_blank && whole).then_some(cells)
}
