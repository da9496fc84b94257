//! The words of tables by columns of spaces, with their places on the line.
//!
//! In: the lines of a table. Out: pages of lines of words. Two spaces part words, one does beside an
//! amount. Some versions of `pdftotext` count a Chinese character as one column, others as two: the
//! caller asks for both and takes the one in which the words line up ([`raggedness`]).

use super::super::caption;
use super::super::grid::trim;
use super::super::words::{glued_name, is_chinese, is_code, is_dash, is_decimal, is_item, is_number, ordinal};
use super::{Kind, Line, Word};
use crate::layout::is_rule;
use crate::source::Span;

/// The lines of each page, without those that are no part of the grid.
pub(super) fn pages(text: &str, span: Span, wide: i32) -> Vec<Vec<Line>> {
    pages_of(text, span, |start, line| split(text, start, line, wide))
}

/// The same with words that only two spaces part: `68.42 万人次` is one.
pub(super) fn pages_of_phrases(text: &str, span: Span, wide: i32) -> Vec<Vec<Line>> {
    pages_of(text, span, |start, line| split_at(text, start, line, (wide, false), parts_dash))
}

/// Lines around a word that are looked at for the columns that it reaches over.
const AROUND: usize = 12;

/// Parts phrases at a space where they stand over two cells of another line: `（50 分） 质量指标`.
pub(super) fn part_phrases(text: &str, page: &mut [Line]) {
    for index in 0..page.len() {
        let mut at = 0;
        while at < page[index].len() {
            let word = page[index][at];
            match over_two(page, index, &word).and_then(|pair| cut(text, &word, pair)) {
                Some(parts) => {
                    page[index].splice(at..=at, parts);
                }
                None => at += 1,
            }
        }
    }
}

/// Two words side by side on a line near `index`, both of which stand above or below `word`.
fn over_two(page: &[Line], index: usize, word: &Word) -> Option<[Word; 2]> {
    let near = page[index.saturating_sub(AROUND)..page.len().min(index + AROUND)].iter();
    let pairs = near.flat_map(|line| line.windows(2));
    let over = |other: &Word| other.from < word.to && word.from < other.to;
    let mut pairs = pairs.filter(|pair| over(&pair[0]) && over(&pair[1]) && pair[1].from - pair[0].to > 1);
    pairs.next().map(|pair| [pair[0], pair[1]])
}

/// `word` cut at the space nearest to where the second of `pair` begins, if both parts stand over one of them.
fn cut(text: &str, word: &Word, [left, right]: [Word; 2]) -> Option<[Word; 2]> {
    let whole = word.span.of(text);
    let scale = if word.to - word.from > whole.chars().map(|char| width(char, 1)).sum::<i32>() { 2 } else { 1 };
    let mut column = word.from;
    let mut spaces = Vec::new();
    for (at, char) in whole.char_indices() {
        if char == ' ' && !is_unit(&whole[..at], &whole[at + 1..]) {
            spaces.push((at, column));
        }
        column += width(char, scale);
    }
    // What is set in Chinese characters alone has no spaces but between cells, and stands wider than it is counted.
    let parts: Vec<usize> = spaces.iter().map(|(at, _)| *at).filter(|at| is_between(whole, *at)).collect();
    let only = if parts.len() == 1 { parts.first() } else { None };
    let off = |(_, column): &(usize, i32)| (column + 1 - right.from).abs();
    let (at, column) = spaces.iter().copied().min_by_key(off)?;
    let near = column > left.from && column < right.to && off(&(at, column)) <= 4;
    let (at, column) = match only.and_then(|only| spaces.iter().find(|(at, _)| at == only)) {
        Some(space) if !near && off(space) <= 12 && (word.from - left.from).abs() <= 4 => *space,
        _ if near => (at, column),
        _ => return None,
    };
    let end = word.span.start + at as u32;
    Some([
        Word { span: Span::new(word.span.start, end), to: column, ..*word },
        Word { span: Span::new(end + 1, word.span.end), from: (column + 1).max(right.from.min(word.to - 1)), ..*word },
    ])
}

