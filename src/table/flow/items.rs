//! Rows of income beside expenditure whose blank cells left no trace.
//!
//! In: the words of each line. Out: rows of slots. Where the rows are numbered (行次), the numbers tell the side of
//! each item and where a row begins. Elsewhere a label alone on its line stands on the side whose items it goes on
//! with: 九、 after 八、 of the right side, where the left has come to its end.

use super::super::grid::{Row, Slot};
use super::super::header::Role;
use super::super::words::{is_item, is_total, ordinal, squeeze};
use super::amounts::{Asked, Place, Sources, places};
use super::heads::Head;
use super::{Kind, Line, Word};
use crate::source::Span;

/// A label and the numbers after it.
#[derive(Debug, Default)]
struct Item {
    label: Vec<Span>,
    /// Its row number (行次).
    ordinal: Option<Span>,
    numbers: Vec<Span>,
}

impl Item {
    fn is_blank(&self) -> bool {
        self.label.is_empty() && self.ordinal.is_none() && self.numbers.is_empty()
    }
}

/// The items of a row: income and expenditure, and expenditure by its kind where a form has it.
type Sides = Vec<Item>;

/// A row without items.
fn blank(sides: usize) -> Sides {
    std::iter::repeat_with(Item::default).take(sides).collect()
}

/// The rows of the lines.
pub(super) fn rows(lines: &[Line], head: &Head, sources: &mut Sources) -> Vec<Row> {
    let count = head.groups.len();
    let numbered = (0..count).all(|side| ordinal_column(head, side).is_some());
    let sides = if numbered { by_number(sources.text, lines, count) } else { by_line(sources.text, lines, count) };
    let mut rows: Vec<Row> = sides.iter().map(|_| vec![Slot::default(); head.columns.len()]).collect();
    for side in 0..count {
        place(&sides, side, head, &mut rows, sources);
    }
    rows
}

/// The columns of a side.
fn columns(head: &Head, side: usize) -> std::ops::Range<usize> {
    let first = head.groups[side.min(head.groups.len() - 1)];
    first..head.groups.get(side + 1).copied().unwrap_or(head.columns.len())
}

/// The column of row numbers of a side.
fn ordinal_column(head: &Head, side: usize) -> Option<usize> {
    columns(head, side).find(|&at| head.columns[at] == Role::Ordinal)
}

/// Reads rows that have a number (行次) on either side.
fn by_number(text: &str, lines: &[Line], sides: usize) -> Vec<Sides> {
    let mut reader = Numbered { text, rows: Vec::new(), last: vec![None; sides], side: sides - 1, label: Vec::new() };
    for line in lines {
        if reader.is_rest(line) {
            reader.finish_labels(line);
            continue;
        }
        for (index, word) in line.iter().enumerate() {
            reader.word(*word, index == 0);
        }
    }
    reader.begin(reader.next_side(), None);
    reader.rows.retain(|sides| sides.iter().any(|item| !item.is_blank()));
    reader.rows
}

/// What was read of numbered rows.
struct Numbered<'t> {
    text: &'t str,
    rows: Vec<Sides>,
    /// The last row number of each side.
    last: Vec<Option<u32>>,
    /// The side of the item that numbers are added to.
    side: usize,
    /// A label whose row number has not come yet.
    label: Vec<Span>,
}

