//! Tables by columns of spaces (`pdftotext -layout`).
//!
//! In: the lines of a table. Out: a table. Words two spaces apart are cells; where a column stands is
//! told by the codes, names and numbers of the data rows, page by page, since every page is set anew,
//! and for columns without data by their headings. A label of several lines stands half above, half
//! below the line of its amounts. Surprise: some versions count a Chinese character as one column,
//! others as two; the count in which the cells line up is taken.

use super::grid::{Placed, PlacedRow, Row, Slot, finish, is_ragged, place_ragged, trim};
use super::header::Role;
use super::headings::{is_piece, is_whole};
use super::words::{glued_name, is_code, is_decimal, is_item, is_number, is_total, ordinal, squeeze};
use super::{Table, caption, column_heads, plain};
use crate::layout::TableLayout;
use crate::problem::{Problem, Severity};
use crate::source::Span;
use std::collections::BTreeSet;

/// Words beyond which lines above the data are no head that a person could read.
const MOST_HEADINGS: usize = 200;

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) kind: Kind,
    pub(super) from: i32,
    pub(super) to: i32,
}

impl Column {
    fn middle(&self) -> i32 {
        self.from + self.to
    }

    /// How far `word` is away; negative if they overlap.
    fn distance(&self, word: &Word) -> i32 {
        (word.from - self.to).max(self.from - word.to)
    }
}

/// The words of a line; none if it is blank.
type Line = Vec<Word>;

/// Reads the table in `span`.
pub(super) fn read(text: &str, span: Span, problems: &mut Vec<Problem>) -> Option<Table> {
    let (narrow, wide) = (pages(text, span, 1), pages(text, span, 2));
    let is_wide = raggedness(&wide) < raggedness(&narrow);
    let mut pages = if is_wide { wide } else { narrow };
    let head = cut_head(text, pages.iter_mut().find(|page| page.iter().any(|line| !line.is_empty()))?);
    let numbering = cut_numbering(text, pages.first_mut()?);
    let repeated: Vec<Line> = head.iter().cloned().chain(numbering.clone()).collect();
    drop_repeated_heads(text, &repeated, &mut pages, problems);
    // The head stands on the first page, so its places are those that count.
    let mut columns = pages.iter().rev().map(|page| data_columns(page)).max_by_key(Vec::len).unwrap_or_default();
    if let Some(column) = columns.iter().position(|column| column.kind == Kind::Code)
        && head.iter().any(|line| line.iter().filter(|word| is_mark(text, word)).count() == 3)
    {
        // 类, 款 and 项 are three columns, over which one code stands.
        let code = columns[column];
        let third = |at: i32| Column { from: code.from + at, to: code.from + at + 1, ..code };
        columns.splice(column..=column, [third(0), third(1), third(2)]);
    }
    let based = columns.clone();
    let head: Vec<Line> = head.iter().map(|line| part_headings(text, line, &columns, 1 + i32::from(is_wide))).collect();
    let heads = column_heads::arrange(text, &head, &mut columns);
    let with_data: Vec<usize> = (0..columns.len()).filter(|&at| based.contains(&columns[at])).collect();
    let coded = columns.iter().any(|column| column.kind == Kind::Code);
    let mut rows: Vec<Cells> = Vec::new();
    for page in &pages {
        let map = match_columns(&data_columns(page), &columns, &with_data);
        let lines = join_blocks(text, page.iter().map(|line| place(line, &map)).collect());
        rows.extend(if coded { join_around_amounts(text, lines, &columns) } else { join_wrapped(text, lines) });
    }
    if is_ragged(rows.len(), columns.len(), rows.iter().map(Vec::len).sum()) {
        let rows = rows.into_iter().map(|row| row.into_iter().map(|(_, word)| Slot::new(text, word.span)).collect());
        return finish(TableLayout::Columns, place_ragged(rows.collect()), columns.len());
    }
    let rows = rows.into_iter().map(|cells| slots(text, cells, &columns)).collect();
    let roles = column_heads::roles(&heads, &columns, text);
    let mut placed = heads;
    placed.extend(numbering.map(|line| place_numbering(text, &line, &columns, &roles)));
    placed.extend(plain::place_rows(text, rows, &roles));
    finish(TableLayout::Columns, placed, columns.len())
}

