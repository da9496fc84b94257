//! Tables by columns of spaces (`pdftotext -layout`).
//!
//! In: the lines of a table. Out: a table. Words two spaces apart are cells; where a column stands is
//! told by the codes, names and numbers of the data rows, page by page, since every page is set anew,
//! and for columns without data by their headings. A label of several lines stands half above, half
//! below the line of its amounts. Surprise: some versions count a Chinese character as one column,
//! others as two; the count in which the cells line up is taken.

mod align;
mod anchors;
mod between;
mod doubts;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod examples_forms;
#[cfg(test)]
mod examples_pages;
mod find;
mod forms;
mod funds;
mod heads;
mod labels;
mod levels;
mod numbers;
mod pages;
mod ranges;
mod rows;
mod stacks;
mod sums;
mod top;
mod upper;
mod words;

use self::align::SMALL_SHIFT;
use self::doubts::Doubts;
use self::find::{columns_of_all, data_columns, match_columns, part_row_numbers, place, place_grand_total};
use self::numbers::{cut_numbering, is_numbered, is_ordinal, numbered_only, place_numbering};
use self::pages::Guide;
use self::rows::{Cells, join_around_amounts, join_blocks, join_wrapped, slots};
use self::top::{Top, cut_head, cut_repeated_heads, is_mark, join_head, join_totals, mark_codes, unmark_codes};
use self::words::{pages, raggedness};
use super::evidence::Evidence;
use super::grid::{PlacedRow, Slot, finish, header_paths, is_ragged, place_ragged};
use super::header::Role;
use super::{Table, Unsure, plain};
use crate::layout::TableLayout;
use crate::problem::Problem;
use crate::source::Span;
use std::collections::HashSet;

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
pub(super) fn read(text: &str, span: Span, evidence: &Evidence, problems: &mut Vec<Problem>) -> Option<Table> {
    let (narrow, wide) = (pages(text, span, 1), pages(text, span, 2));
    let is_wide = raggedness(&wide) < raggedness(&narrow);
    let wide_as = 1 + i32::from(is_wide);
    if let Some(table) = forms::read(text, span, wide_as, problems) {
        return Some(table);
    }
    let printed = Printed::new(text, span, wide_as, if is_wide { wide } else { narrow }, problems)?;
    let mut reading = printed.read(evidence, i32::MAX)?;
    if reading.trust < Trust::Agrees && printed.pages.len() > 1 {
        // A page on which nothing stands in the left columns begins with others.
        let other = printed.read(evidence, SMALL_SHIFT)?;
        if other.trust > reading.trust {
            reading = other;
        }
    }
    printed.finish(reading, evidence, problems).or_else(|| printed.as_lines())
}

/// The words of a table, as they are printed.
struct Printed<'t> {
    text: &'t str,
    span: Span,
    /// How many columns a Chinese character counts.
    wide: i32,
    top: Top,
    /// What each page repeats of it.
    tops: Vec<Top>,
    /// Whether 类, 款 and 项 are headings of their own.
    marked: bool,
    /// The lines below the head.
    pages: Vec<Vec<Line>>,
}

/// How far the rows agree with the headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Trust {
    /// Their sums do not hold in any order of the headings.
    Odds,
    /// Nothing tells.
    Unknown,
    /// They hold with the headings in the order of the form.
    Form,
    /// They hold with the headings where these stand.
    Agrees,
}

/// The columns of a table and their headings.
struct Reading {
    heads: Vec<PlacedRow>,
    columns: Vec<Column>,
    body: Body,
    trust: Trust,
    /// Columns that may be others: the column, and the first and last that it can be.
    open: Vec<(usize, usize, usize)>,
}

impl<'t> Printed<'t> {
    fn new(
        text: &'t str,
        span: Span,
        wide: i32,
        mut pages: Vec<Vec<Line>>,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        join_head(text, &mut pages);
        for page in &mut pages {
            join_totals(text, page);
        }
        let head = cut_head(text, pages.iter_mut().find(|page| page.iter().any(|line| !line.is_empty()))?);
        let numbering = cut_numbering(text, pages.first_mut()?);
        let tops = cut_repeated_heads(text, &head, numbering.as_ref(), &mut pages, problems);
        let marked = head.iter().any(|line| line.iter().filter(|word| is_mark(text, word)).count() == 3);
        for line in pages.iter_mut().flatten() {
            mark_codes(text, line, marked);
        }
        part_row_numbers(text, &mut pages);
        for page in &mut pages {
            unmark_codes(page);
        }
        Some(Printed { text, span, wide, top: Top { head, numbering }, tops, marked, pages })
    }

