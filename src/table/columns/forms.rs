//! Forms and score sheets by columns of spaces: the row 一级指标 二级指标 … tells the columns.
//!
//! In: the words of a table's lines, page by page. Out: rows of slots, one for each column, for
//! [`super::super::tiers`]. A line with words in several columns of values is a row; words above and below
//! it in the same column are the rest of its cells. A label may belong to several rows and stands in
//! the middle of them: it goes to the first ([`super::labels`]).

use super::super::grid::{Row, Slot, finish};
use super::super::tiers::{self, Slots};
use super::super::words::squeeze;
use super::super::{Table, Unsure};
use super::align::match_page;
use super::anchors::{Columns, Points, Told, fill_points, is_remark, part_labels};
use super::labels::{Label, labels, share_out};
use super::words::{pages_of_phrases, part_headings, part_phrases};
use super::{Column, Kind, Line, Word, upper};
use crate::layout::TableLayout;
use crate::problem::{Problem, Severity};
use crate::source::Span;
use std::ops::Range;

/// Lines and rows of a form at most; more are no form that a person could read.
const MOST_LINES: usize = 2000;
const MOST_ROWS: usize = 300;

/// A line of words with its number, counted through all pages.
#[derive(Clone)]
pub(super) struct Numbered {
    pub(super) at: usize,
    pub(super) words: Line,
}

/// A row: the line that it stands on, and its words with their columns.
pub(super) struct FormRow {
    pub(super) at: usize,
    /// Whether it has a whole label of a tier and a figure, 满意度指标 92%, so that it is no rest of another.
    pub(super) labelled: bool,
    pub(super) words: Vec<(usize, Word)>,
}

/// Reads the table in `span` if it is a form.
pub(super) fn read(text: &str, span: Span, wide: i32, problems: &mut Vec<Problem>) -> Option<Table> {
    if !span.of(text).contains("一级") {
        return None;
    }
    let mut pages = pages_of_phrases(text, span, wide);
    for page in &mut pages {
        part_phrases(text, page);
        for line in page.iter_mut() {
            part_labels(text, line);
        }
    }
    let FormRows { rows, mut unsure } = rows(text, &pages, wide)?;
    let head = tiers::find_head(text, &rows)?;
    let (placed, width) = tiers::arrange(text, rows, head, Slots::Certain, problems);
    if let Some(first) = unsure.first() {
        problems.push(Problem::new(
            Severity::Warning,
            "table-column-unknown",
            "this form goes on over a page on which some of its columns are blank or run into each other: the facts of \
             that page say nothing about the column; compare with the printed form",
            Span::new(first.at, first.at),
        ));
    }
    unsure.sort_unstable();
    unsure.dedup_by_key(|unsure| unsure.at);
    let table = finish(TableLayout::Columns, placed, width)?;
    Some(Table { unsure, ..table })
}

/// The rows of the form in `pages`; `None` if it is none.
fn rows(text: &str, pages: &[Vec<Line>], wide: i32) -> Option<FormRows> {
    if pages.iter().map(Vec::len).sum::<usize>() > MOST_LINES {
        return None;
    }
    let mut pages = number(pages);
    let (page, head) = find_head(text, &pages)?;
    for line in &mut pages[page][head.clone()] {
        line.words = part_headings(text, &line.words);
    }
    let mut columns = head_columns(&pages[page][head.clone()]);
    if let Some(label) = left_of(&columns, &pages[page][head.end..]) {
        columns.insert(0, (label, Vec::new()));
    }
    let places: Vec<Column> = columns.iter().map(|(place, _)| *place).collect();
    let merged = merged_columns(text, &columns);
    let mut above: Vec<Numbered> = pages[..page].iter().flatten().cloned().collect();
    above.extend_from_slice(&pages[page][..head.start]);
    let mut rows = upper::rows(text, &above, &places, wide);
    rows.push(columns.iter().map(|(_, words)| Slot::of_parts(text, words.iter().map(|word| word.span))).collect());
    let mut body = Vec::new();
    let mut names: Vec<Vec<Label>> = vec![Vec::new(); merged];
    let heading = |(_, words): &(Column, Vec<Word>)| words.iter().map(|word| squeeze(word.span.of(text))).collect();
    let headings: Vec<String> = columns.iter().map(heading).collect();
    let remarks = places.len() - usize::from(headings.last().is_some_and(|heading| is_remark(heading)));
    let form = Form { places: &places, points: Points::read(&headings), remarks };
    let totals = take_totals(text, &mut pages, page, head.end, &form);
    let below = &pages[page][head.end..];
    let known = Columns::read(text, &headings, below);
    take_page(text, below, &form, None, &mut body, &mut names);
    let mut unsure = Vec::new();
    for lines in &pages[page + 1..] {
        let own = clusters(lines.iter().flat_map(|line| &line.words));
        let told = known.as_ref().map_or(Told::Nothing, |known| known.told(text, lines, &own));
        if let Told::Open = told {
            let amounts = lines.iter().flat_map(|line| &line.words).filter(|word| has_digit(text, word));
            unsure.extend(amounts.map(|word| word.span.start));
        }
        take_page(text, lines, &form, Some(told), &mut body, &mut names);
    }
    if body.len() > MOST_ROWS || body.is_empty() {
        return None;
    }
    rows.extend(slots(text, body, names, places.len()));
    rows.extend(slots(text, totals, Vec::new(), places.len()));
    let last = places.len().saturating_sub(1) as u32;
    let unsure = unsure.into_iter().map(|at| Unsure { at, first: merged as u32 + 1, last }).collect();
    Some(FormRows { rows, unsure })
}

