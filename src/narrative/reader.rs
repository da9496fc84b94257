//! Goes through a passage number by number and keeps what a reader keeps in mind: the sentence's
//! year, the year compared with, the subject spoken of last, the breakdown begun.
//!
//! In: the passage and its [`Context`]. Out: a [`Reading`] for each number.

use super::figure::NAME_RULE;
use super::token::{Kind, Level, Mark, Token, Tokens, tokenize};
use super::topic::{Last, Topic, holds_sign};
use super::{Context, Named, Reading};
use crate::grammar::Grammars;
use crate::grammar::narrative::{NumberRule, WordKind};
use crate::quantity::{Decimal, Measure, NumberClass, Phase};

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
        dated: None,
        latest: None,
        sentence: 0,
        mentioned: None,
        last: None,
        before_reason: None,
        years_before: None,
        parent: None,
        parent_value: None,
        parent_is_money: false,
        presets: Vec::new(),
        range_open: None,
        brackets: Vec::new(),
        heads: Vec::new(),
        one_part: false,
        against_budget: None,
        heads_before: Vec::new(),
        spoken: Vec::new(),
        purpose: false,
        aside: false,
        executed: None,
        part_phase: None,
        behind: (0, 0),
        placeholders: holds_sign(text),
        context,
    };
    reader.last = reader.context.named.take().map(|named| {
        let Named { concepts, item, rule, path } = named;
        Last::of(Topic { path, ..Topic::new(concepts, item, rule) })
    });
    reader.run();
    reader.context.named = reader.named_alone();
    reader.context.before = reader.spoken_last();
    reader.readings.sort_by_key(|reading| reading.range.start);
    reader.readings
}

/// What a number further on speaks of: 决算数分别为1.8万元和9.6万元.
pub(super) struct Preset<'g> {
    pub(super) number: usize,
    pub(super) topic: Topic<'g>,
    pub(super) measure: Measure,
    pub(super) negative: bool,
    pub(super) against_budget: bool,
}

/// What holds outside of a bracket.
#[derive(Clone, Default)]
pub(super) struct Outside<'g> {
    last: Option<Last<'g>>,
    mentioned: Option<usize>,
    parent: Option<Topic<'g>>,
    parent_value: Option<Decimal>,
    parent_is_money: bool,
    period: Option<i16>,
}

/// A passage being read.
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that a reader keeps in mind")]
pub(super) struct Reader<'t, 'g, 'c> {
    pub(super) text: &'t str,
    pub(super) grammars: &'g Grammars,
    pub(super) context: &'c mut Context<'g>,
    pub(super) tokens: Tokens<'g>,
    pub(super) rules: Vec<Option<&'g NumberRule>>,
    pub(super) readings: Vec<Reading<'g>>,
    pub(super) period: Option<i16>,
    pub(super) base: Option<i16>,
    /// The year of the sentence's last date: when something was done.
    pub(super) dated: Option<i16>,
    /// The latest year that an amount of the sentence was of.
    pub(super) latest: Option<i16>,
    /// First token of the sentence.
    pub(super) sentence: usize,
    /// Subject token met since the last figure.
    pub(super) mentioned: Option<usize>,
    pub(super) last: Option<Last<'g>>,
    /// What was spoken of before an explanation began (主要原因).
    pub(super) before_reason: Option<Box<Option<Last<'g>>>>,
    /// The year spoken of, and the one compared with, before an explanation began (主要是2030年…).
    pub(super) years_before: Option<(Option<i16>, Option<i16>)>,
    pub(super) parent: Option<Topic<'g>>,
    /// The amount of `parent`, if a figure stated it.
    pub(super) parent_value: Option<Decimal>,
    /// Whether `parent` is money.
    pub(super) parent_is_money: bool,
    /// Numbers whose topic is told by subjects that are coordinated with them.
    pub(super) presets: Vec<Preset<'g>>,
    /// The number that a range was opened with (3 of 3-15人).
    pub(super) range_open: Option<usize>,
    /// What was spoken of, and taken apart, before each bracket that is open.
    pub(super) brackets: Vec<Outside<'g>>,
    /// The subjects of the sentence's figures, without repeats.
    pub(super) heads: Vec<Topic<'g>>,
    /// What the passage spoke of so far, the latest last, without repeats.
    pub(super) spoken: Vec<Topic<'g>>,
    /// The breakdown stands inside a list: 报销55万元、其中提高部分6万元、医疗救助4万元.
    pub(super) one_part: bool,
    /// What the sentence's changes are against, where one has said so: a budget, or not.
    pub(super) against_budget: Option<bool>,
    /// The subjects of the sentence before.
    pub(super) heads_before: Vec<Topic<'g>>,
    /// The clause tells what money was for (主要用于…): its subjects are not what is spoken of.
    pub(super) purpose: bool,
    /// The clause tells what the figure before it is.
    pub(super) aside: bool,
    /// Concepts and item of the last amount that was spent.
    pub(super) executed: Option<(Vec<&'g str>, String)>,
    /// The phase of the parts that follow, where the whole is a budget.
    pub(super) part_phase: Option<Phase>,
    /// Where the number in hand ends, and the length of what says its quantity behind it.
    pub(super) behind: (usize, usize),
    /// Whether the passage has a character that left-over template text is told by.
    pub(super) placeholders: bool,
}

