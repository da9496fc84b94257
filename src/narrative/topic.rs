//! What a figure speaks of: a subject of the vocabulary, a class path, a phrase of the text, or the
//! subject that was spoken of before.
//!
//! In: the clause left of a figure and the reader's memory. Out: [`Topic`]s, not yet fitted to the unit.

use super::claim::Figure;
use super::clause::Clause;
use super::item;
use super::reader::Reader;
use super::token::{Kind, Mark};
use crate::figure::Quantity;
use crate::grammar::narrative::{Subject, WordKind};
use crate::quantity::{Decimal, Measure, Phase, Unit};
use std::ops::Range;

/// The rule of figures whose subject is in no vocabulary.
pub(super) const PHRASE_RULE: &str = "narrative/noun-phrase";

/// What a figure speaks of, before its unit is looked at.
#[derive(Clone, Debug)]
pub(super) struct Topic<'g> {
    pub(super) concepts: Vec<&'g str>,
    pub(super) item: String,
    pub(super) rule: &'g str,
    /// The concept that it is a part of, where the part has none of its own.
    pub(super) part_of: Option<&'g str>,
    pub(super) path: bool,
    pub(super) template: bool,
}

impl<'g> Topic<'g> {
    /// What has these concepts and these words, and is no part, path or template.
    pub(super) fn new(concepts: Vec<&'g str>, item: String, rule: &'g str) -> Self {
        Topic { concepts, item, rule, part_of: None, path: false, template: false }
    }
}

/// The figure read last, for satellites that name nothing themselves.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that a later clause may refer to")]
pub(super) struct Last<'g> {
    pub(super) topic: Topic<'g>,
    /// All that the number stated at once, if several.
    pub(super) together: Vec<Topic<'g>>,
    /// The amount that it stated.
    pub(super) value: Option<Decimal>,
    /// All subjects, where several shared the numbers one by one.
    pub(super) group: Option<Vec<Topic<'g>>>,
    pub(super) measure: Measure,
    pub(super) negative: bool,
    /// The change was one against the budget.
    pub(super) against_budget: bool,
    /// The year that it was compared with.
    pub(super) base: Option<i16>,
    /// The amount was a budget that something is compared with.
    pub(super) compared_budget: bool,
    /// The amount was a budget of this phase.
    pub(super) budget: Option<Phase>,
    /// Its own words said which phase.
    pub(super) phased: bool,
    /// The phase of what it stated.
    pub(super) phase: Option<Phase>,
    /// The change was one of a template (增加/减少).
    pub(super) template: bool,
    /// The amount was that of all this too (收入决算…，全部为财政拨款收入), of which changes are told.
    pub(super) all_of: Option<Topic<'g>>,
    /// The amount was a whole, and the share that follows is one of this.
    pub(super) shared: Option<Topic<'g>>,
    /// The unit was not money.
    pub(super) no_money: bool,
    /// A length of time was measured.
    pub(super) timespan: bool,
    pub(super) end: usize,
}

impl<'g> Last<'g> {
    /// A topic named without a figure.
    pub(super) fn of(topic: Topic<'g>) -> Self {
        Last {
            topic,
            together: Vec::new(),
            value: None,
            group: None,
            measure: Measure::Amount,
            negative: false,
            against_budget: false,
            base: None,
            compared_budget: false,
            budget: None,
            phased: false,
            phase: None,
            template: false,
            all_of: None,
            shared: None,
            no_money: false,
            timespan: false,
            end: 0,
        }
    }
}

