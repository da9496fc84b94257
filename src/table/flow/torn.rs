//! Tables with a cell on each line and no trace of the rows (Word and PDF files through office programs,
//! scripts over Word files).
//!
//! In: the words of each line. Out: the words of each row, as far as codes, totals and column numbers tell where
//! one begins; other lines stay as they are. Which column an amount belongs to is left to the others.

use super::super::header::Role;
use super::super::words::{is_total, ordinal, squeeze};
use super::amounts::Sources;
use super::heads::Head;
use super::{Kind, Line, Word, labels_numbers};

/// The lines with what belongs to a row on one line.
pub(super) fn join(text: &str, lines: Vec<Line>) -> Vec<Line> {
    let lines: Vec<Line> = lines.into_iter().map(whole_cell).collect();
    let is_numbered = |word: &&Word| &*squeeze(word.span.of(text)) == "行次";
    // Where each side has its row numbers, these tell the rows ([`super::items`]).
    if lines.iter().flatten().filter(is_numbered).count() > 1 {
        return lines;
    }
    let coded = lines.iter().flatten().any(|word| word.kind == Kind::Code);
    let mut rows: Vec<Line> = Vec::with_capacity(lines.len());
    let mut words = lines.iter().flat_map(|line| line.iter().enumerate()).peekable();
    while let Some((place, word)) = words.next() {
        let next = words.peek().map(|(_, next)| *next);
        let goes_on = rows.last().is_some_and(|row| match word.kind {
            Kind::Code => false,
            _ if place > 0 => true,
            Kind::Text => coded && is_open_code(text, row) || is_column_numbers(text, row, word),
            Kind::Number => takes_number(text, row, word, next),
        });
        match rows.last_mut().filter(|_| goes_on) {
            Some(row) => row.push(*word),
            None => rows.push(vec![*word]),
        }
    }
    rows
}

/// A line as one word, if it has nothing but text: 合 计.
fn whole_cell(line: Line) -> Line {
    if line.len() < 2 || line.iter().any(|word| word.kind != Kind::Text) {
        return line;
    }
    vec![Word { kind: Kind::Text, span: line[0].span.cover(line[line.len() - 1].span) }]
}

/// Takes the label of the first row, which looks like a heading, from the head to the rows: other rows have
/// labels, and the first begins with an amount.
pub(super) fn keep_first_label(head: &mut Vec<Line>, body: &mut Vec<Line>) {
    let is_text = |line: &Line| line.iter().all(|word| word.kind == Kind::Text);
    let is_unlabelled = body.first().is_some_and(|line| line[0].kind == Kind::Number);
    if is_unlabelled
        && body.iter().any(is_text)
        && let Some(label) = head.pop_if(|line| is_text(line))
    {
        body.insert(0, label);
    }
}

/// Takes the headings away where no row has as many amounts as there are columns: merged headings left no
/// trace, so that nobody knows which stands over which.
pub(super) fn forget_headings(body: &[Line], head: &mut Head, sources: &mut Sources) {
    let columns = head.columns.iter().filter(|role| **role == Role::Data).count();
    let is_number = |word: &&Word| word.kind == Kind::Number;
    let most = body.iter().map(|line| line.iter().filter(is_number).count()).max().unwrap_or(0);
    if most >= columns {
        return;
    }
    head.columns = std::iter::once(Role::Label).chain(vec![Role::Data; most]).collect();
    head.forget(sources.text);
    sources.unknown = sources.unknown.or_else(|| body.iter().flatten().find(is_number).map(|word| word.span));
}

/// Whether most numbers stand alone on their line.
pub(super) fn is_torn(lines: &[Line]) -> bool {
    const FEWEST: usize = 6;
    let numbers = lines.iter().filter(|line| line.iter().any(|word| word.kind == Kind::Number));
    let alone = lines.iter().filter(|line| line.len() == 1 && line[0].kind == Kind::Number).count();
    alone >= FEWEST && alone * 10 >= numbers.count() * 6
}

/// Whether `row` is a code, perhaps in pieces, and its name so far.
fn is_open_code(text: &str, row: &Line) -> bool {
    let is_piece = |word: &Word| word.span.len() == 2 && ordinal(word.span.of(text)).is_some();
    row[0].kind == Kind::Code && row[1..].iter().all(|word| word.kind == Kind::Text || is_piece(word))
}

/// Whether `word` is the second 栏次 of a row of column numbers.
fn is_column_numbers(text: &str, row: &Line, word: &Word) -> bool {
    labels_numbers(text, word) && labels_numbers(text, &row[0]) && row.len() > 1
}

/// Whether the number `word`, before `next`, belongs to `row`.
fn takes_number(text: &str, row: &Line, word: &Word, next: Option<&Word>) -> bool {
    let number = |word: &Word| ordinal(word.span.of(text)).filter(|_| word.kind == Kind::Number);
    let Some(last) = row.last() else { return false };
    if labels_numbers(text, last) {
        return number(word).is_some();
    }
    // 1 2 3 … is a row of its own.
    let counts = |before: &Word, after: &Word| number(before).zip(number(after)).is_some_and(|(a, b)| a + 1 == b);
    if row[0].kind != Kind::Code && number(word) == Some(1) && next.is_some_and(|next| counts(word, next)) {
        return false;
    }
    match last.kind {
        Kind::Code => true,
        Kind::Text => row[0].kind == Kind::Code || row.len() == 1 && is_total(&squeeze(last.span.of(text))),
        Kind::Number => row.len() < 2 || !counts(&row[row.len() - 2], last) || counts(last, word),
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;
    use crate::source::Span;

    fn joined(text: &str) -> Vec<String> {
        let rows = join(text, lines(text, &[Span::from(0..text.len())]));
        let row = |row: &Line| row.iter().map(|word| word.span.of(text)).collect::<Vec<_>>().join(" ");
        rows.iter().map(row).collect()
    }

    #[test]
    fn codes_and_totals_begin_rows() {
        let text =
            "科目编码\n科目名称\n合计\n基本支出\n栏次\n1\n2\n合计\n9.50\n9.50\n201\n一般公共\n服务支出\n9.50\n9.50\n";
        let rows = ["科目编码", "科目名称", "合计", "基本支出", "栏次 1 2", "合计 9.50 9.50"];
        assert_eq!(joined(text), [&rows[..], &["201 一般公共 服务支出 9.50 9.50"]].concat());
    }

    #[test]
    fn codes_in_pieces_stay_with_their_names() {
        let text = "208\n05\n06\n职业年金\n7.10\n7.10\n208\n05\n07\n某项补助\n2.10\n2.10\n";
        assert_eq!(joined(text), ["208 05 06 职业年金 7.10 7.10", "208 05 07 某项补助 2.10 2.10"]);
    }

    #[test]
    fn column_numbers_and_amounts_without_labels_are_two_rows() {
        let text = "合计\n接待费\n合计\n接待费\n1\n2\n3\n4\n16.00\n6.00\n14.21\n4.86\n";
        assert_eq!(joined(text)[4..], ["1 2 3 4", "16.00 6.00 14.21 4.86"]);
    }

    #[test]
    fn rows_that_stand_on_a_line_stay() {
        let text = "科目 金额\n201 服务 9.50\n202 外交 1.00\n203 国防 2.00\n";
        assert_eq!(joined(text).len(), 4);
    }
}