/// The lines of each page, without those that are no part of the grid.
fn pages(text: &str, span: Span, wide: i32) -> Vec<Vec<Line>> {
    let mut pages: Vec<Vec<Line>> = vec![Vec::new()];
    let mut headed = false;
    let mut start = span.start;
    for line in span.of(text).split_inclusive('\n') {
        if line.starts_with('\u{c}') && pages.last().is_some_and(|page| !page.is_empty()) {
            if let Some(page) = pages.last_mut() {
                drop_page_number(text, page);
            }
            pages.push(Vec::new());
        }
        if let Some(page) = pages.last_mut() {
            let words = split(text, start, line, wide);
            let aside = !headed && caption::is_aside(line.trim()) || line.trim().starts_with('注');
            if words.is_empty() || !aside {
                headed |= words.len() > 1;
                page.push(words);
            }
        }
        start += line.len() as u32;
    }
    pages
}

/// Parts headings that stand one space apart over different columns, and joins those spaced out.
fn part_headings(text: &str, line: &Line, columns: &[Column], wide: i32) -> Line {
    let mut parted = Line::new();
    for word in line {
        let whole = word.span.of(text);
        let mut at = word.from;
        let mut start = word.span.start;
        for piece in whole.split(' ') {
            let span = Span::new(start, start + piece.len() as u32);
            let to = at + piece.chars().map(|c| width(c, wide)).sum::<i32>();
            let next = Word { kind: Kind::Text, span, from: at, to };
            let over = |word: &Word| {
                let cost =
                    |column: &&Column| (column.distance(word).max(0), (column.middle() - word.from - word.to).abs());
                columns.iter().min_by_key(cost).map(Column::middle)
            };
            match parted.last_mut().filter(|last| last.span.end + 1 == start && start > word.span.start) {
                Some(last) if over(last) == over(&next) => {
                    last.span.end = span.end;
                    last.to = to;
                }
                _ => parted.push(next),
            }
            at = to + 1;
            start = span.end + 1;
        }
    }
    // 收   入 is one heading.
    let mut joined = Line::new();
    for word in parted {
        let single = |word: &Word| word.span.of(text).chars().count() == 1;
        match joined.last_mut() {
            Some(last)
                if single(last)
                    && single(&word)
                    && is_whole(&squeeze(Span::new(last.span.start, word.span.end).of(text))) =>
            {
                last.span.end = word.span.end;
                last.to = word.to;
            }
            _ => joined.push(word),
        }
    }
    joined
}

/// Drops the page's number from its last line.
fn drop_page_number(text: &str, page: &mut Vec<Line>) {
    if let Some(last) = page.iter_mut().rev().find(|line| !line.is_empty())
        && let [word] = last.as_slice()
        && ordinal(word.span.of(text).trim_matches(['-', '—', ' '])).is_some()
    {
        last.clear();
    }
}

/// The words of `line`: two spaces part them, or one between numbers.
fn split(text: &str, start: u32, line: &str, wide: i32) -> Line {
    let mut words = Line::new();
    let mut x = 0;
    let mut open: Option<(u32, i32)> = None;
    let mut spaces = 0;
    let mut last = (0, 0);
    for (at, c) in line.char_indices() {
        if c.is_whitespace() || c == '\u{c}' {
            spaces += 1;
        } else {
            if let Some((from, left)) = open
                && (spaces > 1
                    || spaces == 1 && parts_cells(&line[(from - start) as usize..], last.0 - from, &line[at..]))
            {
                push(text, &mut words, Span::new(from, last.0), left, last.1, wide);
                open = None;
            }
            open.get_or_insert((start + at as u32, x));
            spaces = 0;
            last = (start + (at + c.len_utf8()) as u32, x + width(c, wide));
        }
        x += if c == '\u{c}' { 0 } else { width(c, wide) };
    }
    if let Some((from, left)) = open {
        push(text, &mut words, Span::new(from, last.0), left, last.1, wide);
    }
    words
}

