//! The index's pictures: rows of bars, each leading to the documents that it stands for.
//!
//! In: the [`Summary`] of every document. Out: [`Picture`]s with lengths in thousandths of the longest bar. A
//! link is the filter of the list below (`#identity=…&region=…`), so that a picture needs no script to lead
//! somewhere. Lengths are whole numbers, amounts exact: no picture turns money into floating point.

use super::corpus::{PUBLIC, Summary};
use super::labels::{Label, Names, label};
use crate::quantity::{Decimal, NumberClass};
use std::collections::{BTreeMap, BTreeSet};

/// Rows of a picture; what is beyond is told in its note.
const MOST_ROWS: usize = 12;
/// Kinds of spending with a colour of their own.
const COLOURS: usize = 7;

/// A piece of a bar.
pub struct Segment {
    /// Class of its colour in the style sheet.
    pub colour: String,
    pub start: u32,
    pub length: u32,
    pub title: String,
    pub href: String,
}

/// A bar with what it is called and how long it is.
pub struct Bar {
    pub label: Label,
    pub href: String,
    pub value: String,
    pub segments: Vec<Segment>,
}

/// What a colour means.
pub struct Key {
    pub colour: String,
    pub label: Label,
    pub href: String,
}

/// A picture.
pub struct Picture {
    pub id: &'static str,
    pub bars: Vec<Bar>,
    pub keys: Vec<Key>,
    /// Rows that are not drawn.
    pub more: usize,
}

/// All of them, in the order of the page.
pub fn pictures(documents: &[Summary], names: &Names) -> Vec<Picture> {
    vec![
        classes(documents),
        spending(documents, names),
        public(documents),
        failing(documents, names),
        unread(documents),
    ]
}

/// `value` as a part of a link's filter.
pub fn encoded(value: &str) -> String {
    let coded = |character: char| match character {
        '%' | '&' | '#' | '+' | '=' => format!("%{:02X}", character as u32),
        other => other.to_string(),
    };
    value.chars().map(coded).collect()
}

/// A number with separators.
pub fn count(count: u64) -> String {
    separated(&count.to_string())
}

fn separated(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && digit.is_ascii_digit() && (whole.len() - index).is_multiple_of(3) && !text.ends_with('-') {
            text.push(',');
        }
        text.push(digit);
    }
    fraction.map(|fraction| format!("{text}.{fraction}")).unwrap_or(text)
}

/// Money as reports print it.
pub fn money(yuan: Decimal) -> String {
    let (divisor, unit) =
        if yuan.abs() >= Decimal::from(100_000_000) { (100_000_000, "亿元") } else { (10_000, "万元") };
    format!("{} {unit}", separated(&format!("{:.2}", (yuan / Decimal::from(divisor)).round_dp(2))))
}

/// `part` in thousandths of `whole`; what is there at all can be seen.
fn thousandths(part: Decimal, whole: Decimal) -> u32 {
    let share = part.checked_mul(Decimal::ONE_THOUSAND).and_then(|part| part.checked_div(whole));
    let share = share.and_then(|share| u32::try_from(share.round()).ok()).unwrap_or(0);
    if part > Decimal::ZERO { share.clamp(6, 1000) } else { 0 }
}

/// One bar for each of `counts`: its label, its link, its colour.
fn counted(counts: Vec<(Label, String, String, u64)>) -> (Vec<Bar>, usize) {
    let most = Decimal::from(counts.iter().map(|(.., count)| *count).max().unwrap_or(0));
    let more = counts.len().saturating_sub(MOST_ROWS);
    let bar = |(label, href, colour, number): (Label, String, String, u64)| {
        let title = format!("{} · {}", label.zh, count(number));
        let length = thousandths(Decimal::from(number), most);
        let segment = Segment { colour, start: 0, length, title, href: href.clone() };
        Bar { label, href, value: count(number), segments: vec![segment] }
    };
    (counts.into_iter().take(MOST_ROWS).map(bar).collect(), more)
}

fn classes(documents: &[Summary]) -> Picture {
    let counts = NumberClass::ALL.iter().enumerate().map(|(place, class)| {
        let count = documents.iter().map(|document| document.classes[place]).sum();
        let word = class.as_str();
        (label(&format!("class.{word}")), format!("#class={word}"), word.to_owned(), count)
    });
    let (bars, more) = counted(counts.collect());
    Picture { id: "classes", bars, keys: Vec::new(), more }
}

fn sums<'a>(counts: impl Iterator<Item = &'a BTreeMap<String, u64>>) -> Vec<(String, u64)> {
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    for (key, count) in counts.flatten() {
        *sums.entry(key).or_default() += count;
    }
    let mut sums: Vec<_> = sums.into_iter().map(|(key, count)| (key.to_owned(), count)).collect();
    sums.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    sums
}

