//! The narrative grammars: words, subjects, sections and the classes of bare numbers.
//!
//! In: `narrative/*.toml`. Out: [`NarrativeGrammar`], one lexicon of all wordings that stand in
//! sentences, one over those of headings, and the affixes that tell numbers which state nothing.

pub mod explain;

use super::affix::{Affixes, Direction};
use super::entries::{entries, parse_file, refuse_rest};
use super::fault::{Fault, GrammarFile};
use super::files::GrammarFiles;
use super::lexicon::Lexicon;
use super::pattern::NamedWords;
use super::vocabulary::{Vocabulary, expand, file};
use crate::quantity::{Fund, NumberClass, Unit, words};
use serde::Deserialize;
use std::collections::HashMap;
use toml::Spanned;

words! {
    /// What a small word does to the figure after it; see `narrative/words.toml`.
    WordKind {
        /// 增加, 增长.
        Up = "up",
        /// 减少, 下降.
        Down = "down",
        /// 持平.
        Flat = "flat",
        /// 增加/减少: a template's choice left open.
        Both = "both",
        /// 占.
        Share = "share",
        /// 完成预算.
        Execution = "execution",
        /// 年初预算.
        Approved = "approved",
        /// 全年预算, 预算数.
        Adjusted = "adjusted",
        /// 决算数.
        Executed = "executed",
        /// 目标值.
        Target = "target",
        /// 与, 比, 较.
        Compare = "compare",
        /// 相比.
        Compared = "compared",
        /// 上年.
        PreviousYear = "previous-year",
        /// 本年.
        ThisYear = "this-year",
        /// 其中.
        Breakdown = "breakdown",
        /// 分别, 各.
        Distribute = "distribute",
        /// 均为: the whole figure is also what follows.
        Entirely = "entirely",
        /// 为, 达, 共计.
        Verb = "verb",
        /// 支出, 金额.
        Noun = "noun",
        /// 本部门, 我局.
        Owner = "owner",
        /// 占地面积, 人均: contains a word's characters without being it.
        Plain = "plain",
        /// 增减额: the number's own sign says up or down.
        Signed = "signed",
        /// 住院日, 用时: a length of time behind it is measured, no date.
        Timespan = "timespan",
        /// 无.
        None = "none",
        /// 主要用于: what follows tells what money was for.
        Purpose = "purpose",
        /// 主要原因: what follows explains, and speaks of other things for a while.
        Reason = "reason",
        /// 项目绩效目标完成情况综述: the words before it name a project.
        Project = "project",
        /// （类）.
        Class = "class",
        /// （款）.
        Section = "section",
        /// （项）.
        Item = "item",
    }
}

/// A set of section tags and funds that hold at a place of the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tags(u64);

impl Tags {
    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Tags) -> Tags {
        Tags(self.0 | other.0)
    }

    /// Whether the two sets share a tag.
    #[must_use]
    pub const fn meets(self, other: Tags) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it holds no tag.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What figures speak of.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Concepts that one number states at once.
    pub concepts: Vec<String>,
    /// Sections or funds that it is bound to; empty: everywhere.
    pub within: Tags,
    /// May stand behind its number.
    pub after: bool,
    /// Gives way to a subject before it whose concept begins so.
    pub yields: Vec<String>,
    /// A small word that names this only where nothing nearer is spoken of.
    pub vague: bool,
    /// The rule's name in the output.
    pub rule: String,
}

/// What one wording means.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// As a small word.
    pub word: Option<WordKind>,
    /// As a subject: indices of [`NarrativeGrammar::subject`], bound ones first.
    pub subjects: Vec<u32>,
    /// The name of a functional or economic class.
    pub is_class: bool,
    /// Goods, works or services: glued to another subject it tells a part of that.
    pub is_kind: bool,
}

/// What a concept becomes when its number counts something else.
#[derive(Clone, Debug)]
pub struct Refinement {
    /// The concept meant.
    pub to: String,
    /// The unit meant, if not the printed one.
    pub unit: Option<Unit>,
}

