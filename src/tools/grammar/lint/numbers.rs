//! Doubts about numbers.toml: rules that an earlier one covers, rules that do not read their example.

use super::{Finding, pattern, read};
use crate::figure::scan_numbers;
use crate::grammar::narrative::{NumberEntry, Tags};
use crate::grammar::{GrammarFile, GrammarFiles, Grammars};
use std::collections::HashSet;
use toml::Spanned;

/// A rule's words on both sides.
struct Sides {
    before: HashSet<String>,
    after: HashSet<String>,
}

pub(super) fn lint(files: &GrammarFiles, grammars: &Grammars, findings: &mut Vec<Finding>) {
    let (file, rules, named) = read::<NumberEntry>(files, "narrative/numbers.toml", "number");
    let words = |patterns: &[Spanned<String>]| -> HashSet<String> {
        patterns
            .iter()
            .flat_map(|text| {
                if text.get_ref().is_empty() { vec![String::new()] } else { pattern(file, text, &named, 0).words }
            })
            .collect()
    };
    let sides: Vec<_> =
        rules.iter().map(|rule| Sides { before: words(&rule.value.before), after: words(&rule.value.after) }).collect();
    for (index, rule) in rules.iter().enumerate() {
        let covering = (0..index).find(|earlier| {
            sides[index].before.is_subset(&sides[*earlier].before)
                && sides[index].after.is_subset(&sides[*earlier].after)
                && sides[index].before.is_empty() == sides[*earlier].before.is_empty()
                && sides[index].after.is_empty() == sides[*earlier].after.is_empty()
                && admits_all_of(&rules[*earlier].value, &rule.value)
        });
        if let Some(earlier) = covering {
            let message = format!(
                "the rule “{}” never wins: “{}” above holds wherever it does",
                rule.value.name, rules[earlier].value.name
            );
            findings.push(finding(
                file,
                rule.at.clone(),
                "shadowed",
                message,
                "narrow the rule above, or take this one out",
            ));
        }
        if rules[..index].iter().any(|earlier| earlier.value.name == rule.value.name) {
            let message = format!("two rules are named “{}”", rule.value.name);
            findings.push(finding(file, rule.at.clone(), "same-name", message, "the output could not tell them apart"));
        }
        example(file, rule.at.clone(), &rule.value, grammars, findings);
    }
}

fn finding(
    file: GrammarFile<'_>,
    at: std::ops::Range<usize>,
    code: &'static str,
    message: String,
    help: &str,
) -> Finding {
    Finding { code, doubtful: true, fault: file.fault(at, message, Some(help)) }
}

/// Whether `one` admits every number and place that `other` does.
fn admits_all_of(one: &NumberEntry, other: &NumberEntry) -> bool {
    let digits =
        one.digits.is_none_or(|[least, most]| other.digits.is_some_and(|[from, to]| least <= from && to <= most));
    let from = one.from.is_none_or(|from| other.from.is_some_and(|other| from <= other));
    let to = one.to.is_none_or(|to| other.to.is_some_and(|other| other <= to));
    let places = one.within.is_empty()
        || (!other.within.is_empty()
            && other.within.iter().all(|tag| one.within.iter().any(|own| own.get_ref() == tag.get_ref())));
    digits && from && to && places && (!one.weak || other.weak)
}

/// Whether the rule reads a number of the example that it exists for.
fn example(
    file: GrammarFile<'_>,
    at: std::ops::Range<usize>,
    rule: &NumberEntry,
    grammars: &Grammars,
    findings: &mut Vec<Finding>,
) {
    let grammar = grammars.narrative();
    let tags = rule.within.iter().fold(Tags::default(), |tags, name| tags.with(grammar.tag(name.get_ref())));
    let own = format!("narrative/number:{}", rule.name);
    let example = rule.example.as_str();
    let winners: Vec<_> = scan_numbers(example)
        .iter()
        .map(|number| {
            let (before, after) = (&example[..number.span.start as usize], &example[number.span.end as usize..]);
            grammar
                .number_rule(before, number.span.of(example), after, tags)
                .map_or("no rule", |rule| rule.rule.as_str())
        })
        .collect();
    if !winners.contains(&own.as_str()) {
        let message =
            format!("the rule “{}” ({}) does not read its own example “{example}”", rule.name, rule.class.get_ref());
        let help = format!("its numbers are read by: {}", winners.join(", "));
        findings.push(finding(file, at, "example", message, &help));
    }
}