impl<'g> Reader<'_, 'g, '_> {
    /// What the subject token `at` names: what is bound to the place first, and what can have a number of
    /// `unit` before what cannot.
    pub(super) fn subject_at(&self, at: usize, unit: Option<&Unit>) -> Option<&'g Subject> {
        let token = &self.tokens.tokens[at];
        let Kind::Subject(wording) = token.kind else { return None };
        let grammar = self.grammars.narrative();
        let mut here = grammar.subjects_at(wording, token.tags).map(|subject| grammar.subject(subject));
        let fits = |subject: &&'g Subject| {
            unit.is_none_or(|unit| subject.concepts.iter().any(|concept| self.fit(concept, unit).is_some()))
        };
        here.clone().find(fits).or_else(|| here.next())
    }

    /// What the subject or path token `at` names; `None` if it names nothing at this place.
    pub(super) fn topic_of(&self, at: usize, unit: Option<&Unit>) -> Option<Topic<'g>> {
        let token = &self.tokens.tokens[at];
        match &token.kind {
            Kind::Subject(_) => {
                let subject = self.subject_at(at, unit)?;
                let mut concepts: Vec<&'g str> = subject.concepts.iter().map(String::as_str).collect();
                let of_project = concepts
                    .iter()
                    .any(|concept| matches!(*concept, "project.budget" | "project.executed" | "project.contract"));
                let item = match &self.context.project {
                    Some(project) if of_project => project.clone(),
                    _ => self.text[token.range.clone()].to_owned(),
                };
                // 本年收入总计95万元，其中年初结转3万元: with what was carried over it is the whole.
                if self.text[token.range.clone()].ends_with("总计") && self.speaks_of_balance(at) {
                    match concepts.as_slice() {
                        ["income.current_year"] => concepts = vec!["income.total"],
                        ["expenditure.current_year"] => concepts = vec!["expenditure.total"],
                        _ => {}
                    }
                }
                // 我局全年预算14244万元: money of no project.
                if of_project && self.context.project.is_none() && !self.speaks_of_project(at) {
                    concepts.clear();
                }
                Some(Topic::new(concepts, item, &subject.rule))
            }
            Kind::Path(levels) => {
                let first = levels.first()?.depth;
                let mut names: Vec<&str> = self.context.path.iter().take(first).map(String::as_str).collect();
                names.extend(levels.iter().map(|level| level.name.as_str()));
                let item = names.join("/");
                let template = is_placeholder(&item);
                Some(Topic {
                    concepts: vec!["expenditure.function"],
                    item,
                    rule: "narrative/class-path",
                    part_of: None,
                    path: true,
                    template,
                })
            }
            _ => None,
        }
    }

    /// Whether 项目 or 专项 stands in the subject at token `at` or in its sentence before it.
    fn speaks_of_project(&self, at: usize) -> bool {
        const REACH: usize = 24;
        let first = self.sentence.max(at.saturating_sub(REACH)).min(at);
        let (first, end) = (self.tokens.tokens[first].range.start, self.tokens.tokens[at].range.end);
        let words = &self.text[first..end];
        words.contains("项目")
            || words.contains("专项")
            || self
                .last
                .as_ref()
                .is_some_and(|last| last.topic.concepts.iter().any(|concept| concept.starts_with("project.")))
    }

    /// What the figure speaks of, and the group if several subjects share several numbers.
    pub(super) fn topics(
        &mut self,
        at: usize,
        range: &Range<usize>,
        quantity: &Quantity<'g>,
        clause: &mut Clause,
        unit: &Unit,
    ) -> (Vec<Topic<'g>>, Option<Vec<Topic<'g>>>) {
        if let Some(topic) = self.topic_behind(at, range.end + quantity.length, unit)
            && (clause.subject.is_none() || clause.narrowed.is_some())
        {
            return (vec![topic], None);
        }
        if clause.coordinated.len() > 1 && clause.distributed {
            let group: Vec<_> = clause.coordinated.iter().filter_map(|at| self.topic_of(*at, Some(unit))).collect();
            if group.len() == clause.coordinated.len() {
                return (group.clone(), Some(group));
            }
        }
        if let Some(topic) = self.three_together(clause, unit) {
            return (vec![topic], None);
        }
        if let Some(topic) = clause.subject.and_then(|subject| self.topic_of(subject, Some(unit))) {
            let yielded = self.yielded(clause).filter(|_| clause.narrowed.is_none());
            let yielded = yielded.filter(|topic| !self.comes_of_nothing(topic, range));
            let mut topic = yielded.unwrap_or_else(|| self.narrow(topic, clause));
            // 项目资金489万元: money, which is said behind what would be counted.
            let noun = clause.noun.zip(clause.subject).filter(|(noun, subject)| *noun == subject + 1);
            if let (Unit::Cny, ["performance.projects"], Some((noun, _))) = (unit, topic.concepts.as_slice(), noun) {
                topic.item.push_str(&self.text[self.tokens.tokens[noun].range.clone()]);
            }
            let topic = self.of_fund_before(self.part_of_three_public(topic));
            let group = (clause.distributed && topic.concepts.len() > 1).then(|| split(&topic));
            return (vec![topic], group);
        }
        if let Some((first, last)) = clause.phrase {
            if let Some(topic) = self.listed(clause, last, range, quantity, unit) {
                return (vec![topic], None);
            }
            if let Some(group) = self.phrases_told(clause, (first, last), range, (quantity, unit)) {
                return (group.clone(), Some(group));
            }
            let words = self.noun_between(clause, range, quantity, unit);
            let words = words.unwrap_or_else(|| item::phrase(&self.tokens.tokens, self.text, first, last));
            // 云溪县水务学校2031年收入60万元: who reports, and the section's own figure.
            if let Some(topic) = self.vague(clause, at).filter(|topic| topic.item == words && *unit == Unit::Cny) {
                return (vec![topic], None);
            }
            // 经人大审议通过的调整预算数为3万元: who agreed is not what is spoken of.
            let agreed = words.starts_with('经')
                && ["通过", "批准", "批复", "同意", "核定"].iter().any(|end| words.ends_with(end));
            if agreed && clause.phase.is_some() && self.last.is_some() {
                return self.inherited(clause, range, quantity, unit);
            }
            if !words.is_empty() && words.chars().any(char::is_alphabetic) {
                return (vec![self.phrase_topic(words, range, quantity, unit)], None);
            }
        }
        if let Some(topic) = self.of_project(clause, range, unit) {
            return (vec![topic], None);
        }
        if let Some(topic) = self.vague(clause, at).filter(|_| *unit != Unit::Percent || clause.measure.is_some()) {
            let group = (clause.distributed && topic.concepts.len() > 1).then(|| split(&topic));
            return (vec![topic], group);
        }
        let (topics, group) = self.inherited(clause, range, quantity, unit);
        if self.contradicts(&topics, clause, at) {
            let item = self.own_words(clause, range).to_owned();
            let topic = Topic::new(Vec::new(), item, PHRASE_RULE);
            return (vec![topic], None);
        }
        (topics, group)
    }

    /// 其他收入0万元。（二）支出情况本单位支出为1942.57万元: what was spent is no part of an income.
    fn contradicts(&self, topics: &[Topic<'g>], clause: &Clause, at: usize) -> bool {
        let says = |noun: &str| {
            self.tokens.tokens[clause.start.min(at)..at].iter().any(|token| {
                matches!(token.kind, Kind::Word(WordKind::Noun, _)) && &self.text[token.range.clone()] == noun
            })
        };
        let all = |family: &str| {
            let concepts = || topics.iter().flat_map(|topic| &topic.concepts);
            concepts().next().is_some() && concepts().all(|concept| concept.starts_with(family))
        };
        clause.measure.is_none() && (all("income.") && says("支出") || all("expenditure.") && says("收入"))
    }

    /// `收入合计430万元，均为财政拨款收入。`: the figure states the second subject as well.
    pub(super) fn entirely(&self, at: usize, mut topics: Vec<Topic<'g>>, figure: &Figure) -> Vec<Topic<'g>> {
        let mut behind =
            (at + 1..self.tokens.tokens.len()).filter(|index| !self.tokens.tokens[*index].range.is_empty());
        let kind = |index: Option<usize>| index.map(|index| &self.tokens.tokens[index].kind);
        if figure.measure != Measure::Amount
            || !matches!(kind(behind.next()), Some(Kind::Mark(Mark::Comma)))
            || !matches!(kind(behind.next()), Some(Kind::Word(WordKind::Entirely, _)))
        {
            return topics;
        }
        let subject = behind.next().and_then(|index| self.topic_of(index, Some(&figure.unit)));
        if let (Some(topic), None | Some(Kind::Mark(_))) = (subject, kind(behind.next())) {
            topics.push(topic);
        }
        topics
    }

    /// A subject right behind its number: `4个项目`.
    pub(super) fn topic_behind(&self, at: usize, end: usize, unit: &Unit) -> Option<Topic<'g>> {
        if !matches!(unit, Unit::Printed(_)) {
            return None;
        }
        let behind = self.tokens.tokens[at + 1..].iter().position(|token| token.range.start >= end)? + at + 1;
        let subject = self.subject_at(behind, Some(unit))?;
        if self.tokens.tokens[behind].range.start != end || !subject.after {
            return None;
        }
        let mut topic = self.topic_of(behind, Some(unit))?;
        topic.item = item::phrase_behind(&self.tokens.tokens, self.text, end);
        Some(topic)
    }

    /// A part of a concept has no concept of its own: 聘用人员劳务费.
    pub(super) fn narrow(&self, mut topic: Topic<'g>, clause: &Clause) -> Topic<'g> {
        if let (Some(first), Some(subject)) = (clause.narrowed, clause.subject)
            && !topic.path
        {
            let mut family = topic.concepts.first().map_or("", |concept| concept.split('.').next().unwrap_or(""));
            // 绩效目标项目1个，涉及预算金额175万元: money of all of them.
            if family == "project" && self.text[self.tokens.tokens[first].range.start..].starts_with("涉及") {
                topic.concepts.clear();
                family = "";
            }
            topic.item = match family {
                // 防汛项目全年预算数: the words before name the project.
                "project" => item::phrase(&self.tokens.tokens, self.text, first, subject - 1)
                    .trim_end_matches("项目")
                    .trim_matches(['“', '”', '《', '》'])
                    .to_owned(),
                _ => item::phrase(&self.tokens.tokens, self.text, first, subject),
            };
            // 卫生健康支出中，事业单位医疗当年支出57.45万元.
            if let (Some(parent), ["expenditure.current_year"]) = (
                self.parent.as_ref().filter(|parent| parent.concepts == ["expenditure.function"]),
                topic.concepts.as_slice(),
            ) {
                let class = item::phrase(&self.tokens.tokens, self.text, first, subject.saturating_sub(1));
                let item = format!("{}/{class}", parent.item);
                return Topic {
                    concepts: vec!["expenditure.function"],
                    item,
                    rule: PHRASE_RULE,
                    part_of: None,
                    path: true,
                    template: false,
                };
            }
            if !matches!(family, "project" | "performance") {
                topic.part_of = topic.concepts.first().copied();
                topic.concepts.clear();
                topic.rule = PHRASE_RULE;
            }
        }
        topic
    }

    /// 其中：一般公共预算财政拨款本年收入54万元；本年支出53万元: what was spent is the fund's whose income stands before it.
    fn of_fund_before(&self, topic: Topic<'g>) -> Topic<'g> {
        let income = self
            .heads
            .iter()
            .rev()
            .find_map(|head| head.concepts.iter().copied().find(|concept| concept.starts_with("income.")));
        let spent = match income {
            _ if topic.concepts != ["appropriation.expenditure"] || !topic.item.starts_with("本年") => return topic,
            Some("income.general_budget") => "general_budget.expenditure",
            Some("income.government_fund") => "government_fund.expenditure",
            Some("income.state_capital") => "state_capital.expenditure",
            _ => return topic,
        };
        Topic { concepts: vec![spent], ..topic }
    }

    /// “三公”经费34万元（其中：一般公共预算支出34万元）: the fund tells a part, not all that the fund spent.
    fn part_of_three_public(&self, mut topic: Topic<'g>) -> Topic<'g> {
        let fund = |concept: &str| {
            matches!(
                concept,
                "general_budget.expenditure" | "government_fund.expenditure" | "state_capital.expenditure"
            )
        };
        if let Some(parent) = &self.parent
            && parent.concepts.first().is_some_and(|concept| concept.starts_with("three_public."))
            && topic.concepts.iter().all(|concept| fund(concept))
        {
            topic = Topic {
                concepts: Vec::new(),
                item: format!("{}：{}", parent.item, topic.item),
                rule: PHRASE_RULE,
                ..topic
            };
        }
        topic
    }
}

/// The concepts of a topic, one topic each.
pub(super) fn split<'g>(topic: &Topic<'g>) -> Vec<Topic<'g>> {
    topic.concepts.iter().map(|concept| Topic { concepts: vec![concept], ..topic.clone() }).collect()
}

/// Whether a text has a character that left-over template text is told by.
pub(super) fn holds_sign(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Few texts have a Latin capital, a star, or a character that begins with the byte of × or of ….
    memchr::memchr2(b'*', b'X', bytes).is_some()
        || memchr::memchr(0xc3, bytes).is_some_and(|at| text[at..].contains('×'))
        || memchr::memchr(0xe2, bytes).is_some_and(|at| text[at..].contains('…'))
}

/// Left-over template text: `***`, `XX`, `……`.
pub(super) fn is_placeholder(words: &str) -> bool {
    let twice = |mark: char| words.match_indices(mark).any(|(at, _)| words[at + mark.len_utf8()..].starts_with(mark));
    // Most words have none of these.
    holds_sign(words) && (words.contains('…') || ['*', 'X', '×'].into_iter().any(twice))
}
