//! Charts as converters leave them: a dump of a Word chart's data, or the words drawn in an image.
//!
//! In: the lines of one or several charts. Out: tables of series, categories and values.
//! - A dump (`2031年⇥⏎收、支总计⇥2156.02⇥…`) says the series' name, its printed labels, as many
//!   categories as values, then the values.
//! - An image (`image5.emf`) says numbers and words in the order they were drawn. Numbers in equal
//!   steps are the axis's ticks and make no cells; a chart without other numbers makes no table.
//!
//! The caption stands far away in the text: 图5 belongs to `image5`, the third dump to the third 图.

use super::grid::{Placed, PlacedRow, Slot, finish};
use super::words::is_number;
use super::{Table, TableKind};
use crate::layout::TableLayout;
use crate::source::Span;

/// A chart's table and the number of the figure that it is, if an image's name tells it.
pub(super) struct Chart {
    /// The table.
    pub(super) table: Table,
    /// The number of the image.
    pub(super) image: Option<u32>,
}

/// What stands between tabs and line ends.
#[derive(Clone, Copy)]
struct Word {
    span: Span,
    number: bool,
    percent: bool,
    /// Whether a blank line stands before it.
    apart: bool,
}

/// Reads the charts in `span`; `above` is the text of the line before it.
pub(super) fn read(text: &str, span: Span, above: &str) -> Vec<Chart> {
    let mut charts = Vec::new();
    let mut image = image_number(above);
    let mut from = span.start;
    let mut at = span.start;
    for line in span.of(text).split_inclusive('\n') {
        if let Some(next) = image_number(line) {
            read_one(text, Span::new(from, at), image, &mut charts);
            image = Some(next);
            from = at + line.len() as u32;
        }
        at += line.len() as u32;
    }
    read_one(text, Span::new(from, span.end), image, &mut charts);
    charts
}

/// The number in the name of an image: `image5.emf`.
fn image_number(line: &str) -> Option<u32> {
    let (number, kind) = line.trim().strip_prefix("image")?.split_once('.')?;
    (kind.len() <= 4 && kind.bytes().all(|b| b.is_ascii_alphanumeric())).then(|| number.parse().ok())?
}

fn read_one(text: &str, span: Span, image: Option<u32>, charts: &mut Vec<Chart>) {
    let lines = span.of(text);
    if image.is_some() || !lines.contains('\t') {
        let rows = drawn(text, &words(text, span, true));
        let table = rows.and_then(|rows| finish(TableLayout::Chart, rows, 2));
        charts.extend(table.map(|table| Chart { table: as_chart(table), image }));
    } else {
        for series in group(text, series(text, &words(text, span, false))) {
            let table = finish(TableLayout::Chart, tabulate(text, &series), 2);
            charts.extend(table.map(|table| Chart { table: as_chart(table), image: None }));
        }
    }
}

fn as_chart(mut table: Table) -> Table {
    table.kind = TableKind::Chart;
    table
}

/// The words of the lines, split at tabs, and at spaces too if `spaces`.
fn words(text: &str, span: Span, spaces: bool) -> Vec<Word> {
    let mut words = Vec::new();
    let mut apart = false;
    let mut start = span.start;
    for line in span.of(text).split_inclusive('\n') {
        let mut from = start;
        apart |= line.trim_matches(['\r', '\n', ' ']).is_empty();
        for piece in line.split(|c: char| c == '\t' || spaces && c == ' ') {
            let slot = Slot::new(text, Span::new(from, from + piece.len() as u32));
            from += piece.len() as u32 + 1;
            let whole = slot.span.of(text);
            if !slot.is_blank() && !is_unit(whole) {
                let percent = whole.ends_with(['%', '％']);
                words.push(Word { span: slot.span, number: is_number(whole), percent, apart });
                apart = false;
            }
        }
        start += line.len() as u32;
    }
    words
}

/// Whether `words` only tell the unit.
fn is_unit(words: &str) -> bool {
    words.starts_with("单位：") || words.starts_with("单位:")
}

/// One series of a dump.
struct Series {
    name: Span,
    labels: Vec<Span>,
    categories: Vec<Span>,
    values: Vec<Span>,
    apart: bool,
}

