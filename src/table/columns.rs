//! Tables by columns of spaces (`pdftotext -layout`).
//!
//! In: the lines of a table. Out: a table. Words two spaces apart are cells; where a column stands is
//! told by the codes, names and numbers of the data rows, page by page, since every page is set anew,
//! and for columns without data by their headings. A label of several lines stands half above, half
//! below the line of its amounts. Surprise: some versions count a Chinese character as one column,
//! others as two; the count in which the cells line up is taken.

use super::grid::{Row, Slot, finish, is_ragged, place_ragged, trim};
use super::headings::is_piece;
use super::words::{glued_name, is_code, is_item, is_number, is_total, squeeze};
use super::{Table, caption, column_heads, plain};
use crate::layout::TableLayout;
use crate::source::Span;

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
#[derive(Clone, Copy, Debug)]
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
pub(super) fn read(text: &str, span: Span) -> Option<Table> {
    let (narrow, wide) = (pages(text, span, 1), pages(text, span, 2));
    let mut pages = if raggedness(&wide) < raggedness(&narrow) { wide } else { narrow };
    let head = cut_head(text, pages.iter_mut().find(|page| page.iter().any(|line| !line.is_empty()))?);
    // The head stands on the first page, so its places are those that count.
    let mut columns = pages.iter().rev().map(|page| data_columns(page)).max_by_key(Vec::len).unwrap_or_default();
    let heads = column_heads::arrange(text, &head, &mut columns);
    let coded = columns.iter().any(|column| column.kind == Kind::Code);
    let mut rows: Vec<Cells> = Vec::new();
    for page in &pages {
        let map = match_columns(&data_columns(page), &columns);
        let lines = page.iter().map(|line| place(line, &map)).collect();
        rows.extend(if coded { join_around_amounts(text, lines, &columns) } else { join_wrapped(text, lines) });
    }
    if is_ragged(rows.len(), columns.len(), rows.iter().map(Vec::len).sum()) {
        let rows = rows.into_iter().map(|row| row.into_iter().map(|(_, word)| Slot::new(text, word.span)).collect());
        return finish(TableLayout::Columns, place_ragged(rows.collect()), columns.len());
    }
    let rows = rows.into_iter().map(|cells| slots(text, cells, &columns)).collect();
    let roles = column_heads::roles(&heads, &columns, text);
    let mut placed = heads;
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
                    || spaces == 1 && parts_numbers(&line[(from - start) as usize..], last.0 - from, &line[at..]))
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

/// Whether the space after the first `length` bytes of `before` stands between number and number.
fn parts_numbers(before: &str, length: u32, after: &str) -> bool {
    let digit = |b: &u8| b.is_ascii_digit();
    before[..length as usize].bytes().next_back().is_some_and(|b| digit(&b))
        && after.bytes().take_while(|b| *b != b' ' && *b != b'\n').any(|b| digit(&b))
        && after.bytes().next().is_some_and(|b| digit(&b) || b == b'-')
        && is_number(before[..length as usize].rsplit(' ').next().unwrap_or(""))
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

/// For each column of a page, the column of the table that it is: the k-th of its kind.
fn match_columns(page: &[Column], table: &[Column]) -> Vec<(Column, usize)> {
    let mut map = Vec::with_capacity(page.len());
    for kind in [Kind::Code, Kind::Text, Kind::Number] {
        let targets: Vec<usize> = (0..table.len()).filter(|&index| table[index].kind == kind).collect();
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
