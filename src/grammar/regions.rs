//! The vocabulary of regions (`vocabulary/regions.csv`): names, GB/T 2260 codes, parents, years.
//!
//! In: the file. Out: [`Regions`], looked up by what a text begins with. A row is one name under one
//! code for some years; a name may belong to several regions, and choosing is left to the caller.
//! Surprise: the file is the largest grammar by far, so it is cut into slices in one pass, and the
//! look-up is built when the first document asks for it.

use super::fault::Fault;
use super::files::GrammarFiles;
use super::vocabulary::file;
use std::ops::Range;
use std::sync::OnceLock;

const REGIONS: &str = "vocabulary/regions.csv";
const FORM: &str = "a row is: code,name,short_names,parent,level,from,to";

/// One name of one region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Six digits, GB/T 2260.
    pub code: u32,
    /// Code of the region that it belongs to; 0 for a province.
    pub parent: u32,
    /// `province`, `prefecture` or `county`.
    pub level: &'static str,
    /// First year of the name under this code, as far as known.
    pub from: Option<i16>,
    /// Last year.
    pub to: Option<i16>,
    name: Range<u32>,
    shorts: Range<u32>,
}

impl Region {
    /// Whether it bore this name in `year`; lists lag behind, and agencies behind the lists.
    #[must_use]
    pub fn valid_in(&self, year: i16) -> bool {
        self.from.is_none_or(|from| from - 1 <= year) && self.to.is_none_or(|to| year <= to + 2)
    }
}

/// A way to write a region: its two first characters, then all.
#[derive(Clone, Debug)]
struct Wording {
    key: u64,
    text: Range<u32>,
    region: u32,
    short: bool,
}

#[derive(Debug, Default)]
struct Index {
    /// Sorted by key, longer wordings first.
    wordings: Vec<Wording>,
    /// One bit for each hash of a full name's key.
    full: Vec<u64>,
}

/// Which wordings a look-up takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wordings {
    /// 四川省, not 四川.
    Full,
    /// Both.
    All,
}

/// All regions.
#[derive(Debug, Default)]
pub struct Regions {
    text: Box<str>,
    rows: Vec<Region>,
    index: OnceLock<Index>,
}

/// The bytes of a number that two Chinese characters take.
const SIX: u64 = (1 << 48) - 1;

/// The first two Chinese characters of `bytes` as a number.
fn key(bytes: &[u8]) -> Option<u64> {
    let two = bytes.get(..6)?;
    let mut eight = [0; 8];
    eight[..6].copy_from_slice(two);
    (two[0] >= 0xE3 && two[3] >= 0xE3).then(|| u64::from_le_bytes(eight))
}

/// Bit of the filter: 17 bits of a multiplicative hash.
const fn bit(key: u64) -> (usize, u64) {
    let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 47;
    ((hash >> 6) as usize, 1 << (hash & 63))
}

impl Regions {
    /// Reads the regions; faults are added to `faults`.
    #[must_use]
    pub fn load(files: &GrammarFiles, faults: &mut Vec<Fault>) -> Self {
        let file = file(files, REGIONS, faults);
        let mut rows = Vec::with_capacity(file.text.len() / 44);
        let mut row = Row { text: file.text, start: 0, ends: [0; 7], fields: 0 };
        let mut heading = true;
        for (at, byte) in file.text.bytes().chain(std::iter::once(b'\n')).enumerate() {
            match byte {
                b',' => row.end_field(at),
                b'\n' => {
                    let end = at - usize::from(file.text[row.start..at].ends_with('\r'));
                    row.end_field(end);
                    if !heading && end > row.start {
                        match row.read() {
                            Ok(region) => rows.push(region),
                            Err((at, message)) => faults.push(file.fault(at..at, message, Some(FORM))),
                        }
                    }
                    heading = false;
                    row = Row { start: at + 1, fields: 0, ..row };
                }
                _ => {}
            }
        }
        Regions { text: file.text.into(), rows, index: OnceLock::new() }
    }

