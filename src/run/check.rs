//! `juesuan check OUT`: the identities again over a dataset, without the reports.
//!
//! In: an output folder and the grammars. Out: the same folder with `checks`, the flags of `facts` and the counts
//! of `documents` written anew, and what the checks came to. First the reports that belong together are
//! profiled, then every document is tried again and written beside its old rows; the new files take their
//! places at the end, by a journal, so that a run that is killed leaves the one or the other. Surprise: checks of
//! the report's frame (contents, headings) need the report; they are kept as `extract` found them.

use super::Stop;
use super::folder::Folder;
use super::manifest::{Header, Manifest, Part};
use crate::check::corpus::{Corpus, Profile};
use crate::check::{Check, Status, check_facts};
use crate::dataset::{
    Came, Dataset, DatasetReader, DocumentRecords, Fields, Format, REWRITTEN, ReadError, Rewriter, TableName,
    checked_path, reread,
};
use crate::fact::Flags;
use crate::grammar::Grammars;
use crate::grammar::identities::Rule;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How one document's checks came out.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The document.
    pub document: String,
    /// Its checks.
    pub came: Came,
    /// What the first failing check says.
    pub first: Option<String>,
}

/// Who reports about which year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Reporter {
    entity: String,
    region: Option<String>,
    /// It reports about itself alone (本级, 单位决算), not about its units too.
    alone: bool,
    year: i16,
}

impl Reporter {
    /// The same some years later.
    fn after(&self, years: i16) -> Self {
        Reporter { year: self.year + years, ..self.clone() }
    }
}

/// Whether the report of that title is of the agency alone, without the units below it.
fn is_of_one_unit(title: &str) -> bool {
    ["本级", "机关）", "单位决算"].iter().any(|words| title.contains(words)) && !title.contains("部门决算")
        || title.contains("（本级）")
}

/// Tries the identities again over the dataset in `out`; hands what came out of each document to `take`.
///
/// # Errors
/// [`Stop`] if the folder holds no whole dataset, or cannot be read or written.
pub fn check(out: &Path, grammars: &Grammars, mut take: impl FnMut(Checked)) -> Result<Came, Stop> {
    let (folder, mut manifest) = Folder::reopen(out)?;
    let refused = |error: std::io::Error| folder.refused(&error);
    let Some((header, mut parts)) = manifest.read().map_err(refused)? else { return Err(folder.nothing_to_check()) };
    let format = match header.format.as_str() {
        "csv" => Format::Csv,
        _ => Format::Parquet,
    };
    if parts.is_empty() || folder.intact(format, &parts) < parts.len() {
        return Err(folder.nothing_to_check());
    }
    let dataset = Dataset::open(out).map_err(unreadable)?;
    let corpus = Corpus::new(grammars);
    let mut together = Together::read(&dataset, grammars)?;
    let mut reader = DatasetReader::open(&dataset).map_err(unreadable)?;
    let mut rewriter = Rewriter::new(out, format)?;
    let mut all = Came::default();
    for part in &mut parts {
        let mut came = Came::default();
        for _ in &part.documents {
            let Some(records) = reader.next_document().map_err(unreadable)? else { break };
            let later = together.checks(&corpus, &records.name);
            let checked = check_document(&records, grammars, &corpus, &later, &mut rewriter)?;
            came.add_all(&checked.came);
            take(checked);
        }
        set_part(part, came, rewriter.end_part()?);
        all.add_all(&came);
    }
    commit(&folder, &mut manifest, &header, &parts, &rewriter)?;
    Ok(all)
}

fn unreadable(error: ReadError) -> Stop {
    Stop::Output { path: error.path, reason: error.reason, help: error.help }
}

