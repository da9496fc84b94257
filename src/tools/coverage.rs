//! `juesuan grammar coverage`: what each rule of the grammars read, and which read nothing.
//!
//! In: an output folder and the grammars. Out: a table in the order of the grammar files. Identities read
//! nothing; how often they were tried is told instead. Rules of the program itself (noun phrases, page
//! numbers) come last.

use super::text::{columns, count};
use super::{ToolError, output};
use crate::grammar::GrammarFiles;
use crate::grammar::rules::{RulePlace, rules};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

#[derive(Clone, Copy, Debug, Default)]
struct Read {
    numbers: u64,
    facts: u64,
    checks: u64,
}

/// What each rule read of the dataset in `out`.
///
/// # Errors
/// [`ToolError`] if the dataset cannot be read.
pub fn coverage(out: &Path, files: &GrammarFiles) -> Result<String, ToolError> {
    let mut read: BTreeMap<String, Read> = BTreeMap::new();
    let (mut numbers, mut unread) = (0_u64, 0_u64);
    output::read(out, "numbers", &["class", "rule"], |row| {
        numbers += 1;
        unread += u64::from(row[0].as_deref() == Some("unread"));
        if let Some(rule) = &row[1] {
            read.entry(rule.clone()).or_default().numbers += 1;
        }
    })?;
    output::read(out, "facts", &["rule"], |row| {
        if let Some(rule) = &row[0] {
            read.entry(rule.clone()).or_default().facts += 1;
        }
    })?;
    output::read(out, "checks", &["identity"], |row| {
        if let Some(identity) = &row[0] {
            read.entry(identity.clone()).or_default().checks += 1;
        }
    })?;
    let known = rules(files);
    let silent: Vec<_> = known.iter().filter(|rule| !read.contains_key(&rule.rule)).collect();
    let mut said = format!(
        "{numbers} numbers, {unread} unread; {} in the grammars, {} of them read something\n",
        count(known.len(), "rule"),
        known.len() - silent.len()
    );
    let mut rows = vec![["numbers", "facts", "checks", "rule", "where"].map(str::to_owned).to_vec()];
    let row = |rule: &str, place: String, read: &Read| {
        vec![read.numbers.to_string(), read.facts.to_string(), read.checks.to_string(), rule.to_owned(), place]
    };
    for rule in &known {
        if let Some(read) = read.remove(&rule.rule) {
            rows.push(row(&rule.rule, places(rule), &read));
        }
    }
    rows.extend(read.iter().map(|(rule, read)| row(rule, "in the program".to_owned(), read)));
    let _ = writeln!(said, "\n== rules that read\n{}", columns(&rows, "", 64));
    let _ = writeln!(said, "== {} that read nothing", count(silent.len(), "rule"));
    let rows: Vec<_> = silent.iter().map(|rule| vec![rule.rule.clone(), places(rule)]).collect();
    said.push_str(&columns(&rows, "", 64));
    Ok(said)
}

/// `narrative/subjects.toml:58`, and how many more entries share the name.
fn places(rule: &RulePlace) -> String {
    let more = if rule.lines.len() > 1 { format!(" and {} more", rule.lines.len() - 1) } else { String::new() };
    format!("{}:{}{more}", rule.file, rule.lines.first().copied().unwrap_or(1))
}
