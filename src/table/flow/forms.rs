//! Forms and score sheets with tiers of indicators (一级指标 …) whose cells are words on a line.
//!
//! In: the words of each line. Out: rows of slots, one for each cell as Word has them; [`super::super::tiers`] places them.
//! Cells stand apart by single spaces, torn ones on lines of their own: `产出 / 指标` is a tier, `数量指标` above
//! `修路里程 ≥4公里 5公里` the next. How many of a row's words are values follows from the row that names the
//! columns; labels that are missing in front belong to the row above.
//! Surprise: some converters put spaces around digits, so `2 座` and `11 月底前` are one cell.

use super::super::grid::{Row, Slot};
use super::super::words::{is_number, squeeze};
use super::Line;
use super::indicators::{Body, is_tier};
use crate::source::Span;

/// Pieces beyond which a line is no row and a label no label.
pub(super) const MOST_PIECES: usize = 64;

/// A cell, or a part of one that a line's end cut off.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) parts: Vec<Span>,
    pub(super) words: String,
    pub(super) line: usize,
    /// Lines without a blank one between them are one block.
    pub(super) block: usize,
    /// How many pieces its line has.
    pub(super) beside: usize,
}

impl Piece {
    pub(super) fn join(&mut self, other: Piece) {
        self.parts.extend(other.parts);
        self.words.push_str(&other.words);
        self.beside = self.beside.max(other.beside);
    }

    /// Its cell; what only spaces part is one piece of text.
    pub(super) fn slot(&self, text: &str) -> Slot {
        let mut parts: Vec<Span> = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            let near = |last: &Span| Span::new(last.end, part.start.max(last.end)).of(text).chars().all(|c| c == ' ');
            match parts.last_mut().filter(|last| last.end <= part.start && near(last)) {
                Some(last) => last.end = part.end,
                None => parts.push(*part),
            }
        }
        Slot::of_parts(text, parts)
    }
}

/// The rows of a form with tiers; nothing if the lines are none. `guess` gets the first amount of the funds whose column
/// nothing tells.
pub(super) fn rows(text: &str, lines: &[Line], guess: &mut Option<Span>) -> Option<Vec<Row>> {
    let pieces = pieces(text, lines);
    let (start, top) = find_head(&pieces)?;
    let (heads, end) = read_head(&pieces, top);
    if heads.len() < 3 || !heads[1].words.starts_with("二级") {
        return None;
    }
    let label = join_all(&pieces[start..top]);
    let mut rows = upper_rows(text, &pieces[..start], guess);
    let first = usize::from(label.is_some());
    let body = Body::new(&heads, first);
    rows.push(label.iter().chain(&heads).map(|head| head.slot(text)).collect());
    rows.extend(body.rows(text, &pieces[end..]));
    Some(rows)
}

/// Pieces as one.
pub(super) fn join_all(pieces: &[Piece]) -> Option<Piece> {
    pieces.iter().cloned().reduce(|mut whole, piece| {
        whole.join(piece);
        whole
    })
}

/// The words of the lines, joined where a space stands inside a cell.
pub(super) fn pieces(text: &str, lines: &[Line]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut block, mut last) = (0, 0);
    for (line, words) in lines.iter().enumerate() {
        let first = pieces.len();
        for word in words {
            let between = text.get(last as usize..word.span.start as usize).unwrap_or_default();
            block += usize::from(between.bytes().filter(|byte| *byte == b'\n').count() > 1);
            last = word.span.end;
            let words = squeeze(word.span.of(text));
            match pieces.last_mut().filter(|before| before.line == line && goes_on(&before.words, &words)) {
                Some(before) => {
                    before.parts.push(word.span);
                    before.words.push_str(&words);
                }
                None => pieces.push(Piece { parts: vec![word.span], words, line, block, beside: 1 }),
            }
        }
        let beside = pieces.len() - first;
        for piece in &mut pieces[first..] {
            piece.beside = beside;
        }
    }
    pieces
}

/// Whether the space between two words of a line stands inside a cell.
fn goes_on(before: &str, after: &str) -> bool {
    const UNITS: &str = "万亿元年月日天个座人次公里名栋套支类件项分批米吨平亩户辆台期家场处条篇册所间份";
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return false };
    let digits = |c: char| c.is_ascii_digit();
    last.is_ascii_digit() && (UNITS.contains(first) || matches!(first, '%' | '％'))
        || digits(first) && matches!(last, '年' | '月' | '第' | '约' | '达' | '到' | '减' | '增' | '≥' | '≤')
        || digits(first) && before.chars().all(|c| !c.is_ascii_digit()) && before.ends_with("前完成")
        || matches!(last, '（' | '(')
        || matches!(last, '，' | '、' | '；') && !digits(first)
        || before == "总" && first == '分'
}

