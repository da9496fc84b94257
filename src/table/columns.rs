//! Tables by columns of spaces (`pdftotext -layout`).
//!
//! In: the lines of a table. Out: a table. Words two spaces apart are cells; where a column stands is
//! told by the codes, names and numbers of the data rows, page by page, since every page is set anew,
//! and for columns without data by their headings. A label of several lines stands half above, half
//! below the line of its amounts. Surprise: some versions count a Chinese character as one column,
//! others as two; the count in which the cells line up is taken.

use super::column_align::{Place, align, match_page};
use super::column_rows::{Cells, join_around_amounts, join_blocks, join_wrapped, slots};
use super::column_words::{pages, pages_of_phrases, part_phrases, raggedness};
use super::grid::{Placed, PlacedRow, Slot, finish, is_ragged, place_ragged};
use super::header::Role;
use super::headings::is_piece;
use super::words::{is_item, is_total, ordinal, squeeze};
use super::tiers::{self, Slots};
use super::{Table, column_forms, column_heads, plain};
use crate::layout::TableLayout;
use crate::problem::{Problem, Severity};
use crate::source::Span;
use std::collections::{HashMap, HashSet};

/// Words beyond which lines above the data are no head that a person could read.
const MOST_HEADINGS: usize = 200;

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Code,
    Text,
    Number,
}

/// A word with its place on the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) kind: Kind,
    pub(super) span: Span,
    pub(super) from: i32,
    pub(super) to: i32,
}

/// A column: what it holds and how far its words reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Column {
    pub(super) kind: Kind,
    pub(super) from: i32,
    pub(super) to: i32,
}

impl Column {
    /// Twice its middle.
    pub(super) fn middle(&self) -> i32 {
        self.from + self.to
    }

    /// How far `word` is away; negative if they overlap.
    pub(super) fn distance(&self, word: &Word) -> i32 {
        (word.from - self.to).max(self.from - word.to)
    }
}

/// The words of a line; none if it is blank.
pub(super) type Line = Vec<Word>;

/// Reads the table in `span`.
pub(super) fn read(text: &str, span: Span, problems: &mut Vec<Problem>) -> Option<Table> {
    let (narrow, wide) = (pages(text, span, 1), pages(text, span, 2));
    let is_wide = raggedness(&wide) < raggedness(&narrow);
    if let Some(table) = read_form(text, span, 1 + i32::from(is_wide), problems) {
        return Some(table);
    }
    let mut pages = if is_wide { wide } else { narrow };
    let head = cut_head(text, pages.iter_mut().find(|page| page.iter().any(|line| !line.is_empty()))?);
    let numbering = cut_numbering(text, pages.first_mut()?);
    drop_repeated_heads(text, &head, numbering.as_ref(), &mut pages, problems);
    let marked = head.iter().any(|line| line.iter().filter(|word| is_mark(text, word)).count() == 3);
    for line in pages.iter_mut().flatten() {
        mark_codes(text, line, marked);
    }
    part_row_numbers(text, &mut pages);
    let own: Vec<Vec<Column>> = pages.iter().map(|page| data_columns(text, page, 0)).collect();
    let mut columns = columns_of_all(&own);
    let labels = columns.iter().filter(|column| column.kind == Kind::Text).count();
    if let Some(column) = columns.iter().position(|column| column.kind == Kind::Code)
        && marked
        && columns.get(column + 1).is_none_or(|next| next.kind != Kind::Code)
    {
        // 类, 款 and 项 are three columns, over which one code stands.
        let code = columns[column];
        let third = |at: i32| Column { from: code.from + at, to: code.from + at + 1, ..code };
        columns.splice(column..=column, [third(0), third(1), third(2)]);
    }
    let based: HashSet<Column> = columns.iter().copied().collect();
    // A number of the row 栏次 tells a column that has no data.
    let numbers: Vec<&Word> =
        numbering.iter().flatten().filter(|word| ordinal(word.span.of(text)).is_some()).collect();
    let found = align(&numbers.iter().map(|word| numbering_place(word)).collect::<Vec<Place>>(), &columns);
    let unknown = numbers.iter().zip(found).filter(|(_, found)| found.is_none());
    columns.extend(unknown.map(|(word, _)| Column { kind: Kind::Number, from: word.from, to: word.to }));
    columns.sort_by_key(Column::middle);
    let heads = column_heads::arrange(text, &head, 1 + i32::from(is_wide), &mut columns);
    let with_data: Vec<Column> = columns.iter().filter(|column| based.contains(column)).copied().collect();
    let coded = based.iter().any(|column| column.kind == Kind::Code);
    let mut rows: Vec<Cells> = Vec::new();
    for page in &pages {
        let map = match_columns(&data_columns(text, page, labels), &columns, &with_data);
        let lines = join_blocks(text, &page.iter().map(|line| place(line, &map)).collect::<Vec<Cells>>());
        rows.extend(if coded { join_around_amounts(text, lines, &columns) } else { join_wrapped(text, lines) });
    }
    if is_ragged(rows.len(), columns.len(), rows.iter().map(Vec::len).sum()) {
        let rows = rows.into_iter().map(|row| row.into_iter().map(|(_, word)| Slot::new(text, word.span)).collect());
        return finish(TableLayout::Columns, place_ragged(rows.collect()), columns.len());
    }
    let rows = rows
        .into_iter()
        .map(|mut cells| {
            place_grand_total(text, &mut cells, &columns);
            slots(text, cells, &columns)
        })
        .collect();
    let roles = column_heads::roles(&heads, &columns, text);
    let mut placed = heads;
    placed.extend(numbering.map(|line| place_numbering(text, &line, &columns, &roles)));
    placed.extend(plain::place_rows(text, rows, &roles));
    finish(TableLayout::Columns, placed, columns.len())
}

