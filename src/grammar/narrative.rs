//! The narrative grammars: words, subjects, sections and the classes of bare numbers.
//!
//! In: `narrative/*.toml`. Out: [`NarrativeGrammar`], one lexicon of all wordings that stand in
//! sentences, one over those of headings, and the affixes that tell numbers which state nothing.

pub mod explain;
mod load;

pub use load::NumberEntry;

use super::affix::Affixes;
use super::lexicon::Lexicon;
use super::trie::Trie;
use crate::maps::Map;
use crate::quantity::{Fund, NumberClass, Unit, words};

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
    /// Tags that hold in a sentence once it has named this: those of its concepts' families.
    pub families: Tags,
    /// Tags of the funds that it names, which hold unless the sentence takes something apart (其中).
    pub funds: Tags,
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
    /// Means something at every place.
    pub everywhere: bool,
    /// Where else it means something.
    pub within: Tags,
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

/// What concepts become, by the unit of their number.
type Refinements = Map<String, Vec<(String, Refinement)>>;

/// All narrative grammars, compiled.
#[derive(Debug)]
pub struct NarrativeGrammar {
    wordings: Vec<Wording>,
    lexicon: Lexicon,
    subjects: Vec<Subject>,
    refinements: Refinements,
    /// What the names of offices end with.
    offices: Trie,
    titles: Lexicon,
    /// What each title opens.
    title_sections: Vec<Vec<u32>>,
    sections: Vec<SectionRule>,
    numbers: Vec<NumberRule>,
    before: Affixes,
    after: Affixes,
    tag_names: Vec<String>,
}

impl NarrativeGrammar {
    /// Whether `words` name an office rather than a thing: 云溪县医疗保障局, 县人民医院.
    #[must_use]
    pub fn names_office(&self, words: &str) -> bool {
        let words = words.trim_end().trim_end_matches(['的', '）', '”', '“']);
        self.offices.longest_at_end(words).is_some()
    }

    /// The longest wording that `text` begins with, of those that mean something where `tags` hold.
    #[must_use]
    pub fn wording_at(&self, text: &str, tags: Tags) -> Option<(usize, &Wording)> {
        let longest = self.lexicon.longest(text, |wording| self.means_something(wording, tags));
        longest.map(|(length, wording)| (length, &self.wordings[wording as usize]))
    }

    /// The same, and the bytes of the longest wording that `text` begins with but that means something elsewhere only,
    /// where it is plain text: longer than the first, no subject of this place in it, and more than small words. No
    /// small word may take a part of it (一般公共预算 holds 预算).
    #[must_use]
    pub fn known_and_foreign_at(&self, text: &str, tags: Tags) -> (Option<(usize, &Wording)>, Option<usize>) {
        let (mut known, mut longest) = (None, 0);
        self.lexicon.each_at(text, |length, wording| {
            longest = length;
            if self.means_something(wording, tags) {
                known = Some((length, &self.wordings[wording as usize]));
            }
        });
        let elsewhere = longest > known.map_or(0, |(length, _)| length);
        (known, (elsewhere && self.is_foreign(&text[..longest], text, tags)).then_some(longest))
    }

    /// Whether `wording`, which `text` begins with and which means nothing where `tags` hold, is plain text.
    fn is_foreign(&self, wording: &str, text: &str, tags: Tags) -> bool {
        let names = |wording: u32| self.subjects_at(&self.wordings[wording as usize], tags).next().is_some();
        let mut places = wording.char_indices();
        if places.any(|(at, _)| self.lexicon.longest(&text[at..], names).is_some()) {
            return false;
        }
        let mut at = 0;
        while at < wording.len() {
            match self.wording_at(&text[at..], tags) {
                Some((length, _)) => at += length,
                None => return true,
            }
        }
        false
    }

    fn means_something(&self, wording: u32, tags: Tags) -> bool {
        let wording = &self.wordings[wording as usize];
        wording.everywhere || wording.within.meets(tags)
    }

    /// What `wording` names where `tags` hold: subjects bound to the place first. Vague ones only recall, and name nothing.
    pub fn subjects_at<'g>(&'g self, wording: &'g Wording, tags: Tags) -> impl Iterator<Item = u32> + Clone + use<'g> {
        wording.subjects.iter().copied().filter(move |subject| {
            let subject = self.subject(*subject);
            !subject.vague && (subject.within.is_empty() || subject.within.meets(tags))
        })
    }

    /// The subject of that index.
    #[must_use]
    pub fn subject(&self, index: u32) -> &Subject {
        &self.subjects[index as usize]
    }

