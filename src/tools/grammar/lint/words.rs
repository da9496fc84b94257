//! Doubts about words.toml, subjects.toml, classes.toml and sections.toml.

use super::{Finding, Pattern, never_matches, pattern, read, some};
use crate::grammar::{GrammarFiles, Grammars, Vocabulary};
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use toml::Spanned;

#[derive(Deserialize)]
struct Word {
    kind: String,
    any: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
struct Subject {
    concept: Vec<String>,
    #[serde(default, rename = "in")]
    within: Vec<String>,
    words: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
struct Section {
    tag: String,
    titles: Vec<Spanned<String>>,
}

pub(super) fn lint(files: &GrammarFiles, grammars: &Grammars, findings: &mut Vec<Finding>) {
    let (file, words, named) = read::<Word>(files, "narrative/words.toml", "word");
    let kinds: Vec<_> = words.iter().map(|entry| entry.value.kind.clone()).collect();
    let patterns = words.iter().enumerate().flat_map(|(index, entry)| {
        entry.value.any.iter().map(|text| pattern(file, text, &named, index)).collect::<Vec<_>>()
    });
    first_wins(&patterns.collect::<Vec<_>>(), &kinds, findings);

    let (file, sections, named) = read::<Section>(files, "narrative/sections.toml", "section");
    let tags: Vec<_> = sections.iter().map(|entry| entry.value.tag.clone()).collect();
    // A title may stand in several sections; within one it counts once.
    for (index, entry) in sections.iter().enumerate() {
        let patterns = entry.value.titles.iter().map(|text| pattern(file, text, &named, index));
        first_wins(&patterns.collect::<Vec<_>>(), &tags, findings);
    }

    subjects(files, grammars.vocabulary(), findings);
}

/// Where the first entry that claims a wording keeps it.
fn first_wins(patterns: &[Pattern<'_>], names: &[String], findings: &mut Vec<Finding>) {
    let mut owners: HashMap<&str, &Pattern<'_>> = HashMap::new();
    for pattern in patterns {
        never_matches(pattern, findings);
        let name = &names[pattern.entry];
        let claimed: Vec<(&str, &Pattern<'_>)> =
            pattern.words.iter().filter_map(|word| Some((word.as_str(), *owners.get(word.as_str())?))).collect();
        let others: Vec<&(&str, &Pattern<'_>)> =
            claimed.iter().filter(|(_, owner)| names[owner.entry] != *name).collect();
        if let Some((_, owner)) = others.first() {
            let words: Vec<_> = others.iter().map(|(word, _)| *word).collect();
            let message = format!(
                "{} is already {} ({}); the first keeps it, so it is never {name}",
                some(&words),
                names[owner.entry],
                owner.place()
            );
            findings.push(pattern.finding("shadowed", true, message, "take it out here or there"));
        } else if claimed.len() == pattern.words.len() && !claimed.is_empty() {
            let message = format!("“{}” adds nothing: {} already says all of it", pattern.text, claimed[0].1.place());
            findings.push(pattern.finding("dead", false, message, "take the pattern out"));
        }
        for word in &pattern.words {
            owners.entry(word).or_insert(pattern);
        }
    }
}

/// An entry of subjects.
struct Claimant<'f> {
    concepts: Vec<String>,
    within: BTreeSet<String>,
    patterns: Vec<Pattern<'f>>,
}

fn subjects(files: &GrammarFiles, vocabulary: &Vocabulary, findings: &mut Vec<Finding>) {
    let mut claimants = Vec::new();
    for path in ["narrative/subjects.toml", "narrative/classes.toml"] {
        let (file, found, named) = read::<Subject>(files, path, "subject");
        for entry in found {
            let patterns = entry.value.words.iter().map(|text| pattern(file, text, &named, claimants.len())).collect();
            claimants.push(Claimant {
                concepts: entry.value.concept,
                within: entry.value.within.into_iter().collect(),
                patterns,
            });
        }
    }
    let mut owners: HashMap<&str, Vec<&Pattern<'_>>> = HashMap::new();
    for claimant in &claimants {
        for pattern in &claimant.patterns {
            never_matches(pattern, findings);
            let mut clashes: Vec<(&str, &Pattern<'_>)> = Vec::new();
            let mut repeated = 0;
            for word in &pattern.words {
                let earlier = owners.entry(word).or_default();
                repeated += usize::from(earlier.iter().any(|other| {
                    let other = &claimants[other.entry];
                    other.concepts == claimant.concepts && other.within == claimant.within
                }));
                clashes.extend(
                    earlier
                        .iter()
                        .find(|other| clash(&claimants[other.entry], claimant, vocabulary))
                        .map(|other| (word.as_str(), *other)),
                );
                earlier.push(pattern);
            }
            if let Some((_, other)) = clashes.first() {
                let words: Vec<_> = clashes.iter().map(|(word, _)| *word).collect();
                let (first, second) = (claimants[other.entry].concepts.join("+"), claimant.concepts.join("+"));
                let message = format!(
                    "{} may be {first} ({}) or {second}; the first of the file wins",
                    some(&words),
                    other.place()
                );
                findings.push(pattern.finding(
                    "ambiguous",
                    true,
                    message,
                    "bind one of the entries to sections with `in`, or take the words out",
                ));
            } else if repeated == pattern.words.len() && repeated > 0 {
                let message =
                    format!("“{}” adds nothing: an earlier pattern of the same meaning says all of it", pattern.text);
                findings.push(pattern.finding("dead", false, message, "take the pattern out"));
            }
        }
    }
}

/// Whether a wording of both cannot be told: at the same places, of the same unit, another concept.
fn clash(one: &Claimant<'_>, other: &Claimant<'_>, vocabulary: &Vocabulary) -> bool {
    let unit = |claimant: &Claimant<'_>| {
        claimant.concepts.first().and_then(|id| vocabulary.concept(id)).map(|concept| concept.unit.clone())
    };
    let same_place =
        one.within.is_empty() && other.within.is_empty() || one.within.intersection(&other.within).next().is_some();
    one.concepts != other.concepts && same_place && unit(one) == unit(other)
}
