//! Forms and score sheets with tiers of indicators (一级指标 …) with a cell on each line.
//!
//! In: the lines of the form. Out: placed rows. Some converters leave a blank line for a blank cell: then each row has
//! as many lines as the row of headings, and nothing is open. Others leave no trace of blanks, and tear cells at the
//! ends of their lines: [`super::fill`] finds the way in which numbers, tiers and names fit the headings best. A number
//! that could as well stand elsewhere becomes a cell over the columns in question, which states none of them.

use super::super::grid::{Placed, PlacedRow, Slot, merge_down, trim};
use super::super::words::{is_dash, is_number, is_total, squeeze};
use super::amounts::Sources;
use super::fill::{self, Filled, Joins, MOST_COLUMNS, Want};
use super::forms::{self, is_heading};
use super::indicators::is_tier;
use super::{upper, without_tags};
use crate::source::Span;

/// A cell of the form or a piece of one, or a blank cell.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) slot: Slot,
    pub(super) words: String,
    pub(super) joins: Joins,
}

impl Cell {
    pub(super) fn is_blank(&self) -> bool {
        self.slot.is_blank()
    }

    pub(super) fn slot(&self) -> Slot {
        self.slot.clone()
    }

    /// Whether it is nothing but a number or a dash for one.
    pub(super) fn is_amount(&self) -> bool {
        is_number(&self.words) || is_dash(&self.words) || self.words == "/"
    }
}

/// The slot of several cells; lines that follow each other are one piece of text.
pub(super) fn slot_of(text: &str, cells: &[Cell]) -> Slot {
    let mut spans: Vec<Span> = Vec::new();
    for slot in cells.iter().map(|cell| &cell.slot).filter(|slot| !slot.is_blank()) {
        for part in slot.parts.as_deref().unwrap_or(std::slice::from_ref(&slot.span)) {
            let near = |last: &&mut Span| {
                last.end <= part.start && Span::new(last.end, part.start).of(text).chars().all(char::is_whitespace)
            };
            match spans.last_mut().filter(near) {
                Some(last) => last.end = part.end,
                None => spans.push(*part),
            }
        }
    }
    Slot::of_parts(text, spans)
}

/// Where an amount may stand: from one column to another.
pub(super) type Open = (Slot, usize, usize);

/// The rows of a form with a cell on each line and its width; nothing if the lines are none.
pub(super) fn read<'t>(pieces: &[Span], sources: &mut Sources<'_, 't>) -> Option<(Vec<PlacedRow>, usize)> {
    let text: &'t str = sources.text;
    let lines = lines(text, pieces);
    let shown: Vec<Cell> = lines.iter().filter(|line| !line.is_blank()).cloned().collect();
    let (kind, cells) = match Head::find(&shown).filter(|head| head.is_cell_a_line(text, &shown)) {
        Some(head) => match with_blanks(lines, &head, &shown) {
            Some(cells) => (Kind::Blanks, cells),
            None => (Kind::Lines, shown),
        },
        None => (Kind::Words, words(text, pieces)),
    };
    let head = Head::find(&cells)?;
    let end = (head.end..cells.len()).find(|at| is_end(&cells[*at])).unwrap_or(cells.len());
    let (indicators, below) = (&cells[head.end..end], &cells[end..]);
    let found = if kind == Kind::Blanks { None } else { fill_all(indicators, &head.wants) };
    if kind == Kind::Words && found.is_none() {
        // Their lines may tell more, but not for sure.
        sources.guess =
            indicators.iter().find(|cell| cell.words.contains(|c: char| c.is_ascii_digit())).map(|cell| cell.slot.span);
        return None;
    }
    let mut form = Form { text, width: head.first + head.wants.len(), extra: 0, head, rows: Vec::new(), sources };
    form.upper(&cells, kind);
    let top = form.headings(&cells);
    match found {
        Some(rows) => rows.iter().for_each(|row| form.row(indicators, row)),
        None if kind == Kind::Blanks => form.whole_rows(indicators),
        None => form.forget(indicators),
    }
    form.merge(top);
    form.below(below);
    Some((form.rows, form.width + form.extra))
}

