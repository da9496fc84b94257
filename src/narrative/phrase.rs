//! Topics of words that no subject holds: free text, what is counted by a kind, parts of a breakdown, known projects.
//!
//! In: the words and the reader's memory. Out: [`Topic`]s for [`super::topic`].

use super::clause::Clause;
use super::item;
use super::reader::Reader;
use super::topic::{Last, PHRASE_RULE, Topic, is_placeholder};
use crate::figure::Quantity;
use crate::quantity::{Measure, NumberClass, Unit};
use std::ops::Range;

impl<'g> Reader<'_, 'g, '_> {
    /// 28个展区以及174台拼接屏: what stands before is the noun of the figure before, so the noun of this one stands behind.
    pub(super) fn noun_between(
        &self,
        clause: &Clause,
        range: &Range<usize>,
        quantity: &Quantity<'g>,
        unit: &Unit,
    ) -> Option<String> {
        let (first, _) = clause.phrase?;
        let counts = matches!(unit, Unit::Printed(_) | Unit::Set | Unit::Person) && clause.boundary.is_none();
        let before = self.last.as_ref().filter(|before| counts && before.no_money && clause.start == first)?;
        let touches = before.end == self.tokens.tokens[first].range.start;
        let behind = item::phrase_behind(&self.tokens.tokens, self.text, range.end + quantity.length);
        (touches && !behind.is_empty()).then_some(behind)
    }

    /// 公开招标、邀请招标和询价分别占79%、1%和20%: the words of a list, one for each of as many numbers.
    pub(super) fn phrases_told(
        &self,
        clause: &Clause,
        (first, last): (usize, usize),
        range: &Range<usize>,
        (quantity, unit): (&Quantity<'g>, &Unit),
    ) -> Option<Vec<Topic<'g>>> {
        let joined = Some(self.joined(range)).filter(|joined| clause.distributed && *joined > 1)?;
        let words = item::phrase(&self.tokens.tokens, self.text, first, last);
        // 东片、西片分别新建道路3公里、5公里.
        let (list, done) = words.split_once("分别").unwrap_or((&words, ""));
        let parts: Vec<_> = list.split(['、', '和', '及', '与']).map(str::trim).collect();
        let whole = parts.len() == joined && parts.iter().all(|part| part.chars().count() > 1);
        let topic = |part: &str| self.phrase_topic(format!("{part}{done}"), range, quantity, unit);
        whole.then(|| parts.into_iter().map(topic).collect())
    }

