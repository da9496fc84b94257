//! Which heading each column of amounts has, where the sums that the headings name do not hold with their places.
//!
//! In: the lines of the head and the columns that the data tell. Out: the form's headings in their order, each column
//! of amounts below one of them, so that 合计 is the sum of its parts in the rows. What stands in a narrow head is
//! torn and pushed aside; the order of the columns is not. Where several headings can be a column's, the one that its
//! amounts have elsewhere is taken ([`super::super::evidence`]), or the one that it stands below; else its cells reach over
//! all that can be, which states nothing about any, and a warning says so.

use super::super::Unsure;
use super::super::evidence::Evidence;
use super::super::flow::heads::{self, Head};
use super::super::flow::sums::{self, leaf};
use super::super::grid::{PlacedRow, header_paths};
use super::super::header::Role;
use super::super::headings::{is_torn, shares_columns};
use super::super::words::{amount, ordinal, squeeze};
use super::rows::Cells;
use super::stacks::{Heading, stack};
use super::{Column, Kind, Line};
use crate::problem::{Problem, Severity};
use crate::source::Span;
use rust_decimal::Decimal;

/// Ways of giving columns their headings that are tried.
const MOST_WAYS: usize = 4000;
/// Rows whose sums are looked at.
const MOST_ROWS: usize = 200;
/// Columns of a form at most.
const MOST_COLUMNS: usize = 31;

/// The headings of a form, and the columns of the table below them.
pub(super) struct Form {
    pub(super) heads: Vec<PlacedRow>,
    pub(super) columns: Vec<Column>,
    /// Columns whose heading is one of several: the column, and the first and last that it can be.
    pub(super) open: Vec<(usize, usize, usize)>,
}

/// A table whose columns look for their headings.
pub(super) struct Asked<'a, 't> {
    pub(super) text: &'t str,
    /// The lines of the head.
    pub(super) head: &'a [Line],
    /// How many columns a Chinese character counts.
    pub(super) wide: i32,
    /// The columns that the data tell, from the left.
    pub(super) data: &'a [Column],
    /// The rows, with their columns among `data`.
    pub(super) rows: Vec<Cells>,
    /// The table's own lines.
    pub(super) span: Span,
    pub(super) evidence: &'a Evidence<'t>,
}

impl Asked<'_, '_> {
    /// Whether the rows agree with the headings above them; nothing if no sums tell.
    pub(super) fn agree(&self, heads: &[PlacedRow], columns: &[Column]) -> Option<bool> {
        let names = header_paths(self.text, heads, columns.len());
        let at = |column: &Column| columns.iter().position(|other| other == column);
        let ways: Option<Vec<usize>> = self.data.iter().map(at).collect();
        let way = ways.filter(|_| names.len() <= MOST_COLUMNS)?;
        if sums::sums(&names).totals.len() < self.least_sums() {
            return Some(false);
        }
        let (held, failed) = self.held(&names, &way);
        (held + failed > 0).then_some(failed * 4 <= held)
    }

    /// The sums that the headings of the “三公” expenditure name, two for each 小计, if these are such: where fewer are
    /// found, they are put together wrongly.
    fn least_sums(&self) -> usize {
        let words: String = self.head.iter().flatten().map(|word| squeeze(word.span.of(self.text))).collect();
        let own = ["合计", "接待费", "购置及运行"].iter().all(|part| words.contains(part));
        let bare = self.data.iter().all(|column| column.kind == Kind::Number);
        if own && bare { 2 * words.matches("小计").count() } else { 0 }
    }

    /// Whether words of a heading over amounts were torn from it, or others into it.
    pub(super) fn is_torn(&self, heads: &[PlacedRow], columns: &[Column]) -> bool {
        let names = header_paths(self.text, heads, columns.len());
        let has_data = |column: &Column| column.kind == Kind::Number && self.data.contains(column);
        names.iter().zip(columns).any(|(name, column)| has_data(column) && is_torn(leaf(name)))
    }

    /// The form's own headings, where the rows agree with them: their words put together by place, or line by line.
    pub(super) fn form(&self) -> Option<Form> {
        let headings = self.headings();
        let by_place: Vec<Span> = headings.iter().flat_map(|heading| heading.parts.iter().copied()).collect();
        let by_line: Vec<Span> = self.head.iter().flatten().map(|word| word.span).collect();
        [by_place, by_line].iter().find_map(|spans| self.form_of(spans, &headings))
    }

