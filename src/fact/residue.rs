//! Numbers in what converters leave behind: bookmarks, image names, markup, page numbers.
//!
//! In: layout and ledger. Out: claimed numbers; a bookmark's is an identifier, the rest artefacts.

use super::ledger::Ledger;
use crate::grammar::Grammars;
use crate::grammar::narrative::Tags;
use crate::layout::{BlockKind, Layout, TableLayout};
use crate::quantity::NumberClass;

/// Claims every number inside an artefact, and those of lines that hold only a page number.
pub fn claim_residue(text: &str, layout: &Layout, ledger: &mut Ledger<'_>) {
    for artefact in &layout.artefacts {
        let words = artefact.of(text);
        let (class, rule) = if words.starts_with("[bookmark") || words.starts_with("<a name=") {
            (NumberClass::Identifier, "layout/bookmark")
        } else {
            (NumberClass::Artefact, "layout/artefact")
        };
        for index in ledger.inside(*artefact) {
            ledger.claim(index, class, rule);
        }
    }
    for block in &layout.blocks {
        if matches!(block.kind, BlockKind::PageBreak | BlockKind::Artefact) {
            for index in ledger.inside(block.span) {
                ledger.claim(index, NumberClass::Artefact, "layout/page-number");
            }
        }
    }
}

/// Claims what stands in a table's lines but in none of its cells: column numbers of a head that is
/// repeated on the next page (栏次 1 2 3 …), and what the characters around it tell.
pub fn claim_table_rest<'a>(text: &str, layout: &Layout, grammars: &'a Grammars, ledger: &mut Ledger<'a>) {
    for block in layout.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Table(_))) {
        let open: Vec<usize> = ledger.inside(block.span).filter(|index| ledger.is_open(*index)).collect();
        for run in counting_up(text, ledger, &open) {
            for index in run {
                ledger.claim(*index, NumberClass::Identifier, "table/column-number");
            }
        }
        for index in open {
            let span = ledger.span(index).range();
            let (before, after) =
                (&text[block.span.range().start..span.start], &text[span.end..block.span.range().end]);
            if before.trim_end().ends_with("栏次") {
                ledger.claim(index, NumberClass::Identifier, "table/column-number");
                continue;
            }
            let rule = grammars.narrative().number_rule(before, &text[span], after, Tags::default());
            if let Some(rule) = rule.filter(|rule| !rule.weak) {
                ledger.claim(index, rule.class, &rule.rule);
            }
        }
    }
}

/// Runs of numbers that count up by one with nothing but space between: 1 2 3 4.
fn counting_up<'i>(text: &str, ledger: &Ledger<'_>, open: &'i [usize]) -> Vec<&'i [usize]> {
    let value = |index: usize| ledger.span(index).of(text).parse::<u32>().ok();
    let follows = |pair: &[usize]| {
        let between = text.get(ledger.span(pair[0]).end as usize..ledger.span(pair[1]).start as usize);
        pair[1] == pair[0] + 1
            && between.is_some_and(|between| between.trim().is_empty())
            && value(pair[0]).zip(value(pair[1])).is_some_and(|(first, second)| second == first + 1)
    };
    let mut runs = Vec::new();
    let mut start = 0;
    for end in 1..=open.len() {
        if end == open.len() || !follows(&open[end - 1..=end]) {
            // One number alone counts nothing.
            if end - start > 1 {
                runs.push(&open[start..end]);
            }
            start = end;
        }
    }
    runs
}

/// Claims the numbers of charts that are no data labels: the years of their legends, and the ticks.
pub fn claim_axes(text: &str, layout: &Layout, ledger: &mut Ledger<'_>) {
    for block in layout.blocks.iter().filter(|block| block.kind == BlockKind::Table(TableLayout::Chart)) {
        for index in ledger.inside(block.span) {
            let year =
                text.get(ledger.span(index).end as usize..).is_some_and(|rest| rest.trim_start().starts_with('年'));
            let (class, rule) =
                if year { (NumberClass::Period, "chart/year") } else { (NumberClass::Axis, "chart/tick") };
            ledger.claim(index, class, rule);
        }
    }
}
