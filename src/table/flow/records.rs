//! The rows of a statement by class, whose labels are torn over lines.
//!
//! In: the words of each line. Out: records of code, name and amounts. A code begins a record; words behind a whole
//! row are the rest of its name, unless they begin a total.

use super::super::words::{is_total, ordinal, squeeze};
use super::{Kind, Line, Word};
use crate::source::Span;

/// A label with its code and the amounts that follow it.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// Its classification code; 类 where the code is printed in pieces.
    pub(super) code: Option<Span>,
    /// 款 and 项 of a code printed in pieces: 208 05 06.
    pub(super) pieces: Vec<Span>,
    /// The pieces of its name.
    pub(super) name: Vec<Span>,
    /// Its amounts in order.
    pub(super) amounts: Vec<Span>,
    /// Whether it begins its line.
    pub(super) leads: bool,
}

impl Record {
    /// Its name without white space.
    pub(super) fn words(&self, text: &str) -> String {
        self.name.iter().map(|piece| squeeze(piece.of(text))).collect()
    }
}

/// The records of a statement with codes.
pub(super) fn records(text: &str, lines: &[Line]) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let pieces = code_pieces(text, line);
        if pieces > 0 {
            let pieces = line[1..=pieces].iter().map(|word| word.span).collect();
            records.push(Record { code: Some(line[0].span), pieces, leads: true, ..Record::default() });
        }
        let below = lines.get(at + 1).and_then(|next| next.first()).map_or("", |word| word.span.of(text));
        // A line of nothing but words behind a whole row is the rest of its name.
        let is_rest = line.iter().all(|word| word.kind == Kind::Text);
        for (index, word) in line.iter().enumerate().skip(if pieces > 0 { pieces + 1 } else { 0 }) {
            let leads = index == 0;
            let words = squeeze(word.span.of(text));
            let begins_total = is_total(&words) || index + 1 == line.len() && is_torn_total(&words, below);
            match (word.kind, records.last_mut()) {
                (Kind::Code, _) => records.push(Record { code: Some(word.span), leads, ..Record::default() }),
                (Kind::Text, Some(last))
                    if leads && last.amounts.is_empty() && is_torn_total(&last.words(text), &words) =>
                {
                    last.name.push(word.span);
                }
                (Kind::Text, Some(last))
                    if !begins_total
                        && (last.amounts.is_empty() || is_rest)
                        && !(last.code.is_none() && is_total(&last.words(text))) =>
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

/// Whether a total's label goes on with `below`: 人员经费合 / 计, 公用经费 / 合计.
fn is_torn_total(words: &str, below: &str) -> bool {
    below == "计" && words.ends_with(['合', '总']) || below == "合计" && words.ends_with("经费")
}

/// How many words behind its first are pieces of its code: two digits each, `208 05 06 机关…`.
fn code_pieces(text: &str, line: &Line) -> usize {
    let is_class = line.first().is_some_and(|first| first.kind == Kind::Code && first.span.len() == 3);
    let is_piece = |word: &&Word| word.span.len() == 2 && ordinal(word.span.of(text)).is_some();
    let pieces = line.iter().skip(1).take_while(is_piece).count();
    // Behind them stands the name, or nothing more on this line.
    let named = line.get(pieces + 1).is_none_or(|next| next.kind == Kind::Text);
    if is_class && named && pieces <= 2 { pieces } else { 0 }
}