impl Numbered<'_> {
    fn word(&mut self, word: Word, leads: bool) {
        if word.kind != Kind::Number {
            self.label.push(word.span);
            return;
        }
        let number = ordinal(word.span.of(self.text));
        // Sides without a label: a left one's number begins the line, a right one's follows the left one's amount.
        let side = number.and_then(|number| self.side_of(number));
        let goes_on = |side: usize| self.last[side].is_some_and(|last| Some(last + 1) == number);
        let wanted = match side {
            _ if !self.label.is_empty() => true,
            Some(0) => leads && self.side > 0,
            Some(side) => self.side + 1 == side && goes_on(side) && !goes_on(0),
            None => false,
        };
        if let Some(side) = side.filter(|_| wanted) {
            self.begin(side, Some(word.span));
            self.last[side] = number;
            return;
        }
        if !self.label.is_empty() {
            // A row without a number goes on with the other side.
            self.begin(self.next_side(), None);
        }
        if self.rows.is_empty() {
            self.rows.push(blank(self.last.len()));
        }
        if let Some(sides) = self.rows.last_mut() {
            sides[self.side].numbers.push(word.span);
        }
    }

    /// Whether a line is the rest of labels whose row has its amounts: a page's end cut them.
    fn is_rest(&self, line: &Line) -> bool {
        let words = |word: &Word| squeeze(word.span.of(self.text));
        let has_row = self.rows.last().is_some_and(|sides| sides.iter().any(|item| item.ordinal.is_some()));
        has_row
            && self.label.is_empty()
            && line.iter().all(|word| word.kind == Kind::Text && !begins_label(&words(word)))
            && line.first().is_some_and(|first| self.open_label(&words(first)).is_some())
    }

    /// The side of the last row whose label goes on with `words`.
    fn open_label(&self, words: &str) -> Option<usize> {
        const ENDS: [&str; 7] = ["支出", "收入", "结余", "合计", "总计", "分配", "结转"];
        let ends = |label: &str| ENDS.iter().any(|end| label.ends_with(end));
        let labels: Vec<String> = self.rows.last()?.iter().map(|item| self.label_of(item)).collect();
        // The label that the words end, else the first that has no end; 拨款 is the end of some.
        let open = |whole: bool, ended: bool| {
            labels.iter().position(|label| {
                !label.is_empty()
                    && !ends(label)
                    && whole == label.ends_with("拨款")
                    && (!ended || ends(&format!("{label}{words}")))
            })
        };
        open(false, true).or_else(|| open(false, false)).or_else(|| open(true, true)).or_else(|| open(true, false))
    }

    fn label_of(&self, item: &Item) -> String {
        item.label.iter().map(|part| squeeze(part.of(self.text))).collect()
    }

    /// Adds the words of a line to the labels of the last row.
    fn finish_labels(&mut self, line: &Line) {
        for word in line {
            let side = self.open_label(&squeeze(word.span.of(self.text)));
            if let Some(sides) = self.rows.last_mut() {
                let last = sides.len() - 1;
                sides[side.unwrap_or(last)].label.push(word.span);
            }
        }
    }

    fn next_side(&self) -> usize {
        (self.side + 1) % self.last.len()
    }

    /// The side whose numbers `number` goes on with.
    fn side_of(&self, number: u32) -> Option<usize> {
        let find = |fits: &dyn Fn(u32) -> bool| self.last.iter().position(|last| last.is_some_and(fits));
        let fresh = self.last.iter().position(Option::is_none).filter(|side| *side > 0 || number == 1);
        // A row in between may be lost.
        find(&|last| last + 1 == number).or(fresh).or_else(|| find(&|last| last < number && number - last < 4))
    }

    /// Begins an item with the label that waits.
    fn begin(&mut self, side: usize, ordinal: Option<Span>) {
        let item = Item { label: std::mem::take(&mut self.label), ordinal, numbers: Vec::new() };
        let free = |sides: &Sides| sides[side..].iter().all(Item::is_blank);
        if !self.rows.last().is_some_and(free) {
            self.rows.push(blank(self.last.len()));
        }
        if let Some(sides) = self.rows.last_mut() {
            sides[side] = item;
        }
        self.side = side;
    }
}

/// Reads rows without numbers.
fn by_line(text: &str, lines: &[Line], count: usize) -> Vec<Sides> {
    let mut last = vec![0_u32; count];
    let mut rows: Vec<Sides> = Vec::with_capacity(lines.len());
    for line in &join_torn(text, lines) {
        let items = items(text, line);
        let both = items.len() > 1;
        let mut sides = blank(count);
        for (index, item) in items.into_iter().enumerate() {
            let words: String = item.label.iter().map(|label| squeeze(label.of(text))).collect();
            // 总计 below 总计 is that of the other side.
            let label = |item: &Item| item.label.iter().map(|label| squeeze(label.of(text))).collect::<String>();
            let again = is_total(&words)
                && rows
                    .last()
                    .is_some_and(|above: &Sides| label(&above[0]) == words && above[1..].iter().all(Item::is_blank));
            let side = if both {
                index.min(count - 1)
            } else if again {
                1
            } else {
                side(&words, &last)
            };
            if let Some(number) = numeral(&words) {
                last[side] = number;
            }
            // Its left side stood on the line above.
            let above = rows.last_mut().filter(|above: &&mut Sides| {
                !both && side > 0 && !above[0].is_blank() && above[1..].iter().all(Item::is_blank)
            });
            let into = &mut above.unwrap_or(&mut sides)[side];
            into.label.extend(item.label);
            into.numbers.extend(item.numbers);
        }
        if sides.iter().any(|item| !item.is_blank()) {
            rows.push(sides);
        }
    }
    rows
}

/// Whether `words` begin a label of a summary.
fn begins_label(words: &str) -> bool {
    const BEGINNINGS: [&str; 8] = ["年初", "年末", "使用", "本年", "上年", "结余分配", "动用", "收回"];
    is_item(words) || is_total(words) || BEGINNINGS.iter().any(|start| words.starts_with(start))
}

/// Whether `words` are a label that nothing precedes: an item, a total, what is carried over.
fn is_whole(words: &str) -> bool {
    let is_rest = words.starts_with(['和', '及', '与']) || words.chars().count() < 3;
    is_item(words)
        || is_total(words)
        || !is_rest && ["结余", "结转", "分配", "余"].iter().any(|end| words.ends_with(end))
}