    fn slice(&self, range: &Range<u32>) -> &str {
        &self.text[range.start as usize..range.end as usize]
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let mut wordings = Vec::with_capacity(self.rows.len() * 2);
            let mut full = vec![0; 1 << 11];
            for (region, row) in self.rows.iter().enumerate() {
                let mut add = |text: Range<u32>, short: bool| {
                    if let Some(key) = key(self.slice(&text).as_bytes()) {
                        if !short {
                            let (word, mask) = bit(key);
                            full[word] |= mask;
                        }
                        wordings.push(Wording { key, text, region: region as u32, short });
                    }
                };
                add(row.name.clone(), false);
                let mut at = row.shorts.start;
                for short in self.slice(&row.shorts).split('|') {
                    add(at..at + short.len() as u32, true);
                    at += short.len() as u32 + 1;
                }
            }
            wordings.sort_unstable_by_key(|wording| {
                (wording.key, std::cmp::Reverse(wording.text.end - wording.text.start), wording.region)
            });
            Index { wordings, full }
        })
    }

    /// Every region, by row.
    #[must_use]
    pub fn rows(&self) -> &[Region] {
        &self.rows
    }

    /// Its name: `四川省`.
    #[must_use]
    pub fn name(&self, region: &Region) -> &str {
        self.slice(&region.name)
    }

    /// Its short names: `四川`; `凉山`, `凉山州`.
    pub fn short_names<'s>(&'s self, region: &Region) -> impl Iterator<Item = &'s str> {
        self.slice(&region.shorts).split('|').filter(|short| !short.is_empty())
    }

    /// The region of that code whose name was in use in `year`, else the latest.
    #[must_use]
    pub fn by_code(&self, code: u32, year: Option<i16>) -> Option<&Region> {
        let first = self.rows.partition_point(|row| row.code < code);
        let same = || self.rows[first..].iter().take_while(|row| row.code == code);
        same()
            .find(|row| year.is_some_and(|year| row.valid_in(year)))
            .or_else(|| same().max_by_key(|row| row.to.unwrap_or(i16::MAX)))
    }

    /// The longest name that `text` begins with: its length and the rows that bear it.
    #[must_use]
    pub fn at_start(&self, text: &str, taken: Wordings) -> Option<(usize, Vec<usize>)> {
        let key = key(text.as_bytes())?;
        let index = self.index();
        if taken == Wordings::Full && !maybe(&index.full, key) {
            return None;
        }
        let first = index.wordings.partition_point(|wording| wording.key < key);
        let mut found: Option<(usize, Vec<usize>)> = None;
        for wording in index.wordings[first..].iter().take_while(|wording| wording.key == key) {
            if wording.short && taken == Wordings::Full {
                continue;
            }
            let name = self.slice(&wording.text);
            match &mut found {
                Some((length, _)) if *length > name.len() => break,
                Some((_, rows)) if text.starts_with(name) => rows.push(wording.region as usize),
                None if text.starts_with(name) => found = Some((name.len(), vec![wording.region as usize])),
                _ => {}
            }
        }
        found
    }

    /// Bytes of `text` where a full name may begin; few of them are wrong.
    pub fn candidates<'s>(&'s self, text: &'s str) -> impl Iterator<Item = usize> + 's {
        let full = &self.index().full;
        let bytes = text.as_bytes();
        let mut at = 0;
        std::iter::from_fn(move || {
            // A look at eight bytes tells first character and key.
            while let Some(Ok(eight)) = bytes.get(at..at + 8).map(<[u8; 8]>::try_from) {
                let here = at;
                at += if eight[0] >= 0xE3 { 3 } else { 1 };
                if eight[0] >= 0xE3 && eight[3] >= 0xE3 && maybe(full, u64::from_le_bytes(eight) & SIX) {
                    return Some(here);
                }
            }
            while at + 6 <= bytes.len() {
                let here = at;
                // A Chinese character has three bytes; every other byte begins no name.
                at += if bytes[here] >= 0xE3 { 3 } else { 1 };
                if bytes[here] >= 0xE3 && key(&bytes[here..]).is_some_and(|key| maybe(full, key)) {
                    return Some(here);
                }
            }
            None
        })
    }
}

fn maybe(full: &[u64], key: u64) -> bool {
    let (word, mask) = bit(key);
    full[word] & mask != 0
}

/// A row whose fields are being found.
struct Row<'t> {
    text: &'t str,
    start: usize,
    /// Where each field ends, as bytes of the file.
    ends: [usize; 7],
    fields: usize,
}

/// The byte of the file that is wrong, and why.
type Wrong = (usize, String);