/// What a heading opens.
#[derive(Clone, Debug)]
pub struct SectionRule {
    /// Its tag as a set of one.
    pub tags: Tags,
    /// The concept of figures below it that name nothing themselves.
    pub subject: Option<String>,
    /// The fund of all below it.
    pub fund: Option<Fund>,
}

/// A rule for numbers that state no quantity.
#[derive(Clone, Debug)]
pub struct NumberRule {
    /// The rule's name in the output.
    pub rule: String,
    /// What the number is.
    pub class: NumberClass,
    /// Sections that it is bound to; empty: everywhere.
    pub within: Tags,
    /// Holds only where no unit follows the number.
    pub weak: bool,
    /// The number is the code of a class, whose name follows it.
    pub names_class: bool,
    digits: Option<[usize; 2]>,
    from: Option<u64>,
    to: Option<u64>,
    needs: [bool; 2],
}

/// All narrative grammars, compiled.
#[derive(Debug)]
pub struct NarrativeGrammar {
    wordings: Vec<Wording>,
    lexicon: Lexicon,
    subjects: Vec<Subject>,
    refinements: HashMap<(String, String), Refinement>,
    titles: Lexicon,
    /// What each title opens.
    title_sections: Vec<Vec<u32>>,
    sections: Vec<SectionRule>,
    numbers: Vec<NumberRule>,
    before: Affixes,
    after: Affixes,
    tag_names: Vec<String>,
}

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberEntry {
    name: String,
    class: Spanned<String>,
    #[serde(default, rename = "in")]
    within: Vec<Spanned<String>>,
    #[serde(default)]
    before: Vec<Spanned<String>>,
    #[serde(default)]
    after: Vec<Spanned<String>>,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    names_class: bool,
    digits: Option<[usize; 2]>,
    from: Option<u64>,
    to: Option<u64>,
    /// What the rule exists for; shown to people.
    #[serde(rename = "example")]
    _example: String,
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
            let words = entry.value.any.iter().flat_map(|pattern| expand(file, pattern, &named, self.faults)).collect();
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
            self.faults.push(file.fault(
                word.span(),
                format!("unknown {what} “{}”, expected one of {}", word.get_ref(), all.join(", ")),
                None,
            ));
        }
        found
    }
}

/// Groups wordings by their text.
#[derive(Default)]
struct WordingTable {
    index: HashMap<String, usize>,
    texts: Vec<String>,
    wordings: Vec<Wording>,
}

impl WordingTable {
    fn entry(&mut self, text: &str) -> &mut Wording {
        let next = self.texts.len();
        let at = *self.index.entry(text.to_owned()).or_insert(next);
        if at == next {
            self.texts.push(text.to_owned());
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
        load_words(&mut loader, files, &mut table);
        let (subjects, refinements) = load_subjects(&mut loader, files, &mut table);
        let (numbers, before, after) = load_numbers(&mut loader, files);
        for wording in &mut table.wordings {
            wording.subjects.sort_by_key(|subject| subjects[*subject as usize].within.is_empty());
            let class = |concept: &String| matches!(concept.as_str(), "expenditure.function" | "expenditure.economic");
            let kind = |concept: &String| matches!(concept.as_str(), "procurement.goods" | "procurement.works" | "procurement.services");
            wording.is_kind = wording.subjects.iter().any(|subject| subjects[*subject as usize].concepts.iter().any(kind));
            wording.is_class =
                wording.subjects.iter().any(|subject| subjects[*subject as usize].concepts.iter().any(class));
        }
        Some(NarrativeGrammar {
            lexicon: Lexicon::new(table.texts.iter().map(String::as_str)),
            wordings: table.wordings,
            subjects,
            refinements,
            titles: Lexicon::new(titles.iter().map(String::as_str)),
            title_sections,
            sections,
            numbers,
            before,
            after,
            tag_names: loader.tag_names,
        })
    }

    /// Every wording in `text`, leftmost and longest, with its byte range.
    pub fn wordings_in<'g, 't>(
        &'g self,
        text: &'t str,
    ) -> impl Iterator<Item = (std::ops::Range<usize>, &'g Wording)> + use<'g, 't> {
        self.lexicon.find_in(text).map(|(range, wording)| (range, &self.wordings[wording as usize]))
    }

    /// The subject of that index.
    #[must_use]
    pub fn subject(&self, index: u32) -> &Subject {
        &self.subjects[index as usize]
    }

    /// What `concept` becomes when its number has `unit`.
    #[must_use]
    pub fn refine(&self, concept: &str, unit: &Unit) -> Option<&Refinement> {
        self.refinements.get(&(concept.to_owned(), unit.as_str().to_owned()))
    }

    /// What the heading `title` opens: every rule whose title stands in it.
    pub fn sections_of<'g, 't>(&'g self, title: &'t str) -> impl Iterator<Item = &'g SectionRule> + use<'g, 't> {
        let opened = self.titles.find_in(title).flat_map(|(_, title)| &self.title_sections[title as usize]);
        opened.map(|section| &self.sections[*section as usize])
    }