    /// What `concept` becomes when its number has `unit`.
    #[must_use]
    pub fn refine(&self, concept: &str, unit: &Unit) -> Option<&Refinement> {
        let units = self.refinements.get(concept)?;
        units.iter().find(|(printed, _)| printed == unit.as_str()).map(|(_, refinement)| refinement)
    }

    /// What the heading `title` opens: every rule whose title stands in it. `$` in a title is the heading's end.
    #[must_use]
    pub fn sections_of(&self, title: &str) -> Vec<&SectionRule> {
        let title = format!("{}$", title.trim_end_matches(['。', '：', ' ']));
        let opened = self.titles.find_in(&title).flat_map(|(_, title)| &self.title_sections[title as usize]);
        opened.map(|section| &self.sections[*section as usize]).collect()
    }

    /// The set of one tag; empty if no grammar names it.
    #[must_use]
    pub fn tag(&self, name: &str) -> Tags {
        self.tag_names.iter().position(|known| known == name).map_or(Tags::default(), |index| Tags(1 << index))
    }

    /// The rule that says what the number `raw` is between `before` and `after`, if it states nothing.
    #[must_use]
    pub fn number_rule(&self, before: &str, raw: &str, after: &str, tags: Tags) -> Option<&NumberRule> {
        let mut best: Option<(usize, u32)> = None;
        let mut offer = |length: usize, rule: u32| {
            let candidate = &self.numbers[rule as usize];
            if candidate.admits(raw, tags)
                && best.is_none_or(|(longest, first)| length > longest || (length == longest && rule < first))
            {
                best = Some((length, rule));
            }
        };
        // Rules whose other half must stand before the number; many of them begin with anything.
        let mut right: Vec<(u32, usize)> = Vec::new();
        self.after.matches(after, |length, rule| {
            if self.numbers[rule as usize].needs[0] {
                right.push((rule, length));
            } else {
                offer(length, rule);
            }
        });
        self.before.matches(before, |length, rule| {
            if self.numbers[rule as usize].needs[1] {
                for (_, after_length) in right.iter().filter(|(other, _)| *other == rule) {
                    offer(length + after_length, rule);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::entries::{entries, parse_file};
    use crate::grammar::vocabulary::file;
    use crate::grammar::{GrammarFiles, Vocabulary};

    fn load() -> NarrativeGrammar {
        let (files, mut faults) = (GrammarFiles::embedded(), Vec::new());
        let vocabulary = Vocabulary::load(&files, &mut faults);
        let grammar = NarrativeGrammar::load(&files, &vocabulary, &mut faults);
        assert_eq!(faults.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
        grammar.expect("the embedded grammars compile")
    }

    #[test]
    fn offices_are_told_by_what_their_names_end_with() {
        let grammar = load();
        for office in ["云溪县医疗保障局", "县人民医院的", "（云岭县残联）", "全县"] {
            assert!(grammar.names_office(office), "{office}");
        }
        for thing in ["聘用人员", "专项债", "", "局机关大楼"] {
            assert!(!grammar.names_office(thing), "{thing}");
        }
    }

    #[test]
    fn every_number_rule_reads_its_example() {
        let files = GrammarFiles::embedded();
        let grammar = load();
        let mut faults = Vec::new();
        let file = file(&files, "narrative/numbers.toml", &mut faults);
        let mut parsed = parse_file(file, &mut faults);
        for entry in entries::<NumberEntry>(file, &mut parsed, "number", &mut faults) {
            let example = entry.value.example.as_str();
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
    fn a_wording_of_another_section_leaves_its_characters_to_a_shorter_one() {
        let grammar = load();
        let words = "购车费用8万元";
        let length = |tags: Tags| grammar.wording_at(words, tags).map(|(length, _)| &words[..length]);
        assert_eq!(length(grammar.tag("three_public")), Some("购车费用"));
        assert_eq!(length(Tags::default()), Some("购车"));
    }

    #[test]
    fn headings_open_sections() {
        let grammar = load();
        let tags = |title: &str| {
            grammar.sections_of(title).iter().fold(Tags::default(), |tags, section| tags.with(section.tags))
        };
        assert!(tags("三、支出决算情况说明").meets(grammar.tag("expenditure")));
        assert!(tags("（三）一般公共预算财政拨款支出决算具体情况").meets(grammar.tag("general_budget")));
        assert!(tags("七、“三公”经费财政拨款支出决算情况说明").meets(grammar.tag("three_public")));
        assert!(tags("（一）机关运行经费支出情况").meets(grammar.tag("agency")));
        assert!(tags("三、收入").meets(grammar.tag("income")));
        assert!(!tags("三、收入增长的措施").meets(grammar.tag("income")));
        assert!(tags("一、基本职能").is_empty());
    }
}