/// Lines joined where a label was torn: it goes on with words that are no label of their own, and its
/// numbers begin the next line.
fn join_torn(text: &str, lines: &[Line]) -> Vec<Line> {
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        let label_open = joined.last().and_then(|last| last.last()).is_some_and(|word| word.kind == Kind::Text);
        let goes_on = label_open
            && match line.first() {
                Some(first) if first.kind == Kind::Text => {
                    let words = squeeze(first.span.of(text));
                    // The rest of a label may have its amounts, and the other side, on its line.
                    !is_whole(&words) || line.len() > 1 && !begins_label(&words)
                }
                first => first.is_some(),
            };
        match joined.last_mut() {
            Some(last) if goes_on => last.extend(line),
            _ => joined.push(line.clone()),
        }
    }
    joined
}

/// The labels of a line with the numbers that follow each.
fn items(text: &str, line: &Line) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for word in line {
        if word.kind != Kind::Text {
            match items.last_mut() {
                Some(item) => item.numbers.push(word.span),
                None => items.push(Item { numbers: vec![word.span], ..Item::default() }),
            }
            continue;
        }
        let words = squeeze(word.span.of(text));
        let whole = is_whole(&words);
        match items.last_mut() {
            // The rest of an item that a space cut.
            Some(item) if item.numbers.is_empty() && !whole && !item.label.is_empty() => item.label.push(word.span),
            _ => items.push(Item { label: vec![word.span], ..Item::default() }),
        }
    }
    items
}

/// The side of a label that is alone on its line, from the left.
fn side(words: &str, last: &[u32]) -> usize {
    let goes_on: Vec<usize> =
        (0..last.len()).filter(|side| numeral(words).is_some_and(|number| last[*side] + 1 == number)).collect();
    match goes_on.as_slice() {
        [only] => *only,
        _ => usize::from(
            words.ends_with("支出")
                || words.starts_with("年末")
                || words.contains("支出合计")
                || words.contains("支出总计")
                || words == "结余分配",
        ),
    }
}

/// The number that an item begins with: 十二、 is 12.
fn numeral(words: &str) -> Option<u32> {
    let (numeral, _) = words.split_once('、')?;
    let mut value = 0;
    for c in numeral.chars() {
        let digit = "一二三四五六七八九".chars().position(|digit| digit == c).map(|at| at as u32 + 1);
        value = match (c, digit) {
            ('十', _) if value == 0 => 10,
            ('十', _) => value * 10,
            (_, Some(digit)) => value + digit,
            _ => return None,
        };
    }
    (value > 0 && value < 100).then_some(value)
}

/// Puts the items of a side into the rows.
fn place(sides: &[Sides], side: usize, head: &Head, rows: &mut [Row], sources: &mut Sources) {
    let text = sources.text;
    let columns = columns(head, side);
    let numbers = ordinal_column(head, side);
    let first = numbers.unwrap_or(columns.start) + 1;
    let width = columns.end.saturating_sub(first);
    let mut amounts: Vec<Vec<Span>> = Vec::with_capacity(sides.len());
    for (row, sides) in rows.iter_mut().zip(sides) {
        let item = &sides[side];
        row[columns.start].add(text, Slot::of_parts(text, item.label.iter().copied()));
        let mut spans = item.numbers.clone();
        if let Some(at) = numbers {
            let is_ordinal = |span: &Span| item.ordinal.is_none() && ordinal(span.of(text)).is_some();
            let ordinal = item.ordinal.or_else(|| spans.first().copied().filter(is_ordinal));
            if item.ordinal.is_none() && ordinal.is_some() {
                spans.remove(0);
            }
            row[at].add(text, Slot::of_parts(text, ordinal));
        }
        amounts.push(spans);
    }
    let found = if width < 2 {
        let only = Place::certain(0);
        amounts.iter().map(|spans| vec![only; spans.len()]).collect()
    } else {
        let names: Vec<String> = head.names(text).into_iter().skip(first).take(width).collect();
        let asked = Asked { amounts: amounts.clone(), codes: Vec::new(), parents: parents(text, sides, side), names };
        places(&asked, sources)
    };
    for (index, (spans, places)) in amounts.iter().zip(found).enumerate() {
        if width == 0 {
            rows[index][columns.end - 1].add(text, Slot::of_parts(text, spans.iter().copied()));
        } else {
            let (fit, over) = spans.split_at(spans.len().min(places.len()));
            sources.put(index, &mut rows[index], first, fit, &places);
            // What is too much stays in the last column.
            rows[index][columns.end - 1].add(text, Slot::of_parts(text, over.iter().copied()));
        }
    }
}

/// The items 一、 to 二十六、 of a side are parts of 本年支出合计 below them.
fn parents(text: &str, sides: &[Sides], side: usize) -> Vec<Option<usize>> {
    let label = |sides: &Sides| sides[side].label.first().map(|label| squeeze(label.of(text))).unwrap_or_default();
    let total = sides.iter().position(|sides| {
        let label = label(sides);
        label.starts_with("本年") && is_total(&label)
    });
    let is_part = |index: usize, sides: &Sides| Some(index) < total && numeral(&label(sides)).is_some();
    sides.iter().enumerate().map(|(index, sides)| total.filter(|_| is_part(index, sides))).collect()
}