/// What tells the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A line for each, and one for blank cells.
    Blanks,
    /// A line for each that is not blank, or several.
    Lines,
    /// Spaces, too.
    Words,
}

/// The rows of the indicators; nothing if too little fits the headings: then the order is lost.
fn fill_all(cells: &[Cell], wants: &[Want]) -> Option<Vec<Vec<Filled>>> {
    const DEAREST: u32 = 8;
    let pieces: Vec<fill::Piece> =
        cells.iter().map(|cell| fill::Piece { words: cell.words.clone(), joins: cell.joins }).collect();
    let (rows, price) = fill::fill(&pieces, wants)?;
    (price <= DEAREST * rows.len() as u32).then_some(rows)
}

/// The lines as cells; blank lines are blank cells.
fn lines(text: &str, pieces: &[Span]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    let mut joins = Joins::Not;
    for piece in pieces {
        let mut start = piece.start;
        for line in piece.of(text).split_inclusive('\n') {
            let end = start + line.len() as u32;
            let parts = without_tags(text, Span::new(start, end));
            let span = parts.into_iter().reduce(Span::cover).map_or_else(Span::default, |span| trim(text, span));
            let words = squeeze(span.of(text)).replace('|', "");
            let span = if words.is_empty() { Span::default() } else { span };
            start = end;
            if takes_percent(text, &mut cells, &words, span) {
                continue;
            }
            if let Some(amounts) = amounts(text, span) {
                cells.extend(amounts);
            } else {
                cells.push(Cell { slot: Slot { span, parts: None }, joins, words });
            }
            joins = if span.is_empty() { Joins::Not } else { Joins::Line };
        }
        joins = Joins::Line;
    }
    cells
}

/// The cells of a line of several amounts: 62.00% 9.5.
fn amounts(text: &str, line: Span) -> Option<Vec<Cell>> {
    let whole = line.of(text);
    let mut at = 0;
    let mut cells = Vec::new();
    for part in whole.split_whitespace() {
        let start = line.start + (at + whole[at..].find(part)?) as u32;
        at = (start - line.start) as usize + part.len();
        let slot = Slot { span: Span::new(start, start + part.len() as u32), parts: None };
        let cell = Cell { slot, words: part.to_owned(), joins: Joins::Not };
        if !cell.is_amount() || matches!(part, "%" | "％") {
            return None;
        }
        cells.push(cell);
    }
    (cells.len() > 1).then_some(cells)
}

/// The words of the lines as cells.
fn words(text: &str, pieces: &[Span]) -> Vec<Cell> {
    let pieces = forms::pieces(text, &super::lines(text, pieces));
    let joins = |at: usize| match at.checked_sub(1).map(|before| &pieces[before]) {
        Some(before) if before.line == pieces[at].line => Joins::Space,
        Some(before) if before.block == pieces[at].block => Joins::Line,
        _ => Joins::Not,
    };
    let mut cells: Vec<Cell> = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.iter().enumerate() {
        let slot = piece.slot(text);
        if !takes_percent(text, &mut cells, &piece.words, slot.span) {
            cells.push(Cell { slot, words: piece.words.clone(), joins: joins(at) });
        }
    }
    cells
}

/// Adds a percent mark that a line's end tore from its number: 100.00 / %.
fn takes_percent(text: &str, cells: &mut [Cell], words: &str, span: Span) -> bool {
    let is_open = |cell: &&mut Cell| is_number(&cell.words) && !cell.words.ends_with(['%', '％']);
    let Some(last) = cells.last_mut().filter(|_| matches!(words, "%" | "％")).filter(is_open) else { return false };
    let mark = Cell { slot: Slot { span, parts: None }, words: words.to_owned(), joins: Joins::Line };
    last.slot = slot_of(text, &[last.clone(), mark]);
    last.words.push_str(words);
    true
}

/// The row that names the tiers.
struct Head {
    /// Where the label before the tiers begins, where 一级指标 stands and where the rows below begin.
    start: usize,
    top: usize,
    end: usize,
    /// The headings: from the first to before the last cell of each.
    headings: Vec<std::ops::Range<usize>>,
    wants: Vec<Want>,
    /// The column of 一级指标: behind that of the label, if there is one.
    first: usize,
}