fn failing(documents: &[Summary], names: &Names) -> Picture {
    let sums = sums(documents.iter().map(|document| &document.failing));
    let row = |(id, count): (String, u64)| {
        (names.identity(&id), format!("#identity={}", encoded(&id)), "failed".to_owned(), count)
    };
    let (bars, more) = counted(sums.into_iter().map(row).collect());
    Picture { id: "failing", bars, keys: Vec::new(), more }
}

fn unread(documents: &[Summary]) -> Picture {
    let sums = sums(documents.iter().map(|document| &document.unread));
    let row = |(layout, count): (String, u64)| {
        (label(&format!("layout.{layout}")), format!("#layout={}", encoded(&layout)), "unread".to_owned(), count)
    };
    let (bars, more) = counted(sums.into_iter().map(row).collect());
    Picture { id: "unread", bars, keys: Vec::new(), more }
}

/// The region that a document is counted under: its code, or the province's if there are too many regions.
pub struct Regions<'a> {
    provinces: bool,
    names: &'a Names,
}

/// What stands for a document without a region in links.
pub const NO_REGION: &str = "none";

impl<'a> Regions<'a> {
    /// Of these documents.
    pub fn of(documents: &[Summary], names: &'a Names) -> Self {
        let codes: BTreeSet<_> = documents.iter().filter_map(|document| document.row.region_code.as_deref()).collect();
        Regions { provinces: codes.len() > MOST_ROWS, names }
    }

    /// The key of a document's region, as links have it: the first digits of its code, or its name if it has none.
    pub fn key<'d>(&self, document: &'d Summary) -> &'d str {
        match (&document.row.region_code, &document.row.region) {
            (Some(code), _) if self.provinces => code.get(..2).unwrap_or(code),
            (Some(code), _) => code,
            (None, Some(name)) => name,
            (None, None) => NO_REGION,
        }
    }

    /// Its name.
    pub fn label(&self, key: &str, documents: &[&Summary]) -> Label {
        let region = documents.first().and_then(|document| document.row.region.clone());
        match (key, self.names.provinces.get(key).cloned(), region) {
            (NO_REGION, ..) => label("region.none"),
            (_, Some(name), _) | (_, None, Some(name)) => Label { zh: name.clone(), en: name },
            _ => Label { zh: key.to_owned(), en: key.to_owned() },
        }
    }

    /// The documents of each region.
    pub fn group<'d>(&self, documents: &'d [Summary]) -> BTreeMap<&'d str, Vec<&'d Summary>> {
        let mut groups: BTreeMap<&str, Vec<&Summary>> = BTreeMap::new();
        for document in documents {
            groups.entry(self.key(document)).or_default().push(document);
        }
        groups
    }
}

/// Amounts by code with the names met first.
fn add<'d>(documents: impl Iterator<Item = &'d Summary>) -> BTreeMap<&'d str, (&'d str, Decimal)> {
    let mut sums: BTreeMap<&str, (&str, Decimal)> = BTreeMap::new();
    for (code, spending) in documents.flat_map(|document| &document.spending) {
        let (_, sum) = sums.entry(code).or_insert((&spending.name, Decimal::ZERO));
        *sum = sum.checked_add(spending.amount).unwrap_or(*sum);
    }
    sums
}

fn total<'d>(sums: impl Iterator<Item = &'d (&'d str, Decimal)>) -> Decimal {
    sums.fold(Decimal::ZERO, |total, (_, amount)| total.checked_add(*amount).unwrap_or(total))
}

