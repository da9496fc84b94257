//! Fills sentences: places in braces become words and numbers that know what they mean.
//!
//! In: a template (`wordings`), subjects and counts by key. Out: [`Text`].
//! `{total}` amount, `{total.change}` 增加…万元, `{total.growth}` 增长…%, `{total.share}`, `{total.rate}`, `{total.name}`;
//! `{total.vs}`, `{total.delta}`, `{total.execution}`, `{total.verdict}` choose a wording of their own;
//! `{#key}` count, `{*}` the subject of a list's item, `{year}`, `{last}`, and the marks of [`Text::marked`].

use crate::accounts::Fen;
use crate::figures::{About, figure, money, print_amount, print_percent};
use crate::names::REASONS;
use crate::random::Random;
use crate::style::Style;
use crate::text::{Class, Meaning, Text};
use crate::wordings;
use std::collections::HashMap;

/// What a sentence speaks about.
#[derive(Clone, Debug, Default)]
pub struct Subject {
    /// How the text calls it.
    pub name: String,
    pub concept: String,
    pub item: String,
    pub now: Fen,
    /// Last year's amount.
    pub before: Option<Fen>,
    /// The budget, and whether it is the adjusted one (全年预算) or the approved one (年初预算).
    pub planned: Option<(Fen, &'static str)>,
    /// What it is a part of: its amount and name.
    pub whole: Option<(Fen, &'static str)>,
    /// A statement or other parts of the text hold it to its value.
    pub tied: bool,
}

/// A number that is not money.
#[derive(Clone, Debug, Default)]
pub struct Count {
    pub raw: String,
    pub meaning: Meaning,
}

/// Sentences about one report.
pub struct Book<'a> {
    pub style: &'a Style,
    pub random: Random,
    pub own_name: &'static str,
    subjects: HashMap<String, Subject>,
    counts: HashMap<String, Count>,
    /// Which wording is being written: it goes into the truth's note.
    wording: String,
}

impl<'a> Book<'a> {
    pub fn new(style: &'a Style, random: Random, own_name: &'static str) -> Self {
        Self { style, random, own_name, subjects: HashMap::new(), counts: HashMap::new(), wording: String::new() }
    }

    /// Introduces a subject.
    pub fn subject(&mut self, key: &str, concept: &str, item: &str, now: Fen) -> &mut Subject {
        let subject = Subject {
            name: item.to_owned(),
            concept: concept.to_owned(),
            item: item.to_owned(),
            now,
            tied: true,
            ..Subject::default()
        };
        self.subjects.insert(key.to_owned(), subject);
        self.subjects.entry(key.to_owned()).or_default()
    }

    /// Introduces a count of whole things.
    pub fn count(&mut self, key: &str, concept: &str, item: &str, raw: &str, unit: &str) -> &mut Meaning {
        let meaning = Meaning {
            unit: unit.to_owned(),
            concept: concept.to_owned(),
            item: item.to_owned(),
            measure: "count",
            period: Some(self.style.year),
            ..Meaning::default()
        };
        self.counts.insert(key.to_owned(), Count { raw: raw.to_owned(), meaning });
        &mut self.counts.entry(key.to_owned()).or_default().meaning
    }

    /// One of a section's wordings, filled.
    pub fn one_of(&mut self, section: &str, wordings: &[&str]) -> Text {
        let at = self.random.below(wordings.len());
        self.wording = format!("wording={section}.{at}");
        self.say(wordings[at])
    }

    /// A wording for each of several subjects, the same for all, joined.
    pub fn list(&mut self, section: &str, wordings: &[(&str, &str)], keys: &[String]) -> Text {
        let at = self.random.below(wordings.len());
        let (wording, between) = wordings[at];
        let outer = std::mem::replace(&mut self.wording, format!("wording={section}.{at}"));
        let mut text = Text::default();
        for (number, key) in keys.iter().enumerate() {
            if number > 0 {
                text.words(between);
            }
            text.append(self.say_about(wording, key));
        }
        self.wording = outer;
        text
    }

    /// A template about one subject, `{*}`.
    pub fn say_about(&mut self, template: &str, key: &str) -> Text {
        self.say(&template.replace("{*", &format!("{{{key}")))
    }