/// The series of a dump: name, printed labels, categories, values.
fn series(text: &str, words: &[Word]) -> Vec<Series> {
    let mut found = Vec::new();
    let mut rest = words;
    while let Some((name, mut after)) = rest.split_first() {
        let mut take = |is: &dyn Fn(&Word) -> bool| {
            let count = after.iter().take_while(|word| is(word)).count();
            let (taken, left) = after.split_at(count);
            after = left;
            taken.iter().map(|word| word.span).collect::<Vec<Span>>()
        };
        let labels = take(&|word| word.percent);
        let mut categories = take(&|word| !word.number);
        let mut values = take(&|word| word.number);
        let is_year = |span: &Span| matches!(span.of(text).as_bytes(), [b'1' | b'2', _, _, _]);
        if categories.is_empty() && values.len() % 2 == 0 && values[..values.len() / 2].iter().all(is_year) {
            // Years without 年 are categories, not values.
            categories = values.drain(..values.len() / 2).collect();
        }
        rest = after;
        if !values.is_empty() || !labels.is_empty() {
            found.push(Series { name: name.span, labels, categories, values, apart: name.apart });
        }
    }
    found
}

/// Series that stand together and share their categories are of one chart.
fn group(text: &str, series: Vec<Series>) -> Vec<Vec<Series>> {
    let names = |series: &Series| series.categories.iter().map(|span| span.of(text)).collect::<Vec<_>>();
    let mut charts: Vec<Vec<Series>> = Vec::new();
    for next in series {
        match charts.last_mut() {
            Some(chart) if !next.apart && names(&chart[0]) == names(&next) => chart.push(next),
            _ => charts.push(vec![next]),
        }
    }
    charts
}

fn cell(column: usize, header: bool, span: Span) -> Placed {
    Placed::new(column, 1, header, Slot { span, parts: None })
}

/// The grid of a dump: series side by side over rows of categories; years of one series side by side.
fn tabulate(text: &str, chart: &[Series]) -> Vec<PlacedRow> {
    let first = &chart[0];
    let is_year = |span: &Span| span.of(text).trim_end_matches(['度', '年']).bytes().all(|b| b.is_ascii_digit());
    if chart.len() == 1 && !first.categories.is_empty() && first.categories.iter().all(is_year) {
        let across = |spans: &[Span], header| -> PlacedRow {
            spans.iter().enumerate().map(|(index, span)| cell(1 + index, header, *span)).collect()
        };
        let mut values = vec![cell(0, true, first.name)];
        values.extend(across(&first.values, false));
        let rows = vec![across(&first.categories, true), values, across(&first.labels, false)];
        return rows.into_iter().filter(|row| !row.is_empty()).collect();
    }
    if chart.iter().all(|series| series.categories.is_empty()) {
        // Name and value in turn: each name is a category.
        let names = chart.iter().enumerate().map(|(index, series)| cell(index, true, series.name)).collect();
        let values = |of: fn(&Series) -> &[Span]| -> PlacedRow {
            let first = chart.iter().enumerate().filter_map(|(index, series)| Some((index, of(series).first()?)));
            first.map(|(index, span)| cell(index, false, *span)).collect()
        };
        let rows = vec![names, values(|series| &series.values), values(|series| &series.labels)];
        return rows.into_iter().filter(|row| !row.is_empty()).collect();
    }
    let mut rows = vec![chart.iter().enumerate().map(|(index, series)| cell(1 + index, true, series.name)).collect()];
    // Each series names its categories again: they keep their rows, so that no word is lost.
    for (column, series) in chart.iter().enumerate() {
        let count = series.values.len().max(series.labels.len()).max(series.categories.len());
        for index in 0..count {
            let mut row: PlacedRow =
                series.categories.get(index).map(|span| cell(0, true, *span)).into_iter().collect();
            row.extend(series.values.get(index).map(|span| cell(1 + column, false, *span)));
            row.extend(series.labels.get(index).map(|span| cell(1 + chart.len() + column, false, *span)));
            rows.push(row);
        }
    }
    rows
}