fn width(c: char, wide: i32) -> i32 {
    if c < '\u{1100}' { 1 } else { wide }
}

/// Whether one space after the first `length` bytes of `before` parts cells: beside an amount or
/// between numbers, and before an item.
fn parts_cells(before: &str, length: u32, after: &str) -> bool {
    let left = before[..length as usize].rsplit(' ').next().unwrap_or("");
    let right = after.split(char::is_whitespace).next().unwrap_or("");
    is_decimal(left)
        || is_decimal(right)
        || is_number(left) && is_number(right)
        || is_item(right) && right.contains('、')
}

/// Adds a word, a code apart from the name that follows it.
fn push(text: &str, words: &mut Line, span: Span, from: i32, to: i32, wide: i32) {
    let whole = span.of(text);
    if let Some(at) = glued_name(whole) {
        let code = trim(text, Span::new(span.start, span.start + at as u32));
        let name = Span::new(span.start + at as u32, span.end);
        let middle = from + whole[..at].chars().map(|c| width(c, wide)).sum::<i32>();
        words.push(Word { kind: Kind::Code, span: code, from, to: from + code.len().cast_signed() });
        words.push(Word { kind: Kind::Text, span: name, from: middle, to });
        return;
    }
    let kind = if is_code(whole) {
        Kind::Code
    } else if is_number(whole) {
        Kind::Number
    } else {
        Kind::Text
    };
    words.push(Word { kind, span, from, to });
}