impl Head {
    fn find(cells: &[Cell]) -> Option<Self> {
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
    fn is_cell_a_line(&self, text: &str, cells: &[Cell]) -> bool {
        let words =
            |cell: &Cell| cell.slot.text(text).split_whitespace().filter(|word| word.chars().count() > 1).count();
        cells[self.top..self.end].iter().all(|cell| words(cell) < 2)
    }
}

/// The words of several cells.
pub(super) fn joined(cells: &[Cell]) -> String {
    cells.iter().map(|cell| cell.words.as_str()).collect()
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
            let is_name = *count > 1 && (words.chars().count() > 16 || fill::names_tier(&cells[at].words));
            is_heading(&words) && !is_tier(&words) && !is_name && !words.contains(|c: char| c.is_ascii_digit())
        };
        let goes_on = ["及", "和", "与", "（", "("].iter().any(|start| cells[at].words.starts_with(start));
        // 偏差原因 / 分析: what follows is no heading of its own.
        let is_rest = |at: usize| {
            cells.get(at).is_some_and(|cell| {
                cell.joins == Joins::Line && !is_heading(&cell.words) && !fill::names_tier(&cell.words)
            })
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
fn with_blanks(lines: Vec<Cell>, head: &Head, shown: &[Cell]) -> Option<Vec<Cell>> {
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
    let (_, from) = read_headings(&cells[from..], 0).1.checked_add(from).map(|end| ((), end))?;
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

/// Whether the indicators end here: at a total.
fn is_end(cell: &Cell) -> bool {
    is_total(&cell.words) || cell.words == "总得分" || cell.words == "总分值"
}

/// A form that is being read.
struct Form<'f, 'e, 't> {
    text: &'t str,
    head: Head,
    width: usize,
    /// Columns behind the form's own, for amounts that may stand in several.
    extra: usize,
    rows: Vec<PlacedRow>,
    sources: &'f mut Sources<'e, 't>,
}

impl Form<'_, '_, '_> {
    /// The rows above the tiers.
    fn upper(&mut self, cells: &[Cell], kind: Kind) {
        let upper = upper::read(self.text, &cells[..self.head.start], (self.width, self.head.first > 0), kind);
        self.width = self.width.max(upper.width);
        for (mut row, open) in upper.rows {
            self.put(&mut row, open);
            self.rows.push(row);
        }
        let end = self.rows.len();
        merge_down(&mut self.rows, 0, 0, end);
    }

    /// The row of headings; gives back which it is.
    fn headings(&mut self, cells: &[Cell]) -> usize {
        let (text, first) = (self.text, self.head.first);
        let mut row = PlacedRow::new();
        if first > 0 {
            row.push(Placed::new(0, 1, true, slot_of(text, &cells[self.head.start..self.head.top])));
        }
        for (column, heading) in self.head.headings.iter().enumerate() {
            row.push(Placed::new(first + column, 1, true, slot_of(text, &cells[heading.clone()])));
        }
        self.rows.push(row);
        self.rows.len() - 1
    }

    /// Tiers and the label beside them take in the blanks below, in the rows from that of the headings on.
    fn merge(&mut self, top: usize) {
        let last = self.rows.len();
        for (column, want) in self.head.wants.iter().enumerate() {
            if matches!(want, Want::Tier(_) | Want::TierPoints) {
                merge_down(&mut self.rows, self.head.first + column, top + 1, last);
            }
        }
        if self.head.first > 0 {
            merge_down(&mut self.rows, 0, top, last);
        }
    }

    /// Rows with a cell for each column, blank ones included.
    fn whole_rows(&mut self, cells: &[Cell]) {
        for row in cells.chunks(self.head.first + self.head.wants.len()) {
            let place = |(column, cell): (usize, &Cell)| Placed::new(column, 1, self.is_label(column), cell.slot());
            let row = row.iter().enumerate().filter(|(_, cell)| !cell.is_blank()).map(place).collect();
            self.rows.push(row);
        }
    }

    fn is_label(&self, column: usize) -> bool {
        column < self.head.first
            || matches!(
                self.head.wants.get(column - self.head.first),
                Some(Want::Tier(_) | Want::TierPoints | Want::Name | Want::Words)
            )
    }

    /// A row of indicators.
    fn row(&mut self, cells: &[Cell], filled: &[Filled]) {
        let first = self.head.first;
        let mut row = PlacedRow::new();
        let mut open: Vec<Open> = Vec::new();
        for cell in filled {
            let slot = slot_of(self.text, &cells[cell.lines.clone()]);
            let (from, to) = (first + cell.range.0, first + cell.range.1);
            let column = first + cell.column;
            let states = cells[cell.lines.clone()].iter().any(|line| line.words.contains(|c: char| c.is_ascii_digit()));
            if from < to && states && !self.is_label(column) {
                open.push((slot, from, to));
            } else {
                row.push(Placed::new(column, 1, self.is_label(column), slot));
            }
        }
        self.put(&mut row, open);
        self.rows.push(row);
    }

    /// Puts amounts that may stand in several columns over these, or behind the form's columns.
    fn put(&mut self, row: &mut PlacedRow, open: Vec<Open>) {
        let ranges: Vec<(usize, usize)> = open.iter().map(|(_, from, to)| (*from, *to)).collect();
        for (at, (slot, from, to)) in open.into_iter().enumerate() {
            let is_free = row.iter().all(|cell| cell.end() <= from || cell.column > to)
                && ranges.iter().enumerate().all(|(other, range)| other == at || range.1 < from || range.0 > to);
            if from == to && is_free {
                row.push(Placed::new(from, 1, false, slot));
                continue;
            }
            self.sources.unknown = self.sources.unknown.or(Some(slot.span));
            if is_free {
                row.push(Placed::new(from, to + 1 - from, false, slot));
            } else {
                let column = row.iter().map(Placed::end).max().unwrap_or(0).max(self.width);
                self.extra = self.extra.max(column + 1 - self.width);
                row.push(Placed::new(column, 1, false, slot));
            }
        }
        row.sort_by_key(|cell| cell.column);
    }

    /// Cells whose rows and columns are lost: each amount in a row of its own that says nothing about it.
    fn forget(&mut self, cells: &[Cell]) {
        self.sources.unknown =
            self.sources.unknown.or(cells.iter().find(|cell| cell.is_amount()).map(|cell| cell.slot.span));
        for cell in cells.iter().filter(|cell| !cell.is_blank()) {
            let column = if is_number(&cell.words) { self.width } else { 0 };
            self.extra = self.extra.max(column + 1 - self.width.min(column + 1));
            self.rows.push(vec![Placed::new(column, 1, column == 0, cell.slot())]);
        }
    }

    /// The total and what follows it.
    fn below(&mut self, cells: &[Cell]) {
        let Some((label, rest)) = cells.split_first() else { return };
        let is_points = |want: &Want| matches!(want, Want::Points);
        let columns: Vec<usize> = (0..self.head.wants.len())
            .filter(|at| is_points(&self.head.wants[*at]))
            .map(|at| self.head.first + at)
            .collect();
        let shown = || rest.iter().filter(|cell| !cell.is_blank());
        let numbers: Vec<&Cell> = shown().take_while(|cell| cell.is_amount()).collect();
        let first = columns.first().copied().unwrap_or(1).max(1);
        let mut row = vec![Placed::new(0, first, true, label.slot())];
        let open: Vec<Open> = match (columns.first(), columns.last()) {
            (Some(from), Some(to)) if numbers.len() != columns.len() => {
                numbers.iter().map(|cell| (cell.slot(), *from, *to)).collect()
            }
            (Some(_), _) => numbers.iter().zip(&columns).map(|(cell, at)| (cell.slot(), *at, *at)).collect(),
            _ => numbers.iter().map(|cell| (cell.slot(), 1, self.width.max(2) - 1)).collect(),
        };
        self.put(&mut row, open);
        self.rows.push(row);
        for cell in shown().skip(numbers.len()) {
            self.rows.push(vec![Placed::new(0, 1, !cell.is_amount(), cell.slot())]);
        }
    }
}
