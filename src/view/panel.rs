//! `panel`: agency × year × concept over all documents, conflicts resolved and marked.
//!
//! In: documents with their figures, one after the other. Out: rows by region, agency, year and concept.
//! Holds one chosen figure for each row to come.

use super::figure::{Chosen, Key};
use super::{Document, ViewError};
use crate::dataset::{Agreement, PanelRow};
use crate::grammar::Grammars;
use crate::quantity::Phase;
use std::collections::HashMap;

/// An agency: region code, name, and the document if it has no name.
type Agency = (Option<String>, Option<String>, Option<u32>);

/// The panel while it gathers.
pub struct Panel<'g> {
    grammars: &'g Grammars,
    documents: Vec<String>,
    agencies: HashMap<Agency, u32>,
    figures: HashMap<(u32, Key), Figure>,
}

struct Figure {
    chosen: Chosen,
    /// The document of the chosen fact.
    document: u32,
    /// How many documents state it.
    documents: u32,
}

impl<'g> Panel<'g> {
    pub fn new(grammars: &'g Grammars) -> Self {
        Panel { grammars, documents: Vec::new(), agencies: HashMap::new(), figures: HashMap::new() }
    }

    /// Adds what `document` states.
    pub fn add(&mut self, document: &Document) {
        let place = self.documents.len() as u32;
        self.documents.push(document.name.clone());
        let nameless = document.entity.is_none().then_some(place);
        let next = self.agencies.len() as u32;
        let agency = (document.region_code.clone(), document.entity.as_deref().map(folded), nameless);
        let agency = *self.agencies.entry(agency).or_insert(next);
        for (key, chosen) in &document.figures {
            if let Some(known) = self.figures.get_mut(&(agency, *key)) {
                known.documents += 1;
                if known.chosen.join(chosen.clone()) {
                    known.document = place;
                }
            } else {
                let figure = Figure { chosen: chosen.clone(), document: place, documents: 1 };
                self.figures.insert((agency, *key), figure);
            }
        }
    }

    /// Gives all rows to `push`, in order.
    pub fn rows(self, mut push: impl FnMut(PanelRow<'_>) -> Result<(), ViewError>) -> Result<(), ViewError> {
        let mut agencies: Vec<(&Agency, u32)> = self.agencies.iter().map(|(agency, place)| (agency, *place)).collect();
        agencies.sort();
        let mut order = vec![0; agencies.len()];
        for (rank, (_, place)) in agencies.iter().enumerate() {
            order[*place as usize] = rank;
        }
        let mut figures: Vec<_> = self.figures.iter().collect();
        figures.sort_by_key(|((agency, key), _)| (order[*agency as usize], *key));
        for ((agency, (year, concept, phase)), figure) in figures {
            let (region_code, entity, _) = agencies[order[*agency as usize]].0;
            let Some(concept) = self.grammars.vocabulary().concepts().get(*concept as usize) else { continue };
            let (chosen, document) = (&figure.chosen, &self.documents[figure.document as usize]);
            push(PanelRow {
                entity: entity.as_deref(),
                region_code: region_code.as_deref(),
                year: *year,
                concept: &concept.id,
                concept_zh: Some(&concept.zh),
                concept_en: Some(&concept.en),
                phase: phase.map(Phase::as_str),
                value: chosen.best.value,
                unit: &chosen.best.unit,
                from: chosen.best.standing().as_str(),
                agreement: agreement(chosen).as_str(),
                lowest: chosen.lowest,
                highest: chosen.highest,
                facts: chosen.facts,
                documents: figure.documents,
                document,
                fact: chosen.best.fact,
            })?;
        }
        Ok(())
    }
}

fn agreement(chosen: &Chosen) -> Agreement {
    match (chosen.facts, chosen.agrees()) {
        (1, _) => Agreement::Single,
        (_, true) => Agreement::Agree,
        (_, false) => Agreement::Differ,
    }
}

/// The name with brackets of one width and without spaces: converters differ in both.
fn folded(name: &str) -> String {
    let bracket = |c: char| match c {
        '(' => '（',
        ')' => '）',
        other => other,
    };
    name.chars().filter(|c| !c.is_whitespace()).map(bracket).collect()
}
