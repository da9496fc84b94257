//! Tables whose rows are words on a line, a single space between cells (PDF through Tika).
//!
//! In: the lines of a table, perhaps in `<p>`. Out: a table. Blank cells leave no trace and labels
//! are torn over lines; which column an amount belongs to follows from codes, from the side that an
//! item's number goes on with, and from the amounts of the class above ([`self::amounts`]).
//! Where nothing tells, the first columns that can be are taken, and a problem says so.

mod amounts;
mod cells;
mod centred;
mod costs;
#[cfg(test)]
mod examples;
pub(super) mod expenses;
mod fill;
#[cfg(test)]
mod form_examples;
mod form_head;
mod forms;
mod funds;
mod headings;
pub(super) mod heads;
mod indicators;
mod items;
mod lines;
mod records;
mod sides;
pub(super) mod solve;
pub(super) mod sums;
mod torn;
mod torn_forms;
mod upper;

use self::amounts::Sources;
use self::heads::Head;
use self::lines::{Kind, Line, Word, lines, without_tags};
use self::records::records;
use super::evidence::Evidence;
use super::grid::{Placed, PlacedRow, Row, Slot, finish, is_ragged, place_ragged};
use super::header::Role;
use super::words::{is_decimal, is_item, is_total, ordinal, squeeze};
use super::{Table, plain, tika};
use crate::layout::TableLayout;
use crate::problem::Problem;
use crate::source::Span;

/// Words beyond which lines above the data are no head that a person could read.
const MOST_HEADINGS: usize = 300;

/// Reads the table in `pieces`, between which pages end; `evidence` is what the document says elsewhere.
pub(super) fn read(text: &str, pieces: &[Span], evidence: &Evidence, problems: &mut Vec<Problem>) -> Option<Table> {
    let span = pieces.iter().copied().reduce(Span::cover)?;
    let mut sources = Sources::new(text, evidence, span);
    if let Some((rows, width)) = torn_forms::read(pieces, &mut sources) {
        sources.report(problems);
        return finish(TableLayout::Flow, rows, width);
    }
    let lines = lines(text, pieces);
    let mut guess = None;
    if let Some(rows) = forms::rows(text, &lines, &mut guess) {
        sources.guess = guess.or(sources.guess);
        sources.report(problems);
        return tika::arrange(text, TableLayout::Flow, rows, problems);
    }
    let is_torn = torn::is_torn(&lines);
    let mut lines = if is_torn { torn::join(text, lines) } else { lines };
    split_total(text, &mut lines);
    let data = |lines: &[Line]| lines.iter().position(|line| is_data(text, line)).unwrap_or(lines.len());
    let printed: Vec<Line> = lines[..data(&lines)].to_vec();
    let numbering = cut_numbering(text, &mut lines);
    let mut body = lines.split_off(data(&lines));
    if is_torn {
        torn::keep_first_label(&mut lines, &mut body);
    }
    let printed = if numbering.is_some() { printed } else { lines.clone() };
    drop_repeated_heads(text, &printed, &mut body);
    if !is_torn {
        body = centred::gather(text, &mut lines, body);
    }
    if lines.iter().map(Vec::len).sum::<usize>() > MOST_HEADINGS {
        lines.append(&mut body);
        std::mem::swap(&mut lines, &mut body);
    }
    let widest = body.iter().map(Vec::len).max().unwrap_or(0);
    if is_ragged(body.len(), widest, body.iter().map(Vec::len).sum()) {
        let slots = |line: Line| line.into_iter().map(|word| Slot { span: word.span, parts: None }).collect();
        return finish(TableLayout::Flow, place_ragged(body.into_iter().map(slots).collect()), widest);
    }
    let coded = body.iter().flatten().any(|word| word.kind == Kind::Code);
    let spans: Vec<Span> = lines.iter().flatten().map(|word| word.span).collect();
    let mut head = heads::read(text, &spans, coded);
    if body.iter().flatten().all(|word| word.kind == Kind::Number) {
        head = head.without_labels();
    }
    let mut sources = Sources::new(text, evidence, span);
    if head.is_unsure {
        head.forget(text);
        sources.unknown = body.iter().flatten().find(|word| word.kind == Kind::Number).map(|word| word.span);
    }
    let rows: Vec<Row> = if coded {
        amounts::rows(records(text, &body), &head, &mut sources)
    } else if head.groups.len() > 1 {
        items::rows(&body, &head, &mut sources)
    } else if head.is_all_data() {
        amounts::amounts_alone(&body, &head, &mut sources)
    } else {
        let body = join_labels(text, &body);
        if is_torn {
            torn::forget_headings(&body, &mut head, &mut sources);
        }
        amounts::labelled(&body, &head, &mut sources).unwrap_or_else(|| {
            body.iter().map(|line| words_in_order(text, line, &mut head, &mut sources.guess)).collect()
        })
    };
    sources.report(problems);
    let mut roles = std::mem::take(&mut head.columns);
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
    roles.resize(roles.len().max(widest), Role::Data);
    let mut placed = std::mem::take(&mut head.rows);
    placed.extend(numbering.map(|numbering| place_numbering(text, &numbering, &roles)));
    let total = head.total.take().map(|slot| vec![slot]);
    let top = placed.len() + usize::from(total.is_some());
    placed.extend(plain::place_rows(text, total.into_iter().chain(rows).collect(), &roles));
    sources.widen(&mut placed, top);
    let table = finish(TableLayout::Flow, placed, roles.len())?;
    Some(Table { unsure: sources.unsure(), ..table })
}

