//! What the table reader took a cell's row and column for, in words, for [`crate::trace::Trace`].

use super::Place;
use super::columns::Column;
use super::facts::{Reach, Subject};
use crate::grammar::meaning::Meaning;

type Lines = Vec<(&'static str, String)>;

/// The statement that the table was taken for.
pub(super) fn statement(place: &Place<'_, '_>) -> (&'static str, String) {
    let words = match place.statement {
        Some(statement) => format!("{} ({})", statement.kind, statement.rule),
        None => "none: no title, form number or headings of grammars/tables/ fit".to_owned(),
    };
    ("statement", words)
}

/// What the column's headings mean.
pub(super) fn column(column: &Column<'_>) -> (&'static str, String) {
    if !column.known && column.words.is_empty() && column.role.is_none() {
        return ("column", "no heading".to_owned());
    }
    let mut says: Vec<String> = Vec::new();
    says.extend(column.role.map(|role| format!("role {}", role.as_str())));
    says.extend(column.concept.map(|concept| format!("concept {concept}")));
    says.extend(column.coded.map(|concept| format!("in rows of a class {concept}")));
    says.extend(column.fund.map(|fund| format!("fund {}", fund.as_str())));
    says.extend(column.phase.map(|phase| format!("phase {}", phase.as_str())));
    says.extend(column.measure.map(|measure| format!("measure {}", measure.as_str())));
    says.extend(column.unit.map(|unit| format!("unit {}", unit.as_str())));
    says.extend(column.side.map(|side| format!("side {}", side.as_str())));
    says.extend(column.year.map(|year| format!("year {year}")));
    says.extend(column.years_back.map(|years| format!("{years} year(s) back")));
    if !column.known {
        says.push("no [[column]] has this heading".to_owned());
    }
    says.extend(column.rule.map(|rule| format!("by {rule}")));
    ("column", format!("“{}”: {}", column.words, says.join(", ")))
}

/// What the row's label means.
pub(super) fn row(subject: &Subject<'_, '_>) -> Lines {
    let outer = subject.outer.join(" / ");
    let mut lines = Lines::new();
    let code = subject.code.map_or(String::new(), |code| format!(", code {code}"));
    lines.push(("row", format!("“{}”{code}: {}", subject.words, meaning(subject.meaning))));
    if !outer.is_empty() {
        lines.push(("row stands in", outer));
    }
    if subject.reach != Reach::One {
        lines.push(("column", "merged over columns that mean different things: the row decides".to_owned()));
    }
    lines
}

fn meaning(meaning: Option<&Meaning>) -> String {
    let Some(meaning) = meaning else { return "no [[row]] has this label".to_owned() };
    let mut says: Vec<String> = Vec::new();
    says.extend(meaning.role.map(|role| format!("role {}", role.as_str())));
    says.extend(meaning.concept.as_ref().map(|concept| format!("concept {concept}")));
    says.extend(meaning.by_fund.iter().map(|(fund, concept)| format!("{concept} for {}", fund.as_str())));
    says.push(format!("by {}", meaning.rule));
    says.join(", ")
}
