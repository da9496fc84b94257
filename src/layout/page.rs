//! Finds page ends: form feeds, page numbers on a line of their own, headers that every page repeats.
//!
//! Surprise: a lone number is a page number only at a page's end or as part of a run through the
//! whole text (5 … 6 … 7); elsewhere it is a cell or a tick of a chart.

use super::BlockKind;
use super::draft::Draft;
use super::shape::Trait;
use crate::maps::Map;

/// Marks page ends and adds them to the artefacts.
pub(super) fn mark_pages(draft: &mut Draft) {
    let feeds: Vec<usize> = (0..draft.lines.len()).filter(|index| draft.lines[*index].has(Trait::Feed)).collect();
    let mut found = feeds.clone();
    for (index, line) in draft.lines.iter().enumerate() {
        if line.has(Trait::PageNumber) && line.tabs == 0 {
            found.push(index);
        }
    }
    for feed in &feeds {
        found.extend(beside(draft, *feed).into_iter().flatten().filter(|index| is_bare_number(draft, *index)));
    }
    if feeds.is_empty() {
        // A page's end has blank lines behind it, the number of a row has not; some converters drop them.
        let blanks_below = |index: usize, count: usize| {
            (index + 1..=index + count).all(|below| draft.lines.get(below).is_none_or(super::lines::Line::is_blank))
        };
        let numbers = [2, 1, 0].map(|count| move |index: usize| blanks_below(index, count)).into_iter();
        let mut numbers = numbers.map(|may_be| numbers_in_sequence(draft, may_be));
        found.extend(numbers.find(|numbers| !numbers.is_empty()).into_iter().flatten());
        let numbers = found.clone();
        found.extend(repeated(draft, &numbers));
    } else {
        found.extend(repeated(draft, &feeds));
    }
    let spans = found.iter().map(|index| {
        if draft.lines[*index].has(Trait::Feed) { draft.lines[*index].span } else { draft.lines[*index].core }
    });
    let spans = spans.collect();
    draft.add_artefacts(spans);
    for index in found {
        draft.mark(index, BlockKind::PageBreak);
    }
}

/// The last line before and the first after a form feed that are not blank.
fn beside(draft: &Draft, feed: usize) -> [Option<usize>; 2] {
    let near = |index: &usize| !draft.lines[*index].is_blank();
    // Blank lines at a page's end are few; looking further would not be linear.
    let before =
        (feed.saturating_sub(80)..feed).rev().take_while(|index| !draft.lines[*index].has(Trait::Feed)).find(near);
    let after = (feed + 1..draft.lines.len().min(feed + 80))
        .take_while(|index| !draft.lines[*index].has(Trait::Feed))
        .find(near);
    [before, after]
}

fn is_bare_number(draft: &Draft, index: usize) -> bool {
    let line = &draft.lines[index];
    line.has(Trait::Integer) && line.width <= 3 && line.tabs == 0
}

