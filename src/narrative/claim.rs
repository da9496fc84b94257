//! From a figure and its topics to what is claimed: measure, sign, phase, period, concept.
//!
//! In: a [`Figure`] and its [`Topic`]s. Out: the reading, and the memory of it for what follows.

use super::clause::Clause;
use super::reader::{Preset, Reader};
use super::token::{Kind, Token};
use super::topic::{Last, PHRASE_RULE, Topic, is_placeholder};
use super::{Claim, Reading};
use crate::figure::read_quantity;
use crate::grammar::narrative::WordKind;
use crate::quantity::{Decimal, Measure, NumberClass, Phase, Unit};
use std::ops::Range;

/// How many topics are kept in mind, of a sentence and of the passage.
const KEPT: usize = 12;

/// What is said of a number itself.
pub(super) struct Figure {
    pub(super) value: Decimal,
    pub(super) unit: Unit,
    pub(super) measure: Measure,
    pub(super) negative: bool,
    pub(super) unit_implied: bool,
    pub(super) approximate: bool,
}

impl<'g> Reader<'_, 'g, '_> {
    /// The number and those that follow it, joined by 、 and 和: `most` at most.
    pub(super) fn joined_from(&self, number: usize, most: usize) -> Vec<usize> {
        let mut numbers = vec![number];
        while numbers.len() < most {
            let last = numbers[numbers.len() - 1];
            let Some(next) = self.tokens.numbers.get(last + 1).map(|next| next.range.clone()) else { break };
            let end = self.tokens.numbers[last].range.end;
            let end = end + read_quantity(&self.text[end..], self.grammars.vocabulary()).length;
            let joined = self
                .text
                .get(end..next.start)
                .map(|between| between.trim_end_matches(['-', '－', '−']))
                .is_some_and(|between| matches!(between, "、" | "和" | "，" | "," | "与" | "及" | "，和" | "以及"));
            if !joined || self.rules[last + 1].is_some_and(|rule| !rule.weak) {
                break;
            }
            numbers.push(last + 1);
        }
        numbers
    }

    /// How many numbers stand joined from the one at `range` on.
    pub(super) fn joined(&self, range: &Range<usize>) -> usize {
        let number = self.tokens.numbers.binary_search_by_key(&range.start, |number| number.range.start);
        number.map_or(1, |number| self.joined_from(number, KEPT).len())
    }