/// The rows of a form, and the cells that may stand in other columns.
struct FormRows {
    rows: Vec<Row>,
    unsure: Vec<Unsure>,
}

fn has_digit(text: &str, word: &Word) -> bool {
    word.span.of(text).contains(|char: char| char.is_ascii_digit())
}

/// Takes the rows 总分 out of the lines below the head: their points stand below those of the indicators, in order.
fn take_totals(text: &str, pages: &mut [Vec<Numbered>], page: usize, end: usize, form: &Form<'_>) -> Vec<FormRow> {
    let mut totals = Vec::new();
    let below = |(at, lines): (usize, &mut Vec<Numbered>)| -> Vec<FormRow> {
        let lines = lines.iter_mut().skip(if at == page { end } else { 0 });
        lines.filter_map(|line| take_total(text, line, form)).collect()
    };
    for found in pages.iter_mut().enumerate().skip(page).map(below) {
        totals.extend(found);
    }
    totals
}

fn take_total(text: &str, line: &mut Numbered, form: &Form<'_>) -> Option<FormRow> {
    let (label, points) = line.words.split_first()?;
    let is_total = matches!(squeeze(label.span.of(text)).as_str(), "总分" | "合计" | "总得分" | "总计");
    let fits = !points.is_empty() && points.len() <= form.points.columns.len();
    if !is_total || !fits || points.iter().any(|word| word.kind != Kind::Number) {
        return None;
    }
    let mut words = vec![(0, *label)];
    words.extend(form.points.columns.iter().zip(points).map(|(column, word)| (*column, *word)));
    line.words.clear();
    Some(FormRow { at: line.at, labelled: false, words })
}

/// What the head of a form says.
struct Form<'a> {
    places: &'a [Column],
    /// Columns of points.
    points: Points,
    /// The column of remarks, or one past the last.
    remarks: usize,
}

/// Numbers the lines; however many blank ones there are, no more than two count.
fn number(pages: &[Vec<Line>]) -> Vec<Vec<Numbered>> {
    let (mut at, mut blank) = (0, 0);
    let mut take = |words: &Line| {
        blank = if words.is_empty() { blank + 1 } else { 0 };
        at += usize::from(blank < 3);
        Numbered { at, words: words.clone() }
    };
    pages.iter().map(|page| page.iter().map(&mut take).collect()).collect()
}

/// The page and the lines of the head: those without a blank one between that hold 一级 and 二级.
fn find_head(text: &str, pages: &[Vec<Numbered>]) -> Option<(usize, Range<usize>)> {
    let has = |line: &Numbered, tier: &str| line.words.iter().any(|word| squeeze(word.span.of(text)).starts_with(tier));
    for (page, lines) in pages.iter().enumerate() {
        for index in (0..lines.len()).filter(|index| has(&lines[*index], "二级")) {
            let near = index.saturating_sub(2)..(index + 3).min(lines.len());
            if lines[near].iter().any(|line| has(line, "一级")) {
                let above = lines[..index].iter().rev().take(3).take_while(|line| is_head(text, line)).count();
                let below = lines[index..].iter().take(6).take_while(|line| is_head(text, line)).count();
                return Some((page, index - above..index + below.max(1)));
            }
        }
    }
    None
}