/// Reads the table in `span` if it is a form.
fn read_form(text: &str, span: Span, wide: i32, problems: &mut Vec<Problem>) -> Option<Table> {
    if !span.of(text).contains("一级") {
        return None;
    }
    let mut pages = pages_of_phrases(text, span, wide);
    for page in &mut pages {
        part_phrases(text, page);
    }
    let rows = column_forms::rows(text, &pages)?;
    let head = tiers::find_head(text, &rows)?;
    let (placed, width) = tiers::arrange(text, rows, head, Slots::Certain, problems);
    finish(TableLayout::Columns, placed, width)
}

/// Whether `line` is a row of data: it has a code, an amount, or begins with an item or a total.
fn is_data(text: &str, line: &Line) -> bool {
    let Some(first) = line.first() else { return false };
    let words = first.span.of(text);
    line.iter().any(|word| word.kind != Kind::Text)
        || is_item(words)
        || line.len() > 1 && is_total(&squeeze(words)) && { line.iter().skip(1).all(|word| word.kind == Kind::Number) }
}

/// Cuts the lines of the head off the first page.
fn cut_head(text: &str, page: &mut Vec<Line>) -> Vec<Line> {
    let mut data = page.iter().position(|line| is_data(text, line)).unwrap_or(page.len());
    // The first row's label may begin above its amounts.
    let unnamed = page.get(data).is_some_and(|line| line.iter().all(|word| word.kind != Kind::Text));
    while unnamed
        && let Some(line) = data.checked_sub(1).map(|above| &page[above])
        && line.len() == 1
        && !is_piece(&squeeze(line[0].span.of(text)))
    {
        data -= 1;
    }
    if page[..data].iter().map(Vec::len).sum::<usize>() > MOST_HEADINGS {
        return Vec::new();
    }
    let mut head: Vec<Line> = page.drain(..data).collect();
    // 合计 of a statement without data shares its line with the lowest headings.
    if page.iter().all(Vec::is_empty)
        && let Some(last) = head.iter_mut().rev().find(|line| !line.is_empty())
        && last.len() > 1
        && squeeze(last[0].span.of(text)) == "合计"
        && last.iter().skip(1).any(|word| squeeze(word.span.of(text)) == "合计")
    {
        let mut total = last.remove(0);
        total.kind = Kind::Code;
        page.push(vec![total]);
    }
    head
}