    /// Gives each of the numbers that follow its own subject, if there are as many.
    pub(super) fn distribute(
        &mut self,
        number: usize,
        group: Vec<Topic<'g>>,
        (measure, negative, against_budget): (Measure, bool, bool),
    ) -> Option<Vec<Topic<'g>>> {
        let numbers = self.joined_from(number, group.len());
        if numbers.len() < group.len() {
            return None;
        }
        for (number, topic) in numbers.iter().zip(&group).skip(1) {
            self.presets.push(Preset { number: *number, topic: topic.clone(), measure, negative, against_budget });
        }
        let first = group.first()?.clone();
        if let Some(last) = &mut self.last {
            last.group = Some(group.clone());
        }
        self.last = Some(Last { group: Some(group), measure, negative, ..Last::of(first.clone()) });
        Some(vec![first])
    }

    /// Writes down the reading of a figure and keeps it in mind.
    pub(super) fn state(&mut self, range: &Range<usize>, topics: Vec<Topic<'g>>, clause: &Clause, figure: &Figure) {
        let end = match self.behind {
            (end, length) if end == range.end => end + length,
            _ => range.end + read_quantity(&self.text[range.end..], self.grammars.vocabulary()).length,
        };
        if self.context.trace.is_some() {
            self.explain_choice(range, &topics);
        }
        let claims = self.claims(&topics, clause, figure);
        let rule = claims.first().map_or(PHRASE_RULE, |claim| claim.rule);
        if std::mem::take(&mut self.one_part) {
            self.parent = None;
        }
        if figure.measure == Measure::Amount && !clause.base_amount {
            self.latest = self.latest.max(claims.first().and_then(|claim| claim.period));
        }
        let phase = claims.first().and_then(|claim| claim.phase);
        let base = claims.first().and_then(|claim| claim.base_period);
        if figure.measure == Measure::Amount && phase == Some(Phase::Executed) {
            self.executed = topics.first().map(|topic| (topic.concepts.clone(), topic.item.clone()));
        }
        self.readings.push(Reading { range: range.clone(), class: NumberClass::Figure, rule, claims });
        self.mentioned = None;
        // 全部为财政拨款收入，占100%: what follows speaks of the subject named last.
        let together = if topics.len() > 1 { topics.clone() } else { Vec::new() };
        let value = (figure.measure == Measure::Amount)
            .then_some(figure.value)
            .or(self.last.as_ref().and_then(|last| last.value));
        // 支出21.84万元，人均3.12万元；上年为9.06万元: an average says it in passing.
        if topics.len() == 1
            && is_average(&topics[0])
            && let Some(before) = self.last.as_mut().filter(|last| !last.topic.concepts.is_empty())
        {
            before.end = end;
            return;
        }
        if let Some(topic) = topics.into_iter().next_back() {
            self.remember(&topic, figure.measure);
            let group = self.last.take().and_then(|last| last.group).filter(|group| {
                group.iter().any(|member| member.item == topic.item && member.concepts == topic.concepts)
            });
            self.last = Some(Last {
                topic,
                together,
                value,
                group,
                measure: figure.measure,
                negative: figure.negative,
                against_budget: clause.against_budget,
                base,
                compared_budget: clause.compared_budget,
                budget: clause.phase.filter(|phase| matches!(phase, Phase::Approved | Phase::Adjusted)),
                phased: clause.phase.is_some(),
                phase,
                template: clause.measure == Some(WordKind::Both),
                all_of: None,
                shared: None,
                no_money: figure.unit != Unit::Cny
                    && figure.measure != Measure::Growth
                    && figure.measure != Measure::Share,
                timespan: is_time(&figure.unit),
                end,
            });
        }
    }

    /// What a figure states of its topics.
    fn claims(&self, topics: &[Topic<'g>], clause: &Clause, figure: &Figure) -> Vec<Claim<'g>> {
        let mut claims = Vec::new();
        for topic in topics {
            if topic.concepts.is_empty() {
                claims.push(self.claim(topic, None, clause, figure));
            }
            for concept in &topic.concepts {
                claims.push(self.claim(topic, Some(*concept), clause, figure));
            }
        }
        claims
    }

    /// Keeps the subjects of the sentence, and the topics spoken of last for words that refer back to them.
    fn remember(&mut self, topic: &Topic<'g>, measure: Measure) {
        if !self.heads.iter().any(|head| head.item == topic.item) && measure != Measure::ExecutionRate {
            self.heads.push(topic.clone());
            if self.heads.len() > KEPT {
                self.heads.remove(0);
            }
        }
        if topic.concepts.is_empty() {
            return;
        }
        self.spoken.retain(|known| known.concepts != topic.concepts);
        self.spoken.push(topic.clone());
        if self.spoken.len() > KEPT {
            self.spoken.remove(0);
        }
    }

    pub(super) fn claim(
        &self,
        topic: &Topic<'g>,
        concept: Option<&'g str>,
        clause: &Clause,
        figure: &Figure,
    ) -> Claim<'g> {
        let concept = concept.and_then(|concept| self.concept_meant(concept, clause, figure.measure));
        let fitted = concept.and_then(|concept| self.fit(concept, &figure.unit));
        let concept = fitted.as_ref().map(|(concept, _)| *concept);
        // A part counts in the unit of its whole: 事业编制25名.
        let fitted = fitted.or_else(|| topic.part_of.and_then(|whole| self.fit(whole, &figure.unit)));
        let unit = fitted.map_or_else(|| figure.unit.clone(), |(_, unit)| unit);
        // 救护车1台: no set of equipment.
        let car = unit == Unit::Set && concept.is_none() && topic.item.trim_end_matches('辆').ends_with('车');
        let unit = if car { Unit::Vehicle } else { unit };
        let (mut period, base_period) = self.years(clause, figure);
        // 2021年3月10日至4月2日抽查4个县区: what is counted was done then, whatever year the accounts are of.
        if concept.is_none() && figure.unit != Unit::Cny && figure.measure == Measure::Count {
            period = self.dated.or(period);
        }
        let signed = if figure.negative && figure.value.is_sign_positive() && !figure.value.is_zero() {
            -figure.value
        } else {
            figure.value
        };
        let template = topic.template || clause.measure == Some(WordKind::Both) || self.holds_placeholder(clause);
        Claim {
            value: signed,
            concept,
            item: of_persons(&topic.item, &unit),
            unit,
            measure: figure.measure,
            phase: self.phase(topic, concept, clause, figure).map(|phase| {
                let open = phase == Phase::Executed && figure.measure == Measure::Amount && concept.is_none();
                planned(&topic.item).filter(|_| open && self.context.phase.or(clause.phase).is_none()).unwrap_or(phase)
            }),
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

    /// What a concept becomes where its figure measures something else; `None` if it measures nothing of it.
    fn concept_meant(&self, concept: &'g str, clause: &Clause, measure: Measure) -> Option<&'g str> {
        let bare = measure == Measure::Amount && clause.subject.is_none();
        // 项目全年预算300万元，执行297.5万元，执行率99.17%: what was spent of the budget.
        let spent = measure == Measure::ExecutionRate || bare && clause.phase == Some(Phase::Executed);
        match concept {
            "project.budget" if spent => Some("project.executed"),
            // 合同金额442万元，按合同约定本年度支付140万元.
            "project.contract" if bare && self.says(clause, "支付") => Some("project.executed"),
            // 项目资金执行进度达100%: money was spent, no projects were counted.
            "performance.projects" if measure == Measure::ExecutionRate => None,
            _ => Some(concept),
        }
    }

    /// 预算数比上年减少, but not 比上年预算数减少: whether what is compared with the year before is a budget.
    fn plans_against_previous_year(&self, clause: &Clause) -> bool {
        let ends = |token: &&Token<'_>| match token.kind {
            Kind::Number(number) => self.rules[number].is_some_and(|rule| rule.class == NumberClass::Period),
            Kind::Mark(_) => false,
            _ => true,
        };
        let words = self.tokens.tokens[clause.start.min(self.tokens.tokens.len())..].iter().take_while(ends);
        let kinds: Vec<_> =
            words.filter_map(|token| if let Kind::Word(word, _) = token.kind { Some(word) } else { None }).collect();
        let planned = |word: &WordKind| matches!(word, WordKind::Approved | WordKind::Adjusted);
        let Some(year) = kinds.iter().position(|word| *word == WordKind::PreviousYear) else { return false };
        kinds[..year].iter().any(planned) && !kinds[year..].iter().any(planned)
    }

    /// Whether `word` stands in the clause, left of its figure.
    fn says(&self, clause: &Clause, word: &str) -> bool {
        self.tokens.tokens[clause.start.min(self.tokens.tokens.len())..]
            .iter()
            .take_while(|token| !matches!(token.kind, Kind::Number(_) | Kind::Mark(_)))
            .any(|token| &self.text[token.range.clone()] == word)
    }

    /// Left-over template text in the clause (***, XX): looked for as far as a clause may reach.
    fn holds_placeholder(&self, clause: &Clause) -> bool {
        const REACH: usize = 240;
        if !self.placeholders {
            return false;
        }
        let Some(token) = self.tokens.tokens.get(clause.start) else { return false };
        let rest = self.text.get(token.range.start..).unwrap_or("");
        let end = (REACH + 1..rest.len()).find(|at| rest.is_char_boundary(*at)).unwrap_or(rest.len());
        is_placeholder(rest[..end].split(['，', '。', '；']).next().unwrap_or(""))
    }

    fn phase(&self, topic: &Topic<'g>, concept: Option<&str>, clause: &Clause, figure: &Figure) -> Option<Phase> {
        let relative =
            matches!(figure.measure, Measure::Share | Measure::Change | Measure::Growth | Measure::ExecutionRate);
        // In a form the column says it, whatever words the cell holds.
        let own = clause.phase.filter(|_| !relative && figure.unit != Unit::Point);
        if let Some(phase) = self.context.phase.or(own) {
            return Some(phase);
        }
        let moves = matches!(figure.measure, Measure::Change | Measure::Growth);
        if let Some(phase) = self.of_planned(topic, clause, figure) {
            return Some(phase);
        }
        match concept {
            Some("project.budget") => {
                let words = clause.subject.map_or("", |subject| &self.text[self.tokens.tokens[subject].range.clone()]);
                Some(if words.contains("年初") { Phase::Approved } else { Phase::Adjusted })
            }
            Some(concept) if is_stock(concept) => None,
            // 预算100万元，其中：公务接待费20万元.
            Some(_) if figure.measure == Measure::Amount && self.part_phase.is_some() => self.part_phase,
            // 预算比上年减少8万元，其中接待费减少3万元.
            Some(_) if moves && self.part_phase.is_some() && !clause.against_budget => self.part_phase,
            Some(_) => Some(Phase::Executed),
            None if figure.measure == Measure::ExecutionRate => Some(Phase::Executed),
            None if figure.unit == Unit::Cny && figure.measure == Measure::Amount && self.part_phase.is_some() => {
                self.part_phase
            }
            None => {
                let part = self
                    .parent
                    .as_ref()
                    .and_then(|parent| parent.concepts.first())
                    .is_some_and(|concept| !is_stock(concept));
                let of_spent = topic.part_of.is_some_and(|whole| !is_stock(whole));
                let same = self.last.as_ref().filter(|last| relative && last.topic.item == topic.item);
                let own = (figure.unit == Unit::Cny || part || of_spent).then_some(Phase::Executed);
                own.or(same.and_then(|last| last.phase).filter(|phase| *phase == Phase::Executed))
            }
        }
    }

    /// 预算32万元，比上年减少2万元，下降5.88%: the change of a budget is planned like the budget.
    fn of_planned(&self, topic: &Topic<'g>, clause: &Clause, figure: &Figure) -> Option<Phase> {
        let moves = matches!(figure.measure, Measure::Change | Measure::Growth) && figure.unit != Unit::Point;
        let budget = |phase: &Phase| matches!(phase, Phase::Approved | Phase::Adjusted);
        let (period, base) = self.years(clause, figure);
        let own_budget = clause.against_budget && base == period;
        // 2031年预算数比上年减少5万元: the words say which.
        let compared = moves && (clause.compared || self.plans_against_previous_year(clause));
        if let Some(phase) = clause.phase.filter(|phase| compared && budget(phase) && !own_budget) {
            return Some(phase);
        }
        let last = self.last.as_ref().filter(|last| {
            moves && last.topic.item == topic.item && last.topic.concepts == topic.concepts && !last.compared_budget
        })?;
        let phase = last.phase.filter(budget)?;
        // 年初预算32万元，支出38万元，比预算增加6万元: what was spent is what grew.
        let spent = self.executed.as_ref().is_some_and(|(concepts, _)| *concepts == topic.concepts);
        (!spent && !own_budget && !topic.concepts.is_empty()).then_some(phase)
    }

    /// The concept and unit that fit a number of `unit`: 国内公务接待 counted in 批次 are receptions.
    pub(super) fn fit(&self, concept: &'g str, unit: &Unit) -> Option<(&'g str, Unit)> {
        if let Some(refined) = self.grammars.narrative().refine(concept, unit) {
            return Some((refined.to.as_str(), refined.unit.clone().unwrap_or_else(|| unit.clone())));
        }
        let expected = self.grammars.vocabulary().concept(concept)?.unit.as_str();
        let fits = match (expected, unit) {
            // 满意度85%以上 is no score.
            ("point", Unit::Percent) if concept == "performance.score" => false,
            (_, Unit::Percent) | ("person" | "person_time", Unit::Person | Unit::PersonTime) => true,
            // 增长1.2倍, 占比提高2个百分点.
            (expected, Unit::Printed(printed)) if matches!(&**printed, "倍" | "百分点") => expected != "point",
            ("count", unit) => *unit != Unit::Cny,
            (expected, unit) => expected == unit.as_str(),
        };
        fits.then(|| (concept, unit.clone()))
    }
}

/// 部门整体支出计划759万元; 年初预算600万元，追加60万元; 我局全年预算1.4亿元: not spent yet.
fn planned(item: &str) -> Option<Phase> {
    let added = matches!(item, "追加" | "年中追加" | "调增" | "调减" | "年中调增");
    // 一般公共预算 and the like are funds.
    let fund = ["公共预算", "基金预算", "经营预算"].iter().any(|end| item.ends_with(end));
    let budget = !fund && ["支出计划", "预算", "预算数"].iter().any(|end| item.ends_with(end));
    (added || budget).then(|| if item.contains("年初") { Phase::Approved } else { Phase::Adjusted })
}

/// 国内公务接待批次8个，人次64人: the persons are of the receptions, not of their number.
fn of_persons(item: &str, unit: &Unit) -> String {
    let whole = item.strip_suffix("批次").filter(|_| matches!(unit, Unit::Person | Unit::PersonTime));
    whole.map_or_else(|| item.to_owned(), |whole| format!("{whole}人次"))
}

/// 人均, 平均每车, 车均: nothing but who or what the amount is divided by.
fn is_average(topic: &Topic<'_>) -> bool {
    let item = topic.item.as_str();
    let each = item.strip_prefix("平均每").is_some_and(|whom| whom.chars().count() == 1);
    topic.concepts.is_empty() && (each || matches!(item, "人均" | "车均" | "户均"))
}

pub(super) fn is_time(unit: &Unit) -> bool {
    matches!(unit, Unit::Printed(printed) if matches!(&**printed, "天" | "日" | "小时" | "分钟" | "个月" | "个工作日" | "工作日" | "个小时" | "年"))
}

/// Stocks and counts at a date have no budget phase.
pub(super) fn is_stock(concept: &str) -> bool {
    concept.starts_with("staff.")
        || concept.starts_with("assets.")
        || concept.starts_with("performance.")
        || concept == "three_public.vehicle.owned"
}