/// How many different places words begin or numbers end in: few where the cells line up.
fn raggedness(pages: &[Vec<Line>]) -> usize {
    let mut count = 0;
    for page in pages {
        let mut places: Vec<i32> = page
            .iter()
            .filter(|line| line.len() > 1)
            .flat_map(|line| {
                line.iter().skip(1).map(|word| if word.kind == Kind::Number { -word.to } else { word.from })
            })
            .collect();
        places.sort_unstable();
        places.dedup();
        count += places.len();
    }
    count
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

/// Places the row of column numbers: each over the nearest column that is still free.
fn place_numbering(text: &str, line: &Line, columns: &[Column], roles: &[Role]) -> PlacedRow {
    let mut placed = PlacedRow::new();
    for word in line {
        let from = placed.last().map_or(0, Placed::end);
        let is_number = ordinal(word.span.of(text)).is_some();
        let fits = |at: &usize| is_number == (columns[*at].kind == Kind::Number);
        let cost =
            |at: &usize| (columns[*at].distance(word).max(0), (columns[*at].middle() - word.from - word.to).abs());
        let Some(at) = (from..columns.len()).filter(fits).min_by_key(cost).or((from < columns.len()).then_some(from))
        else {
            // More numbers than columns: the last takes them.
            if let Some(last) = placed.last_mut() {
                last.slot.add(text, Slot { span: word.span, parts: None });
            }
            continue;
        };
        // 栏次 reaches from the codes over the names.
        let first = (from..=at)
            .rev()
            .take_while(|&at| !is_number && matches!(roles[at], Role::Code | Role::Label))
            .last()
            .unwrap_or(at);
        let first = if roles.get(first) == Some(&Role::Code) { first } else { at };
        placed.push(Placed::new(first, at + 1 - first, true, Slot { span: word.span, parts: None }));
    }
    placed
}

/// Drops the head where a later page repeats it.
fn drop_repeated_heads(text: &str, head: &[Line], pages: &mut [Vec<Line>], problems: &mut Vec<Problem>) {
    let words = |line: &Line| line.iter().map(|word| squeeze(word.span.of(text))).collect::<String>();
    let heads: BTreeSet<String> = head.iter().map(words).filter(|words| !words.is_empty()).collect();
    for page in pages.iter_mut().skip(1) {
        let repeated = page.iter().take_while(|line| line.is_empty() || heads.contains(&words(line))).count();
        let Some(first) = page.iter().take(repeated).flatten().next() else { continue };
        problems.push(Problem::new(
            Severity::Note,
            "table-continued",
            "the table goes on from the page before; its repeated heading was left out",
            first.span,
        ));
        page.drain(..repeated);
    }
}

/// The columns that the words of `page` stand in, from the left.
fn data_columns(page: &[Line]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for kind in [Kind::Code, Kind::Text, Kind::Number] {
        let of_kind =
            |line: &&Line| line.iter().any(|word| word.kind != Kind::Text) || line.len() > 1 || kind == Kind::Text;
        let mut words: Vec<&Word> =
            page.iter().filter(of_kind).flat_map(|line| line.iter().filter(|word| word.kind == kind)).collect();
        words.sort_unstable_by_key(|word| (word.from, word.to));
        let mut found: Vec<Column> = Vec::new();
        for word in words {
            match found.last_mut() {
                Some(column) if word.from < column.to => column.to = column.to.max(word.to),
                _ => found.push(Column { kind, from: word.from, to: word.to }),
            }
        }
        columns.append(&mut found);
    }
    columns.sort_unstable_by_key(|column| (column.middle(), column.kind));
    columns
}

/// For each column of a page, the column of the table that it is: the k-th of its kind that has data.
fn match_columns(page: &[Column], table: &[Column], with_data: &[usize]) -> Vec<(Column, usize)> {
    let mut map = Vec::with_capacity(page.len());
    for kind in [Kind::Code, Kind::Text, Kind::Number] {
        let targets: Vec<usize> = with_data.iter().copied().filter(|&index| table[index].kind == kind).collect();
        for (order, column) in page.iter().filter(|column| column.kind == kind).enumerate() {
            map.extend(targets.get(order).or(targets.last()).map(|target| (*column, *target)));
        }
    }
    if map.is_empty() {
        map = table.iter().copied().zip(0..).collect();
        map.sort_by_key(|(column, _)| column.kind);
    }
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

/// The words of a row with their columns.
type Cells = Vec<(usize, Word)>;

/// Lines between blank ones are a row if only one of them has more than words, and no column has two
/// items: labels wrapped around the line of their amounts.
fn join_blocks(text: &str, lines: Vec<Cells>) -> Vec<Cells> {
    let mut joined: Vec<Cells> = Vec::with_capacity(lines.len());
    for block in lines.chunk_by(|a, b| !a.is_empty() && !b.is_empty()) {
        let has_more = |line: &&Cells| line.iter().any(|(_, word)| word.kind != Kind::Text);
        let begins = |word: &Word| {
            let words = squeeze(word.span.of(text));
            is_item(&words) || is_total(&words)
        };
        let mut items: Vec<usize> =
            block.iter().flatten().filter(|(_, word)| begins(word)).map(|(at, _)| *at).collect();
        let count = items.len();
        items.sort_unstable();
        items.dedup();
        if block.len() > 1 && block.len() < 8 && block.iter().filter(has_more).count() == 1 && count == items.len() {
            joined.push(block.iter().flatten().copied().collect());
        } else {
            joined.extend(block.iter().cloned());
        }
    }
    joined
}

/// Rows of a statement with codes: lines of mere words belong to the amounts that they surround.
fn join_around_amounts(text: &str, lines: Vec<Cells>, columns: &[Column]) -> Vec<Cells> {
    let lines: Vec<Cells> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    let amounts = next_amounts(&lines);
    let mut rows: Vec<Cells> = Vec::new();
    // Lines of words above the next amounts, and how many below the last ones are still due.
    let mut above: Vec<Cells> = Vec::new();
    let mut due = 0;
    for (index, line) in lines.iter().enumerate() {
        let is_total = line.len() == 1 && is_total(&squeeze(line[0].1.span.of(text)));
        if amounts[index] != index && !is_total {
            let next = lines.get(amounts[index]);
            let unnamed = next.is_some_and(|next| !next.iter().any(|(at, _)| *at == line[0].0));
            let is_named = |row: &Cells| row.iter().any(|(column, _)| columns[*column].kind == Kind::Text);
            match rows.last_mut() {
                Some(last) if due > 0 => {
                    due -= 1;
                    last.extend(line);
                }
                // The next row has a name of its own: these words end the name above.
                Some(last) if !unnamed && is_named(last) && above.is_empty() && !surrounded(index, &amounts) => {
                    last.extend(line);
                }
                _ => above.push(line.clone()),
            }
            continue;
        }
        let is_code = |row: &Cells| row.iter().all(|(_, word)| word.kind == Kind::Code);
        let coded = line.iter().any(|(_, word)| word.kind == Kind::Code);
        match rows.last_mut() {
            // A code on a line of its own, its name and amount on the next.
            Some(last) if !coded && above.is_empty() && is_code(last) => last.extend(line),
            _ => {
                due = above.len();
                let mut row: Cells = above.drain(..).flatten().collect();
                row.extend(line);
                rows.push(row);
            }
        }
    }
    rows.extend(above);
    rows
}

/// For each line the next one, itself included, that has more than words.
fn next_amounts(lines: &[Cells]) -> Vec<usize> {
    let mut next = vec![lines.len(); lines.len() + 1];
    for index in (0..lines.len()).rev() {
        let is_words = lines[index].iter().all(|(_, word)| word.kind == Kind::Text);
        next[index] = if is_words { next[index + 1] } else { index };
    }
    next
}

/// Whether as many lines of words follow the next amounts as stand above them.
fn surrounded(index: usize, amounts: &[usize]) -> bool {
    let next = amounts[index];
    let after = (next + 1).min(amounts.len() - 1);
    amounts[after] - after >= next - index
}

/// Rows of a statement without codes: each line is one, unless it ends an item that began above.
fn join_wrapped(text: &str, lines: Vec<Cells>) -> Vec<Cells> {
    let mut rows: Vec<Cells> = Vec::new();
    let mut contiguous = false;
    for line in lines {
        if line.is_empty() {
            contiguous = false;
            continue;
        }
        let words = |word: &Word| squeeze(word.span.of(text));
        let ends_item = |(column, word): &(usize, Word)| {
            let label = words(word);
            let over = rows.last().and_then(|row| row.iter().find(|(at, _)| at == column));
            word.kind == Kind::Text
                && over.is_some_and(|(_, over)| is_item(over.span.of(text)))
                && !is_item(&label)
                && !["计", "结余", "结转", "分配"].iter().any(|end| label.ends_with(end))
        };
        if contiguous && line.iter().all(ends_item) {
            if let Some(last) = rows.last_mut() {
                last.extend(line);
            }
        } else {
            rows.push(line);
        }
        contiguous = true;
    }
    rows
}

/// The slots of a row; the label of a total reaches from the codes.
fn slots(text: &str, mut cells: Cells, columns: &[Column]) -> Row {
    cells.sort_by_key(|(column, word)| (*column, word.span.start));
    let mut row: Row = vec![Slot::default(); columns.len()];
    for cell in cells.chunk_by(|a, b| a.0 == b.0) {
        row[cell[0].0] = Slot::of_parts(text, cell.iter().map(|(_, word)| word.span));
    }
    for index in 1..row.len() {
        let total = columns[index].kind == Kind::Text && is_total(&squeeze(&row[index].text(text)));
        if total && columns[index - 1].kind == Kind::Code && row[index - 1].is_blank() {
            row.swap(index - 1, index);
        }
    }
    row
}