/// Whether the space at byte `at` stands between Chinese words.
fn is_between(whole: &str, at: usize) -> bool {
    let ends = |char: char| is_chinese(char) || matches!(char, '）' | ')' | '率' | '”');
    let begins = |char: char| is_chinese(char) || matches!(char, '（' | '(' | '“');
    whole[..at].chars().next_back().is_some_and(ends) && whole[at + 1..].chars().next().is_some_and(begins)
}

/// Parts the headings of a form at each space between Chinese words of some length: `自评得分 审核得分`.
pub(super) fn part_headings(text: &str, words: &[Word]) -> Line {
    let mut parted = Line::new();
    for word in words {
        let mut rest = *word;
        loop {
            let whole = rest.span.of(text);
            let long = |words: &str| words.chars().count() > 2;
            let space = whole.match_indices(' ').map(|(at, _)| at);
            let found =
                space.into_iter().find(|at| is_between(whole, *at) && long(&whole[..*at]) && long(&whole[at + 1..]));
            let Some(at) = found else { break };
            let middle = rest.span.start + at as u32;
            let column = rest.from + whole[..at].chars().map(|char| width(char, 1)).sum::<i32>();
            parted.push(Word { span: Span::new(rest.span.start, middle), to: column, ..rest });
            rest = Word { span: Span::new(middle + 1, rest.span.end), from: column + 1, ..rest };
        }
        parted.push(rest);
    }
    parted
}

/// Whether `after` is the unit of the amount before it: 308 次.
fn is_unit(before: &str, after: &str) -> bool {
    const LONGEST: usize = 4;
    before.ends_with(|char: char| char.is_ascii_digit())
        && after.chars().count() <= LONGEST
        && after.chars().all(|char| is_chinese(char) || matches!(char, '%' | '％'))
}

/// The lines of each page, whose words `split` finds.
fn pages_of(text: &str, span: Span, split: impl Fn(u32, &str) -> Line) -> Vec<Vec<Line>> {
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
            let words = if is_rule(line) { Line::new() } else { split(start, line) };
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

/// Drops the page's number from its last line.
fn drop_page_number(text: &str, page: &mut [Line]) {
    if let Some(last) = page.iter_mut().rev().find(|line| !line.is_empty())
        && let [word] = last.as_slice()
        && ordinal(word.span.of(text).trim_matches(['-', '—', ' '])).is_some()
    {
        last.clear();
    }
}

/// The words of `line`: two spaces part them, or one between numbers.
pub(super) fn split(text: &str, start: u32, line: &str, wide: i32) -> Line {
    split_at(text, start, line, (wide, true), parts_cells)
}

/// The words of `line`: two spaces part them, or one where `parts` says so; some may be codes if `coded`.
fn split_at(
    text: &str,
    start: u32,
    line: &str,
    (wide, coded): (i32, bool),
    parts: fn(&str, u32, &str) -> bool,
) -> Line {
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
                && (spaces > 1 || spaces == 1 && parts(&line[(from - start) as usize..], last.0 - from, &line[at..]))
            {
                push(text, &mut words, Span::new(from, last.0), (left, last.1), (wide, coded));
                open = None;
            }
            open.get_or_insert((start + at as u32, x));
            spaces = 0;
            last = (start + (at + c.len_utf8()) as u32, x + width(c, wide));
        }
        x += if c == '\u{c}' { 0 } else { width(c, wide) };
    }
    if let Some((from, left)) = open {
        push(text, &mut words, Span::new(from, last.0), (left, last.1), (wide, coded));
    }
    join_totals(text, &mut words);
    words
}

/// Joins 合 and 计, 总 and 计 at the beginning of a line, which are set apart however wide their cell is.
fn join_totals(text: &str, words: &mut Line) {
    if let [first, second, ..] = words.as_slice()
        && second.span.of(text) == "计"
        && matches!(first.span.of(text), "合" | "总")
    {
        let joined = Word { span: first.span.cover(second.span), to: second.to, ..*first };
        words.splice(..2, [joined]);
    }
}

