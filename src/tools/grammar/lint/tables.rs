//! Doubts about tables/*.toml: titles that name another statement, labels that stand twice.

use super::{Finding, Pattern, pattern, read, some};
use crate::grammar::entries::Entry;
use crate::grammar::labels::squeeze;
use crate::grammar::{GrammarFiles, Grammars};
use serde::Deserialize;
use std::collections::HashMap;
use toml::Spanned;

#[derive(Deserialize)]
struct Statement {
    kind: String,
    #[serde(default)]
    titles: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
struct Labelled {
    labels: Vec<Spanned<String>>,
    side: Option<String>,
}

pub(super) fn lint(files: &GrammarFiles, grammars: &Grammars, findings: &mut Vec<Finding>) {
    for (path, _) in files.below("tables/", ".toml") {
        titles(files, path, grammars, findings);
        labels(files, path, "column", findings);
        labels(files, path, "row", findings);
    }
}

fn titles(files: &GrammarFiles, path: &str, grammars: &Grammars, findings: &mut Vec<Finding>) {
    let (file, statements, named) = read::<Statement>(files, path, "statement");
    for (index, entry) in statements.iter().enumerate() {
        for title in &entry.value.titles {
            let pattern = pattern(file, title, &named, index);
            let other = pattern.words.iter().find_map(|word| {
                let found = grammars.statements().by_title(word).map_or("no statement", |found| found.kind.as_str());
                (found != entry.value.kind).then_some((word, found))
            });
            if let Some((word, found)) = other {
                let message = format!("the title “{word}” is taken for {found}, not for {}", entry.value.kind);
                let help = "another title, or a [[title_guard]] of shared.toml, goes before it";
                findings.push(pattern.finding("never-matches", true, message, help));
            }
        }
    }
}

/// Labels that two entries of a file claim.
fn labels(files: &GrammarFiles, path: &str, name: &str, findings: &mut Vec<Finding>) {
    let (file, found, named) = read::<Labelled>(files, path, name);
    let mut patterns: Vec<Pattern<'_>> = Vec::new();
    // Indices of the patterns that claim a label.
    let mut owners: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, entry) in found.iter().enumerate() {
        for text in &entry.value.labels {
            let mut own = pattern(file, text, &named, index);
            let words = std::mem::take(&mut own.words);
            own.words = words.iter().map(|word| word.split('>').map(squeeze).collect::<Vec<_>>().join(">")).collect();
            let clashes: Vec<(&str, usize)> = own
                .words
                .iter()
                .filter_map(|word| {
                    let earlier = owners.get(word)?.iter().copied();
                    let clash = |other: usize| clash(&found, name, patterns[other].entry, index);
                    Some((word.as_str(), earlier.into_iter().find(|other| clash(*other))?))
                })
                .collect();
            if let Some((_, other)) = clashes.first() {
                // A column's label is looked up in a trie, where the last one stays; rows are tried in order.
                let wins = if name == "row" { "the first" } else { "the last" };
                let words: Vec<_> = clashes.iter().map(|(word, _)| *word).collect();
                let message = format!(
                    "the {name} {} stands in {} too; {wins} of them wins",
                    some(&words),
                    patterns[*other].place()
                );
                findings.push(own.finding("ambiguous", true, message, "take it out of one of the entries"));
            }
            for word in &own.words {
                owners.entry(word.clone()).or_default().push(patterns.len());
            }
            patterns.push(own);
        }
    }
}

/// Whether a label of both entries cannot be told.
fn clash(found: &[Entry<Labelled>], name: &str, one: usize, other: usize) -> bool {
    let (one_side, other_side) = (&found[one].value.side, &found[other].value.side);
    one != other && (one_side == other_side || (name == "row" && one_side.is_none()))
}