/// Whether the line may belong to the row of headings: words, none of them a number or an indicator.
fn is_head(text: &str, line: &Numbered) -> bool {
    let is_other = |word: &Word| {
        let words = squeeze(word.span.of(text));
        words.contains(|char: char| char.is_ascii_digit())
            || words.ends_with("指标") && words.chars().count() > 2 && !words.contains('级') && words != "绩效指标"
    };
    !line.words.is_empty() && !line.words.iter().any(is_other)
}

/// The columns of the head, each with the words of its heading.
fn head_columns(lines: &[Numbered]) -> Vec<(Column, Vec<Word>)> {
    let mut words: Vec<Word> = lines.iter().flat_map(|line| line.words.iter().copied()).collect();
    words.sort_by_key(|word| (word.from, word.span.start));
    let mut columns: Vec<(Column, Vec<Word>)> = Vec::new();
    for word in words {
        match columns.last_mut().filter(|(place, _)| word.from < place.to) {
            Some((place, words)) => {
                place.to = place.to.max(word.to);
                words.push(word);
            }
            None => columns.push((Column { kind: Kind::Text, from: word.from, to: word.to }, vec![word])),
        }
    }
    for (_, words) in &mut columns {
        words.sort_by_key(|word| word.span.start);
    }
    columns
}

/// The column of labels left of 一级指标, which has no heading: 绩效指标.
fn left_of(columns: &[(Column, Vec<Word>)], below: &[Numbered]) -> Option<Column> {
    let first = columns.first()?.0.from;
    let words = below.iter().flat_map(|line| &line.words).filter(|word| word.to <= first);
    words.map(|word| Column { kind: Kind::Text, from: word.from, to: word.to }).reduce(|all, one| Column {
        from: all.from.min(one.from),
        to: all.to.max(one.to),
        ..all
    })
}

/// How many columns hold labels that may belong to several rows: all tiers but the lowest.
fn merged_columns(text: &str, columns: &[(Column, Vec<Word>)]) -> usize {
    let words = |words: &[Word]| words.iter().map(|word| squeeze(word.span.of(text))).collect::<String>();
    let is_tier = |(_, parts): &(Column, Vec<Word>)| words(parts).contains("级指标");
    let first = columns.iter().position(is_tier).unwrap_or(0);
    first + columns[first..].iter().take_while(|column| is_tier(column)).count().saturating_sub(1)
}

/// Reads the lines of one page below the head: rows, and the labels of each merged column.
fn take_page(
    text: &str,
    lines: &[Numbered],
    form: &Form<'_>,
    told: Option<Told>,
    rows: &mut Vec<FormRow>,
    names: &mut [Vec<Label>],
) {
    let own = clusters(lines.iter().flat_map(|line| &line.words));
    let places = form.places;
    let found = if let Some(Told::All(found)) = told {
        found
    } else {
        let mut found = match_page(&own, places, i32::MAX);
        fill_points(text, lines, (&own, places), &form.points, &mut found);
        found
    };
    let column = |word: &Word| {
        let at = own.partition_point(|column| column.to <= word.from);
        found.get(at).copied().flatten().unwrap_or_else(|| nearest(places, word))
    };
    let placed: Vec<FormRow> = lines
        .iter()
        .map(|line| {
            let words: Vec<(usize, Word)> = line.words.iter().map(|word| (column(word), *word)).collect();
            FormRow { at: line.at, labelled: is_labelled(text, &words, names.len()..form.remarks), words }
        })
        .collect();
    for block in placed.chunk_by(|one, other| one.words.is_empty() == other.words.is_empty()) {
        for (tier, labels_of_tier) in names.iter_mut().enumerate() {
            labels_of_tier.extend(labels(text, block, tier));
        }
        rows.extend(join(block, names.len(), &form.points.columns));
    }
}

/// Whether a line has a whole label left of the columns `values`, and a figure in one of these.
fn is_labelled(text: &str, words: &[(usize, Word)], values: Range<usize>) -> bool {
    let is_label = |word: &Word| squeeze(word.span.of(text)).ends_with("指标");
    words.iter().any(|(column, word)| *column < values.start && is_label(word))
        && words.iter().any(|(column, word)| values.contains(column) && has_digit(text, word))
}