fn width(c: char, wide: i32) -> i32 {
    if c < '\u{1100}' { 1 } else { wide }
}

/// Whether a dash begins behind a number, `100.00 % -`: a cell of its own.
fn parts_dash(before: &str, length: u32, after: &str) -> bool {
    let left = &before[..length as usize];
    is_dash(after.split(char::is_whitespace).next().unwrap_or(""))
        && left.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '%' | '％'))
}

/// Whether one space after the first `length` bytes of `before` parts cells: beside an amount or
/// between numbers, and before an item.
fn parts_cells(before: &str, length: u32, after: &str) -> bool {
    let left = before[..length as usize].rsplit(' ').next().unwrap_or("");
    let right = after.split(char::is_whitespace).next().unwrap_or("");
    if right.starts_with(['%', '％']) || is_direction(left) {
        return false;
    }
    let after_sign = matches!(left, "%" | "％") && (is_number(right) || is_dash(right));
    // 0 stands for nothing before the label of the other side.
    let blank = left.len() == before[..length as usize].len()
        && left == "0"
        && right.chars().filter(|c| is_chinese(*c)).count() > 1;
    parts_dash(before, length, after)
        || blank
        || after_sign
        || is_decimal(left)
        || is_decimal(right)
        || is_number(left) && is_number(right)
        || is_item(right) && right.contains('、')
}

/// Whether `words` say which way an amount changed: 减 7,120.
fn is_direction(words: &str) -> bool {
    matches!(words, "增" | "减" | "增加" | "减少" | "增长" | "下降" | "上升" | "降低")
}

/// Whether `whole` is a number behind such words.
fn is_change(whole: &str) -> bool {
    whole
        .find(|c: char| c.is_ascii_digit())
        .is_some_and(|at| is_direction(whole[..at].trim()) && is_number(&whole[at..]))
}

/// Adds a word, a code apart from the name that follows it.
fn push(text: &str, words: &mut Line, mut span: Span, (from, to): (i32, i32), (wide, coded): (i32, bool)) {
    // Markdown writes a line's end in a cell as a backslash.
    span.end -= u32::from(span.len() > 1 && span.of(text).ends_with('\\'));
    let whole = span.of(text);
    if let Some(at) = glued_name(whole).filter(|_| coded) {
        let code = trim(text, Span::new(span.start, span.start + at as u32));
        let name = Span::new(span.start + at as u32, span.end);
        let middle = from + whole[..at].chars().map(|c| width(c, wide)).sum::<i32>();
        words.push(Word { kind: Kind::Code, span: code, from, to: from + code.len().cast_signed() });
        words.push(Word { kind: Kind::Text, span: name, from: middle, to });
        return;
    }
    let kind = if coded && is_code(whole) {
        Kind::Code
    } else if is_number(whole) || is_dash(whole) || is_change(whole) {
        Kind::Number
    } else {
        Kind::Text
    };
    words.push(Word { kind, span, from, to });
}

/// How many different places words begin in, and numbers begin, end or have their middle in: few where cells line up.
pub(super) fn raggedness(pages: &[Vec<Line>]) -> usize {
    let count = |page: &Vec<Line>, place: &dyn Fn(&Word) -> Option<i32>| {
        let words = page.iter().filter(|line| line.len() > 1).flat_map(|line| line.iter().skip(1));
        let mut places: Vec<i32> = words.filter_map(place).collect();
        places.sort_unstable();
        places.dedup();
        places.len()
    };
    let number = |word: &Word| word.kind == Kind::Number;
    let ragged = |page: &Vec<Line>| {
        let sets: [&dyn Fn(&Word) -> i32; 3] = [&|word| word.from, &|word| word.to, &|word| word.from + word.to];
        let numbers = sets.iter().map(|set| count(page, &|word| number(word).then(|| set(word)))).min();
        count(page, &|word| (!number(word)).then_some(word.from)) + numbers.unwrap_or(0)
    };
    pages.iter().map(ragged).sum()
}