    /// The columns of the pages that repeat the head, with those of the first that they are.
    fn guides(&self, own: &[Vec<Column>]) -> Vec<Option<Guide>> {
        let headed = |top: &Top, own: &[Column]| {
            let mut columns = own.to_vec();
            self.part_codes(&mut columns);
            let heads = self.arrange(top, &mut columns);
            let names = header_paths(self.text, &heads, columns.len());
            (columns, names)
        };
        let repeats = self.tops.iter().any(|top| !top.head.is_empty());
        let first = own.first().filter(|_| repeats).map(|own| headed(&self.top, own));
        let guide = |(top, own): (&Top, &Vec<Column>)| {
            let (columns, names) = first.as_ref().filter(|_| !top.head.is_empty())?;
            let page = headed(top, own);
            pages::guide((&page.0, &page.1), (columns, names))
        };
        self.tops.iter().zip(own).map(guide).collect()
    }

    /// The columns and their headings, where that all columns of a page are shifted costs `most_shift` at most.
    fn read(&self, evidence: &Evidence, most_shift: i32) -> Option<Reading> {
        let own: Vec<Vec<Column>> = self.pages.iter().map(|page| data_columns(self.text, page, 0)).collect();
        let guides = self.guides(&own);
        let mut columns = columns_of_all(&own, &guides, most_shift);
        let labels = columns.iter().filter(|column| column.kind == Kind::Text).count();
        self.part_codes(&mut columns);
        let body = Body { labels, based: columns.iter().copied().collect(), most_shift, guides };
        let data = columns.clone();
        let mut heads = self.arrange(&self.top, &mut columns);
        let strays = strays(&heads, &columns, &data, self.pages.first()?);
        if !strays.is_empty() {
            columns = data.into_iter().filter(|column| !strays.contains(column)).collect();
            heads = self.arrange(&self.top, &mut columns);
        }
        if let Some(form) = self.form_head(&body, (&heads, &columns)) {
            (heads, columns) = form;
        }
        let own: Vec<Column> = columns.iter().filter(|column| body.based.contains(column)).copied().collect();
        let rows = self.rows(&body, (&own, &[]), &mut Doubts::new(), &mut Vec::new());
        let asked = sums::Asked {
            text: self.text,
            head: &self.top.head,
            wide: self.wide,
            data: &own,
            rows,
            span: self.span,
            evidence,
        };
        let agree = asked.agree(&heads, &columns);
        let torn = asked.is_torn(&heads, &columns);
        let form = if agree == Some(true) && !torn { None } else { asked.form() };
        Some(match (form, agree) {
            (Some(form), _) => {
                Reading { heads: form.heads, columns: form.columns, body, trust: Trust::Form, open: form.open }
            }
            (None, agree) => {
                let trust = agree.map_or(Trust::Unknown, |agree| if agree { Trust::Agrees } else { Trust::Odds });
                let open = if agree.is_none() { asked.between(&heads, &mut columns) } else { Vec::new() };
                Reading { heads, columns, body, trust, open }
            }
        })
    }

    /// 类, 款 and 项 are three columns, over which one code stands.
    fn part_codes(&self, columns: &mut Vec<Column>) {
        if let Some(column) = columns.iter().position(|column| column.kind == Kind::Code)
            && self.marked
            && columns.get(column + 1).is_none_or(|next| next.kind != Kind::Code)
        {
            let code = columns[column];
            let third = |at: i32| Column { from: code.from + at, to: code.from + at + 1, ..code };
            columns.splice(column..=column, [third(0), third(1), third(2)]);
        }
    }

