//! One report through several converters: its statements must say the same, whatever made the text.
//!
//! Compared are the facts of the nine statements as (concept, function code, measure, phase, value). The share of
//! those that all forms give, of those that any form gives, is printed and held to a floor; a form's grids are held to
//! the truth that was authored with it. `-- --nocapture` prints the shares and what only some forms give.

use crate::corpus::{samples, samples_of};
use crate::reading::{package, read, shared};
use crate::score::{Score, share};
use juesuan::extract::Extraction;
use juesuan::quantity::Decimal;
use juesuan::table::TableKind;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Concept, function code, measure, phase, value.
type Stated = (String, String, &'static str, &'static str, Decimal);

/// Endings of the names of samples that are one report, and the floor that their agreement holds today: all forms but
/// pdftotext's agree on every fact.
const ONE_REPORT: [(&str, f64); 3] = [("one-report", 0.98), ("wrapped-labels", 0.98), ("fees-for-services", 1.0)];

/// Share of the facts that all forms of a report are to give: the aim, and what the real one gives.
const AGREEMENT: f64 = 0.98;

/// What converters keep of grids: cells, and relations between neighbours.
const GRIDS: [(&str, f64); 2] = [("cells", 0.98), ("relations", 0.95)];

/// What text of converters that mark no rows, or rows in their own way, is to give (`tests/converters`).
const UNMARKED: [(&str, f64); 4] = [("read", 1.0), ("class_accuracy", 0.98), ("facts_full", 0.97), ("cells", 0.96)];

fn is_statement(kind: TableKind) -> bool {
    use TableKind::{Chart, Comparison, Other, ScoreSheet, SelfEvaluation};
    !matches!(kind, Chart | Comparison | Other | ScoreSheet | SelfEvaluation)
}

/// What the statements of a document state.
fn stated(extraction: &Extraction<'_>) -> BTreeSet<Stated> {
    let in_statement = |cell: Option<(u32, u32, u32)>| {
        let table = cell.and_then(|(table, ..)| extraction.tables.get(table as usize));
        table.is_some_and(|table| is_statement(table.kind))
    };
    let facts = extraction.facts.iter().filter(|fact| in_statement(fact.cell));
    facts
        .map(|fact| {
            let phase = fact.phase.map_or("", |phase| phase.as_str());
            let code = fact.function_code.clone().unwrap_or_default();
            (fact.concept.unwrap_or("").to_owned(), code, fact.measure.as_str(), phase, fact.value.normalize())
        })
        .collect()
}

/// Share of the facts of any form that all forms give; prints it, and how often which forms alone lack what.
fn agreement(report: &str, forms: &BTreeMap<String, BTreeSet<Stated>>) -> f64 {
    let any: BTreeSet<&Stated> = forms.values().flatten().collect();
    let lacking = |fact: &Stated| -> Vec<&str> {
        forms.iter().filter(|(_, facts)| !facts.contains(fact)).map(|(form, _)| form.as_str()).collect()
    };
    let missing: Vec<(&Stated, Vec<&str>)> =
        any.iter().map(|fact| (*fact, lacking(fact))).filter(|(_, forms)| !forms.is_empty()).collect();
    let share = if any.is_empty() { 0.0 } else { 1.0 - share(missing.len(), any.len()) };
    println!("{report}: {share:.4} of {} facts in all of {} forms", any.len(), forms.len());
    for (form, facts) in forms {
        println!("    {:5} facts  {form}", facts.len());
    }
    for (fact, forms) in missing.iter().take(40) {
        println!("    {fact:?} lacks in {}", forms.join(", "));
    }
    share
}

#[test]
fn the_forms_of_a_sample_agree() {
    let mut below = Vec::new();
    for (report, floor) in ONE_REPORT {
        let mut forms = BTreeMap::new();
        for (name, bytes, _) in samples().into_iter().filter(|(name, ..)| name.contains(report)) {
            let facts = stated(&read(&bytes, &name));
            forms.insert(name, facts);
        }
        assert!(forms.len() >= 2, "samples of {report} are gone from corpus/: {:?}", forms.keys());
        let share = agreement(report, &forms);
        if share < floor {
            below.push(format!("{report}: the forms agree on {share:.4} of their facts, below {floor}"));
        }
    }
    assert!(below.is_empty(), "{}\n-- --nocapture lists the facts that some form lacks", below.join("\n"));
}

#[test]
fn the_forms_of_a_real_report_agree() {
    let Some(shared) = shared() else { return };
    let mut forms = BTreeMap::new();
    for form in ["pdftotext.txt", "tika.txt", "tika.xhtml"] {
        let name = format!("putuo-social-2024.{form}");
        let bytes = fs::read(shared.join("reports").join(&name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        let facts = stated(&read(&bytes, &name));
        forms.insert(name, facts);
    }
    let share = agreement("putuo-social-2024", &forms);
    assert!(share >= AGREEMENT, "the forms agree on {share:.4} of their facts, below {AGREEMENT}");
}

#[test]
fn converters_that_keep_grids_keep_them() {
    // A PDF through Tika keeps no grid, but its forms are known well enough to build them again.
    let keeps_structure =
        |name: &str| ["tika-doc", "tika-docx", "tika-xhtml", "tika-pdf", "tsv"].iter().any(|c| name.starts_with(c));
    let mut below = Vec::new();
    for (name, bytes, truth) in samples().into_iter().filter(|(name, ..)| keeps_structure(name)) {
        let score = Score::of(&read(&bytes, &name), &truth);
        println!("{name}\n    {}", score.line());
        below.extend(score.below(&GRIDS).into_iter().map(|low| format!("{name}: {low}")));
    }
    assert!(below.is_empty(), "{}", below.join("\n"));
}

#[test]
fn converters_that_mark_less_are_read_too() {
    let samples = samples_of(&package().join("tests/converters"));
    assert!(
        samples.len() >= 3,
        "samples of tests/converters are gone: corpus/make/make.py other_converters makes them"
    );
    let mut below = Vec::new();
    for (name, bytes, truth) in samples {
        let score = Score::of(&read(&bytes, &name), &truth);
        println!("{name}\n    {}", score.line());
        below.extend(score.below(&UNMARKED).into_iter().map(|low| format!("{name}: {low}")));
    }
    assert!(below.is_empty(), "{}", below.join("\n"));
}
