//! Numbers in what converters leave behind: bookmarks, image names, markup, page numbers.
//!
//! In: layout and ledger. Out: claimed numbers; a bookmark's is an identifier, the rest artefacts.

use super::ledger::Ledger;
use crate::layout::{BlockKind, Layout};
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
