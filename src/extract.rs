//! The stages one after the other: bytes of one document in, everything found in it out.
//!
//! A pure function: no file, no clock, no printing, no panic on any input.

use crate::check::input::{CheckInput, Frame};
use crate::check::{Check, check_facts};
use crate::fact::classify::classify;
use crate::fact::grids::Grids;
use crate::fact::ledger::Ledger;
use crate::fact::metadata::read_metadata;
use crate::fact::plan::approve;
use crate::fact::prose::read_paragraphs;
use crate::fact::residue::{claim_axes, claim_residue, claim_table_rest};
use crate::fact::whole::name_wholes;
use crate::fact::{Fact, Metadata, Number};
use crate::figure::scan_numbers;
use crate::grammar::Grammars;
use crate::layout::{Layout, lay_out};
use crate::problem::Problem;
use crate::source::Source;
use crate::table::{Table, read_tables};
use crate::trace::Trace;

/// All that was found in one document. Positions are spans of `source.text()`.
#[derive(Debug)]
pub struct Extraction<'a> {
    /// Path relative to the input folder, with `/`.
    pub name: String,
    /// The decoded text and the map to its bytes on disk.
    pub source: Source<'a>,
    /// Blocks, paragraphs, sections.
    pub layout: Layout,
    /// Who reports about which year.
    pub metadata: Metadata,
    /// The ledger: every number, in order.
    pub numbers: Vec<Number<'a>>,
    /// Every table, in order.
    pub tables: Vec<Table>,
    /// Every fact, in order of its number.
    pub facts: Vec<Fact<'a>>,
    /// Every identity tried.
    pub checks: Vec<Check<'a>>,
    /// What went wrong.
    pub problems: Vec<Problem>,
}

/// Reads one document.
#[must_use]
pub fn extract_document<'a>(bytes: &'a [u8], name: &str, grammars: &'a Grammars) -> Extraction<'a> {
    extract_traced(bytes, name, grammars, None)
}

/// Reads one document; `trace` takes notes of what is tried at its place.
#[must_use]
pub fn extract_traced<'a>(
    bytes: &'a [u8],
    name: &str,
    grammars: &'a Grammars,
    trace: Option<&'a Trace>,
) -> Extraction<'a> {
    let (source, mut problems) = Source::decode(bytes);
    let text = source.text();
    let layout = lay_out(text);
    let mut tables = read_tables(text, &layout, &mut problems);
    let metadata = read_metadata(text, &layout, grammars, &mut problems);
    let tokens = scan_numbers(text);
    let mut ledger = Ledger::new(&tokens);
    let mut facts = Vec::new();
    claim_residue(text, &layout, &mut ledger);
    let grids = Grids { text, layout: &layout, tokens: &tokens, fiscal_year: metadata.fiscal_year, grammars, trace };
    grids.read(&mut tables, &mut ledger, &mut facts);
    claim_axes(text, &layout, &mut ledger);
    claim_table_rest(text, &layout, grammars, &mut ledger);
    read_paragraphs(text, &layout, metadata.fiscal_year, grammars, &mut ledger, &mut facts, trace);
    classify(&mut facts, metadata.fiscal_year, grammars.classification());
    name_wholes(&mut facts);
    let numbers = ledger.finish(&mut facts);
    facts.sort_by_key(|fact| fact.number);
    let frame = Frame { text, layout: &layout, tables: &tables, numbers: &numbers, metadata: &metadata };
    let input = CheckInput::of(frame, &facts);
    let checks = check_facts(&input, &mut facts, grammars);
    // A budget's figures keep to the identities of final accounts, which are tried on what is executed.
    approve(text, &metadata, &mut facts);
    Extraction { name: name.to_owned(), layout, metadata, numbers, tables, facts, checks, problems, source }
}
