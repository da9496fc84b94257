//! Topics that a clause does not name itself: words that refer back, vague words, lists, the clause's own words.
//!
//! In: a clause and what the passage spoke of before. Out: [`Topic`]s for [`super::topic`].

use super::Named;
use super::clause::{Clause, is_direction, read_clause};
use super::item;
use super::reader::Reader;
use super::token::{Kind, Mark};
use super::topic::{Last, PHRASE_RULE, Topic, is_placeholder, split};
use crate::figure::{Quantity, read_quantity};
use crate::grammar::narrative::WordKind;
use crate::quantity::{Decimal, Unit};
use std::ops::Range;

impl<'g> Reader<'_, 'g, '_> {
    /// The clause names nothing: the subject mentioned before, the last one, or the section's.
    pub(super) fn inherited(
        &self,
        clause: &Clause,
        range: &Range<usize>,
        quantity: &Quantity<'g>,
        unit: &Unit,
    ) -> (Vec<Topic<'g>>, Option<Vec<Topic<'g>>>) {
        if let Some(group) = self.parts_told(clause, range) {
            return (group.clone(), Some(group));
        }
        let mentioned = || {
            let at = self.mentioned.filter(|at| *at < clause.start)?;
            self.yielded_by(at).or_else(|| self.topic_of(at, Some(unit)))
        };
        let own = self
            .reason(clause, range, quantity, unit)
            .or_else(|| self.said_before_comma(clause, range, unit))
            .or_else(|| self.verbal(clause, range, unit))
            .or_else(|| self.scored(clause, range, quantity, unit))
            .or_else(mentioned);
        if let Some(topic) = own {
            return (vec![topic], None);
        }
        let behind = item::phrase_behind(&self.tokens.tokens, self.text, range.end + quantity.length);
        let counts = matches!(unit, Unit::Printed(_) | Unit::Person | Unit::PersonTime | Unit::Set | Unit::SquareMetre);
        // 接待费34万元，主要是增加了3个服务中心: what is counted stands behind, and is no reception.
        let things = *unit == Unit::Printed("个".into()) && !behind.is_empty();
        let fits =
            |concept: &&'g str| self.fit(concept, unit).is_some() && !(things && concept.starts_with("three_public."));
        let fitting = self.last.as_ref().is_some_and(|last| last.topic.concepts.iter().any(fits));
        if counts && clause.measure.is_none() && !behind.is_empty() && !fitting {
            return (vec![self.phrase_topic(behind, range, quantity, unit)], None);
        }
        // 主要原因是新增了6万元特别国债资金: what it went to stands behind.
        let given = self.before_reason.is_some() && *unit == Unit::Cny && clause.measure.is_none();
        if given && clause.phase.is_none() && behind.ends_with(['款', '金', '费', '债']) {
            return (vec![Topic::new(Vec::new(), behind, PHRASE_RULE)], None);
        }
        if let Some(whole) = self.total(clause, range, unit).or_else(|| self.head_of_budget(clause, unit)) {
            return (vec![whole], None);
        }
        if let Some(last) = &self.last {
            return self.of_last(last, clause, range, unit);
        }
        if let Some(concept) = self.context.subject {
            let item = self.name_of(concept);
            return (vec![Topic::new(vec![concept], item, "narrative/section-subject")], None);
        }
        // 与上年的251万元相比，“三公”经费减少4万元: told of behind.
        if let Some(topic) = self.compared_ahead(clause, range, unit) {
            return (vec![topic], None);
        }
        // 较上年增加…; 2031年预算数37万元，决算数46万元: a paragraph goes on with what the one before spoke of.
        let phased = clause.phase.is_some() && clause.phrase.is_none() && *unit == Unit::Cny;
        let begins = clause.measure.map_or(phased, is_direction);
        let goes_on = self.context.before.as_ref().filter(|_| begins);
        if let Some(Named { concepts, item, rule, path }) = goes_on.cloned() {
            return (vec![Topic { path, ..Topic::new(concepts, item, rule) }], None);
        }
        let mut item = if behind.is_empty() { self.own_words(clause, range).to_owned() } else { behind };
        if item.is_empty() {
            // 决算经费最高，为276.44亿元.
            item = self.words_before(clause).unwrap_or_default();
        }
        (vec![Topic::new(Vec::new(), item, PHRASE_RULE)], None)
    }