impl<'g> Reader<'_, 'g, '_> {
    fn run(&mut self) {
        self.find_unit();
        self.class_numbers();
        self.name_classes();
        self.find_project();
        for index in 0..self.tokens.tokens.len() {
            match self.tokens.tokens[index].kind.clone() {
                // 28万元（购置费0万元；维护费28万元。）比上年增加…: the sentence goes on behind the bracket.
                Kind::Mark(Mark::Stop) if self.closes_behind(index) => self.end_reason(),
                Kind::Mark(Mark::Stop) => self.end_sentence(index),
                Kind::Mark(Mark::Semicolon) => self.end_reason(),
                Kind::Mark(Mark::Open) => self.open_bracket(),
                Kind::Mark(Mark::Close) => self.close_bracket(index),
                Kind::Mark(Mark::Comma) => {
                    self.aside = self.begins_aside(index);
                    if self.aside {
                        self.explain_years();
                    }
                }
                Kind::Word(WordKind::Purpose, _) => self.purpose = true,
                Kind::Word(WordKind::Reason, _) => {
                    self.before_reason = Some(Box::new(self.last.clone()));
                    self.explain_years();
                }
                Kind::Word(WordKind::PreviousYear, _) => self.compare_with_previous(index),
                Kind::Word(WordKind::Breakdown, _) => self.take_apart(index),
                Kind::Subject(_) => {
                    if !self.purpose && !self.aside {
                        self.mentioned = Some(index);
                    }
                    self.open_whole(index);
                }
                Kind::Path(levels) => {
                    self.carry_path(&levels);
                    self.mentioned = Some(index);
                    // 1.…（类）…（款）…（项）。全年预算为…: a path speaks for what follows, in other sentences too.
                    if let Some(topic) = self.topic_of(index, None) {
                        self.last = Some(Last::of(topic));
                    }
                }
                Kind::Word(WordKind::None, _) => self.nothing(index),
                Kind::Word(WordKind::Flat, _) => self.unchanged(index),
                Kind::Number(number) => self.number(index, number),
                _ => {}
            }
        }
        for (number, wording) in std::mem::take(&mut self.tokens.swallowed) {
            let subject = wording.and_then(|wording| wording.subjects.first());
            let rule = subject.map_or(NAME_RULE, |subject| self.grammars.narrative().subject(*subject).rule.as_str());
            let class = if wording.is_some() { NumberClass::Threshold } else { NumberClass::Identifier };
            self.readings.push(Reading {
                range: self.tokens.numbers[number].range.clone(),
                class,
                rule,
                claims: Vec::new(),
            });
        }
    }

    /// Whether the sentence that begins at token `from` compares with the year before.
    fn tells_previous(&self, from: usize) -> bool {
        let mut sentence =
            self.tokens.tokens[from..].iter().take_while(|token| !matches!(token.kind, Kind::Mark(Mark::Stop)));
        sentence.any(|token| matches!(token.kind, Kind::Word(WordKind::PreviousYear, _)))
    }

    fn closes_behind(&self, at: usize) -> bool {
        let behind = self.tokens.tokens.get(at + 1);
        !self.brackets.is_empty() && behind.is_some_and(|token| matches!(token.kind, Kind::Mark(Mark::Close)))
    }

