//! Finds which lines are tables, by how they are set, one file per layout.
//!
//! In: a [`Draft`]. Out: the lines of each table claimed for it, header rows included, title and
//! unit lines not. What the cells are is left to [`crate::table`].
//! Surprise: order matters. A layout that is certain goes first and keeps its lines.

mod chart;
mod columns;
mod flow;
mod pipes;
mod tabbed;
mod tika;

use super::draft::Draft;
use super::shape::Trait;
use super::{Converter, TableLayout};

/// Claims the lines of tables whose layout shows by tabs or markup.
pub(super) fn find_marked_tables(draft: &mut Draft) {
    html(draft);
    if draft.marks.html {
        return;
    }
    pipes::find(draft);
    chart::find_pictures(draft);
    chart::find_dumps(draft);
    tabbed::find(draft);
    tika::find(draft);
}

/// Claims the lines of tables that only spaces or short lines tell.
pub(super) fn find_spaced_tables(draft: &mut Draft) {
    if matches!(draft.converter, Converter::Pdftotext | Converter::Plain) {
        columns::find(draft);
    }
    flow::find(draft);
}

/// `<table>` to `</table>`.
fn html(draft: &mut Draft) {
    let tables = std::mem::take(&mut draft.marks.tables);
    for table in &tables {
        let start = draft.lines.partition_point(|line| line.span.end <= table.start);
        let end = draft.lines.partition_point(|line| line.span.start < table.end);
        draft.claim(start..end, TableLayout::Html);
    }
    draft.marks.tables = tables;
}

/// Whether line `index` stands above a table or below it, but not in it.
fn frames_table(draft: &Draft, index: usize) -> bool {
    let line = &draft.lines[index];
    [Trait::Unit, Trait::Title, Trait::Note, Trait::Form].into_iter().any(|wanted| line.has(wanted))
}

#[cfg(test)]
mod tests {
    use crate::layout::{BlockKind, TableLayout, lay_out};

    /// Layout and text of each table in `text`.
    pub(super) fn tables(text: &str) -> Vec<(TableLayout, &str)> {
        let layout = lay_out(text);
        let table = |block: &crate::layout::Block| match block.kind {
            BlockKind::Table(layout) => Some((layout, block.span.of(text))),
            _ => None,
        };
        layout.blocks.iter().filter_map(table).collect()
    }

    #[test]
    fn markup_tells_tables() {
        let text = "前文<table><tr><td>1</td></tr></table>后文";
        assert_eq!(tables(text), [(TableLayout::Html, "<table><tr><td>1</td></tr></table>")]);
    }
}
