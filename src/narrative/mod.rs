//! Paragraphs → figures with their roles: what each speaks of, how it is measured, when, how sure.
//!
//! In: the cleaned text of one paragraph or cell, and the [`Context`] of its place. Out: one
//! [`Reading`] for each number. The sentence model: one head clause names a subject and an amount;
//! satellites that follow speak of the same subject until a new head comes. A figure's role is told
//! by the words between it and the last boundary before it (see `clause`); what the words mean
//! is data in `grammars/narrative/`.
//! Surprise: a number inside a subject's own words (单价50万元以上通用设备) is no figure.

mod around;
mod claim;
mod clause;
mod explain;
mod figure;
mod item;
mod measure;
mod narrowing;
mod opening;
mod phrase;
mod reader;
mod recall;
mod role;
#[cfg(test)]
mod soup;
mod token;
mod topic;
mod words;
mod years;

pub use reader::read_passage;

use crate::grammar::narrative::Tags;
use crate::quantity::{Decimal, Fund, Measure, NumberClass, Phase, Unit};
use crate::trace::Trace;
use std::ops::Range;

/// What is known of the place that a passage stands at.
#[derive(Clone, Debug, Default)]
pub struct Context<'g> {
    /// Tags of the sections that hold it.
    pub tags: Tags,
    /// The concept of figures that name nothing themselves.
    pub subject: Option<&'g str>,
    /// The fund of the section.
    pub fund: Option<Fund>,
    /// The year that figures speak of unless the text says another.
    pub fiscal_year: Option<i16>,
    /// The phase of the cell's column, in forms.
    pub phase: Option<Phase>,
    /// The project that the paragraph or form speaks of.
    pub project: Option<String>,
    /// Every project that the document has named so far.
    pub projects: Vec<String>,
    /// Factor of the money unit last met (10 000 for 万元), for amounts that leave it out.
    pub money_factor: Option<Decimal>,
    /// Functional class path (类, 款, 项) last met in the section.
    pub path: Vec<String>,
    /// What the paragraph before named, and told no figure of: 1.…（类）…（款）…（项）。
    pub named: Option<Named<'g>>,
    /// What the section's paragraphs spoke of last, for one that begins with 较上年增加.
    pub before: Option<Named<'g>>,
    /// Takes notes of what is tried, where somebody asked.
    pub trace: Option<&'g Trace>,
}

/// A subject or class path that stands alone in its paragraph.
#[derive(Clone, Debug)]
pub struct Named<'g> {
    /// Vocabulary ids.
    pub concepts: Vec<&'g str>,
    /// Its words.
    pub item: String,
    /// What read it.
    pub rule: &'g str,
    /// It is a class path.
    pub path: bool,
}

/// What a number of the passage is, and the facts that it states.
#[derive(Clone, Debug)]
pub struct Reading<'g> {
    /// Its digits, in bytes of the passage.
    pub range: Range<usize>,
    /// What it is.
    pub class: NumberClass,
    /// What read it.
    pub rule: &'g str,
    /// The facts that it states; several for 收、支总计.
    pub claims: Vec<Claim<'g>>,
}

/// One fact that a number states.
#[derive(Clone, Debug)]
pub struct Claim<'g> {
    /// In the unit's base; decreases are negative.
    pub value: Decimal,
    /// Its unit.
    pub unit: Unit,
    /// Vocabulary id.
    pub concept: Option<&'g str>,
    /// What is measured.
    pub item: String,
    /// What is measured about it.
    pub measure: Measure,
    /// The budget phase.
    pub phase: Option<Phase>,
    /// The year spoken of.
    pub period: Option<i16>,
    /// The year compared with.
    pub base_period: Option<i16>,
    /// The fund.
    pub fund: Option<Fund>,
    /// Name of the functional class, from its path.
    pub function_name: Option<String>,
    /// Name of the economic class.
    pub economic_name: Option<String>,
    /// The project.
    pub project: Option<String>,
    /// What read it.
    pub rule: &'g str,
    /// Left-over template text.
    pub template: bool,
    /// The unit is not printed.
    pub unit_implied: bool,
    /// About right.
    pub approximate: bool,
}