    /// The form with the headings that the words in `spans` make, in order.
    fn form_of(&self, spans: &[Span], headings: &[Heading]) -> Option<Form> {
        let coded = self.data.iter().any(|column| column.kind == Kind::Code);
        let mut head = heads::read(self.text, spans, coded);
        if self.data.iter().all(|column| column.kind == Kind::Number) {
            head = head.without_labels();
        }
        if head.has_total() || head.columns.len() > MOST_COLUMNS {
            return None;
        }
        let names = head.names(self.text);
        if names.iter().any(|name| is_torn(leaf(name))) {
            return None;
        }
        let tried = self.ways(&head)?.into_iter().map(|way| {
            let (held, failed) = self.held(&names, &way);
            (failed, held, way)
        });
        let tried: Vec<(usize, usize, Vec<usize>)> = tried.collect();
        let least = tried.iter().map(|(failed, ..)| *failed).min()?;
        let fit = tried.into_iter().filter(|(failed, held, _)| *failed == least && *held > 4 * least);
        let ways = self.choose(fit.map(|(_, _, way)| way).collect(), &names, &head, headings);
        let way = ways.first()?;
        let open = (0..self.data.len()).filter_map(|at| {
            let can = || ways.iter().map(|way| way[at]);
            let (first, last) = (can().min()?, can().max()?);
            (first < last).then_some((way[at], first, last))
        });
        Some(Form { open: open.collect(), columns: self.columns(way, head.columns.len()), heads: head.rows })
    }

    /// The headings in the order of the form: those above others first, then from the left.
    fn headings(&self) -> Vec<Heading> {
        let mut headings = stack(self.text, self.head, self.wide, self.data);
        let top = headings.iter().map(|heading| heading.top).min().unwrap_or(0);
        headings.sort_by_key(|heading| (!(heading.top == top && shares_columns(&heading.words)), heading.centre()));
        put_before_parts(&mut headings);
        for heading in &mut headings {
            heading.parts.sort_unstable();
        }
        headings
    }

    /// The ways in which the columns of the data can be those of the form, in order.
    fn ways(&self, head: &Head) -> Option<Vec<Vec<usize>>> {
        let form = groups(&head.columns);
        let own = groups(&self.roles());
        let fit = |(own, form): (&Group, &Group)| {
            own.labels.len() == form.labels.len()
                && own.ordinals.len() <= form.ordinals.len()
                && own.data.len() <= form.data.len()
        };
        if own.len() != form.len() || !own.iter().zip(&form).all(fit) {
            return None;
        }
        let mut ways: Vec<Vec<usize>> = vec![Vec::new()];
        for (own, form) in own.iter().zip(&form) {
            let mut next = Vec::new();
            for chosen in choose(form.data.len(), own.data.len())? {
                for way in &ways {
                    let mut way = way.clone();
                    way.extend(&form.labels);
                    way.extend(form.ordinals.iter().take(own.ordinals.len()));
                    way.extend(chosen.iter().map(|at| form.data[*at]));
                    next.push(way);
                }
                if next.len() > MOST_WAYS {
                    return None;
                }
            }
            ways = next;
        }
        Some(ways)
    }

    /// What each column of the data holds.
    fn roles(&self) -> Vec<Role> {
        let counts = |at: usize| {
            let words = self.rows.iter().flatten().filter(|(column, _)| *column == at);
            let mut numbers = words.map(|(_, word)| ordinal(word.span.of(self.text))).peekable();
            let mut last = None;
            numbers.peek().is_some()
                && numbers.all(|number| {
                    let next = number.is_some() && number > last;
                    last = number;
                    next
                })
        };
        let labelled = |at: usize| self.data[..at].last().is_some_and(|column| column.kind == Kind::Text);
        let role = |(at, column): (usize, &Column)| match column.kind {
            Kind::Code => Role::Code,
            Kind::Text => Role::Label,
            Kind::Number if labelled(at) && self.rows.len() > 2 && counts(at) => Role::Ordinal,
            Kind::Number => Role::Data,
        };
        self.data.iter().enumerate().map(role).collect()
    }