    /// 分别, 各: the subjects told before, of which each has one of the numbers that follow.
    fn parts_told(&self, clause: &Clause, range: &Range<usize>) -> Option<Vec<Topic<'g>>> {
        if !clause.distributed {
            return None;
        }
        let joined = self.joined(range);
        if self.heads.len() > 1
            && self.last.as_ref().is_none_or(|last| last.topic.concepts.len() < 2 && last.group.is_none())
        {
            // 其中基本支出占27%、项目支出占73%，分别为3万元和8万元; 总收入…，总支出…，各增3万元.
            return Some(self.heads[self.heads.len().saturating_sub(joined.max(2))..].to_vec());
        }
        // …公务接待费14亿元。与上年相比，分别减少0.29亿元、0.33亿元、0.64亿元: those of the sentence before.
        let before = self.heads_before.len().checked_sub(joined).filter(|_| self.heads.is_empty() && joined > 1)?;
        Some(self.heads_before[before..].to_vec())
    }

    /// The subject of the figure before, or what it was together with.
    fn of_last(
        &self,
        last: &Last<'g>,
        clause: &Clause,
        range: &Range<usize>,
        unit: &Unit,
    ) -> (Vec<Topic<'g>>, Option<Vec<Topic<'g>>>) {
        // 分别为3万元、5万元和8万元，占总额的19%、31%和50%.
        let each = |group: &&Vec<Topic<'g>>| clause.distributed || group.len() > 1 && self.joined(range) == group.len();
        if let Some(group) = last.group.as_ref().filter(each) {
            return (group.clone(), Some(group.clone()));
        }
        let of_all = clause.base_amount || clause.measure.is_some_and(is_direction);
        if let Some(all) = last.all_of.as_ref().filter(|_| of_all) {
            return (vec![all.clone()], None);
        }
        if (clause.measure.is_some() || *unit == Unit::Percent) && last.together.len() > 1 {
            return (last.together.clone(), None);
        }
        if let Some(whole) = self.whole_meant(last, clause, range) {
            return (vec![whole], None);
        }
        let group = (clause.distributed && last.topic.concepts.len() > 1).then(|| split(&last.topic));
        (vec![last.topic.clone()], group)
    }

    /// 主要原因是抚恤标准提高，增支43万元: what the explanation says costs more.
    fn reason(&self, clause: &Clause, range: &Range<usize>, quantity: &Quantity<'g>, unit: &Unit) -> Option<Topic<'g>> {
        self.before_reason.as_ref().filter(|_| *unit == Unit::Cny)?;
        let changed = matches!(self.own_words(clause, range), "增支" | "减支" | "增收" | "减收" | "多支" | "少支");
        let words = self.words_before(clause).filter(|_| changed)?;
        Some(self.phrase_topic(words, range, quantity, unit))
    }

    /// 建筑层高4.3米。决算经费最高，为276亿元: money that begins a sentence, and what was told before it was none.
    fn said_before_comma(&self, clause: &Clause, range: &Range<usize>, unit: &Unit) -> Option<Topic<'g>> {
        let begins = self.heads.is_empty() && self.mentioned.is_none() && *unit == Unit::Cny;
        self.last.as_ref().filter(|last| begins && last.no_money)?;
        let words = self.words_before(clause).filter(|_| self.own_words(clause, range).is_empty())?;
        Some(Topic::new(Vec::new(), words, PHRASE_RULE))
    }

    /// The noun phrase of the clause before this one, in the same sentence.
    fn words_before(&self, clause: &Clause) -> Option<String> {
        let comma = clause.start.checked_sub(1).filter(|comma| *comma > self.sentence)?;
        let before = read_clause(&self.tokens.tokens, self.text, comma, self.sentence, |_| false);
        let named = || before.subject.map(|subject| (before.narrowed.unwrap_or(subject), subject));
        let (first, last) = before.phrase.or_else(named)?;
        Some(item::phrase(&self.tokens.tokens, self.text, first, last)).filter(|words| !words.is_empty())
    }

    /// The vocabulary's name of a concept.
    fn name_of(&self, concept: &str) -> String {
        self.grammars.vocabulary().concept(concept).map_or(concept, |concept| &concept.zh).to_owned()
    }

    /// Whether what was carried over is told of behind the subject at token `at`, in its sentence.
    pub(super) fn speaks_of_balance(&self, at: usize) -> bool {
        const REACH: usize = 40;
        let grammar = self.grammars.narrative();
        let sentence = self.tokens.tokens[at + 1..].iter().take(REACH);
        sentence.take_while(|token| !matches!(token.kind, Kind::Mark(Mark::Stop))).any(|token| match token.kind {
            Kind::Subject(wording) => wording.subjects.iter().any(|subject| {
                let concepts = &grammar.subject(*subject).concepts;
                concepts.iter().any(|concept| concept == "balance.opening" || concept == "balance.closing")
            }),
            _ => false,
        })
    }

    /// 外事接待0批次，接待人次142人: none came to no reception, so others are counted.
    pub(super) fn comes_of_nothing(&self, topic: &Topic<'g>, range: &Range<usize>) -> bool {
        let number = self.tokens.numbers.binary_search_by_key(&range.start, |number| number.range.start);
        let some =
            number.ok().and_then(|number| self.tokens.numbers[number].value).is_some_and(|value| !value.is_zero());
        let foreign = |concept: &str| concept.starts_with("three_public.reception.foreign");
        some && topic.concepts.iter().any(|concept| foreign(concept))
            && self.readings.last().is_some_and(|last| {
                last.claims.iter().any(|claim| claim.value.is_zero() && claim.concept.is_some_and(foreign))
            })
    }

    /// 23批次，其中省级5批次、市级18批次，共196人次: the total is of the whole, not of its last part.
    fn total(&self, clause: &Clause, range: &Range<usize>, unit: &Unit) -> Option<Topic<'g>> {
        let words = self.own_words(clause, range);
        let sums = matches!(words, "共" | "共计" | "合计" | "总计");
        let before = self.text[..range.start].ends_with(['共', '计']) && (sums || words.is_empty());
        let bare = before && clause.measure.is_none();
        let fits = |whole: &Topic<'g>| whole.concepts.iter().any(|concept| self.fit(concept, unit).is_some());
        let whole = self.parent.clone().filter(|whole| bare && fits(whole));
        whole.or_else(|| self.sum_of_section().filter(|_| bare && sums && *unit == Unit::Cny))
    }

    /// 公务接待费1.9万元；公车运行费2.6万元。合计4.5万元: the section's whole, where its parts were told.
    fn sum_of_section(&self) -> Option<Topic<'g>> {
        let concept = self.context.subject?;
        let family = concept.strip_suffix("total")?;
        let of_family = |topic: &Topic<'g>| topic.concepts.iter().all(|concept| concept.starts_with(family));
        let parts = self.spoken.iter().filter(|topic| of_family(topic) && self.is_money_topic(topic)).count();
        (parts > 1).then(|| Topic::new(vec![concept], self.name_of(concept), "narrative/section-subject"))
    }

    /// 预算收入650万元，年中追加48万元，调整后预算698万元: what was added has no budget of its own, the head has.
    fn head_of_budget(&self, clause: &Clause, unit: &Unit) -> Option<Topic<'g>> {
        let last = self.last.as_ref().filter(|last| last.topic.concepts.is_empty() && !last.phased)?;
        let bare = clause.phase.is_some() && clause.measure.is_none() && *unit == Unit::Cny && self.parent.is_none();
        let added = ["追加", "调整", "调增", "调减", "下达"].iter().any(|word| last.topic.item.contains(word));
        self.heads.iter().rev().find(|head| bare && added && self.is_money_topic(head)).cloned()
    }

    /// A general word gives way to what was spoken of before: 外事接待0万元，接待0批次; 收支总计…，收支各减少….
    pub(super) fn yielded(&self, clause: &Clause) -> Option<Topic<'g>> {
        self.yielded_by(clause.subject?)
    }

    fn yielded_by(&self, subject: usize) -> Option<Topic<'g>> {
        let last = self.last.as_ref().map(|last| &last.topic);
        let subject = self.subject_at(subject, None)?;
        let recalled = self.recall(&subject.yields, last)?;
        // 收入总计…，支出总计…。收支较上年减少…: both sides, named one by one.
        let one_side = |side: bool| recalled.concepts.iter().all(|concept| is_income(concept) == side);
        let named = subject.concepts.len() > 1 && (one_side(true) || one_side(false));
        let other = |known: &&Topic<'g>| known.concepts.iter().all(|concept| is_income(concept) != one_side(true));
        let of_family = |topic: &&Topic<'g>| {
            topic
                .concepts
                .iter()
                .all(|concept| subject.yields.iter().any(|family| concept.starts_with(family.as_str())))
        };
        let Some(other) = self.spoken.iter().rev().filter(|_| named).filter(of_family).find(other) else {
            return Some(recalled);
        };
        let mut concepts = [recalled.concepts, other.concepts.clone()].concat();
        concepts.sort_by_key(|concept| !is_income(concept));
        Some(Topic { concepts, item: format!("{}、{}", other.item, recalled.item), ..recalled })
    }

    /// What the passage spoke of last of those `families`.
    fn recall(&self, families: &[String], last: Option<&Topic<'g>>) -> Option<Topic<'g>> {
        let of_family = |concept: &str| families.iter().any(|family| concept.starts_with(family.as_str()));
        let mut known = last.into_iter().chain(self.spoken.iter().rev());
        let known = known.find(|known| known.concepts.iter().any(|concept| of_family(concept)))?;
        let concepts = known.concepts.iter().copied().filter(|concept| of_family(concept)).collect();
        Some(Topic { concepts, ..known.clone() })
    }

    /// 收入, 支出决算 before the figure: the section's own figures, where what was spoken of last is
    /// of the other side, or of another sentence, or nothing.
    pub(super) fn vague(&self, clause: &Clause, at: usize) -> Option<Topic<'g>> {
        let grammar = self.grammars.narrative();
        let (index, subject) = (clause.start..at).rev().find_map(|index| {
            let Kind::Word(_, Some(wording)) = self.tokens.tokens[index].kind else { return None };
            let admitted = |subject: &&u32| {
                let subject = grammar.subject(**subject);
                // 1、收入：792.22万元, below a heading that says nothing.
                let colon = clause.boundary == Some(Mark::Colon) && self.context.subject.is_none();
                let here = subject.within.is_empty() || subject.within.meets(self.context.tags);
                subject.vague && (here || colon && subject.within.meets(grammar.tag("overall")))
            };
            Some((index, grammar.subject(*wording.subjects.iter().find(admitted)?)))
        })?;
        // （三）公务接待费 … 全年支出0.3万元: the section's own subject is nearer.
        let family = |concept: &str| concept.split('.').next().map(str::to_owned);
        let own = subject.concepts.first().and_then(|concept| family(concept));
        let elsewhere = self.context.subject.is_some_and(|section| family(section) != own);
        if self.mentioned.is_some() || elsewhere {
            return None;
        }
        let last = self.last.as_ref().map(|last| &last.topic);
        // What has no concept is of the side of the whole that it is a part of.
        let whole = self.parent.as_ref().and_then(|parent| parent.concepts.first());
        let side = last.and_then(|last| last.concepts.first()).or(whole).map(|concept| is_income(concept));
        let own = subject.concepts.first().map(|concept| is_income(concept));
        let same_side = last.is_some_and(|_| side.is_none() || side == own);
        if same_side && !self.heads.is_empty() {
            return None;
        }
        self.recall(&subject.yields, None).or_else(|| {
            last.is_none_or(|_| !same_side).then(|| {
                Topic::new(
                    subject.concepts.iter().map(String::as_str).collect(),
                    self.text[self.tokens.tokens[index].range.clone()].to_owned(),
                    &subject.rule,
                )
            })
        })
    }

    /// 内设机构包括办公室、财务处等26个: the number counts what the list is of.
    pub(super) fn listed(
        &self,
        clause: &Clause,
        last: usize,
        range: &Range<usize>,
        quantity: &Quantity<'g>,
        unit: &Unit,
    ) -> Option<Topic<'g>> {
        let counts = matches!(unit, Unit::Printed(_) | Unit::Person);
        let ends = self.text[..range.start].trim_end_matches(['共', '计', '合']).ends_with('等');
        let list =
            clause.start.checked_sub(1).filter(|_| counts && ends && clause.breakdown && last + 1 >= clause.start)?;
        let whole = read_clause(&self.tokens.tokens, self.text, list, self.sentence, |_| false);
        let (first, last) = whole.phrase.or(whole.subject.map(|subject| (subject, subject)))?;
        let words = item::phrase(&self.tokens.tokens, self.text, first, last);
        (!words.is_empty()).then(|| self.phrase_topic(words, range, quantity, unit))
    }

    /// 满意率93%；累计投入0.18亿元: money that cannot be of what was counted before is of the clause's own words.
    pub(super) fn verbal(&self, clause: &Clause, range: &Range<usize>, unit: &Unit) -> Option<Topic<'g>> {
        let last = self.last.as_ref().filter(|last| last.no_money && *unit == Unit::Cny && clause.measure.is_none())?;
        let own = last.topic.concepts.iter().any(|concept| self.fit(concept, unit).is_some());
        if own || self.mentioned.is_some() {
            return None;
        }
        let mut words = self.own_words(clause, range).to_owned();
        // 出国团组3个，人数7人，支出21.84万元: what it cost.
        let whole = last.topic.concepts.first().and_then(|concept| concept.rsplit_once('.')).map(|(whole, _)| whole);
        if let Some(concept) =
            whole.filter(|whole| matches!(words.as_str(), "支出" | "共支出" | "费用" | "经费") && self.is_money(whole))
        {
            return Some(Topic::new(vec![concept], self.name_of(concept), PHRASE_RULE));
        }
        let bare = self.tokens.tokens[clause.start..].iter().take_while(|token| token.range.start < range.start);
        if bare.clone().count() > 0
            && bare.clone().all(|token| matches!(token.kind, Kind::Word(WordKind::Noun | WordKind::Verb, _)))
        {
            words.insert_str(0, &last.topic.item);
        }
        (words.chars().filter(|c| c.is_alphabetic()).count() > 1).then(|| Topic {
            concepts: Vec::new(),
            template: is_placeholder(&words),
            item: words,
            rule: PHRASE_RULE,
            part_of: None,
            path: false,
        })
    }

    /// 综合得分95分，其中预算执行9.8分: points of what the clause's own words say.
    pub(super) fn scored(
        &self,
        clause: &Clause,
        range: &Range<usize>,
        quantity: &Quantity<'g>,
        unit: &Unit,
    ) -> Option<Topic<'g>> {
        if *unit != Unit::Point {
            return None;
        }
        let words = self.own_words(clause, range);
        let words = words.trim_end_matches(['得', '扣']);
        let named = words.chars().filter(|c| c.is_alphabetic()).count() > 1;
        named.then(|| self.phrase_topic(words.to_owned(), range, quantity, unit))
    }

    /// The words of the clause before a figure, whatever they are: 年初部门预算.
    pub(super) fn own_words(&self, clause: &Clause, range: &Range<usize>) -> &str {
        let Some(first) = self.tokens.tokens.get(clause.start).map(|token| token.range.start.min(range.start)) else {
            return "";
        };
        let words = &self.text[first..range.start];
        let words = words.strip_prefix('（').and_then(|rest| rest.split_once('）')).map_or(words, |(_, rest)| rest);
        // 2018年度, but not the 年 of 年初.
        let dated = words.trim_start_matches(|c: char| c.is_ascii_digit());
        let of_year = dated.strip_prefix('年').filter(|_| dated.len() < words.len());
        let words = of_year.map_or(words, |rest| rest.strip_prefix('度').unwrap_or(rest));
        words.trim_end_matches(['为', '达', '共', '约', '近', '是', '到', ' ']).trim()
    }

    /// 收入总计4,263万元，其中年初结转86万元，较上年减少147万元，下降3.34%: whether part or whole is
    /// compared, only the arithmetic tells. The whole, if change and growth fit it and not the part.
    pub(super) fn whole_meant(&self, last: &Last<'g>, clause: &Clause, range: &Range<usize>) -> Option<Topic<'g>> {
        let (whole, amount) = self.parent.as_ref().zip(self.parent_value)?;
        if !clause.compared || whole.item == last.topic.item {
            return None;
        }
        let number = self.tokens.numbers.binary_search_by_key(&range.start, |number| number.range.start).ok()?;
        let next = self.tokens.numbers.get(number + 1)?;
        let percent = self.text[next.range.end..].starts_with('%') && next.range.start - range.end < 30;
        let growth = next.value.filter(|_| percent)?;
        let factor = read_quantity(&self.text[range.end..], self.grammars.vocabulary()).factor;
        let change = self.tokens.numbers[number].value?.checked_mul(factor)?;
        let down = clause.measure == Some(WordKind::Down);
        let fits = |amount: Decimal| {
            let before = if down { amount.checked_add(change) } else { amount.checked_sub(change) };
            let rate = before
                .filter(|before| !before.is_zero())
                .and_then(|before| change.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(before));
            rate.is_some_and(|rate| (rate - growth).abs() <= Decimal::new(2, 2))
        };
        (fits(amount) && !last.value.is_some_and(fits)).then(|| whole.clone())
    }
}

/// Whether a concept is money that came in, rather than went out.
fn is_income(concept: &str) -> bool {
    concept.contains("income")
}