/// Parts a total from the headings on its line: where codes and names have one heading of two rows, 合计 stands beside
/// the lower headings, `合计 1.00 24.00 合计 基本支出 项目支出 2.00`.
fn split_total(text: &str, lines: &mut Vec<Line>) {
    let words = |word: &Word| squeeze(word.span.of(text));
    let heads = |word: &Word| matches!(&*words(word), "合计" | "小计" | "基本支出" | "项目支出");
    let mixed = |line: &Line| {
        line.len() > 3
            && is_total(&words(&line[0]))
            && line[1..].iter().any(|word| is_decimal(word.span.of(text)))
            && line[1..].iter().any(|word| &*words(word) == "基本支出")
            && line[1..].iter().all(|word| word.kind == Kind::Number || heads(word))
    };
    if let Some(at) = lines.iter().position(mixed) {
        let (headings, mut total): (Line, Line) = lines[at][1..].iter().partition(|word| word.kind != Kind::Number);
        total.insert(0, lines[at][0]);
        lines.splice(at..=at, [headings, total]);
    }
}

/// Drops the lines of the head where a later page repeats them.
fn drop_repeated_heads(text: &str, head: &[Line], body: &mut Vec<Line>) {
    const MOST_LINES: usize = 64;
    if head.len() > MOST_LINES {
        return;
    }
    let same = |left: &Line, right: &Line| {
        left.len() == right.len() && left.iter().zip(right).all(|(a, b)| a.span.of(text) == b.span.of(text))
    };
    let mut kept = Vec::with_capacity(body.len());
    let mut at = 0;
    while at < body.len() {
        // A page may repeat all of the head or leave its first lines out.
        let repeated = (0..head.len().min(3))
            .map(|from| head[from..].iter().zip(&body[at..]).take_while(|(head, line)| same(head, line)).count())
            .zip(0..)
            .find(|(count, from)| *count > 1 && count + from == head.len());
        if let Some((count, _)) = repeated {
            at += count;
        } else {
            kept.push(std::mem::take(&mut body[at]));
            at += 1;
        }
    }
    *body = kept;
}

/// Whether `word` stands before the numbers of columns or over those of rows.
fn labels_numbers(text: &str, word: &Word) -> bool {
    matches!(&*squeeze(word.span.of(text)), "栏次" | "行次")
}

/// Takes the row of column numbers, 栏次 1 2 3, out of the head.
fn cut_numbering(text: &str, lines: &mut Vec<Line>) -> Option<Line> {
    let label = |word: &Word| labels_numbers(text, word);
    let number = |word: &Word| ordinal(word.span.of(text)).filter(|_| word.kind == Kind::Number);
    let at = lines.iter().take(24).position(|line| {
        let numbers: Vec<u32> = line.iter().filter_map(number).collect();
        let counts = numbers.iter().copied().eq(1..=numbers.len() as u32) && numbers.len() > 1;
        let heads = |word: &Word| word.kind == Kind::Text && !is_item(word.span.of(text)) || number(word).is_some();
        counts && line.iter().all(heads)
    })?;
    let (numbering, rest) = lines[at].iter().copied().partition(|word| label(word) || number(word).is_some());
    lines[at] = rest;
    if lines[at].is_empty() {
        lines.remove(at);
    }
    Some(numbering)
}