    /// Fills a template.
    pub fn say(&mut self, template: &str) -> Text {
        let mut text = Text::default();
        let mut rest = template;
        while let Some((words, after)) = rest.split_once('{') {
            let (place, after) = after.split_once('}').unwrap_or((after, ""));
            text.words(words);
            let filled = self.place(place);
            text.append(filled);
            rest = after;
        }
        text.words(rest);
        text
    }

    fn place(&mut self, place: &str) -> Text {
        let mut text = Text::default();
        if text.mark(place) {
            return text;
        }
        let number = |raw: u16| {
            let mut text = Text::default();
            text.number(&raw.to_string(), Class::Period);
            text
        };
        match place {
            "year" => return number(self.style.year),
            "last" => return number(self.style.last_year()),
            "Y" => text.words(self.style.year_word),
            "we" => text.words(self.own_name),
            "because" => {
                let reason = *self.random.pick(&REASONS);
                text.words(&format!("主要原因是{reason}"));
            }
            _ if place.starts_with('#') => return self.counted(&place[1..]),
            _ => {
                let (key, part) = place.split_once('.').unwrap_or((place, ""));
                return self.part(key, part);
            }
        }
        text
    }

    fn counted(&self, key: &str) -> Text {
        let count = self.counts.get(key).cloned().unwrap_or_default();
        debug_assert!(!count.raw.is_empty(), "no count {key}");
        figure(&count.raw, Meaning { note: self.wording.clone(), ..count.meaning })
    }

    fn part(&mut self, key: &str, part: &str) -> Text {
        let Some(subject) = self.subjects.get(key).cloned() else {
            debug_assert!(false, "no subject {key}");
            return Text::default();
        };
        let mut text = Text::default();
        match part {
            "" => return self.amount(&subject, subject.now, "executed"),
            "name" => text.words(&subject.name),
            "short" => text.words(subject.name.trim_end_matches("支出")),
            "whole" => text.words(subject.whole.map_or("", |whole| whole.1)),
            "path" => text.words(&path(&subject.item)),
            "planned" => {
                let (budget, phase) = subject.planned.unwrap_or_default();
                return self.amount(&subject, budget, phase);
            }
            "share" => {
                let places = self.style.share_places;
                return self.percent(&subject, subject.now, subject.whole.map_or(0, |whole| whole.0), "share", places);
            }
            "rate" => {
                let places = self.style.share_places.max(1);
                return self.percent(
                    &subject,
                    subject.now,
                    subject.planned.unwrap_or_default().0,
                    "execution_rate",
                    places,
                );
            }
            "change" => return self.change(&subject),
            "growth" => return self.growth(&subject),
            _ => {
                let template = self.choice(&subject, part);
                return self.say_about(template, key);
            }
        }
        text
    }

    /// The wordings that fit how the subject stands against last year or its budget.
    fn choice(&mut self, subject: &Subject, part: &str) -> &'static str {
        let before = subject.before.unwrap_or(0);
        let (budget, phase) = subject.planned.unwrap_or_default();
        let same = self.printed(subject.now - before).chars().all(|digit| matches!(digit, '0' | '.'));
        let adjusted = phase == "adjusted";
        let wordings: &[&'static str] = match part {
            "vs" if same => &wordings::SAME,
            "vs" if before == 0 => &wordings::NEW,
            "vs" => &wordings::VERSUS,
            "delta" if same => &wordings::UNCHANGED,
            "delta" if before == 0 => &["{*.change}"],
            "delta" => &wordings::DELTA,
            "execution" if budget == 0 && adjusted => &wordings::UNPLANNED_ADJUSTED,
            "execution" if budget == 0 => &wordings::UNPLANNED,
            "execution" if adjusted => &wordings::EXECUTION_ADJUSTED,
            "execution" => &wordings::EXECUTION,
            "verdict" if subject.now > budget => &wordings::ABOVE,
            "verdict" if subject.now < budget => &wordings::BELOW,
            "verdict" => &wordings::EQUAL,
            _ => {
                debug_assert!(false, "no part {part}");
                &[""]
            }
        };
        let at = self.random.below(wordings.len());
        wordings[at]
    }

    /// The digits of an amount in a sentence.
    fn printed(&self, fen: Fen) -> String {
        let raw = print_amount(fen.abs(), self.style.prose_unit, self.style.separators);
        self.shortened(&raw)
    }