/// Tells codes that are printed in pieces, 207 | 01 | 04, from numbers.
fn mark_codes(text: &str, line: &mut Line, marked: bool) {
    let coded = line.first().is_some_and(|first| first.kind == Kind::Code);
    let pieces = line.iter_mut().skip(1).take_while(|word| word.kind == Kind::Number).take(2);
    for word in pieces.filter(|word| marked && coded && word.span.of(text).len() == 2) {
        word.kind = Kind::Code;
    }
}

/// Parts row numbers from the labels beside them: `年初结转和结余 28`. They stand one space apart, but where
/// other rows have their numbers.
fn part_row_numbers(text: &str, pages: &mut [Vec<Line>]) {
    for page in pages.iter_mut() {
        let columns: Vec<Column> =
            data_columns(text, page, 0).into_iter().filter(|column| column.kind == Kind::Number).collect();
        for line in page.iter_mut() {
            let at = line.iter().position(|word| word.kind == Kind::Text && row_number(text, word, &columns).is_some());
            if let Some(at) = at
                && let Some([label, number]) = row_number(text, &line[at], &columns)
            {
                line.splice(at..=at, [label, number]);
            }
        }
    }
}

/// The label and the row number at its end, if that stands in one of `columns`.
fn row_number(text: &str, word: &Word, columns: &[Column]) -> Option<[Word; 2]> {
    let whole = word.span.of(text);
    let (label, number) = whole.rsplit_once(' ')?;
    ordinal(number).filter(|_| number.len() < 4 && !label.ends_with(|char: char| char.is_ascii()))?;
    let start = word.span.end - number.len() as u32;
    let from = word.to - number.len() as i32;
    let own = Word { kind: Kind::Number, span: Span::new(start, word.span.end), from, to: word.to };
    let after = columns.partition_point(|column| column.to < from);
    columns.get(after).filter(|column| column.distance(&own) <= 0)?;
    let end = word.span.start + label.trim_end().len() as u32;
    Some([Word { span: Span::new(word.span.start, end), to: from - 1, ..*word }, own])
}

/// Whether `word` is 类, 款 or 项.
pub(super) fn is_mark(text: &str, word: &Word) -> bool {
    matches!(word.span.of(text).trim(), "类" | "款" | "项")
}

/// Takes the row of column numbers, 栏次 1 2 3, off the first page.
fn cut_numbering(text: &str, page: &mut Vec<Line>) -> Option<Line> {
    let at = page.iter().position(|line| !line.is_empty())?;
    let numbers: Vec<u32> = page[at].iter().filter_map(|word| ordinal(word.span.of(text))).collect();
    let is_label = |word: &Word| ordinal(word.span.of(text)).is_some() || squeeze(word.span.of(text)) == "栏次";
    let counts = numbers.len() > 1 && numbers.iter().copied().eq(1..=numbers.len() as u32);
    (counts && page[at].iter().all(is_label)).then(|| page.remove(at))
}

/// A column number that looks for its column.
fn numbering_place(word: &Word) -> Place {
    Place { from: word.from, to: word.to, kind: Some(Kind::Number), alone: 30 }
}

/// Places the row of column numbers: each over its column, in order.
fn place_numbering(text: &str, line: &Line, columns: &[Column], roles: &[Role]) -> PlacedRow {
    let kind = |word: &Word| match ordinal(word.span.of(text)) {
        Some(_) => Some(Kind::Number),
        None => Some(Kind::Text),
    };
    let places: Vec<Place> = line.iter().map(|word| Place { kind: kind(word), ..numbering_place(word) }).collect();
    let mut placed = PlacedRow::new();
    for (word, found) in line.iter().zip(align(&places, columns)) {
        let slot = Slot { span: word.span, parts: None };
        let from = placed.last().map_or(0, Placed::end);
        let Some(at) = found.or((from < columns.len()).then_some(from)).filter(|at| *at >= from) else {
            // More numbers than columns: the last takes them.
            if let Some(last) = placed.last_mut() {
                last.slot.add(text, slot);
            }
            continue;
        };
        // 栏次 reaches from the codes over the names.
        let first = (from..=at)
            .rev()
            .take_while(|&at| columns[at].kind != Kind::Number && matches!(roles[at], Role::Code | Role::Label))
            .last()
            .unwrap_or(at);
        let first = if roles.get(first) == Some(&Role::Code) { first } else { at };
        placed.push(Placed::new(first, at + 1 - first, true, slot));
    }
    placed
}

