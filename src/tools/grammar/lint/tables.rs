//! Doubts about tables/*.toml: titles that name another statement, labels that stand twice.

use super::{Finding, Pattern, pattern, read};
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
    let mut owners: HashMap<String, Vec<Pattern<'_>>> = HashMap::new();
    for (index, entry) in found.iter().enumerate() {
        for text in &entry.value.labels {
            let all = pattern(file, text, &named, index);
            for word in all.words {
                let word = word.split('>').map(squeeze).collect::<Vec<_>>().join(">");
                let own = Pattern { file, at: text.span(), text: text.get_ref().clone(), words: Vec::new(), entry: index };
                let earlier = owners.entry(word.clone()).or_default();
                let clash = earlier.iter().find(|other| {
                    let sides = (&found[other.entry].value.side, &entry.value.side);
                    other.entry != index && (sides.0 == sides.1 || (name == "row" && sides.0.is_none()))
                });
                if let Some(other) = clash {
                    // A column's label is looked up in a trie, where the last one stays; rows are tried in order.
                    let wins = if name == "row" { "the first" } else { "the last" };
                    let message = format!("the {name} “{word}” stands in {} too; {wins} of them wins", other.place());
                    findings.push(own.finding("ambiguous", true, message, "take it out of one of the entries"));
                }
                earlier.push(own);
            }
        }
    }
}
