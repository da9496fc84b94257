//! Which documents get a page.
//!
//! In: the rows of `documents`, a [`Choice`]. Out: for each of them whether it was chosen. The same dataset and
//! choice give the same documents: a sample is drawn by the names, not by chance.

use super::rows::DocumentRow;
use sha2::{Digest, Sha256};

/// Documents get pages without being chosen up to this many; beyond, those with most to look at.
const UNCHOSEN: usize = 200;

/// Which documents to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// All, or the 200 with most failed checks and unread numbers.
    Most,
    /// Those with one of these names, or names that hold one of these.
    Named(Vec<String>),
    /// Those where a check failed, or where a number is unread, or either.
    Troubled {
        /// Failed checks count.
        failed: bool,
        /// Unread numbers count.
        unread: bool,
    },
    /// So many, spread over the dataset.
    Sample(usize),
}

impl Choice {
    /// Whether each document is chosen.
    ///
    /// # Errors
    /// The name that no document has.
    pub fn of(&self, rows: &[DocumentRow]) -> Result<Vec<bool>, String> {
        match self {
            Choice::Most => {
                let trouble = |row: &DocumentRow| u64::MAX - row.failed.saturating_mul(10).saturating_add(row.unread);
                Ok(first(rows, UNCHOSEN, trouble))
            }
            Choice::Named(names) => named(rows, names),
            Choice::Troubled { failed, unread } => {
                let troubled = |row: &DocumentRow| (*failed && row.failed > 0) || (*unread && row.unread > 0);
                Ok(rows.iter().map(troubled).collect())
            }
            Choice::Sample(count) => Ok(first(rows, *count, |row| Sha256::digest(&row.document))),
        }
    }
}

/// Chooses the `count` documents that come first by `key`.
fn first<K: Ord>(rows: &[DocumentRow], count: usize, key: impl Fn(&DocumentRow) -> K) -> Vec<bool> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_cached_key(|index| key(&rows[*index]));
    let mut chosen = vec![false; rows.len()];
    order.into_iter().take(count).for_each(|index| chosen[index] = true);
    chosen
}

fn named(rows: &[DocumentRow], names: &[String]) -> Result<Vec<bool>, String> {
    let mut chosen = vec![false; rows.len()];
    for name in names {
        let exactly = rows.iter().position(|row| row.document == *name);
        let mut found = exactly.is_some();
        if let Some(index) = exactly {
            chosen[index] = true;
        } else {
            for (row, chosen) in rows.iter().zip(&mut chosen) {
                let holds = row.document.contains(name.as_str());
                *chosen |= holds;
                found |= holds;
            }
        }
        if !found {
            return Err(name.clone());
        }
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<DocumentRow> {
        let row = |document: &str, failed, unread| DocumentRow {
            document: document.to_owned(),
            failed,
            unread,
            ..DocumentRow::default()
        };
        vec![row("2019/a.txt", 0, 0), row("2019/b.txt", 3, 0), row("2020/a.txt", 0, 2), row("a.txt", 0, 0)]
    }

    fn chosen(choice: &Choice) -> Vec<usize> {
        let chosen = choice.of(&rows()).expect("known names");
        (0..chosen.len()).filter(|index| chosen[*index]).collect()
    }

    #[test]
    fn by_name_a_whole_name_goes_before_a_part_of_one() {
        assert_eq!(chosen(&Choice::Named(vec!["a.txt".into()])), [3]);
        assert_eq!(chosen(&Choice::Named(vec!["2019".into(), "2020/a.txt".into()])), [0, 1, 2]);
        assert_eq!(Choice::Named(vec!["c".into()]).of(&rows()), Err("c".to_owned()));
    }

    #[test]
    fn by_trouble() {
        assert_eq!(chosen(&Choice::Troubled { failed: true, unread: false }), [1]);
        assert_eq!(chosen(&Choice::Troubled { failed: true, unread: true }), [1, 2]);
    }

    #[test]
    fn a_sample_has_its_size_and_stays_the_same() {
        let sample = chosen(&Choice::Sample(2));
        assert_eq!((sample.len(), &sample), (2, &chosen(&Choice::Sample(2))));
        assert_eq!(chosen(&Choice::Sample(9)).len(), 4);
    }

    #[test]
    fn of_too_many_those_with_trouble_come_first() {
        let many: Vec<_> = (0..500_u64)
            .map(|index| DocumentRow {
                document: format!("{index:03}"),
                failed: u64::from(index == 400),
                ..DocumentRow::default()
            })
            .collect();
        let chosen = Choice::Most.of(&many).expect("no name is given");
        assert_eq!((chosen.iter().filter(|chosen| **chosen).count(), chosen[400]), (200, true));
    }
}