    /// How many sums of the rows hold with `names` if the columns of the data are those of `way`, and how many do not.
    fn held(&self, names: &[String], way: &[usize]) -> (usize, usize) {
        let sums = sums::sums(names);
        let inside = parts_of_parts(names);
        let mut all = (0, 0);
        for row in self.rows.iter().take(MOST_ROWS) {
            let mut values = vec![Decimal::ZERO; names.len()];
            for (at, word) in row.iter().filter(|(_, word)| word.kind == Kind::Number) {
                values[way[*at]] = amount(word.span.of(self.text));
            }
            let (held, failed) = sums.count(&values);
            // 其中：教育收费 is never more than the 小计 that it is a part of.
            let more = inside.iter().filter(|(total, part)| values[*part] > values[*total]).count();
            all = (all.0 + held, all.1 + failed + 4 * more);
        }
        all
    }

    /// Of several ways those that the document speaks for elsewhere, then those in which every column stands below its
    /// heading.
    fn choose(
        &self,
        mut ways: Vec<Vec<usize>>,
        names: &[String],
        head: &Head,
        headings: &[Heading],
    ) -> Vec<Vec<usize>> {
        if ways.len() < 2 {
            return ways;
        }
        let naming = |way: &Vec<usize>| -> i32 {
            let cells = self.rows.iter().take(MOST_ROWS).flatten().filter(|(_, word)| word.kind == Kind::Number);
            let score = |(at, word): &(usize, super::Word)| {
                self.evidence.names(leaf(&names[way[*at]]), amount(word.span.of(self.text)), self.span)
            };
            cells.map(score).sum()
        };
        keep_best(&mut ways, naming);
        let place = |column: usize| -> Option<(i32, i32)> {
            let cell = head.rows.iter().flatten().rfind(|cell| cell.column == column && cell.column_span == 1)?;
            let heading = headings.iter().find(|heading| heading.parts.contains(&first_part(&cell.slot)))?;
            Some((heading.from, heading.to))
        };
        let below = |way: &Vec<usize>| {
            let stands = |(column, target): (&Column, &usize)| {
                place(*target).is_some_and(|(from, to)| from < column.to && column.from < to)
            };
            i32::from(self.data.iter().zip(way).filter(|(column, _)| column.kind == Kind::Number).all(stands))
        };
        keep_best(&mut ways, below);
        ways
    }

    /// The columns of the form: those of the data, and blank ones between them.
    fn columns(&self, way: &[usize], width: usize) -> Vec<Column> {
        let mut columns: Vec<Column> = Vec::with_capacity(width);
        for at in 0..width {
            let own = way.iter().position(|target| *target == at).map(|own| self.data[own]);
            let from = columns.last().map_or(i32::MIN / 4, |left| left.to);
            columns.push(own.unwrap_or(Column { kind: Kind::Number, from, to: from }));
        }
        columns
    }
}

/// Columns 小计 and 其中：… side by side below the same heading.
fn parts_of_parts(names: &[String]) -> Vec<(usize, usize)> {
    let above = |name: &String| name.rsplit_once('>').map(|(above, own)| (above.to_owned(), own.to_owned()));
    let pair = |at: usize| {
        let ((over, total), (other, part)) = (above(&names[at])?, above(&names[at + 1])?);
        (over == other && total == "小计" && part.starts_with("其中")).then_some((at, at + 1))
    };
    (0..names.len().saturating_sub(1)).filter_map(pair).collect()
}

/// Puts 决算数 before 合计 and the funds that stand lower on both of its sides, and 事业收入 before its 小计.
fn put_before_parts(headings: &mut [Heading]) {
    for at in 0..headings.len() {
        let over = &headings[at];
        if !over.words.ends_with("决算数") && !matches!(over.words.as_str(), "金额" | "事业收入") {
            continue;
        }
        let lower = headings[..at].iter().rev().take_while(|heading| heading.top > over.bottom);
        let first = lower.enumerate().filter(|(_, heading)| matches!(heading.words.as_str(), "合计" | "小计")).last();
        if let Some((back, _)) = first {
            headings[at - back - 1..=at].rotate_right(1);
        }
    }
}