fn spending(documents: &[Summary], names: &Names) -> Picture {
    let regions = Regions::of(documents, names);
    let all = add(documents.iter());
    let mut codes: Vec<&str> = all.keys().copied().collect();
    codes.sort_by_key(|code| std::cmp::Reverse(all[code].1));
    let colour = |code: &str| {
        let place = codes.iter().position(|other| *other == code).filter(|place| *place < COLOURS);
        place.map_or("spending-other".to_owned(), |place| format!("spending-{place}"))
    };
    let groups = regions.group(documents);
    let mut rows: Vec<_> = groups.iter().map(|(key, group)| (*key, group, add(group.iter().copied()))).collect();
    rows.retain(|(.., sums)| !sums.is_empty());
    rows.sort_by_key(|(.., sums)| std::cmp::Reverse(total(sums.values())));
    let longest = rows.first().map_or(Decimal::ZERO, |(.., sums)| total(sums.values()));
    let more = rows.len().saturating_sub(MOST_ROWS);
    let bars = rows.into_iter().take(MOST_ROWS).map(|(key, group, sums)| {
        let mut pieces: Vec<_> = sums.iter().collect();
        pieces.sort_by_key(|(code, _)| codes.iter().position(|other| other == *code));
        let pieces = pieces.into_iter().map(|(code, (name, amount))| {
            let title = format!("{code} {name} · {}", money(*amount));
            (colour(code), *amount, title, format!("#region={}&function={}", encoded(key), encoded(code)))
        });
        Bar {
            label: regions.label(key, group),
            href: format!("#region={}", encoded(key)),
            value: money(total(sums.values())),
            segments: stack(pieces, longest),
        }
    });
    let bars = bars.collect();
    let keys = codes.iter().take(COLOURS).map(|code| {
        let name = format!("{code} {}", all[code].0);
        Key {
            colour: colour(code),
            label: Label { zh: name.clone(), en: name },
            href: format!("#function={}", encoded(code)),
        }
    });
    let mut keys: Vec<Key> = keys.collect();
    if codes.len() > COLOURS {
        keys.push(Key { colour: colour(""), label: label("spending.other"), href: "#".to_owned() });
    }
    Picture { id: "spending", bars, keys, more }
}

/// Pieces one behind the other; those below zero cannot be drawn.
fn stack(pieces: impl Iterator<Item = (String, Decimal, String, String)>, longest: Decimal) -> Vec<Segment> {
    let mut start = 0;
    let segment = |(colour, amount, title, href)| {
        let length = thousandths(amount, longest).min(1000_u32.saturating_sub(start));
        start += length;
        Segment { colour, start: start - length, length, title, href }
    };
    pieces.map(segment).filter(|segment| segment.length > 0).collect()
}

fn public(documents: &[Summary]) -> Picture {
    let mut rows: Vec<(&Summary, Decimal)> =
        documents.iter().filter_map(|document| Some((document, document.public_sum()?))).collect();
    rows.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
    let longest = rows.iter().map(|(_, sum)| *sum).max().unwrap_or(Decimal::ZERO);
    let more = rows.len().saturating_sub(MOST_ROWS);
    let bars = rows.into_iter().take(MOST_ROWS).map(|(document, sum)| {
        let name = document.row.entity.as_ref().unwrap_or(&document.row.document);
        let year = document.row.fiscal_year.map(|year| format!(" {year}")).unwrap_or_default();
        let name = format!("{name}{year}");
        let href = document.page.clone().unwrap_or_else(|_| format!("#text={}", encoded(&document.row.document)));
        let known = PUBLIC.iter().zip(document.public).filter_map(|(concept, amount)| Some((*concept, amount?)));
        let pieces = known.map(|(concept, amount)| {
            let title = format!("{} · {}", label(concept).zh, money(amount));
            (concept.replace('.', "-"), amount, title, href.clone())
        });
        let stated = document.public.iter().flatten().try_fold(Decimal::ZERO, |all, part| all.checked_add(*part));
        let rest = stated.and_then(|stated| sum.checked_sub(stated)).filter(|rest| *rest > Decimal::ZERO);
        let rest = rest.map(|rest| {
            let title = format!("{} · {}", label("public.rest").zh, money(rest));
            ("three_public-rest".to_owned(), rest, title, href.clone())
        });
        let segments = stack(pieces.chain(rest), longest);
        Bar { label: Label { zh: name.clone(), en: name }, href, value: money(sum), segments }
    });
    let bars = bars.collect();
    let key = |concept: &&str| Key { colour: concept.replace('.', "-"), label: label(concept), href: "#".to_owned() };
    Picture { id: "public", bars, keys: PUBLIC.iter().map(key).collect(), more }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_reports_print_them() {
        let yuan = |text: &str| text.parse::<Decimal>().expect("a number");
        assert_eq!(money(yuan("41800")), "4.18 万元");
        assert_eq!(money(yuan("12345678.9")), "1,234.57 万元");
        assert_eq!(money(yuan("-1234567890")), "-12.35 亿元");
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(count(123), "123");
    }

    #[test]
    fn bars_have_lengths_in_thousandths() {
        assert_eq!(thousandths(Decimal::from(1), Decimal::from(4)), 250);
        assert_eq!(thousandths(Decimal::from(1), Decimal::from(1_000_000)), 6, "what is there can be seen");
        assert_eq!(thousandths(Decimal::from(-1), Decimal::from(4)), 0);
        assert_eq!(thousandths(Decimal::ZERO, Decimal::ZERO), 0);
    }
}