impl Row<'_> {
    fn end_field(&mut self, at: usize) {
        if let Some(end) = self.ends.get_mut(self.fields) {
            *end = at;
        }
        self.fields += 1;
    }

    fn range(&self, field: usize) -> Range<usize> {
        field.checked_sub(1).map_or(self.start, |before| self.ends[before] + 1)..self.ends[field]
    }

    fn field(&self, field: usize) -> &str {
        &self.text[self.range(field)]
    }

    fn wrong(&self, field: usize, expected: &str) -> Wrong {
        (self.range(field).start, format!("“{}”: expected {expected}", self.field(field)))
    }

    fn code(&self, field: usize) -> Result<u32, Wrong> {
        let six = self.field(field).len() == 6;
        self.field(field).parse().ok().filter(|_| six).ok_or_else(|| self.wrong(field, "six digits"))
    }

    fn year(&self, field: usize) -> Result<Option<i16>, Wrong> {
        match self.field(field) {
            "" => Ok(None),
            digits => digits.parse().map(Some).map_err(|_| self.wrong(field, "a year or nothing")),
        }
    }

    fn read(&self) -> Result<Region, Wrong> {
        if self.fields != 7 {
            let end = self.ends[self.fields.min(7) - 1];
            return Err((end, format!("the row has {} fields, expected 7", self.fields)));
        }
        let level = ["province", "prefecture", "county"].into_iter().find(|level| *level == self.field(4));
        if key(self.field(1).as_bytes()).is_none() {
            return Err(self.wrong(1, "a name of two Chinese characters or more"));
        }
        let span = |field: usize| self.range(field).start as u32..self.range(field).end as u32;
        Ok(Region {
            code: self.code(0)?,
            parent: if self.field(3).is_empty() { 0 } else { self.code(3)? },
            level: level.ok_or_else(|| self.wrong(4, "province, prefecture or county"))?,
            from: self.year(5)?,
            to: self.year(6)?,
            name: span(1),
            shorts: span(2),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embedded() -> Regions {
        let mut faults = Vec::new();
        let regions = Regions::load(&GrammarFiles::embedded(), &mut faults);
        assert_eq!(faults, []);
        regions
    }

    fn codes(regions: &Regions, text: &str, taken: Wordings) -> Vec<u32> {
        let rows = regions.at_start(text, taken).map(|(_, rows)| rows).unwrap_or_default();
        rows.into_iter().map(|row| regions.rows()[row].code).collect()
    }

    #[test]
    fn the_longest_name_at_the_start_is_found_with_all_its_regions() {
        let regions = embedded();
        assert!(regions.rows().len() > 3_000);
        assert_eq!(codes(&regions, "四川省财政厅", Wordings::Full), [510_000]);
        assert_eq!(codes(&regions, "四川大学", Wordings::Full), [0_u32; 0]);
        assert_eq!(codes(&regions, "四川大学", Wordings::All), [510_000]);
        assert_eq!(codes(&regions, "恩施土家族苗族自治州教育局", Wordings::Full), [422_800]);
        assert_eq!(codes(&regions, "凉山州教育局", Wordings::All), [513_400]);
        assert_eq!(codes(&regions, "普陀区教育局", Wordings::Full), [310_107, 330_903]);
        assert_eq!(codes(&regions, "四", Wordings::All), [0_u32; 0]);
    }

    #[test]
    fn every_full_name_is_a_candidate() {
        let regions = embedded();
        for region in regions.rows() {
            let text = format!("在{}的", regions.name(region));
            assert!(regions.candidates(&text).any(|at| at == "在".len()), "{text}");
        }
        assert_eq!(regions.candidates("abc，12年").count(), 0);
    }

    #[test]
    fn codes_have_the_name_of_their_year() {
        let regions = embedded();
        let name = |code, year| regions.by_code(code, Some(year)).map(|region| regions.name(region).to_owned());
        assert_eq!(name(130_502, 2012), Some("桥东区".to_owned()));
        assert_eq!(name(130_502, 2024), Some("襄都区".to_owned()));
        assert_eq!(name(999_999, 2024), None);
    }

    #[test]
    fn parents_stand_in_the_vocabulary() {
        let regions = embedded();
        for region in regions.rows() {
            assert!(region.parent == 0 || regions.by_code(region.parent, None).is_some(), "{region:?}");
        }
    }

    #[test]
    fn a_faulty_row_is_refused_with_its_place() {
        let mut files = GrammarFiles::embedded();
        files.put(REGIONS, "code,name,short_names,parent,level,from,to\n51000,四川省,四川,,province,,\n510100,成都市,成都,510000,town,,\n1,2\n");
        let mut faults = Vec::new();
        let _ = Regions::load(&files, &mut faults);
        let places: Vec<_> = faults.iter().map(|fault| (fault.line, fault.column, fault.message.as_str())).collect();
        assert_eq!(
            places,
            [
                (2, 1, "“51000”: expected six digits"),
                (3, 22, "“town”: expected province, prefecture or county"),
                (4, 4, "the row has 2 fields, expected 7"),
            ]
        );
    }
}
