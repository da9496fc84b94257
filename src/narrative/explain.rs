//! What the reader saw and chose at one number, written into a [`crate::trace::Trace`].
//!
//! In: the reader's state while it reads. Out: notes. Only called where somebody asked, so it may be slow.

use super::clause::Clause;
use super::reader::Reader;
use super::token::{Kind, Token};
use super::topic::Topic;
use crate::figure::read_quantity;
use crate::grammar::narrative::Wording;
use crate::quantity::Phase;
use std::ops::Range;

/// Rules shown that fit in part; those that cover the most text come first.
const MOST_REFUSED: usize = 4;

type Lines = Vec<(&'static str, String)>;

impl Reader<'_, '_, '_> {
    /// Notes which rules for bare numbers were tried, and the unit that follows.
    pub(super) fn explain_number(&self, number: usize) {
        let Some(trace) = self.context.trace else { return };
        let range = self.tokens.numbers[number].range.clone();
        let (before, after) = (&self.text[..range.start], &self.text[range.end..]);
        let grammar = self.grammars.narrative();
        let mut lines = Lines::new();
        lines.push(("section tags", grammar.tag_words(self.context.tags).join(", ")));
        let all = grammar.number_rules_tried(before, &self.text[range.clone()], after, self.context.tags);
        let holding = all.iter().filter(|tried| tried.refused.is_none()).count();
        for (place, tried) in all.iter().take(holding + MOST_REFUSED).enumerate() {
            let verdict = match &tried.refused {
                Some(why) => format!("does not hold: {why}"),
                None if tried.weak => "holds unless a unit follows".to_owned(),
                None if place == 0 => "wins".to_owned(),
                None => "covers less".to_owned(),
            };
            lines.push(("number rule", format!("{} ({}), {} bytes: {verdict}", tried.rule, tried.class, tried.length)));
        }
        let quantity = read_quantity(after, self.grammars.vocabulary());
        let unit = quantity.unit.map_or("none: no unit of vocabulary/units.toml follows", |unit| unit.unit.as_str());
        lines.push(("unit", format!("{unit}, times {}", quantity.factor.normalize())));
        trace.note_in_passage(range, lines);
    }

    /// Notes what the words left of a figure say.
    pub(super) fn explain_clause(&self, at: usize, number: usize, clause: &Clause) {
        let Some(trace) = self.context.trace else { return };
        let tokens = &self.tokens.tokens;
        let mut lines = Lines::new();
        let start = clause.start.min(at);
        lines.push(("clause", tokens[start..at].iter().map(|token| self.shown(token)).collect()));
        let ended = match start.checked_sub(1).map(|end| &tokens[end]) {
            None => "the start of the passage".to_owned(),
            Some(token) => format!("{} before it", self.shown(token)),
        };
        lines.push(("clause ends at", ended));
        let mut says: Vec<String> = Vec::new();
        says.extend(clause.measure.map(|measure| format!("measure word {}", measure.as_str())));
        says.extend(clause.phase.map(|phase: Phase| format!("phase {}", phase.as_str())));
        says.extend(clause.compared.then(|| "compared with what stands before".to_owned()));
        says.extend(clause.against_budget.then(|| "compared with the budget".to_owned()));
        says.extend(clause.distributed.then(|| "one number for each subject".to_owned()));
        says.extend(clause.breakdown.then(|| "part of a breakdown".to_owned()));
        lines.push((
            "clause says",
            if says.is_empty() { "nothing about measure or phase".to_owned() } else { says.join(", ") },
        ));
        match clause.subject.map(|subject| (&tokens[subject], &tokens[subject].kind)) {
            Some((token, Kind::Subject(wording))) => self.explain_subject(&mut lines, token, wording),
            Some((token, _)) => {
                lines.push(("subject", format!("the class path “{}”", &self.text[token.range.clone()])));
            }
            None => lines.push(("subject", "none in the clause".to_owned())),
        }
        if let Some(narrowed) = clause.narrowed {
            let words = &self.text[tokens[narrowed].range.clone()];
            lines.push(("subject", format!("narrowed by “{words}” to a part that has no concept of its own")));
        }
        if let Some((first, last)) = clause.phrase {
            lines.push(("phrase", self.text[tokens[first].range.start..tokens[last].range.end].to_owned()));
        }
        self.explain_memory(&mut lines);
        trace.note_in_passage(self.tokens.numbers[number].range.clone(), lines);
    }

    /// The entries that a subject's words may mean, and which the place admits.
    fn explain_subject(&self, lines: &mut Lines, token: &Token<'_>, wording: &Wording) {
        let grammar = self.grammars.narrative();
        let words = &self.text[token.range.clone()];
        let chosen = grammar.subjects_at(wording, token.tags).next();
        for index in &wording.subjects {
            let subject = grammar.subject(*index);
            let bound = match grammar.tag_words(subject.within).join(", ") {
                tags if tags.is_empty() => "everywhere".to_owned(),
                tags => format!("in {tags}"),
            };
            let here = subject.within.is_empty() || subject.within.meets(token.tags);
            let verdict = match (here, chosen == Some(*index)) {
                (_, true) => "wins",
                (true, false) => "admitted, another goes first",
                (false, _) => "not admitted here",
            };
            lines.push(("subject", format!("“{words}” → {} ({bound}): {verdict}", subject.concepts.join("+"))));
        }
        let tags = grammar.tag_words(token.tags).join(", ");
        lines.push(("tags of the sentence", if tags.is_empty() { "none".to_owned() } else { tags }));
    }

    /// What is kept in mind from the words before.
    fn explain_memory(&self, lines: &mut Lines) {
        if let Some(mentioned) = self.mentioned {
            lines.push(("mentioned before", self.text[self.tokens.tokens[mentioned].range.clone()].to_owned()));
        }
        if let Some(last) = &self.last {
            lines.push(("figure before", topic(&last.topic)));
        }
        if let Some(parent) = &self.parent {
            lines.push(("breakdown of", topic(parent)));
        }
    }

    /// Notes what the figure was taken to speak of.
    pub(super) fn explain_choice(&self, range: &Range<usize>, topics: &[Topic<'_>]) {
        let Some(trace) = self.context.trace else { return };
        let lines = topics.iter().map(|chosen| ("speaks of", format!("{}, by {}", topic(chosen), chosen.rule)));
        trace.note_in_passage(range.clone(), lines.collect());
    }

    fn shown(&self, token: &Token<'_>) -> String {
        let words = self.text.get(token.range.clone()).unwrap_or("");
        match &token.kind {
            Kind::Word(kind, _) => format!("{words}⟨{}⟩", kind.as_str()),
            Kind::Subject(_) => format!("{words}⟨subject⟩"),
            Kind::Path(_) => format!("{words}⟨class path⟩"),
            Kind::Number(_) | Kind::Mark(_) | Kind::Text => words.to_owned(),
        }
    }
}

fn topic(topic: &Topic<'_>) -> String {
    if topic.concepts.is_empty() {
        format!("“{}”, which has no concept", topic.item)
    } else {
        format!("“{}” ({})", topic.item, topic.concepts.join("+"))
    }
}