    /// The words of each line side by side, where nothing was read of them.
    fn as_lines(&self) -> Option<Table> {
        let lines = self.top.head.iter().chain(&self.top.numbering).chain(self.pages.iter().flatten());
        let slots = |line: &Line| line.iter().map(|word| Slot::new(self.text, word.span)).collect::<Vec<_>>();
        let rows: Vec<Vec<Slot>> = lines.map(slots).filter(|row| !row.is_empty()).collect();
        let widest = rows.iter().map(Vec::len).max()?;
        finish(TableLayout::Columns, place_ragged(rows), widest)
    }

    /// The table that `reading` makes.
    fn finish(&self, reading: Reading, evidence: &Evidence, problems: &mut Vec<Problem>) -> Option<Table> {
        let text = self.text;
        let Reading { heads, columns, body, trust, open } = reading;
        let mut doubts = Doubts::new();
        let roles = heads::roles(&heads, &columns, text);
        let mut rows = self.rows(&body, (&columns, &roles), &mut doubts, problems);
        if is_ragged(rows.len(), columns.len(), rows.iter().map(Vec::len).sum()) {
            let slots = |row: Cells| row.into_iter().map(|(_, word)| Slot::new(text, word.span)).collect();
            return finish(TableLayout::Columns, place_ragged(rows.into_iter().map(slots).collect()), columns.len());
        }
        let names = header_paths(text, &heads, columns.len());
        let asked = doubts::Asked { text, names: &names, roles: &roles, columns: &columns, table: self.span, evidence };
        let first = |page: &Vec<Line>| page.iter().flatten().map(|word| word.span.start).min();
        let starts: Vec<u32> = self.pages.iter().filter_map(first).collect();
        doubts::find_odd_pages(&asked, &rows, &starts, &mut doubts);
        doubts::settle(&asked, &mut rows, &mut doubts, problems);
        let rows = rows
            .into_iter()
            .map(|mut cells| {
                place_grand_total(text, &mut cells, &columns);
                slots(text, cells, &columns)
            })
            .collect();
        let mut placed = heads;
        let top = placed.len();
        placed.extend(self.top.numbering.as_ref().map(|line| place_numbering(text, line, &columns, &roles)));
        placed.extend(plain::place_rows(text, rows, &roles));
        doubts::widen(&mut placed, &doubts);
        let mut unsure: Vec<Unsure> = doubts.iter().map(|(at, doubt)| doubt.unsure(*at)).collect();
        unsure.extend(sums::widen(&mut placed, top, &open, problems));
        if trust == Trust::Odds {
            unsure.extend(sums::disown(&placed, top, &roles, problems));
        }
        unsure.sort_unstable();
        unsure.dedup_by_key(|unsure| unsure.at);
        let table = finish(TableLayout::Columns, placed, columns.len())?;
        Some(Table { unsure, ..table })
    }

    /// The rows, with their columns; `doubts` gets the amounts that stand between two of these.
    fn rows(
        &self,
        body: &Body,
        columns: (&[Column], &[Role]),
        doubts: &mut Doubts,
        problems: &mut Vec<Problem>,
    ) -> Vec<Cells> {
        let text = self.text;
        let (columns, roles) = columns;
        let with_data: Vec<Column> = columns.iter().filter(|column| body.based.contains(column)).copied().collect();
        let coded = body.based.iter().any(|column| column.kind == Kind::Code);
        let mut rows: Vec<Cells> = Vec::new();
        let mut items = pages::Items::new();
        for (at, page) in self.pages.iter().enumerate() {
            let own = data_columns(text, page, body.labels);
            let guide = body.guides.get(at).and_then(Option::as_ref);
            let side = pages::side(text, page, &own, &with_data, &items).unwrap_or(0);
            let map = match_columns(&own, guide, columns, &with_data[side..], body.most_shift);
            if at > 0 && guide.is_none() && roles.is_empty() && !pages::open(&map, columns, roles).is_empty() {
                // What its columns are is asked once the headings are known.
                continue;
            }
            let lines = page.iter().map(|line| place(line, &map, problems)).collect::<Vec<Cells>>();
            pages::count_items(text, &lines, columns, &mut items);
            doubts::find(&lines, columns, doubts);
            if at > 0 && guide.is_none() && !roles.is_empty() {
                doubts::open(at, &lines, &pages::open(&map, columns, roles), doubts);
            }
            let lines = join_blocks(text, &lines);
            rows.extend(if coded { join_around_amounts(text, lines, columns) } else { join_wrapped(text, lines) });
        }
        rows
    }

