//! Who reports about which year.
//!
//! In: the text and its layout. Out: [`Metadata`]. The fiscal year is the one that the document's
//! title and headings speak of, not that of its publication or of an annexed report.

use super::Metadata;
use crate::layout::{BlockKind, Layout};

/// Reads the document's title and fiscal year.
#[must_use]
pub fn read_metadata(text: &str, layout: &Layout) -> Metadata {
    Metadata { fiscal_year: fiscal_year(text, layout), ..Metadata::default() }
}

/// The year that most of the text speaks of as the fiscal year: 2018年度, 2018年…决算.
fn fiscal_year(text: &str, layout: &Layout) -> Option<i16> {
    let mut weights: Vec<(i16, u32)> = Vec::new();
    for (rank, paragraph) in layout.paragraphs.iter().enumerate() {
        if paragraph.kind == BlockKind::Contents {
            continue;
        }
        let heading = matches!(paragraph.kind, BlockKind::Heading(_)) || rank < 4;
        for piece in &paragraph.pieces {
            let words = piece.of(text);
            let accounts = words.contains("决算");
            for (year, rest) in years(words) {
                // A date (2018年12月31日) says when, not which year is reported about.
                let date = rest.trim_start().chars().next().is_some_and(|c| c.is_ascii_digit());
                let weight = match (date, accounts) {
                    (true, _) => 0,
                    (false, true) if heading => 12,
                    (false, true) => 3,
                    (false, false) => 1 + u32::from(rest.starts_with('度')),
                };
                match weights.iter_mut().find(|(known, _)| *known == year) {
                    Some((_, sum)) => *sum += weight,
                    None => weights.push((year, weight)),
                }
            }
        }
    }
    weights
        .into_iter()
        .filter(|(_, weight)| *weight > 0)
        .max_by_key(|(year, weight)| (*weight, -year))
        .map(|(year, _)| year)
}

/// Every `20xx年` of `words`, with what follows 年.
fn years(words: &str) -> impl Iterator<Item = (i16, &str)> {
    words.match_indices('年').filter_map(|(at, mark)| {
        let before = words[..at].trim_end();
        let digits = before.get(before.len().checked_sub(4)?..)?;
        let year: i16 = digits.parse().ok().filter(|year| (1990..2100).contains(year))?;
        let glued = before[..before.len() - 4].ends_with(|c: char| c.is_ascii_digit());
        (!glued).then(|| (year, &words[at + mark.len()..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_stand_before_their_mark() {
        let found: Vec<_> = years("云溪县2021 年度部门决算，与2020年相比，12021年").map(|(year, _)| year).collect();
        assert_eq!(found, [2021, 2020]);
    }
}
