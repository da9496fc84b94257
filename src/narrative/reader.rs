//! Goes through a passage number by number and keeps what a reader keeps in mind: the sentence's
//! year, the year compared with, the subject spoken of last, the breakdown begun.
//!
//! In: the passage and its [`Context`]. Out: a [`Reading`] for each number.

mod explain;

use super::clause::{Clause, read_clause};
use super::item;
use super::token::{Kind, Level, Mark, Token, Tokens, tokenize};
use super::{Claim, Context, Reading};
use crate::figure::{Quantity, read_comparator, read_quantity};
use crate::grammar::Grammars;
use crate::grammar::narrative::{NumberRule, Tags, WordKind, Wording};
use crate::quantity::{Decimal, Measure, NumberClass, Phase, Unit};
use std::ops::Range;

const PHRASE_RULE: &str = "narrative/noun-phrase";
const DURATION_RULE: &str = "narrative/duration";
const NAME_RULE: &str = "narrative/part-of-name";
const YEAR_RULE: &str = "narrative/bare-year";
const UNREAD_RULE: &str = "narrative/unread";

/// Reads every number of `text`, a cleaned paragraph or cell. `context` is carried on: its path and
/// money unit hold for the paragraphs after it.
#[must_use]
pub fn read_passage<'g>(text: &str, context: &mut Context<'g>, grammars: &'g Grammars) -> Vec<Reading<'g>> {
    let tokens = tokenize(text, grammars.narrative(), context.tags);
    let year = context.fiscal_year;
    let mut reader = Reader {
        text,
        grammars,
        tokens,
        rules: Vec::new(),
        readings: Vec::new(),
        period: year,
        base: None,
        sentence: 0,
        sentence_tags: context.tags,
        mentioned: None,
        last: None,
        before_reason: None,
        parent: None,
        presets: Vec::new(),
        range_open: None,
        context,
    };
    reader.run();
    reader.readings.sort_by_key(|reading| reading.range.start);
    reader.readings
}

/// What a figure speaks of, before its unit is looked at.
#[derive(Clone, Debug)]
struct Topic<'g> {
    concepts: Vec<&'g str>,
    item: String,
    rule: &'g str,
    path: bool,
    template: bool,
}

/// The figure read last, for satellites that name nothing themselves.
#[derive(Clone, Debug)]
struct Last<'g> {
    topic: Topic<'g>,
    /// All subjects, where several shared the numbers one by one.
    group: Option<Vec<Topic<'g>>>,
    measure: Measure,
    negative: bool,
    end: usize,
}

struct Reader<'t, 'g, 'c> {
    text: &'t str,
    grammars: &'g Grammars,
    context: &'c mut Context<'g>,
    tokens: Tokens<'g>,
    rules: Vec<Option<&'g NumberRule>>,
    readings: Vec<Reading<'g>>,
    period: Option<i16>,
    base: Option<i16>,
    /// First token of the sentence.
    sentence: usize,
    sentence_tags: Tags,
    /// Subject token met since the last figure.
    mentioned: Option<usize>,
    last: Option<Last<'g>>,
    before_reason: Option<Option<Last<'g>>>,
    parent: Option<Topic<'g>>,
    /// Number index → topic, where subjects and numbers are coordinated.
    presets: Vec<(usize, Topic<'g>, Measure, bool)>,
    /// The number that a range was opened with (3 of 3-15人).
    range_open: Option<usize>,
}

impl<'g> Reader<'_, 'g, '_> {
    fn run(&mut self) {
        self.class_numbers();
        self.find_project();
        for index in 0..self.tokens.tokens.len() {
            match self.tokens.tokens[index].kind.clone() {
                Kind::Mark(Mark::Stop) => self.end_sentence(index),
                Kind::Mark(Mark::Semicolon) => self.end_reason(),
                Kind::Word(WordKind::Reason) => self.before_reason = Some(self.last.clone()),
                Kind::Word(WordKind::Breakdown) => self.parent = self.whole(index),
                Kind::Subject(wording) => self.mention(index, wording),
                Kind::Path(levels) => {
                    self.carry_path(&levels);
                    self.mentioned = Some(index);
                }
                Kind::Number(number) => self.number(index, number),
                _ => {}
            }
        }
        for (number, wording) in std::mem::take(&mut self.tokens.swallowed) {
            let rule = wording
                .subjects
                .first()
                .map_or(NAME_RULE, |subject| self.grammars.narrative().subject(*subject).rule.as_str());
            self.readings.push(Reading {
                range: self.tokens.numbers[number].span.range(),
                class: NumberClass::Threshold,
                rule,
                claims: Vec::new(),
            });
        }
    }