/// The row of column numbers: each number over the next column of data, 栏次 over the labels.
fn place_numbering(text: &str, words: &Line, roles: &[Role]) -> PlacedRow {
    let mut placed = PlacedRow::new();
    let mut column = 0;
    for word in words {
        let slot = Slot { span: word.span, parts: None };
        let is_number = ordinal(word.span.of(text)).is_some();
        let free = |role: &Role| is_number == (*role == Role::Data);
        let at = (column..roles.len()).find(|&at| free(&roles[at])).unwrap_or(column);
        let labels = roles.iter().skip(at).take_while(|role| matches!(role, Role::Code | Role::Label)).count();
        let codes = roles.get(at) == Some(&Role::Code);
        let span = if is_number || !codes { 1 } else { labels.max(1) };
        placed.push(Placed::new(at, span, true, slot));
        column = at + span;
    }
    placed
}

/// Whether `line` begins the rows: with a code, an item, an ordinal, or a total and its amounts.
fn is_data(text: &str, line: &Line) -> bool {
    let Some(first) = line.first() else { return false };
    let words = squeeze(first.span.of(text));
    let numbers = line.iter().skip(1).filter(|word| word.kind == Kind::Number).count();
    match first.kind {
        Kind::Code => true,
        // 2031 年度预算数 is a heading.
        Kind::Number => {
            let is_year = line.get(1).is_some_and(|next| next.span.of(text).starts_with('年'));
            line.len() > 1 && !is_year || words.contains('.')
        }
        Kind::Text => {
            let decimal = line.iter().any(|word| is_decimal(word.span.of(text)));
            is_item(&words) && !words.contains("按功能分类")
                || (is_total(&words) || decimal && numbers > 1) && numbers > 0 && numbers + 1 == line.len()
        }
    }
}

/// Rows whose label is torn, joined: lines of one word each without a blank line between them, and the amounts
/// below them.
fn join_labels(text: &str, lines: &[Line]) -> Vec<Line> {
    let is_word = |line: &Line| line.len() == 1 && line[0].kind == Kind::Text;
    let is_amounts = |line: &Line| !line.is_empty() && line.iter().all(|word| word.kind == Kind::Number);
    let near = |above: &Line, below: &Line| {
        let between = above.last().zip(below.first()).map(|(a, b)| &text[a.span.end as usize..b.span.start as usize]);
        between.is_some_and(|between| between.bytes().filter(|byte| *byte == b'\n').count() == 1)
    };
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let torn = lines[at..]
            .windows(2)
            .take_while(|pair| is_word(&pair[0]) && is_word(&pair[1]) && near(&pair[0], &pair[1]));
        let count = if is_word(&lines[at]) { 1 + torn.count() } else { 0 };
        let end = at + count.max(1);
        let has_amounts = count > 0 && lines.get(end).is_some_and(is_amounts);
        if has_amounts {
            joined.push(lines[at..=end].concat());
            at = end + 1;
        } else {
            joined.extend_from_slice(&lines[at..end]);
            at = end;
        }
    }
    joined
}

/// A row of a table that has no form: words from the left, amounts from the first column of data.
fn words_in_order(text: &str, line: &Line, head: &mut Head, guess: &mut Option<Span>) -> Row {
    let width = head.columns.len().max(line.len());
    while head.columns.len() < width {
        head.columns.push(Role::Data);
    }
    let mut row: Row = vec![Slot::default(); width];
    // Amounts for all columns but that of the labels.
    let unlabelled = line.len() + 1 == width && line.iter().all(|word| word.kind == Kind::Number);
    let mut column = usize::from(unlabelled && head.columns.first() == Some(&Role::Label));
    // A torn label is one word.
    let torn = line.iter().take_while(|word| word.kind == Kind::Text).count();
    let torn = if (1..torn).all(|at| text[line[at - 1].span.end as usize..line[at].span.start as usize].contains('\n'))
    {
        torn.saturating_sub(1)
    } else {
        0
    };
    if torn > 0 && width > 0 {
        row[0] = Slot::of_parts(text, line[..torn].iter().map(|word| word.span));
    }
    for (index, word) in line.iter().enumerate().skip(torn) {
        if index == torn && torn > 0 {
            row[0].add(text, Slot { span: word.span, parts: None });
            column = 1;
            continue;
        }
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