    fn shortened(&self, raw: &str) -> String {
        if self.style.short_decimals && raw.contains('.') {
            raw.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            raw.to_owned()
        }
    }

    fn amount(&self, subject: &Subject, fen: Fen, phase: &'static str) -> Text {
        let phase = if subject.concept.is_empty() { "" } else { phase };
        let about =
            About { concept: subject.concept.clone(), item: subject.item.clone(), phase, note: self.wording.clone() };
        let unit = self.style.prose_unit;
        let raw = if fen == 0 && !self.style.apart { "0".to_owned() } else { self.printed(fen) };
        let mut text = figure(&raw, money(about, unit, self.style.year, subject.tied && fen != 0));
        text.words(unit.name());
        text
    }

    fn percent(&self, subject: &Subject, part: Fen, whole: Fen, measure: &'static str, places: u32) -> Text {
        let raw = print_percent(part, whole, places, self.style.cut).unwrap_or_else(|| "0".to_owned());
        let meaning = Meaning {
            unit: "percent".to_owned(),
            concept: subject.concept.clone(),
            item: subject.item.clone(),
            measure,
            phase: "executed",
            period: Some(self.style.year),
            note: self.wording.clone(),
            checkable: part != 0 && whole != 0,
            ..Meaning::default()
        };
        let mut text = figure(&self.shortened(&raw), meaning);
        text.words("%");
        text
    }

    fn change(&self, subject: &Subject) -> Text {
        let change = subject.now - subject.before.unwrap_or(0);
        let about = About {
            concept: subject.concept.clone(),
            item: subject.item.clone(),
            phase: "executed",
            note: self.wording.clone(),
        };
        let unit = self.style.prose_unit;
        let meaning = Meaning {
            measure: "change",
            negative: change < 0,
            base_period: Some(self.style.last_year()),
            ..money(about, unit, self.style.year, subject.before.is_some_and(|before| before != 0))
        };
        let mut text = Text::default();
        text.words(if change < 0 { "减少" } else { "增加" });
        text.append(figure(&self.printed(change), meaning));
        text.words(unit.name());
        text
    }

    fn growth(&mut self, subject: &Subject) -> Text {
        let before = subject.before.unwrap_or(0);
        let change = subject.now - before;
        let mut text = Text::default();
        let words: &[&str] = if change < 0 { &["下降", "下降", "降低"] } else { &["增长", "增长", "上升"] };
        let word = *self.random.pick(words);
        text.words(word);
        let mut percent = self.percent(subject, change, before, "growth", self.style.share_places.max(1));
        if let Some(crate::text::Piece::Number(number)) = percent.0.first_mut()
            && let Class::Figure(meaning) = &mut number.class
        {
            let meaning = std::sync::Arc::make_mut(meaning);
            meaning.negative = change < 0;
            meaning.base_period = Some(self.style.last_year());
        }
        text.append(percent);
        text
    }
}

/// 类/款/项 with their marks.
fn path(item: &str) -> String {
    item.split('/').zip(["（类）", "（款）", "（项）"]).flat_map(|(name, mark)| [name, mark]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Piece, value_of};

    fn values(text: &Text) -> Vec<(String, String)> {
        text.0
            .iter()
            .filter_map(|piece| match piece {
                Piece::Number(number) => match &number.class {
                    Class::Figure(meaning) => {
                        Some((meaning.measure.to_owned(), value_of(&number.raw, meaning).normalize().to_string()))
                    }
                    _ => None,
                },
                Piece::Words(_) => None,
            })
            .collect()
    }

    #[test]
    fn a_decrease_is_negative() {
        let mut style = Style::choose(&mut Random::new(1, 1));
        (style.prose_unit, style.share_places, style.cut) = (crate::style::Unit::TenThousand, 2, false);
        (style.separators, style.short_decimals) = (false, false);
        let mut book = Book::new(&style, Random::new(1, 2), "我局");
        book.subject("cost", "agency.operating_cost", "机关运行经费", 90_000_000).before = Some(100_000_000);
        let text = book.say("机关运行经费{cost}，{cost.change}，{cost.growth}。");
        let expected = [("amount", "900000"), ("change", "-100000"), ("growth", "-10")];
        assert_eq!(values(&text), expected.map(|(measure, value)| (measure.to_owned(), value.to_owned())));
    }
}