/// Bare numbers that count up by one through the text, far apart from one another.
fn numbers_in_sequence(draft: &Draft, may_be: impl Fn(usize) -> bool) -> Vec<usize> {
    // A cover holds few lines, but pages hold many; the rows of a table are numbered one a line.
    const LINES_OF_A_PAGE: usize = 8;
    // An excerpt may begin with a later page.
    const FIRST_PAGES: usize = 10;
    // Points and counts in cells of their own count up by chance now and then, beside other numbers.
    const SURE_PAGES: usize = 6;
    const NUMBERS_A_PAGE: usize = 4;
    const TIMES_A_NUMBER: usize = 3;
    const PAGES_WITHOUT: usize = 3;
    let mut runs: Map<u32, Vec<usize>> = Map::default();
    let mut shown = 0;
    let mut numbers = 0;
    let mut times: Map<u32, usize> = Map::default();
    let mut shown_at = Map::default();
    let mut last_shown = Map::default();
    for index in 0..draft.lines.len() {
        shown += usize::from(!draft.lines[index].is_blank());
        if !is_bare_number(draft, index) {
            continue;
        }
        let Ok(number) = draft.words(index).parse::<u32>() else { continue };
        *times.entry(number).or_default() += 1;
        if !may_be(index) {
            continue;
        }
        numbers += 1;
        // A page has lines; the codes of classes, 208 to 213, count up too, but too early for pages.
        if number as usize > FIRST_PAGES + shown / 2 {
            continue;
        }
        // An empty statement's page may have a note alone, but the blank lines of a page's end.
        let far = |(at, line): &(usize, usize)| shown - at >= 3 || shown - at == 2 && index - line >= 5;
        let run = match number.checked_sub(1).filter(|before| last_shown.get(before).is_some_and(far)) {
            Some(before) => runs.remove(&before).unwrap_or_default(),
            None => Vec::new(),
        };
        shown_at.insert(index, shown);
        if runs.get(&number).is_none_or(|known| known.len() <= run.len()) {
            runs.insert(number, run.into_iter().chain([index]).collect());
            last_shown.insert(number, (shown, index));
        }
    }
    // The rows of a table whose cells stand on a line each are near one another, but for the table's ends.
    let paged = |run: &Vec<usize>| {
        let mut lines: Vec<usize> = run.windows(2).map(|pair| shown_at[&pair[1]] - shown_at[&pair[0]]).collect();
        lines.sort_unstable();
        let number = |index: &usize| draft.words(*index).parse::<u32>().unwrap_or_default();
        let often = run.iter().filter(|index| times.get(&number(index)).is_some_and(|times| *times >= TIMES_A_NUMBER));
        // Pages that are numbered are so from the first to the last.
        let longest = lines.iter().max().copied().unwrap_or_default();
        let ends =
            [run.first().map_or(0, |first| shown_at[first]), shown - run.last().map_or(0, |last| shown_at[last])];
        let is_chance = run.len() < SURE_PAGES
            && (ends.iter().any(|end| *end > PAGES_WITHOUT * longest.max(LINES_OF_A_PAGE))
                || often.count() * 3 >= run.len()
                || numbers > NUMBERS_A_PAGE * run.len() && run.iter().any(|index| is_beside_number(draft, *index)));
        run.len() >= 3
            && !is_chance
            && lines.iter().sum::<usize>() >= LINES_OF_A_PAGE * lines.len()
            && lines[lines.len() / 2] >= LINES_OF_A_PAGE
    };
    runs.into_values().filter(paged).max_by_key(|run| (run.len(), run[0])).unwrap_or_default()
}

/// Whether the line above or below line `index` is a number, too.
fn is_beside_number(draft: &Draft, index: usize) -> bool {
    const REACH: usize = 4;
    let is_number = |index: &usize| draft.lines[*index].has(Trait::Integer) || draft.lines[*index].has(Trait::Amount);
    let is_shown = |index: &usize| !draft.lines[*index].is_blank();
    let above = (index.saturating_sub(REACH)..index).rev().find(is_shown);
    let below = (index + 1..draft.lines.len().min(index + REACH)).find(is_shown);
    above.is_some_and(|above| is_number(&above)) || below.is_some_and(|below| is_number(&below))
}

/// First and last lines of pages that at least half of the pages share; `feeds` are the lines
/// between the pages.
fn repeated(draft: &Draft, feeds: &[usize]) -> Vec<usize> {
    let mut places: [Map<String, Vec<usize>>; 2] = [Map::default(), Map::default()];
    for feed in feeds {
        for (place, index) in places.iter_mut().zip(beside(draft, *feed)) {
            if let Some(index) = index.filter(|index| may_be_header(draft, *index)) {
                place.entry(draft.squeezed(index)).or_default().push(index);
            }
        }
    }
    let often = |lines: &Vec<usize>| lines.len() >= 3 && lines.len() * 2 >= feeds.len();
    let mut lines: Vec<usize> = places.into_iter().flat_map(Map::into_values).filter(often).flatten().collect();
    lines.sort_unstable();
    lines
}

/// Whether line `index` may be a page's header or footer: no sentence, no row, nothing of a table.
fn may_be_header(draft: &Draft, index: usize) -> bool {
    let line = &draft.lines[index];
    let framed = [Trait::Unit, Trait::Title, Trait::Form, Trait::Note].into_iter().any(|frame| line.has(frame));
    !framed && !line.has(Trait::Closed) && !line.has(Trait::Amount) && line.shape.words <= 3 && line.width <= 80
}

#[cfg(test)]
mod tests {
    use crate::layout::{BlockKind, lay_out};

