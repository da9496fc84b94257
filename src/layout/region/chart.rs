//! Charts: the text of pictures (`image4.emf` and what follows), and Word's dumps of chart data.
//!
//! Surprise: a chart's dump can have a blank line inside. It ends with a value and a tab:
//! `基本支出⇥项目支出⇥331.08⇥628.07⇥`.

use super::super::TableLayout;
use super::super::draft::Draft;
use super::super::shape::Trait;
use crate::source::Span;

/// The most lines of text in one picture.
const LONGEST: usize = 300;

/// Claims the ticks, legends and labels that stand below the name of a drawn picture (EMF, WMF).
pub(super) fn find_pictures(draft: &mut Draft) {
    let drawn = |image: &&Span| image.of(draft.text).ends_with("mf");
    let names: Vec<usize> = draft
        .marks
        .images
        .iter()
        .filter(drawn)
        .map(|image| draft.lines.partition_point(|line| line.span.end <= image.start))
        .collect();
    for (place, name) in names.iter().enumerate() {
        let next = names.get(place + 1).copied().unwrap_or(draft.lines.len());
        let stop = (*name + 1..next.min(name + LONGEST))
            .find(|index| !is_label(draft, *index))
            .unwrap_or(next.min(name + LONGEST));
        let mut shown = (*name + 1..stop).filter(|index| !draft.is_void(*index));
        if let (Some(first), Some(last)) = (shown.clone().next(), shown.next_back()) {
            draft.claim(first..last + 1, TableLayout::Chart);
        }
    }
}

/// Whether line `index` may be a label in a picture, or a blank line between two.
fn is_label(draft: &Draft, index: usize) -> bool {
    let line = &draft.lines[index];
    let heading = line.shape.numbering.is_some_and(|number| number.level() <= 3);
    draft.is_void(index)
        || line.is_open()
            && line.width <= 44
            && line.tabs == 0
            && !heading
            && !line.shape.is_prose()
            && !line.has(Trait::Closed)
}

/// Claims the chart data at the end of the text.
pub(super) fn find_dumps(draft: &mut Draft) {
    let start = dump_start(draft);
    let mut first = None;
    for index in start..draft.lines.len() {
        if draft.is_void(index) || draft.lines[index].kind.is_some() {
            continue;
        }
        let from = *first.get_or_insert(index);
        let group_ends = index + 1 == draft.lines.len() || draft.is_void(index + 1);
        if group_ends && ends_with_value(draft, index) || draft.next_shown(index + 1).is_none() {
            draft.claim(from..index + 1, TableLayout::Chart);
            first = None;
        }
    }
}

/// The first line of the dumps that end the text; the number of lines if there are none.
fn dump_start(draft: &Draft) -> usize {
    let end = draft.lines.len();
    let mut start = end;
    let mut valued = false;
    for index in (0..end).rev() {
        if draft.is_void(index) || draft.lines[index].kind.is_some() {
            continue;
        }
        let cells = &draft.text[draft.lines[index].span.range()];
        let line = &draft.lines[index];
        let tabbed = line.tabs > 0 && !line.has(Trait::TabLed) && line.width <= 400 && !cells.contains("\t\t");
        let label = line.tabs == 0 && line.width <= 12 && line.has(Trait::Amount);
        if !(tabbed || label) || line.shape.is_prose() {
            break;
        }
        valued |= ends_with_value(draft, index);
        start = if tabbed { index } else { start };
    }
    if valued && (!stands_below_title(draft, start) || has_charts(draft, start)) { start } else { end }
}

/// Whether the lines from `start` on are several groups that end with a value, some line of which is a name and a
/// tab: no statement looks like that, even if a list of titles stands above it.
fn has_charts(draft: &Draft, start: usize) -> bool {
    let shown = |index: &usize| !draft.is_void(*index) && draft.lines[*index].kind.is_none();
    let ends = (start..draft.lines.len())
        .filter(|index| shown(index) && ends_with_value(draft, *index))
        .filter(|index| *index + 1 == draft.lines.len() || draft.is_void(*index + 1))
        .count();
    let is_name = |index: usize| {
        let line = &draft.lines[index];
        line.tabs == 1 && !line.has(Trait::Amount) && draft.text[line.core.end as usize..].starts_with('\t')
    };
    ends > 1 && (start..draft.lines.len()).filter(shown).any(is_name)
}

/// Whether a statement's title or form number stands above line `index`: what follows is the statement, not a dump.
fn stands_below_title(draft: &Draft, index: usize) -> bool {
    let above = (0..index).rev().filter(|index| !draft.is_void(*index)).take(3);
    above.map(|index| &draft.lines[index]).any(|line| line.has(Trait::Title) || line.has(Trait::Form))
}

/// Whether line `index` ends with a number and a tab.
fn ends_with_value(draft: &Draft, index: usize) -> bool {
    let line = &draft.lines[index];
    line.has(Trait::Amount) && draft.text[line.core.end as usize..line.span.end as usize].starts_with('\t')
}

#[cfg(test)]
mod tests {
    use super::super::tests::tables;
    use crate::layout::TableLayout::{Chart, Tsv};

    #[test]
    fn the_text_of_each_picture_is_a_chart() {
        let text = "正文到此。\n\nimage3.emf\n基本支出\n\n项目支出\n\n\nimage4.emf\n0\n\n500\n\n2031年\n\n";
        assert_eq!(tables(text), [(Chart, "基本支出\n\n项目支出\n"), (Chart, "0\n\n500\n\n2031年\n")]);
    }

    #[test]
    fn a_short_statement_at_the_end_is_no_dump() {
        let text = "支出决算表\n公开03表\n单位：万元\n科目编码\t项目\t决算数\t上年数\n205\t教育支出\t12.50\t\n";
        assert_eq!(tables(text), [(Tsv, "科目编码\t项目\t决算数\t上年数\n205\t教育支出\t12.50\t\n")]);
    }

    #[test]
    fn charts_below_a_list_of_titles_are_no_statement() {
        let dumps = "2030年\t\n总计\t56.02\t2031年\t\n总计\t59.14\t\n\n\n拨款\t\n2030年\t2031年\t49.02\t59.14\t\n";
        let text = format!("附表\n12、支出决算表\n13、“三公”经费支出决算表\n 单位：万元\n{dumps} ");
        assert_eq!(tables(&text).iter().map(|table| table.0).collect::<Vec<_>>(), [Chart, Chart]);
    }

    #[test]
    fn dumps_end_with_a_value_and_a_tab() {
        let text = "单位：万元\n2030年\t\n总计\t56.02\t2031年\t\n总计\t59.14\t\n\n\n收入\t100%\n\n拨款收入\t59.14\t\n\n结构\t34.5%\n65.5%\n\n基本\t项目\t31.08\t28.06\t\n ";
        let found = tables(text);
        assert_eq!(found.len(), 3);
        assert_eq!(found[0], (Chart, "2030年\t\n总计\t56.02\t2031年\t\n总计\t59.14\t\n"));
        assert_eq!(found[1], (Chart, "收入\t100%\n\n拨款收入\t59.14\t\n"));
        assert!(found[2].1.starts_with("结构\t34.5%\n65.5%\n"));
    }
}
