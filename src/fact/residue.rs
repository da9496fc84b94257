//! Numbers in what converters leave behind: bookmarks, image names, markup, page numbers.
//!
//! In: layout and ledger. Out: claimed numbers; a bookmark's is an identifier, the rest artefacts.

use super::ledger::Ledger;
use crate::layout::{BlockKind, Layout, TableLayout};
use crate::quantity::NumberClass;

/// Claims every number inside an artefact, and those of lines that hold only a page number.
pub fn claim_residue<'a>(text: &str, layout: &Layout, ledger: &mut Ledger<'a>) {
    for artefact in &layout.artefacts {
        let (class, rule) = if artefact.of(text).starts_with("[bookmark") {
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

/// Claims the numbers of charts that are no data labels: the years of their legends, and the ticks.
pub fn claim_axes<'a>(text: &str, layout: &Layout, ledger: &mut Ledger<'a>) {
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