    /// The set of one tag; empty if no grammar names it.
    #[must_use]
    pub fn tag(&self, name: &str) -> Tags {
        self.tag_names.iter().position(|known| known == name).map_or(Tags::default(), |index| Tags(1 << index))
    }

    /// The rule that says what the number `raw` is between `before` and `after`, if it states nothing.
    #[must_use]
    pub fn number_rule(&self, before: &str, raw: &str, after: &str, tags: Tags) -> Option<&NumberRule> {
        let mut left: Vec<(u32, usize)> = Vec::new();
        self.before.matches(before, |length, rule| left.push((rule, length)));
        let mut best: Option<(usize, u32)> = None;
        let mut offer = |length: usize, rule: u32| {
            let candidate = &self.numbers[rule as usize];
            if candidate.admits(raw, tags)
                && best.is_none_or(|(longest, first)| length > longest || (length == longest && rule < first))
            {
                best = Some((length, rule));
            }
        };
        for (rule, length) in &left {
            if !self.numbers[*rule as usize].needs[1] {
                offer(*length, *rule);
            }
        }
        self.after.matches(after, |length, rule| {
            if self.numbers[rule as usize].needs[0] {
                for (_, before_length) in left.iter().filter(|(other, _)| *other == rule) {
                    offer(length + before_length, rule);
                }
            } else {
                offer(length, rule);
            }
        });
        best.map(|(_, rule)| &self.numbers[rule as usize])
    }
}

impl NumberRule {
    fn admits(&self, raw: &str, tags: Tags) -> bool {
        let plain = raw.bytes().all(|byte| byte.is_ascii_digit());
        let value = || raw.parse::<u64>().ok();
        (self.within.is_empty() || self.within.meets(tags))
            && self.digits.is_none_or(|[least, most]| plain && (least..=most).contains(&raw.len()))
            && self.from.is_none_or(|from| value().is_some_and(|value| value >= from))
            && self.to.is_none_or(|to| value().is_some_and(|value| value <= to))
    }
}

