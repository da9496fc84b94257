//! Tables whose rows are words on a line, a single space between cells (PDF through Tika).
//!
//! In: the lines of a table, perhaps in `<p>`. Out: a table. Blank cells leave no trace and labels
//! are torn over lines; which column an amount belongs to follows from codes, from the side that an
//! item's number goes on with, and from the amounts of the class above ([`super::flow_amounts`]).
//! Where nothing tells, the first columns that can be are taken, and a problem says so.

use super::flow_heads::{self, Head};
use super::grid::{Row, Slot, finish, trim};
use super::header::Role;
use super::words::{glued_name, is_code, is_item, is_number, is_total, ordinal, squeeze};
use super::{Table, caption, flow_amounts, flow_items, plain};
use crate::layout::TableLayout;
use crate::problem::{Problem, Severity};
use crate::source::Span;

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Code,
    Text,
    Number,
}

/// A word between spaces.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

/// The words of a line.
pub(super) type Line = Vec<Word>;

/// A label with its code and the amounts that follow it.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// Its classification code.
    pub(super) code: Option<Span>,
    /// The pieces of its name.
    pub(super) name: Vec<Span>,
    /// Its amounts in order.
    pub(super) amounts: Vec<Span>,
    /// Whether it begins its line.
    pub(super) leads: bool,
}

/// Reads the table in `span`.
pub(super) fn read(text: &str, span: Span, problems: &mut Vec<Problem>) -> Option<Table> {
    let mut lines = lines(text, span);
    let data = lines.iter().position(|line| is_data(text, line)).unwrap_or(lines.len());
    let body = lines.split_off(data);
    let coded = body.iter().flatten().any(|word| word.kind == Kind::Code);
    let spans: Vec<Span> = lines.iter().flatten().map(|word| word.span).collect();
    let mut head = flow_heads::read(text, &spans, coded);
    let uncertain = |span: Span, problems: &mut Vec<Problem>| {
        problems.push(Problem::new(
            Severity::Warning,
            "table-column-unknown",
            "blank cells left no trace in this table, so the columns of some amounts are a guess: the first that can be were taken; compare with the printed form",
            span,
        ));
    };
    let mut guess = None;
    let rows: Vec<Row> = if coded {
        let records = records(text, &body);
        flow_amounts::rows(text, records, &head, &mut guess)
    } else if head.groups.len() > 1 {
        flow_items::rows(text, &body, &head, &mut guess)
    } else {
        body.iter().map(|line| words_in_order(text, line, &mut head, &mut guess)).collect()
    };
    if let Some(span) = guess {
        uncertain(span, problems);
    }
    let roles = std::mem::take(&mut head.columns);
    let mut placed = std::mem::take(&mut head.rows);
    let total = head.total.take().map(|slot| vec![slot]);
    placed.extend(plain::place_rows(text, total.into_iter().chain(rows).collect(), &roles));
    finish(TableLayout::Flow, placed, roles.len())
}

/// The words of each line that is part of the grid, markup left out.
fn lines(text: &str, span: Span) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = span.start;
    for line in span.of(text).split_inclusive('\n') {
        let end = start + line.len() as u32;
        let mut words = Line::new();
        for piece in without_tags(text, Span::new(start, end)) {
            let whole = piece.of(text);
            if !caption::is_aside(whole) && !whole.starts_with('注') {
                split(text, piece, &mut words);
            }
        }
        if !words.is_empty() {
            lines.push(words);
        }
        start = end;
    }
    lines
}

/// What stands between the tags of a line.
fn without_tags(text: &str, line: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut at = line.start;
    while let Some(open) = memchr::memchr(b'<', Span::new(at, line.end).of(text).as_bytes()) {
        let tag = at + open as u32;
        let rest = Span::new(tag, line.end).of(text);
        let is_tag = rest.as_bytes().get(1).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/');
        let Some(close) = rest.find('>').filter(|_| is_tag) else { break };
        pieces.push(trim(text, Span::new(at, tag)));
        at = tag + close as u32 + 1;
    }
    pieces.push(trim(text, Span::new(at, line.end)));
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Adds the words of `piece`.
fn split(text: &str, piece: Span, words: &mut Line) {
    let whole = piece.of(text);
    let mut from = 0;
    for part in whole.split(char::is_whitespace) {
        let start = piece.start + from as u32;
        let span = Span::new(start, start + part.len() as u32);
        from += part.len() + whole[from + part.len()..].chars().next().map_or(0, char::len_utf8);
        if part.is_empty() {
            continue;
        }
        if let Some(at) = glued_name(part) {
            words.push(Word { kind: Kind::Code, span: Span::new(start, start + at as u32) });
            words.push(Word { kind: Kind::Text, span: Span::new(start + at as u32, span.end) });
            continue;
        }
        let kind = if is_code(part) {
            Kind::Code
        } else if is_number(part) {
            Kind::Number
        } else {
            Kind::Text
        };
        words.push(Word { kind, span });
    }
}

/// Whether `line` begins the rows: with a code, an item, an ordinal, or a total and its amounts.
fn is_data(text: &str, line: &Line) -> bool {
    let Some(first) = line.first() else { return false };
    let words = squeeze(first.span.of(text));
    let numbers = line.iter().skip(1).filter(|word| word.kind == Kind::Number).count();
    match first.kind {
        Kind::Code => true,
        Kind::Number => line.len() > 1 || words.contains('.'),
        Kind::Text => {
            is_item(&words) && !words.contains("按功能分类")
                || is_total(&words) && numbers > 0 && numbers + 1 == line.len()
        }
    }
}

/// The records of a statement with codes.
fn records(text: &str, lines: &[Line]) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for line in lines {
        for (index, word) in line.iter().enumerate() {
            let leads = index == 0;
            let is_label = is_total(&squeeze(word.span.of(text)));
            match (word.kind, records.last_mut()) {
                (Kind::Code, _) => records.push(Record { code: Some(word.span), leads, ..Record::default() }),
                (Kind::Text, Some(last))
                    if !is_label
                        && (last.amounts.is_empty() || leads && line.len() == 1)
                        && !last.name.iter().any(|name| is_total(&squeeze(name.of(text)))) =>
                {
                    last.name.push(word.span);
                }
                (Kind::Text, _) => records.push(Record { name: vec![word.span], leads, ..Record::default() }),
                (Kind::Number, Some(last)) => last.amounts.push(word.span),
                (Kind::Number, None) => records.push(Record { amounts: vec![word.span], leads, ..Record::default() }),
            }
        }
    }
    records
}

/// A row of a table that has no form: words from the left, amounts from the first column of data.
fn words_in_order(text: &str, line: &Line, head: &mut Head, guess: &mut Option<Span>) -> Row {
    let width = head.columns.len().max(line.len());
    while head.columns.len() < width {
        head.columns.push(Role::Data);
    }
    let mut row: Row = vec![Slot::default(); width];
    let mut column = 0;
    for (index, word) in line.iter().enumerate() {
        let first_number = index > 0 && word.kind == Kind::Number && line[index - 1].kind == Kind::Text;
        if first_number && let Some(data) = (column..width).find(|&at| head.columns[at] == Role::Data) {
            column = data;
        }
        if ordinal(word.span.of(text)).is_none() && index + 1 == line.len() && column + 1 < width && width > 3 {
            guess.get_or_insert(word.span);
        }
        if column < width {
            row[column] = Slot { span: word.span, parts: None };
            column += 1;
        } else {
            row[width - 1] = Slot::of_parts(text, [row[width - 1].span, word.span]);
        }
    }
    row
}