    /// 因公出国（境）费、公务用车购置及运行费和公务接待费的财政拨款预算数: what the three are together.
    pub(super) fn three_together(&self, clause: &Clause, unit: &Unit) -> Option<Topic<'g>> {
        let (first, last) = clause.coordinated.first().zip(clause.coordinated.last())?;
        let listed = *unit == Unit::Cny && !clause.distributed && clause.coordinated.len() > 2;
        let all = |concept: &str| {
            clause
                .coordinated
                .iter()
                .any(|at| self.topic_of(*at, None).is_some_and(|topic| topic.concepts == [concept]))
        };
        let three = ["three_public.abroad", "three_public.vehicle", "three_public.reception"].into_iter().all(all);
        let rule = &self.subject_at(*last, Some(unit)).filter(|_| listed && three)?.rule;
        let total = self.grammars.vocabulary().concept("three_public.total")?;
        let words = &self.text[self.tokens.tokens[*first].range.start..self.tokens.tokens[*last].range.end];
        Some(Topic::new(vec![&total.id], words.to_owned(), rule))
    }

    pub(super) fn phrase_topic(
        &self,
        words: String,
        range: &Range<usize>,
        quantity: &Quantity<'g>,
        unit: &Unit,
    ) -> Topic<'g> {
        let within = self.parent.as_ref().filter(|parent| parent.concepts == ["expenditure.function"]);
        // 教育支出60万元、其他支出3万元: one more class of a list.
        let among_classes = self.last.as_ref().is_some_and(|last| {
            last.topic.concepts == ["expenditure.function"] && !self.heads.is_empty() && last.measure == Measure::Amount
        });
        // 接待来访单位等支出, below “三公”经费支出决算具体情况, is no class.
        let tagged = |tag: &str| self.context.tags.meets(self.grammars.narrative().tag(tag));
        let in_section = tagged("function") && !tagged("three_public");
        let listed = (in_section || among_classes) && words.ends_with("支出");
        let class = *unit == Unit::Cny && self.before_reason.is_none() && (listed || within.is_some());
        let counted = self.counted_by_kind(&words, unit);
        let mut item = words;
        if let Some(parent) = within.filter(|_| class) {
            item = format!("{}/{item}", parent.item);
        }
        if let Some(concept) = counted.filter(|concept| *concept != "performance.projects") {
            return Topic::new(vec![concept], item, PHRASE_RULE);
        }
        if matches!(unit, Unit::Printed(_) | Unit::Person | Unit::PersonTime | Unit::Batch) {
            let behind = item::phrase_behind(&self.tokens.tokens, self.text, range.end + quantity.length);
            if item == "下设" && !behind.is_empty() {
                item = behind;
            } else if item != behind {
                item.push_str(&behind);
            }
        }
        if let (Some(parent), false) = (self.whole_of(unit), class) {
            // 自评项目14个，其中优11个，良3个: no grade is a part of another.
            let whole = counted.and(parent.item.split('：').next()).unwrap_or(&parent.item);
            item = format!("{whole}：{item}");
        }
        if let Some(topic) = self.project_topic(&item, unit) {
            return topic;
        }
        let template = is_placeholder(&item);
        let concepts = match unit {
            _ if counted.is_some() => counted.into_iter().collect(),
            _ if class => vec!["expenditure.function"],
            // 项目6个全部自评, in a section that has not said so.
            Unit::Printed(_) if item.contains("项目") && item.ends_with("自评") => vec!["performance.projects"],
            Unit::Point => vec!["performance.score"],
            _ => Vec::new(),
        };
        Topic { concepts, item, rule: PHRASE_RULE, part_of: None, path: class, template }
    }

    /// What a number with words of no subject counts, where what was spoken of before tells: 车辆5辆，其中流动图书车1辆;
    /// 公务接待费3万元，接待记者4批次; 自评项目5个，评价结果为“优”的3个.
    pub(super) fn counted_by_kind(&self, words: &str, unit: &Unit) -> Option<&'static str> {
        const BOUGHT: [&str; 8] = ["购", "新增", "更新", "处置", "报废", "调拨", "划转", "出租"];
        const GRADES: [&str; 9] = ["优", "良", "中", "差", "优秀", "良好", "合格", "一般", "较差"];
        let spoken = |family: &str| {
            self.spoken.iter().any(|topic| topic.concepts.iter().any(|concept| concept.starts_with(family)))
        };
        match unit {
            Unit::Vehicle | Unit::Set
                if words.ends_with('车') && !BOUGHT.iter().any(|verb| words.starts_with(verb)) =>
            {
                spoken("assets.vehicle").then_some("assets.vehicle.type")
            }
            Unit::Group | Unit::Printed(_) if words.ends_with("团组") => {
                let abroad = |last: &Last<'g>| {
                    last.topic.concepts.iter().any(|concept| concept.starts_with("three_public.abroad"))
                };
                self.last.as_ref().is_some_and(abroad).then_some("three_public.abroad.groups")
            }
            Unit::Batch if words.starts_with("接待") => {
                spoken("three_public.reception").then_some("three_public.reception.batches")
            }
            Unit::Printed(printed) if matches!(&**printed, "个" | "项") => {
                // 得分在90分以上的16个.
                let limit = self.readings.last().is_some_and(|last| last.class == NumberClass::Threshold);
                let scores = limit && words.starts_with('分');
                let grade = words.trim_end_matches(['的', '”', '"']);
                let graded = GRADES.iter().any(|known| {
                    grade
                        .strip_suffix(known)
                        .is_some_and(|rest| rest.is_empty() || rest.ends_with(['“', '为', '"', '是']))
                });
                ((graded || scores) && spoken("performance.projects")).then_some("performance.projects")
            }
            _ => None,
        }
    }

    /// “课后服务”项目自评得分98分，预算160万元，支出156.8万元: bare words of money, where a project was spoken of.
    pub(super) fn of_project(&self, clause: &Clause, range: &Range<usize>, unit: &Unit) -> Option<Topic<'g>> {
        let bare =
            *unit == Unit::Cny && clause.measure.is_none() && clause.subject.is_none() && clause.phrase.is_none();
        let project = self.context.project.as_ref().filter(|_| bare)?;
        let known = |concept: &&str| concept.starts_with("project.") || *concept == "performance.score";
        self.last.as_ref().filter(|last| last.topic.concepts.iter().any(known))?;
        let concept = match self.own_words(clause, range) {
            "预算" | "预算安排" | "安排预算" | "安排" | "下达" => "project.budget",
            "支出" | "执行" | "实际支出" | "实际使用" | "使用" | "支付" | "列支" | "完成支出" => {
                "project.executed"
            }
            _ => return None,
        };
        let rule = "narrative/known-project";
        Some(Topic::new(vec![concept], project.clone(), rule))
    }

    /// What the breakdown begun takes apart. 14个项目，涉及资金800万元，其中优的11个: what is counted is no part of the money.
    pub(super) fn whole_of(&self, unit: &Unit) -> Option<&Topic<'g>> {
        let whole = self.parent.as_ref()?;
        let counted = !matches!(unit, Unit::Cny | Unit::Percent | Unit::Point);
        if !(counted && self.parent_is_money)
            || whole.concepts.iter().any(|concept| concept.starts_with("three_public."))
        {
            return Some(whole);
        }
        self.heads.iter().rev().find(|head| !head.concepts.is_empty() && !self.is_money_topic(head))
    }

    /// A phrase that names a project of the report: money passed down to it is budget, other money is spent.
    pub(super) fn project_topic(&self, words: &str, unit: &Unit) -> Option<Topic<'g>> {
        let same = |project: &&String| {
            words.contains(project.as_str())
                || (words.chars().count() > 5 && project.contains(words.trim_start_matches("下达")))
        };
        let project = Some(&self.context.projects).filter(|_| *unit == Unit::Cny)?.iter().find(same)?;
        let passed_down = ["下达", "安排", "拨付", "预算"].iter().any(|word| words.contains(word));
        let concept = if passed_down { "project.budget" } else { "project.executed" };
        Some(Topic::new(vec![concept], project.clone(), "narrative/known-project"))
    }
}