fn load_sections(loader: &mut Loader<'_>, files: &GrammarFiles) -> (Vec<SectionRule>, Vec<String>, Vec<Vec<u32>>) {
    let file = file(files, "narrative/sections.toml", loader.faults);
    let mut table = parse_file(file, loader.faults);
    let (mut sections, mut titles, mut title_sections) = (Vec::new(), Vec::new(), Vec::<Vec<u32>>::new());
    let mut known: HashMap<String, usize> = HashMap::new();
    for entry in entries::<SectionEntry>(file, &mut table, "section", loader.faults) {
        let entry = entry.value;
        let funds: Vec<_> = Fund::ALL.iter().map(|fund| fund.as_str()).collect();
        let subject = entry.subject.as_ref().map(|subject| loader.concept(file, subject));
        let fund = entry.fund.as_ref().and_then(|fund| loader.word(file, fund, "fund", &funds, Fund::from_word));
        for pattern in &entry.titles {
            for title in expand(file, pattern, &NamedWords::new(), loader.faults) {
                let at = *known.entry(title.clone()).or_insert(titles.len());
                if at == titles.len() {
                    titles.push(title);
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

fn load_words(loader: &mut Loader<'_>, files: &GrammarFiles, table: &mut WordingTable) {
    let file = file(files, "narrative/words.toml", loader.faults);
    let mut parsed = parse_file(file, loader.faults);
    let named = loader.lists(file, &mut parsed);
    let kinds: Vec<_> = WordKind::ALL.iter().map(|kind| kind.as_str()).collect();
    for entry in entries::<WordEntry>(file, &mut parsed, "word", loader.faults) {
        let Some(kind) = loader.word(file, &entry.value.kind, "kind of word", &kinds, WordKind::from_word) else {
            continue;
        };
        for pattern in &entry.value.any {
            for text in expand(file, pattern, &named, loader.faults) {
                // The first kind that claims a wording keeps it: the order of the file decides.
                table.entry(&text).word.get_or_insert(kind);
            }
        }
    }
    refuse_rest(file, &parsed, "[[word]] or [[list]]", loader.faults);
}

fn load_subjects(
    loader: &mut Loader<'_>,
    files: &GrammarFiles,
    table: &mut WordingTable,
) -> (Vec<Subject>, HashMap<(String, String), Refinement>) {
    let (mut subjects, mut refinements) = (Vec::new(), HashMap::new());
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
                refinements.insert((concept.clone(), printed), Refinement { to: to.clone(), unit: unit.clone() });
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
        for text in expand(file, pattern, named, loader.faults) {
            let wording = table.entry(&text);
            if !wording.subjects.contains(&index) {
                wording.subjects.push(index);
            }
        }
    }
    let rule = format!("narrative/subject:{}", concepts.join("+"));
    Subject { concepts, within, after: entry.after, yields: entry.yields.clone(), vague: entry.vague, rule }
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
                for text in expand(file, pattern, &named, loader.faults) {
                    affixes.insert(&text, index);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn load() -> NarrativeGrammar {
        let (files, mut faults) = (GrammarFiles::embedded(), Vec::new());
        let vocabulary = Vocabulary::load(&files, &mut faults);
        let grammar = NarrativeGrammar::load(&files, &vocabulary, &mut faults);
        assert_eq!(faults.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
        grammar.expect("the embedded grammars compile")
    }

    #[test]
    fn every_number_rule_reads_its_example() {
        let files = GrammarFiles::embedded();
        let grammar = load();
        let mut faults = Vec::new();
        let file = file(&files, "narrative/numbers.toml", &mut faults);
        let mut parsed = parse_file(file, &mut faults);
        for entry in entries::<NumberEntry>(file, &mut parsed, "number", &mut faults) {
            let example = entry.value._example.as_str();
            let tags =
                entry.value.within.iter().fold(Tags::default(), |tags, name| tags.with(grammar.tag(name.get_ref())));
            let rules: Vec<_> = crate::figure::scan_numbers(example)
                .iter()
                .filter_map(|number| {
                    let (before, after) =
                        (&example[..number.span.start as usize], &example[number.span.end as usize..]);
                    grammar.number_rule(before, number.span.of(example), after, tags).map(|rule| rule.rule.clone())
                })
                .collect();
            let own = format!("narrative/number:{}", entry.value.name);
            assert!(rules.contains(&own), "rule {own} does not read its example “{example}”: {rules:?}");
        }
    }

    #[test]
    fn headings_open_sections() {
        let grammar = load();
        let tags =
            |title: &str| grammar.sections_of(title).fold(Tags::default(), |tags, section| tags.with(section.tags));
        assert!(tags("三、支出决算情况说明").meets(grammar.tag("expenditure")));
        assert!(tags("（三）一般公共预算财政拨款支出决算具体情况").meets(grammar.tag("general_budget")));
        assert!(tags("七、“三公”经费财政拨款支出决算情况说明").meets(grammar.tag("three_public")));
        assert!(tags("（一）机关运行经费支出情况").meets(grammar.tag("agency")));
        assert!(tags("一、基本职能").is_empty());
    }
}
