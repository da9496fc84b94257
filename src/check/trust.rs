//! Which tables and figures can be trusted: what a statement's own sums say about how it was read.
//!
//! In: the findings of a document. Out: the same; those that fail for a table that was misread are undecided, and
//! so are those that compare a figure of a statement which no sum of that statement vouches for.

use super::Status;
use super::finding::Finding;
use super::gather::Gathered;
use crate::grammar::identities::{Each, Machine, Rule};
use std::collections::{BTreeMap, BTreeSet};

/// What the findings of one table, and of one identity in it, came to.
#[derive(Default)]
struct Count {
    fails: u32,
    holds: u32,
}

impl Count {
    fn add(&mut self, status: Status) {
        match status {
            Status::Fails => self.fails += 1,
            Status::Holds | Status::Rounding => self.holds += 1,
            Status::Undecided => {}
        }
    }

    fn misread(&self) -> bool {
        self.fails >= 3 && self.fails > self.holds
    }

    /// One wrong figure spoils one row: where no row adds up, the columns are not those of the head.
    fn no_row_holds(&self) -> bool {
        self.fails >= 2 && self.holds == 0
    }
}

/// A table most of whose own sums fail has been misread, and so has one most of whose rows do not add up,
/// however well its columns do: nothing can be told from it.
pub(super) fn distrust(gathered: &Gathered<'_, '_>, findings: &mut [Finding<'_>]) {
    let table_of = |fact: u32| gathered.fact(fact).cell.map(|cell| cell.0);
    let mut tables: BTreeMap<u32, Count> = BTreeMap::new();
    let mut identities: BTreeMap<(u32, &str), (bool, Count)> = BTreeMap::new();
    let mut misread: BTreeSet<u32> = BTreeSet::new();
    for finding in findings.iter() {
        let Some(table) = finding.named.first().and_then(|named| table_of(named.fact)) else { continue };
        if finding.verdict.is_none() || finding.named.iter().any(|named| table_of(named.fact) != Some(table)) {
            continue;
        }
        tables.entry(table).or_default().add(finding.status);
        let by_row = matches!(&finding.identity.rule, Rule::Sum(sum) if sum.each == Each::Row);
        let of_identity = identities.entry((table, finding.identity.id.as_str())).or_insert((by_row, Count::default()));
        of_identity.1.add(finding.status);
        if finding.ambiguous {
            misread.insert(table);
        }
    }
    let vouched = vouched(gathered, findings);
    let columns: BTreeSet<_> = vouched.iter().filter_map(|fact| column_of(gathered, *fact)).collect();
    misread.extend(tables.iter().filter(|(_, count)| count.misread()).map(|(table, _)| *table));
    let off = |(by_row, count): &(bool, Count)| count.misread() || *by_row && count.no_row_holds();
    misread.extend(identities.iter().filter(|(_, count)| off(count)).map(|((table, _), _)| *table));
    for finding in findings.iter_mut().filter(|finding| finding.status == Status::Fails) {
        if finding.named.iter().any(|named| table_of(named.fact).is_some_and(|table| misread.contains(&table))) {
            finding.status = Status::Undecided;
            finding.why = Some("the table's own sums say that it is misread".to_owned());
        }
        // A figure that stands in no sum of its statement may stand in the wrong column: it accuses nobody.
        let lonely = |fact: u32| match finding.identity.rule {
            Rule::Same(_) => table_of(fact).is_some() && !vouched.contains(&fact),
            // Of a class, whose own row may be the one that is wrong, another row must show what the column is.
            Rule::Codes(_) | Rule::Machine(Machine::ClassAmount) => {
                column_of(gathered, fact).is_some_and(|column| !columns.contains(&column))
            }
            _ => false,
        };
        if finding.named.iter().any(|named| lonely(named.fact)) {
            finding.status = Status::Undecided;
            finding.why = Some("no sum of its statement vouches for the figure".to_owned());
        }
    }
}

/// The column of a fact, if it stands in one.
fn column_of(gathered: &Gathered<'_, '_>, fact: u32) -> Option<(u32, u32)> {
    gathered.fact(fact).cell.map(|(table, _, column)| (table, column))
}

/// The figures of statements that take part in a sum of their own statement that holds.
fn vouched(gathered: &Gathered<'_, '_>, findings: &[Finding<'_>]) -> BTreeSet<u32> {
    let mut vouched = BTreeSet::new();
    for finding in findings {
        // A column adds up whatever it is taken for, and so do rows whose columns were guessed.
        let Rule::Sum(sum) = &finding.identity.rule else { continue };
        if !matches!(finding.status, Status::Holds | Status::Rounding) || sum.each == Each::Column {
            continue;
        }
        let facts = finding.named.iter().map(|named| named.fact).filter(|fact| gathered.fact(*fact).cell.is_some());
        vouched.extend(facts.filter(|fact| sum.each != Each::Row || !gathered.guessed(*fact)));
    }
    vouched
}