/// Tries one document and writes its rows.
fn check_document(
    records: &DocumentRecords,
    grammars: &Grammars,
    corpus: &Corpus<'_>,
    later: &[Check<'_>],
    rewriter: &mut Rewriter,
) -> Result<Checked, Stop> {
    let (mut facts, input) = reread(records, grammars);
    let checks = check_facts(&input, &mut facts, grammars);
    let flagged = facts.iter().enumerate().filter(|(_, fact)| fact.flags.has(Flags::INCONSISTENT));
    let mut flagged: BTreeSet<u32> = flagged.map(|(index, _)| index as u32).collect();
    for check in later.iter().filter(|check| check.status == Status::Fails) {
        flagged.extend(&check.facts);
    }
    let kept: Vec<Fields<'_>> = records
        .of(TableName::Checks)
        .filter(|row| keeps(*row, grammars) && !corpus.owns(row.text("identity").unwrap_or("")))
        .collect();
    let came = rewriter.append(records, &checks, &kept, later, &flagged)?;
    let first = checks.iter().chain(later).find(|check| check.status == Status::Fails);
    Ok(Checked { document: records.name.clone(), came, first: first.map(|check| check.message.clone()) })
}

/// Whether a check is one that only the report itself can tell.
fn keeps(row: Fields<'_>, grammars: &Grammars) -> bool {
    let id = row.text("identity").unwrap_or("");
    grammars
        .identities()
        .all()
        .iter()
        .any(|identity| identity.id == id && matches!(&identity.rule, Rule::Machine(machine) if machine.needs_report()))
}

/// Reports that belong together.
struct Together {
    profiles: BTreeMap<String, Profile>,
    /// Documents of each reporter, in order.
    reporters: BTreeMap<Reporter, Vec<String>>,
    of: BTreeMap<String, Reporter>,
    /// The reports of the units that a report includes, and whether those are all of them.
    units: BTreeMap<String, (Vec<String>, bool)>,
}

impl Together {
    /// Profiles the reports that have another one to be compared with.
    fn read(dataset: &Dataset, grammars: &Grammars) -> Result<Self, Stop> {
        let mut together = Together {
            profiles: BTreeMap::new(),
            reporters: BTreeMap::new(),
            of: BTreeMap::new(),
            units: BTreeMap::new(),
        };
        let mut including = Vec::new();
        for row in crate::dataset::read_documents(dataset).map_err(unreadable)? {
            let [Some(document), Some(entity), region, level, year, title, units] = row.as_slice() else { continue };
            // 教育局 are many: an agency is known by its region, which its name may tell, or is one of the centre's.
            let named = entity.contains(['省', '市', '县', '区', '州', '旗', '镇', '乡']);
            if region.is_none() && !named && level.as_deref() != Some("central") {
                continue;
            }
            let Some(year) = year.as_deref().and_then(|year| year.parse::<i16>().ok()) else { continue };
            let alone = title.as_deref().is_some_and(is_of_one_unit);
            let reporter = Reporter { entity: entity.clone(), region: region.clone(), alone, year };
            together.reporters.entry(reporter.clone()).or_default().push(document.clone());
            together.of.insert(document.clone(), reporter);
            including.extend(units.as_ref().filter(|_| !alone).map(|units| (document.clone(), units.clone())));
        }
        for (document, units) in including {
            together.find_units(document, &units);
        }
        let of_units: BTreeSet<&String> =
            together.units.iter().flat_map(|(whole, (units, _))| std::iter::once(whole).chain(units)).collect();
        let partner =
            |(name, reporter): &(&String, &Reporter)| together.has_partner(reporter) || of_units.contains(name);
        let wanted: BTreeSet<String> = together.of.iter().filter(partner).map(|(name, _)| name.clone()).collect();
        if wanted.is_empty() {
            return Ok(together);
        }
        let mut reader = DatasetReader::open(dataset).map_err(unreadable)?;
        while let Some(records) = reader.next_document().map_err(unreadable)? {
            if wanted.contains(&records.name) {
                let (facts, input) = reread(&records, grammars);
                let profile = Profile::of(&records.name, &facts, &input, grammars);
                together.profiles.insert(records.name.clone(), profile);
            }
        }
        Ok(together)
    }

    /// Finds the reports of the `units` that the report `whole` says it includes.
    fn find_units(&mut self, whole: String, units: &str) {
        let Some(own) = self.of.get(&whole) else { return };
        let (mut found, mut listed, mut itself) = (Vec::new(), 0, false);
        for unit in units.split('|') {
            let same = unit == own.entity;
            itself |= same;
            listed += 1;
            let reporter = |alone: bool| Reporter { entity: unit.to_owned(), alone, ..own.clone() };
            let report = |alone: bool| self.reporters.get(&reporter(alone)).and_then(|documents| documents.first());
            found.extend(report(true).or_else(|| report(false).filter(|_| !same)).cloned());
        }
        // Where it does not list itself, what it spends itself is in no other report.
        let all = itself && found.len() == listed;
        if !found.is_empty() {
            self.units.insert(whole, (found, all));
        }
    }

    fn has_partner(&self, reporter: &Reporter) -> bool {
        let year = |by: i16| self.reporters.contains_key(&reporter.after(by));
        year(-1) || year(1) || self.reporters.get(reporter).is_some_and(|documents| documents.len() > 1)
    }

    /// The checks of a document against the earlier ones that belong to it, and those of the units it includes.
    fn checks<'a>(&mut self, corpus: &Corpus<'a>, document: &str) -> Vec<Check<'a>> {
        let (Some(own), Some(reporter)) = (self.profiles.get(document), self.of.get(document)) else {
            return Vec::new();
        };
        let mut checks = Vec::new();
        let first = self.reporters.get(reporter).and_then(|documents| documents.first());
        if let Some(first) = first.filter(|first| *first != document).and_then(|first| self.profiles.get(first)) {
            checks.extend(corpus.published_twice(first, own));
        }
        let last = self.reporters.get(&reporter.after(-1)).and_then(|documents| documents.first());
        if let Some(last) = last.and_then(|last| self.profiles.get(last)) {
            checks.extend(corpus.over_years(last, own));
        }
        if let Some((units, all)) = self.units.get(document) {
            let units: Vec<_> = units.iter().filter_map(|unit| self.profiles.get(unit)).collect();
            checks.extend(corpus.with_units(own, &units, *all));
        }
        checks
    }
}

/// What the manifest says of a part whose checks are new.
fn set_part(part: &mut Part, came: Came, bytes: [u64; 3]) {
    for (name, bytes) in REWRITTEN.iter().zip(bytes) {
        if let Some(length) = part.bytes.get_mut(*name as usize) {
            *length = bytes;
        }
    }
    part.counts.checks_held = came.holds;
    part.counts.checks_rounding = came.rounding;
    part.counts.checks_failed = came.fails;
    part.counts.checks_undecided = came.undecided;
}

/// Puts the new files in the place of the old ones, all or none.
fn commit(
    folder: &Folder,
    manifest: &mut Manifest,
    header: &Header,
    parts: &[Part],
    rewriter: &Rewriter,
) -> Result<(), Stop> {
    let refused = |error: std::io::Error| folder.refused(&error);
    let text = Manifest::lines(header, parts).map_err(refused)?;
    let files = rewriter.files();
    let moves: Vec<_> = files.iter().map(|file| (checked_path(file), file.clone())).collect();
    folder.begin_moves(&moves, &text)?;
    folder.finish_moves(manifest)
}
