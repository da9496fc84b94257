//! The report's own frame: statements that the contents promise, and the year of headings and captions.
//!
//! In: layout, tables and metadata. Out: findings that name no figure. A promised statement that is not
//! in the text may have been lost by the converter, so its absence is `undecided`.

use super::Status;
use super::finding::Finding;
use super::gather::Gathered;
use super::input::Frame;
use crate::grammar::identities::Identity;
use crate::grammar::labels::{bare, squeeze};
use crate::layout::BlockKind;
use crate::source::Span;
use std::collections::BTreeMap;

/// The nine statements.
const STATEMENTS: std::ops::Range<usize> = 0..9;

/// Words of a note that says why a statement is empty.
const NOTES: [&str; 14] = [
    "无数据",
    "空表",
    "没有",
    "无政府性基金",
    "无国有资本",
    "无此",
    "未发生",
    "未安排",
    "无“三公”",
    "无相关",
    "不涉及",
    "无一般公共预算",
    "本表无",
    "为0",
];

/// Tries whether what the contents promise is there.
pub(super) fn try_contents<'a>(
    gathered: &Gathered<'_, 'a>,
    frame: Frame<'_>,
    identity: &'a Identity,
    out: &mut Vec<Finding<'a>>,
) {
    let (text, statements) = (frame.text, gathered.grammars.statements());
    let kinds = &crate::grammar::statements::KINDS[STATEMENTS];
    let mut promised: BTreeMap<&str, (String, Span)> = BTreeMap::new();
    for paragraph in &frame.layout.paragraphs {
        let (BlockKind::Contents, Some(piece)) = (paragraph.kind, paragraph.pieces.first()) else { continue };
        let line = squeeze(piece.of(text));
        let line = bare(&line).trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | '-'));
        if !line.ends_with('表') {
            continue;
        }
        if let Some(statement) = statements.by_title(line)
            && let Some(kind) = kinds.iter().find(|kind| **kind == statement.kind)
        {
            promised.entry(kind).or_insert_with(|| (line.to_owned(), *piece));
        }
    }
    let Some((_, first)) = promised.values().next().cloned() else { return };
    let found = |kind: &str| frame.tables.iter().position(|table| table.kind.as_str() == kind);
    let missing: Vec<_> =
        promised.iter().filter(|(kind, _)| found(kind).is_none()).map(|(_, (title, _))| title.as_str()).collect();
    let (status, why) = if missing.is_empty() {
        (Status::Holds, format!("all {} statements that the contents promise are there", promised.len()))
    } else {
        let why = format!("promised in the contents, but not found in the text: {}", missing.join("、"));
        (Status::Undecided, why)
    };
    out.push(Finding::frame(identity, status, first, why));
    for (kind, (title, _)) in &promised {
        let Some(table) = found(kind) else { continue };
        let span = frame.tables[table].span;
        let numbers = frame.numbers;
        let from = numbers.partition_point(|number| number.span.start < span.start);
        let filled = !gathered.tables[table].facts.is_empty()
            || numbers.get(from).is_some_and(|number| {
                number.span.end <= span.end && number.class == crate::quantity::NumberClass::Unread
            });
        if filled {
            continue;
        }
        let noted = NOTES.iter().any(|note| around(text, span).contains(note));
        let status = if noted { Status::Holds } else { Status::Undecided };
        let why = if noted {
            format!("“{title}” is empty, and a note says so")
        } else {
            format!("“{title}” is empty, and no note near it says why")
        };
        out.push(Finding::frame(identity, status, span, why));
    }
}

/// The text of a table and of some lines before and after it.
fn around(text: &str, span: Span) -> &str {
    let mut start = (span.start as usize).saturating_sub(300);
    let mut end = (span.end as usize + 900).min(text.len());
    while !text.is_char_boundary(start) {
        start += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(start..end).unwrap_or("")
}

/// Tries whether the titles of statements and chapters speak of the report's year.
pub(super) fn try_years<'a>(frame: Frame<'_>, identity: &'a Identity, out: &mut Vec<Finding<'a>>) {
    let Some(year) = frame.metadata.fiscal_year else { return };
    let (mut held, mut first) = (0, None);
    for section in &frame.layout.sections {
        let Some(named) = only_year(&section.title).filter(|_| section.title.contains("决算")) else { continue };
        first.get_or_insert(section.span);
        if named == year {
            held += 1;
            continue;
        }
        let why = format!("the heading “{}” speaks of {named}, the report of {year}", section.title.trim());
        // A heading may rightly look back or forward by name.
        let look = ["对比", "比较", "上年", "预算公开", "历年"].iter().any(|word| section.title.contains(word));
        let status = if look || (named - year).abs() > 3 { Status::Undecided } else { Status::Fails };
        out.push(Finding::frame(identity, status, section.span, why));
    }
    if let Some(span) = first.filter(|_| held > 0) {
        out.push(Finding::frame(identity, Status::Holds, span, format!("{held} headings speak of {year}")));
    }
}

/// The one year that a heading names: 2018年度.
fn only_year(title: &str) -> Option<i16> {
    let title: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let mut years = title.match_indices('年').filter_map(|(at, _)| {
        let digits = title.get(at.checked_sub(4)?..at)?;
        digits.parse::<i16>().ok().filter(|year| (1990..2100).contains(year))
    });
    let first = years.next()?;
    years.next().is_none().then_some(first)
}