/// Drops the head where a later page repeats it, though its lines may be set otherwise there.
fn drop_repeated_heads(
    text: &str,
    head: &[Line],
    numbering: Option<&Line>,
    pages: &mut [Vec<Line>],
    problems: &mut Vec<Problem>,
) {
    let known = Letters::of(text, head);
    for page in pages.iter_mut().skip(1) {
        let end = page.iter().position(|line| is_data(text, line)).unwrap_or(page.len());
        let own = Letters::of(text, &page[..end]);
        let Some(first) = page[..end].iter().flatten().next().copied().filter(|_| own.repeats(&known)) else {
            continue;
        };
        // The first row's label may begin above its amounts.
        let rest: Vec<Line> = page.drain(..end).filter(|line| !known.hold(text, line)).collect();
        if numbering.is_some() {
            cut_numbering(text, page);
        }
        page.splice(..0, rest);
        problems.push(Problem::new(
            Severity::Note,
            "table-continued",
            "the table goes on from the page before; its repeated heading was left out",
            first.span,
        ));
    }
}

/// The characters of some lines and how often each stands there.
struct Letters(HashMap<char, usize>);

impl Letters {
    fn of(text: &str, lines: &[Line]) -> Letters {
        let mut letters = HashMap::new();
        for char in lines.iter().flatten().flat_map(|word| word.span.of(text).chars()).filter(|c| !c.is_whitespace()) {
            *letters.entry(char).or_default() += 1;
        }
        Letters(letters)
    }

    /// Whether nearly all are those of `head`, and nearly all of `head` are here.
    fn repeats(&self, head: &Letters) -> bool {
        let count = |letters: &Letters| letters.0.values().sum::<usize>();
        let both: usize =
            self.0.iter().map(|(char, count)| head.0.get(char).map_or(0, |other| *count.min(other))).sum();
        both > 0 && both * 10 >= count(head) * 9 && both * 10 >= count(self) * 6
    }

    /// Whether `line` has no other characters.
    fn hold(&self, text: &str, line: &Line) -> bool {
        let mut chars = line.iter().flat_map(|word| word.span.of(text).chars());
        chars.all(|char| char.is_whitespace() || self.0.contains_key(&char))
    }
}

/// The columns that the words of `page` stand in, from the left.
///
/// Labels of totals stand over several columns and are none of their own, unless there are fewer than
/// `labels` columns of labels without them.
fn data_columns(text: &str, page: &[Line], labels: usize) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for kind in [Kind::Code, Kind::Text, Kind::Number] {
        let grouped = columns.iter().filter(|column| column.kind == Kind::Code).count() > 1;
        let of_kind =
            |line: &&Line| line.iter().any(|word| word.kind != Kind::Text) || line.len() > 1 || kind == Kind::Text;
        let own = |line: &Line, word: &Word| match kind {
            Kind::Code => true,
            Kind::Text => !is_total(&squeeze(word.span.of(text))),
            Kind::Number => !(grouped && is_grand_total(text, line)),
        };
        let mut words: Vec<(&Word, bool)> = page
            .iter()
            .filter(of_kind)
            .flat_map(|line| line.iter().map(move |word| (line, word)))
            .filter(|(_, word)| word.kind == kind)
            .map(|(line, word)| (word, own(line, word)))
            .collect();
        words.sort_unstable_by_key(|(word, _)| (word.from, word.to));
        // A column, and whether it has more than totals, which stand over several columns.
        let mut found: Vec<(Column, bool)> = Vec::new();
        for (word, own) in words {
            match found.last_mut() {
                Some((column, known)) if word.from < column.to => {
                    column.to = column.to.max(word.to);
                    *known |= own;
                }
                _ => found.push((Column { kind, from: word.from, to: word.to }, own)),
            }
        }
        let own = found.iter().filter(|(_, own)| *own).count();
        // The total of a statement without data is no column.
        let blank = kind == Kind::Text && page.iter().all(|line| line.len() < 2);
        let all = own == 0 && !blank || kind == Kind::Text && own < labels;
        columns.extend(found.into_iter().filter(|(_, own)| *own || all).map(|(column, _)| column));
    }
    columns.sort_unstable_by_key(|column| (column.middle(), column.kind));
    columns
}