    fn open_bracket(&mut self) {
        const DEEPEST: usize = 32;
        if self.brackets.len() >= DEEPEST {
            self.brackets.clear();
        }
        self.brackets.push(Outside {
            last: self.last.clone(),
            mentioned: self.mentioned,
            parent: self.parent.clone(),
            parent_value: self.parent_value,
            parent_is_money: self.parent_is_money,
            period: self.period,
        });
    }

    fn close_bracket(&mut self, at: usize) {
        let Some(outside) = self.brackets.pop() else { return };
        if let Some(before) = outside.last {
            self.last = Some(Last { end: self.tokens.tokens[at].range.end, ..before });
            self.mentioned = outside.mentioned;
        }
        (self.parent, self.parent_value) = (outside.parent, outside.parent_value);
        (self.parent_is_money, self.period) = (outside.parent_is_money, outside.period);
    }

    /// ，为当年从财政取得的一般公共预算拨款，: tells what the figure before it is, and speaks of nothing new.
    fn begins_aside(&self, comma: usize) -> bool {
        let verb = |token: &Token<'_>| {
            matches!(token.kind, Kind::Word(WordKind::Entirely, _))
                || matches!(&self.text[token.range.clone()], "为" | "是" | "系" | "即" | "主要为" | "主要是" | "属于")
        };
        self.tokens.tokens.get(comma + 1).is_some_and(verb)
    }

    /// `卫生健康支出中，事业单位医疗支出57.45万元`: parts of the subject before 中 follow.
    fn open_whole(&mut self, at: usize) {
        let inside = |token: &Token<'_>| &self.text[token.range.clone()] == "中";
        // “三公”经费财政拨款预算中，接待费3万元: planned, like the whole.
        let mut planned = None;
        let mut end = at + 1;
        while let Some(Token { kind, range, .. }) = self.tokens.tokens.get(end) {
            match kind {
                Kind::Word(WordKind::Approved, _) => planned = Some(Phase::Approved),
                Kind::Word(WordKind::Adjusted, _) => planned = Some(Phase::Adjusted),
                Kind::Word(WordKind::Noun, _) => {}
                Kind::Text if &self.text[range.clone()] == "”" => {}
                _ => break,
            }
            end += 1;
        }
        let [word, mark, ..] = &self.tokens.tokens[end..] else { return };
        if inside(word) && matches!(mark.kind, Kind::Mark(Mark::Comma)) {
            self.parent = self.topic_of(at, None);
            self.parent_value = None;
            self.part_phase = planned.or(self.part_phase);
        }
    }

    /// Parts of what was spoken of follow.
    fn take_apart(&mut self, at: usize) {
        let before = at.checked_sub(1).map(|before| &self.tokens.tokens[before].kind);
        self.one_part = matches!(before, Some(Kind::Mark(Mark::Pause)));
        self.parent = self.whole(at);
        let last = self.last.as_ref();
        self.parent_value = last.and_then(|last| last.value);
        self.parent_is_money = last.is_some_and(|last| !last.no_money);
        // Unless what was spent of it stands before: 支出38万元，控制在年初预算42万元以内。其中….
        let spent = |last: &Last<'g>| {
            self.executed.as_ref().is_some_and(|(concepts, item)| {
                *concepts == last.topic.concepts && (!concepts.is_empty() || *item == last.topic.item)
            })
        };
        // 购置及运行费4070万元（包括：运行费2648万元…）: a part of a budget has parts, too.
        let planned = |last: &Last<'g>| {
            last.budget.or(last.phase.filter(|phase| matches!(phase, Phase::Approved | Phase::Adjusted)))
        };
        // 经汇总，2030年中央本级，包括行政单位…: what was told sentences ago is not taken apart.
        let here = self.tokens.tokens.get(self.sentence).map_or(0, |token| token.range.start);
        let near = |last: &&Last<'g>| at <= self.sentence + 1 || last.end > here;
        self.part_phase = last.filter(|last| !spent(last)).filter(near).and_then(planned);
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
        // 主要原因是上年结转。较预算减少…: what an explanation names is not what follows speaks of.
        let mentioned = self.mentioned.filter(|_| self.before_reason.is_none());
        self.end_reason();
        // 支出合计…，其中：…、…。比上年增加…: what follows the parts speaks of the whole again.
        if let Some(whole) = self.parent.take().filter(|whole| !whole.concepts.is_empty()) {
            // 预算63万元，其中：…。比上年减少8万元: the whole is planned like its parts.
            self.last = Some(Last { value: self.parent_value, phase: self.part_phase, ..Last::of(whole) });
        }
        // 2.公务接待费。: a sentence that only names a subject speaks for the next.
        let length = self.tokens.tokens[at].range.end - self.tokens.tokens[self.sentence].range.start;
        let names = mentioned.filter(|mentioned| length < 120 && self.ends_with_subject(*mentioned, at));
        if let Some(topic) = names.and_then(|mentioned| self.topic_of(mentioned, None)) {
            self.last = Some(Last::of(topic));
        }
        let ended = self.tokens.tokens[self.sentence].range.start..self.tokens.tokens[at].range.start;
        self.sentence = at + 1;
        // 2014年支出合计…。其中：…: the parts are of the same year.
        let next = self.tokens.tokens.get(at + 1).map(|token| &token.kind);
        if !matches!(next, Some(Kind::Word(WordKind::Breakdown, _))) {
            // 2031年度预算较2030年度增加…。运行费用较上年增加…, in a report of 2030: the year to come is still told of.
            let compared = self.period.is_some_and(|year| self.text[ended].contains(&format!("{}年", year - 1)));
            let to_come = compared && self.period > self.context.fiscal_year && self.tells_previous(at + 1);
            self.period = self.period.filter(|_| to_come).or(self.context.fiscal_year);
            self.base = None;
            self.against_budget = None;
        }
        self.dated = None;
        self.part_phase = None;
        self.aside = false;
        self.latest = None;
        self.mentioned = None;
        self.range_open = None;
        self.brackets.clear();
        self.heads_before = std::mem::take(&mut self.heads);
        self.purpose = false;
    }

    /// Whether nothing but general words stand between the subject and its sentence's end: 公务接待费支出情况, but not
    /// 发放职工工资及相关待遇.
    fn ends_with_subject(&self, subject: usize, end: usize) -> bool {
        let money = self.topic_of(subject, None).is_some_and(|topic| self.is_money_topic(&topic));
        money || self.tokens.tokens[subject + 1..end].iter().all(|token| !matches!(token.kind, Kind::Text))
    }

    fn end_reason(&mut self) {
        if let Some(last) = self.before_reason.take() {
            self.last = *last;
        }
        if let Some((period, base)) = self.years_before.take() {
            (self.period, self.base) = (period, base);
        }
        self.mentioned = None;
        self.purpose = false;
    }

    /// 1.…（类）…（款）…（项）。, （三）公务接待费: what a paragraph without a figure ends with speaks for the next one.
    fn named_alone(&self) -> Option<Named<'g>> {
        const LONGEST: usize = 360;
        let figure = self.readings.iter().any(|reading| reading.class == NumberClass::Figure);
        if figure || self.text.len() > LONGEST {
            return None;
        }
        let blank = |token: &Token<'_>| {
            matches!(token.kind, Kind::Mark(Mark::Stop | Mark::Colon))
                || self.text[token.range.clone()].trim().is_empty()
        };
        let last = self.tokens.tokens.iter().rposition(|token| !blank(token))?;
        let topic = self.topic_of(last, None)?;
        let speaks = topic.path || self.is_money_topic(&topic) && topic.concepts.len() == 1;
        speaks.then_some(Named { concepts: topic.concepts, item: topic.item, rule: topic.rule, path: topic.path })
    }

    /// 7.使用结余0.50万元，为…的资金。 and a paragraph 较上年增加…: what the next one may go on with.
    fn spoken_last(&mut self) -> Option<Named<'g>> {
        let last = self.last.take().map(|last| last.topic).filter(|topic| self.is_money_topic(topic));
        let named = last.map(|Topic { concepts, item, rule, path, .. }| Named { concepts, item, rule, path });
        let figure = self.readings.iter().any(|reading| reading.class == NumberClass::Figure);
        if figure { named } else { named.or_else(|| self.context.before.take()) }
    }

    fn carry_path(&mut self, levels: &[Level]) {
        for level in levels {
            self.context.path.truncate(level.depth);
            if self.context.path.len() == level.depth {
                self.context.path.push(level.name.clone());
            }
        }
    }
}
