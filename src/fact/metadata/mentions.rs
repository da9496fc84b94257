//! One scan of the text for regions' names and the agencies that they begin.
//!
//! In: the text. Out: [`Mentions`]: how often each region is named, and each agency with the weight of
//! where it stands: alone on a line, as the subject of 内设…, or in passing. Linear: only a
//! place whose two characters begin some region's name is looked at.

use crate::grammar::regions::Wordings;
use crate::grammar::{Agencies, Grammars};
use crate::maps::Map;
use crate::source::Span;

/// A name in a text longer than this is none, in bytes.
const LONGEST_NAME: usize = 120;
/// Weight of a mention in passing.
const PASSING: u32 = 2;
/// Weight of an act's author: 《云溪县人民政府关于…》.
const AUTHOR: u32 = 1;
/// Weight of a name alone on a line or in a cell.
const ALONE: u32 = 4;
/// Weight of the subject of what a report says of its own agency.
const OWN: u32 = 8;

/// An agency named in the text.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Its name.
    pub name: String,
    /// Sum over all places.
    pub weight: u32,
    /// Where it stands first.
    pub span: Span,
}

/// Regions and agencies named in a text.
#[derive(Debug, Default)]
pub struct Mentions {
    /// By row of the vocabulary; a name of several regions counts for each.
    pub regions: Map<usize, u32>,
    /// In order of their first place.
    pub agencies: Vec<Mention>,
}

impl Mentions {
    /// How often a region's name stands in the text.
    pub fn count(&self, row: usize) -> u32 {
        self.regions.get(&row).copied().unwrap_or(0)
    }
}

/// Reads all mentions.
pub fn read_mentions(text: &str, grammars: &Grammars) -> Mentions {
    let (regions, agencies) = (grammars.regions(), grammars.agencies());
    let mut mentions = Mentions::default();
    let mut by_name: Map<&str, usize> = Map::default();
    let mut done = 0;
    for start in regions.candidates(text) {
        if start < done {
            continue;
        }
        let mut end = start;
        while let Some((length, rows)) = regions.at_start(&text[end..], Wordings::Full) {
            for row in rows {
                *mentions.regions.entry(row).or_default() += 1;
            }
            end += length;
        }
        if end == start {
            continue;
        }
        done = end;
        let begin = start - agencies.prefix_at_end(window(text, start));
        let Some(stop) = name_end(&text[begin..], end - begin, agencies).map(|length| begin + length) else { continue };
        done = stop;
        let name = &text[begin..stop];
        let weight = weight(&text[..begin], &text[stop..], agencies);
        let index = *by_name.entry(name).or_insert_with(|| {
            mentions.agencies.push(Mention { name: name.to_owned(), weight: 0, span: Span::from(begin..stop) });
            mentions.agencies.len() - 1
        });
        mentions.agencies[index].weight += weight;
    }
    mentions
}

/// The end of `text[..at]`, long enough for any prefix.
fn window(text: &str, at: usize) -> &str {
    let mut start = at.saturating_sub(60);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..at]
}

/// Length of the agency's name that `text` begins with; its region takes `region` bytes.
fn name_end(text: &str, region: usize, agencies: &Agencies) -> Option<usize> {
    let run = text
        .char_indices()
        .skip_while(|(at, _)| *at < region)
        .find(|(at, c)| *at > LONGEST_NAME || !('\u{4E00}'..='\u{9FFF}').contains(c))
        .map_or(text.len(), |(at, _)| at);
    let inside = |at: &usize| *at > region && *at <= LONGEST_NAME;
    let mut ends = text[..run].char_indices().map(|(at, c)| at + c.len_utf8()).filter(inside);
    let ended = |end: usize| end == run || agencies.follows(&text[end..run]);
    ends.find(|end| ended(*end) && agencies.is_name(&text[region..*end]))
}

/// What a mention between `before` and `after` says for the agency's being the one that reports.
fn weight(before: &str, after: &str, agencies: &Agencies) -> u32 {
    let opened = before.trim_end_matches([' ', '\t', '\u{3000}']);
    let closed = after.trim_start_matches([' ', '\t', '\u{3000}']);
    let begins = opened.is_empty() || opened.ends_with(['\n', '|', '>']);
    let ends = closed.is_empty() || closed.starts_with(['\n', '\r', '|', '<']) || (closed.starts_with('(') && begins);
    if agencies.is_own(after.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '年' | '度' | ' '))) {
        OWN
    } else if begins && ends {
        ALONE
    } else if opened.ends_with('《') {
        AUTHOR
    } else {
        PASSING
    }
}
