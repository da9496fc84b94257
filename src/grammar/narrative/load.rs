//! Reads `narrative/*.toml` into a [`NarrativeGrammar`].
//!
//! In: the grammar files and the vocabulary. Out: the compiled grammar; what is wrong with the files is
//! added to the faults, and the rest is read on.

use super::{NarrativeGrammar, NumberRule, Refinement, Refinements, SectionRule, Subject, Tags, WordKind, Wording};
use crate::grammar::affix::{Affixes, Direction};
use crate::grammar::entries::{entries, parse_file, refuse_rest};
use crate::grammar::fault::{Fault, GrammarFile};
use crate::grammar::files::GrammarFiles;
use crate::grammar::lexicon::Lexicon;
use crate::grammar::pattern::NamedWords;
use crate::grammar::trie::Trie;
use crate::grammar::vocabulary::{Vocabulary, expand, file};
use crate::grammar::wordlist::WordList;
use crate::quantity::{Fund, NumberClass, Unit};
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListEntry {
    name: String,
    any: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordEntry {
    kind: Spanned<String>,
    any: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfficeEntry {
    endings: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SubjectEntry {
    concept: Vec<Spanned<String>>,
    #[serde(default, rename = "in")]
    within: Vec<Spanned<String>>,
    #[serde(default)]
    after: bool,
    #[serde(default)]
    yields: Vec<String>,
    #[serde(default)]
    vague: bool,
    words: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RefineEntry {
    concept: Spanned<String>,
    unit: Vec<String>,
    to: Spanned<String>,
    #[serde(rename = "as")]
    unit_as: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionEntry {
    tag: String,
    titles: Vec<Spanned<String>>,
    subject: Option<Spanned<String>>,
    fund: Option<Spanned<String>>,
}

/// An entry of `narrative/numbers.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberEntry {
    /// The rule's name in the output.
    pub name: String,
    /// What the number is.
    pub class: Spanned<String>,
    /// Sections that it is bound to.
    #[serde(default, rename = "in")]
    pub within: Vec<Spanned<String>>,
    /// What stands directly before the digits.
    #[serde(default)]
    pub before: Vec<Spanned<String>>,
    /// What stands directly behind them.
    #[serde(default)]
    pub after: Vec<Spanned<String>>,
    /// Holds only where no unit follows.
    #[serde(default)]
    pub weak: bool,
    /// The number is a class's code.
    #[serde(default)]
    pub names_class: bool,
    /// The least and the most digits.
    pub digits: Option<[usize; 2]>,
    /// The least number.
    pub from: Option<u64>,
    /// The greatest number.
    pub to: Option<u64>,
    /// What the rule exists for; shown to people.
    pub example: String,
}

/// Tags that the program itself sets, beside those of sections.toml.
const OWN_TAGS: [&str; 2] = ["score_sheet", "table"];

struct Loader<'f> {
    vocabulary: &'f Vocabulary,
    faults: &'f mut Vec<Fault>,
    tag_names: Vec<String>,
}

impl Loader<'_> {
    fn lists(&mut self, file: GrammarFile<'_>, table: &mut toml::de::DeTable<'_>) -> NamedWords {
        let mut named = NamedWords::new();
        for entry in entries::<ListEntry>(file, table, "list", self.faults) {
            let mut words = WordList::default();
            for pattern in &entry.value.any {
                words.extend(expand(file, pattern, &named, self.faults).iter());
            }
            named.insert(entry.value.name, words);
        }
        named
    }

    fn concept(&mut self, file: GrammarFile<'_>, id: &Spanned<String>) -> String {
        if self.vocabulary.concept(id.get_ref()).is_none() {
            self.faults.push(file.fault(
                id.span(),
                format!("unknown concept “{}”", id.get_ref()),
                Some("add it to vocabulary/concepts.csv first, or take one that stands there"),
            ));
        }
        id.get_ref().clone()
    }

    fn tag(&mut self, name: &str) -> Tags {
        let index = self.tag_names.iter().position(|known| known == name).unwrap_or_else(|| {
            self.tag_names.push(name.to_owned());
            self.tag_names.len() - 1
        });
        Tags(1_u64.checked_shl(index as u32).unwrap_or(0))
    }

    /// The tags of those names that sections.toml declares.
    fn tags_named(&mut self, names: impl Iterator<Item = String>) -> Tags {
        let known = names.filter(|name| self.tag_names.contains(name)).collect::<Vec<_>>();
        known.iter().fold(Tags::default(), |tags, name| tags.with(self.tag(name)))
    }

    fn known_tags(&mut self, file: GrammarFile<'_>, names: &[Spanned<String>]) -> Tags {
        let mut tags = Tags::default();
        for name in names {
            if self.tag_names.contains(name.get_ref()) {
                tags = tags.with(self.tag(name.get_ref()));
            } else {
                self.faults.push(file.fault(
                    name.span(),
                    format!("unknown section tag “{}”", name.get_ref()),
                    Some("tags are declared in narrative/sections.toml"),
                ));
            }
        }
        tags
    }

    fn word<T>(
        &mut self,
        file: GrammarFile<'_>,
        word: &Spanned<String>,
        what: &str,
        all: &[&'static str],
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let found = read(word.get_ref());
        if found.is_none() {
            self.faults.push(file.unknown_word(word.span(), what, word.get_ref(), all));
        }
        found
    }
}

/// Groups wordings by their text: the lexicon numbers them.
#[derive(Default)]
struct WordingTable {
    lexicon: Lexicon,
    wordings: Vec<Wording>,
}

impl WordingTable {
    fn entry(&mut self, text: &str) -> &mut Wording {
        let at = self.lexicon.number(text, self.wordings.len() as u32) as usize;
        if at == self.wordings.len() {
            self.wordings.push(Wording::default());
        }
        &mut self.wordings[at]
    }
}

impl NarrativeGrammar {
    /// Reads the narrative grammars; faults are added to `faults`.
    #[must_use]
    pub fn load(files: &GrammarFiles, vocabulary: &Vocabulary, faults: &mut Vec<Fault>) -> Option<Self> {
        let mut loader = Loader { vocabulary, faults, tag_names: OWN_TAGS.map(str::to_owned).to_vec() };
        let (sections, titles, title_sections) = load_sections(&mut loader, files);
        let mut table = WordingTable::default();
        let offices = load_words(&mut loader, files, &mut table);
        let (subjects, refinements) = load_subjects(&mut loader, files, &mut table);
        let (numbers, before, after) = load_numbers(&mut loader, files);
        for wording in &mut table.wordings {
            wording.subjects.sort_by_key(|subject| subjects[*subject as usize].within.is_empty());
            wording.everywhere = wording.word.is_some();
            for subject in wording.subjects.iter().map(|subject| &subjects[*subject as usize]) {
                if !subject.vague {
                    wording.everywhere |= subject.within.is_empty();
                    wording.within = wording.within.with(subject.within);
                }
            }
            let class = |concept: &String| matches!(concept.as_str(), "expenditure.function" | "expenditure.economic");
            let kind = |concept: &String| {
                matches!(concept.as_str(), "procurement.goods" | "procurement.works" | "procurement.services")
            };
            wording.is_kind =
                wording.subjects.iter().any(|subject| subjects[*subject as usize].concepts.iter().any(kind));
            wording.is_class =
                wording.subjects.iter().any(|subject| subjects[*subject as usize].concepts.iter().any(class));
        }
        Some(NarrativeGrammar {
            offices,
            lexicon: table.lexicon,
            wordings: table.wordings,
            subjects,
            refinements,
            titles,
            title_sections,
            sections,
            numbers,
            before,
            after,
            tag_names: loader.tag_names,
        })
    }
}

fn load_sections(loader: &mut Loader<'_>, files: &GrammarFiles) -> (Vec<SectionRule>, Lexicon, Vec<Vec<u32>>) {
    let file = file(files, "narrative/sections.toml", loader.faults);
    let mut table = parse_file(file, loader.faults);
    let (mut sections, mut titles, mut title_sections) = (Vec::new(), Lexicon::default(), Vec::<Vec<u32>>::new());
    for entry in entries::<SectionEntry>(file, &mut table, "section", loader.faults) {
        let entry = entry.value;
        let funds: Vec<_> = Fund::ALL.iter().map(|fund| fund.as_str()).collect();
        let subject = entry.subject.as_ref().map(|subject| loader.concept(file, subject));
        let fund = entry.fund.as_ref().and_then(|fund| loader.word(file, fund, "fund", &funds, Fund::from_word));
        for pattern in &entry.titles {
            for title in expand(file, pattern, &NamedWords::new(), loader.faults).iter() {
                let at = titles.number(title, title_sections.len() as u32) as usize;
                if at == title_sections.len() {
                    title_sections.push(Vec::new());
                }
                title_sections[at].push(sections.len() as u32);
            }
        }
        sections.push(SectionRule { tags: loader.tag(&entry.tag), subject, fund });
    }
    refuse_rest(file, &table, "[[section]]", loader.faults);
    (sections, titles, title_sections)
}

/// Fills the table with the small words; gives what the names of offices end with.
fn load_words(loader: &mut Loader<'_>, files: &GrammarFiles, table: &mut WordingTable) -> Trie {
    let file = file(files, "narrative/words.toml", loader.faults);
    let mut parsed = parse_file(file, loader.faults);
    let named = loader.lists(file, &mut parsed);
    let kinds: Vec<_> = WordKind::ALL.iter().map(|kind| kind.as_str()).collect();
    for entry in entries::<WordEntry>(file, &mut parsed, "word", loader.faults) {
        let Some(kind) = loader.word(file, &entry.value.kind, "kind of word", &kinds, WordKind::from_word) else {
            continue;
        };
        for pattern in &entry.value.any {
            for text in expand(file, pattern, &named, loader.faults).iter() {
                // The first kind that claims a wording keeps it: the order of the file decides.
                table.entry(text).word.get_or_insert(kind);
            }
        }
    }
    let offices = entries::<OfficeEntry>(file, &mut parsed, "office", loader.faults);
    refuse_rest(file, &parsed, "[[word]], [[office]] or [[list]]", loader.faults);
    let mut found = Trie::default();
    for pattern in offices.iter().flat_map(|entry| &entry.value.endings) {
        for ending in expand(file, pattern, &named, loader.faults).iter() {
            found.insert_reversed(ending, 0);
        }
    }
    found
}

fn load_subjects(
    loader: &mut Loader<'_>,
    files: &GrammarFiles,
    table: &mut WordingTable,
) -> (Vec<Subject>, Refinements) {
    let (mut subjects, mut refinements) = (Vec::new(), Refinements::default());
    for path in ["narrative/subjects.toml", "narrative/classes.toml"] {
        let file = file(files, path, loader.faults);
        let mut parsed = parse_file(file, loader.faults);
        let named = loader.lists(file, &mut parsed);
        for entry in entries::<SubjectEntry>(file, &mut parsed, "subject", loader.faults) {
            let subject = load_subject(loader, file, &entry.value, &named, table, subjects.len() as u32);
            subjects.push(subject);
        }
        for entry in entries::<RefineEntry>(file, &mut parsed, "refine", loader.faults) {
            let entry = entry.value;
            let (concept, to) = (loader.concept(file, &entry.concept), loader.concept(file, &entry.to));
            let unit = entry.unit_as.as_deref().map(Unit::from_word);
            for printed in entry.unit {
                let units: &mut Vec<_> = refinements.entry(concept.clone()).or_default();
                units.retain(|(known, _)| *known != printed);
                units.push((printed, Refinement { to: to.clone(), unit: unit.clone() }));
            }
        }
        refuse_rest(file, &parsed, "[[subject]], [[refine]] or [[list]]", loader.faults);
    }
    (subjects, refinements)
}

fn load_subject(
    loader: &mut Loader<'_>,
    file: GrammarFile<'_>,
    entry: &SubjectEntry,
    named: &NamedWords,
    table: &mut WordingTable,
    index: u32,
) -> Subject {
    let concepts: Vec<_> = entry.concept.iter().map(|id| loader.concept(file, id)).collect();
    let within = loader.known_tags(file, &entry.within);
    for pattern in &entry.words {
        for text in expand(file, pattern, named, loader.faults).iter() {
            let wording = table.entry(text);
            if !wording.subjects.contains(&index) {
                wording.subjects.push(index);
            }
        }
    }
    let rule = format!("narrative/subject:{}", concepts.join("+"));
    let family = |concept: &String| concept.split('.').next().unwrap_or("").to_owned();
    let fund = |concept: &String| concept.strip_prefix("income.").map_or_else(|| family(concept), str::to_owned);
    Subject {
        families: loader.tags_named(concepts.iter().map(family)),
        funds: loader.tags_named(concepts.iter().map(fund)),
        concepts,
        within,
        after: entry.after,
        yields: entry.yields.clone(),
        vague: entry.vague,
        rule,
    }
}

fn load_numbers(loader: &mut Loader<'_>, files: &GrammarFiles) -> (Vec<NumberRule>, Affixes, Affixes) {
    let file = file(files, "narrative/numbers.toml", loader.faults);
    let mut parsed = parse_file(file, loader.faults);
    let named = loader.lists(file, &mut parsed);
    let (mut before, mut after) = (Affixes::new(Direction::Before), Affixes::new(Direction::After));
    let mut rules = Vec::new();
    let classes: Vec<_> = NumberClass::ALL.iter().map(|class| class.as_str()).collect();
    for entry in entries::<NumberEntry>(file, &mut parsed, "number", loader.faults) {
        let (at, entry) = (entry.at, entry.value);
        if entry.before.is_empty() && entry.after.is_empty() {
            loader.faults.push(file.fault(
                at,
                format!("the rule “{}” has neither `before` nor `after`", entry.name),
                None,
            ));
        }
        let Some(class) = loader.word(file, &entry.class, "class", &classes, NumberClass::from_word) else { continue };
        let index = rules.len() as u32;
        for (patterns, affixes) in [(&entry.before, &mut before), (&entry.after, &mut after)] {
            for pattern in patterns {
                if pattern.get_ref().is_empty() {
                    affixes.insert("", index);
                    continue;
                }
                for text in expand(file, pattern, &named, loader.faults).iter() {
                    affixes.insert(text, index);
                }
            }
        }
        rules.push(NumberRule {
            rule: format!("narrative/number:{}", entry.name),
            class,
            within: loader.known_tags(file, &entry.within),
            weak: entry.weak,
            names_class: entry.names_class,
            digits: entry.digits,
            from: entry.from,
            to: entry.to,
            needs: [!entry.before.is_empty(), !entry.after.is_empty()],
        });
    }
    refuse_rest(file, &parsed, "[[number]] or [[list]]", loader.faults);
    (rules, before, after)
}
