//! The report's own frame: statements that the contents promise, and the year of headings and captions.
//!
//! In: layout, tables and metadata. Out: findings that name no figure. A promised statement that is not
//! in the text may have been lost by the converter, so its absence is `undecided`.

use super::Status;
use super::between::alike;
use super::finding::Finding;
use super::gather::Gathered;
use super::input::Frame;
use crate::grammar::identities::{Identity, Machine, Rule};
use crate::grammar::labels::{bare, squeeze};
use crate::layout::BlockKind;
use crate::source::Span;
use std::borrow::Cow;
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

/// Tries contents, years and agencies.
pub(super) fn try_frame<'a>(
    gathered: &Gathered<'_, 'a>,
    frame: Frame<'_>,
    identities: &'a [Identity],
    out: &mut Vec<Finding<'a>>,
) {
    for identity in identities {
        match identity.rule {
            Rule::Machine(Machine::Contents) => try_contents(gathered, frame, identity, out),
            Rule::Machine(Machine::HeadingYear) => try_years(frame, identity, out),
            Rule::Machine(Machine::HeadingAgency) => try_agency(frame, identity, out),
            _ => {}
        }
    }
}

/// Tries whether what the contents promise is there.
fn try_contents<'a>(gathered: &Gathered<'_, 'a>, frame: Frame<'_>, identity: &'a Identity, out: &mut Vec<Finding<'a>>) {
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

/// Words of headings that rightly speak of another year.
const LOOK_ELSEWHERE: [&str; 20] = [
    "对比",
    "比较",
    "相比",
    "上年",
    "历年",
    "预算公开",
    "增减",
    "变动",
    "变化",
    "差异",
    "审计",
    "整改",
    "批复",
    "反馈",
    "监督",
    "审查",
    "检查",
    "通报",
    "结转",
    "问题",
];

/// Tries whether the titles of statements and chapters speak of the report's year.
fn try_years<'a>(frame: Frame<'_>, identity: &'a Identity, out: &mut Vec<Finding<'a>>) {
    let Some(year) = frame.metadata.fiscal_year else { return };
    let (mut held, mut first, from) = (0_usize, None, out.len());
    let headings = frame.layout.sections.iter().map(|section| (section.title.as_str(), section.span, "heading"));
    let titles = frame.tables.iter().filter_map(|table| Some((table.title.as_deref()?, table.span, "title")));
    for (title, span, what) in headings.chain(titles) {
        let Some(named) = Some(title).filter(|title| title.contains("决算")).and_then(only_year) else { continue };
        first.get_or_insert(span);
        if named == year {
            held += 1;
            continue;
        }
        let why = format!("the {what} “{}” speaks of {named}, the report of {year}", title.trim());
        // A heading may rightly look back or forward by name.
        let look = LOOK_ELSEWHERE.iter().any(|word| title.contains(word)) || title.trim_start().starts_with('附');
        let status = if look || (named - year).abs() > 3 { Status::Undecided } else { Status::Fails };
        out.push(Finding::frame(identity, status, span, why));
    }
    // Where as many speak of another year, that one may be the report's.
    if out.len() - from > held.max(1) {
        out[from..]
            .iter_mut()
            .for_each(|finding| *finding = finding.clone().doubt(true, "many headings speak of that year"));
    }
    if let Some(span) = first.filter(|_| held > 0) {
        out.push(Finding::frame(identity, Status::Holds, span, format!("{held} headings speak of {year}")));
    }
}

/// Words before the name of whoever made a statement.
const MADE_BY: [&str; 7] = ["编制单位", "公开部门", "公开单位", "编制部门", "填报单位", "部门名称", "单位名称"];

/// Tries whether the statements are said to be of the agency that reports.
fn try_agency<'a>(frame: Frame<'_>, identity: &'a Identity, out: &mut Vec<Finding<'a>>) {
    let Some(entity) = frame.metadata.entity.as_deref().map(squeeze) else { return };
    let (mut held, mut odd): (Vec<Span>, Vec<(Span, String)>) = (Vec::new(), Vec::new());
    for table in frame.tables {
        if !crate::grammar::statements::KINDS[STATEMENTS].contains(&table.kind.as_str()) {
            continue;
        }
        let Some((span, name)) = made_by(frame.text, table.span) else { continue };
        let bare = squeeze(&name);
        let same = entity.contains(&bare) || bare.contains(&entity) || alike(&bare, &entity);
        if same { held.push(span) } else { odd.push((span, name)) }
    }
    for (span, name) in &odd {
        let agency =
            name.ends_with(['局', '委', '院', '办', '部', '会', '校', '所', '厅', '处', '站', '队', '心', '府']);
        let why = format!("a statement is said to be of “{name}”, the report is of “{entity}”");
        // A report of a whole department may hold statements of its units; one that stands alone was copied.
        let copied = agency && odd.len() == 1 && held.len() >= 2 && name.chars().count() >= 4;
        let status = if copied { Status::Fails } else { Status::Undecided };
        out.push(Finding::frame(identity, status, *span, why));
    }
    if let Some(first) = held.first() {
        out.push(Finding::frame(
            identity,
            Status::Holds,
            *first,
            format!("{} statements are of “{entity}”", held.len()),
        ));
    }
}

/// Who made the statement at `span`, by the line above it or at its head.
fn made_by(text: &str, span: Span) -> Option<(Span, String)> {
    let start = text.ceil_char_boundary((span.start as usize).saturating_sub(300));
    // Behind a short statement stands the line of the next.
    let end = text.floor_char_boundary((span.start as usize + 300).min(span.end as usize).min(text.len()));
    let near = text.get(start..end)?;
    // The nearest above the first cell; the one of the statement before stands further off.
    let found = MADE_BY.iter().filter_map(|label| near.rfind(label).map(|at| at + label.len())).max()?;
    let rest = near[found..].strip_prefix(['：', ':'])?;
    let rest = rest.trim_start_matches([' ', '\u{3000}']);
    let stop = |c: char| c.is_whitespace() || matches!(c, '|' | '<' | '（' | '(');
    let name = rest.split(stop).next().filter(|name| name.chars().count() >= 2)?;
    let at = start + near.len() - rest.len();
    Some((Span::from(at..at + name.len()), name.to_owned()))
}

/// The one year that a heading names: 2018年度.
fn only_year(title: &str) -> Option<i16> {
    let title: Cow<'_, str> = if title.contains(char::is_whitespace) {
        Cow::Owned(title.split_whitespace().collect())
    } else {
        Cow::Borrowed(title)
    };
    let mut years = title.match_indices('年').filter_map(|(at, _)| {
        let digits = title.get(at.checked_sub(4)?..at)?;
        digits.parse::<i16>().ok().filter(|year| (1990..2100).contains(year))
    });
    let first = years.next()?;
    years.next().is_none().then_some(first)
}