    fn breaks(text: &str) -> Vec<&str> {
        let layout = lay_out(text);
        let breaks = layout.blocks.iter().filter(|block| block.kind == BlockKind::PageBreak);
        breaks.map(|block| block.span.of(text).trim()).collect()
    }

    #[test]
    fn page_numbers_end_pages() {
        assert_eq!(breaks("甲方乙方。\n- 3 -\n丙方丁方。\n"), ["- 3 -"]);
        assert_eq!(breaks("甲方乙方。\n   12\n\n\x0c丙方丁方。\n"), ["12", ""]);
        assert_eq!(breaks("合计\n12\n丙方丁方。\n"), Vec::<&str>::new());
    }

    #[test]
    fn numbers_that_count_up_through_the_text_are_page_numbers() {
        let page = |number: u32| format!("{}\n{number}\n", "本页正文到此。\n".repeat(9));
        let text: String = (4..8).map(page).collect();
        assert_eq!(breaks(&text), ["4", "5", "6", "7"]);
    }

    #[test]
    fn the_number_of_a_row_is_no_page_number() {
        let page = |number: u32| format!("{}\n{number}\n\n\n\n", "本页正文到此。\n".repeat(19));
        let text: String = [page(4), page(5), "合计\n\n6\n九、卫生支出\n\n".into(), page(6), page(7)].concat();
        assert_eq!(breaks(&text), ["4", "5", "6", "7"]);
    }

    #[test]
    fn the_numbers_of_rows_with_a_cell_a_line_are_no_page_numbers() {
        let row = |number: u32| format!("某项收入\n{number}\n12.50\n某项支出\n{}\n12.50\n", number + 30);
        let text: String = (1..30).map(row).collect::<String>() + &"本页正文到此。\n".repeat(200);
        assert_eq!(breaks(&text), Vec::<&str>::new());
    }

    #[test]
    fn points_in_cells_of_their_own_are_no_page_numbers() {
        let row = |points: u32| format!("某项指标\n20场\n20场\n{points}\n{}\n有\n无\n又\n还\n", points - 1);
        let text: String = [10, 9, 10, 11, 8, 12, 10, 9, 10, 11].map(row).concat();
        assert_eq!(breaks(&text), Vec::<&str>::new());
    }

    #[test]
    fn a_few_numbers_in_the_middle_are_no_page_numbers() {
        let row = |points: u32| format!("{}\n{points}\n\n", "某项指标说明\n".repeat(9));
        let text = "本页正文到此。\n".repeat(80) + &[3, 4, 5].map(row).concat();
        assert_eq!(breaks(&text), Vec::<&str>::new());
    }

    #[test]
    fn points_that_recur_are_no_page_numbers() {
        let row = |points: u32| format!("{}\n{points}\n\n", "某项指标说明\n".repeat(9));
        let text: String = [5, 5, 4, 5, 6, 4, 5, 6, 6, 4].map(row).concat();
        assert_eq!(breaks(&text), Vec::<&str>::new());
    }

    #[test]
    fn codes_of_classes_are_no_page_numbers() {
        let class = |code: u32| format!("{code}\n某项支出\n{}", "12.50\n".repeat(12));
        assert_eq!(breaks(&(208..214).map(class).collect::<String>()), Vec::<&str>::new());
    }

    #[test]
    fn a_page_may_hold_a_note_alone() {
        let page = |number: u32| format!("{}\n{number}\n\n\n\n", "本页正文到此。\n".repeat(19));
        let text: String = [page(4), page(5), "注：无此项支出。\n\n6\n\n\n\n".into(), page(7)].concat();
        assert_eq!(breaks(&text), ["4", "5", "6", "7"]);
    }

    #[test]
    fn headers_are_found_by_page_numbers_where_form_feeds_are_lost() {
        let page = |page: u32| format!("第{page}段正文写在这里。\n\n- {page} -\n\n\n云溪县水务局\n\n");
        let text: String = (1..6).map(page).collect();
        assert_eq!(breaks(&text).iter().filter(|line| line.contains("云溪县")).count(), 5);
    }

    #[test]
    fn headers_that_repeat_are_cut_away() {
        let page = |page: u32| format!("\x0c云溪县水务局决算公开\n第{page}段正文写在这里。\n");
        let text: String = (0..5).map(page).collect();
        assert_eq!(breaks(&text).iter().filter(|line| line.contains("云溪县")).count(), 5);
    }
}
