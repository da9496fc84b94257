//! Reads and compiles the identity grammars, and finds their faults.
//!
//! In: `identities/*.toml` and the vocabulary. Out: [`Identities`]; every fault with its place. A place may be
//! named by a file that comes before the one that says what it is.

use super::{
    Children, Codes, Complete, Each, Identities, Identity, Machine, Place, Rule, Same, Share, Sum, Term, Words,
};
use crate::grammar::entries::{Entry, entries, parse_file, refuse_rest};
use crate::grammar::fault::{Fault, GrammarFile};
use crate::grammar::files::GrammarFiles;
use crate::grammar::statements::KINDS;
use crate::grammar::trie::Trie;
use crate::grammar::vocabulary::Vocabulary;
use crate::quantity::Fund;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use toml::Spanned;
use toml::de::DeTable;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceEntry {
    name: Spanned<String>,
    #[serde(default)]
    tables: Vec<Spanned<String>>,
    #[serde(default)]
    sections: Vec<String>,
    #[serde(default)]
    not_sections: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SumEntry {
    id: Spanned<String>,
    zh: String,
    en: String,
    r#in: Spanned<String>,
    each: Spanned<String>,
    left: Vec<Spanned<String>>,
    right: Vec<Spanned<String>>,
    #[serde(default)]
    absent: Vec<Spanned<String>>,
    complete: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SameEntry {
    id: Spanned<String>,
    zh: String,
    en: String,
    terms: Vec<Spanned<String>>,
    #[serde(default)]
    close: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodesEntry {
    id: Spanned<String>,
    zh: String,
    en: String,
    whole: Spanned<String>,
    part: Spanned<String>,
    columns: Vec<[Spanned<String>; 2]>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChildrenEntry {
    id: Spanned<String>,
    zh: String,
    en: String,
    r#in: Spanned<String>,
    #[serde(default)]
    economic: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShareEntry {
    id: Spanned<String>,
    zh: String,
    en: String,
    parts: Vec<Spanned<String>>,
    of: Spanned<String>,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    far: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsEntry {
    id: Spanned<String>,
    zh: String,
    en: String,
    more: Vec<String>,
    less: Vec<String>,
    equal: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MachineEntry {
    id: Spanned<String>,
    zh: String,
    en: String,
    kind: Spanned<String>,
}

/// What a file is read with.
struct Loader<'l> {
    file: GrammarFile<'l>,
    vocabulary: &'l Vocabulary,
    faults: &'l mut Vec<Fault>,
    places: &'l HashMap<String, usize>,
}

const HELP_TERM: &str = "[-][?][*]concept[|concept…][#economic code][!word that its item must not have][ of fund], and in [[same]]: in PLACE";
const EXPECTED: &str = "[[place]], [[sum]], [[same]], [[codes]], [[children]], [[share]], [[words]] or [[machine]]";

impl Identities {
    /// Reads every `identities/*.toml`; faults are added to `faults`.
    #[must_use]
    pub fn load(files: &GrammarFiles, vocabulary: &Vocabulary, faults: &mut Vec<Fault>) -> Self {
        let mut identities = Identities::default();
        let (mut names, mut ids) = (HashMap::new(), HashSet::new());
        let mut parsed = Vec::new();
        for (path, text) in files.below("identities/", ".toml") {
            let file = GrammarFile { path, text };
            let mut table = parse_file(file, faults);
            for entry in entries::<PlaceEntry>(file, &mut table, "place", faults) {
                identities.add_place(entry.value, file, &mut names, faults);
            }
            parsed.push((file, table));
        }
        for (file, mut table) in parsed {
            let mut loader = Loader { file, vocabulary, faults, places: &names };
            let mut found = loader.figures(&mut table);
            found.extend(loader.words_and_machines(&mut table));
            refuse_rest(file, &table, EXPECTED, loader.faults);
            found.sort_by_key(|(at, ..)| *at);
            for (_, id, identity) in found {
                if !ids.insert(identity.id.clone()) {
                    let message = format!("the identity “{}” stands twice", identity.id);
                    faults.push(file.fault(id.span(), message, Some("give each identity an id of its own")));
                }
                identities.all.push(identity);
            }
        }
        identities.index_places();
        identities
    }

    /// Puts the words of all places into one look-up.
    fn index_places(&mut self) {
        let mut known: BTreeMap<&str, Vec<(usize, bool)>> = BTreeMap::new();
        for (index, place) in self.places.iter().enumerate() {
            for (words, bars) in [(&place.sections, false), (&place.not_sections, true)] {
                for words in words {
                    known.entry(words).or_default().push((index, bars));
                }
            }
        }
        self.everywhere = known.remove("").unwrap_or_default();
        for (words, places) in known {
            self.words.number(words, self.of_words.len() as u32);
            self.of_words.push(places);
        }
    }

    fn add_place(
        &mut self,
        entry: PlaceEntry,
        file: GrammarFile<'_>,
        names: &mut HashMap<String, usize>,
        faults: &mut Vec<Fault>,
    ) {
        for kind in &entry.tables {
            if !KINDS.contains(&kind.get_ref().as_str()) {
                let message = format!("“{}” is no kind of table", kind.get_ref());
                faults.push(file.fault(kind.span(), message, Some(&format!("one of: {}", KINDS.join(", ")))));
            }
        }
        if names.insert(entry.name.get_ref().clone(), self.places.len()).is_some() {
            let message = format!("the place “{}” stands twice", entry.name.get_ref());
            faults.push(file.fault(entry.name.span(), message, None));
        }
        self.places.push(Place {
            name: entry.name.into_inner(),
            tables: entry.tables.into_iter().map(Spanned::into_inner).collect(),
            sections: entry.sections,
            not_sections: entry.not_sections,
        });
    }
}

fn names_of<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str) -> String {
    all.iter().map(|word| name(*word)).collect::<Vec<_>>().join(", ")
}

/// An identity, the byte where its entry begins, and its id as written.
type Found = (usize, Spanned<String>, Identity);

fn found(at: &Range<usize>, id: Spanned<String>, zh: String, en: String, rule: Option<Rule>) -> Option<Found> {
    let identity = Identity { id: id.get_ref().clone(), zh, en, rule: rule? };
    Some((at.start, id, identity))
}

impl Loader<'_> {
    /// The identities whose terms the file says: sums, the same in several places, classes.
    fn figures(&mut self, table: &mut DeTable<'_>) -> Vec<Found> {
        let mut all = Vec::new();
        for Entry { value, at } in entries::<SumEntry>(self.file, table, "sum", self.faults) {
            let rule = self.sum(&value).map(Rule::Sum);
            all.extend(found(&at, value.id, value.zh, value.en, rule));
        }
        for Entry { value, at } in entries::<SameEntry>(self.file, table, "same", self.faults) {
            let terms: Vec<_> = value.terms.iter().filter_map(|term| self.placed(term)).collect();
            let rule = Rule::Same(Same { terms, close: value.close });
            all.extend(found(&at, value.id, value.zh, value.en, Some(rule)));
        }
        for Entry { value, at } in entries::<CodesEntry>(self.file, table, "codes", self.faults) {
            let rule = self.codes(&value).map(Rule::Codes);
            all.extend(found(&at, value.id, value.zh, value.en, rule));
        }
        for Entry { value, at } in entries::<ChildrenEntry>(self.file, table, "children", self.faults) {
            let place = self.place(value.r#in.get_ref(), value.r#in.span());
            let rule = place.map(|place| Rule::Children(Children { place, economic: value.economic }));
            all.extend(found(&at, value.id, value.zh, value.en, rule));
        }
        all
    }

    /// Those of the text's words, and those that are code.
    fn words_and_machines(&mut self, table: &mut DeTable<'_>) -> Vec<Found> {
        let mut all = Vec::new();
        for Entry { value, at } in entries::<ShareEntry>(self.file, table, "share", self.faults) {
            let rule = Rule::Share(self.share(&value));
            all.extend(found(&at, value.id, value.zh, value.en, Some(rule)));
        }
        for Entry { value, at } in entries::<WordsEntry>(self.file, table, "words", self.faults) {
            let mut tree = Trie::default();
            // Of a word that stands in two lists the first counts.
            for (list, words) in [&value.more, &value.less, &value.equal].into_iter().enumerate().rev() {
                for word in words {
                    tree.insert(word, list as u32);
                }
            }
            let rule = Rule::Words(Words { more: value.more, less: value.less, equal: value.equal, all: tree });
            all.extend(found(&at, value.id, value.zh, value.en, Some(rule)));
        }
        for Entry { value, at } in entries::<MachineEntry>(self.file, table, "machine", self.faults) {
            let kinds = names_of(Machine::ALL, Machine::as_str);
            let rule = self.word(&value.kind, "kind", Machine::from_word, &kinds).map(Rule::Machine);
            all.extend(found(&at, value.id, value.zh, value.en, rule));
        }
        all
    }

    fn fault(&mut self, at: std::ops::Range<usize>, message: String, help: &str) {
        self.faults.push(self.file.fault(at, message, Some(help)));
    }

    fn word<T>(
        &mut self,
        given: &Spanned<String>,
        what: &str,
        read: fn(&str) -> Option<T>,
        expected: &str,
    ) -> Option<T> {
        let found = read(given.get_ref());
        if found.is_none() {
            self.fault(given.span(), format!("“{}” is no {what}", given.get_ref()), &format!("one of: {expected}"));
        }
        found
    }

    fn place(&mut self, name: &str, at: std::ops::Range<usize>) -> Option<usize> {
        let found = self.places.get(name).copied();
        if found.is_none() {
            self.fault(at, format!("“{name}” is no place"), "declare it: [[place]] name = …");
        }
        found
    }

    fn concept(&mut self, id: &Spanned<String>) -> String {
        self.known(id.get_ref(), id.span());
        id.get_ref().clone()
    }

    fn known(&mut self, id: &str, at: std::ops::Range<usize>) {
        if self.vocabulary.concept(id).is_none() {
            self.fault(at, format!("unknown concept “{id}”"), "add it to vocabulary/concepts.csv first");
        }
    }

    fn sum(&mut self, entry: &SumEntry) -> Option<Sum> {
        let place = self.place(entry.r#in.get_ref(), entry.r#in.span());
        let each = self.word(&entry.each, "grouping", Each::from_word, &names_of(Each::ALL, Each::as_str));
        let complete = match &entry.complete {
            Some(word) => self.word(word, "claim", Complete::from_word, &names_of(Complete::ALL, Complete::as_str)),
            None => Some(Complete::Always),
        };
        let left: Vec<_> = entry.left.iter().filter_map(|term| self.term(term)).collect();
        let right: Vec<_> = entry.right.iter().filter_map(|term| self.term(term)).collect();
        let absent = entry.absent.iter().map(|id| self.concept(id)).collect();
        Some(Sum { place: place?, each: each?, left, right, absent, complete: complete? })
    }

    fn codes(&mut self, entry: &CodesEntry) -> Option<Codes> {
        let whole = self.place(entry.whole.get_ref(), entry.whole.span());
        let part = self.place(entry.part.get_ref(), entry.part.span());
        let columns = entry.columns.iter().map(|[whole, part]| (self.concept(whole), self.concept(part))).collect();
        Some(Codes { whole: whole?, part: part?, columns })
    }

    fn share(&mut self, entry: &ShareEntry) -> Share {
        Share {
            parts: entry.parts.iter().map(|id| self.concept(id)).collect(),
            of: self.concept(&entry.of),
            words: entry.words.clone(),
            bare: entry.bare,
            far: entry.far,
        }
    }

    /// A term of `[[same]]`: with its place.
    fn placed(&mut self, written: &Spanned<String>) -> Option<(Term, usize)> {
        let Some((term, place)) = written.get_ref().rsplit_once(" in ") else {
            self.fault(written.span(), format!("the term “{}” says no place", written.get_ref()), HELP_TERM);
            return None;
        };
        let place = self.place(place, written.span());
        let term = self.parse(term, written.span());
        Some((term?, place?))
    }

    fn term(&mut self, written: &Spanned<String>) -> Option<Term> {
        self.parse(written.get_ref(), written.span())
    }

    fn parse(&mut self, written: &str, at: std::ops::Range<usize>) -> Option<Term> {
        let mut term =
            Term { minus: false, optional: false, all: false, concepts: Vec::new(), fund: None, code: None, not: None };
        let (mut rest, fund) = match written.split_once(" of ") {
            Some((rest, fund)) => (rest, Some(fund.trim())),
            None => (written, None),
        };
        if let Some(fund) = fund {
            term.fund = Fund::from_word(fund);
            if term.fund.is_none() {
                self.fault(at.clone(), format!("“{fund}” is no fund"), &names_of(Fund::ALL, Fund::as_str));
            }
        }
        loop {
            rest = rest.trim();
            match rest.chars().next() {
                Some('-') => term.minus = true,
                Some('?') => term.optional = true,
                Some('*') => term.all = true,
                Some(_) => break,
                None => {
                    self.fault(at, "an empty term".to_owned(), HELP_TERM);
                    return None;
                }
            }
            rest = &rest[1..];
        }
        if let Some((concept, not)) = rest.split_once('!') {
            term.not = Some(not.to_owned());
            rest = concept;
        }
        if let Some((concept, code)) = rest.split_once('#') {
            term.code = Some(code.to_owned());
            rest = concept;
        }
        for id in rest.split('|') {
            self.known(id, at.clone());
            term.concepts.push(id.to_owned());
        }
        Some(term)
    }
}