/// The grid of the words drawn in an image; `None` if it prints no value.
fn drawn(text: &str, words: &[Word]) -> Option<Vec<PlacedRow>> {
    let numbers: Vec<Span> = words.iter().filter(|word| word.number).map(|word| word.span).collect();
    let ticks = ticks(text, &numbers);
    let values: Vec<Span> =
        numbers.iter().enumerate().filter(|(index, _)| !ticks.contains(index)).map(|(_, span)| *span).collect();
    if values.is_empty() {
        return None;
    }
    let names: Vec<Span> = words.iter().filter(|word| !word.number).map(|word| word.span).collect();
    let is_year = |span: &&Span| span.of(text).ends_with(['年', '度']);
    let (years, others): (Vec<Span>, Vec<Span>) = names.iter().partition(is_year);
    if !ticks.is_empty() && !years.is_empty() {
        let mut rows: Vec<PlacedRow> =
            vec![years.iter().enumerate().map(|(index, span)| cell(1 + index, true, *span)).collect()];
        let mut values = values.chunks(years.len());
        let count = others.len().max(values.len());
        for index in 0..count {
            let mut row: PlacedRow = others.get(index).map(|span| cell(0, true, *span)).into_iter().collect();
            let values = values.next().unwrap_or_default();
            row.extend(values.iter().enumerate().map(|(column, span)| cell(1 + column, false, *span)));
            rows.push(row);
        }
        return Some(rows);
    }
    let each = values.len().div_ceil(names.len().max(1)).max(1);
    let mut values = values.chunks(each);
    let rows = (0..names.len().max(values.len())).map(|index| {
        let mut row: PlacedRow = names.get(index).map(|span| cell(0, true, *span)).into_iter().collect();
        let values = values.next().unwrap_or_default();
        row.extend(values.iter().enumerate().map(|(column, span)| cell(1 + column, false, *span)));
        row
    });
    Some(rows.collect())
}

/// Which of `numbers` are ticks: the longest run of at least three in equal steps.
fn ticks(text: &str, numbers: &[Span]) -> std::ops::Range<usize> {
    let values: Vec<_> = numbers.iter().map(|span| crate::figure::token::parse_digits(span.of(text))).collect();
    let step = |index: usize| match (values.get(index), values.get(index + 1)) {
        (Some(Some(a)), Some(Some(b))) => b.checked_sub(*a).filter(|step| !step.is_zero()),
        _ => None,
    };
    let mut longest = 0..0;
    let mut start = 0;
    for index in 0..numbers.len() {
        if index > start && (step(index) != step(start) || step(index).is_none()) {
            let run = start..index + 1;
            if run.len() >= 3 && run.len() > longest.len() {
                longest = run;
            }
            start = index;
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawings(text: &str) -> Vec<String> {
        read(text, Span::from(0..text.len()), "").iter().map(|chart| chart.table.draw(text)).collect()
    }

    fn cells(text: &str) -> Vec<Vec<String>> {
        read(text, Span::from(0..text.len()), "")
            .iter()
            .map(|chart| {
                let show = |cell: &super::super::Cell| format!("{},{} {}", cell.row, cell.column, cell.text(text));
                chart.table.cells.iter().map(show).collect()
            })
            .collect()
    }

    #[test]
    fn series_of_a_dump_stand_side_by_side_over_their_category() {
        let text = "2031年\t\n收、支总计\t216.02\t2032年\t\n收、支总计\t95.14\t\n";
        assert_eq!(
            cells(text),
            [["0,1 2031年", "0,2 2032年", "1,0 收、支总计", "1,1 216.02", "2,0 收、支总计", "2,2 95.14"]]
        );
    }

    #[test]
    fn printed_labels_stand_beside_the_values() {
        let text = "支出结构\t34.5%\n65.5%\n\n基本支出\t项目支出\t33.08\t62.07\t\n\n财政拨款\t\n2031年\t2032年\t21.02\t95.14\t\n";
        assert_eq!(
            cells(text),
            [
                vec![
                    "0,1 支出结构",
                    "1,0 基本支出",
                    "1,1 33.08",
                    "1,2 34.5%",
                    "2,0 项目支出",
                    "2,1 62.07",
                    "2,2 65.5%"
                ],
                vec!["0,1 2031年", "0,2 2032年", "1,0 财政拨款", "1,1 21.02", "1,2 95.14"],
            ]
        );
        assert!(drawings(text)[0].contains("[基本支出]"));
    }

    #[test]
    fn ticks_of_an_axis_are_no_cells_and_a_chart_without_values_is_no_table() {
        let text = "image5.emf\n86.71\n\n50\n\n60\n\n70\n\n80\n\n支出\n\n2031年\n\n2032年\n\nimage4.emf\n0\n\n50\n\n100\n\n收入\n\nimage2.emf\n107.5\n\n财政拨款 其他\n";
        let charts = read(text, Span::from(0..text.len()), "");
        assert_eq!(charts.iter().map(|chart| chart.image).collect::<Vec<_>>(), [Some(5), Some(2)]);
        assert_eq!(
            cells(text),
            [vec!["0,1 2031年", "0,2 2032年", "1,0 支出", "1,1 86.71"], vec!["0,0 财政拨款", "0,1 107.5", "1,0 其他"],]
        );
    }
}
