//! Finds the table of contents: below 目录, as a bare list of titles at the start, with page numbers,
//! or as the outline of a PDF that Tika prints at the end.
//!
//! Surprise: nothing says where the contents end. They end where their first entry comes again.

use super::draft::Draft;
use super::looks::has_dots;
use super::numbering::Form;
use super::shape::Trait;
use super::{BlockKind, Converter};
use std::collections::HashSet;
use std::ops::Range;

/// The most lines that contents are followed through.
const LONGEST: usize = 600;

/// Marks the lines of the contents.
pub(super) fn mark_contents(draft: &mut Draft) {
    mark_leaders(draft);
    mark_list(draft);
}

/// Lines that lead to a page number; one alone may be something else.
fn mark_leaders(draft: &mut Draft) {
    let leads = |draft: &Draft, index: usize| {
        let line = &draft.lines[index];
        line.is_open()
            && line.has(Trait::Leader)
            && !line.has(Trait::TabLed)
            && line.inner_tabs <= 1
            && line.gaps <= 1
            && (line.shape.numbering.is_some() || line.inner_tabs == 0 && line.gaps == 0)
            // Spaces alone lead to the row number of an item without an amount, too.
            && (line.gaps == 0 || draft.converter != Converter::Pdftotext || has_dots(line.core.of(draft.text)))
    };
    let found: Vec<usize> = (0..draft.lines.len()).filter(|index| leads(draft, *index)).collect();
    if found.len() >= 3 {
        for index in found {
            draft.mark(index, BlockKind::Contents);
        }
    }
}

/// Marks the outline that Tika prints behind the text of a PDF: tab-led titles, no blank line between.
///
/// It looks like a table of one row, so its turn comes first.
pub(super) fn mark_outline(draft: &mut Draft) {
    let mut items = Vec::new();
    for index in (0..draft.lines.len()).rev() {
        let line = &draft.lines[index];
        let cell = line.tabs > 0 && line.is_blank() && !line.has(Trait::Marked) || line.has(Trait::Amount);
        if cell || !draft.is_void(index) && !is_outline_line(draft, index) {
            break;
        }
        if !draft.is_void(index) {
            items.push(index);
        }
    }
    let titles = items.iter().map(|index| &draft.lines[*index]).filter(|line| {
        line.shape.numbering.is_some_and(|number| number.form != Form::Dotted) || line.has(Trait::Title)
    });
    if items.len() >= 3 && titles.count() * 2 >= items.len() {
        for index in items {
            draft.mark(index, BlockKind::Contents);
        }
    }
}

fn is_outline_line(draft: &Draft, index: usize) -> bool {
    let line = &draft.lines[index];
    let item = line.has(Trait::TabLed) || draft.marks.html && draft.text[line.span.range()].contains("<li>");
    line.is_open() && item && line.inner_tabs == 0
}

/// Lists below 目录, or at the start of the text.
fn mark_list(draft: &mut Draft) {
    let headed =
        (0..draft.lines.len()).find(|index| draft.lines[*index].is_open() && draft.lines[*index].has(Trait::Contents));
    let first = match headed {
        Some(heading) => {
            draft.mark(heading, BlockKind::Contents);
            heading + 1
        }
        None => match first_numbered(draft) {
            Some(first) => first,
            None => return,
        },
    };
    let entries = entries(draft, first);
    let end = comes_again(draft, &entries);
    let end = match end {
        Some(end) => end,
        None if headed.is_some() => entries.len(),
        None => 0,
    };
    if headed.is_some() || end >= 4 {
        for index in &entries[..end] {
            draft.mark(*index, BlockKind::Contents);
        }
    }
}

/// The first numbered line if it stands near the start, with no prose before it.
fn first_numbered(draft: &Draft) -> Option<usize> {
    let opening: Range<usize> = 0..draft.lines.len().min(60);
    let first =
        opening.clone().find(|index| draft.lines[*index].is_open() && draft.lines[*index].shape.numbering.is_some())?;
    let prose = draft.lines[0..first].iter().any(|line| line.shape.is_prose());
    (!prose).then_some(first)
}

/// The lines from `first` on that may be entries.
fn entries(draft: &Draft, first: usize) -> Vec<usize> {
    let mut entries = Vec::new();
    for index in first..draft.lines.len() {
        let line = &draft.lines[index];
        if draft.is_void(index) {
            continue;
        }
        if line.kind == Some(BlockKind::Contents) {
            entries.push(index);
            continue;
        }
        let short = line.width <= 90 || line.has(Trait::Leader);
        let entry = short
            && !line.shape.is_prose()
            && !line.has(Trait::Closed)
            && !line.has(Trait::Quantity)
            && !line.has(Trait::Unit);
        if line.kind.is_some() || !entry || entries.len() >= LONGEST {
            break;
        }
        entries.push(index);
    }
    entries
}

/// How many of `entries` stand before the first that repeats one of the highest level.
fn comes_again(draft: &Draft, entries: &[usize]) -> Option<usize> {
    let highest = entries
        .iter()
        .filter_map(|index| draft.lines[*index].shape.numbering)
        .map(super::numbering::Numbering::level)
        .min()?;
    let mut numbers = HashSet::new();
    let mut titles = HashSet::new();
    for (place, index) in entries.iter().enumerate() {
        if let Some(number) = draft.lines[*index].shape.numbering
            && number.level() == highest
            && !numbers.insert(number.ordinal)
        {
            return Some(place);
        }
        // The titles of statements stand among the entries and once more above the statements.
        if highest > 1 && !titles.insert(draft.squeezed(*index)) && draft.lines[*index].shape.numbering.is_some() {
            return Some(place);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::layout::{BlockKind, lay_out};

    fn contents(text: &str) -> Vec<&str> {
        let layout = lay_out(text);
        let blocks = layout.blocks.iter().filter(|block| block.kind == BlockKind::Contents);
        blocks.flat_map(|block| block.span.of(text).lines()).map(str::trim).collect()
    }

    #[test]
    fn contents_end_where_their_first_entry_comes_again() {
        let text =
            "目 录\n第一部分 概况\n一、职能\n第二部分 决算表\n第一部分 概况\n一、职能\n负责供水。\n第二部分 决算表\n";
        assert_eq!(contents(text), ["目 录", "第一部分 概况", "一、职能", "第二部分 决算表"]);
    }

    #[test]
    fn a_bare_list_that_recurs_is_contents() {
        let text = "云溪县水务局决算\n一、职能\n二、收入\n三、支出\n四、其他\n一、职能\n负责供水。\n二、收入\n共计。\n";
        assert_eq!(contents(text), ["一、职能", "二、收入", "三、支出", "四、其他"]);
    }

    #[test]
    fn headings_without_a_second_coming_are_no_contents() {
        assert_eq!(contents("第一部分 概况\n一、职能\n负责供水。\n二、机构\n三处。\n"), Vec::<&str>::new());
    }

    #[test]
    fn page_numbers_and_outlines_tell_contents() {
        assert_eq!(contents("一、职能......1\n二、收入......2\n三、支出......4\n正文。\n").len(), 3);
        assert_eq!(
            contents("正文在此。\n\n\t一、职能\n\t二、收入\n\t收入决算表\n"),
            ["一、职能", "二、收入", "收入决算表"]
        );
    }
}