/// Keeps the ways that score best.
pub(super) fn keep_best(ways: &mut Vec<Vec<usize>>, score: impl Fn(&Vec<usize>) -> i32) {
    let scores: Vec<i32> = ways.iter().map(score).collect();
    let best = scores.iter().copied().max();
    let mut each = scores.into_iter();
    ways.retain(|_| each.next() == best);
}

fn first_part(slot: &super::super::grid::Slot) -> Span {
    slot.parts.as_ref().and_then(|parts| parts.first().copied()).unwrap_or(slot.span)
}

/// Columns of labels, the row numbers behind them and what they are labels of.
#[derive(Debug, Default)]
struct Group {
    labels: Vec<usize>,
    ordinals: Vec<usize>,
    data: Vec<usize>,
}

/// The groups that stand side by side.
fn groups(roles: &[Role]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, role) in roles.iter().enumerate() {
        let is_label = matches!(role, Role::Code | Role::Label);
        let begins = groups.last().is_none_or(|last| is_label && !(last.ordinals.is_empty() && last.data.is_empty()));
        if begins {
            groups.push(Group::default());
        }
        let Some(group) = groups.last_mut() else { continue };
        match role {
            Role::Code | Role::Label => group.labels.push(at),
            Role::Ordinal => group.ordinals.push(at),
            Role::Data => group.data.push(at),
        }
    }
    groups
}

/// All ways to take `count` of `width` in order; none if there are too many.
fn choose(width: usize, count: usize) -> Option<Vec<Vec<usize>>> {
    let mut chosen: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..count {
        let mut next = Vec::new();
        for way in &chosen {
            let from = way.last().map_or(0, |last| last + 1);
            next.extend((from..width).map(|at| [way.as_slice(), &[at]].concat()));
        }
        chosen = next;
        if chosen.len() > MOST_WAYS {
            return None;
        }
    }
    Some(chosen)
}

/// Lets the cells of open columns reach over all columns that may be theirs, and says so.
pub(super) fn widen(
    placed: &mut [PlacedRow],
    top: usize,
    open: &[(usize, usize, usize)],
    problems: &mut Vec<Problem>,
) -> Vec<Unsure> {
    let mut unsure: Vec<Unsure> = Vec::new();
    for row in placed.iter_mut().skip(top) {
        for (column, first, last) in open {
            let Some(at) = row.iter().position(|cell| cell.column == *column && !cell.header) else { continue };
            unsure.push(Unsure { at: row[at].slot.span.start, first: *first as u32, last: *last as u32 });
            let left = at.checked_sub(1).map_or(0, |left| row[left].end()).max(*first);
            let right = row.get(at + 1).map_or(usize::MAX, |right| right.column).min(last + 1);
            (row[at].column, row[at].column_span) = (left, (right - left).max(1));
        }
    }
    if let Some(Unsure { at, .. }) = unsure.first() {
        problems.push(Problem::new(
            Severity::Warning,
            "table-column-unknown",
            "the headings of this table stand aside from its amounts, and their sums leave open whose some are: their \
             facts say nothing about the column; compare with the printed form",
            Span::new(*at, *at),
        ));
    }
    unsure
}

/// The amounts of a table whose rows agree with no order of its headings, which may be those of any of them: warns.
pub(super) fn disown(placed: &[PlacedRow], top: usize, roles: &[Role], problems: &mut Vec<Problem>) -> Vec<Unsure> {
    let data = || (0..roles.len()).filter(|at| roles[*at] == Role::Data);
    let (Some(first), Some(last)) = (data().next(), data().next_back()) else { return Vec::new() };
    let cells = placed.iter().skip(top).flatten();
    let amounts = cells.filter(|cell| !cell.header && (first..=last).contains(&cell.column));
    let unsure: Vec<Unsure> =
        amounts.map(|cell| Unsure { at: cell.slot.span.start, first: first as u32, last: last as u32 }).collect();
    if let Some(Unsure { at, .. }) = unsure.first() {
        problems.push(Problem::new(
            Severity::Warning,
            "table-column-unknown",
            "the amounts of this table do not add up below its headings, which are torn or stand aside: their facts say \
             nothing about the column; compare with the printed form",
            Span::new(*at, *at),
        ));
    }
    unsure
}