/// Where the row of the tiers begins: with the label before it, and with 一级指标.
fn find_head(pieces: &[Piece]) -> Option<(usize, usize)> {
    let top = (0..pieces.len()).find(|at| {
        let next = pieces.get(at + 1).map_or("", |next| next.words.as_str());
        pieces[*at].words == "一级指标" || pieces[*at].words == "一级" && next.starts_with("指标")
    })?;
    let mut start = top;
    let mut words = String::new();
    while start > 0 && top - start < 3 {
        words = format!("{}{words}", pieces[start - 1].words);
        start -= 1;
        if words.starts_with("绩效指标") || words.starts_with("年度绩效指标") {
            return Some((start, top));
        }
    }
    Some((top, top))
}

/// Whether `words` are a whole heading of such a table.
pub(super) fn is_heading(words: &str) -> bool {
    const ENDS: [&str; 15] = [
        "指标值",
        "完成值",
        "完成情况",
        "分值",
        "得分",
        "权重",
        "满分",
        "说明",
        "标准",
        "备注",
        "内容",
        "解释",
        "原因",
        "措施",
        "目标值",
    ];
    let tier = ["一级", "二级", "三级", "四级"].iter().any(|tier| words.starts_with(tier)) && words.ends_with("指标");
    let bare = words.split(['（', '(']).next().unwrap_or(words);
    let closed = words.matches(['（', '(']).count() == words.matches(['）', ')']).count();
    tier || closed && ENDS.iter().any(|end| bare.ends_with(end) || words.ends_with(end)) && words.chars().count() > 1
        || words.starts_with("偏差") && words.ends_with("分析")
}

/// The headings from `top` on, and where the rows below begin.
fn read_head(pieces: &[Piece], top: usize) -> (Vec<Piece>, usize) {
    let mut heads: Vec<Piece> = Vec::new();
    let mut at = top;
    while let Some(piece) = pieces.get(at) {
        let Some(last) = heads.last_mut() else {
            heads.push(piece.clone());
            at += 1;
            continue;
        };
        let same_line = piece.line == last.line;
        let open = !is_heading(&last.words);
        let whole = is_heading(&piece.words) || piece.words.starts_with("二级") || piece.words.starts_with("三级");
        let continues = !same_line
            && (open || piece.block == last.block && !whole && is_heading(&format!("{}{}", last.words, piece.words)));
        if continues && piece.beside == 1 {
            let line = piece.line;
            last.join(piece.clone());
            last.line = line;
        } else if continues && piece.words == "指标" {
            last.join(piece.clone());
            last.line = piece.line;
        } else if whole || same_line || heading_begins(pieces, at) {
            heads.push(piece.clone());
        } else {
            break;
        }
        at += 1;
    }
    (heads, at)
}

/// Whether the pieces of a block from `at` on make a heading together.
fn heading_begins(pieces: &[Piece], at: usize) -> bool {
    let block = pieces[at..].iter().take(4).take_while(|piece| piece.block == pieces[at].block && piece.beside == 1);
    let whole: String = block.map(|piece| piece.words.as_str()).collect();
    is_heading(&whole) && !is_tier(&whole)
}