    /// Classes that the characters directly around a number tell.
    fn class_numbers(&mut self) {
        let grammar = self.grammars.narrative();
        self.rules = self
            .tokens
            .numbers
            .iter()
            .map(|number| {
                let range = number.span.range();
                grammar.number_rule(
                    &self.text[..range.start],
                    &self.text[range.clone()],
                    &self.text[range.end..],
                    self.context.tags,
                )
            })
            .collect();
    }

    /// `1.“城市运维”项目绩效目标完成情况综述`: the project that the paragraph speaks of.
    fn find_project(&mut self) {
        let Some(mark) =
            self.tokens.tokens.iter().position(|token| matches!(token.kind, Kind::Word(WordKind::Project)))
        else {
            return;
        };
        let lead = &self.text[..self.tokens.tokens[mark].range.start];
        let start = lead.rfind(['。', '；']).map_or(0, |at| at + '。'.len_utf8());
        let name = lead[start..]
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '（' | '）' | '.' | '、' | '．'));
        let name = name.trim_end_matches("项目").trim_matches(['“', '”', '《', '》', '：', '，', ' ']);
        if !name.is_empty() && name.chars().count() < 80 {
            self.context.project = Some(name.to_owned());
        }
    }

    /// What a breakdown that begins at token `at` takes apart.
    fn whole(&self, at: usize) -> Option<Topic<'g>> {
        let before = at.checked_sub(1).map(|before| &self.tokens.tokens[before]);
        match before.map(|token| (&token.kind, token.range.is_empty())) {
            // 资产包括…: what stands right before, if it is known at all.
            Some((Kind::Text, false)) => None,
            Some((Kind::Subject(_) | Kind::Path(_), _)) => self.topic_of(at - 1, None),
            _ => self
                .last
                .as_ref()
                .map(|last| last.topic.clone())
                .or_else(|| self.mentioned.and_then(|at| self.topic_of(at, None))),
        }
    }

    fn end_sentence(&mut self, at: usize) {
        self.end_reason();
        self.sentence = at + 1;
        self.period = self.context.fiscal_year;
        self.base = None;
        self.mentioned = None;
        self.parent = None;
        self.range_open = None;
        self.sentence_tags = self.context.tags;
    }

    fn end_reason(&mut self) {
        if let Some(last) = self.before_reason.take() {
            self.last = last;
        }
        self.mentioned = None;
    }

    fn mention(&mut self, at: usize, wording: &'g Wording) {
        if let Some(topic) = self.admitted(wording, None) {
            let subject = self.grammars.narrative().subject(topic);
            for concept in &subject.concepts {
                let family = concept.split('.').next().unwrap_or("");
                let fund = concept.strip_prefix("income.").unwrap_or(family);
                let grammar = self.grammars.narrative();
                self.sentence_tags = self.sentence_tags.with(grammar.tag(family));
                if self.parent.is_none() {
                    self.sentence_tags = self.sentence_tags.with(grammar.tag(fund));
                }
            }
            self.mentioned = Some(at);
        }
    }

    /// The subject that `wording` names here: one bound to the place first, and one that can have
    /// a number of `unit` before one that cannot.
    fn admitted(&self, wording: &Wording, unit: Option<&Unit>) -> Option<u32> {
        let grammar = self.grammars.narrative();
        let mut here = wording.subjects.iter().copied().filter(|subject| {
            let within = grammar.subject(*subject).within;
            within.is_empty() || within.meets(self.sentence_tags)
        });
        let fits = |subject: &u32| {
            unit.is_none_or(|unit| {
                grammar.subject(*subject).concepts.iter().any(|concept| self.fit(concept, unit).is_some())
            })
        };
        here.clone().find(fits).or_else(|| here.next())
    }

    fn carry_path(&mut self, levels: &[Level]) {
        for level in levels {
            self.context.path.truncate(level.depth);
            if self.context.path.len() == level.depth {
                self.context.path.push(level.name.clone());
            }
        }
    }

    /// What the subject or path token `at` names; `None` if it names nothing at this place.
    fn topic_of(&self, at: usize, unit: Option<&Unit>) -> Option<Topic<'g>> {
        let token = &self.tokens.tokens[at];
        match &token.kind {
            Kind::Subject(wording) => {
                let subject = self.grammars.narrative().subject(self.admitted(wording, unit)?);
                let concepts: Vec<&'g str> = subject.concepts.iter().map(String::as_str).collect();
                let of_project = concepts
                    .iter()
                    .any(|concept| matches!(*concept, "project.budget" | "project.executed" | "project.contract"));
                let item = match &self.context.project {
                    Some(project) if of_project => project.clone(),
                    _ => self.text[token.range.clone()].to_owned(),
                };
                Some(Topic { concepts, item, rule: &subject.rule, path: false, template: false })
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
                    path: true,
                    template,
                })
            }
            _ => None,
        }
    }

    fn number(&mut self, at: usize, number: usize) {
        if self.context.trace.is_some() {
            self.explain_number(number);
        }
        let range = self.tokens.numbers[number].span.range();
        let after = &self.text[range.end..];
        let quantity = read_quantity(after, self.grammars.vocabulary());
        if let Some(rule) = self.rules[number].filter(|rule| !(rule.weak && quantity.unit.is_some())) {
            if rule.class == NumberClass::Period {
                self.year(at, &range);
            }
            return self.push(range, rule.class, &rule.rule);
        }
        if quantity.unit.is_some_and(|unit| unit.duration) {
            self.consume(at, range.end + quantity.length);
            return self.push(range, NumberClass::Period, DURATION_RULE);
        }
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        if letter(self.text[..range.start].chars().next_back())
            || (letter(after.chars().next()) && quantity.unit.is_none())
        {
            return self.push(range, NumberClass::Identifier, NAME_RULE);
        }
        self.figure(at, number, range, quantity);
    }

    /// A year met in the text: spoken of, or compared with.
    fn year(&mut self, at: usize, range: &Range<usize>) {
        let raw = &self.text[range.clone()];
        let Some(year) = raw.parse::<i16>().ok().filter(|year| raw.len() == 4 && (1950..2100).contains(year)) else {
            return;
        };
        let tokens = &self.tokens.tokens;
        let before = at.checked_sub(1).map(|before| &tokens[before].kind);
        let compared_behind =
            tokens[at + 1..].iter().take(3).any(|token| matches!(token.kind, Kind::Word(WordKind::Compared)));
        if matches!(before, Some(Kind::Word(WordKind::Compare))) || compared_behind {
            self.base = Some(year);
        } else if !self.in_brackets(at) {
            self.period = Some(year);
        }
    }

    fn in_brackets(&self, at: usize) -> bool {
        let mut depth = 0_i32;
        for token in &self.tokens.tokens[self.sentence.min(at)..at] {
            match token.kind {
                Kind::Mark(Mark::Open) => depth += 1,
                Kind::Mark(Mark::Close) => depth -= 1,
                _ => {}
            }
        }
        depth > 0
    }

    fn push(&mut self, range: Range<usize>, class: NumberClass, rule: &'g str) {
        self.readings.push(Reading { range, class, rule, claims: Vec::new() });
    }

    /// Takes the bytes up to `end` (unit, multiplier) out of the tokens behind number token `at`.
    fn consume(&mut self, at: usize, end: usize) {
        for token in &mut self.tokens.tokens[at + 1..] {
            if token.range.start >= end {
                break;
            }
            token.kind = Kind::Text;
            token.range.start = end;
            token.range.end = token.range.end.max(end);
        }
    }

    /// The unit of a range's end, for its beginning: `1.2` of `1.2-1.5万元`.
    fn unit_of_range(&self, number: usize, end: usize) -> Option<Quantity<'g>> {
        let next = self.tokens.numbers.get(number + 1)?.span.range();
        let between = self.text.get(end..next.start)?;
        if !matches!(between, "-" | "—" | "－" | "–" | "~" | "～" | "至" | "到" | "－－" | "——" | "%-" | "%—")
        {
            return None;
        }
        let quantity = read_quantity(&self.text[next.end..], self.grammars.vocabulary());
        quantity.unit.is_some_and(|unit| !unit.duration).then_some(Quantity { length: 0, ..quantity })
    }

    fn figure(&mut self, at: usize, number: usize, range: Range<usize>, mut quantity: Quantity<'g>) {
        let opens_range = self.unit_of_range(number, range.end + quantity.length);
        let closes_range = self.range_open.take().is_some_and(|open| open + 1 == number);
        if let Some(whole) = &opens_range {
            if quantity.unit.is_none() {
                quantity = whole.clone();
            }
            self.range_open = Some(number);
        }
        let rules = &self.rules;
        let tokens = &self.tokens.tokens;
        let time = |index: usize| matches!(tokens[index].kind, Kind::Number(number) if rules[number].is_some_and(|rule| rule.class == NumberClass::Period));
        let mut clause = read_clause(tokens, self.text, at, self.sentence, time);
        if self.context.trace.is_some() {
            self.explain_clause(at, number, &clause);
        }
        let before = &self.text[..range.start];
        let comparator = read_comparator(before.strip_suffix(['-', '－', '−']).unwrap_or(before));
        let mut bound = quantity.bound.or(comparator.and_then(|(_, bound)| bound));
        if opens_range.is_some() {
            bound = Some(Measure::Lower);
        } else if closes_range {
            bound = Some(Measure::Upper);
        }
        let approximate = quantity.approximate || comparator.is_some_and(|(_, bound)| bound.is_none());
        let Some((unit, factor, unit_implied)) = self.unit(at, &range, &quantity, &clause) else {
            return self.no_figure(range);
        };
        let Some(mut value) = self.tokens.numbers[number].value(self.text).and_then(|value| value.checked_mul(factor))
        else {
            return self.push(range, NumberClass::Identifier, UNREAD_RULE);
        };
        if unit == Unit::Cny && quantity.unit.is_some() {
            self.context.money_factor = Some(factor);
        }
        if let Some(preset) = self.presets.iter().position(|(preset, ..)| *preset == number) {
            let (_, topic, measure, negative) = self.presets.swap_remove(preset);
            self.consume(at, range.end + quantity.length);
            return self.state(
                &range,
                vec![topic],
                &clause,
                Figure { value, unit, measure, negative, unit_implied, approximate },
            );
        }
        let (topics, group) = self.topics(at, &range, &quantity, &mut clause, &unit);
        let (measure, negative) = self.measure(&clause, &unit, bound, &topics, at);
        let minus = before.ends_with(['-', '－', '−'])
            && !before[..before.len() - 1]
                .trim_end_matches(['\u{ef}', '-'])
                .ends_with(|c: char| c.is_ascii_alphanumeric());
        if minus && opens_range.is_none() && !closes_range {
            value = -value;
        }
        self.consume(at, range.end + quantity.length);
        let figure = Figure { value, unit, measure, negative, unit_implied, approximate };
        let topics = group.and_then(|group| self.distribute(number, group, measure, negative)).unwrap_or(topics);
        self.state(&range, topics, &clause, figure);
    }

    /// Unit and factor of a figure; `None` if nothing says that the number is one.
    fn unit(
        &self,
        at: usize,
        range: &Range<usize>,
        quantity: &Quantity<'g>,
        clause: &Clause,
    ) -> Option<(Unit, Decimal, bool)> {
        if let Some(word) = quantity.unit {
            return Some((word.unit.clone(), quantity.factor, false));
        }
        let next = self.text[range.end + quantity.length..].chars().next();
        let ends = next.is_none_or(|c| matches!(c, '，' | '。' | '；' | '、' | '（' | '）' | ',' | '\n' | '：' | '”'));
        if !ends {
            return None;
        }
        if matches!(clause.measure, Some(WordKind::Share | WordKind::Execution)) {
            return Some((Unit::Percent, quantity.factor, true));
        }
        let money = clause
            .subject
            .and_then(|subject| self.topic_of(subject, Some(&Unit::Cny)))
            .is_some_and(|topic| topic.concepts.iter().all(|concept| self.is_money(concept)));
        let phased = clause.phase.is_some() && clause.phrase.is_none();
        if !(money || phased) || at == 0 {
            return None;
        }
        let factor = if quantity.factor == Decimal::ONE {
            self.context.money_factor.unwrap_or(Decimal::ONE)
        } else {
            quantity.factor
        };
        Some((Unit::Cny, factor, true))
    }

    fn is_money(&self, concept: &str) -> bool {
        self.grammars.vocabulary().concept(concept).is_some_and(|concept| concept.unit == "CNY")
    }

    /// A number without a unit that no rule reads: a bare year, or unread.
    fn no_figure(&mut self, range: Range<usize>) {
        let raw = &self.text[range.clone()];
        let year = raw.len() == 4 && raw.parse::<u16>().is_ok_and(|year| (1990..2060).contains(&year));
        if year {
            self.push(range, NumberClass::Period, YEAR_RULE);
        } else {
            self.push(range, NumberClass::Unread, UNREAD_RULE);
        }
    }

    /// What the figure speaks of, and the group if several subjects share several numbers.
    fn topics(
        &mut self,
        at: usize,
        range: &Range<usize>,
        quantity: &Quantity<'g>,
        clause: &mut Clause,
        unit: &Unit,
    ) -> (Vec<Topic<'g>>, Option<Vec<Topic<'g>>>) {
        if let Some(topic) = self.topic_behind(at, range.end + quantity.length, unit)
            && clause.subject.is_none()
        {
            return (vec![topic], None);
        }
        if clause.coordinated.len() > 1 && clause.distributed {
            let group: Vec<_> = clause.coordinated.iter().filter_map(|at| self.topic_of(*at, Some(unit))).collect();
            return (group.clone(), Some(group));
        }
        if let Some(topic) = clause.subject.and_then(|subject| self.topic_of(subject, Some(unit))) {
            let topic = self.narrow(topic, clause);
            let group = (clause.distributed && topic.concepts.len() > 1).then(|| split(&topic));
            return (vec![topic], group);
        }
        // A subject of another section says nothing here: it is a phrase.
        if let (Some(subject), None) = (clause.subject, clause.phrase) {
            clause.phrase = Some((subject, subject));
        }
        if let Some((first, last)) = clause.phrase {
            let words = item::phrase(&self.tokens.tokens, self.text, first, last);
            if !words.is_empty() && words.chars().any(|c| c.is_alphabetic()) {
                return (vec![self.phrase_topic(words, range, quantity, unit)], None);
            }
        }
        self.inherited(clause, range, quantity, unit)
    }

    /// A subject right behind its number: `4个项目`.
    fn topic_behind(&self, at: usize, end: usize, unit: &Unit) -> Option<Topic<'g>> {
        if !matches!(unit, Unit::Printed(_)) {
            return None;
        }
        let behind = self.tokens.tokens[at + 1..].iter().position(|token| token.range.start >= end)? + at + 1;
        let Kind::Subject(wording) = self.tokens.tokens[behind].kind else { return None };
        let subject = self.admitted(wording, Some(unit))?;
        if self.tokens.tokens[behind].range.start != end || !self.grammars.narrative().subject(subject).after {
            return None;
        }
        let mut topic = self.topic_of(behind, Some(unit))?;
        topic.item = item::phrase_behind(&self.tokens.tokens, self.text, end);
        Some(topic)
    }

    /// A part of a concept has no concept of its own: 聘用人员劳务费.
    fn narrow(&self, mut topic: Topic<'g>, clause: &Clause) -> Topic<'g> {
        if let (Some(first), Some(subject)) = (clause.narrowed, clause.subject)
            && !topic.path
        {
            topic.item = item::phrase(&self.tokens.tokens, self.text, first, subject);
            topic.concepts.clear();
            topic.rule = PHRASE_RULE;
        }
        topic
    }

    fn phrase_topic(&self, words: String, range: &Range<usize>, quantity: &Quantity<'g>, unit: &Unit) -> Topic<'g> {
        let class = self.context.tags.meets(self.grammars.narrative().tag("function"))
            && *unit == Unit::Cny
            && words.ends_with("支出")
            && self.before_reason.is_none();
        let mut item = words;
        if matches!(unit, Unit::Printed(_) | Unit::Person | Unit::PersonTime) {
            let behind = item::phrase_behind(&self.tokens.tokens, self.text, range.end + quantity.length);
            if item != behind {
                item.push_str(&behind);
            }
        }
        if let (Some(parent), false) = (&self.parent, class) {
            item = format!("{}：{item}", parent.item);
        }
        let template = is_placeholder(&item);
        let concepts = if class { vec!["expenditure.function"] } else { Vec::new() };
        Topic { concepts, item, rule: PHRASE_RULE, path: class, template }
    }

    /// The clause names nothing: the subject mentioned before, the last one, or the section's.
    fn inherited(
        &self,
        clause: &Clause,
        range: &Range<usize>,
        quantity: &Quantity<'g>,
        unit: &Unit,
    ) -> (Vec<Topic<'g>>, Option<Vec<Topic<'g>>>) {
        let satellite = clause.measure.is_some() || (*unit == Unit::Percent && self.last.is_some());
        let mentioned = self.mentioned.filter(|at| *at < clause.start).and_then(|at| self.topic_of(at, Some(unit)));
        if let Some(topic) = mentioned {
            return (vec![topic], None);
        }
        let behind = item::phrase_behind(&self.tokens.tokens, self.text, range.end + quantity.length);
        let counts = matches!(unit, Unit::Printed(_) | Unit::Person | Unit::PersonTime);
        let fitting = self
            .last
            .as_ref()
            .is_some_and(|last| last.topic.concepts.iter().any(|concept| self.fit(concept, unit).is_some()));
        if counts && clause.measure.is_none() && !behind.is_empty() && !fitting {
            return (vec![self.phrase_topic(behind, range, quantity, unit)], None);
        }
        if let Some(last) = self.last.as_ref().filter(|_| satellite || clause.phase.is_some() || *unit != Unit::Percent)
        {
            if let Some(group) = last.group.as_ref().filter(|_| clause.distributed) {
                return (group.clone(), Some(group.clone()));
            }
            let group = (clause.distributed && last.topic.concepts.len() > 1).then(|| split(&last.topic));
            return (vec![last.topic.clone()], group);
        }
        if let Some(concept) = self.context.subject {
            let item = self.grammars.vocabulary().concept(concept).map_or(concept, |concept| &concept.zh).to_owned();
            return (
                vec![Topic {
                    concepts: vec![concept],
                    item,
                    rule: "narrative/section-subject",
                    path: false,
                    template: false,
                }],
                None,
            );
        }
        (vec![Topic { concepts: Vec::new(), item: behind, rule: PHRASE_RULE, path: false, template: false }], None)
    }

    fn measure(
        &self,
        clause: &Clause,
        unit: &Unit,
        bound: Option<Measure>,
        topics: &[Topic<'g>],
        at: usize,
    ) -> (Measure, bool) {
        let direction = matches!(clause.measure, Some(WordKind::Up | WordKind::Down | WordKind::Both));
        let negative = clause.measure == Some(WordKind::Down);
        let scored = topics.iter().any(|topic| topic.concepts.contains(&"performance.score"));
        let measure = match (unit, clause.measure) {
            (Unit::Percent, Some(WordKind::Share)) => Measure::Share,
            (Unit::Percent, Some(WordKind::Execution)) => Measure::ExecutionRate,
            (Unit::Percent, _) if direction => Measure::Growth,
            (Unit::Percent, _) => return self.bare_percent(clause, bound, at),
            (Unit::Point, _) => Measure::Score,
            (Unit::SquareMetre, _) if !direction => bound.unwrap_or(Measure::Amount),
            (Unit::Cny, _) if direction => Measure::Change,
            (Unit::Cny, _) => bound.unwrap_or(Measure::Amount),
            (Unit::Printed(printed), _) if &**printed == "百分点" => {
                if direction {
                    Measure::Change
                } else {
                    Measure::Rate
                }
            }
            (_, _) if direction => Measure::Change,
            (_, _) if scored => Measure::Score,
            (_, _) => bound.unwrap_or(Measure::Count),
        };
        (measure, negative)
    }

    /// A percentage without a measure's word: growth behind a change, share behind an amount in
    /// brackets, else a rate.
    fn bare_percent(&self, clause: &Clause, bound: Option<Measure>, at: usize) -> (Measure, bool) {
        let bare = clause.subject.is_none() && clause.phrase.is_none();
        if let Some(last) = self.last.as_ref().filter(|_| bare && bound.is_none()) {
            let between = self.text.get(last.end..self.tokens.tokens[at].range.start).unwrap_or("");
            if between.chars().count() <= 2 {
                return match last.measure {
                    Measure::Change => (Measure::Growth, last.negative),
                    Measure::Amount if between.starts_with('（') => (Measure::Share, false),
                    _ => (Measure::Rate, false),
                };
            }
        }
        (bound.unwrap_or(Measure::Rate), false)
    }

    /// Gives each of the numbers that follow its own subject, if there are as many.
    fn distribute(
        &mut self,
        number: usize,
        group: Vec<Topic<'g>>,
        measure: Measure,
        negative: bool,
    ) -> Option<Vec<Topic<'g>>> {
        let mut numbers = vec![number];
        while numbers.len() < group.len() {
            let last = numbers[numbers.len() - 1];
            let Some(next) = self.tokens.numbers.get(last + 1).map(|next| next.span.range()) else { break };
            let end = self.tokens.numbers[last].span.range().end;
            let end = end + read_quantity(&self.text[end..], self.grammars.vocabulary()).length;
            let joined = self
                .text
                .get(end..next.start)
                .is_some_and(|between| matches!(between, "、" | "和" | "，" | "与" | "及" | "，和" | "以及"));
            if !joined || self.rules[last + 1].is_some_and(|rule| !rule.weak) {
                break;
            }
            numbers.push(last + 1);
        }
        if numbers.len() < group.len() {
            return None;
        }
        for (number, topic) in numbers.iter().zip(&group).skip(1) {
            self.presets.push((*number, topic.clone(), measure, negative));
        }
        let first = group[0].clone();
        if let Some(last) = &mut self.last {
            last.group = Some(group.clone());
        }
        self.last = Some(Last { topic: first.clone(), group: Some(group), measure, negative, end: 0 });
        Some(vec![first])
    }

    /// Writes down the reading of a figure and keeps it in mind.
    fn state(&mut self, range: &Range<usize>, topics: Vec<Topic<'g>>, clause: &Clause, figure: Figure) {
        let end = range.end + read_quantity(&self.text[range.end..], self.grammars.vocabulary()).length;
        if self.context.trace.is_some() {
            self.explain_choice(range, &topics);
        }
        let mut claims = Vec::new();
        for topic in &topics {
            if topic.concepts.is_empty() {
                claims.push(self.claim(topic, None, clause, &figure));
            }
            for concept in &topic.concepts {
                claims.push(self.claim(topic, Some(*concept), clause, &figure));
            }
        }
        let rule = claims.first().map_or(PHRASE_RULE, |claim| claim.rule);
        self.readings.push(Reading { range: range.clone(), class: NumberClass::Figure, rule, claims });
        self.mentioned = None;
        if let Some(topic) = topics.into_iter().next() {
            let group = self.last.take().and_then(|last| last.group).filter(|group| {
                group.iter().any(|member| member.item == topic.item && member.concepts == topic.concepts)
            });
            self.last = Some(Last { topic, group, measure: figure.measure, negative: figure.negative, end });
        }
    }

    fn claim(&self, topic: &Topic<'g>, concept: Option<&'g str>, clause: &Clause, figure: &Figure) -> Claim<'g> {
        let fitted = concept.and_then(|concept| self.fit(concept, &figure.unit));
        let concept = fitted.as_ref().map(|(concept, _)| *concept);
        let unit = fitted.map_or_else(|| figure.unit.clone(), |(_, unit)| unit);
        let previous = self.speaks_of_previous_year(clause, figure.measure);
        let period = if previous { self.period.map(|year| year - 1) } else { self.period };
        let base_period = match figure.measure {
            Measure::Change | Measure::Growth if clause.against_budget => period,
            Measure::Change | Measure::Growth => self.base.or(period.map(|year| year - 1)),
            _ => None,
        };
        let signed = if figure.negative && figure.value.is_sign_positive() && !figure.value.is_zero() {
            -figure.value
        } else {
            figure.value
        };
        let clause_text =
            self.tokens.tokens.get(clause.start).and_then(|token| self.text.get(token.range.start..)).unwrap_or("");
        let template = topic.template
            || clause.measure == Some(WordKind::Both)
            || is_placeholder(clause_text.split(['，', '。', '；']).next().unwrap_or(""));
        Claim {
            value: signed,
            unit,
            concept,
            item: topic.item.clone(),
            measure: figure.measure,
            phase: self.phase(concept, clause, figure),
            period,
            base_period,
            fund: self.context.fund,
            function_name: topic.path.then(|| topic.item.rsplit('/').next().unwrap_or("").to_owned()),
            economic_name: (concept == Some("expenditure.economic")).then(|| topic.item.clone()),
            project: self.context.project.clone(),
            rule: topic.rule,
            template,
            unit_implied: figure.unit_implied,
            approximate: figure.approximate,
        }
    }

    /// `上年支出30万元`, but not `比上年增加`.
    fn speaks_of_previous_year(&self, clause: &Clause, measure: Measure) -> bool {
        measure == Measure::Amount
            && !clause.compared
            && self.tokens.tokens[clause.start.min(self.tokens.tokens.len())..]
                .iter()
                .take_while(|token| !matches!(token.kind, Kind::Number(_) | Kind::Mark(_)))
                .any(|token| {
                    matches!(token.kind, Kind::Word(WordKind::PreviousYear))
                        && !self.text[token.range.clone()].contains(['比', '与', '较'])
                })
    }

    fn phase(&self, concept: Option<&str>, clause: &Clause, figure: &Figure) -> Option<Phase> {
        let relative =
            matches!(figure.measure, Measure::Share | Measure::Change | Measure::Growth | Measure::ExecutionRate);
        if let Some(phase) = clause.phase.filter(|_| !relative).or(self.context.phase) {
            return Some(phase);
        }
        match concept {
            Some("project.budget") => Some(Phase::Adjusted),
            Some(concept) if is_stock(concept) => None,
            Some(_) => Some(Phase::Executed),
            None if figure.measure == Measure::ExecutionRate => Some(Phase::Executed),
            None => {
                let part = self
                    .parent
                    .as_ref()
                    .and_then(|parent| parent.concepts.first())
                    .is_some_and(|concept| !is_stock(concept));
                (figure.unit == Unit::Cny || part).then_some(Phase::Executed)
            }
        }
    }

    /// The concept and unit that fit a number of `unit`: 国内公务接待 counted in 批次 are receptions.
    fn fit(&self, concept: &'g str, unit: &Unit) -> Option<(&'g str, Unit)> {
        if let Some(refined) = self.grammars.narrative().refine(concept, unit) {
            return Some((refined.to.as_str(), refined.unit.clone().unwrap_or_else(|| unit.clone())));
        }
        let expected = self.grammars.vocabulary().concept(concept)?.unit.as_str();
        let fits = match (expected, unit) {
            (_, Unit::Percent) => true,
            ("count", unit) => *unit != Unit::Cny,
            ("person" | "person_time", Unit::Person | Unit::PersonTime) => true,
            (expected, unit) => expected == unit.as_str(),
        };
        fits.then(|| (concept, unit.clone()))
    }
}

/// What is said of a number itself.
struct Figure {
    value: Decimal,
    unit: Unit,
    measure: Measure,
    negative: bool,
    unit_implied: bool,
    approximate: bool,
}

/// Stocks and counts at a date have no budget phase.
fn is_stock(concept: &str) -> bool {
    concept.starts_with("staff.")
        || concept.starts_with("assets.")
        || concept.starts_with("performance.")
        || concept == "three_public.vehicle.owned"
}

/// The concepts of a topic, one topic each.
fn split<'g>(topic: &Topic<'g>) -> Vec<Topic<'g>> {
    topic.concepts.iter().map(|concept| Topic { concepts: vec![concept], ..topic.clone() }).collect()
}

/// Left-over template text: `***`, `XX`, `……`.
fn is_placeholder(words: &str) -> bool {
    words.contains("**") || words.contains("XX") || words.contains("××") || words.contains("……") || words.contains("…")
}
