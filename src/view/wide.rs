//! `wide`: one row for each document and year, the headline figures as columns.

use super::figure::Key;
use super::{Document, ViewError};
use crate::dataset::{HEADLINES, Headline, WideRow};
use crate::quantity::Phase;
use std::collections::BTreeSet;

/// Gives the rows of `document` to `push`, by year.
pub fn add_rows(
    document: &Document,
    places: &[Option<u32>],
    mut push: impl FnMut(WideRow<'_>) -> Result<(), ViewError>,
) -> Result<(), ViewError> {
    let shown: BTreeSet<u32> = places.iter().copied().flatten().collect();
    let years: BTreeSet<i16> = document.figures.keys().filter(|key| shown.contains(&key.1)).map(|key| key.0).collect();
    for year in years {
        let mut figures = vec![None; HEADLINES.len()];
        let mut conflicts = Vec::new();
        for (place, (headline, concept)) in HEADLINES.iter().zip(places).enumerate() {
            let Some(key) = concept.and_then(|concept| key_of(document, headline, year, concept)) else { continue };
            let Some(chosen) = document.figures.get(&key) else { continue };
            figures[place] = Some((chosen.best.value, chosen.best.standing()));
            if !chosen.agrees() {
                conflicts.push(headline.name);
            }
        }
        if figures.iter().all(Option::is_none) {
            continue; // a year that only targets or budgets without a column speak of
        }
        let conflicts = conflicts.join("|");
        push(WideRow {
            document: &document.name,
            year,
            own_year: document.fiscal_year == Some(year),
            entity: document.entity.as_deref(),
            region: document.region.as_deref(),
            region_code: document.region_code.as_deref(),
            level: document.level.as_deref(),
            report_kind: document.report_kind.as_deref(),
            figures: &figures,
            conflicts: Some(conflicts.as_str()),
        })?;
    }
    Ok(())
}

/// The first of the headline's phases that the document states; a stock has none, or that of its report.
fn key_of(document: &Document, headline: &Headline, year: i16, concept: u32) -> Option<Key> {
    let key = |phase: Option<Phase>| (year, concept, phase);
    let known = |key: &Key| document.figures.contains_key(key);
    if headline.phases.is_empty() {
        return [key(None), key(Some(Phase::Executed))].into_iter().find(known);
    }
    headline.phases.iter().map(|phase| key(Some(*phase))).find(known)
}