    /// The headings of the “三公” expenditure in the form's order, and the columns, where the sums of the rows hold
    /// with them and not with `placed`, those that their places tell: words torn over narrow columns stand anywhere.
    fn form_head(&self, body: &Body, placed: (&[PlacedRow], &[Column])) -> Option<(Vec<PlacedRow>, Vec<Column>)> {
        if self.top.head.is_empty() || body.based.iter().any(|column| column.kind != Kind::Number) {
            return None;
        }
        let text = self.text;
        let spans: Vec<Span> = self.top.head.iter().flatten().map(|word| word.span).collect();
        let form = super::flow::expenses::three_public(text, &spans)?;
        let names = form.names(text);
        let mut columns: Vec<Column> = body.based.iter().copied().collect();
        columns.sort_by_key(Column::middle);
        if columns.len() < names.len() {
            columns.extend(numbered_only(text, self.top.numbering.as_ref(), &columns));
            columns.sort_by_key(Column::middle);
        }
        let held = |names: &[String], columns: &[Column]| {
            let rows = self.rows(body, (columns, &[]), &mut Doubts::new(), &mut Vec::new());
            doubts::sums_held(text, names, &rows)
        };
        let by_place = header_paths(text, placed.0, placed.1.len());
        let better = columns.len() == names.len() && held(&names, &columns) > held(&by_place, placed.1);
        better.then_some((form.rows, columns))
    }

    /// Places the headings; `columns` gets those that have no data, but a heading or a number of the row 栏次.
    fn arrange(&self, top: &Top, columns: &mut Vec<Column>) -> Vec<PlacedRow> {
        let (text, wide, head) = (self.text, self.wide, &top.head);
        let line = top.numbering.as_ref();
        let numbers: Vec<&Word> = line.into_iter().flatten().filter(|word| is_ordinal(text, word)).collect();
        let mut known = columns.clone();
        let heads = heads::arrange(text, head, wide, &mut known);
        let roles = heads::roles(&heads, &known, text);
        let numbered = roles.iter().zip(&known).filter(|(role, column)| is_numbered(**role, column)).count();
        if numbers.is_empty() || numbers.len() == numbered {
            *columns = known;
            return heads;
        }
        columns.extend(numbered_only(text, line, columns));
        columns.sort_by_key(Column::middle);
        heads::arrange(text, head, wide, columns)
    }
}

/// What is known of the columns of the lines below the head.
struct Body {
    /// Columns of labels.
    labels: usize,
    /// The columns that the data tell.
    based: HashSet<Column>,
    /// What it costs at most that all columns of a page are shifted.
    most_shift: i32,
    /// The columns of the pages that repeat the head.
    guides: Vec<Option<Guide>>,
}

/// Columns of one amount without a heading, between two that have one, of which one is blank on its line: an
/// amount that stands between the columns makes none of its own.
fn strays(heads: &[PlacedRow], columns: &[Column], data: &[Column], page: &[Line]) -> Vec<Column> {
    let headed: HashSet<usize> =
        heads.iter().flatten().filter(|cell| cell.column_span == 1).map(|cell| cell.column).collect();
    let is_headed = |at: usize| columns[at].kind == Kind::Number && headed.contains(&at);
    let mut strays = Vec::new();
    for at in 1..columns.len().saturating_sub(1) {
        let column = columns[at];
        let bare = column.kind == Kind::Number && !headed.contains(&at) && is_headed(at - 1) && is_headed(at + 1);
        if !bare || !data.contains(&column) {
            continue;
        }
        let taken = |line: &Line, at: usize| {
            line.iter().any(|word| word.kind == Kind::Number && columns[at].distance(word) < 0)
        };
        let mut lines = page.iter().filter(|line| taken(line, at));
        if let (Some(line), None) = (lines.next(), lines.next())
            && !(taken(line, at - 1) && taken(line, at + 1))
        {
            strays.push(column);
        }
    }
    strays
}