/// The rows above the tiers: pairs of label and value, funds, goals.
fn upper_rows(text: &str, pieces: &[Piece], guess: &mut Option<Span>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut label: Option<Piece> = None;
    let mut funds: Vec<String> = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let line: Vec<&Piece> = pieces[at..].iter().take_while(|piece| piece.line == pieces[at].line).collect();
        at += line.len();
        if line.len() == 1 && !line[0].words.ends_with([':', '：']) {
            let above = rows.last_mut().and_then(|row| row.first_mut());
            match &mut label {
                None if is_bracket(&line[0].words) && above.is_some() => {
                    // The rest of a label beside several rows: 预算执行情况 / （万元）.
                    if let Some(above) = above {
                        above.add(text, line[0].slot(text));
                    }
                }
                Some(label) if label.block == line[0].block || is_bracket(&line[0].words) => {
                    label.join(line[0].clone());
                }
                Some(_) | None => {
                    flush(text, &mut label, &mut rows);
                    label = Some(line[0].clone());
                }
            }
            continue;
        }
        let mut row: Row = line.iter().map(|piece| piece.slot(text)).collect();
        let amounts = line.iter().filter(|piece| names_amount(&piece.words)).count();
        if amounts > 1 {
            // The label of the funds, the blank over their labels, the headings.
            funds = line[line.len() - amounts..].iter().map(|piece| piece.words.clone()).collect();
            if let Some(label) = label.take() {
                row.insert(0, label.slot(text));
            }
            if row.len() > 1 && row.len() - amounts == 1 {
                row.insert(1, Slot::default());
            }
        } else if line.iter().any(|piece| piece.words.starts_with("预期目标")) {
            if let Some(label) = label.take() {
                row.insert(0, label.slot(text));
            }
            rows.push(row);
            rows.extend(goals(text, &pieces[at..]));
            return rows;
        } else if line[0].words.ends_with([':', '：'])
            || !funds.is_empty() && line.iter().skip(1).any(|piece| is_value(&piece.words))
        {
            let labels = line.iter().take_while(|piece| !is_value(&piece.words)).count();
            if labels == 1 && row.len() - labels < funds.len() {
                let values: Vec<&str> = line[labels..].iter().map(|piece| piece.words.as_str()).collect();
                match super::funds::columns(&values, &funds).as_slice() {
                    [found] => {
                        let mut slots = row.drain(labels..).collect::<Vec<Slot>>().into_iter();
                        row.resize(labels + funds.len(), Slot::default());
                        for at in found {
                            row[labels + at] = slots.next().unwrap_or_default();
                        }
                    }
                    _ => *guess = guess.or(line[labels..].first().and_then(|piece| piece.parts.first().copied())),
                }
            }
            row.insert(0, label.take().map_or_else(Slot::default, |label| label.slot(text)));
        } else {
            flush(text, &mut label, &mut rows);
            pair_up(text, &line, &mut row);
        }
        rows.push(row);
    }
    flush(text, &mut label, &mut rows);
    rows
}

/// Puts a label that nothing followed into a row of its own.
fn flush(text: &str, label: &mut Option<Piece>, rows: &mut Vec<Row>) {
    rows.extend(label.take().map(|label| vec![label.slot(text)]));
}

/// The goals of the form and what became of them, side by side.
fn goals(text: &str, pieces: &[Piece]) -> Option<Row> {
    let first = pieces.first()?;
    let start: String = first.words.chars().take(4).collect();
    let again = pieces.iter().skip(1).position(|piece| piece.line == first.line && piece.words.starts_with(&start));
    let next_block = pieces.iter().position(|piece| piece.block != first.block);
    // What was reached is mostly worded like the goal; else each has a block of lines.
    let cut = again.map(|at| at + 1).or(next_block).unwrap_or(pieces.len());
    let cell = |pieces: &[Piece]| join_all(pieces).map_or_else(Slot::default, |piece| piece.slot(text));
    Some(vec![Slot::default(), cell(&pieces[..cut]), cell(&pieces[cut..])])
}

pub(super) fn is_bracket(words: &str) -> bool {
    words.starts_with(['（', '(']) && words.ends_with(['）', ')']) && words.matches(['（', '(']).count() == 1
}

/// A name and the phone number behind it are one value.
fn pair_up(text: &str, line: &[&Piece], row: &mut Row) {
    let count = row.len();
    if count > 2
        && count % 2 == 1
        && line.last().is_some_and(|last| is_number(&last.words))
        && let Some(last) = row.pop()
    {
        row[count - 2].add(text, last);
    }
}

/// Whether a heading stands over amounts of the funds.
pub(super) fn names_amount(words: &str) -> bool {
    ["预算数", "执行数", "执行率", "分值", "得分", "预算金额", "执行金额"].iter().any(|name| words.contains(name))
        && !words.contains(|c: char| c.is_ascii_digit())
        && !words.ends_with([':', '：'])
}

pub(super) fn is_value(words: &str) -> bool {
    let first = words.chars().next();
    matches!(words, "-" | "—" | "/" | "－" | "无")
        || words.starts_with(['≥', '≤', '＞', '＜', '>', '<', '='])
        || first.is_some_and(|c| c.is_ascii_digit())
}