/// Whether `line` is 合计 and one amount: below several groups of columns it is the total of them all.
fn is_grand_total(text: &str, line: &Line) -> bool {
    let [label, amount] = line.as_slice() else { return false };
    amount.kind == Kind::Number && matches!(squeeze(label.span.of(text)).as_str(), "合计" | "总计")
}

/// Moves the amount of a total of all groups to the first of them.
fn place_grand_total(text: &str, row: &mut Cells, columns: &[Column]) {
    let codes = columns.windows(2).filter(|pair| pair[0].kind != Kind::Code && pair[1].kind == Kind::Code).count();
    let line: Line = row.iter().map(|(_, word)| *word).collect();
    if codes > 0
        && is_grand_total(text, &line)
        && let Some(first) = columns.iter().position(|column| column.kind == Kind::Number)
    {
        row[1].0 = first;
    }
}

/// The columns of the table: those of its first page, in whose places the head stands, and those that
/// only later pages have.
fn columns_of_all(pages: &[Vec<Column>]) -> Vec<Column> {
    let mut pages = pages.iter().filter(|page| !page.is_empty());
    let mut columns = pages.next().cloned().unwrap_or_default();
    for page in pages {
        let found = match_page(page, &columns);
        let mut shift = 0;
        let mut new = Vec::new();
        for (column, found) in page.iter().zip(found) {
            match found {
                Some(at) => shift = column.middle() / 2 - columns[at].middle() / 2,
                None => new.push(Column { from: column.from - shift, to: column.to - shift, ..*column }),
            }
        }
        columns.extend(new);
        columns.sort_by_key(|column| (column.middle(), column.kind));
    }
    columns
}

/// For each column of a page, the column of the table that it is, by kind and place.
fn match_columns(page: &[Column], table: &[Column], with_data: &[Column]) -> Vec<(Column, usize)> {
    let known: HashMap<Column, usize> = table.iter().copied().zip(0..).collect();
    let found = match_page(page, with_data);
    let mut map: Vec<(Column, usize)> = page
        .iter()
        .zip(found)
        .filter_map(|(column, found)| Some((*column, *known.get(&with_data[found?])?)))
        .collect();
    if map.is_empty() {
        map = table.iter().copied().zip(0..).collect();
    }
    map.sort_by_key(|(column, _)| (column.kind, column.middle()));
    map
}

/// Where each word of `line` belongs: the nearest column of its kind, or of any.
fn place(line: &Line, map: &[(Column, usize)]) -> Vec<(usize, Word)> {
    line.iter()
        .filter_map(|word| {
            let same = map.partition_point(|(column, _)| column.kind < word.kind);
            let end = map.partition_point(|(column, _)| column.kind <= word.kind);
            let nearest = nearest(&map[same..end], word)
                .or_else(|| map.iter().min_by_key(|(column, _)| column.distance(word)).map(|(_, target)| *target));
            nearest.map(|target| (target, *word))
        })
        .collect()
}

/// The nearest of `columns`, which are of one kind and in order.
fn nearest(columns: &[(Column, usize)], word: &Word) -> Option<usize> {
    let at = columns.partition_point(|(column, _)| column.middle() < word.from + word.to);
    let around = &columns[at.saturating_sub(2)..(at + 2).min(columns.len())];
    let cost = |column: &Column| (column.distance(word).max(0), (column.middle() - word.from - word.to).abs());
    around.iter().min_by_key(|(column, _)| cost(column)).map(|(_, target)| *target)
}