/// The columns in which words stand one above the other.
pub(super) fn clusters<'a>(words: impl Iterator<Item = &'a Word>) -> Vec<Column> {
    let mut words: Vec<&Word> = words.collect();
    words.sort_unstable_by_key(|word| (word.from, word.to));
    let mut columns: Vec<Column> = Vec::new();
    for word in words {
        match columns.last_mut().filter(|column| word.from < column.to) {
            Some(column) => column.to = column.to.max(word.to),
            None => columns.push(Column { kind: Kind::Text, from: word.from, to: word.to }),
        }
    }
    columns
}

pub(super) fn nearest(places: &[Column], word: &Word) -> usize {
    let off = |at: &usize| (places[*at].distance(word).max(0), (places[*at].middle() - word.from - word.to).abs());
    (0..places.len()).min_by_key(off).unwrap_or(0)
}

/// The rows of lines without a blank one between; the first `merged` columns are left out.
///
/// A line with nearly as many cells as any is a row, what stands above and below is the rest of its cells.
pub(super) fn join(block: &[FormRow], merged: usize, points: &[usize]) -> Vec<FormRow> {
    let values = |row: &FormRow| row.words.iter().filter(|(column, _)| *column >= merged).count();
    let most = block.iter().map(values).max().unwrap_or(0);
    if most == 0 {
        return Vec::new();
    }
    let enough = if most > 2 { most - 1 } else { most };
    let has_points = |line: &FormRow| line.words.iter().any(|(column, _)| points.contains(column));
    let mut anchors: Vec<usize> = (0..block.len()).filter(|line| has_points(&block[*line])).collect();
    if anchors.is_empty() {
        let begins = |line: &FormRow| line.labelled && values(line) > 0;
        anchors = (0..block.len()).filter(|line| values(&block[*line]) >= enough || begins(&block[*line])).collect();
    }
    if most == 1 {
        // Lines of one word each are one cell.
        anchors = vec![anchors[anchors.len() / 2]];
    }
    let second: Vec<usize> = (0..block.len())
        .filter(|line| {
            !anchors.contains(line) && anchors.iter().any(|anchor| holds_more(&block[*anchor], &block[*line]))
        })
        .collect();
    anchors.extend(second);
    anchors.sort_unstable();
    let mut rows: Vec<FormRow> =
        anchors.iter().map(|line| FormRow { at: block[*line].at, labelled: false, words: Vec::new() }).collect();
    for line in block {
        let near = |row: &&mut FormRow| row.at.abs_diff(line.at);
        if let Some(row) = rows.iter_mut().min_by_key(near) {
            row.words.extend(line.words.iter().filter(|(column, _)| *column >= merged));
        }
    }
    rows
}

/// Whether `line` has several numbers where `row` has numbers: they are no rest of its cells.
fn holds_more(row: &FormRow, line: &FormRow) -> bool {
    let is_number = |word: &Word| word.kind == Kind::Number;
    let same = |(column, word): &&(usize, Word)| {
        is_number(word) && row.words.iter().any(|(other, word)| other == column && is_number(word))
    };
    line.words.iter().filter(same).count() > 1
}

/// The slots of the rows, with the labels of the merged columns in the first row that they belong to.
pub(super) fn slots(text: &str, rows: Vec<FormRow>, names: Vec<Vec<Label>>, width: usize) -> Vec<Row> {
    let firsts: Vec<Vec<usize>> = names.iter().map(|names| share_out(names, &rows)).collect();
    let mut slots: Vec<Row> = Vec::with_capacity(rows.len());
    for mut row in rows {
        let mut slot_row = vec![Slot::default(); width];
        row.words.sort_by_key(|(column, word)| (*column, word.span.start));
        for cell in row.words.chunk_by(|one, other| one.0 == other.0) {
            slot_row[cell[0].0] = Slot::of_parts(text, cell.iter().map(|(_, word)| word.span));
        }
        slots.push(slot_row);
    }
    for (column, (names, firsts)) in names.into_iter().zip(firsts).enumerate() {
        for (name, first) in names.into_iter().zip(firsts) {
            let slot = Slot::of_parts(text, name.words.iter().map(|word| word.span));
            if let Some(row) = slots.get_mut(first) {
                row[column].add(text, slot);
            } else {
                // Labels without a row of values.
                let mut row = vec![Slot::default(); width];
                row[column] = slot;
                slots.push(row);
            }
        }
    }
    slots
}
